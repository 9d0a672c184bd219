//! The case page is drawn without a display and walked by keyboard.

mod working;
mod world;

use std::path::Path;

use iced::Size;
use serde_json::{Value, json};
use skranke_desk::Effect;
use skranke_desk::case::Then;
use skranke_domain::letter::LetterLanguage;

use self::world::{case, case_id, open, opened, request};
use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::screens::citizen::tests::world::now;
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens};

const WINDOW: Size = Size::new(1440.0, 900.0);
const SMALL: Size = Size::new(1024.0, 768.0);
/// The slab above and the bar of keys beneath.
const FRAME: f32 = 48.0 + 44.0;

fn shown<T>(
    desk: &Desk,
    screen: &CaseScreen,
    (language, theme): (Language, ThemeName),
    window: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(language);
    let focus = Focus::on(CHECKLIST);
    let look =
        Look { width: window.width, height: window.height, ..Look::new(Tokens::of(theme), &texts, &focus, now()) };
    let size = Size::new(window.width, window.height - FRAME);
    let mut bench = Bench::new(screen.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

fn says(desk: &Desk, screen: &CaseScreen, window: Size) -> Vec<String> {
    shown(desk, screen, (Language::English, ThemeName::Light), window, |bench| bench.texts())
}

fn has(texts: &[String], part: &str) -> bool {
    texts.iter().any(|text| text.contains(part))
}

fn screen() -> CaseScreen {
    CaseScreen { wide: true, ..CaseScreen::default() }
}

fn picture(name: &str, desk: &Desk, screen: &CaseScreen, (language, theme): (Language, ThemeName), window: Size) {
    let pixels = shown(desk, screen, (language, theme), window, |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 60, "only {} colours: is anything drawn?", colors.len());
}

fn press(desk: &mut Desk, screen: &mut CaseScreen, message: Message) -> Vec<Effect> {
    let at = now().timestamp();
    match screen.update(message, desk) {
        Action::Desk(input) | Action::Both(input, _) | Action::Focus(Some(input), ..) => desk.update(input, at),
        Action::DeskAll(inputs) => inputs.into_iter().flat_map(|input| desk.update(input, at)).collect(),
        Action::None | Action::Run(_) | Action::Focus(None, ..) => Vec::new(),
    }
}

fn select(desk: &mut Desk, item: &str) {
    let input = Input::Case(CaseInput::Select(item.parse().unwrap()));
    let _ = desk.update(input, now().timestamp());
}

#[test]
fn the_page_is_drawn_in_both_themes_and_languages_wide_and_narrow() {
    let desk = opened(|_| {});
    for language in Language::ALL {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            picture("case", &desk, &screen(), (language, theme), WINDOW);
        }
        let narrow = CaseScreen::default();
        picture("case-narrow", &desk, &narrow, (language, ThemeName::Light), SMALL);
    }
    let mut all = screen();
    all.show(&desk, Side::History);
    picture("case-history", &desk, &all, (Language::English, ThemeName::Light), WINDOW);
    let mut drawer = CaseScreen::default();
    drawer.show(&desk, Side::Open);
    picture("case-drawer", &desk, &drawer, (Language::Danish, ThemeName::Light), SMALL);
    let desk = opened(|case| {
        case["suspension"] = json!({ "since": "2026-06-01", "until": "2026-07-03", "reason": "Afventer SIRI" });
        case["procedureNewest"] = json!(2);
        case["requests"][0]["state"] = json!("overdue");
        case["requests"][0]["deadline"] = json!("2026-06-08");
        case["requests"][0]["cannot"] = json!([{ "item": "lease", "why": "Udlejer svarer ikke på mine breve" }]);
        case["language"] = json!("ar");
    });
    picture("case-rests", &desk, &screen(), (Language::Danish, ThemeName::Light), WINDOW);
}

#[test]
fn every_control_has_a_name_and_an_id_of_its_own() {
    for (screen, window) in [(screen(), WINDOW), (CaseScreen::default(), SMALL)] {
        let desk = opened(|_| {});
        for language in Language::ALL {
            let controls = shown(&desk, &screen, (language, ThemeName::Light), window, |bench| bench.controls());
            let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
            for control in &controls {
                let named = !control.name.trim().is_empty() && !control.name.contains('⟦');
                assert!(named, "{:?}: {}", control.id, control.name);
            }
        }
    }
}

#[test]
fn the_checklist_stands_in_its_groups_and_says_who_when_and_why() {
    let texts = says(&opened(|_| {}), &screen(), WINDOW);
    for expected in [
        "Identity",
        "Reason",
        "Household",
        "1 of 3",
        "Scanned now · check it",
        "Because: Ground of stay = EU, worker",
        "Asked 2 Jun, reminder goes 12 Jun",
        "Too dark. Take a new one at stand 2",
        "26 May, Nina Krogh",
    ] {
        assert!(has(&texts, expected), "{expected}: {texts:#?}");
    }
    let identity = texts.iter().position(|text| text == "Identity");
    assert!(identity < texts.iter().position(|text| text == "Household"));
}

#[test]
fn the_head_says_the_course_who_is_here_and_what_the_case_rests_on() {
    let texts = says(&opened(|_| {}), &screen(), WINDOW);
    for expected in [
        "SIRI-2026-118204",
        "Jonas Bækgaard is reading",
        "Sara Nygaard is editing “Proof of pay”",
        "18 Jun",
        "you",
        "EU, worker",
        "26 May",
        "4 of 8",
        "25 Jun",
        "four eyes",
        "Attendance 25 Jun 09:20 stands if all are approved by 18 Jun",
    ] {
        assert!(has(&texts, expected), "{expected}: {texts:#?}");
    }
}

#[test]
fn a_paper_that_she_cannot_get_says_why_in_her_words() {
    let mut desk = opened(|case| {
        case["requests"][0]["cannot"] = json!([{ "item": "lease", "why": "My landlord does not answer" }]);
    });
    select(&mut desk, "lease");
    let texts = says(&desk, &screen(), WINDOW);
    assert!(has(&texts, "Cannot get it: My landlord does not answer") && has(&texts, "She cannot get this paper"));
    press(&mut desk, &mut screen(), Message::Judge(ItemAction::Approve));
    let dialog = desk.case().unwrap().dialog.as_ref().expect("which other proof is asked");
    assert_eq!(dialog.action, ItemAction::Approve);
}

#[test]
fn approving_a_paper_whose_check_failed_asks_why() {
    let mut desk = opened(|_| {});
    select(&mut desk, "contract");
    press(&mut desk, &mut screen(), Message::Judge(ItemAction::Approve));
    assert_eq!(desk.case().unwrap().dialog.as_ref().unwrap().action, ItemAction::Approve);
    let sent = |desk: &mut Desk, input| {
        let effects = desk.update(Input::Case(input), now().timestamp());
        effects.into_iter().find_map(|effect| match effect {
            Effect::Enqueue(draft) => Some(draft),
            _ => None,
        })
    };
    assert!(sent(&mut desk, CaseInput::Confirm).is_none(), "not without a word");
    sent(&mut desk, CaseInput::Reason("Signed at the counter today".into()));
    let draft = sent(&mut desk, CaseInput::Confirm).expect("a judgement");
    assert_eq!(draft.body, json!({ "action": "approve", "reason": "Signed at the counter today" }));
}

#[test]
fn d_on_a_paper_that_came_rejects_it_with_what_is_wrong_and_ticks_it() {
    let mut desk = opened(|_| {});
    select(&mut desk, "contract");
    press(&mut desk, &mut screen(), Message::Ask);
    let dialog = desk.case().unwrap().dialog.clone().expect("why");
    assert_eq!((dialog.action, dialog.then), (ItemAction::Reject, Then::Ask));
    assert!(dialog.text.contains("Arbejdsgiver") || dialog.text.contains("Employer"), "{}", dialog.text);
}

#[test]
fn d_on_a_missing_paper_leads_to_its_box_in_the_letter() {
    let mut desk = opened(|_| {});
    select(&mut desk, "pay");
    let mut screen = CaseScreen::default();
    match screen.update(Message::Ask, &desk) {
        Action::Focus(Some(_), id, _) => assert_eq!(id, request::paper_id(&"pay".parse().unwrap())),
        other => panic!("{other:?}"),
    }
    let texts = says(&desk, &screen, SMALL);
    assert!(has(&texts, "Ask for what is missing"), "the drawer is open: {texts:#?}");
}

#[test]
fn where_the_letter_is_not_in_sight_it_cannot_be_sent() {
    let desk = opened(|_| {});
    let send = |screen: &CaseScreen| {
        let keys = screen.keys(&desk, &Texts::new(Language::English));
        keys.into_iter().find(|key| key.chord == "Ctrl ↵").unwrap().disabled
    };
    assert_eq!(send(&screen()), None);
    let mut narrow = CaseScreen::default();
    assert!(send(&narrow).is_some());
    narrow.show(&desk, Side::Open);
    assert_eq!(send(&narrow), None);
    narrow.show(&desk, Side::History);
    assert!(send(&narrow).is_some());
}

#[test]
fn a_text_typed_in_one_language_survives_a_look_at_the_danish_one() {
    let mut desk = opened(|_| {});
    let mut screen = screen();
    let mut request = |input| press(&mut desk, &mut screen, Message::Request(input));
    request(RequestInput::Typed("Please send your pay slip.".into()));
    request(RequestInput::Language(LetterLanguage::Danish));
    request(RequestInput::Language(LetterLanguage::English));
    let letter = desk.case().unwrap().request.letter.as_ref().unwrap();
    assert_eq!((letter.text.as_str(), letter.words()), ("Please send your pay slip.", 5));
}

#[test]
fn what_was_typed_into_a_letter_is_there_when_the_case_is_opened_again() {
    let mut desk = opened(|_| {});
    press(&mut desk, &mut screen(), Message::Request(RequestInput::Typed("Only half a".into())));
    let other = |case: &mut Value| case["row"]["id"] = json!("019ea000-0000-7000-8000-000000000501");
    open(&mut desk, case(other));
    assert_ne!(desk.case().unwrap().request.letter.as_ref().unwrap().text, "Only half a");
    open(&mut desk, case(|_| {}));
    assert_eq!(desk.case().unwrap().id, case_id());
    assert_eq!(desk.case().unwrap().request.letter.as_ref().unwrap().text, "Only half a");
}

#[test]
fn a_role_that_may_not_ask_reads_that_and_nothing_to_press() {
    let desk = opened(|case| case["may"]["work"] = json!(false));
    let texts = says(&desk, &screen(), WINDOW);
    // It is said which authority is missing, not merely that something is.
    assert!(has(&texts, "You have no authority in") && !has(&texts, "Send to citizen"), "{texts:?}");
    let keys = screen().keys(&desk, &Texts::new(Language::English));
    assert!(keys.iter().find(|key| key.chord == "D").unwrap().disabled.is_some());
}

#[test]
fn a_request_that_is_overdue_says_by_how_much_and_can_be_closed_with_a_reason() {
    let mut desk = opened(|case| {
        case["requests"] = json!([request()]);
        case["requests"][0]["state"] = json!("overdue");
        case["requests"][0]["deadline"] = json!("2026-06-05");
    });
    let mut screen = screen();
    assert!(has(&says(&desk, &screen, WINDOW), "answer was due 5 Jun: 4 days over"));
    let id = desk.case().unwrap().view.value().unwrap().value.requests[0].id;
    press(&mut desk, &mut screen, Message::Request(RequestInput::Change(id, ChangeKind::Close)));
    press(&mut desk, &mut screen, Message::Request(RequestInput::ChangeConfirm));
    assert!(has(&says(&desk, &screen, WINDOW), "Write a reason"), "not without a reason");
    press(&mut desk, &mut screen, Message::Request(RequestInput::ChangeTyped("She brought it".into())));
    let effects = press(&mut desk, &mut screen, Message::Request(RequestInput::ChangeConfirm));
    let draft = effects.iter().find_map(|effect| match effect {
        Effect::Enqueue(draft) => Some(draft),
        _ => None,
    });
    assert_eq!(draft.unwrap().body, json!({ "step": "close", "reason": "She brought it" }));
}

#[test]
fn y_shows_all_lines_and_the_last_three_again() {
    let mut desk = opened(|_| {});
    let mut screen = screen();
    assert!(has(&says(&desk, &screen, WINDOW), "All 11"));
    press(&mut desk, &mut screen, Message::Side);
    let texts = says(&desk, &screen, WINDOW);
    assert!(has(&texts, "The case was received") && !has(&texts, "Ask for what is missing"));
    press(&mut desk, &mut screen, Message::Side);
    assert!(has(&says(&desk, &screen, WINDOW), "Ask for what is missing"));
}
