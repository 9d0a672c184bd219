//! The week itself: five days side by side, what lies in each and how full it is. What does not live here: how a single thing looks (see
//! `event`), the sums behind the places (see `lanes`).

use iced::widget::{column, container, responsive, row, space as gap};
use iced::{Alignment, Color, Length, Padding, Rectangle, Size};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::appointments::{Appointment, Block, Calendar, Slot};
use skranke_client::outbox::Label;
use skranke_desk::calendar::CalendarPage;
use skranke_desk::load::Load;
use skranke_desk::pending::PendingBooking;
use skranke_domain::appointment::BlockKind;

use super::event::Kind;
use super::header::{is_slow, notice, title, trouble};
use super::lanes::{Ruler, Span, heat, lanes, place, taken};
use super::{FIRST, Message, cannot_take, days_to, event, selected, stands};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::placed::{Placed, placed};
use crate::widget::{
    Element, Ring, Status, Style, control, ellipsis, hline, panel::plate, panel::surface, scroll, vline,
};

/// The column with the hours.
const GUTTER: f32 = 52.0;
/// The head of a day.
const HEAD: f32 = 45.0;
/// From this width on a day's head says what its percentage means.
const ROOMY: f32 = 150.0;
/// The bar that shows how full an hour is.
const BAR: f32 = 7.0;
/// The edge of a time that is not for citizens.
const BLOCK_EDGE: f32 = 3.0;
/// The room for the scroll bar where there is one.
const SCROLL: f32 = 10.0;

/// Something that takes time of a day.
enum Thing<'a> {
    Appointment(&'a Appointment),
    Unsent(PendingBooking<'a>),
    Free(usize, &'a Slot),
    Taken(&'a Slot, &'a str),
}

impl Thing<'_> {
    fn start_end(&self) -> (Timestamp, Timestamp) {
        match self {
            Self::Appointment(a) => (a.start, a.end),
            Self::Unsent(b) => (b.start, b.start.checked_add(i64::from(b.minutes).minutes()).unwrap_or(b.start)),
            Self::Free(_, slot) | Self::Taken(slot, _) => (slot.start, slot.end),
        }
    }

    /// Free times leave an hour as empty as it is.
    const fn takes_time(&self) -> bool {
        !matches!(self, Self::Free(..))
    }
}

/// A day with what lies in it, in order of time.
struct Day<'a> {
    date: Date,
    things: Vec<(Span, Thing<'a>)>,
    blocks: Vec<(Span, &'a Block)>,
    percent: Option<u8>,
    lacking: usize,
}

/// The middle column.
pub(super) fn middle<'a>(scene: Scene<'a>, page: &'a CalendarPage) -> Element<'a, Message> {
    let look = scene.look;
    let mut all = column![title(scene, page), hline(look)];
    if let Some(trouble) = trouble(scene, page) {
        all = all.push(container(trouble).padding([space::S8, space::S16])).push(hline(look));
    }
    let body: Element<'a, Message> = match &page.week {
        Load::Known { value, .. } => responsive(move |size| sheet(scene, page, value, size)).into(),
        // Without an answer no grid is drawn: an empty one would say that all of the week is free.
        Load::Failed { error, .. } => {
            let said = notice(look, sentence(look, error), "calendar/ask-again-week");
            container(column![said].max_width(560.0))
                .padding(space::S24)
                .center_x(Length::Fill)
                .height(Length::Fill)
                .into()
        }
        waiting if is_slow(waiting, look) => skeleton(look),
        _ => gap().width(Length::Fill).height(Length::Fill).into(),
    };
    surface(look.tokens.surface, all.push(body)).width(Length::Fill).height(Length::Fill).into()
}

fn days<'a>(scene: Scene<'a>, page: &'a CalendarPage, week: &'a Calendar) -> Vec<Day<'a>> {
    let tz = page.tz();
    let booking = page.booking.as_ref();
    let chosen = booking.and_then(|b| b.slot.as_ref());
    let known = |b: &PendingBooking<'_>| match &b.entry.draft.label {
        Label::Booking { appointment, .. } => week.items.iter().any(|a| a.id == *appointment),
        _ => false,
    };
    let things = || {
        let booked = week.items.iter().filter(|a| stands(a)).map(Thing::Appointment);
        let unsent =
            scene.desk.pending.bookings().filter(|b| *b.counter == page.counter && !known(b)).map(Thing::Unsent);
        let free = page.free.value().into_iter().flatten().enumerate();
        let free = free
            .filter(|(_, slot)| slot.counter == page.counter && Some(*slot) != chosen)
            .map(|(at, slot)| Thing::Free(at, slot));
        let taken = booking.and_then(|b| Some(Thing::Taken(b.slot.as_ref()?, &b.what.citizen_name)));
        booked.chain(unsent).chain(free).chain(taken)
    };
    page.days()
        .into_iter()
        .map(|date| {
            let on = |start, end| Span::on(date, start, end, tz);
            let mut here: Vec<_> = things()
                .filter_map(|thing| {
                    let (start, end) = thing.start_end();
                    Some((on(start, end)?, thing))
                })
                .collect();
            here.sort_by_key(|(span, _)| (span.from, span.to));
            let lacks = |thing: &Thing<'_>| matches!(thing, Thing::Appointment(a) if Kind::of(a) == Kind::Missing);
            let lacking = here.iter().filter(|(_, thing)| lacks(thing)).count();
            Day {
                date,
                blocks: week.blocks.iter().filter_map(|block| Some((on(block.start, block.end)?, block))).collect(),
                percent: week.load.iter().find(|load| load.day == date).map(|load| load.percent),
                lacking,
                things: here,
            }
        })
        .collect()
}

