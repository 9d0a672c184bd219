//! A full morning: 120 tickets, four counters, people who fetch papers, are handed over, step out or do not come, and a server that is
//! started anew in the middle of it. What does not live here: single deeds (`queue`).

use std::collections::HashMap;

use super::*;
use crate::training::rng::Rng;

const TICKETS: usize = 120;
const AIM: i64 = 15;

/// A counter with whoever works there.
struct Desk {
    counter: &'static str,
    role: Role,
    /// The ticket, and the minute at which she is done with it.
    busy: Option<(String, i64)>,
}

struct Morning {
    office: Office,
    path: std::path::PathBuf,
    rng: Rng,
    minute: i64,
    given: usize,
    /// The versions that were seen.
    seen: HashMap<String, Value>,
    /// Who is away, and until when.
    away: HashMap<String, i64>,
    longest: i64,
}

impl Morning {
    async fn begin(path: std::path::PathBuf) -> Self {
        let tokens = PersonaTokens::random();
        let service = open(config(Database::File(path.clone()), tokens.clone())).await.unwrap();
        let plan = Plan { seed: 7, citizens: 60, today: "2026-06-09".parse().unwrap() };
        generate(&service, plan, |_| {}).await.unwrap();
        let office = Office::of(service, tokens);
        Self {
            office,
            path,
            rng: Rng::of(7, "morning", 1),
            minute: 0,
            given: 0,
            seen: HashMap::new(),
            away: HashMap::new(),
            longest: 0,
        }
    }

    fn clock(&self) {
        let start: Timestamp = NOW.parse().unwrap();
        self.office.service.move_clock(start + jiff::SignedDuration::from_mins(self.minute));
    }

    async fn queue(&self) -> Vec<Value> {
        let view = self.office.get("/v1/tickets?site=norrebro").role(Role::TeamLeader).send().await.json();
        view["tickets"].as_array().unwrap().clone()
    }

    async fn act(&mut self, role: Role, id: &str, change: Value) -> Value {
        let path = format!("/v1/tickets/{id}");
        let seen = self.seen[id].clone();
        let ask = self.office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(&seen);
        let reply = ask.json(&change).send().await;
        assert_eq!(reply.status, 200, "{change}: {}", String::from_utf8_lossy(&reply.body));
        let view = reply.json();
        self.seen.insert(id.to_owned(), view["etag"].clone());
        view
    }

    /// More come than four can serve for an hour, then fewer.
    async fn arrivals(&mut self) {
        let many = if self.minute < 70 { 2 } else { 1 };
        for _ in 0..many {
            if self.given == TICKETS || (many == 1 && self.rng.permille(450)) {
                return;
            }
            let procedure = self.rng.word(&["passport", "move-domestic", "mitid", "health-card-doctor"]);
            let body = json!({ "id": Uuid::now_v7(), "site": "norrebro", "origin": "host", "procedure": procedure, "people": 1 });
            let ask = self.office.ask(Method::POST, "/v1/tickets").role(Role::Host).key(Uuid::now_v7());
            assert_eq!(ask.json(&body).send().await.status, 201);
            self.given += 1;
        }
    }

    async fn backs(&mut self) {
        let due: Vec<String> =
            self.away.iter().filter(|(_, at)| **at <= self.minute).map(|(id, _)| id.clone()).collect();
        for id in due {
            self.away.remove(&id);
            self.act(Role::Host, &id, json!({ "deed": "back" })).await;
        }
    }

