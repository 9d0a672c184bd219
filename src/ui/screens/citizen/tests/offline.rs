//! The page without a line: how old everything is, what is unsent and in which order, what waits and why.

use skranke_api::paths;
use skranke_client::outbox::{Author, Deed, Draft, Entry, EntryState, Label, Place};
use skranke_desk::pending::PendingInput;
use skranke_domain::{CommandId, NoteId, StaffId};

use super::*;
use crate::screens::citizen::tests::world::{before, citizen_id, now, page};

const NAME: &str = "Kalina Testrup Wrona";

fn draft(deed: Deed, text: &str) -> Draft {
    let author = Author { person: StaffId::new(), citizen: citizen_id(), at: before(60_000) };
    let resource = paths::note(citizen_id(), NoteId::new());
    let place = Place { resource, posted_to: paths::notes(citizen_id()) };
    let label = Label::Deed { citizen_name: NAME.to_owned(), deed, about: None, text: text.to_owned() };
    Draft::create(author, place, &json!({ "text": text }), label).unwrap()
}

/// The desk as the picture has it: the line broke two minutes ago, three changes wait, and all that is shown was kept.
fn without_a_line() -> Desk {
    let mut desk = everything();
    desk.session.line = Line::Down { since: before(120_000) };
    desk.offline.readable = 14;
    desk.offline.next_try = now().timestamp().checked_add(jiff::SignedDuration::from_secs(14)).ok();
    let made = [
        (Deed::ChangeReported, "Hun er begyndt på nyt arbejde"),
        (Deed::ContactRegistered, ""),
        (Deed::NoteWritten, "Havde den underskrevne kontrakt med i dag."),
    ];
    let entries = made
        .into_iter()
        .zip(1..)
        .map(|((deed, text), minute)| Entry {
            id: CommandId::new(),
            draft: draft(deed, text),
            created_at: before(120_000 - 30_000 * minute),
            attempts: 0,
            last_attempt: None,
            state: EntryState::Queued,
        })
        .collect();
    let _ = desk.update(Input::Pending(PendingInput::Entries(entries)), now().timestamp());
    for source in &mut page(&mut desk).sources {
        if let Some(section) = &mut source.section {
            section.as_of = section.as_of.or(Some(before(240_000)));
        }
    }
    desk
}

#[test]
fn without_a_line_it_says_what_is_unsent_in_which_order_and_when_it_tries_again() {
    let desk = without_a_line();
    let said = said(&desk);
    let first = said.find("1. ").expect("the first change");
    let last = said.find("3. ").expect("the third change");
    assert!(first < last);
    for expected in
        ["3 unsent", "Connection lost", "Trying again in 0:14", "Havde den underskrevne kontrakt", "the 14 citizens"]
    {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert!(said.contains("Not before the network is back"), "{said}");
    assert!(said.contains("No connection: all data is kept, seen"), "{said}");
}

#[test]
fn with_a_line_nothing_of_it_stands_there() {
    let said = said(&everything());
    assert!(!said.contains("Not before the network is back") && !said.contains("Connection lost"));
}

#[test]
fn a_booking_says_why_it_waits() {
    let desk = without_a_line();
    let texts = Texts::of(Language::English);
    let keys = CitizenScreen::default().keys(&desk, texts);
    let book = keys.iter().find(|key| key.chord == "B").unwrap();
    assert_eq!(book.disabled, Some(texts.t("offline-waits-book")));
    let note = keys.iter().find(|key| key.chord == "N").unwrap();
    assert_eq!(note.disabled, None, "a note goes to the outbox");
}

#[test]
fn try_now_and_the_way_to_the_outbox_are_reached_by_keyboard() {
    let desk = without_a_line();
    let controls = Window::english().show(&CitizenScreen::default(), &desk, |bench| bench.controls());
    for id in ["citizen/offline/try", "citizen/offline/outbox"] {
        assert!(!control(&controls, id).name.trim().is_empty());
    }
}

#[test]
fn pictures_without_a_line() {
    let desk = without_a_line();
    Window::english().draw(&CitizenScreen::default(), &desk, "offline-en-light");
    let dark = Window { language: Language::Danish, theme: ThemeName::Dark, ..Window::english() };
    dark.draw(&CitizenScreen::default(), &desk, "offline-da-dark");
}
