//! What is half written, as bytes that only the desk understands: kept beside the entries, sealed like them, by person, and handed out
//! again after a crash. What lives here: which records belong to whom and which were handed out. What does not: what was typed (the desk's).

use skranke_domain::StaffId;
use uuid::Uuid;

/// The name of a record: whose it is, and which. Opaque, as both are random.
pub(crate) type HalfKey = [u8; 32];

/// A record: its name, and what was kept; none where it cannot be read.
pub(crate) type HalfRecord = (HalfKey, Option<Vec<u8>>);

/// A new name for a record of somebody.
pub(crate) fn new_key(person: StaffId) -> HalfKey {
    let mut key = [0; 32];
    let (whose, which) = key.split_at_mut(16);
    whose.copy_from_slice(person.0.as_bytes());
    which.copy_from_slice(Uuid::now_v7().as_bytes());
    key
}

/// Whether a record belongs to somebody.
pub(crate) fn is_of(key: &HalfKey, person: StaffId) -> bool {
    key.starts_with(person.0.as_bytes())
}

/// When something was taken down in this window: what comes late does not undo what came after it, whatever the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn(pub(crate) u64);

/// What changes on disk.
#[derive(Debug, Default)]
pub(crate) struct HalfChange {
    pub(crate) put: Vec<(HalfKey, Vec<u8>)>,
    pub(crate) remove: Vec<HalfKey>,
}

/// What is half written in this window, and what others left.
pub(crate) struct Half {
    own: HalfKey,
    /// What lies there under the own name.
    kept: Option<Vec<u8>>,
    last: Option<Turn>,
    /// Found, and not handed out.
    found: Vec<(HalfKey, Vec<u8>)>,
    /// Handed out: whoever has it writes it down again with the next keeping, which takes the old record away.
    given: Vec<HalfKey>,
    unreadable: usize,
}

impl Half {
    pub(crate) fn new(person: StaffId) -> Self {
        Self { own: new_key(person), kept: None, last: None, found: Vec::new(), given: Vec::new(), unreadable: 0 }
    }

    /// Takes in what lies in a file.
    pub(crate) fn take_in(&mut self, records: Vec<HalfRecord>) {
        for (key, bytes) in records {
            let known = self.given.contains(&key) || self.found.iter().any(|(one, _)| *one == key);
            match bytes {
                _ if known => {}
                Some(bytes) => self.found.push((key, bytes)),
                None => {
                    self.unreadable += 1;
                    self.given.push(key);
                }
            }
        }
    }

    /// What was found and not handed out yet, and how many records could not be read.
    pub(crate) fn hand_out(&mut self) -> (Vec<Vec<u8>>, usize) {
        let found = std::mem::take(&mut self.found);
        self.given.extend(found.iter().map(|(key, _)| *key));
        (found.into_iter().map(|(_, bytes)| bytes).collect(), std::mem::take(&mut self.unreadable))
    }

    /// What a keeping changes; none where a later one was there already, or nothing is new.
    pub(crate) fn keeping(&self, turn: Turn, bytes: Option<&[u8]>) -> Option<HalfChange> {
        if self.last.is_some_and(|last| turn < last) || (self.kept.as_deref() == bytes && self.given.is_empty()) {
            return None;
        }
        let mut change = HalfChange { put: Vec::new(), remove: self.given.clone() };
        match bytes {
            Some(bytes) => change.put.push((self.own, bytes.to_vec())),
            None => change.remove.push(self.own),
        }
        Some(change)
    }

    /// A keeping is on the disk.
    pub(crate) fn kept(&mut self, turn: Turn, bytes: Option<&[u8]>) {
        self.last = Some(turn);
        self.kept = bytes.map(<[u8]>::to_vec);
        self.given.clear();
    }
}
