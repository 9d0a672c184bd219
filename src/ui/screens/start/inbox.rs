//! What waits on the start page beside the appointments: visits that were left without a wrap-up, and what colleagues handed over. What does not
//! live here: what becomes of them (the desk's inbox and its unfinished visits).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::casework::AskView;
use skranke_desk::inbox::{InboxInput, ReplyTrouble, Replying, Shown, Unsent};
use skranke_desk::unfinished::Unfinished;
use skranke_desk::{Desk, Load};
use skranke_domain::handover::HandoverState;

use super::Message;
use crate::assets::{Glyph, Icon};
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene, sentence};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{
    Element, ShownState, Tone, ellipsis, field, hline, icon, normal, panel, primary, quiet, status, tone_badge,
};

/// The list of hand-overs: one stop of the keyboard.
pub const INBOX: FocusId = FocusId::new("start/inbox");
/// The line in which an answer is written.
pub const REPLY: FocusId = FocusId::new("start/inbox/reply");
const ASKS: FocusId = FocusId::new("start/asks");
const UNFINISHED: FocusId = FocusId::new("start/unfinished");

const fn of(input: InboxInput) -> Message {
    Message::Inbox(input)
}

/// How many hand-overs wait for somebody.
pub fn waiting(desk: &Desk) -> usize {
    desk.inbox.open(&desk.pending).count()
}

/// How many questions of colleagues wait for somebody.
pub fn questions(desk: &Desk) -> usize {
    desk.inbox.questions(desk.person(), &desk.pending).count()
}

/// Questions of colleagues about cases, or why it is not known whether there are any.
pub(super) fn asks<'a>(scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    if let Load::Failed { error, .. } = &desk.inbox.asks {
        let failed = sentence::failed(look, error, of(InboxInput::AskAgain));
        let title = look.colored(look.t("inbox-asks-unknown"), Type::STRONG, look.tokens.ink);
        return Some(column![title, failed].spacing(space::S6).into());
    }
    let count = questions(desk);
    if count == 0 {
        return None;
    }
    let rows = desk.inbox.questions(desk.person(), &desk.pending).enumerate().flat_map(|(at, ask)| {
        let rule = (at > 0).then(|| hline(look));
        rule.into_iter().chain([question(scene, at, ask)])
    });
    let list = Column::with_children(rows.collect::<Vec<_>>());
    let list = panel(look, list).padding(stroke::LINE).width(Length::Fill);
    Some(column![head(look, "inbox-asks", count), list].spacing(space::S6).into())
}

fn question<'a>(scene: Scene<'a>, at: usize, ask: &'a AskView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let sent = moment(look.texts, ask.at, desk.tz(), look.now.date());
    let from = look.with("inbox-from", &[("name", ask.from_name.clone().into()), ("when", sent.into())]);
    let kind = look.t(crate::screens::case::kind_word(ask.kind));
    let title = format!("{} · {}", ask.citizen_name, pick(look.texts, &ask.case_title));
    let mut open = normal(look, ASKS.child(ask.id), look.t("inbox-ask-open"))
        .name(format!("{}: {title}", look.t("inbox-ask-open")))
        .size(ButtonSize::Small)
        .on_press(of(InboxInput::OpenAsk(ask.id)));
    if at == 0 {
        open = open.key("Q");
    }
    let words = column![
        ellipsis(title, Type::TITLE).color(t.ink),
        look.colored(ask.text.clone(), Type::CELL, t.ink).width(Length::Fill),
        look.colored(format!("{kind} · {from}"), Type::LABEL, t.ink3),
    ]
    .spacing(space::S2)
    .width(Length::Fill);
    let line = row![words, Element::from(open)].spacing(space::S12).align_y(Alignment::Center);
    container(line).padding([space::S8, 14.0]).width(Length::Fill).into()
}

/// The keys of what waits.
pub(super) fn keys(desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
    let mut keys = Vec::new();
    if desk.inbox.replying.is_some() {
        keys.push(Key::in_place("Esc", "inbox-key-leave", of(InboxInput::Leave)));
        keys.push(Key::in_place("Ctrl ↵", "inbox-key-send", of(InboxInput::Confirm)));
    }
    if let Some(first) = desk.unfinished.first() {
        keys.push(Key::bar("W", "unfinished-key", Message::FinishLater(first.citizen)));
    }
    if let Some(first) = desk.inbox.questions(desk.person(), &desk.pending).next() {
        keys.push(Key::in_place("Q", "inbox-ask-key", of(InboxInput::OpenAsk(first.id))));
    }
    let Some(active) = desk.inbox.active(&desk.pending) else { return keys };
    let may = |to: HandoverState| (!active.state.may_become(to)).then(|| texts.t("inbox-not-now"));
    keys.extend([
        Key::bar("O", "inbox-key-open", of(InboxInput::Open)),
        Key::bar("A", "inbox-key-accept", of(InboxInput::Accept)).disabled(may(HandoverState::Accepted)),
        Key::bar("D", "inbox-key-done", of(InboxInput::Reply(HandoverState::Done))).disabled(may(HandoverState::Done)),
        Key::bar("R", "inbox-key-return", of(InboxInput::Reply(HandoverState::Returned)))
            .disabled(may(HandoverState::Returned)),
        Key::in_place("↓", "inbox-key-down", of(InboxInput::Step(skranke_desk::citizen::Step::Next))),
        Key::in_place("↑", "inbox-key-up", of(InboxInput::Step(skranke_desk::citizen::Step::Previous))),
        Key::in_place("↵", "inbox-key-open", of(InboxInput::Open)),
    ]);
    keys
}

