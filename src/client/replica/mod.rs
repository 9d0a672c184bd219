//! The replica: what one person saw on this machine, sealed, so that it stays readable with its age when the line is broken; and the looks
//! that she made so, for the log. What lives here: keeping, recalling, bounds, wiping. What does not: which answers are kept (`kept.rs`), the
//! file (`store.rs`, `slot.rs`), when the line is broken (see [`crate::http`]).

mod ahead;
mod behind;
mod found;
pub(crate) mod kept;
mod sealed;
mod slot;
mod spool;
mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};

use chacha20poly1305::Key;
use jiff::{SignedDuration, Timestamp};
use skranke_api::audit::{AuditAction, OfflineLook, OfflineLooks};
use skranke_api::citizens::{AddressView, CitizenView, Hit, SearchRequest};
use skranke_api::{ETag, Problem, ProblemKind, Purpose};
use skranke_domain::access::Need;
use skranke_domain::{CitizenId, CommandId, SessionId, StaffId};

use crate::keys::{self, KeyError, KeyPlace};
pub use ahead::read_ahead;
pub(crate) use kept::Asked;
use sealed::Name;
use spool::Spool;
use store::{Answer, Line, OpenError, Step, Store};

/// Where it stands under which rights somebody's answers came: no question has this name.
const RIGHTS: &str = "rights";
/// The most that waits to be written; beyond it what comes is not kept.
const WAITING_BYTES: usize = 16 << 20;

/// Why the replica cannot do something.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReplicaError {
    /// Every file of the profile is in use.
    #[error("too many windows of this profile are open; close one")]
    NoFreeSlot,
    /// A fresh file in the place of a damaged one cannot be used either.
    #[error("a fresh replica file cannot be used either")]
    KeepsFailing,
    /// Something cannot be sealed.
    #[error("what was seen cannot be sealed")]
    Seal,
    /// It was wiped.
    #[error("what was seen was wiped")]
    Wiped,
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file or folder cannot be used.
    #[error("the replica's folder or file cannot be used: {0}")]
    Io(#[source] Arc<io::Error>),
    /// The disk did not take it. Nothing was changed.
    #[error("the replica cannot be written: {0}")]
    Disk(#[source] Arc<redb::Error>),
}

/// How much is kept, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// All answers together, in bytes; who was looked at longest ago goes first.
    pub bytes: u64,
    /// The largest answer that is kept, in bytes.
    pub answer_bytes: usize,
    /// What is older is forgotten.
    pub age: SignedDuration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 64 << 20, answer_bytes: 4 << 20, age: SignedDuration::from_hours(30 * 24) }
    }
}

/// What tells the time: the window's own clock.
pub type ReplicaClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A replica, and what happened while it was opened.
#[derive(Debug)]
pub struct OpenedReplica {
    /// The replica.
    pub replica: Replica,
    /// Damaged files, by the path they have now.
    pub set_aside: Vec<PathBuf>,
}

/// What one person saw on this machine. Cheap to clone; all clones are one replica. The last one that goes writes what is gathered.
#[derive(Clone)]
pub struct Replica {
    handle: Arc<Handle>,
}

/// What ends with the last clone.
struct Handle {
    shared: Arc<Shared>,
    writer: Mutex<Option<std::thread::JoinHandle<()>>>,
}

struct Shared {
    person: StaffId,
    key: Key,
    /// The folder and the own file's number; none in memory.
    place: Option<(PathBuf, usize)>,
    bounds: Bounds,
    clock: ReplicaClock,
    /// None once it was wiped.
    store: RwLock<Option<Store>>,
    state: Mutex<State>,
    /// Held while looks are written, so that they keep their order.
    spool: Mutex<Spool>,
    /// Held while what came is written, and by whoever forgets it.
    writing: Mutex<()>,
    /// Told one batch at a time.
    telling: tokio::sync::Mutex<()>,
    wake: Condvar,
    written: Condvar,
}

