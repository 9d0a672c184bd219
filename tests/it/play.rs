//! `--play`, `--screenshot` and the rest of the command line as a shell script meets them: exit codes, messages, files.

use std::fs;
use std::path::Path;

use skranke::ui::headless::{Picture, Tolerance, compare};

use crate::support::process::{Running, play, server, skranke};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_script_whose_expectations_are_met_ends_with_zero() {
    let home = home();
    let ended = Running::start(&mut play(
        home.path(),
        "log \"good morning\"\nkey Ctrl+K\ntype \"wrona\"\nwait-for \"Kalina Testrup Wrona\"\nkey Escape\nclose\n",
    ))
    .end();
    assert_eq!((ended.code(), ended.out), (Some(0), vec!["good morning".to_owned()]), "{}", ended.err);
}

#[test]
fn an_expectation_that_is_not_met_names_its_line_and_what_was_there() {
    let home = home();
    let ended =
        Running::start(&mut play(home.path(), "# a citizen of another town\nexpect \"Rumpelstilz\" within 200ms\n"))
            .end();
    assert_eq!(ended.code(), Some(1), "{}", ended.err);
    assert!(ended.err.contains("line 2") && ended.err.contains("Rumpelstilz"), "{}", ended.err);
}

#[test]
fn a_script_with_mistakes_is_not_begun_and_every_mistake_is_named() {
    let home = home();
    let ended = Running::start(&mut play(home.path(), "key Ctrl+K\npress Enter\ntype wrona\n")).end();
    assert_eq!((ended.code(), ended.out.len()), (Some(2), 0), "{}", ended.err);
    assert!(ended.err.contains("line 2") && ended.err.contains("line 3"), "{}", ended.err);
    let mut missing = skranke(home.path());
    missing.arg("--play").arg(home.path().join("nowhere.play"));
    let ended = Running::start(&mut missing).end();
    assert_eq!(ended.code(), Some(2));
    assert!(ended.err.contains("nowhere.play"), "{}", ended.err);
}

#[test]
fn help_is_help_and_a_wrong_option_is_said_to_be_wrong() {
    let home = home();
    let mut help = skranke(home.path());
    let ended = Running::start(help.arg("--help")).end();
    assert_eq!(ended.code(), Some(0));
    let text = ended.out.join("\n");
    for option in ["--screenshot", "--screen", "--size", "--scale", "--theme", "--lang", "--play", "Exit codes"] {
        assert!(text.contains(option), "{option} in {text}");
    }
    for wrong in
        [&["--colour", "blue"][..], &["--size", "big"], &["--citizens", "3"], &["--server", "http://127.0.0.1:1"]]
    {
        let mut command = skranke(home.path());
        let ended = Running::start(command.args(wrong)).end();
        assert_eq!(ended.code(), Some(2), "{wrong:?}: {}", ended.err);
        assert!(ended.err.contains(wrong[0]) || ended.err.contains("--persona-tokens"), "{}", ended.err);
    }
}

#[test]
fn a_picture_is_drawn_without_a_display_from_a_server_of_its_own() {
    let home = home();
    let folder = home.path().join("pictures");
    let mut command = skranke(home.path());
    command
        .arg("--screenshot")
        .arg(&folder)
        .args(["--screen", "citizen", "--size", "1100x700", "--scale", "2", "--theme", "dark"]);
    command.args(["--citizens", "60"]);
    let ended = Running::start(&mut command).end();
    assert_eq!(ended.code(), Some(0), "{}", ended.err);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(ended.out.iter().any(|line| line.contains(files[0].file_name().unwrap().to_str().unwrap())));
    let picture = Picture::load_png(&files[0]).unwrap();
    assert_eq!((picture.width(), picture.height(), picture.is_blank()), (2200, 1400, false));

    let mut wrong = skranke(home.path());
    let ended = Running::start(wrong.arg("--screenshot").arg(&folder).args(["--screen", "attic"])).end();
    assert_eq!(ended.code(), Some(2));
    assert!(ended.err.contains("attic") && ended.err.contains("citizen"), "{}", ended.err);
}

#[test]
fn the_order_in_which_screens_are_named_changes_none_of_them() {
    let home = home();
    // The first locks the window without a line, the second has lost it too, the third shows what was done in its own town alone.
    let screens = ["locked-offline", "offline", "oversight-emergencies"];
    let draw = |name: &str, screens: &[&str]| {
        let folder = home.path().join(name);
        let mut command = skranke(home.path());
        command.arg("--screenshot").arg(&folder).args(["--citizens", "60"]);
        command.args(screens.iter().flat_map(|screen| ["--screen", screen]));
        let ended = Running::start(&mut command).end();
        assert_eq!(ended.code(), Some(0), "{}", ended.err);
        folder
    };
    let (there, back) = (draw("there", &screens), draw("back", &[screens[2], screens[1], screens[0]]));
    for screen in screens {
        let drawn = |folder: &Path| Picture::load_png(folder.join(format!("{screen}-light-en.png"))).unwrap();
        let same = compare(&drawn(&there), &drawn(&back), Tolerance::default());
        assert!(same.is_ok(), "{screen} depends on what was drawn before: {same:?}");
    }
}

#[test]
fn the_server_says_where_it_listens_and_prints_its_document() {
    let mut openapi = server();
    let ended = Running::start(openapi.arg("openapi")).end();
    assert_eq!(ended.code(), Some(0));
    let document: serde_json::Value = serde_json::from_str(&ended.out.join("\n")).unwrap();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));

    let home = home();
    let untrained = Running::start(server().args(["--listen", "127.0.0.1:0", "--database", "sqlite::memory:"])).end();
    assert_eq!(untrained.code(), Some(2), "without --training nobody could sign in: {}", untrained.err);

    let folder = home.path().join("no").join("such").join("folder.db");
    let nowhere =
        Running::start(server().args(["--listen", "127.0.0.1:0", "--training", "--database"]).arg(folder)).end();
    assert_eq!(nowhere.code(), Some(4), "{}", nowhere.err);

    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut second = server();
    second.args(["--training", "--citizens", "60", "--database", "sqlite::memory:", "--listen", &address]);
    let ended = Running::start(&mut second).end();
    assert_eq!(ended.code(), Some(5), "{}", ended.err);
    assert!(ended.err.contains(&address), "{}", ended.err);
}
