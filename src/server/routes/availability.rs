//! Who works at a site and how she can be reached; asking quietly for help, and coming to help. What does not live here: what follows from
//! serving by itself (`tickets::serving`).

use axum::extract::State;
use axum::response::Response;
use skranke_api::events::EventKind;
use skranke_api::paths;
use skranke_api::tickets::{AtWorkList, AvailabilityRequest};
use skranke_domain::SiteId;
use skranke_domain::queue::Availability;

use super::deed::check_text;
use super::tickets::{day_begins, site};
use crate::App;
use crate::auth::Person;
use crate::extract::Json;
use crate::problem::{Answer, Refusal, json};
use crate::store::events::{self, News};
use crate::store::{Tx, at_work};

/// The longest line that goes with a call for help, in characters.
const HELP_CHARS: usize = 200;

/// Says how one can be reached, asks for help or comes to help, and hears who works at the site. It is true now or not at all.
#[utoipa::path(post, path = "/v1/availability", operation_id = "availability", tag = "queue",
    request_body = AvailabilityRequest, responses((status = 200, body = AtWorkList)))]
pub async fn say(State(app): State<App>, person: Person, Json(request): Json<AvailabilityRequest>) -> Answer<Response> {
    let now = app.clock.now();
    let mut tx = app.store.begin().await?;
    let id = match &request {
        AvailabilityRequest::State { site, .. }
        | AvailabilityRequest::Help { site, .. }
        | AvailabilityRequest::NoHelp { site }
        | AvailabilityRequest::Come { site, .. } => site.clone(),
    };
    let place = site(&mut tx, &id, "/site").await?;
    let me = (person.id(), person.me.name.as_str());
    match &request {
        AvailabilityRequest::State { counter, availability, .. } => {
            if let Some(counter) = counter
                && place.counters.iter().all(|known| known.id != *counter)
            {
                return Err(Refusal::field("/counter", "unknown", "this site has no such counter"));
            }
            at_work::put(&mut tx, me, (&id, counter.as_ref()), *availability, now).await?;
        }
        AvailabilityRequest::Help { with, .. } => {
            if !with.trim().is_empty() {
                check_text(with, "/with", 1..=HELP_CHARS)?;
            }
            present(&mut tx, &person, &id, now).await?;
            at_work::want(&mut tx, me.0, Some(with.trim())).await?;
        }
        AvailabilityRequest::NoHelp { .. } => at_work::want(&mut tx, me.0, None).await?,
        AvailabilityRequest::Come { to, .. } => {
            let known = at_work::of(&mut tx, *to).await?.filter(|stored| stored.site == id);
            let known =
                known.ok_or_else(|| Refusal::field("/to", "unknown", "nobody of that identifier works here now"))?;
            if known.view.wants_help.is_none() || *to == me.0 {
                return Err(Refusal::field("/to", "conflict", "she no longer asks for help"));
            }
            at_work::come(&mut tx, *to, me).await?;
        }
    }
    let staff = at_work::at(&mut tx, &id, day_begins(now)).await?;
    let news = News {
        kind: EventKind::AvailabilityChanged,
        subject: paths::at_work(&id),
        etag: None,
        actor: Some((me.0, me.1.to_owned())),
        command: None,
        citizen: None,
        case: None,
        department: None,
    };
    events::add(&mut tx, now, &news).await?;
    tx.commit().await?;
    app.bell.ring();
    json(&AtWorkList { staff })
}

/// Whoever asks for help works here today, whether or not she said so before.
async fn present(tx: &mut Tx, person: &Person, site: &SiteId, now: jiff::Timestamp) -> Answer<()> {
    let known = at_work::of(tx, person.id()).await?;
    if known.is_some_and(|stored| stored.site == *site && stored.view.since >= day_begins(now)) {
        return Ok(());
    }
    let me = (person.id(), person.me.name.as_str());
    let counter = person.me.counter.as_ref().filter(|_| person.me.site == *site);
    Ok(at_work::put(tx, me, (site, counter), Availability::Available, now).await?)
}
