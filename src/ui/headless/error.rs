//! What the driver says when it could not do as told. A screen that is not as expected is told with what is on it.

use std::time::Duration;

use super::keys::ChordError;

/// Why the driver could not do as told.
#[derive(Debug, thiserror::Error)]
pub enum DriverError {
    /// The worker threads did not start.
    #[error("the worker threads did not start: {0}")]
    Workers(#[from] std::io::Error),
    /// The program's renderer cannot draw without a window in software.
    #[error("there is no software renderer in this build")]
    Renderer,
    /// Not a key.
    #[error(transparent)]
    Chord(#[from] ChordError),
    /// A text that should be on the screen is not.
    #[error("`{needle}` was not seen within {waited:?}; on the screen: {}", listed(.seen))]
    NotSeen {
        /// The text.
        needle: String,
        /// How long it was waited for.
        waited: Duration,
        /// The texts there were instead.
        seen: Vec<String>,
    },
    /// A text that should have gone is still on the screen.
    #[error("`{needle}` was still there after {waited:?}; on the screen: {}", listed(.seen))]
    StillSeen {
        /// The text.
        needle: String,
        /// How long it was waited for.
        waited: Duration,
        /// The texts there were.
        seen: Vec<String>,
    },
    /// What was waited for did not happen.
    #[error("nothing of the kind within {waited:?}; on the screen: {}", listed(.seen))]
    TimedOut {
        /// How long it was waited for.
        waited: Duration,
        /// The texts there were.
        seen: Vec<String>,
    },
    /// What somebody else was to do meanwhile could not be done.
    #[error("what a colleague was to do could not be done: {0}")]
    Outside(String),
    /// The program has closed its window.
    #[error("the program has ended")]
    Ended,
}

fn listed(seen: &[String]) -> String {
    const SHOWN: usize = 80;
    let mut list = seen.iter().take(SHOWN).map(|text| format!("`{text}`")).collect::<Vec<_>>().join(" ");
    if seen.is_empty() {
        list.push_str("nothing");
    } else if seen.len() > SHOWN {
        list.push_str(&format!(" and {} more", seen.len() - SHOWN));
    }
    list
}
