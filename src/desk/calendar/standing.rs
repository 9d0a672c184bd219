//! Appointments as they stand with what was done here and is not confirmed: a moved one stands at its new time, a refused move leaves it
//! where it was. What does not live here: the outbox itself.

use std::borrow::Cow;

use jiff::ToSpan;
use skranke_api::appointments::{Appointment, Calendar};
use skranke_client::outbox::{Entry, EntryState, Label};
use skranke_domain::AppointmentId;

use crate::pending::Pending;

/// An appointment as it stands.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The appointment, at the time and in the state that she gave it.
    pub appointment: Cow<'a, Appointment>,
    /// Her change of it that is not confirmed.
    pub unsent: Option<Unsent<'a>>,
}

/// A change that is not confirmed.
#[derive(Clone, Copy, Debug)]
pub enum Unsent<'a> {
    /// It is on its way.
    Waiting,
    /// It was refused.
    Refused(&'a Entry),
}

/// Her changes of an appointment that are not confirmed, oldest first.
pub fn changes(pending: &Pending, id: AppointmentId) -> impl Iterator<Item = &Entry> {
    pending
        .entries
        .iter()
        .filter(move |entry| matches!(&entry.draft.label, Label::Appointment { appointment, .. } if *appointment == id))
}

/// An appointment with her own unconfirmed changes.
#[must_use]
pub fn standing<'a>(appointment: &'a Appointment, pending: &'a Pending) -> Standing<'a> {
    let mut stands = Standing { appointment: Cow::Borrowed(appointment), unsent: None };
    for entry in changes(pending, appointment.id) {
        let Label::Appointment { status, moved_to, .. } = &entry.draft.label else { continue };
        if matches!(entry.state, EntryState::Refused { .. } | EntryState::Held) {
            stands.unsent = Some(Unsent::Refused(entry));
            continue;
        }
        stands.unsent = Some(Unsent::Waiting);
        let changed = stands.appointment.to_mut();
        if let Some(status) = status {
            changed.status = *status;
        }
        if let Some((start, counter)) = moved_to {
            let length = changed.end.as_second() - changed.start.as_second();
            changed.start = *start;
            changed.end = start.checked_add(length.seconds()).unwrap_or(*start);
            changed.counter = counter.clone();
        }
    }
    stands
}

/// All appointments of a calendar as they stand.
#[must_use]
pub fn all<'a>(calendar: &'a Calendar, pending: &'a Pending) -> Vec<Standing<'a>> {
    calendar.items.iter().map(|appointment| standing(appointment, pending)).collect()
}
