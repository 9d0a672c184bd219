//! Colleagues, and handing a citizen over to them.

use super::*;
use crate::auth::persona_id;

fn card(change: Value) -> Value {
    let mut card = json!({
        "what": "Vil vide, om pladsen følger med ved flytning", "verified": "document", "promised": "", "missing": [],
        "cases": [], "answers": []
    });
    for (name, value) in change.as_object().unwrap() {
        card[name] = value.clone();
    }
    card
}

fn to_mette() -> Value {
    json!({ "to": "colleague", "id": persona_id(Role::Caseworker) })
}

fn request(citizen: &str, receiver: &Value, card: Value) -> Value {
    json!({ "id": Uuid::now_v7(), "citizen": citizen, "receiver": receiver, "card": card })
}

async fn send(office: &Office, body: &Value) -> Reply {
    office.ask(Method::POST, "/v1/handovers").key(Uuid::now_v7()).json(body).send().await
}

/// Takes a hand-over further as somebody.
async fn step(office: &Office, role: Role, seen: &Value, body: Value) -> Reply {
    let path = format!("/v1/handovers/{}", seen["id"].as_str().unwrap());
    office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(&seen["etag"]).json(&body).send().await
}

async fn boxed(office: &Office, role: Role, which: &str) -> Vec<Value> {
    let reply = office.get(&format!("/v1/handovers?box={which}")).role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_colleague_is_found_by_her_name_or_department() {
    let office = Office::open().await;
    let find = |q: &str| {
        let path = format!("/v1/colleagues?q={q}");
        let office = &office;
        async move { office.get(&path).send().await.json()["items"].as_array().unwrap().clone() }
    };
    let mette = find("met%20bru").await;
    assert_eq!((mette.len(), &mette[0]["name"], &mette[0]["initials"]), (1, &json!("Mette Brunsgaard"), &json!("MB")));
    assert_eq!(mette[0]["id"], json!(persona_id(Role::Caseworker)));
    assert!(mette[0]["phone"].is_string());
    assert_eq!(find("oestergreen").await[0]["name"], "Pernille Østergreen");
    let social: Vec<Value> = find("sof").await.into_iter().map(|c| c["name"].clone()).collect();
    assert_eq!(social, ["Dorthe Skærbæk", "Knud Uglebjerg"]);
    assert_eq!(find("okf").await.len(), 2, "ØKF, as it is typed without its letter");
    assert_eq!(find("tove%20bif").await.len(), 1);
    assert_eq!(find("xyz").await, Vec::<Value>::new());
    assert!(find("").await.len() >= 20);
    let two = office.get("/v1/colleagues?limit=2").role(Role::Host).send().await.json();
    assert_eq!(two["items"].as_array().unwrap().len(), 2);
    assert_eq!(office.get("/v1/colleagues?limit=51").send().await.kind(), "invalid");
    assert_eq!(office.get("/v1/colleagues").role(Role::Guest).send().await.kind(), "forbidden");
}

#[tokio::test]
async fn a_card_goes_to_a_colleague_who_accepts_it_and_says_what_came_of_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = office.case_of_kalina("cpr-eu-employee").await["id"].clone();
    let answers = json!([{ "question": { "da": "Hvem?", "en": "Who?" }, "answer": " Leon " }]);
    let body = request(&kalina, &to_mette(), card(json!({ "cases": [case], "answers": answers })));
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::POST, "/v1/handovers").key(key).json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status.as_u16(), first.json()), (201, second.json()), "{first:?}");
    let sent = first.json();
    assert_eq!((&sent["receiverName"], &sent["state"]), (&json!("Mette Brunsgaard"), &json!("sent")));
    assert_eq!((&sent["fromName"], &sent["citizenName"]), (&json!("Ida Mellemgaard"), &json!("Kalina Testrup Wrona")));
    assert_eq!(sent["card"]["answers"][0]["answer"], "Leon");
    assert_eq!(send(&office, &body).await.kind(), "already-exists");

    let inbox = boxed(&office, Role::Caseworker, "in").await;
    assert_eq!(inbox[0], sent);
    assert_eq!(boxed(&office, Role::Clerk, "out").await[0], sent);
    assert!(boxed(&office, Role::TeamLeader, "in").await.is_empty(), "it is between the two");
    let about = office.look(&format!("/v1/handovers?citizen={kalina}"));
    assert!(about.role(Role::TeamLeader).send().await.json()["items"].as_array().unwrap().is_empty());

    assert_eq!(step(&office, Role::Clerk, &sent, json!({ "state": "accepted" })).await.kind(), "forbidden");
    assert_eq!(step(&office, Role::TeamLeader, &sent, json!({ "state": "accepted" })).await.kind(), "not-found");
    let accepted = step(&office, Role::Caseworker, &sent, json!({ "state": "accepted" })).await.json();
    assert_eq!((&accepted["state"], &accepted["takenBy"]), (&json!("accepted"), &json!("Mette Brunsgaard")));
    let late = step(&office, Role::Clerk, &sent, json!({ "state": "withdrawn" })).await;
    assert_eq!((late.kind().as_str(), &late.json()["current"]["state"]), ("stale", &json!("accepted")));
    assert_eq!(step(&office, Role::Clerk, &accepted, json!({ "state": "withdrawn" })).await.kind(), "not-possible-now");
    let wordless = step(&office, Role::Caseworker, &accepted, json!({ "state": "done" })).await;
    assert_eq!(wordless.json()["errors"][0]["pointer"], "/reply");
    let done =
        step(&office, Role::Caseworker, &accepted, json!({ "state": "done", "reply": "Pladsen følger med" })).await;
    assert_eq!(done.json()["reply"], "Pladsen følger med");
    let out = boxed(&office, Role::Clerk, "out").await;
    assert_eq!((&out[0]["state"], &out[0]["reply"]), (&json!("done"), &json!("Pladsen følger med")));
    let log = office.get(&format!("/v1/audit?citizen={kalina}")).role(Role::TeamLeader).send().await.json();
    let handed = log["items"].as_array().unwrap().iter().filter(|r| r["action"] == "hand_over").count();
    assert_eq!(handed, 3);
}

