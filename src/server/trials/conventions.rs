//! What every route does alike: problems, versions, command ids, limits.

use super::*;

const ITEM: &str = "proof-of-address";

struct OpenCase {
    path: String,
    etag: Value,
}

async fn open_case(office: &Office) -> OpenCase {
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let id = case["id"].as_str().unwrap();
    let view = office.case(id).await;
    let item = view["items"].as_array().unwrap().iter().find(|i| i["id"] == ITEM).unwrap().clone();
    assert_eq!(item["state"], "received");
    OpenCase { path: format!("/v1/cases/{id}/checklist/{ITEM}"), etag: item["etag"].clone() }
}

#[tokio::test]
async fn an_approval_that_is_sent_twice_is_done_once_and_answered_twice() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::PATCH, &case.path).key(key).seen(&case.etag).json(&json!({ "action": "approve" }));
    let (first, second) = (ask().send().await, ask().send().await);
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(first.json(), second.json());
    assert_eq!(first.json()["item"]["state"], "approved");
    assert!(!first.headers.contains_key("idempotent-replayed"));
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(first.header("etag"), second.header("etag"));
    let view = office.case(case.path.split('/').nth(3).unwrap()).await;
    let approvals = view["history"].as_array().unwrap().iter().filter(|l| l["command"] == key.to_string()).count();
    assert_eq!(approvals, 1);
    // A colleague's command of the same id is another command.
    let theirs = ask().role(Role::Caseworker).send().await;
    assert_eq!(theirs.kind(), "stale");
}

#[tokio::test]
async fn equal_commands_at_the_same_moment_have_one_effect() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let key = Uuid::now_v7();
    let ask =
        || office.ask(Method::PATCH, &case.path).key(key).seen(&case.etag).json(&json!({ "action": "approve" })).send();
    let replies = futures::future::join_all((0..8).map(|_| ask())).await;
    assert!(replies.iter().all(|r| r.status == 200 && r.json() == replies[0].json()));
    assert_eq!(replies.iter().filter(|r| r.headers.contains_key("idempotent-replayed")).count(), 7);
}

#[tokio::test]
async fn a_command_id_with_another_body_is_refused_and_nothing_changes() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let key = Uuid::now_v7();
    let ask = |body: Value| office.ask(Method::PATCH, &case.path).key(key).seen(&case.etag).json(&body);
    assert_eq!(ask(json!({ "action": "approve" })).send().await.status, 200);
    assert_eq!(ask(json!({ "action": "reject", "reason": "For mørkt" })).send().await.kind(), "idempotency-key-reused");
    let now = office
        .ask(Method::PATCH, &case.path)
        .key(Uuid::now_v7())
        .seen(&case.etag)
        .json(&json!({ "action": "request" }))
        .send()
        .await;
    assert_eq!(now.kind(), "stale");
    assert_eq!(now.json()["current"]["state"], "approved");
    assert_eq!(now.header("etag"), format!("\"{}\"", now.json()["current"]["etag"].as_str().unwrap()));
}

#[tokio::test]
async fn two_clerks_on_two_items_never_meet() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let other = case.path.replace(ITEM, "translation");
    let waive = json!({ "action": "waive", "reason": "Attesten er på engelsk" });
    assert_eq!(
        office.ask(Method::PATCH, &other).key(Uuid::now_v7()).seen(&json!("v1")).json(&waive).send().await.status,
        200
    );
    let mine = office
        .ask(Method::PATCH, &case.path)
        .key(Uuid::now_v7())
        .seen(&case.etag)
        .json(&json!({ "action": "approve" }))
        .send()
        .await;
    assert_eq!(mine.status, 200);
    assert_eq!(mine.json()["case"]["column"], "ready_for_attendance");
    assert_eq!(mine.json()["case"]["nextStep"], "attendance");
}

