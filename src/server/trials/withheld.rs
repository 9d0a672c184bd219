//! A department that a role does not see leaves no trace.

use super::need::{one, set};
use super::*;

#[tokio::test]
async fn a_clerk_finds_no_trace_of_a_social_case() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await;
    let (id, number) = (social["id"].as_str().unwrap(), social["number"].as_str().unwrap());

    // The team leader sees it …
    let leader = |path: String| office.look(&path).role(Role::TeamLeader).send();
    assert_eq!(leader(format!("/v1/cases/{id}")).await.status, 200);
    assert_eq!(office.search(Role::TeamLeader, "case_number", number).await["hits"].as_array().unwrap().len(), 1);
    let all = leader(format!("/v1/contacts?citizen={kalina}")).await.json();
    assert!(all["items"].as_array().unwrap().iter().any(|c| c["by"] == "Dorthe Skærbæk"));
    let overview = leader(format!("/v1/citizens/{kalina}/overview")).await.json();
    assert!(overview.to_string().contains("divorce"));

    // … and for the clerk there is nothing, in the same words as if there were none.
    let gone = office.look(&format!("/v1/cases/{id}")).send().await;
    let never = office.look(&format!("/v1/cases/{}", Uuid::now_v7())).send().await;
    assert_eq!((gone.kind(), &gone.body), (never.kind(), &never.body));
    assert_eq!(office.search(Role::Clerk, "case_number", number).await["hits"], json!([]));
    assert_eq!(office.search(Role::Host, "case_number", "KFF").await["hits"], json!([]));
    for path in [
        format!("/v1/cases?citizen={kalina}"),
        format!("/v1/cases?citizen={kalina}&department=sof"),
        format!("/v1/contacts?citizen={kalina}"),
        format!("/v1/citizens/{kalina}/overview"),
        format!("/v1/appointments?citizen={kalina}"),
    ] {
        let reply = office.look(&path).send().await;
        assert_eq!(reply.status, 200);
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        for trace in [id, number, "social-support", "Dorthe Skærbæk", "divorce"] {
            assert!(!text.contains(trace), "{path} shows {trace}");
        }
    }
    let path = format!("/v1/cases/{id}/checklist/consent");
    let change = office
        .ask(Method::PATCH, &path)
        .key(Uuid::now_v7())
        .seen(&json!("v1"))
        .json(&json!({ "action": "approve" }))
        .send()
        .await;
    assert_eq!(change.kind(), "not-found");
    let section = office.look(&format!("/v1/citizens/{kalina}/overview")).send().await.json();
    let sof = section["sections"].as_array().unwrap().iter().find(|s| s["department"] == "sof").unwrap();
    assert_eq!(sof, &json!({ "department": "sof", "outcome": "withheld", "asOf": null, "tookMs": 0 }));
}

#[tokio::test]
async fn a_host_and_a_guest_see_what_is_theirs() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let host = |path: String| office.look(&path).role(Role::Host).send();
    assert_eq!(host(format!("/v1/citizens/{kalina}")).await.status, 200);
    assert_eq!(host(format!("/v1/citizens/{kalina}/overview")).await.kind(), "forbidden");
    assert_eq!(host("/v1/cases".to_owned()).await.kind(), "forbidden");
    let guest = |path: &str| office.look(path).role(Role::Guest).send();
    assert_eq!(guest("/v1/tasks").await.json()["items"].as_array().unwrap().len(), 138);
    assert_eq!(guest(&format!("/v1/citizens/{kalina}")).await.kind(), "forbidden");
    let health = guest("/v1/departments").await.json();
    assert!(health["items"].as_array().unwrap().iter().all(|d| d["health"] == "withheld" || d["health"] == "unknown"));
    let log = office.get("/v1/audit?limit=5").role(Role::TeamLeader).send().await.json();
    let refused = log["items"].as_array().unwrap().iter().filter(|r| r["outcome"] == "refused").count();
    assert_eq!(refused, 3, "refused attempts are logged: {log}");
}

/// What a request takes, in microseconds, the middle of many.
async fn median(office: &Office, path: &str) -> u128 {
    let mut all = Vec::new();
    for _ in 0..60 {
        let began = std::time::Instant::now();
        office.look(path).send().await;
        all.push(began.elapsed().as_micros());
    }
    all.sort_unstable();
    println!("{:>7} us (min {:>6}, p90 {:>6})", all[30], all[0], all[54]);
    all[30]
}

#[tokio::test]
async fn a_case_that_is_withheld_is_no_business_of_hers() {
    let office = Office::open().await;
    let (with, without) = (office.kalina().await, one(&office, "SELECT id FROM citizen c WHERE current IS NULL AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.citizen = c.id) ORDER BY no DESC LIMIT 1").await);
    for change in [
        "UPDATE case_file SET phase = 'closed' WHERE department <> 'sof'",
        "UPDATE citizen SET protected = 0",
        "DELETE FROM appointment",
        "DELETE FROM ticket",
        "DELETE FROM relation",
    ] {
        set(&office, change.to_owned()).await;
    }
    let asked = async |citizen: &str, role| {
        let path = format!("/v1/citizens/{citizen}");
        let reply = office.get(&path).role(role).header("skranke-purpose", "case").send().await;
        (reply.status, reply.body)
    };
    assert_eq!(asked(&with, Role::Caseworker).await.0, 200, "her social case is business of somebody who may see it");
    let (hidden, none) = (asked(&with, Role::Clerk).await, asked(&without, Role::Clerk).await);
    assert_eq!(hidden.0, 403);
    assert_eq!(hidden, none, "whether there is one makes no difference in a single byte");
}

#[tokio::test]
async fn how_long_an_answer_takes_is_printed_for_what_is_withheld_and_for_what_never_was() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await;
    let without = one(&office, "SELECT id FROM citizen c WHERE protected = 0 AND EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no) AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no AND f.department = 'sof') ORDER BY no LIMIT 1").await;
    let (hidden, never) = (social["id"].as_str().unwrap(), Uuid::now_v7());
    for (what, one, other) in [
        ("case", format!("/v1/cases/{hidden}"), format!("/v1/cases/{never}")),
        ("lift", format!("/v1/cases/{hidden}/lift"), format!("/v1/cases/{never}/lift")),
        ("summary", format!("/v1/cases/{hidden}/summary"), format!("/v1/cases/{never}/summary")),
        (
            "department's section",
            format!("/v1/citizens/{kalina}/overview?department=sof"),
            format!("/v1/citizens/{without}/overview?department=sof"),
        ),
        (
            "cases there",
            format!("/v1/cases?citizen={kalina}&department=sof"),
            format!("/v1/cases?citizen={without}&department=sof"),
        ),
    ] {
        println!("{what}: withheld, then never");
        let (one, other) = (median(&office, &one).await, median(&office, &other).await);
        assert!(one > 0 && other > 0);
    }
}
