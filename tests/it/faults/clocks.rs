//! Clocks that jump, and two windows of one person: the order of what was written and its number stay what they were.

use std::process::Command;

use super::killed_clients::{Somebody, everything_is_sent, once_each, somebodies, writing};
use super::storm::Storm;
use super::{Office, runtime, seed};
use crate::support::process::{Running, play_at};

fn at(command: &Command, now: &str) -> Command {
    let mut other = Command::new(command.get_program());
    let mut args = command.get_args();
    while let Some(arg) = args.next() {
        other.arg(arg);
        if arg == "--now" {
            args.next();
            other.arg(now);
        }
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => other.env(name, value),
            None => other.env_remove(name),
        };
    }
    other
}

fn shown(ended: &crate::support::process::Ended) -> Vec<String> {
    ended.out.iter().filter_map(|line| line.strip_prefix("shown ").map(str::to_owned)).collect()
}

/// Writes and ends as a window does that is closed.
fn script(her: &Somebody, texts: &[String]) -> String {
    writing(her, texts).replace("expect \"the end of the day\" within 300s\n", "close\n")
}

#[test]
fn a_clock_that_jumps_back_and_forth_between_starts_loses_and_doubles_nothing() {
    let office = Office::open();
    let storm = Storm::to(&office.url(), seed());
    let runtime = runtime();
    let all = runtime.block_on(somebodies(&office, 1));
    let profile = tempfile::tempdir().unwrap();
    let tokens = office.path("tokens.json");
    let (mut typed, mut seen) = (Vec::new(), Vec::new());
    for (run, now) in ["2026-06-09T08:06:00Z", "2026-06-08T23:59:00Z", "2031-01-01T00:00:00Z", "2026-06-09T08:05:00Z"]
        .into_iter()
        .enumerate()
    {
        let texts: Vec<String> = (0..3).map(|n| format!("clock {run} note {n}")).collect();
        typed.extend(texts.iter().map(|text| (0, text.clone())));
        let command = play_at(profile.path(), &script(&all[0], &texts), &storm.url, &tokens);
        let ended = Running::start(&mut at(&command, now)).end();
        assert_eq!(ended.code(), Some(0), "{now}: {ended:?}");
        seen.extend(shown(&ended));
    }
    assert_eq!(seen.len(), 12);
    everything_is_sent(profile.path(), &storm.url, &tokens);
    assert_eq!(runtime.block_on(once_each(&office, &all, &typed, &seen)), 12);
}

#[test]
fn two_windows_of_one_person_write_at_once_and_nothing_is_lost_or_doubled() {
    let office = Office::open();
    let storm = Storm::to(&office.url(), seed());
    let runtime = runtime();
    let all = runtime.block_on(somebodies(&office, 2));
    let profile = tempfile::tempdir().unwrap();
    let tokens = office.path("tokens.json");
    let texts = |who: usize| (0..6).map(|n| format!("window {who} note {n}")).collect::<Vec<_>>();
    let scripts: Vec<String> = (0..2).map(|who| script(&all[who], &texts(who))).collect();
    let windows: Vec<Running> = scripts
        .iter()
        .map(|script| Running::start(&mut play_at(profile.path(), script, &storm.url, &tokens)))
        .collect();
    let mut seen = Vec::new();
    for window in windows {
        let ended = window.end();
        assert_eq!(ended.code(), Some(0), "{ended:?}");
        seen.extend(shown(&ended));
    }
    let typed: Vec<(usize, String)> =
        (0..2).flat_map(|who| texts(who).into_iter().map(move |text| (who, text))).collect();
    // What either of them left is taken over by whoever comes next.
    everything_is_sent(profile.path(), &storm.url, &tokens);
    assert_eq!(runtime.block_on(once_each(&office, &all, &typed, &seen)), 12);
}
