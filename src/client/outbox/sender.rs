//! The loop that sends the outbox: in order within a resource, side by side across resources, with the same command id until an answer
//! is there. What lives here: pacing, and what an answer means for an entry. What does not: the rules of the chains (`ledger.rs`).

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use futures::StreamExt;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use jiff::Timestamp;
use skranke_api::{ETag, Problem, ProblemKind};
use skranke_domain::CommandId;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::hold::Rest;
use super::{Entry, Outbox, OutboxError};
use crate::endpoint::DoorwayError;
use crate::error::ClientError;
use crate::http::{CaseApi, Sent, backoff, jitter};

/// What the sender tells.
#[derive(Clone, Debug)]
pub enum OutboxEvent {
    /// An entry leaves (again).
    Sending(CommandId),
    /// The server made the change; the entry is gone from the outbox.
    Confirmed {
        /// The entry.
        id: CommandId,
        /// What the server answered.
        answer: serde_json::Value,
        /// The thing's version now.
        etag: Option<ETag>,
    },
    /// The server refused; the entry waits for the clerk.
    Refused {
        /// The entry.
        id: CommandId,
        /// Why.
        problem: Problem,
    },
    /// The server answered, but not with a decision; the entry is sent again by itself.
    Postponed {
        /// The entry.
        id: CommandId,
        /// What came instead.
        error: ClientError,
    },
    /// Nobody answers. What is in the outbox is sent when somebody does.
    LineDown,
    /// Somebody answers again.
    LineUp,
    /// The token is refused. Nothing is sent until there is another.
    SignedOut,
    /// The disk did not take a step. It is tried again.
    DiskFailed(OutboxError),
}

/// How fast the sender goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// Resources that are written at the same time.
    pub at_once: usize,
    /// The first and the longest pause before something is sent again.
    pub pause: (Duration, Duration),
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_once: 4, pause: (Duration::from_millis(500), Duration::from_secs(15)) }
    }
}

/// Sends an outbox.
#[derive(Debug)]
pub struct Sender {
    outbox: Outbox,
    api: CaseApi,
    tell: mpsc::Sender<OutboxEvent>,
    pace: Pace,
    under_way: HashSet<CommandId>,
    /// Entries that rest after an answer that decided nothing: until when, and how often.
    resting: HashMap<CommandId, (Instant, u32)>,
    line: Line,
}

/// What is known of the line.
#[derive(Debug)]
enum Line {
    Up,
    Down { until: Instant, tries: u32 },
    SignedOut,
}

/// What both clocks say at one turn of the loop.
#[derive(Clone, Copy, Debug)]
struct Moment {
    now: Instant,
    wall: Timestamp,
}

impl Moment {
    fn now() -> Self {
        Self { now: Instant::now(), wall: Timestamp::now() }
    }

    /// What is left of the rest that an entry was given.
    fn rest_of(self, entry: &Entry) -> Option<Rest> {
        entry.draft.hold.and_then(|hold| hold.rests(self.wall))
    }
}

/// What became of one try.
struct Outcome {
    id: CommandId,
    verdict: Verdict,
}

enum Verdict {
    Confirmed(Sent),
    Refused(Problem),
    Again(ClientError),
    LineDown,
    SignedOut,
    /// The entry went while it waited for its turn.
    Gone,
    Disk(OutboxError),
}

impl Sender {
    /// Sends until the receiver of `tell` is gone or the future is dropped. An entry under way is then sent again at the next start.
    pub async fn run(outbox: Outbox, api: CaseApi, tell: mpsc::Sender<OutboxEvent>) {
        Self::run_at(Pace::default(), outbox, api, tell).await;
    }

    /// As [`Sender::run`], at another pace.
    pub async fn run_at(pace: Pace, outbox: Outbox, api: CaseApi, tell: mpsc::Sender<OutboxEvent>) {
        Self::of(pace, outbox, api, tell).work().await;
    }

