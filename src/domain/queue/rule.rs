//! Who is next: pure, so that the server that decides and the window that shows the order say the same. What does not live here: states
//! (`step`), what a counter knows of its clerk.
//!
//! In this order: who came back or was handed over (she has waited before); who has waited more than twice the aim; whose booked time has
//! come; who has waited longest. Nobody who has waited more than twice the aim is passed by anyone but one who came back.

use jiff::{SignedDuration, Timestamp};

use super::CallReason;
use crate::{CounterId, DepartmentId, StaffId, TicketId};

/// A booked citizen may be called so many minutes early, when nobody waits longer than the aim.
pub const EARLY_MINUTES: i64 = 5;

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Her ticket.
    pub id: TicketId,
    /// When she came.
    pub came: Timestamp,
    /// Since when she waits now: later than `came` after a return or a hand-over.
    pub since: Timestamp,
    /// Her booked time.
    pub booked: Option<Timestamp>,
    /// Not to be called before this moment.
    pub not_before: Option<Timestamp>,
    /// When she was first called: she has waited before.
    pub called: Option<Timestamp>,
    /// Whose matters it is.
    pub department: Option<DepartmentId>,
    /// The counter that she is promised to.
    pub counter: Option<CounterId>,
    /// The colleague whom she is promised to.
    pub staff: Option<StaffId>,
}

/// A counter that calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterSkills {
    /// The counter.
    pub counter: CounterId,
    /// Who works there.
    pub staff: Option<StaffId>,
    /// Departments whose matters are settled there; empty: all.
    pub departments: Vec<DepartmentId>,
}

/// Where somebody stands in the order: the earlier, the sooner she is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// She came back, or was handed over.
    Returned,
    /// She has waited more than twice the aim.
    TooLong,
    /// Her booked time has come.
    Booked,
    /// She waits.
    Waiting,
    /// Her booked time has not come yet.
    Early,
    /// She is not to be called yet.
    NotYet,
}

impl Place {
    /// Why somebody at this place is called.
    #[must_use]
    pub const fn reason(self) -> CallReason {
        match self {
            Self::Returned => CallReason::Returned,
            Self::TooLong => CallReason::WaitedTooLong,
            Self::Booked => CallReason::BookedTime,
            Self::Waiting | Self::Early | Self::NotYet => CallReason::LongestWait,
        }
    }
}

/// Whether people wait longer than they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rush {
    Calm,
    Late,
}

fn minutes(minutes: u16) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes))
}

impl Candidate {
    /// Since when she has a right to be called: who comes early for a booked time does not wait before it.
    #[must_use]
    pub fn waits_from(&self) -> Timestamp {
        self.booked.map_or(self.came, |booked| booked.max(self.came))
    }

    /// How long she has waited with a right to be called.
    fn waited(&self, now: Timestamp) -> SignedDuration {
        now.duration_since(self.waits_from())
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.not_before.is_none_or(|moment| moment <= now)
    }

    /// A promise binds for twice the aim: then anybody may call her, so that nobody waits for a counter that is empty today.
    fn is_open_to(&self, counter: &CounterSkills, now: Timestamp, aim: u16) -> bool {
        let here = self.counter.as_ref().is_none_or(|promised| *promised == counter.counter)
            && self.staff.is_none_or(|promised| Some(promised) == counter.staff);
        let from = self.since.max(self.waits_from());
        here || now.duration_since(from) > minutes(aim) * 2
    }

    fn is_settled_at(&self, counter: &CounterSkills) -> bool {
        counter.departments.is_empty()
            || self.department.as_ref().is_none_or(|department| counter.departments.contains(department))
    }

    fn place(&self, now: Timestamp, aim: u16, rush: Rush) -> (Place, Timestamp) {
        let from = self.waits_from();
        let place = match self.booked {
            _ if !self.is_due(now) => return (Place::NotYet, self.not_before.unwrap_or(from)),
            _ if self.called.is_some() => return (Place::Returned, self.came),
            _ if self.waited(now) > minutes(aim) * 2 => Place::TooLong,
            Some(booked) if booked <= now => Place::Booked,
            Some(booked) if rush == Rush::Calm && early(booked) <= now => Place::Booked,
            Some(_) => Place::Early,
            None => Place::Waiting,
        };
        (place, from)
    }
}

fn early(booked: Timestamp) -> Timestamp {
    booked - SignedDuration::from_mins(EARLY_MINUTES)
}

fn rush(waiting: &[Candidate], now: Timestamp, aim: u16) -> Rush {
    let late = |one: &Candidate| one.is_due(now) && one.waited(now) > minutes(aim);
    if waiting.iter().any(late) { Rush::Late } else { Rush::Calm }
}

/// Everybody who waits, in the order in which they are called, whatever a single counter can serve. `aim` is in minutes.
#[must_use]
pub fn order(waiting: &[Candidate], now: Timestamp, aim: u16) -> Vec<(TicketId, Place)> {
    let rush = rush(waiting, now, aim);
    let mut all: Vec<_> = waiting
        .iter()
        .map(|one| {
            let (place, from) = one.place(now, aim, rush);
            (place, from, one.id)
        })
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(place, _, id)| (id, place)).collect()
}

/// Whom a counter calls next; none where nobody waits whom it may call now. `aim` is in minutes.
#[must_use]
pub fn next(
    waiting: &[Candidate],
    counter: &CounterSkills,
    now: Timestamp,
    aim: u16,
) -> Option<(TicketId, CallReason)> {
    let rush = rush(waiting, now, aim);
    let theirs = waiting.iter().filter(|one| one.is_open_to(counter, now, aim) && one.is_settled_at(counter));
    let (place, _, _, id) = theirs
        .map(|one| {
            let (place, from) = one.place(now, aim, rush);
            // Of those who came back, whom this very counter or clerk is to go on with stands first.
            let own = one.counter.is_some() || one.staff.is_some();
            (place, place == Place::Returned && !own, from, one.id)
        })
        .filter(|(place, ..)| *place != Place::NotYet)
        .min()?;
    Some((id, place.reason()))
}

#[cfg(test)]
mod tests;
