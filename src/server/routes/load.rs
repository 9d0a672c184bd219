//! How full days are, and when people of each ground of stay come. What does not live here: the figures of what was achieved (`statistics`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::opening::LoadView;
use skranke_domain::SiteId;

use super::calendars::{load_of_site, stretch_of_days};
use crate::App;
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::store::{calendar, meta};

/// The most days of one answer.
const MAX_DAYS: i64 = 62;

/// How full the days of a site are, and when people of each ground of stay came in the year to the last of them.
#[utoipa::path(get, path = "/v1/load", operation_id = "load", tag = "appointments",
    params(
        ("site" = SiteId, Query, description = "The site"),
        ("from" = String, Query, description = "The first day", format = Date),
        ("to" = String, Query, description = "The last day, at most 61 days later", format = Date),
    ),
    responses((status = 200, body = LoadView)))]
pub async fn load(State(app): State<App>, params: Params) -> Answer<Response> {
    let id = params.need::<SiteId>("site")?;
    let days = stretch_of_days(&params, MAX_DAYS)?;
    let mut conn = app.store.read().await?;
    let sites = meta::sites(&mut conn).await?;
    let unknown = || Refusal::field("?site", "unknown", "there is no such site");
    let site = sites.iter().find(|site| site.id == id).ok_or_else(unknown)?;
    let view = LoadView {
        days: load_of_site(&mut conn, site, days, app.clock.now()).await?,
        grounds: calendar::visits_by_ground(&mut conn, &id, days.1).await?,
    };
    json(&view)
}
