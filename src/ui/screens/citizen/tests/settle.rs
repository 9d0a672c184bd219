//! The band "Settle now", the panel of what is missing and the letter are drawn without a display, and their keys lead where they say.

use serde_json::Value;
use skranke_api::overview::Answer;
use skranke_desk::sheets::{LetterInput, Sheet};
use skranke_domain::ItemId;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::letter::LetterLanguage;

use super::*;
use crate::screens::citizen::sheets;
use crate::widget::dialog::{Lies, modal_at};

/// A missing paper of a case.
fn paper(case: u32, department: &str, kind: &str, label: (&str, &str), differs: Value) -> Value {
    let mut paper = json!({
        "case": world::case_id(case), "caseTitle": { "da": "", "en": "" }, "department": department, "item": kind, "paper": kind,
        "label": { "da": label.0, "en": label.1 }, "citizenText": null, "state": "missing", "due": "before_visit", "suppliedBy": "citizen",
        "requested": null, "deadline": null, "unlocks": false, "etag": "v1",
    });
    let title =
        world::cases(department).into_iter().find(|one| one["id"] == paper["case"]).map(|one| one["title"].clone());
    paper["caseTitle"] = title.unwrap();
    for (key, value) in differs.as_object().unwrap() {
        paper[key] = value.clone();
    }
    paper
}

fn papers(department: &str) -> Vec<Value> {
    let lease = ("Lejekontrakt", "Tenancy contract");
    match department {
        "buf" => vec![paper(
            4,
            "buf",
            "sworn-declaration",
            ("Accept af pladsen", "Acceptance of the place"),
            json!({ "deadline": "2026-06-10", "unlocks": true }),
        )],
        "siri" => vec![
            paper(
                8,
                "siri",
                "employment-contract",
                ("Ansættelseskontrakt, underskrevet", "Employment contract, signed"),
                json!({ "deadline": "2026-06-18", "state": "requested", "requested": "2026-06-02" }),
            ),
            paper(8, "siri", "tenancy-contract", lease, json!({ "deadline": "2026-06-18" })),
            paper(
                8,
                "siri",
                "identity-document",
                ("Pas eller nationalt ID-kort", "Passport or national ID card"),
                json!({ "deadline": "2026-06-18", "state": "rejected" }),
            ),
        ],
        "kff" => vec![
            paper(
                2,
                "kff",
                "choice-of-doctor",
                ("Valg af læge", "Choice of doctor"),
                json!({ "deadline": "2026-06-23", "unlocks": true }),
            ),
            paper(3, "kff", "tenancy-contract", lease, json!({ "deadline": "2026-08-06", "unlocks": true })),
            paper(
                3,
                "kff",
                "host-declaration",
                ("Logiværtserklæring", "Host's declaration"),
                json!({ "deadline": "2026-08-06" }),
            ),
        ],
        _ => Vec::new(),
    }
}

/// The desk of the citizen page's tests, where departments say what is missing and the office knows kinds of paper and rules.
fn desk() -> Desk {
    let mut desk = everything();
    let catalogue = Catalogue::builtin().unwrap();
    desk.session.rules.papers = catalogue.papers;
    desk.session.rules.settle = catalogue.settle_rules;
    for source in &mut world::page(&mut desk).sources {
        let said: Vec<_> = papers(source.department.as_str()).into_iter().map(of).collect();
        if let Some(Answer::Answered { papers, .. } | Answer::Stale { papers, .. }) =
            source.section.as_mut().map(|section| &mut section.answer)
        {
            *papers = said;
        }
    }
    desk
}

fn silent(mut desk: Desk, department: usize, id: &str) -> Desk {
    world::page(&mut desk).sources[department].section = Some(world::unavailable(id));
    desk
}

fn with_letter(mut desk: Desk, inputs: Vec<LetterInput>) -> Desk {
    let open = SheetInput::Open(Opening::Letter(None));
    for input in std::iter::once(open).chain(inputs.into_iter().map(SheetInput::Letter)) {
        let _ = desk.update(sheets::input(input), world::now().timestamp());
    }
    desk
}

fn texts_of(window: &Window, desk: &Desk) -> String {
    window.show(&CitizenScreen::default(), desk, |bench| bench.texts().join(" | "))
}

