//! What arrives from outside: applications, replies, answers of authorities, and the same thing twice.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::training::arrivals::{self, Kind};
use crate::training::papers::{Line, pdf};

fn paper() -> String {
    STANDARD.encode(pdf(&[vec![Line::heading("Papir")]]))
}

fn document(items: &Value) -> Value {
    json!({ "id": Uuid::now_v7(), "name": "papir.pdf", "content": paper(), "items": items })
}

fn delivery(citizen: &str, what: &Value, documents: &[Value]) -> Value {
    json!({ "id": Uuid::now_v7(), "citizen": citizen, "what": what, "documents": documents })
}

/// Sends as the self-service does.
async fn sent(office: &Office, key: Uuid, body: &Value) -> Reply {
    let token = format!("Bearer {}", office.tokens.self_service);
    let ask = office.ask(Method::POST, "/v1/intake").nobody().header("authorization", &token);
    ask.key(key).json(body).send().await
}

async fn by(office: &Office, role: Role, body: &Value) -> Reply {
    office.ask(Method::POST, "/v1/intake").role(role).key(Uuid::now_v7()).json(body).send().await
}

fn item<'a>(case: &'a Value, id: &str) -> &'a Value {
    case["items"].as_array().unwrap().iter().find(|i| i["id"] == id).unwrap()
}

fn line<'a>(case: &'a Value, kind: &str) -> &'a Value {
    let history = case["history"].as_array().unwrap();
    history.iter().find(|l| l["kind"] == kind).unwrap_or_else(|| panic!("{kind} in {history:?}"))
}

fn application(case: Uuid, state: &str) -> Value {
    json!({ "kind": "application", "case": case, "procedure": "passport", "facts": {}, "state": state })
}

/// Asks Kalina for a paper; gives the request, its case and its item.
async fn asked(office: &Office, procedure: &str, paper: &str) -> (Uuid, String) {
    let kalina = office.kalina().await;
    let case = office.case_of_kalina(procedure).await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/cases/{case}/checklist/{paper}");
    let etag = item(&office.case(&case).await, paper)["etag"].clone();
    let reject = json!({ "action": "reject", "reason": "For utydelig" });
    let rejected = office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&etag).json(&reject).send().await;
    assert_eq!(rejected.status, 200, "{rejected:?}");
    let letter = Uuid::now_v7();
    let body = json!({
        "id": letter, "items": [{ "case": case, "item": paper, "seen": rejected.json()["item"]["etag"] }],
        "language": "pl", "channel": "digital_post", "deadline": "2026-06-23", "text": "Prosimy o dokument."
    });
    let path = format!("/v1/citizens/{kalina}/information-requests");
    let reply = office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(reply.status, 201, "{reply:?}");
    (letter, case)
}

#[tokio::test]
async fn an_application_becomes_a_case_with_its_papers_received_and_is_taken_in_once() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = Uuid::now_v7();
    let photo = office.service.app().catalogue.procedures.iter().find(|p| p.id.as_str() == "passport").unwrap();
    let template = photo.items.iter().find(|i| i.when == "always").unwrap().id.to_string();
    let papers = [document(&json!([{ "case": case, "item": template }])), document(&json!([]))];
    let body = delivery(&kalina, &application(case, "sent"), &papers);
    let key = Uuid::now_v7();
    let first = sent(&office, key, &body).await;
    assert_eq!(first.status, 200, "{first:?}");
    let answer = first.json();
    assert_eq!((&answer["cases"][0]["id"], answer["documents"].as_array().unwrap().len()), (&json!(case), 2));
    let view = office.case(&case.to_string()).await;
    assert_eq!(item(&view, &template)["state"], "received");
    assert_eq!(line(&view, "document_came")["by"], Value::Null, "it came by itself");
    assert_eq!((&view["row"]["responsible"], &view["onBehalf"]), (&Value::Null, &Value::Null));
    assert_eq!(view["documents"][0]["source"], "self_service");

    let replayed = sent(&office, key, &body).await;
    assert_eq!((replayed.header("idempotent-replayed"), replayed.json()), ("true", answer.clone()));
    // Sent again as something new, under another command id: still the same delivery.
    let again = sent(&office, Uuid::now_v7(), &body).await;
    assert_eq!((again.header("idempotent-replayed"), again.json()), ("true", answer));
    let mut other = body.clone();
    other["documents"] = json!([]);
    let refused = sent(&office, Uuid::now_v7(), &other).await;
    assert_eq!((refused.kind().as_str(), &refused.json()["errors"][0]["pointer"]), ("invalid", &json!("/id")));
    let same_case = delivery(&kalina, &application(case, "sent"), &[]);
    assert_eq!(sent(&office, Uuid::now_v7(), &same_case).await.kind(), "already-exists");
}

