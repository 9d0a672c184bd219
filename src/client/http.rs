//! Typed requests to a case API. What lives here: the handle, its limits, the shapes of what goes out and comes back. What does not:
//! how a request travels (`http/transport.rs`), the list of routes (`http/routes.rs`), the streamed overview (`http/overview.rs`).

mod calendar;
mod casework;
mod documents;
mod offline;
mod oversight;
mod overview;
mod queue;
mod routes;
mod statistics;
#[cfg(test)]
mod tests;
mod transport;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use skranke_api::audit::{AuditAction, AuditOutcome};
use skranke_api::{ETag, Purpose};
use skranke_domain::access::Context;
use skranke_domain::authority::Role;
use skranke_domain::case::Column;
use skranke_domain::{CitizenId, CommandId, DepartmentId, ProcedureId, StaffId};
use tokio::sync::{Mutex, watch};

use crate::endpoint::{Doorway, Endpoint};
use crate::outbox::Method;

pub use calendar::{CalendarOf, WaitingOf};
pub use documents::{DownloadError, Existing, Fetch};
pub use offline::{Kept, Recall};
pub use overview::OverviewStream;
pub use statistics::FiguresOf;
pub(crate) use transport::{Call, Clients, Patience, backoff, broken, jitter, media_type};

/// How long the client waits and how much it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For a connection.
    pub connect: Duration,
    /// For a whole request; of a streamed answer: for its beginning, and between two parts of it.
    pub request: Duration,
    /// How often a read is tried again (changes are repeated by the outbox alone).
    pub retries: u32,
    /// The shortest and the longest pause before a read is tried again.
    pub pause: (Duration, Duration),
    /// The longest that a server may ask a read to wait (`Retry-After`); beyond it the clerk is told at once.
    pub retry_after: Duration,
    /// The largest answer, in bytes.
    pub answer_bytes: usize,
    /// The longest line of a streamed answer, in bytes.
    pub line_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            request: Duration::from_secs(10),
            retries: 2,
            pause: (Duration::from_millis(50), Duration::from_millis(400)),
            retry_after: Duration::from_secs(2),
            answer_bytes: 16 << 20,
            line_bytes: 8 << 20,
        }
    }
}

/// A thing with the version of it that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged<T> {
    /// The thing.
    pub value: T,
    /// Its version, for `If-Match`.
    pub etag: ETag,
}

/// A change as it leaves: the same bytes and the same command id every time it is sent.
#[derive(Clone, PartialEq)]
pub struct OutboxRequest {
    /// The command id.
    pub id: CommandId,
    /// The method.
    pub method: Method,
    /// The path of the contract.
    pub path: String,
    /// The body.
    pub body: serde_json::Value,
    /// The version it is based on; none for what is created.
    pub if_match: Option<ETag>,
}

impl fmt::Debug for OutboxRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboxRequest").field("id", &self.id).field("method", &self.method).finish_non_exhaustive()
    }
}

/// The answer to a change.
#[derive(Clone, PartialEq)]
pub struct Sent {
    /// What the server answered; null where it answered nothing.
    pub value: serde_json::Value,
    /// The thing's version after it.
    pub etag: Option<ETag>,
    /// The server had made this change before and gave its stored answer.
    pub replayed: bool,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent").field("etag", &self.etag).field("replayed", &self.replayed).finish_non_exhaustive()
    }
}

/// Which cases are asked for. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Of this citizen.
    pub citizen: Option<CitizenId>,
    /// In this column.
    pub column: Option<Column>,
    /// Of this department.
    pub department: Option<DepartmentId>,
    /// Of this procedure.
    pub procedure: Option<ProcedureId>,
    /// Whose responsible person this is.
    pub responsible: Responsible,
    /// Cases on a page (1 to 200); the server's choice where nobody says.
    pub limit: Option<u16>,
    /// Why; needed where a citizen is named.
    pub purpose: Option<Purpose>,
}

