//! The CPR number. What lives here: reading, the century rule, replacement numbers, masking, and guessing whether typed text is meant
//! as one. What does not: looking anybody up.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

/// What replacement numbers (erstatningspersonnummer) add to the day, so that none can be taken for a real number (cpr.dk).
const REPLACEMENT_DAY: u8 = 60;

/// The weights of the modulus-11 check.
const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];

/// A CPR number: ten digits of which the first six are a date. Masked in `Debug` and `Display`; [`Cpr::reveal`] shows it whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cpr([u8; 10]);

/// What is wrong with a typed CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CprError {
    /// Not ten digits.
    #[error("a CPR number has 10 digits, {digits} were given")]
    Length {
        /// How many digits were given.
        digits: usize,
    },
    /// Something that is neither digit, hyphen nor space.
    #[error("a CPR number has digits only")]
    NotDigits,
    /// The first six digits are no day of the calendar.
    #[error("the first six digits are no date")]
    NoSuchDate,
}

/// Why no replacement number can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplacementError {
    /// The century rule reaches from 1858 to 2057.
    #[error("a CPR number can say the years 1858 to 2057, {year} was given")]
    Year {
        /// The year that was given.
        year: i16,
    },
    /// The serial has four digits.
    #[error("a serial has at most 4 digits, {serial} was given")]
    Serial {
        /// The serial that was given.
        serial: u16,
    },
}

/// The sex that the tenth digit tells: odd for men, even for women. Non-binary persons keep the number they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// Even.
    Female,
    /// Odd.
    Male,
}

/// What typed text is, as far as CPR numbers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CprTyping {
    /// Not meant as a CPR number: a name, a phone number, a case number, too short to tell.
    No,
    /// The beginning of one.
    Partial {
        /// How many digits are there so far (6 to 9).
        digits: usize,
    },
    /// A whole one.
    Complete(Cpr),
    /// Clearly meant as one, and wrong.
    Wrong(CprError),
}

impl Cpr {
    /// Reads a number with or without hyphen and spaces.
    ///
    /// # Errors
    /// [`CprError`] says what is wrong. Failing modulus 11 is never an error (valid numbers without it are issued since 2007).
    pub fn parse(text: &str) -> Result<Self, CprError> {
        let mut all = Vec::with_capacity(10);
        for c in text.chars() {
            match c.to_digit(10) {
                Some(d) => all.push(u8::try_from(d).map_err(|_| CprError::NotDigits)?),
                None if is_filler(c) => {}
                None => return Err(CprError::NotDigits),
            }
        }
        let digits: [u8; 10] = all.as_slice().try_into().map_err(|_| CprError::Length { digits: all.len() })?;
        date_of(&digits).ok_or(CprError::NoSuchDate)?;
        Ok(Self(digits))
    }

    /// A replacement number (day + 60) for somebody born on a day: never confusable with a real one. Training uses no other kind.
    ///
    /// The first digit of the serial is kept where it fits the century of birth, and replaced by one that fits otherwise.
    ///
    /// # Errors
    /// [`ReplacementError`] for a year that CPR numbers cannot say, or a serial over 9999.
    pub fn replacement(birth: Date, serial: u16) -> Result<Self, ReplacementError> {
        if serial > 9999 {
            return Err(ReplacementError::Serial { serial });
        }
        let fitting: Vec<u8> =
            (0..=9).filter(|&seventh| year_of(two_digit_year(birth), seventh) == birth.year()).collect();
        if fitting.is_empty() {
            return Err(ReplacementError::Year { year: birth.year() });
        }
        let wanted = low_byte(serial / 1000);
        let seventh = if fitting.contains(&wanted) { wanted } else { fitting[usize::from(wanted) % fitting.len()] };
        let day = low_byte(birth.day().unsigned_abs().into()) + REPLACEMENT_DAY;
        let month = birth.month().unsigned_abs();
        let year = two_digit_year(birth);
        Ok(Self([
            day / 10,
            day % 10,
            month / 10,
            month % 10,
            year / 10,
            year % 10,
            seventh,
            low_byte(serial / 100 % 10),
            low_byte(serial / 10 % 10),
            low_byte(serial % 10),
        ]))
    }

