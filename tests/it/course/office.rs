//! A day at an office where people sign in: the browser, the lock, the PIN, a sign-in that is taken back, signing out. The window is the real one
//! and so is the server; the provider is scripted here, and the real one is tried in `signing_in`.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use skranke::client::KeyPlace;
use skranke::client::endpoint::{Doorway, DoorwayError, Endpoint, Fixed};
use skranke::client::pin::PinState;
use skranke::client::sign_in::{Asking, Keeping, NoKeyring, SignIn, SignInError, SignedIn};
use skranke::desk::lock::Why;
use skranke::desk::session::Line as DeskLine;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::authority::Role;
use skranke::ui::headless::{Driver, Settings};
use skranke::ui::i18n::{Language, Texts};
use skranke::ui::{App, Launch, Personas, program};

use crate::support::line::Line;
use crate::support::town::Town;
use crate::support::window::{Clerk, english, launch};
use crate::support::{PATIENCE, SHOWCASE, national_numbers};

pub(super) const A_NOTE: &str = "Hun ringer selv til udlejeren.";

/// What the provider does, as the test says it.
#[derive(Default)]
pub(super) struct Provider {
    pub(super) remembers: Mutex<Option<SignedIn>>,
    /// What the browser comes back with, in order; with nothing left it stays open.
    answers: Mutex<VecDeque<Result<SignedIn, SignInError>>>,
    asked: Mutex<Vec<Asking>>,
    pub(super) signed_out: AtomicBool,
    /// The server's tokens are no longer given out.
    pub(super) revoked: AtomicBool,
    pub(super) keeps: Mutex<Option<Keeping>>,
    /// It cannot be reached.
    pub(super) away: AtomicBool,
    /// Somebody was let in without it.
    pub(super) let_in: AtomicBool,
}

impl Provider {
    pub(super) fn comes_back(&self, answer: Result<SignedIn, SignInError>) {
        self.answers.lock().unwrap().push_back(answer);
    }

    pub(super) fn asked(&self) -> Vec<Asking> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait]
impl SignIn for Provider {
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError> {
        match self.away.load(Ordering::SeqCst) && self.keeping() == Keeping::Keyring {
            true => Err(SignInError::Offline),
            false => Ok(self.remembers.lock().unwrap().clone()),
        }
    }

    async fn sign_in(&self, how: Asking) -> Result<SignedIn, SignInError> {
        self.asked.lock().unwrap().push(how);
        let answer = self.answers.lock().unwrap().pop_front();
        match answer {
            Some(answer) => {
                if answer.is_ok() {
                    self.revoked.store(false, Ordering::SeqCst);
                }
                answer
            }
            None => std::future::pending().await,
        }
    }

    async fn sign_out(&self) -> Result<(), SignInError> {
        self.signed_out.store(true, Ordering::SeqCst);
        Ok(())
    }

    async fn remembered(&self) -> Option<SignedIn> {
        self.remembers.lock().unwrap().clone()
    }

    async fn answers(&self) -> Result<(), SignInError> {
        if self.away.load(Ordering::SeqCst) { Err(SignInError::Offline) } else { Ok(()) }
    }

    fn let_in(&self, _who: &SignedIn) {
        self.let_in.store(true, Ordering::SeqCst);
    }

    fn keeping(&self) -> Keeping {
        self.keeps.lock().unwrap().unwrap_or(Keeping::Keyring)
    }
}

/// The way to the server, closed while the sign-in is taken back.
struct Guarded(Fixed, Arc<Provider>);

#[async_trait]
impl Doorway for Guarded {
    async fn endpoint(&self, persona: Role) -> Result<Endpoint, DoorwayError> {
        if self.1.away.load(Ordering::SeqCst) {
            return Err(DoorwayError::NoServer);
        }
        if self.1.revoked.load(Ordering::SeqCst) {
            return Err(DoorwayError::SignedOut);
        }
        self.0.endpoint(persona).await
    }

    async fn lost(&self, seen: &Endpoint) {
        self.0.lost(seen).await;
    }

    fn is_stale(&self, _seen: &Endpoint) -> bool {
        self.1.revoked.load(Ordering::SeqCst)
    }
}

pub(super) fn ida() -> SignedIn {
    SignedIn { name: "Ida Mellemgaard".into(), subject: "ida".into() }
}

/// A window at the office, before anybody signed in.
pub(super) fn window(
    town: &Town,
    line: &Line,
    profile: &Path,
    provider: &Arc<Provider>,
) -> Clerk<impl iced::Program<State = App> + 'static> {
    let usual = launch(town, profile, Role::Clerk, english());
    // Where nothing keeps a sign-in, nothing keeps a key either.
    let keys = if provider.keeping() == Keeping::Keyring { usual.keys.clone() } else { KeyPlace::Memory };
    let launch = Launch {
        doorway: Arc::new(Guarded(town.doorway_at(&line.url), provider.clone())),
        sign_in: Some(provider.clone()),
        personas: Personas::Fixed,
        keys,
        ..usual
    };
    let settings = Settings { name_of: Some(skranke::ui::focus::name_of), ..Settings::default() };
    let driver = Driver::new(program(launch), settings).unwrap();
    Clerk { driver, texts: Texts::of(Language::English) }
}

