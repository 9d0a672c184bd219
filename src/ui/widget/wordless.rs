//! `wordless`: a key held with Ctrl is a command, and writes nothing. Some systems give a digit its character even so (`Ctrl 6` would lead to the
//! outbox and leave a "6" in the note). What does not live here: what the keys do (`app/keyboard.rs`), the fields' own `Ctrl C`.

use iced::keyboard::{self, Modifiers};
use iced::{Event, Length, Size};

use super::Element;
use super::around::{Around, InsideMut, Manner, Node, Told};

struct Wordless;

/// `content`, whose fields are told of a key with Ctrl without the character that it would write.
pub fn wordless<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Around { elements: vec![content.into()], manner: Wordless }.into()
}

/// Whether a key writes nothing. With Alt beside it, it is `AltGr`, which writes `@` and `{`.
fn writes_nothing(modifiers: Modifiers) -> bool {
    (modifiers.control() || modifiers.logo()) && !modifiers.alt()
}

impl<Message> Manner<Message> for Wordless {
    fn node() -> Node<Self> {
        Node::Element
    }

    fn size_hint(&self, elements: &[Element<'_, Message>]) -> Size<Length> {
        elements[0].as_widget().size_hint()
    }

    fn update(&mut self, mut inside: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        let mut event = told.event.clone();
        match &mut event {
            Event::Keyboard(keyboard::Event::KeyPressed { modifiers, text: text @ Some(_), .. })
                if writes_nothing(*modifiers) =>
            {
                *text = None;
                let Told { cursor, renderer, viewport, .. } = *told;
                let Told { clipboard, shell, .. } = told;
                inside.update(&mut Told { event: &event, cursor, renderer, clipboard: *clipboard, shell, viewport });
            }
            _ => inside.update(told),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_ctrl_writes_nothing_and_one_with_altgr_does() {
        assert!(writes_nothing(Modifiers::CTRL));
        assert!(writes_nothing(Modifiers::CTRL | Modifiers::SHIFT));
        assert!(!writes_nothing(Modifiers::CTRL | Modifiers::ALT));
        assert!(!writes_nothing(Modifiers::SHIFT));
        assert!(!writes_nothing(Modifiers::empty()));
    }
}
