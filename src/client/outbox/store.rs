//! The outbox on disk: a redb file whose values are sealed with XChaCha20-Poly1305, the record's key as associated data. What does not
//! live here: which slot is whose (`slot.rs`), what the entries mean (`ledger.rs`).

use std::fs::OpenOptions;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use redb::backends::InMemoryBackend;
use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, TableDefinition, TableError,
};
use skranke_domain::CommandId;
use uuid::Uuid;

use super::OutboxError;
use super::half::{HalfChange, HalfKey, HalfRecord};
use super::ledger::{Delta, Stored};
use crate::keys::restrict;

const ENTRIES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("entries");
/// What is half written, by whose it is.
const HALF: TableDefinition<&[u8], &[u8]> = TableDefinition::new("half");
const META: TableDefinition<&[u8], &[u8]> = TableDefinition::new("meta");
/// Opens only with the right key, so that a wrong key is told from a damaged entry.
const PROOF_KEY: &[u8] = b"proof";
const PROOF: &[u8] = b"skranke outbox 1";
const NONCE_BYTES: usize = 24;
/// An outbox is small; the default would reserve a gigabyte.
const CACHE_BYTES: usize = 1 << 20;

/// Why a file could not be opened.
#[derive(Debug)]
pub(crate) enum OpenError {
    /// Another process, or another window of this one, has it.
    Taken,
    /// It is no outbox of ours, or was sealed with another key. Set it aside.
    Damaged,
    /// The disk or the system refuses.
    Failed(OutboxError),
}

impl From<redb::Error> for OpenError {
    fn from(error: redb::Error) -> Self {
        match error {
            redb::Error::DatabaseAlreadyOpen => Self::Taken,
            redb::Error::Io(error) if is_disk(&error) => Self::Failed(OutboxError::Io(Arc::new(error))),
            _ => Self::Damaged,
        }
    }
}

/// The disk's own trouble, as against nonsense in the file.
fn is_disk(error: &io::Error) -> bool {
    !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput)
}

/// What a file holds.
pub(crate) struct Contents {
    pub(crate) entries: Vec<Stored>,
    /// Entries that could not be read.
    pub(crate) damaged: usize,
    /// What is half written, of everybody.
    pub(crate) half: Vec<HalfRecord>,
}

type Opener = Box<dyn Fn() -> Result<Database, DatabaseError> + Send + Sync>;

/// An open outbox file. Nobody else has it as long as this lives.
pub(crate) struct Store {
    /// None after the disk failed and the file could not be opened anew: the next step tries again.
    database: Mutex<Option<Database>>,
    open: Opener,
    cipher: XChaCha20Poly1305,
}

