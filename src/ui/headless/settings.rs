//! How the window is that is not there, and which fonts it draws with.
//! The program's own settings come from the program.

use std::sync::PoisonError;

use iced::advanced::graphics::text::{cosmic_text::fontdb::Source, font_system};
use iced::{Font, Size, theme};

use super::sight::NameOf;

/// How the window is that is not there.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The window's size in logical pixels.
    pub size: Size,
    /// Device pixels to a logical pixel, as set on the desktop. The program's own zoom multiplies it.
    pub scale: f32,
    /// Fonts besides those the program loads itself.
    pub fonts: Vec<&'static [u8]>,
    /// Used instead of the program's own default font.
    pub default_font: Option<Font>,
    /// Whether fonts installed on the machine may step in.
    pub system_fonts: SystemFonts,
    /// What the desktop says about light and dark.
    pub system_theme: theme::Mode,
    /// Reads the accessible name of the program's own controls, so that they can be clicked by it.
    pub name_of: Option<NameOf>,
}

impl Default for Settings {
    /// 1440x900 at scale 1, only the program's fonts.
    fn default() -> Self {
        Self {
            size: Size::new(1440.0, 900.0),
            scale: 1.0,
            fonts: Vec::new(),
            default_font: None,
            system_fonts: SystemFonts::Forget,
            system_theme: theme::Mode::None,
            name_of: None,
        }
    }
}

/// Fonts installed on the machine: pictures that are compared may not depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemFonts {
    /// Taken out for the whole process: a missing glyph looks the same everywhere.
    Forget,
    /// Left as they are.
    Keep,
}

/// Loads what the program and the settings name, and takes out what the machine has, if so wished.
pub(super) fn load_fonts(own: &iced::Settings, settings: &Settings) {
    let mut system = font_system().write().unwrap_or_else(PoisonError::into_inner);
    if settings.system_fonts == SystemFonts::Forget {
        let db = system.raw().db();
        let installed: Vec<_> =
            db.faces().filter(|face| !matches!(face.source, Source::Binary(_))).map(|face| face.id).collect();
        if !installed.is_empty() {
            let db = system.raw().db_mut();
            for face in installed {
                db.remove_face(face);
            }
        }
    }
    for font in &own.fonts {
        system.load_font(font.clone());
    }
    for font in &settings.fonts {
        system.load_font((*font).into());
    }
}
