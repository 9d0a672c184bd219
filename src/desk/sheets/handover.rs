//! The sheet for a warm hand-over. What lives here: to whom, the card with what is filled in already, the receiving unit's questions, and the
//! hand-over that comes of it. What does not: what the receiver does with it (see [`crate::inbox`]).

use serde::{Deserialize, Serialize};
use skranke_api::handovers::{Card, CardAnswer, Colleague, HandoverRequest, Receiver};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Place};
use skranke_domain::authority::Role;
use skranke_domain::contact::Verified;
use skranke_domain::handover::CARD_CHARS;
use skranke_domain::note::PromiseState;
use skranke_domain::{CaseId, DepartmentId, HandoverId, Localized};

use super::{Facing, Outcome};
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::Effect;
use crate::load::Load;

/// How many receivers are offered at once.
pub const OFFERED: usize = 6;
/// The longest answer to a question of the receiving unit, in characters.
pub const ANSWER_CHARS: usize = 500;
/// The most papers, and the most cases, of a card.
const MOST_PAPERS: usize = 60;
const MOST_CASES: usize = 10;

/// Somebody, or a unit, that may receive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// To whom.
    pub receiver: Receiver,
    /// The name of the colleague or of the unit.
    pub name: Localized,
    /// The unit, which asks its questions.
    pub department: DepartmentId,
}

/// A question of the receiving unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// As it is asked.
    pub question: Localized,
    /// As it was answered.
    pub answer: String,
}

