//! Free times, holds, the booking being written, the waiting list, the feed: what the clerk sees, without a server.

use jiff::ToSpan;
use skranke_api::appointments::{Appointment, Slot};
use skranke_api::visits::{Fit, VisitPlan, WaitingView};
use skranke_client::outbox::Label;
use skranke_domain::appointment::RebookCause;
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{AppointmentId, CounterId, WaitingId};

use super::*;
use crate::ask::{Question, VisitQuestion, VisitReply};
use crate::calendar::booking::{BookingInput, BookingTrouble, CannotBook};
use crate::calendar::holding::Hold;
use crate::calendar::waiting::{FeedStep, WaitingInput};
use crate::calendar::{Booking, BookingFor, CalendarInput, CalendarPage};
use crate::effect::Wake;

const FREE: u8 = 0;
const HOLD: u8 = 1;
const PLAN: u8 = 3;
const IDENTITY: u8 = 4;
const WAITING: u8 = 5;
const FITS: u8 = 6;
const FEED: u8 = 7;

fn later(minutes: i64) -> Timestamp {
    now().checked_add(minutes.minutes()).unwrap()
}

fn counter() -> CounterId {
    CounterId::parse("counter-4").unwrap()
}

fn slot(days: i64, minutes: i64) -> Slot {
    let start = now().checked_add((days * 24).hours()).unwrap();
    serde_json::from_value(json!({
        "site": "norrebro", "counter": "counter-4", "start": start,
        "end": start.checked_add(minutes.minutes()).unwrap(),
    }))
    .unwrap()
}

fn plan(value: serde_json::Value) -> VisitPlan {
    let mut plan = json!({
        "minutes": 20, "bring": [], "needNot": [], "guards": [], "messages": [], "reminder": null, "script": [], "language": "pl"
    });
    plan.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
    serde_json::from_value(plan).unwrap()
}

fn missing() -> serde_json::Value {
    json!({ "guard": "missing_paper", "papers": [{ "da": "Lejekontrakt", "en": "Tenancy contract" }] })
}

fn page(desk: &Desk) -> &CalendarPage {
    desk.calendar.as_ref().unwrap()
}

fn booking(desk: &Desk) -> &Booking {
    page(desk).booking.as_ref().expect("a booking")
}

fn on(desk: &mut Desk, input: BookingInput) -> Vec<Effect> {
    at(desk, input, now())
}

fn at(desk: &mut Desk, input: BookingInput, now: Timestamp) -> Vec<Effect> {
    desk.update(Input::Calendar(CalendarInput::Booking(input)), now)
}

fn waits(desk: &mut Desk, input: WaitingInput) -> Vec<Effect> {
    desk.update(Input::Calendar(CalendarInput::Waiting(input)), now())
}

fn reply(desk: &mut Desk, ticket: Ticket, reply: VisitReply) -> Vec<Effect> {
    desk.update(Input::Reply(ticket, Reply::Visit(reply)), now())
}

fn free_is(desk: &mut Desk, ticket: Ticket, slots: Vec<Slot>) -> Vec<Effect> {
    desk.update(Input::Reply(ticket, Reply::Slots(Ok(slots))), now())
}

fn plan_is(desk: &mut Desk, ticket: Ticket, with: serde_json::Value) -> Vec<Effect> {
    reply(desk, ticket, VisitReply::Plan(Box::new(Ok(plan(with)))))
}

/// An appointment as the server keeps it for a booking.
fn kept(id: AppointmentId, citizen: CitizenId, until: Timestamp) -> Tagged<Appointment> {
    let slot = slot(1, 20);
    let value = json!({
        "id": id, "citizen": citizen, "citizenShort": "K. Wrona", "cases": [], "title": null, "site": "norrebro",
        "counter": "counter-4", "start": slot.start, "end": slot.end, "people": 1, "status": "proposed",
        "papers": { "due": 0, "open": 0 }, "readiness": "ready", "expires": until, "etag": "v1"
    });
    Tagged { value: serde_json::from_value(value).unwrap(), etag: ETag::of_version(1) }
}

fn held(desk: &mut Desk, ticket: Ticket, until: Timestamp) -> Vec<Effect> {
    let (id, citizen) = (booking(desk).id, booking(desk).what.citizen);
    reply(desk, ticket, VisitReply::Held(Box::new(Ok(kept(id, citizen, until)))))
}

