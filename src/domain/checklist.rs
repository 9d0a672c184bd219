//! The checklist of a case: seven states, and which steps between them are allowed. What does not live here: what the items are (the
//! catalogue), what their sum means (see [`crate::readiness`]).

use serde::{Deserialize, Serialize};

use crate::citizen::words;
use crate::procedure::condition::Verdict;

words! {
    /// The state of a checklist item.
    ItemState {
        /// Nothing came yet, nobody asked.
        Missing,
        /// The citizen was asked.
        Requested,
        /// It came and awaits a look.
        Received,
        /// Looked at and in order.
        Approved,
        /// Looked at and not in order, with a reason.
        Rejected,
        /// Not demanded although it applies, with a reason (fraveget).
        Waived,
        /// Does not apply to this citizen.
        NotApplicable,
    }
    /// When an item must be settled.
    Due {
        /// Before the citizen sets out.
        BeforeVisit,
        /// At the visit: originals, attendance in person, signature.
        AtVisit,
    }
    /// What an item is about: the checklist stands in these groups, in this order.
    ItemGroup {
        /// Who she is.
        Identity,
        /// Why she is here, or what she applies on.
        Ground,
        /// Where she lives.
        Home,
        /// Who belongs to her.
        Household,
        /// Everything else.
        Other,
        /// What happens at the visit.
        Visit,
    }
    /// What a person does to an item.
    ItemAction {
        /// It is in order.
        Approve,
        /// It is not in order; a reason is needed.
        Reject,
        /// It is not demanded; a reason is needed.
        Waive,
        /// It does not apply; a reason is needed.
        NotApplicable,
        /// Back to missing: the earlier judgement was a mistake.
        Reopen,
        /// It came and awaits a look.
        Receive,
        /// The citizen was asked for it.
        Request,
    }
}

/// Why an action on an item is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ItemRefusal {
    /// The item is there already.
    #[error("the item is already {0:?}")]
    Already(ItemState),
    /// The action needs a reason in words.
    #[error("{0:?} needs a reason")]
    NeedsReason(ItemAction),
    /// The reason is longer than [`REASON_CHARS`] characters.
    #[error("a reason has at most {REASON_CHARS} characters")]
    ReasonTooLong,
    /// The action makes no sense from this state.
    #[error("{action:?} is not possible from {from:?}")]
    NotFrom {
        /// The state the item is in.
        from: ItemState,
        /// What was tried.
        action: ItemAction,
    },
}

/// The longest reason, in characters.
pub const REASON_CHARS: usize = 500;

impl ItemState {
    /// The state after an action, with the reason a person gave.
    ///
    /// # Errors
    /// [`ItemRefusal`] names why the step is not allowed.
    pub fn after(self, action: ItemAction, reason: Option<&str>) -> Result<Self, ItemRefusal> {
        let reason = reason.map(str::trim).filter(|r| !r.is_empty());
        if reason.is_some_and(|r| r.chars().count() > REASON_CHARS) {
            return Err(ItemRefusal::ReasonTooLong);
        }
        let to = action.target();
        if self == to {
            return Err(ItemRefusal::Already(self));
        }
        if action.needs_reason() && reason.is_none() {
            return Err(ItemRefusal::NeedsReason(action));
        }
        let allowed = match action {
            ItemAction::Request => matches!(self, Self::Missing | Self::Rejected),
            ItemAction::Receive => matches!(self, Self::Missing | Self::Requested | Self::Rejected),
            ItemAction::Approve | ItemAction::Reject => !matches!(self, Self::Waived | Self::NotApplicable),
            ItemAction::Waive | ItemAction::NotApplicable => self != Self::Approved,
            ItemAction::Reopen => true,
        };
        if allowed { Ok(to) } else { Err(ItemRefusal::NotFrom { from: self, action }) }
    }

    /// Whether nothing more is asked of anybody for this item.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Approved | Self::Waived | Self::NotApplicable)
    }

    /// Whether the citizen has to do something about it.
    #[must_use]
    pub const fn awaits_citizen(self) -> bool {
        matches!(self, Self::Missing | Self::Requested | Self::Rejected)
    }
}

/// Who said last what an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastWord {
    /// The facts of the case did.
    Facts {
        /// The state before they said that it does not apply.
        before: Option<ItemState>,
    },
    /// A person did.
    Person,
}

impl ItemState {
    /// The state after new facts were said. What nobody looked at follows its condition: it is not demanded where it does not apply, and
    /// comes back as it was where it does after all. What a person judged stays as she judged it. Unknown is neither yes nor no: such an
    /// item stands open until somebody asks.
    #[must_use]
    pub const fn after_facts(self, last: LastWord, verdict: &Verdict) -> Self {
        match (self, verdict, last) {
            (Self::Missing | Self::Requested | Self::Received, Verdict::DoesNotApply { .. }, _) => Self::NotApplicable,
            (Self::NotApplicable, Verdict::Applies { .. } | Verdict::Unknown { .. }, LastWord::Facts { before }) => {
                match before {
                    Some(state) => state,
                    None => Self::Missing,
                }
            }
            (state, _, _) => state,
        }
    }
}

impl ItemAction {
    /// The state this action leads to.
    #[must_use]
    pub const fn target(self) -> ItemState {
        match self {
            Self::Approve => ItemState::Approved,
            Self::Reject => ItemState::Rejected,
            Self::Waive => ItemState::Waived,
            Self::NotApplicable => ItemState::NotApplicable,
            Self::Reopen => ItemState::Missing,
            Self::Receive => ItemState::Received,
            Self::Request => ItemState::Requested,
        }
    }

