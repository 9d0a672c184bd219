//! The figures are drawn without a display, read as words, walked by keyboard.

use std::path::Path;

use iced::Size;
use iced::keyboard::key::Named;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};
use skranke_api::statistics::Today;
use skranke_client::ClientError;
use skranke_desk::Place;
use skranke_desk::figures::{Comparison, Exported};
use skranke_desk::settings::Settings;
use skranke_domain::authority::Role as StaffRole;

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

const SIZE: Size = Size::new(1440.0, 808.0);

fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").expect("bundled")
}

fn now() -> Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

fn known<T>(value: T) -> Load<T> {
    Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None }
}

fn quantiles(of: [u16; 3]) -> Value {
    json!({ "tenth": of[0], "median": of[1], "ninetieth": of[2] })
}

fn count(n: u32) -> Value {
    if (1..5).contains(&n) { json!({ "kind": "few" }) } else { json!({ "kind": "count", "count": n }) }
}

/// May as the training municipality has it.
fn may() -> Statistics {
    let bars = [615, 974, 860, 638, 400, 265, 170, 100, 55, 22, 13];
    let bars: Vec<Value> = (0..)
        .zip(bars)
        .map(|(at, count)| json!({ "from": at * 5, "to": if at == 10 { None } else { Some(at * 5 + 5) }, "count": count }))
        .collect();
    let two = |da: &str, en: &str| json!({ "da": da, "en": en });
    let meeting = |id: &str, title: Value, n: u32, minutes: [u16; 3]| json!({ "matter": id, "title": title, "count": count(n), "minutes": quantiles(minutes) });
    let weeks = [61, 63, 60, 64, 66, 65, 69, 0, 70, 71, 74, 72];
    let weeks: Vec<Value> = weeks
        .into_iter()
        .enumerate()
        .map(|(at, percent)| {
            let day = jiff::civil::date(2026, 3, 16).saturating_add(jiff::Span::new().weeks(at as i64));
            let state = match at {
                7 => "gap",
                10.. => "provisional",
                _ => "counted",
            };
            json!({ "monday": day, "state": state, "percent": if at == 7 { None } else { Some(percent) } })
        })
        .collect();
    let cause = |cause: &str, now: u32, before: u32| json!({ "cause": cause, "count": { "now": count(now), "before": count(before) } });
    let row = |id: &str, title: Value, cells: [u32; 5]| {
        let all: u32 = cells.iter().filter(|n| **n == 0 || **n >= 5).sum();
        let more = cells.iter().any(|n| (1..5).contains(n));
        json!({ "group": id, "title": title, "cells": cells.map(count), "all": { "count": all, "orMore": more } })
    };
    serde_json::from_value(json!({
        "site": "norrebro", "departments": [],
        "from": "2026-05-01", "to": "2026-05-31",
        "against": { "from": "2026-04-01", "to": "2026-04-30", "complete": true },
        "counted": "2026-06-09T04:00:00Z", "begins": "2026-03-02",
        "aims": { "waitingMinutes": 15, "longMinutes": 20, "bookedPercent": 70, "paperMissing": 0 },
        "visits": { "now": count(4112), "before": count(3987) }, "calls": { "count": 2712, "orMore": false },
        "waiting": { "count": count(4112), "bars": bars, "minutes": quantiles([3, 13, 29]), "withinPercent": 60, "long": 1025,
            "medianBefore": 14 },
        "meetings": [
            meeting("passport-mitid", two("Pas, MitID", "Passport, MitID"), 1204, [3, 6, 11]),
            meeting("health-card", two("Sundhedskort", "Health card"), 611, [4, 7, 14]),
            meeting("moving", two("Flytning", "Moving"), 702, [5, 11, 24]),
            meeting("new-job", two("Nyt job", "New job"), 318, [6, 13, 26]),
            meeting("third-age", two("Tredje alder", "Third age"), 402, [9, 19, 41]),
            meeting("arriving", two("Ankomst", "Arriving"), 689, [12, 27, 52]),
            meeting("divorce", two("Skilsmisse", "Divorce"), 186, [15, 34, 63]),
        ],
        "firstContact": weeks,
        "rebooked": { "all": { "count": 138, "orMore": false }, "causes": [
            cause("own_wish", 87, 81), cause("paper_missing", 31, 58), cause("no_interpreter", 9, 12),
            cause("we_cancelled", 6, 9), cause("wrong_counter", 5, 7)
        ] },
        "channels": { "channels": ["counter", "phone", "digital_post", "self_service", "letter"], "rows": [
            row("arriving", two("Ankomst til Danmark", "Arriving in Denmark"), [689, 512, 240, 118, 36]),
            row("moving", two("Flytning", "Moving"), [702, 388, 161, 940, 12]),
            row("divorce", two("Skilsmisse", "Divorce"), [186, 241, 133, 62, 9]),
            row("new-job", two("Nyt job", "New job"), [318, 196, 88, 301, 3]),
            row("third-age", two("Den tredje alder", "Third age"), [402, 655, 97, 58, 71]),
            row("cards", two("Pas, MitID, kort", "Passport, MitID, cards"), [1815, 720, 310, 1204, 44]),
        ] },
        "booked": { "percent": 62, "before": 60 }, "stands": { "percent": 11, "before": 10 }, "standTime": quantiles([3, 7, 12]),
        "gaps": [{ "department": "bif", "tag": "BIF", "from": "2026-05-04", "to": "2026-05-10" }]
    }))
    .expect("figures")
}

