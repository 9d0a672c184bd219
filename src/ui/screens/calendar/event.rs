//! The things of a day as they stand in the week: appointments, unsent bookings, free times. What does not live here: where they stand
//! (see `lanes`), which there are (see `week`).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Background, Border, Color, Length, Size};
use skranke_api::appointments::Appointment;
use skranke_desk::calendar::booking::BookingInput;
use skranke_desk::calendar::moving::{Interprets, Moving, Verdict};
use skranke_desk::calendar::standing::{Standing, Unsent};
use skranke_desk::pending::PendingBooking;
use skranke_domain::appointment::{AppointmentReadiness, AppointmentStatus};

use super::{FIRST, Message, appointment_id};
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Tokens, Type};
use crate::widget::{
    Control, Element, KeyGround, Ring, Status, Style, control, dashed, ellipsis, glyph, key_cap, lift,
};

/// A line of text in the week, in logical pixels.
const LINE: f32 = 15.0;
/// Below this width a box has no room beside its time.
const NARROW: f32 = 90.0;
/// The coloured edge at the left.
const EDGE: f32 = 3.0;

/// How a thing stands in the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Every paper due before the visit is there.
    Ready,
    /// Papers are missing.
    Missing,
    /// It is over, or she did not come.
    Over,
    /// Kept while somebody writes a booking.
    Held,
    /// Booked here and not sent.
    Unsent,
    /// Booked here and refused.
    Refused,
    /// Somebody closed its time after it was booked.
    Conflict,
}

/// How much an appointment says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wording {
    /// In a week: who, and beneath what for, where there is room.
    Apart,
    /// In a day: who and what for in one line.
    Joined,
}

impl Kind {
    /// How an appointment stands.
    pub(super) const fn of(appointment: &Appointment) -> Self {
        match appointment.status {
            AppointmentStatus::Fulfilled | AppointmentStatus::Noshow | AppointmentStatus::Cancelled => Self::Over,
            AppointmentStatus::Proposed => Self::Held,
            _ if appointment.conflict => Self::Conflict,
            _ if appointment.papers.open > 0 => Self::Missing,
            _ => Self::Ready,
        }
    }

    const fn mark(self) -> Option<Glyph> {
        match self {
            Self::Ready => Some(Glyph::Approved),
            Self::Missing => Some(Glyph::Missing),
            Self::Over => Some(Glyph::Closed),
            Self::Held => Some(Glyph::Waiting),
            Self::Unsent => Some(Glyph::Unsent),
            Self::Refused => Some(Glyph::Rejected),
            Self::Conflict => Some(Glyph::Overdue),
        }
    }

    const fn color(self, t: &Tokens) -> Color {
        match self {
            Self::Ready => t.ok,
            Self::Missing => t.wait,
            Self::Over | Self::Held => t.idle,
            Self::Unsent => t.accent,
            Self::Refused | Self::Conflict => t.alert,
        }
    }

    const fn ground(self, t: &Tokens) -> Color {
        match self {
            Self::Missing => t.wait_soft,
            Self::Refused | Self::Conflict => t.alert_soft,
            Self::Ready | Self::Over | Self::Held | Self::Unsent => t.surface,
        }
    }
}

/// What stands in an appointment's box.
struct Lines {
    kind: Kind,
    time: String,
    /// Beside the time, in the state's colour.
    note: Option<String>,
    who: String,
    what: Option<String>,
    size: Size,
    selected: bool,
}

/// How many papers are missing, in words; none when none are.
pub(super) fn papers(look: &Look<'_>, appointment: &Appointment) -> String {
    match appointment.papers.open {
        0 => look.t("calendar-papers-approved"),
        open => look.with("calendar-papers-missing", &[("count", open.into())]),
    }
}

/// A state of an appointment that changes what it means, in words.
pub(super) fn state(look: &Look<'_>, status: AppointmentStatus) -> Option<String> {
    let id = match status {
        AppointmentStatus::Booked => return None,
        AppointmentStatus::Proposed => "calendar-state-proposed",
        AppointmentStatus::Arrived => "calendar-state-arrived",
        AppointmentStatus::Fulfilled => "calendar-state-fulfilled",
        AppointmentStatus::Noshow => "calendar-state-noshow",
        AppointmentStatus::Cancelled => "calendar-state-cancelled",
    };
    Some(look.t(id))
}

