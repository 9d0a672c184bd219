//! Notes on a citizen: reading, writing, changing. What does not live here: promises (`promises`), how they are stored (`store::notes`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::notes::{NoteChange, NoteRequest, NoteView};
use skranke_api::{ETag, Page, ProblemKind, paths};
use skranke_domain::note::NOTE_CHARS;
use skranke_domain::{CitizenId, NoteId};

use super::acting::check_id;
use super::deed::{Deed, check_text};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::notes::Hand;
use crate::store::{citizens, notes};

/// A citizen's notes: those that hold first, attention before plain, newest first; what has expired stands at the end.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/notes", operation_id = "notes", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = Page<NoteView>)))]
pub async fn list(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let items = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
        notes::of_citizen(&mut conn, no, app.clock.today(), person.withheld()).await?
    };
    app.auditor.record(Entry::new(&person, AuditAction::ReadNotes).citizen(citizen).purpose(purpose)).await?;
    json(&Page { items, next_cursor: None })
}

/// Writes a note.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/notes", operation_id = "writeNote", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = NoteRequest, responses((status = 201, body = NoteView)))]
pub async fn write(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<NoteRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.text, "/text", 1..=NOTE_CHARS)?;
    let command = Command::new(&person, key, "POST", &paths::notes(citizen), &request)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    let no = citizens::number(&mut tx, citizen).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let (_, view) = notes::one(&mut tx, citizen, request.id, withheld).await?.ok_or(ProblemKind::NotFound)?;
            return Ok(made(&view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let today = app.clock.today();
    check_expiry(request.expires, today, "today at the earliest")?;
    let deed = Deed::new(&app, &person, command);
    let view = NoteView {
        id: request.id,
        citizen,
        kind: request.kind,
        text: request.text.trim().to_owned(),
        expires: request.expires,
        by: person.me.name.clone(),
        department: person.me.department.clone(),
        at: deed.now,
        etag: ETag::of_version(1),
    };
    let hand = Hand { by: (person.id(), &person.me.name), department: &person.me.department, at: deed.now };
    notes::add(&mut tx, no, &view, hand).await.map_err(already)?;
    let news = deed.news_of(paths::note(citizen, view.id), &view.etag, citizen, &view.department);
    let entry = Entry::new(&person, AuditAction::WriteNote).citizen(citizen);
    deed.done(tx, made(&view)?, (&news, None), entry).await
}

/// Changes a note, or ends it by letting it expire yesterday.
#[utoipa::path(patch, path = "/v1/citizens/{citizen}/notes/{note}", operation_id = "changeNote", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen"), ("note" = NoteId, Path, description = "The note")),
    request_body = NoteChange, responses((status = 200, body = NoteView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path((citizen, id)): Path<(CitizenId, NoteId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<NoteChange>,
) -> Answer<Response> {
    let path = paths::note(citizen, id);
    let command = Command::new(&person, key, "PATCH", &path, &change)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    let (no, mut view) = notes::one(&mut tx, citizen, id, withheld).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(Stored::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    if_match.check(&view.etag, || &view)?;
    check_text(&change.text, "/text", 1..=NOTE_CHARS)?;
    let today = app.clock.today();
    if change.expires != view.expires {
        let yesterday = today.checked_sub(1.day()).unwrap_or(today);
        check_expiry(change.expires, yesterday, "yesterday at the earliest, which ends it")?;
    }
    let deed = Deed::new(&app, &person, command);
    let text = change.text.trim();
    if (change.kind, text) != (view.kind, view.text.as_str()) {
        // Who changes the words answers for them; who only ends the note does not become its author.
        view.by.clone_from(&person.me.name);
    }
    view.kind = change.kind;
    view.text = text.to_owned();
    view.expires = change.expires;
    view.at = deed.now;
    notes::change(&mut tx, no, &view, person.id()).await?;
    let (_, view) = notes::one(&mut tx, citizen, id, withheld).await?.ok_or(ProblemKind::Internal)?;
    let news = deed.news_of(path, &view.etag, citizen, &view.department);
    let entry = Entry::new(&person, AuditAction::WriteNote).citizen(citizen);
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    deed.done(tx, answer, (&news, None), entry).await
}

fn made(view: &NoteView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::note(view.citizen, view.id)))
}

fn check_expiry(expires: Option<Date>, earliest: Date, detail: &str) -> Answer<()> {
    match expires {
        Some(day) if day < earliest => Err(Refusal::field("/expires", "range", detail)),
        _ => Ok(()),
    }
}

/// An identifier that is taken is said to be so.
pub(super) fn already(error: crate::store::StoreError) -> Refusal {
    if error.is_conflict() { ProblemKind::AlreadyExists.into() } else { error.into() }
}
