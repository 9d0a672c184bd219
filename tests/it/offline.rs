//! The line breaks in the middle of the day: who was open stays readable with her age, what is written is sent once, what waits says so, the
//! log hears of every look, and a stolen disk tells nothing. Against the real server over a line that can be cut.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use skranke::client::KeyPlace;
use skranke::desk::session::Line as DeskLine;
use skranke::desk::sheets::SheetKind;
use skranke::domain::CitizenId;
use skranke::domain::authority::Role;
use skranke::ui::App;

use crate::support::line::Line;
use crate::support::town::{Town, purpose};
use crate::support::window::{Clerk, english, launch, sit_down};
use crate::support::{NOW, PENSIONER, SHOWCASE};

const A_NOTE: &str = "Havde den underskrevne kontrakt med; lejemaalet i Proevested begynder i august.";

/// A clerk whose window reaches the town over a line that can be cut.
fn over(line: &Line, town: &Town, profile: &Path) -> Clerk<impl iced::Program<State = App> + 'static> {
    let mut launch = launch(town, profile, Role::Clerk, english());
    launch.doorway = Arc::new(town.doorway_at(&line.url));
    sit_down(launch)
}

fn lose<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, line: &Line) {
    line.cut();
    clerk.until("the line is lost", |desk| matches!(desk.session.line, DeskLine::Down { .. }));
}

fn come_back<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, line: &Line) {
    line.mend();
    clerk.press(&["F5"]).until("the line is back", |desk| desk.session.line == DeskLine::Up);
}

#[test]
fn who_was_open_stays_readable_a_note_is_sent_once_and_a_booking_says_that_it_waits() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    let profile = tempfile::tempdir().unwrap();
    let mut ida = over(&line, &town, profile.path());
    ida.open_citizen(SHOWCASE);
    let id = ida.desk().citizen().unwrap().id;
    let before = notes(&town, id);
    lose(&mut ida, &line);
    ida.read(&ida.texts.with("offline-pill", &[("unsent", 0.into())]));
    // Asked again without a line, all of it is there still, and says how old it is.
    ida.press(&["F5"]).until("it is shown as old", |desk| {
        desk.citizen().is_some_and(|page| {
            page.identity.value().is_some() && page.identity.trouble().is_some() && page.notes.trouble().is_some()
        })
    });
    let time = ida.texts.time(NOW.parse::<jiff::Timestamp>().unwrap().to_zoned(crate::support::window::zone()).time());
    ida.read(&ida.sentence("offline-sources", &[("time", time.into())]));
    ida.read_word("offline-cannot");
    // A booking waits for the line, and says so.
    ida.press(&["Down", "b"]).read_word("offline-waits-book");
    assert_eq!(ida.desk().pending.count(), 0);
    // A note does not.
    ida.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    ida.until("the note is kept", |desk| desk.pending.count() == 1);
    ida.read(&ida.texts.with("offline-pill", &[("unsent", 1.into())]));
    assert_eq!(notes(&town, id), before, "nothing got through");
    come_back(&mut ida, &line);
    ida.everything_sent();
    let after = notes(&town, id);
    assert_eq!(after.iter().filter(|text| *text == A_NOTE).count(), 1);
    assert_eq!(after.len(), before.len() + 1);
    ida.until("it is new again", |desk| {
        desk.citizen().is_some_and(|page| page.identity.trouble().is_none() && !page.identity.is_waiting())
    });
}

