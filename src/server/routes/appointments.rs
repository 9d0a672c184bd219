//! Appointments: calendars and lists, one of them, and booking. What does not live here: free times (`slots`), keeping one (`holds`),
//! changing an appointment (`rescheduling`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, BookRequest, Calendar, Interpreter, Site, StaffRef};
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::events::EventKind;
use skranke_api::{ProblemKind, paths};
use skranke_domain::appointment::{AppointmentStatus, RebookCause};
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, InterpreterId, ProcedureId, SiteId, StaffId};

use super::acting::check_id;
use super::calendars::{Reading, whose};
use super::opening::{check_minutes, check_time};
use super::rescheduling::Act;
use super::{counting, holds};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json, Params, Path, optional_purpose, purpose};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::policy;
use crate::problem::{Answer, Refusal, json, tagged};
use crate::store::appointments::{self, Booking, Cases, NotTaken, site_of};
use crate::store::cases::is_open;
use crate::store::{Conn, Read, Tx, calendar, cases, citizens, meta, outbound};

/// What a person sees of the cases that somebody comes for.
pub(super) fn sight(person: &Person) -> Cases {
    if policy::sees_cases(person.role()) { Cases::Except(person.withheld()) } else { Cases::Hidden }
}

/// The calendar of a counter, a site, a caseworker or an interpreter from day to day, or all of a citizen's appointments.
#[utoipa::path(get, path = "/v1/appointments", operation_id = "appointments", tag = "appointments",
    params(
        ("counter" = Option<CounterId>, Query, description = "A counter's; with `from` and `to`"),
        ("site" = Option<SiteId>, Query, description = "A whole site's; with `from` and `to`, seven days at most"),
        ("staff" = Option<StaffId>, Query, description = "A caseworker's, wherever she sits; with `from` and `to`"),
        ("interpreter" = Option<InterpreterId>, Query, description = "An interpreter's; with `from` and `to`"),
        ("from" = Option<String>, Query, description = "The first day", format = Date),
        ("to" = Option<String>, Query, description = "The last day", format = Date),
        ("citizen" = Option<CitizenId>, Query, description = "The citizen; with nothing else, and with a purpose"),
    ),
    responses((status = 200, body = Calendar)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, headers: HeaderMap) -> Answer<Response> {
    if let Some(citizen) = params.opt::<CitizenId>("citizen")? {
        for other in ["counter", "site", "staff", "interpreter", "from", "to"] {
            if params.text(other).is_some() {
                return Err(Refusal::field(format!("?{other}"), "conflict", "a citizen's list has no other filter"));
            }
        }
        return of_citizen(&app, &person, citizen, &headers).await;
    }
    let (of, days) = whose(&params)?;
    let reading = Reading { app: &app, person: &person, days, now: app.clock.now() };
    let calendar = reading.of(&mut *app.store.read().await?, &of).await?;
    json(&calendar)
}

async fn of_citizen(app: &App, person: &Person, citizen: CitizenId, headers: &HeaderMap) -> Answer<Response> {
    let purpose = purpose(headers)?;
    let items = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.unwrap_or(0);
        appointments::of_citizen(&mut conn, &app.procedures, no, sight(person)).await?
    };
    app.auditor.record(Entry::new(person, AuditAction::ReadAppointments).citizen(citizen).purpose(purpose)).await?;
    json(&Calendar { items, blocks: Vec::new(), load: Vec::new(), next_cursor: None, lanes: Vec::new() })
}

/// One appointment.
#[utoipa::path(get, path = "/v1/appointments/{appointment}", operation_id = "appointment", tag = "appointments",
    params(("appointment" = AppointmentId, Path, description = "The appointment")),
    responses((status = 200, body = Appointment)))]
pub async fn one(
    State(app): State<App>,
    person: Person,
    Path(id): Path<AppointmentId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let purpose = optional_purpose(&headers)?;
    let view = {
        let mut conn = app.store.read().await?;
        view_of(&mut conn, &app, &person, id).await?.ok_or(ProblemKind::NotFound)?
    };
    let mut entry = Entry::new(&person, AuditAction::ReadAppointments).citizen(view.citizen);
    if let Some(purpose) = purpose {
        entry = entry.purpose(purpose);
    }
    app.auditor.record(entry).await?;
    tagged(&view, &view.etag)
}

