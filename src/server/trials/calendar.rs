//! The calendar of a whole house: its day, free times, times that are kept, moves, closures, load.

use super::*;

const DAY: &str = "/v1/appointments?site=norrebro&from=2026-06-09&to=2026-06-09";

async fn slots(office: &Office, query: &str) -> Vec<Value> {
    let reply = office.get(&format!("/v1/slots?{query}")).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()["items"].as_array().unwrap().clone()
}

async fn post(office: &Office, path: &str, body: &Value) -> Reply {
    post_as(office, Role::Clerk, path, body).await
}

async fn post_as(office: &Office, role: Role, path: &str, body: &Value) -> Reply {
    office.ask(Method::POST, path).role(role).key(Uuid::now_v7()).json(body).send().await
}

async fn patch(office: &Office, path: &str, etag: &Value, body: &Value) -> Reply {
    office.ask(Method::PATCH, path).key(Uuid::now_v7()).seen(etag).json(body).send().await
}

fn hold_of(slot: &Value, citizen: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "citizen": citizen, "counter": slot["counter"], "start": slot["start"], "minutes": 30 })
}

async fn booking_of(office: &Office, slot: &Value) -> Value {
    let case = office.case_of_kalina("cpr-eu-employee").await;
    json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "counter": slot["counter"],
            "start": slot["start"], "minutes": 30, "people": 3 })
}

#[tokio::test]
async fn the_day_of_the_house_has_its_columns_its_people_and_its_closed_counter() {
    let office = Office::open().await;
    let day = office.get(DAY).send().await.json();
    let lanes = day["lanes"].as_array().unwrap();
    let lane = |counter: &str| lanes.iter().find(|lane| lane["counter"] == counter).unwrap();
    assert_eq!(lanes.len(), 10);
    assert_eq!(lane("counter-1")["staff"]["name"], "Nina Krogh");
    assert_eq!(lane("counter-4")["staff"]["name"], "Ida Mellemgaard");
    assert_eq!((&lane("counter-3")["closed"], &lane("counter-3")["staff"]), (&json!(true), &Value::Null));
    assert!(lane("counter-4")["percent"].as_u64().unwrap() > 0);
    let items = day["items"].as_array().unwrap();
    assert!(items.len() >= 20, "{}", items.len());
    assert!(items.iter().all(|a| a["counter"] != "counter-3"));
    assert!(items.iter().any(|a| a["readiness"] == "ready") && items.iter().any(|a| a["readiness"] != "ready"));
    let shut = |b: &&Value| b["counter"] == "counter-3" && b["kind"] == "closed";
    assert!(day["blocks"].as_array().unwrap().iter().any(|b| shut(&b)));
    let host = office.get(DAY).role(Role::Host).send().await.json();
    assert!(host["items"].as_array().unwrap().iter().all(|a| a["cases"] == json!([]) && a["title"].is_null()));
}

#[tokio::test]
async fn a_public_holiday_says_its_name_and_a_week_of_a_site_is_the_most() {
    let office = Office::open().await;
    let path = "/v1/appointments?site=norrebro&from=2026-06-05&to=2026-06-05";
    let day = office.get(path).send().await.json();
    assert!(day["blocks"].as_array().unwrap().iter().any(|b| b["text"] == "Grundlovsdag"), "{day}");
    assert!(day["lanes"].as_array().unwrap().iter().all(|lane| lane["closed"] == true));
    for (path, pointer) in [
        ("/v1/appointments?site=norrebro&from=2026-06-01&to=2026-06-08", "?to"),
        ("/v1/appointments?site=nowhere&from=2026-06-01&to=2026-06-01", "?site"),
        ("/v1/appointments?interpreter=nobody&from=2026-06-01&to=2026-06-01", "?interpreter"),
        ("/v1/appointments?site=norrebro&counter=counter-4&from=2026-06-01&to=2026-06-01", "?site"),
        ("/v1/load?site=norrebro&from=2026-06-01&to=2026-09-01", "?to"),
        ("/v1/load?site=nowhere&from=2026-06-01&to=2026-06-02", "?site"),
        ("/v1/slots?sites=norrebro", "?minutes"),
        ("/v1/slots?sites=nowhere&minutes=30", "?sites"),
        ("/v1/slots?procedure=nothing&people=2", "?procedure"),
        ("/v1/slots?minutes=30&people=0", "?people"),
        ("/v1/slots?minutes=7", "?minutes"),
        ("/v1/slots?minutes=30&language=polish", "?language"),
    ] {
        let reply = office.get(path).send().await;
        assert_eq!(reply.kind(), "invalid", "{path}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{path}");
    }
}

