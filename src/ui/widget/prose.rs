//! A field of several lines whose text is a plain string, as a field's is: the caret and the selection are its own business, the text is the
//! screen's. What does not live here: what counts as wrong. (The editor over a content the screen keeps is in `area`.)

use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Layout, Shell, layout, mouse, renderer, text::highlighter::PlainText};
use iced::widget::text_editor::{self, Action, Binding, Content, Edit, KeyPress, Motion, TextEditor};
use iced::widget::{column, container};
use iced::{Background, Border, Color, Event, Length, Rectangle, Size, window};

use super::control::{Ring, Style, control};
use super::field::field_error;
use super::{Element, Renderer, Theme};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Tokens, Type};

/// What a field of several lines is made of.
pub struct Prose<'a, Message> {
    /// Its id.
    pub id: FocusId,
    /// Its accessible name, printed above it.
    pub name: String,
    /// What stands in it while it is empty.
    pub hint: String,
    /// What was typed.
    pub value: String,
    /// The sentence that says what is wrong, if anything is.
    pub error: Option<String>,
    /// How tall the room for text is, in lines.
    pub lines: u8,
    /// What typing gives: the whole text.
    pub on_input: Box<dyn Fn(String) -> Message + 'a>,
}

/// The element of a field of several lines. `Tab` leaves it; Enter begins a line, and `Ctrl ↵` is left to the screen.
pub fn prose<'a, Message: Clone + 'a>(look: &Look<'_>, prose: Prose<'a, Message>) -> Element<'a, Message> {
    let t = look.tokens;
    let Prose { id, name, hint, value, error, lines, on_input } = prose;
    let wrong = error.is_some();
    let editor = Editor {
        id: id.clone(),
        hint,
        value: value.clone(),
        tall: f32::from(lines) * Type::BODY.line + 2.0 * space::S6,
        tokens: t,
        on_input,
    };
    let state = ControlState { error: error.clone(), ..ControlState::new() };
    let field = control(look, id, Role::TextField, name.clone(), Element::new(editor))
        .width(Length::Fill)
        .value(value)
        .state(state)
        .ring(Ring::Around(radius::CONTROL))
        .style(move |_| {
            let mut style = Style::ground(t.surface, radius::CONTROL).edge(if wrong { t.alert } else { t.edge });
            if wrong {
                style.border.width = stroke::STRONG;
            }
            style
        });
    let mut all = column![look.label(name), field].spacing(space::S4).width(Length::Fill);
    if let Some(error) = error {
        all = all.push(container(field_error(look, error)));
    }
    all.into()
}

struct Editor<'a, Message> {
    id: FocusId,
    hint: String,
    value: String,
    tall: f32,
    tokens: Tokens,
    on_input: Box<dyn Fn(String) -> Message + 'a>,
}

/// What the editor remembers: the text with its caret, and the text as the screen knows it.
struct Memory {
    content: Content<Renderer>,
    known: String,
}

impl Memory {
    fn of(text: &str) -> Self {
        let mut content = Content::with_text(text);
        // A line or two are gone on with at their end; what has paragraphs is read from its beginning.
        if !text.contains("\n\n") {
            content.perform(Action::Move(Motion::DocumentEnd));
        }
        Self { content, known: text.to_owned() }
    }
}

impl<Message> Editor<'_, Message> {
    fn over<'c>(&self, content: &'c Content<Renderer>) -> TextEditor<'c, PlainText, Action, Theme, Renderer> {
        let t = self.tokens;
        TextEditor::new(content)
            .id(self.id.widget())
            .placeholder(self.hint.clone())
            .size(Type::BODY.size)
            .line_height(iced::widget::text::LineHeight::Absolute(Type::BODY.line.into()))
            .font(Type::BODY.weight.font())
            .padding([space::S6, space::S10])
            .height(self.tall)
            .on_action(|action| action)
            .key_binding(binding)
            .style(move |_, _| text_editor::Style {
                background: Background::Color(Color::TRANSPARENT),
                border: Border::default(),
                placeholder: t.ink3,
                value: t.ink,
                selection: t.accent_soft,
            })
    }
}

fn binding(press: KeyPress) -> Option<Binding<Action>> {
    use iced::keyboard::{Key, key::Named};
    match press.key.as_ref() {
        Key::Named(Named::Enter) if press.modifiers.control() => None,
        Key::Named(Named::Tab | Named::Escape) => None,
        _ => Binding::from_key_press(press),
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Editor<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Memory::of(&self.value))
    }

    fn children(&self) -> Vec<Tree> {
        let content = Content::new();
        let editor = self.over(&content);
        let editor: &dyn Widget<Action, Theme, Renderer> = &editor;
        vec![Tree::new(editor)]
    }

    fn diff(&self, tree: &mut Tree) {
        let memory = tree.state.downcast_mut::<Memory>();
        if memory.known != self.value {
            *memory = Memory::of(&self.value);
        }
    }

    fn size(&self) -> Size<Length> {
        Size { width: Length::Fill, height: Length::Fixed(self.tall) }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let memory = tree.state.downcast_ref::<Memory>();
        self.over(&memory.content).layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let memory = tree.state.downcast_ref::<Memory>();
        self.over(&memory.content).operate(&mut tree.children[0], layout, renderer, operation);
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
        let memory = tree.state.downcast_mut::<Memory>();
        let mut actions = Vec::new();
        let mut inner = Shell::new(&mut actions);
        self.over(&memory.content).update(
            &mut tree.children[0],
            event,
            layout,
            cursor,
            renderer,
            clipboard,
            &mut inner,
            viewport,
        );
        if inner.is_event_captured() {
            shell.capture_event();
        }
        if inner.is_layout_invalid() {
            shell.invalidate_layout();
        }
        match inner.redraw_request() {
            window::RedrawRequest::Wait => {}
            request => shell.request_redraw_at(request),
        }
        shell.request_input_method(inner.input_method());
        let mut edited = false;
        for action in actions {
            edited |= matches!(
                action,
                Action::Edit(
                    Edit::Insert(_)
                        | Edit::Paste(_)
                        | Edit::Enter
                        | Edit::Backspace
                        | Edit::Delete
                        | Edit::Indent
                        | Edit::Unindent
                )
            );
            memory.content.perform(action);
            shell.invalidate_layout();
            shell.request_redraw();
        }
        if edited {
            memory.known = memory.content.text();
            shell.publish((self.on_input)(memory.known.clone()));
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
        let memory = tree.state.downcast_ref::<Memory>();
        self.over(&memory.content).draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let memory = tree.state.downcast_ref::<Memory>();
        self.over(&memory.content).mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
    }
}
