//! The training calendar: breaks, and weeks full of appointments. What lives here: who comes when. What does not: the places and who sits
//! there (`house`), how a time is booked (the store does it the same way for everybody).

use std::collections::{HashSet, VecDeque};

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use skranke_api::appointments::{Counter, Hours};
use skranke_domain::appointment::{AppointmentStatus, BlockKind, CounterKind};
use skranke_domain::holidays::{is_closed_day, next_open_day};
use skranke_domain::{AppointmentId, BlockId};

use super::house::{is_manned, sites};
use super::rng::{Ids, Rng};
use crate::clock::instant;
use crate::routes::slots::hours;
use crate::store::appointments::cells;
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Read, Result, StoreError, word};

/// Monday of the week that a day's work is in: at the weekend the week to come.
#[must_use]
pub fn monday(day: Date) -> Date {
    let day = next_open_day(day);
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
}

/// The clerk's own counter.
const OWN: &str = "counter-4";

/// Whether a site is one of the small ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Small {
    No,
    Yes,
}

/// How full a place is, in percent of a counter in the house.
const fn share(kind: CounterKind, small: Small) -> usize {
    match (small, kind) {
        (Small::Yes, _) => 30,
        (Small::No, CounterKind::Counter) => 85,
        (Small::No, CounterKind::Phone) => 80,
        (Small::No, CounterKind::Stand) => 28,
        (Small::No, CounterKind::Room) => 20,
        (Small::No, CounterKind::Authority) => 0,
    }
}

/// A time that is kept for somebody: the showcase citizen's.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The day.
    pub day: Date,
    /// The counter.
    pub counter: &'static str,
    /// From.
    pub from: Time,
    /// Minutes.
    pub minutes: i64,
    /// The citizen.
    pub citizen: i64,
    /// The cases.
    pub cases: Vec<i64>,
    /// How many people come.
    pub people: u16,
}

/// Who may come: a citizen with a case that is settled in person and has no time yet.
struct Waiting {
    citizen: i64,
    case: i64,
    minutes: i64,
}

/// What calendar weeks are written from.
pub struct Weeks<'a> {
    /// The seed.
    pub seed: u64,
    /// Today.
    pub today: Date,
    /// The catalogue's procedures that are settled at the counters, with their minutes.
    pub procedures: &'a [(String, u16)],
    /// Times that are kept.
    pub kept: Vec<Kept>,
}

