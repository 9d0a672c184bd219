//! A small menu of choices above the page, as for the persona or the language. Which is chosen, and where it opens, the
//! screen knows.

use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::panel::raised;
use super::{Element, ellipsis, icon, lift};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{radius, space};
use crate::theme::{Look, Type};

/// One choice of a menu.
#[derive(Debug, Clone)]
pub struct MenuEntry<Message> {
    /// Its first line, which is its accessible name.
    pub label: String,
    /// Its second line, if it needs one.
    pub second: Option<String>,
    /// Whether it is the one in force.
    pub chosen: bool,
    /// What choosing it does.
    pub on_press: Message,
}

/// The panel of a menu, `width` logical pixels wide; its entries are children of `id`, by number.
pub fn menu<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    width: f32,
    entries: impl IntoIterator<Item = MenuEntry<Message>>,
) -> Control<'a, Message> {
    let t = look.tokens;
    let id = id.into();
    let rows = entries.into_iter().enumerate().map(|(n, entry)| menu_entry(look, id.child(n), entry).into());
    let face =
        container(column(rows)).padding(space::S4).width(width).style(move |_| raised(&t, t.edge, radius::PANEL));
    control(look, id, Role::Group, name, lift(look, radius::PANEL, face)).ring(Ring::Hidden)
}

fn menu_entry<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: FocusId,
    entry: MenuEntry<Message>,
) -> Control<'a, Message> {
    let t = look.tokens;
    let MenuEntry { label, second, chosen, on_press } = entry;
    let mark: Element<'a, Message> =
        if chosen { icon(Icon::Check, 14.0, t.accent) } else { gap().width(14.0).height(14.0).into() };
    let mut lines = column![ellipsis(label.clone(), Type::TITLE).color(t.ink)].width(Length::Fill);
    if let Some(second) = second {
        lines = lines.push(ellipsis(second, Type::LABEL).color(t.ink2));
    }
    control(look, id, Role::MenuItem, label, row![mark, lines].spacing(space::S8).align_y(Alignment::Center))
        .padding([space::S6, space::S8])
        .width(Length::Fill)
        .state(ControlState::new().selected(chosen))
        .ring(Ring::Row(radius::TAG))
        .on_press(on_press)
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.bg, radius::TAG),
            _ => Style::bare(),
        })
}
