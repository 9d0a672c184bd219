//! The calendar is drawn without a display and walked by keyboard.

use std::path::Path;

use iced::Size;
use iced::keyboard::key::Named;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use skranke_api::appointments::{
    Appointment, Block, BookRequest, Calendar as Week, Counter, DayLoad, Papers, Site, Slot,
};
use skranke_api::me::Me;
use skranke_api::{ETag, Problem, ProblemKind};
use skranke_client::ClientError;
use skranke_client::outbox::{Author, Draft, Entry, EntryState, Label};
use skranke_desk::calendar::{Booking, BookingFor};
use skranke_desk::load::Load;
use skranke_desk::pending::PendingInput;
use skranke_desk::session::Line;
use skranke_desk::settings::Settings;
use skranke_desk::{Effect, Place, Question};
use skranke_domain::appointment::{AppointmentReadiness, BlockKind, CounterKind};
use skranke_domain::authority::Role;
use skranke_domain::{CommandId, DepartmentId, Localized, SiteId, StaffId};

use super::*;
use crate::focus::Focus;
use crate::i18n::Language;
use crate::testing::Bench;
use crate::theme::{ThemeName, Tokens};

fn tz() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").expect("bundled")
}

fn now() -> Zoned {
    at(date(2026, 6, 9), 10, 6).to_zoned(tz())
}

fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
    day.at(hour, minute, 0, 0).to_zoned(tz()).expect("exists").timestamp()
}

fn counter(n: u8) -> CounterId {
    CounterId::parse(&format!("counter-{n}")).expect("a slug")
}

fn site() -> SiteId {
    SiteId::parse("north").expect("a slug")
}

fn two(da: &str, en: &str) -> Localized {
    Localized::new(da, en)
}

fn known<T>(value: T) -> Load<T> {
    Load::Known { value, at: now().timestamp(), refreshing: false, trouble: None }
}

