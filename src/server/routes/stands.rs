//! Stands beside the counter: the form that a citizen fills in, to be read only, and pointing at a field of it. What does not live here:
//! what is typed (in training `crate::training::stand`).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use skranke_api::ProblemKind;
use skranke_api::events::EventKind;
use skranke_api::paths;
use skranke_api::tickets::{PointRequest, StandSession, StandView};
use skranke_domain::CounterId;
use skranke_domain::appointment::CounterKind;

use crate::App;
use crate::auth::Person;
use crate::extract::{Json, Path};
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::site_of;
use crate::store::events::{self, News};
use crate::store::stands::Session;
use crate::store::{Conn, meta, stands};
use crate::training;

/// Somebody watches a stand while she has asked for it so lately.
const WATCHED_SECONDS: i64 = 10;

/// Who watches which stand: what is typed is told of only while somebody looks.
#[derive(Default)]
pub struct Watched(Mutex<HashMap<CounterId, Watch>>);

struct Watch {
    asked: Timestamp,
    told: Option<StandSession>,
}

impl Watched {
    fn asked(&self, counter: &CounterId, session: Option<&StandSession>, now: Timestamp) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(counter.clone(), Watch { asked: now, told: session.cloned() });
    }

    /// The stands at which something was typed since it was told, of those that somebody watches.
    pub(crate) fn news(
        &self,
        now: Timestamp,
        mut look: impl FnMut(&CounterId) -> Option<StandSession>,
    ) -> Vec<CounterId> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, watch| now.duration_since(watch.asked) <= SignedDuration::from_secs(WATCHED_SECONDS));
        let mut changed = Vec::new();
        for (counter, watch) in &mut *all {
            let session = look(counter);
            if session != watch.told {
                watch.told = session;
                changed.push(counter.clone());
            }
        }
        changed
    }
}

async fn check(conn: &mut Conn, counter: &CounterId) -> Answer<()> {
    let sites = meta::sites(conn).await?;
    let known = site_of(&sites, counter).and_then(|site| site.counters.iter().find(|c| c.id == *counter));
    match known {
        Some(stand) if stand.kind == CounterKind::Stand => Ok(()),
        _ => Err(ProblemKind::NotFound.into()),
    }
}

fn session(app: &App, stored: Option<&Session>, now: Timestamp) -> Option<StandSession> {
    stored.map(|stored| training::stand::at(&app.catalogue, stored, now))
}

/// What goes on at a stand.
#[utoipa::path(get, path = "/v1/stands/{counter}", operation_id = "stand", tag = "queue",
    params(("counter" = CounterId, Path, description = "The stand")),
    responses((status = 200, body = StandView)))]
pub async fn one(State(app): State<App>, Path(counter): Path<CounterId>) -> Answer<Response> {
    let mut conn = app.store.read().await?;
    check(&mut conn, &counter).await?;
    let now = app.clock.now();
    let session = session(&app, stands::at(&mut conn, &counter).await?.as_ref(), now);
    app.stands.asked(&counter, session.as_ref(), now);
    json(&StandView { counter, session })
}

/// Points at a field of a stand's form, or stops pointing. It shows on the citizen's screen and types nothing.
#[utoipa::path(post, path = "/v1/stands/{counter}/point", operation_id = "point", tag = "queue",
    params(("counter" = CounterId, Path, description = "The stand")),
    request_body = PointRequest, responses((status = 200, body = StandView)))]
pub async fn point(
    State(app): State<App>,
    person: Person,
    Path(counter): Path<CounterId>,
    Json(request): Json<PointRequest>,
) -> Answer<Response> {
    let mut tx = app.store.begin().await?;
    check(&mut tx, &counter).await?;
    let now = app.clock.now();
    let there = session(&app, stands::at(&mut tx, &counter).await?.as_ref(), now);
    let there = there.ok_or_else(|| Refusal::new(ProblemKind::Transition).detail("nobody is at this stand"))?;
    if let Some(field) = &request.field
        && there.fields.iter().all(|known| known.id != *field)
    {
        return Err(Refusal::field("/field", "unknown", "this page of the form has no such field"));
    }
    stands::point(&mut tx, &counter, request.field.as_deref(), now).await?;
    let session = session(&app, stands::at(&mut tx, &counter).await?.as_ref(), now);
    let news = News {
        kind: EventKind::StandChanged,
        subject: paths::stand(&counter),
        etag: None,
        actor: person.signature().map(|(id, name)| (id, name.to_owned())),
        command: None,
        citizen: None,
        case: None,
        department: None,
    };
    events::add(&mut tx, now, &news).await?;
    tx.commit().await?;
    app.stands.asked(&counter, session.as_ref(), now);
    app.bell.ring();
    json(&StandView { counter, session })
}
