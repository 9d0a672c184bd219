//! Drawing charts: a kept drawing that is made anew when what it shows changes, and the pen it is made with. What lives here: lines, bars, dots
//! and words at places. What does not: which chart has which (the charts' own files).

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

use iced::widget::canvas::{self, Cache, Canvas, Frame, Geometry, LineDash, Path, Program, Stroke};
use iced::widget::text::{Alignment, LineHeight};
use iced::{Color, Length, Point, Rectangle, Size, alignment, mouse};

use crate::theme::{Look, Tokens, Type};
use crate::widget::{Element, Renderer, Theme};

/// The strokes of dotted lines, in logical pixels.
const DOTS: [f32; 2] = [2.0, 3.0];

/// What a chart is drawn with.
pub(super) struct Pen<'f> {
    frame: &'f mut Frame<Renderer>,
    /// The colours.
    pub(super) t: Tokens,
}

/// How words lie to their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lies {
    /// They begin there.
    Right,
    /// They end there.
    Left,
    /// Their middle is there.
    Over,
}

impl Pen<'_> {
    /// The room there is.
    pub(super) fn size(&self) -> Size {
        self.frame.size()
    }

    /// A filled rectangle.
    pub(super) fn bar(&mut self, place: Rectangle, color: Color) {
        self.frame.fill_rectangle(place.position(), place.size(), color);
    }

    /// A line.
    pub(super) fn line(&mut self, from: Point, to: Point, (width, color): (f32, Color)) {
        self.frame.stroke(&Path::line(from, to), Stroke::default().with_width(width).with_color(color));
    }

    /// A dotted line.
    pub(super) fn dotted(&mut self, from: Point, to: Point, color: Color) {
        let stroke = Stroke {
            line_dash: LineDash { segments: &DOTS, offset: 0 },
            ..Stroke::default().with_width(1.5).with_color(color)
        };
        self.frame.stroke(&Path::line(from, to), stroke);
    }

    /// A dot with a rim that sets it off from what it lies on.
    pub(super) fn dot(&mut self, at: Point, radius: f32, (fill, rim): (Color, Color)) {
        let path = Path::circle(at, radius);
        self.frame.fill(&path, fill);
        self.frame.stroke(&path, Stroke::default().with_width(1.5).with_color(rim));
    }

    /// Words on one line, their middle line at the place.
    pub(super) fn words(&mut self, words: impl Into<String>, at: Point, lies: Lies, (style, color): (Type, Color)) {
        self.frame.fill_text(canvas::Text {
            content: words.into(),
            position: at,
            color,
            size: style.size.into(),
            line_height: LineHeight::Absolute(style.line.into()),
            font: style.weight.font(),
            align_x: match lies {
                Lies::Right => Alignment::Left,
                Lies::Left => Alignment::Right,
                Lies::Over => Alignment::Center,
            },
            align_y: alignment::Vertical::Center,
            ..canvas::Text::default()
        });
    }
}

/// A drawing with what it is known by: as long as that stays, it is not made anew.
struct Plot<'a> {
    key: u64,
    tokens: Tokens,
    draw: Box<dyn Fn(&mut Pen<'_>) + 'a>,
}

/// The drawing that was made last.
#[derive(Default)]
struct Kept {
    cache: Cache<Renderer>,
    key: Cell<Option<u64>>,
}

impl<Message> Program<Message, Theme, Renderer> for Plot<'_> {
    type State = Kept;

    fn draw(
        &self,
        kept: &Kept,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry<Renderer>> {
        if kept.key.replace(Some(self.key)) != Some(self.key) {
            kept.cache.clear();
        }
        let geometry = kept.cache.draw(renderer, bounds.size(), |frame| {
            (self.draw)(&mut Pen { frame, t: self.tokens });
        });
        vec![geometry]
    }
}

/// A drawing of what is known by `key`, in the room it is given.
pub(super) fn plot<'a, Message: 'a>(
    look: &Look<'_>,
    key: impl Hash,
    draw: impl Fn(&mut Pen<'_>) + 'a,
) -> Element<'a, Message> {
    let mut hasher = DefaultHasher::new();
    (key, look.texts.language(), look.tokens.name == crate::theme::ThemeName::Dark).hash(&mut hasher);
    let plot = Plot { key: hasher.finish(), tokens: look.tokens, draw: Box::new(draw) };
    Canvas::new(plot).width(Length::Fill).height(Length::Fill).into()
}

/// The step between the lines of a scale from 0, so that two or three of them reach what is largest: 1, 2 or 5 with zeros.
pub(super) fn step(largest: u32) -> u32 {
    let mut zeros = 1;
    loop {
        for digit in [1, 2, 5] {
            if largest <= 3 * digit * zeros || zeros > u32::MAX / 100 {
                return digit * zeros;
            }
        }
        zeros *= 10;
    }
}

/// A number as the screen places it.
pub(super) fn px(number: impl Into<f64>) -> f32 {
    number.into() as f32
}

/// A row of words and a number.
pub(super) const fn point(x: f32, y: f32) -> Point {
    Point::new(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_reaches_what_is_largest_in_at_most_three_steps() {
        assert_eq!([3, 4, 29, 63, 974, 4112].map(step), [1, 2, 10, 50, 500, 2000]);
        for largest in 1..5000 {
            let step = step(largest);
            assert!(largest.div_ceil(step) <= 3, "{largest}");
        }
    }
}
