//! Decisions (afgørelser): proposed by one, approved by another where the procedure says so, issued, and then unchangeable. What lives here:
//! the steps and who may take them. What does not: the letter's words, the checklist.

use serde::{Deserialize, Serialize};

use crate::authority::Level;
use crate::citizen::words;
use crate::contact::Channel;
use crate::procedure::Provenance;
use crate::readiness::Readiness;
use crate::{CitizenText, Localized, ReasonId, StaffId};

pub mod letter;

words! {
    /// What is decided.
    DecisionOutcome {
        /// What was applied for is granted.
        Granted,
        /// A part of it is.
        PartlyGranted,
        /// It is refused.
        Refused,
        /// Another authority decides: the case is passed on to it with its papers (forvaltningsloven § 7, 2).
        PassedOn,
        /// The citizen took her application back.
        Withdrawn,
    }
    /// How far a decision is.
    DecisionState {
        /// Proposed: it awaits a second pair of eyes.
        Proposed,
        /// Sent back to who proposed it, with a reason.
        SentBack,
        /// Approved, not yet told to the citizen.
        Approved,
        /// Told to the citizen: nothing of it changes any more.
        Issued,
    }
    /// A step with a decision.
    DecisionStep {
        /// The second pair of eyes approves.
        Approve,
        /// It sends it back; a reason is needed.
        SendBack,
        /// Who proposed takes it back.
        Withdraw,
        /// The letter is sent or printed.
        Issue,
    }
}

/// A reason that a decision may be given with, as the catalogue words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DecisionReason {
    /// Its slug within the procedure.
    pub id: ReasonId,
    /// The outcomes it may stand behind.
    pub outcomes: Vec<DecisionOutcome>,
    /// As the clerk chooses it.
    pub title: Localized,
    /// As the citizen reads it.
    pub text: CitizenText,
    /// The rule it rests on: "CPR-loven § 16".
    #[serde(default)]
    pub rule: Option<String>,
}

/// How a procedure is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DecisionRule {
    /// Whether a second pair of eyes approves.
    pub eyes: Eyes,
    /// What the citizen gets: "A residence certificate".
    #[serde(default)]
    pub issues: Option<CitizenText>,
    /// The reasons to choose from.
    #[serde(default)]
    pub reasons: Vec<DecisionReason>,
    /// Where and until when to complain, as the citizen reads it.
    #[serde(default)]
    pub complaint: Option<CitizenText>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

words! {
    /// How many pairs of eyes a decision needs.
    Eyes {
        /// One person decides.
        Two,
        /// One proposes, another approves.
        Four,
    }
}

/// Why a step with a decision is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionRefusal {
    /// Items of the checklist are open.
    #[error("items of the checklist are open")]
    ItemsOpen,
    /// There is a decision already.
    #[error("there is a decision already")]
    AlreadyProposed,
    /// Who proposed does not approve.
    #[error("who proposed a decision does not approve it")]
    SamePerson,
    /// The authority does not reach so far.
    #[error("the authority does not reach so far")]
    Level,
    /// Only who proposed it takes it back.
    #[error("only who proposed it takes it back")]
    NotHers,
    /// The step makes no sense now.
    #[error("{0:?} is not possible now")]
    NotNow(DecisionStep),
    /// A reason in words is needed.
    #[error("a reason is needed")]
    NeedsReason,
    /// We only guide here: another authority decides.
    #[error("another authority decides: pass the case on")]
    OnlyGuided,
}

/// What may be decided at a procedure's level: with guidance alone there is nothing to grant or refuse, only to pass on.
///
/// # Errors
/// [`DecisionRefusal::OnlyGuided`].
pub const fn may_decide(level: Level, outcome: DecisionOutcome) -> Result<(), DecisionRefusal> {
    match (level, outcome) {
        (Level::Guidance, DecisionOutcome::PassedOn | DecisionOutcome::Withdrawn)
        | (Level::RuleBased | Level::Judgement, _) => Ok(()),
        (Level::Guidance, _) => Err(DecisionRefusal::OnlyGuided),
    }
}

