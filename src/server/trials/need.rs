//! Need-to-know as somebody at the counter meets it: who is opened without a word, and of whom something is asked first.

use super::*;
use crate::auth::persona_id;

/// Opens somebody for a case, with words or without.
async fn opens(office: &Office, role: Role, path: &str, headers: &[(&str, &str)]) -> Reply {
    let ask = office.get(path).role(role).header("skranke-purpose", "case");
    headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value)).send().await
}

const WORDS: (&str, &str) = ("skranke-purpose-note", "s%C3%B8ger%20om%20flytning");
const SEEN: (&str, &str) = ("skranke-acknowledged", "yes");

/// A citizen without anything under way.
async fn stranger(office: &Office) -> String {
    let sql = "SELECT id FROM citizen c WHERE protected = 0 AND current IS NULL
        AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.citizen = c.no AND f.phase <> 'closed')
        AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.citizen = c.no)
        AND NOT EXISTS (SELECT 1 FROM ticket t WHERE t.citizen = c.no)
        AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.citizen = c.id)
        AND NOT EXISTS (SELECT 1 FROM staff s JOIN citizen me ON me.id = s.citizen JOIN relation r ON r.citizen = me.no WHERE r.other = c.no)
        ORDER BY no LIMIT 1";
    one(office, sql).await
}

/// The citizen that a statement finds.
pub(super) async fn one(office: &Office, sql: &'static str) -> String {
    use crate::store::Read;
    let row = sqlx::query(sql).fetch_one(&mut *office.service.app().store.read().await.unwrap()).await.unwrap();
    row.id(0).unwrap().to_string()
}

/// Says something about the office that no route says.
pub(super) async fn set(office: &Office, sql: String) {
    let mut tx = office.service.app().store.begin().await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// An identifier as it stands in a statement.
pub(super) fn blob(id: &str) -> String {
    format!("x'{}'", id.replace('-', ""))
}

#[tokio::test]
async fn somebody_without_any_business_is_opened_with_a_reason_and_the_log_says_both() {
    let office = Office::open().await;
    let citizen = stranger(&office).await;
    let path = format!("/v1/citizens/{citizen}");
    let refused = opens(&office, Role::Clerk, &path, &[]).await;
    assert_eq!(refused.kind(), "need-to-know");
    let need = json!({ "reason": true, "outOfContext": true, "protected": false, "tie": null, "basis": false });
    assert_eq!(refused.json()["need"], need);
    assert_eq!(opens(&office, Role::Clerk, &path, &[WORDS]).await.status, 200);
    // She is on the phone: that is business enough.
    assert_eq!(office.get(&path).header("skranke-purpose", "call").send().await.status, 200);
    let log = office.get(&format!("/v1/audit?citizen={citizen}&limit=3")).role(Role::TeamLeader).send().await.json();
    let told: Vec<(&str, &str)> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| (record["outcome"].as_str().unwrap(), record["context"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("done", "call"), ("done", "none"), ("refused", "none")]);
}

#[tokio::test]
async fn a_ticket_an_appointment_or_a_case_is_business_and_no_word_is_asked_for() {
    let office = Office::open().await;
    let citizen = stranger(&office).await;
    let path = format!("/v1/citizens/{citizen}");
    let no = format!("(SELECT no FROM citizen WHERE id = {})", blob(&citizen));
    let today = |hours: i64| 1_780_956_000_000_000_i64 + hours * 3_600_000_000; // midnight of 9 June 2026 in Copenhagen
    let book = |start: i64| {
        format!(
            "INSERT INTO appointment (id, citizen, counter, start_at, end_at, people, status, version) VALUES (randomblob(16), {no}, 'counter-4', {start}, {start}, 1, 'booked', 1)"
        )
    };
    let context = async || {
        let log = office.get(&format!("/v1/audit?citizen={citizen}&limit=1")).role(Role::TeamLeader).send().await;
        log.json()["items"][0]["context"].as_str().unwrap().to_owned()
    };
    // From yesterday to tomorrow.
    for (start, status) in [(today(-25), 403), (today(-24), 200), (today(47), 200), (today(48), 403)] {
        set(&office, book(start)).await;
        assert_eq!(opens(&office, Role::Host, &path, &[]).await.status, status, "{start}");
        if status == 200 {
            assert_eq!(context().await, "appointment");
        }
        set(&office, format!("DELETE FROM appointment WHERE citizen = {no}")).await;
    }
    // A case that is open, over whose task she has authority; a host sees no cases, so none is her business.
    let case = json!({ "id": Uuid::now_v7(), "citizen": citizen, "procedure": "passport" });
    assert_eq!(office.ask(Method::POST, "/v1/cases").key(Uuid::now_v7()).json(&case).send().await.status, 201);
    assert_eq!(opens(&office, Role::Clerk, &path, &[]).await.status, 200);
    assert_eq!(context().await, "case");
    assert_eq!(opens(&office, Role::Host, &path, &[]).await.kind(), "need-to-know");
    // A ticket of today, at her own site.
    let ticket = json!({ "id": Uuid::now_v7(), "site": "norrebro", "origin": "host", "citizen": citizen, "procedure": "passport", "people": 1 });
    let given = office.ask(Method::POST, "/v1/tickets").role(Role::Host).key(Uuid::now_v7()).json(&ticket).send().await;
    assert_eq!(given.status, 201, "{given:?}");
    assert_eq!(opens(&office, Role::Host, &path, &[]).await.status, 200);
    assert_eq!(context().await, "ticket");
    set(&office, format!("UPDATE ticket SET site = 'amager' WHERE citizen = {no}")).await;
    assert_eq!(opens(&office, Role::Host, &path, &[]).await.kind(), "need-to-know");
}

#[tokio::test]
async fn of_a_protected_citizen_a_reason_is_asked_for_whatever_her_business() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let paths = [format!("/v1/citizens/{kalina}"), format!("/v1/contacts?citizen={kalina}")];
    for path in &paths {
        let refused = opens(&office, Role::Clerk, path, &[]).await;
        assert_eq!(refused.kind(), "need-to-know");
        assert_eq!(
            (&refused.json()["need"]["protected"], &refused.json()["need"]["outOfContext"]),
            (&json!(true), &json!(false))
        );
        assert_eq!(opens(&office, Role::Clerk, path, &[WORDS]).await.status, 200);
    }
    // The same where the purpose stands in the body.
    let reveal = |note: Option<&str>| json!({ "field": "cpr", "purpose": { "kind": "ticket", "note": note } });
    let ask = |note| office.ask(Method::POST, &format!("/v1/citizens/{kalina}/reveal")).json(&reveal(note)).send();
    assert_eq!(ask(None).await.kind(), "need-to-know");
    assert_eq!(ask(Some("K 047")).await.status, 200);
}

