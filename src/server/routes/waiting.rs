//! Who waits for an earlier time, and who fits one that became free. What does not live here: how wishes are stored (`store::waiting`),
//! which booking meets one (`messages`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::Site;
use skranke_api::audit::AuditAction;
use skranke_api::events::EventKind;
use skranke_api::visits::{Fit, WaitingChange, WaitingRequest, WaitingView};
use skranke_api::{Page, ProblemKind, paths};
use skranke_domain::appointment::{AppointmentStatus, MAX_MINUTES, WaitingState};
use skranke_domain::{CitizenId, CounterId, SiteId, WaitingId};

use super::acting::{check_id, most_open};
use super::deed::Deed;
use super::opening::check_minutes;
use super::plan::cases_of;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, IfMatch, Json, Params, Path, purpose};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::appointments::{self, Cases, site_of};
use crate::store::waiting::{self, NewWish};
use crate::store::{Conn, cases, citizens, meta, visits};

/// The most proposals for one free time.
const MOST_FITS: usize = 10;

/// Who waits at a site, the longest first; or a citizen's wishes, the last first.
#[utoipa::path(get, path = "/v1/waiting-list", operation_id = "waitingList", tag = "appointments",
    params(
        ("site" = Option<SiteId>, Query, description = "Everybody who waits at this site"),
        ("citizen" = Option<CitizenId>, Query, description = "A citizen's wishes; with nothing else, and with a purpose"),
    ),
    responses((status = 200, body = Page<WaitingView>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, headers: HeaderMap) -> Answer<Response> {
    let withheld = person.withheld();
    let (site, citizen) = (params.opt::<SiteId>("site")?, params.opt::<CitizenId>("citizen")?);
    let found = match (site, citizen) {
        (Some(_), Some(_)) => {
            return Err(Refusal::field("?site", "conflict", "a citizen's list has no other filter"));
        }
        (None, None) => return Err(Refusal::field("?site", "missing", "a site or a citizen is needed")),
        (None, Some(citizen)) => {
            let purpose = purpose(&headers)?;
            let found = {
                let mut conn = app.store.read().await?;
                let no = citizens::number(&mut conn, citizen).await?.ok_or(ProblemKind::NotFound)?;
                waiting::of_citizen(&mut conn, &app.procedures, no, withheld).await?
            };
            let entry = Entry::new(&person, AuditAction::ReadAppointments).citizen(citizen).purpose(purpose);
            app.auditor.record(entry.note("waiting list")).await?;
            found
        }
        (Some(site), None) => {
            let mut conn = app.store.read().await?;
            if !meta::sites(&mut conn).await?.iter().any(|known| known.id == site) {
                return Err(Refusal::field("?site", "unknown", "there is no such site"));
            }
            waiting::at_site(&mut conn, &app.procedures, &site, withheld).await?
        }
    };
    json(&Page { items: found.into_iter().map(|wish| wish.view).collect(), next_cursor: None })
}

/// Keeps a wish for an earlier time.
#[utoipa::path(post, path = "/v1/waiting-list", operation_id = "waitForEarlierTime", tag = "appointments",
    request_body = WaitingRequest, responses((status = 201, body = WaitingView)))]
