//! The charts that are drawn: waits, meetings, first contact, rebookings. Every scale begins at 0, and no gap is filled. What does not live
//! here: the cards they lie in, the pen (`plot`).

use iced::{Point, Rectangle, Size};
use skranke_api::statistics::{Statistics, WeekFigures, WeekState};
use skranke_domain::appointment::RebookCause;
use skranke_domain::figures::{Bar, Cell, MINUTES_PER_BAR, week_number};

use super::plot::{Lies, Pen, plot, point, px, step};
use super::{Message, words};
use crate::screens::words::pick;
use crate::theme::scale::{space, stroke};
use crate::theme::{Look, Type};
use crate::widget::Element;
use crate::widget::ellipsis::text_width;

/// The room of a line of labels.
const LABELS: f32 = 22.0;

fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Rectangle {
    Rectangle::new(Point::new(x, y), Size::new(width.max(0.0), height.max(0.0)))
}

/// How many waited how long: bars of five minutes, those within the aim dark.
pub(super) fn waiting<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    let waiting = figures.waiting.clone();
    let aim = figures.aims.waiting_minutes;
    let say = |id: &str, minutes: u16| look.with(id, &[("minutes", u32::from(minutes).into())]);
    let aim_word = say("figures-aim", aim);
    let median = waiting.minutes.median.map(|m| (m, say("figures-median", m)));
    let ninetieth = waiting.minutes.ninetieth.map(|m| (m, say("figures-ninetieth", m)));
    let slots = |minutes: u16| px(f64::from(minutes) / f64::from(MINUTES_PER_BAR));
    // A bar that was joined is as tall as its parts are on the average: what is seen is the area.
    let tall = move |bar: &Bar| {
        let to = bar.to.unwrap_or(LAST + MINUTES_PER_BAR);
        f64::from(bar.count) / f64::from((to - bar.from) / MINUTES_PER_BAR).max(1.0)
    };
    let largest = waiting.bars.iter().map(tall).fold(1.0, f64::max);
    let step = step(largest.ceil() as u32);
    let top = f64::from(step) * (largest / f64::from(step)).ceil();
    let ticks: Vec<(u32, String)> =
        (0..=(top as u32 / step)).map(|n| (n * step, words::number(look, n * step))).collect();
    let key = (format!("{waiting:?}"), aim);
    plot(look, key, move |pen| {
        let t = pen.t;
        let Size { width, height } = pen.size();
        let (left, over, floor) = (40.0, 30.0, height - LABELS);
        let slot = (width - left - space::S4) / px(f64::from(LAST / MINUTES_PER_BAR + 1));
        let up = |count: f64| floor - px(count / top) * (floor - over);
        for (count, word) in &ticks {
            let y = up(f64::from(*count));
            pen.line(point(left, y), point(width, y), (stroke::LINE, t.line));
            pen.words(word.clone(), point(left - space::S8, y), Lies::Left, (Type::LABEL, t.ink2));
        }
        for bar in &waiting.bars {
            let to = bar.to.unwrap_or(LAST + MINUTES_PER_BAR);
            let (x, y) = (left + slots(bar.from) * slot, up(tall(bar)));
            let color = if to <= aim { t.heat[4] } else { t.heat[2] };
            pen.bar(rectangle(x + 1.0, y, slots(to - bar.from) * slot - 2.0, floor - y), color);
        }
        for minutes in (0..=LAST).step_by(usize::from(MINUTES_PER_BAR)) {
            let y = floor + LABELS / 2.0 + 1.0;
            let x = left + slots(minutes) * slot;
            if minutes == LAST {
                pen.words(format!("{LAST}+"), point(x + slot / 2.0, y), Lies::Over, (Type::LABEL, t.ink2));
            } else {
                pen.words(minutes.to_string(), point(x, y), Lies::Over, (Type::LABEL, t.ink2));
            }
        }
        let at = |minutes: u16| left + slots(minutes.min(LAST + MINUTES_PER_BAR)) * slot;
        // The words of two lines that stand near each other go to either side.
        let earlier = median.as_ref().is_none_or(|(minutes, _)| *minutes <= aim);
        let (median_lies, aim_lies) = if earlier { (Lies::Left, Lies::Right) } else { (Lies::Right, Lies::Left) };
        let beside = |x: f32, lies: Lies| if lies == Lies::Left { x - space::S4 } else { x + 5.0 };
        if let Some((minutes, word)) = &median {
            pen.dotted(point(at(*minutes), 2.0), point(at(*minutes), floor), t.ink);
            pen.words(word.clone(), point(beside(at(*minutes), median_lies), 8.0), median_lies, (Type::LABEL, t.ink));
        }
        pen.line(point(at(aim), 10.0), point(at(aim), floor), (1.5, t.ink));
        pen.words(aim_word.clone(), point(beside(at(aim), aim_lies), 16.0), aim_lies, (Type::LABEL_STRONG, t.ink));
        if let Some((minutes, word)) = &ninetieth {
            let x = at(*minutes);
            pen.dotted(point(x, 36.0), point(x, floor), t.ink);
            let lies = if x + text_width(word, Type::LABEL) + space::S8 > width { Lies::Left } else { Lies::Right };
            pen.words(word.clone(), point(beside(x, lies), 44.0), lies, (Type::LABEL, t.ink));
        }
    })
}

