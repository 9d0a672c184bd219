//! Starting cases: one for a procedure, or several from one reported change.

use super::*;

async fn start(office: &Office, role: Role, body: &Value) -> Reply {
    office.ask(Method::POST, "/v1/cases").role(role).key(Uuid::now_v7()).json(body).send().await
}

fn request(citizen: &str, procedure: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "citizen": citizen, "procedure": procedure })
}

/// A pensioner of 67 without any case.
async fn pensioner(office: &Office) -> String {
    let mut tx = office.service.app().store.begin().await.unwrap();
    let row = sqlx::query(
        "UPDATE citizen SET born = '1959-03-02' WHERE no = (SELECT c.no FROM citizen c WHERE c.status = 'resident' AND c.ground = 'danish'
         AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no) ORDER BY c.no LIMIT 1) RETURNING id",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    sqlx::Row::get::<Uuid, _>(&row, 0).to_string()
}

#[tokio::test]
async fn a_case_is_started_with_the_checklist_that_fits_her() {
    let office = Office::open().await;
    let citizen = pensioner(&office).await;
    let mut body = request(&citizen, "passport");
    body["facts"] = json!({ "passport_stolen": false, "last_passport_shown": true });
    let made = start(&office, Role::Clerk, &body).await;
    assert_eq!(made.status, 201, "{made:?}");
    let view = made.json();
    assert_eq!(made.header("location"), format!("/v1/cases/{}", body["id"].as_str().unwrap()));
    assert_eq!(made.header("etag"), format!("\"{}\"", view["row"]["etag"].as_str().unwrap()));
    assert_eq!((&view["row"]["phase"], &view["facts"]["person.age"]), (&json!("received"), &json!(67)));
    assert_eq!(view["row"]["responsible"], "Ida Mellemgaard", "a case of her own department is hers");
    let number = view["row"]["number"].as_str().unwrap();
    assert!(number.starts_with("KFF-2026-"), "{number}");
    let state = |item: &str| {
        let item = view["items"].as_array().unwrap().iter().find(|i| i["id"] == item).unwrap();
        (item["state"].as_str().unwrap(), item["unknownFacts"].as_array().unwrap().len())
    };
    assert_eq!(state("photo"), ("missing", 0));
    assert_eq!(state("police-receipt"), ("not_applicable", 0));
    assert_eq!(view["history"][0]["kind"], "received");
    assert_eq!(
        (&view["row"]["changedBy"], &view["history"][0]["by"]),
        (&json!("Ida Mellemgaard"), &json!("Ida Mellemgaard"))
    );
    // It is found where cases are found, and the next one goes on counting.
    assert_eq!(office.search(Role::Clerk, "case_number", number).await["hits"][0]["case"]["number"], number);
    let overview = office.look(&format!("/v1/citizens/{citizen}/overview?department=kff")).send().await.json();
    assert_eq!(overview["sections"].as_array().unwrap().len(), 1);
    assert_eq!(overview["sections"][0]["cases"][0]["id"], body["id"]);
    let next = start(&office, Role::Clerk, &request(&citizen, "tax-card")).await.json();
    let count = |number: &Value| number.as_str().unwrap().rsplit('-').next().unwrap().parse::<u32>().unwrap();
    assert_eq!(count(&next["row"]["number"]), count(&view["row"]["number"]) + 1);
    assert_eq!(next["row"]["responsible"], Value::Null, "the tax authority decides whose it is");
    assert_eq!(start(&office, Role::Clerk, &body).await.kind(), "already-exists");
}

