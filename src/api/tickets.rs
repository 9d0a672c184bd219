//! The queue at a site, who works there, the stands, and the call display. What does not live here: appointments, contacts (what a visit
//! was about is registered there).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Outcome;
use skranke_domain::queue::{Availability, CallReason, Candidate, TicketOrigin, TicketState, Triage};
use skranke_domain::{
    AppointmentId, CaseId, CitizenId, CounterId, DepartmentId, LifeSituationId, Localized, ProcedureId, SiteId,
    StaffId, TicketId,
};

use crate::ETag;
use crate::appointments::{Papers, StaffRef};
use crate::handovers::Receiver;

/// The longest card or reason on a ticket, in characters.
pub const CARD_CHARS: usize = 500;

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Its identifier.
    pub id: TicketId,
    /// What is called: `K 047`. Counted anew each day at each site.
    pub number: String,
    /// The site.
    pub site: SiteId,
    /// How it came to be.
    pub origin: TicketOrigin,
    /// What for, as the list shows it: the procedure's name or the situation's.
    pub reason: Localized,
    /// The procedure, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<ProcedureId>,
    /// The life situation, for the figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<LifeSituationId>,
    /// Whose matters it is, so that only a counter that settles them calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// What the host noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How many people.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub people: u16,
    /// The language she needs an interpreter for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// Who it is, once identified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen: Option<CitizenId>,
    /// Her name as a calendar shows it: initial and surname.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen_short: Option<String>,
    /// The cases it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<CaseId>,
    /// The appointment, where she came for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// Her booked time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub booked: Option<Timestamp>,
    /// What was found out about papers.
    pub triage: Triage,
    /// Which papers are missing, or where it belongs, or what a stand could do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<Localized>,
    /// How long it takes usually, in minutes.
    pub minutes: u16,
    /// She asked for the private room, or ought to have it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub private_room: bool,
    /// Where it stands.
    pub state: TicketState,
    /// Since when it stands there.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
    /// When she came: waiting counts from here, also after a transfer or a return.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub came: Timestamp,
    /// When she was first called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub called: Option<Timestamp>,
    /// How often she was called.
    #[serde(default, skip_serializing_if = "is_none")]
    pub calls: u8,
    /// Not to be called before this moment: she stepped out, or is to be called again a little later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub not_before: Option<Timestamp>,
    /// When serving her began, the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub began: Option<Timestamp>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub ended: Option<Timestamp>,
    /// Where she is called to, served, or has been promised to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
    /// Who serves her, or is to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffRef>,
    /// The hand-over card: what the next one must know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// Served, and the wrap-up is not registered yet.
    #[serde(default, skip_serializing_if = "is_no")]
    pub unwrapped: bool,
    /// Its own version.
    pub etag: ETag,
}

/// A change with 300 waiting costs a kilobyte at most, so what says nothing does not travel.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
const fn is_no(flag: &bool) -> bool {
    !*flag
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
const fn is_none(count: &u8) -> bool {
    *count == 0
}

const fn one() -> u16 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for a reference
const fn is_one(count: &u16) -> bool {
    *count == 1
}

impl Ticket {
    /// What the rule of who is next asks of it.
    #[must_use]
    pub fn candidate(&self) -> Candidate {
        Candidate {
            id: self.id,
            came: self.came,
            since: self.since,
            booked: self.booked,
            not_before: self.not_before,
            called: self.called,
            department: self.department.clone(),
            counter: self.counter.clone(),
            staff: self.staff.as_ref().map(|staff| staff.id),
        }
    }
}

/// Gives out a ticket (`POST /v1/tickets`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TicketRequest {
    /// The identifier that the client made.
    pub id: TicketId,
    /// The site.
    pub site: SiteId,
    /// The host, or a stand.
    pub origin: TicketOrigin,
    /// The procedure, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<ProcedureId>,
    /// The life situation. One of the two is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<LifeSituationId>,
    /// What the host noted; may be empty.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub text: String,
    /// How many people (1 to 20).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub people: u16,
    /// The language she needs an interpreter for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// Who it is, where she is known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen: Option<CitizenId>,
    /// The cases it is about (10 at most).
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub cases: Vec<CaseId>,
    /// What was found out about papers; once she is identified with cases, the server finds it out itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub triage: Option<Triage>,
    /// She asked for the private room.
    #[serde(default)]
    pub private_room: bool,
}

/// Somebody with a booked time says that she is here (`POST /v1/tickets/check-in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CheckInRequest {
    /// The identifier that the client made.
    pub id: TicketId,
    /// The appointment.
    pub appointment: AppointmentId,
}

/// Calls who is next (`POST /v1/tickets/call-next`): two clerks never get the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CallNextRequest {
    /// The counter that calls.
    pub counter: CounterId,
}

/// Who was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Called {
    /// The ticket; none where nobody waits whom this counter can serve.
    pub ticket: Option<Ticket>,
    /// Why it is she.
    pub reason: Option<CallReason>,
}

