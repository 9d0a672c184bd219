//! The board and the table are drawn without a display, walked by keyboard, filtered, marked.

use std::path::Path;

use iced::Size;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use skranke_api::ETag;
use skranke_api::board::{
    BoardColumn, BoardFilter, BoardSort, BoardView, Effort, Facet, Facets, ScopeCounts, Weather, WeatherLine,
};
use skranke_api::overview::CaseRow;
use skranke_desk::board::FilterChange;
use skranke_desk::board::layers::Choice;
use skranke_desk::board::views::{SavedView, whole};
use skranke_desk::settings::Settings;
use skranke_desk::{Effect, Place, Question};
use skranke_domain::authority::Role as StaffRole;
use skranke_domain::case::{Column as CaseColumn, NextStep, Phase};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::readiness::Readiness;
use skranke_domain::{CitizenId, DepartmentId, Localized, MunicipalityId, ProcedureId};

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").expect("bundled")
}

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

const TITLES: [(&str, &str, &str); 9] = [
    ("okf", "Lån til beboerindskud", "Loan for rent deposit"),
    ("kff", "Indrejse, 2 personer", "Entry, 2 people"),
    ("bif", "Danskuddannelse", "Danish lessons"),
    ("buf", "Skoleplads", "School place"),
    ("kff", "Sundhedskort", "Health card"),
    ("kff", "Flytning", "Change of address"),
    ("siri", "EU-opholdsbevis", "EU residence certificate"),
    ("kff", "Registrering af indrejse", "Registration of entry"),
    ("kff", "Navneændring", "Name change"),
];

const NAMES: [&str; 7] = [
    "Astrid Rindom",
    "Nora Vadgaard",
    "Kalina Testrup Wrona",
    "Sif Oddershede",
    "Ulf Ravnsbo",
    "Oskar Sandahl",
    "Quintus Damsbo",
];

const PAPERS: [(&str, &str); 4] =
    [("Pas", "Passport"), ("Foto", "Photo"), ("Kontrakt", "Contract"), ("Fødselsattest", "Birth certificate")];

fn case(n: usize, column: CaseColumn) -> BoardRow {
    let (department, da, en) = TITLES[n % TITLES.len()];
    let waits = column == CaseColumn::AwaitingCitizen;
    let open = if waits { u16::try_from(n % 4 + 1).expect("small") } else { 0 };
    let to_check = u16::from(column == CaseColumn::InProgress && n % 3 == 1);
    let booked = column == CaseColumn::ReadyForAttendance && n % 4 != 3;
    let next_step = match column {
        CaseColumn::Closed => NextStep::None,
        CaseColumn::AwaitingCitizen => NextStep::CitizenSendsPapers,
        CaseColumn::ReadyForAttendance if booked => NextStep::Attendance,
        CaseColumn::ReadyForAttendance => NextStep::BookAttendance,
        CaseColumn::InProgress if to_check > 0 => NextStep::CheckPapers,
        CaseColumn::InProgress => NextStep::Decide,
    };
    let days = i64::try_from(n % 40).expect("small");
    let attendance = booked.then(|| now().checked_add((24 * (days % 5)).hours()).expect("soon").timestamp());
    BoardRow {
        case: CaseRow {
            id: CaseId(uuid::Uuid::from_u128(0xCA5E_0000 + n as u128)),
            number: format!("{}-2026-{}", department.to_uppercase(), 117_900 + n),
            citizen: CitizenId(uuid::Uuid::from_u128(0xC000 + n as u128)),
            procedure: ProcedureId::parse("cpr-eu-employee").expect("a slug"),
            title: Localized::new(da, en),
            department: DepartmentId::parse(department).expect("a slug"),
            situation: None,
            phase: Phase::Received,
            column,
            next_step,
            responsible: Some("Ida Mellemgaard".to_owned()),
            deadline: (n % 9 != 8).then(|| date(2026, 6, 7).saturating_add(jiff::Span::new().days(days))),
            readiness: Readiness {
                applicable: 6,
                settled: 6 - open,
                open_before_visit: open,
                open_at_visit: 0,
                awaiting_citizen: open,
                to_check,
            },
            missing: (0..usize::from(open).min(3))
                .map(|at| PAPERS[(n + at) % PAPERS.len()])
                .map(|(da, en)| Localized::new(da, en))
                .collect(),
            attendance,
            changed: now().timestamp(),
            changed_by: Some("Tove Hjortlund".to_owned()),
            etag: ETag::of_version(1),
        },
        citizen_name: NAMES[n % NAMES.len()].to_owned(),
        language: LanguageCode("en".to_owned()),
        situation_kind: None,
        municipality: MunicipalityId::parse("kobenhavn").expect("a slug"),
        received: date(2026, 6, 9).saturating_sub(jiff::Span::new().days(21 - i64::try_from(n % 22).expect("small"))),
        responsible_id: None,
        initials: Some("IM".to_owned()),
        responsible_etag: ETag::of_version(1),
        asked: waits.then(|| date(2026, 6, 8)),
        reminder: (waits && n.is_multiple_of(2)).then(|| date(2026, 6, 12)),
        came: None,
        suspended: false,
    }
}

