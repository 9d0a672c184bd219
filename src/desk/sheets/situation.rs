//! The sheet for a life situation: which kind, its questions one after another, and what follows: started, left out or dismissed with a reason.
//! What lives here: what was chosen and typed. What does not: the changes that come of it (`sending`), the question trees (the catalogue), what
//! became of what follows (the page's `follow`).

mod sending;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::checklist::REASON_CHARS;
use skranke_domain::life_situation::{Answer, Answers, Fit, FollowOn, Happening, LifeSituationKind, Question};
use skranke_domain::{FollowOnId, LifeSituationId, QuestionId, SituationId};

use super::{Facing, Outcome, Target};
use crate::ask::Reply;
use crate::citizen::Step;
use crate::citizen::follow::Standing;
use crate::dates::{self, DateProblem};
use crate::effect::Effect;

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SituationSheet {
    /// Which situation was asked for.
    pub target: Target,
    /// Its identifier: its own, or the one it will have.
    pub id: SituationId,
    /// Its kind; none while one is chosen.
    pub kind: Option<LifeSituationId>,
    /// What was typed to find a kind.
    pub filter: String,
    /// The kind that Enter chooses.
    pub candidate: Option<LifeSituationId>,
    /// Since when, or planned for when, as typed.
    pub since: String,
    /// What is wrong with the day.
    #[serde(skip)]
    pub since_problem: Option<DateProblem>,
    /// The line that the keys act on; none before the first key is the one that comes next.
    pub at: Option<LineId>,
    /// A reason that is being written: why something does not follow, or why the proposal is declined.
    pub reason: Option<Reason>,
    /// She says that nothing more follows: the situation is closed.
    pub closing: bool,
    /// Something that was to be changed is not known yet.
    #[serde(skip)]
    pub unknown: bool,
    answers: Answers,
    ticks: BTreeMap<FollowOnId, bool>,
    dismissed: BTreeMap<FollowOnId, String>,
    reopened: BTreeSet<FollowOnId>,
}

/// Names a line of the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineId {
    /// A question.
    Question(QuestionId),
    /// Something that follows.
    Follow(FollowOnId),
}

/// A reason while it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is about; none declines the proposal.
    pub follow: Option<FollowOnId>,
    /// What was typed.
    pub text: String,
    /// What is wrong with it.
    #[serde(skip)]
    pub problem: Option<ReasonProblem>,
}

/// What is wrong with a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonProblem {
    /// There is none.
    Missing,
    /// It is longer than [`REASON_CHARS`].
    TooLong,
}

/// A line of the sheet.
#[derive(Clone, Debug)]
pub enum Line<'a> {
    /// A question, with what was answered.
    Question(&'a Question, Option<Answer>),
    /// Something that follows.
    Follow(FollowLine<'a>),
}

/// Something that follows, as the sheet shows it.
#[derive(Clone, Debug)]
pub struct FollowLine<'a> {
    /// What.
    pub follow: &'a FollowOn,
    /// How it fits the answers as they stand on the sheet.
    pub fit: Fit,
    /// What became of it before this sheet.
    pub standing: Standing<'a>,
    /// What this sheet does about it.
    pub choice: Choice<'a>,
}

