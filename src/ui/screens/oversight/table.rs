//! The table that the three tabs share: a head, rows of one height, and what stands in their place while nothing is known. What does not live here:
//! what stands in the rows.

use iced::widget::{Row, column, container, row};
use iced::{Alignment, Color, Length};
use skranke_desk::Load;
use skranke_desk::oversight::{OversightInput, Tab};

use super::{FIRST, Message, ROW};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::sentence::failed;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::list::RowState;
use crate::widget::panel::surface;
use crate::widget::virtual_list::{Scrolled, VirtualList};
use crate::widget::{Element, Ring, Style, control, ellipsis, glyph, hline, row_ground, skeleton_line, virtual_list};

/// The room between two columns.
const BETWEEN: f32 = space::S12;
/// How far the rows stay from the sides: the rail lies there, and beside it the ring of the keyboard is seen whole.
const INSET: f32 = space::S8;
/// The room at the sides of a row, so that its words begin where the head's do.
const SIDE: f32 = space::S16 - INSET - stroke::FOCUS;

/// A column: the id of its head, and how wide it is.
pub(super) type Column = (&'static str, Length);

/// A row: who it is for who cannot see it, its cells, and what a click and a double click give.
pub(super) struct Line<'a> {
    pub id: FocusId,
    pub name: String,
    pub cells: Vec<Element<'a, Message>>,
    pub press: Message,
    pub double: Option<Message>,
}

/// A table as a tab has it.
pub(super) struct Table<'s> {
    pub tab: Tab,
    pub name: String,
    pub columns: &'s [Column],
    pub count: usize,
    pub chosen: Option<usize>,
    pub scrolled: Scrolled,
    pub empty: String,
}

/// A cell of words.
pub(super) fn words<'a>(words: impl Into<String>, ink: Color) -> Element<'a, Message> {
    ellipsis(words, Type::CELL).color(ink).into()
}

/// A cell of words behind a glyph, both in the ink of what they say.
pub(super) fn marked<'a>(shape: Glyph, words: impl Into<String>, ink: Color) -> Element<'a, Message> {
    row![glyph(shape, 14.0, ink), ellipsis(words, Type::CELL_MEDIUM).color(ink)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

/// The head.
fn head<'a>(look: &Look<'_>, columns: &[Column]) -> Element<'a, Message> {
    let ink = look.tokens.ink3;
    let cells =
        columns.iter().map(|(id, width)| container(ellipsis(look.t(id), Type::LABEL).color(ink)).width(*width).into());
    let inside = container(Row::with_children(cells).spacing(BETWEEN).align_y(Alignment::Center))
        .padding([0.0, space::S16])
        .center_y(30.0);
    surface(look.tokens.bg, inside).width(Length::Fill).into()
}

/// Head and rows; while nothing is known, bars or why nothing came.
pub(super) fn table<'a, T>(
    look: &Look<'_>,
    table: Table<'_>,
    load: &Load<T>,
    mut line: impl FnMut(usize) -> Option<Line<'a>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let Table { tab, name, columns, count, chosen, scrolled, empty } = table;
    let over = column![head(look, columns), hline(look)];
    let body: Element<'a, Message> = match load {
        Load::Failed { error, .. } => {
            let again = Message::Do(OversightInput::AskAgain);
            container(failed(look, error, again)).padding(space::S16).height(Length::Fill).into()
        }
        Load::Idle | Load::Waiting { .. } => {
            let bars = (0..24).map(|n| waiting(look, n));
            surface(t.surface, column(bars)).width(Length::Fill).height(Length::Fill).clip(true).into()
        }
        Load::Known { .. } if count == 0 => {
            let said = look.colored(empty, Type::BODY, t.ink2);
            let list = control(look, FIRST, Role::List, name, container(said).center(Length::Fill))
                .width(Length::Fill)
                .height(Length::Fill);
            container(Element::from(list)).padding(INSET).into()
        }
        Load::Known { .. } => {
            let active = chosen.and_then(&mut line).map(|line| line.name);
            let list = VirtualList {
                id: FIRST,
                name,
                count,
                row_height: ROW,
                scrolled,
                active,
                on_scroll: Box::new(move |scrolled| Message::Scrolled(tab, scrolled)),
            };
            let focused = look.focused(&FIRST);
            virtual_list(look, list, |n| match line(n) {
                Some(line) => shown(look, columns, line, (chosen == Some(n), focused)),
                None => waiting(look, n),
            })
            .style(move |_| Style::ground(t.bg, 0.0))
            .into()
        }
    };
    over.push(body).width(Length::Fill).height(Length::Fill).into()
}

fn shown<'a>(
    look: &Look<'_>,
    columns: &[Column],
    line: Line<'a>,
    (active, focused): (bool, bool),
) -> Element<'a, Message> {
    let t = look.tokens;
    let cells = line.cells.into_iter().zip(columns).map(|(cell, (_, width))| container(cell).width(*width).into());
    let inside = container(Row::with_children(cells).spacing(BETWEEN).align_y(Alignment::Center))
        .center_y(Length::Fill)
        .width(Length::Fill);
    let standing = if active { RowState::Selected } else { RowState::Rest };
    let mut built = control(look, line.id, Role::ListItem, line.name, inside)
        .padding([0.0, SIDE])
        .width(Length::Fill)
        .height(ROW - stroke::LINE)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(active))
        .on_press(line.press)
        .ringed(active && focused)
        .style(move |status| match (standing, row_ground(&t, standing, status)) {
            (RowState::Rest, style) if style.background.is_none() => Style::ground(t.surface, 0.0),
            (_, style) => style,
        });
    if let Some(double) = line.double {
        built = built.on_double_press(double);
    }
    let row = surface(t.surface, container(Element::from(built)).padding([0.0, INSET])).width(Length::Fill);
    column![row, hline(look)].into()
}

fn waiting<'a>(look: &Look<'_>, n: usize) -> Element<'a, Message> {
    const LENGTHS: [f32; 4] = [0.62, 0.48, 0.7, 0.55];
    let bar = container(skeleton_line(look, LENGTHS[n % LENGTHS.len()], 10.0))
        .padding([0.0, space::S16])
        .center_y(ROW - stroke::LINE)
        .width(Length::Fill);
    column![surface(look.tokens.surface, bar), hline(look)].into()
}
