//! Time that somebody closes at counters: what it would meet, closing it, opening it again. What does not live here: opening hours
//! (`opening`), moving who is met (`appointments`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::appointments::Appointment;
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::opening::{BlockChange, BlockConflicts, BlockRequest, BlockView};
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::{BlockId, CounterId};

use super::acting::check_id;
use super::appointments::sight;
use super::calendars::stands;
use super::opening::is_on_mark;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::{Touch, Whose, of_stretch, site_of};
use crate::store::events::News;
use crate::store::{Conn, Tx, calendar, events, meta};

/// The most counters of a closure.
const MAX_COUNTERS: usize = 40;
/// The most appointments that are seen.
const MAX_SEEN: usize = 500;
/// The longest closure, in microseconds.
const LONGEST: i64 = 86_400_000_000;
/// The most characters of the reason.
const MAX_TEXT: usize = 200;

async fn check(conn: &mut Conn, app: &App, request: &BlockRequest) -> Answer<()> {
    check_id(request.id.0)?;
    if !(1..=MAX_COUNTERS).contains(&request.counters.len()) {
        return Err(Refusal::field("/counters", "range", format!("one to {MAX_COUNTERS} counters")));
    }
    if request.seen.len() > MAX_SEEN {
        return Err(Refusal::field("/seen", "range", format!("at most {MAX_SEEN}")));
    }
    if request.text.chars().count() > MAX_TEXT {
        return Err(Refusal::field("/text", "length", format!("at most {MAX_TEXT} characters")));
    }
    for (pointer, at) in [("/start", request.start), ("/end", request.end)] {
        if !is_on_mark(at) {
            return Err(Refusal::field(pointer, "mark", "a time on a five-minute mark was expected"));
        }
    }
    let micros = request.end.as_microsecond().saturating_sub(request.start.as_microsecond());
    if !(1..=LONGEST).contains(&micros) {
        return Err(Refusal::field("/end", "range", "after the beginning, at most 24 hours"));
    }
    let now = app.clock.now();
    if request.end <= now {
        return Err(Refusal::field("/end", "past", "that time has passed"));
    }
    if request.start.as_microsecond() > now.as_microsecond() + 400 * LONGEST {
        return Err(Refusal::field("/start", "far", "at most a year ahead can be closed"));
    }
    let sites = meta::sites(conn).await?;
    for (at, counter) in request.counters.iter().enumerate() {
        let pointer = format!("/counters/{at}");
        if request.counters[..at].contains(counter) {
            return Err(Refusal::field(pointer, "duplicate", "this counter stands twice"));
        }
        site_of(&sites, counter).ok_or_else(|| Refusal::field(pointer, "unknown", "there is no such counter"))?;
    }
    Ok(())
}

async fn met(
    conn: &mut Conn,
    (app, person): (&App, &Person),
    counters: &[CounterId],
    (from, to): (jiff::Timestamp, jiff::Timestamp),
) -> Answer<Vec<Appointment>> {
    if counters.is_empty() {
        return Ok(Vec::new());
    }
    let (whose, stretch) = (Whose::Counters(counters), (from, to, Touch::Overlap));
    let all = of_stretch(conn, &app.procedures, &whose, stretch, (app.clock.now(), sight(person))).await?;
    Ok(all.into_iter().filter(|appointment| stands(appointment.status)).collect())
}

/// What closing time would meet. Nothing is written by asking.
#[utoipa::path(post, path = "/v1/blocks/conflicts", operation_id = "blockConflicts", tag = "appointments",
    request_body = BlockRequest, responses((status = 200, body = BlockConflicts)))]
pub async fn conflicts(State(app): State<App>, person: Person, Json(request): Json<BlockRequest>) -> Answer<Response> {
    let mut conn = app.store.read().await?;
    check(&mut conn, &app, &request).await?;
    let stretch = (request.start, request.end);
    let appointments = met(&mut conn, (&app, &person), &request.counters, stretch).await?;
    json(&BlockConflicts { appointments })
}

/// Closes time at counters. Who lies there keeps her time and is marked; one that was not seen refuses the change.
#[utoipa::path(post, path = "/v1/blocks", operation_id = "closeTime", tag = "appointments",
    request_body = BlockRequest, responses((status = 201, body = BlockView)))]
