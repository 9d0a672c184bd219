//! The command line of `skranke`. What does not live here: doing what it says (see [`crate::launch`]).

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use jiff::Timestamp;
use skranke_desk::settings::{Language, Theme};
use skranke_domain::authority::Role;

/// Everything went as asked.
pub const EXIT_OK: u8 = 0;
/// A script's expectation was not met, or a picture could not be drawn.
pub const EXIT_FAILED: u8 = 1;
/// The command line or a configuration file is wrong; nothing was started.
pub const EXIT_USAGE: u8 = 2;
/// The window could not be opened.
pub const EXIT_WINDOW: u8 = 4;

/// The counter: a municipality's citizen service in one window.
///
/// Without a configured server it starts or joins the training municipality of this machine; every citizen in it is invented.
#[derive(Debug, Parser)]
#[command(name = "skranke", version, about, after_help = EXITS)]
pub struct Cli {
    /// Keep configuration, data and logs inside DIR instead of the system's folders.
    #[arg(long, value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// Talk to the case API at URL instead of the configured one.
    #[arg(long, value_name = "URL", requires = "persona_tokens")]
    pub server: Option<String>,
    /// The persona tokens that `skranke-server --persona-tokens FILE` wrote.
    #[arg(long, value_name = "FILE")]
    pub persona_tokens: Option<PathBuf>,
    /// Sign in to the training municipality as.
    #[arg(long, value_enum, default_value_t = Persona::Clerk)]
    pub persona: Persona,
    /// The seed of a new training municipality: the same one makes the same people.
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// How many citizens a new training municipality has.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(50..=650_000))]
    pub citizens: Option<u32>,
    /// Draw screens to PNG files in DIR, without a display, from a real training server in a folder of its own.
    #[arg(long, value_name = "DIR", conflicts_with = "play")]
    pub screenshot: Option<PathBuf>,
    /// A screen to draw; may be repeated. All of them when none is named.
    #[arg(long = "screen", value_name = "NAME", requires = "screenshot")]
    pub screens: Vec<String>,
    /// The window's size in logical pixels.
    #[arg(long, value_name = "WxH", value_parser = size)]
    pub size: Option<(u32, u32)>,
    /// Pixels drawn for one logical pixel (0.5 to 4).
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = scale, requires = "screenshot")]
    pub scale: f32,
    /// Light or dark.
    #[arg(long, value_enum)]
    pub theme: Option<ThemeWord>,
    /// The window's language.
    #[arg(long, value_enum)]
    pub lang: Option<LanguageWord>,
    /// Show the call display of SITE instead of the clerk's window: numbers and counters, for the waiting room. F11 fills the screen.
    #[arg(long, value_name = "SITE", conflicts_with_all = ["screenshot", "play"])]
    pub display: Option<String>,
    /// Run the same program and outbox without a window from a file of keys and expectations.
    #[arg(long, value_name = "SCRIPT")]
    pub play: Option<PathBuf>,
    /// Hold the clock at a moment (RFC 3339), for pictures and tests.
    #[arg(long, value_name = "TIME", hide = true)]
    pub now: Option<Timestamp>,
    /// End when the first frame is on the screen, for measuring the start.
    #[arg(long, hide = true)]
    pub first_frame: bool,
}

const EXITS: &str = "Exit codes: 0 done; 1 a script's expectation was not met or a picture could not be drawn; \
2 the command line or a configuration file is wrong; 4 the window could not be opened.";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeWord {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl From<ThemeWord> for Theme {
    fn from(word: ThemeWord) -> Self {
        match word {
            ThemeWord::Light => Self::Light,
            ThemeWord::Dark => Self::Dark,
        }
    }
}

/// The window's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LanguageWord {
    /// Danish.
    Da,
    /// English.
    En,
}

impl From<LanguageWord> for Language {
    fn from(word: LanguageWord) -> Self {
        match word {
            LanguageWord::Da => Self::Da,
            LanguageWord::En => Self::En,
        }
    }
}

/// The personas of the training municipality.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Persona {
    /// Receives, triages.
    Host,
    /// Serves citizens at the counter.
    #[default]
    Clerk,
    /// Works through applications.
    Caseworker,
    /// Leads the team.
    TeamLeader,
    /// Reads the task guide.
    Guest,
}

impl From<Persona> for Role {
    fn from(persona: Persona) -> Self {
        match persona {
            Persona::Host => Self::Host,
            Persona::Clerk => Self::Clerk,
            Persona::Caseworker => Self::Caseworker,
            Persona::TeamLeader => Self::TeamLeader,
            Persona::Guest => Self::Guest,
        }
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let wrong = || format!("`{text}` is no size: expected WIDTHxHEIGHT, like 1440x900, from 640x400 to 7680x4320");
    let (width, height) = text.split_once(['x', 'X']).ok_or_else(wrong)?;
    let (width, height) = (width.parse().map_err(|_| wrong())?, height.parse().map_err(|_| wrong())?);
    if (640..=7680).contains(&width) && (400..=4320).contains(&height) { Ok((width, height)) } else { Err(wrong()) }
}

fn scale(text: &str) -> Result<f32, String> {
    let wrong = || format!("`{text}` is no scale: expected a number from 0.5 to 4");
    let scale: f32 = text.parse().map_err(|_| wrong())?;
    if (0.5..=4.0).contains(&scale) { Ok(scale) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_size_that_is_none_says_what_was_expected() {
        assert_eq!(size("1440x900"), Ok((1440, 900)));
        assert!(size("1440").is_err_and(|e| e.contains("WIDTHxHEIGHT")));
        assert!(size("10x10").is_err());
    }
}
