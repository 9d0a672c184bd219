//! Checks a whole log: every record against its chain, the places for gaps, the chains against their heads and tombstones. What lives here:
//! the walk, and what it finds first. What does not: making MACs and heads (`chain`, `heads`).

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::chain::month_of;
use super::{Chain, Head};
use crate::clock::from_micros;
use crate::store::audit_heads::Tombstone;
use crate::store::{self, Conn};

/// Records read at a time.
const PAGE: u16 = 2_000;
/// Records that are looked at to tell a wrong key from a broken log.
const SAMPLE: u16 = 1_000;

/// What was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many records.
    pub records: u64,
    /// How many chains.
    pub chains: usize,
    /// How many heads, stored and exported.
    pub heads: usize,
    /// What retention deleted before.
    pub deleted: Option<Deleted>,
}

/// What retention deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    /// How many records.
    pub records: u64,
    /// The last month that was deleted (`2026-01`).
    pub month: String,
}

/// Why the log does not verify.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A record does not fit its chain.
    #[error("record {seq} of {at} was not made with the key, or was changed since")]
    Record {
        /// Its place.
        seq: i64,
        /// When it says it was made.
        at: Timestamp,
    },
    /// A record cannot be read.
    #[error("record {0} cannot be read")]
    Unreadable(i64),
    /// Records are missing between others.
    #[error("records {from} to {to} are missing")]
    Gap {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// More is missing than retention deleted, somewhere within what it deleted.
    #[error("{0} records are missing that no retention deleted")]
    Missing(i64),
    /// A chain ends before a head that was made of it, or is gone, or goes on otherwise than it did.
    #[error("the log is cut off: its head of {at} names record {head}, and {}", left(.last))]
    Truncated {
        /// The chain.
        chain: String,
        /// Its last record that is still there.
        last: Option<i64>,
        /// The record that the head names.
        head: i64,
        /// When the head was made.
        at: Timestamp,
    },
    /// A head was not made with the key.
    #[error("the stored head of record {0} was not made with the key")]
    Head(i64),
    /// An exported head was not made with the key.
    #[error("the exported head of record {0} was not made with the key")]
    Exported(i64),
    /// What stands for deleted records was not made with the key.
    #[error("what stands for the deleted records {0} to {1} was not made with the key")]
    Tombstone(i64, i64),
    /// Nothing fits the key.
    #[error("no record was made with this key: is it the key of this database?")]
    WrongKey,
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

fn left(last: &Option<i64>) -> String {
    match last {
        Some(last) => format!("the last one of its chain is {last}"),
        None => "none of its chain is left".to_owned(),
    }
}

/// Where a chain stands in the walk.
#[derive(Default)]
struct At {
    seq: i64,
    count: i64,
    mac: Vec<u8>,
}

struct Walk<'a> {
    chain: &'a Chain,
    chains: HashMap<String, At>,
    buried: Vec<Tombstone>,
    /// What heads say of each chain, by the record they name.
    heads: HashMap<String, BTreeMap<i64, Head>>,
    seq: i64,
    missing: i64,
    records: u64,
}

impl Chain {
    /// Checks every record of the log against its chain, and the chains against their heads: the stored ones, and those exported before.
    ///
    /// # Errors
    /// [`Broken`] names the first record that does not fit, the gap, or where the log was cut off.
    pub async fn verify(&self, conn: &mut Conn, exported: &[Head]) -> Result<Checked, Broken> {
        let found = self.walk(conn, exported).await;
        match found {
            Ok(_) | Err(Broken::Store(_)) => found,
            Err(_) if self.knows_nothing(conn, exported).await? => Err(Broken::WrongKey),
            Err(broken) => Err(broken),
        }
    }

    async fn walk(&self, conn: &mut Conn, exported: &[Head]) -> Result<Checked, Broken> {
        let buried = store::audit_heads::tombstones(conn).await?;
        let stored = store::audit_heads::heads(conn).await?;
        let mut walk = Walk {
            chain: self,
            chains: HashMap::new(),
            heads: HashMap::new(),
            buried: Vec::new(),
            seq: 0,
            missing: 0,
            records: 0,
        };
        for one in &buried {
            if self.sign_tombstone(one) != one.signature {
                return Err(Broken::Tombstone(one.first_seq, one.last_seq));
            }
            let at = At { seq: one.last_seq, count: one.count, mac: one.mac.clone() };
            walk.chains.insert(one.chain.clone(), at);
        }
        walk.buried = buried;
        for (head, wrong) in stored
            .iter()
            .map(|head| (head, Broken::Head as fn(i64) -> Broken))
            .chain(exported.iter().map(|head| (head, Broken::Exported as fn(i64) -> Broken)))
        {
            if self.sign_head(head) != head.signature {
                return Err(wrong(head.seq));
            }
            walk.heads.entry(head.chain.clone()).or_default().insert(head.seq, head.clone());
        }
        loop {
            let page = store::audit::after(conn, walk.seq, PAGE).await?;
            if page.is_empty() {
                return walk.end(stored.len() + exported.len());
            }
            for (seq, stored) in page {
                walk.step(seq, stored)?;
            }
        }
    }

