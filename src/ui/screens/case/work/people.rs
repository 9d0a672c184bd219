//! The sheets about colleagues: who is responsible, a question, an answer. What does not live here: what was typed and chosen (the desk's).

use iced::widget::column;
use skranke_api::casework::{AskKind, AskState};
use skranke_desk::case::work::ask::KINDS;
use skranke_desk::case::work::{
    AnswerSheet, AskInput, AskSheet, AssignInput, AssignSheet, CaseFacing, CaseSheet, Trouble, WorkInput,
};

use super::{Message, Parts, SHEET, of, radios, seek, stack, text_error, trouble_words};
use crate::focus::{FocusId, Role};
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::{Element, Prose, check_box, prose};

/// The field of a question.
pub(super) const TEXT: FocusId = FocusId::new("case/sheet/ask/text");
const ANSWER: FocusId = FocusId::new("case/sheet/answer/text");

pub(super) fn assign_keys(sheet: &AssignSheet) -> Vec<Key<Message>> {
    let mut keys = seek::keys(&sheet.seeker);
    keys.push(Key::in_place("Alt N", "work-key-release", of(WorkInput::Assign(AssignInput::Release))));
    keys
}

/// Who is responsible.
pub(super) fn assign<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a AssignSheet) -> Parts<'a> {
    let look = scene.look;
    let case = &facing.view.value;
    let now = match &case.row.responsible {
        Some(name) => look.with("work-assign-now", &[("name", name.clone().into())]),
        None => look.t("work-assign-nobody"),
    };
    let error = (facing.page.work.trouble == Some(Trouble::NoReceiver)).then(|| look.t("work-no-receiver"));
    let mut parts: Vec<Element<'a, Message>> = vec![look.second(now).into()];
    if !sheet.release {
        parts.push(seek::view(scene, &sheet.seeker, "work-assign-to", error));
    }
    if case.responsible_id.is_some() {
        let press = of(WorkInput::Assign(AssignInput::Release));
        parts.push(
            check_box(look, SHEET.child("release"), look.t("work-release"), sheet.release).on_press(press).into(),
        );
    }
    let verb = if sheet.release { "work-release-verb" } else { "work-assign-verb" };
    (look.t("work-assign"), look.t(verb), stack(parts))
}

/// The word of what a colleague is asked for.
pub(crate) const fn kind_word(kind: AskKind) -> &'static str {
    match kind {
        AskKind::Expert => "ask-expert",
        AskKind::SecondEyes => "ask-second-eyes",
        AskKind::Mention => "ask-mention",
        AskKind::HandBack => "ask-hand-back",
    }
}

const fn kind_means(kind: AskKind) -> &'static str {
    match kind {
        AskKind::Expert => "ask-expert-means",
        AskKind::SecondEyes => "ask-second-eyes-means",
        AskKind::Mention => "ask-mention-means",
        AskKind::HandBack => "ask-hand-back-means",
    }
}

pub(super) fn ask_keys(sheet: &AskSheet) -> Vec<Key<Message>> {
    let mut keys = seek::keys(&sheet.seeker);
    keys.push(Key::in_place("Alt A", "work-key-ask-kind", of(WorkInput::Ask(AskInput::NextKind))));
    keys.push(Key::in_place("Alt I", "work-key-ask-item", of(WorkInput::Ask(AskInput::Item))));
    keys
}

/// A question to a colleague.
pub(super) fn ask<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a AskSheet) -> Parts<'a> {
    let look = scene.look;
    let case = &facing.view.value;
    let kinds =
        KINDS.map(|kind| (look.t(kind_word(kind)), kind == sheet.kind, of(WorkInput::Ask(AskInput::Kind(kind)))));
    let kinds = column![
        radios(look, (SHEET.child("kind"), look.t("work-ask-kind")), kinds),
        look.second(look.t(kind_means(sheet.kind)))
    ]
    .spacing(space::S4);
    let error = (facing.page.work.trouble == Some(Trouble::NoReceiver)).then(|| look.t("work-no-receiver"));
    let mut parts: Vec<Element<'a, Message>> =
        vec![kinds.into(), seek::view(scene, &sheet.seeker, "work-ask-to", error)];
    let about = sheet.item.as_ref().or(facing.page.selected.as_ref());
    if let Some(item) = case.items.iter().find(|item| Some(&item.id) == about) {
        let label = look.with("work-ask-about", &[("item", pick(look.texts, &item.label).to_owned().into())]);
        let press = of(WorkInput::Ask(AskInput::Item));
        parts.push(check_box(look, SHEET.child("item"), label, sheet.item.is_some()).on_press(press).into());
    }
    parts.push(prose(
        look,
        Prose {
            id: TEXT,
            name: look.t("work-ask-text"),
            hint: look.t("work-ask-hint"),
            value: sheet.text.clone(),
            error: text_error(look, facing.page),
            lines: 4,
            on_input: Box::new(|text| of(WorkInput::Ask(AskInput::Text(text)))),
        },
    ));
    (look.t("work-ask"), look.t("work-ask-verb"), stack(parts))
}

pub(super) fn answer_begins(sheet: &CaseSheet) -> (FocusId, Role) {
    match sheet {
        CaseSheet::Answer(sheet) if sheet.state == AskState::Answered => (ANSWER, Role::TextField),
        _ => (SHEET.child("leave"), Role::Button),
    }
}

/// The answer to a question, or taking one's own back.
pub(super) fn answer<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a AnswerSheet) -> Parts<'a> {
    let look = scene.look;
    let t = look.tokens;
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    if let Some(asked) = facing.view.value.asks.iter().find(|ask| ask.id == sheet.ask) {
        let when = moment(look.texts, asked.at, scene.desk.tz(), look.now.date());
        let from = look.with("work-asked-by", &[("name", asked.from_name.clone().into()), ("when", when.into())]);
        parts.push(
            column![
                look.label(format!("{} · {from}", look.t(kind_word(asked.kind)))),
                look.colored(asked.text.clone(), Type::BODY, t.ink)
            ]
            .spacing(space::S4)
            .into(),
        );
    }
    if sheet.state != AskState::Answered {
        parts.push(look.second(look.t("work-take-back-then")).into());
        return (look.t("work-take-back"), look.t("work-take-back-verb"), stack(parts));
    }
    let error = match facing.page.work.trouble {
        Some(trouble @ (Trouble::Empty | Trouble::TooLong(_))) => Some(trouble_words(look.texts, trouble)),
        _ => None,
    };
    parts.push(prose(
        look,
        Prose {
            id: ANSWER,
            name: look.t("work-answer-text"),
            hint: String::new(),
            value: sheet.text.clone(),
            error,
            lines: 5,
            on_input: Box::new(|text| of(WorkInput::Answer(text))),
        },
    ));
    (look.t("work-answer"), look.t("work-answer-verb"), stack(parts))
}
