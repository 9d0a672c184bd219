//! The window's own commands: what the palette offers after `>` and what keys ask for on every page. What does not live here: carrying
//! them out (see `app`).

use skranke_desk::settings::{Density, Language, Motion, Renderer, TextStep, Theme};
use skranke_domain::authority::Role;

/// What is laid over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The persona menu.
    Personas,
    /// The settings.
    Settings,
    /// The list of all keys.
    Keys,
    /// The window is to close and something is unsent that would not survive.
    Leave,
    /// She is about to sign out.
    SignOut,
    /// Her PIN.
    Pin,
    /// She no longer knows her passphrase.
    ForgetPassphrase,
}

/// The window's own commands: in the palette after `>`, and on keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the palette.
    Find,
    /// Close whatever is laid over the page, or go back.
    Back,
    /// Lay something over the page.
    Open(Overlay),
    /// Close it.
    Close,
    /// To a place.
    Go(skranke_desk::Place),
    /// Show the gallery of components.
    Gallery,
    /// Another role.
    Persona(Role),
    /// Another role of hers, for the rest of the day.
    TakeRole(Role),
    /// Another language.
    Language(Language),
    /// Another theme.
    Theme(Theme),
    /// The next density.
    Density,
    /// Larger or smaller text.
    Text(TextStep),
    /// Another renderer, from the next start.
    Renderer(Renderer),
    /// More or less motion.
    Motion(Motion),
    /// After how many minutes without a key the window locks.
    LockAfter(u16),
    /// A density of its own.
    SetDensity(Density),
    /// End the program.
    Quit,
}
