//! Two stands at the counter and the wrap-up of who left: nothing is mixed, nothing is lost, nothing is registered twice.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use skranke_api::events::EventKind;
use skranke_api::tickets::{QueueView, StandView, Ticket as QueueTicket, TicketChange};
use skranke_api::{ETag, Problem, ProblemKind};
use skranke_client::http::Tagged;
use skranke_client::outbox::{Draft, EntryState, Hold, OutboxEvent};
use skranke_client::{ClientError, Live};
use skranke_domain::contact::{Channel, Outcome};
use skranke_domain::{CaseId, CitizenId, CommandId, StaffId, TicketId};

use super::{desk, enqueued, entry, item, now, row};
use crate::ask::{Question, QueueQuestion, QueueReply, Reply};
use crate::citizen::CitizenInput;
use crate::counter::serving::{NotFinished, ServingInput};
use crate::counter::wrap_up::{NotSaved, WrapUpInput, contact_of};
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::pending::PendingInput;
use crate::sheets::{Opening, SheetInput};
use crate::{Desk, Input, Place, StandId};

fn me() -> StaffId {
    "01890000-0000-7000-8000-000000000001".parse().unwrap()
}

pub(super) fn ticket(number: &str, state: &str, citizen: Option<CitizenId>, cases: &[CaseId]) -> QueueTicket {
    let began = if state == "called" { Value::Null } else { json!("2026-06-09T08:02:00Z") };
    let mut ticket = json!({
        "id": TicketId::new(), "number": number, "site": "norrebro", "origin": "host",
        "reason": { "da": "Pas", "en": "Passport" }, "procedure": "passport", "people": 1, "cases": cases,
        "triage": "all_here", "minutes": 12, "state": state, "since": "2026-06-09T08:01:00Z", "came": "2026-06-09T07:50:00Z",
        "calls": 1, "counter": "counter-4", "staff": { "id": me(), "name": "Ida Mellemgaard" }, "etag": "v3"
    });
    if !began.is_null() {
        ticket["began"] = began;
    }
    if let Some(citizen) = citizen {
        ticket["citizen"] = json!(citizen);
        ticket["citizenShort"] = json!("J. Hvidkær");
    }
    serde_json::from_value(ticket).unwrap()
}

fn know(desk: &mut Desk, tickets: Vec<QueueTicket>) {
    let view = QueueView {
        site: skranke_domain::SiteId::parse("norrebro").unwrap(),
        tickets,
        expected: Vec::new(),
        staff: Vec::new(),
        aim_minutes: 15,
    };
    desk.counter.as_mut().unwrap().queue.answer(Ok(view), now());
}

/// A desk at the queue with tickets at the stands, A in front.
pub(super) fn serving(tickets: &[(StandId, &QueueTicket)]) -> (Desk, Vec<Effect>) {
    let mut desk = desk();
    let sites = json!([{
        "id": "norrebro", "name": "Nørrebro", "hours": [], "counters": [
            { "id": "counter-4", "name": { "da": "Skranke 4", "en": "Counter 4" } },
            { "id": "stand-2", "name": { "da": "Stand 2", "en": "Self-service 2" }, "kind": "stand" }
        ]
    }]);
    desk.session.sites = serde_json::from_value(sites).unwrap();
    know(&mut desk, tickets.iter().map(|(_, ticket)| (*ticket).clone()).collect());
    for (stand, ticket) in tickets {
        desk.stands.get_mut(*stand).ticket = Some(ticket.id);
    }
    let effects = desk.update(Input::Go(Place::Queue), now());
    desk.stands.bring_to_front(StandId::A);
    (desk, effects)
}

fn act(desk: &mut Desk, input: ServingInput, at: Timestamp) -> Vec<Effect> {
    desk.update(Input::Serving(input), at)
}

fn wrap(desk: &mut Desk, input: WrapUpInput, at: Timestamp) -> Vec<Effect> {
    act(desk, ServingInput::WrapUp(input), at)
}

