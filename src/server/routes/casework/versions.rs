//! Versions of a procedure: one as it was, and what the newest would change for a case. What does not live here: going over to it (`facts`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use skranke_api::casework::{LiftDifference, LiftView};
use skranke_domain::checklist::ItemState;
use skranke_domain::procedure::Procedure;
use skranke_domain::procedure::condition::Verdict;
use skranke_domain::procedure::difference::{Difference, ItemPart, difference};
use skranke_domain::{CaseId, ItemId, ProcedureId};

use super::super::cases::visible;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Path, Why};
use crate::problem::{Answer, json};
use crate::store::items;

/// One version of a procedure: the one that a running case keeps may be older than the catalogue's.
#[utoipa::path(get, path = "/v1/procedures/{procedure}/versions/{version}", operation_id = "procedureVersion", tag = "guide",
    params(("procedure" = ProcedureId, Path, description = "Its slug"), ("version" = u32, Path, description = "The version")),
    responses((status = 200, body = Procedure)))]
pub async fn version(State(app): State<App>, Path((procedure, version)): Path<(ProcedureId, u32)>) -> Answer<Response> {
    json(&**app.procedures.get(&procedure, version).ok_or(ProblemKind::NotFound)?)
}

/// What the newest version of its procedure would change for a case.
#[utoipa::path(get, path = "/v1/cases/{case}/lift", operation_id = "lift", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    responses((status = 200, body = LiftView)))]
pub async fn lift(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let (case, list) = {
        let mut conn = app.store.read().await?;
        let case = visible(&mut conn, &app, &person, id).await?;
        let list = items::of_case(&mut conn, case.no).await?;
        (case, list)
    };
    let newest = app.catalogue.procedure(&case.row.procedure).unwrap_or(&case.procedure);
    let verdicts = app.catalogue.instantiate(newest, &case.facts()?);
    let applies = |item: &ItemId| match verdicts.iter().find(|(id, _)| id == item).map(|(_, verdict)| verdict) {
        Some(Verdict::Applies { .. }) => Some(true),
        Some(Verdict::DoesNotApply { .. }) => Some(false),
        Some(Verdict::Unknown { .. }) | None => None,
    };
    let settled = |item: &ItemId| list.iter().find(|known| known.id == *item).is_some_and(|i| is_judged(i.state));
    let differences = difference(&case.procedure.items, &newest.items)
        .into_iter()
        .map(|one| match one {
            Difference::Added(item) => LiftDifference::Added { label: item.label.clone(), applies: applies(&item.id) },
            Difference::Removed(item) => LiftDifference::Removed { label: item.label.clone() },
            Difference::Changed { now, parts } => LiftDifference::Changed {
                label: now.label.clone(),
                parts: parts.into_iter().map(ItemPart::name).map(str::to_owned).collect(),
                settled: settled(&now.id),
            },
        })
        .collect();
    let entry = Entry::new(&person, AuditAction::OpenCase).citizen(case.row.citizen).case(id).purpose(purpose);
    app.auditor.record(entry.note("lift")).await?;
    json(&LiftView { from: case.procedure.version, to: newest.version, differences })
}

/// Whether an item was settled by a look at it: a condition that rules it out may rule otherwise in the newer version.
const fn is_judged(state: ItemState) -> bool {
    matches!(state, ItemState::Approved | ItemState::Waived)
}
