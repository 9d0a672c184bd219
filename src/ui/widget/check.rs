//! Check boxes, radio buttons, tabs and links.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Border, Color, Length, Padding};

use super::control::{Control, Ring, Status, Style, control};
use super::panel::surface;
use super::{Element, icon};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};

/// A check box with its sentence; the whole line can be clicked.
pub fn check_box<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
    on: bool,
) -> Control<'a, Message> {
    let label = label.into();
    choice(look, id.into(), Role::CheckBox, label, tick(look, on)).state(ControlState::new().checked(on))
}

/// The square of a check box by itself, for rows that are ticked as a whole.
pub fn tick<'a, Message: 'a>(look: &Look<'_>, on: bool) -> Element<'a, Message> {
    let t = look.tokens;
    let tick: Element<'a, Message> =
        if on { icon(Icon::Check, 12.0, t.on_accent) } else { gap().width(12.0).height(12.0).into() };
    container(tick)
        .center(16.0)
        .style(move |_| container::Style {
            background: Some(if on { t.accent } else { t.surface }.into()),
            border: Border {
                color: if on { t.accent } else { t.edge },
                width: stroke::LINE,
                radius: radius::TAG.into(),
            },
            ..container::Style::default()
        })
        .into()
}

/// A radio button with its word.
pub fn radio<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
    on: bool,
) -> Control<'a, Message> {
    let t = look.tokens;
    let inner = t.on_accent;
    let dot = container(gap()).width(6.0).height(6.0).style(move |_| container::Style {
        background: on.then_some(inner.into()),
        border: Border { radius: 3.0.into(), ..Border::default() },
        ..container::Style::default()
    });
    let disc = container(dot).center(16.0).style(move |_| container::Style {
        background: Some(if on { t.accent } else { t.surface }.into()),
        border: Border { color: if on { t.accent } else { t.edge }, width: stroke::LINE, radius: 8.0.into() },
        ..container::Style::default()
    });
    choice(look, id.into(), Role::Radio, label.into(), disc.into()).state(ControlState::new().checked(on))
}

fn choice<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: FocusId,
    role: Role,
    label: String,
    mark: Element<'a, Message>,
) -> Control<'a, Message> {
    let t = look.tokens;
    let inside =
        row![mark, look.colored(label.clone(), Type::CELL, t.ink)].spacing(space::S8).align_y(Alignment::Center);
    control(look, id, role, label, inside).padding([space::S2, space::S4]).ring(Ring::Around(radius::TAG)).style(
        move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::TAG),
            _ => Style::bare(),
        },
    )
}

/// One of several pages; the line beneath shows which is open.
pub fn tab<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
    open: bool,
) -> Control<'a, Message> {
    let t = look.tokens;
    let label = label.into();
    let face = column![
        container(look.text(label.clone(), Type::CELL_MEDIUM)).padding(Padding::from([5.0, space::S12])),
        surface(if open { t.accent } else { Color::TRANSPARENT }, gap().width(Length::Fill).height(stroke::STRONG)),
    ]
    .width(Length::Shrink);
    control(look, id, Role::Tab, label, face)
        .state(ControlState::new().selected(open))
        .ring(Ring::Around(radius::TAG))
        .style(move |status| {
            let ink = if open || matches!(status, Status::Hovered | Status::Pressed) { t.ink } else { t.ink2 };
            Style::bare().ink(ink)
        })
}

/// A word that leads somewhere, in the accent.
pub fn link<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
    style: Type,
) -> Control<'a, Message> {
    let t = look.tokens;
    let label = label.into();
    control(look, id, Role::Link, label.clone(), look.text(label, style))
        .padding([0.0, space::S2])
        .ring(Ring::Around(radius::TAG))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.accent_soft, radius::TAG).ink(t.accent),
            _ => Style::bare().ink(t.accent),
        })
}
