//! Appointments for calendar programs: one as a file, and a caseworker's as a feed behind a secret. What does not live here: how a calendar
//! file is written (`crate::icalendar`).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use jiff::civil::Time;
use skranke_api::appointments::{Appointment, Site};
use skranke_api::audit::AuditAction;
use skranke_api::visits::{Feed, FeedRequest};
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, StaffId};

use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::{from_micros, instant};
use crate::extract::{self, CommandKey, Json, Path, optional_purpose};
use crate::icalendar::{self, Event, Status};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::Answer;
use crate::seal::fingerprint;
use crate::store::appointments::{self, Cases};
use crate::store::{Conn, meta, visits, waiting};

/// How many days back and ahead a feed shows.
const BACK: i64 = 30;
/// See [`BACK`].
const AHEAD: i64 = 180;

/// One appointment as a calendar program reads it.
#[utoipa::path(get, path = "/v1/appointments/{appointment}/ics", operation_id = "appointmentFile", tag = "appointments",
    params(("appointment" = AppointmentId, Path, description = "The appointment")),
    responses((status = 200, content_type = "text/calendar", body = String)))]
pub async fn file(
    State(app): State<App>,
    person: Person,
    Path(id): Path<AppointmentId>,
    headers: HeaderMap,
) -> Answer<Response> {
    let purpose = optional_purpose(&headers)?;
    let (view, event) = {
        let mut conn = app.store.read().await?;
        let found = appointments::one(&mut conn, &app.procedures, id, Cases::Hidden).await?;
        let found = found.ok_or(ProblemKind::NotFound)?;
        let sites = meta::sites(&mut conn).await?;
        let event = event(&mut conn, &found, &sites).await?;
        (found.view, event)
    };
    let mut entry = Entry::new(&person, AuditAction::ReadAppointments).citizen(view.citizen).note("calendar file");
    if let Some(purpose) = purpose {
        entry = entry.purpose(purpose);
    }
    app.auditor.record(entry).await?;
    let text = icalendar::write("Borgerservice", app.clock.now(), &[event]);
    Ok(calendar(text, "no-store", &view.etag))
}

/// An appointment without anything of the citizen's but her initials.
async fn event(conn: &mut Conn, found: &appointments::Stored, sites: &[Site]) -> Answer<Event> {
    let view = &found.view;
    let whom = visits::whom(conn, found.citizen_no).await?.ok_or(ProblemKind::Internal)?;
    Ok(Event {
        uid: format!("{}@skranke", view.id),
        sequence: view.etag.version().unwrap_or(1).saturating_sub(1),
        start: view.start,
        end: view.end,
        summary: format!("Borgerservice: {}", whom.initials),
        location: place(view, sites),
        status: match view.status {
            AppointmentStatus::Proposed => Status::Tentative,
            AppointmentStatus::Cancelled | AppointmentStatus::Noshow => Status::Cancelled,
            AppointmentStatus::Booked | AppointmentStatus::Arrived | AppointmentStatus::Fulfilled => Status::Confirmed,
        },
    })
}

fn place(view: &Appointment, sites: &[Site]) -> String {
    let site = sites.iter().find(|site| site.id == view.site);
    let counter = site.and_then(|site| site.counters.iter().find(|counter| counter.id == view.counter));
    match (site, counter) {
        (Some(site), Some(counter)) => format!("{}, {}", site.name, counter.name.da),
        _ => view.site.to_string(),
    }
}

fn calendar(text: String, cache: &'static str, etag: &ETag) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(value) = HeaderValue::from_str(&etag.quoted()) {
        headers.insert(header::ETAG, value);
    }
    response
}

/// Makes a calendar feed for who asks; the one before becomes void.
#[utoipa::path(post, path = "/v1/feeds", operation_id = "makeFeed", tag = "appointments",
    request_body = FeedRequest, responses((status = 201, body = Feed)))]
pub async fn make(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<FeedRequest>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "POST", paths::FEEDS, &request)?;
    // The secret follows from the command, so that a repeated one gives the same without the secret being kept anywhere.
    let secret = app.feed_key.mac(&[person.id().0.as_bytes(), command.id.0.as_bytes()]);
    let secret: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = fingerprint(&[secret.as_bytes()]);
    let feed = Feed { staff: person.id(), path: format!("{}/{secret}", paths::FEEDS) };
    let etag = ETag::of_version(1);
    let answer = Stored::new(StatusCode::CREATED, &feed, &etag)?.at(feed.path.clone());
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(_) | Seen::Forgotten => {
            // A feed that another one made void is not handed out again.
            let stands = waiting::feed(&mut tx, &hash).await? == Some(person.id());
            return if stands { Ok(answer.response(Freshness::Replayed)) } else { Err(ProblemKind::NotFound.into()) };
        }
        Seen::Never => {}
    }
    let now = app.clock.now();
    waiting::set_feed(&mut tx, person.id(), &hash, now).await?;
    let entry = Entry::new(&person, AuditAction::ReadAppointments).command(command.id).note("calendar feed");
    app.chain.append(&mut tx, &[entry]).await?;
    // What is kept to be repeated carries no secret.
    let kept = Feed { path: paths::FEEDS.to_owned(), ..feed };
    command.keep(&mut tx, now, &Stored::new(StatusCode::CREATED, &kept, &etag)?).await?;
    tx.commit().await?;
    Ok(answer.response(Freshness::Fresh))
}

/// A caseworker's appointments as a calendar program reads them: times, places and initials. The secret is the key.
#[utoipa::path(get, path = "/v1/feeds/{feed}", operation_id = "feed", tag = "appointments",
    params(("feed" = String, Path, description = "The secret")),
    responses((status = 200, content_type = "text/calendar", body = String)))]
pub async fn feed(State(app): State<App>, Path(secret): Path<String>, headers: HeaderMap) -> Answer<Response> {
    let is_secret = secret.len() == 64 && secret.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if !is_secret {
        return Err(ProblemKind::NotFound.into());
    }
    let today = app.clock.today();
    let midnight = instant(today, Time::midnight());
    let events = {
        let mut conn = app.store.read().await?;
        let staff = waiting::feed(&mut conn, &fingerprint(&[secret.as_bytes()])).await?.ok_or(ProblemKind::NotFound)?;
        events(&mut conn, &app, staff, midnight).await?
    };
    // The stamp is the day's, so that an unchanged feed keeps its version.
    let text = icalendar::write("Borgerservice", midnight, &events);
    let sum = fingerprint(&[text.as_bytes()]);
    let etag: String = sum.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let etag = ETag::from_header(&format!("\"{etag}\"")).ok_or(ProblemKind::Internal)?;
    let known = extract::header(&headers, &header::IF_NONE_MATCH).and_then(ETag::from_header);
    let mut response = calendar(text, "private, max-age=300", &etag);
    if known == Some(etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
    }
    Ok(response)
}

async fn events(conn: &mut Conn, app: &App, staff: StaffId, midnight: Timestamp) -> Answer<Vec<Event>> {
    let day = 86_400_000_000;
    let edge = |days: i64| from_micros(midnight.as_microsecond() + days * day);
    let sites = meta::sites(conn).await?;
    let mut all = Vec::new();
    for id in visits::appointments_of_staff(conn, staff, (edge(-BACK), edge(AHEAD))).await? {
        let Some(found) = appointments::one(conn, &app.procedures, id, Cases::Hidden).await? else { continue };
        all.push(event(conn, &found, &sites).await?);
    }
    Ok(all)
}