impl Weeks<'_> {
    /// Fills weeks with breaks and appointments, the fullest first. Gives how many appointments were written.
    pub async fn fill(&self, conn: &mut Conn, weeks: &[(Date, usize)]) -> Result<usize> {
        let mut waiting = self.waiting(&mut *conn).await?;
        let mut next = next_number(&mut *conn).await?;
        let first = next;
        let mut tables = Tables::new();
        let sites = sites()?;
        // The house in which the clerk works first, and in it the day that is today, so that they are full also when few people wait.
        for (small, sites) in [(Small::No, &sites[..1]), (Small::Yes, &sites[1..])] {
            for (monday, fullness) in weeks {
                let mut days: Vec<Date> =
                    (0..5_i64).filter_map(|offset| monday.checked_add(offset.days()).ok()).collect();
                days.sort_by_key(|day| *day != self.today);
                for (day, site) in days.iter().flat_map(|day| sites.iter().map(move |site| (*day, site))) {
                    let Some(open) = hours(site, day) else { continue };
                    let place = |counter: &&Counter| is_manned(counter.id.as_str(), day);
                    let mut counters: Vec<&Counter> = site.counters.iter().filter(place).collect();
                    counters.sort_by_key(|counter| counter.id.as_str() != OWN);
                    for counter in counters {
                        let fullness = fullness * share(counter.kind, small) / 100;
                        let mut day = Day { day, open, counter, fullness };
                        self.day(&mut day, &mut waiting, &mut next, &mut tables);
                    }
                }
            }
        }
        tables.send(conn).await?;
        usize::try_from(next - first).map_err(|_| StoreError::Value("count"))
    }

    async fn waiting(&self, conn: &mut Conn) -> Result<VecDeque<Waiting>> {
        let mut all = VecDeque::new();
        for (procedure, minutes) in self.procedures {
            let rows = sqlx::query(
                "SELECT f.citizen, f.no FROM case_file f WHERE f.procedure = $1 AND f.attendance IS NULL
                 AND f.phase IN ('received', 'informed') ORDER BY f.no LIMIT 1500",
            )
            .bind(procedure.clone())
            .fetch_all(&mut *conn)
            .await?;
            for row in &rows {
                all.push_back(Waiting {
                    citizen: row.int(0)?,
                    case: row.int(1)?,
                    minutes: i64::from((*minutes).clamp(10, 60).div_ceil(15) * 15),
                });
            }
        }
        let kept: Vec<i64> = self.kept.iter().flat_map(|k| k.cases.iter().copied()).collect();
        all.retain(|w| !kept.contains(&w.case));
        // One time a person: nobody comes five times in a week.
        let mut seen = HashSet::new();
        all.retain(|w| seen.insert(w.citizen));
        // Shuffled, so that a day is not all passports.
        let mut rng = Rng::of(self.seed, "waiting", 0);
        let mut list: Vec<Waiting> = all.into();
        for at in (1..list.len()).rev() {
            list.swap(at, rng.below(at + 1));
        }
        Ok(list.into())
    }

    fn day(&self, day: &mut Day<'_>, waiting: &mut VecDeque<Waiting>, next: &mut i64, tables: &mut Tables) {
        let minutes = |time: Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        let (open, close) = (minutes(day.open.from), minutes(day.open.to));
        let label: u64 = day
            .day
            .to_string()
            .bytes()
            .chain(day.counter.id.as_str().bytes())
            .fold(7, |h, b| h.wrapping_mul(131) + u64::from(b));
        let mut rng = Rng::of(self.seed, "calendar", label);
        let mut taken: Vec<(i64, i64)> = Vec::new();
        // Half eats after the other half, so that somebody is always there.
        let late = !matches!(day.counter.kind, CounterKind::Counter);
        let (kind, from, to) = match (day.day.weekday(), late) {
            (Weekday::Thursday, _) => (BlockKind::Meeting, 11 * 60 + 30, 12 * 60 + 30),
            (_, false) => (BlockKind::Break, 12 * 60, 12 * 60 + 30),
            (_, true) => (BlockKind::Break, 12 * 60 + 30, 13 * 60),
        };
        if from >= open && to <= close && day.counter.kind != CounterKind::Authority {
            taken.push((from, to));
            tables.block(self, day, (from, to), kind);
        }
        for kept in self.kept.iter().filter(|k| k.day == day.day && k.counter == day.counter.id.as_str()) {
            let from = minutes(kept.from);
            taken.push((from, from + kept.minutes));
            tables.appointment(
                self,
                day,
                (from, from + kept.minutes),
                (*next, kept.citizen, &kept.cases, kept.people, AppointmentStatus::Booked),
            );
            *next += 1;
        }
        let mut at = open;
        while at < close {
            if !rng.permille(day.fullness) {
                at += 15;
                continue;
            }
            let Some(who) = waiting.front() else { break };
            let minutes = if day.counter.kind == CounterKind::Room { 45.max(who.minutes) } else { who.minutes };
            let end = at + minutes;
            if let Some((_, until)) = taken.iter().find(|(from, to)| at < *to && *from < end) {
                at = *until;
                continue;
            }
            if end > close {
                break;
            }
            let people = u16::try_from(1 + rng.below(10).saturating_sub(6)).unwrap_or(1);
            let status = match (day.day < self.today, rng.below(20)) {
                (true, 0) => AppointmentStatus::Noshow,
                (true, _) => AppointmentStatus::Fulfilled,
                (false, _) => AppointmentStatus::Booked,
            };
            tables.appointment(self, day, (at, end), (*next, who.citizen, &[who.case], people, status));
            *next += 1;
            waiting.pop_front();
            at = (end + 14) / 15 * 15;
        }
    }
}

