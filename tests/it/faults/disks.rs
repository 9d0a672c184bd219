//! Disks that are full or cannot be written: what cannot be kept is said and stays where it was typed; what was acknowledged stays.

use serde_json::json;
use skranke::domain::{CommandId, NoteId};

use super::killed_clients::somebodies;
use super::{Office, runtime};
use crate::support::process::{Running, play_at};

/// Runs a command whose files cannot grow beyond so many blocks of 512 bytes. The signal that goes with it is left unheard, so that the program
/// meets the error of a full disk.
fn on_a_full_disk(command: &std::process::Command, blocks: u64) -> std::process::Command {
    let mut narrow = std::process::Command::new("sh");
    narrow.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(command.get_program());
    narrow.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => narrow.env(name, value),
            None => narrow.env_remove(name),
        };
    }
    narrow
}

#[test]
fn a_server_on_a_full_disk_refuses_and_loses_nothing_that_it_acknowledged() {
    let mut office = Office::open();
    let runtime = runtime();
    let citizens = runtime.block_on(office.citizens(40));
    office.kill();
    // It may write what it has, and nothing more than a little.
    let size = ["town.db", "town.db-wal"].iter().filter_map(|name| std::fs::metadata(office.path(name)).ok());
    let largest = size.map(|data| data.len()).max().unwrap();
    let narrow = on_a_full_disk(&office.command(), largest / 512 + 400);
    office.serve_by(narrow);
    let (acknowledged, refused) = runtime.block_on(async {
        let raw = office.raw("clerk");
        let (mut acknowledged, mut refused) = (Vec::new(), 0);
        for n in 0..4_000 {
            let citizen = citizens[n % citizens.len()];
            let path = format!("/v1/citizens/{citizen}/notes");
            let text = format!("note {n} {}", "x".repeat(900));
            let command = CommandId::new().to_string();
            let body = json!({ "id": NoteId::new(), "kind": "plain", "text": text });
            let got = raw.send(reqwest::Method::POST, &path, &[("idempotency-key", &command)], &body).await;
            match got.status {
                201 | 200 => acknowledged.push(text),
                500 | 503 => refused += 1,
                other => panic!("{other}: {}", got.body),
            }
            if refused == 3 {
                break;
            }
        }
        (acknowledged, refused)
    });
    assert!(refused > 0, "the disk was never full");
    office.kill();
    office.serve();
    runtime.block_on(async {
        let mut there = std::collections::HashMap::new();
        for citizen in &citizens {
            there.extend(office.notes(*citizen).await);
        }
        let lost: Vec<&str> =
            acknowledged.iter().filter(|text| there.get(*text) != Some(&1)).map(|text| &text[..9]).collect();
        assert!(lost.is_empty(), "of {} acknowledged notes these are gone: {lost:?}", acknowledged.len());
    });
    println!("{} notes acknowledged before the disk was full, {refused} refused, 0 lost", acknowledged.len());
}

#[test]
fn a_client_on_a_full_disk_says_so_and_keeps_what_was_typed_in_sight() {
    let office = Office::open();
    let runtime = runtime();
    let her = runtime.block_on(somebodies(&office, 1)).remove(0);
    let profile = tempfile::tempdir().unwrap();
    let tokens = office.path("tokens.json");
    // A first window leaves its files behind; then nothing can grow any more.
    let first =
        Running::start(&mut play_at(profile.path(), "wait-for \"IM\" within 60s\nclose\n", &office.url(), &tokens))
            .end();
    assert_eq!(first.code(), Some(0), "{first:?}");
    let text = "what was typed on a full disk";
    let script = format!(
        "key Ctrl+K\ntype {:?}\nwait-for {:?} within 60s\nkey Enter\nexpect {:?} within 60s\nexpect-not \"Why do you look?\" within 60s\nkey N\nexpect \"Save the note\" within 30s\n\
         type {text:?}\nkey Ctrl+Enter\nexpect \"could not be stored on this machine\" within 30s\nexpect \"Save the note\" within 30s\nexpect-not \"1 unsent\" within 1s\nclose\n",
        her.name.to_lowercase(),
        her.name,
        her.masked
    );
    let command = play_at(profile.path(), &script, &office.url(), &tokens);
    let ended = Running::start(&mut on_a_full_disk(&command, 0)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
    let there = runtime.block_on(office.notes(her.id));
    assert!(!there.contains_key(text), "what was not kept was not sent either");
}
