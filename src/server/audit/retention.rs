//! The log's retention: whole months are deleted once they are old enough. What lives here: which months, deleting them, and what is left
//! of their chains, so that the rest still verifies. What does not: cases (see `crate::retention`), when it is done.

use jiff::civil::Date;

use super::chain::month_of;
use super::heads::Kind;
use super::{Broken, Chain};
use crate::store::audit_heads::{self, Tombstone};
use crate::store::{self, Store, audit};

/// How many whole months the log is kept, beside the month that runs: half a year, as the security regulation had it (bekendtgørelse no. 528
/// of 15 June 2000, § 19), whose rules live on as practice.
pub const MONTHS: u16 = 6;

/// Records that are deleted in one commit: whoever waits to write waits no longer than for these.
const AT_ONCE: u16 = 5_000;

/// Whether retention only counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It says what it would delete.
    DryRun,
    /// It deletes.
    ForReal,
}

/// What was deleted of the log, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// How many records.
    pub records: u64,
    /// How many chains.
    pub chains: u64,
    /// The months, oldest first.
    pub months: Vec<String>,
}

/// The month from which on the log is kept: `months` whole months before the one of a day.
#[must_use]
pub fn kept_from(today: Date, months: u16) -> String {
    let first = today.first_of_month().saturating_sub(jiff::Span::new().months(i64::from(months)));
    first.strftime("%Y-%m").to_string()
}

/// Deletes the chains of the months that are older than `months` whole months before this one. The whole log is verified first: what does
/// not fit is never deleted, because then nobody could find it any more.
///
/// # Errors
/// [`Broken`] where the log does not verify.
pub async fn drop_months(store: &Store, chain: &Chain, months: u16, mode: Mode) -> Result<Dropped, Broken> {
    let today = crate::clock::local(chain.clock.now()).date();
    let kept = kept_from(today, months);
    let mut dropped = Dropped::default();
    let old: Vec<String> = {
        let mut conn = store.read().await?;
        let chains = audit::chains(&mut conn).await?;
        let old: Vec<String> = chains.into_iter().filter(|name| month_of(name) < kept.as_str()).collect();
        if old.is_empty() {
            return Ok(dropped);
        }
        chain.verify(&mut conn, &[]).await?;
        old
    };
    for name in old {
        dropped.chains += 1;
        let month = month_of(&name).to_owned();
        if dropped.months.last() != Some(&month) {
            dropped.months.push(month);
        }
        dropped.records += match mode {
            Mode::DryRun => {
                let count = audit::count_after(&mut *store.read().await?, &name, 0).await?;
                u64::try_from(count).unwrap_or(0)
            }
            Mode::ForReal => drop_chain(store, chain, &name).await?,
        };
    }
    Ok(dropped)
}

/// Deletes a chain from its beginning on, piece by piece. After each piece the log verifies: what is left goes on from a signed MAC.
async fn drop_chain(store: &Store, chain: &Chain, name: &str) -> Result<u64, Broken> {
    let mut gone = 0;
    loop {
        let mut tx = store.begin().await?;
        if gone == 0
            && let Some(head) = chain.head_of(&mut tx, name, Kind::Sealed).await?
        {
            audit_heads::add_head(&mut tx, &head).await?;
        }
        let before = audit_heads::tombstone_of(&mut tx, name).await?;
        let page = audit::of_chain(&mut tx, name, 0, AT_ONCE).await?;
        let (Some((first, _)), Some((last, Ok(end)))) = (page.first(), page.last()) else {
            audit_heads::forget_heads(&mut tx, name).await?;
            tx.commit().await.map_err(store::StoreError::from)?;
            return Ok(gone);
        };
        let count = i64::try_from(page.len()).unwrap_or(i64::MAX);
        let mut one = Tombstone {
            chain: name.to_owned(),
            first_seq: before.as_ref().map_or(*first, |before| before.first_seq),
            last_seq: *last,
            count: before.map_or(0, |before| before.count) + count,
            mac: end.mac.clone(),
            at: chain.clock.now(),
            signature: Vec::new(),
        };
        one.signature = chain.sign_tombstone(&one);
        audit_heads::bury(&mut tx, &one).await?;
        gone += audit::forget(&mut tx, name, *last).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
}
