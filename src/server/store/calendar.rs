//! Time that is closed, who sits where, what is taken, and how many came. What does not live here: appointments themselves
//! (`appointments`), opening hours and the search for gaps (`crate::routes::slots`).

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::appointments::{Block, StaffRef};
use skranke_api::opening::GroundLoad;
use skranke_domain::appointment::BlockKind;
use skranke_domain::citizen::GroundOfStay;
use skranke_domain::{BlockId, CounterId, InterpreterId, SiteId, StaffId};
use sqlx::AssertSqlSafe;

use super::appointments::cells;
use super::{Conn, Read, Result, Row, StoreError, bulk, word};
use crate::clock::local;

/// No closure is longer than a day.
const LONGEST_BLOCK: i64 = 86_400_000_000;

fn counter(row: &Row, at: usize) -> Result<CounterId> {
    CounterId::parse(&row.text(at)?).map_err(|_| StoreError::Value("counter"))
}

/// The places of a list in a statement, after so many others.
fn places(count: usize, after: usize) -> String {
    (1..=count).map(|at| format!("${}", at + after)).collect::<Vec<_>>().join(", ")
}

const BLOCK: &str = "SELECT id, counter, start_at, end_at, kind, text, version FROM counter_block";

fn block(row: &Row) -> Result<Block> {
    let id = row.opt_id(0)?.map(BlockId);
    Ok(Block {
        counter: counter(row, 1)?,
        start: row.moment(2)?,
        end: row.moment(3)?,
        kind: row.word(4, "block")?,
        text: row.opt_text(5)?.filter(|text| !text.is_empty()),
        etag: id.map(|_| row.int(6).map(ETag::of_version)).transpose()?,
        id,
    })
}

