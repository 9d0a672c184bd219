//! Searching, opening and revealing citizens.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::citizen::{
    Address, CivilStatus, DigitalAbility, GroundOfStay, LanguageCode, Protection, Relation, Representation, Status,
};
use skranke_domain::{CaseId, CitizenId, Localized, SessionId};

use crate::Purpose;

/// The longest query, in characters.
pub const QUERY_CHARS: usize = 120;
/// The most hits of one search.
pub const MAX_HITS: u16 = 20;

/// What is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// Parts of a name.
    Name,
    /// A complete CPR number, with or without hyphen.
    Cpr,
    /// A phone number, or its beginning.
    Phone,
    /// Part of an address.
    Address,
    /// A case number, or its beginning.
    CaseNumber,
    /// An e-mail address, or its beginning.
    Email,
}

/// A search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SearchRequest {
    /// What is searched for. A CPR number is sent only when it is complete.
    pub kind: QueryKind,
    /// The words.
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 120))]
    pub query: String,
    /// Only citizens born on this day: a name and a birth date find one person among many of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub born: Option<Date>,
    /// Why.
    pub purpose: Purpose,
    /// The palette session, so that searches while typing are logged together.
    pub session: SessionId,
    /// The most hits (1–20).
    #[serde(default = "default_hits")]
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 20))]
    pub limit: u16,
}

const fn default_hits() -> u16 {
    8
}

/// A hit: identity only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// The citizen.
    pub citizen: CitizenId,
    /// Given names.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// `DDMMYY-••••`.
    pub cpr_masked: String,
    /// Age in whole years.
    pub age: u16,
    /// The address, unless protected.
    pub address: AddressView,
    /// Status where it is not plainly resident.
    pub status: Status,
    /// The case that was found by its number.
    pub case: Option<HitCase>,
    /// It was found by tolerance: a letter is missing, doubled or another one.
    #[serde(default)]
    pub near: bool,
}

/// The case a hit was found by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HitCase {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: String,
}

/// The answer to a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchAnswer {
    /// The hits, best first.
    pub hits: Vec<Hit>,
    /// There are more than were asked for.
    pub more: bool,
    /// What it took at the server, in microseconds.
    pub took_us: u64,
}

/// An address as a role may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "view", rename_all = "snake_case")]
pub enum AddressView {
    /// It may be shown.
    Shown(Address),
    /// Protected: revealed on request, with purpose.
    Protected,
    /// None is known.
    Unknown,
}

/// A citizen's identity: never the full CPR number, never a protected address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CitizenView {
    /// The citizen.
    pub id: CitizenId,
    /// Given names.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// `DDMMYY-••••`.
    pub cpr_masked: String,
    /// The number is a replacement number (erstatningspersonnummer, day + 60).
    pub cpr_replacement: bool,
    /// Birth date.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub born: Date,
    /// Age in whole years.
    pub age: u16,
    /// CPR status.
    pub status: Status,
    /// The citizen that carries the current number, after a change of number.
    pub current: Option<CitizenId>,
    /// Civil status.
    pub civil_status: CivilStatus,
    /// The address.
    pub address: AddressView,
    /// The municipality of residence.
    pub municipality: String,
    /// Protections.
    pub protections: Vec<Protection>,
    /// Languages she speaks, best first.
    pub languages: Vec<LanguageCode>,
    /// The language she needs an interpreter for.
    pub interpreter: Option<LanguageCode>,
    /// Family and household.
    pub relations: Vec<Relation>,
    /// Who acts for her.
    pub representations: Vec<Representation>,
    /// Ground of stay.
    pub ground_of_stay: GroundOfStay,
    /// Her personal adviser, who is asked first.
    pub adviser: Option<String>,
    /// Digital ability.
    pub digital_ability: DigitalAbility,
    /// Exempt from Digital Post.
    pub exempt_from_digital_post: bool,
    /// Phone, in full.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// When this person opened her last before today's look, so that the page can say what is new.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub last_looked: Option<Timestamp>,
    /// Others who may be the same person: same birth date, similar name.
    pub duplicates: Vec<Hit>,
}

/// A question by which a caller is verified. The answer is there to be compared, never to be told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct VerifyingQuestion {
    /// What to ask.
    pub question: VerifyingKind,
    /// What she should say; `Debug` never shows it.
    pub answer: Localized,
}

impl std::fmt::Debug for VerifyingQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VerifyingQuestion").field("question", &self.question).finish_non_exhaustive()
    }
}

/// What a caller is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerifyingKind {
    /// The given names of the children.
    Children,
    /// The road and number where she lives; not asked of somebody with a protected address.
    Address,
    /// When and why she was in touch last.
    LastContact,
    /// Which case is under way here.
    OpenCase,
    /// The day of the next appointment.
    NextAppointment,
    /// The last digits of the phone number we have.
    Phone,
}

/// Asks for the questions that verify a caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// Why.
    pub purpose: Purpose,
}

/// The questions that verify a caller, best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Verification {
    /// The questions.
    pub questions: Vec<VerifyingQuestion>,
}

/// A field that is hidden until somebody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HiddenField {
    /// The CPR number.
    Cpr,
    /// A protected address.
    Address,
}

/// Asks for one hidden field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RevealRequest {
    /// Which.
    pub field: HiddenField,
    /// Why.
    pub purpose: Purpose,
}

/// The hidden field. `Debug` never shows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Revealed {
    /// Which.
    pub field: HiddenField,
    /// Its value: `DDMMYY-XXXX`, or the address on one line.
    pub value: String,
}

impl std::fmt::Debug for Revealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Revealed").field("field", &self.field).finish_non_exhaustive()
    }
}