    /// The whole number, `DDMMYY-XXXX`: only where a person asked to see it, and it was logged.
    #[must_use]
    pub fn reveal(&self) -> String {
        let digits = self.digits();
        let (date, serial) = digits.split_at(6);
        format!("{date}-{serial}")
    }

    /// The ten digits, for look-ups in a request body.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }

    /// The date of birth after the century rule; for a replacement number the true one (day less 60).
    #[must_use]
    pub fn birth_date(&self) -> Date {
        // invariant: both constructors take only digits that name a day; the fallback is never reached.
        date_of(&self.0).unwrap_or(Date::constant(1900, 1, 1))
    }

    /// Whether this is a replacement number, to be printed with the word "Erstatningspersonnummer". CPR does not know it.
    #[must_use]
    pub const fn is_replacement(&self) -> bool {
        self.0[0] >= REPLACEMENT_DAY / 10
    }

    /// The sex that the tenth digit tells.
    #[must_use]
    pub const fn sex(&self) -> Sex {
        if self.0[9] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Whether the tenth digit tells a man.
    #[must_use]
    pub const fn is_male(&self) -> bool {
        matches!(self.sex(), Sex::Male)
    }

    /// Whether the weighted sum of the digits divides by 11. A hint for typing mistakes and nothing more: since 1 October 2007 valid
    /// numbers without it are issued, and nobody may be turned away for it (cpr.dk).
    #[must_use]
    pub fn passes_modulus_11(&self) -> bool {
        self.0.iter().zip(WEIGHTS).map(|(d, w)| u32::from(*d) * w).sum::<u32>().is_multiple_of(11)
    }
}

/// Hyphens and spaces as people type and paste them.
const fn is_filler(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}') || c.is_whitespace()
}

/// The year of birth by the seventh digit (CPR-kontoret's table: 1858 to 2057).
fn year_of(two_digits: u8, seventh: u8) -> i16 {
    let century = match (seventh, two_digits) {
        (0..=3, _) | (4 | 9, 37..) => 1900,
        (4 | 9, _) | (5..=8, ..=57) => 2000,
        _ => 1800,
    };
    century + i16::from(two_digits)
}

fn two_digit_year(date: Date) -> u8 {
    low_byte(date.year().unsigned_abs() % 100)
}

/// A number that is known to be below 256.
fn low_byte(n: u16) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

fn date_of(digits: &[u8; 10]) -> Option<Date> {
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    let day = pair(0).checked_sub(REPLACEMENT_DAY).unwrap_or(pair(0));
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(pair(2)).ok()?);
    Date::new(year_of(pair(4), digits[6]), month, day).ok()
}

/// Tells whether typed text is meant as a CPR number, so that a sentence about it appears only then.
///
/// Names and everything else with letters are not; nor is anything under six digits, a phone number (eight digits, or ten beginning
/// with the country code 45), or digits with a hyphen anywhere but after the sixth (case numbers).
#[must_use]
pub fn looks_like_cpr(text: &str) -> CprTyping {
    let text = text.trim();
    if !text.chars().all(|c| c.is_ascii_digit() || is_filler(c)) {
        return CprTyping::No;
    }
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let mut hyphenated = false;
    let mut seen = 0_usize;
    for c in text.chars() {
        if c.is_ascii_digit() {
            seen += 1;
        } else if !c.is_whitespace() {
            if seen != 6 || hyphenated {
                return CprTyping::No;
            }
            hyphenated = true;
        }
    }
    if seen < 6 || (digits.starts_with(&[0, 0]) && !hyphenated) || (seen == 8 && !hyphenated) {
        return CprTyping::No;
    }
    if seen == 10 && digits.starts_with(&[4, 5]) && !hyphenated {
        return CprTyping::No;
    }
    if seen >= 10 {
        return match Cpr::parse(text) {
            Ok(cpr) => CprTyping::Complete(cpr),
            Err(error) => CprTyping::Wrong(error),
        };
    }
    if may_begin(&digits) {
        CprTyping::Partial { digits: seen }
    } else if hyphenated || seen == 9 {
        CprTyping::Wrong(CprError::NoSuchDate)
    } else {
        CprTyping::No
    }
}

