//! The outbox's rules, pure: how entries chain, coalesce, resolve and are held. Every step says what changes on disk and only then takes
//! effect here. What does not live here: the disk itself (`store.rs`), locks and wake-ups (`mod.rs`).

use std::collections::{BTreeMap, HashSet, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::{ETag, Problem, ProblemKind};
use skranke_domain::{CommandId, StaffId};

use super::OutboxError;
use super::entry::{Basis, Draft, Entry, EntryState, Method};
use super::half::Turn;
use crate::http::OutboxRequest;

/// How many own confirmed changes are remembered, so that an edit made on what was seen just before the answer still fits.
const REMEMBERED: usize = 256;

/// An entry as it lies on disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stored {
    /// Its place; later entries have higher ones.
    pub(crate) seq: u64,
    pub(crate) id: CommandId,
    pub(crate) draft: Draft,
    pub(crate) created_at: Timestamp,
    pub(crate) attempts: u32,
    pub(crate) last_attempt: Option<Timestamp>,
    /// Never [`EntryState::Held`]: that follows from the others.
    pub(crate) state: EntryState,
    /// It came from another slot. A copy may still lie there until the next start, so that its body must stay what it is.
    #[serde(default)]
    pub(crate) adopted: bool,
    /// When in this window it was taken down last.
    #[serde(skip)]
    pub(crate) turn: u64,
}

impl Stored {
    fn entry(&self, held: bool) -> Entry {
        Entry {
            id: self.id,
            draft: self.draft.clone(),
            created_at: self.created_at,
            attempts: self.attempts,
            last_attempt: self.last_attempt,
            state: if held { EntryState::Held } else { self.state.clone() },
        }
    }

    /// The path of what it creates, if it does.
    fn creates(&self) -> Option<&str> {
        (self.draft.based_on == Basis::Create).then_some(self.draft.resource.as_str())
    }

    const fn is_refused(&self) -> bool {
        matches!(self.state, EntryState::Refused { .. })
    }
}

/// What one step changes. All of it goes into one transaction.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Delta {
    pub(crate) put: Vec<Stored>,
    pub(crate) remove: Vec<CommandId>,
    pub(crate) moved: Option<Moved>,
}

/// A version that one of our own changes replaced.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moved {
    id: CommandId,
    resource: String,
    from: Option<ETag>,
    to: ETag,
}

/// The entries of one person in one slot.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    person: StaffId,
    entries: BTreeMap<u64, Stored>,
    moved: VecDeque<Moved>,
}

impl Ledger {
    pub(crate) const fn new(person: StaffId) -> Self {
        Self { person, entries: BTreeMap::new(), moved: VecDeque::new() }
    }

    /// Takes in what was found on disk. Says what has to be written: places that clash are given anew (adopted entries), and an entry
    /// whose forerunner is missing comes back to the clerk, because nobody knows any more what it was based on.
    pub(crate) fn take_in(&self, mut found: Vec<Stored>, origin: Origin) -> Delta {
        let known: HashSet<CommandId> = self.entries.values().map(|e| e.id).collect();
        found.sort_by_key(|e| e.seq);
        found.retain(|e| !known.contains(&e.id));
        let all: HashSet<CommandId> = known.into_iter().chain(found.iter().map(|e| e.id)).collect();
        let mut next = self.next_seq();
        for entry in &mut found {
            if origin == Origin::OtherSlot {
                entry.seq = next;
                entry.adopted = true;
                next += 1;
            }
            if let Basis::After(before) = entry.draft.based_on
                && !all.contains(&before)
                && !entry.is_refused()
            {
                entry.state = lost_basis();
            }
        }
        Delta { put: found, ..Delta::default() }
    }

    /// Lets a step take effect, after it is on disk.
    pub(crate) fn apply(&mut self, delta: Delta) {
        self.entries.retain(|_, e| !delta.remove.contains(&e.id));
        for entry in delta.put {
            self.entries.insert(entry.seq, entry);
        }
        if let Some(moved) = delta.moved {
            self.moved.push_back(moved);
            if self.moved.len() > REMEMBERED {
                self.moved.pop_front();
            }
        }
    }

