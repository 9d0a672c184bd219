//! Sites, counters, free times and appointments.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use skranke_domain::appointment::{AppointmentStatus, BlockKind};
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, Localized, SiteId};

use crate::ETag;

/// The longest meeting, in minutes.
pub const MAX_MINUTES: u16 = 180;

/// A site with its counters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// Its slug.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its counters.
    pub counters: Vec<Counter>,
    /// Opening hours, Monday first; none where closed.
    pub hours: Vec<Option<Hours>>,
}

/// Opening hours of a day, in local time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hours {
    /// From.
    #[cfg_attr(feature = "schema", schema(value_type = String, pattern = r"^\d{2}:\d{2}:\d{2}$"))]
    pub from: Time,
    /// To, exclusive.
    #[cfg_attr(feature = "schema", schema(value_type = String, pattern = r"^\d{2}:\d{2}:\d{2}$"))]
    pub to: Time,
}

/// A counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counter {
    /// Its slug.
    pub id: CounterId,
    /// Its name: "Counter 4".
    pub name: Localized,
}

/// A free time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Slot {
    /// The site.
    pub site: SiteId,
    /// The counter.
    pub counter: CounterId,
    /// From.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// To, exclusive.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub end: Timestamp,
}

/// The papers of an appointment's cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Papers {
    /// Items due before the visit.
    pub due: u16,
    /// Of these: open.
    pub open: u16,
}

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Appointment {
    /// Its identifier.
    pub id: AppointmentId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The citizen's name as a calendar shows it: initial and surname.
    pub citizen_short: String,
    /// The cases it is for.
    pub cases: Vec<CaseId>,
    /// The first case's name.
    pub title: Option<Localized>,
    /// The site.
    pub site: SiteId,
    /// The counter.
    pub counter: CounterId,
    /// From.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// To, exclusive.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub end: Timestamp,
    /// How many people come.
    pub people: u16,
    /// Its state.
    pub status: AppointmentStatus,
    /// Its papers.
    pub papers: Papers,
    /// Its own version.
    pub etag: ETag,
}

/// Time that is not for citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Block {
    /// The counter.
    pub counter: CounterId,
    /// From.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// To, exclusive.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub end: Timestamp,
    /// What.
    pub kind: BlockKind,
}

/// A stretch of days at one counter, or a citizen's appointments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Calendar {
    /// Appointments in order of time.
    pub items: Vec<Appointment>,
    /// Breaks, meetings, closures; empty for a citizen's list.
    pub blocks: Vec<Block>,
    /// Share of the open time that is taken, a day each, 0 to 100; empty for a citizen's list.
    pub load: Vec<DayLoad>,
    /// Always none: a week is one page.
    pub next_cursor: Option<crate::Cursor>,
}

/// How full a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DayLoad {
    /// The day.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub day: Date,
    /// Share of the open time that is taken, 0 to 100.
    pub percent: u8,
}

/// Books a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookRequest {
    /// The identifier that the client made.
    pub id: AppointmentId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The cases it is for (1 to 10).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub cases: Vec<CaseId>,
    /// The counter.
    pub counter: CounterId,
    /// From: on a five-minute mark.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// Minutes: a multiple of five, up to 180.
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 180, multiple_of = 5))]
    pub minutes: u16,
    /// How many people come (1 to 20).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub people: u16,
}

/// Changes an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentChange {
    /// The state it goes to (`cancelled`, `arrived`, `fulfilled`, `noshow`).
    pub status: AppointmentStatus,
    /// Why; required for a cancellation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub reason: Option<String>,
}