#[tokio::test]
async fn a_half_finished_application_is_continued_on_her_behalf_and_says_so() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = Uuid::now_v7();
    let mut begun = application(case, "half_finished");
    begun["facts"] = json!({ "on_behalf_of_other": false });
    let body = delivery(&kalina, &begun, &[document(&json!([]))]);
    let reply = sent(&office, Uuid::now_v7(), &body).await;
    assert_eq!((reply.status, &reply.json()["cases"]), (StatusCode::OK, &json!([])), "{reply:?}");
    assert_eq!(office.look(&format!("/v1/cases/{case}")).send().await.kind(), "not-found", "it is no case yet");
    let path = format!("/v1/citizens/{kalina}/applications");
    let list = office.look(&path).send().await.json();
    let one = &list["items"][0];
    assert_eq!((&one["case"], &one["procedure"], &one["facts"]), (&json!(case), &json!("passport"), &begun["facts"]));
    let content = format!("/v1/documents/{}/content", one["documents"][0]["id"].as_str().unwrap());
    assert_eq!(office.look(&content).send().await.status, 200, "a clerk looks at what she sent along");

    let nobody = delivery(&kalina, &application(case, "on_her_behalf"), &[]);
    let refused = sent(&office, Uuid::now_v7(), &nobody).await;
    assert_eq!(refused.json()["errors"][0]["pointer"], "/what/state", "a machine does nothing on anybody's behalf");
    let finished = by(&office, Role::Clerk, &delivery(&kalina, &application(case, "on_her_behalf"), &[])).await;
    assert_eq!(finished.status, 200, "{finished:?}");
    let view = office.case(&case.to_string()).await;
    assert_eq!(line(&view, "on_behalf")["by"], "Ida Mellemgaard");
    assert_eq!(
        (&view["facts"]["on_behalf_of_other"], &view["documents"].as_array().unwrap().len()),
        (&json!(false), &1)
    );
    assert_eq!(office.look(&path).send().await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_reply_lands_on_the_papers_that_were_asked_for_and_the_caseworker_reads_why_one_is_missing() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let (letter, case) = asked(&office, "cpr-eu-employee", "proof-of-address").await;
    let what = json!({ "kind": "reply", "request": letter, "cannot": [], "text": "Tutaj jest." });
    let lease = document(&json!([{ "case": case, "item": "proof-of-address" }]));
    let body = delivery(&kalina, &what, &[lease]);
    let key = Uuid::now_v7();
    let reply = sent(&office, key, &body).await;
    assert_eq!((reply.status, &reply.json()["remarks"]), (StatusCode::OK, &json!([])), "{reply:?}");
    let view = office.case(&case).await;
    assert_eq!(item(&view, "proof-of-address")["state"], "received");
    assert_eq!(line(&view, "replied")["by"], Value::Null);
    let count = view["documents"].as_array().unwrap().len();
    // The same reply twice.
    assert_eq!(sent(&office, Uuid::now_v7(), &body).await.header("idempotent-replayed"), "true");
    assert_eq!(office.case(&case).await["documents"].as_array().unwrap().len(), count);

    // A reply to a request that awaits nothing any more is taken in all the same, and says so.
    let late = delivery(&kalina, &what, &[document(&json!([]))]);
    let reply = sent(&office, Uuid::now_v7(), &late).await;
    assert_eq!((reply.status, &reply.json()["remarks"]), (StatusCode::OK, &json!(["nothing_awaited"])), "{reply:?}");
    let view = office.case(&case).await;
    assert_eq!(view["documents"].as_array().unwrap().len(), count + 1);
    assert_eq!(view["documents"][0]["uses"], json!([{ "case": case, "item": null }]));
    assert_eq!(item(&view, "proof-of-address")["state"], "received");
}

