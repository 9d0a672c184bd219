//! Who was signed in last on this machine, sealed, so that her window can begin where nobody can be asked. What lives here: writing it down,
//! reading it, forgetting it. What does not: when it is believed (`skranke-desk`), her PIN ([`crate::pin`]), what she saw ([`crate::replica`]).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use skranke_api::me::Me;

use super::SignedIn;
use crate::keys::{self, KeyError, KeyPlace};
use crate::pin::write;

/// So long after the server last said who she is her window may begin without it; later only signing in helps.
pub const BELIEVED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

const FILE: &str = "last.sealed";
const NONCE_BYTES: usize = 24;
/// What the seal is bound to: this use of the key.
const BOUND_TO: &[u8] = b"skranke last signed in 1";
/// No record of ours is longer.
const FILE_BYTES: u64 = 1 << 20;

/// Who was signed in last.
#[derive(Clone, PartialEq, Eq)]
pub struct Last {
    /// Who, as the provider said.
    pub who: SignedIn,
    /// Who, and what she may do, as the server said.
    pub me: Me,
    /// When it said so.
    pub at: Timestamp,
}

impl std::fmt::Debug for Last {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Last(…)")
    }
}

/// Why nobody's window can begin.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoLast {
    /// Nobody was signed in, she signed out, or it is sealed with another key.
    #[error("nobody is written down")]
    Nobody,
    /// The server was not asked for too long.
    #[error("the server was not asked for too long")]
    TooOld,
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// Why it is not written down.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The disk did not take it.
    #[error("the disk did not take it: {0}")]
    Disk(#[from] io::Error),
    /// It could not be sealed: a defect.
    #[error("it cannot be sealed")]
    Seal,
}

/// Writes down who is signed in, and forgets it. Cheap to clone: what one of them forgets, none writes down afterwards.
#[derive(Clone, Debug, Default)]
pub struct LastBook {
    page: Arc<AtomicU64>,
    writing: Arc<Mutex<()>>,
}

/// The page of one sign-in: after it was forgotten nothing is written on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page(u64);

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Written {
    subject: String,
    name: String,
    me: Me,
    at: Timestamp,
}

impl LastBook {
    /// The page of who is signed in now.
    #[must_use]
    pub fn page(&self) -> Page {
        Page(self.page.load(Ordering::SeqCst))
    }

    /// Nothing more is written on the page that was open; returns at once.
    pub fn turn(&self) {
        self.page.fetch_add(1, Ordering::SeqCst);
    }

    /// Writes down who is signed in, where the key outlives the process. It touches the disk.
    ///
    /// # Errors
    /// [`NotKept`]; what stood before still stands.
    pub fn keep(&self, page: Page, (folder, keys): (&Path, &KeyPlace), last: &Last) -> Result<(), NotKept> {
        if !keys.survives_restart() {
            return Ok(());
        }
        let key = keys::fetch(keys)?.key;
        let written = Written {
            subject: last.who.subject.clone(),
            name: last.who.name.clone(),
            me: last.me.clone(),
            at: last.at,
        };
        let plain = serde_json::to_vec(&written).map_err(|_| NotKept::Seal)?;
        let nonce = XNonce::generate();
        let payload = Payload { msg: &plain, aad: BOUND_TO };
        let sealed = XChaCha20Poly1305::new(&key).encrypt(&nonce, payload).map_err(|_| NotKept::Seal)?;
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.page() != page {
            return Ok(());
        }
        Ok(write(&file(folder), &[nonce.as_slice(), &sealed].concat())?)
    }

