//! `control`: the one wrapper that makes an element something a person can focus, press and hear about. It draws the ring of
//! keyboard focus, tells its role, name and state to operations, and reacts to mouse, Enter and Space.
//! What it looks like inside, and in which colours, is the business of the components built on it.

use std::time::Duration;

use iced::advanced::widget::Operation;
use iced::advanced::{layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key};
use iced::time::Instant;
use iced::{Background, Border, Color, Event, Length, Padding, Rectangle, Shadow, Size, touch, window};

use super::around::{Above, Around, Drawing, Inside, InsideMut, Manner, Node, Overlay, Pointing, Room, Told};
use super::tip::Tip;
use super::{Element, Renderer};
use crate::focus::{ControlInfo, ControlState, FocusId, Role};
use crate::theme::scale::{radius, stroke};
use crate::theme::{Look, Tokens};

const TIP_DELAY: Duration = Duration::from_millis(500);

/// How a control stands, for the closure that styles it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing touches it.
    Rest,
    /// The pointer is over it.
    Hovered,
    /// It is held down.
    Pressed,
    /// The keyboard is at it.
    Focused,
    /// It cannot be used now.
    Disabled,
}

/// The ground, edge and text colour of a control.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Style {
    /// The ground; `None` leaves what lies beneath.
    pub background: Option<Color>,
    /// The colour of texts that name none themselves; `None` inherits.
    pub text: Option<Color>,
    /// The edge.
    pub border: Border,
    /// The shadow.
    pub shadow: Shadow,
}

impl Style {
    /// Nothing drawn but the content.
    pub fn bare() -> Self {
        Self::default()
    }

    /// A ground with rounded corners.
    pub fn ground(background: Color, corner: f32) -> Self {
        Self {
            background: Some(background),
            border: Border { radius: corner.into(), ..Border::default() },
            ..Self::default()
        }
    }

    /// An edge, 1 px, around whatever is there.
    pub fn edge(mut self, color: Color) -> Self {
        self.border.color = color;
        self.border.width = stroke::LINE;
        self
    }

    /// The colour of the text.
    pub fn ink(mut self, color: Color) -> Self {
        self.text = Some(color);
        self
    }
}

/// Where the ring of keyboard focus is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ring {
    /// Around the control: ink 0–2 px outside its edge, yellow 2–5 px; the number is the control's corner radius.
    Around(f32),
    /// For rows that touch: ink inside the edge, yellow 0–3 px outside; the number is the corner radius.
    Row(f32),
    /// For what ends at the window's edge: yellow 0–3 px inside the edge, ink within it; the number is the corner radius.
    Within(f32),
    /// None: the control shows its focus otherwise (a list draws it round its active row).
    Hidden,
}

type StyleFn<'a> = Box<dyn Fn(Status) -> Style + 'a>;
type KeyFn<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;

/// An element with an id, a role, a name and a state. Made by [`control`].
pub type Control<'a, Message> = Around<'a, Message, Handling<'a, Message>>;

/// What a control is and does. Of its elements the content is the first; the tip, if there is one, is the second and has no place within it.
pub struct Handling<'a, Message> {
    tip_at_focus: bool,
    info: ControlInfo,
    on_press: Option<Message>,
    on_double: Option<Message>,
    on_key: Option<KeyFn<'a, Message>>,
    style: StyleFn<'a>,
    ring: Ring,
    focused: bool,
    rings: (Color, Color),
    tip_ground: (Color, Color),
    width: Length,
    height: Length,
    padding: Padding,
    status: Option<Status>,
}

