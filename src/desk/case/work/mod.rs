//! The sheets of the case page: assign, rest and extend, ask a colleague, write a note, say facts, lift, relate, decide. What lives here:
//! which one is open, what was typed in others, how they send. What does not: each of them (a file each).

mod again;
pub mod answer;
pub mod ask;
pub mod assign;
pub mod course;
pub mod decide;
pub mod facts;
pub mod lift;
pub mod note;
pub mod relate;
pub mod seek;
pub mod step;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use skranke_api::cases::CaseView;
use skranke_api::handovers::Colleague;
use skranke_client::http::Tagged;
use skranke_client::outbox::{Author, Basis, Deed, Draft, FieldKey, Label, Place};
use skranke_domain::authority::Role;
use skranke_domain::decision::{DecisionRefusal, DecisionStep};
use skranke_domain::{AskId, CommandId, Localized, StaffId};

pub(super) use self::again::Laid;
pub use self::answer::AnswerSheet;
pub use self::ask::{AskInput, AskSheet};
pub use self::assign::{AssignInput, AssignSheet};
pub use self::course::{CourseInput, CourseSheet};
pub use self::decide::{DecideInput, DecideSheet};
pub use self::facts::{FactsInput, FactsSheet};
pub use self::lift::LiftSheet;
pub use self::note::{CaseNoteInput, CaseNoteSheet};
pub use self::relate::{RelateInput, RelateSheet};
pub use self::seek::{SeekInput, Seeker};
pub use self::step::{StepInput, StepSheet};
use super::CasePage;
use crate::acting::Acting;
use crate::ask::{Question, Reply};
use crate::dates::DateProblem;
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;
use crate::session::Line;
use crate::stands::StandId;

/// The questions of the sheets and of the decision panel, from here on.
pub(crate) const SLOTS: u8 = 64;
const SECONDS: u8 = SLOTS;
pub(super) const CALL: u8 = SLOTS + 1;
const SHEET: u8 = SLOTS + 2;

/// The longest reason in words, in characters.
pub const REASON_CHARS: usize = 500;

/// Which sheet it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WorkKind {
    /// Make somebody responsible, or nobody.
    Assign,
    /// Rest it, go on with it, give it more time.
    Course,
    /// Ask a colleague.
    Ask,
    /// Answer a question, or take one's own back.
    Answer(AskId),
    /// Write a note.
    Note,
    /// Say facts.
    Facts,
    /// Lift it to the newest version of its procedure.
    Lift,
    /// Relate it to another case, or part them.
    Relate,
    /// Propose a decision.
    Decide,
    /// Take its decision a step further.
    Step(DecisionStep),
}

/// The sheet that is laid over the case page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum CaseSheet {
    /// Make somebody responsible, or nobody.
    #[serde(skip)]
    Assign(AssignSheet),
    /// Rest it, go on with it, give it more time.
    Course(CourseSheet),
    /// Ask a colleague.
    Ask(AskSheet),
    /// Answer a question, or take one's own back.
    Answer(AnswerSheet),
    /// Write a note.
    Note(CaseNoteSheet),
    /// Say facts.
    Facts(FactsSheet),
    /// Lift it to the newest version of its procedure.
    #[serde(skip)]
    Lift(LiftSheet),
    /// Relate it to another case, or part them.
    #[serde(skip)]
    Relate(RelateSheet),
    /// Propose a decision.
    Decide(Box<DecideSheet>),
    /// Take its decision a step further.
    Step(StepSheet),
}

