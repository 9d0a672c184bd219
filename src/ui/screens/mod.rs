//! The screens: one folder (or file) each, with state, message, update, view and keys. A screen's `update` returns what its parent is to do
//! and never reaches into it; what would hurt to lose lies in the desk. What does not live here: the frame round them (see `app`).

pub mod calendar;
pub mod case;
pub mod cases;
pub mod citizen;
pub mod counter;
pub mod figures;
pub mod gallery;
pub mod gate;
pub mod guide;
pub mod letters;
pub mod locked;
pub mod need;
pub mod outbox;
pub mod oversight;
pub mod palette;
pub mod sentence;
pub mod sign_in;
mod somebody;
pub mod start;
pub mod turned;
pub mod words;

use iced::Task;
use skranke_desk::{Desk, Input};

use crate::focus::{FocusId, Role};
use crate::theme::Look;

/// What a screen's view is handed: how things look, and what is on the desk.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// How things look.
    pub look: &'a Look<'a>,
    /// What is on the desk.
    pub desk: &'a Desk,
}

/// What a screen wants of its parent.
#[derive(Debug)]
pub enum Action<Message> {
    /// Nothing.
    None,
    /// Something for the desk.
    Desk(Input),
    /// Several things for the desk, in order.
    DeskAll(Vec<Input>),
    /// Something for the window to run (scrolling, focus).
    Run(Task<Message>),
    /// Something for the desk, and something to run.
    Both(Input, Task<Message>),
    /// Something for the desk, and the keyboard goes to a control afterwards.
    Focus(Option<Input>, FocusId, Role),
}

/// Where a key is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// In the action bar, on the left.
    Bar,
    /// In the action bar, at the right end.
    BarEnd,
    /// At the far right of the action bar, as its one main action.
    Main,
    /// Beside its control, and in the list of all keys.
    InPlace,
}

/// One key of a screen: the table feeds the keyboard, the action bar and the list of all keys (`?`).
#[derive(Clone, Debug)]
pub struct Key<Message> {
    /// The key as printed: `B`, `Ctrl ↵`, `F5`.
    pub chord: &'static str,
    /// The Fluent id of what it does.
    pub label: &'static str,
    /// What pressing it gives.
    pub message: Message,
    /// Where it is printed.
    pub printed: Printed,
    /// Why it cannot be used now.
    pub disabled: Option<String>,
}

impl<Message> Key<Message> {
    /// A key in the action bar.
    pub const fn bar(chord: &'static str, label: &'static str, message: Message) -> Self {
        Self { chord, label, message, printed: Printed::Bar, disabled: None }
    }

    /// A key at the right end of the action bar.
    pub const fn end(chord: &'static str, label: &'static str, message: Message) -> Self {
        Self { chord, label, message, printed: Printed::BarEnd, disabled: None }
    }

    /// The key of the page's main action.
    pub const fn main(chord: &'static str, label: &'static str, message: Message) -> Self {
        Self { chord, label, message, printed: Printed::Main, disabled: None }
    }

    /// A key printed beside its control.
    pub const fn in_place(chord: &'static str, label: &'static str, message: Message) -> Self {
        Self { chord, label, message, printed: Printed::InPlace, disabled: None }
    }

    /// The same key, not usable now, and why.
    #[must_use]
    pub fn disabled(mut self, why: Option<String>) -> Self {
        self.disabled = why;
        self
    }

    /// The same key for the parent's message.
    pub fn map<Other>(self, f: impl FnOnce(Message) -> Other) -> Key<Other> {
        let Self { chord, label, message, printed, disabled } = self;
        Key { chord, label, message: f(message), printed, disabled }
    }
}
