//! The list of the queue: one line for each who waits, then the groups beneath, and where each line stands so that only those in sight are
//! built. What does not live here: what is above and beneath the list (`queue`), the order (the desk's).

use iced::widget::{Column, Row, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use jiff::Timestamp;
use skranke_api::tickets::{Expected, Ticket};
use skranke_desk::counter::{CounterInput, CounterPage, Group, NoCall, minutes_waited};
use skranke_domain::TicketId;
use skranke_domain::queue::Triage;

use super::{CounterScreen, FIRST, Message, measure, words};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::{
    Element, KeyGround, Ring, RowState, Status, Style, control, ellipsis, glyph, hline, icon, key_cap, row_ground,
    scroll,
};

/// The room beside a line.
pub(super) const SIDE: f32 = 14.0;
const NUMBER: f32 = 62.0;
const GAP: f32 = 6.0;
/// Above and beneath what a line says.
const EDGE: f32 = 8.0;
const COMPACT: f32 = 34.0;
const HEADING: f32 = 32.0;
/// Between a shape and what it says, and between two of those.
const SHAPE: f32 = 15.0;
const BETWEEN: f32 = 10.0;
const MORE: f32 = Type::LABEL.line + 1.0;

/// One line of the list.
#[derive(Clone, Copy)]
pub(super) enum Line<'a> {
    /// Somebody who waits.
    Waiting(&'a Ticket),
    /// The head of a group beneath.
    Heading(Group, usize),
    /// Somebody of such a group.
    Compact(&'a Ticket),
    /// How many are expected.
    Expects(usize),
    /// Somebody who is expected.
    Expected(&'a Expected),
}

/// The room of a line, in logical pixels.
fn room(scene: Scene<'_>) -> f32 {
    super::left(scene.look) - 2.0 * SIDE - NUMBER - GAP
}

/// What stands at the right of a line: words, and the key where it acts on this one.
type End = Option<(String, Option<&'static str>)>;

/// Where the keys act that are printed on a line: found out once for all lines.
#[derive(Clone, Copy)]
struct Marks {
    chosen: Option<TicketId>,
    host: Option<TicketId>,
    stand: Option<TicketId>,
    receives: bool,
}

impl Marks {
    fn of(scene: Scene<'_>, page: &CounterPage) -> Self {
        let now = scene.look.now.timestamp();
        Self {
            chosen: page.chosen(now).map(|ticket| ticket.id),
            host: super::host_target(page, now),
            stand: super::stand_target(page, now),
            receives: scene.desk.caller() == Err(NoCall::Role),
        }
    }
}

fn end_of(look: &Look<'_>, marks: Marks, ticket: &Ticket) -> End {
    let is = |other: Option<TicketId>| other == Some(ticket.id);
    match ticket.triage {
        // The host is who is asked: she notes what she finds.
        Triage::Missing if marks.receives => Some((look.t("queue-key-sort"), is(marks.chosen).then_some("S"))),
        Triage::Missing => Some((look.t("queue-hint-host"), is(marks.host).then_some("H"))),
        Triage::Stand => Some((look.t("queue-hint-stand"), is(marks.stand).then_some("G"))),
        Triage::AllHere | Triage::Elsewhere if ticket.minutes > 0 => {
            Some((words::minutes(look, i64::from(ticket.minutes)), None))
        }
        Triage::AllHere | Triage::Elsewhere | Triage::Unknown => None,
    }
}

fn wide(end: &End) -> f32 {
    end.as_ref().map_or(0.0, |(said, key)| {
        let cap = if key.is_some() { height::KEY + space::S4 } else { 0.0 };
        measure::width(said, Type::LABEL.size) + cap + GAP
    })
}

/// What else is said of somebody, and how many of it stand on each line.
fn more_of(scene: Scene<'_>, ticket: &Ticket) -> (Vec<(Icon, String)>, Vec<usize>) {
    let room = room(scene);
    let more = words::more(scene, ticket);
    let parts: Vec<f32> =
        more.iter().map(|(_, said)| (SHAPE + measure::width(said, Type::LABEL.size)).min(room)).collect();
    let packed = measure::packed(&parts, BETWEEN, room);
    (more, packed)
}

impl Line<'_> {
    fn height(self, scene: Scene<'_>, marks: Marks) -> f32 {
        match self {
            Self::Waiting(ticket) => {
                let beside = room(scene) - wide(&end_of(scene.look, marks, ticket)) - 14.0 - space::S6;
                let lines = measure::lines(&words::papers(scene, ticket), Type::CELL.size, beside);
                let more = more_of(scene, ticket).1.len() as f32 * MORE;
                2.0 * EDGE + Type::TITLE.line + f32::from(lines) * Type::CELL.line + more + stroke::LINE
            }
            Self::Heading(..) | Self::Expects(_) => HEADING,
            Self::Compact(_) | Self::Expected(_) => COMPACT,
        }
    }

    fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Waiting(ticket) | Self::Compact(ticket) => Some(ticket.id),
            Self::Heading(..) | Self::Expects(_) | Self::Expected(_) => None,
        }
    }
}

/// Every line, from the top.
pub(super) fn lines<'a>(page: &'a CounterPage, now: Timestamp) -> Vec<Line<'a>> {
    let mut all: Vec<Line<'a>> = page.in_order(now).into_iter().map(Line::Waiting).collect();
    for group in Group::ALL.into_iter().filter(|group| *group != Group::Waiting) {
        let count = page.group(group).count();
        if count > 0 {
            all.push(Line::Heading(group, count));
            all.extend(page.group(group).map(Line::Compact));
        }
    }
    let expected = page.expected();
    if !expected.is_empty() {
        all.push(Line::Expects(expected.len()));
        if page.unfolded {
            all.extend(expected.iter().map(Line::Expected));
        }
    }
    all
}

