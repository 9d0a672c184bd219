//! The slab at the top and the bar of keys at the bottom. Both print only keys that work where they stand.

use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Border, Color, Length};

use super::control::{Control, Ring, Status, Style, control};
use super::ellipsis::text_width;
use super::panel::{plate, surface};
use super::person::{AvatarSize, avatar};
use super::{Element, KeyGround, ellipsis, hline, icon, key_cap, lead_tail, mark, tip_text};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};

/// One of the pages in the slab.
#[derive(Debug, Clone)]
pub struct NavItem<Message> {
    /// Its id.
    pub id: FocusId,
    /// Its word.
    pub label: String,
    /// How many wait there, if that is told.
    pub count: Option<i64>,
    /// Whether it is the page being shown.
    pub open: bool,
    /// What pressing it does.
    pub on_press: Message,
}

/// What is in the slab, left to right.
pub struct SlabParts<'a, Message> {
    /// The pages.
    pub nav: Vec<NavItem<Message>>,
    /// The id and message of "find".
    pub find: (FocusId, Message),
    /// What stands between the search and the right end: stands, unsent, the line's state.
    pub middle: Vec<Element<'a, Message>>,
    /// The right end: language, persona.
    pub end: Vec<Element<'a, Message>>,
}

/// The bar at the top, 48 px.
pub fn slab<'a, Message: Clone + 'a>(look: &Look<'_>, parts: SlabParts<'a, Message>) -> Element<'a, Message> {
    const FIND: f32 = 318.0;
    const FIND_NARROW: f32 = 180.0;
    let t = look.tokens;
    let SlabParts { nav, find, middle, end } = parts;
    let wide = look.is_wide();
    let mut inside = row![mark(22.0)].spacing(space::S4).align_y(Alignment::Center);
    if wide {
        inside = inside.push(container(look.colored(look.t("app-name"), Type::MARK, t.slab_ink)).padding([0.0, 5.0]));
    }
    inside = inside.push(gap().width(space::S8)).extend(nav.into_iter().map(|item| nav_item(look, item).into()));
    let inside_find = row![
        icon(Icon::Search, 15.0, t.slab_ink2),
        container(ellipsis(look.t(if wide { "slab-find" } else { "slab-find-short" }), Type::CELL).color(t.slab_ink2))
            .width(Length::Fill),
        key_cap(look, "Ctrl K", KeyGround::Slab),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let find =
        control(look, find.0, Role::Button, look.t("slab-find-name"), container(inside_find).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .width(if wide { FIND } else { FIND_NARROW })
            .height(height::CONTROL)
            .state(ControlState { key: Some("Ctrl K".to_owned()), ..ControlState::new() })
            .on_press(find.1)
            .style(move |status| {
                let edge = if matches!(status, Status::Hovered | Status::Pressed) { t.slab_ink2 } else { t.slab_line };
                Style::ground(t.slab_field, radius::CONTROL).edge(edge)
            });
    // What must be seen takes its room first; the search, which has its key, gives way.
    let search = container(find).padding([0.0, space::S12]);
    let middle = Row::with_children(middle).spacing(space::S4).align_y(Alignment::Center);
    let middle = lead_tail(search, middle, space::S4).width(Length::Fill);
    inside = inside.push(middle).extend(end);
    surface(t.slab, container(inside.spacing(space::S4)).padding([0.0, space::S16]).center_y(height::SLAB))
        .width(Length::Fill)
        .into()
}

fn nav_item<'a, Message: Clone + 'a>(look: &Look<'_>, item: NavItem<Message>) -> Control<'a, Message> {
    const LINE: f32 = 3.0;
    let t = look.tokens;
    let NavItem { id, label, count, open, on_press } = item;
    let mut word = row![look.text(label.clone(), Type::TITLE)].spacing(space::S6).align_y(Alignment::Center);
    let mut name = label;
    if let Some(count) = count {
        let number = look.texts.number(count);
        name = format!("{name}, {number}");
        word = word.push(
            container(look.colored(number, Type { line: 18.0, ..Type::LABEL }, t.slab_ink))
                .padding([0.0, space::S6])
                .style(move |_| plate(t.slab_field, Color::TRANSPARENT, 9.0)),
        );
    }
    let under = surface(if open { t.focus } else { Color::TRANSPARENT }, gap().width(Length::Fill).height(LINE));
    // As much room above as the line takes below keeps the word on the slab's middle.
    let face =
        column![gap().height(LINE), container(word).padding([0.0, 11.0]).center_y(height::SLAB - 2.0 * LINE), under]
            .width(Length::Shrink);
    control(look, id, Role::Tab, name, face)
        .height(height::SLAB)
        .state(ControlState::new().selected(open))
        .ring(Ring::Within(radius::TAG))
        .on_press(on_press)
        .style(move |status| {
            let touched = matches!(status, Status::Hovered | Status::Pressed);
            Style { background: touched.then_some(t.slab_field), ..Style::bare() }.ink(if open || touched {
                t.slab_ink
            } else {
                t.slab_ink2
            })
        })
}

/// A small thing on the slab that can be pressed: a stand, the language, the unsent count.
pub fn slab_pill<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    on: bool,
    content: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    let t = look.tokens;
    control(look, id, Role::Button, name, container(content).center_y(Length::Fill))
        .padding([0.0, space::S10])
        .height(30.0)
        .state(ControlState::new().selected(on))
        .style(move |status| match (on, status) {
            (true, _) => Style::ground(t.slab_ink, radius::CONTROL).edge(t.slab_ink).ink(t.slab),
            (false, Status::Hovered | Status::Pressed) => {
                Style::ground(t.slab_field, radius::CONTROL).edge(t.slab_line).ink(t.slab_ink)
            }
            (false, _) => Style {
                border: Border { color: t.slab_line, width: stroke::LINE, radius: radius::CONTROL.into() },
                ..Style::bare()
            }
            .ink(t.slab_ink2),
        })
}

/// The signed-in person's initials on the slab, which open the persona menu.
pub fn slab_person<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    id: impl Into<FocusId>,
    name: impl Into<String>,
    initials: impl Into<String>,
) -> Control<'a, Message> {
    control(look, id, Role::Menu, name, avatar(look, initials, AvatarSize::Slab)).ring(Ring::Around(14.0))
}

