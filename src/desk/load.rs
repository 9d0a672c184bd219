//! Something that is fetched: what is known of it, how old that is, and what went wrong. *Unknown never looks like none.*

use jiff::Timestamp;
use skranke_client::ClientError;

/// Something that is fetched from the case API.
#[derive(Clone, Debug, Default)]
pub enum Load<T> {
    /// Nobody asked.
    #[default]
    Idle,
    /// Asked; nothing is known yet.
    Waiting {
        /// Since when.
        since: Timestamp,
    },
    /// Known.
    Known {
        /// What.
        value: T,
        /// As at.
        at: Timestamp,
        /// Asked again since.
        refreshing: bool,
        /// Why asking again failed: what is shown is old.
        trouble: Option<ClientError>,
    },
    /// Asked, and nothing came.
    Failed {
        /// Why.
        error: ClientError,
        /// When.
        at: Timestamp,
    },
}

impl<T> Load<T> {
    /// What is known.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// What is known, to change it.
    pub const fn value_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Known { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Whether an answer is awaited.
    pub const fn is_waiting(&self) -> bool {
        matches!(self, Self::Waiting { .. } | Self::Known { refreshing: true, .. })
    }

    /// Why there is nothing, or why what is shown is old.
    pub const fn trouble(&self) -> Option<&ClientError> {
        match self {
            Self::Known { trouble: Some(error), .. } | Self::Failed { error, .. } => Some(error),
            _ => None,
        }
    }

    /// When what is shown was true.
    pub const fn as_of(&self) -> Option<Timestamp> {
        match self {
            Self::Known { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Notes that it is asked for (again).
    pub fn ask(&mut self, now: Timestamp) {
        match self {
            Self::Known { refreshing, .. } => *refreshing = true,
            other => *other = Self::Waiting { since: now },
        }
    }

    /// Takes an answer: a failure keeps what was known, marked as old.
    pub fn answer(&mut self, answer: Result<T, ClientError>, now: Timestamp) {
        match (answer, &mut *self) {
            (Ok(value), _) => *self = Self::Known { value, at: now, refreshing: false, trouble: None },
            (Err(error), Self::Known { refreshing, trouble, .. }) => {
                *refreshing = false;
                *trouble = Some(error);
            }
            (Err(error), _) => *self = Self::Failed { error, at: now },
        }
    }

    /// What was just taken was kept on this machine: it is as old as it is, and why there is nothing newer is said.
    pub(crate) fn aged(&mut self, as_of: Timestamp, why: &ClientError) {
        if let Self::Known { at, trouble: trouble @ None, refreshing: false, .. } = self {
            *at = as_of;
            *trouble = Some(why.clone());
        }
    }
}
