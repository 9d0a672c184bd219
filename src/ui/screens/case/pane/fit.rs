//! How large a page is shown: so that it fits the pane, times the zoom. What does not live here: drawing it.

use iced::Size;
use skranke_desk::case::pane::{PageDrawn, PageKey};

use crate::screens::case::LEFT_NARROW;
use crate::theme::Look;
use crate::theme::scale::{height, width};

/// The case's head, above the pane.
const HEAD: f32 = 86.0;
/// The pane's own head.
pub(super) const PANE_HEAD: f32 = 44.0;
/// Checks and buttons, beneath the page.
const BAR: f32 = 86.0;
/// The ground round the page, on each side.
pub(super) const GROUND: f32 = 14.0;
/// A4: how much higher than wide.
const A4: f32 = std::f32::consts::SQRT_2;
/// Up to this zoom a page is drawn with twice the pixels, so that it is sharp on a screen that has them.
const FINE: u16 = 150;

/// The room for a page, in logical pixels.
fn room(look: &Look<'_>) -> Size {
    let beside = if look.is_wide() { width::CASE_LEFT + width::CASE_RIGHT + 2.0 } else { LEFT_NARROW + 1.0 };
    let wide = look.width - beside - 2.0 * GROUND;
    let high = look.height - height::SLAB - HEAD - PANE_HEAD - BAR - height::ACTION_BAR - 2.0 * GROUND;
    Size::new(wide.max(160.0), high.max(200.0))
}

/// How large a drawn page is shown, in logical pixels.
#[expect(clippy::cast_precision_loss, reason = "sides of pictures are far below 2^24")]
pub(super) fn shown(look: &Look<'_>, zoom: u16, drawn: PageDrawn) -> Size {
    let room = room(look);
    let aspect = drawn.height.max(1) as f32 / drawn.width.max(1) as f32;
    let wide = room.width.min(room.height / aspect) * f32::from(zoom) / 100.0;
    Size::new(wide.round(), (wide * aspect).round())
}

/// How wide a page is drawn, in pixels, before anything of its form is known.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the width of a window times a small number"
)]
pub(crate) fn pixels(look: &Look<'_>, key: PageKey) -> u32 {
    let room = room(look);
    let upright = room.width.min(room.height / A4);
    // A page that lies shows its long side across.
    let across = if key.turned % 2 == 1 { room.width.min(upright * A4 * A4) } else { upright };
    let fine = if key.zoom <= FINE { 2.0 } else { 1.0 };
    (across * f32::from(key.zoom) / 100.0 * fine).round() as u32
}
