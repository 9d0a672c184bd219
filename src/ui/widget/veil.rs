//! `veil`: what covers the whole window hides the page beneath. The page keeps its scroll positions and carets, and nothing of it is drawn, found
//! by a walk through the tree, or reached by a key or the mouse. What does not live here: what covers it.

use iced::advanced::mouse;
use iced::advanced::widget::Operation;
use iced::{Length, Size};

use super::around::{Above, Around, Drawing, Inside, InsideMut, Manner, Node, Overlay, Pointing, Told};
use super::{Element, Renderer};

/// Whether the page can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// It can.
    Lifted,
    /// Something covers it.
    Drawn,
}

/// Keeps `content` as it is, in sight or not.
pub fn veil<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, veil: Veil) -> Element<'a, Message> {
    Around { elements: vec![content.into()], manner: veil }.into()
}

impl<Message> Manner<Message> for Veil {
    fn node() -> Node<Self> {
        Node::Element
    }

    fn size_hint(&self, elements: &[Element<'_, Message>]) -> Size<Length> {
        elements[0].as_widget().size_hint()
    }

    fn operate(&mut self, mut page: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        if *self == Self::Lifted {
            page.operate(renderer, operation);
        }
    }

    fn update(&mut self, mut page: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        if *self == Self::Lifted {
            page.update(told);
        }
    }

    fn pointer(&self, page: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        match self {
            Self::Lifted => page.pointer(pointing),
            Self::Drawn => mouse::Interaction::None,
        }
    }

    fn draw(&self, page: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        if *self == Self::Lifted {
            page.draw(drawing);
        }
    }

    fn overlay<'b>(&'b mut self, page: InsideMut<'b, '_, Message>, above: Above<'_>) -> Overlay<'b, Message> {
        match self {
            Self::Lifted => page.overlay(above),
            Self::Drawn => None,
        }
    }
}