    fn of(pace: Pace, outbox: Outbox, api: CaseApi, tell: mpsc::Sender<OutboxEvent>) -> Self {
        Self { outbox, api, tell, pace, under_way: HashSet::new(), resting: HashMap::new(), line: Line::Up }
    }

    async fn work(mut self) {
        let mut changes = self.outbox.changes();
        let mut renewals = self.api.renewals();
        let mut knocks = self.api.knocks();
        let mut tries: FuturesUnordered<BoxFuture<'static, Outcome>> = FuturesUnordered::new();
        let tell = self.tell.clone();
        loop {
            // One look at the clocks for both: what is not due for the first must be waited for by the second.
            let at = Moment::now();
            for id in self.next(at) {
                self.under_way.insert(id);
                tries.push(Box::pin(deliver(self.outbox.clone(), self.api.clone(), self.tell.clone(), id)));
            }
            let alarm = self.alarm(at);
            tokio::select! {
                Some(outcome) = tries.next() => {
                    self.under_way.remove(&outcome.id);
                    if !self.settle(outcome).await {
                        return;
                    }
                }
                // The outbox lives as long as this loop, and so do both of these.
                _ = changes.changed() => {}
                _ = renewals.changed() => {
                    if matches!(self.line, Line::SignedOut) {
                        self.line = Line::Up;
                    }
                }
                _ = knocks.changed() => {
                    if let Line::Down { until, .. } = &mut self.line {
                        *until = Instant::now();
                    }
                }
                () = wait_until(alarm) => {}
                () = tell.closed() => return,
            }
        }
    }

    /// Which entries leave now.
    fn next(&self, at: Moment) -> Vec<CommandId> {
        let now = at.now;
        let room = match self.line {
            Line::Up => self.pace.at_once,
            // One entry at a time feels whether the line is back.
            Line::Down { until, .. } if until <= now => 1,
            Line::Down { .. } | Line::SignedOut => 0,
        };
        let room = room.saturating_sub(self.under_way.len());
        if room == 0 {
            return Vec::new();
        }
        let mut ready = self.outbox.ready();
        ready.retain(|e| {
            let pauses = self.resting.get(&e.id).is_some_and(|(until, _)| *until > now);
            !self.under_way.contains(&e.id) && !pauses && at.rest_of(e).is_none()
        });
        if matches!(self.line, Line::Down { .. }) {
            // Whoever waited longest, so that one entry that never gets an answer does not keep the others.
            ready.sort_by_key(last_try);
        }
        ready.into_iter().take(room).map(|e| e.id).collect()
    }

    /// When the next pause ends that something waits for. With nothing to send there is none: idle means idle.
    fn alarm(&self, at: Moment) -> Option<Instant> {
        let now = at.now;
        let line = match self.line {
            Line::SignedOut => return None,
            Line::Down { until, .. } => until,
            Line::Up => now,
        };
        let ready = self.outbox.ready().into_iter().filter(|e| !self.under_way.contains(&e.id));
        let due = ready.filter_map(|e| {
            let pause = self.resting.get(&e.id).map_or(line, |(until, _)| line.max(*until));
            match at.rest_of(&e) {
                None => Some(pause),
                // A little later than its moment, so that it has passed for certain.
                Some(Rest::For(left)) => Some(pause.max(now + left.unsigned_abs() + Duration::from_millis(20))),
                Some(Rest::Open) => None,
            }
        });
        due.filter(|at| *at > now).min()
    }

    /// Draws the consequences of a try; says whether somebody still listens.
    async fn settle(&mut self, outcome: Outcome) -> bool {
        let id = outcome.id;
        match outcome.verdict {
            Verdict::Confirmed(sent) => {
                self.resting.remove(&id);
                self.heard().await && self.say(OutboxEvent::Confirmed { id, answer: sent.value, etag: sent.etag }).await
            }
            Verdict::Refused(problem) => {
                self.resting.remove(&id);
                self.heard().await && self.say(OutboxEvent::Refused { id, problem }).await
            }
            Verdict::Again(error) => {
                self.rest(id);
                self.heard().await && self.say(OutboxEvent::Postponed { id, error }).await
            }
            Verdict::LineDown => self.lost().await,
            Verdict::SignedOut => {
                let news = !matches!(self.line, Line::SignedOut);
                self.line = Line::SignedOut;
                !news || self.say(OutboxEvent::SignedOut).await
            }
            Verdict::Gone => {
                self.resting.remove(&id);
                true
            }
            Verdict::Disk(error) => {
                self.rest(id);
                self.say(OutboxEvent::DiskFailed(error)).await
            }
        }
    }