#[tokio::test]
async fn of_herself_her_relatives_and_her_colleagues_she_is_warned_and_says_why() {
    let office = Office::open().await;
    let own = one(&office, "SELECT citizen FROM staff WHERE name = 'Ida Mellemgaard'").await;
    let relatives = "SELECT c.id FROM citizen c JOIN relation r ON r.other = c.no JOIN citizen me ON me.no = r.citizen
        JOIN staff s ON s.citizen = me.id WHERE s.name = 'Ida Mellemgaard' AND c.protected = 0 ORDER BY c.no LIMIT 1";
    let relative = one(&office, relatives).await;
    let colleague = one(&office, "SELECT citizen FROM staff WHERE name = 'Mette Brunsgaard'").await;
    for (citizen, tie) in [(&own, "own"), (&relative, "relative"), (&colleague, "colleague")] {
        let path = format!("/v1/citizens/{citizen}");
        let refused = opens(&office, Role::Clerk, &path, &[WORDS]).await;
        assert_eq!(refused.kind(), "need-to-know");
        assert_eq!(refused.json()["need"]["tie"], tie);
        assert_eq!(
            opens(&office, Role::Clerk, &path, &[SEEN]).await.json()["need"]["reason"],
            true,
            "a warning is no reason"
        );
        assert_eq!(opens(&office, Role::Clerk, &path, &[WORDS, SEEN]).await.status, 200);
        let log =
            office.get(&format!("/v1/audit?citizen={citizen}&limit=1")).role(Role::TeamLeader).send().await.json();
        assert_eq!(log["items"][0]["tie"], tie);
    }
    // To somebody else the same people are strangers.
    let path = format!("/v1/citizens/{relative}");
    assert_eq!(opens(&office, Role::TeamLeader, &path, &[WORDS]).await.status, 200);
    assert_ne!(own, persona_id(Role::Clerk).to_string(), "who works here has another identifier as a citizen");
}

#[tokio::test]
async fn other_departments_data_take_a_legal_basis_and_the_log_keeps_it() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let overview = format!("/v1/citizens/{kalina}/overview");
    let other = |path: &str| office.get(path).header("skranke-purpose", "other").header(WORDS.0, WORDS.1);
    let refused = other(&overview).send().await;
    assert_eq!(refused.kind(), "need-to-know");
    assert_eq!((&refused.json()["need"]["basis"], &refused.json()["need"]["reason"]), (&json!(true), &json!(false)));
    assert_eq!(other(&format!("{overview}?department=kff")).send().await.status, 200, "her own department's are hers");
    assert_eq!(other(&overview).header("skranke-legal-basis", "consent").send().await.status, 200);
    let log = office.get(&format!("/v1/audit?citizen={kalina}&limit=2")).role(Role::TeamLeader).send().await.json();
    assert_eq!((&log["items"][0]["basis"], &log["items"][1]["basis"]), (&json!("consent"), &Value::Null));
    assert_eq!(other(&overview).header("skranke-legal-basis", "curiosity").send().await.kind(), "invalid");
    // Who stands at the counter is guided: that is a basis of its own.
    assert_eq!(office.look(&overview).send().await.status, 200);
}

#[tokio::test]
async fn who_does_not_exist_is_not_found_before_anything_is_asked() {
    let office = Office::open().await;
    let nobody = Uuid::now_v7();
    for path in [format!("/v1/citizens/{nobody}"), format!("/v1/cases/{nobody}"), format!("/v1/documents/{nobody}")] {
        assert_eq!(opens(&office, Role::Clerk, &path, &[]).await.kind(), "not-found");
    }
    assert_eq!(opens(&office, Role::Clerk, "/v1/citizens/nobody", &[]).await.kind(), "not-found");
}
