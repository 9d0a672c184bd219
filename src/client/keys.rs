//! Where the key that seals local data lives: the system's keyring, words that somebody remembers (`keys/passphrase.rs`), memory alone; a
//! file in training and nowhere else. What does not live here: the keyring itself, what is sealed (see [`crate::outbox`]).

mod passphrase;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use jiff::Timestamp;
use uuid::Uuid;

use crate::endpoint::Secret;
use crate::keyring::{Item, Keyring, SERVICE, SystemKeyring};
use crate::sign_in::NoKeyring;

const KEY_BYTES: usize = 32;

/// Where the key lives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyPlace {
    /// A file that only its user can read. For the training municipality, whose citizens are all invented; nowhere else.
    TrainingFile(PathBuf),
    /// The system's keyring.
    Keyring {
        /// The program's name there.
        service: String,
        /// Which of its secrets.
        account: String,
    },
    /// Words that she remembers; nothing that opens anything is written down.
    Passphrase {
        /// Where salt, costs and check stand.
        salt_file: PathBuf,
        /// The words.
        passphrase: Secret,
    },
    /// Nowhere: the key ends with the process, and nothing is written to disk. Editing offline must be refused.
    Memory,
}

impl KeyPlace {
    /// What is sealed with this key can be opened again after a restart.
    #[must_use]
    pub const fn survives_restart(&self) -> bool {
        !matches!(self, Self::Memory)
    }

    /// A key in the system's keyring, one for each server (`name` is the one its folder has).
    #[must_use]
    pub fn keyring(name: &str) -> Self {
        Self::Keyring { service: SERVICE.to_owned(), account: format!("local data {name}") }
    }

    /// A key made from words.
    #[must_use]
    pub fn passphrase(salt_file: PathBuf, passphrase: Secret) -> Self {
        Self::Passphrase { salt_file, passphrase }
    }

    /// Whether words were chosen before, so that the same ones are asked for; otherwise they are chosen now.
    #[must_use]
    pub fn passphrase_stands(salt_file: &Path) -> bool {
        passphrase::stands(salt_file)
    }

    /// Forgets that words were ever chosen: somebody who forgot hers begins anew. What was sealed with them is set aside, closed.
    ///
    /// # Errors
    /// [`KeyError::File`] when the disk refuses.
    pub fn forget_passphrase(salt_file: &Path) -> Result<(), KeyError> {
        passphrase::forget(salt_file)
    }

    /// Whether the key is to be had, as [`crate::Outbox::open`] and its like will ask. Takes a moment on a thread of its own.
    ///
    /// # Errors
    /// [`KeyError`] as they would say it; wrong words are told here before anything is opened with them.
    pub async fn try_it(&self) -> Result<(), KeyError> {
        let place = self.clone();
        match tokio::task::spawn_blocking(move || fetch(&place)).await {
            Ok(found) => found.map(|_| ()),
            Err(error) => Err(io::Error::other(error).into()),
        }
    }
}

/// Whether the system's keyring keeps what it is given. Blocks, at the longest until its owner was asked to unlock it.
///
/// # Errors
/// [`NoKeyring`] says why not.
pub fn keyring_works() -> Result<(), NoKeyring> {
    crate::keyring::works(&SystemKeyring)
}

/// Why there is no key.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file cannot be read or written.
    #[error("the key file cannot be used: {0}")]
    File(#[source] Arc<io::Error>),
    /// The keyring cannot be used.
    #[error("the system's keyring cannot be used: {0}")]
    Keyring(NoKeyring),
    /// The words are not the ones that were chosen.
    #[error("the passphrase is another one")]
    WrongPassphrase,
}

impl From<io::Error> for KeyError {
    fn from(error: io::Error) -> Self {
        Self::File(Arc::new(error))
    }
}

/// A key, and the damaged key file that had to be put aside for it.
pub(crate) struct Found {
    pub(crate) key: Key,
    pub(crate) set_aside: Option<PathBuf>,
}

/// Fetches the key, or makes one where there is none.
pub(crate) fn fetch(place: &KeyPlace) -> Result<Found, KeyError> {
    match place {
        KeyPlace::Memory => Ok(Found { key: Key::generate(), set_aside: None }),
        KeyPlace::TrainingFile(path) => from_file(path),
        KeyPlace::Keyring { service, account } => {
            from_keyring(&SystemKeyring, &Item { service: service.clone(), account: account.clone() })
        }
        KeyPlace::Passphrase { salt_file, passphrase } => passphrase::fetch(salt_file, passphrase),
    }
}

fn from_keyring(keyring: &dyn Keyring, item: &Item) -> Result<Found, KeyError> {
    // One at a time: outbox and replica, and windows that start together, must not each make a key of their own.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let _between_windows = turn_between_windows();
    let kept = match keyring.read(item).map_err(KeyError::Keyring)? {
        Some(kept) => kept,
        None => {
            keyring.write(item, &Secret::new(BASE64.encode(Key::generate()))).map_err(KeyError::Keyring)?;
            // Read back, so that a keyring that keeps nothing is found out before anything is sealed.
            keyring.read(item).map_err(KeyError::Keyring)?.ok_or(KeyError::Keyring(NoKeyring::Failed))?
        }
    };
    let bytes = BASE64.decode(kept.expose()).ok().and_then(|bytes| <[u8; KEY_BYTES]>::try_from(bytes).ok());
    // Something else stands in our place: never written over, somebody may know what it is.
    let bytes = bytes.ok_or(KeyError::Keyring(NoKeyring::Failed))?;
    Ok(Found { key: Key::from(bytes), set_aside: None })
}

