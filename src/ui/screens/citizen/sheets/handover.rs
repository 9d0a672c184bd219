//! The sheet for a warm hand-over. What lives here: how it looks and its keys. What does not: the card and what comes of it (the desk's sheet).

use iced::widget::{Column, column, row};
use iced::{Alignment, Length};
use skranke_desk::Input;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::handover::{Asked, Trouble};
use skranke_desk::sheets::{HandoverInput, HandoverSheet, SheetInput};

use super::wrap_up::verified_word;
use super::{Begins, frame, input};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::somebody::{self, Somebody};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::field::field_error;
use crate::widget::{Element, check_box, field, hline, icon, quiet};

const QUERY: FocusId = FocusId::new("citizen/sheet/handover/query");
const WHAT: FocusId = FocusId::new("citizen/sheet/handover/text");
const LIST: FocusId = FocusId::new("citizen/sheet/handover/list");
const PLACE: FocusId = FocusId::new("citizen/sheet/handover");

/// Where the keyboard begins: at the receiver, and at what it is about once there is one.
pub(super) const fn begins(sheet: &HandoverSheet) -> Begins {
    match sheet.receiver {
        None => Begins(QUERY, Role::TextField),
        Some(_) => Begins(WHAT, Role::TextField),
    }
}

const fn of(one: HandoverInput) -> Input {
    input(SheetInput::Handover(one))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &HandoverSheet, texts: &Texts) -> Vec<Key<Input>> {
    let not_known = of(HandoverInput::NotKnown(texts.t("handover-not-known-answer")));
    if sheet.receiver.is_some() {
        let open = sheet.asked.iter().any(|one| one.answer.trim().is_empty());
        return vec![
            Key::in_place("Ctrl R", "handover-key-another", of(HandoverInput::Another)),
            Key::in_place("Ctrl U", "handover-key-not-known", not_known)
                .disabled((!open).then(|| texts.t("handover-all-answered"))),
        ];
    }
    vec![
        Key::in_place("↓", "handover-key-down", of(HandoverInput::Step(Step::Next))),
        Key::in_place("↑", "handover-key-up", of(HandoverInput::Step(Step::Previous))),
        Key::in_place("↵", "handover-key-take", of(HandoverInput::Take)),
        Key::in_place("F5", "citizen-key-ask-again", of(HandoverInput::AskAgain)),
    ]
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a HandoverSheet) -> Element<'a, Input> {
    let look = scene.look;
    let mut body = Column::new().spacing(space::S12).width(Length::Fill);
    body = body.push(receiver(scene, sheet));
    let what_error = match sheet.trouble {
        Some(Trouble::NothingSaid) => Some(look.t("handover-nothing-said")),
        Some(Trouble::TooLong) => Some(look.t("handover-too-long")),
        _ => None,
    };
    body = body.push(
        field(look, WHAT, look.t("handover-what"), sheet.what.clone())
            .labelled()
            .hint(look.t("handover-what-hint"))
            .error(what_error)
            .on_input(|text| of(HandoverInput::What(text)))
            .build(),
    );
    body = body.extend(sheet.asked.iter().enumerate().map(|(at, one)| question(look, at, one, sheet.trouble)));
    if sheet.asked.iter().any(|one| one.answer.trim().is_empty()) {
        let words = of(HandoverInput::NotKnown(look.t("handover-not-known-answer")));
        let button = quiet(look, PLACE.child("not-known"), look.t("handover-key-not-known"))
            .size(ButtonSize::Small)
            .key("Ctrl U")
            .on_press(words);
        body = body.push(Element::from(button));
    }
    body = body.push(
        field(look, PLACE.child("promised"), look.t("handover-promised"), sheet.promised.clone())
            .labelled()
            .hint(look.t("handover-promised-hint"))
            .on_input(|text| of(HandoverInput::Promised(text)))
            .build(),
    );
    body = body.push(goes_along(look, sheet));
    if let Some(trouble @ (Trouble::NobodySignedIn | Trouble::NotKept)) = sheet.trouble {
        let word = if trouble == Trouble::NotKept { "sheet-not-kept" } else { "sheet-nobody-signed-in" };
        body = body.push(field_error(look, look.t(word)));
    }
    frame(scene, page, look.t("sheet-handover"), look.t("sheet-handover-verb"), body)
}

/// The line to find a receiver with and who fits, or who was chosen.
fn receiver<'a>(scene: Scene<'a>, sheet: &'a HandoverSheet) -> Element<'a, Input> {
    let look = scene.look;
    somebody::view(
        scene,
        Somebody {
            ids: (QUERY, LIST, PLACE.child("another")),
            label: look.t("handover-to"),
            hint: look.t("handover-to-hint"),
            error: (sheet.trouble == Some(Trouble::NoReceiver)).then(|| look.t("handover-no-receiver")),
            query: &sheet.query,
            offered: (&sheet.candidates, sheet.active),
            chosen: sheet.receiver.as_ref(),
            found: &sheet.colleagues,
            without: Some(look.t("handover-units-only")),
            typed: |text| of(HandoverInput::Query(text)),
            take: |at| of(HandoverInput::TakeAt(at)),
            another: of(HandoverInput::Another),
            again: of(HandoverInput::AskAgain),
        },
    )
}

/// A question of the receiving unit.
fn question<'a>(look: &'a Look<'a>, at: usize, one: &Asked, trouble: Option<Trouble>) -> Element<'a, Input> {
    let open = one.answer.trim().is_empty() && trouble == Some(Trouble::Unanswered);
    field(look, PLACE.child("answer").child(at), pick(look.texts, &one.question).to_owned(), one.answer.clone())
        .labelled()
        .hint(look.t("handover-answer-hint"))
        .error(open.then(|| look.t("handover-unanswered")))
        .on_input(move |text| of(HandoverInput::Answer(at, text)))
        .build()
}

/// What else the card carries.
fn goes_along<'a>(look: &Look<'_>, sheet: &HandoverSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let verified = look.with("handover-verified", &[("how", look.t(verified_word(sheet.verified)).into())]);
    let mut all = column![
        hline(look),
        look.label(look.t("handover-goes-along")),
        row![icon(Icon::IdCard, 16.0, t.ink3), look.colored(verified, Type::CELL, t.ink)]
            .spacing(space::S8)
            .padding([space::S2, space::S4])
            .align_y(Alignment::Center),
    ]
    .spacing(space::S4);
    if !sheet.cases.is_empty() {
        let numbers: Vec<&str> = sheet.cases.iter().map(|(_, number)| number.as_str()).collect();
        let args =
            [("count", i64::try_from(numbers.len()).unwrap_or(0).into()), ("numbers", numbers.join(", ").into())];
        let label = look.with("handover-cases", &args);
        all =
            all.push(check_box(look, PLACE.child("cases"), label, sheet.with_cases).on_press(of(HandoverInput::Cases)));
    }
    if !sheet.missing.is_empty() {
        let names: Vec<&str> = sheet.missing.iter().map(|label| pick(look.texts, label)).collect();
        let args = [("count", i64::try_from(names.len()).unwrap_or(0).into()), ("papers", names.join(", ").into())];
        let label = look.with("handover-missing", &args);
        all = all.push(
            check_box(look, PLACE.child("missing"), label, sheet.with_missing).on_press(of(HandoverInput::Missing)),
        );
    }
    all.into()
}
