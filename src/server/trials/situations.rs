//! Life situations: opened, proposed, declined, answered, closed, and what follows from them.

use super::*;

fn path(citizen: &str) -> String {
    format!("/v1/citizens/{citizen}/life-situations")
}

async fn list(office: &Office, role: Role, citizen: &str) -> Value {
    let reply = office.look(&path(citizen)).role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

fn request(kind: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "kind": kind, "since": "2026-06-02" })
}

async fn open(office: &Office, role: Role, citizen: &str, body: &Value) -> Reply {
    office.ask(Method::POST, &path(citizen)).role(role).key(Uuid::now_v7()).json(body).send().await
}

/// Changes a situation as it stands.
async fn change(office: &Office, view: &Value, body: &Value) -> Reply {
    let path = format!("{}/{}", path(view["citizen"].as_str().unwrap()), view["id"].as_str().unwrap());
    office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&view["etag"]).json(body).send().await
}

/// Lets something happen to a citizen, as a register tells it.
async fn happen(office: &Office, citizen: &str, kind: &str, day: &str) {
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query("INSERT INTO happening (citizen, kind, day) SELECT no, $1, $2 FROM citizen WHERE id = $3")
        .bind(kind)
        .bind(day)
        .bind(citizen.parse::<Uuid>().unwrap())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Somebody of whom nothing is known to have happened.
async fn quiet(office: &Office) -> String {
    let mut conn = office.service.app().store.read().await.unwrap();
    let row = sqlx::query(
        "SELECT c.id FROM citizen c WHERE c.born > '1970-01-01' AND c.born < '2000-01-01' AND c.status = 'resident'
         AND NOT EXISTS (SELECT 1 FROM happening h WHERE h.citizen = c.no)
         AND NOT EXISTS (SELECT 1 FROM situation s WHERE s.citizen = c.no) ORDER BY c.no LIMIT 1",
    )
    .fetch_one(&mut *conn)
    .await
    .unwrap();
    sqlx::Row::get::<Uuid, _>(&row, 0).to_string()
}

/// How many events a role has heard of.
async fn heard(office: &Office, role: Role) -> usize {
    let door = crate::auth::Doorkeeper::new(&crate::Auth::Training { tokens: office.tokens.clone() });
    let person = door.person(office.tokens.of(role)).unwrap();
    let mut conn = office.service.app().store.read().await.unwrap();
    let kept = crate::store::events::after(&mut conn, 0, 100).await.unwrap();
    kept.iter().filter(|kept| crate::events::hears(person, kept, &[])).count()
}

fn kinds(list: &Value, part: &str) -> Vec<String> {
    list[part].as_array().unwrap().iter().map(|s| s["kind"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_divorce_is_opened_asked_about_and_closed() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    let body = request("divorce");
    let made = open(&office, Role::Clerk, &citizen, &body).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.header("location"), format!("{}/{}", path(&citizen), body["id"].as_str().unwrap()));
    assert_eq!(made.header("etag"), "\"v1\"");
    assert_eq!((&made.json()["by"], &made.json()["closed"]), (&json!("Ida Mellemgaard"), &json!(false)));
    assert_eq!(open(&office, Role::Clerk, &citizen, &body).await.kind(), "already-exists");

    let answer = |question: &str, answer: &str| json!({ "change": "answer", "question": question, "answer": answer });
    let asked = change(&office, &made.json(), &answer("children", "yes")).await;
    assert_eq!(asked.json()["answers"], json!({ "children": "yes" }), "{asked:?}");
    // Who saw the situation before that answer is told how it stands.
    let late = change(&office, &made.json(), &answer("moves", "no")).await;
    assert_eq!(late.kind(), "stale");
    assert_eq!(late.json()["current"]["answers"], json!({ "children": "yes" }));

    let dismiss = json!({ "change": "dismiss", "follow": "tax-card", "reason": "Har allerede nyt skattekort" });
    let dismissed = change(&office, &asked.json(), &dismiss).await.json();
    let follow = &dismissed["follows"][0];
    assert_eq!((&follow["state"], &follow["by"]), (&json!("dismissed"), &json!("Ida Mellemgaard")));
    assert_eq!(follow["reason"], "Har allerede nyt skattekort");
    assert_eq!(change(&office, &dismissed, &dismiss).await.kind(), "not-possible-now");
    let reopened = change(&office, &dismissed, &json!({ "change": "reopen", "follow": "tax-card" })).await.json();
    assert_eq!(reopened["follows"], json!([]));
    let closed = change(&office, &reopened, &json!({ "change": "close" })).await.json();
    assert_eq!(closed["closed"], true);
    assert_eq!(change(&office, &closed, &answer("moves", "no")).await.kind(), "not-possible-now");
    assert_eq!(list(&office, Role::Clerk, &citizen).await["situations"][0], closed);
}

#[tokio::test]
async fn a_situation_that_is_sent_twice_is_opened_once() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    let (body, key) = (request("new-job"), Uuid::now_v7());
    let ask = || office.ask(Method::POST, &path(&citizen)).key(key).json(&body).send();
    let (first, second) = (ask().await, ask().await);
    assert_eq!((first.status, second.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!((first.json(), first.header("location")), (second.json(), second.header("location")));
    assert_eq!(second.header("idempotent-replayed"), "true");
    let mut tx = office.service.app().store.begin().await.unwrap();
    crate::store::commands::expire(&mut tx, Timestamp::MAX).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ask().await.json(), first.json(), "answered from the present state");
    assert_eq!(kinds(&list(&office, Role::Clerk, &citizen).await, "situations"), ["new-job"]);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_its_field() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    for (change, pointer) in [
        (json!({ "kind": "no-such-kind" }), "/kind"),
        (json!({ "id": Uuid::nil() }), "/id"),
        (json!({ "since": "1803-01-01" }), "/since"),
        (json!({ "since": "2099-01-01" }), "/since"),
        (json!({ "happening": "moved" }), "/happening"),
        (json!({ "declined": "Hun vil selv" }), "/happening"),
        (json!({ "happening": "divorced", "declined": "  " }), "/declined"),
        (json!({ "answers": { "no-such-question": "yes" } }), "/answers/no-such-question"),
        (json!({ "answers": { "children": "perhaps" } }), "/answers/children"),
        (json!({ "colour": "green" }), "/colour"),
    ] {
        let mut body = request("divorce");
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = open(&office, Role::Clerk, &citizen, &body).await;
        assert_eq!(reply.kind(), "invalid", "{change}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{change}");
    }
    assert_eq!(open(&office, Role::Clerk, &Uuid::now_v7().to_string(), &request("divorce")).await.kind(), "not-found");
    assert_eq!(open(&office, Role::Host, &citizen, &request("divorce")).await.kind(), "forbidden");
    assert_eq!(office.get(&path(&citizen)).send().await.kind(), "purpose-required");
    let view = open(&office, Role::Clerk, &citizen, &request("divorce")).await.json();
    for (body, pointer) in [
        (json!({ "change": "answer", "question": "colour", "answer": "yes" }), "/question"),
        (json!({ "change": "dismiss", "follow": "colour", "reason": "Nej" }), "/follow"),
        (json!({ "change": "dismiss", "follow": "tax-card", "reason": " " }), "/reason"),
    ] {
        let reply = change(&office, &view, &body).await;
        assert_eq!((reply.kind().as_str(), &reply.json()["errors"][0]["pointer"]), ("invalid", &json!(pointer)));
    }
}

#[tokio::test]
async fn what_happened_proposes_a_situation_until_somebody_opens_or_declines_it() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    happen(&office, &citizen, "divorced", "2026-06-01").await;
    happen(&office, &citizen, "married", "2025-02-01").await;
    happen(&office, &citizen, "new_job", "2026-05-20").await;
    let proposed = list(&office, Role::Clerk, &citizen).await["proposed"].clone();
    assert_eq!(proposed[0], json!({ "kind": "divorce", "happening": "divorced", "on": "2026-06-01" }));
    let both = json!({ "proposed": proposed });
    assert!(kinds(&both, "proposed").contains(&"new-job".to_owned()));
    assert!(!kinds(&both, "proposed").contains(&"marriage".to_owned()), "a year ago is too long ago");

    assert_eq!(open(&office, Role::Clerk, &citizen, &request("divorce")).await.status, 201);
    let mut decline = request("new-job");
    decline["happening"] = json!("new_job");
    decline["declined"] = json!("Hun har ordnet det hele selv");
    let declined = open(&office, Role::Clerk, &citizen, &decline).await;
    assert_eq!((declined.status, &declined.json()["closed"]), (StatusCode::CREATED, &json!(true)));
    let after = list(&office, Role::Clerk, &citizen).await;
    assert_eq!(kinds(&after, "situations"), ["divorce"], "a declined situation was never opened");
    assert_eq!(after["proposed"], json!([]));
    // Yesterday's divorce stays answered by the situation that is open.
    happen(&office, &citizen, "divorced", "2026-06-08").await;
    assert_eq!(list(&office, Role::Clerk, &citizen).await["proposed"], json!([]));
}

#[tokio::test]
async fn whoever_turned_65_this_spring_is_proposed_the_third_age() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    let born = async |day: &str| {
        let mut tx = office.service.app().store.begin().await.unwrap();
        let update = sqlx::query("UPDATE citizen SET born = $1 WHERE id = $2");
        update.bind(day.to_owned()).bind(citizen.parse::<Uuid>().unwrap()).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    born("1961-04-11").await;
    let proposed = list(&office, Role::Clerk, &citizen).await["proposed"].clone();
    assert_eq!(proposed, json!([{ "kind": "third-age", "happening": "turned65", "on": "2026-04-11" }]));
    born("1961-06-10").await;
    assert_eq!(list(&office, Role::Clerk, &citizen).await["proposed"], json!([]), "tomorrow is not yet");
}

#[tokio::test]
async fn a_situation_that_only_a_withheld_department_knows_leaves_no_trace() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let leaders = list(&office, Role::TeamLeader, &kalina).await;
    let hidden = leaders["situations"].as_array().unwrap().iter().find(|s| s["kind"] == "divorce").unwrap().clone();
    let clerks = list(&office, Role::Clerk, &kalina).await;
    assert!(!kinds(&clerks, "situations").contains(&"divorce".to_owned()));
    assert!(!clerks.to_string().contains(hidden["id"].as_str().unwrap()));
    // What is refused is refused as if it were not there.
    let answer = json!({ "change": "answer", "question": "children", "answer": "yes" });
    let mut never = hidden.clone();
    never["id"] = json!(Uuid::now_v7());
    let (gone, never) = (change(&office, &hidden, &answer).await, change(&office, &never, &answer).await);
    assert_eq!((gone.kind(), &gone.body), (never.kind(), &never.body));
    // What a colleague who sees it does with it is not heard of either.
    let path = format!("{}/{}", path(&kalina), hidden["id"].as_str().unwrap());
    let ask = office.ask(Method::PATCH, &path).role(Role::TeamLeader).key(Uuid::now_v7()).seen(&hidden["etag"]);
    assert_eq!(ask.json(&answer).send().await.status, 200);
    assert_eq!((heard(&office, Role::TeamLeader).await, heard(&office, Role::Clerk).await), (1, 0));
    // It does not even take a proposal away: the clerk is proposed what she cannot see.
    happen(&office, &kalina, "divorced", "2026-06-01").await;
    let proposed = |list: Value| kinds(&list, "proposed").contains(&"divorce".to_owned());
    assert!(proposed(list(&office, Role::Clerk, &kalina).await));
    assert!(!proposed(list(&office, Role::TeamLeader, &kalina).await));
}

