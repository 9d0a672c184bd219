//! Who is responsible for a case. What does not live here: who is asked about it (`asks`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseView, HistoryKind};
use skranke_api::casework::ResponsibleChange;
use skranke_api::handovers::Colleague;
use skranke_api::paths;
use skranke_domain::{CaseId, DepartmentId, StaffId};

use super::{Asked, Begun, Part, check_may};
use crate::App;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::policy;
use crate::problem::{Answer, Refusal};
use crate::store::{Conn, casework, handovers};

/// Makes somebody responsible for a case, or releases it.
#[utoipa::path(patch, path = "/v1/cases/{case}/responsible", operation_id = "assign", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = ResponsibleChange, responses((status = 200, body = CaseView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<ResponsibleChange>,
) -> Answer<Response> {
    let path = paths::responsible(id);
    let asked = Asked::new((&app, &person), (id, Part::Responsible), key, ("PATCH", &path), &change)?;
    let (mut tx, case) = match asked.begin(Some(&if_match)).await? {
        Begun::Before(response) => return Ok(response),
        Begun::Now(tx, case) => (tx, case),
    };
    check_may(asked.may(&case).steer)?;
    let who = match change.to {
        None => None,
        Some(to) => Some(colleague(&mut tx, to, &case.row.department, "/to").await?),
    };
    let who = who.as_ref().map(|who| (who.id, who.name.as_str()));
    let act = asked.act();
    casework::set_responsible(&mut tx, case.no, who).await?;
    act.note(&mut tx, case.no, HistoryKind::Assigned, None, who.map(|(_, name)| name)).await?;
    asked.done(tx, &case, &act, AuditAction::AssignCase).await
}

/// A colleague who may see the cases of a department; anybody else is refused.
pub(super) async fn colleague(
    conn: &mut Conn,
    id: StaffId,
    department: &DepartmentId,
    pointer: &str,
) -> Answer<Colleague> {
    let colleague = handovers::staff(conn, id).await?;
    let colleague = colleague.ok_or_else(|| Refusal::field(pointer, "unknown", "there is no such colleague"))?;
    if !policy::sees_cases(colleague.role) || policy::is_withheld(colleague.role, department.as_str()) {
        return Err(Refusal::field(pointer, "role", "this colleague does not see this department's cases today"));
    }
    Ok(colleague)
}