    async fn call(&mut self, desk: &mut Desk) {
        let before = if self.rng.permille(300) { self.queue().await } else { Vec::new() };
        let ask = self.office.ask(Method::POST, "/v1/tickets/call-next").role(desk.role).key(Uuid::now_v7());
        let called = ask.json(&json!({ "counter": desk.counter })).send().await.json();
        let Some(id) = called["ticket"]["id"].as_str().map(str::to_owned) else { return };
        self.seen.insert(id.clone(), called["ticket"]["etag"].clone());
        self.nobody_is_passed(&before, &called);
        match self.rng.below(20) {
            0 => drop(self.act(desk.role, &id, json!({ "deed": "noshow" })).await),
            1 => drop(self.act(desk.role, &id, json!({ "deed": "later", "minutes": 6 })).await),
            2 => {
                self.act(desk.role, &id, json!({ "deed": "start" })).await;
                self.act(desk.role, &id, json!({ "deed": "send_off", "card": "Kontrakten" })).await;
                self.away.insert(id, self.minute + 12);
            }
            3 => {
                self.act(desk.role, &id, json!({ "deed": "start" })).await;
                let to = json!({ "to": "unit", "department": "kff" });
                self.act(desk.role, &id, json!({ "deed": "transfer", "to": to, "card": "Vil klage" })).await;
            }
            n => {
                self.act(desk.role, &id, json!({ "deed": "start" })).await;
                if n == 4 {
                    self.act(desk.role, &id, json!({ "deed": "park", "card": "" })).await;
                    self.act(desk.role, &id, json!({ "deed": "resume", "counter": desk.counter })).await;
                }
                desk.busy = Some((id, self.minute + self.rng.between(2, 6)));
            }
        }
    }

    /// Whoever has waited more than twice the aim is passed only by one who came back, or who waits still longer.
    fn nobody_is_passed(&mut self, before: &[Value], called: &Value) {
        let came = |t: &Value| t["came"].as_str().unwrap().parse::<Timestamp>().unwrap();
        let now: Timestamp = NOW.parse::<Timestamp>().unwrap() + jiff::SignedDuration::from_mins(self.minute);
        let hers = came(&called["ticket"]);
        self.longest = self.longest.max(now.duration_since(hers).as_mins());
        if called["reason"] == "returned" {
            return;
        }
        for passed in before.iter().filter(|t| t["state"] == "waiting" && t["id"] != called["ticket"]["id"]) {
            let waits = now.duration_since(came(passed)).as_mins();
            let free = passed.get("notBefore").is_none() && passed.get("staff").is_none();
            assert!(waits <= AIM * 2 || hers <= came(passed) || !free, "{passed} is passed by {called}");
        }
    }

    /// The server is started anew: everybody stands where she stood.
    async fn restart(mut self) -> Self {
        let before = self.queue().await;
        let tokens = self.office.tokens.clone();
        self.office.service.clone().close().await;
        let service = open(config(Database::File(self.path.clone()), tokens.clone())).await.unwrap();
        self.office = Office::of(service, tokens);
        self.clock();
        assert_eq!(self.queue().await, before);
        self
    }
}

#[tokio::test]
async fn a_full_morning_of_120_tickets_and_four_counters_starves_nobody_and_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut morning = Morning::begin(folder.path().join("town.db")).await;
    let mut desks = [
        ("counter-1", Role::Clerk),
        ("counter-2", Role::TeamLeader),
        ("counter-3", Role::Caseworker),
        ("counter-4", Role::Clerk),
    ]
    .map(|(counter, role)| Desk { counter, role, busy: None });
    loop {
        morning.clock();
        morning.arrivals().await;
        morning.backs().await;
        for desk in &mut desks {
            if let Some((id, until)) = desk.busy.clone() {
                if until > morning.minute {
                    continue;
                }
                morning.act(desk.role, &id, json!({ "deed": "finish", "outcome": "settled" })).await;
                morning.act(desk.role, &id, json!({ "deed": "wrapped" })).await;
                desk.busy = None;
            }
            morning.call(desk).await;
        }
        morning.minute += 1;
        if morning.minute == 55 {
            morning = morning.restart().await;
        }
        if morning.given == TICKETS && morning.queue().await.is_empty() {
            break;
        }
        assert!(morning.minute < 600, "somebody still waits: {:?}", morning.queue().await);
    }
    let mut conn = morning.office.service.app().store.read().await.unwrap();
    let row = sqlx::query("SELECT COUNT(*), SUM(state = 'finished'), SUM(is_open) FROM ticket")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    use crate::store::Read;
    let (all, finished, open) = (row.int(0).unwrap(), row.int(1).unwrap(), row.int(2).unwrap());
    assert_eq!((all, open), (120, 0));
    println!(
        "a morning of {} minutes: {finished} served, the longest wait {} minutes",
        morning.minute, morning.longest
    );
    assert!(finished > 100 && morning.longest > AIM, "the hall was full at times: {}", morning.longest);
}