#[tokio::test]
async fn the_finder_looks_over_sites_and_keeps_to_what_was_asked() {
    let office = Office::open().await;
    let all = slots(&office, "minutes=30&limit=50").await;
    assert!(all.windows(2).all(|w| w[0]["start"].as_str() <= w[1]["start"].as_str()), "earliest first");
    assert!(all.iter().all(|s| s["start"].as_str().unwrap() > NOW && s["counter"] != "counter-3"));
    let sites: std::collections::HashSet<&str> = all.iter().map(|s| s["site"].as_str().unwrap()).collect();
    assert!(sites.len() > 3, "{sites:?}");
    assert!(all.iter().all(|s| !["stand-1", "phone-1", "siri-1"].contains(&s["counter"].as_str().unwrap())));

    let early = slots(&office, "sites=norrebro&minutes=30&beforeWork=true&limit=5").await;
    assert!(!early.is_empty() && early.iter().all(|s| s["start"].as_str().unwrap() < "2026-06-30"));
    assert!(early.iter().all(|s| {
        ["06:30", "06:35", "06:40", "06:45", "06:50", "06:55"].contains(&&s["start"].as_str().unwrap()[11..16])
    }));

    let flat = slots(&office, "sites=norrebro&minutes=30&stepFree=true&limit=20").await;
    assert!(flat.iter().all(|s| ["counter-1", "counter-2", "room-a"].contains(&s["counter"].as_str().unwrap())));

    let own = slots(&office, "sites=norrebro&minutes=30&with=018cc251-f400-7000-8000-5ca500000002&limit=5").await;
    assert!(!own.is_empty() && own.iter().all(|s| s["counter"] == "counter-4"), "{own:?}");
    assert_eq!(own[0]["staff"]["name"], "Ida Mellemgaard");

    let today = slots(&office, "sites=norrebro&minutes=30&until=2026-06-09&limit=50").await;
    assert!(today.iter().all(|s| s["start"].as_str().unwrap().starts_with("2026-06-09")));

    let long = slots(&office, "sites=norrebro&procedure=cpr-eu-employee&people=4&limit=1").await;
    let minutes = |slot: &Value| {
        let at = |name: &str| slot[name].as_str().unwrap().parse::<Timestamp>().unwrap();
        at("end").duration_since(at("start")).as_mins()
    };
    let alone = slots(&office, "sites=norrebro&procedure=cpr-eu-employee&people=1&limit=1").await;
    assert_eq!(minutes(&long[0]) - minutes(&alone[0]), 15);

    let polish = slots(&office, "sites=norrebro&minutes=30&language=pl&limit=3").await;
    assert!(polish.iter().all(|s| s["interpreter"]["id"] == "tolk-pl"));
    assert!(slots(&office, "minutes=30&language=xx&limit=3").await.is_empty(), "nobody interprets it");
}

