//! The real binaries as processes: started on scripts and profiles of their own, watched with deadlines, ended by their ids.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Instant;

use super::{CITIZENS, NOW, PATIENCE, SEED};

/// A process under test. It is killed when dropped.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    errors: Option<JoinHandle<String>>,
}

/// What a process left.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    /// The lines of its standard output that nobody waited for.
    pub out: Vec<String>,
    pub err: String,
}

impl Ended {
    /// The exit code; a process that was killed has none.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }
}

impl Running {
    /// Starts a command.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        let mut err = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = err.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        Self { child, lines, errors: Some(errors) }
    }

    /// Waits for a line of its standard output.
    #[track_caller]
    pub fn says(&mut self, wanted: &str) -> String {
        let deadline = Instant::now() + 2 * PATIENCE;
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) if line.contains(wanted) => return line,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => panic!("`{wanted}` was not said in time"),
                Err(RecvTimeoutError::Disconnected) => {
                    let _ = self.child.wait();
                    let err = self.errors.take().map(|errors| errors.join().unwrap()).unwrap_or_default();
                    panic!("it ended without saying `{wanted}`: {err}");
                }
            }
        }
    }

    /// Waits for its end.
    #[track_caller]
    pub fn end(mut self) -> Ended {
        let deadline = Instant::now() + 2 * PATIENCE;
        let mut out = Vec::new();
        // Its output ends with it: nothing to poll.
        loop {
            match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(line) => out.push(line),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it did not end in time; it said {out:?}"),
            }
        }
        let status = self.child.wait().unwrap();
        let err = self.errors.take().map(|errors| errors.join().unwrap()).unwrap_or_default();
        Ended { status, out, err }
    }

    /// `kill -9`.
    pub fn kill(mut self) -> Ended {
        self.child.kill().unwrap();
        self.end()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `skranke` with a profile of its own.
pub fn skranke(profile: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skranke"));
    command.arg("--profile").arg(profile).args(["--lang", "en", "--now", NOW]);
    bare(&mut command, profile);
    command
}

/// Nothing of the machine that runs the tests shows: no display, no bus, no home.
fn bare(command: &mut Command, home: &Path) {
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "SKRANKE_LOG", "ICED_BACKEND"] {
        command.env_remove(name);
    }
    command.env("HOME", home).env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent").env("RUST_BACKTRACE", "1");
}

/// `skranke --play` on a script, in the training municipality of its profile.
pub fn play(profile: &Path, script: &str) -> Command {
    let mut command = skranke(profile);
    command.arg("--play").arg(script_file(profile, script));
    command.args(["--seed", &SEED.to_string(), "--citizens", &CITIZENS.to_string()]);
    command
}

/// `skranke --play` on a script, at a server elsewhere.
pub fn play_at(profile: &Path, script: &str, url: &str, tokens: &Path) -> Command {
    let mut command = skranke(profile);
    command.arg("--play").arg(script_file(profile, script)).args(["--server", url]).arg("--persona-tokens").arg(tokens);
    command
}

/// Each script has a file of its own: two windows may play from one profile.
fn script_file(profile: &Path, script: &str) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    fs::create_dir_all(profile).unwrap();
    let file = profile.join(format!("script-{}.play", COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::write(&file, script).unwrap();
    file
}

/// A real `skranke-server` with a training town.
pub struct Server {
    pub url: String,
    pub tokens: PathBuf,
    _running: Running,
    _folder: tempfile::TempDir,
}

impl Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tokens = folder.path().join("tokens.json");
        let mut command = server();
        command
            .args(["--listen", "127.0.0.1:0", "--training", "--no-faults", "--now", NOW])
            .args(["--seed", &SEED.to_string(), "--citizens", &CITIZENS.to_string()])
            .arg("--database")
            .arg(folder.path().join("town.db"))
            .arg("--persona-tokens")
            .arg(&tokens);
        let mut running = Running::start(&mut command);
        let line = running.says("listening on ");
        let url = line.trim_start_matches("listening on ").trim().to_owned();
        Self { url, tokens, _running: running, _folder: folder }
    }

    /// A persona's token.
    pub fn token(&self, persona: &str) -> String {
        let text = fs::read_to_string(&self.tokens).unwrap();
        let file: serde_json::Value = serde_json::from_str(&text).unwrap();
        file["tokens"][persona].as_str().unwrap().to_owned()
    }
}

/// `skranke-server`.
pub fn server() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_skranke-server"));
    command.env_remove("SKRANKE_LOG").env("RUST_BACKTRACE", "1");
    command
}