fn sheet<'a>(scene: Scene<'a>, page: &'a CalendarPage, week: &'a Calendar, size: Size) -> Element<'a, Message> {
    let look = scene.look;
    let days = days(scene, page, week);
    let room = (size.height - HEAD - stroke::LINE).max(0.0);
    let ruler = Ruler::over(days.iter().flat_map(|day| &day.things).map(|(span, _)| *span), room);
    let bar = if ruler.height() > room { SCROLL } else { 0.0 };
    let wide = ((size.width - GUTTER - bar) / 5.0).floor().max(1.0);
    let heads = days.iter().map(|day| head(look, page, day, wide));
    let heads = row![gap().width(GUTTER)].extend(heads).height(HEAD);
    let mut sheet = placed(Size::new(size.width - bar, ruler.height()));
    let columns: Vec<Rectangle> = (0..days.len())
        .map(|n| Rectangle { x: GUTTER + wide * n as f32, y: 0.0, width: wide, height: ruler.height() })
        .collect();
    for (day, column) in days.iter().zip(&columns) {
        paint_day(&mut sheet, look, day, *column, ruler);
    }
    let now = now_line(look, &days, &columns, ruler);
    paint_hours(&mut sheet, look, size.width - bar, ruler, now);
    for (day, column) in days.iter().zip(&columns) {
        paint_blocks(&mut sheet, look, day, *column, ruler);
    }
    if let Some((y, column)) = now {
        paint_now(&mut sheet, look, y, column);
    }
    for (day, column) in days.into_iter().zip(columns) {
        fill_day(&mut sheet, scene, page, day, column, ruler);
    }
    let inside = scroll(look, FIRST.child("scroll").widget(), sheet);
    // What the keys act on wears the ring: the chosen appointment, else the day.
    let active = match selected(page) {
        Some(appointment) => Some(appointment.citizen_short.clone()),
        None => page.days().contains(&page.day).then(|| long_day(look, page.day)),
    };
    let ring = if active.is_some() { Ring::Hidden } else { Ring::Row(radius::TAG) };
    let inside = column![heads, hline(look), inside];
    control(look, FIRST, Role::List, look.t("calendar-week-name"), inside)
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(ring)
        .state(ControlState::new().active(active))
        .into()
}

