//! What a person arranged for herself and finds again after a restart. What does not live here: opening the file (the window does that),
//! the server's address (the office's own configuration).

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::board::views::{ColumnSetting, SavedView};

/// The language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    #[default]
    Da,
    /// English.
    En,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Light.
    #[default]
    Light,
    /// Dark.
    Dark,
}

/// How much air the rows have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// 44 px rows.
    Calm,
    /// 40 px rows.
    #[default]
    Standard,
    /// 31 px rows, one line.
    Dense,
}

impl Density {
    /// The next one, round and round (`Ctrl D`).
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Calm => Self::Standard,
            Self::Standard => Self::Dense,
            Self::Dense => Self::Calm,
        }
    }
}

/// What draws the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Renderer {
    /// The processor: thin clients and remote desktops are the normal case.
    #[default]
    Software,
    /// The graphics card.
    Gpu,
    /// The graphics card where there is one.
    Auto,
}

/// Whether things may move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Motion {
    /// Drawer and palette glide for 120 ms.
    #[default]
    Full,
    /// Nothing moves.
    Reduced,
}

/// The smallest text size, in per cent.
pub const MIN_TEXT_PERCENT: u16 = 100;
/// The largest text size, in per cent.
pub const MAX_TEXT_PERCENT: u16 = 200;
/// The step of `Ctrl +` and `Ctrl -`, in per cent.
pub const TEXT_STEP: u16 = 10;

/// The shortest time before the window locks, in minutes.
pub const MIN_LOCK_MINUTES: u16 = 1;
/// The longest.
pub const MAX_LOCK_MINUTES: u16 = 15;
/// What it is when nobody says.
pub const LOCK_MINUTES: u16 = 3;

/// A window's size in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

impl Default for WindowSize {
    fn default() -> Self {
        Self { width: 1440, height: 900 }
    }
}

/// A person's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Language.
    pub language: Language,
    /// Theme.
    pub theme: Theme,
    /// Density.
    pub density: Density,
    /// Text size in per cent, [`MIN_TEXT_PERCENT`] to [`MAX_TEXT_PERCENT`].
    pub text_percent: u16,
    /// Renderer; holds from the next start.
    pub renderer: Renderer,
    /// Motion.
    pub motion: Motion,
    /// Minutes without a key or click after which the window locks, [`MIN_LOCK_MINUTES`] to [`MAX_LOCK_MINUTES`].
    pub lock_minutes: u16,
    /// The folder that the scanner at the counter writes to; none watches nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scanner_folder: Option<PathBuf>,
    /// The window's size.
    pub window: WindowSize,
    /// The table's columns, in the order in which she put them; none leaves them as usual.
    pub columns: Vec<ColumnSetting>,
    /// The views of the board that she saved.
    pub views: Vec<SavedView>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: Theme::default(),
            density: Density::default(),
            text_percent: MIN_TEXT_PERCENT,
            renderer: Renderer::default(),
            motion: Motion::default(),
            lock_minutes: LOCK_MINUTES,
            scanner_folder: None,
            window: WindowSize::default(),
            columns: Vec::new(),
            views: Vec::new(),
        }
    }
}

/// A step of the text size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextStep {
    /// Larger.
    Larger,
    /// Smaller.
    Smaller,
    /// Back to 100 %.
    Reset,
}

impl Settings {
    /// Keeps what stands in a hand-edited file within its bounds.
    #[must_use]
    pub fn within_bounds(mut self) -> Self {
        self.text_percent = self.text_percent.clamp(MIN_TEXT_PERCENT, MAX_TEXT_PERCENT);
        self.lock_minutes = self.lock_minutes.clamp(MIN_LOCK_MINUTES, MAX_LOCK_MINUTES);
        self.window.width = self.window.width.clamp(640, 7680);
        self.window.height = self.window.height.clamp(400, 4320);
        crate::board::steps::within_bounds(&mut self);
        self
    }

    /// One step larger or smaller.
    pub fn step_text(&mut self, step: TextStep) {
        self.text_percent = match step {
            TextStep::Larger => (self.text_percent + TEXT_STEP).min(MAX_TEXT_PERCENT),
            TextStep::Smaller => self.text_percent.saturating_sub(TEXT_STEP).max(MIN_TEXT_PERCENT),
            TextStep::Reset => MIN_TEXT_PERCENT,
        };
    }

    /// How long nobody may touch anything before the window locks.
    #[must_use]
    pub fn lock_after(&self) -> std::time::Duration {
        std::time::Duration::from_secs(u64::from(self.lock_minutes) * 60)
    }

    /// The application's scale factor.
    #[must_use]
    pub fn scale(&self) -> f32 {
        f32::from(self.text_percent) / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_between_its_bounds_however_often_the_key_is_pressed() {
        let mut settings = Settings::default();
        for _ in 0..40 {
            settings.step_text(TextStep::Larger);
        }
        assert_eq!(settings.text_percent, MAX_TEXT_PERCENT);
        for _ in 0..40 {
            settings.step_text(TextStep::Smaller);
        }
        assert_eq!(settings.text_percent, MIN_TEXT_PERCENT);
    }
}
