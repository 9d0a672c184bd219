//! Searches in a small town made for the purpose, and how the database runs each statement.

use std::sync::LazyLock;

use skranke_domain::catalogue::Catalogue;
use skranke_domain::citizen::{Address, CitizenshipGroup, CivilStatus, DigitalAbility, GroundOfStay, Status};
use sqlx::Row as _;

use super::*;
use crate::store::bulk::Rest;
use crate::store::citizens::Profile;
use crate::store::{Database, Store};
use crate::training::load::Loader;
use crate::training::people::{Citizen, HOME};
use crate::training::rng::Ids;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());

/// A citizen: name, day of birth, address, phone. Whoever is called Skjult has a protected address.
fn person(no: i64, name: &str, born: &str, street: &str) -> Citizen {
    let (given, surname) = name.rsplit_once(' ').unwrap();
    let born: Date = born.parse().unwrap();
    Citizen {
        no,
        id: CitizenId(uuid::Uuid::from_u128(u128::from(no.unsigned_abs()))),
        cpr: Cpr::replacement(born, u16::try_from(no).unwrap()).unwrap(),
        born,
        given: given.to_owned(),
        surname: surname.to_owned(),
        status: Status::Resident,
        civil: CivilStatus::Unmarried,
        ground: GroundOfStay::Danish,
        group: CitizenshipGroup::Danish,
        address: Some(Address {
            street: street.to_owned(),
            postcode: "2300".to_owned(),
            district: "København S".to_owned(),
        }),
        protected: surname == "Skjult",
        current: None,
        municipality: HOME.to_owned(),
        profile: Profile {
            municipality: "København".to_owned(),
            protections: Vec::new(),
            languages: Vec::new(),
            interpreter: None,
            representations: Vec::new(),
            adviser: None,
            digital_ability: DigitalAbility::Able,
            exempt_from_digital_post: false,
            phone: Some(format!("00 12 {:02} {:02}", no % 100, (990 - no) % 100)),
            email: Some(format!("{}.{no}@Example.dk", words(name).join("."))),
        },
    }
}

fn people() -> Vec<Citizen> {
    vec![
        person(1, "Kalina Testrup Wrona", "1990-11-12", "Tanglænken 4, 2. tv"),
        person(2, "Danuta Wrona", "1988-04-04", "Tanglænken 4, 2. tv"),
        person(3, "Ida Wronska-Bell", "2003-12-01", "Tanglænken 40"),
        person(4, "Søren Østergreen", "1990-11-12", "Rosinvej 12"),
        person(5, "Aase Åkjær", "1990-11-12", "Rosinvej 120, 12. th"),
        person(6, "Jürgen Müller", "1970-01-02", "Rosinvej 12B"),
        person(7, "Verona Vinterlund", "1990-11-13", "Kandisgade 7"),
        person(8, "Ene Skjult", "1990-11-12", "Rosinvej 12"),
        person(9, "Bo Holm", "1951-02-03", "2. Tværvej 9"),
    ]
}

async fn town() -> (Store, Vocabulary) {
    let store = Store::open(&Database::Memory).await.unwrap();
    fill(&store, people()).await;
    (store, Vocabulary::default())
}

async fn fill(store: &Store, people: Vec<Citizen>) {
    let mut loader = Loader::new(&CATALOGUE, Ids::new(1));
    people.iter().for_each(|p| loader.person(p));
    loader.send(&mut store.writer().await.unwrap(), Rest::Send).await.unwrap();
}

const fn sought(text: &str) -> Sought<'_> {
    Sought { text, born: None, limit: 8, today: Date::constant(2026, 6, 9) }
}

fn born_so(text: &str) -> Sought<'_> {
    Sought { born: Some(Date::constant(1990, 11, 12)), ..sought(text) }
}

/// Surnames with what marks those that are only similar.
fn shown(found: &Found) -> Vec<String> {
    let one = |hit: &Hit| format!("{}{}", if hit.near { "~" } else { "" }, hit.surname);
    found.hits.iter().map(one).collect()
}

async fn names(town: &(Store, Vocabulary), sought: Sought<'_>) -> Vec<String> {
    shown(&by_name(&mut town.0.read().await.unwrap(), &sought, &town.1).await.unwrap())
}

async fn addresses(town: &(Store, Vocabulary), text: &str) -> Vec<String> {
    let mut conn = town.0.read().await.unwrap();
    shown(&by_address(&mut conn, &sought(text), &town.1).await.unwrap())
}

