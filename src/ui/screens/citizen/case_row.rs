//! A case as a row: tag, title and next step, responsible, deadline, what is missing, state. The columns hold for the head and for
//! whatever stands in a row's place.

use iced::widget::{container, row, text::Wrapping};
use iced::{Alignment, Border, Length};
use jiff::Timestamp;
use skranke_api::overview::CaseRow;
use skranke_desk::citizen::CitizenPage;

use super::course::fresh;
use super::{Message, case_id, say};
use crate::assets::Glyph;
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::screens::case::words::shown_column;
use crate::screens::words::{moment, pick};
use crate::theme::scale::{radius, space, stroke, width};
use crate::theme::{Look, Type, Weight};
use crate::widget::control::{Ring, Style, control};
use crate::widget::list::{HeadCell, RowState, Sorted, title_cell, unsent_mark};
use crate::widget::{Element, cell, department, ellipsis, glyph, lead_tail, row_ground, status, table_head};

/// The last two columns where the window is narrow, in logical pixels.
const NARROW: f32 = 140.0;

/// How wide the columns are; the title takes what is left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Columns {
    /// Who is responsible; goes first where there is no room.
    pub responsible: Option<f32>,
    /// The deadline.
    pub deadline: f32,
    /// What is missing.
    pub missing: f32,
    /// The state.
    pub status: f32,
    /// The next step has a column of its own: rows have one line.
    pub step: bool,
}

impl Columns {
    pub(super) fn of(look: &Look<'_>) -> Self {
        let step = !look.density.two_lines();
        if look.is_wide() {
            Self {
                responsible: Some(width::CASE_RESPONSIBLE),
                deadline: width::CASE_DEADLINE,
                missing: width::CASE_MISSING,
                status: width::CASE_STATUS,
                step,
            }
        } else {
            Self { responsible: None, deadline: width::CASE_DEADLINE, missing: NARROW, status: NARROW, step }
        }
    }
}

/// The head over the rows.
pub(super) fn head<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let columns = Columns::of(look);
    let cell = |label: String, width: Length| HeadCell { label, width, sorted: Sorted::No };
    let mut cells = vec![
        cell(String::new(), Length::Fixed(width::CASE_TAG)),
        cell(look.t(if columns.step { "citizen-head-case" } else { "citizen-head-case-and-step" }), Length::Fill),
    ];
    if columns.step {
        cells.push(cell(look.t("citizen-head-step"), Length::Fill));
    }
    cells.extend(columns.responsible.map(|wide| cell(look.t("citizen-head-responsible"), Length::Fixed(wide))));
    cells.push(cell(look.t("citizen-head-deadline"), Length::Fixed(columns.deadline)));
    cells.push(cell(look.t("citizen-head-missing"), Length::Fixed(columns.missing)));
    cells.push(cell(look.t("citizen-head-status"), Length::Fixed(columns.status)));
    table_head(look, cells)
}

/// How a row stands in its panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// It is the chosen one.
    pub selected: bool,
    /// It is the chosen one, and the keyboard is at the list.
    pub focused: bool,
    /// Nothing stands beneath it in its panel.
    pub last: bool,
}

