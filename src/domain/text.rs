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
