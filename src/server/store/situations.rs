//! Life situations as they are stored, what became of what follows, what happened to somebody, and the benefits she gets. What lives here:
//! reading and writing. What does not: question trees (the catalogue), who sees which situation (`routes::situations`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::overview::Benefit;
use skranke_domain::life_situation::{Answers, Follow, Happening};
use skranke_domain::{DepartmentId, FollowOnId, LifeSituationId, SituationId, StaffId};

use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// A situation as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its identifier.
    pub id: SituationId,
    /// Its citizen's number inside this database.
    pub citizen: i64,
    /// Its kind.
    pub kind: LifeSituationId,
    /// Since when, or planned for when.
    pub since: Date,
    /// Who holds it together.
    pub coordinator: Option<String>,
    /// Who opened or declined it; none for what departments reported.
    pub opened: Option<Opened>,
    /// Nothing more follows.
    pub closed: bool,
    /// Why it was declined; none when it was opened.
    pub declined: Option<String>,
    /// The answers given so far.
    pub answers: Answers,
    /// Its version.
    pub version: i64,
}

/// Who opened a situation, and when.
#[derive(Clone, Debug)]
pub struct Opened {
    /// By name.
    pub by: String,
    /// Whose clerk that is.
    pub department: DepartmentId,
    /// When.
    pub at: Timestamp,
}

impl Stored {
    /// Its version as a tag.
    #[must_use]
    pub fn etag(&self) -> ETag {
        ETag::of_version(self.version)
    }
}

const COLUMNS: &str =
    "id, citizen, kind, since, coordinator, opened_by_name, department, at, closed, declined, answers, version";

fn read(row: &Row) -> Result<Stored> {
    let department =
        row.opt_text(6)?.map(|d| DepartmentId::parse(&d).map_err(|_| StoreError::Value("department"))).transpose()?;
    let opened = match (row.opt_text(5)?, department, row.opt_moment(7)?) {
        (Some(by), Some(department), Some(at)) => Some(Opened { by, department, at }),
        _ => None,
    };
    Ok(Stored {
        id: SituationId(row.id(0)?),
        citizen: row.int(1)?,
        kind: LifeSituationId::parse(&row.text(2)?).map_err(|_| StoreError::Value("life situation"))?,
        since: row.date(3)?,
        coordinator: row.opt_text(4)?,
        opened,
        closed: row.int(8)? != 0,
        declined: row.opt_text(9)?,
        answers: row.json(10, "answers")?,
        version: row.int(11)?,
    })
}

/// One situation, declined or not.
pub async fn one(conn: &mut Conn, id: SituationId) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} FROM situation WHERE id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.0).fetch_optional(conn).await?;
    row.as_ref().map(read).transpose()
}

/// All of a citizen's situations: open ones first, then the newest day first. Declined ones are among them.
pub async fn of_citizen(conn: &mut Conn, citizen: i64) -> Result<Vec<Stored>> {
    let sql = format!("SELECT {COLUMNS} FROM situation WHERE citizen = $1 ORDER BY closed, since DESC, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(citizen).fetch_all(conn).await?;
    rows.iter().map(read).collect()
}

/// A situation to open, or a proposed one to decline.
#[derive(Clone, Debug)]
pub struct NewSituation<'a> {
    /// Its identifier.
    pub id: SituationId,
    /// Its citizen's number inside this database.
    pub citizen: i64,
    /// Its kind.
    pub kind: &'a LifeSituationId,
    /// Since when, or planned for when.
    pub since: Date,
    /// What proposed it.
    pub happening: Option<Happening>,
    /// Why it is declined.
    pub declined: Option<&'a str>,
    /// The answers that are known already.
    pub answers: &'a Answers,
    /// Who opens it: identifier, name, department.
    pub by: (StaffId, &'a str, &'a DepartmentId),
    /// When.
    pub at: Timestamp,
}

