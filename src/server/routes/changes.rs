//! A change that a citizen reports once, and every department that must hear of it. What does not live here: the kinds of change (the
//! catalogue), starting one case by itself (`cases`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::audit::AuditAction;
use skranke_api::cases::{ContactView, HistoryKind};
use skranke_api::changes::{ChangeReport, ChangeReported, ChangeTouches, Touched};
use skranke_api::overview::CaseRow;
use skranke_api::{ETag, ProblemKind, paths};
use skranke_domain::change::{ChangeKind, FanOut};
use skranke_domain::procedure::Facts;
use skranke_domain::procedure::condition::Verdict;
use skranke_domain::{CaseId, ChangeId, CitizenId, ContactId, DepartmentId, LifeSituationId, Localized, ProcedureId};

use super::acting::{Act, Start, check_id, most_open, not_elsewhere};
use super::cases::check_current;
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json, Path, Why};
use crate::idempotency::{Command, Freshness, Seen, Stored};
use crate::problem::{Answer, Refusal, json};
use crate::store::contacts::NewContact;
use crate::store::letters::NewReport;
use crate::store::register::{self, Known};
use crate::store::{Conn, Tx, cases, contacts, letters};

/// The longest line about a change, in characters.
const TEXT_CHARS: usize = 500;
/// The most procedures of one report.
const MAX_PROCEDURES: usize = 20;
/// How far from today a change may lie, in years.
const YEARS: i64 = 5;

/// What a change touches for this citizen: each procedure, why, and the open case that is there already. Departments that this role does
/// not see are left out.
#[utoipa::path(get, path = "/v1/citizens/{citizen}/changes/{change}", operation_id = "changeTouches", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen"), ("change" = ChangeId, Path, description = "The kind of change")),
    responses((status = 200, body = ChangeTouches)))]
pub async fn touches(
    State(app): State<App>,
    person: Person,
    Path((citizen, change)): Path<(CitizenId, ChangeId)>,
    Why(purpose): Why,
) -> Answer<Response> {
    let kind = app.catalogue.change(&change).ok_or(ProblemKind::NotFound)?;
    let touches = {
        let mut conn = app.store.read().await?;
        let known = register::known(&mut conn, citizen, app.clock.today()).await?.ok_or(ProblemKind::NotFound)?;
        let mut touches = Vec::new();
        for (fan, verdict) in touched(&app, kind, &known.facts) {
            if department_of(&app, fan).is_none_or(|d| person.is_withheld(d.as_str())) {
                continue;
            }
            let case = cases::open_of_procedure(&mut conn, &app.procedures, known.no, &fan.procedure).await?;
            touches.push(Touched {
                procedure: fan.procedure.clone(),
                because: fan.because.clone(),
                certain: verdict.applies(),
                case: case.map(|case| case.row.id),
            });
        }
        touches
    };
    let entry = Entry::new(&person, AuditAction::ReadChange).citizen(citizen).purpose(purpose).note(change.as_str());
    app.auditor.record(entry).await?;
    json(&ChangeTouches { change, touches })
}

/// What a change touches, or may: unknown is not "no".
fn touched<'a>(app: &'a App, kind: &'a ChangeKind, facts: &Facts) -> Vec<(&'a FanOut, Verdict)> {
    let mut all = app.catalogue.fan_out(kind, facts);
    all.retain(|(_, verdict)| !matches!(verdict, Verdict::DoesNotApply { .. }));
    all
}

fn department_of<'a>(app: &'a App, fan: &FanOut) -> Option<&'a DepartmentId> {
    app.catalogue.procedure(&fan.procedure).map(|procedure| &procedure.department)
}

/// Reports a change once: open cases of these procedures hear of it, and cases are started where there is none.
#[utoipa::path(post, path = "/v1/citizens/{citizen}/changes", operation_id = "reportChange", tag = "citizens",
    params(("citizen" = CitizenId, Path, description = "The citizen")),
    request_body = ChangeReport, responses((status = 201, body = ChangeReported)))]
