//! The segmented control: one of a few, all of them in sight.

use iced::widget::{Row, container};
use iced::{Color, Length};

use super::Element;
use super::control::{Ring, Status, Style, control};
use super::panel::plate;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};

/// One of the choices of a segmented control.
#[derive(Debug, Clone)]
pub struct Segment<Message> {
    /// Its word.
    pub label: String,
    /// What choosing it does.
    pub on_press: Message,
}

/// One of `segments`, of which the one at `chosen` is in force. Each is a stop named by its word; their ids are children of
/// `id`.
pub fn segmented<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    chosen: usize,
    segments: impl IntoIterator<Item = Segment<Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let id = id.into();
    let parts = segments.into_iter().enumerate().map(|(n, Segment { label, on_press })| {
        let on = n == chosen;
        let word = look.text(label.clone(), if on { Type::CELL_STRONG } else { Type::CELL });
        control(look, id.child(n), Role::Radio, label, container(word).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .height(height::SMALL - 2.0 * stroke::LINE)
            .state(ControlState::new().checked(on))
            .ring(Ring::Around(radius::BADGE))
            .on_press(on_press)
            .style(move |status| match (on, status) {
                (true, _) => Style::ground(t.surface, radius::BADGE).edge(t.edge).ink(t.ink),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.line, radius::BADGE).ink(t.ink),
                (false, _) => Style { background: Some(Color::TRANSPARENT), ..Style::bare() }.ink(t.ink2),
            })
            .into()
    });
    container(Row::with_children(parts).spacing(space::S2))
        .padding(stroke::LINE)
        .height(height::SMALL)
        .style(move |_| plate(t.sunken, t.line, radius::CONTROL))
        .into()
}
