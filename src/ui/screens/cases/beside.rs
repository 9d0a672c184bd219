//! What stands beside the board: a look at the chosen case, and the deadlines of the week. What does not live here: the case's own page.

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::board::{Effort, WeatherLine};
use skranke_desk::board::layers::LayerInput;
use skranke_desk::board::{BoardInput, BoardPage};

use super::{Message, WEATHER, words};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::{moment, pick};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::panel::surface;
use crate::widget::{
    Element, KeyGround, Ring, control, department, ellipsis, hline, key_cap, row_ground, scroll, status, vline,
};

/// How wide it is.
const WIDE: f32 = 340.0;

/// The height of the tallest day.
const DAY: f32 = 44.0;

const fn effort_word(effort: Effort) -> &'static str {
    match effort {
        Effort::Decide => "cases-effort-decide",
        Effort::CheckPapers => "cases-effort-check",
        Effort::Book => "cases-effort-book",
        Effort::Remind => "cases-effort-remind",
        Effort::Ask => "cases-effort-ask",
        Effort::Extend => "cases-effort-extend",
    }
}

fn side<'a>(look: &Look<'_>, title: String, key: &str, inside: Element<'a, Message>) -> Element<'a, Message> {
    let t = look.tokens;
    let head =
        row![look.section(title).width(Length::Fill), key_cap(look, key, KeyGround::Paper)].align_y(Alignment::Center);
    let all = column![container(head).padding([space::S10, space::S12]), hline(look), inside];
    row![vline(look, Length::Fill), surface(t.surface, all).width(WIDE).height(Length::Fill)]
        .height(Length::Fill)
        .into()
}

/// The chosen case at a glance.
pub(super) fn peek<'a>(scene: Scene<'a>, page: &'a BoardPage) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let row = page.active().filter(|_| page.peek)?;
    let label = |id: &str, value: String| -> Element<'a, Message> {
        column![look.label(look.t(id)), look.colored(value, Type::BODY, t.ink)].spacing(space::S2).into()
    };
    let mut all = column![
        row![department(look, desk.session.tag(&row.case.department)), status(look, words::state(look, row), None)]
            .spacing(space::S8)
            .align_y(Alignment::Center),
        look.colored(words::title(look.texts, row).to_owned(), Type::STRONG, t.ink),
        look.colored(format!("{} · {}", row.citizen_name, row.case.number), Type::CELL, t.ink2),
        hline(look),
    ]
    .spacing(space::S10);
    let open = i64::from(row.case.readiness.open_before_visit) + i64::from(row.case.readiness.open_at_visit);
    let mut papers: Vec<String> = row.case.missing.iter().map(|paper| pick(look.texts, paper).to_owned()).collect();
    let left = open - i64::try_from(papers.len()).unwrap_or(i64::MAX);
    if left > 0 {
        papers.push(look.with("cases-peek-more", &[("count", left.into())]));
    }
    let missing = if papers.is_empty() { look.t("cases-peek-nothing") } else { papers.join("\n") };
    all = all.push(label("cases-head-missing", missing));
    all = all.push(label("cases-head-step", words::step(scene, row).unwrap_or_else(|| look.t("cases-peek-no-step"))));
    if let Some(day) = row.case.deadline {
        all = all.push(label("cases-head-deadline", look.texts.near_day(day, look.now.date())));
    }
    let at = moment(look.texts, row.case.changed, desk.tz(), look.now.date());
    let changed = match &row.case.changed_by {
        Some(who) => look.with("cases-peek-changed-by", &[("time", at.into()), ("name", who.clone().into())]),
        None => look.with("cases-peek-changed", &[("time", at.into())]),
    };
    all = all.push(label("cases-peek-last", changed));
    let who = row.case.responsible.clone().unwrap_or_else(|| look.t("cases-nobody"));
    all = all.push(label("cases-menu-responsible", who));
    let inside = container(scroll(look, "cases/peek/scroll", container(all).padding(space::S12).width(Length::Fill)));
    let name = format!("{}: {}", look.t("cases-peek"), words::name(scene, row));
    let face = side(look, look.t("cases-peek"), "Space", inside.into());
    Some(control(look, "cases/peek", Role::Status, name, face).ring(Ring::Hidden).height(Length::Fill).into())
}

