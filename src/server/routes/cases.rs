//! Cases: lists, one case, starting one. What does not live here: changing items (`checklist`), cases that start from a reported change
//! (`changes`).

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use skranke_api::audit::AuditAction;
use skranke_api::cases::{CaseRights, CaseView};
use skranke_api::changes::CaseRequest;
use skranke_api::overview::CaseRow;
use skranke_api::{Cursor, Page, ProblemKind, paths};
use skranke_domain::case::Column;
use skranke_domain::citizen::Status;
use skranke_domain::procedure::Facts;
use skranke_domain::procedure::facts::FactError;
use skranke_domain::{CaseId, CitizenId, DepartmentId, ProcedureId};

use super::acting::{Act, Start, check_id, not_elsewhere};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::clock::local;
use crate::extract::{CommandKey, Json, Params, Path, Why, optional_purpose};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::policy::{self, Attends, Matter};
use crate::problem::{Answer, Refusal, json, tagged};
use crate::store::cases::{self, Filter, Stored};
use crate::store::register::{self, Known};
use crate::store::{Conn, NO_DEADLINE, Tx, casework, citizens, decisions, documents, items, letters, situations};

/// The lines of history that a case shows.
const HISTORY: u16 = 40;

/// A case that this person may see; one that is withheld is not there.
pub(super) async fn visible(conn: &mut Conn, app: &App, person: &Person, id: CaseId) -> Answer<Stored> {
    let case = cases::one(conn, &app.procedures, id).await?.ok_or(ProblemKind::NotFound)?;
    if person.is_withheld(case.row.department.as_str()) {
        return Err(ProblemKind::NotFound.into());
    }
    Ok(case)
}

/// Whether somebody comes for a case.
pub(super) fn attends(case: &Stored) -> Attends {
    if case.procedure.attendance.required { Attends::InPerson } else { Attends::Not }
}

/// What a person may do with a case.
pub(super) fn rights(app: &App, person: &Person, case: &Stored) -> CaseRights {
    let matter = Matter {
        department: &case.row.department,
        procedure: &case.row.procedure,
        level: case.procedure.level,
        phase: case.row.phase,
        attendance: attends(case),
    };
    policy::case_rights(person, matter, app.clock.today())
}

#[derive(Serialize, Deserialize)]
struct Place {
    deadline: Date,
    no: i64,
}

/// Cases by deadline, those without one last.
#[utoipa::path(get, path = "/v1/cases", operation_id = "cases", tag = "cases",
    params(
        ("citizen" = Option<CitizenId>, Query, description = "One citizen's"),
        ("column" = Option<Column>, Query, description = "In one column of the board"),
        ("department" = Option<DepartmentId>, Query, description = "At one department"),
        ("procedure" = Option<ProcedureId>, Query, description = "Of one procedure"),
        ("responsible" = Option<String>, Query, description = "`me`: those of the signed-in person", pattern = "^me$"),
        ("limit" = Option<u16>, Query, description = "Items on the page", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "Where the page begins: `nextCursor` of the page before, with the same filters"),
    ),
    responses((status = 200, body = Page<CaseRow>)))]
pub async fn list(State(app): State<App>, person: Person, params: Params, headers: HeaderMap) -> Answer<Response> {
    let purpose = optional_purpose(&headers)?;
    let citizen = params.opt::<CitizenId>("citizen")?;
    let responsible = match params.text("responsible") {
        None => None,
        Some("me") => Some(person.id()),
        Some(_) => return Err(Refusal::field("?responsible", "word", "`me` was expected")),
    };
    let mut filter = Filter {
        citizen: None,
        column: params.word::<Column>("column")?,
        department: params.opt("department")?,
        procedure: params.opt("procedure")?,
        responsible,
        withheld: person.withheld(),
        after: None,
    };
    let limit = params.limit()?;
    // The cursor belongs to this very list: the same filters, the same order.
    let list =
        format!("cases {citizen:?} {:?} {:?} {:?} {responsible:?}", filter.column, filter.department, filter.procedure);
    if let Some(cursor) = params.text("cursor") {
        let place = app.sealer.open(person.id(), &list, cursor).ok_or(ProblemKind::BadCursor)?;
        let place: Place = serde_json::from_slice(&place).map_err(|_| ProblemKind::BadCursor)?;
        filter.after = Some((place.deadline, place.no));
    }
    let mut found = {
        let mut conn = app.store.read().await?;
        if let Some(citizen) = citizen {
            // A citizen that does not exist has no cases; the list does not tell the two apart.
            filter.citizen = Some(citizens::number(&mut conn, citizen).await?.unwrap_or(0));
        }
        cases::list(&mut conn, &app.procedures, &filter, limit).await?
    };
    let more = found.len() > usize::from(limit);
    found.truncate(usize::from(limit));
    let next_cursor = found.last().filter(|_| more).and_then(|last| {
        let place = Place { deadline: last.row.deadline.unwrap_or(NO_DEADLINE), no: last.no };
        Some(Cursor(app.sealer.seal(person.id(), &list, &serde_json::to_vec(&place).ok()?)))
    });
    let mut entry = Entry::new(&person, AuditAction::ListCases);
    if let Some(citizen) = citizen {
        entry = entry.citizen(citizen);
    }
    if let Some(purpose) = purpose {
        entry = entry.purpose(purpose);
    }
    app.auditor.record(entry).await?;
    json(&Page { items: found.into_iter().map(|case| case.row).collect(), next_cursor })
}