/// The changes of tickets that were asked for, with their commands.
fn changes(effects: &[Effect]) -> Vec<(Ticket, CommandId, TicketId, TicketChange)> {
    let change = |effect: &Effect| match effect {
        Effect::Ask(asked, Question::Queue(QueueQuestion::Change(command, id, _, change))) => {
            Some((*asked, *command, *id, change.clone()))
        }
        _ => None,
    };
    effects.iter().filter_map(change).collect()
}

fn answer(desk: &mut Desk, asked: Ticket, ticket: QueueTicket, at: Timestamp) -> Vec<Effect> {
    let tagged = Tagged { etag: ticket.etag.clone(), value: ticket };
    let reply = QueueReply::Ticket(tagged.value.id, Box::new(Ok(tagged)));
    desk.update(Input::Reply(asked, Reply::Queue(reply)), at)
}

fn fails(desk: &mut Desk, asked: Ticket, id: TicketId, error: ClientError) -> Vec<Effect> {
    let reply = QueueReply::Ticket(id, Box::new(Err(error)));
    desk.update(Input::Reply(asked, Reply::Queue(reply)), now())
}

fn finished(ticket: &QueueTicket) -> QueueTicket {
    let mut ticket = ticket.clone();
    ticket.state = skranke_domain::queue::TicketState::Finished;
    ticket.unwrapped = true;
    ticket.ended = Some(now());
    ticket.etag = ETag::of_version(4);
    ticket
}

fn keep(desk: &mut Desk, draft: Draft) -> CommandId {
    let mut entry = entry(draft, EntryState::Queued);
    (entry.attempts, entry.last_attempt) = (0, None);
    let id = entry.id;
    desk.update(Input::Pending(PendingInput::Entries(vec![entry])), now());
    id
}

fn after(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

#[test]
fn when_she_leaves_her_wrap_up_is_written_down_before_anything_is_chosen() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    let draft = enqueued(&effects).expect("the contact lies in the outbox");
    assert_eq!((draft.hold, draft.subject.ticket), (Some(Hold::Said), Some(k41.id)));
    assert_eq!(draft.body["outcome"], Value::Null, "nobody said it, so it is not said for her");
    assert_eq!(draft.body["id"], json!(contact_of(k41.id)));
    let asked = changes(&effects);
    assert!(matches!(asked.as_slice(), [(_, _, id, TicketChange::Finish { outcome: None })] if *id == k41.id));
    assert!(desk.stands.get(StandId::A).is_empty());
    assert_eq!(desk.place(), Place::Queue);
    let shown = desk.serving.wrap_up().unwrap();
    assert_eq!((shown.number.as_str(), shown.seconds(), shown.outcome), ("K 041", 240, None));
    // Until the server says so the queue still has her at the counter: she does not come back to the stand.
    desk.update(Input::Stand(StandId::A), now());
    assert!(desk.stands.get(StandId::A).is_empty());
}

#[test]
fn once_it_is_said_how_it_ended_it_saves_itself_half_a_minute_after_the_last_touch() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    act(&mut desk, ServingInput::Finish(StandId::A), now());
    let said = enqueued(&wrap(&mut desk, WrapUpInput::Ended(Outcome::Settled), after(3))).unwrap();
    assert_eq!((said.hold, said.body["outcome"].as_str()), (Some(Hold::until(after(33))), Some("settled")));
    let typed = enqueued(&wrap(&mut desk, WrapUpInput::Text("Pas udleveret".into()), after(11))).unwrap();
    assert_eq!((typed.hold, typed.body["text"].as_str()), (Some(Hold::until(after(41))), Some("Pas udleveret")));
    assert_eq!(desk.serving.wrap_up().unwrap().saves_in(after(19)), Some(22));
    assert_eq!(typed.resource, said.resource, "one contact, in its last wording");
    let now_ = enqueued(&wrap(&mut desk, WrapUpInput::Save, after(20))).unwrap();
    assert_eq!(now_.hold, Some(Hold::until(after(20))));
    assert!(desk.serving.wrap_up().is_none());
}

