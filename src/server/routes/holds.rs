//! Times that are kept while somebody writes. What lives here: keeping one, and letting go of what ran out. What does not: booking
//! (`appointments`), finding one (`slots`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, HoldRequest};
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::{ProblemKind, paths};
use skranke_domain::appointment::AppointmentStatus;

use super::acting::check_id;
use super::appointments::{refused, sight, site_and_interpreter, stretch};
use super::deed::Deed;
use super::opening::{check_minutes, check_time};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, Json};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::appointments::{self, Booking, Cases};
use crate::store::events::News;
use crate::store::{Tx, citizens, events, meta};

/// How long a time is kept.
const KEPT_MINUTES: i64 = 5;
/// How many somebody may keep at a time.
const MOST: i64 = 5;

/// Keeps a free time for five minutes. Asked again with the same identifier it keeps another time instead.
#[utoipa::path(post, path = "/v1/slots/hold", operation_id = "holdSlot", tag = "appointments",
    request_body = HoldRequest, responses((status = 201, body = Appointment)))]
pub async fn hold(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<HoldRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_minutes(request.minutes, "/minutes")?;
    let command = Command::new(&person, key, "POST", paths::HOLD, &request)?;
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Err(ProblemKind::NotFound.into()),
        Seen::Never => {}
    }
    let deed = Deed::new(&app, &person, command);
    sweep(&mut tx, &app, deed.now).await?;
    let before = appointments::one(&mut tx, &app.procedures, request.id, Cases::Hidden).await?;
    if let Some(before) = &before {
        if before.view.status != AppointmentStatus::Proposed || before.held_by != Some(person.id()) {
            return Err(ProblemKind::AlreadyExists.into());
        }
        appointments::let_go(&mut tx, before).await?;
    }
    let citizen = citizens::number(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let sites = meta::sites(&mut tx).await?;
    let (site, _) = site_and_interpreter(&sites, &request.counter, request.interpreter.as_ref())?;
    let time = stretch(request.start, request.minutes);
    check_time(site, time, deed.now, "/start")?;
    super::appointments::check_manned(&mut tx, &request.counter, request.start, "/start").await?;
    if appointments::held_by(&mut tx, person.id(), request.id, deed.now).await? >= MOST {
        let detail = format!("{MOST} times are kept already: book or give back one of them first");
        return Err(Refusal::new(ProblemKind::Transition).detail(detail));
    }
    let until = deed.now.checked_add(KEPT_MINUTES.minutes()).unwrap_or(deed.now);
    let booking = Booking {
        id: request.id,
        citizen,
        cases: &[],
        counter: &request.counter,
        time,
        people: 1,
        with: None,
        interpreter: request.interpreter.as_ref(),
        language: None,
        replaces: None,
        held: Some((person.id(), until)),
    };
    appointments::book(&mut tx, &booking).await.map_err(refused)?;
    let found = appointments::one(&mut tx, &app.procedures, request.id, sight(&person)).await?;
    let view = found.ok_or(ProblemKind::Internal)?.view;
    let answer = Stored::new(StatusCode::CREATED, &view, &view.etag)?.at(paths::appointment(view.id));
    let news = deed.news(EventKind::AppointmentChanged, paths::appointment(view.id), &view.etag, view.citizen);
    let entry = Entry::new(&person, AuditAction::Book).citizen(request.citizen).note("held");
    deed.done(tx, answer, (&news, None), entry).await
}

/// Lets go of everything that is held no longer, inside a write that could meet it; gives how many.
pub(crate) async fn sweep(tx: &mut Tx, app: &App, now: Timestamp) -> Answer<usize> {
    let all = appointments::run_out(tx, now).await?;
    for id in &all {
        let Some(held) = appointments::one(tx, &app.procedures, *id, Cases::Hidden).await? else { continue };
        appointments::let_go(tx, &held).await?;
        let news = News {
            kind: EventKind::AppointmentChanged,
            subject: paths::appointment(*id),
            etag: None,
            actor: None,
            command: None,
            citizen: Some(held.view.citizen),
            case: None,
            department: None,
        };
        events::add(tx, now, &news).await?;
    }
    Ok(all.len())
}

/// Lets go of everything that is held no longer. A served service does it by itself.
pub(crate) async fn sweep_due(app: &App) -> Answer<usize> {
    let now = app.clock.now();
    if appointments::run_out(&mut *app.store.read().await?, now).await?.is_empty() {
        return Ok(0);
    }
    let mut tx = app.store.begin().await?;
    let all = sweep(&mut tx, app, now).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(all)
}
