//! The routes of documents: announcing one, its pieces, its bytes into a file. What does not live here: the course of an upload
//! (`crate::uploads`), how a request travels (`transport.rs`).

use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use skranke_api::documents::{DocumentRequest, DocumentView};
use skranke_api::headers::UPLOAD_OFFSET;
use skranke_api::{Purpose, paths};
use skranke_domain::{CaseId, CommandId, DocumentId};
use tokio::io::AsyncWriteExt;

use super::{Call, CaseApi, Patience, broken, media_type};
use crate::error::ClientError;

const PDF: &str = "application/pdf";

/// What to do with a file that has the name already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// The clerk said that it may go.
    Replace,
}

/// Which bytes, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The document.
    pub document: DocumentId,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// The sum that its bytes must have, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// Why.
    pub purpose: Purpose,
    /// The file.
    pub to: PathBuf,
    /// What to do with one of that name.
    pub existing: Existing,
}

/// Why a document was not brought here. No text of it names the file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DownloadError {
    /// There is a file of this name, and it stays as it is.
    #[error("there is a file of this name already")]
    Exists,
    /// The disk did not take it.
    #[error("the file cannot be written: {0:?}")]
    Disk(io::ErrorKind),
    /// What came is not what was kept.
    #[error("what came is not what was kept")]
    Damaged,
    /// The server did not give it.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl From<io::Error> for DownloadError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::AlreadyExists => Self::Exists,
            kind => Self::Disk(kind),
        }
    }
}

impl CaseApi {
    /// Announces a document of a case. The same command announces it once.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn announce_document(
        &self,
        command: CommandId,
        case: CaseId,
        request: &DocumentRequest,
        purpose: &Purpose,
    ) -> Result<DocumentView, ClientError> {
        let call = Call::change(reqwest::Method::POST, &paths::case_documents(case), request, command, None)?;
        self.read(&call.because(Some(purpose)), "document").await
    }

    /// How far a document is.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn document(&self, id: DocumentId, purpose: &Purpose) -> Result<DocumentView, ClientError> {
        self.read(&Call::get(paths::document(id)).because(Some(purpose)), "document").await
    }

    /// Sends a piece of a document that begins at `offset`, counted from 0.
    ///
    /// # Errors
    /// [`ClientError`]; a problem that carries the document says where the server stands.
    pub async fn document_piece(
        &self,
        id: DocumentId,
        offset: u64,
        piece: Bytes,
        purpose: &Purpose,
    ) -> Result<DocumentView, ClientError> {
        let call = Call::piece(paths::content(id), piece)
            .header(UPLOAD_OFFSET, Some(offset.to_string()))
            .because(Some(purpose));
        self.read(&call, "document").await
    }

    /// The page on a case that is printed before the visit, as PDF.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn summary(&self, case: CaseId, purpose: &Purpose) -> Result<Vec<u8>, ClientError> {
        let call = Call::get(paths::summary(case)).accept(PDF, Patience::Whole).because(Some(purpose));
        let response = self.answer(&call).await?;
        if media_type(&response) != PDF {
            return Err(ClientError::Garbage { what: "summary" });
        }
        self.body(response, self.limits().answer_bytes).await
    }

    /// Brings a document's bytes into a file: written beside it first, and put in its place when they are all here and right. Memory does
    /// not grow with the document.
    ///
    /// # Errors
    /// [`DownloadError`]; then no file of that name was made or changed.
    pub async fn fetch_document(&self, fetch: &Fetch) -> Result<(), DownloadError> {
        if fetch.existing == Existing::Keep && tokio::fs::try_exists(&fetch.to).await? {
            return Err(DownloadError::Exists);
        }
        let part = Part::beside(&fetch.to);
        self.write_part(fetch, &part.0).await?;
        let (from, to, existing) = (part.0.clone(), fetch.to.clone(), fetch.existing);
        tokio::task::spawn_blocking(move || put_in_place(&from, &to, existing))
            .await
            .map_err(|_| DownloadError::Disk(io::ErrorKind::Interrupted))??;
        Ok(())
    }

    async fn write_part(&self, fetch: &Fetch, part: &Path) -> Result<(), DownloadError> {
        let call =
            Call::get(paths::content(fetch.document)).accept("*/*", Patience::Beginning).because(Some(&fetch.purpose));
        let mut response = self.answer(&call).await?;
        let mut file = tokio::fs::OpenOptions::new().write(true).create_new(true).open(part).await?;
        let (mut written, mut sum) = (0_u64, Sha256::new());
        loop {
            let patience = self.limits().request;
            let next = tokio::time::timeout(patience, response.chunk()).await.map_err(|_| ClientError::TimedOut)?;
            let Some(bytes) = next.map_err(|error| broken(&error))? else { break };
            written += bytes.len() as u64;
            if written > fetch.bytes {
                return Err(DownloadError::Damaged);
            }
            sum.update(&bytes);
            file.write_all(&bytes).await?;
        }
        if written < fetch.bytes {
            return Err(ClientError::Truncated.into());
        }
        if crate::uploads::hex(&sum.finalize()) != fetch.sha256 {
            return Err(DownloadError::Damaged);
        }
        file.flush().await?;
        file.sync_all().await?;
        Ok(())
    }
}

/// The file that is written; it goes when it is not put in its place.
struct Part(PathBuf);

impl Part {
    fn beside(to: &Path) -> Self {
        // A name of its own: two windows may save the same document at the same time.
        let mut name = std::ffi::OsString::from(format!(".{}", CommandId::new()));
        name.push(".part");
        Self(to.with_file_name(name))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // It is gone already where everything went well.
        let _ = std::fs::remove_file(&self.0);
    }
}

fn put_in_place(from: &Path, to: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Replace {
        return std::fs::rename(from, to);
    }
    // A link is refused where somebody else made the file meanwhile; a renaming would take its place.
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // This file system has no links.
        Err(_) if !to.exists() => std::fs::rename(from, to),
        Err(error) => Err(error),
    }
}
