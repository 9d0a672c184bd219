//! Where the key that seals local data lives. What lives here: the training key file and the memory-only key. What does not: the
//! system's keyring and passphrases (a later room of [`KeyPlace`]), what is sealed (see [`crate::outbox`]).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use jiff::Timestamp;
use uuid::Uuid;

const KEY_BYTES: usize = 32;

/// Where the key lives.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyPlace {
    /// A file that only its user can read. For the training municipality, whose citizens are all invented; nowhere else.
    TrainingFile(PathBuf),
    /// Nowhere: the key ends with the process, and nothing is written to disk. Editing offline must be refused.
    Memory,
}

impl KeyPlace {
    /// What is sealed with this key can be opened again after a restart.
    #[must_use]
    pub const fn survives_restart(&self) -> bool {
        !matches!(self, Self::Memory)
    }
}

/// Why there is no key.
#[derive(Clone, Debug, thiserror::Error)]
pub enum KeyError {
    /// The key file cannot be read or written.
    #[error("the key file cannot be used: {0}")]
    File(#[source] Arc<io::Error>),
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
    }
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

/// Writes a new key beside its place and moves it there whole, so that nobody ever reads half a key.
fn make(path: &Path) -> Result<(), KeyError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("new-{}", Uuid::now_v7().simple()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&Key::generate())?;
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
