//! Checking the log and exporting its heads, beside a running server or on a copy. What lives here: these two ways and what they print. What does
//! not: what is checked (the server's own crate).

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use skranke_server::audit::reading::{Log, OpenError};
use skranke_server::audit::{Broken, Checked, Head};
use skranke_server::store::Database;

use crate::Failure;

#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check every record of the log against its chain, and name the first that does not fit.
    Verify {
        #[command(flatten)]
        place: Place,
        /// Check also that the log still holds what these heads name (see `audit heads`).
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
    },
    /// Print the log's signed heads, one a line of JSON: kept elsewhere, they show later whether the log was cut off.
    Heads {
        #[command(flatten)]
        place: Place,
    },
}

/// Which log.
#[derive(Debug, Args)]
pub(crate) struct Place {
    /// Where the data are: a path or sqlite://PATH. Nothing is written; a server may be running, and a copy will do.
    #[arg(long, value_name = "URL")]
    database: Database,
    /// The key, where it does not lie beside the database as PATH.key.
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
}

impl Place {
    async fn open(&self) -> Result<Log, Failure> {
        let path = self
            .database
            .file()
            .ok_or_else(|| Failure::Use("a database in memory keeps no log that could be checked".to_owned()))?;
        Log::open(path, self.key.as_deref()).await.map_err(|error| match error {
            OpenError::Missing(_) | OpenError::Key(_) => Failure::Use(error.to_string()),
            OpenError::Older(_) | OpenError::Database { .. } => Failure::Database(error.to_string()),
        })
    }
}

/// Does what was asked for.
pub(crate) async fn run(what: Audit) -> Result<(), Failure> {
    match what {
        Audit::Verify { place, heads } => {
            let exported = match heads {
                Some(path) => read_heads(&path)?,
                None => Vec::new(),
            };
            let checked = place.open().await?.verify(&exported).await.map_err(broken)?;
            print!("{}", told(&checked));
        }
        Audit::Heads { place } => {
            for head in place.open().await?.heads().await.map_err(broken)? {
                println!("{}", head.line());
            }
        }
    }
    Ok(())
}

/// A log that does not verify has an exit code of its own; one that cannot be read is a matter of the database.
pub(crate) fn broken(error: Broken) -> Failure {
    match error {
        Broken::Store(error) => Failure::Database(format!("the log cannot be read: {error}")),
        broken => Failure::Log(broken.to_string()),
    }
}

fn read_heads(path: &Path) -> Result<Vec<Head>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Use(format!("the heads {} cannot be read: {error}", path.display())))?;
    Head::read_lines(&text).map_err(|error| Failure::Use(format!("{}: {error}", path.display())))
}

fn told(checked: &Checked) -> String {
    let mut text = format!(
        "the log is whole; records: {}, chains: {}, heads: {}\n",
        checked.records, checked.chains, checked.heads
    );
    if let Some(deleted) = &checked.deleted {
        text.push_str(&format!(
            "retention deleted {} records; the last month of them was {}\n",
            deleted.records, deleted.month
        ));
    }
    text
}
