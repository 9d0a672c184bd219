//! The queue is drawn without a display, read and walked by keyboard.

use std::path::Path;

use iced::Size;
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use skranke_client::ClientError;
use skranke_desk::counter::{Said, SheetInput};
use skranke_desk::load::Load;
use skranke_desk::session::Line;
use skranke_desk::settings::Settings;
use skranke_desk::{Effect, Place, Question};
use skranke_domain::authority::Role as StaffRole;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

const ME: &str = "01890000-0000-7000-8000-000000000001";
const OTHER: &str = "01890000-0000-7000-8000-000000000002";

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

fn ago(minutes: i64) -> Timestamp {
    now().timestamp() - jiff::SignedDuration::from_mins(minutes)
}

fn id(n: u32) -> TicketId {
    format!("01890000-0000-7000-8000-{n:012}").parse().expect("an id")
}

/// Number, minutes waited, Danish and English reason, triage, the paper that is missing, minutes it takes, people.
type Line8 = (u32, i64, (&'static str, &'static str), &'static str, Option<(&'static str, &'static str)>, u16, u16);

const WAITING: [Line8; 7] = [
    (47, 21, ("Skilsmisse, ny adresse", "Divorce, new address"), "all_here", None, 25, 1),
    (49, 16, ("EU-papirer", "EU papers"), "missing", Some(("Kontrakt", "Contract")), 20, 1),
    (
        50,
        14,
        ("Pas, barn", "Passport, child"),
        "missing",
        Some(("Den anden forælders samtykke", "Other parent's consent")),
        10,
        1,
    ),
    (51, 11, ("Sundhedskort mistet", "Health card lost"), "stand", None, 5, 1),
    (52, 7, ("Pension, den tredje alder", "Pension, third age"), "unknown", None, 0, 1),
    (53, 5, ("Flytning", "Moving"), "missing", Some(("Lejekontrakt", "Tenancy contract")), 15, 4),
    (54, 1, ("MitID spærret", "MitID locked"), "stand", None, 10, 1),
];

fn ticket((n, minutes, (da, en), triage, paper, takes, people): Line8) -> Value {
    let papers: Vec<Value> = paper.iter().map(|(da, en)| json!({ "da": da, "en": en })).collect();
    json!({
        "id": id(n), "number": format!("K {n:03}"), "site": "norrebro", "origin": "host",
        "reason": { "da": da, "en": en }, "people": people, "triage": triage, "papers": papers, "minutes": takes,
        "state": "waiting", "since": ago(minutes), "came": ago(minutes), "calls": 0, "etag": "v1"
    })
}

fn with(mut ticket: Value, changes: Value) -> Value {
    for (key, value) in changes.as_object().expect("an object") {
        ticket[key] = value.clone();
    }
    ticket
}

fn tickets() -> Vec<Value> {
    WAITING.into_iter().map(ticket).collect()
}

fn view(tickets: &[Value], help: Option<&str>) -> skranke_api::tickets::QueueView {
    let at = |id: &str, name: &str, counter: &str, availability: &str, help: Option<&str>| {
        json!({
            "staff": { "id": id, "name": name }, "counter": counter, "availability": availability,
            "since": ago(12), "wantsHelp": help
        })
    };
    serde_json::from_value(json!({
        "site": "norrebro", "tickets": tickets, "aimMinutes": 15,
        "expected": [{
            "appointment": "01890000-0000-7000-8000-000000000700", "citizen": "01890000-0000-7000-8000-000000000701",
            "citizenShort": "K. Wrona", "start": "2026-06-09T08:20:00Z", "counter": "counter-4",
            "title": { "da": "Registrering af indrejse", "en": "Registration of entry" },
            "papers": { "due": 2, "open": 1 }
        }],
        "staff": [at(ME, "Ida Mellemgaard", "counter-4", "available", None), at(OTHER, "Bo Skovlund", "counter-3", "busy", help)]
    }))
    .expect("a queue")
}

fn desk_of(role: &str, queue: skranke_api::tickets::QueueView) -> Desk {
    let persona = if role == "host" { StaffRole::Host } else { StaffRole::Clerk };
    let mut desk = Desk::new(persona, Settings::default(), TimeZone::get("Europe/Copenhagen").expect("bundled"));
    let counter = if role == "host" { Value::Null } else { json!("counter-4") };
    let me = json!({
        "id": ME, "name": "Ida Mellemgaard", "initials": "IM", "role": role, "department": "kff", "authorities": [],
        "site": "norrebro", "counter": counter, "training": true, "municipality": "Øvekøbing"
    });
    desk.session.me = known(serde_json::from_value(me).expect("me"));
    desk.session.line = Line::Up;
    let counter =
        |id: &str, da: &str, en: &str, kind: &str| json!({ "id": id, "name": { "da": da, "en": en }, "kind": kind });
    desk.session.sites = vec![
        serde_json::from_value(json!({
            "id": "norrebro", "name": "Nørrebro", "hours": [], "aimMinutes": 15,
            "counters": [
                counter("counter-3", "Skranke 3", "Counter 3", "counter"),
                counter("counter-4", "Skranke 4", "Counter 4", "counter"),
                counter("room-1", "Samtalerum", "Private room", "room"),
                counter("stand-1", "Selvbetjening 1", "Self-service 1", "stand"),
            ],
            "interpreters": [
                { "id": "01890000-0000-7000-8000-000000000801", "name": "Tolk A", "language": "pl" },
                { "id": "01890000-0000-7000-8000-000000000802", "name": "Tolk B", "language": "uk" }
            ]
        }))
        .expect("a site"),
    ];
    let kind = |id: &str, da: &str, en: &str| {
        json!({
            "id": id, "title": { "da": da, "en": en }, "icon": "house", "provenance": { "source": [], "certainty": "low" }
        })
    };
    for one in [kind("moving", "Flytning", "Moving"), kind("divorce", "Skilsmisse", "Divorce")] {
        let one: skranke_domain::life_situation::LifeSituationKind = serde_json::from_value(one).expect("a kind");
        desk.session.situations.insert(one.id.clone(), one);
    }
    desk.update(Input::Go(Place::Queue), now().timestamp());
    desk.counter.as_mut().expect("it opened").queue = known(queue);
    desk
}

fn known<T>(value: T) -> Load<T> {
    Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None }
}

