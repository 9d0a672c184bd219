//! The questions that verify a caller, when somebody looked last, and who may be the same person.

use super::*;

async fn verify(office: &Office, citizen: &str, role: Role) -> Reply {
    let body = json!({ "purpose": { "kind": "call", "note": "K 047" } });
    office.ask(Method::POST, &format!("/v1/citizens/{citizen}/verification")).role(role).json(&body).send().await
}

fn questions(reply: &Reply) -> Vec<(String, Value)> {
    assert_eq!(reply.status, 200, "{reply:?}");
    let all = reply.json()["questions"].as_array().unwrap().clone();
    all.into_iter().map(|q| (q["question"].as_str().unwrap().to_owned(), q["answer"].clone())).collect()
}

async fn named(office: &Office, name: &str) -> String {
    let found = office.search(Role::Clerk, "name", name).await;
    found["hits"][0]["citizen"].as_str().unwrap_or_else(|| panic!("{name}: {found}")).to_owned()
}

#[tokio::test]
async fn a_caller_is_asked_what_only_she_knows_and_never_a_protected_address() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let reply = verify(&office, &kalina, Role::Clerk).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let asked = questions(&reply);
    let of = |kind: &str| asked.iter().find(|(k, _)| k == kind).map(|(_, answer)| answer.clone());
    assert!((3..=6).contains(&asked.len()), "{asked:?}");
    assert_eq!(of("children"), Some(json!({ "da": "Leon og Maja", "en": "Leon and Maja" })));
    assert_eq!(of("address"), None, "her address is protected");
    let last = of("last_contact").unwrap();
    assert!(last["en"].as_str().unwrap().starts_with("Phone, 8 June: Asked which contract"), "{last}");
    assert!(last["da"].as_str().unwrap().starts_with("Telefon, 8. juni: Spurgte"), "{last}");
    assert_eq!(of("next_appointment"), Some(json!({ "da": "9. juni", "en": "9 June" })));
    assert_eq!(of("phone"), Some(json!({ "da": "001", "en": "001" })));
    assert!(of("open_case").is_some());
    let log = office.get(&format!("/v1/audit?citizen={kalina}&limit=1")).role(Role::TeamLeader).send().await.json();
    assert_eq!(
        (&log["items"][0]["action"], &log["items"][0]["purpose"]["kind"]),
        (&json!("verify_caller"), &json!("call"))
    );
}

#[tokio::test]
async fn somebody_without_protection_is_asked_for_her_road() {
    let office = Office::open().await;
    let verner = named(&office, "verner solbjerg thestrup").await;
    let page = office.look(&format!("/v1/citizens/{verner}")).send().await.json();
    let street = page["address"]["street"].as_str().unwrap().split(',').next().unwrap().to_owned();
    let asked = questions(&verify(&office, &verner, Role::Clerk).await);
    assert!(asked.contains(&("address".to_owned(), json!({ "da": street, "en": street }))), "{asked:?}");
    assert!(!asked.iter().any(|(kind, _)| kind == "children" || kind == "last_contact"));
}

#[tokio::test]
async fn no_question_is_about_a_case_that_is_withheld() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    // Her social case alone is left open.
    let mut tx = office.service.app().store.begin().await.unwrap();
    let close = "UPDATE case_file SET phase = 'closed', deadline = '9999-12-31' WHERE department <> 'sof'";
    sqlx::query(close).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let asks = |asked: Vec<(String, Value)>| asked.iter().any(|(kind, _)| kind == "open_case");
    assert!(asks(questions(&verify(&office, &kalina, Role::TeamLeader).await)));
    assert!(!asks(questions(&verify(&office, &kalina, Role::Clerk).await)));
    for role in [Role::Host, Role::Guest] {
        assert_eq!(verify(&office, &kalina, role).await.kind(), "forbidden");
    }
    let path = format!("/v1/citizens/{kalina}/verification");
    let other = json!({ "purpose": { "kind": "other" } });
    assert_eq!(office.ask(Method::POST, &path).json(&other).send().await.kind(), "purpose-required");
    assert_eq!(verify(&office, &Uuid::now_v7().to_string(), Role::Clerk).await.kind(), "not-found");
}

