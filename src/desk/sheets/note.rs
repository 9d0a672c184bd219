//! The sheet for a note: a new one, or one that is changed or ended. What lives here: what was typed and chosen, and the change that comes of
//! it. What does not: how a date is read (`dates`).

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::notes::{NoteChange, NoteRequest};
use skranke_api::paths;
use skranke_client::outbox::{Basis, Deed, Draft, Entry, FieldKey, Method, Place};
use skranke_domain::note::{NOTE_CHARS, NoteKind, holds};
use skranke_domain::{CommandId, NoteId};

use super::{Facing, Outcome};
use crate::ask::Reply;
use crate::dates::{DateProblem, read_coming};
use crate::effect::Effect;

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NoteSheet {
    /// The note that is changed; none writes a new one.
    pub note: Option<NoteId>,
    /// What it is for.
    pub kind: NoteKind,
    /// What was typed.
    pub text: String,
    /// The last day it holds, as it was typed; empty holds until somebody ends it.
    pub expires: String,
    /// What kept it from being saved.
    #[serde(skip)]
    pub problem: Option<NoteProblem>,
    /// The change in the outbox that is worded anew, and the note that it makes where it makes one.
    #[serde(default)]
    pub replaces: Option<CommandId>,
    #[serde(default)]
    made: Option<NoteId>,
    /// The note as it was when the sheet opened.
    was: Option<(NoteKind, String, Option<Date>)>,
}

/// Why a note cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteProblem {
    /// Nothing is written.
    NoText,
    /// It is longer than a note may be.
    TooLong,
    /// The day is not understood.
    Day(DateProblem),
    /// The day is over.
    PastDay,
    /// What it is based on was refused: that is to be settled first.
    Refused,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum NoteInput {
    /// Something was typed.
    Typed(String),
    /// What it is for was chosen.
    Kind(NoteKind),
    /// The other of both.
    OtherKind,
    /// A day was typed.
    Expires(String),
    /// It holds no more: it is saved with what was typed, and ends.
    EndNow,
}

impl NoteSheet {
    pub(crate) fn open(note: Option<NoteId>, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let all = facing.page.notes_as_they_stand(facing.acting.pending);
        let known = note.and_then(|id| all.iter().find(|one| one.id == id));
        let was = known.map(|one| (one.kind, one.text.to_string(), one.expires));
        let (kind, text, expires) = was.clone().unwrap_or((NoteKind::Plain, String::new(), None));
        let expires = expires.map(|day| day.to_string()).unwrap_or_default();
        let note = known.map(|one| one.id);
        (Self { note, kind, text, expires, problem: None, replaces: None, made: None, was }, Vec::new())
    }

    /// A note, or the change of one, as it lies in the outbox: to be worded anew.
    pub(crate) fn of_entry(entry: &Entry) -> Option<Self> {
        let body = || entry.draft.body.clone();
        let (note, made, kind, text, expires) = match entry.draft.method {
            Method::Post => {
                let request: NoteRequest = serde_json::from_value(body()).ok()?;
                (None, Some(request.id), request.kind, request.text, request.expires)
            }
            Method::Patch => {
                let change: NoteChange = serde_json::from_value(body()).ok()?;
                let note = entry.draft.resource.rsplit('/').next()?.parse().ok()?;
                (Some(note), None, change.kind, change.text, change.expires)
            }
        };
        let expires = expires.map(|day| day.to_string()).unwrap_or_default();
        Some(Self { note, kind, text, expires, problem: None, replaces: Some(entry.id), made, was: None })
    }

    pub(crate) fn is_about(&self, note: Option<NoteId>) -> bool {
        self.note == note
    }

