//! Who is signed in, where, and what she may do.

use serde::{Deserialize, Serialize};
use skranke_domain::authority::{Authority, Role};
use skranke_domain::department::Department;
use skranke_domain::{CounterId, DepartmentId, SiteId, StaffId};

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// Her identifier.
    pub id: StaffId,
    /// Her name.
    pub name: String,
    /// Her initials.
    pub initials: String,
    /// The role of the day.
    pub role: Role,
    /// The roles she may take: staff rotate between front and back office.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Her own department.
    pub department: DepartmentId,
    /// Where she may act and how deep.
    pub authorities: Vec<Authority>,
    /// The site she works at.
    pub site: SiteId,
    /// The counter she sits at, where she has one.
    pub counter: Option<CounterId>,
    /// The server speaks for a training municipality: every citizen is invented.
    pub training: bool,
    /// The municipality's name.
    pub municipality: String,
}

/// How a department is, as this role may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DepartmentHealth {
    /// The department.
    #[serde(flatten)]
    pub department: Department,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// How its last answer was.
    pub health: Health,
    /// When it answered last.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    pub last_answer: Option<jiff::Timestamp>,
}

/// What a department's system can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Lists a citizen's cases.
    Cases,
    /// Keeps checklists.
    Checklists,
    /// Knows versions, so that stale changes are found.
    Versions,
}

/// How a department is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// It answers.
    Answering,
    /// It does not answer.
    Unavailable,
    /// This role has no access.
    Withheld,
    /// Nobody asked it yet.
    Unknown,
}
