//! The toast: something was done, and can be undone; or a key did nothing, and why. Never for errors; it stands eight seconds, and longer
//! under the pointer.

use std::time::Duration;

use iced::widget::{container, row};
use iced::{Alignment, Color, Length};

use super::control::{Ring, Status, Style, control};
use super::panel::plate;
use super::{Element, KeyGround, icon, key_cap};
use crate::assets::Icon;
use crate::focus::{FocusId, Role};
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};

/// How long a toast stands.
pub const STANDS: Duration = Duration::from_secs(8);

/// Whether a toast tells of a deed. A tick before "the time is taken" would say that something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastSign {
    /// Something was done.
    Done,
    /// Nothing was done, and this is why.
    Why,
}

impl ToastSign {
    const fn icon(self) -> Icon {
        match self {
            Self::Done => Icon::Check,
            Self::Why => Icon::Info,
        }
    }
}

/// What a toast says, and how it is undone.
#[derive(Debug, Clone)]
pub struct Toast<Message> {
    /// Whether it tells of a deed.
    pub sign: ToastSign,
    /// What was done, or why nothing was.
    pub said: String,
    /// What pressing "Undo" does, if it can be undone.
    pub undo: Option<Message>,
}

/// A toast, on the slab's ground; `id` is the id of its "Undo".
pub fn toast<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    toast: Toast<Message>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let said = look.colored(toast.said.clone(), Type::BODY, t.slab_ink).width(Length::Fill);
    let mut inside =
        row![icon(toast.sign.icon(), 16.0, t.slab_ink), said].spacing(space::S8).align_y(Alignment::Center);
    if let Some(undo) = toast.undo {
        let name = look.with("toast-undo-name", &[("what", toast.said.into())]);
        let word = row![look.text(look.t("toast-undo"), Type::TITLE), key_cap(look, "Ctrl Z", KeyGround::Slab)]
            .spacing(space::S6)
            .align_y(Alignment::Center);
        inside = inside.push(
            control(look, id, Role::Button, name, container(word).center_y(Length::Fill))
                .height(height::TOAST - 2.0 * space::S4)
                .padding([0.0, space::S4])
                .ring(Ring::Around(radius::BADGE))
                .on_press(undo)
                .style(move |status| match status {
                    Status::Hovered | Status::Pressed => Style::ground(t.slab_field, radius::BADGE).ink(t.slab_ink),
                    _ => Style::bare().ink(t.slab_ink),
                }),
        );
    }
    container(inside)
        .padding(iced::Padding { top: 0.0, right: space::S2, bottom: 0.0, left: space::S12 })
        .center_y(height::TOAST)
        .width(Length::Fill)
        .style(move |_| plate(t.slab, Color::TRANSPARENT, radius::PANEL))
        .into()
}
