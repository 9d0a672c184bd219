//! `drag`: takes hold of a part of its content with the mouse and says where it is held, cell by cell, until it is let go. A click without
//! moving stays a click. What a part is, and what letting go means, is the screen's business.

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, key};
use iced::{Event, Length, Point, Rectangle, Size, Vector};

use super::{Element, Renderer, Theme};

/// So far the mouse moves before a click becomes a drag, in logical pixels.
const THRESHOLD: f32 = 4.0;

/// Where something is held: a message is given for each new cell alone.
pub type Cell = (usize, i32);

type Held<'a, Key, Message> = Box<dyn Fn(&Key, Point) -> Option<(Cell, Message)> + 'a>;

/// Content whose parts can be dragged. Made by [`drag`].
pub struct Drag<'a, Key, Message> {
    content: Element<'a, Message>,
    grips: Vec<(Rectangle, Key)>,
    held: Held<'a, Key, Message>,
    dropped: Message,
}

/// `content`, whose parts at `grips` can be dragged. `held` is told the upper left corner of the part, in the content's own pixels;
/// `dropped` is given when it is let go.
pub fn drag<'a, Key: Clone + 'static, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    grips: Vec<(Rectangle, Key)>,
    held: impl Fn(&Key, Point) -> Option<(Cell, Message)> + 'a,
    dropped: Message,
) -> Drag<'a, Key, Message> {
    Drag { content: content.into(), grips, held: Box::new(held), dropped }
}

enum Hand<Key> {
    Empty,
    /// Pressed, not yet moved far enough.
    Pressed {
        key: Key,
        at: Point,
        grip: Vector,
    },
    Dragging {
        key: Key,
        grip: Vector,
        cell: Option<Cell>,
    },
}

impl<Key: Clone + 'static, Message: Clone> Widget<Message, Theme, Renderer> for Drag<'_, Key, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Hand<Key>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Hand::<Key>::Empty)
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        layout::Node::with_children(node.size(), vec![node])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let Some(inner) = layout.children().next() {
            self.content.as_widget_mut().operate(&mut tree.children[0], inner, renderer, operation);
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
        let Some(inner) = layout.children().next() else { return };
        let hand = tree.state.downcast_mut::<Hand<Key>>();
        let origin = layout.position();
        let here = cursor.position().map(|at| at - Vector::new(origin.x, origin.y));
        // What is beneath must not take the end of a drag for a click.
        let mut cursor = cursor;
        match (event, &mut *hand) {
            (Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)), _) => {
                let grip = here.and_then(|at| self.grips.iter().rev().find(|(place, _)| place.contains(at)));
                *hand = match (here, grip) {
                    (Some(at), Some((place, key))) => {
                        Hand::Pressed { key: key.clone(), at, grip: at - place.position() }
                    }
                    _ => Hand::Empty,
                };
            }
            (Event::Mouse(mouse::Event::CursorMoved { .. }), Hand::Pressed { key, at, grip })
                if here.is_some_and(|now| now.distance(*at) >= THRESHOLD) =>
            {
                *hand = Hand::Dragging { key: key.clone(), grip: *grip, cell: None };
            }
            (Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)), Hand::Dragging { cell, .. }) => {
                if cell.is_some() {
                    shell.publish(self.dropped.clone());
                    shell.capture_event();
                }
                *hand = Hand::Empty;
                cursor = mouse::Cursor::Unavailable;
            }
            (Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)), Hand::Pressed { .. }) => {
                *hand = Hand::Empty;
            }
            (Event::Keyboard(keyboard::Event::KeyPressed { key: pressed, .. }), Hand::Dragging { .. })
                if *pressed == keyboard::Key::Named(key::Named::Escape) =>
            {
                *hand = Hand::Empty;
            }
            _ => {}
        }
        if let (Event::Mouse(mouse::Event::CursorMoved { .. }), Hand::Dragging { key, grip, cell }, Some(at)) =
            (event, &mut *hand, here)
        {
            cursor = mouse::Cursor::Unavailable;
            if let Some((now, message)) = (self.held)(key, at - *grip).filter(|(now, _)| *cell != Some(*now)) {
                *cell = Some(now);
                shell.publish(message);
            }
        }
        let content = self.content.as_widget_mut();
        content.update(&mut tree.children[0], event, inner, cursor, renderer, clipboard, shell, viewport);
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
        if let Some(inner) = layout.children().next() {
            self.content.as_widget().draw(&tree.children[0], renderer, theme, style, inner, cursor, viewport);
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
        if matches!(tree.state.downcast_ref::<Hand<Key>>(), Hand::Dragging { .. }) {
            return mouse::Interaction::Grabbing;
        }
        let inner = layout.children().next();
        let content = self.content.as_widget();
        inner.map_or_else(mouse::Interaction::default, |inner| {
            content.mouse_interaction(&tree.children[0], inner, cursor, viewport, renderer)
        })
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        let inner = layout.children().next()?;
        self.content.as_widget_mut().overlay(&mut tree.children[0], inner, renderer, viewport, translation)
    }
}

impl<'a, Key: Clone + 'static, Message: Clone + 'a> From<Drag<'a, Key, Message>> for Element<'a, Message> {
    fn from(drag: Drag<'a, Key, Message>) -> Self {
        Element::new(drag)
    }
}
