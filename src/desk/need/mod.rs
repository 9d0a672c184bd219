//! Saying why before somebody is opened: what is missing, what was chosen and typed, and the purpose that comes of it. It belongs to one page
//! and goes with everything that is asked there afterwards. What does not live here: the rule (`skranke_domain::access`), how it looks.

pub mod glass;
mod opening;

use jiff::Timestamp;
use skranke_api::purpose::{NOTE_CHARS, PurposeKind};
use skranke_api::{ProblemKind, Purpose};
use skranke_client::ClientError;
use skranke_domain::access::{LegalBasis, Need};

use crate::ask::Reply;
use crate::citizen::{CitizenPage, Step};
use crate::desk::{Desk, Place};
use crate::effect::{Effect, Room};
use crate::stands::StandId;

/// What asks why a citizen is opened, while it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedSheet {
    /// What has to be said.
    pub need: Need,
    /// What she is doing.
    pub kind: PurposeKind,
    /// Why, in her words; where nothing is typed the words of the choice count.
    pub typed: String,
    /// On which legal basis, where one has to be named.
    pub basis: Option<LegalBasis>,
    /// The warning was seen.
    pub acknowledged: bool,
    /// What kept it from opening.
    pub problem: Option<NeedProblem>,
}

/// Why it does not open yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedProblem {
    /// Nothing says why.
    NoWords,
    /// So many characters too long.
    TooLong(usize),
    /// No legal basis is chosen.
    NoBasis,
    /// The warning is not ticked.
    NotAcknowledged,
}

/// What happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeedInput {
    /// What she is doing was chosen.
    Kind(PurposeKind),
    /// The next or previous choice.
    Step(Step),
    /// Something was typed.
    Typed(String),
    /// A legal basis was chosen.
    Basis(LegalBasis),
    /// The warning was seen, or not.
    Acknowledge,
    /// It opens; with the words of the choice, which count where nothing was typed.
    Confirm(String),
    /// She leaves: nothing was shown, nothing is kept.
    Leave,
}

impl NeedSheet {
    /// Begins with what she is doing.
    #[must_use]
    pub fn of(need: Need, purpose: &Purpose) -> Self {
        Self {
            need,
            kind: purpose.kind,
            typed: purpose.note.clone().unwrap_or_default(),
            basis: purpose.basis,
            acknowledged: purpose.acknowledged,
            problem: None,
        }
    }

    /// Whether a legal basis has to be named: the server says so, or nothing else implies one.
    #[must_use]
    pub fn asks_basis(&self) -> bool {
        self.need.basis || self.kind == PurposeKind::Other
    }

    /// Nothing is typed.
    fn is_blank(&self) -> bool {
        self.typed.trim().is_empty()
    }

    /// How many characters are left for her words.
    #[must_use]
    pub fn left(&self) -> usize {
        NOTE_CHARS.saturating_sub(self.typed.trim().chars().count())
    }

    /// Another answer needs more: what has to be said adds up.
    fn and(&mut self, more: Need) {
        let need = &mut self.need;
        need.reason |= more.reason;
        need.out_of_context |= more.out_of_context;
        need.protected |= more.protected;
        need.basis |= more.basis;
        need.tie = need.tie.or(more.tie);
    }

    fn update(&mut self, input: NeedInput) {
        self.problem = None;
        match input {
            NeedInput::Kind(kind) => self.kind = kind,
            NeedInput::Step(step) => {
                let all = PurposeKind::ALL;
                let at = all.iter().position(|kind| *kind == self.kind);
                self.kind = step.from(at, all.len()).map_or(self.kind, |to| all[to]);
            }
            NeedInput::Typed(typed) => self.typed = typed,
            NeedInput::Basis(basis) => self.basis = Some(basis),
            NeedInput::Acknowledge => self.acknowledged = !self.acknowledged,
            NeedInput::Confirm(_) | NeedInput::Leave => {}
        }
    }

    /// The purpose that comes of it.
    ///
    /// # Errors
    /// What is missing.
    pub fn purpose(&self, chosen: &str) -> Result<Purpose, NeedProblem> {
        let typed = self.typed.trim();
        let words = if typed.is_empty() && self.kind != PurposeKind::Other { chosen.trim() } else { typed };
        let length = words.chars().count();
        if length == 0 {
            return Err(NeedProblem::NoWords);
        }
        if length > NOTE_CHARS {
            return Err(NeedProblem::TooLong(length - NOTE_CHARS));
        }
        if self.asks_basis() && self.basis.is_none() {
            return Err(NeedProblem::NoBasis);
        }
        if self.need.tie.is_some() && !self.acknowledged {
            return Err(NeedProblem::NotAcknowledged);
        }
        Ok(Purpose {
            basis: self.basis.filter(|_| self.asks_basis()),
            acknowledged: self.acknowledged,
            ..Purpose::noted(self.kind, Some(words.to_owned()))
        })
    }
}

