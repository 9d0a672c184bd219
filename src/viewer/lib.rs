//! Pages of documents as pixels. What lives here: drawing a page of a PDF or an image in a child process that has little memory and little
//! time, and the handle that starts it, waits for it and ends it. What does not: where the bytes come from, how the picture is shown.
//!
//! A paper comes from a stranger. Whatever it does to whoever draws it, it does to a process that holds nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on may panic"))]

mod child;
mod draw;
mod pages;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use child::child;
pub use pages::{Drawn, PATIENCE, Pages};

/// The largest file that is drawn, in bytes.
pub const INPUT_BYTES: u64 = 512 << 20;
/// The most pixels of a drawn page; a larger one is drawn smaller.
pub const PAGE_PIXELS: u64 = 24_000_000;
/// The widest and highest image that is opened, in pixels: a scan of A2 at 600 dpi.
pub const IMAGE_SIDE: u32 = 16_000;
/// The word on the command line that makes the program draw one page and end.
pub const COMMAND: &str = "render-page";

/// One page of one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    /// The file.
    pub path: PathBuf,
    /// The page, from 0.
    pub page: u32,
    /// How wide the picture is to be, in pixels, after it was turned.
    pub width: u32,
    /// How often it is turned by a quarter, clockwise (0 to 3).
    pub turned: u8,
}

/// Why a page is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It cannot be read as what it says it is.
    #[error("the document is damaged")]
    Broken,
    /// It is locked with a password.
    #[error("the document is locked with a password")]
    Encrypted,
    /// It, or what it unfolds to, is larger than what is drawn.
    #[error("the document is too large to be drawn")]
    TooLarge,
    /// It took longer than anybody waits.
    #[error("the document took too long to draw")]
    TooSlow,
    /// It is a kind of file, or uses a feature, that is not drawn here.
    #[error("this kind of document is not drawn")]
    NotShown,
    /// The file is not there any more, or may not be read.
    #[error("the file cannot be read")]
    Unreadable,
    /// The process that draws could not be started.
    #[error("the viewer cannot be started")]
    NoViewer,
}

/// What the child says before the pixels.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// The pixels follow: width times height times four bytes, red, green, blue, alpha.
    Page { pages: u32, width: u32, height: u32 },
    /// There is none.
    Not(Why),
}
