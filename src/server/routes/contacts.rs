//! A citizen's contacts. What does not live here: writing them (a later issue).

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::audit::AuditAction;
use skranke_api::cases::ContactView;
use skranke_api::{Cursor, Page, ProblemKind};
use skranke_domain::CitizenId;

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Params, Why};
use crate::policy;
use crate::problem::{Answer, json};
use crate::store::{citizens, contacts};

#[derive(Serialize, Deserialize)]
struct Place {
    at: Timestamp,
    no: i64,
}

/// A citizen's contacts on all channels, newest first.
#[utoipa::path(get, path = "/v1/contacts", operation_id = "contacts", tag = "citizens",
    params(
        ("citizen" = CitizenId, Query, description = "The citizen"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before"),
    ),
    responses((status = 200, body = Page<ContactView>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, Why(purpose): Why) -> Answer<Response> {
    let citizen = params.need::<CitizenId>("citizen")?;
    let limit = params.limit()?;
    let list = format!("contacts {citizen}");
    let before = match params.text("cursor") {
        None => None,
        Some(cursor) => {
            let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
            let place: Place = serde_json::from_slice(&place).map_err(|_| ProblemKind::BadCursor)?;
            Some((place.at, place.no))
        }
    };
    let mut found = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.unwrap_or(0);
        contacts::of_citizen(&mut conn, (no, citizen), policy::withheld(person.role()), before, limit).await?
    };
    let more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next_cursor = found.last().filter(|_| more).and_then(|(no, last)| {
        let place = serde_json::to_vec(&Place { at: last.at, no: *no }).ok()?;
        Some(Cursor(app.sealer.seal(person.id(), &list, &place)))
    });
    app.auditor.record(Entry::new(&person, AuditAction::ReadContacts).citizen(citizen).purpose(purpose)).await?;
    json(&Page { items: found.into_iter().map(|(_, view)| view).collect(), next_cursor })
}
