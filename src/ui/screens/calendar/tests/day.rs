//! The day of a site: its places, the chosen appointment, the month, the choices.

use super::*;
use skranke_desk::calendar::ending::CancelInput;
use skranke_desk::calendar::menus::Menu;
use skranke_domain::appointment::{MessageChannel, MessageKind, MessageState, MessageTo};

/// Kalina Wrona is chosen: she is here, and was told.
fn chosen() -> Desk {
    let mut desk = on_day(|_| {});
    let one = found("K. Wrona", "counter-4");
    desk.update(Input::Calendar(CalendarInput::Select(one.id)), now().timestamp());
    let page = desk.calendar.as_mut().expect("open");
    let told = |to, channel, state| skranke_api::visits::Told {
        id: skranke_domain::MessageId::new(),
        to,
        kind: MessageKind::Confirmation,
        channel,
        language: LanguageCode("pl".to_owned()),
        state,
        at: now().timestamp(),
    };
    if let Some(day) = page.site_day.value_mut() {
        for here in day.items.iter_mut().filter(|here| here.id == one.id) {
            here.status = AppointmentStatus::Arrived;
            here.arrived = Some(at(date(2026, 6, 9), 10, 2));
        }
    }
    page.detail = known(Appointment {
        told: vec![
            told(MessageTo::Citizen, MessageChannel::Email, MessageState::Sent),
            told(MessageTo::Citizen, MessageChannel::Sms, MessageState::Failed),
        ],
        ..one
    });
    desk
}

#[test]
fn the_day_is_drawn_in_both_themes_and_languages() {
    let chosen = chosen();
    for (language, theme) in [
        (Language::English, ThemeName::Light),
        (Language::Danish, ThemeName::Dark),
        (Language::Danish, ThemeName::Light),
        (Language::English, ThemeName::Dark),
    ] {
        picture("calendar-day", &chosen, language, theme, page());
    }
    picture("calendar-day-narrow", &chosen, Language::Danish, ThemeName::Light, Size::new(1024.0, 676.0));
    let mut whose = on_day(|_| {});
    whose.update(Input::Calendar(CalendarInput::Menu(Some(Menu::Whose))), now().timestamp());
    picture("calendar-whose", &whose, Language::English, ThemeName::Light, page());
    let mut cancelling = chosen;
    cancelling.update(Input::Calendar(CalendarInput::Cancel(CancelInput::Begin)), now().timestamp());
    picture("calendar-cancel", &cancelling, Language::Danish, ThemeName::Light, page());
    let mut closing = on_day(|_| {});
    closing.update(Input::Calendar(CalendarInput::Closing(ClosingInput::Open)), now().timestamp());
    closing.update(Input::Calendar(CalendarInput::Closing(ClosingInput::From("13".into()))), now().timestamp());
    closing.update(Input::Calendar(CalendarInput::Closing(ClosingInput::To("14:30".into()))), now().timestamp());
    if let Some(Layer::Closing(sheet)) = &mut closing.calendar.as_mut().expect("open").layer {
        let appointments = vec![found("C. Hedelund", "counter-4")];
        sheet.conflicts = known(skranke_api::opening::BlockConflicts { appointments });
    }
    picture("calendar-closing", &closing, Language::English, ThemeName::Light, page());
}

#[test]
fn a_column_says_who_is_there_and_how_full_it_is_and_stands_lie_together() {
    let names = names(&on_day(|_| {}));
    for said in [
        "Counter 1, Nina Krogh, 97 % taken",
        "Counter 3, closed today",
        "Counter 4, You, 79 % taken",
        "Stands 1–2, Self-service, 57 % taken",
    ] {
        assert!(names.iter().any(|name| name == said), "{said}: {names:?}");
    }
}

#[test]
fn the_line_above_counts_who_is_booked_who_lacks_papers_and_what_is_free() {
    let texts = shown(&on_day(|_| {}), Language::English, ThemeName::Light, page(), |bench| bench.texts());
    let at = texts.iter().position(|text| text == "booked").expect("said");
    assert_eq!(texts[at - 1], "40");
    let at = texts.iter().position(|text| text == "with papers missing").expect("said");
    assert_eq!(texts[at - 1], "5");
    assert!(texts.iter().any(|text| text == "free"));
}

