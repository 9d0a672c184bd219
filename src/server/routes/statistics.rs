//! The figures of a site, and how its day goes. What does not live here: how they are counted and cut down (`crate::statistics`), what is
//! counted when (`counting`).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use jiff::civil::Date;
use skranke_api::statistics::{ExportLanguage, Statistics, Today};
use skranke_domain::figures::{Period, share};
use skranke_domain::{DepartmentId, SiteId};

use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::Params;
use crate::problem::{Answer, Refusal, json};
use crate::statistics::{Asked, Known, csv, figures};
use crate::store::statistics::today;
use crate::store::{Conn, meta};
use crate::training::visits;

/// The figures of a site in a whole week, month or quarter.
#[utoipa::path(get, path = "/v1/statistics", operation_id = "statistics", tag = "statistics",
    params(
        ("site" = SiteId, Query, description = "The site"),
        ("department" = Option<DepartmentId>, Query, description = "Of one department alone"),
        ("from" = Date, Query, description = "The first day of a whole week, month or quarter"),
        ("to" = Date, Query, description = "Its last day"),
        ("against" = Option<String>, Query, description = "What it is compared with: a whole period as `from..to`"),
    ),
    responses((status = 200, body = Statistics)))]
pub async fn read(State(app): State<App>, params: Params) -> Answer<Response> {
    json(&counted(&app, &params).await?)
}

/// The figures of a site as a file for a spreadsheet (CSV), with the definitions of the measures.
#[utoipa::path(get, path = "/v1/statistics/export", operation_id = "exportStatistics", tag = "statistics",
    params(
        ("site" = SiteId, Query, description = "The site"),
        ("department" = Option<DepartmentId>, Query, description = "Of one department alone"),
        ("from" = Date, Query, description = "The first day of a whole week, month or quarter"),
        ("to" = Date, Query, description = "Its last day"),
        ("against" = Option<String>, Query, description = "What it is compared with: a whole period as `from..to`"),
        ("language" = Option<ExportLanguage>, Query, description = "The language; Danish when nobody says"),
    ),
    responses((status = 200, content_type = "text/csv", body = String)))]
pub async fn export(State(app): State<App>, params: Params) -> Answer<Response> {
    let language = params.word::<ExportLanguage>("language")?.unwrap_or(ExportLanguage::Da);
    let counted = counted(&app, &params).await?;
    let mut response = csv::write(&counted, &app.figures, language).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let name = csv::file_name(&counted.site, &counted);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// How the day goes at a site.
#[utoipa::path(get, path = "/v1/statistics/today", operation_id = "statisticsToday", tag = "statistics",
    params(("site" = SiteId, Query, description = "The site")),
    responses((status = 200, body = Today)))]
pub async fn now(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let site: SiteId = known_site(&params)?;
    let at = app.clock.now();
    let mut conn = app.store.read().await?;
    let known = meta::sites(&mut conn).await?.into_iter().find(|s| s.id == site).ok_or_else(no_site)?;
    let day = today(&mut conn, &site, (local(at).date(), at), person.withheld()).await?;
    let counters = known.counters.iter().filter(|c| c.kind == skranke_domain::appointment::CounterKind::Counter);
    json(&Today {
        at,
        waiting: day.waiting,
        longest: day.longest,
        served: day.served,
        booked_percent: share(day.booked, day.came),
        open: day.open,
        counters: u16::try_from(counters.count()).unwrap_or(u16::MAX),
        aim_minutes: app.figures.aims(&site, None).waiting_minutes,
        site,
    })
}

async fn counted(app: &App, params: &Params) -> Answer<Statistics> {
    let asked = Asked {
        site: known_site(params)?,
        department: department(app, params)?,
        period: period((params.need("from")?, params.need("to")?), "?to")?,
        against: against(params)?,
        now: app.clock.now(),
    };
    // The training municipality's past is written when somebody asks for it: its start does not wait for it.
    visits::keep_up(app).await?;
    let mut conn = app.store.read().await?;
    site_exists(&mut conn, &asked.site).await?;
    Ok(figures(&mut conn, Known { rules: &app.figures, catalogue: &app.catalogue }, &asked).await?)
}

fn known_site(params: &Params) -> Answer<SiteId> {
    SiteId::parse(&params.need::<String>("site")?).map_err(|_| no_site())
}

fn no_site() -> Refusal {
    Refusal::field("?site", "unknown", "there is no such site")
}

async fn site_exists(conn: &mut Conn, site: &SiteId) -> Answer<()> {
    if meta::sites(conn).await?.iter().any(|known| known.id == *site) { Ok(()) } else { Err(no_site()) }
}

fn department(app: &App, params: &Params) -> Answer<Option<DepartmentId>> {
    let unknown = || Refusal::field("?department", "unknown", "there is no such department");
    let Some(text) = params.text("department") else { return Ok(None) };
    let id = DepartmentId::parse(text).map_err(|_| unknown())?;
    if app.catalogue.department(&id).is_none() { Err(unknown()) } else { Ok(Some(id)) }
}

fn period((from, to): (Date, Date), pointer: &str) -> Answer<Period> {
    Period::between(from, to).ok_or_else(|| {
        Refusal::field(pointer, "range", "only whole weeks, months and quarters are counted: this is none")
    })
}

fn against(params: &Params) -> Answer<Option<Period>> {
    let Some(text) = params.text("against") else { return Ok(None) };
    let days = text.split_once("..").and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let days = days.ok_or_else(|| Refusal::field("?against", "type", "two days as from..to were expected"))?;
    period(days, "?against").map(Some)
}
