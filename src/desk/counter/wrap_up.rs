//! The wrap-up of who left: written beside the queue, on the disk from the first moment, saved by itself, and registered once. What does not
//! live here: the sheet on the citizen page (`sheets::wrap_up`), how an entry rests in the outbox (the client's).

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use skranke_api::ProblemKind;
use skranke_api::contacts::ContactRequest;
use skranke_api::paths;
use skranke_api::tickets::{Ticket, TicketChange};
use skranke_client::outbox::{Author, Deed, Draft, Entry, EntryState, Hold, Label, Place};
use skranke_domain::contact::{CONTACT_CHARS, Channel, ForWhom, MAX_SUBJECTS, Outcome as Ended, Verified};
use skranke_domain::queue::{TicketOrigin, TicketState};
use skranke_domain::{
    CaseId, CitizenId, CommandId, ContactId, LifeSituationId, Localized, ProcedureId, StaffId, TicketId,
};

use crate::acting::{Acting, acting};
use crate::desk::Desk;
use crate::effect::{Effect, Wake};
use crate::sheets::{Facing, WrapUpSheet};

/// How long a wrap-up rests after the last touch before it saves itself.
pub const RESTS: Duration = Duration::from_secs(30);
/// The longest visit that is registered.
const LONGEST: SignedDuration = SignedDuration::from_hours(10);
/// The channels that are offered: in person, on the phone, in writing.
pub const CHANNELS: [Channel; 3] = [Channel::Counter, Channel::Phone, Channel::Email];

/// The contact of a ticket's visit carries the ticket's identifier: one visit has one contact, whoever registers it and how often.
#[must_use]
pub const fn contact_of(ticket: TicketId) -> ContactId {
    ContactId(ticket.0)
}

/// A visit that is over and not registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrapUp {
    /// Its ticket.
    pub ticket: TicketId,
    /// What was called; empty where the ticket is not known any more.
    pub number: String,
    /// Who it was; nobody who was identified has no contact.
    pub citizen: Option<CitizenId>,
    /// Her name.
    pub name: String,
    /// What she came for.
    pub reason: Option<Localized>,
    /// The channel.
    pub channel: Channel,
    /// How it ended: nothing is preselected.
    pub outcome: Option<Ended>,
    /// The kind of life situation.
    pub situation: Option<LifeSituationId>,
    /// One line; may be empty.
    pub text: String,
    /// When it began.
    pub began: Timestamp,
    /// When she left.
    pub ended: Timestamp,
    /// When it saves itself; none while something is missing.
    pub due: Option<Timestamp>,
    /// Saving was asked for, and what is missing for it.
    #[serde(skip)]
    pub trouble: Option<NotSaved>,
    situations: Vec<LifeSituationId>,
    subjects: Vec<ProcedureId>,
    case: Option<CaseId>,
    for_whom: ForWhom,
    verified: Verified,
    /// It goes, or went: nothing can be changed any more.
    #[serde(skip)]
    saved: bool,
    /// It was seen in the outbox.
    #[serde(skip)]
    kept: bool,
    /// The queue alone told of it so far: what was typed before the window was closed may still be read from the disk.
    from_queue: bool,
}

/// What keeps a wrap-up from being saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Nobody said how it ended.
    NoOutcome,
    /// The line is too long.
    TooLong,
}

/// What is done with the wrap-up that is shown.
#[derive(Clone, Debug)]
pub enum WrapUpInput {
    /// How it ended (`1`–`5`).
    Ended(Ended),
    /// A channel.
    Channel(Channel),
    /// The next channel (`M`).
    NextChannel,
    /// The next life situation that fits, or none (`F`).
    NextSituation,
    /// The line was typed.
    Text(String),
    /// Save it now (`Ctrl ↵`).
    Save,
}

/// Comes back when a wrap-up that lies in no outbox is due.
pub(super) fn wake(ticket: TicketId) -> Vec<Effect> {
    vec![Effect::Wake(RESTS, Wake::WrapUp { ticket })]
}

