//! The citizen page is drawn without a display, walked by keyboard, and says what is not known.

mod course;
mod offline;
mod settle;
pub(crate) mod world;

use std::path::{Path, PathBuf};

use iced::Size;
use iced::keyboard::key::Named;
use iced::widget::column;
use serde_json::json;
use skranke_api::citizens::Revealed;
use skranke_client::ClientError;
use skranke_desk::Load;
use skranke_desk::citizen::Reveal;
use skranke_desk::session::Line;

use super::*;
use crate::focus::{ControlInfo, Focus};
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{Density, Look, ThemeName, Tokens};
use crate::widget::panel::surface;
use world::{everything, known, of, opened, source};

/// How the window is that a test looks at.
#[derive(Clone)]
struct Window {
    language: Language,
    theme: ThemeName,
    focus: Focus,
    density: Density,
    size: Size,
}

impl Window {
    fn english() -> Self {
        let size = Size::new(1440.0, 900.0);
        Self {
            language: Language::English,
            theme: ThemeName::Light,
            focus: Focus::on(CASES),
            density: Density::Standard,
            size,
        }
    }

    fn narrow(self) -> Self {
        Self { size: Size::new(1024.0, 768.0), ..self }
    }

    fn look(&self) -> Look<'static> {
        let look = Look::new(Tokens::of(self.theme), Texts::of(self.language), &self.focus, world::now());
        Look { density: self.density, width: self.size.width, height: self.size.height, ..look }
    }

    fn show<T>(&self, screen: &CitizenScreen, desk: &Desk, check: impl FnOnce(&mut Bench<'_, Message>) -> T) -> T {
        let look = self.look();
        let view = screen.view(Scene { look: &look, desk });
        check(&mut Bench::new(view, self.size))
    }

    /// A picture with the slab's and the bar's room about it, as the window has them.
    fn draw(&self, screen: &CitizenScreen, desk: &Desk, name: &str) {
        let look = self.look();
        let slab = surface(look.tokens.slab, gap().height(48.0).width(Length::Fill));
        let keys = screen.keys(desk, look.texts).into_iter().filter(|key| key.printed == crate::screens::Printed::Bar);
        let keys = keys.map(|key| crate::widget::ActionKey {
            id: FocusId::new("action").child(key.label),
            key: key.chord.to_owned(),
            label: look.t(key.label),
            disabled: key.disabled,
            on_press: key.message,
        });
        let bar = crate::widget::action_bar(&look, keys, []);
        let page = column![slab, screen.view(Scene { look: &look, desk }), bar];
        let picture = Bench::new(page, self.size).draw(1.0, self.theme);
        picture.save(&pictures().join(format!("{name}.png")));
    }
}

fn pictures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures")
}

fn said(desk: &Desk) -> String {
    Window::english().show(&CitizenScreen::default(), desk, |bench| bench.texts().join(" | "))
}

fn control<'c>(controls: &'c [ControlInfo], id: &str) -> &'c ControlInfo {
    controls.iter().find(|one| one.id.as_str() == id).unwrap_or_else(|| panic!("no control {id}"))
}

fn dead() -> ClientError {
    ClientError::Offline
}

#[test]
fn no_control_of_the_page_is_without_a_name_and_none_stands_twice() {
    let turned = CitizenScreen { facts: true, side_turned: true, ..CitizenScreen::default() };
    let silent = {
        let mut desk = everything();
        world::page(&mut desk).sources[5].section = Some(world::unavailable("bif"));
        desk
    };
    for (desk, screen) in
        [(everything(), CitizenScreen::default()), (silent, turned), (opened(), CitizenScreen::default())]
    {
        for language in Language::ALL {
            for window in [Window { language, ..Window::english() }, Window { language, ..Window::english() }.narrow()]
            {
                let controls = window.show(&screen, &desk, |bench| bench.controls());
                for one in &controls {
                    assert!(!one.name.trim().is_empty() && !one.name.contains('⟦'), "{:?}: {}", one.id, one.name);
                }
                let ids: std::collections::HashSet<_> = controls.iter().map(|one| &one.id).collect();
                assert_eq!(ids.len(), controls.len(), "an id stands twice");
            }
        }
    }
}

