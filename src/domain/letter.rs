//! The letter that asks a citizen for papers, in the languages that citizens read. Its fixed phrases are data here, since they are not the
//! clerk's languages. What does not live here: which papers are missing (see [`crate::paper`]), the window's own words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::CitizenText;
use crate::citizen::{LanguageCode, words};
use crate::contact::Channel;
use crate::holidays::{add_days_inclusive, next_open_day};

words! {
    /// A language that letters are written in.
    LetterLanguage {
        /// Dansk.
        Danish,
        /// English.
        English,
        /// Deutsch.
        German,
        /// Polski.
        Polish,
    }
}

impl LetterLanguage {
    /// Its ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
            Self::German => "de",
            Self::Polish => "pl",
        }
    }

    /// The language of a code, where letters are written in it.
    #[must_use]
    pub fn of_code(code: &LanguageCode) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| code.0.eq_ignore_ascii_case(language.code()))
    }

    /// The next one round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Danish => Self::English,
            Self::English => Self::German,
            Self::German => Self::Polish,
            Self::Polish => Self::Danish,
        }
    }

    /// The language for somebody who speaks these, best first: the first in which letters are written, else English, since more people
    /// read it than Danish. Nothing known means Danish.
    #[must_use]
    pub fn for_speaker(spoken: &[LanguageCode]) -> Self {
        let fallback = if spoken.is_empty() { Self::Danish } else { Self::English };
        spoken.iter().find_map(Self::of_code).unwrap_or(fallback)
    }

    const fn phrases(self) -> &'static Phrases {
        match self {
            Self::Danish => &DANISH,
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
            Self::Polish => &POLISH,
        }
    }

    /// A day as a letter says it: "23. juni 2026".
    #[must_use]
    pub fn day(self, day: Date) -> String {
        let phrases = self.phrases();
        let month = usize::try_from(day.month() - 1).ok().and_then(|at| phrases.months.get(at)).copied().unwrap_or("");
        format!("{}{} {month} {}", day.day(), phrases.after_day, day.year())
    }
}

