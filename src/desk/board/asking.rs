//! Asking several citizens for what is missing, one letter each, every text shown before it goes. What does not live here: the letter's
//! phrases (the domain's), the sheet of one citizen's page.

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::board::BoardRow;
use skranke_api::cases::CaseView;
use skranke_api::changes::OfficeRules;
use skranke_api::contacts::{LETTER_CHARS, LetterItem, LetterRequest, MAX_LETTER_ITEMS};
use skranke_api::paths;
use skranke_client::ClientError;
use skranke_client::outbox::{Deed, Draft, Label, Place};
use skranke_domain::checklist::{Due, ItemState};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::holidays::next_open_day;
use skranke_domain::letter::{Letter, LetterLanguage};
use skranke_domain::{CaseId, CitizenId, CitizenText, LetterId, Localized};

use crate::acting::Acting;

/// The days she can be given to answer.
pub const DAYS: [i64; 3] = [7, 14, 21];

/// What several citizens are asked for, one after the other.
#[derive(Clone, Debug)]
pub struct AskSheet {
    /// One step a citizen.
    pub steps: Vec<AskStep>,
    /// The step in sight.
    pub at: usize,
    queue: Vec<CaseId>,
}

/// What one citizen is asked for.
#[derive(Clone, Debug)]
pub struct AskStep {
    /// The citizen.
    pub citizen: CitizenId,
    /// Her name.
    pub name: String,
    /// The cases, with their names.
    pub cases: Vec<(CaseId, Localized)>,
    /// What she is asked for, each paper once.
    pub papers: Vec<AskPaper>,
    /// The language it is written in.
    pub language: LetterLanguage,
    /// How it is sent.
    pub channel: Channel,
    /// How many days she has.
    pub days: i64,
    /// The last day she may answer: never a weekend or holiday.
    pub deadline: Date,
    /// The text as it goes.
    pub text: String,
    /// The clerk changed the text: it is hers.
    pub edited: bool,
    /// How many of her cases are still being fetched.
    pub awaited: usize,
    /// Why one of them did not come.
    pub trouble: Option<ClientError>,
    /// Why it could not be sent when that was tried.
    pub problem: Option<AskProblem>,
    /// It was sent.
    pub sent: bool,
    from: String,
}

/// A paper that she is asked for.
#[derive(Clone, Debug)]
pub struct AskPaper {
    /// What the clerk calls it.
    pub label: Localized,
    asks: CitizenText,
    items: Vec<LetterItem>,
}

/// Why a letter cannot be sent as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskProblem {
    /// Her cases are still being fetched.
    Awaited,
    /// Nothing is to be asked for: everything came, or was asked for already.
    NothingMissing,
    /// More items than one letter takes.
    TooMany,
    /// Nothing is written.
    NoText,
    /// The text is longer than a letter may be.
    TooLong,
    /// It is not known yet who is signed in.
    Nobody,
}

/// What happens to the letters.
#[derive(Clone, Debug)]
pub enum LetterStep {
    /// The next citizen; this one is left as she is.
    Next,
    /// The citizen before.
    Previous,
    /// The text was typed.
    Typed(String),
    /// Another language.
    Language(LetterLanguage),
    /// Another last day.
    Days(i64),
    /// The text is made anew; what was typed goes.
    Anew,
}

impl AskStep {
    /// The letter as it would be made, in a language.
    #[must_use]
    pub fn written(&self, language: LetterLanguage) -> String {
        if self.papers.is_empty() {
            return String::new();
        }
        let asks = self.papers.iter().map(|paper| &paper.asks).collect();
        Letter { asks, deadline: self.deadline, channel: self.channel, from: &self.from }.write(language)
    }

    fn write(&mut self) {
        if !self.edited {
            self.text = self.written(self.language);
        }
    }

    fn set_days(&mut self, days: i64, today: Date) {
        self.days = days;
        self.deadline = next_open_day(today.checked_add(days.days()).unwrap_or(today));
    }

    fn take(&mut self, view: &CaseView, rules: &OfficeRules) {
        if view.exempt_from_digital_post {
            self.channel = Channel::Letter;
        }
        for item in &view.items {
            let open = matches!(item.state, ItemState::Missing | ItemState::Rejected);
            if !open || item.due != Due::BeforeVisit || item.supplied_by.is_office() {
                continue;
            }
            let kind = item.paper.as_ref().and_then(|id| rules.papers.iter().find(|kind| kind.id == *id));
            let asks = match (kind, &item.citizen_text) {
                (Some(kind), _) => kind.asks.clone(),
                (None, Some(text)) => text.into(),
                (None, None) => (&item.label).into(),
            };
            let wanted = LetterItem { case: view.row.id, item: item.id.clone(), seen: item.etag.clone() };
            // One paper that two of her cases wait for is asked for once.
            match self.papers.iter_mut().find(|paper| paper.asks == asks) {
                Some(paper) => paper.items.push(wanted),
                None => self.papers.push(AskPaper { label: item.label.clone(), asks, items: vec![wanted] }),
            }
        }
        self.write();
    }

