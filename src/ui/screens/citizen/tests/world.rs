//! An invented citizen on an invented desk: what the pictures and tests of the citizen page and the start page show.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use skranke_api::Purpose;
use skranke_api::overview::Section;
use skranke_api::purpose::PurposeKind;
use skranke_desk::citizen::{CitizenPage, Source};
use skranke_desk::session::Line;
use skranke_desk::settings::Settings;
use skranke_desk::{Desk, Input, Load, Place};
use skranke_domain::authority::Role;
use skranke_domain::{CaseId, CitizenId, DepartmentId};

pub(crate) const DEPARTMENTS: [(&str, &str); 9] = [
    ("kff", "KFF"),
    ("buf", "BUF"),
    ("suf", "SUF"),
    ("sof", "SOF"),
    ("tmf", "TMF"),
    ("bif", "BIF"),
    ("okf", "ØKF"),
    ("siri", "SIRI"),
    ("skat", "Skat"),
];

pub(crate) fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap()
}

pub(crate) fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().unwrap()
}

pub(crate) fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub(crate) fn known<T>(value: T) -> Load<T> {
    Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None }
}

fn id(n: u32) -> String {
    format!("019ea000-0000-7000-8000-{n:012}")
}

pub(crate) fn citizen_id() -> CitizenId {
    id(1).parse().unwrap()
}

pub(crate) fn case_id(n: u32) -> CaseId {
    id(100 + n).parse().unwrap()
}

fn both(da: &str, en: &str) -> Value {
    json!({ "da": da, "en": en })
}

/// Kalina: newly arrived, address protected, speaks Polish.
pub(crate) fn identity() -> Value {
    json!({
        "id": id(1), "givenName": "Kalina Testrup", "surname": "Wrona", "cprMasked": "721190-••••", "cprReplacement": true,
        "born": "1990-11-12", "age": 35, "status": "resident", "current": null, "civilStatus": "divorced",
        "address": { "view": "protected" }, "municipality": "Skovvig Kommune",
        "protections": ["name_and_address", "marketing"], "languages": ["pl", "en"], "interpreter": "pl",
        "relations": [
            { "citizen": id(2), "kind": "child", "given_name": "Leon", "age": 3, "same_household": true },
            { "citizen": id(3), "kind": "child", "given_name": "Maja", "age": 7, "same_household": true },
            { "citizen": id(4), "kind": "sibling", "given_name": "Danuta", "age": 41, "same_household": false },
        ],
        "representations": [
            { "citizen": id(4), "name": "Danuta Wrona", "kind": "power_of_attorney", "scope": null, "until": "2026-12-31" },
        ],
        "groundOfStay": "eu_worker", "adviser": null, "digitalAbility": "able", "exemptFromDigitalPost": false,
        "phone": "+45 00 11 22 33", "email": "kalina@example.dk", "lastLooked": "2026-06-05T09:00:00Z", "duplicates": [],
    })
}

/// A case: its number among the cases, its department, its name in both languages, and what differs from an open case without papers.
fn case(n: u32, department: &str, da: &str, en: &str, differs: Value) -> Value {
    let mut case = json!({
        "id": id(100 + n), "number": format!("KFF-2026-{:06}", 117_940 + n), "citizen": id(1), "procedure": format!("procedure-{n}"),
        "title": both(da, en), "department": department, "situation": id(50), "phase": "received", "column": "in_progress",
        "next_step": "decide", "nextStep": "decide", "responsible": null, "deadline": null,
        "readiness": { "applicable": 6, "settled": 6, "open_before_visit": 0, "open_at_visit": 0, "awaiting_citizen": 0, "to_check": 0 },
        "missing": [], "attendance": null, "etag": "v1", "changed": "2026-06-02T08:00:00Z", "changedBy": null,
    });
    for (key, value) in differs.as_object().unwrap() {
        case[key] = value.clone();
    }
    case
}

fn open(before: u16, to_check: u16) -> Value {
    json!({
        "applicable": 8, "settled": 8 - before, "open_before_visit": before, "open_at_visit": 0,
        "awaiting_citizen": before - to_check, "to_check": to_check,
    })
}

