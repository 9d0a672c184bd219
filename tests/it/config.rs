//! Files with mistakes and damaged files: said with file and line, set aside and never deleted, and the program starts.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::process::{Running, play, skranke};

const GOOD_DAY: &str = "key Ctrl+K\ntype \"wrona\"\nwait-for \"Kalina Testrup Wrona\" within 60s\n";

fn written(profile: &Path, name: &str, text: &str) -> PathBuf {
    let file = profile.join(name);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

/// Everything in a profile that was set aside from `file`: its neighbours that begin with its name and hold what it held.
fn set_aside(file: &Path, held: &[u8]) -> Vec<PathBuf> {
    let name = file.file_name().unwrap().to_str().unwrap().to_owned();
    let neighbours = fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    neighbours
        .filter(|path| {
            let other = path.file_name().unwrap().to_str().unwrap();
            other != name
                && other.starts_with(name.split('.').next().unwrap())
                && fs::read(path).is_ok_and(|text| text == held)
        })
        .collect()
}

#[test]
fn a_mistake_in_the_offices_configuration_is_named_with_file_and_line() {
    for (text, line, expected) in [
        ("[training]\nseed = 7\ncitizen = 60\n", 3, "citizens"),
        ("[training]\nseed = \"many\"\n", 2, "u64"),
        ("\n\nthis is no setting\n", 3, ""),
        ("[server]\nurl = \"http://sager.example.dk\"\npersona_tokens = \"tokens.json\"\n", 2, "https"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let file = written(home.path(), "config/skranke.toml", text);
        let mut command = skranke(home.path());
        command.arg("--play").arg(written(home.path(), "day.play", GOOD_DAY));
        let ended = Running::start(&mut command).end();
        assert_eq!(ended.code(), Some(2), "{text}: {}", ended.err);
        let place = format!("{}:{line}:", file.display());
        assert!(ended.err.contains(&place) && ended.err.contains(expected), "{place} {expected} in {}", ended.err);
    }
}

#[test]
fn a_mistake_in_her_own_settings_is_named_and_the_program_starts_with_the_usual_ones() {
    let home = tempfile::tempdir().unwrap();
    let text = "language = \"en\"\ntheme = \"pink\"\n";
    let file = written(home.path(), "config/settings.toml", text);
    let ended = Running::start(&mut play(home.path(), GOOD_DAY)).end();
    assert_eq!(ended.code(), Some(0), "{}", ended.err);
    assert!(ended.err.contains(&format!("{}:2:", file.display())), "{}", ended.err);
    assert_eq!(set_aside(&file, text.as_bytes()).len(), 1, "what she wrote is kept");
}

#[test]
fn a_damaged_training_database_is_set_aside_and_a_new_municipality_is_made() {
    let home = tempfile::tempdir().unwrap();
    let garbage = "this is no database ".repeat(400);
    let file = written(home.path(), "data/training/training.db", &garbage);
    let ended = Running::start(&mut play(home.path(), GOOD_DAY)).end();
    assert_eq!(ended.code(), Some(0), "{}", ended.err);
    assert_eq!(set_aside(&file, garbage.as_bytes()).len(), 1, "never deleted");
}

#[test]
fn a_damaged_outbox_is_set_aside_with_its_path_told_and_the_program_starts() {
    let home = tempfile::tempdir().unwrap();
    // The first day makes the key and the outbox.
    assert_eq!(Running::start(&mut play(home.path(), GOOD_DAY)).end().code(), Some(0));
    let file = home.path().join("data/outbox/training/outbox-0.redb");
    assert!(file.exists(), "the first slot");
    let garbage = b"torn by a failing disk ".repeat(300);
    fs::write(&file, &garbage).unwrap();
    let script = format!("expect {:?} within 60s\n{GOOD_DAY}", file.parent().unwrap().display().to_string());
    let ended = Running::start(&mut play(home.path(), &script)).end();
    assert_eq!(ended.code(), Some(0), "{}", ended.err);
    assert_eq!(set_aside(&file, &garbage).len(), 1, "never deleted");
}

#[test]
fn only_its_user_can_read_what_the_program_keeps() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Running::start(&mut play(home.path(), GOOD_DAY)).end().code(), Some(0));
        // The folders keep everybody else out; what holds tokens or a key does so by itself too.
        let folders = ["data", "state", "config", "data/training"];
        let keys = ["data/training/served.json", "data/training/training.db.key", "data/training.key"];
        for path in folders.iter().chain(&keys).map(|path| home.path().join(path)).filter(|path| path.exists()) {
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0, "{}", path.display());
        }
        assert!(home.path().join(keys[0]).exists() && home.path().join(keys[1]).exists());
    }
}
