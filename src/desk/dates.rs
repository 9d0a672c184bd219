//! Dates as a clerk types them: "9/6", "9.6.", "9 jun", "2026-06-09", "090626", "+14", "i morgen", "fre". What lives here: what was meant. What does
//! not: how a date is shown (the texts of the window).

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// Why a date was not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// Nothing was typed.
    Empty,
    /// It is no date: letters, too many parts.
    NotADate,
    /// It has the form of a date, and no calendar has that day (31/6).
    NoSuchDay,
}

/// Which year a date without one is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Year {
    /// The one in which it is nearest to today.
    Nearest,
    /// The one in which it comes next, today included.
    Coming,
}

/// The date that was typed; without a year it is the one nearest to today, so that both "she moved on 28/12" and "she moves on 4/1" are
/// understood at the turn of the year.
///
/// # Errors
/// [`DateProblem`] when it is no date.
pub fn read(text: &str, today: Date) -> Result<Date, DateProblem> {
    understand(text, today, Year::Nearest)
}

/// The date that was typed; without a year it is the next one that comes, today included. For deadlines and promises.
///
/// # Errors
/// [`DateProblem`] when it is no date.
pub fn read_coming(text: &str, today: Date) -> Result<Date, DateProblem> {
    understand(text, today, Year::Coming)
}

fn understand(text: &str, today: Date, year: Year) -> Result<Date, DateProblem> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    if let Some(days) = relative(&text) {
        return days.and_then(|days| shift(today, days));
    }
    if let Some(weekday) = weekday(&text) {
        let days = i64::from(today.weekday().until(weekday));
        return shift(today, if days == 0 { 7 } else { days });
    }
    let parts = parts(&text)?;
    match parts.as_slice() {
        [Part::Number { value, digits: 6 }] => {
            let (day, month, year) = (value / 10_000, value / 100 % 100, value % 100);
            day_of(century(year, today), month, day)
        }
        [Part::Number { value, digits: 8 }] => day_of(value % 10_000, value / 10_000 % 100, value / 1_000_000),
        [
            Part::Number { value: year, digits: 4 },
            Part::Number { value: month, .. },
            Part::Number { value: day, .. },
        ] => day_of(*year, *month, *day),
        [Part::Number { value: day, .. }, month, Part::Number { value: year, digits }] => {
            let year = match digits {
                2 => century(*year, today),
                4 => *year,
                _ => return Err(DateProblem::NotADate),
            };
            day_of(year, month.value(), *day)
        }
        [Part::Number { value: day, digits: 1 | 2 }, month] => without_year(*day, month.value(), today, year),
        [Part::Month(month), Part::Number { value: day, digits: 1 | 2 }] => without_year(*day, *month, today, year),
        _ => Err(DateProblem::NotADate),
    }
}

/// Days from today: "+14", "-3", "today", "i morgen".
fn relative(text: &str) -> Option<Result<i64, DateProblem>> {
    match text {
        "i dag" | "idag" | "today" | "nu" | "now" => return Some(Ok(0)),
        "i morgen" | "imorgen" | "tomorrow" => return Some(Ok(1)),
        "i går" | "igår" | "yesterday" => return Some(Ok(-1)),
        _ => {}
    }
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix(['-', '−'])) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let rest = rest.trim();
    let (digits, factor) = match rest.strip_suffix(['w', 'u']) {
        Some(weeks) => (weeks.trim(), 7),
        None => (rest.strip_suffix('d').unwrap_or(rest).trim(), 1),
    };
    Some(digits.parse::<u16>().map(|days| sign * factor * i64::from(days)).map_err(|_| DateProblem::NotADate))
}

fn shift(today: Date, days: i64) -> Result<Date, DateProblem> {
    today.checked_add(Span::new().days(days)).map_err(|_| DateProblem::NoSuchDay)
}

/// A weekday by its first three letters or more, in Danish or English; with "on" or "på" before it.
fn weekday(text: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 14] = [
        ("mandag", Weekday::Monday),
        ("monday", Weekday::Monday),
        ("tirsdag", Weekday::Tuesday),
        ("tuesday", Weekday::Tuesday),
        ("onsdag", Weekday::Wednesday),
        ("wednesday", Weekday::Wednesday),
        ("torsdag", Weekday::Thursday),
        ("thursday", Weekday::Thursday),
        ("fredag", Weekday::Friday),
        ("friday", Weekday::Friday),
        ("lørdag", Weekday::Saturday),
        ("saturday", Weekday::Saturday),
        ("søndag", Weekday::Sunday),
        ("sunday", Weekday::Sunday),
    ];
    by_name(text.strip_prefix("på ").or_else(|| text.strip_prefix("on ")).unwrap_or(text), &NAMES)
}

fn month(text: &str) -> Option<u32> {
    const NAMES: [(&str, u32); 19] = [
        ("januar", 1),
        ("january", 1),
        ("februar", 2),
        ("february", 2),
        ("marts", 3),
        ("march", 3),
        ("april", 4),
        ("maj", 5),
        ("may", 5),
        ("juni", 6),
        ("june", 6),
        ("juli", 7),
        ("july", 7),
        ("august", 8),
        ("september", 9),
        ("oktober", 10),
        ("october", 10),
        ("november", 11),
        ("december", 12),
    ];
    by_name(text, &NAMES)
}

