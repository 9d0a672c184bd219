//! The outbox is drawn without a display, and nothing is thrown away without asking.

use std::path::Path;

use iced::Size;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use skranke_api::appointments::BookRequest;
use skranke_api::cases::ItemChange;
use skranke_api::{ETag, Problem, ProblemKind};
use skranke_client::outbox::{Author, Basis, Deed, Draft, Label, Method, Place};
use skranke_client::{ClientError, Live, Untrusted};
use skranke_desk::settings::Settings;
use skranke_desk::{Effect, Place as Where};
use skranke_domain::authority::Role as StaffRole;
use skranke_domain::checklist::ItemAction;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId, ItemId, Localized, StaffId};

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").expect("bundled")
}

fn now() -> Zoned {
    "2026-06-09T10:12:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

fn at(minute: i8) -> Timestamp {
    let ten = date(2026, 6, 9).at(10, 0, 0, 0).to_zoned(tz()).expect("exists").timestamp();
    ten + jiff::SignedDuration::from_mins(i64::from(minute))
}

fn author(minute: i8) -> Author {
    Author { person: StaffId(uuid::Uuid::from_u128(1)), citizen: CitizenId(uuid::Uuid::from_u128(2)), at: at(minute) }
}

fn entry(n: u128, minute: i8, draft: Draft, state: EntryState) -> Entry {
    Entry {
        id: CommandId(uuid::Uuid::from_u128(n)),
        draft,
        created_at: at(minute),
        attempts: 0,
        last_attempt: None,
        state,
    }
}

fn judged(action: ItemAction, reason: Option<&str>) -> Draft {
    let item = ItemId::parse("employment-contract").expect("a slug");
    let change = ItemChange { action, reason: reason.map(str::to_owned) };
    let label = Label::Item {
        citizen_name: "Kalina Testrup Wrona".to_owned(),
        case_number: "KFF-2026-117940".to_owned(),
        item_id: item.clone(),
        item: Localized::new("Kontrakt underskrevet af arbejdsgiver", "Contract signed by employer"),
        action,
        reason: change.reason.clone(),
    };
    Draft::item(author(5), CaseId(uuid::Uuid::from_u128(3)), &item, ETag::of_version(4), &change, label)
        .expect("has a JSON form")
}

fn booked() -> Draft {
    let counter = CounterId::parse("counter-4").expect("a slug");
    let start = date(2026, 6, 10).at(13, 0, 0, 0).to_zoned(tz()).expect("exists").timestamp();
    let request = BookRequest {
        id: AppointmentId(uuid::Uuid::from_u128(4)),
        citizen: CitizenId(uuid::Uuid::from_u128(2)),
        cases: vec![CaseId(uuid::Uuid::from_u128(3))],
        counter: counter.clone(),
        start,
        minutes: 30,
        people: 1,
        with: None,
        interpreter: None,
        language: None,
        replaces: None,
        cause: None,
    };
    let label = Label::Booking {
        citizen_name: "Kalina Testrup Wrona".to_owned(),
        title: Some(Localized::new("Registrering af indrejse (CPR)", "Registration of entry (CPR)")),
        appointment: request.id,
        counter,
        start,
        minutes: 30,
    };
    Draft::booking(author(8), &request, label).expect("has a JSON form")
}

fn stale() -> EntryState {
    let kind = Problem::new(ProblemKind::Stale).kind;
    let current = r#"{
        "id": "employment-contract", "label": { "da": "Kontrakt", "en": "Contract" }, "evidence": null, "citizenText": null,
        "state": "approved", "due": "before_visit", "suppliedBy": "employer", "reason": null, "changedBy": "Per Ravnkilde",
        "changedAt": "2026-06-09T08:06:00Z", "because": null, "becauseFacts": [], "unknownFacts": [], "becauseSaid": [], "group": "other", "paper": null,
        "provenance": { "source": ["S1"], "year": 2025, "certainty": "high" }, "etag": "v5"
    }"#;
    let wire = format!(r#"{{ "type": "{kind}", "title": "x", "status": 412, "current": {current} }}"#);
    EntryState::Refused { problem: serde_json::from_str(&wire).expect("a problem of the contract") }
}

/// The page before the outbox of this machine was read.
fn unread() -> Desk {
    let mut desk = Desk::new(StaffRole::Clerk, Settings::default(), tz());
    desk.update(Input::Go(Where::Outbox), now().timestamp());
    desk
}

/// The line broke because whoever answers has a certificate that ran out.
fn unproved() -> Desk {
    let mut desk = desk(Line::Up, three());
    let error = ClientError::Certificate(Untrusted::Expired);
    desk.update(Input::Live(Live::Lost { error }), now().timestamp());
    desk
}

fn desk(line: Line, entries: Vec<Entry>) -> Desk {
    let mut desk = unread();
    desk.session.line = line;
    desk.update(Input::Pending(PendingInput::Entries(entries)), now().timestamp());
    desk
}

fn three() -> Vec<Entry> {
    vec![
        entry(11, 5, judged(ItemAction::Approve, None), stale()),
        entry(12, 7, judged(ItemAction::Reject, Some("Underskriften på side 2 mangler.")), EntryState::Held),
        entry(13, 8, booked(), EntryState::Attempted),
        entry(14, 9, booked(), EntryState::Queued),
    ]
}

fn note(minute: i8, text: &str) -> Draft {
    let place = Place { resource: "/v1/citizens/2/notes/1".to_owned(), posted_to: "/v1/citizens/2/notes".to_owned() };
    let label = Label::Deed {
        citizen_name: "Kalina Testrup Wrona".to_owned(),
        deed: Deed::NoteWritten,
        about: None,
        text: text.to_owned(),
    };
    let body = serde_json::json!({ "id": CommandId(uuid::Uuid::from_u128(9)), "kind": "plain", "text": text, "expires": null });
    Draft::create(author(minute), place, &body, label).expect("has a JSON form")
}

const NOTE: &str = "Vil have svar pr. brev og ikke ringes op; søsteren læser brevene for hende.";

/// A refused note with two changes that rest on it, one under way, one that waits.
fn chain() -> Vec<Entry> {
    let problem = Problem::new(ProblemKind::Invalid).detail("the text names another citizen");
    let refused = Entry {
        attempts: 3,
        last_attempt: Some(at(9)),
        ..entry(21, -110, note(-110, NOTE), EntryState::Refused { problem })
    };
    let changed =
        Draft { method: Method::Patch, based_on: Basis::After(refused.id), ..note(6, "Vil have svar pr. brev.") };
    let ended = Draft { based_on: Basis::After(CommandId(uuid::Uuid::from_u128(22))), ..changed.clone() };
    let ahead = Draft { resource: "/v1/citizens/2/notes/2".to_owned(), ..note(40, "Skrevet mens uret gik foran") };
    let label =
        |deed| Label::Deed { citizen_name: "Kalina Testrup Wrona".to_owned(), deed, about: None, text: String::new() };
    let ended = Draft { label: label(Deed::NoteChanged), ..ended };
    vec![
        refused,
        entry(22, 6, Draft { label: label(Deed::NoteChanged), ..changed }, EntryState::Held),
        entry(23, 7, ended, EntryState::Held),
        Entry {
            attempts: 1,
            last_attempt: Some(at(11)),
            ..entry(24, 8, judged(ItemAction::Reject, Some("Underskriften mangler.")), EntryState::Attempted)
        },
        entry(25, 40, ahead, EntryState::Queued),
    ]
}

fn page() -> Size {
    Size::new(1440.0, 900.0 - 48.0 - 44.0)
}

fn shown<T>(
    desk: &Desk,
    screen: &OutboxScreen,
    look: (Language, ThemeName),
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(look.0);
    let focus = Focus::on(FIRST);
    let look = Look { width: size.width, ..Look::new(Tokens::of(look.1), &texts, &focus, now()) };
    let mut bench = Bench::new(screen.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

fn picture(name: &str, desk: &Desk, screen: &OutboxScreen, language: Language, theme: ThemeName) {
    let pixels = shown(desk, screen, (language, theme), page(), |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 30, "only {} colours: is anything drawn?", colors.len());
}

#[test]
fn the_outbox_is_drawn_in_both_themes_and_languages() {
    let down = desk(Line::Down { since: at(4) }, three());
    let up = desk(Line::Up, three());
    let asking = OutboxScreen { selected: Some(three()[0].id), asking: Some(three()[0].id) };
    for language in Language::ALL {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            picture("outbox", &down, &OutboxScreen::default(), language, theme);
            picture("outbox-asking", &up, &asking, language, theme);
        }
        let discarding = OutboxScreen { selected: Some(chain()[0].id), asking: Some(chain()[0].id) };
        picture("outbox-chain", &desk(Line::Up, chain()), &OutboxScreen::default(), language, ThemeName::Light);
        picture("outbox-chain-asking", &desk(Line::Up, chain()), &discarding, language, ThemeName::Light);
        picture("outbox-empty", &desk(Line::Up, Vec::new()), &OutboxScreen::default(), language, ThemeName::Light);
        picture("outbox-unread", &unread(), &OutboxScreen::default(), language, ThemeName::Light);
        picture("outbox-unproved", &unproved(), &OutboxScreen::default(), language, ThemeName::Light);
    }
}

#[test]
fn every_control_of_the_outbox_has_a_name_and_an_id_of_its_own() {
    for language in Language::ALL {
        for desk in [desk(Line::Up, three()), desk(Line::Up, Vec::new())] {
            let controls =
                shown(&desk, &OutboxScreen::default(), (language, ThemeName::Light), page(), |bench| bench.controls());
            let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
            for control in &controls {
                assert!(
                    !control.name.trim().is_empty() && !control.name.contains('⟦'),
                    "{:?}: {}",
                    control.id,
                    control.name
                );
            }
        }
    }
}

fn texts_of(desk: &Desk, screen: &OutboxScreen) -> Vec<String> {
    shown(desk, screen, (Language::English, ThemeName::Light), page(), |bench| bench.controls())
        .into_iter()
        .map(|c| c.name)
        .collect()
}

#[test]
fn an_entry_says_what_was_done_for_whom_and_how_far_it_got() {
    let names = texts_of(&desk(Line::Down { since: at(4) }, three()), &OutboxScreen::default());
    let expected = [
        "Approve: Contract signed by employer, Kalina Testrup Wrona · KFF-2026-117940, Refused",
        "Reject: Contract signed by employer, Kalina Testrup Wrona · KFF-2026-117940, Waits for the refused one",
        "Book Wed 10 Jun, 13:00–13:30, Kalina Testrup Wrona · Registration of entry (CPR) · counter-4, Sent, no answer yet",
        "Book Wed 10 Jun, 13:00–13:30, Kalina Testrup Wrona · Registration of entry (CPR) · counter-4, Waits for the connection",
    ];
    for one in expected {
        assert!(names.iter().any(|name| name == one), "{one}: {names:#?}");
    }
}

fn written(desk: &Desk, screen: &OutboxScreen) -> String {
    shown(desk, screen, (Language::English, ThemeName::Light), page(), |bench| bench.texts()).join(" | ")
}

#[test]
fn before_the_outbox_is_read_nobody_says_that_everything_is_sent() {
    let mut desk = unread();
    let said = written(&desk, &OutboxScreen::default());
    assert!(said.contains("Reading what lies here") && !said.contains("Everything is sent"), "{said}");
    desk.update(Input::Pending(PendingInput::Entries(Vec::new())), now().timestamp());
    let said = written(&desk, &OutboxScreen::default());
    assert!(said.contains("Everything is sent") && !said.contains("Reading what lies here"), "{said}");
}

#[test]
fn where_somebody_else_answers_the_certificate_is_why_nothing_is_sent() {
    let mut desk = unproved();
    let said = written(&desk, &OutboxScreen::default());
    assert!(said.contains("cannot prove to be the case server") && said.contains("No connection since"), "{said}");
    let mut back = unproved();
    back.update(Input::Live(Live::Connected), now().timestamp());
    assert!(!written(&back, &OutboxScreen::default()).contains("cannot prove"));
    // What went through ends it too, and the next break has a reason of its own.
    for line in [Line::Up, Line::Down { since: at(14) }] {
        desk.update(Input::Pending(PendingInput::Line(line)), now().timestamp());
    }
    let said = written(&desk, &OutboxScreen::default());
    assert!(said.contains("No connection since") && !said.contains("cannot prove"), "{said}");
}

#[test]
fn an_entry_says_how_old_it_is_how_often_it_was_tried_and_what_it_follows() {
    let said = written(&desk(Line::Up, chain()), &OutboxScreen::default());
    assert!(said.contains("2 hours old · tried 3 times, last at 10:09"), "{said}");
    assert!(said.contains("6 minutes old · follows number 1"), "{said}");
    assert!(said.contains("follows number 2"), "{said}");
    // It was written while the clock went ahead: nothing is younger than new.
    assert_eq!(said.matches(" old").count(), 4, "{said}");
}

#[test]
fn before_something_is_thrown_away_what_goes_with_it_is_named_and_the_text_can_be_copied() {
    let desk = desk(Line::Up, chain());
    let screen = OutboxScreen { selected: Some(chain()[0].id), asking: Some(chain()[0].id) };
    let said = written(&desk, &screen);
    assert!(said.contains("These 2 rest on it and go as well:"), "{said}");
    assert!(said.contains("– Change a note"), "{said}");
    let texts = Texts::new(Language::English);
    let mut screen = screen;
    let copy = key(&screen.keys(&desk, &texts), "Ctrl C").message.clone();
    assert!(matches!(screen.update(copy, &desk), Action::Run(_)));
    assert!(screen.asking.is_some(), "copying decides nothing");
    let really = key(&screen.keys(&desk, &texts), "Ctrl ↵").message.clone();
    let Action::Desk(input) = screen.update(really, &desk) else { panic!("something for the desk") };
    let mut desk = desk;
    let gone = desk.update(input, now().timestamp()).len();
    assert_eq!(gone, 3, "it, and what rests on it");
}

#[test]
fn words_are_edited_and_what_is_no_words_or_under_way_says_why_not() {
    let desk = desk(Line::Up, [chain(), vec![entry(14, 9, booked(), EntryState::Queued)]].concat());
    let texts = Texts::new(Language::English);
    let mut screen = OutboxScreen::default();
    let edit = key(&screen.keys(&desk, &texts), "E").clone();
    assert_eq!(edit.disabled, None, "the refused one is where the keys act");
    let Action::Desk(Input::Pending(PendingInput::Edit(id))) = screen.update(edit.message, &desk) else {
        panic!("something for the desk")
    };
    assert_eq!(id, chain()[0].id);
    let of = |n: u128| OutboxScreen { selected: Some(CommandId(uuid::Uuid::from_u128(n))), asking: None };
    let why = |n: u128| key(&of(n).keys(&desk, &texts), "E").disabled.clone();
    assert!(why(24).is_some_and(|why| why.contains("under way")));
    assert!(why(14).is_some_and(|why| why.contains("no words")));
    assert_eq!(why(25), None, "what was never sent too");
    let said = written(&desk, &of(24));
    assert!(said.contains("nobody knows yet whether it was made"), "{said}");
}

fn key<'k>(keys: &'k [Key<Message>], chord: &str) -> &'k Key<Message> {
    keys.iter().find(|key| key.chord == chord).unwrap_or_else(|| panic!("no key {chord}"))
}

