//! The citizen page: identity, every department's answer, life situations, contacts, appointments. What does not live here: judging a
//! case's items, booking.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_api::appointments::{Appointment, Calendar};
use skranke_api::cases::ContactView;
use skranke_api::citizens::{CitizenView, HiddenField, Revealed};
use skranke_api::overview::{Answer, CaseRow, OverviewLine, Section, Situation};
use skranke_client::ClientError;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{CaseId, CitizenId, DepartmentId, SituationId};

use crate::ask::{Question, Reply};
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::load::Load;

/// An answer that took longer comes while the page is already being read, in milliseconds.
const LATE_MS: u32 = 400;

/// How long a revealed number stays on the screen.
pub const REVEALED_FOR: Duration = Duration::from_secs(10);

const IDENTITY: u8 = 0;
const OVERVIEW: u8 = 1;
const CONTACTS: u8 = 2;
const APPOINTMENTS: u8 = 3;
const REVEAL: u8 = 4;

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
    pub situation: Option<&'a Situation>,
    /// Its cases, each with whether its department's answer is old.
    pub rows: Vec<Row<'a>>,
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
    /// Her appointments.
    pub appointments: Load<Calendar>,
    /// The hidden field.
    pub reveal: Reveal,
    /// The case that the keys act on.
    pub selected: Option<CaseId>,
    /// Life situations folded away.
    pub folded: Vec<SituationId>,
    /// The clerk chose a case herself: late answers no longer move the choice.
    chosen: bool,
    generation: u64,
    reveals: u64,
}

/// What happens on the citizen page.
#[derive(Clone, Debug)]
pub enum CitizenInput {
    /// Ask every source again (`F5`).
    AskAgain,
    /// Show a hidden field (`V`), or hide it again.
    Reveal(HiddenField),
    /// A case was chosen.
    Select(CaseId),
    /// The next or previous case (`↓`, `↑`).
    Step(Step),
    /// Fold or unfold a life situation.
    Fold(SituationId),
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
    pub(crate) fn open(id: CitizenId, purpose: Purpose, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut page = Self {
            id,
            purpose,
            identity: Load::Idle,
            sources: Vec::new(),
            overview_trouble: None,
            contacts: Load::Idle,
            appointments: Load::Idle,
            reveal: Reveal::Hidden,
            selected: None,
            folded: Vec::new(),
            chosen: false,
            generation,
            reveals: 0,
        };
        let effects = page.ask_all(now);
        (page, effects)
    }

    fn ask_all(&mut self, now: Timestamp) -> Vec<Effect> {
        self.identity.ask(now);
        self.contacts.ask(now);
        for source in &mut self.sources {
            source.waiting = true;
        }
        self.overview_trouble = None;
        let mut effects = vec![
            Effect::Abandon(Room::Citizen),
            self.question(IDENTITY, Question::Citizen(self.id, self.purpose.clone())),
            self.question(OVERVIEW, Question::Overview(self.id, self.purpose.clone())),
            self.question(CONTACTS, Question::Contacts(self.id, self.purpose.clone())),
        ];
        effects.extend(self.ask_appointments(now));
        effects
    }

    /// Asks for her appointments again: one was booked or moved.
    pub(crate) fn ask_appointments(&mut self, now: Timestamp) -> Vec<Effect> {
        self.appointments.ask(now);
        vec![self.question(APPOINTMENTS, Question::CitizenAppointments(self.id, self.purpose.clone()))]
    }

    fn question(&self, slot: u8, question: Question) -> Effect {
        Effect::Ask(Ticket { room: Room::Citizen, generation: self.generation, slot }, question)
    }

