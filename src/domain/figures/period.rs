//! Whole weeks, months and quarters. Only whole ones are counted: two spans that differ by a day would tell who came on that day. What does
//! not live here: what they are called.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::citizen::words;

words! {
    /// How long a period is.
    PeriodKind {
        /// Monday to Sunday.
        Week,
        /// A calendar month.
        Month,
        /// Three months.
        Quarter,
    }
}

/// A whole week, month or quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    kind: PeriodKind,
    from: Date,
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

/// The number of a day's week, by ISO 8601.
#[must_use]
pub fn week_number(day: Date) -> i8 {
    day.iso_week_date().week()
}

impl Period {
    /// The period of a kind that a day lies in.
    #[must_use]
    pub fn of(kind: PeriodKind, day: Date) -> Self {
        let from = match kind {
            PeriodKind::Week => monday(day),
            PeriodKind::Month => day.first_of_month(),
            PeriodKind::Quarter => {
                let back = i64::from((day.month() - 1) % 3);
                day.first_of_month().checked_sub(back.months()).unwrap_or(day)
            }
        };
        Self { kind, from }
    }

    /// The period from one day to another, both included; none where that is no whole one.
    #[must_use]
    pub fn between(from: Date, to: Date) -> Option<Self> {
        PeriodKind::ALL.iter().map(|kind| Self::of(*kind, from)).find(|period| period.from == from && period.to() == to)
    }

    /// How long it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Its first day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// Its last day.
    #[must_use]
    pub fn to(self) -> Date {
        let span = match self.kind {
            PeriodKind::Week => 6.days(),
            PeriodKind::Month => return self.from.last_of_month(),
            PeriodKind::Quarter => 2.months(),
        };
        let last = self.from.checked_add(span).unwrap_or(self.from);
        if self.kind == PeriodKind::Week { last } else { last.last_of_month() }
    }

    /// The one before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.kind, self.from.yesterday().unwrap_or(self.from))
    }

    /// The one after.
    #[must_use]
    pub fn after(self) -> Self {
        Self::of(self.kind, self.to().tomorrow().unwrap_or(self.from))
    }

    /// The period of another length: the one in which this one ends.
    #[must_use]
    pub fn at_length(self, kind: PeriodKind) -> Self {
        Self::of(kind, self.to())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn weeks_months_and_quarters_are_whole() {
        let may = Period::of(PeriodKind::Month, date(2026, 5, 14));
        assert_eq!((may.from(), may.to()), (date(2026, 5, 1), date(2026, 5, 31)));
        let week = Period::of(PeriodKind::Week, date(2026, 5, 10));
        assert_eq!((week.from(), week.to(), week_number(week.from())), (date(2026, 5, 4), date(2026, 5, 10), 19));
        let quarter = Period::of(PeriodKind::Quarter, date(2026, 6, 9));
        assert_eq!((quarter.from(), quarter.to()), (date(2026, 4, 1), date(2026, 6, 30)));
        assert_eq!(quarter.before().from(), date(2026, 1, 1));
        assert_eq!(Period::between(date(2026, 5, 1), date(2026, 5, 30)), None);
        assert_eq!(Period::between(date(2026, 5, 1), date(2026, 5, 31)), Some(may));
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_a_gap(days in 0_i64..20_000, kind in 0_usize..3) {
            let day = date(1990, 1, 1).checked_add(days.days()).unwrap();
            let period = Period::of(PeriodKind::ALL[kind], day);
            prop_assert!(period.from() <= day && day <= period.to());
            prop_assert_eq!(period.after().before(), period);
            prop_assert_eq!(period.after().from(), period.to().tomorrow().unwrap());
            prop_assert_eq!(Period::between(period.from(), period.to()), Some(period));
        }
    }
}