/// Visits that were left without a wrap-up.
pub(super) fn unfinished<'a>(scene: Scene<'_>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    if desk.unfinished.is_empty() {
        return None;
    }
    let rows = desk.unfinished.iter().enumerate().flat_map(|(at, one)| {
        let rule = (at > 0).then(|| hline(look));
        rule.into_iter().chain([visit(scene, at, one)])
    });
    let list = Column::with_children(rows.collect::<Vec<_>>());
    Some(
        column![
            head(look, "unfinished-title", desk.unfinished.len()),
            panel(look, list).padding(stroke::LINE).width(Length::Fill)
        ]
        .spacing(space::S6)
        .into(),
    )
}

fn head<'a>(look: &Look<'_>, title: &str, count: usize) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        look.colored(look.t(title), Type::STRONG, t.ink),
        look.colored(look.texts.number(i64::try_from(count).unwrap_or(i64::MAX)), Type::STRONG, t.ink3)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center)
    .into()
}

fn visit<'a>(scene: Scene<'_>, at: usize, one: &Unfinished) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let clock = |at: jiff::Timestamp| look.texts.time(at.to_zoned(desk.tz().clone()).time());
    let left = one.visit.left.unwrap_or(one.visit.began);
    let when = look.with("unfinished-when", &[("began", clock(one.visit.began).into()), ("left", clock(left).into())]);
    let who = if one.name.is_empty() { look.t("unfinished-nameless") } else { one.name.clone() };
    let mut button = normal(look, UNFINISHED.child(at), look.t("unfinished-key"))
        .name(format!("{}: {who}", look.t("unfinished-key")))
        .size(ButtonSize::Small)
        .on_press(Message::FinishLater(one.citizen));
    if at == 0 {
        button = button.key("W");
    }
    let line = row![
        column![ellipsis(who, Type::TITLE).color(t.ink), ellipsis(when, Type::CELL).color(t.ink2)].width(Length::Fill),
        Element::from(button),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    container(line).padding([space::S8, 14.0]).width(Length::Fill).into()
}

/// What colleagues handed over, or why it is not known.
pub(super) fn inbox<'a>(scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    let inbox = &desk.inbox;
    if let Load::Failed { error, .. } = &inbox.handovers {
        let failed = sentence::failed(look, error, of(InboxInput::AskAgain));
        let title = look.colored(look.t("inbox-unknown"), Type::STRONG, look.tokens.ink);
        return Some(column![title, failed].spacing(space::S6).into());
    }
    let open: Vec<Shown<'_>> = inbox.open(&desk.pending).collect();
    if open.is_empty() {
        return None;
    }
    let active = inbox.active(&desk.pending).map(|one| one.view.id);
    let count = open.len();
    let name = open.iter().find(|one| Some(one.view.id) == active).map(|one| one.view.citizen_name.clone());
    let rows = open.into_iter().enumerate().flat_map(|(at, one)| {
        let rule = (at > 0).then(|| hline(look));
        rule.into_iter().chain([handover(scene, one, Some(one.view.id) == active)])
    });
    let rows: Vec<Element<'a, Message>> = rows.collect();
    let list = control(look, INBOX, Role::List, look.t("inbox-title"), Column::with_children(rows))
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .state(ControlState::new().active(name));
    let list = panel(look, list).padding(stroke::LINE).width(Length::Fill);
    Some(column![head(look, "inbox-title", count), list].spacing(space::S6).into())
}

