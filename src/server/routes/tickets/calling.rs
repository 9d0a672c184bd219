//! Calling who is next: the rule is the domain's, and two clerks never get the same one, because writes wait for each other. What does not
//! live here: calling somebody out of order (`change`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::appointments::{Site, StaffRef};
use skranke_api::tickets::{CallNextRequest, Called};
use skranke_api::{ProblemKind, paths};
use skranke_domain::CommandId;
use skranke_domain::queue::{CallReason, Candidate, CounterSkills, TicketDeed, next, step};

use super::turn::no_version;
use super::{AT_A_COUNTER, Turn, calling_counter, shown};
use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal};
use crate::store::appointments::site_of;
use crate::store::tickets::Stored;
use crate::store::{Tx, meta, tickets};

/// Calls who is next.
#[utoipa::path(post, path = "/v1/tickets/call-next", operation_id = "callNext", tag = "queue",
    request_body = CallNextRequest, responses((status = 200, body = Called)))]
pub async fn call_next(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<CallNextRequest>,
) -> Answer<Response> {
    next_one(&app, &person, key, &request).await
}

/// The same, for the training municipality.
pub async fn next_one(app: &App, person: &Person, key: CommandId, request: &CallNextRequest) -> Answer<Response> {
    let mut turn = Turn::new(app, person, Command::new(person, key, "POST", paths::CALL_NEXT, request)?);
    let mut tx = app.store.begin().await?;
    match turn.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        // Whom she got then is long gone; calling anew would be another call.
        Seen::Forgotten => return Ok(answer(None)?.response(Freshness::Replayed)),
        Seen::Never => {}
    }
    let sites = meta::sites(&mut tx).await?;
    let site = site_of(&sites, &request.counter)
        .ok_or_else(|| Refusal::field("/counter", "unknown", "there is no such counter"))?;
    let here = calling_counter(site, &request.counter)?;
    let skills =
        CounterSkills { counter: here.id.clone(), staff: Some(person.id()), departments: here.departments.clone() };
    let waiting = tickets::candidates(&mut tx, &site.id, local(turn.now).date()).await?;
    let waiting: Vec<Candidate> =
        waiting.into_iter().filter(|one| is_open_to(person, one)).map(|one| settled(site, one)).collect();
    let Some((id, reason)) = next(&waiting, &skills, turn.now, site.aim_minutes) else {
        return turn.commit(tx, answer(None)?).await;
    };
    let mut stored = tickets::one(&mut tx, id).await?.ok_or(ProblemKind::Internal)?;
    call(&turn, &mut tx, &mut stored, &request.counter).await?;
    let stored = turn.put(&mut tx, &stored, TicketDeed::Call, None).await?;
    let answered = answer(Some((person, &stored, reason)))?;
    turn.commit(tx, answered).await
}

fn answer(found: Option<(&Person, &Stored, CallReason)>) -> Answer<Answered> {
    let Some((person, stored, reason)) = found else {
        return Answered::new(StatusCode::OK, &Called { ticket: None, reason: None }, &no_version());
    };
    let view = shown(person, stored);
    let etag = view.etag.clone();
    Answered::new(StatusCode::OK, &Called { ticket: Some(view), reason: Some(reason) }, &etag)
}

/// Whoever comes for a withheld department is called by somebody who may know what for.
fn is_open_to(person: &Person, one: &Candidate) -> bool {
    one.department.as_ref().is_none_or(|d| !person.is_withheld(d.as_str()))
}

/// A matter that no counter of the site settles may be called by any: somebody has to tell her where it belongs.
fn settled(site: &Site, mut one: Candidate) -> Candidate {
    let somewhere = |counter: &skranke_api::appointments::Counter| {
        counter.departments.is_empty() || one.department.as_ref().is_some_and(|d| counter.departments.contains(d))
    };
    if !site.counters.iter().any(somewhere) {
        one.department = None;
    }
    one
}

/// Calls a ticket to a counter.
pub(super) async fn call(
    turn: &Turn<'_>,
    tx: &mut Tx,
    stored: &mut Stored,
    counter: &skranke_domain::CounterId,
) -> Answer<()> {
    let after = step(stored.view.state, TicketDeed::Call)
        .map_err(|refused| Refusal::not_now(&shown(turn.person, stored), refused.to_string()))?;
    if let Some(department) = &stored.view.department
        && turn.person.is_withheld(department.as_str())
    {
        return Err(Refusal::new(ProblemKind::Forbidden).detail("a colleague calls this one"));
    }
    let view = &mut stored.view;
    if tickets::at_counter(tx, &view.site, counter, view.id).await? >= AT_A_COUNTER {
        let detail = "two are at this counter already: finish with one, park her or hand her over";
        return Err(Refusal::new(ProblemKind::Transition).detail(detail));
    }
    view.state = after;
    view.since = turn.now;
    view.called = view.called.or(Some(turn.now));
    view.calls = view.calls.saturating_add(1);
    view.not_before = None;
    view.counter = Some(counter.clone());
    view.staff = turn.person.signature().map(|(id, name)| StaffRef { id, name: name.to_owned() });
    stored.last_call = Some(turn.now);
    Ok(())
}
