//! The event stream: what one clerk does, the other hears.

use futures::StreamExt;

use super::*;

/// Reads events off a stream that does not end.
pub(super) struct Listener {
    body: axum::body::BodyDataStream,
    text: String,
}

#[derive(Debug)]
pub(super) struct Heard {
    pub(super) id: String,
    pub(super) data: Option<Value>,
}

impl Listener {
    pub(super) async fn begin(office: &Office, role: Role, last: Option<&str>) -> Self {
        let mut ask = office.get("/v1/events").role(role).header("accept", "text/event-stream");
        if let Some(last) = last {
            ask = ask.header("last-event-id", last);
        }
        Self::on(ask).await
    }

    /// On a stream that is asked for.
    pub(super) async fn on(ask: Ask<'_>) -> Self {
        let response = ask.stream().await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// Whether the stream has ended.
    pub(super) async fn is_over(&mut self) -> bool {
        self.body.next().await.is_none()
    }

    pub(super) async fn next(&mut self) -> Heard {
        self.raw().await.0
    }

    /// The next event, with the bytes that it took.
    pub(super) async fn raw(&mut self) -> (Heard, String) {
        loop {
            if let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| block.lines().find_map(|l| l.strip_prefix(name)).map(|v| v.trim().to_owned());
                let data = field("data:").map(|d| serde_json::from_str(&d).unwrap());
                let id = field("id:").unwrap_or_default();
                return (Heard { id, data }, block);
            }
            let bytes = self.body.next().await.expect("the stream goes on").unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

async fn judge(office: &Office, procedure: &str, item: &str, action: Value) -> Reply {
    let case = office.case_of_kalina(procedure).await;
    let id = case["id"].as_str().unwrap();
    let view = office.look(&format!("/v1/cases/{id}")).role(Role::TeamLeader).send().await.json();
    let etag = view["items"].as_array().unwrap().iter().find(|i| i["id"] == item).unwrap()["etag"].clone();
    let path = format!("/v1/cases/{id}/checklist/{item}");
    office.ask(Method::PATCH, &path).role(Role::TeamLeader).key(Uuid::now_v7()).seen(&etag).json(&action).send().await
}

#[tokio::test]
async fn a_colleague_hears_of_an_approval_and_can_resume_where_she_stopped() {
    let office = Office::open().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    let standing = clerk.next().await;
    assert!(standing.data.is_none() && !standing.id.is_empty());
    assert_eq!(judge(&office, "cpr-eu-employee", "proof-of-address", json!({ "action": "approve" })).await.status, 200);
    let heard = clerk.next().await;
    let event = heard.data.unwrap();
    assert_eq!(event["type"], "dk.skranke.case.item-changed");
    assert_eq!((&event["specversion"], &event["etag"]), (&json!("1.0"), &json!("v2")));
    assert_eq!(event["actorname"], "Karen Ravnkjær");
    assert!(event["subject"].as_str().unwrap().ends_with("/checklist/proof-of-address"));
    assert_eq!(event["id"], heard.id);
    drop(clerk);

    judge(&office, "cpr-eu-employee", "translation", json!({ "action": "approve" })).await;
    let mut resumed = Listener::begin(&office, Role::Clerk, Some(&standing.id)).await;
    let subjects = [&mut resumed.next().await, &mut resumed.next().await, &mut resumed.next().await]
        .map(|h| h.data.as_ref().map(|d| d["subject"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()));
    assert_eq!(subjects, [None, Some("proof-of-address".to_owned()), Some("translation".to_owned())]);
}

#[tokio::test]
async fn a_cursor_of_somebody_else_or_of_nobody_is_answered_with_resync() {
    let office = Office::open().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    let of_the_clerk = clerk.next().await.id;
    for (role, last) in [(Role::TeamLeader, of_the_clerk.as_str()), (Role::Clerk, "rubbish")] {
        let heard = Listener::begin(&office, role, Some(last)).await.next().await;
        assert_eq!(heard.data.unwrap()["type"], "dk.skranke.resync");
    }
}

#[tokio::test]
async fn a_withheld_department_is_not_heard_of_and_a_host_hears_of_appointments_alone() {
    let office = Office::open().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    let mut host = Listener::begin(&office, Role::Host, None).await;
    clerk.next().await;
    host.next().await;
    assert_eq!(
        judge(&office, "social-support", "consent", json!({ "action": "waive", "reason": "Givet mundtligt" }))
            .await
            .status,
        200
    );
    assert_eq!(judge(&office, "cpr-eu-employee", "proof-of-address", json!({ "action": "approve" })).await.status, 200);
    let slot = office.get("/v1/slots?counter=counter-4&minutes=20&limit=1").send().await.json()["items"][0].clone();
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let body = json!({ "id": Uuid::now_v7(), "citizen": case["citizen"], "cases": [case["id"]], "counter": "counter-4", "start": slot["start"], "minutes": 20, "people": 1 });
    let booked = office.ask(Method::POST, "/v1/appointments").key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(booked.status, 201);
    let mut kinds = Vec::new();
    for _ in 0..3 {
        kinds.push(clerk.next().await.data.unwrap()["type"].as_str().unwrap().to_owned());
    }
    assert_eq!(kinds, ["dk.skranke.case.item-changed", "dk.skranke.case.changed", "dk.skranke.appointment.booked"]);
    let heard = host.next().await.data.unwrap();
    assert_eq!(heard["type"], "dk.skranke.appointment.booked");
    assert!(heard.get("caseid").is_none());
}

#[tokio::test]
async fn no_event_carries_a_name_or_number_of_a_citizen() {
    let office = Office::open().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    clerk.next().await;
    judge(
        &office,
        "cpr-eu-employee",
        "proof-of-address",
        json!({ "action": "reject", "reason": "Kalina står ikke på lejekontrakten" }),
    )
    .await;
    let text = clerk.next().await.data.unwrap().to_string();
    for trace in ["Kalina", "Wrona", "7211", "lejekontrakt", "KFF-"] {
        assert!(!text.contains(trace), "{text}");
    }
}

#[tokio::test]
async fn whoever_comes_back_after_history_is_gone_is_told_to_ask_for_everything() {
    let office = Office::open().await;
    let standing = Listener::begin(&office, Role::Clerk, None).await.next().await.id;
    for (item, action) in [("proof-of-address", "approve"), ("translation", "approve"), ("translation", "reopen")] {
        assert_eq!(judge(&office, "cpr-eu-employee", item, json!({ "action": action })).await.status, 200);
    }
    let mut tx = office.service.app().store.begin().await.unwrap();
    assert_eq!(crate::store::events::forget(&mut tx, Timestamp::MAX).await.unwrap(), 2);
    tx.commit().await.unwrap();
    let mut clerk = Listener::begin(&office, Role::Clerk, Some(&standing)).await;
    let heard = clerk.next().await;
    assert_eq!(heard.data.unwrap()["type"], "dk.skranke.resync");
    // From there on she misses nothing.
    judge(&office, "cpr-eu-employee", "translation", json!({ "action": "approve" })).await;
    assert!(clerk.next().await.data.unwrap()["subject"].as_str().unwrap().ends_with("/translation"));
}

#[tokio::test]
async fn a_service_that_is_asked_to_stop_ends_its_streams_and_closes_its_database() {
    let office = Office::open().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    clerk.next().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (stop, asked) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(office.service.clone().serve(listener, async {
        asked.await.ok();
    }));
    stop.send(()).unwrap();
    assert!(clerk.body.next().await.is_none(), "the stream ends");
    serving.await.unwrap().unwrap();
    assert_eq!(office.look("/v1/cases").send().await.status, 503);
}

#[tokio::test]
async fn a_note_and_a_hand_over_are_heard_by_those_they_concern_and_by_nobody_else() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let mut caseworker = Listener::begin(&office, Role::Caseworker, None).await;
    let mut leader = Listener::begin(&office, Role::TeamLeader, None).await;
    caseworker.next().await;
    leader.next().await;
    let card =
        json!({ "what": "Om pladsen", "verified": "known", "promised": "", "missing": [], "cases": [], "answers": [] });
    let mette = crate::auth::persona_id(Role::Caseworker);
    let body = json!({ "id": Uuid::now_v7(), "citizen": kalina, "receiver": { "to": "colleague", "id": mette }, "card": card });
    let sent = office.ask(Method::POST, "/v1/handovers").key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let path = format!("/v1/citizens/{kalina}/notes");
    let note = json!({ "id": Uuid::now_v7(), "kind": "plain", "text": "Ringer selv" });
    assert_eq!(office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&note).send().await.status, 201);
    let heard = [caseworker.next().await, caseworker.next().await].map(|h| h.data.unwrap());
    assert_eq!(heard[0]["type"], "dk.skranke.handover.changed");
    assert_eq!(heard[0]["subject"], format!("/v1/handovers/{}", body["id"].as_str().unwrap()));
    assert_eq!(heard[1]["type"], "dk.skranke.citizen.changed");
    assert_eq!(heard[1]["subject"], format!("{path}/{}", note["id"].as_str().unwrap()));
    assert_eq!((&heard[1]["citizenid"], &heard[1]["etag"]), (&json!(kalina), &json!("v1")));
    assert!(!heard[1].to_string().contains("Ringer"));
    let first = leader.next().await.data.unwrap();
    assert_eq!(first["type"], "dk.skranke.citizen.changed", "a hand-over between two others is not heard of");
}

#[tokio::test]
async fn a_contact_about_a_withheld_department_is_not_heard_of() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let mut clerk = Listener::begin(&office, Role::Clerk, None).await;
    clerk.next().await;
    for subject in ["social-support", "passport"] {
        let body = json!({
            "id": Uuid::now_v7(), "citizen": kalina, "channel": "phone", "subjects": [subject], "outcome": "settled",
            "forWhom": "own", "verified": "questions", "text": "", "began": "2026-06-09T08:00:00Z", "ended": "2026-06-09T08:01:00Z"
        });
        let ask = office.ask(Method::POST, "/v1/contacts").role(Role::Caseworker).key(Uuid::now_v7()).json(&body);
        assert_eq!(ask.send().await.status, 201);
    }
    let all = office.look(&format!("/v1/contacts?citizen={kalina}")).send().await.json();
    let passport = all["items"].as_array().unwrap().iter().find(|c| c["subjects"] == json!(["passport"])).unwrap();
    let heard = clerk.next().await.data.unwrap();
    assert_eq!(heard["subject"], format!("/v1/contacts/{}", passport["id"].as_str().unwrap()));
}
