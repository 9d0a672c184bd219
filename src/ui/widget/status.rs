//! The states a person reads: a shape, a word and a colour, always in that order. Which state something is in is decided
//! elsewhere; here is only how it is shown.

use iced::widget::{container, row};
use iced::{Alignment, Color};

use super::panel::plate;
use super::{Element, ellipsis, glyph};
use crate::assets::Glyph;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Tokens, Type};

/// The five colours a state can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Under way.
    Accent,
    /// Good.
    Ok,
    /// Waits for somebody.
    Wait,
    /// Calls for somebody.
    Alert,
    /// Calls for nobody.
    Idle,
}

impl Tone {
    /// The colour of shape and word.
    pub const fn color(self, t: &Tokens) -> Color {
        match self {
            Self::Accent => t.accent,
            Self::Ok => t.ok,
            Self::Wait => t.wait,
            Self::Alert => t.alert,
            Self::Idle => t.idle,
        }
    }

    /// The soft ground of a badge.
    pub const fn soft(self, t: &Tokens) -> Color {
        match self {
            Self::Accent => t.accent_soft,
            Self::Ok => t.ok_soft,
            Self::Wait => t.wait_soft,
            Self::Alert => t.alert_soft,
            Self::Idle => t.idle_soft,
        }
    }
}

/// Every state that is shown with a glyph and a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShownState {
    /// A paper has not come and was not asked for.
    Missing,
    /// A paper was asked for.
    Requested,
    /// A case waits for the citizen.
    AwaitingCitizen,
    /// A paper came; nobody has looked at it.
    Received,
    /// Somebody works on the case.
    InProgress,
    /// A paper is good.
    Approved,
    /// A case can be attended to.
    Ready,
    /// A paper is not good.
    Rejected,
    /// The deadline has passed.
    PastDeadline,
    /// A paper does not apply.
    NotNeeded,
    /// A paper is done without, for a reason.
    Waived,
    /// A case is finished.
    Closed,
    /// A source answers.
    Live,
    /// A source does not answer.
    NotAnswering,
    /// The role may not see it.
    NoAccess,
    /// Done here, not sent yet.
    Unsent,
}

impl ShownState {
    /// All of them, as the gallery shows them.
    pub const ALL: [Self; 16] = [
        Self::Missing,
        Self::AwaitingCitizen,
        Self::Requested,
        Self::InProgress,
        Self::Received,
        Self::Ready,
        Self::Approved,
        Self::PastDeadline,
        Self::Rejected,
        Self::Closed,
        Self::NotNeeded,
        Self::NotAnswering,
        Self::Waived,
        Self::Unsent,
        Self::Live,
        Self::NoAccess,
    ];

    /// Its shape.
    pub const fn glyph(self) -> Glyph {
        match self {
            Self::Missing => Glyph::Missing,
            Self::Requested | Self::AwaitingCitizen => Glyph::Waiting,
            Self::Received => Glyph::Received,
            Self::InProgress => Glyph::InProgress,
            Self::Approved => Glyph::Approved,
            Self::Ready => Glyph::Ready,
            Self::Rejected => Glyph::Rejected,
            Self::PastDeadline => Glyph::Overdue,
            Self::NotNeeded => Glyph::NotNeeded,
            Self::Waived => Glyph::Waived,
            Self::Closed => Glyph::Closed,
            Self::Live => Glyph::Live,
            Self::NotAnswering => Glyph::NotAnswering,
            Self::NoAccess => Glyph::NoAccess,
            Self::Unsent => Glyph::Unsent,
        }
    }

    /// The id of its word in `components.ftl`.
    pub const fn word_key(self) -> &'static str {
        match self {
            Self::Missing => "state-missing",
            Self::Requested => "state-requested",
            Self::AwaitingCitizen => "state-awaiting-citizen",
            Self::Received => "state-received",
            Self::InProgress => "state-in-progress",
            Self::Approved => "state-approved",
            Self::Ready => "state-ready",
            Self::Rejected => "state-rejected",
            Self::PastDeadline => "state-past-deadline",
            Self::NotNeeded => "state-not-needed",
            Self::Waived => "state-waived",
            Self::Closed => "state-closed",
            Self::Live => "state-live",
            Self::NotAnswering => "state-not-answering",
            Self::NoAccess => "state-no-access",
            Self::Unsent => "state-unsent",
        }
    }

    /// Its colour.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Missing | Self::Rejected | Self::PastDeadline => Tone::Alert,
            Self::Requested | Self::AwaitingCitizen | Self::NotAnswering => Tone::Wait,
            Self::Received | Self::InProgress | Self::Unsent => Tone::Accent,
            Self::Approved | Self::Ready | Self::Live => Tone::Ok,
            Self::NotNeeded | Self::Waived | Self::Closed | Self::NoAccess => Tone::Idle,
        }
    }
}

/// Glyph and word of a state. `word` replaces the state's own word ("Requested 2 Jun").
pub fn status<'a, Message: 'a>(look: &Look<'_>, state: ShownState, word: Option<String>) -> Element<'a, Message> {
    let color = state.tone().color(&look.tokens);
    let word = word.unwrap_or_else(|| look.t(state.word_key()));
    row![glyph(state.glyph(), 14.0, color), ellipsis(word, Type::CELL_MEDIUM).color(color)]
        .spacing(space::S6)
        .align_y(Alignment::Center)
        .into()
}

/// Glyph and word of a state on its soft ground.
pub fn badge<'a, Message: 'a>(look: &Look<'_>, state: ShownState, word: Option<String>) -> Element<'a, Message> {
    let word = word.unwrap_or_else(|| look.t(state.word_key()));
    tone_badge(look, state.tone(), state.glyph(), word)
}

/// A badge of any shape, tone and word ("Protected" with a padlock in alert).
pub fn tone_badge<'a, Message: 'a>(
    look: &Look<'_>,
    tone: Tone,
    shape: Glyph,
    word: impl Into<String>,
) -> Element<'a, Message> {
    let (color, soft) = (tone.color(&look.tokens), tone.soft(&look.tokens));
    container(
        row![glyph(shape, 12.0, color), look.colored(word.into(), Type::LABEL_MEDIUM, color)]
            .spacing(space::S6)
            .align_y(Alignment::Center),
    )
    .padding(iced::Padding { top: space::S2, right: space::S8, bottom: space::S2, left: space::S6 })
    .style(move |_| plate(soft, Color::TRANSPARENT, radius::BADGE))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Language, Texts};

    #[test]
    fn every_state_has_a_word_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for state in ShownState::ALL {
                assert!(texts.has(state.word_key()), "{language:?}: {state:?}");
            }
        }
    }
}
