//! Glasses that were broken: one department about one citizen, open to one person for a while. What does not live here: who may break one
//! (`routes::break_glass`), what it opens (`crate::policy`).

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::access::{BreakGlassRequest, BreakGlassView, Review, ReviewRequest};
use skranke_domain::{BreakGlassId, CitizenId, DepartmentId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, word};

const SELECT: &str = "SELECT g.id, g.version, g.staff, g.staff_name, g.citizen, c.given_name, c.surname, g.department, g.reason, g.basis, g.at,
    g.open_until, g.finding, g.finding_note, g.reviewed_by, g.reviewed_at FROM break_glass g JOIN citizen c ON c.id = g.citizen";

/// The most glasses that are listed at once.
const MOST: i64 = 200;

/// A glass that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub id: BreakGlassId,
    /// About whom.
    pub citizen: CitizenId,
    /// What it opens.
    pub department: DepartmentId,
}

fn department(text: &str) -> Result<DepartmentId> {
    DepartmentId::parse(text).map_err(|_| StoreError::Value("department"))
}

/// The glasses that are open to somebody now. They are asked for before anything is looked up, so that asking says nothing.
pub async fn open(conn: &mut Conn, staff: StaffId, now: Timestamp) -> Result<Vec<Open>> {
    let rows = sqlx::query(
        "SELECT id, citizen, department FROM break_glass WHERE staff = $1 AND open_until > $2 ORDER BY no DESC",
    )
    .bind(staff.0)
    .bind(now.as_microsecond())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let (id, citizen) = (BreakGlassId(row.id(0)?), CitizenId(row.id(1)?));
            Ok(Open { id, citizen, department: department(&row.text(2)?)? })
        })
        .collect()
}

/// A glass that is broken now.
#[derive(Clone, Copy, Debug)]
pub struct Broken<'a> {
    /// What was asked.
    pub request: &'a BreakGlassRequest,
    /// About whom.
    pub citizen: CitizenId,
    /// By whom.
    pub by: (StaffId, &'a str),
    /// When.
    pub at: Timestamp,
    /// Until when it is open.
    pub until: Timestamp,
}

/// Keeps a glass that is broken.
///
/// # Errors
/// A conflict where its identifier is taken.
pub async fn add(conn: &mut Conn, new: &Broken<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO break_glass (id, staff, staff_name, citizen, department, reason, basis, at, open_until, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
    )
    .bind(new.request.id.0)
    .bind(new.by.0.0)
    .bind(new.by.1)
    .bind(new.citizen.0)
    .bind(new.request.department.as_str())
    .bind(new.request.reason.trim())
    .bind(word(&new.request.basis))
    .bind(new.at.as_microsecond())
    .bind(new.until.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// One glass.
pub async fn one(conn: &mut Conn, id: BreakGlassId) -> Result<Option<BreakGlassView>> {
    let sql = format!("{SELECT} WHERE g.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *conn).await?;
    let Some(mut view) = row.as_ref().map(read).transpose()? else { return Ok(None) };
    view.looks = looks(conn, &view).await?;
    Ok(Some(view))
}

/// The glasses that were broken: those that nobody reviewed first, then the newest.
pub async fn all(conn: &mut Conn) -> Result<Vec<BreakGlassView>> {
    let mut found = Vec::new();
    for which in ["IS NULL", "IS NOT NULL"] {
        let sql = format!("{SELECT} WHERE g.finding {which} ORDER BY g.no DESC LIMIT $1");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(MOST).fetch_all(&mut *conn).await?;
        found.extend(rows.iter().map(read).collect::<Result<Vec<_>>>()?);
    }
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    for view in &mut found {
        view.looks = looks(conn, view).await?;
    }
    Ok(found)
}

/// How many look-ups the log holds under a glass; none of them lies outside the citizen's own part of the log.
async fn looks(conn: &mut Conn, view: &BreakGlassView) -> Result<u32> {
    let row = sqlx::query(
        "SELECT COUNT(*) FROM audit WHERE citizen = $1 AND staff = $2 AND at BETWEEN $3 AND $4 AND outcome = 'done' AND note LIKE $5",
    )
    .bind(view.citizen.0)
    .bind(view.staff.0)
    .bind(view.at.as_microsecond())
    .bind(view.until.as_microsecond())
    .bind(format!("{}%", crate::audit::through(view.id)))
    .fetch_one(conn)
    .await?;
    u32::try_from(row.int(0)?).map_err(|_| StoreError::Value("count"))
}

/// Keeps a review.
pub async fn review(
    conn: &mut Conn,
    id: BreakGlassId,
    request: &ReviewRequest,
    by: StaffId,
    at: Timestamp,
) -> Result<()> {
    sqlx::query(
        "UPDATE break_glass SET finding = $1, finding_note = $2, reviewed_by = $3, reviewed_at = $4, version = version + 1 WHERE id = $5",
    )
    .bind(word(&request.finding))
    .bind(request.note.as_deref().map(str::trim).filter(|note| !note.is_empty()))
    .bind(by.0)
    .bind(at.as_microsecond())
    .bind(id.0)
    .execute(conn)
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<BreakGlassView> {
    let review = match (row.opt_word(12, "finding")?, row.opt_id(14)?, row.opt_moment(15)?) {
        (Some(finding), Some(by), Some(at)) => Some(Review { finding, note: row.opt_text(13)?, by: StaffId(by), at }),
        _ => None,
    };
    Ok(BreakGlassView {
        id: BreakGlassId(row.id(0)?),
        etag: ETag::of_version(row.int(1)?),
        staff: StaffId(row.id(2)?),
        staff_name: row.text(3)?,
        citizen: CitizenId(row.id(4)?),
        citizen_name: format!("{} {}", row.text(5)?, row.text(6)?),
        department: department(&row.text(7)?)?,
        reason: row.text(8)?,
        basis: row.word(9, "legal basis")?,
        at: row.moment(10)?,
        until: row.moment(11)?,
        looks: 0,
        review,
    })
}
