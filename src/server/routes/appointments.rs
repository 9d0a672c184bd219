//! Appointments: the calendar of a counter, a citizen's list, booking and changing. What does not live here: free times (`slots`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::ToSpan;
use jiff::civil::{Date, Time};
use skranke_api::appointments::{Appointment, AppointmentChange, BookRequest, Calendar};
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::events::EventKind;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::checklist::REASON_CHARS;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CommandId, CounterId};

use super::slots::{check_minutes, check_time, closures, load};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::instant;
use crate::extract::{CommandKey, IfMatch, Json, Params, Path, optional_purpose, purpose};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::policy;
use crate::problem::{Answer, Refusal, json, tagged};
use crate::store::appointments::{self, Booking, Cases, site_of};
use crate::store::cases::{Happening, add_history, is_open};
use crate::store::events::News;
use crate::store::{Conn, Tx, cases, citizens, events, items, meta};

/// The most days of one calendar.
const MAX_DAYS: i64 = 42;

fn sight(person: &Person) -> Cases {
    if policy::sees_cases(person.role()) { Cases::Except(policy::withheld(person.role())) } else { Cases::Hidden }
}

/// The calendar of a counter from day to day, or all of a citizen's appointments.
#[utoipa::path(get, path = "/v1/appointments", operation_id = "appointments", tag = "appointments",
    params(
        ("counter" = Option<CounterId>, Query, description = "The counter; with `from` and `to`"),
        ("from" = Option<String>, Query, description = "The first day", format = Date),
        ("to" = Option<String>, Query, description = "The last day", format = Date),
        ("citizen" = Option<CitizenId>, Query, description = "The citizen; with nothing else, and with a purpose"),
    ),
    responses((status = 200, body = Calendar)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, headers: HeaderMap) -> Answer<Response> {
    if let Some(citizen) = params.opt::<CitizenId>("citizen")? {
        for other in ["counter", "from", "to"] {
            if params.text(other).is_some() {
                return Err(Refusal::field(format!("?{other}"), "conflict", "a citizen's list has no other filter"));
            }
        }
        return of_citizen(&app, &person, citizen, &headers).await;
    }
    let counter = params.need::<CounterId>("counter")?;
    let (from, to) = (params.need::<Date>("from")?, params.need::<Date>("to")?);
    let days = from.until(to).map_or(-1, |span| i64::from(span.get_days()));
    if !(0..MAX_DAYS).contains(&days) || from.year() < 1970 {
        return Err(Refusal::field("?to", "range", format!("a day from `from` on, {MAX_DAYS} days in all at most")));
    }
    let calendar = {
        let mut conn = app.store.read().await?;
        calendar(&mut conn, &app, &person, &counter, (from, to)).await?
    };
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

async fn calendar(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    counter: &CounterId,
    (from, to): (Date, Date),
) -> Answer<Calendar> {
    let sites = meta::sites(conn).await?;
    let site =
        site_of(&sites, counter).ok_or_else(|| Refusal::field("?counter", "unknown", "there is no such counter"))?;
    let end = to.checked_add(1.day()).unwrap_or(to);
    let stretch = (instant(from, Time::midnight()), instant(end, Time::midnight()));
    let items = appointments::at_counter(conn, &app.procedures, counter, stretch, sight(person)).await?;
    let mut blocks = appointments::blocks(conn, counter, stretch).await?;
    let mut days = Vec::new();
    let mut day = from;
    while day <= to {
        let within =
            (instant(day, Time::midnight()), instant(day.checked_add(1.day()).unwrap_or(day), Time::midnight()));
        let of_day = |start: jiff::Timestamp| within.0 <= start && start < within.1;
        let taken: Vec<_> = items.iter().filter(|a| of_day(a.start)).map(|a| (a.start, a.end)).collect();
        let blocked: Vec<_> = blocks.iter().filter(|b| of_day(b.start)).cloned().collect();
        days.push(load(site, day, &taken, &blocked));
        blocks.extend(closures(site, counter, day));
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    blocks.sort_by_key(|b| b.start);
    Ok(Calendar { items, blocks, load: days, next_cursor: None, lanes: Vec::new() })
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
    let found = appointments::one(&mut *app.store.read().await?, &app.procedures, id, sight(&person)).await?;
    let view = found.ok_or(ProblemKind::NotFound)?.view;
    let mut entry = Entry::new(&person, AuditAction::ReadAppointments).citizen(view.citizen);
    if let Some(purpose) = purpose {
        entry = entry.purpose(purpose);
    }
    app.auditor.record(entry).await?;
    tagged(&view, &view.etag)
}

/// Books a time. A time that is taken is refused, whoever asks at the same moment.
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
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = appointments::one(&mut tx, &app.procedures, request.id, sight(&person)).await?;
            return Ok(created(&found.ok_or(ProblemKind::NotFound)?.view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let now = app.clock.now();
    if appointments::one(&mut tx, &app.procedures, request.id, Cases::Hidden).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let citizen = citizens::brief(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let for_cases = booked_cases(&mut tx, &app, &person, &request.cases, request.citizen).await?;
    let sites = meta::sites(&mut tx).await?;
    let site = site_of(&sites, &request.counter)
        .ok_or_else(|| Refusal::field("/counter", "unknown", "there is no such counter"))?;
    let end = request.start.checked_add(i64::from(request.minutes).minutes()).unwrap_or(request.start);
    check_time(site, request.start, end, now)?;
    let case_nos: Vec<i64> = for_cases.iter().map(|c| c.no).collect();
    let booking = Booking {
        id: request.id,
        citizen: citizen.no,
        cases: &case_nos,
        counter: &request.counter,
        time: (request.start, end),
        people: request.people,
    };
    appointments::book(&mut tx, &booking)
        .await
        .map_err(|error| if error.is_conflict() { Refusal::new(ProblemKind::SlotTaken) } else { error.into() })?;
    let act = Act { app: &app, person: &person, key, now };
    act.touch_cases(&mut tx, &for_cases, HistoryKind::Booked).await?;
    let found = appointments::one(&mut tx, &app.procedures, request.id, sight(&person)).await?;
    let view = found.ok_or(ProblemKind::Internal)?.view;
    act.tell(&mut tx, EventKind::AppointmentBooked, &view).await?;
    let entry = Entry::new(&person, AuditAction::Book).citizen(request.citizen).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    let answer = created(&view)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
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
    if request.id.0.get_version_num() != 7 {
        return Err(Refusal::field("/id", "type", "a UUID of version 7 was expected"));
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
        let case =
            case.filter(|c| c.row.citizen == citizen && !policy::is_withheld(person.role(), c.row.department.as_str()));
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

/// Changes an appointment: arrived, fulfilled, no-show, cancelled with a reason.
#[utoipa::path(patch, path = "/v1/appointments/{appointment}", operation_id = "changeAppointment", tag = "appointments",
    params(("appointment" = AppointmentId, Path, description = "The appointment")),
    request_body = AppointmentChange, responses((status = 200, body = Appointment)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<AppointmentId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<AppointmentChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::appointment(id), &change)?;
    let mut tx = app.store.begin().await?;
    let found = appointments::one(&mut tx, &app.procedures, id, sight(&person)).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(Stored::new(StatusCode::OK, &found.view, &found.view.etag)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if_match.check(&found.view.etag, || &found.view)?;
    let reason = change.reason.as_deref().map(str::trim).filter(|r| !r.is_empty());
    if reason.is_some_and(|r| r.chars().count() > REASON_CHARS) {
        return Err(Refusal::field("/reason", "length", format!("at most {REASON_CHARS} characters")));
    }
    let Some(status) = change.status else {
        return Err(Refusal::field("/status", "missing", "a state is needed"));
    };
    if status == AppointmentStatus::Cancelled && reason.is_none() {
        return Err(Refusal::field("/reason", "missing", "a cancellation needs a reason"));
    }
    check_step(found.view.status, status)?;
    let now = app.clock.now();
    appointments::set_status(&mut tx, found.no, status, reason).await?;
    let mut for_cases = Vec::new();
    for id in cases::ids(&mut tx, &found.case_nos).await? {
        for_cases.extend(cases::one(&mut tx, &app.procedures, id).await?);
    }
    let act = Act { app: &app, person: &person, key, now };
    if status == AppointmentStatus::Cancelled {
        act.touch_cases(&mut tx, &for_cases, HistoryKind::Cancelled).await?;
    } else {
        for case in &for_cases {
            items::recompute(&mut tx, case.no, case.row.phase, &case.procedure).await?;
        }
    }
    let view =
        appointments::one(&mut tx, &app.procedures, id, sight(&person)).await?.ok_or(ProblemKind::Internal)?.view;
    act.tell(&mut tx, EventKind::AppointmentChanged, &view).await?;
    let entry = Entry::new(&person, AuditAction::ChangeAppointment).citizen(view.citizen).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// Which states follow on which, in FHIR's words.
fn check_step(from: AppointmentStatus, to: AppointmentStatus) -> Answer<()> {
    use AppointmentStatus::{Arrived, Booked, Cancelled, Fulfilled, Noshow, Proposed};
    if matches!((from, to), (Proposed | Booked, Arrived | Cancelled | Noshow) | (Arrived, Fulfilled | Cancelled)) {
        return Ok(());
    }
    Err(Refusal::new(ProblemKind::Transition).detail(format!("{from:?} does not become {to:?}")))
}

/// One change under way.
struct Act<'a> {
    app: &'a App,
    person: &'a Person,
    key: CommandId,
    now: jiff::Timestamp,
}

impl Act<'_> {
    /// Writes into the cases' history what happened, and adds them up again.
    async fn touch_cases(&self, tx: &mut Tx, all: &[cases::Stored], kind: HistoryKind) -> Answer<()> {
        for case in all {
            let happening = Happening {
                at: self.now,
                by: Some((self.person.id(), &self.person.me.name)),
                kind,
                item: None,
                state: None,
                reason: None,
                command: Some(self.key),
            };
            add_history(tx, case.no, &happening).await?;
            items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
            let case_now = cases::one(tx, &self.app.procedures, case.row.id).await?;
            let etag: Option<ETag> = case_now.map(|c| c.row.etag);
            let news = News {
                kind: EventKind::CaseChanged,
                subject: paths::case(case.row.id),
                etag,
                actor: Some((self.person.id(), self.person.me.name.clone())),
                command: Some(self.key),
                citizen: Some(case.row.citizen),
                case: Some(case.row.id),
                department: Some(case.row.department.clone()),
            };
            events::add(tx, self.now, &news).await?;
        }
        Ok(())
    }

    /// Tells of the appointment itself.
    async fn tell(&self, tx: &mut Tx, kind: EventKind, view: &Appointment) -> Answer<()> {
        let news = News {
            kind,
            subject: paths::appointment(view.id),
            etag: Some(view.etag.clone()),
            actor: Some((self.person.id(), self.person.me.name.clone())),
            command: Some(self.key),
            citizen: Some(view.citizen),
            case: None,
            department: None,
        };
        Ok(events::add(tx, self.now, &news).await?)
    }
}
