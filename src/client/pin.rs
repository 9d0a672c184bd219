//! The PIN with which a locked window opens while the line is down. What lives here: keeping its hash sealed, counting wrong tries. What does
//! not: when a PIN is asked for (`skranke-desk`), signing in.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::Argon2;
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use skranke_domain::StaffId;

use crate::endpoint::Secret;
use crate::keys::{self, KeyError, KeyPlace};

/// The fewest digits of a PIN.
pub const FEWEST: usize = 4;
/// The most.
pub const MOST: usize = 8;
/// How often somebody may be wrong before only signing in helps.
pub const TRIES: u8 = 5;

const NONCE_BYTES: usize = 24;
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 24;

/// Whether there is a PIN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PinState {
    /// None was chosen.
    #[default]
    Unset,
    /// One was chosen.
    Set {
        /// How often one may still be wrong; at none only signing in helps.
        left: u8,
    },
}

impl PinState {
    /// It can be typed now.
    #[must_use]
    pub const fn opens(self) -> bool {
        matches!(self, Self::Set { left: 1.. })
    }
}

/// What was typed is no PIN, or could not be kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum PinError {
    /// Not four to eight digits.
    #[error("a PIN is {FEWEST} to {MOST} digits")]
    Shape,
    /// The disk did not take it; what was before still holds.
    #[error("the PIN cannot be kept: {0}")]
    Disk(#[source] Arc<io::Error>),
    /// It could not be hashed or sealed: a defect.
    #[error("the PIN cannot be sealed")]
    Seal,
}

impl From<io::Error> for PinError {
    fn from(error: io::Error) -> Self {
        Self::Disk(Arc::new(error))
    }
}

/// What a try gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    /// It is the PIN.
    Right,
    /// It is not; so many tries are left.
    Wrong {
        /// How many.
        left: u8,
    },
}

/// One person's PIN on this machine: its Argon2id hash, sealed with the key of her outbox. Every method takes as long as a hash or a write:
/// call it off the window's thread.
pub struct PinBox {
    /// None where the key ends with the process: then the PIN does too.
    file: Option<PathBuf>,
    key: Key,
    person: StaffId,
    record: Mutex<Option<Record>>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Record {
    salt: [u8; SALT_BYTES],
    hash: [u8; HASH_BYTES],
    left: u8,
}

/// Whether something can be a PIN.
#[must_use]
pub fn is_pin(typed: &Secret) -> bool {
    let typed = typed.expose();
    (FEWEST..=MOST).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit())
}

impl PinBox {
    /// Opens a person's PIN in a profile folder. What cannot be read counts as none: she signs in and chooses another.
    ///
    /// # Errors
    /// [`KeyError`] when there is no key.
    pub fn open(profile: &Path, keys: &KeyPlace, person: StaffId) -> Result<Self, KeyError> {
        let key = keys::fetch(keys)?.key;
        let file = keys.survives_restart().then(|| profile.join(name(&key, person)));
        let record = file.as_deref().and_then(|file| read(file, &key, person));
        Ok(Self { file, key, person, record: Mutex::new(record) })
    }

    /// Whether there is one.
    #[must_use]
    pub fn state(&self) -> PinState {
        let record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        record.as_ref().map_or(PinState::Unset, |record| PinState::Set { left: record.left })
    }

    /// Takes a new PIN, in the place of any other.
    ///
    /// # Errors
    /// [`PinError`]; the one before still holds.
    pub fn choose(&self, digits: &Secret) -> Result<PinState, PinError> {
        if !is_pin(digits) {
            return Err(PinError::Shape);
        }
        let salt: [u8; SALT_BYTES] = XNonce::generate().into();
        let record = Record { salt, hash: hash(digits, &salt)?, left: TRIES };
        self.keep(record)?;
        Ok(self.state())
    }

    /// Forgets the PIN.
    ///
    /// # Errors
    /// [`PinError`] when the file cannot be removed; it is forgotten here all the same.
    pub fn forget(&self) -> Result<PinState, PinError> {
        *self.record.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match self.file.as_deref().map(fs::remove_file) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(PinState::Unset),
        }
    }

    /// Tries a PIN. The try is counted, on disk, before it is looked at: who ends the program in between gains nothing.
    ///
    /// # Errors
    /// [`PinError`] when the try could not be counted; it was not looked at then.
    pub fn attempt(&self, digits: &Secret) -> Result<Tried, PinError> {
        let standing = self.record.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(record) = standing.filter(|record| record.left > 0) else { return Ok(Tried::Wrong { left: 0 }) };
        let left = record.left - 1;
        self.keep(Record { left, ..record.clone() })?;
        if !same(&hash(digits, &record.salt)?, &record.hash) {
            return Ok(Tried::Wrong { left });
        }
        self.keep(Record { left: TRIES, ..record })?;
        Ok(Tried::Right)
    }

    /// She signed in: all tries are hers again.
    ///
    /// # Errors
    /// [`PinError`] when that cannot be written.
    pub fn signed_in(&self) -> Result<PinState, PinError> {
        let standing = self.record.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(record) = standing.filter(|record| record.left < TRIES) {
            self.keep(Record { left: TRIES, ..record })?;
        }
        Ok(self.state())
    }

    fn keep(&self, record: Record) -> Result<(), PinError> {
        if let Some(file) = &self.file {
            let plain = serde_json::to_vec(&record).map_err(|_| PinError::Seal)?;
            let nonce = XNonce::generate();
            let payload = Payload { msg: &plain, aad: &bound_to(self.person) };
            let sealed = XChaCha20Poly1305::new(&self.key).encrypt(&nonce, payload).map_err(|_| PinError::Seal)?;
            let mut bytes = nonce.to_vec();
            bytes.extend(sealed);
            write(file, &bytes)?;
        }
        *self.record.lock().unwrap_or_else(PoisonError::into_inner) = Some(record);
        Ok(())
    }
}