/// Opens a case with its checklist.
#[utoipa::path(get, path = "/v1/cases/{case}", operation_id = "case", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    responses((status = 200, body = CaseView)))]
pub async fn one(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    Why(purpose): Why,
) -> Answer<Response> {
    let view = {
        let mut conn = app.store.read().await?;
        let case = visible(&mut conn, &app, &person, id).await?;
        view(&mut conn, &app, &person, case).await?
    };
    let entry = Entry::new(&person, AuditAction::OpenCase).citizen(view.row.citizen).case(id).purpose(purpose);
    app.auditor.record(entry).await?;
    tagged(&view, &view.row.etag)
}

/// A case with everything that this person may see of it.
pub(super) async fn view(conn: &mut Conn, app: &App, person: &Person, case: Stored) -> Answer<CaseView> {
    let withheld = person.withheld();
    let now = app.clock.now();
    let today = local(now).date();
    let citizen = citizens::brief(conn, case.row.citizen).await?.ok_or(ProblemKind::NotFound)?;
    let situation = match case.row.situation {
        Some(id) => cases::situations(conn, &[id]).await?.pop(),
        None => None,
    };
    let facts = case.facts()?;
    let list = items::of_case(conn, case.no).await?;
    let history = cases::history(conn, &app.procedures, &case, HISTORY).await?;
    let parts = casework::parts(conn, case.no).await?;
    let (language, exempt_from_digital_post) = casework::written_to(conn, case.citizen_no).await?;
    let attendance = &case.procedure.attendance;
    Ok(CaseView {
        citizen_name: citizen.full_name(),
        situation_kind: situation.as_ref().map(|s| s.kind.clone()),
        situation,
        procedure_version: case.procedure.version,
        attendance_minutes: attendance.required.then_some(attendance.minutes),
        received: case.received,
        items: list.iter().map(|item| item.view(&case.procedure, &app.catalogue.facts, &facts)).collect(),
        facts,
        history,
        may: rights(app, person, &case),
        procedure_newest: app.catalogue.procedure(&case.row.procedure).map_or(case.procedure.version, |p| p.version),
        level: case.procedure.level,
        rule: case.procedure.decision.clone(),
        suspension: parts.rests_on(today).cloned(),
        versions: parts.versions,
        collaborators: casework::collaborators(conn, &case, parts.responsible).await?,
        responsible_id: parts.responsible,
        related: casework::related(conn, &app.procedures, case.no, withheld).await?,
        decision: decisions::of_case(conn, case.no).await?,
        requests: letters::of_case(conn, case.no, today, withheld).await?,
        documents: documents::of_case(conn, case.row.id, withheld).await?,
        asks: casework::asks::of_case(conn, &app.procedures, case.no).await?,
        notes: casework::notes::of_case(conn, case.no).await?,
        others: app.presence.others(person.id(), case.row.id, &case.procedure, now),
        on_behalf: casework::on_behalf(conn, case.no).await?,
        language,
        exempt_from_digital_post,
        row: case.row,
    })
}

/// Starts a case of a procedure: its checklist is made from what the register knows and what was said.
#[utoipa::path(post, path = "/v1/cases", operation_id = "startCase", tag = "cases",
    request_body = CaseRequest, responses((status = 201, body = CaseView)))]
