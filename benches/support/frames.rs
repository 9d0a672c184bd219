//! View, layout and drawing of each main screen at 1440 × 900 with the software renderer: what changes at a key and at a step of the wheel,
//! and a full repaint. What does not live here: how long the answers take (see `overview`).

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke::client::KeyPlace;
use skranke::desk::settings::Settings;
use skranke::domain::authority::Role;
use skranke::ui::headless::{Driver, Repaint, Settings as DriverSettings};
use skranke::ui::{App, Clock, Launch, Personas, Startup, Stay};
use tokio::sync::watch;

use super::{MOMENT, Municipality, Trouble, report};

const PATIENCE: Duration = Duration::from_secs(30);
const QUIET: Duration = Duration::from_millis(300);
const OPEN: &[&str] = &["Ctrl+K", "text:wrona kalina", "rest", "Enter", "rest"];
/// The citizen with very many cases.
const HEAVY: &[&str] = &["Ctrl+K", "text:sagsager torben", "rest", "Enter", "rest"];
/// Where the wheel is turned: over the list of cases.
const OVER_THE_LIST: iced::Point = iced::Point::new(500.0, 500.0);
/// How far a step of the wheel scrolls, in lines.
const STEP: f32 = 3.0;

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let screens: [(&str, Vec<&str>, &str); 6] = [
        ("palette", vec!["Ctrl+K", "text:wron", "rest"], "Down"),
        ("citizen", OPEN.to_vec(), "Down"),
        ("citizen with 872 cases", HEAVY.to_vec(), "Down"),
        ("case", [OPEN, &["Enter", "rest"]].concat(), "Down"),
        ("calendar", vec!["Ctrl+4", "rest"], "Right"),
        ("cases", vec!["Ctrl+3", "rest"], "Down"),
    ];
    for (name, way, key) in screens {
        let home = tempfile::tempdir()?;
        let mut driver = seated(&town, home.path())?;
        driver.settle(QUIET, PATIENCE)?;
        for step in way {
            match step.strip_prefix("text:") {
                Some(text) => {
                    driver.type_text(text);
                }
                None if step == "rest" => driver.settle(QUIET, PATIENCE)?,
                None => {
                    driver.press(step)?;
                }
            }
        }
        let mut full = Vec::new();
        let mut changes = Vec::new();
        for round in 0..40 {
            if let Some(times) = driver.measure_frame(Repaint::Full).filter(|_| round >= 3) {
                full.push(times.total());
            }
            driver.press(if round % 2 == 0 { key } else { back(key) })?;
            if let Some(times) = driver.measure_frame(Repaint::Changes).filter(|_| round >= 3) {
                changes.push(times.total());
            }
        }
        report(&format!("{name}: what a key changes"), "16 ms", changes);
        if name.starts_with("citizen") {
            let mut wheel = Vec::new();
            for round in 0..60 {
                driver.scroll(OVER_THE_LIST, -STEP);
                if let Some(times) = driver.measure_frame(Repaint::Changes).filter(|_| round >= 3) {
                    wheel.push(times.total());
                }
            }
            report(&format!("{name}: scroll step"), "16 ms", wheel);
        }
        report(&format!("{name}: full repaint"), "33 ms", full);
        driver.close();
    }
    Ok(())
}

/// A clerk at her window in a municipality, without a display.
pub fn seated(town: &Municipality, home: &Path) -> Result<Driver<impl iced::Program<State = App> + use<>>, Trouble> {
    let moment: Timestamp = MOMENT.parse()?;
    let (_, startup) = watch::channel(Startup::Ready);
    let launch = Launch {
        doorway: town.doorway(Role::Clerk)?,
        startup,
        persona: Role::Clerk,
        personas: Personas::Fixed,
        settings: Settings::default(),
        settings_file: None,
        outbox: home.join("outbox"),
        keys: KeyPlace::Memory,
        clock: Clock::Still(moment),
        tz: TimeZone::get(skranke::launch::TIME_ZONE)?,
        notices: Vec::new(),
        stay: Stay::UntilClosed,
    };
    Ok(Driver::new(skranke::ui::program(launch), DriverSettings::default())?)
}

fn back(key: &str) -> &'static str {
    match key {
        "Right" => "Left",
        _ => "Up",
    }
}
