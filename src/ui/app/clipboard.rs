//! What was copied in this window does not stay in the clipboard: after a while it is taken out again, unless something else was copied
//! meanwhile. What does not live here: copying itself (the text fields do it), what other programs put there.

use std::hash::{BuildHasher, RandomState};

use iced::Task;
use iced::keyboard::{self, Key};

use super::App;
use super::message::Message;

/// What is in the clipboard, recognised and never kept: the text itself stands nowhere but there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print(u64);

/// What this window knows of the clipboard.
#[derive(Debug, Default)]
pub(super) struct Copied {
    salt: RandomState,
    /// What other programs had put there when the window was last turned to.
    foreign: Option<Print>,
    /// What was copied here and is still to be taken out, and which copying it was.
    ours: Option<(Print, u64)>,
    count: u64,
}

/// News of the clipboard.
#[derive(Clone, Copy, Debug)]
pub enum Clip {
    /// The window was turned to: whatever is there is not ours.
    Foreign(Option<Print>),
    /// Something was perhaps copied here.
    Copied(Option<Print>),
    /// What was copied has been there long enough.
    Due(u64),
    /// What is there now that it is due.
    Still(u64, Option<Print>),
}

/// Whether a key copies or cuts: by what it produces, so that it holds on every keyboard.
pub(super) fn copies(event: &keyboard::Event) -> bool {
    let keyboard::Event::KeyPressed { key: Key::Character(letter), modifiers, .. } = event else { return false };
    modifiers.command() && !modifiers.alt() && matches!(letter.to_lowercase().as_str(), "c" | "x")
}

impl App {
    /// Reads the clipboard; what stands there is only recognised.
    pub(super) fn read_clipboard(&self, then: impl Fn(Option<Print>) -> Clip + Send + 'static) -> Task<Message> {
        let salt = self.copied.salt.clone();
        iced::clipboard::read().map(move |text| {
            let print = text.filter(|text| !text.is_empty()).map(|text| Print(salt.hash_one(text)));
            Message::Clipboard(then(print))
        })
    }

    /// Takes news of the clipboard.
    pub(super) fn clipboard(&mut self, news: Clip) -> Task<Message> {
        match news {
            Clip::Foreign(print) => {
                let ours = self.copied.ours.map(|(print, _)| print);
                self.copied.foreign = print.filter(|print| Some(*print) != ours);
                Task::none()
            }
            // A key that copied nothing left what others put there.
            Clip::Copied(None) => Task::none(),
            Clip::Copied(Some(print)) if Some(print) == self.copied.foreign => Task::none(),
            Clip::Copied(Some(print)) => {
                self.copied.count += 1;
                let number = self.copied.count;
                self.copied.ours = Some((print, number));
                Task::perform(tokio::time::sleep(self.launch.keep_copied), move |()| {
                    Message::Clipboard(Clip::Due(number))
                })
            }
            Clip::Due(number) => match self.copied.ours {
                Some((_, latest)) if latest == number => self.read_clipboard(move |print| Clip::Still(number, print)),
                _ => Task::none(),
            },
            Clip::Still(number, print) => match self.copied.ours {
                Some((ours, latest)) if latest == number => {
                    self.copied.ours = None;
                    if print == Some(ours) { iced::clipboard::write(String::new()) } else { Task::none() }
                }
                _ => Task::none(),
            },
        }
    }

    /// The window closes: what was copied here is not left behind for whoever comes to this desk next.
    pub(super) fn leave_clipboard(&mut self) -> Task<Message> {
        match self.copied.ours.take() {
            Some(_) => iced::clipboard::write(String::new()),
            None => Task::none(),
        }
    }
}
