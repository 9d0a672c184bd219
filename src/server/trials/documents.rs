//! Documents from the announcement to the checklist, and everything that can go wrong on the way.

use skranke_domain::document::PIECE_BYTES;

use super::*;
use crate::store::blobs::sha256;
use crate::training::papers::{Line, pdf};

/// Kalina's case that asks for a rental contract, her deposit loan, and her case at a department that clerks do not see.
const CPR: &str = "cpr-eu-employee";

fn contract() -> Vec<u8> {
    pdf(&[vec![Line::heading("Lejekontrakt")], (0..60).map(|n| Line::plain(format!("§ {n}"))).collect()])
}

fn announcement(bytes: &[u8], name: &str, uses: &Value) -> Value {
    json!({
        "id": Uuid::now_v7(), "name": name, "bytes": bytes.len(), "sha256": sha256(bytes),
        "source": "upload", "openness": "file", "uses": uses
    })
}

async fn announce(office: &Office, case: &str, body: &Value) -> Reply {
    office.ask(Method::POST, &format!("/v1/cases/{case}/documents")).key(Uuid::now_v7()).json(body).send().await
}

async fn piece(office: &Office, id: &str, offset: usize, bytes: &[u8]) -> Reply {
    let path = format!("/v1/documents/{id}/content");
    let ask = office.ask(Method::PATCH, &path).header("upload-offset", &offset.to_string());
    ask.text("application/octet-stream", bytes.to_vec()).send().await
}

fn item<'a>(case: &'a Value, id: &str) -> &'a Value {
    case["items"].as_array().unwrap().iter().find(|i| i["id"] == id).unwrap()
}

