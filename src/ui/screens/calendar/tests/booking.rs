//! Free times, the booking being written, the waiting list and the feed: drawn without a display and worked by keyboard.

use serde_json::json;
use skranke_api::appointments::{Interpreter, NewTime, StaffRef};
use skranke_api::visits::{Feed, Fit, VisitPlan, WaitingView};
use skranke_client::http::Tagged;
use skranke_desk::ask::{VisitQuestion, VisitReply};
use skranke_desk::calendar::booking::{BookingInput, Choice, Unfolded};
use skranke_desk::calendar::holding::Hold;
use skranke_desk::calendar::{CalendarInput, FeedPanel, WaitingInput};
use skranke_desk::{Effect, Reply, Ticket};
use skranke_domain::citizen::LanguageCode;
use skranke_domain::{ProcedureId, WaitingId};

use super::*;
use crate::screens::calendar::visit::Message as Visit;

fn polish() -> LanguageCode {
    LanguageCode("pl".to_owned())
}

fn staff(n: u128, name: &str) -> StaffRef {
    StaffRef { id: StaffId(uuid::Uuid::from_u128(n)), name: name.to_owned() }
}

fn free(day: i8, hour: i8, minute: i8, at: u8, who: StaffRef) -> Slot {
    let interpreter = serde_json::from_value::<Interpreter>(json!({
        "id": "tolk-vistula", "name": "Vistula Tolkeservice", "language": "pl"
    }));
    Slot {
        counter: counter(at),
        staff: Some(who),
        interpreter: Some(interpreter.expect("an interpreter")),
        ..slot(day, hour, minute)
    }
}

fn three() -> Vec<Slot> {
    let ida = || staff(1, "Ida Mørk");
    vec![free(10, 13, 0, 4, ida()), free(11, 8, 30, 4, ida()), free(12, 11, 30, 2, staff(2, "Nina Krogh"))]
}

fn bring(da: &str, en: &str, department: &str, blocking: bool) -> serde_json::Value {
    json!({
        "label": { "da": da, "en": en }, "department": department, "case": CaseId(uuid::Uuid::from_u128(0xD100)),
        "item": "paper", "blocking": blocking
    })
}

fn plan(guards: serde_json::Value) -> VisitPlan {
    let text = "Dzień dobry!\n\nTermin wizyty: środa 10 czerwca o 13.00, Skranke 4, Nørrebro.\n\nProszę zabrać:\n– umowę podpisaną przez pracodawcę\n– umowę najmu";
    serde_json::from_value(json!({
        "minutes": 30,
        "bring": [
            bring("Kontrakt underskrevet af arbejdsgiver", "Contract signed by employer", "siri", true),
            bring("Lejekontrakt", "Tenancy contract", "kff", true),
            bring("Maja og Leon selv", "Maja and Leon in person", "kff", false),
        ],
        "needNot": [
            { "label": { "da": "Pas", "en": "Passports" }, "approved": "2026-05-26" },
            { "label": { "da": "Fødselsattester", "en": "Birth certificates" }, "approved": "2026-05-26" },
        ],
        "guards": guards,
        "messages": [
            { "to": "citizen", "channel": "email", "addressMasked": "k•••@•••.pl", "subject": "Termin wizyty", "text": text },
            { "to": "citizen", "channel": "sms", "addressMasked": "•• •• 12 88", "text": "Termin: 10.06 o 13.00, Skranke 4, Nørrebro." },
            { "to": "interpreter", "channel": "email", "addressMasked": "b•••@•••.dk", "subject": "Tolkning", "text": "10. juni kl. 13.00, Skranke 4." },
        ],
        "reminder": "2026-06-08",
        "script": ["Proszę przyjść w środę 10 czerwca o godzinie 13.", "Proszę zabrać umowę podpisaną przez pracodawcę.", "Proszę zabrać umowę najmu."],
        "language": "pl"
    }))
    .expect("a plan")
}