/// Opens a situation, or notes that a proposed one was declined.
pub async fn add(conn: &mut Conn, new: &NewSituation<'_>) -> Result<()> {
    let (by, name, department) = new.by;
    sqlx::query(
        "INSERT INTO situation (id, citizen, kind, since, opened_by, opened_by_name, department, at, closed, answers, happening, declined, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)",
    )
    .bind(new.id.0)
    .bind(new.citizen)
    .bind(new.kind.as_str())
    .bind(new.since.to_string())
    .bind(by.0)
    .bind(name)
    .bind(department.as_str())
    .bind(new.at.as_microsecond())
    .bind(i64::from(new.declined.is_some()))
    .bind(to_json(new.answers))
    .bind(new.happening.as_ref().map(word))
    .bind(new.declined.map(str::to_owned))
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes a situation's answers and whether it is closed, and raises its version.
pub async fn save(conn: &mut Conn, situation: &Stored) -> Result<()> {
    sqlx::query("UPDATE situation SET answers = $1, closed = $2, version = version + 1 WHERE id = $3")
        .bind(to_json(&situation.answers))
        .bind(i64::from(situation.closed))
        .bind(situation.id.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// What became of something that follows, as stored.
#[derive(Clone, Debug)]
pub struct Followed {
    /// Which.
    pub follow: FollowOnId,
    /// Dismissed or started.
    pub state: Follow,
    /// Why it was dismissed.
    pub reason: Option<String>,
    /// The case that was started, by its number inside this database.
    pub case_no: Option<i64>,
    /// Who, by name.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// What became of what follows from a situation.
pub async fn follows(conn: &mut Conn, situation: SituationId) -> Result<Vec<Followed>> {
    sqlx::query(
        "SELECT follow, state, reason, case_no, by_name, at FROM situation_follow WHERE situation = $1 ORDER BY at, follow",
    )
    .bind(situation.0)
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Followed {
            follow: FollowOnId::parse(&row.text(0)?).map_err(|_| StoreError::Value("follow-on"))?,
            state: row.word(1, "follow-on state")?,
            reason: row.opt_text(2)?,
            case_no: row.opt_int(3)?,
            by: row.opt_text(4)?,
            at: row.moment(5)?,
        })
    })
    .collect()
}

/// Notes what became of something that follows.
pub async fn follow(conn: &mut Conn, situation: SituationId, by: (StaffId, &str), what: &Followed) -> Result<()> {
    sqlx::query(
        "INSERT INTO situation_follow (situation, follow, state, reason, case_no, by_id, by_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (situation, follow, state) DO UPDATE SET reason = excluded.reason, case_no = excluded.case_no,
                by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at",
    )
    .bind(situation.0)
    .bind(what.follow.as_str())
    .bind(word(&what.state))
    .bind(what.reason.clone())
    .bind(what.case_no)
    .bind(by.0.0)
    .bind(by.1)
    .bind(what.at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a dismissal back.
pub async fn reopen(conn: &mut Conn, situation: SituationId, follow: &FollowOnId) -> Result<()> {
    sqlx::query("DELETE FROM situation_follow WHERE situation = $1 AND follow = $2 AND state = $3")
        .bind(situation.0)
        .bind(follow.as_str())
        .bind(word(&Follow::Dismissed))
        .execute(conn)
        .await?;
    Ok(())
}

/// What happened to somebody from a day on, newest first.
pub async fn happenings(conn: &mut Conn, citizen: i64, from: Date) -> Result<Vec<(Happening, Date)>> {
    sqlx::query("SELECT kind, day FROM happening WHERE citizen = $1 AND day >= $2 ORDER BY day DESC, no DESC")
        .bind(citizen)
        .bind(from.to_string())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| Ok((row.word(0, "happening")?, row.date(1)?)))
        .collect()
}

/// What a department pays somebody.
pub async fn benefits(conn: &mut Conn, citizen: i64, department: &DepartmentId) -> Result<Vec<Benefit>> {
    let date = |row: &Row, at| row.opt_text(at)?.map(|d| d.parse().map_err(|_| StoreError::Value("date"))).transpose();
    sqlx::query(
        "SELECT title, since, until, income_dependent FROM benefit WHERE citizen = $1 AND department = $2 ORDER BY no",
    )
    .bind(citizen)
    .bind(department.as_str())
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| {
        Ok(Benefit {
            title: row.json(0, "benefit")?,
            since: date(row, 1)?,
            until: date(row, 2)?,
            income_dependent: row.int(3)? != 0,
        })
    })
    .collect()
}
