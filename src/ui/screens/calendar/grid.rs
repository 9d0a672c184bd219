//! The sheet of hours: columns side by side, what lies in each, how full an hour is, the line of the present minute. What does not live
//! here: which columns there are (see `week` and `day`), how a single thing looks (see `event`), the sums behind the places (see `lanes`).

use iced::widget::{Column as Stacked, column, container, row, space as gap};
use iced::{Color, Length, Padding, Rectangle, Size};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Block, Slot};
use skranke_desk::calendar::CalendarPage;
use skranke_desk::calendar::moving::{Moving, end_of};
use skranke_desk::calendar::standing::Standing;
use skranke_desk::pending::PendingBooking;
use skranke_domain::appointment::BlockKind;
use skranke_domain::{AppointmentId, CounterId};

use super::event::{Kind, Wording};
use super::lanes::{Lane, Ruler, Span, heat, lanes, place, taken};
use super::{Message, event};
use crate::screens::Scene;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::drag::drag;
use crate::widget::panel::plate;
use crate::widget::placed::{Placed, placed};
use crate::widget::{Element, ellipsis};

/// The head of a column while it is awaited.
const HEAD: f32 = 45.0;
/// The column with the hours.
pub(super) const GUTTER: f32 = 52.0;
/// The bar that shows how full an hour is.
const BAR: f32 = 7.0;
/// The edge of a time that is not for citizens.
const BLOCK_EDGE: f32 = 3.0;
/// The room for the scroll bar where there is one.
const SCROLL: f32 = 10.0;

