//! The audit log: who looked up or changed whom, and why. What lives here: the chain of HMACs, and the writer that commits the records of
//! reads in groups before their answers leave. What does not: the rows (see `store::audit`).

use std::sync::Arc;

use jiff::Timestamp;
use skranke_api::audit::{AuditAction, AuditOutcome, AuditRecord};
use skranke_api::{ProblemKind, Purpose};
use skranke_domain::{CaseId, CitizenId, CommandId, SessionId};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::auth::Person;
use crate::clock::{Ticker, local};
use crate::problem::Refusal;
use crate::seal::Secret;
use crate::store::audit::Linked;
use crate::store::{self, Conn, Store, to_json, word};

/// What is to be logged.
#[derive(Clone, Debug)]
pub struct Entry {
    record: AuditRecord,
    query_mac: Option<Vec<u8>>,
}

impl Entry {
    /// Something that a person did.
    #[must_use]
    pub fn new(person: &Person, action: AuditAction) -> Self {
        Self {
            record: AuditRecord {
                seq: 0,
                at: Timestamp::UNIX_EPOCH,
                staff: person.id(),
                role: person.role(),
                action,
                outcome: AuditOutcome::Done,
                citizen: None,
                case: None,
                purpose: None,
                session: None,
                command: None,
                note: None,
                basis: None,
                context: None,
                tie: None,
                place: None,
            },
            query_mac: None,
        }
    }

    /// About a citizen.
    #[must_use]
    pub fn citizen(mut self, citizen: CitizenId) -> Self {
        self.record.citizen = Some(citizen);
        self
    }

    /// About a case.
    #[must_use]
    pub fn case(mut self, case: CaseId) -> Self {
        self.record.case = Some(case);
        self
    }

    /// Why.
    #[must_use]
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.record.purpose = Some(purpose);
        self
    }

    /// In which palette session.
    #[must_use]
    pub fn session(mut self, session: SessionId) -> Self {
        self.record.session = Some(session);
        self
    }

    /// By which command.
    #[must_use]
    pub fn command(mut self, command: CommandId) -> Self {
        self.record.command = Some(command);
        self
    }

    /// More about it; never what was typed.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.record.note = Some(note.into());
        self
    }

    /// It was refused.
    #[must_use]
    pub fn refused(mut self) -> Self {
        self.record.outcome = AuditOutcome::Refused;
        self
    }

    /// What was typed, as an HMAC: the same query is recognised, never read.
    #[must_use]
    pub fn query(mut self, key: &Secret, text: &str) -> Self {
        self.query_mac = Some(key.mac(&[text.trim().to_lowercase().as_bytes()]).to_vec());
        self
    }
}

/// Links records into chains: one a server process and month.
#[derive(Clone, Debug)]
pub struct Chain {
    key: Secret,
    process: String,
    clock: Arc<Ticker>,
}

impl Chain {
    /// A chain for this process.
    #[must_use]
    pub fn new(master: &Secret, clock: Arc<Ticker>) -> Self {
        Self { key: master.derive("audit chain"), process: Uuid::now_v7().simple().to_string(), clock }
    }

    /// Writes entries within a write that is under way. They are in the log when that write commits, and not otherwise.
    pub async fn append(&self, conn: &mut Conn, entries: &[Entry]) -> store::Result<()> {
        let mut seq = store::audit::next_seq(conn).await?;
        let mut last: Option<(String, Vec<u8>)> = None;
        for entry in entries {
            let at = self.clock.now();
            let chain = format!("{}/{}", local(at).strftime("%Y-%m"), self.process);
            let before = match last.take() {
                Some((same, mac)) if same == chain => mac,
                _ => store::audit::last_mac(conn, &chain).await?.unwrap_or_default(),
            };
            let mut record = entry.record.clone();
            record.seq = seq;
            record.at = at;
            let mac = self.mac(&chain, &before, &record, entry.query_mac.as_deref()).to_vec();
            let linked = Linked { record, chain: chain.clone(), query_mac: entry.query_mac.clone(), mac: mac.clone() };
            store::audit::add(conn, &linked).await?;
            last = Some((chain, mac));
            seq += 1;
        }
        Ok(())
    }

    fn mac(&self, chain: &str, before: &[u8], record: &AuditRecord, query: Option<&[u8]>) -> [u8; 32] {
        let body = crate::seal::fingerprint(&[
            chain.as_bytes(),
            before,
            &record.seq.to_le_bytes(),
            &record.at.as_microsecond().to_le_bytes(),
            record.staff.0.as_bytes(),
            word(&record.role).as_bytes(),
            word(&record.action).as_bytes(),
            word(&record.outcome).as_bytes(),
            to_json(&(record.citizen, record.case, &record.purpose, record.session, record.command, &record.note))
                .as_bytes(),
            query.unwrap_or_default(),
        ]);
        self.key.mac(&[&body])
    }

