//! Who is told of a change before it is made, and who was told: in words, and word for word. What does not live here: what is sent (the
//! server's), when a change is made (see `popover` and `cancel`).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_api::visits::{MessageText, Told, VisitPlan};
use skranke_desk::load::Load;
use skranke_domain::appointment::{MessageChannel, MessageKind, MessageState, MessageTo};

use super::Message;
use crate::assets::{Glyph, Icon};
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};
use crate::widget::panel::plate;
use crate::widget::{Element, ellipsis, glyph, icon, scroll};

/// So tall the messages stand there word for word, at most, in logical pixels.
pub(super) const WORDS: f32 = 190.0;
/// A line about somebody.
pub(super) const LINE: f32 = 18.0;

const fn to(to: MessageTo) -> &'static str {
    match to {
        MessageTo::Citizen => "calendar-to-citizen",
        MessageTo::Interpreter => "calendar-to-interpreter",
        MessageTo::Caseworker => "calendar-to-caseworker",
    }
}

const fn by(channel: MessageChannel) -> &'static str {
    match channel {
        MessageChannel::Email => "calendar-by-email",
        MessageChannel::Sms => "calendar-by-sms",
    }
}

const fn about(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Confirmation => "calendar-told-confirmation",
        MessageKind::Reminder => "calendar-told-reminder",
        MessageKind::Moved => "calendar-told-moved",
        MessageKind::Cancelled => "calendar-told-cancelled",
        MessageKind::Guard => "calendar-told-guard",
        MessageKind::EarlierTime => "calendar-told-earlier",
        MessageKind::Expiry => "calendar-told-expiry",
    }
}

const fn how_far(state: MessageState) -> (&'static str, Glyph) {
    match state {
        MessageState::Waiting => ("calendar-told-waiting", Glyph::Waiting),
        MessageState::Sent => ("calendar-told-sent", Glyph::Approved),
        MessageState::Withdrawn => ("calendar-told-withdrawn", Glyph::Closed),
        MessageState::Failed => ("calendar-told-failed", Glyph::Overdue),
    }
}

/// Whom an appointment told, a line each, the last first.
pub(super) fn told<'a>(look: &Look<'_>, all: &[Told], most: usize) -> Vec<Element<'a, Message>> {
    let t = look.tokens;
    all.iter()
        .take(most)
        .map(|one| {
            let (state, shape) = how_far(one.state);
            let color = match one.state {
                MessageState::Failed => t.alert,
                MessageState::Sent => t.ok,
                MessageState::Waiting | MessageState::Withdrawn => t.ink3,
            };
            let said = look.with(
                "calendar-told-line",
                &[
                    ("what", look.t(about(one.kind)).into()),
                    ("who", look.t(to(one.to)).into()),
                    ("how", look.t(by(one.channel)).into()),
                    ("state", look.t(state).into()),
                ],
            );
            line(look, shape, color, said)
        })
        .collect()
}

fn line<'a>(look: &Look<'_>, shape: Glyph, color: iced::Color, said: String) -> Element<'a, Message> {
    let words = ellipsis(said, Type::LABEL).color(look.tokens.ink2).width(Length::Fill);
    row![glyph(shape, 11.0, color), words].spacing(space::S6).align_y(Alignment::Center).height(LINE).into()
}

/// How many lines a plan takes.
pub(super) fn lines(plan: &Load<VisitPlan>) -> usize {
    plan.value().map_or(2, |plan| plan.messages.len().max(2))
}

/// Who will be told, and word for word where that was asked for.
pub(super) fn plan<'a>(look: &Look<'_>, plan: &Load<VisitPlan>, words: Words) -> Column<'a, Message> {
    let t = look.tokens;
    let mut all = Column::new().spacing(space::S2).width(Length::Fill);
    match plan {
        Load::Idle | Load::Waiting { .. } => {
            all = all.push(look.colored(look.t("calendar-told-asking"), Type::LABEL, t.ink3));
        }
        Load::Failed { error, .. } => {
            let why = look.with("calendar-told-unknown", &[("why", sentence(look, error).into())]);
            let said = look.colored(why, Type::LABEL, t.ink).width(Length::Fill);
            all = all.push(row![icon(Icon::TriangleAlert, 13.0, t.wait), said].spacing(space::S6));
        }
        Load::Known { value, .. } if value.messages.is_empty() => {
            all =
                all.push(look.colored(look.t("calendar-told-nobody"), Type::LABEL_MEDIUM, t.wait).width(Length::Fill));
        }
        Load::Known { value, .. } => {
            all = all.push(look.colored(look.t("calendar-told-will"), Type::LABEL_STRONG, t.ink));
            for message in &value.messages {
                all = all.push(line(look, Glyph::Waiting, t.ink3, addressed(look, message)));
            }
            if words == Words::Shown {
                all = all.push(word_for_word(look, &value.messages));
            }
        }
    }
    all
}

/// Whether messages stand there word for word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// They do.
    Shown,
    /// They do not.
    Folded,
}

impl Words {
    /// As it was asked for.
    pub(super) const fn when(shown: bool) -> Self {
        if shown { Self::Shown } else { Self::Folded }
    }
}

fn addressed(look: &Look<'_>, message: &MessageText) -> String {
    look.with(
        "calendar-told-to",
        &[
            ("who", look.t(to(message.to)).into()),
            ("how", look.t(by(message.channel)).into()),
            ("address", message.address_masked.clone().into()),
        ],
    )
}

fn word_for_word<'a>(look: &Look<'_>, messages: &[MessageText]) -> Element<'a, Message> {
    let t = look.tokens;
    let all = messages.iter().map(|message| {
        let mut lines = column![look.colored(addressed(look, message), Type::LABEL_STRONG, t.ink)];
        if let Some(subject) = &message.subject {
            lines = lines.push(look.colored(subject.clone(), Type::LABEL_MEDIUM, t.ink));
        }
        lines.push(look.colored(message.text.clone(), Type::LABEL, t.ink2)).width(Length::Fill).into()
    });
    let inside = container(Column::with_children(all).spacing(space::S10)).padding(space::S8).width(Length::Fill);
    container(scroll(look, "calendar/told/words", inside).height(Length::Shrink))
        .max_height(WORDS - space::S8)
        .width(Length::Fill)
        .style(move |_| plate(t.sunken, t.line, radius::CONTROL))
        .into()
}