#[test]
fn places_that_do_not_fit_are_named_and_come_into_sight_when_the_keys_go_there() {
    let mut desk = on_day(|_| {});
    assert!(names(&desk).iter().any(|name| name == "Further: SIRI, Tax"), "{:?}", names(&desk));
    assert!(!names(&desk).iter().any(|name| name.contains("S. Kortvig")));
    for _ in 0..6 {
        match CalendarScreen.update(Message::Across(Step::Next), &desk) {
            Action::Desk(input) => drop(desk.update(input, now().timestamp())),
            Action::DeskAll(inputs) => inputs.into_iter().for_each(|input| drop(desk.update(input, now().timestamp()))),
            Action::None => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(names(&desk).iter().any(|name| name.contains("S. Kortvig")), "{:?}", names(&desk));
}

#[test]
fn the_arrows_stay_within_the_column() {
    let mut desk = on_day(|_| {});
    let mut walked = Vec::new();
    for _ in 0..7 {
        let Action::Both(input, _) = CalendarScreen.update(Message::Step(Step::Next), &desk) else {
            panic!("a choice was expected")
        };
        desk.update(input, now().timestamp());
        walked.push(selected(desk.calendar.as_ref().expect("open")).map(|a| a.citizen_short.clone()).expect("chosen"));
    }
    let of_four = ["G. Torndal", "U. Ravnsbo", "K. Wrona", "V. Ahlgreen", "C. Hedelund", "Y. Solbakke", "Y. Solbakke"];
    assert_eq!(walked, of_four);
}

#[test]
fn beside_the_chosen_one_stands_who_she_is_how_ready_and_whom_it_told() {
    let desk = chosen();
    let (names, texts) =
        shown(&desk, Language::English, ThemeName::Light, page(), |bench| (bench.controls(), bench.texts()));
    assert!(names.iter().any(|c| c.name.starts_with("10:20 K. Wrona, Entry · 30 min · here since 10:02")), "{names:?}");
    assert!(texts.iter().any(|text| text == "Ready to attend, 4 of 4 approved"), "{texts:?}");
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::English));
    for chord in ["↵", "M", "O", "Del", "Esc"] {
        assert!(key(&keys, chord).is_some(), "{chord}");
    }
    assert!(key(&keys, "A").is_none(), "she is here already");
}

#[test]
fn who_is_booked_for_later_cannot_have_missed_it_yet() {
    let mut desk = on_day(|_| {});
    let later = found("C. Hedelund", "counter-4");
    desk.update(Input::Calendar(CalendarInput::Select(later.id)), now().timestamp());
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::English));
    assert_eq!(key(&keys, "N").and_then(|key| key.disabled.clone()).as_deref(), Some("The time has not come yet."));
    let earlier = found("G. Torndal", "counter-4");
    desk.update(Input::Calendar(CalendarInput::Select(earlier.id)), now().timestamp());
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::English));
    assert_eq!(key(&keys, "N").map(|key| key.disabled.clone()), Some(None));
}

#[test]
fn a_time_that_was_closed_after_it_was_booked_says_that_it_has_to_be_moved() {
    let one = found("C. Hedelund", "counter-4");
    let desk = on_day(|page| {
        let day = page.site_day.value_mut().expect("known");
        day.items.iter_mut().filter(|a| a.id == one.id).for_each(|a| a.conflict = true);
    });
    let said = "13:00–13:30, C. Hedelund, This time was closed after it was booked: it has to be moved.";
    assert!(names(&desk).iter().any(|name| name.starts_with(said)), "{:?}", names(&desk));
}

#[test]
fn a_click_on_a_day_of_the_month_leads_there() {
    let desk = on_day(|_| {});
    let pressed = shown(&desk, Language::English, ThemeName::Light, page(), |bench| {
        let controls = bench.controls();
        let day = controls.iter().find(|control| control.name.starts_with("Mon 15 Jun, 82 % taken")).expect("there");
        bench.click(day.bounds.center())
    });
    assert_eq!(pressed, [Message::Do(CalendarInput::GoTo(date(2026, 6, 15)))]);
}

#[test]
fn the_choices_stand_in_groups_and_lead_to_a_week() {
    let mut desk = on_day(|_| {});
    desk.update(Input::Calendar(CalendarInput::Menu(Some(Menu::Whose))), now().timestamp());
    let texts = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.texts());
    for group in ["Counters", "Rooms and stands", "Phone", "Caseworkers", "Interpreters", "Authorities in the house"] {
        assert!(texts.iter().any(|text| text == group), "{group}");
    }
    let choices = desk.calendar.as_ref().expect("open").choices(Menu::Whose, &desk.session);
    let at = choices
        .iter()
        .position(|choice| choice.called == skranke_desk::calendar::menus::Called::Name("Polonez Tolke".to_owned()))
        .expect("there");
    let Action::Desk(input) = CalendarScreen.update(Message::MenuTakeAt(at), &desk) else { panic!("a choice") };
    let effects = desk.update(input, now().timestamp());
    assert!(
        matches!(
            &effects[0],
            Effect::Ask(
                _,
                Question::Visit(skranke_desk::ask::VisitQuestion::Calendar(
                    skranke_client::http::CalendarOf::Interpreter(_),
                    ..
                ))
            )
        ),
        "{effects:?}"
    );
    assert_eq!(desk.calendar.as_ref().expect("open").view, View::Week);
}

#[test]
fn every_control_of_the_day_has_a_name_and_an_id_of_its_own() {
    let with_menu = {
        let mut desk = on_day(|_| {});
        desk.update(Input::Calendar(CalendarInput::Menu(Some(Menu::Site))), now().timestamp());
        desk
    };
    for language in Language::ALL {
        for desk in [chosen(), on_day(|_| {}), with_menu.clone()] {
            let controls = shown(&desk, language, ThemeName::Light, page(), |bench| bench.controls());
            let mut ids = std::collections::HashSet::new();
            for control in &controls {
                assert!(ids.insert(&control.id), "{:?} stands twice", control.id);
                assert!(!control.name.trim().is_empty() && !control.name.contains('⟦'), "{control:?}");
            }
        }
    }
}
