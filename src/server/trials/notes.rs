//! Notes and promises, as the clerk meets them.

use super::*;

async fn notes(office: &Office, citizen: &str, role: Role) -> Vec<Value> {
    let reply = office.look(&format!("/v1/citizens/{citizen}/notes")).role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

async fn promises(office: &Office, citizen: &str) -> Vec<Value> {
    let reply = office.look(&format!("/v1/citizens/{citizen}/promises")).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

fn texts(items: &[Value]) -> Vec<&str> {
    items.iter().map(|i| i["text"].as_str().unwrap()).collect()
}

fn note(kind: &str, text: &str, expires: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "kind": kind, "text": text, "expires": expires })
}

/// As if somebody of social services had written it.
async fn by_social_services(office: &Office, table: &'static str, id: &Value) {
    let id: Uuid = id.as_str().unwrap().parse().unwrap();
    let mut tx = office.service.app().store.begin().await.unwrap();
    let sql = format!("UPDATE {table} SET department = 'sof' WHERE id = $1");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_page_of_the_showcase_citizen_shows_a_pinned_note_and_an_overdue_promise_first() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let all = notes(&office, &kalina, Role::Clerk).await;
    assert_eq!(all[0]["text"], crate::training::page::ATTENTION);
    assert_eq!((&all[0]["kind"], &all[0]["by"]), (&json!("attention"), &json!("Mette Brunsgaard")));
    assert!(all[0]["at"].as_str().unwrap().starts_with("2026-06-02"));
    assert_eq!((&all[1]["kind"], &all[1]["expires"]), (&json!("plain"), &json!("2026-06-23")));
    let given = promises(&office, &kalina).await;
    assert_eq!((&given[0]["text"], &given[0]["due"]), (&json!(crate::training::page::OVERDUE), &json!("2026-06-03")));
    assert!(given[1]["due"].as_str().unwrap() > "2026-06-09");
}

#[tokio::test]
async fn what_holds_stands_before_what_has_expired_and_attention_before_plain() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}/notes");
    let write = |body: Value| office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send();
    let made = write(note("attention", "  Skriv stort  ", json!("2026-06-09"))).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!((&made.json()["text"], made.header("etag")), (&json!("Skriv stort"), "\"v1\""));
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("{path}/{id}"));
    write(note("plain", "Ringer hellere end skriver", Value::Null)).await;
    let all = notes(&office, &kalina, Role::Clerk).await;
    let attention = crate::training::page::ATTENTION;
    assert_eq!(texts(&all)[..3], ["Skriv stort", attention, "Ringer hellere end skriver"]);

    // It ends yesterday: from now on it stands last, and its author stays its author.
    let one = format!("{path}/{id}");
    let end = json!({ "kind": "attention", "text": "Skriv stort", "expires": "2026-06-08" });
    let ended =
        office.ask(Method::PATCH, &one).role(Role::TeamLeader).key(Uuid::now_v7()).seen(&json!("v1")).json(&end);
    let ended = ended.send().await;
    assert_eq!((ended.status.as_u16(), &ended.json()["by"]), (200, &json!("Ida Mellemgaard")));
    assert_eq!(texts(&notes(&office, &kalina, Role::Clerk).await).last(), Some(&"Skriv stort"));

    // Whoever saw the older one is shown the newer one and changes nothing.
    let late = json!({ "kind": "plain", "text": "Skriv småt" });
    let stale = office.ask(Method::PATCH, &one).key(Uuid::now_v7()).seen(&json!("v1")).json(&late).send().await;
    assert_eq!((stale.kind().as_str(), &stale.json()["current"]["expires"]), ("stale", &json!("2026-06-08")));
    let words =
        office.ask(Method::PATCH, &one).role(Role::TeamLeader).key(Uuid::now_v7()).seen(&json!("v2")).json(&late);
    assert_eq!(words.send().await.json()["by"], "Karen Ravnkjær", "who changes the words answers for them");
}

#[tokio::test]
async fn a_note_that_is_sent_twice_is_written_once() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}/notes");
    let body = note("plain", "Vil helst ringes op", Value::Null);
    let key = Uuid::now_v7();
    let ask = |key| office.ask(Method::POST, &path).key(key).json(&body).send();
    let (first, second) = (ask(key).await, ask(key).await);
    assert_eq!((first.status, first.json()), (second.status, second.json()));
    assert_eq!(second.header("idempotent-replayed"), "true");
    assert_eq!(ask(Uuid::now_v7()).await.kind(), "already-exists");
    let written = notes(&office, &kalina, Role::Clerk).await;
    assert_eq!(texts(&written).iter().filter(|t| **t == "Vil helst ringes op").count(), 1);
    let log = office.get(&format!("/v1/audit?citizen={kalina}")).role(Role::TeamLeader).send().await.json();
    let wrote = log["items"].as_array().unwrap().iter().filter(|r| r["action"] == "write_note").count();
    assert_eq!(wrote, 1);
    assert!(!log.to_string().contains("ringes op"), "the log does not repeat a note");
}

