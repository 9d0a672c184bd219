//! Cases as rows, one case whole, and lists of them. What lives here: reading, and the few writes that are not items. What does not:
//! items (`items`), what a person may do with a case (`policy`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::cases::{HistoryKind, HistoryLine};
use skranke_api::overview::{CaseRow, Situation};
use skranke_domain::case::{Column, Phase};
use skranke_domain::checklist::ItemState;
use skranke_domain::holidays::add_days_inclusive;
use skranke_domain::procedure::condition::Verdict;
use skranke_domain::procedure::{Facts, Procedure};
use skranke_domain::{
    CaseId, CitizenId, CommandId, DepartmentId, ItemId, LifeSituationId, Localized, ProcedureId, SituationId, StaffId,
};
use sqlx::AssertSqlSafe;

use super::meta::Procedures;
use super::{Conn, NO_DEADLINE, Read, Result, Row, StoreError, to_json, word};

const COLUMNS: &str = "f.no, f.id, f.number, c.id, f.procedure, f.procedure_version, f.department, f.situation, f.phase, f.board_column,
    f.next_step, f.readiness, f.missing, f.responsible, f.deadline, f.attendance, f.version, f.citizen, f.received, f.facts, h.at, h.by_name";
/// The last line of a case's history says when it changed and who did it.
const FROM: &str = "FROM case_file f JOIN citizen c ON c.no = f.citizen
    LEFT JOIN case_history h ON h.no = (SELECT MAX(last.no) FROM case_history last WHERE last.case_no = f.no)";

/// A case as stored, with its procedure's version.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// Its citizen's number inside this database.
    pub citizen_no: i64,
    /// As a row.
    pub row: CaseRow,
    /// Its version of the procedure.
    pub procedure: std::sync::Arc<Procedure>,
    /// When it was received.
    pub received: Timestamp,
    /// The facts its conditions were asked with, as JSON.
    pub facts_json: String,
}

impl Stored {
    /// The facts its conditions were asked with.
    pub fn facts(&self) -> Result<Facts> {
        super::from_json(&self.facts_json, "facts")
    }
}

fn read(row: &Row, procedures: &Procedures) -> Result<Stored> {
    let procedure_id = ProcedureId::parse(&row.text(4)?).map_err(|_| StoreError::Value("procedure"))?;
    let version = u32::try_from(row.int(5)?).map_err(|_| StoreError::Value("procedure version"))?;
    let procedure = procedures.get(&procedure_id, version).ok_or(StoreError::Value("procedure version"))?.clone();
    let missing: Vec<ItemId> = row.json(12, "missing items")?;
    let label = |id: &ItemId| {
        procedure
            .items
            .iter()
            .find(|t| t.id == *id)
            .map_or_else(|| Localized::new(id.as_str(), id.as_str()), |t| t.label.clone())
    };
    let deadline = row.date(14)?;
    let received = row.moment(18)?;
    Ok(Stored {
        no: row.int(0)?,
        citizen_no: row.int(17)?,
        received,
        facts_json: row.text(19)?,
        row: CaseRow {
            id: CaseId(row.id(1)?),
            number: row.text(2)?,
            citizen: CitizenId(row.id(3)?),
            procedure: procedure_id,
            title: procedure.title.clone(),
            department: department(row, 6)?,
            situation: row.opt_id(7)?.map(SituationId),
            phase: row.word(8, "phase")?,
            column: row.word(9, "column")?,
            next_step: row.word(10, "next step")?,
            responsible: row.opt_text(13)?,
            deadline: Some(deadline).filter(|d| *d != NO_DEADLINE),
            readiness: row.json(11, "readiness")?,
            missing: missing.iter().map(label).collect(),
            attendance: row.opt_moment(15)?,
            changed: row.opt_moment(20)?.unwrap_or(received),
            changed_by: row.opt_text(21)?,
            etag: ETag::of_version(row.int(16)?),
        },
        procedure,
    })
}

fn department(row: &Row, at: usize) -> Result<DepartmentId> {
    DepartmentId::parse(&row.text(at)?).map_err(|_| StoreError::Value("department"))
}

/// One case.
pub async fn one(conn: &mut Conn, procedures: &Procedures, id: CaseId) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE f.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await?;
    row.map(|row| read(&row, procedures)).transpose()
}