    /// Every entry, in order.
    pub(crate) fn list(&self) -> Vec<Entry> {
        let mut blocked: HashSet<&str> = HashSet::new();
        // What was refused as a creation is not there for what waits behind it either.
        let mut uncreated: HashSet<&str> = HashSet::new();
        let mut list = Vec::with_capacity(self.entries.len());
        for entry in self.entries.values() {
            let resource = entry.draft.resource.as_str();
            let behind = entry.draft.behind.as_deref().is_some_and(|first| uncreated.contains(first));
            let held = (behind || blocked.contains(resource)) && !entry.is_refused();
            list.push(entry.entry(held));
            if entry.is_refused() {
                blocked.insert(resource);
            }
            if entry.is_refused() || held {
                uncreated.extend(entry.creates());
            }
        }
        list
    }

    /// The first entry of every chain, where it can be sent.
    pub(crate) fn ready(&self) -> Vec<Entry> {
        let mut seen: HashSet<&str> = HashSet::new();
        let heads = self.entries.values().filter(|e| seen.insert(e.draft.resource.as_str()));
        heads.filter(|e| is_sendable(e) && !self.waits(e)).map(|e| e.entry(false)).collect()
    }

    /// A new edit: coalesces with an unsent one of the same field, or goes to the end of its resource's chain.
    pub(crate) fn enqueue(&self, draft: Draft, turn: Turn) -> Result<(CommandId, Delta), OutboxError> {
        if draft.person != self.person {
            return Err(OutboxError::OtherPerson);
        }
        // Only with the last word on that field: an earlier one would be said again by whatever stands between.
        let last =
            self.entries.values().rev().find(|e| e.draft.resource == draft.resource && e.draft.field == draft.field);
        if let Some(unsent) = last.filter(|e| coalesces(e, &draft)) {
            // Two wordings of one creation that were written at the same time may come here in the other order. The clock does not
            // tell: it may have been set back between them.
            if rests(unsent, &draft) && turn.0 < unsent.turn {
                return Ok((unsent.id, Delta::default()));
            }
            let mut merged = unsent.clone();
            merged.turn = turn.0;
            let based_on = merged.draft.based_on.clone();
            merged.draft = Draft { based_on, ..draft };
            return Ok((merged.id, Delta { put: vec![merged], ..Delta::default() }));
        }
        // What rests is made once: a wording that comes after it left is not a second one.
        let gone = last.is_some() || self.moved.iter().any(|m| m.resource == draft.resource);
        if draft.hold.is_some() && draft.based_on == Basis::Create && gone {
            return Err(OutboxError::AlreadySent);
        }
        let tail = self.entries.values().rev().find(|e| e.draft.resource == draft.resource).map(|e| e.id);
        let based_on = match (tail, &draft.based_on) {
            (_, Basis::Create) => Basis::Create,
            (Some(tail), _) => Basis::After(tail),
            (None, Basis::Version(seen)) => Basis::Version(self.newest(&draft.resource, seen.clone())),
            (None, Basis::After(before)) => Basis::Version(self.outcome(&draft.resource, *before)?),
        };
        let entry = Stored {
            seq: self.next_seq(),
            id: CommandId::new(),
            created_at: draft.made_at,
            attempts: 0,
            last_attempt: None,
            state: EntryState::Queued,
            adopted: false,
            turn: turn.0,
            draft: Draft { based_on, ..draft },
        };
        Ok((entry.id, Delta { put: vec![entry], ..Delta::default() }))
    }

    /// An entry is about to be sent. Gives the very bytes that may leave once this is on disk.
    pub(crate) fn attempt(&self, id: CommandId, now: Timestamp) -> Result<(OutboxRequest, Delta), OutboxError> {
        let found = self.find(id)?;
        let is_head = self.chain(&found.draft.resource).next().is_some_and(|head| head.id == id);
        if !is_head || !is_sendable(found) || self.waits(found) || found.draft.hold.and_then(|h| h.rests(now)).is_some()
        {
            return Err(OutboxError::NotReady);
        }
        let mut entry = found.clone();
        entry.state = EntryState::Attempted;
        entry.attempts = entry.attempts.saturating_add(1);
        entry.last_attempt = Some(now);
        let if_match = match &entry.draft.based_on {
            Basis::Version(etag) => Some(etag.clone()),
            Basis::Create | Basis::After(_) => None,
        };
        let request = OutboxRequest {
            id,
            method: entry.draft.method,
            path: entry.draft.path.clone(),
            body: entry.draft.body.clone(),
            if_match,
        };
        Ok((request, Delta { put: vec![entry], ..Delta::default() }))
    }