fn covers() -> serde_json::Value {
    json!([{ "guard": "covers", "titles": [
        { "da": "Ophold", "en": "Residence" }, { "da": "Flytning", "en": "Moving" }, { "da": "Dagtilbud", "en": "Daycare" }
    ] }])
}

fn warnings() -> serde_json::Value {
    json!([
        { "guard": "missing_paper", "papers": [{ "da": "Kontrakt underskrevet af arbejdsgiver", "en": "Contract signed by employer" }] },
        { "guard": "joins", "appointment": AppointmentId(uuid::Uuid::from_u128(0xA1)), "start": at(date(2026, 6, 11), 9, 30), "counter": "counter-2" },
        { "guard": "could_cover", "case": CaseId(uuid::Uuid::from_u128(0xD101)), "title": { "da": "Flytning", "en": "Moving" } },
    ])
}

/// A booking as the target shows it: the first time taken, and the list known.
fn written(page: &mut CalendarPage, guards: serde_json::Value) {
    page.free = known(three());
    page.finder.language = Some(polish());
    page.finder.people = 3;
    let mut booking = booking();
    let citizen = booking.what.citizen;
    booking.what.cases = [0xD100, 0xD101, 0xD102].map(|n| CaseId(uuid::Uuid::from_u128(n))).to_vec();
    booking.what.cpr_masked = Some("721190-••••".to_owned());
    booking.what.open_papers = vec![two("Lejekontrakt", "Tenancy contract")];
    booking.what.languages = vec![polish(), LanguageCode("en".to_owned())];
    booking.what.choices = booking
        .what
        .cases
        .iter()
        .zip([("Indrejse", "Entry"), ("Flytning", "Moving"), ("Dagtilbud", "Daycare")])
        .map(|(case, (da, en))| Choice {
            case: *case,
            procedure: ProcedureId::parse("cpr-eu-employee").expect("a slug"),
            title: two(da, en),
        })
        .collect();
    assert_eq!(booking.what.citizen, citizen);
    booking.slot = three().first().cloned();
    booking.hold = Hold::Kept { until: at(date(2026, 6, 9), 10, 11), seen: ETag::of_version(1) };
    booking.plan = known(plan(guards));
    page.booking = Some(booking);
}

fn wish(n: u128, name: &str, blocking: u16, has: Option<Timestamp>) -> WaitingView {
    serde_json::from_value(json!({
        "id": WaitingId(uuid::Uuid::from_u128(0xF000 + n)), "citizen": CitizenId(uuid::Uuid::from_u128(0xC200 + n)),
        "cases": [CaseId(uuid::Uuid::from_u128(0xD200 + n))], "minutes": 30, "people": 2, "language": "pl", "sites": ["north"],
        "before": "2026-06-24", "citizenShort": name, "title": { "da": "Kørekort", "en": "Driving licence" }, "has": has,
        "blocking": blocking, "state": "waiting", "since": "2026-06-01T08:00:00Z", "etag": "v1"
    }))
    .expect("a wish")
}

/// The waiting list as the desk opens it, with a time that became free.
fn waiting_desk() -> Desk {
    let mut desk = desk(|page| {
        page.freed = Some(NewTime { counter: counter(4), start: at(date(2026, 6, 11), 10, 20), minutes: 45 });
    });
    let effects = desk.update(Input::Touched, now().timestamp());
    let (one, two, three) = (
        wish(1, "D. Ostenfeld", 0, Some(at(date(2026, 6, 17), 9, 0))),
        wish(2, "H. Lysbro", 1, Some(at(date(2026, 6, 22), 9, 0))),
        wish(3, "Q. Damsbo", 0, None),
    );
    let fits = [(&one, 6, 15, true), (&two, 11, 0, false)].map(|(waiting, days_won, minutes_left, ready)| Fit {
        waiting: waiting.clone(),
        days_won,
        minutes_left,
        ready,
    });
    for effect in effects {
        let Effect::Ask(ticket, Question::Visit(question)) = effect else { continue };
        let answer = match question {
            VisitQuestion::Waiting(_) => VisitReply::Waiting(Ok(vec![one.clone(), two.clone(), three.clone()])),
            VisitQuestion::Fits(_) => VisitReply::Fits(Ok(fits.to_vec())),
            _ => continue,
        };
        said(&mut desk, ticket, answer);
    }
    desk
}