fn clerk() -> Desk {
    desk_of("clerk", view(&tickets(), None))
}

fn page_mut(desk: &mut Desk) -> &mut CounterPage {
    desk.counter.as_mut().expect("open")
}

/// A morning with somebody in every group.
fn busy() -> Desk {
    let mut all = tickets();
    let mine = json!({ "id": OTHER, "name": "Bo Skovlund" });
    all.push(with(
        ticket((44, 24, ("Pas", "Passport"), "all_here", None, 10, 1)),
        json!({ "state": "called", "counter": "counter-3", "staff": mine, "calls": 2, "since": ago(2) }),
    ));
    all.push(with(
        ticket((43, 40, ("Kørekort", "Driving licence"), "all_here", None, 10, 1)),
        json!({ "state": "parked", "card": "Kopi af passet", "since": ago(6) }),
    ));
    all.push(with(
        ticket((40, 55, ("Flytning", "Moving"), "missing", None, 10, 1)),
        json!({ "state": "returning", "card": "Lejekontrakt", "since": ago(30) }),
    ));
    all[5] = with(
        all[5].clone(),
        json!({ "booked": "2026-06-09T08:05:00Z", "language": "pl", "privateRoom": true, "origin": "check_in" }),
    );
    desk_of("clerk", view(&all, Some("EU-papirer, et par øjne til")))
}

fn look_of<'a>(texts: &'a Texts, focus: &Focus, theme: ThemeName, size: Size) -> Look<'a> {
    Look { width: size.width, height: size.height, ..Look::new(Tokens::of(theme), texts, focus, now()) }
}

