//! The replica on disk: a redb file whose values are sealed and whose record names are keyed. What lives here: reading and writing its three
//! tables. What does not: what is kept and for how long (`mod.rs`), which file is free (`slot.rs`).

use std::fs::OpenOptions;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use chacha20poly1305::Key;
use jiff::Timestamp;
use redb::backends::InMemoryBackend;
use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, TableDefinition, TableError,
};
use serde::{Deserialize, Serialize};
use skranke_api::audit::{AuditAction, OfflineLook};
use skranke_domain::{CitizenId, CommandId, StaffId};

use super::ReplicaError;
use super::sealed::{Name, Seal};
use crate::keys::restrict;

const ANSWERS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("answers");
const INDEX: TableDefinition<&[u8], &[u8]> = TableDefinition::new("index");
const SPOOL: TableDefinition<u64, &[u8]> = TableDefinition::new("spool");
const META: TableDefinition<&[u8], &[u8]> = TableDefinition::new("meta");
/// Opens only with the right key, so that a wrong key is told from a damaged record.
const PROOF_KEY: &[u8] = b"proof";
const PROOF: &[u8] = b"skranke replica 1";
const CACHE_BYTES: usize = 4 << 20;

/// Why a file could not be opened.
#[derive(Debug)]
pub(super) enum OpenError {
    /// Another window has it.
    Taken,
    /// It is none of ours, or was sealed with another key. Set it aside.
    Damaged,
    /// The disk or the system refuses.
    Failed(ReplicaError),
}

impl From<redb::Error> for OpenError {
    fn from(error: redb::Error) -> Self {
        let nonsense = |error: &io::Error| {
            matches!(
                error.kind(),
                io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput
            )
        };
        match error {
            redb::Error::DatabaseAlreadyOpen => Self::Taken,
            redb::Error::Io(error) if !nonsense(&error) => Self::Failed(ReplicaError::Io(Arc::new(error))),
            _ => Self::Damaged,
        }
    }
}

/// What is known of a kept answer without opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Line {
    /// Who saw it.
    pub(super) person: StaffId,
    /// What a look at it is; an opened citizen's is found again by her name.
    pub(super) action: Option<AuditAction>,
    /// About whom.
    pub(super) citizen: Option<CitizenId>,
    /// When it was true.
    pub(super) at: Timestamp,
    /// When it was kept or looked at last.
    pub(super) used: Timestamp,
    /// How many bytes it takes.
    pub(super) bytes: u64,
}

/// A kept answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    /// Its version, where it carried one.
    pub(super) etag: Option<String>,
    /// Its bytes as they came.
    pub(super) body: Vec<u8>,
}

/// A look that the log was not told yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Spooled {
    /// Who looked.
    pub(super) person: StaffId,
    /// The look.
    pub(super) look: OfflineLook,
    /// The command that it leaves with, once it is about to.
    pub(super) batch: Option<CommandId>,
}

/// One step on the disk, whole or not at all.
#[derive(Default)]
pub(super) struct Step {
    /// Answers to keep; without one, its line alone changes.
    pub(super) keep: Vec<(Name, Line, Option<Answer>)>,
    /// Answers to forget.
    pub(super) forget: Vec<Name>,
    /// Looks to write down.
    pub(super) spool: Vec<(u64, Spooled)>,
    /// Looks that the log has.
    pub(super) told: Vec<u64>,
    /// Under which rights a person's answers came.
    pub(super) rights: Option<(Name, String)>,
}

/// An open file. Nobody else has it as long as this lives.
pub(super) struct Store {
    database: Database,
    seal: Seal,
}

/// What is kept, each with its line, and the names whose lines cannot be read.
pub(super) type Index = (Vec<(Name, Line)>, Vec<Name>);