/// Why it cannot be handed over yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody was chosen.
    NoReceiver,
    /// A card that says nothing is no hand-over.
    NothingSaid,
    /// What stands in a field is too long.
    TooLong,
    /// The unit asks, and there is no answer; "not known" is one.
    Unanswered,
    /// It is not known who is signed in.
    NobodySignedIn,
    /// It could not be written down.
    NotKept,
}

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandoverSheet {
    /// What was typed to find a receiver.
    pub query: String,
    /// Who is offered.
    #[serde(skip)]
    pub candidates: Vec<Candidate>,
    /// The one that `↵` takes.
    #[serde(skip)]
    pub active: usize,
    /// To whom, once chosen.
    pub receiver: Option<Candidate>,
    /// The colleagues that the server found.
    #[serde(skip)]
    pub colleagues: Load<Vec<Colleague>>,
    /// What it is about.
    pub what: String,
    /// How it was made sure who she is.
    pub verified: Verified,
    /// What she was promised.
    pub promised: String,
    /// The papers that are missing.
    pub missing: Vec<Localized>,
    /// They go along.
    pub with_missing: bool,
    /// The cases that were touched, with their numbers.
    pub cases: Vec<(CaseId, String)>,
    /// They go along.
    pub with_cases: bool,
    /// What the receiving unit asks.
    pub asked: Vec<Asked>,
    /// What keeps it from being handed over, since the last try.
    #[serde(skip)]
    pub trouble: Option<Trouble>,
    /// A receiver who was named before her name was known.
    wanted: Option<Receiver>,
    #[serde(skip)]
    slot: u8,
    changed: bool,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum HandoverInput {
    /// Words were typed to find a receiver.
    Query(String),
    /// The receiver below or above.
    Step(Step),
    /// The active one is the receiver (`↵`).
    Take,
    /// This one is the receiver.
    TakeAt(usize),
    /// Somebody else.
    Another,
    /// What it is about was typed.
    What(String),
    /// What she was promised was typed.
    Promised(String),
    /// The missing papers go along, or do not.
    Missing,
    /// The cases go along, or do not.
    Cases,
    /// An answer to a question of the unit.
    Answer(usize, String),
    /// Every open question is answered with these words: "not known" in the clerk's language.
    NotKnown(String),
    /// Ask for colleagues again.
    AskAgain,
}

impl HandoverSheet {
    pub(crate) fn open(receiver: Option<Receiver>, facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        let page = facing.page;
        let visit = &page.visit;
        let mut cases = Vec::new();
        let mut titles = Vec::new();
        for id in visit.touched.iter().take(MOST_CASES) {
            if let Some(row) = page.rows().find(|row| row.case.id == *id) {
                cases.push((*id, row.case.number.clone()));
                titles.push(row.case.title.da.clone());
            }
        }
        let begun = visit.begun.iter().filter_map(|id| facing.acting.session.procedures.get(id));
        titles.extend(begun.map(|known| known.title.da.clone()));
        titles.dedup();
        let open = page.open_papers(facing.acting.pending);
        let missing: Vec<Localized> =
            open.missing().iter().take(MOST_PAPERS).map(|paper| paper.first().label.clone()).collect();
        let promises = page.promises.value().map(Vec::as_slice).unwrap_or_default();
        let promised: Vec<String> = promises
            .iter()
            .filter(|promise| promise.state == PromiseState::Open)
            .map(|promise| format!("{} (senest {})", promise.text, promise.due.strftime("%-d.%-m.%Y")))
            .collect();
        let line = page.kept_wrap_up().map(|sheet| sheet.text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut sheet = Self {
            query: String::new(),
            candidates: Vec::new(),
            active: 0,
            receiver: None,
            colleagues: Load::Idle,
            // The card is read in the house, whose language is Danish.
            what: line.unwrap_or_else(|| titles.join(", ")),
            verified: visit.verified,
            promised: promised.join("; "),
            with_missing: !missing.is_empty(),
            missing,
            with_cases: !cases.is_empty(),
            cases,
            asked: Vec::new(),
            trouble: None,
            wanted: receiver,
            slot: 0,
            changed: false,
        };
        let effects = sheet.seek(facing);
        sheet.recognise(facing);
        (sheet, effects)
    }

    /// Asks for colleagues by what was typed; what an earlier asking brings is dropped.
    fn seek(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        self.slot = (self.slot + 1) % 64;
        self.colleagues.ask(facing.acting.now);
        self.offer(facing);
        vec![facing.ask(self.slot, Question::Colleagues(self.query.trim().to_owned()))]
    }

    /// Asks for colleagues where nobody did since the sheet was taken up from disk.
    pub(crate) fn fetch(&mut self, facing: &Facing<'_>) -> Vec<Effect> {
        if matches!(self.colleagues, Load::Idle) { self.seek(facing) } else { Vec::new() }
    }

    /// Who is offered: units first while nothing is typed, then whoever fits all words; her own unit is no stranger, so it stands last.
    fn offer(&mut self, facing: &Facing<'_>) {
        let words: Vec<String> = self.query.split_whitespace().map(str::to_lowercase).collect();
        let session = facing.acting.session;
        let mine = session.me.value().map(|me| (&me.id, &me.department));
        let fits = |name: &str, unit: &str| {
            let (name, unit) = (name.to_lowercase(), unit.to_lowercase());
            words.iter().all(|word| name.contains(word) || unit.contains(word))
        };
        let units = session.departments.values().map(|health| &health.department).filter_map(|one| {
            // Where nobody reads what is handed over there is nobody to hand over to: she is referred there instead.
            let reads = one.asked || !one.asks_before_handover.is_empty();
            let fit = reads && (fits(&one.name.da, &one.tag) || fits(&one.name.en, &one.tag));
            fit.then(|| Candidate {
                receiver: Receiver::Unit { department: one.id.clone() },
                name: one.name.clone(),
                department: one.id.clone(),
            })
        });
        let colleagues = self.colleagues.value().map(Vec::as_slice).unwrap_or_default();
        let people = colleagues
            .iter()
            .filter(|one| !matches!(one.role, Role::Host | Role::Guest))
            .filter(|one| mine.is_none_or(|(id, _)| *id != one.id) && fits(&one.name, session.tag(&one.department)))
            .map(|one| Candidate {
                receiver: Receiver::Colleague { id: one.id },
                name: Localized { da: one.name.clone(), en: one.name.clone() },
                department: one.department.clone(),
            });
        let mut all: Vec<Candidate> = units.chain(people).collect();
        let begins = |one: &Candidate| {
            let first = words.first().map_or("", String::as_str);
            let tag = session.tag(&one.department).to_lowercase();
            let unit = matches!(one.receiver, Receiver::Unit { .. });
            (unit && tag == first) || one.name.da.to_lowercase().starts_with(first)
        };
        all.sort_by_key(|one| {
            let own = mine.is_some_and(|(_, department)| *department == one.department && words.is_empty());
            (own, !begins(one))
        });
        all.truncate(OFFERED);
        self.candidates = all;
        self.active = self.active.min(self.candidates.len().saturating_sub(1));
    }

    /// A receiver who was named at the opening gets her name as soon as it is known.
    fn recognise(&mut self, facing: &Facing<'_>) {
        let candidate = match &self.wanted {
            Some(Receiver::Unit { department }) => {
                facing.acting.session.departments.get(department).map(|health| Candidate {
                    receiver: Receiver::Unit { department: department.clone() },
                    name: health.department.name.clone(),
                    department: department.clone(),
                })
            }
            Some(Receiver::Colleague { id }) => {
                let known = self.colleagues.value().and_then(|all| all.iter().find(|one| one.id == *id));
                known.map(|one| Candidate {
                    receiver: Receiver::Colleague { id: one.id },
                    name: Localized { da: one.name.clone(), en: one.name.clone() },
                    department: one.department.clone(),
                })
            }
            None => None,
        };
        if let Some(candidate) = candidate {
            self.wanted = None;
            self.take(candidate, facing);
        }
    }

    fn take(&mut self, candidate: Candidate, facing: &Facing<'_>) {
        let health = facing.acting.session.departments.get(&candidate.department);
        let questions = health.map(|health| health.department.asks_before_handover.as_slice()).unwrap_or_default();
        // What was answered already stays, should the next unit ask the same.
        let before = std::mem::take(&mut self.asked);
        self.asked = questions
            .iter()
            .map(|question| {
                let said = before.iter().find(|one| one.question == *question).map(|one| one.answer.clone());
                Asked { question: question.clone(), answer: said.unwrap_or_default() }
            })
            .collect();
        self.receiver = Some(candidate);
    }

    pub(crate) fn update(&mut self, input: HandoverInput, facing: &Facing<'_>) -> Vec<Effect> {
        self.changed |= !matches!(input, HandoverInput::Step(_) | HandoverInput::AskAgain);
        self.trouble = None;
        match input {
            HandoverInput::Query(query) => {
                self.query = query;
                self.active = 0;
                return self.seek(facing);
            }
            HandoverInput::AskAgain => return self.seek(facing),
            HandoverInput::Step(step) if self.receiver.is_none() => {
                self.active = step.from(Some(self.active), self.candidates.len()).unwrap_or(0);
            }
            HandoverInput::Step(_) => {}
            HandoverInput::Take => {
                if let Some(candidate) = self.candidates.get(self.active).cloned() {
                    self.take(candidate, facing);
                }
            }
            HandoverInput::TakeAt(at) => {
                if let Some(candidate) = self.candidates.get(at).cloned() {
                    self.take(candidate, facing);
                }
            }
            HandoverInput::Another => self.receiver = None,
            HandoverInput::What(text) => self.what = text,
            HandoverInput::Promised(text) => self.promised = text,
            HandoverInput::Missing => self.with_missing = !self.with_missing && !self.missing.is_empty(),
            HandoverInput::Cases => self.with_cases = !self.with_cases && !self.cases.is_empty(),
            HandoverInput::Answer(at, text) => {
                if let Some(one) = self.asked.get_mut(at) {
                    one.answer = text;
                }
            }
            HandoverInput::NotKnown(words) => {
                for one in self.asked.iter_mut().filter(|one| one.answer.trim().is_empty()) {
                    one.answer.clone_from(&words);
                }
            }
        }
        Vec::new()
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        match self.draft(facing) {
            Ok(draft) => Outcome::send([draft]),
            Err(trouble) => {
                self.trouble = Some(trouble);
                Outcome::not_yet()
            }
        }
    }

    fn draft(&self, facing: &Facing<'_>) -> Result<Draft, Trouble> {
        let to = self.receiver.as_ref().ok_or(Trouble::NoReceiver)?;
        let what = self.what.trim();
        if what.is_empty() {
            return Err(Trouble::NothingSaid);
        }
        let long = |text: &str, most: usize| text.trim().chars().count() > most;
        if long(what, CARD_CHARS) || long(&self.promised, CARD_CHARS) {
            return Err(Trouble::TooLong);
        }
        if self.asked.iter().any(|one| long(&one.answer, ANSWER_CHARS)) {
            return Err(Trouble::TooLong);
        }
        if self.asked.iter().any(|one| one.answer.trim().is_empty()) {
            return Err(Trouble::Unanswered);
        }
        let author = facing.author().ok_or(Trouble::NobodySignedIn)?;
        let answer = |one: &Asked| CardAnswer { question: one.question.clone(), answer: one.answer.trim().to_owned() };
        let request = HandoverRequest {
            id: HandoverId::new(),
            citizen: author.citizen,
            receiver: to.receiver.clone(),
            card: Card {
                what: what.to_owned(),
                verified: self.verified,
                promised: self.promised.trim().to_owned(),
                missing: if self.with_missing { self.missing.clone() } else { Vec::new() },
                cases: if self.with_cases { self.cases.iter().map(|(id, _)| *id).collect() } else { Vec::new() },
                answers: self.asked.iter().map(answer).collect(),
            },
        };
        let place = Place { resource: paths::handover(request.id), posted_to: paths::HANDOVERS.to_owned() };
        let label = facing.label(Deed::HandedOver, Some(to.name.clone()), what);
        Draft::create(author, place, &request, label).map_err(|_| Trouble::NotKept)
    }

    pub(crate) fn replied(&mut self, slot: u8, reply: Reply, facing: &Facing<'_>) {
        if let (true, Reply::Colleagues(answer)) = (slot == self.slot, reply) {
            self.colleagues.answer(answer, facing.acting.now);
            self.offer(facing);
            self.recognise(facing);
        }
    }

    /// Whether something was typed that Escape must not lose.
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        self.changed
    }
}