#[test]
fn without_an_outcome_it_is_never_saved_and_says_what_is_missing() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    act(&mut desk, ServingInput::Finish(StandId::A), now());
    let kept = enqueued(&wrap(&mut desk, WrapUpInput::Save, after(2))).unwrap();
    assert_eq!(kept.hold, Some(Hold::Said));
    let shown = desk.serving.wrap_up().unwrap();
    assert_eq!((shown.trouble, shown.saves_in(after(90))), (Some(NotSaved::NoOutcome), None));
    let long = enqueued(&wrap(&mut desk, WrapUpInput::Text("x".repeat(501)), after(3))).unwrap();
    assert_eq!(long.body["text"].as_str().unwrap().len(), 501, "what was typed is kept all the same");
    assert_eq!(long.hold, Some(Hold::Said));
}

#[test]
fn after_a_restart_the_wrap_up_is_there_with_what_was_typed_and_only_once() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    act(&mut desk, ServingInput::Finish(StandId::A), now());
    wrap(&mut desk, WrapUpInput::Channel(Channel::Phone), after(1));
    let draft = enqueued(&wrap(&mut desk, WrapUpInput::Text("Ringer igen".into()), after(2))).unwrap();
    // Another window, another day: only the disk and the server remember.
    let k42 = finished(&ticket("K 042", "serving", Some(CitizenId::new()), &[]));
    let (mut again, _) = serving(&[]);
    keep(&mut again, draft);
    know(&mut again, vec![finished(&k41), k42.clone()]);
    again.update(Input::Go(Place::Queue), after(600));
    let shown = again.serving.wrap_up().unwrap();
    assert_eq!((shown.ticket, shown.text.as_str(), shown.channel), (k41.id, "Ringer igen", Channel::Phone));
    assert_eq!((shown.number.as_str(), again.serving.waiting()), ("K 041", 2), "and the one that was never written");
    let late = enqueued(&wrap(&mut again, WrapUpInput::Ended(Outcome::PassedOn), after(601))).unwrap();
    assert_eq!((late.body["outcome"].as_str(), late.body["text"].as_str()), (Some("passed_on"), Some("Ringer igen")));
}

#[test]
fn when_the_contact_is_registered_its_ticket_is_told_so_and_the_wrap_up_goes() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    let (asked, ..) = changes(&effects)[0].clone();
    answer(&mut desk, asked, finished(&k41), after(1));
    let draft = enqueued(&wrap(&mut desk, WrapUpInput::Ended(Outcome::Settled), after(2))).unwrap();
    let id = keep(&mut desk, draft);
    let news = OutboxEvent::Confirmed { id, answer: json!({}), etag: None };
    let effects = desk.update(Input::Pending(PendingInput::News(news, Vec::new())), after(33));
    assert!(matches!(changes(&effects).as_slice(), [(_, _, ticket, TicketChange::Wrapped)] if *ticket == k41.id));
    assert!(desk.serving.wrap_up().is_none());
}

#[test]
fn a_contact_that_is_registered_already_is_not_registered_twice_and_troubles_nobody() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    answer(&mut desk, changes(&effects)[0].0, finished(&k41), now());
    let draft = enqueued(&effects).unwrap();
    let refused = entry(draft, EntryState::Refused { problem: Problem::new(ProblemKind::AlreadyExists) });
    let effects = desk.update(Input::Pending(PendingInput::Entries(vec![refused.clone()])), after(40));
    let news = OutboxEvent::Refused { id: refused.id, problem: Problem::new(ProblemKind::AlreadyExists) };
    let more = desk.update(Input::Pending(PendingInput::News(news, vec![refused.clone()])), after(40));
    let all: Vec<Effect> = effects.into_iter().chain(more).collect();
    assert!(all.iter().any(|effect| matches!(effect, Effect::Discard(id) if *id == refused.id)));
    assert!(matches!(changes(&all).as_slice(), [(_, _, _, TicketChange::Wrapped)]), "once: {all:?}");
}