/// An appointment, with the beginning and the whole span of its time in words.
pub(super) fn appointment<'a>(
    look: &Look<'_>,
    standing: &Standing<'_>,
    (start, time): (String, String),
    (size, wording): (Size, Wording),
    selected: bool,
) -> Element<'a, Message> {
    let appointment = standing.appointment.as_ref();
    let kind = match standing.unsent {
        Some(Unsent::Refused(_)) => Kind::Refused,
        Some(Unsent::Waiting) => Kind::Unsent,
        None => Kind::of(appointment),
    };
    let state = state(look, appointment.status);
    let title = appointment.title.as_ref().map(|title| pick(look.texts, title).to_owned());
    let what = match appointment.people {
        0 | 1 => title.clone(),
        people => Some(look.with(
            "calendar-title-people",
            &[("title", title.clone().unwrap_or_default().into()), ("people", people.into())],
        )),
    };
    let note = match kind {
        Kind::Missing if size.width < NARROW => Some(look.texts.number(appointment.papers.open.into())),
        Kind::Missing => Some(look.with("calendar-missing-short", &[("count", appointment.papers.open.into())])),
        Kind::Conflict => Some(look.t("calendar-conflict-short")),
        Kind::Refused => Some(look.t("calendar-refused")),
        Kind::Unsent => Some(look.t("calendar-unsent")),
        Kind::Ready if appointment.readiness == AppointmentReadiness::Needless => Some(look.t("calendar-needless")),
        _ => state.clone(),
    };
    let said = matches!(kind, Kind::Conflict | Kind::Refused | Kind::Unsent).then(|| note.clone()).flatten();
    let conflict = (kind == Kind::Conflict).then(|| look.t("calendar-conflict")).or(said);
    let name = [
        Some(time),
        Some(appointment.citizen_short.clone()),
        state,
        conflict,
        Some(papers(look, appointment)),
        what.clone(),
    ];
    let name = name.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let (who, what) = match (wording, what) {
        (Wording::Joined, Some(what)) if size.height < 3.0 * LINE => (
            look.with("calendar-who-what", &[("who", appointment.citizen_short.clone().into()), ("what", what.into())]),
            None,
        ),
        (_, what) => (appointment.citizen_short.clone(), what),
    };
    let lines = Lines { kind, time: start, note, who, what, size, selected };
    // The sheet is the stop of the keyboard; its chosen appointment wears the ring.
    face(look, appointment_id(appointment.id), name, lines)
        .on_press(Message::Select(appointment.id))
        .on_double_press(Message::Open(appointment.citizen))
        .ringed(selected && look.focused(&FIRST))
        .into()
}

/// Where the appointment that is being moved comes from.
pub(super) fn origin<'a>(look: &Look<'_>, moving: &Moving, start: String) -> Element<'a, Message> {
    let t = look.tokens;
    let style = |style: Type| Type { line: LINE, ..style };
    let who = look.with("calendar-origin", &[("who", moving.appointment.citizen_short.clone().into())]);
    let lines = column![
        ellipsis(start, style(Type::LABEL_STRONG)).color(t.ink3),
        ellipsis(who, style(Type::LABEL)).color(t.ink3),
    ];
    let inside = container(lines).padding([3.0, space::S8]).width(Length::Fill).height(Length::Fill).clip(true);
    dashed(t.edge, radius::BADGE, inside).width(Length::Fill).height(Length::Fill).into()
}

/// What an appointment that is being moved meets where it is held, in words; none while it lies where it stood.
pub(super) fn verdict_word(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Free | Verdict::Same => None,
        Verdict::Taken => Some("calendar-move-taken"),
        Verdict::Closed => Some("calendar-move-closed"),
        Verdict::Past => Some("calendar-move-past"),
    }
}

/// Whether the interpreter can come along, in words.
pub(super) fn interprets_word(interprets: Interprets) -> Option<&'static str> {
    match interprets {
        Interprets::Nobody => None,
        Interprets::Unknown => Some("calendar-move-interpreter-unknown"),
        Interprets::Free => Some("calendar-move-interpreter-free"),
        Interprets::Busy => Some("calendar-move-interpreter-busy"),
    }
}

