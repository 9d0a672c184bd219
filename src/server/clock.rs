//! Time at the server. What lives here: where "now" comes from, and the local calendar of a Danish office. What does not: holidays
//! (see `skranke_domain::holidays`), opening hours (data of the sites).

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Where "now" comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// One moment, for pictures and tests. Each reading is a microsecond later than the one before, so that order stays visible.
    Fixed(Timestamp),
}

/// A running clock: strictly rising microseconds.
#[derive(Debug)]
pub struct Ticker {
    clock: Clock,
    last: AtomicI64,
}

impl Ticker {
    /// A ticker over a clock.
    #[must_use]
    pub const fn new(clock: Clock) -> Self {
        Self { clock, last: AtomicI64::new(i64::MIN) }
    }

    /// Now, in whole microseconds, later than any answer before.
    pub fn now(&self) -> Timestamp {
        let base = match self.clock {
            Clock::System => Timestamp::now(),
            Clock::Fixed(at) => at,
        }
        .as_microsecond();
        let mut seen = self.last.load(Ordering::Relaxed);
        loop {
            let next = base.max(seen.saturating_add(1));
            match self.last.compare_exchange_weak(seen, next, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return from_micros(next),
                Err(other) => seen = other,
            }
        }
    }

    /// Moves a clock that stands still to a moment, never back: an hour passes in a test. A running clock goes its own way.
    pub fn move_to(&self, at: Timestamp) {
        if !self.runs() {
            self.last.fetch_max(at.as_microsecond(), Ordering::Relaxed);
        }
    }

    /// Whether time passes by itself.
    #[must_use]
    pub const fn runs(&self) -> bool {
        matches!(self.clock, Clock::System)
    }

    /// The office's day now.
    pub fn today(&self) -> Date {
        local(self.now()).date()
    }
}

/// The office's time zone: Danish time by the EU's rule of 1996. Written out, because a bare machine has no zone database.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC)
}

/// A moment as the office's clock on the wall.
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    at.to_zoned(zone()).datetime()
}

/// The moment of a wall-clock time; inside the lost hour of spring it is the hour after.
#[must_use]
pub fn instant(day: Date, time: Time) -> Timestamp {
    day.to_datetime(time).to_zoned(zone()).map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp())
}

/// Microseconds since 1970 as a moment; what lies outside the calendar becomes its nearest end.
#[must_use]
pub fn from_micros(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{date, time};

    #[test]
    fn the_office_lives_in_danish_time() {
        assert_eq!(instant(date(2026, 6, 9), time(10, 20, 0, 0)).to_string(), "2026-06-09T08:20:00Z");
        assert_eq!(instant(date(2026, 12, 9), time(10, 20, 0, 0)).to_string(), "2026-12-09T09:20:00Z");
        assert_eq!(local("2026-06-09T22:30:00Z".parse().unwrap()).date(), date(2026, 6, 10));
    }

    #[test]
    fn a_clock_that_stands_still_is_moved_forward_and_never_back() {
        let ticker = Ticker::new(Clock::Fixed("2026-06-09T08:06:00Z".parse().unwrap()));
        let later = "2026-06-09T09:06:00Z".parse().unwrap();
        ticker.move_to(later);
        assert!(ticker.now() > later);
        ticker.move_to("2026-06-09T08:00:00Z".parse().unwrap());
        assert!(ticker.now() > later);
    }

    #[test]
    fn a_fixed_clock_still_tells_before_from_after() {
        let ticker = Ticker::new(Clock::Fixed("2026-06-09T08:06:00Z".parse().unwrap()));
        let (a, b) = (ticker.now(), ticker.now());
        assert!(a < b && b.duration_since(a).as_micros() == 1);
    }
}