#[test]
fn a_line_that_breaks_while_she_leaves_loses_neither_the_end_nor_the_wrap_up() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    let (asked, command, ..) = changes(&effects)[0].clone();
    assert!(changes(&fails(&mut desk, asked, k41.id, ClientError::TimedOut)).is_empty());
    desk.update(Input::Live(Live::Lost { error: ClientError::Offline }), now());
    assert!(desk.serving.wrap_up().is_some());
    let again = changes(&desk.update(Input::Live(Live::Connected), after(60)));
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].1, again[0].2), (command, k41.id), "the same command: it happens once");
}

#[test]
fn somebody_who_was_first_does_not_undo_that_she_was_served() {
    let k41 = ticket("K 041", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k41)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    let (asked, command, ..) = changes(&effects)[0].clone();
    let stale = ClientError::Problem(Box::new(Problem::new(ProblemKind::Stale)));
    let effects = fails(&mut desk, asked, k41.id, stale);
    let look = effects.iter().find_map(|effect| match effect {
        Effect::Ask(asked, Question::Queue(QueueQuestion::Ticket(id))) if *id == k41.id => Some(*asked),
        _ => None,
    });
    let mut newer = k41.clone();
    newer.etag = ETag::of_version(9);
    let again = changes(&answer(&mut desk, look.expect("it is looked at anew"), newer, after(1)));
    assert_eq!(again.len(), 1);
    assert_ne!(again[0].1, command, "what was refused is another command now");
}

#[test]
fn nobody_who_was_identified_has_no_contact_and_the_outcome_goes_with_the_ticket() {
    let k54 = ticket("K 054", "serving", None, &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k54)]);
    let effects = act(&mut desk, ServingInput::Finish(StandId::A), now());
    assert!(enqueued(&effects).is_none() && changes(&effects).is_empty());
    assert!(effects.iter().any(|e| matches!(e, Effect::Wake(_, Wake::WrapUp { ticket }) if *ticket == k54.id)));
    assert!(desk.stands.get(StandId::A).is_empty());
    wrap(&mut desk, WrapUpInput::Ended(Outcome::ReferredElsewhere), after(5));
    let early = desk.update(Input::Wake(Wake::WrapUp { ticket: k54.id }), after(30));
    assert!(changes(&early).is_empty(), "it was touched since");
    let effects = desk.update(Input::Wake(Wake::WrapUp { ticket: k54.id }), after(35));
    let asked = changes(&effects);
    let outcome = Some(Outcome::ReferredElsewhere);
    assert!(matches!(&asked[..], [(_, _, _, TicketChange::Finish { outcome: said })] if *said == outcome));
    let next = changes(&answer(&mut desk, asked[0].0, finished(&k54), after(36)));
    assert!(matches!(&next[..], [(_, _, _, TicketChange::Wrapped)]), "one after the other: {next:?}");
}

#[test]
fn the_sheet_on_her_page_and_the_panel_register_the_same_contact() {
    let (citizen, case) = (CitizenId::new(), CaseId::new());
    let k42 = ticket("K 042", "serving", Some(citizen), &[case]);
    let (mut desk, _) = serving(&[(StandId::A, &k42)]);
    desk.update(Input::Go(Place::Citizen), now());
    let sheet = |input| Input::Citizen(CitizenInput::Sheet(input));
    desk.update(sheet(SheetInput::Open(Opening::WrapUp)), now());
    let ended = crate::sheets::WrapUpInput::Ended(Outcome::NewTime);
    desk.update(sheet(SheetInput::WrapUp(ended)), now());
    let effects = desk.update(sheet(SheetInput::Confirm), after(5));
    let draft = enqueued(&effects).unwrap();
    assert_eq!((&draft.body["id"], draft.subject.ticket), (&json!(contact_of(k42.id)), Some(k42.id)));
    assert_eq!(draft.hold, None, "it was finished with a key: it goes at once");
    let asked = changes(&effects);
    assert!(matches!(&asked[..], [(_, _, _, TicketChange::Finish { outcome: Some(Outcome::NewTime) })]));
    assert!(desk.stands.get(StandId::A).is_empty() && desk.serving.wrap_up().is_none());
    let id = keep(&mut desk, draft);
    let first = answer(&mut desk, asked[0].0, finished(&k42), after(6));
    assert!(changes(&first).is_empty() && desk.serving.wrap_up().is_none(), "nothing is left to be wrapped up");
    let news = OutboxEvent::Confirmed { id, answer: json!({}), etag: None };
    let effects = desk.update(Input::Pending(PendingInput::News(news, Vec::new())), after(7));
    assert!(matches!(&changes(&effects)[..], [(_, _, _, TicketChange::Wrapped)]));
}