/// Something that takes time of a day.
pub(super) enum Thing<'a> {
    Appointment(Box<Standing<'a>>),
    Unsent(PendingBooking<'a>),
    Free(usize, &'a Slot),
    Taken(&'a Slot, &'a str),
    Origin(&'a Moving),
}

impl Thing<'_> {
    pub(super) fn start_end(&self) -> (Timestamp, Timestamp) {
        match self {
            Self::Appointment(a) => (a.appointment.start, a.appointment.end),
            Self::Unsent(b) => (b.start, b.start.checked_add(i64::from(b.minutes).minutes()).unwrap_or(b.start)),
            Self::Free(_, slot) | Self::Taken(slot, _) => (slot.start, slot.end),
            Self::Origin(moving) => (moving.appointment.start, moving.appointment.end),
        }
    }

    /// Where it is.
    fn counter(&self) -> &CounterId {
        match self {
            Self::Appointment(a) => &a.appointment.counter,
            Self::Unsent(b) => b.counter,
            Self::Free(_, slot) | Self::Taken(slot, _) => &slot.counter,
            Self::Origin(moving) => &moving.appointment.counter,
        }
    }

    /// Free times leave an hour as empty as it is.
    const fn takes_time(&self) -> bool {
        !matches!(self, Self::Free(..) | Self::Origin(_))
    }

    /// Papers are missing.
    pub(super) fn lacks(&self) -> bool {
        matches!(self, Self::Appointment(a) if Kind::of(&a.appointment) == Kind::Missing)
    }
}

/// Whether hours show how full they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bars {
    /// By a bar at the left.
    Hourly,
    /// Not at all.
    None,
}

/// A column: a day, or a place on a day.
pub(super) struct Day<'a> {
    pub date: Date,
    /// Where something that is moved here goes.
    pub moves_to: CounterId,
    pub things: Vec<(Span, Thing<'a>)>,
    pub blocks: Vec<(Span, &'a Block)>,
}

impl<'a> Day<'a> {
    /// A column with what lies in it, in order of time.
    pub(super) fn new(
        page: &CalendarPage,
        (date, counters, moves_to): (Date, Vec<CounterId>, CounterId),
        things: impl Iterator<Item = Thing<'a>>,
        blocks: impl Iterator<Item = &'a Block>,
    ) -> Self {
        let tz = page.tz();
        let holds = |counter: &CounterId| counters.is_empty() || counters.contains(counter);
        let mut here: Vec<_> = things
            .filter(|thing| holds(thing.counter()))
            .filter_map(|thing| {
                let (start, end) = thing.start_end();
                Some((Span::on(date, start, end, tz)?, thing))
            })
            .collect();
        here.sort_by_key(|(span, _)| (span.from, span.to));
        let blocks = blocks
            .filter(|block| holds(&block.counter))
            .filter_map(|block| Some((Span::on(date, block.start, block.end, tz)?, block)))
            .collect();
        Self { date, moves_to, things: here, blocks }
    }

    /// How many lack papers.
    pub(super) fn lacking(&self) -> usize {
        self.things.iter().filter(|(_, thing)| thing.lacks()).count()
    }
}

/// Everything that takes time in what is shown: appointments as they stand, unsent bookings, free times.
pub(super) fn things<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Vec<Thing<'a>> {
    let Some(shown) = page.shown().value() else { return Vec::new() };
    let moving = page.moving.as_ref();
    let booking = page.booking.as_ref();
    let chosen = booking.and_then(|b| b.slot.as_ref());
    let known = |b: &PendingBooking<'_>| match &b.entry.draft.label {
        skranke_client::outbox::Label::Booking { appointment, .. } => shown.items.iter().any(|a| a.id == *appointment),
        _ => false,
    };
    let standing = skranke_desk::calendar::standing::all(shown, &scene.desk.pending);
    let held = moving.map(|m| m.appointment.id);
    // What is kept for the booking being written stands there as taken.
    let kept = booking.map(|b| b.id);
    let stands = standing
        .into_iter()
        .filter(|one| skranke_desk::calendar::days::stands(&one.appointment))
        .filter(move |one| Some(one.appointment.id) != held && Some(one.appointment.id) != kept);
    let unsent = scene.desk.pending.bookings().filter(|b| !known(b)).map(Thing::Unsent);
    let free = page.free.value().into_iter().flatten().enumerate();
    let free = free.filter(|(_, slot)| Some(*slot) != chosen).map(|(at, slot)| Thing::Free(at, slot));
    let taken = booking.and_then(|b| Some(Thing::Taken(b.slot.as_ref()?, &b.what.citizen_name)));
    let origin = moving.map(Thing::Origin);
    stands.map(Box::new).map(Thing::Appointment).chain(unsent).chain(free).chain(taken).chain(origin).collect()
}

/// How a sheet is laid out.
pub(super) struct Measures {
    pub size: Size,
    pub wording: Wording,
    pub bars: Bars,
    /// How wide a column is.
    pub wide: f32,
    ruler: Ruler,
}

