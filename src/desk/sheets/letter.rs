//! The sheet for one letter that asks for what is missing. What lives here: which papers are ticked, in which language, by when, and the
//! text as the clerk left it. What does not: the phrases of the letter (the domain's), which papers are open (the page's).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::ETag;
use skranke_api::contacts::LetterItem;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::checklist::ItemState;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::letter::{Letter, LetterLanguage};
use skranke_domain::paper::{MissingPaper, OpenPaper};
use skranke_domain::{CaseId, CitizenText, DepartmentId, ItemId, Localized, PaperId};

use super::{Facing, Outcome};
use crate::ask::Reply;
use crate::citizen::{OpenPapers, Step, is_to_ask};
use crate::effect::Effect;
use crate::letters::{self, Sending};
pub use crate::letters::{AnswerBy, DAYS_TO_ANSWER, LetterProblem};

/// A paper that the letter may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPaper {
    /// Whether it does.
    pub on: bool,
    /// What the clerk calls it.
    pub label: Localized,
    /// The sentence of the letter.
    pub asks: CitizenText,
    /// The items it is for.
    pub uses: Vec<LetterUse>,
    /// It was rejected in one of them.
    pub rejected: bool,
    key: PaperKey,
}

/// An item that a paper of the letter is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterUse {
    /// The case.
    pub case: CaseId,
    /// The case's name.
    pub title: Localized,
    /// The department that keeps it.
    pub department: DepartmentId,
    /// The case's deadline.
    pub deadline: Option<Date>,
    /// It is the last thing that the case waits for.
    pub unlocks: bool,
    item: ItemId,
    seen: ETag,
}

/// By what a paper is known again when the departments answer anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum PaperKey {
    Kind(PaperId),
    Own(CaseId, ItemId),
}

