//! The stands beside the queue, the form at a self-service stand and the wrap-up: drawn without a display, walked by keyboard, and compared
//! for what must never be mixed or shown.

use std::path::Path;

use iced::Size;
use iced::widget::column;
use serde_json::{Value, json};
use skranke_api::tickets::{QueueView, StandView};
use skranke_desk::ask::{Question, QueueQuestion, QueueReply, Reply};
use skranke_desk::counter::serving::ServingInput;
use skranke_desk::counter::wrap_up::WrapUpInput;
use skranke_desk::{Desk, Effect, Input, Place, StandId};
use skranke_domain::contact::Outcome;
use skranke_domain::paper::PaperKind;

use super::stand::{self, Act};
use crate::focus::{Focus, FocusId};
use crate::i18n::{Language, Texts};
use crate::screens::Scene;
use crate::screens::citizen::tests::world::{self, known, of};
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens};

fn both(da: &str, en: &str) -> Value {
    json!({ "da": da, "en": en })
}

fn uuid(n: u32) -> String {
    format!("019ea000-0000-7000-8000-{n:012}")
}

fn ticket(n: u32, citizen: Option<u32>, differs: Value) -> Value {
    let me = world::me();
    let mut ticket = json!({
        "id": uuid(4000 + n), "number": format!("K {n:03}"), "site": "north", "origin": "host",
        "reason": both("Indrejse, dagtilbud, EU-papirer", "Registration of entry, daycare, EU papers"),
        "people": 3, "triage": "all_here", "minutes": 12, "state": "serving", "since": "2026-06-09T08:01:48Z",
        "came": "2026-06-09T07:50:00Z", "called": "2026-06-09T08:01:00Z", "began": "2026-06-09T08:01:48Z", "calls": 1,
        "counter": "counter-4", "staff": { "id": me["id"], "name": me["name"] }, "etag": "v3",
    });
    if let Some(citizen) = citizen {
        ticket["citizen"] = json!(uuid(citizen));
    }
    for (key, value) in differs.as_object().unwrap() {
        ticket[key] = value.clone();
    }
    ticket
}

/// Kalina at the counter.
fn kalina() -> Value {
    let cases = [world::case_id(1), world::case_id(2)];
    ticket(42, Some(1), json!({ "language": "pl", "citizenShort": "K. Wrona", "cases": cases }))
}

/// Lauge at a stand.
fn lauge() -> Value {
    let differs = json!({
        "reason": both("Flytning, 1 person", "Change of address, 1 person"), "people": 1, "counter": "stand-2", "origin": "stand",
        "citizenShort": "L. Thestrup", "began": "2026-06-09T08:04:27Z",
    });
    ticket(45, Some(60), differs)
}

/// Jo, who has left.
fn jo() -> Value {
    let differs = json!({
        "reason": both("Pas udleveret", "Passport handed out"), "people": 1, "state": "finished", "unwrapped": true,
        "citizenShort": "Jo Hvidkær", "began": "2026-06-09T07:54:00Z", "ended": "2026-06-09T08:01:20Z", "situation": "new-job",
    });
    ticket(41, Some(61), differs)
}

fn form(n: u32, state: &str) -> StandView {
    of(json!({
        "counter": "stand-2",
        "session": {
            "ticket": uuid(4000 + n), "title": both("Flytning, 1 person", "Change of address, 1 person"), "page": 2, "pages": 4,
            "steps": [
                { "label": both("Logget på med MitID", "Logged in with MitID"), "state": "done", "at": "2026-06-09T08:05:00Z" },
                { "label": both("Formular, side 2 af 4", "Form, page 2 of 4"), "state": state },
                { "label": both("Lejekontrakt", "Tenancy contract"), "state": if state == "done" { "done" } else { "open" } },
                { "label": both("Lægen følger adressen", "Doctor follows the address"), "state": "automatic" },
            ],
            "heading": both("Hvor flytter du hen?", "Where do you move to?"),
            "fields": [
                { "id": "street", "label": both("Vej og nummer", "Street and number"), "value": "Tangstien 1", "active": true },
                {
                    "id": "day", "label": both("Indflytningsdato", "Move-in date"), "value": "", "active": false,
                    "hint": both("dd-mm-åååå", "dd-mm-yyyy"),
                },
            ],
            "onFieldSince": "2026-06-09T08:05:20Z",
        },
    }))
}

