//! The desk's own tests: what the clerk sees, without pixels, server or clock.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use skranke_api::overview::OverviewLine;
use skranke_api::purpose::PurposeKind;
use skranke_api::{ETag, Problem, ProblemKind, Purpose};
use skranke_client::ClientError;
use skranke_client::http::Tagged;
use skranke_client::outbox::{Draft, Entry, EntryState};
use skranke_domain::authority::Role;
use skranke_domain::checklist::{ItemAction, ItemState};
use skranke_domain::{CaseId, CitizenId, CommandId, SituationId};

use crate::ask::Reply;
use crate::case::CaseInput;
use crate::effect::{Effect, Room, Ticket};
use crate::pending::PendingInput;
use crate::session::Line;
use crate::settings::Settings;
use crate::{Desk, Input, Place, StandId};

mod asking;
mod board;
mod booking;
mod calendar;
mod cold;
mod course;
mod figures;
mod half_written;
mod handing_over;
mod letters;
mod offline;
mod opening;
mod queue;
mod serving;
mod signing_in;
mod situations;
mod stands;
mod trust;
mod worded_anew;
mod working;
mod wrap_up;

fn now() -> Timestamp {
    "2026-06-09T08:06:00Z".parse().unwrap()
}

fn desk() -> Desk {
    let mut desk = Desk::new(Role::Clerk, Settings::default(), TimeZone::UTC);
    let ticket = asked(&desk.update(Input::Begin, now()), Room::Session, 0);
    let me = json!({
        "id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM", "role": "clerk",
        "department": "kff", "authorities": [], "site": "norrebro", "counter": "counter-4", "training": true,
        "municipality": "København"
    });
    desk.update(Input::Reply(ticket, Reply::Me(Ok(serde_json::from_value(me).unwrap()))), now());
    desk
}

/// The ticket of the question that a room asked in a slot.
fn asked(effects: &[Effect], room: Room, slot: u8) -> Ticket {
    effects
        .iter()
        .find_map(|effect| match effect {
            Effect::Ask(ticket, _) if ticket.room == room && ticket.slot == slot => Some(*ticket),
            _ => None,
        })
        .expect("a question")
}

fn purpose() -> Purpose {
    Purpose::plain(PurposeKind::Ticket)
}

/// Opens somebody at A of whom nobody asks why: her head came, and with it the other questions.
fn opens(desk: &mut Desk, id: CitizenId) -> Vec<Effect> {
    let mut effects = desk.update(Input::OpenCitizen(id, purpose()), now());
    let head = asked(&effects, Room::Citizen(StandId::A), 0);
    let view = serde_json::from_value(wrap_up::identity(id, "Kalina")).unwrap();
    effects.extend(desk.update(Input::Reply(head, Reply::Citizen(Box::new(Ok(view)))), now()));
    effects
}

fn row(case: CaseId, citizen: CitizenId) -> serde_json::Value {
    json!({
        "id": case, "number": "KFF-2026-100001", "citizen": citizen, "procedure": "cpr-eu-employee",
        "title": { "da": "CPR-nummer", "en": "CPR number" }, "department": "kff", "situation": null,
        "phase": "received", "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": null,
        "deadline": null, "missing": [], "attendance": null, "etag": "v1", "changed": "2026-06-01T08:00:00Z", "changedBy": null,
        "readiness": { "applicable": 2, "settled": 0, "open_before_visit": 2, "open_at_visit": 0, "awaiting_citizen": 1, "to_check": 1 }
    })
}

fn item(id: &str, state: &str) -> serde_json::Value {
    json!({
        "id": id, "label": { "da": id, "en": id }, "evidence": null, "citizenText": null, "state": state,
        "due": "before_visit", "suppliedBy": "citizen", "reason": null, "changedBy": null, "changedAt": null,
        "because": null, "becauseFacts": [], "unknownFacts": [], "becauseSaid": [], "group": "other", "paper": null,
        "provenance": { "source": [], "year": null, "certainty": "high", "note": null }, "etag": "v3"
    })
}

