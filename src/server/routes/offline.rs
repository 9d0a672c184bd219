//! What was looked at without a line, told to the log when the line is back. What does not live here: keeping it on the machine until then
//! (the client's).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::{AuditAction, Logged, OFFLINE_LOOKS_AT_ONCE, OfflineLook, OfflineLooks};
use skranke_api::paths;

use crate::App;
use crate::audit::{Entry, place};
use crate::auth::Person;
use crate::extract::{CommandKey, Json};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};

/// Tells the log what was looked at offline. The log keeps its own time; the machine's stands in the note.
#[utoipa::path(post, path = "/v1/audit/offline", operation_id = "tellOfflineLooks", tag = "audit",
    request_body = OfflineLooks, responses((status = 200, body = Logged)))]
pub async fn tell(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<OfflineLooks>,
) -> Answer<Response> {
    if request.looks.is_empty() || request.looks.len() > OFFLINE_LOOKS_AT_ONCE {
        return Err(Refusal::field("/looks", "length", format!("1 to {OFFLINE_LOOKS_AT_ONCE} look-ups")));
    }
    for (at, look) in request.looks.iter().enumerate() {
        check(at, look)?;
    }
    let command = Command::new(&person, key, "POST", paths::OFFLINE_LOOKS, &request)?;
    let logged = u32::try_from(request.looks.len()).unwrap_or(u32::MAX);
    let answer = Stored::plain(StatusCode::OK, &Logged { logged })?;
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(answer.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    let entries: Vec<Entry> = request.looks.into_iter().map(|look| entry(&person, look).command(key)).collect();
    app.chain.append(&mut tx, &entries).await?;
    command.keep(&mut tx, app.clock.now(), &answer).await?;
    tx.commit().await?;
    Ok(answer.response(Freshness::Fresh))
}

fn entry(person: &Person, look: OfflineLook) -> Entry {
    let mut entry = Entry::new(person, look.action).place(place::OFFLINE).note(look.at.to_string());
    if let Some(citizen) = look.citizen {
        entry = entry.citizen(citizen);
    }
    if let Some(case) = look.case {
        entry = entry.case(case);
    }
    if let Some(purpose) = look.purpose {
        entry = entry.purpose(purpose);
    }
    entry
}

fn check(at: usize, look: &OfflineLook) -> Answer<()> {
    if !is_reading(look.action) {
        return Err(Refusal::field(format!("/looks/{at}/action"), "word", "only reading is done offline"));
    }
    match &look.purpose {
        Some(purpose) => purpose
            .check()
            .map_err(|error| Refusal::field(format!("/looks/{at}/purpose/note"), "note", error.to_string())),
        None => Ok(()),
    }
}

/// Whether something can be done with what is kept on a machine.
const fn is_reading(action: AuditAction) -> bool {
    use AuditAction as A;
    matches!(
        action,
        A::Search
            | A::OpenCitizen
            | A::ReadOverview
            | A::ReadContacts
            | A::ReadAppointments
            | A::ListCases
            | A::OpenCase
            | A::ReadMissing
            | A::ReadNotes
            | A::ReadPromises
            | A::ReadSituations
            | A::ReadHandovers
            | A::ReadChange
            | A::ReadDocument
            | A::ReadApplications
            | A::ReadAsks
            | A::ReadSummary
    )
}
