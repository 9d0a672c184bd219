//! What is missing over all departments, and the one letter that asks for it.

use skranke_domain::DepartmentId;

use super::*;

async fn missing(office: &Office, role: Role, citizen: &str) -> Value {
    let reply = office.look(&format!("/v1/citizens/{citizen}/missing")).role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// Kalina's papers that can be asked for: the first of each case, up to so many.
async fn askable(office: &Office, role: Role, most: usize) -> Vec<Value> {
    let kalina = office.kalina().await;
    let mut found: Vec<Value> = Vec::new();
    for paper in missing(office, role, &kalina).await["papers"].as_array().unwrap() {
        for used in paper["uses"].as_array().unwrap() {
            if used["state"] == "missing" || used["state"] == "rejected" {
                found.push(used.clone());
            }
        }
    }
    found.truncate(most);
    found
}

fn letter(papers: &[Value]) -> Value {
    let items: Vec<Value> =
        papers.iter().map(|p| json!({ "case": p["case"], "item": p["item"], "seen": p["etag"] })).collect();
    json!({
        "id": Uuid::now_v7(), "items": items, "language": "pl", "channel": "digital_post", "deadline": "2026-06-23",
        "text": "Szanowna Pani, prosimy o przesłanie brakujących dokumentów."
    })
}

async fn send(office: &Office, role: Role, citizen: &str, body: &Value) -> Reply {
    let path = format!("/v1/citizens/{citizen}/information-requests");
    office.ask(Method::POST, &path).role(role).key(Uuid::now_v7()).json(body).send().await
}

#[tokio::test]
async fn papers_of_several_departments_are_asked_for_in_one_letter() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let papers = askable(&office, Role::Clerk, 3).await;
    let departments: std::collections::BTreeSet<&str> =
        papers.iter().map(|p| p["department"].as_str().unwrap()).collect();
    assert!(papers.len() >= 2 && departments.len() >= 2, "{papers:?}");
    let body = letter(&papers);
    let path = format!("/v1/citizens/{kalina}/information-requests");
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::POST, &path).key(key).json(&body).send();
    let sent = ask().await;
    assert_eq!(sent.status, 201, "{sent:?}");
    assert_eq!(sent.header("location"), format!("{path}/{}", body["id"].as_str().unwrap()));
    let answer = sent.json();
    assert_eq!(answer["contact"]["text"]["da"], format!("Bad om {} papirer i ét brev", papers.len()));
    assert_eq!(
        (&answer["contact"]["channel"], &answer["contact"]["outcome"]),
        (&json!("digital_post"), &json!("must_send_papers"))
    );
    for paper in &papers {
        let view = office.case(paper["case"].as_str().unwrap()).await;
        let item = view["items"].as_array().unwrap().iter().find(|i| i["id"] == paper["item"]).unwrap();
        assert_eq!((&item["state"], &item["changedBy"]), (&json!("requested"), &json!("Ida Mellemgaard")));
        let line = view["history"].as_array().unwrap().iter().find(|l| l["kind"] == "asked").unwrap();
        assert_eq!((&line["state"], &line["command"]), (&json!("requested"), &json!(key)));
        assert!(answer["cases"].as_array().unwrap().contains(&view["row"]));
    }
    let after = missing(&office, Role::Clerk, &kalina).await;
    let uses: Vec<&Value> =
        after["papers"].as_array().unwrap().iter().flat_map(|p| p["uses"].as_array().unwrap()).collect();
    for paper in &papers {
        let used = uses.iter().find(|u| (&u["case"], &u["item"]) == (&paper["case"], &paper["item"])).unwrap();
        assert_eq!((&used["state"], &used["requested"]), (&json!("requested"), &json!("2026-06-09")));
    }
    let again = ask().await;
    assert_eq!((again.json(), again.header("idempotent-replayed")), (answer, "true"));
    let mut tx = office.service.app().store.begin().await.unwrap();
    crate::store::commands::expire(&mut tx, Timestamp::MAX).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask().await.json(), sent.json());
    assert_eq!(send(&office, Role::Clerk, &kalina, &body).await.kind(), "already-exists");
}

