//! Appointments and the five-minute cells that they own. What lives here: reading, booking, holding, moving, freeing. What does not: closed
//! time and who sits where (`calendar`), free times (`crate::routes::slots`), which states follow on which.

use std::collections::HashMap;

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::appointments::{Appointment, Interpreter, Papers, Site, StaffRef};
use skranke_domain::appointment::{AppointmentReadiness, AppointmentStatus, CELL_MINUTES, RebookCause};
use skranke_domain::case::Phase;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::procedure::Procedure;
use skranke_domain::readiness::Readiness;
use skranke_domain::{
    AppointmentId, CaseId, CitizenId, CounterId, InterpreterId, ItemId, ProcedureId, SiteId, StaffId, visit,
};
use sqlx::AssertSqlSafe;

use super::citizens::short_name;
use super::meta::Procedures;
use super::{Conn, Read, Result, Row, StoreError, bulk, calendar, word};

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
    /// Who holds it; a proposed one alone.
    pub held_by: Option<StaffId>,
    /// Why she comes again, where that is known.
    pub cause: Option<RebookCause>,
}

/// What a person may see of an appointment's cases.
#[derive(Clone, Copy, Debug)]
pub enum Cases {
    /// All but those of withheld departments.
    Except(&'static [&'static str]),
    /// Who comes and when, not what for.
    Hidden,
}

/// Closed time lies over it: no closure is longer than a day, so that the index bounds the look.
const COLUMNS: &str = "a.no, a.id, a.citizen, c.id, c.given_name, c.surname, a.counter, a.start_at, a.end_at, a.people, a.status, a.version, k.site,
    a.with_staff, a.with_name, a.interpreter, i.name, i.language, a.arrived_at, a.expires, a.held_by, a.replaces, a.cause,
    a.status IN ('proposed', 'booked') AND EXISTS (SELECT 1 FROM counter_block b WHERE b.counter = a.counter AND b.start_at < a.end_at
        AND b.start_at >= a.start_at - 86400000000 AND b.end_at > a.start_at)";
const FROM: &str = "FROM appointment a JOIN citizen c ON c.no = a.citizen JOIN counter k ON k.id = a.counter
    LEFT JOIN interpreter i ON i.site = k.site AND i.id = a.interpreter";

fn read_row(row: &Row) -> Result<Stored> {
    let interpreter = match (row.opt_text(15)?, row.opt_text(16)?, row.opt_text(17)?) {
        (None, ..) => None,
        (Some(id), name, language) => Some(Interpreter {
            // Who no longer comes to this site is still named by her slug.
            name: name.unwrap_or_else(|| id.clone()),
            language: LanguageCode(language.unwrap_or_default()),
            id: InterpreterId::parse(&id).map_err(|_| StoreError::Value("interpreter"))?,
        }),
    };
    let with = row.opt_id(13)?.zip(row.opt_text(14)?).map(|(id, name)| StaffRef { id: StaffId(id), name });
    let view = Appointment {
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
        readiness: AppointmentReadiness::Ready,
        with,
        interpreter,
        arrived: row.opt_moment(18)?,
        expires: row.opt_moment(19)?,
        replaces: row.opt_id(21)?.map(AppointmentId),
        conflict: row.int(23)? != 0,
        told: Vec::new(),
        etag: ETag::of_version(row.int(11)?),
    };
    Ok(Stored {
        no: row.int(0)?,
        citizen_no: row.int(2)?,
        view,
        case_nos: Vec::new(),
        held_by: row.opt_id(20)?.map(StaffId),
        cause: row.opt_word(22, "cause")?,
    })
}

/// How many appointments' cases one statement reads.
const AT_ONCE: usize = 400;

fn list(numbers: impl Iterator<Item = i64>) -> String {
    numbers.map(|no| no.to_string()).collect::<Vec<_>>().join(", ")
}

