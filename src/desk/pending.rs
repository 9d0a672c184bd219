//! What is not confirmed yet: the outbox as the desk mirrors it, and the drafts that go into it. What does not live here: the disk, the
//! sending (both `skranke-client`).

use std::collections::VecDeque;

use jiff::Timestamp;
use skranke_api::appointments::{Appointment, BookRequest};
use skranke_api::cases::{CaseView, ItemChange, ItemChanged, ItemView};
use skranke_api::{ETag, Problem};
use skranke_client::outbox::{Author, Basis, Deed, Draft, Entry, EntryState, Label, OutboxEvent};
use skranke_domain::checklist::ItemAction;
use skranke_domain::{CaseId, CitizenId, CommandId, CounterId, ItemId, StaffId};

use crate::calendar::BookingFor;
use crate::effect::Effect;
use crate::half_written::DeedNumber;
use crate::session::Line;

/// How many of its own commands the desk remembers, to know its own echo among the events.
const OWN: usize = 256;

/// The clerk's own judgement of an item that is not confirmed.
#[derive(Clone, Debug)]
pub struct PendingItem<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// What she did.
    pub action: ItemAction,
    /// Why.
    pub reason: Option<&'a str>,
}

impl PendingItem<'_> {
    /// The server refused it.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self.entry.state, EntryState::Refused { .. })
    }

    /// Why it was refused.
    #[must_use]
    pub const fn problem(&self) -> Option<&Problem> {
        self.entry.state.problem()
    }
}

/// A booking that is not confirmed.
#[derive(Clone, Copy, Debug)]
pub struct PendingBooking<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Whose.
    pub citizen_name: &'a str,
    /// Where.
    pub counter: &'a CounterId,
    /// From.
    pub start: Timestamp,
    /// How long, in minutes.
    pub minutes: u16,
}

/// What is not confirmed yet.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    /// The entries, oldest first.
    pub entries: Vec<Entry>,
    /// The outbox of this person has been read. Until then nobody knows whether all is sent.
    pub known: bool,
    /// Why the last change could not be written; nothing that follows is safe.
    pub trouble: Option<String>,
    own: VecDeque<CommandId>,
}

/// News from the outbox.
#[derive(Clone, Debug)]
pub enum PendingInput {
    /// The outbox as it stands now.
    Entries(Vec<Entry>),
    /// The sender came further, and the outbox as it stands since.
    News(OutboxEvent, Vec<Entry>),
    /// A change could not be written: the sentence is the system's.
    NotWritten(String),
    /// What was written together is on disk, and the outbox as it stands since.
    Kept(Option<DeedNumber>, Vec<Entry>),
    /// What was written together could not be put on disk: the sentence says why. What was typed is in its sheet again.
    NotKept(Option<DeedNumber>, String),
    /// The line to the server.
    Line(Line),
    /// Word a change anew: open it as its sheet.
    Edit(CommandId),
    /// Send a refused change again, on what stands now.
    Retry(CommandId),
    /// Throw a change away.
    Discard(CommandId),
}

/// What a confirmed or refused change means for the pages.
#[derive(Clone, Debug)]
pub(crate) enum Confirmation {
    /// An item was judged.
    Item(Box<ItemChanged>),
    /// A time was booked.
    Booked(Box<Appointment>),
    /// Something about a citizen was done that is no judgement and no booking.
    Citizen(CitizenId, Deed),
    /// Something about a case was done that is no judgement and no booking.
    Case(CaseId, CitizenId, Deed),
    /// A change was refused.
    Refused,
}

