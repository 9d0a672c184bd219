//! `inert`: keeps everything beneath a dialog from being reached. It is drawn, but neither the keyboard, nor the mouse, nor a
//! walk through the tree finds anything in it.

use iced::advanced::widget::Operation;
use iced::advanced::{Shell, mouse};
use iced::{Event, Length, Size, window};

use super::around::{Above, Around, Drawing, Inside, InsideMut, Manner, Node, Overlay, Pointing, Told};
use super::{Element, Renderer};

struct Inert;

/// Draws `content` and keeps everything else from it.
pub fn inert<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Around { elements: vec![content.into()], manner: Inert }.into()
}

impl<Message> Manner<Message> for Inert {
    // The content's own, so that scroll positions and carets survive the opening of a dialog.
    fn node() -> Node<Self> {
        Node::Element
    }

    fn size_hint(&self, elements: &[Element<'_, Message>]) -> Size<Length> {
        elements[0].as_widget().size_hint()
    }

    fn operate(&mut self, _page: InsideMut<'_, '_, Message>, _renderer: &Renderer, _operation: &mut dyn Operation) {}

    fn update(&mut self, mut page: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        // Redraws still pass, without the pointer, so that nothing beneath stays drawn as hovered.
        if matches!(told.event, Event::Window(window::Event::RedrawRequested(_))) {
            let mut messages = Vec::new();
            let mut quiet = Shell::new(&mut messages);
            page.update(&mut Told { cursor: mouse::Cursor::Unavailable, ..told.to(&mut quiet) });
            told.shell.merge(quiet, |message| message);
        }
    }

    fn pointer(&self, _page: Inside<'_, '_, Message>, _pointing: Pointing<'_>) -> mouse::Interaction {
        mouse::Interaction::None
    }

    fn draw(&self, page: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        drawing.cursor = mouse::Cursor::Unavailable;
        page.draw(drawing);
    }

    fn overlay<'b>(&'b mut self, _page: InsideMut<'b, '_, Message>, _above: Above<'_>) -> Overlay<'b, Message> {
        None
    }
}
