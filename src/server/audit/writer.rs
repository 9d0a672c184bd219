//! Writes the records of reads: gathers what comes meanwhile and commits it together. What does not live here: what is written (`chain`).

use skranke_api::ProblemKind;
use tokio::sync::{mpsc, oneshot};

use super::{Chain, Entry};
use crate::problem::Refusal;
use crate::store::{self, Store};

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
