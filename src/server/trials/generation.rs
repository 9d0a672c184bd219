//! The training municipality is the same every time, whole, and plainly invented.

use sqlx::Row;

use super::*;
use crate::store::Store;
use crate::training::{Generated, TrainingError, extend_to_today, is_generated};

const TABLES: [&str; 18] = [
    "citizen",
    "relation",
    "search_key",
    "situation",
    "case_file",
    "checklist_item",
    "case_history",
    "contact",
    "appointment",
    "counter_block",
    "booking_cell",
    "note",
    "promise",
    "handover",
    "happening",
    "benefit",
    "staff",
    "looked",
];

async fn made(seed: u64, citizens: u32, today: &str) -> (Service, Store) {
    let service = open(config(Database::Memory, PersonaTokens::random())).await.unwrap();
    generate(&service, Plan { seed, citizens, today: today.parse().unwrap() }, |_| {}).await.unwrap();
    let store = service.app().store.clone();
    (service, store)
}

/// Everything that a table holds, as one text.
async fn dump(store: &Store, table: &str) -> Vec<String> {
    let mut conn = store.read().await.unwrap();
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT * FROM {table} ORDER BY 1, 2")))
        .fetch_all(&mut *conn)
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            (0..row.len())
                .map(|at| {
                    row.try_get::<Option<i64>, _>(at)
                        .map(|v| format!("{v:?}"))
                        .or_else(|_| row.try_get::<Option<String>, _>(at).map(|v| format!("{v:?}")))
                        .unwrap_or_else(|_| format!("{:?}", row.get::<Vec<u8>, _>(at)))
                })
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect()
}

#[tokio::test]
async fn the_same_seed_and_day_make_the_same_municipality() {
    let ((_a, first), (_b, second), (_c, other)) =
        (made(7, 300, "2026-06-09").await, made(7, 300, "2026-06-09").await, made(8, 300, "2026-06-09").await);
    for table in TABLES {
        let rows = dump(&first, table).await;
        assert!(!rows.is_empty(), "{table}");
        assert!(rows == dump(&second, table).await, "{table} differs");
    }
    assert_ne!(dump(&first, "citizen").await, dump(&other, "citizen").await);
}

#[tokio::test]
async fn a_larger_municipality_begins_with_the_same_people_and_another_day_keeps_them() {
    let ((_a, small), (_b, large), (_c, later)) =
        (made(7, 200, "2026-06-09").await, made(7, 400, "2026-06-09").await, made(7, 200, "2026-06-10").await);
    let names = |rows: Vec<String>| {
        rows.iter().take(150).map(|r| r.split('|').skip(4).take(2).collect::<String>()).collect::<Vec<_>>()
    };
    assert_eq!(names(dump(&small, "citizen").await), names(dump(&large, "citizen").await));
    let ids =
        |rows: Vec<String>| rows.iter().take(150).map(|r| r.split('|').nth(1).unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(dump(&small, "citizen").await), ids(dump(&later, "citizen").await));
}

#[tokio::test]
async fn every_number_is_a_replacement_number_and_no_two_are_the_same() {
    let (_service, store) = made(7, 2000, "2026-06-09").await;
    let mut conn = store.read().await.unwrap();
    let rows = sqlx::query("SELECT cpr, born FROM citizen").fetch_all(&mut *conn).await.unwrap();
    let mut seen = std::collections::HashSet::new();
    for row in &rows {
        let cpr = skranke_domain::cpr::Cpr::parse(&row.get::<String, _>(0)).unwrap();
        assert!(cpr.is_replacement());
        assert_eq!(cpr.birth_date().to_string(), row.get::<String, _>(1));
        assert!(seen.insert(cpr));
    }
    assert_eq!(rows.len(), 2000 + crate::training::always::PEOPLE as usize);
    let count = async |sql: &'static str| {
        sqlx::query(sql).fetch_one(&mut *store.read().await.unwrap()).await.unwrap().get::<i64, _>(0)
    };
    drop(conn);
    for sql in [
        "SELECT COUNT(*) FROM citizen WHERE protected = 1",
        "SELECT COUNT(*) FROM citizen WHERE status = 'departed'",
        "SELECT COUNT(*) FROM citizen WHERE status = 'dead'",
        "SELECT COUNT(*) FROM citizen WHERE current IS NOT NULL AND status = 'changed_number'",
        "SELECT COUNT(*) FROM citizen WHERE ground NOT IN ('danish')",
        "SELECT COUNT(*) FROM citizen WHERE profile LIKE '%\"guardian\"%'",
        "SELECT COUNT(*) FROM citizen WHERE profile LIKE '%\"power_of_attorney\"%'",
        "SELECT COUNT(*) FROM case_file WHERE deadline < '2026-06-09' AND phase <> 'closed'",
        "SELECT COUNT(*) FROM case_file WHERE board_column = 'awaiting_citizen'",
        "SELECT COUNT(*) FROM case_file WHERE board_column = 'ready_for_attendance'",
        "SELECT COUNT(*) FROM contact WHERE channel = 'letter'",
        "SELECT COUNT(*) FROM checklist_item WHERE state = 'rejected'",
        "SELECT COUNT(*) FROM checklist_item WHERE state = 'waived'",
        "SELECT COUNT(*) FROM checklist_item WHERE unknown <> '[]'",
    ] {
        assert!(count(sql).await > 0, "{sql}");
    }
    let found =
        "SELECT COUNT(*) FROM search_key k JOIN citizen c ON c.no = k.citizen WHERE c.protected = 1 AND k.kind = 3";
    assert_eq!(count(found).await, 0, "no protected address is found");
    let heavy = "SELECT COUNT(*) FROM case_file f JOIN citizen c ON c.no = f.citizen WHERE c.surname = 'Sagsager'";
    assert_eq!(count(heavy).await, 872);
}