#[tokio::test]
async fn a_paper_that_cannot_be_had_is_kept_with_her_words_and_what_fits_no_request_is_refused() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let (letter, case) = asked(&office, "cpr-eu-employee", "proof-of-address").await;
    let cannot = |why: &str| json!([{ "case": case, "item": "proof-of-address", "why": why }]);
    let reply =
        |cannot: Value, text: &str| json!({ "kind": "reply", "request": letter, "cannot": cannot, "text": text });
    let why = "Mój wynajmujący nie odpowiada.";
    let body = delivery(&kalina, &reply(cannot(why), ""), &[]);
    assert_eq!(sent(&office, Uuid::now_v7(), &body).await.status, 200);
    let view = office.case(&case).await;
    let told = view["history"].as_array().unwrap().iter().find(|l| l["kind"] == "replied" && l["reason"] == why);
    assert_eq!(told.unwrap()["state"], "requested");
    let mut conn = office.service.app().store.read().await.unwrap();
    let kept: String = {
        use crate::store::Read as _;
        let row = sqlx::query("SELECT why FROM letter_cannot WHERE letter = $1").bind(letter);
        row.fetch_one(&mut *conn).await.unwrap().text(0).unwrap()
    };
    drop(conn);
    assert_eq!(kept, why);
    for (what, documents, pointer) in [
        (reply(json!([]), " "), vec![], "/what/text"),
        (reply(json!([]), &"x".repeat(2001)), vec![], "/what/text"),
        (reply(cannot(""), ""), vec![], "/what/cannot/0/why"),
        (reply(cannot(&"x".repeat(501)), ""), vec![], "/what/cannot/0/why"),
        (reply(json!([{ "case": case, "item": "id-document", "why": "x" }]), ""), vec![], "/what/cannot/0"),
        (
            reply(json!([]), ""),
            vec![document(&json!([{ "case": case, "item": "id-document" }]))],
            "/documents/0/items/0",
        ),
        (json!({ "kind": "reply", "request": Uuid::now_v7(), "text": "x" }), vec![], "/what/request"),
    ] {
        let refused = sent(&office, Uuid::now_v7(), &delivery(&kalina, &what, &documents)).await;
        assert_eq!((refused.kind().as_str(), &refused.json()["errors"][0]["pointer"]), ("invalid", &json!(pointer)));
    }
    let mut fake = document(&json!([]));
    fake["content"] = json!(STANDARD.encode(b"GIF89a no paper"));
    let refused = sent(&office, Uuid::now_v7(), &delivery(&kalina, &reply(json!([]), ""), &[fake])).await;
    assert_eq!(refused.json()["errors"][0]["code"], "kind");
    let found = office.search(Role::TeamLeader, "name", "sagsager").await;
    let other = found["hits"][0]["citizen"].as_str().unwrap();
    let foreign = sent(&office, Uuid::now_v7(), &delivery(other, &reply(json!([]), "x"), &[])).await;
    assert_eq!(foreign.json()["errors"][0]["pointer"], "/what/request", "somebody else's request is not there");
}

