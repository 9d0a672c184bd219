//! Opening somebody who may have to be asked why: one question goes ahead, and one alone is refused; whoever is served is there at once.

use jiff::ToSpan;
use skranke_api::appointments::Appointment;
use skranke_api::citizens::{CitizenView, SearchAnswer};
use skranke_client::Live;
use skranke_client::http::Kept;
use skranke_domain::access::Need;
use skranke_domain::{AppointmentId, SiteId};

use super::*;
use crate::ask::Question;
use crate::citizen::{CitizenInput, CitizenPage, Step};
use crate::counter::serving::ServingInput;
use crate::effect::Wake;
use crate::finder::FinderInput;
use crate::need::NeedInput;

const HER: Room = Room::Citizen(StandId::A);
const CASE: Room = Room::Case(StandId::A);
/// Her head, the departments, half-finished applications, contacts, notes, promises, situations, hand-overs, appointments.
const EVERYTHING: [u8; 9] = [0, 1, 2, 3, 5, 6, 7, 8, 11];
const PROTECTED: Need = Need { reason: true, out_of_context: false, protected: true, tie: None, basis: false };

/// What a room asks for, by slots.
fn slots(effects: &[Effect], room: Room) -> Vec<u8> {
    let slot = |effect: &Effect| match effect {
        Effect::Ask(ticket, _) if ticket.room == room => Some(ticket.slot),
        _ => None,
    };
    let mut all: Vec<u8> = effects.iter().filter_map(slot).collect();
    all.sort_unstable();
    all
}

/// The purposes that go along with what is asked about citizens.
fn said(effects: &[Effect]) -> Vec<Option<String>> {
    let purpose = |effect: &Effect| match effect {
        Effect::Ask(
            _,
            Question::Citizen(_, why)
            | Question::Overview(_, why, _)
            | Question::Contacts(_, why)
            | Question::CitizenAppointments(_, why)
            | Question::Notes(_, why)
            | Question::Promises(_, why)
            | Question::Situations(_, why)
            | Question::HandoversOf(_, why)
            | Question::HalfFinished(_, why),
        ) => Some(why.note.clone()),
        _ => None,
    };
    effects.iter().filter_map(purpose).collect()
}

fn refusal() -> ClientError {
    ClientError::Problem(Box::new(Problem { need: Some(PROTECTED), ..Problem::new(ProblemKind::NeedToKnow) }))
}

fn head(desk: &mut Desk, effects: &[Effect], answer: Result<CitizenView, ClientError>) -> Vec<Effect> {
    let ticket = asked(effects, HER, 0);
    desk.update(Input::Reply(ticket, Reply::Citizen(Box::new(answer))), now())
}

fn known(id: CitizenId) -> CitizenView {
    serde_json::from_value(wrap_up::identity(id, "Kalina")).unwrap()
}

fn open(desk: &mut Desk, id: CitizenId, purpose: Purpose) -> Vec<Effect> {
    desk.update(Input::OpenCitizen(id, purpose), now())
}

fn again(desk: &mut Desk) -> Vec<Effect> {
    desk.update(Input::Citizen(CitizenInput::AskAgain), now())
}

fn need(desk: &mut Desk, input: NeedInput) -> Vec<Effect> {
    desk.update(Input::Need(input), now())
}

/// Whether anything on the page still looks as if an answer were to come.
fn is_waiting(page: &CitizenPage) -> bool {
    let course = page.contacts.is_waiting() || page.notes.is_waiting() || page.promises.is_waiting();
    let more = page.situations.is_waiting() || page.handovers.is_waiting() || page.half_finished.is_waiting();
    course || more || page.appointments.is_waiting() || page.sources.iter().any(|source| source.waiting)
}

/// The palette found somebody, and why she is looked for is chosen.
fn found(desk: &mut Desk, id: CitizenId, kind: PurposeKind, address: &str) -> Purpose {
    desk.update(Input::Finder(FinderInput::Open), now());
    desk.update(Input::Finder(FinderInput::Purpose(kind)), now());
    desk.update(Input::Finder(FinderInput::Typed("wrona".into())), now());
    let generation = desk.finder.as_ref().unwrap().generation();
    let effects = desk.update(Input::Wake(Wake::Search { generation }), now());
    let hit = json!({
        "citizen": id, "givenName": "Kalina", "surname": "Wrona", "cprMasked": "721190-••••", "age": 35,
        "address": { "view": address }, "status": "resident", "case": null
    });
    let answer = SearchAnswer { hits: vec![serde_json::from_value(hit).unwrap()], more: false, took_us: 900 };
    desk.update(Input::Reply(asked(&effects, Room::Finder, 0), Reply::Search(Ok(answer))), now());
    desk.finder.as_ref().unwrap().purpose().unwrap()
}

