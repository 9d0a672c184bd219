//! Where things of a day lie: minutes to pixels, things at the same time side by side, how full an hour is. What does not live
//! here: what the things are and how they look.

use iced::Rectangle;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The hours that are always shown, 8 to 18.
const USUAL: (i32, i32) = (8, 18);
/// The least height of an hour, in logical pixels: half an hour holds two lines of text.
const HOUR: f32 = 68.0;
/// The least height of anything, in logical pixels: one line of text.
pub const LEAST: f32 = 17.0;

/// A stretch of a day in minutes from its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// From.
    pub from: i32,
    /// To, exclusive.
    pub to: i32,
}

impl Span {
    /// The part of a stretch of time that lies on a day, by the clock on the wall; none where no part does.
    pub fn on(day: Date, start: Timestamp, end: Timestamp, tz: &TimeZone) -> Option<Self> {
        let minutes = |at: Timestamp| {
            let at = at.to_zoned(tz.clone());
            match at.date().cmp(&day) {
                std::cmp::Ordering::Less => 0,
                std::cmp::Ordering::Greater => 24 * 60,
                std::cmp::Ordering::Equal => i32::from(at.hour()) * 60 + i32::from(at.minute()),
            }
        };
        let span = Self { from: minutes(start), to: minutes(end) };
        (span.from < span.to).then_some(span)
    }

    fn shared(self, other: Self) -> i32 {
        (self.to.min(other.to) - self.from.max(other.from)).max(0)
    }
}

/// From minutes to pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruler {
    /// The first hour shown.
    pub first: i32,
    /// The hour at which the sheet ends.
    pub last: i32,
    /// The height of an hour, in logical pixels, a whole number so that lines stay sharp.
    pub hour: f32,
}

impl Ruler {
    /// A ruler that shows the usual hours and everything in `spans`, over `height` pixels where that is enough.
    pub fn over(spans: impl IntoIterator<Item = Span>, height: f32) -> Self {
        let (first, last) = spans
            .into_iter()
            .fold(USUAL, |(first, last), span| (first.min(span.from / 60), last.max((span.to + 59) / 60)));
        let hours = (last - first) as f32;
        Self { first, last, hour: (height / hours).floor().max(HOUR) }
    }

    /// The whole height.
    pub fn height(self) -> f32 {
        (self.last - self.first) as f32 * self.hour
    }

    /// How far down a minute lies.
    pub fn y(self, minute: i32) -> f32 {
        ((minute - self.first * 60) as f32 * self.hour / 60.0).round()
    }

    /// The five-minute mark nearest to a place.
    pub fn minute(self, y: f32) -> i32 {
        // A day has few pixels.
        let minutes = (y / self.hour * 60.0 / 5.0).round() as i32 * 5;
        self.first * 60 + minutes
    }

    /// How tall a span is drawn.
    pub fn tall(self, span: Span) -> f32 {
        (self.y(span.to) - self.y(span.from)).max(LEAST)
    }

    /// The last minute that a span covers as it is drawn: short ones are drawn taller than they are.
    fn drawn(self, span: Span) -> Span {
        let least = (LEAST * 60.0 / self.hour).ceil() as i32;
        Span { from: span.from, to: span.to.max(span.from + least) }
    }

    /// The hours' lines, as hours.
    pub fn hours(self) -> impl Iterator<Item = i32> {
        self.first..self.last
    }
}

/// Which of how many lanes a thing takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Counted from 0.
    pub at: usize,
    /// How many there are beside each other.
    pub of: usize,
}

/// Puts things that touch in time side by side, in the order of `spans`, which is that of their beginning.
pub fn lanes(spans: &[Span], ruler: Ruler) -> Vec<Lane> {
    let mut all: Vec<Lane> = Vec::with_capacity(spans.len());
    let mut ends: Vec<i32> = Vec::new();
    let mut first = 0;
    for (n, span) in spans.iter().enumerate() {
        let span = ruler.drawn(*span);
        if ends.iter().all(|end| *end <= span.from) {
            all[first..].iter_mut().for_each(|lane| lane.of = ends.len());
            first = n;
            ends.clear();
        }
        let at = ends.iter().position(|end| *end <= span.from).unwrap_or(ends.len());
        if at == ends.len() {
            ends.push(span.to);
        } else {
            ends[at] = span.to;
        }
        all.push(Lane { at, of: 1 });
    }
    all[first..].iter_mut().for_each(|lane| lane.of = ends.len());
    all
}

