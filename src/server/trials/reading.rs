//! Searching, opening, revealing, the overview, the log.

use std::collections::BTreeMap;
use std::time::Duration;

use skranke_domain::DepartmentId;

use super::*;

#[tokio::test]
async fn a_citizen_is_found_by_any_part_of_her_name_her_number_phone_or_case() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let first = |found: Value| found["hits"][0]["citizen"].as_str().unwrap_or_default().to_owned();
    for name in ["testrup", "Wrona, Kalina", "kal tes wro", "KALINA TESTRUP"] {
        let found = office.search(Role::Clerk, "name", name).await;
        assert!(found["hits"].as_array().unwrap().iter().any(|h| h["citizen"] == kalina), "{name}");
    }
    let reveal = json!({ "field": "cpr", "purpose": { "kind": "call", "note": "K 047" } });
    let path = format!("/v1/citizens/{kalina}/reveal");
    let cpr = office.ask(Method::POST, &path).json(&reveal).send().await.json()["value"].as_str().unwrap().to_owned();
    assert!(cpr.starts_with("721190-") && cpr.len() == 11);
    assert_eq!(first(office.search(Role::Clerk, "cpr", &cpr).await), kalina);
    assert_eq!(first(office.search(Role::Clerk, "cpr", &cpr.replace('-', "")).await), kalina);
    assert_eq!(first(office.search(Role::Clerk, "phone", "+45 00 00 00 01").await), kalina);
    let number = office.case_of_kalina("cpr-eu-employee").await["number"].as_str().unwrap().to_owned();
    let by_case = office.search(Role::Clerk, "case_number", &number.to_lowercase()).await;
    assert_eq!(by_case["hits"][0]["case"]["number"], number);
    assert_eq!(office.search(Role::Clerk, "name", "xyzzyx").await["hits"], json!([]));
    assert_eq!(office.search(Role::Clerk, "name", "%").await["hits"], json!([]));
}

#[tokio::test]
async fn a_protected_address_is_in_no_hit_no_page_and_comes_only_when_asked_for() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let ask = json!({ "field": "address", "purpose": { "kind": "case", "note": "KFF" } });
    let path = format!("/v1/citizens/{kalina}/reveal");
    let address = office.ask(Method::POST, &path).json(&ask).send().await.json()["value"].as_str().unwrap().to_owned();
    let street = address.split(',').next().unwrap().to_owned();
    let found = office.search(Role::Clerk, "address", &street).await;
    assert!(found["hits"].as_array().unwrap().iter().all(|h| h["citizen"] != kalina));
    let page = office.look(&format!("/v1/citizens/{kalina}")).send().await;
    assert!(!String::from_utf8_lossy(&page.body).contains(&street));
    assert_eq!(page.json()["address"], json!({ "view": "protected" }));
    let log = office.get(&format!("/v1/audit?citizen={kalina}&limit=1")).role(Role::TeamLeader).send();
    let record = &log.await.json()["items"][0];
    assert_eq!(record["action"], "open_citizen");
    let neighbours = office.search(Role::Clerk, "name", "a").await;
    let other = neighbours["hits"].as_array().unwrap().iter().find(|h| h["address"]["view"] == "shown").unwrap();
    let street = other["address"]["street"].as_str().unwrap();
    let found = office.search(Role::Clerk, "address", street).await;
    assert!(found["hits"].as_array().unwrap().iter().any(|h| h["citizen"] == other["citizen"]), "{street}");
}