/// What happens on the sheets.
#[derive(Clone, Debug)]
pub enum WorkInput {
    /// Open one.
    Open(WorkKind),
    /// Ask this colleague to be the second pair of eyes.
    AskSecond(StaffId),
    /// Leave the sheet; what was typed stays.
    Close,
    /// It is done.
    Confirm,
    /// Open the page that is printed before the visit.
    Summary,
    /// On the line that finds somebody.
    Seek(SeekInput),
    /// On the sheet that makes somebody responsible.
    Assign(AssignInput),
    /// On the sheet for its course.
    Course(CourseInput),
    /// On the sheet that asks a colleague.
    Ask(AskInput),
    /// The answer to a colleague was typed.
    Answer(String),
    /// On the sheet for a note.
    Note(CaseNoteInput),
    /// On the sheet for facts.
    Facts(FactsInput),
    /// Ask again what a newer version would change.
    LiftAgain,
    /// On the sheet for related cases.
    Relate(RelateInput),
    /// On the sheet for a decision.
    Decide(DecideInput),
    /// On the sheet that takes a decision further.
    Step(StepInput),
}

/// Why a sheet cannot send yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Something must be written.
    Empty,
    /// It is too long, by so many characters.
    TooLong(usize),
    /// Nobody was chosen.
    NoReceiver,
    /// She is responsible already.
    AlreadyHers,
    /// Nothing was chosen.
    NothingChosen,
    /// A day was not understood.
    Day(DateProblem),
    /// The day is not late enough.
    TooEarly,
    /// A fact is not a whole number.
    NotANumber,
    /// It rests already, or does not rest.
    NotNow,
    /// What it rests on is not here yet.
    NotHereYet,
    /// Nothing differs.
    NothingDiffers,
    /// So many papers are open.
    ItemsOpen(usize),
    /// Judgements of hers are not confirmed: a decision rests on what is.
    Unsent,
    /// A decision waits for the line.
    LineDown,
    /// The authority that it is passed on to is missing.
    NoAuthority,
    /// The rules of decisions say no.
    Rule(DecisionRefusal),
    /// She may not.
    MayNot,
    /// It is not known who is signed in.
    NobodySignedIn,
    /// It could not be written down.
    NotKept,
}

/// The sheets of one case: the open one, and what was typed in others.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Work {
    /// The open one.
    pub sheet: Option<CaseSheet>,
    /// Why the open one did not send.
    #[serde(skip)]
    pub trouble: Option<Trouble>,
    /// Colleagues at the department of the case, for a second pair of eyes.
    #[serde(skip)]
    pub seconds: Load<Vec<Colleague>>,
    /// Which opening of the page asked for them.
    #[serde(skip)]
    asked_by: Option<u64>,
    /// Conflicts that were left for later.
    #[serde(skip)]
    pub(super) put_off: BTreeSet<CommandId>,
    kept: Vec<CaseSheet>,
    /// What was open when it was taken up from disk: it is laid again as soon as the case is known.
    #[serde(skip)]
    pub(super) lays: Option<Laid>,
}

/// What a sheet sees of the case it belongs to, and who acts.
#[derive(Clone, Copy, Debug)]
pub struct CaseFacing<'a> {
    /// The page.
    pub page: &'a CasePage,
    /// The case.
    pub view: &'a Tagged<CaseView>,
    /// Who acts, when.
    pub acting: Acting<'a>,
}

impl CaseFacing<'_> {
    fn ask(&self, slot: u8, question: Question) -> Effect {
        Effect::Ask(self.page.ticket(SHEET.saturating_add(slot)), question)
    }

    fn author(&self) -> Result<Author, Trouble> {
        self.acting.author(self.view.value.row.citizen).ok_or(Trouble::NobodySignedIn)
    }

    fn label(&self, deed: Deed, about: Option<Localized>, text: impl Into<String>) -> Label {
        Label::Deed { citizen_name: self.view.value.citizen_name.clone(), deed, about, text: text.into() }
    }

    /// A change of something of the case that has a version of its own.
    fn change(
        &self,
        (path, field): (String, &str),
        seen: &skranke_api::ETag,
        body: &impl Serialize,
        label: Label,
    ) -> Result<Draft, Trouble> {
        let basis = self.acting.pending.basis(&path, Some(seen)).unwrap_or_else(|| Basis::Version(seen.clone()));
        let draft = Draft::change(self.author()?, (path, FieldKey::new(field)), basis, body, label);
        Ok(draft.map_err(|_| Trouble::NotKept)?.of_case(self.view.value.row.id))
    }

    /// Something new about the case.
    fn create(
        &self,
        resource: String,
        posted_to: String,
        body: &impl Serialize,
        label: Label,
    ) -> Result<Draft, Trouble> {
        let draft = Draft::create(self.author()?, Place { resource, posted_to }, body, label);
        Ok(draft.map_err(|_| Trouble::NotKept)?.of_case(self.view.value.row.id))
    }

    /// A decision waits for the line: nobody decides on what may have changed since.
    const fn line(&self) -> Result<(), Trouble> {
        match self.acting.session.line {
            Line::Down { .. } => Err(Trouble::LineDown),
            Line::Starting | Line::Up => Ok(()),
        }
    }
}

