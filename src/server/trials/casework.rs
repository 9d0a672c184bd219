//! Work on a case beside its checklist: who is responsible, its course, its facts, cases that belong together, notes, who is there.

use super::*;
use crate::auth::persona_id;

/// Changes a part of a case as somebody, based on the version that was seen.
pub(super) async fn change(office: &Office, role: Role, view: &Value, part: &str, body: &Value) -> Reply {
    let path = format!("/v1/cases/{}/{part}", view["row"]["id"].as_str().unwrap());
    let seen = &view["versions"][part];
    office.ask(Method::PATCH, &path).role(role).key(Uuid::now_v7()).seen(seen).json(body).send().await
}

/// Adds something to a case as somebody.
pub(super) async fn post(office: &Office, role: Role, case: &Value, part: &str, body: &Value) -> Reply {
    let path = format!("/v1/cases/{}/{part}", case.as_str().unwrap());
    office.ask(Method::POST, &path).role(role).key(Uuid::now_v7()).json(body).send().await
}

/// The showcase citizen's case of a procedure, as a team leader opens it.
pub(super) async fn opened(office: &Office, procedure: &str) -> Value {
    let row = office.case_of_kalina(procedure).await;
    reopened(office, &row["id"]).await
}

pub(super) async fn reopened(office: &Office, id: &Value) -> Value {
    let reply = office.look(&format!("/v1/cases/{}", id.as_str().unwrap())).role(Role::TeamLeader).send().await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

pub(super) fn item<'a>(view: &'a Value, id: &str) -> &'a Value {
    view["items"].as_array().unwrap().iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("{id} in {view}"))
}

/// The newest line of a history of a kind.
pub(super) fn told<'a>(view: &'a Value, kind: &str) -> &'a Value {
    let history = view["history"].as_array().unwrap();
    history.iter().find(|line| line["kind"] == kind).unwrap_or_else(|| panic!("{kind} in {history:?}"))
}

fn to(role: Role) -> Value {
    json!({ "to": persona_id(role) })
}

const MARRIED: &str = "married";

fn married() -> Value {
    json!({ "facts": { "person.civil_status": MARRIED } })
}

#[tokio::test]
async fn three_colleagues_who_change_three_parts_of_a_case_never_meet() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let rest = json!({ "step": "suspend", "reason": "Afventer SIRI" });
    // All three are based on what each saw first.
    for (role, part, body) in [
        (Role::TeamLeader, "responsible", to(Role::Clerk)),
        (Role::Caseworker, "course", rest),
        (Role::Clerk, "facts", married()),
    ] {
        let reply = change(&office, role, &view, part, &body).await;
        assert_eq!(reply.status, 200, "{part}: {reply:?}");
        let now = reply.json();
        assert_eq!(reply.header("etag"), format!("\"{}\"", now["versions"][part].as_str().unwrap()));
        assert_ne!(now["versions"][part], view["versions"][part]);
    }
    let now = reopened(&office, &view["row"]["id"]).await;
    assert_eq!(now["row"]["responsible"], "Ida Mellemgaard");
    assert_eq!(now["responsibleId"], json!(persona_id(Role::Clerk)));
    assert_eq!(now["suspension"], json!({ "since": "2026-06-09", "until": null, "reason": "Afventer SIRI" }));
    assert_eq!(now["facts"]["person.civil_status"], MARRIED);
    // Items kept their own versions too, save those that the facts changed.
    assert_eq!(item(&now, "proof-of-address")["etag"], item(&view, "proof-of-address")["etag"]);
    let names: Vec<&Value> = now["collaborators"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert!(names.contains(&&json!("Karen Ravnkjær")) && names.contains(&&json!("Mette Brunsgaard")), "{names:?}");
    assert!(!names.contains(&&json!("Ida Mellemgaard")), "she is responsible: {names:?}");
}

