//! The calendar: which days of whose calendar, what is chosen and moved there. What does not live here: free times and the booking being
//! written (`booking`), the rules of double booking (the server's), the outbox.

pub mod booking;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, BookRequest, Calendar, Slot};
use skranke_domain::{AppointmentId, CounterId};

use crate::ask::{Question, Reply};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;

pub use booking::{Booking, BookingFor, BookingInput, DEFAULT_MINUTES};

const WEEK: u8 = 0;

/// The calendar of a week at a counter.
#[derive(Clone, Debug)]
pub struct CalendarPage {
    /// The counter.
    pub counter: CounterId,
    /// The Monday.
    pub monday: Date,
    /// The day that the keys act on.
    pub day: Date,
    /// The week.
    pub week: Load<Calendar>,
    /// The earliest free times.
    pub free: Load<Vec<Slot>>,
    /// The booking being written.
    pub booking: Option<Booking>,
    /// The appointment that the keys act on.
    pub selected: Option<AppointmentId>,
    tz: TimeZone,
    generation: u64,
}

/// What happens on the calendar.
#[derive(Clone, Debug)]
pub enum CalendarInput {
    /// Ask again.
    AskAgain,
    /// Another counter.
    Counter(CounterId),
    /// A day forward or back (`→`, `←`).
    Day(i8),
    /// A week forward or back.
    Week(i8),
    /// Today (`T`).
    Today,
    /// With the free times and the booking being written.
    Booking(BookingInput),
    /// An appointment was chosen.
    Select(AppointmentId),
}

/// The Monday of a day's week.
#[must_use]
pub fn monday_of(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(back.days()).unwrap_or(day)
}

impl CalendarPage {
    pub(crate) fn open(counter: CounterId, tz: TimeZone, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        // At the weekend the week to come is the one that matters.
        let today = skip_weekend(now.to_zoned(tz.clone()).date(), 1);
        let mut page = Self {
            counter,
            monday: monday_of(today),
            day: today,
            week: Load::Idle,
            free: Load::Idle,
            booking: None,
            selected: None,
            tz,
            generation,
        };
        let effects = page.ask(now);
        (page, effects)
    }

    /// The last day shown: the Friday.
    #[must_use]
    pub fn friday(&self) -> Date {
        self.monday.checked_add(4.days()).unwrap_or(self.monday)
    }

    /// The days shown.
    #[must_use]
    pub fn days(&self) -> Vec<Date> {
        (0..5).filter_map(|n| self.monday.checked_add(n.days()).ok()).collect()
    }

    /// The office's time zone.
    #[must_use]
    pub const fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// Asks for the week (again).
    pub(crate) fn ask(&mut self, now: Timestamp) -> Vec<Effect> {
        self.week.ask(now);
        vec![Effect::Ask(self.ticket(WEEK), Question::Calendar(self.counter.clone(), self.monday, self.friday()))]
    }

    fn ask_afresh(&mut self, now: Timestamp) -> Vec<Effect> {
        self.generation += 1;
        self.week = Load::Idle;
        let mut effects = vec![Effect::Abandon(Room::Calendar)];
        effects.extend(self.ask(now));
        if self.booking.is_some() {
            effects.extend(self.find(now));
        }
        effects
    }

    pub(super) const fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Calendar, generation: self.generation, slot }
    }

    pub(crate) fn update(&mut self, input: CalendarInput, now: Timestamp) -> Outcome {
        match input {
            CalendarInput::AskAgain => {
                let mut effects = self.ask(now);
                if self.booking.is_some() {
                    effects.extend(self.find(now));
                }
                effects.into()
            }
            CalendarInput::Counter(counter) => {
                self.counter = counter;
                if let Some(booking) = &mut self.booking {
                    booking.slot = None;
                }
                self.free = Load::Idle;
                self.ask_afresh(now).into()
            }
            CalendarInput::Day(by) => {
                let day = self.day.checked_add(i64::from(by).days()).unwrap_or(self.day);
                self.go_to(skip_weekend(day, by), now).into()
            }
            CalendarInput::Week(by) => {
                let day = self.day.checked_add((i64::from(by) * 7).days()).unwrap_or(self.day);
                self.go_to(day, now).into()
            }
            CalendarInput::Today => self.go_to(skip_weekend(now.to_zoned(self.tz.clone()).date(), 1), now).into(),
            CalendarInput::Booking(input) => self.booking_step(input, now),
            CalendarInput::Select(id) => {
                self.selected = Some(id);
                Outcome::default()
            }
        }
    }

    pub(super) fn go_to(&mut self, day: Date, now: Timestamp) -> Vec<Effect> {
        self.day = day;
        let monday = monday_of(day);
        if monday == self.monday {
            return Vec::new();
        }
        self.monday = monday;
        self.generation += 1;
        self.week = Load::Idle;
        let mut effects = vec![Effect::Abandon(Room::Calendar)];
        effects.extend(self.ask(now));
        if self.free.is_waiting() {
            effects.extend(self.find(now));
        }
        effects
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        if ticket.generation != self.generation {
            return;
        }
        match reply {
            Reply::Calendar(answer) => self.week.answer(answer, now),
            Reply::Slots(answer) => self.free.answer(answer, now),
            _ => {}
        }
    }

    /// The appointments of a day, in order of time.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Appointment> {
        self.week
            .value()
            .into_iter()
            .flat_map(|week| &week.items)
            .filter(move |a| a.start.to_zoned(self.tz.clone()).date() == day)
    }
}

/// What a step on the calendar leads to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// What is to be done.
    pub effects: Vec<Effect>,
    /// A booking to write to the outbox.
    pub book: Option<(BookRequest, BookingFor)>,
}

impl From<Vec<Effect>> for Outcome {
    fn from(effects: Vec<Effect>) -> Self {
        Self { effects, book: None }
    }
}

fn skip_weekend(day: Date, by: i8) -> Date {
    let off = match (day.weekday(), by >= 0) {
        (Weekday::Saturday, true) => 2,
        (Weekday::Sunday, true) => 1,
        (Weekday::Saturday, false) => -1,
        (Weekday::Sunday, false) => -2,
        _ => 0,
    };
    day.checked_add(i64::from(off).days()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_arrow_from_friday_leads_to_monday_and_back() {
        assert_eq!(skip_weekend(date(2026, 6, 13), 1), date(2026, 6, 15));
        assert_eq!(skip_weekend(date(2026, 6, 14), -1), date(2026, 6, 12));
        assert_eq!(monday_of(date(2026, 6, 14)), date(2026, 6, 8));
        assert_eq!(monday_of(date(2026, 6, 8)), date(2026, 6, 8));
    }
}
