//! Questions to colleagues about a case. What does not live here: who may ask and answer (the route).

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::casework::{AskRequest, AskState, AskView};
use skranke_api::handovers::Receiver;
use skranke_domain::{AskId, CaseId, DepartmentId, ItemId, Localized, ProcedureId, StaffId};
use sqlx::AssertSqlSafe;

use super::super::meta::Procedures;
use super::super::{Conn, Read, Result, Row, StoreError, word};

/// The most questions of a box.
const MOST: u16 = 100;

const COLUMNS: &str =
    "a.id, f.id, f.procedure, f.procedure_version, c.given_name, c.surname, a.kind, a.to_staff, a.to_department,
    a.to_name, a.item, a.text, a.state, a.reply, a.replied_by, a.from_id, a.from_name, a.at, a.version, f.department";
const FROM: &str = "FROM case_ask a JOIN case_file f ON f.no = a.case_no JOIN citizen c ON c.no = f.citizen";

/// What a case's questions are read by.
#[cfg(test)]
pub(super) const OF_CASE: &str =
    "SELECT a.id FROM case_ask a JOIN case_file f ON f.no = a.case_no JOIN citizen c ON c.no = f.citizen
    WHERE a.case_no = $1 ORDER BY a.at DESC, a.no DESC";

/// A question as stored, with the department of its case.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As it is shown.
    pub view: AskView,
    /// The department whose case it is about.
    pub department: DepartmentId,
}

fn department(text: &str) -> Result<DepartmentId> {
    DepartmentId::parse(text).map_err(|_| StoreError::Value("department"))
}

fn read(row: &Row, procedures: &Procedures) -> Result<Asked> {
    let to = match (row.opt_id(7)?, row.opt_text(8)?) {
        (Some(id), _) => Receiver::Colleague { id: StaffId(id) },
        (None, Some(unit)) => Receiver::Unit { department: department(&unit)? },
        (None, None) => return Err(StoreError::Value("receiver")),
    };
    let procedure = ProcedureId::parse(&row.text(2)?).map_err(|_| StoreError::Value("procedure"))?;
    let version = u32::try_from(row.int(3)?).map_err(|_| StoreError::Value("procedure version"))?;
    let known = procedures.get(&procedure, version);
    let item = row.opt_text(10)?.map(|item| ItemId::parse(&item).map_err(|_| StoreError::Value("item"))).transpose()?;
    let view = AskView {
        id: AskId(row.id(0)?),
        case: CaseId(row.id(1)?),
        case_title: known
            .map_or_else(|| Localized::new(procedure.as_str(), procedure.as_str()), |known| known.title.clone()),
        citizen_name: format!("{} {}", row.text(4)?, row.text(5)?),
        kind: row.word(6, "kind of question")?,
        to,
        to_name: row.text(9)?,
        item,
        text: row.text(11)?,
        state: row.word(12, "state of a question")?,
        reply: row.opt_text(13)?,
        replied_by: row.opt_text(14)?,
        from: StaffId(row.id(15)?),
        from_name: row.text(16)?,
        at: row.moment(17)?,
        etag: ETag::of_version(row.int(18)?),
    };
    Ok(Asked { view, department: department(&row.text(19)?)? })
}

/// A case's questions, newest first.
pub async fn of_case(conn: &mut Conn, procedures: &Procedures, case_no: i64) -> Result<Vec<AskView>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE a.case_no = $1 ORDER BY a.at DESC, a.no DESC");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(case_no).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, procedures).map(|asked| asked.view)).collect()
}

/// One question of a case.
pub async fn one(conn: &mut Conn, procedures: &Procedures, case_no: i64, id: AskId) -> Result<Option<Asked>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE a.id = $1 AND a.case_no = $2");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).bind(case_no).fetch_optional(conn).await?;
    row.map(|row| read(&row, procedures)).transpose()
}

/// The questions for somebody, for her unit, and those she asked: open ones first, the newest first. What nobody can answer any more,
/// since its case is closed, is left out.
pub async fn of_person(
    conn: &mut Conn,
    procedures: &Procedures,
    (staff, unit): (StaffId, &DepartmentId),
    withheld: &[&str],
) -> Result<Vec<AskView>> {
    let mut all = Vec::new();
    for (states, most) in [("= 'open'", MOST), ("<> 'open'", MOST)] {
        // Each box is read along its own index, so that years of questions cost nothing.
        let by = |condition: &str, name: &str| {
            format!(
                "SELECT no FROM (SELECT no FROM case_ask WHERE {condition} AND state {states} ORDER BY at DESC LIMIT {most}) {name}"
            )
        };
        let sql = format!(
            "SELECT {COLUMNS} {FROM} WHERE a.no IN ({} UNION {} UNION {}) AND (a.state <> 'open' OR f.phase <> 'closed')
             ORDER BY a.at DESC, a.no DESC",
            by("to_staff = $1", "mine"),
            by("to_department = $2", "ours"),
            by("from_id = $1", "sent"),
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(staff.0).bind(unit.as_str()).fetch_all(&mut *conn).await?;
        for row in &rows {
            let asked = read(row, procedures)?;
            if !withheld.contains(&asked.department.as_str()) {
                all.push(asked.view);
            }
        }
        if all.len() >= usize::from(MOST) {
            break;
        }
    }
    all.truncate(usize::from(MOST));
    Ok(all)
}

/// A question to be written.
#[derive(Clone, Debug)]
pub struct NewAsk<'a> {
    /// The case's number inside this database.
    pub case_no: i64,
    /// The question.
    pub ask: &'a AskRequest,
    /// What the receiver is called.
    pub to_name: &'a str,
    /// Who asks.
    pub from: (StaffId, &'a str),
    /// When.
    pub at: Timestamp,
}

/// Writes a question. One with the same identifier comes back as a conflict.
pub async fn add(conn: &mut Conn, new: &NewAsk<'_>) -> Result<()> {
    let (staff, unit) = match &new.ask.to {
        Receiver::Colleague { id } => (Some(id.0), None),
        Receiver::Unit { department } => (None, Some(department.to_string())),
    };
    sqlx::query(
        "INSERT INTO case_ask (id, case_no, kind, to_staff, to_department, to_name, item, text, state, from_id, from_name, at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
    )
    .bind(new.ask.id.0)
    .bind(new.case_no)
    .bind(word(&new.ask.kind))
    .bind(staff)
    .bind(unit)
    .bind(new.to_name.to_owned())
    .bind(new.ask.item.as_ref().map(ToString::to_string))
    .bind(new.ask.text.trim().to_owned())
    .bind(word(&AskState::Open))
    .bind(new.from.0.0)
    .bind(new.from.1.to_owned())
    .bind(new.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a question further.
pub async fn step(
    conn: &mut Conn,
    id: AskId,
    state: AskState,
    reply: Option<&str>,
    replied_by: Option<&str>,
) -> Result<()> {
    sqlx::query("UPDATE case_ask SET state = $1, reply = $2, replied_by = $3, version = version + 1 WHERE id = $4")
        .bind(word(&state))
        .bind(reply.map(str::to_owned))
        .bind(replied_by.map(str::to_owned))
        .bind(id.0)
        .execute(conn)
        .await?;
    Ok(())
}
