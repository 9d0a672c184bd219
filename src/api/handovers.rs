//! Colleagues and units, and warm hand-overs to them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::authority::Role;
use skranke_domain::contact::Verified;
use skranke_domain::handover::HandoverState;
use skranke_domain::{CaseId, CitizenId, DepartmentId, HandoverId, Localized, StaffId};

use crate::ETag;

/// Somebody who works here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// Her identifier.
    pub id: StaffId,
    /// Her name.
    pub name: String,
    /// Her initials.
    pub initials: String,
    /// Her department.
    pub department: DepartmentId,
    /// Her role today.
    pub role: Role,
    /// Her phone inside the house.
    pub phone: Option<String>,
}

/// To whom a citizen is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "to", rename_all = "snake_case", deny_unknown_fields)]
pub enum Receiver {
    /// A colleague by name.
    Colleague {
        /// Who.
        id: StaffId,
    },
    /// Whoever is on duty in a unit.
    Unit {
        /// Which.
        department: DepartmentId,
    },
}

/// A hand-over with its card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HandoverView {
    /// Its identifier.
    pub id: HandoverId,
    /// The citizen.
    pub citizen: CitizenId,
    /// Her name, for the receiver's list: a receiver may open her.
    pub citizen_name: String,
    /// To whom.
    pub receiver: Receiver,
    /// The receiver's name.
    pub receiver_name: String,
    /// The card.
    pub card: Card,
    /// How far it came.
    pub state: HandoverState,
    /// What came of it, or why it came back.
    pub reply: Option<String>,
    /// Who sent it.
    pub from: StaffId,
    /// Her name.
    pub from_name: String,
    /// Who has it now, by name.
    pub taken_by: Option<String>,
    /// When it was sent.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub sent: Timestamp,
    /// When its state changed last.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub changed: Timestamp,
    /// Its own version.
    pub etag: ETag,
}

/// What goes along: who, what, verified how, promised what, missing what, and the answers that the receiving unit asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Card {
    /// What it is about (1 to 1000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 1000))]
    pub what: String,
    /// How it was made sure who she is.
    pub verified: Verified,
    /// What she was promised (at most 1000 characters).
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub promised: String,
    /// The papers that are missing, as the clerk calls them (at most 60).
    #[cfg_attr(feature = "schema", schema(max_items = 60))]
    pub missing: Vec<Localized>,
    /// The cases it is about (at most 10).
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub cases: Vec<CaseId>,
    /// What the receiving unit asks before it takes over, with the answers.
    #[cfg_attr(feature = "schema", schema(max_items = 10))]
    pub answers: Vec<CardAnswer>,
}

/// A question of the receiving unit with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CardAnswer {
    /// As it was asked.
    pub question: Localized,
    /// As it was answered (at most 500 characters).
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub answer: String,
}

/// Hands a citizen over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandoverRequest {
    /// The identifier that the client made.
    pub id: HandoverId,
    /// The citizen.
    pub citizen: CitizenId,
    /// To whom.
    pub receiver: Receiver,
    /// The card.
    pub card: Card,
}

/// Changes how far a hand-over came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HandoverChange {
    /// The state it goes to.
    pub state: HandoverState,
    /// What came of it, or why it comes back; required for both.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 1000))]
    pub reply: Option<String>,
}
