//! The citizen page: identity, every department's answer, life situations, the course of contacts, notes and promises, and the sheet that is
//! laid over it. What does not live here: judging a case's items, booking.

mod asking;
mod course;
pub mod follow;
mod overview;
mod settle;
pub mod timeline;
mod visit;

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::Purpose;
use skranke_api::access::BreakGlassView;
use skranke_api::appointments::Calendar;
use skranke_api::cases::ContactView;
use skranke_api::citizens::{CitizenView, HiddenField, Revealed};
use skranke_api::handovers::HandoverView;
use skranke_api::intake::HalfFinished;
use skranke_api::notes::{NoteView, PromiseView};
use skranke_api::overview::{CaseRow, Section};
use skranke_api::situations::SituationList;
use skranke_client::ClientError;
use skranke_domain::{CaseId, CitizenId, DepartmentId, FollowOnId, LifeSituationId, SituationId};

use crate::acting::Acting;
use crate::ask::{OversightReply, Question, Reply};
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::load::Load;
use crate::need::glass::GlassSheet;
use crate::need::{NeedSheet, ask_why, error_in, missing_in};
use crate::sheets::{Facing, Outcome, Sheet, SheetInput, SheetKind, WrapUpSheet};
use crate::stands::StandId;
pub(crate) use asking::Asking;
pub use course::{CourseInput, Earlier};
pub use follow::FollowInput;
pub use settle::OpenPapers;
pub(crate) use settle::{asked_by, is_to_ask};
pub use visit::Visit;

/// An answer that took longer comes while the page is already being read, in milliseconds.
const LATE_MS: u32 = 400;

/// How long a revealed number stays on the screen.
pub const REVEALED_FOR: Duration = Duration::from_secs(10);

const IDENTITY: u8 = 0;
const OVERVIEW: u8 = 1;
const CONTACTS: u8 = 2;
const APPOINTMENTS: u8 = 3;
const REVEAL: u8 = 4;
const NOTES: u8 = 5;
const PROMISES: u8 = 6;
const SITUATIONS: u8 = 7;
const HANDOVERS: u8 = 8;
/// One department asked again has a slot of its own, so that the page's other answers still count.
const ONE_DEPARTMENT: u8 = 9;
/// Earlier contacts are added to those that are here.
const EARLIER: u8 = 10;
const HALF_FINISHED: u8 = 11;
/// Opening what is withheld.
pub(crate) const GLASS: u8 = 12;
/// The open sheet's questions, from here on.
const SHEET: u8 = 64;

/// What is known of one department's cases.
#[derive(Clone, Debug)]
pub struct Source {
    /// The department.
    pub department: DepartmentId,
    /// Its last answer; none before the first.
    pub section: Option<Section>,
    /// Asked, and not answered yet.
    pub waiting: bool,
    /// The stream ended before it answered: what stands in `section` may be old, what does not is unknown.
    pub lost: bool,
    /// Its first answer came while the page was already being read: its place stays, so that nothing moves under the pointer.
    pub late: bool,
}

/// A life situation with its cases, in the order of their departments.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The situation; none gathers cases that belong to no situation.
    pub situation: Option<Headed<'a>>,
    /// Its cases, each with whether its department's answer is old.
    pub rows: Vec<Row<'a>>,
}

/// What heads a group: the situation as the counter opened it or as departments report it.
#[derive(Clone, Copy, Debug)]
pub struct Headed<'a> {
    /// Its identifier.
    pub id: SituationId,
    /// Its kind.
    pub kind: &'a LifeSituationId,
    /// Since when, or planned for when.
    pub since: Date,
    /// Who holds it together, with department.
    pub coordinator: Option<&'a str>,
    /// Nothing more follows: it stands last and is folded until somebody unfolds it.
    pub closed: bool,
}

/// A case on the citizen page.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The case.
    pub case: &'a CaseRow,
    /// When it was true, where its department did not answer just now.
    pub stale_since: Option<Timestamp>,
}

