//! The figures for the team leader: a sentence first, then charts with a table behind each. What lives here: what keys and clicks mean, and
//! how the cards lie. What does not: how they are counted, the charts themselves (`charts`, `heat`, `shares`).

mod charts;
mod head;
mod heat;
mod plot;
mod say;
mod shares;
mod table;
#[cfg(test)]
mod tests;
mod words;

use iced::keyboard::key::{Key as Pressed, Named};
use iced::widget::{Column, Row, column, container, space as gap};
use iced::{Length, Padding};
use skranke_api::statistics::Statistics;
use skranke_desk::figures::{Chart, FiguresInput, FiguresPage, Way};
use skranke_desk::load::Load;
use skranke_desk::{Desk, Input};
use skranke_domain::figures::{Cell, PeriodKind, week_number};

use super::sentence::{failed, sentence};
use super::{Action, Key, Scene};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::theme::scale::{radius, space, width};
use crate::theme::{Look, Type};
use crate::widget::{Element, Ring, Status, Style, control, hline, scroll};

/// Where the keyboard is when the page opens: at the first chart.
pub const FIRST: FocusId = FocusId::new("figures/waiting");

/// The height of a card with a chart, and of one with a single number.
const TALL: f32 = 300.0;
const LOW: f32 = 190.0;

/// The screen's own state: nothing, all of it lies on the desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct FiguresScreen;

/// What happens on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Ask again.
    AskAgain,
    /// Weeks, months or quarters.
    Length(PeriodKind),
    /// An earlier period.
    Earlier,
    /// A later period.
    Later,
    /// With or without a comparison.
    Compare,
    /// The next department.
    Department,
    /// The next site.
    Site,
    /// Go to a chart.
    Chart(Chart),
    /// The table of a chart, or the chart again.
    Table(Chart),
    /// Take the figures along as a file.
    Export,
}

const fn chart_id(chart: Chart) -> FocusId {
    match chart {
        Chart::Waiting => FIRST,
        Chart::Meetings => FocusId::new("figures/meetings"),
        Chart::FirstContact => FocusId::new("figures/first-contact"),
        Chart::Rebooked => FocusId::new("figures/rebooked"),
        Chart::Channels => FocusId::new("figures/channels"),
        Chart::Booked => FocusId::new("figures/booked"),
        Chart::Stands => FocusId::new("figures/stands"),
        Chart::Today => FocusId::new("figures/today"),
    }
}

impl FiguresScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, _desk: &Desk) -> Action<Message> {
        let input = match message {
            Message::AskAgain => FiguresInput::AskAgain,
            Message::Length(kind) => FiguresInput::Length(kind),
            Message::Earlier => FiguresInput::Step(Way::Earlier),
            Message::Later => FiguresInput::Step(Way::Later),
            Message::Compare => FiguresInput::Compare,
            Message::Department => FiguresInput::Department,
            Message::Site => FiguresInput::Site,
            Message::Export => FiguresInput::Export,
            Message::Chart(chart) => {
                let chosen = Input::Figures(FiguresInput::Chart(chart));
                return Action::Focus(Some(chosen), chart_id(chart), Role::Button);
            }
            Message::Table(chart) => {
                let shown = Input::Figures(FiguresInput::Table(chart));
                return Action::Focus(Some(shown), chart_id(chart), Role::Button);
            }
        };
        Action::Desk(Input::Figures(input))
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let Some(page) = &desk.figures else {
            let known = desk.session.me.value().is_some();
            let words = look.t(if known { "figures-leaders-only" } else { "figures-waiting-who" });
            return container(look.colored(words, Type::BODY, look.tokens.ink2)).padding(space::S24).into();
        };
        let body: Element<'a, Message> = match &page.figures {
            Load::Known { value, .. } => figures(look, page, value),
            Load::Failed { error, .. } => container(failed(look, error, Message::AskAgain)).padding(space::S16).into(),
            Load::Idle | Load::Waiting { .. } => {
                container(look.colored(look.t("figures-counting"), Type::LEAD, look.tokens.ink3))
                    .padding(space::S16)
                    .height(Length::Fill)
                    .into()
            }
        };
        column![head::head(scene, page), hline(look), container(body).height(Length::Fill), head::foot(look, page)]
            .width(Length::Fill)
            .height(Length::Fill)
            .into()
    }

    /// The page's keys.
    pub fn keys(&self, desk: &Desk, _texts: &Texts) -> Vec<Key<Message>> {
        let Some(page) = &desk.figures else { return Vec::new() };
        let mut keys = vec![
            Key::bar("←", "figures-key-earlier", Message::Earlier),
            Key::bar("→", "figures-key-later", Message::Later),
            Key::bar("W", "figures-key-week", Message::Length(PeriodKind::Week)),
            Key::bar("M", "figures-key-month", Message::Length(PeriodKind::Month)),
            Key::bar("Q", "figures-key-quarter", Message::Length(PeriodKind::Quarter)),
            Key::bar("C", "figures-key-compare", Message::Compare),
            Key::bar("D", "figures-key-department", Message::Department),
        ];
        if desk.session.sites.len() > 1 {
            keys.push(Key::bar("S", "figures-key-site", Message::Site));
        }
        keys.push(Key::bar("T", "figures-key-table", Message::Table(page.chart)));
        keys.push(Key::in_place("↑", "figures-key-previous-chart", Message::Chart(page.chart.previous())));
        keys.push(Key::in_place("↓", "figures-key-next-chart", Message::Chart(page.chart.next())));
        keys.push(Key::in_place("Ctrl E", "figures-key-export", Message::Export));
        keys.push(Key::end("F5", "figures-key-ask-again", Message::AskAgain));
        keys
    }
}

