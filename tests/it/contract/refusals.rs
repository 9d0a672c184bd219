//! Every wrong request gets the right problem, and nothing is changed by it.

use std::io::{BufRead as _, BufReader, Write as _};

use reqwest::Method;
use serde_json::{Value, json};
use skranke::api::audit::AuditAction;
use skranke::api::{ProblemKind, paths};
use skranke::client::AuditQuery;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemAction;
use skranke::domain::{CaseId, CitizenId, CommandId};

use super::{approvable, judgement, open, standing};
use crate::support::raw::read;
use crate::support::town::Town;

#[test]
fn nobody_gets_anything_without_signing_in() {
    let town = Town::quiet();
    town.run(async {
        let stranger = town.stranger();
        for path in [paths::ME, paths::CASES, paths::AUDIT, paths::EVENTS, paths::PROCEDURES] {
            let refusal = stranger.get(path).await;
            refusal.refused(ProblemKind::Unauthenticated);
            assert_eq!(refusal.header("www-authenticate"), Some("Bearer"));
        }
        let made_up = stranger.get_with(paths::ME, &[("authorization", "Bearer 0000")]).await;
        made_up.refused(ProblemKind::Unauthenticated);
        stranger.get(paths::HEALTHZ).await.fine();
        stranger.get(paths::OPENAPI).await.fine();
    });
}

#[test]
fn a_web_page_that_points_its_own_name_at_this_machine_gets_nothing() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        clerk.get_with(paths::ME, &[("host", "skranke.example.dk")]).await.refused(ProblemKind::Malformed);
        clerk.get_with(paths::ME, &[("host", "localhost")]).await.fine();
    });
}

#[test]
fn the_frameworks_own_refusals_are_problems_too() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        clerk.get("/v1/nowhere").await.refused(ProblemKind::NotFound);
        clerk.get("/v1/cases/none").await.refused(ProblemKind::NotFound);
        let wrong_method = clerk.send(Method::DELETE, paths::CASES, &[], &json!({})).await;
        wrong_method.refused(ProblemKind::MethodNotAllowed);
        assert!(wrong_method.header("allow").is_some_and(|allow| allow.contains("GET")));
        clerk.get_with(paths::CASES, &[("accept", "text/html")]).await.refused(ProblemKind::NotAcceptable);
        clerk.get("/v1/cases?limit=5&limit=6").await.refused_field(ProblemKind::Invalid, "?limit");
        clerk.get("/v1/cases?limit=201").await.refused_field(ProblemKind::Invalid, "?limit");
        clerk.get("/v1/cases?colour=blue").await.refused_field(ProblemKind::Invalid, "?colour");
        clerk.get("/v1/cases?column=blue").await.refused_field(ProblemKind::Invalid, "?column");
        clerk.get("/v1/cases?cursor=rubbish").await.refused(ProblemKind::BadCursor);
    });
}

#[test]
fn a_body_that_does_not_fit_names_the_field() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let ask = async |body: Value| clerk.send(Method::POST, paths::SEARCH, &[], &body).await;
        let search = || {
            json!({
                "kind": "name", "query": "Wrona", "purpose": { "kind": "call" },
                "session": "018cc251-f400-7000-8000-000000000001", "limit": 5,
            })
        };
        ask(search()).await.fine();
        let with = |name: &str, value: Value| {
            let mut body = search();
            body[name] = value;
            body
        };
        ask(with("colour", json!("blue"))).await.refused_field(ProblemKind::Invalid, "/colour");
        ask(with("query", json!(7))).await.refused_field(ProblemKind::Invalid, "/query");
        ask(with("query", json!(""))).await.refused_field(ProblemKind::Invalid, "/query");
        ask(with("query", json!("a".repeat(121)))).await.refused_field(ProblemKind::Invalid, "/query");
        ask(with("kind", json!("shoe_size"))).await.refused_field(ProblemKind::Invalid, "/kind");
        ask(with("limit", json!(21))).await.refused_field(ProblemKind::Invalid, "/limit");
        ask(with("session", json!("x"))).await.refused_field(ProblemKind::Invalid, "/session");
        ask(with("purpose", json!({ "kind": "call", "mood": "good" })))
            .await
            .refused_field(ProblemKind::Invalid, "/purpose/mood");
        let mut without = search();
        without.as_object_mut().unwrap().remove("session");
        ask(without).await.refused_field(ProblemKind::Invalid, "/session");

        let send = async |text: &str| clerk.send_text(Method::POST, paths::SEARCH, &[], text.to_owned()).await;
        send("{\"kind\":").await.refused(ProblemKind::Malformed);
        send("rubbish").await.refused(ProblemKind::Malformed);
        send("").await.refused(ProblemKind::Malformed);
        send(&format!("{} {{}}", search())).await.refused(ProblemKind::Malformed);
        send(&with("query", json!("a".repeat(80_000))).to_string()).await.refused(ProblemKind::TooLarge);
        let as_text =
            clerk.request(Method::POST, paths::SEARCH, &[("content-type", "text/plain")]).body(search().to_string());
        read(as_text).await.refused(ProblemKind::UnsupportedMedia);
    });
}