impl std::fmt::Debug for PinBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PinBox(…)")
    }
}

/// A name that says neither whose it is nor what it holds to who has no key.
fn name(key: &Key, person: StaffId) -> String {
    let mut digest = Sha256::new();
    digest.update(b"skranke pin file 1");
    digest.update(key);
    digest.update(person.0.as_bytes());
    let short: String = digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("lock-{short}.sealed")
}

/// What the seal is bound to: this use of the key, and the person.
fn bound_to(person: StaffId) -> Vec<u8> {
    [b"skranke pin 1".as_slice(), person.0.as_bytes()].concat()
}

fn read(file: &Path, key: &Key, person: StaffId) -> Option<Record> {
    let bytes = fs::read(file).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES)?;
    let nonce = XNonce::try_from(nonce).ok()?;
    let payload = Payload { msg: sealed, aad: &bound_to(person) };
    let plain = XChaCha20Poly1305::new(key).decrypt(&nonce, payload).ok()?;
    serde_json::from_slice(&plain).ok()
}

/// Written beside its place and moved there whole.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&draft)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    drop(out);
    fs::rename(&draft, file)
}

fn hash(digits: &Secret, salt: &[u8]) -> Result<[u8; HASH_BYTES], PinError> {
    let mut out = [0; HASH_BYTES];
    Argon2::default().hash_password_into(digits.expose().as_bytes(), salt, &mut out).map_err(|_| PinError::Seal)?;
    Ok(out)
}

/// Compares without saying, by the time it takes, where they differ.
fn same(a: &[u8; HASH_BYTES], b: &[u8; HASH_BYTES]) -> bool {
    a.iter().zip(b).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(digits: &str) -> Secret {
        Secret::new(digits)
    }

    #[test]
    fn a_pin_is_known_again_after_a_restart_and_by_its_person_alone() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let (ida, per) = (StaffId::new(), StaffId::new());
        let pins = PinBox::open(folder.path(), &keys, ida).unwrap();
        assert_eq!(pins.state(), PinState::Unset);
        assert_eq!(pins.attempt(&pin("2468")).unwrap(), Tried::Wrong { left: 0 }, "where there is none, none is right");
        assert_eq!(pins.choose(&pin("2468")).unwrap(), PinState::Set { left: TRIES });
        let again = PinBox::open(folder.path(), &keys, ida).unwrap();
        assert_eq!(again.attempt(&pin("2468")).unwrap(), Tried::Right);
        assert_eq!(PinBox::open(folder.path(), &keys, per).unwrap().state(), PinState::Unset);
        assert_eq!(again.forget().unwrap(), PinState::Unset);
        assert_eq!(PinBox::open(folder.path(), &keys, ida).unwrap().state(), PinState::Unset);
    }

    #[test]
    fn five_wrong_tries_are_the_end_of_it_whatever_is_restarted_in_between() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let ida = StaffId::new();
        PinBox::open(folder.path(), &keys, ida).unwrap().choose(&pin("13579")).unwrap();
        for left in (0..TRIES).rev() {
            let pins = PinBox::open(folder.path(), &keys, ida).unwrap();
            assert_eq!(pins.attempt(&pin("24680")).unwrap(), Tried::Wrong { left });
        }
        let pins = PinBox::open(folder.path(), &keys, ida).unwrap();
        assert!(!pins.state().opens());
        assert_eq!(pins.attempt(&pin("13579")).unwrap(), Tried::Wrong { left: 0 }, "the right one is too late");
        assert_eq!(pins.signed_in().unwrap(), PinState::Set { left: TRIES });
        assert_eq!(pins.attempt(&pin("13579")).unwrap(), Tried::Right);
    }

    #[test]
    fn digits_stand_in_no_file_no_name_and_no_debug() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("key"));
        let ida = StaffId::new();
        let pins = PinBox::open(folder.path(), &keys, ida).unwrap();
        pins.choose(&pin("86420975")).unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap().path();
            let bytes = fs::read(&file).unwrap();
            assert!(!bytes.windows(8).any(|part| part == b"86420975"), "{}", file.display());
            assert!(!file.display().to_string().contains(&ida.to_string()));
        }
        assert_eq!(format!("{pins:?} {:?}", pin("86420975")), "PinBox(…) Secret(…)");
    }

    #[test]
    fn what_is_no_pin_is_not_taken_and_the_one_before_holds() {
        let folder = tempfile::tempdir().unwrap();
        let pins = PinBox::open(folder.path(), &KeyPlace::Memory, StaffId::new()).unwrap();
        pins.choose(&pin("1379")).unwrap();
        for wrong in ["", "137", "137913791", "13a9", "１２３４", " 1379"] {
            assert!(matches!(pins.choose(&pin(wrong)), Err(PinError::Shape)), "{wrong}");
        }
        assert_eq!(pins.attempt(&pin("1379")).unwrap(), Tried::Right);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a key in memory leaves nothing behind");
    }
}
