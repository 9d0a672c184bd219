//! What keeps the house a house: which room may know which, where iced may be named, files that a person can read, nothing unfinished,
//! nobody real. What does not live here: the policy table and the routes (the server checks those as it starts).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::national_numbers;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// A file that passes this many lines is split.
const LINES: usize = 600;

/// Which rooms a room may know: `domain <- api <- client <- desk <- ui`, `viewer <- ui`, and `domain <- api <- server`.
const MAY_KNOW: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("api", &["domain"]),
    ("client", &["domain", "api"]),
    ("desk", &["domain", "api", "client"]),
    ("viewer", &[]),
    ("ui", &["domain", "api", "client", "desk", "viewer"]),
    ("server", &["domain", "api"]),
];

fn files(folder: &Path, keep: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if name != "target" && name != ".git" {
                found.extend(files(&path, keep));
            }
        } else if keep(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn rust(folder: &str) -> Vec<PathBuf> {
    files(&Path::new(ROOT).join(folder), &|path| path.extension().is_some_and(|e| e == "rs"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(ROOT).unwrap().display().to_string()
}

fn manifest(room: &str) -> toml::Table {
    let file = Path::new(ROOT).join("src").join(room).join("Cargo.toml");
    fs::read_to_string(file).unwrap().parse().unwrap()
}

/// Everything a room depends on, of whatever kind, by the names of the packages.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut tables: Vec<&toml::Value> =
        ["dependencies", "dev-dependencies", "build-dependencies"].iter().filter_map(|t| manifest.get(*t)).collect();
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(|target| target.get("dependencies")));
    }
    for table in tables {
        for (name, value) in table.as_table().unwrap() {
            let package = value.get("package").and_then(toml::Value::as_str);
            names.insert(package.unwrap_or(name).to_owned());
        }
    }
    names
}

#[test]
fn each_room_knows_only_the_rooms_it_may() {
    for (room, may) in MAY_KNOW {
        let allowed: BTreeSet<String> = may.iter().map(|other| format!("skranke-{other}")).collect();
        let known: BTreeSet<String> =
            dependencies(&manifest(room)).into_iter().filter(|name| name.starts_with("skranke")).collect();
        assert!(known.is_subset(&allowed), "{room} knows {known:?} and may know {allowed:?}");
    }
    let rooms: BTreeSet<String> = fs::read_dir(Path::new(ROOT).join("src"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("Cargo.toml").exists())
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(rooms, MAY_KNOW.iter().map(|(room, _)| (*room).to_owned()).collect(), "every room has its row");
}

#[test]
fn only_the_window_and_the_root_name_iced() {
    for (room, _) in MAY_KNOW.iter().filter(|(room, _)| *room != "ui") {
        let known = dependencies(&manifest(room));
        let drawing: Vec<&String> =
            known.iter().filter(|name| name.starts_with("iced") || name.as_str() == "winit").collect();
        assert!(drawing.is_empty(), "{room} depends on {drawing:?}");
        for file in rust(&format!("src/{room}")) {
            let text = fs::read_to_string(&file).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                assert!(!names(line, "iced"), "{}: {line}", shown(&file));
            }
        }
    }
}

/// Whether a line of code names a crate, or one of its family (`iced_runtime`).
fn names(line: &str, name: &str) -> bool {
    let begins_a_word = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    line.match_indices(name).any(|(at, _)| {
        let rest = &line[at + name.len()..];
        begins_a_word(at) && (rest.starts_with("::") || rest.starts_with('_') || rest.starts_with(';'))
    })
}

#[test]
fn the_domain_has_no_clock_no_files_no_threads_and_no_network() {
    let known = dependencies(&manifest("domain"));
    for foreign in ["tokio", "reqwest", "sqlx", "axum", "redb"] {
        assert!(!known.contains(foreign), "{foreign}");
    }
    for file in rust("src/domain") {
        let text = fs::read_to_string(&file).unwrap();
        let own = text.split("#[cfg(test)]").next().unwrap();
        let is_test = file.file_name().is_some_and(|name| name == "tests.rs");
        for reach in
            ["std::fs", "std::net", "std::thread", "std::env", "Timestamp::now", "Zoned::now", "SystemTime", "async fn"]
        {
            assert!(is_test || !own.contains(reach), "{} reaches for {reach}", shown(&file));
        }
    }
}

#[test]
fn nothing_in_the_house_is_unfinished() {
    // Written in two parts, so that this file does not find itself.
    let marks =
        [["todo", "!("], ["unimplemented", "!("], ["// TO", "DO"], ["// FIX", "ME"], ["// HA", "CK"], ["XX", "X"]]
            .map(|parts| parts.concat());
    for file in ["src", "tests", "benches"]
        .iter()
        .filter(|folder| Path::new(ROOT).join(folder).exists())
        .flat_map(|folder| rust(folder))
    {
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            // `DDMMYY-XXXX` is how a national number is written in words.
            let line = line.replace("-XXXX", "");
            for mark in &marks {
                assert!(!line.contains(mark.as_str()), "{}:{}: {line}", shown(&file), number + 1);
            }
        }
    }
}

#[test]
fn a_file_can_be_read_in_one_sitting() {
    let long: Vec<String> = ["src", "tests", "benches"]
        .iter()
        .filter(|folder| Path::new(ROOT).join(folder).exists())
        .flat_map(|folder| rust(folder))
        .filter_map(|file| {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            (lines > LINES).then(|| format!("{}: {lines} lines", shown(&file)))
        })
        .collect();
    assert!(long.is_empty(), "split these, {LINES} lines are enough:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_lives_in_it() {
    // The tests of a room need no more than their name.
    for file in rust("src").into_iter().chain(rust("tests")) {
        if file.ends_with("tests.rs") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("//! "), "{} opens without saying what lives there", shown(&file));
    }
}

#[test]
fn no_test_waits_by_the_clock() {
    let sleep = ["thread::sl", "eep("].concat();
    for file in rust("tests") {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains(&sleep), "{} sleeps", shown(&file));
    }
}

/// A number that a living person could carry: without the sixty that are added to the day of an invented one.
fn could_be_real(number: &str) -> bool {
    number[..2].parse::<u8>().is_ok_and(|day| day <= 31)
}

#[test]
fn nobody_real_stands_in_the_sources() {
    let text_files = |path: &Path| {
        let kinds =
            ["rs", "toml", "md", "ftl", "json", "sql", "yaml", "xml", "txt", "sh", "play", "desktop", "service"];
        path.extension().and_then(|e| e.to_str()).is_some_and(|kind| kinds.contains(&kind))
    };
    // Inputs of tests for the century rule and the check digit, of which some must be without the sixty; nobody's names stand beside them.
    let rules = ["src/domain/cpr.rs"];
    for folder in ["src", "tests", "assets", "i18n", "packaging", ".ci"] {
        for file in files(&Path::new(ROOT).join(folder), &text_files) {
            if rules.contains(&shown(&file).as_str()) {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap();
            let real: Vec<&str> = national_numbers(&text).into_iter().filter(|number| could_be_real(number)).collect();
            assert!(real.is_empty(), "{}: {real:?}", shown(&file));
        }
    }
}

#[test]
fn the_document_that_is_checked_in_is_the_one_that_is_served() {
    let file = Path::new(ROOT).join("assets/openapi.json");
    let kept = fs::read_to_string(file).unwrap();
    assert!(kept == skranke::server::openapi_json(), "cargo run --bin skranke-server -- openapi > assets/openapi.json");
}
