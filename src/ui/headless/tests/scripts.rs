//! Scripts played on the small counter.

use super::*;
use std::path::Path;

fn run(script: &str, pictures: &Path) -> (Result<(), PlayError>, String) {
    let mut log = Vec::new();
    let result = play(&mut window(), &script.parse().unwrap(), pictures, &mut log);
    (result, String::from_utf8(log).unwrap())
}

#[test]
fn a_script_plays_the_day_and_takes_a_picture_of_it() {
    let folder = std::env::temp_dir().join(format!("skranke-script-{}", std::process::id()));
    let script = r#"
        size 500x400
        key Ctrl+K
        type "Mia"
        click "Spørg"
        expect "Goddag, Mia" within 20s
        expect-not "Intet svar" within 20s
        screenshot "day/answer.png"
        log "the answer came"
        close
        log "closing"
    "#;
    let (result, log) = run(script, &folder);
    let picture = Picture::load_png(folder.join("day/answer.png"));
    let _ = std::fs::remove_dir_all(&folder);
    result.unwrap();
    assert_eq!(log, "the answer came\nclosing\n");
    let picture = picture.unwrap();
    assert_eq!((picture.width(), picture.height(), picture.is_blank()), (500, 400, false));
}

#[test]
fn a_script_stops_at_the_line_that_is_not_as_expected_and_says_what_is_there() {
    let (result, log) = run("log \"a\"\n\nexpect \"Farvel\" within 1ms\nlog \"b\"", Path::new("."));
    let error = result.unwrap_err();
    assert_eq!((error.line, log.as_str()), (3, "a\n"));
    let told = error.to_string();
    assert!(told.starts_with("line 3: expect \"Farvel\" within 1ms: `Farvel` was not seen"), "{told}");
    assert!(told.contains("`Spørg`"), "{told}");
}

#[test]
fn nothing_can_be_pressed_after_the_program_has_ended() {
    let script: Script = "close\nwait-for \"Navn\"\nkey a".parse().unwrap();
    let mut clerk = window();
    clerk.request_close();
    clerk.wait_ended(SOON).unwrap();
    let error = play(&mut clerk, &script, Path::new("."), &mut Vec::new()).unwrap_err();
    assert_eq!(error.to_string(), "line 1: close: the program has ended");
}

const KILLED: &str = "SKRANKE_TEST_KILLED";

/// Does something only in the process that the next test starts.
#[test]
fn killed_in_a_process_of_its_own() {
    struct CleanUp;
    impl Drop for CleanUp {
        fn drop(&mut self) {
            println!("cleaned up");
        }
    }
    if std::env::var_os(KILLED).is_some() {
        let _clean_up = CleanUp;
        let script = "log \"before\"\nkill\nlog \"after\"".parse().unwrap();
        let result = play(&mut window(), &script, Path::new("."), &mut std::io::stdout());
        println!("went on: {result:?}");
    }
}

#[test]
fn kill_ends_the_process_without_cleaning_up() {
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "headless::tests::scripts::killed_in_a_process_of_its_own", "--nocapture"])
        .env(KILLED, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success() && output.status.code() != Some(101), "{:?}", output.status);
    assert!(told.contains("before"), "{told}");
    assert!(!told.contains("after") && !told.contains("cleaned up") && !told.contains("went on"), "{told}");
}
