//! Cases of one citizen that belong together. What does not live here: life situations, which bring cases together by themselves.

use axum::extract::State;
use axum::response::Response;
use skranke_api::ProblemKind;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseView, HistoryKind};
use skranke_api::casework::{Related, RelationRequest};
use skranke_api::paths;
use skranke_domain::CaseId;

use super::super::acting::withheld_from;
use super::{Asked, Begun, Part, check_may};
use crate::App;
use crate::auth::Person;
use crate::extract::{CommandKey, Json, Path};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{self, is_open};
use crate::store::casework::{self, Together};

/// Relates a case to another of the same citizen, or parts them.
#[utoipa::path(post, path = "/v1/cases/{case}/relations", operation_id = "relateCases", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = RelationRequest, responses((status = 200, body = CaseView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    Json(request): Json<RelationRequest>,
) -> Answer<Response> {
    let path = paths::relations(id);
    let asked = Asked::new((&app, &person), (id, Part::Whole), key, ("POST", &path), &request)?;
    let (mut tx, case) = match asked.begin(None).await? {
        Begun::Before(response) => return Ok(response),
        Begun::Now(tx, case) => (tx, case),
    };
    check_may(asked.may(&case).work)?;
    let other = cases::one(&mut tx, &app.procedures, request.other).await?;
    // A withheld case and one of somebody else are refused in the same words as one that does not exist.
    let other = other
        .filter(|c| c.citizen_no == case.citizen_no && !person.is_withheld(c.row.department.as_str()))
        .ok_or_else(|| Refusal::field("/other", "unknown", "this citizen has no such case"))?;
    if other.no == case.no {
        return Err(Refusal::field("/other", "self", "a case does not belong together with itself"));
    }
    let together = match request.related {
        Related::Together => Together::Yes,
        Related::Apart => Together::No,
    };
    if !casework::relate(&mut tx, case.no, other.no, together).await? {
        let detail = match request.related {
            Related::Together => "these cases belong together already",
            Related::Apart => "these cases do not belong together",
        };
        return Err(Refusal::new(ProblemKind::Transition).detail(detail));
    }
    let act = asked.act();
    for (one, to) in [(&*case, &other), (&other, &*case)] {
        // In the history of a case that more people may see, a case that fewer may see leaves no trace; a closed history stays as it is.
        if withheld_from(&to.row.department) <= withheld_from(&one.row.department) && is_open(one.row.phase) {
            act.note(&mut tx, one.no, HistoryKind::Related, None, Some(&to.row.number)).await?;
            if one.no != case.no {
                act.add_up(&mut tx, one).await?;
            }
        }
    }
    asked.done(tx, &case, &act, AuditAction::RelateCases).await
}
