//! The board over the database: reading its table, keeping up with changes by the journal, and the rows that are shown. What does not live
//! here: filtering and counting (`table`), what a person may see (`policy`).

use std::collections::HashMap;

use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::board::BoardRow;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::readiness::Readiness;
use skranke_domain::{LifeSituationId, MunicipalityId, StaffId};
use sqlx::AssertSqlSafe;
use tokio::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::citizens::Profile;
use super::meta::Procedures;
use super::{Conn, NO_DEADLINE, Read, Result, Row, StoreError, cases};
use crate::clock::{from_micros, local};

pub mod table;

use table::{Entry, Table, Words};

/// Closed cases of so many days back are read; the board shows those of the week.
const CLOSED_DAYS: i64 = 8;
/// How much of the journal is kept.
const JOURNAL_KEPT: i64 = 10_000;

const ENTRY: &str = "SELECT f.no, f.received, f.deadline, f.board_column, f.next_step, f.department, f.procedure, s.kind, f.responsible_id,
    f.municipality, f.came_at, f.asked_at, f.attendance, f.closed_at, f.readiness, f.rests_since, f.rests_until
    FROM case_file f LEFT JOIN situation s ON s.id = f.situation";
/// Cases that are newer than any known, and of those that are closed the recent ones.
const NEWER: &str = "WHERE f.no > $1 AND (f.phase <> 'closed' OR f.closed_at >= $2)";
/// Cases that changed since.
const CHANGED: &str = "WHERE f.no IN (SELECT j.case_no FROM board_journal j WHERE j.seq > $1)";
const ENDS: &str = "SELECT (SELECT MAX(no) FROM case_file), (SELECT MAX(seq) FROM board_journal), (SELECT MIN(seq) FROM board_journal)";
const EXTRAS: &str = "SELECT f.no, c.given_name, c.surname, c.profile, s.kind, f.municipality, f.responsible_id, w.initials, f.asked_at,
    (SELECT MIN(l.reminder) FROM letter_item li JOIN letter l ON l.id = li.letter
     WHERE li.case_no = f.no AND l.reminder IS NOT NULL AND l.reminded_at IS NULL AND l.closed_at IS NULL), f.came_at, f.rests_since, f.rests_until, f.responsible_version
    FROM case_file f JOIN citizen c ON c.no = f.citizen LEFT JOIN situation s ON s.id = f.situation
    LEFT JOIN staff w ON w.id = f.responsible_id";

/// The board's table, read when it is first asked for and kept up since.
#[derive(Debug, Default)]
pub struct Board(RwLock<Kept>);

/// The table with how far it has followed.
#[derive(Debug, Default)]
struct Kept {
    table: Table,
    /// The highest number of a case that was looked at.
    newest: i64,
    /// The last line of the journal that was followed; none before the first reading.
    followed: Option<i64>,
}

impl Board {
    /// The table as it stands in the database now.
    pub async fn now(&self, conn: &mut Conn, today: Date) -> Result<RwLockReadGuard<'_, Table>> {
        let mut kept = self.0.write().await;
        kept.follow(conn, today).await?;
        Ok(RwLockReadGuard::map(RwLockWriteGuard::downgrade(kept), |kept| &kept.table))
    }
}

