//! Appointments: a citizen, a counter, a time. What does not live here: finding free times (the server knows them all).

use crate::citizen::words;
use serde::{Deserialize, Serialize};

/// Bookings own whole cells of five minutes, so that two of them can never share one.
pub const CELL_MINUTES: u16 = 5;

words! {
    /// An appointment's state, in FHIR's words.
    AppointmentStatus {
        /// Held while the clerk writes.
        Proposed,
        /// Booked.
        Booked,
        /// The citizen is here.
        Arrived,
        /// Held and done.
        Fulfilled,
        /// Cancelled.
        Cancelled,
        /// The citizen did not come.
        Noshow,
    }
    /// What else takes time at a counter.
    BlockKind {
        /// Lunch and other breaks.
        Break,
        /// A team meeting or training.
        Meeting,
        /// Outside opening hours.
        Closed,
    }
}
