//! The table behind a chart: the same numbers as words. What does not live here: which chart shows its table (the desk's).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_api::statistics::{Statistics, WeekState};
use skranke_desk::figures::{Chart, FiguresPage};
use skranke_domain::figures::week_number;

use super::{Message, words};
use crate::screens::words::pick;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, hline};

/// The first column takes so many parts, each other one part.
const FIRST: u16 = 2;

/// The rows of a chart's table, the head first.
pub(super) fn rows(look: &Look<'_>, page: &FiguresPage, figures: &Statistics, chart: Chart) -> Vec<Vec<String>> {
    let t = |ids: &[&str]| ids.iter().map(|id| look.t(id)).collect::<Vec<_>>();
    let quantiles = |q: skranke_api::statistics::Quantiles| [q.tenth, q.median, q.ninetieth].map(words::minutes);
    let heads = ["figures-table-tenth", "figures-table-median", "figures-table-ninetieth"];
    let before = words::before(figures);
    let mut head = match chart {
        Chart::Waiting => t(&["figures-table-minutes", "figures-table-visits"]),
        Chart::Meetings => t(&["figures-table-matter", "figures-table-visits", heads[0], heads[1], heads[2]]),
        Chart::FirstContact => t(&["figures-table-week", "figures-table-share", "figures-table-state"]),
        Chart::Rebooked => t(&["figures-table-cause", "figures-table-count"]),
        Chart::Channels => {
            let mut head = t(&["figures-table-matter"]);
            head.extend(figures.channels.channels.iter().map(|channel| look.t(words::channel(*channel))));
            head.push(look.t("figures-all"));
            head
        }
        Chart::Booked => t(&["figures-table-measure", "figures-table-share"]),
        Chart::Stands => t(&["figures-table-measure", "figures-table-share", heads[0], heads[1], heads[2]]),
        Chart::Today => t(&["figures-table-measure", "figures-table-count"]),
    };
    if let (Chart::Rebooked, Some(before)) = (chart, before) {
        head.push(words::within(look, before));
    }
    let mut rows = vec![head];
    match chart {
        Chart::Waiting => rows.extend(figures.waiting.bars.iter().map(|bar| {
            let span = bar.to.map_or_else(|| format!("{}+", bar.from), |to| format!("{}–{}", bar.from, to - 1));
            vec![span, words::number(look, bar.count)]
        })),
        Chart::Meetings => rows.extend(figures.meetings.iter().map(|line| {
            let mut row = vec![pick(look.texts, &line.title).to_owned(), words::cell(look, line.count)];
            row.extend(quantiles(line.minutes));
            row
        })),
        Chart::FirstContact => rows.extend(figures.first_contact.iter().map(|week| {
            let state = match week.state {
                WeekState::Counted => "figures-table-counted",
                WeekState::Provisional => "figures-table-provisional",
                WeekState::Few => "figures-table-few",
                WeekState::Gap => "figures-no-data",
            };
            vec![week_number(week.monday).to_string(), words::percent(look, week.percent), look.t(state)]
        })),
        Chart::Rebooked => rows.extend(figures.rebooked.causes.iter().map(|line| {
            let mut row = vec![look.t(words::cause(line.cause)), words::cell(look, line.count.now)];
            if before.is_some() {
                row.push(line.count.before.map_or_else(|| "–".to_owned(), |count| words::cell(look, count)));
            }
            row
        })),
        Chart::Channels => rows.extend(figures.channels.rows.iter().map(|line| {
            let mut row = vec![pick(look.texts, &line.title).to_owned()];
            row.extend(line.cells.iter().map(|cell| words::cell(look, *cell)));
            row.push(words::sum(look, line.all));
            row
        })),
        Chart::Booked => {
            rows.extend(share_rows(look, figures, figures.booked));
            rows.push(vec![look.t("figures-table-aim"), words::percent(look, Some(figures.aims.booked_percent))]);
        }
        Chart::Stands => {
            rows.extend(share_rows(look, figures, figures.stands));
            let wide = rows[0].len();
            for (at, row) in rows.iter_mut().enumerate().skip(1) {
                row.extend(if at == 1 { quantiles(figures.stand_time).to_vec() } else { Vec::new() });
                row.resize(wide, "–".to_owned());
            }
        }
        Chart::Today => rows.extend(super::shares::today_rows(look, page).into_iter().map(|(what, n)| vec![what, n])),
    }
    rows
}

fn share_rows(look: &Look<'_>, figures: &Statistics, share: skranke_api::statistics::ShareFigures) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    if let Some(period) = words::period(figures) {
        let now = look.with("figures-table-now", &[("period", words::within(look, period).into())]);
        rows.push(vec![now, words::percent(look, share.percent)]);
    }
    if let Some(period) = words::before(figures) {
        let then = look.with("figures-table-now", &[("period", words::within(look, period).into())]);
        rows.push(vec![then, words::percent(look, share.before)]);
    }
    rows
}

/// The table.
pub(super) fn table<'a>(
    look: &Look<'_>,
    page: &FiguresPage,
    figures: &Statistics,
    chart: Chart,
) -> Element<'a, Message> {
    let t = look.tokens;
    let mut lines: Vec<Element<'a, Message>> = Vec::new();
    for (at, cells) in rows(look, page, figures, chart).into_iter().enumerate() {
        let (style, color) = if at == 0 { (Type::LABEL_MEDIUM, t.ink2) } else { (Type::CELL, t.ink) };
        let mut line = row![].spacing(space::S8).align_y(Alignment::Center);
        for (place, cell) in cells.into_iter().enumerate() {
            let words = look.colored(cell, style, color);
            let portion = Length::FillPortion(if place == 0 { FIRST } else { 1 });
            let side = if place == 0 { Alignment::Start } else { Alignment::End };
            line = line.push(container(words).width(portion).align_x(side));
        }
        lines.push(line.into());
        if at == 0 {
            lines.push(hline(look));
        }
    }
    column![Column::with_children(lines).spacing(space::S2)].width(Length::Fill).into()
}