#[tokio::test]
async fn the_second_to_assign_a_case_sees_how_it_stands_and_can_do_it_again() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let first = change(&office, Role::TeamLeader, &view, "responsible", &to(Role::Clerk)).await;
    assert_eq!(first.status, 200, "{first:?}");
    let late = change(&office, Role::Caseworker, &view, "responsible", &to(Role::Caseworker)).await;
    assert_eq!(late.kind(), "stale");
    let current = late.json()["current"].clone();
    assert_eq!(current["row"]["responsible"], "Ida Mellemgaard");
    assert_eq!(late.header("etag"), format!("\"{}\"", current["versions"]["responsible"].as_str().unwrap()));
    let line = told(&current, "assigned");
    assert_eq!((&line["by"], &line["reason"]), (&json!("Karen Ravnkjær"), &json!("Ida Mellemgaard")));
    let again = change(&office, Role::Caseworker, &current, "responsible", &json!({ "to": null })).await.json();
    assert_eq!((&again["row"]["responsible"], &again["responsibleId"]), (&Value::Null, &Value::Null));
    assert_eq!(told(&again, "assigned")["reason"], Value::Null, "released");
    for (body, code) in [(json!({ "to": Uuid::now_v7() }), "unknown"), (to(Role::Host), "role")] {
        let reply = change(&office, Role::Caseworker, &again, "responsible", &body).await;
        assert_eq!(reply.json()["errors"][0]["code"], code);
    }
    let social = opened(&office, "social-support").await;
    let clerk = change(&office, Role::TeamLeader, &social, "responsible", &to(Role::Clerk)).await;
    assert_eq!(clerk.json()["errors"][0]["code"], "role", "she does not see social cases");
    assert_eq!(change(&office, Role::TeamLeader, &social, "responsible", &to(Role::Caseworker)).await.status, 200);
}

#[tokio::test]
async fn a_change_that_is_sent_twice_is_done_once() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let path = format!("/v1/cases/{}/responsible", view["row"]["id"].as_str().unwrap());
    let key = Uuid::now_v7();
    let send = || {
        let ask = office.ask(Method::PATCH, &path).role(Role::TeamLeader).key(key);
        ask.seen(&view["versions"]["responsible"]).json(&to(Role::Clerk)).send()
    };
    let (first, second) = (send().await, send().await);
    assert_eq!((first.status.as_u16(), first.json()), (200, second.json()));
    assert_eq!(second.header("idempotent-replayed"), "true");
    let log = office.get("/v1/audit?limit=20").role(Role::TeamLeader).send().await.json();
    let assigned = log["items"].as_array().unwrap().iter().filter(|r| r["action"] == "assign_case").count();
    assert_eq!(assigned, 1);
}

#[tokio::test]
async fn a_fact_makes_a_paper_appear_and_the_paper_says_which() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let certificate = item(&view, "marriage-certificate");
    assert_eq!(certificate["state"], "not_applicable");
    let said = |value: &str, title: &str| {
        json!([{ "name": "person.civil_status", "title": { "da": "Civilstand", "en": "Civil status" },
                 "value": { "da": value, "en": title } }])
    };
    assert_eq!(certificate["becauseSaid"][0]["name"], "person.civil_status");
    assert_eq!(certificate["becauseSaid"][0]["title"], said("", "")[0]["title"]);
    let missing = view["row"]["readiness"].clone();

    let now = change(&office, Role::Clerk, &view, "facts", &married()).await.json();
    let certificate = item(&now, "marriage-certificate");
    assert_eq!((&certificate["state"], &certificate["changedBy"]), (&json!("missing"), &Value::Null));
    assert_ne!(certificate["becauseSaid"][0]["value"], item(&view, "marriage-certificate")["becauseSaid"][0]["value"]);
    assert!(certificate["becauseSaid"][0]["value"]["da"].as_str().unwrap().to_lowercase().contains("gift"));
    assert_ne!(now["row"]["readiness"], missing, "readiness follows at once");
    let line = told(&now, "facts_said");
    assert_eq!((&line["by"], &line["reason"]), (&json!("Ida Mellemgaard"), &json!("Civilstand")));
    assert!(!now["history"].to_string().contains(MARRIED), "the history never says what was said");
    let appeared = told(&now, "item");
    assert_eq!((&appeared["by"], &appeared["state"]), (&Value::Null, &json!("missing")));

    // It is asked for, and then she turns out to be divorced: the paper goes and another comes; asked again, it comes back as it was.
    let path = format!("/v1/cases/{}/checklist/marriage-certificate", now["row"]["id"].as_str().unwrap());
    let asked = office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&certificate["etag"]);
    assert_eq!(asked.json(&json!({ "action": "request" })).send().await.status, 200);
    let divorced = json!({ "facts": { "person.civil_status": "divorced" } });
    let now = change(&office, Role::Clerk, &now, "facts", &divorced).await.json();
    assert_eq!(item(&now, "marriage-certificate")["state"], "not_applicable");
    assert_eq!(item(&now, "end-of-marriage")["state"], "missing");
    let now = change(&office, Role::Clerk, &now, "facts", &married()).await.json();
    assert_eq!(item(&now, "marriage-certificate")["state"], "requested");
    assert_eq!(item(&now, "end-of-marriage")["state"], "not_applicable");
}

