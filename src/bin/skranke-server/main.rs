//! The reference server by itself. What lives here: the command line, its ways, and exit codes. What does not: anything that answers a
//! request (see the server's own crate), what each way does (each its own file).

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use serve::Serve;
use skranke_server::OfficeError;

mod audit;
mod messages;
mod retain;
mod serve;
mod tokens;

/// The reference case API of Skranke.
#[derive(Debug, Parser)]
#[command(name = "skranke-server", version, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Exit codes: 0 done, 2 wrong use, 3 a mistake in the catalogue or the sign-in file, 4 the database, 5 the address cannot be used, 6 the log does not verify."
)]
struct Line {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    serve: Serve,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the OpenAPI document.
    Openapi,
    /// Check the audit log, or export its signed heads.
    Audit {
        #[command(subcommand)]
        what: audit::Audit,
    },
    /// Delete what has been kept long enough: months of the log, closed cases by KLE's advice, tickets, half-finished applications.
    Retain(retain::Retain),
}

/// Why the server ends before it serves.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Use(String),
    #[error("the catalogue has mistakes:\n{0}")]
    Catalogue(String),
    #[error("the sign-in file has mistakes:\n{0}")]
    SignIn(String),
    #[error("{0}")]
    Database(String),
    #[error("cannot listen on {address}: {source}")]
    Address { address: SocketAddr, source: std::io::Error },
    #[error("{0}")]
    Log(String),
}

impl Failure {
    /// What is wrong with the sign-in file.
    fn sign_in(error: OfficeError) -> Self {
        match error {
            mistakes @ OfficeError::Mistakes(_) => Self::SignIn(mistakes.to_string()),
            other => Self::Use(other.to_string()),
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Use(_) => 2,
            Self::Catalogue(_) | Self::SignIn(_) => 3,
            Self::Database(_) => 4,
            Self::Address { .. } => 5,
            Self::Log(_) => 6,
        }
    }
}

fn main() -> ExitCode {
    let line = Line::parse();
    if let Some(What::Openapi) = line.what {
        use std::io::Write;
        // A reader that closes the pipe early has read enough.
        let _ = std::io::stdout().write_all(skranke_server::openapi_json().as_bytes());
        return ExitCode::SUCCESS;
    }
    skranke::logs::to_stderr();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("skranke-server: no threads could be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = match line.what {
        Some(What::Audit { what }) => runtime.block_on(audit::run(what)),
        Some(What::Retain(line)) => runtime.block_on(retain::run(line)),
        Some(What::Openapi) | None => runtime.block_on(serve::serve(line.serve)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("skranke-server: {failure}");
            ExitCode::from(failure.code())
        }
    }
}
