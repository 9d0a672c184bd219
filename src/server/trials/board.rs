//! The board as a clerk, a caseworker and a team leader meet it.

use std::collections::{BTreeMap, BTreeSet};

use skranke_domain::holidays::is_closed_day;

use super::*;

const TODAY: &str = "2026-06-09";

async fn board(office: &Office, role: Role, query: &str) -> Value {
    let reply = office.get(&format!("/v1/board?{query}")).role(role).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// All the cases of a filter, page by page.
async fn listed(office: &Office, role: Role, query: &str) -> Vec<Value> {
    from(office, role, query, "").await
}

/// Those from a cursor on.
async fn from(office: &Office, role: Role, query: &str, cursor: &str) -> Vec<Value> {
    let (mut found, mut cursor) = (Vec::new(), cursor.to_owned());
    loop {
        let after = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
        let path = format!("/v1/board/cases?{query}&limit=187{after}");
        let reply = office.get(&path).role(role).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        let page = reply.json();
        found.extend(page["items"].as_array().unwrap().iter().cloned());
        match page["nextCursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return found,
        }
    }
}

fn ids(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn is_open(row: &Value) -> bool {
    row["column"] != "closed"
}

fn sum(view: &Value) -> u64 {
    view["columns"].as_array().unwrap().iter().map(|column| column["count"].as_u64().unwrap()).sum()
}

fn day(value: &Value) -> &str {
    value.as_str().unwrap()
}

async fn write(office: &Office, sql: &'static str) {
    let mut tx = office.service.app().store.begin().await.unwrap();
    let changed = sqlx::query(sql).execute(&mut *tx).await.unwrap();
    assert!(changed.rows_affected() > 0, "{sql}");
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn every_filter_gives_the_cases_it_names_and_counts_them() {
    let office = Office::open().await;
    write(&office, "UPDATE case_file SET deadline = '2026-06-09' WHERE no IN (SELECT no FROM case_file WHERE phase <> 'closed' ORDER BY no LIMIT 3)").await;
    write(&office, "UPDATE case_file SET rests_since = '2026-06-01' WHERE no = (SELECT MIN(no) FROM case_file WHERE phase <> 'closed' AND deadline < '2026-06-09')").await;
    let leader = Role::Caseworker;
    let all = listed(&office, leader, "scope=all").await;
    assert_eq!(ids(&all).len(), all.len(), "no case twice");
    assert!(all.len() > 90, "{}", all.len());
    let own = office.get("/v1/me").role(leader).send().await.json();
    type Test<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let someone = all.iter().find_map(|row| row["responsibleId"].as_str()).unwrap();
    let elsewhere = all.iter().find_map(|row| row["municipality"].as_str().filter(|m| *m != "koebenhavn")).unwrap();
    let situation = all.iter().find_map(|row| row["situationKind"].as_str()).unwrap();
    let running = |row: &Value| is_open(row) && row["suspended"] == false;
    let awaited = |row: &Value| row["readiness"]["awaiting_citizen"].as_u64().unwrap();
    let tests: Vec<(String, Test<'_>)> = vec![
        ("scope=all&column=in_progress".into(), Box::new(|row| row["column"] == "in_progress")),
        ("scope=all&column=closed".into(), Box::new(|row| row["column"] == "closed")),
        ("scope=team".into(), Box::new(|row| row["department"] == own["department"])),
        ("scope=mine".into(), Box::new(|row| row["responsibleId"] == own["id"])),
        (format!("scope=all&situation={situation}"), Box::new(|row| row["situationKind"] == situation)),
        ("scope=all&department=sof".into(), Box::new(|row| row["department"] == "sof")),
        ("scope=all&procedure=passport".into(), Box::new(|row| row["procedure"] == "passport")),
        (format!("scope=all&responsible={someone}"), Box::new(|row| row["responsibleId"] == someone)),
        (format!("scope=all&municipality={elsewhere}"), Box::new(|row| row["municipality"] == elsewhere)),
        (
            "scope=all&due=past".into(),
            Box::new(|row| running(row) && row["deadline"].as_str().is_some_and(|d| d < TODAY)),
        ),
        ("scope=all&due=today".into(), Box::new(|row| running(row) && row["deadline"] == TODAY)),
        (
            "scope=all&due=week".into(),
            Box::new(|row| {
                running(row) && row["deadline"].as_str().is_some_and(|d| (TODAY..="2026-06-15").contains(&d))
            }),
        ),
        ("scope=all&due=none".into(), Box::new(|row| is_open(row) && row["deadline"].is_null())),
        ("scope=all&missing=something".into(), Box::new(|row| is_open(row) && awaited(row) > 0)),
        ("scope=all&missing=nothing".into(), Box::new(|row| is_open(row) && awaited(row) == 0)),
        ("scope=all&missing=to_check".into(), Box::new(|row| is_open(row) && !row["came"].is_null())),
        (
            "scope=all&missing=waited".into(),
            Box::new(|row| {
                row["column"] == "awaiting_citizen" && row["asked"].as_str().is_some_and(|d| d < "2026-06-02")
            }),
        ),
        ("scope=all&municipality=nowhere".into(), Box::new(|_| false)),
    ];
    for (query, test) in &tests {
        let wanted: Vec<Value> = all.iter().filter(|row| test(row)).cloned().collect();
        assert!(
            !wanted.is_empty() || query.ends_with("nowhere") || query.ends_with("due=none"),
            "{query} tells nothing apart"
        );
        assert_eq!(ids(&listed(&office, leader, query).await), ids(&wanted), "{query}");
        assert_eq!(sum(&board(&office, leader, query).await), wanted.len() as u64, "{query}");
    }
    let view = board(&office, leader, "scope=all").await;
    let count = |test: &dyn Fn(&Value) -> bool| all.iter().filter(|row| test(row)).count() as u64;
    assert_eq!(view["pastDeadline"], count(&tests[9].1));
    assert_eq!(view["waited"], count(&tests[16].1));
    // Monday 8 June was a working day: what came after four o'clock came overnight.
    assert!(!is_closed_day("2026-06-08".parse().unwrap()));
    assert_eq!(
        view["cameOvernight"],
        count(&|row| is_open(row) && row["came"].as_str().is_some_and(|at| at >= "2026-06-08T14:00"))
    );
    assert_eq!(view["scopes"]["all"], count(&is_open));
    assert_eq!(view["scopes"]["mine"], count(&|row| is_open(row) && row["responsibleId"] == own["id"]));
    for (facet, field) in [
        ("situations", "situationKind"),
        ("departments", "department"),
        ("responsible", "responsibleId"),
        ("municipalities", "municipality"),
    ] {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for row in all.iter().filter(|row| is_open(row) && !row[field].is_null()) {
            *counts.entry(row[field].as_str().unwrap()).or_default() += 1;
        }
        let facets = view["facets"][facet].as_array().unwrap();
        let told: BTreeMap<&str, u64> =
            facets.iter().map(|f| (f["value"].as_str().unwrap(), f["count"].as_u64().unwrap())).collect();
        assert_eq!(told, counts, "{facet}");
        assert!(facets.windows(2).all(|two| two[0]["count"].as_u64() >= two[1]["count"].as_u64()), "{facet}");
        assert!(facets.iter().all(|f| !f["title"]["da"].as_str().unwrap().is_empty()), "{facet}");
    }
    let foreign =
        view["facets"]["municipalities"].as_array().unwrap().iter().find(|f| f["value"] == elsewhere).unwrap();
    let named = CATALOGUE.municipalities.iter().find(|m| m.id.as_str() == elsewhere).unwrap();
    assert_eq!(foreign["title"]["da"], named.name);
}

#[tokio::test]
async fn columns_stand_in_their_order_with_ages_and_their_first_cards() {
    let office = Office::open().await;
    let view = board(&office, Role::TeamLeader, "scope=all").await;
    let columns = view["columns"].as_array().unwrap();
    let names: Vec<&str> = columns.iter().map(|c| c["column"].as_str().unwrap()).collect();
    assert_eq!(names, ["in_progress", "awaiting_citizen", "ready_for_attendance", "closed"]);
    for column in columns {
        let name = column["column"].as_str().unwrap();
        let rows = listed(&office, Role::TeamLeader, &format!("scope=all&column={name}")).await;
        assert_eq!(column["count"], rows.len());
        assert_eq!(column["cards"].as_array().unwrap()[..], rows[..rows.len().min(40)], "{name}");
        let ages: Vec<u64> = column["ages"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
        let aged = |from: &str, to: &str| {
            rows.iter().filter(|row| (from..=to).contains(&day(&row["received"]))).count() as u64
        };
        let shades = [
            aged("2026-06-07", "2026-06-09"),
            aged("2026-06-02", "2026-06-06"),
            aged("2026-05-26", "2026-06-01"),
            aged("2000-01-01", "2026-05-25"),
        ];
        assert_eq!(ages, shades, "{name}");
    }
    assert!(view["medianAge"].as_u64().is_some());
}

#[tokio::test]
async fn a_card_tells_the_case_and_whom_it_waits_for() {
    let office = Office::open().await;
    let case = office.case_of_kalina("cpr-eu-employee").await;
    let all = listed(&office, Role::Caseworker, "scope=all").await;
    let row = all.iter().find(|row| row["id"] == case["id"]).unwrap();
    assert_eq!((&row["citizenName"], &row["language"]), (&json!("Kalina Testrup Wrona"), &json!("pl")));
    assert_eq!((&row["situationKind"], &row["municipality"]), (&json!("arrival-eu-worker"), &json!("koebenhavn")));
    assert_eq!(row["title"], case["title"]);
    let by = row["responsible"].as_str().unwrap();
    let initials: String = by.split(' ').filter_map(|word| word.chars().next()).collect();
    assert_eq!(row["initials"], initials);
    assert!(row["responsibleEtag"].is_string());
}

#[tokio::test]
async fn orders_go_by_age_and_by_deadline() {
    let office = Office::open().await;
    for (sort, field, rising) in [
        ("oldest", "received", true),
        ("newest", "received", false),
        ("deadline", "deadline", true),
        ("latest_deadline", "deadline", false),
    ] {
        let rows = listed(&office, Role::TeamLeader, &format!("scope=all&sort={sort}")).await;
        // Whatever has no deadline stands last in both orders.
        let days: Vec<Option<&str>> = rows.iter().map(|row| row[field].as_str()).collect();
        let told = days.iter().take_while(|day| day.is_some()).count();
        assert!(told > 0 && days[told..].iter().all(Option::is_none), "{sort}");
        let sorted = days[..told].windows(2).all(|two| if rising { two[0] <= two[1] } else { two[0] >= two[1] });
        assert!(sorted, "{sort}: {days:?}");
    }
}

#[tokio::test]
async fn paging_goes_on_without_gap_or_double_while_cases_change() {
    let office = Office::open().await;
    let before = listed(&office, Role::TeamLeader, "scope=all").await;
    let first = office.get("/v1/board/cases?scope=all&limit=20").role(Role::TeamLeader).send().await.json();
    let cursor = first["nextCursor"].as_str().unwrap();
    // A case that was seen is closed, one that comes later changes its column, a new one is opened.
    let mut tx = office.service.app().store.begin().await.unwrap();
    for (id, sql) in [
        (
            &first["items"][3]["id"],
            "UPDATE case_file SET phase = 'closed', board_column = 'closed', closed_at = 1781000000000000 WHERE id = $1",
        ),
        (&before[30]["id"], "UPDATE case_file SET board_column = 'in_progress' WHERE id = $1"),
    ] {
        let id = Uuid::parse_str(id.as_str().unwrap()).unwrap();
        assert_eq!(sqlx::query(sql).bind(id).execute(&mut *tx).await.unwrap().rows_affected(), 1);
    }
    tx.commit().await.unwrap();
    let started = json!({ "id": Uuid::now_v7(), "citizen": office.kalina().await, "procedure": "health-card-doctor" });
    let made = office.ask(Method::POST, "/v1/cases").key(Uuid::now_v7()).json(&started).send().await;
    assert_eq!(made.status, 201, "{made:?}");

    let rest = from(&office, Role::TeamLeader, "scope=all", cursor).await;
    assert_eq!(ids(&rest).len(), rest.len());
    let (head, tail) = (ids(first["items"].as_array().unwrap()), ids(&rest));
    assert!(head.is_disjoint(&tail), "none twice");
    let mut wanted = ids(&before);
    wanted.insert(started["id"].as_str().unwrap().to_owned());
    assert!(&head | &tail == wanted, "none left out: {:?}", &wanted - &(&head | &tail));
    // The board itself knows of all three at once.
    let now = listed(&office, Role::TeamLeader, "scope=all&column=closed").await;
    assert!(now.iter().any(|row| row["id"] == first["items"][3]["id"]));

    let other = office.get(&format!("/v1/board/cases?scope=team&cursor={cursor}")).role(Role::TeamLeader).send().await;
    assert_eq!(other.kind(), "bad-cursor", "a cursor belongs to its filter");
    let other = office.get(&format!("/v1/board/cases?scope=all&cursor={cursor}")).role(Role::Caseworker).send().await;
    assert_eq!(other.kind(), "bad-cursor", "and to its person");
}

#[tokio::test]
async fn a_judged_paper_moves_its_case_on_the_board() {
    let office = Office::open().await;
    let rows = listed(&office, Role::Caseworker, "scope=all&missing=to_check&department=kff").await;
    let id = rows[0]["id"].as_str().unwrap();
    let view = office.look(&format!("/v1/cases/{id}")).role(Role::Caseworker).send().await.json();
    let came: Vec<&Value> =
        view["items"].as_array().unwrap().iter().filter(|item| item["state"] == "received").collect();
    for item in &came {
        let path = format!("/v1/cases/{id}/checklist/{}", item["id"].as_str().unwrap());
        let change = office.ask(Method::PATCH, &path).role(Role::Caseworker).key(Uuid::now_v7()).seen(&item["etag"]);
        assert_eq!(change.json(&json!({ "action": "approve" })).send().await.status, 200);
    }
    let left = listed(&office, Role::Caseworker, "scope=all&missing=to_check&department=kff").await;
    assert_eq!(left.len(), rows.len() - 1);
    let row = listed(&office, Role::Caseworker, "scope=all").await.into_iter().find(|row| row["id"] == id).unwrap();
    assert!(row["came"].is_null());
}

#[tokio::test]
async fn a_letter_shows_on_the_board_as_asked_today() {
    let office = Office::open().await;
    let kalina = office.kalina().await;
    let missing = office.look(&format!("/v1/citizens/{kalina}/missing")).send().await.json();
    let uses = missing["papers"].as_array().unwrap().iter().flat_map(|paper| paper["uses"].as_array().unwrap());
    let paper = uses.into_iter().find(|used| used["state"] == "missing").unwrap();
    let body = json!({
        "id": Uuid::now_v7(), "language": "en", "channel": "digital_post", "deadline": "2026-06-23", "text": "Please send it.",
        "items": [{ "case": paper["case"], "item": paper["item"], "seen": paper["etag"] }],
    });
    let path = format!("/v1/citizens/{kalina}/information-requests");
    assert_eq!(office.ask(Method::POST, &path).key(Uuid::now_v7()).json(&body).send().await.status, 201);
    let rows = listed(&office, Role::Clerk, "scope=all").await;
    assert_eq!(rows.iter().find(|row| row["id"] == paper["case"]).unwrap()["asked"], TODAY);
}

#[tokio::test]
async fn the_weather_tells_what_crosses_a_deadline_this_week() {
    let office = Office::open().await;
    let view = board(&office, Role::TeamLeader, "scope=all").await;
    let rows = listed(&office, Role::TeamLeader, "scope=all&due=week&sort=deadline").await;
    let weather = &view["weather"];
    assert_eq!(weather["crossing"], rows.len());
    let days: Vec<u64> = weather["days"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    for (at, count) in days.iter().enumerate() {
        let date = format!("2026-06-{:02}", 9 + at);
        assert_eq!(*count, rows.iter().filter(|row| row["deadline"] == date.as_str()).count() as u64, "{date}");
    }
    let lines = weather["lines"].as_array().unwrap();
    assert_eq!(lines.len(), rows.len().min(12));
    let effort = |line: &Value| {
        let efforts = ["decide", "check_papers", "book", "remind", "ask", "extend"];
        efforts.iter().position(|effort| line["effort"] == *effort).unwrap()
    };
    let order: Vec<(&str, usize)> = lines.iter().map(|line| (day(&line["deadline"]), effort(line))).collect();
    assert!(order.windows(2).all(|two| two[0] <= two[1]), "{order:?}");
    for line in lines {
        let row = rows.iter().find(|row| row["id"] == line["case"]).unwrap();
        assert_eq!((&row["citizenName"], &row["title"]), (&line["citizenName"], &line["title"]));
        let open = row["readiness"]["open_before_visit"].as_u64().unwrap()
            + row["readiness"]["open_at_visit"].as_u64().unwrap();
        assert_eq!(line["open"], open);
    }
}

#[tokio::test]
async fn a_clerk_finds_no_trace_of_social_cases_on_the_board() {
    let office = Office::open().await;
    let all = listed(&office, Role::TeamLeader, "scope=all").await;
    let social: Vec<&Value> = all.iter().filter(|row| row["department"] == "sof").collect();
    assert!(!social.is_empty());
    let seen = listed(&office, Role::Clerk, "scope=all").await;
    assert_eq!(seen.len(), all.len() - social.len());
    let view = board(&office, Role::Clerk, "scope=all").await;
    assert_eq!(sum(&view), seen.len() as u64);
    let text = view.to_string() + &json!(seen).to_string();
    for row in social {
        assert!(!text.contains(row["id"].as_str().unwrap()) && !text.contains(row["number"].as_str().unwrap()));
    }
    assert!(view["facets"]["departments"].as_array().unwrap().iter().all(|facet| facet["value"] != "sof"));
    assert!(view["facets"]["responsible"].as_array().unwrap().iter().all(|f| f["title"]["da"] != "Dorthe Skærbæk"));
    assert_eq!(sum(&board(&office, Role::Clerk, "scope=all&department=sof").await), 0);
    for role in [Role::Guest, Role::Host] {
        assert_eq!(office.get("/v1/board").role(role).send().await.kind(), "forbidden");
        assert_eq!(office.get("/v1/board/cases").role(role).send().await.kind(), "forbidden");
    }
}

#[tokio::test]
async fn a_filter_that_nobody_knows_is_refused_by_name() {
    let office = Office::open().await;
    for query in ["scope=hers", "due=never", "missing=all", "sort=size", "responsible=mette", "column=new"] {
        let reply = office.get(&format!("/v1/board?{query}")).send().await;
        assert_eq!(reply.kind(), "invalid", "{query}");
        let name = query.split('=').next().unwrap();
        assert_eq!(reply.json()["errors"][0]["pointer"], format!("?{name}"));
    }
    assert_eq!(office.get("/v1/board?colour=red").send().await.kind(), "invalid");
}
