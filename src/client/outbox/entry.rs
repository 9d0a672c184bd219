//! What stands in the outbox: a change as the clerk made it, what it is based on, how far it got. What does not live here: the rules by
//! which entries follow one another (`ledger.rs`), the disk (`store.rs`).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::appointments::{AppointmentChange, BookRequest};
use skranke_api::cases::ItemChange;
use skranke_api::{ETag, Problem, paths};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::checklist::ItemAction;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CommandId, CounterId, ItemId, Localized, StaffId, TicketId};

use super::OutboxError;
use super::hold::Hold;

/// How a change is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Something new.
    Post,
    /// A change of something that exists.
    Patch,
}

/// What a change is based on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// On nothing: it creates something.
    Create,
    /// On a version that the clerk saw.
    Version(ETag),
    /// On the outcome of another entry of the same resource.
    After(CommandId),
}

/// The part of a resource that an edit sets anew: unsent edits to one field coalesce.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldKey(String);

impl FieldKey {
    /// A field by its name within the resource.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

/// Whom and what a change is about, so that pages find their own pending changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The citizen.
    pub citizen: Option<CitizenId>,
    /// The case.
    pub case: Option<CaseId>,
    /// The ticket of the visit, where it belongs to one.
    #[serde(default)]
    pub ticket: Option<TicketId>,
}

impl Subject {
    /// A citizen, and nothing narrower.
    #[must_use]
    pub const fn of(citizen: CitizenId) -> Self {
        Self { citizen: Some(citizen), case: None, ticket: None }
    }
}

/// What the clerk sees of a change: all that she typed, and the names to go with it, so that it can be shown and resolved without a
/// server. `Debug` shows only the kind.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Label {
    /// An item of a checklist was judged.
    Item {
        /// The citizen's name.
        citizen_name: String,
        /// The case's number.
        case_number: String,
        /// The item.
        item_id: ItemId,
        /// The item's name.
        item: Localized,
        /// What was done.
        action: ItemAction,
        /// The reason given.
        reason: Option<String>,
    },
    /// A time was booked.
    Booking {
        /// The citizen's name.
        citizen_name: String,
        /// The first case's name.
        title: Option<Localized>,
        /// The appointment.
        appointment: AppointmentId,
        /// The counter.
        counter: CounterId,
        /// From.
        start: Timestamp,
        /// How long, in minutes.
        minutes: u16,
    },
    /// An appointment was changed.
    Appointment {
        /// The citizen's name.
        citizen_name: String,
        /// The appointment.
        appointment: AppointmentId,
        /// When it is.
        start: Timestamp,
        /// The state it goes to, where its state changes.
        status: Option<AppointmentStatus>,
        /// The time and place it is moved to, where it is moved.
        #[serde(default)]
        moved_to: Option<(Timestamp, CounterId)>,
        /// The reason given.
        reason: Option<String>,
    },
    /// Something about a citizen beside judging and booking.
    Deed {
        /// The citizen's name.
        citizen_name: String,
        /// What was done.
        deed: Deed,
        /// What it is about: a procedure, a life situation, a receiver.
        about: Option<Localized>,
        /// What was typed; empty where nothing was.
        text: String,
    },
}

/// What was done about a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A note was written.
    NoteWritten,
    /// A note was changed or ended.
    NoteChanged,
    /// A promise was given.
    PromiseGiven,
    /// A promise was settled.
    PromiseSettled,
    /// A life situation was opened.
    SituationOpened,
    /// A proposed life situation was declined.
    SituationDeclined,
    /// A life situation was changed: a question answered, something dismissed, closed.
    SituationChanged,
    /// A case was started.
    CaseStarted,
    /// A change was reported.
    ChangeReported,
    /// Papers were asked for in a letter.
    PapersAsked,
    /// A contact was registered.
    ContactRegistered,
    /// A citizen was handed over.
    HandedOver,
    /// A hand-over was taken further.
    HandoverChanged,
    /// Somebody was made responsible for a case, or nobody.
    CaseAssigned,
    /// A case was rested, resumed or given more time.
    CourseChanged,
    /// Facts of a case were said, or it went over to another version of its procedure.
    FactsSaid,
    /// Cases were related or parted.
    CasesRelated,
    /// A decision was proposed.
    DecisionProposed,
    /// A decision was approved, sent back, taken back or issued.
    DecisionChanged,
    /// A colleague was asked about a case.
    ColleagueAsked,
    /// A question of a colleague was answered, or one's own taken back.
    AskChanged,
    /// A note was written on a case.
    CaseNoteWritten,
    /// A document was given to another item, or its openness changed.
    DocumentChanged,
    /// A request for papers was closed, given longer, or its reminder sent.
    RequestChanged,
    /// An application was finished on a citizen's behalf.
    ApplicationFinished,
    /// An earlier time was wished for.
    EarlierTimeWished,
    /// The wish for an earlier time was ended.
    EarlierTimeEnded,
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Item { .. } => "Item(…)",
            Self::Booking { .. } => "Booking(…)",
            Self::Appointment { .. } => "Appointment(…)",
            Self::Deed { .. } => "Deed(…)",
        })
    }
}

