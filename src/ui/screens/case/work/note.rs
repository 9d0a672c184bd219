//! The sheet for a note on a case. What does not live here: what was typed (the desk's).

use iced::widget::column;
use skranke_desk::case::CasePage;
use skranke_desk::case::work::{CaseNoteInput, CaseNoteSheet, WorkInput};
use skranke_domain::document::Openness;

use super::{Message, Parts, SHEET, of, radios, stack, text_error};
use crate::focus::FocusId;
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::widget::{Prose, prose};

/// Its field.
pub(super) const TEXT: FocusId = FocusId::new("case/sheet/note/text");

pub(super) fn keys() -> Vec<Key<Message>> {
    vec![Key::in_place("Alt A", "work-key-openness", of(WorkInput::Note(CaseNoteInput::Other)))]
}

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage, sheet: &'a CaseNoteSheet) -> Parts<'a> {
    let look = scene.look;
    let both = [(Openness::File, "work-note-file"), (Openness::Internal, "work-note-internal")];
    let both = both.map(|(openness, word)| {
        (look.t(word), openness == sheet.openness, of(WorkInput::Note(CaseNoteInput::Openness(openness))))
    });
    let means = match sheet.openness {
        Openness::File => "work-note-file-means",
        Openness::Internal => "work-note-internal-means",
    };
    let text = prose(
        look,
        Prose {
            id: TEXT,
            name: look.t("work-note-text"),
            hint: String::new(),
            value: sheet.text.clone(),
            error: text_error(look, page),
            lines: 6,
            on_input: Box::new(|text| of(WorkInput::Note(CaseNoteInput::Text(text)))),
        },
    );
    let who =
        column![radios(look, (SHEET.child("openness"), look.t("work-note-who")), both), look.second(look.t(means))];
    (look.t("work-note"), look.t("work-note-verb"), stack(vec![who.spacing(space::S4).into(), text]))
}
