//! `veil`: what covers the whole window hides the page beneath. The page keeps its scroll positions and carets, and nothing of it is drawn, found
//! by a walk through the tree, or reached by a key or the mouse. What does not live here: what covers it.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

/// Whether the page can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// It can.
    Lifted,
    /// Something covers it.
    Drawn,
}

struct Veiled<'a, Message> {
    content: Element<'a, Message>,
    veil: Veil,
}

/// Keeps `content` as it is, in sight or not.
pub fn veil<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, veil: Veil) -> Element<'a, Message> {
    Element::new(Veiled { content: content.into(), veil })
}

impl<Message> Widget<Message, Theme, Renderer> for Veiled<'_, Message> {
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
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if self.veil == Veil::Lifted {
            self.content.as_widget_mut().operate(tree, layout, renderer, operation);
        }
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
        if self.veil == Veil::Lifted {
            let content = self.content.as_widget_mut();
            content.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        match self.veil {
            Veil::Lifted => self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer),
            Veil::Drawn => mouse::Interaction::None,
        }
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
        if self.veil == Veil::Lifted {
            self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        match self.veil {
            Veil::Lifted => self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation),
            Veil::Drawn => None,
        }
    }
}
