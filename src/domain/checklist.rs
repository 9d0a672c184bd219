//! The checklist of a case: seven states, and which steps between them are allowed. What does not live here: what the items are (the
//! catalogue), what their sum means (see [`crate::readiness`]).

use serde::{Deserialize, Serialize};

use crate::citizen::words;

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
