//! What colleagues handed over to this person or her unit, or ask about cases, and what she does with it: takes it, says what came of it,
//! sends it back. What does not live here: handing over (see [`crate::sheets`]), answering a question (on its case).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::casework::{AskState, AskView};
use skranke_api::handovers::{HandoverChange, HandoverView};
use skranke_api::{paths, purpose::PurposeKind};
use skranke_client::ClientError;
use skranke_client::outbox::{Deed, Draft, EntryState, FieldKey, Label};
use skranke_domain::handover::{CARD_CHARS, HandoverState};
use skranke_domain::{AskId, HandoverId, Localized, StaffId};

use crate::acting::acting;
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::desk::{Desk, Input};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;
use crate::pending::Pending;

/// The inbox.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The hand-overs, newest first.
    pub handovers: Load<Vec<HandoverView>>,
    /// What colleagues asked this person or her unit about cases, and what she asked them.
    pub asks: Load<Vec<AskView>>,
    /// The one that the keys act on; the first while none was chosen.
    pub chosen: Option<HandoverId>,
    /// The answer that is being written.
    pub replying: Option<Replying>,
    /// The last answer that was left with something typed.
    left: Option<Replying>,
    generation: u64,
}

/// An answer to a hand-over while it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replying {
    /// Which.
    pub handover: HandoverId,
    /// It is done, or it goes back.
    pub state: HandoverState,
    /// What was typed.
    pub text: String,
    /// Why it does not go yet.
    #[serde(skip)]
    pub trouble: Option<ReplyTrouble>,
}

/// Why an answer does not go yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyTrouble {
    /// The sender is to read what came of it, or why it comes back.
    Empty,
    /// It is too long.
    TooLong,
}

/// A hand-over as it is shown: with what was done here and is not confirmed.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The hand-over.
    pub view: &'a HandoverView,
    /// How far it came.
    pub state: HandoverState,
    /// What was done here is not sent, or was refused.
    pub unsent: Option<Unsent>,
}

/// How a change that was made here stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// It waits to be sent.
    Waiting,
    /// The server refused it.
    Refused,
}

/// What happens in the inbox.
#[derive(Clone, Debug)]
pub enum InboxInput {
    /// The one below or above.
    Step(Step),
    /// This one.
    Choose(HandoverId),
    /// Open its citizen.
    Open,
    /// Take it.
    Accept,
    /// Say what came of it, or why it goes back.
    Reply(HandoverState),
    /// The answer was typed.
    Typed(String),
    /// The answer goes.
    Confirm,
    /// It is left; what was typed stays until another is answered.
    Leave,
    /// Open the case that a colleague asks about.
    OpenAsk(AskId),
    /// Ask again.
    AskAgain,
}

impl Default for Inbox {
    fn default() -> Self {
        Self { handovers: Load::Idle, asks: Load::Idle, chosen: None, replying: None, left: None, generation: 0 }
    }
}

impl Inbox {
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.generation += 1;
        self.handovers.ask(now);
        self.asks.ask(now);
        let ticket = |slot| Ticket { room: Room::Inbox, generation: self.generation, slot };
        vec![
            Effect::Abandon(Room::Inbox),
            Effect::Ask(ticket(0), Question::HandoversIn),
            Effect::Ask(ticket(1), Question::Asks),
        ]
    }

    /// The answer to a question was kept on this machine.
    pub(crate) fn aged(&mut self, ticket: Ticket, as_of: Timestamp, why: &ClientError) {
        match ticket.slot {
            0 if ticket.generation == self.generation => self.handovers.aged(as_of, why),
            _ => {}
        }
    }

    /// The answer that is written, or was left.
    pub(crate) fn typed(&self) -> Option<&Replying> {
        self.replying.iter().chain(&self.left).find(|one| !one.text.trim().is_empty())
    }

    /// An answer that was written before the window ended, or could not be kept.
    pub(crate) fn put_back(&mut self, reply: Replying) {
        self.chosen = Some(reply.handover);
        let here = self.handovers.value().is_some_and(|all| all.iter().any(|one| one.id == reply.handover));
        if here && self.replying.is_none() {
            self.replying = Some(reply);
        } else {
            self.left = Some(reply);
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        match reply {
            Reply::Handovers(answer) => self.handovers.answer(answer, now),
            Reply::Asks(answer) => self.asks.answer(answer, now),
            _ => {}
        }
    }

    /// Questions of colleagues that wait for this person or her unit; one that she answered and that is not sent yet waits no more.
    pub fn questions<'a>(&'a self, me: Option<StaffId>, pending: &'a Pending) -> impl Iterator<Item = &'a AskView> {
        let all = self.asks.value().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |ask| {
            let answered = pending.case_deeds(ask.case).any(|(deed, entry)| {
                deed == Deed::AskChanged
                    && entry.draft.resource == paths::ask(ask.case, ask.id)
                    && entry.state.problem().is_none()
            });
            ask.state == AskState::Open && Some(ask.from) != me && !answered
        })
    }

    /// What somebody has to do something about, newest first; what was done here and is not sent yet stays in sight.
    pub fn open<'a>(&'a self, pending: &'a Pending) -> impl Iterator<Item = Shown<'a>> {
        let all = self.handovers.value().map(Vec::as_slice).unwrap_or_default();
        all.iter()
            .map(|view| shown(view, pending))
            .filter(|one| one.unsent.is_some() || matches!(one.state, HandoverState::Sent | HandoverState::Accepted))
    }

    /// The one that the keys act on.
    #[must_use]
    pub fn active<'a>(&'a self, pending: &'a Pending) -> Option<Shown<'a>> {
        self.open(pending).find(|one| Some(one.view.id) == self.chosen).or_else(|| self.open(pending).next())
    }
}

