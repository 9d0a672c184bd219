//! Small marks for who: a department's tag, a person's initials.

use iced::widget::container;
use iced::{Alignment, Border};

use super::Element;
use super::panel::plate;
use crate::theme::scale::{radius, stroke, width};
use crate::theme::{Look, Type};

/// A department's tag: its short name, 40 px wide.
pub fn department<'a, Message: 'a>(look: &Look<'_>, code: impl Into<String>) -> Element<'a, Message> {
    let t = look.tokens;
    container(
        look.colored(code.into(), Type { line: 18.0, ..Type::LABEL_STRONG }, t.ink2)
            .wrapping(iced::widget::text::Wrapping::None),
    )
    .width(width::TAG)
    .align_x(Alignment::Center)
    .padding([stroke::LINE, 0.0])
    .clip(true)
    .style(move |_| plate(t.bg, t.line, radius::TAG))
    .into()
}

/// A person's initials in a circle of `size` pixels (24 in a page, 28 on the slab).
pub fn avatar<'a, Message: 'a>(look: &Look<'_>, initials: impl Into<String>, size: AvatarSize) -> Element<'a, Message> {
    let t = look.tokens;
    let (side, style, ink, ground, edge) = match size {
        AvatarSize::Page => (24.0, Type::LABEL_MEDIUM, t.ink2, t.sunken, t.line),
        AvatarSize::Slab => (28.0, Type::LABEL_STRONG, t.slab_ink, t.slab_field, t.slab_line),
    };
    container(look.colored(initials.into(), style, ink))
        .center(side)
        .style(move |_| container::Style {
            background: Some(ground.into()),
            border: Border { color: edge, width: stroke::LINE, radius: (side / 2.0).into() },
            ..container::Style::default()
        })
        .into()
}

/// Where a person's initials stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AvatarSize {
    /// On a page.
    Page,
    /// On the slab.
    Slab,
}