/// The closed time at counters that touches a stretch.
pub async fn blocks(conn: &mut Conn, counters: &[CounterId], (from, to): (Timestamp, Timestamp)) -> Result<Vec<Block>> {
    let sql = format!(
        "{BLOCK} WHERE counter IN ({}) AND start_at >= $1 AND start_at < $2 AND end_at > $3 ORDER BY start_at, counter, no",
        places(counters.len(), 3)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(from.as_microsecond() - LONGEST_BLOCK)
        .bind(to.as_microsecond())
        .bind(from.as_microsecond());
    for counter in counters {
        query = query.bind(counter.to_string());
    }
    query.fetch_all(conn).await?.iter().map(block).collect()
}

/// Everything that one closure closes, with its version.
pub async fn closure(conn: &mut Conn, id: BlockId) -> Result<Vec<Block>> {
    let sql = format!("{BLOCK} WHERE id = $1 ORDER BY counter, no");
    sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_all(conn).await?.iter().map(block).collect()
}

/// Closes a stretch of time at counters. Whoever is booked there keeps her cells.
pub async fn close(
    conn: &mut Conn,
    id: BlockId,
    counters: &[CounterId],
    (from, to): (Timestamp, Timestamp),
    (kind, text): (BlockKind, Option<&str>),
) -> Result<()> {
    for counter in counters {
        sqlx::query(
            "INSERT INTO counter_block (id, counter, start_at, end_at, kind, text, version) VALUES ($1, $2, $3, $4, $5, $6, 1)",
        )
        .bind(id.0)
        .bind(counter.as_str())
        .bind(from.as_microsecond())
        .bind(to.as_microsecond())
        .bind(word(&kind))
        .bind(text.map(str::to_owned))
        .execute(&mut *conn)
        .await?;
        close_again(&mut *conn, counter, (from, to)).await?;
    }
    Ok(())
}

/// Opens what a closure closes at some counters. What another closure closes there too stays closed.
pub async fn open(conn: &mut Conn, id: BlockId, counters: &[CounterId]) -> Result<()> {
    for closed in closure(&mut *conn, id).await? {
        if !counters.contains(&closed.counter) {
            continue;
        }
        sqlx::query("DELETE FROM counter_block WHERE id = $1 AND counter = $2")
            .bind(id.0)
            .bind(closed.counter.as_str())
            .execute(&mut *conn)
            .await?;
        let all = cells(closed.start, closed.end);
        sqlx::query("DELETE FROM booking_cell WHERE resource = $1 AND cell >= $2 AND cell < $3 AND owner IS NULL")
            .bind(closed.counter.as_str())
            .bind(all.start)
            .bind(all.end)
            .execute(&mut *conn)
            .await?;
        close_again(&mut *conn, &closed.counter, (closed.start, closed.end)).await?;
    }
    sqlx::query("UPDATE counter_block SET version = version + 1 WHERE id = $1").bind(id.0).execute(conn).await?;
    Ok(())
}

/// Gives the closures of a counter every cell of theirs that nobody owns: after somebody was booked elsewhere, or one of two was opened.
pub async fn close_again(conn: &mut Conn, counter: &CounterId, (from, to): (Timestamp, Timestamp)) -> Result<()> {
    for closed in blocks(&mut *conn, std::slice::from_ref(counter), (from, to)).await? {
        let all = cells(closed.start.max(from), closed.end.min(to));
        sqlx::query(
            "WITH RECURSIVE due (cell) AS (SELECT $2 UNION ALL SELECT cell + 1 FROM due WHERE cell + 1 < $3)
             INSERT INTO booking_cell (resource, cell, owner) SELECT $1, cell, NULL FROM due WHERE true ON CONFLICT (resource, cell) DO NOTHING",
        )
        .bind(counter.as_str())
        .bind(all.start)
        .bind(all.end)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Who sits where on days: `None` is a place that is closed that day, a missing entry one of which nobody said anything.
pub type Duties = HashMap<(Date, CounterId), Option<StaffRef>>;

/// Who sits where from one day to another, both included.
pub async fn duties(conn: &mut Conn, (from, to): (Date, Date)) -> Result<Duties> {
    sqlx::query("SELECT day, counter, staff, name FROM duty WHERE day >= $1 AND day <= $2")
        .bind(from.to_string())
        .bind(to.to_string())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let staff = row.opt_id(2)?.zip(row.opt_text(3)?).map(|(id, name)| StaffRef { id: StaffId(id), name });
            Ok(((row.date(0)?, counter(row, 1)?), staff))
        })
        .collect()
}

/// Time that is taken: where, from, to.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The counter, or the interpreter's own name for her cells.
    pub resource: String,
    /// From.
    pub start: Timestamp,
    /// To, exclusive.
    pub end: Timestamp,
    /// It is closed and not booked.
    pub closed: bool,
}

/// What is taken at counters and of interpreters in a stretch of time, in one statement: booked, held and closed. What is held no longer
/// takes nothing.
pub async fn taken(
    conn: &mut Conn,
    (counters, interpreters): (&[&CounterId], &[&InterpreterId]),
    (from, to): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Vec<Taken>> {
    let stands = "a.status <> 'cancelled' AND (a.status <> 'proposed' OR a.expires > $4)";
    let here = places(counters.len(), 4);
    let there = places(interpreters.len(), 4 + counters.len());
    let longest = i64::from(skranke_domain::appointment::MAX_MINUTES) * 60_000_000;
    let sql = format!(
        "SELECT a.counter, a.start_at, a.end_at, 0 FROM appointment a
            WHERE a.counter IN ({here}) AND a.start_at >= $3 - {longest} AND a.start_at < $2 AND a.end_at > $3 AND {stands}
         UNION ALL SELECT 'interpreter:' || a.interpreter, a.start_at, a.end_at, 0 FROM appointment a
            WHERE a.interpreter IN ({there}) AND a.start_at >= $3 - {longest} AND a.start_at < $2 AND a.end_at > $3 AND {stands}
         UNION ALL SELECT b.counter, b.start_at, b.end_at, 1 FROM counter_block b
            WHERE b.counter IN ({here}) AND b.start_at >= $1 AND b.start_at < $2 AND b.end_at > $3"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(from.as_microsecond() - LONGEST_BLOCK)
        .bind(to.as_microsecond())
        .bind(from.as_microsecond())
        .bind(now.as_microsecond());
    for counter in counters {
        query = query.bind(counter.to_string());
    }
    for interpreter in interpreters {
        query = query.bind(interpreter.to_string());
    }
    query
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Taken { resource: row.text(0)?, start: row.moment(1)?, end: row.moment(2)?, closed: row.int(3)? != 0 })
        })
        .collect()
}

