//! The calendar: a week at a counter, the free times, the booking being written. What lives here: what keys and clicks mean, and the three
//! columns. What does not: which week, which booking, which appointment (the desk's), the rules of double booking (the server's).

mod event;
mod find;
mod header;
mod lanes;
mod side;
#[cfg(test)]
mod tests;
mod week;

use iced::widget::{column, container, row};
use iced::{Length, Padding};
use jiff::civil::Date;
use skranke_api::Purpose;
use skranke_api::appointments::Appointment;
use skranke_api::purpose::PurposeKind;
use skranke_desk::calendar::{BookingInput, CalendarInput, CalendarPage};
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Input};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, CaseId, CitizenId, CounterId};

use super::{Action, Key, Scene};
use crate::focus::{FocusId, reveal_task};
use crate::i18n::Texts;
use crate::theme::Look;
use crate::theme::scale::{space, width};
use crate::widget::{Element, hline, panel::surface, scroll, vline};

/// The week: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("calendar/week");

/// The calendar's own state: nothing, all of it lies on the desk.
#[derive(Clone, Copy, Debug, Default)]
pub struct CalendarScreen;

/// What happens on the calendar's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Ask again.
    AskAgain,
    /// Find the earliest free times.
    Find,
    /// The meeting takes so many minutes.
    Minutes(u16),
    /// So many people come.
    People(u16),
    /// Another counter.
    Counter(CounterId),
    /// Take a free time, counted from 0.
    Take(usize),
    /// Book the time that was taken.
    Book,
    /// Throw the booking away.
    Discard,
    /// So many days forward or back.
    Day(i8),
    /// So many weeks forward or back.
    Week(i8),
    /// Today.
    Today,
    /// The next or previous appointment of the day.
    Step(Step),
    /// An appointment was chosen.
    Select(AppointmentId),
    /// Open a citizen who has an appointment.
    Open(CitizenId),
    /// Open a case that an appointment is for.
    OpenCase(CaseId),
    /// Show what is not sent.
    Outbox,
}

/// The control of an appointment.
fn appointment_id(id: AppointmentId) -> FocusId {
    FocusId::new("calendar/appointment").child(id)
}

/// Whether an appointment still takes its time.
const fn stands(appointment: &Appointment) -> bool {
    !matches!(appointment.status, AppointmentStatus::Cancelled)
}

/// The appointments that the arrows walk through: those of the day, in order of time.
fn of_the_day(page: &CalendarPage) -> Vec<&Appointment> {
    page.on(page.day).filter(|a| stands(a)).collect()
}

/// The chosen appointment; it is one of the day that the keys act on.
fn selected(page: &CalendarPage) -> Option<&Appointment> {
    let id = page.selected?;
    of_the_day(page).into_iter().find(|a| a.id == id)
}

/// How far it is from the day that the keys act on.
fn days_to(page: &CalendarPage, day: Date) -> i8 {
    // Days of one week: it fits.
    i8::try_from(page.day.until(day).map_or(0, |span| span.get_days())).unwrap_or(0)
}

/// Why no free time can be taken, if so.
fn cannot_take(page: &CalendarPage, texts: &Texts) -> Option<String> {
    page.booking.is_none().then(|| texts.t("calendar-no-booking"))
}

/// Why the booking cannot be made yet, if so.
fn cannot_book(page: &CalendarPage, texts: &Texts) -> Option<String> {
    match &page.booking {
        None => Some(texts.t("calendar-no-booking")),
        Some(booking) if booking.slot.is_none() => Some(texts.t("calendar-no-time-taken")),
        Some(_) => None,
    }
}

