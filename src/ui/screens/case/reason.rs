//! The dialog that asks why an item is rejected, waived, not needed, or approved although something speaks against it. What was typed lies in the desk and survives `Esc`.

use iced::Length;
use skranke_desk::Input;
use skranke_desk::case::{CaseInput, Then};
use skranke_domain::checklist::ItemAction;

use super::words;
use crate::focus::FocusId;
use crate::screens::Scene;
use crate::widget::{ButtonKind, Dialog, Element, dialog, field};

/// The dialog.
pub const DIALOG: FocusId = FocusId::new("case/reason");
/// Its field.
pub const FIELD: FocusId = FocusId::new("case/reason/field");

/// The dialog, when one is open.
pub fn view<'a>(scene: Scene<'a>) -> Option<Element<'a, Input>> {
    let look = scene.look;
    let page = scene.desk.case()?;
    let open = page.dialog.as_ref()?;
    let item = page.view.value()?.value.items.iter().find(|i| i.id == open.item)?;
    let name = words::say(look.texts, &item.label).to_owned();
    let typed: Element<'a, Input> = field(look, FIELD, look.t("reason-field"), open.text.clone())
        .labelled()
        .hint(look.t("reason-hint"))
        .error(open.error.as_ref().map(|e| words::refusal(look.texts, e)))
        .width(Length::Fill)
        .on_input(|text| Input::Case(CaseInput::Reason(text)))
        .on_submit(Input::Case(CaseInput::Confirm))
        .build();
    let consequence = match open.action {
        ItemAction::Reject if open.then == Then::Ask => "reason-reject-then-ask",
        ItemAction::Reject => "reason-reject-then",
        ItemAction::Waive => "reason-waive-then",
        ItemAction::Approve if page.cannot_get(&open.item).is_some() => "reason-approve-other-then",
        ItemAction::Approve => "reason-approve-then",
        _ => "reason-not-needed-then",
    };
    let kind = if open.action == ItemAction::Reject { ButtonKind::Danger } else { ButtonKind::Primary };
    Some(
        dialog(
            look,
            Dialog {
                id: DIALOG,
                title: look.with(words::question(open.action), &[("item", name.into())]),
                consequence: look.t(consequence),
                body: Some(typed),
                verb: (look.t(words::verb(open.action)), Input::Case(CaseInput::Confirm)),
                verb_disabled: None,
                kind,
                safe: (look.t("dialog-keep"), Input::Case(CaseInput::Cancel)),
            },
        )
        .into(),
    )
}
