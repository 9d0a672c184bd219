//! The day of a site: its places side by side, with who is on duty and how full each is. What does not live here: the sheet of hours (see
//! `grid`), which places a column holds (the desk's).

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length, Size};
use skranke_api::appointments::Counter;
use skranke_desk::calendar::{CalendarPage, Column};
use skranke_domain::appointment::CounterKind;

use super::event::Wording;
use super::grid::{Bars, Day, GUTTER, Measures, sheet, things};
use super::header::counter_name;
use super::week::{framed, long_day};
use super::{FIRST, Message, selected};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::theme::Type;
use crate::theme::scale::{radius, space, stroke};
use crate::widget::panel::surface;
use crate::widget::{Element, Ring, Status, Style, control, ellipsis, hline, icon, scroll, tip_text, vline};

/// The head of a column.
const HEAD: f32 = 51.0;
/// A column that is narrower than this cannot be read.
const LEAST: f32 = 146.0;
/// The room in which columns that lie outside the window are named.
const MORE: f32 = 26.0;
/// How tall the bar of a column's load is.
const LOAD: f32 = 3.0;

/// Which columns of the day are in sight, so that the one that the keys act on is: from, and how many.
pub(super) fn in_sight(page: &CalendarPage, columns: &[Column], wide: f32) -> std::ops::Range<usize> {
    let fit = (((wide - GUTTER) / LEAST).floor().max(1.0) as usize).min(columns.len());
    let active = columns.iter().position(|column| column.holds(&page.lane)).unwrap_or(0);
    let from = (active + 1).saturating_sub(fit).min(columns.len().saturating_sub(fit));
    from..from + fit
}

/// The day beneath its line.
pub(super) fn body<'a>(scene: Scene<'a>, page: &'a CalendarPage, size: Size) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let columns = page.columns(&desk.session.sites);
    let sight = in_sight(page, &columns, size.width);
    let hidden = columns.len() - sight.len();
    let more = if hidden > 0 { MORE } else { 0.0 };
    let shown = columns.get(sight.clone()).unwrap_or_default();
    let blocks = page.site_day.value().map(|day| day.blocks.as_slice()).unwrap_or_default();
    let days: Vec<Day<'a>> = shown
        .iter()
        .filter_map(|column| {
            let first = column.counters.first()?.clone();
            // What is moved among the stands stays at its own where it stood there.
            let to =
                page.moving.as_ref().map(|m| &m.to.counter).filter(|to| column.holds(to)).unwrap_or(&first).clone();
            let whole = (page.day, column.counters.clone(), to);
            // One block for all the stands together.
            let alike = blocks.iter().filter(move |block| column_shows(column, block));
            let alike: Vec<_> = alike.collect();
            Some(Day::new(page, whole, things(scene, page).into_iter(), alike.into_iter()))
        })
        .collect();
    let room = Size::new(size.width - more, (size.height - HEAD - stroke::LINE).max(0.0));
    let measures = Measures::of(page, &days, room, (Wording::Joined, Bars::None));
    let heads = shown.iter().map(|one| head(scene, page, one, measures.wide));
    let mut heads = row![gap().width(GUTTER)].extend(heads).height(HEAD);
    if hidden > 0 {
        heads = heads.push(further(scene, &columns, &sight));
    }
    let inside = scroll(look, FIRST.child("scroll").widget(), sheet(scene, page, days, &measures));
    let active = match selected(page) {
        Some(appointment) => Some(appointment.citizen_short.clone()),
        None => columns.iter().find(|one| one.holds(&page.lane)).map(|one| column_name(scene, one)),
    };
    let name = look.with("calendar-day-of", &[("day", long_day(look, page.day).into())]);
    framed(look, name, active, column![heads, hline(look), inside].into())
}

/// Whether a column shows a block: of places together, what closes the first one.
fn column_shows(column: &Column, block: &skranke_api::appointments::Block) -> bool {
    column.counters.first() == Some(&block.counter)
}

/// What a column is called: its place, or "Stands 1–2".
pub(super) fn column_name(scene: Scene<'_>, column: &Column) -> String {
    let Scene { look, desk } = scene;
    match column.counters.as_slice() {
        [] => String::new(),
        [one] => counter_name(look, desk, one),
        many => {
            let count = i64::try_from(many.len()).unwrap_or(i64::MAX);
            look.with("calendar-lane-stands", &[("last", look.texts.number(count).into())])
        }
    }
}

/// Who is there, in words.
fn on_duty(scene: Scene<'_>, column: &Column) -> String {
    let Scene { look, desk } = scene;
    let me = desk.session.me.value();
    match &column.staff {
        _ if column.closed => look.t("calendar-lane-closed"),
        Some(staff) if me.is_some_and(|me| me.id == staff.id) => look.t("calendar-lane-you"),
        Some(staff) => staff.name.clone(),
        None if column.kind == CounterKind::Stand => look.t("calendar-lane-self-service"),
        None => look.t("calendar-lane-nobody"),
    }
}