    /// Whether nothing in the log was made with this key. One record alone proves nothing: it may have been changed.
    async fn knows_nothing(&self, conn: &mut Conn, exported: &[Head]) -> Result<bool, Broken> {
        let stored = store::audit_heads::heads(conn).await?;
        let buried = store::audit_heads::tombstones(conn).await?;
        let known = stored.iter().chain(exported).any(|head| self.sign_head(head) == head.signature)
            || buried.iter().any(|one| self.sign_tombstone(one) == one.signature);
        let rows = store::audit::after(conn, 0, SAMPLE).await?;
        if known || rows.len() < 2 {
            return Ok(false);
        }
        let mut before: HashMap<String, Vec<u8>> = HashMap::new();
        for (_, row) in rows {
            let Ok(row) = row else { continue };
            let last = before.insert(row.chain.clone(), row.mac.clone()).unwrap_or_default();
            if self.fits(&row, &last) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Walk<'_> {
    fn step(&mut self, seq: i64, stored: store::Result<store::audit::Stored>) -> Result<(), Broken> {
        self.gap(seq)?;
        let Ok(stored) = stored else { return Err(Broken::Unreadable(seq)) };
        let wrong = Broken::Record { seq, at: from_micros(stored.at) };
        let at = self.chains.entry(stored.chain.clone()).or_default();
        if seq <= at.seq || !self.chain.fits(&stored, &at.mac) {
            return Err(wrong);
        }
        *at = At { seq, count: at.count + 1, mac: stored.mac };
        if let Some(heads) = self.heads.get_mut(&stored.chain) {
            // Heads of records that were deleted by retention say nothing any more: what is left goes on from a signed MAC.
            let due = heads.split_off(&(seq + 1));
            let passed = std::mem::replace(heads, due);
            let buried = self.buried.iter().find(|one| one.chain == stored.chain).map_or(0, |one| one.last_seq);
            for (named, head) in passed {
                let same = named == seq && head.mac == at.mac && head.count == at.count;
                if named > buried && !same {
                    return Err(Broken::Truncated { chain: head.chain, last: Some(seq), head: named, at: head.at });
                }
            }
        }
        self.seq = seq;
        self.records += 1;
        Ok(())
    }

    /// Whether what is missing before a place was deleted by retention.
    fn gap(&mut self, seq: i64) -> Result<(), Broken> {
        let mut from = self.seq + 1;
        while from < seq {
            let covered = self.buried.iter().filter(|one| one.first_seq <= from && from <= one.last_seq);
            let Some(end) = covered.map(|one| one.last_seq).max() else {
                let to = self.buried.iter().map(|one| one.first_seq).filter(|first| *first > from).min();
                return Err(Broken::Gap { from, to: to.map_or(seq, |to| to.min(seq)) - 1 });
            };
            let end = end.min(seq - 1);
            self.missing += end - from + 1;
            from = end + 1;
        }
        Ok(())
    }

    fn end(mut self, heads: usize) -> Result<Checked, Broken> {
        // A head that names more than is left tells more than a number does: it is asked first.
        let mut cut: Vec<Broken> = Vec::new();
        for (chain, left) in &self.heads {
            let at = self.chains.get(chain);
            let last = at.map(|at| at.seq);
            if let Some((named, head)) =
                left.iter().next_back().filter(|(named, _)| last.is_none_or(|last| last < **named))
            {
                cut.push(Broken::Truncated { chain: chain.clone(), last, head: *named, at: head.at });
            }
        }
        cut.sort_by_key(|broken| match broken {
            Broken::Truncated { head, .. } => *head,
            _ => i64::MAX,
        });
        if let Some(first) = cut.into_iter().next() {
            return Err(first);
        }
        if let Some(last) = self.buried.iter().map(|one| one.last_seq).max() {
            self.gap(last + 1)?;
        }
        let count: i64 = self.buried.iter().map(|one| one.count).sum();
        if self.missing != count {
            return Err(Broken::Missing(self.missing - count));
        }
        let month = self.buried.iter().map(|one| month_of(&one.chain)).max();
        Ok(Checked {
            records: self.records,
            chains: self.chains.len(),
            heads,
            deleted: month.map(|month| Deleted { records: u64::try_from(count).unwrap_or(0), month: month.to_owned() }),
        })
    }
}
