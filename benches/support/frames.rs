//! View, layout and drawing of each main screen at 1440 × 900 with the software renderer: what changes at a key, and a full repaint.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke::client::KeyPlace;
use skranke::desk::settings::Settings;
use skranke::domain::authority::Role;
use skranke::ui::headless::{Driver, Repaint, Settings as DriverSettings};
use skranke::ui::{Clock, Launch, Personas, Startup, Stay};
use tokio::sync::watch;

use super::{MOMENT, Municipality, Trouble, report};

const PATIENCE: Duration = Duration::from_secs(30);
const QUIET: Duration = Duration::from_millis(300);
const OPEN: &[&str] = &["Ctrl+K", "text:wrona kalina", "rest", "Enter", "rest"];

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let moment: Timestamp = MOMENT.parse()?;
    let screens: [(&str, Vec<&str>, &str); 5] = [
        ("palette", vec!["Ctrl+K", "text:wron", "rest"], "Down"),
        ("citizen", OPEN.to_vec(), "Down"),
        ("case", [OPEN, &["Enter", "rest"]].concat(), "Down"),
        ("calendar", vec!["Ctrl+4", "rest"], "Right"),
        ("cases", vec!["Ctrl+3", "rest"], "Down"),
    ];
    for (name, way, key) in screens {
        let home = tempfile::tempdir()?;
        let (_, startup) = watch::channel(Startup::Ready);
        let launch = Launch {
            doorway: town.doorway(Role::Clerk)?,
            startup,
            persona: Role::Clerk,
            personas: Personas::Fixed,
            settings: Settings::default(),
            settings_file: None,
            outbox: home.path().join("outbox"),
            keys: KeyPlace::Memory,
            clock: Clock::Still(moment),
            tz: TimeZone::get(skranke::launch::TIME_ZONE)?,
            notices: Vec::new(),
            stay: Stay::UntilClosed,
        };
        let mut driver = Driver::new(skranke::ui::program(launch), DriverSettings::default())?;
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
        report(&format!("{name}: full repaint"), "33 ms", full);
        driver.close();
    }
    Ok(())
}

fn back(key: &str) -> &'static str {
    match key {
        "Right" => "Left",
        _ => "Up",
    }
}
