//! The bytes of documents. What lives here: where they are kept, how pieces become a whole, reading them back. What does not: what a
//! document is and whose (`documents`); no name, number or kind stands in any file name here.

use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use skranke_domain::DocumentId;
use skranke_domain::document::HEAD_BYTES;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use super::Database;

/// How many bytes are read at a time: the memory that a document of any size takes.
pub const READ_BYTES: usize = 64 * 1024;

/// Whether the bytes that came are those that were promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sum {
    /// They are.
    Fits,
    /// They are not; nothing is left of them.
    Differs,
}

/// Where the bytes of documents are kept. A document is whole or it is not there: nobody ever reads half of one.
#[async_trait]
pub trait BlobStore: std::fmt::Debug + Send + Sync {
    /// How many bytes of an unfinished document are here.
    async fn length(&self, id: DocumentId) -> io::Result<u64>;
    /// Writes a piece of an unfinished document at an offset; what stood there and after it is gone.
    async fn write(&self, id: DocumentId, offset: u64, piece: &[u8]) -> io::Result<()>;
    /// The first bytes of an unfinished document.
    async fn head(&self, id: DocumentId) -> io::Result<Vec<u8>>;
    /// Makes an unfinished document whole if its SHA-256 fits, and drops it if not.
    async fn finish(&self, id: DocumentId, sha256: &str) -> io::Result<Sum>;
    /// Reads a whole document from an offset on.
    async fn read(&self, id: DocumentId, offset: u64) -> io::Result<Box<dyn AsyncRead + Send + Unpin>>;
    /// Forgets a document, finished or not. One that is not there is forgotten already.
    async fn forget(&self, id: DocumentId) -> io::Result<()>;
}

/// The SHA-256 of bytes as the contract writes it: 64 hexadecimal digits in lower case.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut sum = Summing::default();
    sum.add(bytes);
    sum.written()
}

/// A SHA-256 over bytes that come a few at a time.
#[derive(Debug, Default)]
pub struct Summing(Sha256);

impl Summing {
    /// More bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The sum as the contract writes it.
    #[must_use]
    pub fn written(self) -> String {
        hexadecimal(&self.0.finalize())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
        text
    })
}

/// Writes a whole document at once.
///
/// # Errors
/// What the file system says; bytes that do not fit their own sum on the way to the disk are an error too.
pub async fn put(blobs: &dyn BlobStore, id: DocumentId, bytes: &[u8]) -> io::Result<()> {
    blobs.write(id, 0, bytes).await?;
    match blobs.finish(id, &sha256(bytes)).await? {
        Sum::Fits => Ok(()),
        Sum::Differs => Err(io::Error::new(io::ErrorKind::InvalidData, "what was written is not what was read back")),
    }
}

/// Lets one piece of a document be written at a time, however many clients send.
#[derive(Debug)]
pub struct Turns([tokio::sync::Mutex<()>; 32]);

impl Default for Turns {
    fn default() -> Self {
        Self(std::array::from_fn(|_| tokio::sync::Mutex::new(())))
    }
}

impl Turns {
    /// Waits for this document's turn; two documents may share one, which costs time and nothing else.
    pub async fn of(&self, id: DocumentId) -> tokio::sync::MutexGuard<'_, ()> {
        let place = usize::from(id.0.as_bytes()[15]) % self.0.len();
        self.0[place].lock().await
    }
}

/// How sure a file must be on the disk before it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// It outlives a power failure.
    Synced,
    /// It is gone with the service anyway.
    Fleeting,
}

/// Documents as files in one folder: `ID.part` while pieces are missing, `ID` when it is whole.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    care: Care,
    /// Removes the folder when the service ends.
    _fleeting: Option<tempfile::TempDir>,
}

impl Files {
    /// The folder that goes with a database: beside its file, or one that ends with the service.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn beside(place: &Database) -> io::Result<Self> {
        let Some(file) = place.file() else {
            let fleeting = tempfile::Builder::new().prefix("skranke-documents-").tempdir()?;
            return Ok(Self { folder: fleeting.path().to_owned(), care: Care::Fleeting, _fleeting: Some(fleeting) });
        };
        let mut folder = file.as_os_str().to_owned();
        folder.push(".documents");
        let folder = PathBuf::from(folder);
        make_private(&folder)?;
        Ok(Self { folder, care: Care::Synced, _fleeting: None })
    }

    fn whole(&self, id: DocumentId) -> PathBuf {
        self.folder.join(id.0.simple().to_string())
    }

    fn part(&self, id: DocumentId) -> PathBuf {
        self.folder.join(format!("{}.part", id.0.simple()))
    }
}

