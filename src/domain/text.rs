//! Text for people in the languages of the office. What does not live here: the window's own words (Fluent files in `i18n/`).

use serde::{Deserialize, Serialize};

/// A text in Danish and English, both complete.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Localized {
    /// A text in both languages.
    pub fn new(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { da: da.into(), en: en.into() }
    }
}

/// A text that citizens read: Danish and English complete, German and Polish where somebody wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CitizenText {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
    /// German.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub de: Option<String>,
    /// Polish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pl: Option<String>,
}

impl CitizenText {
    /// The text in a language by its ISO 639-1 code; none where it was not written in that language.
    #[must_use]
    pub fn written_in(&self, code: &str) -> Option<&str> {
        match code {
            "da" => Some(&self.da),
            "en" => Some(&self.en),
            "de" => self.de.as_deref(),
            "pl" => self.pl.as_deref(),
            _ => None,
        }
    }
}

impl From<&Localized> for CitizenText {
    fn from(text: &Localized) -> Self {
        Self { da: text.da.clone(), en: text.en.clone(), de: None, pl: None }
    }
}
