//! The pane's head: which document, which page, larger, turned, versions; and what brings another one. What does not live here: the page.

use iced::widget::{column, container, row};
use iced::{Alignment, Length};
use skranke_api::documents::DocumentView;
use skranke_desk::case::CasePage;
use skranke_desk::case::pane::{PaneInput, ZOOMS};
use skranke_desk::citizen::Step;
use skranke_desk::uploads::UploadsInput;

use super::{Message, fit, stretch, words};
use crate::assets::Icon;
use crate::focus::Role;
use crate::screens::Scene;
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Tokens, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style};
use crate::widget::panel::surface;
use crate::widget::{
    ButtonKind, Control, Element, KeyGround, RowState, button, control, ellipsis, icon, key_cap, list_row, quiet,
    tip_text,
};

/// Beneath this width of the window the head leaves out what keys do as well.
const ROOMY: f32 = 1360.0;

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, paper: &'a DocumentView) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let pane = &page.pane;
    let title = page
        .selected_item()
        .map_or_else(|| paper.name.clone(), |item| crate::screens::words::pick(look.texts, &item.label).to_owned());
    let mut line = row![icon(Icon::FileText, 16.0, t.ink2), ellipsis(title, Type::SECTION).width(Length::Fill)]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    if let Some(pages) = pane.pages {
        let args = [("page", i64::from(pane.page + 1).into()), ("pages", i64::from(pages).into())];
        line = line.push(look.second(look.with("pane-page", &args)));
        if pages > 1 {
            let more = pane.page + 1 < pages;
            let (key, step) = if more { ("PgDn", Step::Next) } else { ("PgUp", Step::Previous) };
            let cap = key_cap(look, key, KeyGround::Paper);
            let name = look.t(if more { "pane-next-page" } else { "pane-previous-page" });
            line = line.push(tool(look, "case/page-next", name, cap).on_press(Message::Pane(PaneInput::Page(step))));
        }
    }
    let papers = page.papers();
    if papers.len() > 1 {
        line = line.push(others(look, paper, &papers));
    }
    line = line.push(scans(scene));
    let larger = pane.zoom + 1 < ZOOMS.len();
    if pane.zoom > 0 {
        let zoom = ZOOMS[pane.zoom.min(ZOOMS.len() - 1)];
        let percent = look.label(look.with("settings-percent", &[("percent", i64::from(zoom).into())]));
        let smaller = picture_tool(look, "case/page-smaller", "pane-smaller", Icon::ZoomOut);
        line = line.push(smaller.on_press(Message::Pane(PaneInput::Zoom(Step::Previous)))).push(percent);
    }
    if larger {
        let zoom = picture_tool(look, "case/page-larger", "pane-larger", Icon::ZoomIn);
        line = line.push(zoom.on_press(Message::Pane(PaneInput::Zoom(Step::Next))));
    }
    let turn = picture_tool(look, "case/page-turn", "pane-turn", Icon::Rotate);
    line = line.push(turn.on_press(Message::Pane(PaneInput::Turn)));
    let words = picture_tool(
        look,
        "case/page-words",
        if pane.words { "pane-show-page" } else { "pane-show-words" },
        Icon::Info,
    );
    line = line.push(words.on_press(Message::Pane(PaneInput::Words)));
    line = line.push(bring(scene, page));
    let versions = page.versions();
    let count = i64::try_from(versions.len()).unwrap_or(i64::MAX);
    let label = look.with("pane-versions", &[("count", count.into())]);
    let small = look.width < ROOMY;
    let shown = if small { look.texts.number(count) } else { label.clone() };
    let list = quiet(look, "case/versions", shown).icon(Icon::History).name(label).size(ButtonSize::Small);
    line = line.push(Element::from(list.on_press(Message::Pane(PaneInput::Versions))));
    let head = container(line).padding([0.0, space::S16]).height(fit::PANE_HEAD).align_y(Alignment::Center);
    let mut all = column![surface(t.surface, head).width(Length::Fill)];
    if pane.versions {
        let rows = versions.into_iter().map(|version| version_row(scene, version, version.id == paper.id));
        all = all.push(surface(t.surface, column(rows)).width(Length::Fill));
    }
    if let Some((id, outside)) = &desk.uploads.outside
        && *id == paper.id
    {
        let said = container(look.second(words::outside(look.texts, outside))).padding([space::S6, space::S16]);
        all = all.push(surface(t.surface, said).width(Length::Fill));
    }
    all.into()
}