/// From where to where a ticket stands in the list, in logical pixels.
pub(super) fn place(scene: Scene<'_>, page: &CounterPage, id: TicketId) -> Option<(f32, f32)> {
    let mut top = 0.0;
    let marks = Marks::of(scene, page);
    for line in lines(page, scene.look.now.timestamp()) {
        let tall = line.height(scene, marks);
        if line.ticket() == Some(id) {
            return Some((top, top + tall));
        }
        top += tall;
    }
    None
}

/// The list: one stop of the keyboard.
pub(super) fn list<'a>(screen: &CounterScreen, scene: Scene<'a>, page: &'a CounterPage) -> Element<'a, Message> {
    let look = scene.look;
    let now = look.now.timestamp();
    let marks = Marks::of(scene, page);
    let chosen = marks.chosen.and_then(|id| page.ticket(id));
    let name = chosen.map(|ticket| words::name(scene, ticket));
    let (from, to) = (screen.scrolled.offset - 200.0, screen.scrolled.offset + screen.scrolled.height + 200.0);
    let (mut above, mut beneath, mut top) = (0.0, 0.0, 0.0);
    let mut built = Column::new();
    for line in lines(page, now) {
        let tall = line.height(scene, marks);
        if top + tall < from {
            above += tall;
        } else if top > to {
            beneath += tall;
        } else {
            built = built.push(one(scene, page, (line, tall), marks));
        }
        top += tall;
    }
    let all = column![gap().height(above), built, gap().height(beneath)].width(Length::Fill);
    let inside = scroll(look, FIRST.child("scroll").widget(), container(all).padding(stroke::FOCUS))
        .on_scroll(|viewport| Message::Scrolled(viewport.into()));
    let ring = if name.is_some() { Ring::Hidden } else { Ring::Within(radius::TAG) };
    control(look, FIRST, Role::List, look.t("queue-name"), inside)
        .state(ControlState::new().active(name))
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(ring)
        .into()
}

fn one<'a>(
    scene: Scene<'a>,
    page: &'a CounterPage,
    (line, tall): (Line<'a>, f32),
    marks: Marks,
) -> Element<'a, Message> {
    let look = scene.look;
    let content = match line {
        Line::Waiting(ticket) => waiting(scene, page, ticket, marks),
        Line::Compact(ticket) => compact(scene, ticket, marks.chosen == Some(ticket.id)),
        Line::Heading(group, count) => heading(look, words::group(look, group, count)),
        Line::Expects(count) => expects(look, page, count),
        Line::Expected(one) => expected(scene, one),
    };
    container(content).height(tall).into()
}

fn pressable<'a>(
    look: &Look<'_>,
    ticket: &Ticket,
    chosen: bool,
    name: String,
    inside: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let here = look.focused(&FIRST);
    control(look, FIRST.child(ticket.id), Role::ListItem, name, inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .ringed(chosen && here)
        .state(ControlState::new().selected(chosen))
        .on_press(Message::Counter(CounterInput::Select(ticket.id)))
        .style(move |status| {
            let state = if chosen && !here { RowState::Selected } else { RowState::Rest };
            row_ground(&t, state, status)
        })
        .into()
}

