//! Skranke's domain: the rules of a citizen service, pure. What lives here: types, state machines and checks that client and server
//! share. What does not: I/O, clocks (time is a parameter), async, storage, pixels, the wire's envelopes (see `skranke-api`).

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod access;
pub mod appointment;
pub mod authority;
pub mod case;
pub mod catalogue;
pub mod change;
pub mod checklist;
pub mod citizen;
pub mod contact;
pub mod cpr;
pub mod decision;
pub mod department;
pub mod document;
pub mod figures;
pub mod guide;
pub mod handover;
pub mod holidays;
pub mod ids;
pub mod letter;
pub mod life_situation;
pub mod municipality;
mod nearest;
pub mod note;
pub mod paper;
pub mod procedure;
pub mod queue;
pub mod readiness;
pub mod settle;
pub mod text;
pub mod visit;

pub use ids::*;
pub use text::{CitizenText, Localized};
