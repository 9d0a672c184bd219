//! The store: entities in SQL, one file an entity. What lives here: opening, reading, writing, and reading values out of rows. What does
//! not: rules (see the domain), what differs between databases (`dialect`), who may see what (`policy`).

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::pool::PoolConnection;
use uuid::Uuid;

pub mod appointments;
pub mod at_work;
pub mod audit;
pub mod audit_heads;
pub mod blobs;
pub mod board;
pub mod break_glass;
pub mod bulk;
pub mod calendar;
pub mod cases;
pub mod casework;
pub mod citizens;
pub mod commands;
pub mod contacts;
pub mod decisions;
pub mod dialect;
pub mod documents;
pub mod events;
pub mod expected;
pub mod handovers;
pub mod intake;
pub mod items;
pub mod letters;
pub mod meta;
pub mod notes;
pub mod outbound;
pub mod register;
pub mod retention;
pub mod rights;
pub mod search;
pub mod situations;
pub mod staff;
pub mod stands;
pub mod statistics;
pub mod tickets;
pub mod visits;
pub mod waiting;

pub use dialect::{Conn, Database, Row, Tx};

/// The last day of the calendar that stands for "no deadline".
pub const NO_DEADLINE: Date = Date::constant(9999, 12, 31);

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A migration did not go through.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The file is shorter than it says, or its pages do not fit together.
    #[error("the database file is damaged")]
    Damaged,
    /// A stored value cannot be read.
    #[error("a stored {0} cannot be read")]
    Value(&'static str),
}

impl StoreError {
    /// Whether waiting may help.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Database(error) if dialect::is_busy(error))
    }

    /// Whether the database file is damaged.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        match self {
            Self::Damaged => true,
            Self::Database(error) => dialect::is_damage(error),
            Self::Migration(sqlx::migrate::MigrateError::Execute(error)) => dialect::is_damage(error),
            _ => false,
        }
    }

    /// Whether a unique row was there already.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Database(error) if dialect::is_conflict(error))
    }
}

/// The store's answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The open store: one writer, several readers.
#[derive(Clone, Debug)]
pub struct Store {
    writer: dialect::Pool,
    readers: dialect::Pool,
}

impl Store {
    /// Opens and migrates.
    ///
    /// # Errors
    /// [`StoreError`]; ask [`StoreError::is_damage`] whether the file is broken.
    pub async fn open(place: &Database) -> Result<Self> {
        let trust = match place.file() {
            Some(path) => dialect::trust(path).map_err(sqlx::Error::from)?,
            None => dialect::Trust::Whole,
        };
        if trust == dialect::Trust::Broken {
            return Err(StoreError::Damaged);
        }
        let (writer, readers) = dialect::connect(place).await?;
        let store = Self { writer, readers };
        let mut conn = store.writer.acquire().await?;
        if trust == dialect::Trust::LookThrough && !dialect::is_in_order(&mut conn).await? {
            drop(conn);
            store.close().await;
            return Err(StoreError::Damaged);
        }
        dialect::migrator().run_direct(None, &mut *conn, false).await?;
        drop(conn);
        Ok(store)
    }

    /// A connection to read with. Never ask for one while holding a write: in memory both are the same connection.
    pub async fn read(&self) -> Result<PoolConnection<dialect::Db>> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins a write; writes wait for each other. Dropped without a commit it leaves nothing.
    pub async fn begin(&self) -> Result<Tx> {
        match self.writer.begin_with(dialect::BEGIN_WRITE).await {
            // A commit that the disk refused ends the transaction behind the connection's back: it is given up for a fresh one, so that
            // writes go on as soon as there is room again.
            Err(sqlx::Error::InvalidSavePointStatement | sqlx::Error::BeginFailed) => {
                let stuck = self.writer.acquire().await?;
                stuck.close().await?;
                Ok(self.writer.begin_with(dialect::BEGIN_WRITE).await?)
            }
            begun => Ok(begun?),
        }
    }

    /// The writer itself, for loading in bulk.
    pub async fn writer(&self) -> Result<PoolConnection<dialect::Db>> {
        Ok(self.writer.acquire().await?)
    }

    /// Closes all connections, so that the file is whole.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Sets a damaged database aside: renames it, and what SQLite keeps beside it, with the given stamp. Nothing is deleted.
///
/// # Errors
/// Whatever the file system says about renaming the database itself.
pub fn set_aside(path: &Path, stamp: Timestamp) -> std::io::Result<PathBuf> {
    let stamp = stamp.strftime("%Y%m%d-%H%M%S").to_string();
    let beside = |path: &Path, end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let mut target = beside(path, &format!(".damaged-{stamp}"));
    let mut again = 1;
    while target.exists() {
        again += 1;
        target = beside(path, &format!(".damaged-{stamp}-{again}"));
    }
    std::fs::rename(path, &target)?;
    for end in ["-wal", "-shm"] {
        let companion = beside(path, end);
        if companion.exists() {
            std::fs::rename(&companion, beside(&target, end))?;
        }
    }
    Ok(target)
}

/// A word of the contract as it is stored.
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        // invariant: only enums that serialise as words are stored this way; anything else cannot be read back and is found at once.
        _ => String::new(),
    }
}

