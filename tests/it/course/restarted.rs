//! A machine that restarts in the middle of an outage: her PIN opens what it holds, and nothing else does. The window is the real one and so is
//! the server; the provider is scripted as in `office`, and the real protocol is tried in the client's own tests.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use skranke::client::pin::PinState;
use skranke::client::sign_in::{Keeping, NoKeyring, SignedIn};
use skranke::desk::cold::Closed;
use skranke::desk::lock::Why;
use skranke::desk::session::Line as DeskLine;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::desk::signing_in::Stage;
use skranke::domain::authority::Role;
use skranke::ui::App;

use super::office::{A_NOTE, Provider, at_work, ida, lose, window};
use crate::half_written::{HALF, on_disk};
use crate::support::line::Line;
use crate::support::town::{Town, purpose};
use crate::support::window::Clerk;
use crate::support::{PATIENCE, SHOWCASE, national_numbers};

/// She chooses 2468.
fn chooses_a_pin<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>) {
    clerk.press(&["Ctrl+,"]).tab_to("settings/pin").press(&["Enter"]).read_word("pin-what");
    clerk.driver.settle(std::time::Duration::from_millis(250), PATIENCE).unwrap();
    clerk.type_text("2468").tab_to("pin/again").type_text("2468").press(&["Enter"]);
    clerk.until("the PIN is kept", |desk| {
        desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.pin == PinState::Set { left: 5 })
    });
    clerk.press(&["Escape"]);
}

/// The machine goes down with the line: neither the server nor the provider can be reached when it starts again.
fn outage(line: &Line, provider: &Provider) {
    line.cut();
    provider.away.store(true, Ordering::SeqCst);
}

fn mended(line: &Line, provider: &Provider) {
    provider.away.store(false, Ordering::SeqCst);
    line.mend();
}

fn is_over<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, line: &Line, provider: &Provider) {
    mended(line, provider);
    clerk.press(&["F5"]);
}

fn in_again<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>) {
    clerk.until("the window is open", |desk| desk.lock.locked().is_none() && desk.person().is_some());
    clerk.until("what is kept is open", |desk| {
        desk.offline.readable > 0 && !desk.session.procedures.is_empty() && !desk.session.sites.is_empty()
    });
}

fn stage(desk: &skranke::desk::Desk) -> Option<Stage> {
    desk.sign_in.as_ref().map(|sign_in| sign_in.stage)
}

#[test]
fn a_machine_that_restarts_in_an_outage_shows_who_was_open_after_the_pin() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    chooses_a_pin(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    let (id, person) = (clerk.desk().citizen().unwrap().id, clerk.desk().person().unwrap());
    lose(&mut clerk, &line);
    // One note waits to be sent, another is half written when the machine goes down.
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    clerk.until("the note is kept", |desk| desk.pending.count() == 1);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text(HALF);
    clerk.until("half of it is on the disk", |_| on_disk(profile.path(), person) == 1);
    outage(&line, &provider);
    drop(clerk);
    let told = files_that_tell(profile.path(), &["Mellemgaard", "Kalina"]);
    assert!(told.is_empty(), "{told:?}");

    let mut clerk = window(&town, &line, profile.path(), &provider);
    let waits = clerk.sentence("locked-restarted-waits", &[("name", ida().name.into())]);
    clerk.read_word("locked-pin-why").read(&waits);
    assert_eq!(clerk.desk().lock.locked().map(|locked| locked.why), Some(Why::Restarted));
    let locked = clerk.everything();
    for word in SHOWCASE.split(' ') {
        assert!(!locked.contains(word), "{word} is on the lock:\n{locked}");
    }
    assert!(national_numbers(&locked).is_empty() && clerk.desk().person().is_none());
    let wrong = clerk.sentence("locked-pin-wrong", &[("left", 4.into())]);
    clerk.type_text("1357").press(&["Enter"]).read(&wrong);
    clerk.type_text("2468").press(&["Enter"]);
    in_again(&mut clerk);
    assert!(provider.let_in.load(Ordering::SeqCst), "the provider is to be asked before anything is sent");
    clerk.until("the note waits still", |desk| desk.pending.count() == 1);
    clerk.until("the half one waits for her", |desk| {
        desk.unfinished.iter().any(|visit| visit.name == SHOWCASE) || !desk.half_written.offered.is_empty()
    });
    // Who was open is found and opened as old as she is.
    let (given, family) = SHOWCASE.split_once(' ').unwrap();
    clerk.press(&["Ctrl+K"]).type_text(&SHOWCASE.to_lowercase()).offered(&format!("{family}, {given}"));
    clerk.press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    clerk.press(&["Enter"]).whole_page(SHOWCASE);
    assert!(clerk.desk().citizen().unwrap().identity.trouble().is_some(), "it is as old as it is");
    clerk.until(
        "half the note is in its sheet",
        |desk| matches!(desk.sheet(), Some(Sheet::Note(note)) if note.text == HALF),
    );
    assert_eq!(offline_looks(&town, id), 0);
    is_over(&mut clerk, &line, &provider);
    clerk.until("the line is back", |desk| desk.session.line == DeskLine::Up);
    clerk.until("the server says anew who she is", |desk| !desk.session.is_kept());
    clerk.everything_sent();
    clerk.until("the log hears of it", |_| offline_looks(&town, id) > 0);
    let notes = town.run(async { town.api(Role::Clerk).notes(id, &purpose()).await.unwrap().items });
    assert_eq!(notes.iter().filter(|note| note.text == A_NOTE).count(), 1);
    assert!(provider.asked().is_empty(), "no browser was needed");
}

