//! Sending what the outbound queue holds: the loop, when something is tried again, when it is given up. What does not live here: what the
//! messages say (`crate::routes::messages`), how they lie in the database (`crate::store::outbound`).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::{Timestamp, ToSpan};
use skranke_domain::MessageId;
use skranke_domain::appointment::MessageChannel;

use crate::App;
use crate::problem::Answer;
use crate::routes::messages;
use crate::store::outbound::{self as kept, Outcome, Stored};
use crate::store::{self, Database};

pub mod folder;
pub mod smtp;

pub use folder::FolderSender;
pub use smtp::{MailOffice, SmtpSender};

/// How often a served service looks for messages whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many are taken at once.
const AT_ONCE: u16 = 20;
/// A message that could not be sent for so long has failed, and somebody must see to it.
const GIVE_UP_HOURS: i64 = 24;
/// The longest pause between two tries, in seconds.
const LONGEST_PAUSE: i64 = 60 * 60;

/// How messages leave the house.
#[derive(Clone, Debug, Default)]
pub enum Way {
    /// In training: as files in a folder beside the database; of a database in memory nothing is kept.
    #[default]
    Folder,
    /// As files in this folder.
    FolderAt(PathBuf),
    /// By the office's mail server.
    Smtp(Box<MailOffice>),
}

/// A message on its way.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Its identifier: the same at every try, so that a receiver can know it again.
    pub id: MessageId,
    /// How it goes.
    pub channel: MessageChannel,
    /// Where to.
    pub address: String,
    /// Its subject; a text message has none.
    pub subject: Option<String>,
    /// Its text.
    pub text: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Addresses and texts are somebody's: they reach no log.
        f.debug_struct("Message").field("id", &self.id).field("channel", &self.channel).finish_non_exhaustive()
    }
}

/// Why a message did not go. The words say what kind of failure it is and never whom it met.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may go another time.
    #[error("not now: {0}")]
    Later(String),
    /// It will never go.
    #[error("never: {0}")]
    Never(String),
}

/// Hands messages over.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Hands a message over. Handed over twice under one identifier it is one message, as far as the way allows.
    async fn send(&self, message: &Message) -> Result<(), SendError>;
}

/// Why there is no way out.
#[derive(Debug, thiserror::Error)]
pub enum WayError {
    /// The folder cannot be used.
    #[error("the folder for messages cannot be used: {0}")]
    Folder(std::io::Error),
    /// The mail server's address or ours is wrong.
    #[error("{0}")]
    Mail(#[from] smtp::MailOfficeError),
}

impl Way {
    /// The sender of this way.
    ///
    /// # Errors
    /// [`WayError`] says what cannot be used.
    pub fn sender(&self, database: &Database) -> Result<Arc<dyn Sender>, WayError> {
        Ok(match self {
            Self::Folder => Arc::new(FolderSender::beside(database).map_err(WayError::Folder)?),
            Self::FolderAt(folder) => Arc::new(FolderSender::at(folder).map_err(WayError::Folder)?),
            Self::Smtp(office) => Arc::new(SmtpSender::new(office)?),
        })
    }
}

/// Sends what is due until the service stops. What was under way when it ended last goes again first.
pub(crate) async fn run(app: App, sender: Arc<dyn Sender>) {
    let mut look = tokio::time::interval(LOOK_EVERY);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = app.stop.cancelled() => return,
            _ = look.tick() => {}
        }
        if deliver(&app, &*sender, app.clock.now()).await.is_err() {
            tracing::warn!("messages could not be sent; they are tried again soon");
        }
    }
}

/// Puts back what was under way when the service ended.
pub(crate) async fn resume(store: &store::Store) -> store::Result<()> {
    let mut tx = store.begin().await?;
    let again = kept::resume(&mut tx).await?;
    tx.commit().await?;
    if again > 0 {
        tracing::info!(again, "messages that were under way go again");
    }
    Ok(())
}

