//! Every control of every screen: it has a name, an id of its own, and `Tab` reaches it; what lies over a page keeps `Tab` inside; where it is
//! looked at, it is large enough and its ring is seen whole. In both languages, so that no word is missing either.

use std::collections::{BTreeSet, HashMap};

use iced::{Point, Rectangle};
use skranke::desk::settings::{Language, Settings as Person};
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::ui::App;
use skranke::ui::focus::{ControlInfo, Role as Kind};
use skranke::ui::theme::Tokens;

use crate::support::town::Town;
use crate::support::trust::{self, Layer, Visitor};
use crate::support::window::{Clerk, launch, person, sit_down};
use crate::support::{DIVORCED, PATIENCE, SHOWCASE};

/// The least width and height of what can be pressed, in logical pixels (WCAG 2.2, 2.5.8).
const TARGET: f32 = 24.0;

/// How closely the keyboard's way is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rings {
    /// Where it stops.
    Stops,
    /// And what is drawn there.
    Drawn,
}

/// What is wrong with the controls now on the screen.
fn look<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, screen: &str, layer: Layer) -> Vec<String> {
    look_at(clerk, screen, layer, Rings::Stops)
}

fn look_at<P: iced::Program<State = App> + 'static>(
    clerk: &mut Clerk<P>,
    screen: &str,
    layer: Layer,
    rings: Rings,
) -> Vec<String> {
    let _ = clerk.driver.settle(std::time::Duration::from_millis(200), PATIENCE);
    let mut wrong = Vec::new();
    let controls = clerk.controls();
    if controls.is_empty() {
        wrong.push(format!("{screen}: no control at all"));
    }
    let mut count: HashMap<&str, usize> = HashMap::new();
    for control in &controls {
        *count.entry(control.id.as_str()).or_default() += 1;
        if control.name.trim().is_empty() {
            wrong.push(format!("{screen}: {} has no name", control.id));
        }
        if control.state.disabled.as_ref().is_some_and(|why| why.trim().is_empty()) {
            wrong.push(format!("{screen}: {} does not say why it cannot be used", control.id));
        }
    }
    wrong
        .extend(count.iter().filter(|(_, n)| **n > 1).map(|(id, n)| format!("{screen}: {n} controls are called {id}")));
    if layer == Layer::Over && !controls.iter().any(|control| control.role == Kind::Dialog) {
        wrong.push(format!("{screen}: what lies over the page is no dialog"));
    }
    wrong.extend(
        clerk.driver.texts().into_iter().filter(|text| text.contains('⟦')).map(|text| format!("{screen}: {text}")),
    );

    let stops: BTreeSet<String> = controls.iter().filter(|control| control.is_stop()).map(id).collect();
    let mut reached = BTreeSet::new();
    for key in ["Tab", "Shift+Tab"] {
        reached.clear();
        for _ in 0..stops.len() + 1 {
            clerk.press(&[key]);
            let at = clerk.at();
            if let Some(at) = at.as_deref().filter(|at| rings == Rings::Drawn && !reached.contains(*at) && key == "Tab")
            {
                wrong.extend(drawn(clerk, at).map(|what| format!("{screen}: {at} {what}")));
            }
            reached.extend(at);
        }
        let missed: Vec<&String> = stops.difference(&reached).collect();
        let beyond: Vec<&String> = reached.difference(&stops).collect();
        if !missed.is_empty() || !beyond.is_empty() {
            wrong.push(format!("{screen}: {key} misses {missed:?} and goes beyond to {beyond:?}"));
        }
    }
    wrong
}

fn id(control: &ControlInfo) -> String {
    control.id.to_string()
}

/// Whether a control is large enough, or has so much room that nobody presses its neighbour.
fn can_be_hit(control: &ControlInfo, all: &[ControlInfo]) -> bool {
    let is_large = |bounds: Rectangle| bounds.width >= TARGET && bounds.height >= TARGET;
    let (center, reach) = (control.bounds.center(), TARGET / 2.0);
    let others = all.iter().filter(|other| other.is_stop() && other.id != control.id);
    is_large(control.bounds)
        || others.map(|other| other.bounds).filter(|bounds| !bounds.contains(center)).all(|bounds| {
            let near = match is_large(bounds) {
                true => Point::new(
                    center.x.clamp(bounds.x, bounds.x + bounds.width),
                    center.y.clamp(bounds.y, bounds.y + bounds.height),
                ),
                false => bounds.center(),
            };
            near.distance(center) >= if is_large(bounds) { reach } else { TARGET }
        })
}

