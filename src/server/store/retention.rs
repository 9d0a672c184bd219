//! What retention finds and deletes: closed cases with all that hangs on them, old tickets, half-finished applications. What does not live
//! here: how long anything is kept (`crate::retention`), the bytes of documents (`blobs`), the log (`audit`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_domain::{CaseId, CitizenId, DepartmentId, DocumentId, ProcedureId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, StoreError};

/// Tickets that are deleted in one commit.
const TICKETS_AT_ONCE: i64 = 500;

/// A closed case whose time is up.
#[derive(Clone, Debug)]
pub struct Due {
    /// Its number inside this database.
    pub no: i64,
    /// Its identifier.
    pub id: CaseId,
    /// The citizen's number inside this database.
    pub citizen_no: i64,
    /// The citizen.
    pub citizen: CitizenId,
    /// Whose case it is.
    pub department: DepartmentId,
    /// When it was closed.
    pub closed: Timestamp,
}

/// The procedures that closed cases have, each with the newest version among them: as many looks into an index as there are procedures.
pub async fn procedures(conn: &mut Conn) -> Result<Vec<(ProcedureId, u32)>> {
    let mut found: Vec<(ProcedureId, u32)> = Vec::new();
    loop {
        let after = found.last().map_or("", |(id, _)| id.as_str());
        let row = sqlx::query("SELECT MIN(procedure) FROM case_file WHERE closed_at IS NOT NULL AND procedure > $1");
        let Some(next) = row.bind(after).fetch_one(&mut *conn).await?.opt_text(0)? else { return Ok(found) };
        let newest = sqlx::query("SELECT MAX(version) FROM procedure_version WHERE procedure = $1");
        let newest = newest.bind(&next).fetch_one(&mut *conn).await?.opt_int(0)?.unwrap_or(1);
        let id = ProcedureId::parse(&next).map_err(|_| StoreError::Value("procedure"))?;
        found.push((id, u32::try_from(newest).map_err(|_| StoreError::Value("version"))?));
    }
}

/// The case with the highest number stays whatever its age: a number that is given twice could be taken for the one before.
const CLOSED: &str = "procedure = $1 AND closed_at IS NOT NULL AND closed_at < $2 AND phase = 'closed'
                      AND no < (SELECT MAX(no) FROM case_file)";

/// How many cases of a procedure were closed before a moment.
pub async fn closed_before(conn: &mut Conn, procedure: &ProcedureId, before: Timestamp) -> Result<u64> {
    let sql = format!("SELECT COUNT(*) FROM case_file WHERE {CLOSED}");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(procedure.as_str()).bind(before.as_microsecond());
    Ok(u64::try_from(row.fetch_one(conn).await?.int(0)?).unwrap_or(0))
}

/// Some of them.
pub async fn due(conn: &mut Conn, procedure: &ProcedureId, before: Timestamp, limit: u16) -> Result<Vec<Due>> {
    let sql = format!(
        "SELECT f.no, f.id, f.citizen, c.id, f.department, f.closed_at FROM case_file f JOIN citizen c ON c.no = f.citizen
         WHERE f.no IN (SELECT no FROM case_file WHERE {CLOSED} ORDER BY closed_at LIMIT {limit})"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(procedure.as_str())
        .bind(before.as_microsecond())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            Ok(Due {
                no: row.int(0)?,
                id: CaseId(row.id(1)?),
                citizen_no: row.int(2)?,
                citizen: CitizenId(row.id(3)?),
                department: DepartmentId::parse(&row.text(4)?).map_err(|_| StoreError::Value("department"))?,
                closed: row.moment(5)?,
            })
        })
        .collect()
}

/// What is bound to a statement after the case's number ($1).
enum Bound {
    /// Nothing.
    Case,
    /// The citizen's number ($2): some tables are found by her alone.
    Citizen,
    /// The moment since which a visit is over ($2).
    Moment,
}

/// A statement that takes away something that hangs on a case.
struct Hanging {
    sql: String,
    bound: Bound,
}

/// Letters that stood on the case and on no other.
const LETTERS: &str = "SELECT li.letter FROM letter_item li WHERE li.case_no = $1
    AND NOT EXISTS (SELECT 1 FROM letter_item other WHERE other.letter = li.letter AND other.case_no <> $1)";

/// Changes that were reported for the case and for no other.
const REPORTS: &str = "SELECT k.report FROM change_report r JOIN change_report_case k ON k.report = r.id
    WHERE k.case_no = $1 AND r.citizen = $2
    AND NOT EXISTS (SELECT 1 FROM change_report_case other WHERE other.report = k.report AND other.case_no <> $1)";

/// Visits that were for the case alone and are over.
const VISITS: &str = "SELECT a.no FROM appointment_case ac JOIN appointment a ON a.no = ac.appointment
    WHERE ac.case_no = $1 AND a.end_at < $2
    AND NOT EXISTS (SELECT 1 FROM appointment_case other WHERE other.appointment = a.no AND other.case_no <> $1)";

