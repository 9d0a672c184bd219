//! Registering the contact: what is filled in already, what has to be chosen, and that none is lost.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use skranke_client::outbox::{Deed, Draft, Label};
use skranke_domain::contact::{Channel, ForWhom, Outcome, Verified};
use skranke_domain::{CaseId, CitizenId, SituationId};

use super::{asked, desk, enqueued, now, opens, purpose, row};
use crate::ask::Reply;
use crate::calendar::BookingFor;
use crate::citizen::{CitizenInput, Step};
use crate::effect::{Effect, Room};
use crate::sheets::wrap_up::{Hint, Trouble};
use crate::sheets::{NoteInput, Opening, Sheet, SheetInput, WrapUpInput, WrapUpSheet};
use crate::{Desk, Input, Place, StandId};

pub(super) fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

pub(super) fn sheet(desk: &mut Desk, input: SheetInput, at: Timestamp) -> Vec<Effect> {
    desk.update(Input::Citizen(CitizenInput::Sheet(input)), at)
}

fn on(desk: &mut Desk, input: WrapUpInput) {
    sheet(desk, SheetInput::WrapUp(input), now());
}

fn open(desk: &mut Desk, at: Timestamp) {
    sheet(desk, SheetInput::Open(Opening::WrapUp), at);
}

fn wrap_up(desk: &Desk) -> &WrapUpSheet {
    match desk.sheet() {
        Some(Sheet::WrapUp(sheet)) => sheet,
        other => panic!("{other:?}"),
    }
}

pub(super) fn identity(id: CitizenId, given: &str) -> Value {
    json!({
        "id": id, "givenName": given, "surname": "Testrup", "cprMasked": "721190-••••", "cprReplacement": true, "born": "1990-11-12",
        "age": 35, "status": "resident", "current": null, "civilStatus": "unmarried", "address": { "view": "unknown" },
        "municipality": "København", "protections": [], "languages": ["da"], "interpreter": null, "relations": [],
        "representations": [], "groundOfStay": "danish", "adviser": null, "digitalAbility": "able",
        "exemptFromDigitalPost": false, "phone": null, "email": null, "lastLooked": null, "duplicates": []
    })
}

/// A desk with a citizen who has two cases, the first of a life situation.
pub(super) fn with_citizen() -> (Desk, CitizenId, [CaseId; 2]) {
    let mut desk = desk();
    let id = CitizenId::new();
    let cases = [CaseId::new(), CaseId::new()];
    let effects = opens(&mut desk, id);
    let overview = asked(&effects, Room::Citizen(StandId::A), 1);
    let situation = SituationId::new();
    let mut first = row(cases[0], id);
    first["situation"] = json!(situation);
    let mut second = row(cases[1], id);
    second["procedure"] = json!("passport");
    second["title"] = json!({ "da": "Pas", "en": "Passport" });
    let lines = [
        json!({ "line": "departments", "citizen": id, "departments": ["kff"] }),
        json!({
            "line": "section", "department": "kff", "outcome": "answered", "cases": [first, second], "papers": [], "benefits": [],
            "situations": [{ "id": situation, "kind": "moving", "since": "2026-06-01", "coordinator": null }],
            "asOf": null, "tookMs": 3
        }),
        json!({ "line": "end" }),
    ];
    for line in lines {
        let line = Ok(serde_json::from_value(line).unwrap());
        desk.update(Input::Reply(overview, Reply::Overview(Box::new(line))), now());
    }
    assert_eq!(desk.citizen().unwrap().rows().count(), 2);
    (desk, id, cases)
}

/// The visit opened this case and came back to the citizen.
pub(super) fn look_at(desk: &mut Desk, case: CaseId) {
    desk.update(Input::OpenCase(case, purpose()), now());
    desk.update(Input::Back, now());
    assert_eq!(desk.place(), Place::Citizen);
}

fn finish(desk: &mut Desk, at: Timestamp) -> Option<Draft> {
    enqueued(&sheet(desk, SheetInput::Confirm, at))
}

#[test]
fn everything_but_the_outcome_is_filled_in_and_one_key_finishes_it() {
    let (mut desk, id, cases) = with_citizen();
    look_at(&mut desk, cases[0]);
    open(&mut desk, later(4));
    let shown = wrap_up(&desk);
    assert_eq!(shown.outcome, None, "nothing is preselected");
    assert_eq!(shown.situation.as_ref().unwrap().to_string(), "moving");
    assert_eq!(shown.chosen().count(), 1);
    assert_eq!((shown.channel, shown.for_whom, shown.verified), (Channel::Counter, ForWhom::Own, Verified::Not));
    on(&mut desk, WrapUpInput::Ended(Outcome::Settled));
    let draft = finish(&mut desk, later(7)).expect("a contact");
    assert_eq!(draft.subject.citizen, Some(id));
    assert_eq!(draft.body["subjects"], json!(["cpr-eu-employee"]));
    assert_eq!(draft.body["case"], json!(cases[0]));
    assert_eq!(draft.body["outcome"], "settled");
    // The duration is the clock's.
    assert_eq!((&draft.body["began"], &draft.body["ended"]), (&json!(now()), &json!(later(7))));
    assert_eq!(draft.resource, draft.path.clone() + "/" + draft.body["id"].as_str().unwrap());
    assert!(
        matches!(&draft.label, Label::Deed { deed: Deed::ContactRegistered, citizen_name, .. } if citizen_name == "Kalina Testrup")
    );
    assert!(desk.citizen().is_none(), "nobody stands there any more");
    assert_eq!(desk.place(), Place::Start);
    assert!(desk.unfinished.is_empty());
}

