//! Signing in at an office, unlocking and signing out: who is there, what is waited for, what went wrong. What lives here: the steps and what
//! each allows. What does not: the provider and the browser (`skranke_client::sign_in`), the lock itself (see [`crate::lock`]).

use jiff::Timestamp;
use skranke_client::pin::{PinState, Tried};
use skranke_client::sign_in::last::Last;
use skranke_client::sign_in::{Asking, Keeping, SignInError, SignedIn};
use skranke_client::{ClientError, Secret};

use crate::cold::{Closed, ColdInput};
use crate::desk::Desk;
use crate::effect::{Effect, Room};
use crate::lock::Why;
use crate::session::Line;
use crate::stands::StandId;

/// Signing in at an office. The training municipality has none of this.
#[derive(Clone, Debug)]
pub struct SigningIn {
    /// How far it is.
    pub stage: Stage,
    /// The browser is open since; none while it is not.
    pub browser: Option<Browser>,
    /// What went wrong last.
    pub trouble: Option<Trouble>,
    /// Where what signs her in again is kept.
    pub keeping: Keeping,
    /// What unsent work is kept with.
    pub keys: Keys,
    /// Whether a PIN opens the lock while the line is down.
    pub pin: PinState,
    /// Why nobody's window begins without a line, where that was looked for.
    pub closed: Option<Closed>,
    /// What this machine keeps of who is behind the lock of a window that started without a line.
    pub(crate) last: Option<Box<Last>>,
    /// Who signed in last, as the provider says.
    who: Option<SignedIn>,
    /// Which asking of the browser it is: an answer to one that was given up is nobody's.
    asking: u64,
}

/// How far signing in is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Who was here last is looked for.
    Resuming,
    /// Nobody is signed in.
    Out,
    /// She signed in, and this machine has nowhere to keep a key: she says how unsent work is kept.
    Keeping(Taking),
    /// Nobody can be asked. Who was signed in last is behind the lock, and her PIN opens it.
    Restarted,
    /// Nobody can be asked. Who was signed in last is known by her passphrase alone.
    Words(Taking),
    /// She is signed in.
    In,
    /// She is signing out.
    Leaving,
}

/// How far the passphrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taking {
    /// It is waited for.
    Asked,
    /// It is being tried.
    Trying,
    /// It is not the one that her unsent work was kept with.
    Wrong,
    /// It could not be tried: the disk or the system refuses.
    Failed,
}

/// The browser, while it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser {
    /// Since when.
    pub since: Timestamp,
    /// The address to be opened by hand, where no browser could be opened.
    pub by_hand: Option<String>,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Signing in failed.
    Failed(SignInError),
    /// The provider knows her, the case server does not.
    NotKnownHere,
    /// Signed out here; the provider could not be told.
    NotTold,
    /// The PIN is wrong; so many tries are left.
    WrongPin(u8),
    /// The try could not be written down, so it was not looked at.
    PinNotTried,
}

/// What unsent work is kept with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// With a key that the system keeps.
    OfSystem,
    /// With a passphrase that she chose earlier.
    Passphrase,
    /// With nothing: she may choose a passphrase.
    Nothing,
}

/// Whether changes survive the end of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// They do, or nobody knows yet.
    #[default]
    OnDisk,
    /// They lie in memory alone: without a line nothing may be changed.
    InMemory,
}

/// What happens to signing in.
#[derive(Clone, Debug)]
pub enum SignInInput {
    /// She signs in.
    Start,
    /// She no longer waits for the browser.
    GiveUp,
    /// Who was here last.
    Resumed(Result<Option<SignedIn>, SignInError>),
    /// The browser came back from this asking.
    Answered(u64, Result<SignedIn, SignInError>),
    /// The address to be opened by hand, or none any more.
    ByHand(Option<String>),
    /// A request found nobody signed in.
    Ended,
    /// She signs out.
    SignOut,
    /// She is signed out here; whether the provider was told.
    SignedOut(Result<(), SignInError>),
    /// Her passphrase.
    Passphrase(Secret),
    /// What became of it.
    PassphraseTried(Taken),
    /// Whether she chose a passphrase on this machine before.
    KeysAre(Keys),
    /// She no longer knows her passphrase: what was kept with it stays closed, and she chooses another.
    ForgetPassphrase,
    /// Unsent work is kept in memory alone.
    KeepNothing,
    /// A PIN, typed on the lock.
    Pin(Secret),
    /// What became of it; none when the try could not be written down.
    PinTried(Option<Tried>),
    /// She chooses a PIN, or none.
    ChoosePin(Option<Secret>),
    /// Whether there is a PIN now.
    PinIs(PinState),
    /// Beginning without a line.
    Cold(ColdInput),
}

