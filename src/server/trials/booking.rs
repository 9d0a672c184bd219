//! The calendar: free times, booking, cancelling.

use super::*;

async fn free(office: &Office, limit: u16) -> Vec<Value> {
    let page = office.get(&format!("/v1/slots?counter=counter-4&minutes=20&limit={limit}")).send().await.json();
    page["items"].as_array().unwrap().clone()
}

async fn request(office: &Office, start: &Value) -> Value {
    let case = office.case_of_kalina("cpr-eu-employee").await;
    json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "counter": "counter-4", "start": start, "minutes": 20, "people": 3 })
}

#[tokio::test]
async fn of_fifty_who_want_the_same_time_one_gets_it() {
    let office = Office::open().await;
    let slot = free(&office, 1).await[0].clone();
    let body = request(&office, &slot["start"]).await;
    let book = || async {
        let mut body = body.clone();
        body["id"] = json!(Uuid::now_v7());
        office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await
    };
    let replies = futures::future::join_all((0..50).map(|_| book())).await;
    assert_eq!(replies.iter().filter(|r| r.status == 201).count(), 1);
    assert!(replies.iter().filter(|r| r.status != 201).all(|r| r.kind() == "slot-taken"));
}

#[tokio::test]
async fn the_first_free_time_is_booked_shown_and_given_back() {
    let office = Office::open().await;
    let slots = free(&office, 3).await;
    assert!(slots.windows(2).all(|w| w[0]["end"].as_str() <= w[1]["start"].as_str()));
    assert!(slots.iter().all(|s| s["start"].as_str().unwrap() > NOW));
    let body = request(&office, &slots[0]["start"]).await;
    let made = office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.header("location"), format!("/v1/appointments/{}", body["id"].as_str().unwrap()));
    assert_eq!(made.json()["citizenShort"], "K. Wrona");
    let kalina = body["citizen"].as_str().unwrap();
    let list = office.look(&format!("/v1/appointments?citizen={kalina}")).send().await.json();
    assert!(list["items"].as_array().unwrap().iter().any(|a| a["id"] == body["id"]));
    assert_ne!(free(&office, 1).await[0]["start"], slots[0]["start"]);
    let again = office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(again.kind(), "already-exists");

    let path = made.header("location").to_owned();
    let cancel =
        |body: Value| office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&made.json()["etag"]).json(&body);
    assert_eq!(cancel(json!({ "status": "cancelled" })).send().await.kind(), "invalid");
    assert_eq!(cancel(json!({ "status": "fulfilled" })).send().await.kind(), "not-possible-now");
    let gone = cancel(json!({ "status": "cancelled", "reason": "Borgeren er syg" })).send().await;
    assert_eq!(gone.json()["status"], "cancelled", "{gone:?}");
    assert_eq!(free(&office, 1).await[0]["start"], slots[0]["start"]);
    let case = office.case(body["cases"][0].as_str().unwrap()).await;
    let kinds: Vec<&str> =
        case["history"].as_array().unwrap().iter().take(2).map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["cancelled", "booked"]);
}

#[tokio::test]
async fn nobody_is_booked_in_the_past_at_night_on_a_holiday_or_between_the_marks() {
    let office = Office::open().await;
    let base = request(&office, &json!("2026-06-10T09:00:00Z")).await;
    for (change, pointer) in [
        (json!({ "start": "2026-06-08T09:00:00Z" }), "/start"),
        (json!({ "start": "2026-06-10T02:00:00Z" }), "/start"),
        (json!({ "start": "2026-06-13T09:00:00Z" }), "/start"),
        (json!({ "start": "2026-12-24T09:00:00Z" }), "/start"),
        (json!({ "start": "2026-06-12T11:50:00Z" }), "/start"),
        (json!({ "start": "2026-06-10T09:02:00Z" }), "/start"),
        (json!({ "start": "2036-06-10T09:00:00Z" }), "/start"),
        (json!({ "minutes": 7 }), "/minutes"),
        (json!({ "minutes": 185 }), "/minutes"),
        (json!({ "people": 0 }), "/people"),
        (json!({ "cases": [] }), "/cases"),
        (json!({ "cases": [Uuid::now_v7()] }), "/cases/0"),
        (json!({ "citizen": Uuid::now_v7() }), "/citizen"),
        (json!({ "counter": "counter-99" }), "/counter"),
        (json!({ "id": Uuid::nil() }), "/id"),
    ] {
        let mut body = base.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
}

#[tokio::test]
async fn the_week_shows_who_comes_the_breaks_and_how_full_each_day_is() {
    let office = Office::open().await;
    let week = office.get("/v1/appointments?counter=counter-4&from=2026-06-08&to=2026-06-12").send().await.json();
    let items = week["items"].as_array().unwrap();
    let kalina = items.iter().find(|a| a["citizenShort"] == "K. Wrona").unwrap();
    assert_eq!((&kalina["start"], &kalina["people"]), (&json!("2026-06-09T08:20:00Z"), &json!(3)));
    assert_eq!(kalina["papers"], json!({ "due": 9, "open": 2 }));
    assert_eq!(week["load"].as_array().unwrap().len(), 5);
    assert!(week["load"].as_array().unwrap().iter().any(|d| d["percent"].as_u64().unwrap() > 0));
    let kinds: Vec<&str> = week["blocks"].as_array().unwrap().iter().map(|b| b["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["break", "break", "break", "meeting", "break", "closed"]);
    for pair in items.windows(2) {
        assert!(pair[0]["end"].as_str() <= pair[1]["start"].as_str(), "two at one counter: {pair:?}");
    }
    let host = office
        .get("/v1/appointments?counter=counter-4&from=2026-06-08&to=2026-06-12")
        .role(Role::Host)
        .send()
        .await
        .json();
    assert_eq!(host["items"].as_array().unwrap().len(), items.len());
    assert!(host["items"].as_array().unwrap().iter().all(|a| a["title"].is_null() && a["cases"] == json!([])));
}
