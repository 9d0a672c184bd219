//! Which keys there are on the calendar: its own, those of what is laid over it, those of an appointment that is being moved. What does not
//! live here: the booking's own keys (see `visit`), what they mean (see `super`).

use jiff::Timestamp;
use skranke_api::appointments::Appointment;
use skranke_desk::Desk;
use skranke_desk::calendar::closing::ClosingInput;
use skranke_desk::calendar::ending::{CAUSES, CancelInput};
use skranke_desk::calendar::menus::Menu;
use skranke_desk::calendar::moving::{MoveInput, Moving, Stage};
use skranke_desk::calendar::standing::standing;
use skranke_desk::calendar::{CalendarInput, CalendarPage, Layer, View};
use skranke_desk::citizen::Step;
use skranke_desk::offline::WaitsForLine;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::authority::Role;

use super::{Message, MoveKey, can_end, closing_open, of_the_day, popover, selected, visit};
use crate::i18n::Texts;
use crate::screens::Key;

/// Why an appointment cannot have been missed yet, if so.
pub(super) fn too_early(texts: &Texts, appointment: &Appointment, now: Timestamp) -> Option<String> {
    (appointment.start > now).then(|| texts.t("calendar-not-missed-yet"))
}

/// Why time cannot be closed by who signed in, if so.
fn cannot_close(desk: &Desk, texts: &Texts) -> Option<String> {
    let may =
        desk.session.me.value().is_some_and(|me| matches!(me.role, Role::TeamLeader | Role::Caseworker | Role::Clerk));
    (!may).then(|| texts.t("calendar-may-not-close"))
}

/// All keys of the calendar that work now.
pub(super) fn keys(desk: &Desk, page: &CalendarPage, texts: &Texts) -> Vec<Key<Message>> {
    if let Some(layer) = &page.layer {
        return of_layer(layer);
    }
    if let Some(moving) = &page.moving {
        return of_moving(desk, page, moving, texts);
    }
    // What is open beside the sheet takes the keys for itself.
    if let Some(keys) = visit::panel_keys(desk, page, texts) {
        return keys;
    }
    let mut keys = visit::keys(desk, page, texts);
    let chosen = selected(page).filter(|_| page.booking.is_none());
    if let Some(chosen) = chosen {
        keys.extend(of_chosen(desk, &standing(chosen, &desk.pending).appointment, texts, page.moment));
    }
    let day = page.view == View::Day;
    keys.extend([
        Key::bar("←", "calendar-key-day-before", Message::Day(-1)),
        Key::bar("→", "calendar-key-day-after", Message::Day(1)),
        Key::bar("T", "calendar-key-today", Message::Today),
        Key::bar("V", if day { "calendar-key-week" } else { "calendar-key-day" }, view(page.view.other())),
        Key::bar("W", "calendar-key-whose", Message::Do(CalendarInput::Menu(Some(Menu::Whose)))),
        Key::in_place("S", "calendar-key-site", Message::Do(CalendarInput::Menu(Some(Menu::Site)))),
        Key::in_place("L", "calendar-key-close-time", closing_open()).disabled(cannot_close(desk, texts)),
        Key::in_place("PgUp", "calendar-key-week-before", Message::Week(-1)),
        Key::in_place("PgDn", "calendar-key-week-after", Message::Week(1)),
        Key::in_place(
            "Ctrl ←",
            if day { "calendar-key-lane-before" } else { "calendar-key-day-before" },
            Message::Across(Step::Previous),
        ),
        Key::in_place(
            "Ctrl →",
            if day { "calendar-key-lane-after" } else { "calendar-key-day-after" },
            Message::Across(Step::Next),
        ),
    ]);
    let nobody = of_the_day(page, desk).is_empty();
    let nobody = nobody.then(|| texts.t(if day { "calendar-nobody-in-lane" } else { "calendar-nobody-that-day" }));
    keys.push(Key::in_place("↑", "calendar-key-earlier", Message::Step(Step::Previous)).disabled(nobody.clone()));
    keys.push(Key::in_place("↓", "calendar-key-later", Message::Step(Step::Next)).disabled(nobody));
    if page.undo.is_some() {
        keys.push(Key::end("Ctrl Z", "calendar-key-undo", Message::Do(CalendarInput::Undo)));
    }
    keys.push(Key::end("F5", "calendar-key-ask-again", Message::AskAgain));
    keys
}

const fn view(view: View) -> Message {
    Message::Do(CalendarInput::View(view))
}

