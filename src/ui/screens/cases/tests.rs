//! The list of cases is drawn without a display, walked by keyboard, and fetched page by page.

use std::path::Path;

use iced::Size;
use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use skranke_api::{Cursor, ETag};
use skranke_client::ClientError;
use skranke_desk::settings::Settings;
use skranke_desk::{Effect, Place, Question};
use skranke_domain::authority::Role as StaffRole;
use skranke_domain::case::{NextStep, Phase};
use skranke_domain::readiness::Readiness;
use skranke_domain::{CitizenId, DepartmentId, Localized, ProcedureId};

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

const TITLES: [(&str, &str, &str); 8] = [
    ("siri", "EU-opholdsbevis", "EU residence certificate"),
    ("okf", "Lån til beboerindskud", "Loan for rent deposit"),
    (
        "kff",
        "Registrering af indrejse som EU-arbejdstager med medfølgende familie",
        "Registration of entry as an EU employee with accompanying family",
    ),
    ("kff", "Sundhedskort", "Health card"),
    ("buf", "Dagtilbudsplads", "Daycare place"),
    ("kff", "Navneændring", "Name change"),
    ("bif", "Danskuddannelse", "Danish lessons"),
    ("skat", "Skattekort", "Tax card"),
];

const PAPERS: [(&str, &str); 3] = [
    ("Kontrakt underskrevet af arbejdsgiver", "Contract signed by employer"),
    ("Lejekontrakt", "Tenancy contract"),
    ("Pas", "Passport"),
];

const STEPS: [NextStep; 7] = [
    NextStep::CitizenSendsPapers,
    NextStep::CheckPapers,
    NextStep::BookAttendance,
    NextStep::Attendance,
    NextStep::Decide,
    NextStep::Issue,
    NextStep::None,
];

fn case(n: usize) -> CaseRow {
    let (department, da, en) = TITLES[n % TITLES.len()];
    let column =
        [Column::AwaitingCitizen, Column::InProgress, Column::ReadyForAttendance, Column::InProgress, Column::Closed]
            [n % 5];
    let open = if column == Column::AwaitingCitizen { u16::try_from(n % 4 + 1).expect("small") } else { 0 };
    let step = match column {
        Column::Closed => NextStep::None,
        Column::AwaitingCitizen => NextStep::CitizenSendsPapers,
        _ => STEPS[1 + n % 5],
    };
    let day = i64::try_from(n / 2).expect("small");
    CaseRow {
        id: CaseId(uuid::Uuid::from_u128(0xCA5E_0000 + n as u128)),
        number: format!("{}-2026-{}", department.to_uppercase(), 117_900 + n),
        citizen: CitizenId(uuid::Uuid::from_u128(0xC000 + n as u128)),
        procedure: ProcedureId::parse("cpr-eu-employee").expect("a slug"),
        title: Localized::new(da, en),
        department: DepartmentId::parse(department).expect("a slug"),
        situation: None,
        phase: Phase::Received,
        column,
        next_step: step,
        responsible: (n % 6 != 5).then(|| ["Ida Mørk", "Per Ravnkilde", "Tove Hjortlund-Abildgaard"][n % 3].to_owned()),
        deadline: (n % 9 != 8).then(|| date(2026, 6, 7).saturating_add(jiff::Span::new().days(day))),
        readiness: Readiness {
            applicable: 8,
            settled: 4,
            open_before_visit: open,
            open_at_visit: 0,
            awaiting_citizen: open,
            to_check: 2,
        },
        missing: PAPERS.iter().take(usize::from(open)).map(|(da, en)| Localized::new(*da, *en)).collect(),
        attendance: (step == NextStep::Attendance).then(|| now().timestamp()),
        changed: now().timestamp(),
        changed_by: None,
        etag: ETag::of_version(1),
    }
}