/// Reads appointments with their cases, in two statements for hundreds.
async fn read_all(conn: &mut Conn, rows: &[Row], procedures: &Procedures, see: Cases) -> Result<Vec<Stored>> {
    let mut all = rows.iter().map(read_row).collect::<Result<Vec<_>>>()?;
    for some in all.chunks_mut(AT_ONCE) {
        add_cases(&mut *conn, some, procedures, see).await?;
    }
    Ok(all)
}

/// What is added up over the cases of one appointment that may be seen.
struct Sum {
    needless: bool,
    blocked: bool,
}

async fn add_cases(conn: &mut Conn, all: &mut [Stored], procedures: &Procedures, see: Cases) -> Result<()> {
    let places: HashMap<i64, usize> = all.iter().enumerate().map(|(at, stored)| (stored.no, at)).collect();
    // Numbers alone are written into the statement.
    let sql = format!(
        "SELECT ac.appointment, f.no, f.id, f.procedure, f.procedure_version, f.readiness, f.department, f.papers_due, f.phase
         FROM appointment_case ac JOIN case_file f ON f.no = ac.case_no WHERE ac.appointment IN ({}) ORDER BY ac.appointment, ac.rank",
        list(all.iter().map(|stored| stored.no))
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut *conn).await?;
    let mut sums: HashMap<usize, Sum> = HashMap::new();
    let mut open: HashMap<i64, (usize, &Procedure)> = HashMap::new();
    for row in &rows {
        let Some(at) = places.get(&row.int(0)?).copied() else { continue };
        let stored = &mut all[at];
        stored.case_nos.push(row.int(1)?);
        let Cases::Except(withheld) = see else { continue };
        if withheld.contains(&row.text(6)?.as_str()) {
            continue;
        }
        let id = ProcedureId::parse(&row.text(3)?).map_err(|_| StoreError::Value("procedure"))?;
        let version = u32::try_from(row.int(4)?).map_err(|_| StoreError::Value("procedure version"))?;
        let procedure = procedures.get(&id, version).ok_or(StoreError::Value("procedure version"))?;
        let readiness: Readiness = row.json(5, "readiness")?;
        let phase: Phase = row.word(8, "phase")?;
        stored.view.papers.open += readiness.open_before_visit;
        stored.view.papers.due += row.count(7)?;
        stored.view.title.get_or_insert_with(|| procedure.title.clone());
        stored.view.cases.push(CaseId(row.id(2)?));
        let decided = matches!(phase, Phase::Decided | Phase::Executed | Phase::Closed);
        let needless = decided || (!procedure.attendance.required && readiness.open_at_visit == 0);
        sums.entry(at).or_insert(Sum { needless: true, blocked: false }).needless &= needless;
        if readiness.awaiting_citizen > 0 && !decided {
            open.insert(row.int(1)?, (at, &**procedure));
        }
    }
    if !open.is_empty() {
        let sql = format!(
            "SELECT case_no, item FROM checklist_item WHERE case_no IN ({}) AND state IN ('missing', 'requested', 'rejected')",
            list(open.keys().copied())
        );
        for row in &sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await? {
            let Some((at, procedure)) = open.get(&row.int(0)?) else { continue };
            let item = ItemId::parse(&row.text(1)?).map_err(|_| StoreError::Value("item"))?;
            let blocks = procedure.items.iter().any(|template| template.id == item && visit::blocks(template));
            if let (true, Some(sum)) = (blocks, sums.get_mut(at)) {
                sum.blocked = true;
            }
        }
    }
    for (at, sum) in sums {
        let view = &mut all[at].view;
        view.readiness = match (sum.needless, sum.blocked, view.papers.open) {
            (true, ..) => AppointmentReadiness::Needless,
            (_, true, _) => AppointmentReadiness::Blocked,
            (_, _, 0) => AppointmentReadiness::Ready,
            _ => AppointmentReadiness::Missing,
        };
    }
    Ok(())
}

/// One appointment.
pub async fn one(conn: &mut Conn, procedures: &Procedures, id: AppointmentId, see: Cases) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE a.id = $1");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_all(&mut *conn).await?;
    Ok(read_all(conn, &rows, procedures, see).await?.pop())
}