/// Counts an appointment that was held to its end, in the month of its day.
pub async fn count_visit(conn: &mut Conn, appointment: i64) -> Result<()> {
    let row = sqlx::query(
        "SELECT k.site, c.ground, a.start_at FROM appointment a JOIN citizen c ON c.no = a.citizen JOIN counter k ON k.id = a.counter
         WHERE a.no = $1",
    )
    .bind(appointment)
    .fetch_one(&mut *conn)
    .await?;
    let day = local(row.moment(2)?).date();
    sqlx::query(
        "INSERT INTO visit_month (site, ground, year, month, count) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (site, ground, year, month) DO UPDATE SET count = visit_month.count + 1",
    )
    .bind(row.text(0)?)
    .bind(row.text(1)?)
    .bind(i64::from(day.year()))
    .bind(i64::from(day.month()))
    .execute(conn)
    .await?;
    Ok(())
}

/// How many came to a site in the twelve months that end with a day's, by ground of stay.
pub async fn visits_by_ground(conn: &mut Conn, site: &SiteId, to: Date) -> Result<Vec<GroundLoad>> {
    let last = i64::from(to.year()) * 12 + i64::from(to.month());
    let rows = sqlx::query(
        "SELECT ground, month, SUM(count) FROM visit_month WHERE site = $1 AND year * 12 + month > $2 AND year * 12 + month <= $3
         GROUP BY ground, month",
    )
    .bind(site.as_str())
    .bind(last - 12)
    .bind(last)
    .fetch_all(conn)
    .await?;
    let mut all: Vec<GroundLoad> = Vec::new();
    for row in &rows {
        let ground: GroundOfStay = row.word(0, "ground of stay")?;
        let count = u32::try_from(row.int(2)?).map_err(|_| StoreError::Value("count"))?;
        let month = usize::try_from(row.int(1)? - 1).map_err(|_| StoreError::Value("month"))?;
        let place = all.iter().position(|load| load.ground == ground).unwrap_or_else(|| {
            all.push(GroundLoad { ground, months: [0; 12] });
            all.len() - 1
        });
        *all[place].months.get_mut(month).ok_or(StoreError::Value("month"))? += count;
    }
    let order = |ground: GroundOfStay| GroundOfStay::ALL.iter().position(|known| *known == ground);
    all.sort_by_key(|load| order(load.ground));
    Ok(all)
}

/// Who sits at a counter on a day.
#[derive(Clone, Copy, Debug)]
pub struct Duty<'a> {
    /// The day.
    pub day: Date,
    /// The counter's slug.
    pub counter: &'a str,
    /// Who; none where nobody does.
    pub staff: Option<(StaffId, &'a str)>,
}

/// Writes who sits where; what was said before of the same day stays.
pub async fn put_duties(conn: &mut Conn, all: &[Duty<'_>]) -> Result<()> {
    let Some(first) = all.iter().map(|duty| duty.day).min() else { return Ok(()) };
    let last = all.iter().map(|duty| duty.day).max().unwrap_or(first);
    let known = duties(&mut *conn, (first, last)).await?;
    let mut table = bulk::Bulk::new("duty", &["day", "counter", "staff", "name"]);
    for Duty { day, counter, staff } in all {
        let id = CounterId::parse(counter).map_err(|_| StoreError::Value("counter"))?;
        if !known.contains_key(&(*day, id)) {
            table.push([
                day.to_string().into(),
                (*counter).into(),
                staff.map(|(id, _)| id.0).into(),
                staff.map(|(_, name)| name).into(),
            ]);
        }
    }
    table.send(conn, bulk::Rest::Send).await
}
