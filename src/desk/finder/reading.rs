//! What typed words most likely are: a name, a number, an address, a day of birth beside a name, a colleague, a command. What does not live
//! here: asking, what was found.

use jiff::civil::Date;
use skranke_api::citizens::{QUERY_CHARS, QueryKind};
use skranke_domain::cpr::{Cpr, CprError, CprTyping, looks_like_cpr};

/// What the typed words were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing to search for yet.
    Nothing,
    /// Too little to send: a CPR number is sent only when it is complete.
    PartialCpr {
        /// Digits typed so far.
        digits: usize,
    },
    /// A CPR number with a mistake: nothing is sent.
    WrongCpr(CprError),
    /// A day of birth alone: too many people share it.
    DateAlone(Date),
    /// Searches to send, the likeliest first.
    Search(Vec<Wanted>),
    /// A colleague (`@`), by name or department; everybody while nothing follows.
    Colleague(String),
    /// A command of the window (`>`).
    Command(String),
}

/// How many digits a Danish telephone number has; one from elsewhere is told by its `+`.
const PHONE_DIGITS: usize = 8;

/// One search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What for.
    pub kind: QueryKind,
    /// The words.
    pub words: String,
    /// Only people born on this day.
    pub born: Option<Date>,
}

impl Wanted {
    const fn new(kind: QueryKind, words: String) -> Self {
        Self { kind, words, born: None }
    }
}

/// Takes typed words for what they most likely are.
#[must_use]
pub fn read(typed: &str) -> Reading {
    let text: String = typed.trim().chars().take(QUERY_CHARS).collect();
    if let Some(command) = text.strip_prefix('>') {
        return Reading::Command(command.trim().to_owned());
    }
    // Before anything else, whatever stands round it: a whole CPR number is never sent as part of a name or an address.
    if let Some(cpr) = whole_cpr(&text) {
        return Reading::Search(vec![Wanted::new(QueryKind::Cpr, cpr.digits())]);
    }
    if let Some(number) = text.strip_prefix('#') {
        return search(QueryKind::CaseNumber, number);
    }
    if let Some(phone) = text.strip_prefix('+') {
        return search(QueryKind::Phone, own_number(phone));
    }
    if let Some(colleague) = text.strip_prefix('@') {
        return Reading::Colleague(colleague.trim().to_owned());
    }
    match looks_like_cpr(&text) {
        CprTyping::Complete(cpr) => return Reading::Search(vec![Wanted::new(QueryKind::Cpr, cpr.digits())]),
        CprTyping::Partial { digits } => return Reading::PartialCpr { digits },
        CprTyping::Wrong(error) => return Reading::WrongCpr(error),
        CprTyping::No => {}
    }
    if let Some(email) = text.split_whitespace().find(|word| word.find('@').is_some_and(|at| at > 0)) {
        return search(QueryKind::Email, email);
    }
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let dated = with_date(&text, letters > 0);
    match (letters, digits) {
        (0, _) if let Some((_, days)) = dated => days.first().map_or(Reading::Nothing, |day| Reading::DateAlone(*day)),
        (0, 0) | (1, 0) => Reading::Nothing,
        // Fewer may become anything: half a telephone number would show strangers, half a CPR number is nobody's business.
        (0, ..PHONE_DIGITS) => Reading::Nothing,
        (0, _) => search(QueryKind::Phone, &text),
        _ if let Some((words, days)) = dated => born(&words, &days),
        (_, 0) => Reading::Search([QueryKind::Name, QueryKind::Address].map(|k| Wanted::new(k, text.clone())).into()),
        _ if looks_like_case_number(&text) => search(QueryKind::CaseNumber, &text),
        _ => {
            let mut searches = vec![Wanted::new(QueryKind::Address, text.clone())];
            // A house number is in nobody's name; the word beside it may be.
            let words: Vec<&str> = text.split_whitespace().filter(|word| !word.contains(is_digit)).collect();
            let words = words.join(" ");
            if words.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                searches.push(Wanted::new(QueryKind::Name, words));
            }
            Reading::Search(searches)
        }
    }
}

