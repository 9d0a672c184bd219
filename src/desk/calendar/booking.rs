//! The booking being written: for whom and what, the time that was taken, what she must bring, what would make the visit wasted. What does
//! not live here: its steps (`writing`), which times are free (`finder`), keeping one (`holding`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::appointments::{Appointment, Slot, StaffRef};
use skranke_api::visits::{Guard, PlanRequest, VisitPlan};
use skranke_domain::appointment::{AppointmentStatus, RebookCause};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{AppointmentId, CaseId, CitizenId, Localized, ProcedureId, SiteId};

use super::finder::With;
use super::holding::Hold;
use super::waiting::Wish;
use crate::load::Load;

pub(super) const FREE: u8 = 0;
pub(super) const HOLD: u8 = 1;
pub(super) const RELEASE: u8 = 2;
pub(super) const PLAN: u8 = 3;
pub(super) const IDENTITY: u8 = 4;
pub(super) const WAITING: u8 = 5;
pub(super) const FITS: u8 = 6;
pub(super) const FEED: u8 = 7;

/// Minutes when the procedure does not say.
pub const DEFAULT_MINUTES: u16 = 30;
/// The most cases that one visit is for.
const MOST_CASES: usize = 10;

/// A case of hers that the visit may be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The case.
    pub case: CaseId,
    /// Its procedure.
    pub procedure: ProcedureId,
    /// Its name.
    pub title: Localized,
}

/// What a booking is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingFor {
    /// The citizen.
    pub citizen: CitizenId,
    /// Her name as the page shows it.
    pub citizen_name: String,
    /// `DDMMYY-••••`, once it is known.
    pub cpr_masked: Option<String>,
    /// Languages she speaks, best first.
    pub languages: Vec<LanguageCode>,
    /// The language she needs an interpreter for.
    pub interpreter: Option<LanguageCode>,
    /// The cases.
    pub cases: Vec<CaseId>,
    /// The first case's name.
    pub title: Option<Localized>,
    /// The first case's procedure.
    pub procedure: Option<ProcedureId>,
    /// Her open cases, as far as they are known: it can be for any of them.
    pub choices: Vec<Choice>,
    /// Papers still open that are due before the visit, as far as her page knows them.
    pub open_papers: Vec<Localized>,
    /// Minutes that the procedure takes for one person.
    pub minutes: u16,
    /// Minutes that are not to be worked out anew: those of the time it stands for.
    pub chosen_minutes: Option<u16>,
    /// How many people come.
    pub people: u16,
    /// Her own caseworker.
    pub with: Option<StaffRef>,
    /// The appointment that it stands for, and why she has to come again.
    pub replaces: Option<(AppointmentId, Option<RebookCause>)>,
    /// The wish for an earlier time that it fulfils, where that does not end by itself.
    pub wish: Option<Wish>,
}

impl BookingFor {
    /// A booking for a citizen, for nothing yet.
    #[must_use]
    pub fn of(citizen: CitizenId, citizen_name: impl Into<String>) -> Self {
        Self {
            citizen,
            citizen_name: citizen_name.into(),
            cpr_masked: None,
            languages: Vec::new(),
            interpreter: None,
            cases: Vec::new(),
            title: None,
            procedure: None,
            choices: Vec::new(),
            open_papers: Vec::new(),
            minutes: DEFAULT_MINUTES,
            chosen_minutes: None,
            people: 1,
            with: None,
            replaces: None,
            wish: None,
        }
    }

    /// The booking that stands for an appointment that was missed, cancelled, or is to be another time: nothing is typed again.
    #[must_use]
    pub fn again(appointment: &Appointment) -> Self {
        let minutes = (appointment.end.as_second() - appointment.start.as_second()) / 60;
        let minutes = u16::try_from(minutes).unwrap_or(DEFAULT_MINUTES);
        let cause = match appointment.status {
            // The server knows that she did not come.
            AppointmentStatus::Noshow => None,
            _ => Some(RebookCause::OwnWish),
        };
        Self {
            cases: appointment.cases.clone(),
            title: appointment.title.clone(),
            interpreter: appointment.interpreter.as_ref().map(|interpreter| interpreter.language.clone()),
            minutes,
            chosen_minutes: Some(minutes),
            people: appointment.people,
            with: appointment.with.clone(),
            replaces: Some((appointment.id, cause)),
            ..Self::of(appointment.citizen, appointment.citizen_short.clone())
        }
    }
}

/// What of a plan is laid open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unfolded {
    /// The list.
    #[default]
    List,
    /// What is sent, word for word.
    Texts,
    /// What is read aloud on the phone.
    Script,
}

/// Why it is not as it was wished, since the last step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingTrouble {
    /// Somebody else took the time that began then.
    Taken(Timestamp),
    /// The time that was wished is not free.
    NotFree,
    /// The time is over.
    Past,
    /// It could not be written down.
    NotKept,
}

