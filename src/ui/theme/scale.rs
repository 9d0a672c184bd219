//! Sizes in logical pixels: the type scale, spaces, radii, heights, widths and row densities.
//! Text size 100–200 % is the application's scale factor, so these numbers stay the same at every text size.

use iced::font::{Family, Font, Weight as IcedWeight};
use serde::{Deserialize, Serialize};

/// The family every text is set in; its three weights are bundled (see `assets`).
pub const FAMILY: &str = "IBM Plex Sans";

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// 400.
    Regular,
    /// 500.
    Medium,
    /// 600.
    Semibold,
}

impl Weight {
    /// The bundled font of this weight.
    pub const fn font(self) -> Font {
        Font {
            family: Family::Name(FAMILY),
            weight: match self {
                Self::Regular => IcedWeight::Normal,
                Self::Medium => IcedWeight::Medium,
                Self::Semibold => IcedWeight::Semibold,
            },
            ..Font::DEFAULT
        }
    }
}

/// One step of the type scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Size in logical pixels.
    pub size: f32,
    /// Line height in logical pixels.
    pub line: f32,
    /// Weight.
    pub weight: Weight,
}

impl Type {
    /// The visit's running clock.
    pub const TIMER: Self = Self::new(40.0, 44.0, Weight::Medium);
    /// The citizen's name, the case's title.
    pub const NAME: Self = Self::new(24.0, 30.0, Weight::Semibold);
    /// A sentence that leads a page.
    pub const LEAD: Self = Self::new(22.0, 30.0, Weight::Regular);
    /// A ticket's number.
    pub const TICKET: Self = Self::new(18.0, 22.0, Weight::Semibold);
    /// What is typed in the palette.
    pub const QUERY: Self = Self::new(18.0, 24.0, Weight::Regular);
    /// The heading of a section or dialog.
    pub const SECTION: Self = Self::new(17.0, 24.0, Weight::Semibold);
    /// The wordmark.
    pub const MARK: Self = Self::new(16.0, 20.0, Weight::Semibold);
    /// Running text.
    pub const BODY: Self = Self::new(14.0, 20.0, Weight::Regular);
    /// A row's title, a button's word.
    pub const TITLE: Self = Self::new(14.0, 20.0, Weight::Medium);
    /// The heading of a small group.
    pub const STRONG: Self = Self::new(14.0, 20.0, Weight::Semibold);
    /// A table's cell.
    pub const CELL: Self = Self::new(13.0, 18.0, Weight::Regular);
    /// A state's word, a key's deed.
    pub const CELL_MEDIUM: Self = Self::new(13.0, 18.0, Weight::Medium);
    /// A cell that must be seen.
    pub const CELL_STRONG: Self = Self::new(13.0, 18.0, Weight::Semibold);
    /// Labels and second lines.
    pub const LABEL: Self = Self::new(12.0, 16.0, Weight::Regular);
    /// A badge's word, a key's name.
    pub const LABEL_MEDIUM: Self = Self::new(12.0, 16.0, Weight::Medium);
    /// A department's tag.
    pub const LABEL_STRONG: Self = Self::new(12.0, 16.0, Weight::Semibold);

    const fn new(size: f32, line: f32, weight: Weight) -> Self {
        Self { size, line, weight }
    }

    /// The same step in another weight.
    pub const fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }
}

/// Spaces between and inside things.
pub mod space {
    /// 2 px: between a label and its value.
    pub const S2: f32 = 2.0;
    /// 4 px.
    pub const S4: f32 = 4.0;
    /// 6 px: between a glyph and its word.
    pub const S6: f32 = 6.0;
    /// 8 px: between things in a line.
    pub const S8: f32 = 8.0;
    /// 10 px: the sides of a field.
    pub const S10: f32 = 10.0;
    /// 12 px: the sides of a panel.
    pub const S12: f32 = 12.0;
    /// 16 px: the sides of the window.
    pub const S16: f32 = 16.0;
    /// 24 px: between groups.
    pub const S24: f32 = 24.0;
}

/// Corner radii.
pub mod radius {
    /// 3 px: tags, focused rows.
    pub const TAG: f32 = 3.0;
    /// 4 px: badges, keys, calendar events.
    pub const BADGE: f32 = 4.0;
    /// 5 px: buttons, fields.
    pub const CONTROL: f32 = 5.0;
    /// 6 px: panels, toasts.
    pub const PANEL: f32 = 6.0;
    /// 8 px: dialogs, the palette.
    pub const DIALOG: f32 = 8.0;
    /// 13 px: half of a chip's height.
    pub const CHIP: f32 = 13.0;
}