impl WrapUp {
    /// What the ticket tells.
    pub(super) fn of_ticket(ticket: &Ticket, now: Timestamp) -> Self {
        let ended = ticket.ended.unwrap_or(now);
        let began = ticket.began.unwrap_or(ticket.since).min(ended);
        Self {
            ticket: ticket.id,
            number: ticket.number.clone(),
            citizen: ticket.citizen,
            name: ticket.citizen_short.clone().unwrap_or_default(),
            reason: Some(ticket.reason.clone()),
            channel: if ticket.origin == TicketOrigin::Stand { Channel::SelfService } else { Channel::Counter },
            outcome: None,
            situation: ticket.situation.clone(),
            text: String::new(),
            began: began.max(ended - LONGEST),
            ended,
            // Who was not identified has nothing that could be missing.
            due: ticket.citizen.is_none().then(|| now + RESTS),
            trouble: None,
            situations: ticket.situation.iter().cloned().collect(),
            subjects: ticket.procedure.iter().cloned().collect(),
            case: (ticket.cases.len() == 1).then(|| ticket.cases[0]),
            for_whom: ForWhom::Own,
            verified: Verified::Not,
            saved: false,
            kept: false,
            from_queue: false,
        }
    }

    /// What her page tells beside it: what was done, and what was written in its wrap-up already.
    pub(super) fn fill(&mut self, facing: &Facing<'_>) {
        let written = facing.page.kept_wrap_up().cloned();
        let mut sheet = written.unwrap_or_else(|| WrapUpSheet::filled(facing));
        sheet.catch_up(facing);
        let chosen: Vec<ProcedureId> = sheet.chosen().map(|one| one.procedure.clone()).take(MAX_SUBJECTS).collect();
        if !chosen.is_empty() {
            self.subjects = chosen;
            self.case = sheet.only_case(facing);
        }
        let name = facing.page.full_name();
        if !name.is_empty() {
            self.name = name;
        }
        (self.channel, self.outcome, self.text) = (sheet.channel, sheet.outcome, sheet.text.clone());
        (self.for_whom, self.verified) = (sheet.for_whom, sheet.verified);
        self.situation = sheet.situation.clone().or_else(|| self.situation.take());
        for kind in self.situation.iter().cloned().chain(sheet.offered().iter().cloned()) {
            if !self.situations.contains(&kind) {
                self.situations.push(kind);
            }
        }
        self.rest(facing.acting.now);
    }

    /// What lies in the outbox since before the window was closed.
    fn of_entry(ticket: TicketId, entry: &Entry) -> Option<Self> {
        let mut body = entry.draft.body.clone();
        let outcome: Option<Ended> = body.get("outcome").and_then(|word| serde_json::from_value(word.clone()).ok());
        if outcome.is_none() {
            body["outcome"] = serde_json::to_value(Ended::Settled).ok()?;
        }
        let request: ContactRequest = serde_json::from_value(body).ok()?;
        let Label::Deed { citizen_name, about, .. } = &entry.draft.label else { return None };
        let due = match entry.draft.hold {
            Some(Hold::Moment { at }) => Some(at),
            Some(Hold::Said) | None => None,
        };
        Some(Self {
            ticket,
            number: String::new(),
            citizen: Some(request.citizen),
            name: citizen_name.clone(),
            reason: about.clone(),
            channel: request.channel,
            outcome,
            situations: request.situation.iter().cloned().collect(),
            situation: request.situation,
            text: request.text,
            began: request.began,
            ended: request.ended,
            due,
            trouble: None,
            subjects: request.subjects,
            case: request.case,
            for_whom: request.for_whom,
            verified: request.verified,
            saved: false,
            kept: true,
            from_queue: false,
        })
    }

    /// Something was typed, and nobody was identified: the outbox holds nothing of it.
    pub(crate) fn is_typed_for_nobody(&self) -> bool {
        self.citizen.is_none() && !self.saved && (self.outcome.is_some() || !self.text.trim().is_empty())
    }

