//! A list of rows of one height that builds only those in sight, with room above and below for the rest. The list is one
//! stop of the keyboard; the screen knows which row is active and where the list is scrolled to.

use std::ops::Range;

use iced::widget::{Column, container, operation, scrollable, space as gap};
use iced::{Length, Task};

use super::control::{Control, Ring, control};
use super::{Element, scroll};
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::Look;
use crate::theme::scale::{radius, stroke};

/// How many rows beyond what is in sight are built, above and below.
const SPARE: usize = 4;

/// Where a list is scrolled to. Keep one in the screen's state and give it every `on_scroll`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scrolled {
    /// How far down, in logical pixels.
    pub offset: f32,
    /// How much is in sight, in logical pixels; before the first layout a generous guess.
    pub height: f32,
}

impl Default for Scrolled {
    fn default() -> Self {
        Self { offset: 0.0, height: 1080.0 }
    }
}

impl From<scrollable::Viewport> for Scrolled {
    fn from(viewport: scrollable::Viewport) -> Self {
        Self { offset: viewport.absolute_offset().y, height: viewport.bounds().height }
    }
}

impl Scrolled {
    /// The rows of `height` pixels in sight, with a few spare, out of `count`.
    pub fn rows(self, count: usize, height: f32) -> Range<usize> {
        // Negative and absurd numbers saturate to the ends of the list.
        let first = (self.offset / height).floor().max(0.0) as usize;
        let last = ((self.offset + self.height) / height).ceil().max(0.0) as usize;
        first.saturating_sub(SPARE).min(count)..last.saturating_add(SPARE).min(count)
    }

    /// How far down to scroll so that row `n` and the ring round it can be seen whole; `None` when they can be already.
    pub fn reveal(self, n: usize, height: f32) -> Option<f32> {
        // Rows beyond 2^24 would lose a pixel; lists are paged long before.
        let top = n as f32 * height;
        let bottom = top + height + 2.0 * stroke::FOCUS;
        if top < self.offset {
            Some(top)
        } else if bottom > self.offset + self.height {
            Some(bottom - self.height)
        } else {
            None
        }
    }
}

/// What a virtual list needs to know.
pub struct VirtualList<'a, Message> {
    /// Its id; the scrollable inside is its child `scroll`.
    pub id: FocusId,
    /// Its accessible name.
    pub name: String,
    /// How many rows there are.
    pub count: usize,
    /// How tall each is, in logical pixels.
    pub row_height: f32,
    /// Where it is scrolled to.
    pub scrolled: Scrolled,
    /// The accessible name of its active row.
    pub active: Option<String>,
    /// What scrolling gives.
    pub on_scroll: Box<dyn Fn(Scrolled) -> Message + 'a>,
}

/// A list that builds only the rows in sight; `row` makes row `n`, exactly `row_height` tall.
pub fn virtual_list<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    list: VirtualList<'a, Message>,
    row: impl FnMut(usize) -> Element<'a, Message>,
) -> Control<'a, Message> {
    let VirtualList { id, name, count, row_height, scrolled, active, on_scroll } = list;
    let Range { start, end } = scrolled.rows(count, row_height);
    let above = start as f32 * row_height;
    let below = (count - end) as f32 * row_height;
    let rows = Column::new()
        .push(gap().width(Length::Fill).height(above))
        .extend((start..end).map(row))
        .push(gap().width(Length::Fill).height(below));
    // Lists clip, and a row's ring is 3 px wider than the row, all round.
    let inside = scroll(look, id.child("scroll").widget(), container(rows).padding(stroke::FOCUS).width(Length::Fill))
        .on_scroll(move |viewport| on_scroll(viewport.into()));
    // With an active row the ring is the row's.
    let ring = if active.is_some() { Ring::Hidden } else { Ring::Around(radius::TAG) };
    control(look, id, Role::List, name, inside)
        .state(ControlState::new().active(active))
        .width(Length::Fill)
        .height(Length::Fill)
        .ring(ring)
}

/// Scrolls the list `id` just as far as row `n` needs to be seen.
pub fn scroll_to_row<T: Send + 'static>(id: &FocusId, scrolled: Scrolled, n: usize, row_height: f32) -> Task<T> {
    match scrolled.reveal(n, row_height) {
        Some(y) => {
            operation::scroll_to(id.child("scroll").widget(), scrollable::AbsoluteOffset { x: None, y: Some(y) })
        }
        None => Task::none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_in_sight_are_built() {
        let scrolled = Scrolled { offset: 4000.0, height: 400.0 };
        assert_eq!(scrolled.rows(650_000, 40.0), 96..114);
        assert_eq!(scrolled.rows(50, 40.0), 50..50);
        assert_eq!(Scrolled { offset: 0.0, height: 400.0 }.rows(3, 40.0), 0..3);
    }

    #[test]
    fn the_list_scrolls_no_further_than_the_active_row_needs() {
        let scrolled = Scrolled { offset: 100.0, height: 400.0 };
        assert_eq!(scrolled.reveal(0, 40.0), Some(0.0));
        assert_eq!(scrolled.reveal(5, 40.0), None);
        assert_eq!(scrolled.reveal(13, 40.0), Some(166.0));
    }
}