#[tokio::test]
async fn a_misspelt_name_is_found_after_the_exact_ones_and_says_that_it_is_similar() {
    let town = town().await;
    assert_eq!(names(&town, sought("wron")).await[..3], ["Wrona", "Wrona", "Wronska-Bell"]);
    for typed in ["vrona", "wrnoa", "wronna", "worna", "rona", "erona"] {
        assert!(names(&town, sought(typed)).await.contains(&"~Wrona".to_owned()), "{typed}");
    }
    assert_eq!(names(&town, sought("kalinna wrnoa")).await, ["~Wrona"], "both words, one letter each");
    assert_eq!(names(&town, sought("kalina testrup wrona")).await, ["Wrona"]);
    assert_eq!(names(&town, sought("xyzzyx")).await, Vec::<String>::new());
    assert_eq!(names(&town, sought("%")).await, Vec::<String>::new());
}

#[tokio::test]
async fn accents_and_spellings_do_not_matter() {
    let town = town().await;
    for typed in ["østergreen", "oestergreen", "OSTERGREEN", "ostergren", "Östergreen"] {
        assert_eq!(names(&town, sought(typed)).await[0].trim_start_matches('~'), "Østergreen", "{typed}");
    }
    for typed in ["åkjær", "aakjaer", "aakjær", "akjær", "Åkær"] {
        assert_eq!(names(&town, sought(typed)).await[0].trim_start_matches('~'), "Åkjær", "{typed}");
    }
    for typed in ["müller", "muller", "myller", "mueller", "Miller"] {
        assert_eq!(names(&town, sought(typed)).await[0].trim_start_matches('~'), "Müller", "{typed}");
    }
}

