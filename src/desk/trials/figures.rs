//! The figures: who has them, which period they are of, that a late answer to another question is not shown, the file.

use skranke_api::statistics::{Statistics, Today};
use skranke_client::http::FiguresOf;
use skranke_domain::figures::PeriodKind;

use super::*;
use crate::Question;
use crate::ask::{FiguresQuestion, FiguresReply};
use crate::figures::{Chart, Comparison, Exported, FiguresInput, FiguresPage, Way};

fn leader() -> Desk {
    let mut desk = Desk::new(Role::TeamLeader, Settings::default(), TimeZone::UTC);
    let ticket = asked(&desk.update(Input::Begin, now()), Room::Session, 0);
    let me = json!({
        "id": "01890000-0000-7000-8000-000000000004", "name": "Grethe Vintermark", "initials": "GV", "role": "team_leader",
        "department": "kff", "authorities": [], "site": "norrebro", "counter": null, "training": true,
        "municipality": "København"
    });
    desk.update(Input::Reply(ticket, Reply::Me(Ok(serde_json::from_value(me).unwrap()))), now());
    desk
}

fn figures(of: &FiguresOf) -> Statistics {
    serde_json::from_value(json!({
        "site": of.site, "departments": [
            { "id": "kff", "tag": "KFF", "name": { "da": "Kultur og Fritid", "en": "Culture and Leisure" } },
            { "id": "bif", "tag": "BIF", "name": { "da": "Beskæftigelse", "en": "Employment" } }
        ],
        "from": of.period.from(), "to": of.period.to(), "counted": "2026-06-09T08:06:00Z",
        "aims": { "waitingMinutes": 15, "longMinutes": 20, "bookedPercent": 70, "paperMissing": 0 },
        "visits": { "now": { "kind": "count", "count": 4112 } }, "calls": { "count": 2712, "orMore": false },
        "waiting": { "count": { "kind": "few" }, "bars": [], "minutes": { "tenth": null, "median": null, "ninetieth": null },
            "withinPercent": null, "long": null, "medianBefore": null },
        "meetings": [], "firstContact": [], "rebooked": { "all": { "count": 0, "orMore": false }, "causes": [] },
        "channels": { "channels": [], "rows": [] }, "booked": { "percent": null, "before": null },
        "stands": { "percent": null, "before": null }, "standTime": { "tenth": null, "median": null, "ninetieth": null },
        "gaps": []
    }))
    .unwrap()
}

fn page(desk: &Desk) -> &FiguresPage {
    desk.figures.as_ref().expect("opened")
}

fn question(effects: &[Effect]) -> (Ticket, FiguresOf) {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Ask(ticket, Question::Figures(FiguresQuestion::Figures(of))) => Some((*ticket, of.clone())),
        _ => None,
    });
    found.expect("the figures are asked for")
}

fn tell(desk: &mut Desk, (ticket, of): &(Ticket, FiguresOf)) {
    let reply = Reply::Figures(FiguresReply::Figures(Box::new(Ok(figures(of)))));
    desk.update(Input::Reply(*ticket, reply), now());
}

fn opened() -> Desk {
    let mut desk = leader();
    let effects = desk.update(Input::Go(Place::Figures), now());
    tell(&mut desk, &question(&effects));
    desk
}

fn say(desk: &mut Desk, input: FiguresInput) -> Vec<Effect> {
    desk.update(Input::Figures(input), now())
}

#[test]
fn a_leader_opens_the_last_whole_month_beside_the_one_before_and_a_clerk_has_no_figures() {
    let desk = opened();
    let of = page(&desk).of();
    assert_eq!(of.period.from().to_string(), "2026-05-01");
    assert_eq!(of.against.map(|period| period.to().to_string()).as_deref(), Some("2026-04-30"));
    assert!(page(&desk).figures.value().is_some());
    let mut clerk = super::desk();
    let effects = clerk.update(Input::Go(Place::Figures), now());
    assert!(clerk.figures.is_none() && clerk.place() == Place::Figures);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Ask(..))));
}

