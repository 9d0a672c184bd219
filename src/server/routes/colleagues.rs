//! Who works here. What does not live here: signing in (`auth`), handing over to them (`handovers`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::Page;
use skranke_api::citizens::QUERY_CHARS;
use skranke_api::handovers::Colleague;

use crate::App;
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::store::handovers;

/// Colleagues by the beginnings of their names or by their department's tag; everybody where nothing is asked for.
#[utoipa::path(get, path = "/v1/colleagues", operation_id = "colleagues", tag = "guide",
    params(
        ("q" = Option<String>, Query, description = "The beginnings of names, or a department's tag (120 characters at most)"),
        ("limit" = Option<u16>, Query, description = "The most colleagues", minimum = 1, maximum = 50),
    ),
    responses((status = 200, body = Page<Colleague>)))]
pub async fn list(State(app): State<App>, params: Params) -> Answer<Response> {
    let typed = params.text("q").unwrap_or_default();
    if typed.chars().count() > QUERY_CHARS {
        return Err(Refusal::field("?q", "length", format!("at most {QUERY_CHARS} characters")));
    }
    let limit = params.bounded("limit", 20, 1..=50)?;
    let tag = |id: &skranke_domain::DepartmentId| {
        app.catalogue.department(id).map_or_else(|| id.to_string(), |d| format!("{} {id}", d.tag))
    };
    let items = handovers::colleagues(&mut *app.store.read().await?, typed, limit, tag).await?;
    json(&Page { items, next_cursor: None })
}
