//! What was half written when a window ended, on the start page: named, with its time, to be taken up or thrown away. What does not live here:
//! what becomes of it (the desk's).

use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use skranke_desk::Desk;
use skranke_desk::case::work::WorkKind;
use skranke_desk::half_written::{HalfInput, HalfWritten, Piece, What};
use skranke_desk::sheets::SheetKind;

use super::Message;
use crate::assets::Icon;
use crate::focus::FocusId;
use crate::screens::words::{moment, pick};
use crate::screens::{Key, Scene};
use crate::theme::scale::{space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::{Element, danger, ellipsis, hline, icon, normal, panel, quiet};

const LEFT: FocusId = FocusId::new("start/half-written");

/// Whether there is anything to show.
pub(super) fn is_any(desk: &Desk) -> bool {
    !desk.half_written.offered.is_empty() || desk.half_written.unreadable > 0
}

/// The words for a piece of what is half written.
const fn word(piece: Piece) -> &'static str {
    match piece {
        Piece::Sheet(SheetKind::WrapUp) | Piece::WrapUp => "half-wrap-up",
        Piece::Sheet(SheetKind::Note) => "half-note",
        Piece::Sheet(SheetKind::Promise) => "half-promise",
        Piece::Sheet(SheetKind::Letter) => "half-letter",
        Piece::Sheet(SheetKind::Handover) => "half-handover",
        Piece::Sheet(SheetKind::Situation) => "half-situation",
        Piece::Sheet(SheetKind::Change) => "half-change",
        Piece::Sheet(SheetKind::Verify | SheetKind::Application) => "half-sheet",
        Piece::Work(WorkKind::Course) => "half-course",
        Piece::Work(WorkKind::Ask) => "half-ask",
        Piece::Work(WorkKind::Answer(_)) => "half-answer",
        Piece::Work(WorkKind::Note) => "half-case-note",
        Piece::Work(WorkKind::Facts) => "half-facts",
        Piece::Work(WorkKind::Decide) => "half-decision",
        Piece::Work(WorkKind::Step(_)) => "half-step",
        Piece::Work(WorkKind::Assign | WorkKind::Lift | WorkKind::Relate) => "half-sheet",
        Piece::Reason => "half-reason",
        Piece::Request => "half-request",
        Piece::Call => "half-call",
        Piece::Transfer => "half-transfer",
        Piece::Ticket => "half-ticket",
        Piece::SendOff => "half-send-off",
        Piece::Help => "half-help",
        Piece::Booking => "half-booking",
        Piece::Cancel => "half-cancel",
        Piece::Closing => "half-closing",
        Piece::Reply => "half-reply",
    }
}

/// What it is, in one line: the first as it is, the others in small letters behind it.
pub(super) fn title(look: &Look<'_>, part: &HalfWritten) -> String {
    let mut words: Vec<String> = Vec::new();
    for piece in part.pieces() {
        let said = look.t(word(piece));
        if !words.contains(&said) {
            words.push(said);
        }
    }
    let mut words = words.into_iter();
    let first = words.next().unwrap_or_else(|| look.t("half-sheet"));
    std::iter::once(first).chain(words.map(|word| word.to_lowercase())).collect::<Vec<_>>().join(", ")
}

/// The list, where there is anything.
pub(super) fn left<'a>(scene: Scene<'_>) -> Option<Element<'a, Message>> {
    let Scene { look, desk } = scene;
    if !is_any(desk) {
        return None;
    }
    let t = look.tokens;
    let head = row![
        look.colored(look.t("half-title"), Type::STRONG, t.ink),
        look.colored(
            look.texts.number(i64::try_from(desk.half_written.offered.len()).unwrap_or(i64::MAX)),
            Type::STRONG,
            t.ink3
        )
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let mut rows: Vec<Element<'a, Message>> = Vec::new();
    for (at, part) in desk.half_written.offered.iter().enumerate() {
        if at > 0 {
            rows.push(hline(look));
        }
        rows.push(line(scene, at, part));
    }
    if desk.half_written.unreadable > 0 {
        if !rows.is_empty() {
            rows.push(hline(look));
        }
        rows.push(unreadable(look, desk.half_written.unreadable));
    }
    let list = panel(look, Column::with_children(rows)).padding(stroke::LINE).width(Length::Fill);
    Some(column![head, list].spacing(space::S6).into())
}