    fn draft(&self, acting: &Acting<'_>) -> Result<Draft, AskProblem> {
        if self.awaited > 0 {
            return Err(AskProblem::Awaited);
        }
        let items: Vec<LetterItem> = self.papers.iter().flat_map(|paper| paper.items.iter().cloned()).collect();
        match items.len() {
            0 => return Err(AskProblem::NothingMissing),
            count if count > MAX_LETTER_ITEMS => return Err(AskProblem::TooMany),
            _ => {}
        }
        if self.text.trim().is_empty() {
            return Err(AskProblem::NoText);
        }
        if self.text.chars().count() > LETTER_CHARS {
            return Err(AskProblem::TooLong);
        }
        let author = acting.author(self.citizen).ok_or(AskProblem::Nobody)?;
        let id = LetterId::new();
        let request = LetterRequest {
            id,
            items,
            language: LanguageCode(self.language.code().to_owned()),
            text: self.text.clone(),
            channel: self.channel,
            deadline: self.deadline,
            reminder: None,
        };
        let place = Place { resource: paths::letter(self.citizen, id), posted_to: paths::letters(self.citizen) };
        let label = Label::Deed {
            citizen_name: self.name.clone(),
            deed: Deed::PapersAsked,
            about: None,
            text: self.text.clone(),
        };
        Draft::create(author, place, &request, label).map_err(|_| AskProblem::NoText)
    }
}

impl AskSheet {
    /// One step a citizen, in the order in which her cases were marked; closed cases ask for nothing.
    pub(crate) fn new(rows: &[BoardRow], acting: &Acting<'_>) -> Self {
        let today = acting.today();
        let from = acting.session.me.value().map(|me| me.municipality.clone()).unwrap_or_default();
        let mut steps: Vec<AskStep> = Vec::new();
        for row in rows.iter().filter(|row| row.case.column != skranke_domain::case::Column::Closed) {
            let case = (row.case.id, row.case.title.clone());
            if let Some(step) = steps.iter_mut().find(|step| step.citizen == row.case.citizen) {
                step.cases.push(case);
                step.awaited += 1;
                continue;
            }
            let mut step = AskStep {
                citizen: row.case.citizen,
                name: row.citizen_name.clone(),
                cases: vec![case],
                papers: Vec::new(),
                language: LetterLanguage::for_speaker(std::slice::from_ref(&row.language)),
                channel: Channel::DigitalPost,
                days: DAYS[1],
                deadline: today,
                text: String::new(),
                edited: false,
                awaited: 1,
                trouble: None,
                problem: None,
                sent: false,
                from: from.clone(),
            };
            step.set_days(DAYS[1], today);
            steps.push(step);
        }
        let queue = steps.iter().flat_map(|step| step.cases.iter().map(|(id, _)| *id)).collect();
        Self { steps, at: 0, queue }
    }

    /// The case to fetch next: one at a time, so that it is known which one did not come.
    pub(crate) fn next_case(&self) -> Option<CaseId> {
        self.queue.first().copied()
    }

    /// Takes the case that was asked for.
    pub(crate) fn take(&mut self, answer: Result<CaseView, ClientError>, rules: &OfficeRules) {
        if self.queue.is_empty() {
            return;
        }
        let id = self.queue.remove(0);
        let Some(step) = self.steps.iter_mut().find(|step| step.cases.iter().any(|(case, _)| *case == id)) else {
            return;
        };
        step.awaited = step.awaited.saturating_sub(1);
        match answer {
            Ok(view) => step.take(&view, rules),
            Err(error) => step.trouble = Some(error),
        }
    }

    /// The step in sight.
    #[must_use]
    pub fn step(&self) -> Option<&AskStep> {
        self.steps.get(self.at)
    }

    pub(crate) fn update(&mut self, input: LetterStep, today: Date) {
        let last = self.steps.len().saturating_sub(1);
        let Some(step) = self.steps.get_mut(self.at) else { return };
        step.problem = None;
        match input {
            LetterStep::Next => self.at = (self.at + 1).min(last),
            LetterStep::Previous => self.at = self.at.saturating_sub(1),
            LetterStep::Typed(_) if step.sent => {}
            LetterStep::Typed(text) => {
                step.edited = text != step.written(step.language);
                step.text = text;
            }
            LetterStep::Language(language) => {
                step.language = language;
                step.write();
            }
            LetterStep::Days(days) => {
                step.set_days(days, today);
                step.write();
            }
            LetterStep::Anew => {
                step.edited = false;
                step.write();
            }
        }
    }

    /// Sends the letter in sight and goes on to the next that was not sent; `None` in its place when all are.
    pub(crate) fn send(&mut self, acting: &Acting<'_>) -> Option<Draft> {
        let step = self.steps.get_mut(self.at).filter(|step| !step.sent)?;
        match step.draft(acting) {
            Ok(draft) => {
                step.sent = true;
                let later = (self.at..self.steps.len()).chain(0..self.at).find(|n| !self.steps[*n].sent);
                self.at = later.unwrap_or(self.at);
                Some(draft)
            }
            Err(problem) => {
                step.problem = Some(problem);
                None
            }
        }
    }

    /// Whether every letter was sent.
    pub(crate) fn is_done(&self) -> bool {
        self.steps.iter().all(|step| step.sent)
    }

    /// The cases whose citizens were asked.
    pub(crate) fn asked(&self) -> Vec<CaseId> {
        self.steps.iter().filter(|step| step.sent).flat_map(|step| step.cases.iter().map(|(id, _)| *id)).collect()
    }
}