/// The words of a reason as they are sent.
fn words(text: &str, most: usize) -> Result<String, Trouble> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Trouble::Empty),
        count if count > most => Err(Trouble::TooLong(count - most)),
        _ => Ok(text.to_owned()),
    }
}

/// What only needs somebody allowed to.
const fn allowed(may: bool) -> Result<(), Trouble> {
    if may { Ok(()) } else { Err(Trouble::MayNot) }
}

impl CaseSheet {
    fn open(kind: WorkKind, facing: &CaseFacing<'_>) -> Option<(Self, Vec<Effect>)> {
        fn opened<S>(
            (sheet, effects): (S, Vec<Effect>),
            wrap: impl FnOnce(S) -> CaseSheet,
        ) -> (CaseSheet, Vec<Effect>) {
            (wrap(sheet), effects)
        }
        Some(match kind {
            WorkKind::Assign => opened(AssignSheet::open(facing), Self::Assign),
            WorkKind::Course => (Self::Course(CourseSheet::open(facing)), Vec::new()),
            WorkKind::Ask => opened(AskSheet::open(facing), Self::Ask),
            WorkKind::Answer(id) => (Self::Answer(AnswerSheet::open(id, facing)?), Vec::new()),
            WorkKind::Note => (Self::Note(CaseNoteSheet::default()), Vec::new()),
            WorkKind::Facts => (Self::Facts(FactsSheet::open(facing)), Vec::new()),
            WorkKind::Lift => opened(LiftSheet::open(facing), Self::Lift),
            WorkKind::Relate => opened(RelateSheet::open(facing), Self::Relate),
            WorkKind::Decide => (Self::Decide(Box::new(DecideSheet::open(facing))), Vec::new()),
            WorkKind::Step(step) => (Self::Step(StepSheet::open(step, facing)?), Vec::new()),
        })
    }

    /// Which it is.
    #[must_use]
    pub const fn kind(&self) -> WorkKind {
        match self {
            Self::Assign(_) => WorkKind::Assign,
            Self::Course(_) => WorkKind::Course,
            Self::Ask(_) => WorkKind::Ask,
            Self::Answer(sheet) => WorkKind::Answer(sheet.ask),
            Self::Note(_) => WorkKind::Note,
            Self::Facts(_) => WorkKind::Facts,
            Self::Lift(_) => WorkKind::Lift,
            Self::Relate(_) => WorkKind::Relate,
            Self::Decide(_) => WorkKind::Decide,
            Self::Step(sheet) => WorkKind::Step(sheet.step),
        }
    }

    fn is_worth_keeping(&self) -> bool {
        match self {
            // Choosing somebody is a key; only words are worth keeping.
            Self::Assign(_) | Self::Lift(_) | Self::Relate(_) => false,
            Self::Course(sheet) => !sheet.reason.trim().is_empty(),
            Self::Ask(sheet) => !sheet.text.trim().is_empty(),
            Self::Answer(sheet) => !sheet.text.trim().is_empty(),
            Self::Note(sheet) => !sheet.text.trim().is_empty(),
            Self::Facts(sheet) => sheet.is_touched(),
            Self::Decide(sheet) => sheet.is_touched(),
            Self::Step(sheet) => !sheet.reason.trim().is_empty(),
        }
    }