/// What is wrong with how the control looks that has the keyboard: it is too small to be hit, or its ring is cut.
fn drawn<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, at: &str) -> Option<String> {
    let controls = clerk.controls();
    let control = controls.iter().find(|control| control.id.as_str() == at)?;
    if !can_be_hit(control, &controls) {
        return Some(format!("is only {:?} and near another", control.bounds.size()));
    }
    // A list shows it round its active row.
    let bounds = controls.iter().rev().find(|control| control.ringed).unwrap_or(control).bounds;
    let picture = clerk.driver.picture();
    let yellow = Tokens::light().focus.into_rgba8();
    let is_yellow = |x: f32, y: f32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "left of or above it is no pixel")]
        let pixel = (x >= 0.0 && y >= 0.0).then(|| picture.pixel(x as u32, y as u32)).flatten();
        pixel.is_some_and(|pixel| pixel.iter().zip(yellow).all(|(is, shall)| is.abs_diff(shall) < 48))
    };
    // A row's ring lies 0 to 3 pixels outside, another control's 2 to 5, one at the window's edge 0 to 3 inside: in the middle of each, away
    // from corners however round.
    let whole = |outset: f32| {
        let (top, bottom) = (bounds.y - outset, bounds.y + bounds.height + outset);
        let (left, right) = (bounds.x - outset, bounds.x + bounds.width + outset);
        let across = [0.4, 0.5, 0.6].map(|share| bounds.x + share * bounds.width);
        let middle = bounds.center_y();
        across.into_iter().all(|x| is_yellow(x, top) && is_yellow(x, bottom))
            && is_yellow(left, middle)
            && is_yellow(right, middle)
    };
    let seen = [1.5, 3.5, -1.5].into_iter().any(whole);
    (!seen).then(|| format!("at {bounds:?} has no ring that is seen whole"))
}

/// Whoever looks closely at every screen that she is led to.
#[derive(Default)]
struct Closely {
    wrong: Vec<String>,
}

impl Visitor for Closely {
    fn see<P: iced::Program<State = App> + 'static>(&mut self, clerk: &mut Clerk<P>, screen: &str, layer: Layer) {
        self.wrong.extend(look_at(clerk, screen, layer, Rings::Drawn));
    }
}