    /// The last day it holds as far as what was typed is understood; none holds until somebody ends it.
    ///
    /// # Errors
    /// [`DateProblem`] when what was typed is no date.
    pub fn last_day(&self, today: Date) -> Result<Option<Date>, DateProblem> {
        match read_coming(&self.expires, today) {
            Ok(day) => Ok(Some(day)),
            Err(DateProblem::Empty) => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    /// Whether it is a note that holds, and can be ended.
    #[must_use]
    pub fn can_end(&self, today: Date) -> bool {
        self.was.as_ref().is_some_and(|(_, _, expires)| holds(*expires, today))
    }

    pub(crate) fn update(&mut self, input: NoteInput, facing: &Facing<'_>) -> Vec<Effect> {
        match input {
            NoteInput::Typed(text) => self.text = text,
            NoteInput::Kind(kind) => self.kind = kind,
            NoteInput::OtherKind => {
                self.kind = match self.kind {
                    NoteKind::Attention => NoteKind::Plain,
                    NoteKind::Plain => NoteKind::Attention,
                }
            }
            NoteInput::Expires(day) => self.expires = day,
            NoteInput::EndNow => {
                let today = facing.acting.today();
                if self.can_end(today) {
                    self.expires = today.checked_sub(1.day()).unwrap_or(today).to_string();
                }
            }
        }
        self.problem = None;
        Vec::new()
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        match self.draft(facing) {
            Ok(draft) => Outcome::instead(self.replaces, draft),
            Err(problem) => {
                self.problem = Some(problem);
                Outcome::not_yet()
            }
        }
    }

    /// The change; none when nothing changed.
    fn draft(&self, facing: &Facing<'_>) -> Result<Option<Draft>, NoteProblem> {
        let text = self.text.trim().to_owned();
        if text.is_empty() {
            return Err(NoteProblem::NoText);
        }
        if text.chars().count() > NOTE_CHARS {
            return Err(NoteProblem::TooLong);
        }
        let today = facing.acting.today();
        let expires = self.last_day(today).map_err(NoteProblem::Day)?;
        let yesterday = today.checked_sub(1.day()).unwrap_or(today);
        let was_so = self.was.as_ref().is_some_and(|(_, _, was)| *was == expires);
        let ends = self.note.is_some() && expires == Some(yesterday);
        if expires.is_some_and(|day| day < today) && !was_so && !ends {
            return Err(NoteProblem::PastDay);
        }
        let (kind, citizen) = (self.kind, facing.page.id);
        // Who acts is known before a citizen can be opened.
        let Some(author) = facing.author() else { return Ok(None) };
        let Some(note) = self.note else {
            let request = NoteRequest { id: self.made.unwrap_or_default(), kind, text: text.clone(), expires };
            let place = Place { resource: paths::note(citizen, request.id), posted_to: paths::notes(citizen) };
            return Ok(Draft::create(author, place, &request, facing.label(Deed::NoteWritten, None, text)).ok());
        };
        if self.was.as_ref().is_some_and(|(k, t, e)| (*k, t.as_str(), *e) == (kind, text.as_str(), expires)) {
            return Ok(None);
        }
        let pending = facing.acting.pending;
        let path = paths::note(citizen, note);
        let all = facing.page.notes_as_they_stand(pending);
        let seen = all.iter().find(|one| one.id == note).and_then(|one| one.etag);
        let basis = match (self.replaces, seen) {
            (Some(_), Some(seen)) => Basis::Version(seen.clone()),
            (Some(_), None) => Basis::Create,
            (None, seen) => pending.basis(&path, seen).ok_or(NoteProblem::Refused)?,
        };
        let change = NoteChange { kind, text: text.clone(), expires };
        let label = facing.label(Deed::NoteChanged, None, text);
        Ok(Draft::change(author, (path, FieldKey::new("note")), basis, &change, label).ok())
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Whether something was typed that Escape must not lose.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        if self.replaces.is_some() {
            return true;
        }
        match &self.was {
            None => !self.text.trim().is_empty(),
            Some((kind, text, expires)) => {
                let day = expires.map(|day| day.to_string()).unwrap_or_default();
                (*kind, text.as_str(), day.as_str()) != (self.kind, self.text.as_str(), self.expires.as_str())
            }
        }
    }
}
