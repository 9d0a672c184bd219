//! Who she is today: the role of the day, and who may what until when.

use super::stream::Listener;
use super::*;
use crate::auth::persona_id;

fn take(role: &str) -> Value {
    json!({ "role": role })
}

async fn takes(office: &Office, who: Role, role: &str, key: Uuid) -> Reply {
    office.ask(Method::POST, "/v1/me/role").role(who).key(key).json(&take(role)).send().await
}

async fn me(office: &Office, who: Role) -> Value {
    office.get("/v1/me").role(who).send().await.json()
}

#[tokio::test]
async fn the_caseworker_who_takes_the_counter_sees_what_the_counter_sees_until_the_day_ends() {
    let office = Office::open().await;
    let social = office.case_of_kalina("social-support").await;
    let path = format!("/v1/cases/{}", social["id"].as_str().unwrap());
    assert_eq!(me(&office, Role::Caseworker).await["roles"], json!(["caseworker", "clerk"]));
    assert_eq!(office.look(&path).role(Role::Caseworker).send().await.status, 200);

    let key = Uuid::now_v7();
    let taken = takes(&office, Role::Caseworker, "clerk", key).await;
    assert_eq!((taken.status, &taken.json()["role"]), (StatusCode::OK, &json!("clerk")));
    assert_eq!(takes(&office, Role::Caseworker, "clerk", key).await.header("idempotent-replayed"), "true");
    assert_eq!(me(&office, Role::Caseworker).await["role"], "clerk");
    assert_eq!(office.look(&path).role(Role::Caseworker).send().await.kind(), "not-found");

    office.service.move_clock("2026-06-10T06:00:00Z".parse().unwrap());
    assert_eq!(me(&office, Role::Caseworker).await["role"], "caseworker", "the role was for the day");
    assert_eq!(office.look(&path).role(Role::Caseworker).send().await.status, 200);
}

#[tokio::test]
async fn a_role_that_is_not_hers_is_refused_and_the_attempt_is_logged() {
    let office = Office::open().await;
    for (who, role) in [(Role::Clerk, "team_leader"), (Role::Host, "clerk"), (Role::Guest, "clerk")] {
        assert_eq!(takes(&office, who, role, Uuid::now_v7()).await.kind(), "forbidden");
        assert_ne!(me(&office, who).await["role"], role);
    }
    let log = office.get("/v1/audit?limit=3").role(Role::TeamLeader).send().await.json();
    let refused = |record: &&Value| record["action"] == "take_role" && record["outcome"] == "refused";
    assert_eq!(log["items"].as_array().unwrap().iter().filter(refused).count(), 3, "{log}");
}

#[tokio::test]
async fn she_hears_that_her_role_changed_and_comes_back_with_the_new_sight() {
    let office = Office::open().await;
    let mut stream = Listener::begin(&office, Role::Caseworker, None).await;
    let mut other = Listener::begin(&office, Role::TeamLeader, None).await;
    stream.next().await;
    other.next().await;
    assert_eq!(takes(&office, Role::Caseworker, "clerk", Uuid::now_v7()).await.status, 200);
    let heard = stream.next().await.data.unwrap();
    assert_eq!(heard["type"], "dk.skranke.session.rights-changed");
    assert!(stream.is_over().await, "the stream with the old sight is over");

    // A note that a social worker's case makes is heard by the leader, and what the leader hears first is not about Mette's role.
    let kalina = office.kalina().await;
    let note = json!({ "id": Uuid::now_v7(), "kind": "plain", "text": "Ringer igen i morgen" });
    let path = format!("/v1/citizens/{kalina}/notes");
    assert_eq!(office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&note).send().await.status, 201);
    assert_eq!(other.next().await.data.unwrap()["type"], "dk.skranke.citizen.changed");
}

#[tokio::test]
async fn the_leader_sees_who_may_what_and_what_ends_soonest_first() {
    let office = Office::open().await;
    let all = office.get("/v1/rights").role(Role::TeamLeader).send().await.json();
    let all = all["items"].as_array().unwrap();
    let first = &all[0];
    assert_eq!((&first["name"], &first["staff"]), (&json!("Ida Mellemgaard"), &json!(persona_id(Role::Clerk))));
    let of = |slug: &str| first["authorities"].as_array().unwrap().iter().find(|a| a["department"] == slug).unwrap();
    assert_eq!(of("siri")["until"], "2026-06-30");
    assert_eq!(of("tmf")["procedures"].as_array().unwrap().len(), 2);
    let ends: Vec<Option<&str>> = all
        .iter()
        .map(|one| one["authorities"].as_array().unwrap().iter().filter_map(|a| a["until"].as_str()).min())
        .collect();
    let (with, without): (Vec<_>, Vec<_>) = ends.iter().partition(|end| end.is_some());
    assert!(with.is_sorted() && with.len() > 3 && !without.is_empty(), "{ends:?}");
    assert_eq!(ends[..with.len()], with[..], "who has no end comes last");
    assert_eq!(office.get("/v1/rights").send().await.kind(), "forbidden");

    assert_eq!(takes(&office, Role::Caseworker, "clerk", Uuid::now_v7()).await.status, 200);
    let again = office.get("/v1/rights").role(Role::TeamLeader).send().await.json();
    let mette = again["items"].as_array().unwrap().iter().find(|one| one["name"] == "Mette Brunsgaard").unwrap();
    assert_eq!(mette["role"], "clerk", "the role of the day");
}

#[tokio::test]
async fn an_authority_that_ended_opens_no_case_any_more() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = json!({ "id": Uuid::now_v7(), "citizen": kalina, "procedure": "eu-residence-certificate" });
    assert_eq!(office.ask(Method::POST, "/v1/cases").key(Uuid::now_v7()).json(&case).send().await.status, 201);
    let may = async || office.case(case["id"].as_str().unwrap()).await["may"].clone();
    assert_eq!(may().await["work"], true);
    office.service.move_clock("2026-06-30T08:00:00Z".parse().unwrap());
    assert_eq!(may().await["work"], true, "the last day belongs to it");
    office.service.move_clock("2026-07-01T08:00:00Z".parse().unwrap());
    assert_eq!(may().await["work"], false);
}
