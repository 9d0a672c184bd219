//! The only source of colour, size and space: colour tokens, the type scale, spaces, radii, heights and row densities.
//! Components read them through `Look`; nothing else in the program writes a colour or a number of pixels by hand.

mod contrast;
mod look;
pub mod scale;
mod tokens;

pub use contrast::{contrast, luminance};
pub use look::{Look, Motion};
pub use scale::{Density, Type, Weight};
pub use tokens::{ThemeName, Tokens};

use iced::Theme;
use iced::theme::Palette;

/// The `iced` theme of a set of tokens. Our components take their colours from the tokens directly; this one serves the
/// window's own background and the few things `iced` paints by itself.
pub fn iced_theme(name: ThemeName) -> Theme {
    let tokens = Tokens::of(name);
    Theme::custom(
        match name {
            ThemeName::Light => "Skranke light",
            ThemeName::Dark => "Skranke dark",
        },
        Palette {
            background: tokens.bg,
            text: tokens.ink,
            primary: tokens.accent,
            success: tokens.ok,
            warning: tokens.wait,
            danger: tokens.alert,
        },
    )
}
