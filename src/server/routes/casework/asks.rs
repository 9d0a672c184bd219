//! Questions to colleagues about a case: an expert, a second pair of eyes, a mention, handing it back. What does not live here: handing a
//! citizen over (`routes::handovers`), approving a decision (`routes::decision`).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use skranke_api::audit::AuditAction;
use skranke_api::cases::HistoryKind;
use skranke_api::casework::{AskChange, AskKind, AskRequest, AskState, AskView};
use skranke_api::events::EventKind;
use skranke_api::handovers::Receiver;
use skranke_api::{Page, ProblemKind, paths};
use skranke_domain::{AskId, CaseId, ItemId, StaffId};

use super::super::acting::{Act, check_id};
use super::super::cases::{rights, visible};
use super::super::deed::{Deed, check_text};
use super::super::notes::already;
use super::responsible::colleague;
use super::{check_may, check_open};
use crate::App;
use crate::audit::Entry;
use crate::auth::Person;
use crate::extract::{CommandKey, IfMatch, Json, Path};
use crate::idempotency::{Command, Freshness, Seen, Stored as Answered};
use crate::problem::{Answer, Refusal, json};
use crate::store::cases::{Happening, Stored, add_history};
use crate::store::casework::asks::{self, Asked, NewAsk};
use crate::store::events::{Audience, News};
use crate::store::{Conn, Tx, casework, items, word};

/// The longest question and the longest answer, in characters.
const ASK_CHARS: usize = 1000;

/// Questions that colleagues asked this person or her unit, and those she asked: open ones first, the newest first.
#[utoipa::path(get, path = "/v1/asks", operation_id = "asks", tag = "cases",
    responses((status = 200, body = Page<AskView>)))]
pub async fn list(State(app): State<App>, person: Person) -> Answer<Response> {
    let items = {
        let mut conn = app.store.read().await?;
        let who = (person.id(), &person.me.department);
        asks::of_person(&mut conn, &app.procedures, who, person.withheld()).await?
    };
    app.auditor.record(Entry::new(&person, AuditAction::ReadAsks)).await?;
    json(&Page { items, next_cursor: None })
}

/// Asks a colleague or a unit about a case. Handing it back makes the colleague responsible too.
#[utoipa::path(post, path = "/v1/cases/{case}/asks", operation_id = "askColleague", tag = "cases",
    params(("case" = CaseId, Path, description = "The case")),
    request_body = AskRequest, responses((status = 201, body = AskView)))]
pub async fn send(
    State(app): State<App>,
    person: Person,
    Path(id): Path<CaseId>,
    CommandKey(key): CommandKey,
    Json(request): Json<AskRequest>,
) -> Answer<Response> {
    check_id(request.id.0)?;
    check_text(&request.text, "/text", 1..=ASK_CHARS)?;
    let command = Command::new(&person, key, "POST", &paths::asks(id), &request)?;
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, id).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let asked = one(&mut tx, &app, &case, request.id).await?;
            return Ok(made(&asked.view)?.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    check_open(&case)?;
    check_may(rights(&app, &person, &case).work)?;
    check_item(&mut tx, &case, request.item.as_ref()).await?;
    let to_name = receiver(&mut tx, &app, &person, &case, &request).await?;
    let deed = Deed::new(&app, &person, command);
    let act = Act { app: &app, person: &person, key, now: deed.now };
    let new = NewAsk {
        case_no: case.no,
        ask: &request,
        to_name: &to_name,
        from: (person.id(), &person.me.name),
        at: act.now,
    };
    asks::add(&mut tx, &new).await.map_err(already)?;
    note(&act, &mut tx, &case, HistoryKind::AskedColleague, (request.item.as_ref(), Some(&to_name))).await?;
    if let (AskKind::HandBack, Receiver::Colleague { id: to }) = (request.kind, &request.to) {
        casework::set_responsible(&mut tx, case.no, Some((*to, &to_name))).await?;
        act.note(&mut tx, case.no, HistoryKind::Assigned, None, Some(&to_name)).await?;
    }
    act.add_up(&mut tx, &case).await?;
    let asked = one(&mut tx, &app, &case, request.id).await?;
    let (news, audience) = told(&deed, &case, &asked);
    let entry = Entry::new(&person, AuditAction::AskColleague).citizen(case.row.citizen).case(id);
    let answer = made(&asked.view)?;
    deed.done(tx, answer, (&news, Some(&audience)), entry.note(word(&request.kind))).await
}

/// Answers a question, or takes it back.
#[utoipa::path(patch, path = "/v1/cases/{case}/asks/{ask}", operation_id = "changeAsk", tag = "cases",
    params(("case" = CaseId, Path, description = "The case"), ("ask" = AskId, Path, description = "The question")),
    request_body = AskChange, responses((status = 200, body = AskView)))]