/// Its life situation, where that is over and has no other case.
const SITUATION: &str =
    "SELECT s.id FROM case_file f JOIN situation s ON s.id = f.situation WHERE f.no = $1 AND s.closed = 1
    AND NOT EXISTS (SELECT 1 FROM case_file g WHERE g.citizen = $2 AND g.situation = s.id AND g.no <> $1)";

/// Everything that hangs on a case, in the order in which it goes: what is found through something goes before that.
fn hanging() -> Vec<Hanging> {
    let case = |sql: &str| Hanging { sql: sql.to_owned(), bound: Bound::Case };
    let citizen = |sql: &str| Hanging { sql: sql.to_owned(), bound: Bound::Citizen };
    let contacts_of = |which: &str| {
        [
            format!("DELETE FROM contact_subject WHERE contact IN (SELECT no FROM contact WHERE id IN ({which}))"),
            format!("DELETE FROM contact WHERE id IN ({which})"),
        ]
    };
    let mut all = Vec::new();
    all.extend(contacts_of(&format!("SELECT contact FROM letter WHERE id IN ({LETTERS})")).map(|sql| case(&sql)));
    all.push(case(&format!("DELETE FROM letter_reply WHERE letter IN ({LETTERS})")));
    all.push(case("DELETE FROM letter_cannot WHERE case_no = $1"));
    all.push(case(&format!("DELETE FROM letter WHERE id IN ({LETTERS})")));
    all.push(case("DELETE FROM letter_item WHERE case_no = $1"));
    let reports = contacts_of(&format!("SELECT contact FROM change_report WHERE id IN ({REPORTS})"));
    all.extend(reports.map(|sql| citizen(&sql)));
    all.push(citizen(&format!("DELETE FROM change_report WHERE id IN ({REPORTS})")));
    for (table, column) in
        [("outbound", "appointment"), ("visit_guard", "appointment"), ("booking_cell", "owner"), ("appointment", "no")]
    {
        all.push(Hanging { sql: format!("DELETE FROM {table} WHERE {column} IN ({VISITS})"), bound: Bound::Moment });
    }
    all.push(case("DELETE FROM appointment_case WHERE case_no = $1"));
    all.extend(
        [
            "DELETE FROM contact_subject WHERE contact IN (SELECT no FROM contact WHERE citizen = $2 AND case_no = $1)",
            "DELETE FROM contact WHERE citizen = $2 AND case_no = $1",
        ]
        .map(citizen),
    );
    all.push(citizen(&format!("DELETE FROM situation_follow WHERE situation IN ({SITUATION})")));
    all.push(citizen(&format!("DELETE FROM situation WHERE id IN ({SITUATION})")));
    all.extend(
        [
            "DELETE FROM waiting_case WHERE case_no = $1",
            "DELETE FROM ticket_case WHERE case_no = $1",
            "DELETE FROM change_report_case WHERE case_no = $1",
            "UPDATE situation_follow SET case_no = NULL WHERE case_no = $1",
            "DELETE FROM checklist_item WHERE case_no = $1",
            "DELETE FROM case_history WHERE case_no = $1",
            "DELETE FROM case_relation WHERE case_no IN (SELECT other FROM case_relation WHERE case_no = $1) AND other = $1",
            "DELETE FROM case_relation WHERE case_no = $1",
            "DELETE FROM case_ask WHERE case_no = $1",
            "DELETE FROM case_note WHERE case_no = $1",
            "DELETE FROM decision WHERE case_no = $1",
            "DELETE FROM case_file WHERE no = $1",
        ]
        .map(case),
    );
    all
}

/// Every statement that is run for each case; for the test that none walks through a table that grows.
#[cfg(test)]
pub fn statements() -> Vec<String> {
    let mut all: Vec<String> = hanging().into_iter().map(|one| one.sql).collect();
    all.push(format!("SELECT no FROM case_file WHERE {CLOSED} ORDER BY closed_at LIMIT 20"));
    all
}

async fn run(conn: &mut Conn, sql: impl Into<String>, values: &[i64]) -> Result<u64> {
    let mut query = sqlx::query(AssertSqlSafe(sql.into()));
    for value in values {
        query = query.bind(*value);
    }
    Ok(query.execute(conn).await?.rows_affected())
}

/// Deletes a case with all that hangs on it. Visits go with it that were for it alone and are over since `visits_before`. Gives the documents
/// whose bytes are to be forgotten once this is committed.
pub async fn forget_case(conn: &mut Conn, case: &Due, visits_before: Timestamp) -> Result<Vec<DocumentId>> {
    let papers = forget_papers(conn, case).await?;
    let visits_before = visits_before.as_microsecond();
    for one in hanging() {
        let values: &[i64] = match one.bound {
            Bound::Case => &[case.no],
            Bound::Citizen => &[case.no, case.citizen_no],
            Bound::Moment => &[case.no, visits_before],
        };
        run(conn, one.sql, values).await?;
    }
    Ok(papers)
}

