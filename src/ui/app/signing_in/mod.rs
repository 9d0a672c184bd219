//! The hands of signing in: the provider, the browser, the passphrase, the PIN, and what is forgotten when somebody signs out. What does not
//! live here: the steps (the desk's), the pages (`screens::sign_in`, `screens::locked`).

pub mod last;
pub(super) mod overlays;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::SinkExt;
use iced::Task;
use iced::task::Handle;
use skranke_client::pin::{PinBox, PinError, PinState};
use skranke_client::sign_in::last::Last;
use skranke_client::sign_in::{Asking, SignInError};
use skranke_client::{KeyError, KeyPlace, Secret};
use skranke_desk::signing_in::{Keys, SignInEffect, SignInInput, SigningIn, Stage, Taken};
use skranke_desk::{Desk, Input};
use skranke_domain::StaffId;

use super::App;
use super::message::{Command, Message, Overlay};
use crate::focus::{Focus, Role};
use crate::launch::Launch;
use crate::screens::gate::Typed;
use crate::screens::{locked, sign_in};

/// The file that is there while a window is locked.
const LOCKED: &str = "locked";
/// The file of a passphrase's salt, in its owner's folder.
const SALT: &str = "passphrase.json";

/// What of signing in is under way.
pub(super) struct Gate {
    browser: Option<Handle>,
    /// Folder and key as the program was started with; a passphrase puts others in their place until she signs out.
    folder: PathBuf,
    keys: KeyPlace,
    pins: Option<Arc<PinBox>>,
    marker: Marker,
    last: last::Known,
}

/// The sign on disk that a window is locked: ending the program must not be a way round the lock.
#[derive(Clone)]
struct Marker {
    file: PathBuf,
    /// What it is to be. Whoever comes to write it writes what holds then.
    locked: Arc<AtomicBool>,
    writing: Arc<Mutex<()>>,
}

/// What happens where a PIN is chosen.
#[derive(Clone, Debug)]
pub enum PinStep {
    /// It is typed.
    Typed(Typed),
    /// It is typed once more.
    Again(Typed),
    /// It is kept.
    Keep,
    /// There is to be none.
    Drop,
    /// Her PIN on this machine was opened.
    Opened(StaffId, Arc<PinBox>),
    /// Who was signed in last was found on this machine, where nobody can be asked.
    Behind(Box<Last>, Arc<PinBox>),
    /// Her passphrase opened it.
    Opens(last::OpenedByWords),
    /// There is no place to keep one, or not yet.
    NotOpen,
    /// What was to be kept is kept, or is not.
    Kept(Result<PinState, PinError>),
}

impl Gate {
    pub(super) fn new(launch: &Launch) -> Self {
        let marker = Marker {
            file: launch.outbox.join(LOCKED),
            locked: Arc::new(AtomicBool::new(false)),
            writing: Arc::new(Mutex::new(())),
        };
        Self {
            browser: None,
            folder: launch.outbox.clone(),
            keys: launch.keys.clone(),
            pins: None,
            marker,
            last: last::Known::default(),
        }
    }
}

impl Marker {
    fn stands(&self) -> bool {
        self.file.exists()
    }

    fn set(&self, locked: bool) -> Task<Message> {
        self.locked.store(locked, Ordering::SeqCst);
        let marker = self.clone();
        let write = move || {
            let _alone = marker.writing.lock().unwrap_or_else(PoisonError::into_inner);
            let done = match marker.locked.load(Ordering::SeqCst) {
                true => marker
                    .file
                    .parent()
                    .map_or(Ok(()), std::fs::create_dir_all)
                    .and_then(|()| std::fs::write(&marker.file, b"")),
                false => match std::fs::remove_file(&marker.file) {
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                    other => other,
                },
            };
            if let Err(error) = done {
                tracing::warn!(%error, "whether the window is locked cannot be noted");
            }
        };
        Task::perform(tokio::task::spawn_blocking(write), |_| Message::Nothing)
    }
}

/// The desk that a window begins with.
pub(super) fn desk(launch: &Launch) -> Desk {
    let desk = Desk::new(launch.persona, launch.settings.clone(), launch.tz.clone());
    match &launch.sign_in {
        Some(sign_in) => {
            let keys = if launch.keys == KeyPlace::Memory { Keys::Nothing } else { Keys::OfSystem };
            desk.with_sign_in(SigningIn::new(sign_in.keeping(), keys))
        }
        None => desk,
    }
}

fn said(input: SignInInput) -> Message {
    Message::Desk(Input::SignIn(input))
}