/// What a refusal says is missing; none where it is another refusal.
#[must_use]
pub fn missing(error: &ClientError) -> Option<Need> {
    let asks = error.kind() == Some(ProblemKind::NeedToKnow);
    let said = error.problem().and_then(|problem| problem.need);
    asks.then(|| said.unwrap_or(Need { reason: true, ..Need::default() }))
}

/// Why a reply to a question about somebody brings nothing.
pub(crate) fn error_in(reply: &Reply) -> Option<&ClientError> {
    match reply {
        Reply::Citizen(answer) => answer.as_ref().as_ref().err(),
        Reply::Overview(line) => line.as_ref().as_ref().err(),
        Reply::Contacts(answer) => answer.as_ref().err(),
        Reply::Calendar(answer) => answer.as_ref().err(),
        Reply::Revealed(answer) => answer.as_ref().err(),
        Reply::Notes(answer) => answer.as_ref().err(),
        Reply::Promises(answer) => answer.as_ref().err(),
        Reply::Situations(answer) => answer.as_ref().as_ref().err(),
        Reply::Handovers(answer) => answer.as_ref().err(),
        Reply::HalfFinished(answer) => answer.as_ref().err(),
        Reply::Case(answer) => answer.as_ref().as_ref().err(),
        _ => None,
    }
}

/// What a reply says is missing.
pub(crate) fn missing_in(reply: &Reply) -> Option<Need> {
    error_in(reply).and_then(missing)
}

/// Lays the sheet over a page, or adds to the one that lies there.
pub(crate) fn ask_why(sheet: &mut Option<NeedSheet>, need: Need, purpose: &Purpose) {
    match sheet {
        Some(open) => open.and(need),
        None => *sheet = Some(NeedSheet::of(need, purpose)),
    }
}

/// A purpose for somebody else: what she is doing stays, what was said about one citizen is not said about another.
#[must_use]
pub fn without_words(purpose: &Purpose) -> Purpose {
    match purpose.kind {
        PurposeKind::Other => Purpose::plain(PurposeKind::Case),
        kind => Purpose::plain(kind),
    }
}

impl Desk {
    /// What asks why, over the page in front.
    #[must_use]
    pub fn need(&self) -> Option<&NeedSheet> {
        match self.place() {
            Place::Citizen => self.citizen()?.need.as_ref(),
            Place::Case => self.case()?.need.as_ref(),
            _ => None,
        }
    }

    fn need_mut(&mut self) -> Option<&mut NeedSheet> {
        let stand = self.stands.active_mut();
        match stand.place {
            Place::Citizen => stand.citizen.as_mut()?.need.as_mut(),
            Place::Case => stand.case.as_mut()?.need.as_mut(),
            _ => None,
        }
    }

    pub(crate) fn need_step(&mut self, input: NeedInput, now: Timestamp) -> Vec<Effect> {
        let Some(sheet) = self.need_mut() else { return Vec::new() };
        match input {
            NeedInput::Leave => self.leave_unsaid(),
            NeedInput::Confirm(chosen) => match sheet.purpose(&chosen) {
                Ok(purpose) => self.said_why(purpose, now),
                Err(problem) => {
                    sheet.problem = Some(problem);
                    Vec::new()
                }
            },
            input => {
                sheet.update(input);
                Vec::new()
            }
        }
    }

    fn said_why(&mut self, purpose: Purpose, now: Timestamp) -> Vec<Effect> {
        let stand = self.stands.active_mut();
        match (stand.place, &mut stand.citizen, &mut stand.case) {
            (Place::Citizen, Some(page), _) => page.open_because(purpose, now),
            (Place::Case, _, Some(page)) => page.open_because(purpose, now),
            _ => Vec::new(),
        }
    }