fn questions(effects: &[Effect]) -> Vec<&VisitQuestion> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask(_, Question::Visit(question)) => Some(question),
            _ => None,
        })
        .collect()
}

fn released(effects: &[Effect]) -> Option<AppointmentId> {
    questions(effects).into_iter().find_map(|question| match question {
        VisitQuestion::Release(_, id, _) => Some(*id),
        _ => None,
    })
}

/// A booking for the open case, with its list and three free times.
fn begun(with: serde_json::Value) -> Desk {
    let (mut desk, _) = with_case();
    let effects = desk.update(Input::BeginBooking, now());
    let (free, plan) = (asked(&effects, Room::Booking, FREE), asked(&effects, Room::Booking, PLAN));
    free_is(&mut desk, free, vec![slot(1, 20), slot(2, 20), slot(3, 20)]);
    plan_is(&mut desk, plan, with);
    desk
}

/// The same, with the first time taken and kept, and the list known for it.
fn taken(with: serde_json::Value) -> Desk {
    let mut desk = begun(with.clone());
    let effects = on(&mut desk, BookingInput::Take(0));
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), with);
    desk
}

#[test]
fn what_to_bring_is_known_before_anything_can_be_booked() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    let ticket = asked(&effects, Room::Booking, PLAN);
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    assert_eq!(booking(&desk).cannot_book(now()), Some(CannotBook::ListAwaited));
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_none());
    plan_is(&mut desk, ticket, json!({}));
    assert_eq!(booking(&desk).cannot_book(now()), None);
    let id = booking(&desk).id;
    let draft = enqueued(&on(&mut desk, BookingInput::Book)).expect("a booking");
    assert_eq!(draft.body["id"], json!(id), "what was kept is what is booked");
    assert_eq!(draft.body["minutes"], 20);
    assert!(page(&desk).booking.is_none());
}

#[test]
fn a_list_that_cannot_be_fetched_is_said_and_needs_a_key_of_its_own() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    let failed = VisitReply::Plan(Box::new(Err(ClientError::Offline)));
    reply(&mut desk, asked(&effects, Room::Booking, PLAN), failed);
    assert!(booking(&desk).lacks_list());
    assert_eq!(booking(&desk).cannot_book(now()), Some(CannotBook::ListUnknown));
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_none());
    on(&mut desk, BookingInput::Accept(None));
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_some());
}

#[test]
fn a_wasted_trip_is_booked_only_by_who_says_so() {
    let mut desk = taken(json!({ "guards": [missing()] }));
    assert_eq!(booking(&desk).cannot_book(now()), Some(CannotBook::Warned));
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_none());
    on(&mut desk, BookingInput::Accept(None));
    assert_eq!(booking(&desk).cannot_book(now()), None);
    // Another paper is another warning.
    let effects = on(&mut desk, BookingInput::People(3));
    let free = asked(&effects, Room::Booking, FREE);
    let again = json!({ "guard": "missing_paper", "papers": [{ "da": "Pas", "en": "Passport" }] });
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({ "minutes": 30, "guards": [again] }));
    free_is(&mut desk, free, vec![slot(1, 30)]);
    let effects = on(&mut desk, BookingInput::Take(0));
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    let warned = json!({ "minutes": 30, "guards": [json!({ "guard": "missing_paper", "papers": [{ "da": "Pas", "en": "Passport" }] })] });
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), warned);
    assert_eq!(booking(&desk).cannot_book(now()), Some(CannotBook::Warned));
}

#[test]
fn a_paper_that_came_turns_the_warning_green() {
    let mut desk = taken(json!({ "guards": [missing()] }));
    let effects = desk.update(Input::Calendar(CalendarInput::AskAgain), now());
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({}));
    assert_eq!(booking(&desk).warnings().len(), 0);
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_some());
}

