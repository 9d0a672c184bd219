//! The catalogue: departments, life situations, tasks and procedures, read from TOML and checked. What lives here: the whole and its
//! look-ups. What does not: opening files (the caller hands in names and texts; [`Catalogue::builtin_files`] are compiled in).

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::change::{ChangeKind, FanOut};
use crate::department::Department;
use crate::life_situation::LifeSituationKind;
use crate::municipality::Municipality;
use crate::paper::PaperKind;
use crate::procedure::condition::{Condition, Verdict};
use crate::procedure::facts::FactTable;
use crate::procedure::{Facts, Matter, Procedure, Task};
use crate::settle::SettleRule;
use crate::{ChangeId, DepartmentId, ItemId, LifeSituationId, MunicipalityId, PaperId, ProcedureId, TaskId};

mod builtin;
mod check;
mod decisions;
mod entries;
mod guide;
mod municipalities;
mod papers;
mod procedures;
mod reader;
mod situations;
#[cfg(test)]
mod tests;

/// Everything the office knows about how things are solved. Made by [`Catalogue::parse`] alone, so that every reference in it holds.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// Departments and authorities, in the order of the file.
    pub departments: Vec<Department>,
    /// The kinds of life situation, in the order of the file.
    pub life_situations: Vec<LifeSituationKind>,
    /// The task guide, in the order of the file.
    pub tasks: Vec<Task>,
    /// The procedures, in the order of the files.
    pub procedures: Vec<Procedure>,
    /// What follows from procedures and has none of its own.
    pub matters: Vec<Matter>,
    /// The kinds of paper that several checklists ask for.
    pub papers: Vec<PaperKind>,
    /// The rules of "settle now".
    pub settle_rules: Vec<SettleRule>,
    /// The kinds of change that a citizen reports.
    pub changes: Vec<ChangeKind>,
    /// The municipalities that are served, the own one first.
    pub municipalities: Vec<Municipality>,
    /// The source list by code.
    pub sources: BTreeMap<String, Source>,
    /// The facts that conditions may ask for.
    pub facts: FactTable,
    /// Every condition of the catalogue, read once, by its text.
    conditions: HashMap<String, Condition>,
}

/// Where facts of the catalogue come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// The code that facts name: `CPRU`.
    pub code: String,
    /// What it is.
    pub title: String,
}

/// A mistake in a file of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file's name as it was handed in.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}, expected {}", self.file, self.line, self.found, self.expected)
    }
}

impl std::error::Error for Mistake {}

impl Catalogue {
    /// Reads and checks a catalogue from its files: `departments.toml`, `life-situations.toml`, `tasks.toml`, `facts.toml`,
    /// `matters.toml`, `sources.toml`, `papers.toml`, `settle-now.toml`, `changes.toml`, `municipalities.toml` and any number of `procedures/*.toml`.
    ///
    /// # Errors
    /// Every [`Mistake`] found, by file and line.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Vec<Mistake>> {
        check::parse(files)
    }

    /// The files that come with the program, as `(name, text)`.
    #[must_use]
    pub const fn builtin_files() -> &'static [(&'static str, &'static str)] {
        builtin::FILES
    }

    /// The catalogue that comes with the program.
    ///
    /// # Errors
    /// See [`Catalogue::parse`]; a test keeps the built-in files free of mistakes.
    pub fn builtin() -> Result<Self, Vec<Mistake>> {
        Self::parse(Self::builtin_files())
    }

    /// A department by its slug.
    #[must_use]
    pub fn department(&self, id: &DepartmentId) -> Option<&Department> {
        self.departments.iter().find(|department| department.id == *id)
    }

    /// A kind of life situation by its slug.
    #[must_use]
    pub fn life_situation(&self, id: &LifeSituationId) -> Option<&LifeSituationKind> {
        self.life_situations.iter().find(|kind| kind.id == *id)
    }

    /// A task by its slug.
    #[must_use]
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// A procedure by its slug.
    #[must_use]
    pub fn procedure(&self, id: &ProcedureId) -> Option<&Procedure> {
        self.procedures.iter().find(|procedure| procedure.id == *id)
    }

    /// A matter without a procedure by its slug.
    #[must_use]
    pub fn matter(&self, id: &ProcedureId) -> Option<&Matter> {
        self.matters.iter().find(|matter| matter.id == *id)
    }

    /// A kind of paper by its slug.
    #[must_use]
    pub fn paper(&self, id: &PaperId) -> Option<&PaperKind> {
        self.papers.iter().find(|paper| paper.id == *id)
    }

    /// A served municipality by its slug.
    #[must_use]
    pub fn municipality(&self, id: &MunicipalityId) -> Option<&Municipality> {
        self.municipalities.iter().find(|municipality| municipality.id == *id)
    }

    /// A kind of change by its slug.
    #[must_use]
    pub fn change(&self, id: &ChangeId) -> Option<&ChangeKind> {
        self.changes.iter().find(|change| change.id == *id)
    }

    /// Who must hear of a change that somebody reports: every procedure that it may touch, in the order of the catalogue, with what its
    /// condition says about her. What the facts rule out is there too, as [`Verdict::DoesNotApply`]; unknown is neither yes nor no.
    #[must_use]
    pub fn fan_out<'a>(&'a self, change: &'a ChangeKind, facts: &Facts) -> Vec<(&'a FanOut, Verdict)> {
        let verdict = |fan: &FanOut| self.evaluate(fan.when.as_deref().unwrap_or("always"), facts);
        change.fans_out.iter().map(|fan| (fan, verdict(fan))).collect()
    }

    /// The procedures that belong to a kind of life situation.
    pub fn procedures_of<'a>(&'a self, situation: &'a LifeSituationId) -> impl Iterator<Item = &'a Procedure> {
        self.procedures.iter().filter(move |procedure| procedure.life_situations.contains(situation))
    }

    /// What a procedure's checklist becomes for somebody: one verdict for each item, in the order of the procedure.
    ///
    /// A condition that this catalogue cannot read (a procedure kept from an older catalogue) is unknown, with the condition itself in
    /// place of the fact: a person decides.
    #[must_use]
    pub fn instantiate(&self, procedure: &Procedure, facts: &Facts) -> Vec<(ItemId, Verdict)> {
        procedure.items.iter().map(|item| (item.id.clone(), self.evaluate(&item.when, facts))).collect()
    }

    fn evaluate(&self, when: &str, facts: &Facts) -> Verdict {
        if let Some(condition) = self.conditions.get(when) {
            return condition.evaluate(facts);
        }
        match Condition::parse(when, &self.facts) {
            Ok(condition) => condition.evaluate(facts),
            Err(_) => Verdict::Unknown { fact: when.to_owned() },
        }
    }
}