impl Measures {
    /// The measures of so many columns in a room.
    pub(super) fn of(page: &CalendarPage, days: &[Day<'_>], size: Size, (wording, bars): (Wording, Bars)) -> Self {
        let held = page.moving.as_ref().and_then(|moving| {
            let day = moving.to.start.to_zoned(page.tz().clone()).date();
            Span::on(day, moving.to.start, end_of(&moving.to), page.tz())
        });
        let spans = days.iter().flat_map(|day| &day.things).map(|(span, _)| *span);
        let ruler = Ruler::over(spans.chain(held), size.height);
        let bar = if ruler.height() > size.height { SCROLL } else { 0.0 };
        let wide = ((size.width - GUTTER - bar) / days.len().max(1) as f32).floor().max(1.0);
        Self { size: Size::new(size.width - bar, size.height), wording, bars, wide, ruler }
    }
}

/// The sheet of all columns; what lies over it comes last.
pub(super) fn sheet<'a>(
    scene: Scene<'a>,
    page: &'a CalendarPage,
    days: Vec<Day<'a>>,
    measures: &Measures,
) -> Element<'a, Message> {
    let look = scene.look;
    let Measures { size, ruler, wide, .. } = *measures;
    let mut sheet = placed(Size::new(size.width, ruler.height()));
    let columns: Vec<Rectangle> = (0..days.len())
        .map(|n| Rectangle { x: GUTTER + wide * n as f32, y: 0.0, width: wide, height: ruler.height() })
        .collect();
    for (day, column) in days.iter().zip(&columns) {
        paint_day(&mut sheet, look, day, *column, measures);
    }
    let now = now_line(look, &days, &columns, ruler);
    paint_hours(&mut sheet, look, measures, now);
    for (day, column) in days.iter().zip(&columns) {
        paint_blocks(&mut sheet, look, day, *column, measures);
    }
    if let Some((y, line)) = now {
        paint_now(&mut sheet, look, y, line);
    }
    let targets: Vec<(Date, CounterId)> = days.iter().map(|day| (day.date, day.moves_to.clone())).collect();
    let mut grips: Vec<(Rectangle, AppointmentId)> = Vec::new();
    let mut chosen = None;
    for (at, (day, column)) in days.into_iter().zip(&columns).enumerate() {
        fill_day(&mut sheet, scene, page, day, (*column, measures), &mut |id, place| {
            grips.push((place, id));
            if page.selected == Some(id) {
                chosen = Some((place, at));
            }
        });
    }
    let ghost = ghost(&mut sheet, scene, page, (&targets, &columns), ruler);
    let above = super::popover::above(scene, page, ghost.is_some());
    if let (Some((place, at)), Some(what)) = (ghost.or(chosen), above) {
        let beside = beside(place, columns.get(at).copied().unwrap_or(place), size.width, what.tall);
        let y = beside.y.min(ruler.height() - what.tall - space::S8).max(space::S4);
        // What lies beneath cannot be taken hold of.
        grips.retain(|(place, _)| !place.intersects(&Rectangle { y, ..beside }));
        // How tall it is, is a guess: it may take what it needs.
        sheet.cover(Rectangle { y, height: (ruler.height() - y).max(what.tall), ..beside }, what.element);
    }
    let tz = page.tz().clone();
    let held = move |id: &AppointmentId, corner: iced::Point| {
        let column =
            (((corner.x + wide / 2.0 - GUTTER) / wide).floor().max(0.0) as usize).min(targets.len().checked_sub(1)?);
        let (date, counter) = targets.get(column)?;
        let minute = ruler.minute(corner.y).clamp(ruler.first * 60, ruler.last * 60 - 5);
        let time =
            jiff::civil::Time::new(i8::try_from(minute / 60).ok()?, i8::try_from(minute % 60).ok()?, 0, 0).ok()?;
        let start = date.to_datetime(time).to_zoned(tz.clone()).ok()?.timestamp();
        Some(((column, minute), Message::Dragged(*id, counter.clone(), start)))
    };
    drag(sheet, grips, held, Message::Dropped).into()
}

/// The room beside a place: at its right where it fits, else at its left, else over it.
fn beside(place: Rectangle, column: Rectangle, wide: f32, tall: f32) -> Rectangle {
    let width = super::popover::WIDE;
    let right = column.x + column.width + space::S4;
    let x = if right + width <= wide {
        right
    } else if column.x - width - space::S4 >= GUTTER {
        column.x - width - space::S4
    } else {
        (wide - width - space::S4).max(0.0)
    };
    Rectangle { x, y: place.y, width, height: tall }
}