#[test]
fn delete_asks_first_and_only_the_answer_throws_away() {
    let mut desk = desk(Line::Up, three());
    let texts = Texts::new(Language::English);
    let mut screen = OutboxScreen::default();
    let keys = screen.keys(&desk, &texts);
    assert!(keys.iter().all(|key| key.chord != "Ctrl ↵"), "nothing is asked yet");
    let message = key(&keys, "Del").message.clone();
    assert!(matches!(screen.update(message, &desk), Action::None));
    let keep = key(&screen.keys(&desk, &texts), "Esc").message.clone();
    assert!(matches!(screen.update(keep, &desk), Action::None));
    assert!(screen.keys(&desk, &texts).iter().all(|key| key.chord != "Ctrl ↵"), "she kept it");
    let again = key(&screen.keys(&desk, &texts), "Del").message.clone();
    screen.update(again, &desk);
    let really = key(&screen.keys(&desk, &texts), "Ctrl ↵").message.clone();
    let Action::Desk(input) = screen.update(really, &desk) else { panic!("something for the desk") };
    let effects = desk.update(input, now().timestamp());
    assert!(matches!(&effects[..], [Effect::Discard(id)] if *id == three()[0].id), "{effects:?}");
}

#[test]
fn what_is_under_way_can_be_neither_thrown_away_nor_sent_by_hand() {
    let desk = desk(Line::Up, three());
    let screen = OutboxScreen { selected: Some(three()[2].id), asking: None };
    let keys = screen.keys(&desk, &Texts::new(Language::English));
    assert!(key(&keys, "Del").disabled.is_some());
    assert!(key(&keys, "R").disabled.is_some());
}

#[test]
fn the_refused_entry_is_where_the_keys_act_first_and_r_sends_it_again() {
    let mut entries = three();
    entries.rotate_left(1);
    let mut desk = desk(Line::Up, entries);
    let mut screen = OutboxScreen::default();
    let pressed = key(&screen.keys(&desk, &Texts::new(Language::Danish)), "R").clone();
    assert_eq!(pressed.disabled, None);
    let Action::Desk(input) = screen.update(pressed.message, &desk) else { panic!("something for the desk") };
    let effects = desk.update(input, now().timestamp());
    assert!(matches!(&effects[..], [Effect::Retry(id)] if *id == three()[0].id), "{effects:?}");
}

#[test]
fn what_stands_at_the_server_instead_is_told() {
    let desk = desk(Line::Up, three());
    let texts = Texts::new(Language::English);
    let focus = Focus::none();
    let look = Look::new(Tokens::light(), &texts, &focus, now());
    let scene = Scene { look: &look, desk: &desk };
    let problem = three()[0].state.problem().cloned().expect("refused");
    assert_eq!(entry::standing_now(scene, &problem).as_deref(), Some("It stands as: Approved, Per Ravnkilde, 10:06."));
}
