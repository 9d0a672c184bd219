//! The file of an upload: what it is by its content, its sum, its pieces, and whether it is still the same. What does not live here: sending.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::SystemTime;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use skranke_domain::document::{DOCUMENT_BYTES, FileKind, HEAD_BYTES};

/// Bytes that are read at once for the sum.
const STEP: usize = 1 << 20;

/// What is wrong with a file. No text of it names the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("there is no such file")]
    NotThere,
    /// A folder, or something else that is not a file.
    #[error("it is no file")]
    NoFile,
    /// It may not be read, or the disk does not give it.
    #[error("it cannot be read: {0:?}")]
    Unreadable(io::ErrorKind),
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// It is larger than what is taken.
    #[error("it is larger than what is taken")]
    TooLarge {
        /// How large, in bytes.
        bytes: u64,
    },
    /// It is neither PDF nor an image, whatever its name says.
    #[error("it is neither PDF nor an image")]
    NotTaken,
    /// It went away while it was sent.
    #[error("it went away while it was sent")]
    Vanished,
    /// It changed while it was sent.
    #[error("it changed while it was sent")]
    Changed,
}

/// A file that was looked at, and stays open.
pub(super) struct Source {
    path: PathBuf,
    file: File,
    seen: Seen,
    sha256: String,
}

/// What tells whether a file is still the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Seen {
    fn of(about: &Metadata) -> Self {
        Self { bytes: about.len(), modified: about.modified().ok() }
    }
}

impl Source {
    /// Opens a file, looks at its first bytes and makes its sum, off the threads that serve the window.
    pub(super) async fn examine(path: PathBuf, tell: impl Fn(u64, u64) + Send + 'static) -> Result<Self, FileError> {
        blocking(move || Self::read(path, &tell)).await
    }

    fn read(path: PathBuf, tell: &dyn Fn(u64, u64)) -> Result<Self, FileError> {
        let about = std::fs::metadata(&path).map_err(|error| opening(&error))?;
        // A pipe would never end and a folder never begin: look before opening.
        if !about.is_file() {
            return Err(FileError::NoFile);
        }
        let mut file = File::open(&path).map_err(|error| opening(&error))?;
        let seen = Seen::of(&file.metadata().map_err(|error| opening(&error))?);
        match seen.bytes {
            0 => return Err(FileError::Empty),
            bytes if bytes > DOCUMENT_BYTES => return Err(FileError::TooLarge { bytes }),
            _ => {}
        }
        let mut step = vec![0; STEP];
        let (mut read, mut sum) = (0_u64, Sha256::new());
        loop {
            let filled = fill(&mut file, &mut step).map_err(|error| FileError::Unreadable(error.kind()))?;
            if read == 0 && FileKind::of(&step[..filled.min(HEAD_BYTES)]).is_none() {
                return Err(FileError::NotTaken);
            }
            sum.update(&step[..filled]);
            read += filled as u64;
            tell(read, seen.bytes);
            if filled < step.len() {
                break;
            }
            if read > seen.bytes {
                return Err(FileError::Changed);
            }
        }
        let source = Self { path, file, seen, sha256: hex(&sum.finalize()) };
        if read != seen.bytes {
            return Err(FileError::Changed);
        }
        source.check()?;
        Ok(source)
    }

    pub(super) const fn bytes(&self) -> u64 {
        self.seen.bytes
    }

    pub(super) fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The piece at a place. The file must be there and the same before and after it was read.
    pub(super) async fn piece(mut self, offset: u64, length: usize) -> Result<(Self, Bytes), FileError> {
        blocking(move || {
            self.check()?;
            let left = self.seen.bytes.saturating_sub(offset);
            let mut piece = vec![0; usize::try_from(left).unwrap_or(usize::MAX).min(length)];
            let changed = |error: io::Error| match error.kind() {
                io::ErrorKind::UnexpectedEof => FileError::Changed,
                kind => FileError::Unreadable(kind),
            };
            self.file.seek(SeekFrom::Start(offset)).map_err(changed)?;
            self.file.read_exact(&mut piece).map_err(changed)?;
            self.check()?;
            Ok((self, piece.into()))
        })
        .await
    }

    fn check(&self) -> Result<(), FileError> {
        // By its name: a file that was deleted can still be read by who has it open, and is no longer what the clerk chose.
        let about = std::fs::metadata(&self.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => FileError::Vanished,
            kind => FileError::Unreadable(kind),
        })?;
        if about.is_file() && Seen::of(&about) == self.seen { Ok(()) } else { Err(FileError::Changed) }
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, FileError> {
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(FileError::Unreadable(io::ErrorKind::Interrupted)))
}

fn opening(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory | io::ErrorKind::InvalidInput => FileError::NotThere,
        kind => FileError::Unreadable(kind),
    }
}

/// Reads until the buffer is full or the file ends.
fn fill(file: &mut File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Bytes as hexadecimal digits in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    use std::fmt;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // invariant: writing to a String never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