fn line<'a>(scene: Scene<'_>, at: usize, part: &HalfWritten) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let what = title(look, part);
    let when = moment(look.texts, part.at, desk.tz(), look.now.date());
    let about = match &part.what {
        What::Case(case) => case.title.as_ref().map(|title| pick(look.texts, title).to_owned()),
        What::Booking(booking) => booking.what.title.as_ref().map(|title| pick(look.texts, title).to_owned()),
        _ => None,
    };
    let whom = Some(part.whom().to_owned()).filter(|name| !name.is_empty());
    let second: Vec<String> = [whom, about, Some(when)].into_iter().flatten().collect();
    let second = second.join(" · ");
    let name = |verb: &str| format!("{}: {what}, {second}", look.t(verb));
    let id = LEFT.child(part.number);
    let mut take = normal(look, id.child("take"), look.t("half-take-up"))
        .name(name("half-take-up"))
        .size(ButtonSize::Small)
        .on_press(Message::HalfWritten(HalfInput::TakeUp(part.number)));
    if at == 0 {
        take = take.key("H");
    }
    let discard = quiet(look, id.child("discard"), look.t("half-discard"))
        .name(name("half-discard"))
        .size(ButtonSize::Small)
        .on_press(Message::HalfWritten(HalfInput::Ask(part.number)));
    let words =
        column![ellipsis(what.clone(), Type::TITLE).color(t.ink), ellipsis(second.clone(), Type::CELL).color(t.ink2)];
    let inside = if desk.half_written.asked == Some(part.number) {
        let keep = normal(look, id.child("keep"), look.t("half-keep"))
            .size(ButtonSize::Small)
            .key("Esc")
            .on_press(Message::HalfWritten(HalfInput::Keep));
        let really = danger(look, id.child("really"), look.t("half-discard-really"))
            .name(name("half-discard-really"))
            .size(ButtonSize::Small)
            .on_press(Message::HalfWritten(HalfInput::Discard(part.number)));
        let question = look.colored(look.t("half-discard-question"), Type::CELL, t.ink);
        row![column![words, question].width(Length::Fill), Element::from(keep), Element::from(really)]
    } else {
        row![words.width(Length::Fill), Element::from(take), Element::from(discard)]
    };
    let inside = inside.spacing(space::S8).align_y(Alignment::Center);
    container(inside).padding([space::S8, 14.0]).width(Length::Fill).into()
}

/// Some of it could not be read: that is said, once it is seen it goes.
fn unreadable<'a>(look: &Look<'_>, count: usize) -> Element<'a, Message> {
    let t = look.tokens;
    let said = look.with("half-unreadable", &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())]);
    let seen = quiet(look, LEFT.child("seen"), look.t("half-seen"))
        .size(ButtonSize::Small)
        .on_press(Message::HalfWritten(HalfInput::Seen));
    let inside = row![
        icon(Icon::TriangleAlert, 16.0, t.wait),
        look.colored(said, Type::CELL, t.ink).width(Length::Fill),
        Element::from(seen)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    container(inside).padding([space::S8, 14.0]).width(Length::Fill).into()
}

/// The key of the first.
pub(super) fn keys(desk: &Desk) -> Vec<Key<Message>> {
    let first = desk.half_written.offered.first();
    let take = |part: &HalfWritten| Message::HalfWritten(HalfInput::TakeUp(part.number));
    let mut keys: Vec<_> = first.map(|part| Key::in_place("H", "half-take-up", take(part))).into_iter().collect();
    if desk.half_written.asked.is_some() {
        keys.push(Key::in_place("Esc", "half-keep", Message::HalfWritten(HalfInput::Keep)));
    }
    keys
}