impl Store {
    /// Opens or makes a file.
    pub(crate) fn create(path: &Path, key: &Key) -> Result<(Self, Contents), OpenError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(|e| OpenError::Failed(OutboxError::Io(Arc::new(e))))?;
        restrict(&file).map_err(|e| OpenError::Failed(OutboxError::Io(Arc::new(e))))?;
        drop(file);
        let path = path.to_owned();
        let open = move || Builder::new().set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true).create(&path);
        Self::guarded(Box::new(open), key)
    }

    /// An outbox that ends with the process.
    pub(crate) fn in_memory(key: &Key) -> Result<(Self, Contents), OpenError> {
        let open = || Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(InMemoryBackend::new());
        Self::guarded(Box::new(open), key)
    }

    /// An outbox on a disk that a test makes.
    #[cfg(test)]
    pub(crate) fn on<B: redb::StorageBackend>(
        disk: impl Fn() -> B + Send + Sync + 'static,
        key: &Key,
    ) -> Result<(Self, Contents), OpenError> {
        let open = move || Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(disk());
        Self::guarded(Box::new(open), key)
    }

    // A file that was altered from outside must not end the program, whatever the database library thinks of it.
    fn guarded(open: Opener, key: &Key) -> Result<(Self, Contents), OpenError> {
        catch_unwind(AssertUnwindSafe(|| {
            let database = open().map_err(redb::Error::from)?;
            let store = Self { database: Mutex::new(None), open, cipher: XChaCha20Poly1305::new(key) };
            let reading = database.begin_read().map_err(redb::Error::from)?;
            *store.database.lock().unwrap_or_else(PoisonError::into_inner) = Some(database);
            let contents = store.read(&reading)?;
            Ok((store, contents))
        }))
        .unwrap_or(Err(OpenError::Damaged))
    }

    fn read(&self, reading: &redb::ReadTransaction) -> Result<Contents, OpenError> {
        let mut contents = Contents { entries: Vec::new(), damaged: 0, half: Vec::new() };
        match reading.open_table(META) {
            Ok(meta) => {
                let proof = meta.get(PROOF_KEY).map_err(redb::Error::from)?;
                let plain = proof.and_then(|sealed| self.unseal(PROOF_KEY, sealed.value()));
                if plain.as_deref() != Some(PROOF) {
                    return Err(OpenError::Damaged);
                }
            }
            Err(TableError::TableDoesNotExist(_)) => {
                self.begin().map_err(OpenError::Failed)?;
                return Ok(contents);
            }
            Err(error) => return Err(redb::Error::from(error).into()),
        }
        let table = reading.open_table(ENTRIES).map_err(redb::Error::from)?;
        for record in table.iter().map_err(redb::Error::from)? {
            let (key, value) = record.map_err(redb::Error::from)?;
            let plain = self.unseal(key.value(), value.value());
            let entry = plain.and_then(|plain| serde_json::from_slice::<Stored>(&plain).ok());
            match entry.filter(|entry| record_key(entry.id) == *key.value()) {
                Some(entry) => contents.entries.push(entry),
                None => contents.damaged += 1,
            }
        }
        contents.entries.sort_by_key(|e| e.seq);
        match reading.open_table(HALF) {
            Ok(table) => {
                for record in table.iter().map_err(redb::Error::from)? {
                    let (key, value) = record.map_err(redb::Error::from)?;
                    // A name of another length is none of ours.
                    let Ok(name) = HalfKey::try_from(key.value()) else { continue };
                    contents.half.push((name, self.unseal(&name, value.value())));
                }
            }
            // A file from before half-written text was kept.
            Err(TableError::TableDoesNotExist(_)) => {}
            Err(error) => return Err(redb::Error::from(error).into()),
        }
        Ok(contents)
    }

    fn begin(&self) -> Result<(), OutboxError> {
        let proof = self.seal(PROOF_KEY, PROOF)?;
        self.write(|writing| {
            writing.open_table(META)?.insert(PROOF_KEY, proof.as_slice())?;
            writing.open_table(ENTRIES)?;
            Ok(())
        })
    }

    /// Writes one step, whole or not at all. It is on disk when this returns.
    pub(crate) fn apply(&self, delta: &Delta) -> Result<(), OutboxError> {
        self.apply_with(delta, None)
    }

    /// Writes one step and what is half written since, in one transaction: a text is in one place or in the other.
    pub(crate) fn apply_with(&self, delta: &Delta, half: Option<&HalfChange>) -> Result<(), OutboxError> {
        let half = half.filter(|half| !half.put.is_empty() || !half.remove.is_empty());
        if delta.put.is_empty() && delta.remove.is_empty() && half.is_none() {
            return Ok(());
        }
        let mut sealed = Vec::with_capacity(delta.put.len());
        for entry in &delta.put {
            let key = record_key(entry.id);
            let plain = serde_json::to_vec(entry).map_err(|_| OutboxError::Body)?;
            sealed.push((key, self.seal(&key, &plain)?));
        }
        let mut half_sealed = Vec::new();
        for (key, plain) in half.into_iter().flat_map(|half| &half.put) {
            half_sealed.push((key, self.seal(key, plain)?));
        }
        self.write(|writing| {
            let mut table = writing.open_table(ENTRIES)?;
            for id in &delta.remove {
                table.remove(record_key(*id).as_slice())?;
            }
            for (key, value) in &sealed {
                table.insert(key.as_slice(), value.as_slice())?;
            }
            if let Some(half) = half {
                let mut table = writing.open_table(HALF)?;
                for key in &half.remove {
                    table.remove(key.as_slice())?;
                }
                for (key, value) in &half_sealed {
                    table.insert(key.as_slice(), value.as_slice())?;
                }
            }
            Ok(())
        })
    }

    fn write(&self, step: impl FnOnce(&redb::WriteTransaction) -> Result<(), redb::Error>) -> Result<(), OutboxError> {
        let disk = |error: redb::Error| OutboxError::Disk(Arc::new(error));
        let mut held = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            *held = Some((self.open)().map_err(|error| disk(error.into()))?);
        }
        let Some(database) = held.as_ref() else { return Err(OutboxError::KeepsFailing) };
        let run = || -> Result<(), redb::Error> {
            let mut writing = database.begin_write()?;
            writing.set_durability(Durability::Immediate)?;
            step(&writing)?;
            writing.commit()?;
            Ok(())
        };
        let done = run();
        if matches!(done, Err(redb::Error::Io(_) | redb::Error::PreviousIo)) {
            // After the disk failed once the library takes nothing more: the file is opened anew, as it was before this step.
            *held = None;
            *held = (self.open)().ok();
        }
        done.map_err(disk)
    }

    fn seal(&self, key: &[u8], plain: &[u8]) -> Result<Vec<u8>, OutboxError> {
        let nonce = XNonce::generate();
        let sealed = self.cipher.encrypt(&nonce, Payload { msg: plain, aad: key }).map_err(|_| OutboxError::Body)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    fn unseal(&self, key: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher.decrypt(&nonce, Payload { msg: sealed, aad: key }).ok()
    }
}

/// Opaque: the command id, which says nothing but when it was made.
fn record_key(id: CommandId) -> [u8; 16] {
    let uuid: Uuid = id.0;
    *uuid.as_bytes()
}
