//! Questions to colleagues about a case: an expert, a unit, a mention, handing it back.

use super::casework::{opened, post, reopened, told};
use super::*;
use crate::auth::persona_id;

fn colleague(role: Role) -> Value {
    json!({ "to": "colleague", "id": persona_id(role) })
}

fn question(kind: &str, to: &Value, text: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "kind": kind, "to": to, "text": text })
}

async fn step(office: &Office, role: Role, seen: &Value, body: Value) -> Reply {
    let path = format!("/v1/cases/{}/asks/{}", seen["case"].as_str().unwrap(), seen["id"].as_str().unwrap());
    office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(&seen["etag"]).json(&body).send().await
}

async fn asks(office: &Office, role: Role) -> Vec<Value> {
    let reply = office.get("/v1/asks").role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_expert_is_asked_about_an_item_and_answers() {
    let office = Office::open().await;
    let id = opened(&office, "cpr-eu-employee").await["row"]["id"].clone();
    let mut body = question("expert", &colleague(Role::Caseworker), "  Er kontrakten gyldig? ");
    body["item"] = json!("proof-of-address");
    let sent = post(&office, Role::Clerk, &id, "asks", &body).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let sent = sent.json();
    assert_eq!(
        (&sent["toName"], &sent["state"], &sent["text"]),
        (&json!("Mette Brunsgaard"), &json!("open"), &json!("Er kontrakten gyldig?"))
    );
    assert_eq!(sent["citizenName"], "Kalina Testrup Wrona");
    assert_eq!(asks(&office, Role::Caseworker).await[0], sent);
    assert_eq!(asks(&office, Role::Clerk).await[0], sent);
    assert!(asks(&office, Role::TeamLeader).await.is_empty(), "it is between the two");
    let view = reopened(&office, &id).await;
    assert_eq!(view["asks"][0], sent, "whoever sees the case sees it there");
    let line = told(&view, "asked_colleague");
    assert_eq!((&line["reason"], &line["item"]["en"]), (&json!("Mette Brunsgaard"), &json!("Proof of address")));
    assert_eq!(line["state"], Value::Null);

    assert_eq!(
        step(&office, Role::TeamLeader, &sent, json!({ "state": "answered", "reply": "Ja" })).await.kind(),
        "forbidden"
    );
    assert_eq!(
        step(&office, Role::Clerk, &sent, json!({ "state": "answered", "reply": "Ja" })).await.kind(),
        "forbidden"
    );
    assert_eq!(step(&office, Role::Caseworker, &sent, json!({ "state": "taken_back" })).await.kind(), "forbidden");
    let wordless = step(&office, Role::Caseworker, &sent, json!({ "state": "answered", "reply": " " })).await;
    assert_eq!(wordless.json()["errors"][0]["pointer"], "/reply");
    let answered =
        step(&office, Role::Caseworker, &sent, json!({ "state": "answered", "reply": "Ja, den er" })).await.json();
    assert_eq!(
        (&answered["state"], &answered["reply"], &answered["repliedBy"]),
        (&json!("answered"), &json!("Ja, den er"), &json!("Mette Brunsgaard"))
    );
    let late = step(&office, Role::Clerk, &sent, json!({ "state": "taken_back" })).await;
    assert_eq!((late.kind().as_str(), &late.json()["current"]["state"]), ("stale", &json!("answered")));
    assert_eq!(
        step(&office, Role::Clerk, &answered, json!({ "state": "taken_back" })).await.kind(),
        "not-possible-now"
    );
    let view = reopened(&office, &id).await;
    assert_eq!(told(&view, "colleague_answered")["by"], "Mette Brunsgaard");
    let mut conn = office.service.app().store.read().await.unwrap();
    let sql = "SELECT COUNT(*) FROM event WHERE kind = 'dk.skranke.ask.changed' AND audience LIKE '%' || $1 || '%'";
    let mette = persona_id(Role::Caseworker).to_string();
    let (heard,) = sqlx::query_as::<_, (i64,)>(sql).bind(mette).fetch_one(&mut *conn).await.unwrap();
    assert_eq!(heard, 2, "she hears that she is asked, and that her answer is there");
}

#[tokio::test]
async fn a_unit_shares_a_question_and_open_ones_stand_first() {
    let office = Office::open().await;
    let id = opened(&office, "cpr-eu-employee").await["row"]["id"].clone();
    let kff = json!({ "to": "unit", "department": "kff" });
    let first =
        post(&office, Role::Clerk, &id, "asks", &question("second_eyes", &kff, "Ser I det samme?")).await.json();
    let second =
        post(&office, Role::Clerk, &id, "asks", &question("mention", &colleague(Role::TeamLeader), "Til orientering"))
            .await
            .json();
    assert_eq!(first["toName"], "Kultur- og Fritidsforvaltningen");
    let ids = |list: Vec<Value>| list.into_iter().map(|ask| ask["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(asks(&office, Role::TeamLeader).await), [second["id"].clone(), first["id"].clone()]);
    assert_eq!(ids(asks(&office, Role::Caseworker).await), [first["id"].clone()]);
    // A mention needs no words.
    assert_eq!(
        step(&office, Role::TeamLeader, &second, json!({ "state": "answered" })).await.json()["state"],
        "answered"
    );
    assert_eq!(ids(asks(&office, Role::TeamLeader).await), [first["id"].clone(), second["id"].clone()]);
    assert_eq!(
        step(&office, Role::Clerk, &first, json!({ "state": "answered", "reply": "Ja" })).await.kind(),
        "forbidden"
    );
    let taken = step(&office, Role::Clerk, &first, json!({ "state": "taken_back" })).await.json();
    assert_eq!((&taken["state"], &taken["repliedBy"]), (&json!("taken_back"), &Value::Null));
}

#[tokio::test]
async fn a_case_that_is_handed_back_has_her_who_had_it_as_responsible_again() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let id = view["row"]["id"].clone();
    let unit = question("hand_back", &json!({ "to": "unit", "department": "kff" }), "Tilbage til jer");
    assert_eq!(post(&office, Role::Clerk, &id, "asks", &unit).await.json()["errors"][0]["pointer"], "/to");
    let back = question("hand_back", &colleague(Role::TeamLeader), "Tilbage til dig");
    assert_eq!(post(&office, Role::Clerk, &id, "asks", &back).await.status, 201);
    let now = reopened(&office, &id).await;
    assert_eq!(now["row"]["responsible"], "Karen Ravnkjær");
    assert_ne!(now["versions"]["responsible"], view["versions"]["responsible"]);
    assert_eq!(
        (&now["versions"]["course"], &now["versions"]["facts"]),
        (&view["versions"]["course"], &view["versions"]["facts"])
    );
    assert_eq!(told(&now, "assigned")["reason"], "Karen Ravnkjær");
}

#[tokio::test]
async fn a_question_that_cannot_be_is_refused_by_its_field() {
    let office = Office::open().await;
    let id = opened(&office, "cpr-eu-employee").await["row"]["id"].clone();
    let social = opened(&office, "social-support").await["row"]["id"].clone();
    let mut unknown_item = question("expert", &colleague(Role::Caseworker), "?");
    unknown_item["item"] = json!("no-such-paper");
    for (body, pointer) in [
        (question("expert", &colleague(Role::Caseworker), "  "), "/text"),
        (question("expert", &colleague(Role::Caseworker), &"å".repeat(1001)), "/text"),
        (question("expert", &colleague(Role::Clerk), "?"), "/to/id"),
        (question("expert", &colleague(Role::Host), "?"), "/to/id"),
        (question("expert", &json!({ "to": "colleague", "id": Uuid::now_v7() }), "?"), "/to/id"),
        (question("expert", &json!({ "to": "unit", "department": "nowhere" }), "?"), "/to/department"),
        (unknown_item, "/item"),
    ] {
        let reply = post(&office, Role::Clerk, &id, "asks", &body).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{body}");
    }
    let to_a_clerk = question("expert", &colleague(Role::Clerk), "?");
    let reply = post(&office, Role::Caseworker, &social, "asks", &to_a_clerk).await;
    assert_eq!(reply.json()["errors"][0]["code"], "role", "she does not see social cases");
    assert_eq!(post(&office, Role::Clerk, &social, "asks", &to_a_clerk).await.kind(), "not-found");
    // The whole unit is asked: those of it who do not see such cases hear nothing.
    let kff = question("expert", &json!({ "to": "unit", "department": "kff" }), "Hvem kender hende?");
    assert_eq!(post(&office, Role::Caseworker, &social, "asks", &kff).await.status, 201);
    assert!(asks(&office, Role::Clerk).await.is_empty());
    assert_eq!(asks(&office, Role::TeamLeader).await.len(), 1);
}
