//! The wrap-up of who left, beneath the stands: channel, how it ended, life situation, one line. What lives here: how it is drawn and its
//! keys. What does not: keeping and saving it (the desk's and the outbox's).

use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_desk::Desk;
use skranke_desk::counter::serving::ServingInput;
use skranke_desk::counter::wrap_up::{CHANNELS, NotSaved, WrapUp, WrapUpInput};
use skranke_domain::contact::{Channel, Outcome};

use super::stand::Act;
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::{
    Control, Element, KeyGround, Ring, Status, Style, control, ellipsis, field, icon, key_cap, normal, panel,
};

/// Where the line is typed.
pub const LINE: FocusId = FocusId::new("counter/wrap-up/line");

const AREA: FocusId = FocusId::new("counter/wrap-up");

/// How it ended, with its key and its word.
pub const OUTCOMES: [(Outcome, &str, &str); 5] = [
    (Outcome::Settled, "1", "wrap-up-settled"),
    (Outcome::MustSendPapers, "2", "wrap-up-must-send-papers"),
    (Outcome::NewTime, "3", "wrap-up-new-time"),
    (Outcome::PassedOn, "4", "wrap-up-passed-on"),
    (Outcome::ReferredElsewhere, "5", "wrap-up-referred"),
];

fn with(input: WrapUpInput) -> Act {
    Act::serving(ServingInput::WrapUp(input))
}

/// The wrap-up that waits, if one does: the oldest, and how many wait.
#[must_use]
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Act>> {
    let Scene { look, desk } = scene;
    let wrap_up = desk.serving.wrap_up()?;
    let t = look.tokens;
    let mut all = column![head(scene, wrap_up)].spacing(space::S10);
    if wrap_up.citizen.is_none() {
        all = all.push(look.colored(look.t("wrap-up-nobody-why"), Type::CELL, t.ink2));
    }
    all = all.push(choices(look, wrap_up)).push(line(scene, wrap_up));
    Some(panel(look, container(all).padding([space::S12, space::S16])).width(Length::Fill).into())
}

fn head<'a>(scene: Scene<'a>, wrap_up: &WrapUp) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = if wrap_up.number.is_empty() {
        look.t("wrap-up-of-nobody")
    } else {
        look.with("wrap-up-of", &[("number", wrap_up.number.clone().into())])
    };
    let left = moment(look.texts, wrap_up.ended, desk.tz(), look.now.date());
    let name = if wrap_up.name.is_empty() { look.t("wrap-up-nobody-identified") } else { wrap_up.name.clone() };
    let left = look.with("wrap-up-left", &[("time", left.into())]);
    let mut facts = vec![format!("{name}, {left}"), took(look, wrap_up.seconds())];
    facts.extend(wrap_up.reason.as_ref().map(|reason| pick(look.texts, reason).to_owned()));
    let (words, strong) = match (wrap_up.saves_in(look.now.timestamp()), wrap_up.due) {
        (_, None) => (look.t("wrap-up-waits-outcome"), false),
        (Some(0), _) | (None, _) => (look.t("wrap-up-saves-now"), false),
        (Some(left), Some(_)) => {
            let time = format!("{}:{:02}", left / 60, left % 60);
            (look.with("wrap-up-saves-in", &[("time", time.into())]), true)
        }
    };
    let color = if strong { t.ink2 } else { t.wait };
    let mut line = row![
        look.colored(title, Type::SECTION, t.ink),
        container(ellipsis(facts.join(" · "), Type::CELL).color(t.ink2)).width(Length::Fill),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let count = desk.serving.waiting();
    if count > 1 {
        let args = [("number", 1_i64.into()), ("count", i64::try_from(count).unwrap_or(i64::MAX).into())];
        line = line.push(look.colored(look.with("wrap-up-count", &args), Type::CELL_STRONG, t.ink));
    }
    line.push(look.colored(words, Type::CELL_MEDIUM, color)).into()
}

/// "7 min 20 s".
fn took(look: &Look<'_>, seconds: u64) -> String {
    let part = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    look.with("wrap-up-took", &[("minutes", part(seconds / 60).into()), ("seconds", part(seconds % 60).into())])
}

/// The channel, and how it ended.
fn choices<'a>(look: &Look<'_>, wrap_up: &WrapUp) -> Element<'a, Act> {
    let channels = CHANNELS.iter().map(|channel| {
        let (word, picture) = match channel {
            Channel::Phone => ("citizen-channel-phone", Icon::Phone),
            Channel::Email => ("wrap-up-channel-written", Icon::Mail),
            _ => ("citizen-channel-counter", Icon::Counter),
        };
        let mark = |color| icon(picture, 15.0, color);
        let id = AREA.child("channel").child(word);
        choice(look, id, look.t(word), wrap_up.channel == *channel, mark, None)
            .on_press(with(WrapUpInput::Channel(*channel)))
            .into()
    });
    let outcomes = OUTCOMES.iter().map(|(outcome, key, word)| {
        let cap = |_| key_cap(look, key, KeyGround::Paper);
        let id = AREA.child("outcome").child(*key);
        choice(look, id, look.t(word), wrap_up.outcome == Some(*outcome), cap, Some(key))
            .on_press(with(WrapUpInput::Ended(*outcome)))
            .into()
    });
    let group = |label: &str, parts: Row<'a, Act, iced::Theme, iced::Renderer>| {
        column![look.label(look.t(label)), parts.spacing(space::S6)].spacing(space::S4)
    };
    row![
        group("wrap-up-channel", Row::with_children(channels)),
        group("wrap-up-outcome-short", Row::with_children(outcomes)),
    ]
    .spacing(space::S24)
    .wrap()
    .vertical_spacing(space::S8)
    .into()
}