#[tokio::test]
async fn a_time_is_kept_while_the_clerk_writes_and_stands_when_she_books_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let slot = slots(&office, "sites=norrebro&minutes=30&limit=1").await[0].clone();
    let hold = hold_of(&slot, &kalina);
    let kept = post(&office, "/v1/slots/hold", &hold).await;
    assert_eq!(kept.status, 201, "{kept:?}");
    assert_eq!(kept.json()["status"], "proposed");
    assert!(kept.json()["expires"].as_str().unwrap().starts_with("2026-06-09T08:11"));
    let counter = format!("counter={}&minutes=30&limit=1", slot["counter"].as_str().unwrap());
    assert_ne!(slots(&office, &counter).await[0]["start"], slot["start"], "nobody is offered it meanwhile");
    let other = hold_of(&slot, &kalina);
    assert_eq!(post_as(&office, Role::TeamLeader, "/v1/slots/hold", &other).await.kind(), "slot-taken");

    let mut booking = booking_of(&office, &slot).await;
    booking["id"] = hold["id"].clone();
    let foreign = post_as(&office, Role::Caseworker, "/v1/appointments", &booking).await;
    assert_eq!(foreign.kind(), "already-exists", "it is held by somebody else");
    let booked = post(&office, "/v1/appointments", &booking).await;
    assert_eq!(booked.status, 201, "{booked:?}");
    assert_eq!((&booked.json()["status"], &booked.json()["expires"]), (&json!("booked"), &Value::Null));
}

#[tokio::test]
async fn a_kept_time_comes_free_by_itself_and_when_it_is_given_back() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let free = slots(&office, "counter=counter-4&minutes=30&limit=10").await;
    let kept = post(&office, "/v1/slots/hold", &hold_of(&free[0], &kalina)).await.json();
    let path = format!("/v1/appointments/{}", kept["id"].as_str().unwrap());
    let back = patch(&office, &path, &kept["etag"], &json!({ "status": "cancelled" })).await;
    assert_eq!(back.json()["status"], "cancelled", "{back:?}");
    assert_eq!(office.get(&path).send().await.status, 404);
    for slot in &free[..5] {
        assert_eq!(post(&office, "/v1/slots/hold", &hold_of(slot, &kalina)).await.status, 201);
    }
    assert_eq!(post(&office, "/v1/slots/hold", &hold_of(&free[6], &kalina)).await.kind(), "not-possible-now");
    assert_ne!(slots(&office, "counter=counter-4&minutes=30&limit=1").await[0]["start"], free[0]["start"]);
    office.service.move_clock("2026-06-09T08:11:30Z".parse().unwrap());
    assert_eq!(slots(&office, "counter=counter-4&minutes=30&limit=1").await[0]["start"], free[0]["start"]);
    let again = post_as(&office, Role::TeamLeader, "/v1/slots/hold", &hold_of(&free[0], &kalina)).await;
    assert_eq!(again.status, 201, "{again:?}");
    assert_eq!(office.service.let_go_due().await.unwrap(), 0, "whoever asked first swept");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_its_field() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let slot = slots(&office, "counter=counter-4&minutes=30&limit=1").await[0].clone();
    for (change, pointer) in [
        (json!({ "start": "2026-06-09T06:30:00Z" }), "/start"),
        (json!({ "start": "2026-06-10T09:02:00Z" }), "/start"),
        (json!({ "start": "2026-06-13T09:00:00Z" }), "/start"),
        (json!({ "counter": "counter-3", "start": "2026-06-16T09:00:00Z" }), "/start"),
        (json!({ "minutes": 7 }), "/minutes"),
        (json!({ "counter": "counter-99" }), "/counter"),
        (json!({ "interpreter": "nobody" }), "/interpreter"),
        (json!({ "citizen": Uuid::now_v7() }), "/citizen"),
        (json!({ "id": Uuid::nil() }), "/id"),
    ] {
        let mut body = hold_of(&slot, &kalina);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = post(&office, "/v1/slots/hold", &body).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
}