    /// She leaves without saying why. A page that shows nothing yet is gone; one that was open already stays as it is.
    fn leave_unsaid(&mut self) -> Vec<Effect> {
        let at = self.stands.front();
        let stand = self.stands.active_mut();
        let here = stand.place;
        let room = match (here, &mut stand.citizen, &mut stand.case) {
            (Place::Citizen, Some(page), _) if page.is_shut() => {
                stand.citizen = None;
                Room::Citizen(at)
            }
            (Place::Case, behind, Some(page)) if page.is_shut() => {
                stand.case = None;
                // Whoever was opened for this case goes with it; words that were typed about her stay.
                let unsaid = |page: &CitizenPage| page.is_shut() && page.need.as_ref().is_some_and(NeedSheet::is_blank);
                *behind = behind.take().filter(|page| !unsaid(page));
                Room::Case(at)
            }
            (Place::Citizen, Some(page), _) => {
                page.need = None;
                return Vec::new();
            }
            (Place::Case, _, Some(page)) => {
                page.need = None;
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        stand.back();
        stand.trail.retain(|place| *place != here);
        let nobody = stand.place == Place::Citizen && stand.citizen.is_none();
        let nothing = stand.place == Place::Case && stand.case.is_none();
        if stand.place == here || nobody || nothing {
            stand.place = Place::Start;
        }
        vec![Effect::Abandon(room)]
    }

    /// Why a case was opened counts for whose case it is: she is asked once, not once for each page.
    pub(crate) fn one_reason(&mut self, at: StandId, now: Timestamp) -> Vec<Effect> {
        let stand = self.stands.get_mut(at);
        let Some(case) = &stand.case else { return Vec::new() };
        if let Some(page) = stand.citizen.as_mut().filter(|page| page.is_behind() && !case.view.is_waiting()) {
            return page.case_answered(case.need.clone(), case.is_open_under(page.id, &page.purpose), now);
        }
        let Some(view) = case.view.value() else { return Vec::new() };
        let (citizen, purpose) = (view.value.row.citizen, case.purpose.clone());
        let shut = |page: &&mut CitizenPage| page.is_shut() && purpose.has_words();
        match stand.citizen_of(citizen).filter(shut) {
            Some(page) => page.open_because(purpose, now),
            None => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use skranke_domain::access::Tie;

    use super::*;

    const NEED: Need = Need { reason: true, out_of_context: true, protected: false, tie: None, basis: false };

    fn sheet(need: Need, kind: PurposeKind) -> NeedSheet {
        NeedSheet::of(need, &Purpose::plain(kind))
    }

    #[test]
    fn the_choice_alone_says_why_and_typed_words_say_more() {
        let mut sheet = sheet(NEED, PurposeKind::Ticket);
        let said = sheet.purpose("At the counter without a ticket").unwrap();
        assert_eq!((said.kind, said.note.as_deref()), (PurposeKind::Ticket, Some("At the counter without a ticket")));
        sheet.update(NeedInput::Typed(" Asks about her rent ".into()));
        assert_eq!(sheet.purpose("…").unwrap().note.as_deref(), Some("Asks about her rent"));
    }

    #[test]
    fn something_else_takes_words_and_a_legal_basis_of_her_own() {
        let mut sheet = sheet(NEED, PurposeKind::Call);
        sheet.update(NeedInput::Kind(PurposeKind::Other));
        assert_eq!(sheet.purpose("something else"), Err(NeedProblem::NoWords));
        sheet.update(NeedInput::Typed("Undelivered letter came back".into()));
        assert_eq!(sheet.purpose("something else"), Err(NeedProblem::NoBasis));
        sheet.update(NeedInput::Basis(LegalBasis::Statute));
        let said = sheet.purpose("something else").unwrap();
        assert_eq!(said.basis, Some(LegalBasis::Statute));
        assert!(said.check().is_ok());
    }

    #[test]
    fn a_relative_is_not_opened_before_the_warning_is_ticked() {
        let need = Need { tie: Some(Tie::Relative), ..NEED };
        let mut sheet = sheet(need, PurposeKind::Ticket);
        assert_eq!(sheet.purpose("At the counter"), Err(NeedProblem::NotAcknowledged));
        sheet.update(NeedInput::Acknowledge);
        assert!(sheet.purpose("At the counter").unwrap().acknowledged);
    }

    #[test]
    fn words_are_as_long_as_the_log_takes_them_and_the_sheet_says_by_how_much_they_are_not() {
        let mut sheet = sheet(NEED, PurposeKind::Ticket);
        sheet.update(NeedInput::Typed("æ".repeat(NOTE_CHARS)));
        assert!(sheet.purpose("").is_ok());
        assert_eq!(sheet.left(), 0);
        sheet.update(NeedInput::Typed("æ".repeat(NOTE_CHARS + 3)));
        assert_eq!(sheet.purpose(""), Err(NeedProblem::TooLong(3)));
    }

    #[test]
    fn what_two_answers_need_adds_up() {
        let mut open = Some(sheet(Need { protected: true, out_of_context: false, ..NEED }, PurposeKind::Ticket));
        ask_why(&mut open, Need { basis: true, ..NEED }, &Purpose::plain(PurposeKind::Ticket));
        let need = open.unwrap().need;
        assert!(need.protected && need.basis && need.out_of_context && need.reason);
    }

    #[test]
    fn what_was_said_about_one_citizen_is_not_said_about_the_next() {
        let said = Purpose { acknowledged: true, ..Purpose::noted(PurposeKind::Call, Some("Rings".into())) };
        assert_eq!(without_words(&said), Purpose::plain(PurposeKind::Call));
        let other = Purpose::noted(PurposeKind::Other, Some("A letter came back".into()));
        assert!(without_words(&other).check().is_ok());
    }
}
