//! The board: who works on what, what crosses a deadline, what one look tells. Columns are derived, never dragged.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::case::Column;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{CaseId, DepartmentId, LifeSituationId, Localized, MunicipalityId, ProcedureId, StaffId};

use crate::ETag;
use crate::overview::CaseRow;

/// The ages, in days, at which a case stands in the next shade: 0–2, 3–7, 8–14, over 14.
pub const AGES: [i64; 3] = [2, 7, 14];
/// How many cards of a column come with the board.
pub const FIRST_CARDS: u16 = 40;

/// Whose cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One's own.
    #[default]
    Mine,
    /// Those of one's own department.
    Team,
    /// All that one may see.
    All,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BoardSort {
    /// Oldest first.
    #[default]
    Oldest,
    /// Newest first.
    Newest,
    /// Soonest deadline first.
    Deadline,
    /// Latest deadline first.
    LatestDeadline,
}

/// Which deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueFilter {
    /// Past.
    Past,
    /// Today.
    Today,
    /// Within seven days, today included.
    Week,
    /// None at all.
    None,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissingFilter {
    /// Something that the citizen must send.
    Something,
    /// Nothing.
    Nothing,
    /// A paper came that nobody has looked at.
    ToCheck,
    /// She was asked more than seven days ago and has not answered.
    Waited,
}

/// Which cases, in which order. All that is given must hold. It travels as query parameters of the same names, and is what a saved view keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BoardFilter {
    /// Whose.
    pub scope: Scope,
    /// In one column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<Column>,
    /// Of one life situation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub situation: Option<LifeSituationId>,
    /// At one department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// Of one procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<ProcedureId>,
    /// With such a deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueFilter>,
    /// With such papers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingFilter>,
    /// Of one caseworker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible: Option<StaffId>,
    /// Of citizens of one municipality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality: Option<MunicipalityId>,
    /// In which order.
    pub sort: BoardSort,
}

/// The board at a glance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BoardView {
    /// How many cases each scope has, closed ones left out: mine, team, all.
    pub scopes: ScopeCounts,
    /// The four columns in their order, closed ones of this week alone.
    pub columns: Vec<BoardColumn>,
    /// Cases past their deadline.
    pub past_deadline: u32,
    /// Cases with papers that came since the last working day ended.
    pub came_overnight: u32,
    /// Cases that have waited on the citizen for over seven days.
    pub waited: u32,
    /// The median age of open cases, in whole days.
    pub median_age: Option<u32>,
    /// What crosses a legal deadline within seven days.
    pub weather: Weather,
    /// What one can filter by, with how many cases each has; at most 60 each.
    pub facets: Facets,
}

/// How many cases each scope has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ScopeCounts {
    /// One's own.
    pub mine: u32,
    /// Of one's department.
    pub team: u32,
    /// All that one may see.
    pub all: u32,
}

/// A column of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BoardColumn {
    /// Which.
    pub column: Column,
    /// How many cases.
    pub count: u32,
    /// How many of each age: 0–2, 3–7, 8–14, over 14 days.
    pub ages: [u32; 4],
    /// The first cards in the order asked for ([`FIRST_CARDS`] at most).
    pub cards: Vec<BoardRow>,
}

/// A case as a card or a line of the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BoardRow {
    /// The case.
    #[serde(flatten)]
    pub case: CaseRow,
    /// The citizen's full name.
    pub citizen_name: String,
    /// The language she is written to in.
    pub language: LanguageCode,
    /// The kind of life situation.
    pub situation_kind: Option<LifeSituationId>,
    /// The citizen's municipality.
    pub municipality: MunicipalityId,
    /// The day it was received; its age counts from it.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub received: Date,
    /// The caseworker.
    pub responsible_id: Option<StaffId>,
    /// Her initials.
    pub initials: Option<String>,
    /// The version of who is responsible, for assigning many at once.
    pub responsible_etag: ETag,
    /// The day the citizen was asked last.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub asked: Option<Date>,
    /// The day of the next reminder.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub reminder: Option<Date>,
    /// When a paper came last that nobody has looked at.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub came: Option<Timestamp>,
    /// It rests.
    pub suspended: bool,
}

/// What crosses a legal deadline within seven days, soonest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Weather {
    /// How many in all.
    pub crossing: u32,
    /// The day each of the next seven has how many, today first.
    pub days: [u32; 7],
    /// The first of them, the least effort first where the day is the same (12 at most).
    pub lines: Vec<WeatherLine>,
}

/// A case that is about to cross its deadline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WeatherLine {
    /// The case.
    pub case: CaseId,
    /// Its name.
    pub title: Localized,
    /// The citizen's name.
    pub citizen_name: String,
    /// Its deadline.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub deadline: Date,
    /// The least that takes it further.
    pub effort: Effort,
    /// How many papers are open.
    pub open: u16,
}

/// The least that takes a case further, in the order of effort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Everything is in order: decide it.
    Decide,
    /// Look at what came.
    CheckPapers,
    /// Book the attendance.
    Book,
    /// Remind the citizen.
    Remind,
    /// Ask the citizen.
    Ask,
    /// Give it more time, with a reason.
    Extend,
}

/// What one can filter by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    /// Life situations.
    pub situations: Vec<Facet>,
    /// Departments.
    pub departments: Vec<Facet>,
    /// Caseworkers.
    pub responsible: Vec<Facet>,
    /// Municipalities.
    pub municipalities: Vec<Facet>,
}

/// Something to filter by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Facet {
    /// As the query names it.
    pub value: String,
    /// As people read it.
    pub title: Localized,
    /// How many open cases.
    pub count: u32,
}