#[tokio::test]
async fn what_came_back_is_sent_again_or_taken_back_by_who_sent_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    // The training municipality has one that came back.
    let path = format!("/v1/handovers?citizen={kalina}");
    let returned = office.look(&path).send().await.json()["items"][0].clone();
    assert_eq!((&returned["state"], &returned["receiverName"]), (&json!("returned"), &json!("Per Ravnkilde")));
    assert!(returned["reply"].as_str().unwrap().contains("which day"));
    let again =
        step(&office, Role::Clerk, &returned, json!({ "state": "sent", "reply": "Fra 1. august" })).await.json();
    assert_eq!(
        (&again["state"], &again["takenBy"], &again["reply"]),
        (&json!("sent"), &Value::Null, &json!("Fra 1. august"))
    );
    let gone = step(&office, Role::Clerk, &again, json!({ "state": "withdrawn" })).await.json();
    assert_eq!(gone["state"], "withdrawn");
    assert_eq!(step(&office, Role::Clerk, &gone, json!({ "state": "sent" })).await.kind(), "not-possible-now");
    assert_eq!(office.get(&path).send().await.kind(), "purpose-required");
    assert_eq!(office.get("/v1/handovers").send().await.kind(), "invalid");
    assert_eq!(office.get("/v1/handovers?box=sideways").send().await.kind(), "invalid");
    assert_eq!(office.look(&format!("{path}&box=in")).send().await.kind(), "invalid");
}

