//! Warm hand-overs: the card that goes along when a citizen is passed on, and how far it came. What does not live here: who may send to
//! whom (the server's policy).

use serde::{Deserialize, Serialize};

use crate::citizen::words;

/// The longest text of a card's field, in characters.
pub const CARD_CHARS: usize = 1000;

words! {
    /// How far a hand-over came.
    HandoverState {
        /// On its way: nobody took it yet.
        Sent,
        /// Somebody took it.
        Accepted,
        /// It is done; the answer says what came of it.
        Done,
        /// It came back with a question or because it belongs elsewhere.
        Returned,
        /// The sender took it back.
        Withdrawn,
    }
}

impl HandoverState {
    /// Whether one state may follow on another.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Sent, Self::Accepted | Self::Returned | Self::Withdrawn | Self::Done)
                | (Self::Accepted, Self::Done | Self::Returned)
                | (Self::Returned, Self::Sent | Self::Withdrawn)
        )
    }

    /// Whether nobody has to do anything more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Withdrawn)
    }

    /// Whether it needs words: what came of it, or why it comes back.
    #[must_use]
    pub const fn needs_words(self) -> bool {
        matches!(self, Self::Done | Self::Returned)
    }
}

#[cfg(test)]
mod tests {
    use super::HandoverState::*;

    #[test]
    fn a_card_that_is_done_stays_done() {
        for next in super::HandoverState::ALL {
            assert!(!Done.may_become(*next));
        }
        assert!(Sent.may_become(Accepted) && Accepted.may_become(Done) && Returned.may_become(Sent));
    }
}
