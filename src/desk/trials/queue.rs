//! The queue as the clerk sees it: who is called, what is asked first, what single news change, and what a broken line does not do twice.

use serde_json::{Value, json};
use skranke_api::appointments::Site;
use skranke_api::events::{Event, EventKind};
use skranke_api::tickets::{AtWorkList, Called, QueueView, Ticket as QueueTicket, TicketChange};
use skranke_client::Live;
use skranke_domain::TicketId;
use skranke_domain::queue::{CallReason, TicketState, Triage};

use super::*;
use crate::ask::{Question, QueueQuestion, QueueReply};
use crate::counter::{
    CounterInput, CounterPage, CounterSheet, NoCall, Opening, Said, SheetInput, Target, Trouble, minutes_waited,
};

const QUEUE: u8 = 0;
const DEED: u8 = 2;
const STAFF: u8 = 3;

fn id(n: u16) -> TicketId {
    format!("01890000-0000-7000-8000-0000000{n:05}").parse().unwrap()
}

/// A ticket that came so many minutes ago.
fn waiting(n: u16, minutes: i64) -> Value {
    let came = now() - jiff::SignedDuration::from_mins(minutes);
    json!({
        "id": id(n), "number": format!("K {n:03}"), "site": "norrebro", "origin": "host",
        "reason": { "da": "Pas", "en": "Passport" }, "people": 1, "triage": "all_here", "minutes": 10,
        "state": "waiting", "since": came, "came": came, "calls": 0, "etag": "v1"
    })
}

fn with(mut ticket: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().unwrap() {
        ticket[key] = value.clone();
    }
    ticket
}

fn read(ticket: &Value) -> QueueTicket {
    serde_json::from_value(ticket.clone()).unwrap()
}

fn site() -> Site {
    serde_json::from_value(json!({
        "id": "norrebro", "name": "Nørrebro", "hours": [], "aimMinutes": 15,
        "counters": [
            { "id": "counter-4", "name": { "da": "Skranke 4", "en": "Counter 4" } },
            { "id": "room-1", "name": { "da": "Samtalerum", "en": "Private room" }, "kind": "room" },
            { "id": "stand-1", "name": { "da": "Selvbetjening 1", "en": "Self-service 1" }, "kind": "stand" },
            { "id": "stand-2", "name": { "da": "Selvbetjening 2", "en": "Self-service 2" }, "kind": "stand" }
        ]
    }))
    .unwrap()
}

const ME: &str = "01890000-0000-7000-8000-000000000001";
const OTHER: &str = "01890000-0000-7000-8000-000000000002";

fn at_work(id: &str, name: &str, help: Option<&str>) -> Value {
    json!({
        "staff": { "id": id, "name": name }, "counter": "counter-4", "availability": "available",
        "since": now(), "wantsHelp": help
    })
}

fn view(tickets: &[Value]) -> QueueView {
    serde_json::from_value(json!({
        "site": "norrebro", "tickets": tickets,
        "expected": [{
            "appointment": "01890000-0000-7000-8000-000000000700", "citizen": "01890000-0000-7000-8000-000000000701",
            "citizenShort": "K. Wrona", "start": "2026-06-09T08:20:00Z", "counter": "counter-4",
            "papers": { "due": 2, "open": 0 }
        }],
        "staff": [at_work(ME, "Ida Mellemgaard", None), at_work(OTHER, "Bo Skovlund", None)], "aimMinutes": 15
    }))
    .unwrap()
}

/// A clerk at the queue with these tickets.
fn at_queue(tickets: &[Value]) -> Desk {
    let mut desk = desk();
    desk.session.sites = vec![site()];
    desk.session.line = Line::Up;
    desk.update(Input::Go(Place::Queue), now());
    let asked = Ticket { room: Room::Counter, generation: generation(&desk), slot: QUEUE };
    // It was asked for at the start and is asked for once more as she goes there.
    let more = reply(&mut desk, asked, QueueReply::Queue(Box::new(Ok(view(tickets)))));
    if let Some((asked, _)) = question(&more, QUEUE) {
        reply(&mut desk, asked, QueueReply::Queue(Box::new(Ok(view(tickets)))));
    }
    desk
}

