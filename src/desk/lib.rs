//! The workspace without pixels. What lives here: what would hurt to lose at a crash, a lock or a switch of stands: who is signed in, which
//! citizen and case are open, what was typed, what is unsent. `desk.update(input, now)` returns effects; somebody with hands carries
//! them out and feeds the replies back. What does not: windows, widgets, threads, HTTP.

pub mod acting;
pub mod ask;
pub mod board;
pub mod calendar;
pub mod case;
pub mod citizen;
pub mod cold;
pub mod counter;
pub mod dates;
pub mod desk;
pub mod effect;
pub mod figures;
pub mod finder;
pub mod guide;
pub mod half_written;
mod hearing;
pub mod inbox;
pub mod letters;
pub mod load;
pub mod lock;
pub mod need;
pub mod offline;
pub mod oversight;
pub mod pending;
pub mod rights;
pub mod session;
pub mod settings;
pub mod sheets;
pub mod signing_in;
pub mod stands;
#[cfg(test)]
mod trials;
pub mod turned;
pub mod unfinished;
pub mod uploads;
mod waking;

pub use acting::Acting;
pub use ask::{Question, Reply};
pub use desk::{Desk, Input, Place};
pub use effect::{Effect, Ticket};
pub use load::Load;
pub use stands::StandId;
