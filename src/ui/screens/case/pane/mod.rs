//! The middle of the case page: the document of the chosen item, page by page, what is done with it, and how documents are brought. What does
//! not live here: drawing pages (the viewer's), the item's words where there is no document (`detail`).

mod bar;
mod bring;
pub(crate) mod fit;
mod head;
mod picture;
mod shelf;
pub(crate) mod words;

use iced::Length;
use iced::widget::{Column, container, space as gap};
use jiff::civil::Date;
use skranke_desk::Desk;
use skranke_desk::case::CasePage;
use skranke_desk::case::pane::PaneInput;
use skranke_desk::citizen::Step;
use skranke_desk::uploads::UploadsInput;

pub use bring::PATH;
pub use shelf::Shelf;

use super::Message;
use crate::i18n::Texts;
use crate::screens::need::why::{Right, may_not};
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::widget::panel::surface;
use crate::widget::{Element, hline, scroll};

/// The pane: the document where the chosen item has one, its words (`detail`) where it has none or the clerk asks for them.
pub(super) fn view<'a>(
    shelf: &'a Shelf,
    scene: Scene<'a>,
    page: &'a CasePage,
    detail: impl FnOnce() -> Element<'a, Message>,
) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut inside = Column::new().height(Length::Fill);
    let shown = page.paper();
    match shown {
        Some(paper) => inside = inside.push(head::view(scene, page, paper)).push(hline(look)),
        None => inside = inside.push(head::without(scene, page)).push(hline(look)),
    }
    if let Some(strip) = bring::view(scene, page) {
        inside = inside.push(strip).push(hline(look));
    }
    match shown.filter(|_| !page.pane.words) {
        Some(paper) => {
            inside = inside
                .push(
                    surface(t.sunken, picture::view(shelf, scene, page, paper))
                        .width(Length::Fill)
                        .height(Length::Fill),
                )
                .push(hline(look))
                .push(surface(t.surface, bar::view(scene, page, paper)).width(Length::Fill));
        }
        None => {
            let words = container(detail()).padding(space::S16);
            inside =
                inside.push(surface(t.bg, scroll(look, "case/detail", words)).width(Length::Fill).height(Length::Fill));
        }
    }
    surface(t.bg, inside).width(Length::Fill).height(Length::Fill).into()
}

/// The keys of the pane.
pub(super) fn keys(desk: &Desk, texts: &Texts, today: Option<Date>) -> Vec<Key<Message>> {
    let Some(page) = desk.case() else { return Vec::new() };
    let pane = |input| Message::Pane(input);
    let may_not = match page.view.value() {
        None => Some(texts.t("pane-may-not-bring")),
        Some(view) if view.value.may.work => None,
        Some(view) => Some(may_not(desk, texts, (&view.value, Right::Bring), today)),
    };
    let no_paper = page.paper().is_none().then(|| texts.t("pane-no-paper"));
    let one_page = (page.pane.pages.unwrap_or(1) < 2).then(|| texts.t("pane-one-page"));
    let no_scan = match desk.uploads.waiting_scans().next() {
        Some(_) => None,
        None if desk.settings.scanner_folder.is_none() => Some(texts.t("pane-no-scanner")),
        None => Some(texts.t("pane-no-scans")),
    };
    let mut keys = Vec::new();
    if page.pane.bring.is_some() {
        keys.push(Key::in_place("Esc", "key-close", pane(PaneInput::Bring)));
    }
    keys.extend([
        Key::in_place("PgDn", "pane-key-page", pane(PaneInput::Page(Step::Next)))
            .disabled(no_paper.clone().or_else(|| one_page.clone())),
        Key::in_place("PgUp", "pane-key-page", pane(PaneInput::Page(Step::Previous)))
            .disabled(no_paper.clone().or(one_page)),
        Key::in_place("+", "pane-key-larger", pane(PaneInput::Zoom(Step::Next))).disabled(no_paper.clone()),
        Key::in_place("-", "pane-key-smaller", pane(PaneInput::Zoom(Step::Previous))).disabled(no_paper.clone()),
        Key::in_place(".", "pane-key-turn", pane(PaneInput::Turn)).disabled(no_paper),
        Key::in_place("S", "pane-key-scan", Message::Uploads(UploadsInput::TakeScan))
            .disabled(may_not.clone().or(no_scan)),
        Key::in_place("Ctrl O", "pane-key-bring", pane(PaneInput::Bring)).disabled(may_not),
    ]);
    keys
}

/// A stretch that takes what room there is.
fn stretch<'a>() -> Element<'a, Message> {
    gap().width(Length::Fill).into()
}