/// One key of the bar at the bottom, and what it does here.
#[derive(Debug, Clone)]
pub struct ActionKey<Message> {
    /// The id of its button.
    pub id: FocusId,
    /// The key as printed.
    pub key: String,
    /// What it does, in words.
    pub label: String,
    /// Why it cannot be used now, if so.
    pub disabled: Option<String>,
    /// What pressing it does.
    pub on_press: Message,
}

/// The bar of keys at the bottom, 44 px: `left` in order, and `right` at the other end.
pub fn action_bar<'a, Message: Clone + 'a>(
    look: &Look<'_>,
    left: impl IntoIterator<Item = ActionKey<Message>>,
    right: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let t = look.tokens;
    let inside = Row::with_children(left.into_iter().map(|key| action_key(look, key).into()))
        .push(gap().width(Length::Fill))
        .extend(right)
        .spacing(space::S4)
        .align_y(Alignment::Center);
    column![
        hline(look),
        surface(t.surface, container(inside).padding([0.0, space::S16]).center_y(height::ACTION_BAR - stroke::LINE))
            .width(Length::Fill)
    ]
    .into()
}

/// How much room a key with its deed takes in the bar at most, in logical pixels.
pub fn action_width<Message>(action: &ActionKey<Message>) -> f32 {
    // The cap's own sides, the gap between cap and word, the sides of the whole, and the gap to the next.
    const ROUND: f32 = 14.0 + 7.0 + space::S6 + space::S10 + space::S4;
    text_width(&action.key, Type::LABEL_MEDIUM).max(8.0) + text_width(&action.label, Type::TITLE) + ROUND
}

/// One key with its deed, as the bar shows it.
pub fn action_key<'a, Message: Clone + 'a>(look: &Look<'_>, action: ActionKey<Message>) -> Control<'a, Message> {
    let t = look.tokens;
    let ActionKey { id, key, label, disabled, on_press } = action;
    let ink = if disabled.is_some() { t.ink3 } else { t.ink };
    let inside = row![key_cap(look, &key, KeyGround::Paper), look.colored(label.clone(), Type::CELL_MEDIUM, ink)]
        .spacing(7.0)
        .align_y(Alignment::Center);
    let tip = disabled.clone().map(|why| tip_text(look, why));
    let mut built = control(look, id, Role::Button, label, container(inside).center_y(Length::Fill))
        .padding(iced::Padding { top: 0.0, right: space::S10, bottom: 0.0, left: space::S6 })
        .height(30.0)
        .state(ControlState { key: Some(key), disabled, ..ControlState::new() })
        .on_press(on_press)
        .style(move |status| match status {
            Status::Hovered => Style::ground(t.bg, radius::CONTROL),
            Status::Pressed => Style::ground(t.sunken, radius::CONTROL),
            _ => Style::bare(),
        });
    if let Some(tip) = tip {
        built = built.tip(tip);
    }
    built
}
