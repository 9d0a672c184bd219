//! What every letter that asks for papers has in common: by when, in which sentences, and how it enters the outbox. What does not live here:
//! which papers are open, and where a letter is written (one over all cases: `crate::sheets::letter`; one of a case: `crate::case::request`).

use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::contacts::{LETTER_CHARS, LetterItem, LetterRequest, MAX_LETTER_ITEMS};
use skranke_api::paths;
use skranke_client::outbox::{Author, Draft, Label, Place};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Channel;
use skranke_domain::holidays::{is_closed_day, next_open_day};
use skranke_domain::letter::LetterLanguage;
use skranke_domain::{CitizenText, LetterId, Localized, PaperId};

use crate::dates::{self, DateProblem};
use crate::session::Session;

/// How many days she has to answer, where the clerk says nothing else.
pub const DAYS_TO_ANSWER: i64 = 14;
/// So many days before the last day she is reminded; on the open day before, where that day is closed.
pub const REMINDER_DAYS: i64 = 3;

/// Why a letter cannot be sent as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterProblem {
    /// Nothing is to be asked for.
    NothingMissing,
    /// No paper is ticked.
    NothingTicked,
    /// More items than one letter takes.
    TooMany {
        /// How many there are.
        count: usize,
    },
    /// A ticked paper came or was asked for meanwhile: what the letter says must be read again.
    Changed,
    /// A ticked paper was judged just now, and the server has not confirmed it.
    Unconfirmed,
    /// Nothing is written.
    NoText,
    /// The text is longer than a letter may be.
    TooLong {
        /// By how many characters.
        by: usize,
    },
    /// The deadline was not understood.
    Date(DateProblem),
    /// The deadline is past.
    Past,
    /// The deadline is more than a year away.
    Far,
    /// It is not known yet who is signed in.
    Nobody,
}

/// The last day to answer as it was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerBy {
    /// The day: never a weekend or holiday.
    pub day: Date,
    /// The day that was typed, where the office is closed on it.
    pub typed: Date,
}

/// The last day to answer that was typed.
///
/// # Errors
/// A [`LetterProblem`] when it is no date, past, or more than a year away.
pub fn answer_by(typed: &str, today: Date) -> Result<AnswerBy, LetterProblem> {
    let typed = dates::read_coming(typed, today).map_err(LetterProblem::Date)?;
    if typed < today {
        return Err(LetterProblem::Past);
    }
    let day = next_open_day(typed);
    let last = today.checked_add(1.year()).unwrap_or(today);
    if day > last {
        return Err(LetterProblem::Far);
    }
    Ok(AnswerBy { day, typed })
}

/// The last day to answer, where the clerk says nothing else.
#[must_use]
pub fn usual_day(today: Date) -> Date {
    next_open_day(today.checked_add(DAYS_TO_ANSWER.days()).unwrap_or(today))
}

/// The day she is reminded; none where it would not lie between today and the last day.
#[must_use]
pub fn reminder_day(deadline: Date, today: Date) -> Option<Date> {
    let mut day = deadline.checked_sub(REMINDER_DAYS.days()).ok()?;
    while is_closed_day(day) {
        day = day.yesterday().ok()?;
    }
    (day > today).then_some(day)
}

/// A day as it stands in the field that it can be typed over.
#[must_use]
pub fn typed_day(day: Date) -> String {
    day.strftime("%-d.%-m.%Y").to_string()
}

/// The sentence that asks for a paper: its kind's, else the item's, else its bare name.
#[must_use]
pub fn asks(session: &Session, paper: Option<&PaperId>, said: Option<&Localized>, label: &Localized) -> CitizenText {
    let kind = paper.and_then(|id| session.rules.papers.iter().find(|kind| kind.id == *id));
    match (kind, said) {
        (Some(kind), _) => kind.asks.clone(),
        (None, Some(text)) => text.into(),
        (None, None) => label.into(),
    }
}

/// A letter as it is to be sent.
pub(crate) struct Sending {
    pub(crate) items: Vec<LetterItem>,
    pub(crate) language: LetterLanguage,
    pub(crate) text: String,
    pub(crate) channel: Channel,
    pub(crate) deadline: Date,
    pub(crate) reminder: Option<Date>,
}

impl Sending {
    /// The change that sends it, with the letter's identifier.
    pub(crate) fn draft(self, author: Option<Author>, label: Label) -> Result<(LetterId, Draft), LetterProblem> {
        match self.items.len() {
            0 => return Err(LetterProblem::NothingTicked),
            count if count > MAX_LETTER_ITEMS => return Err(LetterProblem::TooMany { count }),
            _ => {}
        }
        if self.text.trim().is_empty() {
            return Err(LetterProblem::NoText);
        }
        let long = self.text.chars().count();
        if long > LETTER_CHARS {
            return Err(LetterProblem::TooLong { by: long - LETTER_CHARS });
        }
        let author = author.ok_or(LetterProblem::Nobody)?;
        let id = LetterId::new();
        let request = LetterRequest {
            id,
            items: self.items,
            language: LanguageCode(self.language.code().to_owned()),
            text: self.text,
            channel: self.channel,
            deadline: self.deadline,
            reminder: self.reminder,
        };
        let citizen = author.citizen;
        let place = Place { resource: paths::letter(citizen, id), posted_to: paths::letters(citizen) };
        Draft::create(author, place, &request, label).map(|draft| (id, draft)).map_err(|_| LetterProblem::NoText)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_reminder_goes_three_days_before_and_never_on_a_day_when_nobody_is_there() {
        let today = date(2026, 6, 9);
        assert_eq!(reminder_day(date(2026, 6, 18), today), Some(date(2026, 6, 15)));
        assert_eq!(reminder_day(date(2026, 6, 23), today), Some(date(2026, 6, 19)), "the 20th is a Saturday");
        assert_eq!(reminder_day(date(2026, 6, 12), today), None, "that would be today");
    }

    #[test]
    fn a_last_day_on_a_closed_day_moves_to_the_next_open_one() {
        let by = answer_by("20/6", date(2026, 6, 9));
        assert_eq!(by, Ok(AnswerBy { day: date(2026, 6, 22), typed: date(2026, 6, 20) }));
        assert_eq!(answer_by("9.6.2025", date(2026, 6, 9)), Err(LetterProblem::Past));
    }
}