#[test]
fn five_wrong_pins_or_a_sign_out_leave_nothing_to_open_in_an_outage() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    outage(&line, &provider);
    drop(clerk);
    // She chose no PIN: the window says why it stays closed.
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-closed-no-pin");
    drop(clerk);
    mended(&line, &provider);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    chooses_a_pin(&mut clerk);
    outage(&line, &provider);
    drop(clerk);

    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("locked-pin-why");
    for left in (0..5).rev() {
        let wrong = clerk.sentence("locked-pin-wrong", &[("left", left.into())]);
        clerk.type_text("1357").press(&["Enter"]).read(&wrong);
    }
    assert!(!clerk.desk().takes_pin() && clerk.desk().person().is_none());
    drop(clerk);
    // A restart gives no tries back.
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-closed-pin-spent");
    assert_eq!(stage(clerk.desk()), Some(Stage::Out));
    drop(clerk);

    // With a line she comes in, and signs out: in the next outage there is nobody.
    mended(&line, &provider);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    clerk.press(&["Ctrl+Shift+L"]).tab_to("sign-out/verb").press(&["Enter"]).read_word("signin-lead");
    clerk.arrives("what could begin it is gone", || !profile.path().join("outbox/last.sealed").exists());
    // Even if the provider's own forgetting had failed.
    *provider.remembers.lock().unwrap() = Some(ida());
    outage(&line, &provider);
    drop(clerk);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-closed-nothing");
    assert_eq!(clerk.desk().sign_in.as_ref().and_then(|sign_in| sign_in.closed), Some(Closed::NothingKept));
}

#[test]
fn who_is_refused_when_the_line_is_back_signs_in_again_and_somebody_else_sees_nothing_of_hers() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    chooses_a_pin(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    outage(&line, &provider);
    drop(clerk);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("locked-pin-why").type_text("2468").press(&["Enter"]);
    in_again(&mut clerk);
    let (given, family) = SHOWCASE.split_once(' ').unwrap();
    clerk.press(&["Ctrl+K"]).type_text(&SHOWCASE.to_lowercase()).offered(&format!("{family}, {given}"));
    clerk.press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    clerk.press(&["Enter"]).whole_page(SHOWCASE);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    clerk.until("the note is kept", |desk| desk.pending.count() == 1);
    // The provider answers, and no longer knows her sign-in.
    provider.revoked.store(true, Ordering::SeqCst);
    is_over(&mut clerk, &line, &provider);
    clerk.until("it locks", |desk| desk.lock.locked().is_some_and(|locked| locked.why == Why::Ended));
    clerk.read_word("locked-ended");
    assert!(!clerk.desk().takes_pin(), "somebody could be asked, and said no");
    provider.comes_back(Ok(SignedIn { name: "Per Holmager".into(), subject: "per".into() }));
    clerk.press(&["Enter"]).until("he is told", |desk| {
        desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.trouble.is_some() && sign_in.browser.is_none())
    });
    assert!(clerk.desk().lock.locked().is_some() && !clerk.everything().contains("Kalina"));
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]).until("it is open again", |desk| desk.lock.locked().is_none());
    clerk.until("her note is sent", |desk| desk.pending.count() == 0 && desk.session.line == DeskLine::Up);
}