#[tokio::test]
async fn an_authoritys_answer_is_an_event_of_the_case() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = office.case_of_kalina("move-domestic").await["id"].as_str().unwrap().to_owned();
    let text = json!({ "da": "Vi har ingen indvendinger.", "en": "We do not object." });
    let what =
        json!({ "kind": "authority_answer", "authority": "siri", "case": case, "item": "new-address", "text": text });
    let reply = sent(&office, Uuid::now_v7(), &delivery(&kalina, &what, &[document(&json!([]))])).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let view = office.case(&case).await;
    assert_eq!(item(&view, "new-address")["state"], "received");
    assert_eq!(line(&view, "authority_answered")["reason"], "SIRI: Vi har ingen indvendinger.");
    assert_eq!(view["documents"][0]["source"], "authority");
    let closed = office.case_of_kalina("tax-card").await["id"].as_str().unwrap().to_owned();
    let what = json!({ "kind": "authority_answer", "authority": "skat", "case": closed, "text": text });
    let late = sent(&office, Uuid::now_v7(), &delivery(&kalina, &what, &[])).await;
    assert_eq!((late.status, &late.json()["remarks"]), (StatusCode::OK, &json!(["case_closed"])), "{late:?}");
}

#[tokio::test]
async fn the_self_service_delivers_and_may_do_nothing_else() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let token = format!("Bearer {}", office.tokens.self_service);
    let case = office.case_of_kalina("move-domestic").await["id"].as_str().unwrap().to_owned();
    for path in [
        "/v1/me".to_owned(),
        "/v1/departments".to_owned(),
        "/v1/cases".to_owned(),
        format!("/v1/cases/{case}"),
        format!("/v1/citizens/{kalina}"),
        "/v1/events".to_owned(),
        "/v1/audit".to_owned(),
    ] {
        assert_eq!(office.look(&path).nobody().header("authorization", &token).send().await.kind(), "forbidden");
    }
    for role in [Role::Guest, Role::Host] {
        let body = delivery(&kalina, &application(Uuid::now_v7(), "sent"), &[]);
        assert_eq!(by(&office, role, &body).await.kind(), "forbidden");
    }
    // A clerk brings nothing to a department that she does not see.
    let mut social = application(Uuid::now_v7(), "on_her_behalf");
    social["procedure"] = json!("social-support");
    let refused = by(&office, Role::Clerk, &delivery(&kalina, &social, &[])).await;
    assert_eq!(refused.json()["errors"][0]["code"], "elsewhere");
}

#[tokio::test]
async fn things_arrive_in_the_training_municipality_through_the_same_door() {
    let office = Office::open().await;
    assert_eq!(arrivals::one(&office.service, Kind::Reply).await.unwrap(), None, "nobody was asked yet");
    let sent = arrivals::one(&office.service, Kind::Application).await.unwrap().unwrap();
    let path = format!("/v1/cases?citizen={}", sent.citizen);
    let page = office.look(&path).role(Role::TeamLeader).send().await.json();
    let skranke_api::intake::IntakeKind::Application { case, .. } = &sent.what else { panic!("{sent:?}") };
    assert!(page["items"].as_array().unwrap().iter().any(|row| row["id"] == json!(case)));
    let half = arrivals::one(&office.service, Kind::HalfFinished).await.unwrap().unwrap();
    let path = format!("/v1/citizens/{}/applications", half.citizen);
    assert_eq!(office.look(&path).send().await.json()["items"].as_array().unwrap().len(), 1);
    let answer = arrivals::one(&office.service, Kind::AuthorityAnswer).await.unwrap().unwrap();
    assert_eq!(answer.documents.len(), 1);
    let (_, case) = asked(&office, "cpr-eu-employee", "proof-of-address").await;
    let reply = arrivals::one(&office.service, Kind::Reply).await.unwrap().unwrap();
    assert_eq!(reply.citizen.to_string(), office.kalina().await);
    assert_eq!(line(&office.case(&case).await, "replied")["by"], Value::Null);
}