/// A hidden field while somebody looks at it.
#[derive(Clone, Debug)]
pub enum Reveal {
    /// Hidden.
    Hidden,
    /// Asked for.
    Fetching(HiddenField),
    /// On the screen for [`REVEALED_FOR`].
    Shown(Revealed),
    /// It could not be fetched.
    Failed(ClientError),
}

/// The page of one citizen.
#[derive(Clone, Debug)]
pub struct CitizenPage {
    /// Who.
    pub id: CitizenId,
    /// Why she was opened.
    pub purpose: Purpose,
    /// Her identity.
    pub identity: Load<CitizenView>,
    /// The departments, in the order in which they are shown; empty before the first line came.
    pub sources: Vec<Source>,
    /// Why the overview could not be asked for at all.
    pub overview_trouble: Option<ClientError>,
    /// Her contacts, newest first.
    pub contacts: Load<Vec<ContactView>>,
    /// How far back they reach.
    pub earlier: Earlier,
    /// Her appointments.
    pub appointments: Load<Calendar>,
    /// Her notes: attention first.
    pub notes: Load<Vec<NoteView>>,
    /// Promises made to her: overdue first.
    pub promises: Load<Vec<PromiseView>>,
    /// Her life situations as the counter opened them, and those that what happened proposes.
    pub situations: Load<SituationList>,
    /// Hand-overs about her.
    pub handovers: Load<Vec<HandoverView>>,
    /// Applications that she began and did not send.
    pub half_finished: Load<Vec<HalfFinished>>,
    /// The visit or call that this page was opened for.
    pub visit: Visit,
    /// The sheet that is laid over the page.
    pub sheet: Option<Sheet>,
    /// What asks why she is opened, before anything is shown.
    pub need: Option<NeedSheet>,
    /// What opens a withheld department in an emergency.
    pub glass: Option<GlassSheet>,
    /// What was opened so, and until when.
    pub opened: Vec<BreakGlassView>,
    pub(crate) glass_kept: Option<GlassSheet>,
    /// When this person looked last before this visit; kept from the first answer, since asking again is looking too.
    pub last_looked: Option<Timestamp>,
    /// The hidden field.
    pub reveal: Reveal,
    /// The case that the keys act on.
    pub selected: Option<CaseId>,
    /// Life situations folded away; of closed ones, those unfolded.
    pub folded: Vec<SituationId>,
    /// All missing papers are shown, not the first alone.
    pub all_missing: bool,
    /// The clerk chose a case herself: late answers no longer move the choice.
    chosen: bool,
    /// What follows from a life situation and the keys act on.
    pub follow: Option<(SituationId, FollowOnId)>,
    /// What was started here of what follows from life situations, so that it does not look open again while the page is asked for anew.
    begun: Vec<(SituationId, FollowOnId)>,
    /// Sheets that were left with something typed.
    kept: Vec<Sheet>,
    asking: Asking,
    stand: StandId,
    generation: u64,
    reveals: u64,
}

/// What happens on the citizen page.
#[derive(Clone, Debug)]
pub enum CitizenInput {
    /// Ask every source again (`F5`).
    AskAgain,
    /// Ask one department again.
    AskDepartment(DepartmentId),
    /// A sheet is opened, filled in, confirmed, left.
    Sheet(SheetInput),
    /// Something about the course of contacts, notes and promises that needs no sheet.
    Course(CourseInput),
    /// Something that usually follows from a life situation.
    Follow(FollowInput),
    /// Show a hidden field (`V`), or hide it again.
    Reveal(HiddenField),
    /// A case was chosen.
    Select(CaseId),
    /// The next or previous case (`↓`, `↑`).
    Step(Step),
    /// Fold or unfold a life situation.
    Fold(SituationId),
    /// Show all missing papers, or the first alone.
    UnfoldMissing,
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next.
    Next,
    /// The previous.
    Previous,
}