fn walk(language: Language) {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, person(language)));
    let mut wrong = Vec::new();

    wrong.extend(look(&mut clerk, "start", Layer::Page));
    for (keys, screen) in [("Ctrl+P", "personas"), ("Ctrl+,", "settings"), ("?", "all keys")] {
        clerk.press(&[keys]);
        wrong.extend(look(&mut clerk, screen, Layer::Over));
        clerk.press(&["Escape"]);
    }
    clerk.press(&["Ctrl+K"]);
    wrong.extend(look(&mut clerk, "empty palette", Layer::Over));
    clerk.press(&["Escape", "Ctrl+K"]).type_text("wrona").offered("Wrona, Kalina");
    wrong.extend(look(&mut clerk, "palette", Layer::Over));
    clerk.press(&["Escape"]).open_showcase();
    wrong.extend(look(&mut clerk, "citizen", Layer::Page));
    clerk.press(&["Escape"]).open_showcase().open_case("cpr-eu-employee");
    wrong.extend(look(&mut clerk, "case", Layer::Page));
    clerk
        .press(&["Escape"])
        .open_showcase()
        .open_case("cpr-eu-employee")
        .choose_item(|_, state| state == ItemState::Received);
    clerk.press(&["x"]).read_word("reason-field");
    wrong.extend(look(&mut clerk, "reason", Layer::Over));
    clerk.press(&["Escape"]);
    clerk
        .press(&["Ctrl+3"])
        .until("the cases", |desk| desk.cases.as_ref().is_some_and(skranke::desk::board::BoardPage::is_known));
    wrong.extend(look(&mut clerk, "cases", Layer::Page));
    clerk
        .press(&["Ctrl+4"])
        .until("the day", |desk| desk.calendar.as_ref().is_some_and(|c| c.site_day.value().is_some()));
    wrong.extend(look(&mut clerk, "calendar day", Layer::Page));
    clerk.press(&["w"]).read_word("calendar-whole-site");
    // A menu hangs on its button and is no dialog: its choices are menu items.
    wrong.extend(look(&mut clerk, "whose calendar", Layer::Page));
    if !clerk.controls().iter().any(|control| control.role == Kind::MenuItem) {
        wrong.push("whose calendar: no choice in the menu".to_owned());
    }
    clerk.press(&["Escape", "l"]).read_word("calendar-close-from");
    wrong.extend(look(&mut clerk, "closing time", Layer::Over));
    clerk
        .press(&["Escape", "v"])
        .until("the week", |desk| desk.calendar.as_ref().is_some_and(|c| c.week.value().is_some()));
    wrong.extend(look(&mut clerk, "calendar week", Layer::Page));
    clerk
        .press(&["Ctrl+1"])
        .until("the queue", |desk| desk.counter.as_ref().is_some_and(|page| page.queue.value().is_some()));
    wrong.extend(look(&mut clerk, "queue", Layer::Page));
    for (key, screen) in
        [("n", "a new ticket"), ("k", "who has come"), ("y", "who works here"), ("q", "asking for help")]
    {
        clerk.press(&[key]).until("it is open", |desk| desk.counter.as_ref().is_some_and(|page| page.open.is_some()));
        wrong.extend(look(&mut clerk, screen, Layer::Over));
        clerk.press(&["Escape"]);
    }
    clerk.press(&["Ctrl+6"]);
    wrong.extend(look(&mut clerk, "outbox", Layer::Page));
    let bookable = town.run(crate::contract::bookable(&town));
    clerk.open_showcase().choose_case(bookable.row.procedure.as_str()).press(&["b"]);
    clerk.until("free times", |desk| {
        desk.calendar.as_ref().is_some_and(|c| c.free.value().is_some_and(|free| !free.is_empty()))
    });
    wrong.extend(look(&mut clerk, "booking", Layer::Page));
    let gallery = clerk.word("command-gallery");
    clerk.press(&["Ctrl+K"]).type_text(&format!(">{gallery}")).read(&gallery).press(&["Enter"]);
    wrong.extend(look(&mut clerk, "gallery", Layer::Page));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every sheet of the citizen page, the turned page and the lock.
fn walk_a_visit(language: Language) {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, person(language)));
    let mut wrong = Vec::new();
    clerk.open_citizen(DIVORCED);
    wrong.extend(look(&mut clerk, "citizen with a proposal", Layer::Page));
    clerk.open_citizen(SHOWCASE);
    for (key, kind) in [
        ("w", SheetKind::WrapUp),
        ("n", SheetKind::Note),
        ("p", SheetKind::Promise),
        ("l", SheetKind::Letter),
        ("h", SheetKind::Handover),
        ("c", SheetKind::Situation),
        ("m", SheetKind::Change),
        ("q", SheetKind::Verify),
    ] {
        clerk.press(&[key]).sheet_opens(kind);
        wrong.extend(look(&mut clerk, &format!("{kind:?}"), Layer::Over));
        match kind {
            // A choice leads further: what comes then is a screen of its own.
            SheetKind::Handover => {
                clerk.press(&["Escape"]).sheet_closes().press(&["h"]).sheet_opens(kind).type_text("brunsgaard");
                clerk.until("she is offered", |desk| match desk.sheet() {
                    Some(Sheet::Handover(sheet)) => sheet.candidates.len() == 1,
                    _ => false,
                });
                clerk.press(&["Enter"]);
                wrong.extend(look(&mut clerk, "Handover, chosen", Layer::Over));
            }
            SheetKind::Situation | SheetKind::Change => {
                clerk.press(&["Escape"]).sheet_closes().press(&[key]).sheet_opens(kind).press(&["Enter"]);
                clerk.until("the kind is chosen", |desk| match desk.sheet() {
                    Some(Sheet::Situation(sheet)) => sheet.kind.is_some(),
                    Some(Sheet::Change(sheet)) => sheet.touches.value().is_some(),
                    _ => false,
                });
                wrong.extend(look(&mut clerk, &format!("{kind:?}, chosen"), Layer::Over));
            }
            SheetKind::Verify => {
                clerk.until("the questions", |desk| match desk.sheet() {
                    Some(Sheet::Verify(sheet)) => sheet.questions.value().is_some(),
                    _ => false,
                });
                wrong.extend(look(&mut clerk, "Verify, asked", Layer::Over));
            }
            _ => {}
        }
        clerk.press(&["Escape"]).sheet_closes();
    }
    clerk.press(&["F8"]).until("it is turned", |desk| desk.turned.is_some());
    wrong.extend(look(&mut clerk, "turned", Layer::Page));
    clerk.press(&["F8", "Ctrl+L"]).until("it is locked", |desk| desk.lock.locked().is_some());
    wrong.extend(look(&mut clerk, "locked", Layer::Page));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_control_of_a_visit_has_a_name_and_is_reached_by_keyboard_in_english() {
    walk_a_visit(Language::En);
}

