//! Every procedure of the front office is walked to its end through the real client: its papers, its attendance, its decision, the letter
//! that tells it. What we only guide on ends with the authority that decides. The catalogue says which procedures there are.

use std::collections::BTreeSet;

use serde_json::json;
use skranke::api::appointments::BookRequest;
use skranke::api::cases::{CaseView, HistoryKind, ItemChange};
use skranke::api::casework::{DecisionChange, DecisionRequest};
use skranke::api::changes::CaseRequest;
use skranke::api::paths;
use skranke::client::{CaseApi, Method, OutboxRequest};
use skranke::domain::authority::{Level, Role};
use skranke::domain::case::{Column, Phase};
use skranke::domain::catalogue::Catalogue;
use skranke::domain::checklist::{Due, ItemAction, ItemState};
use skranke::domain::citizen::LanguageCode;
use skranke::domain::contact::Channel;
use skranke::domain::decision::{DecisionOutcome, DecisionState, DecisionStep, Eyes};
use skranke::domain::document::{DocumentSource, FileKind};
use skranke::domain::procedure::facts::FactKind;
use skranke::domain::procedure::{FactValue, Facts, Procedure};
use skranke::domain::{AppointmentId, CaseId, CitizenId, CommandId, CounterId, ProcedureId};

use super::open;
use crate::support::town::{Town, now};

/// The procedures that have a file of their own: those that are there for training alone say so in their file's name.
fn of_the_front_office(catalogue: &Catalogue) -> Vec<&Procedure> {
    let own: BTreeSet<ProcedureId> = Catalogue::builtin_files()
        .iter()
        .filter_map(|(name, _)| name.split_once("procedures/")?.1.strip_suffix(".toml"))
        .filter(|stem| !stem.starts_with("training-"))
        .map(|stem| stem.parse().unwrap())
        .collect();
    catalogue.procedures.iter().filter(|procedure| own.contains(&procedure.id)).collect()
}

/// Something said about every fact that there is, so that nothing stays unknown.
fn everything_said(catalogue: &Catalogue) -> Facts {
    let said = |kind: &FactKind| match kind {
        FactKind::Flag => FactValue::Flag(true),
        FactKind::Number => FactValue::Number(30),
        FactKind::Word { words } => FactValue::Word(words[0].word.clone()),
    };
    catalogue.facts.iter().map(|fact| (fact.name.clone(), said(&fact.kind))).collect()
}

/// Sends a change as the outbox does.
async fn send<T: serde::Serialize>(
    api: &CaseApi,
    method: Method,
    path: String,
    (body, seen): (&T, Option<&skranke::api::ETag>),
) -> CaseView {
    let body = serde_json::to_value(body).unwrap();
    let request = OutboxRequest { id: CommandId::new(), method, path, body, if_match: seen.cloned() };
    let sent = api.send(&request).await.unwrap_or_else(|error| panic!("{}: {error:?}", request.path));
    serde_json::from_value(sent.value).unwrap()
}

async fn start(api: &CaseApi, citizen: CitizenId, procedure: &ProcedureId, facts: &Facts) -> CaseView {
    let request = CaseRequest {
        id: CaseId::new(),
        citizen,
        procedure: procedure.clone(),
        situation: None,
        follow: None,
        facts: facts.clone(),
    };
    send(api, Method::Post, paths::CASES.to_owned(), (&request, None)).await
}

/// Takes what is due then in, and approves it.
async fn settle(api: &CaseApi, case: CaseId, due: Due) {
    for item in open(api, case).await.value.items {
        if item.due != due || item.state.is_settled() {
            continue;
        }
        let mut seen = item.etag.clone();
        let mut actions = vec![ItemAction::Approve];
        if item.state == ItemState::Missing && !item.supplied_by.is_office() {
            actions.insert(0, ItemAction::Receive);
        }
        for action in actions {
            let change = ItemChange { action, reason: None };
            let done = api.change_item(CommandId::new(), case, &item.id, &seen, &change).await.unwrap();
            seen = done.etag;
        }
    }
}

async fn book(api: &CaseApi, case: &CaseView) {
    let counter = CounterId::parse("counter-4").unwrap();
    let minutes = case.attendance_minutes.unwrap();
    let slots = api.slots(&counter, now(), minutes, 1).await.unwrap();
    let request = BookRequest {
        id: AppointmentId::new(),
        citizen: case.row.citizen,
        cases: vec![case.row.id],
        counter,
        start: slots[0].start,
        minutes,
        people: 1,
        with: None,
        interpreter: None,
        language: None,
        replaces: None,
        cause: None,
    };
    api.book(CommandId::new(), &request).await.unwrap();
}

fn decision(view: &CaseView) -> DecisionRequest {
    let guided = view.level == Level::Guidance;
    let outcome = if guided { DecisionOutcome::PassedOn } else { DecisionOutcome::Granted };
    let rule = view.rule.as_ref().expect("the catalogue says how it is decided");
    let reason = rule.reasons.iter().find(|reason| reason.outcomes.contains(&outcome)).unwrap();
    DecisionRequest {
        outcome,
        reasons: vec![reason.id.clone()],
        text: reason.text.da.clone(),
        language: LanguageCode("da".to_owned()),
        passed_to: guided.then(|| view.row.department.clone()),
        second: None,
    }
}