fn today() -> Today {
    serde_json::from_value(json!({
        "site": "norrebro", "at": "2026-06-09T08:06:00Z", "waiting": 7, "longest": 18, "served": 43,
        "bookedPercent": 64, "open": 3, "counters": 4, "aimMinutes": 15
    }))
    .expect("a day")
}

fn signed_in(role: StaffRole) -> Desk {
    let mut desk = Desk::new(role, Settings::default(), tz());
    let me = json!({
        "id": "01890000-0000-7000-8000-000000000004", "name": "Grethe Vintermark", "initials": "GV", "role": role,
        "department": "kff", "authorities": [], "site": "norrebro", "counter": null, "training": true,
        "municipality": "København"
    });
    desk.session.me = known(serde_json::from_value(me).expect("a person"));
    desk.session.sites = vec![
        serde_json::from_value(
            json!({ "id": "norrebro", "name": "Nørrebro", "counters": [], "hours": [], "aimMinutes": 15 }),
        )
        .expect("a site"),
    ];
    let _ = desk.update(Input::Go(Place::Figures), now().timestamp());
    desk
}

fn leader() -> Desk {
    let mut desk = signed_in(StaffRole::TeamLeader);
    let page = desk.figures.as_mut().expect("the leader has figures");
    page.figures = known(may());
    page.today = known(today());
    desk
}

fn with<T>(
    desk: &Desk,
    (focus, language, tokens): (Focus, Language, Tokens),
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let mut look = Look::new(tokens, Texts::of(language), &focus, now());
    (look.width, look.height) = (size.width, size.height + 92.0);
    let view = FiguresScreen.view(Scene { look: &look, desk });
    check(&mut Bench::new(view, size))
}

fn said(desk: &Desk) -> String {
    with(desk, (Focus::none(), Language::English, Tokens::light()), SIZE, |bench| bench.texts().join(" "))
}

