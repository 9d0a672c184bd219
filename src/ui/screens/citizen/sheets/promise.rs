//! The sheet for a promise: giving one, or settling one with words. What lives here: how it looks and its keys. What does not: what was typed
//! and what comes of it (the desk's sheet).

use iced::widget::{Row, column, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_desk::Input;
use skranke_desk::citizen::CitizenPage;
use skranke_desk::sheets::promise::{OUTCOME_CHARS, PromiseProblem, Settling};
use skranke_desk::sheets::{PromiseInput, PromiseSheet, SheetInput};
use skranke_domain::note::{NOTE_CHARS, PromiseState};

use super::note::{DAY, LABEL, day_problem, most, whole_day};
use super::{Begins, frame, input};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{Element, Prose, field, field::field_error, normal, prose};

const FIELD: FocusId = FocusId::new("citizen/sheet/promise/text");
const DUE: FocusId = FocusId::new("citizen/sheet/promise/due");
const TO: FocusId = FocusId::new("citizen/sheet/promise/to");

/// The days that have a key: tomorrow, in three days, in a week.
const DAYS: [(&str, i8, &str); 3] =
    [("Alt 1", 1, "key-promise-in-1"), ("Alt 3", 3, "key-promise-in-3"), ("Alt 7", 7, "key-promise-in-7")];

/// Where the keyboard begins.
pub(super) const BEGINS: Begins = Begins(FIELD, Role::TextField);

fn promise(what: PromiseInput) -> Input {
    input(SheetInput::Promise(what))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &PromiseSheet, _texts: &Texts) -> Vec<Key<Input>> {
    if sheet.settles.is_some() {
        return Vec::new();
    }
    DAYS.into_iter().map(|(chord, days, label)| Key::in_place(chord, label, promise(PromiseInput::In(days)))).collect()
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a PromiseSheet) -> Element<'a, Input> {
    let look = scene.look;
    let wrong = match sheet.problem {
        Some(PromiseProblem::NoText) if sheet.settles.is_some() => Some(look.t("sheet-promise-why")),
        Some(PromiseProblem::NoText) => Some(look.t("sheet-promise-no-text")),
        Some(PromiseProblem::TooLong) => {
            let chars = if sheet.settles.is_some() { OUTCOME_CHARS } else { NOTE_CHARS };
            Some(look.with("sheet-too-long", &[("most", most(chars))]))
        }
        _ => None,
    };
    let (name, hint) = match &sheet.settles {
        None => ("sheet-promise-field", "sheet-promise-hint"),
        Some(Settling { to: PromiseState::Withdrawn, .. }) => ("sheet-promise-why-field", "sheet-promise-why-hint"),
        Some(_) => ("sheet-promise-outcome-field", "sheet-promise-outcome-hint"),
    };
    let text = prose(
        look,
        Prose {
            id: FIELD,
            name: look.t(name),
            hint: look.t(hint),
            value: sheet.text.clone(),
            error: wrong,
            lines: 3,
            on_input: Box::new(|text| promise(PromiseInput::Typed(text))),
        },
    );
    let mut body = column![].spacing(space::S12).width(Length::Fill);
    body = match &sheet.settles {
        None => body.push(text).push(due(scene, sheet)),
        Some(settles) => body.push(settling(scene, settles)).push(text),
    };
    if sheet.problem == Some(PromiseProblem::Refused) {
        body = body.push(field_error(look, look.t("sheet-based-on-refused")));
    }
    let (title, verb) = match &sheet.settles {
        None => ("sheet-promise", "sheet-promise-verb"),
        Some(settles) => (
            "sheet-promise-settle",
            match settles.to {
                PromiseState::Kept => "sheet-promise-kept-verb",
                PromiseState::Withdrawn => "sheet-promise-withdraw-verb",
                PromiseState::Open => "sheet-promise-reopen-verb",
            },
        ),
    };
    frame(scene, page, look.t(title), look.t(verb), body)
}

fn due<'a>(scene: Scene<'a>, sheet: &'a PromiseSheet) -> Element<'a, Input> {
    let look = scene.look;
    let today = look.now.date();
    let wrong = match sheet.problem {
        Some(PromiseProblem::Day(problem)) => day_problem(look, problem),
        Some(PromiseProblem::PastDay) => Some(look.t("sheet-day-past")),
        _ => None,
    };
    let day: Element<'a, Input> = field(look, DUE, look.t("sheet-promise-due"), sheet.due.clone())
        .labelled()
        .hint(look.t("sheet-day-hint"))
        .width(DAY)
        .error(wrong)
        .on_input(|day| promise(PromiseInput::Due(day)))
        .build();
    let quick = DAYS.into_iter().map(|(chord, days, label)| {
        Element::from(normal(look, DUE.child(days), look.t(label)).key(chord).on_press(promise(PromiseInput::In(days))))
    });
    let quick = column![gap().height(LABEL), Row::with_children(quick).spacing(space::S8)];
    let understood = sheet.due_day(today).map_or_else(
        |_| String::new(),
        |day| look.with("sheet-promise-through", &[("day", whole_day(look, day).into())]),
    );
    column![
        row![day, quick].spacing(space::S12).align_y(Alignment::Start),
        look.colored(understood, Type::CELL, look.tokens.ink2)
    ]
    .spacing(space::S4)
    .into()
}

fn settling<'a>(scene: Scene<'a>, settles: &Settling) -> Element<'a, Input> {
    let look = scene.look;
    let when = look.with("sheet-promise-was-due", &[("day", whole_day(look, settles.due).into())]);
    let choices: &[(PromiseState, &str)] = match settles.was {
        PromiseState::Open => &[(PromiseState::Kept, "promise-kept"), (PromiseState::Withdrawn, "promise-withdrawn")],
        PromiseState::Kept | PromiseState::Withdrawn => &[(PromiseState::Open, "promise-open-again")],
    };
    let chosen = choices.iter().position(|(state, _)| *state == settles.to).unwrap_or(0);
    let segments = choices
        .iter()
        .map(|(state, word)| Segment { label: look.t(word), on_press: promise(PromiseInput::To(*state)) });
    let what = column![
        look.colored(settles.text.clone(), Type::BODY, look.tokens.ink).width(Length::Fill),
        look.label(when).wrapping(Wrapping::None),
    ]
    .spacing(space::S2);
    column![what, row![segmented(look, TO, chosen, segments)]].spacing(space::S10).into()
}