#[test]
fn whoever_reads_only_when_all_is_sent_reads_why_she_was_refused() {
    let town = Town::quiet();
    let status = |token: Option<&str>| {
        let address = town.base_url.strip_prefix("http://").unwrap();
        let mut line = std::net::TcpStream::connect(address).unwrap();
        let body = "a".repeat(12 << 20);
        let sign_in = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let head = format!(
            "POST {} HTTP/1.1\r\nHost: {address}\r\n{sign_in}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            paths::SEARCH,
            body.len(),
        );
        line.write_all(head.as_bytes()).unwrap();
        line.write_all(body.as_bytes()).unwrap();
        let mut first = String::new();
        BufReader::new(line).read_line(&mut first).unwrap();
        first
    };
    assert_eq!(status(Some(town.tokens.of(Role::Clerk))).trim_end(), "HTTP/1.1 413 Payload Too Large");
    assert_eq!(status(None).trim_end(), "HTTP/1.1 401 Unauthorized");
}

#[test]
fn a_wrong_cpr_number_is_refused_and_a_complete_one_is_found() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let ask = async |cpr: &str| {
            let body = json!({
                "kind": "cpr", "query": cpr, "purpose": { "kind": "ticket" },
                "session": "018cc251-f400-7000-8000-000000000002",
            });
            clerk.send(Method::POST, paths::SEARCH, &[], &body).await
        };
        for wrong in ["12", "721190-12345", "72119O-1234", "910290-1234"] {
            ask(wrong).await.refused_field(ProblemKind::Invalid, "/query");
        }
        let id = town.showcase().await;
        let reveal = json!({ "field": "cpr", "purpose": { "kind": "ticket", "note": "K 047" } });
        let cpr = clerk.send(Method::POST, &paths::reveal(id), &[], &reveal).await.fine()["value"]
            .as_str()
            .unwrap()
            .to_owned();
        for form in [cpr.clone(), cpr.replace('-', "")] {
            let found = ask(&form).await.fine();
            assert_eq!(found["hits"].as_array().unwrap().len(), 1);
            assert_eq!(found["hits"][0]["citizen"], json!(id));
        }
    });
}

#[test]
fn nobody_is_opened_without_saying_why() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let (id, case) = (town.showcase().await, town.registration().await);
        let of_citizen = |path: &str| format!("{path}?citizen={id}");
        let opened = [
            paths::citizen(id),
            paths::overview(id),
            paths::case(case),
            of_citizen(paths::CONTACTS),
            of_citizen(paths::APPOINTMENTS),
        ];
        for path in &opened {
            clerk.get(path).await.refused(ProblemKind::PurposeRequired);
            clerk.get_with(path, &[("skranke-purpose", "curiosity")]).await.refused(ProblemKind::PurposeRequired);
            clerk.get_with(path, &[("skranke-purpose", "other")]).await.refused(ProblemKind::PurposeRequired);
            let too_long = "x".repeat(201);
            let headers = [("skranke-purpose", "other"), ("skranke-purpose-note", too_long.as_str())];
            clerk.get_with(path, &headers).await.refused(ProblemKind::PurposeRequired);
            let reason = [("skranke-purpose", "other"), ("skranke-purpose-note", "leder%20efter%20en%20v%C3%A6rge")];
            let said = clerk.get_with(path, &reason).await;
            if *path == paths::overview(id) {
                // It reads over all departments: that takes a legal basis too.
                said.refused(ProblemKind::NeedToKnow);
                clerk.get_with(path, &[reason[0], reason[1], ("skranke-legal-basis", "consent")]).await.fine();
            } else {
                said.fine();
            }
        }
        let body = json!({ "field": "cpr", "purpose": { "kind": "other" } });
        clerk.send(Method::POST, &paths::reveal(id), &[], &body).await.refused(ProblemKind::PurposeRequired);
    });
}

#[test]
fn what_does_not_exist_is_not_found() {
    let town = Town::quiet();
    town.run(async {
        let clerk = town.raw(Role::Clerk);
        let (nobody, nothing) = (CitizenId::new(), CaseId::new());
        for path in [paths::citizen(nobody), paths::overview(nobody), paths::case(nothing)] {
            clerk.open(&path).await.refused(ProblemKind::NotFound);
        }
        clerk.get("/v1/procedures/weather-permit").await.refused(ProblemKind::NotFound);
        clerk.get(&format!("/v1/appointments/{}", CaseId::new())).await.refused(ProblemKind::NotFound);
        clerk.get("/v1/slots?counter=counter-99&minutes=30").await.refused_field(ProblemKind::Invalid, "?counter");
        // A list does not tell somebody who does not exist from somebody without cases.
        let none = clerk.open(&format!("/v1/cases?citizen={nobody}")).await.fine();
        assert_eq!(none["items"], json!([]));
    });
}