#[tokio::test]
async fn what_a_person_judged_stays_whatever_the_facts_say() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let employment = item(&view, "employment");
    let path = format!("/v1/cases/{}/checklist/employment", view["row"]["id"].as_str().unwrap());
    let reject = json!({ "action": "reject", "reason": "Ikke underskrevet" });
    let rejected =
        office.ask(Method::PATCH, &path).key(Uuid::now_v7()).seen(&employment["etag"]).json(&reject).send().await;
    assert_eq!(rejected.status, 200, "{rejected:?}");
    let student = json!({ "facts": { "stay.ground": "eu_student" } });
    let now = change(&office, Role::Clerk, &view, "facts", &student).await.json();
    assert_eq!(item(&now, "employment")["state"], "rejected");
    assert_eq!(item(&now, "employment")["changedBy"], "Ida Mellemgaard");
}

#[tokio::test]
async fn an_unknown_fact_that_becomes_known_is_asked_about_no_more() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let translation = item(&view, "translation");
    assert_eq!(translation["unknownFacts"].as_array().unwrap().len(), 1);
    assert_eq!(translation["becauseSaid"][0]["value"], Value::Null, "nobody knows");
    let readable = json!({ "facts": { "document.language_ok": false } });
    let now = change(&office, Role::Clerk, &view, "facts", &readable).await.json();
    let translation = item(&now, "translation");
    assert_eq!(translation["unknownFacts"], json!([]));
    assert_eq!(translation["becauseSaid"][0]["value"], json!({ "da": "nej", "en": "no" }));
}

#[tokio::test]
async fn facts_that_cannot_be_are_refused_by_their_name() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    for (body, pointer) in [
        (json!({}), "/facts"),
        (json!({ "facts": { "shoe.size": 42 } }), "/facts/shoe.size"),
        (json!({ "facts": { "person.civil_status": true } }), "/facts/person.civil_status"),
        (json!({ "facts": { "person.civil_status": "sad" } }), "/facts/person.civil_status"),
        (json!({ "facts": { "person.age": 17 } }), "/facts/person.age"),
        (json!({ "procedureVersion": 1 }), "/procedureVersion"),
        (json!({ "procedureVersion": 99 }), "/procedureVersion"),
    ] {
        let reply = change(&office, Role::Clerk, &view, "facts", &body).await;
        assert_eq!(reply.kind(), "invalid", "{body}");
        assert_eq!(reply.json()["errors"][0]["pointer"], pointer, "{body}");
    }
    assert_eq!(reopened(&office, &view["row"]["id"]).await["versions"], view["versions"], "nothing changed");
}

