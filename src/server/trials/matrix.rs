//! Everybody at every door: the whole router walked against the expectations of `matrix.txt`. A route that stands in one and not in the other
//! fails. What does not live here: single stories (`need`, `rights`, `break_glass`, `withheld`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use skranke_domain::{CaseId, CommandId, DocumentId};

use super::need::{blob, set};
use super::*;
use crate::auth::persona_id;
use crate::store::Read;
use crate::store::documents::{self, NewDocument};

const EXPECTED: &str = include_str!("matrix.txt");

/// Who stands in the columns of the routes.
const COLUMNS: [Caller; 8] = [
    Caller::Persona(Role::Guest),
    Caller::Persona(Role::Host),
    Caller::Persona(Role::Clerk),
    Caller::Persona(Role::Caseworker),
    Caller::Persona(Role::TeamLeader),
    Caller::Service,
    Caller::Display,
    Caller::Nobody,
];
const SEERS: [Role; 3] = [Role::Clerk, Role::Caseworker, Role::TeamLeader];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Persona(Role),
    Service,
    Display,
    Nobody,
}

/// The cells that were walked.
#[derive(Default)]
struct Walked(AtomicUsize);

impl Walked {
    fn one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A section's lines, word by word.
fn section(name: &str) -> Vec<Vec<&'static str>> {
    let mut lines = EXPECTED.lines().skip_while(|line| *line != format!("[{name}]")).skip(1);
    let own = lines.by_ref().take_while(|line| !line.starts_with('['));
    own.filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_whitespace().collect())
        .collect()
}

/// Who is looked at, by what she is to who looks.
const RELATIONS: [&str; 6] = ["stranger", "at-work", "protected", "own", "relative", "colleague"];

/// A citizen with what leads to her.
#[derive(Clone, Debug)]
struct Her {
    citizen: String,
    case: String,
    document: String,
}

struct Walk {
    office: Office,
    people: BTreeMap<&'static str, Her>,
    /// The own record of each persona.
    own: BTreeMap<u128, Her>,
    walked: Walked,
}

/// The names of the parts of a path, with what stands there.
fn path(route: &str, her: &Her) -> String {
    let place = |part: &str| match part {
        "{citizen}" => her.citizen.clone(),
        "{case}" => her.case.clone(),
        "{document}" => her.document.clone(),
        "{procedure}" => "passport".to_owned(),
        "{version}" => "1".to_owned(),
        "{counter}" => "counter-4".to_owned(),
        "{change}" => "income".to_owned(),
        "{item}" => "identity".to_owned(),
        other if other.starts_with('{') => Uuid::now_v7().to_string(),
        other => other.to_owned(),
    };
    route.split('/').map(place).collect::<Vec<_>>().join("/")
}

