//! What arrives from outside: applications, replies to a request, answers of other authorities. Each is taken in once, however often it is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::procedure::Facts;
use skranke_domain::{
    CaseId, CitizenId, DepartmentId, DocumentId, IntakeId, ItemId, LetterId, Localized, ProcedureId, SituationId,
};

use crate::documents::DocumentView;
use crate::overview::CaseRow;

/// The most documents of one delivery.
pub const MAX_INTAKE_DOCUMENTS: usize = 20;
/// The largest document that travels inside a delivery, in bytes before encoding; larger ones are uploaded in pieces.
pub const INTAKE_DOCUMENT_BYTES: usize = 4 << 20;

/// A delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IntakeRequest {
    /// The identifier that the sender made: the same delivery sent twice is taken in once.
    pub id: IntakeId,
    /// The citizen.
    pub citizen: CitizenId,
    /// What it is.
    pub what: IntakeKind,
    /// Its documents.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub documents: Vec<IntakeDocument>,
}

/// What a delivery is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum IntakeKind {
    /// An application: it becomes a case.
    Application {
        /// The identifier that its case gets.
        case: CaseId,
        /// What she applies for.
        procedure: ProcedureId,
        /// The life situation it belongs to.
        #[serde(default)]
        situation: Option<SituationId>,
        /// What she answered.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(value_type = Object))]
        facts: Facts,
        /// Whether she finished it.
        state: ApplicationState,
    },
    /// A reply to a request for papers.
    Reply {
        /// The request.
        request: LetterId,
        /// Papers that she cannot get, and why.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_items = 60))]
        cannot: Vec<CannotGet>,
        /// What she writes besides; may be empty.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schema(max_length = 2000))]
        text: String,
    },
    /// An authority's answer about a case.
    AuthorityAnswer {
        /// Which authority.
        authority: DepartmentId,
        /// The case.
        case: CaseId,
        /// The item that it settles or leaves open.
        #[serde(default)]
        item: Option<ItemId>,
        /// What it says.
        text: Localized,
    },
}

/// How far an application is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApplicationState {
    /// Begun in self-service and not sent: it can be continued on her behalf.
    HalfFinished,
    /// Sent by herself.
    Sent,
    /// Finished by a clerk on her behalf.
    OnHerBehalf,
}

/// A paper that she cannot get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CannotGet {
    /// The case.
    pub case: CaseId,
    /// The item.
    pub item: ItemId,
    /// Why, in her words (1 to 500 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 500))]
    pub why: String,
}

/// A document inside a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IntakeDocument {
    /// The identifier that the sender made.
    pub id: DocumentId,
    /// Its file name.
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// Its bytes, base64 (RFC 4648, padded).
    pub content: String,
    /// The items it is for, of the case of the application or those that the request asks for.
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub items: Vec<crate::documents::DocumentUse>,
}

/// What became of a delivery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct IntakeTaken {
    /// The delivery.
    pub id: IntakeId,
    /// The cases it touched, as they stand.
    pub cases: Vec<CaseRow>,
    /// The documents it brought.
    pub documents: Vec<DocumentView>,
    /// What the sender should know besides: everything was taken in all the same.
    #[serde(default)]
    pub remarks: Vec<IntakeRemark>,
}

/// What a sender should know about where its delivery went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum IntakeRemark {
    /// The request awaited nothing any more: what came lies with its cases.
    NothingAwaited,
    /// A case is closed: what came for it lies with the case as a whole, and nothing in it changes.
    CaseClosed,
    /// An item was judged already: what came for it lies with it, and its judgement stands.
    JudgedAlready,
}

/// An application that was begun and not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HalfFinished {
    /// The identifier that its case gets when it is finished.
    pub case: CaseId,
    /// What she applies for.
    pub procedure: ProcedureId,
    /// What she answered so far.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub facts: Facts,
    /// The documents she sent along.
    pub documents: Vec<DocumentView>,
    /// When she wrote last.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
}
