//! The calendar: which days of whose calendar, and what the keys act on there. What does not live here: moving (`moving`), cancelling
//! (`ending`), closing time (`closing`), free times and the booking being written (`booking`), the rules of double booking (the server's).

mod asked;
pub mod booking;
pub mod closing;
pub mod days;
pub mod ending;
pub mod feed;
pub mod finder;
pub mod holding;
pub mod menus;
pub mod moving;
mod on_desk;
pub mod standing;
pub mod waiting;
pub mod writing;

use std::time::Duration;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, Calendar, NewTime, Slot};
use skranke_api::opening::LoadView;
use skranke_client::ClientError;
use skranke_domain::{AppointmentId, CounterId, SiteId};

use crate::acting::Acting;
use crate::ask::{Reply, VisitReply};
use crate::effect::{Effect, Room, Ticket};
use crate::load::Load;

use asked::Asked;
pub use booking::{Booking, BookingFor, BookingInput, DEFAULT_MINUTES};
use closing::{ClosingInput, ClosingSheet};
pub use days::{Column, View, Whose};
use ending::{CancelInput, CancelSheet};
pub use feed::FeedPanel;
pub use finder::Finder;
use menus::Menu;
use moving::{MoveInput, Moving, Undo};
pub use waiting::{WaitingInput, WaitingPanel};

/// How long a move can be taken back by one key: as long as nobody is told of it.
pub const UNDO_FOR: Duration = Duration::from_secs(60);

/// Slots of what is asked here; the booking asks in a room of its own.
pub(crate) mod slot {
    pub(crate) const OWN: u8 = 0;
    pub(crate) const DAY: u8 = 1;
    pub(crate) const WEEK: u8 = 2;
    pub(crate) const MONTH: u8 = 3;
    pub(crate) const DETAIL: u8 = 4;
    pub(crate) const MOVE: u8 = 5;
    pub(crate) const INTERPRETER: u8 = 6;
    pub(crate) const CANCEL: u8 = 7;
    pub(crate) const CONFLICTS: u8 = 8;
    pub(crate) const CLOSING: u8 = 9;
    pub(crate) const COUNT: usize = 10;
}

/// Where somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The site.
    pub site: SiteId,
    /// The counter.
    pub counter: CounterId,
}

/// What is laid over the calendar.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Choices of whose calendar, or of which site.
    Menu {
        /// Which choices.
        menu: Menu,
        /// The one that the keys act on.
        at: usize,
    },
    /// An appointment is about to be cancelled.
    Cancel(Box<CancelSheet>),
    /// Time is about to be closed.
    Closing(Box<ClosingSheet>),
}

/// The calendar.
#[derive(Clone, Debug)]
pub struct CalendarPage {
    /// Where she works.
    pub home: Home,
    /// The site whose day is shown.
    pub site: SiteId,
    /// The counter that free times are looked for at.
    pub counter: CounterId,
    /// A day of the site, or a week of somebody.
    pub view: View,
    /// Whose week.
    pub whose: Whose,
    /// The Monday.
    pub monday: Date,
    /// The day that the keys act on.
    pub day: Date,
    /// Today at her own counter: the start page shows who comes next.
    pub own: Load<Calendar>,
    /// The day of the site.
    pub site_day: Load<Calendar>,
    /// The week of whose calendar is shown.
    pub week: Load<Calendar>,
    /// How full the days of the month are, and when who comes.
    pub month: Load<LoadView>,
    /// The first of the month that is shown small.
    pub first: Date,
    /// The column of the day that the keys act on, by its first counter.
    pub lane: CounterId,
    /// The earliest free times.
    pub free: Load<Vec<Slot>>,
    /// What free times are looked for.
    pub finder: Finder,
    /// The booking being written.
    pub booking: Option<Booking>,
    /// Who waits for an earlier time, while that is open.
    pub waiting: Option<WaitingPanel>,
    /// The calendar feed, while that is open.
    pub feed: Option<FeedPanel>,
    /// The appointment that the keys act on.
    pub selected: Option<AppointmentId>,
    /// The chosen appointment in full: whom it told.
    pub detail: Load<Appointment>,
    /// The appointment that is being moved.
    pub moving: Option<Moving>,
    /// The move that can be taken back.
    pub undo: Option<Undo>,
    /// What is laid over the calendar.
    pub layer: Option<Layer>,
    /// A time that became free here: who waits for an earlier one may fit.
    pub freed: Option<NewTime>,
    asked: Asked,
    booked: Option<AppointmentId>,
    /// When something last happened here: what the keys judge the time by.
    pub moment: Timestamp,
    visible: bool,
    kept_cancel: Option<Box<CancelSheet>>,
    kept_closing: Option<Box<ClosingSheet>>,
    tz: TimeZone,
    serial: u64,
    lasts: [u64; slot::COUNT],
    undos: u64,
}

