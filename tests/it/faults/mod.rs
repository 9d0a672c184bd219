//! What goes wrong between a key and the database, on purpose and by a seeded plan, against the real binaries: a line that loses, delays,
//! doubles, cuts and refuses; clients and servers that are killed; disks that are full; clocks that jump. Every edit that was shown as pending
//! is made exactly once. The short runs belong to `cargo test`; the long ones are a command:
//!
//! `cargo test --release --test it faults:: -- --ignored --nocapture --test-threads 1`
//!
//! What does not live here: the storm itself (`storm`), single breaks at the worst moment (`killed`).

mod clocks;
mod disks;
mod killed_clients;
mod killed_servers;
mod storm;
mod windows;
mod writes;

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Value, json};
use skranke::domain::{CitizenId, SessionId};

use crate::support::process::{Running, server};
use crate::support::raw::Raw;
use crate::support::{CITIZENS, NOW, PATIENCE, SEED};

/// The seed of a run: a fixed one, or `SKRANKE_SEED`. It is printed, so that a run can be had again.
fn seed() -> u64 {
    std::env::var("SKRANKE_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(2005)
}

/// Numbers that follow from a seed (splitmix64).
#[derive(Clone, Copy, Debug)]
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

/// A `skranke-server` on a database that outlives it, at an address that stays the same.
struct Office {
    folder: tempfile::TempDir,
    people: u32,
    listen: String,
    running: Option<Running>,
}

impl Office {
    fn open() -> Self {
        Self::of(CITIZENS)
    }

    /// An office of a town of so many people.
    fn of(people: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut office = Self { folder, people, listen: "127.0.0.1:0".to_owned(), running: None };
        office.serve();
        office
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn url(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// The command that serves it.
    fn command(&self) -> std::process::Command {
        let mut command = server();
        command
            .args(["--listen", &self.listen, "--training", "--no-faults", "--now", NOW])
            .args(["--seed", &SEED.to_string(), "--citizens", &self.people.to_string()])
            .arg("--database")
            .arg(self.path("town.db"))
            .arg("--persona-tokens")
            .arg(self.path("tokens.json"));
        command
    }

    fn serve(&mut self) {
        let command = self.command();
        self.serve_by(command);
    }

    fn serve_by(&mut self, mut command: std::process::Command) {
        let mut running = Running::start(&mut command);
        let line = running.says("listening on ");
        self.listen = line.trim_start_matches("listening on ").trim().trim_start_matches("http://").to_owned();
        self.running = Some(running);
    }

    /// `kill -9`.
    fn kill(&mut self) {
        if let Some(running) = self.running.take() {
            running.kill();
        }
    }

    fn token(&self, persona: &str) -> String {
        token(&self.path("tokens.json"), persona)
    }

    fn raw(&self, persona: &str) -> Raw {
        Raw::new(&self.url(), Some(&self.token(persona)))
    }

    /// Citizens to write about, always the same ones.
    async fn citizens(&self, count: usize) -> Vec<CitizenId> {
        let raw = self.raw("caseworker");
        let mut found: Vec<CitizenId> = Vec::new();
        let letters = || "abcdefghijklmnoprstuvwyøæå".chars();
        let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
        for begins in letters().map(String::from).chain(pairs) {
            if found.len() >= count {
                break;
            }
            let search = json!({
                "kind": "name", "query": begins, "session": SessionId::new(), "limit": 20,
                "purpose": { "kind": "case", "note": "fault test" },
            });
            let answer = raw.send(reqwest::Method::POST, "/v1/citizens/search", &[], &search).await.fine();
            for hit in answer["hits"].as_array().unwrap() {
                let id = serde_json::from_value(hit["citizen"].clone()).unwrap();
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found.truncate(count);
        assert_eq!(found.len(), count);
        found
    }

    /// Whether nobody else is found by a name.
    async fn is_alone_with(&self, name: &str) -> bool {
        let search = json!({
            "kind": "name", "query": name, "session": SessionId::new(), "limit": 2,
            "purpose": { "kind": "ticket" },
        });
        let answer = self.raw("clerk").send(reqwest::Method::POST, "/v1/citizens/search", &[], &search).await.fine();
        answer["hits"].as_array().unwrap().len() == 1
    }

    /// The texts of the notes on a citizen, and how often each stands there.
    async fn notes(&self, citizen: CitizenId) -> HashMap<String, usize> {
        let why = [("skranke-purpose", "case"), ("skranke-purpose-note", "fault"), ("skranke-acknowledged", "yes")];
        let all = self.raw("clerk").get_with(&format!("/v1/citizens/{citizen}/notes"), &why).await.fine();
        let mut texts = HashMap::new();
        for note in all["items"].as_array().unwrap() {
            *texts.entry(note["text"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        texts
    }

    /// How often the log holds each command that wrote a note.
    async fn logged(&self) -> HashMap<String, usize> {
        let leader = self.raw("teamLeader");
        let mut commands = HashMap::new();
        let mut cursor = String::new();
        loop {
            let page = leader.get(&format!("/v1/audit?limit=200&action=write_note{cursor}")).await.fine();
            for record in page["items"].as_array().unwrap() {
                if record["outcome"] == "done"
                    && let Some(command) = record["command"].as_str()
                {
                    *commands.entry(command.to_owned()).or_default() += 1;
                }
            }
            match &page["nextCursor"] {
                Value::String(next) => cursor = format!("&cursor={next}"),
                _ => return commands,
            }
        }
    }
}

fn token(file: &Path, persona: &str) -> String {
    let file: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    file["tokens"][persona].as_str().unwrap().to_owned()
}

/// A runtime of a test's own.
fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Waits for something that comes by itself.
async fn until(what: &str, mut so: impl FnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + 20 * PATIENCE;
    while !so() {
        assert!(tokio::time::Instant::now() < deadline, "{what} did not come");
        tokio::task::yield_now().await;
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

/// The moment at which something is killed, and the pause between a hand's keys: nothing is expected to have happened by then.
fn moment(millis: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async { tokio::time::sleep(std::time::Duration::from_millis(millis)).await });
}