    /// It goes, or went.
    #[must_use]
    pub const fn is_saved(&self) -> bool {
        self.saved
    }

    /// How long she was served, in whole seconds.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        self.ended.duration_since(self.began).as_secs().max(0).unsigned_abs()
    }

    /// In how many whole seconds it saves itself; none while something is missing.
    #[must_use]
    pub fn saves_in(&self, now: Timestamp) -> Option<u64> {
        let left = self.due?.duration_since(now).as_millis().max(0).unsigned_abs();
        Some(u64::try_from(left.div_ceil(1000)).unwrap_or(0))
    }

    fn missing(&self) -> Option<NotSaved> {
        if self.text.trim().chars().count() > CONTACT_CHARS {
            return Some(NotSaved::TooLong);
        }
        (self.citizen.is_some() && self.outcome.is_none()).then_some(NotSaved::NoOutcome)
    }

    /// It was touched: it saves itself a while from now, once nothing is missing.
    fn rest(&mut self, now: Timestamp) {
        self.from_queue = false;
        self.due = self.missing().is_none().then(|| now + RESTS);
        self.trouble = None;
    }

    fn update(&mut self, input: WrapUpInput, known: &[LifeSituationId], now: Timestamp) {
        match input {
            WrapUpInput::Ended(outcome) => self.outcome = Some(outcome),
            WrapUpInput::Channel(channel) => self.channel = channel,
            WrapUpInput::NextChannel => {
                let at = CHANNELS.iter().position(|one| *one == self.channel).map_or(0, |at| at + 1);
                self.channel = CHANNELS[at % CHANNELS.len()];
            }
            WrapUpInput::NextSituation => {
                let all = || self.situations.iter().chain(known.iter().filter(|one| !self.situations.contains(one)));
                self.situation = match &self.situation {
                    None => all().next().cloned(),
                    Some(now) => all().skip_while(|one| *one != now).nth(1).cloned(),
                };
            }
            WrapUpInput::Text(text) => self.text = text,
            WrapUpInput::Save => {
                self.trouble = self.missing();
                if self.trouble.is_none() {
                    self.due = Some(now);
                    self.saved = true;
                }
                return;
            }
        }
        self.rest(now);
    }

    /// The contact as it is worded now, for the outbox. Nobody who was identified has none.
    pub(super) fn keep(&self, acting: Acting<'_>) -> Vec<Effect> {
        let draft = acting.person().and_then(|person| self.draft(person, acting.now));
        draft.map(|draft| Effect::Enqueue(Box::new(draft))).into_iter().collect()
    }

    fn draft(&self, person: StaffId, now: Timestamp) -> Option<Draft> {
        let citizen = self.citizen?;
        let request = ContactRequest {
            id: contact_of(self.ticket),
            citizen,
            case: self.case,
            channel: self.channel,
            subjects: self.subjects.clone(),
            situation: self.situation.clone(),
            outcome: self.outcome.unwrap_or(Ended::Settled),
            for_whom: self.for_whom,
            verified: self.verified,
            text: self.text.trim_end().to_owned(),
            began: self.began,
            ended: self.ended,
        };
        let place = Place { resource: paths::contact(request.id), posted_to: paths::CONTACTS.to_owned() };
        let (citizen_name, text) = (self.name.clone(), request.text.clone());
        let label = Label::Deed { citizen_name, deed: Deed::ContactRegistered, about: self.reason.clone(), text };
        let author = Author { person, citizen, at: now };
        let mut draft = Draft::create(author, place, &request, label).ok()?.of_ticket(self.ticket);
        if self.outcome.is_none() {
            // What nobody said is not said for her: it cannot leave like this.
            draft.body["outcome"] = Value::Null;
        }
        Some(draft.held(self.due.map_or(Hold::Said, Hold::until)))
    }
}

