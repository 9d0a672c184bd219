//! Life situations: a substantial change in somebody's life that needs several services. What does not live here: a citizen's own
//! situations (the server keeps them).

use serde::{Deserialize, Serialize};

use crate::procedure::Provenance;
use crate::{DepartmentId, LifeSituationId, Localized, ProcedureId};

/// A kind of life situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LifeSituationKind {
    /// Its slug.
    pub id: LifeSituationId,
    /// Its name: "Arriving in Denmark".
    pub title: Localized,
    /// The icon that the window draws beside it (a name of the icon set).
    pub icon: String,
    /// What to ask the citizen first.
    #[serde(default)]
    pub questions: Vec<Localized>,
    /// What usually follows from it.
    #[serde(default)]
    pub follows: Vec<FollowOn>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// Something that usually follows from a life situation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FollowOn {
    /// What, in words.
    pub title: Localized,
    /// Whose it is.
    pub department: DepartmentId,
    /// Our procedure for it, where the catalogue has one.
    #[serde(default)]
    pub procedure: Option<ProcedureId>,
}