pub async fn wait(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<WaitingRequest>,
) -> Answer<Response> {
    check(&request, app.clock.today())?;
    let command = Command::new(&person, key, "POST", paths::WAITING_LIST, &request)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = waiting::one(&mut tx, &app.procedures, request.id, withheld).await?;
            return Ok(made(&found.ok_or(ProblemKind::NotFound)?.view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if waiting::exists(&mut tx, request.id).await? {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let citizen = citizens::number(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let for_cases = cases_of(&mut tx, &app, &person, &request.cases, request.citizen).await?;
    for (at, case) in for_cases.iter().enumerate() {
        if !cases::is_open(case.row.phase) {
            return Err(Refusal::field(format!("/cases/{at}"), "closed", "this case is closed"));
        }
    }
    let sites = meta::sites(&mut tx).await?;
    if let Some(at) = request.sites.iter().position(|site| !sites.iter().any(|known| known.id == *site)) {
        return Err(Refusal::field(format!("/sites/{at}"), "unknown", "there is no such site"));
    }
    let appointment = has(&mut tx, &app, &request).await?;
    let case_nos: Vec<i64> = for_cases.iter().map(|case| case.no).collect();
    let deed = Deed::new(&app, &person, command);
    let new = NewWish { wish: &request, citizen, appointment, cases: &case_nos, since: deed.now };
    waiting::add(&mut tx, &new).await?;
    let found = waiting::one(&mut tx, &app.procedures, request.id, withheld).await?.ok_or(ProblemKind::Internal)?;
    done(deed, tx, (&person, &found, made(&found.view)?)).await
}

/// The number of the time she has; refused where it is not hers or stands no more.
async fn has(conn: &mut Conn, app: &App, request: &WaitingRequest) -> Answer<Option<i64>> {
    let Some(id) = request.appointment else { return Ok(None) };
    let found = appointments::one(conn, &app.procedures, id, Cases::Hidden).await?;
    let found = found.filter(|found| found.view.citizen == request.citizen);
    let found =
        found.ok_or_else(|| Refusal::field("/appointment", "unknown", "this citizen has no such appointment"))?;
    if found.view.status != AppointmentStatus::Booked {
        return Err(Refusal::field("/appointment", "closed", "this appointment does not stand any more"));
    }
    if request.before > local(found.view.start).date() {
        return Err(Refusal::field("/before", "range", "the day of the time she has, at the latest"));
    }
    Ok(Some(found.no))
}

fn check(request: &WaitingRequest, today: Date) -> Answer<()> {
    check_id(request.id.0)?;
    if !(1..=10).contains(&request.cases.len()) {
        return Err(Refusal::field("/cases", "range", "one to ten cases"));
    }
    if !(1..=10).contains(&request.sites.len()) {
        return Err(Refusal::field("/sites", "range", "one to ten sites"));
    }
    for (at, site) in request.sites.iter().enumerate() {
        if request.sites[..at].contains(site) {
            return Err(Refusal::field(format!("/sites/{at}"), "duplicate", "this site stands twice"));
        }
    }
    if !(1..=20).contains(&request.people) {
        return Err(Refusal::field("/people", "range", "one to twenty people"));
    }
    if request.language.as_ref().is_some_and(|language| !(2..=3).contains(&language.0.len())) {
        return Err(Refusal::field("/language", "word", "a language code of two or three letters was expected"));
    }
    check_minutes(request.minutes, "/minutes")?;
    let last = today.checked_add(1.year()).unwrap_or(today);
    if request.before <= today || request.before > last {
        return Err(Refusal::field("/before", "range", "a day after today, a year ahead at most"));
    }
    Ok(())
}

fn made(view: &WaitingView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &view.etag)?.at(paths::waiting(view.wish.id)))
}

/// Ends a wish: she took an earlier time, or wants none any more.
#[utoipa::path(patch, path = "/v1/waiting-list/{waiting}", operation_id = "changeWaiting", tag = "appointments",
    params(("waiting" = WaitingId, Path, description = "The wish")),
    request_body = WaitingChange, responses((status = 200, body = WaitingView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<WaitingId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<WaitingChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::waiting(id), &change)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    let found = waiting::one(&mut tx, &app.procedures, id, withheld).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            return Ok(Stored::new(StatusCode::OK, &found.view, &found.view.etag)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    // The booking that met it ended it already: that is what was wanted.
    if change.state == WaitingState::Taken && found.view.state == WaitingState::Taken {
        return Ok(Stored::new(StatusCode::OK, &found.view, &found.view.etag)?.response(Freshness::Fresh));
    }
    if_match.check(&found.view.etag, || &found.view)?;
    if change.state == WaitingState::Waiting {
        return Err(Refusal::field("/state", "word", "`taken` or `withdrawn` was expected"));
    }
    if found.view.state != WaitingState::Waiting {
        return Err(Refusal::not_now(&found.view, "this wish was met or ended already"));
    }
    waiting::end(&mut tx, found.no, change.state).await?;
    let found = waiting::one(&mut tx, &app.procedures, id, withheld).await?.ok_or(ProblemKind::Internal)?;
    let answer = Stored::new(StatusCode::OK, &found.view, &found.view.etag)?;
    done(Deed::new(&app, &person, command), tx, (&person, &found, answer)).await
}

async fn done(
    deed: Deed<'_>,
    tx: crate::store::Tx,
    (person, found, answer): (&Person, &waiting::Stored, Stored),
) -> Answer<Response> {
    let (view, citizen) = (&found.view, found.view.wish.citizen);
    let mut news = deed.news(EventKind::WaitingListChanged, paths::waiting(view.wish.id), &view.etag, citizen);
    news.department = most_open(found.departments.iter());
    let entry = Entry::new(person, AuditAction::ChangeAppointment).citizen(citizen).note("waiting list");
    deed.done(tx, answer, (&news, None), entry).await
}

/// Who fits a time that became free, best first.
#[utoipa::path(get, path = "/v1/waiting-list/fits", operation_id = "waitingFits", tag = "appointments",
    params(
        ("counter" = CounterId, Query, description = "Where the time became free"),
        ("start" = String, Query, description = "From", format = DateTime),
        ("minutes" = u16, Query, description = "How long it is, in minutes"),
    ),
    responses((status = 200, body = Page<Fit>)))]
pub async fn fits(State(app): State<App>, person: Person, params: Params) -> Answer<Response> {
    let counter = params.need::<CounterId>("counter")?;
    let start = params.need::<Timestamp>("start")?;
    params.need::<u16>("minutes")?;
    let minutes = params.bounded("minutes", MAX_MINUTES, 5..=24 * 60)?;
    let mut conn = app.store.read().await?;
    let sites = meta::sites(&mut conn).await?;
    let site =
        site_of(&sites, &counter).ok_or_else(|| Refusal::field("?counter", "unknown", "there is no such counter"))?;
    let free = Free { site, counter: &counter, start, minutes };
    let items =
        if start <= app.clock.now() { Vec::new() } else { rank(&mut conn, &app, &free, person.withheld()).await? };
    json(&Page { items, next_cursor: None })
}

/// A time that became free.
struct Free<'a> {
    site: &'a Site,
    counter: &'a CounterId,
    start: Timestamp,
    minutes: u16,
}