impl Desk {
    pub(super) fn wrap_up_step(&mut self, input: WrapUpInput, now: Timestamp) -> Vec<Effect> {
        let known: Vec<LifeSituationId> = self.session.situations.keys().cloned().collect();
        let acting = acting!(self, now);
        let Some(wrap_up) = self.serving.wrap_ups.iter_mut().find(|one| !one.saved) else { return Vec::new() };
        wrap_up.update(input, &known, now);
        let (ticket, done) = (wrap_up.ticket, wrap_up.saved);
        if wrap_up.citizen.is_some() {
            return wrap_up.keep(acting);
        }
        if done { self.nobody_wrapped(ticket, now) } else { wake(ticket) }
    }

    /// A wrap-up that was typed before the window ended; what the queue told of it meanwhile gives way.
    pub(crate) fn wrap_up_back(&mut self, wrap_up: WrapUp, now: Timestamp) -> Vec<Effect> {
        let ticket = wrap_up.ticket;
        let known = self.serving.wrap_ups.iter().position(|one| one.ticket == ticket);
        if known.is_some_and(|at| !self.serving.wrap_ups[at].from_queue) {
            return Vec::new();
        }
        let mut back = WrapUp { from_queue: false, ..wrap_up };
        back.rest(now);
        match known {
            Some(at) => self.serving.wrap_ups[at] = back,
            None => self.serving.wrap_ups.push(back),
        }
        wake(ticket)
    }

    /// What was said to go could not be written down: it waits for her again.
    pub(crate) fn wrap_ups_not_kept(&mut self) {
        for one in self.serving.wrap_ups.iter_mut().filter(|one| one.saved && !one.kept) {
            one.saved = false;
            one.due = None;
        }
    }

    /// The time of a wrap-up without a citizen is up.
    pub(crate) fn wrap_up_woken(&mut self, ticket: TicketId, now: Timestamp) -> Vec<Effect> {
        let due = |one: &WrapUp| {
            one.ticket == ticket && one.citizen.is_none() && !one.saved && one.due.is_some_and(|due| due <= now)
        };
        if !self.serving.wrap_ups.iter().any(due) {
            return Vec::new();
        }
        self.nobody_wrapped(ticket, now)
    }

    /// Who was not identified has no contact: how it ended goes with the ticket, and nothing is left to be registered.
    fn nobody_wrapped(&mut self, ticket: TicketId, now: Timestamp) -> Vec<Effect> {
        let Some(at) = self.serving.wrap_ups.iter().position(|one| one.ticket == ticket) else { return Vec::new() };
        let wrap_up = self.serving.wrap_ups.remove(at);
        let known = self.counter.as_ref().and_then(|page| page.ticket(ticket));
        let over = known.is_some_and(|ticket| ticket.state == TicketState::Finished);
        let mut effects = Vec::new();
        if !over {
            let finish = TicketChange::Finish { outcome: wrap_up.outcome };
            effects.extend(self.change_ticket(ticket, finish, None, now));
        }
        effects.extend(self.change_ticket(ticket, TicketChange::Wrapped, None, now));
        effects
    }

