//! What becomes of a letter that asks for papers: longer time, reminders, its end, and how its state follows the papers and the day.

use super::*;

/// A letter for the first papers of a fresh case of Kalina's; gives the case and the letter.
async fn asked(office: &Office, reminder: Option<&str>) -> (String, String) {
    let kalina = office.kalina().await;
    let case = json!({ "id": Uuid::now_v7(), "citizen": kalina, "procedure": "cpr-eu-employee" });
    let made = office.ask(Method::POST, "/v1/cases").key(Uuid::now_v7()).json(&case).send().await;
    assert_eq!(made.status, 201, "{made:?}");
    let view = made.json();
    let papers: Vec<Value> = view["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|i| i["state"] == "missing" && i["suppliedBy"] == "citizen")
        .take(2)
        .map(|i| json!({ "case": case["id"], "item": i["id"], "seen": i["etag"] }))
        .collect();
    let mut letter = json!({
        "id": Uuid::now_v7(), "items": papers, "language": "pl", "channel": "letter", "deadline": "2026-06-23",
        "text": "Prosimy o przesłanie dokumentów."
    });
    if let Some(day) = reminder {
        letter["reminder"] = json!(day);
    }
    let path = format!("/v1/citizens/{kalina}/information-requests");
    let sent = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&letter).send().await;
    assert_eq!(sent.status, 201, "{sent:?}");
    (case["id"].as_str().unwrap().to_owned(), letter["id"].as_str().unwrap().to_owned())
}

async fn request(office: &Office, case: &str) -> Value {
    office.case(case).await["requests"][0].clone()
}

async fn change(office: &Office, letter: &str, seen: &Value, body: &Value) -> Reply {
    let path = format!("/v1/citizens/{}/information-requests/{letter}", office.kalina().await);
    office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(seen).json(body).send().await
}

async fn judge(office: &Office, case: &str, item: &str, body: Value) {
    let view = office.case(case).await;
    let item = view["items"].as_array().unwrap().iter().find(|i| i["id"] == item).unwrap().clone();
    let path = format!("/v1/cases/{case}/checklist/{}", item["id"].as_str().unwrap());
    let reply = office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&item["etag"]).json(&body).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

/// How many reminders went out on a day.
async fn remind(office: &Office, day: &str) -> usize {
    crate::routes::requests::remind_due(office.service.app(), day.parse().unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_case_shows_what_it_asked_for_and_how_far_that_is() {
    let office = Office::open().await;
    let (case, letter) = asked(&office, Some("2026-06-18")).await;
    let request = request(&office, &case).await;
    assert_eq!((&request["id"], &request["state"]), (&json!(letter), &json!("open")));
    assert_eq!((&request["deadline"], &request["reminder"]), (&json!("2026-06-23"), &json!("2026-06-18")));
    assert_eq!((&request["by"], &request["reminded"]), (&json!("Ida Mellemgaard"), &json!(false)));
    assert_eq!(request["text"], "Prosimy o przesłanie dokumentów.");
    let items: Vec<String> =
        request["items"].as_array().unwrap().iter().map(|i| i.as_str().unwrap().to_owned()).collect();
    assert_eq!(items.len(), 2);
    judge(&office, &case, &items[0], json!({ "action": "receive" })).await;
    assert_eq!(self::request(&office, &case).await["state"], "open", "one is awaited still");
    // A paper that she cannot get is done without, for a reason: then everything has come.
    judge(&office, &case, &items[1], json!({ "action": "waive", "reason": "Anden dokumentation set" })).await;
    let answered = self::request(&office, &case).await;
    assert_eq!(answered["state"], "answered");
    let late = change(&office, &letter, &answered["etag"], &json!({ "step": "remind" })).await;
    assert_eq!(late.kind(), "not-possible-now", "nothing is awaited by it");
}

#[tokio::test]
async fn a_request_is_given_longer_reminded_and_closed_on_the_version_that_was_seen() {
    let office = Office::open().await;
    let (case, letter) = asked(&office, None).await;
    let seen = request(&office, &case).await["etag"].clone();
    for until in ["2026-06-23", "2026-06-01", "2028-01-01"] {
        let reply = change(&office, &letter, &seen, &json!({ "step": "extend", "until": until })).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], "/until", "{until}");
    }
    let longer = change(&office, &letter, &seen, &json!({ "step": "extend", "until": "2026-07-07" })).await;
    assert_eq!(longer.status, 200, "{longer:?}");
    assert_eq!((&longer.json()["deadline"], &longer.json()["state"]), (&json!("2026-07-07"), &json!("open")));
    let stale = change(&office, &letter, &seen, &json!({ "step": "remind" })).await;
    assert_eq!((stale.kind(), &stale.json()["current"]["deadline"]), ("stale".to_owned(), &json!("2026-07-07")));
    let reminded = change(&office, &letter, &longer.json()["etag"], &json!({ "step": "remind" })).await.json();
    assert_eq!(reminded["reminded"], true);
    let view = office.case(&case).await;
    assert_eq!(
        (&view["history"][0]["kind"], &view["history"][1]["kind"]),
        (&json!("reminded"), &json!("request_changed"))
    );
    assert_eq!(view["history"][1]["reason"], "7.7.2026");
    let contacts = office.look(&format!("/v1/contacts?citizen={}", office.kalina().await)).send().await.json();
    assert_eq!(contacts["items"][0]["text"]["da"], "Mindet om papirer, der mangler");
    assert_eq!((&contacts["items"][0]["case"], &contacts["items"][0]["channel"]), (&json!(case), &json!("letter")));
    let wordless = change(&office, &letter, &reminded["etag"], &json!({ "step": "close", "reason": " " })).await;
    assert_eq!(wordless.json()["errors"][0]["pointer"], "/reason");
    let close = json!({ "step": "close", "reason": "Kom på papir i dag" });
    let closed = change(&office, &letter, &reminded["etag"], &close).await.json();
    assert_eq!(closed["state"], "closed");
    let again = change(&office, &letter, &closed["etag"], &close).await;
    assert_eq!(again.kind(), "not-possible-now");
    assert_eq!(request(&office, &case).await["state"], "closed");
    let nobody = format!("/v1/citizens/{}/information-requests/{letter}", Uuid::now_v7());
    let elsewhere = office.ask(Method::PATCH, &nobody).key(Uuid::now_v7()).seen(&closed["etag"]).json(&close);
    assert_eq!(elsewhere.send().await.kind(), "not-found", "the letter is somebody else's");
}