#[tokio::test]
async fn an_interpreter_is_at_one_place_at_a_time_and_comes_along_when_a_time_moves() {
    let office = Office::open().await;
    let free = slots(&office, "counter=counter-4&minutes=30&language=pl&limit=3").await;
    let mut first = booking_of(&office, &free[0]).await;
    first["interpreter"] = json!("tolk-pl");
    let made = post(&office, "/v1/appointments", &first).await;
    assert_eq!(made.json()["interpreter"]["name"], "Sprogbroen", "{made:?}");
    let kalina = office.kalina().await;
    let mut second = hold_of(&free[0], &kalina);
    second["counter"] = json!("vb-1");
    second["interpreter"] = json!("tolk-pl");
    let open = slots(&office, "counter=vb-1&minutes=30&limit=50").await;
    if open.iter().any(|slot| slot["start"] == free[0]["start"]) {
        let reply = post(&office, "/v1/slots/hold", &second).await;
        assert_eq!(reply.kind(), "slot-taken");
        assert_eq!(reply.json()["detail"], "the interpreter is not free");
    }
    let path = made.header("location").to_owned();
    let to = json!({ "to": { "counter": "counter-4", "start": free[1]["start"], "minutes": 30 } });
    let moved = patch(&office, &path, &made.json()["etag"], &to).await;
    assert_eq!(moved.json()["start"], free[1]["start"], "{moved:?}");
    let hers = office.get("/v1/appointments?interpreter=tolk-pl&from=2026-06-09&to=2026-06-30").send().await.json();
    assert!(hers["items"].as_array().unwrap().iter().any(|a| a["id"] == first["id"] && a["start"] == free[1]["start"]));
    let back = json!({ "to": { "counter": "counter-4", "start": free[0]["start"], "minutes": 30 } });
    let undone = patch(&office, &path, &moved.json()["etag"], &back).await;
    assert_eq!(undone.json()["start"], free[0]["start"], "{undone:?}");
    let case = office.case(first["cases"][0].as_str().unwrap()).await;
    let kinds: Vec<&str> =
        case["history"].as_array().unwrap().iter().take(3).map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["moved", "moved", "booked"]);
}

#[tokio::test]
async fn a_move_by_a_few_minutes_never_stands_in_its_own_way_and_never_takes_anothers_time() {
    let office = Office::open().await;
    let free = slots(&office, "counter=counter-4&minutes=60&from=2026-06-10T00:00:00Z&limit=2").await;
    let start: Timestamp = free[0]["start"].as_str().unwrap().parse().unwrap();
    let made = post(&office, "/v1/appointments", &booking_of(&office, &free[0]).await).await;
    let path = made.header("location").to_owned();
    let later = start.checked_add(jiff::ToSpan::minutes(15)).unwrap().to_string();
    let to = |start: &str| json!({ "to": { "counter": "counter-4", "start": start, "minutes": 30 } });
    let moved = patch(&office, &path, &made.json()["etag"], &to(&later)).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    let other = post(&office, "/v1/appointments", &booking_of(&office, &free[1]).await).await;
    assert_eq!(other.status, 201, "{other:?}");
    let refused = patch(&office, &path, &moved.json()["etag"], &to(free[1]["start"].as_str().unwrap())).await;
    assert_eq!(refused.kind(), "slot-taken");
    assert_eq!(office.get(&path).send().await.json()["start"], moved.json()["start"], "everything is as it was");
    for (body, pointer) in [
        (to("2026-06-13T09:00:00Z"), "/to/start"),
        (json!({ "to": { "counter": "counter-99", "start": later, "minutes": 30 } }), "/to/counter"),
        (json!({ "to": { "counter": "counter-4", "start": later, "minutes": 8 } }), "/to/minutes"),
        (json!({ "status": "arrived", "to": { "counter": "counter-4", "start": later, "minutes": 30 } }), "/to"),
        (json!({}), "/status"),
    ] {
        let reply = patch(&office, &path, &moved.json()["etag"], &body).await;
        assert_eq!((reply.kind().as_str(), &reply.json()["errors"][0]["pointer"]), ("invalid", &json!(pointer)));
    }
}