    /// The server made the change: the entry goes, those after it are now based on what it became.
    pub(crate) fn confirm(&self, id: CommandId, etag: Option<ETag>) -> Result<Delta, OutboxError> {
        let done = self.find(id)?;
        if done.attempts == 0 {
            return Err(OutboxError::NotAttempted);
        }
        let put = self.followers(id).map(|follower| {
            let mut follower = follower.clone();
            match &etag {
                Some(etag) => follower.draft.based_on = Basis::Version(etag.clone()),
                // Without a version nothing can follow safely.
                None => follower.state = lost_basis(),
            }
            follower
        });
        let from = match &done.draft.based_on {
            Basis::Version(from) => Some(from.clone()),
            Basis::Create | Basis::After(_) => None,
        };
        let resource = done.draft.resource.clone();
        let moved = etag.clone().map(|to| Moved { id, resource, from, to });
        Ok(Delta { put: put.collect(), remove: vec![id], moved })
    }

    /// The server refused the change: it stays, and holds what follows on the same resource.
    pub(crate) fn refuse(&self, id: CommandId, problem: Problem) -> Result<Delta, OutboxError> {
        let mut entry = self.find(id)?.clone();
        if entry.attempts == 0 {
            return Err(OutboxError::NotAttempted);
        }
        entry.state = EntryState::Refused { problem };
        Ok(Delta { put: vec![entry], ..Delta::default() })
    }

    /// The clerk gives a change up. What followed it is now based on what it was based on.
    pub(crate) fn discard(&self, id: CommandId) -> Result<Delta, OutboxError> {
        let gone = self.find(id)?;
        if gone.state == EntryState::Attempted {
            return Err(OutboxError::OutcomeUnknown);
        }
        let put = self.followers(id).map(|follower| {
            let mut follower = follower.clone();
            match &gone.draft.based_on {
                // It would have been created by what is given up.
                Basis::Create => follower.state = lost_basis(),
                other => follower.draft.based_on = other.clone(),
            }
            follower
        });
        let mut put: Vec<Stored> = put.collect();
        // What should have come behind it comes back to the clerk: it would be sent for something that never will be.
        put.extend(gone.creates().into_iter().flat_map(|first| {
            let waiting =
                self.entries.values().filter(move |e| e.draft.behind.as_deref() == Some(first) && !e.is_refused());
            waiting.map(|entry| Stored { state: lost_basis(), ..entry.clone() })
        }));
        Ok(Delta { put, remove: vec![id], moved: None })
    }

    /// The clerk tries a refused change again, on what she sees now: a new command in the same place.
    pub(crate) fn retry(
        &self,
        id: CommandId,
        basis: Basis,
        body: serde_json::Value,
        now: Timestamp,
    ) -> Result<(CommandId, Delta), OutboxError> {
        let refused = self.find(id)?;
        if !refused.is_refused() {
            return Err(OutboxError::NotRefused);
        }
        let based_on = match basis {
            Basis::After(before) => Basis::Version(self.outcome(&refused.draft.resource, before)?),
            other => other,
        };
        let fresh = Stored {
            seq: refused.seq,
            id: CommandId::new(),
            draft: Draft { body, based_on, made_at: now, ..refused.draft.clone() },
            created_at: refused.created_at,
            attempts: 0,
            last_attempt: None,
            state: EntryState::Queued,
            adopted: false,
            turn: refused.turn,
        };
        let new = fresh.id;
        let mut put = vec![fresh];
        put.extend(self.followers(id).map(|follower| {
            let mut follower = follower.clone();
            follower.draft.based_on = Basis::After(new);
            follower
        }));
        Ok((new, Delta { put, remove: vec![id], moved: None }))
    }