fn generation(desk: &Desk) -> u64 {
    page(desk).generation_for_tests()
}

fn page(desk: &Desk) -> &CounterPage {
    desk.counter.as_ref().unwrap()
}

fn reply(desk: &mut Desk, ticket: Ticket, reply: QueueReply) -> Vec<Effect> {
    desk.update(Input::Reply(ticket, Reply::Queue(reply)), now())
}

fn press(desk: &mut Desk, input: CounterInput) -> Vec<Effect> {
    desk.update(Input::Counter(input), now())
}

fn question(effects: &[Effect], slot: u8) -> Option<(Ticket, QueueQuestion)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Queue(question)) if ticket.slot == slot => Some((*ticket, question.clone())),
        _ => None,
    })
}

fn answer(desk: &mut Desk, asked: Ticket, ticket: &Value) -> Vec<Effect> {
    let value = read(ticket);
    let (id, etag) = (value.id, value.etag.clone());
    reply(desk, asked, QueueReply::Ticket(id, Box::new(Ok(Tagged { value, etag }))))
}

fn event(n: u16, version: i64) -> Event {
    serde_json::from_value(json!({
        "specversion": "1.0", "id": "1", "source": "/", "type": "dk.skranke.ticket.changed",
        "subject": format!("/v1/tickets/{}", id(n)), "time": now(), "etag": format!("v{version}")
    }))
    .unwrap()
}

#[test]
fn space_calls_who_has_waited_longest_and_she_stands_at_a() {
    let mut desk = at_queue(&[waiting(49, 16), waiting(47, 21)]);
    let caller = desk.caller().unwrap();
    assert_eq!(page(&desk).next(&caller, now()).unwrap().number, "K 047");
    let (asked, question) = question(&press(&mut desk, CounterInput::CallNext), DEED).expect("a call");
    assert!(matches!(question, QueueQuestion::CallNext(_, request) if request.counter.as_str() == "counter-4"));
    let called = with(
        waiting(47, 21),
        json!({ "state": "called", "etag": "v2", "counter": "counter-4", "staff": { "id": ME, "name": "Ida" } }),
    );
    let called = Called { ticket: Some(read(&called)), reason: Some(CallReason::LongestWait) };
    reply(&mut desk, asked, QueueReply::Called(Box::new(Ok(called))));
    assert_eq!(desk.stands.get(StandId::A).ticket, Some(id(47)));
    assert_eq!(desk.place(), Place::Queue, "what is on the screen stays there");
    assert_eq!(page(&desk).said, Some(Said::Called("K 047".into(), CallReason::LongestWait)));
    assert_eq!(page(&desk).waiting(), 1);
}

#[test]
fn calling_somebody_whose_paper_the_host_could_fetch_asks_first() {
    let mut desk = at_queue(&[with(waiting(49, 16), json!({ "triage": "missing" }))]);
    assert!(press(&mut desk, CounterInput::CallNext).is_empty(), "nobody is called yet");
    assert_eq!(page(&desk).said, Some(Said::AskFirst(id(49))));
    // Something else came between: it asks again.
    press(&mut desk, CounterInput::Select(id(49)));
    assert!(press(&mut desk, CounterInput::CallNext).is_empty());
    assert!(question(&press(&mut desk, CounterInput::CallNext), DEED).is_some(), "the second time she is called");
}

