//! The sheet that proposes a decision: what is decided, why, the words with Danish beside them, who looks at it. What does not live here: what
//! may be decided (the desk's).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_desk::case::work::decide::reasons;
use skranke_desk::case::work::{CaseFacing, DecideInput, DecideSheet, WorkInput};
use skranke_domain::decision::DecisionOutcome;
use skranke_domain::letter::LetterLanguage;

use super::{Message, Parts, SHEET, of, stack, text_error};
use crate::focus::{FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, control};
use crate::widget::{Element, KeyGround, Prose, check_box, hline, key_cap, panel, prose, quiet, radio};

/// What may be decided: one stop.
pub(super) const OUTCOMES: FocusId = FocusId::new("case/sheet/outcomes");
const TEXT: FocusId = FocusId::new("case/sheet/decision/text");

const fn decide(input: DecideInput) -> Message {
    of(WorkInput::Decide(input))
}

pub(super) fn keys(sheet: &DecideSheet) -> Vec<Key<Message>> {
    const DIGITS: [&str; 5] = ["1", "2", "3", "4", "5"];
    let mut keys: Vec<Key<Message>> = DIGITS
        .iter()
        .take(sheet.outcomes.len())
        .enumerate()
        .map(|(at, key)| Key::in_place(key, "work-key-outcome", decide(DecideInput::OutcomeAt(at))))
        .collect();
    keys.push(Key::in_place("Alt L", "work-key-language", decide(DecideInput::Language)));
    keys
}

/// The word of what is decided.
pub(in super::super) const fn outcome_word(outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Granted => "outcome-granted",
        DecisionOutcome::PartlyGranted => "outcome-partly-granted",
        DecisionOutcome::Refused => "outcome-refused",
        DecisionOutcome::PassedOn => "outcome-passed-on",
        DecisionOutcome::Withdrawn => "outcome-withdrawn",
    }
}

const fn language_word(language: LetterLanguage) -> &'static str {
    match language {
        LetterLanguage::Danish => "Dansk",
        LetterLanguage::English => "English",
        LetterLanguage::German => "Deutsch",
        LetterLanguage::Polish => "Polski",
    }
}

pub(super) fn view<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a DecideSheet) -> Parts<'a> {
    let look = scene.look;
    let rule = facing.view.value.rule.as_ref();
    let mut parts: Vec<Element<'a, Message>> = vec![outcomes(look, sheet)];
    if sheet.outcome == Some(DecisionOutcome::PassedOn) {
        parts.push(authorities(look, facing, sheet));
    }
    if sheet.outcome.is_some() {
        let fitting: Vec<Element<'a, Message>> = reasons(rule, sheet.outcome)
            .enumerate()
            .map(|(at, reason)| {
                let title = pick(look.texts, &reason.title).to_owned();
                let label = match &reason.rule {
                    Some(rule) => format!("{title} · {rule}"),
                    None => title,
                };
                let on = sheet.reasons.contains(&reason.id);
                check_box(look, SHEET.child("reason").child(at), label, on)
                    .on_press(decide(DecideInput::Reason(reason.id.clone())))
                    .into()
            })
            .collect();
        if fitting.is_empty() {
            parts.push(look.second(look.t("decision-own-words")).into());
        } else {
            let list = Column::with_children(fitting).spacing(space::S2);
            parts.push(column![look.label(look.t("decision-reasons")), list].spacing(space::S4).into());
        }
        parts.push(texts(look, facing, sheet));
    }
    if sheet.is_looked_at_twice(rule) {
        parts.push(second(look, facing, sheet));
    }
    let verb = if sheet.is_looked_at_twice(rule) { "decision-propose-verb" } else { "decision-decide-verb" };
    (look.t("decision-propose-title"), look.t(verb), stack(parts))
}

fn outcomes<'a>(look: &Look<'_>, sheet: &DecideSheet) -> Element<'a, Message> {
    let all = sheet.outcomes.iter().enumerate().map(|(at, outcome)| {
        let on = sheet.outcome == Some(*outcome);
        let press = decide(DecideInput::Outcome(*outcome));
        let one = radio(look, OUTCOMES.child(at), look.t(outcome_word(*outcome)), on).on_press(press);
        row![one, key_cap(look, &(at + 1).to_string(), KeyGround::Paper)]
            .spacing(space::S2)
            .align_y(Alignment::Center)
            .into()
    });
    let all = iced::widget::Row::with_children(all).spacing(space::S12).wrap();
    let list = control(look, OUTCOMES, Role::List, look.t("decision-outcome"), all).ring(Ring::Around(4.0));
    column![look.label(look.t("decision-outcome")), Element::from(list)].spacing(space::S4).into()
}