/// What became of a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is hers.
    Right,
    /// It is not.
    Wrong,
    /// It could not be tried.
    Failed,
}

/// What signing in wants done.
#[derive(Clone, Debug)]
pub enum SignInEffect {
    /// Look who was here last.
    Resume,
    /// Open the browser; the answer comes back with the number.
    Browser(u64, Asking),
    /// Close what waits for the browser.
    GiveUp,
    /// She is signed in, or again: the lines to the server open with her new token.
    Enter,
    /// Look whether she chose a passphrase before.
    LookForPassphrase,
    /// Try a passphrase, or choose it.
    Passphrase(Secret),
    /// Set aside what was kept with the passphrase that she forgot.
    ForgetPassphrase,
    /// Try a PIN.
    Pin(Secret),
    /// Keep a PIN, or none.
    ChoosePin(Option<Secret>),
    /// All tries of the PIN are hers again.
    RenewPin,
    /// Nobody can be asked: look who was signed in last on this machine.
    LookForLast,
    /// Open what this machine keeps with her passphrase.
    OpenLast(Secret),
    /// She is let in without the provider: her sign-in is renewed as soon as it answers.
    LetIn,
    /// Forget who was signed in: her sign-in has ended.
    ForgetLast,
    /// The window is locked: whoever starts the program again signs in.
    Locked,
    /// It is open again.
    Opened,
}

impl SigningIn {
    /// At the start of the program.
    #[must_use]
    pub const fn new(keeping: Keeping, keys: Keys) -> Self {
        Self {
            stage: Stage::Resuming,
            browser: None,
            trouble: None,
            keeping,
            keys,
            pin: PinState::Unset,
            closed: None,
            last: None,
            who: None,
            asking: 0,
        }
    }

    /// Nobody is signed in, or not yet all the way: what fills the window is about that.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.stage != Stage::In
    }

    /// Somebody signed in.
    const fn somebody(&self) -> bool {
        matches!(self.stage, Stage::In | Stage::Keeping(_))
    }

    /// Who signed in, as the provider says.
    #[must_use]
    pub const fn who(&self) -> Option<&SignedIn> {
        self.who.as_ref()
    }

    /// Who was signed in last, as this machine keeps it.
    pub(crate) fn know(&mut self, last: Box<Last>) {
        self.who = Some(last.who.clone());
        self.last = Some(last);
    }

    /// The name of who signed in.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.who.as_ref().map(|who| who.name.as_str())
    }

    /// Whether she may open the browser to sign in anew.
    const fn may_start(&self) -> bool {
        self.browser.is_none() && (matches!(self.stage, Stage::Out) || asks_words(self.stage))
    }

    fn ask(&mut self, how: Asking, now: Timestamp) -> Vec<Effect> {
        self.asking += 1;
        self.trouble = None;
        self.browser = Some(Browser { since: now, by_hand: None });
        vec![Effect::SignIn(SignInEffect::Browser(self.asking, how))]
    }

    fn give_up(&mut self) -> Vec<Effect> {
        self.asking += 1;
        match self.browser.take() {
            Some(_) => vec![Effect::SignIn(SignInEffect::GiveUp)],
            None => Vec::new(),
        }
    }
}

impl Desk {
    /// The desk of an office where people sign in.
    #[must_use]
    pub fn with_sign_in(mut self, sign_in: SigningIn) -> Self {
        self.sign_in = Some(sign_in);
        self
    }

    /// Nobody is there who could be locked out, or whose work could be changed.
    pub(crate) fn is_nobodys(&self) -> bool {
        self.sign_in.as_ref().is_some_and(|sign_in| !sign_in.somebody())
    }