/// The first case of a column has a number of its own, so that no case stands twice.
const STARTS: [usize; 4] = [0, 1_000_005, 2_000_003, 3_000_001];

fn cards(column: usize, count: usize) -> Vec<BoardRow> {
    (0..count).map(|n| case(STARTS[column] + n, BOARD_COLUMNS[column])).collect()
}

fn view_of(counts: [usize; 4]) -> BoardView {
    let count = |n: usize| u32::try_from(n).expect("small");
    let columns = BOARD_COLUMNS.into_iter().enumerate().map(|(at, column)| BoardColumn {
        column,
        count: count(counts[at]),
        ages: [count(counts[at] / 6), count(counts[at] / 2), count(counts[at] / 6), 1],
        cards: cards(at, counts[at].min(40)),
    });
    let facet = |value: &str, da: &str, en: &str, count| Facet {
        value: value.to_owned(),
        title: Localized::new(da, en),
        count,
    };
    BoardView {
        scopes: ScopeCounts { mine: 23, team: 118, all: 964 },
        columns: columns.collect(),
        past_deadline: 1,
        came_overnight: 2,
        waited: 5,
        median_age: Some(6),
        weather: Weather {
            crossing: 14,
            days: [3, 1, 0, 4, 2, 1, 3],
            lines: (0..5)
                .map(|n| {
                    let row = case(n, CaseColumn::InProgress);
                    WeatherLine {
                        case: row.case.id,
                        title: row.case.title,
                        citizen_name: row.citizen_name,
                        deadline: date(2026, 6, 9)
                            .saturating_add(jiff::Span::new().days(i64::try_from(n).unwrap_or(0))),
                        effort: [Effort::Decide, Effort::CheckPapers, Effort::Ask, Effort::Remind, Effort::Book][n],
                        open: 2,
                    }
                })
                .collect(),
        },
        facets: Facets {
            situations: vec![facet("arriving", "Tilflytning", "Arriving", 41)],
            departments: vec![facet("kff", "KFF", "KFF", 60), facet("siri", "SIRI", "SIRI", 20)],
            responsible: Vec::new(),
            municipalities: vec![facet("kobenhavn", "København", "Copenhagen", 60)],
        },
    }
}

fn desk(settings: Settings) -> Desk {
    let mut desk = Desk::new(StaffRole::Caseworker, settings, tz());
    desk.update(Input::Go(Place::Cases), now().timestamp());
    for (id, tag) in [("siri", "SIRI"), ("okf", "ØKF"), ("kff", "KFF"), ("buf", "BUF"), ("bif", "BIF")] {
        let id = DepartmentId::parse(id).expect("a slug");
        let department = skranke_domain::department::Department {
            id: id.clone(),
            tag: tag.to_owned(),
            name: Localized::new(tag, tag),
            keeper: skranke_domain::department::Keeper::Municipality,
            asked: true,
            asks_before_handover: Vec::new(),
            reach: None,
        };
        let health = skranke_api::me::DepartmentHealth {
            department,
            capabilities: Vec::new(),
            health: skranke_api::me::Health::Answering,
            last_answer: None,
        };
        desk.session.departments.insert(id, health);
    }
    desk
}