#[tokio::test]
async fn a_letter_about_a_paper_that_somebody_changed_is_not_sent_at_all() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let papers = askable(&office, Role::Clerk, 2).await;
    let mut body = letter(&papers);
    body["items"][1]["seen"] = json!("v99");
    let stale = send(&office, Role::Clerk, &kalina, &body).await;
    assert_eq!((stale.kind().as_str(), &stale.json()["errors"][0]["pointer"]), ("stale", &json!("/items/1/seen")));
    assert_eq!(askable(&office, Role::Clerk, 2).await, papers, "nothing was asked for");
    assert_eq!(send(&office, Role::Clerk, &kalina, &letter(&papers)).await.status, 201);
    let fresh: Vec<Value> = {
        let all = missing(&office, Role::Clerk, &kalina).await;
        let uses = all["papers"].as_array().unwrap().iter().flat_map(|p| p["uses"].as_array().unwrap().clone());
        uses.filter(|u| papers.iter().any(|p| (&u["case"], &u["item"]) == (&p["case"], &p["item"]))).collect()
    };
    let twice = send(&office, Role::Clerk, &kalina, &letter(&fresh)).await;
    assert_eq!(twice.kind(), "not-possible-now", "they are asked for already");
    assert_eq!(twice.json()["errors"].as_array().unwrap().len(), fresh.len());
}

#[tokio::test]
async fn a_letter_that_makes_no_sense_is_refused_by_its_field() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let papers = askable(&office, Role::Clerk, 1).await;
    let own = &papers[0];
    let other = json!({ "case": own["case"], "item": "no-such-paper", "seen": "v1" });
    for (change, pointer) in [
        (json!({ "items": [] }), "/items"),
        (json!({ "text": "  " }), "/text"),
        (json!({ "text": "x".repeat(6001) }), "/text"),
        (json!({ "channel": "phone" }), "/channel"),
        (json!({ "deadline": "2026-06-08" }), "/deadline"),
        (json!({ "deadline": "2028-06-08" }), "/deadline"),
        (json!({ "language": "polski!" }), "/language"),
        (json!({ "id": Uuid::nil() }), "/id"),
        (json!({ "items": [other] }), "/items/0/item"),
    ] {
        let mut body = letter(&papers);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = send(&office, Role::Clerk, &kalina, &body).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    let twice = letter(&[own.clone(), own.clone()]);
    let reply = send(&office, Role::Clerk, &kalina, &twice).await;
    assert_eq!(reply.json()["errors"][0]["pointer"], "/items/1");
    assert_eq!(send(&office, Role::Host, &kalina, &letter(&papers)).await.kind(), "forbidden");
    assert_eq!(send(&office, Role::Clerk, &Uuid::now_v7().to_string(), &letter(&papers)).await.kind(), "not-found");
    let mut tx = office.service.app().store.begin().await.unwrap();
    let exempt =
        "UPDATE citizen SET profile = json_set(profile, '$.exempt_from_digital_post', json('true')) WHERE id = $1";
    sqlx::query(exempt).bind(kalina.parse::<Uuid>().unwrap()).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let reply = send(&office, Role::Clerk, &kalina, &letter(&papers)).await;
    assert_eq!(reply.json()["errors"][0]["pointer"], "/channel", "she would never read it there");
}

/// A paper of hers that the withheld department still waits for, as the team leader sees it.
async fn social(office: &Office, citizen: &str) -> Vec<Value> {
    let path = format!("/v1/citizens/{citizen}/overview?department=sof");
    let overview = office.look(&path).role(Role::TeamLeader).send().await.json();
    let papers = overview["sections"][0]["papers"].as_array().unwrap().clone();
    let asked = |paper: &Value| paper["state"] == "missing" && paper["suppliedBy"] == "citizen";
    papers.into_iter().filter(asked).take(1).collect()
}