pub async fn change(
    State(app): State<App>,
    person: Person,
    Path((id, ask)): Path<(CaseId, AskId)>,
    CommandKey(key): CommandKey,
    if_match: IfMatch,
    Json(change): Json<AskChange>,
) -> Answer<Response> {
    let command = Command::new(&person, key, "PATCH", &paths::ask(id, ask), &change)?;
    let mut tx = app.store.begin().await?;
    let case = visible(&mut tx, &app, &person, id).await?;
    let asked = one(&mut tx, &app, &case, ask).await?;
    match command.seen(&mut tx).await? {
        Seen::Done(answer) => return Ok(answer.response(Freshness::Replayed)),
        Seen::Forgotten => {
            let answer = Answered::new(StatusCode::OK, &asked.view, &asked.view.etag)?;
            return Ok(answer.response(Freshness::Replayed));
        }
        Seen::Never => {}
    }
    if_match.check(&asked.view.etag, || &asked.view)?;
    check_open(&case)?;
    let reply = change.reply.as_deref().map(str::trim).filter(|reply| !reply.is_empty());
    check_text(reply.unwrap_or_default(), "/reply", 0..=ASK_CHARS)?;
    check_step(&asked.view, &person, &change, reply)?;
    let deed = Deed::new(&app, &person, command);
    let act = Act { app: &app, person: &person, key, now: deed.now };
    let replied_by = (change.state == AskState::Answered).then_some(person.me.name.as_str());
    asks::step(&mut tx, ask, change.state, reply.filter(|_| replied_by.is_some()), replied_by).await?;
    if replied_by.is_some() {
        let to = Some(asked.view.from_name.as_str());
        note(&act, &mut tx, &case, HistoryKind::ColleagueAnswered, (asked.view.item.as_ref(), to)).await?;
    }
    act.add_up(&mut tx, &case).await?;
    let asked = one(&mut tx, &app, &case, ask).await?;
    let (news, audience) = told(&deed, &case, &asked);
    let entry = Entry::new(&person, AuditAction::AskColleague).citizen(case.row.citizen).case(id);
    let answer = Answered::new(StatusCode::OK, &asked.view, &asked.view.etag)?;
    deed.done(tx, answer, (&news, Some(&audience)), entry.note(word(&change.state))).await
}

async fn one(conn: &mut Conn, app: &App, case: &Stored, id: AskId) -> Answer<Asked> {
    Ok(asks::one(conn, &app.procedures, case.no, id).await?.ok_or(ProblemKind::NotFound)?)
}

fn made(view: &AskView) -> Answer<Answered> {
    Ok(Answered::new(StatusCode::CREATED, view, &view.etag)?.at(paths::ask(view.case, view.id)))
}

async fn check_item(tx: &mut Tx, case: &Stored, item: Option<&ItemId>) -> Answer<()> {
    let Some(item) = item else { return Ok(()) };
    if items::of_case(tx, case.no).await?.iter().any(|known| known.id == *item) {
        return Ok(());
    }
    Err(Refusal::field("/item", "unknown", "this case has no such item"))
}

/// What the receiver is called; one who cannot see the case is refused.
async fn receiver(conn: &mut Conn, app: &App, person: &Person, case: &Stored, request: &AskRequest) -> Answer<String> {
    match &request.to {
        Receiver::Unit { .. } if request.kind == AskKind::HandBack => {
            Err(Refusal::field("/to", "conflict", "a case goes back to a colleague by name"))
        }
        Receiver::Unit { department } => app
            .catalogue
            .department(department)
            .map(|known| known.name.da.clone())
            .ok_or_else(|| Refusal::field("/to/department", "unknown", "there is no such department")),
        Receiver::Colleague { id } if *id == person.id() => {
            Err(Refusal::field("/to/id", "self", "nobody asks herself"))
        }
        Receiver::Colleague { id } => Ok(colleague(conn, *id, &case.row.department, "/to/id").await?.name),
    }
}

/// Only whom it is for answers, only who asked takes it back, and only while it is open. To a mention there may be nothing to say.
fn check_step(view: &AskView, person: &Person, change: &AskChange, reply: Option<&str>) -> Answer<()> {
    let (may, detail) = match change.state {
        AskState::Answered => (is_for(view, person), "only whom it is for answers"),
        AskState::TakenBack => (view.from == person.id(), "only who asked takes it back"),
        AskState::Open => return Err(Refusal::field("/state", "word", "`answered` or `taken_back` was expected")),
    };
    if !may {
        return Err(Refusal::new(ProblemKind::Forbidden).detail(detail));
    }
    if view.state != AskState::Open {
        return Err(Refusal::new(ProblemKind::Transition).detail("this question is not open any more"));
    }
    let needs_words = matches!(view.kind, AskKind::Expert | AskKind::SecondEyes);
    if change.state == AskState::Answered && needs_words && reply.is_none() {
        return Err(Refusal::field("/reply", "missing", "an answer needs words"));
    }
    Ok(())
}

fn is_for(view: &AskView, person: &Person) -> bool {
    match &view.to {
        Receiver::Colleague { id } => *id == person.id(),
        Receiver::Unit { department } => *department == person.me.department && view.from != person.id(),
    }
}

async fn note(
    act: &Act<'_>,
    tx: &mut Tx,
    case: &Stored,
    kind: HistoryKind,
    (item, whom): (Option<&ItemId>, Option<&str>),
) -> Answer<()> {
    let by: (StaffId, &str) = (act.person.id(), &act.person.me.name);
    let line = Happening { at: act.now, by: Some(by), kind, item, state: None, reason: whom, command: Some(act.key) };
    Ok(add_history(tx, case.no, &line).await?)
}

/// What is told of a question, and to whom: to its two sides alone. Everybody else hears that the case changed.
fn told(deed: &Deed<'_>, case: &Stored, asked: &Asked) -> (News, Audience) {
    let view = &asked.view;
    let news = News {
        case: Some(view.case),
        department: Some(asked.department.clone()),
        ..deed.news(EventKind::AskChanged, paths::ask(view.case, view.id), &view.etag, case.row.citizen)
    };
    let mut audience = Audience { staff: vec![view.from], departments: Vec::new() };
    match &view.to {
        Receiver::Colleague { id } => audience.staff.push(*id),
        Receiver::Unit { department } => audience.departments.push(department.clone()),
    }
    (news, audience)
}