#[tokio::test]
async fn a_case_rests_goes_on_and_is_given_more_time_with_a_reason() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let extend = json!({ "step": "extend", "until": "2026-07-15", "reason": "SIRI er forsinket" });
    let now = change(&office, Role::Clerk, &view, "course", &extend).await.json();
    assert_eq!(now["row"]["deadline"], "2026-07-15");
    assert_eq!(told(&now, "extended")["reason"], "15.7.2026: SIRI er forsinket");
    let rest = json!({ "step": "suspend", "reason": "Ferie", "until": "2026-06-18" });
    let resting = change(&office, Role::Clerk, &now, "course", &rest).await.json();
    assert_eq!(resting["row"]["deadline"], "2026-07-25", "ten days");
    assert_eq!(resting["suspension"]["until"], "2026-06-18");
    assert_eq!(told(&resting, "suspended")["reason"], "18.6.2026: Ferie");
    assert_eq!(change(&office, Role::Clerk, &resting, "course", &rest).await.kind(), "not-possible-now");
    let on = change(&office, Role::Clerk, &resting, "course", &json!({ "step": "resume" })).await.json();
    assert_eq!((&on["row"]["deadline"], &on["suspension"]), (&json!("2026-07-15"), &Value::Null));
    let past = json!({ "step": "suspend", "reason": "Ferie", "until": "2026-06-08" });
    let past = change(&office, Role::Clerk, &on, "course", &past).await;
    assert_eq!(past.json()["errors"][0]["pointer"], "/until");
    let wordless = json!({ "step": "extend", "until": "2026-08-01", "reason": "  " });
    let wordless = change(&office, Role::Clerk, &on, "course", &wordless).await;
    assert_eq!(wordless.json()["errors"][0]["pointer"], "/reason");
}

#[tokio::test]
async fn a_closed_case_refuses_every_change() {
    let office = Office::open().await;
    let view = opened(&office, "tax-card").await;
    assert_eq!(view["row"]["phase"], "closed");
    assert!(view["may"].as_object().unwrap().values().all(|may| *may == json!(false)), "{}", view["may"]);
    let id = &view["row"]["id"];
    for (part, body) in
        [("responsible", to(Role::Clerk)), ("course", json!({ "step": "resume" })), ("facts", married())]
    {
        let reply = change(&office, Role::TeamLeader, &view, part, &body).await;
        assert_eq!(reply.kind(), "not-possible-now", "{part}");
        assert!(reply.json()["detail"].as_str().unwrap().contains("closed"));
    }
    let ask = json!({ "id": Uuid::now_v7(), "kind": "expert", "to": { "to": "colleague", "id": persona_id(Role::Clerk) }, "text": "?" });
    for (part, body) in [
        ("notes", json!({ "id": Uuid::now_v7(), "text": "Ringede", "openness": "file" })),
        ("asks", ask),
        ("relations", json!({ "other": opened(&office, "cpr-eu-employee").await["row"]["id"], "related": "together" })),
    ] {
        assert_eq!(post(&office, Role::TeamLeader, id, part, &body).await.kind(), "not-possible-now", "{part}");
    }
    let after = reopened(&office, id).await;
    assert_eq!((&after["history"], &after["row"]["etag"]), (&view["history"], &view["row"]["etag"]));
}

#[tokio::test]
async fn a_withheld_case_answers_as_if_it_were_not_there() {
    let office = Office::open().await;
    let social = opened(&office, "social-support").await;
    let gone = json!(Uuid::now_v7());
    let nobodys = json!({ "row": { "id": gone }, "versions": social["versions"] });
    for (part, body) in
        [("responsible", to(Role::Clerk)), ("course", json!({ "step": "resume" })), ("facts", married())]
    {
        let (hidden, never) = (
            change(&office, Role::Clerk, &social, part, &body).await,
            change(&office, Role::Clerk, &nobodys, part, &body).await,
        );
        assert_eq!((hidden.kind().as_str(), &hidden.body), ("not-found", &never.body), "{part}");
    }
    let id = &social["row"]["id"];
    for (part, body) in [
        ("notes", json!({ "id": Uuid::now_v7(), "text": "Ringede", "openness": "file" })),
        ("relations", json!({ "other": Uuid::now_v7(), "related": "together" })),
        ("presence", json!({ "doing": "reading" })),
    ] {
        assert_eq!(post(&office, Role::Clerk, id, part, &body).await.kind(), "not-found", "{part}");
    }
    let lift = office.look(&format!("/v1/cases/{}/lift", id.as_str().unwrap())).send().await;
    assert_eq!(lift.kind(), "not-found");
    for role in [Role::Host, Role::Guest] {
        assert_eq!(change(&office, role, &social, "facts", &married()).await.kind(), "forbidden");
        assert_eq!(post(&office, role, id, "presence", &json!({ "doing": "reading" })).await.kind(), "forbidden");
        assert_eq!(office.get("/v1/asks").role(role).send().await.kind(), "forbidden");
    }
}