/// What happens on the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarInput {
    /// Ask again.
    AskAgain,
    /// Another counter, whose week is shown too.
    Counter(CounterId),
    /// Another site, at one of its counters.
    Site(SiteId, CounterId),
    /// Somebody's week.
    Whose(Whose),
    /// The day of the site, or the week (`V`).
    View(View),
    /// A day forward or back (`→`, `←`).
    Day(i8),
    /// A week forward or back.
    Week(i8),
    /// A day that was clicked.
    GoTo(Date),
    /// The month shown small: so many forward or back.
    Month(i8),
    /// Today (`T`).
    Today,
    /// Another column of the day.
    Lane(CounterId),
    /// With the free times and the booking being written.
    Booking(BookingInput),
    /// With who waits for an earlier time, and with the feed.
    Waiting(WaitingInput),
    /// An appointment was chosen.
    Select(AppointmentId),
    /// None is chosen any more (`Esc`).
    Unselect,
    /// Choices are laid open (`W`, `S`), or put away.
    Menu(Option<Menu>),
    /// Another of the choices.
    MenuAt(usize),
    /// With the appointment that is being moved.
    Move(MoveInput),
    /// Take the last move back (`Ctrl Z`).
    Undo,
    /// The citizen is here (`A`).
    Arrived,
    /// The citizen did not come (`N`).
    Missed,
    /// With the appointment that is about to be cancelled.
    Cancel(CancelInput),
    /// With the time that is about to be closed.
    Closing(ClosingInput),
    /// Nothing is to be proposed for the time that became free.
    FreedSeen,
}

/// The Monday of a day's week.
#[must_use]
pub fn monday_of(day: Date) -> Date {
    let back = i64::from(day.weekday().since(Weekday::Monday));
    day.checked_sub(back.days()).unwrap_or(day)
}

impl CalendarPage {
    pub(crate) fn open(home: Home, tz: TimeZone, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        // At the weekend the week to come is the one that matters.
        let today = skip_weekend(now.to_zoned(tz.clone()).date(), 1);
        let mut page = Self {
            site: home.site.clone(),
            counter: home.counter.clone(),
            lane: home.counter.clone(),
            whose: Whose::Counter(home.counter.clone()),
            home,
            view: View::Day,
            monday: monday_of(today),
            day: today,
            first: today.first_of_month(),
            own: Load::Idle,
            site_day: Load::Idle,
            week: Load::Idle,
            month: Load::Idle,
            free: Load::Idle,
            booking: None,
            waiting: None,
            feed: None,
            selected: None,
            detail: Load::Idle,
            moving: None,
            undo: None,
            layer: None,
            freed: None,
            finder: Finder::default(),
            asked: Asked::new(generation),
            booked: None,
            moment: now,
            visible: false,
            kept_cancel: None,
            kept_closing: None,
            tz,
            serial: generation,
            lasts: [0; slot::COUNT],
            undos: 0,
        };
        let effects = page.ask(now);
        (page, effects)
    }

    /// The office's time zone.
    #[must_use]
    pub const fn tz(&self) -> &TimeZone {
        &self.tz
    }

    /// The ticket of one of this page's own questions: a later one in the same slot makes it void.
    pub(super) fn fresh(&mut self, slot: u8) -> Ticket {
        self.serial += 1;
        if let Some(last) = self.lasts.get_mut(usize::from(slot)) {
            *last = self.serial;
        }
        Ticket { room: Room::Calendar, generation: self.serial, slot }
    }

    fn is_last(&self, ticket: Ticket) -> bool {
        self.lasts.get(usize::from(ticket.slot)) == Some(&ticket.generation)
    }

