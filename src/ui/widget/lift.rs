//! The one shadow there is (0 8 28), for what lies above the page. The software renderer's own shadow works on every pixel
//! beneath the panel too, which costs more than a whole page; this one is strips and small blocks around it.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Background, Color, Rectangle};

use super::paint::{Painted, painted};
use super::{Element, Renderer};
use crate::theme::Look;

/// How far below the panel its shadow lies.
const DOWN: f32 = 8.0;
/// How far the shadow reaches beyond its edge.
const BLUR: f32 = 28.0;
/// How fine it is drawn; whole pixels at the usual scales, so that no seams show.
const STEP: f32 = 2.0;

/// `content`, a panel with corners of radius `corner`, lifted above the page.
pub fn lift<'a, Message: 'a>(
    look: &Look<'_>,
    corner: f32,
    content: impl Into<Element<'a, Message>>,
) -> Painted<'a, Message> {
    let shadow = look.tokens.shadow;
    painted(content).under(move |renderer, bounds| draw(renderer, bounds, corner, shadow))
}

fn draw(renderer: &mut Renderer, panel: Rectangle, corner: f32, shadow: Color) {
    /// Fainter than this it would change no pixel.
    const FAINTEST: f32 = 1.0 / 255.0;
    let lower = Rectangle { y: panel.y + DOWN, ..panel };
    let mut fill = |x: f32, y: f32, width: f32, height: f32, distance: f32| {
        let color = Color { a: shadow.a * darkness(distance.max(0.0)), ..shadow };
        if color.a >= FAINTEST && width > 0.0 && height > 0.0 {
            renderer.fill_quad(
                Quad { bounds: Rectangle { x, y, width, height }, ..Quad::default() },
                Background::Color(color),
            );
        }
    };
    let (left, top) = (lower.x, lower.y);
    let (right, bottom) = (lower.x + lower.width, lower.y + lower.height);
    // The straight sides, between the corners; below, also what shows between the panel's edge and its shadow's.
    let (across, along) = (lower.width - 2.0 * corner, lower.height - 2.0 * corner);
    fill(left + corner, bottom - DOWN - corner, across, DOWN + corner, 0.0);
    fill(left, bottom - DOWN - corner, corner, DOWN, 0.0);
    fill(right - corner, bottom - DOWN - corner, corner, DOWN, 0.0);
    for n in steps(BLUR) {
        fill(left + corner, bottom + n, across, STEP, n + STEP / 2.0);
        fill(left + corner, top - n - STEP, across, STEP, n + STEP / 2.0);
        fill(left - n - STEP, top + corner, STEP, along, n + STEP / 2.0);
        fill(right + n, top + corner, STEP, along, n + STEP / 2.0);
    }
    // The corners, block by block, by their distance from the corner's arc.
    for x in steps(corner + BLUR) {
        for y in steps(corner + BLUR) {
            let distance = (x + STEP / 2.0).hypot(y + STEP / 2.0) - corner;
            let (from_left, from_right) = (left + corner - x - STEP, right - corner + x);
            let (from_top, from_bottom) = (top + corner - y - STEP, bottom - corner + y);
            fill(from_left, from_top, STEP, STEP, distance);
            fill(from_right, from_top, STEP, STEP, distance);
            fill(from_left, from_bottom, STEP, STEP, distance);
            fill(from_right, from_bottom, STEP, STEP, distance);
        }
    }
}

/// 0, one step, two steps … below `length`.
fn steps(length: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(0.0), |at| Some(at + STEP)).take_while(move |at| *at < length)
}

/// How dark the shadow is `distance` pixels from its edge: half at the edge, nothing where it ends.
fn darkness(distance: f32) -> f32 {
    let t = ((distance + BLUR) / (2.0 * BLUR)).clamp(0.0, 1.0);
    1.0 - t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::{BLUR, darkness};

    #[test]
    fn the_shadow_fades_from_half_to_nothing() {
        assert!((darkness(0.0) - 0.5).abs() < 1e-6);
        assert!(darkness(BLUR).abs() < 1e-6);
        assert!(darkness(5.0) > darkness(20.0));
    }
}
