//! Who may what, and until when. What does not live here: what follows from it (`crate::policy`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::Page;
use skranke_api::access::StaffRights;
use skranke_api::audit::AuditAction;

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::problem::{Answer, json};
use crate::store::rights;

/// Everybody's roles and authorities, whose ends soonest first.
#[utoipa::path(get, path = "/v1/rights", operation_id = "rights", tag = "audit",
    responses((status = 200, body = Page<StaffRights>)))]
pub async fn list(State(app): State<App>, person: Person) -> Answer<Response> {
    let items = rights::all(&mut *app.store.read().await?, app.clock.today()).await?;
    app.auditor.record(Entry::new(&person, AuditAction::ReadRights)).await?;
    json(&Page { items, next_cursor: None })
}