/// Changes a ticket (`PATCH /v1/tickets/{ticket}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "deed", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum TicketChange {
    /// Calls her out of order.
    Call {
        /// The counter that calls.
        counter: CounterId,
        /// Why she goes before others (1 to 500 characters).
        #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
        reason: String,
    },
    /// Calls her again.
    Recall,
    /// She stands at the counter.
    Start,
    /// She waits for something while another is served.
    Park {
        /// What for; may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_length = 500))]
        card: String,
    },
    /// Goes on with her.
    Resume {
        /// The counter.
        counter: CounterId,
    },
    /// Hands her over with a card: to a colleague, a unit's queue, or a counter (a stand, a room). She does not wait a second time.
    Transfer {
        /// A colleague or a unit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Receiver>,
        /// A counter, a room or a stand. One of the two is there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counter: Option<CounterId>,
        /// What the next one must know; may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_length = 500))]
        card: String,
    },
    /// She is served; the wrap-up follows.
    Finish {
        /// How it ended, where that is known already.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
    },
    /// The contact is registered.
    Wrapped,
    /// She was called and did not come.
    Noshow,
    /// Back among those who wait, to be called again a little later: a recall after a delay.
    Later {
        /// In how many minutes (1 to 60).
        #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 60))]
        minutes: u16,
    },
    /// She goes to fetch something, and does not wait a second time when she is back.
    SendOff {
        /// What she fetches; may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_length = 500))]
        card: String,
    },
    /// She is back.
    Back,
    /// It is known who she is.
    Identify {
        /// Who.
        citizen: CitizenId,
        /// The cases it is about (10 at most); empty: those that the reason names.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_items = 10))]
        cases: Vec<CaseId>,
    },
    /// Something was found out about papers.
    Sort {
        /// What.
        triage: Triage,
    },
    /// She asked for the private room, or no longer needs it.
    Room {
        /// Whether.
        private_room: bool,
    },
}

/// The queue at a site (`GET /v1/tickets`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct QueueView {
    /// The site.
    pub site: SiteId,
    /// Everybody who waits, is called, served, parked, returning, or served without a wrap-up, in the order of the rule.
    pub tickets: Vec<Ticket>,
    /// Booked for today and not here yet, in order of time.
    pub expected: Vec<Expected>,
    /// Who works here today.
    pub staff: Vec<AtWork>,
    /// How long people should wait at most, in minutes.
    pub aim_minutes: u16,
}

/// Somebody who is booked for today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// The appointment.
    pub appointment: AppointmentId,
    /// Who.
    pub citizen: CitizenId,
    /// Her name as a calendar shows it: initial and surname.
    pub citizen_short: String,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub start: Timestamp,
    /// Where.
    pub counter: CounterId,
    /// The first case's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Localized>,
    /// Her papers.
    pub papers: Papers,
}

/// Somebody at work at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AtWork {
    /// Who.
    pub staff: StaffRef,
    /// Where she sits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counter: Option<CounterId>,
    /// Whether she can be reached.
    pub availability: Availability,
    /// Since when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
    /// She asks quietly for a colleague's help, and what with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wants_help: Option<String>,
    /// Who comes to help her.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helper: Option<StaffRef>,
}

/// Says how one can be reached, or asks for help, or comes to help (`POST /v1/availability`). It is true now or not at all: it is never kept
/// for later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "say", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum AvailabilityRequest {
    /// How one can be reached.
    State {
        /// The site.
        site: SiteId,
        /// The counter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        counter: Option<CounterId>,
        /// How.
        availability: Availability,
    },
    /// Asks quietly for help.
    Help {
        /// The site.
        site: SiteId,
        /// What with (200 characters at most); may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_length = 200))]
        with: String,
    },
    /// No help is needed any more.
    NoHelp {
        /// The site.
        site: SiteId,
    },
    /// Comes to help a colleague.
    Come {
        /// The site.
        site: SiteId,
        /// Whom.
        to: StaffId,
    },
}

/// Who works at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AtWorkList {
    /// Everybody.
    pub staff: Vec<AtWork>,
}

/// What goes on at a stand (`GET /v1/stands/{counter}`): the form as the citizen sees it, to be read only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandView {
    /// The stand.
    pub counter: CounterId,
    /// What goes on; none while nobody is there.
    pub session: Option<StandSession>,
}

/// A form that a citizen fills in at a stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandSession {
    /// Her ticket.
    pub ticket: TicketId,
    /// What the form is for.
    pub title: Localized,
    /// The page she is on, from 1.
    pub page: u16,
    /// How many pages it has.
    pub pages: u16,
    /// What is done and what is not: signed in, the form's page, papers, what follows by itself.
    pub steps: Vec<StandStep>,
    /// The heading of the page.
    pub heading: Localized,
    /// The fields of the page.
    pub fields: Vec<StandField>,
    /// Since when she is on the field that she is on.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub on_field_since: Timestamp,
    /// The field that the clerk points at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointed: Option<String>,
}

/// A step at a stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandStep {
    /// What.
    pub label: Localized,
    /// How far.
    pub state: StandStepState,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub at: Option<Timestamp>,
}

/// How far a step at a stand is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StandStepState {
    /// Done.
    Done,
    /// She types.
    Going,
    /// Not yet.
    Open,
    /// Follows by itself.
    Automatic,
}

/// A field of a stand's form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandField {
    /// Its name within the form.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// What is typed so far.
    pub value: String,
    /// What it expects, shown while it is empty: `dd-mm-yyyy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Localized>,
    /// She is on it.
    pub active: bool,
}

/// Points at a field of a stand's form (`POST /v1/stands/{counter}/point`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PointRequest {
    /// The field; none stops pointing.
    #[cfg_attr(feature = "schema", schema(max_length = 64))]
    pub field: Option<String>,
}

/// What the call display shows (`GET /v1/display`): numbers and counters, nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DisplayView {
    /// The site's name.
    pub site: String,
    /// Who is called, the last first.
    pub calls: Vec<DisplayCall>,
    /// How many wait.
    pub waiting: u16,
}

/// A number on the call display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DisplayCall {
    /// The ticket's number.
    pub number: String,
    /// The number or name on the counter: `4`, `A`.
    pub counter: String,
    /// What it is called: "Counter 4".
    pub counter_name: Localized,
    /// When she was called last.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// How often she was called.
    pub calls: u8,
}
