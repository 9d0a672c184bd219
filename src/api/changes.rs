//! Starting cases: one for a procedure, or several from one reported change.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::change::ChangeKind;
use skranke_domain::contact::Channel;
use skranke_domain::paper::PaperKind;
use skranke_domain::procedure::Facts;
use skranke_domain::procedure::facts::FactDeclaration;
use skranke_domain::settle::SettleRule;
use skranke_domain::{CaseId, ChangeId, ChangeReportId, CitizenId, FollowOnId, Localized, ProcedureId, SituationId};

use crate::cases::ContactView;
use crate::overview::CaseRow;

/// What the counter goes by: kinds of paper, the rules of "settle now", kinds of change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OfficeRules {
    /// Kinds of paper that several checklists ask for.
    pub papers: Vec<PaperKind>,
    /// The rules of "settle now".
    pub settle: Vec<SettleRule>,
    /// Kinds of change that a citizen reports.
    pub changes: Vec<ChangeKind>,
    /// The facts that checklists ask for.
    #[serde(default)]
    pub facts: Vec<FactDeclaration>,
}

/// Starts a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseRequest {
    /// The identifier that the client made.
    pub id: CaseId,
    /// The citizen.
    pub citizen: CitizenId,
    /// The procedure.
    pub procedure: ProcedureId,
    /// The life situation it belongs to.
    #[serde(default)]
    pub situation: Option<SituationId>,
    /// What it follows from in that situation.
    #[serde(default)]
    pub follow: Option<FollowOnId>,
    /// Facts known already; what the register knows is added by the server.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub facts: Facts,
}

/// Reports a change once, for every department that must hear of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeReport {
    /// The identifier that the client made.
    pub id: ChangeReportId,
    /// What changed.
    pub change: ChangeId,
    /// From when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub from: Date,
    /// How it was told: at the counter, by phone …
    pub channel: Channel,
    /// What she said, in one line (1 to 500 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
    pub text: String,
    /// The procedures that shall hear of it: those that the change touches, less what the clerk left out.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 20))]
    pub procedures: Vec<ProcedureId>,
    /// The life situation it belongs to.
    #[serde(default)]
    pub situation: Option<SituationId>,
}

/// What came of a reported change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangeReported {
    /// The report.
    pub id: ChangeReportId,
    /// The cases it was brought to or started, one a procedure.
    pub cases: Vec<CaseRow>,
    /// Of these, the ones that were there already: the change was added to their history.
    pub known: Vec<CaseId>,
    /// The contact that records it.
    pub contact: ContactView,
}

/// What a change touches for this citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChangeTouches {
    /// The change.
    pub change: ChangeId,
    /// The procedures it touches.
    pub touches: Vec<Touched>,
}

/// A procedure that a change touches for this citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Touched {
    /// The procedure.
    pub procedure: ProcedureId,
    /// Why.
    pub because: Localized,
    /// Whether it is sure: a fact that nobody knows leaves it open.
    pub certain: bool,
    /// The open case that is there already, where this role may see it.
    pub case: Option<CaseId>,
}
