//! Logs: a rotating file in the user's state folder. What does not live here: what is logged; never a CPR number, a name or an address.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;

/// How many days of logs are kept.
const KEPT: usize = 14;

/// The log could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("the log could not be opened: {0}")]
pub struct LogError(String);

/// Writes logs to a file that turns every day; `SKRANKE_LOG` filters them (`info` when nobody says). Keep the guard: what it holds is
/// written when it goes.
///
/// # Errors
/// [`LogError`] when the folder cannot be written.
pub fn to_folder(folder: &Path) -> Result<WorkerGuard, LogError> {
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("skranke")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(folder)
        .map_err(|e| LogError(e.to_string()))?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(writer).finish();
    // A second start in the same process (tests) keeps the first log.
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(guard)
}

/// Writes logs to the standard error stream, for a server under a service manager.
pub fn to_stderr() {
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(std::io::stderr).finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
}

fn filter() -> EnvFilter {
    EnvFilter::try_from_env("SKRANKE_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,skranke=info,skranke_client=info,skranke_desk=info,skranke_server=info,skranke_ui=info")
    })
}