    fn rest(&mut self, id: CommandId) {
        let tries = self.resting.get(&id).map_or(0, |(_, tries)| tries + 1);
        let until = Instant::now() + jitter(backoff(self.pace.pause, tries));
        self.resting.insert(id, (until, tries));
    }

    async fn heard(&mut self) -> bool {
        match self.line {
            Line::Down { .. } => {
                self.line = Line::Up;
                self.say(OutboxEvent::LineUp).await
            }
            Line::Up | Line::SignedOut => true,
        }
    }

    async fn lost(&mut self) -> bool {
        let now = Instant::now();
        let (news, tries) = match self.line {
            Line::Up => (true, 0),
            // Of several that were under way together, only the first counts.
            Line::Down { until, .. } if until > now => return true,
            Line::Down { tries, .. } => (false, tries.saturating_add(1)),
            Line::SignedOut => return true,
        };
        self.line = Line::Down { until: now + jitter(backoff(self.pace.pause, tries)), tries };
        !news || self.say(OutboxEvent::LineDown).await
    }

    async fn say(&self, event: OutboxEvent) -> bool {
        self.tell.send(event).await.is_ok()
    }
}

fn last_try(entry: &Entry) -> Option<Timestamp> {
    entry.last_attempt
}

async fn wait_until(alarm: Option<Instant>) {
    match alarm {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

/// One try of one entry: noted on disk, sent, and its answer noted on disk.
async fn deliver(outbox: Outbox, api: CaseApi, tell: mpsc::Sender<OutboxEvent>, id: CommandId) -> Outcome {
    let verdict = match outbox.aside(move |o| o.mark_attempted(id, Timestamp::now())).await {
        Ok(request) => {
            // Nobody listening is found at the next turn of the loop; the entry is safe either way.
            let _ = tell.send(OutboxEvent::Sending(id)).await;
            // What was looked at without a line is told to the log before anything else is sent.
            let verdict = match api.tell_looks().await {
                Ok(()) => judge(api.send(&request).await),
                Err(error) => judge(Err(error)),
            };
            note(&outbox, id, verdict).await
        }
        Err(OutboxError::NoSuchEntry | OutboxError::NotReady) => Verdict::Gone,
        Err(error) => Verdict::Disk(error),
    };
    Outcome { id, verdict }
}

async fn note(outbox: &Outbox, id: CommandId, verdict: Verdict) -> Verdict {
    let noted = match &verdict {
        Verdict::Confirmed(sent) => {
            let etag = sent.etag.clone();
            outbox.aside(move |o| o.confirm(id, etag)).await
        }
        Verdict::Refused(problem) => {
            let problem = problem.clone();
            outbox.aside(move |o| o.refuse(id, problem)).await
        }
        _ => Ok(()),
    };
    // Not noted means not settled: it is sent again, and the server gives the same answer.
    noted.map_or_else(Verdict::Disk, |()| verdict)
}

/// What an answer means for an entry. Only a refusal of this contract, for good, comes back to the clerk.
fn judge(answer: Result<Sent, ClientError>) -> Verdict {
    let error = match answer {
        Ok(sent) => return Verdict::Confirmed(sent),
        Err(error) => error,
    };
    match error {
        ClientError::SignedOut | ClientError::Doorway(DoorwayError::SignedOut) => Verdict::SignedOut,
        ClientError::Offline
        | ClientError::Certificate(_)
        | ClientError::TimedOut
        | ClientError::Truncated
        | ClientError::Doorway(_) => Verdict::LineDown,
        // A gateway without a server behind it, or something on the way that answers for it.
        ClientError::Foreign { .. } => Verdict::LineDown,
        ClientError::Problem(problem) if is_final(&problem) => Verdict::Refused(*problem),
        // It cannot even be made: no other day will change that.
        ClientError::Request { what } => Verdict::Refused(Problem::new(ProblemKind::Malformed).detail(what)),
        other @ (ClientError::Problem(_) | ClientError::Garbage { .. } | ClientError::TooLarge { .. }) => {
            Verdict::Again(other)
        }
    }
}

fn is_final(problem: &Problem) -> bool {
    let passing = matches!(problem.status, 408 | 425 | 429) || problem.known() == Some(ProblemKind::StillRunning);
    (400..500).contains(&problem.status) && !passing
}

#[cfg(test)]
mod tests {
    use skranke_domain::StaffId;

    use super::*;
    use crate::keys::KeyPlace;
    use crate::outbox::tests::wording_until;
    use crate::testing::{Loopback, Reply};

    #[tokio::test]
    async fn what_does_not_leave_at_one_look_at_the_clocks_is_waited_for() {
        let server = Loopback::start(|_, _| Reply::Close).await;
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyPlace::TrainingFile(folder.path().join("training.key"));
        let person = StaffId::new();
        let outbox = Outbox::open(folder.path(), &keys, person).unwrap().outbox;
        let (tell, _told) = mpsc::channel(4);
        let mut sender = Sender::of(Pace::default(), outbox.clone(), server.api(), tell);
        let (now, until) = (Instant::now(), Timestamp::now() + jiff::SignedDuration::from_secs(30));
        let id = outbox.enqueue(wording_until(person, until)).unwrap().id;
        let tick = Duration::from_nanos(1);
        let leaves = |sender: &Sender, at: Moment| match (sender.next(at), sender.alarm(at)) {
            (leaving, None) => leaving == [id],
            (leaving, Some(alarm)) => {
                assert!(leaving.is_empty() && alarm > at.now, "{leaving:?} {alarm:?}");
                false
            }
        };

        // A rest that it was given, to the very tick.
        assert!(!leaves(&sender, Moment { now, wall: until - tick }));
        assert!(leaves(&sender, Moment { now, wall: until }));
        assert!(leaves(&sender, Moment { now, wall: until + tick }));

        // A pause after an answer that decided nothing, and one of the line.
        let at = |now| Moment { now, wall: until };
        let pause = now + Duration::from_secs(5);
        sender.resting.insert(id, (pause, 0));
        assert!(!leaves(&sender, at(pause - tick)));
        assert!(leaves(&sender, at(pause)));
        sender.resting.clear();
        sender.line = Line::Down { until: pause, tries: 0 };
        assert!(!leaves(&sender, at(pause - tick)));
        assert!(leaves(&sender, at(pause)));
    }

    #[test]
    fn only_a_refusal_for_good_comes_back_to_the_clerk() {
        use ProblemKind::{
            Forbidden, Internal, Invalid, KeyReused, Malformed, NotFound, PreconditionRequired, SlotTaken, Stale,
            StillRunning, Transition, Unavailable,
        };
        let of = |kind| judge(Err(ClientError::Problem(Box::new(Problem::new(kind)))));
        for kind in
            [Forbidden, NotFound, SlotTaken, Transition, Stale, Invalid, KeyReused, PreconditionRequired, Malformed]
        {
            assert!(matches!(of(kind), Verdict::Refused(_)), "{kind:?}");
        }
        for kind in [StillRunning, Internal, Unavailable] {
            assert!(matches!(of(kind), Verdict::Again(_)), "{kind:?}");
        }
        for error in [ClientError::Offline, ClientError::TimedOut, ClientError::Foreign { status: 403 }] {
            assert!(matches!(judge(Err(error)), Verdict::LineDown));
        }
        assert!(matches!(judge(Err(ClientError::SignedOut)), Verdict::SignedOut));
        assert!(matches!(judge(Err(ClientError::Garbage { what: "answer" })), Verdict::Again(_)));
    }
}
