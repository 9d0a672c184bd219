//! Appointments are moved by keyboard and by mouse, taken back before anybody was told, and stay where they are where a colleague was first.

use std::sync::Arc;

use iced::mouse::{Button, Event as Mouse};
use iced::{Event, Program, Vector};
use jiff::SignedDuration;
use skranke::api::appointments::{Appointment, AppointmentChange, NewTime};
use skranke::client::outbox::EntryState;
use skranke::desk::calendar::moving::{Stage, Verdict};
use skranke::domain::appointment::{AppointmentStatus, MessageKind, MessageState};
use skranke::domain::authority::Role;
use skranke::domain::{AppointmentId, CommandId};
use skranke::ui::focus::FocusId;
use skranke::ui::{App, Launch};

use super::{appointment, at_the_calendar, calendar, chooses_time, somebody};
use crate::support::line::{Fate, Line};
use crate::support::town::{Town, now};
use crate::support::window::{Clerk, english, launch, sit_down, zone};

fn verdict<P: Program<State = App> + 'static>(clerk: &Clerk<P>) -> Verdict {
    let page = calendar(clerk);
    page.verdict(page.moving.as_ref().expect("it is being moved"), now())
}

/// Takes the chosen appointment up and leads it on by keys until it can stand there; gives where.
#[track_caller]
fn to_a_free_time<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>) -> NewTime {
    clerk.press(&["m"]);
    for _ in 0..8 {
        for _ in 0..30 {
            if verdict(clerk) == Verdict::Free {
                return calendar(clerk).moving.as_ref().unwrap().to.clone();
            }
            clerk.press(&["Shift+Down"]);
        }
        clerk.press(&["Ctrl+Right"]).until("the next day", |desk| {
            desk.calendar.as_ref().is_some_and(|page| !page.site_day.is_waiting() && page.site_day.value().is_some())
        });
        for _ in 0..30 {
            if verdict(clerk) == Verdict::Free {
                return calendar(clerk).moving.as_ref().unwrap().to.clone();
            }
            clerk.press(&["Shift+Up"]);
        }
    }
    panic!("no free time is reached by keys");
}

/// Shows who is told, and moves it; gives how many messages that is.
#[track_caller]
fn moves_it<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>) -> usize {
    clerk.press(&["Enter"]);
    confirms(clerk)
}

#[track_caller]
fn confirms<P: Program<State = App> + 'static>(clerk: &mut Clerk<P>) -> usize {
    clerk.until("who is told", |desk| {
        let moving = desk.calendar.as_ref().and_then(|page| page.moving.as_ref());
        moving.is_some_and(|one| one.stage == Stage::Asking && one.plan.value().is_some())
    });
    let told = calendar(clerk).moving.as_ref().unwrap().plan.value().unwrap();
    let addresses: Vec<String> = told.messages.iter().map(|one| one.address_masked.clone()).collect();
    if addresses.is_empty() {
        clerk.read_word("calendar-told-nobody");
    }
    for address in &addresses {
        clerk.offered(address);
    }
    clerk.press(&["Ctrl+Enter"]).until("it is moved", |desk| desk.calendar.as_ref().unwrap().moving.is_none());
    addresses.len()
}

fn stands_at(one: &Appointment, to: &NewTime) -> bool {
    one.start == to.start && one.counter == to.counter
}

/// What became of the messages of a kind, once every minute of grace is over.
fn told_of(town: &Town, id: AppointmentId, kind: MessageKind) -> Vec<MessageState> {
    town.service.move_clock(now() + SignedDuration::from_mins(10));
    town.run(town.service.send_due()).unwrap();
    let told = appointment(town, id).told;
    told.iter().filter(|one| one.kind == kind).map(|one| one.state).collect()
}

