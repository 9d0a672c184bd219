//! Beginning without a line: the program starts, nobody can be asked who she is, and who was signed in last is let in by her PIN (or by the
//! passphrase that is her key) to what this machine keeps. What lives here: when that is offered, to whom, and what follows. What does not:
//! where it is kept (`skranke_client::sign_in::last`), signing in (see [`crate::signing_in`]), the lock.

use jiff::Timestamp;
use skranke_client::pin::PinState;
use skranke_client::sign_in::SignInError;
use skranke_client::sign_in::last::Last;
use skranke_client::{ClientError, DoorwayError, Secret};
use skranke_domain::authority::Role;

use crate::ask::Reply;
use crate::desk::{Desk, Place};
use crate::effect::Effect;
use crate::lock::Why;
use crate::session::Line;
use crate::signing_in::{Keys, SignInEffect, Stage, Taken, Taking, Trouble};

/// What this machine keeps of who was signed in last.
#[derive(Clone, Debug)]
pub enum Found {
    /// Who, and her PIN.
    Hers(Box<Last>, PinState),
    /// Somebody whose passphrase is the key: only her words tell who.
    Words,
    /// Nobody whose window could begin.
    Nobody(Closed),
}

/// Why nobody's window begins without a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Nobody was signed in here, she signed out, or nothing was kept.
    NothingKept,
    /// She chose no PIN.
    NoPin,
    /// It was wrong five times.
    PinSpent,
    /// The server was not asked for too long.
    TooOld,
}

/// What happens to beginning without a line.
#[derive(Clone, Debug)]
pub enum ColdInput {
    /// What was found of who was signed in last.
    Found(Found),
    /// What became of her passphrase.
    Opened(Result<Box<Last>, Taken>),
}

/// Whether nobody could be reached: a refusal is none of it, and neither is somebody who cannot prove to be the server.
const fn is_out_of_reach(error: &ClientError) -> bool {
    matches!(
        error,
        ClientError::Offline
            | ClientError::TimedOut
            | ClientError::Truncated
            | ClientError::Foreign { status: 502..=504 }
            | ClientError::Doorway(DoorwayError::NoServer)
    )
}

impl Desk {
    /// The provider could not be reached when the program started.
    pub(crate) fn provider_out_of_reach(&self) -> Vec<Effect> {
        vec![Effect::SignIn(SignInEffect::LookForLast)]
    }

    /// The server was asked who she is: where it could not be reached, what this machine keeps is looked for; where it knows her, nothing of
    /// that is needed any more; where it refuses her, what was opened here closes.
    pub(crate) fn told_who(&mut self, told: Told, now: Timestamp) -> Vec<Effect> {
        let Some(stage) = self.sign_in.as_ref().map(|sign_in| sign_in.stage) else { return Vec::new() };
        match told {
            Told::Known if stage == Stage::Restarted => {
                if let Some(sign_in) = &mut self.sign_in {
                    (sign_in.stage, sign_in.last) = (Stage::In, None);
                }
                match self.lock.locked().map(|locked| locked.why) {
                    Some(Why::Restarted) => self.lock.opens(self.settings.lock_after(), now),
                    _ => Vec::new(),
                }
            }
            Told::OutOfReach if stage == Stage::In && self.person().is_none() && self.session.line != Line::Up => {
                vec![Effect::SignIn(SignInEffect::LookForLast)]
            }
            Told::Refused if stage == Stage::In && self.session.is_kept() => self.ended(now),
            Told::Known | Told::OutOfReach | Told::Refused => Vec::new(),
        }
    }

