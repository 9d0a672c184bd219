//! Readiness: what the items of a checklist add up to. What does not live here: the items' own steps.

use serde::{Deserialize, Serialize};

use crate::case::{Column, NextStep, Phase};
use crate::checklist::{Due, ItemState};
use crate::procedure::Supplier;

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

    /// Adds up items whose supplier is known: what the office itself looks up or writes never awaits the citizen, but awaits a look.
    pub fn of_supplied(items: impl IntoIterator<Item = (ItemState, Due, Supplier)>) -> Self {
        let (mut looks, mut awaited) = (0, 0);
        let mut sum = Self::of(items.into_iter().map(|(state, due, supplier)| {
            if supplier.is_office() && state.awaits_citizen() && due == Due::BeforeVisit {
                looks += u16::from(state != ItemState::Rejected);
                awaited += 1;
            }
            (state, due)
        }));
        sum.awaiting_citizen -= awaited;
        sum.to_check += looks;
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn state() -> impl Strategy<Value = ItemState> {
        prop::sample::select(ItemState::ALL.to_vec())
    }

    fn due() -> impl Strategy<Value = Due> {
        prop::sample::select(Due::ALL.to_vec())
    }

    fn supplier() -> impl Strategy<Value = Supplier> {
        prop::sample::select(Supplier::ALL.to_vec())
    }

    fn items() -> impl Strategy<Value = Vec<(ItemState, Due)>> {
        prop::collection::vec((state(), due()), 0..20)
    }

    fn phase() -> impl Strategy<Value = Phase> {
        prop::sample::select(Phase::ALL.to_vec())
    }

    const LEASE: Due = Due::BeforeVisit;
    const ATTENDANCE: Due = Due::AtVisit;

    #[test]
    fn a_citizen_with_a_missing_lease_is_not_ready_for_attendance() {
        let sum = Readiness::of([
            (ItemState::Approved, LEASE),
            (ItemState::Missing, LEASE),
            (ItemState::Missing, ATTENDANCE),
        ]);
        assert!(!sum.ready_for_attendance());
        assert_eq!(sum.column(Phase::Received), Column::AwaitingCitizen);
        assert_eq!(sum.next_step(Phase::Received, Attendance::NotBooked), NextStep::CitizenSendsPapers);
        assert_eq!((sum.settled, sum.applicable), (1, 3));
    }

    #[test]
    fn a_case_with_every_paper_approved_waits_for_the_visit_and_then_for_the_decision() {
        let ready = Readiness::of([(ItemState::Approved, LEASE), (ItemState::Missing, ATTENDANCE)]);
        assert_eq!(ready.column(Phase::Informed), Column::ReadyForAttendance);
        assert_eq!(ready.next_step(Phase::Informed, Attendance::NotBooked), NextStep::BookAttendance);
        assert_eq!(ready.next_step(Phase::Informed, Attendance::Booked), NextStep::Attendance);
        let seen = Readiness::of([(ItemState::Approved, LEASE), (ItemState::Approved, ATTENDANCE)]);
        assert!(seen.ready_for_decision());
        assert_eq!(seen.column(Phase::Informed), Column::InProgress);
        assert_eq!(seen.next_step(Phase::Informed, Attendance::Booked), NextStep::Decide);
        assert_eq!(seen.next_step(Phase::Decided, Attendance::Booked), NextStep::Issue);
        assert_eq!(seen.next_step(Phase::Closed, Attendance::Booked), NextStep::None);
    }

    #[test]
    fn a_paper_that_came_is_checked_before_the_citizen_is_asked_again() {
        let sum = Readiness::of([(ItemState::Received, LEASE), (ItemState::Requested, LEASE)]);
        assert_eq!(sum.column(Phase::Received), Column::InProgress);
        assert_eq!(sum.next_step(Phase::Received, Attendance::NotBooked), NextStep::CheckPapers);
    }

    #[test]
    fn a_look_up_in_cpr_never_waits_for_the_citizen() {
        let sum = Readiness::of_supplied([
            (ItemState::Missing, LEASE, Supplier::Cpr),
            (ItemState::Approved, LEASE, Supplier::Citizen),
        ]);
        assert_eq!((sum.awaiting_citizen, sum.to_check, sum.open_before_visit), (0, 1, 1));
        assert_eq!(sum.column(Phase::Received), Column::InProgress);
        let both = Readiness::of_supplied([
            (ItemState::Missing, LEASE, Supplier::Cpr),
            (ItemState::Missing, LEASE, Supplier::Citizen),
        ]);
        assert_eq!(both.awaiting_citizen, 1);
    }

    proptest! {
        #[test]
        fn approving_never_makes_a_ready_case_unready(items in items(), which in any::<prop::sample::Index>()) {
            prop_assume!(!items.is_empty());
            let before = Readiness::of(items.clone());
            let mut approved = items;
            let n = which.index(approved.len());
            if approved[n].0.after(crate::checklist::ItemAction::Approve, None).is_ok() {
                approved[n].0 = ItemState::Approved;
            }
            let after = Readiness::of(approved);
            prop_assert!(!before.ready_for_attendance() || after.ready_for_attendance());
            prop_assert!(!before.ready_for_decision() || after.ready_for_decision());
            prop_assert!(after.settled >= before.settled);
            prop_assert_eq!(after.applicable, before.applicable);
        }

        #[test]
        fn the_order_of_the_items_does_not_matter(items in items(), turn in 0_usize..20) {
            let mut turned = items.clone();
            let by = turn % turned.len().max(1);
            turned.rotate_left(by);
            prop_assert_eq!(Readiness::of(items.clone()), Readiness::of(turned.clone()));
            turned.reverse();
            prop_assert_eq!(Readiness::of(items), Readiness::of(turned));
        }

        #[test]
        fn what_does_not_apply_never_counts(items in items(), due in due(), at in any::<prop::sample::Index>()) {
            let mut more = items.clone();
            more.insert(at.index(items.len() + 1), (ItemState::NotApplicable, due));
            prop_assert_eq!(Readiness::of(items), Readiness::of(more));
        }

        #[test]
        fn settled_and_open_items_make_up_all_that_apply(items in items()) {
            let sum = Readiness::of(items);
            prop_assert_eq!(sum.settled + sum.open_before_visit + sum.open_at_visit, sum.applicable);
            prop_assert!(sum.awaiting_citizen <= sum.open_before_visit);
            prop_assert!(sum.to_check <= sum.applicable - sum.settled);
        }

        #[test]
        fn waiving_counts_like_approving(items in items()) {
            let waived = items.iter().map(|(s, d)| (if *s == ItemState::Approved { ItemState::Waived } else { *s }, *d));
            prop_assert_eq!(Readiness::of(items.clone()), Readiness::of(waived));
        }

        #[test]
        fn a_case_that_waits_for_the_citizen_has_something_for_her_to_send(items in items(), phase in phase()) {
            let sum = Readiness::of(items);
            if sum.column(phase) == Column::AwaitingCitizen {
                prop_assert!(sum.awaiting_citizen > 0);
                prop_assert_eq!(sum.next_step(phase, Attendance::NotBooked), NextStep::CitizenSendsPapers);
            }
            if sum.column(phase) == Column::ReadyForAttendance {
                prop_assert!(sum.ready_for_attendance() && !sum.ready_for_decision());
            }
            prop_assert_eq!(sum.column(phase) == Column::Closed, phase == Phase::Closed);
        }

        #[test]
        fn knowing_the_suppliers_changes_who_is_waited_for_and_nothing_else(
            items in prop::collection::vec((state(), due(), supplier()), 0..20)
        ) {
            let plain = Readiness::of(items.iter().map(|(s, d, _)| (*s, *d)));
            let supplied = Readiness::of_supplied(items);
            prop_assert!(supplied.awaiting_citizen <= plain.awaiting_citizen && supplied.to_check >= plain.to_check);
            prop_assert_eq!(Readiness { awaiting_citizen: plain.awaiting_citizen, to_check: plain.to_check, ..supplied }, plain);
        }
    }
}