    /// Forgets who was signed in: without a line nobody's window begins here any more. It touches the disk.
    ///
    /// # Errors
    /// What the disk says; nothing is written on the page all the same.
    pub fn forget(&self, folder: &Path) -> io::Result<()> {
        self.turn();
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        match fs::remove_file(file(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Whether somebody is written down; only the key tells who.
#[must_use]
pub fn stands(folder: &Path) -> bool {
    file(folder).is_file()
}

/// Who was signed in last. It touches the disk.
///
/// # Errors
/// [`NoLast`] says why nobody's window can begin.
pub fn read(folder: &Path, keys: &KeyPlace, now: Timestamp) -> Result<Last, NoLast> {
    if !keys.survives_restart() || !stands(folder) {
        return Err(NoLast::Nobody);
    }
    let key = keys::fetch(keys)?.key;
    let written = open(&file(folder), &key).ok_or(NoLast::Nobody)?;
    // A clock that was set back makes nothing younger than it is.
    if now.duration_since(written.at).abs() > BELIEVED_FOR {
        return Err(NoLast::TooOld);
    }
    Ok(Last { who: SignedIn { name: written.name, subject: written.subject }, me: written.me, at: written.at })
}

fn open(file: &Path, key: &chacha20poly1305::Key) -> Option<Written> {
    if fs::metadata(file).ok()?.len() > FILE_BYTES {
        return None;
    }
    let bytes = fs::read(file).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::try_from(nonce).ok()?;
    let plain = XChaCha20Poly1305::new(key).decrypt(&nonce, Payload { msg: sealed, aad: BOUND_TO }).ok()?;
    serde_json::from_slice(&plain).ok()
}

fn file(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Secret;

    fn at() -> Timestamp {
        "2026-06-09T08:00:00Z".parse().unwrap()
    }

    fn ida() -> Last {
        let me = json!({"id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM",
            "role": "clerk", "department": "kff", "authorities": [], "site": "norrebro", "counter": null,
            "training": false, "municipality": "Prøvekøbing"});
        let who = SignedIn { name: "Ida Mellemgaard".into(), subject: "staff-01".into() };
        Last { who, me: serde_json::from_value(me).unwrap(), at: at() }
    }

    #[test]
    fn who_was_here_last_is_known_after_a_restart_and_her_name_stands_nowhere_in_clear() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let book = LastBook::default();
        assert!(matches!(read(folder.path(), &keys, at()), Err(NoLast::Nobody)));
        book.keep(book.page(), (folder.path(), &keys), &ida()).unwrap();
        assert_eq!(read(folder.path(), &keys, at()).unwrap(), ida());
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            for told in ["Mellemgaard", "staff-01", "clerk"] {
                assert!(!bytes.windows(told.len()).any(|part| part == told.as_bytes()), "{told} in {}", path.display());
                assert!(!path.display().to_string().contains(told));
            }
        }
        assert_eq!(format!("{:?}", ida()), "Last(…)");
    }

    #[test]
    fn another_key_a_damaged_file_and_a_key_in_memory_know_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let book = LastBook::default();
        book.keep(book.page(), (folder.path(), &KeyPlace::Memory), &ida()).unwrap();
        assert!(!stands(folder.path()), "what nobody could open is not written");
        book.keep(book.page(), (folder.path(), &keys), &ida()).unwrap();
        let other = KeyPlace::TrainingFile(folder.path().join("other"));
        assert!(matches!(read(folder.path(), &other, at()), Err(NoLast::Nobody)));
        let words = KeyPlace::passphrase(folder.path().join("words.json"), Secret::new("tre små kinesere"));
        assert!(matches!(read(folder.path(), &words, at()), Err(NoLast::Nobody)));
        let mut bytes = fs::read(file(folder.path())).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(file(folder.path()), bytes).unwrap();
        assert!(matches!(read(folder.path(), &keys, at()), Err(NoLast::Nobody)));
    }

    #[test]
    fn after_a_week_without_the_server_nobodys_window_begins() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let book = LastBook::default();
        book.keep(book.page(), (folder.path(), &keys), &ida()).unwrap();
        let after = |hours| at() + SignedDuration::from_hours(hours);
        assert!(read(folder.path(), &keys, after(7 * 24)).is_ok());
        for hours in [7 * 24 + 1, -(7 * 24 + 1)] {
            assert!(matches!(read(folder.path(), &keys, after(hours)), Err(NoLast::TooOld)), "{hours}");
        }
    }

    #[test]
    fn what_was_forgotten_is_not_written_down_again_by_who_was_slow() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let book = LastBook::default();
        let slow = book.page();
        book.keep(slow, (folder.path(), &keys), &ida()).unwrap();
        book.forget(folder.path()).unwrap();
        book.clone().keep(slow, (folder.path(), &keys), &ida()).unwrap();
        assert!(!stands(folder.path()), "she signed out");
        book.keep(book.page(), (folder.path(), &keys), &ida()).unwrap();
        assert!(stands(folder.path()), "and signed in again");
    }
}
