//! Which citizen somebody of the staff is: what her sign-in says of it, of whom she is warned then, and that the number stays nowhere.

use super::lines::Log;
use super::*;
use crate::store::Read;
use crate::trials::need::{blob, set};

const BY_CPR: &str = "[claims.citizen]\nclaim = \"https://data.example/eid.cpr\"\nkind = \"cpr\"";
const BY_ID: &str = "[claims.citizen]\nclaim = \"citizen\"\nkind = \"id\"";
const CPR: &str = "https://data.example/eid.cpr";
const OWN: &str = "SELECT id, cpr FROM citizen c WHERE protected = 0 AND current IS NULL AND born < '2000-01-01'
    AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.citizen = c.id)
    AND EXISTS (SELECT 1 FROM relation r JOIN citizen o ON o.no = r.other WHERE r.citizen = c.no AND r.same_household = 1 AND o.protected = 0)
    ORDER BY no LIMIT 1";

/// Somebody of the municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Somebody {
    id: String,
    cpr: String,
}

async fn somebody(house: &House, sql: String) -> Somebody {
    let mut conn = house.office.service.app().store.read().await.unwrap();
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_one(&mut *conn).await.unwrap();
    Somebody { id: row.id(0).unwrap().to_string(), cpr: row.text(1).unwrap() }
}

/// A house with citizens, whose sign-in file names them somehow.
async fn town(claims: &str) -> House {
    let house = House::that_asks(Pair::ed("first"), claims).await;
    let plan = Plan { seed: 7, citizens: 200, today: "2026-06-09".parse().unwrap() };
    generate(&house.office.service, plan, |_| {}).await.unwrap();
    house
}

/// Who is Ada, who shares her household, and who is nobody to her.
async fn family(house: &House) -> (Somebody, Somebody, Somebody) {
    let own = somebody(house, OWN.to_owned()).await;
    let no = format!("(SELECT no FROM citizen WHERE id = {})", blob(&own.id));
    let near = "SELECT o.id, o.cpr FROM relation r JOIN citizen o ON o.no = r.other";
    let near =
        format!("{near} WHERE r.citizen = {no} AND r.same_household = 1 AND o.protected = 0 ORDER BY o.no LIMIT 1");
    let near = somebody(house, near).await;
    let far = "SELECT id, cpr FROM citizen c WHERE protected = 0 AND current IS NULL AND born < '2000-01-01'
        AND NOT EXISTS (SELECT 1 FROM staff s WHERE s.citizen = c.id)";
    let far = format!(
        "{far} AND c.no <> {no} AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.citizen = {no} AND r.other = c.no) ORDER BY no DESC LIMIT 1"
    );
    let far = somebody(house, far).await;
    (own, near, far)
}

/// With a hyphen, as people write it.
fn hyphened(cpr: &str) -> String {
    format!("{}-{}", &cpr[..6], &cpr[6..])
}

/// Opens somebody's page with a reason.
async fn opens(house: &House, token: &str, who: &Somebody) -> Reply {
    let ask = house.office.get(&format!("/v1/citizens/{}", who.id)).nobody();
    let ask = ask.header("authorization", &format!("Bearer {token}")).header("skranke-purpose", "call");
    ask.header("skranke-purpose-note", "s%C3%B8ger%20om%20flytning").send().await
}

/// Of what she is warned; nothing where the page opens.
async fn warned(house: &House, token: &str, who: &Somebody) -> Value {
    let reply = opens(house, token, who).await;
    if reply.status == 200 {
        return Value::Null;
    }
    assert_eq!(reply.kind(), "need-to-know");
    assert_eq!(reply.json()["need"]["reason"], false, "{reply:?}");
    reply.json()["need"]["tie"].clone()
}

/// Which citizen the house takes somebody for, by the subject of her sign-in.
async fn kept(house: &House, subject: &str) -> Option<String> {
    let mut conn = house.office.service.app().store.read().await.unwrap();
    let asked = sqlx::query("SELECT citizen FROM staff WHERE id = $1").bind(staff_id(&house.issuer, subject).0);
    asked.fetch_one(&mut *conn).await.unwrap().opt_id(0).unwrap().map(|id| id.to_string())
}

