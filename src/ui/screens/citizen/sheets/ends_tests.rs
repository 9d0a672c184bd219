//! The wrap-up, the hand-over and the verification, drawn and walked by keyboard as they lie over the citizen page.

use std::path::{Path, PathBuf};

use iced::Size;
use serde_json::{Value, json};
use skranke_api::citizens::Verification;
use skranke_desk::ask::Reply;
use skranke_desk::citizen::CitizenInput;
use skranke_desk::inbox::InboxInput;
use skranke_desk::sheets::{HandoverInput, Opening, SheetInput, VerifyInput, WrapUpInput};
use skranke_desk::{Desk, Effect, Input, Place};
use skranke_domain::contact::{Outcome, Verified};

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::key_counts::{self, LETTERS};
use crate::screens::citizen::CitizenScreen;
use crate::screens::citizen::tests::world;
use crate::screens::start::StartScreen;
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens};
use crate::widget::modal;

const WIDE: Size = Size::new(1440.0, 900.0);
const NARROW: Size = Size::new(1024.0, 768.0);

fn now() -> jiff::Timestamp {
    world::now().timestamp()
}

fn on(desk: &mut Desk, input: SheetInput) -> Vec<Effect> {
    desk.update(Input::Citizen(CitizenInput::Sheet(input)), now())
}

/// The answer to the question that the open sheet asked last.
fn answered(desk: &mut Desk, effects: &[Effect], reply: Reply) {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, _) => Some(*ticket),
        _ => None,
    });
    let _ = desk.update(Input::Reply(ticket.unwrap(), reply), now());
}

/// A visit that looked at two cases, six minutes in.
fn visited() -> Desk {
    let mut desk = world::everything();
    let page = world::page(&mut desk);
    page.visit.touched = vec![world::case_id(1), world::case_id(2)];
    page.visit.began = world::before(372_000);
    for (id, tag, da, en, asks) in [
        (
            "suf",
            "SUF",
            "Sundheds- og Omsorgsforvaltningen",
            "Health and Care",
            json!([
                { "da": "Bor borgeren alene?", "en": "Does the citizen live alone?" },
                { "da": "Hvad klarer borgeren selv i dag?", "en": "What does the citizen manage alone today?" },
            ]),
        ),
        ("sof", "SOF", "Socialforvaltningen", "Social Services", json!([])),
    ] {
        let health = json!({
            "id": id, "tag": tag, "name": { "da": da, "en": en }, "keeper": "municipality", "asked": true,
            "asks_before_handover": asks, "capabilities": ["cases"], "health": "answering", "lastAnswer": null,
        });
        let health: skranke_api::me::DepartmentHealth = world::of(health);
        desk.session.departments.insert(health.department.id.clone(), health);
    }
    desk
}

fn wrapping() -> Desk {
    let mut desk = visited();
    let _ = on(&mut desk, SheetInput::Open(Opening::WrapUp));
    desk
}

fn colleagues() -> Value {
    json!([
        { "id": "019ea000-0000-7000-8000-000000000901", "name": "Nina Kragh", "initials": "NK", "department": "suf",
          "role": "caseworker", "phone": null },
        { "id": "019ea000-0000-7000-8000-000000000902", "name": "Sune Falk", "initials": "SF", "department": "suf",
          "role": "caseworker", "phone": null },
    ])
}

fn handing_over() -> Desk {
    let mut desk = visited();
    let effects = on(&mut desk, SheetInput::Open(Opening::Handover(None)));
    answered(&mut desk, &effects, Reply::Colleagues(Ok(world::of(colleagues()))));
    let effects = on(&mut desk, SheetInput::Handover(HandoverInput::Query("su".into())));
    answered(&mut desk, &effects, Reply::Colleagues(Ok(world::of(colleagues()))));
    desk
}

fn card() -> Desk {
    let mut desk = handing_over();
    let _ = on(&mut desk, SheetInput::Handover(HandoverInput::Take));
    let _ = on(&mut desk, SheetInput::Handover(HandoverInput::Answer(0, "Ja, med to børn".into())));
    let _ = on(&mut desk, SheetInput::Confirm);
    desk
}