/// Whose cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Responsible {
    /// Anybody's.
    #[default]
    Anybody,
    /// One's own.
    Me,
}

/// Which records of the log are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// About this citizen.
    pub citizen: Option<CitizenId>,
    /// By this person.
    pub staff: Option<StaffId>,
    /// Of this kind.
    pub action: Option<AuditAction>,
    /// That ended so.
    pub outcome: Option<AuditOutcome>,
    /// In or out of any business that was found.
    pub context: Option<Context>,
    /// Not before this day.
    pub from: Option<Date>,
    /// Not after this day.
    pub to: Option<Date>,
    /// Records on a page (1 to 200).
    pub limit: Option<u16>,
}

/// A case API as one persona sees it. Cheap to clone; dropping a request's future cancels it.
#[derive(Clone)]
pub struct CaseApi {
    inner: Arc<Inner>,
    /// Who asks takes a kept answer where the line is broken, and hears its age here.
    recall: Option<Recall>,
}

struct Inner {
    clients: Arc<Clients>,
    doorway: Arc<dyn Doorway>,
    persona: Role,
    limits: Limits,
    /// The endpoint in use. Held while a new one is asked for, so that many failing requests ask once.
    current: Mutex<Option<Endpoint>>,
    /// Counts the endpoints and tokens that were put in place, so that who waits for a new token hears of it.
    renewed: watch::Sender<u64>,
    /// Counts the requests that found nobody signed in.
    ended: watch::Sender<u64>,
    /// What becomes of the answers.
    keeping: std::sync::Mutex<offline::Keeping>,
    /// How the line is.
    felt: offline::Felt,
}

impl CaseApi {
    /// A handle with the usual limits. Connects to nothing yet.
    #[must_use]
    pub fn new(doorway: Arc<dyn Doorway>, persona: Role) -> Self {
        Self::with_limits(doorway, persona, Limits::default())
    }

    /// A handle with limits of one's own.
    #[must_use]
    pub fn with_limits(doorway: Arc<dyn Doorway>, persona: Role, limits: Limits) -> Self {
        let clients = Arc::new(Clients::new(limits.connect, doorway.trust()));
        Self::assemble(clients, doorway, persona, limits)
    }

    /// The same server as another persona sees it.
    #[must_use]
    pub fn as_persona(&self, persona: Role) -> Self {
        let inner = &self.inner;
        Self::assemble(inner.clients.clone(), inner.doorway.clone(), persona, inner.limits.clone())
    }

    fn assemble(clients: Arc<Clients>, doorway: Arc<dyn Doorway>, persona: Role, limits: Limits) -> Self {
        let inner = Inner {
            clients,
            doorway,
            persona,
            limits,
            current: Mutex::new(None),
            renewed: watch::Sender::new(0),
            ended: watch::Sender::new(0),
            keeping: std::sync::Mutex::default(),
            felt: offline::Felt::default(),
        };
        Self { inner: Arc::new(inner), recall: None }
    }

    /// The persona that asks.
    #[must_use]
    pub fn persona(&self) -> Role {
        self.inner.persona
    }

    /// Forgets address and token, so that the next request asks the doorway: somebody signed in again. Wakes a sender that stopped.
    pub async fn sign_in_again(&self) {
        *self.inner.current.lock().await = None;
        self.inner.renewed.send_modify(|n| *n += 1);
    }

    /// Changes when another address or token was put in place.
    pub(crate) fn renewals(&self) -> watch::Receiver<u64> {
        self.inner.renewed.subscribe()
    }

    /// Changes when a request finds that nobody is signed in any more: her sign-in has ended, and she signs in again.
    #[must_use]
    pub fn endings(&self) -> watch::Receiver<u64> {
        self.inner.ended.subscribe()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }
}

impl fmt::Debug for CaseApi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CaseApi").field("persona", &self.inner.persona).finish_non_exhaustive()
    }
}