/// From here on everything is one bar.
const LAST: u16 = 50;

/// How long meetings took: a dot at the middle, a bar where eight of ten lie.
pub(super) fn meetings<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    let lines: Vec<(String, String, [Option<u16>; 3])> = figures
        .meetings
        .iter()
        .map(|line| {
            let minutes = [line.minutes.tenth, line.minutes.median, line.minutes.ninetieth];
            (pick(look.texts, &line.title).to_owned(), words::cell(look, line.count), minutes)
        })
        .collect();
    let largest = lines.iter().flat_map(|(.., minutes)| minutes.iter().flatten()).max().copied().unwrap_or(1);
    let (step, most) = (step(u32::from(largest).div_ceil(4) * 3).max(5), f64::from(largest));
    let (unit, n) = (look.t("figures-minutes"), look.t("figures-n"));
    let names = lines.iter().map(|(name, ..)| text_width(name, Type::CELL)).fold(0.0, f32::max);
    plot(look, lines.clone(), move |pen| {
        let t = pen.t;
        let Size { width, height } = pen.size();
        let (left, right, floor) = (names + space::S24, width - 52.0, height - LABELS);
        // The scale ends with the longest, not with a round number.
        let top = most.max(f64::from(step));
        let x = |minutes: f64| left + px(minutes / top) * (right - left - space::S24);
        for at in (0..=(top as u32)).step_by(step as usize) {
            let x = x(f64::from(at));
            pen.line(point(x, 0.0), point(x, floor), (stroke::LINE, t.line));
            pen.words(at.to_string(), point(x, floor + LABELS / 2.0 + 1.0), Lies::Over, (Type::LABEL, t.ink2));
        }
        let labels = floor + LABELS / 2.0 + 1.0;
        let last = top as u32 / step * step;
        let after = x(f64::from(last)) + text_width(&last.to_string(), Type::LABEL) / 2.0 + space::S6;
        pen.words(unit.clone(), point(after, labels), Lies::Right, (Type::LABEL, t.ink2));
        pen.words(n.clone(), point(width, labels), Lies::Left, (Type::LABEL, t.ink2));
        let pitch = (floor / px(lines.len().max(1) as f64)).min(30.0);
        for (at, (name, count, minutes)) in lines.iter().enumerate() {
            let y = (px(at as f64) + 0.5) * pitch;
            pen.words(name.clone(), point(0.0, y), Lies::Right, (Type::CELL, t.ink));
            pen.words(count.clone(), point(width, y), Lies::Left, (Type::LABEL, t.ink2));
            let [tenth, median, ninetieth] = minutes.map(|m| m.map(|m| x(f64::from(m))));
            if let (Some(from), Some(to)) = (tenth, ninetieth) {
                pen.bar(rectangle(from, y - 3.0, to - from, 6.0), t.heat[3]);
            }
            if let Some(x) = median {
                pen.dot(point(x, y), 6.0, (t.accent, t.surface));
            }
        }
    })
}

