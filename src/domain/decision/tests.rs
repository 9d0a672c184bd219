use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::checklist::{Due, ItemState};

fn staff(n: u128) -> StaffId {
    StaffId(Uuid::from_u128(n))
}

const METTE: u128 = 3;
const KAREN: u128 = 4;

fn ready() -> Readiness {
    Readiness::of([(ItemState::Approved, Due::BeforeVisit), (ItemState::Waived, Due::AtVisit)])
}

fn open() -> Readiness {
    Readiness::of([(ItemState::Approved, Due::BeforeVisit), (ItemState::Missing, Due::AtVisit)])
}

#[test]
fn an_open_item_locks_what_is_granted_and_nothing_else() {
    for outcome in DecisionOutcome::ALL {
        let said = may_propose(*outcome, Level::RuleBased, open(), None);
        let granted = matches!(outcome, DecisionOutcome::Granted | DecisionOutcome::PartlyGranted);
        assert_eq!(said, if granted { Err(DecisionRefusal::ItemsOpen) } else { Ok(()) }, "{outcome:?}");
        assert_eq!(may_propose(*outcome, Level::Judgement, ready(), None), Ok(()), "{outcome:?}");
    }
}

#[test]
fn where_we_only_guide_a_case_is_passed_on_or_taken_back() {
    for outcome in DecisionOutcome::ALL {
        let may = matches!(outcome, DecisionOutcome::PassedOn | DecisionOutcome::Withdrawn);
        let said = may_propose(*outcome, Level::Guidance, ready(), None);
        assert_eq!(said, if may { Ok(()) } else { Err(DecisionRefusal::OnlyGuided) }, "{outcome:?}");
    }
}

#[test]
fn a_decision_that_was_sent_back_is_proposed_again_and_no_other() {
    for state in DecisionState::ALL {
        let again = may_propose(DecisionOutcome::Refused, Level::RuleBased, open(), Some(*state));
        let may = *state == DecisionState::SentBack;
        assert_eq!(again, if may { Ok(()) } else { Err(DecisionRefusal::AlreadyProposed) }, "{state:?}");
    }
}

#[test]
fn who_proposed_does_not_approve_and_another_sends_back_with_words_alone() {
    let (mette, karen) = (staff(METTE), staff(KAREN));
    let proposed = DecisionState::Proposed;
    assert_eq!(proposed.after(DecisionStep::Approve, (mette, mette), None), Err(DecisionRefusal::SamePerson));
    assert_eq!(proposed.after(DecisionStep::Approve, (karen, mette), None), Ok(Some(DecisionState::Approved)));
    assert_eq!(proposed.after(DecisionStep::SendBack, (karen, mette), Some(" ")), Err(DecisionRefusal::NeedsReason));
    let back = proposed.after(DecisionStep::SendBack, (karen, mette), Some("Begrund datoen"));
    assert_eq!(back, Ok(Some(DecisionState::SentBack)));
    assert_eq!(proposed.after(DecisionStep::Withdraw, (karen, mette), None), Err(DecisionRefusal::NotHers));
    assert_eq!(proposed.after(DecisionStep::Withdraw, (mette, mette), None), Ok(None));
}

#[test]
fn a_second_pair_of_eyes_looks_at_what_is_granted_or_refused_where_the_procedure_wants_it() {
    assert_eq!(first_state(DecisionOutcome::Granted, Eyes::Four), DecisionState::Proposed);
    assert_eq!(first_state(DecisionOutcome::Refused, Eyes::Four), DecisionState::Proposed);
    assert_eq!(first_state(DecisionOutcome::PassedOn, Eyes::Four), DecisionState::Approved);
    assert_eq!(first_state(DecisionOutcome::Granted, Eyes::Two), DecisionState::Approved);
}

#[test]
fn a_decision_is_told_in_writing() {
    let told: Vec<Channel> = Channel::ALL.iter().copied().filter(|channel| is_told_by(*channel)).collect();
    assert_eq!(told, [Channel::Counter, Channel::DigitalPost, Channel::Letter, Channel::Email]);
}

fn step() -> impl Strategy<Value = (DecisionStep, u128, Option<&'static str>)> {
    let reason = prop::sample::select(vec![None, Some(" "), Some("Dato mangler")]);
    (prop::sample::select(DecisionStep::ALL.to_vec()), METTE..=KAREN, reason)
}

proptest! {
    #[test]
    fn whatever_anybody_tries_an_issued_decision_stays(step in step()) {
        let (step, person, reason) = step;
        let after = DecisionState::Issued.after(step, (staff(person), staff(METTE)), reason);
        prop_assert_eq!(after, Err(DecisionRefusal::NotNow(step)));
    }

    #[test]
    fn nothing_that_four_eyes_must_see_is_issued_by_one_pair(steps in prop::collection::vec(step(), 0..12)) {
        let mut state = first_state(DecisionOutcome::Granted, Eyes::Four);
        let mut another = false;
        for (step, person, reason) in steps {
            match state.after(step, (staff(person), staff(METTE)), reason) {
                Ok(Some(next)) => {
                    another |= next == DecisionState::Approved && person != METTE;
                    state = next;
                }
                Ok(None) => break,
                Err(_) => {}
            }
            prop_assert!(!matches!(state, DecisionState::Approved | DecisionState::Issued) || another);
        }
    }

    #[test]
    fn what_may_be_proposed_may_also_be_carried_by_its_checklist(
        outcome in prop::sample::select(DecisionOutcome::ALL.to_vec()),
        level in prop::sample::select(Level::ALL.to_vec()),
        settled in any::<bool>(),
    ) {
        let readiness = if settled { ready() } else { open() };
        if may_propose(outcome, level, readiness, None).is_ok() {
            prop_assert!(rests_on(outcome, readiness).is_ok() && may_decide(level, outcome).is_ok());
        }
    }
}
