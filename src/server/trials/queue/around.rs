//! Round the queue: the call display, the stands, what a change costs, a restart, the next morning, the training office's opening.

use super::*;

#[tokio::test]
async fn the_display_shows_numbers_and_counters_and_nothing_else() {
    let office = Office::open().await;
    let bearer = format!("Bearer {}", office.tokens.display);
    let machine = |path: &str| office.get(path).nobody().header("authorization", &bearer);
    give(&office, json!({ "text": "Fortroligt" })).await;
    give(&office, json!({})).await;
    let one = called(&office, "counter-4").await["ticket"].clone();
    let shown = machine("/v1/display?site=norrebro").send().await;
    assert_eq!(shown.status, 200, "{}", String::from_utf8_lossy(&shown.body));
    let view = shown.json();
    assert_eq!((&view["site"], &view["waiting"]), (&json!("Nørrebro"), &json!(1)));
    assert_eq!((&view["calls"][0]["number"], &view["calls"][0]["counter"]), (&one["number"], &json!("4")));
    let mut names: Vec<&String> = view["calls"][0].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["at", "calls", "counter", "counterName", "number"]);
    for path in
        ["/v1/tickets?site=norrebro", &format!("/v1/tickets/{}", one["id"].as_str().unwrap()), "/v1/me", "/v1/sites"]
    {
        assert_eq!(machine(path).send().await.kind(), "forbidden", "{path}");
    }
    let body = ticket(Uuid::now_v7(), json!({ "origin": "stand" }));
    let give = office.ask(Method::POST, "/v1/tickets").nobody().header("authorization", &bearer);
    assert_eq!(give.key(Uuid::now_v7()).json(&body).send().await.kind(), "forbidden");
    let mut heard = Listener::on(machine("/v1/events")).await;
    heard.next().await;
    office.ask(Method::POST, "/v1/availability").json(&json!({ "say": "no_help", "site": "norrebro" })).send().await;
    act(&office, &one, json!({ "deed": "start" })).await;
    let event = heard.next().await.data.unwrap();
    assert_eq!(event["type"], "dk.skranke.ticket.changed");
    assert!(event.get("actor").is_none() && event.get("actorname").is_none() && event.get("citizenid").is_none());
    let busy = machine("/v1/display?site=norrebro").send().await.json();
    assert_eq!(busy["calls"].as_array().unwrap().len(), 1, "she is on her way for some minutes yet");
    pass(&office, 6);
    assert_eq!(machine("/v1/display?site=norrebro").send().await.json()["calls"], json!([]));
}

#[tokio::test]
async fn a_stand_gives_out_its_own_tickets() {
    let office = Office::open().await;
    let bearer = format!("Bearer {}", office.tokens.self_service);
    let body = ticket(Uuid::now_v7(), json!({ "origin": "stand" }));
    let ask = office.ask(Method::POST, "/v1/tickets").nobody().header("authorization", &bearer);
    let made = ask.key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!((made.status, &made.json()["origin"]), (StatusCode::CREATED, &json!("stand")));
    let call = office.ask(Method::POST, "/v1/tickets/call-next").nobody().header("authorization", &bearer);
    let call = call.key(Uuid::now_v7()).json(&json!({ "counter": "counter-4" })).send().await;
    assert_eq!(call.kind(), "forbidden");
}