/// Deletes a case's documents; one that another case uses goes over to that one.
async fn forget_papers(conn: &mut Conn, case: &Due) -> Result<Vec<DocumentId>> {
    sqlx::query("DELETE FROM document_use WHERE case_id = $1").bind(case.id.0).execute(&mut *conn).await?;
    let rows = sqlx::query(
        "SELECT d.no, d.id, (SELECT u.case_id FROM document_use u JOIN case_file f ON f.id = u.case_id
                             WHERE u.document = d.no ORDER BY u.rank LIMIT 1)
         FROM document d WHERE d.home = $1",
    )
    .bind(case.id.0)
    .fetch_all(&mut *conn)
    .await?;
    let mut papers = Vec::new();
    for row in rows {
        let (no, id) = (row.int(0)?, DocumentId(row.id(1)?));
        if let Some(other) = row.opt_id(2)? {
            sqlx::query(
                "UPDATE document SET home = $1, department = (SELECT department FROM case_file WHERE id = $1) WHERE no = $2",
            )
            .bind(other)
            .bind(no)
            .execute(&mut *conn)
            .await?;
        } else {
            forget_paper(conn, no).await?;
            papers.push(id);
        }
    }
    Ok(papers)
}

async fn forget_paper(conn: &mut Conn, no: i64) -> Result<()> {
    run(conn, "DELETE FROM document_use WHERE document = $1", &[no]).await?;
    run(conn, "DELETE FROM document WHERE no = $1", &[no]).await?;
    Ok(())
}

/// How many tickets are of days before this one.
pub async fn old_tickets(conn: &mut Conn, before: Date) -> Result<u64> {
    let row =
        sqlx::query("SELECT COUNT(*) FROM ticket WHERE day < $1").bind(before.to_string()).fetch_one(conn).await?;
    Ok(u64::try_from(row.int(0)?).unwrap_or(0))
}

/// Deletes some tickets of days before this one, with what was done with them; gives how many.
pub async fn forget_tickets(conn: &mut Conn, before: Date) -> Result<u64> {
    let day = before.to_string();
    let some = format!("SELECT no FROM ticket WHERE day < $1 ORDER BY day, no LIMIT {TICKETS_AT_ONCE}");
    for sql in [
        format!("DELETE FROM ticket_history WHERE ticket IN ({some})"),
        format!("DELETE FROM ticket_case WHERE ticket IN ({some})"),
    ] {
        sqlx::query(AssertSqlSafe(sql)).bind(&day).execute(&mut *conn).await?;
    }
    let gone = sqlx::query(AssertSqlSafe(format!("DELETE FROM ticket WHERE no IN ({some})")));
    let gone = gone.bind(&day).execute(&mut *conn).await?.rows_affected();
    sqlx::query("DELETE FROM ticket_number WHERE day < $1").bind(&day).execute(conn).await?;
    Ok(gone)
}

/// How many half-finished applications were last touched before a moment.
pub async fn old_applications(conn: &mut Conn, before: Timestamp) -> Result<u64> {
    let row = sqlx::query("SELECT COUNT(*) FROM application WHERE at < $1").bind(before.as_microsecond());
    Ok(u64::try_from(row.fetch_one(conn).await?.int(0)?).unwrap_or(0))
}

/// Half-finished applications that were deleted, with whose they were, and the documents whose bytes are to be forgotten.
pub type Unfinished = (Vec<(CitizenId, CaseId)>, Vec<DocumentId>);

/// Deletes some half-finished applications that were last touched before a moment, with the papers that came for them.
pub async fn forget_applications(conn: &mut Conn, before: Timestamp, limit: u16) -> Result<Unfinished> {
    let rows = sqlx::query(
        "SELECT a.case_id, c.id FROM application a JOIN citizen c ON c.no = a.citizen WHERE a.at < $1 ORDER BY a.at LIMIT $2",
    )
    .bind(before.as_microsecond())
    .bind(i64::from(limit))
    .fetch_all(&mut *conn)
    .await?;
    let (mut gone, mut papers) = (Vec::new(), Vec::new());
    for row in rows {
        let (case, citizen) = (CaseId(row.id(0)?), CitizenId(row.id(1)?));
        let homeless =
            sqlx::query("SELECT no, id FROM document WHERE home = $1").bind(case.0).fetch_all(&mut *conn).await?;
        for paper in homeless {
            forget_paper(conn, paper.int(0)?).await?;
            papers.push(DocumentId(paper.id(1)?));
        }
        sqlx::query("DELETE FROM document_use WHERE case_id = $1").bind(case.0).execute(&mut *conn).await?;
        sqlx::query("DELETE FROM application WHERE case_id = $1").bind(case.0).execute(&mut *conn).await?;
        gone.push((citizen, case));
    }
    Ok((gone, papers))
}
