//! The calendar is drawn without a display and walked by keyboard.

use std::path::Path;

use iced::Size;
use iced::keyboard::key::Named;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use skranke_api::appointments::{
    Appointment, Block, BookRequest, Calendar as Week, Counter, DayLoad, Hours, Interpreter, Lane, Papers, Site, Slot,
    StaffRef,
};
use skranke_api::me::Me;
use skranke_api::opening::{GroundLoad, LoadView};
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
use skranke_domain::citizen::{GroundOfStay, LanguageCode};
use skranke_domain::{CommandId, DepartmentId, InterpreterId, Localized, SiteId, StaffId};

use super::*;

mod booking;
mod day;
mod moves;
mod week;

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
    Booking::new(BookingFor {
        cases: vec![CaseId(uuid::Uuid::from_u128(0xD100))],
        title: Some(two("Registrering af indrejse (CPR)", "Registration of entry (CPR)")),
        people: 3,
        ..BookingFor::of(CitizenId(uuid::Uuid::from_u128(0xC100)), "Kalina Testrup Wrona")
    })
}

/// A place, its kind and who is there.
type Place3 = (&'static str, CounterKind, Option<&'static str>, (&'static str, &'static str));

const PLACES: &[Place3] = &[
    ("counter-1", CounterKind::Counter, Some("Nina Krogh"), ("Skranke 1", "Counter 1")),
    ("counter-2", CounterKind::Counter, Some("Omar Hjelm"), ("Skranke 2", "Counter 2")),
    ("counter-3", CounterKind::Counter, None, ("Skranke 3", "Counter 3")),
    ("counter-4", CounterKind::Counter, Some("Ida Mørk"), ("Skranke 4", "Counter 4")),
    ("stand-1", CounterKind::Stand, None, ("Stander 1", "Stand 1")),
    ("stand-2", CounterKind::Stand, None, ("Stander 2", "Stand 2")),
    ("room-a", CounterKind::Room, Some("Sara Nygaard"), ("Rum A", "Room A")),
    ("phone-1", CounterKind::Phone, Some("Jonas Bækgaard"), ("Telefon", "Phone")),
    ("siri-1", CounterKind::Authority, None, ("SIRI", "SIRI")),
    ("skat-1", CounterKind::Authority, None, ("Skat", "Tax")),
];

fn place(id: &str) -> CounterId {
    CounterId::parse(id).expect("a slug")
}

fn staff(name: &str, n: u128) -> StaffRef {
    let id = if name == "Ida Mørk" { 1 } else { 0xE000 + n };
    StaffRef { id: StaffId(uuid::Uuid::from_u128(id)), name: name.to_owned() }
}

fn polish() -> Interpreter {
    Interpreter {
        id: InterpreterId::parse("polonez").expect("a slug"),
        name: "Polonez Tolke".to_owned(),
        language: LanguageCode("pl".to_owned()),
    }
}

/// Where, hour, minute, length, name, open papers, title.
type Line7 = (&'static str, i8, i8, i64, &'static str, u16, (&'static str, &'static str));

const PASSPORT: (&str, &str) = ("Pas", "Passport");
const MOVING: (&str, &str) = ("Flytning", "Moving");
const HEALTH: (&str, &str) = ("Sundhedskort", "Health card");
const AGE: (&str, &str) = ("Seniorydelse", "Third age");
const DIVORCE: (&str, &str) = ("Skilsmisse", "Divorce");
const MITID: (&str, &str) = ("MitID", "MitID");
const EU: (&str, &str) = ("EU-papirer", "EU papers");

