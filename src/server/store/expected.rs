//! Appointments as the queue sees them: who is booked for today and not here yet, and how far one came. What does not live here: booking,
//! the calendar (`appointments`).

use jiff::{Timestamp, ToSpan};
use skranke_api::ETag;
use skranke_api::appointments::Papers;
use skranke_api::tickets::Expected;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::readiness::Readiness;
use skranke_domain::{AppointmentId, CitizenId, CounterId, ProcedureId, SiteId};

use super::citizens::{Profile, short_name};
use super::meta::Procedures;
use super::{Conn, Read, Result, StoreError};

/// A booked time.
#[derive(Clone, Debug)]
pub struct Booked {
    /// Its number inside this database.
    pub no: i64,
    /// The citizen's number inside this database.
    pub citizen_no: i64,
    /// The citizen.
    pub citizen: CitizenId,
    /// The language she needs an interpreter for.
    pub language: Option<LanguageCode>,
    /// The site.
    pub site: SiteId,
    /// The counter.
    pub counter: CounterId,
    /// From.
    pub start: Timestamp,
    /// To, exclusive.
    pub end: Timestamp,
    /// How many people come.
    pub people: u16,
    /// Its state.
    pub status: AppointmentStatus,
    /// Its cases by number.
    pub cases: Vec<i64>,
}

/// One booked time.
pub async fn booked(conn: &mut Conn, id: AppointmentId) -> Result<Option<Booked>> {
    let row = sqlx::query(
        "SELECT a.no, a.citizen, c.id, c.profile, k.site, a.counter, a.start_at, a.end_at, a.people, a.status FROM appointment a
         JOIN citizen c ON c.no = a.citizen JOIN counter k ON k.id = a.counter WHERE a.id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let profile: Profile = row.json(3, "profile")?;
    let no = row.int(0)?;
    let cases = sqlx::query("SELECT case_no FROM appointment_case WHERE appointment = $1 ORDER BY rank")
        .bind(no)
        .fetch_all(conn)
        .await?;
    Ok(Some(Booked {
        no,
        citizen_no: row.int(1)?,
        citizen: CitizenId(row.id(2)?),
        language: profile.interpreter,
        site: SiteId::parse(&row.text(4)?).map_err(|_| StoreError::Value("site"))?,
        counter: CounterId::parse(&row.text(5)?).map_err(|_| StoreError::Value("counter"))?,
        start: row.moment(6)?,
        end: row.moment(7)?,
        people: row.count(8)?,
        status: row.word(9, "appointment status")?,
        cases: cases.iter().map(|row| row.int(0)).collect::<Result<_>>()?,
    }))
}

/// Takes an appointment as far as its ticket came; gives its new version.
pub async fn set_status(conn: &mut Conn, no: i64, status: AppointmentStatus, now: Timestamp) -> Result<ETag> {
    super::appointments::set_status(conn, no, status, None).await?;
    if status == AppointmentStatus::Arrived {
        super::appointments::arrived(conn, no, now).await?;
    }
    let row = sqlx::query("SELECT version FROM appointment WHERE no = $1").bind(no).fetch_one(conn).await?;
    Ok(ETag::of_version(row.int(0)?))
}

/// Who is booked at a site for the day that began at a moment and is not here yet, in order of time. `withheld` names the departments whose
/// cases are not told of; without it no case is.
pub async fn today(
    conn: &mut Conn,
    procedures: &Procedures,
    site: &SiteId,
    begins: Timestamp,
    withheld: Option<&[&str]>,
) -> Result<Vec<Expected>> {
    let rows = sqlx::query(
        "SELECT a.id, c.id, c.given_name, c.surname, a.start_at, a.counter, a.no, f.procedure, f.procedure_version, f.readiness, f.department,
            f.papers_due
         FROM counter k JOIN appointment a ON a.counter = k.id AND a.start_at >= $2 AND a.start_at < $3 AND a.status = 'booked'
         JOIN citizen c ON c.no = a.citizen
         LEFT JOIN appointment_case ac ON ac.appointment = a.no LEFT JOIN case_file f ON f.no = ac.case_no
         WHERE k.site = $1 ORDER BY a.start_at, a.no, ac.rank",
    )
    .bind(site.as_str())
    .bind(begins.as_microsecond())
    .bind(begins.checked_add(24.hours()).unwrap_or(begins).as_microsecond())
    .fetch_all(conn)
    .await?;
    let mut all: Vec<(i64, Expected)> = Vec::new();
    for row in &rows {
        let no = row.int(6)?;
        if all.last().is_none_or(|(last, _)| *last != no) {
            let expected = Expected {
                appointment: AppointmentId(row.id(0)?),
                citizen: CitizenId(row.id(1)?),
                citizen_short: short_name(&row.text(2)?, &row.text(3)?),
                start: row.moment(4)?,
                counter: CounterId::parse(&row.text(5)?).map_err(|_| StoreError::Value("counter"))?,
                title: None,
                papers: Papers { due: 0, open: 0 },
            };
            all.push((no, expected));
        }
        let (Some((_, expected)), Some(withheld), Some(department)) = (all.last_mut(), withheld, row.opt_text(10)?)
        else {
            continue;
        };
        if withheld.contains(&department.as_str()) {
            continue;
        }
        let readiness: Readiness = row.json(9, "readiness")?;
        expected.papers.open += readiness.open_before_visit;
        expected.papers.due += row.count(11)?;
        if expected.title.is_none() {
            let id = ProcedureId::parse(&row.text(7)?).map_err(|_| StoreError::Value("procedure"))?;
            let version = u32::try_from(row.int(8)?).map_err(|_| StoreError::Value("procedure version"))?;
            expected.title = procedures.get(&id, version).map(|procedure| procedure.title.clone());
        }
    }
    Ok(all.into_iter().map(|(_, expected)| expected).collect())
}
