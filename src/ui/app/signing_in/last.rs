//! The hands of beginning without a line: looking who was signed in last on this machine, opening it with her passphrase, writing it down while
//! there is a line, forgetting it. What does not live here: when any of it is done (the desk's), the file (`skranke_client::sign_in::last`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;
use jiff::Timestamp;
use skranke_client::pin::{PinBox, PinState};
use skranke_client::sign_in::last::{self, Last, LastBook, NoLast};
use skranke_client::sign_in::{SignIn, SignInError, SignedIn};
use skranke_client::{KeyPlace, Replica, Secret};
use skranke_desk::Input;
use skranke_desk::cold::{Closed, ColdInput, Found};
use skranke_desk::signing_in::{SignInInput, Taken};
use skranke_domain::StaffId;

use super::{PinStep, SALT, said};
use crate::app::App;
use crate::app::message::Message;
use crate::launch::AtSignOut;

/// How the folder of somebody who has a passphrase begins.
const OWN: &str = "own-";

/// What is known of who was signed in last.
#[derive(Debug, Default)]
pub(super) struct Known {
    book: LastBook,
    /// Who is behind the lock of a window that started without a line: what she saw is not open.
    behind: Option<StaffId>,
}

/// What was found on this machine.
enum Looked {
    Hers(Box<Last>, Arc<PinBox>),
    Words,
    Nobody(Closed),
}

/// Where her words were right: her folder, her key, who she is.
#[derive(Clone, Debug)]
pub struct OpenedByWords {
    folder: PathBuf,
    keys: KeyPlace,
    last: Box<Last>,
}

/// Goes on where she was, or says why that cannot be. A window that was locked when the program ended, and a machine that keeps no sign-in,
/// ask no more than whether anybody answers.
pub(super) async fn resume(
    sign_in: Arc<dyn SignIn>,
    locked: bool,
    words: bool,
) -> Result<Option<SignedIn>, SignInError> {
    let resumed = if locked { Ok(None) } else { sign_in.resume().await };
    match resumed {
        Ok(None) if locked || words => sign_in.answers().await.map(|()| None),
        resumed => resumed,
    }
}

/// Folders of people whose passphrase is the key, and who were signed in when their window ended.
pub(super) fn with_words(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let own = |path: &PathBuf| {
        let named = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(OWN));
        // Words are tried where some were chosen, and nowhere else: they would be chosen by being tried.
        named && last::stands(path) && KeyPlace::passphrase_stands(&path.join(SALT))
    };
    entries.flatten().map(|entry| entry.path()).filter(own).collect()
}

fn look(folder: &Path, keys: &KeyPlace, who: &SignedIn, now: Timestamp) -> Looked {
    let last = match last::read(folder, keys, now) {
        Ok(last) if last.who.subject == who.subject => last,
        Ok(_) | Err(NoLast::Nobody) => return Looked::Nobody(Closed::NothingKept),
        Err(NoLast::TooOld) => return Looked::Nobody(Closed::TooOld),
        Err(NoLast::Key(error)) => {
            tracing::warn!(%error, "who was signed in last cannot be read");
            return Looked::Nobody(Closed::NothingKept);
        }
    };
    let by_words = matches!(keys, KeyPlace::Passphrase { .. });
    match PinBox::open(folder, keys, last.me.id) {
        Ok(pins) if by_words || pins.state().opens() => Looked::Hers(Box::new(last), Arc::new(pins)),
        Ok(pins) if pins.state() == PinState::Unset => Looked::Nobody(Closed::NoPin),
        Ok(_) => Looked::Nobody(Closed::PinSpent),
        Err(error) => {
            tracing::warn!(%error, "her PIN cannot be opened");
            Looked::Nobody(Closed::NothingKept)
        }
    }
}

/// What became of trying words where some were chosen.
fn open(folders: Vec<PathBuf>, words: &Secret, now: Timestamp) -> Result<OpenedByWords, Opening> {
    for folder in folders {
        let keys = KeyPlace::passphrase(folder.join(SALT), words.clone());
        let hers = |last: &Last| folder.file_name().is_some_and(|name| *name == *last.who.folder());
        match last::read(&folder, &keys, now) {
            Ok(last) if hers(&last) => return Ok(OpenedByWords { keys, last: Box::new(last), folder }),
            Err(NoLast::TooOld) => return Err(Opening::TooOld),
            Err(NoLast::Key(skranke_client::KeyError::WrongPassphrase)) | Ok(_) | Err(NoLast::Nobody) => {}
            Err(NoLast::Key(error)) => {
                tracing::error!(%error, "a passphrase cannot be tried");
                return Err(Opening::Failed);
            }
        }
    }
    Err(Opening::Wrong)
}

/// Why words opened nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    Wrong,
    Failed,
    TooOld,
}

fn cold(input: ColdInput) -> Message {
    said(SignInInput::Cold(input))
}