/// A stored word of the contract.
pub fn from_word<T: DeserializeOwned>(word: String, what: &'static str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreError::Value(what))
}

/// Something stored as JSON.
pub fn to_json<T: Serialize>(value: &T) -> String {
    // invariant: our own types with text keys always serialise; an empty text cannot be read back and is found at once.
    serde_json::to_string(value).unwrap_or_default()
}

/// Something stored as JSON, read.
pub fn from_json<T: DeserializeOwned>(text: &str, what: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Value(what))
}

/// Reading values out of a row by place.
pub trait Read {
    /// A whole number.
    fn int(&self, at: usize) -> Result<i64>;
    /// A whole number or none.
    fn opt_int(&self, at: usize) -> Result<Option<i64>>;
    /// A text.
    fn text(&self, at: usize) -> Result<String>;
    /// A text or none.
    fn opt_text(&self, at: usize) -> Result<Option<String>>;
    /// An identifier.
    fn id(&self, at: usize) -> Result<Uuid>;
    /// An identifier or none.
    fn opt_id(&self, at: usize) -> Result<Option<Uuid>>;
    /// Bytes.
    fn bytes(&self, at: usize) -> Result<Vec<u8>>;

    /// A small count.
    fn count(&self, at: usize) -> Result<u16> {
        u16::try_from(self.int(at)?).map_err(|_| StoreError::Value("count"))
    }
    /// A moment.
    fn moment(&self, at: usize) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.int(at)?).map_err(|_| StoreError::Value("moment"))
    }
    /// A moment or none.
    fn opt_moment(&self, at: usize) -> Result<Option<Timestamp>> {
        self.opt_int(at)?.map(|m| Timestamp::from_microsecond(m).map_err(|_| StoreError::Value("moment"))).transpose()
    }
    /// A date.
    fn date(&self, at: usize) -> Result<Date> {
        self.text(at)?.parse().map_err(|_| StoreError::Value("date"))
    }
    /// A word of the contract.
    fn word<T: DeserializeOwned>(&self, at: usize, what: &'static str) -> Result<T> {
        from_word(self.text(at)?, what)
    }
    /// A word of the contract or none.
    fn opt_word<T: DeserializeOwned>(&self, at: usize, what: &'static str) -> Result<Option<T>> {
        self.opt_text(at)?.map(|w| from_word(w, what)).transpose()
    }
    /// JSON.
    fn json<T: DeserializeOwned>(&self, at: usize, what: &'static str) -> Result<T> {
        from_json(&self.text(at)?, what)
    }
}

impl Read for Row {
    fn int(&self, at: usize) -> Result<i64> {
        Ok(self.try_get(at)?)
    }
    fn opt_int(&self, at: usize) -> Result<Option<i64>> {
        Ok(self.try_get(at)?)
    }
    fn text(&self, at: usize) -> Result<String> {
        Ok(self.try_get(at)?)
    }
    fn opt_text(&self, at: usize) -> Result<Option<String>> {
        Ok(self.try_get(at)?)
    }
    fn id(&self, at: usize) -> Result<Uuid> {
        Ok(self.try_get(at)?)
    }
    fn opt_id(&self, at: usize) -> Result<Option<Uuid>> {
        Ok(self.try_get(at)?)
    }
    fn bytes(&self, at: usize) -> Result<Vec<u8>> {
        Ok(self.try_get(at)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_damaged_database_is_recognised_and_set_aside_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("training.db");
        std::fs::write(&path, b"this is no database, it only looks like a long enough file to be one".repeat(100))
            .unwrap();
        let error = Store::open(&Database::File(path.clone())).await.unwrap_err();
        assert!(error.is_damage(), "{error}");
        std::fs::write(folder.path().join("training.db-wal"), b"log").unwrap();
        let target = set_aside(&path, "2026-06-09T08:06:00Z".parse().unwrap()).unwrap();
        assert_eq!(target.file_name().unwrap(), "training.db.damaged-20260609-080600");
        assert!(!path.exists() && target.exists());
        assert!(folder.path().join("training.db.damaged-20260609-080600-wal").exists());
        Store::open(&Database::File(path)).await.unwrap();
    }

    #[tokio::test]
    async fn a_database_that_lost_its_end_or_a_page_is_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("training.db");
        let place = Database::File(path.clone());
        Store::open(&place).await.unwrap().close().await;
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
        assert!(Store::open(&place).await.unwrap_err().is_damage());
        // A page of noise, in a file that was not closed.
        let mut noisy = whole.clone();
        noisy[4096 * 4..4096 * 5].fill(0xa5);
        std::fs::write(&path, &noisy).unwrap();
        std::fs::write(folder.path().join("training.db-wal"), [0; 32]).unwrap();
        assert!(Store::open(&place).await.unwrap_err().is_damage());
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("training.db{end}")));
        }
        std::fs::write(&path, &whole).unwrap();
        Store::open(&place).await.unwrap();
    }

    #[tokio::test]
    async fn a_write_that_is_dropped_leaves_nothing() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        meta::set(&mut tx, "seed", "7").await.unwrap();
        drop(tx);
        assert_eq!(meta::get(&mut store.read().await.unwrap(), "seed").await.unwrap(), None);
    }
}