#[test]
fn who_was_never_opened_here_is_not_found_and_who_was_is_opened_again_with_a_trace_in_the_log() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    let profile = tempfile::tempdir().unwrap();
    let mut ida = over(&line, &town, profile.path());
    ida.open_citizen(SHOWCASE);
    let id = ida.desk().citizen().unwrap().id;
    ida.open_citizen(PENSIONER);
    lose(&mut ida, &line);
    assert_eq!(offline_looks(&town, id), 0);
    // Somebody whom nobody opened here.
    ida.press(&["Ctrl+K"]).type_text("nordahl").read_word("palette-kept-none").press(&["Escape"]);
    let (given, family) = SHOWCASE.split_once(' ').unwrap();
    ida.press(&["Ctrl+K"]).type_text(&SHOWCASE.to_lowercase()).offered(&format!("{family}, {given}"));
    // She is protected: that takes a reason without a line too.
    ida.press(&["Enter"]).until("it is asked why", |desk| desk.need().is_some());
    ida.press(&["Enter"]);
    type Part = (&'static str, fn(&skranke::desk::citizen::CitizenPage) -> bool);
    let parts: [Part; 7] = [
        ("who she is", |page| page.full_name() == SHOWCASE),
        ("every department", |page| !page.sources.is_empty() && page.sources.iter().all(|source| !source.waiting)),
        ("her notes", |page| page.notes.value().is_some()),
        ("promises", |page| page.promises.value().is_some()),
        ("her contacts", |page| page.contacts.value().is_some()),
        ("hand-overs", |page| page.handovers.value().is_some()),
        ("her life situations", |page| page.situations.value().is_some()),
    ];
    for (what, there) in parts {
        ida.until(what, |desk| desk.citizen().is_some_and(there));
    }
    assert!(ida.desk().citizen().unwrap().identity.trouble().is_some(), "it is as old as it is");
    come_back(&mut ida, &line);
    ida.until("the log hears of it", |_| offline_looks(&town, id) > 0);
}

#[test]
fn a_stolen_disk_tells_nothing() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    let profile = tempfile::tempdir().unwrap();
    let mut ida = over(&line, &town, profile.path());
    ida.open_citizen(SHOWCASE);
    ida.open_citizen(PENSIONER);
    ida.open_citizen(SHOWCASE);
    let citizens: Vec<CitizenId> = ida.desk().recent.iter().map(|one| one.citizen).collect();
    let masked: Vec<String> = ida.desk().recent.iter().map(|one| one.cpr_masked.clone()).collect();
    lose(&mut ida, &line);
    ida.press(&["F5"])
        .until("it was looked at offline", |desk| desk.citizen().is_some_and(|page| page.identity.trouble().is_some()));
    // Something in the outbox, and something half written.
    ida.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    ida.until("the note is kept", |desk| desk.pending.count() == 1);
    ida.press(&["n"]).sheet_opens(SheetKind::Note).type_text("halvfaerdig tekst om boligen").press(&["Escape"]);
    drop(ida);
    let files = files(profile.path());
    let holds =
        |needle: &str| files.iter().find(|(_, bytes)| has(bytes, needle.as_bytes())).map(|(path, _)| path.clone());
    assert!(files.iter().any(|(path, bytes)| path.to_string_lossy().contains("replica") && bytes.len() > 4096));
    let mut known: Vec<String> =
        [SHOWCASE, PENSIONER].iter().flat_map(|name| name.split(' ')).map(str::to_owned).collect();
    known.extend(A_NOTE.split(' ').filter(|word| word.len() > 7).map(str::to_owned));
    known.extend(["halvfaerdig", "boligen", "/v1/citizens", "givenName"].map(str::to_owned));
    known.extend(masked.iter().map(|masked| masked[..6].to_owned()));
    known.extend(citizens.iter().map(ToString::to_string));
    for known in known {
        assert_eq!(holds(&known), None, "the disk tells {known}");
    }
    for id in citizens {
        let told = files.iter().find(|(_, bytes)| has(bytes, id.0.as_bytes())).map(|(path, _)| path);
        assert_eq!(told, None, "the disk tells who was open");
    }
    assert!(matches!(launch(&town, profile.path(), Role::Clerk, english()).keys, KeyPlace::TrainingFile(_)));
}

fn notes(town: &Town, id: CitizenId) -> Vec<String> {
    let notes = town.run(async { town.api(Role::Clerk).notes(id, &purpose()).await.unwrap().items });
    notes.into_iter().map(|note| note.text.to_string()).collect()
}

/// How many looks at her the log knows that were made without a line.
fn offline_looks(town: &Town, id: CitizenId) -> usize {
    let query = skranke::client::AuditQuery { citizen: Some(id), limit: Some(200), ..Default::default() };
    let log = town.run(async { town.api(Role::TeamLeader).audit(&query, None).await.unwrap() });
    log.items.iter().filter(|record| record.place.as_deref() == Some("offline")).count()
}

/// Every file beneath a folder but the key, which the thief of a training machine would have.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_none_or(|end| end != "key") {
            let bytes = std::fs::read(&path).unwrap();
            all.push((path, bytes));
        }
    }
    all
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|part| part == needle)
}