/// The appointment that is being moved, where it would stand.
fn ghost<'a>(
    sheet: &mut Placed<'a, Message>,
    scene: Scene<'a>,
    page: &CalendarPage,
    (targets, columns): (&[(Date, CounterId)], &[Rectangle]),
    ruler: Ruler,
) -> Option<(Rectangle, usize)> {
    let look = scene.look;
    let moving = page.moving.as_ref()?;
    let (start, end) = (moving.to.start.to_zoned(page.tz().clone()), end_of(&moving.to).to_zoned(page.tz().clone()));
    let holds = |(date, counter): &(Date, CounterId)| *date == start.date() && *counter == moving.to.counter;
    let at = targets.iter().position(holds).or_else(|| {
        // A stand among others stands in their column.
        targets.iter().position(|(date, _)| *date == start.date())
    })?;
    let column = *columns.get(at)?;
    let span = Span::on(start.date(), moving.to.start, end_of(&moving.to), page.tz())?;
    let place = Rectangle {
        x: column.x - 2.0,
        y: ruler.y(span.from),
        width: column.width + 4.0,
        height: ruler.tall(span).max(52.0),
    };
    let now = look.now.timestamp();
    let words = (page.verdict(moving, now), page.interprets(moving));
    sheet.cover(place, event::ghost(look, moving, look.texts.time_span(start.time(), end.time()), words));
    Some((place, at))
}

fn mixed(a: Color, b: Color, share: f32) -> Color {
    let mix = |a: f32, b: f32| a + (b - a) * share;
    Color { r: mix(a.r, b.r), g: mix(a.g, b.g), b: mix(a.b, b.b), a: 1.0 }
}

fn paint_day(sheet: &mut Placed<'_, Message>, look: &Look<'_>, day: &Day<'_>, column: Rectangle, measures: &Measures) {
    let t = look.tokens;
    let ruler = measures.ruler;
    if measures.bars == Bars::Hourly && day.date == look.now.date() {
        sheet.paint(column, mixed(t.surface, t.accent_soft, 0.45));
    }
    sheet.paint(Rectangle { width: stroke::LINE, ..column }, t.line);
    if measures.bars == Bars::None {
        return;
    }
    let booked: Vec<Span> = day.things.iter().filter(|(_, thing)| thing.takes_time()).map(|(span, _)| *span).collect();
    let blocked: Vec<Span> = day.blocks.iter().map(|(span, _)| *span).collect();
    for hour in ruler.hours() {
        if let Some(step) = taken(hour, &booked, &blocked).map(heat).filter(|step| *step > 0) {
            let bar = Rectangle { x: column.x + stroke::LINE, y: ruler.y(hour * 60), width: BAR, height: ruler.hour };
            sheet.paint(bar, t.heat[step.min(t.heat.len() - 1)]);
        }
    }
}

fn paint_hours(sheet: &mut Placed<'_, Message>, look: &Look<'_>, measures: &Measures, now: Option<(f32, Rectangle)>) {
    let t = look.tokens;
    let (width, ruler) = (measures.size.width, measures.ruler);
    let faint = mixed(t.surface, t.line, 0.5);
    for hour in ruler.hours() {
        let mut line = |minute: i32, from: f32, color: Color| {
            let y = ruler.y(minute);
            sheet.paint(Rectangle { x: from, y, width: width - from, height: stroke::LINE }, color);
        };
        line(hour * 60 + 30, GUTTER + if measures.bars == Bars::Hourly { BAR } else { stroke::LINE }, faint);
        if hour > ruler.first {
            line(hour * 60, GUTTER - space::S4, t.line);
        }
    }
    // The sign of the present minute stands where an hour's would be.
    let covered = |hour: &i32| now.is_some_and(|(y, _)| (ruler.y(*hour * 60) - y).abs() < 17.0);
    for hour in ruler.hours().skip(1).filter(|hour| !covered(hour)) {
        let place = Rectangle { x: 0.0, y: ruler.y(hour * 60) - 8.0, width: GUTTER - space::S8, height: 16.0 };
        // Hours of a day fit.
        let time = jiff::civil::Time::new(i8::try_from(hour % 24).unwrap_or(0), 0, 0, 0).unwrap_or_default();
        sheet.put(place, container(look.label(look.texts.time(time))).align_right(Length::Fill));
    }
}