#[tokio::test]
async fn a_name_and_a_birth_date_find_one_person() {
    let town = town().await;
    assert_eq!(names(&town, born_so("wrona")).await, ["Wrona"], "Danuta was born on another day, Verona too");
    assert_eq!(names(&town, born_so("wrna")).await, ["~Wrona"]);
    assert_eq!(names(&town, born_so("holm")).await, Vec::<String>::new());
    let mut conn = town.0.read().await.unwrap();
    let found = by_address(&mut conn, &born_so("rosinvej"), &town.1).await.unwrap();
    assert_eq!(shown(&found), ["Åkjær", "Østergreen"], "nobody whose address is protected");
    assert_eq!(shown(&by_email(&mut conn, &born_so("kalina")).await.unwrap()), ["Wrona"]);
    assert!(by_email(&mut conn, &born_so("danuta")).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn a_road_and_a_number_find_the_house_and_no_longer_number() {
    let town = town().await;
    assert_eq!(addresses(&town, "rosinvej 12").await, ["Müller", "Østergreen"]);
    assert_eq!(addresses(&town, "12 rosin").await, ["Müller", "Østergreen"]);
    assert_eq!(addresses(&town, "rosinvej 12b").await, ["Müller"]);
    assert_eq!(addresses(&town, "rosinvej 120").await, ["Åkjær"]);
    assert_eq!(addresses(&town, "tanglaenken 4").await, ["Wrona", "Wrona"]);
    assert_eq!(addresses(&town, "tanglænken 4 2300").await, ["Wrona", "Wrona"]);
    assert_eq!(addresses(&town, "tanglænken 4 2400").await, Vec::<String>::new());
    assert_eq!(addresses(&town, "tvaervej 9").await, ["Holm"]);
    assert_eq!(
        addresses(&town, "rosinvje 12").await,
        ["~Müller", "~Østergreen"],
        "a misspelt road, the number as it is"
    );
}

#[tokio::test]
async fn a_protected_address_is_in_no_hit_and_no_count_however_it_is_typed() {
    let town = town().await;
    for typed in ["rosinvej 12", "rosinvej", "rosinvje 12", "2300", "rosin 12 2300"] {
        let mut conn = town.0.read().await.unwrap();
        for limit in 1..8 {
            let some = Sought { limit, ..sought(typed) };
            let found = by_address(&mut conn, &some, &town.1).await.unwrap();
            assert!(found.hits.iter().all(|hit| hit.surname != "Skjult"), "{typed}");
        }
        let all = by_address(&mut conn, &Sought { limit: 20, ..sought(typed) }, &town.1).await.unwrap();
        assert!(!all.more, "{typed}");
    }
    let found = by_name(&mut town.0.read().await.unwrap(), &sought("skjult"), &town.1).await.unwrap();
    assert_eq!(found.hits[0].address, skranke_api::citizens::AddressView::Protected);
}

#[tokio::test]
async fn a_phone_number_is_found_by_its_beginning_and_by_its_last_digits() {
    let (store, _) = town().await;
    let mut conn = store.read().await.unwrap();
    assert_eq!(shown(&by_phone(&mut conn, &sought("+45 00 12 01")).await.unwrap()), ["Wrona"]);
    assert_eq!(shown(&by_phone(&mut conn, &sought("0387")).await.unwrap()), ["Wronska-Bell"]);
    assert_eq!(shown(&by_phone(&mut conn, &sought("87")).await.unwrap()), Vec::<String>::new());
}

#[tokio::test]
async fn a_mail_address_is_found_by_its_beginning() {
    let (store, _) = town().await;
    let mut conn = store.read().await.unwrap();
    for typed in ["kalina.testrup.wrona.1@example.dk", " Kalina.T", "KALINA"] {
        assert_eq!(shown(&by_email(&mut conn, &sought(typed)).await.unwrap()), ["Wrona"], "{typed}");
    }
    assert!(by_email(&mut conn, &sought("@")).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn somebody_who_came_after_the_words_were_read_is_found_too() {
    let town = town().await;
    assert_eq!(names(&town, sought("zawilce")).await, Vec::<String>::new());
    fill(&town.0, vec![person(10, "Halina Zawilec", "1980-01-01", "Kandisgade 8")]).await;
    assert_eq!(names(&town, sought("zawilce")).await, ["~Zawilec"]);
}

#[tokio::test]
async fn an_older_database_is_found_by_mail_and_last_digits_too() {
    let folder = tempfile::tempdir().unwrap();
    let place = Database::File(folder.path().join("old.db"));
    let store = Store::open(&place).await.unwrap();
    fill(&store, people()).await;
    let mut conn = store.writer().await.unwrap();
    // As it was before the migration.
    for sql in [
        "DELETE FROM search_key WHERE kind > 3",
        "DROP INDEX citizen_born",
        "DELETE FROM _sqlx_migrations WHERE version = 4",
    ] {
        sqlx::query(sql).execute(&mut *conn).await.unwrap();
    }
    drop(conn);
    store.close().await;
    let store = Store::open(&place).await.unwrap();
    let mut conn = store.read().await.unwrap();
    assert_eq!(shown(&by_phone(&mut conn, &sought("0387")).await.unwrap()), ["Wronska-Bell"]);
    assert_eq!(shown(&by_email(&mut conn, &sought("ida.w")).await.unwrap()), ["Wronska-Bell"]);
}

#[tokio::test]
async fn no_search_reads_a_table_from_end_to_end() {
    let (store, _) = town().await;
    // So many that reading them all would be no better than looking them up.
    fill(&store, (10..500).map(|no| person(no, "Ellen Mosedal", "1960-05-05", "Kandisgade 1")).collect()).await;
    let mut conn = store.read().await.unwrap();
    sqlx::query("ANALYZE").execute(&mut *conn).await.unwrap();
    let page = 27;
    let all = [
        ("the newest citizen", statement::NEWEST.to_owned()),
        ("rarity", statement::COUNT.to_owned()),
        ("distinct words", statement::distinct(10)),
        ("name, phone, mail", statement::walk(&[], WALK_CAP, page)),
        ("name of several words, address", statement::walk(&[Filter::Begins, Filter::Begins], WALK_CAP, page)),
        ("similar name", statement::walk(&[Filter::Whole, Filter::Begins], WALK_CAP, page)),
        ("identities", statement::by_numbers(9)),
        ("birth date", statement::by_day(9)),
        ("CPR number", statement::by_cpr(9)),
        ("case number", statement::by_case_number(2, 9)),
    ];
    for (what, sql) in all {
        let plan: Vec<String> = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
            .fetch_all(&mut *conn)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get::<String, _>(3))
            .collect();
        println!("{what}\n  {}", plan.join("\n  "));
        assert!(plan.iter().any(|step| step.starts_with("SEARCH ")), "{what}: {plan:?}");
        for step in &plan {
            // What a query in the middle gives is walked once; the tables and their short names are not.
            let walked = step.strip_prefix("SCAN ").map(|rest| rest.split(' ').next().unwrap_or_default());
            assert!(walked.is_none_or(|name| ["w", "k", "word", "CONSTANT"].contains(&name)), "{what}: {plan:?}");
            // The largest number of all is one step to the table's end.
            let searched = step.starts_with("SEARCH ") && what != "the newest citizen";
            assert!(!searched || step.contains("USING"), "{what}: {plan:?}");
            assert!(!step.contains("USE TEMP B-TREE"), "{what}: {plan:?}");
        }
    }
}
