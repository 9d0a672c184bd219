//! Who did not come is booked again without typing anything, and a time that became free is offered to who waits for an earlier one.

use jiff::SignedDuration;
use skranke::api::visits::WaitingRequest;
use skranke::client::http::WaitingOf;
use skranke::desk::calendar::holding::Hold;
use skranke::desk::calendar::{Booking, Layer};
use skranke::domain::appointment::{AppointmentStatus, WaitingState};
use skranke::domain::authority::Role;
use skranke::domain::{CommandId, WaitingId};
use skranke::ui::Clock;

use super::{appointment, at_the_calendar, calendar, chooses_time, site, somebody};
use crate::support::town::{Town, now, purpose};
use crate::support::window::{english, launch, sit_down};

fn booking(desk: &skranke::desk::Desk) -> Option<&Booking> {
    desk.calendar.as_ref()?.booking.as_ref()
}

#[test]
fn who_did_not_come_is_booked_again_with_r_and_nothing_is_typed() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    // She was to come at 10:20; it is a quarter to eleven.
    let late = now() + SignedDuration::from_mins(40);
    town.service.move_clock(late);
    let mut launch = launch(&town, profile.path(), Role::Clerk, english());
    launch.clock = Clock::Still(late);
    let mut ida = sit_down(launch);
    at_the_calendar(&mut ida);
    let day = calendar(&ida).site_day.value().unwrap();
    let hers = |one: &&skranke::api::appointments::Appointment| {
        one.citizen_short == "K. Wrona" && one.start > now() && one.start < late
    };
    let old = day.items.iter().find(hers).expect("her time").clone();
    chooses_time(&mut ida, old.id);
    ida.press(&["n"]).arrives("she did not come", || appointment(&town, old.id).status == AppointmentStatus::Noshow);

    ida.press(&["r"]).until("it is written again", |desk| booking(desk).is_some_and(|one| one.what.replaces.is_some()));
    let one = booking(ida.desk()).unwrap();
    let what = one.what.clone();
    assert_eq!(what.replaces.map(|(id, _)| id), Some(old.id));
    assert_eq!((what.citizen, &what.cases, what.people), (old.citizen, &old.cases, old.people));
    ida.books_the_first_time();
    let hers = || {
        let all = town.run(town.api(Role::Clerk).citizen_appointments(old.citizen, &purpose())).unwrap().items;
        all.into_iter().find(|one| one.id != old.id && one.replaces == Some(old.id))
    };
    ida.arrives("her new time", || hers().is_some_and(|one| one.status == AppointmentStatus::Booked));
    let stands = hers().unwrap();
    assert_eq!((&stands.cases, stands.people), (&old.cases, old.people));
    assert!(stands.start > late);
    assert_eq!(appointment(&town, old.id).status, AppointmentStatus::Noshow, "that she did not come is kept");
}

#[test]
fn a_time_that_is_cancelled_is_offered_to_who_waits_and_booked_with_one_key() {
    let town = Town::quiet();
    let case = town.run(crate::contract::bookable(&town));
    let wish = WaitingRequest {
        id: WaitingId::new(),
        citizen: case.row.citizen,
        appointment: None,
        cases: vec![case.row.id],
        minutes: 10,
        people: 1,
        language: None,
        sites: vec![site()],
        before: "2026-07-01".parse().unwrap(),
    };
    town.run(async {
        let key = CommandId::new().to_string();
        let body = serde_json::to_value(&wish).unwrap();
        let raw = town.raw(Role::Clerk);
        raw.send(reqwest::Method::POST, "/v1/waiting-list", &[("idempotency-key", &key)], &body).await.fine()
    });
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    at_the_calendar(&mut ida);
    let gone = somebody(&ida);
    chooses_time(&mut ida, gone.id);
    ida.press(&["Delete"]).until("who is told", |desk| {
        let layer = desk.calendar.as_ref().and_then(|page| page.layer.as_ref());
        matches!(layer, Some(Layer::Cancel(sheet)) if sheet.plan.value().is_some())
    });
    ida.press(&["1"]).tab_to("calendar/cancel/reason").type_text("Er syg i dag").press(&["Ctrl+Enter"]);
    ida.arrives("it is cancelled", || appointment(&town, gone.id).status == AppointmentStatus::Cancelled);

    // Who fits the time stands beside the calendar without anybody asking.
    ida.until("who fits", |desk| {
        let panel = desk.calendar.as_ref().and_then(|page| page.waiting.as_ref());
        panel.is_some_and(|panel| panel.freed.is_some() && panel.fits.value().is_some_and(|all| !all.is_empty()))
    });
    let panel = calendar(&ida).waiting.as_ref().unwrap();
    assert_eq!(panel.freed.as_ref().map(|free| free.start), Some(gone.start));
    assert!(panel.fits.value().unwrap().iter().any(|fit| fit.waiting.wish.id == wish.id), "she fits too");
    let first = panel.fitting().next().unwrap().waiting.clone();
    ida.offered(&first.citizen_short);
    ida.press(&["1"]).until("the time is hers while it is written", |desk| {
        booking(desk).is_some_and(|one| matches!(one.hold, Hold::Kept { .. }) && one.list().is_some())
    });
    let one = booking(ida.desk()).unwrap();
    let (new, slot) = (one.id, one.slot.clone().unwrap());
    assert_eq!((one.what.citizen, slot.start, slot.counter), (first.wish.citizen, gone.start, gone.counter.clone()));
    for _ in 0..one.warnings().len() {
        ida.press(&["y"]);
    }
    ida.press(&["Ctrl+Enter"]).until("the booking is written", |desk| booking(desk).is_none());
    ida.until("it is sent", |desk| desk.pending.count() == desk.pending.refused());
    assert_eq!(ida.desk().pending.refused(), 0, "{:#?}", ida.desk().pending.entries);
    let stands = appointment(&town, new);
    assert_eq!(
        (stands.status, stands.start, stands.citizen),
        (AppointmentStatus::Booked, gone.start, first.wish.citizen)
    );
    let waiting = town.run(town.api(Role::Clerk).waiting_list(&WaitingOf::Site(site()))).unwrap();
    let still = waiting.iter().any(|one| one.wish.id == first.wish.id && one.state == WaitingState::Waiting);
    assert!(!still, "who has an earlier time does not wait for one");
}
