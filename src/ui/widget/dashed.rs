//! A dashed edge, which `iced`'s containers do not have: short strokes along the sides, corners left open as far as they are
//! round.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Background, Color, Rectangle};

use super::paint::{Painted, painted};
use super::{Element, Renderer};
use crate::theme::scale::stroke;

const DASH: f32 = 4.0;
const GAP: f32 = 3.0;

/// `content` with a dashed edge all round.
pub fn dashed<'a, Message: 'a>(
    color: Color,
    corner: f32,
    content: impl Into<Element<'a, Message>>,
) -> Painted<'a, Message> {
    painted(content).over(move |renderer, bounds| {
        let Rectangle { width, height, .. } = bounds;
        let corner = corner / 2.0;
        let far = |length: f32| length - stroke::LINE;
        for (at, long) in strokes(width - 2.0 * corner) {
            draw(renderer, bounds, Rectangle { x: corner + at, y: 0.0, width: long, height: stroke::LINE }, color);
            draw(
                renderer,
                bounds,
                Rectangle { x: corner + at, y: far(height), width: long, height: stroke::LINE },
                color,
            );
        }
        for (at, long) in strokes(height - 2.0 * corner) {
            draw(renderer, bounds, Rectangle { x: 0.0, y: corner + at, width: stroke::LINE, height: long }, color);
            draw(
                renderer,
                bounds,
                Rectangle { x: far(width), y: corner + at, width: stroke::LINE, height: long },
                color,
            );
        }
    })
}

/// `content` with a dashed line above it.
pub fn dashed_top<'a, Message: 'a>(color: Color, content: impl Into<Element<'a, Message>>) -> Painted<'a, Message> {
    painted(content).over(move |renderer, bounds| {
        for (at, long) in strokes(bounds.width) {
            draw(renderer, bounds, Rectangle { x: at, y: 0.0, width: long, height: stroke::LINE }, color);
        }
    })
}

fn draw(renderer: &mut Renderer, within: Rectangle, stroke: Rectangle, color: Color) {
    let bounds = Rectangle { x: within.x + stroke.x, y: within.y + stroke.y, ..stroke };
    renderer.fill_quad(Quad { bounds, ..Quad::default() }, Background::Color(color));
}

/// The strokes of a side of `length`, each as its beginning and its own length.
fn strokes(length: f32) -> impl Iterator<Item = (f32, f32)> {
    let step = DASH + GAP;
    // Saturating by nature: a negative or absurd length gives no strokes.
    let count = ((length + GAP) / step).ceil().clamp(0.0, 4096.0) as u16;
    (0..count)
        .map(move |n| f32::from(n) * step)
        .map(move |at| (at, DASH.min(length - at)))
        .filter(|(_, long)| *long > 0.0)
}

#[cfg(test)]
mod tests {
    use super::strokes;

    #[test]
    fn strokes_never_run_past_the_end_of_their_side() {
        let all: Vec<_> = strokes(10.0).collect();
        assert_eq!(all, [(0.0, 4.0), (7.0, 3.0)]);
        assert_eq!(strokes(-3.0).count(), 0);
    }
}