    /// Checks every record of the log against its chain; gives how many there are.
    ///
    /// # Errors
    /// [`Broken`] names the first record that was changed, added or is missing its predecessor.
    pub async fn verify(&self, conn: &mut Conn) -> Result<u64, Broken> {
        let mut heads: std::collections::HashMap<String, Vec<u8>> = std::collections::HashMap::new();
        let (mut seq, mut checked) = (0, 0);
        loop {
            let page = store::audit::after(conn, seq, 500).await?;
            let Some(last) = page.last() else { return Ok(checked) };
            seq = last.record.seq;
            for linked in &page {
                let before = heads.remove(&linked.chain).unwrap_or_default();
                let mac = self.mac(&linked.chain, &before, &linked.record, linked.query_mac.as_deref());
                if mac[..] != linked.mac[..] {
                    return Err(Broken::At(linked.record.seq));
                }
                heads.insert(linked.chain.clone(), linked.mac.clone());
                checked += 1;
            }
        }
    }
}

/// Why the log does not verify.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// A record does not fit its chain.
    #[error("record {0} of the log was not made by this server, or one before it is gone")]
    At(i64),
    /// The log cannot be read.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// Hands records of reads to the one task that writes them.
#[derive(Clone, Debug)]
pub struct Auditor(mpsc::Sender<(Entry, oneshot::Sender<bool>)>);

/// The most records of one commit.
const GROUP: usize = 256;

impl Auditor {
    /// Starts the writing task. It ends when the last handle is gone.
    #[must_use]
    pub fn start(store: Store, chain: Chain) -> Self {
        let (send, mut receive) = mpsc::channel::<(Entry, oneshot::Sender<bool>)>(1024);
        tokio::spawn(async move {
            let mut group = Vec::new();
            // While one group is being committed the next one gathers by itself: nobody waits for a timer.
            while receive.recv_many(&mut group, GROUP).await > 0 {
                let (entries, waiting): (Vec<Entry>, Vec<oneshot::Sender<bool>>) = group.drain(..).unzip();
                let written = write(&store, &chain, &entries).await;
                if let Err(error) = &written {
                    tracing::error!(%error, "the audit log cannot be written");
                }
                for waiter in waiting {
                    // Nobody waits any more when the request was given up; the record stays.
                    let _ = waiter.send(written.is_ok());
                }
            }
        });
        Self(send)
    }

    /// Writes a record; the answer may leave only after this.
    ///
    /// # Errors
    /// [`ProblemKind::Unavailable`] when the log cannot be written: then there is no answer.
    pub async fn record(&self, entry: Entry) -> Result<(), Refusal> {
        let (done, written) = oneshot::channel();
        let unavailable = || Refusal::new(ProblemKind::Unavailable).detail("the log cannot be written");
        self.0.send((entry, done)).await.map_err(|_| unavailable())?;
        match written.await {
            Ok(true) => Ok(()),
            _ => Err(unavailable()),
        }
    }
}

async fn write(store: &Store, chain: &Chain, entries: &[Entry]) -> store::Result<()> {
    let mut tx = store.begin().await?;
    chain.append(&mut tx, entries).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{Auth, Doorkeeper, PersonaTokens};
    use crate::clock::Clock;
    use crate::store::Database;

    fn clerk() -> Person {
        let tokens = PersonaTokens::random();
        Doorkeeper::new(&Auth::Training { tokens: tokens.clone() }).person(&tokens.clerk).unwrap().clone()
    }

    #[tokio::test]
    async fn any_change_to_the_log_without_the_key_is_found() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let clock = Arc::new(Ticker::new(Clock::System));
        let chain = Chain::new(&Secret::random(), clock);
        let auditor = Auditor::start(store.clone(), chain.clone());
        let person = clerk();
        for _ in 0..5 {
            auditor.record(Entry::new(&person, AuditAction::OpenCitizen).citizen(CitizenId::new())).await.unwrap();
        }
        assert_eq!(chain.verify(&mut store.read().await.unwrap()).await.unwrap(), 5);
        for damage in ["UPDATE audit SET note = 'x' WHERE seq = 3", "DELETE FROM audit WHERE seq = 2"] {
            let mut tx = store.begin().await.unwrap();
            sqlx::query(damage).execute(&mut *tx).await.unwrap();
            assert!(matches!(chain.verify(&mut tx).await, Err(Broken::At(3))), "{damage}");
        }
    }

    #[tokio::test]
    async fn without_a_log_there_is_no_answer() {
        let store = Store::open(&Database::Memory).await.unwrap();
        let chain = Chain::new(&Secret::random(), Arc::new(Ticker::new(Clock::System)));
        let auditor = Auditor::start(store.clone(), chain);
        store.close().await;
        let refusal = auditor.record(Entry::new(&clerk(), AuditAction::Search)).await.unwrap_err();
        assert_eq!(refusal.problem().known(), Some(ProblemKind::Unavailable));
    }
}
