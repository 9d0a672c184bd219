//! A citizen's contacts: reading them, and registering one at wrap-up. What does not live here: how they are stored (`store::contacts`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use skranke_api::audit::AuditAction;
use skranke_api::cases::ContactView;
use skranke_api::contacts::ContactRequest;
use skranke_api::{Cursor, ETag, Page, ProblemKind, paths};
use skranke_domain::contact::{CONTACT_CHARS, MAX_SUBJECTS};
use skranke_domain::{CaseId, CitizenId, DepartmentId, Localized, ProcedureId};

use super::acting::check_id;
use super::counting;
use super::deed::{Deed, check_text};
use super::notes::already;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::from_micros;
use crate::extract::{CommandKey, Json, Params, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::contacts::NewContact;
use crate::store::{Conn, cases, citizens, contacts, word};

/// The longest contact, in minutes.
const MOST_MINUTES: i64 = 600;
/// How far a client's clock may run ahead, in minutes.
const CLOCKS_APART: i64 = 5;

#[derive(Serialize, Deserialize)]
struct Place {
    at: Timestamp,
    no: i64,
}

/// A citizen's contacts on all channels, newest first.
#[utoipa::path(get, path = "/v1/contacts", operation_id = "contacts", tag = "citizens",
    params(
        ("citizen" = CitizenId, Query, description = "The citizen"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before"),
    ),
    responses((status = 200, body = Page<ContactView>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, Why(purpose): Why) -> Answer<Response> {
    let citizen = params.need::<CitizenId>("citizen")?;
    let limit = params.limit()?;
    let list = format!("contacts {citizen}");
    let before = match params.text("cursor") {
        None => None,
        Some(cursor) => {
            let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
            let place: Place = serde_json::from_slice(&place).map_err(|_| ProblemKind::BadCursor)?;
            Some((place.at, place.no))
        }
    };
    let mut found = {
        let mut conn = app.store.read().await?;
        let no = citizens::number(&mut conn, citizen).await?.unwrap_or(0);
        contacts::of_citizen(&mut conn, (no, citizen), person.withheld(), before, limit).await?
    };
    let more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next_cursor = found.last().filter(|_| more).and_then(|(no, last)| {
        let place = serde_json::to_vec(&Place { at: last.at, no: *no }).ok()?;
        Some(Cursor(app.sealer.seal(person.id(), &list, &place)))
    });
    app.auditor.record(Entry::new(&person, AuditAction::ReadContacts).citizen(citizen).purpose(purpose)).await?;
    json(&Page { items: found.into_iter().map(|(_, view)| view).collect(), next_cursor })
}

/// Registers a contact. How long it took is told by the clock: whole minutes, rounded up.
#[utoipa::path(post, path = "/v1/contacts", operation_id = "registerContact", tag = "citizens",
    request_body = ContactRequest, responses((status = 201, body = ContactView)))]
pub async fn register(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<ContactRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.text, "/text", 0..=CONTACT_CHARS)?;
    let command = Command::new(&person, key, "POST", paths::CONTACTS, &request)?;
    let withheld = person.withheld();
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let known = contacts::one(&mut tx, request.citizen, request.id, withheld).await?;
            return Ok(made(&known.ok_or(ProblemKind::NotFound)?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let citizen = citizens::number(&mut tx, request.citizen).await?;
    let citizen = citizen.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    let subjects = known_subjects(&app, &person, &request.subjects)?;
    if request.situation.as_ref().is_some_and(|kind| app.catalogue.life_situation(kind).is_none()) {
        return Err(Refusal::field("/situation", "unknown", "there is no such life situation"));
    }
    let case = match request.case {
        Some(id) => Some(known_case(&mut tx, &app, &person, (request.citizen, id)).await?),
        None => None,
    };
    let deed = Deed::new(&app, &person, command);
    let minutes = minutes(request.began, request.ended, deed.now)?;
    let text = request.text.trim();
    let new = NewContact {
        id: request.id,
        citizen,
        case: case.as_ref().map(|c| c.no),
        channel: request.channel,
        at: from_micros(request.began.as_microsecond()),
        minutes: Some(minutes),
        // It is kept as it was written; nobody translates it.
        text: &Localized::new(text, text),
        by: (person.id(), &person.me.name),
        outcome: Some(request.outcome),
        subjects: &subjects,
        situation: request.situation.as_ref(),
        for_whom: Some(request.for_whom),
        verified: Some(request.verified),
    };
    contacts::add(&mut tx, &new).await.map_err(already)?;
    let view = contacts::one(&mut tx, request.citizen, request.id, withheld).await?.ok_or(ProblemKind::Internal)?;
    // Whoever may not see the case, or any of the subjects, does not hear of the contact either.
    let department = match (&case, subjects.as_slice()) {
        (Some(case), _) => &case.row.department,
        (None, [(_, first), rest @ ..]) if rest.iter().all(|(_, other)| other == first) => first,
        _ => &person.me.department,
    };
    counting::contact_registered(&mut tx, &app, &person, (&request, citizen, department)).await?;
    let news = deed.news_of(paths::contact(view.id), &ETag::of_version(1), request.citizen, department);
    let mut entry =
        Entry::new(&person, AuditAction::RegisterContact).citizen(request.citizen).note(word(&request.channel));
    if let Some(case) = &case {
        entry = entry.case(case.row.id);
    }
    deed.done(tx, made(&view)?, (&news, None), entry).await
}

fn made(view: &ContactView) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, view, &ETag::of_version(1))?.at(paths::contact(view.id)))
}