fn full(counts: [usize; 4]) -> Desk {
    let mut desk = desk(Settings::default());
    let table = (0..4).flat_map(|at| cards(at, counts[at])).collect();
    desk.board_mut().expect("it opened").set_up(view_of(counts), table, now().timestamp());
    desk
}

const COUNTS: [usize; 4] = [6, 8, 4, 5];

fn size() -> Size {
    Size::new(1440.0, 900.0 - 48.0 - 44.0)
}

fn shown<T>(
    desk: &Desk,
    screen: &CasesScreen,
    look: (Language, ThemeName),
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(look.0);
    let focus = match begins(desk) {
        Some((id, _)) => Focus::on(id),
        None => Focus::on(FIRST),
    };
    let look =
        Look { width: size.width, height: size.height + 92.0, ..Look::new(Tokens::of(look.1), &texts, &focus, now()) };
    let mut bench = Bench::new(screen.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

const PLAIN: (Language, ThemeName) = (Language::English, ThemeName::Light);

fn picture(name: &str, desk: &Desk, language: Language, theme: ThemeName, size: Size) {
    let pixels = shown(desk, &CasesScreen::default(), (language, theme), size, |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 30, "only {} colours: is anything drawn?", colors.len());
}

fn effects(action: Action<Message>, desk: &mut Desk) -> Vec<Effect> {
    match action {
        Action::Desk(input) | Action::Both(input, _) => desk.update(input, now().timestamp()),
        _ => Vec::new(),
    }
}

fn tell(desk: &mut Desk, input: BoardInput) -> Vec<Effect> {
    desk.update(Input::Cases(input), now().timestamp())
}

fn marked() -> Desk {
    let mut desk = full(COUNTS);
    for n in 0..3 {
        tell(&mut desk, BoardInput::MarkCase(case(STARTS[1] + n, CaseColumn::AwaitingCitizen).case.id));
    }
    tell(&mut desk, BoardInput::Select(case(STARTS[1] + 1, CaseColumn::AwaitingCitizen).case.id));
    desk
}

fn as_table(mut desk: Desk) -> Desk {
    tell(&mut desk, BoardInput::Layout(Layout::Table));
    desk
}

#[test]
fn board_and_table_are_drawn_in_both_themes_and_languages() {
    let narrow = Size::new(1024.0, 676.0);
    for language in Language::ALL {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            picture("cases-board", &marked(), language, theme, size());
            picture("cases-table", &as_table(marked()), language, theme, size());
        }
        picture("cases-board-narrow", &marked(), language, ThemeName::Light, narrow);
        picture("cases-table-narrow", &as_table(full(COUNTS)), language, ThemeName::Light, narrow);
    }
    picture("cases-waiting", &desk(Settings::default()), Language::English, ThemeName::Light, size());
    picture("cases-none", &full([0; 4]), Language::English, ThemeName::Light, size());
    let mut assigned = full(COUNTS);
    tell(&mut assigned, BoardInput::Assign);
    assert!(tell(&mut assigned, BoardInput::Layer(LayerInput::Take)).is_empty(), "nobody is known yet");
    let mut peeked = full(COUNTS);
    tell(&mut peeked, BoardInput::Peek);
    picture("cases-peek", &peeked, Language::English, ThemeName::Light, size());
}

#[test]
fn every_layer_is_drawn_and_has_the_keyboard() {
    let opened = |input: BoardInput| {
        let mut desk = full(COUNTS);
        tell(&mut desk, input);
        desk
    };
    let layer = BoardInput::Layer;
    for (name, input) in [
        ("weather", layer(LayerInput::Weather)),
        ("columns", layer(LayerInput::Columns)),
        ("menu-department", layer(LayerInput::Menu(Menu::Department))),
        ("menu-views", layer(LayerInput::Menu(Menu::Views))),
        ("name", layer(LayerInput::SaveView)),
        ("assign", BoardInput::Assign),
        ("ask", BoardInput::Ask),
    ] {
        let mut desk = opened(input);
        if name == "ask" {
            // The first column's case is in progress and asks for nothing; its sheet is there all the same.
            assert!(desk.cases.as_ref().expect("open").layer.is_some());
        }
        let (id, _) = begins(&desk).expect(name);
        picture(&format!("cases-{name}"), &desk, Language::English, ThemeName::Light, size());
        let controls = shown(&desk, &CasesScreen::default(), PLAIN, size(), |bench| bench.controls());
        if name != "ask" {
            assert!(controls.iter().any(|control| control.id == id), "{name}: {id:?} is not there");
        }
        // Escape leaves every one of them.
        let screen = CasesScreen::default();
        let keys = screen.keys(&desk, &Texts::new(Language::English));
        let escape = keys.into_iter().find(|key| key.chord == "Esc").expect(name);
        let action = CasesScreen::default().update(escape.message, &desk);
        effects(action, &mut desk);
        assert_eq!(begins(&desk), None, "{name}");
    }
}

#[test]
fn every_control_has_a_name_and_an_id_of_its_own() {
    for language in Language::ALL {
        for desk in [marked(), as_table(marked())] {
            let look = (language, ThemeName::Light);
            let controls = shown(&desk, &CasesScreen::default(), look, size(), |bench| bench.controls());
            let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
            assert!(controls.len() > 30, "{}", controls.len());
            for control in &controls {
                let name = &control.name;
                assert!(!name.trim().is_empty() && !name.contains('⟦'), "{:?}: {name}", control.id);
            }
        }
    }
}

#[test]
fn a_card_says_everything_that_stands_on_it() {
    let controls = shown(&full(COUNTS), &CasesScreen::default(), PLAIN, size(), |bench| bench.controls());
    let names: Vec<&str> = controls.iter().map(|control| control.name.as_str()).collect();
    let late = "Loan for rent deposit, Astrid Rindom, OKF-2026-117900, ØKF, Past deadline, 21 days old, deadline 7 Jun, Decide, \
                responsible: Ida Mellemgaard";
    assert!(names.contains(&late), "{names:#?}");
}

#[test]
fn a_missing_paper_the_age_and_the_delay_are_read_on_the_cards() {
    let texts = shown(&full(COUNTS), &CasesScreen::default(), PLAIN, size(), |bench| bench.texts());
    for expected in
        ["2 days late", "Past deadline", "21 d", "A. Rindom", "New paper to check", "6 of 6 in order", "not booked"]
    {
        assert!(texts.iter().any(|text| text == expected), "{expected}: {texts:#?}");
    }
}

#[test]
fn of_a_hundred_thousand_cases_only_those_in_sight_are_built() {
    let desk = as_table(full([100_000, 0, 0, 0]));
    let mut screen = CasesScreen::default();
    screen.scrolled[0] = Scrolled { offset: 50_000.0 * ROW, height: 640.0 };
    let controls = shown(&desk, &screen, PLAIN, size(), |bench| bench.controls());
    let lines = controls.iter().filter(|control| control.name.contains("-2026-")).count();
    assert!((20..60).contains(&lines), "{lines}");
    assert!(controls.iter().any(|control| control.name.contains("-167900")), "the 50,000th is among them");
}

#[test]
fn the_arrows_go_through_a_column_and_from_column_to_column() {
    let mut desk = full(COUNTS);
    let mut screen = CasesScreen::default();
    let press = |screen: &mut CasesScreen, desk: &mut Desk, chord: &str| {
        let keys = screen.keys(desk, &Texts::new(Language::English));
        let key = keys.into_iter().find(|key| key.chord == chord).expect("there");
        let action = screen.update(key.message, desk);
        effects(action, desk);
        desk.cases.as_ref().expect("open").active().expect("a case").case.id
    };
    assert_eq!(press(&mut screen, &mut desk, "↓"), case(1, CaseColumn::InProgress).case.id);
    assert_eq!(press(&mut screen, &mut desk, "→"), case(STARTS[1] + 1, CaseColumn::AwaitingCitizen).case.id);
    assert_eq!(press(&mut screen, &mut desk, "End"), case(STARTS[1] + 7, CaseColumn::AwaitingCitizen).case.id);
    assert_eq!(press(&mut screen, &mut desk, "→"), case(STARTS[2] + 3, CaseColumn::ReadyForAttendance).case.id);
    assert_eq!(press(&mut screen, &mut desk, "Home"), case(STARTS[2], CaseColumn::ReadyForAttendance).case.id);
}

#[test]
fn enter_opens_the_case_to_work_on_it() {
    let desk = full(COUNTS);
    let mut screen = CasesScreen::default();
    let keys = screen.keys(&desk, &Texts::new(Language::English));
    let enter = keys.into_iter().find(|key| key.chord == "↵").expect("there");
    assert_eq!(enter.disabled, None);
    match screen.update(enter.message, &desk) {
        Action::Desk(Input::OpenCase(id, purpose)) => {
            assert_eq!((id, purpose.kind), (case(0, CaseColumn::InProgress).case.id, PurposeKind::Case));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn x_marks_and_escape_clears_before_it_leads_away() {
    let mut desk = full(COUNTS);
    let mut screen = CasesScreen::default();
    let texts = Texts::new(Language::English);
    for (chord, count) in [("X", 1), ("Esc", 0)] {
        let keys = screen.keys(&desk, &texts);
        let key = keys.into_iter().find(|key| key.chord == chord).expect("there");
        let action = screen.update(key.message, &desk);
        effects(action, &mut desk);
        assert_eq!(desk.cases.as_ref().expect("open").marked.len(), count);
    }
    assert!(screen.keys(&desk, &texts).iter().all(|key| key.chord != "Esc"), "now Esc is the window's");
}

#[test]
fn a_choice_of_a_menu_asks_for_those_cases_alone() {
    let mut desk = full(COUNTS);
    tell(&mut desk, BoardInput::Layer(LayerInput::Menu(Menu::Department)));
    let page = desk.cases.as_ref().expect("open");
    let choices = page.choices(Menu::Department, &[]);
    let siri =
        choices.iter().position(|choice| matches!(choice, Choice::Department(Some(facet)) if facet.value == "siri"));
    let asked = tell(&mut desk, BoardInput::Layer(LayerInput::TakeAt(siri.expect("there"))));
    let only = |filter: &BoardFilter| filter.department.as_ref().is_some_and(|id| id.to_string() == "siri");
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Board(filter)) if only(filter))));
    assert_eq!(begins(&desk), None);
}

