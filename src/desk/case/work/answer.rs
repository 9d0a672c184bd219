//! The sheet that answers a colleague's question about a case, or takes one's own back. What does not live here: asking (see `ask`).

use serde::{Deserialize, Serialize};
use skranke_api::casework::{AskChange, AskState, AskView};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::{AskId, Localized};

use super::ask::ASK_CHARS;
use super::{CaseFacing, Trouble, words};

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerSheet {
    /// Which question.
    pub ask: AskId,
    /// Answered, or taken back by her who asked.
    pub state: AskState,
    /// The answer.
    pub text: String,
}

impl AnswerSheet {
    /// None where nobody waits for an answer.
    pub(super) fn open(id: AskId, facing: &CaseFacing<'_>) -> Option<Self> {
        let ask = question(id, facing).filter(|ask| ask.state == AskState::Open)?;
        let mine = facing.acting.person() == Some(ask.from);
        let state = if mine { AskState::TakenBack } else { AskState::Answered };
        Some(Self { ask: id, state, text: String::new() })
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let ask = question(self.ask, facing).filter(|ask| ask.state == AskState::Open).ok_or(Trouble::NotNow)?;
        let reply = match self.state {
            AskState::Answered => Some(words(&self.text, ASK_CHARS)?),
            AskState::Open | AskState::TakenBack => None,
        };
        let about = Localized { da: ask.from_name.clone(), en: ask.from_name.clone() };
        let label = facing.label(Deed::AskChanged, Some(about), reply.clone().unwrap_or_default());
        let path = paths::ask(facing.view.value.row.id, ask.id);
        facing.change((path, "state"), &ask.etag, &AskChange { state: self.state, reply }, label)
    }
}

fn question<'a>(id: AskId, facing: &CaseFacing<'a>) -> Option<&'a AskView> {
    facing.view.value.asks.iter().find(|ask| ask.id == id)
}
