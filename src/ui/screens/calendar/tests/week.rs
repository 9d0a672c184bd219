//! A week of a counter, and what stands in it that is not sent.

use super::*;

#[test]
fn the_week_is_drawn_in_both_themes_and_languages() {
    let chosen = desk(|page| page.selected = Some(appointment(8, &BOOKED[8]).id));
    for (language, theme) in [
        (Language::English, ThemeName::Light),
        (Language::Danish, ThemeName::Dark),
        (Language::Danish, ThemeName::Light),
        (Language::English, ThemeName::Dark),
    ] {
        picture("calendar-week", &chosen, language, theme, page());
    }
    picture("calendar-week-narrow", &chosen, Language::Danish, ThemeName::Light, Size::new(1024.0, 676.0));
    let silent = desk(|page| page.week = Load::Failed { error: ClientError::Offline, at: now().timestamp() });
    picture("calendar-silent", &silent, Language::English, ThemeName::Light, page());
    let waiting = desk(|page| {
        let since = now().timestamp().checked_sub(1.second()).expect("in range");
        page.week = Load::Waiting { since };
        page.month = Load::Waiting { since };
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
    let Action::Desk(input) = CalendarScreen.update(Message::Select(friday.id), &desk) else {
        panic!("a choice was expected")
    };
    desk.update(input, now().timestamp());
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
