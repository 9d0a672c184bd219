//! The main screens beside their checked-in pictures: same clock, same seed, same fonts, a small tolerance. A missing one fails; one that
//! differs is written to `target/pictures` with its differences marked. `SKRANKE_UPDATE_PICTURES=1` adopts what is drawn.

use std::path::Path;
use std::time::Duration;

use skranke::desk::StandId;
use skranke::desk::settings::{Language, Settings, Theme};
use skranke::desk::sheets::SheetKind;
use skranke::domain::authority::Role;
use skranke::ui::App;
use skranke::ui::headless::PictureBook;

use crate::support::town::Town;
use crate::support::trust::{self, Layer, Visitor};
use crate::support::window::{Clerk, launch, sit_down};
use crate::support::{PATIENCE, PENSIONER, SHOWCASE};

/// How long nothing must happen before a screen counts as complete.
const QUIET: Duration = Duration::from_millis(300);

/// The screens, in one walk through a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Screen {
    Start,
    Palette,
    Citizen,
    Case,
    Calendar,
    Cases,
    Gallery,
    Turned,
    Locked,
    WrapUp,
    Letter,
    Situation,
    Stands,
}

impl Screen {
    /// Drawn in every theme and language.
    const ALL: [Self; 7] =
        [Self::Start, Self::Palette, Self::Citizen, Self::Case, Self::Calendar, Self::Cases, Self::Gallery];
    /// Drawn once in light and English, once in dark and Danish.
    const VISIT: [Self; 6] = [Self::Turned, Self::Locked, Self::WrapUp, Self::Letter, Self::Situation, Self::Stands];

    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Palette => "palette",
            Self::Citizen => "citizen",
            Self::Case => "case",
            Self::Calendar => "calendar",
            Self::Cases => "cases",
            Self::Gallery => "gallery",
            Self::Turned => "turned",
            Self::Locked => "locked",
            Self::WrapUp => "wrap-up",
            Self::Letter => "letter",
            Self::Situation => "situation",
            Self::Stands => "stands",
        }
    }
}

/// Goes from the screen before to this one, by keys.
fn go<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, screen: Screen) {
    match screen {
        Screen::Start => {}
        Screen::Palette => {
            clerk.press(&["Ctrl+K"]).type_text("wrona").offered("Wrona, Kalina");
        }
        Screen::Citizen => {
            clerk.press(&["Escape"]).open_showcase();
        }
        Screen::Case => {
            clerk.open_case("cpr-eu-employee");
        }
        Screen::Calendar => {
            clerk
                .press(&["Ctrl+4"])
                .until("the day", |desk| desk.calendar.as_ref().is_some_and(|c| c.site_day.value().is_some()));
        }
        Screen::Cases => {
            clerk
                .press(&["Ctrl+3"])
                .until("the cases", |desk| desk.cases.as_ref().is_some_and(skranke::desk::board::BoardPage::is_known));
        }
        Screen::Gallery => {
            let gallery = clerk.word("command-gallery");
            clerk.press(&["Ctrl+K"]).type_text(&format!(">{gallery}")).read(&gallery).press(&["Enter"]);
        }
        Screen::Turned => {
            clerk.open_citizen(SHOWCASE).press(&["F8"]).until("it is turned", |desk| desk.turned.is_some());
        }
        Screen::Locked => {
            clerk.press(&["F8", "Ctrl+L"]).until("it is locked", |desk| desk.lock.locked().is_some());
        }
        Screen::WrapUp => {
            clerk.press(&["Enter"]).until("it is open", |desk| desk.lock.locked().is_none());
            clerk.press(&["w"]).sheet_opens(SheetKind::WrapUp);
        }
        Screen::Letter => {
            clerk.press(&["Escape"]).sheet_closes().press(&["l"]).sheet_opens(SheetKind::Letter);
        }
        Screen::Situation => {
            clerk.press(&["Escape"]).sheet_closes().press(&["c"]).sheet_opens(SheetKind::Situation);
        }
        Screen::Stands => {
            clerk.press(&["Escape"]).sheet_closes().press(&["F6"]).open_citizen(PENSIONER);
        }
    }
}

const fn suffix(theme: Theme, language: Language) -> &'static str {
    match (theme, language) {
        (Theme::Light, Language::En) => "light-en",
        (Theme::Light, Language::Da) => "light-da",
        (Theme::Dark, Language::En) => "dark-en",
        (Theme::Dark, Language::Da) => "dark-da",
    }
}

