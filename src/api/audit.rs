//! The audit log as the team leader reads it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, CommandId, SessionId, StaffId};

use crate::Purpose;

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
}
