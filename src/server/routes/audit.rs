//! The log as the team leader reads it. What does not live here: writing it (`crate::audit`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::audit::{AuditAction, AuditRecord};
use skranke_api::{Cursor, Page, ProblemKind};
use skranke_domain::{CitizenId, StaffId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::Params;
use crate::problem::{Answer, json};
use crate::store::audit::{self, Filter};

/// The log, newest first. Reading it is logged too.
#[utoipa::path(get, path = "/v1/audit", operation_id = "auditLog", tag = "audit",
    params(
        ("citizen" = Option<CitizenId>, Query, description = "About one citizen"),
        ("staff" = Option<StaffId>, Query, description = "By one member of staff"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before, with the same filters"),
    ),
    responses((status = 200, body = Page<AuditRecord>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let mut filter = Filter { citizen: params.opt("citizen")?, staff: params.opt("staff")?, before: None };
    let limit = params.limit()?;
    let list = format!("audit {:?} {:?}", filter.citizen, filter.staff);
    if let Some(cursor) = params.text("cursor") {
        let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
        filter.before = Some(i64::from_le_bytes(place.try_into().map_err(|_| ProblemKind::BadCursor)?));
    }
    let mut found = audit::list(&mut *app.store.read().await?, filter, limit).await?;
    let more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next_cursor =
        found.last().filter(|_| more).map(|last| Cursor(app.sealer.seal(person.id(), &list, &last.seq.to_le_bytes())));
    let mut entry = Entry::new(&person, AuditAction::ReadAudit);
    if let Some(citizen) = filter.citizen {
        entry = entry.citizen(citizen);
    }
    app.auditor.record(entry).await?;
    json(&Page { items: found, next_cursor })
}
