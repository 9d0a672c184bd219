//! The start page is drawn without a display, and says how far the way to the server is.

use std::path::{Path, PathBuf};

use iced::Size;
use iced::keyboard::key::Named;
use serde_json::json;
use skranke_client::ClientError;
use skranke_desk::Place;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::screens::citizen::tests::world;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

const SIZE: Size = Size::new(1440.0, 808.0);

fn show<T>(
    desk: &Desk,
    startup: &Startup,
    focus: Focus,
    language: Language,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let look = Look::new(Tokens::light(), Texts::of(language), &focus, world::now());
    let view = StartScreen.view(Scene { look: &look, desk }, startup);
    check(&mut Bench::new(view, SIZE))
}

fn said(desk: &Desk, startup: &Startup) -> String {
    show(desk, startup, Focus::none(), Language::English, |bench| bench.texts().join(" | "))
}

fn booked() -> Desk {
    let mut desk = world::desk();
    let _ = desk.update(Input::Go(Place::Calendar), world::now().timestamp());
    let _ = desk.update(Input::Back, world::now().timestamp());
    let two = |da: &str, en: &str| json!({ "da": da, "en": en });
    let items = [
        world::appointment(
            1,
            "2026-06-09T06:30:00Z",
            "2026-06-09T07:00:00Z",
            "P. Ekmann",
            two("Indrejse", "Entry"),
            4,
            0,
        ),
        world::appointment(
            2,
            "2026-06-09T08:20:00Z",
            "2026-06-09T08:50:00Z",
            "K. Wrona",
            two("Indrejse og CPR-nummer", "Registration of entry (CPR)"),
            6,
            0,
        ),
        world::appointment(
            3,
            "2026-06-09T09:30:00Z",
            "2026-06-09T10:00:00Z",
            "J. Stavning",
            two("Kørekort", "Driving licence"),
            4,
            2,
        ),
        world::appointment(
            4,
            "2026-06-09T11:00:00Z",
            "2026-06-09T11:30:00Z",
            "F. Malling",
            two("Pas", "Passport"),
            0,
            0,
        ),
        world::appointment(5, "2026-06-10T11:00:00Z", "2026-06-10T11:30:00Z", "T. Aarup", two("Pas", "Passport"), 0, 0),
    ];
    desk.calendar.as_mut().unwrap().own = world::known(world::of(world::calendar(&items)));
    desk
}

fn unsigned() -> Desk {
    let mut desk = world::desk();
    desk.session.me = Load::Waiting { since: world::before(400) };
    desk
}

#[test]
fn the_next_citizens_at_my_counter_are_listed_with_their_papers() {
    let said = said(&booked(), &Startup::Ready);
    assert!(said.contains("The next citizen is booked for 10:20, in 14 minutes. All 6 papers are approved."), "{said}");
    assert!(said.contains("J. Stavning") && said.contains("2 of 4 missing"));
    assert!(!said.contains("P. Ekmann") && !said.contains("T. Aarup"), "neither past nor tomorrow: {said}");
}

