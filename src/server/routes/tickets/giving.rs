//! Giving out tickets: by the host, by a stand, and to somebody who comes for a booked time. What does not live here: calling them.

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use skranke_api::appointments::Site;
use skranke_api::tickets::{CheckInRequest, Ticket, TicketRequest};
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::appointment::{AppointmentStatus, length};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::procedure::Procedure;
use skranke_domain::queue::{TicketDeed, TicketOrigin, TicketState, Triage};
use skranke_domain::{CaseId, CitizenId, LifeSituationId, Localized, ProcedureId, SiteId};

use super::super::acting::{check_id, not_elsewhere, withheld_from};
use super::super::deed::check_text;
use super::turn::{made, taken};
use super::{CARD_CHARS, Turn, papers, shown, site};
use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json};
use crate::idempotency::{Command, Freshness, Seen};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{self, is_open};
use crate::store::{Tx, citizens, expected, meta, tickets};

/// How long it takes where the catalogue gives no length: own knowledge.
const USUAL_MINUTES: u16 = 10;

/// Gives out a ticket.
#[utoipa::path(post, path = "/v1/tickets", operation_id = "giveTicket", tag = "queue",
    request_body = TicketRequest, responses((status = 201, body = Ticket)))]
pub async fn give(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<TicketRequest>,
) -> Answer<Response> {
    give_out(&app, &person, key, &request).await
}

/// The same, for the training municipality.
pub async fn give_out(
    app: &App,
    person: &Person,
    key: skranke_domain::CommandId,
    request: &TicketRequest,
) -> Answer<Response> {
    check(app, person, request)?;
    let mut turn = Turn::new(app, person, Command::new(person, key, "POST", paths::TICKETS, request)?);
    let mut tx = app.store.begin().await?;
    match turn.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = tickets::one(&mut tx, request.id).await?.ok_or(ProblemKind::NotFound)?;
            return Ok(made(&shown(person, &found))?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let place = site(&mut tx, &request.site, "/site").await?;
    let citizen = match request.citizen {
        Some(id) => Some(known(&mut tx, id).await?),
        None => None,
    };
    let reason = Reason { procedure: request.procedure.as_ref(), situation: request.situation.as_ref() };
    let hers = match &citizen {
        Some(citizen) => of_reason(&mut tx, app, person, citizen, &request.cases, &reason).await?,
        None => Vec::new(),
    };
    let (triage, papers) = match papers::sorted(&mut tx, app, &place, &hers).await? {
        (Triage::Unknown, _) => (request.triage.unwrap_or(Triage::Unknown), Vec::new()),
        found => found,
    };
    let procedure = request.procedure.as_ref().and_then(|id| app.catalogue.procedure(id));
    let situation = request.situation.as_ref().and_then(|id| app.catalogue.life_situation(id));
    let title = procedure.map(|p| p.title.clone()).or_else(|| situation.map(|s| s.title.clone()));
    let text = request.text.trim();
    let ticket = Ticket {
        reason: title.ok_or(ProblemKind::Internal)?,
        procedure: request.procedure.clone(),
        situation: request.situation.clone(),
        department: procedure.map(|p| p.department.clone()),
        text: (!text.is_empty()).then(|| text.to_owned()),
        people: request.people,
        language: request.language.clone(),
        citizen: request.citizen,
        triage,
        papers,
        minutes: minutes(procedure.into_iter(), request.people),
        private_room: request.private_room,
        ..blank(request.id, &request.site, request.origin, turn.now)
    };
    let nos: Vec<i64> = hers.iter().map(|case| case.no).collect();
    let stored = add(&mut tx, &place, ticket, (citizen.map(|c| c.no), &nos)).await?;
    let stored = turn.note(&mut tx, &stored, TicketDeed::Give, None).await?;
    turn.made(tx, &stored).await
}

fn check(app: &App, person: &Person, request: &TicketRequest) -> Answer<()> {
    check_id(request.id.0)?;
    if !(1..=20).contains(&request.people) {
        return Err(Refusal::field("/people", "range", "one to twenty people"));
    }
    let expected = if person.is_service() { TicketOrigin::Stand } else { TicketOrigin::Host };
    if request.origin != expected {
        let detail = "a stand gives out its own tickets, people those of the host; a booked time is checked in";
        return Err(Refusal::field("/origin", "word", detail));
    }
    if !request.text.trim().is_empty() {
        check_text(&request.text, "/text", 1..=CARD_CHARS)?;
    }
    match (&request.procedure, &request.situation) {
        (None, None) => {
            return Err(Refusal::field("/procedure", "missing", "a procedure or a life situation is needed"));
        }
        (Some(id), _) => {
            let found = app.catalogue.procedure(id);
            let found = found.ok_or_else(|| Refusal::field("/procedure", "unknown", "there is no such procedure"))?;
            not_elsewhere(person, &found.department, "/procedure")?;
        }
        (None, Some(_)) => {}
    }
    if request.situation.as_ref().is_some_and(|id| app.catalogue.life_situation(id).is_none()) {
        return Err(Refusal::field("/situation", "unknown", "there is no such life situation"));
    }
    if let Some(LanguageCode(code)) = &request.language
        && !((2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase()))
    {
        return Err(Refusal::field("/language", "type", "a language code of two or three letters was expected"));
    }
    if request.cases.len() > 10 {
        return Err(Refusal::field("/cases", "range", "ten cases at most"));
    }
    if request.citizen.is_none() && !request.cases.is_empty() {
        return Err(Refusal::field("/citizen", "missing", "cases belong to a citizen"));
    }
    Ok(())
}

/// Somebody's number inside this database.
pub(super) async fn known(tx: &mut Tx, id: CitizenId) -> Answer<citizens::Brief> {
    let found = citizens::brief(tx, id).await?;
    found.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))
}

