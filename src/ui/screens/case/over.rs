//! What is laid over the case page: the dialog that settles a conflict, else the open sheet. What lives here: which of them has the keyboard and
//! with which keys. What does not: what they look like (`conflict`, `work`), what was typed (the desk).

use skranke_desk::case::CasePage;
use skranke_desk::case::work::{WorkInput, WorkKind};
use skranke_desk::{Desk, Place, StandId};

use super::{Message, conflict, work};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::{Key, Scene};
use crate::widget::Element;

/// Which it is, to see when another one comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The dialog that settles a conflict.
    Conflict,
    /// A sheet.
    Sheet(WorkKind),
}

/// What is laid over the page in front.
#[must_use]
pub fn open(desk: &Desk) -> Option<(StandId, Over)> {
    let page = page(desk)?;
    let over = match (&page.conflict, &page.work.sheet) {
        (Some(_), _) => Over::Conflict,
        (None, Some(sheet)) => Over::Sheet(sheet.kind()),
        (None, None) => return None,
    };
    Some((desk.stands.front(), over))
}

fn page(desk: &Desk) -> Option<&CasePage> {
    (desk.place() == Place::Case).then(|| desk.case())?
}

/// Where the keyboard is when it opens.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    let page = page(desk)?;
    match open(desk)?.1 {
        Over::Conflict => conflict::begins(page),
        Over::Sheet(_) => page.work.sheet.as_ref().map(work::begins),
    }
}

/// Its keys.
#[must_use]
pub fn keys(desk: &Desk, texts: &Texts) -> Option<Vec<Key<Message>>> {
    let page = page(desk)?;
    Some(match open(desk)?.1 {
        Over::Conflict => conflict::keys(page, desk, texts),
        Over::Sheet(_) => {
            let mut keys = vec![
                Key::in_place("Esc", "key-sheet-leave", Message::Work(WorkInput::Close)),
                Key::in_place("Ctrl ↵", "key-sheet-confirm", Message::Work(WorkInput::Confirm)),
            ];
            keys.extend(work::keys(page, desk, texts));
            keys
        }
    })
}

/// What it looks like.
#[must_use]
pub fn view(scene: Scene<'_>) -> Option<Element<'_, Message>> {
    let page = page(scene.desk)?;
    conflict::view(scene, page).or_else(|| work::view(scene, page))
}