#[test]
fn two_presses_call_one_and_a_call_without_an_answer_is_the_same_call_again() {
    let mut desk = at_queue(&[waiting(47, 21)]);
    let first = press(&mut desk, CounterInput::CallNext);
    let (asked, QueueQuestion::CallNext(command, _)) = question(&first, DEED).unwrap() else { panic!("a call") };
    assert!(press(&mut desk, CounterInput::CallNext).is_empty(), "it is under way");
    reply(&mut desk, asked, QueueReply::Called(Box::new(Err(ClientError::TimedOut))));
    assert!(matches!(page(&desk).said, Some(Said::Unsure(_))));
    let again = press(&mut desk, CounterInput::CallNext);
    let (_, QueueQuestion::CallNext(same, _)) = question(&again, DEED).unwrap() else { panic!("a call") };
    assert_eq!(command, same, "the server does it once");
}

#[test]
fn a_counter_calls_nobody_whose_matters_are_settled_elsewhere() {
    let mut desk = at_queue(&[with(waiting(47, 21), json!({ "department": "siri" })), waiting(49, 3)]);
    desk.session.sites[0].counters[0].departments = vec!["kff".parse().unwrap()];
    let caller = desk.caller().unwrap();
    assert_eq!(page(&desk).next(&caller, now()).unwrap().number, "K 049");
    // The list still shows both in the order of the rule.
    let rows: Vec<_> = page(&desk).in_order(now()).iter().map(|ticket| ticket.number.clone()).collect();
    assert_eq!(rows, ["K 047", "K 049"]);
}

#[test]
fn one_change_asks_for_one_ticket_and_never_for_the_list() {
    let tickets: Vec<Value> = (0..300).map(|n| waiting(n, 5)).collect();
    let mut desk = at_queue(&tickets);
    let effects = desk.update(Input::Live(Live::Event(Box::new(event(7, 2)))), now());
    assert!(question(&effects, QUEUE).is_none());
    let (asked, QueueQuestion::Ticket(wanted)) = question(&effects, 1).unwrap() else { panic!("one ticket") };
    assert_eq!(wanted, id(7));
    answer(&mut desk, asked, &with(waiting(7, 5), json!({ "state": "noshow", "etag": "v2" })));
    assert_eq!(page(&desk).waiting(), 299);
    // What is known already is not asked for again.
    assert!(desk.update(Input::Live(Live::Event(Box::new(event(8, 1)))), now()).is_empty());
}

#[test]
fn ten_news_of_who_works_here_ask_for_the_list_at_most_twice() {
    let mut desk = at_queue(&[waiting(47, 21)]);
    let news = || Event { kind: EventKind::AvailabilityChanged, subject: "/v1/availability".into(), ..event(1, 1) };
    let mut asked = Vec::new();
    for _ in 0..10 {
        asked.extend(question(&desk.update(Input::Live(Live::Event(Box::new(news()))), now()), QUEUE));
    }
    assert_eq!(asked.len(), 1);
    let more = reply(&mut desk, asked[0].0, QueueReply::Queue(Box::new(Ok(view(&[waiting(47, 21)])))));
    let (ticket, _) = question(&more, QUEUE).expect("once more, since something changed meanwhile");
    let none = reply(&mut desk, ticket, QueueReply::Queue(Box::new(Ok(view(&[])))));
    assert!(question(&none, QUEUE).is_none());
}

#[test]
fn old_news_never_replace_newer() {
    let mut desk = at_queue(&[with(waiting(47, 21), json!({ "etag": "v5", "triage": "all_here" }))]);
    let effects = desk.update(Input::Live(Live::Event(Box::new(event(47, 6)))), now());
    let (asked, _) = question(&effects, 1).unwrap();
    answer(&mut desk, asked, &with(waiting(47, 21), json!({ "etag": "v4", "triage": "missing" })));
    assert_eq!(page(&desk).ticket(id(47)).unwrap().triage, Triage::AllHere);
}

