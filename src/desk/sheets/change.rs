//! The sheet for a reported change: what changed, from when, in one line, and every department that must hear of it. What lives here: what was
//! chosen and typed, what the server says the change touches, and the one report that comes of it. What does not: the kinds of change (the
//! catalogue).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::changes::{ChangeReport, ChangeTouches, Touched};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Place};
use skranke_domain::change::ChangeKind;
use skranke_domain::{ChangeId, ChangeReportId, ProcedureId, SituationId};

use super::{Facing, Outcome};
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::dates::{self, DateProblem};
use crate::effect::Effect;
use crate::load::Load;

/// The longest line, in characters.
pub const TEXT_CHARS: usize = 500;
/// How many of its questions are told apart.
const SLOTS: u8 = 64;

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeSheet {
    /// What changed; none while it is chosen.
    pub kind: Option<ChangeId>,
    /// The kind that Enter chooses.
    pub candidate: Option<ChangeId>,
    /// From when, as typed.
    pub from: String,
    /// What she said, in one line.
    pub text: String,
    /// What the change touches.
    #[serde(skip)]
    pub touches: Load<ChangeTouches>,
    /// What is missing before it can be reported.
    #[serde(skip)]
    pub problem: Option<ChangeProblem>,
    /// The line of what it touches that the keys act on.
    #[serde(skip)]
    pub at: usize,
    ticks: BTreeMap<ProcedureId, bool>,
    #[serde(skip)]
    slot: u8,
}

/// What is missing before a change can be reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeProblem {
    /// The day is none.
    From(DateProblem),
    /// The line is empty.
    NoText,
    /// The line is longer than [`TEXT_CHARS`].
    TextTooLong,
    /// What it touches is not known yet.
    TouchesUnknown,
    /// Nobody is to hear of it.
    NobodyHears,
    /// It is not known yet who is signed in.
    NobodySignedIn,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum ChangeInput {
    /// What changed was chosen.
    Choose(ChangeId),
    /// The kind that the keys act on is chosen.
    ChooseCandidate,
    /// The next or previous kind, or line of what it touches.
    Step(Step),
    /// The day, so far.
    From(String),
    /// The line, so far.
    Text(String),
    /// The procedure that the keys act on hears of it, or does not.
    Toggle,
    /// As [`ChangeInput::Toggle`], for one that was pointed at.
    ToggleOf(ProcedureId),
    /// Ask again what it touches.
    AskAgain,
    /// Another kind after all.
    OtherKind,
}

impl ChangeSheet {
    pub(crate) fn open(change: Option<ChangeId>, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let kinds = &facing.acting.session.rules.changes;
        let mut sheet = Self {
            kind: None,
            candidate: kinds.first().map(|kind| kind.id.clone()),
            from: String::new(),
            text: String::new(),
            touches: Load::Idle,
            problem: None,
            at: 0,
            ticks: BTreeMap::new(),
            slot: 0,
        };
        let effects = change.map(|change| sheet.choose(change, facing)).unwrap_or_default();
        (sheet, effects)
    }