#[tokio::test]
async fn the_page_of_the_showcase_citizen_is_complete() {
    let office = Office::open().await;
    let page = office.look(&format!("/v1/citizens/{}", office.kalina().await)).send().await.json();
    assert_eq!(page["age"], 35);
    assert_eq!(page["cprMasked"], "721190-••••");
    assert_eq!((&page["languages"], &page["interpreter"]), (&json!(["pl", "en"]), &json!("pl")));
    let children: Vec<(&str, u64)> = page["relations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|r| r["kind"] == "child")
        .map(|r| (r["given_name"].as_str().unwrap(), r["age"].as_u64().unwrap()))
        .collect();
    assert_eq!(children, [("Leon", 3), ("Maja", 7)]);
    assert_eq!(page["representations"][0]["name"], "Danuta Wrona");
    assert_eq!(page["representations"][0]["until"], "2026-12-31");
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let view = office.case(case["id"].as_str().unwrap()).await;
    let translation = view["items"].as_array().unwrap().iter().find(|i| i["id"] == "translation").unwrap();
    let asked = CATALOGUE.facts.get("document.language_ok").unwrap();
    assert_eq!(translation["unknownFacts"], json!([asked.title]), "nobody has asked yet, and the page says what");
    let may =
        json!({ "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": false });
    assert_eq!(view["may"], may);
    assert_eq!(view["history"][0]["kind"], "item");
}

#[tokio::test]
async fn an_overview_says_of_each_department_how_it_answered() {
    let office = Office::open_with(|config| Config { faults: TrainingFaults::training(), ..config }).await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}/overview");
    let reply = office.look(&path).header("accept", "application/x-ndjson").send().await;
    assert_eq!(reply.header("content-type"), "application/x-ndjson");
    let lines: Vec<Value> =
        String::from_utf8(reply.body).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[0]["line"], "departments");
    assert_eq!(lines.last().unwrap(), &json!({ "line": "end" }));
    let sections: BTreeMap<&str, &Value> =
        lines[1..lines.len() - 1].iter().map(|l| (l["department"].as_str().unwrap(), l)).collect();
    assert_eq!(sections.len(), lines[0]["departments"].as_array().unwrap().len());
    assert_eq!(sections["kff"]["outcome"], "answered");
    assert_eq!(sections["sof"]["outcome"], "withheld");
    assert_eq!(sections["bif"]["outcome"], "stale");
    assert_eq!(sections["bif"]["asOf"], "2026-06-08T07:12:00Z".replace("06-08", "06-09"));
    assert_eq!(sections["bif"]["problem"]["type"], "urn:skranke:problem:department-unavailable");
    assert!(sections["suf"]["tookMs"].as_u64().unwrap() >= 1500);
    assert_eq!(lines[lines.len() - 2]["department"], "suf", "the slow one comes last and holds up nobody");
    let health = office.get("/v1/departments").send().await.json();
    let of = |id: &str| health["items"].as_array().unwrap().iter().find(|d| d["id"] == id).unwrap()["health"].clone();
    assert_eq!((of("kff"), of("bif"), of("sof")), (json!("answering"), json!("unavailable"), json!("withheld")));
}

#[tokio::test]
async fn when_no_department_answers_the_gathered_overview_says_so() {
    let office = Office::open_with(|config| {
        let down = config.catalogue.departments.iter().map(|d| d.id.clone()).collect();
        Config { faults: TrainingFaults { down, ..TrainingFaults::none() }, ..config }
    })
    .await;
    // Half of the citizens are remembered; this one is not.
    let found = office.search(Role::Clerk, "name", "a").await;
    let id = found["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|h| h["citizen"].as_str().unwrap())
        .find(|id| !crate::departments::faults::is_remembered(id.parse().unwrap()));
    let path = format!("/v1/citizens/{}/overview", id.unwrap());
    assert_eq!(office.look(&path).send().await.kind(), "no-department-answered");
    let streamed = office.look(&path).header("accept", "application/x-ndjson").send().await;
    assert_eq!(streamed.status, 200);
    assert!(String::from_utf8(streamed.body).unwrap().ends_with("{\"line\":\"end\"}\n"));
}

#[tokio::test]
async fn a_department_that_is_too_slow_is_given_up_and_the_rest_stands() {
    let slow = DepartmentId::parse("suf").unwrap();
    let office = Office::open_with(|config| Config {
        faults: TrainingFaults { slow: BTreeMap::from([(slow, Duration::from_secs(60))]), ..Default::default() },
        department_limit: Duration::from_millis(60),
        ..config
    })
    .await;
    let kalina = office.kalina().await;
    let overview = office.look(&format!("/v1/citizens/{kalina}/overview")).send().await.json();
    let suf = overview["sections"].as_array().unwrap().iter().find(|s| s["department"] == "suf").unwrap().clone();
    assert_eq!((&suf["outcome"], &suf["problem"]["status"]), (&json!("unavailable"), &json!(504)));
}

#[tokio::test]
async fn what_was_typed_is_not_in_the_log_and_the_log_verifies() {
    let office = Office::open().await;
    office.kalina().await;
    office.search(Role::Clerk, "name", "hemmelig").await;
    let log = office.get("/v1/audit").role(Role::TeamLeader).send().await;
    let text = String::from_utf8_lossy(&log.body).into_owned();
    assert!(!text.contains("hemmelig") && text.contains("\"search\""));
    assert!(office.service.verify_audit().await.unwrap() >= 3);
}
