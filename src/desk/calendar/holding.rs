//! A free time is kept while the clerk writes: asked for, renewed, given back, gone. What does not live here: which time (`booking`), the
//! rules of double booking (the server's).

use std::time::Duration;

use jiff::Timestamp;
use skranke_api::appointments::{Appointment, HoldRequest};
use skranke_api::{ETag, ProblemKind};
use skranke_client::ClientError;
use skranke_client::http::Tagged;
use skranke_domain::{AppointmentId, CommandId};

use super::CalendarPage;
use super::booking::{BookingTrouble, HOLD, RELEASE};
use crate::acting::Acting;
use crate::ask::{Question, VisitQuestion};
use crate::effect::{Effect, Ticket, Wake};

/// A kept time is kept anew when somebody still works on it and so little is left, in seconds.
const RENEW_SECONDS: i64 = 180;

/// How far the time that was taken is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Hold {
    /// No time is taken.
    #[default]
    No,
    /// Asked for.
    Asked,
    /// Kept.
    Kept {
        /// Until then.
        until: Timestamp,
        /// The version of what is kept.
        seen: ETag,
    },
    /// It was kept, and is no longer: booking tries again.
    Gone,
    /// It could not be kept, and nobody else is known to have it.
    Not(ClientError),
}

impl CalendarPage {
    /// Asks that the taken time is kept.
    pub(super) fn hold(&mut self) -> Vec<Effect> {
        let Some(booking) = &mut self.booking else { return Vec::new() };
        let Some(slot) = &booking.slot else { return Vec::new() };
        if !matches!(booking.hold, Hold::Kept { .. }) {
            booking.hold = Hold::Asked;
        }
        let request = HoldRequest {
            id: booking.id,
            citizen: booking.what.citizen,
            counter: slot.counter.clone(),
            start: slot.start,
            minutes: booking.minutes().unwrap_or_else(|| self.finder.minutes()),
            interpreter: slot.interpreter.as_ref().map(|interpreter| interpreter.id.clone()),
        };
        let question = VisitQuestion::Hold(CommandId::new(), request);
        vec![Effect::Ask(self.asked.next(HOLD), Question::Visit(question))]
    }

    /// Gives the taken time back; the next one is kept under another identifier, so that a late answer never mixes the two up.
    pub(super) fn give_back(&mut self) -> Vec<Effect> {
        let Some(booking) = &mut self.booking else { return Vec::new() };
        booking.slot = None;
        booking.when_held = false;
        let id = std::mem::replace(&mut booking.id, AppointmentId::new());
        match std::mem::take(&mut booking.hold) {
            Hold::Kept { seen, .. } => vec![self.released(id, seen)],
            Hold::No | Hold::Asked | Hold::Gone | Hold::Not(_) => Vec::new(),
        }
    }

    fn released(&mut self, id: AppointmentId, seen: ETag) -> Effect {
        Effect::Ask(self.asked.next(RELEASE), Question::Visit(VisitQuestion::Release(CommandId::new(), id, seen)))
    }

    /// Somebody works on the booking: a time whose end is near is kept longer.
    pub(super) fn renew(&mut self, now: Timestamp) -> Vec<Effect> {
        let near = self.booking.as_ref().is_some_and(|booking| match &booking.hold {
            Hold::Kept { until, .. } => {
                let left = until.as_second() - now.as_second();
                left > 0 && left < RENEW_SECONDS
            }
            _ => false,
        });
        // One question is enough: while it is out, the end stays near.
        if near && !self.asked.is_out(HOLD) { self.hold() } else { Vec::new() }
    }

    pub(super) fn held(
        &mut self,
        ticket: Ticket,
        answer: Result<Tagged<Appointment>, ClientError>,
        acting: Acting<'_>,
    ) -> Vec<Effect> {
        let last = self.asked.back(ticket);
        let answer = match answer {
            Ok(kept) if self.booking.as_ref().is_none_or(|booking| booking.id != kept.value.id) => {
                // Nobody wants it any more. What was booked meanwhile is no longer a mere hold and stays.
                let id = kept.value.id;
                return if self.booked == Some(id) { Vec::new() } else { vec![self.released(id, kept.etag)] };
            }
            answer if last => answer,
            _ => return Vec::new(),
        };
        let now = acting.now;
        let Some(booking) = &mut self.booking else { return Vec::new() };
        let mut effects = Vec::new();
        match answer {
            Ok(kept) => {
                let until = kept.value.expires.unwrap_or(now);
                booking.hold = Hold::Kept { until, seen: kept.etag };
                effects.push(wake(booking.id, until, now));
            }
            Err(error) if is_taken(&error) => {
                let start = booking.slot.as_ref().map(|slot| slot.start);
                booking.slot = None;
                booking.hold = Hold::No;
                booking.when_held = false;
                booking.id = AppointmentId::new();
                booking.trouble = start.map(BookingTrouble::Taken);
                effects.extend(self.find(acting));
                effects.extend(self.ask_plan(acting));
                return effects;
            }
            // A time that is still kept stays so until its end, whatever became of the line.
            Err(_) if matches!(booking.hold, Hold::Kept { .. }) => {}
            Err(error) => booking.hold = Hold::Not(error),
        }
        if std::mem::take(&mut booking.when_held) {
            effects.extend(self.enqueue(acting));
        }
        effects
    }

    /// The moment came at which a kept time may be gone.
    pub(crate) fn hold_woken(&mut self, id: AppointmentId, now: Timestamp) -> Vec<Effect> {
        let Some(booking) = self.booking.as_mut().filter(|booking| booking.id == id) else { return Vec::new() };
        match booking.hold {
            Hold::Kept { until, .. } if until <= now => {
                booking.hold = Hold::Gone;
                Vec::new()
            }
            // It was renewed meanwhile, and the answer to that brought a timer of its own.
            _ => Vec::new(),
        }
    }
}

fn wake(id: AppointmentId, until: Timestamp, now: Timestamp) -> Effect {
    let left = u64::try_from(until.duration_since(now).as_millis()).unwrap_or(0);
    Effect::Wake(Duration::from_millis(left + 1), Wake::Hold { id })
}

/// Somebody else has that time now.
pub(super) fn is_taken(error: &ClientError) -> bool {
    error.kind() == Some(ProblemKind::SlotTaken)
}