fn authorities<'a>(look: &Look<'_>, facing: CaseFacing<'a>, sheet: &DecideSheet) -> Element<'a, Message> {
    let all = sheet.authorities(&facing).into_iter().enumerate().map(|(at, (id, name))| {
        let on = sheet.passed_to.as_ref() == Some(id);
        let press = decide(DecideInput::PassTo(id.clone()));
        radio(look, SHEET.child("authority").child(at), pick(look.texts, name).to_owned(), on).on_press(press).into()
    });
    let all = iced::widget::Row::with_children(all.collect::<Vec<_>>()).spacing(space::S8).wrap();
    column![look.label(look.t("decision-pass-to")), all].spacing(space::S4).into()
}

/// The words as she reads them, with Danish beside them where they are in another language.
fn texts<'a>(look: &'a Look<'a>, facing: CaseFacing<'a>, sheet: &'a DecideSheet) -> Element<'a, Message> {
    let t = look.tokens;
    let name = look.with("decision-text-in", &[("language", language_word(sheet.language).into())]);
    let editor = prose(
        look,
        Prose {
            id: TEXT,
            name,
            hint: look.t("decision-text-hint"),
            value: sheet.text.clone(),
            error: text_error(look, facing.page),
            lines: 8,
            on_input: Box::new(|text| decide(DecideInput::Text(text))),
        },
    );
    let language = quiet(look, SHEET.child("language"), look.t("work-key-language"))
        .size(ButtonSize::Small)
        .key("Alt L")
        .on_press(decide(DecideInput::Language));
    let mut tools = row![Element::from(language)].spacing(space::S8).align_y(Alignment::Center);
    if sheet.edited {
        let again = quiet(look, SHEET.child("rewrite"), look.t("decision-rewrite"))
            .size(ButtonSize::Small)
            .on_press(decide(DecideInput::Rewrite));
        tools = tools.push(Element::from(again));
    }
    if let Some(code) = &sheet.unwritten {
        let words = look.with("decision-unwritten", &[("code", code.0.clone().into())]);
        tools = tools.push(gap().width(Length::Fill)).push(look.colored(words, Type::LABEL, t.wait));
    }
    let Some(danish) = sheet.danish(facing.view.value.rule.as_ref()) else {
        return column![editor, tools].spacing(space::S4).into();
    };
    let note = if sheet.edited { "decision-danish-edited" } else { "decision-danish" };
    let said = if danish.is_empty() { look.t("decision-danish-none") } else { danish };
    let beside = container(look.colored(said, Type::BODY, t.ink2).width(Length::Fill)).padding(space::S10);
    let beside = column![look.label(look.t(note)), panel(look, beside).width(Length::Fill)].spacing(space::S4);
    let both = row![container(editor).width(Length::FillPortion(1)), container(beside).width(Length::FillPortion(1))]
        .spacing(space::S12);
    column![both, tools].spacing(space::S4).into()
}

/// Who looks at it: somebody else.
fn second<'a>(look: &Look<'_>, facing: CaseFacing<'a>, sheet: &DecideSheet) -> Element<'a, Message> {
    let me = facing.acting.person();
    let id = SHEET.child("second");
    let anybody = radio(look, id.child("any"), look.t("decision-second-any"), sheet.second.is_none())
        .on_press(decide(DecideInput::Second(None)));
    let all = facing.page.seconds(me).map(|one| {
        let on = sheet.second == Some(one.id);
        radio(look, id.child(one.id), one.name.clone(), on).on_press(decide(DecideInput::Second(Some(one.id)))).into()
    });
    let all: Vec<Element<'a, Message>> = std::iter::once(anybody.into()).chain(all).collect();
    let all = iced::widget::Row::with_children(all).spacing(space::S12).wrap();
    column![hline(look), look.label(look.t("decision-second")), all].spacing(space::S4).into()
}
