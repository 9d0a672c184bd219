//! Asking all departments at once. What lives here: the sections of an overview as they come in, with a time limit each. What does not:
//! their form on the wire (see `routes::overview`).

use std::time::{Duration, Instant};

use futures::Stream;
use futures::stream::{FuturesUnordered, StreamExt};
use skranke_api::Problem;
use skranke_api::me::Health;
use skranke_api::overview::{Answer, Section};
use skranke_domain::{CitizenId, DepartmentId};

use super::{DepartmentProblem, Register, Report};
use crate::clock::Ticker;
use std::sync::Arc;

/// How long a department may take, when nobody says.
pub const TIME_LIMIT: Duration = Duration::from_secs(3);

/// Which departments are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All of them.
    All,
    /// One alone.
    One(DepartmentId),
}

impl Whom {
    fn asks(&self, id: &DepartmentId) -> bool {
        match self {
            Self::All => true,
            Self::One(one) => one == id,
        }
    }
}

/// The departments that are asked, in the order in which they are shown.
#[must_use]
pub fn order(register: &Register, whom: &Whom) -> Vec<DepartmentId> {
    register.all().iter().map(|d| d.descriptor().id.clone()).filter(|id| whom.asks(id)).collect()
}

/// A section a department, as each answers. A withheld department is not asked at all: nothing of its answer, not even its time, can
/// tell whether there is a case.
pub fn sections(
    register: &Register,
    clock: Arc<Ticker>,
    withheld: &'static [&'static str],
    citizen: CitizenId,
    whom: &Whom,
) -> impl Stream<Item = Section> + Send + use<> {
    let asked: FuturesUnordered<_> = register
        .all()
        .iter()
        .filter(|department| whom.asks(&department.descriptor().id))
        .map(|department| {
            let (department, register, clock) = (Arc::clone(department), register.clone(), Arc::clone(&clock));
            let limit = register.limit();
            async move {
                let id = department.descriptor().id.clone();
                if withheld.contains(&id.as_str()) {
                    return Section { department: id, answer: Answer::Withheld, as_of: None, took_ms: 0 };
                }
                let began = Instant::now();
                let answer = tokio::time::timeout(limit, department.cases(citizen))
                    .await
                    .unwrap_or(Err(DepartmentProblem::Slow));
                let took_ms = u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX);
                let now = clock.now();
                let health = if answer.is_ok() { Health::Answering } else { Health::Unavailable };
                register.note(&id, health, answer.is_ok().then_some(now));
                let (answer, as_of) = match answer {
                    Ok(report) => (answered(report), Some(now)),
                    Err(error) => {
                        let problem = error.problem();
                        match error {
                            DepartmentProblem::Down { remembered: Some((report, at)) } => {
                                (stale(report, problem), Some(at))
                            }
                            _ => (Answer::Unavailable { problem }, None),
                        }
                    }
                };
                Section { department: id, answer, as_of, took_ms }
            }
        })
        .collect();
    asked.map(|section| section)
}

fn answered(report: Report) -> Answer {
    let Report { cases, situations, papers, benefits } = report;
    Answer::Answered { cases, situations, papers, benefits }
}

fn stale(report: Report, problem: Problem) -> Answer {
    let Report { cases, situations, papers, benefits } = report;
    Answer::Stale { cases, situations, papers, benefits, problem }
}
