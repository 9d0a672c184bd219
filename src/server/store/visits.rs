//! What a visit is planned from beside its cases: the citizen's profile, papers approved for other cases, the way to a site, who is reached
//! where, when the guard looks again, what runs out. What does not live here: what follows from it (the domain and the routes).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use skranke_domain::appointment::MessageTo;
use skranke_domain::visit::{ExpiryKind, Held};
use skranke_domain::{
    AppointmentId, CaseId, CitizenId, CitizenText, InterpreterId, ItemId, ProcedureId, SiteId, StaffId,
};

use super::citizens::Profile;
use super::meta::Procedures;
use super::{Conn, Read, Result, StoreError, word};
use crate::clock::{instant, local};

/// A citizen as messages need her.
#[derive(Clone, Debug)]
pub struct Whom {
    /// Her identifier.
    pub id: CitizenId,
    /// Her initials.
    pub initials: String,
    /// What is kept of her.
    pub profile: Profile,
}

/// A citizen by number.
pub async fn whom(conn: &mut Conn, citizen: i64) -> Result<Option<Whom>> {
    let row = sqlx::query("SELECT id, given_name, surname, profile FROM citizen WHERE no = $1")
        .bind(citizen)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let (given, surname) = (row.text(1)?, row.text(2)?);
        let last = surname.rsplit(' ').next().unwrap_or(&surname);
        let initials = [given.as_str(), last].iter().filter_map(|name| name.chars().next()).collect();
        Ok(Whom { id: CitizenId(row.id(0)?), initials, profile: row.json(3, "profile")? })
    })
    .transpose()
}

/// Kinds of paper that were approved for other cases of hers, but not those of withheld departments.
pub async fn held(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    (but, withheld): (&[CaseId], &[&str]),
) -> Result<Vec<Held>> {
    let rows = sqlx::query(
        "SELECT f.id, f.department, f.procedure, f.procedure_version, i.item, i.changed_at FROM case_file f
         JOIN checklist_item i ON i.case_no = f.no WHERE f.citizen = $1 AND i.state = 'approved'",
    )
    .bind(citizen)
    .fetch_all(conn)
    .await?;
    let mut all = Vec::new();
    for row in &rows {
        if but.contains(&CaseId(row.id(0)?)) || withheld.contains(&row.text(1)?.as_str()) {
            continue;
        }
        let procedure = ProcedureId::parse(&row.text(2)?).map_err(|_| StoreError::Value("procedure"))?;
        let version = u32::try_from(row.int(3)?).map_err(|_| StoreError::Value("procedure version"))?;
        let item = ItemId::parse(&row.text(4)?).map_err(|_| StoreError::Value("item"))?;
        let template = procedures.get(&procedure, version).and_then(|p| p.items.iter().find(|t| t.id == item));
        if let (Some(paper), Some(at)) = (template.and_then(|t| t.paper.clone()), row.opt_moment(5)?) {
            all.push(Held { paper, approved: local(at).date() });
        }
    }
    Ok(all)
}

/// Where a site is and how to get there.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its address.
    pub address: String,
    /// How to get there.
    pub way: Option<CitizenText>,
}

/// Where a site is and how to get there, where somebody wrote it down.
pub async fn way(conn: &mut Conn, site: &SiteId) -> Result<Option<Way>> {
    let row = sqlx::query("SELECT address, way FROM site_way WHERE site = $1")
        .bind(site.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        let way = row.opt_text(1)?.map(|text| super::from_json(&text, "way to a site")).transpose()?;
        Ok(Way { address: row.text(0)?, way })
    })
    .transpose()
}

/// The e-mail address of an interpreter or a caseworker.
pub async fn reach(conn: &mut Conn, to: MessageTo, id: &str) -> Result<Option<String>> {
    let row = sqlx::query("SELECT email FROM reach WHERE kind = $1 AND id = $2")
        .bind(word(&to))
        .bind(id)
        .fetch_optional(conn)
        .await?;
    row.map(|row| row.text(0)).transpose()
}

