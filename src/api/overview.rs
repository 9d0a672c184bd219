//! A citizen's cases over all departments: gathered, or streamed line by line as each answers. *Unknown never looks like none.*

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::case::{Column, NextStep, Phase};
use skranke_domain::paper::OpenPaper;
use skranke_domain::readiness::Readiness;
use skranke_domain::{CaseId, CitizenId, DepartmentId, LifeSituationId, Localized, ProcedureId, SituationId};

use crate::{ETag, Problem};

/// How a department answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
// The contract knows another answer too: what a citizen says to a question.
#[cfg_attr(feature = "schema", schema(as = DepartmentAnswer))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Answer {
    /// It answered.
    Answered {
        /// Its cases.
        cases: Vec<CaseRow>,
        /// The life situations that these cases belong to.
        situations: Vec<Situation>,
        /// The open papers of its open cases.
        papers: Vec<PaperView>,
        /// The benefits it pays her.
        benefits: Vec<Benefit>,
    },
    /// It did not answer; this is what it said before, at the section's `asOf`.
    Stale {
        /// Its cases as they were.
        cases: Vec<CaseRow>,
        /// The life situations as they were.
        situations: Vec<Situation>,
        /// The open papers as they were.
        papers: Vec<PaperView>,
        /// The benefits as they were.
        benefits: Vec<Benefit>,
        /// Why it did not answer.
        problem: Problem,
    },
    /// It did not answer and nothing is known.
    Unavailable {
        /// Why.
        problem: Problem,
    },
    /// This role has no access: nothing is said of whether a case exists.
    Withheld,
}

/// What one department says about a citizen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Section {
    /// The department.
    pub department: DepartmentId,
    /// How it answered.
    #[serde(flatten)]
    pub answer: Answer,
    /// When what is shown was true.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub as_of: Option<Timestamp>,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// A citizen's life situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Situation {
    /// Its identifier.
    pub id: SituationId,
    /// Its kind.
    pub kind: LifeSituationId,
    /// Since when, or planned for when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub since: Date,
    /// Who holds it together, with department.
    pub coordinator: Option<String>,
}

/// A case as a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// Its identifier.
    pub id: CaseId,
    /// Its number for people: `KFF-2026-117940`.
    pub number: String,
    /// Its citizen.
    pub citizen: CitizenId,
    /// Its procedure.
    pub procedure: ProcedureId,
    /// The procedure's name.
    pub title: Localized,
    /// The department that keeps it.
    pub department: DepartmentId,
    /// The life situation it belongs to.
    pub situation: Option<SituationId>,
    /// Its phase.
    pub phase: Phase,
    /// The board's column.
    pub column: Column,
    /// What happens next.
    pub next_step: NextStep,
    /// The caseworker, by name.
    pub responsible: Option<String>,
    /// The deadline, the day itself included.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub deadline: Option<Date>,
    /// What the checklist adds up to.
    pub readiness: Readiness,
    /// The first open papers (three at most).
    pub missing: Vec<Localized>,
    /// The attendance that is booked.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub attendance: Option<Timestamp>,
    /// When it changed last.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub changed: Timestamp,
    /// Who changed it last, by name; none for the system.
    pub changed_by: Option<String>,
    /// The case's own version.
    pub etag: ETag,
}

/// An open paper of a case with its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaperView {
    /// The paper.
    #[serde(flatten)]
    pub paper: OpenPaper,
    /// The version of the item.
    pub etag: ETag,
}

/// A benefit that a department pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Benefit {
    /// Its name.
    pub title: Localized,
    /// Since when.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub since: Option<Date>,
    /// The last day, where it ends.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub until: Option<Date>,
    /// It depends on income: a change of income must be reported.
    pub income_dependent: bool,
}

/// What is missing over all her cases, each paper once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// The citizen.
    pub citizen: CitizenId,
    /// The papers, soonest deadline first; each with every item it is for.
    pub papers: Vec<MissingOnce>,
    /// Departments of which it is not known what is missing: they did not answer, or what they said is old.
    pub unknown: Vec<DepartmentId>,
}

/// A missing paper with every item it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MissingOnce {
    /// Its items, soonest deadline first; never empty.
    pub uses: Vec<PaperView>,
}

/// The gathered overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The citizen.
    pub citizen: CitizenId,
    /// A section a department, in the order of the departments.
    pub sections: Vec<Section>,
}

/// A line of the streamed overview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "line", rename_all = "camelCase")]
#[expect(clippy::large_enum_variant, reason = "a line is read and taken apart at once")]
pub enum OverviewLine {
    /// The first line: which departments are asked.
    #[serde(rename_all = "camelCase")]
    Departments {
        /// The citizen.
        citizen: CitizenId,
        /// In the order in which they are shown.
        departments: Vec<DepartmentId>,
    },
    /// A department answered.
    Section(Section),
    /// The last line. Without it the rest is unknown.
    End,
}