const THAT_DAY: &[Line7] = &[
    ("counter-1", 8, 30, 30, "T. Aarup", 0, PASSPORT),
    ("counter-1", 9, 0, 30, "M. Elbæk", 0, MOVING),
    ("counter-1", 9, 30, 30, "R. Tingskov", 0, HEALTH),
    ("counter-1", 10, 0, 30, "O. Sandahl", 1, AGE),
    ("counter-1", 10, 30, 30, "L. Hvidtfeldt", 0, JOB),
    ("counter-1", 11, 0, 30, "K. Juelsen", 0, ENTRY),
    ("counter-1", 13, 0, 30, "P. Ekmann", 0, DIVORCE),
    ("counter-1", 13, 30, 30, "A. Rindom", 0, MITID),
    ("counter-1", 14, 0, 30, "J. Stavning", 0, EU),
    ("counter-1", 14, 30, 30, "F. Malling", 0, PASSPORT),
    ("counter-2", 8, 30, 30, "D. Ostenfeld", 0, DIVORCE),
    ("counter-2", 9, 15, 30, "H. Lysbro", 2, MITID),
    ("counter-2", 10, 0, 30, "N. Vadgaard", 0, EU),
    ("counter-2", 11, 0, 30, "B. Kjærbo", 0, PASSPORT),
    ("counter-2", 11, 30, 30, "S. Oddershede", 0, MOVING),
    ("counter-2", 13, 30, 30, "E. Munkholt", 1, HEALTH),
    ("counter-2", 14, 30, 30, "I. Fabricius", 0, AGE),
    ("counter-4", 8, 30, 30, "G. Torndal", 0, PASSPORT),
    ("counter-4", 9, 15, 30, "U. Ravnsbo", 2, MOVING),
    ("counter-4", 10, 20, 30, "K. Wrona", 0, ENTRY),
    ("counter-4", 11, 30, 30, "V. Ahlgreen", 0, AGE),
    ("counter-4", 13, 0, 30, "C. Hedelund", 0, JOB),
    ("counter-4", 15, 15, 30, "Y. Solbakke", 0, ENTRY),
    ("stand-1", 9, 0, 30, "Q. Damsbo", 0, DIVORCE),
    ("stand-1", 10, 0, 30, "Z. Lindal", 0, MITID),
    ("stand-2", 13, 0, 30, "X. Friis-Tang", 0, PASSPORT),
    ("stand-1", 14, 0, 30, "Å. Nørlev", 0, MOVING),
    ("stand-2", 15, 0, 30, "Ø. Brinck", 0, HEALTH),
    ("room-a", 9, 30, 45, "T. Aarup", 0, AGE),
    ("room-a", 13, 30, 45, "R. Tingskov", 0, ENTRY),
    ("phone-1", 8, 30, 30, "O. Sandahl", 0, PASSPORT),
    ("phone-1", 9, 0, 30, "L. Hvidtfeldt", 0, MOVING),
    ("phone-1", 9, 30, 30, "K. Juelsen", 0, HEALTH),
    ("phone-1", 10, 30, 30, "P. Ekmann", 0, AGE),
    ("phone-1", 11, 0, 30, "A. Rindom", 1, JOB),
    ("phone-1", 13, 0, 30, "J. Stavning", 0, ENTRY),
    ("phone-1", 13, 30, 30, "F. Malling", 0, DIVORCE),
    ("phone-1", 14, 30, 30, "D. Ostenfeld", 0, MITID),
    ("siri-1", 9, 0, 30, "S. Kortvig", 0, ENTRY),
    ("siri-1", 10, 0, 30, "L. Overgaard", 0, ENTRY),
];

fn at_place(n: u128, line: &Line7) -> Appointment {
    let (at, hour, minute, minutes, name, open, title) = *line;
    let mut one = appointment(0x100 + n, &(9, hour, minute, minutes, name, open, 1, title));
    one.counter = place(at);
    one
}

/// The appointment of the site's day with this name at this place.
fn found(name: &str, at: &str) -> Appointment {
    let all = THAT_DAY.iter().enumerate().map(|(n, line)| at_place(n as u128, line));
    all.into_iter().find(|one| one.citizen_short == name && one.counter == place(at)).expect("booked")
}