fn waiting<'a>(scene: Scene<'a>, page: &CounterPage, ticket: &Ticket, marks: Marks) -> Element<'a, Message> {
    let look = scene.look;
    let chosen = marks.chosen == Some(ticket.id);
    let t = look.tokens;
    let now = look.now.timestamp();
    let minutes = minutes_waited(ticket, now);
    let late = minutes > i64::from(page.aim());
    let (style, color) = if late { (Type::LABEL_MEDIUM, t.wait) } else { (Type::LABEL, t.ink3) };
    let number = column![
        look.colored(ticket.number.clone(), Type::TICKET, t.ink).wrapping(iced::widget::text::Wrapping::None),
        look.colored(words::minutes(look, minutes), style, color),
    ]
    .width(NUMBER);
    let (shape, tone) = words::triage_mark(ticket.triage);
    let tint = tone.color(&t);
    let mark: Element<'a, Message> = match shape {
        words::Mark::Glyph(shape) => glyph(shape, 14.0, tint),
        words::Mark::Icon(shape) => icon(shape, 14.0, tint),
    };
    let papers = row![
        container(mark).padding(Padding { top: 2.0, ..Padding::ZERO }),
        look.colored(words::papers(scene, ticket), Type::CELL_MEDIUM, tint).width(Length::Fill),
    ]
    .spacing(space::S6);
    let middle = column![ellipsis(words::reason(scene, ticket), Type::TITLE).color(t.ink), papers].width(Length::Fill);
    let top = row![middle].spacing(GAP).extend(end(look, end_of(look, marks, ticket)));
    let (more, packed) = more_of(scene, ticket);
    let mut parts = more.into_iter();
    let more = packed.into_iter().map(|count| -> Element<'a, Message> {
        let line = parts.by_ref().take(count).map(|(shape, said)| -> Element<'a, Message> {
            row![icon(shape, 12.0, t.ink2), ellipsis(said, Type::LABEL).color(t.ink2)]
                .spacing(3.0)
                .align_y(Alignment::Center)
                .into()
        });
        Row::with_children(line).spacing(BETWEEN).height(MORE).align_y(Alignment::Center).into()
    });
    let beside = column![top].extend(more).width(Length::Fill);
    let inside = row![number, beside].spacing(GAP);
    let face = container(inside).padding([EDGE - 1.0, SIDE - stroke::FOCUS]).height(Length::Fill);
    let name = words::name(scene, ticket);
    column![pressable(look, ticket, chosen, name, face), hline(look)].into()
}

/// What stands at the right of a line: who could help her, or how long it takes.
fn end<'a>(look: &Look<'_>, end: End) -> Option<Element<'a, Message>> {
    let (said, key) = end?;
    let said = look.colored(said, Type::LABEL, look.tokens.ink2).wrapping(iced::widget::text::Wrapping::None);
    let line = row![said].spacing(space::S4).align_y(Alignment::Center);
    Some(line.extend(key.map(|key| key_cap(look, key, KeyGround::Paper))).into())
}

fn heading<'a>(look: &Look<'_>, said: String) -> Element<'a, Message> {
    container(look.colored(said, Type::LABEL_MEDIUM, look.tokens.ink3))
        .padding([0.0, SIDE - stroke::FOCUS])
        .height(HEADING)
        .align_y(Alignment::Center)
        .into()
}

fn compact<'a>(scene: Scene<'a>, ticket: &Ticket, chosen: bool) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let (short, end) = words::standing(scene, ticket);
    let inside = row![
        container(look.colored(ticket.number.clone(), Type::STRONG, t.ink)).width(NUMBER),
        ellipsis(short, Type::CELL).color(t.ink2).width(Length::Fill),
        look.colored(end, Type::LABEL, t.ink3).wrapping(iced::widget::text::Wrapping::None),
    ]
    .spacing(GAP)
    .align_y(Alignment::Center);
    let face = container(inside).padding([0.0, SIDE - stroke::FOCUS]).center_y(Length::Fill);
    pressable(look, ticket, chosen, words::name(scene, ticket), face)
}

fn expects<'a>(look: &Look<'_>, page: &CounterPage, count: usize) -> Element<'a, Message> {
    let t = look.tokens;
    let said = look.with("queue-expected", &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())]);
    let shape = if page.unfolded { Icon::ChevronUp } else { Icon::ChevronDown };
    let inside = row![
        look.colored(said.clone(), Type::LABEL_MEDIUM, t.ink3),
        icon(shape, 14.0, t.ink3),
        gap().width(Length::Fill),
        key_cap(look, "U", KeyGround::Paper),
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    control(look, FocusId::new("counter/expected"), Role::Button, said, container(inside).center_y(Length::Fill))
        .padding([0.0, SIDE - stroke::FOCUS])
        .width(Length::Fill)
        .height(HEADING)
        .ring(Ring::Row(radius::TAG))
        .on_press(Message::Counter(CounterInput::Fold))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, 0.0),
            _ => Style::bare(),
        })
        .into()
}

fn expected<'a>(scene: Scene<'a>, one: &Expected) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let time = look.texts.time(one.start.to_zoned(scene.desk.tz().clone()).time());
    let title = one.title.as_ref().map(|title| pick(look.texts, title).to_owned()).unwrap_or_default();
    let inside = row![
        container(look.colored(time, Type::CELL_MEDIUM, t.ink)).width(NUMBER),
        ellipsis(one.citizen_short.clone(), Type::CELL).color(t.ink),
        ellipsis(title, Type::LABEL).color(t.ink3).width(Length::Fill),
        look.colored(words::open_papers(look, one), Type::LABEL, t.ink3).wrapping(iced::widget::text::Wrapping::None),
    ]
    .spacing(GAP)
    .align_y(Alignment::Center);
    container(inside).padding([0.0, SIDE - stroke::FOCUS]).center_y(COMPACT).into()
}
