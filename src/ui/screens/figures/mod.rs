//! The figures for the team leader: a sentence first, then charts with a table behind each. What lives here: what keys and clicks mean.
//! What does not: how they are counted.

use iced::Length;
use iced::widget::container;
use skranke_desk::figures::FiguresInput;
use skranke_desk::{Desk, Input};

use super::{Action, Key, Scene};
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::Element;

/// Where the keyboard is when the page opens.
pub const FIRST: FocusId = FocusId::new("figures/first");

/// The screen's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct FiguresScreen;

/// What happens on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Ask again.
    AskAgain,
}

impl FiguresScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, _desk: &Desk) -> Action<Message> {
        match message {
            Message::AskAgain => Action::Desk(Input::Figures(FiguresInput::AskAgain)),
        }
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        container(look.text(look.t("nav-figures"), Type::SECTION)).padding(space::S16).width(Length::Fill).into()
    }

    /// The page's keys.
    pub fn keys(&self, _desk: &Desk, _texts: &Texts) -> Vec<Key<Message>> {
        vec![Key::end("F5", "calendar-key-ask-again", Message::AskAgain)]
    }
}
