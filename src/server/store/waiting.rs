//! Who waits for an earlier time, as it is stored, and the secrets of calendar feeds. What does not live here: who fits a free time (the
//! route ranks), what a feed shows.

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::visits::{WaitingRequest, WaitingView};
use skranke_domain::appointment::WaitingState;
use skranke_domain::checklist::Due;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::visit::blocks;
use skranke_domain::{AppointmentId, CitizenId, DepartmentId, SiteId, StaffId, WaitingId};
use sqlx::AssertSqlSafe;

use super::citizens::short_name;
use super::meta::Procedures;
use super::{Conn, Read, Result, Row, StoreError, cases, items, word};

/// A wish as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// As the window shows it, without withheld cases.
    pub view: WaitingView,
    /// The departments of its cases that are shown.
    pub departments: Vec<DepartmentId>,
    /// Papers due before the visit that are open, and do not block alone.
    pub open: u16,
    /// Some of its cases are withheld.
    pub hides: bool,
}

const COLUMNS: &str = "w.no, w.id, c.id, a.id, w.minutes, w.people, w.language, w.before, w.state, w.since, w.version, c.given_name, c.surname,
    a.start_at, a.status";
const FROM: &str = "FROM waiting w JOIN citizen c ON c.no = w.citizen LEFT JOIN appointment a ON a.no = w.appointment";

/// Reads a wish; none where all its cases are withheld.
async fn read(conn: &mut Conn, row: &Row, procedures: &Procedures, withheld: &[&str]) -> Result<Option<Stored>> {
    let no = row.int(0)?;
    let mut wish = WaitingRequest {
        id: WaitingId(row.id(1)?),
        citizen: CitizenId(row.id(2)?),
        appointment: row.opt_id(3)?.map(AppointmentId),
        cases: Vec::new(),
        minutes: row.count(4)?,
        people: row.count(5)?,
        language: row.opt_text(6)?.map(LanguageCode),
        sites: Vec::new(),
        before: row.date(7)?,
    };
    let sites = sqlx::query("SELECT site FROM waiting_site WHERE waiting = $1 ORDER BY rank").bind(no);
    for site in sites.fetch_all(&mut *conn).await? {
        wish.sites.push(SiteId::parse(&site.text(0)?).map_err(|_| StoreError::Value("site"))?);
    }
    let nos = sqlx::query("SELECT case_no FROM waiting_case WHERE waiting = $1 ORDER BY rank").bind(no);
    let nos = nos.fetch_all(&mut *conn).await?.iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?;
    let (mut title, mut blocking, mut open, mut hides) = (None, 0_u16, 0_u16, false);
    let mut departments: Vec<DepartmentId> = Vec::new();
    for no in nos {
        let Some(case) = cases::by_no(conn, procedures, no).await? else { continue };
        if withheld.contains(&case.row.department.as_str()) {
            hides = true;
            continue;
        }
        for item in items::of_case(conn, no).await? {
            let template = case.procedure.items.iter().find(|t| t.id == item.id);
            let Some(template) = template.filter(|t| t.due == Due::BeforeVisit) else { continue };
            if item.state.awaits_citizen() && !template.supplied_by.is_office() {
                open += 1;
                blocking += u16::from(blocks(template));
            }
        }
        wish.cases.push(case.row.id);
        title.get_or_insert(case.row.title);
        departments.push(case.row.department);
    }
    if wish.cases.is_empty() {
        return Ok(None);
    }
    let takes_time = row.opt_text(14)?.is_some_and(|status| matches!(status.as_str(), "booked" | "proposed"));
    Ok(Some(Stored {
        no,
        open,
        hides,
        departments,
        view: WaitingView {
            wish,
            citizen_short: short_name(&row.text(11)?, &row.text(12)?),
            title,
            has: row.opt_moment(13)?.filter(|_| takes_time),
            blocking,
            state: row.word(8, "state of a wish")?,
            since: row.moment(9)?,
            etag: ETag::of_version(row.int(10)?),
        },
    }))
}

async fn read_all(conn: &mut Conn, rows: &[Row], procedures: &Procedures, withheld: &[&str]) -> Result<Vec<Stored>> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.extend(read(conn, row, procedures, withheld).await?);
    }
    Ok(all)
}

/// One wish.
pub async fn one(conn: &mut Conn, procedures: &Procedures, id: WaitingId, withheld: &[&str]) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE w.id = $1");
    match sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *conn).await? {
        Some(row) => read(conn, &row, procedures, withheld).await,
        None => Ok(None),
    }
}

/// Whether a wish is there at all, whoever may see it.
pub async fn exists(conn: &mut Conn, id: WaitingId) -> Result<bool> {
    Ok(sqlx::query("SELECT no FROM waiting WHERE id = $1").bind(id.0).fetch_optional(conn).await?.is_some())
}

/// The most wishes of a list.
const MOST: u16 = 200;

/// Who waits at a site, the longest first.
pub async fn at_site(
    conn: &mut Conn,
    procedures: &Procedures,
    site: &SiteId,
    withheld: &[&str],
) -> Result<Vec<Stored>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} JOIN waiting_site s ON s.waiting = w.no WHERE s.site = $1 AND s.open = 1 ORDER BY w.since, w.no LIMIT {MOST}"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(site.as_str()).fetch_all(&mut *conn).await?;
    read_all(conn, &rows, procedures, withheld).await
}

