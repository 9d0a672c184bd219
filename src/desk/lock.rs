//! The lock: after some minutes without a key, or on `Ctrl L`, nothing of any citizen can be seen until the same person signs in again.
//! What does not live here: signing in (the session's), what the lock looks like.

use std::time::Duration;

use jiff::Timestamp;

use crate::effect::{Effect, Wake};

/// Whether the window is locked.
#[derive(Clone, Debug)]
pub struct Lock {
    locked: Option<Locked>,
    last_touch: Timestamp,
    /// A timer is running.
    armed: bool,
}

/// Why and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub why: Why,
    /// Signing in again is under way.
    pub opening: bool,
}

/// Why it locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody touched anything.
    Idle,
    /// She locked it.
    Asked,
    /// The office asked for it.
    Demanded,
    /// Her sign-in has ended: it was taken back, or could not be renewed.
    Ended,
    /// The program was started while nobody could be asked who she is.
    Restarted,
}

impl Default for Lock {
    fn default() -> Self {
        Self { locked: None, last_touch: Timestamp::UNIX_EPOCH, armed: false }
    }
}

impl Lock {
    /// Whether it is locked, and why.
    #[must_use]
    pub const fn locked(&self) -> Option<&Locked> {
        self.locked.as_ref()
    }

    /// Somebody touched a key or the mouse.
    pub(crate) fn touched(&mut self, after: Duration, now: Timestamp) -> Vec<Effect> {
        self.last_touch = now;
        self.arm(after)
    }

    fn arm(&mut self, after: Duration) -> Vec<Effect> {
        if self.armed || self.locked.is_some() {
            return Vec::new();
        }
        self.armed = true;
        vec![Effect::Wake(after, Wake::Lock)]
    }

    /// The timer rang: locks, or waits for what is left.
    pub(crate) fn woken(&mut self, after: Duration, now: Timestamp) -> Vec<Effect> {
        self.armed = false;
        let idle = Duration::try_from(now.duration_since(self.last_touch)).unwrap_or_default();
        match after.checked_sub(idle) {
            Some(left) if !left.is_zero() => self.arm(left),
            _ => {
                self.lock(Why::Idle, now);
                Vec::new()
            }
        }
    }

    pub(crate) fn lock(&mut self, why: Why, now: Timestamp) {
        if self.locked.is_none() {
            self.locked = Some(Locked { since: now, why, opening: false });
        }
    }

    /// Her sign-in has ended: whatever locked it before, only signing in opens it now.
    pub(crate) fn ended(&mut self, now: Timestamp) {
        self.lock(Why::Ended, now);
        if let Some(locked) = &mut self.locked {
            locked.why = Why::Ended;
        }
    }

    /// Signing in again begins.
    pub(crate) fn opening(&mut self) {
        if let Some(locked) = &mut self.locked {
            locked.opening = true;
        }
    }

    /// Whoever tried to open it did not, or gave it up.
    pub(crate) fn stays(&mut self) {
        if let Some(locked) = &mut self.locked {
            locked.opening = false;
        }
    }

    /// The same person is there.
    pub(crate) fn opens(&mut self, after: Duration, now: Timestamp) -> Vec<Effect> {
        self.locked = None;
        self.touched(after, now)
    }

    /// Asking who is there ended.
    pub(crate) fn opened(&mut self, how: SignedIn, after: Duration, now: Timestamp) -> Vec<Effect> {
        match (how, &mut self.locked) {
            (SignedIn::Again, Some(locked)) if locked.opening => self.opens(after, now),
            (SignedIn::Refused, Some(_)) => {
                self.stays();
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

/// How signing in again ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SignedIn {
    /// The same person is there.
    Again,
    /// She could not sign in.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFTER: Duration = Duration::from_secs(180);

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    #[test]
    fn it_locks_three_minutes_after_the_last_key_and_not_after_the_first() {
        let mut lock = Lock::default();
        assert!(matches!(lock.touched(AFTER, at(0))[..], [Effect::Wake(after, Wake::Lock)] if after == AFTER));
        assert!(lock.touched(AFTER, at(100)).is_empty(), "one timer is enough");
        let again = lock.woken(AFTER, at(180));
        assert!(matches!(again[..], [Effect::Wake(left, Wake::Lock)] if left == Duration::from_secs(100)));
        assert!(lock.locked().is_none());
        assert!(lock.woken(AFTER, at(280)).is_empty());
        assert_eq!(lock.locked().map(|l| l.why), Some(Why::Idle));
    }

    #[test]
    fn only_signing_in_again_opens_it() {
        let mut lock = Lock::default();
        lock.lock(Why::Asked, at(0));
        lock.opened(SignedIn::Again, AFTER, at(1));
        assert!(lock.locked().is_some(), "an answer that nobody waited for does not open it");
        lock.opening();
        lock.opened(SignedIn::Refused, AFTER, at(2));
        assert!(lock.locked().is_some_and(|l| !l.opening));
        lock.opening();
        assert!(!lock.opened(SignedIn::Again, AFTER, at(3)).is_empty());
        assert!(lock.locked().is_none());
    }
}