/// Heights of the fixed parts.
pub mod height {
    /// The bar at the top.
    pub const SLAB: f32 = 48.0;
    /// The citizen's identity strip.
    pub const IDENTITY: f32 = 82.0;
    /// The line of sources.
    pub const SOURCES: f32 = 30.0;
    /// The bar of keys at the bottom.
    pub const ACTION_BAR: f32 = 44.0;
    /// A button, a field.
    pub const CONTROL: f32 = 32.0;
    /// A small button, a chip.
    pub const SMALL: f32 = 26.0;
    /// A button at the counter.
    pub const COUNTER: f32 = 44.0;
    /// A checklist item.
    pub const CHECKLIST: f32 = 42.0;
    /// A row of the guide, its line included.
    pub const GUIDE: f32 = 45.0;
    /// A table's row.
    pub const TABLE: f32 = 31.0;
    /// A table's head.
    pub const TABLE_HEAD: f32 = 22.0;
    /// A life situation's head.
    pub const SITUATION: f32 = 40.0;
    /// A toast.
    pub const TOAST: f32 = 42.0;
    /// A palette's result.
    pub const PALETTE_ROW: f32 = 44.0;
    /// A key cap.
    pub const KEY: f32 = 20.0;
}

/// Widths of the fixed parts.
pub mod width {
    /// The palette.
    pub const PALETTE: f32 = 940.0;
    /// The palette's right half.
    pub const PALETTE_SIDE: f32 = 300.0;
    /// A dialog.
    pub const DIALOG: f32 = 460.0;
    /// The citizen page's right column.
    pub const CITIZEN_SIDE: f32 = 340.0;
    /// The case page's left column.
    pub const CASE_LEFT: f32 = 392.0;
    /// The case page's right column.
    pub const CASE_RIGHT: f32 = 424.0;
    /// The calendar's left column.
    pub const CALENDAR_LEFT: f32 = 276.0;
    /// The calendar's right column.
    pub const CALENDAR_RIGHT: f32 = 316.0;
    /// The counter page's left column: the queue.
    pub const COUNTER_LEFT: f32 = 396.0;
    /// The same where the window is narrow.
    pub const COUNTER_LEFT_NARROW: f32 = 320.0;
    /// A department's tag.
    pub const TAG: f32 = 40.0;
    /// The columns of a grid of cases; the title takes what is left.
    pub const CASE_TAG: f32 = 44.0;
    /// Who is responsible.
    pub const CASE_RESPONSIBLE: f32 = 132.0;
    /// The deadline.
    pub const CASE_DEADLINE: f32 = 104.0;
    /// What is missing.
    pub const CASE_MISSING: f32 = 158.0;
    /// The state.
    pub const CASE_STATUS: f32 = 158.0;
    /// Below this effective width the right column becomes a drawer.
    pub const WIDE: f32 = 1280.0;
    /// Below this effective width the layout stacks.
    pub const NARROW: f32 = 960.0;
}

/// Strokes of lines.
pub mod stroke {
    /// A separating line, an edge.
    pub const LINE: f32 = 1.0;
    /// The edge of a field with a mistake, and the inner ring of focus.
    pub const STRONG: f32 = 2.0;
    /// The outer ring of focus; lists that clip keep this much room inside.
    pub const FOCUS: f32 = 3.0;
}

/// How much room a row of a list takes; `Ctrl D` goes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Density {
    /// 44 px, two lines.
    Calm,
    /// 40 px, two lines.
    #[default]
    Standard,
    /// 31 px, one line.
    Dense,
}

impl Density {
    /// The height of a row, in logical pixels.
    pub const fn row_height(self) -> f32 {
        match self {
            Self::Calm => 44.0,
            Self::Standard => 40.0,
            Self::Dense => 31.0,
        }
    }

    /// Whether a row has room for its second line.
    pub const fn two_lines(self) -> bool {
        !matches!(self, Self::Dense)
    }

    /// The next one round.
    pub const fn next(self) -> Self {
        match self {
            Self::Calm => Self::Standard,
            Self::Standard => Self::Dense,
            Self::Dense => Self::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_smaller_than_twelve_pixels() {
        for step in [Type::TIMER, Type::NAME, Type::LEAD, Type::SECTION, Type::BODY, Type::CELL, Type::LABEL] {
            assert!(step.size >= 12.0 && step.line > step.size, "{step:?}");
        }
    }

    #[test]
    fn density_goes_round_through_all_three() {
        let round: Vec<f32> =
            [Density::Calm, Density::Calm.next(), Density::Calm.next().next()].map(Density::row_height).to_vec();
        assert_eq!(round, [44.0, 40.0, 31.0]);
        assert_eq!(Density::Dense.next(), Density::Calm);
    }
}