#[test]
fn what_is_typed_on_her_page_keeps_her_from_being_finished_by_mistake() {
    let k42 = ticket("K 042", "serving", Some(CitizenId::new()), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k42)]);
    desk.update(Input::Go(Place::Citizen), now());
    let sheet = |input| Input::Citizen(CitizenInput::Sheet(input));
    desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    desk.update(sheet(SheetInput::Note(crate::sheets::NoteInput::Typed("Hører dårligt".into()))), now());
    desk.update(sheet(SheetInput::Leave), now());
    desk.update(Input::Go(Place::Queue), now());
    assert!(enqueued(&act(&mut desk, ServingInput::Finish(StandId::A), now())).is_none());
    assert!(desk.serving.trouble.is_some() && desk.ticket_at(StandId::A).is_some());
}

#[test]
fn both_stands_have_their_own_citizen_clock_and_cases_and_no_answer_lands_on_the_other() {
    let (a, b) = (CitizenId::new(), CitizenId::new());
    let (case_a, case_b) = (CaseId::new(), CaseId::new());
    let k42 = ticket("K 042", "serving", Some(a), &[case_a]);
    let mut k45 = ticket("K 045", "serving", Some(b), &[case_b]);
    k45.began = Some("2026-06-09T08:04:30Z".parse().unwrap());
    let (mut desk, effects) = serving(&[(StandId::A, &k42), (StandId::B, &k45)]);
    assert_eq!((desk.seconds_at(StandId::A, now()), desk.seconds_at(StandId::B, now())), (Some(240), Some(90)));
    assert_eq!(desk.page_at(StandId::A).unwrap().id, a);
    assert_eq!(desk.page_at(StandId::B).unwrap().id, b);
    let asked = |case: CaseId| {
        effects.iter().find_map(|effect| match effect {
            Effect::Ask(asked, Question::Case(id, _)) if *id == case && asked.room == Room::Counter => Some(*asked),
            _ => None,
        })
    };
    let (of_a, of_b) = (asked(case_a).unwrap(), asked(case_b).unwrap());
    let view = |case: CaseId, citizen: CitizenId| {
        let view = json!({
            "row": row(case, citizen), "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null,
            "procedureVersion": 1, "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {},
            "items": [item("passport", "approved")], "history": [],
            "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
            "procedureNewest": 1, "level": "rule_based", "rule": null, "suspension": null, "decision": null, "related": [],
            "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": null, "collaborators": [],
            "requests": [], "documents": [], "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
            "exemptFromDigitalPost": false
        });
        let view = Tagged { value: serde_json::from_value(view).unwrap(), etag: ETag::of_version(1) };
        Reply::Case(Box::new(Ok(view)))
    };
    // A case of B's that comes as the answer to A's question is nobody's.
    desk.update(Input::Reply(of_a, view(case_b, b)), now());
    assert_eq!((desk.matters_at(StandId::A).count(), desk.matters_at(StandId::B).count()), (0, 0));
    desk.update(Input::Reply(of_b, view(case_b, b)), now());
    assert_eq!((desk.matters_at(StandId::A).count(), desk.matters_at(StandId::B).count()), (0, 1));
    desk.update(Input::Reply(of_a, view(case_a, a)), now());
    assert_eq!(desk.matters_at(StandId::A).next().unwrap().row.id, case_a);
    // The keys go to the other stand, and both stay in sight.
    desk.update(Input::Stand(StandId::B), now());
    assert_eq!((desk.place(), desk.stands.front()), (Place::Queue, StandId::B));
    act(&mut desk, ServingInput::Finish(StandId::B), now());
    assert_eq!(desk.serving.wrap_up().unwrap().ticket, k45.id);
    assert!(desk.ticket_at(StandId::A).is_some() && desk.ticket_at(StandId::B).is_none());
    // Whatever still comes for her is nobody's any more.
    desk.update(Input::Reply(of_b, view(case_b, b)), now());
    assert_eq!(desk.matters_at(StandId::B).count(), 0);
}

