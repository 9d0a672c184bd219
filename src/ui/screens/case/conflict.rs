//! The dialog that settles what two people changed at once: hers beside theirs, field by field. What does not live here: its state.

use skranke_desk::case::CasePage;

use super::Message;
use crate::screens::Scene;
use crate::widget::Element;

/// The dialog, while there is something to settle.
pub(super) fn view<'a>(_scene: Scene<'a>, _page: &'a CasePage) -> Option<Element<'a, Message>> {
    None
}
