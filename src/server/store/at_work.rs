//! Who works at a site now and how she can be reached, as stored. What does not live here: who says so (`crate::routes::availability`).

use jiff::Timestamp;
use skranke_api::appointments::StaffRef;
use skranke_api::tickets::AtWork;
use skranke_domain::queue::Availability;
use skranke_domain::{CounterId, SiteId, StaffId};
use sqlx::AssertSqlSafe;

use super::{Conn, Read, Result, Row, StoreError, word};

const SELECT: &str =
    "SELECT staff, name, counter, state, since, wants_help, helper, helper_name, site FROM availability";

/// Somebody at work, with where.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The site.
    pub site: SiteId,
    /// As a list shows her.
    pub view: AtWork,
}

fn read(row: &Row) -> Result<Stored> {
    let counter = row.opt_text(2)?.map(|slug| CounterId::parse(&slug).map_err(|_| StoreError::Value("counter")));
    Ok(Stored {
        site: SiteId::parse(&row.text(8)?).map_err(|_| StoreError::Value("site"))?,
        view: AtWork {
            staff: StaffRef { id: StaffId(row.id(0)?), name: row.text(1)? },
            counter: counter.transpose()?,
            availability: row.word(3, "availability")?,
            since: row.moment(4)?,
            wants_help: row.opt_text(5)?,
            helper: row.opt_id(6)?.zip(row.opt_text(7)?).map(|(id, name)| StaffRef { id: StaffId(id), name }),
        },
    })
}

/// Everybody who said something at a site since a moment (the day's beginning), by counter and name.
pub async fn at(conn: &mut Conn, site: &SiteId, since: Timestamp) -> Result<Vec<AtWork>> {
    let sql = format!("{SELECT} WHERE site = $1 AND since >= $2");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(site.as_str()).bind(since.as_microsecond()).fetch_all(conn).await?;
    let mut all = rows.iter().map(|row| Ok(read(row)?.view)).collect::<Result<Vec<AtWork>>>()?;
    all.sort_by(|a, b| {
        (a.counter.is_none(), &a.counter, &a.staff.name).cmp(&(b.counter.is_none(), &b.counter, &b.staff.name))
    });
    Ok(all)
}

/// What somebody said last.
pub async fn of(conn: &mut Conn, staff: StaffId) -> Result<Option<Stored>> {
    let sql = format!("{SELECT} WHERE staff = $1");
    sqlx::query(AssertSqlSafe(sql)).bind(staff.0).fetch_optional(conn).await?.map(|row| read(&row)).transpose()
}

/// Somebody can be reached so from now on. Whether she wants help is another matter and stays.
pub async fn put(
    conn: &mut Conn,
    staff: (StaffId, &str),
    (site, counter): (&SiteId, Option<&CounterId>),
    state: Availability,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO availability (staff, name, site, counter, state, since) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (staff) DO UPDATE SET name = excluded.name, site = excluded.site, counter = excluded.counter, state = excluded.state,
            since = excluded.since",
    )
    .bind(staff.0.0)
    .bind(staff.1.to_owned())
    .bind(site.as_str())
    .bind(counter.map(ToString::to_string))
    .bind(word(&state))
    .bind(now.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Somebody asks for help, or no longer does. Whoever had come has come in vain or done it.
pub async fn want(conn: &mut Conn, staff: StaffId, with: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE availability SET wants_help = $1, helper = NULL, helper_name = NULL WHERE staff = $2")
        .bind(with.map(str::to_owned))
        .bind(staff.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Somebody comes to help a colleague.
pub async fn come(conn: &mut Conn, to: StaffId, helper: (StaffId, &str)) -> Result<()> {
    sqlx::query("UPDATE availability SET helper = $1, helper_name = $2 WHERE staff = $3")
        .bind(helper.0.0)
        .bind(helper.1.to_owned())
        .bind(to.0)
        .execute(conn)
        .await?;
    Ok(())
}
