//! Rights as they travel: the role of the day, who may what and until when, and opening what is withheld in an emergency. What does not live
//! here: the rule of need-to-know ([`skranke_domain::access`]), the server's table of routes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::access::LegalBasis;
use skranke_domain::authority::{Authority, Role};
use skranke_domain::{BreakGlassId, CitizenId, DepartmentId, StaffId};

use crate::ETag;

/// The fewest characters of the words that break the glass.
pub const REASON_AT_LEAST: usize = 10;
/// The most characters of a reason.
pub const REASON_CHARS: usize = 500;
/// For how many minutes a broken glass stays open.
pub const OPEN_MINUTES: i64 = 60;

/// Takes a role for the rest of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RoleOfDay {
    /// Which; one of [`crate::me::Me::roles`].
    pub role: Role,
}

/// Asks for somebody's windows to be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LockRequest {}

/// Windows that were asked to lock themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LockDemand {
    /// Whose.
    pub staff: StaffId,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// What somebody of the staff may do, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffRights {
    /// Who.
    pub staff: StaffId,
    /// Her name.
    pub name: String,
    /// Her own department.
    pub department: DepartmentId,
    /// Her role today.
    pub role: Role,
    /// The roles she may take.
    pub roles: Vec<Role>,
    /// Where she may act, how deep, and from when until when.
    pub authorities: Vec<Authority>,
    /// Where they come from: the sign-in's claims, as they were then; none of the training municipality's.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub claimed_at: Option<Timestamp>,
}

/// Opens what a department withholds about one citizen, for [`OPEN_MINUTES`]. It is told to the team leader, who reviews it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BreakGlassRequest {
    /// Its identifier, made by the client.
    pub id: BreakGlassId,
    /// The department that is withheld.
    pub department: DepartmentId,
    /// Why it cannot wait.
    #[cfg_attr(feature = "schema", schema(min_length = 10, max_length = 500))]
    pub reason: String,
    /// On which legal basis.
    pub basis: LegalBasis,
}

/// What the team leader found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// It was right.
    Justified,
    /// It is talked over.
    Discussed,
    /// It was wrong, and is taken further.
    Unjustified,
}

/// The team leader's review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRequest {
    /// What she found.
    pub finding: Finding,
    /// In words; needed unless it was right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub note: Option<String>,
}

/// A review that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Review {
    /// What was found.
    pub finding: Finding,
    /// In words.
    pub note: Option<String>,
    /// By whom.
    pub by: StaffId,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}

/// A glass that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BreakGlassView {
    /// Its identifier.
    pub id: BreakGlassId,
    /// Its version.
    pub etag: ETag,
    /// Who.
    pub staff: StaffId,
    /// Her name.
    pub staff_name: String,
    /// About whom.
    pub citizen: CitizenId,
    /// The citizen's name.
    pub citizen_name: String,
    /// Which department was opened.
    pub department: DepartmentId,
    /// Why.
    pub reason: String,
    /// On which legal basis.
    pub basis: LegalBasis,
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Until when it is open.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub until: Timestamp,
    /// How many look-ups the log holds under it.
    pub looks: u32,
    /// What the team leader found; none while nobody looked.
    pub review: Option<Review>,
}
