//! A field of several lines whose text is a plain string, as a field's is: the caret and the selection are its own business, the text is the
//! screen's. What does not live here: what counts as wrong. (The editor over a content the screen keeps is in `area`.)

use iced::advanced::text::highlighter::PlainText;
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Shell, layout, mouse};
use iced::widget::text_editor::{Action, Binding, Content, Edit, KeyPress, Motion, TextEditor};
use iced::widget::{column, container};
use iced::{Length, Size, window};

use super::area::{editor, tall};
use super::around::{Around, Drawing, Inside, InsideMut, Manner, Node, Pointing, Room, Told};
use super::control::{Ring, control};
use super::field::{field_error, ground};
use super::{Element, Renderer, Theme};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Tokens};

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
    let ground = ground(&t, error.as_deref());
    let editor = Editor { id: id.clone(), hint, value: value.clone(), lines, tokens: t, on_input };
    let state = ControlState { error: error.clone(), ..ControlState::new() };
    let field = control(look, id, Role::TextField, name.clone(), Around { elements: Vec::new(), manner: editor })
        .width(Length::Fill)
        .value(value)
        .state(state)
        .ring(Ring::Around(radius::CONTROL))
        .style(move |_| ground);
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
    lines: u8,
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
        let face = editor(content, &self.id, (self.hint.clone(), self.lines), self.tokens);
        face.on_action(|action| action).key_binding(binding)
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

impl<Message> Manner<Message> for Editor<'_, Message> {
    fn node() -> Node<Self> {
        Node::Memory(tree::Tag::of::<Memory>(), |editor| tree::State::new(Memory::of(&editor.value)))
    }

    fn children(&self, _elements: &[Element<'_, Message>]) -> Vec<Tree> {
        let content = Content::new();
        let editor = self.over(&content);
        let editor: &dyn Widget<Action, Theme, Renderer> = &editor;
        vec![Tree::new(editor)]
    }

    fn diff(&self, _elements: &[Element<'_, Message>], tree: &mut Tree) {
        let memory = tree.state.downcast_mut::<Memory>();
        if memory.known != self.value {
            *memory = Memory::of(&self.value);
        }
    }

    fn size(&self, _elements: &[Element<'_, Message>]) -> Size<Length> {
        Size { width: Length::Fill, height: Length::Fixed(tall(self.lines)) }
    }

    fn layout(&mut self, room: Room<'_, '_, Message>, limits: &layout::Limits) -> layout::Node {
        let Tree { state, children, .. } = room.tree;
        self.over(&state.downcast_ref::<Memory>().content).layout(&mut children[0], room.renderer, limits)
    }

    fn operate(&mut self, own: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Tree { state, children, .. } = own.tree;
        let mut editor = self.over(&state.downcast_ref::<Memory>().content);
        editor.operate(&mut children[0], own.layout, renderer, operation);
    }

    fn update(&mut self, own: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        let Tree { state, children, .. } = own.tree;
        let memory = state.downcast_mut::<Memory>();
        let mut actions = Vec::new();
        let mut inner = Shell::new(&mut actions);
        told.to(&mut inner).tell((&mut self.over(&memory.content), &mut children[0], own.layout));
        if inner.is_event_captured() {
            told.shell.capture_event();
        }
        if inner.is_layout_invalid() {
            told.shell.invalidate_layout();
        }
        match inner.redraw_request() {
            window::RedrawRequest::Wait => {}
            request => told.shell.request_redraw_at(request),
        }
        told.shell.request_input_method(inner.input_method());
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
            told.shell.invalidate_layout();
            told.shell.request_redraw();
        }
        if edited {
            memory.known = memory.content.text();
            told.shell.publish((self.on_input)(memory.known.clone()));
        }
    }

    fn pointer(&self, own: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        let memory = own.tree.state.downcast_ref::<Memory>();
        pointing.at((&self.over(&memory.content), &own.tree.children[0], own.layout))
    }

    fn draw(&self, own: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        let memory = own.tree.state.downcast_ref::<Memory>();
        drawing.draw((&self.over(&memory.content), &own.tree.children[0], own.layout));
    }
}