#[tokio::test]
async fn a_change_without_key_version_or_sense_is_refused_and_leaves_nothing() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let patch = || office.ask(Method::PATCH, &case.path);
    let approve = json!({ "action": "approve" });
    let key = Uuid::now_v7;
    let kinds = [
        (patch().seen(&case.etag).json(&approve), "idempotency-key-missing"),
        (patch().header("idempotency-key", "7").seen(&case.etag).json(&approve), "malformed"),
        (patch().key(Uuid::nil()).seen(&case.etag).json(&approve), "malformed"),
        (patch().key(key()).json(&approve), "precondition-required"),
        (patch().key(key()).header("if-match", "*").json(&approve), "precondition-required"),
        (patch().key(key()).header("if-match", "W/\"v1\"").json(&approve), "malformed"),
        (patch().key(key()).header("if-match", "\"v99\"").json(&approve), "stale"),
        (patch().key(key()).seen(&case.etag).json(&json!({ "action": "reject" })), "invalid"),
        (patch().key(key()).seen(&case.etag).json(&json!({ "action": "reject", "reason": "  " })), "invalid"),
        (patch().key(key()).seen(&case.etag).json(&json!({ "action": "receive" })), "not-possible-now"),
        (patch().key(key()).seen(&case.etag).json(&json!({ "action": "burn" })), "invalid"),
        (patch().key(key()).seen(&case.etag).json(&json!({ "action": "approve", "colour": "green" })), "invalid"),
        (patch().key(key()).seen(&case.etag).text("application/json", "{\"action\":"), "malformed"),
        (patch().key(key()).seen(&case.etag).text("text/plain", "approve"), "unsupported-media-type"),
        (patch().key(key()).seen(&case.etag).text("application/json", " ".repeat(70_000)), "too-large"),
        (
            office
                .ask(Method::PATCH, &case.path.replace(ITEM, "no-such-item"))
                .key(key())
                .seen(&case.etag)
                .json(&approve),
            "not-found",
        ),
        (patch().role(Role::Host).key(key()).seen(&case.etag).json(&approve), "forbidden"),
        (patch().nobody().key(key()).seen(&case.etag).json(&approve), "unauthenticated"),
    ];
    for (at, (ask, kind)) in kinds.into_iter().enumerate() {
        assert_eq!(ask.send().await.kind(), kind, "request {at}");
    }
    assert_eq!(open_case(&office).await.etag, case.etag);
    let closed = office.case_of_kalina("tax-card").await;
    let path = format!("/v1/cases/{}/checklist/form", closed["id"].as_str().unwrap());
    let reply = office
        .ask(Method::PATCH, &path)
        .key(key())
        .seen(&json!("v1"))
        .json(&json!({ "action": "reopen" }))
        .send()
        .await;
    assert_eq!(reply.kind(), "not-possible-now");
}

#[tokio::test]
async fn a_refusal_names_the_field_and_never_the_value() {
    let office = Office::open().await;
    let body =
        json!({ "kind": "cpr", "query": "721390-1234", "purpose": { "kind": "call" }, "session": Uuid::now_v7() });
    let reply = office.ask(Method::POST, "/v1/citizens/search").json(&body).send().await;
    assert_eq!(reply.kind(), "invalid");
    assert_eq!(reply.json()["errors"][0]["pointer"], "/query");
    assert!(!String::from_utf8_lossy(&reply.body).contains("721390"));
    let body = json!({ "kind": "name", "query": "a", "purpose": { "kind": "other" }, "session": Uuid::now_v7() });
    let reply = office.ask(Method::POST, "/v1/citizens/search").json(&body).send().await;
    assert_eq!(reply.kind(), "purpose-required");
    assert_eq!(reply.json()["errors"][0]["pointer"], "/purpose/note");
}

#[tokio::test]
async fn every_layer_answers_with_a_problem() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    for (ask, kind) in [
        (office.get("/v1/nothing"), "not-found"),
        (office.get("/v1/citizens/me"), "not-found"),
        (office.look(&format!("/v1/citizens/{}", Uuid::now_v7())), "not-found"),
        (office.get(&format!("/v1/citizens/{kalina}")), "purpose-required"),
        (office.get(&format!("/v1/citizens/{kalina}")).header("skranke-purpose", "curiosity"), "purpose-required"),
        (office.get(&format!("/v1/citizens/{kalina}")).header("skranke-purpose", "other"), "purpose-required"),
        (office.get(&format!("/v1/contacts?citizen={kalina}")), "purpose-required"),
        (office.get(&format!("/v1/appointments?citizen={kalina}")), "purpose-required"),
        (office.get("/v1/me?colour=green"), "invalid"),
        (office.get("/v1/cases?limit=0"), "invalid"),
        (office.get("/v1/cases?limit=5&limit=6"), "invalid"),
        (office.get("/v1/cases?cursor=elsewhere"), "bad-cursor"),
        (office.get("/v1/me").header("accept", "text/html"), "not-acceptable"),
        (office.get("/v1/me").nobody(), "unauthenticated"),
        (office.get("/v1/me").nobody().header("authorization", "Bearer wrong"), "unauthenticated"),
        (office.get("/v1/me").header("host", "evil.example"), "malformed"),
        (office.get("/v1/audit"), "forbidden"),
    ] {
        assert_eq!(ask.send().await.kind(), kind);
    }
    let wrong_method = office.ask(Method::DELETE, "/v1/appointments").send().await;
    assert_eq!(wrong_method.kind(), "method-not-allowed");
    assert!(wrong_method.header("allow").contains("POST"));
    assert_eq!(office.get("/v1/me").header("host", "127.0.0.1:7420").send().await.status, 200);
    assert_eq!(office.get("/healthz").nobody().send().await.status, 200);
}

