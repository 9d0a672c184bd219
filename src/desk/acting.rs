//! Who acts, when, and what she acts on: what the rooms are handed with every input.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use skranke_client::outbox::Author;
use skranke_domain::{CitizenId, Localized, StaffId};

use crate::pending::Pending;
use crate::session::Session;
use crate::settings::Language;

/// Who acts, when, and what of her is not confirmed yet.
#[derive(Clone, Copy, Debug)]
pub struct Acting<'a> {
    /// What is not confirmed.
    pub pending: &'a Pending,
    /// Who is signed in, and what the office knows.
    pub session: &'a Session,
    /// The office's time zone.
    pub tz: &'a TimeZone,
    /// The language of her window.
    pub language: Language,
    /// When.
    pub now: Timestamp,
}

/// Who acts on a desk now. A macro, since it borrows four parts of the desk while a room of the same desk is changed.
macro_rules! acting {
    ($desk:expr, $now:expr) => {
        $crate::acting::Acting {
            pending: &$desk.pending,
            session: &$desk.session,
            tz: &$desk.tz,
            language: $desk.settings.language,
            now: $now,
        }
    };
}
pub(crate) use acting;

impl Acting<'_> {
    /// Who acts, once it is known.
    #[must_use]
    pub fn person(&self) -> Option<StaffId> {
        self.session.me.value().map(|me| me.id)
    }

    /// The author of a change about a citizen, once it is known who acts.
    #[must_use]
    pub fn author(&self, citizen: CitizenId) -> Option<Author> {
        Some(Author { person: self.person()?, citizen, at: self.now })
    }

    /// A text of the catalogue in the language of her window.
    #[must_use]
    pub fn pick<'t>(&self, text: &'t Localized) -> &'t str {
        match self.language {
            Language::Da => &text.da,
            Language::En => &text.en,
        }
    }

    /// Today at the office.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now.to_zoned(self.tz.clone()).date()
    }
}