fn step(step: DecisionStep, channel: Option<Channel>) -> DecisionChange {
    DecisionChange { step, reason: None, channel }
}

/// From the application to the letter. Gives the case as it stands at its end.
async fn walk(town: &Town, citizen: CitizenId, procedure: &Procedure, facts: &Facts) -> CaseView {
    let id = &procedure.id;
    let (caseworker, leader) = (town.api(Role::Caseworker), town.api(Role::TeamLeader));
    let case = start(&caseworker, citizen, id, facts).await;
    let number = case.row.id;
    assert!(case.items.iter().all(|item| item.unknown_facts.is_empty()), "{id}: everything was said");
    assert!(case.items.iter().any(|item| item.state == ItemState::Missing), "{id}: something is asked for");

    settle(&caseworker, number, Due::BeforeVisit).await;
    let ready = open(&caseworker, number).await.value;
    assert!(ready.row.readiness.ready_for_attendance(), "{id}");
    if procedure.attendance.required {
        assert_eq!(ready.row.column, Column::ReadyForAttendance, "{id}");
        book(&caseworker, &ready).await;
        settle(&caseworker, number, Due::AtVisit).await;
    }
    let ready = open(&caseworker, number).await.value;
    assert!(ready.row.readiness.ready_for_decision(), "{id}");
    assert!(ready.may.decide, "{id}");

    let path = paths::decision(number);
    let mut decided = send(&caseworker, Method::Post, path.clone(), (&decision(&ready), None)).await;
    let standing = decided.decision.clone().unwrap();
    let twice = procedure.decision.as_ref().unwrap().eyes == Eyes::Four && standing.outcome.is_looked_at_twice();
    assert_eq!(standing.state, if twice { DecisionState::Proposed } else { DecisionState::Approved }, "{id}");
    if twice {
        let approve = step(DecisionStep::Approve, None);
        decided = send(&leader, Method::Patch, path.clone(), (&approve, Some(&standing.etag))).await;
    }
    let approved = decided.decision.clone().unwrap();
    assert_eq!((approved.state, decided.row.phase), (DecisionState::Approved, Phase::Decided), "{id}");
    let issue = step(DecisionStep::Issue, Some(Channel::Letter));
    send(&caseworker, Method::Patch, path, (&issue, Some(&approved.etag))).await;
    open(&caseworker, number).await.value
}

#[test]
fn every_procedure_of_the_front_office_is_walked_to_its_end() {
    let catalogue = Catalogue::builtin().unwrap();
    let procedures = of_the_front_office(&catalogue);
    assert_eq!(procedures.len(), 15, "{:?}", procedures.iter().map(|p| p.id.as_str()).collect::<Vec<_>>());
    let facts = everything_said(&catalogue);
    let town = Town::quiet();
    town.run(async {
        let citizen = town.showcase().await;
        let mut passed_on = Vec::new();
        for procedure in procedures {
            let id = &procedure.id;
            let case = walk(&town, citizen, procedure, &facts).await;
            let decision = case.decision.expect("it was decided");
            assert_eq!((case.row.phase, case.row.column), (Phase::Closed, Column::Closed), "{id}");
            assert_eq!((decision.state, decision.channel), (DecisionState::Issued, Some(Channel::Letter)), "{id}");
            assert_eq!(decision.authority, procedure.department, "{id}: the deciding authority is named");
            let letter = case.documents.iter().find(|document| Some(document.id) == decision.letter);
            let letter = letter.unwrap_or_else(|| panic!("{id}: its letter lies with the papers"));
            assert_eq!((letter.source, letter.kind), (DocumentSource::Office, Some(FileKind::Pdf)), "{id}");
            let happened: Vec<HistoryKind> = case.history.iter().map(|line| line.kind).take(2).collect();
            assert_eq!(happened, [HistoryKind::Closed, HistoryKind::Issued], "{id}");
            assert!(!case.may.judge_items && !case.may.decide && !case.may.work, "{id}: nothing changes any more");
            if decision.outcome == DecisionOutcome::PassedOn {
                assert_eq!(decision.passed_to.as_ref(), Some(&procedure.department), "{id}");
                passed_on.push(id.to_string());
            }
            let told = town.contacts_of(citizen, Role::Caseworker).await;
            assert!(told.iter().any(|contact| contact.case == Some(case.row.id)), "{id}: the letter is recorded");
        }
        let guided = of_the_front_office(&catalogue).into_iter().filter(|p| p.level == Level::Guidance);
        assert_eq!(passed_on, guided.map(|p| p.id.to_string()).collect::<Vec<_>>());
        assert!(!passed_on.is_empty(), "some are only guided on: {}", json!(passed_on));
    });
}