#[test]
fn the_head_of_the_table_says_how_it_is_sorted_and_sorts() {
    let desk = as_table(full(COUNTS));
    let controls = shown(&desk, &CasesScreen::default(), PLAIN, size(), |bench| bench.controls());
    assert!(controls.iter().any(|control| control.name == "Sort by Deadline"));
    let mut sorted = desk;
    tell(&mut sorted, BoardInput::Filter(FilterChange::Sort(BoardSort::Deadline)));
    let filter = &sorted.cases.as_ref().expect("open").filter;
    assert_eq!(filter.sort, BoardSort::Deadline);
}

#[test]
fn saved_views_survive_the_settings_file() {
    let view = SavedView {
        name: "Frister".to_owned(),
        layout: Layout::Table,
        filter: BoardFilter {
            department: Some(DepartmentId::parse("kff").expect("a slug")),
            sort: BoardSort::Deadline,
            ..BoardFilter::default()
        },
        columns: whole(&[]),
    };
    let settings = Settings { columns: whole(&[]), views: vec![view.clone(), view], ..Settings::default() };
    let text = toml::to_string_pretty(&settings).expect("it is written");
    assert_eq!(toml::from_str::<Settings>(&text).expect("it is read"), settings, "{text}");
    // A file from before there were views.
    assert_eq!(toml::from_str::<Settings>("language = \"en\"\n").expect("it is read").views, Vec::new());
}

#[test]
fn after_a_failure_the_board_says_why_and_how_to_ask_again() {
    let mut desk = desk(Settings::default());
    let ticket = tell(&mut desk, BoardInput::AskAgain)
        .iter()
        .find_map(|effect| match effect {
            Effect::Ask(ticket, Question::Board(_)) => Some(*ticket),
            _ => None,
        })
        .expect("it asked");
    let reply = skranke_desk::Reply::Board(Box::new(Err(skranke_client::ClientError::TimedOut)));
    desk.update(Input::Reply(ticket, reply), Timestamp::UNIX_EPOCH);
    let texts = Texts::new(Language::English);
    let words = shown(&desk, &CasesScreen::default(), PLAIN, size(), |bench| bench.texts());
    assert!(words.contains(&texts.t("error-timed-out")), "{words:#?}");
}
