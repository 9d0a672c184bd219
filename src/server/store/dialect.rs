//! What differs between databases: types, opening, settings, sequencing, and the few spellings of the migrations. What does not live
//! here: any table. The statements elsewhere use `$1` placeholders and plain SQL, so that PostgreSQL can share them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::AssertSqlSafe;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

/// The database behind the store.
pub type Db = sqlx::Sqlite;
/// One connection to it.
pub type Conn = sqlx::SqliteConnection;
/// Connections to it.
pub type Pool = sqlx::SqlitePool;
/// A row of an answer.
pub type Row = sqlx::sqlite::SqliteRow;
/// A write that is all done or not at all.
pub type Tx = sqlx::Transaction<'static, Db>;

/// How a write begins: SQLite takes the writer's lock at once, so that no write fails half-way because another came between.
pub const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// How many readers work beside the writer.
const READERS: u32 = 6;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// In memory: gone with the service.
    Memory,
    /// An SQLite file (with its `-wal` and `-shm` beside it).
    File(PathBuf),
}

impl Database {
    /// The file, where there is one.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Memory => None,
            Self::File(path) => Some(path),
        }
    }
}

/// What is wrong with a database address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a path, sqlite://PATH or sqlite::memory: was expected")]
pub struct DatabaseUrlError;

impl std::str::FromStr for Database {
    type Err = DatabaseUrlError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let path = match text.strip_prefix("sqlite:") {
            Some(":memory:" | "//:memory:") => return Ok(Self::Memory),
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if text.contains("://") => return Err(DatabaseUrlError),
            None => text,
        };
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() { Err(DatabaseUrlError) } else { Ok(Self::File(path.into())) }
    }
}

/// Opens the writer and the readers. In memory both are one connection: such a database has no second door.
pub async fn connect(place: &Database) -> Result<(Pool, Pool), sqlx::Error> {
    let base = SqliteConnectOptions::new()
        .busy_timeout(Duration::from_secs(5))
        .foreign_keys(false)
        .statement_cache_capacity(256)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-16000");
    let pool = |most: u32| {
        SqlitePoolOptions::new()
            .max_connections(most)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(10))
    };
    match place {
        Database::Memory => {
            let only = pool(1).min_connections(1).connect_with(base.in_memory(true)).await?;
            Ok((only.clone(), only))
        }
        Database::File(path) => {
            let file = base.filename(path).create_if_missing(true).pragma("mmap_size", "268435456");
            // A change is on the disk before its answer leaves, also when the power fails: full synchronisation.
            let write = file.clone().journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
            let writer = pool(1).connect_with(write).await?;
            let readers = pool(READERS).connect_with(file.read_only(true)).await?;
            Ok((writer, readers))
        }
    }
}

/// One connection that only looks: nothing is migrated, nothing is written. A copy without its log, on a medium that cannot be written, is
/// read as it lies there.
pub async fn look(path: &Path) -> Result<Conn, sqlx::Error> {
    use sqlx::ConnectOptions;
    let options = || SqliteConnectOptions::new().filename(path).read_only(true).busy_timeout(Duration::from_secs(5));
    let mut conn = options().connect().await?;
    if sqlx::query("SELECT COUNT(*) FROM sqlite_master").fetch_one(&mut conn).await.is_ok() {
        return Ok(conn);
    }
    options().immutable(true).connect().await
}

/// Whether a table is there.
pub async fn has_table(conn: &mut Conn, name: &str) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1")
        .bind(name)
        .fetch_one(conn)
        .await?;
    Ok(sqlx::Row::try_get::<i64, _>(&row, 0)? > 0)
}

/// The largest database that is looked through whole after it was not closed: what that takes grows with it (50 ms for 13 MB).
const LOOKED_THROUGH: u64 = 64 * 1024 * 1024;

/// What is to be looked at before a database file is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Nothing: it is new, or it was closed and has its full length.
    Whole,
    /// It was not closed: look through it.
    LookThrough,
    /// It is shorter than it says of itself.
    Broken,
}

/// How far a database file can be trusted, by its header (SQLite's file format, offsets 16 and 28) and its write-ahead log.
pub fn trust(path: &Path) -> std::io::Result<Trust> {
    use std::io::Read;
    let mut header = [0_u8; 32];
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => return Ok(Trust::Whole),
        Err(other) => return Err(other),
    };
    let length = file.metadata()?.len();
    if length < 100 || file.read_exact(&mut header).is_err() {
        // Empty is new; anything else the database itself will call no database.
        return Ok(Trust::Whole);
    }
    let page = match u64::from(u16::from_be_bytes([header[16], header[17]])) {
        1 => 65_536,
        size => size,
    };
    let pages = u64::from(u32::from_be_bytes([header[28], header[29], header[30], header[31]]));
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let closed = std::fs::metadata(log).map_or(0, |log| log.len()) == 0;
    let short = header.starts_with(b"SQLite format 3\0") && length < page * pages;
    Ok(if short && closed {
        Trust::Broken
    } else if short {
        // The disk was full while the log was being written home: what the file lacks stands in the log still.
        Trust::LookThrough
    } else if closed || length > LOOKED_THROUGH {
        Trust::Whole
    } else {
        Trust::LookThrough
    })
}

