//! Notes on a case, internal or part of the file. What does not live here: notes on a citizen (`routes::notes`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::casework::{CaseNoteRequest, CaseNoteView};
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::CaseId;

use super::super::acting::{Act, check_id};
use super::super::cases::{rights, visible};
use super::super::deed::check_text;
use super::super::notes::already;
use super::{check_may, check_open};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::Answer;
use crate::store::casework::notes;

/// The longest note, in characters.
const NOTE_CHARS: usize = 2000;

/// Writes a note on a case.
#[utoipa::path(post, path = "/v1/cases/{case}/notes", operation_id = "writeCaseNote", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = CaseNoteRequest, responses((status = 201, body = CaseNoteView)))]
pub async fn write(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    Json(request): Json<CaseNoteRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.text, "/text", 1..=NOTE_CHARS)?;
    let command = Command::new(&person, key, "POST", &paths::case_notes(id), &request)?;
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, id).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let note = notes::one(&mut tx, case.no, request.id).await?.ok_or(ProblemKind::NotFound)?;
            return Ok(made(&note, id)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    check_open(&case)?;
    check_may(rights(&app, &person, &case).work)?;
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    notes::add(&mut tx, case.no, &request, (person.id(), &person.me.name), act.now).await.map_err(already)?;
    // The history says that a note was written, never what it says: an internal one stays where it is.
    act.note(&mut tx, case.no, HistoryKind::Noted, None, None).await?;
    act.add_up(&mut tx, &case).await?;
    let note = notes::one(&mut tx, case.no, request.id).await?.ok_or(ProblemKind::Internal)?;
    let answer = made(&note, id)?;
    let entry = Entry::new(&person, AuditAction::NoteCase).citizen(case.row.citizen).case(id).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    command.keep(&mut tx, act.now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// A note never changes, so it has one version.
fn made(note: &CaseNoteView, case: CaseId) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, note, &ETag::of_version(1))?.at(paths::case_notes(case)))
}