#[tokio::test]
async fn a_case_that_is_sent_twice_is_started_once() {
    let office = Office::open().await;
    let citizen = pensioner(&office).await;
    let (body, key) = (request(&citizen, "move-domestic"), Uuid::now_v7());
    let ask = || office.ask(Method::POST, "/v1/cases").key(key).json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.json(), first.header("etag")), (second.json(), second.header("etag")));
    assert_eq!(second.header("idempotent-replayed"), "true");
    let mut tx = office.service.app().store.begin().await.unwrap();
    crate::store::commands::expire(&mut tx, Timestamp::MAX).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask().await.json(), first.json());
    let cases = office.look(&format!("/v1/cases?citizen={citizen}")).send().await.json();
    assert_eq!(cases["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_divorce_leads_from_the_questions_to_started_cases() {
    let office = Office::open().await;
    let citizen = pensioner(&office).await;
    let situations = format!("/v1/citizens/{citizen}/life-situations");
    let open = json!({ "id": Uuid::now_v7(), "kind": "divorce", "since": "2026-06-01", "answers": { "moves": "yes" } });
    assert_eq!(office.ask(Method::POST, &situations).key(Uuid::now_v7()).json(&open).send().await.status, 201);
    let mut ids = Vec::new();
    for (follow, procedure) in [("address", "move-domestic"), ("tax-card", "tax-card")] {
        let mut body = request(&citizen, procedure);
        body["situation"] = open["id"].clone();
        body["follow"] = json!(follow);
        let made = start(&office, Role::Clerk, &body).await;
        assert_eq!(made.json()["situationKind"], "divorce", "{made:?}");
        ids.push((follow, body["id"].clone()));
    }
    let list = office.look(&situations).send().await.json();
    for (follow, id) in &ids {
        let follows = list["situations"][0]["follows"].as_array().unwrap();
        let state = follows.iter().find(|f| f["follow"] == *follow).unwrap();
        assert_eq!((&state["state"], &state["case"], &state["by"]), (&json!("started"), id, &json!("Ida Mellemgaard")));
    }
    // Another procedure than the one that follows, somebody else's situation, a closed one: refused by name.
    let kalina = office.kalina().await;
    let mut wrong = request(&citizen, "passport");
    (wrong["situation"], wrong["follow"]) = (open["id"].clone(), json!("address"));
    let mut foreign = request(&kalina, "move-domestic");
    foreign["situation"] = open["id"].clone();
    let mut loose = request(&citizen, "move-domestic");
    loose["follow"] = json!("address");
    let mut odd = request(&citizen, "move-domestic");
    odd["facts"] = json!({ "colour": true });
    let nobody = request(&Uuid::now_v7().to_string(), "passport");
    let cases = [
        (wrong, "/procedure"),
        (foreign, "/situation"),
        (loose, "/situation"),
        (odd, "/facts/colour"),
        (nobody, "/citizen"),
        (request(&citizen, "no-such-procedure"), "/procedure"),
    ];
    for (body, pointer) in cases {
        let reply = start(&office, Role::Clerk, &body).await;
        assert_eq!((reply.kind().as_str(), &reply.json()["errors"][0]["pointer"]), ("invalid", &json!(pointer)));
    }
    assert_eq!(start(&office, Role::Host, &request(&citizen, "passport")).await.kind(), "forbidden");
}

#[tokio::test]
async fn a_withheld_departments_case_is_not_started_whether_or_not_there_is_one() {
    let office = Office::open().await;
    let (kalina, other) = (office.kalina().await, pensioner(&office).await);
    let with = start(&office, Role::Clerk, &request(&kalina, "social-support")).await;
    let without = start(&office, Role::Clerk, &request(&other, "social-support")).await;
    assert_eq!((with.kind(), &with.body), ("invalid".to_owned(), &without.body));
    assert_eq!(with.json()["errors"][0]["code"], "elsewhere");
    assert_eq!(start(&office, Role::Caseworker, &request(&other, "social-support")).await.status, 201);
    // Her situation that only the withheld department knows is refused like one that is not there.
    let list =
        office.look(&format!("/v1/citizens/{kalina}/life-situations")).role(Role::TeamLeader).send().await.json();
    let hidden = list["situations"].as_array().unwrap().iter().find(|s| s["kind"] == "divorce").unwrap()["id"].clone();
    let mut replies = Vec::new();
    for situation in [hidden, json!(Uuid::now_v7())] {
        let mut body = request(&kalina, "tax-card");
        body["situation"] = situation;
        replies.push(start(&office, Role::Clerk, &body).await.body);
    }
    assert_eq!(replies[0], replies[1]);
}

fn report(procedures: &[&str]) -> Value {
    json!({ "id": Uuid::now_v7(), "change": "income", "from": "2026-07-01", "channel": "phone", "text": "Ny pension fra juli, 14.200 kr. om måneden", "procedures": procedures })
}

#[tokio::test]
async fn a_pensioners_new_income_reaches_every_department_in_one_visit() {
    let office = Office::open().await;
    let citizen = pensioner(&office).await;
    let known = start(&office, Role::Clerk, &request(&citizen, "tax-card")).await.json()["row"].clone();
    let touches = office.look(&format!("/v1/citizens/{citizen}/changes/income")).send().await.json();
    let touched = touches["touches"].as_array().unwrap();
    let tax = touched.iter().find(|t| t["procedure"] == "tax-card").unwrap();
    assert_eq!((&tax["case"], &tax["certain"]), (&known["id"], &json!(true)));
    assert!(touched.iter().all(|t| t["procedure"] != "fee-reduction"), "she has no child in day care at 67");
    let procedures: Vec<&str> = touched.iter().map(|t| t["procedure"].as_str().unwrap()).collect();

    let path = format!("/v1/citizens/{citizen}/changes");
    let (body, key) = (report(&procedures), Uuid::now_v7());
    let ask = || office.ask(Method::POST, &path).key(key).json(&body).send();
    let made = ask().await;
    assert_eq!(made.status, 201, "{made:?}");
    let answer = made.json();
    let cases = answer["cases"].as_array().unwrap();
    let departments: std::collections::BTreeSet<&str> =
        cases.iter().map(|c| c["department"].as_str().unwrap()).collect();
    let asked = crate::routes::overview::ASKED;
    assert!(departments.iter().filter(|d| asked.contains(d)).count() >= 3, "{departments:?}");
    assert_eq!(answer["known"], json!([known["id"]]));
    let tax = cases.iter().find(|c| c["id"] == known["id"]).unwrap();
    assert_ne!(tax["etag"], known["etag"]);
    for case in cases {
        let view = office.case(case["id"].as_str().unwrap()).await;
        let line = &view["history"][0];
        assert_eq!((&line["kind"], &line["reason"]), (&json!("change_reported"), &body["text"]));
        assert_eq!(view["row"], *case);
    }
    let contact = &answer["contact"];
    assert_eq!(contact["subjects"].as_array().unwrap().len(), cases.len());
    assert_eq!(contact["text"]["da"], "Ændret indkomst: Ny pension fra juli, 14.200 kr. om måneden");
    let contacts = office.look(&format!("/v1/contacts?citizen={citizen}")).send().await.json();
    assert_eq!(contacts["items"][0]["id"], contact["id"]);
    // Sent again it is done once; the same report under another command is there already.
    let again = ask().await;
    assert_eq!((again.json(), again.header("idempotent-replayed")), (answer.clone(), "true"));
    let twice = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(twice.kind(), "already-exists");
    let log = office.get(&format!("/v1/audit?citizen={citizen}&limit=50")).role(Role::TeamLeader).send().await.json();
    let told = log["items"].as_array().unwrap().iter().filter(|r| r["action"] == "report_change").count();
    assert_eq!(told, cases.len());
}

#[tokio::test]
async fn a_change_that_makes_no_sense_is_refused_and_nobody_hears_of_it() {
    let office = Office::open().await;
    let citizen = pensioner(&office).await;
    let path = format!("/v1/citizens/{citizen}/changes");
    for (change, pointer) in [
        (json!({ "change": "weather" }), "/change"),
        (json!({ "text": " " }), "/text"),
        (json!({ "text": "x".repeat(501) }), "/text"),
        (json!({ "from": "1990-01-01" }), "/from"),
        (json!({ "procedures": [] }), "/procedures"),
        (json!({ "procedures": ["tax-card", "tax-card"] }), "/procedures/1"),
        (json!({ "procedures": ["tax-card", "fee-reduction"] }), "/procedures/1"),
        (json!({ "procedures": ["passport"] }), "/procedures/0"),
        (json!({ "procedures": ["social-support"] }), "/procedures/0"),
        (json!({ "situation": Uuid::now_v7() }), "/situation"),
    ] {
        let mut body = report(&["tax-card"]);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send().await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    let cases = office.look(&format!("/v1/cases?citizen={citizen}")).send().await.json();
    assert_eq!(cases["items"], json!([]));
    assert_eq!(office.look(&format!("{path}/weather")).send().await.kind(), "not-found");
    assert_eq!(office.get(&format!("{path}/income")).send().await.kind(), "purpose-required");
    assert_eq!(office.look(&format!("{path}/income")).role(Role::Host).send().await.kind(), "forbidden");
}

#[tokio::test]
async fn the_counters_rules_are_there_for_everybody_who_is_signed_in() {
    let office = Office::open().await;
    let rules = office.get("/v1/rules").role(Role::Guest).send().await.json();
    assert!(rules["changes"].as_array().unwrap().iter().any(|c| c["id"] == "income"));
    assert_eq!(rules["papers"].as_array().unwrap().len(), CATALOGUE.papers.len());
    assert_eq!(rules["settle"].as_array().unwrap().len(), CATALOGUE.settle_rules.len());
    assert_eq!(office.get("/v1/rules").nobody().send().await.kind(), "unauthenticated");
}
