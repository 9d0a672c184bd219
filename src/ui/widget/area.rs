//! The field of several lines, over `iced`'s editor. The text itself is the screen's; what counts as wrong, too.

use iced::advanced::text::highlighter::PlainText;
use iced::widget::text_editor::{self, Content, TextEditor};
use iced::widget::{column, container};
use iced::{Background, Border, Color, Length};

use super::control::{Ring, control};
use super::field::{field_error, ground};
use super::{Element, Renderer, Theme};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Tokens, Type};

/// A field of several lines.
pub struct TextArea<'a, Message> {
    /// Its id.
    pub id: FocusId,
    /// Its accessible name, printed above it.
    pub name: String,
    /// What stands in it while it is empty.
    pub hint: String,
    /// What was typed.
    pub content: &'a Content,
    /// The sentence that says what is wrong, if anything is.
    pub error: Option<String>,
    /// How tall the room for text is, in lines.
    pub lines: u8,
    /// What typing gives.
    pub on_action: Box<dyn Fn(text_editor::Action) -> Message + 'a>,
}

/// The element of a field of several lines. `Tab` leaves it; Enter begins a line, and `Ctrl ↵` is left to the screen.
pub fn text_area<'a, Message: Clone + 'a>(look: &Look<'_>, area: TextArea<'a, Message>) -> Element<'a, Message> {
    let t = look.tokens;
    let TextArea { id, name, hint, content, error, lines, on_action } = area;
    let ground = ground(&t, error.as_deref());
    let editor =
        editor(content, &id, (hint, lines), t).on_action(on_action).key_binding(|press| match press.key.as_ref() {
            iced::keyboard::Key::Named(iced::keyboard::key::Named::Enter) if press.modifiers.control() => None,
            iced::keyboard::Key::Named(iced::keyboard::key::Named::Tab) => None,
            _ => text_editor::Binding::from_key_press(press),
        });
    let state = ControlState { error: error.clone(), ..ControlState::new() };
    let field = control(look, id, Role::TextField, name.clone(), editor)
        .width(Length::Fill)
        .value(content.text())
        .state(state)
        .ring(Ring::Around(radius::CONTROL))
        .style(move |_| ground);
    let mut all = column![look.label(name), field].spacing(space::S2).width(Length::Fill);
    if let Some(error) = error {
        all = all.push(container(field_error(look, error)));
    }
    all.into()
}

/// How tall a field of `lines` lines is.
pub(super) fn tall(lines: u8) -> f32 {
    f32::from(lines) * Type::BODY.line + 2.0 * space::S6
}

/// `iced`'s editor over `content`, on a ground that something else draws.
pub(super) fn editor<'c, Message>(
    content: &'c Content<Renderer>,
    id: &FocusId,
    (hint, lines): (String, u8),
    t: Tokens,
) -> TextEditor<'c, PlainText, Message, Theme, Renderer> {
    TextEditor::new(content)
        .id(id.widget())
        .placeholder(hint)
        .size(Type::BODY.size)
        .line_height(iced::widget::text::LineHeight::Absolute(Type::BODY.line.into()))
        .font(Type::BODY.weight.font())
        .padding([space::S6, space::S10])
        .height(tall(lines))
        .style(move |_, _| text_editor::Style {
            background: Background::Color(Color::TRANSPARENT),
            border: Border::default(),
            placeholder: t.ink3,
            value: t.ink,
            selection: t.accent_soft,
        })
}
