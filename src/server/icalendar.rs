//! Calendar files (RFC 5545): events with times in UTC, written with escapes and folded lines. What does not live here: which appointments
//! they show and to whom (`crate::routes::feeds`).

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for ever.
    pub uid: String,
    /// Rises with each change.
    pub sequence: i64,
    /// From.
    pub start: Timestamp,
    /// To, exclusive.
    pub end: Timestamp,
    /// Its title.
    pub summary: String,
    /// Where.
    pub location: String,
    /// Whether it stands.
    pub status: Status,
}

/// Whether an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is held for a while.
    Tentative,
    /// It stands.
    Confirmed,
    /// It is taken away.
    Cancelled,
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// The longest line in bytes, its end not counted.
const LINE: usize = 75;

/// A calendar of a name with its events, as it stood at a moment.
#[must_use]
pub fn write(name: &str, stamp: Timestamp, events: &[Event]) -> String {
    let mut out = String::new();
    line(&mut out, "BEGIN", "VCALENDAR");
    line(&mut out, "VERSION", "2.0");
    line(&mut out, "PRODID", "-//Skranke//Calendar//DA");
    line(&mut out, "CALSCALE", "GREGORIAN");
    line(&mut out, "METHOD", "PUBLISH");
    line(&mut out, "X-WR-CALNAME", &escaped(name));
    for event in events {
        line(&mut out, "BEGIN", "VEVENT");
        line(&mut out, "UID", &escaped(&event.uid));
        line(&mut out, "SEQUENCE", &event.sequence.max(0).to_string());
        line(&mut out, "DTSTAMP", &utc(stamp));
        line(&mut out, "DTSTART", &utc(event.start));
        line(&mut out, "DTEND", &utc(event.end));
        line(&mut out, "SUMMARY", &escaped(&event.summary));
        line(&mut out, "LOCATION", &escaped(&event.location));
        line(&mut out, "STATUS", event.status.word());
        line(&mut out, "CLASS", "PRIVATE");
        line(&mut out, "END", "VEVENT");
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text with what has a meaning of its own in a calendar file written out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Adds a line, folded where it is long: never within a letter, and never beside a space, since some programs cut spaces off there.
fn line(out: &mut String, name: &str, value: &str) {
    let letters: Vec<char> = name.chars().chain([':']).chain(value.chars()).collect();
    // The space that marks a folded line counts.
    let mut room = LINE;
    let mut rest = letters.as_slice();
    loop {
        let mut bytes = 0;
        let fits = rest.iter().take_while(|letter| {
            bytes += letter.len_utf8();
            bytes <= room
        });
        let most = fits.count();
        let good = |end: &usize| *end == rest.len() || (rest[*end] != ' ' && rest[*end - 1] != ' ');
        let end = (1..=most).rev().find(good).unwrap_or(most);
        out.extend(&rest[..end]);
        rest = &rest[end..];
        if rest.is_empty() {
            break;
        }
        out.push_str("\r\n ");
        room = LINE - 1;
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use ical::parser::ical::component::IcalEvent;
    use proptest::prelude::*;

    use super::*;

    fn event(summary: &str, location: &str) -> Event {
        Event {
            uid: "018cc251-f400-7000-8000-5ca500000001@skranke".to_owned(),
            sequence: 3,
            start: "2026-06-09T08:20:00Z".parse().unwrap(),
            end: "2026-06-09T08:50:00Z".parse().unwrap(),
            summary: summary.to_owned(),
            location: location.to_owned(),
            status: Status::Confirmed,
        }
    }

    /// Reads a calendar with somebody else's library.
    fn read(text: &str) -> Vec<IcalEvent> {
        let calendar = ical::IcalParser::new(text.as_bytes()).next().unwrap().unwrap();
        calendar.events
    }

    fn value(event: &IcalEvent, name: &str) -> String {
        event.properties.iter().find(|p| p.name == name).and_then(|p| p.value.clone()).unwrap_or_default()
    }

    fn unescaped(text: &str) -> String {
        text.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    }

    #[test]
    fn another_program_reads_the_same_times_place_and_initials() {
        let stamp = "2026-06-09T08:06:00Z".parse().unwrap();
        let cancelled = Event { status: Status::Cancelled, ..event("Borgerservice: KW", "Nørrebro") };
        let text = write("Borgerservice", stamp, &[event("Borgerservice: KW", "Nørrebro, Skranke 4"), cancelled]);
        let events = read(&text);
        assert_eq!(events.len(), 2);
        assert_eq!(value(&events[0], "DTSTART"), "20260609T082000Z");
        assert_eq!(value(&events[0], "DTEND"), "20260609T085000Z");
        assert_eq!(unescaped(&value(&events[0], "SUMMARY")), "Borgerservice: KW");
        assert_eq!(unescaped(&value(&events[0], "LOCATION")), "Nørrebro, Skranke 4");
        assert_eq!((value(&events[0], "STATUS"), value(&events[0], "SEQUENCE")), ("CONFIRMED".into(), "3".into()));
        assert_eq!(value(&events[1], "STATUS"), "CANCELLED");
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_every_text_comes_back(place in "([a-zæøåńż0-9,;.-]{1,30} ?){0,8}[a-z]") {
            let text = write("Borgerservice", Timestamp::UNIX_EPOCH, &[event("x", &place)]);
            prop_assert!(text.split("\r\n").all(|line| line.len() <= LINE));
            prop_assert_eq!(unescaped(&value(&read(&text)[0], "LOCATION")), place);
        }
    }
}