fn said(desk: &mut Desk, ticket: Ticket, answer: VisitReply) {
    desk.update(Input::Reply(ticket, Reply::Visit(answer)), now().timestamp());
}

fn unfolded(what: Unfolded) -> Desk {
    desk(|page| {
        written(page, covers());
        if let Some(booking) = &mut page.booking {
            booking.unfolded = what;
        }
    })
}

const BOTH: [(Language, ThemeName); 4] = [
    (Language::English, ThemeName::Light),
    (Language::Danish, ThemeName::Dark),
    (Language::Danish, ThemeName::Light),
    (Language::English, ThemeName::Dark),
];

#[test]
fn a_booking_is_drawn_in_both_themes_and_languages() {
    let writing = desk(|page| written(page, covers()));
    let warned = desk(|page| written(page, warnings()));
    let waiting = waiting_desk();
    for (language, theme) in BOTH {
        picture("booking", &writing, language, theme, page());
        picture("booking-warned", &warned, language, theme, page());
        picture("booking-waiting", &waiting, language, theme, page());
    }
    let low = Size::new(1024.0, 676.0);
    picture("booking-narrow", &warned, Language::Danish, ThemeName::Light, low);
    picture("booking-texts", &unfolded(Unfolded::Texts), Language::English, ThemeName::Light, page());
    picture("booking-script", &unfolded(Unfolded::Script), Language::Danish, ThemeName::Light, page());
    let unknown = desk(|page| {
        written(page, covers());
        let booking = page.booking.as_mut().expect("one");
        booking.plan = Load::Failed { error: ClientError::Offline, at: now().timestamp() };
        booking.hold = Hold::Gone;
    });
    picture("booking-unknown", &unknown, Language::English, ThemeName::Light, page());
    let feed = desk(|page| {
        let staff = StaffId(uuid::Uuid::from_u128(1));
        let path = "https://case.example/v1/feeds/5f3a9c0e7d21b84466aa".to_owned();
        page.feed = Some(FeedPanel::default());
        if let Some(panel) = &mut page.feed {
            panel.feed = known(Feed { staff, path });
        }
    });
    picture("booking-feed", &feed, Language::English, ThemeName::Light, page());
    let open = desk(|page| page.free = known(three()));
    picture("booking-none", &open, Language::Danish, ThemeName::Light, page());
}

#[test]
fn every_control_of_a_booking_has_a_name_and_an_id_of_its_own() {
    let mut choosing = desk(|page| written(page, warnings()));
    choosing.update(step_of(BookingInput::Choose), now().timestamp());
    choosing.update(step_of(BookingInput::With(skranke_desk::calendar::finder::With::Anyone)), now().timestamp());
    choosing.update(step_of(BookingInput::Sites), now().timestamp());
    for desk in [
        choosing,
        waiting_desk(),
        desk(|page| written(page, warnings())),
        desk(|page| page.feed = Some(FeedPanel::default())),
    ] {
        for language in Language::ALL {
            let controls = shown(&desk, language, ThemeName::Light, page(), |bench| bench.controls());
            let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
            for control in &controls {
                let named = !control.name.trim().is_empty() && !control.name.contains('⟦');
                assert!(named, "{:?}: {}", control.id, control.name);
            }
        }
    }
}

fn step_of(input: BookingInput) -> Input {
    Input::Calendar(CalendarInput::Booking(input))
}