/// The longest text of a decision, in characters.
pub const DECISION_CHARS: usize = 6000;
/// The most reasons of the catalogue that one decision rests on.
pub const MAX_REASONS: usize = 10;

/// Whether a decision may be proposed, given the procedure's level, what the checklist adds up to, and the decision that stands.
///
/// # Errors
/// [`DecisionRefusal`] names the first thing that stands in the way.
pub fn may_propose(
    outcome: DecisionOutcome,
    level: Level,
    readiness: Readiness,
    standing: Option<DecisionState>,
) -> Result<(), DecisionRefusal> {
    may_decide(level, outcome)?;
    if standing.is_some_and(|state| state != DecisionState::SentBack) {
        return Err(DecisionRefusal::AlreadyProposed);
    }
    rests_on(outcome, readiness)
}

/// Whether the checklist carries an outcome. It is asked again when a second person approves: an item may have been opened meanwhile.
///
/// # Errors
/// [`DecisionRefusal::ItemsOpen`].
pub const fn rests_on(outcome: DecisionOutcome, readiness: Readiness) -> Result<(), DecisionRefusal> {
    if outcome.needs_papers() && !readiness.ready_for_decision() { Err(DecisionRefusal::ItemsOpen) } else { Ok(()) }
}

/// The state in which a new decision stands: it awaits a second pair of eyes where the procedure wants one for such an outcome, and is
/// approved at once elsewhere.
#[must_use]
pub fn first_state(outcome: DecisionOutcome, eyes: Eyes) -> DecisionState {
    if eyes == Eyes::Four && outcome.is_looked_at_twice() { DecisionState::Proposed } else { DecisionState::Approved }
}

/// Whether a decision can be told through a channel: it is in writing, sent or handed over (forvaltningsloven § 23).
#[must_use]
pub const fn is_told_by(channel: Channel) -> bool {
    matches!(channel, Channel::DigitalPost | Channel::Letter | Channel::Email | Channel::Counter)
}

impl DecisionOutcome {
    /// Whether the checklist must be settled before it: what is granted rests on papers; what is refused, passed on or withdrawn need not.
    #[must_use]
    pub const fn needs_papers(self) -> bool {
        matches!(self, Self::Granted | Self::PartlyGranted)
    }

    /// Whether a second pair of eyes looks at it where the procedure wants one.
    #[must_use]
    pub const fn is_looked_at_twice(self) -> bool {
        matches!(self, Self::Granted | Self::PartlyGranted | Self::Refused)
    }
}

impl DecisionState {
    /// The state after a step by a person, given who proposed it.
    ///
    /// # Errors
    /// [`DecisionRefusal`].
    pub fn after(
        self,
        step: DecisionStep,
        (person, proposer): (StaffId, StaffId),
        reason: Option<&str>,
    ) -> Result<Option<Self>, DecisionRefusal> {
        use DecisionStep as Step;
        match (self, step) {
            (Self::Proposed, Step::Approve | Step::SendBack) if person == proposer => Err(DecisionRefusal::SamePerson),
            (Self::Proposed, Step::Approve) => Ok(Some(Self::Approved)),
            (Self::Proposed, Step::SendBack) => {
                let said = reason.is_some_and(|reason| !reason.trim().is_empty());
                if said { Ok(Some(Self::SentBack)) } else { Err(DecisionRefusal::NeedsReason) }
            }
            (Self::Proposed | Self::SentBack, Step::Withdraw) if person != proposer => Err(DecisionRefusal::NotHers),
            (Self::Proposed | Self::SentBack, Step::Withdraw) => Ok(None),
            (Self::Approved, Step::Issue) => Ok(Some(Self::Issued)),
            (_, step) => Err(DecisionRefusal::NotNow(step)),
        }
    }
}

#[cfg(test)]
mod tests;
