//! The week of a counter, a caseworker or an interpreter: five days side by side with their heads. What does not live here: the sheet of hours
//! (see `grid`).

use iced::widget::{column, container, responsive, row, space as gap};
use iced::{Alignment, Color, Length, Size};
use jiff::civil::Date;
use skranke_api::appointments::Calendar;
use skranke_desk::calendar::{CalendarPage, View, Whose};
use skranke_desk::load::Load;

use super::event::Wording;
use super::grid::{Bars, Day, GUTTER, Measures, sheet, skeleton, things};
use super::header::{is_slow, notice, title, trouble};
use super::{FIRST, Message, day, days_to, selected};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::{Element, Ring, Status, Style, control, ellipsis, hline, panel::surface, scroll, vline};

/// The head of a day.
const HEAD: f32 = 45.0;
/// From this width on a day's head says what its percentage means.
const ROOMY: f32 = 150.0;

/// The middle column.
pub(super) fn middle<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let mut all = column![title(scene, page), hline(look)];
    if let Some(trouble) = trouble(scene, page) {
        all = all.push(container(trouble).padding([space::S8, space::S16])).push(hline(look));
    }
    let body: Element<'a, Message> = match page.shown() {
        Load::Known { value, .. } => responsive(move |size| match page.view {
            View::Day => day::body(scene, page, size),
            View::Week => body(scene, page, value, size),
        })
        .into(),
        // Without an answer no grid is drawn: an empty one would say that all of the time is free.
        Load::Failed { error, .. } => {
            let said = notice(look, sentence(look, error), "calendar/ask-again-week");
            container(column![said].max_width(560.0))
                .padding(space::S24)
                .center_x(Length::Fill)
                .height(Length::Fill)
                .into()
        }
        waiting if is_slow(waiting, look) => skeleton(look),
        _ => gap().width(Length::Fill).height(Length::Fill).into(),
    };
    surface(look.tokens.surface, all.push(body)).width(Length::Fill).height(Length::Fill).into()
}

fn body<'a>(scene: Scene<'a>, page: &'a CalendarPage, week: &'a Calendar, size: Size) -> Element<'a, Message> {
    let look = scene.look;
    let counters = match &page.whose {
        Whose::Counter(counter) => vec![counter.clone()],
        Whose::Staff(_) | Whose::Interpreter(_) => Vec::new(),
    };
    let days: Vec<Day<'a>> = page
        .days()
        .into_iter()
        .map(|date| {
            // What is moved in somebody's week stays at its place.
            let here =
                counters.first().or(page.moving.as_ref().map(|m| &m.to.counter)).unwrap_or(&page.counter).clone();
            let column = (date, counters.clone(), here);
            Day::new(page, column, things(scene, page).into_iter(), week.blocks.iter())
        })
        .collect();
    let room = Size::new(size.width, (size.height - HEAD - stroke::LINE).max(0.0));
    let measures = Measures::of(page, &days, room, (Wording::Apart, Bars::Hourly));
    let heads = days.iter().map(|day| {
        let percent = week.load.iter().find(|load| load.day == day.date).map(|load| load.percent);
        head(look, page, day, percent, measures.wide)
    });
    let heads = row![gap().width(GUTTER)].extend(heads).height(HEAD);
    let inside = scroll(look, FIRST.child("scroll").widget(), sheet(scene, page, days, &measures));
    // What the keys act on wears the ring: the chosen appointment, else the day.
    let active = match selected(page) {
        Some(appointment) => Some(appointment.citizen_short.clone()),
        None => page.days().contains(&page.day).then(|| long_day(look, page.day)),
    };
    framed(look, look.t("calendar-week-name"), active, column![heads, hline(look), inside].into())
}

/// The sheet as the one stop of the keyboard.
pub(super) fn framed<'a>(
    look: &Look<'_>,
    name: String,
    active: Option<String>,
    inside: Element<'a, Message>,
) -> Element<'a, Message> {
    let ring = if active.is_some() { Ring::Hidden } else { Ring::Row(radius::TAG) };
    control(look, FIRST, Role::List, name, inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(ring)
        .state(ControlState::new().active(active))
        .into()
}

/// A day in full: "Tuesday 9 Jun".
pub(super) fn long_day(look: &Look<'_>, date: Date) -> String {
    look.with(
        "calendar-day-name",
        &[("weekday", look.texts.weekday_long(date).into()), ("date", look.texts.day_month(date).into())],
    )
}

fn head<'a>(look: &Look<'_>, page: &CalendarPage, day: &Day<'_>, share: Option<u8>, wide: f32) -> Element<'a, Message> {
    let t = look.tokens;
    let today = day.date == look.now.date();
    let active = day.date == page.day;
    let short =
        look.with("calendar-day", &[("weekday", look.texts.weekday(day.date).into()), ("day", day.date.day().into())]);
    let percent = |id: &str| share.map(|percent| look.with(id, &[("percent", percent.into())]));
    let shown = percent(if wide < ROOMY { "calendar-percent-short" } else { "calendar-percent" });
    let lacking = day.lacking();
    let papers = match lacking {
        0 => look.t("calendar-none-lack"),
        count => look.with("calendar-lack", &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())]),
    };
    let long = long_day(look, day.date);
    let name = [Some(long), percent("calendar-percent"), Some(papers.clone())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let mut first = row![look.colored(short, Type::CELL_STRONG, t.ink).wrapping(iced::widget::text::Wrapping::None)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    if let Some(percent) = shown {
        first = first.push(ellipsis(percent, Type::CELL).color(t.ink2).width(Length::Fill));
    }
    let second = match lacking {
        0 => ellipsis(papers, Type::LABEL).color(t.ink3),
        _ => ellipsis(papers, Type::LABEL_MEDIUM).color(t.wait),
    };
    let words = container(column![first, second]).padding([5.0, space::S8]).height(Length::Fill).width(Length::Fill);
    let line =
        surface(if active { t.accent } else { Color::TRANSPARENT }, gap().width(Length::Fill).height(stroke::STRONG));
    let way = days_to(page, day.date);
    let ground = if today { t.accent_soft } else { t.surface };
    let face = control(look, FocusId::new("calendar/day").child(day.date), Role::Row, name, column![words, line])
        .width(Length::Fill)
        .height(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::TAG))
        .ringed(active && selected(page).is_none() && look.focused(&FIRST))
        .on_press(Message::Day(way))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed if !today => Style::ground(t.bg, 0.0),
            _ => Style::ground(ground, 0.0),
        });
    row![vline(look, Length::Fill), face].width(wide).height(Length::Fill).into()
}