#[test]
fn an_appointment_moved_by_keys_and_back_by_ctrl_z_tells_nobody() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_calendar(&mut ida);
    // She knows her time already: it was confirmed.
    let day = calendar(&ida).site_day.value().unwrap();
    let before = day.items.iter().find(|one| one.citizen_short == "K. Wrona").expect("her time").clone();
    chooses_time(&mut ida, before.id);
    let to = to_a_free_time(&mut ida);
    let messages = moves_it(&mut ida);
    ida.arrives("the move", || stands_at(&appointment(&town, before.id), &to));
    ida.read_word("calendar-key-undo");
    ida.press(&["Ctrl+z"]).arrives("it is back", || appointment(&town, before.id).start == before.start);
    let after = appointment(&town, before.id);
    assert_eq!((&after.counter, after.end), (&before.counter, before.end));
    let told = told_of(&town, before.id, MessageKind::Moved);
    assert_eq!(told, vec![MessageState::Withdrawn; messages]);
    assert!(messages > 0, "somebody would have been told");
}

#[test]
fn a_time_that_a_colleague_took_meanwhile_leaves_it_where_it_was_and_says_so() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    // No news comes through: she sees the day as it was.
    let line = Line::to(&town.base_url);
    line.will(Fate::NoNews);
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut ida = sit_down(Launch { doorway, ..launch(&town, profile.path(), Role::Clerk, english()) });
    at_the_calendar(&mut ida);
    let hers = somebody(&ida);
    let other = {
        let day = calendar(&ida).site_day.value().unwrap();
        let fits = |one: &&Appointment| {
            one.id != hers.id
                && one.status == AppointmentStatus::Booked
                && one.start > hers.start
                && one.interpreter.is_none()
                && one.counter != hers.counter
        };
        day.items.iter().find(fits).expect("somebody else today").clone()
    };
    chooses_time(&mut ida, hers.id);
    let to = to_a_free_time(&mut ida);
    let minutes = |one: &Appointment| u16::try_from(one.end.duration_since(one.start).as_mins()).unwrap();
    town.run(async {
        let change = AppointmentChange::moved(NewTime { minutes: minutes(&other), ..to.clone() });
        let api = town.api(Role::Caseworker);
        let seen = api.appointment(other.id, &crate::support::town::purpose()).await.unwrap().value.etag;
        api.change_appointment(CommandId::new(), other.id, &seen, &change).await.unwrap();
    });
    moves_it(&mut ida);
    ida.until("the refusal", |desk| desk.pending.refused() == 1);
    let time = ida.texts.time(hers.start.to_zoned(zone()).time());
    ida.read(&format!("{} stays at {time}.", hers.citizen_short));
    let stands = appointment(&town, hers.id);
    assert_eq!((stands.start, stands.counter), (hers.start, hers.counter), "it stands where it stood");
    let entry = &ida.desk().pending.entries[0];
    assert!(matches!(entry.state, EntryState::Refused { .. }), "what she wanted is kept: {entry:?}");
    assert_eq!(entry.draft.body["to"]["start"], to.start.to_string());
}

#[test]
fn the_mouse_drags_an_appointment_to_another_time_and_asks_who_is_told() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_calendar(&mut ida);
    let before = somebody(&ida);
    let named = FocusId::new("calendar/appointment").child(before.id);
    let box_ = ida.controls().into_iter().find(|one| one.id == named).expect("its box");
    let from = box_.visible.expect("it can be seen").center();
    ida.driver.move_to(from).event(Event::Mouse(Mouse::ButtonPressed(Button::Left)));
    let mut to = None;
    'found: for across in [0.0, -130.0, -260.0, -390.0, 130.0] {
        for down in 1..40_u8 {
            for sign in [1.0, -1.0] {
                let at = from + Vector::new(across, sign * f32::from(down) * 8.0);
                ida.driver.move_to(at);
                let page = calendar(&ida);
                let Some(moving) = &page.moving else { continue };
                if page.verdict(moving, now()) == Verdict::Free {
                    to = Some(moving.to.clone());
                    break 'found;
                }
            }
        }
    }
    let to = to.expect("a free time within reach");
    ida.driver.event(Event::Mouse(Mouse::ButtonReleased(Button::Left)));
    let messages = confirms(&mut ida);
    ida.arrives("the move", || stands_at(&appointment(&town, before.id), &to));
    // Nobody took it back: those whom she saw are told, here for the first time.
    let told = told_of(&town, before.id, MessageKind::Confirmation);
    assert_eq!(told, vec![MessageState::Sent; messages]);
}
