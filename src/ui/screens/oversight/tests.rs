//! The oversight is drawn without a display, read as words, walked by keyboard.

use std::path::Path;

use iced::Size;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};
use skranke_client::ClientError;
use skranke_desk::settings::Settings;
use skranke_desk::{Load, Place};
use skranke_domain::authority::Role as StaffRole;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens};

const SIZE: Size = Size::new(1440.0, 808.0);
const IDA: &str = "01890000-0000-7000-8000-000000000001";
const NINA: &str = "01890000-0000-7000-8000-000000000002";
const GRETHE: &str = "01890000-0000-7000-8000-000000000004";

fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap()
}

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().unwrap()
}

fn known<T>(value: T) -> Load<T> {
    Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None }
}

fn me(role: StaffRole) -> skranke_api::me::Me {
    serde_json::from_value(json!({
        "id": GRETHE, "name": "Grethe Vintermark", "initials": "GV", "role": role, "roles": [role], "department": "kff",
        "authorities": [], "site": "norrebro", "counter": null, "training": true, "municipality": "København"
    }))
    .unwrap()
}

fn signed_in(role: StaffRole) -> Desk {
    let mut desk = Desk::new(role, Settings::default(), tz());
    desk.session.me = known(me(role));
    let _ = desk.update(Input::Go(Place::Oversight), now().timestamp());
    desk
}

fn citizen(n: u32) -> String {
    format!("01890000-0000-7000-8000-0000000a{n:04x}")
}

fn records() -> Value {
    let record = |seq: i64, at: &str, staff: &str, action: &str, rest: Value| {
        let mut one = json!({
            "seq": seq, "at": at, "staff": staff, "role": "clerk", "action": action, "outcome": "done", "citizen": null, "case": null,
            "purpose": null, "session": null, "command": null, "note": null, "basis": null, "context": null, "tie": null, "place": null
        });
        let (Some(into), Some(from)) = (one.as_object_mut(), rest.as_object()) else { unreachable!() };
        into.extend(from.clone());
        one
    };
    let place = "norrebro, counter 4, 10.2.0.14";
    json!([
        record(
            2041,
            "2026-06-09T08:05:12Z",
            IDA,
            "reveal",
            json!({ "citizen": citizen(0x3f21), "purpose": { "kind": "ticket", "note": "K 042" },
            "basis": "guidance", "context": "ticket", "place": place, "note": "cpr" })
        ),
        record(
            2040,
            "2026-06-09T08:04:40Z",
            IDA,
            "read_overview",
            json!({ "citizen": citizen(0x3f21), "purpose": { "kind": "ticket", "note": "K 042" },
            "basis": "guidance", "context": "ticket", "place": place })
        ),
        record(
            2039,
            "2026-06-09T08:04:40Z",
            IDA,
            "open_citizen",
            json!({ "citizen": citizen(0x3f21), "purpose": { "kind": "ticket", "note": "K 042" },
            "basis": "guidance", "context": "ticket", "place": place })
        ),
        record(
            2038,
            "2026-06-09T07:58:02Z",
            NINA,
            "open_citizen",
            json!({ "citizen": citizen(0x1b07), "outcome": "refused",
            "purpose": { "kind": "case" }, "context": "none", "place": "norrebro, 10.2.0.22" })
        ),
        record(
            2037,
            "2026-06-09T07:57:30Z",
            NINA,
            "search",
            json!({ "purpose": { "kind": "case" }, "place": "norrebro, 10.2.0.22" })
        ),
        record(
            2036,
            "2026-06-09T07:40:11Z",
            NINA,
            "open_citizen",
            json!({ "citizen": citizen(0x9e55), "purpose": { "kind": "call",
            "note": "Asks about her housing benefit" }, "basis": "guidance", "context": "call", "tie": "colleague", "place": "norrebro, 10.2.0.22" })
        ),
        record(
            2035,
            "2026-06-09T07:12:00Z",
            IDA,
            "break_glass",
            json!({ "citizen": citizen(0x4c90), "purpose": { "kind": "ticket",
            "note": "She says that she has nowhere to sleep tonight" }, "basis": "vital_interest", "context": "ticket", "place": place })
        ),
        record(
            2034,
            "2026-06-08T13:20:00Z",
            NINA,
            "write_note",
            json!({ "citizen": citizen(0x4c90), "purpose": { "kind": "case" },
            "context": "case", "place": "offline" })
        ),
        record(
            2033,
            "2026-06-08T12:02:00Z",
            GRETHE,
            "read_audit",
            json!({ "role": "team_leader", "place": "norrebro, 10.2.0.3" })
        )
    ])
}

