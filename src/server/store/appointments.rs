//! Appointments, blocks, and the five-minute cells that both own. What lives here: reading, booking, freeing. What does not: opening
//! hours and free times (see `crate::routes::slots`), which states follow on which.

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::appointments::{Appointment, Block, Papers, Site};
use skranke_domain::appointment::{AppointmentReadiness, AppointmentStatus, BlockKind, CELL_MINUTES};
use skranke_domain::readiness::Readiness;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, Localized, ProcedureId, SiteId};
use sqlx::AssertSqlSafe;

use super::citizens::short_name;
use super::meta::Procedures;
use super::{Conn, Read, Result, Row, StoreError, bulk, word};

/// A cell in microseconds.
pub const CELL_MICROS: i64 = CELL_MINUTES as i64 * 60_000_000;

/// The cells of a stretch of time whose ends lie on five-minute marks.
pub fn cells(start: Timestamp, end: Timestamp) -> std::ops::Range<i64> {
    start.as_microsecond().div_euclid(CELL_MICROS)..end.as_microsecond().div_euclid(CELL_MICROS)
}

/// An appointment with its number inside this database.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// Its citizen's number inside this database.
    pub citizen_no: i64,
    /// As the window shows it.
    pub view: Appointment,
    /// All its cases by number, also those that the person may not see.
    pub case_nos: Vec<i64>,
}

/// What a person may see of an appointment's cases.
#[derive(Clone, Copy, Debug)]
pub enum Cases {
    /// All but those of withheld departments.
    Except(&'static [&'static str]),
    /// Who comes and when, not what for.
    Hidden,
}

const COLUMNS: &str = "a.no, a.id, a.citizen, c.id, c.given_name, c.surname, a.counter, a.start_at, a.end_at, a.people, a.status, a.version, k.site";
const FROM: &str = "FROM appointment a JOIN citizen c ON c.no = a.citizen JOIN counter k ON k.id = a.counter";

async fn read(conn: &mut Conn, row: &Row, procedures: &Procedures, see: Cases) -> Result<Stored> {
    let no = row.int(0)?;
    let mut view = Appointment {
        id: AppointmentId(row.id(1)?),
        citizen: CitizenId(row.id(3)?),
        citizen_short: short_name(&row.text(4)?, &row.text(5)?),
        cases: Vec::new(),
        title: None,
        site: SiteId::parse(&row.text(12)?).map_err(|_| StoreError::Value("site"))?,
        counter: CounterId::parse(&row.text(6)?).map_err(|_| StoreError::Value("counter"))?,
        start: row.moment(7)?,
        end: row.moment(8)?,
        people: row.count(9)?,
        status: row.word(10, "appointment status")?,
        papers: Papers { due: 0, open: 0 },
        etag: ETag::of_version(row.int(11)?),
        readiness: AppointmentReadiness::Ready,
        with: None,
        interpreter: None,
        arrived: None,
        expires: None,
        replaces: None,
        conflict: false,
        told: Vec::new(),
    };
    let mut case_nos = Vec::new();
    let cases = sqlx::query(
        "SELECT f.no, f.id, f.procedure, f.procedure_version, f.readiness, f.department, f.papers_due FROM appointment_case ac
         JOIN case_file f ON f.no = ac.case_no WHERE ac.appointment = $1 ORDER BY ac.rank",
    )
    .bind(no)
    .fetch_all(conn)
    .await?;
    for case in &cases {
        case_nos.push(case.int(0)?);
        let Cases::Except(withheld) = see else { continue };
        if withheld.contains(&case.text(5)?.as_str()) {
            continue;
        }
        let readiness: Readiness = case.json(4, "readiness")?;
        view.papers.open += readiness.open_before_visit;
        view.papers.due += case.count(6)?;
        if view.title.is_none() {
            view.title = Some(title(case, procedures)?);
        }
        view.cases.push(CaseId(case.id(1)?));
    }
    Ok(Stored { no, citizen_no: row.int(2)?, view, case_nos })
}

fn title(case: &Row, procedures: &Procedures) -> Result<Localized> {
    let id = ProcedureId::parse(&case.text(2)?).map_err(|_| StoreError::Value("procedure"))?;
    let version = u32::try_from(case.int(3)?).map_err(|_| StoreError::Value("procedure version"))?;
    let procedure = procedures.get(&id, version).ok_or(StoreError::Value("procedure version"))?;
    Ok(procedure.title.clone())
}

/// One appointment.
pub async fn one(conn: &mut Conn, procedures: &Procedures, id: AppointmentId, see: Cases) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE a.id = $1");
    let Some(row) = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *conn).await? else {
        return Ok(None);
    };
    read(conn, &row, procedures, see).await.map(Some)
}

