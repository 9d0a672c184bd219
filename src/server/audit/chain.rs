//! Links records into chains of HMACs: one chain a server process and month. What lives here: what a MAC is made over, and appending. What
//! does not: checking a whole log (`checking`), heads (`heads`).

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::Entry;
use crate::clock::{Ticker, local};
use crate::seal::{Secret, fingerprint};
use crate::store::audit::Stored;
use crate::store::{self, Conn, to_json, word};

/// Links records into chains: one a server process and month.
#[derive(Clone, Debug)]
pub struct Chain {
    pub(super) key: Secret,
    /// Signs heads and tombstones.
    pub(super) seal: Secret,
    process: String,
    pub(super) clock: Arc<Ticker>,
}

/// The month of a moment, as the names of chains begin with it.
pub(super) fn month(at: Timestamp) -> String {
    local(at).strftime("%Y-%m").to_string()
}

/// The month in a chain's name.
pub(super) fn month_of(chain: &str) -> &str {
    chain.split('/').next().unwrap_or_default()
}

impl Chain {
    /// A chain for this process.
    #[must_use]
    pub fn new(master: &Secret, clock: Arc<Ticker>) -> Self {
        Self {
            key: master.derive("audit chain"),
            seal: master.derive("audit heads"),
            process: Uuid::now_v7().simple().to_string(),
            clock,
        }
    }

    /// The chain of this process in the month of a moment.
    pub(super) fn name(&self, at: Timestamp) -> String {
        format!("{}/{}", month(at), self.process)
    }

    /// Whether a chain is of this process.
    pub(super) fn is_own(&self, chain: &str) -> bool {
        chain.split('/').nth(1) == Some(self.process.as_str())
    }

    /// Writes entries within a write that is under way. They are in the log when that write commits, and not otherwise.
    ///
    /// # Errors
    /// The store's.
    pub async fn append(&self, conn: &mut Conn, entries: &[Entry]) -> store::Result<()> {
        let mut seq = store::audit::next_seq(conn).await?;
        let mut last: Option<(String, Vec<u8>)> = None;
        for entry in entries {
            let at = self.clock.now();
            let chain = self.name(at);
            let before = match last.take() {
                Some((same, mac)) if same == chain => mac,
                _ => self.begin(conn, &chain).await?,
            };
            let mut record = entry.record.clone();
            record.seq = seq;
            record.at = at;
            let mut stored = Stored::of(&record, &chain, entry.query_mac.as_deref());
            stored.mac = self.mac(&stored, &before).unwrap_or_default();
            store::audit::add(conn, &stored).await?;
            last = Some((chain, stored.mac));
            seq += 1;
        }
        Ok(())
    }

    /// The MAC that the next record of a chain follows. Where the chain is new, a month is over: what went before it is sealed.
    async fn begin(&self, conn: &mut Conn, chain: &str) -> store::Result<Vec<u8>> {
        if let Some((_, mac)) = store::audit::last_link(conn, chain).await? {
            return Ok(mac);
        }
        // Retention may have taken all of a chain that goes on: it goes on from what is left.
        if let Some(left) = store::audit_heads::tombstone_of(conn, chain).await? {
            return Ok(left.mac);
        }
        self.seal_own(conn).await?;
        Ok(Vec::new())
    }

    /// The MAC of a record after another one. None where the record has a form that nobody knows, or cannot be read in the form of before.
    pub(super) fn mac(&self, stored: &Stored, before: &[u8]) -> Option<Vec<u8>> {
        let body = match stored.form {
            1 => first_form(stored, before)?,
            2 => second_form(stored, before),
            _ => return None,
        };
        Some(self.key.mac(&[&body]).to_vec())
    }

    /// Whether a record follows another one.
    pub(super) fn fits(&self, stored: &Stored, before: &[u8]) -> bool {
        self.mac(stored, before).is_some_and(|mac| mac == stored.mac)
    }
}

/// What records were made over before they said why and from where. Columns that came later must be empty in them.
fn first_form(stored: &Stored, before: &[u8]) -> Option<[u8; 32]> {
    let later = [&stored.basis, &stored.context, &stored.tie, &stored.place];
    if later.iter().any(|column| column.is_some()) {
        return None;
    }
    let record = stored.record().ok()?;
    // What was written is what is read again: otherwise a text could be changed in a way that reading forgives.
    let again =
        Stored { form: 1, mac: stored.mac.clone(), ..Stored::of(&record, &stored.chain, stored.query_mac.as_deref()) };
    if again != *stored {
        return None;
    }
    let rest = to_json(&(record.citizen, record.case, &record.purpose, record.session, record.command, &record.note));
    Some(fingerprint(&[
        stored.chain.as_bytes(),
        before,
        &stored.seq.to_le_bytes(),
        &stored.at.to_le_bytes(),
        record.staff.0.as_bytes(),
        word(&record.role).as_bytes(),
        word(&record.action).as_bytes(),
        word(&record.outcome).as_bytes(),
        rest.as_bytes(),
        stored.query_mac.as_deref().unwrap_or_default(),
    ]))
}

/// What records are made over: every column as it is stored, and for each that may be empty whether it is.
fn second_form(stored: &Stored, before: &[u8]) -> [u8; 32] {
    let (seq, at) = (stored.seq.to_le_bytes(), stored.at.to_le_bytes());
    let mut parts: Vec<&[u8]> = vec![
        b"skranke audit 2",
        stored.chain.as_bytes(),
        before,
        &seq,
        &at,
        &stored.staff,
        stored.role.as_bytes(),
        stored.action.as_bytes(),
        stored.outcome.as_bytes(),
    ];
    let bytes = [&stored.citizen, &stored.case, &stored.session, &stored.command, &stored.query_mac];
    let texts = [&stored.purpose, &stored.note, &stored.basis, &stored.context, &stored.tie, &stored.place];
    for value in
        bytes.into_iter().map(Option::as_deref).chain(texts.into_iter().map(|t| t.as_deref().map(str::as_bytes)))
    {
        match value {
            Some(value) => parts.extend([b"+".as_slice(), value]),
            None => parts.push(b"-"),
        }
    }
    fingerprint(&parts)
}
