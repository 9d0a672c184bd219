//! The audit log checked by the real binary: beside a running server, on copies, and on copies that somebody changed. What does not live
//! here: every kind of damage (the server's own tests).

use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::{Value, json};
use skranke::domain::SessionId;

use crate::support::process::{Ended, Running, server};
use crate::support::raw::Raw;
use crate::support::{CITIZENS, NOW, SEED};

/// A server on a file, and somebody who asks it.
struct Office {
    folder: tempfile::TempDir,
    running: Option<Running>,
    url: String,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = server();
        command
            .args(["--listen", "127.0.0.1:0", "--training", "--no-faults", "--now", NOW])
            .args(["--seed", &SEED.to_string(), "--citizens", &CITIZENS.to_string()])
            .arg("--database")
            .arg(folder.path().join("town.db"))
            .arg("--persona-tokens")
            .arg(folder.path().join("tokens.json"));
        let mut running = Running::start(&mut command);
        let url = running.says("listening on ").trim_start_matches("listening on ").trim().to_owned();
        Self { folder, running: Some(running), url }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn raw(&self, persona: &str) -> Raw {
        let file: Value = serde_json::from_str(&std::fs::read_to_string(self.path("tokens.json")).unwrap()).unwrap();
        Raw::new(&self.url, file["tokens"][persona].as_str())
    }

    /// Searches so many times: each is a record.
    fn search(&self, times: usize) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let raw = self.raw("clerk");
        let body = json!({ "kind": "name", "query": "testrup", "session": SessionId::new(), "limit": 5, "purpose": { "kind": "call" } });
        runtime.block_on(async {
            for _ in 0..times {
                assert_eq!(raw.send(Method::POST, "/v1/citizens/search", &[], &body).await.status, 200);
            }
        });
    }

    /// A copy as somebody makes it while the server runs: the file and its log, nothing else. The key goes along.
    fn copy(&self, name: &str) -> PathBuf {
        let copy = self.path(name);
        for end in ["", "-wal", ".key"] {
            let (from, to) = (self.path(&format!("town.db{end}")), self.path(&format!("{name}{end}")));
            if from.exists() {
                std::fs::copy(from, to).unwrap();
            }
        }
        copy
    }

    fn close(&mut self) {
        if let Some(running) = self.running.take() {
            running.kill();
        }
    }
}

fn audit(way: &str, database: &Path, more: &[&str]) -> Ended {
    let mut command = server();
    command.args(["audit", way, "--database"]).arg(database).args(more);
    Running::start(&mut command).end()
}

/// Replaces a word of the contract in a file by another of the same length, wherever it stands.
fn reword(path: &Path, from: &str, to: &str) {
    assert_eq!(from.len(), to.len());
    let mut bytes = std::fs::read(path).unwrap();
    let places: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, part)| *part == from.as_bytes()).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_log_is_checked_beside_the_running_server_and_what_was_done_to_a_copy_is_named() {
    let mut office = Office::open();
    office.search(5);
    let live = audit("verify", &office.path("town.db"), &[]);
    assert_eq!(live.code(), Some(0), "{live:?}");
    assert!(live.out[0].starts_with("the log is whole; records: "), "{live:?}");

    // Heads are exported; a copy from before them is short of what they name, one from after is not.
    let before = office.copy("before.db");
    office.search(5);
    let heads = audit("heads", &office.path("town.db"), &[]);
    assert_eq!(heads.code(), Some(0), "{heads:?}");
    assert!(heads.out.iter().all(|line| line.starts_with('{') && line.contains("\"signature\"")), "{heads:?}");
    let kept = office.path("heads.jsonl");
    std::fs::write(&kept, heads.out.join("\n")).unwrap();
    let with_heads = ["--heads", kept.to_str().unwrap()];
    let whole = audit("verify", &office.copy("after.db"), &with_heads);
    assert_eq!(whole.code(), Some(0), "{whole:?}");
    let short = audit("verify", &before, &with_heads);
    assert_eq!(short.code(), Some(6), "{short:?}");
    assert!(short.err.contains("the log is cut off"), "{short:?}");
    assert_eq!(audit("verify", &before, &[]).code(), Some(0), "by itself the short copy is whole");

    // Ended without warning, the log is whole all the same.
    office.close();
    let crashed = audit("verify", &office.path("town.db"), &with_heads);
    assert_eq!(crashed.code(), Some(0), "{crashed:?}");

    // What was changed is named with its time. The copy is opened and closed once, so that all of it stands in the one file.
    let changed = office.copy("changed.db");
    let mut command = server();
    let closed = Running::start(command.args(["retain", "--dry-run", "--now", NOW, "--database"]).arg(&changed)).end();
    assert_eq!(closed.code(), Some(0), "{closed:?}");
    reword(&changed, "clerksearchdone", "clerkrevealdone");
    let found = audit("verify", &changed, &[]);
    assert_eq!(found.code(), Some(6), "{found:?}");
    assert!(found.err.contains("record ") && found.err.contains("2026-06-09T08:06:00"), "{found:?}");
    assert!(found.err.contains("was not made with the key"), "{found:?}");

    // With another key nothing fits, and that is told apart.
    let other_key = office.path("other.key");
    std::fs::write(&other_key, [7; 32]).unwrap();
    let wrong = audit("verify", &changed, &["--key", other_key.to_str().unwrap()]);
    assert_eq!(wrong.code(), Some(6), "{wrong:?}");
    assert!(wrong.err.contains("no record was made with this key"), "{wrong:?}");
    let gone = audit("verify", &office.path("nowhere.db"), &[]);
    assert_eq!(gone.code(), Some(2), "{gone:?}");
}

#[test]
fn retention_by_command_says_what_would_go_and_then_lets_it_go() {
    let mut office = Office::open();
    office.search(3);
    office.close();
    let retain = |more: &[&str]| {
        let mut command = server();
        command.args(["retain", "--now", "2027-03-01T08:00:00Z", "--database"]).arg(office.path("town.db")).args(more);
        Running::start(&mut command).end()
    };
    let told = retain(&["--dry-run"]);
    assert_eq!(told.code(), Some(0), "{told:?}");
    assert!(told.out[0].contains("records of the log, 2026-06 to 2026-06, would be deleted"), "{told:?}");
    let done = retain(&[]);
    assert!(done.out[0].contains("records of the log, 2026-06 to 2026-06, deleted"), "{done:?}");
    let after = audit("verify", &office.path("town.db"), &[]);
    assert_eq!(after.code(), Some(0), "{after:?}");
    assert!(after.out[1].contains("the last month of them was 2026-06"), "{after:?}");
}
