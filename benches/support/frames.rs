//! View, layout and drawing of each main screen at 1440 × 900 with the software renderer: what changes at a key and at a step of the wheel,
//! and a full repaint. What does not live here: how long the answers take (see `overview`).

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use skranke::api::board::{BoardFilter, Scope};
use skranke::client::KeyPlace;
use skranke::desk::board::views::{Layout, SavedView};
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
/// The day of the site, which has about forty appointments.
const DAY: &str = "calendar day, 40 events";
/// Where the wheel is turned: over the list of cases.
const OVER_THE_LIST: iced::Point = iced::Point::new(500.0, 500.0);
/// How far a step of the wheel scrolls, in lines.
const STEP: f32 = 3.0;

pub fn figures() -> Result<(), Trouble> {
    let town = Municipality::of(5_000)?;
    let screens: [(&str, Vec<&str>, &str); 9] = [
        ("palette", vec!["Ctrl+K", "text:wron", "rest"], "Down"),
        ("citizen", OPEN.to_vec(), "Down"),
        ("citizen with 872 cases", HEAVY.to_vec(), "Down"),
        ("case", [OPEN, &["Enter", "rest"]].concat(), "Down"),
        (DAY, vec!["Ctrl+4", "rest"], "Down"),
        ("calendar week", vec!["Ctrl+4", "rest", "v", "rest"], "Ctrl+Right"),
        ("board", vec!["Ctrl+3", "rest", "Alt+1", "rest"], "Down"),
        ("table", vec!["Ctrl+3", "rest", "Alt+2", "rest"], "Down"),
        // What was typed narrows what came: a letter more, a letter less.
        ("filter", vec!["Ctrl+3", "rest", "Alt+2", "rest", "/", "text:s", "rest"], "a"),
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
        if name.starts_with("citizen") || name == "board" || name == "table" {
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
        if name == DAY {
            let dragged = dragging(&mut driver)?;
            report(&format!("{name}: while dragging"), "16 ms", dragged);
        }
        driver.close();
    }
    Ok(())
}

/// The chosen appointment is held with the mouse and drawn along, five minutes a step.
fn dragging<P: iced::Program<State = App> + 'static>(driver: &mut Driver<P>) -> Result<Vec<Duration>, Trouble> {
    let chosen =
        driver.state().desk.calendar.as_ref().and_then(|page| page.chosen()).map(|one| one.citizen_short.clone());
    let who = chosen.ok_or("nobody is chosen on the calendar")?;
    // In the sheet, not in what lies beside it.
    let sheet = |seen: &skranke::ui::headless::Seen| {
        seen.text.starts_with(&who) && seen.kind == skranke::ui::headless::Kind::Text
    };
    let at = driver.seen().iter().find(|seen| sheet(seen)).map(skranke::ui::headless::Seen::center);
    let at = at.ok_or("the chosen appointment is not on the screen")?;
    let button = iced::mouse::Button::Left;
    driver.press("Escape")?;
    driver.move_to(at);
    driver.event(iced::Event::Mouse(iced::mouse::Event::ButtonPressed(button)));
    let mut all = Vec::new();
    for round in 0..60 {
        let down = f32::from(u8::try_from(round % 20).unwrap_or(0)) * 6.0 + 8.0;
        driver.move_to(at + iced::Vector::new(0.0, down));
        if let Some(times) = driver.measure_frame(Repaint::Changes).filter(|_| round >= 3) {
            all.push(times.total());
        }
    }
    if driver.state().desk.calendar.as_ref().is_none_or(|page| page.moving.is_none()) {
        return Err("nothing was dragged".into());
    }
    driver.event(iced::Event::Mouse(iced::mouse::Event::ButtonReleased(button)));
    Ok(all)
}

/// A clerk at her window in a municipality, without a display.
pub fn seated(town: &Municipality, home: &Path) -> Result<Driver<impl iced::Program<State = App> + use<>>, Trouble> {
    let moment: Timestamp = MOMENT.parse()?;
    let (_, startup) = watch::channel(Startup::Ready);
    let launch = Launch {
        sign_in: None,
        keep_copied: skranke::ui::launch::KEEP_COPIED,
        seen: skranke::ui::launch::SeenHere::default(),
        doorway: town.doorway(Role::Clerk)?,
        startup,
        persona: Role::Clerk,
        personas: Personas::Fixed,
        settings: Settings { views: views(), ..Settings::default() },
        settings_file: None,
        outbox: home.join("outbox"),
        keys: KeyPlace::Memory,
        clock: Clock::Still(moment),
        tz: TimeZone::get(skranke::launch::TIME_ZONE)?,
        notices: Vec::new(),
        stay: Stay::UntilClosed,
        viewer: std::path::PathBuf::new(),
        outside: std::sync::Arc::new(skranke::ui::outside::System),
    };
    Ok(Driver::new(skranke::ui::program(launch), DriverSettings::default())?)
}

/// Everybody's cases, as cards and as lines.
fn views() -> Vec<SavedView> {
    let view = |layout| SavedView {
        name: format!("{layout:?}"),
        layout,
        filter: BoardFilter { scope: Scope::All, ..BoardFilter::default() },
        columns: Vec::new(),
    };
    vec![view(Layout::Board), view(Layout::Table)]
}

fn back(key: &str) -> &'static str {
    match key {
        "a" => "Backspace",
        "Right" => "Left",
        "Ctrl+Right" => "Ctrl+Left",
        _ => "Up",
    }
}