#[tokio::test]
async fn a_note_or_promise_that_cannot_be_is_refused_by_its_field() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let long = "å".repeat(1001);
    for (list, body, pointer) in [
        ("notes", note("plain", "   ", Value::Null), "/text"),
        ("notes", note("plain", &long, Value::Null), "/text"),
        ("notes", note("plain", "x", json!("2026-06-08")), "/expires"),
        ("notes", json!({ "id": Uuid::nil(), "kind": "plain", "text": "x" }), "/id"),
        ("promises", json!({ "id": Uuid::now_v7(), "text": "", "due": "2026-06-10" }), "/text"),
        ("promises", json!({ "id": Uuid::now_v7(), "text": "x", "due": "2026-06-08" }), "/due"),
    ] {
        let path = format!("/v1/citizens/{kalina}/{list}");
        let reply = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send().await;
        assert_eq!(reply.kind(), "invalid", "{pointer}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer);
    }
    assert_eq!(notes(&office, &kalina, Role::Clerk).await.len(), 2);
    let nobody = format!("/v1/citizens/{}/notes", Uuid::now_v7());
    let body = note("plain", "x", Value::Null);
    assert_eq!(office.ask(Method::POST, &nobody).key(Uuid::now_v7()).json(&body).send().await.kind(), "not-found");
    assert_eq!(office.look(&nobody).send().await.kind(), "not-found");
    for role in [Role::Host, Role::Guest] {
        for list in ["notes", "promises"] {
            let path = format!("/v1/citizens/{kalina}/{list}");
            assert_eq!(office.look(&path).role(role).send().await.kind(), "forbidden");
            let write = office.ask(Method::POST, &path).role(role).key(Uuid::now_v7()).json(&body);
            assert_eq!(write.send().await.kind(), "forbidden");
        }
    }
}

#[tokio::test]
async fn what_social_services_wrote_is_not_there_for_a_clerk() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}/notes");
    let body = note("attention", "Bor på krisecenter", Value::Null);
    let ask = office.ask(Method::POST, &path).role(Role::Caseworker).key(Uuid::now_v7()).json(&body);
    let made = ask.send().await.json();
    by_social_services(&office, "note", &made["id"]).await;
    assert!(texts(&notes(&office, &kalina, Role::TeamLeader).await).contains(&"Bor på krisecenter"));
    assert_eq!(notes(&office, &kalina, Role::Clerk).await.len(), 2);
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let change = json!({ "kind": "plain", "text": "x" });
    let by =
        |role| office.ask(Method::PATCH, &one).role(role).key(Uuid::now_v7()).seen(&json!("v1")).json(&change).send();
    assert_eq!(by(Role::Clerk).await.kind(), "not-found");
    // Somebody else's hand does not show it to more people.
    assert_eq!(by(Role::TeamLeader).await.json()["department"], "sof");
    assert_eq!(notes(&office, &kalina, Role::Clerk).await.len(), 2);
    let same = json!({ "id": made["id"], "kind": "plain", "text": "x" });
    let taken = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&same).send().await;
    assert_eq!(taken.kind(), "already-exists");
}

#[tokio::test]
async fn a_promise_is_kept_withdrawn_with_words_or_opened_again() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let overdue = promises(&office, &kalina).await[0].clone();
    let path = format!("/v1/citizens/{kalina}/promises/{}", overdue["id"].as_str().unwrap());
    let settle = |version: &str, body: Value| {
        office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&json!(version)).json(&body).send()
    };
    assert_eq!(settle("v1", json!({ "state": "open" })).await.kind(), "not-possible-now");
    let wordless = settle("v1", json!({ "state": "withdrawn", "outcome": " " })).await;
    assert_eq!(wordless.json()["errors"][0]["pointer"], "/outcome");
    let kept = settle("v1", json!({ "state": "kept", "outcome": "Talte med hende kl. 10" })).await.json();
    assert_eq!((&kept["state"], &kept["outcome"]), (&json!("kept"), &json!("Talte med hende kl. 10")));
    assert_eq!(promises(&office, &kalina).await.last().unwrap()["id"], overdue["id"], "what is settled stands last");
    assert_eq!(settle("v2", json!({ "state": "withdrawn", "outcome": "Nej" })).await.kind(), "not-possible-now");
    assert_eq!(settle("v1", json!({ "state": "open" })).await.kind(), "stale");
    let open = settle("v2", json!({ "state": "open" })).await.json();
    assert_eq!((&open["state"], &open["outcome"]), (&json!("open"), &Value::Null));
    assert_eq!(promises(&office, &kalina).await[0]["id"], overdue["id"]);
}

#[tokio::test]
async fn a_promise_is_given_and_a_replay_gives_the_same_answer() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let path = format!("/v1/citizens/{kalina}/promises");
    let body = json!({ "id": Uuid::now_v7(), "text": "Vi sender brevet i dag", "due": "2026-06-09" });
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::POST, &path).key(key).json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status.as_u16(), first.json()), (201, second.json()));
    assert_eq!(first.json()["department"], "kff");
    assert_eq!(promises(&office, &kalina).await[1]["text"], "Vi sender brevet i dag", "after what is overdue");
}
