//! `painted`: an element with something painted beneath or above it that `iced`'s containers cannot draw (dashes, a cheap
//! shadow). It adds nothing to the tree: layout, events and focus are the content's own.

use iced::advanced::layout;
use iced::{Length, Rectangle, Size};

use super::around::{Around, Drawing, Inside, Manner, Node, Room};
use super::{Element, Renderer};

type Paint<'a> = Box<dyn Fn(&mut Renderer, Rectangle) + 'a>;

/// An element with something painted around it. Made by [`painted`].
pub type Painted<'a, Message> = Around<'a, Message, Paints<'a>>;

/// What is painted around an element.
pub struct Paints<'a> {
    under: Option<Paint<'a>>,
    over: Option<Paint<'a>>,
    width: Length,
    height: Length,
}

/// `content` as it is, to be painted around with [`Painted::under`] or [`Painted::over`].
pub fn painted<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Painted<'a, Message> {
    let content = content.into();
    let Size { width, height } = content.as_widget().size();
    Around { elements: vec![content], manner: Paints { under: None, over: None, width, height } }
}

impl<'a, Message> Painted<'a, Message> {
    /// Painted before the content, with the content's bounds.
    pub fn under(mut self, paint: impl Fn(&mut Renderer, Rectangle) + 'a) -> Self {
        self.manner.under = Some(Box::new(paint));
        self
    }

    /// Painted after the content, with the content's bounds.
    pub fn over(mut self, paint: impl Fn(&mut Renderer, Rectangle) + 'a) -> Self {
        self.manner.over = Some(Box::new(paint));
        self
    }

    /// Its width.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.manner.width = width.into();
        self
    }

    /// Its height.
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.manner.height = height.into();
        self
    }
}

impl<Message> Manner<Message> for Paints<'_> {
    fn node() -> Node<Self> {
        Node::Element
    }

    fn size(&self, _elements: &[Element<'_, Message>]) -> Size<Length> {
        Size { width: self.width, height: self.height }
    }

    fn layout(&mut self, mut room: Room<'_, '_, Message>, limits: &layout::Limits) -> layout::Node {
        room.lay(0, &limits.width(self.width).height(self.height))
    }

    fn draw(&self, content: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        let bounds = content.layout.bounds();
        if let Some(paint) = &self.under {
            paint(drawing.renderer, bounds);
        }
        content.draw(drawing);
        if let Some(paint) = &self.over {
            paint(drawing.renderer, bounds);
        }
    }
}