/// A desk with a case open: a passport that came and a lease that is missing.
fn with_case() -> (Desk, CaseId) {
    let mut desk = desk();
    let (case, citizen) = (CaseId::new(), CitizenId::new());
    let effects = desk.update(Input::OpenCase(case, purpose()), now());
    let view = json!({
        "row": row(case, citizen), "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null,
        "procedureVersion": 1, "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {},
        "items": [item("passport", "received"), item("lease", "missing")], "history": [],
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "procedureNewest": 1, "level": "rule_based", "rule": null, "suspension": null, "decision": null, "related": [],
        "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": null, "collaborators": [],
        "requests": [], "documents": [], "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
        "exemptFromDigitalPost": false
    });
    let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(1) };
    let ticket = asked(&effects, Room::Case(StandId::A), 0);
    desk.update(Input::Reply(ticket, Reply::Case(Box::new(Ok(view)))), now());
    (desk, case)
}

fn enqueued(effects: &[Effect]) -> Option<Draft> {
    effects.iter().find_map(|effect| match effect {
        Effect::Enqueue(draft) => Some((**draft).clone()),
        _ => None,
    })
}

fn entry(draft: Draft, state: EntryState) -> Entry {
    Entry { id: CommandId::new(), draft, created_at: now(), attempts: 1, last_attempt: Some(now()), state }
}

#[test]
fn an_answer_for_a_never_lands_on_b() {
    let mut desk = desk();
    let (a, b) = (CitizenId::new(), CitizenId::new());
    let of_a = asked(&desk.update(Input::OpenCitizen(a, purpose()), now()), Room::Citizen(StandId::A), 0);
    desk.update(Input::OpenCitizen(b, purpose()), now());
    desk.update(Input::Reply(of_a, Reply::Citizen(Box::new(Err(ClientError::Offline)))), now());
    let page = desk.citizen().unwrap();
    assert_eq!(page.id, b);
    assert!(page.identity.is_waiting() && page.identity.trouble().is_none());
}

#[test]
fn a_department_that_never_answered_is_unknown_and_not_empty() {
    let mut desk = desk();
    let id = CitizenId::new();
    let overview = asked(&opens(&mut desk, id), Room::Citizen(StandId::A), 1);
    let mut line = |line: Result<OverviewLine, ClientError>| {
        desk.update(Input::Reply(overview, Reply::Overview(Box::new(line))), now());
    };
    let read = |value| Ok(serde_json::from_value(value).unwrap());
    line(read(json!({ "line": "departments", "citizen": id, "departments": ["kff", "suf"] })));
    line(read(json!({
        "line": "section", "department": "kff", "outcome": "answered", "cases": [row(CaseId::new(), id)],
        "situations": [], "papers": [], "benefits": [], "asOf": null, "tookMs": 3
    })));
    line(Err(ClientError::Truncated));
    let page = desk.citizen().unwrap();
    assert_eq!(page.live_sources(), (1, 2));
    assert!(page.sources[1].lost && page.sources[1].section.is_none());
    assert_eq!(page.rows().count(), 1);
    assert_eq!(page.overview_trouble, Some(ClientError::Truncated));
}

#[test]
fn a_judgement_counts_as_soon_as_it_is_on_the_disk_and_not_before() {
    let (mut desk, case) = with_case();
    let effects = desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now());
    let draft = enqueued(&effects).expect("a change");
    let open = |desk: &Desk| desk.case().unwrap().readiness(&desk.pending).unwrap().open_before_visit;
    assert_eq!(open(&desk), 2, "nothing is painted before the disk has it");
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    assert_eq!(open(&desk), 1);
    let shown = desk.case().unwrap().items(&desk.pending);
    assert_eq!(shown[0].state, ItemState::Approved);
    assert!(shown[0].pending.is_some());
    assert!(desk.pending.touches_case(case));
}

