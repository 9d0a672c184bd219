//! The queue at a site: tickets, what the host found out about papers, who is called next and why. What lives here: the words and the rule.
//! What does not: numbers that are drawn, storage, the counter's clock.

use crate::citizen::words;
use serde::{Deserialize, Serialize};

words! {
    /// How a ticket came to be.
    TicketOrigin {
        /// The host gave it out.
        Host,
        /// Somebody with a booked time said that she is here.
        CheckIn,
        /// A stand gave it out.
        Stand,
    }
    /// Where a ticket stands.
    TicketState {
        /// She waits.
        Waiting,
        /// She was called and is on her way.
        Called,
        /// She is served.
        Serving,
        /// She was served and waits for something: a colleague, a copy, a phone call.
        Parked,
        /// She went to fetch something and comes back without a second wait.
        Returning,
        /// She was served.
        Finished,
        /// She was called and did not come.
        Noshow,
    }
    /// What the host found out about papers at the door.
    Triage {
        /// All papers are here.
        AllHere,
        /// A paper is missing; the host can perhaps scan it now.
        Missing,
        /// A stand could do it.
        Stand,
        /// It belongs to another authority.
        Elsewhere,
        /// Not known until it is known who she is.
        Unknown,
    }
    /// Why somebody is called next.
    CallReason {
        /// Her booked time has come.
        BookedTime,
        /// She came back and had waited before.
        Returned,
        /// She has waited so long that nobody goes before her any more.
        WaitedTooLong,
        /// She has waited longest of those whom this counter can serve.
        LongestWait,
        /// The clerk chose her, and said why.
        Chosen,
    }
    /// Whether somebody who works at a counter can be reached.
    Availability {
        /// Ready for the next.
        Available,
        /// Serves somebody.
        Busy,
        /// Finishes something and takes nobody meanwhile.
        OnHold,
        /// At lunch.
        Lunch,
        /// Not at the counter.
        Away,
    }
}

mod rule;
mod step;

pub use rule::{Candidate, CounterSkills, EARLY_MINUTES, Place, next, order};
pub use step::{StepRefusal, TicketDeed, step};
