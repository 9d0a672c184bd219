//! The month in small: how full each day is, in six steps, and the way to a day; beneath it when people of each ground of stay come. What does
//! not live here: the sums (the server's).

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use jiff::ToSpan;
use jiff::civil::Date;
use skranke_api::opening::{GroundLoad, LoadView};
use skranke_desk::calendar::days::WEEKS;
use skranke_desk::calendar::{CalendarInput, CalendarPage, monday_of};
use skranke_desk::load::Load;

use super::lanes::heat;
use super::{Message, margins};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::citizen::say::ground as ground_word;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, Ring, Status, Style, control, ellipsis, normal};

/// The month: one stop of the keyboard, the arrows move the day.
const MONTH: FocusId = FocusId::new("calendar/month");
/// The height of a day.
const DAY: f32 = 27.0;
/// The width of a week's number.
const NUMBER: f32 = 24.0;
/// The height of a ground's strip.
const STRIP: f32 = 12.0;

/// The month that the chosen day lies in, and the year by ground of stay.
pub fn view<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let step = |part: &'static str, picture: Icon, word: &str, by: i8| {
        normal(look, MONTH.child(part), "")
            .icon(picture)
            .size(ButtonSize::Small)
            .name(look.t(word))
            .on_press(Message::Do(CalendarInput::Month(by)))
            .build()
    };
    let head = row![
        ellipsis(look.texts.month_year(page.first), Type::STRONG).color(t.ink).width(Length::Fill),
        step("before", Icon::ChevronLeft, "calendar-month-before", -1),
        step("after", Icon::ChevronRight, "calendar-month-after", 1),
    ]
    .spacing(space::S4)
    .align_y(Alignment::Center);
    let mut all = column![head, days(look, page)].spacing(space::S8);
    match &page.month {
        Load::Known { value, .. } => {
            all = all.push(scale(look));
            if !value.grounds.is_empty() {
                all = all.push(grounds(look, page, value));
            }
        }
        Load::Failed { error, .. } => all = all.push(look.second(sentence(look, error))),
        Load::Idle | Load::Waiting { .. } => all = all.push(scale(look)),
    }
    all.padding(margins()).width(Length::Fill).into()
}

fn share(page: &CalendarPage, day: Date) -> Option<u8> {
    page.month.value()?.days.iter().find(|load| load.day == day).map(|load| load.percent)
}

fn days<'a>(look: &Look<'_>, page: &CalendarPage) -> Element<'a, Message> {
    let t = look.tokens;
    let monday = monday_of(page.first);
    let on = |n: i64| monday.checked_add(n.days()).unwrap_or(monday);
    let letters = (0..5).map(|n| {
        let name = look.texts.weekday(on(n));
        let letter: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
        container(look.label(letter)).center_x(Length::FillPortion(1)).into()
    });
    let mut all = Column::new().spacing(3.0);
    all = all.push(row![gap().width(NUMBER)].extend(letters).spacing(3.0));
    for week in 0..i64::from(WEEKS) {
        let first = on(week * 7);
        // A week wholly of the next month says nothing of this one.
        if week > 0 && first.first_of_month() > page.first {
            break;
        }
        let number = look.texts.number(i64::from(first.iso_week_date().week()));
        let cells = (0..5).map(|n| cell(look, page, on(week * 7 + n)));
        let number = container(look.colored(number, Type::LABEL, t.ink3)).width(NUMBER).center_y(DAY);
        all = all.push(row![number].extend(cells).spacing(3.0));
    }
    let said = match share(page, page.day) {
        Some(percent) => look.with(
            "calendar-month-day",
            &[("day", look.texts.weekday_day_month(page.day).into()), ("percent", percent.into())],
        ),
        None => look.texts.weekday_day_month(page.day),
    };
    let name = look.with("calendar-month-name", &[("month", look.texts.month_year(page.first).into())]);
    let go = |to: Date| Message::Do(CalendarInput::GoTo(to));
    let day = page.day;
    control(look, MONTH, Role::List, name, all)
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().active(Some(said)))
        .on_key(move |key, modifiers| {
            use iced::keyboard::key::{Key, Named};
            if !modifiers.is_empty() {
                return None;
            }
            // Friday and Monday lie side by side here.
            let over = |by: i64, friday: i64| if by.abs() == 1 { by * friday } else { by };
            let (by, jump) = match key {
                Key::Named(Named::ArrowLeft) => (-1, 3),
                Key::Named(Named::ArrowRight) => (1, 3),
                Key::Named(Named::ArrowUp) => (-7, 1),
                Key::Named(Named::ArrowDown) => (7, 1),
                _ => return None,
            };
            let edge = (by == 1 && day.weekday() == jiff::civil::Weekday::Friday)
                || (by == -1 && day.weekday() == jiff::civil::Weekday::Monday);
            let by = if edge { over(by, jump) } else { by };
            day.checked_add(by.days()).ok().map(go)
        })
        .into()
}