#[test]
fn a_kept_time_goes_by_itself_and_booking_tries_it_again() {
    let mut desk = taken(json!({}));
    assert_eq!(booking(&desk).hold, Hold::Kept { until: later(5), seen: ETag::of_version(1) });
    let id = booking(&desk).id;
    desk.update(Input::Wake(Wake::Hold { id }), later(4));
    assert!(matches!(booking(&desk).hold, Hold::Kept { .. }), "it is kept until its end");
    desk.update(Input::Wake(Wake::Hold { id }), later(5));
    assert_eq!(booking(&desk).hold, Hold::Gone);
    let effects = at(&mut desk, BookingInput::Book, later(6));
    assert!(enqueued(&effects).is_none());
    assert_eq!(booking(&desk).cannot_book(later(6)), Some(CannotBook::Holding));
    let ticket = asked(&effects, Room::Booking, HOLD);
    // Free still: it is booked in the same breath.
    assert!(enqueued(&held(&mut desk, ticket, later(11))).is_some());
}

#[test]
fn a_time_that_somebody_else_took_is_said_and_the_next_ones_come() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    let start = slot(1, 20).start;
    let refused = ClientError::Problem(Box::new(Problem::new(ProblemKind::SlotTaken)));
    let effects = {
        let ticket = asked(&effects, Room::Booking, HOLD);
        reply(&mut desk, ticket, VisitReply::Held(Box::new(Err(refused))))
    };
    assert_eq!(booking(&desk).trouble, Some(BookingTrouble::Taken(start)));
    assert!(booking(&desk).slot.is_none());
    asked(&effects, Room::Booking, FREE);
}

#[test]
fn another_time_gives_the_first_one_back_and_so_does_throwing_away() {
    let mut desk = taken(json!({}));
    let first = booking(&desk).id;
    let effects = on(&mut desk, BookingInput::Take(1));
    assert_eq!(released(&effects), Some(first));
    assert_ne!(booking(&desk).id, first);
    let second = booking(&desk).id;
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    assert_eq!(released(&on(&mut desk, BookingInput::Discard)), Some(second));
    assert!(page(&desk).booking.is_none());
}

#[test]
fn a_hold_that_is_answered_when_nobody_wants_it_is_given_back() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    let (ticket, id, citizen) = (asked(&effects, Room::Booking, HOLD), booking(&desk).id, booking(&desk).what.citizen);
    assert_eq!(released(&on(&mut desk, BookingInput::Discard)), None, "nothing is known to be kept");
    let effects = reply(&mut desk, ticket, VisitReply::Held(Box::new(Ok(kept(id, citizen, later(5))))));
    assert_eq!(released(&effects), Some(id));
}

#[test]
fn a_late_renewal_never_gives_back_what_was_booked_meanwhile() {
    let mut desk = taken(json!({}));
    let (id, citizen) = (booking(&desk).id, booking(&desk).what.citizen);
    // Near its end somebody still writes: it is kept longer.
    let effects = at(&mut desk, BookingInput::Earlier, later(3));
    let renewal = asked(&effects, Room::Booking, HOLD);
    assert!(enqueued(&at(&mut desk, BookingInput::Book, later(3))).is_some());
    let effects = reply(&mut desk, renewal, VisitReply::Held(Box::new(Ok(kept(id, citizen, later(8))))));
    assert_eq!(released(&effects), None);
}

#[test]
fn without_a_line_it_is_booked_all_the_same_and_the_outbox_carries_it() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    let hold = asked(&effects, Room::Booking, HOLD);
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({}));
    reply(&mut desk, hold, VisitReply::Held(Box::new(Err(ClientError::Offline))));
    assert_eq!(booking(&desk).hold, Hold::Not(ClientError::Offline));
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_some());
}

#[test]
fn a_visit_for_more_cases_takes_longer_and_is_kept_longer() {
    let other = CaseId::new();
    let could = json!({ "guard": "could_cover", "case": other, "title": { "da": "Flytning", "en": "Moving" } });
    let mut desk = taken(json!({ "guards": [could] }));
    let effects = on(&mut desk, BookingInput::Cover);
    assert!(booking(&desk).what.cases.contains(&other));
    let effects = plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({ "minutes": 40 }));
    let held_for = questions(&effects).into_iter().find_map(|question| match question {
        VisitQuestion::Hold(_, hold) => Some(hold.minutes),
        _ => None,
    });
    assert_eq!(held_for, Some(40));
    assert_eq!(booking(&desk).minutes(), Some(40));
}