fn glasses() -> Value {
    let glass = |n: u32, staff: (&str, &str), who: &str, reason: &str, review: Value| {
        json!({
            "id": format!("01890000-0000-7000-8000-0000000b{n:04x}"), "etag": "v1", "staff": staff.0, "staffName": staff.1,
            "citizen": citizen(n), "citizenName": who, "department": "sof", "reason": reason, "basis": "vital_interest",
            "at": "2026-06-09T07:12:00Z", "until": "2026-06-09T08:12:00Z", "looks": 4, "review": review
        })
    };
    let reviewed = |finding: &str, note: Option<&str>| json!({ "finding": finding, "note": note, "by": GRETHE, "at": "2026-06-08T14:00:00Z" });
    json!([
        glass(
            0x4c90,
            (IDA, "Ida Mellemgaard"),
            "Kalina Testrup Wrona",
            "She says that she has nowhere to sleep tonight",
            Value::Null
        ),
        glass(
            0x1b07,
            (NINA, "Nina Kjeldby"),
            "Astrid Rindom",
            "Ambulance called to the counter",
            reviewed("justified", None)
        ),
        glass(
            0x9e55,
            (NINA, "Nina Kjeldby"),
            "Oskar Sandahl",
            "Wanted to know whether a place is free",
            reviewed("discussed", Some("Next time the duty officer is rung first."))
        ),
    ])
}

fn rights() -> Value {
    let staff = |id: &str, name: &str, role: &str, roles: &[&str], authorities: Value| json!({ "staff": id, "name": name, "department": "kff", "role": role, "roles": roles, "authorities": authorities, "claimedAt": null });
    json!([
        staff(
            IDA,
            "Ida Mellemgaard",
            "clerk",
            &["clerk", "caseworker"],
            json!([
                { "department": "kff", "level": "rule_based", "until": null },
                { "department": "bif", "level": "guidance", "until": "2026-06-30" }
            ])
        ),
        staff(
            NINA,
            "Nina Kjeldby",
            "caseworker",
            &["caseworker"],
            json!([
                { "department": "kff", "procedures": ["cpr-eu-employee"], "level": "judgement", "until": null },
                { "department": "sof", "level": "guidance", "until": "2026-05-31" },
                { "department": "suf", "level": "guidance", "from": "2026-07-01", "until": null }
            ])
        ),
        staff(
            GRETHE,
            "Grethe Vintermark",
            "team_leader",
            &["team_leader", "clerk"],
            json!([
                { "department": "kff", "level": "judgement", "until": null }
            ])
        ),
        staff("01890000-0000-7000-8000-000000000005", "Aksel Holt", "host", &["host"], json!([])),
    ])
}

fn leader(tab: Tab) -> Desk {
    let mut desk = signed_in(StaffRole::TeamLeader);
    let page = desk.oversight.as_mut().expect("the leader has the oversight");
    page.tab = tab;
    page.log.records = known(serde_json::from_value(records()).unwrap());
    page.glasses = known(serde_json::from_value(glasses()).unwrap());
    page.rights = known(serde_json::from_value(rights()).unwrap());
    desk
}

fn with<T>(
    desk: &Desk,
    (focus, language, tokens): (Focus, Language, Tokens),
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let mut look = Look::new(tokens, Texts::of(language), &focus, now());
    (look.width, look.height) = (size.width, size.height + 92.0);
    let screen = OversightScreen::default();
    let view = screen.view(Scene { look: &look, desk });
    check(&mut Bench::new(view, size))
}

fn said(desk: &Desk) -> String {
    with(desk, (Focus::none(), Language::English, Tokens::light()), SIZE, |bench| bench.texts().join(" "))
}

