//! What is not known: departments that are still asked, that do not answer, or whose answer is old. *Unknown never looks like none.*

use iced::widget::{Row, container, row};
use iced::{Alignment, Length};
use skranke_api::overview::Answer;
use skranke_api::{Problem, ProblemKind};
use skranke_desk::citizen::{CitizenPage, Source};
use skranke_domain::DepartmentId;

use super::case_row::Columns;
use super::{CASES, Message, say};
use crate::assets::Glyph;
use crate::screens::Scene;
use crate::screens::words::moment;
use crate::theme::scale::{radius, space, width};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::panel::{plate, surface};
use crate::widget::{Element, department, ellipsis, glyph, normal, skeleton_line};

/// Why a department's cases are not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Why<'p> {
    /// It has been asked and has not answered.
    Waiting,
    /// It does not answer, and says or was said why.
    Unavailable(&'p Problem),
    /// The connection broke before it answered.
    Lost,
}

/// Why nothing is known of a department's cases; none where something is known, or nothing may be.
pub(super) fn why(source: &Source) -> Option<Why<'_>> {
    match source.section.as_ref().map(|section| &section.answer) {
        Some(Answer::Answered { .. } | Answer::Stale { .. } | Answer::Withheld) => None,
        _ if source.waiting => Some(Why::Waiting),
        None => Some(Why::Lost),
        Some(Answer::Unavailable { problem }) => Some(Why::Unavailable(problem)),
    }
}

/// The departments of which nothing is known, in their order.
pub(super) fn all(page: &CitizenPage) -> impl Iterator<Item = (&Source, Why<'_>)> {
    page.sources.iter().filter_map(|source| Some((source, why(source)?)))
}

/// The tags of departments that are silent (not those still awaited), for a sentence: "BIF, Skat".
pub(super) fn silent(scene: Scene<'_>, page: &CitizenPage) -> Option<String> {
    let tags: Vec<&str> = all(page)
        .filter(|(_, why)| *why != Why::Waiting)
        .map(|(source, _)| scene.desk.session.tag(&source.department))
        .collect();
    (!tags.is_empty()).then(|| tags.join(", "))
}

/// Whether it is known which cases a department has.
pub(super) fn is_known(page: &CitizenPage, id: &DepartmentId) -> bool {
    page.sources.iter().filter(|source| source.department == *id).all(|source| why(source).is_none())
}

/// Whether what a department said is old: it was asked again and did not answer.
pub(super) fn is_old(source: &Source) -> bool {
    match source.section.as_ref().map(|section| &section.answer) {
        Some(Answer::Stale { .. }) => true,
        Some(Answer::Answered { .. }) => source.lost,
        _ => false,
    }
}

/// Whether the role may not see a department's cases.
pub(super) fn is_withheld(page: &CitizenPage, id: &DepartmentId) -> bool {
    let withheld = |source: &Source| matches!(source.section.as_ref().map(|s| &s.answer), Some(Answer::Withheld));
    page.sources.iter().any(|source| source.department == *id && withheld(source))
}

/// The row in a department's place.
pub(super) fn in_place<'a>(scene: Scene<'_>, source: &Source, why: Why<'_>, n: usize) -> Element<'a, Message> {
    match why {
        Why::Waiting => skeleton(scene, source, n),
        Why::Unavailable(problem) => {
            silent_row(scene, source, silence(scene.look, scene.desk.session.tag(&source.department), problem))
        }
        Why::Lost => {
            let tag = scene.desk.session.tag(&source.department).to_owned();
            silent_row(scene, source, scene.look.with("citizen-source-lost", &[("tag", tag.into())]))
        }
    }
}

/// What a silent department's problem is, in words.
pub(super) fn silence(look: &Look<'_>, tag: &str, problem: &Problem) -> String {
    let id = match problem.known() {
        Some(ProblemKind::DepartmentSlow) => "citizen-source-slow",
        Some(ProblemKind::DepartmentDown | ProblemKind::Unavailable) => "citizen-source-down",
        _ => "citizen-source-error",
    };
    look.with(id, &[("tag", tag.to_owned().into()), ("status", problem.status.to_string().into())])
}

/// The reserved row of a department that has not answered: its tag, and bars where its first case will stand.
fn skeleton<'a>(scene: Scene<'_>, source: &Source, n: usize) -> Element<'a, Message> {
    const LENGTHS: [(f32, f32); 4] = [(0.46, 0.3), (0.36, 0.24), (0.5, 0.27), (0.4, 0.2)];
    let look = scene.look;
    let columns = Columns::of(look);
    let (first, second) = LENGTHS[n % LENGTHS.len()];
    let mut lines = iced::widget::column![skeleton_line(look, first, 10.0)].spacing(space::S6);
    if look.density.two_lines() {
        lines = lines.push(skeleton_line(look, second, 8.0));
    }
    let bar = |wide: f32, share: f32| container(skeleton_line(look, share, 10.0)).width(wide).into();
    let mut cells = row![tag(scene, source), lines.width(Length::Fill)];
    if columns.step {
        cells = cells.push(container(skeleton_line(look, 0.6, 10.0)).width(Length::FillPortion(1)));
    }
    let mut bars: Vec<Element<'a, Message>> = Vec::new();
    bars.extend(columns.responsible.map(|wide| bar(wide, first + 0.2)));
    bars.push(bar(columns.deadline, 0.55));
    bars.push(bar(columns.missing, first + 0.15));
    bars.push(bar(columns.status, 0.56));
    container(cells.extend(bars).spacing(space::S12).align_y(Alignment::Center))
        .padding([0.0, space::S12])
        .center_y(look.density.row_height())
        .width(Length::Fill)
        .into()
}