fn of_citizen_sql() -> String {
    format!("SELECT {COLUMNS} {FROM} WHERE f.citizen = $1 AND f.department = $2 ORDER BY f.deadline, f.no")
}

/// A citizen's cases at a department, by deadline.
pub async fn of_citizen(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    department: &DepartmentId,
) -> Result<Vec<Stored>> {
    let rows =
        sqlx::query(AssertSqlSafe(of_citizen_sql())).bind(citizen).bind(department.as_str()).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, procedures)).collect()
}

/// What narrows a list of cases.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// One citizen's.
    pub citizen: Option<i64>,
    /// In one column of the board.
    pub column: Option<Column>,
    /// At one department.
    pub department: Option<DepartmentId>,
    /// Of one procedure.
    pub procedure: Option<ProcedureId>,
    /// Of one caseworker.
    pub responsible: Option<StaffId>,
    /// Never of these departments.
    pub withheld: &'static [&'static str],
    /// After this place (deadline and number).
    pub after: Option<(Date, i64)>,
}

/// A page of cases by deadline, one more than asked for where there is more.
pub async fn list(conn: &mut Conn, procedures: &Procedures, filter: &Filter, limit: u16) -> Result<Vec<Stored>> {
    enum Value {
        Int(i64),
        Text(String),
        Id(uuid::Uuid),
    }
    let mut values = Vec::new();
    let mut sql = format!("SELECT {COLUMNS} {FROM} WHERE 1 = 1");
    let mut and = |condition: &str, value: Value| {
        values.push(value);
        sql.push_str(&condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(citizen) = filter.citizen {
        and(" AND f.citizen = ?", Value::Int(citizen));
    }
    if let Some(column) = &filter.column {
        and(" AND f.board_column = ?", Value::Text(word(column)));
    }
    if let Some(department) = &filter.department {
        and(" AND f.department = ?", Value::Text(department.to_string()));
    }
    if let Some(procedure) = &filter.procedure {
        and(" AND f.procedure = ?", Value::Text(procedure.to_string()));
    }
    if let Some(responsible) = filter.responsible {
        and(" AND f.responsible_id = ?", Value::Id(responsible.0));
    }
    for department in filter.withheld {
        and(" AND f.department <> ?", Value::Text((*department).to_owned()));
    }
    if let Some((deadline, no)) = filter.after {
        and(" AND (f.deadline, f.no) > (?, ", Value::Text(deadline.to_string()));
        and("?)", Value::Int(no));
    }
    sql.push_str(&format!(" ORDER BY f.deadline, f.no LIMIT {}", u32::from(limit) + 1));
    let mut statement = sqlx::query(AssertSqlSafe(sql));
    for value in values {
        statement = match value {
            Value::Int(n) => statement.bind(n),
            Value::Text(t) => statement.bind(t),
            Value::Id(id) => statement.bind(id),
        };
    }
    statement.fetch_all(conn).await?.iter().map(|row| read(row, procedures)).collect()
}

/// Life situations by their identifiers.
pub async fn situations(conn: &mut Conn, ids: &[SituationId]) -> Result<Vec<Situation>> {
    let mut found = Vec::new();
    for id in ids {
        let row = sqlx::query("SELECT kind, since, coordinator FROM situation WHERE id = $1")
            .bind(id.0)
            .fetch_optional(&mut *conn)
            .await?;
        if let Some(row) = row {
            found.push(Situation {
                id: *id,
                kind: LifeSituationId::parse(&row.text(0)?).map_err(|_| StoreError::Value("life situation"))?,
                since: row.date(1)?,
                coordinator: row.opt_text(2)?,
            });
        }
    }
    Ok(found)
}

/// Life situations of a citizen.
pub async fn situations_of(conn: &mut Conn, citizen: i64) -> Result<Vec<Situation>> {
    sqlx::query("SELECT id, kind, since, coordinator FROM situation WHERE citizen = $1 ORDER BY since, id")
        .bind(citizen)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Situation {
                id: SituationId(row.id(0)?),
                kind: LifeSituationId::parse(&row.text(1)?).map_err(|_| StoreError::Value("life situation"))?,
                since: row.date(2)?,
                coordinator: row.opt_text(3)?,
            })
        })
        .collect()
}