impl Step {
    /// The place after this step among `len`, staying at the ends.
    #[must_use]
    pub fn from(self, at: Option<usize>, len: usize) -> Option<usize> {
        if len == 0 {
            return None;
        }
        Some(match (self, at) {
            (_, None) => 0,
            (Self::Next, Some(at)) => (at + 1).min(len - 1),
            (Self::Previous, Some(at)) => at.saturating_sub(1),
        })
    }
}

impl CitizenPage {
    pub(crate) fn open(
        id: CitizenId,
        (purpose, asking): (Purpose, Asking),
        (stand, generation): (StandId, u64),
        now: Timestamp,
    ) -> (Self, Vec<Effect>) {
        let mut page = Self {
            id,
            visit: Visit::begin(&purpose, now),
            purpose,
            identity: Load::Idle,
            sources: Vec::new(),
            overview_trouble: None,
            contacts: Load::Idle,
            earlier: Earlier::default(),
            appointments: Load::Idle,
            notes: Load::Idle,
            promises: Load::Idle,
            situations: Load::Idle,
            handovers: Load::Idle,
            half_finished: Load::Idle,
            sheet: None,
            need: None,
            glass: None,
            opened: Vec::new(),
            glass_kept: None,
            last_looked: None,
            reveal: Reveal::Hidden,
            selected: None,
            folded: Vec::new(),
            all_missing: false,
            chosen: false,
            follow: None,
            begun: Vec::new(),
            kept: Vec::new(),
            asking,
            stand,
            generation,
            reveals: 0,
        };
        let effects = page.ask_all(now);
        (page, effects)
    }

    pub(crate) fn question(&self, slot: u8, question: Question) -> Effect {
        Effect::Ask(Ticket { room: Room::Citizen(self.stand), generation: self.generation, slot }, question)
    }

    pub(crate) fn ask_for_sheet(&self, slot: u8, question: Question) -> Effect {
        self.question(SHEET.saturating_add(slot), question)
    }

