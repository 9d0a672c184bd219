//! Sites, counters, free times and appointments. What does not live here: what a visit needs and whom it tells (`visits`), closures
//! and load (`opening`).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
pub use skranke_domain::appointment::MAX_MINUTES;
use skranke_domain::appointment::{AppointmentReadiness, AppointmentStatus, BlockKind, CounterKind, RebookCause};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{
    AppointmentId, BlockId, CaseId, CitizenId, CounterId, DepartmentId, InterpreterId, Localized, ProcedureId, SiteId,
    StaffId,
};

use crate::ETag;
use crate::visits::Told;

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
    /// Interpreters who come here or are rung from here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interpreters: Vec<Interpreter>,
    /// How long people should wait at most, in minutes: the aim, and where the queue begins to say so.
    #[serde(default)]
    pub aim_minutes: u16,
}

/// An interpreter, or a service that sends one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Interpreter {
    /// Its slug.
    pub id: InterpreterId,
    /// The name: never a private person's in training.
    pub name: String,
    /// The language interpreted into Danish.
    pub language: LanguageCode,
}

/// Somebody who works here, as a calendar names her.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffRef {
    /// Who.
    pub id: StaffId,
    /// Her name.
    pub name: String,
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

/// A place where citizens are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Counter {
    /// Its slug.
    pub id: CounterId,
    /// Its name: "Counter 4".
    pub name: Localized,
    /// What it is.
    #[serde(default = "plain_counter")]
    pub kind: CounterKind,
    /// It is reached without a step.
    #[serde(default)]
    pub step_free: bool,
    /// Departments whose matters are settled here; empty: all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub departments: Vec<DepartmentId>,
}

const fn plain_counter() -> CounterKind {
    CounterKind::Counter
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
    /// Who is there then, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffRef>,
    /// Who interprets, where an interpreter was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Interpreter>,
}

/// Which free times are looked for (the query of `GET /v1/slots`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotQuery {
    /// At this counter alone.
    pub counter: Option<CounterId>,
    /// At these sites; empty: at the counter's, or at all.
    pub sites: Vec<SiteId>,
    /// What for: a counter that does not settle its department's matters is left out, and its minutes count where none are said.
    pub procedure: Option<ProcedureId>,
    /// How long; where it is not said, the procedure's minutes for so many people.
    pub minutes: Option<u16>,
    /// How many people come.
    pub people: Option<u16>,
    /// An interpreter of this language is free then.
    pub language: Option<LanguageCode>,
    /// Reached without a step.
    pub step_free: bool,
    /// Begins before nine o'clock.
    pub before_work: bool,
    /// With this caseworker.
    pub with: Option<StaffId>,
    /// Not before this moment; now, where it is not said.
    pub from: Option<Timestamp>,
    /// On this day at the latest.
    pub until: Option<Date>,
    /// How many (3 where it is not said, 50 at most).
    pub limit: Option<u16>,
}

/// Keeps a free time while the clerk writes (`POST /v1/slots/hold`). The appointment is `proposed` and goes by itself when its time is up;
/// booking the same identifier makes it stand, cancelling it gives the time back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HoldRequest {
    /// The identifier that the client made; the booking carries the same.
    pub id: AppointmentId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The counter.
    pub counter: CounterId,
    /// From: on a five-minute mark.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// Minutes: a multiple of five, up to 180.
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 180, multiple_of = 5))]
    pub minutes: u16,
    /// The interpreter whose time is kept too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<InterpreterId>,
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
    /// How ready it is.
    pub readiness: AppointmentReadiness,
    /// With whom, where that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<StaffRef>,
    /// Who interprets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<Interpreter>,
    /// When the citizen said that she is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub arrived: Option<Timestamp>,
    /// Until when it is held; a proposed one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub expires: Option<Timestamp>,
    /// The appointment that it stands for: moved by her, missed, cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AppointmentId>,
    /// Somebody closed this time after it was booked: it has to be moved.
    #[serde(default)]
    pub conflict: bool,
    /// Whom it told, the last first; not in lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// Its own version.
    pub etag: ETag,
}

/// Time that is not for citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Block {
    /// Its identifier; none where it follows from opening hours and holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<BlockId>,
    /// Why, in words, where somebody said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
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
    /// Its own version; none where it follows from opening hours and holidays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<ETag>,
}

/// A column of the day: a place, who is there, how full it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// The place.
    pub counter: CounterId,
    /// Who is on duty there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffRef>,
    /// Share of the open time that is taken, 0 to 100.
    pub percent: u8,
    /// It is not open that day at all: nobody is on duty, or it is closed.
    pub closed: bool,
}

/// A stretch of days at one counter, a day at a site, or a citizen's appointments.
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
    /// The columns of a site's day, in order; empty for anything else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lanes: Vec<Lane>,
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
    /// With this caseworker, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<StaffId>,
    /// The interpreter whose time it takes too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<InterpreterId>,
    /// The language of what is sent; the citizen's own where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// The appointment that it stands for (moved by her, missed, cancelled): what was known of that is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<AppointmentId>,
    /// Why she comes again, where it stands for another; a missed one needs no word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<RebookCause>,
}

/// Another time for an appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTime {
    /// The counter.
    pub counter: CounterId,
    /// From: on a five-minute mark.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// Minutes: a multiple of five, up to 180.
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 180, multiple_of = 5))]
    pub minutes: u16,
}

/// Changes an appointment: its state, or its time. One of the two is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppointmentChange {
    /// The state it goes to (`cancelled`, `arrived`, `fulfilled`, `noshow`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<AppointmentStatus>,
    /// The time it is moved to. The interpreter comes along where she is free; else the move is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NewTime>,
    /// Why; required for a cancellation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub reason: Option<String>,
    /// Why she has to come again, for the figures; with a cancellation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<RebookCause>,
}

impl AppointmentChange {
    /// Another state.
    #[must_use]
    pub fn status(status: AppointmentStatus, reason: Option<String>) -> Self {
        Self { status: Some(status), reason, ..Self::default() }
    }

    /// Another time.
    #[must_use]
    pub fn moved(to: NewTime) -> Self {
        Self { to: Some(to), ..Self::default() }
    }
}