/// Something that happened to a case.
#[derive(Clone, Debug)]
pub struct Happening<'a> {
    /// When.
    pub at: Timestamp,
    /// Who, by identifier and name.
    pub by: Option<(StaffId, &'a str)>,
    /// What.
    pub kind: HistoryKind,
    /// The item.
    pub item: Option<&'a ItemId>,
    /// The state it reached.
    pub state: Option<ItemState>,
    /// The reason given.
    pub reason: Option<&'a str>,
    /// The command that did it.
    pub command: Option<CommandId>,
}

/// Adds a line to a case's history; no line is ever changed.
pub async fn add_history(conn: &mut Conn, case_no: i64, what: &Happening<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO case_history (case_no, at, by_id, by_name, kind, item, state, reason, command) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(case_no)
    .bind(what.at.as_microsecond())
    .bind(what.by.map(|(id, _)| id.0))
    .bind(what.by.map(|(_, name)| name.to_owned()))
    .bind(word(&what.kind))
    .bind(what.item.map(|i| i.as_str().to_owned()))
    .bind(what.state.as_ref().map(word))
    .bind(what.reason.map(str::to_owned))
    .bind(what.command.map(|c| c.0))
    .execute(&mut *conn)
    .await?;
    if what.kind == HistoryKind::Closed {
        // The board shows what was closed this week.
        sqlx::query("UPDATE case_file SET closed_at = $1 WHERE no = $2")
            .bind(what.at.as_microsecond())
            .bind(case_no)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// What a case's history is read by.
pub(super) const HISTORY: &str = "SELECT at, by_id, by_name, kind, item, state, reason, command FROM case_history WHERE case_no = $1 ORDER BY at DESC, no DESC LIMIT $2";

/// The last lines of a case's history, newest first. An item that is gone from its checklist keeps the name that it had.
pub async fn history(conn: &mut Conn, procedures: &Procedures, case: &Stored, limit: u16) -> Result<Vec<HistoryLine>> {
    sqlx::query(HISTORY)
        .bind(case.no)
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let item = row.opt_text(4)?.map(|slug| {
                let template = case.procedure.items.iter().find(|t| t.id.as_str() == slug);
                let earlier = || procedures.item_label(&case.row.procedure, &slug);
                template.map(|t| &t.label).or_else(earlier).cloned().unwrap_or_else(|| Localized::new(&slug, &slug))
            });
            Ok(HistoryLine {
                at: row.moment(0)?,
                by: row.opt_text(2)?,
                by_id: row.opt_id(1)?.map(StaffId),
                kind: row.word(3, "history")?,
                item,
                state: row.opt_word(5, "item state")?,
                reason: row.opt_text(6)?,
                command: row.opt_id(7)?.map(CommandId),
            })
        })
        .collect()
}

/// The identifiers of cases by their numbers inside this database.
pub async fn ids(conn: &mut Conn, nos: &[i64]) -> Result<Vec<CaseId>> {
    let mut ids = Vec::with_capacity(nos.len());
    for no in nos {
        let row = sqlx::query("SELECT id FROM case_file WHERE no = $1").bind(*no).fetch_one(&mut *conn).await?;
        ids.push(CaseId(row.id(0)?));
    }
    Ok(ids)
}

/// Whether a phase still takes changes.
#[must_use]
pub fn is_open(phase: Phase) -> bool {
    phase != Phase::Closed
}

/// A case to open.
#[derive(Clone, Debug)]
pub struct NewCase<'a> {
    /// Its identifier.
    pub id: CaseId,
    /// Its citizen's number inside this database.
    pub citizen: i64,
    /// Its procedure: the case keeps this version.
    pub procedure: &'a Procedure,
    /// The first part of its number: `KFF`.
    pub tag: String,
    /// The life situation.
    pub situation: Option<SituationId>,
    /// The caseworker, where it has one from the start.
    pub responsible: Option<(StaffId, &'a str)>,
    /// When it was received, and the office's day then.
    pub received: (Timestamp, Date),
    /// The facts its conditions are asked with.
    pub facts: &'a Facts,
    /// The checklist: what each condition says, in the procedure's order.
    pub checklist: &'a [(ItemId, Verdict)],
}

