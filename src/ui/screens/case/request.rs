//! The panel that asks for what is missing, in the right column. What does not live here: its state (the desk's).

use iced::widget::column;
use skranke_desk::case::CasePage;

use super::Message;
use crate::screens::Scene;
use crate::widget::Element;

pub(super) fn view<'a>(_scene: Scene<'a>, _page: &'a CasePage) -> Element<'a, Message> {
    column![].into()
}