    pub(crate) fn cold_step(&mut self, input: ColdInput, now: Timestamp) -> Vec<Effect> {
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        let starts = sign_in.stage == Stage::Resuming;
        let waits = starts || (sign_in.stage == Stage::In && self.session.me.value().is_none());
        match input {
            // The line came back meanwhile.
            ColdInput::Found(_) if !waits && !matches!(sign_in.stage, Stage::Words(_)) => Vec::new(),
            ColdInput::Found(Found::Hers(last, _)) if sign_in.keys == Keys::Passphrase => self.let_in(*last, now),
            ColdInput::Found(Found::Hers(last, pin)) => {
                sign_in.stage = Stage::Restarted;
                (sign_in.pin, sign_in.trouble) = (pin, None);
                sign_in.know(last);
                self.line_never_came(now);
                self.lock.lock(Why::Restarted, now);
                Vec::new()
            }
            ColdInput::Found(Found::Words) => {
                if starts {
                    sign_in.stage = Stage::Words(Taking::Asked);
                }
                Vec::new()
            }
            ColdInput::Found(Found::Nobody(closed)) => {
                sign_in.closed = Some(closed);
                if sign_in.stage != Stage::In {
                    sign_in.stage = Stage::Out;
                    sign_in.trouble = Some(Trouble::Failed(SignInError::Offline));
                }
                Vec::new()
            }
            ColdInput::Opened(opened) if sign_in.stage == Stage::Words(Taking::Trying) => match opened {
                Ok(last) => {
                    sign_in.keys = Keys::Passphrase;
                    self.let_in(*last, now)
                }
                Err(taken) => {
                    let wrong = if taken == Taken::Wrong { Taking::Wrong } else { Taking::Failed };
                    sign_in.stage = Stage::Words(wrong);
                    Vec::new()
                }
            },
            ColdInput::Opened(_) => Vec::new(),
        }
    }

    /// A passphrase was typed where only the words tell who she is.
    pub(crate) fn words_typed(&mut self, words: Secret) -> Vec<Effect> {
        if let Some(sign_in) = &mut self.sign_in {
            sign_in.stage = Stage::Words(Taking::Trying);
        }
        vec![Effect::SignIn(SignInEffect::OpenLast(words))]
    }

    /// The PIN was right where nobody can be asked.
    pub(crate) fn pin_lets_in(&mut self, now: Timestamp) -> Vec<Effect> {
        let last = self.sign_in.as_mut().and_then(|sign_in| sign_in.last.take());
        last.map(|last| self.let_in(*last, now)).unwrap_or_default()
    }

    /// The desk begins with what this machine keeps of her. Nothing is sent before the provider took her sign-in again.
    fn let_in(&mut self, last: Last, now: Timestamp) -> Vec<Effect> {
        let Some(sign_in) = &mut self.sign_in else { return Vec::new() };
        sign_in.stage = Stage::In;
        (sign_in.trouble, sign_in.closed) = (None, None);
        let role = last.me.role;
        self.session.was_told(last.me.clone(), last.at);
        sign_in.know(Box::new(last));
        sign_in.last = None;
        self.line_never_came(now);
        match role {
            Role::Guest => self.stands.active_mut().enter(Place::Guide),
            Role::Host => self.stands.active_mut().enter(Place::Queue),
            _ => {}
        }
        let mut effects = vec![Effect::SignIn(SignInEffect::LetIn), Effect::SignIn(SignInEffect::Enter)];
        effects.extend(self.lock.opens(self.settings.lock_after(), now));
        effects.extend(self.watch_scanner());
        effects
    }

    /// What was seen on this machine is open: a day that began without a line begins with it.
    pub(crate) fn kept_is_open(&mut self, now: Timestamp) -> Vec<Effect> {
        if !self.session.is_kept() || self.session.line == Line::Up {
            return Vec::new();
        }
        let mut effects = self.session.ask(now);
        if self.session.may_see_cases() {
            effects.extend(self.inbox.ask(now));
        }
        effects
    }

    fn line_never_came(&mut self, now: Timestamp) {
        if !matches!(self.session.line, Line::Down { .. }) {
            self.session.line = Line::Down { since: now };
        }
    }
}

/// What asking the server who she is came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It knows her.
    Known,
    /// Nobody could be reached.
    OutOfReach,
    /// It said no.
    Refused,
}

impl Told {
    /// What a reply says of it, if it does.
    pub(crate) const fn of(reply: &Reply) -> Option<Self> {
        match reply {
            Reply::Me(Ok(_)) => Some(Self::Known),
            Reply::Me(Err(error)) if is_out_of_reach(error) => Some(Self::OutOfReach),
            Reply::Me(Err(ClientError::Problem(problem))) if matches!(problem.status, 401 | 403 | 404) => {
                Some(Self::Refused)
            }
            _ => None,
        }
    }
}