/// Opens a case with its checklist and adds it up; gives its number inside this database. Its number for people goes on from the newest
/// case's: writes wait for each other, so no two cases get the same.
pub async fn add(conn: &mut Conn, new: &NewCase<'_>) -> Result<i64> {
    let no = sqlx::query("SELECT MAX(no) FROM case_file").fetch_one(&mut *conn).await?.opt_int(0)?.unwrap_or(0) + 1;
    let (received, day) = new.received;
    let days = new.procedure.deadline.as_ref().and_then(|deadline| deadline.days);
    let deadline = days.map_or(NO_DEADLINE, |days| add_days_inclusive(day, days));
    sqlx::query(
        "INSERT INTO case_file (no, id, number, citizen, procedure, procedure_version, department, situation, phase, board_column,
                next_step, readiness, papers_due, missing, responsible, responsible_id, received, deadline, facts, municipality, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '', '', 0, '', $10, $11, $12, $13, $14,
                 (SELECT c.municipality FROM citizen c WHERE c.no = $4), 0)",
    )
    .bind(no)
    .bind(new.id.0)
    .bind(format!("{}-{}-{:06}", new.tag, day.year(), 100_000 + no))
    .bind(new.citizen)
    .bind(new.procedure.id.as_str())
    .bind(i64::from(new.procedure.version))
    .bind(new.procedure.department.as_str())
    .bind(new.situation.map(|s| s.0))
    .bind(word(&Phase::Received))
    .bind(new.responsible.map(|(_, name)| name.to_owned()))
    .bind(new.responsible.map(|(id, _)| id.0))
    .bind(received.as_microsecond())
    .bind(deadline.to_string())
    .bind(to_json(new.facts))
    .execute(&mut *conn)
    .await?;
    super::items::add(conn, no, new.checklist).await?;
    // What is derived is derived by the one function that adds items up; it also makes this the first version.
    super::items::recompute(conn, no, Phase::Received, new.procedure).await?;
    Ok(no)
}

/// The citizen's newest open case of a procedure.
pub async fn open_of_procedure(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    procedure: &ProcedureId,
) -> Result<Option<Stored>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE f.citizen = $1 AND f.procedure = $2 AND f.phase <> $3 ORDER BY f.no DESC LIMIT 1"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(citizen)
        .bind(procedure.as_str())
        .bind(word(&Phase::Closed))
        .fetch_optional(conn)
        .await?;
    row.map(|row| read(&row, procedures)).transpose()
}

/// A case by its number inside this database.
pub async fn by_no(conn: &mut Conn, procedures: &Procedures, no: i64) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE f.no = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(no).fetch_optional(conn).await?;
    row.map(|row| read(&row, procedures)).transpose()
}

/// Cases by their numbers inside this database, in no order. `nos` is a list as SQL writes it, of our own numbers.
pub(super) async fn some(conn: &mut Conn, procedures: &Procedures, nos: &str) -> Result<Vec<Stored>> {
    let sql = some_sql(nos);
    let rows = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(conn).await?;
    rows.iter().map(|row| read(row, procedures)).collect()
}

pub(super) fn some_sql(nos: &str) -> String {
    format!("SELECT {COLUMNS} {FROM} WHERE f.no IN ({nos})")
}

/// A citizen's cases that belong to life situations, of departments that are not withheld, oldest first.
pub async fn in_situations(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    withheld: &[&str],
) -> Result<Vec<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE f.citizen = $1 AND f.situation IS NOT NULL ORDER BY f.no");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(citizen).fetch_all(conn).await?;
    let all = rows.iter().map(|row| read(row, procedures)).collect::<Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|case| !withheld.contains(&case.row.department.as_str())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use crate::store::{Store, items};

    #[tokio::test]
    async fn a_citizens_cases_and_papers_are_read_without_walking_through_those_of_others() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut conn = store.read().await.unwrap();
        for sql in [of_citizen_sql(), items::OPEN_PAPERS.to_owned()] {
            let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).bind(1).bind("kff");
            let plan: Vec<String> =
                rows.fetch_all(&mut *conn).await.unwrap().iter().map(|row| row.text(3).unwrap()).collect();
            assert!(
                plan.iter().all(|step| !step.contains("SCAN") && !step.contains("TEMP B-TREE FOR ORDER")),
                "{plan:?}"
            );
            assert!(
                plan.iter().any(|step| step.contains("case_citizen_department (citizen=? AND department=?)")),
                "{plan:?}"
            );
        }
    }
}