/// The fixed phrases of a letter in one language. They name nobody and say "you".
struct Phrases {
    greeting: &'static str,
    opening: &'static str,
    /// `{day}` is the deadline.
    by: &'static str,
    by_digital_post: &'static str,
    by_letter: &'static str,
    help: &'static str,
    regards: &'static str,
    after_day: &'static str,
    months: [&'static str; 12],
}

const DANISH: Phrases = Phrases {
    greeting: "Kære borger",
    opening: "For at vi kan komme videre, mangler vi dette fra dig:",
    by: "Vi skal have det senest den {day}.",
    by_digital_post: "Svar på denne besked i Digital Post, eller kom ind i Borgerservice.",
    by_letter: "Send det med posten, eller kom ind i Borgerservice.",
    help: "Kan du ikke nå det, eller er du i tvivl, så sig det til os. Vi hjælper gerne.",
    regards: "Venlig hilsen",
    after_day: ".",
    months: [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
};

const ENGLISH: Phrases = Phrases {
    greeting: "Dear citizen",
    opening: "To go on, we need this from you:",
    by: "We need it by {day} at the latest.",
    by_digital_post: "Reply to this message in Digital Post, or come to the citizen service (Borgerservice).",
    by_letter: "Send it by post, or come to the citizen service (Borgerservice).",
    help: "If you cannot make it in time, or are in doubt, tell us. We are glad to help.",
    regards: "Kind regards",
    after_day: "",
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

const GERMAN: Phrases = Phrases {
    greeting: "Guten Tag",
    opening: "Damit es weitergehen kann, brauchen wir Folgendes von Ihnen:",
    by: "Wir brauchen es spätestens bis zum {day}.",
    by_digital_post: "Antworten Sie auf diese Nachricht in Digital Post, oder kommen Sie zum Bürgerservice (Borgerservice).",
    by_letter: "Schicken Sie es mit der Post, oder kommen Sie zum Bürgerservice (Borgerservice).",
    help: "Wenn Sie es nicht rechtzeitig schaffen oder unsicher sind, sagen Sie es uns. Wir helfen gern.",
    regards: "Freundliche Grüße",
    after_day: ".",
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

const POLISH: Phrases = Phrases {
    greeting: "Dzień dobry",
    opening: "Abyśmy mogli kontynuować, potrzebujemy od Pana/Pani:",
    by: "Prosimy o dostarczenie najpóźniej do {day}.",
    by_digital_post: "Prosimy odpowiedzieć na tę wiadomość w Digital Post lub przyjść do biura obsługi mieszkańców (Borgerservice).",
    by_letter: "Prosimy przesłać to pocztą lub przyjść do biura obsługi mieszkańców (Borgerservice).",
    help: "Jeśli nie uda się dotrzymać terminu lub coś jest niejasne, prosimy o kontakt. Chętnie pomożemy.",
    regards: "Z poważaniem",
    after_day: "",
    months: [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
};

/// How many days a citizen usually has to answer.
pub const REPLY_DAYS: u16 = 14;

/// The last day to answer a letter of today, itself included: so many days counted from tomorrow, and never a day on which nobody could
/// take the answer in (a weekend, a holiday): then the next open day.
#[must_use]
pub fn reply_by(today: Date, days: u16) -> Date {
    next_open_day(add_days_inclusive(today, days.saturating_add(1)))
}

/// What a letter says.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// What it asks for, in its order.
    pub asks: Vec<&'a CitizenText>,
    /// The last day to answer.
    pub deadline: Date,
    /// How it is sent, which is how it is answered.
    pub channel: Channel,
    /// Who signs: the municipality.
    pub from: &'a str,
}

impl Letter<'_> {
    /// The letter in a language. A sentence that nobody wrote in German or Polish stands in English.
    #[must_use]
    pub fn write(&self, language: LetterLanguage) -> String {
        let phrases = language.phrases();
        let asks: Vec<String> = self
            .asks
            .iter()
            .map(|asks| format!("• {}", asks.written_in(language.code()).unwrap_or(&asks.en).trim()))
            .collect();
        let how = if self.channel == Channel::DigitalPost { phrases.by_digital_post } else { phrases.by_letter };
        let by = phrases.by.replace("{day}", &language.day(self.deadline));
        let regards = format!("{}\n{}", phrases.regards, self.from);
        let asks = asks.join("\n");
        [phrases.greeting, phrases.opening, asks.as_str(), &format!("{by} {how}"), phrases.help, &regards]
            .join("\n\n")
            .trim_end()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn codes(codes: &[&str]) -> Vec<LanguageCode> {
        codes.iter().map(|code| LanguageCode((*code).to_owned())).collect()
    }

    fn contract() -> CitizenText {
        CitizenText {
            da: "Send din lejekontrakt.".to_owned(),
            en: "Send your tenancy contract.".to_owned(),
            de: Some("Schicken Sie Ihren Mietvertrag.".to_owned()),
            pl: None,
        }
    }

    #[test]
    fn somebody_who_speaks_polish_gets_her_letter_in_polish() {
        assert_eq!(LetterLanguage::for_speaker(&codes(&["pl", "en"])), LetterLanguage::Polish);
    }

    #[test]
    fn a_language_that_nobody_writes_falls_back_to_the_next_she_speaks_and_then_to_english() {
        assert_eq!(LetterLanguage::for_speaker(&codes(&["ar", "DA"])), LetterLanguage::Danish);
        assert_eq!(LetterLanguage::for_speaker(&codes(&["ar"])), LetterLanguage::English);
        assert_eq!(LetterLanguage::for_speaker(&[]), LetterLanguage::Danish);
    }

    #[test]
    fn the_letter_says_what_is_asked_for_by_when_and_how_to_answer() {
        let contract = contract();
        let letter = Letter {
            asks: vec![&contract],
            deadline: date(2026, 6, 23),
            channel: Channel::DigitalPost,
            from: "Skovvig Kommune",
        };
        let danish = letter.write(LetterLanguage::Danish);
        assert!(
            danish.contains("• Send din lejekontrakt.") && danish.contains("senest den 23. juni 2026."),
            "{danish}"
        );
        assert!(danish.contains("Digital Post") && danish.ends_with("Venlig hilsen\nSkovvig Kommune"), "{danish}");
        let german = Letter { channel: Channel::Letter, ..letter.clone() }.write(LetterLanguage::German);
        assert!(german.contains("bis zum 23. Juni 2026.") && german.contains("mit der Post"), "{german}");
        assert!(german.contains("Schicken Sie Ihren Mietvertrag.") && !german.contains("Digital Post"), "{german}");
    }

    #[test]
    fn the_last_day_to_answer_is_counted_from_tomorrow_and_is_never_a_closed_one() {
        assert_eq!(reply_by(date(2026, 6, 9), 14), date(2026, 6, 23), "a Tuesday two weeks on");
        assert_eq!(reply_by(date(2026, 6, 6), 14), date(2026, 6, 22), "a Saturday becomes the Monday");
        assert_eq!(reply_by(date(2026, 3, 20), 14), date(2026, 4, 7), "Good Friday becomes the Tuesday after Easter");
        assert_eq!(reply_by(date(2026, 12, 10), 14), date(2026, 12, 28), "Christmas Eve becomes the 28th");
        assert_eq!(reply_by(date(2026, 6, 9), 0), date(2026, 6, 9));
    }

    #[test]
    fn a_sentence_nobody_wrote_in_polish_stands_in_english() {
        let contract = contract();
        let letter =
            Letter { asks: vec![&contract], deadline: date(2026, 10, 1), channel: Channel::Letter, from: "Skovvig" };
        let polish = letter.write(LetterLanguage::Polish);
        assert!(polish.contains("• Send your tenancy contract.") && polish.contains("do 1 października 2026."));
    }

    #[test]
    fn every_language_has_all_phrases_and_no_gap_is_left_open() {
        let contract = contract();
        for language in LetterLanguage::ALL {
            let phrases = language.phrases();
            let all = [phrases.greeting, phrases.opening, phrases.by, phrases.by_digital_post, phrases.by_letter];
            assert!(all.iter().chain(&phrases.months).all(|phrase| !phrase.trim().is_empty()), "{language:?}");
            for channel in [Channel::DigitalPost, Channel::Letter] {
                let letter = Letter { asks: vec![&contract], deadline: date(2026, 2, 3), channel, from: "Skovvig" };
                let text = letter.write(*language);
                assert!(text.contains("2026") && !text.contains('{'), "{text}");
            }
        }
    }
}
