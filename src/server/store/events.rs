//! Events as they are kept for resuming. What does not live here: the stream itself (see `crate::events`), who hears of what.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::ETag;
use skranke_api::events::EventKind;
use skranke_domain::{CaseId, CitizenId, CommandId, DepartmentId, StaffId};

use super::{Conn, Read, Result, StoreError, from_json, to_json, word};

/// An event as stored.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub news: News,
    /// Who alone hears of it; none where it is whoever may see the thing.
    pub audience: Option<Audience>,
}

/// Who alone hears of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// These people …
    pub staff: Vec<StaffId>,
    /// … and everybody of these departments.
    pub departments: Vec<DepartmentId>,
}

impl Audience {
    /// Whether somebody of a department is among them.
    #[must_use]
    pub fn has(&self, staff: StaffId, department: &DepartmentId) -> bool {
        self.staff.contains(&staff) || self.departments.contains(department)
    }
}

/// What an event says.
#[derive(Clone, Debug)]
pub struct News {
    /// What happened.
    pub kind: EventKind,
    /// The path of the thing it happened to.
    pub subject: String,
    /// The thing's version after it.
    pub etag: Option<ETag>,
    /// Who did it.
    pub actor: Option<(StaffId, String)>,
    /// The command that did it.
    pub command: Option<CommandId>,
    /// The citizen.
    pub citizen: Option<CitizenId>,
    /// The case.
    pub case: Option<CaseId>,
    /// The department whose case it is.
    pub department: Option<DepartmentId>,
}

/// Keeps an event, inside the write that made it.
pub async fn add(conn: &mut Conn, at: Timestamp, news: &News) -> Result<()> {
    add_for(conn, at, news, None).await
}

/// Keeps an event that only some hear of.
pub async fn add_for(conn: &mut Conn, at: Timestamp, news: &News, audience: Option<&Audience>) -> Result<()> {
    sqlx::query(
        "INSERT INTO event (at, kind, subject, etag, actor, actor_name, command, citizen, case_id, department, audience)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(at.as_microsecond())
    .bind(word(&news.kind))
    .bind(&news.subject)
    .bind(news.etag.as_ref().map(ToString::to_string))
    .bind(news.actor.as_ref().map(|(id, _)| id.0))
    .bind(news.actor.as_ref().map(|(_, name)| name.clone()))
    .bind(news.command.map(|c| c.0))
    .bind(news.citizen.map(|c| c.0))
    .bind(news.case.map(|c| c.0))
    .bind(news.department.as_ref().map(ToString::to_string))
    .bind(audience.map(to_json))
    .execute(conn)
    .await?;
    Ok(())
}

/// The first and the last place that is kept; none when there was never an event.
pub async fn ends(conn: &mut Conn) -> Result<Option<(i64, i64)>> {
    let row = sqlx::query("SELECT MIN(seq), MAX(seq) FROM event").fetch_one(conn).await?;
    Ok(row.opt_int(0)?.zip(row.opt_int(1)?))
}

/// Events after a place, in order.
pub async fn after(conn: &mut Conn, seq: i64, limit: u16) -> Result<Vec<Kept>> {
    sqlx::query(
        "SELECT seq, at, kind, subject, etag, actor, actor_name, command, citizen, case_id, department, audience FROM event WHERE seq > $1
         ORDER BY seq LIMIT $2",
    )
    .bind(seq)
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        let department = row.opt_text(10)?.map(|d| DepartmentId::parse(&d).map_err(|_| StoreError::Value("department"))).transpose()?;
        Ok(Kept {
            seq: row.int(0)?,
            at: row.moment(1)?,
            news: News {
                kind: row.word(2, "event kind")?,
                subject: row.text(3)?,
                etag: row.opt_text(4)?.and_then(|t| ETag::from_header(&format!("\"{t}\""))),
                actor: row.opt_id(5)?.map(StaffId).zip(row.opt_text(6)?),
                command: row.opt_id(7)?.map(CommandId),
                citizen: row.opt_id(8)?.map(CitizenId),
                case: row.opt_id(9)?.map(CaseId),
                department,
            },
            audience: row.opt_text(11)?.map(|a| from_json(&a, "audience")).transpose()?,
        })
    })
    .collect()
}

/// Forgets events older than a moment, save the newest, so that places never begin again.
pub async fn forget(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    let done = sqlx::query("DELETE FROM event WHERE at < $1 AND seq < (SELECT MAX(seq) FROM event)")
        .bind(before.as_microsecond())
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
