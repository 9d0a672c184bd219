//! Past visits and inquiries of the training municipality, for the figures: about fourteen weeks, made when somebody first asks for figures, and
//! kept up since. What lives here: how many came, and how long they waited. What does not: anybody in particular; the rows carry nobody.
//!
//! The last whole month before the municipality was made comes out as it is meant to, number by number; other months follow it with some
//! chance. Each month is made whole and then cut, so that keeping up writes what a longer making would have written.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use skranke_domain::appointment::RebookCause;
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::figures::monday;
use skranke_domain::holidays::is_closed_day;

use super::rng::Rng;
use crate::App;
use crate::store::bulk::{Bulk, Rest, Value};
use crate::store::{Conn, Result, StoreError, meta, statistics, word};

/// What the database was made from stands under this name.
const META_TRAINING: &str = "training";
/// Up to which day visits were made stands under this one.
const META: &str = "training visits until";

/// A matter in the month that everything else follows.
struct Line {
    matter: &'static str,
    department: &'static str,
    /// At the counter, by phone, in Digital Post, by self-service, by letter.
    channels: [u32; 5],
    /// How long a meeting takes: one of ten, half, nine of ten take no longer.
    minutes: [u16; 3],
}

const CHANNELS: [Channel; 5] =
    [Channel::Counter, Channel::Phone, Channel::DigitalPost, Channel::SelfService, Channel::Letter];

const LINES: &[Line] = &[
    Line { matter: "arriving", department: "kff", channels: [689, 512, 240, 118, 36], minutes: [12, 27, 52] },
    Line { matter: "moving", department: "kff", channels: [702, 388, 161, 940, 12], minutes: [5, 11, 24] },
    Line { matter: "divorce", department: "kff", channels: [186, 241, 133, 62, 9], minutes: [15, 34, 63] },
    Line { matter: "new-job", department: "bif", channels: [318, 196, 88, 301, 3], minutes: [6, 13, 26] },
    Line { matter: "third-age", department: "suf", channels: [402, 655, 97, 58, 71], minutes: [9, 19, 41] },
    Line { matter: "passport-mitid", department: "kff", channels: [1204, 430, 180, 804, 27], minutes: [3, 6, 11] },
    Line { matter: "health-card", department: "kff", channels: [611, 290, 130, 400, 17], minutes: [4, 7, 14] },
];

/// How many waited how many minutes in that month: 4,112, half of them up to 13 minutes, nine of ten up to 29.
const WAITS: &[(u16, u16, u32)] = &[
    (0, 4, 615),
    (5, 9, 974),
    (10, 12, 450),
    (13, 14, 410),
    (15, 19, 638),
    (20, 24, 400),
    (25, 29, 265),
    (30, 34, 170),
    (35, 39, 100),
    (40, 44, 55),
    (45, 49, 22),
    (50, 66, 13),
];

/// Who had to come again, in that month, in the one before it, and earlier.
const REBOOKED: &[(RebookCause, [u32; 3])] = &[
    (RebookCause::OwnWish, [87, 81, 84]),
    (RebookCause::PaperMissing, [31, 58, 64]),
    (RebookCause::NoInterpreter, [9, 12, 11]),
    (RebookCause::WeCancelled, [6, 9, 8]),
    (RebookCause::WrongCounter, [5, 7, 9]),
];

/// Settled at first contact, of a hundred, in the twelve weeks up to the last whole one.
const SETTLED: [u32; 12] = [61, 63, 60, 64, 66, 65, 69, 69, 70, 71, 74, 72];
/// Of a hundred visits so many are booked, and so many are a stand's.
const BOOKED: u32 = 62;
const STANDS: u32 = 18;

/// The sites with a past, and their size against the first one, in per cent.
const SITES: &[(&str, u32)] = &[("norrebro", 100), ("international-house", 30)];
/// The department that sent no data in the first whole week of that month, at the first site.
const SILENT: &str = "bif";

/// Writes what is missing up to yesterday. Does nothing outside the training municipality.
pub async fn keep_up(app: &App) -> Result<()> {
    let yesterday = app.clock.today().yesterday().map_err(|_| StoreError::Value("date"))?;
    {
        let mut conn = app.store.read().await?;
        if meta::get(&mut conn, META_TRAINING).await?.is_none() || until(&mut conn).await? >= Some(yesterday) {
            return Ok(());
        }
    }
    let mut tx = app.store.begin().await?;
    let Some(generated) = meta::get(&mut tx, META_TRAINING).await? else { return Ok(()) };
    let written = until(&mut tx).await?;
    if written >= Some(yesterday) {
        return Ok(());
    }
    let mut parts = generated.split(' ');
    let seed = parts.next().and_then(|seed| seed.parse().ok()).ok_or(StoreError::Value("training mark"))?;
    let made = parts.nth(1).and_then(|day| day.parse().ok()).ok_or(StoreError::Value("training mark"))?;
    Past::new(seed, made).write(&mut tx, (written, yesterday)).await?;
    meta::set(&mut tx, META, &yesterday.to_string()).await?;
    tx.commit().await?;
    Ok(())
}

