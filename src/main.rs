//! The window: reads the command line and the configuration, joins or starts the training municipality if none is configured, and runs.

use std::process::ExitCode;

use clap::Parser;
use skranke::cli::{Cli, EXIT_USAGE};

fn main() -> ExitCode {
    // A page of a document is drawn in a process of its own, before anything else of this one begins.
    if std::env::args_os().nth(1).is_some_and(|word| word == skranke::viewer::COMMAND) {
        return skranke::viewer::child();
    }
    let cli = Cli::parse();
    match skranke::launch::start(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("skranke: {error}");
            ExitCode::from(if error.is_usage() { EXIT_USAGE } else { error.code() })
        }
    }
}
