//! Everything that can happen to the window.

use std::sync::Arc;

use iced::Event;
use iced::event::Status;
use skranke_client::outbox::Opened;
use skranke_desk::case::pane::{PageKey, Unshown};
use skranke_desk::half_written::{DeedNumber, Recovered};
use skranke_desk::uploads::Outside;
use skranke_desk::{Input, Ticket};
use skranke_domain::StaffId;
use skranke_viewer::Drawn;

pub use crate::command::{Command, Overlay};
use crate::focus::{ControlInfo, FocusId, Role};
use crate::launch::Startup;
use crate::screens::{
    calendar, case, cases, citizen, counter, figures, gallery, guide, locked, outbox, oversight, palette, sign_in,
    start,
};

pub use super::clipboard::Clip;
pub use super::offline::Seen;
pub use super::signing_in::PinStep;

/// A message of the window.
#[derive(Clone, Debug)]
pub enum Message {
    /// Something for the desk.
    Desk(Input),
    /// A key, a click, a window's news, and whether a widget took it.
    Event(Event, Status),
    /// The way to the server came further.
    Startup(Startup),
    /// The outbox of this person is open.
    OutboxOpened(StaffId, OutboxOpened),
    /// News of what was seen on this machine.
    Seen(Seen),
    /// A change could not be written to the outbox: the sentence is the system's.
    NotWritten(String),
    /// The controls were collected so that the keyboard can move.
    Controls(Vec<ControlInfo>, Move),
    /// The keyboard goes to a control.
    Focus(FocusId, Role),
    /// A click fell on a control, or beside all.
    Clicked(Option<ControlInfo>),
    /// The clock moved on while something on the screen shows it.
    Tick,
    /// A frame is about to be drawn (measuring the start).
    Frame,
    /// Something in the palette.
    Palette(palette::Message),
    /// The start page.
    Start(start::Message),
    /// The citizen page.
    Citizen(citizen::Message),
    /// The case page.
    Case(case::Message),
    /// The list of cases.
    Cases(cases::Message),
    /// The calendar.
    Calendar(calendar::Message),
    /// The counter.
    Counter(counter::Message),
    /// The figures.
    Figures(figures::Message),
    /// The oversight.
    Oversight(oversight::Message),
    /// The guide.
    Guide(guide::Message),
    /// The outbox.
    Outbox(outbox::Message),
    /// The lock.
    Locked(locked::Message),
    /// The sign-in.
    SignIn(sign_in::Message),
    /// Her PIN on this machine.
    Pin(PinStep),
    /// The gallery of components.
    Gallery(gallery::Message),
    /// The window's own commands.
    Do(Command),
    /// A page of a document was drawn, or was not.
    Page(Ticket, PageKey, Result<Drawn, Unshown>),
    /// What was to be opened in another program was not.
    NotOpened(Outside),
    /// The folder of the scanner is typed.
    ScannerFolder(String),
    /// A toast has stood long enough.
    ToastEnds(u64),
    /// The settings could not be written.
    SettingsNotSaved(String),
    /// News of the clipboard.
    Clipboard(Clip),
    /// What is half written is perhaps to be written down.
    HalfWrittenDue,
    /// What is half written was written down, or why not.
    HalfWrittenKept(Result<(), String>),
    /// What was half written when a window of this person ended.
    HalfWrittenFound(StaffId, Recovered),
    /// What windows that ended left was taken over.
    HalfWrittenAdopted,
    /// What was written together did not reach the outbox, and why; without a reason it had been sent meanwhile.
    NotKept(Option<DeedNumber>, Option<String>),
    /// Nothing.
    Nothing,
}

/// An opened outbox as it travels in a message.
#[derive(Clone, Debug)]
pub enum OutboxOpened {
    /// It is open.
    Open(Arc<Opened>),
    /// It could not be opened; changes cannot be kept safe.
    Failed(String),
}

/// Where the keyboard goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// To the next stop.
    Next,
    /// To the previous stop.
    Previous,
    /// Wherever it is, if it still exists; else to the first stop of the page.
    Settle,
}