#[tokio::test]
async fn a_form_at_a_stand_is_mirrored_pointed_at_and_ends_with_the_ticket() {
    let office = Office::open().await;
    let one = give(&office, json!({ "procedure": "move-domestic" })).await;
    let two = give(&office, json!({})).await;
    assert_eq!(office.get("/v1/stands/stand-2").send().await.json()["session"], Value::Null);
    assert_eq!(office.get("/v1/stands/counter-4").send().await.kind(), "not-found");
    assert_eq!(office.get("/v1/stands/stand-2").role(Role::Host).send().await.kind(), "forbidden");
    let there = act(&office, &one, json!({ "deed": "transfer", "counter": "stand-2" })).await;
    assert_eq!((&there["state"], &there["counter"]), (&json!("serving"), &json!("stand-2")));
    assert_eq!(queue_as(&office, Role::Clerk).await["staff"], json!([]), "who follows a stand is free");
    let taken = act_as(&office, Role::Clerk, &two, json!({ "deed": "transfer", "counter": "stand-2" })).await;
    assert_eq!(taken.kind(), "not-possible-now");
    let mut ida = Listener::begin(&office, Role::Clerk, None).await;
    ida.next().await;
    let now = office.service.app().clock.now();
    office.service.move_clock(now + jiff::SignedDuration::from_secs(93));
    let view = office.get("/v1/stands/stand-2").send().await.json()["session"].clone();
    assert_eq!(
        (&view["page"], &view["fields"][0]["value"], &view["ticket"]),
        (&json!(2), &json!("Tangstien 1"), &one["id"])
    );
    let point = async |body: Value| office.ask(Method::POST, "/v1/stands/stand-2/point").json(&body).send().await;
    assert_eq!(point(json!({ "field": "nothing" })).await.json()["errors"][0]["pointer"], "/field");
    assert_eq!(point(json!({ "field": "street" })).await.json()["session"]["pointed"], "street");
    assert_eq!(ida.next().await.data.unwrap()["type"], "dk.skranke.stand.changed");
    office.service.move_clock(now + jiff::SignedDuration::from_secs(100));
    queue::look(&office.service).await.unwrap();
    let event = ida.next().await.data.unwrap();
    assert_eq!((&event["type"], &event["subject"]), (&json!("dk.skranke.stand.changed"), &json!("/v1/stands/stand-2")));
    office.service.move_clock(now + jiff::SignedDuration::from_secs(600));
    queue::look(&office.service).await.unwrap();
    let done = office.get(&format!("/v1/tickets/{}", one["id"].as_str().unwrap())).send().await.json();
    assert_eq!((&done["state"], &done["unwrapped"]), (&json!("finished"), &json!(true)));
    assert_eq!(office.get("/v1/stands/stand-2").send().await.json()["session"], Value::Null);
    assert_eq!(point(json!({ "field": "street" })).await.kind(), "not-possible-now");
}

#[tokio::test]
async fn a_change_with_three_hundred_waiting_travels_as_one_small_event() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    for n in 0..300 {
        give(&office, if n == 3 { json!({ "procedure": "move-domestic" }) } else { json!({}) }).await;
    }
    let waiting = queue_as(&office, Role::Clerk).await["tickets"].as_array().unwrap().clone();
    let one = act(&office, &waiting[3], json!({ "deed": "identify", "citizen": kalina })).await;
    let mut colleague = Listener::begin(&office, Role::Caseworker, None).await;
    colleague.next().await;
    act(&office, &one, json!({ "deed": "call", "counter": "counter-4", "reason": "Hun er syg" })).await;
    let (heard, frame) = colleague.raw().await;
    let event = heard.data.unwrap();
    assert_eq!(event["type"], "dk.skranke.ticket.changed");
    assert!(event["commandid"].is_string());
    let body = office.get(event["subject"].as_str().unwrap()).role(Role::Caseworker).send().await.body;
    let said = event.to_string();
    let bytes = said.len() + body.len();
    assert!(bytes <= 1024, "{bytes}: {said} {}", String::from_utf8_lossy(&body));
    println!(
        "a change with 300 waiting: {} bytes of event ({} with its frame), {} of ticket",
        said.len(),
        frame.len(),
        body.len()
    );
}

#[tokio::test]
async fn the_queue_survives_a_restart_of_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("training.db");
    let tokens = PersonaTokens::random();
    let opened = async || {
        let service = open(config(Database::File(path.clone()), tokens.clone())).await.unwrap();
        Office::of(service, tokens.clone())
    };
    let office = opened().await;
    let plan = Plan { seed: 7, citizens: 60, today: "2026-06-09".parse().unwrap() };
    generate(&office.service, plan, |_| {}).await.unwrap();
    queue::begin(&office.service).await.unwrap();
    for _ in 0..4 {
        give(&office, json!({})).await;
    }
    let all = queue_as(&office, Role::Clerk).await;
    let waiting: Vec<Value> =
        all["tickets"].as_array().unwrap().iter().filter(|t| t["state"] == "waiting").cloned().collect();
    act(&office, &waiting[0], json!({ "deed": "call", "counter": "counter-3", "reason": "Nu" })).await;
    act(&office, &waiting[1], json!({ "deed": "send_off", "card": "Kontrakten" })).await;
    act(&office, &waiting[2], json!({ "deed": "later", "minutes": 10 })).await;
    let before = queue_as(&office, Role::Clerk).await;
    let stand = office.get("/v1/stands/stand-2").send().await.json();
    office.service.clone().close().await;
    drop(office);
    let office = opened().await;
    queue::begin(&office.service).await.unwrap();
    let after = queue_as(&office, Role::Clerk).await;
    assert_eq!(after, before);
    let again = office.get("/v1/stands/stand-2").send().await.json();
    assert_eq!(again["session"]["ticket"], stand["session"]["ticket"]);
    let mut states: Vec<String> =
        after["tickets"].as_array().unwrap().iter().map(|t| t["state"].as_str().unwrap().to_owned()).collect();
    states.dedup();
    assert_eq!(states, ["waiting", "called", "serving", "returning", "finished"]);
}