pub(super) fn at_work<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>) {
    clerk.until("her day begins", |desk| {
        let office = !desk.session.procedures.is_empty() && !desk.session.sites.is_empty();
        desk.session.me.value().is_some() && office && desk.session.line == DeskLine::Up
    });
}

pub(super) fn lose<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, line: &Line) {
    line.cut();
    clerk.until("the line is lost", |desk| matches!(desk.session.line, DeskLine::Down { .. }));
}

/// Where everything is on the screen.
fn laid_out<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>) -> Vec<String> {
    clerk.driver.settle(std::time::Duration::from_millis(250), PATIENCE).unwrap();
    clerk.controls().iter().map(|control| format!("{} {:?}", control.id, control.bounds)).collect()
}

#[test]
fn she_signs_in_locks_and_comes_back_to_where_she_was_and_nobody_else_does() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    // The page opens on its one button; a browser that she gives up signs nobody in.
    clerk.read_word("signin-lead").press(&["Enter"]).read_word("signin-waiting-title");
    clerk.press(&["Escape"]).read_word("signin-lead");
    provider.comes_back(Err(SignInError::Refused));
    clerk.press(&["Enter"]).read_word("signin-error-refused");
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]);
    at_work(&mut clerk);
    assert_eq!(provider.asked(), [Asking::Anew; 3]);

    clerk.open_citizen(SHOWCASE);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text("Hun venter på");
    clerk.driver.scroll(iced::Point::new(500.0, 500.0), -4.0);
    let (before, at) = (laid_out(&mut clerk), clerk.at());
    clerk.press(&["Ctrl+L"]).read_word("locked-title");
    let locked = clerk.everything();
    for word in SHOWCASE.split(' ').chain(["Danuta", "Hun venter"]) {
        assert!(!locked.contains(word), "{word} is on the lock:\n{locked}");
    }
    assert!(national_numbers(&locked).is_empty());

    // Somebody else is told and stays outside.
    provider.comes_back(Ok(SignedIn { name: "Per Holmager".into(), subject: "per".into() }));
    clerk.press(&["Enter"]).until("she is told", |desk| {
        desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.trouble.is_some() && sign_in.browser.is_none())
    });
    assert!(clerk.desk().lock.locked().is_some() && !clerk.everything().contains("Kalina"));
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]).until("it is open again", |desk| desk.lock.locked().is_none());
    assert_eq!(provider.asked()[3..], [Asking::Again; 2]);
    assert_eq!(laid_out(&mut clerk), before, "everything is where it was, however far it was scrolled");
    assert_eq!(clerk.at(), at, "and so is the keyboard");
    clerk.type_text(" svar").until("she writes on", |desk| match desk.sheet() {
        Some(Sheet::Note(note)) => note.text == "Hun venter på svar",
        _ => false,
    });
}

#[test]
fn without_a_line_her_pin_opens_the_lock_and_a_restart_is_no_way_round_it() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    clerk.press(&["Ctrl+,"]).tab_to("settings/pin").press(&["Enter"]).read_word("pin-what");
    clerk.driver.settle(std::time::Duration::from_millis(250), PATIENCE).unwrap();
    assert_eq!(clerk.at().as_deref(), Some("pin/typed"), "it opens where the PIN is typed");
    clerk.type_text("2468").tab_to("pin/again").type_text("2468").press(&["Enter"]);
    clerk.until("the PIN is kept", |desk| {
        desk.sign_in.as_ref().is_some_and(|sign_in| sign_in.pin == PinState::Set { left: 5 })
    });
    clerk.press(&["Escape"]);
    lose(&mut clerk, &line);
    clerk.press(&["Ctrl+L"]).read_word("locked-pin-why");
    let wrong = clerk.sentence("locked-pin-wrong", &[("left", 4.into())]);
    clerk.type_text("1357").press(&["Enter"]).read(&wrong);
    assert!(!clerk.everything().contains("1357"));
    clerk.type_text("2468").press(&["Enter"]).until("it is open", |desk| desk.lock.locked().is_none());
    // Locked again and ended: whoever starts it signs in, whatever is remembered.
    clerk.press(&["Ctrl+L"]).read_word("locked-title");
    clerk.driver.settle(std::time::Duration::from_millis(250), PATIENCE).unwrap();
    drop(clerk);
    let mut again = window(&town, &line, profile.path(), &provider);
    again.read_word("signin-lead");
    assert!(again.desk().session.me.value().is_none());
}

