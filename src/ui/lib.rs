//! The window. `iced` is named here and in the root package, nowhere else. This file is the map of the crate.

pub mod app;
pub mod assets;
pub mod command;
pub mod display;
pub mod focus;
pub mod headless;
pub mod i18n;
pub mod key_counts;
pub mod keys;
pub mod launch;
pub mod outside;
pub mod screens;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widget;

pub use app::{App, program, run};
pub use launch::{Clock, Launch, Notice, Personas, Startup, Stay};
