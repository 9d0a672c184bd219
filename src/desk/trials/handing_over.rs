//! Verifying a caller, handing a citizen over, and what comes in from colleagues.

use serde_json::{Value, json};
use skranke_api::citizens::Verification;
use skranke_client::ClientError;
use skranke_client::outbox::{Deed, Draft, EntryState, Label};
use skranke_domain::contact::Verified;
use skranke_domain::handover::HandoverState;
use skranke_domain::{CitizenId, HandoverId};

use super::wrap_up::{look_at, sheet, with_citizen};
use super::{asked, desk, enqueued, entry, now};
use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::{Effect, Room, Ticket};
use crate::inbox::{InboxInput, ReplyTrouble, Unsent};
use crate::pending::PendingInput;
use crate::sheets::handover::Trouble;
use crate::sheets::verify::Verdict;
use crate::sheets::{HandoverInput, HandoverSheet, Opening, Sheet, SheetInput, VerifyInput, VerifySheet};
use crate::{Desk, Input, Place};

/// The ticket of a question that the open sheet asked.
fn sheet_asked(effects: &[Effect], is: impl Fn(&Question) -> bool) -> Ticket {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, question) if is(question) => Some(*ticket),
        _ => None,
    });
    found.expect("a question")
}

fn verify(desk: &Desk) -> &VerifySheet {
    match desk.sheet() {
        Some(Sheet::Verify(sheet)) => sheet,
        other => panic!("{other:?}"),
    }
}

fn on(desk: &mut Desk, input: VerifyInput) {
    sheet(desk, SheetInput::Verify(input), now());
}

fn questions(count: usize) -> Verification {
    let kinds = ["children", "open_case", "phone"];
    let questions: Vec<Value> = kinds
        .iter()
        .take(count)
        .map(|kind| json!({ "question": kind, "answer": { "da": "Hemmelig", "en": "Hemmelig" } }))
        .collect();
    serde_json::from_value(json!({ "questions": questions })).unwrap()
}

/// A desk with the questions on it.
fn with_questions(count: usize) -> Desk {
    let (mut desk, ..) = with_citizen();
    let effects = sheet(&mut desk, SheetInput::Open(Opening::Verify), now());
    let ticket = sheet_asked(&effects, |question| matches!(question, Question::Verification(..)));
    desk.update(Input::Reply(ticket, Reply::Verification(Ok(questions(count)))), now());
    desk
}

#[test]
fn two_right_answers_and_none_wrong_make_a_caller_known() {
    let mut desk = with_questions(3);
    assert_eq!(verify(&desk).verdict(), Verdict::Open(2));
    on(&mut desk, VerifyInput::Right);
    sheet(&mut desk, SheetInput::Confirm, now());
    assert!(verify(&desk).too_early, "one is not enough");
    on(&mut desk, VerifyInput::Right);
    assert_eq!(verify(&desk).verdict(), Verdict::Verified);
    sheet(&mut desk, SheetInput::Confirm, now());
    assert!(desk.sheet().is_none());
    assert_eq!(desk.citizen().unwrap().visit.verified, Verified::Questions);
    // The wrap-up takes it over.
    sheet(&mut desk, SheetInput::Open(Opening::WrapUp), now());
    assert!(matches!(desk.sheet(), Some(Sheet::WrapUp(sheet)) if sheet.verified == Verified::Questions));
}

#[test]
fn one_wrong_answer_is_one_too_many() {
    let mut desk = with_questions(3);
    on(&mut desk, VerifyInput::Right);
    on(&mut desk, VerifyInput::Wrong);
    on(&mut desk, VerifyInput::Right);
    assert_eq!(verify(&desk).verdict(), Verdict::Failed);
    sheet(&mut desk, SheetInput::Confirm, now());
    assert_eq!(desk.citizen().unwrap().visit.verified, Verified::Not);
    assert!(desk.sheet().is_some());
}

#[test]
fn a_citizen_of_whom_too_little_is_known_cannot_be_verified_by_questions() {
    let desk = with_questions(1);
    assert_eq!(verify(&desk).verdict(), Verdict::Failed);
}

#[test]
fn an_answer_is_shown_for_the_chosen_question_alone_and_is_gone_afterwards() {
    let mut desk = with_questions(3);
    let shown = |desk: &Desk| verify(desk).rows().map(|(_, _, shown)| shown).collect::<Vec<_>>();
    assert_eq!(shown(&desk), [false; 3]);
    on(&mut desk, VerifyInput::Show);
    assert_eq!(shown(&desk), [true, false, false]);
    on(&mut desk, VerifyInput::Step(Step::Next));
    assert_eq!(shown(&desk), [false; 3]);
    on(&mut desk, VerifyInput::Show);
    assert!(!format!("{desk:?}").contains("Hemmelig"), "no answer in any description of the desk");
    sheet(&mut desk, SheetInput::Leave, now());
    let effects = sheet(&mut desk, SheetInput::Open(Opening::Verify), now());
    assert!(verify(&desk).questions.value().is_none(), "asked for anew");
    let ticket = sheet_asked(&effects, |question| matches!(question, Question::Verification(..)));
    desk.update(Input::Reply(ticket, Reply::Verification(Err(ClientError::Offline))), now());
    assert_eq!(verify(&desk).questions.trouble(), Some(&ClientError::Offline));
    assert_eq!(verify(&desk).verdict(), Verdict::Open(2), "not known is not failed");
}

