//! Changes of an appointment: arrived, fulfilled, missed, cancelled, moved. What does not live here: booking (`appointments`), the words in
//! which people are told (`messages`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;
use skranke_api::appointments::{Appointment, AppointmentChange, NewTime};
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::events::EventKind;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::checklist::REASON_CHARS;
use skranke_domain::{AppointmentId, CommandId};

use super::appointments::{check_manned, refused, sight, site_and_interpreter, stretch, view_of};
use super::opening::{check_minutes, check_time};
use super::{holds, messages};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal};
use crate::store::cases::{Happening, add_history};
use crate::store::events::News;
use crate::store::{Tx, appointments, cases, events, items, meta};

/// Changes an appointment: arrived, fulfilled, missed, cancelled with a reason, or moved to another time.
#[utoipa::path(patch, path = "/v1/appointments/{appointment}", operation_id = "changeAppointment", tag = "appointments",
    params(("appointment" = AppointmentId, Path, description = "The appointment")),
    request_body = AppointmentChange, responses((status = 200, body = Appointment)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path(id): Path<AppointmentId>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<AppointmentChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::appointment(id), &change)?;
    let mut tx = app.store.begin().await?;
    // A held time that was given back is there no more: the answer that was kept comes first. It is the asker's own.
    let seen = command.seen(&mut tx).await?;
    if let Seen::Done(answer) = &seen {
        return Ok(answer.response(Freshness::Replayed));
    }
    let act = Act { app: &app, person: &person, key, now: app.clock.now() };
    holds::sweep(&mut tx, &app, act.now).await?;
    let found = appointments::one(&mut tx, &app.procedures, id, sight(&person)).await?.ok_or(ProblemKind::NotFound)?;
    if matches!(seen, Seen::Forgotten) {
        return Ok(Stored::new(StatusCode::OK, &found.view, &found.view.etag)?.response(Freshness::Replayed));
    }
    if_match.check(&found.view.etag, || &found.view)?;
    let reason = change.reason.as_deref().map(str::trim).filter(|r| !r.is_empty());
    if reason.is_some_and(|r| r.chars().count() > REASON_CHARS) {
        return Err(Refusal::field("/reason", "length", format!("at most {REASON_CHARS} characters")));
    }
    let gone = match (change.status, &change.to) {
        (Some(status), None) => act.take_further(&mut tx, &found, status, (reason, &change)).await?,
        (None, Some(to)) => {
            act.move_to(&mut tx, &found, to, reason).await?;
            None
        }
        (Some(_), Some(_)) => return Err(Refusal::field("/to", "conflict", "a state or a time, not both at once")),
        (None, None) => return Err(Refusal::field("/status", "missing", "a state or a time is needed")),
    };
    let view = match gone {
        Some(view) => view,
        None => view_of(&mut tx, &app, &person, id).await?.ok_or(ProblemKind::Internal)?,
    };
    act.tell(&mut tx, EventKind::AppointmentChanged, &view).await?;
    let entry = Entry::new(&person, AuditAction::ChangeAppointment).citizen(view.citizen).command(key);
    app.chain.append(&mut tx, &[entry]).await?;
    let answer = Stored::new(StatusCode::OK, &view, &view.etag)?;
    command.keep(&mut tx, act.now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// Which states follow on which, in FHIR's words. Whoever was missed may still come late.
fn check_step(view: &Appointment, to: AppointmentStatus) -> Answer<()> {
    use AppointmentStatus::{Arrived, Booked, Cancelled, Fulfilled, Noshow, Proposed};
    let from = view.status;
    if matches!(
        (from, to),
        (Booked, Arrived | Cancelled | Noshow)
            | (Proposed, Cancelled)
            | (Arrived, Fulfilled | Cancelled)
            | (Noshow, Arrived)
    ) {
        return Ok(());
    }
    Err(Refusal::not_now(view, format!("{from:?} does not become {to:?}")))
}

/// Tells everybody whom a time concerns that it was booked, moved or cancelled, inside the same write.
pub(super) async fn tell_people(tx: &mut Tx, app: &App, appointment_no: i64, now: Timestamp) -> Answer<()> {
    messages::tell(tx, app, appointment_no, now).await
}

/// One change under way.
pub(super) struct Act<'a> {
    pub app: &'a App,
    pub person: &'a Person,
    pub key: CommandId,
    pub now: Timestamp,
}