    /// What fills the window is about signing in.
    #[must_use]
    pub fn is_signing_in(&self) -> bool {
        self.sign_in.as_ref().is_some_and(SigningIn::is_open)
    }

    /// A PIN opens the lock now: one was chosen, tries are left, and nobody can be asked.
    #[must_use]
    pub fn takes_pin(&self) -> bool {
        let set = self.sign_in.as_ref().is_some_and(|sign_in| sign_in.pin.opens());
        // Where her sign-in was refused somebody could be asked, and said no.
        let refused = self.lock.locked().is_some_and(|locked| locked.why == Why::Ended);
        set && !refused && matches!(self.session.line, Line::Down { .. })
    }

    /// The window is there: who was here last is looked for, or in training who the persona is.
    pub(crate) fn begin(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.sign_in.as_ref().map(|sign_in| sign_in.stage) {
            Some(Stage::Resuming) => vec![Effect::SignIn(SignInEffect::Resume)],
            Some(Stage::Out | Stage::Keeping(_) | Stage::Restarted | Stage::Words(_) | Stage::Leaving) => Vec::new(),
            Some(Stage::In) | None => {
                let mut effects = self.session.ask(now);
                effects.extend(self.lock.touched(self.settings.lock_after(), now));
                effects.extend(self.watch_scanner());
                effects
            }
        }
    }

    /// Signing in again. Without a provider who is there is asked for anew; only the same person comes back to where she was.
    pub(crate) fn unlock(&mut self, now: Timestamp) -> Vec<Effect> {
        if self.lock.locked().is_none_or(|locked| locked.opening && self.sign_in.is_some()) {
            return Vec::new();
        }
        self.lock.opening();
        match &mut self.sign_in {
            Some(sign_in) => sign_in.ask(Asking::Again, now),
            None => self.session.ask_me(now),
        }
    }

    /// What is told when the lock closed or opened, so that ending the program is no way round it.
    pub(crate) fn lock_told(&self, was_locked: bool, effects: &mut Vec<Effect>) {
        let locked = self.lock.locked().is_some();
        // A start without a line locks by itself: with one, it would have let her in.
        let by_itself = self.lock.locked().is_some_and(|locked| locked.why == Why::Restarted);
        if self.sign_in.is_some() && locked != was_locked && !by_itself {
            let told = if locked { SignInEffect::Locked } else { SignInEffect::Opened };
            effects.push(Effect::SignIn(told));
        }
    }