impl App {
    pub(super) fn carry_out_sign_in(&mut self, effect: SignInEffect) -> Task<Message> {
        match effect {
            SignInEffect::Resume => self.resume(),
            SignInEffect::Browser(asking, how) => self.browse(asking, how),
            SignInEffect::GiveUp => {
                self.close_browser();
                Task::none()
            }
            SignInEffect::Enter => self.enter(),
            SignInEffect::LookForPassphrase => {
                let stands = self.salt().is_some_and(|(_, salt)| KeyPlace::passphrase_stands(&salt));
                let keys = if stands { Keys::Passphrase } else { Keys::Nothing };
                Task::done(said(SignInInput::KeysAre(keys)))
            }
            SignInEffect::Passphrase(words) => self.try_passphrase(words),
            SignInEffect::ForgetPassphrase => self.forget_passphrase(),
            SignInEffect::Pin(digits) => self.try_pin(digits),
            SignInEffect::ChoosePin(digits) => self.keep_pin(digits),
            SignInEffect::RenewPin if self.gate.pins.is_none() => Task::none(),
            SignInEffect::RenewPin => self.with_pins(|pins| pins.signed_in()),
            SignInEffect::LookForLast => self.look_for_last(),
            SignInEffect::OpenLast(words) => self.open_last(words),
            SignInEffect::LetIn => self.let_in(),
            SignInEffect::ForgetLast => self.forget_last(),
            SignInEffect::Locked => {
                self.screens.sign_in.pin = Typed::default();
                self.gate.marker.set(true)
            }
            SignInEffect::Opened => {
                self.screens.sign_in.pin = Typed::default();
                self.gate.marker.set(false)
            }
        }
    }

    fn resume(&self) -> Task<Message> {
        let Some(sign_in) = self.launch.sign_in.clone() else { return Task::none() };
        // A window that was locked when the program ended opens for nobody but who signs in, or types her PIN where nobody can be asked.
        let locked = self.gate.marker.stands();
        let words = !self.gate.keys.survives_restart() && !last::with_words(&self.gate.folder).is_empty();
        Task::perform(last::resume(sign_in, locked, words), |who| said(SignInInput::Resumed(who)))
    }

    fn browse(&mut self, asking: u64, how: Asking) -> Task<Message> {
        let Some(sign_in) = self.launch.sign_in.clone() else { return Task::none() };
        self.close_browser();
        let news = iced::stream::channel(4, async move |mut out: futures::channel::mpsc::Sender<SignInInput>| {
            let mut by_hand = sign_in.by_hand();
            let mut signing = sign_in.sign_in(how);
            let mut tells = true;
            // Nobody listens any more when she gave it up; this stream is gone with it.
            loop {
                tokio::select! {
                    answer = &mut signing => {
                        let _ = out.send(SignInInput::Answered(asking, answer)).await;
                        return;
                    }
                    changed = by_hand.changed(), if tells => {
                        tells = changed.is_ok();
                        let address = by_hand.borrow_and_update().clone();
                        let _ = out.send(SignInInput::ByHand(address)).await;
                    }
                }
            }
        });
        let (task, handle) = Task::run(news, said).abortable();
        self.gate.browser = Some(handle);
        task
    }

    fn close_browser(&mut self) {
        if let Some(handle) = self.gate.browser.take() {
            handle.abort();
        }
    }

    /// She is signed in, or again: everything that talks to the server does so with her new token.
    fn enter(&mut self) -> Task<Message> {
        // What was typed to get here has had its use.
        self.screens.sign_in = sign_in::SignInScreen::default();
        for handle in self.lines.drain(..) {
            handle.abort();
        }
        // What she saw stays at hand where she comes back; whoever comes anew begins with nothing.
        let api = self.api.clone();
        let token = match self.desk.person() {
            Some(_) => Task::perform(async move { api.sign_in_again().await }, |()| Message::Nothing),
            None => {
                self.api = self.api.as_persona(self.desk.session.persona);
                Task::none()
            }
        };
        let outbox = self.outbox.clone();
        let sending = outbox.map_or_else(Task::none, |outbox| self.send_outbox(&outbox));
        Task::batch([token, self.listen(), self.listen_for_the_end(), sending])
    }

    /// Hears when a request finds nobody signed in any more.
    fn listen_for_the_end(&mut self) -> Task<Message> {
        let mut endings = self.api.endings();
        endings.mark_unchanged();
        let news = futures::stream::unfold(endings, |mut endings| async move {
            endings.changed().await.ok()?;
            Some((SignInInput::Ended, endings))
        });
        let (task, handle) = Task::run(news, said).abortable();
        self.lines.push(handle);
        task
    }

    /// Her own folder and the salt in it, while she has a passphrase or may choose one.
    fn salt(&self) -> Option<(PathBuf, PathBuf)> {
        let who = self.desk.sign_in.as_ref()?.who()?;
        let folder = self.gate.folder.join(who.folder());
        let salt = folder.join(SALT);
        Some((folder, salt))
    }

