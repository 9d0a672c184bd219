//! The role of the day. What does not live here: how a person becomes who she is today (`crate::policy::rights`).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::access::RoleOfDay;
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::me::Me;
use skranke_api::{ProblemKind, paths};

use super::deed::Deed;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, Json};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::events::{Audience, News};
use crate::store::{rights, word};

/// Takes a role for the rest of the day, one of those that are hers.
#[utoipa::path(post, path = "/v1/me/role", operation_id = "takeRole", tag = "guide",
    request_body = RoleOfDay, responses((status = 200, body = Me)))]
pub async fn take(
    State(app): State<App>,
    mut person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<RoleOfDay>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "POST", paths::ROLE, &request)?;
    let entry = Entry::new(&person, AuditAction::TakeRole).note(word(&request.role));
    if !person.me.roles.contains(&request.role) {
        app.auditor.record(entry.command(key).refused()).await?;
        return Err(Refusal::new(ProblemKind::Forbidden).detail("this role is not one of hers"));
    }
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => return Ok(Stored::plain(StatusCode::OK, &*person.me)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    let actor = person.clone();
    let deed = Deed::new(&app, &actor, command);
    rights::take(&mut tx, person.id(), app.clock.today(), request.role, deed.now).await?;
    Arc::make_mut(&mut person.me).role = request.role;
    let news = News {
        kind: EventKind::RightsChanged,
        subject: paths::ROLE.to_owned(),
        etag: None,
        actor: actor.signature().map(|(id, name)| (id, name.to_owned())),
        command: Some(key),
        citizen: None,
        case: None,
        department: None,
    };
    let alone = Audience { staff: vec![person.id()], departments: Vec::new() };
    let answer = Stored::plain(StatusCode::OK, &*person.me)?;
    deed.done(tx, answer, (&news, Some(&alone)), entry).await
}
