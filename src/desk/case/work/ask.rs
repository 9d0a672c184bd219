//! The sheet that asks a colleague about a case: an expert, a second pair of eyes, a mention, or back to her who had it. What does not live
//! here: answering (see `answer`).

use serde::{Deserialize, Serialize};
use skranke_api::cases::HistoryKind;
use skranke_api::casework::{AskKind, AskRequest};
use skranke_api::handovers::{Colleague, Receiver};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::{AskId, ItemId, Localized};

use super::seek::{Among, of_colleague};
use super::{CaseFacing, Seeker, Trouble, allowed, words};
use crate::effect::Effect;
use crate::sheets::handover::Candidate;

/// The longest question, in characters.
pub const ASK_CHARS: usize = 1000;
/// The kinds in the order of their keys.
pub const KINDS: [AskKind; 4] = [AskKind::Expert, AskKind::SecondEyes, AskKind::Mention, AskKind::HandBack];

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AskSheet {
    /// What for.
    pub kind: AskKind,
    /// Whom.
    pub seeker: Seeker,
    /// The item it is about.
    pub item: Option<ItemId>,
    /// The question.
    pub text: String,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum AskInput {
    /// For this.
    Kind(AskKind),
    /// For the next thing.
    NextKind,
    /// It is about the chosen item, or about the whole case.
    Item,
    /// The question was typed.
    Text(String),
}

impl AskSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> (Self, Vec<Effect>) {
        let (seeker, effects) = Seeker::open(Among::PeopleAndUnits, facing);
        (Self { kind: AskKind::Expert, seeker, item: None, text: String::new() }, effects)
    }

    /// This colleague is to be the second pair of eyes.
    pub(super) fn seek_second(&mut self, colleague: &Colleague) {
        self.kind = AskKind::SecondEyes;
        self.seeker.chosen = Some(of_colleague(colleague));
    }

    pub(super) fn update(&mut self, input: AskInput, facing: &CaseFacing<'_>) {
        match input {
            AskInput::Kind(kind) => self.be(kind, facing),
            AskInput::NextKind => {
                let at = KINDS.iter().position(|kind| *kind == self.kind).unwrap_or(0);
                self.be(KINDS[(at + 1) % KINDS.len()], facing);
            }
            AskInput::Item => {
                self.item = match self.item {
                    Some(_) => None,
                    None => facing.page.selected.clone(),
                }
            }
            AskInput::Text(text) => self.text = text,
        }
    }

    /// What goes back goes to her who gave it.
    fn be(&mut self, kind: AskKind, facing: &CaseFacing<'_>) {
        self.kind = kind;
        if kind != AskKind::HandBack || self.seeker.chosen.is_some() {
            return;
        }
        let me = facing.acting.person();
        let given = facing.view.value.history.iter().find_map(|line| match (line.kind, line.by_id, &line.by) {
            (HistoryKind::Assigned, Some(id), Some(name)) if Some(id) != me => Some((id, name.clone())),
            _ => None,
        });
        if let Some((id, name)) = given {
            self.seeker.chosen = Some(Candidate {
                receiver: Receiver::Colleague { id },
                name: Localized { da: name.clone(), en: name },
                department: facing.view.value.row.department.clone(),
            });
        }
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.work)?;
        let to = self.seeker.chosen.as_ref().ok_or(Trouble::NoReceiver)?;
        let text = words(&self.text, ASK_CHARS)?;
        let request = AskRequest {
            id: AskId::new(),
            kind: self.kind,
            to: to.receiver.clone(),
            item: self.item.clone(),
            text: text.clone(),
        };
        let label = facing.label(Deed::ColleagueAsked, Some(to.name.clone()), text);
        facing.create(paths::ask(case.row.id, request.id), paths::asks(case.row.id), &request, label)
    }
}
