//! The disk is full, or can only be read: nothing is taken that is not there, what was there stays, and when there is room again it goes on.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chacha20poly1305::aead::Generate;

use super::super::half::HalfChange;
use super::super::ledger::{Delta, Ledger};
use super::super::store::Store;
use super::*;

/// A disk of bytes that can be full.
#[derive(Clone, Debug, Default)]
struct Disk {
    bytes: Arc<Mutex<Vec<u8>>>,
    full: Arc<AtomicBool>,
}

impl Disk {
    fn room(&self) -> io::Result<()> {
        if self.full.load(Ordering::SeqCst) { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl redb::StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.bytes.lock().unwrap().len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let (bytes, from) = (self.bytes.lock().unwrap(), usize::try_from(offset).unwrap());
        out.copy_from_slice(&bytes[from..from + out.len()]);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.room()?;
        self.bytes.lock().unwrap().resize(usize::try_from(len).unwrap(), 0);
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        self.room()
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.room()?;
        let (mut bytes, from) = (self.bytes.lock().unwrap(), usize::try_from(offset).unwrap());
        bytes[from..from + data.len()].copy_from_slice(data);
        Ok(())
    }
}

#[test]
fn on_a_full_disk_nothing_is_taken_and_when_there_is_room_again_it_goes_on_without_a_restart() {
    let (disk, key, person) = (Disk::default(), Key::generate(), StaffId::new());
    let of = disk.clone();
    let (store, _) = Store::on(move || of.clone(), &key).unwrap();
    let state = State { store, ledger: Ledger::new(person), half: Half::new(person) };
    let outbox = Outbox::assemble(person, Some((PathBuf::new(), 0)), key, state);
    let before = outbox.enqueue(judgement(person, CaseId::new(), "lease", ItemAction::Reject)).unwrap();
    outbox.keep_half_written(outbox.turn(), Some(b"halvt")).unwrap();

    disk.full.store(true, Ordering::SeqCst);
    for _ in 0..3 {
        let refused = outbox.enqueue(judgement(person, CaseId::new(), "passport", ItemAction::Approve));
        assert!(matches!(refused, Err(OutboxError::Disk(_))), "{refused:?}");
        assert!(outbox.keep_half_written(outbox.turn(), Some(b"halvt skr")).is_err());
        assert!(outbox.mark_attempted(before.id, now()).is_err(), "nothing leaves that could not be noted");
    }
    assert_eq!(outbox.list(), std::slice::from_ref(&before), "nothing is painted as pending that is not on the disk");

    disk.full.store(false, Ordering::SeqCst);
    let after = outbox.enqueue(judgement(person, CaseId::new(), "passport", ItemAction::Approve)).unwrap();
    outbox.keep_half_written(outbox.turn(), Some(b"halvt skrevet")).unwrap();
    drop(outbox);
    let (_, contents) = Store::on(move || disk.clone(), &key).unwrap();
    let ids: Vec<_> = contents.entries.iter().map(|entry| entry.id).collect();
    assert_eq!((ids, contents.damaged), (vec![before.id, after.id], 0));
    assert_eq!(contents.half.len(), 1);
    assert_eq!(contents.half[0].1.as_deref(), Some(b"halvt skrevet".as_slice()));
}

#[test]
fn a_step_with_half_written_text_is_there_whole_or_not_at_all() {
    let (disk, key, person) = (Disk::default(), Key::generate(), StaffId::new());
    let of = disk.clone();
    let (store, _) = Store::on(move || of.clone(), &key).unwrap();
    let name = super::super::half::new_key(person);
    let kept = HalfChange { put: vec![(name, b"halvt".to_vec())], remove: Vec::new() };
    store.apply_with(&Delta::default(), Some(&kept)).unwrap();
    let ledger = Ledger::new(person);
    let draft = judgement(person, CaseId::new(), "lease", ItemAction::Reject);
    let (_, delta) = ledger.enqueue(draft, Turn(1)).unwrap();
    let sent = HalfChange { put: Vec::new(), remove: vec![name] };
    disk.full.store(true, Ordering::SeqCst);
    assert!(store.apply_with(&delta, Some(&sent)).is_err());
    disk.full.store(false, Ordering::SeqCst);
    drop(store);
    let of = disk.clone();
    let (store, contents) = Store::on(move || of.clone(), &key).unwrap();
    assert_eq!((contents.entries.len(), contents.half.len()), (0, 1));
    store.apply_with(&delta, Some(&sent)).unwrap();
    drop(store);
    let (_, contents) = Store::on(move || disk.clone(), &key).unwrap();
    assert_eq!((contents.entries.len(), contents.half.len()), (1, 0));
}

/// The real file under a real limit: the test runs itself once more as a process that may write no file beyond a size.
#[cfg(unix)]
#[test]
fn under_a_limit_of_the_system_what_does_not_fit_is_refused_and_what_fitted_is_there() {
    const ROOM: &str = "SKRANKE_TEST_ROOM";
    let this = "outbox::tests::disk::under_a_limit_of_the_system_what_does_not_fit_is_refused_and_what_fitted_is_there";
    if let Some(folder) = std::env::var_os(ROOM) {
        let keys = KeyPlace::TrainingFile(Path::new(&folder).join("training.key"));
        let person = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        let outbox = Outbox::open(Path::new(&folder), &keys, person).unwrap().outbox;
        let mut draft = judgement(person, CaseId::new(), "lease", ItemAction::Reject);
        outbox.enqueue(draft.clone()).unwrap();
        // Larger than the system lets any file become.
        draft.resource = "/v1/elsewhere".into();
        draft.body["reason"] = json!("x".repeat(16 << 20));
        assert!(matches!(outbox.enqueue(draft), Err(OutboxError::Disk(_))));
        assert_eq!(outbox.list().len(), 1);
        return;
    }
    let profile = Profile::new();
    let mut child = std::process::Command::new("sh");
    // In blocks of 512 bytes; a process that is told so by a signal would end instead of hearing an error.
    child.args(["-c", "trap '' XFSZ; ulimit -f 8192; exec \"$0\" --exact \"$1\" --nocapture"]);
    let ended = child.arg(std::env::current_exe().unwrap()).arg(this).env(ROOM, profile.path()).output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success() && said.contains("1 passed"), "{said}");
    let person = "01890000-0000-7000-8000-000000000001".parse().unwrap();
    let again = profile.open(person);
    assert!(again.set_aside.is_empty());
    assert_eq!(again.outbox.list().len(), 1);
}

#[test]
fn a_folder_that_cannot_be_used_is_said_and_no_panic() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no-folder");
    fs::write(&file, b"x").unwrap();
    let keys = KeyPlace::TrainingFile(folder.path().join("training.key"));
    let failed = Outbox::open(&file, &keys, StaffId::new());
    assert!(matches!(failed, Err(OutboxError::Io(_))), "{failed:?}");
}
