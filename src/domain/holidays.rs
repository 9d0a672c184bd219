//! Danish public holidays and the counting of deadlines. What does not live here: a site's opening hours.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::Localized;

/// Whether offices are closed for a public holiday (helligdag) on a day; Saturdays and Sundays are not asked for here.
///
/// Easter's own days, Ascension Day and Whitsun move; Store bededag counts up to 2023 (abolished by law no. 214 of 6 March 2023).
/// Constitution Day, Christmas Eve and New Year's Eve are no holidays by law, but citizen services are closed: see [`is_closed_day`].
#[must_use]
pub fn is_public_holiday(day: Date) -> bool {
    if matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26)) {
        return true;
    }
    let Some(since_easter) = days_since_easter(day) else { return false };
    // Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday; Store bededag is the fourth
    // Friday after Easter.
    matches!(since_easter, -3 | -2 | 0 | 1 | 39 | 49 | 50) || (since_easter == 26 && day.year() <= 2023)
}

/// Whether a citizen service is closed: weekend, public holiday, Constitution Day, Christmas Eve or New Year's Eve.
#[must_use]
pub fn is_closed_day(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || matches!((day.month(), day.day()), (6, 5) | (12, 24 | 31))
        || is_public_holiday(day)
}

/// What a day is called on which a citizen service is closed, weekends aside.
#[must_use]
pub fn name(day: Date) -> Option<Localized> {
    let fixed = match (day.month(), day.day()) {
        (1, 1) => Some(("Nytårsdag", "New Year's Day")),
        (6, 5) => Some(("Grundlovsdag", "Constitution Day")),
        (12, 24) => Some(("Juleaftensdag", "Christmas Eve")),
        (12, 25) => Some(("1. juledag", "Christmas Day")),
        (12, 26) => Some(("2. juledag", "Boxing Day")),
        (12, 31) => Some(("Nytårsaftensdag", "New Year's Eve")),
        _ => None,
    };
    let named = fixed.or_else(|| match days_since_easter(day)? {
        -3 => Some(("Skærtorsdag", "Maundy Thursday")),
        -2 => Some(("Langfredag", "Good Friday")),
        0 => Some(("Påskedag", "Easter Sunday")),
        1 => Some(("2. påskedag", "Easter Monday")),
        26 if day.year() <= 2023 => Some(("Store bededag", "Great Prayer Day")),
        39 => Some(("Kristi himmelfartsdag", "Ascension Day")),
        49 => Some(("Pinsedag", "Whit Sunday")),
        50 => Some(("2. pinsedag", "Whit Monday")),
        _ => None,
    });
    named.map(|(da, en)| Localized::new(da, en))
}

/// The first day from a day on (that day included) on which a citizen service is open.
#[must_use]
pub fn next_open_day(day: Date) -> Date {
    let mut open = day;
    while is_closed_day(open) {
        match open.tomorrow() {
            Ok(next) => open = next,
            Err(_) => break,
        }
    }
    open
}

/// The last day of a deadline of whole days that counts its first day: five days from the 1st end on the 5th. No days and one day both
/// end on the first day. Calendar days: weekends and holidays count.
#[must_use]
pub fn add_days_inclusive(first: Date, days: u16) -> Date {
    let more = i64::from(days.saturating_sub(1));
    first.checked_add(more.days()).unwrap_or(Date::MAX)
}

/// Easter Sunday of the Gregorian calendar, by the method known as Meeus, Jones and Butcher.
#[must_use]
pub fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn days_since_easter(day: Date) -> Option<i32> {
    let span = easter(day.year())?.until(day).ok()?;
    Some(span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for day in [
            date(1961, 4, 2),
            date(2008, 3, 23),
            date(2011, 4, 24),
            date(2024, 3, 31),
            date(2025, 4, 20),
            date(2026, 4, 5),
            date(2038, 4, 25),
        ] {
            assert_eq!(easter(day.year()), Some(day));
        }
    }

    #[test]
    fn the_holidays_of_2026_are_ten() {
        let mut days = Vec::new();
        let mut day = date(2026, 1, 1);
        while day.year() == 2026 {
            if is_public_holiday(day) {
                days.push(day);
            }
            day = day.tomorrow().unwrap();
        }
        let expected = [
            date(2026, 1, 1),
            date(2026, 4, 2),
            date(2026, 4, 3),
            date(2026, 4, 5),
            date(2026, 4, 6),
            date(2026, 5, 14),
            date(2026, 5, 24),
            date(2026, 5, 25),
            date(2026, 12, 25),
            date(2026, 12, 26),
        ];
        assert_eq!(days, expected);
    }

    #[test]
    fn every_day_that_is_closed_and_no_weekend_has_a_name() {
        let mut day = date(2020, 1, 1);
        while day.year() < 2030 {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if !weekend {
                assert_eq!(name(day).is_some(), is_closed_day(day), "{day}");
            }
            day = day.tomorrow().unwrap();
        }
        assert_eq!(name(date(2026, 5, 25)).unwrap(), Localized::new("2. pinsedag", "Whit Monday"));
    }

    #[test]
    fn store_bededag_ended_with_2023() {
        assert!(is_public_holiday(date(2023, 5, 5)));
        assert!(!is_public_holiday(date(2024, 4, 26)));
    }

    #[test]
    fn the_office_is_closed_on_constitution_day_and_christmas_eve() {
        assert!(is_closed_day(date(2026, 6, 5)) && !is_public_holiday(date(2026, 6, 5)));
        assert_eq!(
            next_open_day(date(2026, 12, 24)),
            date(2026, 12, 28),
            "Christmas Eve is a Thursday, the 28th a Monday"
        );
        assert_eq!(next_open_day(date(2026, 6, 18)), date(2026, 6, 18));
    }

    #[test]
    fn a_deadline_of_five_days_includes_the_first() {
        assert_eq!(add_days_inclusive(date(2026, 6, 1), 5), date(2026, 6, 5));
        assert_eq!(add_days_inclusive(date(2026, 6, 1), 1), date(2026, 6, 1));
        assert_eq!(add_days_inclusive(date(2026, 6, 1), 0), date(2026, 6, 1));
        assert_eq!(add_days_inclusive(date(2026, 12, 30), 5), date(2027, 1, 3));
    }

    proptest! {
        #[test]
        fn easter_is_a_sunday_between_22_march_and_25_april(year in 1583_i16..=4000) {
            let day = easter(year).unwrap();
            prop_assert_eq!(day.weekday(), Weekday::Sunday);
            prop_assert!(date(year, 3, 22) <= day && day <= date(year, 4, 25));
        }

        #[test]
        fn the_next_open_day_is_open_and_never_a_week_away(offset in 0_i64..40_000) {
            let day = date(1990, 1, 1).checked_add(offset.days()).unwrap();
            let open = next_open_day(day);
            prop_assert!(!is_closed_day(open));
            prop_assert!(day.until(open).unwrap().get_days() < 7);
        }
    }
}