/// Those whom a free time serves: papers ready first, then whoever waits longest.
async fn rank(conn: &mut Conn, app: &App, free: &Free<'_>, withheld: &[&str]) -> Answer<Vec<Fit>> {
    let day = local(free.start).date();
    let counter = free.site.counters.iter().find(|counter| counter.id == *free.counter);
    let settles = |wish: &waiting::Stored| {
        counter.is_some_and(|counter| {
            counter.departments.is_empty() || wish.departments.iter().all(|d| counter.departments.contains(d))
        })
    };
    let mut all = Vec::new();
    for wish in waiting::at_site(conn, &app.procedures, &free.site.id, withheld).await? {
        let asked = &wish.view.wish;
        // Who cannot be booked by whoever asks is not proposed to her either.
        let fits = asked.minutes <= free.minutes && day < asked.before && !wish.hides && settles(&wish);
        if !fits || wish.view.has.is_some_and(|has| has <= free.start) {
            continue;
        }
        if let Some(language) = &asked.language {
            let end = super::plan::end_of(free.start, asked.minutes);
            let mut here = free.site.interpreters.iter().filter(|interpreter| interpreter.language == *language);
            let mut is_free = false;
            for interpreter in here.by_ref() {
                is_free = is_free || visits::interpreter_is_free(conn, &interpreter.id, (free.start, end)).await?;
            }
            if !is_free {
                continue;
            }
        }
        let until = wish.view.has.map_or(asked.before, |has| local(has).date());
        let days = day.until(until).map_or(0, |span| span.get_days());
        all.push(Fit {
            days_won: u16::try_from(days).unwrap_or(0),
            minutes_left: free.minutes - asked.minutes,
            ready: wish.open == 0,
            waiting: wish.view,
        });
    }
    all.sort_by_key(|fit| (!fit.ready, fit.waiting.since));
    all.truncate(MOST_FITS);
    Ok(all)
}