pub(crate) fn cases(department: &str) -> Vec<Value> {
    let of = |n, da, en, differs| case(n, department, da, en, differs);
    match department {
        "kff" => vec![
            of(
                1,
                "Indrejse og CPR-nummer",
                "Registration of entry (CPR)",
                json!({
                    "column": "ready_for_attendance", "nextStep": "attendance", "responsible": "Ida Munk", "deadline": "2026-06-09",
                    "attendance": "2026-06-09T08:20:00Z",
                    "readiness": { "applicable": 7, "settled": 6, "open_before_visit": 0, "open_at_visit": 1, "awaiting_citizen": 0, "to_check": 0 },
                    "missing": [],
                }),
            ),
            of(
                2,
                "Sundhedskort",
                "Health card",
                json!({
                    "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": "Ida Munk", "deadline": "2026-06-23",
                    "readiness": open(1, 0), "missing": [both("Valg af læge", "Choice of doctor")],
                }),
            ),
            of(
                3,
                "Flytning, 3 personer",
                "Change of address, 3 people",
                json!({
                    "situation": id(51), "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": "Ida Munk",
                    "deadline": "2026-08-06", "readiness": open(1, 0), "missing": [both("Lejekontrakt", "Tenancy contract")],
                }),
            ),
        ],
        "buf" => vec![of(
            4,
            "Dagtilbud, Leon (3)",
            "Daycare place, Leon (3)",
            json!({
                "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": "Per Ravnkilde", "deadline": "2026-06-10",
                "readiness": open(1, 0), "missing": [both("Underskrift", "Signature")],
                "changed": "2026-06-08T11:20:00Z", "changedBy": "Per Ravnkilde",
            }),
        )],
        "tmf" => vec![of(
            5,
            "Beboerlicens",
            "Resident parking licence",
            json!({
                "situation": id(51), "responsible": "TMF, parkering", "deadline": "2026-06-02",
            }),
        )],
        "bif" => vec![of(
            6,
            "Danskuddannelse",
            "Danish lessons",
            json!({
                "nextStep": "book_attendance", "responsible": "Tove Hjortlund", "deadline": "2026-06-30",
            }),
        )],
        "okf" => vec![of(
            7,
            "Lån til beboerindskud",
            "Loan for rent deposit",
            json!({
                "situation": id(51), "responsible": "Signe Aabo", "deadline": "2026-06-26",
            }),
        )],
        "siri" => vec![of(
            8,
            "EU-opholdsbevis",
            "EU residence certificate",
            json!({
                "column": "in_progress", "nextStep": "check_papers", "responsible": "SIRI, team 3", "deadline": "2026-06-18",
                "readiness": open(4, 1),
                "missing": [both("Ansættelseskontrakt, underskrevet", "Employment contract, signed"), both("Pas", "Passport")],
            }),
        )],
        "skat" => vec![of(
            9,
            "Skattekort",
            "Tax card",
            json!({
                "column": "closed", "phase": "closed", "nextStep": "none", "responsible": "Skat", "situation": id(52),
            }),
        )],
        _ => Vec::new(),
    }
}

/// The situations that some cases belong to.
pub(crate) fn situations(cases: &[Value]) -> Vec<Value> {
    [
        (50, "arrival-eu-worker", "2026-05-18", Some("Mette Brunsgaard, KFF")),
        (51, "moving", "2026-08-01", None),
        (52, "new-job", "2026-06-01", None),
    ]
    .into_iter()
    .filter(|(n, ..)| cases.iter().any(|case| case["situation"] == id(*n)))
    .map(|(n, kind, since, who)| json!({ "id": id(n), "kind": kind, "since": since, "coordinator": who }))
    .collect()
}

fn benefits(department: &str) -> Value {
    match department {
        "skat" => {
            json!([{ "title": both("Grøn check", "Green cheque"), "since": null, "until": null, "incomeDependent": true }])
        }
        _ => json!([]),
    }
}

pub(crate) fn section(department: &str, took: u32, answer: Value) -> Section {
    let mut section = json!({ "department": department, "asOf": null, "tookMs": took, "papers": [], "benefits": benefits(department) });
    for (key, value) in answer.as_object().unwrap() {
        section[key] = value.clone();
    }
    of(section)
}

