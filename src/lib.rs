//! The map of the house, in dependency order. Each room is a crate of its own inside `src/`; this package wires them together:
//!
//! - [`domain`]: pure rules of a citizen service: CPR, checklists, readiness, the catalogue.
//! - [`api`]: the wire contract between client and server.
//! - [`client`]: how one talks to a case API: HTTP, events, the encrypted outbox.
//! - [`desk`]: the workspace without pixels.
//! - [`viewer`]: pages of documents as pixels, drawn in a process that may die.
//! - [`ui`]: the window; the only room that names iced.
//! - [`server`]: the reference case API and the training municipality's people.
//!
//! What lives here: configuration, folders, logs, the training municipality that a client starts or joins, pictures and scripts.
//! What does not: anything a clerk sees or a rule decides.

#[cfg(feature = "window")]
pub mod cli;
#[cfg(feature = "window")]
pub mod config;
#[cfg(feature = "window")]
pub mod folders;
#[cfg(feature = "window")]
pub mod launch;
pub mod logs;
#[cfg(all(feature = "window", feature = "server"))]
pub mod training;

pub use skranke_api as api;
#[cfg(feature = "window")]
pub use skranke_client as client;
#[cfg(feature = "window")]
pub use skranke_desk as desk;
pub use skranke_domain as domain;
#[cfg(feature = "server")]
pub use skranke_server as server;
#[cfg(feature = "window")]
pub use skranke_ui as ui;
#[cfg(feature = "window")]
pub use skranke_viewer as viewer;