impl Kept {
    async fn follow(&mut self, conn: &mut Conn, today: Date) -> Result<()> {
        let ends = sqlx::query(ENDS).fetch_one(&mut *conn).await?;
        let newest = ends.opt_int(0)?.unwrap_or(0);
        let (last, oldest) = (ends.opt_int(1)?.unwrap_or(0), ends.opt_int(2)?.unwrap_or(0));
        // A journal that was cut behind what was followed, or begun anew, tells too little.
        if self.followed.is_some_and(|followed| followed > last || followed + 1 < oldest) {
            *self = Self::default();
        }
        let followed = self.followed.unwrap_or(last);
        if last > followed {
            let sql = format!("{ENTRY} {CHANGED}");
            let rows = sqlx::query(AssertSqlSafe(sql)).bind(followed).fetch_all(&mut *conn).await?;
            self.take(&rows)?;
        }
        if newest > self.newest {
            let since = today.saturating_sub(jiff::Span::new().days(CLOSED_DAYS));
            let since = crate::clock::instant(since, jiff::civil::Time::midnight()).as_microsecond();
            let sql = format!("{ENTRY} {NEWER}");
            let rows = sqlx::query(AssertSqlSafe(sql)).bind(self.newest).bind(since).fetch_all(&mut *conn).await?;
            self.take(&rows)?;
        }
        self.newest = newest;
        self.followed = Some(last);
        Ok(())
    }

    fn take(&mut self, rows: &[Row]) -> Result<()> {
        for row in rows {
            let entry = entry(row, &mut self.table.words)?;
            self.table.put(entry);
        }
        Ok(())
    }
}

fn entry(row: &Row, words: &mut Words) -> Result<Entry> {
    let day = |at: i64| local(from_micros(at)).date();
    let readiness: Readiness = row.json(14, "readiness")?;
    let received = row.int(1)?;
    Ok(Entry {
        no: row.int(0)?,
        received,
        received_on: day(received),
        deadline: row.date(2)?,
        column: row.word(3, "column")?,
        next_step: row.word(4, "next step")?,
        department: words.learn(&row.text(5)?),
        procedure: words.learn(&row.text(6)?),
        situation: words.learn(row.opt_text(7)?.as_deref().unwrap_or_default()),
        responsible: row.opt_id(8)?,
        municipality: words.learn(&row.text(9)?),
        came: row.opt_int(10)?,
        asked_on: row.opt_int(11)?.map(day),
        attendance_on: row.opt_int(12)?.map(day),
        closed_on: row.opt_int(13)?.map(day),
        open: readiness.open_before_visit + readiness.open_at_visit,
        awaited: readiness.awaiting_citizen,
        rests_until: rest(row, 15)?,
    })
}

/// The last day of a rest: none where a case does not rest, the end of time where it rests until somebody goes on with it.
fn rest(row: &Row, at: usize) -> Result<Option<Date>> {
    match (row.opt_text(at)?, row.opt_text(at + 1)?) {
        (None, _) => Ok(None),
        (Some(_), None) => Ok(Some(NO_DEADLINE)),
        (Some(_), Some(_)) => row.date(at + 1).map(Some),
    }
}

/// Cuts the journal down to what a running service may still want to follow.
pub async fn forget(conn: &mut Conn) -> Result<()> {
    sqlx::query("DELETE FROM board_journal WHERE seq <= (SELECT MAX(seq) FROM board_journal) - $1")
        .bind(JOURNAL_KEPT)
        .execute(conn)
        .await?;
    Ok(())
}

