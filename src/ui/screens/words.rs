//! Words that more than one screen says. What does not live here: sentences about errors (see `sentence`).

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke_domain::Localized;

use crate::i18n::{Language, Texts};

/// A text of the catalogue in the person's language.
pub fn pick<'a>(texts: &Texts, text: &'a Localized) -> &'a str {
    match texts.language() {
        Language::Danish => &text.da,
        Language::English => &text.en,
    }
}

/// A moment on the wall clock of the office: "10.20", and with its day when that is not `today`.
pub fn moment(texts: &Texts, at: Timestamp, tz: &TimeZone, today: jiff::civil::Date) -> String {
    let at = at.to_zoned(tz.clone());
    let time = texts.time(at.time());
    if at.date() == today { time } else { format!("{} {time}", texts.day_month(at.date())) }
}

/// A day as it stands inside a sentence: "today", "18 Jun".
pub fn day_within(texts: &Texts, day: jiff::civil::Date, today: jiff::civil::Date) -> String {
    let said = texts.near_day(day, today);
    let mut letters = said.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
