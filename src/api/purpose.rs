//! Why a citizen is looked up or opened. It goes into the audit log before the answer leaves.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use skranke_domain::access::LegalBasis;

/// The longest note on a purpose, in characters.
pub const NOTE_CHARS: usize = 200;

/// The kinds of purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PurposeKind {
    /// The citizen stands at the counter with a ticket.
    Ticket,
    /// The citizen is on the phone.
    Call,
    /// The citizen has an appointment.
    Appointment,
    /// Work on a case.
    Case,
    /// Something else; the note says what.
    Other,
}

impl PurposeKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Ticket, Self::Call, Self::Appointment, Self::Case, Self::Other];

    /// The word on the wire.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Call => "call",
            Self::Appointment => "appointment",
            Self::Case => "case",
            Self::Other => "other",
        }
    }
}

impl FromStr for PurposeKind {
    type Err = PurposeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|k| k.word() == text).ok_or(PurposeError::Unknown)
    }
}

/// A purpose with its note.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// The kind.
    pub kind: PurposeKind,
    /// A reference or words; required for [`PurposeKind::Other`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub note: Option<String>,
    /// The legal basis on which other departments' data are fetched; where none is named it follows from the kind
    /// ([`Purpose::legal_basis`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<LegalBasis>,
    /// The warning that somebody near is opened was seen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acknowledged: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape that serde asks for")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Why a purpose does not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurposeError {
    /// None was given.
    #[error("a purpose is required")]
    Missing,
    /// Not one of the kinds.
    #[error("the purpose is one of ticket, call, appointment, case, other")]
    Unknown,
    /// Other without words.
    #[error("the purpose `other` needs a note")]
    NeedsNote,
    /// The note is not percent-encoded UTF-8, or longer than [`NOTE_CHARS`] characters.
    #[error("a note is percent-encoded UTF-8 of at most {NOTE_CHARS} characters")]
    Note,
}

impl Purpose {
    /// A purpose without a note.
    #[must_use]
    pub const fn plain(kind: PurposeKind) -> Self {
        Self { kind, note: None, basis: None, acknowledged: false }
    }

    /// A purpose with the words or the reference that go with it.
    #[must_use]
    pub const fn noted(kind: PurposeKind, note: Option<String>) -> Self {
        Self { kind, note, basis: None, acknowledged: false }
    }

    /// The legal basis: the one that is named, else what the kind implies. Who is at the counter, on the phone or at an appointment asks
    /// herself; a case is an application. Something else implies none.
    #[must_use]
    pub const fn legal_basis(&self) -> Option<LegalBasis> {
        match (self.basis, self.kind) {
            (Some(named), _) => Some(named),
            (None, PurposeKind::Ticket | PurposeKind::Call | PurposeKind::Appointment) => Some(LegalBasis::Guidance),
            (None, PurposeKind::Case) => Some(LegalBasis::Application),
            (None, PurposeKind::Other) => None,
        }
    }

    /// Whether words say why.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.note.as_deref().is_some_and(|note| !note.trim().is_empty())
    }

    /// Checks length and completeness.
    ///
    /// # Errors
    /// [`PurposeError`] says what is missing.
    pub fn check(&self) -> Result<(), PurposeError> {
        match self.note.as_deref().map(str::trim) {
            Some(note) if note.chars().count() > NOTE_CHARS => Err(PurposeError::Note),
            None | Some("") if self.kind == PurposeKind::Other => Err(PurposeError::NeedsNote),
            _ => Ok(()),
        }
    }

    /// Reads the two headers.
    ///
    /// # Errors
    /// [`PurposeError`] says what is missing or wrong.
    pub fn from_headers(kind: Option<&str>, note: Option<&str>) -> Result<Self, PurposeError> {
        let kind = kind.ok_or(PurposeError::Missing)?.trim().parse()?;
        let note = note
            .map(|n| percent_encoding::percent_decode_str(n).decode_utf8().map(|s| s.trim().to_owned()))
            .transpose()
            .map_err(|_| PurposeError::Note)?
            .filter(|n| !n.is_empty());
        let purpose = Self::noted(kind, note);
        purpose.check()?;
        Ok(purpose)
    }

    /// The note as it stands in a header.
    #[must_use]
    pub fn note_header(&self) -> Option<String> {
        let note = self.note.as_deref()?;
        Some(percent_encoding::utf8_percent_encode(note, percent_encoding::NON_ALPHANUMERIC).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_with_danish_letters_survives_the_headers() {
        let purpose = Purpose::noted(PurposeKind::Other, Some("søger sin ægtefælle".into()));
        let note = purpose.note_header();
        assert_eq!(Purpose::from_headers(Some("other"), note.as_deref()), Ok(purpose));
    }

    #[test]
    fn other_without_words_is_refused() {
        assert_eq!(Purpose::from_headers(Some("other"), None), Err(PurposeError::NeedsNote));
        assert_eq!(Purpose::from_headers(None, None), Err(PurposeError::Missing));
        assert_eq!(Purpose::from_headers(Some("curiosity"), None), Err(PurposeError::Unknown));
    }
}