/// Numbers as SQL writes them in a list. They are whole numbers of our own: nothing in them can be anything else.
fn listed(nos: &[i64]) -> String {
    nos.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// Cases as rows of the board, by their numbers.
pub async fn rows(
    conn: &mut Conn,
    procedures: &Procedures,
    nos: &[i64],
    today: Date,
) -> Result<HashMap<i64, BoardRow>> {
    if nos.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("{EXTRAS} WHERE f.no IN ({})", listed(nos));
    let extras = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(&mut *conn).await?;
    let mut cases: HashMap<i64, _> = cases::some(conn, procedures, &listed(nos))
        .await?
        .into_iter()
        .map(|case| (case.no, (case.row, case.received)))
        .collect();
    let mut found = HashMap::new();
    for row in &extras {
        let no = row.int(0)?;
        let Some((case, received)) = cases.remove(&no) else { continue };
        let profile: Profile = row.json(3, "profile")?;
        found.insert(
            no,
            BoardRow {
                case,
                citizen_name: format!("{} {}", row.text(1)?, row.text(2)?),
                language: profile.languages.into_iter().next().unwrap_or_else(|| LanguageCode("da".to_owned())),
                situation_kind: row
                    .opt_text(4)?
                    .map(|kind| LifeSituationId::parse(&kind).map_err(|_| StoreError::Value("life situation")))
                    .transpose()?,
                municipality: MunicipalityId::parse(&row.text(5)?).map_err(|_| StoreError::Value("municipality"))?,
                received: local(received).date(),
                responsible_id: row.opt_id(6)?.map(StaffId),
                initials: row.opt_text(7)?,
                responsible_etag: ETag::of_version(row.int(13)?),
                asked: row.opt_moment(8)?.map(|at| local(at).date()),
                reminder: row.opt_text(9)?.map(|_| row.date(9)).transpose()?,
                came: row.opt_moment(10)?,
                suspended: rest(row, 11)?.is_some_and(|until| until >= today),
            },
        );
    }
    Ok(found)
}

/// The names of everybody who works here.
pub async fn names(conn: &mut Conn) -> Result<HashMap<uuid::Uuid, String>> {
    let rows = sqlx::query("SELECT id, name FROM staff").fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.id(0)?, row.text(1)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use crate::store::Store;

    #[tokio::test]
    async fn no_board_walks_through_all_the_cases_there_ever_were() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut conn = store.read().await.unwrap();
        let statements = [
            format!("{ENTRY} {NEWER}"),
            format!("{ENTRY} {CHANGED}"),
            format!("{EXTRAS} WHERE f.no IN (1, 2)"),
            cases::some_sql("1, 2"),
            ENDS.to_owned(),
        ];
        for sql in statements {
            let rows =
                sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut *conn).await.unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.text(3).unwrap()).collect();
            let scans = |step: &String| step.starts_with("SCAN") && step != "SCAN CONSTANT ROW";
            assert!(!plan.iter().any(scans), "{sql}: {plan:?}");
        }
    }

    #[tokio::test]
    async fn a_journal_that_was_cut_makes_the_table_be_read_anew() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        let add = "INSERT INTO case_file (no, id, number, citizen, procedure, procedure_version, department, phase, board_column, next_step,
            readiness, papers_due, missing, received, deadline, facts, version)
            VALUES ($1, $2, $3, 1, 'passport', 1, 'kff', 'received', 'in_progress', 'decide', $4, 0, '[]', 0, '9999-12-31', '{}', 1)";
        for no in 1..=2_i64 {
            let id = uuid::Uuid::from_u128(u128::from(no.unsigned_abs()));
            let readiness = super::super::to_json(&Readiness::default());
            sqlx::query(add)
                .bind(no)
                .bind(id)
                .bind(format!("KFF-{no}"))
                .bind(readiness)
                .execute(&mut *tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let (board, today) = (Board::default(), Date::constant(2026, 6, 9));
        let mut conn = store.read().await.unwrap();
        assert_eq!(board.now(&mut conn, today).await.unwrap().len(), 2);
        // Many changes, and only the last of them still told.
        for _ in 0..3 {
            sqlx::query("UPDATE case_file SET department = 'buf' WHERE no = 1").execute(&mut *conn).await.unwrap();
        }
        sqlx::query("DELETE FROM board_journal WHERE seq < 3").execute(&mut *conn).await.unwrap();
        sqlx::query("UPDATE board_journal SET case_no = 2").execute(&mut *conn).await.unwrap();
        let table = board.now(&mut conn, today).await.unwrap();
        let who =
            table::Onlooker { person: StaffId(uuid::Uuid::nil()), department: "buf", withheld: &[], today, evening: 0 };
        let filter = skranke_api::board::BoardFilter { scope: skranke_api::board::Scope::Team, ..Default::default() };
        assert_eq!(table.page(who, &filter, None, 9).len(), 1, "the first case moved, though nobody told");
    }
}
