//! Citizens: searching, opening, revealing. What does not live here: how they are found (`store::search`).

use std::time::Instant;

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
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
use crate::clock::local;
use crate::extract::{Json, Path, Why, no_purpose};
use crate::policy;
use crate::problem::{Answer, Refusal, json};
use crate::store::{citizens, search as find, word};

/// For how many minutes a look counts as the one that is going on: who comes back after a word with a colleague has not looked anew.
const THIS_LOOK: i64 = 10;

/// Searches citizens by name, CPR number, phone, address, e-mail or case number, and with any of them by the day of birth. Names and
/// addresses that are only nearly so come last, marked. Hits show identity only.
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
    let typed = match request.born {
        Some(born) => format!("{} {born}", request.query),
        None => request.query.clone(),
    };
    // Nobody waits for the log alone: the look-up goes on while it is written, and the answer leaves after both.
    let entry = Entry::new(&person, AuditAction::Search)
        .purpose(request.purpose.clone())
        .session(request.session)
        .note(word(&request.kind))
        .query(&app.query_key, &typed);
    let sought =
        find::Sought { text: &request.query, born: request.born, limit: request.limit, today: app.clock.today() };
    let look_up = async {
        let mut conn = app.store.read().await?;
        match (request.kind, cpr) {
            (QueryKind::Cpr, Some(cpr)) => find::by_cpr(&mut conn, &cpr, &sought).await,
            (QueryKind::Phone, _) => find::by_phone(&mut conn, &sought).await,
            (QueryKind::Address, _) => find::by_address(&mut conn, &sought, &app.vocabulary).await,
            (QueryKind::Email, _) => find::by_email(&mut conn, &sought).await,
            (QueryKind::CaseNumber, _) if policy::sees_cases(person.role()) => {
                find::by_case_number(&mut conn, &sought, person.withheld()).await
            }
            (QueryKind::CaseNumber, _) => Ok(find::Found::nobody()),
            (QueryKind::Name | QueryKind::Cpr, _) => find::by_name(&mut conn, &sought, &app.vocabulary).await,
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
    let now = app.clock.now();
    let today = local(now).date();
    let mut view = citizens::view(&mut *app.store.read().await?, id, today).await?.ok_or(ProblemKind::NotFound)?;
    app.auditor.record(Entry::new(&person, AuditAction::OpenCitizen).citizen(id).purpose(purpose)).await?;
    let before = now.checked_sub(THIS_LOOK.minutes()).unwrap_or(now);
    let mut conn = app.store.read().await?;
    view.last_looked = citizens::last_looked(&mut conn, person.id(), id, before).await?;
    view.duplicates = citizens::duplicates(&mut conn, &view, today).await?;
    drop(conn);
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

/// Refuses a purpose in the body that does not do.
pub(super) fn check_purpose(purpose: &Purpose) -> Answer<()> {
    purpose.check().map_err(|error| no_purpose(error, "/purpose"))
}
