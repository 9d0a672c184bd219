//! Finding citizens through the router: combinations, tolerance, mail. What does not live here: how words are compared (`store::search`).

use super::*;

impl Office {
    async fn find(&self, role: Role, differs: Value) -> Value {
        let mut body =
            json!({ "kind": "name", "query": "wrona", "purpose": { "kind": "call" }, "session": Uuid::now_v7() });
        for (key, value) in differs.as_object().unwrap() {
            body[key] = value.clone();
        }
        let reply = self.ask(Method::POST, "/v1/citizens/search").role(role).json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["hits"].clone()
    }
}

fn citizens(hits: &Value) -> Vec<&str> {
    hits.as_array().unwrap().iter().map(|hit| hit["citizen"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn search_by_name_and_birth_date_leaves_out_who_was_born_on_another_day() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let found = office.find(Role::Clerk, json!({ "born": "1990-11-12" })).await;
    assert_eq!(citizens(&found)[0], kalina);
    let all = office.find(Role::Clerk, json!({ "limit": 20 })).await;
    assert!(citizens(&found).len() < citizens(&all).len());
    assert!(found.as_array().unwrap().iter().all(|hit| hit["cprMasked"].as_str().unwrap().starts_with("721190-")));
    assert_eq!(office.find(Role::Clerk, json!({ "born": "1990-11-13" })).await, json!([]));
    let wrong = json!({ "kind": "name", "query": "wrona", "born": "1990-13-12", "purpose": { "kind": "call" }, "session": Uuid::now_v7() });
    let refused = office.ask(Method::POST, "/v1/citizens/search").json(&wrong).send().await;
    assert!(refused.status.is_client_error() && !String::from_utf8_lossy(&refused.body).contains("1990"));
}

#[tokio::test]
async fn search_with_a_mistake_says_that_the_spelling_is_only_similar() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let found = office.find(Role::Clerk, json!({ "query": "kalinna wrnoa" })).await;
    assert_eq!(found[0]["citizen"], kalina);
    assert_eq!(found[0]["near"], true);
    let exact = office.find(Role::Clerk, json!({ "query": "kalina testrup" })).await;
    assert_eq!((&exact[0]["citizen"], &exact[0]["near"]), (&json!(kalina), &json!(false)));
}

#[tokio::test]
async fn search_by_mail_finds_her_and_the_log_holds_no_word_of_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let found = office.find(Role::Clerk, json!({ "kind": "email", "query": "Kalina.Wrona." })).await;
    assert!(citizens(&found).contains(&kalina.as_str()), "{found}");
    let log = office.get("/v1/audit").role(Role::TeamLeader).send().await;
    let text = String::from_utf8_lossy(&log.body).to_lowercase();
    assert!(text.contains("\"search\"") && !text.contains("kalina.wrona"));
}