impl Pending {
    /// How many changes are not confirmed.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// How many were refused and wait for the clerk.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.entries.iter().filter(|e| matches!(e.state, EntryState::Refused { .. })).count()
    }

    /// Her own unconfirmed judgement of an item: the last of its chain.
    #[must_use]
    pub fn item(&self, case: CaseId, item: &ItemId) -> Option<PendingItem<'_>> {
        self.entries.iter().rev().find_map(|entry| match &entry.draft.label {
            Label::Item { item_id, action, reason, .. }
                if entry.draft.subject.case == Some(case) && item_id == item =>
            {
                Some(PendingItem { entry, action: *action, reason: reason.as_deref() })
            }
            _ => None,
        })
    }

    /// Whether something about a case is not confirmed.
    #[must_use]
    pub fn touches_case(&self, case: CaseId) -> bool {
        self.entries.iter().any(|e| e.draft.subject.case == Some(case))
    }

    /// Whether something about a citizen is not confirmed.
    #[must_use]
    pub fn touches_citizen(&self, citizen: CitizenId) -> bool {
        self.entries.iter().any(|e| e.draft.subject.citizen == Some(citizen))
    }

    /// What is not confirmed about a citizen beside judgements and bookings, oldest first.
    pub fn deeds(&self, citizen: CitizenId) -> impl Iterator<Item = (Deed, &Entry)> {
        self.entries.iter().filter(move |e| e.draft.subject.citizen == Some(citizen)).filter_map(|entry| {
            match &entry.draft.label {
                Label::Deed { deed, .. } => Some((*deed, entry)),
                _ => None,
            }
        })
    }

    /// What is not confirmed about a case beside judgements and bookings, oldest first.
    pub fn case_deeds(&self, case: CaseId) -> impl Iterator<Item = (Deed, &Entry)> {
        self.entries.iter().filter(move |e| e.draft.subject.case == Some(case)).filter_map(|entry| {
            match &entry.draft.label {
                Label::Deed { deed, .. } => Some((*deed, entry)),
                _ => None,
            }
        })
    }

    /// What a change of a resource is based on: the last unconfirmed change of it, else the version that was seen.
    #[must_use]
    pub fn basis(&self, resource: &str, seen: Option<&ETag>) -> Option<Basis> {
        let last = self.entries.iter().rev().find(|entry| entry.draft.resource == resource);
        match last {
            Some(entry) if !matches!(entry.state, EntryState::Refused { .. } | EntryState::Held) => {
                Some(Basis::After(entry.id))
            }
            _ => seen.cloned().map(Basis::Version),
        }
    }

    /// What cannot be made without an entry, and goes when that is thrown away: everything about what it would create.
    pub fn goes_along(&self, id: CommandId) -> impl Iterator<Item = &Entry> {
        let mut gone: Vec<&Entry> = self.entries.iter().filter(|entry| entry.id == id).collect();
        for entry in &self.entries {
            let rests = gone.iter().any(|first| {
                let created = first.draft.based_on == Basis::Create;
                let behind = entry.draft.behind.as_ref() == Some(&first.draft.resource);
                let after =
                    entry.draft.based_on == Basis::After(first.id) && entry.draft.resource == first.draft.resource;
                // Whoever follows a follower follows what both rest on.
                let further = first.id != id && entry.draft.based_on == Basis::After(first.id);
                (created && (behind || after)) || further
            });
            if rests && !gone.iter().any(|one| one.id == entry.id) {
                gone.push(entry);
            }
        }
        gone.into_iter().filter(move |entry| entry.id != id)
    }

    /// The entry that one waits for, with its place in the order of sending, from 0.
    #[must_use]
    pub fn waits_for(&self, entry: &Entry) -> Option<usize> {
        let at = self.entries.iter().position(|one| one.id == entry.id)?;
        let before = &self.entries[..at];
        let creates = |one: &&Entry| {
            one.draft.based_on == Basis::Create && entry.draft.behind.as_ref() == Some(&one.draft.resource)
        };
        let first = before.iter().position(|one| creates(&one));
        before.iter().rposition(|one| one.draft.resource == entry.draft.resource).or(first)
    }

    /// Bookings that are not confirmed.
    pub fn bookings(&self) -> impl Iterator<Item = PendingBooking<'_>> {
        self.entries.iter().filter_map(|entry| match &entry.draft.label {
            Label::Booking { citizen_name, counter, start, minutes, .. } => {
                Some(PendingBooking { entry, citizen_name, counter, start: *start, minutes: *minutes })
            }
            _ => None,
        })
    }

    /// Whether a command is one of this desk's own.
    #[must_use]
    pub fn knows(&self, id: CommandId) -> bool {
        self.own.contains(&id) || self.entries.iter().any(|e| e.id == id)
    }

    /// The draft of a judgement, based on the version of the item that she sees.
    pub(crate) fn draft_item(author: Author, view: &CaseView, item: &ItemView, change: &ItemChange) -> Option<Draft> {
        let label = Label::Item {
            citizen_name: view.citizen_name.clone(),
            case_number: view.row.number.clone(),
            item_id: item.id.clone(),
            item: item.label.clone(),
            action: change.action,
            reason: change.reason.clone(),
        };
        Draft::item(author, view.row.id, &item.id, item.etag.clone(), change, label).ok()
    }

    /// The draft of a booking.
    pub(crate) fn draft_booking(
        person: StaffId,
        request: &BookRequest,
        what: &BookingFor,
        now: Timestamp,
    ) -> Option<Draft> {
        let label = Label::Booking {
            citizen_name: what.citizen_name.clone(),
            title: what.title.clone(),
            appointment: request.id,
            counter: request.counter.clone(),
            start: request.start,
            minutes: request.minutes,
        };
        Draft::booking(Author { person, citizen: request.citizen, at: now }, request, label).ok()
    }

    pub(crate) fn update(&mut self, input: PendingInput) -> (Vec<Confirmation>, Vec<Effect>) {
        match input {
            PendingInput::Entries(entries) => {
                self.trouble = None;
                self.known = true;
                self.remember(entries.iter().map(|e| e.id).collect());
                self.entries = entries;
                (Vec::new(), Vec::new())
            }
            PendingInput::News(event, entries) => {
                let confirmations = self.meaning(&event).into_iter().collect();
                self.known = true;
                self.remember(entries.iter().map(|e| e.id).collect());
                self.entries = entries;
                (confirmations, Vec::new())
            }
            PendingInput::Kept(_, entries) => self.update(PendingInput::Entries(entries)),
            PendingInput::NotWritten(sentence) | PendingInput::NotKept(_, sentence) => {
                self.trouble = Some(sentence);
                (Vec::new(), Vec::new())
            }
            PendingInput::Line(_) | PendingInput::Edit(_) => (Vec::new(), Vec::new()),
            PendingInput::Retry(id) => (Vec::new(), vec![Effect::Retry(id)]),
            PendingInput::Discard(id) => {
                // What cannot be without it goes first: it never waits for something that is gone.
                let along: Vec<CommandId> = self.goes_along(id).map(|entry| entry.id).collect();
                (Vec::new(), along.into_iter().rev().chain([id]).map(Effect::Discard).collect())
            }
        }
    }

    fn remember(&mut self, ids: Vec<CommandId>) {
        for id in ids {
            if !self.own.contains(&id) {
                self.own.push_back(id);
            }
        }
        while self.own.len() > OWN {
            self.own.pop_front();
        }
    }

    fn meaning(&self, event: &OutboxEvent) -> Option<Confirmation> {
        match event {
            OutboxEvent::Confirmed { id, answer, .. } => {
                let entry = self.entries.iter().find(|e| e.id == *id)?;
                match &entry.draft.label {
                    Label::Item { .. } => {
                        serde_json::from_value(answer.clone()).ok().map(|c| Confirmation::Item(Box::new(c)))
                    }
                    Label::Deed { deed, .. } if entry.draft.subject.case.is_some() => {
                        let subject = entry.draft.subject;
                        Some(Confirmation::Case(subject.case?, subject.citizen?, *deed))
                    }
                    Label::Deed { deed, .. } => Some(Confirmation::Citizen(entry.draft.subject.citizen?, *deed)),
                    Label::Booking { .. } | Label::Appointment { .. } => {
                        serde_json::from_value(answer.clone()).ok().map(|a| Confirmation::Booked(Box::new(a)))
                    }
                }
            }
            OutboxEvent::Refused { .. } => Some(Confirmation::Refused),
            _ => None,
        }
    }
}
