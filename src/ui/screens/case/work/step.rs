//! The sheet that takes a decision further: its words as the citizen will read them, the reason it goes back, how it is told. What does not
//! live here: who may (the desk's).

use iced::Length;
use iced::widget::{Column, column, container};
use skranke_desk::case::work::decide::in_language;
use skranke_desk::case::work::step::CHANNELS;
use skranke_desk::case::work::{CaseFacing, StepInput, StepSheet, WorkInput};
use skranke_domain::decision::DecisionStep;
use skranke_domain::letter::LetterLanguage;

use super::{Message, Parts, SHEET, channel_word, decide, of, radios, stack, text_error};
use crate::focus::{FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::{Element, Prose, panel, prose};

const REASON: FocusId = FocusId::new("case/sheet/step/reason");

const fn step(input: StepInput) -> Message {
    of(WorkInput::Step(input))
}

pub(super) fn begins(sheet: &StepSheet) -> (FocusId, Role) {
    match sheet.step {
        DecisionStep::SendBack => (REASON, Role::TextField),
        // The safe button: what is approved or told stays so.
        _ => (SHEET.child("leave"), Role::Button),
    }
}

pub(super) fn keys(sheet: &StepSheet) -> Vec<Key<Message>> {
    match sheet.step {
        DecisionStep::Issue => vec![Key::in_place("Alt A", "work-key-channel", step(StepInput::NextChannel))],
        _ => Vec::new(),
    }
}

/// The words of a step: the title of its sheet, its verb, and what follows.
pub(in super::super) const fn words(step: DecisionStep) -> [&'static str; 3] {
    match step {
        DecisionStep::Approve => ["decision-approve-title", "decision-approve", "decision-approve-then"],
        DecisionStep::SendBack => ["decision-send-back-title", "decision-send-back", "decision-send-back-then"],
        DecisionStep::Withdraw => ["decision-withdraw-title", "decision-withdraw", "decision-withdraw-then"],
        DecisionStep::Issue => ["decision-issue-title", "decision-issue", "decision-issue-then"],
    }
}

pub(super) fn view<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a StepSheet) -> Parts<'a> {
    let look = scene.look;
    let [title, verb, then] = words(sheet.step);
    let mut parts: Vec<Element<'a, Message>> = vec![look.second(look.t(then)).into()];
    parts.extend(letter(scene, facing));
    match sheet.step {
        DecisionStep::SendBack => parts.push(prose(
            look,
            Prose {
                id: REASON,
                name: look.t("decision-send-back-why"),
                hint: look.t("decision-send-back-hint"),
                value: sheet.reason.clone(),
                error: text_error(look, facing.page),
                lines: 3,
                on_input: Box::new(|text| step(StepInput::Reason(text))),
            },
        )),
        DecisionStep::Issue => {
            let ways = CHANNELS.map(|channel| {
                (look.t(channel_word(channel)), channel == sheet.channel, step(StepInput::Channel(channel)))
            });
            parts.push(radios(look, (SHEET.child("channel"), look.t("decision-told-by")), ways));
            if facing.view.value.exempt_from_digital_post {
                parts.push(look.second(look.t("decision-exempt")).into());
            }
        }
        DecisionStep::Approve | DecisionStep::Withdraw => {}
    }
    (look.t(title), look.t(verb), stack(parts))
}

/// What the letter says: what she gets, why, and where to complain.
fn letter<'a>(scene: Scene<'a>, facing: CaseFacing<'a>) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let t = look.tokens;
    let case = &facing.view.value;
    let decision = case.decision.as_ref()?;
    let language = LetterLanguage::of_code(&decision.language).unwrap_or(LetterLanguage::English);
    let authority = scene.desk.session.departments.get(&decision.authority);
    let authority = authority.map_or_else(
        || decision.authority.as_str().to_owned(),
        |health| pick(look.texts, &health.department.name).to_owned(),
    );
    let head = look.with(
        "decision-letter-head",
        &[("outcome", look.t(decide::outcome_word(decision.outcome)).into()), ("authority", authority.into())],
    );
    let mut lines: Vec<Element<'a, Message>> = vec![look.colored(head, Type::STRONG, t.ink).into()];
    let gets = case.rule.as_ref().and_then(|rule| rule.issues.as_ref()).filter(|_| super::is_good(decision.outcome));
    lines.extend(gets.map(|gets| look.body(in_language(gets, language).to_owned()).into()));
    lines.push(look.colored(decision.text.clone(), Type::BODY, t.ink).width(Length::Fill).into());
    let complaint = case.rule.as_ref().and_then(|rule| rule.complaint.as_ref());
    lines.extend(complaint.map(|complaint| look.second(in_language(complaint, language).to_owned()).into()));
    let inside = container(Column::with_children(lines).spacing(space::S8)).padding(space::S12).width(Length::Fill);
    Some(
        column![look.label(look.t("decision-letter")), panel(look, inside).width(Length::Fill)]
            .spacing(space::S4)
            .into(),
    )
}
