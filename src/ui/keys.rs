//! Keys as they are printed, read and matched. Which key means what is in the tables of the screens and of the window.

mod chord;

pub use chord::{Chord, ChordError, ChordKey};
