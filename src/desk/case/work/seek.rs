//! Finding a colleague or a unit by a few letters: shared by the sheets that send something to somebody. What does not live here: what is sent.

use serde::{Deserialize, Serialize};
use skranke_api::handovers::{Colleague, Receiver};
use skranke_domain::authority::Role;
use skranke_domain::{Localized, StaffId};

use super::CaseFacing;
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::Effect;
use crate::load::Load;
use crate::sheets::handover::{Candidate, OFFERED};

/// Who may be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Among {
    /// Colleagues alone, oneself first.
    People,
    /// Other colleagues, and units.
    PeopleAndUnits,
}

/// The line to find somebody with, and who fits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seeker {
    /// What was typed.
    pub query: String,
    /// Who is offered.
    #[serde(skip)]
    pub candidates: Vec<Candidate>,
    /// The one that `↵` takes.
    #[serde(skip)]
    pub active: usize,
    /// Who was chosen.
    pub chosen: Option<Candidate>,
    /// The colleagues that the server found.
    #[serde(skip)]
    pub found: Load<Vec<Colleague>>,
    among: Among,
    #[serde(skip)]
    slot: u8,
}

/// What happens in it.
#[derive(Clone, Debug)]
pub enum SeekInput {
    /// Words were typed.
    Query(String),
    /// The one below or above.
    Step(Step),
    /// The active one (`↵`).
    Take,
    /// This one.
    TakeAt(usize),
    /// Somebody else.
    Another,
    /// Ask again.
    AskAgain,
}

impl Seeker {
    pub(super) fn open(among: Among, facing: &CaseFacing<'_>) -> (Self, Vec<Effect>) {
        let mut seeker = Self {
            query: String::new(),
            candidates: Vec::new(),
            active: 0,
            chosen: None,
            found: Load::Idle,
            among,
            slot: 0,
        };
        let effects = seeker.seek(facing);
        (seeker, effects)
    }

    /// Asks where nobody did since it was taken up from disk.
    pub(super) fn fetch(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        if matches!(self.found, Load::Idle) { self.seek(facing) } else { Vec::new() }
    }

    /// Asks by what was typed; while nothing is, for those of the case's own department.
    fn seek(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        self.slot = (self.slot + 1) % 64;
        self.found.ask(facing.acting.now);
        self.offer(facing);
        let typed = self.query.trim();
        let words = match typed {
            "" => facing.acting.session.tag(&facing.view.value.row.department).to_owned(),
            typed => typed.to_owned(),
        };
        vec![facing.ask(self.slot, Question::Colleagues(words))]
    }

    fn offer(&mut self, facing: &CaseFacing<'_>) {
        let words: Vec<String> = self.query.split_whitespace().map(str::to_lowercase).collect();
        let session = facing.acting.session;
        let me = facing.acting.person();
        let fits = |name: &str, unit: &str| {
            let (name, unit) = (name.to_lowercase(), unit.to_lowercase());
            words.iter().all(|word| name.contains(word) || unit.contains(word))
        };
        let found = self.found.value().map(Vec::as_slice).unwrap_or_default();
        let mut all: Vec<Candidate> = found
            .iter()
            .filter(|one| !matches!(one.role, Role::Host | Role::Guest))
            .filter(|one| self.among == Among::People || Some(one.id) != me)
            .filter(|one| fits(&one.name, session.tag(&one.department)))
            .map(of_colleague)
            .collect();
        if self.among == Among::PeopleAndUnits && !words.is_empty() {
            let units = session.departments.values().map(|health| &health.department);
            let units = units.filter(|unit| unit.asked && (fits(&unit.name.da, &unit.tag) || fits(&unit.name.en, "")));
            all.extend(units.map(|unit| Candidate {
                receiver: Receiver::Unit { department: unit.id.clone() },
                name: unit.name.clone(),
                department: unit.id.clone(),
            }));
        }
        // Whoever is signed in takes a case for herself most often; then those of its department.
        let department = &facing.view.value.row.department;
        let mine = |one: &Candidate| me.is_some_and(|me| one.receiver == Receiver::Colleague { id: me });
        all.sort_by_key(|one| (!mine(one), one.department != *department));
        all.truncate(OFFERED);
        self.candidates = all;
        self.active = self.active.min(self.candidates.len().saturating_sub(1));
    }

    pub(super) fn update(&mut self, input: SeekInput, facing: &CaseFacing<'_>) -> Vec<Effect> {
        match input {
            SeekInput::Query(query) => {
                self.query = query;
                self.active = 0;
                return self.seek(facing);
            }
            SeekInput::AskAgain => return self.seek(facing),
            SeekInput::Step(step) if self.chosen.is_none() => {
                self.active = step.from(Some(self.active), self.candidates.len()).unwrap_or(0);
            }
            SeekInput::Step(_) => {}
            SeekInput::Take => self.take(self.active),
            SeekInput::TakeAt(at) => self.take(at),
            SeekInput::Another => self.chosen = None,
        }
        Vec::new()
    }

    fn take(&mut self, at: usize) {
        if let Some(candidate) = self.candidates.get(at).cloned() {
            self.chosen = Some(candidate);
        }
    }

    pub(super) fn replied(&mut self, slot: u8, reply: Reply, facing: &CaseFacing<'_>) {
        if let (true, Reply::Colleagues(answer)) = (slot == self.slot, reply) {
            self.found.answer(answer, facing.acting.now);
            self.offer(facing);
        }
    }

    /// The colleague who was chosen.
    #[must_use]
    pub fn colleague(&self) -> Option<(StaffId, &Localized)> {
        match self.chosen.as_ref()? {
            Candidate { receiver: Receiver::Colleague { id }, name, .. } => Some((*id, name)),
            Candidate { receiver: Receiver::Unit { .. }, .. } => None,
        }
    }
}

pub(super) fn of_colleague(one: &Colleague) -> Candidate {
    Candidate {
        receiver: Receiver::Colleague { id: one.id },
        name: Localized { da: one.name.clone(), en: one.name.clone() },
        department: one.department.clone(),
    }
}
