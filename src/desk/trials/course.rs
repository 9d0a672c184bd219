//! Notes, promises and the timeline on the desk: to whom they go, what they are based on, how far back contacts reach.

use serde_json::{Value, json};
use skranke_api::cases::ContactView;
use skranke_api::{Cursor, Page};
use skranke_client::outbox::Basis;
use skranke_domain::ContactId;

use super::*;
use crate::ask::Question;
use crate::citizen::{CitizenInput, CourseInput};
use crate::sheets::{NoteInput, Opening, SheetInput};

fn sheet(input: SheetInput) -> Input {
    Input::Citizen(CitizenInput::Sheet(input))
}

fn contact(hour: u8) -> Value {
    json!({
        "id": ContactId::new(), "citizen": CitizenId::new(), "case": null, "channel": "phone", "at": format!("2026-06-08T{hour:02}:00:00Z"),
        "minutes": null, "text": { "da": "Ringede", "en": "Rang" }, "by": null, "outcome": null,
    })
}

fn contacts(hours: &[u8], next: Option<&str>) -> Reply {
    let items: Vec<ContactView> = hours.iter().map(|hour| serde_json::from_value(contact(*hour)).unwrap()).collect();
    Reply::Contacts(Ok(Page { items, next_cursor: next.map(|cursor| Cursor(cursor.to_owned())) }))
}

fn open(desk: &mut Desk) -> (CitizenId, Vec<Effect>) {
    let id = CitizenId::new();
    let effects = opens(desk, id);
    (id, effects)
}

#[test]
fn earlier_contacts_are_added_and_stay_when_the_newest_are_asked_for_again() {
    let mut desk = desk();
    let (_, effects) = open(&mut desk);
    let room = Room::Citizen(StandId::A);
    desk.update(Input::Reply(asked(&effects, room, 2), contacts(&[12, 11], Some("further"))), now());
    let more = desk.update(Input::Citizen(CitizenInput::Course(CourseInput::Earlier)), now());
    let Effect::Ask(ticket, Question::EarlierContacts(_, _, cursor)) = &more[0] else { panic!("{more:?}") };
    assert_eq!(cursor.0, "further");
    assert!(
        desk.update(Input::Citizen(CitizenInput::Course(CourseInput::Earlier)), now()).is_empty(),
        "it is on its way"
    );
    desk.update(Input::Reply(*ticket, contacts(&[10, 9], None)), now());
    let hours = |desk: &Desk| -> Vec<i8> {
        let known = desk.citizen().unwrap().contacts.value().unwrap();
        known.iter().map(|one| one.at.to_zoned(TimeZone::UTC).hour()).collect()
    };
    assert_eq!(hours(&desk), [12, 11, 10, 9]);
    assert!(desk.citizen().unwrap().earlier.next.is_none());
    let again = desk.update(Input::Citizen(CitizenInput::AskAgain), now());
    desk.update(Input::Reply(asked(&again, room, 2), contacts(&[13, 12], Some("further"))), now());
    assert_eq!(hours(&desk)[..2], [13, 12]);
    assert!(hours(&desk).ends_with(&[10, 9]), "what is being read stays");
}

#[test]
fn earlier_contacts_that_could_not_be_fetched_say_so_and_can_be_asked_for_again() {
    let mut desk = desk();
    let (_, effects) = open(&mut desk);
    let room = Room::Citizen(StandId::A);
    desk.update(Input::Reply(asked(&effects, room, 2), contacts(&[12], Some("further"))), now());
    let earlier = || Input::Citizen(CitizenInput::Course(CourseInput::Earlier));
    let Effect::Ask(ticket, _) = desk.update(earlier(), now())[0].clone() else { panic!("a question") };
    desk.update(Input::Reply(ticket, Reply::Contacts(Err(ClientError::Offline))), now());
    let page = desk.citizen().unwrap();
    assert!(page.earlier.trouble.is_some() && page.contacts.value().unwrap().len() == 1);
    assert_eq!(desk.update(earlier(), now()).len(), 1);
}

#[test]
fn a_note_begun_for_a_is_hers_alone_and_waits_for_her() {
    let mut desk = desk();
    let (a, _) = open(&mut desk);
    desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    desk.update(sheet(SheetInput::Note(NoteInput::Typed("For A".to_owned()))), now());
    let b = CitizenId::new();
    desk.update(Input::OpenCitizenAt(StandId::B, b, purpose()), now());
    assert!(desk.sheet().is_none());
    desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    desk.update(sheet(SheetInput::Note(NoteInput::Typed("For B".to_owned()))), now());
    let of_b = enqueued(&desk.update(sheet(SheetInput::Confirm), now())).unwrap();
    desk.update(Input::Stand(StandId::A), now());
    let of_a = enqueued(&desk.update(sheet(SheetInput::Confirm), now())).unwrap();
    assert_eq!((of_a.subject.citizen, of_b.subject.citizen), (Some(a), Some(b)));
    assert_eq!((of_a.body["text"].as_str(), of_b.body["text"].as_str()), (Some("For A"), Some("For B")));
    assert!(of_a.resource.contains(&a.to_string()) && of_b.resource.contains(&b.to_string()));
}

#[test]
fn a_note_that_is_not_sent_yet_can_be_changed_and_the_change_follows_it() {
    let mut desk = desk();
    open(&mut desk);
    desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    desk.update(sheet(SheetInput::Note(NoteInput::Typed("Left ear".to_owned()))), now());
    let draft = enqueued(&desk.update(sheet(SheetInput::Confirm), now())).unwrap();
    let written = entry(draft, EntryState::Queued);
    let first = written.id;
    desk.update(Input::Pending(PendingInput::Entries(vec![written])), now());
    let note = desk.citizen().unwrap().notes_as_they_stand(&desk.pending)[0].id;
    desk.update(sheet(SheetInput::Open(Opening::Note(Some(note)))), now());
    desk.update(sheet(SheetInput::Note(NoteInput::Typed("Right ear".to_owned()))), now());
    let change = enqueued(&desk.update(sheet(SheetInput::Confirm), now())).unwrap();
    assert_eq!(change.based_on, Basis::After(first));
    assert_eq!(change.body["text"].as_str(), Some("Right ear"));
}

#[test]
fn a_note_that_was_left_unchanged_writes_nothing() {
    let mut desk = desk();
    open(&mut desk);
    desk.update(sheet(SheetInput::Open(Opening::Note(None))), now());
    desk.update(sheet(SheetInput::Note(NoteInput::Typed("Left ear".to_owned()))), now());
    let draft = enqueued(&desk.update(sheet(SheetInput::Confirm), now())).unwrap();
    desk.update(Input::Pending(PendingInput::Entries(vec![entry(draft, EntryState::Queued)])), now());
    let note = desk.citizen().unwrap().notes_as_they_stand(&desk.pending)[0].id;
    desk.update(sheet(SheetInput::Open(Opening::Note(Some(note)))), now());
    assert!(enqueued(&desk.update(sheet(SheetInput::Confirm), now())).is_none());
    assert!(desk.sheet().is_none());
}
