//! Tickets as they are stored: giving out numbers, reading the queue, saving a change with its line of history. What does not live here:
//! who is next and which deed follows on which (the domain), what a person may see of a ticket (`crate::routes::tickets`).

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::appointments::StaffRef;
use skranke_api::tickets::{DisplayCall, Ticket};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::contact::Outcome;
use skranke_domain::queue::{Candidate, TicketDeed, TicketState};
use skranke_domain::{
    AppointmentId, CaseId, CitizenId, CommandId, CounterId, DepartmentId, LifeSituationId, Localized, ProcedureId,
    SiteId, StaffId, TicketId,
};
use sqlx::AssertSqlSafe;

use super::citizens::short_name;
use super::{Conn, Read, Result, Row, StoreError, to_json, word};

/// A ticket with what only the server knows of it.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its number inside this database.
    pub no: i64,
    /// Its citizen's number inside this database.
    pub citizen_no: Option<i64>,
    /// As the window shows it, with everything.
    pub view: Ticket,
    /// Its cases by number, with their departments.
    pub cases: Vec<(i64, CaseId, DepartmentId)>,
    /// When she was called last.
    pub last_call: Option<Timestamp>,
    /// How it ended, where that is known already.
    pub outcome: Option<Outcome>,
}

const COLUMNS: &str = "t.no, t.id, t.number, t.site, t.origin, t.reason, t.procedure, t.situation, t.department, t.text, t.people, t.language,
    t.citizen, c.id, c.given_name, c.surname, t.appointment, t.booked, t.triage, t.papers, t.minutes, t.private_room, t.state, t.since,
    t.came, t.called, t.calls, t.not_before, t.began, t.ended, t.counter, t.staff, t.staff_name, t.card, t.unwrapped, t.version, t.last_call,
    t.outcome";
const FROM: &str = "FROM ticket t LEFT JOIN citizen c ON c.no = t.citizen";

fn slug<T>(
    row: &Row,
    at: usize,
    parse: impl Fn(&str) -> std::result::Result<T, skranke_domain::SlugError>,
    what: &'static str,
) -> Result<Option<T>> {
    row.opt_text(at)?.map(|text| parse(&text).map_err(|_| StoreError::Value(what))).transpose()
}

fn read(row: &Row) -> Result<Stored> {
    let short = row.opt_text(14)?.zip(row.opt_text(15)?).map(|(given, surname)| short_name(&given, &surname));
    let view = Ticket {
        id: TicketId(row.id(1)?),
        number: row.text(2)?,
        site: SiteId::parse(&row.text(3)?).map_err(|_| StoreError::Value("site"))?,
        origin: row.word(4, "ticket origin")?,
        reason: row.json(5, "reason")?,
        procedure: slug(row, 6, ProcedureId::parse, "procedure")?,
        situation: slug(row, 7, LifeSituationId::parse, "life situation")?,
        department: slug(row, 8, DepartmentId::parse, "department")?,
        text: row.opt_text(9)?,
        people: row.count(10)?,
        language: row.opt_text(11)?.map(LanguageCode),
        citizen: row.opt_id(13)?.map(CitizenId),
        citizen_short: short,
        cases: Vec::new(),
        appointment: row.opt_id(16)?.map(AppointmentId),
        booked: row.opt_moment(17)?,
        triage: row.word(18, "triage")?,
        papers: row.json(19, "papers")?,
        minutes: row.count(20)?,
        private_room: row.int(21)? != 0,
        state: row.word(22, "ticket state")?,
        since: row.moment(23)?,
        came: row.moment(24)?,
        called: row.opt_moment(25)?,
        calls: u8::try_from(row.int(26)?).unwrap_or(u8::MAX),
        not_before: row.opt_moment(27)?,
        began: row.opt_moment(28)?,
        ended: row.opt_moment(29)?,
        counter: slug(row, 30, CounterId::parse, "counter")?,
        staff: row.opt_id(31)?.zip(row.opt_text(32)?).map(|(id, name)| StaffRef { id: StaffId(id), name }),
        card: row.opt_text(33)?,
        unwrapped: row.int(34)? != 0,
        etag: ETag::of_version(row.int(35)?),
    };
    Ok(Stored {
        no: row.int(0)?,
        citizen_no: row.opt_int(12)?,
        view,
        cases: Vec::new(),
        last_call: row.opt_moment(36)?,
        outcome: row.opt_word(37, "outcome")?,
    })
}

