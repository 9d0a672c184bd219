//! The sheet that cancels an appointment: why, in which words, who is told. What does not live here: what was typed (the desk's), what becomes
//! of the time (see `waiting`).

use iced::Length;
use iced::widget::{Column, column, row};
use skranke_desk::calendar::ending::{CAUSES, CancelInput, CancelProblem, CancelSheet};
use skranke_desk::calendar::{CalendarInput, CalendarPage};
use skranke_domain::appointment::RebookCause;

use super::Message;
use super::header::counter_name;
use super::told::{self, Words};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::field::field_error;
use crate::widget::{
    ButtonKind, Dialog, Element, KeyGround, Ring, RowState, control, dialog, field, key_cap, normal, row_ground,
};

/// The dialog.
const DIALOG: FocusId = FocusId::new("calendar/cancel");
/// The causes.
pub(super) const CAUSES_ID: FocusId = FocusId::new("calendar/cancel/cause");
/// The reason.
pub(super) const REASON: FocusId = FocusId::new("calendar/cancel/reason");

/// The word of a cause.
pub(super) const fn cause_word(cause: RebookCause) -> &'static str {
    match cause {
        RebookCause::OwnWish => "calendar-cause-own-wish",
        RebookCause::PaperMissing => "calendar-cause-paper",
        RebookCause::NoInterpreter => "calendar-cause-interpreter",
        RebookCause::WeCancelled => "calendar-cause-we",
        RebookCause::WrongCounter => "calendar-cause-wrong",
        RebookCause::Missed => "calendar-cause-missed",
    }
}

const fn input(input: CancelInput) -> Message {
    Message::Do(CalendarInput::Cancel(input))
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &CalendarPage, sheet: &'a CancelSheet) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let one = &sheet.appointment;
    let (start, end) = (one.start.to_zoned(page.tz().clone()), one.end.to_zoned(page.tz().clone()));
    let when = look.with(
        "calendar-move-to",
        &[
            ("day", look.texts.weekday_day_month(start.date()).into()),
            ("time", look.texts.time_span(start.time(), end.time()).into()),
            ("place", counter_name(look, desk, &one.counter).into()),
        ],
    );
    let causes = CAUSES.into_iter().enumerate().map(|(n, cause)| choice(look, n, cause, sheet.cause == Some(cause)));
    let mut body = column![look.label(look.t("calendar-cancel-cause")), Column::with_children(causes)]
        .spacing(space::S4)
        .width(Length::Fill);
    if sheet.problem == Some(CancelProblem::NoCause) {
        body = body.push(field_error(look, look.t("calendar-cancel-no-cause")));
    }
    let problem = match sheet.problem {
        Some(CancelProblem::NoReason) => Some(look.t("calendar-cancel-no-reason")),
        Some(CancelProblem::TooLong) => Some(look.t("calendar-cancel-too-long")),
        _ => None,
    };
    body = body.push(
        field(look, REASON, look.t("calendar-cancel-reason"), sheet.reason.clone())
            .labelled()
            .hint(look.t("calendar-cancel-hint"))
            .error(problem)
            .on_input(|text| input(CancelInput::Reason(text)))
            .on_submit(input(CancelInput::Confirm))
            .build(),
    );
    body = body.push(iced::widget::space().height(space::S4));
    body = body.push(told::plan(look, &sheet.plan, Words::when(sheet.words)));
    if sheet.problem == Some(CancelProblem::NotSeen) {
        body = body.push(field_error(look, look.t("calendar-told-asking")));
    }
    if sheet.plan.value().is_some_and(|plan| !plan.messages.is_empty()) {
        let words = normal(look, DIALOG.child("words"), look.t("calendar-key-words"))
            .key("T")
            .size(ButtonSize::Small)
            .on_press(input(CancelInput::Words));
        body = body.push(row![Element::from(words.build())]);
    }
    dialog(
        look,
        Dialog {
            id: DIALOG,
            title: look.with("calendar-cancel-title", &[("who", one.citizen_short.clone().into())]),
            consequence: when,
            body: Some(body.into()),
            verb: (look.t("calendar-key-cancel"), input(CancelInput::Confirm)),
            verb_disabled: None,
            kind: ButtonKind::Danger,
            safe: (look.t("calendar-cancel-keep"), input(CancelInput::Close)),
        },
    )
    .into()
}

fn choice<'a>(look: &Look<'_>, n: usize, cause: RebookCause, on: bool) -> Element<'a, Message> {
    let t = look.tokens;
    let key = (n + 1).to_string();
    let label = look.t(cause_word(cause));
    let inside = row![
        key_cap(look, &key, KeyGround::Paper),
        look.colored(label.clone(), if on { Type::CELL_STRONG } else { Type::CELL }, t.ink).width(Length::Fill),
    ]
    .spacing(space::S8)
    .align_y(iced::Alignment::Center);
    let state = if on { RowState::Selected } else { RowState::Rest };
    control(look, CAUSES_ID.child(n), Role::Radio, label, inside)
        .padding([3.0, space::S6])
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState { key: Some(key), ..ControlState::new().checked(on) })
        .on_press(Message::Cause(cause))
        .style(move |status| row_ground(&t, state, status))
        .into()
}
