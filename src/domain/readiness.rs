//! Readiness: what the items of a checklist add up to. What does not live here: the items' own steps.

use serde::{Deserialize, Serialize};

use crate::case::{Column, NextStep, Phase};
use crate::checklist::{Due, ItemState};

/// What a checklist adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Readiness {
    /// Items that apply to this citizen.
    pub applicable: u16,
    /// Of these: approved or waived.
    pub settled: u16,
    /// Items due before the visit that are not settled.
    pub open_before_visit: u16,
    /// Items due at the visit that are not settled.
    pub open_at_visit: u16,
    /// Open items due before the visit that the citizen has to send (missing, requested, rejected).
    pub awaiting_citizen: u16,
    /// Items that came and await a look.
    pub to_check: u16,
}

impl Readiness {
    /// Adds up items.
    pub fn of(items: impl IntoIterator<Item = (ItemState, Due)>) -> Self {
        let mut sum = Self::default();
        for (state, due) in items {
            if state == ItemState::NotApplicable {
                continue;
            }
            sum.applicable += 1;
            if state.is_settled() {
                sum.settled += 1;
                continue;
            }
            match due {
                Due::BeforeVisit => {
                    sum.open_before_visit += 1;
                    sum.awaiting_citizen += u16::from(state.awaits_citizen());
                }
                Due::AtVisit => sum.open_at_visit += 1,
            }
            sum.to_check += u16::from(state == ItemState::Received);
        }
        sum
    }

    /// Every item due before the visit is approved, waived or not applicable.
    #[must_use]
    pub const fn ready_for_attendance(&self) -> bool {
        self.open_before_visit == 0
    }

    /// Those due at the visit are settled too.
    #[must_use]
    pub const fn ready_for_decision(&self) -> bool {
        self.open_before_visit == 0 && self.open_at_visit == 0
    }

    /// The board's column.
    #[must_use]
    pub const fn column(&self, phase: Phase) -> Column {
        match phase {
            Phase::Closed => Column::Closed,
            Phase::Decided | Phase::Executed => Column::InProgress,
            Phase::Received | Phase::Informed => {
                if self.ready_for_attendance() && self.open_at_visit > 0 {
                    Column::ReadyForAttendance
                } else if self.awaiting_citizen > 0 && self.to_check == 0 {
                    Column::AwaitingCitizen
                } else {
                    Column::InProgress
                }
            }
        }
    }

    /// What happens next, given whether a time for the attendance is booked.
    #[must_use]
    pub const fn next_step(&self, phase: Phase, attendance: Attendance) -> NextStep {
        match phase {
            Phase::Closed => NextStep::None,
            Phase::Decided | Phase::Executed => NextStep::Issue,
            Phase::Received | Phase::Informed => {
                if self.to_check > 0 {
                    NextStep::CheckPapers
                } else if self.open_before_visit > 0 {
                    NextStep::CitizenSendsPapers
                } else if self.open_at_visit > 0 {
                    match attendance {
                        Attendance::Booked => NextStep::Attendance,
                        Attendance::NotBooked => NextStep::BookAttendance,
                    }
                } else {
                    NextStep::Decide
                }
            }
        }
    }
}

/// Whether a time for the attendance is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// A time is booked.
    Booked,
    /// No time is booked.
    NotBooked,
}
