//! Forms that are filled in at stands, as stored: whose, since when, what a clerk points at. What does not live here: what is typed (the
//! stand says it; in training `crate::training::stand`).

use jiff::Timestamp;
use skranke_domain::{CounterId, TicketId};

use super::{Conn, Read, Result, Row, StoreError};

/// A form at a stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The stand.
    pub counter: CounterId,
    /// The ticket.
    pub ticket: TicketId,
    /// When it began.
    pub began: Timestamp,
    /// The field that a clerk pointed at last, and when.
    pub pointed: Option<(String, Timestamp)>,
}

const SELECT: &str = "SELECT counter, ticket, began, pointed, pointed_at FROM stand_session";

fn read(row: &Row) -> Result<Session> {
    Ok(Session {
        counter: CounterId::parse(&row.text(0)?).map_err(|_| StoreError::Value("counter"))?,
        ticket: TicketId(row.id(1)?),
        began: row.moment(2)?,
        pointed: row.opt_text(3)?.zip(row.opt_moment(4)?),
    })
}

/// The form at a stand.
pub async fn at(conn: &mut Conn, counter: &CounterId) -> Result<Option<Session>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} WHERE counter = $1"));
    sqlx::query(sql).bind(counter.as_str()).fetch_optional(conn).await?.map(|row| read(&row)).transpose()
}

/// The forms at all stands: there are never more than stands.
pub async fn all(conn: &mut Conn) -> Result<Vec<Session>> {
    let sql = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY counter"));
    sqlx::query(sql).fetch_all(conn).await?.iter().map(read).collect()
}

/// Somebody begins at a stand.
pub async fn begin(conn: &mut Conn, counter: &CounterId, ticket: TicketId, now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO stand_session (counter, ticket, began) VALUES ($1, $2, $3)
         ON CONFLICT (counter) DO UPDATE SET ticket = excluded.ticket, began = excluded.began, pointed = NULL, pointed_at = NULL",
    )
    .bind(counter.as_str())
    .bind(ticket.0)
    .bind(now.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody leaves a stand.
pub async fn end(conn: &mut Conn, ticket: TicketId) -> Result<()> {
    sqlx::query("DELETE FROM stand_session WHERE ticket = $1").bind(ticket.0).execute(conn).await?;
    Ok(())
}

/// A clerk points at a field, or stops pointing.
pub async fn point(conn: &mut Conn, counter: &CounterId, field: Option<&str>, now: Timestamp) -> Result<()> {
    sqlx::query("UPDATE stand_session SET pointed = $1, pointed_at = $2 WHERE counter = $3")
        .bind(field.map(str::to_owned))
        .bind(field.map(|_| now.as_microsecond()))
        .bind(counter.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
