//! How half-written text reaches the disk: a moment after the last key, in one move with what it becomes, and at once before the window is
//! somebody else's. What does not live here: what was typed (the desk's), sealing and slots (the client's).

use std::time::{Duration, Instant};

use iced::Task;
use skranke_client::outbox::{Draft, Outbox, OutboxError};
use skranke_desk::Input;
use skranke_desk::half_written::{DeedNumber, HalfInput, HalfWritten, Recovered, written};
use skranke_desk::pending::PendingInput;
use skranke_domain::{CommandId, StaffId};

use super::App;
use super::message::Message;

/// How long a pause between two keys must be.
const PAUSE: Duration = Duration::from_millis(250);
/// Somebody who never pauses is not written down later than this.
const LATEST: Duration = Duration::from_secs(2);

/// How far keeping is.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    /// A timer runs since then.
    since: Option<Instant>,
    last: Option<Instant>,
    /// What others left is being read: until it is on the desk nothing is written down, since that would take its place.
    taking_up: bool,
    /// That the disk does not take it was said.
    told: bool,
}

/// What goes to the outbox in one move.
#[derive(Default)]
pub(super) struct Move {
    pub(super) drafts: Vec<Draft>,
    pub(super) anew: Vec<(CommandId, Draft)>,
}

impl Move {
    pub(super) const fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.anew.is_empty()
    }
}

impl App {
    fn keeps(&self) -> Option<&Outbox> {
        self.outbox.as_ref().filter(|outbox| outbox.is_durable())
    }

    /// Something was perhaps typed: it is written down as soon as she pauses.
    pub(super) fn typed(&mut self) -> Task<Message> {
        if self.keeps().is_none() {
            return Task::none();
        }
        let now = Instant::now();
        self.keeping.last = Some(now);
        if self.keeping.since.is_some() {
            return Task::none();
        }
        self.keeping.since = Some(now);
        later(PAUSE)
    }

    /// The timer rang: writes down what is half written, or waits for the pause.
    pub(super) fn half_written_due(&mut self) -> Task<Message> {
        let Some(since) = self.keeping.since else { return Task::none() };
        let quiet = self.keeping.last.map_or(PAUSE, |last| last.elapsed());
        if quiet < PAUSE && since.elapsed() < LATEST {
            return later(PAUSE.saturating_sub(quiet));
        }
        // What is on its way to the outbox must not be written down beside it.
        if self.keeping.taking_up || self.desk.half_written.is_sending() {
            return later(PAUSE);
        }
        self.keep_half_written()
    }

    /// Writes down what is half written, off the window's thread.
    pub(super) fn keep_half_written(&mut self) -> Task<Message> {
        self.keeping.since = None;
        let Some(outbox) = self.keeps().filter(|_| !self.keeping.taking_up).cloned() else { return Task::none() };
        let (turn, parts) = (outbox.turn(), self.desk.half_written());
        let keep = move || {
            let bytes = written(&parts);
            outbox.keep_half_written(turn, bytes.as_deref()).map_err(|error| error.to_string())
        };
        Task::perform(tokio::task::spawn_blocking(keep), |kept| {
            Message::HalfWrittenKept(kept.unwrap_or_else(|error| Err(error.to_string())))
        })
    }

    /// Writes down what is half written before the window is closed or somebody else's: it is on disk when this returns.
    pub(super) fn keep_half_written_now(&self) {
        self.keep_now(&self.desk.half_written());
    }

    /// The same, of what the desk has forgotten since.
    pub(super) fn keep_now(&self, parts: &[HalfWritten]) {
        let Some(outbox) = self.keeps().filter(|_| !self.keeping.taking_up) else { return };
        let bytes = written(parts);
        if let Err(error) = outbox.keep_half_written(outbox.turn(), bytes.as_deref()) {
            tracing::error!(%error, "what is half written could not be kept");
        }
    }

