//! Notes on a citizen, and promises made to her.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_domain::note::{NoteKind, PromiseState};
use skranke_domain::{CitizenId, DepartmentId, NoteId, PromiseId};

use crate::ETag;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NoteView {
    /// Its identifier.
    pub id: NoteId,
    /// The citizen.
    pub citizen: CitizenId,
    /// What it is for.
    pub kind: NoteKind,
    /// The text.
    pub text: String,
    /// The last day it holds; none holds until somebody ends it.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub expires: Option<Date>,
    /// Who wrote it, by name.
    pub by: String,
    /// Her department.
    pub department: DepartmentId,
    /// When it was written or changed last.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Its own version.
    pub etag: ETag,
}

/// Writes a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoteRequest {
    /// The identifier that the client made.
    pub id: NoteId,
    /// What it is for.
    pub kind: NoteKind,
    /// The text (1 to 1000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 1000))]
    pub text: String,
    /// The last day it holds, today at the earliest.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub expires: Option<Date>,
}

/// Changes a note: all of it, since a note is one text. To end it, let it expire yesterday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NoteChange {
    /// What it is for.
    pub kind: NoteKind,
    /// The text (1 to 1000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 1000))]
    pub text: String,
    /// The last day it holds.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub expires: Option<Date>,
}

/// A promise: "we call before Thursday".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromiseView {
    /// Its identifier.
    pub id: PromiseId,
    /// The citizen.
    pub citizen: CitizenId,
    /// What was promised.
    pub text: String,
    /// The last day it is kept in time.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub due: Date,
    /// What became of it.
    pub state: PromiseState,
    /// Why it was withdrawn, or what came of it.
    pub outcome: Option<String>,
    /// Who promised, by name.
    pub by: String,
    /// Her department, which keeps the promise.
    pub department: DepartmentId,
    /// When it was given.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Its own version.
    pub etag: ETag,
}

/// Gives a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromiseRequest {
    /// The identifier that the client made.
    pub id: PromiseId,
    /// What is promised (1 to 1000 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 1000))]
    pub text: String,
    /// The last day it is kept in time, today at the earliest.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = Date))]
    pub due: Date,
}

/// Settles a promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PromiseChange {
    /// Kept, withdrawn, or open again.
    pub state: PromiseState,
    /// What came of it; required for a withdrawal.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 500))]
    pub outcome: Option<String>,
}