#[tokio::test]
async fn the_next_morning_begins_with_nobody_and_with_number_one() {
    let office = Office::open().await;
    give(&office, json!({})).await;
    let one = called(&office, "counter-4").await["ticket"].clone();
    act(&office, &one, json!({ "deed": "start" })).await;
    let two = give(&office, json!({})).await;
    pass(&office, 24 * 60);
    assert_eq!(queue_as(&office, Role::Clerk).await["tickets"], json!([]));
    assert_eq!(called(&office, "counter-4").await["ticket"], Value::Null);
    assert_eq!(give(&office, json!({})).await["number"], "K 001");
    let state = async |id: &Value| {
        office.get(&format!("/v1/tickets/{}", id.as_str().unwrap())).send().await.json()["state"].clone()
    };
    assert_eq!((state(&one["id"]).await, state(&two["id"]).await), (json!("finished"), json!("noshow")));
}

#[tokio::test]
async fn the_training_office_opens_as_it_always_does_and_lives_on() {
    let office = Office::open().await;
    queue::begin(&office.service).await.unwrap();
    let view = queue_as(&office, Role::Clerk).await;
    let all = view["tickets"].as_array().unwrap();
    let line = |t: &Value| {
        format!("{} {} {}", t["number"].as_str().unwrap(), t["state"].as_str().unwrap(), t["triage"].as_str().unwrap())
    };
    let lines: Vec<String> = all.iter().map(line).collect();
    assert_eq!(
        lines[..7],
        [
            "K 047 waiting all_here",
            "K 049 waiting missing",
            "K 050 waiting missing",
            "K 051 waiting stand",
            "K 052 waiting unknown",
            "K 053 waiting missing",
            "K 054 waiting stand"
        ]
    );
    let by = |number: &str| all.iter().find(|t| t["number"] == number).unwrap();
    assert_eq!((&by("K 042")["citizenShort"], &by("K 042")["counter"]), (&json!("K. Wrona"), &json!("counter-4")));
    assert_eq!(by("K 042")["booked"], "2026-06-09T08:20:00Z");
    assert_eq!((&by("K 045")["citizenShort"], &by("K 045")["counter"]), (&json!("L. Thestrup"), &json!("stand-2")));
    assert_eq!((&by("K 041")["citizenShort"], &by("K 041")["unwrapped"]), (&json!("J. Hvidkær"), &json!(true)));
    queue::begin(&office.service).await.unwrap();
    assert_eq!(queue_as(&office, Role::Clerk).await["tickets"].as_array().unwrap().len(), all.len(), "it opens once");
    let mut beats = queue::Beat::default();
    for _ in 0..90 {
        pass(&office, 1);
        let beat = queue::beat(&office.service).await.unwrap();
        beats = queue::Beat {
            came: beats.came + beat.came,
            called: beats.called + beat.called,
            finished: beats.finished + beat.finished,
        };
    }
    assert!(beats.came > 10 && beats.called > 4 && beats.finished > 4, "{beats:?}");
    let now = queue_as(&office, Role::Clerk).await;
    let waiting = now["tickets"].as_array().unwrap().iter().filter(|t| t["state"] == "waiting").count();
    assert!((3..=16).contains(&waiting), "{waiting}");
    assert!(
        by("K 042")["id"] == now["tickets"].as_array().unwrap().iter().find(|t| t["number"] == "K 042").unwrap()["id"]
    );
}