/// The row.
pub(super) fn view<'a>(
    scene: Scene<'_>,
    page: &CitizenPage,
    case: &CaseRow,
    stale_since: Option<Timestamp>,
    standing: Standing,
) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let columns = Columns::of(look);
    let tag = desk.session.tag(&case.department).to_owned();
    let title = pick(look.texts, &case.title).to_owned();
    let step = say::next_step(look, case, desk.tz());
    let missing = say::Missing::of(look, case);
    let state = shown_column(case.column);
    let deadline = deadline_words(look, case);
    let unsent = desk.pending.touches_case(case.id);
    let parts =
        [tag.clone(), title.clone(), step.clone(), deadline.clone(), missing.whole(look), look.t(state.word_key())];
    let mut name = parts.join(", ");
    if unsent {
        name = format!("{name}, {}", look.t("state-unsent-short"));
    }
    let mut marks = row![].spacing(space::S8).align_y(Alignment::Center);
    let mut marked = false;
    if page.is_case_news(&desk.session, case) {
        name = format!("{name}, {}", look.t("citizen-new-since"));
        marks = marks.push(fresh(look));
        marked = true;
    }
    if let Some(at) = stale_since {
        name = format!("{name}, {}", look.t("state-not-answering"));
        marks = marks.push(stale(scene, at));
        marked = true;
    }
    if unsent {
        marks = marks.push(unsent_mark(look));
        marked = true;
    }
    let mut cells = row![container(department(look, tag)).width(width::CASE_TAG)];
    let title: Element<'a, Message> = if marked {
        let lead = ellipsis(title, Type { line: 19.0, ..Type::TITLE }).color(t.ink);
        let first = lead_tail(lead, marks, space::S6);
        if columns.step {
            first.into()
        } else {
            iced::widget::column![first, ellipsis(step.clone(), Type { line: 15.0, ..Type::LABEL }).color(t.ink2)]
                .into()
        }
    } else {
        title_cell(look, title, (!columns.step).then(|| step.clone()))
    };
    cells = cells.push(container(title).width(Length::Fill));
    if columns.step {
        cells = cells.push(cell(step, t.ink2, Length::Fill));
    }
    if let Some(wide) = columns.responsible {
        cells = cells.push(match &case.responsible {
            Some(who) if is_me(scene, who) => cell(look.t("citizen-you"), t.ink, wide),
            Some(who) => cell(who.clone(), t.ink, wide),
            None => cell(look.t("citizen-nobody"), t.ink3, wide),
        });
    }
    cells = cells
        .push(container(deadline_cell(look, case, deadline)).width(columns.deadline))
        .push(container(missing_cell(look, &missing)).width(columns.missing))
        .push(container(status(look, state, None)).width(columns.status));
    let ground = if standing.selected { RowState::Selected } else { RowState::Rest };
    let corner = if standing.last { radius::PANEL - stroke::LINE } else { 0.0 };
    let inside =
        container(cells.spacing(space::S12).align_y(Alignment::Center)).center_y(Length::Fill).width(Length::Fill);
    let id = case.id;
    let built = control(look, case_id(id), Role::ListItem, name, inside)
        .padding([0.0, space::S12])
        .width(Length::Fill)
        .height(look.density.row_height())
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(standing.selected))
        .on_press(Message::Select(id))
        .on_double_press(Message::Open(id))
        .style(move |status| {
            let style = row_ground(&t, ground, status);
            Style { border: Border { radius: iced::border::bottom(corner), ..style.border }, ..style }
        });
    // The list is the stop; its chosen row wears the ring.
    if standing.focused { built.shown_focused().into() } else { built.into() }
}

fn is_me(scene: Scene<'_>, who: &str) -> bool {
    scene.desk.session.me.value().is_some_and(|me| me.name == who)
}

/// The mark of an answer that is old: the open triangle and the time it is from.
fn stale<'a>(scene: Scene<'_>, at: Timestamp) -> Element<'a, Message> {
    let look = scene.look;
    let wait = look.tokens.wait;
    let at = moment(look.texts, at, scene.desk.tz(), look.now.date());
    row![glyph(Glyph::NotAnswering, 12.0, wait), look.colored(at, Type::LABEL, wait).wrapping(Wrapping::None)]
        .spacing(space::S4)
        .align_y(Alignment::Center)
        .into()
}

fn deadline_words(look: &Look<'_>, case: &CaseRow) -> String {
    match case.deadline {
        Some(day) if say::is_late(look, case) => {
            look.with("citizen-deadline-late", &[("day", look.texts.near_day(day, look.now.date()).into())])
        }
        Some(day) => look.texts.near_day(day, look.now.date()),
        None => look.t("citizen-deadline-none"),
    }
}

fn deadline_cell<'a>(look: &Look<'_>, case: &CaseRow, words: String) -> Element<'a, Message> {
    let t = look.tokens;
    let Some(day) = case.deadline else {
        return ellipsis("–", Type::CELL).color(t.ink3).into();
    };
    if say::is_late(look, case) {
        let day = look.texts.near_day(day, look.now.date());
        return row![glyph(Glyph::Overdue, 13.0, t.alert), ellipsis(day, Type::CELL_STRONG).color(t.alert)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into();
    }
    let near = day <= look.now.date().saturating_add(jiff::Span::new().days(1));
    let open = case.column != skranke_domain::case::Column::Closed;
    let style = if near && open { Type::CELL.weight(Weight::Semibold) } else { Type::CELL };
    ellipsis(words, style).color(if open { t.ink } else { t.ink2 }).into()
}

fn missing_cell<'a>(look: &Look<'_>, missing: &say::Missing) -> Element<'a, Message> {
    let t = look.tokens;
    match missing {
        say::Missing::Nothing => ellipsis(look.t("citizen-missing-nothing"), Type::CELL).color(t.ink3).into(),
        say::Missing::AtVisit(_) => ellipsis(missing.whole(look), Type::CELL).color(t.ink2).into(),
        say::Missing::Papers(first, None) => ellipsis(first.clone(), Type::CELL).color(t.ink).into(),
        say::Missing::Papers(first, Some(more)) => {
            let more = look.colored(more.clone(), Type::CELL, t.ink).wrapping(Wrapping::None);
            lead_tail(ellipsis(first.clone(), Type::CELL).color(t.ink), more, 0.0).into()
        }
    }
}