/// Day of the week, hour, minute, length, name, open papers, people, title.
type Line8 = (i8, i8, i8, i64, &'static str, u16, u16, (&'static str, &'static str));

const ENTRY: (&str, &str) = ("Indrejse", "Entry");
const LICENCE: (&str, &str) = ("Kørekort", "Driving licence");
const JOB: (&str, &str) = ("Nyt job", "New job");

const BOOKED: &[Line8] = &[
    (8, 8, 30, 30, "T. Aarup", 0, 1, ENTRY),
    (8, 9, 0, 30, "M. Elbæk", 0, 1, ENTRY),
    (8, 9, 30, 45, "O. Sandahl", 1, 1, LICENCE),
    (8, 11, 0, 30, "R. Tingskov", 0, 1, ENTRY),
    (8, 13, 0, 60, "H. Brodal", 0, 4, ENTRY),
    (8, 14, 30, 30, "L. Hvidtfeldt", 0, 1, ENTRY),
    (8, 15, 0, 30, "K. Juelsen", 0, 1, ENTRY),
    (9, 8, 30, 30, "P. Ekmann", 0, 1, ENTRY),
    (9, 9, 15, 30, "A. Rindom", 2, 1, JOB),
    (9, 10, 20, 30, "K. Wrona", 0, 1, ENTRY),
    (9, 11, 30, 30, "J. Stavning", 0, 1, ENTRY),
    (9, 13, 0, 30, "F. Malling", 0, 1, ENTRY),
    (9, 14, 0, 45, "D. Ostenfeld", 3, 1, LICENCE),
    (9, 14, 15, 30, "E. Overgaard", 0, 1, ENTRY),
    (9, 15, 15, 15, "H. Lysbro", 0, 1, ENTRY),
    (9, 15, 30, 5, "B. Kortvig", 1, 1, ENTRY),
    (10, 8, 30, 45, "N. Vadgaard", 0, 2, ENTRY),
    (10, 10, 0, 30, "B. Kjærbo", 0, 1, ENTRY),
    (10, 11, 0, 30, "S. Oddershede", 1, 1, ENTRY),
    (10, 14, 0, 30, "E. Munkholt", 0, 1, ENTRY),
    (10, 15, 0, 30, "I. Fabricius", 0, 1, ENTRY),
    (11, 9, 30, 30, "G. Torndal", 0, 1, ENTRY),
    (11, 10, 15, 45, "U. Ravnsbo", 0, 1, JOB),
    (11, 13, 0, 30, "V. Ahlgreen", 0, 1, ENTRY),
    (12, 8, 30, 30, "C. Hedelund", 0, 1, ENTRY),
    (12, 9, 30, 30, "Y. Solbakke", 3, 1, ENTRY),
    (12, 10, 30, 30, "Q. Damsbo", 0, 1, ENTRY),
    (12, 13, 0, 30, "Z. Lindal", 0, 1, ENTRY),
];

fn appointment(n: u128, line: &Line8) -> Appointment {
    let (day, hour, minute, minutes, name, open, people, (da, en)) = *line;
    let start = at(date(2026, 6, day), hour, minute);
    Appointment {
        id: AppointmentId(uuid::Uuid::from_u128(0xA000 + n)),
        citizen: CitizenId(uuid::Uuid::from_u128(0xC000 + n)),
        citizen_short: name.to_owned(),
        cases: vec![CaseId(uuid::Uuid::from_u128(0xD000 + n))],
        title: Some(two(da, en)),
        site: site(),
        counter: counter(4),
        start,
        end: start.checked_add(minutes.minutes()).expect("in range"),
        people,
        status: AppointmentStatus::Booked,
        papers: Papers { due: 4, open },
        etag: ETag::of_version(1),
        readiness: AppointmentReadiness::Ready,
        with: None,
        interpreter: None,
        arrived: None,
        expires: None,
        replaces: None,
        conflict: false,
        told: Vec::new(),
    }
}

fn week() -> Week {
    let block = |day: i8, from: i8, to: (i8, i8), kind| Block {
        counter: counter(4),
        start: at(date(2026, 6, day), from, 0),
        end: at(date(2026, 6, day), to.0, to.1),
        kind,
        id: None,
        text: None,
        etag: None,
    };
    let mut blocks: Vec<Block> =
        [8, 9, 10, 12].into_iter().map(|day| block(day, 12, (13, 0), BlockKind::Break)).collect();
    blocks.push(block(11, 11, (12, 30), BlockKind::Meeting));
    blocks.push(block(12, 14, (18, 0), BlockKind::Closed));
    let loads = [94, 81, 62, 48, 66];
    Week {
        items: BOOKED.iter().enumerate().map(|(n, line)| appointment(n as u128, line)).collect(),
        blocks,
        load: loads
            .iter()
            .zip(8_i8..)
            .map(|(percent, day)| DayLoad { day: date(2026, 6, day), percent: *percent })
            .collect(),
        lanes: Vec::new(),
        next_cursor: None,
    }
}

fn slot(day: i8, hour: i8, minute: i8) -> Slot {
    let start = at(date(2026, 6, day), hour, minute);
    Slot {
        site: site(),
        counter: counter(4),
        start,
        end: start.checked_add(30.minutes()).expect("in range"),
        staff: None,
        interpreter: None,
    }
}

fn booking() -> Booking {
    Booking {
        what: BookingFor {
            citizen: CitizenId(uuid::Uuid::from_u128(0xC100)),
            citizen_name: "Kalina Testrup Wrona".to_owned(),
            cases: vec![CaseId(uuid::Uuid::from_u128(0xD100))],
            title: Some(two("Registrering af indrejse (CPR)", "Registration of entry (CPR)")),
            open_papers: vec![
                two("Kontrakt underskrevet af arbejdsgiver", "Contract signed by employer"),
                two("Lejekontrakt", "Tenancy contract"),
                two("Fødselsattester for begge børn, oversat", "Birth certificates of both children, translated"),
            ],
            minutes: 30,
            people: 3,
        },
        slot: None,
    }
}

fn empty_desk() -> Desk {
    let mut desk = Desk::new(Role::Clerk, Settings::default(), tz());
    desk.session.line = Line::Up;
    desk.session.me = known(Me {
        id: StaffId(uuid::Uuid::from_u128(1)),
        name: "Ida Mørk".to_owned(),
        initials: "IM".to_owned(),
        role: Role::Clerk,
        department: DepartmentId::parse("kff").expect("a slug"),
        authorities: Vec::new(),
        site: site(),
        counter: Some(counter(4)),
        training: true,
        municipality: "Øvekøbing".to_owned(),
    });
    let counters = (1..=5)
        .map(|n| Counter {
            id: counter(n),
            name: two(&format!("Skranke {n}"), &format!("Counter {n}")),
            kind: CounterKind::Counter,
            step_free: false,
            departments: Vec::new(),
        })
        .collect();
    desk.session.sites = vec![Site {
        id: site(),
        name: "Nord".to_owned(),
        counters,
        hours: Vec::new(),
        interpreters: Vec::new(),
        aim_minutes: 15,
    }];
    desk
}

/// A desk with the calendar open, as `set` leaves it.
fn desk(set: impl FnOnce(&mut CalendarPage)) -> Desk {
    let mut desk = empty_desk();
    desk.update(Input::Go(Place::Calendar), now().timestamp());
    let page = desk.calendar.as_mut().expect("it opened");
    page.week = known(week());
    set(page);
    desk
}

fn with_free(page: &mut CalendarPage) {
    page.free = known(vec![slot(10, 13, 0), slot(11, 8, 30), slot(12, 11, 30)]);
    page.booking = Some(booking());
}

fn shown<T>(
    desk: &Desk,
    language: Language,
    theme: ThemeName,
    size: Size,
    check: impl FnOnce(&mut Bench<'_, Message>) -> T,
) -> T {
    let texts = Texts::new(language);
    let focus = Focus::on(FIRST);
    let look = Look { width: size.width, ..Look::new(Tokens::of(theme), &texts, &focus, now()) };
    let calendar = CalendarScreen;
    let mut bench = Bench::new(calendar.view(Scene { look: &look, desk }), size);
    check(&mut bench)
}

fn page() -> Size {
    Size::new(1440.0, 900.0 - 48.0 - 44.0)
}

fn picture(name: &str, desk: &Desk, language: Language, theme: ThemeName, size: Size) {
    let pixels = shown(desk, language, theme, size, |bench| bench.draw(1.0, theme));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures");
    let theme = if theme == ThemeName::Dark { "dark" } else { "light" };
    pixels.save(&folder.join(format!("{name}-{}-{theme}.png", language.code())));
    let colors: std::collections::HashSet<[u8; 4]> = pixels.pixels().collect();
    assert!(colors.len() > 50, "only {} colours: is anything drawn?", colors.len());
}

fn names(desk: &Desk) -> Vec<String> {
    let controls = shown(desk, Language::English, ThemeName::Light, page(), |bench| bench.controls());
    controls.into_iter().map(|control| control.name).collect()
}

#[test]
fn the_calendar_is_drawn_in_both_themes_and_languages() {
    let writing = desk(|page| {
        with_free(page);
        if let Some(booking) = &mut page.booking {
            booking.slot = Some(slot(10, 13, 0));
        }
    });
    let chosen = desk(|page| page.selected = Some(appointment(8, &BOOKED[8]).id));
    for (language, theme) in [
        (Language::English, ThemeName::Light),
        (Language::Danish, ThemeName::Dark),
        (Language::Danish, ThemeName::Light),
        (Language::English, ThemeName::Dark),
    ] {
        picture("calendar", &writing, language, theme, page());
        picture("calendar-chosen", &chosen, language, theme, page());
    }
    picture("calendar-narrow", &writing, Language::Danish, ThemeName::Light, Size::new(1024.0, 676.0));
    let silent = desk(|page| page.week = Load::Failed { error: ClientError::Offline, at: now().timestamp() });
    picture("calendar-silent", &silent, Language::English, ThemeName::Light, page());
    let waiting = desk(|page| {
        let since = now().timestamp().checked_sub(1.second()).expect("in range");
        page.week = Load::Waiting { since };
        page.free = Load::Waiting { since };
    });
    picture("calendar-waiting", &waiting, Language::English, ThemeName::Light, page());
    let old = desk(|page| {
        page.week = Load::Known {
            value: week(),
            at: now().timestamp(),
            refreshing: false,
            trouble: Some(ClientError::TimedOut),
        }
    });
    picture("calendar-old", &old, Language::English, ThemeName::Light, page());
}

#[test]
fn every_control_of_the_calendar_has_a_name_and_an_id_of_its_own() {
    for language in Language::ALL {
        for desk in [desk(with_free), desk(|page| page.selected = Some(appointment(8, &BOOKED[8]).id)), empty_desk()] {
            let controls = shown(&desk, language, ThemeName::Light, page(), |bench| bench.controls());
            let ids: std::collections::HashSet<_> = controls.iter().map(|control| &control.id).collect();
            assert_eq!(ids.len(), controls.len(), "an id stands twice");
            for control in &controls {
                assert!(
                    !control.name.trim().is_empty() && !control.name.contains('⟦'),
                    "{:?}: {}",
                    control.id,
                    control.name
                );
            }
        }
    }
}

#[test]
fn an_appointment_says_when_who_and_which_papers() {
    let names = names(&desk(|_| {}));
    assert!(names.iter().any(|name| name == "09:15–09:45, A. Rindom, 2 papers missing, New job"), "{names:?}");
    assert!(names.iter().any(|name| name == "08:30–09:00, P. Ekmann, All papers approved, Entry"), "{names:?}");
}

#[test]
fn the_head_of_a_day_counts_those_who_lack_papers() {
    let names = names(&desk(|_| {}));
    assert!(names.iter().any(|name| name == "Tuesday 9 Jun, 81 % taken, 3 lack papers"), "{names:?}");
    assert!(names.iter().any(|name| name == "Thursday 11 Jun, 48 % taken, none lack papers"), "{names:?}");
}

#[test]
fn a_cancelled_appointment_leaves_its_time() {
    let desk = desk(|page| {
        if let Some(week) = page.week.value_mut() {
            week.items.iter_mut().for_each(|a| a.status = AppointmentStatus::Cancelled);
        }
    });
    assert!(!names(&desk).iter().any(|name| name.contains("Ekmann")));
}

fn with_an_unsent_booking(state: EntryState) -> Desk {
    let mut desk = desk(|_| {});
    let start = at(date(2026, 6, 11), 14, 0);
    let request = BookRequest {
        id: AppointmentId(uuid::Uuid::from_u128(0xA900)),
        citizen: CitizenId(uuid::Uuid::from_u128(0xC100)),
        cases: vec![CaseId(uuid::Uuid::from_u128(0xD100))],
        counter: counter(4),
        start,
        minutes: 30,
        people: 1,
        with: None,
        interpreter: None,
        language: None,
        replaces: None,
        cause: None,
    };
    let label = Label::Booking {
        citizen_name: "Kalina Testrup Wrona".to_owned(),
        title: None,
        appointment: request.id,
        counter: counter(4),
        start,
        minutes: 30,
    };
    let person = desk.person().expect("signed in");
    let author = Author { person, citizen: request.citizen, at: now().timestamp() };
    let entry = Entry {
        id: CommandId(uuid::Uuid::from_u128(0xE)),
        draft: Draft::booking(author, &request, label).expect("has a JSON form"),
        created_at: now().timestamp(),
        attempts: 0,
        last_attempt: None,
        state,
    };
    desk.update(Input::Pending(PendingInput::Entries(vec![entry])), now().timestamp());
    desk
}

#[test]
fn a_booking_that_is_not_sent_stands_in_its_place_and_says_so() {
    let desk = with_an_unsent_booking(EntryState::Queued);
    picture("calendar-unsent", &desk, Language::Danish, ThemeName::Light, page());
    assert!(names(&desk).iter().any(|name| name == "14:00–14:30, Kalina Testrup Wrona, Not sent"));
    let refused = with_an_unsent_booking(EntryState::Refused { problem: Problem::new(ProblemKind::SlotTaken) });
    assert!(names(&refused).iter().any(|name| name == "14:00–14:30, Kalina Testrup Wrona, Refused"));
}

#[test]
fn a_booking_that_the_week_knows_already_is_not_shown_twice() {
    let mut desk = with_an_unsent_booking(EntryState::Attempted);
    let page = desk.calendar.as_mut().expect("open");
    let mut confirmed = appointment(0, &BOOKED[0]);
    confirmed.id = AppointmentId(uuid::Uuid::from_u128(0xA900));
    page.week.value_mut().expect("known").items.push(confirmed);
    assert!(!names(&desk).iter().any(|name| name.contains("Not sent")));
}

#[test]
fn a_week_that_did_not_come_shows_no_free_looking_day() {
    let desk = desk(|page| page.week = Load::Failed { error: ClientError::Offline, at: now().timestamp() });
    let names = names(&desk);
    assert!(!names.iter().any(|name| name.contains("none lack papers")), "{names:?}");
    assert!(names.iter().any(|name| name == "Ask again"));
}

#[test]
fn the_arrows_walk_through_the_day_and_stop_at_its_end() {
    let mut desk = desk(|_| {});
    let mut calendar = CalendarScreen;
    let mut walked = Vec::new();
    for _ in 0..12 {
        let Action::Both(input, _) = calendar.update(Message::Step(Step::Next), &desk) else {
            panic!("a choice was expected")
        };
        desk.update(input, now().timestamp());
        walked.push(selected(desk.calendar.as_ref().expect("open")).map(|a| a.citizen_short.clone()).expect("chosen"));
    }
    assert_eq!(walked[..3], ["P. Ekmann", "A. Rindom", "K. Wrona"]);
    assert_eq!(walked[8..], ["B. Kortvig", "B. Kortvig", "B. Kortvig", "B. Kortvig"]);
}

#[test]
fn a_click_on_another_days_appointment_takes_that_day_along() {
    let mut desk = desk(|_| {});
    let friday = appointment(26, &BOOKED[26]);
    let Action::DeskAll(inputs) = CalendarScreen.update(Message::Select(friday.id), &desk) else {
        panic!("day and choice were expected")
    };
    for input in inputs {
        desk.update(input, now().timestamp());
    }
    let page = desk.calendar.as_ref().expect("open");
    assert_eq!((page.day, selected(page).map(|a| a.id)), (date(2026, 6, 12), Some(friday.id)));
}

#[test]
fn going_on_to_the_next_day_leaves_the_chosen_appointment_behind() {
    let mut desk = desk(|page| page.selected = Some(appointment(8, &BOOKED[8]).id));
    assert!(selected(desk.calendar.as_ref().expect("open")).is_some());
    desk.update(Input::Calendar(CalendarInput::Day(1)), now().timestamp());
    assert!(selected(desk.calendar.as_ref().expect("open")).is_none());
    assert!(CalendarScreen.keys(&desk, &Texts::new(Language::English)).iter().all(|key| key.chord != "↵"));
}

fn key<'k>(keys: &'k [Key<Message>], chord: &str) -> Option<&'k Key<Message>> {
    keys.iter().find(|key| key.chord == chord)
}