    /// The kinds of change.
    #[must_use]
    pub fn kinds<'a>(facing: &Facing<'a>) -> &'a [ChangeKind] {
        &facing.acting.session.rules.changes
    }

    /// What changed, once it is chosen and known.
    #[must_use]
    pub fn kind_in<'a>(&self, facing: &Facing<'a>) -> Option<&'a ChangeKind> {
        Self::kinds(facing).iter().find(|kind| Some(&kind.id) == self.kind.as_ref())
    }

    /// The day it counts from: typed, else today.
    ///
    /// # Errors
    /// [`DateProblem`] when what was typed is no day.
    pub fn day(&self, today: Date) -> Result<Date, DateProblem> {
        match dates::read(&self.from, today) {
            Err(DateProblem::Empty) => Ok(today),
            read => read,
        }
    }

    /// Whether a procedure is to hear of it: what is certain does unless it was left out, what is not does when it was chosen.
    #[must_use]
    pub fn hears(&self, touched: &Touched) -> bool {
        self.ticks.get(&touched.procedure).copied().unwrap_or(touched.certain)
    }

    /// How many procedures are to hear of it.
    #[must_use]
    pub fn hearing(&self) -> usize {
        self.touched().iter().filter(|touched| self.hears(touched)).count()
    }

    /// What it touches, as far as is known.
    #[must_use]
    pub fn touched(&self) -> &[Touched] {
        self.touches.value().map(|touches| touches.touches.as_slice()).unwrap_or_default()
    }

    /// The open life situation that it belongs to.
    #[must_use]
    pub fn situation(&self, facing: &Facing<'_>) -> Option<SituationId> {
        let kind = self.kind_in(facing)?.situation.as_ref()?;
        let list = facing.page.situations.value()?;
        list.situations.iter().find(|view| view.kind == *kind && !view.closed).map(|view| view.id)
    }

    pub(crate) fn update(&mut self, input: ChangeInput, facing: &Facing<'_>) -> Vec<Effect> {
        self.problem = None;
        match input {
            ChangeInput::Choose(kind) => return self.choose(kind, facing),
            ChangeInput::ChooseCandidate => {
                if let Some(kind) = self.candidate.clone() {
                    return self.choose(kind, facing);
                }
            }
            ChangeInput::Step(step) if self.kind.is_none() => {
                let kinds = Self::kinds(facing);
                let at = kinds.iter().position(|kind| Some(&kind.id) == self.candidate.as_ref());
                self.candidate = step.from(at, kinds.len()).map(|to| kinds[to].id.clone());
            }
            ChangeInput::Step(step) => {
                self.at = step.from(Some(self.at), self.touched().len()).unwrap_or_default();
            }
            ChangeInput::From(text) => self.from = text,
            ChangeInput::Text(text) => self.text = text,
            ChangeInput::Toggle => {
                let touched = self.touched().get(self.at).map(|touched| touched.procedure.clone());
                touched.into_iter().for_each(|procedure| self.toggle(procedure));
            }
            ChangeInput::ToggleOf(procedure) => {
                self.at = self.touched().iter().position(|t| t.procedure == procedure).unwrap_or(self.at);
                self.toggle(procedure);
            }
            ChangeInput::AskAgain => return self.ask(facing),
            ChangeInput::OtherKind => {
                self.kind = None;
                self.ticks.clear();
            }
        }
        Vec::new()
    }

    fn choose(&mut self, kind: ChangeId, facing: &Facing<'_>) -> Vec<Effect> {
        self.kind = Some(kind);
        self.touches = Load::Idle;
        self.at = 0;
        self.ask(facing)
    }

    fn ask(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        let Some(kind) = self.kind.clone() else { return Vec::new() };
        self.touches.ask(facing.acting.now);
        // An answer to an earlier question, about another kind perhaps, is not for this one.
        self.slot = (self.slot + 1) % SLOTS;
        vec![facing.ask(self.slot, Question::ChangeTouches(facing.page.id, kind, facing.page.purpose.clone()))]
    }

    /// Asks what it touches where nobody did since the sheet was taken up from disk.
    pub(crate) fn fetch(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        if matches!(self.touches, Load::Idle) { self.ask(facing) } else { Vec::new() }
    }

    fn toggle(&mut self, procedure: ProcedureId) {
        let hears = self.touched().iter().find(|t| t.procedure == procedure).map(|touched| self.hears(touched));
        if let Some(hears) = hears {
            self.ticks.insert(procedure, !hears);
        }
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        if self.kind.is_none() {
            return Outcome::Stay(self.update(ChangeInput::ChooseCandidate, facing));
        }
        match self.report(facing) {
            Ok(draft) => Outcome::send([draft]),
            Err(problem) => {
                self.problem = Some(problem);
                Outcome::not_yet()
            }
        }
    }

    fn report(&self, facing: &Facing<'_>) -> Result<Draft, ChangeProblem> {
        let kind = self.kind_in(facing).ok_or(ChangeProblem::TouchesUnknown)?;
        let from = self.day(facing.acting.today()).map_err(ChangeProblem::From)?;
        let text = self.text.trim();
        match text.chars().count() {
            0 => return Err(ChangeProblem::NoText),
            n if n > TEXT_CHARS => return Err(ChangeProblem::TextTooLong),
            _ => {}
        }
        if self.touches.value().is_none() {
            return Err(ChangeProblem::TouchesUnknown);
        }
        let heard = self.touched().iter().filter(|touched| self.hears(touched));
        let procedures: Vec<ProcedureId> = heard.map(|touched| touched.procedure.clone()).collect();
        if procedures.is_empty() {
            return Err(ChangeProblem::NobodyHears);
        }
        let author = facing.author().ok_or(ChangeProblem::NobodySignedIn)?;
        let id = ChangeReportId::new();
        let situation = self.situation(facing);
        let (change, channel) = (kind.id.clone(), facing.page.visit.channel);
        let report = ChangeReport { id, change, from, channel, text: text.to_owned(), procedures, situation };
        let posted_to = paths::changes(facing.page.id);
        let place = Place { resource: format!("{posted_to}/{id}"), posted_to };
        let label = facing.label(Deed::ChangeReported, Some(kind.title.clone()), text);
        Draft::create(author, place, &report, label).map_err(|_| ChangeProblem::TouchesUnknown)
    }

    pub(crate) fn replied(&mut self, slot: u8, reply: Reply, facing: &Facing<'_>) {
        if let Reply::ChangeTouches(answer) = reply
            && slot == self.slot
        {
            self.touches.answer(answer, facing.acting.now);
        }
    }

    /// Whether something was typed that Escape must not lose.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        let typed = |text: &str| !text.trim().is_empty();
        typed(&self.text) || typed(&self.from) || !self.ticks.is_empty()
    }
}