/// Whose appointments of a stretch of time are read.
#[derive(Clone, Debug)]
pub enum Whose<'a> {
    /// At these counters.
    Counters(&'a [CounterId]),
    /// With a caseworker.
    Staff(StaffId),
    /// With an interpreter.
    Interpreter(&'a InterpreterId),
}

/// How a stretch is looked for: those that begin in it, or all that touch it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// They begin in it.
    Begin,
    /// They take some of it.
    Overlap,
}

/// The appointments of a stretch of time; what was cancelled or is held no longer takes no time and is left out.
pub async fn of_stretch(
    conn: &mut Conn,
    procedures: &Procedures,
    whose: &Whose<'_>,
    (from, to, touch): (Timestamp, Timestamp, Touch),
    (now, see): (Timestamp, Cases),
) -> Result<Vec<Appointment>> {
    let condition = match whose {
        Whose::Counters(counters) => {
            let places = (0..counters.len()).map(|at| format!("${}", at + 5)).collect::<Vec<_>>();
            format!("a.counter IN ({})", places.join(", "))
        }
        Whose::Staff(_) => "a.with_staff = $5".to_owned(),
        Whose::Interpreter(_) => "a.interpreter = $5".to_owned(),
    };
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE {condition} AND a.start_at >= $1 AND a.start_at < $2 AND a.end_at > $3 AND a.status <> 'cancelled'
         AND (a.status <> 'proposed' OR a.expires > $4) ORDER BY a.start_at, a.counter, a.no"
    );
    // Nothing is longer than the longest meeting.
    let longest = i64::from(skranke_domain::appointment::MAX_MINUTES) * 60_000_000;
    let first = from.as_microsecond() - if touch == Touch::Overlap { longest } else { 0 };
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(first)
        .bind(to.as_microsecond())
        .bind(from.as_microsecond())
        .bind(now.as_microsecond());
    match whose {
        Whose::Counters(counters) => {
            for counter in *counters {
                query = query.bind(counter.to_string());
            }
        }
        Whose::Staff(staff) => query = query.bind(staff.0),
        Whose::Interpreter(interpreter) => query = query.bind(interpreter.to_string()),
    }
    let rows = query.fetch_all(&mut *conn).await?;
    Ok(read_all(conn, &rows, procedures, see).await?.into_iter().map(|stored| stored.view).collect())
}

/// The most appointments of a citizen's list.
const OF_CITIZEN: u16 = 200;

/// A citizen's appointments in order of time, cancelled ones included; what is only held is nobody's yet.
pub async fn of_citizen(
    conn: &mut Conn,
    procedures: &Procedures,
    citizen: i64,
    see: Cases,
) -> Result<Vec<Appointment>> {
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE a.citizen = $1 AND a.status <> 'proposed' ORDER BY a.start_at DESC, a.no DESC LIMIT {OF_CITIZEN}"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(citizen).fetch_all(&mut *conn).await?;
    let all = read_all(conn, &rows, procedures, see).await?;
    Ok(all.into_iter().rev().map(|stored| stored.view).collect())
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
    /// With whom, where that was asked for.
    pub with: Option<&'a StaffRef>,
    /// Who interprets.
    pub interpreter: Option<&'a InterpreterId>,
    /// The language of what is sent.
    pub language: Option<&'a LanguageCode>,
    /// The appointment that it stands for, and why she comes again.
    pub replaces: Option<(AppointmentId, Option<RebookCause>)>,
    /// Who holds it, and until when; none where it is booked.
    pub held: Option<(StaffId, Timestamp)>,
}

/// Whose time was not free.
#[derive(Debug)]
pub enum NotTaken {
    /// The counter's.
    Counter,
    /// The interpreter's.
    Interpreter,
    /// The store cannot be written.
    Store(StoreError),
}