impl Walk {
    async fn begin() -> Self {
        let office = Office::open_with(|config| config).await;
        let sql = "SELECT id FROM citizen c WHERE protected = 0 AND current IS NULL AND status = 'resident' AND no > 40
            AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.citizen = c.no AND r.other <= 40) ORDER BY no LIMIT 10";
        let rows = sqlx::query(sql).fetch_all(&mut *office.service.app().store.read().await.unwrap()).await.unwrap();
        let ids: Vec<String> = rows.iter().map(|row| row.id(0).unwrap().to_string()).collect();
        set(&office, "DELETE FROM appointment".to_owned()).await;
        set(&office, "DELETE FROM ticket".to_owned()).await;
        set(&office, "DELETE FROM relation".to_owned()).await;
        set(&office, "UPDATE staff SET citizen = NULL".to_owned()).await;
        set(&office, "UPDATE case_file SET phase = 'closed', responsible_id = NULL".to_owned()).await;
        let mut all = Vec::new();
        for id in ids {
            all.push(her(&office, &id, "passport").await);
        }
        let mut own = BTreeMap::new();
        let roles = [Role::Host, Role::Clerk, Role::Caseworker, Role::TeamLeader];
        for (role, her) in roles.iter().zip(&all[6..]) {
            set(&office, own_record(*role, her)).await;
            relate(&office, her, &all[4]).await;
            own.insert(persona_id(*role).0.as_u128(), her.clone());
        }
        set(&office, format!("UPDATE staff SET citizen = {} WHERE name = 'Omar Hjelm'", blob(&all[5].citizen))).await;
        set(&office, format!("UPDATE citizen SET protected = 1 WHERE id = {}", blob(&all[2].citizen))).await;
        for her in [1, 2, 4, 5, 6, 7, 8, 9].map(|at| &all[at]) {
            at_work(&office, her).await;
        }
        let people = RELATIONS.into_iter().zip(all.iter().cloned()).filter(|(name, _)| *name != "own").collect();
        Self { office, people, own, walked: Walked::default() }
    }

    fn her(&self, relation: &str, role: Role) -> &Her {
        match relation {
            "own" => &self.own[&persona_id(role).0.as_u128()],
            other => &self.people[other],
        }
    }

    fn ask(&self, caller: Caller, method: &str, path: &str) -> Ask<'_> {
        let ask = self.office.ask(Method::from_bytes(method.as_bytes()).unwrap(), path);
        match caller {
            Caller::Persona(role) => ask.role(role),
            Caller::Nobody => ask.nobody(),
            Caller::Service => {
                let token = format!("Bearer {}", self.office.tokens.self_service);
                ask.nobody().header("authorization", &token)
            }
            Caller::Display => {
                let token = format!("Bearer {}", self.office.tokens.display);
                ask.nobody().header("authorization", &token)
            }
        }
    }

    /// What came of a request: its problem's name, else its status. Of a stream the beginning is enough.
    async fn outcome(&self, ask: Ask<'_>) -> String {
        self.walked.one();
        let response = ask.stream().await;
        let status = response.status();
        if response.headers().get("content-type").is_some_and(|kind| kind == "application/problem+json") {
            let body = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
            let problem: Value = serde_json::from_slice(&body).unwrap();
            return problem["type"].as_str().unwrap().trim_start_matches("urn:skranke:problem:").to_owned();
        }
        status.as_u16().to_string()
    }

    /// A look at somebody by a route, with the words that are said.
    async fn look(&self, (method, route, opens): (&str, &str, &str), role: Role, her: &Her, said: &Said) -> String {
        let mut path = path(route, her);
        if opens.starts_with("query") {
            path = format!("{path}?citizen={}", her.citizen);
        }
        let mut ask = self.ask(Caller::Persona(role), method, &path);
        if method == "POST" {
            let mut purpose = json!({ "kind": said.kind, "note": said.note, "acknowledged": said.seen });
            if let Some(basis) = said.basis {
                purpose["basis"] = json!(basis);
            }
            let mut body = json!({ "purpose": purpose });
            if route.ends_with("/reveal") {
                body["field"] = json!("cpr");
            }
            ask = ask.json(&body);
        } else {
            ask = ask.header("skranke-purpose", said.kind);
            for (name, value) in [
                ("skranke-purpose-note", said.note),
                ("skranke-legal-basis", said.basis),
                ("skranke-acknowledged", said.seen.then_some("yes")),
            ] {
                if let Some(value) = value {
                    ask = ask.header(name, value);
                }
            }
        }
        self.outcome(ask).await
    }
}

/// What is said with a look.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    kind: &'static str,
    note: Option<&'static str>,
    basis: Option<&'static str>,
    seen: bool,
}

fn own_record(role: Role, her: &Her) -> String {
    let staff = blob(&persona_id(role).to_string());
    format!("UPDATE staff SET citizen = {} WHERE id = {staff}", blob(&her.citizen))
}

async fn relate(office: &Office, one: &Her, other: &Her) {
    let no = |her: &Her| format!("(SELECT no FROM citizen WHERE id = {})", blob(&her.citizen));
    let sql = format!("INSERT INTO relation VALUES ({}, {}, 'sibling', 0)", no(one), no(other));
    set(office, sql).await;
}

/// Gives somebody an appointment today: business that every role sees.
async fn at_work(office: &Office, her: &Her) {
    let at = NOW.parse::<Timestamp>().unwrap().as_microsecond();
    let no = format!("(SELECT no FROM citizen WHERE id = {})", blob(&her.citizen));
    let sql = format!(
        "INSERT INTO appointment (id, citizen, counter, start_at, end_at, people, status, version) VALUES (randomblob(16), {no}, 'counter-4', {at}, {at}, 1, 'booked', 1)"
    );
    set(office, sql).await;
}