    fn try_passphrase(&mut self, words: Secret) -> Task<Message> {
        let Some((folder, salt)) = self.salt() else { return Task::none() };
        let keys = KeyPlace::passphrase(salt, words);
        // What is sealed with her words lies apart from what others sealed with theirs.
        (self.launch.outbox, self.launch.keys) = (folder, keys.clone());
        Task::perform(async move { keys.try_it().await }, |tried| {
            let taken = match tried {
                Ok(()) => Taken::Right,
                Err(KeyError::WrongPassphrase) => Taken::Wrong,
                Err(error) => {
                    tracing::error!(%error, "a passphrase cannot be tried");
                    Taken::Failed
                }
            };
            said(SignInInput::PassphraseTried(taken))
        })
    }

    fn forget_passphrase(&self) -> Task<Message> {
        let Some((_, salt)) = self.salt() else { return Task::none() };
        let forget = move || KeyPlace::forget_passphrase(&salt);
        Task::perform(tokio::task::spawn_blocking(forget), |forgotten| match forgotten {
            Ok(Ok(())) => said(SignInInput::KeysAre(Keys::Nothing)),
            _ => said(SignInInput::KeysAre(Keys::Passphrase)),
        })
    }

    /// Opens the PIN of whoever is signed in, off the window's thread.
    pub(super) fn open_pins(&self, person: StaffId) -> Task<Message> {
        if self.launch.sign_in.is_none() {
            return Task::none();
        }
        let (folder, keys) = (self.launch.outbox.clone(), self.launch.keys.clone());
        let open = move || PinBox::open(&folder, &keys, person);
        Task::perform(tokio::task::spawn_blocking(open), move |opened| match opened {
            Ok(Ok(pins)) => Message::Pin(PinStep::Opened(person, Arc::new(pins))),
            // Without a key there is no PIN; the outbox says what is the matter.
            Ok(Err(error)) => {
                tracing::error!(%error, "her PIN cannot be opened");
                Message::Nothing
            }
            Err(_) => Message::Nothing,
        })
    }

    fn with_pins(&self, deed: impl FnOnce(&PinBox) -> Result<PinState, PinError> + Send + 'static) -> Task<Message> {
        // Not open, or not yet: whoever chose one is told, and nothing is lost by signing in.
        let Some(pins) = self.gate.pins.clone() else { return Task::done(Message::Pin(PinStep::NotOpen)) };
        Task::perform(tokio::task::spawn_blocking(move || deed(&pins)), |done| match done {
            Ok(kept) => Message::Pin(PinStep::Kept(kept)),
            Err(_) => Message::Nothing,
        })
    }

    fn try_pin(&mut self, digits: Secret) -> Task<Message> {
        self.screens.sign_in.pin = Typed::default();
        let Some(pins) = self.gate.pins.clone() else { return Task::done(said(SignInInput::PinTried(None))) };
        Task::perform(tokio::task::spawn_blocking(move || pins.attempt(&digits)), |tried| {
            said(SignInInput::PinTried(tried.ok().and_then(Result::ok)))
        })
    }

    fn keep_pin(&self, digits: Option<Secret>) -> Task<Message> {
        match digits {
            Some(digits) => self.with_pins(move |pins| pins.choose(&digits)),
            None => self.with_pins(|pins| pins.forget()),
        }
    }

    pub(super) fn pin_step(&mut self, step: PinStep) -> Task<Message> {
        let screen = &mut self.screens.sign_in;
        match step {
            PinStep::Typed(typed) => screen.pin = typed,
            PinStep::Again(typed) => screen.pin_again = typed,
            PinStep::Keep => {
                if overlays::pin_amiss(screen).is_some() {
                    return Task::none();
                }
                let digits = screen.pin.secret();
                (screen.pin, screen.pin_again) = (Typed::default(), Typed::default());
                let close = self.command(Command::Close);
                return Task::batch([close, self.desk_input(Input::SignIn(SignInInput::ChoosePin(Some(digits))))]);
            }
            PinStep::Drop => {
                let close = self.command(Command::Close);
                return Task::batch([close, self.desk_input(Input::SignIn(SignInInput::ChoosePin(None)))]);
            }
            PinStep::Opened(person, pins) if self.desk.person() == Some(person) => {
                let state = pins.state();
                self.gate.pins = Some(pins);
                return self.desk_input(Input::SignIn(SignInInput::PinIs(state)));
            }
            PinStep::Opened(..) => {}
            PinStep::Behind(last, pins) => return self.found_last(last, pins),
            PinStep::Opens(opened) => return self.opened_by_words(opened),
            PinStep::Kept(Ok(state)) => {
                let before = self.desk.sign_in.as_ref().map(|sign_in| sign_in.pin);
                let told = self.desk_input(Input::SignIn(SignInInput::PinIs(state)));
                let done = match (before, state) {
                    (Some(PinState::Set { .. }), PinState::Unset) => "pin-dropped",
                    (_, PinState::Set { .. }) if self.desk.lock.locked().is_none() && before != Some(state) => {
                        "pin-kept"
                    }
                    _ => return told,
                };
                let done = self.texts.t(done);
                return Task::batch([told, self.say(done)]);
            }
            PinStep::NotOpen => {
                let why = self.texts.t("error-outbox-not-open");
                let why = self.texts.with("pin-not-kept", &[("why", why.into())]);
                return self.say_why(why);
            }
            PinStep::Kept(Err(error)) => {
                let why = self.texts.with("pin-not-kept", &[("why", error.to_string().into())]);
                return self.say_why(why);
            }
        }
        Task::none()
    }