impl Act<'_> {
    /// Another state. A held time that is given back is gone: as it was last is the answer.
    async fn take_further(
        &self,
        tx: &mut Tx,
        found: &appointments::Stored,
        status: AppointmentStatus,
        (reason, change): (Option<&str>, &AppointmentChange),
    ) -> Answer<Option<Appointment>> {
        let held = found.view.status == AppointmentStatus::Proposed;
        if status == AppointmentStatus::Cancelled && reason.is_none() && !held {
            return Err(Refusal::field("/reason", "missing", "a cancellation needs a reason"));
        }
        if change.cause.is_some() && status != AppointmentStatus::Cancelled {
            return Err(Refusal::field("/cause", "conflict", "a cause goes with a cancellation"));
        }
        check_step(&found.view, status)?;
        if held {
            appointments::let_go(tx, found).await?;
            let version = found.view.etag.version().unwrap_or(0) + 1;
            let etag = ETag::of_version(version);
            return Ok(Some(Appointment { status, expires: None, etag, ..found.view.clone() }));
        }
        if let Some(cause) = change.cause {
            appointments::set_cause(tx, found.no, cause).await?;
        }
        if status == AppointmentStatus::Cancelled {
            self.cancel(tx, found, reason).await?;
            return Ok(None);
        }
        appointments::set_status(tx, found.no, status, reason).await?;
        if status == AppointmentStatus::Arrived {
            appointments::arrived(tx, found.no, self.now).await?;
        }
        for case in self.cases(tx, found).await? {
            items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
        }
        Ok(None)
    }

    /// Cancels, and tells whom it concerns.
    pub async fn cancel(&self, tx: &mut Tx, found: &appointments::Stored, reason: Option<&str>) -> Answer<()> {
        appointments::set_status(tx, found.no, AppointmentStatus::Cancelled, reason).await?;
        let for_cases = self.cases(tx, found).await?;
        self.touch_cases(tx, &for_cases, HistoryKind::Cancelled, reason).await?;
        tell_people(tx, self.app, found.no, self.now).await
    }

    /// Another time; the interpreter comes along.
    async fn move_to(
        &self,
        tx: &mut Tx,
        found: &appointments::Stored,
        to: &NewTime,
        reason: Option<&str>,
    ) -> Answer<()> {
        check_minutes(to.minutes, "/to/minutes")?;
        if found.view.status != AppointmentStatus::Booked {
            return Err(Refusal::not_now(&found.view, "what is booked alone is moved"));
        }
        let sites = meta::sites(tx).await?;
        let interpreter = found.view.interpreter.as_ref().map(|interpreter| &interpreter.id);
        let unknown = |_| match sites.iter().any(|site| site.counters.iter().any(|c| c.id == to.counter)) {
            true => Refusal::field("/to/counter", "interpreter", "the interpreter does not come to that site"),
            false => Refusal::field("/to/counter", "unknown", "there is no such counter"),
        };
        let (site, _) = site_and_interpreter(&sites, &to.counter, interpreter).map_err(unknown)?;
        let time = stretch(to.start, to.minutes);
        check_time(site, time, self.now, "/to/start")?;
        check_manned(tx, &to.counter, to.start, "/to/start").await?;
        appointments::move_to(tx, found, &to.counter, time).await.map_err(refused)?;
        let for_cases = self.cases(tx, found).await?;
        self.touch_cases(tx, &for_cases, HistoryKind::Moved, reason).await?;
        tell_people(tx, self.app, found.no, self.now).await
    }

    async fn cases(&self, tx: &mut Tx, found: &appointments::Stored) -> Answer<Vec<cases::Stored>> {
        let mut all = Vec::with_capacity(found.case_nos.len());
        for no in &found.case_nos {
            all.extend(cases::by_no(tx, &self.app.procedures, *no).await?);
        }
        Ok(all)
    }

    /// Writes into the cases' history what happened, and adds them up again.
    pub async fn touch_cases(
        &self,
        tx: &mut Tx,
        all: &[cases::Stored],
        kind: HistoryKind,
        reason: Option<&str>,
    ) -> Answer<()> {
        for case in all {
            let happening = Happening {
                at: self.now,
                by: Some((self.person.id(), &self.person.me.name)),
                kind,
                item: None,
                state: None,
                reason,
                command: Some(self.key),
            };
            add_history(tx, case.no, &happening).await?;
            items::recompute(tx, case.no, case.row.phase, &case.procedure).await?;
            let case_now = cases::one(tx, &self.app.procedures, case.row.id).await?;
            let etag: Option<ETag> = case_now.map(|c| c.row.etag);
            let news = News {
                kind: EventKind::CaseChanged,
                subject: paths::case(case.row.id),
                etag,
                actor: Some((self.person.id(), self.person.me.name.clone())),
                command: Some(self.key),
                citizen: Some(case.row.citizen),
                case: Some(case.row.id),
                department: Some(case.row.department.clone()),
            };
            events::add(tx, self.now, &news).await?;
        }
        Ok(())
    }

    /// Tells of the appointment itself.
    pub async fn tell(&self, tx: &mut Tx, kind: EventKind, view: &Appointment) -> Answer<()> {
        let news = News {
            kind,
            subject: paths::appointment(view.id),
            etag: Some(view.etag.clone()),
            actor: Some((self.person.id(), self.person.me.name.clone())),
            command: Some(self.key),
            citizen: Some(view.citizen),
            case: None,
            department: None,
        };
        Ok(events::add(tx, self.now, &news).await?)
    }
}