/// One appointment with whom it told. What is held no longer is there no more.
pub(super) async fn view_of(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    id: AppointmentId,
) -> Answer<Option<Appointment>> {
    let found = appointments::one(conn, &app.procedures, id, sight(person)).await?;
    let now = app.clock.now();
    let Some(found) = found.filter(|found| found.view.expires.is_none_or(|until| until > now)) else {
        return Ok(None);
    };
    let mut view = found.view;
    view.told = outbound::told_of(conn, found.no).await?;
    Ok(Some(view))
}

/// Books a time. A time that is taken is refused, whoever asks at the same moment; one that the same person holds is hers, also where she
/// took another meanwhile.
#[utoipa::path(post, path = "/v1/appointments", operation_id = "bookAppointment", tag = "appointments",
    request_body = BookRequest, responses((status = 201, body = Appointment)))]
pub async fn book(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<BookRequest>,
) -> Answer<Response> {
    check(&request)?;
    let command = Command::new(&person, key, "POST", paths::APPOINTMENTS, &request)?;
    let _turn = app.booking.lock().await;
    if is_gone(&app, &command, &request).await? {
        return Err(ProblemKind::SlotTaken.into());
    }
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = view_of(&mut tx, &app, &person, request.id).await?;
            return Ok(created(&found.ok_or(ProblemKind::NotFound)?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    holds::sweep(&mut tx, &app, act.now).await?;
    if let Some(held) = appointments::one(&mut tx, &app.procedures, request.id, Cases::Hidden).await? {
        if held.view.status != AppointmentStatus::Proposed || held.held_by != Some(person.id()) {
            return Err(ProblemKind::AlreadyExists.into());
        }
        appointments::let_go(&mut tx, &held).await?;
    }
    let citizen = citizens::brief(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let for_cases = booked_cases(&mut tx, &app, &person, &request.cases, request.citizen).await?;
    let sites = meta::sites(&mut tx).await?;
    let (site, _) = site_and_interpreter(&sites, &request.counter, request.interpreter.as_ref())?;
    let time = stretch(request.start, request.minutes);
    check_time(site, time, act.now, "/start")?;
    check_manned(&mut tx, &request.counter, request.start, "/start").await?;
    let with = match request.with {
        Some(id) => Some(colleague(&mut tx, id).await?),
        None => None,
    };
    let replaces = replaced(&mut tx, &act, &request).await?;
    let case_nos: Vec<i64> = for_cases.iter().map(|c| c.no).collect();
    let booking = Booking {
        id: request.id,
        citizen: citizen.no,
        cases: &case_nos,
        counter: &request.counter,
        time,
        people: request.people,
        with: with.as_ref(),
        interpreter: request.interpreter.as_ref(),
        language: request.language.as_ref(),
        replaces,
        held: None,
    };
    let no = appointments::book(&mut tx, &booking).await.map_err(refused)?;
    if let (Some((_, Some(cause))), Some(first)) = (replaces, for_cases.first()) {
        let day = local(request.start).date();
        let procedure: Option<&ProcedureId> = Some(&first.row.procedure);
        counting::rebooked(&mut tx, &app, (&site.id, &first.row.department), (day, procedure), cause).await?;
    }
    act.touch_cases(&mut tx, &for_cases, HistoryKind::Booked, None).await?;
    super::rescheduling::tell_people(&mut tx, &app, no, act.now).await?;
    let view = view_of(&mut tx, &app, &person, request.id).await?.ok_or(ProblemKind::Internal)?;
    act.tell(&mut tx, EventKind::AppointmentBooked, &view).await?;
    let entry = Entry::new(&person, AuditAction::Book).citizen(request.citizen).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    let answer = created(&view)?;
    command.keep(&mut tx, act.now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// Whether a time is plainly taken by somebody else, by a look that costs no write. What it does not see, the booking itself does.
async fn is_gone(app: &App, command: &Command, request: &BookRequest) -> Answer<bool> {
    let now = app.clock.now();
    if request.start < now {
        return Ok(false);
    }
    let time = stretch(request.start, request.minutes);
    let mut conn = app.store.read().await?;
    let own = (request.id, request.replaces);
    let taken = appointments::is_taken(&mut conn, &request.counter, time, (own, now)).await?;
    Ok(taken && matches!(command.seen(&mut conn).await?, Seen::Never))
}

/// The appointment that a booking stands for, with why she comes again. One that still stands is cancelled.
async fn replaced(
    tx: &mut Tx,
    act: &Act<'_>,
    request: &BookRequest,
) -> Answer<Option<(AppointmentId, Option<RebookCause>)>> {
    let Some(id) = request.replaces else {
        return match request.cause {
            None => Ok(None),
            Some(_) => Err(Refusal::field("/cause", "conflict", "a cause goes with the appointment it stands for")),
        };
    };
    let old = appointments::one(tx, &act.app.procedures, id, sight(act.person)).await?;
    let old = old.filter(|old| old.view.citizen == request.citizen && old.view.status != AppointmentStatus::Proposed);
    let old = old.ok_or_else(|| Refusal::field("/replaces", "unknown", "this citizen has no such appointment"))?;
    let missed = (old.view.status == AppointmentStatus::Noshow).then_some(RebookCause::Missed);
    let cause = request.cause.or(missed).or(old.cause);
    if old.view.status == AppointmentStatus::Booked {
        act.cancel(tx, &old, None).await?;
    }
    Ok(Some((id, cause)))
}

/// From and to.
pub(super) fn stretch(start: Timestamp, minutes: u16) -> (Timestamp, Timestamp) {
    (start, start.checked_add(i64::from(minutes).minutes()).unwrap_or(start))
}

/// The site of a counter, with the interpreter who comes there.
pub(super) fn site_and_interpreter<'a>(
    sites: &'a [Site],
    counter: &CounterId,
    interpreter: Option<&InterpreterId>,
) -> Answer<(&'a Site, Option<&'a Interpreter>)> {
    let site =
        site_of(sites, counter).ok_or_else(|| Refusal::field("/counter", "unknown", "there is no such counter"))?;
    let found = interpreter.map(|id| {
        let unknown = || Refusal::field("/interpreter", "unknown", "no such interpreter comes to this site");
        site.interpreters.iter().find(|known| known.id == *id).ok_or_else(unknown)
    });
    Ok((site, found.transpose()?))
}

/// Refuses a place where nobody is that day.
pub(super) async fn check_manned(conn: &mut Conn, counter: &CounterId, start: Timestamp, pointer: &str) -> Answer<()> {
    let day = local(start).date();
    let duties = calendar::duties(conn, (day, day)).await?;
    if duties.get(&(day, counter.clone())) == Some(&None) {
        return Err(Refusal::field(pointer, "closed", "nobody is at this counter that day"));
    }
    Ok(())
}

/// A refusal for a time that was not free.
pub(super) fn refused(not: NotTaken) -> Refusal {
    match not {
        NotTaken::Counter => Refusal::new(ProblemKind::SlotTaken),
        NotTaken::Interpreter => Refusal::new(ProblemKind::SlotTaken).detail("the interpreter is not free"),
        NotTaken::Store(error) => error.into(),
    }
}

async fn colleague(conn: &mut Conn, id: StaffId) -> Answer<StaffRef> {
    let row = sqlx::query("SELECT name FROM staff WHERE id = $1").bind(id.0).fetch_optional(conn).await;
    let row = row.map_err(crate::store::StoreError::from)?;
    let row = row.ok_or_else(|| Refusal::field("/with", "unknown", "there is no such colleague"))?;
    Ok(StaffRef { id, name: row.text(0)? })
}

fn created(view: &Appointment) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::appointment(view.id)))
}

fn check(request: &BookRequest) -> Answer<()> {
    if !(1..=10).contains(&request.cases.len()) {
        return Err(Refusal::field("/cases", "range", "one to ten cases"));
    }
    if !(1..=20).contains(&request.people) {
        return Err(Refusal::field("/people", "range", "one to twenty people"));
    }
    check_id(request.id.0)?;
    if request.language.as_ref().is_some_and(|language| !(2..=3).contains(&language.0.len())) {
        return Err(Refusal::field("/language", "word", "a language code of two or three letters was expected"));
    }
    check_minutes(request.minutes, "/minutes")
}

async fn booked_cases(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    ids: &[CaseId],
    citizen: CitizenId,
) -> Answer<Vec<cases::Stored>> {
    let mut found: Vec<cases::Stored> = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let pointer = format!("/cases/{at}");
        let case = cases::one(tx, &app.procedures, *id).await?;
        // A withheld case and one of somebody else are refused in the same words as one that does not exist.
        let case = case.filter(|c| c.row.citizen == citizen && !person.is_withheld(c.row.department.as_str()));
        let case = case.ok_or_else(|| Refusal::field(&pointer, "unknown", "this citizen has no such case"))?;
        if found.iter().any(|known| known.no == case.no) {
            return Err(Refusal::field(pointer, "duplicate", "this case stands twice"));
        }
        if !is_open(case.row.phase) {
            return Err(Refusal::field(pointer, "closed", "this case is closed"));
        }
        found.push(case);
    }
    Ok(found)
}