/// The sentence and the cards.
fn figures<'a>(look: &Look<'_>, page: &'a FiguresPage, figures: &'a Statistics) -> Element<'a, Message> {
    let t = look.tokens;
    let mut all = column![container(say::sentence(look, &say::said(look, figures))).padding(Padding {
        top: space::S10,
        bottom: space::S8,
        ..Padding::ZERO
    })]
    .spacing(space::S12);
    if let (Some(error), Some(as_of)) = (page.figures.trouble(), page.figures.as_of()) {
        let time = look.texts.time(as_of.to_zoned(look.now.time_zone().clone()).time());
        let args = [("time", time.into()), ("why", sentence(look, error).into())];
        all = all.push(look.colored(look.with("figures-stale", &args), Type::CELL_MEDIUM, t.wait));
    }
    let rows: &[(&[(Chart, u16)], f32)] = if look.width >= width::WIDE {
        &[
            (&[(Chart::Waiting, 1), (Chart::Meetings, 1), (Chart::FirstContact, 1)], TALL),
            (&[(Chart::Rebooked, 1), (Chart::Channels, 2)], TALL),
            (&[(Chart::Booked, 1), (Chart::Stands, 1), (Chart::Today, 1)], LOW),
        ]
    } else if look.width >= width::NARROW {
        &[
            (&[(Chart::Waiting, 1), (Chart::Meetings, 1)], TALL),
            (&[(Chart::FirstContact, 1), (Chart::Rebooked, 1)], TALL),
            (&[(Chart::Channels, 1)], TALL),
            (&[(Chart::Booked, 1), (Chart::Stands, 1)], LOW),
            (&[(Chart::Today, 1)], LOW),
        ]
    } else {
        &[
            (&[(Chart::Waiting, 1)], TALL),
            (&[(Chart::Meetings, 1)], TALL),
            (&[(Chart::FirstContact, 1)], TALL),
            (&[(Chart::Rebooked, 1)], TALL),
            (&[(Chart::Channels, 1)], TALL),
            (&[(Chart::Booked, 1)], LOW),
            (&[(Chart::Stands, 1)], LOW),
            (&[(Chart::Today, 1)], LOW),
        ]
    };
    for (charts, tall) in rows {
        let columns: u16 = charts.iter().map(|(_, portion)| portion).sum();
        let column = (look.width - 2.0 * space::S16 - f32::from(columns - 1) * space::S12) / f32::from(columns);
        // What spans two columns spans the room between them too.
        let cards = charts.iter().map(|(chart, portion)| {
            let wide = f32::from(*portion) * column + f32::from(portion - 1) * space::S12;
            card(look, (page, figures), *chart, wide)
        });
        let line: Row<'a, Message, _, _> = Row::with_children(cards).spacing(space::S12).height(*tall);
        all = all.push(line);
    }
    let all =
        container(all).padding(Padding { left: space::S16, right: space::S16, bottom: space::S8, ..Padding::ZERO });
    scroll(look, "figures/scroll", all.width(Length::Fill)).into()
}

