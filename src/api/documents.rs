//! Documents: their papers in a few words, their bytes in pieces, what they are evidence for.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_domain::document::{DocumentSource, DocumentState, FileKind, Openness};
use skranke_domain::{CaseId, CitizenId, DocumentId, ItemId, Localized};

use crate::ETag;

/// The most items that one document serves.
pub const MAX_USES: usize = 20;

/// Announces a document; its bytes follow in pieces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentRequest {
    /// The identifier that the client made.
    pub id: DocumentId,
    /// Its file name, without a path (1 to 120 characters).
    #[cfg_attr(feature = "schema", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// Its size in bytes (1 to 512 MiB).
    #[cfg_attr(feature = "schema", schema(minimum = 1, maximum = 536_870_912))]
    pub bytes: u64,
    /// The SHA-256 of all its bytes, 64 hexadecimal digits in lower case.
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// Where it came from.
    pub source: DocumentSource,
    /// Who may ever read it.
    pub openness: Openness,
    /// What it is evidence for: items of this case, and of others of the same citizen.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub uses: Vec<DocumentUse>,
    /// The document that it is a newer version of.
    #[serde(default)]
    pub replaces: Option<DocumentId>,
}

/// An item that a document is evidence for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentUse {
    /// The case.
    pub case: CaseId,
    /// The item; none is the case as a whole.
    #[serde(default)]
    pub item: Option<ItemId>,
}

/// A document. Its own version is `etag`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    /// Its identifier.
    pub id: DocumentId,
    /// The citizen.
    pub citizen: CitizenId,
    /// Its file name.
    pub name: String,
    /// What it is by its content; none while its first bytes are missing.
    pub kind: Option<FileKind>,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// How many bytes are here, from the first.
    pub received: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// How far it is.
    pub state: DocumentState,
    /// Where it came from.
    pub source: DocumentSource,
    /// Who may ever read it.
    pub openness: Openness,
    /// What it is evidence for, of the cases that this person may see.
    pub uses: Vec<DocumentUse>,
    /// Which version of this paper it is, from 1.
    pub version: u32,
    /// The document that it is a newer version of.
    pub replaces: Option<DocumentId>,
    /// When it was announced.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub at: Timestamp,
    /// Who brought it in, by name; none where it came by itself.
    pub by: Option<String>,
    /// Findings of a check by content, in the clerk's words: "Employer has not signed".
    #[serde(default)]
    pub checks: Vec<DocumentCheck>,
    /// Its version.
    pub etag: ETag,
}

/// A finding about a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentCheck {
    /// What was looked at.
    pub what: Localized,
    /// Whether it is as it should be.
    pub passed: bool,
}

/// Changes a document beside its bytes. Exactly what is given changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DocumentChange {
    /// More items that it is evidence for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub also_for: Vec<DocumentUse>,
    /// Items that it is no evidence for after all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 20))]
    pub no_longer_for: Vec<DocumentUse>,
    /// Who may ever read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub openness: Option<Openness>,
}
