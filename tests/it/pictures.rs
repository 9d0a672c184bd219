//! The main screens beside their checked-in pictures: same clock, same seed, same fonts, a small tolerance. A missing one fails; one that
//! differs is written to `target/pictures` with its differences marked. `SKRANKE_UPDATE_PICTURES=1` adopts what is drawn.

use std::path::Path;
use std::time::Duration;

use skranke::desk::settings::{Language, Settings, Theme};
use skranke::domain::authority::Role;
use skranke::ui::headless::PictureBook;

use crate::support::PATIENCE;
use crate::support::town::Town;
use crate::support::window::{launch, sit_down};

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
}

impl Screen {
    const ALL: [Self; 7] =
        [Self::Start, Self::Palette, Self::Citizen, Self::Case, Self::Calendar, Self::Cases, Self::Gallery];

    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Palette => "palette",
            Self::Citizen => "citizen",
            Self::Case => "case",
            Self::Calendar => "calendar",
            Self::Cases => "cases",
            Self::Gallery => "gallery",
        }
    }
}

/// Draws the screens of one theme and language and compares each; all that differ are told together.
fn compare(theme: Theme, language: Language) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let book = PictureBook::new(root.join("tests/pictures"), root.join("target/pictures"));
    let suffix = match (theme, language) {
        (Theme::Light, Language::En) => "light-en",
        (Theme::Light, Language::Da) => "light-da",
        (Theme::Dark, Language::En) => "dark-en",
        (Theme::Dark, Language::Da) => "dark-da",
    };
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let settings = Settings { theme, language, ..Settings::default() };
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, settings));
    let mut wrong = Vec::new();
    for screen in Screen::ALL {
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
                    .until("the week", |desk| desk.calendar.as_ref().is_some_and(|c| c.week.value().is_some()));
            }
            Screen::Cases => {
                clerk
                    .press(&["Ctrl+3"])
                    .until("the cases", |desk| desk.cases.as_ref().is_some_and(|c| !c.rows.is_empty()));
            }
            Screen::Gallery => {
                let gallery = clerk.word("command-gallery");
                clerk.press(&["Ctrl+K"]).type_text(&format!(">{gallery}")).read(&gallery).press(&["Enter"]);
            }
        }
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
    compare(Theme::Light, Language::En);
}

#[test]
fn the_screens_look_as_they_did_in_dark_and_english() {
    compare(Theme::Dark, Language::En);
}

#[test]
fn the_screens_look_as_they_did_in_light_and_danish() {
    compare(Theme::Light, Language::Da);
}

#[test]
fn the_screens_look_as_they_did_in_dark_and_danish() {
    compare(Theme::Dark, Language::Da);
}
