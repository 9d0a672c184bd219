//! The real window, on a display without a screen, killed in the middle of writing. Where there is no such display it says so and passes.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::killed_clients::{everything_is_sent, once_each, somebodies};
use super::storm::Storm;
use super::{Dice, Office, moment, runtime, seed};
use crate::support::process::skranke;

/// A program that ends with the test.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display without a screen and a window manager on it; none where this machine has none.
struct Display {
    name: String,
    _server: Helper,
    _manager: Helper,
}

impl Display {
    fn open() -> Result<Self, String> {
        for program in ["Xvfb", "xdotool", "openbox"] {
            let there = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
            if !there.is_ok_and(|found| found.status.success()) {
                return Err(format!("{program} is not installed"));
            }
        }
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1440x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut number = String::new();
        let out = server.stdout.take().ok_or("no output")?;
        let server = Helper(server);
        BufReader::new(out).read_line(&mut number).map_err(|error| error.to_string())?;
        let name = format!(":{}", number.trim());
        let manager = Command::new("openbox")
            .env("DISPLAY", &name)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        Ok(Self { name, _server: server, _manager: Helper(manager) })
    }

    /// Presses keys as a hand does; says whether that worked.
    fn hand(&self, args: &[&str]) -> Option<String> {
        let done = Command::new("xdotool").env("DISPLAY", &self.name).args(args).output().ok()?;
        done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
    }

    fn window(&self) -> String {
        let deadline = Instant::now() + crate::support::PATIENCE;
        loop {
            if let Some(found) = self.hand(&["search", "--onlyvisible", "--name", "^Skranke$"])
                && let Some(first) = found.lines().next()
            {
                return first.to_owned();
            }
            assert!(Instant::now() < deadline, "no window came");
            moment(50);
        }
    }
}

#[test]
fn the_real_window_killed_three_times_in_the_middle_of_writing_loses_nothing() {
    let display = match Display::open() {
        Ok(display) => display,
        Err(why) => {
            println!("skipped: {why}");
            return;
        }
    };
    let seed = seed();
    let mut dice = Dice::new(seed);
    let office = Office::open();
    let storm = Storm::to(&office.url(), seed);
    let runtime = runtime();
    let all = runtime.block_on(somebodies(&office, 3));
    let profile = tempfile::tempdir().unwrap();
    let tokens = office.path("tokens.json");
    let (mut typed, mut shown) = (Vec::new(), Vec::new());
    for (run, her) in all.iter().enumerate() {
        let mut command = skranke(profile.path());
        command.args(["--server", &storm.url]).arg("--persona-tokens").arg(&tokens);
        command.env("DISPLAY", &display.name).env("SKRANKE_LOG", "warn,skranke_client=debug");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let window = Helper(command.spawn().unwrap());
        let id = display.window();
        let kept_before = kept(profile.path());
        display.hand(&["windowactivate", "--sync", &id]);
        display.hand(&["key", "ctrl+k"]).unwrap();
        display.hand(&["type", "--delay", "20", &her.name.to_lowercase()]).unwrap();
        // The server's log says when she was looked for, and when her page was read.
        runtime.block_on(logged(&office, "search", run + 1));
        moment(500);
        display.hand(&["key", "Return"]).unwrap();
        runtime.block_on(logged(&office, "read_overview", run + 1));
        moment(500);
        for n in 0..3 {
            let text = format!("window {run} note {n}");
            display.hand(&["key", "n"]).unwrap();
            moment(300);
            display.hand(&["type", "--delay", "15", &text]).unwrap();
            display.hand(&["key", "ctrl+Return"]).unwrap();
            typed.push((run, text.clone()));
            // The log says when the disk has it, which is before it is painted.
            let deadline = Instant::now() + Duration::from_secs(10);
            while Instant::now() < deadline && kept(profile.path()) < kept_before + n + 1 {
                moment(10);
            }
            if kept(profile.path()) > kept_before + n {
                shown.push(text);
            }
        }
        moment(dice.below(200));
        drop(window);
    }
    everything_is_sent(profile.path(), &storm.url, &tokens);
    let made = runtime.block_on(once_each(&office, &all, &typed, &shown));
    println!(
        "seed {seed}: 3 windows killed, {} edits on the disk, {made} made, 0 lost, 0 doubled; the line: {storm}",
        shown.len()
    );
    assert!(!shown.is_empty(), "the window took what was typed");
}

/// Waits until the log holds so many records of a kind by the clerk.
async fn logged(office: &Office, action: &str, times: usize) {
    let leader = office.raw("teamLeader");
    let deadline = Instant::now() + crate::support::PATIENCE;
    loop {
        let page = leader.get(&format!("/v1/audit?limit=200&action={action}")).await.fine();
        let hers = page["items"].as_array().unwrap().iter().filter(|record| record["role"] == "clerk").count();
        if hers >= times {
            return;
        }
        assert!(Instant::now() < deadline, "{action} is not in the log");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// How often the log says that a change is on the disk.
fn kept(profile: &std::path::Path) -> usize {
    fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
        let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
        let paths = entries.flatten().map(|entry| entry.path());
        paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }
    let logs = files(profile).into_iter().filter(|path| path.extension().is_some_and(|end| end == "log"));
    logs.map(|log| std::fs::read_to_string(log).unwrap_or_default().matches("changes are on the disk").count()).sum()
}