fn step(desk: &mut Desk, message: Message) {
    let at: Timestamp = now().timestamp();
    match OversightScreen::default().update(message, (desk, now().date())) {
        Action::Desk(input) | Action::Both(input, _) => drop(desk.update(input, at)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_log_says_who_what_whom_why_on_which_basis_and_from_where() {
    let words = said(&leader(Tab::Log));
    for wanted in [
        "Ida Mellemgaard",
        "Showed a hidden field",
        "At the counter: K 042",
        "The citizen asks and is guided",
        "norrebro, counter 4",
        "None found",
        "Without a line",
        "Colleague",
        "Refused",
        "9 lines",
    ] {
        assert!(words.contains(wanted), "{wanted} in {words}");
    }
    assert!(words.contains("…0a3f21"), "a citizen is an identifier until she is opened: {words}");
}

#[test]
fn a_line_opens_with_all_that_it_holds() {
    let mut desk = leader(Tab::Log);
    step(&mut desk, Message::Do(OversightInput::Details));
    let words = said(&desk);
    assert!(
        words.contains("A line of the log") && words.contains("2,041") && words.contains("Front-desk clerk"),
        "{words}"
    );
    step(&mut desk, Message::Step(Step::Next));
    assert!(said(&desk).contains("2,040"));
}

#[test]
fn emergencies_wait_for_her_and_say_what_was_found() {
    let desk = leader(Tab::Emergencies);
    let words = said(&desk);
    assert!(words.contains("Emergencies (1)") && words.contains("1 not reviewed"), "{words}");
    for wanted in ["Not reviewed", "Justified", "Talked over", "Kalina Testrup Wrona", "nowhere to sleep"] {
        assert!(words.contains(wanted), "{wanted} in {words}");
    }
    let keys = OversightScreen::default().keys(&desk, Texts::of(Language::English));
    for chord in ["J", "D", "U"] {
        assert!(keys.iter().any(|key| key.chord == chord && key.disabled.is_none()), "{chord}");
    }
}

#[test]
fn rights_that_end_soon_and_that_ended_are_said_with_their_day() {
    let words = said(&leader(Tab::Rights));
    assert!(words.contains("Ends 30 Jun 2026") && words.contains("Ended 31 May 2026"), "{words}");
    assert!(
        words.contains("1 authority ends within 30 days") && words.contains("2 colleagues hold several roles"),
        "{words}"
    );
    assert!(words.contains("Begins 1 Jul 2026") && words.contains("No authority"), "{words}");
    assert!(words.find("Ends 30 Jun").unwrap() < words.find("Ended 31 May").unwrap());
}

#[test]
fn a_review_and_a_lock_are_asked_for_once_more() {
    let mut desk = leader(Tab::Emergencies);
    assert!(over::begins(&desk).is_none());
    step(&mut desk, Message::Do(OversightInput::Review(Finding::Unjustified)));
    assert_eq!(over::begins(&desk), Some((over::NOTE, crate::focus::Role::TextField)));
    step(&mut desk, Message::Do(OversightInput::Confirm));
    let focus = Focus::none();
    let look = Look::new(Tokens::light(), Texts::of(Language::English), &focus, now());
    let texts = Bench::new(over::view(Scene { look: &look, desk: &desk }).unwrap(), SIZE).texts().join(" ");
    assert!(texts.contains("Write what you found"), "{texts}");
    let mut desk = leader(Tab::Rights);
    step(&mut desk, Message::Do(OversightInput::Lock));
    let texts = Bench::new(over::view(Scene { look: &look, desk: &desk }).unwrap(), SIZE).texts().join(" ");
    assert!(texts.contains("Lock the windows of Ida Mellemgaard?"), "{texts}");
}

#[test]
fn a_clerk_reads_that_the_oversight_is_the_leaders() {
    let desk = signed_in(StaffRole::Clerk);
    assert!(said(&desk).contains("The oversight is for team leaders."));
    assert!(OversightScreen::default().keys(&desk, Texts::of(Language::English)).is_empty());
}

#[test]
fn what_did_not_come_is_not_nothing() {
    let mut desk = leader(Tab::Log);
    let page = desk.oversight.as_mut().unwrap();
    page.log.records = Load::Failed { error: ClientError::Offline, at: now().timestamp() };
    let words = said(&desk);
    assert!(!words.contains("Nothing was looked up") && words.contains("F5"), "{words}");
    desk.oversight.as_mut().unwrap().log.records = known(Vec::new());
    assert!(said(&desk).contains("Nothing was looked up in this time."));
}

#[test]
fn every_control_has_a_name_and_an_id_of_its_own_in_both_languages() {
    for language in Language::ALL {
        for tab in Tab::ALL {
            let mut desk = leader(tab);
            if tab == Tab::Log {
                step(&mut desk, Message::Do(OversightInput::Details));
            }
            let (words, controls) = with(&desk, (Focus::none(), language, Tokens::light()), SIZE, |bench| {
                (bench.texts().join(" "), bench.controls())
            });
            assert!(!words.contains('⟦'), "{words}");
            assert!(controls.iter().all(|control| !control.name.trim().is_empty()), "{tab:?}");
            let mut ids: Vec<&str> = controls.iter().map(|control| control.id.as_str()).collect();
            ids.sort_unstable();
            let all = ids.len();
            ids.dedup();
            assert_eq!(ids.len(), all, "{tab:?}: {ids:?}");
        }
    }
}

#[test]
fn the_oversight_is_drawn_light_and_dark_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures/oversight");
    let mut details = leader(Tab::Log);
    step(&mut details, Message::Do(OversightInput::Details));
    let all = [
        ("log", leader(Tab::Log)),
        ("details", details),
        ("emergencies", leader(Tab::Emergencies)),
        ("rights", leader(Tab::Rights)),
    ];
    for (name, desk) in &all {
        for (language, code) in [(Language::English, "en"), (Language::Danish, "da")] {
            for theme in [ThemeName::Light, ThemeName::Dark] {
                let picture =
                    with(desk, (Focus::on(FIRST), language, Tokens::of(theme)), SIZE, |bench| bench.draw(1.0, theme));
                picture.save(&folder.join(format!("{name}-{code}-{theme:?}.png")));
            }
        }
        let narrow = Size::new(1024.0, 676.0);
        let style = (Focus::on(FIRST), Language::Danish, Tokens::light());
        with(desk, style, narrow, |bench| bench.draw(1.0, ThemeName::Light))
            .save(&folder.join(format!("{name}-1024.png")));
    }
}