    /// Wrap-ups come back from the queue and the outbox after a restart, and go when the server has them.
    pub(super) fn wrap_ups_follow(&mut self, me: StaffId) -> Vec<Effect> {
        for entry in &self.pending.entries {
            let Some(ticket) = entry.draft.subject.ticket.filter(|_| is_contact(entry)) else { continue };
            let known = self.serving.wrap_ups.iter_mut().find(|one| one.ticket == ticket);
            match (known, entry.attempts == 0 && entry.draft.hold.is_some()) {
                // It left: what is on its way, or was refused, is the outbox's to show.
                (Some(known), false) => (known.saved, known.kept) = (true, true),
                (Some(known), true) => {
                    // The queue answered before the outbox was read: what was typed counts.
                    if let Some(typed) = known.from_queue.then(|| WrapUp::of_entry(ticket, entry)).flatten() {
                        *known = WrapUp { number: std::mem::take(&mut known.number), ..typed };
                    }
                    known.kept = true;
                }
                (None, true) => self.serving.wrap_ups.extend(WrapUp::of_entry(ticket, entry)),
                (None, false) => {}
            }
        }
        let entries = &self.pending.entries;
        let in_outbox =
            |ticket: TicketId| entries.iter().any(|e| e.draft.subject.ticket == Some(ticket) && is_contact(e));
        // What was in the outbox and is not any more was registered, or thrown away there; the queue knows which.
        self.serving.wrap_ups.retain(|one| !one.kept || in_outbox(one.ticket));
        let Some(page) = &self.counter else { return Vec::new() };
        let mut wrapped = Vec::new();
        for ticket in page.tickets() {
            if let Some(known) = self.serving.wrap_ups.iter_mut().find(|one| one.ticket == ticket.id) {
                known.number.clone_from(&ticket.number);
                if known.citizen.is_none() && ticket.citizen.is_some() {
                    // Who she was was found out for the wrap-up.
                    *known = WrapUp {
                        outcome: known.outcome,
                        text: known.text.clone(),
                        ..WrapUp::of_ticket(ticket, known.ended)
                    };
                    known.due = None;
                }
                continue;
            }
            let mine = ticket.staff.as_ref().is_some_and(|staff| staff.id == me);
            if !(mine && ticket.state == TicketState::Finished && ticket.unwrapped) {
                continue;
            }
            let moving = self.serving.moving.iter().any(|one| one.ticket == ticket.id);
            if self.serving.registered.contains(&ticket.id) {
                wrapped.extend((!moving).then_some(ticket.id));
            } else if !moving && !in_outbox(ticket.id) {
                let ended = ticket.ended.unwrap_or(ticket.since);
                let mut back = WrapUp::of_ticket(ticket, ended);
                back.due = None;
                back.from_queue = true;
                self.serving.wrap_ups.push(back);
            }
        }
        self.serving.wrap_ups.sort_by_key(|one| (one.ended, one.ticket));
        let now = self.serving.wrap_ups.last().map_or(Timestamp::UNIX_EPOCH, |one| one.ended);
        wrapped.into_iter().flat_map(|id| self.change_ticket(id, TicketChange::Wrapped, None, now)).collect()
    }

    /// The contact of a visit is registered: its ticket is told so.
    pub(crate) fn contact_confirmed(&mut self, id: CommandId, now: Timestamp) -> Vec<Effect> {
        let entry = self.pending.entries.iter().find(|entry| entry.id == id && is_contact(entry));
        let Some(ticket) = entry.and_then(|entry| entry.draft.subject.ticket) else { return Vec::new() };
        self.registered(ticket, now)
    }

    /// The contact of a visit was registered before, by another window or before a crash: that is what was wanted.
    pub(crate) fn contact_refused(&mut self, now: Timestamp) -> Vec<Effect> {
        let twice = |entry: &&Entry| match &entry.state {
            EntryState::Refused { problem } => is_contact(entry) && problem.known() == Some(ProblemKind::AlreadyExists),
            _ => false,
        };
        let all: Vec<(CommandId, TicketId)> = self
            .pending
            .entries
            .iter()
            .filter(twice)
            .filter_map(|entry| Some((entry.id, entry.draft.subject.ticket?)))
            .collect();
        let mut effects = Vec::new();
        for (id, ticket) in all {
            effects.push(Effect::Discard(id));
            effects.extend(self.registered(ticket, now));
        }
        effects
    }

    fn registered(&mut self, ticket: TicketId, now: Timestamp) -> Vec<Effect> {
        self.serving.wrap_ups.retain(|one| one.ticket != ticket);
        if !self.serving.registered.contains(&ticket) {
            self.serving.registered.push(ticket);
        }
        self.change_ticket(ticket, TicketChange::Wrapped, None, now)
    }
}

fn is_contact(entry: &Entry) -> bool {
    matches!(entry.draft.label, Label::Deed { deed: Deed::ContactRegistered, .. })
}
