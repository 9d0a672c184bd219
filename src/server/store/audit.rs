//! The audit log's rows. What lives here: adding a record to its chain, reading. What does not: what is logged when (see `crate::audit`).

use jiff::Timestamp;
use skranke_api::audit::AuditRecord;
use skranke_domain::{CaseId, CitizenId, CommandId, SessionId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, to_json, word};

/// A record as stored, with its links.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The record.
    pub record: AuditRecord,
    /// Its chain.
    pub chain: String,
    /// HMAC of what was typed.
    pub query_mac: Option<Vec<u8>>,
    /// HMAC over the one before and this record.
    pub mac: Vec<u8>,
}

const COLUMNS: &str =
    "seq, at, staff, role, action, outcome, citizen, case_id, purpose, session, command, note, chain, query_mac, mac";

/// The last link of a chain.
pub async fn last_mac(conn: &mut Conn, chain: &str) -> Result<Option<Vec<u8>>> {
    let row =
        sqlx::query("SELECT mac FROM audit WHERE chain = $1 AND seq = (SELECT MAX(seq) FROM audit WHERE chain = $1)")
            .bind(chain)
            .fetch_optional(conn)
            .await?;
    row.map(|row| row.bytes(0)).transpose()
}

/// The next place in the log.
pub async fn next_seq(conn: &mut Conn) -> Result<i64> {
    let row = sqlx::query("SELECT MAX(seq) FROM audit").fetch_one(conn).await?;
    Ok(row.opt_int(0)?.unwrap_or(0) + 1)
}

/// Adds a record.
pub async fn add(conn: &mut Conn, linked: &Linked) -> Result<()> {
    let record = &linked.record;
    sqlx::query(
        "INSERT INTO audit (seq, chain, at, staff, role, action, outcome, citizen, case_id, purpose, session, command, note, query_mac, mac)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(record.seq)
    .bind(&linked.chain)
    .bind(record.at.as_microsecond())
    .bind(record.staff.0)
    .bind(word(&record.role))
    .bind(word(&record.action))
    .bind(word(&record.outcome))
    .bind(record.citizen.map(|c| c.0))
    .bind(record.case.map(|c| c.0))
    .bind(record.purpose.as_ref().map(to_json))
    .bind(record.session.map(|s| s.0))
    .bind(record.command.map(|c| c.0))
    .bind(record.note.clone())
    .bind(linked.query_mac.clone())
    .bind(linked.mac.clone())
    .execute(conn)
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Linked> {
    Ok(Linked {
        record: AuditRecord {
            seq: row.int(0)?,
            at: row.moment(1)?,
            staff: StaffId(row.id(2)?),
            role: row.word(3, "role")?,
            action: row.word(4, "action")?,
            outcome: row.word(5, "outcome")?,
            citizen: row.opt_id(6)?.map(CitizenId),
            case: row.opt_id(7)?.map(CaseId),
            purpose: row.opt_text(8)?.map(|p| super::from_json(&p, "purpose")).transpose()?,
            session: row.opt_id(9)?.map(SessionId),
            command: row.opt_id(10)?.map(CommandId),
            note: row.opt_text(11)?,
            basis: None,
            context: None,
            tie: None,
            place: None,
        },
        chain: row.text(12)?,
        query_mac: sqlx::Row::try_get(row, 13)?,
        mac: row.bytes(14)?,
    })
}

/// What narrows the log.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// About one citizen.
    pub citizen: Option<CitizenId>,
    /// By one member of staff.
    pub staff: Option<StaffId>,
    /// Before this place.
    pub before: Option<i64>,
}

/// A page of the log, newest first, one more than asked for where there is more.
pub async fn list(conn: &mut Conn, filter: Filter, limit: u16) -> Result<Vec<AuditRecord>> {
    let mut sql = format!("SELECT {COLUMNS} FROM audit WHERE seq < $1");
    let mut ids = Vec::new();
    for (column, id) in [("citizen", filter.citizen.map(|c| c.0)), ("staff", filter.staff.map(|s| s.0))] {
        if let Some(id) = id {
            ids.push(id);
            sql.push_str(&format!(" AND {column} = ${}", ids.len() + 1));
        }
    }
    sql.push_str(&format!(" ORDER BY seq DESC LIMIT {}", u32::from(limit) + 1));
    let mut statement = sqlx::query(AssertSqlSafe(sql)).bind(filter.before.unwrap_or(i64::MAX));
    for id in ids {
        statement = statement.bind(id);
    }
    statement.fetch_all(conn).await?.iter().map(|row| read(row).map(|linked| linked.record)).collect()
}

/// Records of all chains after a place, in order, for verifying.
pub async fn after(conn: &mut Conn, seq: i64, limit: u16) -> Result<Vec<Linked>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq > $1 ORDER BY seq LIMIT {limit}");
    sqlx::query(AssertSqlSafe(sql)).bind(seq).fetch_all(conn).await?.iter().map(read).collect()
}

/// When the last record of a person was written; for tests and the team leader's page.
pub async fn last_at(conn: &mut Conn, staff: StaffId) -> Result<Option<Timestamp>> {
    let row = sqlx::query("SELECT MAX(at) FROM audit WHERE staff = $1").bind(staff.0).fetch_one(conn).await?;
    row.opt_moment(0)
}