/// The appointments at a counter that touch a stretch of time; cancelled ones take no time and are left out.
pub async fn at_counter(
    conn: &mut Conn,
    procedures: &Procedures,
    counter: &CounterId,
    stretch: (Timestamp, Timestamp),
    see: Cases,
) -> Result<Vec<Appointment>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE a.counter = $1 AND a.start_at >= $2 AND a.start_at < $3 AND a.status <> 'cancelled'
         ORDER BY a.start_at, a.no"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(counter.as_str())
        .bind(stretch.0.as_microsecond())
        .bind(stretch.1.as_microsecond())
        .fetch_all(&mut *conn)
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        all.push(read(conn, row, procedures, see).await?.view);
    }
    Ok(all)
}

/// The most appointments of a citizen's list.
const OF_CITIZEN: u16 = 200;

/// A citizen's appointments in order of time, cancelled ones included.
pub async fn of_citizen(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    see: Cases,
) -> Result<Vec<Appointment>> {
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE a.citizen = $1 ORDER BY a.start_at DESC, a.no DESC LIMIT {OF_CITIZEN}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(citizen).fetch_all(&mut *conn).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        all.push(read(conn, row, procedures, see).await?.view);
    }
    Ok(all)
}

/// The blocks at a counter that touch a stretch of time.
pub async fn blocks(conn: &mut Conn, counter: &CounterId, stretch: (Timestamp, Timestamp)) -> Result<Vec<Block>> {
    sqlx::query("SELECT start_at, end_at, kind FROM counter_block WHERE counter = $1 AND start_at < $3 AND end_at > $2 ORDER BY start_at")
        .bind(counter.as_str())
        .bind(stretch.0.as_microsecond())
        .bind(stretch.1.as_microsecond())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| {
            let kind: BlockKind = row.word(2, "block")?;
            Ok(Block { counter: counter.clone(), start: row.moment(0)?, end: row.moment(1)?, kind, id: None, text: None, etag: None })
        })
        .collect()
}

/// The taken cells at a counter within a stretch of time.
pub async fn taken(
    conn: &mut Conn,
    counter: &CounterId,
    cells: std::ops::Range<i64>,
) -> Result<std::collections::BTreeSet<i64>> {
    sqlx::query("SELECT cell FROM booking_cell WHERE resource = $1 AND cell >= $2 AND cell < $3")
        .bind(counter.as_str())
        .bind(cells.start)
        .bind(cells.end)
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| row.int(0))
        .collect()
}

/// A booking to write.
#[derive(Clone, Debug)]
pub struct Booking<'a> {
    /// Its identifier.
    pub id: AppointmentId,
    /// The citizen.
    pub citizen: i64,
    /// The cases it is for.
    pub cases: &'a [i64],
    /// The counter.
    pub counter: &'a CounterId,
    /// From and to.
    pub time: (Timestamp, Timestamp),
    /// How many people come.
    pub people: u16,
}

/// Books. Taken cells come back as a conflict: nothing of the write may be kept then.
pub async fn book(conn: &mut Conn, booking: &Booking<'_>) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO appointment (id, citizen, counter, start_at, end_at, people, status, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
         RETURNING no",
    )
    .bind(booking.id.0)
    .bind(booking.citizen)
    .bind(booking.counter.as_str())
    .bind(booking.time.0.as_microsecond())
    .bind(booking.time.1.as_microsecond())
    .bind(i64::from(booking.people))
    .bind(word(&AppointmentStatus::Booked))
    .fetch_one(&mut *conn)
    .await?;
    let no = row.int(0)?;
    let mut owned = bulk::Bulk::new("booking_cell", &["resource", "cell", "owner"]);
    for cell in cells(booking.time.0, booking.time.1) {
        owned.push([booking.counter.as_str().into(), cell.into(), no.into()]);
    }
    owned.send(&mut *conn, bulk::Rest::Send).await?;
    for (rank, case) in (0_i64..).zip(booking.cases) {
        sqlx::query("INSERT INTO appointment_case (appointment, rank, case_no) VALUES ($1, $2, $3)")
            .bind(no)
            .bind(rank)
            .bind(*case)
            .execute(&mut *conn)
            .await?;
    }
    Ok(no)
}

/// Changes an appointment's state; one that no longer takes time gives its cells back.
pub async fn set_status(conn: &mut Conn, no: i64, status: AppointmentStatus, reason: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE appointment SET status = $1, reason = $2, version = version + 1 WHERE no = $3")
        .bind(word(&status))
        .bind(reason.map(str::to_owned))
        .bind(no)
        .execute(&mut *conn)
        .await?;
    if status == AppointmentStatus::Cancelled {
        sqlx::query("DELETE FROM booking_cell WHERE owner = $1").bind(no).execute(conn).await?;
    }
    Ok(())
}

/// The site that a counter belongs to.
#[must_use]
pub fn site_of<'a>(sites: &'a [Site], counter: &CounterId) -> Option<&'a Site> {
    sites.iter().find(|site| site.counters.iter().any(|c| c.id == *counter))
}
