//! A scrollable with our thin rail, in place of `iced`'s own look.

use iced::advanced::widget::Id;
use iced::widget::container;
use iced::widget::scrollable::{self, Scrollable};
use iced::{Background, Border, Color, Length};

use super::{Element, Renderer, Theme};
use crate::theme::{Look, Tokens};

/// How wide the rail's handle is, in logical pixels.
const RAIL: f32 = 6.0;

/// `content` in a scrollable that fills what room there is, with a thin rail at the right.
pub fn scroll<'a, Message: 'a>(
    look: &Look<'_>,
    id: impl Into<Id>,
    content: impl Into<Element<'a, Message>>,
) -> Scrollable<'a, Message, Theme, Renderer> {
    let t = look.tokens;
    Scrollable::new(content)
        .id(id)
        .width(Length::Fill)
        .height(Length::Fill)
        .direction(scrollable::Direction::Vertical(
            scrollable::Scrollbar::new().width(RAIL).scroller_width(RAIL).margin(1.0),
        ))
        .style(move |_, status| style(&t, status))
}

/// The colours of a scrollable.
pub fn style(t: &Tokens, status: scrollable::Status) -> scrollable::Style {
    let handle = |touched: bool| if touched { t.edge } else { t.line };
    let rail = |color: Color| scrollable::Rail {
        background: None,
        border: Border::default(),
        scroller: scrollable::Scroller {
            background: Background::Color(color),
            border: Border { radius: (RAIL / 2.0).into(), ..Border::default() },
        },
    };
    let (vertical, horizontal) = match status {
        scrollable::Status::Active { .. } => (false, false),
        scrollable::Status::Hovered {
            is_vertical_scrollbar_hovered: v, is_horizontal_scrollbar_hovered: h, ..
        } => (v, h),
        scrollable::Status::Dragged {
            is_vertical_scrollbar_dragged: v, is_horizontal_scrollbar_dragged: h, ..
        } => (v, h),
    };
    scrollable::Style {
        container: container::Style::default(),
        vertical_rail: rail(handle(vertical)),
        horizontal_rail: rail(handle(horizontal)),
        gap: None,
        auto_scroll: scrollable::AutoScroll {
            background: Background::Color(t.surface),
            border: Border { color: t.edge, width: 1.0, radius: 16.0.into() },
            shadow: iced::Shadow::default(),
            icon: t.ink2,
        },
    }
}
