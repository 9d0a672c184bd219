//! An appointment in the calendar, in each of the ways it can stand there. When it is, and how tall, the calendar knows.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Background, Border, Color, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::panel::shadow;
use super::{Element, KeyGround, dashed, ellipsis, glyph, key_cap};
use crate::assets::Glyph;
use crate::focus::{FocusId, Role};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Tokens, Type};

/// How a time stands in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// Booked, and every paper is there: a green edge and a tick.
    Ready,
    /// Booked, and papers are missing: amber ground and a ring.
    Missing,
    /// Nobody can be booked here.
    Blocked,
    /// Free; the key that takes it, if it has one.
    Free {
        /// The key that takes it.
        key: Option<String>,
    },
    /// Being moved here.
    Moving,
    /// Where the one being moved comes from.
    Origin,
    /// Booked for the citizen who is being served.
    Yours,
    /// Booked for somebody else.
    Other,
    /// Collides with another.
    Conflict,
}

struct Face {
    ground: Color,
    edge: Color,
    width: f32,
    side: Option<Color>,
    ink: Color,
    second: Color,
}

fn face(t: &Tokens, kind: &EventKind) -> Face {
    let plain = Face { ground: t.surface, edge: t.line, width: stroke::LINE, side: None, ink: t.ink, second: t.ink2 };
    match kind {
        EventKind::Ready => Face { side: Some(t.ok), ..plain },
        EventKind::Missing => Face { side: Some(t.wait), ground: t.wait_soft, ..plain },
        EventKind::Blocked => Face { ground: t.sunken, ink: t.ink3, second: t.ink3, ..plain },
        EventKind::Free { .. } => Face { edge: t.accent, ink: t.accent, second: t.ink2, ..plain },
        EventKind::Moving => Face { ground: t.accent_soft, edge: t.accent, width: stroke::STRONG, ..plain },
        EventKind::Origin => Face {
            ground: Color::TRANSPARENT,
            edge: Color::TRANSPARENT,
            width: 0.0,
            ink: t.ink3,
            second: t.ink3,
            side: None,
        },
        EventKind::Yours => Face { side: Some(t.accent), ground: t.accent_soft, edge: t.accent, ..plain },
        EventKind::Other => plain,
        EventKind::Conflict => Face { side: Some(t.alert), ground: t.alert_soft, edge: t.alert, ..plain },
    }
}

/// An appointment: its first line (time and how it stands) and its second (who, what). `name` is what a screen reader says.
pub fn event<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    kind: EventKind,
    first: impl Into<String>,
    second: impl Into<String>,
) -> Control<'a, Message> {
    const EDGE: f32 = 3.0;
    let t = look.tokens;
    let Face { ground, edge, width, side, ink, second: faint } = face(&t, &kind);
    let (first, second) = (first.into(), second.into());
    let name = if second.is_empty() { first.clone() } else { format!("{first}, {second}") };
    let line = |style: Type| Type { line: 15.0, ..style };
    let mut head = row![].spacing(space::S4).align_y(Alignment::Center);
    match &kind {
        EventKind::Ready => head = head.push(glyph(Glyph::Approved, 11.0, t.ok)),
        EventKind::Missing => head = head.push(glyph(Glyph::Missing, 11.0, t.wait)),
        EventKind::Conflict => head = head.push(glyph(Glyph::Overdue, 11.0, t.alert)),
        _ => {}
    }
    head = head.push(ellipsis(first, line(Type::LABEL_STRONG)).color(ink).width(Length::Fill));
    if let EventKind::Free { key: Some(key) } = &kind {
        head = head.push(key_cap(look, key, KeyGround::Paper));
    }
    let mut lines = column![head].width(Length::Fill);
    if !second.is_empty() {
        lines = lines.push(ellipsis(second, line(Type::LABEL)).color(faint));
    }
    // A 3 px edge on one side is a strip beside the text: borders have one width all round.
    let strip: Element<'a, Message> = container(gap().width(EDGE).height(Length::Fill))
        .style(move |_| container::Style {
            background: side.map(Background::Color),
            border: Border { radius: iced::border::left(radius::BADGE), ..Border::default() },
            ..container::Style::default()
        })
        .into();
    let inside =
        row![strip, container(lines).padding([space::S4, 5.0]).clip(true).height(Length::Fill)].height(Length::Fill);
    let body: Element<'a, Message> = if kind == EventKind::Origin {
        dashed(t.edge, radius::BADGE, inside).width(Length::Fill).height(Length::Fill).into()
    } else {
        inside.into()
    };
    let lifted = kind == EventKind::Moving;
    control(look, id, Role::Row, name, body)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Around(radius::BADGE))
        .style(move |status| {
            let mut style = Style::ground(ground, radius::BADGE);
            style.border.color = edge;
            style.border.width = width;
            if lifted {
                style.shadow = shadow(&t);
            }
            if matches!(status, Status::Hovered | Status::Pressed) && !lifted {
                style.border.color = t.edge;
                style.border.width = stroke::LINE;
            }
            style
        })
}
