//! The dialog: a verb as its title, the consequence beneath, and buttons of which the safe one has the keyboard first. The
//! page beneath is dimmed and inert until it is answered.

use iced::widget::{Row, column, container, opaque, row, stack};
use iced::{Background, Length};

use super::button::{ButtonKind, button};
use super::control::{Control, Ring, control};
use super::panel::raised;
use super::{Element, inert, lift};
use crate::focus::{FocusId, Role};
use crate::theme::Look;
use crate::theme::scale::{radius, space, width};

/// What a dialog asks. Open it with `focus.open(safe_id)`, close it with `focus.close()`.
pub struct Dialog<'a, Message> {
    /// The id of the dialog; its buttons are its children `safe` and `verb`.
    pub id: FocusId,
    /// The question, with its verb: "Reject the contract?"
    pub title: String,
    /// What follows from it.
    pub consequence: String,
    /// What has to be filled in, if anything.
    pub body: Option<Element<'a, Message>>,
    /// The word and message of the verb's button.
    pub verb: (String, Message),
    /// Why the verb cannot be pressed yet, if so.
    pub verb_disabled: Option<String>,
    /// Whether the verb takes something away.
    pub kind: ButtonKind,
    /// The word and message of the safe button, which `Esc` presses too.
    pub safe: (String, Message),
}

/// The id of the button a dialog opens on.
pub fn safe_id(dialog: &FocusId) -> FocusId {
    dialog.child("safe")
}

/// The id of the button that does it.
pub fn verb_id(dialog: &FocusId) -> FocusId {
    dialog.child("verb")
}

/// The dialog's own panel, 460 px wide at most.
pub fn dialog<'a, Message: Clone + 'a>(look: &Look<'_>, dialog: Dialog<'a, Message>) -> Control<'a, Message> {
    let t = look.tokens;
    let Dialog { id, title, consequence, body, verb, verb_disabled, kind, safe } = dialog;
    let buttons: Row<'a, Message> = row![
        Element::from(button(look, verb_id(&id), kind, verb.0).key("Ctrl ↵").disabled(verb_disabled).on_press(verb.1)),
        Element::from(button(look, safe_id(&id), ButtonKind::Quiet, safe.0).key("Esc").on_press(safe.1)),
    ]
    .spacing(space::S8);
    let mut inside =
        column![look.section(title.clone()), look.colored(consequence.clone(), crate::theme::Type::CELL, t.ink2)]
            .spacing(space::S2)
            .width(Length::Fill);
    if let Some(body) = body {
        inside = inside.push(container(body).padding(iced::Padding { top: space::S8, ..iced::Padding::ZERO }));
    }
    inside = inside.push(container(buttons).padding(iced::Padding { top: space::S10, ..iced::Padding::ZERO }));
    let name = format!("{title} {consequence}");
    let face = container(inside)
        .padding([14.0, space::S16])
        .max_width(width::DIALOG)
        .style(move |_| raised(&t, t.edge, radius::DIALOG));
    control(look, id, Role::Dialog, name, lift(look, radius::DIALOG, face))
        .ring(Ring::Hidden)
        .width(Length::Shrink)
        .height(Length::Shrink)
}

/// Where something modal lies on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// In the middle: dialogs.
    Centre,
    /// Near the top, so that it does not move while what it shows grows: the palette.
    Top,
}

/// How far from the top the palette lies, in logical pixels.
const TOP: f32 = 85.0;

/// A page with, perhaps, something modal in the middle of it; see [`modal_at`].
pub fn modal<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    page: impl Into<Element<'a, Message>>,
    above: Option<Element<'a, Message>>,
    on_beside: Option<Message>,
) -> Element<'a, Message> {
    modal_at(look, page, above, Lies::Centre, on_beside)
}

/// A page with, perhaps, something modal above it. Use it for the whole page always, so that scroll positions survive.
/// While `above` is there the page is dimmed and inert; a click beside it gives `on_beside`, if that is given.
pub fn modal_at<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    page: impl Into<Element<'a, Message>>,
    above: Option<Element<'a, Message>>,
    lies: Lies,
    on_beside: Option<Message>,
) -> Element<'a, Message> {
    let scrim = look.tokens.scrim;
    match above {
        None => stack![page.into()].width(Length::Fill).height(Length::Fill).into(),
        Some(above) => {
            let placed = match lies {
                Lies::Centre => container(opaque(above)).center(Length::Fill),
                Lies::Top => container(opaque(above))
                    .center_x(Length::Fill)
                    .height(Length::Fill)
                    .padding(iced::padding::top(TOP)),
            };
            let dimmed = placed.style(move |_| container::Style {
                background: Some(Background::Color(scrim)),
                ..container::Style::default()
            });
            let mut beside = iced::widget::mouse_area(dimmed);
            if let Some(message) = on_beside {
                beside = beside.on_press(message);
            }
            stack![inert(page), opaque(beside)].width(Length::Fill).height(Length::Fill).into()
        }
    }
}
