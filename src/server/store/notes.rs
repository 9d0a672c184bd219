//! Notes on citizens and promises made to them. What lives here: their rows, in the order in which they are shown. What does not: who may
//! write them, and what is too long (see `crate::routes::notes` and `crate::routes::promises`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::notes::{NoteView, PromiseView};
use skranke_domain::note::PromiseState;
use skranke_domain::{CitizenId, DepartmentId, NoteId, PromiseId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, word};

/// The most notes or promises of a citizen's list.
pub const MOST: u16 = 100;

/// Who writes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// Who.
    pub by: (StaffId, &'a str),
    /// Her department.
    pub department: &'a DepartmentId,
    /// When.
    pub at: Timestamp,
}

const NOTE: &str = "n.no, n.id, c.id, n.kind, n.text, n.expires, n.by_name, n.department, n.at, n.version";

fn note(row: &Row) -> Result<(i64, NoteView)> {
    let view = NoteView {
        id: NoteId(row.id(1)?),
        citizen: CitizenId(row.id(2)?),
        kind: row.word(3, "note kind")?,
        text: row.text(4)?,
        expires: row.opt_text(5)?.map(|d| d.parse().map_err(|_| StoreError::Value("date"))).transpose()?,
        by: row.text(6)?,
        department: department(row, 7)?,
        at: row.moment(8)?,
        etag: ETag::of_version(row.int(9)?),
    };
    Ok((row.int(0)?, view))
}

fn department(row: &Row, at: usize) -> Result<DepartmentId> {
    DepartmentId::parse(&row.text(at)?).map_err(|_| StoreError::Value("department"))
}

/// The condition that hides what people of withheld departments wrote, with placeholders from a place on.
fn unless_withheld(column: &str, withheld: &[&str], first: usize) -> String {
    (0..withheld.len()).map(|at| format!(" AND {column} <> ${}", first + at)).collect()
}