pub async fn report(
    State(app): State<App>,
    person: Person,
    Path(citizen): Path<CitizenId>,
    CommandKey(key): CommandKey,
    Json(request): Json<ChangeReport>,
) -> Answer<Response> {
    let now = app.clock.now();
    let kind = check(&app, &person, &request, local(now).date())?;
    let command = Command::new(&person, key, "POST", &paths::changes(citizen), &request)?;
    let mut tx = app.store.begin().await?;
    let known = register::known(&mut tx, citizen, local(now).date()).await?.ok_or(ProblemKind::NotFound)?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let body = present(&mut tx, &app, &person, citizen, &request).await?;
            return Ok(made(&body.ok_or(ProblemKind::NotFound)?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if letters::report(&mut tx, request.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    check_current(&known)?;
    check_touched(&app, kind, &known, &request)?;
    let situation = situation_kind(&mut tx, &app, &person, (citizen, known.no), &request).await?;
    let act = Act { app: &app, person: &person, key, now };
    let told = act.tell_departments(&mut tx, &known, &request).await?;
    let contact = act.record_change(&mut tx, (citizen, known.no), kind, &request, (&told, situation.as_ref())).await?;
    let cases: Vec<(i64, bool)> = told.iter().map(|(case, was_there)| (case.no, *was_there)).collect();
    let report = NewReport {
        id: request.id,
        citizen: known.no,
        contact,
        change: &request.change,
        from: request.from,
        text: request.text.trim(),
        situation: request.situation,
        told: (now, person.id()),
        cases: &cases,
    };
    letters::add_report(&mut tx, &report).await?;
    let mut entries = Vec::new();
    for (case, _) in &told {
        let entry = Entry::new(&person, AuditAction::ReportChange).citizen(citizen).case(case.row.id).command(key);
        entries.push(entry.note(request.change.as_str()));
    }
    app.chain.append(&mut tx, &entries).await?;
    let body = present(&mut tx, &app, &person, citizen, &request).await?.ok_or(ProblemKind::Internal)?;
    let answer = made(&body)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

/// A report never changes, so it has one version.
fn made(body: &ChangeReported) -> Answer<Stored> {
    Ok(Stored::new(StatusCode::CREATED, body, &ETag::of_version(1))?.at(paths::contact(body.contact.id)))
}

async fn present(
    conn: &mut Conn,
    app: &App,
    person: &Person,
    citizen: CitizenId,
    request: &ChangeReport,
) -> Answer<Option<ChangeReported>> {
    let Some((contact, told)) = letters::report(conn, request.id).await? else { return Ok(None) };
    let (mut rows, mut known): (Vec<CaseRow>, Vec<CaseId>) = (Vec::new(), Vec::new());
    for (no, was_there) in told {
        let Some(case) = cases::by_no(conn, &app.procedures, no).await? else { continue };
        if was_there {
            known.push(case.row.id);
        }
        rows.push(case.row);
    }
    let contact: Option<ContactView> = contacts::one(conn, citizen, contact, person.withheld()).await?;
    Ok(contact.map(|contact| ChangeReported { id: request.id, cases: rows, known, contact }))
}

fn check<'a>(app: &'a App, person: &Person, request: &ChangeReport, today: Date) -> Answer<&'a ChangeKind> {
    check_id(request.id.0)?;
    let kind = app.catalogue.change(&request.change);
    let kind = kind.ok_or_else(|| Refusal::field("/change", "unknown", "there is no such change"))?;
    let length = request.text.trim().chars().count();
    if length == 0 || length > TEXT_CHARS {
        return Err(Refusal::field("/text", "length", format!("1 to {TEXT_CHARS} characters")));
    }
    let (first, last) = (today.checked_sub(YEARS.years()), today.checked_add(YEARS.years()));
    if first.is_ok_and(|first| request.from < first) || last.is_ok_and(|last| request.from > last) {
        return Err(Refusal::field("/from", "range", format!("a day within {YEARS} years of today")));
    }
    if !(1..=MAX_PROCEDURES).contains(&request.procedures.len()) {
        return Err(Refusal::field("/procedures", "range", format!("1 to {MAX_PROCEDURES} procedures")));
    }
    for (at, id) in request.procedures.iter().enumerate() {
        let pointer = format!("/procedures/{at}");
        if request.procedures[..at].contains(id) {
            return Err(Refusal::field(pointer, "duplicate", "this procedure stands twice"));
        }
        let procedure = app.catalogue.procedure(id);
        let procedure = procedure.ok_or_else(|| Refusal::field(&pointer, "unknown", "there is no such procedure"))?;
        not_elsewhere(person, &procedure.department, &pointer)?;
    }
    Ok(kind)
}

/// Only what the change touches hears of it.
fn check_touched(app: &App, kind: &ChangeKind, known: &Known, request: &ChangeReport) -> Answer<()> {
    let touched = touched(app, kind, &known.facts);
    for (at, id) in request.procedures.iter().enumerate() {
        if touched.iter().all(|(fan, _)| fan.procedure != *id) {
            let detail = "this change does not touch that procedure for her";
            return Err(Refusal::field(format!("/procedures/{at}"), "conflict", detail));
        }
    }
    Ok(())
}

async fn situation_kind(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    citizen: (CitizenId, i64),
    request: &ChangeReport,
) -> Answer<Option<LifeSituationId>> {
    let Some(id) = request.situation else { return Ok(None) };
    let found = super::situations::visible(tx, app, person, citizen, id).await?;
    let found = found.ok_or_else(|| Refusal::field("/situation", "unknown", "this citizen has no such situation"))?;
    if found.closed {
        return Err(Refusal::field("/situation", "closed", "this situation is closed"));
    }
    Ok(Some(found.kind))
}

/// A case that heard of the change, and whether it was there already.
type Told = (cases::Stored, bool);

impl Act<'_> {
    /// Brings a change to each department's case.
    async fn tell_departments(&self, tx: &mut Tx, known: &Known, request: &ChangeReport) -> Answer<Vec<Told>> {
        let mut told = Vec::new();
        for procedure in &request.procedures {
            let open = cases::open_of_procedure(tx, &self.app.procedures, known.no, procedure).await?;
            let (case, was_there) = match open {
                Some(case) => (case, true),
                None => {
                    let start = Start {
                        id: CaseId::new(),
                        citizen: known,
                        procedure,
                        situation: request.situation,
                        said: &Facts::new(),
                    };
                    (self.start(tx, &start).await?, false)
                }
            };
            self.note(tx, case.no, HistoryKind::ChangeReported, None, Some(request.text.trim())).await?;
            told.push((self.add_up(tx, &case).await?, was_there));
        }
        Ok(told)
    }

    /// Records the contact at which the change was reported.
    async fn record_change(
        &self,
        tx: &mut Tx,
        citizen: (CitizenId, i64),
        kind: &ChangeKind,
        request: &ChangeReport,
        (told, situation): (&[Told], Option<&LifeSituationId>),
    ) -> Answer<ContactId> {
        let text = request.text.trim();
        let id = ContactId::new();
        let departments = || told.iter().map(|(case, _)| &case.row.department);
        let subjects: Vec<(ProcedureId, DepartmentId)> =
            told.iter().map(|(case, _)| (case.row.procedure.clone(), case.row.department.clone())).collect();
        let case = if let [(only, _)] = told { Some(only.no) } else { None };
        let contact = NewContact {
            id,
            citizen: citizen.1,
            case,
            channel: request.channel,
            at: self.now,
            minutes: None,
            text: &Localized::new(format!("{}: {text}", kind.title.da), format!("{}: {text}", kind.title.en)),
            by: (self.person.id(), &self.person.me.name),
            // How the visit ends is said at its wrap-up, once.
            outcome: None,
            subjects: &subjects,
            situation,
            for_whom: None,
            verified: None,
        };
        contacts::add(tx, &contact).await?;
        let department = most_open(departments());
        self.tell_of_citizen(tx, paths::contact(id), None, citizen.0, department).await?;
        Ok(id)
    }
}