/// Makes `content` a control. `name` is what a screen reader would say, in the person's language; it must not be empty.
pub fn control<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    role: Role,
    name: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    let id = id.into();
    let content = content.into();
    let Tokens { focus, focus_ink, slab, slab_line, .. } = look.tokens;
    let size = content.as_widget().size_hint();
    let manner = Handling {
        focused: look.focused(&id),
        tip_at_focus: false,
        info: ControlInfo { ringed: look.focused(&id), ..ControlInfo::new(id, role, name.into()) },
        on_press: None,
        on_double: None,
        on_key: None,
        style: Box::new(|_| Style::bare()),
        ring: Ring::Around(radius::CONTROL),
        rings: (focus_ink, focus),
        tip_ground: (slab, slab_line),
        width: size.width.fluid(),
        height: size.height.fluid(),
        padding: Padding::ZERO,
        status: None,
    };
    Around { elements: vec![content], manner }
}

impl<'a, Message: Clone + 'a> Control<'a, Message> {
    /// What happens on a click, Enter or Space.
    pub fn on_press(mut self, message: Message) -> Self {
        self.manner.on_press = Some(message);
        self
    }

    /// What happens on a click, Enter or Space, if anything does.
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.manner.on_press = message;
        self
    }

    /// What happens on a double click.
    pub fn on_double_press(mut self, message: Message) -> Self {
        self.manner.on_double = Some(message);
        self
    }

    /// Keys that mean something while the keyboard is here; a key that gives a message goes no further.
    pub fn on_key(mut self, keys: impl Fn(&Key, Modifiers) -> Option<Message> + 'a) -> Self {
        self.manner.on_key = Some(Box::new(keys));
        self
    }

    /// Its state.
    pub fn state(mut self, state: ControlState) -> Self {
        self.manner.info.state = state;
        self
    }

    /// What was typed or chosen.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.manner.info.value = Some(value.into());
        self
    }

    /// Ground, edge and text colour for each status.
    pub fn style(mut self, style: impl Fn(Status) -> Style + 'a) -> Self {
        self.manner.style = Box::new(style);
        self
    }

    /// Where the ring is drawn.
    pub fn ring(mut self, ring: Ring) -> Self {
        self.manner.ring = ring;
        self
    }

    /// A tip that appears under the pointer after half a second and, when the control is disabled, at keyboard focus.
    pub fn tip(mut self, tip: impl Into<Element<'a, Message>>) -> Self {
        self.elements.truncate(1);
        self.elements.push(tip.into());
        self
    }

    /// The tip appears at keyboard focus too, also while the control can be used.
    pub fn tip_at_focus(mut self) -> Self {
        self.manner.tip_at_focus = true;
        self
    }

    /// Draws it as focused whatever the model says; only the gallery does this.
    pub fn shown_focused(mut self) -> Self {
        self.manner.info.ringed = true;
        self
    }

    /// Draws the ring as well while `ringed`: for the active row of a list that has the keyboard.
    pub fn ringed(mut self, ringed: bool) -> Self {
        self.manner.info.ringed |= ringed;
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

    /// The room between its edge and its content.
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.manner.padding = padding.into();
        self
    }
}