impl PaperKey {
    fn of(paper: &OpenPaper) -> Self {
        match &paper.paper {
            Some(kind) => Self::Kind(kind.clone()),
            None => Self::Own(paper.case, paper.item.clone()),
        }
    }
}

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LetterSheet {
    /// The case whose papers alone it asks for; none asks for all.
    pub case: Option<CaseId>,
    /// The papers, soonest deadline first.
    pub papers: Vec<LetterPaper>,
    /// The paper that the keys act on.
    pub active: usize,
    /// The language it is written in.
    pub language: LetterLanguage,
    /// What she speaks best, where no letter is written in any of her languages.
    pub unwritten: Option<LanguageCode>,
    /// How it is sent.
    pub channel: Channel,
    /// She is exempt from Digital Post.
    pub exempt: bool,
    /// The deadline as it was typed.
    pub deadline: String,
    /// The text.
    pub text: String,
    /// The clerk changed the text: ticking no longer does.
    pub edited: bool,
    /// Why it could not be sent when that was tried.
    #[serde(skip)]
    pub problem: Option<LetterProblem>,
    /// What was ticked or not, of papers too that are not known just now: the departments may not have answered yet.
    #[serde(default)]
    said: Vec<(PaperKey, bool)>,
    from: String,
    today: Date,
    /// The last deadline that was understood; the letter says this one.
    day: Date,
    touched: bool,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum LetterInput {
    /// The next or previous paper.
    Step(Step),
    /// A paper is ticked, or no longer.
    Toggle(usize),
    /// The paper that the keys act on is ticked, or no longer.
    ToggleActive,
    /// All papers are ticked; if they are, none.
    All,
    /// Another language.
    Language(LetterLanguage),
    /// Another way to send it.
    Channel(Channel),
    /// The deadline was typed.
    Deadline(String),
    /// The text was typed.
    Typed(String),
    /// The text is made anew from what is ticked; what was typed into it goes.
    Anew,
}

impl LetterSheet {
    pub(crate) fn open(case: Option<CaseId>, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let today = facing.acting.today();
        let known = facing.page.identity.value();
        let spoken = known.map(|known| known.languages.as_slice()).unwrap_or_default();
        let exempt = known.is_some_and(|known| known.exempt_from_digital_post);
        let day = letters::usual_day(today);
        let mut sheet = Self {
            case,
            papers: Vec::new(),
            active: 0,
            language: LetterLanguage::for_speaker(spoken),
            unwritten: spoken
                .first()
                .filter(|_| spoken.iter().all(|one| LetterLanguage::of_code(one).is_none()))
                .cloned(),
            channel: if exempt { Channel::Letter } else { Channel::DigitalPost },
            exempt,
            deadline: letters::typed_day(day),
            text: String::new(),
            edited: false,
            problem: None,
            said: Vec::new(),
            from: facing.acting.session.me.value().map(|me| me.municipality.clone()).unwrap_or_default(),
            today,
            day,
            touched: false,
        };
        sheet.take_in(facing, Arrivals::Taken);
        (sheet, Vec::new())
    }

    /// Whether it asks for what this case misses, or for everything.
    pub(crate) fn is_about(&self, case: Option<CaseId>) -> bool {
        self.case == case
    }

    /// A letter from disk names its papers as soon as the first departments have answered; what comes later joins where it is seen.
    pub(crate) fn page_came(&mut self, facing: &Facing<'_>) {
        if self.papers.is_empty() && !self.said.is_empty() {
            self.catch_up(facing);
        }
    }

    /// What happened since it was left is taken in.
    pub(crate) fn catch_up(&mut self, facing: &Facing<'_>) {
        self.today = facing.acting.today();
        self.take_in(facing, Arrivals::Taken);
    }

    pub(crate) fn update(&mut self, input: LetterInput, facing: &Facing<'_>) -> Vec<Effect> {
        self.problem = None;
        self.take_in(facing, Arrivals::Taken);
        self.touched |= !matches!(input, LetterInput::Step(_));
        match input {
            LetterInput::Step(step) => {
                self.active = step.from(Some(self.active), self.papers.len()).unwrap_or_default();
            }
            LetterInput::Toggle(at) => self.toggle(at),
            LetterInput::ToggleActive => self.toggle(self.active),
            LetterInput::All => {
                let on = !self.papers.iter().all(|paper| paper.on);
                self.papers.iter_mut().for_each(|paper| paper.on = on);
            }
            LetterInput::Language(language) => self.language = language,
            LetterInput::Channel(Channel::DigitalPost) if self.exempt => {}
            LetterInput::Channel(channel) => self.channel = channel,
            LetterInput::Deadline(typed) => {
                self.deadline = typed;
                if let Ok(by) = self.answer_by() {
                    self.day = by.day;
                }
            }
            LetterInput::Typed(text) => {
                self.edited = text != self.written(self.language);
                self.text = text;
            }
            LetterInput::Anew => self.edited = false,
        }
        self.write();
        Vec::new()
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        let ticked = self.ticked().count();
        self.take_in(facing, Arrivals::Left);
        let all_there = self.ticked().count() == ticked;
        match self.draft(facing, all_there) {
            Ok(draft) => Outcome::send([draft]),
            Err(problem) => {
                self.problem = Some(problem);
                Outcome::not_yet()
            }
        }
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Whether something was typed or chosen that Escape must not lose.
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        self.touched
    }

    /// The papers it asks for.
    pub fn ticked(&self) -> impl Iterator<Item = &LetterPaper> {
        self.papers.iter().filter(|paper| paper.on)
    }

    /// The last day to answer, as it was understood.
    ///
    /// # Errors
    /// A [`LetterProblem`] when it is no date, past, or more than a year away.
    pub fn answer_by(&self) -> Result<AnswerBy, LetterProblem> {
        letters::answer_by(&self.deadline, self.today)
    }

    /// The letter as it would be made of what is ticked, in a language: the Danish one stands beside one that the clerk may not read.
    #[must_use]
    pub fn written(&self, language: LetterLanguage) -> String {
        let asks: Vec<&CitizenText> = self.ticked().map(|paper| &paper.asks).collect();
        if asks.is_empty() {
            return String::new();
        }
        Letter { asks, deadline: self.day, channel: self.channel, from: &self.from }.write(language)
    }

    fn toggle(&mut self, at: usize) {
        if let Some(paper) = self.papers.get_mut(at) {
            paper.on = !paper.on;
            self.active = at;
        }
    }

    /// What the clerk changed is hers; anything else follows what is ticked.
    fn write(&mut self) {
        if !self.edited {
            self.text = self.written(self.language);
        }
    }

    /// Brings the papers in step with what is open now. A paper that came, or was asked for by somebody else, goes.
    fn take_in(&mut self, facing: &Facing<'_>, arrivals: Arrivals) {
        let open = facing.page.open_papers(facing.acting.pending);
        let now: Vec<LetterPaper> =
            open.missing().iter().filter_map(|paper| self.paper(paper, &open, facing)).collect();
        let mut now: Vec<LetterPaper> = match arrivals {
            Arrivals::Taken => now,
            Arrivals::Left => {
                now.into_iter().filter(|paper| self.papers.iter().any(|old| old.key == paper.key)).collect()
            }
        };
        for old in &self.papers {
            self.said.retain(|(key, _)| *key != old.key);
            self.said.push((old.key.clone(), old.on));
        }
        for paper in &mut now {
            if let Some((_, on)) = self.said.iter().find(|(key, _)| *key == paper.key) {
                paper.on = *on;
            }
        }
        let active = self.papers.get(self.active).map(|paper| paper.key.clone());
        self.active = active.and_then(|key| now.iter().position(|paper| paper.key == key)).unwrap_or_default();
        self.papers = now;
        self.write();
    }

    /// A missing paper as the letter asks for it: the items nobody asked for yet.
    fn paper(&self, paper: &MissingPaper<'_>, open: &OpenPapers<'_>, facing: &Facing<'_>) -> Option<LetterPaper> {
        let to_ask: Vec<&OpenPaper> = paper.uses.iter().copied().filter(|used| is_to_ask(used)).collect();
        let first = *to_ask.first()?;
        if self.case.is_some_and(|case| to_ask.iter().all(|used| used.case != case)) {
            return None;
        }
        let session = facing.acting.session;
        let asks = letters::asks(session, first.paper.as_ref(), first.citizen_text.as_ref(), &first.label);
        let uses = to_ask.iter().filter_map(|used| {
            Some(LetterUse {
                case: used.case,
                title: used.case_title.clone(),
                department: used.department.clone(),
                deadline: used.deadline,
                unlocks: used.unlocks,
                item: used.item.clone(),
                seen: open.version(used)?.clone(),
            })
        });
        Some(LetterPaper {
            // A text that the clerk wrote herself does not name what turned up since.
            on: !self.edited,
            label: first.label.clone(),
            asks,
            rejected: to_ask.iter().any(|used| used.state == ItemState::Rejected),
            uses: uses.collect(),
            key: PaperKey::of(first),
        })
    }

    fn draft(&self, facing: &Facing<'_>, all_there: bool) -> Result<Draft, LetterProblem> {
        if self.papers.is_empty() {
            return Err(LetterProblem::NothingMissing);
        }
        if !all_there {
            return Err(LetterProblem::Changed);
        }
        let items: Vec<LetterItem> = self
            .ticked()
            .flat_map(|paper| &paper.uses)
            .map(|used| LetterItem { case: used.case, item: used.item.clone(), seen: used.seen.clone() })
            .collect();
        if items.is_empty() {
            return Err(LetterProblem::NothingTicked);
        }
        let sending = Sending {
            items,
            language: self.language,
            text: self.text.clone(),
            channel: self.channel,
            deadline: self.answer_by()?.day,
            reminder: None,
        };
        let label = facing.label(Deed::PapersAsked, None, self.text.clone());
        sending.draft(facing.author(), label).map(|(_, draft)| draft)
    }
}

/// What becomes of papers that turned up since the clerk looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrivals {
    /// They join the letter, where she sees them.
    Taken,
    /// They stay out: nothing is sent that was not shown.
    Left,
}
