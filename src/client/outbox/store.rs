//! The outbox on disk: a redb file whose values are sealed with XChaCha20-Poly1305, the record's key as associated data. What does not
//! live here: which slot is whose (`slot.rs`), what the entries mean (`ledger.rs`).

use std::fs::OpenOptions;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use redb::backends::InMemoryBackend;
use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, TableDefinition, TableError,
};
use skranke_domain::CommandId;
use uuid::Uuid;

use super::OutboxError;
use super::ledger::{Delta, Stored};
use crate::keys::restrict;

const ENTRIES: TableDefinition<&[u8], &[u8]> = TableDefinition::new("entries");
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
}

/// An open outbox file. Nobody else has it as long as this lives.
pub(crate) struct Store {
    database: Database,
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
        let open = || Builder::new().set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true).create(path);
        Self::guarded(open, key)
    }

    /// An outbox that ends with the process.
    pub(crate) fn in_memory(key: &Key) -> Result<(Self, Contents), OpenError> {
        Self::guarded(|| Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(InMemoryBackend::new()), key)
    }

    // A file that was altered from outside must not end the program, whatever the database library thinks of it.
    fn guarded(
        open: impl FnOnce() -> Result<Database, DatabaseError>,
        key: &Key,
    ) -> Result<(Self, Contents), OpenError> {
        catch_unwind(AssertUnwindSafe(|| {
            let store = Self { database: open().map_err(redb::Error::from)?, cipher: XChaCha20Poly1305::new(key) };
            let contents = store.read()?;
            Ok((store, contents))
        }))
        .unwrap_or(Err(OpenError::Damaged))
    }

    fn read(&self) -> Result<Contents, OpenError> {
        let mut contents = Contents { entries: Vec::new(), damaged: 0 };
        let reading = self.database.begin_read().map_err(redb::Error::from)?;
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
        if delta.put.is_empty() && delta.remove.is_empty() {
            return Ok(());
        }
        let mut sealed = Vec::with_capacity(delta.put.len());
        for entry in &delta.put {
            let key = record_key(entry.id);
            let plain = serde_json::to_vec(entry).map_err(|_| OutboxError::Body)?;
            sealed.push((key, self.seal(&key, &plain)?));
        }
        self.write(|writing| {
            let mut table = writing.open_table(ENTRIES)?;
            for id in &delta.remove {
                table.remove(record_key(*id).as_slice())?;
            }
            for (key, value) in &sealed {
                table.insert(key.as_slice(), value.as_slice())?;
            }
            Ok(())
        })
    }

    /// Takes entries out, after another slot has them.
    pub(crate) fn remove(&self, ids: &[CommandId]) -> Result<(), OutboxError> {
        self.apply(&Delta { remove: ids.to_vec(), ..Delta::default() })
    }

    fn write(&self, step: impl FnOnce(&redb::WriteTransaction) -> Result<(), redb::Error>) -> Result<(), OutboxError> {
        let run = || -> Result<(), redb::Error> {
            let mut writing = self.database.begin_write()?;
            writing.set_durability(Durability::Immediate)?;
            step(&writing)?;
            writing.commit()?;
            Ok(())
        };
        run().map_err(|error| OutboxError::Disk(Arc::new(error)))
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