#[test]
fn no_text_is_missing_in_either_language() {
    let screen = CitizenScreen { facts: true, ..CitizenScreen::default() };
    for language in Language::ALL {
        for density in [Density::Calm, Density::Dense] {
            let window = Window { language, density, ..Window::english() };
            let texts = window.show(&screen, &everything(), |bench| bench.texts());
            assert!(!texts.iter().any(|text| text.contains('⟦')), "{texts:?}");
        }
    }
}

#[test]
fn the_number_stays_masked_until_it_is_asked_for() {
    let mut desk = everything();
    assert!(said(&desk).contains("721190-••••"));
    world::page(&mut desk).reveal = Reveal::Shown(of::<Revealed>(json!({ "field": "cpr", "value": "721190-0123" })));
    let shown = said(&desk);
    assert!(shown.contains("721190-0123") && !shown.contains("721190-••••"));
}

#[test]
fn a_protected_address_is_unmissable_and_only_shown_when_asked_for() {
    let mut desk = everything();
    let hidden = said(&desk);
    assert!(hidden.contains("Protected") && hidden.contains("Do not say it aloud"));
    let keys = CitizenScreen::default().keys(&desk, Texts::of(Language::English));
    assert!(keys.iter().any(|key| key.chord == "A"));
    world::page(&mut desk).reveal =
        Reveal::Shown(of::<Revealed>(json!({ "field": "address", "value": "Tanglænken 4, 2. tv, 2999 Skovvig" })));
    let shown = said(&desk);
    assert!(shown.contains("Tanglænken 4") && shown.contains("Do not say it aloud"));
    assert!(shown.contains("721190-••••"), "the number is another secret");
}

#[test]
fn without_protection_there_is_no_key_for_the_address() {
    let mut desk = everything();
    let mut plain = world::identity();
    plain["address"] =
        json!({ "view": "shown", "street": "Tanglænken 4, 2. tv", "postcode": "2999", "district": "Skovvig" });
    world::page(&mut desk).identity = known(of(plain));
    assert!(said(&desk).contains("2999 Skovvig"));
    let keys = CitizenScreen::default().keys(&desk, Texts::of(Language::English));
    assert!(!keys.iter().any(|key| key.chord == "A"));
}

#[test]
fn a_number_that_could_not_be_fetched_is_a_sentence_not_a_number() {
    let mut desk = everything();
    world::page(&mut desk).reveal = Reveal::Failed(dead());
    let mut screen = CitizenScreen::default();
    let _ = screen.update(Message::Reveal(HiddenField::Address), &desk);
    let texts = |screen: &CitizenScreen| Window::english().show(screen, &desk, |bench| bench.texts().join(" | "));
    assert!(texts(&screen).contains("The address is not shown. There is no connection"));
    let _ = screen.update(Message::Reveal(HiddenField::Cpr), &desk);
    assert!(texts(&screen).contains("The CPR number is not shown."));
}