/// A colleague of SUF, and the questions that SUF asks.
fn with_units(desk: &mut Desk) {
    for (id, tag, name, asks) in [
        ("kff", "KFF", "Kultur- og Fritidsforvaltningen", json!([])),
        (
            "suf",
            "SUF",
            "Sundheds- og Omsorgsforvaltningen",
            json!([{ "da": "Bor hun alene?", "en": "Does she live alone?" }]),
        ),
    ] {
        let health = json!({
            "id": id, "tag": tag, "name": { "da": name, "en": name }, "keeper": "municipality", "asked": true,
            "asks_before_handover": asks, "capabilities": ["cases"], "health": "answering", "lastAnswer": null
        });
        let health: skranke_api::me::DepartmentHealth = serde_json::from_value(health).unwrap();
        desk.session.departments.insert(health.department.id.clone(), health);
    }
}

fn handover(desk: &Desk) -> &HandoverSheet {
    match desk.sheet() {
        Some(Sheet::Handover(sheet)) => sheet,
        other => panic!("{other:?}"),
    }
}

fn give(desk: &mut Desk, input: HandoverInput) -> Vec<Effect> {
    sheet(desk, SheetInput::Handover(input), now())
}

fn send(desk: &mut Desk) -> Option<Draft> {
    enqueued(&sheet(desk, SheetInput::Confirm, now()))
}

#[test]
fn a_card_goes_to_a_unit_with_what_is_known_and_the_answers_it_asks_for() {
    let (mut desk, id, cases) = with_citizen();
    with_units(&mut desk);
    look_at(&mut desk, cases[1]);
    sheet(&mut desk, SheetInput::Open(Opening::Handover(None)), now());
    assert_eq!(handover(&desk).what, "Pas", "what was touched is filled in");
    assert!(send(&mut desk).is_none());
    assert_eq!(handover(&desk).trouble, Some(Trouble::NoReceiver));
    give(&mut desk, HandoverInput::Query("suf".into()));
    give(&mut desk, HandoverInput::Take);
    assert_eq!(handover(&desk).asked.len(), 1);
    give(&mut desk, HandoverInput::What("  ".into()));
    assert!(send(&mut desk).is_none());
    assert_eq!(handover(&desk).trouble, Some(Trouble::NothingSaid), "no blank referral");
    give(&mut desk, HandoverInput::What("Har brug for hjemmehjælp".into()));
    assert!(send(&mut desk).is_none());
    assert_eq!(handover(&desk).trouble, Some(Trouble::Unanswered));
    give(&mut desk, HandoverInput::NotKnown("Vides ikke".into()));
    let draft = send(&mut desk).expect("a hand-over");
    assert_eq!(draft.subject.citizen, Some(id));
    assert_eq!(draft.body["receiver"], json!({ "to": "unit", "department": "suf" }));
    assert_eq!(draft.body["card"]["what"], "Har brug for hjemmehjælp");
    assert_eq!(draft.body["card"]["answers"][0]["answer"], "Vides ikke");
    assert_eq!(draft.body["card"]["cases"], json!([cases[1]]));
    assert!(matches!(&draft.label, Label::Deed { deed: Deed::HandedOver, .. }));
    assert!(desk.citizen().unwrap().visit.did(Deed::HandedOver));
}

#[test]
fn a_colleague_is_found_by_typing_and_an_older_answer_does_not_replace_the_newer() {
    let (mut desk, ..) = with_citizen();
    with_units(&mut desk);
    let first = sheet(&mut desk, SheetInput::Open(Opening::Handover(None)), now());
    let older = sheet_asked(&first, |question| matches!(question, Question::Colleagues(_)));
    let second = give(&mut desk, HandoverInput::Query("nina".into()));
    let newer = sheet_asked(&second, |question| matches!(question, Question::Colleagues(words) if words == "nina"));
    let nina = json!([{
        "id": "01890000-0000-7000-8000-000000000007", "name": "Nina Kragh", "initials": "NK", "department": "suf",
        "role": "caseworker", "phone": null
    }]);
    let found = serde_json::from_value(nina).unwrap();
    desk.update(Input::Reply(newer, Reply::Colleagues(Ok(found))), now());
    desk.update(Input::Reply(older, Reply::Colleagues(Ok(Vec::new()))), now());
    let names: Vec<_> = handover(&desk).candidates.iter().map(|one| one.name.da.clone()).collect();
    assert_eq!(names, ["Nina Kragh"]);
    give(&mut desk, HandoverInput::Take);
    assert_eq!(handover(&desk).asked.len(), 1, "her unit asks");
}