/// A change that is about to enter the outbox.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Who makes it.
    pub person: StaffId,
    /// The path of the thing that changes; entries of one resource form a chain. Of a thing to be created: the path it will have.
    pub resource: String,
    /// Where the request goes. The resource itself, save for what is created.
    pub path: String,
    /// The part of the resource that it sets.
    pub field: FieldKey,
    /// How it is sent.
    pub method: Method,
    /// What is sent.
    pub body: serde_json::Value,
    /// What it is based on.
    pub based_on: Basis,
    /// The path of something else that must be there first: while an entry that creates it is in the outbox, this one waits for it.
    #[serde(default)]
    pub behind: Option<String>,
    /// Until when it rests here although it could be sent: it can still be changed meanwhile.
    #[serde(default)]
    pub hold: Option<Hold>,
    /// What the clerk sees.
    pub label: Label,
    /// Whom it is about.
    pub subject: Subject,
    /// When the clerk made it.
    pub made_at: Timestamp,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("method", &self.method)
            .field("based_on", &self.based_on)
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

/// Who changes what, when: what every draft has in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Author {
    /// Who makes the change.
    pub person: StaffId,
    /// The citizen it is about.
    pub citizen: CitizenId,
    /// When.
    pub at: Timestamp,
}

/// Where something new goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path it will have.
    pub resource: String,
    /// The path it is posted to.
    pub posted_to: String,
}

impl Draft {
    /// A judgement of a checklist item, based on the version of the item that the clerk saw.
    ///
    /// # Errors
    /// [`OutboxError::Body`] when the change has no JSON form.
    pub fn item(
        author: Author,
        case: CaseId,
        item: &ItemId,
        seen: ETag,
        change: &ItemChange,
        label: Label,
    ) -> Result<Self, OutboxError> {
        let path = paths::checklist_item(case, item);
        Ok(Self {
            person: author.person,
            resource: path.clone(),
            path,
            field: FieldKey::new("judgement"),
            method: Method::Patch,
            body: json(change)?,
            based_on: Basis::Version(seen),
            behind: None,
            hold: None,
            label,
            subject: Subject { citizen: Some(author.citizen), case: Some(case), ticket: None },
            made_at: author.at,
        })
    }

    /// Something new under a path of its own, made with the client's identifier, so that a change of it can follow before the answer.
    ///
    /// # Errors
    /// [`OutboxError::Body`] when it has no JSON form.
    pub fn create(author: Author, place: Place, body: &impl Serialize, label: Label) -> Result<Self, OutboxError> {
        Ok(Self {
            person: author.person,
            resource: place.resource,
            path: place.posted_to,
            field: FieldKey::new("all"),
            method: Method::Post,
            body: json(body)?,
            based_on: Basis::Create,
            behind: None,
            hold: None,
            label,
            subject: Subject::of(author.citizen),
            made_at: author.at,
        })
    }

    /// A change of one field of something that exists. Unsent changes of one field coalesce.
    ///
    /// # Errors
    /// [`OutboxError::Body`] when it has no JSON form.
    pub fn change(
        author: Author,
        (path, field): (String, FieldKey),
        based_on: Basis,
        body: &impl Serialize,
        label: Label,
    ) -> Result<Self, OutboxError> {
        Ok(Self {
            person: author.person,
            resource: path.clone(),
            path,
            field,
            method: Method::Patch,
            body: json(body)?,
            based_on,
            behind: None,
            hold: None,
            label,
            subject: Subject::of(author.citizen),
            made_at: author.at,
        })
    }