#[test]
fn enter_on_an_appointment_opens_its_citizen_for_the_appointment() {
    let desk = booked();
    let id = desk.calendar.as_ref().unwrap().own.value().unwrap().items[1].id;
    let focus = Focus::on(FocusId::new("start/appointment").child(id));
    let pressed = show(&desk, &Startup::Ready, focus, Language::English, |bench| bench.press(Named::Enter));
    let [Message::Open(citizen)] = pressed.as_slice() else { panic!("{pressed:?}") };
    match StartScreen.update(Message::Open(*citizen), &desk) {
        Action::Desk(Input::OpenCitizen(id, purpose)) => {
            assert_eq!((id, purpose.kind), (*citizen, PurposeKind::Appointment))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_calendar_nobody_has_asked_for_is_not_an_empty_day() {
    let said = said(&world::desk(), &Startup::Ready);
    assert!(!said.contains("Nobody more is booked"), "{said}");
    assert!(said.contains("Find a citizen by name"));
}

#[test]
fn the_making_of_the_training_municipality_shows_how_far_it_is() {
    let said = said(&unsigned(), &Startup::Generating { done: 1200, total: 5000 });
    assert!(said.contains("1,200 of 5,000 citizens"), "{said}");
}

#[test]
fn a_damaged_database_is_named_and_never_said_to_be_deleted() {
    let said = said(&unsigned(), &Startup::SetAside("/home/clerk/.local/share/skranke/training-1.damaged".into()));
    assert!(said.contains("nothing was deleted") && said.contains("training-1.damaged"), "{said}");
}

#[test]
fn a_server_that_cannot_be_reached_is_told_with_what_to_do() {
    let said = said(&unsigned(), &Startup::Failed("the port is taken".to_owned()));
    assert!(
        said.contains("The server cannot be reached")
            && said.contains("the port is taken")
            && said.contains("Ask again"),
        "{said}"
    );
    let mut desk = unsigned();
    desk.session.me = Load::Failed { error: ClientError::SignedOut, at: world::now().timestamp() };
    assert!(self::said(&desk, &Startup::Ready).contains("Sign in again"));
}

#[test]
fn every_state_has_its_words_and_names_in_both_languages() {
    let states = [
        Startup::Finding,
        Startup::Generating { done: 0, total: 0 },
        Startup::SetAside("x".into()),
        Startup::Ready,
        Startup::Failed("x".to_owned()),
    ];
    for language in Language::ALL {
        for startup in &states {
            for desk in [booked(), unsigned()] {
                let (texts, controls) =
                    show(&desk, startup, Focus::none(), language, |bench| (bench.texts(), bench.controls()));
                assert!(!texts.iter().any(|text| text.contains('⟦')), "{texts:?}");
                assert!(controls.iter().all(|one| !one.name.trim().is_empty()));
            }
        }
    }
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures")
}

#[test]
fn the_page_is_drawn_in_its_states_for_the_eye() {
    let cases = [
        ("start", booked(), Startup::Ready),
        ("start-unknown-calendar", world::desk(), Startup::Ready),
        ("start-generating", unsigned(), Startup::Generating { done: 1200, total: 5000 }),
        (
            "start-set-aside",
            unsigned(),
            Startup::SetAside("/home/clerk/.local/share/skranke/training/store-20260609.damaged".into()),
        ),
        ("start-failed", unsigned(), Startup::Failed("the port 8080 is taken by another program".to_owned())),
    ];
    for (name, desk, startup) in cases {
        for language in Language::ALL {
            let theme = if language == Language::Danish { ThemeName::Dark } else { ThemeName::Light };
            let look = Look::new(Tokens::of(theme), Texts::of(language), &Focus::none(), world::now());
            let view = StartScreen.view(Scene { look: &look, desk: &desk }, &startup);
            let picture = Bench::new(view, SIZE).draw(1.0, theme);
            picture.save(&pictures().join(format!("{name}-{}.png", language.code())));
        }
    }
}

fn with_half_written() -> Desk {
    use skranke_desk::half_written::{HalfInput, Recovered};
    let mut desk = booked();
    let visit = |name: &str, text: &str, at: &str, n: u128| {
        json!({ "at": at, "what": { "kind": "visit", "of": {
            "citizen": CitizenId(uuid::Uuid::from_u128(n)), "name": name, "purpose": { "kind": "call" },
            "visit": {
                "began": "2026-06-09T07:50:00Z", "left": null, "channel": "phone", "touched": [], "begun": [], "deeds": [],
                "booked": false, "verified": "not", "for_whom": "own", "ticket": null, "finished": false
            },
            "sheets": [{ "Note": { "note": null, "kind": "plain", "text": text, "expires": "", "was": null } }], "lays": "Note"
        } } })
    };
    let bytes = json!({ "version": 1, "parts": [
        visit("Kalina Testrup Wrona", "Vil have svar pr. brev", "2026-06-09T08:02:00Z", 31),
        visit("Jørgen Testrup Stavning", "Ringer igen", "2026-06-08T13:40:00Z", 32),
        { "at": "2026-06-09T08:00:00Z", "what": { "kind": "dictation", "of": {} } },
    ] });
    let mut recovered = Recovered::default();
    recovered.read(bytes.to_string().as_bytes());
    assert_eq!((recovered.parts.len(), recovered.unreadable), (2, 1));
    let _ = desk.update(Input::HalfWritten(HalfInput::Found(recovered)), world::now().timestamp());
    desk
}

#[test]
fn what_was_half_written_when_the_window_ended_is_offered_with_its_time_and_taken_up_by_one_key() {
    use skranke_desk::half_written::HalfInput;
    let mut desk = with_half_written();
    let said = said(&desk, &Startup::Ready);
    assert!(said.contains("Half-written") && said.contains("Kalina Testrup Wrona · 10:02"), "{said}");
    assert!(said.contains("1 half-written text could not be read"), "{said}");
    for language in Language::ALL {
        let pixels = show(&desk, &Startup::Ready, Focus::none(), language, |bench| bench.draw(1.0, ThemeName::Light));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
        pixels.save(&folder.join(format!("start-half-written-{}.png", language.code())));
    }
    let texts = Texts::of(Language::English);
    let keys = StartScreen.keys(&desk, texts);
    let take = keys.iter().find(|key| key.chord == "H").expect("a key");
    let Action::Desk(input) = StartScreen.update(take.message.clone(), &desk) else { panic!("something for the desk") };
    let _ = desk.update(input, world::now().timestamp());
    assert_eq!(desk.place(), Place::Citizen);
    let sheet = desk.sheet().expect("laid again");
    assert!(matches!(sheet, skranke_desk::sheets::Sheet::Note(note) if note.text == "Vil have svar pr. brev"));
    // The other is thrown away, once that was confirmed.
    let _ = desk.update(Input::Go(Place::Start), world::now().timestamp());
    let number = desk.half_written.offered[0].number;
    for input in [HalfInput::Ask(number), HalfInput::Keep, HalfInput::Ask(number), HalfInput::Discard(number)] {
        let Action::Desk(input) = StartScreen.update(Message::HalfWritten(input), &desk) else {
            panic!("for the desk")
        };
        let _ = desk.update(input, world::now().timestamp());
    }
    assert!(desk.half_written.offered.is_empty());
}
