//! The call display of a site: numbers and counters, nothing else. What does not live here: the window that shows it.

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use skranke_api::appointments::Counter;
use skranke_api::tickets::{DisplayCall, DisplayView};
use skranke_domain::SiteId;

use super::tickets::site;
use crate::App;
use crate::clock::local;
use crate::extract::Params;
use crate::problem::{Answer, json};
use crate::store::tickets;

/// How long a number stays on the display after she stands at the counter, in minutes.
const STAYS_MINUTES: i64 = 5;
/// The most numbers of one display.
const MOST: usize = 8;

/// What the call display shows: who is called, the last first, and how many wait.
#[utoipa::path(get, path = "/v1/display", operation_id = "display", tag = "queue",
    params(("site" = SiteId, Query, description = "The site")),
    responses((status = 200, body = DisplayView)))]
pub async fn show(State(app): State<App>, params: Params) -> Answer<Response> {
    let id = params.need::<SiteId>("site")?;
    let now = app.clock.now();
    let mut conn = app.store.read().await?;
    let place = site(&mut conn, &id, "?site").await?;
    let since = now.checked_sub(STAYS_MINUTES.minutes()).unwrap_or(now);
    let (found, waiting) = tickets::shown(&mut conn, &id, local(now).date(), since).await?;
    let calls = found
        .into_iter()
        .filter_map(|shown| {
            let counter = place.counters.iter().find(|counter| counter.id == shown.counter)?;
            Some(DisplayCall { counter: sign(counter), counter_name: counter.name.clone(), ..shown.call })
        })
        .take(MOST)
        .collect();
    json(&DisplayView { site: place.name, calls, waiting })
}

/// What stands above a counter: the last word of its name, "4" of "Counter 4".
fn sign(counter: &Counter) -> String {
    let name = counter.name.da.as_str();
    name.rsplit(' ').next().unwrap_or(name).to_owned()
}
