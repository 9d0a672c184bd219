//! Promises made to a citizen: reading, giving, settling. What does not live here: how they stand on a day (`skranke_domain::note`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::notes::{PromiseChange, PromiseRequest, PromiseView};
use skranke_api::{Page, ProblemKind, paths};
use skranke_domain::note::{NOTE_CHARS, PromiseState};
use skranke_domain::{CitizenId, PromiseId};

use super::acting::check_id;
use super::deed::{Deed, check_text};
use super::notes::already;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::notes::{self, Hand};
use crate::store::{citizens, word};

/// The longest outcome, in characters.
const OUTCOME_CHARS: usize = 500;

/// The promises made to a citizen: what is overdue first, then what is due soonest; what is settled stands at the end.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/promises", operation_id = "promises", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = Page<PromiseView>)))]
pub async fn list(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let items = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
        notes::promises(&mut conn, no, person.withheld()).await?
    };
    app.auditor.record(Entry::new(&person, AuditAction::ReadPromises).citizen(citizen).purpose(purpose)).await?;
    json(&Page { items, next_cursor: None })
}

/// Gives a promise.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/promises", operation_id = "givePromise", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = PromiseRequest, responses((status = 201, body = PromiseView)))]
pub async fn give(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<PromiseRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.text, "/text", 1..=NOTE_CHARS)?;
    let command = Command::new(&person, key, "POST", &paths::promises(citizen), &request)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    let no = citizens::number(&mut tx, citizen).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let known = notes::one_promise(&mut tx, citizen, request.id, withheld).await?;
            return Ok(made(&known.ok_or(ProblemKind::NotFound)?.1)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if request.due < app.clock.today() {
        return Err(Refusal::field("/due", "range", "today at the earliest"));
    }
    let deed = Deed::new(&app, &person, command);
    let hand = Hand { by: (person.id(), &person.me.name), department: &person.me.department, at: deed.now };
    notes::promise_to(&mut tx, no, (request.id, request.text.trim(), request.due), hand).await.map_err(already)?;
    let (_, view) = notes::one_promise(&mut tx, citizen, request.id, withheld).await?.ok_or(ProblemKind::Internal)?;
    let news = deed.news_of(paths::promise(citizen, view.id), &view.etag, citizen, &view.department);
    let entry = Entry::new(&person, AuditAction::WritePromise).citizen(citizen);
    deed.done(tx, made(&view)?, (&news, None), entry).await
}

/// Settles a promise: kept, withdrawn with words, or open again.
#[utoipa::path(patch, path = "/v1/citizens/{citizen}/promises/{promise}", operation_id = "settlePromise", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen"), ("promise" = PromiseId, Path, description = "The promise")),
    request_body = PromiseChange, responses((status = 200, body = PromiseView)))]
pub async fn settle(
    State(app): State<App>,
    person: Person,
    Path((citizen, id)): Path<(CitizenId, PromiseId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<PromiseChange>,
) -> Answer<Response> {
    let path = paths::promise(citizen, id);
    let command = Command::new(&person, key, "PATCH", &path, &change)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    let (no, view) = notes::one_promise(&mut tx, citizen, id, withheld).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(Stored::new(StatusCode::OK, &view, &view.etag)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    if_match.check(&view.etag, || &view)?;
    let outcome = change.outcome.as_deref().map(str::trim).filter(|o| !o.is_empty());
    check_text(outcome.unwrap_or_default(), "/outcome", 0..=OUTCOME_CHARS)?;
    if change.state == PromiseState::Withdrawn && outcome.is_none() {
        return Err(Refusal::field("/outcome", "missing", "a promise is withdrawn with words: why?"));
    }
    check_step(view.state, change.state)?;
    let outcome = outcome.filter(|_| change.state != PromiseState::Open);
    let deed = Deed::new(&app, &person, command);
    notes::settle(&mut tx, no, change.state, outcome).await?;
    let (_, view) = notes::one_promise(&mut tx, citizen, id, withheld).await?.ok_or(ProblemKind::Internal)?;
    let news = deed.news_of(path, &view.etag, citizen, &view.department);
    let entry = Entry::new(&person, AuditAction::WritePromise).citizen(citizen).note(word(&change.state));
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    deed.done(tx, answer, (&news, None), entry).await
}

/// Open promises are kept or withdrawn; settled ones can be opened again.
fn check_step(from: PromiseState, to: PromiseState) -> Answer<()> {
    use PromiseState::{Kept, Open, Withdrawn};
    if matches!((from, to), (Open, Kept | Withdrawn) | (Kept | Withdrawn, Open)) {
        return Ok(());
    }
    Err(Refusal::new(ProblemKind::Transition).detail(format!("{from:?} does not become {to:?}")))
}

fn made(view: &PromiseView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::promise(view.citizen, view.id)))
}