pub(crate) fn answered(department: &str) -> Section {
    let cases = cases(department);
    section(
        department,
        340,
        json!({ "outcome": "answered", "situations": situations(&cases), "cases": cases, "asOf": "2026-06-09T08:05:58Z" }),
    )
}

pub(crate) fn stale(department: &str) -> Section {
    let cases = cases(department);
    let problem = json!({ "type": "urn:skranke:problem:department-unavailable", "title": "The department does not answer", "status": 503 });
    section(
        department,
        2000,
        json!({
            "outcome": "stale", "situations": situations(&cases), "cases": cases, "problem": problem, "asOf": "2026-06-09T07:12:00Z",
        }),
    )
}

pub(crate) fn unavailable(department: &str) -> Section {
    let problem = json!({ "type": "urn:skranke:problem:department-unavailable", "title": "The department does not answer", "status": 503 });
    section(department, 2000, json!({ "outcome": "unavailable", "problem": problem }))
}

pub(crate) fn withheld(department: &str) -> Section {
    section(department, 0, json!({ "outcome": "withheld" }))
}

pub(crate) fn source(department: &str, section: Option<Section>) -> Source {
    Source {
        department: DepartmentId::parse(department).unwrap(),
        waiting: section.is_none(),
        section,
        lost: false,
        late: false,
    }
}

/// Everybody answers but SOF, which is withheld, and BIF, which shows what it said at 09:12.
pub(crate) fn sources() -> Vec<Source> {
    let answer = |id: &str| match id {
        "sof" => withheld(id),
        "bif" => stale(id),
        _ => answered(id),
    };
    DEPARTMENTS.iter().map(|(id, _)| source(id, Some(answer(id)))).collect()
}

fn provenance() -> Value {
    json!({ "source": [], "year": null, "certainty": "invented", "note": null })
}

fn follow(da: &str, en: &str, department: &str, procedure: Option<&str>) -> Value {
    let id: String = en.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    json!({ "id": id, "title": both(da, en), "department": department, "procedure": procedure })
}

fn kind(id: &str, da: &str, en: &str, icon: &str, follows: &[Value]) -> Value {
    json!({ "id": id, "title": both(da, en), "icon": icon, "questions": [], "follows": follows, "provenance": provenance() })
}

pub(crate) fn appointment(n: u32, start: &str, end: &str, who: &str, title: Value, due: u16, open: u16) -> Value {
    json!({
        "id": id(300 + n), "citizen": id(1), "citizenShort": who, "cases": [id(101)], "title": title, "site": "north", "counter": "counter-4",
        "start": start, "end": end, "people": 1, "status": "booked", "papers": { "due": due, "open": open }, "etag": "v1",
        "readiness": if open == 0 { "ready" } else { "missing" },
    })
}

pub(crate) fn calendar(items: &[Value]) -> Value {
    json!({ "items": items, "blocks": [], "load": [], "nextCursor": null })
}

fn contact(
    n: u32,
    channel: &str,
    at: &str,
    minutes: Option<u16>,
    text: (&str, &str),
    by: Option<&str>,
    outcome: Option<&str>,
) -> Value {
    json!({
        "id": id(400 + n), "citizen": id(1), "case": null, "channel": channel, "at": at, "minutes": minutes,
        "text": both(text.0, text.1), "by": by, "outcome": outcome,
    })
}

