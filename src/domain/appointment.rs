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
    /// What a place where citizens are met is.
    CounterKind {
        /// A counter with a clerk.
        Counter,
        /// A self-service stand.
        Stand,
        /// A private room.
        Room,
        /// A phone line: the citizen is called.
        Phone,
        /// The desk of an authority in the same house (SIRI, tax).
        Authority,
    }
    /// How ready an appointment is, by its cases' papers.
    AppointmentReadiness {
        /// Every paper that is due before the visit is approved.
        Ready,
        /// Papers are missing, and none of them blocks.
        Missing,
        /// A paper is missing without which nothing can be settled.
        Blocked,
        /// Every case is decided: nobody has to come.
        Needless,
    }
    /// Why somebody has to come again.
    RebookCause {
        /// She wished it.
        OwnWish,
        /// A paper was missing.
        PaperMissing,
        /// No interpreter came.
        NoInterpreter,
        /// The office cancelled.
        WeCancelled,
        /// It was the wrong counter or authority.
        WrongCounter,
        /// She did not come.
        Missed,
    }
    /// What became of a wish for an earlier time.
    WaitingState {
        /// She waits.
        Waiting,
        /// She took an earlier time.
        Taken,
        /// She no longer wants one.
        Withdrawn,
    }
    /// How a message is sent.
    MessageChannel {
        /// E-mail.
        Email,
        /// Text message.
        Sms,
    }
    /// What a message says.
    MessageKind {
        /// A time was booked, with what to bring.
        Confirmation,
        /// The day comes near, with what is still missing.
        Reminder,
        /// The time was moved.
        Moved,
        /// The time was cancelled.
        Cancelled,
        /// The day before: a paper will not be there, or nobody has to come.
        Guard,
        /// An earlier time is free.
        EarlierTime,
        /// A paper, a protection or a permit expires.
        Expiry,
    }
    /// How far a message is.
    MessageState {
        /// It waits for its time.
        Waiting,
        /// It was handed to the sender.
        Sent,
        /// It was taken back before it was sent.
        Withdrawn,
        /// It could not be sent; somebody must see to it.
        Failed,
    }
    /// To whom a message goes.
    MessageTo {
        /// The citizen.
        Citizen,
        /// The interpreter.
        Interpreter,
        /// The caseworker.
        Caseworker,
    }
    /// What else takes time at a counter.
    BlockKind {
        /// Lunch and other breaks.
        Break,
        /// A team meeting.
        Meeting,
        /// Training.
        Training,
        /// Outside opening hours.
        Closed,
    }
}

/// The longest meeting, in minutes.
pub const MAX_MINUTES: u16 = 180;

/// What each person beyond the first adds to a meeting, in minutes. Own knowledge: a paper more to look at, a name more to write.
pub const MINUTES_PER_PERSON: u16 = 5;

/// How long a meeting takes for a number of people, in whole cells, from the minutes that the procedure gives for one.
#[must_use]
pub fn length(minutes: u16, people: u16) -> u16 {
    let more = people.saturating_sub(1).saturating_mul(MINUTES_PER_PERSON);
    minutes.saturating_add(more).div_ceil(CELL_MINUTES).saturating_mul(CELL_MINUTES).clamp(CELL_MINUTES, MAX_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_takes_longer_than_one_and_never_longer_than_the_longest_meeting() {
        assert_eq!(length(20, 1), 20);
        assert_eq!(length(20, 3), 30);
        assert_eq!(length(12, 1), 15);
        assert_eq!(length(170, 20), MAX_MINUTES);
        assert_eq!(length(0, 0), CELL_MINUTES);
    }
}