impl App {
    pub(super) fn look_for_last(&self) -> Task<Message> {
        let Some(sign_in) = self.launch.sign_in.clone() else { return Task::none() };
        let known = self.desk.sign_in.as_ref().and_then(|sign_in| sign_in.who().cloned());
        let (folder, keys) = (self.launch.outbox.clone(), self.launch.keys.clone());
        let now = self.launch.clock.now();
        let looking = async move {
            if !keys.survives_restart() {
                let blocking = tokio::task::spawn_blocking(move || !with_words(&folder).is_empty());
                let words = known.is_none() && blocking.await.unwrap_or(false);
                return if words { Looked::Words } else { Looked::Nobody(Closed::NothingKept) };
            }
            let who = match known {
                Some(who) => Some(who),
                None => sign_in.remembered().await,
            };
            let Some(who) = who else { return Looked::Nobody(Closed::NothingKept) };
            let looked = tokio::task::spawn_blocking(move || look(&folder, &keys, &who, now));
            looked.await.unwrap_or(Looked::Nobody(Closed::NothingKept))
        };
        Task::perform(looking, |looked| match looked {
            Looked::Hers(last, pins) => Message::Pin(PinStep::Behind(last, pins)),
            Looked::Words => cold(ColdInput::Found(Found::Words)),
            Looked::Nobody(closed) => cold(ColdInput::Found(Found::Nobody(closed))),
        })
    }

    /// Who was signed in last was found, with her PIN.
    pub(super) fn found_last(&mut self, last: Box<Last>, pins: Arc<PinBox>) -> Task<Message> {
        let state = pins.state();
        self.gate.last.behind = Some(last.me.id);
        self.gate.pins = Some(pins);
        self.desk_with_consequences(Input::SignIn(SignInInput::Cold(ColdInput::Found(Found::Hers(last, state)))))
    }

    pub(super) fn open_last(&self, words: Secret) -> Task<Message> {
        let (folder, now) = (self.gate.folder.clone(), self.launch.clock.now());
        let opening = tokio::task::spawn_blocking(move || open(with_words(&folder), &words, now));
        Task::perform(opening, |opened| match opened.unwrap_or(Err(Opening::Failed)) {
            Ok(opened) => Message::Pin(PinStep::Opens(opened)),
            Err(Opening::Wrong) => cold(ColdInput::Opened(Err(Taken::Wrong))),
            Err(Opening::Failed) => cold(ColdInput::Opened(Err(Taken::Failed))),
            Err(Opening::TooOld) => cold(ColdInput::Found(Found::Nobody(Closed::TooOld))),
        })
    }

    /// Her words were right: what is sealed with them lies apart from what others sealed with theirs.
    pub(super) fn opened_by_words(&mut self, opened: OpenedByWords) -> Task<Message> {
        (self.launch.outbox, self.launch.keys) = (opened.folder, opened.keys);
        let input = SignInInput::Cold(ColdInput::Opened(Ok(opened.last)));
        self.desk_with_consequences(Input::SignIn(input))
    }

    pub(super) fn let_in(&mut self) -> Task<Message> {
        self.gate.last.behind = None;
        if let (Some(sign_in), Some(who)) =
            (&self.launch.sign_in, self.desk.sign_in.as_ref().and_then(|sign_in| sign_in.who()))
        {
            sign_in.let_in(who);
        }
        Task::none()
    }

    /// The server said who she is: that is written down, so that her window can begin without it.
    pub(in crate::app) fn keep_last(&self) -> Task<Message> {
        let who = self.desk.sign_in.as_ref().and_then(|sign_in| sign_in.who().cloned());
        let (Some(who), Some(me)) = (who, self.desk.session.me.value().cloned()) else { return Task::none() };
        let last = Last { who, me, at: self.launch.clock.now() };
        let book = self.gate.last.book.clone();
        let (page, folder, keys) = (book.page(), self.launch.outbox.clone(), self.launch.keys.clone());
        let kept = tokio::task::spawn_blocking(move || book.keep(page, (&folder, &keys), &last));
        Task::perform(kept, |kept| {
            if let Ok(Err(error)) = kept {
                // A start without a line is a help and no promise.
                tracing::warn!(%error, "who is signed in cannot be written down");
            }
            Message::Nothing
        })
    }

    /// Nobody's window begins here without a line any more. Call it while her folder is still the one in use.
    pub(super) fn forget_last(&self) -> Task<Message> {
        let (book, folder) = (self.gate.last.book.clone(), self.launch.outbox.clone());
        book.turn();
        Task::perform(tokio::task::spawn_blocking(move || book.forget(&folder)), |forgotten| {
            if !matches!(forgotten, Ok(Ok(()))) {
                tracing::error!("who was signed in last cannot be forgotten on this machine");
            }
            Message::Nothing
        })
    }

    /// She signs out at the lock of a window that started without a line: what she saw was not open, and goes all the same.
    pub(super) fn wipe_behind(&mut self) -> Task<Message> {
        let (Some(person), AtSignOut::Wipe) = (self.gate.last.behind.take(), self.launch.seen.at_sign_out) else {
            return Task::none();
        };
        let (folder, keys) = (self.launch.outbox.clone(), self.launch.keys.clone());
        let wiped = tokio::task::spawn_blocking(move || Replica::wipe_left(&folder, &keys, person));
        Task::perform(wiped, |wiped| {
            if !matches!(wiped, Ok(Ok(()))) {
                tracing::error!("what was seen could not be wiped; it stays sealed");
            }
            Message::Nothing
        })
    }
}