/// Presses a key of the table and hands what comes of it to the desk.
fn press(desk: &mut Desk, chord: &str) -> Vec<Effect> {
    let texts = Texts::new(Language::English);
    let mut calendar = CalendarScreen;
    let keys = calendar.keys(desk, &texts);
    let pressed = keys.iter().find(|key| key.chord == chord).unwrap_or_else(|| panic!("no key {chord}"));
    assert_eq!(pressed.disabled, None, "{chord}");
    match calendar.update(pressed.message.clone(), desk) {
        Action::Desk(input) => desk.update(input, now().timestamp()),
        Action::DeskAll(inputs) => inputs.into_iter().flat_map(|input| desk.update(input, now().timestamp())).collect(),
        other => panic!("something for the desk was expected: {other:?}"),
    }
}

fn why_not(desk: &Desk, chord: &str) -> Option<String> {
    let keys = CalendarScreen.keys(desk, &Texts::new(Language::English));
    keys.into_iter().find(|key| key.chord == chord).and_then(|key| key.disabled)
}

/// Answers what was asked about the booking: the time is kept, the list is this.
fn answer(desk: &mut Desk, effects: Vec<Effect>, guards: &serde_json::Value) {
    for effect in effects {
        let Effect::Ask(ticket, Question::Visit(question)) = effect else { continue };
        let reply = match question {
            VisitQuestion::Plan(_) => VisitReply::Plan(Box::new(Ok(plan(guards.clone())))),
            VisitQuestion::Hold(_, hold) => {
                let mut kept = appointment(0, &BOOKED[0]);
                kept.id = hold.id;
                kept.expires = Some(at(date(2026, 6, 9), 10, 11));
                VisitReply::Held(Box::new(Ok(Tagged { value: kept, etag: ETag::of_version(1) })))
            }
            _ => continue,
        };
        said(desk, ticket, reply);
    }
}

#[test]
fn a_time_is_taken_with_its_number_and_booked_with_ctrl_enter() {
    let mut desk = desk(with_free);
    assert_eq!(why_not(&desk, "Ctrl ↵").as_deref(), Some("Take a free time first: 1, 2 or 3."));
    let effects = press(&mut desk, "1");
    assert_eq!(why_not(&desk, "Ctrl ↵").as_deref(), Some("What to bring is being worked out."));
    answer(&mut desk, effects, &covers());
    let effects = press(&mut desk, "Ctrl ↵");
    assert!(matches!(effects.as_slice(), [Effect::Enqueue(_)]), "{effects:?}");
    assert!(desk.calendar.as_ref().expect("open").booking.is_none());
}

#[test]
fn a_missing_paper_is_warned_of_and_y_books_anyway() {
    let mut desk = desk(with_free);
    let effects = press(&mut desk, "2");
    answer(&mut desk, effects, &warnings());
    assert_eq!(why_not(&desk, "Ctrl ↵").as_deref(), Some("Read the warning first. Press Y to book anyway."));
    let names = names(&desk);
    for word in ["Book anyway", "Ask for papers first", "Later time", "Same day", "Settle it too"] {
        assert!(names.iter().any(|name| name == word), "{word}: {names:?}");
    }
    press(&mut desk, "Y");
    let effects = press(&mut desk, "Ctrl ↵");
    assert!(matches!(effects.as_slice(), [Effect::Enqueue(_)]), "{effects:?}");
}

#[test]
fn who_fits_a_freed_time_stands_on_the_number_keys() {
    let mut desk = waiting_desk();
    let names = names(&desk);
    let first = "D. Ostenfeld, 6 days earlier, 15 min left over, papers ready";
    assert!(names.iter().any(|name| name == first), "{names:?}");
    press(&mut desk, "1");
    let page = desk.calendar.as_ref().expect("open");
    assert_eq!(page.booking.as_ref().map(|booking| booking.what.citizen_name.as_str()), Some("D. Ostenfeld"));
    assert!(page.waiting.is_none());
}