/// A citizen's notes: those that hold first, attention before plain, newest first.
pub async fn of_citizen(conn: &mut Conn, citizen: i64, today: Date, withheld: &[&str]) -> Result<Vec<NoteView>> {
    let sql = format!(
        "SELECT {NOTE} FROM note n JOIN citizen c ON c.no = n.citizen WHERE n.citizen = $1{}
         ORDER BY CASE WHEN n.expires IS NULL OR n.expires >= $2 THEN 0 ELSE 1 END,
                  CASE n.kind WHEN 'attention' THEN 0 ELSE 1 END, n.at DESC, n.no DESC LIMIT {MOST}",
        unless_withheld("n.department", withheld, 3)
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(citizen).bind(today.to_string());
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    statement.fetch_all(conn).await?.iter().map(|row| note(row).map(|(_, view)| view)).collect()
}

/// One note of a citizen, with its number inside this database.
pub async fn one(
    conn: &mut Conn,
    citizen: CitizenId,
    id: NoteId,
    withheld: &[&str],
) -> Result<Option<(i64, NoteView)>> {
    let sql = format!(
        "SELECT {NOTE} FROM note n JOIN citizen c ON c.no = n.citizen WHERE n.id = $1 AND c.id = $2{}",
        unless_withheld("n.department", withheld, 3)
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(id.0).bind(citizen.0);
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    statement.fetch_optional(conn).await?.map(|row| note(&row)).transpose()
}

/// Writes a note. One with the same identifier comes back as a conflict.
pub async fn add(conn: &mut Conn, citizen: i64, request: &NoteView, hand: Hand<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO note (id, citizen, kind, text, expires, by_id, by_name, department, at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .bind(request.id.0)
    .bind(citizen)
    .bind(word(&request.kind))
    .bind(request.text.clone())
    .bind(request.expires.map(|d| d.to_string()))
    .bind(hand.by.0.0)
    .bind(hand.by.1.to_owned())
    .bind(hand.department.as_str())
    .bind(hand.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a note anew. Its department stays, so that a later hand never shows it to more people.
pub async fn change(conn: &mut Conn, no: i64, note: &NoteView, by: StaffId) -> Result<()> {
    sqlx::query(
        "UPDATE note SET kind = $1, text = $2, expires = $3, by_id = $4, by_name = $5, at = $6, version = version + 1 WHERE no = $7",
    )
    .bind(word(&note.kind))
    .bind(note.text.clone())
    .bind(note.expires.map(|d| d.to_string()))
    .bind(by.0)
    .bind(note.by.clone())
    .bind(note.at.as_microsecond())
    .bind(no)
    .execute(conn)
    .await?;
    Ok(())
}

const PROMISE: &str = "p.no, p.id, c.id, p.text, p.due, p.state, p.outcome, p.by_name, p.department, p.at, p.version";

fn promise(row: &Row) -> Result<(i64, PromiseView)> {
    let view = PromiseView {
        id: PromiseId(row.id(1)?),
        citizen: CitizenId(row.id(2)?),
        text: row.text(3)?,
        due: row.date(4)?,
        state: row.word(5, "promise state")?,
        outcome: row.opt_text(6)?,
        by: row.text(7)?,
        department: department(row, 8)?,
        at: row.moment(9)?,
        etag: ETag::of_version(row.int(10)?),
    };
    Ok((row.int(0)?, view))
}

/// The promises made to a citizen: those to be kept first, soonest due first (so what is overdue stands on top), then what is settled,
/// the latest first.
pub async fn promises(conn: &mut Conn, citizen: i64, withheld: &[&str]) -> Result<Vec<PromiseView>> {
    let sql = format!(
        "SELECT {PROMISE} FROM promise p JOIN citizen c ON c.no = p.citizen WHERE p.citizen = $1{}
         ORDER BY CASE p.state WHEN 'open' THEN 0 ELSE 1 END, CASE p.state WHEN 'open' THEN p.due ELSE '' END, p.due DESC, p.no DESC
         LIMIT {MOST}",
        unless_withheld("p.department", withheld, 2)
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(citizen);
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    statement.fetch_all(conn).await?.iter().map(|row| promise(row).map(|(_, view)| view)).collect()
}

/// One promise to a citizen, with its number inside this database.
pub async fn one_promise(
    conn: &mut Conn,
    citizen: CitizenId,
    id: PromiseId,
    withheld: &[&str],
) -> Result<Option<(i64, PromiseView)>> {
    let sql = format!(
        "SELECT {PROMISE} FROM promise p JOIN citizen c ON c.no = p.citizen WHERE p.id = $1 AND c.id = $2{}",
        unless_withheld("p.department", withheld, 3)
    );
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(id.0).bind(citizen.0);
    for department in withheld {
        statement = statement.bind((*department).to_owned());
    }
    statement.fetch_optional(conn).await?.map(|row| promise(&row)).transpose()
}

/// Gives a promise. One with the same identifier comes back as a conflict.
pub async fn promise_to(
    conn: &mut Conn,
    citizen: i64,
    (id, text, due): (PromiseId, &str, Date),
    hand: Hand<'_>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO promise (id, citizen, text, due, state, by_id, by_name, department, at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .bind(id.0)
    .bind(citizen)
    .bind(text.to_owned())
    .bind(due.to_string())
    .bind(word(&PromiseState::Open))
    .bind(hand.by.0.0)
    .bind(hand.by.1.to_owned())
    .bind(hand.department.as_str())
    .bind(hand.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Settles a promise, or opens it again.
pub async fn settle(conn: &mut Conn, no: i64, state: PromiseState, outcome: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE promise SET state = $1, outcome = $2, version = version + 1 WHERE no = $3")
        .bind(word(&state))
        .bind(outcome.map(str::to_owned))
        .bind(no)
        .execute(conn)
        .await?;
    Ok(())
}
