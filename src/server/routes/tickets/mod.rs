//! The queue of a site: reading it, and one ticket. What does not live here: giving tickets out (`giving`), calling and every other deed
//! (`calling`, `change`), who is next (the domain), what a person may see of a ticket (`sight`).

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Time;
use skranke_api::ProblemKind;
use skranke_api::appointments::Site;
use skranke_api::tickets::{QueueView, Ticket};
use skranke_domain::appointment::CounterKind;
use skranke_domain::queue::{TicketState, order};
use skranke_domain::{CounterId, SiteId, TicketId};

use crate::App;
use crate::auth::Person;
use crate::clock::{instant, local};
use crate::extract::{Params, Path};
use crate::policy;
use crate::problem::{Answer, Refusal, json, tagged};
use crate::store::tickets::Stored;
use crate::store::{Conn, at_work, expected, meta, tickets};

pub mod calling;
pub mod change;
mod following;
pub mod giving;
pub(crate) mod papers;
mod serving;
mod sight;
mod turn;

use sight::shown;
use turn::Turn;

/// The longest note, card or reason, in characters.
const CARD_CHARS: usize = skranke_api::tickets::CARD_CHARS;
/// The most who are called to or served at one counter at once: the citizen in front, and one beside her.
const AT_A_COUNTER: i64 = 2;

/// When a moment's day began.
pub(super) fn day_begins(now: Timestamp) -> Timestamp {
    instant(local(now).date(), Time::midnight())
}

/// A site by its slug.
pub(super) async fn site(conn: &mut Conn, id: &SiteId, pointer: &str) -> Answer<Site> {
    let found = meta::sites(conn).await?.into_iter().find(|site| site.id == *id);
    found.ok_or_else(|| Refusal::field(pointer, "unknown", "there is no such site"))
}

/// A counter of a site by its slug.
fn counter<'a>(site: &'a Site, id: &CounterId) -> Answer<&'a skranke_api::appointments::Counter> {
    let found = site.counters.iter().find(|counter| counter.id == *id);
    found.ok_or_else(|| Refusal::field("/counter", "unknown", "this site has no such counter"))
}

/// A counter of a site at which people are called and served.
fn calling_counter<'a>(site: &'a Site, id: &CounterId) -> Answer<&'a skranke_api::appointments::Counter> {
    let found = counter(site, id)?;
    if found.kind == CounterKind::Stand {
        return Err(Refusal::field("/counter", "kind", "a stand calls nobody: send her there instead"));
    }
    Ok(found)
}

/// The queue at a site: everybody with whom somebody still has to do something, in the order of the rule; who is booked for today and not
/// here yet; who works here. A host sees who comes and what she said at the door, not what her cases are.
#[utoipa::path(get, path = "/v1/tickets", operation_id = "queue", tag = "queue",
    params(("site" = SiteId, Query, description = "The site")),
    responses((status = 200, body = QueueView)))]
pub async fn list(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let id = params.need::<SiteId>("site")?;
    let now = app.clock.now();
    let today = day_begins(now);
    let mut conn = app.store.read().await?;
    let site = site(&mut conn, &id, "?site").await?;
    // What an earlier day left over is ended with the first ticket of the next; until then it is nobody's any more.
    let mut all = tickets::open_at(&mut conn, &id).await?;
    all.retain(|stored| stored.view.came >= today || stored.view.unwrapped);
    let withheld = policy::sees_cases(person.role()).then(|| person.withheld());
    let view = QueueView {
        site: id.clone(),
        tickets: in_order(&person, &all, now, site.aim_minutes),
        expected: expected::today(&mut conn, &app.procedures, &id, today, withheld).await?,
        staff: at_work::at(&mut conn, &id, today).await?,
        aim_minutes: site.aim_minutes,
    };
    json(&view)
}

/// Those who wait in the order of the rule, then those who are called, served, parked, away, and served without a wrap-up.
fn in_order(person: &Person, all: &[Stored], now: Timestamp, aim: u16) -> Vec<Ticket> {
    let waiting: Vec<_> = all.iter().map(|s| &s.view).filter(|t| t.state == TicketState::Waiting).collect();
    let candidates: Vec<_> = waiting.iter().map(|ticket| ticket.candidate()).collect();
    let places: std::collections::HashMap<TicketId, usize> =
        order(&candidates, now, aim).into_iter().enumerate().map(|(place, (id, _))| (id, place)).collect();
    let mut sorted: Vec<&Stored> = all.iter().collect();
    sorted.sort_by_key(|stored| {
        let view = &stored.view;
        (view.state, places.get(&view.id).copied().unwrap_or(0), view.since, stored.no)
    });
    sorted.into_iter().map(|stored| shown(person, stored)).collect()
}

/// One ticket: what a single event costs, however many wait.
#[utoipa::path(get, path = "/v1/tickets/{ticket}", operation_id = "ticket", tag = "queue",
    params(("ticket" = TicketId, Path, description = "The ticket")),
    responses((status = 200, body = Ticket)))]
pub async fn one(State(app): State<App>, person: Person, Path(id): Path<TicketId>) -> Answer<Response> {
    let found = tickets::one(&mut *app.store.read().await?, id).await?.ok_or(ProblemKind::NotFound)?;
    let view = shown(&person, &found);
    tagged(&view, &view.etag)
}
