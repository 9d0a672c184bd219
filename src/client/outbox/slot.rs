//! Slots: the outbox files of a profile folder, one a process. What lives here: taking a free one, setting damaged ones aside, adopting
//! what others left. What does not: reading and writing a file (`store.rs`).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::Key;
use skranke_domain::StaffId;

use super::OutboxError;
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
}

pub(crate) fn path(profile: &Path, index: usize) -> PathBuf {
    profile.join(format!("outbox-{index}.redb"))
}

/// Takes the first free slot that holds nobody else's changes; if all do, the first free one (they stay in it untouched).
pub(crate) fn take(profile: &Path, key: &Key, person: StaffId, aside: &mut Vec<PathBuf>) -> Result<Taken, OutboxError> {
    fs::create_dir_all(profile).map_err(|e| OutboxError::Io(Arc::new(e)))?;
    let mut shared = None;
    for index in 0..SLOTS {
        let Some((store, entries)) = open(&path(profile, index), key, aside)? else { continue };
        if entries.iter().all(|e| e.draft.person == person) {
            return Ok(Taken { store, index, entries });
        }
        shared = shared.or(Some(index));
    }
    let index = shared.ok_or(OutboxError::NoFreeSlot)?;
    let (store, entries) = open(&path(profile, index), key, aside)?.ok_or(OutboxError::NoFreeSlot)?;
    Ok(Taken { store, index, entries: entries.into_iter().filter(|e| e.draft.person == person).collect() })
}

/// Takes over what the same person left in free slots: first into the own slot, then out of the other. Says how many.
pub(crate) fn adopt(
    home: &Home<'_>,
    own: &Store,
    ledger: &mut Ledger,
    aside: &mut Vec<PathBuf>,
) -> Result<usize, OutboxError> {
    let mut adopted = 0;
    for index in (0..SLOTS).filter(|index| *index != home.index) {
        let path = path(home.profile, index);
        if !path.exists() {
            continue;
        }
        let Some((other, entries)) = open(&path, home.key, aside)? else { continue };
        let left: Vec<Stored> = entries.into_iter().filter(|e| e.draft.person == home.person).collect();
        if left.is_empty() {
            continue;
        }
        let ids: Vec<_> = left.iter().map(|e| e.id).collect();
        let delta = ledger.take_in(left, Origin::OtherSlot);
        own.apply(&delta)?;
        adopted += delta.put.len();
        ledger.apply(delta);
        other.remove(&ids)?;
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

/// Opens a slot's file; a damaged one is set aside and a fresh one takes its place, with whatever entries could still be read. `None`:
/// somebody has it.
fn open(path: &Path, key: &Key, aside: &mut Vec<PathBuf>) -> Result<Option<(Store, Vec<Stored>)>, OutboxError> {
    let mut rescued: Vec<Stored> = Vec::new();
    for _ in 0..3 {
        match Store::create(path, key) {
            Ok((store, Contents { mut entries, damaged: 0 })) => {
                if !rescued.is_empty() {
                    store.apply(&Delta { put: rescued.clone(), ..Delta::default() })?;
                    entries.append(&mut rescued);
                }
                return Ok(Some((store, entries)));
            }
            Ok((store, contents)) => {
                rescued = contents.entries;
                tracing::warn!(
                    damaged = contents.damaged,
                    rescued = rescued.len(),
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