/// The subjects with their departments. Whether a case of a withheld department exists plays no part: it is the department that is
/// refused.
fn known_subjects(app: &App, person: &Person, all: &[ProcedureId]) -> Answer<Vec<(ProcedureId, DepartmentId)>> {
    if all.len() > MAX_SUBJECTS {
        return Err(Refusal::field("/subjects", "range", format!("at most {MAX_SUBJECTS}")));
    }
    let mut known = Vec::with_capacity(all.len());
    for (at, id) in all.iter().enumerate() {
        let pointer = format!("/subjects/{at}");
        if all[..at].contains(id) {
            return Err(Refusal::field(pointer, "duplicate", "this subject stands twice"));
        }
        let procedure = app.catalogue.procedure(id);
        let procedure = procedure.ok_or_else(|| Refusal::field(&pointer, "unknown", "there is no such procedure"))?;
        if person.is_withheld(procedure.department.as_str()) {
            let detail = "this department registers its own contacts: hand the citizen over instead";
            return Err(Refusal::field(pointer, "elsewhere", detail));
        }
        known.push((id.clone(), procedure.department.clone()));
    }
    Ok(known)
}

/// The citizen's case; a withheld one and one of somebody else are refused in the same words as one that does not exist.
async fn known_case(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    (citizen, id): (CitizenId, CaseId),
) -> Answer<cases::Stored> {
    let case = cases::one(conn, &app.procedures, id).await?;
    case.filter(|c| c.row.citizen == citizen && !person.is_withheld(c.row.department.as_str()))
        .ok_or_else(|| Refusal::field("/case", "unknown", "this citizen has no such case"))
}

/// How long it took, in whole minutes, rounded up.
fn minutes(began: Timestamp, ended: Timestamp, now: Timestamp) -> Answer<u16> {
    if now.checked_add(CLOCKS_APART.minutes()).is_ok_and(|latest| ended > latest) {
        return Err(Refusal::field("/ended", "range", "a contact ends before it is registered"));
    }
    let micros = ended.as_microsecond() - began.as_microsecond();
    if !(0..=MOST_MINUTES * 60_000_000).contains(&micros) {
        return Err(Refusal::field("/ended", "range", format!("0 to {MOST_MINUTES} minutes after it began")));
    }
    let minutes = micros.div_euclid(60_000_000) + i64::from(micros.rem_euclid(60_000_000) > 0);
    u16::try_from(minutes).map_err(|_| ProblemKind::Internal.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_that_began_counts_whole_and_nothing_ends_before_it_begins() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-06-09T08:06:00Z");
        let took = |began, ended| minutes(at(began), at(ended), now);
        assert_eq!(took("2026-06-09T08:00:00Z", "2026-06-09T08:00:00Z").unwrap(), 0);
        assert_eq!(took("2026-06-09T08:00:00Z", "2026-06-09T08:00:01Z").unwrap(), 1);
        assert_eq!(took("2026-06-09T08:00:00Z", "2026-06-09T08:06:00Z").unwrap(), 6);
        assert_eq!(took("2026-06-08T22:06:00Z", "2026-06-09T08:06:00Z").unwrap(), 600);
        assert!(took("2026-06-08T22:05:59Z", "2026-06-09T08:06:00Z").is_err());
        assert!(took("2026-06-09T08:05:00Z", "2026-06-09T08:04:59.9Z").is_err());
        assert!(took("2026-06-09T08:05:00Z", "2026-06-09T08:11:01Z").is_err(), "further ahead than clocks differ");
    }
}
