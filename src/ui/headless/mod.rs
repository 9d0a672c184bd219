//! The window without a window: runs the real program with its real tasks and subscriptions, presses its keys, reads
//! its screen and draws its pictures. Flow tests, `skranke --screenshot` and `skranke --play` stand on it.
//! Nothing here knows what the program is about.

mod actions;
mod driver;
mod error;
mod frame;
mod hands;
mod keys;
mod picture;
mod script;
mod settings;
mod sight;
mod surface;
mod worker;

#[cfg(test)]
mod tests;

pub use driver::Driver;
pub use error::DriverError;
pub use frame::{FrameTimes, Repaint};
pub use keys::{Chord, ChordError};
pub use picture::{Difference, Picture, PictureBook, PictureError, Tolerance, UPDATE, compare};
pub use script::{Instruction, Mistake, PlayError, PlayFailure, Script, ScriptError, Step, play};
pub use settings::{Settings, SystemFonts};
pub use sight::{Kind, NameOf, Seen, plain};