#[derive(Default)]
struct State {
    /// Everything the file holds, other people's too: the bounds are the file's.
    index: HashMap<Name, Line>,
    /// What came and is not written, by its question.
    fresh: HashMap<String, Arc<Fresh>>,
    waiting_bytes: usize,
    /// Somebody waits for the disk.
    hurry: bool,
    closing: bool,
    /// The palette's session whose search was noted.
    searched: Option<SessionId>,
}

/// An answer that is not written yet.
struct Fresh {
    line: Line,
    answer: Answer,
}

/// What was kept, as it is given when the line is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recalled {
    pub(crate) body: Vec<u8>,
    pub(crate) etag: Option<ETag>,
    /// When it was true.
    pub(crate) at: Timestamp,
}

/// Why nothing is given of what was kept.
#[derive(Debug)]
pub(crate) enum NotRecalled {
    /// She never saw it here, or it is too old.
    Unknown,
    /// It takes a reason first, as it does with a line.
    Need(Box<Problem>),
    /// The look could not be written down: no log, no answer.
    NotLogged(ReplicaError),
}

impl Replica {
    /// Opens a person's replica in a profile folder.
    ///
    /// # Errors
    /// [`ReplicaError`] when no file is free, the key is missing or the disk refuses.
    pub fn open(
        folder: &Path,
        keys: &KeyPlace,
        person: StaffId,
        clock: ReplicaClock,
    ) -> Result<OpenedReplica, ReplicaError> {
        Self::open_within(Bounds::default(), (folder, keys), person, clock)
    }

    /// As [`Replica::open`], within other bounds.
    ///
    /// # Errors
    /// As [`Replica::open`].
    pub fn open_within(
        bounds: Bounds,
        (folder, keys): (&Path, &KeyPlace),
        person: StaffId,
        clock: ReplicaClock,
    ) -> Result<OpenedReplica, ReplicaError> {
        let found = keys::fetch(keys)?;
        let key = found.key;
        let mut set_aside = Vec::new();
        let (store, place) = if keys.survives_restart() {
            let (store, index) = slot::take(folder, &key, person, &mut set_aside)?;
            (store, Some((folder.to_owned(), index)))
        } else {
            let store = Store::in_memory(&key).map_err(|error| match error {
                OpenError::Failed(error) => error,
                OpenError::Taken | OpenError::Damaged => ReplicaError::KeepsFailing,
            })?;
            (store, None)
        };
        let disk = |error| ReplicaError::Disk(Arc::new(error));
        let (lines, forget) = store.index().map_err(disk)?;
        if !forget.is_empty() {
            store.apply(&Step { forget, ..Step::default() })?;
        }
        let spool = Spool::of(person, store.spool().map_err(disk)?);
        let state = State { index: lines.into_iter().collect(), ..State::default() };
        let shared = Arc::new(Shared {
            person,
            key,
            place,
            bounds,
            clock,
            store: RwLock::new(Some(store)),
            state: Mutex::new(state),
            spool: Mutex::new(spool),
            writing: Mutex::new(()),
            telling: tokio::sync::Mutex::new(()),
            wake: Condvar::new(),
            written: Condvar::new(),
        });
        if let Some((folder, own)) = &shared.place {
            slot::adopt((folder, *own), &shared.key, person, |looks| shared.write_down(looks))?;
        }
        let behind = Arc::clone(&shared);
        let writer = std::thread::Builder::new().name("replica".to_owned()).spawn(move || behind.write_behind());
        let writer = Mutex::new(Some(writer.map_err(|e| ReplicaError::Io(Arc::new(e)))?));
        tracing::info!(kept = shared.lock().index.len(), untold = shared.spool().len(), "replica opened");
        Ok(OpenedReplica { replica: Self { handle: Arc::new(Handle { shared, writer }) }, set_aside })
    }