fn shown<'a>(view: &'a HandoverView, pending: &'a Pending) -> Shown<'a> {
    let resource = paths::handover(view.id);
    let entry = pending.entries.iter().rev().find(|entry| entry.draft.resource == resource);
    match entry {
        None => Shown { view, state: view.state, unsent: None },
        // A refused change did not happen.
        Some(entry) if matches!(entry.state, EntryState::Refused { .. } | EntryState::Held) => {
            Shown { view, state: view.state, unsent: Some(Unsent::Refused) }
        }
        Some(entry) => {
            let state = entry.draft.body.get("state").cloned().and_then(|state| serde_json::from_value(state).ok());
            Shown { view, state: state.unwrap_or(view.state), unsent: Some(Unsent::Waiting) }
        }
    }
}

impl Desk {
    pub(crate) fn inbox_step(&mut self, input: InboxInput, now: Timestamp) -> Vec<Effect> {
        let active = self.inbox.active(&self.pending).map(|one| (one.view.clone(), one.state));
        match input {
            InboxInput::Step(step) => {
                let order: Vec<HandoverId> = self.inbox.open(&self.pending).map(|one| one.view.id).collect();
                let at = active.and_then(|(view, _)| order.iter().position(|id| *id == view.id));
                self.inbox.chosen = step.from(at, order.len()).map(|to| order[to]);
                Vec::new()
            }
            InboxInput::Choose(id) => {
                self.inbox.chosen = Some(id);
                Vec::new()
            }
            InboxInput::Open => match active {
                Some((view, _)) => {
                    self.update(Input::OpenCitizen(view.citizen, skranke_api::Purpose::plain(PurposeKind::Case)), now)
                }
                None => Vec::new(),
            },
            InboxInput::Accept => match active {
                Some((view, state)) => self.change(&view, state, HandoverState::Accepted, None, now),
                None => Vec::new(),
            },
            InboxInput::Reply(state) => {
                if let Some((view, _)) = active.filter(|(_, now)| state.needs_words() && now.may_become(state)) {
                    let before = self.inbox.replying.take().or_else(|| self.inbox.left.take());
                    let same = before.filter(|one| one.handover == view.id);
                    let text = same.map(|one| one.text).unwrap_or_default();
                    self.inbox.chosen = Some(view.id);
                    self.inbox.replying = Some(Replying { handover: view.id, state, text, trouble: None });
                }
                Vec::new()
            }
            InboxInput::Typed(text) => {
                if let Some(replying) = &mut self.inbox.replying {
                    (replying.text, replying.trouble) = (text, None);
                }
                Vec::new()
            }
            InboxInput::Confirm => self.reply(now),
            InboxInput::Leave => {
                self.inbox.left = self.inbox.replying.take().filter(|one| !one.text.trim().is_empty());
                Vec::new()
            }
            InboxInput::OpenAsk(id) => {
                let asks = self.inbox.asks.value().map(Vec::as_slice).unwrap_or_default();
                let Some(case) = asks.iter().find(|ask| ask.id == id).map(|ask| ask.case) else { return Vec::new() };
                self.update(Input::OpenCase(case, skranke_api::Purpose::plain(PurposeKind::Case)), now)
            }
            InboxInput::AskAgain => self.inbox.ask(now),
        }
    }

    fn reply(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(replying) = &mut self.inbox.replying else { return Vec::new() };
        let text = replying.text.trim().to_owned();
        let trouble = match text.chars().count() {
            0 => Some(ReplyTrouble::Empty),
            count if count > CARD_CHARS => Some(ReplyTrouble::TooLong),
            _ => None,
        };
        replying.trouble = trouble;
        if trouble.is_some() {
            return Vec::new();
        }
        let (id, to) = (replying.handover, replying.state);
        let found = self.inbox.open(&self.pending).find(|one| one.view.id == id);
        let Some((view, state)) = found.map(|one| (one.view.clone(), one.state)) else { return Vec::new() };
        let effects = self.change(&view, state, to, Some(text), now);
        if !effects.is_empty() {
            self.inbox.replying = None;
        }
        effects
    }

    fn change(
        &self,
        view: &HandoverView,
        from: HandoverState,
        to: HandoverState,
        reply: Option<String>,
        now: Timestamp,
    ) -> Vec<Effect> {
        if !from.may_become(to) {
            return Vec::new();
        }
        let acting = acting!(self, now);
        let path = paths::handover(view.id);
        let (Some(author), Some(basis)) = (acting.author(view.citizen), self.pending.basis(&path, Some(&view.etag)))
        else {
            return Vec::new();
        };
        let label = Label::Deed {
            citizen_name: view.citizen_name.clone(),
            deed: Deed::HandoverChanged,
            about: Some(Localized { da: view.from_name.clone(), en: view.from_name.clone() }),
            text: reply.clone().unwrap_or_default(),
        };
        let change = HandoverChange { state: to, reply };
        let draft = Draft::change(author, (path, FieldKey::new("state")), basis, &change, label);
        draft.map(|draft| vec![Effect::Enqueue(Box::new(draft))]).unwrap_or_default()
    }
}