#[tokio::test]
async fn whoever_was_missed_is_booked_again_with_the_cause_and_a_time_that_is_replaced_is_given_back() {
    let office = Office::open().await;
    let free = slots(&office, "counter=counter-4&minutes=30&limit=3").await;
    let first = post(&office, "/v1/appointments", &booking_of(&office, &free[0]).await).await.json();
    let path = |of: &Value| format!("/v1/appointments/{}", of["id"].as_str().unwrap());
    let missed = patch(&office, &path(&first), &first["etag"], &json!({ "status": "noshow" })).await;
    assert_eq!(missed.json()["status"], "noshow");
    let mut body = booking_of(&office, &free[1]).await;
    body["replaces"] = first["id"].clone();
    let second = post(&office, "/v1/appointments", &body).await;
    assert_eq!(second.json()["replaces"], first["id"], "{second:?}");
    let causes = sqlx::query("SELECT COUNT(*) FROM appointment WHERE cause = 'missed'");
    let row = causes.fetch_one(&mut *office.service.app().store.read().await.unwrap()).await.unwrap();
    assert_eq!(sqlx::Row::get::<i64, _>(&row, 0), 1);
    let mut third = booking_of(&office, &free[2]).await;
    third["replaces"] = body["id"].clone();
    third["cause"] = json!("own_wish");
    assert_eq!(post(&office, "/v1/appointments", &third).await.status, 201);
    assert_eq!(office.get(&path(&body)).send().await.json()["status"], "cancelled");
    let mut stray = booking_of(&office, &free[1]).await;
    stray["replaces"] = json!(Uuid::now_v7());
    assert_eq!(post(&office, "/v1/appointments", &stray).await.json()["errors"][0]["pointer"], "/replaces");
}

#[tokio::test]
async fn closing_time_shows_whom_it_meets_first_and_marks_them_after() {
    let office = Office::open().await;
    let free = slots(&office, "counter=counter-4&minutes=30&from=2026-06-11T00:00:00Z&limit=1").await;
    let made = post(&office, "/v1/appointments", &booking_of(&office, &free[0]).await).await.json();
    let mut closure = json!({ "id": Uuid::now_v7(), "counters": ["counter-4", "counter-1"], "start": made["start"],
        "end": made["end"], "kind": "training", "text": "Førstehjælp", "seen": [] });
    let asked = office.ask(Method::POST, "/v1/blocks/conflicts").json(&closure).send().await.json();
    let met: Vec<Value> = asked["appointments"].as_array().unwrap().iter().map(|a| a["id"].clone()).collect();
    assert!(met.contains(&made["id"]));
    let refused = post(&office, "/v1/blocks", &closure).await;
    assert_eq!(refused.kind(), "not-possible-now");
    assert!(refused.json()["current"]["appointments"].as_array().unwrap().iter().any(|a| a["id"] == made["id"]));
    closure["seen"] = json!(met);
    let closed = post(&office, "/v1/blocks", &closure).await;
    assert_eq!(closed.status, 201, "{closed:?}");
    assert_eq!(closed.json()["blocks"].as_array().unwrap().len(), 2);
    let path = format!("/v1/appointments/{}", made["id"].as_str().unwrap());
    let marked = office.get(&path).send().await.json();
    assert_eq!((&marked["conflict"], &marked["status"]), (&json!(true), &json!("booked")));
    let next = slots(&office, "counter=counter-4&minutes=30&limit=1&from=2026-06-12T00:00:00Z").await;
    let to = json!({ "to": { "counter": "counter-4", "start": next[0]["start"], "minutes": 30 } });
    let moved = patch(&office, &path, &marked["etag"], &to).await;
    assert_eq!(moved.json()["conflict"], false, "{moved:?}");
    // What she left stays closed.
    let there = hold_of(&json!({ "counter": "counter-4", "start": made["start"] }), &office.kalina().await);
    assert_eq!(post(&office, "/v1/slots/hold", &there).await.kind(), "slot-taken");

    let block = format!("/v1/blocks/{}", closure["id"].as_str().unwrap());
    let wrong = patch(&office, &block, &closed.json()["etag"], &json!({ "opens": ["counter-2"] })).await;
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/opens/0");
    let part = patch(&office, &block, &closed.json()["etag"], &json!({ "opens": ["counter-4"] })).await;
    assert_eq!(part.json()["blocks"].as_array().unwrap().len(), 1, "{part:?}");
    assert_eq!(post(&office, "/v1/slots/hold", &there).await.status, 201, "it is open again");
    let rest = patch(&office, &block, &part.json()["etag"], &json!({ "opens": ["counter-1"] })).await;
    assert_eq!(rest.json()["blocks"], json!([]));
    assert_eq!(patch(&office, &block, &rest.json()["etag"], &json!({ "opens": ["counter-1"] })).await.status, 404);
}