#[test]
fn every_control_of_a_visit_has_a_name_and_is_reached_by_keyboard_in_danish() {
    walk_a_visit(Language::Da);
}

#[test]
fn every_control_has_a_name_and_is_reached_by_keyboard_in_english() {
    walk(Language::En);
}

#[test]
fn every_control_has_a_name_and_is_reached_by_keyboard_in_danish() {
    walk(Language::Da);
}

#[test]
fn a_narrow_window_with_large_text_keeps_every_control_within_reach() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let settings = skranke::desk::settings::Settings { text_percent: 150, ..person(Language::Da) };
    let mut clerk = sit_down(launch(&town, profile.path(), Role::Clerk, settings));
    let mut wrong = Vec::new();
    clerk.open_showcase();
    wrong.extend(look(&mut clerk, "citizen at 150 %", Layer::Page));
    clerk.open_showcase().open_case("cpr-eu-employee");
    wrong.extend(look(&mut clerk, "case at 150 %", Layer::Page));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn walk_the_figures(language: Language) {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut leader = sit_down(launch(&town, profile.path(), Role::TeamLeader, person(language)));
    leader
        .press(&["Ctrl+5"])
        .until("the figures", |desk| desk.figures.as_ref().is_some_and(|page| page.figures.value().is_some()));
    let mut wrong = look(&mut leader, "figures", Layer::Page);
    leader.press(&["Ctrl+5", "t"]).until("a table", |desk| desk.figures.as_ref().is_some_and(|f| f.table.is_some()));
    wrong.extend(look(&mut leader, "figures as a table", Layer::Page));
    leader.press(&["Left"]).until("the month before", |desk| {
        desk.figures.as_ref().and_then(|page| page.figures.value()).is_some_and(|figures| figures.from.month() == 4)
    });
    wrong.extend(look(&mut leader, "figures of the month before", Layer::Page));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_control_of_the_figures_has_a_name_and_is_reached_by_keyboard() {
    walk_the_figures(Language::En);
    walk_the_figures(Language::Da);
}

fn walk_closely(language: Language, way: impl FnOnce(&Person, &mut Closely)) {
    let mut closely = Closely::default();
    way(&person(language), &mut closely);
    assert!(closely.wrong.is_empty(), "{}", closely.wrong.join("\n"));
}

#[test]
fn every_control_of_signing_in_and_of_a_day_without_a_line_is_reached_and_seen_in_english() {
    walk_closely(Language::En, |person, closely| {
        trust::signed_out(person, closely);
        trust::without_a_line(person, closely);
        trust::unsent(person, closely);
    });
}

#[test]
fn every_control_of_signing_in_and_of_a_day_without_a_line_is_reached_and_seen_in_danish() {
    walk_closely(Language::Da, |person, closely| {
        trust::signed_out(person, closely);
        trust::without_a_line(person, closely);
        trust::unsent(person, closely);
    });
}

#[test]
fn every_control_of_the_oversight_is_reached_and_seen_in_english() {
    walk_closely(Language::En, trust::the_oversight);
}

#[test]
fn every_control_of_the_oversight_is_reached_and_seen_in_danish() {
    walk_closely(Language::Da, trust::the_oversight);
}
