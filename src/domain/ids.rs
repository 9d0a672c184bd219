//! A type for every identifier. What lives here: opaque UUIDv7 identifiers made by whoever creates a thing, and short slugs for what
//! the catalogue names. What does not: national numbers (see [`crate::cpr`]), which are never identifiers of ours.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier (UUIDv7: ordered by the time of its making).
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        #[cfg(feature = "schema")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                    .into()
            }
        }
        #[cfg(feature = "schema")]
        impl utoipa::ToSchema for $name {}
    )+};
}

uuid_id! {
    /// A citizen, whatever number she carries today.
    CitizenId,
    /// A case (sag).
    CaseId,
    /// A citizen's life situation as it was opened for her.
    SituationId,
    /// An appointment.
    AppointmentId,
    /// A contact on any channel.
    ContactId,
    /// A note on a citizen.
    NoteId,
    /// A promise to a citizen.
    PromiseId,
    /// A warm hand-over to a colleague or unit.
    HandoverId,
    /// One letter that asks for several papers.
    LetterId,
    /// A change that a citizen reported (income, address …).
    ChangeReportId,
    /// A member of staff.
    StaffId,
    /// The command id of one change (`Idempotency-Key`): the same change sent twice carries the same id.
    CommandId,
    /// A document.
    DocumentId,
    /// A question to a colleague about a case.
    AskId,
    /// A note on a case.
    CaseNoteId,
    /// What arrived through the intake: an application, a reply, an authority's answer.
    IntakeId,
    /// A palette session: searches typed in one go are logged together.
    SessionId,
    /// Time at a counter that is not for citizens.
    BlockId,
    /// A wish for an earlier time.
    WaitingId,
    /// A ticket of the queue.
    TicketId,
    /// A message to a citizen, an interpreter or a caseworker.
    MessageId,
    /// A glass that was broken: what is withheld, opened in an emergency.
    BreakGlassId,
}

/// What is wrong with a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a name of 1 to 64 lower-case letters, digits and hyphens was expected")]
pub struct SlugError;

macro_rules! slug_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[a-z0-9-]{1,64}$"))]
        pub struct $name(String);

        impl $name {
            /// Reads a slug: 1 to 64 of `a-z`, `0-9` and `-`.
            ///
            /// # Errors
            /// [`SlugError`] when the text is anything else.
            pub fn parse(text: &str) -> Result<Self, SlugError> {
                let fits = (1..=64).contains(&text.len())
                    && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                if fits { Ok(Self(text.to_owned())) } else { Err(SlugError) }
            }

            /// The slug as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = SlugError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = SlugError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
    )+};
}

slug_id! {
    /// A department (forvaltning) or state authority: `kff`, `siri`.
    DepartmentId,
    /// A procedure of the catalogue: `cpr-eu-worker`.
    ProcedureId,
    /// A checklist item within its procedure: `proof-of-address`.
    ItemId,
    /// A kind of life situation: `arrival-eu-worker`.
    LifeSituationId,
    /// A question of a life situation's tree: `children`.
    QuestionId,
    /// Something that usually follows from a life situation, within its kind: `tax-card`.
    FollowOnId,
    /// A kind of paper that several checklists ask for: `tenancy-contract`.
    PaperId,
    /// A rule of "settle now".
    SettleRuleId,
    /// A kind of change that a citizen reports: `income`.
    ChangeId,
    /// An administrative task of the task guide.
    TaskId,
    /// A reason that a decision may be given with, within its procedure.
    ReasonId,
    /// A municipality whose citizens are served here.
    MunicipalityId,
    /// A site (a house with counters).
    SiteId,
    /// A place at a site where citizens are met: a counter (`counter-4`), a stand, a room, a phone line, an authority's desk.
    CounterId,
    /// An interpreter or an interpreting service: `polish-1`.
    InterpreterId,
}
