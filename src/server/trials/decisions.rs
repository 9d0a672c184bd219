//! Decisions: who proposes, who looks, what locks, what closes; and the papers that come of it.

use super::*;
use crate::letter_pdf::reading::pages;

/// A case of Kalina's, started by the caseworker.
async fn started(office: &Office, procedure: &str) -> String {
    let kalina = office.kalina().await;
    let body = json!({ "id": Uuid::now_v7(), "citizen": kalina, "procedure": procedure });
    let reply =
        office.ask(Method::POST, "/v1/cases").role(Role::Caseworker).key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    body["id"].as_str().unwrap().to_owned()
}

async fn as_seen(office: &Office, case: &str) -> Value {
    office.look(&format!("/v1/cases/{case}")).role(Role::Caseworker).send().await.json()
}

async fn judge(office: &Office, case: &str, item: &Value, action: &str) -> Reply {
    let path = format!("/v1/cases/{case}/checklist/{}", item["id"].as_str().unwrap());
    let ask = office.ask(Method::PATCH, &path).role(Role::Caseworker).key(Uuid::now_v7()).seen(&item["etag"]);
    ask.json(&json!({ "action": action })).send().await
}

/// Approves everything that applies.
async fn settle(office: &Office, case: &str) {
    for item in as_seen(office, case).await["items"].as_array().unwrap() {
        if !["approved", "waived", "not_applicable"].contains(&item["state"].as_str().unwrap()) {
            assert_eq!(judge(office, case, item, "approve").await.status, 200);
        }
    }
}

fn granted() -> Value {
    json!({
        "outcome": "granted", "reasons": ["conditions-met"], "language": "pl",
        "text": "Warunki są spełnione: mieszka Pani pod podanym adresem."
    })
}

fn passed_to(authority: &str) -> Value {
    json!({
        "outcome": "passed_on", "reasons": ["another-authority"], "language": "da", "passedTo": authority,
        "text": "Det er en anden myndighed, der afgør sagen."
    })
}

async fn propose(office: &Office, role: Role, case: &str, body: &Value) -> Reply {
    let path = format!("/v1/cases/{case}/decision");
    office.ask(Method::POST, &path).role(role).key(Uuid::now_v7()).json(body).send().await
}

/// Takes the decision further, on the version that stands.
async fn step(office: &Office, role: Role, case: &str, body: Value) -> Reply {
    let seen = as_seen(office, case).await["decision"]["etag"].clone();
    step_on(office, role, case, &seen, body).await
}

async fn step_on(office: &Office, role: Role, case: &str, seen: &Value, body: Value) -> Reply {
    let path = format!("/v1/cases/{case}/decision");
    office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(seen).json(&body).send().await
}