#[tokio::test]
async fn a_reminder_goes_out_once_on_its_day_and_not_when_everything_came() {
    let office = Office::open().await;
    let (case, _) = asked(&office, Some("2026-06-18")).await;
    let (other, _) = asked(&office, Some("2026-06-18")).await;
    for item in request(&office, &other).await["items"].as_array().unwrap() {
        judge(&office, &other, item.as_str().unwrap(), json!({ "action": "receive" })).await;
    }
    assert_eq!(remind(&office, "2026-06-17").await, 0, "not before its day");
    assert_eq!(remind(&office, "2026-06-18").await, 1, "of the two, the one that awaits something");
    assert_eq!(remind(&office, "2026-06-18").await, 0, "once");
    assert_eq!(request(&office, &case).await["reminded"], true);
    assert_eq!(request(&office, &other).await["reminded"], false);
    let view = office.case(&case).await;
    assert_eq!((&view["history"][0]["kind"], &view["history"][0]["by"]), (&json!("reminded"), &Value::Null));
    assert!(office.service.verify_audit().await.is_ok());
}

#[tokio::test]
async fn a_reminder_on_a_day_that_makes_no_sense_is_refused() {
    let office = Office::open().await;
    let (case, _) = asked(&office, None).await;
    let view = office.case(&case).await;
    let item = view["items"].as_array().unwrap().iter().find(|i| i["state"] == "missing").unwrap();
    for day in ["2026-06-09", "2026-06-24"] {
        let letter = json!({
            "id": Uuid::now_v7(), "items": [{ "case": case, "item": item["id"], "seen": item["etag"] }], "language": "da",
            "channel": "letter", "deadline": "2026-06-23", "text": "Send det.", "reminder": day
        });
        let path = format!("/v1/citizens/{}/information-requests", office.kalina().await);
        let reply = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&letter).send().await;
        assert_eq!(reply.json()["errors"][0]["pointer"], "/reminder", "{day}");
    }
}

#[tokio::test]
async fn of_a_letter_that_also_asks_a_withheld_department_a_clerk_reads_no_word() {
    let office = Office::open().await;
    let (case, letter) = asked(&office, None).await;
    let kalina = office.kalina().await;
    let social = office.case_of_kalina("social-support").await["id"].as_str().unwrap().parse::<Uuid>().unwrap();
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query(
        "INSERT INTO letter_item (letter, rank, case_no, item) SELECT $1, 9, no, 'income' FROM case_file WHERE id = $2",
    )
    .bind(letter.parse::<Uuid>().unwrap())
    .bind(social)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let seen = request(&office, &case).await;
    assert_eq!((&seen["text"], seen["items"].as_array().unwrap().len()), (&json!(""), 2));
    let leader = office.look(&format!("/v1/cases/{case}")).role(Role::TeamLeader).send().await.json();
    assert_eq!(leader["requests"][0]["text"], "Prosimy o przesłanie dokumentów.");
    // A letter of that department alone is not there for her at all.
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query("DELETE FROM letter_item WHERE letter = $1 AND rank < 9")
        .bind(letter.parse::<Uuid>().unwrap())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let path = format!("/v1/citizens/{kalina}/information-requests/{letter}");
    let ask = |role: Role| {
        let ask = office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(&seen["etag"]);
        ask.json(&json!({ "step": "remind" })).send()
    };
    assert_eq!(ask(Role::Clerk).await.kind(), "not-found");
    assert_ne!(ask(Role::TeamLeader).await.status, 404);
}