#[test]
fn somebody_was_first_and_the_clerk_is_told_and_shown_what_stands_now() {
    let mut desk = at_queue(&[waiting(47, 21)]);
    let change = TicketChange::Room { private_room: true };
    let (asked, _) = question(&press(&mut desk, CounterInput::Do(id(47), change)), DEED).unwrap();
    let stale = ClientError::Problem(Box::new(Problem::new(ProblemKind::Stale)));
    let effects = reply(&mut desk, asked, QueueReply::Ticket(id(47), Box::new(Err(stale))));
    assert_eq!(page(&desk).said, Some(Said::Newer("K 047".into())));
    let (asked, _) = question(&effects, 1).expect("the newer one is asked for");
    answer(&mut desk, asked, &with(waiting(47, 21), json!({ "etag": "v2", "triage": "stand" })));
    assert_eq!(page(&desk).ticket(id(47)).unwrap().triage, Triage::Stand);
    assert!(!page(&desk).ticket(id(47)).unwrap().private_room, "nothing of hers was done");
}

#[test]
fn out_of_order_needs_a_reason_and_what_was_typed_survives_escape() {
    let mut desk = at_queue(&[waiting(47, 21), waiting(49, 16)]);
    press(&mut desk, CounterInput::Open(Opening::Call(id(49))));
    press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    assert_eq!(page(&desk).open.as_ref().unwrap().trouble, Some(Trouble::NothingSaid));
    press(&mut desk, CounterInput::Sheet(SheetInput::Text("Et lille barn med".into())));
    press(&mut desk, CounterInput::Sheet(SheetInput::Close));
    assert!(page(&desk).open.is_none());
    press(&mut desk, CounterInput::Open(Opening::Call(id(47))));
    assert!(
        matches!(&page(&desk).open.as_ref().unwrap().sheet, CounterSheet::Call { reason, .. } if reason.is_empty())
    );
    press(&mut desk, CounterInput::Open(Opening::Call(id(49))));
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    let (asked, QueueQuestion::Change(_, who, seen, TicketChange::Call { reason, .. })) =
        question(&effects, DEED).unwrap()
    else {
        panic!("a call")
    };
    assert_eq!((who, seen, reason.as_str()), (id(49), ETag::of_version(1), "Et lille barn med"));
    // Refused: the sheet stays with the reason in it.
    let no = ClientError::Problem(Box::new(Problem::new(ProblemKind::Transition)));
    reply(&mut desk, asked, QueueReply::Ticket(id(49), Box::new(Err(no))));
    let open = page(&desk).open.as_ref().expect("still open");
    assert!(matches!(open.trouble, Some(Trouble::Refused(_))) && !open.sending);
}

#[test]
fn with_a_broken_line_nothing_is_sent_and_the_clerk_is_told() {
    let mut desk = at_queue(&[waiting(47, 21)]);
    desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
    assert_eq!(desk.caller().unwrap_err(), NoCall::Line);
    for input in [
        CounterInput::CallNext,
        CounterInput::Do(id(47), TicketChange::Recall),
        CounterInput::ToStand(id(47)),
        CounterInput::AskHelp("K 047".into()),
    ] {
        assert!(press(&mut desk, input).is_empty());
        assert_eq!(page(&desk).said, Some(Said::NoLine));
    }
    assert_eq!(page(&desk).waiting(), 1, "what was known is still shown");
    // Back again: the whole queue is asked for once.
    let effects = desk.update(Input::Live(Live::Connected), now());
    assert!(question(&effects, QUEUE).is_some());
}

#[test]
fn somebody_goes_to_a_stand_that_nobody_is_at() {
    let taken = with(waiting(45, 30), json!({ "state": "serving", "counter": "stand-1" }));
    let mut desk = at_queue(&[taken, with(waiting(51, 11), json!({ "triage": "stand" }))]);
    let effects = press(&mut desk, CounterInput::ToStand(id(51)));
    let (_, QueueQuestion::Change(_, _, _, TicketChange::Transfer { counter, to: None, .. })) =
        question(&effects, DEED).unwrap()
    else {
        panic!("a transfer")
    };
    assert_eq!(counter.unwrap().as_str(), "stand-2");
}

