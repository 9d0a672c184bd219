//! The middle of the case page: the document of the chosen item, page by page, and what is done with it. What does not live here: drawing
//! pages (the viewer's), the item's words where there is no document (`detail`).

use iced::widget::column;
use skranke_desk::case::CasePage;

use super::Message;
use crate::screens::Scene;
use crate::widget::Element;

/// The document, where the chosen item has one.
pub(super) fn view<'a>(_scene: Scene<'a>, page: &'a CasePage) -> Option<Element<'a, Message>> {
    page.pane.document.map(|_| column![].into())
}