fn desk(set: impl FnOnce(&mut CasesPage)) -> Desk {
    let mut desk = Desk::new(StaffRole::Caseworker, Settings::default(), tz());
    desk.update(Input::Go(Place::Cases), now().timestamp());
    for (id, tag) in
        [("siri", "SIRI"), ("okf", "ØKF"), ("kff", "KFF"), ("buf", "BUF"), ("bif", "BIF"), ("skat", "Skat")]
    {
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
    set(desk.cases.as_mut().expect("it opened"));
    desk
}

fn full(count: usize) -> Desk {
    desk(|page| {
        page.rows = (0..count).map(case).collect();
        page.waiting = false;
        page.at = Some(now().timestamp());
    })
}

fn with_more(mut desk: Desk) -> Desk {
    desk.cases.as_mut().expect("open").next = Some(Cursor("opaque".to_owned()));
    desk
}

fn page() -> Size {
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
    let focus = Focus::on(FIRST);
    let look = Look { width: size.width, ..Look::new(Tokens::of(look.1), &texts, &focus, now()) };
    let mut bench = Bench::new(screen.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

fn picture(name: &str, desk: &Desk, language: Language, theme: ThemeName, size: Size) {
    let pixels = shown(desk, &CasesScreen::default(), (language, theme), size, |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 30, "only {} colours: is anything drawn?", colors.len());
}

#[test]
fn the_list_is_drawn_in_both_themes_and_languages() {
    let mut desk = with_more(full(100));
    desk.cases.as_mut().expect("open").selected = Some(case(2).id);
    for language in Language::ALL {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            picture("cases", &desk, language, theme, page());
        }
    }
    picture("cases-narrow", &desk, Language::Danish, ThemeName::Light, Size::new(1024.0, 676.0));
    picture("cases-few", &full(7), Language::English, ThemeName::Light, page());
    picture("cases-none", &full(0), Language::English, ThemeName::Light, page());
    picture("cases-waiting", &self::desk(|_| {}), Language::English, ThemeName::Light, page());
    let silent = self::desk(|page| {
        page.waiting = false;
        page.trouble = Some(ClientError::TimedOut);
    });
    picture("cases-silent", &silent, Language::English, ThemeName::Light, page());
}

#[test]
fn every_control_of_the_list_has_a_name_and_an_id_of_its_own() {
    for language in Language::ALL {
        let controls =
            shown(&with_more(full(60)), &CasesScreen::default(), (language, ThemeName::Light), page(), |bench| {
                bench.controls()
            });
        let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
        assert_eq!(ids.len(), controls.len(), "an id stands twice");
        assert!(controls.len() > 30, "{}", controls.len());
        for control in &controls {
            assert!(
                !control.name.trim().is_empty() && !control.name.contains('⟦'),
                "{:?}: {}",
                control.id,
                control.name
            );
        }
    }
}

#[test]
fn a_row_says_everything_that_stands_in_it() {
    let controls = shown(&full(20), &CasesScreen::default(), (Language::English, ThemeName::Light), page(), |bench| {
        bench.controls()
    });
    let names: Vec<&str> = controls.iter().map(|control| control.name.as_str()).collect();
    let late = "EU residence certificate, SIRI-2026-117900, SIRI, Past deadline, deadline 7 Jun, missing: Contract signed by employer, Citizen sends papers";
    assert!(names.contains(&late), "{names:#?}");
}

#[test]
fn of_a_hundred_thousand_cases_only_those_in_sight_are_built() {
    let desk = full(100_000);
    let screen = CasesScreen { scrolled: Scrolled { offset: 50_000.0 * ROW, height: 640.0 } };
    let controls = shown(&desk, &screen, (Language::English, ThemeName::Light), page(), |bench| bench.controls());
    assert!((25..60).contains(&controls.len()), "{}", controls.len());
    assert!(controls.iter().any(|control| control.name.contains("-167900")), "the 50,000th is among them");
}

fn effects(action: Action<Message>, desk: &mut Desk) -> Vec<Effect> {
    match action {
        Action::Desk(input) | Action::Both(input, _) => desk.update(input, Timestamp::UNIX_EPOCH),
        _ => Vec::new(),
    }
}

#[test]
fn the_next_page_is_fetched_before_the_end_is_reached_and_once_only() {
    let mut desk = with_more(full(100));
    let mut screen = CasesScreen::default();
    let far = Message::Scrolled(Scrolled { offset: 10.0 * ROW, height: 640.0 });
    assert!(effects(screen.update(far, &desk), &mut desk).is_empty(), "the end is far off");
    let near = Message::Scrolled(Scrolled { offset: 60.0 * ROW, height: 640.0 });
    let asked = effects(screen.update(near.clone(), &desk), &mut desk);
    assert!(matches!(&asked[..], [Effect::Ask(_, Question::Cases(_, Some(_)))]), "{asked:?}");
    assert!(effects(screen.update(near, &desk), &mut desk).is_empty(), "it is under way");
}

#[test]
fn after_a_failure_nothing_is_fetched_until_she_says_so() {
    let mut desk = with_more(full(100));
    desk.cases.as_mut().expect("open").trouble = Some(ClientError::TimedOut);
    let mut screen = CasesScreen::default();
    let end = Message::Scrolled(Scrolled { offset: 90.0 * ROW, height: 640.0 });
    assert!(effects(screen.update(end, &desk), &mut desk).is_empty());
    let controls = shown(&desk, &screen, (Language::English, ThemeName::Light), page(), |bench| bench.controls());
    assert!(controls.iter().any(|control| control.name == "Fetch more"));
    assert!(!effects(screen.update(Message::More, &desk), &mut desk).is_empty());
}

#[test]
fn the_arrows_choose_and_enter_opens_the_case_to_work_on_it() {
    let mut desk = full(50);
    let mut screen = CasesScreen::default();
    for _ in 0..3 {
        let action = screen.update(Message::Step(Step::Next), &desk);
        effects(action, &mut desk);
    }
    let chosen = desk.cases.as_ref().expect("open").selected;
    assert_eq!(chosen, Some(case(3).id), "the first was active already");
    let keys = screen.keys(&desk, &Texts::new(Language::English));
    let enter = keys.into_iter().find(|key| key.chord == "↵").expect("there");
    assert_eq!(enter.disabled, None);
    match screen.update(enter.message, &desk) {
        Action::Desk(Input::OpenCase(id, purpose)) => assert_eq!((id, purpose.kind), (case(3).id, PurposeKind::Case)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn end_and_home_go_to_the_last_and_first_that_have_come() {
    let mut desk = full(50);
    let mut screen = CasesScreen::default();
    for (message, expected) in
        [(Message::End(Step::Next), 49), (Message::Page(-1), 16), (Message::End(Step::Previous), 0)]
    {
        let action = screen.update(message, &desk);
        effects(action, &mut desk);
        assert_eq!(place(desk.cases.as_ref().expect("open")), Some(expected));
    }
}

#[test]
fn the_arrow_to_the_right_goes_through_the_lists_and_stops_at_the_last() {
    let mut desk = full(5);
    let mut screen = CasesScreen::default();
    let mut seen = Vec::new();
    for _ in 0..5 {
        let action = screen.update(Message::Filter(1), &desk);
        effects(action, &mut desk);
        seen.push(desk.cases.as_ref().expect("open").column);
    }
    assert_eq!(seen[..4], COLUMNS[1..]);
    assert_eq!(seen[4], Some(Column::Closed));
}
