//! The sheets of the case page as they look: one file each. What does not live here: their state and rules (the desk's).

use skranke_desk::case::CasePage;

use super::Message;
use crate::screens::Scene;
use crate::widget::Element;

/// The open sheet, if one is.
pub(super) fn view<'a>(_scene: Scene<'a>, _page: &'a CasePage) -> Option<Element<'a, Message>> {
    None
}