fn paper_kind(id: &str, at: &str) -> PaperKind {
    let title = json!({ "da": id, "en": id });
    of(json!({
        "id": id, "title": title, "asks": title, "at_counter": at, "minutes": 2,
        "provenance": { "source": [], "year": null, "certainty": "high", "note": null },
    }))
}

fn item(id: &str, da: &str, en: &str, state: &str, paper: Option<&str>) -> Value {
    json!({
        "id": id, "label": both(da, en), "evidence": null, "citizenText": null, "state": state, "due": "before_visit",
        "suppliedBy": "citizen", "reason": null, "changedBy": null, "changedAt": null, "because": null, "becauseFacts": [],
        "unknownFacts": [], "becauseSaid": [], "group": "other", "paper": paper,
        "provenance": { "source": [], "year": null, "certainty": "high", "note": null }, "etag": "v3",
    })
}

fn case(n: u32, items: &[Value]) -> Reply {
    let row = world::cases("kff")[0].clone();
    let mut row = row;
    row["id"] = json!(world::case_id(n));
    let view = json!({
        "row": row, "citizenName": "Kalina Testrup Wrona", "situation": null, "situationKind": null, "procedureVersion": 1,
        "attendanceMinutes": 20, "received": "2026-05-26T08:00:00Z", "facts": {}, "items": items, "history": [],
        "may": { "judgeItems": true, "book": true, "work": true, "steer": true, "decide": true, "approve": true },
        "procedureNewest": 1, "level": "rule_based", "rule": null, "suspension": null, "decision": null, "related": [],
        "versions": { "responsible": "v1", "course": "v1", "facts": "v1" }, "responsibleId": null, "collaborators": [],
        "requests": [], "documents": [], "asks": [], "notes": [], "others": [], "onBehalf": null, "language": "en",
        "exemptFromDigitalPost": false,
    });
    let value = of(view);
    Reply::Case(Box::new(Ok(skranke_client::http::Tagged { value, etag: skranke_api::ETag::of_version(1) })))
}

fn now() -> jiff::Timestamp {
    world::now().timestamp()
}

/// Answers what the desk asks about the queue, the stand and the cases, until nothing is asked any more.
fn settle(desk: &mut Desk, effects: Vec<Effect>, queue: &QueueView, form: &StandView) {
    let mut open = effects;
    while let Some(effect) = open.pop() {
        let Effect::Ask(ticket, question) = effect else { continue };
        let reply = match question {
            Question::Queue(QueueQuestion::Queue(_)) => Reply::Queue(QueueReply::Queue(Box::new(Ok(queue.clone())))),
            Question::Queue(QueueQuestion::Stand(id)) => {
                Reply::Queue(QueueReply::Stand(id, Box::new(Ok(form.clone()))))
            }
            Question::Case(id, _) if id == world::case_id(1) => case(
                1,
                &[
                    item("passports", "Pas, 3 personer", "Passports, 3 people", "approved", None),
                    item("births", "Fødselsattester", "Birth certificates", "approved", None),
                    item("contract", "Ansættelseskontrakt, 2 sider", "Employment contract, 2 pages", "received", None),
                ],
            ),
            Question::Case(..) => case(
                2,
                &[
                    item(
                        "signature",
                        "Underskrift, dagtilbud",
                        "Signature, daycare place",
                        "missing",
                        Some("signature"),
                    ),
                    item("doctor", "Valg af læge", "Choice of doctor", "missing", Some("doctor")),
                    item("pay", "Lønseddel", "Proof of pay", "missing", None),
                ],
            ),
            _ => continue,
        };
        open.extend(desk.update(Input::Reply(ticket, reply), now()));
    }
}