fn handover<'a>(scene: Scene<'a>, one: Shown<'a>, active: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let view = one.view;
    let sent = moment(look.texts, view.sent, desk.tz(), look.now.date());
    let from = look.with("inbox-from", &[("name", view.from_name.clone().into()), ("when", sent.into())]);
    let word = look.t(state_word(one.state));
    let mark: Element<'a, Message> = match (one.unsent, one.state) {
        (Some(Unsent::Refused), _) => tone_badge(look, Tone::Alert, Glyph::Rejected, look.t("inbox-refused")),
        (Some(Unsent::Waiting), _) => status(look, ShownState::Unsent, Some(word.clone())),
        (None, HandoverState::Accepted) => status(look, ShownState::InProgress, Some(word.clone())),
        (None, HandoverState::Done) => status(look, ShownState::Approved, Some(word.clone())),
        (None, _) => status(look, ShownState::Requested, Some(word.clone())),
    };
    let head = row![
        ellipsis(view.citizen_name.clone(), Type::TITLE).color(t.ink),
        gap().width(Length::Fill),
        container(mark),
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    let what: Element<'a, Message> = if active {
        look.colored(view.card.what.clone(), Type::CELL, t.ink).width(Length::Fill).into()
    } else {
        ellipsis(view.card.what.clone(), Type::CELL).color(t.ink2).into()
    };
    let mut face = column![head, what].spacing(space::S2).width(Length::Fill);
    if active {
        face = face.extend(card(look, one));
    }
    face = face.push(look.colored(from.clone(), Type::LABEL, t.ink3));
    let name = format!("{}, {}, {from}, {word}", view.citizen_name, view.card.what);
    let ringed = active && look.focused(&INBOX);
    let id = view.id;
    let rounded = radius::PANEL - stroke::LINE;
    let row = control(look, INBOX.child(id), Role::ListItem, name, face)
        .padding([space::S8, 14.0])
        .width(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(rounded))
        .ringed(ringed)
        .on_press(of(InboxInput::Choose(id)))
        .on_double_press(of(InboxInput::Open))
        .style(move |status| match (active, status) {
            (true, _) => Style::ground(t.accent_soft, rounded),
            (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, rounded),
            (false, _) => Style::ground(t.surface, rounded),
        });
    match desk.inbox.replying.as_ref().filter(|replying| replying.handover == id) {
        Some(replying) => column![row, reply(look, replying)].into(),
        None => row.into(),
    }
}

/// The rest of the card: what was promised, and the answers that this unit asked for.
fn card<'a>(look: &Look<'_>, one: Shown<'a>) -> Vec<Element<'a, Message>> {
    let t = look.tokens;
    let card = &one.view.card;
    let mut lines = Vec::new();
    let mut push = |picture: Icon, words: String| {
        let line = row![
            container(icon(picture, 13.0, t.ink3)).padding([2.0, 0.0]),
            look.colored(words, Type::CELL, t.ink2).width(Length::Fill)
        ]
        .spacing(space::S6);
        lines.push(line.into());
    };
    if !card.promised.trim().is_empty() {
        push(Icon::Handshake, look.with("inbox-promised", &[("what", card.promised.clone().into())]));
    }
    if !card.missing.is_empty() {
        let papers: Vec<&str> = card.missing.iter().map(|label| pick(look.texts, label)).collect();
        push(Icon::FileText, look.with("inbox-missing", &[("papers", papers.join(", ").into())]));
    }
    for answer in &card.answers {
        push(Icon::Message, format!("{} {}", pick(look.texts, &answer.question), answer.answer));
    }
    lines
}

const fn state_word(state: HandoverState) -> &'static str {
    match state {
        HandoverState::Sent => "handover-state-sent",
        HandoverState::Accepted => "handover-state-accepted",
        HandoverState::Done => "handover-state-done",
        HandoverState::Returned => "handover-state-returned",
        HandoverState::Withdrawn => "handover-state-withdrawn",
    }
}

/// The line in which is said what came of it, or why it goes back.
fn reply<'a>(look: &'a Look<'a>, replying: &Replying) -> Element<'a, Message> {
    let (label, verb) = match replying.state {
        HandoverState::Returned => ("inbox-reply-returned", "inbox-key-return"),
        _ => ("inbox-reply-done", "inbox-key-done"),
    };
    let error = replying.trouble.map(|trouble| {
        look.t(match trouble {
            ReplyTrouble::Empty => "inbox-reply-empty",
            ReplyTrouble::TooLong => "inbox-reply-too-long",
        })
    });
    let typed: Element<'a, Message> = field(look, REPLY, look.t(label), replying.text.clone())
        .labelled()
        .error(error)
        .on_input(|text| of(InboxInput::Typed(text)))
        .build();
    let send = primary(look, REPLY.child("send"), look.t(verb)).key("Ctrl ↵").on_press(of(InboxInput::Confirm));
    let leave = quiet(look, REPLY.child("leave"), look.t("sheet-leave")).key("Esc").on_press(of(InboxInput::Leave));
    let buttons = row![Element::from(send), Element::from(leave)].spacing(space::S8);
    container(column![typed, buttons].spacing(space::S8)).padding([space::S10, 14.0]).width(Length::Fill).into()
}