/// How far down the present minute lies, and on which day's column; none where the week does not show it.
fn now_line(look: &Look<'_>, days: &[Day<'_>], columns: &[Rectangle], ruler: Ruler) -> Option<(f32, Rectangle)> {
    let now = &look.now;
    let minute = i32::from(now.hour()) * 60 + i32::from(now.minute());
    // In a day all columns are of today.
    let mut today = days.iter().zip(columns).filter(|(day, _)| day.date == now.date()).map(|(_, column)| *column);
    let first = today.next()?;
    let last = today.next_back().unwrap_or(first);
    let line = Rectangle { width: last.x + last.width - first.x, ..first };
    (ruler.first * 60..ruler.last * 60).contains(&minute).then(|| (ruler.y(minute), line))
}

/// The line of the present minute. It lies beneath the appointments, so that it never strikes through a name.
fn paint_now(sheet: &mut Placed<'_, Message>, look: &Look<'_>, y: f32, column: Rectangle) {
    let t = look.tokens;
    let pale = Color { a: 0.4, ..t.alert };
    sheet.paint(
        Rectangle { x: GUTTER - space::S6, y, width: column.x - GUTTER + space::S6, height: stroke::LINE },
        pale,
    );
    sheet.paint(Rectangle { x: column.x, y: y - stroke::LINE, width: column.width, height: stroke::STRONG }, t.alert);
    let time = look.colored(look.texts.time(look.now.time()), Type::LABEL_STRONG, t.surface);
    let sign = container(time).center(Length::Fill).style(move |_| plate(t.alert, Color::TRANSPARENT, radius::TAG));
    sheet.put(Rectangle { x: space::S2, y: y - 9.0, width: GUTTER - space::S8, height: 18.0 }, sign);
}

fn fill_day<'a>(
    sheet: &mut Placed<'a, Message>,
    scene: Scene<'a>,
    page: &CalendarPage,
    day: Day<'a>,
    (column, measures): (Rectangle, &Measures),
    grip: &mut dyn FnMut(AppointmentId, Rectangle),
) {
    let look = scene.look;
    let ruler = measures.ruler;
    let inner = inside(column, measures.bars);
    for (place, block) in blocks(&day, inner, ruler) {
        sheet.put(
            Rectangle { x: place.x + BLOCK_EDGE, width: place.width - BLOCK_EDGE, ..place },
            block_words(look, block, place.height),
        );
    }
    let spans: Vec<Span> = day.things.iter().map(|(span, _)| *span).collect();
    let lanes: Vec<Lane> = lanes(&spans, ruler);
    for ((span, thing), lane) in day.things.into_iter().zip(lanes) {
        let place = place(inner, span, lane, ruler);
        let (start, end) = thing.start_end();
        let (start, end) = (start.to_zoned(page.tz().clone()).time(), end.to_zoned(page.tz().clone()).time());
        let times = (look.texts.time(start), look.texts.time_span(start, end));
        let size = place.size();
        let shown = match thing {
            Thing::Appointment(a) => {
                let id = a.appointment.id;
                if CalendarPage::can_move(&a.appointment) && a.unsent.is_none() {
                    grip(id, place);
                } else if page.selected == Some(id) {
                    grip(id, Rectangle { width: 0.0, ..place });
                }
                event::appointment(look, &a, times, (size, measures.wording), page.selected == Some(id))
            }
            Thing::Unsent(booking) => event::unsent(look, booking, times, size),
            Thing::Free(at, _) => event::free(look, at, times, size.height),
            Thing::Taken(_, who) => event::taken(look, who, times, size.height),
            Thing::Origin(moving) => event::origin(look, moving, times.0),
        };
        sheet.put(place, shown);
    }
}

/// The part of a column in which things lie.
fn inside(column: Rectangle, bars: Bars) -> Rectangle {
    let bar = if bars == Bars::Hourly { BAR + 2.0 } else { 0.0 };
    Rectangle { x: column.x + bar + space::S4, width: column.width - bar - space::S8, ..column }
}

