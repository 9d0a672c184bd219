//! A case's course: resting it, going on with it, giving it more time. What does not live here: its phase (its papers and its decision say
//! that).
//!
//! Deadlines are calendar days and include their last day. One that falls on a weekend or a holiday stays there: it is the office that is
//! bound by it, and a letter that goes out the day before is in time.

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseView, HistoryKind};
use skranke_api::casework::{CourseChange, Suspension};
use skranke_api::{ProblemKind, paths};
use skranke_domain::CaseId;

use super::super::deed::check_text;
use super::{Asked, Begun, Part, check_may};
use crate::App;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::problem::{Answer, Refusal};
use crate::store::casework;

/// The longest reason, in characters.
const REASON_CHARS: usize = 500;
/// How far ahead a case may rest or be given time, in years.
const YEARS_AHEAD: i64 = 5;

/// Rests a case, goes on with it, or gives it more time.
#[utoipa::path(patch, path = "/v1/cases/{case}/course", operation_id = "changeCourse", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = CourseChange, responses((status = 200, body = CaseView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<CourseChange>,
) -> Answer<Response> {
    let path = paths::course(id);
    let asked = Asked::new((&app, &person), (id, Part::Course), key, ("PATCH", &path), &change)?;
    let (mut tx, case) = match asked.begin(Some(&if_match)).await? {
        Begun::Before(response) => return Ok(response),
        Begun::Now(tx, case) => (tx, case),
    };
    check_may(asked.may(&case).steer)?;
    let act = asked.act();
    let parts = casework::parts(&mut tx, case.no).await?;
    let today = local(act.now).date();
    let new = Course { deadline: case.row.deadline, rests: parts.rests_on(today).cloned() }.after(&change, today)?;
    casework::set_course(&mut tx, case.no, new.deadline, new.rests.as_ref()).await?;
    let (kind, reason) = told(&change);
    act.note(&mut tx, case.no, kind, None, reason.as_deref()).await?;
    asked.done(tx, &case, &act, AuditAction::SteerCase).await
}

/// How the history tells a step: the reason, behind the day where there is one.
fn told(change: &CourseChange) -> (HistoryKind, Option<String>) {
    let with_day = |day: Option<Date>, reason: &str| {
        let reason = reason.trim();
        Some(day.map_or_else(|| reason.to_owned(), |day| format!("{}: {reason}", day.strftime("%-d.%-m.%Y"))))
    };
    match change {
        CourseChange::Suspend { reason, until } => (HistoryKind::Suspended, with_day(*until, reason)),
        CourseChange::Resume => (HistoryKind::Resumed, None),
        CourseChange::Extend { until, reason } => (HistoryKind::Extended, with_day(Some(*until), reason)),
    }
}

/// Deadline and rest of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Course {
    deadline: Option<Date>,
    rests: Option<Suspension>,
}

impl Course {
    /// The course after a step. The days that a case rests do not count: its deadline moves by them. Where the last day of the rest is
    /// known it moves at once, so that nothing is left to do when that day has passed.
    fn after(self, change: &CourseChange, today: Date) -> Answer<Self> {
        let not_now = |detail: &str| Err(Refusal::new(ProblemKind::Transition).detail(detail));
        match change {
            CourseChange::Suspend { reason, until } => {
                check_text(reason, "/reason", 1..=REASON_CHARS)?;
                if let Some(until) = until {
                    check_ahead(*until, today)?;
                }
                if self.rests.is_some() {
                    return not_now("the case rests already");
                }
                let days = until.map_or(0, |until| days_between(today, until) + 1);
                let reason = reason.trim().to_owned();
                let rests = Some(Suspension { since: today, until: *until, reason });
                Ok(Self { deadline: moved(self.deadline, days), rests })
            }
            CourseChange::Resume => {
                let Some(rest) = self.rests else { return not_now("the case does not rest") };
                let days = match rest.until {
                    None => days_between(rest.since, today),
                    // It has moved by the whole rest already: the days that are left of it come back.
                    Some(until) => -(days_between(today, until) + 1),
                };
                Ok(Self { deadline: moved(self.deadline, days), rests: None })
            }
            CourseChange::Extend { until, reason } => {
                check_text(reason, "/reason", 1..=REASON_CHARS)?;
                check_ahead(*until, today)?;
                if self.rests.is_some() {
                    return not_now("the case rests: go on with it first");
                }
                if self.deadline.is_some_and(|deadline| *until <= deadline) {
                    return Err(Refusal::field("/until", "range", "a day after the present deadline was expected"));
                }
                Ok(Self { deadline: Some(*until), rests: None })
            }
        }
    }
}