fn happened(view: &Value) -> Vec<&str> {
    view["history"].as_array().unwrap().iter().map(|line| line["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn open_items_lock_the_decision_and_the_last_one_opens_it() {
    let office = Office::open().await;
    let case = started(&office, "cpr-eu-employee").await;
    let locked = propose(&office, Role::Caseworker, &case, &granted()).await;
    assert_eq!(locked.kind(), "not-possible-now", "{locked:?}");
    assert_eq!(as_seen(&office, &case).await["decision"], Value::Null);
    settle(&office, &case).await;
    let proposed = propose(&office, Role::Caseworker, &case, &granted()).await;
    assert_eq!(proposed.status, 201, "{proposed:?}");
    assert_eq!(proposed.header("location"), format!("/v1/cases/{case}/decision"));
    let view = proposed.json();
    assert_eq!(proposed.header("etag"), format!("\"{}\"", view["decision"]["etag"].as_str().unwrap()));
    assert_eq!((&view["decision"]["state"], &view["decision"]["authority"]), (&json!("proposed"), &json!("kff")));
    assert_eq!(view["decision"]["proposedByName"], "Mette Brunsgaard");
    assert_eq!((&view["row"]["phase"], happened(&view)[0]), (&json!("informed"), "proposed"));
    assert_eq!(view["decision"]["letter"], Value::Null, "no letter before somebody approved");
    // Somebody finds a mistake in a paper meanwhile: what was proposed cannot be approved on it.
    let item = as_seen(&office, &case).await["items"][0].clone();
    assert_eq!(judge(&office, &case, &item, "reopen").await.status, 200);
    let late = step(&office, Role::TeamLeader, &case, json!({ "step": "approve" })).await;
    assert_eq!(late.kind(), "not-possible-now");
    assert_eq!(propose(&office, Role::Caseworker, &case, &granted()).await.kind(), "already-exists");
}

#[tokio::test]
async fn who_proposed_does_not_approve_and_another_does() {
    let office = Office::open().await;
    let case = started(&office, "cpr-eu-employee").await;
    settle(&office, &case).await;
    assert_eq!(propose(&office, Role::Caseworker, &case, &granted()).await.status, 201);
    let own = step(&office, Role::Caseworker, &case, json!({ "step": "approve" })).await;
    assert_eq!(own.kind(), "forbidden");
    let clerk = step(&office, Role::Clerk, &case, json!({ "step": "approve" })).await;
    assert_eq!(clerk.kind(), "forbidden", "a second pair of eyes is a caseworker's or a team leader's");
    assert_eq!(step(&office, Role::Caseworker, &case, json!({ "step": "issue" })).await.kind(), "not-possible-now");
    let approved = step(&office, Role::TeamLeader, &case, json!({ "step": "approve" })).await;
    assert_eq!(approved.status, 200, "{approved:?}");
    let view = approved.json();
    assert_eq!((&view["decision"]["state"], &view["row"]["phase"]), (&json!("approved"), &json!("decided")));
    assert_eq!(view["decision"]["lookedBy"], "Karen Ravnkjær");
    assert!(view["decision"]["letter"].is_string(), "the letter is written");
    assert_eq!(&happened(&view)[..2], ["decided", "proposed"]);
}

#[tokio::test]
async fn a_decision_that_was_sent_back_with_a_reason_is_proposed_again() {
    let office = Office::open().await;
    let case = started(&office, "cpr-eu-employee").await;
    settle(&office, &case).await;
    let first = propose(&office, Role::Caseworker, &case, &granted()).await.json()["decision"]["etag"].clone();
    let wordless = step(&office, Role::TeamLeader, &case, json!({ "step": "send_back" })).await;
    assert_eq!((wordless.kind(), &wordless.json()["errors"][0]["pointer"]), ("invalid".to_owned(), &json!("/reason")));
    let back = json!({ "step": "send_back", "reason": "Datoen for indrejse mangler" });
    let back = step(&office, Role::TeamLeader, &case, back).await.json();
    assert_eq!(back["decision"]["state"], "sent_back");
    assert_eq!(back["decision"]["sentBack"], "Datoen for indrejse mangler");
    assert_eq!(
        (happened(&back)[0], &back["history"][0]["reason"]),
        ("sent_back", &json!("Datoen for indrejse mangler"))
    );
    let mut better = granted();
    better["text"] = json!("Warunki są spełnione od 1 czerwca 2026.");
    let again = propose(&office, Role::Caseworker, &case, &better).await.json();
    assert_eq!((&again["decision"]["state"], &again["decision"]["sentBack"]), (&json!("proposed"), &Value::Null));
    assert_ne!(again["decision"]["etag"], first, "what was seen of the first is stale");
    let stale = step_on(&office, Role::TeamLeader, &case, &first, json!({ "step": "approve" })).await;
    assert_eq!((stale.status.as_u16(), stale.kind()), (412, "stale".to_owned()));
    assert_eq!(stale.json()["current"]["text"], better["text"], "the refusal shows what stands now");
    // Nobody but who proposed takes it back, and then there is none.
    let take = json!({ "step": "withdraw" });
    assert_eq!(step(&office, Role::TeamLeader, &case, take.clone()).await.kind(), "forbidden");
    let taken = step(&office, Role::Caseworker, &case, take.clone()).await.json();
    assert_eq!((&taken["decision"], happened(&taken)[0]), (&Value::Null, "taken_back"));
    let gone = step_on(&office, Role::Caseworker, &case, &first, take).await;
    assert_eq!(gone.kind(), "not-found");
    assert_eq!(propose(&office, Role::Caseworker, &case, &granted()).await.status, 201);
}

#[tokio::test]
async fn an_authority_that_does_not_reach_so_far_decides_nothing() {
    let office = Office::open().await;
    // A decision on help at home is a matter of judgement; a rule-based authority does not reach so far.
    let case = started(&office, "home-help").await;
    let refused = json!({
        "outcome": "refused", "reasons": ["conditions-not-met"], "language": "da", "text": "Du klarer dig selv."
    });
    assert_eq!(propose(&office, Role::Caseworker, &case, &refused).await.kind(), "forbidden");
    assert_eq!(as_seen(&office, &case).await["may"]["decide"], false);
    // Where we only guide there is nothing to grant.
    let guided = started(&office, "housing-benefit").await;
    let mut body = granted();
    body["reasons"] = json!([]);
    let reply = propose(&office, Role::Clerk, &guided, &body).await;
    assert_eq!((reply.kind(), &reply.json()["errors"][0]["pointer"]), ("invalid".to_owned(), &json!("/outcome")));
    assert_eq!(propose(&office, Role::Clerk, &guided, &passed_to("udk")).await.status, 201);
    assert_eq!(propose(&office, Role::Host, &guided, &passed_to("udk")).await.kind(), "forbidden");
    let withheld = office.case_of_kalina("social-support").await["id"].as_str().unwrap_or_default().to_owned();
    if !withheld.is_empty() {
        assert_eq!(propose(&office, Role::Clerk, &withheld, &passed_to("sof")).await.kind(), "not-found");
    }
}

#[tokio::test]
async fn what_makes_no_sense_in_a_decision_is_named() {
    let office = Office::open().await;
    let case = started(&office, "residence-certificate").await;
    for (change, pointer) in [
        (json!({ "text": "  " }), "/text"),
        (json!({ "text": "x".repeat(6001) }), "/text"),
        (json!({ "language": "dansk" }), "/language"),
        (json!({ "reasons": ["withdrawn"] }), "/reasons/0"),
        (json!({ "reasons": ["weather"] }), "/reasons/0"),
        (json!({ "reasons": ["papers-missing", "papers-missing"] }), "/reasons/1"),
        (json!({ "passedTo": "udk" }), "/passedTo"),
        (json!({ "outcome": "passed_on", "reasons": [] }), "/passedTo"),
        (json!({ "outcome": "passed_on", "reasons": [], "passedTo": "nowhere" }), "/passedTo"),
        (json!({ "outcome": "passed_on", "reasons": [], "passedTo": "kff" }), "/passedTo"),
    ] {
        let mut body = json!({
            "outcome": "refused", "reasons": ["papers-missing"], "language": "da", "text": "Papirerne kom ikke."
        });
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let reply = propose(&office, Role::Clerk, &case, &body).await;
        assert_eq!((reply.kind(), &reply.json()["errors"][0]["pointer"]), ("invalid".to_owned(), &json!(pointer)));
    }
    assert_eq!(as_seen(&office, &case).await["decision"], Value::Null);
}

#[tokio::test]
async fn after_the_letter_left_nothing_of_the_case_changes_any_more() {
    let office = Office::open().await;
    let case = started(&office, "residence-certificate").await;
    settle(&office, &case).await;
    let mut body = granted();
    body["language"] = json!("en");
    body["text"] = json!("You get your certificate.");
    let proposed = propose(&office, Role::Clerk, &case, &body).await.json();
    assert_eq!(proposed["decision"]["state"], "approved", "one pair of eyes is enough here");
    let howless = step(&office, Role::Clerk, &case, json!({ "step": "issue" })).await;
    assert_eq!(howless.json()["errors"][0]["pointer"], "/channel");
    let phone = step(&office, Role::Clerk, &case, json!({ "step": "issue", "channel": "phone" })).await;
    assert_eq!(phone.json()["errors"][0]["pointer"], "/channel");
    let issued = step(&office, Role::Clerk, &case, json!({ "step": "issue", "channel": "letter" })).await;
    assert_eq!(issued.status, 200, "{issued:?}");
    let view = issued.json();
    assert_eq!((&view["row"]["phase"], &view["row"]["column"]), (&json!("closed"), &json!("closed")));
    assert_eq!((&view["decision"]["state"], &view["decision"]["channel"]), (&json!("issued"), &json!("letter")));
    assert_eq!(&happened(&view)[..4], ["closed", "issued", "decided", "proposed"]);

    let kalina = office.kalina().await;
    let contacts = office.look(&format!("/v1/contacts?citizen={kalina}")).send().await.json();
    assert_eq!((&contacts["items"][0]["case"], &contacts["items"][0]["channel"]), (&json!(case), &json!("letter")));
    assert!(contacts["items"][0]["text"]["da"].as_str().unwrap().starts_with("Afgørelse sendt: "));

    // Whoever tries anything is told that it is closed; the case reads as before.
    let item = view["items"][0].clone();
    assert_eq!(judge(&office, &case, &item, "reopen").await.kind(), "not-possible-now");
    for step_name in ["approve", "send_back", "withdraw", "issue"] {
        let again = json!({ "step": step_name, "reason": "Fortrudt", "channel": "letter" });
        let reply = step_on(&office, Role::TeamLeader, &case, &view["decision"]["etag"], again).await;
        assert_eq!(reply.kind(), "not-possible-now", "{step_name}");
    }
    assert_eq!(propose(&office, Role::TeamLeader, &case, &body).await.kind(), "not-possible-now");
    let letter = json!({
        "id": Uuid::now_v7(), "items": [{ "case": case, "item": item["id"], "seen": item["etag"] }], "language": "da",
        "channel": "letter", "deadline": "2026-06-23", "text": "Send det igen."
    });
    let path = format!("/v1/citizens/{kalina}/information-requests");
    let asked = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&letter).send().await;
    assert_eq!(asked.kind(), "not-possible-now");
    let document = json!({
        "id": Uuid::now_v7(), "name": "sent.pdf", "bytes": 9, "sha256": "0".repeat(64), "source": "upload",
        "openness": "file", "uses": [{ "case": case, "item": item["id"] }]
    });
    let path = format!("/v1/cases/{case}/documents");
    let brought = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&document).send().await;
    assert_eq!(brought.kind(), "not-possible-now", "{brought:?}");
    let after = as_seen(&office, &case).await;
    for part in ["items", "history", "decision", "documents", "row"] {
        assert_eq!(after[part], view[part], "{part}");
    }
}