async fn until(conn: &mut Conn) -> Result<Option<Date>> {
    Ok(meta::get(conn, META).await?.and_then(|day| day.parse().ok()))
}

/// The past of a municipality.
#[derive(Clone, Copy, Debug)]
struct Past {
    seed: u64,
    /// The day it was made.
    made: Date,
    /// The first day of the month that comes out as it is meant to.
    model: Date,
}

/// A row on its way, with the day by which they are sorted.
type Dated = (Date, [Value; 11]);

impl Past {
    fn new(seed: u64, made: Date) -> Self {
        let model = made.first_of_month().yesterday().map_or(made, Date::first_of_month);
        Self { seed, made, model }
    }

    /// The first whole week of the model month.
    fn silent(&self) -> (Date, Date) {
        let first = self.model.checked_add(6.days()).map_or(self.model, monday);
        (first, first.checked_add(6.days()).unwrap_or(first))
    }

    /// How many months a month lies before the model; negative after it.
    fn back(&self, month: Date) -> i32 {
        let months = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        months(self.model) - months(month)
    }

    async fn write(&self, conn: &mut Conn, (written, until): (Option<Date>, Date)) -> Result<()> {
        let first = self.model.checked_sub(2.months()).unwrap_or(self.model);
        let from = written.and_then(|day| day.tomorrow().ok()).unwrap_or(first);
        let mut visits = Bulk::new("visit", statistics::COLUMNS);
        let mut rebookings = Bulk::new("rebooking", &["site", "department", "day", "matter", "cause"]);
        for (site, size) in SITES {
            let mut month = from.first_of_month();
            while month <= until {
                let mut rows = self.month(site, *size, month);
                rows.retain(|(day, _)| (from..=until).contains(day));
                rows.sort_by_key(|(day, _)| *day);
                for (_, row) in rows {
                    visits.push(row);
                }
                visits.send(&mut *conn, Rest::Keep).await?;
                for (day, row) in self.rebookings(site, *size, month) {
                    if (from..=until).contains(&day) {
                        rebookings.push(row);
                    }
                }
                let Ok(next) = month.checked_add(1.month()) else { break };
                month = next;
            }
        }
        visits.send(&mut *conn, Rest::Send).await?;
        rebookings.send(&mut *conn, Rest::Send).await?;
        if written.is_none() {
            statistics::add_gap(conn, SITES[0].0, SILENT, self.silent()).await?;
        }
        Ok(())
    }

    /// A count of the model month as another month and site have it.
    fn scaled(&self, count: u32, size: u32, month: Date, rng: &mut Rng) -> usize {
        let count = count as usize * size as usize;
        if self.back(month) == 0 {
            return count / 100;
        }
        count * (930 + rng.below(121)) / 100_000
    }

    fn month(&self, site: &str, size: u32, month: Date) -> Vec<Dated> {
        let label = u64::from(month.year().unsigned_abs()) * 12 + u64::from(month.month().unsigned_abs());
        let mut rng = Rng::of(self.seed, site, label);
        let silent = (site == SITES[0].0).then(|| self.silent());
        let mut visits: Vec<(Date, &Line, u16)> = Vec::new();
        let mut rows = Vec::new();
        for line in LINES {
            let silent = silent.filter(|_| line.department == SILENT);
            let days = open_days(month, silent);
            for (channel, count) in CHANNELS.into_iter().zip(line.channels) {
                let count = self.scaled(count, size, month, &mut rng);
                let took = spread(line.minutes, if channel == Channel::Counter { count } else { 0 });
                for at in 0..count {
                    let Some(day) = days.get(rng.below(days.len())).copied() else { continue };
                    match channel {
                        Channel::Counter => visits.push((day, line, took.get(at).copied().unwrap_or_default())),
                        _ => rows.push(inquiry(site, line, day, channel)),
                    }
                }
            }
        }
        // In the order of days, and within a day by chance: who waited how long has nothing to do with what she came for.
        visits.sort_by_key(|(day, ..)| *day);
        let waits = self.waits(visits.len(), month, &mut rng);
        let mut settled: BTreeMap<Date, u32> = BTreeMap::new();
        for (at, (day, line, took)) in visits.into_iter().enumerate() {
            let of_week = settled.entry(monday(day)).or_default();
            let outcome = self.outcome(day, *of_week, &mut rng);
            *of_week += 1;
            let booked = (at as u32 * 61 % 100) < BOOKED;
            let stand =
                (at as u32 * 37 % 100) < STANDS && matches!(line.matter, "moving" | "passport-mitid" | "health-card");
            let marks = statistics::Marks { booked, stand, repeated: outcome.1 };
            rows.push(visit(site, line, day, (waits[at], took), (outcome.0, marks)));
        }
        rows
    }

    /// So many waits, by chance; before the model month people waited a little longer.
    fn waits(&self, count: usize, month: Date, rng: &mut Rng) -> Vec<u16> {
        let all: usize = WAITS.iter().map(|(.., count)| *count as usize).sum();
        let longer = usize::try_from(self.back(month).clamp(0, 3)).unwrap_or(0) * 8;
        let mut waits: Vec<u16> = (0..count)
            .map(|at| {
                let place = at * all / count.max(1);
                let wait = usize::from(wait_at(place));
                u16::try_from(wait * (100 + longer) / 100).unwrap_or(u16::MAX)
            })
            .collect();
        for at in (1..waits.len()).rev() {
            waits.swap(at, rng.below(at + 1));
        }
        waits
    }

