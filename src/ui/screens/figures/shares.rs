//! The small cards: the booked share, the stands, how the day goes. What does not live here: the pen (`plot`).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::statistics::{ShareFigures, Statistics};
use skranke_desk::figures::FiguresPage;

use super::{Message, charts, words};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, hline};

/// What comes beside the bar.
const NUMBER: f32 = 96.0;

fn share<'a>(look: &Look<'_>, figures: &Statistics, share: ShareFigures, aim: Option<u8>) -> Element<'a, Message> {
    let t = look.tokens;
    let mut number = column![look.colored(words::percent(look, share.percent), Type::NAME, t.ink)];
    if let (Some(before), Some(period)) = (share.before, words::before(figures)) {
        let args = [("period", words::within(look, period).into()), ("percent", u32::from(before).into())];
        number = number.push(look.second(look.with("figures-before", &args)));
    }
    let bar = container(charts::share(look, (share.percent, share.before), aim)).width(Length::Fill).height(72.0);
    row![number.width(NUMBER), bar].spacing(space::S12).align_y(Alignment::Center).into()
}

/// The booked share against its aim.
pub(super) fn booked<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    share(look, figures, figures.booked, Some(figures.aims.booked_percent))
}

/// The stands' share.
pub(super) fn stands<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    share(look, figures, figures.stands, None)
}

/// How the day goes, line by line.
pub(super) fn today_rows(look: &Look<'_>, page: &FiguresPage) -> Vec<(String, String)> {
    let Some(today) = page.today.value() else { return Vec::new() };
    let minutes = |minutes: u16| look.with("figures-today-minutes", &[("minutes", u32::from(minutes).into())]);
    let open = [("open", u32::from(today.open).into()), ("all", u32::from(today.counters).into())];
    vec![
        (look.t("figures-today-waiting"), words::number(look, u32::from(today.waiting))),
        (look.t("figures-today-longest"), today.longest.map_or_else(|| "–".to_owned(), minutes)),
        (look.t("figures-today-served"), words::number(look, today.served)),
        (look.t("figures-today-booked"), words::percent(look, today.booked_percent)),
        (look.t("figures-today-open"), look.with("figures-today-of", &open)),
    ]
}

/// How the day goes.
pub(super) fn today<'a>(look: &Look<'_>, page: &FiguresPage) -> Element<'a, Message> {
    let t = look.tokens;
    let rows = today_rows(look, page);
    if rows.is_empty() {
        let said = match page.today.trouble() {
            Some(error) => crate::screens::sentence::sentence(look, error),
            None => look.t("figures-counting"),
        };
        return look.second(said).into();
    }
    let late = page.today.value().is_some_and(|day| day.longest.is_some_and(|longest| longest > day.aim_minutes));
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    for (at, (what, count)) in rows.into_iter().enumerate() {
        if at > 0 {
            lines.push(hline(look));
        }
        let color = if at == 1 && late { t.wait } else { t.ink };
        let line = row![
            look.colored(what, Type::CELL, t.ink2),
            gap().width(Length::Fill),
            look.colored(count, Type::CELL_STRONG, color)
        ];
        lines.push(line.align_y(Alignment::Center).into());
    }
    Column::with_children(lines).spacing(3.0).into()
}