fn case(row: &Row) -> Result<(i64, CaseId, DepartmentId)> {
    let department = DepartmentId::parse(&row.text(2)?).map_err(|_| StoreError::Value("department"))?;
    Ok((row.int(0)?, CaseId(row.id(1)?), department))
}

impl Stored {
    fn take(&mut self, case: (i64, CaseId, DepartmentId)) {
        self.view.cases.push(case.1);
        self.cases.push(case);
    }
}

async fn with_cases(conn: &mut Conn, row: Option<Row>) -> Result<Option<Stored>> {
    let Some(mut found) = row.map(|row| read(&row)).transpose()? else { return Ok(None) };
    let rows = sqlx::query(
        "SELECT f.no, f.id, f.department FROM ticket_case tc JOIN case_file f ON f.no = tc.case_no WHERE tc.ticket = $1 ORDER BY tc.rank",
    )
    .bind(found.no)
    .fetch_all(conn)
    .await?;
    for row in &rows {
        found.take(case(row)?);
    }
    Ok(Some(found))
}

/// One ticket.
pub async fn one(conn: &mut Conn, id: TicketId) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE t.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *conn).await?;
    with_cases(conn, row).await
}

/// The ticket of an appointment.
pub async fn of_appointment(conn: &mut Conn, id: AppointmentId) -> Result<Option<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE t.appointment = $1 ORDER BY t.no DESC LIMIT 1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.0).fetch_optional(&mut *conn).await?;
    with_cases(conn, row).await
}

const OPEN: &str = "WHERE t.site = $1 AND t.is_open = 1 ORDER BY t.came, t.no";

/// Everybody with whom somebody still has to do something at a site.
pub async fn open_at(conn: &mut Conn, site: &SiteId) -> Result<Vec<Stored>> {
    let sql = format!("SELECT {COLUMNS} {FROM} {OPEN}");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(site.as_str()).fetch_all(&mut *conn).await?;
    let mut all = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    let places: HashMap<i64, usize> = all.iter().enumerate().map(|(at, stored)| (stored.no, at)).collect();
    let rows = sqlx::query(
        "SELECT f.no, f.id, f.department, t.no FROM ticket t JOIN ticket_case tc ON tc.ticket = t.no JOIN case_file f ON f.no = tc.case_no
         WHERE t.site = $1 AND t.is_open = 1 ORDER BY tc.ticket, tc.rank",
    )
    .bind(site.as_str())
    .fetch_all(conn)
    .await?;
    for row in &rows {
        if let Some(stored) = places.get(&row.int(3)?).and_then(|at| all.get_mut(*at)) {
            stored.take(case(row)?);
        }
    }
    Ok(all)
}

/// Who waits at a site on a day, as the rule asks it.
pub async fn candidates(conn: &mut Conn, site: &SiteId, day: Date) -> Result<Vec<Candidate>> {
    let rows = sqlx::query(
        "SELECT id, came, since, booked, not_before, called, department, counter, staff FROM ticket
         WHERE site = $1 AND is_open = 1 AND state = 'waiting' AND day = $2",
    )
    .bind(site.as_str())
    .bind(day.to_string())
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Candidate {
                id: TicketId(row.id(0)?),
                came: row.moment(1)?,
                since: row.moment(2)?,
                booked: row.opt_moment(3)?,
                not_before: row.opt_moment(4)?,
                called: row.opt_moment(5)?,
                department: slug(row, 6, DepartmentId::parse, "department")?,
                counter: slug(row, 7, CounterId::parse, "counter")?,
                staff: row.opt_id(8)?.map(StaffId),
            })
        })
        .collect()
}

