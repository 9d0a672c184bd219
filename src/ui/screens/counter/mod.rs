//! The counter: who waits, who is served at both stands, the wrap-up. What lives here: what keys and clicks mean, and the columns. What does
//! not: the queue itself (the desk's), the citizens' pages.

use iced::Length;
use iced::widget::container;
use skranke_desk::counter::CounterInput;
use skranke_desk::{Desk, Input};

use super::{Action, Key, Scene};
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::Element;

/// Where the keyboard is when the page opens.
pub const FIRST: FocusId = FocusId::new("counter/queue");

/// The screen's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct CounterScreen;

/// What happens on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Ask again.
    AskAgain,
}

impl CounterScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, _desk: &Desk) -> Action<Message> {
        match message {
            Message::AskAgain => Action::Desk(Input::Counter(CounterInput::AskAgain)),
        }
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        container(look.text(look.t("nav-queue"), Type::SECTION)).padding(space::S16).width(Length::Fill).into()
    }

    /// The page's keys.
    pub fn keys(&self, _desk: &Desk, _texts: &Texts) -> Vec<Key<Message>> {
        vec![Key::end("F5", "calendar-key-ask-again", Message::AskAgain)]
    }
}
