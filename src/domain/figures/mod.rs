//! What the figures are made of: minutes and their middle, shares, periods, what is too few to be shown, and the rules of an office (which
//! matters are counted together, what is aimed at, what each measure means). What lives here: the arithmetic. What does not: where the
//! counts come from (the server), how they are drawn.

mod hiding;
mod minutes;
mod period;
mod rules;

use serde::{Deserialize, Serialize};

use crate::citizen::words;

pub use hiding::{Cell, FEWEST, Sum, fold, share};
pub use minutes::{Bar, MINUTES_PER_BAR, Minutes};
pub use period::{Period, PeriodKind, monday, week_number};
pub use rules::{Aims, Definition, FigureRules, Group, Matter, RulesError};

words! {
    /// What is measured.
    Measure {
        /// Visits at the counter.
        Visits,
        /// From coming to being called.
        Waiting,
        /// From the beginning to the end of a meeting.
        MeetingLength,
        /// Settled, and nobody came back about it.
        FirstContact,
        /// Had to come again.
        Rebooked,
        /// On which ways people reach the office.
        Channels,
        /// Visits that were booked.
        BookedShare,
        /// Visits that a stand took.
        StandShare,
        /// How long a stand is used for.
        StandTime,
    }
}

/// A count that is compared with the one of another period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// In the period.
    pub now: Cell,
    /// In the period it is compared with; none where nothing is compared, or no data are there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Cell>,
}
