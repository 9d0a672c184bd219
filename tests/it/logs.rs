//! A scripted day, and then its logs: no CPR number, no name, no address in any of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use skranke::api::citizens::{AddressView, HiddenField};
use skranke::domain::authority::Role;

use crate::support::process::{Running, play};
use crate::support::town::{Town, purpose};
use crate::support::{SHOWCASE, national_numbers};

const DAY: &str = r#"
key Ctrl+K
type "wrona kal"
wait-for "Kalina Testrup Wrona" within 60s
key Enter
expect "Say why you open this page" within 60s
key Enter
expect "Kalina Testrup Wrona" within 60s
expect "Next: check" within 60s
key V
expect "Hide" within 20s
key Enter
expect "Not ready to attend" within 60s
key A
key X
type "Passet er udløbet i marts"
key Ctrl+Enter
key Escape
key Ctrl+4
key Ctrl+3
key Ctrl+6
key Ctrl+K
type "721190-1234"
key Escape
key Ctrl+K
type "000000-0000"
key Escape
key Ctrl+K
type "00 12"
key Escape
key Ctrl+P
key Escape
close
"#;

/// Names, addresses, numbers and telephones of everybody the day touched, and of many others.
fn secrets(town: &Town) -> BTreeSet<String> {
    town.run(async {
        let api = town.api(Role::TeamLeader);
        let mut secrets = BTreeSet::from([SHOWCASE.to_owned(), "Passet er udløbet i marts".to_owned()]);
        for name in ["Wrona", "a", "e", "m", "s", "k"] {
            for id in town.find(name).await {
                let seen = api.citizen(id, &purpose()).await.unwrap();
                secrets.insert(format!("{} {}", seen.given_name, seen.surname));
                secrets.insert(format!("{}, {}", seen.surname, seen.given_name));
                secrets.extend(seen.phone);
                secrets.extend(seen.email);
                if let AddressView::Shown(address) = seen.address {
                    secrets.insert(address.street);
                }
                let cpr = api.reveal(id, HiddenField::Cpr, &purpose()).await.unwrap().value;
                secrets.insert(cpr.replace('-', ""));
                secrets.insert(cpr);
                secrets.insert(seen.cpr_masked);
            }
        }
        let id = town.showcase().await;
        secrets.insert(api.reveal(id, HiddenField::Address, &purpose()).await.unwrap().value);
        secrets.insert(SHOWCASE.split(' ').next_back().unwrap().to_owned());
        secrets
    })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_day_at_the_counter_leaves_nobody_in_the_logs_or_in_a_file_name() {
    let town = Town::quiet();
    let secrets = secrets(&town);
    assert!(secrets.len() > 200, "enough people to be sure: {}", secrets.len());
    let home = tempfile::tempdir().unwrap();
    // As talkative as our own rooms can be.
    let rooms = "warn,skranke=trace,skranke_client=trace,skranke_desk=trace,skranke_server=trace,skranke_ui=trace";
    let ended = Running::start(play(home.path(), DAY).env("SKRANKE_LOG", rooms)).end();
    let logs = files(&home.path().join("state/logs"));
    assert!(!logs.is_empty());
    let mut all = format!("{}\n{}\n", ended.out.join("\n"), ended.err);
    for log in &logs {
        all.push_str(&fs::read_to_string(log).unwrap());
    }
    assert_eq!(ended.code(), Some(0), "{all}");
    assert!(all.contains("skranke starts"), "the log was written");
    for path in files(home.path()) {
        all.push_str(&format!("{}\n", path.strip_prefix(home.path()).unwrap().display()));
    }
    assert_eq!(national_numbers(&all), Vec::<&str>::new());
    for secret in &secrets {
        assert!(!all.contains(secret.as_str()), "`{secret}` stands in a log");
    }
}
