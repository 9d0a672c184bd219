//! Judging an item of a case's checklist. What does not live here: which steps are allowed (see `skranke_domain::checklist`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{HistoryKind, ItemChange, ItemChanged};
use skranke_api::events::EventKind;
use skranke_api::{ProblemKind, paths};
use skranke_domain::checklist::ItemRefusal;
use skranke_domain::{CaseId, ItemId};

use super::cases::{rights, visible};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{Happening, add_history};
use crate::store::events::News;
use crate::store::{cases, events, items};

/// Judges an item: approve, reject, waive, not applicable, reopen, receive, request. Readiness follows at once.
#[utoipa::path(patch, path = "/v1/cases/{case}/checklist/{item}", operation_id = "changeItem", tag = "cases",
    params(("case" = CaseId, Path, description = "The case"), ("item" = ItemId, Path, description = "The item's slug")),
    request_body = ItemChange, responses((status = 200, body = ItemChanged)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path((case_id, item_id)): Path<(CaseId, ItemId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<ItemChange>,
) -> Answer<Response> {
    let path = paths::checklist_item(case_id, &item_id);
    let command = Command::new(&person, key, "PATCH", &path, &change)?;
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, case_id).await?;
    let mut item =
        items::of_case(&mut tx, case.no).await?.into_iter().find(|i| i.id == item_id).ok_or(ProblemKind::NotFound)?;
    let said = case.facts()?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let body = ItemChanged { item: item.view(&case.procedure, &app.catalogue.facts, &said), case: case.row };
            return Ok(Stored::new(StatusCode::OK, &body, &item.etag())?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if_match.check(&item.etag(), || item.view(&case.procedure, &app.catalogue.facts, &said))?;
    let now = app.clock.now();
    let rights = rights(&app, &person, &case);
    if !cases::is_open(case.row.phase) {
        return Err(Refusal::new(ProblemKind::Transition).detail("the case is closed"));
    }
    if !rights.judge_items {
        return Err(
            Refusal::new(ProblemKind::Forbidden).detail("your authority in this department does not reach so far")
        );
    }
    item.state = item.state.after(change.action, change.reason.as_deref()).map_err(refusal)?;
    item.reason = change.reason.as_deref().map(str::trim).filter(|r| !r.is_empty()).map(str::to_owned);
    item.changed_by = Some(person.me.name.clone());
    item.changed_at = Some(now);
    item.version += 1;
    items::save(&mut tx, case.no, &item).await?;
    let happening = Happening {
        at: now,
        by: Some((person.id(), &person.me.name)),
        kind: HistoryKind::Item,
        item: Some(&item.id),
        state: Some(item.state),
        reason: item.reason.as_deref(),
        command: Some(key),
    };
    add_history(&mut tx, case.no, &happening).await?;
    items::recompute(&mut tx, case.no, case.row.phase, &case.procedure).await?;
    let case = visible(&mut tx, &app, &person, case_id).await?;
    let news = News {
        kind: EventKind::ItemChanged,
        subject: path,
        etag: Some(item.etag()),
        actor: Some((person.id(), person.me.name.clone())),
        command: Some(key),
        citizen: Some(case.row.citizen),
        case: Some(case_id),
        department: Some(case.row.department.clone()),
    };
    events::add(&mut tx, now, &news).await?;
    let entry = Entry::new(&person, AuditAction::ChangeItem)
        .citizen(case.row.citizen)
        .case(case_id)
        .command(key)
        .note(item.id.as_str());
    app.chain.append(&mut tx, &[entry]).await?;
    let body = ItemChanged { item: item.view(&case.procedure, &app.catalogue.facts, &said), case: case.row };
    let answer = Stored::new(StatusCode::OK, &body, &item.etag())?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

fn refusal(error: ItemRefusal) -> Refusal {
    match &error {
        ItemRefusal::Already(_) | ItemRefusal::NotFrom { .. } => {
            Refusal::new(ProblemKind::Transition).detail(error.to_string())
        }
        ItemRefusal::NeedsReason(_) => Refusal::field("/reason", "missing", error.to_string()),
        ItemRefusal::ReasonTooLong => Refusal::field("/reason", "length", error.to_string()),
    }
}