#[test]
fn a_visit_of_the_same_week_is_joined_by_a_time_on_its_day() {
    let start = slot(2, 20).start;
    let joins = json!({
        "guard": "joins", "appointment": AppointmentId::new(), "start": start, "counter": "counter-2"
    });
    let mut desk = begun(json!({ "guards": [joins] }));
    let effects = on(&mut desk, BookingInput::Join);
    let query = questions(&effects).into_iter().find_map(|question| match question {
        VisitQuestion::Free(query) => Some(query.clone()),
        _ => None,
    });
    let query = query.expect("times of that day");
    let day = start.to_zoned(TimeZone::UTC).date();
    assert_eq!(query.counter, Some(CounterId::parse("counter-2").unwrap()));
    assert_eq!(query.until, Some(day));
    assert_eq!(query.from.unwrap().to_zoned(TimeZone::UTC).date(), day);
}

#[test]
fn an_interpreter_is_on_by_itself_for_who_needs_one() {
    let (mut desk, _) = with_case();
    let effects = desk.update(Input::BeginBooking, now());
    let identity = asked(&effects, Room::Booking, IDENTITY);
    let citizen = booking(&desk).what.citizen;
    let view = json!({
        "id": citizen, "givenName": "Kalina Testrup", "surname": "Wrona", "cprMasked": "721190-••••", "cprReplacement": true,
        "born": "1990-11-12", "age": 35, "status": "resident", "current": null, "civilStatus": "married",
        "address": { "view": "unknown" }, "municipality": "Øvekøbing", "protections": [], "languages": ["pl", "en"],
        "interpreter": "pl", "relations": [], "representations": [], "groundOfStay": "eu_worker", "adviser": null,
        "digitalAbility": "unsure", "exemptFromDigitalPost": false, "phone": null, "email": null, "lastLooked": null,
        "duplicates": []
    });
    let view = serde_json::from_value(view).expect("a citizen");
    let effects = desk.update(Input::Reply(identity, Reply::Citizen(Box::new(Ok(view)))), now());
    let polish = Some(LanguageCode("pl".to_owned()));
    assert_eq!(page(&desk).finder.language, polish);
    assert!(matches!(questions(&effects)[..], [VisitQuestion::Free(query)] if query.language == polish));
    assert_eq!(booking(&desk).what.cpr_masked.as_deref(), Some("721190-••••"));
}

#[test]
fn a_time_promised_on_the_phone_is_taken_as_soon_as_there_is_a_booking() {
    let (mut desk, _) = with_case();
    desk.update(Input::Go(Place::Calendar), now());
    let effects = on(&mut desk, BookingInput::Find);
    free_is(&mut desk, asked(&effects, Room::Booking, FREE), vec![slot(1, 30), slot(2, 30)]);
    on(&mut desk, BookingInput::Take(1));
    assert!(page(&desk).finder.picked.is_some());
    desk.update(Input::Back, now());
    let effects = desk.update(Input::BeginBooking, now());
    let free = asked(&effects, Room::Booking, FREE);
    let effects = free_is(&mut desk, free, vec![slot(2, 30)]);
    asked(&effects, Room::Booking, HOLD);
    assert_eq!(booking(&desk).slot.as_ref().map(|slot| slot.start), Some(slot(2, 30).start));
}

#[test]
fn the_next_three_times_begin_after_the_last_one() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Later);
    let query = questions(&effects).into_iter().find_map(|question| match question {
        VisitQuestion::Free(query) => query.from,
        _ => None,
    });
    assert!(query > Some(slot(3, 20).start));
}

fn missed(citizen: CitizenId) -> Appointment {
    let Tagged { mut value, .. } = kept(AppointmentId::new(), citizen, now());
    value.status = skranke_domain::appointment::AppointmentStatus::Noshow;
    value.cases = vec![CaseId::new(), CaseId::new()];
    value.people = 3;
    value.end = value.start.checked_add(45.minutes()).unwrap();
    value
}