/// The head where the chosen item has no document: what brings one.
pub(super) fn without<'a>(scene: Scene<'a>, page: &'a CasePage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut line = row![icon(Icon::FileText, 16.0, t.ink2), look.second(look.t("pane-none"))]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    for (n, paper) in page.loose_papers().into_iter().take(3).enumerate() {
        let args = [("name", paper.name.clone().into())];
        let open = quiet(look, format!("case/loose/{n}"), look.with("pane-loose", &args)).size(ButtonSize::Small);
        line = line.push(Element::from(open.on_press(Message::Pane(PaneInput::Show(paper.id)))));
    }
    line = line.push(stretch()).push(scans(scene)).push(bring(scene, page));
    let head = container(line).padding([0.0, space::S16]).height(fit::PANE_HEAD).align_y(Alignment::Center);
    surface(t.surface, head).width(Length::Fill).into()
}

fn bring<'a>(scene: Scene<'a>, page: &CasePage) -> Element<'a, Message> {
    let look = scene.look;
    let may = page.view.value().is_some_and(|view| view.value.may.work);
    if !may {
        return row![].into();
    }
    // Beside a document the picture is enough: its title needs the room.
    if page.paper().is_some() {
        let add = picture_tool(look, "case/bring", "pane-key-bring", Icon::Plus);
        return add.on_press(Message::Pane(PaneInput::Bring)).into();
    }
    let add = quiet(look, "case/bring", look.t("pane-bring")).icon(Icon::Plus).name(look.t("pane-key-bring"));
    add.size(ButtonSize::Small).on_press(Message::Pane(PaneInput::Bring)).into()
}

/// How many scans wait, where any do.
fn scans<'a>(scene: Scene<'a>) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let count = desk.uploads.waiting_scans().count();
    if count == 0 {
        return row![].into();
    }
    let label = look.with("pane-scans", &[("count", i64::try_from(count).unwrap_or(i64::MAX).into())]);
    let take = button(look, "case/scan", ButtonKind::Normal, label).icon(Icon::Scan).size(ButtonSize::Small).key("S");
    take.on_press(Message::Uploads(UploadsInput::TakeScan)).into()
}

/// The next of several documents of one item, round and round.
fn others<'a>(look: &'a Look<'a>, shown: &DocumentView, papers: &[&DocumentView]) -> Element<'a, Message> {
    let at = papers.iter().position(|paper| paper.id == shown.id).unwrap_or_default();
    let next = papers[(at + 1) % papers.len()].id;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX).into();
    let label = look.with("pane-one-of", &[("at", number(at + 1)), ("count", number(papers.len()))]);
    let go = quiet(look, "case/paper-next", label).icon(Icon::ChevronRight).size(ButtonSize::Small);
    go.on_press(Message::Pane(PaneInput::Show(next))).into()
}

fn version_row<'a>(scene: Scene<'a>, version: &'a DocumentView, shown: bool) -> Element<'a, Message> {
    let look = scene.look;
    let at = version.at.to_zoned(scene.desk.tz().clone());
    let args = [
        ("version", i64::from(version.version).into()),
        ("day", look.texts.near_day(at.date(), look.now.date()).into()),
        ("time", look.texts.time(at.time()).into()),
        ("by", version.by.clone().unwrap_or_else(|| look.t("case-by-system")).into()),
    ];
    let label = look.with("pane-version", &args);
    let state = if shown { RowState::Selected } else { RowState::Rest };
    let face = row![look.cell(label.clone()), stretch(), look.label(words::size(look.texts, version.bytes))]
        .spacing(space::S8)
        .align_y(Alignment::Center);
    let id = format!("case/version/{}", version.id);
    list_row(look, id, label, state, face).on_press(Message::Pane(PaneInput::Show(version.id))).into()
}

/// A small picture that does something.
fn picture_tool<'a>(look: &Look<'a>, id: &'static str, name: &str, picture: Icon) -> Control<'a, Message> {
    let t = look.tokens;
    let face = container(icon(picture, 18.0, t.ink)).center_x(30.0).center_y(28.0);
    tool(look, id, look.t(name), face)
}

fn tool<'a>(
    look: &Look<'a>,
    id: &'static str,
    name: String,
    face: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    let t = look.tokens;
    control(look, id, Role::Button, name.clone(), face)
        .ring(Ring::Around(radius::CONTROL))
        .tip(tip_text(look, name))
        .width(Length::Shrink)
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(Tokens::hovered(t.surface), radius::CONTROL),
            _ => Style::bare(),
        })
}