fn step(desk: &mut Desk, message: Message) {
    let done = FiguresScreen.update(message, desk);
    let now: Timestamp = now().timestamp();
    match done {
        Action::Desk(input) => drop(desk.update(input, now)),
        Action::Focus(Some(input), ..) => drop(desk.update(input, now)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sentence_says_how_may_went_before_any_chart() {
    let said = said(&leader());
    let wanted = "In May 138 people had to come twice. 31 of them lacked a paper we could have asked for, down from 58 in April. \
                  The middle visitor waited 13 minutes ; 1,025 waited longer than 20.";
    assert!(said.contains(wanted), "{said}");
}

#[test]
fn a_number_that_is_too_few_is_not_there_and_its_sum_says_so() {
    let said = said(&leader());
    assert!(said.contains("<5") && said.contains("903+"), "{said}");
    assert!(said.contains("BIF sent no data 4–10 May: week 19 is left open, not estimated."), "{said}");
    let mut desk = leader();
    let mut few = may();
    few.rebooked.all.or_more = true;
    few.waiting.bars.clear();
    few.waiting.minutes.median = None;
    desk.figures.as_mut().expect("open").figures = known(few);
    let words = tests::said(&desk);
    assert!(words.contains("more than 138 people") && words.contains("Fewer than 5: too few to show."), "{words}");
    assert!(!words.contains("The middle visitor"), "{words}");
}

#[test]
fn a_clerk_reads_that_the_figures_are_the_leaders() {
    let desk = signed_in(StaffRole::Clerk);
    assert!(said(&desk).contains("The figures are for team leaders."));
    assert!(FiguresScreen.keys(&desk, Texts::of(Language::English)).is_empty());
}

#[test]
fn figures_that_did_not_come_are_no_zeros_and_old_ones_say_how_old_they_are() {
    let mut desk = leader();
    let page = desk.figures.as_mut().expect("open");
    page.figures = Load::Failed { error: ClientError::Offline, at: now().timestamp() };
    let words = said(&desk);
    assert!(!words.contains('0') || !words.contains("people"), "{words}");
    let page = desk.figures.as_mut().expect("open");
    page.figures =
        Load::Known { value: may(), at: now().timestamp(), refreshing: false, trouble: Some(ClientError::Offline) };
    assert!(said(&desk).contains("Shown as at 10:06."));
    desk.figures.as_mut().expect("open").figures = Load::Waiting { since: now().timestamp() };
    assert!(said(&desk).contains("Counting …"));
}

#[test]
fn each_chart_is_one_stop_with_its_table_behind_it() {
    let mut desk = leader();
    let focus = |id: FocusId| {
        let mut focus = Focus::none();
        focus.set(id);
        focus
    };
    let english = |focus| (focus, Language::English, Tokens::light());
    let charts = with(&desk, english(Focus::none()), SIZE, |bench| bench.controls());
    let names: Vec<&str> =
        charts.iter().filter(|c| Chart::ALL.map(chart_id).contains(&c.id)).map(|c| c.name.as_str()).collect();
    assert_eq!(names.len(), 8, "{names:?}");
    assert_eq!(names[0], "Waiting time. 60 % called within 15 min. Visits by minutes waited");
    let pressed = with(&desk, english(focus(FIRST)), SIZE, |bench| {
        [bench.press(Named::Enter), bench.type_key("t"), bench.press(Named::ArrowDown)].concat()
    });
    let table = Message::Table(Chart::Waiting);
    assert_eq!(pressed, [table.clone(), table.clone(), Message::Chart(Chart::Meetings)]);
    for chart in Chart::ALL {
        step(&mut desk, Message::Table(chart));
        let page = desk.figures.as_ref().expect("open");
        assert_eq!(page.table, Some(chart));
        let focus = Focus::none();
        let look = Look::new(Tokens::light(), Texts::of(Language::English), &focus, now());
        let rows = table::rows(&look, page, &may(), chart);
        assert!(rows.len() > 2 && rows.iter().all(|row| row.len() == rows[0].len()), "{chart:?} {rows:?}");
        let words = said(&desk);
        assert!(rows[1].iter().all(|cell| words.contains(cell.as_str())), "{chart:?} {words}");
    }
}

#[test]
fn a_gap_stands_in_the_table_as_no_data_and_not_as_a_number() {
    let mut desk = leader();
    step(&mut desk, Message::Table(Chart::FirstContact));
    assert!(said(&desk).contains("19 – no data"), "{}", said(&desk));
}

#[test]
fn keys_walk_through_periods_departments_and_the_file() {
    let mut desk = leader();
    let keys = FiguresScreen.keys(&desk, Texts::of(Language::English));
    let chords: Vec<&str> = keys.iter().map(|key| key.chord).collect();
    assert_eq!(chords, ["←", "→", "W", "M", "Q", "C", "D", "T", "↑", "↓", "Ctrl E", "F5"]);
    step(&mut desk, Message::Earlier);
    assert_eq!(desk.figures.as_ref().expect("open").period.from().to_string(), "2026-04-01");
    step(&mut desk, Message::Length(PeriodKind::Week));
    assert_eq!(desk.figures.as_ref().expect("open").period.from().to_string(), "2026-04-27");
    step(&mut desk, Message::Compare);
    assert_eq!(desk.figures.as_ref().expect("open").comparison, Comparison::Nothing);
    let mut desk = leader();
    step(&mut desk, Message::Export);
    assert!(said(&desk).contains("Exporting …"));
    let page = desk.figures.as_mut().expect("open");
    page.exported = Some(Exported::NotWritten(std::io::ErrorKind::PermissionDenied));
    assert!(said(&desk).contains("The file was not saved. It could not be written there: choose another folder."));
}

#[test]
fn the_figures_are_drawn_light_and_dark_in_both_languages_and_at_every_width() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures/figures");
    let desk = leader();
    for (language, code) in [(Language::English, "en"), (Language::Danish, "da")] {
        for theme in [ThemeName::Light, ThemeName::Dark] {
            let picture =
                with(&desk, (Focus::none(), language, Tokens::of(theme)), SIZE, |bench| bench.draw(1.0, theme));
            picture.save(&folder.join(format!("figures-{code}-{theme:?}.png")));
        }
    }
    for (name, size) in [
        ("tall", Size::new(1440.0, 1060.0)),
        ("narrow", Size::new(1100.0, 1500.0)),
        ("small", Size::new(800.0, 2300.0)),
    ] {
        let light = (Focus::none(), Language::English, Tokens::light());
        let picture = with(&desk, light, size, |bench| bench.draw(1.0, ThemeName::Light));
        picture.save(&folder.join(format!("figures-{name}.png")));
    }
    let mut tables = leader();
    step(&mut tables, Message::Table(Chart::Meetings));
    let light = (Focus::none(), Language::English, Tokens::light());
    with(&tables, light, SIZE, |bench| bench.draw(1.0, ThemeName::Light)).save(&folder.join("figures-table.png"));
}
