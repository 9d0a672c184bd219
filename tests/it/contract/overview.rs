//! The overview: a section a department, streamed as each answers or gathered. *Unknown never looks like none.*

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use futures::StreamExt;
use reqwest::Method;
use serde_json::json;
use skranke::api::overview::{Answer, OverviewLine};
use skranke::api::{ProblemKind, paths};
use skranke::domain::authority::Role;
use skranke::domain::{CitizenId, DepartmentId};
use skranke::server::TrainingFaults;
use skranke::server::departments::faults::is_remembered;

use crate::support::town::{Town, purpose};

const LATE: Duration = Duration::from_millis(1500);
const DEPARTMENTS: [&str; 10] = ["kff", "buf", "suf", "sof", "tmf", "bif", "okf", "siri", "skat", "udk"];

fn slugs(departments: &[DepartmentId]) -> BTreeSet<&str> {
    departments.iter().map(DepartmentId::as_str).collect()
}

#[test]
fn the_page_fills_section_by_section_and_the_late_department_comes_last() {
    let town = Town::usual();
    town.run(async {
        let id = town.showcase().await;
        let began = Instant::now();
        let mut lines = town.api(Role::Clerk).overview_stream(id, &purpose()).await.unwrap();
        let Some(Ok(OverviewLine::Departments { citizen, departments })) = lines.next().await else {
            panic!("the first line says who is asked");
        };
        assert_eq!(citizen, id);
        assert_eq!(slugs(&departments), BTreeSet::from(DEPARTMENTS));
        let mut order = Vec::new();
        let mut ended = false;
        while let Some(line) = lines.next().await {
            match line.unwrap() {
                OverviewLine::Departments { .. } => panic!("said once"),
                OverviewLine::End => ended = true,
                OverviewLine::Section(section) => {
                    if order.is_empty() {
                        assert!(began.elapsed() < LATE, "who is quick does not wait for who is late");
                    }
                    order.push(section);
                }
            }
        }
        assert!(ended);
        let asked: Vec<&str> = order.iter().map(|section| section.department.as_str()).collect();
        assert_eq!(BTreeSet::from_iter(asked.iter().copied()), BTreeSet::from(DEPARTMENTS));
        assert_eq!(asked.len(), DEPARTMENTS.len(), "one section each: {asked:?}");
        let late = order.last().unwrap();
        assert_eq!(late.department.as_str(), "suf");
        assert!(u128::from(late.took_ms) >= LATE.as_millis() && began.elapsed() >= LATE);

        let answer = |slug: &str| &order.iter().find(|section| section.department.as_str() == slug).unwrap().answer;
        assert_eq!(*answer("sof"), Answer::Withheld);
        assert!(matches!(answer("kff"), Answer::Answered { cases, .. } if !cases.is_empty()));
        match (answer("bif"), is_remembered(id)) {
            (Answer::Stale { problem, .. }, true) | (Answer::Unavailable { problem }, false) => {
                assert_eq!(problem.known(), Some(ProblemKind::DepartmentDown));
            }
            other => panic!("a department that is down does not answer: {other:?}"),
        }
    });
}

#[test]
fn each_line_is_one_json_object_that_the_document_describes() {
    let town = Town::quiet();
    town.run(async {
        let id = town.showcase().await;
        let headers =
            [("accept", "application/x-ndjson"), ("skranke-purpose", "call"), ("skranke-purpose-note", "K%20047")];
        let got = town.raw(Role::Caseworker).get_with(&paths::overview(id), &headers).await;
        assert_eq!((got.status, got.header("content-type")), (200, Some("application/x-ndjson")));
        assert!(got.body.ends_with('\n'));
        let lines: Vec<serde_json::Value> = got.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let kinds: Vec<&str> = lines.iter().map(|line| line["line"].as_str().unwrap()).collect();
        assert_eq!((kinds[0], kinds[kinds.len() - 1]), ("departments", "end"));
        assert!(kinds[1..kinds.len() - 1].iter().all(|kind| *kind == "section"));
        assert_eq!(lines[lines.len() - 1], json!({ "line": "end" }));
        for line in &got.body.lines().collect::<Vec<_>>() {
            serde_json::from_str::<OverviewLine>(line).unwrap();
        }
        for section in &lines[1..lines.len() - 1] {
            assert_eq!(section["outcome"], json!("answered"), "{section}");
            assert!(section["asOf"].is_string() && section["tookMs"].is_u64());
        }
    });
}

#[test]
fn the_gathered_form_keeps_the_order_of_the_departments() {
    let town = Town::usual();
    town.run(async {
        let id = town.showcase().await;
        let mut stream = town.api(Role::Clerk).overview_stream(id, &purpose()).await.unwrap();
        let Some(Ok(OverviewLine::Departments { departments, .. })) = stream.next().await else { panic!() };
        let gathered = town.api(Role::Clerk).overview(id, &purpose()).await.unwrap();
        let order: Vec<_> = gathered.sections.into_iter().map(|section| section.department).collect();
        assert_eq!(order, departments);
    });
}

#[test]
fn when_no_department_answers_the_gathered_form_says_so_and_the_streamed_one_still_ends() {
    let all = DEPARTMENTS.iter().map(|slug| DepartmentId::parse(slug).unwrap()).collect();
    let town = Town::with(TrainingFaults { down: all, ..TrainingFaults::none() });
    town.run(async {
        let forgotten: CitizenId = town
            .find("a")
            .await
            .into_iter()
            .find(|id| !is_remembered(*id))
            .expect("somebody of whom nothing is remembered");
        let clerk = town.raw(Role::Clerk);
        clerk.open(&paths::overview(forgotten)).await.refused(ProblemKind::NoDepartment);
        let headers =
            [("accept", "application/x-ndjson"), ("skranke-purpose", "call"), ("skranke-purpose-note", "K%20047")];
        let streamed = clerk.get_with(&paths::overview(forgotten), &headers).await;
        assert_eq!(streamed.status, 200);
        assert!(streamed.body.trim_end().ends_with(r#"{"line":"end"}"#));
        let health = clerk.send(Method::GET, paths::DEPARTMENTS, &[], &json!(null)).await.fine();
        let kff = health["items"].as_array().unwrap().iter().find(|d| d["id"] == json!("kff")).unwrap();
        assert_eq!(kff["health"], json!("unavailable"));
    });
}