#[tokio::test]
async fn a_closure_that_makes_no_sense_is_refused_with_its_field() {
    let office = Office::open().await;
    let base = json!({ "id": Uuid::now_v7(), "counters": ["counter-4"], "start": "2026-06-11T09:00:00Z",
        "end": "2026-06-11T10:00:00Z", "kind": "meeting", "text": "", "seen": [] });
    for (change, pointer) in [
        (json!({ "counters": [] }), "/counters"),
        (json!({ "counters": ["counter-99"] }), "/counters/0"),
        (json!({ "counters": ["counter-4", "counter-4"] }), "/counters/1"),
        (json!({ "start": "2026-06-11T09:01:00Z" }), "/start"),
        (json!({ "end": "2026-06-11T08:00:00Z" }), "/end"),
        (json!({ "end": "2026-06-13T08:00:00Z" }), "/end"),
        (json!({ "start": "2026-06-08T08:00:00Z", "end": "2026-06-08T09:00:00Z" }), "/end"),
        (json!({ "text": "x".repeat(201) }), "/text"),
    ] {
        let mut body = base.clone();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = post(&office, "/v1/blocks", &body).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    assert_eq!(post_as(&office, Role::Host, "/v1/blocks", &base).await.kind(), "forbidden");
}

#[tokio::test]
async fn the_load_shows_full_days_and_the_students_of_september_and_january() {
    let office = Office::open().await;
    let load = office.get("/v1/load?site=norrebro&from=2026-06-01&to=2026-07-05").send().await.json();
    let days = load["days"].as_array().unwrap();
    let of = |day: &str| days.iter().find(|d| d["day"] == day);
    assert!(of("2026-06-06").is_none() && of("2026-06-05").is_none(), "weekends and Constitution Day are left out");
    assert!(of("2026-06-09").unwrap()["percent"].as_u64().unwrap() > 20);
    let students = load["grounds"].as_array().unwrap().iter().find(|g| g["ground"] == "eu_student").unwrap().clone();
    let months: Vec<u64> = students["months"].as_array().unwrap().iter().map(|m| m.as_u64().unwrap()).collect();
    let most = months.iter().max().unwrap();
    assert!(months[8] == *most && months[0] > months[1] && months[0] > 2 * months[5], "{months:?}");
}

#[tokio::test]
async fn a_caseworkers_calendar_follows_her_to_where_she_sits() {
    let office = Office::open().await;
    let path = "/v1/appointments?staff=018cc251-f400-7000-8000-5ca500000002&from=2026-06-08&to=2026-06-12";
    let hers = office.get(path).send().await.json();
    let items = hers["items"].as_array().unwrap();
    assert!(items.iter().any(|a| a["citizenShort"] == "K. Wrona"));
    assert!(items.iter().all(|a| a["counter"] == "counter-4"));
    assert!(!hers["blocks"].as_array().unwrap().is_empty());
}