fn shown<T>(
    desk: &Desk,
    language: Language,
    theme: ThemeName,
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(language);
    let focus = Focus::on(begins(desk).map_or(FIRST, |(id, _)| id));
    let look = look_of(&texts, &focus, theme, size);
    let screen = CounterScreen::default();
    let mut bench = Bench::new(screen.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

fn page() -> Size {
    Size::new(1440.0, 900.0 - 48.0 - 44.0)
}

fn picture(name: &str, desk: &Desk, language: Language, theme: ThemeName, size: Size) {
    let pixels = shown(desk, language, theme, size, |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 50, "only {} colours: is anything drawn?", colors.len());
}

fn keys(desk: &Desk, language: Language) -> Vec<Key<Message>> {
    let texts = Texts::new(language);
    let focus = Focus::on(FIRST);
    let look = look_of(&texts, &focus, ThemeName::Light, page());
    CounterScreen::default().keys(Scene { look: &look, desk })
}

/// What a key gives, carried out on the desk; the reason where it cannot be used.
fn press(desk: &mut Desk, chord: &str) -> Result<Vec<Effect>, String> {
    let key = keys(desk, Language::English).into_iter().find(|key| key.chord == chord).expect("such a key");
    if let Some(why) = key.disabled {
        return Err(why);
    }
    let texts = Texts::new(Language::English);
    let focus = Focus::on(FIRST);
    let look = look_of(&texts, &focus, ThemeName::Light, page());
    let action = CounterScreen::default().update(key.message, Scene { look: &look, desk: &desk.clone() });
    let inputs = match action {
        Action::Desk(input) | Action::Both(input, _) => vec![input],
        Action::DeskAll(inputs) => inputs,
        _ => Vec::new(),
    };
    Ok(inputs.into_iter().flat_map(|input| desk.update(input, now().timestamp())).collect())
}

fn sheet(desk: &mut Desk, input: SheetInput) {
    desk.update(Input::Counter(CounterInput::Sheet(input)), now().timestamp());
}

fn said(desk: &Desk) -> String {
    shown(desk, Language::English, ThemeName::Light, page(), |bench| bench.texts()).join(" | ")
}

const EVERY: [(Language, ThemeName); 4] = [
    (Language::English, ThemeName::Light),
    (Language::Danish, ThemeName::Dark),
    (Language::Danish, ThemeName::Light),
    (Language::English, ThemeName::Dark),
];

#[test]
fn the_queue_is_drawn_in_both_themes_and_languages() {
    let mut busy = busy();
    page_mut(&mut busy).unfolded = true;
    page_mut(&mut busy).said = Some(Said::AskFirst(id(49)));
    for (language, theme) in EVERY {
        picture("queue", &clerk(), language, theme, page());
        picture("queue-busy", &busy, language, theme, page());
    }
    picture("queue-narrow", &busy, Language::Danish, ThemeName::Light, Size::new(1024.0, 676.0));
    picture("queue-host", &desk_of("host", view(&tickets(), None)), Language::Danish, ThemeName::Light, page());
    let mut old = clerk();
    old.session.line = Line::Down { since: now().timestamp() };
    picture("queue-old", &old, Language::English, ThemeName::Light, page());
    page_mut(&mut old).queue = Load::Failed { error: ClientError::Offline, at: now().timestamp() };
    picture("queue-silent", &old, Language::English, ThemeName::Light, page());
    picture("queue-empty", &desk_of("clerk", view(&[], None)), Language::English, ThemeName::Light, page());
}

#[test]
fn the_sheets_of_the_queue_are_drawn_and_every_control_has_a_name_of_its_own() {
    for (chord, name) in [
        ("C", "call"),
        ("X", "transfer"),
        ("N", "new"),
        ("K", "check-in"),
        ("B", "send-off"),
        ("Q", "help"),
        ("Y", "staff"),
        ("A", "availability"),
        ("S", "sort"),
    ] {
        for (language, theme) in [(Language::English, ThemeName::Light), (Language::Danish, ThemeName::Dark)] {
            let mut desk = busy();
            press(&mut desk, chord).expect("usable");
            if chord == "N" {
                sheet(&mut desk, SheetInput::Query("mov".into()));
                sheet(&mut desk, SheetInput::Take);
            }
            assert!(begins(&desk).is_some(), "{chord}: the keyboard goes along");
            picture(&format!("queue-sheet-{name}"), &desk, language, theme, page());
            check_controls(&desk, language);
            press(&mut desk, "Esc").expect("usable");
            assert!(page_mut(&mut desk).open.is_none());
        }
    }
}

fn check_controls(desk: &Desk, language: Language) {
    let controls = shown(desk, language, ThemeName::Light, page(), |bench| bench.controls());
    let mut seen = std::collections::HashSet::new();
    for control in &controls {
        assert!(seen.insert(control.id.clone()), "{} stands twice", control.id);
        assert!(!control.name.trim().is_empty() && !control.name.contains('⟦'), "{:?}: {}", control.id, control.name);
    }
    let texts = shown(desk, language, ThemeName::Light, page(), |bench| bench.texts());
    assert!(texts.iter().all(|text| !text.contains('⟦')), "{texts:?}");
}

#[test]
fn every_control_of_the_queue_has_a_name_and_an_id_of_its_own() {
    for language in Language::ALL {
        for desk in [clerk(), busy(), desk_of("host", view(&tickets(), None)), desk_of("clerk", view(&[], None))] {
            check_controls(&desk, language);
        }
    }
}

#[test]
fn the_clerk_reads_who_is_next_how_long_and_what_is_missing() {
    let said = said(&clerk());
    for words in [
        "Waiting 7",
        "21 min",
        "Call K 047",
        "All papers here",
        "Contract missing: host can scan it now",
        "Nothing needed. Could use a stand",
        "Unknown until identified",
        "Moving, 4 people",
        "25 min",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn booked_time_interpreter_and_private_room_stand_on_the_line() {
    let said = said(&busy());
    for words in ["10:05 booked, 4 min early", "Interpreter: Polish", "Private room", "Bo Skovlund asks for help"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    for words in ["Called 1", "Counter 3, called 2 times", "On hold 1", "Coming back 1", "Expected 1"] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn space_calls_and_the_list_is_walked_by_arrows() {
    let mut desk = clerk();
    press(&mut desk, "↓").expect("usable");
    assert_eq!(page_mut(&mut desk).selected, Some(id(49)));
    press(&mut desk, "End").expect("usable");
    assert_eq!(page_mut(&mut desk).selected, Some(id(54)));
    press(&mut desk, "Home").expect("usable");
    let effects = press(&mut desk, "Space").expect("usable");
    assert!(matches!(effects.as_slice(), [Effect::Ask(_, Question::Queue(_))]), "{effects:?}");
}

#[test]
fn the_keys_for_the_host_and_the_stand_act_where_they_are_printed() {
    let mut desk = clerk();
    // K 047 is chosen and lacks nothing: H is about the first who does, G about the first who could use a stand.
    assert_eq!(host_target(page_mut(&mut desk), now().timestamp()), Some(id(49)));
    assert_eq!(stand_target(page_mut(&mut desk), now().timestamp()), Some(id(51)));
    page_mut(&mut desk).selected = Some(id(53));
    assert_eq!(host_target(page_mut(&mut desk), now().timestamp()), Some(id(53)));
    let effects = press(&mut desk, "H").expect("usable");
    let Some(Effect::Ask(_, Question::Queue(question))) = effects.first() else { panic!("{effects:?}") };
    assert!(format!("{question:?}").contains("K 053: Tenancy contract. Can you scan it now?"), "{question:?}");
}

#[test]
fn with_a_broken_line_the_keys_say_why_and_the_list_says_since_when() {
    let mut desk = clerk();
    desk.session.line = Line::Down { since: now().timestamp() };
    for chord in ["Space", "G", "H", "C", "X", "N", "K", "A"] {
        let why = press(&mut desk, chord).expect_err(chord);
        assert!(why.starts_with("No connection."), "{chord}: {why}");
    }
    assert!(said(&desk).contains("Shown as at 10:06."), "{}", said(&desk));
}

#[test]
fn a_host_gives_tickets_and_checks_in_and_has_no_key_to_call() {
    let desk = desk_of("host", view(&tickets(), None));
    let keys = keys(&desk, Language::Danish);
    assert!(keys.iter().all(|key| key.chord != "Space"));
    assert!(keys.iter().any(|key| key.chord == "N" && key.disabled.is_none()));
    assert!(keys.iter().any(|key| key.chord == "K" && key.disabled.is_none()));
    let said = said(&desk);
    assert!(said.contains("Contract missing: scan it now") && !said.contains("Call K 047"), "{said}");
}

#[test]
fn of_three_hundred_who_wait_only_those_in_sight_are_built() {
    let many: Vec<Value> = (1..=300).map(|n| ticket((n, 20, ("Pas", "Passport"), "all_here", None, 10, 1))).collect();
    let desk = desk_of("clerk", view(&many, None));
    let controls = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.controls());
    let rows = controls.iter().filter(|control| control.role == Role::ListItem).count();
    assert!((10..60).contains(&rows), "{rows}");
}

#[test]
fn a_chosen_one_on_hold_goes_on_and_one_who_is_away_comes_back() {
    let mut desk = busy();
    page_mut(&mut desk).selected = Some(id(43));
    let effects = press(&mut desk, "P").expect("usable");
    assert!(format!("{effects:?}").contains("Resume"), "{effects:?}");
    page_mut(&mut desk).selected = Some(id(40));
    let effects = press(&mut desk, "B").expect("usable");
    assert!(format!("{effects:?}").contains("Back"), "{effects:?}");
    page_mut(&mut desk).selected = Some(id(44));
    let effects = press(&mut desk, "L").expect("usable");
    assert!(format!("{effects:?}").contains("Later { minutes: 5 }"), "{effects:?}");
}