/// The keys of the chosen appointment.
fn of_chosen(desk: &Desk, chosen: &Appointment, texts: &Texts, moment: Timestamp) -> Vec<Key<Message>> {
    let mut keys = vec![
        Key::in_place("Esc", "calendar-key-unselect", Message::Do(CalendarInput::Unselect)),
        Key::in_place("↵", "calendar-key-open", Message::Open(chosen.citizen)),
    ];
    if let Some(case) = chosen.cases.first() {
        keys.push(Key::in_place("O", "calendar-key-open-case", Message::OpenCase(*case)));
    }
    if CalendarPage::can_move(chosen) {
        let no_line = visit::waits_for_line(desk, texts, WaitsForLine::Move);
        keys.push(Key::bar("M", "calendar-key-move", Message::Move(MoveKey::Begin)).disabled(no_line));
    }
    if can_end(chosen) {
        keys.push(Key::bar("Del", "calendar-key-cancel", Message::Cancel));
    }
    if chosen.status == AppointmentStatus::Booked {
        keys.push(Key::in_place("A", "calendar-key-arrived", Message::Arrived));
        let early = too_early(texts, chosen, moment);
        keys.push(Key::in_place("N", "calendar-key-missed", Message::Missed).disabled(early));
    }
    keys
}

fn of_moving(desk: &Desk, page: &CalendarPage, moving: &Moving, texts: &Texts) -> Vec<Key<Message>> {
    let day = page.view == View::Day;
    let across = |step, day_word, week_word| (Message::MoveAcross(step), if day { day_word } else { week_word });
    let (before, before_word) = across(Step::Previous, "calendar-key-lane-before", "calendar-key-day-before");
    let (after, after_word) = across(Step::Next, "calendar-key-lane-after", "calendar-key-day-after");
    let mut keys = vec![
        Key::in_place("Esc", "calendar-key-leave-move", Message::Move(MoveKey::Cancel)),
        Key::bar("←", before_word, before),
        Key::bar("→", after_word, after),
        Key::bar("↑", "calendar-key-five-earlier", Message::Move(MoveKey::Minutes(-5))),
        Key::bar("↓", "calendar-key-five-later", Message::Move(MoveKey::Minutes(5))),
        Key::in_place("Shift ↑", "calendar-key-quarter-earlier", Message::Move(MoveKey::Minutes(-15))),
        Key::in_place("Shift ↓", "calendar-key-quarter-later", Message::Move(MoveKey::Minutes(15))),
    ];
    if day {
        let days = |by| Message::Do(CalendarInput::Move(MoveInput::Days(by)));
        keys.push(Key::in_place("Ctrl ←", "calendar-key-day-before", days(-1)));
        keys.push(Key::in_place("Ctrl →", "calendar-key-day-after", days(1)));
    }
    let off = visit::waits_for_line(desk, texts, WaitsForLine::Move)
        .or_else(|| popover::cannot_move(texts, page.verdict(moving, page.moment), page.interprets(moving)));
    match moving.stage {
        Stage::Choosing => {
            keys.push(Key::bar("↵", "calendar-move-ask", Message::Move(MoveKey::Ask)).disabled(off));
        }
        Stage::Asking => {
            let waits = moving.plan.is_waiting().then(|| texts.t("calendar-told-asking"));
            keys.push(
                Key::main("Ctrl ↵", "calendar-key-move", Message::Move(MoveKey::Confirm)).disabled(off.or(waits)),
            );
            keys.push(Key::bar("T", "calendar-key-words", Message::Move(MoveKey::Words)));
        }
    }
    keys
}

fn of_layer(layer: &Layer) -> Vec<Key<Message>> {
    let cancel = |input| Message::Do(CalendarInput::Cancel(input));
    let closing = |input| Message::Do(CalendarInput::Closing(input));
    match layer {
        Layer::Menu { .. } => vec![
            Key::in_place("Esc", "key-close", Message::Do(CalendarInput::Menu(None))),
            Key::bar("↑", "calendar-key-choice-up", Message::MenuStep(Step::Previous)),
            Key::bar("↓", "calendar-key-choice-down", Message::MenuStep(Step::Next)),
            Key::bar("↵", "calendar-key-choice-take", Message::MenuTake),
        ],
        Layer::Cancel(_) => {
            let mut keys = vec![
                Key::in_place("Esc", "key-close", cancel(CancelInput::Close)),
                Key::main("Ctrl ↵", "calendar-key-cancel", cancel(CancelInput::Confirm)),
                Key::in_place("T", "calendar-key-words", cancel(CancelInput::Words)),
            ];
            for (cause, key) in CAUSES.into_iter().zip(["1", "2", "3", "4", "5"]) {
                keys.push(Key::in_place(key, super::cancel::cause_word(cause), Message::Cause(cause)));
            }
            keys
        }
        Layer::Closing(_) => vec![
            Key::in_place("Esc", "key-close", closing(ClosingInput::Close)),
            Key::main("Ctrl ↵", "calendar-key-close-time", closing(ClosingInput::Save)),
            Key::in_place("Alt ←", "calendar-key-day-before", closing(ClosingInput::Day(-1))),
            Key::in_place("Alt →", "calendar-key-day-after", closing(ClosingInput::Day(1))),
        ],
    }
}
