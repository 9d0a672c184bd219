//! The one shadow there is (0 8 28), for what lies above the page. The software renderer's own shadow takes every pixel
//! beneath the panel too, which costs more than a whole page; this one is a few strokes around it.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Background, Border, Color, Rectangle};

use super::paint::{Painted, painted};
use super::Element;
use crate::theme::Look;

/// How far below the panel its shadow lies.
const DOWN: f32 = 8.0;
/// How far the shadow reaches.
const BLUR: f32 = 28.0;
/// How wide each stroke of it is; whole pixels at the usual scales, so that no seams show.
const STROKE: f32 = 2.0;

/// `content`, a panel with corners of radius `corner`, lifted above the page.
pub fn lift<'a, Message: 'a>(look: &Look<'_>, corner: f32, content: impl Into<Element<'a, Message>>) -> Painted<'a, Message> {
    let shadow = look.tokens.shadow;
    painted(content).under(move |renderer, bounds| {
        let lower = Rectangle { y: bounds.y + DOWN, ..bounds };
        let mut ring = |outset: f32, width: f32, share: f32| {
            let border = Border { color: Color { a: shadow.a * share, ..shadow }, width, radius: (corner + outset).max(0.0).into() };
            renderer.fill_quad(Quad { bounds: lower.expand(outset), border, ..Quad::default() }, Background::Color(Color::TRANSPARENT));
        };
        // What shows between the panel's own edge and that of its shadow.
        ring(0.0, DOWN + corner, darkness(0.0));
        let mut outset = STROKE;
        while outset <= BLUR {
            ring(outset, STROKE, darkness(outset - STROKE / 2.0));
            outset += STROKE;
        }
    })
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