    pub(super) fn sign_in_screen(&mut self, message: sign_in::Message) -> Task<Message> {
        let screen = &mut self.screens.sign_in;
        let input = match message {
            sign_in::Message::Start => SignInInput::Start,
            sign_in::Message::GiveUp => SignInInput::GiveUp,
            sign_in::Message::Copy(address) => return self.copy_address(address),
            sign_in::Message::Words(typed) => {
                screen.words = typed;
                return Task::none();
            }
            sign_in::Message::Again(typed) => {
                screen.again = typed;
                return Task::none();
            }
            sign_in::Message::UseWords => {
                let known = self.desk.sign_in.as_ref().is_some_and(|sign_in| {
                    sign_in.keys == Keys::Passphrase || matches!(sign_in.stage, Stage::Words(_))
                });
                screen.amiss = if known { None } else { screen.amiss() };
                match screen.amiss {
                    Some(_) => return Task::none(),
                    None => SignInInput::Passphrase(screen.words.secret()),
                }
            }
            sign_in::Message::KeepNothing => {
                // Whatever passphrase was tried meanwhile opens nothing of hers.
                (self.launch.outbox, self.launch.keys) = (self.gate.folder.clone(), self.gate.keys.clone());
                SignInInput::KeepNothing
            }
            sign_in::Message::Do(command) => return self.command(command),
        };
        self.desk_with_consequences(Input::SignIn(input))
    }

    pub(super) fn locked_screen(&mut self, message: locked::Message) -> Task<Message> {
        let input = match message {
            locked::Message::Unlock => Input::Unlock,
            locked::Message::GiveUp => Input::SignIn(SignInInput::GiveUp),
            locked::Message::SomeoneElse if self.desk.sign_in.is_some() => {
                return self.command(Command::Open(Overlay::SignOut));
            }
            locked::Message::SomeoneElse => return self.command(Command::Open(Overlay::Personas)),
            locked::Message::Copy(address) => return self.copy_address(address),
            locked::Message::Pin(typed) => {
                self.screens.sign_in.pin = typed;
                return Task::none();
            }
            locked::Message::TryPin if self.screens.sign_in.pin.is_empty() => return Task::none(),
            locked::Message::TryPin => Input::SignIn(SignInInput::Pin(self.screens.sign_in.pin.secret())),
        };
        self.desk_with_consequences(input)
    }

    /// The address of the provider, to be opened by hand. Nothing in it is of a citizen.
    fn copy_address(&self, address: String) -> Task<Message> {
        iced::clipboard::write(address)
    }

    /// She signed out: nothing of her stays in the window, and the provider is told.
    pub(super) fn sign_out(&mut self) -> Task<Message> {
        for handle in self.lines.drain(..) {
            handle.abort();
        }
        self.close_browser();
        self.under_way.clear();
        self.papers.stop();
        let left = [self.leave_clipboard(), self.wipe_seen(), self.wipe_behind(), self.forget_last()];
        let left = Task::batch(left);
        (self.outbox, self.gate.pins) = (None, None);
        (self.launch.outbox, self.launch.keys) = (self.gate.folder.clone(), self.gate.keys.clone());
        self.screens = super::Screens::default();
        (self.overlay, self.toast, self.gallery_open) = (None, None, false);
        self.notices.clear();
        self.focus = Focus::none();
        self.focus_role = Role::Group;
        self.api = self.api.as_persona(self.desk.session.persona);
        let Some(sign_in) = self.launch.sign_in.clone() else { return left };
        let told = Task::perform(async move { sign_in.sign_out().await }, |told: Result<(), SignInError>| {
            said(SignInInput::SignedOut(told))
        });
        Task::batch([left, told])
    }
}