/// Settled at first contact, week by week: a line that is not drawn through a gap.
pub(super) fn first_contact<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    let weeks: Vec<WeekFigures> = figures.first_contact.clone();
    let short =
        |week: &WeekFigures| look.with("figures-week-short", &[("week", week_number(week.monday).to_string().into())]);
    let labels: Vec<String> = weeks.iter().map(short).collect();
    let long: Vec<String> = weeks
        .iter()
        .map(|week| look.with("figures-week-long", &[("week", week_number(week.monday).to_string().into())]))
        .collect();
    let none = look.t("figures-no-data");
    let last = weeks.last().and_then(|week| week.percent).map(|p| words::percent(look, Some(p)));
    plot(look, format!("{weeks:?}"), move |pen| {
        let t = pen.t;
        let Size { width, height } = pen.size();
        let (left, right, over, floor) = (44.0, width - 56.0, 10.0, height - LABELS);
        let y = |percent: f32| floor - percent / 100.0 * (floor - over);
        for percent in [0.0, 50.0, 100.0] {
            pen.line(point(left - space::S8, y(percent)), point(right, y(percent)), (stroke::LINE, t.line));
            let word = format!("{percent:.0}");
            pen.words(word, point(left - space::S12, y(percent)), Lies::Left, (Type::LABEL, t.ink2));
        }
        let pitch = (right - left) / px(weeks.len().saturating_sub(1).max(1) as f64);
        let x = |at: usize| left + px(at as f64) * pitch;
        let place = |at: usize| weeks.get(at).and_then(|w| w.percent).map(|p| point(x(at), y(f32::from(p))));
        for at in 1..weeks.len() {
            if let (Some(from), Some(to)) = (place(at - 1), place(at)) {
                pen.line(from, to, (2.0, t.accent));
            }
        }
        for (at, week) in weeks.iter().enumerate() {
            if let Some(dot) = place(at) {
                let open = week.state == WeekState::Provisional;
                pen.dot(dot, 3.5, (if open { t.surface } else { t.accent }, t.accent));
            }
            if week.state == WeekState::Gap {
                let beside = at.checked_sub(1).and_then(place).or_else(|| place(at + 1));
                let height = beside.map_or(y(50.0), |beside| beside.y);
                pen.bar(rectangle(x(at) - 29.0, height + 6.0, 58.0, 30.0), t.surface);
                pen.words(none.clone(), point(x(at), height + 14.0), Lies::Over, (Type::LABEL_MEDIUM, t.wait));
                pen.words(long[at].clone(), point(x(at), height + 28.0), Lies::Over, (Type::LABEL, t.wait));
            }
            let is_last = at + 1 == weeks.len();
            if is_last || (at % 4 == 0 && at + 3 < weeks.len()) {
                let floor = floor + LABELS / 2.0 + 1.0;
                pen.words(labels[at].clone(), point(x(at), floor), Lies::Over, (Type::LABEL, t.ink2));
            }
        }
        if let (Some(word), Some(at)) = (&last, place(weeks.len().saturating_sub(1))) {
            pen.words(word.clone(), point(at.x + space::S10, at.y), Lies::Right, (Type::CELL_STRONG, t.ink));
        }
    })
}

