//! Asking for what is on the citizen page: everything at once, or her head alone first where she may have to be asked why. What lives here: the
//! order of the questions. What does not: which of the two it is (`crate::need`), what becomes of the answers (the page's).
//!
//! A question that is refused is a line in the log. A page asks nine of them; where words may be wanted, one alone goes ahead, and the others
//! with its answer: one refusal, one line, at the price of one round trip.

use jiff::Timestamp;
use skranke_api::Purpose;
use skranke_client::ClientError;
use skranke_domain::DepartmentId;

use super::{
    APPOINTMENTS, CONTACTS, CitizenPage, HALF_FINISHED, HANDOVERS, IDENTITY, NOTES, ONE_DEPARTMENT, OVERVIEW, PROMISES,
    SITUATIONS, Visit,
};
use crate::ask::Question;
use crate::effect::{Effect, Room};
use crate::need::NeedSheet;

/// How a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// Everything at once: nobody wants to know why, or it was said.
    AtOnce,
    /// Her head alone first: she may have to be asked why.
    HeadFirst,
    /// Her head is asked for; everything else follows its answer.
    Awaits,
    /// One of her cases lies before her and goes first: what its answer says counts for her.
    Behind,
}

impl CitizenPage {
    /// Nothing is shown before she says why.
    #[must_use]
    pub const fn is_shut(&self) -> bool {
        self.need.is_some() && self.identity.value().is_none()
    }

    /// Whether she was opened under a purpose, and nobody wants to know more.
    pub(crate) fn is_open_under(&self, purpose: &Purpose) -> bool {
        self.need.is_none() && self.identity.value().is_some() && self.purpose == *purpose
    }

    /// It is said why: everything is asked for under that purpose, and what was asked without it is not heard any more.
    pub(crate) fn open_because(&mut self, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        self.need = None;
        self.generation += 1;
        if purpose.kind != self.purpose.kind && !self.visit.has_deeds() {
            self.visit.channel = Visit::begin(&purpose, now).channel;
        }
        self.purpose = purpose;
        self.asking = Asking::AtOnce;
        self.ask_all(now)
    }

    /// Asks for all of it (again). What is known stays in sight meanwhile.
    pub(super) fn ask_all(&mut self, now: Timestamp) -> Vec<Effect> {
        // While she is asked why, nothing is asked for: all of it goes under what she says.
        if self.need.is_some() {
            return Vec::new();
        }
        self.identity.ask(now);
        for source in &mut self.sources {
            source.waiting = true;
        }
        self.overview_trouble = None;
        self.half_finished.ask(now);
        self.course_is_asked(now);
        self.appointments.ask(now);
        let mut effects = vec![
            Effect::Abandon(Room::Citizen(self.stand)),
            self.question(IDENTITY, Question::Citizen(self.id, self.purpose.clone())),
        ];
        match self.asking {
            Asking::AtOnce => effects.extend(self.rest()),
            Asking::HeadFirst | Asking::Awaits | Asking::Behind => self.asking = Asking::Awaits,
        }
        effects
    }

    /// Everything but her head.
    fn rest(&self) -> Vec<Effect> {
        let (id, purpose) = (self.id, || self.purpose.clone());
        let mut effects = vec![
            self.question(OVERVIEW, Question::Overview(id, purpose(), None)),
            self.question(HALF_FINISHED, Question::HalfFinished(id, purpose())),
        ];
        effects.extend(self.course());
        effects.push(self.question(APPOINTMENTS, Question::CitizenAppointments(id, purpose())));
        effects
    }

    fn course(&self) -> [Effect; 5] {
        let (id, purpose) = (self.id, || self.purpose.clone());
        [
            self.question(CONTACTS, Question::Contacts(id, purpose())),
            self.question(NOTES, Question::Notes(id, purpose())),
            self.question(PROMISES, Question::Promises(id, purpose())),
            self.question(SITUATIONS, Question::Situations(id, purpose())),
            self.question(HANDOVERS, Question::HandoversOf(id, purpose())),
        ]
    }