/// A day in full: "Tuesday 9 Jun".
fn long_day(look: &Look<'_>, date: Date) -> String {
    look.with(
        "calendar-day-name",
        &[("weekday", look.texts.weekday_long(date).into()), ("date", look.texts.day_month(date).into())],
    )
}

fn head<'a>(look: &Look<'_>, page: &CalendarPage, day: &Day<'_>, wide: f32) -> Element<'a, Message> {
    let t = look.tokens;
    let today = day.date == look.now.date();
    let active = day.date == page.day;
    let short =
        look.with("calendar-day", &[("weekday", look.texts.weekday(day.date).into()), ("day", day.date.day().into())]);
    let percent = |id: &str| day.percent.map(|percent| look.with(id, &[("percent", percent.into())]));
    let shown = percent(if wide < ROOMY { "calendar-percent-short" } else { "calendar-percent" });
    let papers = match day.lacking {
        0 => look.t("calendar-none-lack"),
        count => look.with("calendar-lack", &[("count", count.into())]),
    };
    let long = long_day(look, day.date);
    let name = [Some(long), percent("calendar-percent"), Some(papers.clone())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let mut first = row![look.colored(short, Type::CELL_STRONG, t.ink).wrapping(iced::widget::text::Wrapping::None)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    if let Some(percent) = shown {
        first = first.push(ellipsis(percent, Type::CELL).color(t.ink2).width(Length::Fill));
    }
    let second = match day.lacking {
        0 => ellipsis(papers, Type::LABEL).color(t.ink3),
        _ => ellipsis(papers, Type::LABEL_MEDIUM).color(t.wait),
    };
    let words = container(column![first, second]).padding([5.0, space::S8]).height(Length::Fill).width(Length::Fill);
    let line =
        surface(if active { t.accent } else { Color::TRANSPARENT }, gap().width(Length::Fill).height(stroke::STRONG));
    let way = days_to(page, day.date);
    let ground = if today { t.accent_soft } else { t.surface };
    let face = control(look, FocusId::new("calendar/day").child(day.date), Role::Row, name, column![words, line])
        .width(Length::Fill)
        .height(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::TAG))
        .ringed(active && selected(page).is_none() && look.focused(&FIRST))
        .on_press(Message::Day(way))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed if !today => Style::ground(t.bg, 0.0),
            _ => Style::ground(ground, 0.0),
        });
    row![vline(look, Length::Fill), face].width(wide).height(Length::Fill).into()
}

fn mixed(a: Color, b: Color, share: f32) -> Color {
    let mix = |a: f32, b: f32| a + (b - a) * share;
    Color { r: mix(a.r, b.r), g: mix(a.g, b.g), b: mix(a.b, b.b), a: 1.0 }
}

fn paint_day(sheet: &mut Placed<'_, Message>, look: &Look<'_>, day: &Day<'_>, column: Rectangle, ruler: Ruler) {
    let t = look.tokens;
    if day.date == look.now.date() {
        sheet.paint(column, mixed(t.surface, t.accent_soft, 0.45));
    }
    sheet.paint(Rectangle { width: stroke::LINE, ..column }, t.line);
    let booked: Vec<Span> = day.things.iter().filter(|(_, thing)| thing.takes_time()).map(|(span, _)| *span).collect();
    let blocked: Vec<Span> = day.blocks.iter().map(|(span, _)| *span).collect();
    for hour in ruler.hours() {
        if let Some(step) = taken(hour, &booked, &blocked).map(heat).filter(|step| *step > 0) {
            let bar = Rectangle { x: column.x + stroke::LINE, y: ruler.y(hour * 60), width: BAR, height: ruler.hour };
            sheet.paint(bar, t.heat[step.min(t.heat.len() - 1)]);
        }
    }
}

