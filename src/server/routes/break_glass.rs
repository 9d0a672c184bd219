//! Breaking the glass: opening what is withheld about one citizen, in an emergency, and its review. What does not live here: what an open glass
//! shows (`crate::policy::glass`), the looks through it (the log).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use skranke_api::access::{
    BreakGlassRequest, BreakGlassView, Finding, OPEN_MINUTES, REASON_AT_LEAST, REASON_CHARS, ReviewRequest,
};
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::purpose::{NOTE_CHARS, PurposeKind};
use skranke_api::{Page, ProblemKind, Purpose, paths};
use skranke_domain::{BreakGlassId, CitizenId};

use super::acting::check_id;
use super::deed::{Deed, check_text};
use super::notes::already;
use crate::App;
use crate::audit::{Entry, through};
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::policy;
use crate::problem::{Answer, Refusal, json};
use crate::store::break_glass::{self, Broken};
use crate::store::events::Audience;
use crate::store::{citizens, rights};

/// Opens one department that is withheld, about one citizen, to this person alone, for an hour. Whether there is anything plays no part.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/break-glass", operation_id = "breakGlass", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = BreakGlassRequest, responses((status = 201, body = BreakGlassView)))]
pub async fn break_it(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<BreakGlassRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.reason, "/reason", REASON_AT_LEAST..=REASON_CHARS)?;
    if app.catalogue.department(&request.department).is_none() {
        return Err(Refusal::field("/department", "unknown", "there is no such department"));
    }
    if !policy::is_withheld(person.role(), request.department.as_str()) {
        return Err(Refusal::field("/department", "open", "this department is not withheld from you"));
    }
    let command = Command::new(&person, key, "POST", &paths::break_glass_of(citizen), &request)?;
    let mut tx = app.store.begin().await?;
    let no = citizens::number(&mut tx, citizen).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let view = break_glass::one(&mut tx, request.id).await?.filter(|view| view.staff == person.id());
            return Ok(made(&view.ok_or(ProblemKind::NotFound)?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let deed = Deed::new(&app, &person, command);
    let until = deed.now.checked_add(OPEN_MINUTES.minutes()).map_err(|_| ProblemKind::Internal)?;
    let broken = Broken { request: &request, citizen, by: (person.id(), &person.me.name), at: deed.now, until };
    break_glass::add(&mut tx, &broken).await.map_err(already)?;
    let view = break_glass::one(&mut tx, request.id).await?.ok_or(ProblemKind::Internal)?;
    // The log's purpose is shorter than a reason may be; all of it stands with the glass.
    let words = request.reason.trim().chars().take(NOTE_CHARS).collect();
    let purpose = Purpose { basis: Some(request.basis), ..Purpose::noted(PurposeKind::Other, Some(words)) };
    let mut entry = Entry::new(&person, AuditAction::BreakGlass).citizen(citizen).purpose(purpose).basis(request.basis);
    if let Some(tie) = rights::tie(&mut tx, person.id(), (citizen, no)).await? {
        entry = entry.tie(tie);
    }
    let entry = entry.note(format!("{} by {}", request.department, through(request.id)));
    let news = deed.news(EventKind::BreakGlassChanged, paths::break_glass(view.id), &view.etag, citizen);
    deed.done(tx, made(&view)?, (&news, Some(&hers(&view))), entry).await
}

/// The glasses that were broken: those that nobody reviewed first.
#[utoipa::path(get, path = "/v1/break-glass", operation_id = "brokenGlasses", tag = "audit",
    responses((status = 200, body = Page<BreakGlassView>)))]
pub async fn list(State(app): State<App>, person: Person) -> Answer<Response> {
    let items = break_glass::all(&mut *app.store.read().await?).await?;
    app.auditor.record(Entry::new(&person, AuditAction::ReadAudit).note("glasses")).await?;
    json(&Page { items, next_cursor: None })
}

/// Reviews one of them. Nobody reviews her own.
#[utoipa::path(patch, path = "/v1/break-glass/{glass}", operation_id = "reviewGlass", tag = "audit",
    params(("glass" = BreakGlassId, Path, description = "The glass")),
    request_body = ReviewRequest, responses((status = 200, body = BreakGlassView)))]
pub async fn review(
    State(app): State<App>,
    person: Person,
    Path(id): Path<BreakGlassId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(request): Json<ReviewRequest>,
) -> Answer<Response> {
    let path = paths::break_glass(id);
    let command = Command::new(&person, key, "PATCH", &path, &request)?;
    let mut tx = app.store.begin().await?;
    let view = break_glass::one(&mut tx, id).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(Stored::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    let entry = Entry::new(&person, AuditAction::ReviewBreakGlass).citizen(view.citizen);
    if view.staff == person.id() {
        drop(tx);
        app.auditor.record(entry.command(key).note(format!("of {}", through(id))).refused()).await?;
        return Err(Refusal::new(ProblemKind::Forbidden).detail("nobody reviews her own"));
    }
    if_match.check(&view.etag, || &view)?;
    let note = request.note.as_deref().unwrap_or_default();
    let fewest = usize::from(request.finding != Finding::Justified);
    check_text(note, "/note", fewest..=REASON_CHARS)?;
    let deed = Deed::new(&app, &person, command);
    break_glass::review(&mut tx, id, &request, person.id(), deed.now).await?;
    let view = break_glass::one(&mut tx, id).await?.ok_or(ProblemKind::Internal)?;
    let news = deed.news(EventKind::BreakGlassChanged, path, &view.etag, view.citizen);
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    let entry = entry.note(format!("of {}", through(id)));
    deed.done(tx, answer, (&news, Some(&hers(&view))), entry).await
}

fn made(view: &BreakGlassView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::break_glass(view.id)))
}

/// Who hears of it beside the team leaders: who did it.
fn hers(view: &BreakGlassView) -> Audience {
    Audience { staff: vec![view.staff], departments: Vec::new() }
}
