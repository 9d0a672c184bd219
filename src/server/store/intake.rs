//! What arrived from outside: deliveries that were taken in, applications that are half finished, replies to letters. What does not live
//! here: what they do to cases (`routes::intake`), documents (`documents`).

use jiff::Timestamp;
use skranke_domain::procedure::Facts;
use skranke_domain::{CaseId, DepartmentId, IntakeId, ItemId, LetterId, ProcedureId, SituationId};

use super::{Conn, Read, Result, Row, StoreError, to_json};

/// A delivery that was taken in.
#[derive(Clone, Debug)]
pub struct Taken {
    /// What the delivery was.
    pub fingerprint: Vec<u8>,
    /// What it was answered with, as JSON.
    pub answer: String,
}

/// A delivery by its identifier.
pub async fn taken(conn: &mut Conn, id: IntakeId) -> Result<Option<Taken>> {
    let row =
        sqlx::query("SELECT fingerprint, answer FROM intake WHERE id = $1").bind(id.0).fetch_optional(conn).await?;
    row.map(|row| Ok(Taken { fingerprint: row.bytes(0)?, answer: row.text(1)? })).transpose()
}

/// Remembers a delivery.
pub async fn remember(conn: &mut Conn, id: IntakeId, taken: &Taken, at: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO intake (id, fingerprint, answer, at) VALUES ($1, $2, $3, $4)")
        .bind(id.0)
        .bind(&taken.fingerprint)
        .bind(&taken.answer)
        .bind(at.as_microsecond())
        .execute(conn)
        .await?;
    Ok(())
}

/// An application that was begun and not sent.
#[derive(Clone, Debug)]
pub struct Application {
    /// The identifier that its case gets.
    pub case: CaseId,
    /// Its citizen's number inside this database.
    pub citizen: i64,
    /// What she applies for.
    pub procedure: ProcedureId,
    /// Of which department that is.
    pub department: DepartmentId,
    /// The life situation.
    pub situation: Option<SituationId>,
    /// What she answered so far.
    pub facts: Facts,
    /// When she wrote last.
    pub at: Timestamp,
}

const COLUMNS: &str = "SELECT case_id, citizen, procedure, department, situation, facts, at FROM application WHERE";

fn read(row: &Row) -> Result<Application> {
    Ok(Application {
        case: CaseId(row.id(0)?),
        citizen: row.int(1)?,
        procedure: ProcedureId::parse(&row.text(2)?).map_err(|_| StoreError::Value("procedure"))?,
        department: DepartmentId::parse(&row.text(3)?).map_err(|_| StoreError::Value("department"))?,
        situation: row.opt_id(4)?.map(SituationId),
        facts: row.json(5, "facts")?,
        at: row.moment(6)?,
    })
}

/// A half-finished application by the case that it will be.
pub async fn application(conn: &mut Conn, case: CaseId) -> Result<Option<Application>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} case_id = $1"));
    sqlx::query(sql).bind(case.0).fetch_optional(conn).await?.map(|row| read(&row)).transpose()
}

/// A citizen's half-finished applications, newest first.
pub async fn applications(conn: &mut Conn, citizen: i64, withheld: &[&str]) -> Result<Vec<Application>> {
    let sql = sqlx::AssertSqlSafe(format!("{COLUMNS} citizen = $1 ORDER BY at DESC, case_id"));
    let rows = sqlx::query(sql).bind(citizen).fetch_all(conn).await?;
    let all = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|one| !withheld.contains(&one.department.as_str())).collect())
}

/// Keeps a half-finished application, or what she wrote since.
pub async fn keep(conn: &mut Conn, one: &Application) -> Result<()> {
    sqlx::query(
        "INSERT INTO application (case_id, citizen, procedure, department, situation, facts, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (case_id) DO UPDATE SET situation = excluded.situation, facts = excluded.facts, at = excluded.at",
    )
    .bind(one.case.0)
    .bind(one.citizen)
    .bind(one.procedure.as_str())
    .bind(one.department.as_str())
    .bind(one.situation.map(|id| id.0))
    .bind(to_json(&one.facts))
    .bind(one.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// An application that became a case is half finished no more.
pub async fn finished(conn: &mut Conn, case: CaseId) -> Result<()> {
    sqlx::query("DELETE FROM application WHERE case_id = $1").bind(case.0).execute(conn).await?;
    Ok(())
}

/// A letter's citizen, and the papers that it asks for: case and item, in its order. None without such a letter.
pub async fn asked_for(conn: &mut Conn, letter: LetterId) -> Result<Option<(i64, Vec<(i64, ItemId)>)>> {
    let row = sqlx::query("SELECT citizen FROM letter WHERE id = $1").bind(letter.0).fetch_optional(&mut *conn).await?;
    let Some(row) = row else { return Ok(None) };
    let papers = sqlx::query("SELECT case_no, item FROM letter_item WHERE letter = $1 ORDER BY rank")
        .bind(letter.0)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.int(0)?, ItemId::parse(&row.text(1)?).map_err(|_| StoreError::Value("item"))?)))
        .collect::<Result<_>>()?;
    Ok(Some((row.int(0)?, papers)))
}

/// Whether the office closed a request: nothing more is awaited by it.
pub async fn is_closed(conn: &mut Conn, letter: LetterId) -> Result<bool> {
    let row = sqlx::query("SELECT closed_at FROM letter WHERE id = $1").bind(letter.0).fetch_optional(conn).await?;
    Ok(row.map(|row| row.opt_int(0)).transpose()?.flatten().is_some())
}

/// Keeps why a citizen cannot get a paper; what she says later takes the place of what she said before.
pub async fn cannot(
    conn: &mut Conn,
    letter: LetterId,
    (case_no, item): (i64, &ItemId),
    why: &str,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO letter_cannot (letter, case_no, item, why, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (letter, case_no, item) DO UPDATE SET why = excluded.why, at = excluded.at",
    )
    .bind(letter.0)
    .bind(case_no)
    .bind(item.as_str())
    .bind(why)
    .bind(at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps what a citizen wrote with her reply.
pub async fn wrote(conn: &mut Conn, letter: LetterId, text: &str, at: Timestamp) -> Result<()> {
    sqlx::query("INSERT INTO letter_reply (letter, text, at) VALUES ($1, $2, $3)")
        .bind(letter.0)
        .bind(text)
        .bind(at.as_microsecond())
        .execute(conn)
        .await?;
    Ok(())
}

/// Who finished a case's application on the citizen's behalf, by name.
pub async fn on_behalf(conn: &mut Conn, case_no: i64) -> Result<Option<String>> {
    let row =
        sqlx::query("SELECT by_name FROM case_history WHERE case_no = $1 AND kind = 'on_behalf' ORDER BY no LIMIT 1")
            .bind(case_no)
            .fetch_optional(conn)
            .await?;
    row.map(|row| row.opt_text(0)).transpose().map(Option::flatten)
}