#[test]
fn the_papers_are_asked_for_on_her_page_and_the_booking_stays() {
    let mut desk = desk(|page| written(page, warnings()));
    press(&mut desk, "A");
    let booking = desk.calendar.as_ref().and_then(|page| page.booking.as_ref()).expect("it stays");
    assert_eq!((desk.place(), desk.citizen().map(|page| page.id)), (Place::Citizen, Some(booking.what.citizen)));
}

#[test]
fn two_warnings_are_accepted_one_by_one() {
    let guards = json!([
        { "guard": "missing_paper", "papers": [{ "da": "Pas", "en": "Passport" }] },
        { "guard": "no_interpreter", "language": "pl" },
    ]);
    let mut desk = desk(with_free);
    let effects = press(&mut desk, "1");
    answer(&mut desk, effects, &guards);
    press(&mut desk, "Y");
    assert!(why_not(&desk, "Ctrl ↵").is_some(), "one is left");
    press(&mut desk, "Y");
    assert_eq!(why_not(&desk, "Ctrl ↵"), None);
}

#[test]
fn without_a_booking_a_time_is_chosen_on_the_phone_and_b_says_whom_it_needs() {
    let mut desk = desk(|page| page.free = known(three()));
    press(&mut desk, "1");
    let page = desk.calendar.as_ref().expect("open");
    assert_eq!(page.finder.picked.as_ref(), three().first());
    assert_eq!(why_not(&desk, "B").as_deref(), Some("Open a citizen first: Ctrl K. Then B begins a booking."));
}

#[test]
fn a_longer_meeting_asks_for_free_times_again() {
    let mut desk = desk(with_free);
    let pressed = shown(&desk, Language::English, ThemeName::Light, page(), |bench| {
        let controls = bench.controls();
        let more = controls.iter().find(|control| control.name == "Length: more than 30 min").expect("there");
        bench.click(more.bounds.center())
    });
    assert_eq!(pressed, [Message::Visit(Visit::Step(BookingInput::Minutes(35)))]);
    let effects = desk.update(step_of(BookingInput::Minutes(35)), now().timestamp());
    let asked = effects.iter().any(|effect| {
        matches!(effect, Effect::Ask(_, Question::Visit(VisitQuestion::Free(query))) if query.minutes == Some(35))
    });
    assert!(asked, "{effects:?}");
}

#[test]
fn the_matter_is_found_by_typing_where_no_booking_says_it() {
    let mut desk = empty_desk();
    let catalogue = skranke_domain::catalogue::Catalogue::builtin().expect("well formed");
    for one in catalogue.procedures {
        desk.session.procedures.insert(one.id.clone(), one);
    }
    desk.update(Input::Go(Place::Calendar), now().timestamp());
    desk.update(step_of(BookingInput::Choose), now().timestamp());
    desk.update(step_of(BookingInput::Query("indrejse".to_owned())), now().timestamp());
    let page = desk.calendar.as_ref().expect("open");
    let found = page.finder.choosing.as_ref().map(|choosing| choosing.found.clone()).unwrap_or_default();
    let (id, _) = found.first().expect("something is called that");
    desk.update(step_of(BookingInput::Procedure(id.clone())), now().timestamp());
    let page = desk.calendar.as_ref().expect("open");
    assert_eq!(page.finder.procedure.as_ref().map(|(id, _)| id), Some(id));
    assert!(page.finder.choosing.is_none() && page.free.is_waiting());
}

#[test]
fn the_waiting_list_is_walked_and_a_wish_taken_off_it() {
    let mut desk = waiting_desk();
    press(&mut desk, "↓");
    let effects = press(&mut desk, "Del");
    assert!(matches!(effects.as_slice(), [Effect::Enqueue(_)]));
    let panel = desk.calendar.as_ref().expect("open").waiting.as_ref().expect("open");
    assert_eq!(panel.waiting().count(), 2);
    let close = CalendarInput::Waiting(WaitingInput::Toggle);
    desk.update(Input::Calendar(close), now().timestamp());
    assert!(desk.calendar.as_ref().expect("open").waiting.is_none());
}