    /// It was written down, or not: that is said once.
    pub(super) fn half_written_kept(&mut self, kept: Result<(), String>) -> Task<Message> {
        match kept {
            Ok(()) => self.keeping.told = false,
            Err(why) if !self.keeping.told => {
                tracing::error!("what is half written cannot be kept");
                self.keeping.told = true;
                self.notices.push(self.texts.with("error-half-written", &[("why", why.into())]));
            }
            Err(_) => {}
        }
        Task::none()
    }

    /// Reads what was half written when a window of hers ended.
    pub(super) fn find_half_written(&mut self) -> Task<Message> {
        let Some(outbox) = self.keeps().cloned() else { return Task::none() };
        self.keeping.taking_up = true;
        let person = outbox.person();
        let read = move || {
            let (found, unreadable) = outbox.half_written();
            let mut recovered = Recovered { unreadable, ..Recovered::default() };
            found.iter().for_each(|bytes| recovered.read(bytes));
            recovered
        };
        Task::perform(tokio::task::spawn_blocking(read), move |read| {
            Message::HalfWrittenFound(person, read.unwrap_or_default())
        })
    }

    /// It was read: it is offered to her whose it is.
    pub(super) fn half_written_found(&mut self, person: StaffId, recovered: Recovered) -> Task<Message> {
        // The answer to an outbox that was closed since says nothing of the one that is open now.
        if self.keeps().is_some_and(|outbox| outbox.person() == person) {
            self.keeping.taking_up = false;
        }
        let nothing = recovered.parts.is_empty() && recovered.unreadable == 0;
        if nothing || self.desk.person() != Some(person) {
            return Task::none();
        }
        tracing::info!(parts = recovered.parts.len(), unreadable = recovered.unreadable, "half-written text found");
        self.desk_input(Input::HalfWritten(HalfInput::Found(recovered)))
    }

    /// Durable first, painted as pending afterwards. What was typed leaves what is half written in the same move.
    pub(super) fn send_to_outbox(&mut self, what: Move) -> Task<Message> {
        let number = self.desk.half_written.deed();
        let Some(outbox) = self.outbox.clone() else {
            return Task::done(Message::NotKept(number, Some(self.texts.t("error-outbox-not-open"))));
        };
        let half = (!self.keeping.taking_up).then(|| self.desk.half_written_beside(number));
        let turn = outbox.turn();
        let work = move || -> Result<_, OutboxError> {
            let bytes = half.as_deref().map(written);
            for (id, draft) in what.anew {
                outbox.replace((id, draft), turn, bytes.as_ref().map(|bytes| bytes.as_deref()))?;
            }
            if !what.drafts.is_empty() {
                match &bytes {
                    Some(bytes) => outbox.enqueue_all_keeping(turn, what.drafts, bytes.as_deref())?,
                    None => outbox.enqueue_all(what.drafts)?,
                };
            }
            Ok(outbox.list())
        };
        Task::perform(tokio::task::spawn_blocking(work), move |done| match done {
            Ok(Ok(entries)) => Message::Desk(Input::Pending(PendingInput::Kept(number, entries))),
            Ok(Err(OutboxError::NoSuchEntry | OutboxError::AlreadySent | OutboxError::OutcomeUnknown)) => {
                Message::NotKept(number, None)
            }
            Ok(Err(error)) => Message::NotKept(number, Some(error.to_string())),
            Err(error) => Message::NotKept(number, Some(error.to_string())),
        })
    }

    /// It did not reach the outbox: the sentence is said, and what was typed is in its sheet again.
    pub(super) fn not_kept(&mut self, number: Option<DeedNumber>, why: Option<String>) -> Task<Message> {
        tracing::error!("a change could not be written to the outbox");
        let sentence = match why {
            Some(why) => self.texts.with("error-not-written", &[("why", why.into())]),
            None => self.texts.t("error-sent-meanwhile"),
        };
        // The page's own line lies under whatever is laid over it: the reason must be seen where she looks.
        let told = self.say_why(sentence.clone());
        let back = self.desk_with_consequences(Input::Pending(PendingInput::NotKept(number, sentence)));
        Task::batch([told, back])
    }
}

fn later(after: Duration) -> Task<Message> {
    Task::perform(tokio::time::sleep(after), |()| Message::HalfWrittenDue)
}