#[test]
fn whoever_may_need_a_reason_is_asked_for_with_one_question_and_refused_with_one() {
    let mut desk = desk();
    let effects = open(&mut desk, CitizenId::new(), purpose());
    assert_eq!(slots(&effects, HER), [0], "her head alone");
    assert!(is_waiting(desk.citizen().unwrap()), "the page looks as if all of it were asked for");
    let effects = head(&mut desk, &effects, Err(refusal()));
    assert!(slots(&effects, HER).is_empty() && desk.citizen().unwrap().is_shut());
    assert!(!is_waiting(desk.citizen().unwrap()), "nothing is on its way");
    let effects = need(&mut desk, NeedInput::Confirm("At the counter".into()));
    assert_eq!(slots(&effects, HER), EVERYTHING, "what was said opens all of it at once");
    assert!(said(&effects).iter().all(|words| words.as_deref() == Some("At the counter")));
}

#[test]
fn whoever_needs_none_is_whole_with_the_answer_to_that_question() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let effects = open(&mut desk, id, purpose());
    let effects = head(&mut desk, &effects, Ok(known(id)));
    assert_eq!(slots(&effects, HER), EVERYTHING[1..]);
    assert!(desk.need().is_none() && is_waiting(desk.citizen().unwrap()));
    assert_eq!(slots(&again(&mut desk), HER), EVERYTHING, "she is open: F5 asks for everything at once");
}

#[test]
fn a_head_that_does_not_come_holds_nothing_back() {
    let mut desk = desk();
    let effects = open(&mut desk, CitizenId::new(), purpose());
    let effects = head(&mut desk, &effects, Err(ClientError::TimedOut));
    assert_eq!(slots(&effects, HER), EVERYTHING[1..], "each says itself what it could not do");
    assert_eq!(slots(&again(&mut desk), HER), [0], "nobody knows yet whether a reason is needed");
}

#[test]
fn whoever_is_served_is_asked_for_at_once_protected_or_not() {
    let id = CitizenId::new();
    let ticket = serving::ticket("K 042", "serving", Some(id), &[]);
    let (mut desk, _) = serving::serving(&[(StandId::A, &ticket)]);
    desk.stands.get_mut(StandId::A).clear();
    desk.stands.get_mut(StandId::A).ticket = Some(ticket.id);
    let effects = desk.update(Input::Serving(ServingInput::Open(StandId::A)), now());
    assert_eq!(slots(&effects, HER), EVERYTHING);
    assert!(said(&effects).iter().all(|words| words.as_deref() == Some("K 042")));
}

#[test]
fn a_caller_is_asked_for_at_once_unless_the_hit_says_that_she_is_protected() {
    for (address, expected) in [("unknown", &EVERYTHING[..]), ("protected", &[0])] {
        let (mut desk, id) = (desk(), CitizenId::new());
        let purpose = found(&mut desk, id, PurposeKind::Call, address);
        assert_eq!(slots(&open(&mut desk, id, purpose), HER), expected, "{address}");
    }
    let (mut desk, id) = (desk(), CitizenId::new());
    let purpose = found(&mut desk, id, PurposeKind::Ticket, "unknown");
    assert_eq!(slots(&open(&mut desk, id, purpose), HER), [0], "at the counter, but no ticket is known");
}

#[test]
fn whoever_has_a_ticket_or_an_appointment_about_now_is_asked_for_at_once() {
    let id = CitizenId::new();
    let waiting = serving::ticket("K 042", "called", Some(id), &[]);
    let (mut desk, _) = serving::serving(&[(StandId::B, &waiting)]);
    desk.stands.get_mut(StandId::B).clear();
    let purpose = found(&mut desk, id, PurposeKind::Ticket, "unknown");
    assert_eq!(slots(&open(&mut desk, id, purpose), HER), EVERYTHING);
    for (days, expected) in [(1, &EVERYTHING[..]), (5, &[0])] {
        let mut desk = super::desk();
        let appointment: Appointment = serde_json::from_value(json!({
            "id": AppointmentId::new(), "citizen": id, "citizenShort": "K. Testrup", "cases": [], "title": null, "site": "norrebro",
            "counter": "counter-4", "start": now() + (days * 24).hours(), "end": now() + (days * 24 + 1).hours(), "people": 1,
            "status": "booked", "papers": { "due": 0, "open": 0 }, "readiness": "ready", "etag": "v1"
        }))
        .unwrap();
        desk.session.sites = serde_json::from_value(json!([{
            "id": SiteId::parse("norrebro").unwrap(), "name": "Nørrebro", "hours": [],
            "counters": [{ "id": "counter-4", "name": { "da": "Skranke 4", "en": "Counter 4" } }]
        }]))
        .unwrap();
        desk.update(Input::Go(Place::Calendar), now());
        let shown = json!({ "items": [appointment], "blocks": [], "load": [], "lanes": [], "nextCursor": null });
        desk.calendar.as_mut().unwrap().own.answer(Ok(serde_json::from_value(shown).unwrap()), now());
        let purpose = found(&mut desk, id, PurposeKind::Appointment, "unknown");
        assert_eq!(slots(&open(&mut desk, id, purpose), HER), expected, "in {days} days");
    }
}