#[test]
fn a_change_without_its_number_or_the_version_it_saw_changes_nothing() {
    let town = Town::quiet();
    town.run(async {
        let (clerk, api) = (town.raw(Role::Clerk), town.api(Role::Clerk));
        let case = town.registration().await;
        let view = open(&api, case).await.value;
        let item = approvable(&view);
        let path = paths::checklist_item(case, &item.id);
        let before = standing(&api, case, item).await;
        let body = serde_json::to_value(judgement(ItemAction::Approve)).unwrap();
        let (key, seen) = (CommandId::new().to_string(), item.etag.quoted());
        let patch = async |headers: &[(&str, &str)]| clerk.send(Method::PATCH, &path, headers, &body).await;

        patch(&[("if-match", &seen)]).await.refused(ProblemKind::KeyMissing);
        patch(&[("if-match", &seen), ("idempotency-key", "")]).await.refused(ProblemKind::KeyMissing);
        let not_ours = "0190c251-f400-4000-8000-000000000001";
        for wrong in ["7", not_ours, "018cc251f40070008000000000000001"] {
            patch(&[("if-match", &seen), ("idempotency-key", wrong)])
                .await
                .refused_field(ProblemKind::Malformed, "header:idempotency-key");
        }
        patch(&[("idempotency-key", &key)]).await.refused(ProblemKind::PreconditionRequired);
        patch(&[("idempotency-key", &key), ("if-match", "*")]).await.refused(ProblemKind::PreconditionRequired);
        patch(&[("idempotency-key", &key), ("if-match", "W/\"v1\"")])
            .await
            .refused_field(ProblemKind::Malformed, "header:if-match");
        let stale = patch(&[("idempotency-key", &key), ("if-match", "\"v9000\"")]).await;
        let problem = stale.refused(ProblemKind::Stale);
        assert_eq!(problem.current.unwrap()["id"], json!(item.id), "what stands now comes along");
        assert_eq!(stale.header("etag"), Some(seen.as_str()));

        let headers = [("idempotency-key", key.as_str()), ("if-match", seen.as_str())];
        let reject = json!({ "action": "reject" });
        clerk.send(Method::PATCH, &path, &headers, &reject).await.refused_field(ProblemKind::Invalid, "/reason");
        let long = json!({ "action": "reject", "reason": "x".repeat(501) });
        clerk.send(Method::PATCH, &path, &headers, &long).await.refused_field(ProblemKind::Invalid, "/reason");
        let shred = json!({ "action": "shred" });
        clerk.send(Method::PATCH, &path, &headers, &shred).await.refused_field(ProblemKind::Invalid, "/action");
        let elsewhere = "/v1/cases/018cc251-f400-7000-8000-000000000009/checklist/employment";
        clerk.send(Method::PATCH, elsewhere, &headers, &body).await.refused(ProblemKind::NotFound);
        let host = town.raw(Role::Host);
        host.send(Method::PATCH, &path, &headers, &body).await.refused(ProblemKind::Forbidden);

        assert_eq!(standing(&api, case, item).await, before);
        let log = town
            .api(Role::TeamLeader)
            .audit(&AuditQuery { limit: Some(200), ..AuditQuery::default() }, None)
            .await
            .unwrap();
        let done = |record: &&skranke::api::audit::AuditRecord| {
            record.action == AuditAction::ChangeItem && record.outcome == skranke::api::audit::AuditOutcome::Done
        };
        assert_eq!(log.items.iter().filter(done).count(), 0);
        // The number was not used up by the refusals: the change can still be made with it.
        patch(&headers).await.fine();
    });
}

#[test]
fn a_judgement_that_makes_no_sense_is_refused_with_the_state_untouched() {
    let town = Town::quiet();
    town.run(async {
        let api = town.api(Role::Clerk);
        let case = town.registration().await;
        let view = open(&api, case).await.value;
        let item = approvable(&view);
        let change = async |action| {
            let (_, seen) = standing(&api, case, item).await;
            api.change_item(CommandId::new(), case, &item.id, &seen, &judgement(action)).await
        };
        change(ItemAction::Approve).await.unwrap();
        for refused in [ItemAction::Approve, ItemAction::Request, ItemAction::NotApplicable] {
            let before = standing(&api, case, item).await;
            let error = change(refused).await.unwrap_err();
            assert_eq!(error.kind(), Some(ProblemKind::Transition), "{refused:?}");
            assert_eq!(standing(&api, case, item).await, before);
        }
    });
}

#[test]
fn a_guest_reads_the_guide_and_nothing_else() {
    let town = Town::quiet();
    town.run(async {
        let guest = town.raw(Role::Guest);
        for path in
            [paths::ME, paths::DEPARTMENTS, paths::LIFE_SITUATIONS, paths::PROCEDURES, paths::TASKS, paths::SITES]
        {
            guest.get(path).await.fine();
        }
        let id = town.showcase().await;
        for path in [paths::citizen(id), paths::overview(id), paths::CASES.to_owned(), paths::EVENTS.to_owned()] {
            guest.open(&path).await.refused(ProblemKind::Forbidden);
        }
        let tasks = guest.get(paths::TASKS).await.fine();
        assert_eq!(tasks["items"].as_array().unwrap().len(), 138);
    });
}
