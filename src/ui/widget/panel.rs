//! Panels and rules: the flat paper everything lies on. Elevation is for dialogs and the palette alone.

use iced::widget::{Container, container, space};
use iced::{Background, Border, Color, Length, Shadow, Vector};

use super::{Element, Renderer, Theme};
use crate::theme::scale::{radius, stroke};
use crate::theme::{Look, Tokens};

/// A panel: surface, 1 px line, rounded 6.
pub fn panel<'a, Message: 'a>(
    look: &Look<'_>,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message, Theme, Renderer> {
    let t = look.tokens;
    container(content).style(move |_| plate(t.surface, t.line, radius::PANEL))
}

/// A ground of one colour without an edge.
pub fn surface<'a, Message: 'a>(
    color: Color,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message, Theme, Renderer> {
    container(content)
        .style(move |_| container::Style { background: Some(Background::Color(color)), ..container::Style::default() })
}

/// A 1 px rule across.
pub fn hline<'a, Message: 'a>(look: &Look<'_>) -> Element<'a, Message> {
    let line = look.tokens.line;
    surface(line, space().width(Length::Fill).height(stroke::LINE)).into()
}

/// A 1 px rule down, `height` long.
pub fn vline<'a, Message: 'a>(look: &Look<'_>, height: impl Into<Length>) -> Element<'a, Message> {
    let line = look.tokens.line;
    surface(line, space().width(stroke::LINE).height(height)).into()
}

/// A ground with a 1 px edge and rounded corners.
pub fn plate(ground: Color, edge: Color, corner: f32) -> container::Style {
    container::Style {
        background: Some(Background::Color(ground)),
        border: Border { color: edge, width: if edge.a > 0.0 { stroke::LINE } else { 0.0 }, radius: corner.into() },
        ..container::Style::default()
    }
}

/// The one shadow there is (0 8 28) as `iced` draws it; for small things only, `lift` is the cheap one.
pub fn shadow(t: &Tokens) -> Shadow {
    Shadow { color: t.shadow, offset: Vector::new(0.0, 8.0), blur_radius: 28.0 }
}

/// The ground of what lies above the page (dialog, palette, menu); wrap its container in `lift` for the shadow.
pub fn raised(t: &Tokens, edge: Color, corner: f32) -> container::Style {
    plate(t.surface, edge, corner)
}