    pub(crate) fn sign_in_step(&mut self, input: SignInInput, now: Timestamp) -> Vec<Effect> {
        let locked = self.lock.locked().is_some();
        let takes_pin = self.takes_pin();
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        match input {
            SignInInput::Start if sign_in.may_start() => sign_in.ask(Asking::Anew, now),
            SignInInput::GiveUp => {
                let effects = sign_in.give_up();
                self.lock.stays();
                effects
            }
            SignInInput::Resumed(answer) if sign_in.stage == Stage::Resuming => match answer {
                Ok(Some(who)) => self.entered(who, now),
                Ok(None) => {
                    sign_in.stage = Stage::Out;
                    Vec::new()
                }
                Err(SignInError::Offline) => self.provider_out_of_reach(),
                Err(error) => {
                    sign_in.stage = Stage::Out;
                    // What was remembered no longer serves: she just signs in, nothing went wrong.
                    sign_in.trouble = (error != SignInError::Refused).then_some(Trouble::Failed(error));
                    Vec::new()
                }
            },
            SignInInput::Answered(asking, answer) if asking == sign_in.asking && sign_in.browser.is_some() => {
                sign_in.browser = None;
                match answer {
                    Ok(who) if locked => self.came_back(who, now),
                    Ok(who) => self.entered(who, now),
                    Err(error) => {
                        sign_in.trouble = Some(Trouble::Failed(error));
                        self.lock.stays();
                        Vec::new()
                    }
                }
            }
            SignInInput::ByHand(address) => {
                if let Some(browser) = &mut sign_in.browser {
                    browser.by_hand = address;
                }
                Vec::new()
            }
            SignInInput::Ended => self.ended(now),
            SignInInput::SignOut if sign_in.somebody() || sign_in.stage == Stage::Restarted => self.sign_out(),
            SignInInput::SignedOut(told) if sign_in.stage == Stage::Leaving => {
                sign_in.stage = Stage::Out;
                sign_in.trouble = sign_in.trouble.take().or(told.is_err().then_some(Trouble::NotTold));
                Vec::new()
            }
            SignInInput::Passphrase(words) if asks_words(sign_in.stage) => self.words_typed(words),
            SignInInput::Passphrase(words) if asks_passphrase(sign_in.stage) => {
                sign_in.stage = Stage::Keeping(Taking::Trying);
                vec![Effect::SignIn(SignInEffect::Passphrase(words))]
            }
            SignInInput::PassphraseTried(taken) if sign_in.stage == Stage::Keeping(Taking::Trying) => {
                sign_in.stage = match taken {
                    Taken::Right => {
                        sign_in.keys = Keys::Passphrase;
                        return self.settled(now);
                    }
                    Taken::Wrong => Stage::Keeping(Taking::Wrong),
                    Taken::Failed => Stage::Keeping(Taking::Failed),
                };
                Vec::new()
            }
            SignInInput::KeysAre(keys) => {
                sign_in.keys = keys;
                Vec::new()
            }
            SignInInput::ForgetPassphrase if asks_passphrase(sign_in.stage) && sign_in.keys == Keys::Passphrase => {
                sign_in.stage = Stage::Keeping(Taking::Asked);
                vec![Effect::SignIn(SignInEffect::ForgetPassphrase)]
            }
            SignInInput::KeepNothing if asks_passphrase(sign_in.stage) => self.settled(now),
            SignInInput::Pin(digits) if locked && takes_pin => {
                self.lock.opening();
                vec![Effect::SignIn(SignInEffect::Pin(digits))]
            }
            SignInInput::PinTried(tried) if locked => self.pin_tried(tried, now),
            SignInInput::ChoosePin(digits) if sign_in.stage == Stage::In && !locked => {
                vec![Effect::SignIn(SignInEffect::ChoosePin(digits))]
            }
            SignInInput::PinIs(state) => {
                sign_in.pin = state;
                Vec::new()
            }
            SignInInput::Cold(input) => self.cold_step(input, now),
            _ => Vec::new(),
        }
    }

    /// She signed in where nobody was.
    fn entered(&mut self, who: SignedIn, now: Timestamp) -> Vec<Effect> {
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        sign_in.who = Some(who);
        (sign_in.trouble, sign_in.closed, sign_in.last) = (None, None, None);
        if sign_in.keys != Keys::OfSystem {
            sign_in.stage = Stage::Keeping(Taking::Asked);
            let mut effects = self.lock.touched(self.settings.lock_after(), now);
            effects.push(Effect::SignIn(SignInEffect::LookForPassphrase));
            return effects;
        }
        self.settled(now)
    }

    /// It is known who she is and how her unsent work is kept: the desk begins.
    fn settled(&mut self, now: Timestamp) -> Vec<Effect> {
        if let Some(sign_in) = &mut self.sign_in {
            sign_in.stage = Stage::In;
        }
        let mut effects = vec![Effect::SignIn(SignInEffect::Enter)];
        effects.extend(self.begin(now));
        effects
    }

    /// She signed in again at the lock.
    fn came_back(&mut self, who: SignedIn, now: Timestamp) -> Vec<Effect> {
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        if sign_in.who.as_ref().is_none_or(|before| before.subject != who.subject) {
            sign_in.trouble = Some(Trouble::Failed(SignInError::SomebodyElse));
            self.lock.stays();
            return Vec::new();
        }
        sign_in.trouble = None;
        let (begun, restarted) = (sign_in.stage == Stage::In, sign_in.stage == Stage::Restarted);
        let mut effects = self.lock.opens(self.settings.lock_after(), now);
        if restarted {
            effects.extend(self.entered(who, now));
            return effects;
        }
        if begun {
            effects.push(Effect::SignIn(SignInEffect::Enter));
            effects.push(Effect::SignIn(SignInEffect::RenewPin));
            // What she may do may have changed meanwhile.
            effects.extend(self.session.ask_me(now));
        }
        effects
    }