fn head<'a>(scene: Scene<'a>, page: &CalendarPage, one: &Column, wide: f32) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let active = one.holds(&page.lane);
    let title = column_name(scene, one);
    let staff = on_duty(scene, one);
    let full = look.with("calendar-percent", &[("percent", one.percent.into())]);
    let name = if one.closed { format!("{title}, {staff}") } else { format!("{title}, {staff}, {full}") };
    let mut first = row![ellipsis(title, Type::CELL_STRONG).color(t.ink)].spacing(space::S4).align_y(Alignment::Center);
    if step_free(scene, one) {
        first = first.push(icon(Icon::Accessibility, 12.0, t.ink3));
    }
    let second = ellipsis(staff, Type::LABEL).color(t.ink2);
    let bar: Element<'a, Message> = if one.closed {
        gap().height(LOAD).into()
    } else {
        let share = u16::from(one.percent.min(100));
        row![
            surface(t.heat[4], gap().height(LOAD)).width(Length::FillPortion(share.max(1))),
            surface(t.sunken, gap().height(LOAD)).width(Length::FillPortion((100 - share).max(1))),
        ]
        .height(LOAD)
        .into()
    };
    let words = container(column![first, second, container(bar).padding([3.0, 0.0])])
        .padding(iced::Padding { top: 4.0, right: space::S8, bottom: 0.0, left: space::S8 })
        .height(Length::Fill)
        .width(Length::Fill);
    let lane = one.counters.first().cloned().unwrap_or_else(|| page.lane.clone());
    let ground = if active { t.accent_soft } else { t.surface };
    let face = control(look, FocusId::new("calendar/lane").child(&lane), Role::Row, name, words)
        .width(Length::Fill)
        .height(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::TAG))
        .ringed(active && selected(page).is_none() && look.focused(&FIRST))
        .on_press(Message::ToLane(lane))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed if !active => Style::ground(t.bg, 0.0),
            _ => Style::ground(ground, 0.0),
        });
    row![vline(look, Length::Fill), face].width(wide).height(Length::Fill).into()
}

fn step_free(scene: Scene<'_>, column: &Column) -> bool {
    let all = scene.desk.session.sites.iter().flat_map(|site| &site.counters);
    let of = |counter: &&Counter| column.counters.contains(&counter.id);
    column.kind == CounterKind::Room && all.clone().filter(of).any(|counter| counter.step_free)
}

/// Columns that lie outside the window: how many, which, and the way there.
fn further<'a>(scene: Scene<'a>, columns: &[Column], sight: &std::ops::Range<usize>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let hidden = columns.iter().enumerate().filter(|(at, _)| !sight.contains(at));
    let names: Vec<String> = hidden.map(|(_, column)| column_name(scene, column)).collect();
    let next = columns.get(sight.end).or(columns.first()).and_then(|column| column.counters.first());
    let count = look.texts.number(i64::try_from(names.len()).unwrap_or(i64::MAX));
    let picture = if sight.end < columns.len() { Icon::ChevronRight } else { Icon::ChevronLeft };
    let inside = column![
        icon(picture, 14.0, t.ink2),
        look.colored(look.with("calendar-lanes-more-short", &[("count", count.into())]), Type::LABEL_MEDIUM, t.ink2),
    ]
    .align_x(Alignment::Center);
    let name = look.with("calendar-lanes-more", &[("names", names.join(", ").into())]);
    let tip = tip_text(look, name.clone());
    control(look, "calendar/lanes-more", Role::Button, name, container(inside).center(Length::Fill))
        .width(MORE)
        .height(Length::Fill)
        .ring(Ring::Within(radius::TAG))
        .on_press_maybe(next.cloned().map(Message::ToLane))
        .tip(tip)
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, 0.0),
            _ => Style::ground(t.surface, 0.0),
        })
        .into()
}

/// How many half hours are still free where people are booked, from this minute on where it is today.
pub(super) fn free(scene: Scene<'_>, page: &CalendarPage, columns: &[Column]) -> i64 {
    const HALF: i64 = 30;
    let Some(day) = page.site_day.value() else { return 0 };
    let site = scene.desk.session.sites.iter().find(|site| site.id == page.site);
    let weekday = usize::try_from(page.day.weekday().to_monday_zero_offset()).unwrap_or(0);
    let Some(hours) = site.and_then(|site| site.hours.get(weekday)).and_then(Option::as_ref) else { return 0 };
    let at = |time| page.at(page.day, time).map(jiff::Timestamp::as_second);
    let (Some(from), Some(to)) = (at(hours.from), at(hours.to)) else { return 0 };
    let from = if page.day == scene.look.now.date() { from.max(scene.look.now.timestamp().as_second()) } else { from };
    let booked_at = |kind| matches!(kind, CounterKind::Counter | CounterKind::Room | CounterKind::Phone);
    let open = columns.iter().filter(|column| !column.closed && booked_at(column.kind));
    let counters = open.flat_map(|column| &column.counters);
    counters
        .map(|counter| {
            let booked = day.items.iter().filter(|a| a.counter == *counter && super::takes_time(a));
            let booked = booked.map(|a| (a.start.as_second(), a.end.as_second()));
            let blocked = day.blocks.iter().filter(|b| b.counter == *counter);
            let blocked = blocked.map(|b| (b.start.as_second(), b.end.as_second()));
            let mut taken: Vec<(i64, i64)> = booked.chain(blocked).collect();
            taken.sort_unstable();
            let (mut at, mut found) = (from, 0);
            for (start, end) in taken.into_iter().chain([(to, to)]) {
                found += (start.min(to) - at).max(0) / 60 / HALF;
                at = at.max(end);
            }
            found
        })
        .sum()
}
