//! The line of sources: how many answered, and each with how old its answer is. Where there is no room, those that answer fold away and
//! the exceptions stay.

use iced::widget::{Row, column, container, row, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::overview::Answer;
use skranke_desk::citizen::{CitizenPage, Source};

use super::Message;
use crate::assets::Glyph;
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::ellipsis::text_width;
use crate::widget::panel::surface;
use crate::widget::source::SourceState;
use crate::widget::{Element, KeyGround, glyph, hline, key_cap, source_cell, vline};

/// The glyph, the rule and the room round a source's words, in logical pixels.
const ROUND: f32 = 50.0;
/// The window's sides, and what stands round the count at the left and "Ask again" at the right.
const ENDS: f32 = 84.0;
/// An answer that took so long is told even where there is little room, in milliseconds.
const SLOW: u64 = 1000;

/// How much room the sources have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// Each with its words.
    Full,
    /// Those that answered quickly without how long it took.
    Tight,
    /// Only those that did not answer.
    Exceptions,
}

/// How a source stands, as a cell shows it.
pub(super) fn state(scene: Scene<'_>, source: &Source) -> SourceState {
    if source.waiting {
        return SourceState::Waiting;
    }
    let at =
        |section: &skranke_api::overview::Section| section.as_of.map(|at| at.to_zoned(scene.desk.tz().clone()).time());
    match &source.section {
        None => SourceState::NotAnswering,
        Some(section) => match (&section.answer, source.lost) {
            (Answer::Withheld, _) => SourceState::NoAccess,
            (Answer::Answered { .. }, false) => SourceState::Live { took: u64::from(section.took_ms) },
            (Answer::Answered { .. } | Answer::Stale { .. }, _) => {
                at(section).map_or(SourceState::NotAnswering, |at| SourceState::Stale { at })
            }
            (Answer::Unavailable { .. }, _) => SourceState::NotAnswering,
        },
    }
}

/// The line.
pub(super) fn line<'a>(scene: Scene<'_>, page: &CitizenPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let states: Vec<(String, SourceState)> =
        page.sources.iter().map(|one| (desk.session.tag(&one.department).to_owned(), state(scene, one))).collect();
    let said = count(look, page);
    let ends =
        ENDS + text_width(&said, Type::LABEL_MEDIUM) + text_width(&look.t("citizen-key-ask-again"), Type::LABEL_MEDIUM);
    let fits = |room: Room| {
        states.iter().map(|(tag, state)| cell_width(look, room, tag, *state)).sum::<f32>() <= look.width - ends
    };
    let room = [Room::Full, Room::Tight].into_iter().find(|room| fits(*room)).unwrap_or(Room::Exceptions);
    let cells = states.into_iter().filter_map(|(tag, state)| match (room, is_quick(state)) {
        (Room::Exceptions, true) => None,
        (Room::Tight, true) => Some(tag_cell(look, tag)),
        _ => Some(source_cell(look, tag, state)),
    });
    // A mark before the count where the overview could not be had, or broke off.
    let mark = page.overview_trouble.is_some().then(|| glyph(Glyph::NotAnswering, 12.0, t.wait));
    let count = Row::new()
        .extend(mark)
        .push(look.colored(said, Type::LABEL_MEDIUM, t.ink).wrapping(Wrapping::None))
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let line = row![
        container(count).padding(iced::Padding::ZERO.right(space::S10)),
        container(Row::with_children(cells).align_y(Alignment::Center)).width(Length::Fill).clip(true),
        ask_again(look),
    ]
    .align_y(Alignment::Center);
    let ground = surface(t.bg, container(line).padding([0.0, space::S16]).center_y(Length::Fill));
    column![ground.width(Length::Fill).height(height::SOURCES - stroke::LINE), hline(look)].into()
}

const fn is_quick(state: SourceState) -> bool {
    matches!(state, SourceState::Live { took } if took < SLOW)
}

/// How wide a cell will be.
fn cell_width(look: &Look<'_>, room: Room, tag: &str, state: SourceState) -> f32 {
    let words = if room == Room::Tight && is_quick(state) { 0.0 } else { text_width(&state.words(look), Type::LABEL) };
    ROUND + text_width(tag, Type::LABEL_STRONG) + words
}

/// A source that answers, without how long it took.
fn tag_cell<'a>(look: &Look<'_>, tag: String) -> Element<'a, Message> {
    let t = look.tokens;
    row![
        vline(look, 14.0),
        glyph(Glyph::Live, 12.0, t.ok),
        look.colored(tag, Type::LABEL_STRONG, t.ink).wrapping(Wrapping::None)
    ]
    .spacing(space::S6)
    .padding(iced::Padding::ZERO.right(space::S10))
    .align_y(Alignment::Center)
    .into()
}

fn count(look: &Look<'_>, page: &CitizenPage) -> String {
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (live, all) = page.live_sources();
    let waiting = page.sources.iter().filter(|one| one.waiting).count();
    if page.sources.is_empty() {
        let id = if page.overview_trouble.is_some() { "citizen-sources-unknown" } else { "citizen-sources-asked" };
        return look.t(id);
    }
    let args = [("live", number(live).into()), ("all", number(all).into()), ("waiting", number(waiting).into())];
    look.with(if waiting > 0 { "citizen-sources-so-far" } else { "citizen-sources" }, &args)
}

fn ask_again<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let word = look.t("citizen-key-ask-again");
    let inside = row![
        look.text(word.clone(), Type::LABEL_MEDIUM).wrapping(Wrapping::None),
        key_cap(look, "F5", KeyGround::Paper)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    control(look, "citizen/ask-again", Role::Button, word, container(inside).center_y(Length::Fill))
        .height(height::SOURCES - space::S6)
        .padding([0.0, space::S4])
        .ring(Ring::Around(radius::TAG))
        .state(ControlState { key: Some("F5".to_owned()), ..ControlState::new() })
        .on_press(Message::AskAgain)
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.accent_soft, radius::TAG).ink(t.accent),
            _ => Style::bare().ink(t.accent),
        })
        .into()
}