/// One of a few: what is chosen has the accent's ground and edge, and says so.
fn choice<'a>(
    look: &Look<'_>,
    id: FocusId,
    label: String,
    on: bool,
    mark: impl FnOnce(iced::Color) -> Element<'a, Act>,
    key: Option<&str>,
) -> Control<'a, Act> {
    let t = look.tokens;
    let ink = if on { t.accent } else { t.ink };
    let word = look.colored(label.clone(), Type::CELL_MEDIUM, ink).wrapping(iced::widget::text::Wrapping::None);
    let inside = row![mark(ink), word].spacing(space::S8).align_y(Alignment::Center);
    let state = ControlState { key: key.map(str::to_owned), ..ControlState::new().checked(on) };
    control(look, id, Role::Radio, label, container(inside).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .height(height::CONTROL)
        .ring(Ring::Around(radius::CONTROL))
        .state(state)
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            if on {
                let mut style = Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent).ink(t.accent);
                style.border.width = stroke::STRONG;
                style
            } else {
                Style::ground(if touched { t.bg } else { t.surface }, radius::CONTROL).edge(t.edge).ink(t.ink)
            }
        })
}

/// The life situation, one line, and saving it now.
fn line<'a>(scene: Scene<'a>, wrap_up: &WrapUp) -> Element<'a, Act> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let kind = wrap_up.situation.as_ref().and_then(|id| desk.session.situations.get(id));
    let situation = match (kind, &wrap_up.situation) {
        (Some(kind), _) => pick(look.texts, &kind.title).to_owned(),
        (None, Some(id)) => id.to_string(),
        (None, None) => look.t("wrap-up-no-situation"),
    };
    let name = format!("{}: {situation}", look.t("wrap-up-situation-next"));
    let inside = row![
        look.label(look.t("wrap-up-situation-next")),
        container(ellipsis(situation, Type::CELL_MEDIUM).color(t.ink)).width(Length::Fill),
        key_cap(look, "F", KeyGround::Paper),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let situation =
        control(look, AREA.child("situation"), Role::Button, name, container(inside).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .width(SITUATION)
            .height(height::CONTROL)
            .ring(Ring::Around(radius::CONTROL))
            .state(ControlState { key: Some("F".to_owned()), ..ControlState::new() })
            .on_press(with(WrapUpInput::NextSituation))
            .style(move |status| {
                let touched = matches!(status, Status::Hovered | Status::Pressed);
                Style::ground(if touched { t.bg } else { t.surface }, radius::CONTROL).edge(t.edge).ink(t.ink)
            });
    let hint = look.t("wrap-up-line-next");
    let error = match wrap_up.trouble {
        Some(NotSaved::NoOutcome) => Some(look.t("wrap-up-no-outcome")),
        Some(NotSaved::TooLong) => Some(look.t("wrap-up-too-long")),
        None => None,
    };
    let line = field(look, LINE, hint.clone(), wrap_up.text.clone())
        .hint(hint)
        .key("J")
        .error(error)
        .on_input(|typed| with(WrapUpInput::Text(typed)));
    let save = normal(look, AREA.child("save"), look.t("wrap-up-save")).key("Ctrl ↵").on_press(with(WrapUpInput::Save));
    let mut all = row![Element::from(situation)].spacing(space::S8);
    if wrap_up.citizen.is_some() {
        all = all.push(Element::from(line));
    } else {
        all = all.push(gap().width(Length::Fill));
    }
    all.push(Element::from(save)).into()
}

/// How wide the life situation is.
const SITUATION: f32 = 236.0;

/// The keys of the wrap-up that is shown.
pub(super) fn keys(desk: &Desk) -> Vec<Key<Act>> {
    let Some(wrap_up) = desk.serving.wrap_up() else { return Vec::new() };
    let mut keys: Vec<Key<Act>> = OUTCOMES
        .iter()
        .map(|(outcome, key, _)| Key::in_place(key, "wrap-up-key-outcome", with(WrapUpInput::Ended(*outcome))))
        .collect();
    keys.push(Key::in_place("M", "wrap-up-key-channel", with(WrapUpInput::NextChannel)));
    keys.push(Key::in_place("F", "wrap-up-key-situation", with(WrapUpInput::NextSituation)));
    if wrap_up.citizen.is_some() {
        keys.push(Key::in_place("J", "wrap-up-key-focus-line", Act::Focus(LINE, Role::TextField)));
    }
    keys.push(Key::in_place("Ctrl ↵", "wrap-up-key-save", with(WrapUpInput::Save)));
    keys
}
