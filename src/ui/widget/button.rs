//! The button: primary, normal, quiet, danger; 32, 26 or 44 px; with its key inside. One primary in a pane at most.

use iced::widget::{container, row};
use iced::{Alignment, Color, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::{Element, KeyGround, icon, key_cap, tip_text};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Tokens, Type};

/// How much a button calls for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action.
    Primary,
    /// Any other.
    Normal,
    /// One that stays in the background.
    Quiet,
    /// One that takes something away.
    Danger,
}

/// How large a button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonSize {
    /// 26 px.
    Small,
    /// 32 px.
    #[default]
    Standard,
    /// 44 px, at the counter.
    Counter,
}

impl ButtonSize {
    const fn height(self) -> f32 {
        match self {
            Self::Small => height::SMALL,
            Self::Standard => height::CONTROL,
            Self::Counter => height::COUNTER,
        }
    }

    const fn text(self) -> Type {
        match self {
            Self::Small => Type::CELL_MEDIUM,
            Self::Standard | Self::Counter => Type::TITLE,
        }
    }

    const fn side(self) -> f32 {
        match self {
            Self::Small => space::S8,
            Self::Standard => space::S12,
            Self::Counter => space::S16,
        }
    }
}

/// A button under construction; turn it into an element with `.into()`.
pub struct Button<'l, Message> {
    look: &'l Look<'l>,
    id: FocusId,
    kind: ButtonKind,
    label: String,
    name: Option<String>,
    size: ButtonSize,
    key: Option<String>,
    icon: Option<Icon>,
    state: ControlState,
    width: Length,
    on_press: Option<Message>,
    shown: Option<Status>,
}

/// A button with a word on it; the word is also its accessible name.
pub fn button<'l, Message>(
    look: &'l Look<'l>,
    id: impl Into<FocusId>,
    kind: ButtonKind,
    label: impl Into<String>,
) -> Button<'l, Message> {
    Button {
        look,
        id: id.into(),
        kind,
        label: label.into(),
        name: None,
        size: ButtonSize::Standard,
        key: None,
        icon: None,
        state: ControlState::new(),
        width: Length::Shrink,
        on_press: None,
        shown: None,
    }
}

/// The one main action of a pane.
pub fn primary<'l, Message>(
    look: &'l Look<'l>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
) -> Button<'l, Message> {
    button(look, id, ButtonKind::Primary, label)
}

/// An ordinary button.
pub fn normal<'l, Message>(
    look: &'l Look<'l>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
) -> Button<'l, Message> {
    button(look, id, ButtonKind::Normal, label)
}

/// A button in the background.
pub fn quiet<'l, Message>(look: &'l Look<'l>, id: impl Into<FocusId>, label: impl Into<String>) -> Button<'l, Message> {
    button(look, id, ButtonKind::Quiet, label)
}

/// A button that takes something away.
pub fn danger<'l, Message>(
    look: &'l Look<'l>,
    id: impl Into<FocusId>,
    label: impl Into<String>,
) -> Button<'l, Message> {
    button(look, id, ButtonKind::Danger, label)
}

impl<Message: Clone> Button<'_, Message> {
    /// What it does.
    pub fn on_press(mut self, message: Message) -> Self {
        self.on_press = Some(message);
        self
    }

    /// Why it cannot be used now, if so; shown as a tip under the pointer and at keyboard focus.
    pub fn disabled(mut self, why: Option<String>) -> Self {
        self.state.disabled = why;
        self
    }

    /// It is working: it says so and takes no press.
    pub fn busy(mut self, busy: bool) -> Self {
        self.state.busy = busy;
        self
    }

    /// The key that does the same, printed inside.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        let key = key.into();
        self.state.key = Some(key.clone());
        self.key = Some(key);
        self
    }

    /// An icon before its word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A name that says more than the word on it ("Show CPR" for "Show").
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Its size.
    pub fn size(mut self, size: ButtonSize) -> Self {
        self.size = size;
        self
    }

    /// Its width.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Draws it in a status whatever the pointer does; only the gallery does this.
    pub fn shown(mut self, status: Status) -> Self {
        self.shown = Some(status);
        self
    }

    /// The control this button is.
    pub fn build<'a>(self) -> Control<'a, Message>
    where
        Message: 'a,
    {
        let Self { look, id, kind, label, name, size, key, icon: picture, state, width, on_press, shown } = self;
        let t = look.tokens;
        let off = state.disabled.is_some();
        let ink = if off { t.ink3 } else { text_color(&t, kind) };
        let label = if state.busy { look.with("button-busy", &[("label", label.into())]) } else { label };
        let name = name.unwrap_or_else(|| label.clone());
        let mut inside = row![].spacing(space::S8).align_y(Alignment::Center);
        if let Some(picture) = picture {
            inside = inside.push(icon(picture, 16.0, ink));
        }
        if !label.is_empty() {
            inside = inside.push(look.text(label, size.text()).wrapping(iced::widget::text::Wrapping::None));
        }
        if let Some(key) = key {
            let ground = match kind {
                ButtonKind::Primary | ButtonKind::Danger if !off => KeyGround::Filled(ink),
                _ => KeyGround::Button,
            };
            inside = inside.push(key_cap(look, &key, ground));
        }
        let tip: Option<Element<'a, Message>> = state.disabled.as_ref().map(|why| tip_text(look, why.clone()));
        let mut built = control(look, id, Role::Button, name, container(inside).center_x(width).center_y(Length::Fill))
            .padding([0.0, size.side()])
            .height(size.height())
            .width(width)
            .ring(Ring::Around(radius::CONTROL))
            .state(state)
            .on_press_maybe(on_press)
            .style(move |status| style(&t, kind, shown.unwrap_or(status)));
        if let Some(tip) = tip {
            built = built.tip(tip);
        }
        if shown == Some(Status::Focused) {
            built = built.shown_focused();
        }
        built
    }
}

const fn text_color(t: &Tokens, kind: ButtonKind) -> Color {
    match kind {
        ButtonKind::Primary => t.on_accent,
        ButtonKind::Normal | ButtonKind::Quiet => t.ink,
        ButtonKind::Danger => t.surface,
    }
}

fn style(t: &Tokens, kind: ButtonKind, status: Status) -> Style {
    if status == Status::Disabled {
        return Style::ground(t.sunken, radius::CONTROL).edge(t.line).ink(t.ink3);
    }
    let filled = |color: Color| match status {
        Status::Hovered => Tokens::hovered(color),
        Status::Pressed => Tokens::pressed(color),
        _ => color,
    };
    let paper = |rest: Color| match status {
        Status::Hovered => t.bg,
        Status::Pressed => t.sunken,
        _ => rest,
    };
    let style = match kind {
        ButtonKind::Primary => Style::ground(filled(t.accent), radius::CONTROL),
        ButtonKind::Danger => Style::ground(filled(t.alert), radius::CONTROL),
        ButtonKind::Normal => Style::ground(paper(t.surface), radius::CONTROL).edge(t.edge),
        ButtonKind::Quiet => match status {
            Status::Hovered | Status::Pressed => {
                Style::ground(if status == Status::Pressed { t.line } else { t.sunken }, radius::CONTROL)
            }
            _ => Style::bare(),
        },
    };
    style.ink(text_color(t, kind))
}

impl<'a, Message: Clone + 'a> From<Button<'_, Message>> for Element<'a, Message> {
    fn from(button: Button<'_, Message>) -> Self {
        button.build().into()
    }
}