impl From<StoreError> for NotTaken {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for NotTaken {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Under which name an interpreter's cells are owned: never a counter's.
#[must_use]
pub fn resource_of(interpreter: &InterpreterId) -> String {
    format!("interpreter:{interpreter}")
}

async fn take(
    conn: &mut Conn,
    no: i64,
    (counter, interpreter): (&CounterId, Option<&InterpreterId>),
    (start, end): (Timestamp, Timestamp),
) -> Result<(), NotTaken> {
    let all = [
        Some((counter.to_string(), NotTaken::Counter)),
        interpreter.map(|id| (resource_of(id), NotTaken::Interpreter)),
    ];
    for (resource, taken) in all.into_iter().flatten() {
        let mut owned = bulk::Bulk::new("booking_cell", &["resource", "cell", "owner"]);
        for cell in cells(start, end) {
            owned.push([resource.as_str().into(), cell.into(), no.into()]);
        }
        match owned.send(&mut *conn, bulk::Rest::Send).await {
            Ok(()) => {}
            Err(error) if error.is_conflict() => return Err(taken),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether somebody else's time or a closure lies in a stretch at a counter. What is held no longer, and two appointments that would give
/// way, do not count.
pub async fn is_taken(
    conn: &mut Conn,
    counter: &CounterId,
    (start, end): (Timestamp, Timestamp),
    ((own, replaced), now): ((AppointmentId, Option<AppointmentId>), Timestamp),
) -> Result<bool> {
    let all = cells(start, end);
    let row = sqlx::query(
        "SELECT c.cell FROM booking_cell c LEFT JOIN appointment a ON a.no = c.owner WHERE c.resource = $1 AND c.cell >= $2 AND c.cell < $3
         AND (a.no IS NULL OR (NOT (a.status = 'proposed' AND a.expires <= $4) AND a.id <> $5 AND a.id <> $6)) LIMIT 1",
    )
    .bind(counter.as_str())
    .bind(all.start)
    .bind(all.end)
    .bind(now.as_microsecond())
    .bind(own.0)
    .bind(replaced.unwrap_or(own).0)
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

/// Books or holds. Taken cells are refused: nothing of the write may be kept then.
pub async fn book(conn: &mut Conn, booking: &Booking<'_>) -> Result<i64, NotTaken> {
    let status = if booking.held.is_some() { AppointmentStatus::Proposed } else { AppointmentStatus::Booked };
    let row = sqlx::query(
        "INSERT INTO appointment (id, citizen, counter, start_at, end_at, people, status, version, with_staff, with_name, interpreter,
                language, replaces, cause, held_by, expires)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING no",
    )
    .bind(booking.id.0)
    .bind(booking.citizen)
    .bind(booking.counter.as_str())
    .bind(booking.time.0.as_microsecond())
    .bind(booking.time.1.as_microsecond())
    .bind(i64::from(booking.people))
    .bind(word(&status))
    .bind(booking.with.map(|with| with.id.0))
    .bind(booking.with.map(|with| with.name.clone()))
    .bind(booking.interpreter.map(ToString::to_string))
    .bind(booking.language.map(|language| language.0.clone()))
    .bind(booking.replaces.map(|(id, _)| id.0))
    .bind(booking.replaces.and_then(|(_, cause)| cause).map(|cause| word(&cause)))
    .bind(booking.held.map(|(staff, _)| staff.0))
    .bind(booking.held.map(|(_, until)| until.as_microsecond()))
    .fetch_one(&mut *conn)
    .await?;
    let no = row.int(0)?;
    take(&mut *conn, no, (booking.counter, booking.interpreter), booking.time).await?;
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

/// Gives another time. Its own cells are freed first, so that it never stands in its own way.
pub async fn move_to(
    conn: &mut Conn,
    stored: &Stored,
    counter: &CounterId,
    time: (Timestamp, Timestamp),
) -> Result<(), NotTaken> {
    free(&mut *conn, stored).await?;
    sqlx::query(
        "UPDATE appointment SET counter = $1, start_at = $2, end_at = $3, moved = moved + 1, version = version + 1 WHERE no = $4",
    )
    .bind(counter.as_str())
    .bind(time.0.as_microsecond())
    .bind(time.1.as_microsecond())
    .bind(stored.no)
    .execute(&mut *conn)
    .await?;
    let interpreter = stored.view.interpreter.as_ref().map(|interpreter| &interpreter.id);
    take(conn, stored.no, (counter, interpreter), time).await
}

/// Gives an appointment's cells back; what is closed there stays closed.
async fn free(conn: &mut Conn, stored: &Stored) -> Result<()> {
    sqlx::query("DELETE FROM booking_cell WHERE owner = $1").bind(stored.no).execute(&mut *conn).await?;
    calendar::close_again(conn, &stored.view.counter, (stored.view.start, stored.view.end)).await
}

/// Takes a held time away altogether, as if it had never been asked for.
pub async fn let_go(conn: &mut Conn, stored: &Stored) -> Result<()> {
    free(&mut *conn, stored).await?;
    sqlx::query("DELETE FROM appointment WHERE no = $1").bind(stored.no).execute(conn).await?;
    Ok(())
}

/// The holds whose time is up: their identifiers.
pub async fn run_out(conn: &mut Conn, now: Timestamp) -> Result<Vec<AppointmentId>> {
    sqlx::query("SELECT id FROM appointment WHERE status = 'proposed' AND expires <= $1 ORDER BY no LIMIT 500")
        .bind(now.as_microsecond())
        .fetch_all(conn)
        .await?
        .iter()
        .map(|row| row.id(0).map(AppointmentId))
        .collect()
}

/// How many times somebody holds.
pub async fn held_by(conn: &mut Conn, staff: StaffId, but: AppointmentId, now: Timestamp) -> Result<i64> {
    sqlx::query(
        "SELECT COUNT(*) FROM appointment WHERE status = 'proposed' AND expires > $1 AND held_by = $2 AND id <> $3",
    )
    .bind(now.as_microsecond())
    .bind(staff.0)
    .bind(but.0)
    .fetch_one(conn)
    .await?
    .int(0)
}

/// Changes an appointment's state; one that no longer takes time gives its cells back, one that was held to its end is counted.
pub async fn set_status(conn: &mut Conn, no: i64, status: AppointmentStatus, reason: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE appointment SET status = $1, reason = $2, version = version + 1 WHERE no = $3")
        .bind(word(&status))
        .bind(reason.map(str::to_owned))
        .bind(no)
        .execute(&mut *conn)
        .await?;
    match status {
        AppointmentStatus::Cancelled => {
            let row = sqlx::query("SELECT counter, start_at, end_at FROM appointment WHERE no = $1").bind(no);
            let row = row.fetch_one(&mut *conn).await?;
            let counter = CounterId::parse(&row.text(0)?).map_err(|_| StoreError::Value("counter"))?;
            sqlx::query("DELETE FROM booking_cell WHERE owner = $1").bind(no).execute(&mut *conn).await?;
            calendar::close_again(conn, &counter, (row.moment(1)?, row.moment(2)?)).await
        }
        AppointmentStatus::Fulfilled => calendar::count_visit(conn, no).await,
        _ => Ok(()),
    }
}

/// Remembers when she said that she is here.
pub async fn arrived(conn: &mut Conn, no: i64, at: Timestamp) -> Result<()> {
    sqlx::query("UPDATE appointment SET arrived_at = $1 WHERE no = $2")
        .bind(at.as_microsecond())
        .bind(no)
        .execute(conn)
        .await?;
    Ok(())
}

/// Remembers why she has to come again.
pub async fn set_cause(conn: &mut Conn, no: i64, cause: RebookCause) -> Result<()> {
    sqlx::query("UPDATE appointment SET cause = $1 WHERE no = $2").bind(word(&cause)).bind(no).execute(conn).await?;
    Ok(())
}

/// The site that a counter belongs to.
#[must_use]
pub fn site_of<'a>(sites: &'a [Site], counter: &CounterId) -> Option<&'a Site> {
    sites.iter().find(|site| site.counters.iter().any(|c| c.id == *counter))
}