fn cell<'a>(look: &Look<'_>, page: &CalendarPage, day: Date) -> Element<'a, Message> {
    let t = look.tokens;
    let percent = share(page, day);
    let step = percent.map(|percent| heat(f32::from(percent) / 100.0).min(t.heat.len() - 1));
    let ground = step.map_or(iced::Color::TRANSPARENT, |step| t.heat[step]);
    let ink = match step {
        Some(step) => t.on_heat(step),
        None => t.ink3,
    };
    let chosen = day == page.day;
    let today = day == look.now.date();
    let word = look.texts.number(i64::from(day.day()));
    let style = if chosen || today { Type::LABEL_STRONG } else { Type::LABEL };
    let long = look.texts.weekday_day_month(day);
    let name = match percent {
        Some(percent) => look.with("calendar-month-day", &[("day", long.into()), ("percent", percent.into())]),
        None => long,
    };
    control(look, MONTH.child(day), Role::Row, name, container(look.colored(word, style, ink)).center(Length::Fill))
        .width(Length::FillPortion(1))
        .height(DAY)
        .ring(Ring::Hidden)
        .state(ControlState::new().selected(chosen))
        .on_press(Message::Do(CalendarInput::GoTo(day)))
        .style(move |status| {
            let mut style = Style::ground(ground, radius::TAG);
            if chosen {
                style = style.edge(t.ink);
                style.border.width = stroke::STRONG;
            } else if matches!(status, Status::Hovered | Status::Pressed) {
                style = style.edge(t.edge);
            }
            style
        })
        .into()
}

/// What the steps mean.
fn scale<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let steps = t
        .heat
        .into_iter()
        .map(|color| container(gap().width(18.0).height(6.0)).style(move |_| plate(color, t.line, 0.0)).into());
    row![
        look.label(look.t("calendar-share-none")),
        Row::with_children(steps).spacing(3.0),
        look.label(look.t("calendar-share-all")).wrapping(iced::widget::text::Wrapping::None)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center)
    .into()
}

/// When people of each ground of stay come, January first: the fuller, the darker.
fn grounds<'a>(look: &Look<'_>, page: &CalendarPage, load: &LoadView) -> Element<'a, Message> {
    let t = look.tokens;
    let title = look.colored(look.t("calendar-grounds"), Type::STRONG, t.ink);
    let letters = (1..=12_i8).map(|month| {
        let first = Date::new(page.first.year(), month, 1).unwrap_or(page.first);
        let letter: String = look.texts.month_year(first).chars().take(1).flat_map(char::to_uppercase).collect();
        let strong = matches!(month, 1 | 9);
        let style = if strong { Type::LABEL_STRONG } else { Type::LABEL };
        container(look.colored(letter, style, if strong { t.ink } else { t.ink3 }))
            .center_x(Length::FillPortion(1))
            .into()
    });
    let mut all = column![
        title,
        row![gap().width(Length::FillPortion(14)), Row::with_children(letters).width(Length::FillPortion(17))]
    ]
    .spacing(2.0);
    for ground in &load.grounds {
        all = all.push(strip(look, page, ground));
    }
    all.into()
}

fn strip<'a>(look: &Look<'_>, page: &CalendarPage, ground: &GroundLoad) -> Element<'a, Message> {
    let t = look.tokens;
    let most = ground.months.iter().copied().max().unwrap_or(0).max(1);
    let word = look.t(ground_word(ground.ground));
    let peak = ground.months.iter().position(|month| *month == most).unwrap_or(0);
    let bars = ground.months.iter().map(|month| {
        // Months have few visits. Squared, so that the peaks stand out of a year that is much the same.
        let step = heat((*month as f32 / most as f32).powi(2)).min(t.heat.len() - 1);
        surface(t.heat[step], gap().width(Length::Fill).height(STRIP)).width(Length::FillPortion(1)).into()
    });
    let bars = Row::with_children(bars).spacing(1.0).width(Length::FillPortion(17));
    let month = i8::try_from(peak + 1).unwrap_or(1);
    let first = Date::new(page.first.year(), month, 1).unwrap_or(page.first);
    let name = look.with(
        "calendar-ground-name",
        &[
            ("ground", word.clone().into()),
            ("month", look.texts.month_year(first).into()),
            ("count", i64::from(most).into()),
        ],
    );
    let inside = row![ellipsis(word, Type::LABEL).color(t.ink2).width(Length::FillPortion(14)), bars]
        .align_y(Alignment::Center)
        .height(16.0);
    control(look, MONTH.child(format_args!("ground/{:?}", ground.ground)), Role::Status, name, inside)
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .into()
}