/// Somebody with a case of a procedure that is closed, and a document in it.
async fn her(office: &Office, citizen: &str, procedure: &str) -> Her {
    let case = Uuid::now_v7();
    let body = json!({ "id": case, "citizen": citizen, "procedure": procedure });
    let started =
        office.ask(Method::POST, "/v1/cases").role(Role::Caseworker).key(Uuid::now_v7()).json(&body).send().await;
    assert_eq!(started.status, 201, "{started:?}");
    let department = started.json()["row"]["department"].as_str().unwrap().to_owned();
    let document = Uuid::now_v7();
    let mut tx = office.service.app().store.begin().await.unwrap();
    let no = crate::store::citizens::number(&mut tx, citizen.parse().unwrap()).await.unwrap().unwrap();
    let new = NewDocument {
        id: DocumentId(document),
        citizen: no,
        home: (CaseId(case), &department),
        name: "pas.pdf",
        kind: None,
        bytes: 1,
        sha256: "00",
        state: skranke_domain::document::DocumentState::Uploading,
        origin: (skranke_domain::document::DocumentSource::Scanner, skranke_domain::document::Openness::File),
        version: (1, None),
        uses: &[],
        at: NOW.parse().unwrap(),
        by: None,
        command: CommandId(Uuid::now_v7()),
        checks: &[],
    };
    documents::add(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    set(
        office,
        format!("UPDATE case_file SET phase = 'closed', responsible_id = NULL WHERE id = {}", blob(&case.to_string())),
    )
    .await;
    Her { citizen: citizen.to_owned(), case: case.to_string(), document: document.to_string() }
}

/// Who works at a route, by its line.
fn may(line: &[&str], role: Role) -> bool {
    let column = COLUMNS.iter().position(|caller| *caller == Caller::Persona(role)).unwrap();
    line[2 + column] == "Y"
}

#[tokio::test]
async fn every_route_has_a_row_and_every_row_a_route() {
    let document: Value = serde_json::from_str(&crate::openapi_json()).unwrap();
    let known: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())))
        .collect();
    let expected: BTreeSet<(String, String)> =
        section("routes").iter().map(|line| (line[0].to_owned(), line[1].to_owned())).collect();
    let missing: Vec<_> = known.difference(&expected).collect();
    let gone: Vec<_> = expected.difference(&known).collect();
    assert!(missing.is_empty(), "routes without a row in matrix.txt: {missing:?}");
    assert!(gone.is_empty(), "rows of matrix.txt without a route: {gone:?}");
    assert_eq!(section("routes").len(), expected.len(), "no route has two rows");
    let acts: BTreeSet<(&str, &str)> = section("acts").iter().map(|line| (line[0], line[1])).collect();
    assert!(acts.iter().all(|(method, path)| expected.contains(&((*method).to_owned(), (*path).to_owned()))));
}

#[tokio::test]
async fn every_route_lets_in_who_it_is_for_and_nobody_else() {
    let walk = Walk::begin().await;
    for line in section("routes") {
        let (method, route) = (line[0], line[1]);
        for (caller, expected) in COLUMNS.iter().zip(&line[2..10]) {
            let her = &walk.people["at-work"];
            let mut ask = walk.ask(*caller, method, &path(route, her));
            if method != "GET" {
                ask = ask.key(Uuid::now_v7()).json(&json!({}));
            }
            let outcome = walk.outcome(ask).await;
            let word = match outcome.as_str() {
                "forbidden" => "n",
                "unauthenticated" => "u",
                _ => "Y",
            };
            assert_eq!(word, *expected, "{method} {route} as {caller:?}: {outcome}");
        }
    }
    println!("routes x callers: {} cells walked", walk.walked.0.load(Ordering::Relaxed));
}