/// The place of a thing in its day's column: `column` is the room for all lanes.
pub fn place(column: Rectangle, span: Span, lane: Lane, ruler: Ruler) -> Rectangle {
    /// The room between a thing and the next one in time.
    const BELOW: f32 = 2.0;
    let width = column.width / lane.of.max(1) as f32;
    let beside = if lane.of > 1 { 2.0 } else { 0.0 };
    Rectangle {
        x: column.x + width * lane.at as f32,
        y: ruler.y(span.from),
        width: width - beside,
        height: ruler.tall(span) - BELOW,
    }
}

/// The share of an hour's open time that is taken, 0 to 1; none where the hour is not open at all.
pub fn taken(hour: i32, booked: &[Span], blocked: &[Span]) -> Option<f32> {
    let hour = Span { from: hour * 60, to: hour * 60 + 60 };
    // Two things at once take their minutes once.
    let minutes = |spans: &[Span]| {
        (hour.from..hour.to).filter(|m| spans.iter().any(|s| s.shared(Span { from: *m, to: m + 1 }) > 0)).count()
    };
    let open = 60 - minutes(blocked).min(60);
    (open > 0).then(|| (minutes(booked) as f32 / open as f32).min(1.0))
}

/// The step of the heat map for a share of 0 to 1.
pub fn heat(share: f32) -> usize {
    // Steps 1 to 5 for anything taken at all, 0 for nothing.
    (share.clamp(0.0, 1.0) * 5.0).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn span(from: i32, to: i32) -> Span {
        Span { from, to }
    }

    fn ruler() -> Ruler {
        Ruler::over([], 720.0)
    }

    #[test]
    fn two_at_the_same_time_stand_side_by_side_and_a_third_later_has_the_whole_width() {
        let found = lanes(&[span(540, 570), span(550, 600), span(600, 630)], ruler());
        assert_eq!(found, [Lane { at: 0, of: 2 }, Lane { at: 1, of: 2 }, Lane { at: 0, of: 1 }]);
    }

    #[test]
    fn a_lane_that_is_free_again_is_used_again() {
        let found = lanes(&[span(540, 660), span(540, 570), span(570, 600)], ruler());
        assert_eq!(found, [Lane { at: 0, of: 2 }, Lane { at: 1, of: 2 }, Lane { at: 1, of: 2 }]);
    }

    #[test]
    fn five_minutes_are_drawn_as_a_line_of_text_and_cover_nothing_else() {
        let ruler = ruler();
        let column = Rectangle { x: 0.0, y: 0.0, width: 100.0, height: 720.0 };
        let spans = [span(540, 545), span(545, 575)];
        let places: Vec<_> =
            lanes(&spans, ruler).into_iter().zip(spans).map(|(lane, span)| place(column, span, lane, ruler)).collect();
        assert!(places[0].height + 2.0 >= LEAST);
        assert!(!places[0].intersects(&places[1]), "{places:?}");
    }

    #[test]
    fn an_evening_appointment_makes_the_day_longer_and_no_hour_lower_than_two_lines() {
        assert_eq!((ruler().first, ruler().last, ruler().hour), (8, 18, 72.0));
        let late = Ruler::over([span(18 * 60, 18 * 60 + 30)], 720.0);
        assert_eq!((late.last, late.hour), (19, 68.0));
    }

    #[test]
    fn an_hour_half_lunch_and_half_booked_is_full() {
        assert_eq!(taken(12, &[span(750, 780)], &[span(720, 750)]), Some(1.0));
        assert_eq!(taken(12, &[], &[span(720, 780)]), None);
        assert_eq!(taken(9, &[span(540, 555), span(540, 555)], &[]), Some(0.25));
        assert_eq!((heat(0.0), heat(0.01), heat(0.5), heat(1.0)), (0, 1, 3, 5));
    }

    #[test]
    fn a_night_without_an_hour_still_puts_appointments_where_the_clock_shows_them() {
        let tz = TimeZone::get("Europe/Copenhagen").expect("bundled");
        let day = date(2026, 3, 29);
        let start = day.at(9, 0, 0, 0).to_zoned(tz.clone()).expect("exists").timestamp();
        let end = day.at(9, 30, 0, 0).to_zoned(tz.clone()).expect("exists").timestamp();
        assert_eq!(Span::on(day, start, end, &tz), Some(span(540, 570)));
        assert_eq!(Span::on(date(2026, 3, 30), start, end, &tz), None);
    }
}
