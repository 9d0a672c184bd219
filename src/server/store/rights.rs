//! Who may what and until when, as it is remembered, the role of the day, and who of the staff is a citizen here too. What does not live here:
//! what follows from a right (`crate::policy`), where a claim comes from (`crate::auth`).

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::access::StaffRights;
use skranke_api::me::Me;
use skranke_domain::access::Tie;
use skranke_domain::authority::{Authority, Role};
use skranke_domain::cpr::Cpr;
use skranke_domain::{CitizenId, DepartmentId, StaffId};

use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// The most of the staff that are listed at once: more work in no municipality's citizen service.
const MOST: i64 = 2000;

/// What is known of somebody's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfToday {
    /// The roles and authorities that the office keeps itself; none where a sign-in says them.
    pub kept: Option<(Vec<Role>, Vec<Authority>)>,
    /// The role she took for the day.
    pub taken: Option<Role>,
}

/// What is known of somebody's day; none where it is nothing.
pub async fn of_today(conn: &mut Conn, staff: StaffId, day: Date) -> Result<Option<OfToday>> {
    let row = sqlx::query(
        "SELECT r.roles, r.authorities, d.role FROM (SELECT $1 AS staff) me
         LEFT JOIN staff_rights r ON r.staff = me.staff AND r.claimed_at IS NULL
         LEFT JOIN role_of_day d ON d.staff = me.staff AND d.day = $2",
    )
    .bind(staff.0)
    .bind(day.to_string())
    .fetch_one(conn)
    .await?;
    let kept = match row.opt_text(0)? {
        Some(_) => Some((row.json(0, "roles")?, row.json(1, "authorities")?)),
        None => None,
    };
    let known = OfToday { kept, taken: row.opt_word(2, "role")? };
    Ok((known != OfToday::default()).then_some(known))
}

/// Remembers what a sign-in claims about somebody, so that the team leader sees it too.
pub async fn remember(conn: &mut Conn, me: &Me, at: Timestamp) -> Result<()> {
    put(conn, me, Some(at)).await
}

/// Keeps what somebody may where no sign-in says so: the training municipality. What a sign-in claimed stays.
pub async fn keep(conn: &mut Conn, me: &Me) -> Result<()> {
    put(conn, me, None).await
}

async fn put(conn: &mut Conn, me: &Me, claimed: Option<Timestamp>) -> Result<()> {
    sqlx::query(
        "INSERT INTO staff_rights (staff, name, department, role, roles, authorities, claimed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (staff) DO UPDATE SET name = excluded.name, department = excluded.department, role = excluded.role,
            roles = excluded.roles, authorities = excluded.authorities, claimed_at = excluded.claimed_at
         WHERE excluded.claimed_at IS NOT NULL OR staff_rights.claimed_at IS NULL",
    )
    .bind(me.id.0)
    .bind(&me.name)
    .bind(me.department.as_str())
    .bind(word(&me.role))
    .bind(to_json(&me.roles))
    .bind(to_json(&me.authorities))
    .bind(claimed.map(Timestamp::as_microsecond))
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes a role for a day.
pub async fn take(conn: &mut Conn, staff: StaffId, day: Date, role: Role, at: Timestamp) -> Result<()> {
    sqlx::query(
        "INSERT INTO role_of_day (staff, day, role, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (staff, day) DO UPDATE SET role = excluded.role, at = excluded.at",
    )
    .bind(staff.0)
    .bind(day.to_string())
    .bind(word(&role))
    .bind(at.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Who may what: whose authority ends soonest first, then by name. What ended already does not end any more.
pub async fn all(conn: &mut Conn, day: Date) -> Result<Vec<StaffRights>> {
    let rows = sqlx::query(
        "SELECT r.staff, r.name, r.department, COALESCE(d.role, r.role), r.roles, r.authorities, r.claimed_at FROM staff_rights r
         LEFT JOIN role_of_day d ON d.staff = r.staff AND d.day = $1 ORDER BY r.name LIMIT $2",
    )
    .bind(day.to_string())
    .bind(MOST)
    .fetch_all(conn)
    .await?;
    let mut all = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    let ends = |rights: &StaffRights| {
        let next = rights.authorities.iter().filter_map(|a| a.until).filter(|until| *until >= day).min();
        (next.is_none(), next)
    };
    all.sort_by_cached_key(ends);
    Ok(all)
}

fn read(row: &Row) -> Result<StaffRights> {
    Ok(StaffRights {
        staff: StaffId(row.id(0)?),
        name: row.text(1)?,
        department: DepartmentId::parse(&row.text(2)?).map_err(|_| StoreError::Value("department"))?,
        role: row.word(3, "role")?,
        roles: row.json(4, "roles")?,
        authorities: row.json(5, "authorities")?,
        claimed_at: row.opt_moment(6)?,
    })
}

/// The citizen who has a number; she with the current one, where it is a former one. Nobody where several have it, so that none of them is
/// taken for another.
pub async fn citizen_by_cpr(conn: &mut Conn, cpr: Cpr) -> Result<Option<CitizenId>> {
    let rows = sqlx::query(
        "SELECT DISTINCT COALESCE(now.id, c.id) FROM citizen c LEFT JOIN citizen now ON now.no = c.current WHERE c.cpr = $1 LIMIT 2",
    )
    .bind(cpr.digits())
    .fetch_all(conn)
    .await?;
    match rows.as_slice() {
        [one] => Ok(Some(CitizenId(one.id(0)?))),
        _ => Ok(None),
    }
}

/// The citizen who has an identifier; she with the current number, where it is of a former one.
pub async fn citizen_by_id(conn: &mut Conn, id: CitizenId) -> Result<Option<CitizenId>> {
    let row = sqlx::query(
        "SELECT COALESCE(now.id, c.id) FROM citizen c LEFT JOIN citizen now ON now.no = c.current WHERE c.id = $1",
    )
    .bind(id.0)
    .fetch_optional(conn)
    .await?;
    row.map(|row| Ok(CitizenId(row.id(0)?))).transpose()
}

/// Keeps which citizen somebody of the staff is, as her newest sign-in says; none: nobody here.
pub async fn link(conn: &mut Conn, staff: StaffId, citizen: Option<CitizenId>) -> Result<()> {
    sqlx::query("UPDATE staff SET citizen = $1 WHERE id = $2")
        .bind(citizen.map(|citizen| citizen.0))
        .bind(staff.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// What ties somebody of the staff to a citizen, the nearest tie first.
pub async fn tie(conn: &mut Conn, staff: StaffId, (id, no): (CitizenId, i64)) -> Result<Option<Tie>> {
    let row = sqlx::query(
        "SELECT EXISTS (SELECT 1 FROM staff WHERE id = $1 AND citizen = $2),
                EXISTS (SELECT 1 FROM staff s JOIN citizen me ON me.id = s.citizen JOIN relation r ON r.citizen = me.no
                        WHERE s.id = $1 AND r.other = $3),
                EXISTS (SELECT 1 FROM staff WHERE citizen = $2)",
    )
    .bind(staff.0)
    .bind(id.0)
    .bind(no)
    .fetch_one(conn)
    .await?;
    for (at, tie) in [Tie::Own, Tie::Relative, Tie::Colleague].into_iter().enumerate() {
        if row.int(at)? != 0 {
            return Ok(Some(tie));
        }
    }
    Ok(None)
}
