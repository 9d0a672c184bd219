//! What asks why and what opens in an emergency, drawn without a display, read as words, walked by keyboard.

use std::path::Path;

use iced::Size;
use iced::keyboard::key::Named;
use jiff::Zoned;
use jiff::tz::TimeZone;
use serde_json::json;
use skranke_api::{Problem, ProblemKind, Purpose};
use skranke_client::ClientError;
use skranke_desk::effect::Effect;
use skranke_desk::need::glass::GlassInput;
use skranke_desk::settings::Settings;
use skranke_desk::{Load, Question, Reply};
use skranke_domain::CitizenId;
use skranke_domain::access::Need;
use skranke_domain::authority::Role as StaffRole;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};
use crate::widget::Element as AnyElement;

const SIZE: Size = Size::new(1440.0, 900.0);
const NEED: Need = Need { reason: true, out_of_context: false, protected: false, tie: None, basis: false };
const PROTECTED: Need = Need { protected: true, ..NEED };
const RELATIVE: Need = Need { tie: Some(Tie::Relative), ..NEED };
const NOBODY: Need = Need { out_of_context: true, ..NEED };

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().unwrap()
}

fn signed_in() -> Desk {
    let mut desk = Desk::new(StaffRole::Clerk, Settings::default(), TimeZone::get("Europe/Copenhagen").unwrap());
    let me = json!({
        "id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM", "role": "clerk",
        "department": "kff", "authorities": [], "site": "norrebro", "counter": null, "training": true, "municipality": "København"
    });
    let value = serde_json::from_value(me).unwrap();
    desk.session.me = Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None };
    desk
}

fn refused(need: Need, kind: PurposeKind) -> Desk {
    let mut desk = signed_in();
    let opened = desk.update(Input::OpenCitizen(CitizenId::new(), Purpose::plain(kind)), now().timestamp());
    let ticket = opened.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Citizen(..)) => Some(*ticket),
        _ => None,
    });
    let problem = Problem { need: Some(need), ..Problem::new(ProblemKind::NeedToKnow) };
    let answer = Err(ClientError::Problem(Box::new(problem)));
    desk.update(Input::Reply(ticket.unwrap(), Reply::Citizen(Box::new(answer))), now().timestamp());
    desk
}

fn withheld() -> Desk {
    let mut desk = signed_in();
    let id = CitizenId::new();
    let opened = desk.update(Input::OpenCitizen(id, Purpose::plain(PurposeKind::Ticket)), now().timestamp());
    let head = opened.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Citizen(..)) => Some(*ticket),
        _ => None,
    });
    // Her head goes first; the departments are asked when it came, or did not.
    let lost = Reply::Citizen(Box::new(Err(ClientError::TimedOut)));
    let opened = desk.update(Input::Reply(head.unwrap(), lost), now().timestamp());
    let ticket = opened.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Overview(..)) => Some(*ticket),
        _ => None,
    });
    for line in [
        json!({ "line": "departments", "citizen": id, "departments": ["kff", "sof"] }),
        json!({ "line": "section", "department": "sof", "outcome": "withheld", "asOf": null, "tookMs": 3 }),
    ] {
        let line = serde_json::from_value(line).unwrap();
        desk.update(Input::Reply(ticket.unwrap(), Reply::Overview(Box::new(Ok(line)))), now().timestamp());
    }
    desk.update(Input::Glass(GlassInput::Open(None)), now().timestamp());
    desk
}

fn with<T>(
    desk: &Desk,
    (focus, language, tokens): (Focus, Language, Tokens),
    shown: impl for<'a> FnOnce(Scene<'a>) -> Option<AnyElement<'a, Input>>,
    check: impl FnOnce(&mut Bench<'_, Input>) -> T,
) -> T {
    let mut look = Look::new(tokens, Texts::of(language), &focus, now());
    (look.width, look.height) = (SIZE.width, SIZE.height);
    let view = shown(Scene { look: &look, desk }).unwrap();
    let laid = container(view).center(Length::Fill);
    check(&mut Bench::new(laid, SIZE))
}

fn said(desk: &Desk, shown: impl for<'a> FnOnce(Scene<'a>) -> Option<AnyElement<'a, Input>>) -> String {
    with(desk, (Focus::none(), Language::English, Tokens::light()), shown, |bench| bench.texts().join(" "))
}

fn either<'a>(scene: Scene<'a>) -> Option<AnyElement<'a, Input>> {
    view(scene).or_else(|| glass::view(scene))
}

fn step(desk: &mut Desk, input: NeedInput) {
    desk.update(Input::Need(input), now().timestamp());
}

#[test]
fn a_protected_citizen_opens_with_one_key_and_the_sheet_says_why_it_asks() {
    let desk = refused(PROTECTED, PurposeKind::Ticket);
    let words = said(&desk, view);
    assert!(words.contains("Name and address are protected. Every look-up takes a reason."), "{words}");
    assert!(!words.contains("Legal basis"), "what she is doing implies it: {words}");
    let keys = keys(&desk, Texts::of(Language::English)).unwrap();
    let open = keys.iter().find(|key| key.chord == "↵").unwrap();
    let Input::Need(NeedInput::Confirm(chosen)) = &open.message else { panic!("{open:?}") };
    assert_eq!(chosen, "At the counter, without a ticket");
    let mut desk = desk;
    step(&mut desk, NeedInput::Confirm(chosen.clone()));
    assert!(desk.need().is_none());
}

