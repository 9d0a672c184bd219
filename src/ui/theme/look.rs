//! `Look`: what every view function is handed, by reference, so that none of them needs six arguments.
//! It holds how things look and what is focused, never what is shown.

use iced::Color;
use iced::widget::text::{IntoFragment, LineHeight, Text};

use super::{Density, Tokens, Type};
use crate::focus::{Focus, FocusId};
use crate::i18n::{Arg, Texts};

/// Whether things may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Motion {
    /// Drawer and palette slide for 120 ms.
    #[default]
    Full,
    /// Everything appears at once.
    Reduced,
}

/// The context of a view: colours, language, focus, density, clock.
#[derive(Debug, Clone)]
pub struct Look<'a> {
    /// Colours.
    pub tokens: Tokens,
    /// Words, dates and numbers in the person's language.
    pub texts: &'a Texts,
    /// Where the keyboard is.
    pub focus: Focus,
    /// How tall rows are.
    pub density: Density,
    /// The time the view is drawn for; views never read the clock themselves.
    pub now: jiff::Zoned,
    /// Whether things may move.
    pub motion: Motion,
    /// The width of the window in logical pixels at the person's text size.
    pub width: f32,
    /// The height of the window in logical pixels at the person's text size.
    pub height: f32,
}

impl<'a> Look<'a> {
    /// A look with the standard density and full motion, for a window of 1440 × 900.
    pub fn new(tokens: Tokens, texts: &'a Texts, focus: &Focus, now: jiff::Zoned) -> Self {
        Self {
            tokens,
            texts,
            focus: focus.clone(),
            density: Density::Standard,
            now,
            motion: Motion::Full,
            width: 1440.0,
            height: 900.0,
        }
    }

    /// The text `id` in the person's language.
    pub fn t(&self, id: &str) -> String {
        self.texts.t(id)
    }

    /// The text `id` with its variables filled in.
    pub fn with(&self, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.with(id, args)
    }

    /// Whether the keyboard is at `id`.
    pub fn focused(&self, id: &FocusId) -> bool {
        self.focus.is(id)
    }

    /// Whether the right column has room, or becomes a drawer.
    pub fn is_wide(&self) -> bool {
        self.width >= super::scale::width::WIDE
    }

    /// A text in `style`; it takes the colour of what it lies on, unless `.color` says otherwise.
    pub fn text<'t>(&self, content: impl IntoFragment<'t>, style: Type) -> Text<'t, iced::Theme, iced::Renderer> {
        iced::widget::text(content)
            .size(style.size)
            .line_height(LineHeight::Absolute(style.line.into()))
            .font(style.weight.font())
    }

    /// A text in `style` and `color`.
    pub fn colored<'t>(
        &self,
        content: impl IntoFragment<'t>,
        style: Type,
        color: Color,
    ) -> Text<'t, iced::Theme, iced::Renderer> {
        self.text(content, style).color(color)
    }

    /// Running text.
    pub fn body<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.text(content, Type::BODY)
    }

    /// A label: 12 px in the third ink.
    pub fn label<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.colored(content, Type::LABEL, self.tokens.ink3)
    }

    /// A second line: 12 px in the second ink.
    pub fn second<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.colored(content, Type::LABEL, self.tokens.ink2)
    }

    /// A table's cell.
    pub fn cell<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.text(content, Type::CELL)
    }

    /// The heading of a section.
    pub fn section<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.colored(content, Type::SECTION, self.tokens.ink)
    }

    /// The heading of a small group.
    pub fn strong<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.colored(content, Type::STRONG, self.tokens.ink)
    }

    /// The name at the top of a page.
    pub fn name<'t>(&self, content: impl IntoFragment<'t>) -> Text<'t, iced::Theme, iced::Renderer> {
        self.colored(content, Type::NAME, self.tokens.ink)
    }
}
