//! Breaking the glass: what it opens, to whom, for how long, what stays shut, and its review.

use super::need::{blob, one, set};
use super::stream::Listener;
use super::*;
use crate::auth::persona_id;

fn request() -> Value {
    json!({
        "id": Uuid::now_v7(), "department": "sof", "basis": "vital_interest",
        "reason": "Hun er bange for at gå hjem, og der skal findes et sted i nat."
    })
}

async fn breaks(office: &Office, role: Role, citizen: &str, body: &Value) -> Reply {
    let path = format!("/v1/citizens/{citizen}/break-glass");
    office.ask(Method::POST, &path).role(role).key(Uuid::now_v7()).json(body).send().await
}

async fn review(office: &Office, role: Role, glass: &Value, etag: &Value, body: &Value) -> Reply {
    let path = format!("/v1/break-glass/{}", glass.as_str().unwrap());
    office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(etag).json(body).send().await
}

/// What a clerk is shown of somebody's social case.
async fn shown(office: &Office, role: Role, citizen: &str, case: &str) -> Vec<bool> {
    let mut all = Vec::new();
    for path in [
        format!("/v1/citizens/{citizen}/overview"),
        format!("/v1/citizens/{citizen}/missing"),
        format!("/v1/cases?citizen={citizen}"),
        format!("/v1/cases/{case}"),
        format!("/v1/contacts?citizen={citizen}"),
    ] {
        let reply = office.look(&path).role(role).send().await;
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        all.push([case, "social-support", "Dorthe Skærbæk"].iter().any(|trace| text.contains(trace)));
    }
    all
}

#[tokio::test]
async fn a_broken_glass_opens_one_department_of_one_citizen_to_one_person_for_an_hour() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await;
    let (case, number) = (social["id"].as_str().unwrap(), social["number"].as_str().unwrap());
    assert!(shown(&office, Role::Clerk, &kalina, case).await.iter().all(|seen| !seen));

    let body = request();
    let broken = breaks(&office, Role::Clerk, &kalina, &body).await;
    assert_eq!(broken.status, 201, "{broken:?}");
    let view = broken.json();
    assert!(view["until"].as_str().unwrap().starts_with("2026-06-09T09:06:00"), "an hour: {view}");
    assert_eq!((&view["looks"], &view["review"]), (&json!(0), &Value::Null));
    assert_eq!(broken.header("location"), format!("/v1/break-glass/{}", body["id"].as_str().unwrap()));
    let open = shown(&office, Role::Clerk, &kalina, case).await;
    assert!(open.iter().all(|seen| *seen), "{open:?}");
    let opened = office.look(&format!("/v1/cases/{case}")).send().await.json();
    assert!(opened["may"].as_object().unwrap().values().all(|may| may == false), "reading, and nothing else");

    // Everything that is not about her stays shut: search by number, the board, the lists.
    assert_eq!(office.search(Role::Clerk, "case_number", number).await["hits"], json!([]));
    for path in ["/v1/board", "/v1/board/cases?limit=200", "/v1/cases?limit=200", "/v1/cases?department=sof"] {
        let text = String::from_utf8_lossy(&office.get(path).send().await.body).into_owned();
        assert!(!text.contains(case) && !text.contains("social-support"), "{path}");
    }
    let change = office.ask(Method::PATCH, &format!("/v1/cases/{case}/checklist/consent")).key(Uuid::now_v7());
    assert_eq!(change.seen(&json!("v1")).json(&json!({ "action": "approve" })).send().await.kind(), "not-found");

    // Nobody else sees more, and she not of anybody else.
    let taken = json!({ "role": "clerk" });
    let mette = office.ask(Method::POST, "/v1/me/role").role(Role::Caseworker).key(Uuid::now_v7()).json(&taken);
    assert_eq!(mette.send().await.status, 200);
    assert!(shown(&office, Role::Caseworker, &kalina, case).await.iter().all(|seen| !seen));

    // The log has the glass with each look; the leader reads how many there were.
    let glasses = office.get("/v1/break-glass").role(Role::TeamLeader).send().await.json();
    assert_eq!(glasses["items"][0]["looks"], 6, "{glasses}");
    assert_eq!(glasses["items"][0]["staffName"], "Ida Mellemgaard");

    office.service.move_clock("2026-06-09T09:06:01Z".parse().unwrap());
    assert!(shown(&office, Role::Clerk, &kalina, case).await.iter().all(|seen| !seen), "the hour is over");
}

#[tokio::test]
async fn whether_there_is_anything_behind_the_glass_nobody_learns_by_breaking_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let without = one(&office, "SELECT id FROM citizen c WHERE NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no AND f.department = 'sof') ORDER BY no DESC LIMIT 1").await;
    let keys = |reply: &Reply| reply.json().as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (with, without) = (
        breaks(&office, Role::Clerk, &kalina, &request()).await,
        breaks(&office, Role::Clerk, &without, &request()).await,
    );
    assert_eq!((with.status, keys(&with)), (without.status, keys(&without)));
}