#[test]
fn who_missed_her_time_is_booked_again_without_typing() {
    let mut desk = desk();
    desk.update(Input::Go(Place::Calendar), now());
    let old = missed(CitizenId::new());
    let what = BookingFor::again(&old);
    assert_eq!(what.replaces, Some((old.id, None)), "the server knows that she did not come");
    let effects = desk.on_calendar(now(), |page, acting| page.begin_again(&old, acting));
    let free = asked(&effects, Room::Booking, FREE);
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({}));
    free_is(&mut desk, free, vec![slot(1, 45)]);
    let effects = on(&mut desk, BookingInput::Take(0));
    held(&mut desk, asked(&effects, Room::Booking, HOLD), later(5));
    plan_is(&mut desk, asked(&effects, Room::Booking, PLAN), json!({}));
    let draft = enqueued(&on(&mut desk, BookingInput::Book)).expect("a booking");
    assert_eq!(draft.body["replaces"], json!(old.id));
    assert_eq!((&draft.body["people"], &draft.body["minutes"]), (&json!(3), &json!(45)));
    assert_eq!(draft.body["cases"], json!(old.cases));
}

#[test]
fn who_also_wants_an_earlier_time_is_put_on_the_list_behind_her_booking() {
    let mut desk = taken(json!({}));
    on(&mut desk, BookingInput::Earlier);
    let id = booking(&desk).id;
    let effects = on(&mut desk, BookingInput::Book);
    let drafts: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Enqueue(draft) => Some(draft),
            _ => None,
        })
        .collect();
    let [booked, wished] = drafts[..] else { panic!("two changes") };
    assert!(matches!(booked.label, Label::Booking { .. }));
    assert_eq!(wished.behind.as_deref(), Some(skranke_api::paths::appointment(id).as_str()));
    assert_eq!(wished.body["appointment"], json!(id));
    assert_eq!(wished.body["before"], json!(slot(1, 20).start.to_zoned(TimeZone::UTC).date()));
}

fn wish(citizen: CitizenId, appointment: Option<AppointmentId>) -> WaitingView {
    serde_json::from_value(json!({
        "id": WaitingId::new(), "citizen": citizen, "appointment": appointment, "cases": [CaseId::new()], "minutes": 20,
        "people": 1, "sites": ["norrebro"], "before": "2026-06-20", "citizenShort": "D. Ostenfeld",
        "title": { "da": "Kørekort", "en": "Driving licence" }, "has": null, "blocking": 0, "state": "waiting",
        "since": "2026-06-01T08:00:00Z", "etag": "v1"
    }))
    .expect("a wish")
}

#[test]
fn a_time_that_became_free_is_offered_to_who_fits_and_her_own_is_given_back() {
    let mut desk = desk();
    desk.update(Input::Go(Place::Calendar), now());
    let free = slot(1, 30);
    let freed = skranke_api::appointments::NewTime { counter: counter(), start: free.start, minutes: 30 };
    desk.calendar.as_mut().unwrap().freed = Some(freed);
    let effects = desk.update(Input::Touched, now());
    let (list, fits) = (asked(&effects, Room::Booking, WAITING), asked(&effects, Room::Booking, FITS));
    let hers = AppointmentId::new();
    let waiting = wish(CitizenId::new(), Some(hers));
    reply(&mut desk, list, VisitReply::Waiting(Ok(vec![waiting.clone()])));
    let fit = Fit { waiting: waiting.clone(), days_won: 6, minutes_left: 10, ready: true };
    reply(&mut desk, fits, VisitReply::Fits(Ok(vec![fit])));
    let effects = waits(&mut desk, WaitingInput::Begin(0));
    let what = &booking(&desk).what;
    assert_eq!(what.citizen, waiting.wish.citizen);
    assert_eq!(what.replaces, Some((hers, Some(RebookCause::OwnWish))));
    assert!(page(&desk).waiting.is_none() && page(&desk).freed.is_none());
    // The time that became free is taken by itself.
    let ticket = asked(&effects, Room::Booking, FREE);
    let effects = free_is(&mut desk, ticket, vec![slot(1, 20)]);
    asked(&effects, Room::Booking, HOLD);
}

#[test]
fn a_freed_time_that_is_gone_is_said() {
    let mut desk = desk();
    desk.update(Input::Go(Place::Calendar), now());
    let freed = skranke_api::appointments::NewTime { counter: counter(), start: slot(1, 30).start, minutes: 30 };
    desk.calendar.as_mut().unwrap().freed = Some(freed);
    let effects = desk.update(Input::Touched, now());
    let fits = asked(&effects, Room::Booking, FITS);
    let fit = Fit { waiting: wish(CitizenId::new(), None), days_won: 6, minutes_left: 10, ready: false };
    reply(&mut desk, fits, VisitReply::Fits(Ok(vec![fit])));
    let effects = waits(&mut desk, WaitingInput::Begin(0));
    free_is(&mut desk, asked(&effects, Room::Booking, FREE), vec![slot(2, 20)]);
    assert_eq!(booking(&desk).trouble, Some(BookingTrouble::NotFree));
    assert!(booking(&desk).slot.is_none());
}