fn contacts() -> Value {
    json!([
        contact(
            1,
            "counter",
            "2026-06-09T08:02:00Z",
            None,
            ("Trak nummer: »EU-papirer, dagtilbud«", "Took ticket: “EU papers, daycare”"),
            None,
            None
        ),
        contact(
            2,
            "phone",
            "2026-06-08T09:10:00Z",
            Some(6),
            (
                "Spurgte hvilken kontrakt SIRI vil have. Svar: underskrevet af begge.",
                "Asked which contract SIRI wants. Told: signed by both sides."
            ),
            Some("Nina Kragh"),
            Some("must_send_papers")
        ),
        contact(
            3,
            "digital_post",
            "2026-06-05T12:00:00Z",
            None,
            ("Tilbud, Børnehuset Tangloppen. Ikke åbnet", "Daycare offer, Børnehuset Tangloppen. Not opened"),
            None,
            None
        ),
        contact(
            4,
            "self_service",
            "2026-06-04T18:30:00Z",
            None,
            ("Skattekort bestilt og udstedt", "Tax card ordered and issued"),
            None,
            Some("settled")
        ),
        contact(
            5,
            "letter",
            "2026-06-02T10:00:00Z",
            None,
            ("Anmodning om kontrakt (SIRI)", "Request for employment contract (SIRI)"),
            None,
            None
        ),
        contact(
            6,
            "counter",
            "2026-05-26T08:40:00Z",
            Some(18),
            ("Indrejse registreret. Pas og attester set", "Entry registered. Passport, birth certificates seen"),
            Some("Ida Munk"),
            Some("new_time")
        ),
    ])
}

fn note(n: u32, kind: &str, text: &str, by: (&str, &str), at: &str, expires: Option<&str>) -> Value {
    json!({
        "id": id(500 + n), "citizen": id(1), "kind": kind, "text": text, "expires": expires, "by": by.0, "department": by.1, "at": at,
        "etag": "v1",
    })
}

pub(crate) fn notes() -> Value {
    let mette = ("Mette Brunsgaard", "kff");
    json!([
        note(
            1,
            "attention",
            "Phone Danuta first about money matters. Kalina is hard of hearing in the left ear: sit to her right.",
            mette,
            "2026-06-02T09:00:00Z",
            None
        ),
        note(
            2,
            "plain",
            "Works nights until July; reach her after 14.",
            ("Nina Kragh", "kff"),
            "2026-06-08T09:16:00Z",
            Some("2026-06-30")
        ),
        note(3, "plain", "Brings the keys on Monday.", mette, "2026-05-20T09:00:00Z", Some("2026-05-25")),
    ])
}

fn promise(n: u32, text: &str, due: &str, state: &str) -> Value {
    json!({
        "id": id(550 + n), "citizen": id(1), "text": text, "due": due, "state": state, "outcome": null, "by": "Nina Kragh",
        "department": "kff", "at": "2026-06-02T09:20:00Z", "etag": "v1",
    })
}

pub(crate) fn promises() -> Value {
    json!([
        promise(1, "Call about the decision on the loan", "2026-06-04", "open"),
        promise(2, "Send the daycare contract in Polish", "2026-06-09", "open"),
        promise(3, "Ask SIRI which contract counts", "2026-06-05", "kept"),
    ])
}

pub(crate) fn handovers() -> Value {
    json!([{
        "id": id(600), "citizen": id(1), "citizenName": "Kalina Testrup Wrona",
        "receiver": { "to": "unit", "department": "bif" }, "receiverName": "BIF, reception",
        "card": {
            "what": "Placement test for Danish lessons", "verified": "document", "promised": "A letter this week",
            "missing": [both("Pas", "Passport")], "cases": [],
            "answers": [{ "question": both("Hvilket sprog?", "Which language?"), "answer": "Polish" }],
        },
        "state": "done", "reply": "Test booked for 24 June", "from": id(900), "fromName": "Ida Munk", "takenBy": "Tove Hjortlund",
        "sent": "2026-06-03T08:30:00Z", "changed": "2026-06-08T13:05:00Z", "etag": "v3",
    }])
}

pub(crate) fn me() -> Value {
    json!({
        "id": id(900), "name": "Ida Munk", "initials": "IM", "role": "clerk", "department": "kff", "authorities": [], "site": "north",
        "counter": "counter-4", "training": true, "municipality": "Skovvig Kommune",
    })
}

