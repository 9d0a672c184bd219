//! The figures of a site for the team leader, and how its day goes. Nothing in them is told of one citizen or of one employee: what is too
//! few is hidden at the server. What does not live here: how they are counted, what a measure means (`skranke_domain::figures`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::Channel;
use skranke_domain::figures::{Aims, Bar, Cell, Compared, Sum};
use skranke_domain::{DepartmentId, Localized, SiteId};

/// The figures of a site in a whole week, month or quarter (`GET /v1/statistics`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Statistics {
    /// The site.
    pub site: SiteId,
    /// Of one department alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// The departments that anything was counted of, to choose among.
    pub departments: Vec<CountedDepartment>,
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub to: Date,
    /// What it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<Against>,
    /// When it was counted.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub counted: Timestamp,
    /// The first day that anything is known of; none where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub begins: Option<Date>,
    /// What is aimed at.
    pub aims: Aims,
    /// Visits.
    pub visits: Compared,
    /// Calls.
    pub calls: Sum,
    /// How long people waited.
    pub waiting: WaitingFigures,
    /// How long meetings took, in the order of the rules.
    pub meetings: Vec<MeetingFigures>,
    /// Settled at first contact, week by week, up to the week after the period.
    pub first_contact: Vec<WeekFigures>,
    /// Who had to come again.
    pub rebooked: RebookFigures,
    /// On which ways people reach the office, by life situation.
    pub channels: ChannelFigures,
    /// The share of visits that were booked.
    pub booked: ShareFigures,
    /// The share of visits that a stand took.
    pub stands: ShareFigures,
    /// How long stands were used for, in minutes.
    pub stand_time: Quantiles,
    /// Weeks for which a department sent no data: in the period, in what it is compared with, or in the weeks of first contact.
    pub gaps: Vec<Gap>,
}

/// A department that anything was counted of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CountedDepartment {
    /// Its identifier.
    pub id: DepartmentId,
    /// Its short name.
    pub tag: String,
    /// Its name.
    pub name: Localized,
}

/// The period that another one is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Against {
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub to: Date,
    /// Whether it can be compared: data begin before it does.
    pub complete: bool,
}

/// Minutes: the middle, and where eight of ten lie. One that would be told of too few is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Quantiles {
    /// One of ten took no longer.
    pub tenth: Option<u16>,
    /// Half took no longer.
    pub median: Option<u16>,
    /// Nine of ten took no longer.
    pub ninetieth: Option<u16>,
}

/// How long people waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WaitingFigures {
    /// How many waits were measured.
    pub count: Cell,
    /// Bars of five minutes; those that are too few are joined. Empty where all are.
    pub bars: Vec<Bar>,
    /// In minutes.
    pub minutes: Quantiles,
    /// How many of a hundred were called within the aim; none where that would tell of too few.
    pub within_percent: Option<u8>,
    /// How many waited longer than the long wait of the aims; none where that would tell of too few.
    pub long: Option<u32>,
    /// Half took no longer, in the period it is compared with.
    pub median_before: Option<u16>,
}

/// How long meetings about a matter took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeetingFigures {
    /// The matter's slug.
    pub matter: String,
    /// What it is called.
    pub title: Localized,
    /// How many meetings.
    pub count: Cell,
    /// In minutes.
    pub minutes: Quantiles,
}

/// Settled at first contact in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WeekFigures {
    /// Its Monday.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub monday: Date,
    /// What is known of it.
    pub state: WeekState,
    /// How many of a hundred.
    pub percent: Option<u8>,
}

/// What is known of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WeekState {
    /// It is counted.
    Counted,
    /// It is counted, and somebody may still come back.
    Provisional,
    /// Too few came to say.
    Few,
    /// A department sent no data: it is left open, never estimated.
    Gap,
}

/// Who had to come again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RebookFigures {
    /// How many.
    pub all: Sum,
    /// By cause, the most frequent first; causes that did not occur in either period are left out.
    pub causes: Vec<CauseFigures>,
}

/// How many had to come again for a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CauseFigures {
    /// Why.
    pub cause: RebookCause,
    /// How many.
    pub count: Compared,
}

/// On which ways people reach the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelFigures {
    /// The columns.
    pub channels: Vec<Channel>,
    /// The rows.
    pub rows: Vec<ChannelRow>,
}

/// On which ways people reach the office about a group of matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelRow {
    /// The group's slug.
    pub group: String,
    /// What it is called.
    pub title: Localized,
    /// One for each channel.
    pub cells: Vec<Cell>,
    /// All of them.
    pub all: Sum,
}

/// A share in whole per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShareFigures {
    /// In the period; none where it would tell of too few.
    pub percent: Option<u8>,
    /// In the period it is compared with.
    pub before: Option<u8>,
}

/// A time for which a department sent no data. It stays open: it is neither zero nor estimated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// Which.
    pub department: DepartmentId,
    /// Its short name.
    pub tag: String,
    /// The first day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub from: Date,
    /// The last day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub to: Date,
}

/// How the day goes at a site (`GET /v1/statistics/today`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The site.
    pub site: SiteId,
    /// As at.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// How many wait.
    pub waiting: u16,
    /// How long the one waits who has waited longest, in minutes.
    pub longest: Option<u16>,
    /// How many were served.
    pub served: u32,
    /// How many of a hundred who were served or wait came at a booked time; none where too few did.
    pub booked_percent: Option<u8>,
    /// Counters at which somebody works.
    pub open: u16,
    /// All counters of the site.
    pub counters: u16,
    /// How long people should wait at most, in minutes.
    pub aim_minutes: u16,
}

/// The language of what is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportLanguage {
    /// Danish.
    Da,
    /// English.
    En,
}
