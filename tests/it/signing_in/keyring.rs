//! A real keyring: gnome-keyring on a message bus of its own. The address of a bus is a process's, so each case runs in a child: this test
//! binary again, inside `dbus-run-session`. What does not live here: the day itself.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use skranke::client::keyring::{Item, Keyring, SystemKeyring};
use skranke::client::sign_in::NoKeyring;
use skranke::client::{KeyError, KeyPlace, Outbox, keyring_works};
use skranke::domain::StaffId;

use super::{Office, a_day, runtime};
use crate::support::process::{Ended, Running};

/// Which case a child runs.
const CASE: &str = "SKRANKE_KEYRING_CASE";
/// The folder it runs in.
const PROFILE: &str = "SKRANKE_KEYRING_PROFILE";
const INSIDE: &str = "signing_in::keyring::inside_a_session_of_its_own";
/// The daemon ends with the bus, and the bus with the case.
const UNLOCKED: &str =
    r#"printf secret | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null; exec "$@""#;
/// A keyring that was made on another day, and nobody gave its password today.
const LOCKED: &str =
    r#"gnome-keyring-daemon --start --components=secrets --daemonize </dev/null >/dev/null; exec "$@""#;

/// Why there can be no real keyring on this machine.
fn missing() -> Option<String> {
    let is_there = |program: &&str| {
        let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    };
    let lacking = ["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|program| !is_there(program));
    lacking.map(|program| format!("there is no {program}: run .ci/prepare.sh as root"))
}

/// Runs a case in a child with a home of its own, whose keyring is begun by a line of shell; none: on no bus at all.
fn child(case: &str, home: &Path, begin: Option<&str>) -> Ended {
    let run = home.join("run");
    std::fs::create_dir_all(&run).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let myself = std::env::current_exe().unwrap();
    let mut command = match begin {
        Some(begin) => {
            let mut command = Command::new("dbus-run-session");
            command.args(["--", "sh", "-c", begin, "sh"]).arg(myself);
            command
        }
        None => Command::new(myself),
    };
    command
        .args(["--exact", INSIDE, "--ignored", "--nocapture", "--test-threads=1"])
        .env(CASE, case)
        .env(PROFILE, home.join("profile"))
        .env("HOME", home)
        .env("XDG_RUNTIME_DIR", &run)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY");
    Running::start(&mut command).end()
}

#[track_caller]
fn passed(ended: &Ended) {
    let said = ended.out.join("\n");
    assert!(ended.status.success() && said.contains("1 passed"), "{said}\n{}", ended.err);
    for line in ended.out.iter().filter_map(|line| line.split_once("skipped: ")) {
        println!("skipped: {}", line.1);
    }
}

#[test]
fn a_day_with_a_real_keyring_and_the_next_one_when_it_is_locked() {
    if let Some(reason) = missing() {
        println!("skipped: {reason}");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    passed(&child("works", home.path(), Some(UNLOCKED)));
    passed(&child("day", home.path(), Some(UNLOCKED)));
    passed(&child("locked", home.path(), Some(LOCKED)));
    passed(&child("kept", home.path(), Some(UNLOCKED)));
}

#[test]
fn a_system_without_a_keyring_is_told_as_such() {
    let home = tempfile::tempdir().unwrap();
    passed(&child("missing", home.path(), None));
}

#[test]
#[ignore = "its neighbours run it, each in a session of its own"]
fn inside_a_session_of_its_own() {
    let (Ok(case), Some(profile)) = (std::env::var(CASE), std::env::var_os(PROFILE)) else {
        println!("skipped: nobody said which case");
        return;
    };
    let profile = Path::new(&profile);
    match case.as_str() {
        "works" => {
            assert_eq!(keyring_works(), Ok(()));
            keeps_a_key(profile);
        }
        "day" => {
            let Some(office) = Office::open() else { return };
            let keyring: Arc<dyn Keyring> = Arc::new(SystemKeyring);
            runtime().block_on(a_day(office, keyring));
        }
        "locked" => {
            assert_eq!(keyring_works(), Err(NoKeyring::Locked));
            let refused = runtime().block_on(KeyPlace::keyring("prøve").try_it());
            assert!(matches!(refused, Err(KeyError::Keyring(NoKeyring::Locked))), "{refused:?}");
        }
        // The day after: the same key still opens what it sealed.
        "kept" => keeps_a_key(profile),
        "missing" => assert_eq!(keyring_works(), Err(NoKeyring::Missing)),
        other => panic!("{other}"),
    }
}

/// An outbox sealed with a key in the keyring opens again, and the key lies in no file beside it.
fn keeps_a_key(profile: &Path) {
    std::fs::create_dir_all(profile).unwrap();
    let keys = KeyPlace::keyring("prøve");
    let person: StaffId = "01890000-0000-7000-8000-000000000001".parse().unwrap();
    for _ in 0..2 {
        let opened = Outbox::open(profile, &keys, person).unwrap();
        assert!(opened.set_aside.is_empty(), "{:?}", opened.set_aside);
    }
    let KeyPlace::Keyring { account, .. } = &keys else { panic!("{keys:?}") };
    let key = SystemKeyring.read(&Item::of(account.clone())).unwrap().unwrap();
    let raw = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, key.expose()).unwrap();
    assert_eq!(raw.len(), 32);
    for file in std::fs::read_dir(profile).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let holds = |wanted: &[u8]| bytes.windows(wanted.len()).any(|part| part == wanted);
        assert!(!holds(&raw) && !holds(key.expose().as_bytes()));
    }
}
