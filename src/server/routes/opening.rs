//! When a site is open. What lives here: opening hours, what a calendar shows as closed, how full a day is, whether a time can be booked.
//! What does not: free times (`slots`), closures that somebody made (`blocks`).

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Block, DayLoad, Hours, MAX_MINUTES, Site};
use skranke_domain::appointment::{BlockKind, CELL_MINUTES};
use skranke_domain::{CounterId, holidays};

use crate::clock::{instant, local};
use crate::problem::{Answer, Refusal};
use crate::store::appointments::CELL_MICROS;

/// Checks a length.
pub(super) fn check_minutes(minutes: u16, pointer: &str) -> Answer<()> {
    if (CELL_MINUTES..=MAX_MINUTES).contains(&minutes) && minutes.is_multiple_of(CELL_MINUTES) {
        return Ok(());
    }
    Err(Refusal::field(pointer, "range", format!("a multiple of {CELL_MINUTES}, up to {MAX_MINUTES}")))
}

/// Whether a moment lies on a mark where a booking may begin or end.
pub(super) fn is_on_mark(at: Timestamp) -> bool {
    at.as_nanosecond().rem_euclid(i128::from(CELL_MICROS) * 1000) == 0
}

/// The hours of a day, where the site is open.
#[must_use]
pub fn hours(site: &Site, day: Date) -> Option<&Hours> {
    if holidays::is_closed_day(day) {
        return None;
    }
    let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    site.hours.get(weekday)?.as_ref()
}

/// The open time of a day.
#[must_use]
pub fn open_time(site: &Site, day: Date) -> Option<(Timestamp, Timestamp)> {
    hours(site, day).map(|h| (instant(day, h.from), instant(day, h.to)))
}

/// A whole day.
pub(super) fn whole_day(day: Date) -> (Timestamp, Timestamp) {
    (instant(day, Time::midnight()), instant(day.tomorrow().unwrap_or(day), Time::midnight()))
}

/// The days from one to another, both included.
pub(super) fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(move |day| *day <= to)
}

/// Whether a place is open on a day although the site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manned {
    /// Somebody is there, or nobody said.
    Open,
    /// Nobody is there.
    Closed,
}

/// What a calendar shows as closed: the stretch between the site's usual first and last hour in which this day is not open. A public
/// holiday says its (Danish) name; a client knows it in both languages from the day.
#[must_use]
pub fn closures(site: &Site, counter: &CounterId, day: Date, manned: Manned) -> Vec<Block> {
    let Some((first, last)) = usual(site) else { return Vec::new() };
    let block = |from: Time, to: Time, text: Option<String>| Block {
        counter: counter.clone(),
        start: instant(day, from),
        end: instant(day, to),
        kind: BlockKind::Closed,
        id: None,
        text,
        etag: None,
    };
    match hours(site, day) {
        None => vec![block(first, last, holidays::name(day).map(|name| name.da))],
        Some(_) if manned == Manned::Closed => vec![block(first, last, None)],
        Some(h) => {
            let mut all = Vec::new();
            if first < h.from {
                all.push(block(first, h.from, None));
            }
            if h.to < last {
                all.push(block(h.to, last, None));
            }
            all
        }
    }
}

/// The hours between which most days lie: the earliest opening, and the closing time that most days share or exceed.
fn usual(site: &Site) -> Option<(Time, Time)> {
    let open: Vec<&Hours> = site.hours.iter().flatten().collect();
    let first = open.iter().map(|h| h.from).min()?;
    let mut closing: Vec<Time> = open.iter().map(|h| h.to).collect();
    closing.sort_unstable();
    Some((first, *closing.get(closing.len() / 2)?))
}

/// What of a day can be booked, and what of it is, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fill {
    /// What can be booked.
    pub bookable: i64,
    /// What is booked.
    pub booked: i64,
}

impl Fill {
    /// A day at one place: opening hours without what is closed, against what is booked.
    #[must_use]
    pub fn of(open: (Timestamp, Timestamp), booked: &[(i64, i64)], closed: &[(i64, i64)]) -> Self {
        let within = |(start, end): (i64, i64)| (start.max(open.0.as_microsecond()), end.min(open.1.as_microsecond()));
        // Closures may lie over each other: each moment is taken away once.
        let mut all: Vec<_> = closed.iter().map(|stretch| within(*stretch)).filter(|(a, b)| a < b).collect();
        all.sort_unstable();
        let (mut blocked, mut until) = (0, i64::MIN);
        for (start, end) in all {
            blocked += (end - start.max(until)).max(0);
            until = until.max(end);
        }
        let booked = booked.iter().map(|stretch| within(*stretch)).map(|(a, b)| (b - a).max(0)).sum();
        Self { bookable: open.1.as_microsecond() - open.0.as_microsecond() - blocked, booked }
    }

    /// With another place's.
    pub const fn add(&mut self, other: Self) {
        self.bookable += other.bookable;
        self.booked += other.booked;
    }

    /// The share that is taken, 0 to 100.
    #[must_use]
    pub fn percent(&self) -> u8 {
        if self.bookable <= 0 {
            return 0;
        }
        u8::try_from((self.booked * 100 / self.bookable).clamp(0, 100)).unwrap_or(100)
    }

    /// As a day's load.
    #[must_use]
    pub fn load(&self, day: Date) -> DayLoad {
        DayLoad { day, percent: self.percent() }
    }
}

/// Why a time cannot be booked, where it cannot; `pointer` leads to the request's time.
pub(super) fn check_time(
    site: &Site,
    (start, end): (Timestamp, Timestamp),
    now: Timestamp,
    pointer: &str,
) -> Answer<()> {
    if !is_on_mark(start) {
        return Err(Refusal::field(pointer, "mark", "a time on a five-minute mark was expected"));
    }
    if start < now {
        return Err(Refusal::field(pointer, "past", "that time has passed"));
    }
    let day = local(start).date();
    let latest: DateTime = local(now).saturating_add(370.days());
    if local(start) > latest {
        return Err(Refusal::field(pointer, "far", "at most a year ahead can be booked"));
    }
    match open_time(site, day) {
        Some((open, close)) if open <= start && end <= close => Ok(()),
        _ => Err(Refusal::field(pointer, "closed", "the site is closed then")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_closures_over_each_other_are_taken_away_once() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let open = (at("2026-06-09T08:00:00Z"), at("2026-06-09T12:00:00Z"));
        let us = |text: &str| at(text).as_microsecond();
        let lunch = (us("2026-06-09T10:00:00Z"), us("2026-06-09T11:00:00Z"));
        let meeting = (us("2026-06-09T10:30:00Z"), us("2026-06-09T11:00:00Z"));
        let booked = (us("2026-06-09T08:00:00Z"), us("2026-06-09T09:30:00Z"));
        assert_eq!(Fill::of(open, &[booked], &[lunch, meeting]).percent(), 50);
        assert_eq!(Fill::of(open, &[booked], &[(open.0.as_microsecond(), open.1.as_microsecond())]).percent(), 0);
    }
}
