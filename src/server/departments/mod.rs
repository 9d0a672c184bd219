//! The departments behind the overview. What lives here: the trait that every department's system is asked through, and the register of
//! them. What does not: gathering their answers (`gather`), the faults of the training municipality (`faults`).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use skranke_api::me::{Capability, Health};
use skranke_api::overview::{Benefit, CaseRow, PaperView, Situation};
use skranke_api::{Problem, ProblemKind};
use skranke_domain::department::Department as Descriptor;
use skranke_domain::{CitizenId, DepartmentId};

pub mod faults;
pub mod gather;
pub mod own;

/// A department's system.
#[async_trait]
pub trait Department: Send + Sync {
    /// Which department it is.
    fn descriptor(&self) -> &Descriptor;

    /// What its system can do.
    fn capabilities(&self) -> &'static [Capability];

    /// A citizen's cases there.
    ///
    /// # Errors
    /// [`DepartmentProblem`] when it does not answer.
    async fn cases(&self, citizen: CitizenId) -> Result<Report, DepartmentProblem>;
}

/// What a department says about a citizen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Its cases, by deadline.
    pub cases: Vec<CaseRow>,
    /// The life situations that they belong to.
    pub situations: Vec<Situation>,
    /// The open papers of its open cases.
    pub papers: Vec<PaperView>,
    /// The benefits it pays her.
    pub benefits: Vec<Benefit>,
}

/// Why a department does not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DepartmentProblem {
    /// It is down; perhaps something is remembered.
    #[error("the department does not answer")]
    Down {
        /// Its last answer, and when that was.
        remembered: Option<(Report, Timestamp)>,
    },
    /// It took too long.
    #[error("the department took too long")]
    Slow,
    /// Its answer cannot be read.
    #[error("the department's answer cannot be read")]
    Unreadable,
}

impl DepartmentProblem {
    /// As it travels.
    #[must_use]
    pub fn problem(&self) -> Problem {
        Problem::new(match self {
            Self::Down { .. } => ProblemKind::DepartmentDown,
            Self::Slow => ProblemKind::DepartmentSlow,
            Self::Unreadable => ProblemKind::Internal,
        })
    }
}

/// How a department answered last, and when it last did answer.
type Known = (Health, Option<Timestamp>);

/// All departments, in the order in which they are shown, and how they answered last.
#[derive(Clone)]
pub struct Register {
    all: Arc<Vec<Arc<dyn Department>>>,
    limit: Duration,
    last: Arc<Mutex<HashMap<DepartmentId, Known>>>,
}

impl Register {
    /// A register of departments, each of which may take so long.
    #[must_use]
    pub fn new(all: Vec<Arc<dyn Department>>, limit: Duration) -> Self {
        Self { all: Arc::new(all), limit, last: Arc::default() }
    }

    /// How long each may take.
    #[must_use]
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Arc<dyn Department>] {
        &self.all
    }

    /// How a department answered last, and when it last did.
    #[must_use]
    pub fn health(&self, id: &DepartmentId) -> Known {
        self.last
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get(id)
            .copied()
            .unwrap_or((Health::Unknown, None))
    }

    /// Notes how a department answered.
    fn note(&self, id: &DepartmentId, health: Health, at: Option<Timestamp>) {
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = last.get(id).and_then(|(_, at)| *at);
        last.insert(id.clone(), (health, at.or(known)));
    }
}