/// Draws screens in one theme and language and compares each; all that differ are told together.
fn compare(theme: Theme, language: Language, screens: &[Screen]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = PictureBook::new(root.join("tests/pictures"), root.join("target/pictures"));
    let suffix = suffix(theme, language);
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let settings = Settings { theme, language, ..Settings::default() };
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, settings));
    let mut wrong = Vec::new();
    for screen in screens {
        go(&mut clerk, *screen);
        clerk.driver.settle(QUIET, PATIENCE).unwrap();
        let picture = clerk.driver.picture();
        assert!(!picture.is_blank(), "{screen:?}");
        if let Err(error) = book.check(&format!("{}-{suffix}", screen.name()), &picture) {
            wrong.push(error.to_string());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_screens_look_as_they_did_in_light_and_english() {
    compare(Theme::Light, Language::En, &Screen::ALL);
}

#[test]
fn the_screens_look_as_they_did_in_dark_and_english() {
    compare(Theme::Dark, Language::En, &Screen::ALL);
}

#[test]
fn the_screens_look_as_they_did_in_light_and_danish() {
    compare(Theme::Light, Language::Da, &Screen::ALL);
}

#[test]
fn the_screens_look_as_they_did_in_dark_and_danish() {
    compare(Theme::Dark, Language::Da, &Screen::ALL);
}

#[test]
fn a_visit_looks_as_it_did_in_light_and_english() {
    compare(Theme::Light, Language::En, &Screen::VISIT);
}

#[test]
fn a_visit_looks_as_it_did_in_dark_and_danish() {
    compare(Theme::Dark, Language::Da, &Screen::VISIT);
}

/// The figures are the leader's: a window of her own.
fn compare_figures(theme: Theme, language: Language, suffix: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = PictureBook::new(root.join("tests/pictures"), root.join("target/pictures"));
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let settings = Settings { theme, language, ..Settings::default() };
    let mut leader = sit_down(launch(&town, profile.path(), Role::TeamLeader, settings));
    leader.press(&["Ctrl+5"]).until("the figures", |desk| {
        desk.figures.as_ref().is_some_and(|page| page.figures.value().is_some() && page.today.value().is_some())
    });
    leader.driver.settle(QUIET, PATIENCE).unwrap();
    let picture = leader.driver.picture();
    assert!(!picture.is_blank());
    book.check(&format!("figures-{suffix}"), &picture).unwrap();
}

#[test]
fn the_figures_look_as_they_did_in_light_and_english() {
    compare_figures(Theme::Light, Language::En, "light-en");
}

#[test]
fn the_figures_look_as_they_did_in_dark_and_danish() {
    compare_figures(Theme::Dark, Language::Da, "dark-da");
}

/// The counter in the middle of a morning: seven wait, one is served, one fills in a form at a stand, one is not wrapped up.
fn compare_counter(theme: Theme, language: Language, suffix: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = PictureBook::new(root.join("tests/pictures"), root.join("target/pictures"));
    let town = Town::quiet();
    town.run(skranke::server::training::queue::begin(&town.service)).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let settings = Settings { theme, language, ..Settings::default() };
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, settings));
    clerk.press(&["Ctrl+1"]).until("both stands are taken", |desk| {
        let both = StandId::BOTH.into_iter().all(|stand| desk.ticket_at(stand).is_some());
        both && desk.matters_at(StandId::A).next().is_some() && desk.mirror_at(StandId::B).is_some()
    });
    clerk.driver.settle(QUIET, PATIENCE).unwrap();
    let picture = clerk.driver.picture();
    assert!(!picture.is_blank());
    book.check(&format!("counter-{suffix}"), &picture).unwrap();
}

#[test]
fn the_counter_looks_as_it_did_in_light_and_english() {
    compare_counter(Theme::Light, Language::En, "light-en");
}

#[test]
fn the_counter_looks_as_it_did_in_dark_and_danish() {
    compare_counter(Theme::Dark, Language::Da, "dark-da");
}

/// Compares every screen that she is led to.
struct Compares {
    book: PictureBook,
    suffix: &'static str,
    wrong: Vec<String>,
}

impl Visitor for Compares {
    fn see<P: iced::Program<State = App> + 'static>(&mut self, clerk: &mut Clerk<P>, screen: &str, _: Layer) {
        clerk.driver.settle(QUIET, PATIENCE).unwrap();
        let picture = clerk.driver.picture();
        assert!(!picture.is_blank(), "{screen}");
        let checked = self.book.check(&format!("{screen}-{}", self.suffix), &picture);
        self.wrong.extend(checked.err().map(|error| error.to_string()));
    }
}

fn compare_trust(theme: Theme, language: Language) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = PictureBook::new(root.join("tests/pictures"), root.join("target/pictures"));
    let mut compares = Compares { book, suffix: suffix(theme, language), wrong: Vec::new() };
    let person = Settings { theme, language, ..Settings::default() };
    trust::signed_out(&person, &mut compares);
    trust::without_a_line(&person, &mut compares);
    trust::unsent(&person, &mut compares);
    trust::the_oversight(&person, &mut compares);
    assert!(compares.wrong.is_empty(), "{}", compares.wrong.join("\n"));
}

#[test]
fn signing_in_a_day_without_a_line_and_the_oversight_look_as_they_did_in_light_and_english() {
    compare_trust(Theme::Light, Language::En);
}

#[test]
fn signing_in_a_day_without_a_line_and_the_oversight_look_as_they_did_in_dark_and_danish() {
    compare_trust(Theme::Dark, Language::Da);
}