fn field(reply: &Reply) -> (String, String) {
    let error = &reply.json()["errors"][0];
    (error["pointer"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
}

async fn id_of(office: &Office, procedure: &str) -> String {
    office.case_of_kalina(procedure).await["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_paper_that_serves_two_cases_is_received_in_both_when_its_last_byte_is_here() {
    let office = Office::open().await;
    let (health, moving) = (id_of(&office, "health-card-doctor").await, id_of(&office, "move-domestic").await);
    let bytes = contract();
    let uses = json!([{ "case": health, "item": "doctor-choice" }, { "case": moving, "item": "new-address" }]);
    let body = announcement(&bytes, "C:\\Users\\ida\\..\\Leje\u{202E}kontrakt\u{7}.pdf", &uses);
    let reply = announce(&office, &health, &body).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let view = reply.json();
    let id = view["id"].as_str().unwrap();
    assert_eq!(reply.header("location"), format!("/v1/documents/{id}"));
    assert_eq!((&view["name"], &view["state"]), (&json!("Lejekontrakt.pdf"), &json!("uploading")));

    let half = bytes.len() / 2;
    let first = piece(&office, id, 0, &bytes[..half]).await.json();
    assert_eq!(
        (&first["received"], &first["kind"], &first["state"]),
        (&json!(half), &json!("pdf"), &json!("uploading"))
    );
    assert_eq!(
        item(&office.case(&moving).await, "new-address")["state"],
        "requested",
        "half a document counts nowhere"
    );
    let unread = office.look(&format!("/v1/documents/{id}/content")).send().await;
    assert_eq!(unread.kind(), "not-possible-now");

    let whole = piece(&office, id, half, &bytes[half..]).await;
    assert_eq!((whole.status, &whole.json()["state"]), (StatusCode::OK, &json!("complete")));
    for (case, paper) in [(&health, "doctor-choice"), (&moving, "new-address")] {
        let case = office.case(case).await;
        assert_eq!(item(&case, paper)["state"], "received", "{paper}");
        let line = case["history"].as_array().unwrap().iter().find(|l| l["kind"] == "document_came").unwrap();
        assert_eq!((&line["state"], &line["by"]), (&json!("received"), &json!("Ida Mellemgaard")));
        assert_eq!(case["documents"][0]["id"], id);
    }
    let read = office.look(&format!("/v1/documents/{id}/content")).send().await;
    assert_eq!((read.body, read.headers["content-type"].to_str().unwrap()), (bytes.clone(), "application/pdf"));
    assert_eq!(read.headers["x-content-type-options"], "nosniff");
    assert!(read.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    let part = office.look(&format!("/v1/documents/{id}/content")).header("range", "bytes=5-9").send().await;
    assert_eq!((part.status.as_u16(), part.body.as_slice()), (206, &bytes[5..10]));
    assert_eq!(part.headers["content-range"], format!("bytes 5-9/{}", bytes.len()).as_str());
}

#[tokio::test]
async fn an_upload_that_was_cut_off_goes_on_where_it_stopped_and_a_piece_sent_twice_is_written_once() {
    let office = Office::open().await;
    let case = id_of(&office, CPR).await;
    let bytes = contract();
    let body = announcement(&bytes, "leje.pdf", &json!([{ "case": case, "item": "proof-of-address" }]));
    let key = Uuid::now_v7();
    let path = format!("/v1/cases/{case}/documents");
    let ask = || office.ask(Method::POST, &path).key(key).json(&body).send();
    let id = ask().await.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(ask().await.header("idempotent-replayed"), "true");
    assert_eq!(announce(&office, &case, &body).await.kind(), "already-exists");
    assert_eq!(piece(&office, &id, 0, &bytes[..100]).await.status, 200);
    // The answer was lost: the client sends the piece again and hears where the server stands.
    let again = piece(&office, &id, 0, &bytes[..100]).await;
    assert_eq!((again.kind().as_str(), &again.json()["current"]["received"]), ("not-possible-now", &json!(100)));
    let ahead = piece(&office, &id, 200, &bytes[200..]).await;
    assert_eq!(ahead.json()["current"]["received"], 100);
    let view = office.look(&format!("/v1/documents/{id}")).send().await.json();
    assert_eq!((&view["received"], &view["state"]), (&json!(100), &json!("uploading")));
    assert_eq!(piece(&office, &id, 100, &bytes[100..]).await.json()["state"], "complete");
    assert_eq!(piece(&office, &id, 0, &bytes).await.kind(), "not-possible-now", "it is whole");
}

#[tokio::test]
async fn what_is_no_paper_by_its_content_is_refused_whatever_its_name_says() {
    let office = Office::open().await;
    let case = id_of(&office, CPR).await;
    let bytes = b"MZ\x90 this program cannot be run in DOS mode".repeat(40);
    let body = announcement(&bytes, "pas.pdf", &json!([{ "case": case, "item": "proof-of-address" }]));
    assert_eq!(announce(&office, &case, &body).await.status, 201);
    let id = body["id"].as_str().unwrap();
    let reply = piece(&office, id, 0, &bytes).await;
    assert_eq!((reply.kind().as_str(), field(&reply)), ("invalid", ("/content".to_owned(), "kind".to_owned())));
    assert_eq!(office.look(&format!("/v1/documents/{id}")).send().await.kind(), "not-found");
    let names: Vec<String> = office.case(&case).await["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["name"].as_str().unwrap().to_owned())
        .collect();
    assert!(!names.contains(&"pas.pdf".to_owned()), "{names:?}");
}

#[tokio::test]
async fn bytes_that_are_not_those_announced_are_sent_again_from_the_first_and_never_half_kept() {
    let office = Office::open().await;
    let case = id_of(&office, "move-domestic").await;
    let bytes = contract();
    let mut broken = bytes.clone();
    *broken.last_mut().unwrap() ^= 1;
    let body = announcement(&bytes, "leje.pdf", &json!([{ "case": case, "item": "new-address" }]));
    assert_eq!(announce(&office, &case, &body).await.status, 201);
    let id = body["id"].as_str().unwrap();
    let reply = piece(&office, id, 0, &broken).await;
    assert_eq!(reply.kind(), "not-possible-now");
    let problem = reply.json();
    assert_eq!((&problem["current"]["received"], &problem["current"]["state"]), (&json!(0), &json!("uploading")));
    assert!(problem["detail"].as_str().unwrap().contains("from the first"));
    assert_eq!(item(&office.case(&case).await, "new-address")["state"], "requested");
    assert_eq!(piece(&office, id, 0, &bytes).await.json()["state"], "complete");
    assert_eq!(item(&office.case(&case).await, "new-address")["state"], "received");
}

#[tokio::test]
async fn an_announcement_that_makes_no_sense_is_refused_by_its_field() {
    let office = Office::open().await;
    let case = id_of(&office, CPR).await;
    let bytes = contract();
    let own = json!([{ "case": case, "item": "proof-of-address" }]);
    for (change, pointer) in [
        (json!({ "name": "" }), "/name"),
        (json!({ "name": "x".repeat(121) }), "/name"),
        (json!({ "bytes": 0 }), "/bytes"),
        (json!({ "bytes": (512_u64 << 20) + 1 }), "/bytes"),
        (json!({ "sha256": "ABC" }), "/sha256"),
        (json!({ "source": "office" }), "/source"),
        (json!({ "id": Uuid::nil() }), "/id"),
        (json!({ "uses": [own[0], own[0]] }), "/uses/1"),
        (json!({ "uses": [{ "case": case, "item": "no-such-paper" }] }), "/uses/0/item"),
        (json!({ "uses": vec![own[0].clone(); 21] }), "/uses"),
        (json!({ "replaces": Uuid::now_v7() }), "/replaces"),
    ] {
        let mut body = announcement(&bytes, "leje.pdf", &own);
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let reply = announce(&office, &case, &body).await;
        assert_eq!((reply.kind().as_str(), field(&reply).0.as_str()), ("invalid", pointer), "{change}");
    }
    let body = announcement(&bytes, "leje.pdf", &own);
    let id = announce(&office, &case, &body).await.json()["id"].as_str().unwrap().to_owned();
    let long = piece(&office, &id, 0, &[bytes.as_slice(), b"more"].concat()).await;
    assert_eq!(field(&long), ("/content".to_owned(), "range".to_owned()));
    let path = format!("/v1/documents/{id}/content");
    let large = vec![0; usize::try_from(PIECE_BYTES).unwrap() + 1];
    let raw = |bytes: Vec<u8>| office.ask(Method::PATCH, &path).text("application/octet-stream", bytes);
    assert_eq!(raw(large).header("upload-offset", "0").send().await.kind(), "too-large");
    assert_eq!(raw(bytes.clone()).send().await.kind(), "malformed");
    assert_eq!(raw(bytes.clone()).header("upload-offset", "-1").send().await.kind(), "malformed");
    let text = office.ask(Method::PATCH, &path).header("upload-offset", "0").json(&json!({}));
    assert_eq!(text.send().await.kind(), "unsupported-media-type");
    let host = raw(bytes.clone()).header("upload-offset", "0").role(Role::Host).send().await;
    assert_eq!(host.kind(), "forbidden");
    let closed = id_of(&office, "tax-card").await;
    let refused = announce(&office, &closed, &announcement(&bytes, "a.pdf", &json!([]))).await;
    assert_eq!(refused.kind(), "not-possible-now");
    assert!(refused.json()["detail"].as_str().unwrap().contains("closed"));
}

#[tokio::test]
async fn a_paper_for_another_citizens_case_or_a_withheld_one_is_refused_as_if_there_were_none() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let case = id_of(&office, CPR).await;
    let social = id_of(&office, "social-support").await;
    let page = office.get("/v1/cases?limit=50").send().await.json();
    let other = page["items"].as_array().unwrap().iter().find(|c| c["citizen"] != kalina.as_str()).unwrap();
    let bytes = contract();
    let mut said = Vec::new();
    for foreign in [other["id"].clone(), json!(social), json!(Uuid::now_v7())] {
        let body = announcement(&bytes, "leje.pdf", &json!([{ "case": foreign, "item": null }]));
        let reply = announce(&office, &case, &body).await;
        assert_eq!(field(&reply), ("/uses/0/case".to_owned(), "unknown".to_owned()));
        said.push(reply.body);
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "in the same words");
    assert_eq!(announce(&office, &social, &announcement(&bytes, "a.pdf", &json!([]))).await.kind(), "not-found");

    // The team leader brings it to both: the clerk sees the paper, and nothing of the other case.
    let uses = json!([{ "case": social, "item": null }, { "case": case, "item": null }]);
    let both = announcement(&bytes, "leje.pdf", &uses);
    let path = format!("/v1/cases/{case}/documents");
    let leader = office.ask(Method::POST, &path).role(Role::TeamLeader).key(Uuid::now_v7()).json(&both).send().await;
    assert_eq!(leader.json()["uses"].as_array().unwrap().len(), 2, "{leader:?}");
    let path = format!("/v1/documents/{}", both["id"].as_str().unwrap());
    let clerks = office.look(&path).send().await.json();
    assert_eq!(clerks["uses"], json!([{ "case": case, "item": null }]));
    let only = announcement(&bytes, "leje.pdf", &json!([]));
    let path = format!("/v1/cases/{social}/documents");
    let sent = office.ask(Method::POST, &path).role(Role::TeamLeader).key(Uuid::now_v7()).json(&only).send().await;
    assert_eq!(sent.status, 201);
    for tail in ["", "/content"] {
        let path = format!("/v1/documents/{}{tail}", only["id"].as_str().unwrap());
        assert_eq!(office.look(&path).send().await.kind(), "not-found");
    }
}

#[tokio::test]
async fn a_paper_laid_with_the_wrong_item_is_moved_and_the_wrong_item_is_missing_again() {
    let office = Office::open().await;
    let case = id_of(&office, "move-domestic").await;
    let bytes = contract();
    let wrong = json!({ "case": case, "item": "new-address" });
    let body = announcement(&bytes, "leje.pdf", &json!([wrong]));
    assert_eq!(announce(&office, &case, &body).await.status, 201);
    let id = body["id"].as_str().unwrap();
    let view = piece(&office, id, 0, &bytes).await.json();
    let path = format!("/v1/documents/{id}");
    let change = json!({ "noLongerFor": [wrong], "openness": "internal" });
    let ask = |seen: Value| office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&seen).json(&change).send();
    assert_eq!(ask(json!("v1")).await.kind(), "stale");
    let moved = ask(view["etag"].clone()).await;
    assert_eq!(moved.status, 200, "{moved:?}");
    let now = moved.json();
    assert_eq!((&now["uses"], &now["openness"]), (&json!([{ "case": case, "item": null }]), &json!("internal")));
    let stands = office.case(&case).await;
    assert_eq!(item(&stands, "new-address")["state"], "missing");
    assert!(stands["history"].as_array().unwrap().iter().any(|l| l["kind"] == "document_moved"));
    let newer = json!({
        "id": Uuid::now_v7(), "name": "leje2.pdf", "bytes": bytes.len(), "sha256": sha256(&bytes), "source": "scanner",
        "openness": "file", "replaces": id
    });
    let second = announce(&office, &case, &newer).await.json();
    assert_eq!((&second["version"], &second["replaces"]), (&json!(2), &json!(id)));
}

#[tokio::test]
async fn the_showcase_citizens_papers_lie_with_her_cases_and_say_what_a_check_found() {
    let office = Office::open().await;
    let case = office.case(&id_of(&office, "eu-residence-certificate").await).await;
    let documents = case["documents"].as_array().unwrap();
    let contract = documents.iter().find(|d| d["name"] == "Ansættelseskontrakt.pdf").unwrap();
    let passed: Vec<bool> =
        contract["checks"].as_array().unwrap().iter().map(|c| c["passed"].as_bool().unwrap()).collect();
    assert_eq!(passed, [true, true, true, false]);
    let path = format!("/v1/documents/{}/content", contract["id"].as_str().unwrap());
    let bytes = office.look(&path).send().await.body;
    assert_eq!(json!(sha256(&bytes)), contract["sha256"]);
    assert!(String::from_utf8_lossy(&bytes).contains("/Count 2"));
    assert!(documents.iter().any(|d| d["name"] == "Pas.png"));
}
