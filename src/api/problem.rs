//! Problems (RFC 9457): every refusal of every layer has this shape and a stable `type`.

use serde::{Deserialize, Serialize};
use skranke_domain::access::Need;

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $slug:literal, $status:literal, $title:literal;)+) => {
        /// The stable kinds of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ProblemKind { $($(#[$doc])* $variant),+ }

        impl ProblemKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The last part of its `type`.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),+ }
            }

            /// The HTTP status it goes with.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status),+ }
            }

            /// The short title (English; the client says it in the clerk's language).
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

kinds! {
    /// The request cannot be read.
    Malformed = "malformed", 400, "The request cannot be read";
    /// A purpose is missing or incomplete.
    PurposeRequired = "purpose-required", 400, "A purpose is required";
    /// The cursor is not of this list and person, or too old.
    BadCursor = "bad-cursor", 400, "The cursor does not belong to this list";
    /// The command id is missing.
    KeyMissing = "idempotency-key-missing", 400, "Every change carries a command id";
    /// Not signed in.
    Unauthenticated = "unauthenticated", 401, "Sign in first";
    /// The role may not do this.
    Forbidden = "forbidden", 403, "Not allowed in this role";
    /// A reason, a legal basis or an acknowledged warning is missing; `need` says which.
    NeedToKnow = "need-to-know", 403, "Say why first";
    /// No such thing, or none that this role may see.
    NotFound = "not-found", 404, "There is no such thing";
    /// The method does not exist here.
    MethodNotAllowed = "method-not-allowed", 405, "This method does not exist here";
    /// The representation asked for does not exist.
    NotAcceptable = "not-acceptable", 406, "That representation does not exist";
    /// The same command is still running.
    StillRunning = "command-still-running", 409, "The same change is still under way";
    /// The time is taken.
    SlotTaken = "slot-taken", 409, "That time is taken";
    /// The thing exists already with other content.
    AlreadyExists = "already-exists", 409, "It exists already";
    /// The step is not possible from the state that the thing is in.
    Transition = "not-possible-now", 409, "That is not possible in the present state";
    /// Somebody changed it since; `current` shows it.
    Stale = "stale", 412, "Somebody changed it meanwhile";
    /// The body is too large.
    TooLarge = "too-large", 413, "The request is too large";
    /// The body's type is not JSON.
    UnsupportedMedia = "unsupported-media-type", 415, "The body must be JSON";
    /// Fields are wrong; `errors` names them.
    Invalid = "invalid", 422, "Some fields are wrong";
    /// The command id was used with another body.
    KeyReused = "idempotency-key-reused", 422, "The command id belongs to another change";
    /// `If-Match` is missing.
    PreconditionRequired = "precondition-required", 428, "Say which version you saw";
    /// A header section is too large.
    HeadersTooLarge = "headers-too-large", 431, "The headers are too large";
    /// Something broke on our side; nothing was changed.
    Internal = "internal", 500, "Something broke on the server; nothing was changed";
    /// No department answered.
    NoDepartment = "no-department-answered", 502, "No department answered";
    /// A department does not answer.
    DepartmentDown = "department-unavailable", 503, "The department does not answer";
    /// The service is starting or stopping, or its log cannot be written.
    Unavailable = "unavailable", 503, "The service cannot answer now";
    /// A department took too long.
    DepartmentSlow = "department-timeout", 504, "The department took too long";
}

/// Where problem types live. A name, not an address that anything fetches.
pub const TYPE_BASE: &str = "urn:skranke:problem:";

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// A JSON pointer into the body, or `?name` for a query parameter, or `header:name`.
    pub pointer: String,
    /// A stable code.
    pub code: String,
    /// A sentence for developers.
    pub detail: String,
}

/// A problem as it travels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:skranke:problem:…`, stable.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short title.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, for developers; never a citizen's data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Wrong fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The thing as it stands now, with a stale change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub current: Option<serde_json::Value>,
    /// What has to be said before a citizen is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
}

impl Problem {
    /// A problem of a kind.
    #[must_use]
    pub fn new(kind: ProblemKind) -> Self {
        Self {
            kind: format!("{TYPE_BASE}{}", kind.slug()),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: None,
            errors: Vec::new(),
            current: None,
            need: None,
        }
    }

    /// With a sentence for developers.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// With one more wrong field.
    #[must_use]
    pub fn field(mut self, pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        self.errors.push(FieldError { pointer: pointer.into(), code: code.into(), detail: detail.into() });
        self
    }

    /// The kind, where it is one of ours.
    #[must_use]
    pub fn known(&self) -> Option<ProblemKind> {
        let slug = self.kind.strip_prefix(TYPE_BASE)?;
        ProblemKind::ALL.iter().copied().find(|k| k.slug() == slug)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_known_again_from_its_type() {
        for kind in ProblemKind::ALL {
            assert_eq!(Problem::new(*kind).known(), Some(*kind));
        }
    }
}