fn by_name<T: Copy>(text: &str, names: &[(&str, T)]) -> Option<T> {
    let text = text.trim_end_matches('.');
    let enough = text.chars().count() >= 3;
    names.iter().find(|(name, _)| enough && name.starts_with(text)).map(|(_, value)| *value)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number { value: u32, digits: usize },
    Month(u32),
}

impl Part {
    const fn value(self) -> u32 {
        match self {
            Self::Number { value, .. } | Self::Month(value) => value,
        }
    }
}

fn parts(text: &str) -> Result<Vec<Part>, DateProblem> {
    let mut found = Vec::new();
    let separators = ['/', '.', '-', ' ', ',', '–'];
    for piece in text.split(separators).filter(|piece| !piece.is_empty()) {
        // "9jun" is two parts, "9th" and "d. 9." are one.
        let letters_from = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        let (digits, letters) = piece.split_at(letters_from);
        if !digits.is_empty() {
            let value = digits.parse().map_err(|_| DateProblem::NotADate)?;
            found.push(Part::Number { value, digits: digits.len() });
        }
        match letters {
            "" => {}
            "den" | "the" | "d" if digits.is_empty() => {}
            "st" | "nd" | "rd" | "th" if !digits.is_empty() => {}
            name => found.push(Part::Month(month(name).ok_or(DateProblem::NotADate)?)),
        }
    }
    Ok(found)
}

/// Two digits of a year: the century in which it is nearest to today.
fn century(year: u32, today: Date) -> u32 {
    let this = u32::try_from(today.year()).unwrap_or(2000);
    [this / 100 * 100 - 100, this / 100 * 100, this / 100 * 100 + 100]
        .into_iter()
        .map(|hundred| hundred + year)
        .min_by_key(|candidate| candidate.abs_diff(this))
        .unwrap_or(this)
}

fn day_of(year: u32, month: u32, day: u32) -> Result<Date, DateProblem> {
    let small = |value: u32| i8::try_from(value).map_err(|_| DateProblem::NoSuchDay);
    let year = i16::try_from(year).map_err(|_| DateProblem::NoSuchDay)?;
    Date::new(year, small(month)?, small(day)?).map_err(|_| DateProblem::NoSuchDay)
}

fn without_year(day: u32, month: u32, today: Date, year: Year) -> Result<Date, DateProblem> {
    let this = i32::from(today.year());
    // 29/2 is looked for as far as the next leap year.
    let candidates = (this - 4..=this + 8)
        .filter_map(|year| u32::try_from(year).ok())
        .filter_map(|year| day_of(year, month, day).ok());
    let found = match year {
        Year::Nearest => candidates.min_by_key(|date| distance(today, *date).abs()),
        Year::Coming => candidates.filter(|date| *date >= today).min(),
    };
    found.ok_or(DateProblem::NoSuchDay)
}

fn distance(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 6, 9);

    #[test]
    fn a_day_may_be_typed_in_many_ways() {
        for text in [
            "18/6",
            "18.6.",
            "18.6",
            "18-6",
            "18 6",
            "18 jun",
            "18. juni",
            "18 june",
            "18jun",
            "jun 18",
            "June 18th",
            "den 18. juni",
            "18.06.2026",
            "18/6/26",
            "2026-06-18",
            "180626",
            "18062026",
            "18 Jun 2026",
            "+9",
            " +9 d ",
            "d. 18/6",
        ] {
            assert_eq!(read(text, TODAY), Ok(date(2026, 6, 18)), "{text}");
        }
        assert_eq!(read("i dag", TODAY), Ok(TODAY));
        assert_eq!(read("tomorrow", TODAY), Ok(date(2026, 6, 10)));
        assert_eq!(read("-3", TODAY), Ok(date(2026, 6, 6)));
        assert_eq!(read("+2w", TODAY), Ok(date(2026, 6, 23)));
        assert_eq!(read("fre", TODAY), Ok(date(2026, 6, 12)));
        assert_eq!(read("tuesday", TODAY), Ok(date(2026, 6, 16)), "today is a Tuesday; the next one is meant");
    }

    #[test]
    fn without_a_year_the_nearest_day_is_meant_or_the_coming_one() {
        assert_eq!(read("28/12", date(2026, 1, 4)), Ok(date(2025, 12, 28)));
        assert_eq!(read_coming("28/12", date(2026, 1, 4)), Ok(date(2026, 12, 28)));
        assert_eq!(read("4/1", date(2026, 12, 28)), Ok(date(2027, 1, 4)));
        assert_eq!(read_coming("9/6", TODAY), Ok(TODAY));
        assert_eq!(read_coming("29/2", TODAY), Ok(date(2028, 2, 29)));
    }

    #[test]
    fn what_is_no_date_says_why() {
        assert_eq!(read("  ", TODAY), Err(DateProblem::Empty));
        for text in ["soon", "9", "1/2/3/4", "+many", "9/6/1", "ma", "9 foo", "+", "æøå"] {
            assert_eq!(read(text, TODAY), Err(DateProblem::NotADate), "{text}");
        }
        for text in ["31/6", "0/6", "9/13", "29/2/2026", "2026-99-01", "320626"] {
            assert_eq!(read(text, TODAY), Err(DateProblem::NoSuchDay), "{text}");
        }
    }
}
