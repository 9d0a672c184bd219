//! Signed heads: how far a chain had come at a moment. What lives here: making and signing them, and their form as a line of JSON, in which
//! they are exported. What does not: what is concluded from them (`checking`).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Chain;
use super::chain::month;
use crate::seal::fingerprint;
use crate::store::audit_heads::{self as rows, Tombstone};
use crate::store::{self, Conn, Store};

/// How far a chain had come at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The chain.
    pub chain: String,
    /// Its last record.
    pub seq: i64,
    /// How many records it had, with those that retention deleted.
    pub count: i64,
    /// The MAC of the last one.
    #[serde(with = "hex")]
    pub mac: Vec<u8>,
    /// When that was.
    pub at: Timestamp,
    /// Whether its month, or its process, was over.
    pub sealed: bool,
    /// The signature over all of this.
    #[serde(with = "hex")]
    pub signature: Vec<u8>,
}

/// What is wrong with a line of exported heads.
#[derive(Debug, thiserror::Error)]
#[error("line {line} is no exported head: {why}")]
pub struct HeadLineError {
    /// Which, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl Head {
    /// The head as one line.
    #[must_use]
    pub fn line(&self) -> String {
        store::to_json(self)
    }

    /// Reads exported heads, one a line.
    ///
    /// # Errors
    /// [`HeadLineError`] names the first line that is none.
    pub fn read_lines(text: &str) -> Result<Vec<Self>, HeadLineError> {
        text.lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| {
                serde_json::from_str(line).map_err(|error| HeadLineError { line: at + 1, why: error.to_string() })
            })
            .collect()
    }
}

/// Why a head is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The chain goes on.
    Passing,
    /// Its month, or its process, is over.
    Sealed,
}

impl Chain {
    /// The signature of a head.
    pub(super) fn sign_head(&self, head: &Head) -> Vec<u8> {
        let body = fingerprint(&[
            b"head",
            head.chain.as_bytes(),
            &head.seq.to_le_bytes(),
            &head.count.to_le_bytes(),
            &head.mac,
            &head.at.as_microsecond().to_le_bytes(),
            &[u8::from(head.sealed)],
        ]);
        self.seal.mac(&[&body]).to_vec()
    }

    /// The signature of a tombstone.
    pub(super) fn sign_tombstone(&self, one: &Tombstone) -> Vec<u8> {
        let body = fingerprint(&[
            b"tombstone",
            one.chain.as_bytes(),
            &one.first_seq.to_le_bytes(),
            &one.last_seq.to_le_bytes(),
            &one.count.to_le_bytes(),
            &one.mac,
            &one.at.as_microsecond().to_le_bytes(),
        ]);
        self.seal.mac(&[&body]).to_vec()
    }

    /// Makes the head of a chain as it stands; none where the last one says it already, or where what came since does not fit: nothing is
    /// signed that this server did not write.
    pub(super) async fn head_of(&self, conn: &mut Conn, chain: &str, kind: Kind) -> store::Result<Option<Head>> {
        let sealed = kind == Kind::Sealed;
        let last = rows::last_head(conn, chain).await?;
        let (mut seq, mut count, mut mac) = match &last {
            Some(head) if self.sign_head(head) == head.signature => (head.seq, head.count, head.mac.clone()),
            Some(_) => return Ok(broken(chain)),
            None => match rows::tombstone_of(conn, chain).await? {
                Some(left) => (left.last_seq, left.count, left.mac),
                None => (0, 0, Vec::new()),
            },
        };
        let from = seq;
        loop {
            let page = store::audit::of_chain(conn, chain, seq, 500).await?;
            if page.is_empty() {
                break;
            }
            for (at, stored) in page {
                match stored {
                    Ok(stored) if self.fits(&stored, &mac) => mac = stored.mac,
                    _ => return Ok(broken(chain)),
                }
                (seq, count) = (at, count + 1);
            }
        }
        if count == 0 || seq == from && last.is_none_or(|last| last.sealed || !sealed) {
            return Ok(None);
        }
        let mut head =
            Head { chain: chain.to_owned(), seq, count, mac, at: self.clock.now(), sealed, signature: Vec::new() };
        head.signature = self.sign_head(&head);
        Ok(Some(head))
    }

    async fn keep_head(&self, conn: &mut Conn, chain: &str, kind: Kind) -> store::Result<()> {
        match self.head_of(conn, chain, kind).await? {
            Some(head) => rows::add_head(conn, &head).await,
            None => Ok(()),
        }
    }

    /// Seals this process's chains within a write that is under way.
    pub(super) async fn seal_own(&self, conn: &mut Conn) -> store::Result<()> {
        for chain in store::audit::chains(conn).await? {
            if self.is_own(&chain) {
                self.keep_head(conn, &chain, Kind::Sealed).await?;
            }
        }
        Ok(())
    }

    /// Writes down how far the chains of this process have come, where something was written since; a month that is over is sealed.
    ///
    /// # Errors
    /// The store's.
    pub async fn mark(&self, store: &Store) -> store::Result<()> {
        let mut tx = store.begin().await?;
        let now = self.name(self.clock.now());
        for chain in store::audit::chains(&mut tx).await? {
            if self.is_own(&chain) {
                let kind = if chain == now { Kind::Passing } else { Kind::Sealed };
                self.keep_head(&mut tx, &chain, kind).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Seals this process's chains: it writes no more.
    ///
    /// # Errors
    /// The store's.
    pub async fn seal(&self, store: &Store) -> store::Result<()> {
        let mut tx = store.begin().await?;
        self.seal_own(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// Seals what processes left that ended without doing so: chains of months that are over.
    ///
    /// # Errors
    /// The store's.
    pub async fn seal_left(&self, store: &Store) -> store::Result<()> {
        let now = month(self.clock.now());
        let mut tx = store.begin().await?;
        for chain in store::audit::chains(&mut tx).await? {
            if !self.is_own(&chain) {
                let kind = if super::chain::month_of(&chain) < now.as_str() { Kind::Sealed } else { Kind::Passing };
                self.keep_head(&mut tx, &chain, kind).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// The heads to export: those that are kept, and how far each chain has come since.
    ///
    /// # Errors
    /// The store's.
    pub async fn export(&self, conn: &mut Conn) -> store::Result<Vec<Head>> {
        let mut heads = rows::heads(conn).await?;
        for chain in store::audit::chains(conn).await? {
            heads.extend(self.head_of(conn, &chain, Kind::Passing).await?);
        }
        Ok(heads)
    }
}

/// A chain whose end is not what this server wrote gets no head. `audit verify` names the record.
fn broken(chain: &str) -> Option<Head> {
    tracing::error!(chain, "the audit log does not fit its chain: run `skranke-server audit verify`");
    None
}

/// Bytes as lower-case hexadecimal.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(bytes.len() * 2);
        for byte in bytes {
            text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
            text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        }
        to.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
        match digits {
            Some(digits) if digits.len().is_multiple_of(2) => Ok(digits.chunks(2).map(|d| d[0] << 4 | d[1]).collect()),
            _ => Err(D::Error::custom("hexadecimal digits were expected")),
        }
    }
}
