//! The sheet for a case's course: rest it, go on with it, give it more time. What does not live here: how the deadline moves (the server).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::casework::CourseChange;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};

use super::{CaseFacing, REASON_CHARS, Trouble, allowed, words};
use crate::dates::{DateProblem, read_coming};

/// What is done with its course.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CourseStep {
    /// Rest it.
    Rest,
    /// Go on with it.
    Resume,
    /// Give it more time.
    Extend,
}

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CourseSheet {
    /// What is done.
    pub step: CourseStep,
    /// What can be done.
    pub steps: Vec<CourseStep>,
    /// Until when, as it was typed.
    pub until: String,
    /// Why.
    pub reason: String,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum CourseInput {
    /// This is done.
    Choose(CourseStep),
    /// The next that can be done.
    Next,
    /// The day was typed.
    Until(String),
    /// The reason was typed.
    Reason(String),
}

impl CourseSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> Self {
        let case = &facing.view.value;
        let mut steps = vec![match case.suspension {
            Some(_) => CourseStep::Resume,
            None => CourseStep::Rest,
        }];
        // A case without a deadline has nothing that could be moved.
        if case.row.deadline.is_some() {
            steps.push(CourseStep::Extend);
        }
        Self { step: steps[0], steps, until: String::new(), reason: String::new() }
    }

    pub(super) fn update(&mut self, input: CourseInput) {
        match input {
            CourseInput::Choose(step) => self.step = step,
            CourseInput::Next => {
                let at = self.steps.iter().position(|step| *step == self.step).unwrap_or(0);
                self.step = self.steps[(at + 1) % self.steps.len()];
            }
            CourseInput::Until(day) => self.until = day,
            CourseInput::Reason(reason) => self.reason = reason,
        }
    }

    /// The day as it was understood; resting needs none.
    ///
    /// # Errors
    /// Why it was not understood.
    pub fn day(&self, today: Date) -> Result<Option<Date>, DateProblem> {
        match read_coming(&self.until, today) {
            Ok(day) => Ok(Some(day)),
            Err(DateProblem::Empty) if self.step != CourseStep::Extend => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.steer)?;
        let today = facing.acting.today();
        let (change, field) = match self.step {
            CourseStep::Rest if case.suspension.is_some() => return Err(Trouble::NotNow),
            CourseStep::Rest => {
                let reason = words(&self.reason, REASON_CHARS)?;
                let until = self.day(today).map_err(Trouble::Day)?;
                if until.is_some_and(|day| day < today) {
                    return Err(Trouble::TooEarly);
                }
                (CourseChange::Suspend { reason, until }, "suspension")
            }
            CourseStep::Resume if case.suspension.is_none() => return Err(Trouble::NotNow),
            CourseStep::Resume => (CourseChange::Resume, "suspension"),
            CourseStep::Extend => {
                let until = self.day(today).map_err(Trouble::Day)?.ok_or(Trouble::Day(DateProblem::Empty))?;
                if until < today || case.row.deadline.is_some_and(|deadline| until <= deadline) {
                    return Err(Trouble::TooEarly);
                }
                (CourseChange::Extend { until, reason: words(&self.reason, REASON_CHARS)? }, "deadline")
            }
        };
        let label = facing.label(Deed::CourseChanged, None, self.reason.trim());
        facing.change((paths::course(case.row.id), field), &case.versions.course, &change, label)
    }
}