#[test]
fn a_sign_in_that_is_taken_back_locks_the_window_and_nothing_typed_is_lost() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    clerk.open_citizen(SHOWCASE).press(&["n"]).sheet_opens(SheetKind::Note).type_text("Halvt skrevet");
    // Her next request needs another token, and there is none for her any more.
    provider.revoked.store(true, Ordering::SeqCst);
    line.cut();
    clerk.until("it locks", |desk| desk.lock.locked().is_some_and(|locked| locked.why == Why::Ended));
    clerk.read_word("locked-ended");
    line.mend();
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]).until("it is open", |desk| desk.lock.locked().is_none());
    assert!(matches!(clerk.desk().sheet(), Some(Sheet::Note(note)) if note.text == "Halvt skrevet"));
    clerk.until("the line is back", |desk| desk.session.line == DeskLine::Up);
}

#[test]
fn who_signs_out_leaves_nothing_in_the_window_and_her_unsent_note_is_sent_when_she_is_back() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.remembers.lock().unwrap() = Some(ida());
    let mut clerk = window(&town, &line, profile.path(), &provider);
    at_work(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    lose(&mut clerk, &line);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    clerk.until("the note is kept", |desk| desk.pending.count() == 1);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text("Og en halv til").press(&["Escape"]);
    let unsent = clerk.sentence("signout-then", &[("unsent", 1.into())]);
    clerk.press(&["Ctrl+Shift+L"]).read(&unsent);
    clerk.press(&["Escape"]).until("she stays", |desk| desk.person().is_some());
    clerk.press(&["Ctrl+Shift+L"]).tab_to("sign-out/verb").press(&["Enter"]).read_word("signin-lead");
    assert!(provider.signed_out.load(Ordering::SeqCst), "the provider is told");
    let left = clerk.everything();
    assert!(!left.contains("Kalina") && !left.contains("Ida") && clerk.desk().citizen().is_none(), "{left}");
    line.mend();
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]);
    at_work(&mut clerk);
    clerk.until("what she had half written waits for her", |desk| {
        desk.unfinished.iter().any(|visit| visit.name == SHOWCASE) || !desk.half_written.offered.is_empty()
    });
    clerk.until("her note is sent", |desk| desk.pending.count() == 0 && desk.session.line == DeskLine::Up);
    clerk.open_citizen(SHOWCASE).until("the note is there once", |desk| {
        let notes = desk.citizen().and_then(|page| page.notes.value());
        notes.is_some_and(|notes| notes.iter().filter(|note| note.text == A_NOTE).count() == 1)
    });
}

#[test]
fn where_nothing_keeps_a_key_a_passphrase_keeps_her_unsent_work_and_without_one_nothing_is_changed_offline() {
    let (town, profile) = (Town::quiet(), tempfile::tempdir().unwrap());
    let line = Line::to(&town.base_url);
    let provider = Arc::new(Provider::default());
    *provider.keeps.lock().unwrap() = Some(Keeping::EachTime(NoKeyring::Missing));
    let mut clerk = window(&town, &line, profile.path(), &provider);
    clerk.read_word("signin-each-time-missing");
    provider.comes_back(Ok(ida()));
    clerk.press(&["Enter"]).read_word("signin-keep-lead");
    clerk.tab_to("signin/nothing").press(&["Enter"]);
    at_work(&mut clerk);
    clerk.open_citizen(SHOWCASE);
    lose(&mut clerk, &line);
    clerk.press(&["n"]).sheet_opens(SheetKind::Note).type_text(A_NOTE).press(&["Ctrl+Enter"]);
    clerk.read_word("signin-not-kept");
    assert!(matches!(clerk.desk().sheet(), Some(Sheet::Note(note)) if note.text == A_NOTE), "it is there still");
    assert_eq!(clerk.desk().pending.count(), 0);
    drop(clerk);
    line.mend();

    // With a passphrase it is kept, and opened by the same one alone.
    let mut clerk = window(&town, &line, profile.path(), &provider);
    provider.comes_back(Ok(ida()));
    clerk.read_word("signin-lead").press(&["Enter"]).read_word("signin-keep-lead");
    clerk.type_text("tre smaa kinesere").press(&["Tab"]).type_text("tre smaa kinesere").press(&["Enter"]);
    at_work(&mut clerk);
    clerk.until("the outbox is hers", |desk| desk.person().is_some());
    drop(clerk);
    let mut clerk = window(&town, &line, profile.path(), &provider);
    provider.comes_back(Ok(ida()));
    clerk.read_word("signin-lead").press(&["Enter"]).read_word("signin-words-lead");
    clerk.type_text("paa hojbro plads").press(&["Enter"]).read_word("signin-words-wrong");
    assert!(clerk.desk().person().is_none());
    clerk.press(&["Ctrl+A"]).type_text("tre smaa kinesere").press(&["Enter"]);
    at_work(&mut clerk);
}