    fn pin_tried(&mut self, tried: Option<Tried>, now: Timestamp) -> Vec<Effect> {
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        if self.lock.locked().is_none_or(|locked| !locked.opening) || sign_in.browser.is_some() {
            return Vec::new();
        }
        match tried {
            Some(Tried::Right) => {
                sign_in.trouble = None;
                if sign_in.stage == Stage::Restarted {
                    return self.pin_lets_in(now);
                }
                return self.lock.opens(self.settings.lock_after(), now);
            }
            Some(Tried::Wrong { left }) => {
                sign_in.pin = PinState::Set { left };
                sign_in.trouble = Some(Trouble::WrongPin(left));
            }
            None => sign_in.trouble = Some(Trouble::PinNotTried),
        }
        self.lock.stays();
        Vec::new()
    }

    /// A request found nobody signed in: what she had open stays, behind the lock, until she signs in again.
    pub(crate) fn ended(&mut self, now: Timestamp) -> Vec<Effect> {
        let known = self.person().is_some();
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        if sign_in.stage != Stage::In {
            return Vec::new();
        }
        if known {
            self.lock.ended(now);
            return vec![Effect::SignIn(SignInEffect::ForgetLast)];
        }
        // She has just signed in and the server knows nobody by that name: there is nothing to keep behind a lock.
        let effects = self.sign_out();
        if let Some(sign_in) = &mut self.sign_in {
            sign_in.trouble = Some(Trouble::NotKnownHere);
        }
        effects
    }

    /// She signs out: nothing of her or of anybody she looked at stays on the desk. What is unsent lies sealed in her outbox.
    fn sign_out(&mut self) -> Vec<Effect> {
        let Some(before) = self.sign_in.take() else { return Vec::new() };
        let locked = self.lock.locked().is_some();
        // Whatever still has to be written down of hers goes before anything is forgotten.
        let mut effects: Vec<Effect> = self.farewell().into_iter().collect();
        if before.browser.is_some() {
            effects.push(Effect::SignIn(SignInEffect::GiveUp));
        }
        if locked {
            effects.push(Effect::SignIn(SignInEffect::Opened));
        }
        let after = SigningIn {
            stage: Stage::Leaving,
            asking: before.asking + 1,
            ..SigningIn::new(before.keeping, before.keys)
        };
        self.clear(self.session.persona);
        self.sign_in = Some(after);
        effects.extend(every_room().map(Effect::Abandon));
        effects.push(Effect::SignOut);
        effects
    }
}

impl Desk {
    /// The server knows somebody else by the token that this window has now: what is open is not hers.
    pub(crate) fn somebody_else(&mut self, now: Timestamp) -> Vec<Effect> {
        self.lock.lock(Why::Ended, now);
        self.lock.stays();
        self.session.me.answer(Err(ClientError::SignedOut), now);
        if let Some(sign_in) = &mut self.sign_in {
            sign_in.trouble = Some(Trouble::Failed(SignInError::SomebodyElse));
        }
        Vec::new()
    }
}

/// Her passphrase is asked for where only it tells who she is.
const fn asks_words(stage: Stage) -> bool {
    matches!(stage, Stage::Words(Taking::Asked | Taking::Wrong | Taking::Failed))
}

const fn asks_passphrase(stage: Stage) -> bool {
    matches!(stage, Stage::Keeping(Taking::Asked | Taking::Wrong | Taking::Failed))
}

/// Every room that may wait for an answer.
pub(crate) fn every_room() -> impl Iterator<Item = Room> {
    let rooms = [
        Room::Session,
        Room::Finder,
        Room::Calendar,
        Room::Booking,
        Room::Counter,
        Room::Figures,
        Room::Oversight,
        Room::Cases,
        Room::Inbox,
    ];
    let stands = StandId::BOTH.into_iter().flat_map(|stand| [Room::Citizen(stand), Room::Case(stand)]);
    rooms.into_iter().chain(stands)
}
