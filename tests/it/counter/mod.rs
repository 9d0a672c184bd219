//! The calendar and the counter from a booking to the wrap-up, through the window's real program against the real server. What does not live
//! here: papers and decisions by themselves (`casework`), the citizen's page (`course`).

mod booking;
mod missed;
mod morning;
mod moving;
mod queue_keys;
mod wrap_up;

use iced::Program;
use jiff::SignedDuration;
use skranke::api::appointments::Appointment;
use skranke::api::tickets::{QueueView, Ticket, TicketRequest};
use skranke::desk::Place;
use skranke::desk::calendar::CalendarPage;
use skranke::domain::appointment::AppointmentStatus;
use skranke::domain::authority::Role;
use skranke::domain::queue::TicketOrigin;
use skranke::domain::{AppointmentId, CommandId, CounterId, SiteId, TicketId};
use skranke::ui::App;

use crate::support::town::{Town, now, purpose};
use crate::support::window::Clerk;

fn site() -> SiteId {
    SiteId::parse("norrebro").unwrap()
}

fn counter(slug: &str) -> CounterId {
    CounterId::parse(slug).unwrap()
}

/// A ticket for nothing in particular yet.
fn give(origin: TicketOrigin) -> TicketRequest {
    TicketRequest {
        id: TicketId::new(),
        site: site(),
        origin,
        procedure: None,
        situation: None,
        text: String::new(),
        people: 1,
        language: None,
        citizen: None,
        cases: Vec::new(),
        triage: None,
        private_room: false,
    }
}

/// The host gives out a ticket.
fn given(town: &Town, request: &TicketRequest) -> Ticket {
    town.run(town.api(Role::Host).give_ticket(CommandId::new(), request)).unwrap().value
}

/// The queue as the server has it.
fn queue(town: &Town) -> QueueView {
    town.run(town.api(Role::Clerk).queue(&site())).unwrap()
}

/// A ticket as the server has it.
fn ticket(town: &Town, id: TicketId) -> Ticket {
    town.run(town.api(Role::Clerk).ticket(id)).unwrap().value
}

/// An appointment as the server has it, with whom it told.
fn appointment(town: &Town, id: AppointmentId) -> Appointment {
    town.run(town.api(Role::Clerk).appointment(id, &purpose())).unwrap().value
}

/// Goes to the queue and waits until it is there.
#[track_caller]
fn at_the_queue<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>) {
    clerk.press(&["Ctrl+1"]).until("the queue", |desk| {
        desk.place() == Place::Queue && desk.counter.as_ref().is_some_and(|page| page.queue.value().is_some())
    });
}

/// Goes to the calendar and waits until the day is there.
#[track_caller]
fn at_the_calendar<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>) {
    clerk.press(&["Ctrl+4"]).until("the day", |desk| {
        desk.place() == Place::Calendar && desk.calendar.as_ref().is_some_and(|page| page.site_day.value().is_some())
    });
}

/// The calendar that is open.
fn calendar<P: Program<State = App> + 'static>(clerk: &Clerk<P>) -> &CalendarPage {
    clerk.desk().calendar.as_ref().expect("the calendar")
}

/// The first at her own counter who comes later today and whom no interpreter helps.
fn somebody<P: Program<State = App> + 'static>(clerk: &Clerk<P>) -> Appointment {
    let day = calendar(clerk).site_day.value().unwrap();
    let later = now() + SignedDuration::from_mins(45);
    let fits = |one: &&Appointment| {
        one.counter == counter("counter-4")
            && one.status == AppointmentStatus::Booked
            && one.start > later
            && one.interpreter.is_none()
            && !one.conflict
    };
    day.items.iter().find(fits).expect("somebody later today").clone()
}

/// Chooses an appointment of the day by the arrow keys.
#[track_caller]
fn chooses_time<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>, wanted: AppointmentId) {
    for key in ["Down", "Up"] {
        for _ in 0..40 {
            if calendar(clerk).selected == Some(wanted) {
                return;
            }
            clerk.press(&[key]);
        }
    }
    panic!("the keys do not reach the appointment");
}