#[test]
fn a_page_of_somebody_else_never_speaks_for_the_ticket_of_the_stand() {
    let (hers, other) = (CitizenId::new(), CitizenId::new());
    let k42 = ticket("K 042", "serving", Some(hers), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k42)]);
    desk.update(Input::OpenCitizenAt(StandId::A, other, super::purpose()), now());
    assert!(desk.page_at(StandId::A).is_none(), "the open page is her sister's");
    assert_eq!(desk.ticket_at(StandId::A).map(|ticket| ticket.id), Some(k42.id));
    let draft = enqueued(&act(&mut desk, ServingInput::Finish(StandId::A), now())).unwrap();
    assert_eq!(draft.subject.citizen, Some(hers));
    assert_eq!(desk.stands.get(StandId::A).citizen.as_ref().map(|page| page.id), Some(other), "her page stays open");
}

fn form(ticket: TicketId, state: &str) -> StandView {
    serde_json::from_value(json!({
        "counter": "stand-2",
        "session": {
            "ticket": ticket, "title": { "da": "Flytning", "en": "Change of address" }, "page": 2, "pages": 4,
            "steps": [{ "label": { "da": "Formular", "en": "Form" }, "state": state }],
            "heading": { "da": "Hvor flytter du hen?", "en": "Where do you move to?" },
            "fields": [
                { "id": "street", "label": { "da": "Vej", "en": "Street" }, "value": "Tangstien 1", "active": true },
                { "id": "day", "label": { "da": "Dato", "en": "Day" }, "value": "", "active": false }
            ],
            "onFieldSince": "2026-06-09T08:05:20Z"
        }
    }))
    .unwrap()
}

/// The question after a stand's form, and where it was asked from.
fn asked_form(effects: &[Effect]) -> Option<Ticket> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(asked, Question::Queue(QueueQuestion::Stand(_))) => Some(*asked),
        _ => None,
    })
}

fn form_came(desk: &mut Desk, asked: Ticket, view: StandView) {
    let reply = QueueReply::Stand(view.counter.clone(), Box::new(Ok(view)));
    desk.update(Input::Reply(asked, Reply::Queue(reply)), now());
}

#[test]
fn the_form_at_a_stand_is_followed_pointed_at_and_not_finished_before_it_is_done() {
    let mut k45 = ticket("K 045", "serving", Some(CitizenId::new()), &[]);
    k45.counter = Some(skranke_domain::CounterId::parse("stand-2").unwrap());
    let (mut desk, effects) = serving(&[(StandId::B, &k45)]);
    let asked = asked_form(&effects).expect("the form is asked for");
    form_came(&mut desk, asked, form(k45.id, "going"));
    assert!(desk.mirror_at(StandId::B).unwrap().session.is_some());
    assert_eq!(desk.not_finished(StandId::B), Some(NotFinished::FormGoesOn));
    let pointed = act(&mut desk, ServingInput::Point(StandId::B), now());
    let field = pointed.iter().find_map(|effect| match effect {
        Effect::Ask(_, Question::Queue(QueueQuestion::Point(_, request))) => request.field.clone(),
        _ => None,
    });
    assert_eq!(field.as_deref(), Some("street"), "the field she is on");
    // News of the stand asks for the form again; the timer does while it is in sight.
    let event = news(EventKind::StandChanged, "/v1/stands/stand-2");
    let again = asked_form(&desk.update(Input::Live(Live::Event(Box::new(event))), now())).expect("asked again");
    form_came(&mut desk, again, form(k45.id, "done"));
    assert_eq!(desk.not_finished(StandId::B), None);
}