#[test]
fn a_time_is_taken_with_its_number_and_booked_with_ctrl_enter() {
    let mut desk = desk(with_free);
    let texts = Texts::new(Language::English);
    let mut calendar = CalendarScreen;
    let keys = calendar.keys(&desk, &texts);
    assert_eq!(
        key(&keys, "Ctrl ↵").and_then(|key| key.disabled.clone()).as_deref(),
        Some("Take a free time first: 1, 2 or 3.")
    );
    for chord in ["1", "Ctrl ↵"] {
        let keys = calendar.keys(&desk, &texts);
        let pressed = key(&keys, chord).expect("there");
        assert_eq!(pressed.disabled, None, "{chord}");
        let Action::Desk(input) = calendar.update(pressed.message.clone(), &desk) else {
            panic!("something for the desk")
        };
        let effects = desk.update(input, now().timestamp());
        if chord == "Ctrl ↵" {
            assert!(matches!(effects.as_slice(), [Effect::Enqueue(_)]), "{effects:?}");
        }
    }
    assert!(desk.calendar.as_ref().expect("open").booking.is_none());
}

#[test]
fn without_a_booking_the_numbers_say_what_to_do_first() {
    let desk = desk(|page| page.free = known(vec![slot(10, 13, 0)]));
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::Danish));
    let one = key(&keys, "1").expect("there");
    assert_eq!(one.disabled.as_deref(), Some("Begynd en booking først: B på en borgers eller en sags side."));
    assert!(key(&keys, "2").is_none(), "there is one free time only");
}