    /// Her full name, once it is known.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.identity.value().map(|known| format!("{} {}", known.given_name, known.surname)).unwrap_or_default()
    }

    pub(crate) fn update(&mut self, input: CitizenInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            CitizenInput::AskAgain => self.ask_all(acting.now),
            CitizenInput::AskDepartment(department) => self.ask_department(department, acting.now),
            CitizenInput::Sheet(input) => self.on_sheet(input, acting),
            CitizenInput::Course(input) => self.on_course(&input, acting),
            CitizenInput::Follow(input) => self.on_follow(&input, acting),
            CitizenInput::Reveal(field) => match &self.reveal {
                Reveal::Shown(shown) if shown.field == field => {
                    self.reveal = Reveal::Hidden;
                    Vec::new()
                }
                Reveal::Fetching(_) => Vec::new(),
                _ => {
                    self.reveal = Reveal::Fetching(field);
                    vec![self.question(REVEAL, Question::Reveal(self.id, field, self.purpose.clone()))]
                }
            },
            CitizenInput::Select(case) => {
                self.chosen = true;
                self.selected = Some(case);
                Vec::new()
            }
            CitizenInput::Step(step) => {
                self.chosen = true;
                let order: Vec<CaseId> = self
                    .groups()
                    .iter()
                    .filter(|g| !self.is_folded(g))
                    .flat_map(|g| g.rows.iter().map(|r| r.case.id))
                    .collect();
                let at = self.selected.and_then(|id| order.iter().position(|c| *c == id));
                if let Some(to) = step.from(at, order.len()) {
                    self.selected = Some(order[to]);
                }
                Vec::new()
            }
            CitizenInput::UnfoldMissing => {
                self.all_missing = !self.all_missing;
                Vec::new()
            }
            CitizenInput::Fold(id) => {
                if let Some(at) = self.folded.iter().position(|f| *f == id) {
                    self.folded.remove(at);
                } else {
                    self.folded.push(id);
                }
                Vec::new()
            }
        }
    }

    /// Whether a group is folded away.
    #[must_use]
    pub fn is_folded(&self, group: &Group<'_>) -> bool {
        group.situation.is_some_and(|s| self.folded.contains(&s.id) != s.closed)
    }

    pub(crate) fn woken(&mut self, generation: u64) {
        if generation == self.reveals {
            self.reveal = Reveal::Hidden;
        }
    }

    fn on_sheet(&mut self, input: SheetInput, acting: Acting<'_>) -> Vec<Effect> {
        match input {
            SheetInput::Open(opening) => {
                self.leave_sheet();
                if let Some(at) = self.kept.iter().position(|sheet| sheet.answers(&opening)) {
                    return self.lay_kept(at, acting);
                }
                let (sheet, effects) = Sheet::open(&opening, &Facing { page: self, acting });
                self.sheet = Some(sheet);
                effects
            }
            SheetInput::Leave => {
                self.leave_sheet();
                Vec::new()
            }
            SheetInput::Confirm => {
                let Some(mut sheet) = self.sheet.take() else { return Vec::new() };
                match sheet.confirm(&Facing { page: self, acting }) {
                    Outcome::Stay(effects) => {
                        self.sheet = Some(sheet);
                        effects
                    }
                    Outcome::Done(effects) => effects,
                    Outcome::Finished(effects) => {
                        self.visit.finished = true;
                        effects
                    }
                    Outcome::Verified(how, for_whom) => {
                        (self.visit.verified, self.visit.for_whom) = (how, for_whom);
                        Vec::new()
                    }
                }
            }
            input => {
                let Some(mut sheet) = self.sheet.take() else { return Vec::new() };
                let effects = sheet.update(input, &Facing { page: self, acting });
                self.sheet = Some(sheet);
                effects
            }
        }
    }

    /// The wrap-up that was begun and left, if one was.
    pub(crate) fn kept_wrap_up(&self) -> Option<&WrapUpSheet> {
        self.sheet.iter().chain(&self.kept).find_map(|sheet| match sheet {
            Sheet::WrapUp(sheet) if sheet.replaces.is_none() => Some(sheet),
            _ => None,
        })
    }

    /// What was typed and not sent, on the open sheet too.
    pub(crate) fn left_sheets(&self) -> impl Iterator<Item = &Sheet> {
        self.kept.iter().chain(self.sheet.iter().filter(|sheet| sheet.is_worth_keeping()))
    }

    /// The sheets that were left, and the open one, where something was typed.
    pub(crate) fn take_sheets(&mut self) -> Vec<Sheet> {
        self.leave_sheet();
        std::mem::take(&mut self.kept)
    }

    /// These sheets were left before, and are opened again by their keys.
    pub(crate) fn keep_sheets(&mut self, sheets: Vec<Sheet>) {
        self.kept.extend(sheets);
    }

    /// These sheets come from disk, or could not be kept there: the one that was open is laid again, where nothing else is.
    pub(crate) fn put_sheets_back(
        &mut self,
        sheets: Vec<Sheet>,
        lays: Option<SheetKind>,
        acting: Acting<'_>,
    ) -> Vec<Effect> {
        self.kept.extend(sheets);
        let at = lays.and_then(|kind| self.kept.iter().rposition(|sheet| sheet.kind() == kind));
        match at {
            Some(at) if self.sheet.is_none() => self.lay_kept(at, acting),
            _ => Vec::new(),
        }
    }

    fn lay_kept(&mut self, at: usize, acting: Acting<'_>) -> Vec<Effect> {
        let mut sheet = self.kept.remove(at);
        let effects = sheet.reopened(&Facing { page: self, acting });
        self.sheet = Some(sheet);
        effects
    }

    /// Lays a sheet that words a change in the outbox anew; one that was begun to that end and left comes back instead.
    pub(crate) fn lay_rewording(&mut self, sheet: Sheet, acting: Acting<'_>) -> Vec<Effect> {
        self.leave_sheet();
        let before = self.kept.iter().position(|one| one.replaces().is_some() && one.replaces() == sheet.replaces());
        match before {
            Some(at) => self.lay_kept(at, acting),
            None => {
                self.sheet = Some(sheet);
                Vec::new()
            }
        }
    }

    fn leave_sheet(&mut self) {
        if let Some(sheet) = self.sheet.take().filter(Sheet::is_worth_keeping) {
            self.kept.push(sheet);
        }
    }

    /// The answer to a question was kept on this machine.
    pub(crate) fn aged(&mut self, ticket: Ticket, as_of: Timestamp, why: &ClientError) {
        if ticket.generation != self.generation {
            return;
        }
        match ticket.slot {
            IDENTITY => {
                self.identity.aged(as_of, why);
                self.head_was_kept();
            }
            CONTACTS => self.contacts.aged(as_of, why),
            APPOINTMENTS => self.appointments.aged(as_of, why),
            NOTES => self.notes.aged(as_of, why),
            PROMISES => self.promises.aged(as_of, why),
            SITUATIONS => self.situations.aged(as_of, why),
            HANDOVERS => self.handovers.aged(as_of, why),
            HALF_FINISHED => self.half_finished.aged(as_of, why),
            _ => {}
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, acting: Acting<'_>) -> Vec<Effect> {
        if ticket.generation != self.generation {
            return Vec::new();
        }
        if let Some(slot) = ticket.slot.checked_sub(SHEET) {
            if let Some(mut sheet) = self.sheet.take() {
                sheet.replied(slot, reply, &Facing { page: self, acting });
                self.sheet = Some(sheet);
            }
            return Vec::new();
        }
        let now = acting.now;
        if let Some(need) = missing_in(&reply) {
            ask_why(&mut self.need, need, &self.purpose);
            self.why_is_asked(error_in(&reply), now);
        }
        match reply {
            Reply::Oversight(OversightReply::Opened(answer)) => return self.glass_broken(*answer, now),
            Reply::Citizen(answer) => {
                if let (None, Ok(known)) = (self.identity.value(), answer.as_ref()) {
                    self.last_looked = known.last_looked;
                }
                let given = answer.is_ok();
                self.identity.answer(*answer, now);
                return self.head_answered(given);
            }
            Reply::Overview(line) if ticket.slot == ONE_DEPARTMENT => self.one_department_line(*line),
            Reply::Notes(answer) => self.notes.answer(answer, now),
            Reply::Promises(answer) => self.promises.answer(answer, now),
            Reply::Situations(answer) => self.situations.answer(*answer, now),
            Reply::HalfFinished(answer) => self.half_finished.answer(answer, now),
            Reply::Handovers(answer) => self.handovers.answer(answer, now),
            Reply::Contacts(answer) if ticket.slot == EARLIER => self.earlier_came(answer),
            Reply::Contacts(answer) => self.contacts_came(answer, now),
            Reply::Calendar(answer) => self.appointments.answer(answer, now),
            Reply::Overview(line) => {
                self.overview_line(*line);
                if let Some(mut sheet) = self.sheet.take() {
                    sheet.page_came(&Facing { page: self, acting });
                    self.sheet = Some(sheet);
                }
            }
            Reply::Revealed(Ok(revealed)) => {
                self.reveals += 1;
                self.reveal = Reveal::Shown(revealed);
                let wake = Wake::HideRevealed { stand: self.stand, generation: self.reveals };
                return vec![Effect::Wake(REVEALED_FOR, wake)];
            }
            Reply::Revealed(Err(error)) => self.reveal = Reveal::Failed(error),
            _ => {}
        }
        Vec::new()
    }
}