/// A citizen's wishes, the last first.
pub async fn of_citizen(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    withheld: &[&str],
) -> Result<Vec<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE w.citizen = $1 ORDER BY w.no DESC LIMIT {MOST}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(citizen).fetch_all(&mut *conn).await?;
    read_all(conn, &rows, procedures, withheld).await
}

/// A wish to keep.
#[derive(Clone, Debug)]
pub struct NewWish<'a> {
    /// What is wished.
    pub wish: &'a WaitingRequest,
    /// The citizen's number inside this database.
    pub citizen: i64,
    /// The number of the time she has.
    pub appointment: Option<i64>,
    /// Its cases' numbers.
    pub cases: &'a [i64],
    /// Since when she waits.
    pub since: Timestamp,
}

/// Keeps a wish.
pub async fn add(conn: &mut Conn, new: &NewWish<'_>) -> Result<()> {
    let wish = new.wish;
    let row = sqlx::query(
        "INSERT INTO waiting (id, citizen, appointment, minutes, people, language, before, state, since, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) RETURNING no",
    )
    .bind(wish.id.0)
    .bind(new.citizen)
    .bind(new.appointment)
    .bind(i64::from(wish.minutes))
    .bind(i64::from(wish.people))
    .bind(wish.language.as_ref().map(|language| language.0.clone()))
    .bind(wish.before.to_string())
    .bind(word(&WaitingState::Waiting))
    .bind(new.since.as_microsecond())
    .fetch_one(&mut *conn)
    .await?;
    let no = row.int(0)?;
    for (rank, site) in (0_i64..).zip(&wish.sites) {
        sqlx::query("INSERT INTO waiting_site (site, waiting, rank, open) VALUES ($1, $2, $3, 1)")
            .bind(site.as_str())
            .bind(no)
            .bind(rank)
            .execute(&mut *conn)
            .await?;
    }
    for (rank, case) in (0_i64..).zip(new.cases) {
        sqlx::query("INSERT INTO waiting_case (waiting, rank, case_no) VALUES ($1, $2, $3)")
            .bind(no)
            .bind(rank)
            .bind(*case)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// Ends a wish.
pub async fn end(conn: &mut Conn, no: i64, state: WaitingState) -> Result<()> {
    sqlx::query("UPDATE waiting SET state = $1, version = version + 1 WHERE no = $2")
        .bind(word(&state))
        .bind(no)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE waiting_site SET open = 0 WHERE waiting = $1").bind(no).execute(conn).await?;
    Ok(())
}

/// A time that was taken.
#[derive(Clone, Debug)]
pub struct Taken<'a> {
    /// The citizen's number inside this database.
    pub citizen: i64,
    /// The appointments that it stands for: itself where it was moved, or the one it replaces.
    pub stands_for: &'a [AppointmentId],
    /// Its cases' numbers.
    pub cases: &'a [i64],
    /// Its day.
    pub day: Date,
}

/// Ends the wishes that an earlier time meets: of the time it stands for, or of one of its cases where she had no time. Gives them.
pub async fn taken(conn: &mut Conn, taken: &Taken<'_>) -> Result<Vec<(WaitingId, ETag)>> {
    let rows = sqlx::query(
        "SELECT w.no, w.id, a.id, w.before, w.version FROM waiting w LEFT JOIN appointment a ON a.no = w.appointment
         WHERE w.citizen = $1 AND w.state = 'waiting'",
    )
    .bind(taken.citizen)
    .fetch_all(&mut *conn)
    .await?;
    let mut met = Vec::new();
    for row in &rows {
        let no = row.int(0)?;
        let is_hers = match row.opt_id(2)?.map(AppointmentId) {
            Some(had) => taken.stands_for.contains(&had),
            None => {
                let nos = sqlx::query("SELECT case_no FROM waiting_case WHERE waiting = $1").bind(no);
                let nos = nos.fetch_all(&mut *conn).await?;
                nos.iter().map(|row| row.int(0)).collect::<Result<Vec<_>>>()?.iter().any(|c| taken.cases.contains(c))
            }
        };
        if is_hers && taken.day < row.date(3)? {
            end(conn, no, WaitingState::Taken).await?;
            met.push((WaitingId(row.id(1)?), ETag::of_version(row.int(4)? + 1)));
        }
    }
    Ok(met)
}

/// Makes a feed's secret the one that opens it; the one before opens nothing any more.
pub async fn set_feed(conn: &mut Conn, staff: StaffId, secret: &[u8; 32], now: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO feed (staff, secret, made) VALUES ($1, $2, $3)
         ON CONFLICT (staff) DO UPDATE SET secret = excluded.secret, made = excluded.made",
    )
    .bind(staff.0)
    .bind(secret.to_vec())
    .bind(now.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Whose feed a secret opens, by the secret's hash.
pub async fn feed(conn: &mut Conn, secret: &[u8; 32]) -> Result<Option<StaffId>> {
    let row =
        sqlx::query("SELECT staff FROM feed WHERE secret = $1").bind(secret.to_vec()).fetch_optional(conn).await?;
    row.map(|row| row.id(0).map(StaffId)).transpose()
}
