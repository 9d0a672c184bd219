//! Free times and the booking being written. What does not live here: the days that are shown (`super`), the rules of double booking (the
//! server's), the outbox.

use jiff::Timestamp;
use skranke_api::appointments::{BookRequest, Slot};
use skranke_domain::{AppointmentId, CaseId, CitizenId, Localized};

use super::{CalendarPage, Outcome};
use crate::ask::Question;
use crate::effect::Effect;
use crate::load::Load;

const FREE: u8 = 1;

/// Minutes when the procedure does not say.
pub const DEFAULT_MINUTES: u16 = 30;

/// What a booking is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingFor {
    /// The citizen.
    pub citizen: CitizenId,
    /// Her name as the page shows it.
    pub citizen_name: String,
    /// The cases.
    pub cases: Vec<CaseId>,
    /// The first case's name.
    pub title: Option<Localized>,
    /// Papers still open that are due before the visit.
    pub open_papers: Vec<Localized>,
    /// Minutes.
    pub minutes: u16,
    /// How many people come.
    pub people: u16,
}

/// A booking being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// What for.
    pub what: BookingFor,
    /// The time that was taken from the free ones.
    pub slot: Option<Slot>,
}

/// What happens with the free times and the booking being written.
#[derive(Clone, Debug)]
pub enum BookingInput {
    /// Find free times (`F`).
    Find,
    /// Longer or shorter, in five-minute steps.
    Minutes(u16),
    /// More or fewer people.
    People(u16),
    /// Take a free time (`1`–`3`), counted from 0.
    Take(usize),
    /// Book the time that was taken (`Ctrl ↵`).
    Book,
    /// Throw the booking away.
    Discard,
}

impl CalendarPage {
    pub(super) fn find(&mut self, now: Timestamp) -> Vec<Effect> {
        self.free.ask(now);
        let minutes = self.booking.as_ref().map_or(DEFAULT_MINUTES, |b| b.what.minutes);
        vec![Effect::Ask(self.ticket(FREE), Question::Slots { counter: self.counter.clone(), from: now, minutes })]
    }

    /// Begins a booking and finds the first free times.
    pub(crate) fn begin(&mut self, what: BookingFor, now: Timestamp) -> Vec<Effect> {
        self.booking = Some(Booking { what, slot: None });
        self.find(now)
    }

    pub(super) fn booking_step(&mut self, input: BookingInput, now: Timestamp) -> Outcome {
        match input {
            BookingInput::Find => self.find(now).into(),
            BookingInput::Minutes(minutes) => self.change(now, |b| {
                b.what.minutes = (minutes / 5 * 5).clamp(5, skranke_api::appointments::MAX_MINUTES);
                b.slot = None;
            }),
            BookingInput::People(people) => self.change(now, |b| b.what.people = people.clamp(1, 20)),
            BookingInput::Take(at) => {
                let slot = self.free.value().and_then(|free| free.get(at)).cloned();
                if let (Some(booking), Some(slot)) = (&mut self.booking, slot) {
                    let day = slot.start.to_zoned(self.tz.clone()).date();
                    booking.slot = Some(slot);
                    return self.go_to(day, now).into();
                }
                Outcome::default()
            }
            BookingInput::Book => match &self.booking {
                Some(Booking { what, slot: Some(slot) }) => Outcome {
                    effects: Vec::new(),
                    book: Some((
                        BookRequest {
                            id: AppointmentId::new(),
                            citizen: what.citizen,
                            cases: what.cases.clone(),
                            counter: slot.counter.clone(),
                            start: slot.start,
                            minutes: what.minutes,
                            people: what.people,
                            with: None,
                            interpreter: None,
                            language: None,
                            replaces: None,
                            cause: None,
                        },
                        what.clone(),
                    )),
                },
                _ => Outcome::default(),
            },
            BookingInput::Discard => {
                self.booking = None;
                self.free = Load::Idle;
                Outcome::default()
            }
        }
    }

    fn change(&mut self, now: Timestamp, edit: impl FnOnce(&mut Booking)) -> Outcome {
        match &mut self.booking {
            Some(booking) => {
                edit(booking);
                self.find(now).into()
            }
            None => Outcome::default(),
        }
    }

    /// The booking is in the outbox: the form empties.
    pub(crate) fn booked(&mut self) {
        self.booking = None;
        self.free = Load::Idle;
    }
}
