//! `--screenshot`: draws screens to PNG files without a display. A real training server runs behind them, in a folder of its own that is
//! gone afterwards; the clock stands still, so that the same command draws the same pictures.

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use skranke_ui::headless::{Driver, DriverError, Settings as DriverSettings};
use skranke_ui::launch::Clock;

use super::{Prepared, StartError};
use crate::cli::{Cli, EXIT_OK};
use crate::folders::Folders;

/// The moment of the pictures: a Tuesday in June, six minutes past ten in Copenhagen.
pub const MOMENT: &str = "2026-06-09T10:06:00+02:00";
/// How many citizens the pictures' municipality has, when nobody says.
const CITIZENS: u32 = 2_000;
/// How long a screen gets to be complete.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long nothing must happen before a screen counts as complete.
const QUIET: Duration = Duration::from_millis(400);

/// A screen that can be drawn, and how a person gets there.
pub struct Picture {
    /// Its name on the command line.
    pub name: &'static str,
    /// The way there.
    way: &'static [Step],
}

enum Step {
    Key(&'static str),
    Type(&'static str),
    /// Waits until the citizen's overview is complete.
    Overview,
    /// Waits for one of the words of the two languages.
    See(&'static str, &'static str),
}

use Step::{Key, Overview, See, Type};

/// Every screen that can be drawn.
pub const PICTURES: &[Picture] = &[
    Picture { name: "start", way: &[] },
    Picture { name: "palette", way: &[Key("Ctrl+K"), Type("wron"), See("Kalina", "Kalina")] },
    Picture { name: "citizen", way: OPEN },
    Picture {
        name: "case",
        way: &[
            Key("Ctrl+K"),
            Type("wrona kalina"),
            See("Kalina", "Kalina"),
            Key("Enter"),
            Overview,
            Key("Enter"),
            See("Før fremmødet", "Before the visit"),
        ],
    },
    Picture {
        name: "reason",
        way: &[
            Key("Ctrl+K"),
            Type("wrona kalina"),
            See("Kalina", "Kalina"),
            Key("Enter"),
            Overview,
            Key("Enter"),
            See("Før fremmødet", "Before the visit"),
            Key("X"),
            See("Begrundelse", "Reason"),
        ],
    },
    Picture { name: "calendar", way: &[Key("Ctrl+4"), See("Uge", "Week")] },
    Picture {
        name: "booking",
        way: &[
            Key("Ctrl+K"),
            Type("wrona kalina"),
            See("Kalina", "Kalina"),
            Key("Enter"),
            Overview,
            Key("B"),
            Key("1"),
        ],
    },
    Picture { name: "cases", way: &[Key("Ctrl+3")] },
    Picture { name: "outbox", way: &[Key("Ctrl+6")] },
    Picture { name: "settings", way: &[Key("Ctrl+,")] },
    Picture { name: "personas", way: &[Key("Ctrl+P")] },
    Picture {
        name: "keys",
        way: &[Key("Ctrl+K"), Type("wrona kalina"), See("Kalina", "Kalina"), Key("Enter"), Overview, Key("?")],
    },
    Picture { name: "gallery", way: &[Key("Ctrl+K"), Type(">gal"), Key("Enter")] },
];

const OPEN: &[Step] = &[Key("Ctrl+K"), Type("wrona kalina"), See("Kalina", "Kalina"), Key("Enter"), Overview];

/// Draws the screens that the command line names, or all of them.
pub(super) fn draw(cli: &Cli, folder: &Path) -> Result<u8, StartError> {
    let chosen = chosen(cli)?;
    let file = |what: &str| {
        let what = what.to_owned();
        move |source| StartError::File { what, source }
    };
    std::fs::create_dir_all(folder).map_err(file("the folder of the pictures cannot be made"))?;
    let home = tempfile::tempdir().map_err(file("a folder for the pictures' municipality cannot be made"))?;
    let folders = Folders::inside(home.path());
    folders.make().map_err(file("the pictures' folders cannot be made"))?;
    let moment: Timestamp = match cli.now {
        Some(now) => now,
        None => MOMENT.parse().map_err(|e: jiff::Error| StartError::Picture(e.to_string()))?,
    };
    let mut cli_of_pictures = CliOf { cli, moment }.prepared(&folders)?;
    cli_of_pictures.launch.clock = Clock::Still(moment);
    cli_of_pictures.launch.settings_file = None;
    let settings = &cli_of_pictures.launch.settings;
    let (theme, language) = (word(&settings.theme), word(&settings.language));
    for picture in chosen {
        let drawn = one(&cli_of_pictures, picture, cli.scale)
            .map_err(|error| StartError::Picture(format!("{} cannot be drawn: {error}", picture.name)))?;
        let path = folder.join(format!("{}-{theme}-{language}.png", picture.name));
        drawn.save_png(&path).map_err(|error| StartError::Picture(error.to_string()))?;
        println!("{}", path.display());
    }
    cli_of_pictures.end();
    Ok(EXIT_OK)
}

fn chosen(cli: &Cli) -> Result<Vec<&'static Picture>, StartError> {
    if cli.screens.is_empty() {
        return Ok(PICTURES.iter().collect());
    }
    let find = |name: &String| {
        PICTURES.iter().find(|p| p.name == name).ok_or_else(|| {
            let names = PICTURES.iter().map(|p| p.name).collect::<Vec<_>>().join(", ");
            StartError::Script(format!("there is no screen `{name}`: expected one of {names}"))
        })
    };
    cli.screens.iter().map(find).collect()
}

/// The command line as the pictures read it.
struct CliOf<'a> {
    cli: &'a Cli,
    moment: Timestamp,
}

impl CliOf<'_> {
    fn prepared(&self, folders: &Folders) -> Result<Prepared, StartError> {
        super::prepare_at(self.cli, folders, Some(self.moment), Some(CITIZENS))
    }
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A screen as a person gets there, by keys alone.
fn one(prepared: &Prepared, picture: &Picture, scale: f32) -> Result<skranke_ui::headless::Picture, DriverError> {
    let window = prepared.launch.settings.window;
    let settings = DriverSettings {
        #[expect(clippy::cast_precision_loss, reason = "window sizes are far below 2^24")]
        size: iced::Size::new(window.width as f32, window.height as f32),
        scale,
        ..DriverSettings::default()
    };
    let mut driver = Driver::new(skranke_ui::program(prepared.launch.clone()), settings)?;
    driver.pump(|d| d.state().desk.session.me.value().is_some(), PATIENCE)?;
    for step in picture.way {
        match step {
            Key(chord) => {
                driver.press(chord)?;
            }
            Type(text) => {
                driver.type_text(text);
            }
            Overview => driver.pump(
                |d| {
                    let page = d.state().desk.citizen.as_ref();
                    page.is_some_and(|p| !p.sources.is_empty() && p.sources.iter().all(|s| !s.waiting))
                },
                PATIENCE,
            )?,
            See(da, en) => driver.pump(|d| d.sees(da) || d.sees(en), PATIENCE)?,
        }
    }
    driver.settle(QUIET, PATIENCE)?;
    Ok(driver.picture())
}
