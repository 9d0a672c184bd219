//! Moving an appointment by keys and by mouse, and taking it back.

use super::*;
use iced::{Point, Vector};
use skranke_api::visits::{MessageText, VisitPlan};
use skranke_desk::calendar::moving::{Interprets, Stage, Verdict};
use skranke_domain::appointment::{MessageChannel, MessageTo};

fn plan() -> VisitPlan {
    let message = |to, channel, address: &str, text: &str| MessageText {
        to,
        channel,
        address_masked: address.to_owned(),
        subject: None,
        text: text.to_owned(),
    };
    VisitPlan {
        minutes: 30,
        bring: Vec::new(),
        need_not: Vec::new(),
        guards: Vec::new(),
        messages: vec![
            message(MessageTo::Citizen, MessageChannel::Sms, "•• •• 12 88", "Pana wizyta: 9 czerwca o 13:30."),
            message(MessageTo::Interpreter, MessageChannel::Email, "t•••@•••.dk", "Ny tid: 9. juni kl. 13.30."),
        ],
        reminder: None,
        script: Vec::new(),
        language: LanguageCode("pl".to_owned()),
    }
}

fn press(desk: &mut Desk, chord: &str) -> Vec<Effect> {
    let keys = CalendarScreen.keys(desk, &Texts::new(Language::English));
    let pressed = key(&keys, chord).unwrap_or_else(|| panic!("no {chord}"));
    assert_eq!(pressed.disabled, None, "{chord}");
    act(desk, pressed.message.clone())
}

fn act(desk: &mut Desk, message: Message) -> Vec<Effect> {
    match CalendarScreen.update(message, desk) {
        Action::Desk(input) | Action::Both(input, _) => desk.update(input, now().timestamp()),
        Action::DeskAll(all) => all.into_iter().flat_map(|input| desk.update(input, now().timestamp())).collect(),
        Action::None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

/// C. Hedelund is taken up at counter 4, with an interpreter who is known to be free.
fn moving() -> Desk {
    let mut desk = on_day(|page| {
        let day = page.site_day.value_mut().expect("known");
        for one in day.items.iter_mut().filter(|one| one.citizen_short == "C. Hedelund") {
            one.interpreter = Some(polish());
        }
    });
    act(&mut desk, Message::Select(found("C. Hedelund", "counter-4").id));
    press(&mut desk, "M");
    let page = desk.calendar.as_mut().expect("open");
    let empty = Week { items: Vec::new(), blocks: Vec::new(), load: Vec::new(), lanes: Vec::new(), next_cursor: None };
    page.moving.as_mut().expect("taken up").interpreter = known(empty);
    desk
}

#[test]
fn a_move_is_drawn_with_its_origin_and_who_is_told() {
    let mut desk = moving();
    for chord in ["Shift ↓", "Shift ↓", "Shift ↓", "Shift ↓", "←", "←"] {
        press(&mut desk, chord);
    }
    picture("calendar-moving", &desk, Language::English, ThemeName::Light, page());
    press(&mut desk, "↵");
    desk.calendar.as_mut().expect("open").moving.as_mut().expect("moving").plan = known(plan());
    picture("calendar-move-told", &desk, Language::Danish, ThemeName::Light, page());
    press(&mut desk, "T");
    picture("calendar-move-words", &desk, Language::English, ThemeName::Dark, page());
}

#[test]
fn the_keys_move_an_appointment_and_nobody_moves_it_before_who_is_told_was_seen() {
    let mut desk = moving();
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::English));
    assert_eq!(
        key(&keys, "↵").and_then(|key| key.disabled.clone()).as_deref(),
        Some("It stands there already. Choose another time.")
    );
    assert!(key(&keys, "Ctrl ↵").is_none());
    press(&mut desk, "↓");
    press(&mut desk, "Shift ↓");
    let calendar = desk.calendar.as_ref().expect("open");
    let held = calendar.moving.as_ref().expect("moving");
    assert_eq!(held.to.start, at(date(2026, 6, 9), 13, 15));
    assert_eq!(
        (calendar.verdict(held, now().timestamp()), calendar.interprets(held)),
        (Verdict::Free, Interprets::Free)
    );
    press(&mut desk, "↵");
    let keys = CalendarScreen.keys(&desk, &Texts::new(Language::English));
    assert_eq!(key(&keys, "Ctrl ↵").and_then(|key| key.disabled.clone()).as_deref(), Some("Asking who is told …"));
    desk.calendar.as_mut().expect("open").moving.as_mut().expect("moving").plan = known(plan());
    let texts = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.texts());
    assert!(texts.iter().any(|text| text == "Citizen by text message · •• •• 12 88"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains("Pana wizyta")));
    press(&mut desk, "T");
    let texts = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.texts());
    assert!(texts.iter().any(|text| text.contains("Pana wizyta")), "{texts:?}");
    let effects = press(&mut desk, "Ctrl ↵");
    assert!(matches!(&effects[0], Effect::Enqueue(draft) if draft.body["to"]["minutes"] == 30), "{effects:?}");
    assert!(desk.calendar.as_ref().expect("open").moving.is_none());
    assert!(key(&CalendarScreen.keys(&desk, &Texts::new(Language::English)), "Ctrl Z").is_some());
}