#[tokio::test]
async fn every_look_at_somebody_asks_what_her_relation_asks() {
    let walk = Walk::begin().await;
    let expected: BTreeMap<&str, Vec<&str>> =
        section("looks").into_iter().map(|line| (line[0], line[1..].to_vec())).collect();
    assert_eq!(expected.len(), RELATIONS.len());
    let plain = Said { kind: "case", ..Said::default() };
    let said = [plain, Said { note: Some("flytning"), ..plain }, Said { note: Some("flytning"), seen: true, ..plain }];
    let mut routes = 0;
    for line in section("routes").iter().filter(|line| line[10] != "-") {
        routes += 1;
        for role in [Role::Host, Role::Clerk, Role::Caseworker, Role::TeamLeader].into_iter().filter(|r| may(line, *r))
        {
            for relation in RELATIONS {
                for (said, expected) in said.iter().zip(&expected[relation]) {
                    let her = walk.her(relation, role);
                    let outcome = walk.look((line[0], line[1], line[10]), role, her, said).await;
                    let word = if outcome == "need-to-know" { "asks" } else { "opens" };
                    assert_eq!(word, *expected, "{} of {relation} as {role:?}, {said:?}: {outcome}", line[1]);
                    // What is let through is answered: the way was open, and not shut by something else.
                    let answered = ["200", "not-found", "not-possible-now"].contains(&outcome.as_str());
                    assert!(word == "asks" || answered, "{} of {relation} as {role:?}: {outcome}", line[1]);
                }
            }
        }
    }
    assert!(routes >= 20, "{routes} routes open somebody");
    println!("looks x roles x relations x words: {} cells walked", walk.walked.0.load(Ordering::Relaxed));
}

#[tokio::test]
async fn every_departments_data_take_the_basis_that_they_take_and_what_is_withheld_is_not_there() {
    let walk = Walk::begin().await;
    let citizen = walk.people["at-work"].citizen.clone();
    let plain = Said { kind: "other", note: Some("flytning"), seen: true, basis: None };
    let said = [plain, Said { basis: Some("consent"), ..plain }];
    for expected in section("data") {
        let procedure = match expected[0] {
            "kff" => "passport",
            "buf" => "fee-reduction",
            "sof" => "social-support",
            other => panic!("{other}"),
        };
        let her = her(&walk.office, &citizen, procedure).await;
        for line in section("routes").iter().filter(|line| ["case", "document"].contains(&line[10])) {
            for (at, role) in SEERS.into_iter().enumerate() {
                for (said, expected) in said.iter().zip(&expected[1 + 2 * at..3 + 2 * at]) {
                    let outcome = walk.look((line[0], line[1], line[10]), role, &her, said).await;
                    let never = Her {
                        citizen: citizen.clone(),
                        case: Uuid::now_v7().to_string(),
                        document: Uuid::now_v7().to_string(),
                    };
                    let nothing = walk.look((line[0], line[1], line[10]), role, &never, said).await;
                    let word = match outcome.as_str() {
                        "need-to-know" => "asks",
                        // The bytes of a document that is not here yet cannot be read: it is there all the same.
                        "200" | "not-possible-now" => "opens",
                        gone if gone == nothing => "gone",
                        other => other,
                    };
                    assert_eq!(word, *expected, "{} of {} as {role:?}, {said:?}", line[1], expected);
                }
            }
        }
    }
    // What reads over all departments takes a basis whatever there is.
    for line in section("routes").iter().filter(|line| line[10].ends_with('+')) {
        for role in SEERS {
            for (said, expected) in said.iter().zip(["asks", "opens"]) {
                let outcome = walk.look((line[0], line[1], line[10]), role, &walk.people["at-work"], said).await;
                let word = if outcome == "need-to-know" { "asks" } else { "opens" };
                assert_eq!(word, expected, "{} as {role:?}: {outcome}", line[1]);
            }
        }
    }
    println!("data x departments x roles x bases: {} cells walked", walk.walked.0.load(Ordering::Relaxed));
}

/// The authorities of the columns of the acts, over the task `passport` of KFF.
fn authorities() -> [Value; 8] {
    let of = |department: &str, level: &str| json!({ "department": department, "level": level, "until": null });
    let with = |field: &str, value: Value| {
        let mut one = of("kff", "judgement");
        one[field] = value;
        json!([one])
    };
    [
        json!([]),
        json!([of("kff", "guidance")]),
        json!([of("kff", "rule_based")]),
        json!([of("kff", "judgement")]),
        with("procedures", json!(["marriage"])),
        json!([of("buf", "judgement")]),
        with("until", json!("2026-06-08")),
        with("from", json!("2026-06-10")),
    ]
}