#[test]
fn what_was_typed_on_a_card_survives_escape() {
    let (mut desk, ..) = with_citizen();
    with_units(&mut desk);
    sheet(&mut desk, SheetInput::Open(Opening::Handover(None)), now());
    give(&mut desk, HandoverInput::What("Ring til hende".into()));
    sheet(&mut desk, SheetInput::Leave, now());
    sheet(&mut desk, SheetInput::Open(Opening::Handover(None)), now());
    assert_eq!(handover(&desk).what, "Ring til hende");
}

fn card(id: HandoverId, citizen: CitizenId, state: &str) -> Value {
    json!({
        "id": id, "citizen": citizen, "citizenName": "Lauge Testrup", "receiver": { "to": "unit", "department": "kff" },
        "receiverName": "Kultur- og Fritidsforvaltningen", "state": state, "reply": null,
        "card": { "what": "Vil skifte navn", "verified": "document", "promised": "", "missing": [], "cases": [], "answers": [] },
        "from": "01890000-0000-7000-8000-000000000009", "fromName": "Nina Kragh", "takenBy": null,
        "sent": "2026-06-09T07:00:00Z", "changed": "2026-06-09T07:00:00Z", "etag": "v1"
    })
}

fn with_inbox() -> (Desk, HandoverId, CitizenId) {
    let mut desk = desk();
    let (id, citizen) = (HandoverId::new(), CitizenId::new());
    let ticket = asked(&desk.update(Input::Inbox(InboxInput::AskAgain), now()), Room::Inbox, 0);
    let views = json!([card(HandoverId::new(), citizen, "done"), card(id, citizen, "sent")]);
    desk.update(Input::Reply(ticket, Reply::Handovers(Ok(serde_json::from_value(views).unwrap()))), now());
    (desk, id, citizen)
}

#[test]
fn what_came_in_is_taken_answered_and_out_of_sight_when_it_is_done() {
    let (mut desk, id, _) = with_inbox();
    let open = |desk: &Desk| {
        desk.inbox.open(&desk.pending).map(|one| (one.view.id, one.state, one.unsent)).collect::<Vec<_>>()
    };
    assert_eq!(open(&desk), [(id, HandoverState::Sent, None)]);
    let taken = enqueued(&desk.update(Input::Inbox(InboxInput::Accept), now())).expect("a change");
    assert_eq!(taken.body["state"], "accepted");
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(taken, EntryState::Queued)])), now());
    assert_eq!(open(&desk), [(id, HandoverState::Accepted, Some(Unsent::Waiting))]);
    desk.update(Input::Inbox(InboxInput::Reply(HandoverState::Done)), now());
    assert!(enqueued(&desk.update(Input::Inbox(InboxInput::Confirm), now())).is_none());
    assert_eq!(desk.inbox.replying.as_ref().unwrap().trouble, Some(ReplyTrouble::Empty));
    desk.update(Input::Inbox(InboxInput::Typed("Navnet er ændret".into())), now());
    // Escape keeps what was typed.
    desk.update(Input::Inbox(InboxInput::Leave), now());
    desk.update(Input::Inbox(InboxInput::Reply(HandoverState::Done)), now());
    let done = enqueued(&desk.update(Input::Inbox(InboxInput::Confirm), now())).expect("a change");
    assert_eq!((&done.body["state"], &done.body["reply"]), (&json!("done"), &json!("Navnet er ændret")));
    assert!(desk.inbox.replying.is_none());
    let ticket = asked(&desk.update(Input::Inbox(InboxInput::AskAgain), now()), Room::Inbox, 0);
    let views = json!([card(id, CitizenId::new(), "done")]);
    desk.update(Input::Pending(PendingInput::Entries(Vec::new())), now());
    desk.update(Input::Reply(ticket, Reply::Handovers(Ok(serde_json::from_value(views).unwrap()))), now());
    assert!(open(&desk).is_empty());
}

#[test]
fn a_hand_over_opens_its_citizen_for_a_case() {
    let (mut desk, _, citizen) = with_inbox();
    desk.update(Input::Inbox(InboxInput::Open), now());
    let page = desk.citizen().unwrap();
    assert_eq!((page.id, desk.place()), (citizen, Place::Citizen));
    assert_eq!(page.purpose.kind, skranke_api::purpose::PurposeKind::Case);
}