/// What crosses a deadline within seven days, and the least that takes each further.
pub(super) fn weather<'a>(scene: Scene<'a>, page: &'a BoardPage, at: usize) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let title = look.t("cases-weather");
    let Some(view) = page.view.value() else { return side(look, title, "F", gap().into()) };
    let most = view.weather.days.iter().copied().max().unwrap_or(0).max(1);
    let today = look.now.date();
    let days = view.weather.days.iter().enumerate().map(|(n, count)| {
        let day = today.checked_add(jiff::ToSpan::days(i64::try_from(n).unwrap_or(0))).unwrap_or(today);
        // Heights of a few dozen pixels: a float loses nothing.
        let tall = DAY * (f64::from(*count) / f64::from(most)) as f32;
        let bar =
            surface(if n < 2 { t.alert } else { t.accent }, gap().width(Length::Fill).height(tall.max(stroke::LINE)));
        let word = if n == 0 { look.t("cases-weather-today") } else { look.texts.weekday(day) };
        column![
            gap().height(DAY + stroke::LINE - tall.max(stroke::LINE)),
            look.colored(look.texts.number(i64::from(*count)), Type::LABEL_MEDIUM, t.ink),
            bar,
            look.label(word),
        ]
        .spacing(space::S2)
        .align_x(Alignment::Center)
        .width(Length::Fill)
        .into()
    });
    let strip = container(Row::with_children(days).spacing(space::S6)).padding(space::S12);
    let lines = view.weather.lines.iter().enumerate().map(|(n, line)| weather_line(look, n, line, n == at));
    let mut all = Column::with_children(lines);
    if view.weather.lines.is_empty() {
        all = all.push(container(look.colored(look.t("cases-weather-none"), Type::CELL, t.ink2)).padding(space::S12));
    }
    let left = i64::from(view.weather.crossing) - i64::try_from(view.weather.lines.len()).unwrap_or(i64::MAX);
    if left > 0 {
        let more = look.with("cases-weather-more", &[("count", left.into())]);
        all = all.push(container(look.colored(more, Type::CELL, t.ink3)).padding(space::S12));
    }
    let inside = column![
        strip,
        hline(look),
        scroll(look, WEATHER.child("scroll").widget(), container(all).padding(stroke::FOCUS))
    ];
    side(look, title, "F", inside.into())
}

fn weather_line<'a>(look: &Look<'_>, n: usize, line: &WeatherLine, active: bool) -> Element<'a, Message> {
    let t = look.tokens;
    let today = look.now.date();
    let title = pick(look.texts, &line.title).to_owned();
    let day = look.texts.near_day(line.deadline, today);
    let effort = look.with(effort_word(line.effort), &[("count", i64::from(line.open).into())]);
    let pressing = words::days_between(today, line.deadline) < 2;
    let top = row![
        ellipsis(title.clone(), Type::TITLE).color(t.ink).width(Length::Fill),
        look.colored(day.clone(), Type::LABEL_MEDIUM, if pressing { t.alert } else { t.ink2 }),
    ]
    .spacing(space::S6);
    let beneath = row![
        ellipsis(words::short_name(&line.citizen_name), Type::CELL).color(t.ink2).width(Length::Fill),
        ellipsis(effort.clone(), Type::CELL_MEDIUM).color(t.accent),
    ]
    .spacing(space::S6);
    let name = format!("{title}, {}, {day}, {effort}", line.citizen_name);
    let state = if active { crate::widget::RowState::Selected } else { crate::widget::RowState::Rest };
    let id: FocusId = WEATHER.child(n);
    let face = control(look, id, Role::Row, name, column![top, beneath])
        .padding([space::S6, space::S10])
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(active))
        .on_press(Message::Board(BoardInput::Layer(LayerInput::TakeAt(n))))
        .style(move |status| row_ground(&t, state, status));
    column![face, hline(look)].into()
}
