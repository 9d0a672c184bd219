//! Chips: something that is on or off, or a suggestion of a case that does not exist yet.

use iced::widget::{container, row};
use iced::{Alignment, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::{dashed, icon};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};

/// Whether a chip is on, off, or a filter that can be taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChipState {
    /// Off.
    Off,
    /// On, with a tick.
    On,
    /// A filter in force, with a cross that takes it away.
    Removable,
}

/// A chip, 26 px.
pub fn chip<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
    state: ChipState,
) -> Control<'a, Message> {
    let t = look.tokens;
    let label = label.into();
    let on = state != ChipState::Off;
    let mut inside = row![].spacing(space::S6).align_y(Alignment::Center);
    if state == ChipState::On {
        inside = inside.push(icon(Icon::Check, 13.0, t.accent));
    }
    inside = inside.push(look.text(label.clone(), if on { Type::CELL_MEDIUM } else { Type::CELL }));
    if state == ChipState::Removable {
        inside = inside.push(icon(Icon::Close, 13.0, t.accent));
    }
    control(look, id, Role::CheckBox, label, container(inside).center_y(Length::Fill))
        .padding([0.0, 9.0])
        .height(height::SMALL)
        .ring(Ring::Around(radius::CHIP))
        .state(ControlState::new().checked(on))
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            if on {
                Style::ground(t.accent_soft, radius::CHIP).edge(t.accent).ink(t.accent)
            } else {
                Style::ground(if touched { t.bg } else { t.surface }, radius::CHIP)
                    .edge(if touched { t.edge } else { t.line })
                    .ink(t.ink2)
            }
        })
}

/// A procedure that usually follows and has no case yet: dashed, with a plus and the reason it is suggested.
pub fn affected_chip<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    title: impl Into<String>,
    reason: impl Into<String>,
) -> Control<'a, Message> {
    let t = look.tokens;
    let (title, reason) = (title.into(), reason.into());
    let name = look.with("chip-affected-name", &[("title", title.clone().into()), ("reason", reason.clone().into())]);
    let inside = row![
        icon(Icon::Plus, 13.0, t.ink2),
        look.colored(title, Type::CELL_MEDIUM, t.ink),
        look.colored(reason, Type::CELL, t.ink3),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let face = dashed(look.tokens.edge, radius::BADGE, container(inside).padding([0.0, 9.0]).center_y(Length::Fill))
        .height(height::SMALL);
    control(look, id, Role::Button, name, face).height(height::SMALL).ring(Ring::Around(radius::BADGE)).style(
        move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::BADGE),
            _ => Style::bare(),
        },
    )
}