/// What the sheet does about something that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// There is nothing to choose.
    None,
    /// A case is started, or not.
    Start(bool),
    /// It is dismissed, for this reason.
    Dismiss(&'a str),
    /// A dismissal is taken back.
    Reopen,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum SituationInput {
    /// Something was typed to find a kind.
    Filter(String),
    /// A kind was chosen.
    Choose(LifeSituationId),
    /// The kind that the keys act on is chosen.
    ChooseCandidate,
    /// Another kind after all.
    OtherKind,
    /// The next or previous line, or kind.
    Step(Step),
    /// A line was pointed at.
    Select(LineId),
    /// The question that the keys act on is answered.
    Answer(Answer),
    /// A question is answered.
    AnswerTo(QuestionId, Answer),
    /// The case of what the keys act on is started, or not; a dismissal is taken back.
    Toggle,
    /// As [`SituationInput::Toggle`], for something that was pointed at.
    ToggleOf(FollowOnId),
    /// Why what the keys act on does not follow is going to be written.
    Dismiss,
    /// As [`SituationInput::Dismiss`], for something that was pointed at.
    DismissOf(FollowOnId),
    /// Why the proposal is declined is going to be written.
    Decline,
    /// The reason, so far.
    Reason(String),
    /// The reason is written.
    ReasonDone,
    /// The day, so far.
    Since(String),
    /// Nothing more follows, or it does.
    Close(bool),
}

impl SituationSheet {
    pub(crate) fn open(target: Target, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let (id, kind, day) = match &target {
            Target::Choose => (SituationId::new(), None, None),
            Target::Kind(kind) => (SituationId::new(), Some(kind.clone()), None),
            Target::Proposed(kind, _, on) => (SituationId::new(), Some(kind.clone()), Some(*on)),
            Target::Open(id) => (*id, facing.page.kind_of(*id).cloned(), None),
        };
        let since = day.map(|day| day.to_string()).unwrap_or_default();
        let mut sheet = Self {
            target,
            id,
            kind,
            filter: String::new(),
            candidate: None,
            since,
            since_problem: None,
            at: None,
            reason: None,
            closing: false,
            unknown: false,
            answers: Answers::new(),
            ticks: BTreeMap::new(),
            dismissed: BTreeMap::new(),
            reopened: BTreeSet::new(),
        };
        sheet.candidate = sheet.kinds(facing).first().map(|kind| kind.id.clone());
        (sheet, Vec::new())
    }

    pub(crate) fn is_about(&self, target: &Target) -> bool {
        self.target == *target
    }

    /// Whether the situation is there already.
    #[must_use]
    pub const fn is_open_already(&self) -> bool {
        matches!(self.target, Target::Open(_))
    }

    /// Whether a proposal is being declined.
    #[must_use]
    pub fn is_declining(&self) -> bool {
        self.reason.as_ref().is_some_and(|reason| reason.follow.is_none())
    }

    /// What proposes it.
    #[must_use]
    pub const fn proposed(&self) -> Option<(Happening, Date)> {
        match &self.target {
            Target::Proposed(_, happening, on) => Some((*happening, *on)),
            _ => None,
        }
    }

    /// The kinds that fit what was typed.
    #[must_use]
    pub fn kinds<'a>(&self, facing: &Facing<'a>) -> Vec<&'a LifeSituationKind> {
        let typed = folded(&self.filter);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let fits = |kind: &&LifeSituationKind| {
            let name = folded(&format!("{} {}", kind.title.da, kind.title.en));
            words.iter().all(|word| name.contains(word))
        };
        let mut kinds: Vec<&LifeSituationKind> = facing.acting.session.situations.values().filter(fits).collect();
        kinds.sort_by_cached_key(|kind| sorted(facing.acting.pick(&kind.title)));
        kinds
    }

    /// Its kind, once one is chosen and known.
    #[must_use]
    pub fn kind_in<'a>(&self, facing: &Facing<'a>) -> Option<&'a LifeSituationKind> {
        facing.acting.session.situations.get(self.kind.as_ref()?)
    }

    /// The day it is since: typed, else today.
    ///
    /// # Errors
    /// [`DateProblem`] when what was typed is no day.
    pub fn day(&self, today: Date) -> Result<Date, DateProblem> {
        match dates::read(&self.since, today) {
            Err(DateProblem::Empty) => Ok(today),
            read => read,
        }
    }

    /// The answers as they stand on the sheet.
    #[must_use]
    pub fn answers(&self, facing: &Facing<'_>) -> Answers {
        let mut answers = facing.page.answers(self.id, facing.acting.pending);
        answers.extend(self.answers.iter().map(|(question, answer)| (question.clone(), *answer)));
        answers
    }

    /// The questions that are asked, and what follows from the answers.
    #[must_use]
    pub fn lines<'a>(&'a self, facing: &Facing<'a>) -> Vec<Line<'a>> {
        let Some(kind) = self.kind_in(facing) else { return Vec::new() };
        let answers = self.answers(facing);
        let before = facing.page.answers(self.id, facing.acting.pending);
        // Collected by id: what is asked borrows the answers, which end here.
        let asked: BTreeSet<&QuestionId> = kind.asked(&answers).map(|question| &question.id).collect();
        let questions = kind.questions.iter().filter(|question| asked.contains(&question.id));
        let mut lines: Vec<Line<'a>> =
            questions.map(|question| Line::Question(question, answers.get(&question.id).copied())).collect();
        let started = facing.page.started();
        for follow in &kind.follows {
            let fit = follow.fit(&answers);
            let standing = facing.page.standing(self.id, follow, &started, facing.acting.pending);
            if fit == Fit::RuledOut && !matches!(standing, Standing::Started(_) | Standing::Starting) {
                continue;
            }
            // Of one that is open already, only what today's answers bring along is started unasked.
            let by_itself = fit == Fit::Follows && (!self.is_open_already() || follow.fit(&before) != Fit::Follows);
            let choice = self.choice(follow, standing, by_itself);
            lines.push(Line::Follow(FollowLine { follow, fit, standing, choice }));
        }
        lines
    }

    fn choice(&self, follow: &FollowOn, standing: Standing<'_>, by_itself: bool) -> Choice<'_> {
        if let Some(reason) = self.dismissed.get(&follow.id) {
            return Choice::Dismiss(reason);
        }
        match standing {
            Standing::Dismissed(_) if self.reopened.contains(&follow.id) => Choice::Reopen,
            Standing::Open | Standing::Refused(_) => {
                let ticked = self.ticks.get(&follow.id).copied();
                Choice::Start(!self.closing && ticked.unwrap_or(by_itself))
            }
            _ => Choice::None,
        }
    }

    /// The line that the keys act on: the one that was gone to, else the first question without an answer, else the first that follows.
    #[must_use]
    pub fn active(&self, lines: &[Line<'_>]) -> Option<usize> {
        let chosen = self.at.as_ref().and_then(|at| lines.iter().position(|line| line.id() == *at));
        chosen.or_else(|| next_open(lines)).or_else(|| (!lines.is_empty()).then_some(0))
    }

    /// How many cases would be started.
    #[must_use]
    pub fn to_start(&self, facing: &Facing<'_>) -> usize {
        self.lines(facing).iter().filter(|line| line.starts()).count()
    }

    pub(crate) fn update(&mut self, input: SituationInput, facing: &Facing<'_>) -> Vec<Effect> {
        self.unknown = false;
        match input {
            SituationInput::Filter(text) => {
                self.filter = text;
                self.candidate = self.kinds(facing).first().map(|kind| kind.id.clone());
            }
            SituationInput::Choose(kind) => self.choose(kind),
            SituationInput::ChooseCandidate => {
                if let Some(kind) = self.candidate.clone() {
                    self.choose(kind);
                }
            }
            SituationInput::OtherKind if self.target == Target::Choose => {
                self.kind = None;
                self.answers.clear();
                self.ticks.clear();
                self.dismissed.clear();
            }
            SituationInput::OtherKind => {}
            SituationInput::Step(step) if self.kind.is_none() => {
                let kinds = self.kinds(facing);
                let at = kinds.iter().position(|kind| Some(&kind.id) == self.candidate.as_ref());
                self.candidate = step.from(at, kinds.len()).map(|to| kinds[to].id.clone());
            }
            SituationInput::Step(step) => {
                let lines = self.lines(facing);
                let to = step.from(self.active(&lines), lines.len());
                self.at = to.map(|to| lines[to].id());
            }
            SituationInput::Select(line) => self.at = Some(line),
            SituationInput::Answer(answer) => {
                if let Some(LineId::Question(question)) = self.active_id(facing) {
                    self.answer(question, answer, facing);
                }
            }
            SituationInput::AnswerTo(question, answer) => self.answer(question, answer, facing),
            SituationInput::Toggle => {
                if let Some(LineId::Follow(follow)) = self.active_id(facing) {
                    self.toggle(&follow, facing);
                }
            }
            SituationInput::ToggleOf(follow) => {
                self.at = Some(LineId::Follow(follow.clone()));
                self.toggle(&follow, facing);
            }
            SituationInput::Dismiss => {
                if let Some(LineId::Follow(follow)) = self.active_id(facing) {
                    self.begin_dismissing(follow, facing);
                }
            }
            SituationInput::DismissOf(follow) => self.begin_dismissing(follow, facing),
            SituationInput::Decline => {
                let declining = self.proposed().is_some() && !self.is_declining();
                if declining {
                    self.reason = Some(Reason { follow: None, text: String::new(), problem: None });
                }
            }
            SituationInput::Reason(text) => {
                if let Some(reason) = &mut self.reason {
                    reason.text = text;
                    reason.problem = None;
                }
            }
            SituationInput::ReasonDone => {
                self.take_reason();
            }
            SituationInput::Since(text) => {
                self.since = text;
                self.since_problem = None;
            }
            SituationInput::Close(closing) => self.closing = closing && self.is_open_already(),
        }
        Vec::new()
    }

    fn choose(&mut self, kind: LifeSituationId) {
        self.kind = Some(kind);
        self.at = None;
    }

    fn active_id(&self, facing: &Facing<'_>) -> Option<LineId> {
        let lines = self.lines(facing);
        self.active(&lines).map(|at| lines[at].id())
    }

    /// Takes an answer and goes on: to the next question without one, else to what follows.
    fn answer(&mut self, question: QuestionId, answer: Answer, facing: &Facing<'_>) {
        self.answers.insert(question, answer);
        self.at = None;
        let lines = self.lines(facing);
        self.at = next_open(&lines).map(|at| lines[at].id());
    }

    fn line_of<'a>(&'a self, follow: &FollowOnId, facing: &Facing<'a>) -> Option<FollowLine<'a>> {
        self.lines(facing).into_iter().find_map(|line| match line {
            Line::Follow(line) if line.follow.id == *follow => Some(line),
            _ => None,
        })
    }

    fn toggle(&mut self, follow: &FollowOnId, facing: &Facing<'_>) {
        if self.dismissed.remove(follow).is_some() {
            return;
        }
        let Some((standing, choice)) = self.line_of(follow, facing).map(|line| {
            let on = matches!(line.choice, Choice::Start(true));
            (matches!(line.standing, Standing::Dismissed(_)), (matches!(line.choice, Choice::Start(_)), on))
        }) else {
            return;
        };
        match (standing, choice) {
            (true, _) => {
                if !self.reopened.remove(follow) {
                    self.reopened.insert(follow.clone());
                }
            }
            (false, (true, on)) => {
                self.closing = false;
                self.ticks.insert(follow.clone(), !on);
            }
            (false, (false, _)) => {}
        }
    }

    fn begin_dismissing(&mut self, follow: FollowOnId, facing: &Facing<'_>) {
        let Some(line) = self.line_of(&follow, facing) else { return };
        if !matches!(line.standing, Standing::Open | Standing::Refused(_) | Standing::Elsewhere | Standing::Withheld) {
            return;
        }
        let text = self.dismissed.get(&follow).cloned().unwrap_or_default();
        self.at = Some(LineId::Follow(follow.clone()));
        self.reason = Some(Reason { follow: Some(follow), text, problem: None });
    }

    /// Takes the reason that was written; says whether there is none left to write.
    fn take_reason(&mut self) -> bool {
        let Some(reason) = &mut self.reason else { return true };
        let text = reason.text.trim().to_owned();
        reason.problem = match text.chars().count() {
            0 => Some(ReasonProblem::Missing),
            n if n > REASON_CHARS => Some(ReasonProblem::TooLong),
            _ => None,
        };
        if reason.problem.is_some() {
            return false;
        }
        if let Some(follow) = reason.follow.clone() {
            self.ticks.remove(&follow);
            self.dismissed.insert(follow, text);
            self.reason = None;
        }
        true
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Whether something was chosen or typed that Escape must not lose.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        let typed = self.reason.as_ref().is_some_and(|reason| !reason.text.trim().is_empty());
        let chosen = !(self.answers.is_empty() && self.ticks.is_empty());
        typed || chosen || self.closing || !(self.dismissed.is_empty() && self.reopened.is_empty())
    }
}

impl Line<'_> {
    /// Its name.
    #[must_use]
    pub fn id(&self) -> LineId {
        match self {
            Self::Question(question, _) => LineId::Question(question.id.clone()),
            Self::Follow(line) => LineId::Follow(line.follow.id.clone()),
        }
    }

    /// Whether its case is started when the sheet is done.
    #[must_use]
    pub const fn starts(&self) -> bool {
        matches!(self, Self::Follow(FollowLine { choice: Choice::Start(true), .. }))
    }
}

/// The first question without an answer, else the first thing that follows.
fn next_open(lines: &[Line<'_>]) -> Option<usize> {
    let open = lines.iter().position(|line| matches!(line, Line::Question(_, None)));
    open.or_else(|| lines.iter().position(|line| matches!(line, Line::Follow(_))))
}

/// A Danish text as it is sorted: æ, ø and å come last, in this order.
fn sorted(text: &str) -> String {
    text.to_lowercase().replace('æ', "zza").replace('ø', "zzb").replace('å', "zzc")
}

/// A text as it is compared: small letters, and æ, ø, å as they are typed without them.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}