/// How many are called to or served at a counter now, one ticket left out.
pub async fn at_counter(conn: &mut Conn, site: &SiteId, counter: &CounterId, but: TicketId) -> Result<i64> {
    let row = sqlx::query(
        "SELECT COUNT(*) FROM ticket WHERE site = $1 AND is_open = 1 AND counter = $2 AND state IN ('called', 'serving') AND id <> $3",
    )
    .bind(site.as_str())
    .bind(counter.as_str())
    .bind(but.0)
    .fetch_one(conn)
    .await?;
    row.int(0)
}

/// The counters at which somebody serves now.
pub async fn serves_at(conn: &mut Conn, site: &SiteId, staff: StaffId) -> Result<Vec<CounterId>> {
    let rows = sqlx::query(
        "SELECT counter FROM ticket WHERE site = $1 AND is_open = 1 AND staff = $2 AND state = 'serving' AND counter IS NOT NULL",
    )
    .bind(site.as_str())
    .bind(staff.0)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|row| CounterId::parse(&row.text(0)?).map_err(|_| StoreError::Value("counter"))).collect()
}

/// The next number at a site on a day.
pub async fn next_number(conn: &mut Conn, site: &SiteId, day: Date) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO ticket_number (site, day, last) VALUES ($1, $2, 1)
         ON CONFLICT (site, day) DO UPDATE SET last = ticket_number.last + 1 RETURNING last",
    )
    .bind(site.as_str())
    .bind(day.to_string())
    .fetch_one(conn)
    .await?;
    row.int(0)
}

/// Takes so many numbers of a day at once, beginning after the last or after a first one that lies further on; gives the number before them.
pub async fn numbers_from(conn: &mut Conn, site: &SiteId, day: Date, first: i64, count: i64) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO ticket_number (site, day, last) VALUES ($1, $2, $3 + $4)
         ON CONFLICT (site, day) DO UPDATE SET last = MAX(ticket_number.last, $3) + $4 RETURNING last",
    )
    .bind(site.as_str())
    .bind(day.to_string())
    .bind(first)
    .bind(count)
    .fetch_one(conn)
    .await?;
    Ok(row.int(0)? - count)
}

/// Adds a ticket; gives its number inside this database. The citizen is named by hers.
pub async fn add(conn: &mut Conn, day: Date, new: &Ticket, citizen: Option<i64>, cases: &[i64]) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO ticket (id, number, site, day, origin, reason, procedure, situation, department, text, people, language, citizen,
            appointment, booked, triage, papers, minutes, private_room, state, is_open, since, came, called, last_call, calls, not_before,
            began, ended, counter, staff, staff_name, card, unwrapped, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $24, $25,
            $26, $27, $28, $29, $30, $31, $32, $33, 1)
         RETURNING no",
    )
    .bind(new.id.0)
    .bind(&new.number)
    .bind(new.site.as_str())
    .bind(day.to_string())
    .bind(word(&new.origin))
    .bind(to_json(&new.reason))
    .bind(new.procedure.as_ref().map(ToString::to_string))
    .bind(new.situation.as_ref().map(ToString::to_string))
    .bind(new.department.as_ref().map(ToString::to_string))
    .bind(new.text.clone())
    .bind(i64::from(new.people))
    .bind(new.language.as_ref().map(|language| language.0.clone()))
    .bind(citizen)
    .bind(new.appointment.map(|a| a.0))
    .bind(new.booked.map(Timestamp::as_microsecond))
    .bind(word(&new.triage))
    .bind(to_json(&new.papers))
    .bind(i64::from(new.minutes))
    .bind(i64::from(new.private_room))
    .bind(word(&new.state))
    .bind(i64::from(is_open(new)))
    .bind(new.since.as_microsecond())
    .bind(new.came.as_microsecond())
    .bind(new.called.map(Timestamp::as_microsecond))
    .bind(i64::from(new.calls))
    .bind(new.not_before.map(Timestamp::as_microsecond))
    .bind(new.began.map(Timestamp::as_microsecond))
    .bind(new.ended.map(Timestamp::as_microsecond))
    .bind(new.counter.as_ref().map(ToString::to_string))
    .bind(new.staff.as_ref().map(|staff| staff.id.0))
    .bind(new.staff.as_ref().map(|staff| staff.name.clone()))
    .bind(new.card.clone())
    .bind(i64::from(new.unwrapped))
    .fetch_one(&mut *conn)
    .await?;
    let no = row.int(0)?;
    put_cases(conn, no, cases).await?;
    Ok(no)
}