#[test]
fn without_a_keyring_her_passphrase_opens_it_in_an_outage() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.keeps.lock().unwrap() = Some(Keeping::EachTime(NoKeyring::Missing));
    let mut clerk = window(&town, &line, profile.path(), &provider);
    provider.comes_back(Ok(ida()));
    clerk.read_word("signin-lead").press(&["Enter"]).read_word("signin-keep-lead");
    clerk.type_text("tre smaa kinesere").press(&["Tab"]).type_text("tre smaa kinesere").press(&["Enter"]);
    at_work(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    let hers = profile.path().join("outbox").join(ida().folder());
    clerk.arrives("who she is is written down", || hers.join("last.sealed").exists());
    outage(&line, &provider);
    drop(clerk);
    let told = files_that_tell(profile.path(), &["Mellemgaard", "Kalina", "kinesere"]);
    assert!(told.is_empty(), "{told:?}");

    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-words-offline");
    assert!(!clerk.everything().contains("Ida"), "only the words tell who she is");
    clerk.type_text("paa hojbro plads").press(&["Enter"]).read_word("signin-words-wrong");
    assert!(clerk.desk().person().is_none());
    clerk.press(&["Ctrl+A"]).type_text("tre smaa kinesere").press(&["Enter"]);
    in_again(&mut clerk);
    let (given, family) = SHOWCASE.split_once(' ').unwrap();
    clerk.press(&["Ctrl+K"]).type_text(&SHOWCASE.to_lowercase()).offered(&format!("{family}, {given}"));
}

#[test]
fn who_signs_out_at_the_lock_of_a_window_that_restarted_leaves_nothing_to_open() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    chooses_a_pin(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    outage(&line, &provider);
    drop(clerk);
    let seen = || std::fs::read_dir(profile.path().join("outbox")).unwrap().flatten();
    let seen = || seen().any(|file| file.file_name().to_string_lossy().starts_with("replica-"));
    assert!(seen(), "what she saw lies there sealed");
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("locked-pin-why").tab_to("locked/other").press(&["Enter"]).read_word("signout-title");
    clerk.tab_to("sign-out/verb").press(&["Enter"]).read_word("signin-lead");
    clerk.until("what she saw is wiped", |_| !seen());
    clerk.until("nobody is written down", |_| !profile.path().join("outbox/last.sealed").exists());
    assert!(provider.signed_out.load(Ordering::SeqCst));
    drop(clerk);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-closed-nothing");
}

fn offline_looks(town: &Town, id: skranke::domain::CitizenId) -> usize {
    let query = skranke::client::AuditQuery { citizen: Some(id), limit: Some(200), ..Default::default() };
    let log = town.run(async { town.api(Role::TeamLeader).audit(&query, None).await.unwrap() });
    log.items.iter().filter(|record| record.place.as_deref() == Some("offline")).count()
}

/// Files beneath a folder that hold one of these in clear; the key is what a thief does not have.
fn files_that_tell(folder: &Path, known: &[&str]) -> Vec<String> {
    let mut told = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            told.extend(files_that_tell(&path, known));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let tells = |needle: &&&str| bytes.windows(needle.len()).any(|part| part == needle.as_bytes());
        told.extend(known.iter().filter(tells).map(|needle| format!("{needle} in {}", path.display())));
    }
    told
}