/// Sends everything that is due at a moment; gives how many messages were handed over.
pub(crate) async fn deliver(app: &App, sender: &dyn Sender, now: Timestamp) -> Answer<usize> {
    messages::guard_due(app, now).await?;
    let mut sent = 0;
    loop {
        let batch = take(app, now).await?;
        if batch.looked == 0 {
            return Ok(sent);
        }
        for (kept, message) in &batch.ready {
            let result = sender.send(message).await;
            let failed = settle(app, kept, result, now).await?;
            sent += usize::from(!failed);
            if app.stop.is_cancelled() {
                return Ok(sent);
            }
        }
    }
}

/// Messages that were taken out of the queue.
struct Batch {
    looked: usize,
    ready: Vec<(Stored, Message)>,
}

/// Takes messages whose time has come, writes what is written late, and marks them as under way in one commit.
async fn take(app: &App, now: Timestamp) -> Answer<Batch> {
    let mut tx = app.store.begin().await?;
    let due = kept::due(&mut tx, now, AT_ONCE).await?;
    let mut batch = Batch { looked: due.len(), ready: Vec::with_capacity(due.len()) };
    for one in due {
        match messages::words(&mut tx, app, &one, now).await? {
            Some((subject, text)) => {
                kept::sending(&mut tx, one.no, subject.as_deref(), &text).await?;
                let (id, channel, address) = (one.id, one.channel, one.address.clone());
                batch.ready.push((one, Message { id, channel, address, subject, text }));
            }
            None => kept::withdraw_one(&mut tx, one.no).await?,
        }
    }
    tx.commit().await?;
    Ok(batch)
}

/// Notes what became of a message; gives whether it is still not sent.
async fn settle(app: &App, one: &Stored, result: Result<(), SendError>, now: Timestamp) -> Answer<bool> {
    let mut tx = app.store.begin().await?;
    let give_up = one.not_before.checked_add(GIVE_UP_HOURS.hours()).unwrap_or(Timestamp::MAX);
    let outcome = match &result {
        Ok(()) => Outcome::Sent(now),
        Err(SendError::Later(why)) if now < give_up => Outcome::Later(next_try(one.id, one.attempts, now), why),
        Err(SendError::Later(why) | SendError::Never(why)) => Outcome::Failed(why),
    };
    kept::settle(&mut tx, one.no, outcome).await?;
    let failed = matches!(outcome, Outcome::Failed(_));
    if failed {
        messages::tell_of_failure(&mut tx, app, one, now).await?;
    }
    tx.commit().await?;
    if failed {
        tracing::warn!(message = %one.id, "a message could not be sent");
        app.bell.ring();
    }
    Ok(result.is_err())
}

/// When a message is tried again: after one minute, two, four … up to an hour, a fifth more or less, so that many do not come back at once.
/// The chance follows from the message itself.
fn next_try(id: MessageId, attempts: u16, now: Timestamp) -> Timestamp {
    let pause = 60_i64.checked_shl(u32::from(attempts.min(10))).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE);
    let spread = i64::from(id.0.as_bytes()[15]) + i64::from(attempts) * 37;
    let seconds = pause * (80 + spread.rem_euclid(41)) / 100;
    now.checked_add(seconds.seconds()).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_grow_to_an_hour_and_no_two_messages_come_back_at_the_same_moment_for_ever() {
        let now: Timestamp = "2026-06-09T08:06:00Z".parse().unwrap();
        let pause = |id, attempts| next_try(id, attempts, now).duration_since(now).as_secs();
        let id = MessageId::new();
        for (attempts, usual) in [(0, 60), (1, 120), (2, 240), (5, 1920), (6, 3600), (40, 3600), (u16::MAX, 3600)] {
            let seconds = pause(id, attempts);
            assert!((usual * 80 / 100..=usual * 120 / 100).contains(&seconds), "{attempts}: {seconds}");
        }
        let all: std::collections::HashSet<i64> = (0..50).map(|_| pause(MessageId::new(), 6)).collect();
        assert!(all.len() > 5);
    }
}
