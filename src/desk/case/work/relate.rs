//! The sheet that relates a case to another of the same citizen, or parts them. What lives here: her other cases, found by a few letters or a
//! number. What does not: what related cases share.

use skranke_api::casework::{Related, RelationRequest};
use skranke_api::overview::{Answer, CaseRow, OverviewLine};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::CaseId;

use super::{CaseFacing, Trouble, allowed};
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::Effect;

/// How many cases are offered at once.
pub const SHOWN: usize = 12;

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct RelateSheet {
    /// What was typed: a number, or letters of a name.
    pub query: String,
    /// The citizen's other cases as the departments answered.
    pub cases: Vec<CaseRow>,
    /// The chosen one.
    pub chosen: Option<CaseId>,
    /// Not every department has answered.
    pub waiting: bool,
    /// A department, or all of them, did not answer.
    pub partial: bool,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum RelateInput {
    /// Something was typed.
    Query(String),
    /// The case below or above.
    Step(Step),
    /// This case.
    Choose(CaseId),
    /// Ask again.
    AskAgain,
}

impl RelateSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> (Self, Vec<Effect>) {
        let mut sheet = Self { query: String::new(), cases: Vec::new(), chosen: None, waiting: false, partial: false };
        let effects = sheet.seek(facing);
        (sheet, effects)
    }

    fn seek(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        self.waiting = true;
        self.partial = false;
        let citizen = facing.view.value.row.citizen;
        vec![facing.ask(0, Question::Overview(citizen, facing.page.purpose.clone(), None))]
    }

    pub(super) fn replied(&mut self, reply: Reply, facing: &CaseFacing<'_>) {
        let Reply::Overview(answer) = reply else { return };
        match *answer {
            Ok(OverviewLine::Section(section)) => {
                let rows = match section.answer {
                    Answer::Answered { cases, .. } => cases,
                    Answer::Stale { cases, .. } => {
                        self.partial = true;
                        cases
                    }
                    Answer::Unavailable { .. } => {
                        self.partial = true;
                        Vec::new()
                    }
                    Answer::Withheld => Vec::new(),
                };
                for row in rows.into_iter().filter(|row| row.id != facing.page.id) {
                    if !self.cases.iter().any(|known| known.id == row.id) {
                        self.cases.push(row);
                    }
                }
            }
            Ok(OverviewLine::End) => self.waiting = false,
            Ok(OverviewLine::Departments { .. }) => {}
            Err(_) => {
                self.waiting = false;
                self.partial = true;
            }
        }
    }

    /// The cases that fit what was typed.
    pub fn fitting(&self) -> impl Iterator<Item = &CaseRow> {
        let words: Vec<String> = self.query.split_whitespace().map(str::to_lowercase).collect();
        let fits = move |row: &&CaseRow| {
            let all = format!("{} {} {}", row.number, row.title.da, row.title.en).to_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        self.cases.iter().filter(fits).take(SHOWN)
    }

    pub(super) fn update(&mut self, input: RelateInput, facing: &CaseFacing<'_>) -> Vec<Effect> {
        match input {
            RelateInput::Query(query) => {
                self.query = query;
                // Whoever types a whole number means that case.
                let only: Vec<CaseId> = self.fitting().map(|row| row.id).collect();
                if let [one] = only[..] {
                    self.chosen = Some(one);
                } else if self.chosen.is_some_and(|chosen| !only.contains(&chosen)) {
                    self.chosen = None;
                }
            }
            RelateInput::Step(step) => {
                let order: Vec<CaseId> = self.fitting().map(|row| row.id).collect();
                let at = self.chosen.and_then(|id| order.iter().position(|one| *one == id));
                self.chosen = step.from(at, order.len()).map(|to| order[to]);
            }
            RelateInput::Choose(id) => self.chosen = Some(id),
            RelateInput::AskAgain => return self.seek(facing),
        }
        Vec::new()
    }

    /// What would become of the chosen case: those that belong together are parted.
    #[must_use]
    pub fn becomes(&self, facing: &CaseFacing<'_>) -> Option<Related> {
        let chosen = self.chosen?;
        let together = facing.view.value.related.iter().any(|case| case.id == chosen);
        Some(if together { Related::Apart } else { Related::Together })
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.work)?;
        let (Some(other), Some(related)) = (self.chosen, self.becomes(facing)) else {
            return Err(Trouble::NothingChosen);
        };
        let title = self.cases.iter().find(|row| row.id == other).map(|row| row.title.clone());
        let posted_to = paths::relations(case.row.id);
        let resource = format!("{posted_to}/{other}");
        let label = facing.label(Deed::CasesRelated, title, "");
        facing.create(resource, posted_to, &RelationRequest { other, related }, label)
    }
}
