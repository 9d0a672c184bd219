//! The outbox: every change is on disk, sealed, before anybody paints it as pending, and is sent with the same command id until the
//! server has answered. What lives here: the handle that desk and sender share. What does not: HTTP (see [`crate::http`]).

mod entry;
mod half;
mod hold;
mod ledger;
mod sender;
mod slot;
mod store;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chacha20poly1305::Key;
use jiff::Timestamp;
use skranke_api::{ETag, Problem};
use skranke_domain::{CommandId, StaffId};
use tokio::sync::watch;

use crate::http::OutboxRequest;
use crate::keys::{self, KeyError, KeyPlace};
use half::Half;
use ledger::{Delta, Ledger, Origin};
use store::{OpenError, Store};

pub use entry::{Author, Basis, Deed, Draft, Entry, EntryState, FieldKey, Label, Method, Place, Subject};
pub use half::Turn;
pub use hold::{Hold, Rest};
pub use sender::{OutboxEvent, Pace, Sender};

/// Why the outbox cannot do something.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OutboxError {
    /// There is no such entry (any more).
    #[error("there is no such change in the outbox")]
    NoSuchEntry,
    /// Only the first entry of a resource can be sent, and only when it is neither refused nor waiting for another.
    #[error("this change cannot be sent now")]
    NotReady,
    /// An answer came for an entry that was never sent.
    #[error("this change was never sent")]
    NotAttempted,
    /// Only a refused entry can be tried anew.
    #[error("this change was not refused")]
    NotRefused,
    /// It was sent and nobody knows whether it arrived: it cannot be given up before the answer is there.
    #[error("this change is under way; whether it was made is not known yet")]
    OutcomeUnknown,
    /// The entry it should follow is unknown; base it on a version.
    #[error("the change that this one follows is unknown")]
    UnknownBasis,
    /// The outbox belongs to another person.
    #[error("this outbox belongs to another person")]
    OtherPerson,
    /// It left while it was being changed: what it says now cannot be changed here any more.
    #[error("this change has been sent already")]
    AlreadySent,
    /// The change has no JSON form.
    #[error("the change cannot be written down")]
    Body,
    /// Every slot of the profile is in use.
    #[error("{} windows of this profile are open; close one", slot::SLOTS)]
    NoFreeSlot,
    /// A fresh file in the place of a damaged one cannot be used either.
    #[error("a fresh outbox file cannot be used either")]
    KeepsFailing,
    /// There is no key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file or folder cannot be used.
    #[error("the outbox's folder or file cannot be used: {0}")]
    Io(#[source] Arc<io::Error>),
    /// The disk did not take it. Nothing was changed.
    #[error("the outbox cannot be written: {0}")]
    Disk(#[source] Arc<redb::Error>),
}

/// An outbox, and what happened while it was opened.
#[derive(Debug)]
pub struct Opened {
    /// The outbox.
    pub outbox: Outbox,
    /// Changes taken over from windows that ended without sending them.
    pub adopted: usize,
    /// Damaged files, by the path they have now. Tell the clerk.
    pub set_aside: Vec<PathBuf>,
}

/// The changes of one person that the server has not confirmed. Cheap to clone; all clones are one outbox.
///
/// Every method that changes something returns after the disk has it, which takes some milliseconds: call it off the window's thread
/// (see [`Outbox::put`]).
#[derive(Clone)]
pub struct Outbox {
    inner: Arc<Inner>,
}

struct Inner {
    person: StaffId,
    /// The profile folder and the own slot; none in memory.
    place: Option<(PathBuf, usize)>,
    key: Key,
    state: Mutex<State>,
    turns: AtomicU64,
    revision: watch::Sender<u64>,
}

struct State {
    store: Store,
    ledger: Ledger,
    half: Half,
}

impl Outbox {
    /// Opens a person's outbox in a profile folder: takes a free slot, and adopts what she left in others.
    ///
    /// # Errors
    /// [`OutboxError`] when no slot is free, the key is missing or the disk refuses. A damaged file is not an error: see
    /// [`Opened::set_aside`].
    pub fn open(profile: &Path, keys: &KeyPlace, person: StaffId) -> Result<Opened, OutboxError> {
        let found = keys::fetch(keys)?;
        let mut set_aside: Vec<PathBuf> = found.set_aside.into_iter().collect();
        let key = found.key;
        let mut ledger = Ledger::new(person);
        if !keys.survives_restart() {
            let (store, _) = Store::in_memory(&key).map_err(|error| match error {
                OpenError::Failed(error) => error,
                OpenError::Taken | OpenError::Damaged => OutboxError::KeepsFailing,
            })?;
            let state = State { store, ledger, half: Half::new(person) };
            return Ok(Opened { outbox: Self::assemble(person, None, key, state), adopted: 0, set_aside });
        }
        let slot::Taken { store, index, entries, half: left } = slot::take(profile, &key, person, &mut set_aside)?;
        let delta = ledger.take_in(entries, Origin::OwnSlot);
        store.apply(&delta)?;
        ledger.apply(delta);
        let home = slot::Home { profile, index, key: &key, person };
        let mut half = Half::new(person);
        half.take_in(left);
        let adopted = slot::adopt(&home, &store, (&mut ledger, &mut half), &mut set_aside)?;
        tracing::info!(slot = index, waiting = ledger.list().len(), adopted, "outbox opened");
        let place = Some((profile.to_owned(), index));
        let state = State { store, ledger, half };
        Ok(Opened { outbox: Self::assemble(person, place, key, state), adopted, set_aside })
    }

    fn assemble(person: StaffId, place: Option<(PathBuf, usize)>, key: Key, state: State) -> Self {
        let (state, turns, revision) = (Mutex::new(state), AtomicU64::new(1), watch::Sender::new(0));
        Self { inner: Arc::new(Inner { person, place, key, state, turns, revision }) }
    }

    /// Whose changes these are.
    #[must_use]
    pub fn person(&self) -> StaffId {
        self.inner.person
    }

    /// What is put in survives the end of the process. Where it does not, editing offline must be refused.
    #[must_use]
    pub fn is_durable(&self) -> bool {
        self.inner.place.is_some()
    }

    /// The slot in use, for logs; none in memory.
    #[must_use]
    pub fn slot(&self) -> Option<usize> {
        self.inner.place.as_ref().map(|(_, index)| *index)
    }

    /// Puts a change in. It is on disk when this returns, and may be painted as pending. An unsent edit of the same field is replaced and
    /// keeps its id; behind other entries of the same resource it waits for them, whatever it says it is based on. A creation that rests
    /// ([`Hold`]) is replaced by its later wordings in the same way.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was put in then.
    pub fn enqueue(&self, draft: Draft) -> Result<Entry, OutboxError> {
        let turn = self.turn();
        let mut state = self.lock();
        let (id, delta) = state.ledger.enqueue(draft, turn)?;
        self.commit(&mut state, delta)?;
        state.ledger.get(id)
    }

    /// Puts several changes in, in this order and in one move: all of them, or none. What one of them needs from an earlier one (a case
    /// from its life situation) is there before anything of it can be sent.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was put in then.
    pub fn enqueue_all(&self, drafts: impl IntoIterator<Item = Draft>) -> Result<Vec<Entry>, OutboxError> {
        self.move_in(self.turn(), drafts, HalfNow::AsItWas)
    }

    /// As [`Outbox::enqueue_all`], together with what is half written since: what was typed is among the changes or still half written,
    /// and never lost or in both places.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was put in then, and what is half written stays as it was kept.
    pub fn enqueue_all_keeping(
        &self,
        turn: Turn,
        drafts: impl IntoIterator<Item = Draft>,
        half_written: Option<&[u8]>,
    ) -> Result<Vec<Entry>, OutboxError> {
        self.move_in(turn, drafts, HalfNow::Is(half_written))
    }

    fn move_in(
        &self,
        turn: Turn,
        drafts: impl IntoIterator<Item = Draft>,
        half_now: HalfNow<'_>,
    ) -> Result<Vec<Entry>, OutboxError> {
        let mut state = self.lock();
        let mut after = state.ledger.clone();
        let (mut all, mut ids) = (Delta::default(), Vec::new());
        for draft in drafts {
            let (id, delta) = after.enqueue(draft, turn)?;
            all.put.extend(delta.put.iter().cloned());
            after.apply(delta);
            ids.push(id);
        }
        self.commit_keeping(&mut state, all, turn, half_now)?;
        tracing::debug!(count = ids.len(), "changes are on the disk");
        ids.into_iter().map(|id| state.ledger.get(id)).collect()
    }

    /// Words a change anew in its own place: one that never left stays the same command, a refused one becomes a new one. Otherwise as
    /// [`Outbox::enqueue_all_keeping`]; without saying what is half written, that stays as it is.
    ///
    /// # Errors
    /// [`OutboxError::NoSuchEntry`] and [`OutboxError::AlreadySent`] when it left meanwhile; nothing was changed then.
    pub fn replace(
        &self,
        (id, draft): (CommandId, Draft),
        turn: Turn,
        half_written: Option<Option<&[u8]>>,
    ) -> Result<Entry, OutboxError> {
        let mut state = self.lock();
        let (new, delta) = state.ledger.replace(id, draft, turn)?;
        self.commit_keeping(&mut state, delta, turn, half_written.map_or(HalfNow::AsItWas, HalfNow::Is))?;
        state.ledger.get(new)
    }

    /// The next turn: taken when something is written down, so that what reaches the disk late does not undo what came after it.
    #[must_use]
    pub fn turn(&self) -> Turn {
        Turn(self.inner.turns.fetch_add(1, Ordering::Relaxed))
    }

    /// What was half written when a window ended and was not handed out before, and how many records of it could not be read. Whoever takes
    /// it keeps it from now on with [`Outbox::keep_half_written`]; until then it lies where it was found.
    #[must_use]
    pub fn half_written(&self) -> (Vec<Vec<u8>>, usize) {
        self.lock().half.hand_out()
    }

    /// Keeps what is half written, sealed and by person; `None`: nothing is. It is on disk when this returns, unless a later turn was
    /// there already. Where nothing survives the process nothing is kept.
    ///
    /// # Errors
    /// [`OutboxError`]; what was kept before is still there then.
    pub fn keep_half_written(&self, turn: Turn, bytes: Option<&[u8]>) -> Result<(), OutboxError> {
        if !self.is_durable() {
            return Ok(());
        }
        let mut state = self.lock();
        let Some(change) = state.half.keeping(turn, bytes) else { return Ok(()) };
        state.store.apply_with(&Delta::default(), Some(&change))?;
        state.half.kept(turn, bytes);
        Ok(())
    }

    /// As [`Outbox::enqueue`], off the calling thread.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was put in then.
    pub async fn put(&self, draft: Draft) -> Result<Entry, OutboxError> {
        self.aside(move |outbox| outbox.enqueue(draft)).await
    }

    /// All entries, oldest first.
    #[must_use]
    pub fn list(&self) -> Vec<Entry> {
        self.lock().ledger.list()
    }

    /// The entries of one resource (its path), in the order they will be made.
    #[must_use]
    pub fn pending_for(&self, resource: &str) -> Vec<Entry> {
        self.list().into_iter().filter(|e| e.draft.resource == resource).collect()
    }

    /// What may be sent: the first entry of every resource that is neither refused nor waiting; what rests (see [`Draft::hold`]) is among
    /// them, since only the clock tells when that ends.
    #[must_use]
    pub fn ready(&self) -> Vec<Entry> {
        self.lock().ledger.ready()
    }

    /// Notes on disk that an entry is about to leave, and gives the request. Only then may it leave: after a crash in between, the same
    /// request is sent again.
    ///
    /// # Errors
    /// [`OutboxError::NotReady`] when it may not leave now.
    pub fn mark_attempted(&self, id: CommandId, now: Timestamp) -> Result<OutboxRequest, OutboxError> {
        let mut state = self.lock();
        let (request, delta) = state.ledger.attempt(id, now)?;
        self.commit(&mut state, delta)?;
        Ok(request)
    }

    /// The server made a change, and this is the thing's version now: the entry goes, and those after it are based on that version, in
    /// one transaction.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was changed then.
    pub fn confirm(&self, id: CommandId, etag: Option<ETag>) -> Result<(), OutboxError> {
        self.step(|ledger| ledger.confirm(id, etag))
    }

    /// The server refused a change. It stays with all that was typed, and holds what follows on the same resource.
    ///
    /// # Errors
    /// [`OutboxError`]; nothing was changed then.
    pub fn refuse(&self, id: CommandId, problem: Problem) -> Result<(), OutboxError> {
        self.step(|ledger| ledger.refuse(id, problem))
    }

    /// The clerk gives up a change that was refused or never sent. What followed goes on, based on what the discarded one was based on.
    ///
    /// # Errors
    /// [`OutboxError::OutcomeUnknown`] while it is under way.
    pub fn discard(&self, id: CommandId) -> Result<(), OutboxError> {
        self.step(|ledger| ledger.discard(id))
    }

    /// The clerk tries a refused change again, on what she sees now: a new command in the old one's place.
    ///
    /// # Errors
    /// [`OutboxError::NotRefused`] for any other entry.
    pub fn retry(
        &self,
        id: CommandId,
        basis: Basis,
        body: serde_json::Value,
        now: Timestamp,
    ) -> Result<Entry, OutboxError> {
        let mut state = self.lock();
        let (new, delta) = state.ledger.retry(id, basis, body, now)?;
        self.commit(&mut state, delta)?;
        state.ledger.get(new)
    }

    /// Looks once more for what this person left in slots that are free by now: a window that ended while this one ran.
    ///
    /// # Errors
    /// [`OutboxError`] when the disk refuses.
    pub fn adopt_free_slots(&self) -> Result<usize, OutboxError> {
        let Some((profile, index)) = &self.inner.place else { return Ok(0) };
        let home = slot::Home { profile, index: *index, key: &self.inner.key, person: self.inner.person };
        let mut state = self.lock();
        let State { store, ledger, half } = &mut *state;
        let adopted = slot::adopt(&home, store, (ledger, half), &mut Vec::new())?;
        drop(state);
        if adopted > 0 {
            self.wake();
        }
        Ok(adopted)
    }

    /// Changes with every change of the outbox.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.revision.subscribe()
    }

    /// Lets the sender look again, at once.
    pub fn wake(&self) {
        self.inner.revision.send_modify(|n| *n += 1);
    }

    /// Runs a step that touches the disk on a thread where that does no harm.
    pub(crate) async fn aside<T: Send + 'static>(
        &self,
        step: impl FnOnce(&Self) -> Result<T, OutboxError> + Send + 'static,
    ) -> Result<T, OutboxError> {
        let outbox = self.clone();
        let done = tokio::task::spawn_blocking(move || step(&outbox)).await;
        done.unwrap_or_else(|_| Err(OutboxError::Io(Arc::new(io::Error::other("the program is ending")))))
    }

    fn step(&self, step: impl FnOnce(&Ledger) -> Result<Delta, OutboxError>) -> Result<(), OutboxError> {
        let mut state = self.lock();
        let delta = step(&state.ledger)?;
        self.commit(&mut state, delta)
    }

    fn commit_keeping(
        &self,
        state: &mut State,
        delta: Delta,
        turn: Turn,
        half_now: HalfNow<'_>,
    ) -> Result<(), OutboxError> {
        let HalfNow::Is(bytes) = half_now else { return self.commit(state, delta) };
        let change = state.half.keeping(turn, bytes).filter(|_| self.is_durable());
        state.store.apply_with(&delta, change.as_ref())?;
        state.ledger.apply(delta);
        if change.is_some() {
            state.half.kept(turn, bytes);
        }
        self.wake();
        Ok(())
    }

    fn commit(&self, state: &mut State, delta: Delta) -> Result<(), OutboxError> {
        state.store.apply(&delta)?;
        state.ledger.apply(delta);
        self.wake();
        Ok(())
    }

    // The ledger changes only after the disk did, in one move: a panic elsewhere leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is half written when changes go in.
enum HalfNow<'a> {
    /// Nobody says.
    AsItWas,
    /// This, or nothing.
    Is(Option<&'a [u8]>),
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").field("slot", &self.slot()).finish_non_exhaustive()
    }
}
