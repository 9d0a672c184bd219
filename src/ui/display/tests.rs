//! The display is drawn without a window, in every state.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use iced::Size;
use skranke_client::endpoint::{Endpoint, Fixed, Secret};
use skranke_domain::Localized;

use super::*;
use crate::testing::Bench;

fn display() -> Display {
    let at = "2026-06-09T10:06:00+02:00".parse().expect("a moment");
    let launch = DisplayLaunch {
        // Nobody answers there, and nobody is asked: the tests run no tasks.
        doorway: Arc::new(Fixed::new(Endpoint::new("http://127.0.0.1:9", Secret::new("none")).expect("an address"))),
        site: SiteId::parse("norrebro").expect("a slug"),
        theme: Theme::Dark,
        size: (1280, 720),
        clock: Clock::From { at, since: Instant::now() },
        tz: TimeZone::get("Europe/Copenhagen").expect("bundled"),
    };
    Display::boot(&launch).0
}

fn call(number: &str, counter: &str, name: (&str, &str)) -> skranke_api::tickets::DisplayCall {
    skranke_api::tickets::DisplayCall {
        number: number.to_owned(),
        counter: counter.to_owned(),
        counter_name: Localized::new(name.0, name.1),
        at: "2026-06-09T10:05:00+02:00".parse().expect("a moment"),
        calls: 1,
    }
}

fn calls() -> DisplayView {
    DisplayView {
        site: "Nørrebro".to_owned(),
        calls: vec![
            call("K 047", "4", ("Skranke 4", "Counter 4")),
            call("K 046", "1", ("Skranke 1", "Counter 1")),
            call("K 044", "A", ("Lokale A", "Room A")),
            call("K 043", "2", ("Skranke 2", "Counter 2")),
        ],
        waiting: 7,
    }
}

fn texts(display: &Display) -> Vec<String> {
    Bench::new(display.view(), Size::new(1280.0, 720.0)).texts()
}

#[test]
fn who_is_called_stands_there_in_four_languages() {
    let mut display = display();
    let _ = display.update(Message::Calls(Ok(calls())));
    let texts = texts(&display).join("\n");
    for part in ["K 047", "Gå til", "Go to", "Gehen Sie zu", "Proszę podejść do", "K 043", "7 venter", "7 osób czeka"]
    {
        assert!(texts.contains(part), "{part} in {texts}");
    }
}

#[test]
fn when_the_line_breaks_the_numbers_stay_and_their_age_is_said() {
    let mut display = display();
    let _ = display.update(Message::Calls(Ok(calls())));
    let lost = ClientError::TimedOut;
    let _ = display.update(Message::Live(Live::Lost { error: lost }));
    let old = texts(&display).join("\n");
    assert!(old.contains("K 047") && old.contains("10.06") && old.contains("not up to date"), "{old}");
    let _ = display.update(Message::Calls(Ok(calls())));
    assert!(!texts(&display).join("\n").contains("not up to date"));
}

#[test]
fn nobody_called_is_a_welcome_and_no_answer_yet_is_no_welcome() {
    let mut display = display();
    assert!(!texts(&display).join("\n").contains("Velkommen"));
    let _ = display.update(Message::Calls(Ok(DisplayView { calls: Vec::new(), ..calls() })));
    assert!(texts(&display).join("\n").contains("Velkommen"));
}

#[test]
fn it_is_drawn_at_every_size() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    for (name, theme, stale) in
        [("dark", Theme::Dark, false), ("light", Theme::Light, false), ("light-old", Theme::Light, true)]
    {
        let mut display = display();
        display.launch.theme = theme;
        let _ = display.update(Message::Calls(Ok(calls())));
        display.stale = stale;
        for (width, height) in [(640.0, 400.0), (1280.0, 720.0), (1920.0, 1080.0)] {
            let _ = display.update(Message::Resized(Size::new(width, height)));
            let drawn = Bench::new(display.view(), Size::new(width, height)).draw(1.0, display.theme_name());
            let colours: std::collections::HashSet<[u8; 4]> = drawn.pixels().collect();
            assert!(colours.len() > 20, "nothing is drawn at {width} × {height}");
            drawn.save(&folder.join(format!("display-{name}-{width}.png")));
        }
    }
}
