//! The faults of the training municipality: a slow department and one that is down, so that clerks learn what an incomplete page looks
//! like. What does not live here: real time limits (see `gather`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::civil::Time;
use jiff::{Timestamp, ToSpan};
use skranke_api::me::Capability;
use skranke_domain::department::Department as Descriptor;
use skranke_domain::{CitizenId, DepartmentId};

use super::{Department, DepartmentProblem, Report};
use crate::clock::{Ticker, instant, local};

/// Which departments misbehave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrainingFaults {
    /// Answer only after a while.
    pub slow: BTreeMap<DepartmentId, Duration>,
    /// Do not answer. For half of the citizens an answer of 09:12 is remembered, for the other half nothing.
    pub down: BTreeSet<DepartmentId>,
    /// Do not answer, and nothing they said before is remembered.
    pub forgotten: BTreeSet<DepartmentId>,
}

/// When the department that is down answered last.
const LAST_ANSWER: Time = Time::constant(9, 12, 0, 0);

impl TrainingFaults {
    /// None: every department answers.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those of the training municipality: SUF answers after 1.5 s, BIF is down.
    #[must_use]
    pub fn training() -> Self {
        Self {
            slow: DepartmentId::parse("suf").map(|id| (id, Duration::from_millis(1500))).into_iter().collect(),
            down: DepartmentId::parse("bif").into_iter().collect(),
            forgotten: BTreeSet::new(),
        }
    }

    /// Three departments do not answer before anybody has looked away: what a page looks like while it comes in.
    #[must_use]
    pub fn slow() -> Self {
        let slow = ["suf", "bif", "okf"].into_iter().filter_map(|id| DepartmentId::parse(id).ok());
        Self { slow: slow.map(|id| (id, Duration::from_secs(3600))).collect(), ..Self::default() }
    }

    /// One department does not answer, and nothing is known of what it keeps.
    #[must_use]
    pub fn one_unknown() -> Self {
        Self { forgotten: DepartmentId::parse("skat").into_iter().collect(), ..Self::default() }
    }

    /// Wraps a department in its faults, where it has any.
    pub fn wrap(&self, inner: Arc<dyn Department>, clock: Arc<Ticker>) -> Arc<dyn Department> {
        let id = &inner.descriptor().id;
        let fault = match (self.forgotten.contains(id), self.down.contains(id), self.slow.get(id)) {
            (true, ..) => Fault::Forgotten,
            (false, true, _) => Fault::Down,
            (false, false, Some(delay)) => Fault::Slow(*delay),
            (false, false, None) => return inner,
        };
        Arc::new(WithFaults { inner, fault, clock })
    }
}

/// Whether the last answer about a citizen is remembered: decided by her identifier, so that it is the same every time.
#[must_use]
pub fn is_remembered(citizen: CitizenId) -> bool {
    citizen.0.as_bytes()[15].is_multiple_of(2)
}

struct WithFaults {
    inner: Arc<dyn Department>,
    fault: Fault,
    clock: Arc<Ticker>,
}

/// How a department misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// It answers only after a while.
    Slow(Duration),
    /// It does not answer; perhaps something is remembered.
    Down,
    /// It does not answer, and nothing is remembered.
    Forgotten,
}

#[async_trait]
impl Department for WithFaults {
    fn descriptor(&self) -> &Descriptor {
        self.inner.descriptor()
    }

    fn capabilities(&self) -> &'static [Capability] {
        self.inner.capabilities()
    }

    async fn cases(&self, citizen: CitizenId) -> Result<Report, DepartmentProblem> {
        let remembered = match self.fault {
            Fault::Slow(delay) => {
                tokio::time::sleep(delay).await;
                return self.inner.cases(citizen).await;
            }
            Fault::Down if is_remembered(citizen) => {
                Some((self.inner.cases(citizen).await?, last_answer(self.clock.now())))
            }
            Fault::Down | Fault::Forgotten => None,
        };
        Err(DepartmentProblem::Down { remembered })
    }
}

/// The last 09:12 that has passed.
fn last_answer(now: Timestamp) -> Timestamp {
    let today = local(now).date();
    let at = instant(today, LAST_ANSWER);
    if at <= now { at } else { instant(today.checked_sub(1.day()).unwrap_or(today), LAST_ANSWER) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_a_quarter_past_nine_the_remembered_answer_is_of_yesterday() {
        let at = |text: &str| last_answer(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-06-09T08:06:00Z"), "2026-06-09T07:12:00Z");
        assert_eq!(at("2026-06-09T06:00:00Z"), "2026-06-08T07:12:00Z");
    }
}
