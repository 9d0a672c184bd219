//! A log that is only looked at: opened beside a running server, or from a copy, with the key that lies beside it or was named. What lives
//! here: opening. What does not: what is checked (`checking`), the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Broken, Chain, Checked, Head};
use crate::clock::{Clock, Ticker};
use crate::seal::{KeyFileError, Secret};
use crate::store::{self, Conn, dialect};

/// Why a log cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no file.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// It is from before heads were kept.
    #[error("{} is from before this version: let this server open it once, then look again", .0.display())]
    Older(PathBuf),
    /// The database cannot be read.
    #[error("{} cannot be read: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// Why.
        source: store::StoreError,
    },
}

/// A log that is only looked at.
#[derive(Debug)]
pub struct Log {
    conn: Conn,
    chain: Chain,
}

/// Where the key of a database lies, unless it was moved.
#[must_use]
pub fn key_beside(database: &Path) -> PathBuf {
    let mut key = database.as_os_str().to_owned();
    key.push(".key");
    key.into()
}

impl Log {
    /// Opens a log without writing anything. The key is the one beside the database, where none is named.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(database: &Path, key: Option<&Path>) -> Result<Self, OpenError> {
        if !database.is_file() {
            return Err(OpenError::Missing(database.to_owned()));
        }
        let master = Secret::read(&key.map_or_else(|| key_beside(database), Path::to_owned))?;
        let failed = |source: sqlx::Error| OpenError::Database { path: database.to_owned(), source: source.into() };
        let mut conn = dialect::look(database).await.map_err(failed)?;
        if !dialect::has_table(&mut conn, "audit_tombstone").await.map_err(failed)? {
            return Err(OpenError::Older(database.to_owned()));
        }
        // One look at one moment: a server that writes meanwhile changes nothing of it.
        sqlx::query("BEGIN").execute(&mut conn).await.map_err(failed)?;
        Ok(Self { conn, chain: Chain::new(&master, Arc::new(Ticker::new(Clock::System))) })
    }

    /// Checks it: see [`Chain::verify`].
    ///
    /// # Errors
    /// [`Broken`].
    pub async fn verify(&mut self, exported: &[Head]) -> Result<Checked, Broken> {
        self.chain.verify(&mut self.conn, exported).await
    }

    /// The heads to export, of a log that verifies.
    ///
    /// # Errors
    /// [`Broken`]: a log that was changed gets no signature.
    pub async fn heads(&mut self) -> Result<Vec<Head>, Broken> {
        self.chain.verify(&mut self.conn, &[]).await?;
        Ok(self.chain.export(&mut self.conn).await?)
    }
}
