//! The queue: giving tickets out, calling by the rule, every deed and what it is refused for, who works where, what is told to whom.

use skranke_domain::queue::{TicketDeed, TicketState};

mod around;

use super::stream::Listener;
use super::*;
use crate::auth::{persona_id, persona_name};
use crate::training::queue;

fn ticket(id: Uuid, change: Value) -> Value {
    let mut body = json!({
        "id": id, "site": "norrebro", "origin": "host", "procedure": "passport", "people": 1
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

async fn give_as(office: &Office, role: Role, change: Value) -> Reply {
    let body = ticket(Uuid::now_v7(), change);
    office.ask(Method::POST, "/v1/tickets").role(role).key(Uuid::now_v7()).json(&body).send().await
}

async fn give(office: &Office, change: Value) -> Value {
    let reply = give_as(office, Role::Host, change).await;
    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

async fn call_next(office: &Office, role: Role, counter: &str) -> Reply {
    let ask = office.ask(Method::POST, "/v1/tickets/call-next").role(role).key(Uuid::now_v7());
    ask.json(&json!({ "counter": counter })).send().await
}

async fn called(office: &Office, counter: &str) -> Value {
    let reply = call_next(office, Role::Clerk, counter).await;
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

async fn act_as(office: &Office, role: Role, ticket: &Value, change: Value) -> Reply {
    let path = format!("/v1/tickets/{}", ticket["id"].as_str().unwrap());
    let ask = office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(&ticket["etag"]);
    ask.json(&change).send().await
}

async fn act(office: &Office, ticket: &Value, change: Value) -> Value {
    let reply = act_as(office, Role::Clerk, ticket, change.clone()).await;
    assert_eq!(reply.status, 200, "{change}: {}", String::from_utf8_lossy(&reply.body));
    reply.json()
}

async fn queue_as(office: &Office, role: Role) -> Value {
    office.get("/v1/tickets?site=norrebro").role(role).send().await.json()
}

fn pass(office: &Office, minutes: i64) {
    let now = office.service.app().clock.now();
    office.service.move_clock(now + jiff::SignedDuration::from_mins(minutes));
}

async fn kalinas_appointment(office: &Office) -> Value {
    let kalina = office.kalina().await;
    let list = office.look(&format!("/v1/appointments?citizen={kalina}")).send().await.json();
    list["items"].as_array().unwrap().iter().find(|a| a["start"] == "2026-06-09T08:20:00Z").unwrap().clone()
}

async fn check_in(office: &Office, role: Role, appointment: &Value) -> Reply {
    let body = json!({ "id": Uuid::now_v7(), "appointment": appointment });
    office.ask(Method::POST, "/v1/tickets/check-in").role(role).key(Uuid::now_v7()).json(&body).send().await
}

#[tokio::test]
async fn the_host_gives_out_numbers_and_the_clerk_calls_them_in_the_order_of_the_rule() {
    let office = Office::open().await;
    let first = give(&office, json!({ "text": "Har foto med", "triage": "all_here" })).await;
    assert_eq!(
        (&first["number"], &first["state"], &first["triage"]),
        (&json!("K 001"), &json!("waiting"), &json!("all_here"))
    );
    assert_eq!(first["minutes"], 15);
    let second = give(&office, json!({ "procedure": null, "situation": "moving", "people": 4 })).await;
    assert_eq!(
        (&second["number"], &second["triage"], &second["minutes"]),
        (&json!("K 002"), &json!("unknown"), &json!(25))
    );
    let view = queue_as(&office, Role::Clerk).await;
    let numbers: Vec<&str> =
        view["tickets"].as_array().unwrap().iter().map(|t| t["number"].as_str().unwrap()).collect();
    assert_eq!((numbers, &view["aimMinutes"]), (vec!["K 001", "K 002"], &json!(15)));
    let one = called(&office, "counter-4").await;
    assert_eq!((&one["ticket"]["number"], &one["reason"]), (&json!("K 001"), &json!("longest_wait")));
    assert_eq!((&one["ticket"]["counter"], &one["ticket"]["calls"]), (&json!("counter-4"), &json!(1)));
    assert_eq!(one["ticket"]["staff"]["name"], persona_name(Role::Clerk));
    assert_eq!(called(&office, "counter-4").await["ticket"]["number"], "K 002");
    assert_eq!(called(&office, "counter-4").await["ticket"], Value::Null, "nobody waits");
    give(&office, json!({})).await;
    assert_eq!(call_next(&office, Role::Clerk, "counter-4").await.kind(), "not-possible-now", "two are there already");
}

#[tokio::test]
async fn two_clerks_who_call_at_the_same_moment_get_different_people() {
    let office = Office::open().await;
    for _ in 0..20 {
        give(&office, json!({})).await;
    }
    let counters = ["counter-1", "counter-2", "counter-3", "counter-4"];
    let calls = (0..8).map(|n| call_next(&office, Role::Clerk, counters[n % 4]));
    let mut got: Vec<String> = Vec::new();
    for reply in futures::future::join_all(calls).await {
        got.push(reply.json()["ticket"]["number"].as_str().unwrap().to_owned());
    }
    got.sort();
    got.dedup();
    assert_eq!(got.len(), 8);
}

#[tokio::test]
async fn a_call_that_is_sent_twice_calls_one() {
    let office = Office::open().await;
    give(&office, json!({})).await;
    give(&office, json!({})).await;
    let key = Uuid::now_v7();
    let ask = || office.ask(Method::POST, "/v1/tickets/call-next").key(key).json(&json!({ "counter": "counter-4" }));
    let (first, again) = (ask().send().await, ask().send().await);
    assert_eq!(first.json(), again.json());
    assert_eq!(again.header("idempotent-replayed"), "true");
    let waiting = queue_as(&office, Role::Clerk).await;
    assert_eq!(waiting["tickets"].as_array().unwrap().iter().filter(|t| t["state"] == "waiting").count(), 1);
}

#[tokio::test]
async fn a_visit_goes_from_the_call_to_the_wrap_up_and_every_step_has_its_place() {
    let office = Office::open().await;
    give(&office, json!({})).await;
    let one = called(&office, "counter-4").await["ticket"].clone();
    for wrong in [
        json!({ "deed": "finish" }),
        json!({ "deed": "back" }),
        json!({ "deed": "park" }),
        json!({ "deed": "wrapped" }),
    ] {
        assert_eq!(act_as(&office, Role::Clerk, &one, wrong.clone()).await.kind(), "not-possible-now", "{wrong}");
    }
    let again = act(&office, &one, json!({ "deed": "recall" })).await;
    assert_eq!(again["calls"], 2);
    assert_eq!(
        act_as(&office, Role::Clerk, &one, json!({ "deed": "start" })).await.status,
        412,
        "somebody called her again"
    );
    let served = act(&office, &again, json!({ "deed": "start" })).await;
    assert_eq!(served["state"], "serving");
    let busy = queue_as(&office, Role::Clerk).await["staff"].clone();
    assert_eq!((&busy[0]["availability"], &busy[0]["counter"]), (&json!("busy"), &json!("counter-4")));
    let parked = act(&office, &served, json!({ "deed": "park", "card": "Venter på en kopi" })).await;
    assert_eq!((&parked["state"], &parked["card"]), (&json!("parked"), &json!("Venter på en kopi")));
    assert_eq!(queue_as(&office, Role::Clerk).await["staff"][0]["availability"], "available");
    let resumed = act(&office, &parked, json!({ "deed": "resume", "counter": "counter-4" })).await;
    assert_eq!(resumed["began"], served["began"], "her visit is one visit");
    pass(&office, 7);
    let done = act(&office, &resumed, json!({ "deed": "finish", "outcome": "settled" })).await;
    assert_eq!((&done["state"], &done["unwrapped"]), (&json!("finished"), &json!(true)));
    let open = queue_as(&office, Role::Clerk).await;
    assert_eq!(
        (&open["tickets"][0]["unwrapped"], &open["staff"][0]["availability"]),
        (&json!(true), &json!("available"))
    );
    let wrapped = act(&office, &done, json!({ "deed": "wrapped" })).await;
    assert_eq!(queue_as(&office, Role::Clerk).await["tickets"], json!([]));
    assert_eq!(act_as(&office, Role::Clerk, &wrapped, json!({ "deed": "wrapped" })).await.kind(), "not-possible-now");
    let mut conn = office.service.app().store.read().await.unwrap();
    let rows = sqlx::query("SELECT deed, state FROM ticket_history ORDER BY no").fetch_all(&mut *conn).await.unwrap();
    let deeds: Vec<(TicketDeed, TicketState)> = rows
        .iter()
        .map(|row| {
            use crate::store::Read;
            (row.word(0, "deed").unwrap(), row.word(1, "state").unwrap())
        })
        .collect();
    use TicketDeed as D;
    use TicketState as S;
    assert_eq!(
        deeds,
        [
            (D::Give, S::Waiting),
            (D::Call, S::Called),
            (D::Recall, S::Called),
            (D::Start, S::Serving),
            (D::Park, S::Parked),
            (D::Resume, S::Serving),
            (D::Finish, S::Finished),
            (D::Wrap, S::Finished)
        ]
    );
}

#[tokio::test]
async fn who_fetches_a_paper_does_not_wait_a_second_time() {
    let office = Office::open().await;
    for _ in 0..3 {
        give(&office, json!({})).await;
    }
    let one = called(&office, "counter-4").await["ticket"].clone();
    let one = act(&office, &one, json!({ "deed": "start" })).await;
    let away = act(&office, &one, json!({ "deed": "send_off", "card": "Lejekontrakten" })).await;
    assert_eq!((&away["state"], &away["card"]), (&json!("returning"), &json!("Lejekontrakten")));
    pass(&office, 4);
    let back = act_as(&office, Role::Host, &away, json!({ "deed": "back" })).await;
    assert_eq!(back.status, 200, "the host meets her at the door");
    assert_eq!(queue_as(&office, Role::Clerk).await["tickets"][0]["number"], one["number"]);
    let next = called(&office, "counter-4").await;
    assert_eq!((&next["ticket"]["number"], &next["reason"]), (&one["number"], &json!("returned")));
    assert_eq!(next["ticket"]["came"], one["came"]);
}

#[tokio::test]
async fn who_does_not_come_is_called_again_later_or_is_a_no_show() {
    let office = Office::open().await;
    give(&office, json!({})).await;
    give(&office, json!({})).await;
    let one = called(&office, "counter-4").await["ticket"].clone();
    for minutes in [0, 61] {
        assert_eq!(
            act_as(&office, Role::Clerk, &one, json!({ "deed": "later", "minutes": minutes })).await.kind(),
            "invalid"
        );
    }
    let later = act(&office, &one, json!({ "deed": "later", "minutes": 5 })).await;
    assert_eq!((&later["state"], later.get("counter")), (&json!("waiting"), None));
    let other = called(&office, "counter-4").await["ticket"].clone();
    assert_eq!(other["number"], "K 002");
    let gone = act(&office, &other, json!({ "deed": "noshow" })).await;
    assert_eq!(gone["state"], "noshow");
    assert_eq!(called(&office, "counter-4").await["ticket"], Value::Null, "five minutes have not passed");
    pass(&office, 5);
    let again = called(&office, "counter-4").await;
    assert_eq!((&again["ticket"]["number"], &again["ticket"]["calls"]), (&json!("K 001"), &json!(2)));
}

#[tokio::test]
async fn out_of_order_needs_a_reason() {
    let office = Office::open().await;
    give(&office, json!({})).await;
    let two = give(&office, json!({})).await;
    for (change, pointer) in [
        (json!({ "deed": "call", "counter": "counter-4", "reason": " " }), "/reason"),
        (json!({ "deed": "call", "counter": "counter-4", "reason": "x".repeat(501) }), "/reason"),
        (json!({ "deed": "call", "counter": "ih-1", "reason": "Hun er syg" }), "/counter"),
        (json!({ "deed": "call", "counter": "stand-1", "reason": "Hun er syg" }), "/counter"),
    ] {
        let reply = act_as(&office, Role::Clerk, &two, change.clone()).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    let one = act(&office, &two, json!({ "deed": "call", "counter": "counter-4", "reason": "Hun er syg" })).await;
    assert_eq!(one["state"], "called");
}

#[tokio::test]
async fn a_hand_over_carries_its_card_and_the_colleague_gets_her_first() {
    let office = Office::open().await;
    for _ in 0..3 {
        give(&office, json!({})).await;
    }
    let one = called(&office, "counter-4").await["ticket"].clone();
    let one = act(&office, &one, json!({ "deed": "start" })).await;
    let mette = persona_id(Role::Caseworker);
    for (change, pointer) in [
        (json!({ "deed": "transfer" }), "/to"),
        (json!({ "deed": "transfer", "counter": "counter-1", "to": { "to": "colleague", "id": mette } }), "/counter"),
        (json!({ "deed": "transfer", "to": { "to": "colleague", "id": Uuid::now_v7() } }), "/to/id"),
        (json!({ "deed": "transfer", "to": { "to": "unit", "department": "nowhere" } }), "/to/department"),
        (json!({ "deed": "transfer", "counter": "ih-1" }), "/counter"),
        (json!({ "deed": "transfer", "counter": "counter-1", "card": "x".repeat(501) }), "/card"),
    ] {
        let reply = act_as(&office, Role::Clerk, &one, change.clone()).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    let change = json!({ "deed": "transfer", "to": { "to": "colleague", "id": mette }, "card": "Vil klage" });
    let handed = act(&office, &one, change).await;
    assert_eq!((&handed["state"], &handed["card"]), (&json!("waiting"), &json!("Vil klage")));
    assert_eq!(handed["staff"]["name"], persona_name(Role::Caseworker));
    assert_eq!(called(&office, "counter-4").await["ticket"]["number"], "K 002", "she is promised to Mette");
    let hers = call_next(&office, Role::Caseworker, "counter-3").await.json();
    assert_eq!(
        (&hers["ticket"]["number"], &hers["reason"], &hers["ticket"]["card"]),
        (&json!("K 001"), &json!("returned"), &json!("Vil klage"))
    );
    assert_eq!(hers["ticket"]["began"], one["began"]);
    let served = act_as(&office, Role::Caseworker, &hers["ticket"], json!({ "deed": "start" })).await.json();
    let unit = json!({ "deed": "transfer", "to": { "to": "unit", "department": "siri" }, "card": "" });
    let unit = act_as(&office, Role::Caseworker, &served, unit).await.json();
    assert_eq!((&unit["department"], &unit["counter"]), (&json!("siri"), &json!("siri-1")));
    assert_eq!(call_next(&office, Role::Caseworker, "siri-1").await.json()["ticket"]["number"], "K 001");
}

#[tokio::test]
async fn a_booked_citizen_is_checked_in_with_her_papers_and_her_appointment_follows() {
    let office = Office::open().await;
    let appointment = kalinas_appointment(&office).await;
    let expected = queue_as(&office, Role::Clerk).await["expected"].clone();
    let hers = expected.as_array().unwrap().iter().find(|e| e["appointment"] == appointment["id"]).unwrap();
    assert_eq!((&hers["citizenShort"], &hers["papers"]), (&json!("K. Wrona"), &json!({ "due": 9, "open": 2 })));
    let made = check_in(&office, Role::Host, &appointment["id"]).await;
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    assert_eq!(made.header("location"), format!("/v1/tickets/{}", made.json()["id"].as_str().unwrap()));
    assert_eq!(check_in(&office, Role::Host, &appointment["id"]).await.kind(), "already-exists");
    let one = queue_as(&office, Role::Clerk).await["tickets"][0].clone();
    assert_eq!((&one["booked"], &one["people"], &one["language"]), (&appointment["start"], &json!(3), &json!("pl")));
    assert_eq!((&one["triage"], &one["origin"]), (&json!("missing"), &json!("check_in")));
    assert!(!one["papers"].as_array().unwrap().is_empty());
    assert_eq!(one["cases"], appointment["cases"]);
    let now = queue_as(&office, Role::Clerk).await;
    assert!(now["expected"].as_array().unwrap().iter().all(|e| e["appointment"] != appointment["id"]));
    let status = async || kalinas_appointment(&office).await["status"].clone();
    assert_eq!(status().await, "arrived");
    // She is fourteen minutes early, and nobody else waits.
    let one = called(&office, "counter-4").await["ticket"].clone();
    let one = act(&office, &one, json!({ "deed": "start" })).await;
    act(&office, &one, json!({ "deed": "finish" })).await;
    assert_eq!(status().await, "fulfilled");
    let log = office.get("/v1/audit").role(Role::TeamLeader).send().await.json();
    let served: Vec<&Value> =
        log["items"].as_array().unwrap().iter().filter(|r| r["action"] == "serve_ticket").collect();
    assert_eq!(
        served.iter().map(|r| r["note"].as_str().unwrap()).collect::<Vec<_>>(),
        ["finish", "start", "call", "give"]
    );
    assert!(served.iter().all(|r| r["citizen"] == appointment["citizen"] && r["purpose"]["kind"] == "ticket"));
}

#[tokio::test]
async fn who_is_checked_in_and_leaves_is_a_no_show_and_another_day_is_refused() {
    let office = Office::open().await;
    let appointment = kalinas_appointment(&office).await;
    pass(&office, 60);
    check_in(&office, Role::Clerk, &appointment["id"]).await;
    let one = called(&office, "counter-4").await;
    assert_eq!(one["reason"], "booked_time", "she is late and is called nonetheless");
    act(&office, &one["ticket"], json!({ "deed": "noshow" })).await;
    assert_eq!(kalinas_appointment(&office).await["status"], "noshow");
    let path = "/v1/slots?counter=counter-4&minutes=20&limit=1&from=2026-06-11T06:00:00Z";
    let start = office.get(path).send().await.json()["items"][0]["start"].clone();
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let other = json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "counter": "counter-4", "start": start, "minutes": 20, "people": 1 });
    let booked = office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&other).send().await;
    assert_eq!(booked.status, 201, "{}", String::from_utf8_lossy(&booked.body));
    assert_eq!(check_in(&office, Role::Host, &other["id"]).await.kind(), "not-possible-now");
    assert_eq!(check_in(&office, Role::Host, &json!(Uuid::now_v7())).await.kind(), "invalid");
}

#[tokio::test]
async fn once_it_is_known_who_she_is_her_cases_and_what_is_missing_come_along() {
    let office = Office::open().await;
    let one = give(&office, json!({ "procedure": "move-domestic" })).await;
    let kalina = office.kalina().await;
    let nobody = json!({ "deed": "identify", "citizen": Uuid::now_v7() });
    assert_eq!(act_as(&office, Role::Clerk, &one, nobody).await.json()["errors"][0]["pointer"], "/citizen");
    let social = office.case_of_kalina("social-support").await["id"].clone();
    let withheld = json!({ "deed": "identify", "citizen": kalina, "cases": [social] });
    let unknown = json!({ "deed": "identify", "citizen": kalina, "cases": [Uuid::now_v7()] });
    let (withheld, unknown) =
        (act_as(&office, Role::Clerk, &one, withheld).await, act_as(&office, Role::Clerk, &one, unknown).await);
    assert_eq!(withheld.json()["errors"], unknown.json()["errors"], "a withheld case leaves no trace");
    let known = act(&office, &one, json!({ "deed": "identify", "citizen": kalina })).await;
    assert_eq!((&known["citizen"], &known["citizenShort"]), (&json!(kalina), &json!("K. Wrona")));
    assert_eq!(known["cases"], json!([office.case_of_kalina("move-domestic").await["id"]]));
    assert_eq!((&known["triage"], known["papers"].as_array().unwrap().len()), (&json!("missing"), 1));
    let host = queue_as(&office, Role::Host).await["tickets"][0].clone();
    assert_eq!(
        (host.get("cases"), &host["papers"]),
        (None, &known["papers"]),
        "the host may scan it now, and sees no case"
    );
}

#[tokio::test]
async fn a_host_serves_nobody_and_does_not_read_what_colleagues_wrote_to_each_other() {
    let office = Office::open().await;
    let one = give(&office, json!({})).await;
    assert_eq!(call_next(&office, Role::Host, "counter-4").await.kind(), "forbidden");
    for change in [
        json!({ "deed": "call", "counter": "counter-4", "reason": "x" }),
        json!({ "deed": "noshow" }),
        json!({ "deed": "finish" }),
    ] {
        assert_eq!(act_as(&office, Role::Host, &one, change.clone()).await.kind(), "forbidden", "{change}");
    }
    let sorted = act_as(&office, Role::Host, &one, json!({ "deed": "sort", "triage": "stand" })).await.json();
    assert_eq!(sorted["triage"], "stand");
    let private = act_as(&office, Role::Host, &sorted, json!({ "deed": "room", "privateRoom": true })).await.json();
    assert_eq!(private["privateRoom"], true);
    let one =
        act(&office, &private, json!({ "deed": "transfer", "counter": "room-a", "card": "Fortrolig samtale" })).await;
    assert_eq!(one["card"], "Fortrolig samtale");
    let seen = queue_as(&office, Role::Host).await["tickets"][0].clone();
    assert_eq!((seen.get("card"), &seen["counter"]), (None, &json!("room-a")));
    let appointment = kalinas_appointment(&office).await;
    check_in(&office, Role::Clerk, &appointment["id"]).await;
    let seen = queue_as(&office, Role::Host).await;
    let hers = seen["tickets"].as_array().unwrap().iter().find(|t| t["origin"] == "check_in").unwrap();
    assert_eq!((&hers["reason"]["en"], hers.get("procedure"), hers.get("cases")), (&json!("Booked time"), None, None));
    assert!(seen["expected"].as_array().unwrap().iter().all(|e| e.get("title").is_none()));
    for role in [Role::Guest] {
        assert_eq!(office.get("/v1/tickets?site=norrebro").role(role).send().await.kind(), "forbidden");
    }
}

#[tokio::test]
async fn a_withheld_department_is_somebody_who_waits_and_nothing_more() {
    let office = Office::open().await;
    let refused = give_as(&office, Role::Host, json!({ "procedure": "social-support" })).await;
    assert_eq!(refused.json()["errors"][0]["pointer"], "/procedure");
    let given =
        give_as(&office, Role::Caseworker, json!({ "procedure": "social-support", "text": "Samtale om støtte" })).await;
    assert_eq!(given.status, 201);
    for role in [Role::Clerk, Role::Host] {
        let seen = queue_as(&office, role).await["tickets"][0].clone();
        assert_eq!(seen["reason"]["en"], "Meeting");
        for field in ["procedure", "department", "text", "situation", "card"] {
            assert!(seen.get(field).is_none(), "{field}");
        }
    }
    assert_eq!(called(&office, "counter-4").await["ticket"], Value::Null);
    let reply =
        act_as(&office, Role::Clerk, &given.json(), json!({ "deed": "call", "counter": "counter-4", "reason": "Nu" }))
            .await;
    assert_eq!(reply.kind(), "forbidden");
    assert_eq!(call_next(&office, Role::Caseworker, "counter-3").await.json()["ticket"]["procedure"], "social-support");
}

#[tokio::test]
async fn what_cannot_be_is_said_in_a_sentence() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    for (change, pointer) in [
        (json!({ "id": Uuid::nil() }), "/id"),
        (json!({ "people": 0 }), "/people"),
        (json!({ "people": 21 }), "/people"),
        (json!({ "site": "nowhere" }), "/site"),
        (json!({ "procedure": null }), "/procedure"),
        (json!({ "procedure": "no-such-thing" }), "/procedure"),
        (json!({ "situation": "no-such-thing" }), "/situation"),
        (json!({ "origin": "stand" }), "/origin"),
        (json!({ "origin": "check_in" }), "/origin"),
        (json!({ "text": "x".repeat(501) }), "/text"),
        (json!({ "language": "POLISH" }), "/language"),
        (json!({ "citizen": Uuid::now_v7() }), "/citizen"),
        (json!({ "cases": [Uuid::now_v7()] }), "/citizen"),
        (json!({ "citizen": kalina, "cases": [Uuid::now_v7()] }), "/cases/0"),
        (json!({ "more": 1 }), "/more"),
    ] {
        let reply = give_as(&office, Role::Host, change.clone()).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    assert_eq!(office.get("/v1/tickets").send().await.json()["errors"][0]["pointer"], "?site");
    assert_eq!(office.get("/v1/tickets?site=nowhere").send().await.json()["errors"][0]["pointer"], "?site");
    assert_eq!(office.get(&format!("/v1/tickets/{}", Uuid::now_v7())).send().await.kind(), "not-found");
    for counter in ["nowhere", "stand-1"] {
        assert_eq!(call_next(&office, Role::Clerk, counter).await.json()["errors"][0]["pointer"], "/counter");
    }
    let body = ticket(Uuid::now_v7(), json!({}));
    let send = || office.ask(Method::POST, "/v1/tickets").role(Role::Host).key(Uuid::now_v7()).json(&body);
    assert_eq!(send().send().await.status, 201);
    assert_eq!(send().send().await.kind(), "already-exists");
}

#[tokio::test]
async fn who_can_be_reached_and_who_asks_for_help_is_heard_of_at_once() {
    let office = Office::open().await;
    let mut mette = Listener::begin(&office, Role::Caseworker, None).await;
    mette.next().await;
    let say =
        async |role, body: Value| office.ask(Method::POST, "/v1/availability").role(role).json(&body).send().await;
    let state = json!({ "say": "state", "site": "norrebro", "counter": "counter-4", "availability": "lunch" });
    let staff = say(Role::Clerk, state).await.json()["staff"].clone();
    assert_eq!((&staff[0]["availability"], &staff[0]["counter"]), (&json!("lunch"), &json!("counter-4")));
    let heard = mette.next().await.data.unwrap();
    assert_eq!(
        (&heard["type"], &heard["subject"]),
        (&json!("dk.skranke.availability.changed"), &json!("/v1/availability?site=norrebro"))
    );
    let help = json!({ "say": "help", "site": "norrebro", "with": "Tolken kom ikke" });
    let staff = say(Role::Host, help).await.json()["staff"].clone();
    let host = staff.as_array().unwrap().iter().find(|s| s["staff"]["name"] == persona_name(Role::Host)).unwrap();
    assert_eq!(host["wantsHelp"], "Tolken kom ikke");
    let come = json!({ "say": "come", "site": "norrebro", "to": persona_id(Role::Host) });
    let staff = say(Role::Caseworker, come.clone()).await.json()["staff"].clone();
    let host = staff.as_array().unwrap().iter().find(|s| s["wantsHelp"].is_string()).unwrap();
    assert_eq!(host["helper"]["name"], persona_name(Role::Caseworker));
    say(Role::Host, json!({ "say": "no_help", "site": "norrebro" })).await;
    assert_eq!(say(Role::Caseworker, come).await.json()["errors"][0]["pointer"], "/to", "she no longer asks");
    for (body, pointer) in [
        (json!({ "say": "state", "site": "nowhere", "availability": "away" }), "/site"),
        (json!({ "say": "state", "site": "norrebro", "counter": "ih-1", "availability": "away" }), "/counter"),
        (json!({ "say": "help", "site": "norrebro", "with": "x".repeat(201) }), "/with"),
    ] {
        assert_eq!(say(Role::Clerk, body).await.json()["errors"][0]["pointer"], pointer);
    }
    // Whoever is at lunch and finishes with somebody is still at lunch.
    give(&office, json!({})).await;
    let one = called(&office, "counter-4").await["ticket"].clone();
    let one = act(&office, &one, json!({ "deed": "start" })).await;
    say(Role::Clerk, json!({ "say": "state", "site": "norrebro", "counter": "counter-4", "availability": "on_hold" }))
        .await;
    act(&office, &one, json!({ "deed": "finish" })).await;
    let staff = queue_as(&office, Role::Clerk).await["staff"].clone();
    assert!(staff.as_array().unwrap().iter().any(|s| s["availability"] == "on_hold"));
}