#[tokio::test]
async fn related_cases_find_each_other_and_show_no_trace_of_what_is_withheld() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let other = opened(&office, "daycare-place").await;
    let social = opened(&office, "social-support").await;
    let id = &view["row"]["id"];
    let with = |other: &Value, related: &str| json!({ "other": other["row"]["id"], "related": related });
    let now = post(&office, Role::Clerk, id, "relations", &with(&other, "together")).await;
    assert_eq!(now.status, 200, "{now:?}");
    assert_eq!(now.json()["related"][0]["number"], other["row"]["number"]);
    let back = reopened(&office, &other["row"]["id"]).await;
    assert_eq!(back["related"][0]["id"], *id);
    assert_eq!(told(&back, "related")["reason"], view["row"]["number"]);
    let again = post(&office, Role::Clerk, id, "relations", &with(&other, "together")).await;
    assert_eq!(again.kind(), "not-possible-now");

    let withheld = post(&office, Role::Clerk, id, "relations", &with(&social, "together")).await;
    assert_eq!(withheld.json()["errors"][0]["code"], "unknown");
    let before = office.case(id.as_str().unwrap()).await;
    let leader = post(&office, Role::TeamLeader, &social["row"]["id"], "relations", &with(&view, "together")).await;
    assert_eq!(leader.json()["related"][0]["id"], *id);
    let clerk = office.case(id.as_str().unwrap()).await;
    assert_eq!((&clerk["history"], &clerk["related"]), (&before["history"], &before["related"]));
    assert_eq!(reopened(&office, id).await["related"].as_array().unwrap().len(), 2);

    let apart = post(&office, Role::Clerk, id, "relations", &with(&other, "apart")).await.json();
    assert_eq!(apart["related"], json!([]));
    let itself = post(&office, Role::Clerk, id, "relations", &with(&view, "together")).await;
    assert_eq!(itself.json()["errors"][0]["code"], "self");
    let stranger = office.get("/v1/cases?limit=200").send().await.json();
    let stranger =
        stranger["items"].as_array().unwrap().iter().find(|c| c["citizen"] != view["row"]["citizen"]).unwrap();
    let stranger =
        post(&office, Role::Clerk, id, "relations", &json!({ "other": stranger["id"], "related": "together" })).await;
    assert_eq!(stranger.json()["errors"][0]["pointer"], "/other");
}

#[tokio::test]
async fn an_internal_note_stands_on_the_case_and_its_words_in_no_history() {
    let office = Office::open().await;
    let view = opened(&office, "cpr-eu-employee").await;
    let id = &view["row"]["id"];
    let note = json!({ "id": Uuid::now_v7(), "text": "  Adressen er kendt fra en anden sag ", "openness": "internal" });
    let made = post(&office, Role::Caseworker, id, "notes", &note).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(post(&office, Role::Caseworker, id, "notes", &note).await.kind(), "already-exists");
    let now = reopened(&office, id).await;
    let noted = &now["notes"][0];
    assert_eq!(
        (&noted["text"], &noted["openness"], &noted["by"]),
        (&json!("Adressen er kendt fra en anden sag"), &json!("internal"), &json!("Mette Brunsgaard"))
    );
    assert_eq!(
        (&told(&now, "noted")["by"], &told(&now, "noted")["reason"]),
        (&json!("Mette Brunsgaard"), &Value::Null)
    );
    for text in ["", "   ", &"æ".repeat(2001)] {
        let note = json!({ "id": Uuid::now_v7(), "text": text, "openness": "file" });
        let reply = post(&office, Role::Caseworker, id, "notes", &note).await;
        assert_eq!(reply.json()["errors"][0]["pointer"], "/text");
    }
}