/// A desk where nobody is open.
pub(crate) fn desk() -> Desk {
    let mut desk = Desk::new(Role::Clerk, Settings::default(), tz());
    desk.session.me = known(of(me()));
    desk.session.line = Line::Up;
    desk.session.departments = DEPARTMENTS
        .iter()
        .map(|(id, tag)| {
            let health = of(json!({
                "id": id, "tag": tag, "name": both(tag, tag), "keeper": "municipality", "asked": true, "capabilities": ["cases"],
                "health": "answering", "lastAnswer": "2026-06-09T07:12:00Z",
            }));
            (DepartmentId::parse(id).unwrap(), health)
        })
        .collect();
    let kinds = [
        kind(
            "arrival-eu-worker",
            "Ankomst til Danmark",
            "Arriving in Denmark",
            "plane",
            &[
                follow("Indrejse", "Registration of entry", "kff", Some("procedure-1")),
                follow("NemKonto", "NemKonto", "okf", None),
                follow("MitID", "MitID", "kff", None),
                follow("Skoleplads, Maja (7)", "School place, Maja (7)", "buf", None),
                follow("Danskuddannelse", "Danish lessons", "bif", Some("procedure-6")),
                follow("Social støtte", "Social support", "sof", None),
            ],
        ),
        kind(
            "moving",
            "Flytning",
            "Moving",
            "house",
            &[
                follow("Flyt dagtilbud", "Move daycare place", "buf", None),
                follow("Beboerindskud", "Rent deposit", "okf", Some("procedure-7")),
            ],
        ),
        kind("new-job", "Nyt job", "New job", "briefcase", &[]),
    ];
    for one in kinds {
        let one: skranke_domain::life_situation::LifeSituationKind = of(one);
        desk.session.situations.insert(one.id.clone(), one);
    }
    desk.session.sites = vec![of(json!({
        "id": "north", "name": "Borgerservice Nord", "hours": [],
        "counters": [{ "id": "counter-4", "name": both("Skranke 4", "Counter 4") }],
    }))];
    desk
}

/// A citizen who was opened just now: nothing has been answered.
pub(crate) fn opened() -> Desk {
    let mut desk = desk();
    let _ = desk.update(Input::OpenCitizen(citizen_id(), Purpose::plain(PurposeKind::Ticket)), now().timestamp());
    assert_eq!(desk.place(), Place::Citizen);
    desk
}

pub(crate) fn page(desk: &mut Desk) -> &mut CitizenPage {
    desk.citizen_mut().unwrap()
}

/// A citizen of whom everything is known that can be.
pub(crate) fn everything() -> Desk {
    let mut desk = opened();
    let one = appointment(
        1,
        "2026-06-09T08:20:00Z",
        "2026-06-09T08:50:00Z",
        "K. Wrona",
        both("Indrejse og CPR-nummer", "Registration of entry (CPR)"),
        6,
        0,
    );
    let page = page(&mut desk);
    page.identity = known(of(identity()));
    page.sources = sources();
    page.contacts = known(of(contacts()));
    page.notes = known(of(notes()));
    page.promises = known(of(promises()));
    page.handovers = known(of(handovers()));
    page.last_looked = page.identity.value().unwrap().last_looked;
    page.appointments = known(of(calendar(&[one])));
    page.selected = Some(case_id(1));
    page.folded = vec![id(52).parse().unwrap()];
    desk
}

/// A citizen with so many cases, over three life situations and all departments.
pub(crate) fn heavy(count: u32) -> Desk {
    let mut desk = everything();
    let page = page(&mut desk);
    let mut all: Vec<Vec<Value>> = vec![Vec::new(); DEPARTMENTS.len()];
    for n in 0..count {
        let at = n as usize % DEPARTMENTS.len();
        let (department, tag) = DEPARTMENTS[at];
        let differs = json!({ "id": id(10_000 + n), "situation": id(50 + n % 3), "responsible": "Ida Munk", "deadline": "2026-06-23" });
        all[at].push(case(n, department, &format!("Sag {n}, {tag}"), &format!("Case {n}, {tag}"), differs));
    }
    page.sources = DEPARTMENTS
        .iter()
        .zip(all)
        .map(|((department, _), cases)| {
            let answer = json!({ "outcome": "answered", "situations": situations(&cases), "cases": cases, "asOf": "2026-06-09T08:05:58Z" });
            source(department, Some(section(department, 340, answer)))
        })
        .collect();
    page.folded = Vec::new();
    page.selected = Some(id(10_000).parse().unwrap());
    desk
}

/// A moment before now.
pub(crate) fn before(milliseconds: i64) -> Timestamp {
    now().timestamp() - jiff::SignedDuration::from_millis(milliseconds)
}
