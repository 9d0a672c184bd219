//! The log as the team leader searches it, what a citizen gets of it, what was read offline, and windows that are locked from afar.

use super::stream::Listener;
use super::*;
use crate::auth::{persona_id, persona_name};
use crate::letter_pdf::reading::pages;
use crate::store::audit::{Filter, explain};
use skranke_api::audit::{AuditAction, AuditOutcome};
use skranke_domain::access::Context;

async fn log(office: &Office, query: &str) -> Vec<Value> {
    let reply = office.get(&format!("/v1/audit?limit=200{query}")).role(Role::TeamLeader).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_leader_finds_who_looked_at_whom_by_every_filter_and_reads_names() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}");
    assert_eq!(office.look(&path).send().await.status, 200);
    assert_eq!(office.look(&path).role(Role::Guest).send().await.status, 403);
    assert_eq!(office.look(&format!("{path}/notes")).role(Role::Caseworker).send().await.status, 200);

    let ida = persona_id(Role::Clerk);
    let opened = log(&office, &format!("&staff={ida}&action=open_citizen")).await;
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0]["staffName"], persona_name(Role::Clerk));
    assert_eq!(opened[0]["citizen"], kalina.as_str());
    assert!(!opened[0]["place"].as_str().unwrap().is_empty(), "from where");
    let refused = log(&office, "&outcome=refused").await;
    assert_eq!(refused.len(), 1, "{refused:?}");
    assert_eq!((&refused[0]["action"], &refused[0]["role"]), (&json!("open_citizen"), &json!("guest")));
    assert!(
        log(&office, &format!("&citizen={kalina}&outcome=done")).await.iter().all(|r| r["citizen"] == kalina.as_str())
    );
    assert_eq!(log(&office, &format!("&action=read_notes&staff={ida}")).await.len(), 0);

    // The last day belongs to the span.
    assert!(log(&office, "&from=2026-06-09&to=2026-06-09").await.len() >= 4);
    assert!(log(&office, "&from=2026-06-10").await.is_empty());
    assert!(log(&office, "&to=2026-06-08").await.is_empty());
    for (query, code) in [
        ("from=2026-06-09&to=2026-06-08", "range"),
        ("action=peek", "word"),
        ("context=mood", "word"),
        ("from=x", "type"),
    ] {
        let reply = office.get(&format!("/v1/audit?{query}")).role(Role::TeamLeader).send().await;
        assert_eq!((reply.status.as_u16(), &reply.json()["errors"][0]["code"]), (422, &json!(code)), "{query}");
    }
}

#[tokio::test]
async fn a_sample_control_finds_the_looks_out_of_context() {
    let office = Office::open().await;
    let sql = "SELECT id FROM citizen c WHERE protected = 0 AND current IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no) AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.citizen = c.no)
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.citizen = c.no) AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.citizen = c.id)
        ORDER BY no DESC LIMIT 1";
    let stranger = need::one(&office, sql).await;
    let path = format!("/v1/citizens/{stranger}");
    let ask = office.get(&path).header("skranke-purpose", "other").header("skranke-purpose-note", "nysgerrig");
    assert_eq!(ask.send().await.status, 200);
    let found = log(&office, "&context=none&outcome=done").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["citizen"], &found[0]["purpose"]["note"]), (&json!(stranger), &json!("nysgerrig")));
}

#[tokio::test]
async fn a_page_goes_on_with_its_own_filters_alone() {
    let office = Office::open().await;
    for _ in 0..5 {
        office.search(Role::Clerk, "name", "testrup").await;
    }
    let page = office.get("/v1/audit?limit=2&action=search").role(Role::TeamLeader).send().await.json();
    let cursor = page["nextCursor"].as_str().unwrap();
    let next =
        office.get(&format!("/v1/audit?limit=2&action=search&cursor={cursor}")).role(Role::TeamLeader).send().await;
    assert!(next.json()["items"][0]["seq"].as_i64() < page["items"][1]["seq"].as_i64());
    let other =
        office.get(&format!("/v1/audit?limit=2&action=reveal&cursor={cursor}")).role(Role::TeamLeader).send().await;
    assert_eq!(other.kind(), "bad-cursor");
}

#[tokio::test]
async fn no_search_of_the_log_walks_through_all_of_it() {
    let office = Office::open().await;
    let mut conn = office.service.app().store.read().await.unwrap();
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    for filter in [
        Filter::default(),
        Filter { citizen: Some(skranke_domain::CitizenId::new()), ..Filter::default() },
        Filter { staff: Some(persona_id(Role::Clerk)), ..Filter::default() },
        Filter { action: Some(AuditAction::Reveal), ..Filter::default() },
        Filter { context: Some(Context::None), ..Filter::default() },
        Filter { outcome: Some(AuditOutcome::Refused), ..Filter::default() },
        Filter { from: at("2026-06-01T00:00:00Z"), to: at("2026-06-02T00:00:00Z"), ..Filter::default() },
    ] {
        let plan = explain(&mut conn, filter).await.unwrap();
        assert!(
            plan.lines().all(|line| !line.starts_with("SCAN audit") && !line.contains("TEMP B-TREE")),
            "{filter:?}: {plan}"
        );
    }
}