fn search(kind: QueryKind, words: &str) -> Reading {
    let words = words.trim();
    if words.chars().count() < 2 {
        Reading::Nothing
    } else {
        Reading::Search(vec![Wanted::new(kind, words.to_owned())])
    }
}

const fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// `KFF-2026-…`: letters, a hyphen, digits.
fn looks_like_case_number(text: &str) -> bool {
    let Some((tag, rest)) = text.split_once('-') else { return false };
    (2..=5).contains(&tag.chars().count())
        && tag.chars().all(char::is_alphabetic)
        && rest.chars().all(|c| c.is_ascii_digit() || c == '-')
        && rest.starts_with(is_digit)
}

/// A number after `+`, without the country's own code: only a number that is longer than ours has one.
fn own_number(typed: &str) -> &str {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    match typed.trim_start().strip_prefix("45") {
        Some(rest) if digits > 8 => rest,
        _ => typed,
    }
}

/// A whole CPR number anywhere in a text.
fn whole_cpr(text: &str) -> Option<Cpr> {
    let whole = |text: &str| match looks_like_cpr(text.trim_matches(|c: char| !c.is_ascii_digit())) {
        CprTyping::Complete(cpr) => Some(cpr),
        _ => None,
    };
    // Digits with what people write between them; letters and signs end a number.
    let runs = text.split(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || is_hyphen(c)));
    runs.filter(|run| run.contains(is_digit)).find_map(|run| {
        let words: Vec<&str> = run.split_whitespace().collect();
        let pairs = words.windows(2).map(|pair| format!("{} {}", pair[0], pair[1]));
        whole(run)
            .or_else(|| words.iter().find_map(|word| whole(word)))
            .or_else(|| pairs.into_iter().find_map(|p| whole(&p)))
    })
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// A name, or a name and a road, and the days on which she may have been born.
fn born(words: &str, days: &[Date]) -> Reading {
    let kinds: &[QueryKind] =
        if words.contains(is_digit) { &[QueryKind::Address, QueryKind::Name] } else { &[QueryKind::Name] };
    Reading::Search(
        kinds
            .iter()
            .flat_map(|kind| days.iter().map(|day| Wanted { kind: *kind, words: words.to_owned(), born: Some(*day) }))
            .collect(),
    )
}

/// The first date among the words, and the words without it.
fn with_date(text: &str, beside_letters: bool) -> Option<(String, Vec<Date>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (at, days) = words.iter().enumerate().find_map(|(at, word)| Some((at, dates(word, beside_letters)?)))?;
    let rest: Vec<&str> = words.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, word)| *word).collect();
    Some((rest.join(" "), days))
}

/// The first and the last year a CPR number can say (cpr.dk).
const YEARS: std::ops::RangeInclusive<i16> = 1858..=2057;

/// The days that a word may mean: `12.11.90`, `12-11-1990`, `12/11-90`, `1990-11-12`; beside letters also `121190`, `12111990` and the
/// beginning of a CPR number. A year of two digits may lie in either century; the last one comes first.
fn dates(word: &str, beside_letters: bool) -> Option<Vec<Date>> {
    let word = word.trim_matches(|c: char| matches!(c, ',' | ';' | '.' | '(' | ')'));
    let parts: Vec<&str> = word.split(|c: char| matches!(c, '.' | '/') || is_hyphen(c)).collect();
    if parts.iter().any(|part| !part.chars().all(is_digit)) {
        return None;
    }
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 && is_short(month) && is_short(day) => (*day, *month, *year),
        [day, month, year] if is_short(day) && is_short(month) && matches!(year.len(), 2 | 4) => (*day, *month, *year),
        [one] if beside_letters && matches!(one.len(), 6 | 8) => (&one[..2], &one[2..4], &one[4..]),
        [date, tail] if beside_letters && date.len() == 6 && tail.len() < 4 => (&date[..2], &date[2..4], &date[4..]),
        _ => return None,
    };
    let (day, month, short) = (day.parse::<i8>().ok()?, month.parse::<i8>().ok()?, year.len() == 2);
    // A replacement number says the day and sixty.
    let day = if (61..=91).contains(&day) { day - 60 } else { day };
    let year: i16 = year.parse().ok()?;
    let years = if short { vec![1900 + year, 2000 + year] } else { vec![year] };
    let days: Vec<Date> =
        years.into_iter().filter(|y| YEARS.contains(y)).filter_map(|y| Date::new(y, month, day).ok()).collect();
    (!days.is_empty()).then_some(days)
}