#[test]
fn an_old_number_leads_to_the_current_one() {
    let mut desk = everything();
    let mut old = world::identity();
    old["status"] = json!("changed_number");
    old["current"] = json!(world::case_id(77));
    world::page(&mut desk).identity = known(of(old));
    assert!(said(&desk).contains("Old number"));
    let pressed = Window::english().show(&CitizenScreen::default(), &desk, |bench| {
        let at = control(&bench.controls(), "citizen/current").bounds.center();
        bench.click(at)
    });
    let [Message::OpenCitizen(current)] = pressed.as_slice() else { panic!("{pressed:?}") };
    match CitizenScreen::default().update(Message::OpenCitizen(*current), &desk) {
        Action::Desk(Input::OpenCitizen(id, purpose)) => {
            assert_eq!((id, purpose), (*current, desk.citizen().unwrap().purpose.clone()));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_silent_department_is_unknown_not_absent() {
    let mut desk = everything();
    world::page(&mut desk).sources[5].section = Some(world::unavailable("bif"));
    let said = said(&desk);
    assert!(said.contains("BIF is not answering (503)."), "{said}");
    assert!(said.contains("Cases here are unknown, not absent."));
    assert!(said.contains("BIF unknown"));
    assert!(said.contains("unknown while BIF is not answering"), "what is also affected may have a case there");
    assert!(said.contains("7 of 9 sources live"));
}

#[test]
fn sources_that_do_not_answer_stay_in_sight_however_little_room_there_is() {
    let texts = |width: f32| {
        let window = Window { size: Size::new(width, 900.0), ..Window::english() };
        window.show(&CitizenScreen::default(), &everything(), |bench| bench.texts().join(" | "))
    };
    assert!(texts(1440.0).contains("TMF | 0.3 s"));
    let tight = texts(1300.0);
    assert!(tight.contains("TMF | ") && !tight.contains("TMF | 0.3 s"), "{tight}");
    for width in [1440.0, 1300.0, 960.0] {
        let texts = texts(width);
        assert!(texts.contains("BIF | not answering, shown as at 09:12") && texts.contains("no access in your role"));
    }
}

#[test]
fn a_silent_department_shows_even_while_every_panel_is_folded() {
    let mut desk = everything();
    world::page(&mut desk).sources[5].section = Some(world::unavailable("bif"));
    let all: Vec<_> =
        desk.citizen().unwrap().groups().iter().filter_map(|group| group.situation.map(|s| s.id)).collect();
    world::page(&mut desk).folded = all;
    assert!(said(&desk).contains("BIF is not answering (503)."));
}

#[test]
fn no_cases_is_said_only_when_every_department_has_answered() {
    let mut desk = everything();
    let empty = |id: &str| world::section(id, 100, json!({ "outcome": "answered", "cases": [], "situations": [] }));
    let page = world::page(&mut desk);
    page.selected = None;
    page.sources = world::DEPARTMENTS.iter().map(|(id, _)| source(id, Some(empty(id)))).collect();
    assert!(said(&desk).contains("No cases known"));
    let unknown: [(Option<skranke_api::overview::Section>, bool); 3] =
        [(Some(world::unavailable("bif")), false), (None, true), (None, false)];
    for (section, waiting) in unknown {
        let page = world::page(&mut desk);
        page.sources[5].section = section;
        page.sources[5].waiting = waiting;
        page.sources[5].lost = !waiting;
        assert!(!said(&desk).contains("No cases known"));
    }
}

#[test]
fn a_department_without_access_leaves_no_trace_of_a_case() {
    let said = said(&everything());
    assert!(said.contains("no access in your role"));
    assert!(!said.contains("Social support"), "not even a suggestion");
}

#[test]
fn an_answer_that_is_old_says_from_when() {
    let said_then = said(&everything());
    assert!(said_then.contains("not answering, shown as at 09:12"));
    let mut desk = everything();
    let page = world::page(&mut desk);
    page.sources[0].lost = true;
    page.sources[0].section = Some(world::answered("kff"));
    assert!(said(&desk).contains("10:05"), "asked again in vain: its rows carry the time they are from");
}

#[test]
fn an_overview_that_could_not_be_asked_for_says_so() {
    let mut desk = everything();
    let page = world::page(&mut desk);
    page.sources = Vec::new();
    page.overview_trouble = Some(dead());
    let said = said(&desk);
    assert!(said.contains("The cases are unknown") && said.contains("There is no connection to the server."), "{said}");
    assert!(!said.contains("No cases known"));
}

#[test]
fn what_could_not_be_fetched_is_never_shown_as_nothing() {
    let mut desk = everything();
    let page = world::page(&mut desk);
    let failed = |at| Load::Failed { error: dead(), at };
    let at = world::now().timestamp();
    page.identity = Load::Failed { error: dead(), at };
    page.contacts = Load::Failed { error: dead(), at };
    page.appointments = failed(at);
    let said = said(&desk);
    for sentence in ["We do not know who this is", "The contacts are unknown", "The appointments are unknown"] {
        assert!(said.contains(sentence), "{said}");
    }
    assert!(!said.contains("No contacts yet") && !said.contains("None booked"));
}

#[test]
fn what_is_old_because_asking_again_failed_carries_its_age() {
    let mut desk = everything();
    let page = world::page(&mut desk);
    if let Load::Known { trouble, .. } = &mut page.identity {
        *trouble = Some(dead());
    }
    assert!(said(&desk).contains("Shown as at 10:06. There is no connection"));
}

#[test]
fn the_skeleton_comes_after_a_moment_and_names_the_departments_still_asked() {
    let mut desk = everything();
    let page = world::page(&mut desk);
    page.sources[7] = source("siri", None);
    page.sources[8] = source("skat", None);
    let said = said(&desk);
    assert!(said.contains("2 departments still answering") && said.contains("5 of 9 sources so far"), "{said}");
    let skat = world::section("skat", 100, json!({ "outcome": "answered", "cases": [], "situations": [] }));
    world::page(&mut desk).sources[8] = source("skat", Some(skat));
    assert!(self::said(&desk).contains("1 department still answering"));
}

#[test]
fn an_arrow_moves_to_the_next_case_and_enter_opens_it() {
    let mut desk = everything();
    let mut screen = CitizenScreen::default();
    let before = desk.citizen().unwrap().selected;
    match screen.update(Message::Step(Step::Next), &desk) {
        Action::Both(input, _) => drop(desk.update(input, world::now().timestamp())),
        other => panic!("{other:?}"),
    }
    let after = desk.citizen().unwrap().selected;
    assert_ne!(before, after);
    let pressed = Window::english().show(&screen, &desk, |bench| bench.press(Named::Enter));
    assert!(matches!(pressed.as_slice(), [Message::OpenSelected]), "{pressed:?}");
    match screen.update(Message::OpenSelected, &desk) {
        Action::Desk(Input::OpenCase(case, purpose)) => {
            assert_eq!(Some(case), after);
            assert_eq!(purpose, desk.citizen().unwrap().purpose);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_is_one_stop_and_tells_its_chosen_row() {
    let controls = Window::english().show(&CitizenScreen::default(), &everything(), |bench| bench.controls());
    let list = control(&controls, CASES.as_str());
    assert_eq!(list.state.active.as_deref(), Some("KFF, Registration of entry (CPR), Ready to attend"));
    let of_cases =
        |one: &&ControlInfo| one.role == crate::focus::Role::ListItem && one.id.as_str().starts_with("citizen/cases/");
    let rows: Vec<_> = controls.iter().filter(of_cases).collect();
    assert_eq!(rows.len(), 8, "all but the folded one");
    assert!(rows.iter().all(|row| !row.role.is_stop()));
    assert!(
        rows.iter()
            .any(|row| row.name.contains("Change of address, 3 people") && row.name.contains("Tenancy contract"))
    );
}

#[test]
fn a_click_chooses_a_row_and_the_head_folds_its_panel() {
    let desk = everything();
    Window::english().show(&CitizenScreen::default(), &desk, |bench| {
        let controls = bench.controls();
        let row = control(&controls, case_id(world::case_id(2)).as_str()).bounds.center();
        assert!(matches!(bench.click(row).as_slice(), [Message::Select(case)] if *case == world::case_id(2)));
        let head = controls.iter().find(|one| one.name == "Moving").unwrap();
        assert_eq!(head.state.expanded, Some(true));
        assert!(matches!(bench.click(head.bounds.center()).as_slice(), [Message::Fold(_)]));
    });
}

#[test]
fn booking_says_why_it_cannot_be_done() {
    let book = |desk: &Desk| {
        let keys = CitizenScreen::default().keys(desk, Texts::of(Language::English));
        keys.into_iter().find(|key| key.chord == "B").unwrap().disabled
    };
    let mut desk = everything();
    assert_eq!(book(&desk).as_deref(), Some("Nobody needs to attend for this case."));
    desk.session.line = Line::Down { since: world::now().timestamp() };
    assert!(book(&desk).is_some_and(|why| why.contains("nobody knows which times are free")));
    desk.session.line = Line::Up;
    world::page(&mut desk).selected = None;
    assert_eq!(book(&desk).as_deref(), Some("Choose a case first."));
}

#[test]
fn a_late_case_says_so_in_words() {
    let controls = Window::english().show(&CitizenScreen::default(), &everything(), |bench| bench.controls());
    let late = control(&controls, case_id(world::case_id(5)).as_str());
    assert!(late.name.contains("2 Jun, past deadline"), "{}", late.name);
    assert!(said(&everything()).contains("1 late"));
}

#[test]
fn a_narrow_window_keeps_what_must_never_be_dropped() {
    let window = Window::english().narrow();
    let screen = CitizenScreen::default();
    let texts = window.show(&screen, &everything(), |bench| bench.texts().join(" | "));
    for kept in [
        "Kalina Testrup Wrona",
        "721190-••••",
        "Address protected",
        "Polish",
        "Tomorrow",
        "Ready to attend",
        "7 of 9 sources live",
    ] {
        assert!(texts.contains(kept), "{kept}: {texts}");
    }
    assert!(!texts.contains("Per Ravnkilde") && !texts.contains("Next appointment"));
    let drawer = CitizenScreen { side_turned: true, ..CitizenScreen::default() };
    assert!(window.show(&drawer, &everything(), |bench| bench.texts().join(" | ")).contains("Next appointment"));
}

#[test]
fn all_facts_are_under_one_key() {
    let mut screen = CitizenScreen::default();
    let _ = screen.update(Message::Facts, &everything());
    let texts = Window::english().show(&screen, &everything(), |bench| bench.texts().join(" | "));
    for fact in
        ["12 Nov 1990", "Divorced", "Skovvig Kommune", "Danuta, 41", "elsewhere", "No marketing", "kalina@example.dk"]
    {
        assert!(texts.contains(fact), "{fact}: {texts}");
    }
}

#[test]
fn the_page_is_drawn_in_its_states_for_the_eye() {
    let screen = CitizenScreen::default();
    let desk = everything();
    for language in Language::ALL {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            let window = Window { language, theme, ..Window::english() };
            let name =
                format!("citizen-{}-{}", if theme == ThemeName::Light { "light" } else { "dark" }, language.code());
            window.draw(&screen, &desk, &name);
        }
    }
    let window = Window::english();
    window.clone().narrow().draw(&screen, &desk, "citizen-narrow");
    let turned = CitizenScreen { side_turned: true, facts: true, ..CitizenScreen::default() };
    window.clone().narrow().draw(&turned, &desk, "citizen-narrow-drawer");
    let facts = CitizenScreen { facts: true, ..CitizenScreen::default() };
    window.draw(&facts, &desk, "citizen-facts");
    Window { density: Density::Dense, ..window.clone() }.draw(&screen, &desk, "citizen-dense");
    Window { density: Density::Calm, language: Language::Danish, ..window.clone() }.draw(
        &screen,
        &desk,
        "citizen-calm-da",
    );

    let mut waiting = everything();
    for at in [5, 7, 8] {
        let id = world::DEPARTMENTS[at].0;
        world::page(&mut waiting).sources[at] = source(id, None);
    }
    window.draw(&screen, &waiting, "citizen-loading");

    let mut silent = everything();
    let page = world::page(&mut silent);
    page.sources[5].section = Some(world::unavailable("bif"));
    page.sources[8].section = None;
    page.sources[8].lost = true;
    page.overview_trouble = Some(ClientError::Truncated);
    page.reveal = Reveal::Failed(dead());
    page.contacts = Load::Failed { error: dead(), at: world::now().timestamp() };
    window.draw(&screen, &silent, "citizen-silent");
    window.clone().narrow().draw(&screen, &silent, "citizen-silent-narrow");

    let mut nothing = everything();
    let page = world::page(&mut nothing);
    page.identity = Load::Waiting { since: world::before(400) };
    page.contacts = Load::Waiting { since: world::before(400) };
    page.appointments = Load::Waiting { since: world::before(400) };
    page.sources = Vec::new();
    window.draw(&screen, &nothing, "citizen-first-moments");

    let mut plain = everything();
    let mut identity = world::identity();
    identity["address"] =
        json!({ "view": "shown", "street": "Tanglænken 4, 2. tv", "postcode": "2999", "district": "Skovvig" });
    identity["status"] = json!("departed");
    identity["adviser"] = json!("Signe Aabo, SOF");
    identity["exemptFromDigitalPost"] = json!(true);
    identity["cprReplacement"] = json!(false);
    identity["interpreter"] = json!(null);
    let page = world::page(&mut plain);
    page.identity = known(of(identity));
    let empty = |id: &str| world::section(id, 100, json!({ "outcome": "answered", "cases": [], "situations": [] }));
    page.sources = world::DEPARTMENTS
        .iter()
        .map(|(id, _)| source(id, Some(if *id == "sof" { world::withheld(id) } else { empty(id) })))
        .collect();
    page.selected = None;
    page.appointments = known(of(world::calendar(&[])));
    page.contacts = known(Vec::new());
    window.draw(&screen, &plain, "citizen-no-cases");
}
