//! The replica's files in the profile folder, one a window. What lives here: taking a free one, setting damaged ones aside, fetching the looks
//! that other windows left, wiping. What does not: reading and writing a file (`store.rs`).

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::Key;
use skranke_domain::StaffId;

use super::ReplicaError;
use super::store::{OpenError, Spooled, Step, Store};
use crate::keys::set_aside;

/// As many as windows one profile can have open at once.
const SLOTS: usize = 8;

pub(super) fn path(folder: &Path, index: usize) -> PathBuf {
    folder.join(format!("replica-{index}.redb"))
}

/// Takes the free file that holds what this person saw; if none does, the first free one.
pub(super) fn take(
    folder: &Path,
    key: &Key,
    person: StaffId,
    aside: &mut Vec<PathBuf>,
) -> Result<(Store, usize), ReplicaError> {
    fs::create_dir_all(folder).map_err(|e| ReplicaError::Io(Arc::new(e)))?;
    for index in (0..SLOTS).filter(|index| path(folder, *index).exists()) {
        let Some(store) = open(&path(folder, index), key, aside)? else { continue };
        let (lines, _) = store.index().map_err(|error| ReplicaError::Disk(Arc::new(error)))?;
        if lines.iter().any(|(_, line)| line.person == person) {
            return Ok((store, index));
        }
    }
    for index in 0..SLOTS {
        if let Some(store) = open(&path(folder, index), key, aside)? {
            return Ok((store, index));
        }
    }
    Err(ReplicaError::NoFreeSlot)
}

/// Moves a person's looks out of the files of windows that ended: first the own file has them, then the other forgets them.
pub(super) fn adopt(
    (folder, own): (&Path, usize),
    key: &Key,
    person: StaffId,
    mut take_in: impl FnMut(Vec<Spooled>) -> Result<(), ReplicaError>,
) -> Result<(), ReplicaError> {
    for index in (0..SLOTS).filter(|index| *index != own) {
        let path = path(folder, index);
        if !path.exists() {
            continue;
        }
        let Some(other) = open(&path, key, &mut Vec::new())? else { continue };
        let all = other.spool().map_err(|error| ReplicaError::Disk(Arc::new(error)))?;
        let (told, looks): (Vec<u64>, Vec<Spooled>) = all.into_iter().filter(|(_, one)| one.person == person).unzip();
        if !looks.is_empty() {
            take_in(looks)?;
            other.apply(&Step { told, ..Step::default() })?;
        }
    }
    Ok(())
}

/// Forgets what a person saw in a file that nobody has open. A file in which nothing is left goes; looks that the log was not told stay,
/// sealed, until it is.
pub(super) fn wipe(path: &Path, key: &Key, person: StaffId) -> Result<(), ReplicaError> {
    if !path.exists() {
        return Ok(());
    }
    let store = match Store::create(path, key) {
        Ok(store) => store,
        Err(OpenError::Taken) => return Ok(()),
        Err(OpenError::Damaged) => return remove(path),
        Err(OpenError::Failed(error)) => return Err(error),
    };
    let disk = |error| ReplicaError::Disk(Arc::new(error));
    let (lines, mut forget) = store.index().map_err(disk)?;
    let others = lines.iter().filter(|(_, line)| line.person != person).count();
    forget.extend(lines.into_iter().filter(|(_, line)| line.person == person).map(|(name, _)| name));
    if others == 0 && store.spool().map_err(disk)?.is_empty() {
        drop(store);
        return remove(path);
    }
    store.apply(&Step { forget, ..Step::default() })?;
    store.compact();
    Ok(())
}

/// Forgets what a person saw in every file that nobody has open.
pub(super) fn wipe_all(folder: &Path, key: &Key, person: StaffId) -> Result<(), ReplicaError> {
    (0..SLOTS).try_for_each(|index| wipe(&path(folder, index), key, person))
}

fn remove(path: &Path) -> Result<(), ReplicaError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(ReplicaError::Io(Arc::new(error))),
        _ => Ok(()),
    }
}

/// Opens a file; a damaged one is set aside and a fresh one takes its place. `None`: somebody has it.
fn open(path: &Path, key: &Key, aside: &mut Vec<PathBuf>) -> Result<Option<Store>, ReplicaError> {
    for _ in 0..2 {
        match Store::create(path, key) {
            Ok(store) => return Ok(Some(store)),
            Err(OpenError::Taken) => return Ok(None),
            Err(OpenError::Damaged) => tracing::warn!("a replica file is damaged or sealed with another key"),
            Err(OpenError::Failed(error)) => return Err(error),
        }
        aside.extend(set_aside(path).map_err(|e| ReplicaError::Io(Arc::new(e)))?);
    }
    Err(ReplicaError::KeepsFailing)
}
