//! Reads without a line: what came is kept, and when the line is broken the kept answer is given with its age, to whoever asked so that she
//! learns the age. What lives here: the hook between requests and the replica, how the line is felt, telling the log what was looked at. What
//! does not: keeping (see [`crate::replica`]).

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use skranke_api::ETag;
use skranke_api::citizens::{SearchAnswer, SearchRequest};
use skranke_api::overview::{Answer, OverviewLine};
use skranke_api::{Problem, ProblemKind, Purpose};
use skranke_domain::DepartmentId;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Call, CaseApi};
use crate::error::ClientError;
use crate::replica::{Asked, NotRecalled, Recalled, Replica};

/// A line that failed so lately is not tried again by every read: what is kept is given at once. The live line feels when it is back.
const LATELY: Duration = Duration::from_secs(15);
/// What is gathered before it is known who is signed in; beyond it the first answers are not kept.
const BEFORE: usize = 64;

/// How old the given answer is; none where it came over the line.
#[derive(Clone, Debug, Default)]
pub struct Recall(Arc<OnceLock<Kept>>);

/// An answer that was kept on this machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// When it was true.
    pub as_of: Timestamp,
    /// Why there is no newer one.
    pub why: ClientError,
}

impl Recall {
    /// Says that the answer was kept, and since when; none where it came over the line.
    #[must_use]
    pub fn kept(&self) -> Option<&Kept> {
        self.0.get()
    }

    fn tell(&self, as_of: Timestamp, why: &ClientError) {
        // One question has one answer.
        let _ = self.0.set(Kept { as_of, why: why.clone() });
    }
}

/// What becomes of the answers.
#[derive(Default)]
pub(super) enum Keeping {
    /// It is not known yet whose they are.
    #[default]
    Unknown,
    /// The first ones, until it is.
    Gathered(Vec<(Asked, Option<ETag>, Vec<u8>)>),
    /// They are kept.
    In(Replica),
    /// They are not kept.
    Nowhere,
}

/// How the line is: when it failed last, and who knocks at it.
pub(super) struct Felt {
    failed: Mutex<Option<Instant>>,
    knocks: watch::Sender<u64>,
}

impl Default for Felt {
    fn default() -> Self {
        Self { failed: Mutex::new(None), knocks: watch::Sender::new(0) }
    }
}

impl CaseApi {
    /// Keeps what is read from now on, and what was read before it was known who reads.
    pub fn keep_in(&self, replica: Replica) {
        let mut keeping = self.inner.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        if let Keeping::Gathered(before) = std::mem::take(&mut *keeping) {
            for (asked, etag, body) in before {
                replica.keep(asked, etag.as_ref(), body);
            }
        }
        *keeping = Keeping::In(replica);
    }

    /// Keeps nothing from now on, and gives nothing of what was kept: somebody signs out, or there is no place to keep it.
    pub fn keep_nothing(&self) {
        *self.inner.keeping.lock().unwrap_or_else(PoisonError::into_inner) = Keeping::Nowhere;
    }

    /// What is kept for whoever is signed in; none while nothing is.
    #[must_use]
    pub fn replica(&self) -> Option<Replica> {
        match &*self.inner.keeping.lock().unwrap_or_else(PoisonError::into_inner) {
            Keeping::In(replica) => Some(replica.clone()),
            Keeping::Unknown | Keeping::Gathered(_) | Keeping::Nowhere => None,
        }
    }

    pub(crate) fn keeps(&self, asked: &Asked) -> bool {
        self.replica().is_some_and(|replica| replica.has(asked))
    }

    /// The same handle for one question, whose answer may be a kept one when the line is broken; the other half tells.
    #[must_use]
    pub fn remembering(&self) -> (Self, Recall) {
        let recall = Recall::default();
        (Self { recall: Some(recall.clone()), ..self.clone() }, recall)
    }

    /// Keeps an answer, where it is one that is kept. The line that brought it holds.
    pub(super) fn keep(&self, call: &Call<'_>, etag: Option<&ETag>, body: Vec<u8>) {
        if let Some(asked) = call.asked() {
            self.keep_answer(asked, etag, body);
        }
    }

    pub(super) fn keep_answer(&self, asked: Asked, etag: Option<&ETag>, body: Vec<u8>) {
        let mut keeping = self.inner.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        match &mut *keeping {
            Keeping::In(replica) => replica.keep(asked, etag, body),
            Keeping::Unknown => *keeping = Keeping::Gathered(vec![(asked, etag.cloned(), body)]),
            Keeping::Gathered(all) if all.len() < BEFORE => all.push((asked, etag.cloned(), body)),
            Keeping::Gathered(_) | Keeping::Nowhere => {}
        }
    }

    /// The replica and the question, where a kept answer would do.
    fn fallback(&self, call: &Call<'_>) -> Option<(Replica, Asked, &Recall)> {
        let recall = self.recall.as_ref()?;
        Some((self.replica()?, call.asked()?, recall))
    }

