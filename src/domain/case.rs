//! A case (sag): its coarse phase, its column on the board, both derived, never typed in. What does not live here: the checklist's own
//! rules (see [`crate::checklist`]) and what makes a case ready (see [`crate::readiness`]).

use serde::{Deserialize, Serialize};

use crate::citizen::words;

words! {
    /// The coarse phase (OIO Sag: opstået, oplyst, afgjort, udført, afsluttet).
    Phase {
        /// Received.
        Received,
        /// Informed: the facts are established.
        Informed,
        /// Decided.
        Decided,
        /// Executed: what was decided has been carried out.
        Executed,
        /// Closed.
        Closed,
    }
    /// The board's column, derived from checklist and phase.
    Column {
        /// The office works on it.
        InProgress,
        /// The citizen has to send or do something.
        AwaitingCitizen,
        /// Everything due before the visit is in order.
        ReadyForAttendance,
        /// Closed.
        Closed,
    }
    /// The next step, in words the window translates.
    NextStep {
        /// The citizen sends what is missing.
        CitizenSendsPapers,
        /// A received paper is checked.
        CheckPapers,
        /// A time is booked for the attendance.
        BookAttendance,
        /// The citizen attends.
        Attendance,
        /// A decision is made.
        Decide,
        /// What was decided is issued.
        Issue,
        /// Nothing more.
        None,
    }
}