/// The appointment where it would stand.
pub(super) fn ghost<'a>(
    look: &Look<'_>,
    moving: &Moving,
    time: String,
    (verdict, interprets): (Verdict, Interprets),
) -> Element<'a, Message> {
    let t = look.tokens;
    let style = |style: Type| Type { line: LINE, ..style };
    let who = moving.appointment.citizen_short.clone();
    let wrong =
        verdict_word(verdict).or_else(|| interprets_word(interprets).filter(|_| interprets == Interprets::Busy));
    let (note, shape, color) = match (wrong, interprets_word(interprets)) {
        (Some(wrong), _) => (Some(look.t(wrong)), Glyph::Overdue, t.alert),
        (None, Some(word)) if interprets == Interprets::Free => (Some(look.t(word)), Glyph::Approved, t.ok),
        (None, Some(word)) => (Some(look.t(word)), Glyph::Waiting, t.wait),
        (None, None) => (None, Glyph::Approved, t.ok),
    };
    let name =
        [Some(time.clone()), Some(who.clone()), note.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut lines = column![
        ellipsis(time, style(Type::LABEL_STRONG)).color(t.ink),
        ellipsis(who, style(Type::LABEL_MEDIUM)).color(t.ink),
    ];
    if let Some(note) = note {
        let said = ellipsis(note, style(Type::LABEL)).color(color).width(Length::Fill);
        lines = lines.push(row![glyph(shape, 11.0, color), said].spacing(space::S4).align_y(Alignment::Center));
    }
    let edge = if wrong.is_some() { t.alert } else { t.accent };
    let ground = if wrong.is_some() { t.alert_soft } else { t.accent_soft };
    let inside = container(lines).padding([3.0, space::S8]).width(Length::Fill).height(Length::Fill).clip(true);
    let face = control(look, "calendar/ghost", Role::Status, name, inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Hidden)
        .style(move |_| {
            let mut style = Style::ground(ground, radius::BADGE).edge(edge);
            style.border.width = stroke::STRONG;
            style
        });
    lift(look, radius::BADGE, face).width(Length::Fill).height(Length::Fill).into()
}

/// A booking that was made here and is not confirmed; pressing it leads to the outbox.
pub(super) fn unsent<'a>(
    look: &Look<'_>,
    booking: PendingBooking<'_>,
    (start, time): (String, String),
    size: Size,
) -> Element<'a, Message> {
    let refused = booking.entry.state.problem().is_some();
    let kind = if refused { Kind::Refused } else { Kind::Unsent };
    let note = look.t(if refused { "calendar-refused" } else { "calendar-unsent" });
    let name = format!("{time}, {}, {note}", booking.citizen_name);
    let who = booking.citizen_name.to_owned();
    let lines = Lines { kind, time: start, note: Some(note), who, what: None, size, selected: false };
    face(look, FocusId::new("calendar/unsent").child(booking.entry.id), name, lines).on_press(Message::Outbox).into()
}

