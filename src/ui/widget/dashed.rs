//! A dashed edge, which `iced`'s containers do not have: short strokes along the four sides, corners left open as far as
//! they are round.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::{Background, Color, Event, Length, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};
use crate::theme::scale::stroke;

const DASH: f32 = 4.0;
const GAP: f32 = 3.0;

/// Which sides are dashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sides {
    All,
    Top,
}

/// An element with a dashed edge. Made by [`dashed`] or [`dashed_top`].
pub struct Dashed<'a, Message> {
    content: Element<'a, Message>,
    color: Color,
    corner: f32,
    sides: Sides,
    width: Length,
    height: Length,
}

/// `content` with a dashed edge all round.
pub fn dashed<'a, Message: 'a>(color: Color, corner: f32, content: impl Into<Element<'a, Message>>) -> Dashed<'a, Message> {
    let content = content.into();
    let size = content.as_widget().size();
    Dashed { content, color, corner, sides: Sides::All, width: size.width, height: size.height }
}

/// `content` with a dashed line above it.
pub fn dashed_top<'a, Message: 'a>(color: Color, content: impl Into<Element<'a, Message>>) -> Dashed<'a, Message> {
    Dashed { sides: Sides::Top, ..dashed(color, 0.0, content) }
}

impl<Message> Dashed<'_, Message> {
    /// Its width.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Its height.
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }
}

/// The strokes of a side of `length`, each as its beginning and its own length.
fn strokes(length: f32) -> impl Iterator<Item = (f32, f32)> {
    let step = DASH + GAP;
    // Saturating by nature: a negative or absurd length gives no strokes.
    let count = ((length + GAP) / step).ceil().clamp(0.0, 4096.0) as u16;
    (0..count).map(move |n| f32::from(n) * step).map(move |at| (at, DASH.min(length - at))).filter(|(_, long)| *long > 0.0)
}

impl<Message> Widget<Message, Theme, Renderer> for Dashed<'_, Message> {
    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: self.height }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.width(self.width).height(self.height);
        self.content.as_widget_mut().layout(tree, renderer, &limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        let Rectangle { x, y, width, height } = layout.bounds();
        let mut stroke = |x: f32, y: f32, width: f32, height: f32| {
            let bounds = Rectangle { x, y, width, height };
            renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, Background::Color(self.color));
        };
        let corner = self.corner / 2.0;
        for (at, long) in strokes(width - 2.0 * corner) {
            stroke(x + corner + at, y, long, stroke::LINE);
            if self.sides == Sides::All {
                stroke(x + corner + at, y + height - stroke::LINE, long, stroke::LINE);
            }
        }
        if self.sides == Sides::All {
            for (at, long) in strokes(height - 2.0 * corner) {
                stroke(x, y + corner + at, stroke::LINE, long);
                stroke(x + width - stroke::LINE, y + corner + at, stroke::LINE, long);
            }
        }
    }

    fn mouse_interaction(&self, tree: &Tree, layout: Layout<'_>, cursor: mouse::Cursor, viewport: &Rectangle, renderer: &Renderer) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}

impl<'a, Message: 'a> From<Dashed<'a, Message>> for Element<'a, Message> {
    fn from(dashed: Dashed<'a, Message>) -> Self {
        Element::new(dashed)
    }
}

#[cfg(test)]
mod tests {
    use super::strokes;

    #[test]
    fn strokes_never_run_past_the_end_of_their_side() {
        let all: Vec<_> = strokes(10.0).collect();
        assert_eq!(all, [(0.0, 4.0), (7.0, 3.0)]);
        assert_eq!(strokes(-3.0).count(), 0);
    }
}