    /// How a visit ended, so that the week's share comes out; and whether somebody came back about it.
    fn outcome(&self, day: Date, before: u32, rng: &mut Rng) -> (Outcome, bool) {
        let share = self.settled(monday(day));
        if (before + 1) * share / 100 > before * share / 100 {
            return (Outcome::Settled, false);
        }
        match rng.below(10) {
            0..3 => (Outcome::Settled, true),
            3..6 => (Outcome::MustSendPapers, false),
            6..8 => (Outcome::NewTime, false),
            8 => (Outcome::PassedOn, false),
            _ => (Outcome::ReferredElsewhere, false),
        }
    }

    /// The share of a week: of the last whole ones before the municipality was made as it is meant to be.
    fn settled(&self, week: Date) -> u32 {
        let last = monday(self.made).checked_sub(1.week()).unwrap_or(self.made);
        let back = week.until(last).map_or(0, |span| i64::from(span.get_days()) / 7);
        let place = usize::try_from(back).ok().and_then(|back| SETTLED.len().checked_sub(back + 1));
        match place {
            Some(place) => SETTLED[place],
            None if back > 0 => SETTLED[0],
            None => 70 + u32::try_from(back.unsigned_abs() % 4).unwrap_or(0),
        }
    }

    fn rebookings(&self, site: &str, size: u32, month: Date) -> Vec<(Date, [Value; 5])> {
        let mut rng = Rng::of(self.seed, "rebooked", u64::from(month.month().unsigned_abs()));
        let days = open_days(month, None);
        let back = usize::try_from(self.back(month).clamp(0, 2)).unwrap_or(0);
        let mut rows = Vec::new();
        for (cause, counts) in REBOOKED {
            for _ in 0..(counts[back] * size / 100) {
                let line = &LINES[rng.below(LINES.len())];
                let Some(day) = days.get(rng.below(days.len())).copied() else { continue };
                let texts = [site, line.department, &day.to_string(), line.matter, &word(cause)].map(Value::from);
                rows.push((day, texts));
            }
        }
        rows
    }
}

/// The days of a month on which the office is open and the department sends data; Thursdays count more, because they are longer.
fn open_days(month: Date, silent: Option<(Date, Date)>) -> Vec<Date> {
    let mut days = Vec::new();
    for day in month.series(1.day()).take_while(|day| day.month() == month.month()) {
        if is_closed_day(day) || silent.is_some_and(|(from, to)| (from..=to).contains(&day)) {
            continue;
        }
        let times = if day.weekday() == Weekday::Thursday { 4 } else { 3 };
        days.extend(std::iter::repeat_n(day, times));
    }
    days
}

/// So many meetings of which one of ten, half and nine of ten take no longer than given.
fn spread([tenth, median, ninetieth]: [u16; 3], count: usize) -> Vec<u16> {
    let points = [(0, tenth * 2 / 3), (100, tenth), (500, median), (900, ninetieth), (1000, ninetieth + ninetieth / 4)];
    (0..count)
        .map(|at| {
            let place = (at * 1000 + 500) / count.max(1);
            let upper = points.iter().position(|(to, _)| place <= *to).unwrap_or(points.len() - 1).max(1);
            let ((from, low), (to, high)) = (points[upper - 1], points[upper]);
            let along = usize::from(high - low) * (place - from);
            low + u16::try_from((along + (to - from) / 2) / (to - from)).unwrap_or(0)
        })
        .collect()
}

/// How long the one at a place waits, when all of the model month stand in the order of their waits.
fn wait_at(place: usize) -> u16 {
    let mut before = 0;
    for (from, to, count) in WAITS {
        let count = *count as usize;
        if place < before + count {
            let span = usize::from(to - from) + 1;
            return from + u16::try_from((place - before) * span / count).unwrap_or(0);
        }
        before += count;
    }
    WAITS.last().map_or(0, |(_, to, _)| *to)
}

fn inquiry(site: &str, line: &Line, day: Date, channel: Channel) -> Dated {
    let none = || None::<i64>.into();
    let row = [
        site.into(),
        line.department.into(),
        day.to_string().into(),
        line.matter.into(),
        word(&channel).into(),
        none(),
        none(),
        none(),
        false.into(),
        false.into(),
        false.into(),
    ];
    (day, row)
}

fn visit(
    site: &str,
    line: &Line,
    day: Date,
    (waited, took): (u16, u16),
    (outcome, marks): (Outcome, statistics::Marks),
) -> Dated {
    let row = [
        site.into(),
        line.department.into(),
        day.to_string().into(),
        line.matter.into(),
        word(&Channel::Counter).into(),
        i64::from(waited).into(),
        i64::from(took).into(),
        word(&outcome).into(),
        marks.booked.into(),
        marks.stand.into(),
        marks.repeated.into(),
    ];
    (day, row)
}