#[test]
fn a_wish_is_ended_through_the_outbox_and_leaves_the_list() {
    let mut desk = desk();
    desk.update(Input::Go(Place::Calendar), now());
    let effects = waits(&mut desk, WaitingInput::Toggle);
    let (first, second) = (wish(CitizenId::new(), None), wish(CitizenId::new(), None));
    let list = asked(&effects, Room::Booking, WAITING);
    reply(&mut desk, list, VisitReply::Waiting(Ok(vec![first.clone(), second.clone()])));
    waits(&mut desk, WaitingInput::Step(crate::citizen::Step::Next));
    let draft = enqueued(&waits(&mut desk, WaitingInput::Withdraw)).expect("a change");
    assert_eq!(draft.path, skranke_api::paths::waiting(second.wish.id));
    assert_eq!(draft.body["state"], "withdrawn");
    let panel = page(&desk).waiting.as_ref().unwrap();
    assert_eq!(panel.waiting().map(|one| one.wish.id).collect::<Vec<_>>(), [first.wish.id]);
    assert_eq!(panel.chosen().map(|one| one.wish.id), Some(first.wish.id));
}

#[test]
fn a_feed_asked_for_over_a_broken_line_is_asked_for_with_the_same_command() {
    let mut desk = desk();
    desk.update(Input::Go(Place::Calendar), now());
    let command = |effects: &[Effect]| match questions(effects)[..] {
        [VisitQuestion::Feed(command)] => *command,
        _ => panic!("a feed was expected"),
    };
    waits(&mut desk, WaitingInput::Feed(FeedStep::Toggle));
    let effects = waits(&mut desk, WaitingInput::Feed(FeedStep::Make));
    let first = command(&effects);
    reply(&mut desk, asked(&effects, Room::Booking, FEED), VisitReply::Feed(Err(ClientError::TimedOut)));
    let effects = waits(&mut desk, WaitingInput::Feed(FeedStep::Make));
    assert_eq!(command(&effects), first);
    let made = serde_json::from_value(json!({ "staff": desk.person(), "path": "https://office.example/v1/feeds/abc" }));
    reply(&mut desk, asked(&effects, Room::Booking, FEED), VisitReply::Feed(Ok(made.unwrap())));
    assert_ne!(command(&waits(&mut desk, WaitingInput::Feed(FeedStep::Make))), first, "a new one voids the old");
}

#[test]
fn walking_through_the_weeks_leaves_a_booking_as_it_is() {
    let mut desk = begun(json!({}));
    let effects = on(&mut desk, BookingInput::Take(0));
    let hold = asked(&effects, Room::Booking, HOLD);
    let gone = desk.update(Input::Calendar(CalendarInput::Week(1)), now());
    assert!(!gone.iter().any(|effect| matches!(effect, Effect::Abandon(Room::Booking))));
    held(&mut desk, hold, later(5));
    assert!(matches!(booking(&desk).hold, Hold::Kept { .. }));
}

#[test]
fn without_a_line_a_booking_waits_and_everything_she_wrote_is_still_there() {
    let mut desk = taken(json!({}));
    desk.update(Input::Live(skranke_client::Live::Lost { error: ClientError::Offline }), now());
    let before = booking(&desk).what.clone();
    let effects = on(&mut desk, BookingInput::Book);
    assert!(enqueued(&effects).is_none());
    let waits = crate::offline::WaitsForLine::Book;
    assert!(effects.iter().any(|effect| matches!(effect, Effect::NoLine(why) if why.deed == waits)));
    assert_eq!((&booking(&desk).what, booking(&desk).slot.is_some()), (&before, true));
    desk.update(Input::Live(skranke_client::Live::Connected), now());
    assert!(enqueued(&on(&mut desk, BookingInput::Book)).is_some(), "with a line it is booked");
}
