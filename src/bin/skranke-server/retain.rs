//! Deleting what has been kept long enough, by command. What lives here: the command line and what it prints. What does not: what is
//! deleted when (the server's own crate; a server that serves does it by itself once a day).

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use skranke_server::audit::retention::{MONTHS, Mode};
use skranke_server::retention::{Retained, RetentionError, Terms};
use skranke_server::{Clock, Config, Database, PersonaTokens};

use crate::{Failure, serve};

#[derive(Debug, Args)]
pub(crate) struct Retain {
    /// Where the data are: a path or sqlite://PATH
    #[arg(long, value_name = "URL")]
    database: Database,
    /// Use the office's own catalogue in DIR instead of the one that comes with the program.
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
    /// How many whole months of the log are kept, beside the one that runs.
    #[arg(long, value_name = "N", default_value_t = MONTHS, value_parser = clap::value_parser!(u16).range(1..=600))]
    log_months: u16,
    /// Say what would be deleted, and delete nothing.
    #[arg(long)]
    dry_run: bool,
    /// Stand still at this moment (RFC 3339).
    #[arg(long, value_name = "RFC3339", hide = true)]
    now: Option<Timestamp>,
}

/// Does it.
pub(crate) async fn run(line: Retain) -> Result<(), Failure> {
    if !line.database.file().is_some_and(std::path::Path::is_file) {
        return Err(Failure::Use("there is no database at that place".to_owned()));
    }
    let catalogue = serve::catalogue(line.catalogue.as_deref())?;
    // Nobody signs in while this runs: the tokens are thrown away with it.
    let mut config = Config::training(line.database, Arc::new(catalogue), PersonaTokens::random());
    config.clock = line.now.map_or(Clock::System, Clock::Fixed);
    let service = skranke_server::open(config).await.map_err(|error| Failure::Database(error.to_string()))?;
    let mode = if line.dry_run { Mode::DryRun } else { Mode::ForReal };
    let done = service.retain(Terms { log_months: line.log_months }, mode).await;
    service.close().await;
    match done {
        Ok(done) => {
            print!("{}", told(&done, mode));
            Ok(())
        }
        Err(RetentionError::Log(error)) => Err(crate::audit::broken(error)),
        Err(error) => Err(Failure::Database(error.to_string())),
    }
}

fn told(done: &Retained, mode: Mode) -> String {
    let verb = match mode {
        Mode::DryRun => "would be deleted",
        Mode::ForReal => "deleted",
    };
    let mut text = String::new();
    let mut line = |what: &str, count: u64| text.push_str(&format!("{count:>9} {what} {verb}\n"));
    match (done.log.months.first(), done.log.months.last()) {
        (Some(first), Some(last)) => line(&format!("records of the log, {first} to {last},"), done.log.records),
        _ => line("records of the log", 0),
    }
    line("tickets", done.tickets);
    line("half-finished applications", done.applications);
    line("closed cases", done.cases_deleted());
    for (number, one) in &done.cases {
        let number = if number.is_empty() { "no KLE number" } else { number };
        let subject = one.subject.as_ref().map_or("subject not read", |subject| subject.en.as_str());
        let years = match one.years {
            Some(years) => format!("{years} years after closing: {} {verb}", one.deleted),
            None => format!("kept, because nobody advises to delete them: {}", one.kept),
        };
        text.push_str(&format!("          {number} ({subject}), {years}\n"));
    }
    text
}