#[test]
fn handing_on_finds_places_people_and_units_by_what_is_typed() {
    let mut desk = at_queue(&[waiting(47, 21)]);
    press(&mut desk, CounterInput::Open(Opening::Transfer(id(47))));
    let targets = |desk: &Desk| {
        let Some(CounterSheet::Transfer(sheet)) = page(desk).open.as_ref().map(|open| &open.sheet) else { panic!() };
        page(desk).targets(sheet, &desk.session)
    };
    assert!(targets(&desk).iter().all(|one| !matches!(one, Target::Counter(id, _) if id.as_str() == "counter-4")));
    press(&mut desk, CounterInput::Sheet(SheetInput::Query("skov".into())));
    assert!(matches!(targets(&desk).as_slice(), [Target::Colleague(_, name)] if name == "Bo Skovlund"));
    // Nobody is chosen yet: it is not sent.
    assert!(press(&mut desk, CounterInput::Sheet(SheetInput::Confirm)).is_empty());
    press(&mut desk, CounterInput::Sheet(SheetInput::Take));
    press(&mut desk, CounterInput::Sheet(SheetInput::Text("Mangler kun underskrift".into())));
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    let (asked, QueueQuestion::Change(_, _, _, TicketChange::Transfer { to: Some(_), counter: None, card })) =
        question(&effects, DEED).unwrap()
    else {
        panic!("a transfer")
    };
    assert_eq!(card, "Mangler kun underskrift");
    let handed = with(waiting(47, 21), json!({ "etag": "v2", "staff": { "id": OTHER, "name": "Bo Skovlund" } }));
    answer(&mut desk, asked, &handed);
    assert!(page(&desk).open.is_none(), "the sheet goes when the answer is there");
    assert!(page(&desk).next(&desk.caller().unwrap(), now()).is_none(), "she is promised to a colleague");
}

#[test]
fn a_new_ticket_needs_a_reason_and_is_given_once() {
    let mut desk = at_queue(&[]);
    let kind = json!({
        "id": "moving", "title": { "da": "Flytning", "en": "Moving" }, "icon": "house",
        "provenance": { "source": [], "certainty": "low" }
    });
    let kind: skranke_domain::life_situation::LifeSituationKind = serde_json::from_value(kind).unwrap();
    desk.session.situations.insert(kind.id.clone(), kind);
    press(&mut desk, CounterInput::Open(Opening::New));
    press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    assert_eq!(page(&desk).open.as_ref().unwrap().trouble, Some(Trouble::NotChosen));
    press(&mut desk, CounterInput::Sheet(SheetInput::Query("fly".into())));
    press(&mut desk, CounterInput::Sheet(SheetInput::Take));
    press(&mut desk, CounterInput::Sheet(SheetInput::People(4)));
    press(&mut desk, CounterInput::Sheet(SheetInput::PrivateRoom));
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    let (asked, QueueQuestion::Give(command, request)) = question(&effects, DEED).unwrap() else { panic!("a ticket") };
    assert_eq!((request.people, request.private_room), (4, true));
    reply(&mut desk, asked, QueueReply::Ticket(request.id, Box::new(Err(ClientError::Truncated))));
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Confirm));
    let (asked, QueueQuestion::Give(again, same)) = question(&effects, DEED).unwrap() else { panic!("a ticket") };
    assert_eq!((command, request.id), (again, same.id));
    let given = with(waiting(55, 0), json!({ "id": request.id }));
    answer(&mut desk, asked, &given);
    assert_eq!(page(&desk).said, Some(Said::Given("K 055".into())));
    assert!(page(&desk).open.is_none() && page(&desk).waiting() == 1);
}