#[test]
fn digits_choose_arrows_walk_and_her_own_words_take_the_keyboard() {
    let mut desk = refused(NOBODY, PurposeKind::Ticket);
    assert!(said(&desk, view).contains("No ticket, call, appointment or case was found for this citizen."));
    assert_eq!(begins(&desk), Some((CHOICES, Role::List)));
    let english = (Focus::on(CHOICES), Language::English, Tokens::light());
    let pressed = with(&desk, english, view, |bench| bench.press(Named::ArrowDown));
    assert!(matches!(pressed[..], [Input::Need(NeedInput::Step(Step::Next))]));
    let keys = keys(&desk, Texts::of(Language::English)).unwrap();
    let chords: Vec<&str> = keys.iter().map(|key| key.chord).collect();
    assert_eq!(chords, ["Esc", "↵", "1", "2", "3", "4", "5"]);
    step(&mut desk, NeedInput::Kind(PurposeKind::Other));
    assert_eq!(begins(&desk), Some((WORDS, Role::TextField)));
    step(&mut desk, NeedInput::Confirm("Something else".into()));
    let words = said(&desk, view);
    assert!(words.contains("Write why you open this page.") && words.contains("Legal basis"), "{words}");
}

#[test]
fn a_relative_is_warned_of_and_the_warning_has_a_key() {
    let mut desk = refused(RELATIVE, PurposeKind::Call);
    let words = said(&desk, view);
    assert!(words.contains("This is a relative of yours"), "{words}");
    let keys = keys(&desk, Texts::of(Language::English)).unwrap();
    assert!(keys.iter().any(|key| key.chord == "Alt A"));
    step(&mut desk, NeedInput::Confirm("On the phone".into()));
    assert!(said(&desk, view).contains("Tick the warning, or leave it to a colleague."));
}

#[test]
fn the_sheet_names_every_control_and_stands_in_both_languages() {
    let desks = [refused(PROTECTED, PurposeKind::Ticket), refused(RELATIVE, PurposeKind::Other), withheld()];
    for language in Language::ALL {
        for desk in &desks {
            let (words, controls) = with(desk, (Focus::none(), language, Tokens::light()), either, |bench| {
                (bench.texts().join(" "), bench.controls())
            });
            assert!(!words.contains('⟦'), "{words}");
            assert!(controls.iter().all(|control| !control.name.trim().is_empty()));
            let mut ids: Vec<&str> = controls.iter().map(|control| control.id.as_str()).collect();
            ids.sort_unstable();
            let all = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), all, "{ids:?}");
        }
    }
}

#[test]
fn an_emergency_begins_with_its_words_and_counts_what_is_typed() {
    let mut desk = withheld();
    assert_eq!(glass::begins(&desk), Some((glass::WORDS, Role::TextField)));
    let leaves = glass::keys(&desk).unwrap().into_iter().find(|key| key.chord == "Esc").unwrap();
    assert!(matches!(leaves.message, Input::Glass(GlassInput::Leave)));
    let words = said(&desk, glass::view);
    assert!(words.contains("0 of at least 10 characters") && words.contains("after 60 minutes"), "{words}");
    desk.update(Input::Glass(GlassInput::Typed("Help".into())), now().timestamp());
    desk.update(Input::Glass(GlassInput::Confirm), now().timestamp());
    assert!(said(&desk, glass::view).contains("Write 6 more characters."));
}

#[test]
fn a_host_reads_why_nothing_can_be_opened_in_an_emergency() {
    let mut desk = withheld();
    let texts = Texts::of(Language::English);
    assert_eq!(glass::refusal(&desk, texts), None);
    let mut me = desk.session.me.value().unwrap().clone();
    me.role = StaffRole::Host;
    desk.session.me = Load::Known { value: me, at: now().timestamp(), refreshing: false, trouble: None };
    assert!(glass::refusal(&desk, texts).unwrap().contains("caseworker"));
}

#[test]
fn they_are_drawn_light_and_dark_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures/need");
    let mut other = refused(Need { out_of_context: true, basis: true, ..RELATIVE }, PurposeKind::Other);
    step(&mut other, NeedInput::Confirm(String::new()));
    let mut emergency = withheld();
    emergency.update(Input::Glass(GlassInput::Typed("Hun svarer ikke på telefonen".into())), now().timestamp());
    let all = [
        ("protected", refused(PROTECTED, PurposeKind::Ticket), CHOICES),
        ("relative", refused(Need { protected: true, ..RELATIVE }, PurposeKind::Call), CHOICES),
        ("other", other, WORDS),
        ("glass", emergency, glass::WORDS),
    ];
    for (name, desk, focus) in &all {
        for (language, code) in [(Language::English, "en"), (Language::Danish, "da")] {
            for theme in [ThemeName::Light, ThemeName::Dark] {
                let style = (Focus::on(focus.clone()), language, Tokens::of(theme));
                let picture = with(desk, style, either, |bench| bench.draw(1.0, theme));
                picture.save(&folder.join(format!("{name}-{code}-{theme:?}.png")));
            }
        }
    }
}
