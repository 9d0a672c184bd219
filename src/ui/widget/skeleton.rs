//! The skeleton: what stands where an answer has not come, at the height the answer will have. No shimmer.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Color, Length};

use super::Element;
use super::panel::plate;
use crate::theme::Look;
use crate::theme::scale::{radius, space, width};

/// A bar `share` (0–1) of the room wide and `height` tall.
pub fn skeleton_line<'a, Message: 'a>(look: &Look<'_>, share: f32, height: f32) -> Element<'a, Message> {
    let line = look.tokens.line;
    // Portions are whole numbers; a hundredth is fine enough.
    let filled = (share.clamp(0.0, 1.0) * 100.0) as u16;
    let bar = container(gap().width(Length::Fill).height(height))
        .width(Length::FillPortion(filled.max(1)))
        .style(move |_| plate(line, Color::TRANSPARENT, space::S2));
    row![bar, gap().width(Length::FillPortion((100 - filled).max(1)))].width(Length::Fill).into()
}

/// A row that has not come: a tag and two lines, as tall as the density says. `n` varies its lengths.
pub fn skeleton_row<'a, Message: 'a>(look: &Look<'_>, n: usize) -> Element<'a, Message> {
    const LENGTHS: [(f32, f32); 4] = [(0.46, 0.3), (0.36, 0.24), (0.5, 0.27), (0.4, 0.2)];
    let line = look.tokens.line;
    let (first, second) = LENGTHS[n % LENGTHS.len()];
    let tag =
        container(gap().width(width::TAG).height(18.0)).style(move |_| plate(line, Color::TRANSPARENT, radius::TAG));
    let mut lines = column![skeleton_line(look, first, 10.0)].spacing(space::S6);
    if look.density.two_lines() {
        lines = lines.push(skeleton_line(look, second, 8.0));
    }
    container(row![tag, lines].spacing(space::S12).align_y(Alignment::Center))
        .padding([0.0, space::S12])
        .center_y(look.density.row_height())
        .width(Length::Fill)
        .into()
}