    fn course_is_asked(&mut self, now: Timestamp) {
        self.contacts.ask(now);
        self.notes.ask(now);
        self.promises.ask(now);
        self.situations.ask(now);
        self.handovers.ask(now);
    }

    /// Her head was asked for, and the server gave it or did not: everything else that waited is asked for now. A refusal that asks why has
    /// refused that already.
    pub(super) fn head_answered(&mut self, given: bool) -> Vec<Effect> {
        let asked = if given { Asking::AtOnce } else { Asking::HeadFirst };
        match std::mem::replace(&mut self.asking, asked) {
            Asking::Awaits => self.rest(),
            _ => Vec::new(),
        }
    }

    /// Her head was kept on this machine: whether the server wants to know why is not known yet.
    pub(super) fn head_was_kept(&mut self) {
        if self.asking == Asking::AtOnce {
            self.asking = Asking::HeadFirst;
        }
    }

    /// One of her cases is opened before her, which is asked for first; whether her head had been asked for and need not be.
    pub(crate) fn steps_behind(&mut self) -> bool {
        let only_asked = self.asking == Asking::Awaits && self.identity.value().is_none();
        if only_asked {
            self.asking = Asking::Behind;
        }
        only_asked
    }

    /// Whether one of her cases goes first.
    pub(crate) fn is_behind(&self) -> bool {
        self.asking == Asking::Behind
    }

    /// The case that lay before her was answered: why that is asked is asked of her too, and what opened it opens her.
    pub(crate) fn case_answered(&mut self, why: Option<NeedSheet>, opened: bool, now: Timestamp) -> Vec<Effect> {
        self.asking = if opened { Asking::AtOnce } else { Asking::HeadFirst };
        self.need = why;
        self.ask_all(now)
    }

    /// She has to say why. Where her head alone was asked for, what waited for it is refused with it.
    pub(super) fn why_is_asked(&mut self, error: Option<&ClientError>, now: Timestamp) {
        let waited = std::mem::replace(&mut self.asking, Asking::HeadFirst) == Asking::Awaits;
        let Some(error) = error.filter(|_| waited) else { return };
        self.end_waiting(Some(error.clone()));
        self.half_finished.answer(Err(error.clone()), now);
        self.contacts.answer(Err(error.clone()), now);
        self.notes.answer(Err(error.clone()), now);
        self.promises.answer(Err(error.clone()), now);
        self.situations.answer(Err(error.clone()), now);
        self.handovers.answer(Err(error.clone()), now);
        self.appointments.answer(Err(error.clone()), now);
    }

    /// Asks for a part of the page: at once where nothing stands between; else it comes with everything else.
    fn ask_part(&mut self, now: Timestamp, part: impl FnOnce(&mut Self) -> Vec<Effect>) -> Vec<Effect> {
        match (&self.need, self.asking) {
            (Some(_), _) | (None, Asking::Awaits | Asking::Behind) => Vec::new(),
            (None, Asking::HeadFirst) => self.ask_all(now),
            (None, Asking::AtOnce) => part(self),
        }
    }

    /// Asks for the course again: something of it changed.
    pub(crate) fn ask_course(&mut self, now: Timestamp) -> Vec<Effect> {
        self.ask_part(now, |page| {
            page.course_is_asked(now);
            page.course().into()
        })
    }

    /// Asks for her appointments again: one was booked or moved.
    pub(crate) fn ask_appointments(&mut self, now: Timestamp) -> Vec<Effect> {
        self.ask_part(now, |page| {
            page.appointments.ask(now);
            vec![page.question(APPOINTMENTS, Question::CitizenAppointments(page.id, page.purpose.clone()))]
        })
    }

    /// Asks one department again.
    pub(crate) fn ask_department(&mut self, department: DepartmentId, now: Timestamp) -> Vec<Effect> {
        let source = self.sources.iter_mut().find(|source| source.department == department);
        let Some(source) = source.filter(|_| self.need.is_none()) else { return Vec::new() };
        source.waiting = true;
        self.ask_part(now, |page| {
            vec![page.question(ONE_DEPARTMENT, Question::Overview(page.id, page.purpose.clone(), Some(department)))]
        })
    }
}
