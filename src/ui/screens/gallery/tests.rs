//! The gallery is drawn without a display, and every control in it has a name.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::*;
use crate::focus::{ControlInfo, Focus, Role};
use crate::i18n::{Language, Texts};
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};
use iced::{Point, Size};

fn with_gallery<T>(
    language: Language,
    focus: &Focus,
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(language);
    let now: jiff::Zoned = "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time");
    let light = Look::new(Tokens::light(), &texts, focus, now.clone());
    let dark = Look::new(Tokens::dark(), &texts, focus, now);
    let state = State::default();
    let mut bench = Bench::new(view(&state, [&light, &dark]), size);
    check(&mut bench)
}

fn everything() -> Size {
    Size::new(1440.0, 1860.0)
}

#[test]
fn no_control_of_the_gallery_is_without_a_name() {
    for language in Language::ALL {
        let controls = with_gallery(language, &Focus::none(), everything(), |bench| bench.controls());
        assert!(controls.len() > 80, "{}", controls.len());
        for control in &controls {
            assert!(!control.name.trim().is_empty(), "{:?} has no name", control.id);
            assert!(!control.name.contains('⟦'), "{:?}: {}", control.id, control.name);
        }
        let ids: HashSet<_> = controls.iter().map(|control| &control.id).collect();
        assert_eq!(ids.len(), controls.len(), "an id stands twice");
    }
}

#[test]
fn tab_goes_through_the_gallery_and_comes_back_to_the_first() {
    let controls = with_gallery(Language::English, &Focus::none(), everything(), |bench| bench.controls());
    let stops = controls.iter().filter(|control| control.role.is_stop()).count();
    let mut focus = Focus::none();
    let first = focus.next(&controls).map(|control| control.id.clone());
    for _ in 0..stops {
        focus.next(&controls);
    }
    assert_eq!(focus.current(), first.as_ref());
}

fn find<'a>(controls: &'a [ControlInfo], id: &str) -> &'a ControlInfo {
    controls.iter().find(|control| control.id.as_str() == id).unwrap_or_else(|| panic!("no control {id}"))
}

#[test]
fn enter_and_space_press_the_focused_button_and_no_other() {
    use iced::keyboard::key::Named;
    for key in [Named::Enter, Named::Space] {
        let pressed =
            with_gallery(Language::English, &Focus::on("gallery/light/quiet"), everything(), |bench| bench.press(key));
        assert_eq!(pressed, [Message::Pressed("Quiet".to_owned())]);
    }
    assert!(
        with_gallery(Language::English, &Focus::none(), everything(), |bench| bench.press(Named::Enter)).is_empty()
    );
}

#[test]
fn a_disabled_button_says_why_and_does_nothing() {
    use iced::keyboard::key::Named;
    let focus = Focus::on("gallery/light/disabled");
    let (pressed, controls, clicked) = with_gallery(Language::English, &focus, everything(), |bench| {
        let controls = bench.controls();
        let at = find(&controls, "gallery/light/disabled").bounds.center();
        (bench.press(Named::Enter), controls, bench.click(at))
    });
    assert!(pressed.is_empty() && clicked.is_empty());
    assert_eq!(find(&controls, "gallery/light/disabled").state.disabled.as_deref(), Some("Two items are still open."));
}

#[test]
fn a_disabled_button_shows_why_when_the_keyboard_is_at_it() {
    let said = |focus: &Focus| with_gallery(Language::English, focus, everything(), |bench| bench.texts());
    let why = "Two items are still open.".to_owned();
    assert!(said(&Focus::on("gallery/light/disabled")).contains(&why));
    assert!(!said(&Focus::none()).contains(&why));
}

#[test]
fn a_control_out_of_sight_is_scrolled_into_it_and_found_under_the_pointer() {
    let id = "gallery/light/bar-finish";
    let (before, after, under) = with_gallery(Language::English, &Focus::none(), Size::new(1440.0, 900.0), |bench| {
        let before = find(&bench.controls(), id).clone();
        bench.walk(crate::focus::reveal::<()>(id.into()));
        let after = find(&bench.controls(), id).clone();
        let under = bench.control_at(after.bounds.center());
        (before, after, under)
    });
    assert_eq!(before.visible, None);
    assert_eq!(after.visible.map(|seen| seen.height), Some(after.bounds.height), "it shows whole");
    assert!(after.bounds.y + after.bounds.height <= 900.0);
    assert_eq!(under.map(|control| control.id.to_string()).as_deref(), Some(id));
}

#[test]
fn a_click_presses_what_lies_under_the_pointer() {
    let (said, under) = with_gallery(Language::English, &Focus::none(), everything(), |bench| {
        let controls = bench.controls();
        let at = find(&controls, "gallery/dark/primary").bounds.center();
        (bench.click(at), bench.control_at(at))
    });
    assert_eq!(said, [Message::Pressed("Primary".to_owned())]);
    assert_eq!(under.map(|control| control.id.to_string()).as_deref(), Some("gallery/dark/primary"));
}

#[test]
fn there_is_no_control_where_there_is_none() {
    assert_eq!(
        with_gallery(Language::English, &Focus::none(), everything(), |bench| bench.control_at(Point::new(2.0, 2.0))),
        None
    );
}

#[test]
fn a_control_tells_its_role_state_and_value() {
    let controls = with_gallery(Language::English, &Focus::none(), everything(), |bench| bench.controls());
    let field = find(&controls, "gallery/light/wrong");
    assert_eq!((field.role, field.value.as_deref()), (Role::TextField, Some("721190-12")));
    assert_eq!(field.state.error.as_deref(), Some("A CPR number has 10 digits. 2 are missing."));
    assert_eq!(find(&controls, "gallery/light/check").state.checked, Some(true));
    assert!(find(&controls, "gallery/light/row-selected").state.selected);
    assert_eq!(find(&controls, "gallery/light/send").state.key.as_deref(), Some("Ctrl ↵"));
}

#[test]
fn beneath_a_dialog_nothing_can_be_reached() {
    use iced::keyboard::key::Named;
    let texts = Texts::new(Language::English);
    let focus = Focus::on("gallery/light/primary");
    let now: jiff::Zoned = "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time");
    let look = Look::new(Tokens::light(), &texts, &focus, now);
    let state = State::default();
    let page = || view(&state, [&look, &look]);
    let above = crate::widget::normal(&look, "above", "Keep").on_press(Message::Ticked).into();
    let mut bench = Bench::new(crate::widget::modal(&look, page(), Some(above), None), everything());
    let controls = bench.controls();
    assert_eq!(controls.iter().map(|control| control.id.as_str()).collect::<Vec<_>>(), ["above"]);
    assert!(bench.press(Named::Enter).is_empty(), "the page beneath still has the focus, but not the keyboard");
    assert!(bench.click(Point::new(80.0, 60.0)).is_empty());
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures")
}

#[test]
fn the_gallery_is_drawn_in_both_themes_and_languages() {
    for language in Language::ALL {
        for (name, size) in [("gallery", Size::new(1440.0, 900.0)), ("gallery-all", everything())] {
            let pixels = with_gallery(language, &Focus::none(), size, |bench| bench.draw(1.0, ThemeName::Light));
            let colors: HashSet<[u8; 4]> = pixels.pixels().collect();
            assert!(colors.len() > 500, "only {} colours: is anything drawn?", colors.len());
            pixels.save(&pictures().join(format!("{name}-{}.png", language.code())));
        }
    }
}