#[test]
fn checking_in_takes_her_from_those_who_are_expected() {
    let mut desk = at_queue(&[]);
    press(&mut desk, CounterInput::Open(Opening::CheckIn));
    press(&mut desk, CounterInput::Sheet(SheetInput::Query("wro".into())));
    assert_eq!(page(&desk).arrivals("wro").len(), 1);
    assert!(page(&desk).arrivals("nobody").is_empty());
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Take));
    let (asked, QueueQuestion::CheckIn(_, request)) = question(&effects, DEED).unwrap() else { panic!("a check-in") };
    let came = json!({
        "id": request.id, "appointment": request.appointment, "origin": "check_in", "booked": "2026-06-09T08:20:00Z"
    });
    answer(&mut desk, asked, &with(waiting(56, 0), came));
    assert!(page(&desk).expected().is_empty());
    assert_eq!(page(&desk).said, Some(Said::CheckedIn("K 056".into())));
}

#[test]
fn whoever_is_chosen_in_the_palette_is_who_has_the_ticket() {
    let mut desk = at_queue(&[waiting(52, 7)]);
    press(&mut desk, CounterInput::Identify(id(52)));
    assert!(desk.finder.is_some());
    let citizen = CitizenId::new();
    let effects = desk.update(Input::OpenCitizen(citizen, purpose()), now());
    let (_, QueueQuestion::Change(_, who, _, TicketChange::Identify { citizen: chosen, .. })) =
        question(&effects, DEED).unwrap()
    else {
        panic!("she is identified")
    };
    assert_eq!((who, chosen), (id(52), citizen));
    assert!(desk.finder.is_none() && desk.citizen().is_none(), "her page is not opened: she still waits");
    // Leaving the palette leaves the ticket alone.
    press(&mut desk, CounterInput::Identify(id(52)));
    desk.update(Input::Finder(crate::finder::FinderInput::Close), now());
    let effects = desk.update(Input::OpenCitizen(citizen, purpose()), now());
    assert!(question(&effects, DEED).is_none());
    assert_eq!(desk.citizen().map(|page| page.id), Some(citizen));
}

#[test]
fn a_colleagues_quiet_call_is_seen_and_answered() {
    let mut desk = at_queue(&[]);
    let list = json!({ "staff": [at_work(ME, "Ida", None), at_work(OTHER, "Bo Skovlund", Some("EU-papirer"))] });
    let list: AtWorkList = serde_json::from_value(list).unwrap();
    let asked = Ticket { room: Room::Counter, generation: generation(&desk), slot: STAFF };
    reply(&mut desk, asked, QueueReply::AtWork(Ok(list)));
    let me = desk.person();
    assert_eq!(page(&desk).asking_for_help(me).count(), 1);
    press(&mut desk, CounterInput::Open(Opening::Staff));
    // She who asks is the one that Enter answers.
    let effects = press(&mut desk, CounterInput::Sheet(SheetInput::Take));
    let (_, QueueQuestion::Availability(request)) = question(&effects, STAFF).unwrap() else { panic!("an answer") };
    assert!(matches!(request, skranke_api::tickets::AvailabilityRequest::Come { to, .. } if to.to_string() == OTHER));
}

#[test]
fn a_host_begins_at_the_queue_and_calls_nobody() {
    let mut desk = Desk::new(Role::Host, Settings::default(), TimeZone::UTC);
    let ticket = asked(&desk.update(Input::Begin, now()), Room::Session, 0);
    let me = json!({
        "id": ME, "name": "Vibe Tornbjerg", "initials": "VT", "role": "host", "department": "kff", "authorities": [],
        "site": "norrebro", "counter": null, "training": true, "municipality": "København"
    });
    desk.update(Input::Reply(ticket, Reply::Me(Ok(serde_json::from_value(me).unwrap()))), now());
    desk.session.line = Line::Up;
    assert_eq!(desk.place(), Place::Queue);
    assert_eq!(desk.caller().unwrap_err(), NoCall::Role);
}

#[test]
fn waiting_is_counted_from_when_she_came_also_after_a_transfer() {
    let ticket = read(&with(waiting(47, 21), json!({ "since": now() })));
    assert_eq!(minutes_waited(&ticket, now()), 21);
    assert_eq!(ticket.state, TicketState::Waiting);
}