/// What somebody comes for.
pub(super) struct Reason<'a> {
    /// The procedure, where it is known.
    pub procedure: Option<&'a ProcedureId>,
    /// The life situation.
    pub situation: Option<&'a LifeSituationId>,
}

/// The cases a ticket is about: those that are named, else her open ones that the reason names. A withheld case and one of somebody else
/// are refused in the same words as one that does not exist.
pub(super) async fn of_reason(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    citizen: &citizens::Brief,
    named: &[CaseId],
    reason: &Reason<'_>,
) -> Answer<Vec<cases::Stored>> {
    let withheld = person.withheld();
    let mut found: Vec<cases::Stored> = Vec::new();
    for (at, id) in named.iter().enumerate() {
        let pointer = format!("/cases/{at}");
        let case = cases::one(tx, &app.procedures, *id).await?;
        let case = case.filter(|c| c.citizen_no == citizen.no && !withheld.contains(&c.row.department.as_str()));
        let case = case.ok_or_else(|| Refusal::field(&pointer, "unknown", "this citizen has no such case"))?;
        if found.iter().any(|known| known.no == case.no) {
            return Err(Refusal::field(pointer, "duplicate", "this case stands twice"));
        }
        found.push(case);
    }
    if !named.is_empty() {
        return Ok(found);
    }
    if let Some(procedure) = reason.procedure {
        let case = cases::open_of_procedure(tx, &app.procedures, citizen.no, procedure).await?;
        found.extend(case.filter(|c| !withheld.contains(&c.row.department.as_str())));
    } else if let Some(kind) = reason.situation {
        let hers = cases::situations_of(tx, citizen.no).await?;
        let of_kind: Vec<_> = hers.iter().filter(|s| s.kind == *kind).map(|s| s.id).collect();
        let all = cases::in_situations(tx, &app.procedures, citizen.no, withheld).await?;
        let theirs =
            all.into_iter().filter(|c| is_open(c.row.phase) && c.row.situation.is_some_and(|s| of_kind.contains(&s)));
        found.extend(theirs.take(10));
    }
    Ok(found)
}

/// How long a visit takes: that of the longest procedure, for so many people.
pub(super) fn minutes<'a>(procedures: impl Iterator<Item = &'a Procedure>, people: u16) -> u16 {
    let longest = procedures.map(|p| p.attendance.minutes).max().filter(|minutes| *minutes > 0);
    length(longest.unwrap_or(USUAL_MINUTES), people)
}

/// A ticket of somebody who has just come.
pub(crate) fn blank(id: skranke_domain::TicketId, site: &SiteId, origin: TicketOrigin, now: Timestamp) -> Ticket {
    Ticket {
        id,
        number: String::new(),
        site: site.clone(),
        origin,
        reason: Localized::new("", ""),
        procedure: None,
        situation: None,
        department: None,
        text: None,
        people: 1,
        language: None,
        citizen: None,
        citizen_short: None,
        cases: Vec::new(),
        appointment: None,
        booked: None,
        triage: Triage::Unknown,
        papers: Vec::new(),
        minutes: USUAL_MINUTES,
        private_room: false,
        state: TicketState::Waiting,
        since: now,
        came: now,
        called: None,
        calls: 0,
        not_before: None,
        began: None,
        ended: None,
        counter: None,
        staff: None,
        card: None,
        unwrapped: false,
        etag: ETag::of_version(1),
    }
}

/// The letters of sites in their order: those that look like a figure are left out.
const LETTERS: &[u8] = b"KABCDEFGHJLMNPRSTUVXYZ";

