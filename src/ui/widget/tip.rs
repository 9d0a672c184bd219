//! The tip beneath or above a control, drawn over everything else. When it opens is the control's business.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Layout, Renderer as _, layout, mouse, overlay, renderer};
use iced::{Background, Border, Color, Padding, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};
use crate::theme::scale::{radius, space, stroke};

/// The widest a tip gets before its text breaks, in logical pixels.
const WIDEST: f32 = 320.0;
/// The room between the control and its tip; the ring of focus fits between.
const GAP: f32 = 7.0;

pub(super) struct Tip<'a, 'b, Message> {
    content: &'b mut Element<'a, Message>,
    tree: &'b mut Tree,
    beside: Rectangle,
    ground: (Color, Color),
}

impl<'a, 'b, Message> Tip<'a, 'b, Message> {
    pub(super) fn new(
        content: &'b mut Element<'a, Message>,
        tree: &'b mut Tree,
        beside: Rectangle,
        ground: (Color, Color),
    ) -> Self {
        Self { content, tree, beside, ground }
    }

    pub(super) fn overlay(self) -> overlay::Element<'b, Message, Theme, Renderer>
    where
        Message: 'b,
    {
        overlay::Element::new(Box::new(self))
    }
}

impl<Message> overlay::Overlay<Message, Theme, Renderer> for Tip<'_, '_, Message> {
    fn layout(&mut self, renderer: &Renderer, bounds: Size) -> layout::Node {
        let padding = Padding::from([space::S4, space::S8]);
        let limits =
            layout::Limits::new(Size::ZERO, Size::new(WIDEST.min(bounds.width), bounds.height)).shrink(padding);
        let content = self.content.as_widget_mut().layout(self.tree, renderer, &limits);
        let size = content.size().expand(padding);
        let x = (self.beside.center_x() - size.width / 2.0)
            .clamp(space::S4, (bounds.width - size.width - space::S4).max(space::S4));
        let below = self.beside.y + self.beside.height + GAP;
        let y = if below + size.height <= bounds.height { below } else { (self.beside.y - GAP - size.height).max(0.0) };
        layout::Node::with_children(size, vec![content.translate(Vector::new(padding.left, padding.top))])
            .translate(Vector::new(x, y))
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(self.tree, layout.child(0), renderer, operation);
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
    ) {
        let (ground, edge) = self.ground;
        let bounds = layout.bounds();
        renderer.fill_quad(
            renderer::Quad {
                bounds,
                border: Border { color: edge, width: stroke::LINE, radius: radius::BADGE.into() },
                ..renderer::Quad::default()
            },
            Background::Color(ground),
        );
        let ink = renderer::Style { text_color: Color::WHITE };
        self.content.as_widget().draw(self.tree, renderer, theme, &ink, layout.child(0), cursor, &bounds);
    }
}
