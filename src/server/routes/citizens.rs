//! Citizens: searching, opening, revealing. What does not live here: how they are found (`store::search`).

use std::time::Instant;

use axum::extract::State;
use axum::response::Response;
use skranke_api::audit::AuditAction;
use skranke_api::citizens::{
    CitizenView, HiddenField, MAX_HITS, QUERY_CHARS, QueryKind, RevealRequest, Revealed, SearchAnswer, SearchRequest,
};
use skranke_api::{ProblemKind, Purpose};
use skranke_domain::CitizenId;
use skranke_domain::cpr::Cpr;

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{Json, Path, Why, no_purpose};
use crate::policy;
use crate::problem::{Answer, Refusal, json};
use crate::store::{citizens, search as find, word};

/// Searches citizens by name, CPR number, phone, address or case number. Hits show identity only.
#[utoipa::path(post, path = "/v1/citizens/search", operation_id = "searchCitizens", tag = "citizens",
    request_body = SearchRequest, responses((status = 200, body = SearchAnswer)))]
pub async fn search(State(app): State<App>, person: Person, Json(request): Json<SearchRequest>) -> Answer<Response> {
    let began = Instant::now();
    check_purpose(&request.purpose)?;
    if !(1..=MAX_HITS).contains(&request.limit) {
        return Err(Refusal::field("/limit", "range", format!("1 to {MAX_HITS}")));
    }
    let length = request.query.chars().count();
    if length > QUERY_CHARS || length == 0 {
        return Err(Refusal::field("/query", "length", format!("1 to {QUERY_CHARS} characters")));
    }
    let cpr = match request.kind {
        QueryKind::Cpr => {
            Some(Cpr::parse(&request.query).map_err(|error| Refusal::field("/query", "cpr", error.to_string()))?)
        }
        _ => None,
    };
    // Nobody waits for the log alone: the look-up goes on while it is written, and the answer leaves after both.
    let entry = Entry::new(&person, AuditAction::Search)
        .purpose(request.purpose.clone())
        .session(request.session)
        .note(word(&request.kind))
        .query(&app.query_key, &request.query);
    let today = app.clock.today();
    let look_up = async {
        let mut conn = app.store.read().await?;
        match (request.kind, cpr) {
            (QueryKind::Cpr, Some(cpr)) => find::by_cpr(&mut conn, &cpr, request.limit, today).await,
            (QueryKind::Phone, _) => find::by_phone(&mut conn, &request.query, request.limit, today).await,
            (QueryKind::Address, _) => find::by_address(&mut conn, &request.query, request.limit, today).await,
            (QueryKind::CaseNumber, _) if policy::sees_cases(person.role()) => {
                find::by_case_number(&mut conn, &request.query, request.limit, today, policy::withheld(person.role()))
                    .await
            }
            (QueryKind::CaseNumber, _) => Ok(find::Found { hits: Vec::new(), more: false }),
            (QueryKind::Name | QueryKind::Cpr, _) => {
                find::by_name(&mut conn, &request.query, request.limit, today).await
            }
        }
    };
    let (logged, found) = tokio::join!(app.auditor.record(entry), look_up);
    logged?;
    let found = found?;
    let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    json(&SearchAnswer { hits: found.hits, more: found.more, took_us })
}

/// Opens a citizen: identity, protections, relations, who acts for her. Never the full CPR number, never a protected address.
#[utoipa::path(get, path = "/v1/citizens/{citizen}", operation_id = "citizen", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    responses((status = 200, body = CitizenView)))]
pub async fn citizen(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let view =
        citizens::view(&mut *app.store.read().await?, id, app.clock.today()).await?.ok_or(ProblemKind::NotFound)?;
    app.auditor.record(Entry::new(&person, AuditAction::OpenCitizen).citizen(id).purpose(purpose)).await?;
    json(&view)
}

/// Reveals one hidden field.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/reveal", operation_id = "revealField", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = RevealRequest, responses((status = 200, body = Revealed)))]
pub async fn reveal(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CitizenId>,
    Json(request): Json<RevealRequest>,
) -> Answer<Response> {
    check_purpose(&request.purpose)?;
    let value = {
        let mut conn = app.store.read().await?;
        match request.field {
            HiddenField::Cpr => citizens::reveal_cpr(&mut conn, id).await?,
            HiddenField::Address => citizens::reveal_address(&mut conn, id).await?.flatten(),
        }
    }
    .ok_or(ProblemKind::NotFound)?;
    let entry =
        Entry::new(&person, AuditAction::Reveal).citizen(id).purpose(request.purpose).note(word(&request.field));
    app.auditor.record(entry).await?;
    json(&Revealed { field: request.field, value })
}

fn check_purpose(purpose: &Purpose) -> Answer<()> {
    purpose.check().map_err(|error| no_purpose(error, "/purpose"))
}