#[tokio::test]
async fn two_colleagues_on_a_case_see_each_other_and_what_is_edited() {
    let office = Office::open().await;
    let id = opened(&office, "cpr-eu-employee").await["row"]["id"].clone();
    let say = |role, body: Value| {
        let (office, id) = (&office, &id);
        async move { post(office, role, id, "presence", &body).await.json()["others"].clone() }
    };
    let events = || async {
        let mut conn = office.service.app().store.read().await.unwrap();
        let sql = "SELECT COUNT(*), MAX(actor IS NOT NULL OR citizen IS NOT NULL) FROM event WHERE kind = 'dk.skranke.case.presence'";
        sqlx::query_as::<_, (i64, Option<i64>)>(sql).fetch_one(&mut *conn).await.unwrap()
    };
    assert_eq!(say(Role::Clerk, json!({ "doing": "reading" })).await, json!([]));
    let seen = say(Role::Caseworker, json!({ "doing": "editing", "item": "proof-of-address" })).await;
    assert_eq!(
        (&seen[0]["name"], &seen[0]["doing"], &seen[0]["item"]),
        (&json!("Ida Mellemgaard"), &json!("reading"), &Value::Null)
    );
    let view = office.case(id.as_str().unwrap()).await;
    assert_eq!(view["others"].as_array().unwrap().len(), 1, "never oneself");
    assert_eq!((&view["others"][0]["initials"], &view["others"][0]["doing"]), (&json!("MB"), &json!("editing")));
    assert_eq!(view["others"][0]["item"], item(&view, "proof-of-address")["label"]);
    assert_eq!(events().await, (2, Some(0)), "somebody came, twice, and no event says who");
    say(Role::Clerk, json!({ "doing": "reading" })).await;
    assert_eq!(events().await.0, 2, "nothing changed");
    say(Role::Caseworker, json!({ "doing": "left" })).await;
    assert_eq!(say(Role::Clerk, json!({ "doing": "reading" })).await, json!([]));
    assert_eq!(events().await.0, 3);
    let wrong = post(&office, Role::Clerk, &id, "presence", &json!({ "doing": "editing", "item": "no-such" })).await;
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/item");
}

#[tokio::test]
async fn who_may_do_what_follows_from_role_department_and_level() {
    let office = Office::open().await;
    let rights = |role, procedure: &'static str| {
        let office = &office;
        async move {
            let id = office.case_of_kalina(procedure).await["id"].as_str().unwrap().to_owned();
            let view = office.look(&format!("/v1/cases/{id}")).role(role).send().await.json();
            let may = |what: &str| view["may"][what].as_bool().unwrap();
            (view["level"].clone(), [may("judgeItems"), may("work"), may("steer"), may("decide"), may("approve")])
        }
    };
    let (level, clerk) = rights(Role::Clerk, "cpr-eu-employee").await;
    assert_eq!(
        (level, clerk),
        (json!("rule_based"), [true, true, true, true, false]),
        "a second pair of eyes is no clerk"
    );
    assert_eq!(rights(Role::Caseworker, "cpr-eu-employee").await.1, [true; 5]);
    let page = office.get("/v1/procedures").send().await.json();
    let level_of =
        |id: &str| page["items"].as_array().unwrap().iter().find(|p| p["id"] == id).unwrap()["level"].clone();
    for procedure in ["daycare-place", "social-support"] {
        let (level, caseworker) = rights(Role::TeamLeader, procedure).await;
        assert_eq!(level, level_of(procedure));
        let reaches = procedure == "daycare-place" || level != "judgement";
        assert_eq!(caseworker, [true, true, true, reaches, reaches], "{procedure}: {level}");
    }
}