/// The times of a column that are not for citizens, cut to what the sheet shows.
fn blocks<'a>(day: &Day<'a>, inner: Rectangle, ruler: Ruler) -> Vec<(Rectangle, &'a Block)> {
    let cut = |span: &Span| Span { from: span.from.max(ruler.first * 60), to: span.to.min(ruler.last * 60) };
    day.blocks
        .iter()
        .map(|(span, block)| (cut(span), *block))
        .filter(|(span, _)| span.from < span.to)
        .map(|(span, block)| {
            (Rectangle { y: ruler.y(span.from), height: ruler.tall(span) - stroke::LINE, ..inner }, block)
        })
        .collect()
}

/// Blocks are painted, so that the line of the present minute lies above them.
fn paint_blocks(
    sheet: &mut Placed<'_, Message>,
    look: &Look<'_>,
    day: &Day<'_>,
    column: Rectangle,
    measures: &Measures,
) {
    let t = look.tokens;
    for (place, _) in blocks(day, inside(column, measures.bars), measures.ruler) {
        sheet.paint(place, t.sunken);
        sheet.paint(Rectangle { width: BLOCK_EDGE, ..place }, t.edge);
    }
}

/// What a block is called.
pub(super) const fn block_word(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Break => "calendar-block-break",
        BlockKind::Meeting => "calendar-block-meeting",
        BlockKind::Training => "calendar-block-training",
        BlockKind::Closed => "calendar-block-closed",
    }
}

/// What a block is, and why where somebody said it.
fn block_words<'a>(look: &Look<'_>, block: &Block, tall: f32) -> Element<'a, Message> {
    const LINE: f32 = 15.0;
    let t = look.tokens;
    let style = |style: Type| Type { line: LINE, ..style };
    let word = look.t(block_word(block.kind));
    let above = ((tall - LINE) / 2.0).clamp(0.0, space::S4);
    let text = block.text.clone().filter(|text| !text.is_empty());
    let words: Element<'a, Message> = match text {
        // In a low one the reason says more than the kind.
        Some(text) if tall < 2.0 * LINE + space::S8 => ellipsis(text, style(Type::LABEL)).color(t.ink2).into(),
        Some(text) => {
            let why = look.colored(text, style(Type::LABEL), t.ink2).width(Length::Fill);
            Stacked::new().push(ellipsis(word, style(Type::LABEL_STRONG)).color(t.ink2)).push(why).into()
        }
        None => ellipsis(word, style(Type::LABEL)).color(t.ink2).into(),
    };
    container(words).padding([above, 6.0]).width(Length::Fill).height(Length::Fill).clip(true).into()
}

/// Five columns in which something will stand; nothing in them can be taken for a free hour.
pub(super) fn skeleton<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let line = look.tokens.line;
    let bar = |tall: f32| {
        container(gap().width(Length::Fill).height(tall)).style(move |_| plate(line, Color::TRANSPARENT, radius::BADGE))
    };
    let columns = [[34.0, 64.0, 34.0], [64.0, 34.0, 34.0], [34.0, 34.0, 64.0], [44.0, 64.0, 34.0], [34.0, 44.0, 34.0]];
    let columns = columns.into_iter().map(|talls| {
        let bars = talls.into_iter().cycle().take(9).map(|tall| bar(tall).into());
        let head =
            column![crate::widget::skeleton_line(look, 0.6, 12.0), crate::widget::skeleton_line(look, 0.4, 10.0)]
                .spacing(space::S6);
        let body = column(bars).spacing(space::S16);
        column![container(head).height(HEAD), body].spacing(space::S12).width(Length::FillPortion(1)).into()
    });
    container(row(columns).spacing(space::S16))
        .padding(Padding { top: space::S10, right: space::S12, bottom: 0.0, left: GUTTER + space::S12 })
        .width(Length::Fill)
        .height(Length::Fill)
        .clip(true)
        .into()
}