#[tokio::test]
async fn papers_of_a_withheld_department_are_neither_missing_nor_asked_for() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = social(&office, &kalina).await;
    assert_eq!(social.len(), 1, "{social:?}");
    let clerks = missing(&office, Role::Clerk, &kalina).await;
    assert!(!clerks.to_string().contains("sof"));
    let mut never = social.clone();
    never[0]["case"] = json!(Uuid::now_v7());
    let gone = send(&office, Role::Clerk, &kalina, &letter(&social)).await;
    let never = send(&office, Role::Clerk, &kalina, &letter(&never)).await;
    assert_eq!((gone.kind(), &gone.body), ("invalid".to_owned(), &never.body));
    // A letter of the team leader's over both: the clerk sees that a letter was sent, and nothing of what else stood in it.
    let mut both = askable(&office, Role::Clerk, 1).await;
    both.extend(social);
    let sent = send(&office, Role::TeamLeader, &kalina, &letter(&both)).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    assert_eq!(sent.json()["contact"]["text"]["da"], "Bad om papirer i ét brev");
    assert_eq!(sent.json()["contact"]["subjects"].as_array().unwrap().len(), 2);
    let contacts = office.look(&format!("/v1/contacts?citizen={kalina}")).send().await.json();
    assert_eq!(contacts["items"][0]["id"], sent.json()["contact"]["id"]);
    assert_eq!(contacts["items"][0]["subjects"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_clerk_hears_nothing_of_a_withheld_departments_letter() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = social(&office, &kalina).await;
    assert_eq!(send(&office, Role::TeamLeader, &kalina, &letter(&social)).await.status, 201);
    let tokens = crate::auth::Doorkeeper::new(&crate::Auth::Training { tokens: office.tokens.clone() });
    let mut conn = office.service.app().store.read().await.unwrap();
    let kept = crate::store::events::after(&mut conn, 0, 100).await.unwrap();
    let heard = |role: Role| {
        let person = tokens.person(office.tokens.of(role)).unwrap();
        kept.iter().filter(|kept| crate::events::hears(person, kept, &[])).count()
    };
    assert_eq!(heard(Role::TeamLeader), 2, "the case, and the contact that records the letter");
    assert_eq!(heard(Role::Clerk), 0);
    drop(conn);
    let contacts = office.look(&format!("/v1/contacts?citizen={kalina}")).send().await;
    assert!(!String::from_utf8_lossy(&contacts.body).contains("Bad om"), "nor does she find it among the contacts");
}

#[tokio::test]
async fn what_is_missing_at_a_department_that_is_down_is_unknown_and_not_nothing() {
    let bif: DepartmentId = "bif".parse().unwrap();
    let office = Office::open_with(|config| Config {
        faults: TrainingFaults { down: [bif.clone()].into(), ..TrainingFaults::none() },
        ..config
    })
    .await;
    let kalina = office.kalina().await;
    assert_eq!(missing(&office, Role::Clerk, &kalina).await["unknown"], json!(["bif"]));
    let alone = |department: &str, role: Role| {
        office.look(&format!("/v1/citizens/{kalina}/overview?department={department}")).role(role).send()
    };
    let section = alone("bif", Role::Clerk).await.json()["sections"].clone();
    assert_eq!((section.as_array().unwrap().len(), &section[0]["outcome"]), (1, &json!("stale")));
    assert_eq!(alone("sof", Role::Clerk).await.json()["sections"][0]["outcome"], "withheld");
    let unknown = alone("nowhere", Role::Clerk).await;
    assert_eq!((unknown.kind().as_str(), &unknown.json()["errors"][0]["pointer"]), ("invalid", &json!("?department")));
    let lines = office
        .look(&format!("/v1/citizens/{kalina}/overview?department=kff"))
        .header("accept", "application/x-ndjson")
        .send()
        .await;
    let lines: Vec<Value> =
        String::from_utf8(lines.body).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert_eq!(lines[0]["departments"], json!(["kff"]));
}

#[tokio::test]
async fn the_last_paper_before_the_visit_unlocks_its_case() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let overview = office.look(&format!("/v1/citizens/{kalina}/overview")).send().await.json();
    let section =
        |id: &str| overview["sections"].as_array().unwrap().iter().find(|s| s["department"] == id).unwrap().clone();
    let kff = section("kff");
    let doctor =
        kff["papers"].as_array().unwrap().iter().find(|p| p["item"] == "doctor-choice" && p["state"] == "requested");
    assert_eq!(doctor.unwrap()["unlocks"], true);
    let siri = section("siri");
    assert!(siri["papers"].as_array().unwrap().iter().all(|p| p["unlocks"] == false), "three are missing there");
    assert!(siri["papers"].as_array().unwrap().iter().any(|p| p["requested"].is_string()));
    let case = kff["cases"].as_array().unwrap().iter().find(|c| c["procedure"] == "move-domestic").unwrap();
    let view = office.case(case["id"].as_str().unwrap()).await;
    assert_eq!((&case["changed"], &case["changedBy"]), (&view["history"][0]["at"], &view["history"][0]["by"]));
}
