//! Departments and state authorities, as data: they change names and hands. What does not live here: connectors to their systems.

use serde::{Deserialize, Serialize};

use crate::{DepartmentId, Localized};

/// Whose department it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Keeper {
    /// The municipality.
    Municipality,
    /// The state (SIRI, Skatteforvaltningen, Udbetaling Danmark …).
    State,
}

/// A department that keeps cases about citizens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Department {
    /// Its slug.
    pub id: DepartmentId,
    /// The tag that stands before a case: `KFF`, `SIRI`, `Skat`.
    pub tag: String,
    /// Its full name.
    pub name: Localized,
    /// Whose it is.
    pub keeper: Keeper,
    /// Whether it is asked for its cases when a citizen is opened; others are only referred to.
    #[serde(default)]
    pub asked: bool,
    /// What it wants to know before a citizen is handed over to it.
    #[serde(default)]
    pub asks_before_handover: Vec<Localized>,
    /// How to reach it.
    #[serde(default)]
    pub reach: Option<crate::guide::Reach>,
}