    /// The change in the outbox that it words anew, if it does.
    #[must_use]
    pub fn replaces(&self) -> Option<CommandId> {
        match self {
            Self::Note(sheet) => sheet.replaces.map(|(id, _)| id),
            _ => None,
        }
    }

    /// What it had fetched is fetched anew where it comes from disk.
    fn fetch(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        match self {
            Self::Ask(sheet) => sheet.seeker.fetch(facing),
            _ => Vec::new(),
        }
    }

    fn update(&mut self, input: WorkInput, facing: &CaseFacing<'_>) -> Vec<Effect> {
        match (self, input) {
            (Self::Assign(sheet), WorkInput::Seek(input)) => return sheet.seeker.update(input, facing),
            (Self::Assign(sheet), WorkInput::Assign(input)) => sheet.update(input, facing),
            (Self::Course(sheet), WorkInput::Course(input)) => sheet.update(input),
            (Self::Ask(sheet), WorkInput::Seek(input)) => return sheet.seeker.update(input, facing),
            (Self::Ask(sheet), WorkInput::Ask(input)) => sheet.update(input, facing),
            (Self::Answer(sheet), WorkInput::Answer(text)) => sheet.text = text,
            (Self::Note(sheet), WorkInput::Note(input)) => sheet.update(input),
            (Self::Facts(sheet), WorkInput::Facts(input)) => sheet.update(input),
            (Self::Lift(sheet), WorkInput::LiftAgain) => return sheet.seek(facing),
            (Self::Relate(sheet), WorkInput::Relate(input)) => return sheet.update(input, facing),
            (Self::Decide(sheet), WorkInput::Decide(input)) => sheet.update(input, facing),
            (Self::Step(sheet), WorkInput::Step(input)) => sheet.update(input),
            _ => {}
        }
        Vec::new()
    }