    /// Forgets what a person saw in every file of a folder that nobody has open: where a window ended without signing out.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn wipe_left(folder: &Path, keys: &KeyPlace, person: StaffId) -> Result<(), ReplicaError> {
        if !keys.survives_restart() {
            return Ok(());
        }
        slot::wipe_all(folder, &keys::fetch(keys)?.key, person)
    }

    /// Who saw it.
    #[must_use]
    pub fn person(&self) -> StaffId {
        self.shared().person
    }

    /// Says which rights she has now, in words that change with them. Under other rights than those under which it came, everything she saw
    /// is forgotten: what she may see is for the server to say. Gives whether anything was. It touches the disk.
    ///
    /// # Errors
    /// [`ReplicaError`]; what was seen must not be used then.
    pub fn under(&self, rights: &str) -> Result<bool, ReplicaError> {
        let shared = self.shared();
        let name = shared.with(|store| store.name(shared.person, RIGHTS))?;
        if shared.with(|store| store.rights(&name))?.as_deref() == Some(rights) {
            return Ok(false);
        }
        let _nothing_is_written = shared.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let forget: Vec<Name> = {
            let mut state = shared.lock();
            state.fresh.clear();
            state.waiting_bytes = 0;
            shared.written.notify_all();
            let hers = state.index.iter().filter(|(_, line)| line.person == shared.person).map(|(name, _)| *name);
            let hers: Vec<Name> = hers.collect();
            for name in &hers {
                state.index.remove(name);
            }
            hers
        };
        let any = !forget.is_empty();
        shared.apply(&Step { forget, rights: Some((name, rights.to_owned())), ..Step::default() })?;
        Ok(any)
    }

    /// How many citizens can be read without a line.
    #[must_use]
    pub fn people(&self) -> usize {
        let shared = self.shared();
        let state = shared.lock();
        let opened = |line: &Line| line.person == shared.person && line.action == Some(AuditAction::OpenCitizen);
        let written = state.index.values().filter(|line| opened(line)).filter_map(|line| line.citizen);
        let fresh =
            state.fresh.values().map(|one| &one.line).filter(|line| opened(line)).filter_map(|line| line.citizen);
        written.chain(fresh).collect::<std::collections::HashSet<CitizenId>>().len()
    }

    /// How many looks the log was not told yet.
    #[must_use]
    pub fn untold(&self) -> usize {
        self.shared().spool().len()
    }

    /// Keeps an answer. Returns at once; it is written behind.
    pub(crate) fn keep(&self, asked: Asked, etag: Option<&ETag>, body: Vec<u8>) {
        let shared = self.shared();
        if body.len() > shared.bounds.answer_bytes {
            return;
        }
        let now = (shared.clock)();
        let bytes = u64::try_from(body.len()).unwrap_or(u64::MAX);
        let line =
            Line { person: shared.person, action: asked.action, citizen: asked.citizen, at: now, used: now, bytes };
        let answer = Answer { etag: etag.map(ETag::quoted), body };
        let mut state = shared.lock();
        let waiting = state.waiting_bytes + answer.body.len();
        if state.closing || waiting > WAITING_BYTES {
            return;
        }
        state.waiting_bytes = waiting;
        if let Some(before) = state.fresh.insert(asked.identity, Arc::new(Fresh { line, answer })) {
            state.waiting_bytes -= before.answer.body.len();
        }
        shared.wake.notify_one();
    }

    /// Whether an answer is kept.
    pub(crate) fn has(&self, asked: &Asked) -> bool {
        self.shared().line(asked).is_some()
    }

    /// Gives a kept answer, after the look was written down. It touches the disk: call it where that does no harm.
    pub(crate) fn recall(&self, asked: &Asked, purpose: Option<&Purpose>) -> Result<Recalled, NotRecalled> {
        let shared = self.shared();
        let (line, answer) = shared.read(asked).ok_or(NotRecalled::Unknown)?;
        let asked = &Asked { citizen: asked.citizen.or_else(|| subject(asked, &answer.body)), ..asked.clone() };
        if let Some(need) = asked.citizen.and_then(|citizen| self.need(citizen, purpose)) {
            let problem = Problem { need: Some(need), ..Problem::new(ProblemKind::NeedToKnow) };
            return Err(NotRecalled::Need(Box::new(problem)));
        }
        if let Some(look) = asked.look(purpose, (shared.clock)()) {
            shared.write_down(vec![spool::spooled(shared.person, look)]).map_err(NotRecalled::NotLogged)?;
        }
        shared.touch(asked);
        Ok(Recalled { body: answer.body, etag: answer.etag.as_deref().and_then(ETag::from_header), at: line.at })
    }

    /// What has to be said before a citizen is read without a line: who is protected takes a reason here too.
    fn need(&self, citizen: CitizenId, purpose: Option<&Purpose>) -> Option<Need> {
        if purpose.is_some_and(Purpose::has_words) {
            return None;
        }
        let asked = Asked::of(&skranke_api::paths::citizen(citizen), &[])?;
        let known: CitizenView = serde_json::from_slice(&self.shared().read(&asked)?.1.body).ok()?;
        let protected = known.address == AddressView::Protected || !known.protections.is_empty();
        protected.then(|| Need { reason: true, protected: true, ..Need::default() })
    }

    /// Finds among the citizens that this person opened here; the search is written down, once a session of the palette. It touches the
    /// disk.
    pub(crate) fn find(&self, request: &SearchRequest) -> Result<Vec<Hit>, NotRecalled> {
        let shared = self.shared();
        let noted = shared.lock().searched == Some(request.session);
        if !noted {
            let look = OfflineLook {
                at: (shared.clock)(),
                action: AuditAction::Search,
                citizen: None,
                case: None,
                purpose: Some(request.purpose.clone()),
            };
            shared.write_down(vec![spool::spooled(shared.person, look)]).map_err(NotRecalled::NotLogged)?;
            shared.lock().searched = Some(request.session);
        }
        let people: Vec<Asked> = {
            let state = shared.lock();
            let lines = state.index.values().chain(state.fresh.values().map(|one| &one.line));
            let mut citizens: Vec<CitizenId> = lines
                .filter(|line| line.person == shared.person && line.action == Some(AuditAction::OpenCitizen))
                .filter_map(|line| line.citizen)
                .collect();
            citizens.sort_unstable();
            citizens.dedup();
            citizens.into_iter().filter_map(|id| Asked::of(&skranke_api::paths::citizen(id), &[])).collect()
        };
        let known = people.iter().filter_map(|asked| serde_json::from_slice(&shared.read(asked)?.1.body).ok());
        Ok(found::found(known, request))
    }

    /// What the log is told next; it is written down with its command before it leaves. It touches the disk.
    pub(crate) fn batch(&self) -> Result<Option<(CommandId, OfflineLooks)>, ReplicaError> {
        let shared = self.shared();
        let mut spool = shared.spool();
        let Some((command, looks)) = spool.batch() else { return Ok(None) };
        shared.apply(&Step { spool: looks.clone(), ..Step::default() })?;
        let told = OfflineLooks { looks: looks.iter().map(|(_, one)| one.look.clone()).collect() };
        spool.written(looks);
        Ok(Some((command, told)))
    }

    /// The log has a batch. It touches the disk.
    pub(crate) fn told(&self, command: CommandId) -> Result<(), ReplicaError> {
        let shared = self.shared();
        let mut spool = shared.spool();
        let told = spool.of_batch(command);
        shared.apply(&Step { told: told.clone(), ..Step::default() })?;
        spool.forgotten(&told);
        Ok(())
    }

    /// Whoever holds it tells the log.
    pub(crate) async fn telling(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.shared().telling.lock().await
    }

    /// Waits until everything that came is on disk.
    pub fn flush(&self) {
        let shared = self.shared();
        let mut state = shared.lock();
        state.hurry = true;
        shared.wake.notify_all();
        while !state.fresh.is_empty() && !state.closing {
            state = shared.written.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.hurry = false;
    }

    /// Forgets everything that this person saw, here and in files that ended windows left: signing out by policy. Looks that the log was
    /// not told stay, sealed, until it is. It touches the disk.
    ///
    /// # Errors
    /// [`ReplicaError`].
    pub fn wipe(&self) -> Result<(), ReplicaError> {
        let shared = self.shared();
        {
            let mut state = shared.lock();
            *state = State { closing: true, ..State::default() };
            shared.wake.notify_all();
            shared.written.notify_all();
        }
        *shared.store.write().unwrap_or_else(PoisonError::into_inner) = None;
        match &shared.place {
            Some((folder, _)) => slot::wipe_all(folder, &shared.key, shared.person),
            None => Ok(()),
        }
    }

    fn shared(&self) -> &Shared {
        &self.handle.shared
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn spool(&self) -> MutexGuard<'_, Spool> {
        self.spool.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the file, while there is one.
    fn with<T>(&self, deed: impl FnOnce(&Store) -> T) -> Result<T, ReplicaError> {
        let store = self.store.read().unwrap_or_else(PoisonError::into_inner);
        store.as_ref().map(deed).ok_or(ReplicaError::Wiped)
    }

    fn apply(&self, step: &Step) -> Result<(), ReplicaError> {
        self.with(|store| store.apply(step))?
    }

    /// Writes looks down. They are on disk when this returns.
    fn write_down(&self, looks: Vec<store::Spooled>) -> Result<(), ReplicaError> {
        let mut spool = self.spool();
        let numbered = spool.numbered(looks);
        self.apply(&Step { spool: numbered.clone(), ..Step::default() })?;
        spool.written(numbered);
        Ok(())
    }

    fn line(&self, asked: &Asked) -> Option<Line> {
        let fresh = self.lock().fresh.get(&asked.identity).map(|one| one.line.clone());
        let line = fresh.or_else(|| {
            let name = self.with(|store| store.name(self.person, &asked.identity)).ok()?;
            self.lock().index.get(&name).cloned()
        })?;
        ((self.clock)().duration_since(line.at) <= self.bounds.age).then_some(line)
    }

    fn read(&self, asked: &Asked) -> Option<(Line, Answer)> {
        let line = self.line(asked)?;
        let fresh = self.lock().fresh.get(&asked.identity).cloned();
        if let Some(one) = fresh {
            return Some((one.line.clone(), one.answer.clone()));
        }
        let answer = self.with(|store| store.answer(&store.name(self.person, &asked.identity))).ok()??;
        Some((line, answer))
    }

    /// It was looked at: others are forgotten first.
    fn touch(&self, asked: &Asked) {
        let now = (self.clock)();
        let Ok(name) = self.with(|store| store.name(self.person, &asked.identity)) else { return };
        if let Some(line) = self.lock().index.get_mut(&name) {
            line.used = now;
        }
    }
}

/// Whom a case is about: a look at it is a look at her.
fn subject(asked: &Asked, body: &[u8]) -> Option<CitizenId> {
    #[derive(serde::Deserialize)]
    struct Case {
        row: Row,
    }
    #[derive(serde::Deserialize)]
    struct Row {
        citizen: CitizenId,
    }
    asked.case?;
    serde_json::from_slice::<Case>(body).ok().map(|case| case.row.citizen)
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.shared.lock().closing = true;
        self.shared.wake.notify_all();
        self.shared.written.notify_all();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && writer.join().is_err()
        {
            tracing::error!("what was seen last could not be kept");
        }
    }
}

impl fmt::Debug for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replica")
            .field("slot", &self.shared().place.as_ref().map(|(_, index)| index))
            .finish_non_exhaustive()
    }
}