#[test]
fn what_was_said_once_opens_her_at_once_again_from_wherever_she_is_opened() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let effects = open(&mut desk, id, purpose());
    head(&mut desk, &effects, Err(refusal()));
    let effects = need(&mut desk, NeedInput::Confirm("At the counter".into()));
    head(&mut desk, &effects, Ok(known(id)));
    let why = desk.citizen().unwrap().purpose.clone();
    assert_eq!(slots(&open(&mut desk, CitizenId::new(), purpose()), HER), [0]);
    assert_eq!(slots(&open(&mut desk, id, why), HER), EVERYTHING);
    assert_eq!(slots(&open(&mut desk, CitizenId::new(), purpose()), HER), [0]);
    assert_eq!(slots(&open(&mut desk, id, purpose()), HER), [0], "nothing is said this time");
}

#[test]
fn her_case_says_that_she_may_be_opened() {
    let (mut desk, _) = with_case();
    let id = desk.case().unwrap().view.value().unwrap().value.row.citizen;
    assert_eq!(slots(&open(&mut desk, id, purpose()), HER), EVERYTHING);
}

#[test]
fn what_happens_before_her_head_came_asks_for_nothing_twice() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let effects = open(&mut desk, id, purpose());
    let event = json!({
        "specversion": "1.0", "id": "1", "source": "/v1", "type": "dk.skranke.citizen.changed", "subject": format!("/v1/citizens/{id}"),
        "time": now(), "citizenid": id
    });
    let event = Live::Event(Box::new(serde_json::from_value(event).unwrap()));
    assert!(slots(&desk.update(Input::Live(event), now()), HER).is_empty(), "it comes with the rest");
    assert_eq!(slots(&again(&mut desk), HER), [0], "F5 asks for her head anew, and for no more");
    let effects = head(&mut desk, &effects, Ok(known(id)));
    assert_eq!(slots(&effects, HER), EVERYTHING[1..]);
}

#[test]
fn f5_and_news_take_what_was_said_along() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let effects = open(&mut desk, id, purpose());
    head(&mut desk, &effects, Err(refusal()));
    let effects = need(&mut desk, NeedInput::Confirm("At the counter".into()));
    head(&mut desk, &effects, Ok(known(id)));
    for effects in [again(&mut desk), desk.update(Input::Live(Live::Resync), now())] {
        assert_eq!(slots(&effects, HER), EVERYTHING);
        assert!(said(&effects).iter().all(|words| words.as_deref() == Some("At the counter")), "{effects:?}");
    }
}

#[test]
fn what_she_typed_stays_while_everything_is_asked_for_anew() {
    let mut desk = desk();
    let effects = open(&mut desk, CitizenId::new(), purpose());
    head(&mut desk, &effects, Err(refusal()));
    need(&mut desk, NeedInput::Typed("Asks about her rent".into()));
    need(&mut desk, NeedInput::Step(Step::Next));
    let before = desk.need().cloned();
    assert!(slots(&again(&mut desk), HER).is_empty());
    assert!(slots(&desk.update(Input::Live(Live::Resync), now()), HER).is_empty());
    desk.update(Input::Stand(StandId::B), now());
    assert!(desk.need().is_none());
    desk.update(Input::Stand(StandId::A), now());
    assert_eq!(desk.need(), before.as_ref());
}

#[test]
fn a_page_that_needs_a_reason_only_now_is_asked_about_with_one_question_from_then_on() {
    let mut desk = desk();
    let id = CitizenId::new();
    opens(&mut desk, id);
    // Her appointment was cancelled: nothing says any more why she is open.
    let effects = again(&mut desk);
    let notes = Reply::Notes(Err(refusal()));
    desk.update(Input::Reply(asked(&effects, HER, 5), notes), now());
    assert!(desk.need().is_some() && !desk.citizen().unwrap().is_shut());
    assert!(slots(&again(&mut desk), HER).is_empty(), "she is being asked");
    need(&mut desk, NeedInput::Leave);
    let effects = again(&mut desk);
    assert_eq!(slots(&effects, HER), [0]);
    head(&mut desk, &effects, Err(refusal()));
    assert!(desk.need().is_some() && !is_waiting(desk.citizen().unwrap()), "what is shown is as old as it says");
    let effects = need(&mut desk, NeedInput::Confirm("At the counter".into()));
    assert_eq!(slots(&effects, HER), EVERYTHING);
}

