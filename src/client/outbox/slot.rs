//! Slots: the outbox files of a profile folder, one a process. What lives here: taking a free one, setting damaged ones aside, adopting
//! what others left. What does not: reading and writing a file (`store.rs`).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::Key;
use skranke_domain::StaffId;

use super::OutboxError;
use super::half::{Half, HalfChange, HalfRecord, is_of};
use super::ledger::{Delta, Ledger, Origin, Stored};
use super::store::{Contents, OpenError, Store};
use crate::keys::set_aside;

/// How many windows one profile can have open at once.
pub(crate) const SLOTS: usize = 8;

/// The slot that this process took.
pub(crate) struct Taken {
    pub(crate) store: Store,
    pub(crate) index: usize,
    pub(crate) entries: Vec<Stored>,
    pub(crate) half: Vec<HalfRecord>,
}

/// What lies in a file: entries, and what is half written.
#[derive(Default)]
struct Inside {
    entries: Vec<Stored>,
    half: Vec<HalfRecord>,
}

impl Inside {
    fn is_only_of(&self, person: StaffId) -> bool {
        self.entries.iter().all(|e| e.draft.person == person) && self.half.iter().all(|(key, _)| is_of(key, person))
    }

    fn of(self, person: StaffId) -> Self {
        Self {
            entries: self.entries.into_iter().filter(|e| e.draft.person == person).collect(),
            half: self.half.into_iter().filter(|(key, _)| is_of(key, person)).collect(),
        }
    }
}

pub(crate) fn path(profile: &Path, index: usize) -> PathBuf {
    profile.join(format!("outbox-{index}.redb"))
}

/// Takes the first free slot that holds nobody else's changes; if all do, the first free one (they stay in it untouched).
pub(crate) fn take(profile: &Path, key: &Key, person: StaffId, aside: &mut Vec<PathBuf>) -> Result<Taken, OutboxError> {
    fs::create_dir_all(profile).map_err(|e| OutboxError::Io(Arc::new(e)))?;
    let mut shared = None;
    for index in 0..SLOTS {
        let Some((store, inside)) = open(&path(profile, index), key, aside)? else { continue };
        if inside.is_only_of(person) {
            return Ok(Taken { store, index, entries: inside.entries, half: inside.half });
        }
        shared = shared.or(Some(index));
    }
    let index = shared.ok_or(OutboxError::NoFreeSlot)?;
    let (store, inside) = open(&path(profile, index), key, aside)?.ok_or(OutboxError::NoFreeSlot)?;
    let Inside { entries, half } = inside.of(person);
    Ok(Taken { store, index, entries, half })
}

/// Takes over what the same person left in free slots: first into the own slot, then out of the other. Says how many changes.
pub(crate) fn adopt(
    home: &Home<'_>,
    own: &Store,
    (ledger, half): (&mut Ledger, &mut Half),
    aside: &mut Vec<PathBuf>,
) -> Result<usize, OutboxError> {
    let mut adopted = 0;
    for index in (0..SLOTS).filter(|index| *index != home.index) {
        let path = path(home.profile, index);
        if !path.exists() {
            continue;
        }
        let Some((other, inside)) = open(&path, home.key, aside)? else { continue };
        let left = inside.of(home.person);
        if left.entries.is_empty() && left.half.is_empty() {
            continue;
        }
        let ids: Vec<_> = left.entries.iter().map(|e| e.id).collect();
        let delta = ledger.take_in(left.entries, Origin::OtherSlot);
        let readable = left.half.iter().filter_map(|(key, bytes)| Some((*key, bytes.clone()?)));
        let brought = HalfChange { put: readable.collect(), remove: Vec::new() };
        own.apply_with(&delta, Some(&brought))?;
        adopted += delta.put.len();
        ledger.apply(delta);
        let gone = HalfChange { put: Vec::new(), remove: left.half.iter().map(|(key, _)| *key).collect() };
        half.take_in(left.half);
        other.apply_with(&Delta { remove: ids, ..Delta::default() }, Some(&gone))?;
    }
    Ok(adopted)
}

/// Where the own slot is, and whose it is.
pub(crate) struct Home<'a> {
    pub(crate) profile: &'a Path,
    pub(crate) index: usize,
    pub(crate) key: &'a Key,
    pub(crate) person: StaffId,
}

/// Opens a slot's file; a damaged one is set aside and a fresh one takes its place, with whatever could still be read. `None`: somebody
/// has it.
fn open(path: &Path, key: &Key, aside: &mut Vec<PathBuf>) -> Result<Option<(Store, Inside)>, OutboxError> {
    let mut rescued = Inside::default();
    for _ in 0..3 {
        match Store::create(path, key) {
            Ok((store, Contents { mut entries, damaged: 0, mut half })) => {
                if !rescued.entries.is_empty() || !rescued.half.is_empty() {
                    let readable = rescued.half.iter().filter_map(|(key, bytes)| Some((*key, bytes.clone()?)));
                    let saved = HalfChange { put: readable.collect(), remove: Vec::new() };
                    store.apply_with(&Delta { put: rescued.entries.clone(), ..Delta::default() }, Some(&saved))?;
                    entries.append(&mut rescued.entries);
                    half.append(&mut rescued.half);
                }
                return Ok(Some((store, Inside { entries, half })));
            }
            Ok((store, contents)) => {
                rescued = Inside { entries: contents.entries, half: contents.half };
                tracing::warn!(
                    damaged = contents.damaged,
                    rescued = rescued.entries.len(),
                    "an outbox file is damaged in part"
                );
                drop(store);
            }
            Err(OpenError::Taken) => return Ok(None),
            Err(OpenError::Damaged) => tracing::warn!("an outbox file is damaged or sealed with another key"),
            Err(OpenError::Failed(error)) => return Err(error),
        }
        aside.extend(set_aside(path).map_err(|e| OutboxError::Io(Arc::new(e)))?);
    }
    Err(OutboxError::KeepsFailing)
}