struct Day<'a> {
    day: Date,
    open: &'a Hours,
    counter: &'a Counter,
    fullness: usize,
}

async fn next_number(conn: &mut Conn) -> Result<i64> {
    let row = sqlx::query("SELECT MAX(no) FROM appointment").fetch_one(conn).await?;
    Ok(row.opt_int(0)?.unwrap_or(0) + 1)
}

struct Tables {
    appointment: Bulk,
    case: Bulk,
    block: Bulk,
    cell: Bulk,
    attendance: Vec<(i64, i64)>,
}

impl Tables {
    fn new() -> Self {
        Self {
            appointment: Bulk::new(
                "appointment",
                &["no", "id", "citizen", "counter", "start_at", "end_at", "people", "status", "version"],
            ),
            case: Bulk::new("appointment_case", &["appointment", "rank", "case_no"]),
            block: Bulk::new("counter_block", &["id", "counter", "start_at", "end_at", "kind", "version"]),
            cell: Bulk::new("booking_cell", &["resource", "cell", "owner"]),
            attendance: Vec::new(),
        }
    }

    fn stretch(day: &Day<'_>, (from, to): (i64, i64)) -> (jiff::Timestamp, jiff::Timestamp) {
        let at = |minutes: i64| {
            let time =
                Time::new(i8::try_from(minutes / 60).unwrap_or(0), i8::try_from(minutes % 60).unwrap_or(0), 0, 0);
            instant(day.day, time.unwrap_or(Time::midnight()))
        };
        (at(from), at(to))
    }

    fn block(&mut self, weeks: &Weeks<'_>, day: &Day<'_>, stretch: (i64, i64), kind: BlockKind) {
        let (start, end) = Self::stretch(day, stretch);
        let counter = day.counter.id.as_str();
        let name = format!("block {counter}");
        self.block.push([
            BlockId(Ids::new(weeks.seed).get(&name, start.as_second() / 60)).0.into(),
            counter.into(),
            start.as_microsecond().into(),
            end.as_microsecond().into(),
            word(&kind).into(),
            1_i64.into(),
        ]);
        for cell in cells(start, end) {
            self.cell.push([counter.into(), cell.into(), None::<i64>.into()]);
        }
    }

    fn appointment(
        &mut self,
        weeks: &Weeks<'_>,
        day: &Day<'_>,
        stretch: (i64, i64),
        who: (i64, i64, &[i64], u16, AppointmentStatus),
    ) {
        let (no, citizen, cases, people, status) = who;
        let (start, end) = Self::stretch(day, stretch);
        let counter = day.counter.id.as_str();
        self.appointment.push([
            no.into(),
            AppointmentId(Ids::new(weeks.seed).get("appointment", no)).0.into(),
            citizen.into(),
            counter.into(),
            start.as_microsecond().into(),
            end.as_microsecond().into(),
            i64::from(people).into(),
            word(&status).into(),
            1_i64.into(),
        ]);
        for (rank, case) in (0_i64..).zip(cases) {
            self.case.push([no.into(), rank.into(), (*case).into()]);
            if status == AppointmentStatus::Booked {
                self.attendance.push((*case, start.as_microsecond()));
            }
        }
        for cell in cells(start, end) {
            self.cell.push([counter.into(), cell.into(), no.into()]);
        }
    }

    async fn send(&mut self, conn: &mut Conn) -> Result<()> {
        for table in [&mut self.appointment, &mut self.case, &mut self.block, &mut self.cell] {
            table.send(&mut *conn, Rest::Send).await?;
        }
        for (case, start) in self.attendance.drain(..) {
            sqlx::query(
                "UPDATE case_file SET attendance = $1, next_step = CASE next_step WHEN 'book_attendance' THEN 'attendance' ELSE next_step END
                 WHERE no = $2",
            )
            .bind(start)
            .bind(case)
            .execute(&mut *conn)
            .await?;
        }
        Ok(())
    }
}

/// The day on which the showcase citizen comes: today, or the next day on which the site is open.
#[must_use]
pub fn showcase_day(today: Date) -> Date {
    if is_closed_day(today) { next_open_day(today) } else { today }
}