#[tokio::test]
async fn a_glass_takes_a_reason_a_basis_and_a_department_that_is_shut() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let with = |field: &str, value: Value| {
        let mut body = request();
        body[field] = value;
        body
    };
    for (body, pointer) in [
        (with("reason", json!("haster")), "/reason"),
        (with("reason", json!("x".repeat(501))), "/reason"),
        (with("basis", json!("curiosity")), "/basis"),
        (with("department", json!("kff")), "/department"),
        (with("department", json!("nowhere")), "/department"),
        (with("id", json!(Uuid::nil())), "/id"),
    ] {
        let reply = breaks(&office, Role::Clerk, &kalina, &body).await;
        assert_eq!(
            (reply.kind().as_str(), &reply.json()["errors"][0]["pointer"]),
            ("invalid", &json!(pointer)),
            "{body}"
        );
    }
    assert_eq!(
        breaks(&office, Role::Caseworker, &kalina, &request()).await.kind(),
        "invalid",
        "nothing is kept from her"
    );
    assert_eq!(breaks(&office, Role::Host, &kalina, &request()).await.kind(), "forbidden");
    assert_eq!(breaks(&office, Role::Clerk, &Uuid::now_v7().to_string(), &request()).await.kind(), "not-found");
    let body = request();
    assert_eq!(breaks(&office, Role::Clerk, &kalina, &body).await.status, 201);
    assert_eq!(breaks(&office, Role::Clerk, &kalina, &body).await.kind(), "already-exists");
}

#[tokio::test]
async fn the_leader_reviews_and_nobody_reviews_her_own() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let view = breaks(&office, Role::Clerk, &kalina, &request()).await.json();
    let right = json!({ "finding": "justified" });
    assert_eq!(review(&office, Role::Clerk, &view["id"], &view["etag"], &right).await.kind(), "forbidden");
    let wrong = json!({ "finding": "discussed" });
    let refused = review(&office, Role::TeamLeader, &view["id"], &view["etag"], &wrong).await;
    assert_eq!(refused.json()["errors"][0]["pointer"], "/note");
    assert_eq!(review(&office, Role::TeamLeader, &view["id"], &json!("v9"), &right).await.kind(), "stale");
    let talked = json!({ "finding": "discussed", "note": "Talt igennem; vagten kunne have ringet." });
    let reviewed = review(&office, Role::TeamLeader, &view["id"], &view["etag"], &talked).await.json();
    assert_eq!((&reviewed["review"]["by"], &reviewed["etag"]), (&json!(persona_id(Role::TeamLeader)), &json!("v2")));

    // The leader who served at the counter today and broke a glass leaves the review to another.
    let role = |role: &str| {
        office
            .ask(Method::POST, "/v1/me/role")
            .role(Role::TeamLeader)
            .key(Uuid::now_v7())
            .json(&json!({ "role": role }))
            .send()
    };
    assert_eq!(role("clerk").await.status, 200);
    let own = breaks(&office, Role::TeamLeader, &kalina, &request()).await.json();
    assert_eq!(role("team_leader").await.status, 200);
    assert_eq!(review(&office, Role::TeamLeader, &own["id"], &own["etag"], &right).await.kind(), "forbidden");
    let all = office.get("/v1/break-glass").role(Role::TeamLeader).send().await.json();
    let order: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|glass| &glass["id"]).collect();
    assert_eq!(order, [&own["id"], &view["id"]], "what nobody reviewed comes first");
}

#[tokio::test]
async fn behind_a_broken_glass_she_hears_what_happens_there_and_the_leader_hears_of_the_glass() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    let mut leader = Listener::begin(&office, Role::TeamLeader, None).await;
    clerk.next().await;
    leader.next().await;
    let note = || json!({ "id": Uuid::now_v7(), "text": "Ringet op", "openness": "file" });
    let path = format!("/v1/cases/{}/notes", social["id"].as_str().unwrap());
    let write = async || {
        let written =
            office.ask(Method::POST, &path).role(Role::Caseworker).key(Uuid::now_v7()).json(&note()).send().await;
        assert_eq!(written.status, 201, "{written:?}");
    };
    write().await;
    let plain = async || {
        let note = json!({ "id": Uuid::now_v7(), "kind": "plain", "text": "Ringer igen" });
        let path = format!("/v1/citizens/{kalina}/notes");
        assert_eq!(office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&note).send().await.status, 201);
    };
    plain().await;
    assert_eq!(clerk.next().await.data.unwrap()["caseid"], Value::Null, "what happens there does not exist for her");
    let glass = breaks(&office, Role::Clerk, &kalina, &request()).await.json();
    let heard = clerk.next().await.data.unwrap();
    assert_eq!(heard["type"], "dk.skranke.break-glass.changed");
    assert_eq!(heard["subject"], format!("/v1/break-glass/{}", glass["id"].as_str().unwrap()));
    write().await;
    assert_eq!(clerk.next().await.data.unwrap()["caseid"], social["id"]);
    let kinds = [leader.next().await, leader.next().await, leader.next().await]
        .map(|heard| heard.data.unwrap()["type"].clone());
    assert!(kinds.contains(&json!("dk.skranke.break-glass.changed")), "{kinds:?}");
    // Over: it is as if there never was anything.
    set(&office, format!("UPDATE break_glass SET open_until = 0 WHERE id = {}", blob(glass["id"].as_str().unwrap())))
        .await;
    write().await;
    plain().await;
    assert_eq!(clerk.next().await.data.unwrap()["caseid"], Value::Null);
}