/// The counter with these tickets, Kalina's page known.
fn counter_with(tickets: &[Value], form: &StandView) -> Desk {
    let mut desk = world::everything();
    desk.session.sites = vec![of(json!({
        "id": "north", "name": "Borgerservice Nord", "hours": [], "aimMinutes": 15,
        "counters": [
            { "id": "counter-4", "name": both("Skranke 4", "Counter 4") },
            { "id": "stand-2", "name": both("Selvbetjening 2", "Self-service 2"), "kind": "stand" },
        ],
    }))];
    let mut me = world::me();
    me["site"] = json!("north");
    me["counter"] = json!("counter-4");
    desk.session.me = known(of(me));
    desk.session.rules.papers = vec![paper_kind("signature", "sign"), paper_kind("doctor", "choose")];
    let queue: QueueView = of(json!({
        "site": "north", "tickets": tickets, "expected": [], "staff": [], "aimMinutes": 15,
    }));
    let effects = desk.update(Input::Go(Place::Queue), now());
    settle(&mut desk, effects, &queue, form);
    let effects = desk.update(Input::Go(Place::Queue), now());
    settle(&mut desk, effects, &queue, form);
    if let Some(page) = desk.stands.active().citizen.as_ref().filter(|page| page.id != world::citizen_id()) {
        panic!("{:?} is in front", page.id);
    }
    desk
}

/// The moment of the target picture: Kalina at A, Lauge at the stand, Jo just left.
fn everybody() -> Desk {
    let mut desk = counter_with(&[kalina(), lauge(), jo()], &form(45, "going"));
    let _ = desk.update(Input::Serving(ServingInput::WrapUp(WrapUpInput::Ended(Outcome::Settled))), now());
    desk
}

struct Window {
    language: Language,
    theme: ThemeName,
    size: Size,
}

impl Window {
    fn english() -> Self {
        Self { language: Language::English, theme: ThemeName::Light, size: Size::new(1043.0, 806.0) }
    }

    fn look(&self, focus: &Focus) -> Look<'static> {
        let look = Look::new(Tokens::of(self.theme), Texts::of(self.language), focus, world::now());
        Look { width: 1440.0, height: self.size.height, ..look }
    }

    fn show<T>(&self, desk: &Desk, check: impl FnOnce(&mut Bench<'_, Act>) -> T) -> T {
        let look = self.look(&Focus::none());
        check(&mut Bench::new(stand::area(Scene { look: &look, desk }), self.size))
    }

    fn texts(&self, desk: &Desk) -> String {
        self.show(desk, |bench| bench.texts().join(" | "))
    }

    fn draw(&self, desk: &Desk, name: &str) {
        let look = self.look(&Focus::none());
        let page = column![stand::area(Scene { look: &look, desk })];
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
        Bench::new(page, self.size).draw(1.0, self.theme).save(&folder.join(format!("{name}.png")));
    }
}

fn chords(desk: &Desk) -> Vec<&'static str> {
    stand::keys(desk, Texts::of(Language::English)).into_iter().map(|key| key.chord).collect()
}

#[test]
fn a_stand_says_who_is_there_what_is_here_what_is_missing_and_what_to_mind() {
    let said = Window::english().texts(&everybody());
    for words in [
        "Stand A · counter 4",
        "Kalina Testrup Wrona",
        "K 042 · interpreter: Polish",
        "04:12",
        "Passports, 3 people",
        "Approved",
        "Received",
        "Sign now",
        "Choose now",
        "Ask for it",
        "Address protected.",
        "Do not say it aloud",
        "Usually 12 min",
        "8 left",
    ] {
        assert!(said.contains(words), "{words} is missing in: {said}");
    }
    assert!(!said.contains("721190"), "no number stands on the counter's page");
}

#[test]
fn the_form_at_the_stand_is_read_field_by_field_and_nothing_of_it_can_be_typed_in() {
    let desk = everybody();
    let said = Window::english().texts(&desk);
    for words in [
        "K 045 · fills in the form alone",
        "01:33",
        "Logged in with MitID",
        "Typing",
        "Not yet",
        "Automatic",
        "On the stand’s screen, page 2 of 4",
        "Where do you move to?",
        "Tangstien 1",
        "dd-mm-yyyy",
        "On this field for 40 s. Point at it",
    ] {
        assert!(said.contains(words), "{words} is missing in: {said}");
    }
    let controls = Window::english().show(&desk, |bench| bench.controls());
    let mirrored: Vec<_> = controls.iter().filter(|one| one.id.as_str().starts_with("counter/mirror")).collect();
    assert!(mirrored.iter().all(|one| !one.role.takes_text()));
    assert!(mirrored.iter().any(|one| one.name == "Street and number: Tangstien 1"));
}

