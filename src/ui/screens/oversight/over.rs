//! What is laid over the oversight: the review of an emergency, the question before somebody's windows are locked. What does not live here: what was
//! typed (the desk's).

use iced::Length;
use iced::widget::{column, row};
use skranke_api::access::{Finding, REASON_CHARS};
use skranke_desk::oversight::{OversightInput, OversightPage, ReviewProblem, ReviewSheet};
use skranke_desk::{Desk, Input, Place};

use super::words;
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::screens::citizen::sheets::{Laid, WIDTHS, lay};
use crate::screens::sentence::sentence;
use crate::screens::{Key, Scene};
use crate::theme::Look;
use crate::theme::scale::space;
use crate::widget::dialog::safe_id;
use crate::widget::field::field_error;
use crate::widget::segmented::{Segment, segmented};
use crate::widget::{ButtonKind, Dialog, Element, Prose, dialog, icon, prose};

/// The review.
pub const REVIEW: FocusId = FocusId::new("oversight/review");
/// Its words.
pub const NOTE: FocusId = FocusId::new("oversight/review/note");
/// The question before a lock.
pub const LOCK: FocusId = FocusId::new("oversight/lock");

const FINDINGS: [(Finding, &str); 3] =
    [(Finding::Justified, "Alt J"), (Finding::Discussed, "Alt D"), (Finding::Unjustified, "Alt U")];

const fn of(input: OversightInput) -> Input {
    Input::Oversight(input)
}

fn page(desk: &Desk) -> Option<&OversightPage> {
    (desk.place() == Place::Oversight).then_some(desk.oversight.as_ref())?
}

/// Where the keyboard is when it opens.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    let page = page(desk)?;
    if page.locking.is_some() {
        return Some((safe_id(&LOCK), Role::Button));
    }
    page.review.as_ref().map(|_| (NOTE, Role::TextField))
}

/// Its keys.
#[must_use]
pub fn keys(desk: &Desk) -> Option<Vec<Key<Input>>> {
    let page = page(desk)?;
    let both = |confirm| {
        vec![
            Key::in_place("Esc", "key-close", of(OversightInput::Leave)),
            Key::in_place("Ctrl ↵", confirm, of(OversightInput::Confirm)),
        ]
    };
    if page.locking.is_some() {
        return Some(both("oversight-lock-verb"));
    }
    page.review.as_ref()?;
    let mut keys = both("oversight-review-verb");
    keys.extend(FINDINGS.map(|(finding, key)| {
        Key::in_place(key, words::finding(Some(finding)).0, of(OversightInput::Review(finding)))
    }));
    Some(keys)
}

/// What it looks like.
#[must_use]
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Input>> {
    let page = page(scene.desk)?;
    lock(scene, page).or_else(|| review(scene, page))
}

fn lock<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Option<Element<'a, Input>> {
    let look = scene.look;
    let question = page.locking.as_ref()?;
    let body = question.trouble.as_ref().map(|error| field_error(look, sentence(look, error)));
    let verb = look.t(if question.sending { "oversight-locking" } else { "oversight-lock-verb" });
    let shown = Dialog {
        id: LOCK,
        title: look.with("oversight-lock-title", &[("name", question.name.clone().into())]),
        consequence: look.t("oversight-lock-then"),
        body,
        verb: (verb, of(OversightInput::Confirm)),
        verb_disabled: None,
        kind: ButtonKind::Danger,
        safe: (look.t("oversight-lock-leave"), of(OversightInput::Leave)),
    };
    Some(dialog(look, shown).into())
}

fn review<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Option<Element<'a, Input>> {
    let Scene { look, desk } = scene;
    let sheet = page.review.as_ref()?;
    let view = page.glasses.value()?.iter().find(|one| one.id == sheet.id)?;
    let tag = desk.session.tag(&view.department).to_owned();
    let args = [("name", view.staff_name.clone().into()), ("department", tag.into())];
    let said = row![icon(Icon::Message, 15.0, look.tokens.ink2), look.body(view.reason.clone()).width(Length::Fill)];
    let mut body = column![said.spacing(space::S8), findings(look, sheet), words_field(look, sheet)]
        .spacing(space::S12)
        .width(Length::Fill);
    if let Some(error) = &sheet.trouble {
        body = body.push(field_error(look, sentence(look, error)));
    }
    let verb = look.t(if sheet.sending { "oversight-reviewing" } else { "oversight-review-verb" });
    let laid = Laid {
        id: REVIEW,
        title: look.t("oversight-review-title"),
        whom: look.with("oversight-review-of", &args),
        verb: (verb, of(OversightInput::Confirm)),
        leave: of(OversightInput::Leave),
        wide: WIDTHS[0],
    };
    Some(lay(look, laid, body))
}

fn findings<'a>(look: &Look<'_>, sheet: &ReviewSheet) -> Element<'a, Input> {
    let chosen = FINDINGS.iter().position(|(finding, _)| *finding == sheet.finding).unwrap_or_default();
    let all = FINDINGS.map(|(finding, _)| Segment {
        label: look.t(words::finding(Some(finding)).0),
        on_press: of(OversightInput::Review(finding)),
    });
    let means = look.second(look.t(match sheet.finding {
        Finding::Justified => "oversight-justified-means",
        Finding::Discussed => "oversight-discussed-means",
        Finding::Unjustified => "oversight-unjustified-means",
    }));
    column![segmented(look, REVIEW.child("finding"), chosen, all), means].spacing(space::S4).into()
}

fn words_field<'a>(look: &'a Look<'a>, sheet: &ReviewSheet) -> Element<'a, Input> {
    let most = i64::try_from(REASON_CHARS).unwrap_or(i64::MAX);
    let wrong = match sheet.problem {
        Some(ReviewProblem::NoWords) => Some(look.t("oversight-review-no-words")),
        Some(ReviewProblem::TooLong(_)) => Some(look.with("sheet-too-long", &[("most", most.into())])),
        None => None,
    };
    prose(
        look,
        Prose {
            id: NOTE,
            name: look.t("oversight-review-note"),
            hint: look.t("oversight-review-hint"),
            value: sheet.note.clone(),
            error: wrong,
            lines: 3,
            on_input: Box::new(|note| of(OversightInput::Note(note))),
        },
    )
}