/// Whether six to nine digits can still become a number that names a day.
fn may_begin(digits: &[u8]) -> bool {
    let mut ten = [0; 10];
    for (to, from) in ten.iter_mut().zip(digits) {
        *to = *from;
    }
    if digits.len() > 6 {
        return date_of(&ten).is_some();
    }
    (0..=9).any(|seventh| {
        ten[6] = seventh;
        date_of(&ten).is_some()
    })
}

impl FromStr for Cpr {
    type Err = CprError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for d in &self.0[..6] {
            write!(f, "{d}")?;
        }
        f.write_str("-••••")
    }
}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn birth() -> impl Strategy<Value = Date> {
        (1858_i16..=2057, 1_i8..=12, 1_i8..=31)
            .prop_filter_map("a day of the calendar", |(y, m, d)| Date::new(y, m, d).ok())
    }

    #[test]
    fn a_number_reads_with_hyphen_spaces_or_neither() {
        let plain = Cpr::parse("6703901234").unwrap();
        for text in ["670390-1234", " 670390 1234 ", "67 03 90 12 34", "670390\u{2011}1234", "670390–1234"] {
            assert_eq!(Cpr::parse(text), Ok(plain), "{text}");
        }
        assert_eq!(plain.birth_date(), Date::constant(1990, 3, 7));
    }

    #[test]
    fn the_seventh_digit_tells_the_century() {
        for (digits, year) in [
            ("6101000000", 1900),
            ("6101993999", 1999),
            ("6101004000", 2000),
            ("6101369000", 2036),
            ("6101374000", 1937),
            ("6101999000", 1999),
            ("6101005000", 2000),
            ("6101578000", 2057),
            ("6101585000", 1858),
            ("6101998000", 1899),
        ] {
            assert_eq!(Cpr::parse(digits).unwrap().birth_date().year(), year, "{digits}");
        }
    }

    #[test]
    fn the_29th_of_february_depends_on_the_century() {
        assert_eq!(Cpr::parse("8902000000"), Err(CprError::NoSuchDate), "1900 had none");
        assert_eq!(Cpr::parse("8902004000").unwrap().birth_date(), Date::constant(2000, 2, 29));
        assert_eq!(Cpr::parse("8902046000").unwrap().birth_date(), Date::constant(2004, 2, 29));
        assert_eq!(Cpr::parse("8902056000"), Err(CprError::NoSuchDate));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(Cpr::parse("670390-123"), Err(CprError::Length { digits: 9 }));
        assert_eq!(Cpr::parse(""), Err(CprError::Length { digits: 0 }));
        assert_eq!(Cpr::parse("670390-12X4"), Err(CprError::NotDigits));
        assert_eq!(Cpr::parse("6703901२34"), Err(CprError::NotDigits), "digits of other scripts are not digits here");
        for day in ["00", "32", "60", "92", "99"] {
            assert_eq!(Cpr::parse(&format!("{day}0190-1234")), Err(CprError::NoSuchDate), "{day}");
        }
        assert_eq!(Cpr::parse("611390-1234"), Err(CprError::NoSuchDate));
    }

    #[test]
    fn failing_modulus_11_is_never_an_error() {
        let numbers: Vec<Cpr> = (0..11).map(|n| Cpr::parse(&format!("61016500{n:02}")).unwrap()).collect();
        assert!(numbers.iter().any(|n| !n.passes_modulus_11()));
        // 4·6+3·1+2·0+7·1+6·6+5·5 = 95 and 1·4 more make 99, which is 9·11.
        assert!(Cpr::parse("610165-0004").unwrap().passes_modulus_11());
    }

    #[test]
    fn typing_gets_a_sentence_only_when_it_is_meant_as_a_number() {
        use CprTyping::{Complete, No, Partial, Wrong};
        for text in [
            "",
            "Anna",
            "6703",
            "33 66 33 66",
            "70121212",
            "+45 33663366",
            "4533663366",
            "004533663366",
            "26-001234",
            "990000",
        ] {
            assert_eq!(looks_like_cpr(text), No, "{text}");
        }
        assert_eq!(looks_like_cpr("670390"), Partial { digits: 6 });
        assert_eq!(looks_like_cpr("670390-"), Partial { digits: 6 });
        assert_eq!(looks_like_cpr("670390-12"), Partial { digits: 8 });
        assert_eq!(looks_like_cpr("670390 123"), Partial { digits: 9 });
        assert_eq!(looks_like_cpr("670390-1234"), Complete(Cpr::parse("6703901234").unwrap()));
        assert_eq!(looks_like_cpr("990390-"), Wrong(CprError::NoSuchDate));
        assert_eq!(looks_like_cpr("9903901234"), Wrong(CprError::NoSuchDate));
        assert_eq!(looks_like_cpr("670390-12345"), Wrong(CprError::Length { digits: 11 }));
    }

    #[test]
    fn a_replacement_number_cannot_say_the_year_1857() {
        assert_eq!(Cpr::replacement(Date::constant(1857, 12, 31), 1), Err(ReplacementError::Year { year: 1857 }));
        assert_eq!(Cpr::replacement(Date::constant(2058, 1, 1), 1), Err(ReplacementError::Year { year: 2058 }));
        assert_eq!(
            Cpr::replacement(Date::constant(1990, 1, 1), 10_000),
            Err(ReplacementError::Serial { serial: 10_000 })
        );
    }

    proptest! {
        #[test]
        fn a_replacement_number_keeps_the_true_date_of_birth(birth in birth(), serial in 0_u16..=9999) {
            let cpr = Cpr::replacement(birth, serial).unwrap();
            prop_assert!(cpr.is_replacement());
            prop_assert_eq!(cpr.birth_date(), birth);
            prop_assert_eq!(cpr.is_male(), serial % 2 == 1);
            prop_assert_eq!(Cpr::parse(&cpr.reveal()), Ok(cpr));
            prop_assert_eq!(Cpr::parse(&cpr.digits()), Ok(cpr));
        }

        #[test]
        fn an_ordinary_number_has_the_same_date_as_its_replacement(birth in birth(), serial in 0_u16..=9999) {
            let replacement = Cpr::replacement(birth, serial).unwrap().digits();
            let ordinary = format!("{:02}{}", birth.day(), &replacement[2..]);
            let cpr = Cpr::parse(&ordinary).unwrap();
            prop_assert!(!cpr.is_replacement());
            prop_assert_eq!(cpr.birth_date(), birth);
        }

        #[test]
        fn the_serial_is_never_written_unasked(birth in birth(), serial in 1000_u16..=9999) {
            let cpr = Cpr::replacement(birth, serial).unwrap();
            let serial = &cpr.digits()[6..];
            for text in [format!("{cpr}"), format!("{cpr:?}"), format!("{:?}", looks_like_cpr(&cpr.reveal()))] {
                let after_date = text.split('-').nth(1).unwrap();
                prop_assert!(!after_date.contains(serial) && !after_date.contains(|c: char| c.is_ascii_digit()));
            }
        }

        #[test]
        fn no_text_makes_reading_panic(text in "[0-9 \\-a-zå–]{0,16}") {
            let read = Cpr::parse(&text);
            match looks_like_cpr(&text) {
                CprTyping::Complete(cpr) => prop_assert_eq!(read, Ok(cpr)),
                CprTyping::Wrong(_) | CprTyping::Partial { .. } => prop_assert!(read.is_err()),
                CprTyping::No => {}
            }
        }

        #[test]
        fn typing_a_number_digit_by_digit_is_never_called_wrong(birth in birth(), serial in 0_u16..=9999) {
            let whole = Cpr::replacement(birth, serial).unwrap().reveal();
            for end in 0..whole.len() {
                prop_assert!(!matches!(looks_like_cpr(&whole[..end]), CprTyping::Wrong(_)), "at {}", end);
            }
        }
    }
}
