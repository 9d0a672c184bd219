//! Events: CloudEvents 1.0 JSON over server-sent events. No personal data in them, only what to ask for again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::{CaseId, CitizenId, CommandId, StaffId};

use crate::ETag;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum EventKind {
    /// An item of a checklist changed.
    #[serde(rename = "dk.skranke.case.item-changed")]
    ItemChanged,
    /// A case changed.
    #[serde(rename = "dk.skranke.case.changed")]
    CaseChanged,
    /// A time was booked.
    #[serde(rename = "dk.skranke.appointment.booked")]
    AppointmentBooked,
    /// An appointment changed.
    #[serde(rename = "dk.skranke.appointment.changed")]
    AppointmentChanged,
    /// Something about a citizen changed beside her cases: a note, a promise, a life situation, a contact. The subject says which.
    #[serde(rename = "dk.skranke.citizen.changed")]
    CitizenChanged,
    /// A hand-over was sent or came further.
    #[serde(rename = "dk.skranke.handover.changed")]
    HandoverChanged,
    /// A document came, moved or changed.
    #[serde(rename = "dk.skranke.document.changed")]
    DocumentChanged,
    /// Somebody came to a case, left it, or began to edit.
    #[serde(rename = "dk.skranke.case.presence")]
    Presence,
    /// A question to a colleague was sent or came further.
    #[serde(rename = "dk.skranke.ask.changed")]
    AskChanged,
    /// A ticket came or came further. The subject names it; ask for that one alone.
    #[serde(rename = "dk.skranke.ticket.changed")]
    TicketChanged,
    /// Somebody at a site can be reached otherwise, or asks for help. The subject names the site.
    #[serde(rename = "dk.skranke.availability.changed")]
    AvailabilityChanged,
    /// Something was typed at a stand.
    #[serde(rename = "dk.skranke.stand.changed")]
    StandChanged,
    /// A wish for an earlier time came, was met or ended.
    #[serde(rename = "dk.skranke.waiting-list.changed")]
    WaitingListChanged,
    /// Time was closed or opened at counters.
    #[serde(rename = "dk.skranke.opening.changed")]
    OpeningChanged,
    /// The team leader, or the office, asks for this person's windows to be locked. Told to her alone.
    #[serde(rename = "dk.skranke.session.lock")]
    LockDemanded,
    /// This person's role of the day or authorities changed: ask who she is again. Told to her alone.
    #[serde(rename = "dk.skranke.session.rights-changed")]
    RightsChanged,
    /// Somebody broke the glass, or a look of that kind was reviewed. Told to team leaders and to who did it.
    #[serde(rename = "dk.skranke.break-glass.changed")]
    BreakGlassChanged,
    /// History before this is gone: ask for everything again.
    #[serde(rename = "dk.skranke.resync")]
    Resync,
}

/// A CloudEvent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// `1.0`.
    pub specversion: String,
    /// A sealed cursor of this person: resumes with `Last-Event-ID`.
    pub id: String,
    /// `/v1`.
    pub source: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// The path of the thing it happened to.
    pub subject: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub time: Timestamp,
    /// The thing's version after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<ETag>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<StaffId>,
    /// The name of who did it, for "Sara changed this".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actorname: Option<String>,
    /// The command that did it, so that a client knows its own echo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commandid: Option<CommandId>,
    /// The citizen whose page it touches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizenid: Option<CitizenId>,
    /// The case it touches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caseid: Option<CaseId>,
}