/// The place of a department that answered late and has no case in this life situation: it stays, so that no row moves.
pub(super) fn kept<'a>(scene: Scene<'_>, source: &Source) -> Element<'a, Message> {
    let look = scene.look;
    let words = look.colored(look.t("citizen-no-case-of-theirs"), Type::CELL, look.tokens.ink3);
    container(row![tag(scene, source), words].spacing(space::S12).align_y(Alignment::Center))
        .padding([0.0, space::S12])
        .center_y(look.density.row_height())
        .width(Length::Fill)
        .into()
}

fn tag<'a>(scene: Scene<'_>, source: &Source) -> Element<'a, Message> {
    container(department(scene.look, scene.desk.session.tag(&source.department).to_owned()))
        .width(width::CASE_TAG)
        .into()
}

/// The amber row of a department that does not answer.
fn silent_row<'a>(scene: Scene<'_>, source: &Source, what: String) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let known = desk.session.departments.get(&source.department).and_then(|health| health.last_answer);
    let last = known.map(|at| {
        let at = moment(look.texts, at, desk.tz(), look.now.date());
        format!(" {}", look.with("citizen-source-last-answer", &[("time", at.into())]))
    });
    let means = format!("{}{}", look.t("citizen-source-unknown-not-absent"), last.unwrap_or_default());
    let what = row![
        glyph(Glyph::NotAnswering, 14.0, t.wait),
        look.colored(what, Type::CELL_STRONG, t.wait).wrapping(iced::widget::text::Wrapping::None)
    ]
    .spacing(space::S6)
    .align_y(Alignment::Center);
    let said: Element<'a, Message> = if look.is_wide() {
        row![what, ellipsis(means, Type::CELL).color(t.ink).width(Length::Fill)]
            .spacing(space::S10)
            .align_y(Alignment::Center)
            .into()
    } else {
        iced::widget::column![what, ellipsis(means, Type::LABEL).color(t.ink)].into()
    };
    let again = normal(look, CASES.child(&source.department).child("again"), look.t("citizen-key-ask-again"))
        .name(look.with("citizen-ask-again-name", &[("tag", desk.session.tag(&source.department).to_owned().into())]))
        .size(ButtonSize::Small)
        .key("F5")
        .on_press(Message::AskAgain);
    let cells = row![tag(scene, source), container(said).width(Length::Fill), Element::from(again)]
        .spacing(space::S12)
        .align_y(Alignment::Center);
    surface(
        t.wait_soft,
        container(cells).padding([0.0, space::S12]).center_y(look.density.row_height().max(ROW_WITH_BUTTON)),
    )
    .width(Length::Fill)
    .into()
}

/// A row that holds a small button is never lower than this, in logical pixels.
pub(super) const ROW_WITH_BUTTON: f32 = 40.0;

/// An amber panel: a whole answer that did not come.
pub(super) fn panel<'a>(look: &Look<'_>, heading: String, sentence: String) -> Element<'a, Message> {
    let t = look.tokens;
    let head = row![glyph(Glyph::NotAnswering, 14.0, t.wait), look.colored(heading, Type::STRONG, t.wait)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    let again = normal(look, "citizen/overview/again", look.t("citizen-key-ask-again"))
        .size(ButtonSize::Small)
        .key("F5")
        .on_press(Message::AskAgain);
    let inside = row![
        iced::widget::column![head, look.colored(sentence, Type::CELL, t.ink).width(Length::Fill)]
            .spacing(space::S4)
            .width(Length::Fill),
        Element::from(again)
    ]
    .spacing(space::S12)
    .align_y(Alignment::Center);
    container(inside)
        .padding([space::S10, space::S12])
        .width(Length::Fill)
        .style(move |_| plate(t.wait_soft, t.line, radius::PANEL))
        .into()
}

/// Skeleton rows while it is not even known which departments are asked.
pub(super) fn first_moments<'a>(scene: Scene<'_>, page: &CitizenPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let since = match &page.identity {
        skranke_desk::Load::Waiting { since } => Some(*since),
        _ => None,
    };
    if since.is_some_and(|since| !say::is_slow(look, since)) {
        return None;
    }
    let rows = (0..3).map(|n| crate::widget::skeleton_row(look, n));
    let rows = Row::new().push(iced::widget::Column::with_children(rows)).width(Length::Fill);
    Some(crate::widget::panel(look, container(rows).padding([space::S4, 0.0])).width(Length::Fill).into())
}
