//! `painted`: an element with something painted beneath or above it that `iced`'s containers cannot draw (dashes, a cheap
//! shadow). It adds nothing to the tree: layout, events and focus are the content's own.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

type Paint<'a> = Box<dyn Fn(&mut Renderer, Rectangle) + 'a>;

/// An element with something painted around it.
pub struct Painted<'a, Message> {
    content: Element<'a, Message>,
    under: Option<Paint<'a>>,
    over: Option<Paint<'a>>,
    width: Length,
    height: Length,
}

/// `content` as it is, to be painted around with [`Painted::under`] or [`Painted::over`].
pub fn painted<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Painted<'a, Message> {
    let content = content.into();
    let Size { width, height } = content.as_widget().size();
    Painted { content, under: None, over: None, width, height }
}

impl<'a, Message> Painted<'a, Message> {
    /// Painted before the content, with the content's bounds.
    pub fn under(mut self, paint: impl Fn(&mut Renderer, Rectangle) + 'a) -> Self {
        self.under = Some(Box::new(paint));
        self
    }

    /// Painted after the content, with the content's bounds.
    pub fn over(mut self, paint: impl Fn(&mut Renderer, Rectangle) + 'a) -> Self {
        self.over = Some(Box::new(paint));
        self
    }

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

impl<Message> Widget<Message, Theme, Renderer> for Painted<'_, Message> {
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
        let bounds = layout.bounds();
        if let Some(paint) = &self.under {
            paint(renderer, bounds);
        }
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        if let Some(paint) = &self.over {
            paint(renderer, bounds);
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

impl<'a, Message: 'a> From<Painted<'a, Message>> for Element<'a, Message> {
    fn from(painted: Painted<'a, Message>) -> Self {
        Element::new(painted)
    }
}