impl<Message: Clone> Handling<'_, Message> {
    fn enabled(&self) -> bool {
        self.info.state.disabled.is_none() && !self.info.state.busy
    }

    fn current(&self, memory: &Memory, hovered: bool) -> Status {
        if self.info.state.disabled.is_some() {
            Status::Disabled
        } else if memory.pressed && hovered {
            Status::Pressed
        } else if hovered && self.on_press.is_some() {
            Status::Hovered
        } else if self.focused {
            Status::Focused
        } else {
            Status::Rest
        }
    }

    fn key(&self, event: &keyboard::Event) -> Option<Message> {
        let keyboard::Event::KeyPressed { key, modifiers, repeat, .. } = event else { return None };
        if !self.focused {
            return None;
        }
        if let Some(message) = self.on_key.as_ref().and_then(|keys| keys(key, *modifiers)) {
            return Some(message);
        }
        let press = matches!(key, Key::Named(key::Named::Enter | key::Named::Space));
        if press && !repeat && modifiers.is_empty() && !self.info.role.takes_text() && self.enabled() {
            return self.on_press.clone();
        }
        None
    }

    fn draw_ring(&self, renderer: &mut Renderer, bounds: Rectangle, viewport: &Rectangle) {
        use iced::advanced::Renderer as _;
        let (ink, yellow) = self.rings;
        let (corner, inset) = match self.ring {
            Ring::Around(corner) => (corner, 0.0),
            Ring::Row(corner) => (corner, stroke::STRONG),
            Ring::Within(corner) => (corner, stroke::STRONG + stroke::FOCUS),
            Ring::Hidden => return,
        };
        // A layer of its own: neighbours drawn later would cover the half that lies on their ground.
        renderer.with_layer(*viewport, |renderer| {
            let mut ring = |outset: f32, width: f32, color: Color| {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: bounds.expand(outset),
                        border: Border { color, width, radius: (corner + outset).max(0.0).into() },
                        ..renderer::Quad::default()
                    },
                    Background::Color(Color::TRANSPARENT),
                );
            };
            let ink_outset = stroke::STRONG - inset;
            ring(ink_outset, stroke::STRONG, ink);
            ring(ink_outset + stroke::FOCUS, stroke::FOCUS, yellow);
        });
    }
}

#[derive(Debug, Default)]
struct Memory {
    pressed: bool,
    touched: bool,
    hovered_since: Option<Instant>,
    tip_open: bool,
    last_click: Option<mouse::Click>,
}

