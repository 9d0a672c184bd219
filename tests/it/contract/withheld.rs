//! A department that a role may not see gives no trace of whether a case exists. The clerk does not see the social department; the
//! caseworker does, and the citizen that every town has is known there.

use futures::{Stream, StreamExt};
use reqwest::Method;
use serde_json::json;
use skranke::api::appointments::BookRequest;
use skranke::api::citizens::{QueryKind, SearchRequest};
use skranke::api::overview::{Answer, CaseRow};
use skranke::api::{ProblemKind, paths};
use skranke::client::{CaseQuery, Live, events};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemAction;
use skranke::domain::{AppointmentId, CaseId, CommandId, CounterId, DepartmentId, SessionId};

use super::{approvable, judgement, open};
use crate::support::PATIENCE;
use crate::support::town::{Town, now, purpose};

async fn withheld_case(town: &Town) -> CaseRow {
    let cases = town.showcase_cases(Role::Caseworker).await;
    cases.into_iter().find(|case| case.department.as_str() == "sof").expect("a case that the clerk does not see")
}

#[test]
fn the_overview_says_no_access_and_nothing_of_whether_there_is_a_case() {
    let town = Town::quiet();
    town.run(async {
        withheld_case(&town).await;
        let known = town.showcase().await;
        let raw = town.raw(Role::Clerk);
        let section = |overview: &serde_json::Value| {
            let sections = overview["sections"].as_array().unwrap();
            sections.iter().find(|section| section["department"] == json!("sof")).unwrap().clone()
        };
        let hers = section(&raw.open(&paths::overview(known)).await.fine());
        assert_eq!(hers, json!({ "department": "sof", "outcome": "withheld", "asOf": null, "tookMs": 0 }));
        // Word for word the same about somebody whom the department does not know.
        let mut unknown = None;
        for id in town.find("a").await {
            let overview = town.api(Role::Caseworker).overview(id, &purpose()).await.unwrap();
            let sof = overview.sections.iter().find(|s| s.department.as_str() == "sof").unwrap();
            if matches!(&sof.answer, Answer::Answered { cases, .. } if cases.is_empty()) {
                unknown = Some(id);
                break;
            }
        }
        let unknown = unknown.expect("somebody without a case there");
        assert_eq!(section(&raw.open(&paths::overview(unknown)).await.fine()), hers);
    });
}

#[test]
fn a_withheld_case_is_as_absent_as_one_that_never_was() {
    let town = Town::quiet();
    town.run(async {
        let row = withheld_case(&town).await;
        let view = open(&town.api(Role::Caseworker), row.id).await.value;
        let item = approvable(&view);
        let clerk = town.raw(Role::Clerk);
        let never = CaseId::new();

        let (hidden, absent) = (clerk.open(&paths::case(row.id)).await, clerk.open(&paths::case(never)).await);
        hidden.refused(ProblemKind::NotFound);
        assert_eq!(hidden.body, absent.body);

        let patch = async |case| {
            let key = CommandId::new().to_string();
            let headers = [("idempotency-key", key.as_str()), ("if-match", "\"v1\"")];
            clerk
                .send(Method::PATCH, &paths::checklist_item(case, &item.id), &headers, &json!({ "action": "approve" }))
                .await
        };
        let (hidden, absent) = (patch(row.id).await, patch(never).await);
        hidden.refused(ProblemKind::NotFound);
        assert_eq!(hidden.body, absent.body);

        let slot =
            town.api(Role::Clerk).slots(&CounterId::parse("counter-4").unwrap(), now(), 30, 1).await.unwrap().remove(0);
        let book = async |case| {
            let wish = BookRequest {
                id: AppointmentId::new(),
                citizen: row.citizen,
                cases: vec![case],
                counter: slot.counter.clone(),
                start: slot.start,
                minutes: 30,
                people: 1,
                with: None,
                interpreter: None,
                language: None,
                replaces: None,
                cause: None,
            };
            let key = CommandId::new().to_string();
            let body = serde_json::to_value(wish).unwrap();
            clerk.send(Method::POST, paths::APPOINTMENTS, &[("idempotency-key", &key)], &body).await
        };
        let (hidden, absent) = (book(row.id).await, book(never).await);
        hidden.refused_field(ProblemKind::Invalid, "/cases/0");
        assert_eq!(hidden.body, absent.body);
    });
}