/// Why it cannot be booked yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotBook {
    /// No case is named.
    NoCase,
    /// No time is taken.
    NoTime,
    /// The time is over.
    Past,
    /// What she must bring is asked for.
    ListAwaited,
    /// What she must bring is not known: that must be accepted first.
    ListUnknown,
    /// A warning must be accepted first.
    Warned,
    /// It waits for the time to be kept.
    Holding,
}

/// A booking being written.
#[derive(Clone, Debug)]
pub struct Booking {
    /// What for.
    pub what: BookingFor,
    /// The time that was taken from the free ones.
    pub slot: Option<Slot>,
    /// The appointment that it becomes.
    pub id: AppointmentId,
    /// How far the time is kept.
    pub hold: Hold,
    /// What she needs.
    pub plan: Load<VisitPlan>,
    /// The language of what is sent, where it is not to be her own.
    pub language: Option<LanguageCode>,
    /// What of the plan is laid open.
    pub unfolded: Unfolded,
    /// She also wants an earlier time, should one become free.
    pub earlier: bool,
    /// Why it is not as it was wished.
    pub trouble: Option<BookingTrouble>,
    pub(super) when_held: bool,
    pub(super) planned: Option<PlanRequest>,
    accepted: Vec<Guard>,
    pub(super) without_list: bool,
}

impl Booking {
    /// A booking for this, without a time.
    #[must_use]
    pub fn new(what: BookingFor) -> Self {
        Self {
            what,
            slot: None,
            id: AppointmentId::new(),
            hold: Hold::No,
            plan: Load::Idle,
            language: None,
            unfolded: Unfolded::List,
            earlier: false,
            trouble: None,
            when_held: false,
            planned: None,
            accepted: Vec::new(),
            without_list: false,
        }
    }

    /// How long the taken time is, in minutes.
    #[must_use]
    pub fn minutes(&self) -> Option<u16> {
        let slot = self.slot.as_ref()?;
        u16::try_from((slot.end.as_second() - slot.start.as_second()) / 60).ok()
    }

    /// What she needs, where it is known as it is now.
    #[must_use]
    pub fn list(&self) -> Option<&VisitPlan> {
        match &self.plan {
            Load::Known { value, refreshing: false, trouble: None, .. } => Some(value),
            _ => None,
        }
    }

    /// What she must bring could not be fetched, and nobody accepted that.
    #[must_use]
    pub fn lacks_list(&self) -> bool {
        self.plan.trouble().is_some() && !self.plan.is_waiting() && !self.without_list
    }

    /// It is booked without the list: somebody said so.
    #[must_use]
    pub const fn goes_without_list(&self) -> bool {
        self.without_list
    }

    /// Whether a warning was accepted.
    #[must_use]
    pub fn accepts(&self, guard: &Guard) -> bool {
        self.accepted.contains(guard)
    }

    /// Warnings that must be accepted before it can be booked, the gravest first.
    #[must_use]
    pub fn warnings(&self) -> Vec<&Guard> {
        let all = self.list().into_iter().flat_map(|plan| &plan.guards);
        let mut open: Vec<&Guard> = all.filter(|guard| must_be_accepted(guard) && !self.accepts(guard)).collect();
        // An interpreter comes with a time: before one is taken nothing is missing yet.
        open.retain(|guard| self.slot.is_some() || !matches!(guard, Guard::NoInterpreter { .. }));
        open.sort_by_key(|guard| rank(guard));
        open
    }

    /// Why it cannot be booked yet.
    #[must_use]
    pub fn cannot_book(&self, now: Timestamp) -> Option<CannotBook> {
        let slot = match &self.slot {
            _ if self.what.cases.is_empty() => return Some(CannotBook::NoCase),
            None => return Some(CannotBook::NoTime),
            Some(slot) => slot,
        };
        if slot.start <= now {
            Some(CannotBook::Past)
        } else if self.plan.is_waiting() {
            Some(CannotBook::ListAwaited)
        } else if self.list().is_none() && !self.without_list {
            Some(CannotBook::ListUnknown)
        } else if !self.warnings().is_empty() {
            Some(CannotBook::Warned)
        } else if self.when_held {
            Some(CannotBook::Holding)
        } else {
            None
        }
    }

    /// The languages that what is sent can be in, her own first.
    #[must_use]
    pub fn languages(&self) -> Vec<LanguageCode> {
        let usual = ["en", "da"].map(|code| LanguageCode(code.to_owned()));
        let mut all: Vec<LanguageCode> = Vec::new();
        for language in self.what.languages.iter().chain(&self.what.interpreter).chain(&usual) {
            if !all.contains(language) {
                all.push(language.clone());
            }
        }
        all
    }
}