fn verifying() -> Desk {
    let mut desk = visited();
    let effects = on(&mut desk, SheetInput::Open(Opening::Verify));
    let questions: Verification = world::of(json!({ "questions": [
        { "question": "children", "answer": { "da": "Leon og Maja", "en": "Leon and Maja" } },
        { "question": "last_contact", "answer": { "da": "8. juni, om kontrakten til SIRI", "en": "8 June, about the contract for SIRI" } },
        { "question": "open_case", "answer": { "da": "Indrejse og CPR-nummer", "en": "Registration of entry (CPR)" } },
        { "question": "phone", "answer": { "da": "22 33", "en": "22 33" } },
    ] }));
    answered(&mut desk, &effects, Reply::Verification(Ok(questions)));
    desk
}

struct Eye {
    language: Language,
    theme: ThemeName,
    size: Size,
}

impl Eye {
    const ENGLISH: Self = Self { language: Language::English, theme: ThemeName::Light, size: WIDE };

    fn see<T>(&self, desk: &Desk, check: impl FnOnce(&mut Bench<'_, Input>) -> T) -> T {
        let focus = desk.sheet().map_or_else(Focus::none, |sheet| Focus::on(begins(sheet).0));
        let look = Look::new(Tokens::of(self.theme), Texts::of(self.language), &focus, world::now());
        let look = Look { width: self.size.width, height: self.size.height, ..look };
        let scene = Scene { look: &look, desk };
        let screen = CitizenScreen::default();
        let page = screen.view(scene).map(|_| Input::Back);
        let whole = modal(&look, page, view(scene), None);
        check(&mut Bench::new(whole, self.size))
    }

    fn said(desk: &Desk) -> String {
        Self::ENGLISH.see(desk, |bench| bench.texts().join(" | "))
    }
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures")
}

/// Presses a sequence as the tables have it: the sheet's keys while one is open, the page's otherwise; letters are typed where the keyboard is.
fn press(desk: &mut Desk, keys: &[&str], mut letters: impl FnMut(&mut Desk)) {
    let texts = Texts::of(Language::English);
    for key in keys {
        if *key == LETTERS {
            letters(desk);
            continue;
        }
        let page = desk.citizen().unwrap();
        let input = match desk.sheet() {
            Some(sheet) => {
                if jumps(sheet).iter().any(|one| one.chord == *key) {
                    continue;
                }
                let all = super::keys(page, sheet, texts);
                let found = all.into_iter().find(|one| one.chord == *key).unwrap_or_else(|| panic!("no key {key}"));
                assert_eq!(found.disabled, None, "{key}");
                found.message
            }
            None => {
                let mut screen = CitizenScreen::default();
                let all = screen.keys(desk, texts);
                let found = all.into_iter().find(|one| one.chord == *key).unwrap_or_else(|| panic!("no key {key}"));
                match screen.update(found.message, desk) {
                    crate::screens::Action::Desk(input) => input,
                    other => panic!("{key}: {other:?}"),
                }
            }
        };
        let effects = desk.update(input, now());
        if effects.iter().any(|effect| matches!(effect, Effect::Enqueue(_))) {
            SENT.with(|sent| sent.set(sent.get() + 1));
        }
    }
}

thread_local! {
    static SENT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[test]
fn a_contact_is_registered_with_the_keys_that_the_help_prints() {
    let mut desk = visited();
    press(&mut desk, key_counts::REGISTER, |_| panic!("nothing is typed"));
    assert_eq!(SENT.take(), 1);
    assert_eq!(desk.place(), Place::Start);
    let mut desk = visited();
    press(&mut desk, key_counts::REGISTER_ALL, |desk| {
        let _ = on(desk, SheetInput::WrapUp(WrapUpInput::Text("Kom om kontrakten".into())));
    });
    assert_eq!(SENT.take(), 1);
    assert_eq!(desk.place(), Place::Start);
}

#[test]
fn a_citizen_is_handed_over_with_the_keys_that_the_help_prints() {
    let mut desk = visited();
    let mut typed = vec![
        SheetInput::Handover(HandoverInput::What("Vil vide, om skolen er fundet".into())),
        SheetInput::Handover(HandoverInput::Query("suf".into())),
    ];
    press(&mut desk, key_counts::HAND_OVER, |desk| {
        let _ = on(desk, typed.pop().unwrap());
    });
    assert_eq!(SENT.take(), 1);
    assert!(desk.sheet().is_none());
}

#[test]
fn the_wrap_up_names_its_citizen_and_preselects_no_outcome() {
    let desk = wrapping();
    let said = Eye::said(&desk);
    assert!(said.contains("Goes to A · Kalina Testrup Wrona"), "{said}");
    assert!(said.contains("06:12"), "the clock runs since the visit began: {said}");
    let chosen = Eye::ENGLISH.see(&desk, |bench| {
        let controls = bench.controls();
        controls
            .iter()
            .filter(|one| one.id.as_str().contains("wrap-up/outcome/") && one.state.checked == Some(true))
            .count()
    });
    assert_eq!(chosen, 0);
}

#[test]
fn an_answer_is_drawn_only_while_it_is_compared() {
    let mut desk = verifying();
    assert!(!Eye::said(&desk).contains("Leon and Maja"));
    let _ = on(&mut desk, SheetInput::Verify(VerifyInput::Show));
    let said = Eye::said(&desk);
    assert!(said.contains("Leon and Maja") && !said.contains("Should say: Registration"), "{said}");
    let _ = on(&mut desk, SheetInput::Verify(VerifyInput::Right));
    assert!(!Eye::said(&desk).contains("Leon and Maja"));
    let _ = on(&mut desk, SheetInput::Verify(VerifyInput::Wrong));
    assert!(Eye::said(&desk).contains("Give no information"));
}

#[test]
fn every_sheet_has_its_words_and_names_in_both_languages() {
    for desk in [wrapping(), handing_over(), card(), verifying()] {
        for language in Language::ALL {
            for size in [WIDE, NARROW] {
                let eye = Eye { language, size, ..Eye::ENGLISH };
                let (texts, controls) = eye.see(&desk, |bench| (bench.texts(), bench.controls()));
                assert!(!texts.iter().any(|text| text.contains('⟦')), "{texts:?}");
                assert!(controls.iter().all(|one| !one.name.trim().is_empty() && !one.name.contains('⟦')));
                let ids: std::collections::HashSet<_> = controls.iter().map(|one| &one.id).collect();
                assert_eq!(ids.len(), controls.len(), "an id stands twice");
                let page = desk.citizen().unwrap();
                for key in keys(page, desk.sheet().unwrap(), Texts::of(language)) {
                    assert!(Texts::of(language).has(key.label), "{}", key.label);
                }
            }
        }
    }
}

#[test]
fn the_sheets_are_drawn_for_the_eye() {
    let mut tried = wrapping();
    let _ = on(&mut tried, SheetInput::Confirm);
    let mut passed = wrapping();
    let _ = on(&mut passed, SheetInput::WrapUp(WrapUpInput::Ended(Outcome::PassedOn)));
    let _ = on(&mut passed, SheetInput::WrapUp(WrapUpInput::Query("ny".into())));
    world::page(&mut passed).visit.verified = Verified::Questions;
    let mut shown = verifying();
    let _ = on(&mut shown, SheetInput::Verify(VerifyInput::Right));
    let _ = on(&mut shown, SheetInput::Verify(VerifyInput::Show));
    let mut failed = verifying();
    let _ = on(&mut failed, SheetInput::Verify(VerifyInput::Wrong));
    let all = [
        ("wrap-up", wrapping()),
        ("wrap-up-tried", tried),
        ("wrap-up-passed-on", passed),
        ("handover", handing_over()),
        ("handover-card", card()),
        ("verify", shown),
        ("verify-failed", failed),
    ];
    for (name, desk) in all {
        for (part, language, theme, size) in [
            ("en", Language::English, ThemeName::Light, WIDE),
            ("da-dark", Language::Danish, ThemeName::Dark, WIDE),
            ("da-1024", Language::Danish, ThemeName::Light, NARROW),
        ] {
            let eye = Eye { language, theme, size };
            let picture = eye.see(&desk, |bench| bench.draw(1.0, theme));
            picture.save(&pictures().join(format!("sheet-{name}-{part}.png")));
        }
    }
}

/// What came in from colleagues, and a visit that nobody finished.
fn waiting() -> Desk {
    let mut desk = visited();
    let _ = on(&mut desk, SheetInput::Open(Opening::WrapUp));
    let _ = on(&mut desk, SheetInput::WrapUp(WrapUpInput::Text("Kom om kontrakten".into())));
    let other = "019ea000-0000-7000-8000-000000000777".parse().unwrap();
    let purpose = skranke_api::Purpose::plain(skranke_api::purpose::PurposeKind::Ticket);
    let _ = desk.update(Input::OpenCitizen(other, purpose), now());
    let _ = desk.update(Input::Back, now());
    let _ = desk.update(Input::Go(Place::Start), now());
    let one = |n: u32, who: &str, what: &str, state: &str| {
        json!({
            "id": format!("019ea000-0000-7000-8000-0000000008{n:02}"), "citizen": "019ea000-0000-7000-8000-000000000778",
            "citizenName": who, "receiver": { "to": "unit", "department": "kff" }, "receiverName": "KFF", "state": state,
            "reply": null, "from": "019ea000-0000-7000-8000-000000000901", "fromName": "Nina Kragh", "takenBy": null,
            "sent": "2026-06-09T07:40:00Z", "changed": "2026-06-09T07:40:00Z", "etag": "v1",
            "card": { "what": what, "verified": "document", "promised": "Vi ringer inden torsdag", "cases": [],
                "missing": [{ "da": "Lejekontrakt", "en": "Tenancy contract" }],
                "answers": [{ "question": { "da": "Hvad har borgeren søgt om?", "en": "What has the citizen applied for?" },
                    "answer": "Boligstøtte" }] },
        })
    };
    let views = json!([
        one(
            1,
            "Lauge Testrup",
            "Har fået ny indtægt og skal have boligstøtten regnet om, inden huslejen skal betales",
            "sent"
        ),
        one(2, "Merete Prøve", "Mangler at få sit pas udleveret", "accepted"),
    ]);
    let effects = desk.update(Input::Inbox(InboxInput::AskAgain), now());
    answered(&mut desk, &effects, Reply::Handovers(Ok(world::of(views))));
    desk
}

#[test]
fn the_start_page_shows_what_waits() {
    let mut desk = waiting();
    let _ = desk.update(Input::Inbox(InboxInput::Reply(skranke_domain::handover::HandoverState::Returned)), now());
    let _ = desk.update(Input::Inbox(InboxInput::Confirm), now());
    for (part, language, theme, size) in
        [("en", Language::English, ThemeName::Light, WIDE), ("da-dark", Language::Danish, ThemeName::Dark, NARROW)]
    {
        let focus = Focus::on(crate::screens::start::inbox::INBOX);
        let look = Look::new(Tokens::of(theme), Texts::of(language), &focus, world::now());
        let look = Look { width: size.width, height: size.height, ..look };
        let view = StartScreen.view(Scene { look: &look, desk: &desk }, &crate::launch::Startup::Ready);
        let mut bench = Bench::new(view, size);
        let said = bench.texts().join(" | ");
        assert!(said.contains("Kalina Testrup Wrona") && said.contains("Lauge Testrup"), "{said}");
        assert!(!said.contains('⟦'), "{said}");
        bench.draw(1.0, theme).save(&pictures().join(format!("start-waiting-{part}.png")));
    }
    let keys = StartScreen.keys(&desk, Texts::of(Language::English));
    for chord in ["W", "O", "A", "D", "R", "Esc", "Ctrl ↵"] {
        assert!(keys.iter().any(|key| key.chord == chord), "{chord}");
    }
}
