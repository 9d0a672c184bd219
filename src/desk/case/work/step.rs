//! The sheet that takes a decision further: approve, send back, take back, tell the citizen. What lives here: who may, and what is needed. What
//! does not: proposing (see `decide`), the letter (the server).

use serde::{Deserialize, Serialize};
use skranke_api::casework::{DecisionChange, DecisionView};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::contact::Channel;
use skranke_domain::decision::{DecisionRefusal, DecisionStep};

use super::{CaseFacing, REASON_CHARS, Trouble, words};

/// How a decision may be told, in the order of their keys.
pub const CHANNELS: [Channel; 4] = [Channel::DigitalPost, Channel::Letter, Channel::Counter, Channel::Email];

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StepSheet {
    /// The step.
    pub step: DecisionStep,
    /// Why.
    pub reason: String,
    /// How it is told.
    pub channel: Channel,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum StepInput {
    /// The reason was typed.
    Reason(String),
    /// It is told so.
    Channel(Channel),
    /// It is told by the next way.
    NextChannel,
}

impl StepSheet {
    /// None where there is no decision.
    pub(super) fn open(step: DecisionStep, facing: &CaseFacing<'_>) -> Option<Self> {
        let case = &facing.view.value;
        case.decision.as_ref()?;
        let channel = if case.exempt_from_digital_post { Channel::Letter } else { Channel::DigitalPost };
        Some(Self { step, reason: String::new(), channel })
    }

    pub(super) fn update(&mut self, input: StepInput) {
        match input {
            StepInput::Reason(reason) => self.reason = reason,
            StepInput::Channel(channel) => self.channel = channel,
            StepInput::NextChannel => {
                let at = CHANNELS.iter().position(|one| *one == self.channel).unwrap_or(0);
                self.channel = CHANNELS[(at + 1) % CHANNELS.len()];
            }
        }
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        let decision = case.decision.as_ref().ok_or(Trouble::NotNow)?;
        facing.line()?;
        may(self.step, decision, facing).map_err(Trouble::Rule)?;
        let reason = match self.step {
            DecisionStep::SendBack => Some(words(&self.reason, REASON_CHARS)?),
            _ => None,
        };
        let channel = (self.step == DecisionStep::Issue).then_some(self.channel);
        let label =
            facing.label(Deed::DecisionChanged, Some(case.row.title.clone()), reason.clone().unwrap_or_default());
        let change = DecisionChange { step: self.step, reason, channel };
        facing.change((paths::decision(case.row.id), "step"), &decision.etag, &change, label)
    }
}

/// Whether a person may take a step now: who proposes never approves.
///
/// # Errors
/// [`DecisionRefusal`].
pub fn may(step: DecisionStep, decision: &DecisionView, facing: &CaseFacing<'_>) -> Result<(), DecisionRefusal> {
    let me = facing.acting.person().ok_or(DecisionRefusal::Level)?;
    decision.state.after(step, (me, decision.proposed_by), Some("…"))?;
    let rights = facing.view.value.may;
    let may = match step {
        DecisionStep::Approve | DecisionStep::SendBack => rights.approve,
        DecisionStep::Withdraw | DecisionStep::Issue => rights.decide,
    };
    if may { Ok(()) } else { Err(DecisionRefusal::Level) }
}