#[test]
fn a_taken_time_a_closed_one_and_a_busy_interpreter_say_so_and_refuse() {
    let mut desk = moving();
    // Counter 3 is closed that day.
    press(&mut desk, "←");
    let why = |desk: &Desk| {
        let keys = CalendarScreen.keys(desk, &Texts::new(Language::English));
        key(&keys, "↵").and_then(|key| key.disabled.clone())
    };
    assert_eq!(why(&desk).as_deref(), Some("The time is closed"));
    press(&mut desk, "←");
    press(&mut desk, "←");
    assert_eq!(why(&desk).as_deref(), Some("The time is taken"));
    press(&mut desk, "→");
    assert_eq!(why(&desk), None);
    let page = desk.calendar.as_mut().expect("open");
    let busy = Week { items: vec![found("Ø. Brinck", "stand-2")], ..site_day() };
    let held = page.moving.as_mut().expect("moving");
    held.interpreter = known(busy);
    held.to.start = at(date(2026, 6, 9), 15, 0);
    assert_eq!(why(&desk).as_deref(), Some("The interpreter is busy then"));
}

#[test]
fn escape_leaves_an_appointment_where_it_was() {
    let mut desk = moving();
    press(&mut desk, "↓");
    press(&mut desk, "Esc");
    let page = desk.calendar.as_ref().expect("open");
    assert!(page.moving.is_none() && page.undo.is_none());
}

fn centre(desk: &Desk, id: AppointmentId) -> Point {
    shown(desk, Language::English, ThemeName::Light, page(), |bench| {
        let controls = bench.controls();
        controls.iter().find(|control| control.id == appointment_id(id)).expect("there").bounds.center()
    })
}

#[test]
fn the_mouse_drags_an_appointment_cell_by_cell_and_asks_who_is_told() {
    let mut desk = on_day(|_| {});
    let one = found("V. Ahlgreen", "counter-4");
    let from = centre(&desk, one.id);
    let below = from + Vector::new(0.0, 160.0);
    let messages = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.drag(from, below));
    assert!(!messages.iter().any(|message| matches!(message, Message::Select(_))), "a drag is no click: {messages:?}");
    assert_eq!(messages.last(), Some(&Message::Dropped));
    for message in messages {
        act(&mut desk, message);
    }
    let page = desk.calendar.as_ref().expect("open");
    let held = page.moving.as_ref().expect("it waits for who is told");
    assert_eq!(held.stage, Stage::Asking);
    let start = held.to.start.to_zoned(tz());
    assert_eq!((held.to.counter.clone(), start.minute() % 5), (place("counter-4"), 0));
    assert!(held.to.start > one.start, "it went down");
}

#[test]
fn let_go_on_somebody_elses_time_it_goes_back() {
    let mut desk = on_day(|_| {});
    let (one, other) = (found("V. Ahlgreen", "counter-4"), found("S. Oddershede", "counter-2"));
    let (from, to) = (centre(&desk, one.id), centre(&desk, other.id));
    let messages = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.drag(from, to));
    assert!(messages.iter().any(|m| matches!(m, Message::Dragged(_, counter, _) if *counter == place("counter-2"))));
    for message in messages {
        act(&mut desk, message);
    }
    assert!(desk.calendar.as_ref().expect("open").moving.is_none());
}

#[test]
fn a_click_without_moving_is_a_choice_and_no_drag() {
    let desk = on_day(|_| {});
    let one = found("V. Ahlgreen", "counter-4");
    let at = centre(&desk, one.id);
    let messages = shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.click(at));
    assert_eq!(messages, [Message::Select(one.id)]);
}

#[test]
fn a_move_that_was_refused_says_where_it_stays_and_why() {
    let mut desk = moving();
    press(&mut desk, "Shift ↓");
    press(&mut desk, "↵");
    desk.calendar.as_mut().expect("open").moving.as_mut().expect("moving").plan = known(plan());
    let effects = press(&mut desk, "Ctrl ↵");
    let Some(Effect::Enqueue(draft)) = effects.into_iter().next() else { panic!("a change") };
    let entry = |state| Entry {
        id: CommandId(uuid::Uuid::from_u128(0xE1)),
        draft: (*draft).clone(),
        created_at: now().timestamp(),
        attempts: 1,
        last_attempt: None,
        state,
    };
    let mut with = |state| {
        desk.update(Input::Pending(PendingInput::Entries(vec![entry(state)])), now().timestamp());
        shown(&desk, Language::English, ThemeName::Light, page(), |bench| bench.texts())
    };
    let texts = with(EntryState::Queued);
    assert!(texts.iter().any(|text| text.starts_with("C. Hedelund moved to Tue 9 Jun, 13:15")), "{texts:?}");
    let texts = with(EntryState::Refused { problem: Problem::new(ProblemKind::SlotTaken) });
    assert!(texts.iter().any(|text| text.starts_with("C. Hedelund stays at 13:00.")), "{texts:?}");
}
