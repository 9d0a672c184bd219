//! The line of sources: how many answered, and each with how old its answer is. Where there is no room, those that answer fold away and
//! the exceptions stay.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Row, column, container, row, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::overview::Answer;
use skranke_desk::citizen::{CitizenInput, CitizenPage, Source};
use skranke_desk::session::Line;

use super::Message;
use crate::assets::Glyph;
use crate::focus::{ControlState, FocusId, Role};
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
const ENDS: f32 = 84.0 + stroke::FOCUS;
/// An answer that took so long is told even where there is little room, in milliseconds.
const SLOW: u64 = 1000;

/// The sources: one stop, arrows move within.
pub const SOURCES: FocusId = FocusId::new("citizen/sources");
/// The height of a source, so that its ring stays within the line.
const CELL: f32 = 22.0;

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
            // Without a line nothing is live: what was answered is as old as it is.
            (Answer::Answered { .. }, false) if !is_offline(scene) => {
                SourceState::Live { took: u64::from(section.took_ms) }
            }
            (Answer::Answered { .. } | Answer::Stale { .. }, _) if is_offline(scene) => {
                at(section).map_or(SourceState::NotAnswering, |at| SourceState::Kept { at })
            }
            (Answer::Answered { .. } | Answer::Stale { .. }, _) => {
                at(section).map_or(SourceState::NotAnswering, |at| SourceState::Stale { at })
            }
            (Answer::Unavailable { .. }, _) => SourceState::NotAnswering,
        },
    }
}

/// Nobody can be asked.
const fn is_offline(scene: Scene<'_>) -> bool {
    matches!(scene.desk.session.line, Line::Down { .. })
}

/// A source as the line shows it.
struct Shown<'p> {
    source: &'p Source,
    tag: String,
    state: SourceState,
}

/// The line. The sources are one stop: arrows choose one, Enter asks that department alone again.
pub(super) fn line<'a>(scene: Scene<'_>, page: &CitizenPage, chosen: usize) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let all: Vec<Shown<'_>> = page
        .sources
        .iter()
        .map(|source| Shown {
            source,
            tag: desk.session.tag(&source.department).to_owned(),
            state: state(scene, source),
        })
        .collect();
    let offline = is_offline(scene);
    let seen = page.identity.as_of().map(|at| look.texts.time(at.to_zoned(desk.tz().clone()).time()));
    let said = match (offline, seen) {
        (true, Some(time)) => look.with("offline-sources", &[("time", time.into())]),
        (true, None) => look.t("citizen-sources-offline"),
        (false, _) => count(look, page),
    };
    let ends =
        ENDS + text_width(&said, Type::LABEL_MEDIUM) + text_width(&look.t("citizen-key-ask-again"), Type::LABEL_MEDIUM);
    let fits = |room: Room| {
        all.iter().map(|one| cell_width(look, room, &one.tag, one.state)).sum::<f32>() <= look.width - ends
    };
    let room = [Room::Full, Room::Tight].into_iter().find(|room| fits(*room)).unwrap_or(Room::Exceptions);
    let shown: Vec<Shown<'_>> = all.into_iter().filter(|one| room != Room::Exceptions || !folds(one.state)).collect();
    // A mark before the count where the overview could not be had, or broke off.
    let troubled = offline || page.overview_trouble.is_some();
    let mark = troubled.then(|| glyph(Glyph::NotAnswering, 12.0, t.wait));
    let ink = if offline { t.wait } else { t.ink };
    let count = Row::new()
        .extend(mark)
        .push(look.colored(said, Type::LABEL_MEDIUM, ink).wrapping(Wrapping::None))
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let line = row![
        container(count).padding(iced::Padding::ZERO.right(space::S10 - stroke::FOCUS)),
        // Sources that do not fit are cut, the ring of the chosen one is not.
        container(cells(scene, room, &shown, chosen)).padding(stroke::FOCUS).width(Length::Fill).clip(true),
        ask_again(look),
    ]
    .align_y(Alignment::Center);
    let ground = surface(t.bg, container(line).padding([0.0, space::S16]).center_y(Length::Fill));
    column![ground.width(Length::Fill).height(height::SOURCES - stroke::LINE), hline(look)].into()
}

/// The sources, each to be pressed.
fn cells<'a>(scene: Scene<'_>, room: Room, shown: &[Shown<'_>], chosen: usize) -> Element<'a, Message> {
    let look = scene.look;
    let Some(last) = shown.len().checked_sub(1) else { return iced::widget::space().into() };
    let at = chosen.min(last);
    let focused = look.focused(&SOURCES);
    let ground = look.tokens.surface;
    let each = shown.iter().enumerate().map(|(n, one)| {
        let face = match room {
            Room::Tight if is_quick(one.state) => tag_cell(look, one.tag.clone()),
            _ => source_cell(look, one.tag.clone(), one.state),
        };
        control(
            look,
            SOURCES.child(&one.source.department),
            Role::ListItem,
            name(scene, one),
            container(face).center_y(Length::Fill),
        )
        .height(CELL)
        .ring(Ring::Row(radius::TAG))
        .ringed(focused && n == at)
        .state(ControlState { busy: one.source.waiting, ..ControlState::new() }.disabled(refusal(scene, one)))
        .on_press(ask(one))
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(ground, radius::TAG),
            _ => Style::bare(),
        })
        .into()
    });
    let active = shown.get(at).map(|one| name(scene, one));
    let wanted = shown.get(at).filter(|one| !one.source.waiting && refusal(scene, one).is_none()).map(ask);
    control(
        look,
        SOURCES,
        Role::List,
        look.t("citizen-sources-name"),
        Row::with_children(each).align_y(Alignment::Center),
    )
    .state(ControlState::new().active(active))
    .ring(Ring::Hidden)
    .on_key(move |key, modifiers| match key {
        _ if !modifiers.is_empty() => None,
        Key::Named(Named::ArrowRight) => Some(Message::Source((at + 1).min(last))),
        Key::Named(Named::ArrowLeft) => Some(Message::Source(at.saturating_sub(1))),
        Key::Named(Named::Enter) => wanted.clone(),
        _ => None,
    })
    .into()
}

/// Asks one department alone again; what is withheld is opened in an emergency alone.
fn ask(one: &Shown<'_>) -> Message {
    if one.state == SourceState::NoAccess {
        return Message::Glass(Some(one.source.department.clone()));
    }
    Message::Page(CitizenInput::AskDepartment(one.source.department.clone()))
}

/// Why a department cannot be asked, nor opened.
fn refusal(scene: Scene<'_>, one: &Shown<'_>) -> Option<String> {
    let refused = || super::glass::refusal(scene.desk, scene.look.texts).map(|_| scene.look.t("source-no-access"));
    (one.state == SourceState::NoAccess).then(refused)?
}

fn name(scene: Scene<'_>, one: &Shown<'_>) -> String {
    let look = scene.look;
    let args = [("tag", one.tag.clone().into()), ("state", one.state.words(look).into())];
    match (one.state == SourceState::NoAccess, refusal(scene, one)) {
        (true, None) => look.with("glass-source-name", &[("tag", one.tag.clone().into())]),
        (_, Some(_)) => look.with("citizen-source-name", &args),
        (false, None) => look.with("citizen-source-ask-name", &args),
    }
}

const fn is_quick(state: SourceState) -> bool {
    matches!(state, SourceState::Live { took } if took < SLOW)
}

/// Whether a source folds away where there is no room: the count says it all.
const fn folds(state: SourceState) -> bool {
    is_quick(state) || matches!(state, SourceState::Kept { .. })
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