impl CalendarScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let input = match message {
            Message::AskAgain => CalendarInput::AskAgain,
            Message::Find => CalendarInput::Booking(BookingInput::Find),
            Message::Minutes(minutes) => CalendarInput::Booking(BookingInput::Minutes(minutes)),
            Message::People(people) => CalendarInput::Booking(BookingInput::People(people)),
            Message::Counter(counter) => CalendarInput::Counter(counter),
            Message::Take(at) => CalendarInput::Booking(BookingInput::Take(at)),
            Message::Book => CalendarInput::Booking(BookingInput::Book),
            Message::Discard => CalendarInput::Booking(BookingInput::Discard),
            Message::Day(by) => CalendarInput::Day(by),
            Message::Week(by) => CalendarInput::Week(by),
            Message::Today => CalendarInput::Today,
            Message::Select(id) => return Self::select(id, desk),
            Message::Step(step) => return Self::step(step, desk),
            Message::Open(citizen) => {
                return Action::Desk(Input::OpenCitizen(citizen, Purpose::plain(PurposeKind::Appointment)));
            }
            Message::OpenCase(case) => {
                return Action::Desk(Input::OpenCase(case, Purpose::plain(PurposeKind::Appointment)));
            }
            Message::Outbox => return Action::Desk(Input::Go(skranke_desk::Place::Outbox)),
        };
        Action::Desk(Input::Calendar(input))
    }

    /// A chosen appointment takes its day along.
    fn select(id: AppointmentId, desk: &Desk) -> Action<Message> {
        let chosen = Input::Calendar(CalendarInput::Select(id));
        let day = desk.calendar.as_ref().and_then(|page| {
            let appointment = page.week.value()?.items.iter().find(|a| a.id == id)?;
            Some(days_to(page, appointment.start.to_zoned(page.tz().clone()).date()))
        });
        match day {
            Some(by) if by != 0 => Action::DeskAll(vec![Input::Calendar(CalendarInput::Day(by)), chosen]),
            _ => Action::Desk(chosen),
        }
    }

    fn step(step: Step, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.calendar else { return Action::None };
        let day = of_the_day(page);
        let at = selected(page).and_then(|chosen| day.iter().position(|a| a.id == chosen.id));
        match step.from(at, day.len()).and_then(|to| day.get(to)) {
            Some(appointment) => {
                let chosen = Input::Calendar(CalendarInput::Select(appointment.id));
                Action::Both(chosen, reveal_task(&appointment_id(appointment.id)))
            }
            None => Action::None,
        }
    }

    /// The calendar between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        let t = look.tokens;
        let Some(page) = &scene.desk.calendar else { return header::nothing_known(scene) };
        let middle = container(week::middle(scene, page)).width(Length::Fill).height(Length::Fill);
        let find = find::find(scene, page);
        let side = side::side(scene, page);
        let deeds = side::deeds(look, page);
        let pane = |content, width| surface(t.surface, content).width(width).height(Length::Fill);
        let mut columns = row![];
        if look.is_wide() {
            let side = column![scrolled(look, "calendar/side/scroll", side)].extend(deeds);
            columns = columns
                .push(pane(scrolled(look, "calendar/find/scroll", find), width::CALENDAR_LEFT))
                .push(vline(look, Length::Fill))
                .push(middle)
                .push(vline(look, Length::Fill))
                .push(pane(side.into(), width::CALENDAR_RIGHT));
        } else {
            // What stands at the right elsewhere goes beneath what is looked for, and booking stays in sight.
            let both = column![find, hline(look), side];
            let left = column![scrolled(look, "calendar/find/scroll", both.into())].extend(deeds);
            columns =
                columns.push(pane(left.into(), width::CALENDAR_LEFT)).push(vline(look, Length::Fill)).push(middle);
        }
        columns.width(Length::Fill).height(Length::Fill).into()
    }

    /// The calendar's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let Some(page) = &desk.calendar else { return Vec::new() };
        let no_taking = cannot_take(page, texts);
        let mut keys = vec![
            Key::bar("F", "calendar-key-find", Message::Find),
            Key::bar("←", "calendar-key-day-before", Message::Day(-1)),
            Key::bar("→", "calendar-key-day-after", Message::Day(1)),
            Key::bar("T", "calendar-key-today", Message::Today),
            Key::in_place("PgUp", "calendar-key-week-before", Message::Week(-1)),
            Key::in_place("PgDn", "calendar-key-week-after", Message::Week(1)),
        ];
        let nobody = of_the_day(page).is_empty().then(|| texts.t("calendar-nobody-that-day"));
        keys.push(Key::bar("↑", "calendar-key-earlier", Message::Step(Step::Previous)).disabled(nobody.clone()));
        keys.push(Key::bar("↓", "calendar-key-later", Message::Step(Step::Next)).disabled(nobody));
        if page.booking.is_some() {
            keys.push(Key::in_place("Ctrl ↵", "calendar-key-book", Message::Book).disabled(cannot_book(page, texts)));
            keys.push(Key::in_place("Esc", "calendar-key-discard", Message::Discard));
        } else if let Some(appointment) = selected(page) {
            keys.push(Key::in_place("↵", "calendar-key-open", Message::Open(appointment.citizen)));
            if let Some(case) = appointment.cases.first() {
                keys.push(Key::in_place("C", "calendar-key-open-case", Message::OpenCase(*case)));
            }
        }
        for (at, chord) in ["1", "2", "3"].into_iter().enumerate() {
            if page.free.value().is_some_and(|free| free.len() > at) {
                keys.push(Key::in_place(chord, "calendar-key-take", Message::Take(at)).disabled(no_taking.clone()));
            }
        }
        keys.push(Key::end("F5", "calendar-key-ask-again", Message::AskAgain));
        keys
    }
}

/// A column that scrolls by itself where the window is too low for it.
fn scrolled<'a>(look: &Look<'_>, id: &'static str, content: Element<'a, Message>) -> Element<'a, Message> {
    scroll(look, id, container(content).width(Length::Fill)).into()
}

/// The room round the content of a side column.
const fn margins() -> Padding {
    Padding { top: space::S12, right: space::S16, bottom: space::S16, left: space::S16 }
}