const fn is_short(part: &str) -> bool {
    matches!(part.len(), 1 | 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn searches(typed: &str) -> Vec<(QueryKind, String, Option<String>)> {
        match read(typed) {
            Reading::Search(all) => {
                all.into_iter().map(|w| (w.kind, w.words, w.born.map(|day| day.to_string()))).collect()
            }
            other => panic!("{typed}: a search was expected, not {other:?}"),
        }
    }

    fn kinds(typed: &str) -> Vec<QueryKind> {
        searches(typed).into_iter().map(|(kind, ..)| kind).collect()
    }

    #[test]
    fn a_name_is_searched_among_names_and_addresses() {
        assert_eq!(kinds("wron"), [QueryKind::Name, QueryKind::Address]);
    }

    #[test]
    fn an_unfinished_cpr_number_is_never_sent() {
        for typed in ["721190", "721190-", "721190-1", "721190-123"] {
            assert!(matches!(read(typed), Reading::PartialCpr { .. }), "{typed}");
        }
        assert_eq!(kinds("721190-1234"), [QueryKind::Cpr]);
        assert_eq!(kinds("7211901234"), [QueryKind::Cpr]);
    }

    #[test]
    fn a_whole_cpr_number_is_sent_as_one_whatever_stands_round_it() {
        for typed in [
            "wrona 721190-1234",
            "7211901234 wrona",
            "#721190-1234",
            "+721190-1234",
            "@721190-1234",
            "tanglænken 4 721190 1234",
            "4 7211901234",
            "(721190-1234)",
            "cpr:7211901234",
            "7211901234@example.dk",
            "#KFF 721190–1234",
        ] {
            assert_eq!(searches(typed), [(QueryKind::Cpr, "7211901234".to_owned(), None)], "{typed}");
        }
    }

    #[test]
    fn an_impossible_date_gets_a_sentence_and_sends_nothing() {
        assert!(matches!(read("991390-1234"), Reading::WrongCpr(_)));
    }

    #[test]
    fn a_case_number_is_known_by_its_shape() {
        assert_eq!(kinds("KFF-2026-1179"), [QueryKind::CaseNumber]);
        assert_eq!(kinds("#2026-1179"), [QueryKind::CaseNumber]);
        assert_eq!(kinds("KFF-2012-118204"), [QueryKind::CaseNumber], "ten digits, and no CPR number");
    }

    #[test]
    fn a_phone_number_is_searched_as_one() {
        for begun in ["00", "0011", "00 11 22 3", "9922", "992299"] {
            assert_eq!(read(begun), Reading::Nothing, "{begun}: it may become anything");
        }
        assert_eq!(searches("00 11 22 33"), [(QueryKind::Phone, "00 11 22 33".to_owned(), None)]);
        assert_eq!(searches("+45 00112233"), [(QueryKind::Phone, "00112233".to_owned(), None)]);
        assert_eq!(searches("+4500"), [(QueryKind::Phone, "4500".to_owned(), None)], "that may be how it begins");
    }

    #[test]
    fn a_birth_date_beside_a_name_narrows_to_those_born_then() {
        let wrona = |days: &[&str]| -> Vec<(QueryKind, String, Option<String>)> {
            days.iter().map(|day| (QueryKind::Name, "wrona".to_owned(), Some((*day).to_owned()))).collect()
        };
        for typed in
            ["wrona 12.11.1990", "12-11-1990 wrona", "wrona 1990-11-12", "wrona, 12/11-1990".replace(',', "").as_str()]
        {
            assert_eq!(searches(typed), wrona(&["1990-11-12"]), "{typed}");
        }
        for typed in
            ["wrona 12.11.90", "121190 wrona", "721190 wrona", "wrona 721190-12", "wrona 12/11-90", "wrona (12.11.90)"]
        {
            assert_eq!(searches(typed), wrona(&["1990-11-12"]), "{typed}");
        }
        assert_eq!(searches("wrona 120419"), wrona(&["1919-04-12", "2019-04-12"]), "a child, or a very old woman");
        assert!(matches!(read("12.11.1990"), Reading::DateAlone(_)));
        assert!(matches!(read("721190"), Reading::PartialCpr { .. }), "alone it is how a CPR number begins");
        assert_eq!(kinds("wrona 991390"), [QueryKind::Address, QueryKind::Name], "no day of any month");
    }

    #[test]
    fn a_road_and_a_number_are_an_address_first() {
        assert_eq!(
            searches("tanglænken 4"),
            [(QueryKind::Address, "tanglænken 4".to_owned(), None), (QueryKind::Name, "tanglænken".to_owned(), None)]
        );
    }

    #[test]
    fn a_mail_address_a_colleague_and_a_command_are_known_by_their_sign() {
        assert_eq!(searches("kalina.w@exam"), [(QueryKind::Email, "kalina.w@exam".to_owned(), None)]);
        assert_eq!(read("@nina kro"), Reading::Colleague("nina kro".to_owned()));
        assert_eq!(read("@"), Reading::Colleague(String::new()));
        assert_eq!(read("> mørkt"), Reading::Command("mørkt".to_owned()));
    }

    /// Every whole CPR number that can be read in a text: ten digits, a hyphen or a space after the sixth, nothing longer.
    fn cprs(text: &str) -> usize {
        let letters: Vec<char> = text.chars().collect();
        let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        let at_start = |at: usize| at == 0 || !(is_digit(at - 1) || is_hyphen(letters[at - 1]));
        (0..letters.len())
            .filter(|at| at_start(*at))
            .filter(|at| {
                let gap = usize::from(letters.get(at + 6).is_some_and(|c| is_hyphen(*c) || c.is_whitespace()));
                let places: Vec<usize> = (*at..at + 6).chain(at + 6 + gap..at + 10 + gap).collect();
                let end = at + 10 + gap;
                let whole = places.iter().all(|place| is_digit(*place))
                    && !is_digit(end)
                    && !letters.get(end).is_some_and(|c| is_hyphen(*c));
                whole && Cpr::parse(&places.iter().map(|place| letters[*place]).collect::<String>()).is_ok()
            })
            .count()
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_makes_it_fall(typed in "\\PC{0,140}") {
            let _ = read(&typed);
        }

        #[test]
        fn a_whole_cpr_number_never_leaves_as_anything_else(
            before in "[a-zæøå#+@>.,: 0-9-]{0,12}",
            day in 61_u32..=88, month in 1_u32..=12, year in 0_u32..100, serial in 0_u32..10_000,
            gap in prop::sample::select(vec!["", "-", " ", "–"]),
            after in "[a-zæøå@.,: 0-9-]{0,12}",
        ) {
            let typed = format!("{before}{day:02}{month:02}{year:02}{gap}{serial:04}{after}");
            if let Reading::Search(all) = read(&typed) {
                for wanted in all {
                    prop_assert!(wanted.kind == QueryKind::Cpr || cprs(&wanted.words) == 0, "{typed}: {wanted:?}");
                    prop_assert!(wanted.kind != QueryKind::Cpr || Cpr::parse(&wanted.words).is_ok());
                }
            }
        }
    }
}