#[test]
fn a_wrap_up_says_whose_it_is_how_long_it_took_and_when_it_saves_itself() {
    let desk = everybody();
    let said = Window::english().texts(&desk);
    for words in [
        "Wrap up K 041",
        "Jo Hvidkær, left 10:01 · 7 min 20 s · Passport handed out",
        "Saves by itself in 0:30",
        "New job",
    ] {
        assert!(said.contains(words), "{words} is missing in: {said}");
    }
    let unsaid = counter_with(&[kalina(), lauge(), jo()], &form(45, "going"));
    assert!(Window::english().texts(&unsaid).contains("waits for how it ended"), "nothing is chosen for her");
}

#[test]
fn keys_are_printed_only_where_they_work_and_every_control_has_one_name() {
    let mut desk = everybody();
    assert_eq!(chords(&desk), ["↵", "P", "W", "E", "T", "1", "2", "3", "4", "5", "M", "F", "J", "Ctrl ↵"]);
    for language in Language::ALL {
        let window = Window { language, ..Window::english() };
        let controls = window.show(&desk, |bench| bench.controls());
        for one in &controls {
            assert!(!one.name.trim().is_empty() && !one.name.contains('⟦'), "{:?}: {}", one.id, one.name);
        }
        let ids: std::collections::HashSet<_> = controls.iter().map(|one| &one.id).collect();
        assert_eq!(ids.len(), controls.len(), "an id stands twice");
    }
    let _ = desk.update(Input::Stand(StandId::B), now());
    let keys = stand::keys(&desk, Texts::of(Language::English));
    let finish = keys.iter().find(|key| key.chord == "W").unwrap();
    assert_eq!(finish.disabled.as_deref(), Some("The form at the stand is not done"));
    assert!(keys.iter().all(|key| key.chord != "P"), "who is at a stand is not put on hold there");
}

#[test]
fn whoever_is_called_is_on_the_way_and_whoever_is_unknown_is_asked_for() {
    let called =
        json!({ "state": "called", "began": null, "since": "2026-06-09T08:02:00Z", "citizenShort": "K. Wrona" });
    let desk = counter_with(&[ticket(42, Some(1), called)], &form(45, "going"));
    let said = Window::english().texts(&desk);
    assert!(said.contains("Called 10:02, on the way") && said.contains("Did not come"), "{said}");
    assert_eq!(chords(&desk), ["↵", "R", "O"]);
    let unknown = counter_with(&[kalina(), ticket(54, None, json!({}))], &form(45, "going"));
    assert!(Window::english().texts(&unknown).contains("Who is it?"));
}

#[test]
fn the_line_is_reached_by_its_key() {
    let desk = everybody();
    let keys = stand::keys(&desk, Texts::of(Language::English));
    let line = keys.into_iter().find(|key| key.chord == "J").unwrap();
    assert!(
        matches!(line.message, Act::Focus(id, role) if id == FocusId::new("counter/wrap-up/line") && role.takes_text())
    );
}

#[test]
fn pictures_of_the_stands() {
    for (language, code) in [(Language::English, "en"), (Language::Danish, "da")] {
        for (theme, shade) in [(ThemeName::Light, "light"), (ThemeName::Dark, "dark")] {
            let window = Window { language, theme, ..Window::english() };
            window.draw(&everybody(), &format!("stands-{code}-{shade}"));
        }
    }
    let window = Window::english();
    let mut large = everybody();
    let _ = large.update(Input::Serving(ServingInput::SeePage(StandId::B)), now());
    window.draw(&large, "stands-enlarged");
    window.draw(&counter_with(&[jo()], &form(45, "going")), "stands-empty");
    let called =
        json!({ "state": "called", "began": null, "since": "2026-06-09T08:02:00Z", "citizenShort": "K. Wrona" });
    window.draw(
        &counter_with(&[ticket(42, Some(1), called), ticket(54, None, json!({}))], &form(45, "going")),
        "stands-called",
    );
}
