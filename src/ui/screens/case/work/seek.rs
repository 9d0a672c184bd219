//! Finding a colleague or a unit on a sheet of the case page: its keys and where it stands. What does not live here: how it looks (`somebody`),
//! the search itself.

use skranke_desk::case::work::{SeekInput, Seeker, WorkInput};
use skranke_desk::citizen::Step;

use super::{Message, SHEET, of};
use crate::focus::{FocusId, Role};
use crate::screens::somebody::{self, Somebody};
use crate::screens::{Key, Scene};
use crate::widget::Element;

const QUERY: FocusId = FocusId::new("case/sheet/who");
const LIST: FocusId = FocusId::new("case/sheet/who/list");

const fn seek(input: SeekInput) -> Message {
    of(WorkInput::Seek(input))
}

/// The line while nobody was chosen, and what comes next afterwards.
pub(super) fn begins(seeker: &Seeker, next: FocusId) -> (FocusId, Role) {
    match seeker.chosen {
        None => (QUERY, Role::TextField),
        Some(_) => (next, Role::Button),
    }
}

pub(super) fn keys(seeker: &Seeker) -> Vec<Key<Message>> {
    if seeker.chosen.is_some() {
        return vec![Key::in_place("Ctrl R", "handover-key-another", seek(SeekInput::Another))];
    }
    vec![
        Key::in_place("↓", "handover-key-down", seek(SeekInput::Step(Step::Next))),
        Key::in_place("↑", "handover-key-up", seek(SeekInput::Step(Step::Previous))),
        Key::in_place("↵", "handover-key-take", seek(SeekInput::Take)),
        Key::in_place("F5", "citizen-key-ask-again", seek(SeekInput::AskAgain)),
    ]
}

pub(super) fn view<'a>(
    scene: Scene<'a>,
    seeker: &'a Seeker,
    label: &str,
    error: Option<String>,
) -> Element<'a, Message> {
    let look = scene.look;
    somebody::view(
        scene,
        Somebody {
            ids: (QUERY, LIST, SHEET.child("another")),
            label: look.t(label),
            hint: look.t("work-who-hint"),
            error,
            query: &seeker.query,
            offered: (&seeker.candidates, seeker.active),
            chosen: seeker.chosen.as_ref(),
            found: &seeker.found,
            without: None,
            typed: |text| seek(SeekInput::Query(text)),
            take: |at| seek(SeekInput::TakeAt(at)),
            another: seek(SeekInput::Another),
            again: seek(SeekInput::AskAgain),
        },
    )
}
