//! What rests in the outbox on purpose: until a moment, or until the clerk has said what is missing. What does not live here: chains and
//! refusals (`ledger.rs`), pauses after an answer that decided nothing (`sender.rs`).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// No entry rests longer than this. A moment that lies further ahead was noted by a clock that has been set back since.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// How long an entry rests although it could be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "until", rename_all = "snake_case")]
pub enum Hold {
    /// Until a moment; then it goes by itself.
    Moment {
        /// Which.
        at: Timestamp,
    },
    /// Until the clerk has said what is still missing: it never goes by itself.
    Said,
}

impl Hold {
    /// Until this moment.
    #[must_use]
    pub const fn until(at: Timestamp) -> Self {
        Self::Moment { at }
    }

    /// How long it still rests; none: it may leave.
    #[must_use]
    pub fn rests(self, now: Timestamp) -> Option<Rest> {
        match self {
            Self::Said => Some(Rest::Open),
            Self::Moment { at } => {
                let left = at.duration_since(now);
                (left.is_positive() && left <= LONGEST).then_some(Rest::For(left))
            }
        }
    }
}

/// What is left of a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// So long.
    For(SignedDuration),
    /// Nobody knows: it waits for the clerk.
    Open,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rest_ends_at_its_moment_and_a_clock_set_back_does_not_lengthen_it() {
        let at: Timestamp = "2026-06-09T08:00:30Z".parse().unwrap();
        let hold = Hold::until(at);
        let left = |now: &str| hold.rests(now.parse().unwrap());
        assert_eq!(left("2026-06-09T08:00:00Z"), Some(Rest::For(SignedDuration::from_secs(30))));
        assert_eq!(left("2026-06-09T08:00:30Z"), None);
        assert_eq!(left("2026-06-09T09:00:00Z"), None, "the clock jumped ahead: it goes");
        assert_eq!(left("2026-06-09T06:00:00Z"), None, "the clock was set back by two hours: it goes as well");
        assert_eq!(Hold::Said.rests(at), Some(Rest::Open));
    }
}