    pub(crate) fn update(&mut self, input: CitizenInput, now: Timestamp) -> Vec<Effect> {
        match input {
            CitizenInput::AskAgain => self.ask_all(now),
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
        group.situation.is_some_and(|s| self.folded.contains(&s.id))
    }

    pub(crate) fn woken(&mut self, generation: u64) {
        if generation == self.reveals {
            self.reveal = Reveal::Hidden;
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        if ticket.generation != self.generation {
            return Vec::new();
        }
        match reply {
            Reply::Citizen(answer) => self.identity.answer(*answer, now),
            Reply::Contacts(answer) => self.contacts.answer(answer.map(|page| page.items), now),
            Reply::Calendar(answer) => self.appointments.answer(answer, now),
            Reply::Overview(line) => self.overview_line(*line),
            Reply::Revealed(Ok(revealed)) => {
                self.reveals += 1;
                self.reveal = Reveal::Shown(revealed);
                return vec![Effect::Wake(REVEALED_FOR, Wake::HideRevealed { generation: self.reveals })];
            }
            Reply::Revealed(Err(error)) => self.reveal = Reveal::Failed(error),
            _ => {}
        }
        Vec::new()
    }

    fn overview_line(&mut self, line: Result<OverviewLine, ClientError>) {
        match line {
            Ok(OverviewLine::Departments { departments, .. }) => {
                let mut old: BTreeMap<DepartmentId, Source> =
                    std::mem::take(&mut self.sources).into_iter().map(|s| (s.department.clone(), s)).collect();
                self.sources = departments
                    .into_iter()
                    .map(|department| {
                        let known = old.remove(&department);
                        let late = known.as_ref().is_some_and(|s| s.late);
                        let section = known.and_then(|s| s.section);
                        Source { department, section, waiting: true, lost: false, late }
                    })
                    .collect();
            }
            Ok(OverviewLine::Section(section)) => {
                if let Some(source) = self.sources.iter_mut().find(|s| s.department == section.department) {
                    source.waiting = false;
                    source.lost = false;
                    source.late |= source.section.is_none() && section.took_ms > LATE_MS;
                    source.section = Some(section);
                }
                if !self.chosen {
                    self.selected = self.first_open_case();
                }
            }
            Ok(OverviewLine::End) => self.end_waiting(None),
            Err(error) => self.end_waiting(Some(error)),
        }
    }

    fn end_waiting(&mut self, trouble: Option<ClientError>) {
        for source in self.sources.iter_mut().filter(|s| s.waiting) {
            source.waiting = false;
            source.lost = true;
        }
        self.overview_trouble = trouble;
    }

    fn first_open_case(&self) -> Option<CaseId> {
        self.groups()
            .iter()
            .flat_map(|g| g.rows.iter())
            .find(|r| r.case.column != skranke_domain::case::Column::Closed)
            .map(|r| r.case.id)
    }

    /// A case changed: its row follows at once.
    pub(crate) fn put_row(&mut self, row: &CaseRow) {
        for source in &mut self.sources {
            let Some(section) = &mut source.section else { continue };
            let (Answer::Answered { cases, .. } | Answer::Stale { cases, .. }) = &mut section.answer else { continue };
            if let Some(place) = cases.iter_mut().find(|c| c.id == row.id) {
                *place = row.clone();
            }
        }
    }

    /// Every case that is known, with its department's staleness.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.sources.iter().filter_map(|s| s.section.as_ref()).flat_map(|section| {
            let (cases, stale_since): (&[CaseRow], _) = match &section.answer {
                Answer::Answered { cases, .. } => (cases, None),
                Answer::Stale { cases, .. } => (cases, section.as_of),
                Answer::Unavailable { .. } | Answer::Withheld => (&[], None),
            };
            cases.iter().map(move |case| Row { case, stale_since })
        })
    }

    /// The life situations with their cases, in the order of their days; those that only late departments report stand behind, so that
    /// what is being read stays where it is. Cases without a situation come last.
    #[must_use]
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut found: Vec<(bool, &Situation)> = Vec::new();
        for source in &self.sources {
            let Some(Answer::Answered { situations, .. } | Answer::Stale { situations, .. }) =
                source.section.as_ref().map(|section| &section.answer)
            else {
                continue;
            };
            for situation in situations {
                match found.iter_mut().find(|(_, known)| known.id == situation.id) {
                    Some((late, _)) => *late &= source.late,
                    None => found.push((source.late, situation)),
                }
            }
        }
        found.sort_by_key(|(late, situation)| (*late, situation.since, situation.id));
        let mut groups: Vec<Group<'_>> =
            found.into_iter().map(|(_, situation)| Group { situation: Some(situation), rows: Vec::new() }).collect();
        let mut loose = Group { situation: None, rows: Vec::new() };
        for row in self.rows() {
            let home = groups
                .iter_mut()
                .find(|g| row.case.situation.is_some() && g.situation.map(|s| s.id) == row.case.situation);
            match home {
                Some(group) => group.rows.push(row),
                None => loose.rows.push(row),
            }
        }
        if !loose.rows.is_empty() {
            groups.push(loose);
        }
        groups
    }

    /// The case that the keys act on.
    #[must_use]
    pub fn selected_row(&self) -> Option<Row<'_>> {
        let id = self.selected?;
        self.rows().find(|r| r.case.id == id)
    }

    /// Her next appointment that still counts.
    #[must_use]
    pub fn next_appointment(&self, now: Timestamp) -> Option<&Appointment> {
        self.appointments
            .value()?
            .items
            .iter()
            .filter(|a| matches!(a.status, AppointmentStatus::Booked | AppointmentStatus::Arrived) && a.end > now)
            .min_by_key(|a| a.start)
    }

    /// How many sources answered just now, and how many there are.
    #[must_use]
    pub fn live_sources(&self) -> (usize, usize) {
        let live = self
            .sources
            .iter()
            .filter(|s| !s.lost && matches!(s.section.as_ref().map(|s| &s.answer), Some(Answer::Answered { .. })))
            .count();
        (live, self.sources.len())
    }
}