    pub(crate) fn update(&mut self, input: CalendarInput, acting: Acting<'_>) -> Vec<Effect> {
        let now = acting.now;
        self.moment = now;
        match input {
            CalendarInput::AskAgain => {
                let mut effects = self.ask(now);
                effects.extend(self.booking_again(acting));
                effects
            }
            CalendarInput::Counter(counter) => self.at_counter(counter, acting),
            CalendarInput::Site(site, counter) => self.at_site(site, counter, acting),
            CalendarInput::Whose(whose) => self.of(whose, acting),
            CalendarInput::View(view) => {
                self.layer = None;
                self.see(view, now)
            }
            CalendarInput::Day(by) => {
                let day = self.day.checked_add(i64::from(by).days()).unwrap_or(self.day);
                self.go_to(skip_weekend(day, by), now)
            }
            CalendarInput::Week(by) => {
                let day = self.day.checked_add((i64::from(by) * 7).days()).unwrap_or(self.day);
                self.go_to(day, now)
            }
            CalendarInput::GoTo(day) => self.go_to(day, now),
            CalendarInput::Month(by) => self.turn_month(by, now),
            CalendarInput::Today => self.go_to(skip_weekend(now.to_zoned(self.tz.clone()).date(), 1), now),
            CalendarInput::Lane(counter) => {
                self.lane = counter;
                self.selected = None;
                Vec::new()
            }
            CalendarInput::Booking(input) => self.booking_step(input, acting),
            CalendarInput::Waiting(input) => self.waiting_step(input, acting),
            CalendarInput::Select(id) => self.select(id, now),
            CalendarInput::Unselect => {
                self.selected = None;
                Vec::new()
            }
            CalendarInput::Menu(menu) => {
                self.layer = menu.map(|menu| {
                    let at = self.choices(menu, acting.session).iter().position(|choice| choice.chosen);
                    Layer::Menu { menu, at: at.unwrap_or(0) }
                });
                Vec::new()
            }
            CalendarInput::MenuAt(to) => {
                if let Some(Layer::Menu { at, .. }) = &mut self.layer {
                    *at = to;
                }
                Vec::new()
            }
            CalendarInput::Move(input) => self.move_step(input, acting),
            CalendarInput::Undo => self.take_back(acting),
            CalendarInput::Arrived => self.arrived(acting),
            CalendarInput::Missed => self.missed(acting),
            CalendarInput::Cancel(input) => self.cancel_step(input, acting),
            CalendarInput::Closing(input) => self.closing_step(input, now),
            CalendarInput::FreedSeen => {
                self.freed = None;
                Vec::new()
            }
        }
    }

    /// The answer to a question was kept on this machine.
    pub(crate) fn aged(&mut self, ticket: Ticket, as_of: Timestamp, why: &ClientError) {
        if !self.is_last(ticket) {
            return;
        }
        match ticket.slot {
            slot::OWN => self.own.aged(as_of, why),
            slot::DAY => self.site_day.aged(as_of, why),
            slot::WEEK => self.week.aged(as_of, why),
            _ => {}
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) -> Vec<Effect> {
        self.moment = now;
        if !self.is_last(ticket) {
            return Vec::new();
        }
        match (ticket.slot, reply) {
            (slot::OWN, Reply::Calendar(answer)) => self.own.answer(answer, now),
            (slot::DAY, Reply::Calendar(answer)) => self.site_day.answer(answer, now),
            (slot::WEEK, Reply::Calendar(answer)) => self.week.answer(answer, now),
            (slot::MONTH, Reply::Visit(VisitReply::Load(answer))) => self.month.answer(answer, now),
            (slot::DETAIL, Reply::Visit(VisitReply::Appointment(answer))) => {
                self.detail.answer(answer.map(|tagged| tagged.value), now);
            }
            (slot::MOVE, Reply::Visit(VisitReply::Plan(answer))) => self.move_planned(*answer, now),
            (slot::INTERPRETER, Reply::Calendar(answer)) => self.interpreter_known(answer, now),
            (slot::CANCEL, Reply::Visit(VisitReply::Plan(answer))) => self.cancel_planned(*answer, now),
            (slot::CONFLICTS, Reply::Visit(VisitReply::Conflicts(answer))) => self.conflicts_known(answer, now),
            (slot::CLOSING, Reply::Visit(VisitReply::Closed(answer))) => return self.closed(*answer, now),
            _ => {}
        }
        Vec::new()
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
