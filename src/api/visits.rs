//! What a visit needs before it is booked, whom it tells, and who waits for an earlier time. What does not live here: the appointment
//! itself (`appointments`).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::appointment::{MessageChannel, MessageKind, MessageState, MessageTo, WaitingState};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{
    AppointmentId, CaseId, CitizenId, CounterId, DepartmentId, InterpreterId, ItemId, Localized, MessageId, SiteId,
    StaffId, WaitingId,
};

use crate::ETag;
use crate::appointments::NewTime;

/// What a visit would need (`POST /v1/appointments/plan`): nothing is written by asking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PlanRequest {
    /// The citizen.
    pub citizen: CitizenId,
    /// The cases it is for (1 to 10).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub cases: Vec<CaseId>,
    /// The time, where one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<NewTime>,
    /// How many people come (1 to 20).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub people: u16,
    /// The interpreter, where one is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<InterpreterId>,
    /// The language of what is sent; the citizen's own where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// The appointment that is moved or cancelled: then the plan says whom that tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
}

/// What a visit needs: for this citizen and these cases, minus what is already held and valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VisitPlan {
    /// How long it takes: of the longest procedure, for so many people, in minutes.
    pub minutes: u16,
    /// What she must bring, what blocks first.
    pub bring: Vec<Bring>,
    /// What she need not bring, because it is approved and still holds.
    pub need_not: Vec<NeedNot>,
    /// What would make the visit wasted, or spare another.
    pub guards: Vec<Guard>,
    /// What is sent when it is booked (or moved, or cancelled), one for each channel, word for word.
    pub messages: Vec<MessageText>,
    /// When she is reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub reminder: Option<Date>,
    /// The bring list to read aloud on the phone, in her language: one sentence a line.
    pub script: Vec<String>,
    /// The language of the script and of the messages.
    pub language: LanguageCode,
}

/// Something to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Bring {
    /// What.
    pub label: Localized,
    /// The department that asks for it.
    pub department: DepartmentId,
    /// The case.
    pub case: CaseId,
    /// The item of its checklist.
    pub item: ItemId,
    /// Without it nothing can be settled.
    pub blocking: bool,
}

/// Something she need not bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NeedNot {
    /// What.
    pub label: Localized,
    /// Since when it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub approved: Option<Date>,
}

/// What the wasted-trip guard says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "guard", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Guard {
    /// Papers without which nothing can be settled will not be there.
    MissingPaper {
        /// Which.
        papers: Vec<Localized>,
    },
    /// Every case is decided, or nothing in it has to be done in person: nobody has to come.
    Needless {
        /// Its case.
        case: CaseId,
        /// Its name.
        title: Localized,
    },
    /// She comes anyway in the same week: this can be done then.
    Joins {
        /// The other visit.
        appointment: AppointmentId,
        /// When it is.
        #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
        start: Timestamp,
        /// Where.
        counter: CounterId,
    },
    /// One visit covers several cases.
    Covers {
        /// Their names.
        titles: Vec<Localized>,
    },
    /// Another open case of hers could be settled in the same visit.
    CouldCover {
        /// The case.
        case: CaseId,
        /// Its name.
        title: Localized,
    },
    /// She needs an interpreter and none is chosen.
    NoInterpreter {
        /// Of this language.
        language: LanguageCode,
    },
}

/// A message as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MessageText {
    /// To whom.
    pub to: MessageTo,
    /// How.
    pub channel: MessageChannel,
    /// Where to, masked: `k•••@•••.pl`, `•• •• 12 88`.
    pub address_masked: String,
    /// Its subject; a text message has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Its text. Never a national number.
    pub text: String,
}

/// Somebody who was told, or will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Told {
    /// The message.
    pub id: MessageId,
    /// To whom.
    pub to: MessageTo,
    /// What it says.
    pub kind: MessageKind,
    /// How.
    pub channel: MessageChannel,
    /// In which language.
    pub language: LanguageCode,
    /// How far it is.
    pub state: MessageState,
    /// When it was sent, or is to be.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// Waits for an earlier time (`POST /v1/waiting-list`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WaitingRequest {
    /// The identifier that the client made.
    pub id: WaitingId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The time she has already, where she has one: it is given back when she takes an earlier one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// The cases it is for (1 to 10).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub cases: Vec<CaseId>,
    /// Minutes: a multiple of five, up to 180.
    #[cfg_attr(feature = "schema", schema(minimum = 5, maximum = 180, multiple_of = 5))]
    pub minutes: u16,
    /// How many people come (1 to 20).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub people: u16,
    /// She needs an interpreter of this language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<LanguageCode>,
    /// At these sites (1 to 10).
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 10))]
    pub sites: Vec<SiteId>,
    /// Not on this day or later: an earlier time is one before it.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub before: Date,
}

/// Somebody who waits for an earlier time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WaitingView {
    /// What was wished.
    #[serde(flatten)]
    pub wish: WaitingRequest,
    /// Her name as a calendar shows it: initial and surname.
    pub citizen_short: String,
    /// The first case's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Localized>,
    /// When her own time is, where she has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub has: Option<Timestamp>,
    /// Papers that block and are open.
    pub blocking: u16,
    /// How far it is.
    pub state: WaitingState,
    /// Since when she waits.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub since: Timestamp,
    /// Its own version.
    pub etag: ETag,
}

/// Ends a wish (`PATCH /v1/waiting-list/{waiting}`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WaitingChange {
    /// The state it goes to (`taken`, `withdrawn`).
    pub state: WaitingState,
}

/// Who fits a time that became free, best first (`GET /v1/waiting-list/fits`): by length, by what is settled there, by papers that are ready, then
/// by how long they wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Fit {
    /// Who waits.
    pub waiting: WaitingView,
    /// How many days earlier it would be.
    pub days_won: u16,
    /// Minutes of the free time that are left over.
    pub minutes_left: u16,
    /// All her papers are ready.
    pub ready: bool,
}

/// Asks for a calendar feed (`POST /v1/feeds`): who asks is all there is to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeedRequest {}

/// Where a calendar program reads a caseworker's appointments: times and initials, nothing else (`POST /v1/feeds`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// Whose.
    pub staff: StaffId,
    /// The path, with a secret that nobody guesses; asking anew makes the old one void.
    pub path: String,
}
