//! The whole house, tried from outside: the contract over real HTTP, the window's real program by keys and mouse, the real binaries as
//! processes. One crate, so that the window links once. What does not live here: the rules of one room (those stand in its own crate).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod architecture;
mod casework;
mod config;
mod contract;
mod controls;
mod counter;
mod course;
mod display;
mod documents;
mod faults;
mod flows;
mod half_written;
mod killed;
mod log_checked;
mod logs;
mod offline;
mod pictures;
mod play;
mod signing_in;
mod support;