#[tokio::test]
async fn a_started_case_of_a_withheld_department_leaves_what_follows_as_open_as_it_was() {
    let office = Office::open().await;
    let citizen = quiet(&office).await;
    let kind = CATALOGUE
        .life_situations
        .iter()
        .find(|kind| kind.follows.iter().any(|f| f.procedure.as_ref().is_some_and(|p| p.as_str() == "social-support")))
        .unwrap();
    let follow = kind.follows.iter().find(|f| f.procedure.as_ref().is_some_and(|p| p.as_str() == "social-support"));
    let follow = follow.unwrap().id.as_str();
    let body = request(kind.id.as_str());
    assert_eq!(open(&office, Role::Clerk, &citizen, &body).await.status, 201);
    let before = list(&office, Role::Clerk, &citizen).await;
    let start = json!({ "id": Uuid::now_v7(), "citizen": citizen, "procedure": "social-support", "situation": body["id"], "follow": follow });
    let started = office.ask(Method::POST, "/v1/cases").role(Role::TeamLeader).key(Uuid::now_v7()).json(&start);
    assert_eq!(started.send().await.status, 201);
    let leaders = list(&office, Role::TeamLeader, &citizen).await;
    assert_eq!(leaders["situations"][0]["follows"][0]["state"], "started");
    assert_eq!(leaders["situations"][0]["follows"][0]["case"], start["id"]);
    assert_eq!(list(&office, Role::Clerk, &citizen).await, before);
    let dismiss = json!({ "change": "dismiss", "follow": follow, "reason": "Ikke nu" });
    assert_eq!(change(&office, &before["situations"][0], &dismiss).await.status, 200);
}
