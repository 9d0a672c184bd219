//! Half a note outlives the window: closed, killed, locked, or handed to another persona and back. Against the real program and binaries.

use std::path::{Path, PathBuf};
use std::time::Instant;

use skranke::client::KeyPlace;
use skranke::client::outbox::Outbox;
use skranke::desk::Desk;
use skranke::desk::half_written::Recovered;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::StaffId;
use skranke::domain::authority::Role;
use skranke::ui::i18n::{Language, Texts};

use crate::support::process::{Running, Server, play_at};
use crate::support::raw::Raw;
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};
use crate::support::{PATIENCE, SHOWCASE};

pub(crate) const HALF: &str = "Vil have svar pr. brev, ikke te";

/// Everything below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all
}

/// What a start after a crash would find now: how often all of the text is half written by this person. Somebody who types slowly has a part
/// of it there before.
pub(crate) fn on_disk(profile: &Path, person: StaffId) -> usize {
    let copy = tempfile::tempdir().unwrap();
    let keys = KeyPlace::TrainingFile(copy.path().join("training.key"));
    for file in files(profile) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("outbox-") && name.ends_with(".redb") {
            let _ = std::fs::copy(&file, copy.path().join(&name));
        } else if name.ends_with(".key") {
            let _ = std::fs::copy(&file, copy.path().join("training.key"));
        }
    }
    let Ok(opened) = Outbox::open(copy.path(), &keys, person) else { return 0 };
    let mut recovered = Recovered::default();
    opened.outbox.half_written().0.iter().for_each(|bytes| recovered.read(bytes));
    let whole = |part: &&skranke::desk::half_written::HalfWritten| {
        serde_json::to_string(part).is_ok_and(|said| said.contains(&format!("\"{HALF}\"")))
    };
    recovered.parts.iter().filter(whole).count()
}

fn has_note(desk: &Desk) -> bool {
    matches!(desk.sheet(), Some(Sheet::Note(sheet)) if sheet.text == HALF)
}

#[test]
fn half_a_note_is_there_again_after_the_window_ended_without_a_goodbye() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let mut first = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    first.open_showcase().press(&["N"]).sheet_opens(SheetKind::Note).type_text(HALF);
    let person = first.desk().person().unwrap();
    first.until("she typed it", has_note);
    first.arrives("it is on the disk", || on_disk(profile.path(), person) == 1);
    // No goodbye: what is dropped here writes nothing any more.
    drop(first);

    let mut second = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    second.until("it is offered", |desk| desk.half_written.offered.len() == 1);
    second.read(SHOWCASE).offered(&Texts::of(Language::English).t("half-take-up"));
    second.press(&["H"]).sheet_opens(SheetKind::Note);
    second.until("as it was typed", has_note);
    // The keyboard is in the text, at its end.
    second.type_text("lefon").press(&["Ctrl+Enter"]).sheet_closes().everything_sent();
    second.arrives("it is in one place only", || on_disk(profile.path(), person) == 0);
    drop(second);

    let mut third = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    third.open_showcase();
    third.until("nothing of it is half written", |desk| desk.half_written.offered.is_empty());
    third.read("Vil have svar pr. brev, ikke telefon");
}

#[test]
fn half_a_note_survives_the_lock_and_another_persona_sees_nothing_of_it() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    clerk.open_showcase().press(&["N"]).sheet_opens(SheetKind::Note).type_text(HALF);
    let person = clerk.desk().person().unwrap();
    clerk.press(&["Ctrl+L"]).until("it is locked", |desk| desk.lock.locked().is_some());
    clerk.arrives("it is on the disk at once", || on_disk(profile.path(), person) == 1);
    clerk.press(&["Enter"]).until("it is open again", |desk| desk.lock.locked().is_none());
    clerk.until("as it was", has_note);
    drop(clerk);

    let mut other = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    let somebody = other.desk().person().unwrap();
    assert_ne!(somebody, person);
    other.open_showcase();
    other.until("nothing is offered", |desk| desk.half_written.offered.is_empty() && desk.sheet().is_none());
    drop(other);

    let mut again = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    again.until("hers is there", |desk| desk.half_written.offered.len() == 1);
    again.open_showcase();
    again.until("and laid on her page", has_note);
}

#[test]
fn killed_in_the_middle_of_a_note_the_next_start_has_it() {
    let server = Server::start();
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let person: StaffId = runtime.block_on(async {
        let me = Raw::new(&server.url, Some(&server.token("clerk"))).get("/v1/me").await.fine();
        me["id"].as_str().unwrap().parse().unwrap()
    });
    let quoted = |text: &str| format!("{text:?}");
    let to_her = format!(
        "key Ctrl+K\ntype {}\nwait-for {} within 60s\nkey Enter\nexpect {} within 60s\nkey Enter\nexpect {} within 60s",
        quoted(&SHOWCASE.to_lowercase()),
        quoted(SHOWCASE),
        // She is protected: it is asked why, and the first answer fits.
        quoted(&Texts::of(Language::English).t("need-title")),
        quoted(skranke::server::training::page::OVERDUE),
    );
    let script =
        format!("{to_her}\nkey N\ntype {}\nlog \"typed\"\nexpect \"the end of the day\" within 300s\n", quoted(HALF));
    let mut window = Running::start(&mut play_at(home.path(), &script, &server.url, &server.tokens));
    window.says("typed");
    let deadline = Instant::now() + PATIENCE;
    while on_disk(home.path(), person) == 0 {
        assert!(Instant::now() < deadline, "it never reached the disk");
    }
    window.kill();

    let take_up = Texts::of(Language::English).t("half-take-up");
    let again = format!(
        "wait-for {} within 60s\nkey H\nwait-for {} within 60s\nkey Ctrl+Enter\nexpect {} within 60s\nexpect-not {} within 60s\nlog \"sent\"\n",
        quoted(&take_up),
        // What stands in the field is not read as a text; what is saved of it is.
        quoted(&Texts::of(Language::English).t("sheet-note-verb")),
        quoted(HALF),
        quoted(&Texts::of(Language::English).with("slab-unsent", &[("count", 1.into())])),
    );
    let ended = Running::start(&mut play_at(home.path(), &again, &server.url, &server.tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    // A third window has nothing half written or unsent: what it shows is the server's.
    let third = format!("{to_her}\nexpect {} within 60s\n", quoted(HALF));
    let ended = Running::start(&mut play_at(home.path(), &third, &server.url, &server.tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
}