#[test]
fn without_a_line_everything_is_there_at_once_and_her_head_goes_first_when_it_is_back() {
    let mut desk = desk();
    desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
    let id = CitizenId::new();
    let effects = open(&mut desk, id, purpose());
    assert_eq!(slots(&effects, HER), EVERYTHING);
    let reply = Reply::Citizen(Box::new(Ok(known(id))));
    let kept = Reply::Kept(Box::new(reply), Box::new(Kept { as_of: now(), why: ClientError::Offline }));
    desk.update(Input::Reply(asked(&effects, HER, 0), kept), now());
    assert!(desk.citizen().unwrap().identity.value().is_some());
    let effects = desk.update(Input::Live(Live::Connected), now());
    assert_eq!(slots(&effects, HER), [0], "the server was never asked whether she may be opened");
}

/// A case that was found by its number, opened with her page behind it.
fn by_number(desk: &mut Desk, id: CitizenId) -> (CaseId, Vec<Effect>) {
    let case = CaseId::new();
    (case, desk.update(Input::OpenCaseOf(StandId::A, id, case, purpose()), now()))
}

fn case_view(case: CaseId, id: CitizenId) -> Reply {
    let view = json!({
        "row": row(case, id), "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null,
        "procedureVersion": 1, "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {},
        "items": [], "history": [],
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "procedureNewest": 1, "level": "rule_based", "rule": null, "suspension": null, "decision": null, "related": [],
        "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": null, "collaborators": [],
        "requests": [], "documents": [], "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
        "exemptFromDigitalPost": false
    });
    let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(1) };
    Reply::Case(Box::new(Ok(view)))
}

#[test]
fn a_case_found_by_its_number_is_asked_for_alone_and_opens_whose_it_is() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let (case, effects) = by_number(&mut desk, id);
    assert!(slots(&effects, HER).is_empty() && slots(&effects, CASE) == [0] && desk.place() == Place::Case);
    let effects = desk.update(Input::Reply(asked(&effects, CASE, 0), case_view(case, id)), now());
    assert_eq!(slots(&effects, HER), EVERYTHING);
}

#[test]
fn a_case_found_by_its_number_is_refused_once_and_one_sheet_opens_both() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let (case, effects) = by_number(&mut desk, id);
    let refused = Reply::Case(Box::new(Err(refusal())));
    let effects = desk.update(Input::Reply(asked(&effects, CASE, 0), refused.clone()), now());
    assert!(slots(&effects, HER).is_empty() && desk.need().is_some());
    let effects = need(&mut desk, NeedInput::Confirm("Work on her case".into()));
    let effects = desk.update(Input::Reply(asked(&effects, CASE, 0), case_view(case, id)), now());
    assert_eq!(slots(&effects, HER), EVERYTHING);
    assert!(said(&effects).iter().all(|words| words.as_deref() == Some("Work on her case")));
    // Who leaves instead leaves both.
    let mut desk = super::desk();
    let (_, effects) = by_number(&mut desk, id);
    desk.update(Input::Reply(asked(&effects, CASE, 0), refused), now());
    need(&mut desk, NeedInput::Leave);
    assert!(desk.case().is_none() && desk.citizen().is_none() && desk.place() == Place::Start);
}

#[test]
fn a_case_that_does_not_come_leaves_her_head_to_be_asked_for() {
    let (mut desk, id) = (desk(), CitizenId::new());
    let (_, effects) = by_number(&mut desk, id);
    let lost = Reply::Case(Box::new(Err(ClientError::TimedOut)));
    let effects = desk.update(Input::Reply(asked(&effects, CASE, 0), lost), now());
    assert_eq!(slots(&effects, HER), [0]);
}

#[test]
fn a_booking_for_whoever_was_asked_about_goes_under_the_same_words() {
    let mut desk = desk();
    let (case, id) = (CaseId::new(), CitizenId::new());
    let effects = desk.update(Input::OpenCase(case, purpose()), now());
    desk.update(Input::Reply(asked(&effects, CASE, 0), Reply::Case(Box::new(Err(refusal())))), now());
    let effects = need(&mut desk, NeedInput::Confirm("Work on her case".into()));
    desk.update(Input::Reply(asked(&effects, CASE, 0), case_view(case, id)), now());
    let effects = desk.update(Input::BeginBooking, now());
    assert_eq!(said(&effects), [Some("Work on her case".to_owned())]);
}
