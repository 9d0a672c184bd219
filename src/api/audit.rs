//! The audit log as the team leader reads it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::access::{Context, LegalBasis, Tie};
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, CommandId, DepartmentId, SessionId, StaffId};

use crate::Purpose;
use crate::purpose::PurposeKind;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditAction {
    /// Searched citizens.
    Search,
    /// Opened a citizen.
    OpenCitizen,
    /// Read a citizen's overview.
    ReadOverview,
    /// Read contacts.
    ReadContacts,
    /// Read appointments.
    ReadAppointments,
    /// Revealed a hidden field.
    Reveal,
    /// Listed cases.
    ListCases,
    /// Opened a case.
    OpenCase,
    /// Judged an item.
    ChangeItem,
    /// Booked a time.
    Book,
    /// Changed an appointment.
    ChangeAppointment,
    /// Gave a ticket that names a citizen, called her or took it further.
    ServeTicket,
    /// Read what is missing over all cases.
    ReadMissing,
    /// Read notes.
    ReadNotes,
    /// Read promises.
    ReadPromises,
    /// Read life situations.
    ReadSituations,
    /// Read hand-overs.
    ReadHandovers,
    /// Fetched the questions that verify a caller.
    VerifyCaller,
    /// Asked what a change touches.
    ReadChange,
    /// Wrote or changed a note.
    WriteNote,
    /// Gave or settled a promise.
    WritePromise,
    /// Opened, declined or changed a life situation.
    ChangeSituation,
    /// Started a case.
    StartCase,
    /// Reported a change.
    ReportChange,
    /// Asked for papers in a letter.
    AskForPapers,
    /// Registered a contact.
    RegisterContact,
    /// Handed a citizen over, or took a hand-over further.
    HandOver,
    /// Brought a document.
    BringDocument,
    /// Read a document.
    ReadDocument,
    /// Changed what a document is evidence for, or who may read it.
    ChangeDocument,
    /// Took in what arrived from outside.
    TakeIn,
    /// Read half-finished applications.
    ReadApplications,
    /// Made somebody responsible for a case.
    AssignCase,
    /// Rested a case, went on with it or gave it more time.
    SteerCase,
    /// Said facts of a case.
    SayFacts,
    /// Related cases, or parted them.
    RelateCases,
    /// Read questions to colleagues.
    ReadAsks,
    /// Asked a colleague about a case, or answered.
    AskColleague,
    /// Wrote a note on a case.
    NoteCase,
    /// Changed a request for papers after it was sent.
    ChangeRequest,
    /// Proposed a decision, or took one further.
    Decide,
    /// Read the page on a case that prepares the visit.
    ReadSummary,
    /// Read the log.
    ReadAudit,
    /// Read the look-ups about a citizen, to give them to her.
    ReadAccessLog,
    /// Read who may what.
    ReadRights,
    /// Took a role for the day.
    TakeRole,
    /// Opened what is withheld, in an emergency.
    BreakGlass,
    /// Reviewed such an opening.
    ReviewBreakGlass,
    /// Locked somebody's windows.
    LockSession,
    /// Deleted what had been kept long enough.
    Retain,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
}

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuditRecord {
    /// Its place in the log.
    pub seq: i64,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who.
    pub staff: StaffId,
    /// Her name, where the list of staff still knows it.
    #[serde(default)]
    pub staff_name: Option<String>,
    /// In which role.
    pub role: Role,
    /// What.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// About whom.
    pub citizen: Option<CitizenId>,
    /// About which case.
    pub case: Option<CaseId>,
    /// Why.
    pub purpose: Option<Purpose>,
    /// The palette session of a search.
    pub session: Option<SessionId>,
    /// The command of a change.
    pub command: Option<CommandId>,
    /// More: which field was revealed, what kind of query; never the query itself.
    pub note: Option<String>,
    /// The legal basis on which other departments' data were fetched.
    #[serde(default)]
    pub basis: Option<LegalBasis>,
    /// Which business made the look part of the work; none where nobody asked.
    #[serde(default)]
    pub context: Option<Context>,
    /// What ties who looked to the citizen.
    #[serde(default)]
    pub tie: Option<Tie>,
    /// From where: the counter or the site, and the address of the line; `offline` for what was read without one.
    #[serde(default)]
    pub place: Option<String>,
}

/// A line of the look-ups about a citizen as she gets it: what, when and why, in which department, and nobody of the staff
/// (Datatilsynet 6 June 2024, after C-579/21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessLogLine {
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// In which role.
    pub role: Role,
    /// In which department who looked works; none where that is not known any more.
    pub department: Option<DepartmentId>,
    /// What.
    pub action: AuditAction,
    /// How it ended.
    pub outcome: AuditOutcome,
    /// Why, by its kind; the words stay with the office.
    pub purpose: Option<PurposeKind>,
    /// On which legal basis.
    pub basis: Option<LegalBasis>,
}

/// The look-ups about a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccessLog {
    /// About whom.
    pub citizen: CitizenId,
    /// The first moment that the log still holds, where what is older was deleted; none where nothing ever was.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub since: Option<Timestamp>,
    /// The look-ups, newest first.
    pub lines: Vec<AccessLogLine>,
    /// There are more than are given at once.
    pub more: bool,
}

/// The most look-ups that are told at once.
pub const OFFLINE_LOOKS_AT_ONCE: usize = 500;

/// A look at what was kept on the machine, made without a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfflineLook {
    /// When, by the machine's clock.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// What.
    pub action: AuditAction,
    /// About whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen: Option<CitizenId>,
    /// About which case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
}

/// Look-ups that were made offline; sent first when the line is back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfflineLooks {
    /// In the order in which they were made, at most [`OFFLINE_LOOKS_AT_ONCE`].
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 500))]
    pub looks: Vec<OfflineLook>,
}

/// How many look-ups the log took in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Logged {
    /// How many.
    pub logged: u32,
}
