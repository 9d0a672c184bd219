//! Changes that a citizen reports once and that several departments must hear of (a changed income). What does not live here: the cases
//! that come of it.

use serde::{Deserialize, Serialize};

use crate::procedure::Provenance;
use crate::{ChangeId, LifeSituationId, Localized, ProcedureId};

/// A kind of change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeKind {
    /// Its slug.
    pub id: ChangeId,
    /// Its name: "Changed income".
    pub title: Localized,
    /// What to ask for in one line: "New income a month before tax, and from when".
    pub asks: Localized,
    /// The life situation it usually belongs to.
    #[serde(default)]
    pub situation: Option<LifeSituationId>,
    /// Who must hear of it.
    pub fans_out: Vec<FanOut>,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// A procedure that a change touches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FanOut {
    /// The procedure; its department hears of it.
    pub procedure: ProcedureId,
    /// The condition under which it is touched, in the condition language (`person.age >= 65`); always where there is none.
    #[serde(default)]
    pub when: Option<String>,
    /// Why it is touched.
    pub because: Localized,
}