    /// Gives what is kept at once where the line failed a moment ago.
    pub(super) async fn recall_at_once(&self, call: &Call<'_>) -> Result<Option<Recalled>, ClientError> {
        if !self.failed_lately() || !self.fallback(call).is_some_and(|(replica, asked, _)| replica.has(&asked)) {
            return Ok(None);
        }
        match self.recall_after(call, ClientError::Offline).await {
            Ok(recalled) => Ok(Some(recalled)),
            Err(ClientError::Offline) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Gives what is kept where the line is why nothing came; else the error as it was.
    pub(super) async fn recall_after(&self, call: &Call<'_>, error: ClientError) -> Result<Recalled, ClientError> {
        if !is_broken(&error) {
            return Err(error);
        }
        let Some((replica, asked, recall)) = self.fallback(call) else { return Err(error) };
        let purpose: Option<Purpose> = call.purpose().cloned();
        let deed = move || replica.recall(&asked, purpose.as_ref());
        match tokio::task::spawn_blocking(deed).await {
            Ok(Ok(recalled)) => {
                recall.tell(recalled.at, &error);
                Ok(recalled)
            }
            Ok(Err(NotRecalled::Need(problem))) => Err(ClientError::Problem(problem)),
            Ok(Err(NotRecalled::NotLogged(refusal))) => {
                tracing::error!(error = %refusal, "a look could not be written down: nothing of it is shown");
                Err(ClientError::Request { what: "the look could not be written down for the log" })
            }
            Ok(Err(NotRecalled::Unknown)) | Err(_) => Err(error),
        }
    }

    /// Finds among the citizens that were opened here, where the line is why nobody else can be found.
    pub(super) async fn find_kept(
        &self,
        request: &SearchRequest,
        error: ClientError,
    ) -> Result<SearchAnswer, ClientError> {
        let (Some(recall), Some(replica), true) = (&self.recall, self.replica(), is_broken(&error)) else {
            return Err(error);
        };
        let request = request.clone();
        match tokio::task::spawn_blocking(move || replica.find(&request)).await {
            Ok(Ok(hits)) => {
                recall.tell(Timestamp::now(), &error);
                Ok(SearchAnswer { hits, more: false, took_us: 0 })
            }
            Ok(Err(_)) => Err(ClientError::Request { what: "the search could not be written down for the log" }),
            Err(_) => Err(error),
        }
    }

    /// Tells the log what was looked at without a line, oldest first. What it refuses stays written down.
    ///
    /// # Errors
    /// [`ClientError`] where the line is (still) broken.
    pub async fn tell_looks(&self) -> Result<(), ClientError> {
        let Some(replica) = self.replica().filter(|replica| replica.untold() > 0) else { return Ok(()) };
        let _turn = replica.telling().await;
        while replica.untold() > 0 {
            let mine = replica.clone();
            let batch = tokio::task::spawn_blocking(move || mine.batch()).await;
            let (command, looks) = match batch {
                Ok(Ok(Some(batch))) => batch,
                Ok(Ok(None)) | Err(_) => return Ok(()),
                Ok(Err(error)) => {
                    tracing::error!(%error, "looks that were made offline cannot be told yet");
                    return Ok(());
                }
            };
            match self.tell_offline_looks(&looks, command).await {
                Ok(()) => {}
                Err(error) if is_broken(&error) || error == ClientError::SignedOut => return Err(error),
                Err(error) => {
                    tracing::error!(%error, looks = looks.looks.len(), "the log did not take looks that were made offline");
                    return Ok(());
                }
            }
            let mine = replica.clone();
            let told = tokio::task::spawn_blocking(move || mine.told(command)).await;
            if !matches!(told, Ok(Ok(()))) {
                // They are told again with the same command: once for the log.
                tracing::error!("looks that the log has could not be struck off");
                return Ok(());
            }
        }
        Ok(())
    }

    /// Tries the line now: whoever waits for it waits no longer.
    pub fn try_now(&self) {
        self.felt(true);
        self.inner.felt.knocks.send_modify(|n| *n += 1);
    }

    /// Changes when somebody wants the line tried.
    pub(crate) fn knocks(&self) -> watch::Receiver<u64> {
        self.inner.felt.knocks.subscribe()
    }

    /// The line was used: it held, or it failed.
    pub(super) fn felt(&self, holds: bool) {
        let failed = (!holds).then(Instant::now);
        *self.inner.felt.failed.lock().unwrap_or_else(PoisonError::into_inner) = failed;
    }

    fn failed_lately(&self) -> bool {
        let failed = *self.inner.felt.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.is_some_and(|at| at.elapsed() < LATELY)
    }
}

/// Whether the line, and no answer, is why nothing came.
pub(super) fn is_broken(error: &ClientError) -> bool {
    error.is_line_down() && error.problem().is_none()
}

/// The lines of a kept overview: every department that answered then is old now; those of one department, where one is wanted.
pub(super) fn old_lines(recalled: &Recalled, department: Option<&DepartmentId>) -> Option<Vec<OverviewLine>> {
    let lines = recalled.body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines: Vec<OverviewLine> = lines.map(|line| serde_json::from_slice(line).ok()).collect::<Option<_>>()?;
    let wanted = |id: &DepartmentId| department.is_none_or(|wanted| wanted == id);
    let old = lines.into_iter().filter_map(|line| match line {
        OverviewLine::Departments { citizen, mut departments } => {
            departments.retain(wanted);
            Some(OverviewLine::Departments { citizen, departments })
        }
        OverviewLine::Section(section) if !wanted(&section.department) => None,
        OverviewLine::Section(mut section) => {
            section.as_of = section.as_of.or(Some(recalled.at));
            section.took_ms = 0;
            section.answer = match section.answer {
                Answer::Answered { cases, situations, papers, benefits } => Answer::Stale {
                    cases,
                    situations,
                    papers,
                    benefits,
                    problem: Problem::new(ProblemKind::Unavailable),
                },
                other => other,
            };
            Some(OverviewLine::Section(section))
        }
        OverviewLine::End => Some(OverviewLine::End),
    });
    Some(old.collect())
}
