//! The system's browser, in which people sign in. What lives here: opening an address in it. What does not: what it brings back (`landing`).

use std::io;
use std::process::{Command, Stdio};

/// What opens an address for a person to sign in at.
pub trait Browser: Send + Sync {
    /// Opens an address; returns when it is on its way.
    ///
    /// # Errors
    /// Whatever the system says when there is nothing that opens addresses.
    fn open(&self, address: &str) -> io::Result<()>;
}

/// Whatever the system opens addresses with.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, address: &str) -> io::Result<()> {
        let mut command = opener();
        command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        // Waited for, so that it does not stay behind as a dead entry; how it ends says nothing about whether somebody signs in.
        std::thread::Builder::new().name("browser".to_owned()).spawn(move || child.wait())?;
        Ok(())
    }
}

#[cfg(target_os = "macos")]
fn opener() -> Command {
    Command::new("open")
}

#[cfg(target_os = "windows")]
fn opener() -> Command {
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler");
    command
}

#[cfg(not(any(target_os = "macos", target_os = "windows")))]
fn opener() -> Command {
    Command::new("xdg-open")
}
