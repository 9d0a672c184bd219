//! The sheet for a promise: giving one, or settling one with words. What lives here: what was typed and chosen, and the change that comes of
//! it. What does not: keeping one with a key (the page's course).

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::notes::PromiseRequest;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Entry, Place};
use skranke_domain::note::{NOTE_CHARS, PromiseState};
use skranke_domain::{CommandId, PromiseId};

use super::{Facing, Outcome};
use crate::ask::Reply;
use crate::dates::{DateProblem, read_coming};
use crate::effect::Effect;

/// The longest words about what became of a promise, in characters.
pub const OUTCOME_CHARS: usize = 500;

/// The sheet while it is open.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PromiseSheet {
    /// What was typed: what is promised, or what became of it.
    pub text: String,
    /// The last day it is kept in time, as it was typed.
    pub due: String,
    /// The promise that is settled; none gives a new one.
    pub settles: Option<Settling>,
    /// The change in the outbox that is worded anew, and the promise that it makes.
    #[serde(default)]
    pub replaces: Option<CommandId>,
    #[serde(default)]
    made: Option<PromiseId>,
    /// What kept it from being saved.
    #[serde(skip)]
    pub problem: Option<PromiseProblem>,
}

/// A promise that is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settling {
    /// Which.
    pub promise: PromiseId,
    /// What was promised.
    pub text: String,
    /// The last day it is kept in time.
    pub due: Date,
    /// How it stood when the sheet opened.
    pub was: PromiseState,
    /// What becomes of it.
    pub to: PromiseState,
}

/// Why a promise cannot be saved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseProblem {
    /// Nothing is written.
    NoText,
    /// It is longer than it may be.
    TooLong,
    /// The day is missing, or not understood.
    Day(DateProblem),
    /// The day is over.
    PastDay,
    /// What it is based on was refused: that is to be settled first.
    Refused,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum PromiseInput {
    /// Something was typed.
    Typed(String),
    /// A day was typed.
    Due(String),
    /// So many days from today.
    In(i8),
    /// What becomes of it.
    To(PromiseState),
}

impl PromiseSheet {
    pub(crate) fn open(_facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        (Self::default(), Vec::new())
    }

    /// A promise as it lies in the outbox: to be worded anew.
    pub(crate) fn of_entry(entry: &Entry) -> Option<Self> {
        let request: PromiseRequest = serde_json::from_value(entry.draft.body.clone()).ok()?;
        let (text, due) = (request.text, request.due.to_string());
        Some(Self { text, due, replaces: Some(entry.id), made: Some(request.id), ..Self::default() })
    }

    /// Settles a promise: an open one is withdrawn unless another outcome is chosen (keeping it has a key of its own), a settled one opened
    /// again.
    pub(crate) fn settle(promise: PromiseId, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let all = facing.page.promises_as_they_stand(facing.acting.pending);
        let settles = all.into_iter().find(|one| one.id == promise).map(|one| Settling {
            promise,
            text: one.text.to_string(),
            due: one.due,
            was: one.state,
            to: if one.state == PromiseState::Open { PromiseState::Withdrawn } else { PromiseState::Open },
        });
        (Self { settles, ..Self::default() }, Vec::new())
    }

    pub(crate) fn is_about(&self, promise: Option<PromiseId>) -> bool {
        self.settles.as_ref().map(|one| one.promise) == promise
    }

    /// The last day it is kept in time, as far as what was typed is understood.
    ///
    /// # Errors
    /// [`DateProblem`] when what was typed is no date.
    pub fn due_day(&self, today: Date) -> Result<Date, DateProblem> {
        read_coming(&self.due, today)
    }

    pub(crate) fn update(&mut self, input: PromiseInput, facing: &Facing<'_>) -> Vec<Effect> {
        match input {
            PromiseInput::Typed(text) => self.text = text,
            PromiseInput::Due(due) => self.due = due,
            PromiseInput::In(days) => {
                let today = facing.acting.today();
                self.due = today.checked_add(Span::new().days(days)).unwrap_or(today).to_string();
            }
            PromiseInput::To(state) => {
                if let Some(settles) = &mut self.settles {
                    settles.to = state;
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

    fn draft(&self, facing: &Facing<'_>) -> Result<Option<Draft>, PromiseProblem> {
        let text = self.text.trim();
        let most = if self.settles.is_some() { OUTCOME_CHARS } else { NOTE_CHARS };
        if text.chars().count() > most {
            return Err(PromiseProblem::TooLong);
        }
        if let Some(settles) = &self.settles {
            if settles.to == PromiseState::Withdrawn && text.is_empty() {
                return Err(PromiseProblem::NoText);
            }
            let words = (!text.is_empty()).then(|| text.to_owned());
            let draft = facing.page.settle(settles.promise, settles.to, words, facing.acting);
            return draft.map(Some).ok_or(PromiseProblem::Refused);
        }
        if text.is_empty() {
            return Err(PromiseProblem::NoText);
        }
        let today = facing.acting.today();
        let due = self.due_day(today).map_err(PromiseProblem::Day)?;
        if due < today {
            return Err(PromiseProblem::PastDay);
        }
        // Who acts is known before a citizen can be opened.
        let Some(author) = facing.author() else { return Ok(None) };
        let citizen = facing.page.id;
        let request = PromiseRequest { id: self.made.unwrap_or_default(), text: text.to_owned(), due };
        let place = Place { resource: paths::promise(citizen, request.id), posted_to: paths::promises(citizen) };
        Ok(Draft::create(author, place, &request, facing.label(Deed::PromiseGiven, None, text)).ok())
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Whether something was typed that Escape must not lose.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        !self.text.trim().is_empty() || !self.due.trim().is_empty()
    }
}