fn face<'a>(look: &Look<'_>, id: FocusId, name: String, lines: Lines) -> Control<'a, Message> {
    let t = look.tokens;
    let Lines { kind, time, note, who, what, size: Size { width, height: tall }, selected } = lines;
    let color = kind.color(&t);
    let style = |style: Type| Type { line: LINE, ..style };
    let mut head = row![].spacing(space::S4).align_y(Alignment::Center);
    if let Some(mark) = kind.mark() {
        head = head.push(glyph(mark, 11.0, color));
    }
    let quiet = kind == Kind::Over;
    let ink = if quiet { t.ink3 } else { t.ink };
    let room = (tall / LINE).floor();
    let narrow = width < NARROW;
    // Where one narrow line is all there is, it is the name's: when it is, the place tells.
    if room >= 2.0 || !narrow {
        head =
            head.push(look.colored(time, style(Type::LABEL_STRONG), ink).wrapping(iced::widget::text::Wrapping::None));
    }
    let mut all = Column::new().width(Length::Fill);
    if room < 2.0 {
        head = head.push(ellipsis(who, style(Type::LABEL)).color(ink).width(Length::Fill));
        all = all.push(head);
    } else {
        if let Some(note) = note.filter(|_| !narrow) {
            head = head.push(ellipsis(note, style(Type::LABEL_MEDIUM)).color(color).width(Length::Fill));
        }
        all = all.push(head).push(ellipsis(who, style(Type::LABEL)).color(ink));
        if let Some(what) = what.filter(|_| room >= 3.0) {
            all = all.push(ellipsis(what, style(Type::LABEL)).color(if quiet { t.ink3 } else { t.ink2 }));
        }
    }
    let above = if room < 2.0 { ((tall - LINE) / 2.0).max(0.0) } else { ((tall - 2.0 * LINE) / 2.0).clamp(0.0, 3.0) };
    let edge = move |_: &_| container::Style {
        background: Some(Background::Color(color)),
        border: Border { radius: iced::border::left(radius::BADGE), ..Border::default() },
        ..container::Style::default()
    };
    let inside = row![
        container(gap().width(EDGE).height(Length::Fill)).style(edge),
        container(all).padding([above, 6.0]).width(Length::Fill).height(Length::Fill).clip(true),
    ];
    let (ground, line) = if selected { (t.accent_soft, t.accent) } else { (kind.ground(&t), t.line) };
    control(look, id, Role::Row, name, inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Around(radius::BADGE))
        .state(ControlState::new().selected(selected))
        .style(move |status| {
            let mut style = Style::ground(ground, radius::BADGE).edge(line);
            if selected {
                style.border.width = stroke::STRONG;
            } else if matches!(status, Status::Hovered | Status::Pressed) {
                style.border.color = t.edge;
            }
            style
        })
}

/// A free time on one of the keys `1`–`3`.
pub(super) fn free<'a>(look: &Look<'_>, at: usize, (start, time): (String, String), tall: f32) -> Element<'a, Message> {
    let t = look.tokens;
    let key = (at + 1).to_string();
    let words = look.with("calendar-free", &[("time", start.into())]);
    let name = look.with("calendar-free-name", &[("time", time.into())]);
    let word = ellipsis(words, Type { line: LINE, ..Type::LABEL_MEDIUM }).color(t.accent).width(Length::Fill);
    // A cap needs its height; in a low box the bare number stands for it.
    let cap: Element<'a, Message> = if tall >= height::KEY + space::S6 {
        key_cap(look, &key, KeyGround::Paper)
    } else {
        look.colored(key.clone(), Type { line: LINE, ..Type::LABEL_STRONG }, t.ink2).into()
    };
    let inside = container(row![cap, word].spacing(space::S6).align_y(Alignment::Center))
        .center_y(Length::Fill)
        .padding([0.0, 6.0]);
    control(look, FocusId::new("calendar/free-in-week").child(&key), Role::Row, name, inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Around(radius::BADGE))
        .state(ControlState { key: Some(key), ..ControlState::new() })
        .on_press(super::visit::step(BookingInput::Take(at)))
        .style(move |status| {
            let ground = if matches!(status, Status::Hovered | Status::Pressed) { t.accent_soft } else { t.surface };
            Style::ground(ground, radius::BADGE).edge(t.accent)
        })
        .into()
}

/// The free time that was taken for the booking being written.
pub(super) fn taken<'a>(
    look: &Look<'_>,
    who: &str,
    (start, time): (String, String),
    tall: f32,
) -> Element<'a, Message> {
    let t = look.tokens;
    let style = |style: Type| Type { line: LINE, ..style };
    let name = look.with("calendar-taken-name", &[("time", time.clone().into()), ("who", who.into())]);
    let two = tall >= 2.0 * LINE;
    let time = ellipsis(if two { time } else { start }, style(Type::LABEL_STRONG)).color(t.accent);
    let who = ellipsis(who.to_owned(), style(Type::LABEL)).color(t.ink);
    let inside: Element<'a, Message> =
        if two { column![time, who].into() } else { row![time, who].spacing(space::S6).into() };
    control(
        look,
        "calendar/taken",
        Role::Status,
        name,
        container(inside).center_y(Length::Fill).padding([0.0, space::S8]).clip(true),
    )
    .width(Length::Fill)
    .height(Length::Fill)
    .ring(Ring::Hidden)
    .style(move |_| {
        let mut style = Style::ground(t.accent_soft, radius::BADGE).edge(t.accent);
        style.border.width = stroke::STRONG;
        style
    })
    .into()
}