impl Store {
    /// Opens or makes a file.
    pub(super) fn create(path: &Path, key: &Key) -> Result<Self, OpenError> {
        let failed = |error| OpenError::Failed(ReplicaError::Io(Arc::new(error)));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(failed)?;
        restrict(&file).map_err(failed)?;
        drop(file);
        let open = || Builder::new().set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true).create(path);
        Self::guarded(open, key)
    }

    /// A replica that ends with the process.
    pub(super) fn in_memory(key: &Key) -> Result<Self, OpenError> {
        Self::guarded(|| Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(InMemoryBackend::new()), key)
    }

    // A file that was altered from outside must not end the program, whatever the database library thinks of it.
    fn guarded(open: impl FnOnce() -> Result<Database, DatabaseError>, key: &Key) -> Result<Self, OpenError> {
        catch_unwind(AssertUnwindSafe(|| {
            let store = Self { database: open().map_err(redb::Error::from)?, seal: Seal::of(key) };
            store.prove()?;
            Ok(store)
        }))
        .unwrap_or(Err(OpenError::Damaged))
    }

    fn prove(&self) -> Result<(), OpenError> {
        let reading = self.database.begin_read().map_err(redb::Error::from)?;
        match reading.open_table(META) {
            Ok(meta) => {
                let proof = meta.get(PROOF_KEY).map_err(redb::Error::from)?;
                let plain = proof.and_then(|sealed| self.seal.unseal(PROOF_KEY, sealed.value()));
                if plain.as_deref() == Some(PROOF) { Ok(()) } else { Err(OpenError::Damaged) }
            }
            Err(TableError::TableDoesNotExist(_)) => self.begin().map_err(OpenError::Failed),
            Err(error) => Err(redb::Error::from(error).into()),
        }
    }

    fn begin(&self) -> Result<(), ReplicaError> {
        let proof = self.seal.seal(PROOF_KEY, PROOF).ok_or(ReplicaError::Seal)?;
        self.write(|writing| {
            writing.open_table(META)?.insert(PROOF_KEY, proof.as_slice())?;
            writing.open_table(ANSWERS)?;
            writing.open_table(INDEX)?;
            writing.open_table(SPOOL)?;
            Ok(())
        })
    }

    /// The name of a person's record.
    pub(super) fn name(&self, person: StaffId, identity: &str) -> Name {
        self.seal.name(person, identity)
    }

    /// Every line that can be read, and the names of those that cannot.
    pub(super) fn index(&self) -> Result<Index, redb::Error> {
        let table = self.database.begin_read()?.open_table(INDEX)?;
        let (mut lines, mut damaged) = (Vec::new(), Vec::new());
        for record in table.iter()? {
            let (name, sealed) = record?;
            let Ok(name) = Name::try_from(name.value()) else { continue };
            match self.opened::<Line>(&place(b'i', &name), sealed.value()) {
                Some(line) => lines.push((name, line)),
                None => damaged.push(name),
            }
        }
        Ok((lines, damaged))
    }

    /// An answer, where it can be read.
    pub(super) fn answer(&self, name: &Name) -> Option<Answer> {
        let read = || -> Result<Option<Vec<u8>>, redb::Error> {
            let table = self.database.begin_read()?.open_table(ANSWERS)?;
            Ok(table.get(name.as_slice())?.map(|sealed| sealed.value().to_vec()))
        };
        let sealed = read().ok()??;
        let plain = self.seal.unseal(&place(b'a', name), &sealed)?;
        let (length, rest) = plain.split_at_checked(2)?;
        let length = u16::from_be_bytes(length.try_into().ok()?);
        let (etag, body) = rest.split_at_checked(usize::from(length))?;
        let etag = String::from_utf8(etag.to_vec()).ok().filter(|etag| !etag.is_empty());
        Some(Answer { etag, body: body.to_vec() })
    }

    /// Under which rights a person's answers came; none before any did.
    pub(super) fn rights(&self, name: &Name) -> Option<String> {
        let read = || -> Result<Option<Vec<u8>>, redb::Error> {
            let table = self.database.begin_read()?.open_table(META)?;
            Ok(table.get(name.as_slice())?.map(|sealed| sealed.value().to_vec()))
        };
        String::from_utf8(self.seal.unseal(&place(b'r', name), &read().ok()??)?).ok()
    }

    /// The looks that the log was not told, in their order.
    pub(super) fn spool(&self) -> Result<Vec<(u64, Spooled)>, redb::Error> {
        let table = self.database.begin_read()?.open_table(SPOOL)?;
        let mut all = Vec::new();
        for record in table.iter()? {
            let (number, sealed) = record?;
            let number = number.value();
            match self.opened(&spool_place(number), sealed.value()) {
                Some(look) => all.push((number, look)),
                None => tracing::warn!("a look that was made offline cannot be read any more"),
            }
        }
        Ok(all)
    }

    /// Takes one step. It is on disk when this returns.
    pub(super) fn apply(&self, step: &Step) -> Result<(), ReplicaError> {
        let mut lines = Vec::with_capacity(step.keep.len());
        let mut answers = Vec::new();
        for (name, line, answer) in &step.keep {
            lines.push((name, self.closed(&place(b'i', name), line)?));
            if let Some(answer) = answer {
                let sealed = self.seal.seal(&place(b'a', name), &plain(answer)).ok_or(ReplicaError::Seal)?;
                answers.push((name, sealed));
            }
        }
        let mut looks = Vec::with_capacity(step.spool.len());
        for (number, look) in &step.spool {
            looks.push((*number, self.closed(&spool_place(*number), look)?));
        }
        let rights = match &step.rights {
            Some((name, rights)) => {
                let sealed = self.seal.seal(&place(b'r', name), rights.as_bytes()).ok_or(ReplicaError::Seal)?;
                Some((name, sealed))
            }
            None => None,
        };
        self.write(|writing| {
            if let Some((name, sealed)) = &rights {
                writing.open_table(META)?.insert(name.as_slice(), sealed.as_slice())?;
            }
            let mut table = writing.open_table(ANSWERS)?;
            let mut index = writing.open_table(INDEX)?;
            for name in &step.forget {
                table.remove(name.as_slice())?;
                index.remove(name.as_slice())?;
            }
            for (name, sealed) in &answers {
                table.insert(name.as_slice(), sealed.as_slice())?;
            }
            for (name, sealed) in &lines {
                index.insert(name.as_slice(), sealed.as_slice())?;
            }
            let mut spool = writing.open_table(SPOOL)?;
            for number in &step.told {
                spool.remove(number)?;
            }
            for (number, sealed) in &looks {
                spool.insert(number, sealed.as_slice())?;
            }
            Ok(())
        })
    }

    /// Gives back what was forgotten, so that not even its sealed bytes stay in the file.
    pub(super) fn compact(mut self) {
        if self.database.compact().is_err() {
            tracing::warn!("what was forgotten still lies sealed in the file");
        }
    }

    fn opened<T: serde::de::DeserializeOwned>(&self, place: &[u8], sealed: &[u8]) -> Option<T> {
        serde_json::from_slice(&self.seal.unseal(place, sealed)?).ok()
    }

    fn closed(&self, place: &[u8], value: &impl Serialize) -> Result<Vec<u8>, ReplicaError> {
        let plain = serde_json::to_vec(value).map_err(|_| ReplicaError::Seal)?;
        self.seal.seal(place, &plain).ok_or(ReplicaError::Seal)
    }

    fn write(&self, step: impl FnOnce(&redb::WriteTransaction) -> Result<(), redb::Error>) -> Result<(), ReplicaError> {
        let run = || -> Result<(), redb::Error> {
            let mut writing = self.database.begin_write()?;
            writing.set_durability(Durability::Immediate)?;
            step(&writing)?;
            writing.commit()?;
            Ok(())
        };
        run().map_err(|error| ReplicaError::Disk(Arc::new(error)))
    }
}

/// Where a record lies: a seal opens at its own table and name alone.
fn place(table: u8, name: &Name) -> [u8; 33] {
    let mut place = [table; 33];
    place[1..].copy_from_slice(name);
    place
}

fn spool_place(number: u64) -> [u8; 9] {
    let mut place = [b's'; 9];
    place[1..].copy_from_slice(&number.to_be_bytes());
    place
}

fn plain(answer: &Answer) -> Vec<u8> {
    let etag = answer.etag.as_deref().unwrap_or_default().as_bytes();
    // A version longer than that is no version of ours.
    let length = u16::try_from(etag.len()).unwrap_or(0);
    let etag = &etag[..usize::from(length)];
    [&length.to_be_bytes(), etag, &answer.body].concat()
}