#[test]
fn without_an_outcome_it_stays_open_and_says_so() {
    let (mut desk, ..) = with_citizen();
    open(&mut desk, now());
    assert!(finish(&mut desk, now()).is_none());
    assert_eq!(wrap_up(&desk).trouble, Some(Trouble::NoOutcome));
    on(&mut desk, WrapUpInput::Ended(Outcome::NewTime));
    assert_eq!(wrap_up(&desk).trouble, None);
    on(&mut desk, WrapUpInput::Text("x".repeat(501)));
    assert!(finish(&mut desk, now()).is_none());
    assert_eq!(wrap_up(&desk).trouble, Some(Trouble::TooLong));
    assert_eq!(wrap_up(&desk).text.len(), 501, "nothing typed is lost");
}

#[test]
fn each_field_changes_with_one_key() {
    let (mut desk, _, cases) = with_citizen();
    look_at(&mut desk, cases[0]);
    open(&mut desk, now());
    for input in [
        WrapUpInput::NextChannel,
        WrapUpInput::ToggleActive,
        WrapUpInput::Step(Step::Next),
        WrapUpInput::ToggleActive,
        WrapUpInput::NextSituation,
        WrapUpInput::NextForWhom,
        WrapUpInput::NextVerified,
        WrapUpInput::Ended(Outcome::ReferredElsewhere),
        WrapUpInput::Text("  Spurgte om pas ".into()),
    ] {
        on(&mut desk, input);
    }
    let body = finish(&mut desk, now()).unwrap().body;
    assert_eq!(body["channel"], "phone");
    assert_eq!(body["subjects"], json!(["passport"]));
    assert_eq!(body["situation"], Value::Null, "after the last life situation comes none");
    assert_eq!(body["forWhom"], "representative");
    assert_eq!(body["verified"], "document");
    assert_eq!(body["text"], "Spurgte om pas");
    assert_eq!(body["case"], Value::Null, "the case that was looked at is not what it was about");
}

#[test]
fn a_life_situation_is_found_by_typing_its_name() {
    let (mut desk, ..) = with_citizen();
    let kind = json!({
        "id": "divorce", "title": { "da": "Skilsmisse", "en": "Divorce" }, "icon": "heart-crack",
        "provenance": { "source": [], "year": null, "certainty": "invented", "note": null }
    });
    let kind: skranke_domain::life_situation::LifeSituationKind = serde_json::from_value(kind).unwrap();
    desk.session.situations.insert(kind.id.clone(), kind);
    open(&mut desk, now());
    on(&mut desk, WrapUpInput::Query("SKILS".into()));
    assert_eq!(wrap_up(&desk).found.len(), 1);
    on(&mut desk, WrapUpInput::Take(0));
    assert_eq!(wrap_up(&desk).situation.as_ref().unwrap().to_string(), "divorce");
    assert!(wrap_up(&desk).query.is_empty() && wrap_up(&desk).found.is_empty());
    on(&mut desk, WrapUpInput::Query("findes ikke".into()));
    on(&mut desk, WrapUpInput::Take(0));
    assert_eq!(wrap_up(&desk).query, "findes ikke", "nothing is taken where nothing was found");
}

#[test]
fn what_was_chosen_survives_escape_and_what_was_done_since_is_added() {
    let (mut desk, _, cases) = with_citizen();
    look_at(&mut desk, cases[0]);
    open(&mut desk, now());
    on(&mut desk, WrapUpInput::Ended(Outcome::PassedOn));
    on(&mut desk, WrapUpInput::Text("Ringer i morgen".into()));
    sheet(&mut desk, SheetInput::Leave, now());
    assert!(desk.sheet().is_none());
    look_at(&mut desk, cases[1]);
    open(&mut desk, now());
    let shown = wrap_up(&desk);
    assert_eq!((shown.outcome, shown.text.as_str()), (Some(Outcome::PassedOn), "Ringer i morgen"));
    let known: Vec<_> = shown.subjects.iter().map(|one| one.procedure.to_string()).collect();
    assert_eq!(known, ["cpr-eu-employee", "passport"]);
}