/// What a card says beneath its title, and at its foot.
fn said(look: &Look<'_>, page: &FiguresPage, figures: &Statistics, chart: Chart) -> (String, String, String) {
    let period = || words::period(figures).map(|period| words::within(look, period)).unwrap_or_default();
    let (title, sub, foot) = match chart {
        Chart::Waiting => {
            let within = figures.waiting.within_percent.map(|percent| {
                let aim = u32::from(figures.aims.waiting_minutes);
                let args = [("percent", u32::from(percent).into()), ("aim", aim.into())];
                look.with("figures-waiting-within", &args)
            });
            let count = words::cell(look, figures.waiting.count);
            (
                "figures-waiting-title",
                within.unwrap_or_else(|| look.t("figures-waiting-plain")),
                look.with("figures-waiting-foot", &[("count", count.into())]),
            )
        }
        Chart::Meetings => ("figures-meetings-title", look.t("figures-meetings-sub"), String::new()),
        Chart::FirstContact => {
            let last = figures.first_contact.iter().rev().find_map(|week| Some((week.monday, week.percent?)));
            let sub = last.map(|(monday, percent)| {
                let week = week_number(monday).to_string();
                look.with("figures-first-sub", &[("percent", u32::from(percent).into()), ("week", week.into())])
            });
            ("figures-first-title", sub.unwrap_or_else(|| look.t("figures-first-plain")), look.t("figures-first-foot"))
        }
        Chart::Rebooked => {
            let count = words::sum(look, figures.rebooked.all);
            let sub = match words::before(figures) {
                Some(before) => look.with(
                    "figures-rebooked-sub",
                    &[("count", count.into()), ("period", words::within(look, before).into())],
                ),
                None => look.with("figures-rebooked-plain", &[("count", count.into())]),
            };
            let aim = look.with("figures-rebooked-foot", &[("aim", figures.aims.paper_missing.into())]);
            ("figures-rebooked-title", sub, aim)
        }
        Chart::Channels => {
            let sub = look.with("figures-channels-sub", &[("period", period().into())]);
            ("figures-channels-title", sub, String::new())
        }
        Chart::Booked => {
            let aim = look.with("figures-booked-foot", &[("aim", u32::from(figures.aims.booked_percent).into())]);
            ("figures-booked-title", look.t("figures-booked-sub"), aim)
        }
        Chart::Stands => {
            let foot = match (figures.stand_time.median, figures.stand_time.ninetieth) {
                (Some(median), Some(ninetieth)) => {
                    let args = [("median", u32::from(median).into()), ("ninetieth", u32::from(ninetieth).into())];
                    look.with("figures-stands-time", &args)
                }
                _ => look.t("figures-stands-time-few"),
            };
            ("figures-stands-title", look.t("figures-stands-sub"), foot)
        }
        Chart::Today => {
            let at = page.today.value().map(|today| today.at.to_zoned(look.now.time_zone().clone()).time());
            let sub = at.map(|at| look.with("figures-today-sub", &[("time", look.texts.time(at).into())]));
            ("figures-today-title", sub.unwrap_or_default(), String::new())
        }
    };
    (look.t(title), sub, foot)
}

/// A chart in its card: one stop of the keyboard, its table behind it.
fn card<'a>(
    look: &Look<'_>,
    (page, figures): (&'a FiguresPage, &'a Statistics),
    chart: Chart,
    wide: f32,
) -> Element<'a, Message> {
    let t = look.tokens;
    let (title, sub, foot) = said(look, page, figures, chart);
    let as_table = page.table == Some(chart);
    let name = if as_table { "figures-table-name" } else { "figures-chart-name" };
    let name = look.with(name, &[("title", title.clone().into()), ("sub", sub.clone().into())]);
    let few = look.colored(look.t("figures-few"), Type::CELL, t.ink2);
    let none = |chart| match chart {
        Chart::Waiting => figures.waiting.bars.is_empty(),
        Chart::Meetings => figures.meetings.iter().all(|line| line.count == Cell::Few),
        Chart::Channels => figures.channels.rows.is_empty(),
        _ => false,
    };
    let body: Element<'a, Message> = match chart {
        _ if as_table => table::table(look, page, figures, chart),
        chart if none(chart) => few.into(),
        Chart::Waiting => charts::waiting(look, figures),
        Chart::Meetings => charts::meetings(look, figures),
        Chart::FirstContact => charts::first_contact(look, figures),
        Chart::Rebooked => charts::rebooked(look, figures),
        Chart::Channels => heat::heat(look, figures),
        Chart::Booked => shares::booked(look, figures),
        Chart::Stands => shares::stands(look, figures),
        Chart::Today => shares::today(look, page),
    };
    let mut inside: Vec<Element<'a, Message>> = vec![look.section(title).into()];
    if !sub.is_empty() {
        inside.push(look.second(sub).into());
    }
    inside.push(gap().height(space::S8).into());
    let room = if as_table {
        scroll(look, chart_id(chart).child("scroll").widget(), body).into()
    } else {
        container(body).height(Length::Fill).width(Length::Fill).into()
    };
    inside.push(room);
    if !foot.is_empty() {
        inside.push(gap().height(space::S6).into());
        inside.push(look.label(foot).into());
    }
    let face = Column::with_children(inside).width(Length::Fill).height(Length::Fill);
    control(look, chart_id(chart), Role::Button, name, face)
        .width(wide)
        .height(Length::Fill)
        .padding(Padding { top: space::S12, right: space::S16, bottom: space::S10, left: space::S16 })
        .ring(Ring::Around(radius::PANEL))
        .on_press(Message::Table(chart))
        .on_key(move |key, modifiers| match key.as_ref() {
            Pressed::Named(Named::ArrowDown) if modifiers.is_empty() => Some(Message::Chart(chart.next())),
            Pressed::Named(Named::ArrowUp) if modifiers.is_empty() => Some(Message::Chart(chart.previous())),
            Pressed::Character("t" | "T") if modifiers.is_empty() => Some(Message::Table(chart)),
            _ => None,
        })
        .style(move |status| {
            let edge = if matches!(status, Status::Hovered | Status::Pressed) { t.edge } else { t.line };
            Style::ground(t.surface, radius::PANEL).edge(edge)
        })
        .into()
}