/// Who had to come again, by cause, beside the period before.
pub(super) fn rebooked<'a>(look: &Look<'_>, figures: &Statistics) -> Element<'a, Message> {
    let lines: Vec<(String, Cell, Option<Cell>, bool, String)> = figures
        .rebooked
        .causes
        .iter()
        .map(|line| {
            let ours = line.cause == RebookCause::PaperMissing;
            let (now, before) = (line.count.now, line.count.before);
            (look.t(words::cause(line.cause)), now, before, ours, words::cell(look, now))
        })
        .collect();
    let counts = lines.iter().flat_map(|(_, now, before, ..)| [now.count(), before.and_then(Cell::count)]);
    let largest = f64::from(counts.flatten().max().unwrap_or(1).max(1));
    let names = lines.iter().map(|(name, ..)| text_width(name, Type::CELL_STRONG)).fold(0.0, f32::max);
    let key = lines.iter().map(|line| format!("{line:?}")).collect::<Vec<_>>();
    plot(look, key, move |pen| {
        let t = pen.t;
        let Size { width, height } = pen.size();
        let (left, right) = (names + space::S8, width - 44.0);
        let x = |count: u32| left + px(f64::from(count) / largest) * (right - left);
        let pitch = (height / px(lines.len().max(1) as f64)).min(38.0);
        pen.line(point(left, 0.0), point(left, pitch * px(lines.len() as f64)), (stroke::LINE, t.edge));
        for (at, (name, now, before, ours, word)) in lines.iter().enumerate() {
            let y = (px(at as f64) + 0.5) * pitch;
            let style = if *ours { Type::CELL_STRONG } else { Type::CELL };
            pen.words(name.clone(), point(0.0, y), Lies::Right, (style, t.ink));
            let mut end = left;
            if let Some(count) = now.count() {
                let color = if *ours { t.heat[5] } else { t.heat[3] };
                pen.bar(rectangle(left + 1.0, y - 10.0, x(count) - left - 1.0, 20.0), color);
                end = x(count);
            }
            if let Some(count) = before.and_then(Cell::count) {
                mark(pen, x(count), y);
                end = end.max(x(count));
            }
            pen.words(word.clone(), point(end + space::S8, y), Lies::Right, (Type::CELL_STRONG, t.ink));
        }
    })
}

/// The line of the period before.
fn mark(pen: &mut Pen<'_>, x: f32, y: f32) {
    let ink = pen.t.ink;
    pen.line(point(x, y - 13.0), point(x, y + 13.0), (2.0, ink));
}

/// A share of a hundred, with the aim and the period before.
pub(super) fn share<'a>(
    look: &Look<'_>,
    (now, before): (Option<u8>, Option<u8>),
    aim: Option<u8>,
) -> Element<'a, Message> {
    let aim = aim.map(|aim| (aim, look.with("figures-aim", &[("minutes", u32::from(aim).into())])));
    plot(look, (now, before, aim.clone()), move |pen| {
        let t = pen.t;
        let Size { width, height } = pen.size();
        let (left, right, floor) = (space::S8, width - space::S16, height - LABELS);
        let x = |percent: u8| left + f32::from(percent) / 100.0 * (right - left);
        let y = floor - 18.0;
        for percent in [0, 50, 100] {
            pen.line(point(x(percent), 18.0), point(x(percent), floor), (stroke::LINE, t.line));
            let under = point(x(percent), floor + LABELS / 2.0 + 1.0);
            pen.words(percent.to_string(), under, Lies::Over, (Type::LABEL, t.ink2));
        }
        if let Some(now) = now {
            let reached = aim.as_ref().is_none_or(|(aim, _)| now >= *aim);
            let color = if reached { t.heat[4] } else { t.heat[3] };
            pen.bar(rectangle(x(0) + 1.0, y - 10.0, x(now) - x(0) - 1.0, 20.0), color);
        }
        if let Some(before) = before {
            mark(pen, x(before), y);
        }
        if let Some((aim, word)) = &aim {
            pen.line(point(x(*aim), 12.0), point(x(*aim), floor), (1.5, t.ink));
            pen.words(word.clone(), point(x(*aim) + 5.0, 10.0), Lies::Right, (Type::LABEL_STRONG, t.ink));
        }
    })
}
