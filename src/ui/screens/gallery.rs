//! The gallery: every component in every state, in both themes side by side. It is where a component is looked at before it
//! goes into a screen, and the source of the pictures that guard the look. It has no data but its own samples.

mod parts;
#[cfg(test)]
mod tests;

use iced::Length;
use iced::widget::{Row, column, container, row, text_editor};

use crate::focus::FocusId;
use crate::theme::scale::space;
use crate::theme::{Look, Tokens};
use crate::widget::{Element, panel, scroll};

/// What can be played with in the gallery.
#[derive(Debug)]
pub struct State {
    typed: String,
    ticked: bool,
    filtered: bool,
    chosen: usize,
    said: Option<String>,
    letter: text_editor::Content,
}

impl Default for State {
    fn default() -> Self {
        Self {
            typed: String::new(),
            ticked: true,
            filtered: true,
            chosen: 0,
            said: None,
            letter: text_editor::Content::new(),
        }
    }
}

/// What happens in the gallery.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// Something was typed.
    Typed(String),
    /// A box was ticked or unticked.
    Ticked,
    /// The filter was taken away or put back.
    Filtered,
    /// One of several was chosen.
    Chosen(usize),
    /// Something was done to the letter.
    Edited(text_editor::Action),
    /// A control was pressed; its name.
    Pressed(String),
}

impl State {
    /// Follows what was done, so that each component can be tried.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::Typed(typed) => self.typed = typed,
            Message::Ticked => self.ticked = !self.ticked,
            Message::Filtered => self.filtered = !self.filtered,
            Message::Chosen(n) => self.chosen = n,
            Message::Edited(action) => self.letter.perform(action),
            Message::Pressed(name) => self.said = Some(name),
        }
    }

    /// The gallery in both themes, whichever is in use: light on the left, dark on the right.
    pub fn view<'a>(&'a self, look: &Look<'_>) -> Element<'a, Message> {
        let light = Look { tokens: Tokens::light(), ..look.clone() };
        let dark = Look { tokens: Tokens::dark(), ..look.clone() };
        view(self, [&light, &dark])
    }

    /// What was pressed last.
    pub fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }
}

/// The id of the scrollable around the gallery.
pub const SCROLL: &str = "gallery/scroll";

/// The gallery, once for each look (light and dark, as a rule).
pub fn view<'a>(state: &'a State, looks: [&Look<'_>; 2]) -> Element<'a, Message> {
    let halves = looks.map(|look| half(state, look));
    scroll(looks[0], SCROLL, Row::with_children(halves).width(Length::Fill)).into()
}

fn half<'a>(state: &'a State, look: &Look<'_>) -> Element<'a, Message> {
    const SIDE: f32 = 28.0;
    const BETWEEN: f32 = 32.0;
    let ids = FocusId::from(format!("gallery/{:?}", look.tokens.name).to_lowercase());
    let ids = &ids;
    let left = column![
        parts::buttons(look, ids),
        parts::fields(state, look, ids),
        parts::chips(state, look, ids),
        parts::states(look),
        parts::badges(look),
        parts::keys(look),
        parts::skeletons(look),
        parts::choices(state, look, ids),
        parts::letter(state, look, ids),
        parts::sources(look),
        parts::texts(look),
    ];
    let right = column![
        parts::rows(look, ids),
        parts::checklist(look, ids),
        parts::events(look, ids),
        parts::dialogs(look, ids),
        parts::toasts(look, ids),
        parts::meter(look, ids),
        parts::results(state, look, ids),
        parts::table(look, ids),
        parts::menus(look, ids),
        parts::bars(look, ids),
    ];
    let both =
        row![left.spacing(13.0).width(Length::FillPortion(1)), right.spacing(13.0).width(Length::FillPortion(1))]
            .spacing(BETWEEN);
    panel::surface(look.tokens.bg, container(both).padding([space::S16, SIDE])).width(Length::FillPortion(1)).into()
}