/// What is sent to change a case.
fn act(route: &str, view: &Value, other: &str) -> (Option<Value>, Value) {
    let versions = &view["versions"];
    let item = view["items"].as_array().unwrap().iter().find(|item| item["state"] == "missing").unwrap();
    match route.rsplit('/').next().unwrap() {
        "{item}" => (Some(item["etag"].clone()), json!({ "action": "request" })),
        "responsible" => (Some(versions["responsible"].clone()), json!({ "to": persona_id(Role::Caseworker) })),
        "course" => (Some(versions["course"].clone()), json!({ "step": "suspend", "reason": "Afventer svar" })),
        "facts" => (Some(versions["facts"].clone()), json!({ "facts": { "person.civil_status": "married" } })),
        "relations" => (None, json!({ "other": other, "related": "together" })),
        "decision" => (None, json!({ "outcome": "granted", "reasons": [], "text": "Bevilget.", "language": "da" })),
        "asks" => {
            let to = json!({ "to": "colleague", "id": persona_id(Role::TeamLeader) });
            (None, json!({ "id": Uuid::now_v7(), "kind": "expert", "to": to, "text": "Hvad mener du?" }))
        }
        "notes" => (None, json!({ "id": Uuid::now_v7(), "text": "Ringet op", "openness": "file" })),
        other => panic!("{other} has no specimen"),
    }
}

#[tokio::test]
async fn every_change_of_a_case_takes_its_level_over_its_task_today() {
    let walk = Walk::begin().await;
    let office = &walk.office;
    let citizen = walk.people["at-work"].citizen.clone();
    for line in section("acts") {
        for role in SEERS {
            for (authority, expected) in authorities().iter().zip(&line[2..]) {
                let kept = |authority: &Value| {
                    let staff = blob(&persona_id(role).to_string());
                    format!("UPDATE staff_rights SET authorities = '{authority}' WHERE staff = {staff}")
                };
                // Every attempt has a case of its own, started while she may.
                set(office, kept(&authorities()[3])).await;
                let case = Uuid::now_v7();
                let body = json!({ "id": case, "citizen": citizen, "procedure": "passport" });
                let view = office
                    .ask(Method::POST, "/v1/cases")
                    .role(role)
                    .key(Uuid::now_v7())
                    .json(&body)
                    .send()
                    .await
                    .json();
                let other = Uuid::now_v7();
                let body = json!({ "id": other, "citizen": citizen, "procedure": "passport" });
                assert_eq!(
                    office
                        .ask(Method::POST, "/v1/cases")
                        .role(role)
                        .key(Uuid::now_v7())
                        .json(&body)
                        .send()
                        .await
                        .status,
                    201
                );
                set(office, kept(authority)).await;
                let (seen, body) = act(line[1], &view, &other.to_string());
                let item = view["items"].as_array().unwrap().iter().find(|item| item["state"] == "missing").unwrap();
                let path = line[1].replace("{case}", &case.to_string()).replace("{item}", item["id"].as_str().unwrap());
                let mut ask = walk.ask(Caller::Persona(role), line[0], &path).key(Uuid::now_v7()).json(&body);
                if let Some(seen) = &seen {
                    ask = ask.seen(seen);
                }
                let outcome = walk.outcome(ask).await;
                let word = if outcome == "forbidden" { "n" } else { "Y" };
                assert_eq!(word, *expected, "{} {} as {role:?} with {authority}: {outcome}", line[0], line[1]);
                // A decision that she may make needs papers that are not there: she is told so, and not that she may not.
                let done = ["200", "201", "not-possible-now", "invalid"].contains(&outcome.as_str());
                assert!(word == "n" || done, "{} {} as {role:?}: {outcome}", line[0], line[1]);
            }
        }
    }
    println!("acts x roles x authorities: {} cells walked", walk.walked.0.load(Ordering::Relaxed));
}