#[tokio::test]
async fn facts_fit_what_the_catalogue_declares() {
    let (_service, store) = made(7, 1500, "2026-06-09").await;
    let rows = sqlx::query("SELECT facts FROM case_file").fetch_all(&mut *store.read().await.unwrap()).await.unwrap();
    for row in rows {
        let facts = serde_json::from_str(&row.get::<String, _>(0)).unwrap();
        assert_eq!(CATALOGUE.facts.check(&facts), Ok(()));
    }
}

#[tokio::test]
async fn a_municipality_is_made_once_and_its_calendar_keeps_up_with_the_days() {
    let (service, store) = made(7, 1000, "2026-06-09").await;
    let plan = Plan { seed: 7, citizens: 1000, today: "2026-06-09".parse().unwrap() };
    assert_eq!(is_generated(&service).await.unwrap(), Some(Generated { seed: 7, citizens: 1000, today: plan.today }));
    assert!(matches!(generate(&service, plan, |_| {}).await, Err(TrainingError::NotEmpty)));
    let before = dump(&store, "appointment").await.len();
    extend_to_today(&service, plan.today).await.unwrap();
    assert_eq!(dump(&store, "appointment").await.len(), before, "the weeks are there already");
    extend_to_today(&service, "2026-08-11".parse().unwrap()).await.unwrap();
    let after = dump(&store, "appointment").await.len();
    assert!(after > before);
    extend_to_today(&service, "2026-08-11".parse().unwrap()).await.unwrap();
    assert_eq!(dump(&store, "appointment").await.len(), after);
}

#[tokio::test]
async fn a_municipality_from_before_there_were_colleagues_gets_them_once() {
    let (service, store) = made(7, 60, "2026-06-09").await;
    let staff = dump(&store, "staff").await;
    let mut tx = store.begin().await.unwrap();
    sqlx::query("DELETE FROM staff").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    for _ in 0..2 {
        extend_to_today(&service, "2026-06-09".parse().unwrap()).await.unwrap();
        assert_eq!(dump(&store, "staff").await, staff);
    }
}

#[tokio::test]
async fn what_was_done_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::File(folder.path().join("training.db"));
    let tokens = PersonaTokens::random();
    let service = open(config(database.clone(), tokens.clone())).await.unwrap();
    generate(&service, Plan { seed: 7, citizens: 60, today: "2026-06-09".parse().unwrap() }, |_| {}).await.unwrap();
    let office = Office::of(service, tokens.clone());
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let path = format!("/v1/cases/{}/checklist/proof-of-address", case["id"].as_str().unwrap());
    let key = Uuid::now_v7();
    let approve = json!({ "action": "approve" });
    assert_eq!(office.ask(Method::PATCH, &path).key(key).seen(&json!("v1")).json(&approve).send().await.status, 200);
    let cursor = office.get("/v1/cases?limit=2").send().await.json()["nextCursor"].clone();
    office.service.clone().close().await;

    let office = Office::of(open(config(database, tokens.clone())).await.unwrap(), tokens);
    let again = office.ask(Method::PATCH, &path).key(key).seen(&json!("v1")).json(&approve).send().await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    let page = office.get(&format!("/v1/cases?limit=2&cursor={}", cursor.as_str().unwrap())).send().await;
    assert_eq!(page.status, 200, "cursors survive, their key lies beside the database");
    assert!(office.service.verify_audit().await.unwrap() > 3);
}