#[tokio::test]
async fn the_page_says_when_this_clerk_looked_last_and_not_that_she_looks_now() {
    let office = Office::open().await;
    let path = format!("/v1/citizens/{}", office.kalina().await);
    let looked = async |role| office.look(&path).role(role).send().await.json()["lastLooked"].clone();
    assert_eq!(looked(Role::Clerk).await, "2026-06-05T12:12:00Z");
    assert_eq!(looked(Role::Clerk).await, "2026-06-05T12:12:00Z", "this look is no earlier one");
    assert_eq!(looked(Role::Caseworker).await, Value::Null, "nobody else's look is hers");
    // Eleven minutes ago she looked, by the log.
    let mut tx = office.service.app().store.begin().await.unwrap();
    let earlier = "UPDATE audit SET at = at - 660000000 WHERE action = 'open_citizen' AND role = 'clerk'";
    sqlx::query(earlier).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(looked(Role::Clerk).await.as_str().unwrap().starts_with("2026-06-09T07:55:00"));
    let plan =
        "EXPLAIN QUERY PLAN SELECT at FROM audit WHERE citizen = x'00' AND staff = x'00' AND action = 'open_citizen'
        AND outcome = 'done' AND at < 1 ORDER BY seq DESC LIMIT 1";
    let row = sqlx::query(plan).fetch_one(&mut *office.service.app().store.read().await.unwrap()).await.unwrap();
    let plan: String = sqlx::Row::get(&row, 3);
    assert!(plan.contains("audit_looked"), "{plan}");
}

#[tokio::test]
async fn a_second_record_of_the_same_person_is_suggested_and_a_twin_is_not() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let page = office.look(&format!("/v1/citizens/{kalina}")).send().await.json();
    let others = page["duplicates"].as_array().unwrap();
    assert_eq!(others.len(), 1, "{others:?}");
    assert_eq!((&others[0]["givenName"], &others[0]["surname"]), (&json!("Kalina"), &json!("Wrona")));
    assert_eq!((&others[0]["status"], &others[0]["cprMasked"]), (&json!("tax_only"), &json!("721190-••••")));
    let back = office.look(&format!("/v1/citizens/{}", others[0]["citizen"].as_str().unwrap())).send().await.json();
    assert_eq!(back["duplicates"][0]["citizen"], kalina);
    assert_eq!(back["duplicates"][0]["address"], json!({ "view": "protected" }));
    // Leon and Maja as twins: the same day, the same name, and known to be two.
    let mut tx = office.service.app().store.begin().await.unwrap();
    let twins = "UPDATE citizen SET born = '2020-01-01' WHERE surname = 'Wrona' AND given_name IN ('Leon', 'Maja')";
    assert_eq!(sqlx::query(twins).execute(&mut *tx).await.unwrap().rows_affected(), 2);
    tx.commit().await.unwrap();
    let maja = page["relations"].as_array().unwrap().iter().find(|r| r["given_name"] == "Maja").unwrap();
    let page = office.look(&format!("/v1/citizens/{}", maja["citizen"].as_str().unwrap())).send().await.json();
    assert_eq!(page["duplicates"], json!([]));
}

#[tokio::test]
async fn a_changed_number_points_to_the_current_one() {
    let office = Office::open().await;
    let found = office.search(Role::Clerk, "name", "asta ravnholm piletoft").await;
    let hits = found["hits"].as_array().unwrap();
    let former = hits.iter().find(|h| h["status"] == "changed_number").unwrap();
    let now = hits.iter().find(|h| h["status"] == "resident").unwrap();
    let page = office.look(&format!("/v1/citizens/{}", former["citizen"].as_str().unwrap())).send().await.json();
    assert_eq!(page["current"], now["citizen"]);
}

#[tokio::test]
async fn the_people_who_are_always_there_are_as_they_are_described() {
    let office = Office::open().await;
    let verner = named(&office, "verner solbjerg thestrup").await;
    let page = office.look(&format!("/v1/citizens/{verner}")).send().await.json();
    assert_eq!((&page["age"], &page["groundOfStay"], &page["protections"]), (&json!(67), &json!("danish"), &json!([])));
    let cases = |id: &str| {
        let path = format!("/v1/cases?citizen={id}");
        let office = &office;
        async move {
            let page = office.look(&path).send().await.json();
            let mut all: Vec<(String, String)> = page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|c| (c["procedure"].as_str().unwrap().to_owned(), c["department"].as_str().unwrap().to_owned()))
                .collect();
            all.sort();
            all
        }
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let expected =
        [pair("housing-benefit", "udk"), pair("instalment-review", "okf"), pair("personal-supplement", "suf")];
    assert_eq!(cases(&verner).await, expected);
    let signe = named(&office, "signe aabo lindeskov").await;
    assert_eq!(cases(&signe).await, [pair("fee-reduction", "buf"), pair("move-domestic", "kff")]);
    let missing = office.look(&format!("/v1/citizens/{signe}/missing")).send().await.json();
    let mut papers: Vec<String> = missing["papers"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|p| p["uses"].as_array().unwrap())
        .map(|p| format!("{} {}", p["department"].as_str().unwrap(), p["item"].as_str().unwrap()))
        .collect();
    papers.sort();
    assert_eq!(papers, ["buf foreign-income", "buf income", "kff new-address"]);
    assert_eq!(missing["papers"].as_array().unwrap().len(), 3, "three papers over two departments");
}