/// Sets when the guard looks at a visit again; none: not any more.
pub async fn set_guard(conn: &mut Conn, appointment_no: i64, at: Option<Timestamp>) -> Result<()> {
    sqlx::query("DELETE FROM visit_guard WHERE appointment = $1").bind(appointment_no).execute(&mut *conn).await?;
    if let Some(at) = at {
        sqlx::query("INSERT INTO visit_guard (appointment, at) VALUES ($1, $2)")
            .bind(appointment_no)
            .bind(at.as_microsecond())
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Visits that the guard looks at now.
pub async fn guards_due(conn: &mut Conn, now: Timestamp, limit: u16) -> Result<Vec<i64>> {
    sqlx::query("SELECT appointment FROM visit_guard WHERE at <= $1 ORDER BY at LIMIT $2")
        .bind(now.as_microsecond())
        .bind(i64::from(limit))
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| row.int(0))
        .collect()
}

/// An appointment's identifier and the language of what is sent, by number.
pub async fn appointment(conn: &mut Conn, no: i64) -> Result<Option<(AppointmentId, Option<String>)>> {
    let row = sqlx::query("SELECT id, language FROM appointment WHERE no = $1").bind(no).fetch_optional(conn).await?;
    row.map(|row| Ok((AppointmentId(row.id(0)?), row.opt_text(1)?))).transpose()
}

/// Something that runs out.
#[derive(Clone, Debug)]
pub struct Expiring {
    /// The citizen's number inside this database.
    pub citizen: i64,
    /// What.
    pub what: ExpiryKind,
    /// The last day it holds.
    pub until: Date,
}

/// What runs out between two days, both included, and was not told yet.
pub async fn expiring(conn: &mut Conn, (from, to): (Date, Date), limit: u16) -> Result<Vec<Expiring>> {
    sqlx::query(
        "SELECT citizen, what, until FROM expiry WHERE told IS NULL AND until >= $1 AND until <= $2 ORDER BY until LIMIT $3",
    )
    .bind(from.to_string())
    .bind(to.to_string())
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?
    .iter()
    .map(|row| Ok(Expiring { citizen: row.int(0)?, what: row.word(1, "what expires")?, until: row.date(2)? }))
    .collect()
}

/// Notes that it was told.
pub async fn told_expiry(conn: &mut Conn, expiring: &Expiring, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE expiry SET told = $1 WHERE citizen = $2 AND what = $3 AND until = $4")
        .bind(at.as_microsecond())
        .bind(expiring.citizen)
        .bind(word(&expiring.what))
        .bind(expiring.until.to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether nobody else has an interpreter's time.
pub async fn interpreter_is_free(
    conn: &mut Conn,
    id: &InterpreterId,
    (start, end): (Timestamp, Timestamp),
) -> Result<bool> {
    let row = sqlx::query(
        "SELECT no FROM appointment WHERE interpreter = $1 AND start_at < $3 AND start_at > $4 AND end_at > $2
         AND status IN ('proposed', 'booked', 'arrived') LIMIT 1",
    )
    .bind(id.as_str())
    .bind(start.as_microsecond())
    .bind(end.as_microsecond())
    // No appointment is longer than half a day, so that the index bounds the look.
    .bind(start.as_microsecond() - 43_200_000_000)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_none())
}

/// The most appointments of a feed.
const MOST_IN_FEED: usize = 2000;

/// A caseworker's appointments in a stretch of time, in order: those with her, and those at a place where she is on duty that day. Cancelled
/// ones too, so that a calendar program takes them away.
pub async fn appointments_of_staff(
    conn: &mut Conn,
    staff: StaffId,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<AppointmentId>> {
    let with = sqlx::query(
        "SELECT id, start_at FROM appointment WHERE with_staff = $1 AND start_at >= $2 AND start_at < $3 AND status <> 'proposed'",
    )
    .bind(staff.0)
    .bind(from.as_microsecond())
    .bind(to.as_microsecond())
    .fetch_all(&mut *conn)
    .await?;
    let mut all = with.iter().map(|row| Ok((row.int(1)?, row.id(0)?))).collect::<Result<Vec<_>>>()?;
    let duty = sqlx::query("SELECT day, counter FROM duty WHERE day >= $1 AND day < $2 AND staff = $3")
        .bind(local(from).date().to_string())
        .bind(local(to).date().to_string())
        .bind(staff.0)
        .fetch_all(&mut *conn)
        .await?;
    for row in &duty {
        let day = row.date(0)?;
        let rows = sqlx::query(
            "SELECT id, start_at FROM appointment WHERE counter = $1 AND start_at >= $2 AND start_at < $3 AND status <> 'proposed'
             AND (with_staff IS NULL OR with_staff = $4)",
        )
        .bind(row.text(1)?)
        .bind(instant(day, Time::midnight()).as_microsecond())
        .bind(instant(day.tomorrow().unwrap_or(day), Time::midnight()).as_microsecond())
        .bind(staff.0)
        .fetch_all(&mut *conn)
        .await?;
        for row in &rows {
            all.push((row.int(1)?, row.id(0)?));
        }
    }
    all.sort_unstable();
    all.dedup();
    all.truncate(MOST_IN_FEED);
    Ok(all.into_iter().map(|(_, id)| AppointmentId(id)).collect())
}