/// What is called: the site's letter and the number of the day.
pub(crate) fn called(rank: usize, number: i64) -> String {
    // invariant: the remainder lies within the letters.
    let letter = char::from(LETTERS.get(rank % LETTERS.len()).copied().unwrap_or(b'K'));
    format!("{letter} {number:03}")
}

/// Writes a ticket under the next number of its site and day.
async fn add(
    tx: &mut Tx,
    place: &Site,
    mut ticket: Ticket,
    (citizen, cases): (Option<i64>, &[i64]),
) -> Answer<tickets::Stored> {
    let (now, day) = (ticket.came, local(ticket.came).date());
    if tickets::one(tx, ticket.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let number = tickets::next_number(tx, &place.id, day).await?;
    if number == 1 {
        tickets::end_days_before(tx, &place.id, day, now).await?;
    }
    let rank = meta::sites(tx).await?.iter().position(|s| s.id == place.id).unwrap_or(0);
    ticket.number = called(rank, number);
    let id = ticket.id;
    tickets::add(tx, day, &ticket, citizen, cases).await.map_err(taken)?;
    Ok(tickets::one(tx, id).await?.ok_or(ProblemKind::Internal)?)
}

/// Somebody with a booked time says that she is here. However early or late she is, she is checked in on her day.
#[utoipa::path(post, path = "/v1/tickets/check-in", operation_id = "checkIn", tag = "queue",
    request_body = CheckInRequest, responses((status = 201, body = Ticket)))]
pub async fn check_in(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<CheckInRequest>,
) -> Answer<Response> {
    arrive(&app, &person, key, request).await
}

/// The same, for the training municipality.
pub async fn arrive(
    app: &App,
    person: &Person,
    key: skranke_domain::CommandId,
    request: CheckInRequest,
) -> Answer<Response> {
    check_id(request.id.0)?;
    let mut turn = Turn::new(app, person, Command::new(person, key, "POST", paths::CHECK_IN, &request)?);
    let mut tx = app.store.begin().await?;
    match turn.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let found = tickets::one(&mut tx, request.id).await?.ok_or(ProblemKind::NotFound)?;
            return Ok(made(&shown(person, &found))?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let booked = expected::booked(&mut tx, request.appointment).await?;
    let booked = booked.ok_or_else(|| Refusal::field("/appointment", "unknown", "there is no such appointment"))?;
    if tickets::of_appointment(&mut tx, request.appointment).await?.is_some() {
        return Err(Refusal::new(ProblemKind::AlreadyExists).detail("she is checked in already"));
    }
    let late = Refusal::new(ProblemKind::Transition);
    if !matches!(booked.status, AppointmentStatus::Booked | AppointmentStatus::Arrived) {
        return Err(late.detail("this time is not booked any more"));
    }
    if local(booked.start).date() != local(turn.now).date() {
        return Err(late.detail("her time is on another day: book a new one, or give her a ticket"));
    }
    let place = site(&mut tx, &booked.site, "/appointment").await?;
    let mut hers = Vec::new();
    for no in &booked.cases {
        hers.extend(cases::by_no(&mut tx, &app.procedures, *no).await?);
    }
    // What everybody may know of stands first: it names the ticket.
    hers.sort_by_key(|case| withheld_from(&case.row.department));
    let (triage, papers) = papers::sorted(&mut tx, app, &place, &hers).await?;
    let first = hers.first();
    let open = u16::try_from(booked.end.duration_since(booked.start).as_mins()).unwrap_or(USUAL_MINUTES);
    let opened: Vec<_> = first.and_then(|case| case.row.situation).into_iter().collect();
    let situation = cases::situations(&mut tx, &opened).await?.pop().map(|situation| situation.kind);
    let ticket = Ticket {
        reason: first.map_or_else(|| Localized::new("Bestilt tid", "Booked time"), |case| case.row.title.clone()),
        procedure: first.map(|case| case.row.procedure.clone()),
        situation,
        department: first.map(|case| case.row.department.clone()),
        people: booked.people,
        language: booked.language.clone(),
        citizen: Some(booked.citizen),
        appointment: Some(request.appointment),
        booked: Some(booked.start),
        triage,
        papers,
        minutes: open,
        // Her time is at a counter, so it is promised there; who else may call her when nobody comes is the rule's.
        counter: Some(booked.counter.clone()),
        ..blank(request.id, &booked.site, TicketOrigin::CheckIn, turn.now)
    };
    let nos: Vec<i64> = hers.iter().map(|case| case.no).collect();
    let stored = add(&mut tx, &place, ticket, (Some(booked.citizen_no), &nos)).await?;
    turn.follow(&mut tx, Some(request.appointment), AppointmentStatus::Arrived).await?;
    let stored = turn.note(&mut tx, &stored, TicketDeed::Give, None).await?;
    turn.made(tx, &stored).await
}
