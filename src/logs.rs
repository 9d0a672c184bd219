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
    tell_of_panics();
    Ok(guard)
}

/// Writes logs to the standard error stream, for a server under a service manager.
pub fn to_stderr() {
    let subscriber =
        tracing_subscriber::fmt().with_env_filter(filter()).with_ansi(false).with_writer(std::io::stderr).finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
    tell_of_panics();
}

/// What a crash leaves behind: where it happened, and what is written there word for word. A sentence that was put together may quote what
/// was typed, so it is not told.
fn tell_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(its words may quote data)");
        let thread = std::thread::current().name().unwrap_or("without a name").to_owned();
        tracing::error!(place, words, thread, "a part of the program ended");
        eprintln!("skranke: a part of the program ended at {place}: {words}");
    }));
}

fn filter() -> EnvFilter {
    EnvFilter::try_from_env("SKRANKE_LOG").unwrap_or_else(|_| {
        EnvFilter::new("warn,skranke=info,skranke_client=info,skranke_desk=info,skranke_server=info,skranke_ui=info")
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("one thread at a time").write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_crash_tells_where_it_happened_and_never_what_was_typed() {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
        let before = std::panic::take_hook();
        super::tell_of_panics();
        tracing::subscriber::with_default(subscriber, || {
            let typed = "670390-1234".to_owned();
            let crashed = std::panic::catch_unwind(|| panic!("the number {typed} was not expected"));
            assert!(crashed.is_err());
        });
        std::panic::set_hook(before);
        let log = String::from_utf8(lines.0.lock().expect("nobody else").clone()).expect("text");
        assert!(log.contains("logs.rs") && log.contains("ended"), "{log}");
        assert!(!log.contains("670390"), "{log}");
    }
}
