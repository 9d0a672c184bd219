//! The team leader locks somebody's windows. What does not live here: what a window does when it is asked (the client's), ending a sign-in.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::access::{LockDemand, LockRequest};
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::{ProblemKind, paths};
use skranke_domain::StaffId;

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::Answer;
use crate::store::events::{Audience, News};
use crate::store::{events, handovers};

/// Asks all windows of one member of staff to lock themselves. They are told at once, and nobody else is.
#[utoipa::path(post, path = "/v1/staff/{staff}/lock", operation_id = "lockWindows", tag = "audit",
    params(("staff" = StaffId, Path, description = "Whose")),
    request_body = LockRequest, responses((status = 200, body = LockDemand)))]
pub async fn lock(
    State(app): State<App>,
    person: Person,
    Path(staff): Path<StaffId>,
    CommandKey(key): CommandKey,
    Json(request): Json<LockRequest>,
) -> Answer<Response> {
    let path = paths::lock(staff);
    let command = Command::new(&person, key, "POST", &path, &request)?;
    let mut tx = app.store.begin().await?;
    handovers::staff(&mut tx, staff).await?.ok_or(ProblemKind::NotFound)?;
    let at = app.clock.now();
    let answer = Stored::plain(StatusCode::OK, &LockDemand { staff, at })?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        // It was done long ago: doing it again now would lock what she works with today.
        Seen::Forgotten => return Ok(answer.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    let news = News {
        kind: EventKind::LockDemanded,
        subject: path,
        etag: None,
        actor: person.signature().map(|(id, name)| (id, name.to_owned())),
        command: Some(key),
        citizen: None,
        case: None,
        department: None,
    };
    let to_her_alone = Audience { staff: vec![staff], departments: Vec::new() };
    events::add_for(&mut tx, at, &news, Some(&to_her_alone)).await?;
    let entry = Entry::new(&person, AuditAction::LockSession).note(staff.to_string()).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    command.keep(&mut tx, at, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}
