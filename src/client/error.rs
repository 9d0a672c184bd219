//! What can go wrong between this client and a case API. What lives here: one error for every request. What does not: the outbox's own
//! errors (see [`crate::outbox`]), sentences for the clerk (the window's texts).

use std::fmt;

use skranke_api::{Problem, ProblemKind};

use crate::endpoint::DoorwayError;
use crate::tls::Untrusted;

/// Why a request has no answer. Neither `Display` nor `Debug` shows an address, a body or a person's data.
#[derive(Clone, PartialEq, thiserror::Error)]
pub enum ClientError {
    /// No connection could be made; the request did not leave.
    #[error("there is no connection to the server")]
    Offline,
    /// Who answered could not prove to be the server; nothing was sent. There is no way to go on in spite of it.
    #[error("the server's certificate is not trusted: {0}")]
    Certificate(Untrusted),
    /// The server did not answer in time. A change may have been made all the same.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The connection broke before the answer was complete. A change may have been made all the same.
    #[error("the connection broke before the answer was complete")]
    Truncated,
    /// The server refused, and says why.
    #[error("the server refused: {}", .0.title)]
    Problem(Box<Problem>),
    /// A status without a problem of this contract: a proxy or another service answered in the server's place.
    #[error("something other than the case server answered, with status {status}")]
    Foreign {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not what the contract says.
    #[error("the answer cannot be read ({what})")]
    Garbage {
        /// What was expected.
        what: &'static str,
    },
    /// The answer, or a line of it, is larger than the client takes.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// The server does not know this person (any more).
    #[error("not signed in")]
    SignedOut,
    /// The server could not be found.
    #[error(transparent)]
    Doorway(#[from] DoorwayError),
    /// The request could not be made: a defect or a wrong setting on this side.
    #[error("the request cannot be made ({what})")]
    Request {
        /// What is wrong with it.
        what: &'static str,
    },
}

impl ClientError {
    /// Nothing can be said by or to the server at present; what is shown may be old, and trying again later makes sense.
    #[must_use]
    pub fn is_line_down(&self) -> bool {
        match self {
            // As good as down: nothing is said to somebody who may be anybody, and what was seen stays readable.
            Self::Offline | Self::TimedOut | Self::Truncated | Self::Certificate(_) => true,
            Self::Foreign { status } => matches!(status, 502..=504),
            Self::Doorway(error) => !matches!(error, DoorwayError::SignedOut),
            Self::Problem(problem) => problem.known() == Some(ProblemKind::Unavailable),
            Self::Garbage { .. } | Self::TooLarge { .. } | Self::SignedOut | Self::Request { .. } => false,
        }
    }

    /// Nobody is signed in any more: the server, or the way to it, refuses her token for good.
    #[must_use]
    pub const fn is_signed_out(&self) -> bool {
        matches!(self, Self::SignedOut | Self::Doorway(DoorwayError::SignedOut))
    }

    /// What is wrong with a certificate, the server's or the sign-in provider's, where that is why nothing came.
    #[must_use]
    pub const fn untrusted(&self) -> Option<Untrusted> {
        match self {
            Self::Certificate(reason) | Self::Doorway(DoorwayError::Certificate(reason)) => Some(*reason),
            _ => None,
        }
    }

    /// The problem that the server named, where it named one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// The kind of the problem that the server named, where it is one of ours.
    #[must_use]
    pub fn kind(&self) -> Option<ProblemKind> {
        self.problem().and_then(Problem::known)
    }
}

// A problem carries the thing as it stands now, and with it a citizen's data: keep them out of logs.
impl fmt::Debug for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => write!(f, "Problem({} {})", problem.status, problem.kind),
            other => write!(f, "ClientError({other})"),
        }
    }
}
