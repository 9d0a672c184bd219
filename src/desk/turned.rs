//! The turned screen (`F8`): which citizen faces the window, and in which language. What does not live here: what the page says.

use skranke_domain::citizen::LanguageCode;

use crate::stands::StandId;

/// The languages that the turned page is written in, in the order of the key that walks through them.
pub const WRITTEN: [&str; 4] = ["da", "en", "de", "pl"];

/// A screen that faces the citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// Whose page.
    pub stand: StandId,
    /// The language that was asked for: hers, or what the clerk chose.
    pub asked: LanguageCode,
}

impl Turned {
    pub(crate) fn new(stand: StandId, languages: &[LanguageCode]) -> Self {
        let asked = languages.first().cloned().unwrap_or_else(|| LanguageCode("da".to_owned()));
        Self { stand, asked }
    }

    /// The language it is written in: English where hers is not among them.
    #[must_use]
    pub fn written(&self) -> &'static str {
        WRITTEN.into_iter().find(|code| *code == self.asked.0).unwrap_or("en")
    }

    /// Hers is not among them: the page says so.
    #[must_use]
    pub fn falls_back(&self) -> bool {
        self.written() != self.asked.0
    }

    pub(crate) fn next_language(&mut self) {
        let at = WRITTEN.iter().position(|code| *code == self.written()).unwrap_or(0);
        self.speak(WRITTEN[(at + 1) % WRITTEN.len()]);
    }

    pub(crate) fn speak(&mut self, code: &str) {
        self.asked = LanguageCode(code.to_owned());
    }
}
