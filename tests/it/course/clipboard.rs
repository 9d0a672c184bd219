//! What is copied in the window does not stay in the clipboard.

use std::time::Duration;

use skranke::domain::authority::Role;
use skranke::ui::launch::{KEEP_COPIED, Launch};

use crate::support::PATIENCE;
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};

const NUMBER: &str = "721190-1234";
const ELSEWHERE: &str = "an address copied in another program";

#[test]
fn a_number_that_was_copied_is_gone_from_the_clipboard_after_a_while_and_what_others_put_there_stays() {
    assert_eq!(KEEP_COPIED, Duration::from_secs(60), "a minute is what the office is promised");
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let soon =
        Launch { keep_copied: Duration::from_millis(300), ..launch(&town, profile.path(), Role::Clerk, english()) };
    let mut ida = sit_down(soon);
    ida.press(&["Ctrl+K"]).type_text(NUMBER).press(&["Ctrl+A", "Ctrl+C"]);
    ida.driver.pump(|driver| driver.clipboard().as_deref() == Some(NUMBER), PATIENCE).unwrap();
    ida.driver.pump(|driver| driver.clipboard().unwrap_or_default().is_empty(), PATIENCE).unwrap();

    // Cut counts as well; what is copied elsewhere meanwhile is not hers to take away.
    ida.press(&["Ctrl+A", "Ctrl+X"]);
    ida.driver.pump(|driver| driver.clipboard().as_deref() == Some(NUMBER), PATIENCE).unwrap();
    ida.driver.set_clipboard(ELSEWHERE);
    ida.driver.settle(Duration::from_millis(900), PATIENCE).unwrap();
    assert_eq!(ida.driver.clipboard().as_deref(), Some(ELSEWHERE));
}

#[test]
fn closing_the_window_takes_what_was_copied_along() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.press(&["Ctrl+K"]).type_text(NUMBER).press(&["Ctrl+A", "Ctrl+C"]);
    ida.driver.pump(|driver| driver.clipboard().as_deref() == Some(NUMBER), PATIENCE).unwrap();
    ida.driver.settle(Duration::from_millis(200), PATIENCE).unwrap();
    ida.driver.request_close();
    ida.driver.wait_ended(PATIENCE).unwrap();
    assert!(ida.driver.clipboard().unwrap_or_default().is_empty());
}
