//! The field: a label, one line to type in, and beneath it the sentence that says what is wrong. What counts as wrong is
//! decided elsewhere.

use iced::widget::{column, container, row, text_input};
use iced::{Alignment, Background, Border, Color, Length};

use super::control::{Ring, Status, Style, control};
use super::{Element, KeyGround, glyph, icon, key_cap};
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Tokens, Type};

/// A field under construction; turn it into an element with `.into()`.
pub struct Field<'l, 'a, Message> {
    look: &'l Look<'l>,
    id: FocusId,
    name: String,
    value: String,
    label: bool,
    hint: String,
    error: Option<String>,
    locked: Option<String>,
    key: Option<String>,
    icon: Option<Icon>,
    width: Length,
    on_input: Option<Box<dyn Fn(String) -> Message + 'a>>,
    on_submit: Option<Message>,
    shown_focused: bool,
}

/// A field with the accessible name `name`, which is printed above it when [`Field::labelled`].
pub fn field<'l, 'a, Message>(
    look: &'l Look<'l>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    value: impl Into<String>,
) -> Field<'l, 'a, Message> {
    Field {
        look,
        id: id.into(),
        name: name.into(),
        value: value.into(),
        label: false,
        hint: String::new(),
        error: None,
        locked: None,
        key: None,
        icon: None,
        width: Length::Fill,
        on_input: None,
        on_submit: None,
        shown_focused: false,
    }
}

impl<'a, Message: Clone + 'a> Field<'_, 'a, Message> {
    /// Prints its name above it.
    pub fn labelled(mut self) -> Self {
        self.label = true;
        self
    }

    /// What stands in it while it is empty.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The sentence that says what is wrong with what was typed, if anything is.
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// Why nothing can be typed, if so.
    pub fn locked(mut self, why: Option<String>) -> Self {
        self.locked = why;
        self
    }

    /// The key that leads here, printed inside.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// An icon inside, before what is typed.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Its width.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// What typing gives.
    pub fn on_input(mut self, typed: impl Fn(String) -> Message + 'a) -> Self {
        self.on_input = Some(Box::new(typed));
        self
    }

    /// What Enter gives.
    pub fn on_submit(mut self, message: Message) -> Self {
        self.on_submit = Some(message);
        self
    }

    /// Draws it as focused whatever the model says; only the gallery does this.
    pub fn shown_focused(mut self) -> Self {
        self.shown_focused = true;
        self
    }

    /// The element.
    pub fn build(self) -> Element<'a, Message> {
        let Self {
            look,
            id,
            name,
            value,
            label,
            hint,
            error,
            locked,
            key,
            icon: picture,
            width,
            on_input,
            on_submit,
            shown_focused,
        } = self;
        let t = look.tokens;
        let ground = ground(&t, error.as_deref());
        let off = locked.is_some();
        let mut inside = row![].spacing(space::S8).align_y(Alignment::Center).width(Length::Fill);
        if let Some(picture) = picture {
            inside = inside.push(icon(picture, 16.0, t.ink3));
        }
        if off {
            inside = inside.push(look.colored(
                if value.is_empty() { hint.clone() } else { value.clone() },
                Type::BODY,
                t.ink3,
            ));
            inside = inside.push(icon(Icon::Lock, 14.0, t.ink3));
        } else {
            let (above, line) = ((height::CONTROL - Type::BODY.line) / 2.0, Type::BODY.line);
            inside = inside.push(
                text_input(&hint, &value)
                    .id(id.widget())
                    .size(Type::BODY.size)
                    .line_height(iced::widget::text::LineHeight::Absolute(line.into()))
                    .font(Type::BODY.weight.font())
                    .padding([above, 0.0])
                    .width(Length::Fill)
                    .on_input_maybe(on_input)
                    .on_submit_maybe(on_submit)
                    .style(move |_, _| typed(&t)),
            );
        }
        if let Some(key) = &key {
            inside = inside.push(key_cap(look, key, KeyGround::Paper));
        }
        let state = ControlState { error: error.clone(), disabled: locked, key, ..ControlState::new() };
        let mut field = control(look, id, Role::TextField, name.clone(), container(inside).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .width(width)
            .height(height::CONTROL)
            .value(value)
            .state(state)
            .ring(Ring::Around(radius::CONTROL))
            .style(move |status| {
                if off || status == Status::Disabled {
                    return Style::ground(t.sunken, radius::CONTROL).edge(t.line).ink(t.ink3);
                }
                ground
            });
        if shown_focused {
            field = field.shown_focused();
        }
        let mut all = column![].width(width);
        if label {
            all = all.push(look.label(name)).push(iced::widget::space().height(space::S4));
        }
        all = all.push(field);
        if let Some(error) = error {
            all = all
                .push(container(field_error(look, error)).padding(iced::Padding { top: 3.0, ..iced::Padding::ZERO }));
        }
        all.into()
    }
}

/// The ground of a field, with a strong edge if something is wrong with what stands in it.
pub(super) fn ground(t: &Tokens, error: Option<&str>) -> Style {
    let mut style = Style::ground(t.surface, radius::CONTROL).edge(if error.is_some() { t.alert } else { t.edge });
    if error.is_some() {
        style.border.width = stroke::STRONG;
    }
    style
}

/// What is typed on one line, on a ground that something else draws.
pub(super) fn typed(t: &Tokens) -> text_input::Style {
    text_input::Style {
        background: Background::Color(Color::TRANSPARENT),
        border: Border::default(),
        icon: t.ink3,
        placeholder: t.ink3,
        value: t.ink,
        selection: t.accent_soft,
    }
}

/// The sentence beneath a field, with its glyph.
pub fn field_error<'a, Message: 'a>(look: &Look<'_>, sentence: impl Into<String>) -> Element<'a, Message> {
    let alert = look.tokens.alert;
    row![glyph(Glyph::Overdue, 12.0, alert), look.colored(sentence.into(), Type::LABEL_MEDIUM, alert)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

impl<'a, Message: Clone + 'a> From<Field<'_, 'a, Message>> for Element<'a, Message> {
    fn from(field: Field<'_, 'a, Message>) -> Self {
        field.build()
    }
}
