//! Words and shapes of cases: shared by the case page and whoever lists cases or items.

use skranke_domain::case::{Column, NextStep};
use skranke_domain::checklist::{ItemAction, ItemRefusal, ItemState};
use skranke_domain::procedure::{Certainty, Supplier};

use crate::i18n::Texts;
pub use crate::screens::words::pick as say;
use crate::widget::ShownState;

/// How an item's state is shown.
#[must_use]
pub const fn shown_item(state: ItemState) -> ShownState {
    match state {
        ItemState::Missing => ShownState::Missing,
        ItemState::Requested => ShownState::Requested,
        ItemState::Received => ShownState::Received,
        ItemState::Approved => ShownState::Approved,
        ItemState::Rejected => ShownState::Rejected,
        ItemState::Waived => ShownState::Waived,
        ItemState::NotApplicable => ShownState::NotNeeded,
    }
}

/// How a case's column is shown.
#[must_use]
pub const fn shown_column(column: Column) -> ShownState {
    match column {
        Column::InProgress => ShownState::InProgress,
        Column::AwaitingCitizen => ShownState::AwaitingCitizen,
        Column::ReadyForAttendance => ShownState::Ready,
        Column::Closed => ShownState::Closed,
    }
}

/// The states of a checklist in the order of the meter: what is done first, what calls for somebody last.
pub const METER: [ShownState; 7] = [
    ShownState::Approved,
    ShownState::Waived,
    ShownState::Received,
    ShownState::Requested,
    ShownState::Rejected,
    ShownState::Missing,
    ShownState::NotNeeded,
];

/// The Fluent id of the next step.
#[must_use]
pub const fn next_step(step: NextStep) -> Option<&'static str> {
    Some(match step {
        NextStep::CitizenSendsPapers => "next-citizen-sends-papers",
        NextStep::CheckPapers => "next-check-papers",
        NextStep::BookAttendance => "next-book-attendance",
        NextStep::Attendance => "next-attendance",
        NextStep::Decide => "next-decide",
        NextStep::Issue => "next-issue",
        NextStep::None => return None,
    })
}

/// The Fluent id of who supplies a paper.
#[must_use]
pub const fn supplier(supplier: Supplier) -> &'static str {
    match supplier {
        Supplier::Citizen => "supplier-citizen",
        Supplier::OtherParent => "supplier-other-parent",
        Supplier::Landlord => "supplier-landlord",
        Supplier::Employer => "supplier-employer",
        Supplier::School => "supplier-school",
        Supplier::Siri => "supplier-siri",
        Supplier::Udi => "supplier-udi",
        Supplier::Doctor => "supplier-doctor",
        Supplier::Cpr => "supplier-cpr",
        Supplier::Clerk => "supplier-clerk",
        Supplier::PhotoBooth => "supplier-photo-booth",
    }
}

/// The Fluent id of how sure a fact is.
#[must_use]
pub const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::High => "certainty-high",
        Certainty::Medium => "certainty-medium",
        Certainty::Low => "certainty-low",
        Certainty::Invented => "certainty-invented",
    }
}

/// The Fluent id of the question a judgement asks before it is made.
#[must_use]
pub const fn question(action: ItemAction) -> &'static str {
    match action {
        ItemAction::Reject => "reason-reject",
        ItemAction::Waive => "reason-waive",
        ItemAction::NotApplicable => "reason-not-needed",
        ItemAction::Approve => "reason-approve",
        ItemAction::Reopen | ItemAction::Receive | ItemAction::Request => "case-key-reopen",
    }
}

/// The Fluent id of a judgement's verb.
#[must_use]
pub const fn verb(action: ItemAction) -> &'static str {
    match action {
        ItemAction::Reject => "case-key-reject",
        ItemAction::Waive => "case-key-waive",
        ItemAction::NotApplicable => "case-key-not-needed",
        ItemAction::Approve => "case-key-approve",
        ItemAction::Reopen => "case-key-reopen",
        ItemAction::Receive => "case-verb-receive",
        ItemAction::Request => "case-verb-request",
    }
}

/// Why a judgement is not possible, as a sentence.
#[must_use]
pub fn refusal(texts: &Texts, refusal: &ItemRefusal) -> String {
    let state = |state: ItemState| texts.t(shown_item(state).word_key()).to_lowercase();
    match refusal {
        ItemRefusal::Already(now) => texts.with("refusal-already", &[("state", state(*now).into())]),
        ItemRefusal::NeedsReason(_) => texts.t("refusal-needs-reason"),
        ItemRefusal::ReasonTooLong => texts.with(
            "refusal-too-long",
            &[("most", i64::try_from(skranke_domain::checklist::REASON_CHARS).unwrap_or(0).into())],
        ),
        ItemRefusal::NotFrom { from, .. } => texts.with("refusal-not-from", &[("state", state(*from).into())]),
    }
}