fn site_day() -> Week {
    let day = date(2026, 6, 9);
    let block = |at_counter: &str, from: (i8, i8), to: (i8, i8), kind, text: Option<&str>| Block {
        id: None,
        text: text.map(str::to_owned),
        counter: place(at_counter),
        start: at(day, from.0, from.1),
        end: at(day, to.0, to.1),
        kind,
        etag: None,
    };
    let mut blocks = vec![block("counter-3", (8, 30), (16, 30), BlockKind::Closed, Some("Ingen bemanding i dag"))];
    for counter in ["counter-1", "counter-2", "counter-4"] {
        blocks.push(block(counter, (12, 0), (12, 30), BlockKind::Break, None));
    }
    for counter in ["stand-1", "stand-2", "phone-1"] {
        blocks.push(block(counter, (12, 30), (13, 0), BlockKind::Break, None));
    }
    let lanes = PLACES.iter().enumerate().map(|(n, (id, _, who, _))| Lane {
        counter: place(id),
        staff: who.map(|name| staff(name, n as u128)),
        percent: [97, 80, 0, 79, 60, 55, 40, 81, 25, 0][n],
        closed: *id == "counter-3",
    });
    let mut items: Vec<_> = THAT_DAY.iter().enumerate().map(|(n, line)| at_place(n as u128, line)).collect();
    items.sort_by_key(|one| one.start);
    Week { items, blocks, load: vec![DayLoad { day, percent: 81 }], lanes: lanes.collect(), next_cursor: None }
}

fn load() -> LoadView {
    let shares = [12, 55, 52, 30, 0, 94, 81, 48, 22, 50, 82, 47, 10, 24, 30, 27, 26, 8, 6, 29, 9, 0];
    let mut day = date(2026, 6, 1);
    let mut days = Vec::new();
    for percent in shares {
        days.push(DayLoad { day, percent });
        day = day.checked_add(1.day()).expect("in range");
        while matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
            day = day.checked_add(1.day()).expect("in range");
        }
    }
    let ground = |ground, months| GroundLoad { ground, months };
    LoadView {
        days,
        grounds: vec![
            ground(GroundOfStay::EuStudent, [310, 120, 60, 40, 35, 40, 50, 280, 420, 110, 60, 40]),
            ground(GroundOfStay::EuWorker, [120, 110, 130, 125, 120, 118, 90, 115, 150, 130, 120, 80]),
            ground(GroundOfStay::Family, [80, 70, 75, 70, 72, 90, 110, 120, 95, 70, 66, 60]),
        ],
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
        roles: vec![Role::Clerk],
        department: DepartmentId::parse("kff").expect("a slug"),
        authorities: Vec::new(),
        site: site(),
        counter: Some(counter(4)),
        training: true,
        municipality: "Øvekøbing".to_owned(),
    });
    let counter = |(id, kind, _, (da, en)): &Place3| Counter {
        id: place(id),
        name: two(da, en),
        kind: *kind,
        step_free: *id == "room-a",
        departments: Vec::new(),
    };
    let time = |hour| jiff::civil::time(hour, 0, 0, 0);
    let site = |id: &str, name: &str, counters: Vec<Counter>| Site {
        id: SiteId::parse(id).expect("a slug"),
        name: name.to_owned(),
        counters,
        hours: (0..7).map(|day| (day < 5).then(|| Hours { from: time(8), to: time(16) })).collect(),
        interpreters: vec![polish()],
        aim_minutes: 15,
    };
    let south = Counter { id: place("south-1"), ..counter(&PLACES[0]) };
    desk.session.sites =
        vec![site("north", "Nørrebro", PLACES.iter().map(counter).collect()), site("south", "Valby", vec![south])];
    desk
}

/// A desk with the week of its counter open, as `set` leaves it.
fn desk(set: impl FnOnce(&mut CalendarPage)) -> Desk {
    on_day(|page| {
        page.view = View::Week;
        page.week = known(week());
        set(page);
    })
}

/// A desk with the day of its site open, as `set` leaves it.
fn on_day(set: impl FnOnce(&mut CalendarPage)) -> Desk {
    let mut desk = empty_desk();
    desk.update(Input::Go(Place::Calendar), now().timestamp());
    let page = desk.calendar.as_mut().expect("it opened");
    page.site_day = known(site_day());
    page.month = known(load());
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
    let look =
        Look { width: size.width, height: size.height + 92.0, ..Look::new(Tokens::of(theme), &texts, &focus, now()) };
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

fn key<'k>(keys: &'k [Key<Message>], chord: &str) -> Option<&'k Key<Message>> {
    keys.iter().find(|key| key.chord == chord)
}
