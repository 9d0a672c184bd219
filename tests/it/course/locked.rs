//! The lock: nothing of anybody, and everything as it was afterwards. That it locks by itself is tried on the desk, whose clock can be moved.

use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::authority::Role;

use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};
use crate::support::{PENSIONER, SHOWCASE, national_numbers};

const HALF_A_LINE: &str = "Hun venter på svar om";

#[test]
fn the_lock_shows_nothing_of_any_citizen_and_comes_back_exactly_where_she_was() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["F6"]).open_citizen(PENSIONER).press(&["F6"]).open_citizen(SHOWCASE);
    ida.press(&["w"]).sheet_opens(SheetKind::WrapUp).press(&["2", "t"]).type_text(HALF_A_LINE).read(HALF_A_LINE);
    ida.driver.settle(std::time::Duration::from_millis(200), crate::support::PATIENCE).unwrap();
    let (before, at) = (ida.everything(), ida.at());

    ida.press(&["Ctrl+L"]).until("it is locked", |desk| desk.lock.locked().is_some());
    let locked = ida.everything();
    ida.read_word("locked-title");
    let words = ["Kalina", "Wrona", "Testrup", "Verner", "Thestrup", "721190", "Danuta", "Leon", HALF_A_LINE];
    for word in words {
        assert!(!locked.contains(word), "{word} is on the locked screen:\n{locked}");
    }
    assert!(national_numbers(&locked).is_empty());
    assert!(!ida.driver.title().contains("Wrona"));
    // No key but the one that opens it does anything.
    ida.press(&["x", "Ctrl+K", "F6", "F8", "Escape", "Ctrl+2", "Ctrl+Enter", "Tab", "Tab", "?"]).type_text("abc");
    assert!(ida.desk().lock.locked().is_some() && ida.desk().finder.is_none() && ida.desk().turned.is_none());
    for word in words {
        assert!(!ida.everything().contains(word), "{word} came back while it is locked");
    }
    assert_eq!(ida.desk().pending.count(), 0, "nothing was sent from behind the lock");

    let unlock = ida.word("locked-unlock");
    while ida.driver.find(&unlock).is_none() {
        ida.press(&["Escape"]);
    }
    ida.tab_to("locked/unlock").press(&["Enter"]);
    ida.until("it is open again", |desk| desk.lock.locked().is_none());
    match ida.desk().sheet() {
        Some(Sheet::WrapUp(sheet)) => assert_eq!(sheet.text, HALF_A_LINE),
        other => panic!("her wrap-up, not {:?}", other.map(Sheet::kind)),
    }
    ida.driver.settle(std::time::Duration::from_millis(200), crate::support::PATIENCE).unwrap();
    assert_eq!(ida.everything(), before, "everything is where it was");
    assert_eq!(ida.at(), at, "and so is the keyboard");
    ida.type_text(" boligen").read(&format!("{HALF_A_LINE} boligen"));
}

#[test]
fn whatever_lies_over_the_page_is_locked_too() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE).press(&["F8"]).until("it is turned", |desk| desk.turned.is_some());
    ida.press(&["Ctrl+L"]).until("it is locked", |desk| desk.lock.locked().is_some());
    assert!(!ida.everything().contains("Kalina"));
    ida.press(&["Enter"]).until("it is open again", |desk| desk.lock.locked().is_none());
    assert!(ida.desk().turned.is_some(), "it faces her still");
    ida.press(&["F8", "?"]).read_word("key-counts").press(&["Ctrl+L"]);
    ida.until("it is locked", |desk| desk.lock.locked().is_some());
    ida.press(&["Enter"]).until("it is open again", |desk| desk.lock.locked().is_none());
    ida.find_citizen(PENSIONER).press(&["Ctrl+L"]);
    ida.until("it is locked", |desk| desk.lock.locked().is_some());
    let locked = ida.everything();
    assert!(!locked.contains("Verner") && !locked.contains("Kalina"), "{locked}");
}
