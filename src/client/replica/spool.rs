//! Looks that were made without a line, written down before anything of them was shown, and told to the log first of all when the line is
//! back: in their order, each batch with a command of its own, so that telling twice counts once. What does not live here: the disk.

use std::collections::BTreeMap;

use skranke_api::audit::{OFFLINE_LOOKS_AT_ONCE, OfflineLook};
use skranke_domain::{CommandId, StaffId};

use super::store::Spooled;

/// The looks of one person, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Spool {
    looks: BTreeMap<u64, Spooled>,
    next: u64,
}

impl Spool {
    /// A person's looks out of all that a file holds; other people's numbers stay taken.
    pub(super) fn of(person: StaffId, all: Vec<(u64, Spooled)>) -> Self {
        let next = all.iter().map(|(number, _)| number + 1).max().unwrap_or(0);
        Self { looks: all.into_iter().filter(|(_, one)| one.person == person).collect(), next }
    }

    pub(super) fn len(&self) -> usize {
        self.looks.len()
    }

    /// The numbers that looks get which are written down now.
    pub(super) fn numbered(&self, looks: Vec<Spooled>) -> Vec<(u64, Spooled)> {
        (self.next..).zip(looks).collect()
    }

    /// The disk has them.
    pub(super) fn written(&mut self, looks: Vec<(u64, Spooled)>) {
        self.next = looks.iter().map(|(number, _)| number + 1).chain([self.next]).max().unwrap_or(self.next);
        self.looks.extend(looks);
    }

    /// What is told next: a batch that left before, with the same command, else the first looks with a new one; those still have to be
    /// written down so before they leave.
    pub(super) fn batch(&self) -> Option<(CommandId, Vec<(u64, Spooled)>)> {
        let left = self.looks.values().find_map(|one| one.batch);
        if let Some(command) = left {
            let same = self.looks.iter().filter(|(_, one)| one.batch == Some(command));
            return Some((command, same.map(|(number, one)| (*number, one.clone())).collect()));
        }
        let command = CommandId::new();
        let first = self.looks.iter().take(OFFLINE_LOOKS_AT_ONCE);
        let batch: Vec<(u64, Spooled)> =
            first.map(|(number, one)| (*number, Spooled { batch: Some(command), ..one.clone() })).collect();
        (!batch.is_empty()).then_some((command, batch))
    }

    /// The numbers of a batch that the log has.
    pub(super) fn of_batch(&self, command: CommandId) -> Vec<u64> {
        self.looks.iter().filter(|(_, one)| one.batch == Some(command)).map(|(number, _)| *number).collect()
    }

    /// The disk forgot them.
    pub(super) fn forgotten(&mut self, numbers: &[u64]) {
        for number in numbers {
            self.looks.remove(number);
        }
    }
}

/// A look as it is written down.
pub(super) const fn spooled(person: StaffId, look: OfflineLook) -> Spooled {
    Spooled { person, look, batch: None }
}