    /// Whether a person must say why.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Reject | Self::Waive | Self::NotApplicable)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WHY: Option<&str> = Some("unreadable");

    fn state() -> impl Strategy<Value = ItemState> {
        prop::sample::select(ItemState::ALL.to_vec())
    }

    fn action() -> impl Strategy<Value = ItemAction> {
        prop::sample::select(ItemAction::ALL.to_vec())
    }

    #[test]
    fn a_paper_is_asked_for_received_rejected_sent_again_and_approved() {
        let mut state = ItemState::Missing;
        for (action, expected) in [
            (ItemAction::Request, ItemState::Requested),
            (ItemAction::Receive, ItemState::Received),
            (ItemAction::Reject, ItemState::Rejected),
            (ItemAction::Request, ItemState::Requested),
            (ItemAction::Receive, ItemState::Received),
            (ItemAction::Approve, ItemState::Approved),
        ] {
            state = state.after(action, WHY).unwrap();
            assert_eq!(state, expected);
        }
        assert!(state.is_settled() && !state.awaits_citizen());
    }

    #[test]
    fn a_paper_shown_at_the_counter_is_approved_at_once() {
        assert_eq!(ItemState::Missing.after(ItemAction::Approve, None), Ok(ItemState::Approved));
    }

    #[test]
    fn rejecting_waiving_and_striking_out_need_a_reason_in_words() {
        for action in [ItemAction::Reject, ItemAction::Waive, ItemAction::NotApplicable] {
            for empty in [None, Some(""), Some("  \n")] {
                assert_eq!(ItemState::Received.after(action, empty), Err(ItemRefusal::NeedsReason(action)));
            }
            assert!(ItemState::Received.after(action, WHY).is_ok());
        }
    }

    #[test]
    fn a_reason_has_at_most_500_characters_whatever_the_language() {
        let longest = "æ".repeat(REASON_CHARS);
        assert!(ItemState::Received.after(ItemAction::Reject, Some(&longest)).is_ok());
        let longer = "æ".repeat(REASON_CHARS + 1);
        assert_eq!(ItemState::Received.after(ItemAction::Reject, Some(&longer)), Err(ItemRefusal::ReasonTooLong));
    }

    #[test]
    fn an_approved_paper_is_reopened_before_it_is_struck_out() {
        let refused = ItemState::Approved.after(ItemAction::NotApplicable, WHY);
        assert_eq!(refused, Err(ItemRefusal::NotFrom { from: ItemState::Approved, action: ItemAction::NotApplicable }));
        assert!(
            ItemState::Approved
                .after(ItemAction::Reopen, None)
                .is_ok_and(|s| s.after(ItemAction::NotApplicable, WHY).is_ok())
        );
    }

    fn verdicts() -> [Verdict; 3] {
        [
            Verdict::Applies { because: Vec::new() },
            Verdict::DoesNotApply { because: Vec::new() },
            Verdict::Unknown { fact: "person.age".to_owned() },
        ]
    }

    #[test]
    fn a_paper_that_no_longer_applies_is_not_demanded_and_comes_back_as_it_was() {
        let [applies, does_not, unknown] = verdicts();
        let person = LastWord::Person;
        for state in [ItemState::Missing, ItemState::Requested, ItemState::Received] {
            assert_eq!(state.after_facts(person, &does_not), ItemState::NotApplicable);
            let before = LastWord::Facts { before: Some(state) };
            assert_eq!(ItemState::NotApplicable.after_facts(before, &applies), state);
            assert_eq!(ItemState::NotApplicable.after_facts(before, &unknown), state);
        }
        let never = LastWord::Facts { before: None };
        assert_eq!(ItemState::NotApplicable.after_facts(never, &applies), ItemState::Missing);
    }

    #[test]
    fn what_a_person_judged_stays_as_she_judged_it() {
        for state in [ItemState::Approved, ItemState::Rejected, ItemState::Waived, ItemState::NotApplicable] {
            for verdict in verdicts() {
                assert_eq!(state.after_facts(LastWord::Person, &verdict), state);
            }
        }
    }

    proptest! {
        #[test]
        fn a_step_leads_where_the_action_says_or_is_refused(state in state(), action in action()) {
            match state.after(action, WHY) {
                Ok(next) => {
                    prop_assert_eq!(next, action.target());
                    prop_assert!(next != state);
                }
                Err(ItemRefusal::Already(same)) => prop_assert_eq!(same, action.target()),
                Err(refusal) => prop_assert_eq!(refusal, ItemRefusal::NotFrom { from: state, action }),
            }
        }

        #[test]
        fn every_judgement_can_be_taken_back(state in state(), action in action()) {
            if let Ok(next) = state.after(action, WHY) {
                prop_assert!(next == ItemState::Missing || next.after(ItemAction::Reopen, None) == Ok(ItemState::Missing));
            }
        }

        #[test]
        fn an_item_is_settled_or_awaits_the_citizen_or_awaits_a_look(state in state()) {
            let look = state == ItemState::Received;
            prop_assert_eq!(u8::from(state.is_settled()) + u8::from(state.awaits_citizen()) + u8::from(look), 1);
        }
    }
}