#[test]
fn figures_of_another_period_that_come_late_are_not_shown() {
    let mut desk = opened();
    let april = question(&say(&mut desk, FiguresInput::Step(Way::Earlier)));
    assert!(page(&desk).figures.value().is_none(), "May is not shown under April's name");
    let march = question(&say(&mut desk, FiguresInput::Step(Way::Earlier)));
    tell(&mut desk, &april);
    assert!(page(&desk).figures.value().is_none());
    tell(&mut desk, &march);
    assert_eq!(page(&desk).figures.value().map(|f| f.from.to_string()).as_deref(), Some("2026-03-01"));
}

#[test]
fn no_period_begins_after_today() {
    let mut desk = opened();
    assert!(!say(&mut desk, FiguresInput::Step(Way::Later)).is_empty(), "June runs");
    assert!(say(&mut desk, FiguresInput::Step(Way::Later)).is_empty());
    assert_eq!(page(&desk).period.from().to_string(), "2026-06-01");
    say(&mut desk, FiguresInput::Length(PeriodKind::Week));
    assert_eq!(page(&desk).period.from().to_string(), "2026-06-08", "the last week of June has not begun");
    say(&mut desk, FiguresInput::Length(PeriodKind::Quarter));
    assert_eq!(page(&desk).period.from().to_string(), "2026-04-01");
}

#[test]
fn departments_go_round_and_the_comparison_can_be_left_out() {
    let mut desk = opened();
    let mut seen = Vec::new();
    for _ in 0..3 {
        let asked = question(&say(&mut desk, FiguresInput::Department));
        seen.push(asked.1.department.as_ref().map(ToString::to_string));
        tell(&mut desk, &asked);
    }
    assert_eq!(seen, [Some("kff".to_owned()), Some("bif".to_owned()), None]);
    let without = question(&say(&mut desk, FiguresInput::Compare));
    assert!(without.1.against.is_none() && page(&desk).comparison == Comparison::Nothing);
}

#[test]
fn a_chart_shows_its_table_and_the_next_one_its_own() {
    let mut desk = opened();
    say(&mut desk, FiguresInput::Table(Chart::Meetings));
    assert_eq!((page(&desk).chart, page(&desk).table), (Chart::Meetings, Some(Chart::Meetings)));
    say(&mut desk, FiguresInput::Table(Chart::Meetings));
    assert_eq!(page(&desk).table, None);
    assert_eq!((Chart::Today.next(), Chart::Waiting.previous()), (Chart::Today, Chart::Waiting));
}

#[test]
fn the_file_is_of_what_is_on_the_screen_and_is_asked_for_once() {
    let mut desk = opened();
    let effects = say(&mut desk, FiguresInput::Export);
    assert!(matches!(&effects[..], [Effect::ExportFigures(of)] if **of == page(&desk).of()), "{effects:?}");
    assert!(say(&mut desk, FiguresInput::Export).is_empty());
    say(&mut desk, FiguresInput::Exported(Exported::Written("may.csv".to_owned())));
    assert_eq!(page(&desk).exported, Some(Exported::Written("may.csv".to_owned())));
    assert!(!say(&mut desk, FiguresInput::Export).is_empty());
}

#[test]
fn an_answer_that_fails_keeps_what_was_known_and_says_so() {
    let mut desk = opened();
    let (ticket, _) = question(&say(&mut desk, FiguresInput::AskAgain));
    let failed = Reply::Figures(FiguresReply::Figures(Box::new(Err(ClientError::Offline))));
    desk.update(Input::Reply(ticket, failed), now());
    assert!(page(&desk).figures.value().is_some() && page(&desk).figures.trouble().is_some());
    let today = asked(&say(&mut desk, FiguresInput::AskAgain), Room::Figures, 1);
    let day: Today = serde_json::from_value(json!({
        "site": "norrebro", "at": "2026-06-09T08:06:00Z", "waiting": 7, "longest": 12, "served": 21,
        "bookedPercent": 62, "open": 3, "counters": 4, "aimMinutes": 15
    }))
    .unwrap();
    desk.update(Input::Reply(today, Reply::Figures(FiguresReply::Today(Ok(day)))), now());
    assert_eq!(page(&desk).today.value().map(|day| day.waiting), Some(7));
}