/// A lock that the windows of one person share; none where the system has no folder for such.
fn turn_between_windows() -> Option<File> {
    let folder = PathBuf::from(std::env::var_os("XDG_RUNTIME_DIR")?);
    let file = OpenOptions::new().create(true).append(true).open(folder.join("skranke-keys.turn")).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn from_file(path: &Path) -> Result<Found, KeyError> {
    let mut set_aside = None;
    // Twice at most: a damaged file is put aside once, and what this or another process makes in its place is whole.
    for _ in 0..3 {
        match read(path)? {
            Reading::Key(key) => return Ok(Found { key, set_aside }),
            Reading::Damaged => set_aside = put_aside(path)?.or(set_aside),
            Reading::None => make(path)?,
        }
    }
    Err(io::Error::other("it keeps changing").into())
}

enum Reading {
    Key(Key),
    Damaged,
    None,
}

fn read(path: &Path) -> Result<Reading, KeyError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Reading::None),
        Err(error) => return Err(error.into()),
    };
    restrict(&file)?;
    let mut bytes = Vec::with_capacity(KEY_BYTES + 1);
    file.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(<[u8; KEY_BYTES]>::try_from(bytes.as_slice()).map_or(Reading::Damaged, |key| Reading::Key(Key::from(key))))
}

fn make(path: &Path) -> Result<(), KeyError> {
    write_once(path, &Key::generate())
}

/// Writes something beside its place and moves it there whole, so that nobody ever reads half of it. What stands there already stays.
fn write_once(path: &Path, content: &[u8]) -> Result<(), KeyError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("new-{}", Uuid::now_v7().simple()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    drop(file);
    // A hard link fails where the place is taken: whoever comes first wins, the other reads the winner's key.
    let linked = fs::hard_link(&draft, path);
    let removed = fs::remove_file(&draft);
    match linked {
        Ok(()) => removed.map_err(Into::into),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn put_aside(path: &Path) -> Result<Option<PathBuf>, KeyError> {
    Ok(set_aside(path)?)
}

/// Renames a file that cannot be used, so that it is out of the way and nothing is lost. `None`: somebody else already did.
pub(crate) fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    let stamp = Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let end = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let mut target = path.with_file_name(format!("{stem}.damaged-{stamp}{end}"));
    let mut turn = 1;
    while target.exists() {
        turn += 1;
        target = path.with_file_name(format!("{stem}.damaged-{stamp}-{turn}{end}"));
    }
    match fs::rename(path, &target) {
        Ok(()) => Ok(Some(target)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Takes a file from everybody but its user, where the system knows such a thing.
#[cfg(unix)]
pub(crate) fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        tracing::warn!("a private file could be read by others; taken back");
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// On other systems the user's profile folder is private already.
#[cfg(not(unix))]
pub(crate) fn restrict(_file: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_is_found_again_and_only_its_user_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::TrainingFile(folder.path().join("deep/training.key"));
        let first = fetch(&place).unwrap();
        assert_eq!(first.key, fetch(&place).unwrap().key);
        assert!(first.set_aside.is_none());
        assert_eq!(fs::read_dir(folder.path().join("deep")).unwrap().count(), 1, "no draft stays behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = folder.path().join("deep/training.key");
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
            assert_eq!(first.key, fetch(&place).unwrap().key);
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_file_is_set_aside_and_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("training.key");
        fs::write(&path, b"half a key").unwrap();
        let found = fetch(&KeyPlace::TrainingFile(path.clone())).unwrap();
        let aside = found.set_aside.unwrap();
        assert_eq!(fs::read(aside).unwrap(), b"half a key");
        assert_eq!(fs::read(path).unwrap().len(), KEY_BYTES);
    }

    #[test]
    fn a_key_in_the_keyring_is_found_again_and_nothing_strange_is_written_over() {
        let keyring = crate::keyring::ProcessKeyring::default();
        let item = Item::of("local data prøve");
        let first = from_keyring(&keyring, &item).unwrap().key;
        assert_eq!(first, from_keyring(&keyring, &item).unwrap().key);
        let other = Item::of("local data andet");
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| from_keyring(&keyring, &other).unwrap().key)).collect();
            let keys: Vec<Key> = all.into_iter().map(|one| one.join().unwrap()).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "all who come at once share one");
        });
        keyring.write(&item, &Secret::new("somebody else's")).unwrap();
        assert!(matches!(from_keyring(&keyring, &item), Err(KeyError::Keyring(NoKeyring::Failed))));
        assert_eq!(keyring.read(&item), Ok(Some(Secret::new("somebody else's"))));
        keyring.refuse(Some(NoKeyring::Locked));
        assert!(matches!(from_keyring(&keyring, &item), Err(KeyError::Keyring(NoKeyring::Locked))));
    }

    #[test]
    fn many_windows_that_start_at_once_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let place = KeyPlace::TrainingFile(folder.path().join("training.key"));
        let keys: Vec<Key> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(|| fetch(&place).unwrap().key)).collect();
            all.into_iter().map(|t| t.join().unwrap()).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }
}