    /// A booking. The identifier of the appointment is the client's own, so that a change of it can follow before the answer.
    ///
    /// # Errors
    /// [`OutboxError::Body`] when the booking has no JSON form.
    pub fn booking(author: Author, booking: &BookRequest, label: Label) -> Result<Self, OutboxError> {
        Ok(Self {
            person: author.person,
            resource: paths::appointment(booking.id),
            path: paths::APPOINTMENTS.to_owned(),
            field: FieldKey::new("booking"),
            method: Method::Post,
            body: json(booking)?,
            based_on: Basis::Create,
            behind: None,
            hold: None,
            label,
            subject: Subject { citizen: Some(author.citizen), case: booking.cases.first().copied(), ticket: None },
            made_at: author.at,
        })
    }

    /// A change of an appointment.
    ///
    /// # Errors
    /// [`OutboxError::Body`] when the change has no JSON form.
    pub fn appointment(
        author: Author,
        id: AppointmentId,
        based_on: Basis,
        change: &AppointmentChange,
        label: Label,
    ) -> Result<Self, OutboxError> {
        let path = paths::appointment(id);
        Ok(Self {
            person: author.person,
            resource: path.clone(),
            path,
            field: FieldKey::new("status"),
            method: Method::Patch,
            body: json(change)?,
            based_on,
            behind: None,
            hold: None,
            label,
            subject: Subject::of(author.citizen),
            made_at: author.at,
        })
    }
}

impl Draft {
    /// The same change, about one case: its page shows it until it is confirmed.
    #[must_use]
    pub fn of_case(mut self, case: CaseId) -> Self {
        self.subject.case = Some(case);
        self
    }

    /// The same change, sent only when the thing with this path is there: a case that is started in a life situation which is not
    /// confirmed itself. Nothing waits for what no entry creates.
    #[must_use]
    pub fn behind(self, resource: String) -> Self {
        Self { behind: Some(resource), ..self }
    }

    /// The same creation, which rests in the outbox and takes every later wording of itself until it leaves: it is on the disk from the
    /// first moment, and made once.
    #[must_use]
    pub fn held(self, hold: Hold) -> Self {
        Self { hold: Some(hold), ..self }
    }

    /// The same change, about the visit of a ticket.
    #[must_use]
    pub fn of_ticket(mut self, ticket: TicketId) -> Self {
        self.subject.ticket = Some(ticket);
        self
    }
}

fn json(body: &impl Serialize) -> Result<serde_json::Value, OutboxError> {
    serde_json::to_value(body).map_err(|_| OutboxError::Body)
}

/// How far an entry got.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum EntryState {
    /// On disk, never sent.
    Queued,
    /// Sent at least once; whether it arrived is not known. It is sent again with the same id until an answer comes.
    Attempted,
    /// The server refused it; the clerk decides what becomes of it.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Waits behind a refused entry of the same resource, or of the thing that must be there first.
    Held,
}

impl EntryState {
    /// The problem of a refused entry.
    #[must_use]
    pub const fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused { problem } => Some(problem),
            _ => None,
        }
    }
}

// A problem may carry the thing as it stands, with a citizen's data.
impl fmt::Debug for EntryState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Queued => f.write_str("Queued"),
            Self::Attempted => f.write_str("Attempted"),
            Self::Refused { problem } => write!(f, "Refused({})", problem.kind),
            Self::Held => f.write_str("Held"),
        }
    }
}

/// A change in the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its command id: the same every time it is sent.
    pub id: CommandId,
    /// The change.
    pub draft: Draft,
    /// When it was put in first.
    pub created_at: Timestamp,
    /// How often it was sent.
    pub attempts: u32,
    /// When it was sent last.
    pub last_attempt: Option<Timestamp>,
    /// How far it got.
    pub state: EntryState,
}

impl Entry {
    /// It has not been settled with the server and can be: not refused, not held.
    #[must_use]
    pub const fn is_on_its_way(&self) -> bool {
        matches!(self.state, EntryState::Queued | EntryState::Attempted)
    }
}