#[test]
fn lists_counts_and_searches_show_no_gap() {
    let town = Town::quiet();
    town.run(async {
        let row = withheld_case(&town).await;
        let (clerk, colleague) = (town.api(Role::Clerk), town.api(Role::Caseworker));
        let sof = CaseQuery { department: DepartmentId::parse("sof").ok(), ..CaseQuery::default() };
        assert!(!colleague.cases(&sof, None).await.unwrap().items.is_empty());
        let hidden = clerk.cases(&sof, None).await.unwrap();
        assert!(hidden.items.is_empty() && hidden.next_cursor.is_none());

        let hers = CaseQuery {
            citizen: Some(row.citizen),
            limit: Some(200),
            purpose: Some(purpose()),
            ..CaseQuery::default()
        };
        let all = colleague.cases(&hers, None).await.unwrap().items;
        let seen = clerk.cases(&hers, None).await.unwrap().items;
        let expected: Vec<_> =
            all.iter().filter(|case| case.department.as_str() != "sof").map(|case| case.id).collect();
        assert_eq!(seen.iter().map(|case| case.id).collect::<Vec<_>>(), expected);

        // A page is as full as it was asked for: what is withheld leaves no hole in it.
        let page = CaseQuery { limit: Some(50), ..CaseQuery::default() };
        assert_eq!(clerk.cases(&page, None).await.unwrap().items.len(), 50);

        let by_number = SearchRequest {
            kind: QueryKind::CaseNumber,
            query: row.number.clone(),
            purpose: purpose(),
            session: SessionId::new(),
            limit: 5,
            born: None,
        };
        assert_eq!(colleague.search(&by_number).await.unwrap().hits.len(), 1);
        let nothing = clerk.search(&by_number).await.unwrap();
        assert!(nothing.hits.is_empty() && !nothing.more);

        for list in [paths::CONTACTS, paths::APPOINTMENTS] {
            let path = format!("{list}?citizen={}", row.citizen);
            let body = town.raw(Role::Clerk).open(&path).await;
            body.fine();
            assert!(!body.body.contains(&row.id.to_string()) && !body.body.contains(&row.number), "{path}");
        }
    });
}

/// The subjects of the events up to the one about `until`.
pub async fn heard(mut line: impl Stream<Item = Live> + Unpin, until: &str) -> Vec<String> {
    let mut subjects = Vec::new();
    let listen = async {
        while let Some(said) = line.next().await {
            if let Live::Event(event) = said {
                subjects.push(event.subject.clone());
                if event.subject == until {
                    return;
                }
            }
        }
    };
    tokio::time::timeout(PATIENCE, listen).await.expect("the last event is heard");
    subjects
}

#[test]
fn the_clerk_hears_nothing_of_a_change_in_a_withheld_case() {
    let town = Town::quiet();
    town.run(async {
        let row = withheld_case(&town).await;
        let (clerk, colleague) = (town.api(Role::Clerk), town.api(Role::Caseworker));
        let mut hers = Box::pin(events(clerk.clone()));
        let mut theirs = Box::pin(events(colleague.clone()));
        assert_eq!(hers.next().await, Some(Live::Connected));
        assert_eq!(theirs.next().await, Some(Live::Connected));

        let view = open(&colleague, row.id).await.value;
        let item = approvable(&view);
        colleague
            .change_item(CommandId::new(), row.id, &item.id, &item.etag, &judgement(ItemAction::Approve))
            .await
            .unwrap();
        let open_case = town.registration().await;
        let seen = open(&clerk, open_case).await.value;
        let paper = approvable(&seen);
        clerk
            .change_item(CommandId::new(), open_case, &paper.id, &paper.etag, &judgement(ItemAction::Approve))
            .await
            .unwrap();

        let last = paths::checklist_item(open_case, &paper.id);
        let hidden = paths::checklist_item(row.id, &item.id);
        assert_eq!(heard(theirs, &last).await, [hidden, last.clone()]);
        assert_eq!(heard(hers, &last).await, [last]);
    });
}