#[tokio::test]
async fn a_cursor_leads_through_the_whole_list_once_and_only_there() {
    let office = Office::open().await;
    let mut seen = Vec::new();
    let mut path = "/v1/cases?limit=7".to_owned();
    loop {
        let page = office.get(&path).send().await.json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| (c["deadline"].clone(), c["id"].as_str().unwrap().to_owned())),
        );
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        assert_eq!(
            office.get(&format!("/v1/cases?limit=7&column=closed&cursor={cursor}")).send().await.kind(),
            "bad-cursor"
        );
        assert_eq!(
            office.get(&format!("/v1/cases?limit=7&cursor={cursor}")).role(Role::TeamLeader).send().await.kind(),
            "bad-cursor"
        );
        path = format!("/v1/cases?limit=7&cursor={cursor}");
    }
    let deadlines: Vec<&str> = seen.iter().map(|(d, _)| d.as_str().unwrap_or("9999")).collect();
    assert!(deadlines.is_sorted());
    let mut ids: Vec<&String> = seen.iter().map(|(_, id)| id).collect();
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
    assert!(all > 800, "the citizen with very many cases is there: {all}");
}

#[tokio::test]
async fn a_replay_after_its_answer_expired_is_answered_from_the_present_state() {
    let office = Office::open().await;
    let case = open_case(&office).await;
    let key = Uuid::now_v7();
    let approve = json!({ "action": "approve" });
    let ask = || office.ask(Method::PATCH, &case.path).key(key).seen(&case.etag).json(&approve);
    assert_eq!(ask().send().await.status, 200);
    let mut tx = office.service.app().store.begin().await.unwrap();
    assert_eq!(crate::store::commands::expire(&mut tx, Timestamp::MAX).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let late = ask().send().await;
    assert_eq!((late.status, late.header("idempotent-replayed")), (StatusCode::OK, "true"));
    assert_eq!(late.json()["item"]["state"], "approved");
}

#[tokio::test]
async fn when_the_log_cannot_be_written_nothing_is_told_and_nothing_is_changed() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = open_case(&office).await;
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query("ALTER TABLE audit RENAME TO lost").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    for path in [format!("/v1/citizens/{kalina}"), format!("/v1/citizens/{kalina}/overview"), "/v1/cases".to_owned()] {
        assert_eq!(office.look(&path).send().await.kind(), "unavailable", "{path}");
    }
    let approve = json!({ "action": "approve" });
    let change = office.ask(Method::PATCH, &case.path).key(Uuid::now_v7()).seen(&case.etag).json(&approve).send().await;
    assert_eq!(change.kind(), "internal");
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query("ALTER TABLE lost RENAME TO audit").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(open_case(&office).await.etag, case.etag);
}

#[tokio::test]
async fn what_was_done_long_ago_is_answered_from_how_it_stands_and_not_done_again() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let notes = format!("/v1/citizens/{kalina}/notes");
    let promises = format!("/v1/citizens/{kalina}/promises");
    let unit = json!({ "to": "unit", "department": "buf" });
    let card = json!({ "what": "x", "verified": "known", "promised": "", "missing": [], "cases": [], "answers": [] });
    let id = Uuid::now_v7;
    let posts = [
        (notes.as_str(), json!({ "id": id(), "kind": "plain", "text": "x" })),
        (promises.as_str(), json!({ "id": id(), "text": "x", "due": "2026-06-09" })),
        ("/v1/handovers", json!({ "id": id(), "citizen": kalina, "receiver": unit, "card": card })),
        (
            "/v1/contacts",
            json!({
                "id": id(), "citizen": kalina, "channel": "phone", "subjects": [], "outcome": "settled", "forWhom": "own",
                "verified": "not", "text": "", "began": "2026-06-09T08:00:00Z", "ended": "2026-06-09T08:00:00Z"
            }),
        ),
    ];
    for (path, body) in &posts {
        let key = Uuid::now_v7();
        let ask = || office.ask(Method::POST, path).key(key).json(body).send();
        let first = ask().await;
        assert_eq!(first.status, 201, "{path}: {first:?}");
        let mut tx = office.service.app().store.begin().await.unwrap();
        crate::store::commands::expire(&mut tx, Timestamp::MAX).await.unwrap();
        tx.commit().await.unwrap();
        let again = ask().await;
        assert_eq!((again.status, again.json()), (first.status, first.json()), "{path}");
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.header("location"), first.header("location"));
    }
}
