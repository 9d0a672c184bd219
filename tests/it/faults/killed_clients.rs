//! A client that is killed at random in the middle of writing, over a line that does its worst: what it showed as pending is made once, and
//! nothing is made twice.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use skranke::domain::CitizenId;

use super::storm::Storm;
use super::{Dice, Office, moment, runtime, seed};
use crate::support::PATIENCE;
use crate::support::process::{Running, play_at};

/// Somebody whose page is opened without a word: she has a case here and no protection.
pub(super) struct Somebody {
    pub id: CitizenId,
    pub name: String,
    pub masked: String,
}

/// So many of them.
pub(super) async fn somebodies(office: &Office, count: usize) -> Vec<Somebody> {
    let raw = office.raw("clerk");
    let cases = raw.get("/v1/cases?department=kff&limit=200").await.fine();
    let mut found: Vec<Somebody> = Vec::new();
    for case in cases["items"].as_array().unwrap() {
        let id: CitizenId = serde_json::from_value(case["citizen"].clone()).unwrap();
        let got = raw.get_with(&format!("/v1/citizens/{id}"), &[("skranke-purpose", "ticket")]).await;
        if got.status != 200 || found.iter().any(|one| one.id == id) {
            continue;
        }
        let view: Value = got.fine();
        let name = format!("{} {}", view["givenName"].as_str().unwrap(), view["surname"].as_str().unwrap());
        let masked = view["cprMasked"].as_str().unwrap().to_owned();
        if view["protections"].as_array().unwrap().is_empty() && office.is_alone_with(&name).await {
            found.push(Somebody { id, name, masked });
        }
        if found.len() == count {
            return found;
        }
    }
    panic!("only {} of {count} are here", found.len());
}

/// The keys that write notes on somebody, one after the other; each is told once it is shown as written. A note about her that was half
/// written when an earlier window was killed lies open again on her page: it is saved first, as a clerk would.
pub(super) fn writing(her: &Somebody, texts: &[String]) -> String {
    let mut script = format!(
        "key Ctrl+K\ntype {:?}\nwait-for {:?} within 60s\nkey Enter\nexpect-not \"Why do you look?\" within 60s\nexpect {:?} within 60s\nkey Ctrl+Enter\nexpect {:?} within 60s\nlog \"begun\"\n",
        her.name.to_lowercase(),
        her.name,
        her.name,
        her.masked
    );
    for text in texts {
        script.push_str(&format!(
            "key N\nexpect \"Save the note\" within 30s\ntype {text:?}\nkey Ctrl+Enter\nexpect-not \"Save the note\" within 30s\nexpect {text:?} within 30s\nlog \"shown {text}\"\n"
        ));
    }
    script.push_str("expect \"the end of the day\" within 300s\n");
    script
}

/// Starts once more and waits until everything is sent.
pub(super) fn everything_is_sent(profile: &Path, url: &str, tokens: &Path) {
    // Her name says that the outbox is known; only then does its silence mean something.
    let script = "wait-for \"IM\" within 60s\nkey Ctrl+K\nkey Escape\nexpect-not \"unsent\" within 110s\nclose\n";
    let ended = Running::start(&mut play_at(profile, script, url, tokens)).end();
    assert_eq!(ended.code(), Some(0), "{ended:?}");
}

/// Starts once more and waits until what was shown is made: a window that has just begun does not know yet what waits in its outbox.
async fn arrives(office: &Office, all: &[Somebody], shown: &[String], mut window: std::process::Command) {
    let window = Running::start(&mut window);
    let until = Instant::now() + PATIENCE;
    loop {
        let mut there: HashSet<String> = HashSet::new();
        for her in all {
            there.extend(office.notes(her.id).await.into_keys());
        }
        // What is missing when the time is up is named by whoever compares.
        if shown.iter().all(|text| there.contains(text)) || Instant::now() > until {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    window.kill();
}

/// Compares what was shown, and what was typed, with what the server holds.
pub(super) async fn once_each(office: &Office, all: &[Somebody], typed: &[(usize, String)], shown: &[String]) -> usize {
    let mut there: BTreeMap<String, usize> = BTreeMap::new();
    for her in all {
        there.extend(office.notes(her.id).await);
    }
    for text in shown {
        assert_eq!(there.get(text), Some(&1), "{text} was shown");
    }
    let made: Vec<usize> = typed.iter().filter_map(|(_, text)| there.get(text)).copied().collect();
    assert!(made.iter().all(|times| *times == 1), "nothing was made twice");
    made.len()
}

/// After so many kills it is looked what became of the notes: a page shows the newest hundred.
const ROUND: usize = 60;

fn killed(times: usize, people: usize) {
    let seed = seed();
    let mut dice = Dice::new(seed);
    let office = Office::open();
    let storm = Storm::to(&office.url(), seed);
    let runtime = runtime();
    let all = runtime.block_on(somebodies(&office, people));
    let profile = tempfile::tempdir().unwrap();
    let tokens = office.path("tokens.json");
    let began = Instant::now();
    let (mut typed, mut shown) = (Vec::new(), Vec::new());
    let (mut pending, mut made) = (0, 0);
    for run in 0..times {
        let whose = usize::try_from(dice.below(all.len() as u64)).unwrap();
        let texts: Vec<String> = (0..8).map(|n| format!("run {run} note {n}")).collect();
        typed.extend(texts.iter().map(|text| (whose, text.clone())));
        let script = writing(&all[whose], &texts);
        let mut window = Running::start(&mut play_at(profile.path(), &script, &storm.url, &tokens));
        window.says("begun");
        moment(dice.below(1500));
        let ended = window.kill();
        shown.extend(ended.out.iter().filter_map(|line| line.strip_prefix("shown ").map(str::to_owned)));
        if (run + 1) % ROUND == 0 || run + 1 == times {
            let once_more = play_at(profile.path(), "expect \"the end of the day\" within 300s\n", &storm.url, &tokens);
            runtime.block_on(arrives(&office, &all, &shown, once_more));
            everything_is_sent(profile.path(), &storm.url, &tokens);
            made += runtime.block_on(once_each(&office, &all, &typed, &shown));
            pending += shown.len();
            typed.clear();
            shown.clear();
        }
    }
    println!(
        "seed {seed}: {times} kills in the middle of writing, {pending} edits shown as pending, {made} made, 0 lost, 0 doubled, {:.0} s; the line: {storm}",
        began.elapsed().as_secs_f64()
    );
    assert!(pending > 0, "some edits were shown before the end");
}

#[test]
fn a_client_killed_seventeen_times_in_the_middle_of_writing_loses_nothing() {
    killed(17, 6);
}

#[test]
#[ignore = "the long run"]
fn a_client_killed_a_thousand_times_in_the_middle_of_writing_loses_nothing() {
    killed(1_000, 12);
}
