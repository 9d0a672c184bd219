//! Rows of lists and tables: their grounds and cells. Which rows there are, and which is active, the screen knows.

use iced::widget::{Row, column, container, row};
use iced::{Alignment, Color, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::{Element, ellipsis, glyph, hline, icon};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Tokens, Type};

/// How a row stands in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowState {
    /// Nothing special.
    #[default]
    Rest,
    /// Selected: the soft blue ground.
    Selected,
}

/// The ground of a row in a status; for [`Control::style`] and for rows that are no controls themselves.
pub fn row_ground(tokens: &Tokens, state: RowState, status: Status) -> Style {
    match (state, status) {
        (RowState::Selected, _) => Style::ground(tokens.accent_soft, 0.0),
        (RowState::Rest, Status::Hovered | Status::Pressed) => Style::ground(tokens.bg, 0.0),
        (RowState::Rest, _) => Style::bare(),
    }
}

/// A row that is a control of its own, as tall as the density says. `name` is what a screen reader says of the whole row.
pub fn list_row<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    state: RowState,
    content: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    let tokens = look.tokens;
    control(look, id, Role::Row, name, container(content).center_y(Length::Fill).width(Length::Fill))
        .padding([0.0, space::S12])
        .width(Length::Fill)
        .height(look.density.row_height())
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(state == RowState::Selected))
        .style(move |status| row_ground(&tokens, state, status))
}

/// A row's two lines: what it is, and the next step beneath it where the density leaves room.
pub fn title_cell<'a, Message: 'a>(
    look: &Look<'_>,
    title: impl Into<String>,
    second: Option<String>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let title = ellipsis(title, Type { line: 19.0, ..Type::TITLE }).color(t.ink);
    match second.filter(|_| look.density.two_lines()) {
        Some(second) => column![title, ellipsis(second, Type { line: 15.0, ..Type::LABEL }).color(t.ink2)].into(),
        None => title.into(),
    }
}

/// A cell of a table on one line, cut where its column ends.
pub fn cell<'a, Message: 'a>(
    content: impl Into<String>,
    color: Color,
    width: impl Into<Length>,
) -> Element<'a, Message> {
    let width = width.into();
    container(ellipsis(content, Type::CELL).color(color)).width(width).into()
}

/// One column of a table's head.
#[derive(Debug, Clone)]
pub struct HeadCell {
    /// What stands in it.
    pub label: String,
    /// How wide its column is.
    pub width: Length,
    /// Whether the rows are sorted by it.
    pub sorted: Sorted,
}

/// Whether and which way a table is sorted by a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sorted {
    /// Not by this one.
    #[default]
    No,
    /// Smallest first.
    Up,
    /// Largest first.
    Down,
}

/// The head of a table, in the columns of its rows.
pub fn table_head<'a, Message: 'a>(look: &Look<'_>, cells: impl IntoIterator<Item = HeadCell>) -> Element<'a, Message> {
    let ink = look.tokens.ink3;
    let cells = cells.into_iter().map(|HeadCell { label, width, sorted }| {
        let mut inside = row![ellipsis(label, Type::LABEL).color(ink)].spacing(space::S4).align_y(Alignment::Center);
        match sorted {
            Sorted::No => {}
            Sorted::Up => inside = inside.push(icon(Icon::ArrowUp, 12.0, ink)),
            Sorted::Down => inside = inside.push(icon(Icon::ArrowDown, 12.0, ink)),
        }
        container(inside).width(width).into()
    });
    container(Row::with_children(cells).spacing(space::S12).align_y(Alignment::Center))
        .padding([0.0, space::S12])
        .center_y(height::TABLE_HEAD)
        .width(Length::Fill)
        .into()
}

/// The mark of a row whose source did not answer: the open triangle and the time it is from.
pub fn stale_mark<'a, Message: 'a>(look: &Look<'_>, at: jiff::civil::Time) -> Element<'a, Message> {
    let wait = look.tokens.wait;
    row![glyph(Glyph::NotAnswering, 12.0, wait), look.colored(look.texts.time(at), Type::LABEL, wait)]
        .spacing(space::S4)
        .align_y(Alignment::Center)
        .into()
}

/// The mark of a row that was changed here and not sent yet.
pub fn unsent_mark<'a, Message: 'a>(look: &Look<'_>) -> Element<'a, Message> {
    let accent = look.tokens.accent;
    row![glyph(Glyph::Unsent, 12.0, accent), look.colored(look.t("state-unsent-short"), Type::LABEL_MEDIUM, accent)]
        .spacing(space::S4)
        .align_y(Alignment::Center)
        .into()
}

/// Rows beneath each other with a line between them.
pub fn ruled<'a, Message: 'a>(
    look: &Look<'_>,
    rows: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let mut all = column![];
    for (n, row) in rows.into_iter().enumerate() {
        if n > 0 {
            all = all.push(hline(look));
        }
        all = all.push(row);
    }
    all.into()
}