pub async fn close(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<BlockRequest>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "POST", paths::BLOCKS, &request)?;
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let view = view(&mut tx, (&app, &person), request.id).await?.ok_or(ProblemKind::NotFound)?;
            return Ok(made(&view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    check(&mut tx, &app, &request).await?;
    if !calendar::closure(&mut tx, request.id).await?.is_empty() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let stretch = (request.start, request.end);
    let appointments = met(&mut tx, (&app, &person), &request.counters, stretch).await?;
    if appointments.iter().any(|appointment| !request.seen.contains(&appointment.id)) {
        let detail = "somebody is booked there who was not seen";
        return Err(Refusal::not_now(&BlockConflicts { appointments }, detail));
    }
    let text = Some(request.text.trim()).filter(|text| !text.is_empty());
    calendar::close(&mut tx, request.id, &request.counters, stretch, (request.kind, text)).await?;
    let view = view(&mut tx, (&app, &person), request.id).await?.ok_or(ProblemKind::Internal)?;
    let answer = made(&view)?;
    done(tx, (&app, &person), &command, (&view, answer)).await
}

/// Opens closed time again, at some of its counters or at all.
#[utoipa::path(patch, path = "/v1/blocks/{block}", operation_id = "openTime", tag = "appointments",
    params(("block" = BlockId, Path, description = "The closure")),
    request_body = BlockChange, responses((status = 200, body = BlockView)))]
pub async fn open(
    State(app): State<App>,
    person: Person,
    Path(id): Path<BlockId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<BlockChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::block(id), &change)?;
    let mut tx = app.store.begin().await?;
    // Asked again after all of it opened, it is there no more: the answer that was kept comes first.
    let seen = command.seen(&mut tx).await?;
    if let Seen::Done(answer) = &seen {
        return Ok(answer.response(Freshness::Replayed));
    }
    let before = view(&mut tx, (&app, &person), id).await?.ok_or(ProblemKind::NotFound)?;
    if matches!(seen, Seen::Forgotten) {
        return Ok(Stored::new(StatusCode::OK, &before, &before.etag)?.response(Freshness::Replayed));
    }
    if_match.check(&before.etag, || &before)?;
    if !(1..=MAX_COUNTERS).contains(&change.opens.len()) {
        return Err(Refusal::field("/opens", "range", format!("one to {MAX_COUNTERS} counters")));
    }
    for (at, counter) in change.opens.iter().enumerate() {
        if !before.blocks.iter().any(|block| block.counter == *counter) {
            return Err(Refusal::field(format!("/opens/{at}"), "unknown", "this closure does not close that counter"));
        }
    }
    calendar::open(&mut tx, id, &change.opens).await?;
    let view = match view(&mut tx, (&app, &person), id).await? {
        Some(view) => view,
        None => BlockView {
            id,
            blocks: Vec::new(),
            conflicts: Vec::new(),
            // Nothing is left that could have a version; this one follows on the last.
            etag: ETag::of_version(before.etag.version().unwrap_or(0) + 1),
        },
    };
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    done(tx, (&app, &person), &command, (&view, answer)).await
}

fn made(view: &BlockView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::block(view.id)))
}

async fn view(conn: &mut Conn, who: (&App, &Person), id: BlockId) -> Answer<Option<BlockView>> {
    let blocks = calendar::closure(conn, id).await?;
    let Some(first) = blocks.first() else { return Ok(None) };
    let Some(etag) = first.etag.clone() else { return Ok(None) };
    let counters: Vec<CounterId> = blocks.iter().map(|block| block.counter.clone()).collect();
    let conflicts = met(conn, who, &counters, (first.start, first.end)).await?;
    Ok(Some(BlockView { id, blocks, conflicts, etag }))
}

async fn done(
    mut tx: Tx,
    (app, person): (&App, &Person),
    command: &Command,
    (view, answer): (&BlockView, Stored),
) -> Answer<Response> {
    let now = app.clock.now();
    let news = News {
        kind: EventKind::OpeningChanged,
        subject: paths::block(view.id),
        etag: Some(view.etag.clone()),
        actor: Some((person.id(), person.me.name.clone())),
        command: Some(command.id),
        citizen: None,
        case: None,
        department: None,
    };
    events::add(&mut tx, now, &news).await?;
    let entry = Entry::new(person, AuditAction::ChangeAppointment).note("closed time").command(command.id);
    app.chain.append(&mut tx, &[entry]).await?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}