pub async fn start(
    State(app): State<App>,
    person: Person,
    CommandKey(key): CommandKey,
    Json(request): Json<CaseRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    let procedure = app.catalogue.procedure(&request.procedure);
    let procedure = procedure.ok_or_else(|| Refusal::field("/procedure", "unknown", "there is no such procedure"))?;
    not_elsewhere(&person, &procedure.department, "/procedure")?;
    check_facts(&app, &request.facts)?;
    let command = Command::new(&person, key, "POST", paths::CASES, &request)?;
    let mut tx = app.store.begin().await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let case = visible(&mut tx, &app, &person, request.id).await?;
            return Ok(started(&view(&mut tx, &app, &person, case).await?)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    let now = app.clock.now();
    if cases::one(&mut tx, &app.procedures, request.id).await?.is_some() {
        return Err(ProblemKind::AlreadyExists.into());
    }
    let known = register::known(&mut tx, request.citizen, local(now).date()).await?;
    let known = known.ok_or_else(|| Refusal::field("/citizen", "unknown", "there is no such citizen"))?;
    check_current(&known)?;
    let situation = situation_of(&mut tx, &app, &person, &known, &request).await?;
    let act = Act { app: &app, person: &person, key, now };
    let start = Start {
        id: request.id,
        citizen: &known,
        procedure: &request.procedure,
        situation: request.situation,
        said: &request.facts,
    };
    let case = act.start(&mut tx, &start).await?;
    if let Some(situation) = situation {
        act.follow(&mut tx, &situation, request.follow.clone(), &case).await?;
    }
    let entry = Entry::new(&person, AuditAction::StartCase).citizen(request.citizen).case(request.id).command(key);
    app.chain.append(&mut tx, &[entry.note(request.procedure.as_str())]).await?;
    let answer = started(&view(&mut tx, &app, &person, case).await?)?;
    command.keep(&mut tx, now, &answer).await?;
    tx.commit().await?;
    app.bell.ring();
    Ok(answer.response(Freshness::Fresh))
}

fn started(view: &CaseView) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, view, &view.row.etag)?.at(paths::case(view.row.id)))
}

/// Refuses a fact that the catalogue does not know, or that is of another kind.
pub(super) fn check_facts(app: &App, facts: &Facts) -> Answer<()> {
    app.catalogue.facts.check(facts).map_err(|error| {
        let (name, code) = match &error {
            FactError::Unknown { name } => (name, "unknown"),
            FactError::Mismatch { name, .. } => (name, "type"),
        };
        Refusal::field(format!("/facts/{}", name.replace('~', "~0").replace('/', "~1")), code, error.to_string())
    })
}

/// Nothing is started for a number that was changed: her page says which number she has now.
pub(crate) fn check_current(known: &Known) -> Answer<()> {
    if matches!(known.status, Status::ChangedNumber | Status::Annulled | Status::Deleted) {
        return Err(Refusal::field("/citizen", "closed", "this number is no longer hers"));
    }
    Ok(())
}

/// The situation that a case is to belong to. One that this role does not see is refused in the same words as one that is not there.
async fn situation_of(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    known: &Known,
    request: &CaseRequest,
) -> Answer<Option<situations::Stored>> {
    let Some(id) = request.situation else {
        return match request.follow {
            None => Ok(None),
            Some(_) => Err(Refusal::field("/situation", "missing", "what follows follows from a situation")),
        };
    };
    let found = super::situations::visible(tx, app, person, (request.citizen, known.no), id).await?;
    let found = found.ok_or_else(|| Refusal::field("/situation", "unknown", "this citizen has no such situation"))?;
    if found.closed {
        return Err(Refusal::field("/situation", "closed", "this situation is closed"));
    }
    if let Some(follow) = &request.follow {
        let kind = app.catalogue.life_situation(&found.kind);
        let known = kind.into_iter().flat_map(|kind| &kind.follows).find(|known| known.id == *follow);
        let known = known
            .ok_or_else(|| Refusal::field("/follow", "unknown", "nothing of that name follows from this situation"))?;
        if known.procedure.as_ref() != Some(&request.procedure) {
            return Err(Refusal::field("/procedure", "conflict", "another procedure follows from this situation"));
        }
    }
    Ok(Some(found))
}