    fn drafts(&self, facing: &CaseFacing<'_>) -> Result<Vec<Draft>, Trouble> {
        match self {
            Self::Assign(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Course(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Ask(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Answer(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Note(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Facts(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Lift(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Relate(sheet) => Ok(vec![sheet.draft(facing)?]),
            Self::Decide(sheet) => sheet.drafts(facing),
            Self::Step(sheet) => Ok(vec![sheet.draft(facing)?]),
        }
    }

    fn replied(&mut self, slot: u8, reply: Reply, facing: &CaseFacing<'_>) {
        match self {
            Self::Assign(sheet) => sheet.seeker.replied(slot, reply, facing),
            Self::Ask(sheet) => sheet.seeker.replied(slot, reply, facing),
            Self::Lift(sheet) => sheet.replied(reply, facing),
            Self::Relate(sheet) => sheet.replied(reply, facing),
            _ => {}
        }
    }
}

impl Work {
    /// What was typed in sheets that are closed.
    #[must_use]
    pub fn keeps(&self, kind: WorkKind) -> bool {
        self.kept.iter().any(|sheet| sheet.kind() == kind && sheet.replaces().is_none())
    }

    fn leave(&mut self) {
        self.trouble = None;
        if let Some(sheet) = self.sheet.take().filter(CaseSheet::is_worth_keeping) {
            self.kept.retain(|kept| kept.kind() != sheet.kind() || kept.replaces() != sheet.replaces());
            self.kept.push(sheet);
        }
    }

    fn open(&mut self, kind: WorkKind, facing: &CaseFacing<'_>) -> Vec<Effect> {
        self.leave();
        if let Some(at) = self.kept.iter().position(|sheet| sheet.kind() == kind && sheet.replaces().is_none()) {
            let mut sheet = self.kept.remove(at);
            let effects = sheet.fetch(facing);
            self.sheet = Some(sheet);
            return effects;
        }
        match CaseSheet::open(kind, facing) {
            Some((sheet, effects)) => {
                self.sheet = Some(sheet);
                effects
            }
            None => Vec::new(),
        }
    }

    fn update(&mut self, input: WorkInput, facing: &CaseFacing<'_>) -> Vec<Effect> {
        self.trouble = None;
        match input {
            WorkInput::Open(kind) => self.open(kind, facing),
            WorkInput::AskSecond(id) => {
                let effects = self.open(WorkKind::Ask, facing);
                let colleague = self.seconds.value().and_then(|all| all.iter().find(|one| one.id == id));
                if let (Some(CaseSheet::Ask(sheet)), Some(colleague)) = (&mut self.sheet, colleague) {
                    sheet.seek_second(colleague);
                }
                effects
            }
            WorkInput::Close => {
                self.leave();
                Vec::new()
            }
            WorkInput::Summary => vec![Effect::OpenSummary(facing.page.id)],
            WorkInput::Confirm => self.confirm(facing),
            input => self.sheet.as_mut().map(|sheet| sheet.update(input, facing)).unwrap_or_default(),
        }
    }

    fn confirm(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        match sheet.drafts(facing) {
            Ok(drafts) => {
                let replaces = sheet.replaces();
                self.sheet = None;
                let effect = |draft: Draft| match replaces {
                    Some(id) => Effect::Replace(id, Box::new(draft)),
                    None => Effect::Enqueue(Box::new(draft)),
                };
                drafts.into_iter().map(effect).collect()
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                Vec::new()
            }
        }
    }
}

impl CasePage {
    pub(super) const fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Case(self.stand), generation: self.generation, slot }
    }

    pub(super) fn work_step(&mut self, input: WorkInput, acting: Acting<'_>) -> Vec<Effect> {
        let mut work = std::mem::take(&mut self.work);
        let effects = match (self.view.value(), input) {
            (Some(view), input) => work.update(input, &CaseFacing { page: self, view, acting }),
            (None, _) => {
                work.leave();
                Vec::new()
            }
        };
        self.work = work;
        effects
    }

    /// A reply for the sheets, the decision panel or the dialog that settles a conflict.
    pub(crate) fn work_replied(&mut self, ticket: Ticket, reply: Reply, acting: Acting<'_>) {
        if ticket.generation != self.generation {
            return;
        }
        match (ticket.slot, reply) {
            (SECONDS, Reply::Colleagues(answer)) => self.work.seconds.answer(answer, acting.now),
            (CALL, Reply::Colleagues(answer)) => {
                if let Some(conflict) = &mut self.conflict {
                    conflict.colleagues.answer(answer, acting.now);
                }
            }
            (slot, reply) if slot >= SHEET => {
                let mut work = std::mem::take(&mut self.work);
                if let (Some(sheet), Some(view)) = (&mut work.sheet, self.view.value()) {
                    sheet.replied(slot - SHEET, reply, &CaseFacing { page: self, view, acting });
                }
                self.work = work;
            }
            _ => {}
        }
    }

    /// Once the case is known, so is whose eyes may be the second: they are asked for once.
    pub(crate) fn ask_seconds(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(view) = self.view.value() else { return Vec::new() };
        if self.work.asked_by == Some(self.generation) {
            return Vec::new();
        }
        // A page that was closed and opened again begins without a sheet; what was typed in it is kept.
        self.work.leave();
        self.work.asked_by = Some(self.generation);
        let tag = acting.session.tag(&view.value.row.department).to_owned();
        self.work.seconds.ask(acting.now);
        let mut effects = vec![Effect::Ask(self.ticket(SECONDS), Question::Colleagues(tag))];
        effects.extend(self.lay_again(acting));
        effects
    }

    /// Who may be the second pair of eyes: somebody of the department who decides, and never who proposes.
    pub fn seconds(&self, proposer: Option<StaffId>) -> impl Iterator<Item = &Colleague> {
        let department = self.view.value().map(|view| &view.value.row.department);
        let all = self.work.seconds.value().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(move |one| {
            Some(one.id) != proposer
                && Some(&one.department) == department
                && matches!(one.role, Role::Caseworker | Role::TeamLeader)
        })
    }

    /// The stand at which it is open.
    #[must_use]
    pub const fn stand(&self) -> StandId {
        self.stand
    }
}