impl<Message: Clone> Manner<Message> for Handling<'_, Message> {
    fn node() -> Node<Self> {
        Node::memory::<Memory>()
    }

    fn size(&self, _elements: &[Element<'_, Message>]) -> Size<Length> {
        Size { width: self.width, height: self.height }
    }

    fn layout(&mut self, mut room: Room<'_, '_, Message>, limits: &layout::Limits) -> layout::Node {
        layout::padded(limits, self.width, self.height, self.padding, |limits| room.lay(0, limits))
    }

    fn operate(&mut self, mut inside: InsideMut<'_, '_, Message>, renderer: &Renderer, operation: &mut dyn Operation) {
        let id = self.info.id.widget();
        self.info.touched = inside.tree.state.downcast_ref::<Memory>().touched;
        operation.custom(Some(&id), inside.layout.bounds(), &mut self.info);
        inside.operate_within(renderer, operation);
    }

    fn update(&mut self, mut inside: InsideMut<'_, '_, Message>, told: &mut Told<'_, '_, Message>) {
        if !(self.info.role == Role::TextField && is_command(told.event)) {
            inside.update(told);
        }
        let memory = inside.tree.state.downcast_mut::<Memory>();
        let hovered = told.cursor.is_over(inside.layout.bounds());
        if let Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(touch::Event::FingerPressed { .. }) =
            told.event
        {
            memory.touched = hovered;
        }

        if !told.shell.is_event_captured() {
            match told.event {
                Event::Keyboard(event) => {
                    if let Some(message) = self.key(event) {
                        told.shell.publish(message);
                        told.shell.capture_event();
                    }
                }
                Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
                    if hovered && self.enabled() && self.on_press.is_some() =>
                {
                    memory.pressed = true;
                    told.shell.capture_event();
                }
                Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerLifted { .. })
                    if memory.pressed =>
                {
                    memory.pressed = false;
                    if hovered && let Some(message) = &self.on_press {
                        told.shell.publish(message.clone());
                        if let (Some(double), Some(at)) = (&self.on_double, told.cursor.position()) {
                            let click = mouse::Click::new(at, mouse::Button::Left, memory.last_click);
                            if click.kind() == mouse::click::Kind::Double {
                                told.shell.publish(double.clone());
                            }
                            memory.last_click = Some(click);
                        }
                    }
                    told.shell.capture_event();
                }
                Event::Touch(touch::Event::FingerLost { .. }) => memory.pressed = false,
                _ => {}
            }
        }

        if inside.elements.len() > 1
            && let Event::Mouse(_) | Event::Window(window::Event::RedrawRequested(_)) = told.event
        {
            let now = match told.event {
                Event::Window(window::Event::RedrawRequested(now)) => *now,
                _ => Instant::now(),
            };
            memory.hovered_since = if hovered { memory.hovered_since.or(Some(now)) } else { None };
            let rested = memory.hovered_since.is_some_and(|since| now.saturating_duration_since(since) >= TIP_DELAY);
            let open = rested || (self.focused && (self.tip_at_focus || self.info.state.disabled.is_some()));
            if open != memory.tip_open {
                memory.tip_open = open;
                told.shell.invalidate_layout();
                told.shell.request_redraw();
            } else if let (false, Some(since)) = (open, memory.hovered_since) {
                told.shell.request_redraw_at(since + TIP_DELAY);
            }
        }

        let status = self.current(memory, hovered);
        if let Event::Window(window::Event::RedrawRequested(_)) = told.event {
            self.status = Some(status);
        } else if self.status.is_some_and(|before| before != status) {
            told.shell.request_redraw();
        }
    }

    fn draw(&self, inside: Inside<'_, '_, Message>, drawing: &mut Drawing<'_>) {
        use iced::advanced::Renderer as _;
        let bounds = inside.layout.bounds();
        let memory = inside.tree.state.downcast_ref::<Memory>();
        let style = (self.style)(self.status.unwrap_or_else(|| self.current(memory, false)));
        if style.background.is_some() || style.border.width > 0.0 || style.shadow.color.a > 0.0 {
            drawing.renderer.fill_quad(
                renderer::Quad { bounds, border: style.border, shadow: style.shadow, ..renderer::Quad::default() },
                Background::Color(style.background.unwrap_or(Color::TRANSPARENT)),
            );
        }
        drawing.style.text_color = style.text.unwrap_or(drawing.style.text_color);
        inside.draw(drawing);
        if self.info.ringed {
            self.draw_ring(drawing.renderer, bounds, drawing.viewport);
        }
    }

    fn pointer(&self, inside: Inside<'_, '_, Message>, pointing: Pointing<'_>) -> mouse::Interaction {
        let inner = inside.pointer(pointing);
        if inner != mouse::Interaction::None || !pointing.cursor.is_over(inside.layout.bounds()) {
            return inner;
        }
        match (&self.on_press, self.enabled()) {
            (Some(_), true) => mouse::Interaction::Pointer,
            (Some(_), false) => mouse::Interaction::NotAllowed,
            (None, _) => mouse::Interaction::None,
        }
    }

    fn overlay<'b>(&'b mut self, inside: InsideMut<'b, '_, Message>, above: Above<'_>) -> Overlay<'b, Message> {
        let InsideMut { elements, tree, layout, .. } = inside;
        let open = tree.state.downcast_ref::<Memory>().tip_open;
        let mut both = elements.iter_mut().zip(&mut tree.children);
        let content =
            both.next().and_then(|(content, tree)| above.of((content.as_widget_mut(), tree, layout.child(0))));
        let beside = layout.bounds() + above.translation;
        let tip = both.next().filter(|_| open);
        let tip = tip.map(|(tip, tree)| Tip::new(tip, tree, beside, self.tip_ground).overlay());
        match (content, tip) {
            (None, None) => None,
            (content, tip) => Some(overlay::Group::with_children(content.into_iter().chain(tip).collect()).overlay()),
        }
    }
}

/// Whether a key with Alt is pressed: that is a command, and types nothing. AltGr, which some systems tell as Ctrl and Alt, types.
fn is_command(event: &Event) -> bool {
    let Event::Keyboard(keyboard::Event::KeyPressed { modifiers, .. }) = event else { return false };
    modifiers.alt() && !modifiers.control() && !cfg!(target_os = "macos")
}