/// Makes a folder that only its owner can look into.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

async fn remove(path: &Path) -> io::Result<()> {
    match tokio::fs::remove_file(path).await {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[async_trait]
impl BlobStore for Files {
    async fn length(&self, id: DocumentId) -> io::Result<u64> {
        match tokio::fs::metadata(self.part(id)).await {
            Ok(there) => Ok(there.len()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(0),
            Err(error) => Err(error),
        }
    }

    async fn write(&self, id: DocumentId, offset: u64, piece: &[u8]) -> io::Result<()> {
        let mut options = tokio::fs::OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(self.part(id)).await?;
        // A piece that broke off on its way to the disk leaves nothing behind the offset that counts.
        file.set_len(offset).await?;
        file.seek(SeekFrom::Start(offset)).await?;
        file.write_all(piece).await?;
        file.flush().await
    }

    async fn head(&self, id: DocumentId) -> io::Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let file = tokio::fs::File::open(self.part(id)).await?;
        file.take(HEAD_BYTES as u64).read_to_end(&mut head).await?;
        Ok(head)
    }

    async fn finish(&self, id: DocumentId, wanted: &str) -> io::Result<Sum> {
        let (part, whole, folder) = (self.part(id), self.whole(id), self.folder.clone());
        let (care, wanted) = (self.care, wanted.to_owned());
        let work = move || {
            use std::io::Read;
            let mut file = std::fs::File::open(&part)?;
            let mut sum = Summing::default();
            let mut buffer = vec![0_u8; READ_BYTES];
            loop {
                match file.read(&mut buffer)? {
                    0 => break,
                    read => sum.add(&buffer[..read]),
                }
            }
            if sum.written() != wanted {
                drop(file);
                std::fs::remove_file(&part)?;
                return Ok(Sum::Differs);
            }
            if care == Care::Synced {
                file.sync_all()?;
            }
            drop(file);
            std::fs::rename(&part, &whole)?;
            #[cfg(unix)]
            if care == Care::Synced {
                std::fs::File::open(&folder)?.sync_all()?;
            }
            Ok(Sum::Fits)
        };
        tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
    }

    async fn read(&self, id: DocumentId, offset: u64) -> io::Result<Box<dyn AsyncRead + Send + Unpin>> {
        let mut file = tokio::fs::File::open(self.whole(id)).await?;
        file.seek(SeekFrom::Start(offset)).await?;
        Ok(Box::new(file))
    }

    async fn forget(&self, id: DocumentId) -> io::Result<()> {
        remove(&self.part(id)).await?;
        remove(&self.whole(id)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn all(blobs: &Files, id: DocumentId, offset: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        blobs.read(id, offset).await.unwrap().read_to_end(&mut bytes).await.unwrap();
        bytes
    }

    #[tokio::test]
    async fn a_document_is_whole_or_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Files::beside(&Database::File(folder.path().join("a.db"))).unwrap();
        let id = DocumentId::new();
        assert_eq!(blobs.length(id).await.unwrap(), 0);
        blobs.write(id, 0, b"one two ").await.unwrap();
        assert_eq!((blobs.length(id).await.unwrap(), blobs.head(id).await.unwrap()), (8, b"one two ".to_vec()));
        assert!(blobs.read(id, 0).await.is_err(), "nobody reads half a document");
        blobs.write(id, 4, b"three").await.unwrap();
        assert_eq!(blobs.finish(id, &sha256(b"one three")).await.unwrap(), Sum::Fits);
        assert_eq!((all(&blobs, id, 0).await, all(&blobs, id, 4).await), (b"one three".to_vec(), b"three".to_vec()));
        blobs.write(id, 0, b"other").await.unwrap();
        assert_eq!(blobs.finish(id, &sha256(b"something else")).await.unwrap(), Sum::Differs);
        assert_eq!(blobs.length(id).await.unwrap(), 0);
        assert_eq!(all(&blobs, id, 0).await, b"one three", "what was whole stays");
        blobs.forget(id).await.unwrap();
        blobs.forget(id).await.unwrap();
        assert!(blobs.read(id, 0).await.is_err());
        let names = std::fs::read_dir(folder.path().join("a.db.documents")).unwrap().count();
        assert_eq!(names, 0);
    }

    #[tokio::test]
    async fn documents_of_a_municipality_in_memory_are_gone_with_it() {
        let blobs = Files::beside(&Database::Memory).unwrap();
        put(&blobs, DocumentId::new(), b"paper").await.unwrap();
        let folder = blobs.folder.clone();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
        drop(blobs);
        assert!(!folder.exists());
    }

    #[test]
    fn a_sum_is_written_as_the_contract_says() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