async fn put_cases(conn: &mut Conn, no: i64, cases: &[i64]) -> Result<()> {
    sqlx::query("DELETE FROM ticket_case WHERE ticket = $1").bind(no).execute(&mut *conn).await?;
    for (rank, case) in (0_i64..).zip(cases) {
        sqlx::query("INSERT INTO ticket_case (ticket, rank, case_no) VALUES ($1, $2, $3)")
            .bind(no)
            .bind(rank)
            .bind(*case)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

const fn is_open(ticket: &Ticket) -> bool {
    !ticket.state.is_over() || ticket.unwrapped
}

/// Saves what may change of a ticket, and raises its version.
pub async fn save(conn: &mut Conn, stored: &Stored) -> Result<()> {
    let view = &stored.view;
    sqlx::query(
        "UPDATE ticket SET department = $1, citizen = $2, triage = $3, papers = $4, private_room = $5, state = $6, is_open = $7, since = $8,
            called = $9, last_call = $10, calls = $11, not_before = $12, began = $13, ended = $14, counter = $15, staff = $16, staff_name = $17,
            card = $18, outcome = $19, unwrapped = $20, minutes = $21, version = version + 1
         WHERE no = $22",
    )
    .bind(view.department.as_ref().map(ToString::to_string))
    .bind(stored.citizen_no)
    .bind(word(&view.triage))
    .bind(to_json(&view.papers))
    .bind(i64::from(view.private_room))
    .bind(word(&view.state))
    .bind(i64::from(is_open(view)))
    .bind(view.since.as_microsecond())
    .bind(view.called.map(Timestamp::as_microsecond))
    .bind(stored.last_call.map(Timestamp::as_microsecond))
    .bind(i64::from(view.calls))
    .bind(view.not_before.map(Timestamp::as_microsecond))
    .bind(view.began.map(Timestamp::as_microsecond))
    .bind(view.ended.map(Timestamp::as_microsecond))
    .bind(view.counter.as_ref().map(ToString::to_string))
    .bind(view.staff.as_ref().map(|staff| staff.id.0))
    .bind(view.staff.as_ref().map(|staff| staff.name.clone()))
    .bind(view.card.clone())
    .bind(stored.outcome.as_ref().map(word))
    .bind(i64::from(view.unwrapped))
    .bind(i64::from(view.minutes))
    .bind(stored.no)
    .execute(conn)
    .await?;
    Ok(())
}

/// Names a ticket's cases anew.
pub async fn link(conn: &mut Conn, no: i64, cases: &[i64]) -> Result<()> {
    put_cases(conn, no, cases).await
}

/// A line of a ticket's history.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub deed: TicketDeed,
    /// Who did it; none where nobody sat there.
    pub by: Option<(StaffId, &'a str)>,
    /// What was said with it.
    pub said: Option<&'a str>,
    /// By which command.
    pub command: Option<CommandId>,
}

/// Adds a line of history.
pub async fn add_line(
    conn: &mut Conn,
    no: i64,
    (state, counter): (TicketState, Option<&CounterId>),
    line: &Line<'_>,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO ticket_history (ticket, at, deed, state, by_id, by_name, counter, said, command) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(no)
    .bind(line.at.as_microsecond())
    .bind(word(&line.deed))
    .bind(word(&state))
    .bind(line.by.map(|(id, _)| id.0))
    .bind(line.by.map(|(_, name)| name.to_owned()))
    .bind(counter.map(ToString::to_string))
    .bind(line.said.map(str::to_owned))
    .bind(line.command.map(|command| command.0))
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends what an earlier day left over: who waited then no longer does, and who was served still needs a wrap-up.
pub async fn end_days_before(conn: &mut Conn, site: &SiteId, day: Date, now: Timestamp) -> Result<u64> {
    let left = sqlx::query("SELECT no, state FROM ticket WHERE site = $1 AND is_open = 1 AND day < $2")
        .bind(site.as_str())
        .bind(day.to_string())
        .fetch_all(&mut *conn)
        .await?;
    let mut ended = 0;
    for row in &left {
        let state: TicketState = row.word(1, "ticket state")?;
        if !state.is_over() {
            end(conn, row.int(0)?, state, now).await?;
            ended += 1;
        }
    }
    Ok(ended)
}

/// Ends one ticket that nobody ended.
pub async fn end(conn: &mut Conn, no: i64, state: TicketState, now: Timestamp) -> Result<()> {
    let served = matches!(state, TicketState::Serving | TicketState::Parked);
    let (after, deed) =
        if served { (TicketState::Finished, TicketDeed::Finish) } else { (TicketState::Noshow, TicketDeed::Noshow) };
    sqlx::query(
        "UPDATE ticket SET state = $1, since = $2, ended = $2, is_open = $3, unwrapped = $3, version = version + 1 WHERE no = $4",
    )
    .bind(word(&after))
    .bind(now.as_microsecond())
    .bind(i64::from(served))
    .bind(no)
    .execute(&mut *conn)
    .await?;
    let line = Line { at: now, deed, by: None, said: None, command: None };
    add_line(conn, no, (after, None), &line).await
}

/// A call that the display shows, with the counter's slug instead of its name.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The counter.
    pub counter: CounterId,
    /// The rest.
    pub call: DisplayCall,
}

/// Who is called on a day, or was since a moment and is served now, the last first, and how many wait.
pub async fn shown(conn: &mut Conn, site: &SiteId, day: Date, since: Timestamp) -> Result<(Vec<Shown>, u16)> {
    let rows = sqlx::query(
        "SELECT number, counter, last_call, calls FROM ticket WHERE site = $1 AND is_open = 1 AND counter IS NOT NULL AND day = $3
            AND (state = 'called' OR (state = 'serving' AND last_call >= $2)) AND last_call IS NOT NULL ORDER BY last_call DESC, no DESC",
    )
    .bind(site.as_str())
    .bind(since.as_microsecond())
    .bind(day.to_string())
    .fetch_all(&mut *conn)
    .await?;
    let calls = rows
        .iter()
        .map(|row| {
            let counter = CounterId::parse(&row.text(1)?).map_err(|_| StoreError::Value("counter"))?;
            let call = DisplayCall {
                number: row.text(0)?,
                counter: String::new(),
                counter_name: Localized::new("", ""),
                at: row.moment(2)?,
                calls: u8::try_from(row.int(3)?).unwrap_or(u8::MAX),
            };
            Ok(Shown { counter, call })
        })
        .collect::<Result<Vec<_>>>()?;
    let waiting =
        sqlx::query("SELECT COUNT(*) FROM ticket WHERE site = $1 AND is_open = 1 AND state = 'waiting' AND day = $2")
            .bind(site.as_str())
            .bind(day.to_string())
            .fetch_one(conn)
            .await?
            .count(0)?;
    Ok((calls, waiting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;
    use crate::store::Store;

    #[tokio::test]
    async fn the_queue_is_read_without_walking_through_the_tickets_of_years() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let mut conn = store.read().await.unwrap();
        let sql = format!("EXPLAIN QUERY PLAN SELECT {COLUMNS} {FROM} {OPEN}");
        let rows = sqlx::query(AssertSqlSafe(sql)).bind("norrebro").fetch_all(&mut *conn).await.unwrap();
        let plan: Vec<String> = rows.iter().map(|row| row.text(3).unwrap()).collect();
        assert!(plan.iter().all(|step| !step.contains("SCAN")), "{plan:?}");
        assert!(plan.iter().any(|step| step.contains("ticket_open (site=? AND is_open=?)")), "{plan:?}");
    }
}