/// Whether a guard stops a booking until somebody said that it is to be made all the same.
#[must_use]
pub const fn must_be_accepted(guard: &Guard) -> bool {
    matches!(guard, Guard::MissingPaper { .. } | Guard::Needless { .. } | Guard::NoInterpreter { .. })
}

/// In which order guards are said: what stops a booking first, what is good last.
#[must_use]
pub const fn rank(guard: &Guard) -> u8 {
    match guard {
        Guard::Needless { .. } => 0,
        Guard::MissingPaper { .. } => 1,
        Guard::NoInterpreter { .. } => 2,
        Guard::Joins { .. } => 3,
        Guard::CouldCover { .. } => 4,
        Guard::Covers { .. } => 5,
    }
}

/// What happens with the free times and the booking being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookingInput {
    /// Find free times (`F`).
    Find,
    /// Longer or shorter, in five-minute steps.
    Minutes(u16),
    /// More or fewer people.
    People(u16),
    /// An interpreter: of her language, of another, none.
    Interpreter,
    /// Reached without a step, or not needed.
    StepFree,
    /// Before nine o'clock, or at any time.
    BeforeWork,
    /// At the counter, with her own caseworker, with anyone.
    With(With),
    /// At this site too, or no longer.
    Site(SiteId),
    /// Unfold the sites, or fold them.
    Sites,
    /// Choose what it is for, or leave that.
    Choose,
    /// Words were typed to find what it is for.
    Query(String),
    /// It is for this.
    Procedure(ProcedureId),
    /// It is for this case of hers too, or no longer.
    Case(CaseId),
    /// The next three times (`4`).
    Later,
    /// Not on the day of another visit after all.
    AnyDay,
    /// Take a free time (`1`–`3`), counted from 0.
    Take(usize),
    /// Go on in spite of this warning; of the first one, or without the list, where none is named (`Y`).
    Accept(Option<Guard>),
    /// Find a time on the day on which she comes anyway (`J`).
    Join,
    /// Settle another case of hers in the same visit (`K`).
    Cover,
    /// What is sent in the next language.
    Language,
    /// Lay open what is sent, the script, or the list.
    Unfold(Unfolded),
    /// She also wants an earlier time, or no longer (`E`).
    Earlier,
    /// Why she comes again.
    Cause(RebookCause),
    /// Book the time that was taken (`Ctrl ↵`).
    Book,
    /// Throw the booking away.
    Discard,
    /// Book again what was missed or cancelled (`R`).
    Again(AppointmentId),
}

impl Booking {
    pub(super) fn say(&mut self, input: BookingInput) {
        self.trouble = None;
        match input {
            BookingInput::Accept(Some(guard)) => self.accepted.push(guard),
            BookingInput::Accept(None) if self.lacks_list() => self.without_list = true,
            BookingInput::Accept(None) => {
                let next = self.warnings().first().map(|guard| (*guard).clone());
                self.accepted.extend(next);
            }
            BookingInput::Case(case) => match self.what.cases.iter().position(|one| *one == case) {
                // It is for something, always.
                Some(_) if self.what.cases.len() == 1 => {}
                Some(at) => {
                    self.what.cases.remove(at);
                    self.name();
                }
                None if self.what.cases.len() < MOST_CASES => {
                    self.what.cases.push(case);
                    self.name();
                }
                None => {}
            },
            BookingInput::Cover => {
                let more = self.list().into_iter().flat_map(|plan| &plan.guards).find_map(|guard| match guard {
                    Guard::CouldCover { case, .. } if !self.what.cases.contains(case) => Some(*case),
                    _ => None,
                });
                if self.what.cases.len() < MOST_CASES {
                    self.what.cases.extend(more);
                }
            }
            BookingInput::Language => {
                let all = self.languages();
                let now = self.language.clone().or_else(|| self.list().map(|plan| plan.language.clone()));
                let at = now.and_then(|now| all.iter().position(|one| *one == now)).map_or(0, |at| at + 1);
                self.language = all.get(at % all.len().max(1)).cloned();
            }
            BookingInput::Unfold(what) => {
                self.unfolded = if self.unfolded == what { Unfolded::List } else { what };
            }
            BookingInput::Earlier => self.earlier = !self.earlier,
            BookingInput::Cause(cause) => {
                if let Some((_, why)) = &mut self.what.replaces {
                    *why = Some(cause);
                }
            }
            _ => {}
        }
    }

    /// The visit is called after its first case.
    fn name(&mut self) {
        let first = self.what.cases.first();
        if let Some(choice) = self.what.choices.iter().find(|choice| Some(&choice.case) == first) {
            self.what.title = Some(choice.title.clone());
            self.what.procedure = Some(choice.procedure.clone());
        }
    }
}