/// Looks through a database; whether every page is in order.
pub async fn is_in_order(conn: &mut Conn) -> Result<bool, sqlx::Error> {
    let row = sqlx::query("PRAGMA quick_check(1)").fetch_one(conn).await?;
    Ok(sqlx::Row::try_get::<String, _>(&row, 0)? == "ok")
}

/// Statements around a bulk load: nothing else is there yet that a crash could hurt.
pub const BULK_BEGIN: &[&str] = &["PRAGMA synchronous = OFF", "PRAGMA cache_size = -256000"];
/// And afterwards.
pub const BULK_END: &[&str] =
    &["PRAGMA synchronous = FULL", "PRAGMA cache_size = -16000", "PRAGMA wal_checkpoint(TRUNCATE)", "ANALYZE"];

/// A migration in this database's spelling. PostgreSQL will read `INTEGER PRIMARY KEY` as an identity column and `BLOB` as `BYTEA`.
fn spell(sql: &str) -> String {
    sql.replace("/*clustered*/", "WITHOUT ROWID")
}

/// The migrations.
pub fn migrator() -> Migrator {
    let all: &[(i64, &'static str, &'static str)] = &[
        (1, "base", include_str!("migrations/0001_base.sql")),
        (2, "situations", include_str!("migrations/0002_situations.sql")),
        (3, "notes", include_str!("migrations/0003_notes.sql")),
        (4, "search", include_str!("migrations/0004_search.sql")),
        (5, "documents", include_str!("migrations/0005_documents.sql")),
        (6, "casework", include_str!("migrations/0006_casework.sql")),
        (7, "decisions", include_str!("migrations/0007_decisions.sql")),
        (8, "board", include_str!("migrations/0008_board.sql")),
        (9, "calendar", include_str!("migrations/0009_calendar.sql")),
        (10, "visits", include_str!("migrations/0010_visits.sql")),
        (11, "queue", include_str!("migrations/0011_queue.sql")),
        (12, "figures", include_str!("migrations/0012_figures.sql")),
        (13, "rights", include_str!("migrations/0013_rights.sql")),
        (14, "audit", include_str!("migrations/0014_audit.sql")),
    ];
    Migrator::with_migrations(
        all.iter()
            .map(|(version, name, sql)| {
                let sql = sqlx::SqlSafeStr::into_sql_str(AssertSqlSafe(spell(sql)));
                Migration::new(*version, (*name).into(), MigrationType::Simple, sql, false)
            })
            .collect(),
    )
}

/// Whether an error says that the file is no database, or a broken one.
#[must_use]
pub fn is_damage(error: &sqlx::Error) -> bool {
    // SQLITE_CORRUPT is 11, SQLITE_NOTADB is 26; extended codes carry them in their low byte.
    code(error).is_some_and(|code| matches!(code & 0xff, 11 | 26))
}

/// Whether an error says that somebody else holds the lock, or that no connection came free.
#[must_use]
pub fn is_busy(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed)
        || code(error).is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

/// Whether an error says that a unique row was there already.
#[must_use]
pub fn is_conflict(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|e| e.kind() == sqlx::error::ErrorKind::UniqueViolation)
}

fn code(error: &sqlx::Error) -> Option<i32> {
    error.as_database_error()?.code()?.parse().ok()
}

/// Writes a placeholder of a very long statement. SQLite looks numbered names up one by one, which takes seconds for thousands of them,
/// so it gets the unnumbered kind; PostgreSQL knows only the numbered.
pub fn push_placeholder(sql: &mut String, _number: usize) {
    sql.push('?');
}

/// The most parameters one statement takes.
pub const MAX_PARAMETERS: usize = 32_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_names_its_database_in_several_ways() {
        assert_eq!("sqlite::memory:".parse(), Ok(Database::Memory));
        assert_eq!("sqlite:///var/lib/skranke/a.db".parse(), Ok(Database::File("/var/lib/skranke/a.db".into())));
        assert_eq!("sqlite://a.db?mode=rwc".parse(), Ok(Database::File("a.db".into())));
        assert_eq!("training.db".parse(), Ok(Database::File("training.db".into())));
        assert_eq!("postgres://host/db".parse::<Database>(), Err(DatabaseUrlError));
        assert_eq!("".parse::<Database>(), Err(DatabaseUrlError));
    }
}