#[test]
fn a_refused_judgement_is_shown_and_does_not_make_the_case_ready() {
    let (mut desk, _) = with_case();
    let draft = enqueued(&desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now())).unwrap();
    let refused = entry(draft, EntryState::Refused { problem: Problem::new(ProblemKind::Stale) });
    let id = refused.id;
    desk.update(Input::Pending(PendingInput::Entries(vec![refused])), now());
    let page = desk.case().unwrap();
    assert_eq!(page.readiness(&desk.pending).unwrap().open_before_visit, 2);
    assert_eq!(desk.pending.refused(), 1);
    // Judging anew takes the refused one's place.
    let effects = desk.update(Input::Case(CaseInput::Judge(ItemAction::Approve)), now());
    assert!(matches!(effects[0], Effect::Discard(gone) if gone == id));
    assert!(enqueued(&effects).is_some());
}

#[test]
fn a_rejection_without_words_is_not_sent_and_what_was_typed_survives_escape() {
    let (mut desk, _) = with_case();
    desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    assert!(enqueued(&desk.update(Input::Case(CaseInput::Confirm), now())).is_none());
    assert!(desk.case().unwrap().dialog.as_ref().unwrap().error.is_some());
    desk.update(Input::Case(CaseInput::Reason("Siden er skåret over".into())), now());
    desk.update(Input::Case(CaseInput::Cancel), now());
    desk.update(Input::Case(CaseInput::Judge(ItemAction::Reject)), now());
    assert_eq!(desk.case().unwrap().dialog.as_ref().unwrap().text, "Siden er skåret over");
    let draft = enqueued(&desk.update(Input::Case(CaseInput::Confirm), now())).expect("a change");
    assert_eq!(draft.body["reason"], "Siden er skåret over");
}

#[test]
fn another_role_takes_nothing_along() {
    let (mut desk, _) = with_case();
    let effects = desk.update(Input::SwitchPersona(Role::Guest), now());
    assert!(desk.case().is_none() && desk.citizen().is_none() && desk.person().is_none());
    assert_eq!(desk.place(), Place::Start);
    assert!(effects.iter().any(|e| matches!(e, Effect::SwitchPersona(Role::Guest))));
    assert!(effects.iter().any(|e| matches!(e, Effect::Abandon(Room::Case(StandId::A)))));
}

#[test]
fn when_the_line_is_back_what_is_on_the_screen_is_asked_for_again() {
    let (mut desk, _) = with_case();
    desk.update(Input::Live(skranke_client::Live::Lost { error: ClientError::Offline }), now());
    assert!(matches!(desk.session.line, Line::Down { .. }));
    let effects = desk.update(Input::Live(skranke_client::Live::Connected), now());
    assert_eq!(desk.session.line, Line::Up);
    asked(&effects, Room::Case(StandId::A), 0);
}

#[test]
fn a_late_department_moves_nothing_that_is_being_read() {
    let mut desk = desk();
    let id = CitizenId::new();
    let overview = asked(&opens(&mut desk, id), Room::Citizen(StandId::A), 1);
    let (older, newer) = (SituationId::new(), SituationId::new());
    let mut line = |value| {
        let line = serde_json::from_value(value).unwrap();
        desk.update(Input::Reply(overview, Reply::Overview(Box::new(Ok(line)))), now());
    };
    let section = |department: &str, situation: SituationId, since: &str, took: u32| {
        let mut case = row(CaseId::new(), id);
        case["department"] = json!(department);
        case["situation"] = json!(situation);
        json!({
            "line": "section", "department": department, "outcome": "answered", "cases": [case], "asOf": null, "tookMs": took,
            "papers": [], "benefits": [],
            "situations": [{ "id": situation, "kind": "moving", "since": since, "coordinator": null }]
        })
    };
    line(json!({ "line": "departments", "citizen": id, "departments": ["suf", "kff"] }));
    line(section("kff", newer, "2026-06-01", 3));
    line(section("suf", older, "2026-01-01", 1500));
    let page = desk.citizen().unwrap();
    let order: Vec<_> = page.groups().iter().map(|group| group.situation.unwrap().id).collect();
    assert_eq!(order, [newer, older], "the older situation came late and stands behind");
    assert!(page.sources[0].late && !page.sources[1].late);
}
