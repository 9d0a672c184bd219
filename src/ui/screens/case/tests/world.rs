//! An invented case on an invented desk: an EU residence certificate with a contract that came and is signed by one side alone.

use serde_json::{Value, json};
use skranke_api::cases::CaseView;
use skranke_api::purpose::PurposeKind;
use skranke_api::{ETag, Purpose};
use skranke_client::http::Tagged;
use skranke_desk::effect::Room;
use skranke_desk::{Desk, Effect, Input, Reply, StandId};
use skranke_domain::CaseId;

use crate::screens::citizen::tests::world::{desk, now, of};

fn id(n: u32) -> String {
    format!("019ea000-0000-7000-8000-{n:012}")
}

pub(crate) fn case_id() -> CaseId {
    id(500).parse().unwrap()
}

fn both(da: &str, en: &str) -> Value {
    json!({ "da": da, "en": en })
}

/// An item, and what differs from one that is missing and always asked for.
fn item(id: &str, group: &str, (da, en): (&str, &str), differs: Value) -> Value {
    let mut item = json!({
        "id": id, "label": both(da, en), "evidence": null, "citizenText": both(&format!("Send {}.", da.to_lowercase()), &format!("Send {}.", en.to_lowercase())),
        "state": "missing", "due": "before_visit", "suppliedBy": "citizen", "reason": null, "changedBy": null, "changedAt": null,
        "because": null, "becauseFacts": [], "unknownFacts": [], "becauseSaid": [], "group": group, "paper": null,
        "provenance": { "source": ["SIRI"], "year": 2026, "certainty": "high", "note": null }, "etag": "v3",
    });
    for (key, value) in differs.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

fn said(state: &str, by: &str, at: &str) -> Value {
    json!({ "state": state, "changedBy": by, "changedAt": at })
}

fn ground() -> Value {
    json!([{ "name": "stay.ground", "title": both("Opholdsgrundlag", "Ground of stay"), "value": both("EU, lønmodtager", "EU, worker") }])
}

fn items() -> Value {
    json!([
        item(
            "passport",
            "identity",
            ("Pas eller nationalt ID", "Passport or national ID"),
            said("approved", "Nina Krogh", "2026-05-26T09:00:00Z")
        ),
        item(
            "photo",
            "identity",
            ("Foto", "Photo"),
            json!({
                "state": "rejected", "reason": "Too dark. Take a new one at stand 2", "changedBy": "Ida Munk", "changedAt": "2026-06-08T09:00:00Z",
            })
        ),
        item(
            "form",
            "identity",
            ("Ansøgning OD1", "Application form OD1"),
            said("approved", "Ida Munk", "2026-05-26T09:10:00Z")
        ),
        item(
            "contract",
            "ground",
            ("Ansættelseskontrakt", "Employment contract"),
            json!({
                "state": "received", "because": "stay.ground == eu_worker", "becauseFacts": [both("Opholdsgrundlag", "Ground of stay")],
                "becauseSaid": ground(), "suppliedBy": "employer", "changedAt": "2026-06-09T08:05:00Z", "changedBy": "Ida Munk",
            })
        ),
        item(
            "employer",
            "ground",
            ("Arbejdsgiver bekræftet", "Employer confirmed"),
            said("approved", "Ida Munk", "2026-06-08T08:00:00Z")
        ),
        item(
            "pay",
            "ground",
            ("Lønbevis", "Proof of pay"),
            json!({
                "because": "stay.ground == eu_worker", "becauseFacts": [both("Opholdsgrundlag", "Ground of stay")], "becauseSaid": ground(),
            })
        ),
        item(
            "births",
            "household",
            ("Børnenes fødselsattester", "Children’s birth certificates"),
            said("approved", "Ida Munk", "2026-06-02T08:00:00Z")
        ),
        item(
            "lease",
            "household",
            ("Lejekontrakt", "Tenancy contract"),
            said("requested", "Ida Munk", "2026-06-02T08:00:00Z")
        ),
        item(
            "means",
            "household",
            ("Egne midler", "Own means"),
            json!({
                "state": "not_applicable", "because": "stay.ground == eu_sufficient_funds", "becauseFacts": [both("Opholdsgrundlag", "Ground of stay")],
                "becauseSaid": ground(),
            })
        ),
    ])
}

fn line(kind: &str, at: &str, differs: Value) -> Value {
    let mut line = json!({
        "at": at, "by": "Jonas Bækgaard", "byId": id(901), "kind": kind, "item": null, "state": null, "reason": null, "command": null,
    });
    for (key, value) in differs.as_object().unwrap() {
        line[key] = value.clone();
    }
    line
}

fn history() -> Value {
    let mine = json!({ "by": "Ida Munk", "byId": id(900), "item": both("Ansættelseskontrakt", "Employment contract") });
    let mut lines = vec![
        line("document_came", "2026-06-09T08:05:00Z", mine),
        line("noted", "2026-06-09T08:04:00Z", json!({})),
        line("asked", "2026-06-08T11:00:00Z", json!({})),
    ];
    for day in 1..8 {
        let at = format!("2026-06-{day:02}T08:00:00Z");
        lines.insert(
            3,
            line(
                "item",
                &at,
                json!({ "item": both("Pas", "Passport"), "state": "approved", "reason": "Set ved skranken" }),
            ),
        );
    }
    lines.push(line("received", "2026-05-26T08:00:00Z", json!({ "by": null, "byId": null })));
    Value::Array(lines)
}

pub(crate) fn request() -> Value {
    json!({
        "id": id(700), "state": "open", "items": ["lease"], "language": "pl", "text": "Dzień dobry", "channel": "digital_post",
        "deadline": "2026-06-16", "reminder": "2026-06-12", "reminded": false, "sent": "2026-06-02T08:00:00Z", "by": "Ida Munk",
        "cannot": [], "replied": null, "etag": "v1",
    })
}

fn document() -> Value {
    json!({
        "id": id(600), "citizen": id(1), "name": "kontrakt.pdf", "kind": "pdf", "bytes": 88_213, "received": 88_213, "sha256": "00",
        "state": "complete", "source": "scanner", "openness": "file", "uses": [{ "case": id(500), "item": "contract" }], "version": 1,
        "replaces": null, "at": "2026-06-09T08:05:10Z", "by": "Ida Munk", "etag": "v1",
        "checks": [
            { "what": both("Navn som i CPR", "Name as in CPR"), "passed": true },
            { "what": both("Arbejdsgiver har ikke skrevet under", "Employer has not signed"), "passed": false },
        ],
    })
}

/// The case, and what a test wants otherwise.
pub(crate) fn case(change: impl FnOnce(&mut Value)) -> CaseView {
    let mut case = json!({
        "row": {
            "id": id(500), "number": "SIRI-2026-118204", "citizen": id(1), "procedure": "eu-residence-certificate",
            "title": both("EU-opholdsbevis", "EU residence certificate"), "department": "siri", "situation": id(50), "phase": "received",
            "column": "awaiting_citizen", "nextStep": "citizen_sends_papers", "responsible": "Ida Munk", "deadline": "2026-06-18",
            "readiness": { "applicable": 8, "settled": 4, "open_before_visit": 4, "open_at_visit": 0, "awaiting_citizen": 3, "to_check": 1 },
            "missing": [], "attendance": "2026-06-25T07:20:00Z", "etag": "v7", "changed": "2026-06-09T08:05:00Z", "changedBy": "Ida Munk",
        },
        "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": "arrival-eu-worker", "procedureVersion": 1,
        "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": { "stay.ground": "eu_worker" }, "items": items(),
        "history": history(),
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "procedureNewest": 1, "level": "rule_based",
        "rule": { "eyes": "four", "provenance": { "source": [], "year": null, "certainty": "invented", "note": null } },
        "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": id(900), "collaborators": [],
        "suspension": null, "related": [], "decision": null, "requests": [request()], "documents": [document()], "asks": [], "notes": [],
        "others": [
            { "staff": id(901), "name": "Jonas Bækgaard", "initials": "JB", "doing": "reading", "item": null },
            { "staff": id(902), "name": "Sara Nygaard", "initials": "SN", "doing": "editing", "item": both("Lønbevis", "Proof of pay") },
        ],
        "onBehalf": null, "language": "en", "exemptFromDigitalPost": false,
    });
    change(&mut case);
    of(case)
}

/// A desk with the case open, as a test wants it.
pub(crate) fn opened(change: impl FnOnce(&mut Value)) -> Desk {
    let mut desk = desk();
    open(&mut desk, case(change));
    desk
}

/// Opens a case, whose answer comes at once.
pub(crate) fn open(desk: &mut Desk, case: CaseView) {
    let at = now().timestamp();
    let effects = desk.update(Input::OpenCase(case.row.id, Purpose::plain(PurposeKind::Case)), at);
    answer(desk, &effects, case);
}

/// Answers the question for the case.
pub(crate) fn answer(desk: &mut Desk, effects: &[Effect], case: CaseView) {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, _) if ticket.room == Room::Case(StandId::A) && ticket.slot == 0 => Some(*ticket),
        _ => None,
    });
    let reply = Reply::Case(Box::new(Ok(Tagged { value: case, etag: ETag::of_version(7) })));
    let _ = desk.update(Input::Reply(ticket.unwrap(), reply), now().timestamp());
}
