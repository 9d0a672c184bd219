//! Free times. What lives here: opening hours, closures and load of a counter, and the search for gaps. What does not: booking one.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan};
use skranke_api::Page;
use skranke_api::appointments::{Block, DayLoad, Hours, MAX_MINUTES, Site, Slot};
use skranke_domain::appointment::{BlockKind, CELL_MINUTES};
use skranke_domain::{CounterId, holidays};

use crate::App;
use crate::clock::{instant, local};
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::{CELL_MICROS, cells, site_of, taken};
use crate::store::{Conn, meta};

/// How far ahead free times are looked for, in days.
const HORIZON_DAYS: u16 = 60;
/// Free times begin on these minutes: people remember a quarter.
const STEP_MINUTES: i64 = 15;
/// The most free times of one answer.
const MAX_SLOTS: u16 = 50;

/// The earliest free times at a counter, not overlapping, never in the past.
#[utoipa::path(get, path = "/v1/slots", operation_id = "slots", tag = "appointments",
    params(
        ("counter" = CounterId, Query, description = "The counter"),
        ("from" = Option<String>, Query, description = "Not before this moment (RFC 3339); now, when it is left out", format = DateTime),
        ("minutes" = u16, Query, description = "How long: a multiple of five", minimum = 5, maximum = 180, multiple_of = 5),
        ("limit" = Option<u16>, Query, description = "How many", minimum = 1, maximum = 50),
    ),
    responses((status = 200, body = Page<Slot>)))]
pub async fn slots(State(app): State<App>, params: Params) -> Answer<Response> {
    let counter = params.need::<CounterId>("counter")?;
    let minutes = params.need::<u16>("minutes")?;
    check_minutes(minutes, "?minutes")?;
    let limit = params.bounded("limit", 3, 1..=MAX_SLOTS)?;
    let now = app.clock.now();
    let from = params.opt::<Timestamp>("from")?.unwrap_or(now).max(now);
    let mut conn = app.store.read().await?;
    let sites = meta::sites(&mut conn).await?;
    let site =
        site_of(&sites, &counter).ok_or_else(|| Refusal::field("?counter", "unknown", "there is no such counter"))?;
    let items = free(&mut conn, site, &counter, from, (minutes, limit)).await?;
    json(&Page { items, next_cursor: None })
}

/// Checks a length.
pub(super) fn check_minutes(minutes: u16, pointer: &str) -> Answer<()> {
    if (CELL_MINUTES..=MAX_MINUTES).contains(&minutes) && minutes.is_multiple_of(CELL_MINUTES) {
        return Ok(());
    }
    Err(Refusal::field(pointer, "range", format!("a multiple of {CELL_MINUTES}, up to {MAX_MINUTES}")))
}

async fn free(
    conn: &mut Conn,
    site: &Site,
    counter: &CounterId,
    from: Timestamp,
    (minutes, limit): (u16, u16),
) -> Answer<Vec<Slot>> {
    let mut found = Vec::new();
    let length = i64::from(minutes / CELL_MINUTES);
    let step = STEP_MINUTES / i64::from(CELL_MINUTES);
    let mut day = local(from).date();
    for _ in 0..HORIZON_DAYS {
        if let Some((open, close)) = open_time(site, day) {
            let all = cells(open, close);
            let taken = taken(conn, counter, all.clone()).await?;
            let mut cell = all.start;
            while cell + length <= all.end {
                let start = at_cell(cell);
                // At the quarter hours, and right after somebody.
                let fits = (cell - all.start) % step == 0 || taken.contains(&(cell - 1));
                if start < from || !fits {
                    cell += 1;
                    continue;
                }
                match taken.range(cell..cell + length).next_back() {
                    Some(last) => cell = last + 1,
                    None => {
                        found.push(Slot {
                            site: site.id.clone(),
                            counter: counter.clone(),
                            start,
                            end: at_cell(cell + length),
                            staff: None,
                            interpreter: None,
                        });
                        if found.len() == usize::from(limit) {
                            return Ok(found);
                        }
                        cell += length;
                    }
                }
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    Ok(found)
}

fn at_cell(cell: i64) -> Timestamp {
    crate::clock::from_micros(cell.saturating_mul(CELL_MICROS))
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

/// What a week's picture shows as closed: the stretch between the site's usual first and last hour in which this day is not open.
#[must_use]
pub fn closures(site: &Site, counter: &CounterId, day: Date) -> Vec<Block> {
    let Some((first, last)) = usual(site) else { return Vec::new() };
    let block = |from: Time, to: Time| Block {
        counter: counter.clone(),
        start: instant(day, from),
        end: instant(day, to),
        kind: BlockKind::Closed,
        id: None,
        text: None,
        etag: None,
    };
    match hours(site, day) {
        None => vec![block(first, last)],
        Some(h) => {
            let mut all = Vec::new();
            if first < h.from {
                all.push(block(first, h.from));
            }
            if h.to < last {
                all.push(block(h.to, last));
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

/// How full a day is: the share of the bookable time that appointments take.
#[must_use]
pub fn load(site: &Site, day: Date, taken: &[(Timestamp, Timestamp)], blocks: &[Block]) -> DayLoad {
    let percent = open_time(site, day).map_or(0, |(open, close)| {
        let within = |start: Timestamp, end: Timestamp| {
            (end.min(close).as_microsecond() - start.max(open).as_microsecond()).max(0)
        };
        let blocked: i64 = blocks.iter().filter(|b| b.kind != BlockKind::Closed).map(|b| within(b.start, b.end)).sum();
        let bookable = within(open, close) - blocked;
        let booked: i64 = taken.iter().map(|(start, end)| within(*start, *end)).sum();
        if bookable <= 0 { 0 } else { u8::try_from((booked * 100 / bookable).clamp(0, 100)).unwrap_or(100) }
    });
    DayLoad { day, percent }
}

/// Why a time cannot be booked, where it cannot.
pub(super) fn check_time(site: &Site, start: Timestamp, end: Timestamp, now: Timestamp) -> Answer<()> {
    if start.as_microsecond().rem_euclid(CELL_MICROS) != 0 {
        return Err(Refusal::field("/start", "mark", "a time on a five-minute mark was expected"));
    }
    if start < now {
        return Err(Refusal::field("/start", "past", "that time has passed"));
    }
    let day = local(start).date();
    let latest: DateTime = local(now).saturating_add(370.days());
    if local(start) > latest {
        return Err(Refusal::field("/start", "far", "at most a year ahead can be booked"));
    }
    match open_time(site, day) {
        Some((open, close)) if open <= start && end <= close => Ok(()),
        _ => Err(Refusal::field("/start", "closed", "the site is closed then")),
    }
}
