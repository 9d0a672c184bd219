//! The decision in the right column: who proposed, who approves, what keeps it locked. What does not live here: the sheet that writes it.

use iced::widget::column;
use skranke_desk::case::CasePage;

use super::Message;
use crate::screens::Scene;
use crate::widget::Element;

pub(super) fn view<'a>(_scene: Scene<'a>, _page: &'a CasePage) -> Element<'a, Message> {
    column![].into()
}
