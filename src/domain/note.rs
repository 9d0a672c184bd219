//! Notes on a citizen and promises made to her. What does not live here: contacts (see [`crate::contact`]).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::citizen::words;

/// The longest note or promise, in characters.
pub const NOTE_CHARS: usize = 1000;

words! {
    /// What a note is for.
    NoteKind {
        /// Everybody who serves her must see it first: "sit to her right".
        Attention,
        /// An ordinary note.
        Plain,
    }
    /// What became of a promise.
    PromiseState {
        /// It is to be kept.
        Open,
        /// It was kept.
        Kept,
        /// It no longer holds; a reason is given.
        Withdrawn,
    }
}

/// How a promise stands on a day. The day itself still counts: a promise for Thursday is overdue on Friday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It was due before today.
    Overdue,
    /// It is due today.
    Today,
    /// It is due later.
    Ahead,
    /// It is kept or withdrawn.
    Settled,
}

/// How a promise stands.
#[must_use]
pub fn standing(state: PromiseState, due: Date, today: Date) -> Standing {
    match state {
        PromiseState::Kept | PromiseState::Withdrawn => Standing::Settled,
        PromiseState::Open if due < today => Standing::Overdue,
        PromiseState::Open if due == today => Standing::Today,
        PromiseState::Open => Standing::Ahead,
    }
}

/// Whether a note still holds: its last day is included.
#[must_use]
pub fn holds(expires: Option<Date>, today: Date) -> bool {
    expires.is_none_or(|last| today <= last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_for_thursday_is_overdue_on_friday_and_not_before() {
        let thursday = Date::constant(2026, 6, 11);
        let on = |day| standing(PromiseState::Open, thursday, Date::constant(2026, 6, day));
        assert_eq!([on(10), on(11), on(12)], [Standing::Ahead, Standing::Today, Standing::Overdue]);
        assert_eq!(standing(PromiseState::Kept, thursday, Date::constant(2026, 7, 1)), Standing::Settled);
    }

    #[test]
    fn a_note_holds_through_its_last_day() {
        let last = Some(Date::constant(2026, 6, 11));
        assert!(holds(last, Date::constant(2026, 6, 11)) && !holds(last, Date::constant(2026, 6, 12)));
        assert!(holds(None, Date::constant(2999, 1, 1)));
    }
}