#[tokio::test]
async fn a_citizen_gets_what_was_looked_up_when_and_why_and_never_by_whom() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}");
    office.look(&path).send().await;
    office.look(&format!("{path}/overview")).role(Role::Caseworker).send().await;
    let place = format!("{path}/access-log");
    for role in [Role::Guest, Role::Host, Role::Clerk, Role::Caseworker] {
        assert_eq!(office.get(&place).role(role).send().await.kind(), "forbidden", "{role:?}");
    }
    let reply = office.get(&place).role(Role::TeamLeader).send().await;
    let told = reply.json();
    let lines = told["lines"].as_array().unwrap();
    assert!(lines.len() >= 2 && told["more"] == false, "{told}");
    let opened = lines.iter().find(|line| line["action"] == "open_citizen" && line["outcome"] == "done").unwrap();
    assert_eq!((&opened["department"], &opened["purpose"]), (&json!("kff"), &json!("call")));
    let mut fields: Vec<&str> = opened.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["action", "at", "basis", "department", "outcome", "purpose", "role"], "and nothing else");

    // The same on paper, in both languages.
    for (language, parts) in [
        ("", ["Opslag i dine oplysninger", "Åbnede din side · du ringede", "Kultur- og Fritidsforvaltningen"]),
        ("?language=en", ["Look-ups of your information", "Opened your page · you called", "You can also complain"]),
    ] {
        let reply = office
            .get(&format!("{place}{language}"))
            .role(Role::TeamLeader)
            .header("accept", "application/pdf")
            .send()
            .await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/pdf"));
        assert!(!reply.header("content-disposition").contains("Kalina"));
        let text = pages(&reply.body).join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
        for role in Role::ALL {
            assert!(!text.contains(persona_name(*role)) && !text.contains("K 047"), "{role:?}: {text}");
        }
    }
    let made = log(&office, "&action=read_access_log&outcome=done").await;
    assert_eq!(made.len(), 3, "making it is logged too");
    let nobody = format!("/v1/citizens/{}/access-log", Uuid::now_v7());
    assert_eq!(office.get(&nobody).role(Role::TeamLeader).send().await.kind(), "not-found");
}

#[tokio::test]
async fn what_was_read_offline_stands_in_the_log_once_with_the_machines_time() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let look = |action: &str| json!({ "at": "2026-06-09T07:40:00Z", "action": action, "citizen": kalina, "purpose": { "kind": "call" } });
    let (body, key) = (json!({ "looks": [look("open_citizen"), look("read_notes")] }), Uuid::now_v7());
    for replayed in [false, true] {
        let reply = office.ask(Method::POST, "/v1/audit/offline").key(key).json(&body).send().await;
        assert_eq!((reply.status.as_u16(), &reply.json()["logged"]), (200, &json!(2)), "{reply:?}");
        assert_eq!(reply.headers.contains_key("idempotent-replayed"), replayed);
    }
    let mine = log(&office, &format!("&staff={}", persona_id(Role::Clerk))).await;
    let offline: Vec<&Value> = mine.iter().filter(|record| record["place"] == "offline").collect();
    assert_eq!(
        offline.iter().map(|record| record["action"].as_str().unwrap()).collect::<Vec<_>>(),
        ["read_notes", "open_citizen"]
    );
    let now = NOW.parse::<Timestamp>().unwrap();
    for record in &offline {
        assert_eq!(record["note"], "2026-06-09T07:40:00Z");
        assert!(record["at"].as_str().unwrap().parse::<Timestamp>().unwrap() >= now, "the log keeps its own time");
    }
    assert_eq!(offline[0]["command"], key.to_string());

    let refused = |body: Value| office.ask(Method::POST, "/v1/audit/offline").key(Uuid::now_v7()).json(&body).send();
    let wrong = refused(json!({ "looks": [look("open_citizen"), look("decide")] })).await.json();
    assert_eq!(wrong["errors"][0]["pointer"], "/looks/1/action");
    assert_eq!(refused(json!({ "looks": [] })).await.status, 422);
    let many: Vec<Value> = (0..501).map(|_| look("open_case")).collect();
    assert_eq!(refused(json!({ "looks": many })).await.status.as_u16() / 100, 4);
    assert!(office.service.verify_audit().await.is_ok());
}

#[tokio::test]
async fn windows_are_locked_from_afar_and_nobody_else_hears_of_it() {
    let office = Office::open().await;
    let mut ida = Listener::begin(&office, Role::Clerk, None).await;
    let mut mette = Listener::begin(&office, Role::Caseworker, None).await;
    ida.next().await;
    mette.next().await;
    let path = |id: skranke_domain::StaffId| format!("/v1/staff/{id}/lock");
    let lock =
        |id| office.ask(Method::POST, &path(id)).role(Role::TeamLeader).key(Uuid::now_v7()).json(&json!({})).send();
    assert_eq!(lock(persona_id(Role::Clerk)).await.status, 200);
    let heard = ida.next().await.data.unwrap();
    assert_eq!(heard["type"], "dk.skranke.session.lock");
    assert!(heard.get("citizenid").is_none());
    // What comes next to Mette is her own: nothing came between.
    assert_eq!(lock(persona_id(Role::Caseworker)).await.status, 200);
    let heard = mette.next().await.data.unwrap();
    assert_eq!(heard["subject"], path(persona_id(Role::Caseworker)));
    assert_eq!(lock(skranke_domain::StaffId::new()).await.kind(), "not-found");
    let by_clerk =
        office.ask(Method::POST, &path(persona_id(Role::Host))).key(Uuid::now_v7()).json(&json!({})).send().await;
    assert_eq!(by_clerk.kind(), "forbidden");
    let asked = log(&office, "&action=lock_session").await;
    assert_eq!(asked.iter().map(|r| r["outcome"].as_str().unwrap()).collect::<Vec<_>>(), ["refused", "done", "done"]);
}
