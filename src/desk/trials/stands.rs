//! Two citizens at once: what belongs to A never lands on B.

use skranke_api::citizens::CitizenView;
use skranke_client::ClientError;
use skranke_domain::CitizenId;

use super::{asked, desk, now, purpose};
use crate::ask::{Question, Reply};
use crate::case::CaseInput;
use crate::citizen::CitizenInput;
use crate::effect::{Effect, Room};
use crate::sheets::{Opening, SheetInput};
use crate::{Desk, Input, Place, StandId};

/// Two citizens, A in front.
fn two() -> (Desk, [CitizenId; 2]) {
    let mut desk = desk();
    let ids = [CitizenId::new(), CitizenId::new()];
    desk.update(Input::OpenCitizenAt(StandId::B, ids[1], purpose()), now());
    desk.update(Input::OpenCitizenAt(StandId::A, ids[0], purpose()), now());
    (desk, ids)
}

fn view(id: CitizenId, given: &str) -> CitizenView {
    serde_json::from_value(serde_json::json!({
        "id": id, "givenName": given, "surname": "Testrup", "cprMasked": "721190-••••", "cprReplacement": true, "born": "1990-11-12",
        "age": 35, "status": "not_registered", "current": null, "civilStatus": "unmarried", "address": { "view": "unknown" },
        "municipality": "København", "protections": [], "languages": ["sv"], "interpreter": null, "relations": [],
        "representations": [], "groundOfStay": "nordic", "adviser": null, "digitalAbility": "able",
        "exemptFromDigitalPost": false, "phone": null, "email": null, "lastLooked": null, "duplicates": []
    }))
    .unwrap()
}

#[test]
fn the_other_stand_keeps_its_citizen_its_place_and_its_answers() {
    let (mut desk, [a, b]) = two();
    assert_eq!((desk.stands.front(), desk.citizen().map(|page| page.id)), (StandId::A, Some(a)));
    desk.update(Input::Stand(StandId::B), now());
    assert_eq!(desk.citizen().map(|page| page.id), Some(b));
    let case = skranke_domain::CaseId::new();
    desk.update(Input::OpenCase(case, purpose()), now());
    assert_eq!(desk.place(), Place::Case);
    desk.update(Input::Stand(StandId::A), now());
    assert_eq!((desk.place(), desk.case().is_none()), (Place::Citizen, true));
    desk.update(Input::Stand(StandId::B), now());
    assert_eq!((desk.place(), desk.case().map(|page| page.id)), (Place::Case, Some(case)));
}

#[test]
fn opening_somebody_at_b_ends_no_question_of_a() {
    let mut desk = desk();
    desk.update(Input::OpenCitizenAt(StandId::A, CitizenId::new(), purpose()), now());
    let effects = desk.update(Input::OpenCitizenAt(StandId::B, CitizenId::new(), purpose()), now());
    let of_a = |effect: &Effect| matches!(effect, Effect::Abandon(Room::Citizen(StandId::A) | Room::Case(StandId::A)));
    assert!(!effects.iter().any(of_a));
}

#[test]
fn an_answer_reaches_the_stand_that_asked_also_when_the_other_is_in_front() {
    let mut desk = desk();
    let (a, b) = (CitizenId::new(), CitizenId::new());
    let effects = desk.update(Input::OpenCitizenAt(StandId::A, a, purpose()), now());
    let of_a = asked(&effects, Room::Citizen(StandId::A), 0);
    desk.update(Input::OpenCitizenAt(StandId::B, b, purpose()), now());
    desk.update(Input::Reply(of_a, Reply::Citizen(Box::new(Ok(view(a, "Ane"))))), now());
    assert!(desk.citizen().is_some_and(|page| page.id == b && page.identity.value().is_none()));
    assert_eq!(desk.stands.get(StandId::A).citizen.as_ref().unwrap().full_name(), "Ane Testrup");
    // Another citizen at A meanwhile: the old answer is nobody's any more.
    desk.update(Input::OpenCitizenAt(StandId::A, CitizenId::new(), purpose()), now());
    desk.update(Input::Reply(of_a, Reply::Citizen(Box::new(Err(ClientError::Offline)))), now());
    let page = desk.citizen().unwrap();
    assert!(page.identity.is_waiting() && page.identity.trouble().is_none());
}

#[test]
fn a_sheet_stays_with_the_citizen_it_was_opened_for() {
    let (mut desk, _) = two();
    let sheet = |input| Input::Citizen(CitizenInput::Sheet(input));
    desk.update(sheet(SheetInput::Open(Opening::Promise)), now());
    assert!(desk.sheet().is_some());
    desk.update(Input::Stand(StandId::B), now());
    assert!(desk.sheet().is_none(), "B has no sheet");
    let effects = desk.update(sheet(SheetInput::Confirm), now());
    assert!(effects.is_empty(), "nothing of A's is sent from B");
    desk.update(Input::Stand(StandId::A), now());
    assert!(desk.sheet().is_some());
}

#[test]
fn a_case_key_at_a_stand_without_a_case_does_nothing() {
    let (mut desk, _) = two();
    assert!(desk.update(Input::Case(CaseInput::AskAgain), now()).is_empty());
}

#[test]
fn who_is_opened_twice_is_asked_for_again_and_keeps_her_clock() {
    let mut desk = desk();
    let id = CitizenId::new();
    desk.update(Input::OpenCitizen(id, purpose()), now());
    let later = now() + std::time::Duration::from_secs(240);
    let effects = desk.update(Input::OpenCitizen(id, purpose()), later);
    assert!(effects.iter().any(|e| matches!(e, Effect::Ask(_, Question::Citizen(asked, _)) if *asked == id)));
    assert_eq!(desk.citizen().unwrap().visit.seconds(later), 240);
}

#[test]
fn the_turned_screen_speaks_english_where_her_language_is_not_written_and_says_so() {
    let mut desk = desk();
    let id = CitizenId::new();
    let ticket = asked(&desk.update(Input::OpenCitizen(id, purpose()), now()), Room::Citizen(StandId::A), 0);
    desk.update(Input::Turn, now());
    assert!(desk.turned.is_none(), "nobody is known yet");
    desk.update(Input::Reply(ticket, Reply::Citizen(Box::new(Ok(view(id, "Ane"))))), now());
    desk.update(Input::Turn, now());
    let turned = desk.turned.clone().unwrap();
    assert_eq!((turned.written(), turned.falls_back()), ("en", true));
    // The other citizen is never turned by accident: another stand in front turns it back.
    desk.update(Input::Stand(StandId::B), now());
    assert!(desk.turned.is_none());
}

#[test]
fn a_locked_window_opens_for_the_same_person_alone_and_where_she_was() {
    let (mut desk, [a, _]) = two();
    desk.update(Input::Lock, now());
    assert!(desk.lock.locked().is_some());
    let ticket = asked(&desk.update(Input::Unlock, now()), Room::Session, 0);
    desk.update(Input::Reply(ticket, Reply::Me(Err(ClientError::Offline))), now());
    assert!(desk.lock.locked().is_some());
    let ticket = asked(&desk.update(Input::Unlock, now()), Room::Session, 0);
    let me = desk.session.me.value().unwrap().clone();
    desk.update(Input::Reply(ticket, Reply::Me(Ok(me))), now());
    assert!(desk.lock.locked().is_none());
    assert_eq!(desk.citizen().map(|page| page.id), Some(a));
}
