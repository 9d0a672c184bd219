//! `inert`: keeps everything beneath a dialog from being reached. It is drawn, but neither the keyboard, nor the mouse, nor a
//! walk through the tree finds anything in it.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, renderer};
use iced::{Event, Length, Rectangle, Size, window};

use super::{Element, Renderer, Theme};

struct Inert<'a, Message> {
    content: Element<'a, Message>,
}

/// Draws `content` and keeps everything else from it.
pub fn inert<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Inert { content: content.into() })
}

impl<Message> Widget<Message, Theme, Renderer> for Inert<'_, Message> {
    // The tag and the tree are the content's own, so that scroll positions and carets survive the opening of a dialog.
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

    fn operate(&mut self, _tree: &mut Tree, _layout: Layout<'_>, _renderer: &Renderer, _operation: &mut dyn Operation) {
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        // Redraws still pass, without the pointer, so that nothing beneath stays drawn as hovered.
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            let mut messages = Vec::new();
            let mut quiet = Shell::new(&mut messages);
            self.content.as_widget_mut().update(
                tree,
                event,
                layout,
                mouse::Cursor::Unavailable,
                renderer,
                clipboard,
                &mut quiet,
                viewport,
            );
            shell.merge(quiet, |message| message);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(tree, renderer, theme, style, layout, mouse::Cursor::Unavailable, viewport);
    }
}