#[test]
fn whoever_comes_to_the_stand_after_her_is_not_shown_beside_her_ticket() {
    let mut k45 = ticket("K 045", "serving", Some(CitizenId::new()), &[]);
    k45.counter = Some(skranke_domain::CounterId::parse("stand-2").unwrap());
    let (mut desk, effects) = serving(&[(StandId::B, &k45)]);
    let asked = asked_form(&effects).unwrap();
    form_came(&mut desk, asked, form(TicketId::new(), "going"));
    assert!(desk.mirror_at(StandId::B).is_none());
    assert!(act(&mut desk, ServingInput::Point(StandId::B), now()).is_empty());
}

#[test]
fn who_is_put_on_hold_leaves_the_stand_with_what_was_done_and_keeps_her_contact() {
    let citizen = CitizenId::new();
    let k42 = ticket("K 042", "serving", Some(citizen), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k42)]);
    let asked = changes(&act(&mut desk, ServingInput::Hold(StandId::A), now()));
    assert!(matches!(&asked[..], [(_, _, _, TicketChange::Park { .. })]));
    assert!(desk.ticket_at(StandId::A).is_some(), "nothing moves before the server said so");
    desk.stands.get_mut(StandId::A).citizen.as_mut().unwrap().visit.booked = true;
    let mut parked = k42.clone();
    parked.state = skranke_domain::queue::TicketState::Parked;
    parked.etag = ETag::of_version(4);
    answer(&mut desk, asked[0].0, parked, after(5));
    assert!(desk.stands.get(StandId::A).is_empty());
    assert_eq!(desk.unfinished[0].visit.ticket, Some(k42.id), "what is registered later is this visit's one contact");
}

fn news(kind: EventKind, subject: &str) -> skranke_api::events::Event {
    serde_json::from_value(json!({
        "specversion": "1.0", "id": "7", "source": "/skranke", "type": kind, "subject": subject, "time": "2026-06-09T08:06:00Z"
    }))
    .unwrap()
}

#[test]
fn opening_a_stand_opens_whose_ticket_it_is_and_brings_that_stand_to_the_front() {
    let (a, b, other) = (CitizenId::new(), CitizenId::new(), CitizenId::new());
    let (k42, k45) = (ticket("K 042", "serving", Some(a), &[]), ticket("K 045", "serving", Some(b), &[]));
    let (mut desk, _) = serving(&[(StandId::A, &k42), (StandId::B, &k45)]);
    act(&mut desk, ServingInput::Open(StandId::B), now());
    assert_eq!((desk.stands.front(), desk.place()), (StandId::B, Place::Citizen));
    assert_eq!(desk.citizen().unwrap().id, b);
    desk.update(Input::OpenCitizenAt(StandId::A, other, super::purpose()), now());
    desk.update(Input::Go(Place::Queue), now());
    act(&mut desk, ServingInput::Open(StandId::A), now());
    assert_eq!(desk.citizen().unwrap().id, a, "hers, not who was looked up meanwhile");
}

#[test]
fn somebody_who_was_looked_up_is_never_turned_to_whose_ticket_is_served() {
    let (hers, other) = (CitizenId::new(), CitizenId::new());
    let k42 = ticket("K 042", "serving", Some(hers), &[]);
    let (mut desk, _) = serving(&[(StandId::A, &k42)]);
    let effects = desk.update(Input::OpenCitizenAt(StandId::A, other, super::purpose()), now());
    let who = super::asked(&effects, Room::Citizen(StandId::A), 0);
    let view = super::wrap_up::identity(other, "Danuta");
    desk.update(Input::Reply(who, Reply::Citizen(Box::new(Ok(serde_json::from_value(view).unwrap())))), now());
    desk.update(Input::Turn, now());
    assert!(desk.turned.is_none());
}
