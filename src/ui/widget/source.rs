//! A source in the line of sources: which department, how it answered, how old its answer is.

use iced::Alignment;
use iced::widget::row;

use super::{Element, glyph, vline};
use crate::assets::Glyph;
use crate::theme::scale::space;
use crate::theme::{Look, Type};

/// How a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    /// It answered after so many milliseconds.
    Live {
        /// How long it took, in milliseconds.
        took: u64,
    },
    /// It was asked and has not answered.
    Waiting,
    /// It does not answer; what is shown is from this time.
    Stale {
        /// When it last answered.
        at: jiff::civil::Time,
    },
    /// Nobody can be asked just now; what is shown is from this time.
    Kept {
        /// When it answered.
        at: jiff::civil::Time,
    },
    /// It does not answer, and there is nothing older to show.
    NotAnswering,
    /// The role may not see whether there is anything.
    NoAccess,
}

impl SourceState {
    /// What is said of it, in the person's language.
    pub fn words(self, look: &Look<'_>) -> String {
        match self {
            Self::Live { took } => look.texts.seconds(took),
            Self::Waiting => look.t("source-waiting"),
            Self::Stale { at } => look.with("source-stale", &[("time", look.texts.time(at).into())]),
            Self::Kept { at } => look.texts.time(at),
            Self::NotAnswering => look.t("source-not-answering"),
            Self::NoAccess => look.t("source-no-access"),
        }
    }
}

/// The cell of a source: its glyph, its short name and how it stands. A rule stands before it.
pub fn source_cell<'a, Message: 'a>(
    look: &Look<'_>,
    name: impl Into<String>,
    state: SourceState,
) -> Element<'a, Message> {
    let t = look.tokens;
    let (shape, color) = match state {
        SourceState::Live { .. } => (Glyph::Live, t.ok),
        SourceState::Waiting => (Glyph::Waiting, t.wait),
        SourceState::Stale { .. } | SourceState::Kept { .. } | SourceState::NotAnswering => {
            (Glyph::NotAnswering, t.wait)
        }
        SourceState::NoAccess => (Glyph::NoAccess, t.idle),
    };
    row![
        vline(look, 14.0),
        iced::widget::space().width(space::S6),
        glyph(shape, 12.0, color),
        look.colored(name.into(), Type::LABEL_STRONG, t.ink),
        look.colored(state.words(look), Type::LABEL, t.ink2),
        iced::widget::space().width(space::S6),
    ]
    .spacing(5.0)
    .align_y(Alignment::Center)
    .into()
}
