//! The training calendar: sites, counters, breaks, and weeks full of appointments. What lives here: who comes when. What does not: how a
//! time is booked (the store does it the same way for everybody).

use std::collections::{HashSet, VecDeque};

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use skranke_api::appointments::{Counter, Hours, Site};
use skranke_domain::appointment::{AppointmentStatus, BlockKind, CounterKind};
use skranke_domain::holidays::{is_closed_day, next_open_day};
use skranke_domain::{AppointmentId, CounterId, Localized, SiteId};

use super::rng::{Ids, Rng};
use crate::clock::instant;
use crate::routes::slots::hours;
use crate::store::appointments::cells;
use crate::store::bulk::{Bulk, Rest};
use crate::store::{Conn, Read, Result, StoreError, meta, word};

const fn t(hour: i8, minute: i8) -> Time {
    Time::constant(hour, minute, 0, 0)
}

/// The sites of the training municipality; their opening hours are invented.
pub fn sites() -> Result<Vec<Site>> {
    let slug = || StoreError::Value("slug");
    let site = |id: &str, name: &str, prefix: &str, count: u8, closing: [Option<Time>; 5]| -> Result<Site> {
        let counters = (1..=count)
            .map(|n| {
                let id = CounterId::parse(&format!("{prefix}{n}")).map_err(|_| slug())?;
                Ok(Counter {
                    id,
                    name: Localized::new(format!("Skranke {n}"), format!("Counter {n}")),
                    kind: CounterKind::Counter,
                    step_free: false,
                    departments: Vec::new(),
                })
            })
            .collect::<Result<_>>()?;
        let mut week: Vec<Option<Hours>> =
            closing.into_iter().map(|to| to.map(|to| Hours { from: t(8, 30), to })).collect();
        week.extend([None, None]);
        Ok(Site {
            id: SiteId::parse(id).map_err(|_| slug())?,
            name: name.to_owned(),
            counters,
            hours: week,
            interpreters: Vec::new(),
            aim_minutes: 15,
        })
    };
    Ok(vec![
        site(
            "norrebro",
            "Nørrebro",
            "counter-",
            4,
            [Some(t(16, 0)), Some(t(16, 0)), Some(t(16, 0)), Some(t(18, 0)), Some(t(14, 0))],
        )?,
        site(
            "international-house",
            "International House",
            "ih-",
            2,
            [Some(t(15, 0)), None, Some(t(17, 0)), Some(t(15, 0)), Some(t(14, 0))],
        )?,
    ])
}

/// Writes the sites.
pub async fn write_sites(conn: &mut Conn) -> Result<()> {
    for (rank, site) in (0_i64..).zip(&sites()?) {
        meta::put_site(&mut *conn, rank, site).await?;
    }
    Ok(())
}

/// Monday of the week that a day's work is in: at the weekend the week to come.
#[must_use]
pub fn monday(day: Date) -> Date {
    let day = next_open_day(day);
    day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).unwrap_or(day)
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
        for (monday, fullness) in weeks {
            for site in &sites()? {
                // The clerk's own counter first, so that her week is full also when few people wait.
                for counter in site.counters.iter().rev() {
                    for offset in 0..5 {
                        let Ok(day) = monday.checked_add(i64::from(offset).days()) else { continue };
                        if let Some(open) = hours(site, day) {
                            let mut day = Day { day, open, counter: &counter.id, fullness: *fullness };
                            self.day(&mut day, &mut waiting, &mut next, &mut tables);
                        }
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
                    minutes: i64::from((*minutes).clamp(10, 60).div_ceil(5) * 5),
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
            .chain(day.counter.as_str().bytes())
            .fold(7, |h, b| h.wrapping_mul(131) + u64::from(b));
        let mut rng = Rng::of(self.seed, "calendar", label);
        let mut taken: Vec<(i64, i64)> = Vec::new();
        let (kind, from, to) = match day.day.weekday() {
            Weekday::Thursday => (BlockKind::Meeting, 11 * 60 + 30, 12 * 60 + 30),
            _ => (BlockKind::Break, 12 * 60, 13 * 60),
        };
        if from >= open && to <= close {
            taken.push((from, to));
            tables.block(day, (from, to), kind);
        }
        for kept in self.kept.iter().filter(|k| k.day == day.day && k.counter == day.counter.as_str()) {
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
            let end = at + who.minutes;
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
    counter: &'a CounterId,
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
            block: Bulk::new("counter_block", &["counter", "start_at", "end_at", "kind"]),
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

    fn block(&mut self, day: &Day<'_>, stretch: (i64, i64), kind: BlockKind) {
        let (start, end) = Self::stretch(day, stretch);
        let counter = day.counter.as_str();
        self.block.push([
            counter.into(),
            start.as_microsecond().into(),
            end.as_microsecond().into(),
            word(&kind).into(),
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
        let counter = day.counter.as_str();
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