#[test]
fn passed_on_without_a_hand_over_is_pointed_out_and_not_forbidden() {
    let (mut desk, id, _) = with_citizen();
    open(&mut desk, now());
    let visit = |desk: &Desk| desk.citizen().unwrap().visit.clone();
    for (outcome, hint) in [
        (Outcome::PassedOn, Some(Hint::HandOver)),
        (Outcome::MustSendPapers, Some(Hint::Letter)),
        (Outcome::NewTime, Some(Hint::Book)),
        (Outcome::Settled, None),
    ] {
        on(&mut desk, WrapUpInput::Ended(outcome));
        assert_eq!(wrap_up(&desk).hint(&visit(&desk)), hint);
    }
    // A booking that was made in this visit is remembered when it is long sent.
    let what = BookingFor::of(id, "Kalina Testrup");
    let request: skranke_api::appointments::BookRequest = serde_json::from_value(json!({
        "id": skranke_domain::AppointmentId::new(), "citizen": id, "cases": [], "counter": "counter-4", "start": later(60),
        "minutes": 20, "people": 1
    }))
    .unwrap();
    let draft = crate::pending::Pending::draft_booking(desk.person().unwrap(), &request, &what, now()).unwrap();
    desk.note_deeds(&[Effect::Enqueue(Box::new(draft))]);
    on(&mut desk, WrapUpInput::Ended(Outcome::NewTime));
    assert_eq!(wrap_up(&desk).hint(&visit(&desk)), None);
    assert!(finish(&mut desk, now()).is_some());
}

#[test]
fn a_visit_that_was_left_waits_to_be_finished_with_its_own_clock() {
    let (mut desk, id, cases) = with_citizen();
    look_at(&mut desk, cases[0]);
    open(&mut desk, now());
    on(&mut desk, WrapUpInput::Text("Viste sit pas".into()));
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), later(9));
    assert_eq!(desk.unfinished.len(), 1);
    assert_eq!((desk.unfinished[0].citizen, desk.unfinished[0].name.as_str()), (id, "Kalina Testrup"));
    // Nothing was done about the second: she needs no reminder.
    desk.update(Input::FinishLater(id), later(50));
    assert_eq!(desk.citizen().map(|page| page.id), Some(id));
    assert!(desk.unfinished.is_empty());
    assert_eq!(wrap_up(&desk).text, "Viste sit pas");
    assert_eq!(wrap_up(&desk).chosen().count(), 1, "filled in, though her cases are not here again yet");
    sheet(&mut desk, SheetInput::WrapUp(WrapUpInput::Ended(Outcome::Settled)), later(51));
    let draft = finish(&mut desk, later(52)).unwrap();
    assert_eq!((&draft.body["began"], &draft.body["ended"]), (&json!(now()), &json!(later(9))));
    assert!(matches!(&draft.label, Label::Deed { citizen_name, .. } if citizen_name == "Kalina Testrup"));
}

#[test]
fn whoever_was_only_looked_at_leaves_no_reminder_and_who_comes_back_soon_goes_on() {
    let (mut desk, id, _) = with_citizen();
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), later(1));
    assert!(desk.unfinished.is_empty());
    desk.update(Input::OpenCitizen(id, purpose()), later(2));
    sheet(&mut desk, SheetInput::Open(Opening::Note(None)), later(3));
    sheet(&mut desk, SheetInput::Note(NoteInput::Typed("Hører dårligt".into())), later(3));
    desk.update(Input::OpenCitizen(CitizenId::new(), purpose()), later(4));
    assert_eq!(desk.unfinished.len(), 1, "what was typed is not lost either");
    desk.update(Input::OpenCitizen(id, purpose()), later(6));
    assert!(desk.unfinished.is_empty());
    let page = desk.citizen().unwrap();
    assert_eq!((page.visit.began, page.visit.left), (later(2), None));
    sheet(&mut desk, SheetInput::Open(Opening::Note(None)), later(6));
    assert!(matches!(desk.sheet(), Some(Sheet::Note(note)) if note.text == "Hører dårligt"));
}

#[test]
fn finishing_at_a_leaves_b_as_it_is() {
    let (mut desk, ..) = with_citizen();
    let b = CitizenId::new();
    desk.update(Input::OpenCitizenAt(StandId::B, b, purpose()), now());
    desk.update(Input::Stand(StandId::A), now());
    open(&mut desk, now());
    on(&mut desk, WrapUpInput::Ended(Outcome::Settled));
    assert!(finish(&mut desk, now()).is_some());
    assert!(desk.citizen().is_none());
    desk.update(Input::Stand(StandId::B), now());
    assert_eq!(desk.citizen().map(|page| page.id), Some(b));
}

#[test]
fn a_page_that_stood_open_overnight_is_no_visit_of_a_whole_day() {
    let (mut desk, ..) = with_citizen();
    open(&mut desk, now());
    on(&mut desk, WrapUpInput::Ended(Outcome::Settled));
    let draft = finish(&mut desk, later(24 * 60)).unwrap();
    assert_eq!((&draft.body["began"], &draft.body["ended"]), (&json!(later(14 * 60)), &json!(later(24 * 60))));
}