fn check_ahead(until: Date, today: Date) -> Answer<()> {
    let last = today.checked_add(YEARS_AHEAD.years()).unwrap_or(today);
    if until < today || until > last {
        let detail = format!("a day from today on, {YEARS_AHEAD} years ahead at most");
        return Err(Refusal::field("/until", "range", detail));
    }
    Ok(())
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn moved(deadline: Option<Date>, days: i64) -> Option<Date> {
    deadline.map(|deadline| deadline.checked_add(days.days()).unwrap_or(deadline))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 6, 9);

    fn suspend(until: Option<Date>) -> CourseChange {
        CourseChange::Suspend { reason: " Afventer SIRI ".to_owned(), until }
    }

    fn going(deadline: Date) -> Course {
        Course { deadline: Some(deadline), rests: None }
    }

    #[test]
    fn a_deadline_moves_by_the_days_that_a_case_rested() {
        let resting = going(date(2026, 6, 20)).after(&suspend(None), TODAY).unwrap();
        assert_eq!(
            (resting.deadline, &resting.rests.as_ref().unwrap().reason[..]),
            (Some(date(2026, 6, 20)), "Afventer SIRI")
        );
        let resumed = resting.clone().after(&CourseChange::Resume, date(2026, 6, 16)).unwrap();
        assert_eq!(resumed, going(date(2026, 6, 27)), "seven days");
        assert_eq!(resting.after(&CourseChange::Resume, TODAY).unwrap(), going(date(2026, 6, 20)));
    }

    #[test]
    fn a_rest_with_a_last_day_moves_the_deadline_at_once_and_going_on_early_brings_the_rest_back() {
        let resting = going(date(2026, 6, 20)).after(&suspend(Some(date(2026, 6, 18))), TODAY).unwrap();
        assert_eq!(resting.deadline, Some(date(2026, 6, 30)), "the 9th to the 18th are ten days");
        let early = resting.clone().after(&CourseChange::Resume, date(2026, 6, 12)).unwrap();
        assert_eq!(early, going(date(2026, 6, 23)), "the 9th, 10th and 11th");
        assert_eq!(resting.after(&CourseChange::Resume, TODAY).unwrap(), going(date(2026, 6, 20)));
    }

    #[test]
    fn a_step_that_cannot_be_is_refused_in_a_sentence() {
        let resting = going(date(2026, 6, 20)).after(&suspend(None), TODAY).unwrap();
        let extend = |until| CourseChange::Extend { until, reason: "Ny oplysning".to_owned() };
        for (course, change, told) in [
            (resting.clone(), suspend(None), "rests already"),
            (resting.clone(), extend(date(2026, 7, 1)), "go on with it first"),
            (going(date(2026, 6, 20)), CourseChange::Resume, "does not rest"),
        ] {
            let refusal = course.after(&change, TODAY).unwrap_err();
            assert!(refusal.problem().detail.as_ref().unwrap().contains(told), "{refusal:?}");
        }
        for change in [
            suspend(Some(date(2026, 6, 8))),
            suspend(Some(date(9999, 1, 1))),
            extend(date(2026, 6, 20)),
            extend(date(2026, 6, 8)),
            CourseChange::Suspend { reason: " ".to_owned(), until: None },
            CourseChange::Extend { until: date(2026, 7, 1), reason: "æ".repeat(501) },
        ] {
            assert_eq!(going(date(2026, 6, 20)).after(&change, TODAY).unwrap_err().problem().status, 422, "{change:?}");
        }
    }

    #[test]
    fn a_case_without_a_deadline_gets_one_and_one_on_a_sunday_stays_there() {
        let none = Course { deadline: None, rests: None };
        let until = date(2026, 7, 5);
        let extended = none.after(&CourseChange::Extend { until, reason: "Ferie".to_owned() }, TODAY).unwrap();
        assert_eq!(extended, going(until));
    }
}