#[tokio::test]
async fn a_unit_shares_what_is_handed_to_it_and_a_withheld_one_shows_nothing_but_its_answer() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let kff = json!({ "to": "unit", "department": "kff" });
    let sent = send(&office, &request(&kalina, &kff, card(json!({})))).await.json();
    assert_eq!(sent["receiverName"], "Kultur- og Fritidsforvaltningen");
    assert_eq!(boxed(&office, Role::Caseworker, "in").await[0]["id"], sent["id"]);
    assert!(boxed(&office, Role::Clerk, "in").await.iter().all(|h| h["id"] != sent["id"]), "nobody sends to herself");
    assert_eq!(step(&office, Role::Clerk, &sent, json!({ "state": "accepted" })).await.kind(), "forbidden");
    let taken = step(&office, Role::TeamLeader, &sent, json!({ "state": "accepted" })).await.json();
    assert_eq!(taken["takenBy"], "Karen Ravnkjær");

    let sof = json!({ "to": "unit", "department": "sof" });
    let sent = send(&office, &request(&kalina, &sof, card(json!({})))).await;
    assert_eq!(sent.status, 201, "that is how a clerk reaches a withheld department");
    let id: Uuid = sent.json()["id"].as_str().unwrap().parse().unwrap();
    let mut tx = office.service.app().store.begin().await.unwrap();
    let done = "UPDATE handover SET state = 'done', reply = 'Vi har talt med hende', taken_by = 'Dorthe Skærbæk', version = 2 WHERE id = $1";
    sqlx::query(done).bind(id).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let out = boxed(&office, Role::Clerk, "out").await;
    assert_eq!((&out[0]["state"], &out[0]["reply"]), (&json!("done"), &json!("Vi har talt med hende")));
    assert_eq!(out[0]["takenBy"], Value::Null);
    assert!(boxed(&office, Role::TeamLeader, "in").await.iter().all(|h| h["id"] != json!(id)));
}

#[tokio::test]
async fn a_card_that_cannot_be_is_refused_by_its_field() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await["id"].clone();
    let mine = office.case_of_kalina("cpr-eu-employee").await["id"].clone();
    let paper = json!({ "da": "Pas", "en": "Passport" });
    for (receiver, change, pointer) in [
        (to_mette(), json!({ "what": " " }), "/card/what"),
        (to_mette(), json!({ "what": "å".repeat(1001) }), "/card/what"),
        (to_mette(), json!({ "promised": "å".repeat(1001) }), "/card/promised"),
        (to_mette(), json!({ "missing": vec![paper; 61] }), "/card/missing"),
        (to_mette(), json!({ "missing": [{ "da": "", "en": "x" }] }), "/card/missing/0/da"),
        (to_mette(), json!({ "cases": [Uuid::now_v7()] }), "/card/cases/0"),
        (to_mette(), json!({ "cases": [mine, social] }), "/card/cases/1"),
        (to_mette(), json!({ "cases": [mine, mine] }), "/card/cases/1"),
        (json!({ "to": "colleague", "id": Uuid::now_v7() }), json!({}), "/receiver/id"),
        (json!({ "to": "colleague", "id": persona_id(Role::Clerk) }), json!({}), "/receiver/id"),
        (json!({ "to": "colleague", "id": persona_id(Role::Host) }), json!({}), "/receiver/id"),
        (json!({ "to": "unit", "department": "no-such-unit" }), json!({}), "/receiver/department"),
    ] {
        let reply = send(&office, &request(&kalina, &receiver, card(change.clone()))).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    let unknown = request(&Uuid::now_v7().to_string(), &to_mette(), card(json!({})));
    assert_eq!(send(&office, &unknown).await.json()["errors"][0]["pointer"], "/citizen");
    let body = request(&kalina, &to_mette(), card(json!({})));
    for role in [Role::Host, Role::Guest] {
        let ask = office.ask(Method::POST, "/v1/handovers").role(role).key(Uuid::now_v7()).json(&body);
        assert_eq!(ask.send().await.kind(), "forbidden");
        assert_eq!(office.get("/v1/handovers?box=in").role(role).send().await.kind(), "forbidden");
    }
    assert!(boxed(&office, Role::Caseworker, "in").await.is_empty());
}

#[tokio::test]
async fn a_clerk_who_receives_a_card_does_not_read_of_a_withheld_case_in_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await["id"].clone();
    let mine = office.case_of_kalina("cpr-eu-employee").await["id"].clone();
    let to_ida = json!({ "to": "colleague", "id": persona_id(Role::Clerk) });
    let body = request(&kalina, &to_ida, card(json!({ "cases": [social, mine] })));
    let ask = office.ask(Method::POST, "/v1/handovers").role(Role::TeamLeader).key(Uuid::now_v7()).json(&body);
    assert_eq!(ask.send().await.json()["card"]["cases"], json!([social, mine]));
    assert_eq!(boxed(&office, Role::Clerk, "in").await[0]["card"]["cases"], json!([mine]));
}
