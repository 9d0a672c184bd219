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
use crate::widget::panel::surface;
use crate::widget::source::SourceState;
use crate::widget::{Element, KeyGround, glyph, hline, key_cap, source_cell};

/// A letter's width at the size of labels, on average and not too small, in logical pixels.
const LETTER: f32 = 6.2;
/// The glyph, the rule and the room round a source's words.
const ROUND: f32 = 34.0;
/// The count at the left and "Ask again" at the right, with the window's sides.
const ENDS: f32 = 290.0;

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
    let room = look.width - ENDS;
    let fits = states.iter().map(|(tag, state)| cell_width(look, tag, *state)).sum::<f32>() <= room;
    let shown = states.into_iter().filter(|(_, state)| fits || !matches!(state, SourceState::Live { .. }));
    let cells = shown.map(|(tag, state)| source_cell(look, tag, state));
    // A mark before the count where the overview could not be had, or broke off.
    let mark = page.overview_trouble.is_some().then(|| glyph(Glyph::NotAnswering, 12.0, t.wait));
    let count = Row::new()
        .extend(mark)
        .push(look.colored(count(look, page), Type::LABEL_MEDIUM, t.ink).wrapping(Wrapping::None))
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

fn cell_width(look: &Look<'_>, tag: &str, state: SourceState) -> f32 {
    let letters = tag.chars().count() + state.words(look).chars().count();
    // A line of sources has at most a few hundred letters.
    ROUND + f32::from(u16::try_from(letters).unwrap_or(u16::MAX)) * LETTER
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