/// The open sheet over the page.
fn show_sheet<T>(window: &Window, desk: &Desk, check: impl FnOnce(&mut Bench<'_, Input>) -> T) -> T {
    let look = window.look();
    let scene = Scene { look: &look, desk };
    let above = sheets::view(scene).expect("a sheet");
    let page = CitizenScreen::default().view(scene).map(|_| Input::Touched);
    check(&mut Bench::new(modal_at(&look, page, Some(above), Lies::Centre, None), window.size))
}

fn key(desk: &Desk, chord: &str) -> Key<Message> {
    let keys = CitizenScreen::default().keys(desk, Texts::of(Language::English));
    keys.into_iter().find(|key| key.chord == chord).unwrap_or_else(|| panic!("no key {chord}"))
}

#[test]
fn the_band_says_what_can_be_settled_why_and_for_whom() {
    let said = texts_of(&Window::english(), &desk());
    for words in [
        "Settle now",
        "3 things, 7 min",
        "in this visit",
        "Sign: Acceptance of the place",
        "BUF · 2 min · unlocks Daycare place, Leon (3)",
        "Deadline tomorrow",
        "Scan: Tenancy contract",
        "SIRI, KFF · 3 min · unlocks Change of address, 3 people",
        "Deadline 18 Jun",
        "Choice of doctor",
        "KFF · 2 min · unlocks Health card",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let danish = texts_of(&Window { language: Language::Danish, ..Window::english() }, &desk());
    assert!(danish.contains("Kan klares nu") && danish.contains("KFF · 2 min. · åbner for Sundhedskort"), "{danish}");
}

#[test]
fn the_keys_of_the_band_open_the_case_at_its_paper() {
    let desk = desk();
    let expected = [("1", 4, "sworn-declaration"), ("2", 8, "tenancy-contract"), ("3", 2, "choice-of-doctor")];
    for (chord, case, item) in expected {
        let key = key(&desk, chord);
        assert_eq!(key.disabled, None);
        let Action::DeskAll(inputs) = CitizenScreen::default().update(key.message, &desk) else { panic!("{chord}") };
        let [Input::Citizen(CitizenInput::Select(chosen)), Input::OpenCaseAt(opened, at, purpose)] = inputs.as_slice()
        else {
            panic!("{inputs:?}")
        };
        assert_eq!((*chosen, *opened), (world::case_id(case), world::case_id(case)));
        assert_eq!(*at, ItemId::parse(item).unwrap());
        assert_eq!(*purpose, desk.citizen().unwrap().purpose);
    }
}

#[test]
fn a_click_on_a_cell_is_its_key() {
    let desk = desk();
    let pressed = Window::english().show(&CitizenScreen::default(), &desk, |bench| {
        let at = control(&bench.controls(), "citizen/settle/2").bounds.center();
        bench.click(at)
    });
    assert!(matches!(pressed.as_slice(), [Message::Settle(2)]), "{pressed:?}");
}

#[test]
fn the_focused_cell_tells_every_rule_that_spoke_for_it() {
    let window = Window { focus: Focus::on(FocusId::new("citizen/settle/0")), ..Window::english() };
    let said = texts_of(&window, &desk());
    assert!(said.contains("Deadline within three days +70") && said.contains("Why this one: "), "{said}");
    assert!(!texts_of(&Window::english(), &desk()).contains("+70"));
}

#[test]
fn under_960_pixels_the_things_stand_beneath_each_other() {
    let narrow = Window { size: Size::new(940.0, 768.0), ..Window::english() };
    let bounds = |window: &Window| {
        window.show(&CitizenScreen::default(), &desk(), |bench| {
            let controls = bench.controls();
            ["citizen/settle/0", "citizen/settle/1"].map(|id| control(&controls, id).bounds)
        })
    };
    let [first, second] = bounds(&narrow);
    assert!(second.y >= first.y + first.height && (second.x - first.x).abs() < 0.5);
    let [first, second] = bounds(&Window::english());
    assert!(second.x >= first.x + first.width && (second.y - first.y).abs() < 0.5);
}

#[test]
fn nothing_to_settle_is_said_only_of_what_is_known() {
    let old = texts_of(&Window::english(), &everything());
    assert!(old.contains("Nothing known is waiting to be settled here. No answer from BIF."), "{old}");
    assert!(old.contains("Nothing known is missing."), "{old}");
    let said = texts_of(&Window::english(), &silent(everything(), 6, "okf"));
    assert!(said.contains("No answer from BIF, ØKF."), "{said}");
    let mut desk = everything();
    world::page(&mut desk).sources[5].section = Some(world::answered("bif"));
    let said = texts_of(&Window::english(), &desk);
    assert!(said.contains("Nothing that your role may see is waiting to be settled here."), "{said}");
    assert!(said.contains("Nothing known is missing."), "{said}");
    assert!(key(&desk, "1").disabled.is_some());
    world::page(&mut desk).sources[3].section = Some(world::answered("sof"));
    let said = texts_of(&Window::english(), &desk);
    assert!(said.contains("Nothing is waiting to be settled here.") && said.contains("Nothing is missing."), "{said}");
    let said = texts_of(&Window::english(), &silent(self::desk(), 6, "okf"));
    assert!(said.contains("of what is known") && !said.contains("in this visit"), "{said}");
}

#[test]
fn each_missing_paper_stands_once_with_every_case_it_is_for() {
    let said = texts_of(&Window::english(), &desk());
    assert!(said.contains("6 papers"), "{said}");
    // In the row of its case, and once in the panel.
    assert_eq!(
        said.matches("Tenancy contract | ").count() - said.matches("Scan: Tenancy contract | ").count(),
        2,
        "{said}"
    );
    assert!(said.contains("SIRI, KFF · unlocks Change of address, 3 people"), "{said}");
    assert!(said.contains("SIRI · asked for 2 Jun · EU residence certificate"), "{said}");
    assert!(said.contains("SIRI · rejected · EU residence certificate"), "{said}");
    assert!(said.contains("All 6") && !said.contains("Host's declaration"), "{said}");
    assert!(said.contains("BIF as at 09:12: this may have changed."), "{said}");
    let mut all = desk();
    let _ = all.update(Input::Citizen(CitizenInput::UnfoldMissing), world::now().timestamp());
    let said = texts_of(&Window::english(), &all);
    assert!(said.contains("Host's declaration") && said.contains("The first 5"), "{said}");
}

#[test]
fn a_silent_department_may_miss_more() {
    let said = texts_of(&Window::english(), &silent(desk(), 5, "bif"));
    assert!(said.contains("No answer from BIF: perhaps more is missing."), "{said}");
    let said = texts_of(&Window::english(), &silent(everything(), 5, "bif"));
    assert!(said.contains("Nothing so far.") && !said.contains("Nothing is missing."), "{said}");
}

#[test]
fn the_keys_for_letters_say_why_they_cannot_be_used() {
    assert!(key(&desk(), "L").disabled.is_none());
    let mut none = everything();
    assert!(key(&none, "L").disabled.is_some_and(|why| why.contains("Nobody has to be asked")));
    world::page(&mut none).selected = None;
    assert!(key(&none, "D").disabled.is_some_and(|why| why.contains("Choose a case")));
    let mut chosen = desk();
    assert!(key(&chosen, "D").disabled.is_some(), "nothing is missing in the first case");
    world::page(&mut chosen).selected = Some(world::case_id(2));
    let key = key(&chosen, "D");
    assert!(key.disabled.is_none());
    assert!(matches!(key.message, Message::Sheet(Opening::Letter(Some(case))) if case == world::case_id(2)));
}

#[test]
fn the_letter_shows_what_it_asks_for_in_her_language_and_in_danish() {
    let desk = with_letter(desk(), Vec::new());
    let said = show_sheet(&Window::english(), &desk, |bench| bench.texts().join(" | "));
    assert!(said.contains("Goes to A · Kalina Testrup Wrona"), "{said}");
    assert!(said.contains("Papers: 5 of 5") && said.contains("The letter in Polish"), "{said}");
    assert!(said.contains("In Danish, to read along") && said.contains("Kære borger"), "{said}");
    assert!(said.contains("Tuesday 23 Jun 2026"), "{said}");
    let controls = show_sheet(&Window::english(), &desk, |bench| bench.controls());
    let mut rows = controls.iter().filter(|one| one.id.as_str().starts_with("citizen/sheet/letter/papers/"));
    assert!(rows.all(|row| !row.name.contains("Employment contract")), "it was asked for on 2 June");
    let value = control(&controls, "citizen/sheet/letter/text").value.clone().unwrap_or_default();
    assert!(value.contains("Dzień dobry") && value.contains("23 czerwca 2026"), "{value}");
}

#[test]
fn no_control_of_the_letter_is_without_a_name_and_none_stands_twice() {
    let edited = vec![LetterInput::Typed("Own words".to_owned()), LetterInput::Deadline("31/6".to_owned())];
    for inputs in [Vec::new(), vec![LetterInput::Language(LetterLanguage::Danish)], edited] {
        let desk = with_letter(desk(), inputs);
        for language in Language::ALL {
            let window = Window { language, ..Window::english() };
            let (controls, texts) = show_sheet(&window, &desk, |bench| (bench.controls(), bench.texts()));
            for one in &controls {
                assert!(!one.name.trim().is_empty() && !one.name.contains('⟦'), "{:?}: {}", one.id, one.name);
            }
            assert!(!texts.iter().any(|text| text.contains('⟦')), "{texts:?}");
            let ids: std::collections::HashSet<_> = controls.iter().map(|one| &one.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
        }
    }
}

#[test]
fn the_keys_of_the_letter_tick_and_make_anew() {
    let mut desk = with_letter(desk(), Vec::new());
    let press = |desk: &mut Desk, chord: &str| {
        let keys = sheets::keys(desk.citizen().unwrap(), desk.sheet().unwrap(), Texts::of(Language::English));
        let key = keys.into_iter().find(|key| key.chord == chord).unwrap();
        if key.disabled.is_none() {
            let _ = desk.update(key.message, world::now().timestamp());
        }
        key.disabled
    };
    let ticked = |desk: &Desk| match desk.sheet() {
        Some(Sheet::Letter(sheet)) => sheet.ticked().count(),
        _ => panic!("no letter"),
    };
    for (chord, left) in [("Space", 4), ("↓", 4), ("Space", 3), ("A", 5), ("A", 0), ("A", 5)] {
        assert_eq!(press(&mut desk, chord), None);
        assert_eq!(ticked(&desk), left, "{chord}");
    }
    assert!(press(&mut desk, "R").is_some_and(|why| why.contains("not been edited")));
    let typed = LetterInput::Typed("Own words".to_owned());
    let _ = desk.update(sheets::input(SheetInput::Letter(typed)), world::now().timestamp());
    assert_eq!(press(&mut desk, "R"), None);
    let Some(Sheet::Letter(sheet)) = desk.sheet() else { panic!("no letter") };
    assert!(sheet.text.contains("Dzień dobry"));
}

#[test]
fn settle_now_missing_and_the_letter_are_drawn_for_the_eye() {
    let screen = CitizenScreen::default();
    let dark = Window { theme: ThemeName::Dark, ..Window::english() };
    let danish = Window { language: Language::Danish, ..Window::english() };
    let stacked = Window { size: Size::new(940.0, 768.0), ..Window::english() };
    let reason = Window { focus: Focus::on(FocusId::new("citizen/settle/0")), ..Window::english() };
    for (window, name) in [
        (Window::english(), "s1-settle"),
        (dark.clone(), "s1-settle-dark"),
        (danish.clone(), "s1-settle-danish"),
        (Window::english().narrow(), "s1-settle-1024"),
        (stacked, "s1-settle-940"),
        (reason, "s1-settle-why"),
    ] {
        window.draw(&screen, &desk(), name);
    }
    let side = CitizenScreen { side_turned: true, ..CitizenScreen::default() };
    danish.clone().narrow().draw(&side, &silent(desk(), 5, "bif"), "s1-missing-drawer-danish");
    Window::english().draw(&screen, &everything(), "s1-settle-nothing");
    let letters = [
        (Window { focus: Focus::on(FocusId::new("citizen/sheet/letter/papers")), ..Window::english() }, "s1-letter"),
        (dark, "s1-letter-dark"),
        (danish.clone(), "s1-letter-danish"),
        (danish.narrow(), "s1-letter-1024-danish"),
    ];
    let edited = with_letter(
        desk(),
        vec![
            LetterInput::ToggleActive,
            LetterInput::Typed("Own words".to_owned()),
            LetterInput::Deadline("24/12".into()),
        ],
    );
    for (window, name) in letters {
        let picture = show_sheet(&window, &with_letter(desk(), Vec::new()), |bench| bench.draw(1.0, window.theme));
        picture.save(&pictures().join(format!("{name}.png")));
    }
    let window = Window::english();
    show_sheet(&window, &edited, |bench| bench.draw(1.0, window.theme)).save(&pictures().join("s1-letter-edited.png"));
}
