//! Icons and glyphs in the colour and size they are asked for. The pictures themselves are in `assets`.

use iced::Color;
use iced::widget::svg;

use super::Element;
use crate::assets::{self, Glyph, Icon};

fn picture<'a, Message: 'a>(handle: svg::Handle, size: f32, color: Option<Color>) -> Element<'a, Message> {
    svg(handle).width(size).height(size).style(move |_, _| svg::Style { color }).into()
}

/// A Lucide icon, `size` logical pixels square (14–18).
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32, color: Color) -> Element<'a, Message> {
    picture(icon.handle(), size, Some(color))
}

/// A state glyph, `size` logical pixels square (12–16).
pub fn glyph<'a, Message: 'a>(glyph: Glyph, size: f32, color: Color) -> Element<'a, Message> {
    picture(glyph.handle(), size, Some(color))
}

/// The product's mark, in its own colours; it lies on the slab.
pub fn mark<'a, Message: 'a>(size: f32) -> Element<'a, Message> {
    picture(assets::mark(), size, None)
}