/// In how many rows of each table a text stands, however it is stored.
async fn places(house: &House, text: &str) -> Vec<(String, i64)> {
    let mut conn = house.office.service.app().store.read().await.unwrap();
    let columns = "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2";
    let columns: Vec<(String, String)> = sqlx::query_as(columns).fetch_all(&mut *conn).await.unwrap();
    assert!(columns.contains(&("staff".to_owned(), "citizen".to_owned())), "{columns:?}");
    let mut found = Vec::new();
    for (table, column) in columns {
        let sql =
            format!(r#"SELECT COUNT(*) FROM "{table}" WHERE instr(CAST("{column}" AS BLOB), CAST($1 AS BLOB)) > 0"#);
        let (rows,): (i64,) = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(text).fetch_one(&mut *conn).await.unwrap();
        if rows > 0 {
            found.push((format!("{table}.{column}"), rows));
        }
    }
    found
}

#[tokio::test]
async fn a_clerk_whose_sign_in_names_her_is_warned_of_herself_and_of_her_household() {
    let house = town(BY_CPR).await;
    let (own, near, far) = family(&house).await;
    for number in [own.cpr.clone(), hyphened(&own.cpr)] {
        let ada = house.pair.sign(&house.ada_but(json!({ CPR: number })));
        assert_eq!(warned(&house, &ada, &own).await, "own");
        assert_eq!(warned(&house, &ada, &near).await, "relative");
        assert_eq!(warned(&house, &ada, &far).await, Value::Null);
    }
    // Having seen the warning, she may go on.
    let ada = house.pair.sign(&house.ada_but(json!({ CPR: own.cpr })));
    let ask = house.office.get(&format!("/v1/citizens/{}", near.id)).nobody();
    let ask = ask.header("authorization", &format!("Bearer {ada}")).header("skranke-purpose", "call");
    let ask = ask.header("skranke-purpose-note", "hun%20ringer").header("skranke-acknowledged", "yes");
    assert_eq!(ask.send().await.status, 200);
}

#[tokio::test]
async fn two_colleagues_whose_sign_ins_name_them_are_warned_of_each_other() {
    let house = town(BY_CPR).await;
    let (own, near, far) = family(&house).await;
    let ada = house.pair.sign(&house.ada_but(json!({ CPR: own.cpr })));
    let bo = json!({ "sub": "bo-8", "name": "Bo Prøvensen", CPR: far.cpr });
    let bo = house.pair.sign(&house.ada_but(bo));
    assert_eq!(warned(&house, &ada, &far).await, Value::Null, "nobody knows yet that he works here");
    assert_eq!(warned(&house, &bo, &own).await, "colleague");
    assert_eq!(warned(&house, &ada, &far).await, "colleague");
    assert_eq!(warned(&house, &bo, &far).await, "own");
    assert_eq!(warned(&house, &bo, &near).await, Value::Null, "a colleague's family is nobody to him");
    let carl = house.pair.sign(&house.ada_but(json!({ "sub": "carl-9", "name": "Carl Prøvensen" })));
    for who in [&own, &far] {
        assert_eq!(warned(&house, &carl, who).await, "colleague", "to know him it takes no word of himself");
    }
}

#[tokio::test]
async fn the_identifier_of_the_citizen_does_as_well_as_her_number() {
    let house = town(BY_ID).await;
    let (own, near, far) = family(&house).await;
    let ada = house.pair.sign(&house.ada_but(json!({ "citizen": own.id })));
    assert_eq!(warned(&house, &ada, &own).await, "own");
    assert_eq!(warned(&house, &ada, &near).await, "relative");
    assert_eq!(warned(&house, &ada, &far).await, Value::Null);
    for other in [json!(Uuid::now_v7()), json!(own.cpr), json!("ada")] {
        let bo = json!({ "sub": "bo-8", "name": "Bo Prøvensen", "citizen": other });
        assert_eq!(house.status(&house.ada_but(bo)).await, 200);
        assert_eq!(kept(&house, "bo-8").await, None, "{other}");
    }
}

#[tokio::test]
async fn without_the_claim_or_with_a_number_that_nobody_has_she_signs_in_and_is_warned_of_nobody() {
    let house = town(BY_CPR).await;
    let (own, near, far) = family(&house).await;
    let nobody = skranke_domain::cpr::Cpr::replacement("1858-03-04".parse().unwrap(), 6543).unwrap();
    assert_eq!(places(&house, &nobody.digits()).await, []);
    let claims = [json!(null), json!(""), json!(nobody.digits()), json!("nummer"), json!(7), json!([own.cpr])];
    for claim in claims {
        let ada = house.pair.sign(&house.ada_but(json!({ CPR: claim })));
        assert_eq!(house.me(&ada).await.status, 200, "{claim}");
        for who in [&own, &near, &far] {
            assert_eq!(warned(&house, &ada, who).await, Value::Null, "{claim}");
        }
        assert_eq!(kept(&house, "ada-7").await, None);
    }
    assert_eq!(
        house.status(&house.ada_without("groups")).await,
        403,
        "that she is nobody here is no error; to have no role is"
    );
    // An office that asks for no such claim takes no notice of it.
    let house = town("").await;
    let ada = house.pair.sign(&house.ada_but(json!({ CPR: own.cpr })));
    assert_eq!(warned(&house, &ada, &own).await, Value::Null);
}

#[tokio::test]
async fn the_newest_sign_in_says_who_she_is_and_who_moves_here_is_found_at_the_next() {
    let house = town(BY_CPR).await;
    let (own, near, far) = family(&house).await;
    let at = |number: Value, second: i64| {
        house
            .pair
            .sign(&house.ada_but(json!({ CPR: number, "iat": start() + second, "exp": start() + 3_600 + second })))
    };
    assert_eq!(house.me(&at(json!(far.cpr), 0)).await.status, 200);
    assert_eq!(kept(&house, "ada-7").await, Some(far.id.clone()));
    assert_eq!(house.me(&at(json!(own.cpr), 1)).await.status, 200);
    assert_eq!(kept(&house, "ada-7").await, Some(own.id.clone()));
    assert_eq!(house.me(&at(json!(null), 2)).await.status, 200);
    assert_eq!(kept(&house, "ada-7").await, None);
    // She moves here between two sign-ins that say the same.
    let new = skranke_domain::cpr::Cpr::replacement("1990-05-06".parse().unwrap(), 4321).unwrap().digits();
    let early = at(json!(new), 3);
    assert_eq!(house.me(&early).await.status, 200);
    set(&house.office, format!("UPDATE citizen SET cpr = '{new}' WHERE id = {}", blob(&near.id))).await;
    assert_eq!(house.me(&at(json!(new), 4)).await.status, 200);
    assert_eq!(kept(&house, "ada-7").await, Some(near.id.clone()));
}

#[tokio::test]
async fn a_former_number_finds_who_she_is_now_and_a_number_that_two_have_finds_neither() {
    let house = town(BY_CPR).await;
    let (own, _, far) = family(&house).await;
    let now = format!("(SELECT no FROM citizen WHERE id = {})", blob(&own.id));
    set(&house.office, format!("UPDATE citizen SET current = {now} WHERE id = {}", blob(&far.id))).await;
    let ada = house.pair.sign(&house.ada_but(json!({ CPR: far.cpr })));
    assert_eq!(warned(&house, &ada, &own).await, "own");
    set(&house.office, format!("UPDATE citizen SET current = NULL, cpr = '{}' WHERE id = {}", own.cpr, blob(&far.id)))
        .await;
    let ada = house.pair.sign(&house.ada_but(json!({ CPR: own.cpr })));
    assert_eq!(warned(&house, &ada, &own).await, Value::Null);
    assert_eq!(warned(&house, &ada, &far).await, Value::Null);
}

#[tokio::test]
async fn a_machine_is_nobodys_citizen() {
    let house = town(BY_CPR).await;
    let (own, _, far) = family(&house).await;
    let machine = house.ada_but(json!({ "sub": "service", "groups": ["services", "clerks"], CPR: own.cpr }));
    assert_eq!(house.get("/v1/cases", &house.pair.sign(&machine)).await.status, 403);
    let bo = json!({ "sub": "bo-8", "name": "Bo Prøvensen", CPR: far.cpr });
    assert_eq!(warned(&house, &house.pair.sign(&house.ada_but(bo)), &own).await, Value::Null);
}

#[tokio::test]
async fn her_number_is_in_no_log_no_answer_and_no_record_and_what_it_found_is_in_the_staff_alone() {
    let log = Log::default();
    let house = town(BY_CPR).await;
    let (own, near, far) = family(&house).await;
    let nobody = skranke_domain::cpr::Cpr::replacement("1858-03-04".parse().unwrap(), 6543).unwrap().digits();
    let numbers = [own.cpr.clone(), hyphened(&own.cpr), nobody.clone(), hyphened(&nobody)];
    let mut before = Vec::new();
    for number in &numbers {
        before.push(places(&house, number).await);
    }
    assert_eq!(before[0], [("citizen.cpr".to_owned(), 1)], "hers stands with her record alone");
    assert_eq!(before[2..], [vec![], vec![]], "nobody has it");

    let guards = log.listen();
    let mut replies = Vec::new();
    for (number, groups) in [
        (json!(own.cpr), "clerks"),
        (json!(hyphened(&own.cpr)), "leaders"),
        (json!(nobody), "clerks"),
        (json!(hyphened(&nobody)), "leaders"),
        (json!([nobody]), "clerks"),
        (json!(own.cpr), "nothing"),
        (json!(own.cpr), "leaders"),
    ] {
        let token = house.pair.sign(&house.ada_but(json!({ CPR: number, "groups": [groups] })));
        for path in ["/v1/me", "/v1/colleagues?q=ada", "/v1/rights", "/v1/audit?limit=50", "/v1/nowhere"] {
            replies.push((path, house.get(path, &token).await));
        }
        for who in [&near, &far] {
            opens(&house, &token, who).await;
        }
    }
    drop(guards);

    let text = log.text();
    assert!(text.contains("a token was refused reason=NoRole count=1"), "{text}");
    assert!(text.contains("the claim that says which citizen somebody is was not understood count=1"), "{text}");
    assert_eq!(kept(&house, "ada-7").await, Some(own.id.clone()));
    for (number, before) in numbers.iter().zip(&before) {
        assert!(!text.contains(number), "in the log");
        assert_eq!(&places(&house, number).await, before, "in the database");
        for (path, reply) in &replies {
            assert!(!String::from_utf8_lossy(&reply.body).contains(number), "{path}");
        }
    }
    assert!(replies.iter().any(|(path, reply)| *path == "/v1/audit?limit=50" && reply.status == 200));
    // Nobody opened her page, so her identifier stands in no log and no answer either.
    assert!(!text.contains(&own.id) && !text.contains(&own.id.replace('-', "")), "{text}");
    for (path, reply) in &replies {
        assert!(!String::from_utf8_lossy(&reply.body).contains(&own.id), "{path}");
    }
}