fn paint_hours(
    sheet: &mut Placed<'_, Message>,
    look: &Look<'_>,
    width: f32,
    ruler: Ruler,
    now: Option<(f32, Rectangle)>,
) {
    let t = look.tokens;
    let faint = mixed(t.surface, t.line, 0.5);
    for hour in ruler.hours() {
        let mut line = |minute: i32, from: f32, color: Color| {
            let y = ruler.y(minute);
            sheet.paint(Rectangle { x: from, y, width: width - from, height: stroke::LINE }, color);
        };
        line(hour * 60 + 30, GUTTER + BAR, faint);
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
    let (_, column) = days.iter().zip(columns).find(|(day, _)| day.date == now.date())?;
    (ruler.first * 60..ruler.last * 60).contains(&minute).then(|| (ruler.y(minute), *column))
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
    column: Rectangle,
    ruler: Ruler,
) {
    let look = scene.look;
    let inner = inside(column);
    for (place, kind) in blocks(&day, inner, ruler) {
        sheet.put(
            Rectangle { x: place.x + BLOCK_EDGE, width: place.width - BLOCK_EDGE, ..place },
            block_word(look, kind, place.height),
        );
    }
    let spans: Vec<Span> = day.things.iter().map(|(span, _)| *span).collect();
    let lanes = lanes(&spans, ruler);
    for ((span, thing), lane) in day.things.into_iter().zip(lanes) {
        let place = place(inner, span, lane, ruler);
        let (start, end) = thing.start_end();
        let (start, end) = (start.to_zoned(page.tz().clone()).time(), end.to_zoned(page.tz().clone()).time());
        let times = (look.texts.time(start), look.texts.time_span(start, end));
        let size = place.size();
        let shown = match thing {
            Thing::Appointment(a) => event::appointment(look, a, times, size, page.selected == Some(a.id)),
            Thing::Unsent(booking) => event::unsent(look, booking, times, size),
            Thing::Free(at, _) => event::free(look, at, times, size.height, cannot_take(page, look.texts)),
            Thing::Taken(_, who) => event::taken(look, who, times, size.height),
        };
        sheet.put(place, shown);
    }
}

/// The part of a day's column in which things lie.
fn inside(column: Rectangle) -> Rectangle {
    Rectangle { x: column.x + BAR + space::S6, width: column.width - BAR - space::S10, ..column }
}

/// The times of a day that are not for citizens, cut to what the sheet shows.
fn blocks(day: &Day<'_>, inner: Rectangle, ruler: Ruler) -> Vec<(Rectangle, BlockKind)> {
    let cut = |span: &Span| Span { from: span.from.max(ruler.first * 60), to: span.to.min(ruler.last * 60) };
    day.blocks
        .iter()
        .map(|(span, block)| (cut(span), block.kind))
        .filter(|(span, _)| span.from < span.to)
        .map(|(span, kind)| {
            (Rectangle { y: ruler.y(span.from), height: ruler.tall(span) - stroke::LINE, ..inner }, kind)
        })
        .collect()
}

/// Blocks are painted, so that the line of the present minute lies above them.
fn paint_blocks(sheet: &mut Placed<'_, Message>, look: &Look<'_>, day: &Day<'_>, column: Rectangle, ruler: Ruler) {
    let t = look.tokens;
    for (place, _) in blocks(day, inside(column), ruler) {
        sheet.paint(place, t.sunken);
        sheet.paint(Rectangle { width: BLOCK_EDGE, ..place }, t.edge);
    }
}

fn block_word<'a>(look: &Look<'_>, kind: BlockKind, tall: f32) -> Element<'a, Message> {
    let word = look.t(match kind {
        BlockKind::Break => "calendar-block-break",
        BlockKind::Meeting => "calendar-block-meeting",
        BlockKind::Training => "calendar-block-training",
        BlockKind::Closed => "calendar-block-closed",
    });
    let word = ellipsis(word, Type { line: 15.0, ..Type::LABEL }).color(look.tokens.ink3);
    let above = ((tall - 15.0) / 2.0).clamp(0.0, space::S4);
    container(word).padding([above, 6.0]).into()
}

/// Five columns in which something will stand; nothing in them can be taken for a free hour.
fn skeleton<'a>(look: &Look<'_>) -> Element<'a, Message> {
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