#[test]
fn enter_opens_the_citizen_for_her_appointment() {
    let desk = desk(|page| page.selected = Some(appointment(9, &BOOKED[9]).id));
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::Danish));
    let message = key(&keys, "↵").expect("there").message.clone();
    match CalendarScreen.update(message, &desk) {
        Action::Desk(Input::OpenCitizen(_, purpose)) => assert_eq!(purpose.kind, PurposeKind::Appointment),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_longer_meeting_asks_for_free_times_again() {
    let mut desk = desk(with_free);
    let pressed = shown(&desk, Language::English, ThemeName::Light, page(), |bench| {
        let controls = bench.controls();
        let more = controls.iter().find(|control| control.name == "Length: more than 30 min").expect("there");
        bench.click(more.bounds.center())
    });
    assert_eq!(pressed, [Message::Minutes(35)]);
    let Action::Desk(input) = CalendarScreen.update(Message::Minutes(35), &desk) else {
        panic!("something for the desk")
    };
    let effects = desk.update(input, now().timestamp());
    assert!(matches!(&effects[0], Effect::Ask(_, Question::Slots { minutes: 35, .. })), "{effects:?}");
}

#[test]
fn a_click_chooses_an_appointment_and_enter_on_the_week_presses_nothing_else() {
    let desk = desk(|_| {});
    let id = appointment(8, &BOOKED[8]).id;
    let (clicked, pressed) = shown(&desk, Language::English, ThemeName::Light, page(), |bench| {
        let controls = bench.controls();
        let there = controls.iter().find(|control| control.id == appointment_id(id)).expect("there");
        (bench.click(there.bounds.center()), bench.press(Named::Enter))
    });
    assert_eq!(clicked, [Message::Select(id)]);
    assert!(pressed.is_empty());
}
