//! Registering a contact at wrap-up.

use super::*;

fn contact(citizen: &str, change: Value) -> Value {
    let mut body = json!({
        "id": Uuid::now_v7(), "citizen": citizen, "channel": "counter", "subjects": ["passport", "move-domestic"],
        "situation": "moving", "outcome": "settled", "forWhom": "own", "verified": "document", "text": " Fik nyt pas ",
        "began": "2026-06-09T08:00:00Z", "ended": "2026-06-09T08:05:10Z"
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn register(office: &Office, role: Role, body: &Value) -> Reply {
    office.ask(Method::POST, "/v1/contacts").role(role).key(Uuid::now_v7()).json(body).send().await
}

async fn contacts(office: &Office, citizen: &str, role: Role) -> Vec<Value> {
    let page = office.look(&format!("/v1/contacts?citizen={citizen}&limit=100")).role(role).send().await.json();
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_wrap_up_is_on_the_timeline_with_its_subjects_and_whole_minutes() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let body = contact(&kalina, json!({}));
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::POST, "/v1/contacts").key(key).json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!(first.status, 201, "{first:?}");
    assert_eq!(first.json(), second.json());
    assert_eq!(first.header("etag"), "\"v1\"");
    let made = first.json();
    assert_eq!((&made["minutes"], &made["by"]), (&json!(6), &json!("Ida Mellemgaard")));
    assert_eq!(made["text"], json!({ "da": "Fik nyt pas", "en": "Fik nyt pas" }));
    assert_eq!((&made["forWhom"], &made["verified"]), (&json!("own"), &json!("document")));
    assert_eq!(made["subjects"], json!(["passport", "move-domestic"]));
    let all = contacts(&office, &kalina, Role::Clerk).await;
    assert!(all.contains(&made), "{all:?}");
    assert_eq!(all.iter().filter(|c| c["id"] == made["id"]).count(), 1);
    assert_eq!(register(&office, Role::Clerk, &body).await.kind(), "already-exists");
    let log = office.get(&format!("/v1/audit?citizen={kalina}")).role(Role::TeamLeader).send().await.json();
    assert!(log["items"].as_array().unwrap().iter().any(|r| r["action"] == "register_contact"));
}

#[tokio::test]
async fn a_contact_that_cannot_be_is_refused_by_its_field() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let before = contacts(&office, &kalina, Role::TeamLeader).await.len();
    let many: Vec<String> = (0..13).map(|n| format!("p-{n}")).collect();
    let social = office.case_of_kalina("social-support").await["id"].clone();
    for (change, pointer) in [
        (json!({ "id": Uuid::nil() }), "/id"),
        (json!({ "text": "å".repeat(501) }), "/text"),
        (json!({ "citizen": Uuid::now_v7() }), "/citizen"),
        (json!({ "case": Uuid::now_v7() }), "/case"),
        (json!({ "case": social }), "/case"),
        (json!({ "subjects": ["no-such-procedure"] }), "/subjects/0"),
        (json!({ "subjects": ["passport", "passport"] }), "/subjects/1"),
        (json!({ "subjects": ["passport", "social-support"] }), "/subjects/1"),
        (json!({ "subjects": many }), "/subjects"),
        (json!({ "situation": "no-such-situation" }), "/situation"),
        (json!({ "ended": "2026-06-09T07:59:59Z" }), "/ended"),
        (json!({ "began": "2026-06-08T20:00:00Z" }), "/ended"),
        (json!({ "ended": "2026-06-09T08:30:00Z" }), "/ended"),
        (json!({ "channel": "pigeon" }), "/channel"),
    ] {
        let reply = register(&office, Role::Clerk, &contact(&kalina, change.clone())).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    for role in [Role::Host, Role::Guest] {
        assert_eq!(register(&office, role, &contact(&kalina, json!({}))).await.kind(), "forbidden");
    }
    assert_eq!(contacts(&office, &kalina, Role::TeamLeader).await.len(), before);
}

#[tokio::test]
async fn a_withheld_subject_is_refused_in_the_same_words_whether_there_is_a_case_or_not() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let found = office.search(Role::Clerk, "name", "signe aabo lindeskov").await;
    let signe = found["hits"][0]["citizen"].as_str().unwrap().to_owned();
    let change = json!({ "subjects": ["social-support"] });
    let with = register(&office, Role::Clerk, &contact(&kalina, change.clone())).await;
    let without = register(&office, Role::Clerk, &contact(&signe, change)).await;
    assert_eq!((with.kind(), &with.body), (without.kind(), &without.body));
}

#[tokio::test]
async fn a_contact_about_social_services_alone_is_not_there_for_a_clerk() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let before = contacts(&office, &kalina, Role::Clerk).await.len();
    let alone = contact(&kalina, json!({ "subjects": ["social-support"], "text": "Om støtte" }));
    let mixed = contact(&kalina, json!({ "subjects": ["passport", "social-support"], "text": "Om pas" }));
    for body in [&alone, &mixed] {
        assert_eq!(register(&office, Role::Caseworker, body).await.status, 201);
    }
    assert_eq!(
        contacts(&office, &kalina, Role::TeamLeader).await.iter().filter(|c| c["subjects"] != json!([])).count(),
        2
    );
    let seen = contacts(&office, &kalina, Role::Clerk).await;
    assert_eq!(seen.len(), before + 1);
    let about = seen.iter().find(|c| c["id"] == mixed["id"]).unwrap();
    assert_eq!(about["subjects"], json!(["passport"]), "what is withheld leaves no trace in what is shown");
    assert!(!Value::from(seen.clone()).to_string().contains("social-support"));
    // The same in pages: none of them is short of a contact because of it.
    let page = office.look(&format!("/v1/contacts?citizen={kalina}&limit=1")).send().await.json();
    assert!(page["nextCursor"].is_string());
}