    /// The clerk words a change anew, in its own place: one that never left stays the same command, a refused one becomes a new one. What
    /// it is about, and what waits for it, stays.
    pub(crate) fn replace(&self, id: CommandId, draft: Draft, turn: Turn) -> Result<(CommandId, Delta), OutboxError> {
        if draft.person != self.person {
            return Err(OutboxError::OtherPerson);
        }
        let old = self.find(id)?;
        if old.is_refused() {
            let based_on = match (&old.draft.based_on, &draft.based_on) {
                (Basis::Create, _) => Basis::Create,
                (_, Basis::Version(seen)) => Basis::Version(self.newest(&old.draft.resource, seen.clone())),
                (before, _) => before.clone(),
            };
            let now = draft.made_at;
            let (new, mut delta) = self.retry(id, based_on, draft.body, now)?;
            for entry in delta.put.iter_mut().filter(|entry| entry.id == new) {
                entry.draft.label = draft.label.clone();
                entry.turn = turn.0;
            }
            return Ok((new, delta));
        }
        if old.attempts > 0 {
            return Err(OutboxError::AlreadySent);
        }
        let worded = Draft { body: draft.body, label: draft.label, made_at: draft.made_at, ..old.draft.clone() };
        let changed = Stored { draft: worded, turn: turn.0, ..old.clone() };
        Ok((id, Delta { put: vec![changed], ..Delta::default() }))
    }

    pub(crate) fn get(&self, id: CommandId) -> Result<Entry, OutboxError> {
        self.list().into_iter().find(|e| e.id == id).ok_or(OutboxError::NoSuchEntry)
    }

    /// Whether what must be there before an entry is still to be created.
    fn waits(&self, entry: &Stored) -> bool {
        let Some(first) = entry.draft.behind.as_deref() else { return false };
        self.entries.values().any(|other| other.creates() == Some(first))
    }

    fn find(&self, id: CommandId) -> Result<&Stored, OutboxError> {
        self.entries.values().find(|e| e.id == id).ok_or(OutboxError::NoSuchEntry)
    }

    fn chain(&self, resource: &str) -> impl Iterator<Item = &Stored> {
        self.entries.values().filter(move |e| e.draft.resource == resource)
    }

    fn followers(&self, id: CommandId) -> impl Iterator<Item = &Stored> {
        self.entries.values().filter(move |e| e.draft.based_on == Basis::After(id))
    }

    fn next_seq(&self) -> u64 {
        self.entries.last_key_value().map_or(0, |(seq, _)| seq + 1)
    }

    /// The version that an entry led to, when its answer came while the clerk was still writing.
    fn outcome(&self, resource: &str, before: CommandId) -> Result<ETag, OutboxError> {
        let moved = self.moved.iter().find(|m| m.id == before && m.resource == resource);
        moved.map(|m| self.newest(resource, m.to.clone())).ok_or(OutboxError::UnknownBasis)
    }

    /// Follows one's own confirmed changes from the version that was seen: the clerk saw them on the page as pending. What others changed
    /// is never followed; the server finds that.
    fn newest(&self, resource: &str, seen: ETag) -> ETag {
        let own = self.moved.iter().filter(|m| m.resource == resource);
        own.fold(seen, |at, m| if m.from.as_ref() == Some(&at) { m.to.clone() } else { at })
    }
}

/// Where entries were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In the slot that this process owns.
    OwnSlot,
    /// In a slot that somebody left.
    OtherSlot,
}

/// Whether a new edit may take the place of the last one of its field.
fn coalesces(last: &Stored, draft: &Draft) -> bool {
    let alike = last.draft.method == draft.method && last.draft.path == draft.path;
    // Two creations are two things, however alike they look; unless one rests, and is only being worded.
    let edit = last.draft.method == Method::Patch && !last.adopted;
    alike && (edit || rests(last, draft)) && last.attempts == 0 && last.state == EntryState::Queued
}

/// Whether a draft is another wording of a creation that rests.
fn rests(last: &Stored, draft: &Draft) -> bool {
    last.draft.hold.is_some() && draft.hold.is_some() && last.draft.based_on == Basis::Create
}

const fn is_sendable(entry: &Stored) -> bool {
    matches!(entry.state, EntryState::Queued | EntryState::Attempted)
        && !matches!(entry.draft.based_on, Basis::After(_))
}

/// What an entry comes back with when nobody knows what it is based on any more.
fn lost_basis() -> EntryState {
    let problem = Problem::new(ProblemKind::PreconditionRequired).detail("what this change was based on is gone");
    EntryState::Refused { problem }
}