#[tokio::test]
async fn the_letter_lies_with_the_papers_and_says_what_was_decided() {
    let office = Office::open().await;
    let case = started(&office, "cpr-eu-employee").await;
    settle(&office, &case).await;
    assert_eq!(propose(&office, Role::Caseworker, &case, &granted()).await.status, 201);
    let view = step(&office, Role::TeamLeader, &case, json!({ "step": "approve" })).await.json();
    let letter = view["decision"]["letter"].as_str().unwrap().to_owned();
    let path = format!("/v1/documents/{letter}/content");
    let read = office.look(&path).role(Role::Caseworker).send().await;
    assert_eq!((read.status.as_u16(), read.header("content-type")), (200, "application/pdf"));
    let text = pages(&read.body).join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    let number = view["row"]["number"].as_str().unwrap();
    for part in [
        "Københavns Kommune",
        "Kalina",
        number,
        "decyzja pozytywna",
        "Warunki są spełnione: mieszka Pani pod podanym adresem.",
        "På dansk",
        "vi siger ja",
        "Du kan klage til CPR-administrationen",
        "Kultur- og Fritidsforvaltningen",
        "Mette Brunsgaard",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let document = office.look(&format!("/v1/documents/{letter}")).role(Role::Caseworker).send().await.json();
    assert_eq!((&document["source"], &document["kind"]), (&json!("office"), &json!("pdf")));
    assert_eq!(document["name"], format!("Afgørelse {number}.pdf"));
    assert_eq!(document["uses"][0]["case"], json!(case));
}

#[tokio::test]
async fn a_protected_address_stands_on_no_letter() {
    let office = Office::open().await;
    let case = started(&office, "residence-certificate").await;
    settle(&office, &case).await;
    let kalina = office.kalina().await;
    let mut tx = office.service.app().store.begin().await.unwrap();
    let hide = "UPDATE citizen SET protected = 1, street = 'Hemmeligvej 7' WHERE id = $1";
    sqlx::query(hide).bind(kalina.parse::<Uuid>().unwrap()).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let mut body = granted();
    body["language"] = json!("da");
    let view = propose(&office, Role::Clerk, &case, &body).await.json();
    let path = format!("/v1/documents/{}/content", view["decision"]["letter"].as_str().unwrap());
    let text = pages(&office.look(&path).send().await.body).join(" ");
    assert!(text.contains("Kalina") && !text.contains("Hemmeligvej"), "{text}");
}

#[tokio::test]
async fn one_page_prepares_the_visit() {
    let office = Office::open().await;
    let case = started(&office, "cpr-eu-employee").await;
    let items = as_seen(&office, &case).await["items"].clone();
    let first = items[0].clone();
    assert_eq!(judge(&office, &case, &first, "approve").await.status, 200);
    let read = office.look(&format!("/v1/cases/{case}/summary")).role(Role::Caseworker).send().await;
    assert_eq!((read.status.as_u16(), read.header("content-type")), (200, "application/pdf"), "{read:?}");
    let view = as_seen(&office, &case).await;
    let number = view["row"]["number"].as_str().unwrap();
    assert_eq!(read.header("content-disposition"), format!("inline; filename=\"Sagsoverblik-{number}.pdf\""));
    let pages = pages(&read.body);
    assert_eq!(pages.len(), 1, "{pages:#?}");
    let text = pages[0].split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        number,
        view["citizenName"].as_str().unwrap(),
        "CPR-nummer: EU-borger, lønmodtager",
        "Frist:",
        "Sagsbehandler: Mette Brunsgaard",
        "ikke booket",
        "Mangler før fremmødet",
        "Ved fremmødet",
        "Alle i husstanden, også børn",
        first["label"]["da"].as_str().unwrap(),
        "Sidst sket",
        "vurderet",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(office.get(&format!("/v1/cases/{case}/summary")).send().await.kind(), "purpose-required");
    let log = office.get("/v1/audit").role(Role::TeamLeader).send().await.json();
    assert!(log["items"].as_array().unwrap().iter().any(|line| line["action"] == "read_summary"));
}

#[tokio::test]
async fn a_decision_that_is_sent_twice_is_made_once() {
    let office = Office::open().await;
    let case = started(&office, "residence-certificate").await;
    settle(&office, &case).await;
    let (key, path, body) = (Uuid::now_v7(), format!("/v1/cases/{case}/decision"), granted());
    let ask = || office.ask(Method::POST, &path).key(key).json(&body).send();
    let first = ask().await;
    assert_eq!(first.status, 201, "{first:?}");
    let again = ask().await;
    assert_eq!((again.json(), again.header("idempotent-replayed")), (first.json(), "true"));
    let seen = first.json()["decision"]["etag"].clone();
    let key = Uuid::now_v7();
    let issue = json!({ "step": "issue", "channel": "letter" });
    let ask = || office.ask(Method::PATCH, &path).key(key).seen(&seen).json(&issue).send();
    let first = ask().await;
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(ask().await.json(), first.json(), "though the case is closed and the version old");
    let kalina = office.kalina().await;
    let contacts = office.look(&format!("/v1/contacts?citizen={kalina}")).send().await.json();
    let told = contacts["items"].as_array().unwrap().iter().filter(|c| c["case"] == json!(case)).count();
    assert_eq!(told, 1);
}
