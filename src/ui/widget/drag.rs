//! `drag`: takes hold of a part of its content with the mouse and says where it is held, cell by cell, until it is let go. A click without
//! moving stays a click. What a part is, and what letting go means, is the screen's business.

use iced::advanced::mouse;
use iced::keyboard::{self, key};
use iced::{Event, Point, Rectangle, Vector};

use super::Element;
use super::around::{Around, Inside, InsideMut, Manner, Node, Pointing, Told};

/// So far the mouse moves before a click becomes a drag, in logical pixels.
const THRESHOLD: f32 = 4.0;

/// Where something is held: a message is given for each new cell alone.
pub type Cell = (usize, i32);

type Held<'a, Key, Message> = Box<dyn Fn(&Key, Point) -> Option<(Cell, Message)> + 'a>;

/// Content whose parts can be dragged. Made by [`drag`].
pub type Drag<'a, Key, Message> = Around<'a, Message, Grips<'a, Key, Message>>;

/// The parts that can be dragged, and what that means.
pub struct Grips<'a, Key, Message> {
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
    Around { elements: vec![content.into()], manner: Grips { grips, held: Box::new(held), dropped } }
}

#[derive(Default)]
enum Hand<Key> {
    #[default]
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

impl<Key: Clone + 'static, Message: Clone> Manner<Message> for Grips<'_, Key, Message> {
    fn node() -> Node<Self> {
        Node::memory::<Hand<Key>>()
    }

    fn update(&mut self, mut content: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        let hand = content.tree.state.downcast_mut::<Hand<Key>>();
        let origin = content.layout.position();
        let here = told.cursor.position().map(|at| at - Vector::new(origin.x, origin.y));
        match (told.event, &mut *hand) {
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
                    told.shell.publish(self.dropped.clone());
                    told.shell.capture_event();
                }
                *hand = Hand::Empty;
                // What is beneath must not take the end of a drag for a click.
                told.cursor = mouse::Cursor::Unavailable;
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
            (told.event, &mut *hand, here)
        {
            told.cursor = mouse::Cursor::Unavailable;
            if let Some((now, message)) = (self.held)(key, at - *grip).filter(|(now, _)| *cell != Some(*now)) {
                *cell = Some(now);
                told.shell.publish(message);
            }
        }
        content.update(told);
    }

    fn pointer(&self, content: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        match content.tree.state.downcast_ref::<Hand<Key>>() {
            Hand::Dragging { .. } => mouse::Interaction::Grabbing,
            _ => content.pointer(pointing),
        }
    }
}
