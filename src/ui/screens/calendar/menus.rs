//! What is laid over the calendar: the choices of whose calendar and which site, and the sheets. What does not live here: which choices there
//! are (the desk's), the sheets' own contents (see `cancel` and `closing`).

use iced::widget::{Column, container, mouse_area, opaque, pin, row, space as gap, stack};
use iced::{Alignment, Length};
use skranke_desk::calendar::menus::{Called, Choice, Group, Menu};
use skranke_desk::calendar::{CalendarInput, CalendarPage, Layer};

use super::{Message, cancel, closing};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::words::pick;
use crate::theme::scale::{radius, space, width};
use crate::theme::{Look, Type};
use crate::widget::dialog::modal;
use crate::widget::panel::raised;
use crate::widget::{Element, Ring, RowState, control, ellipsis, icon, inert, lift, row_ground, scroll};

/// The choices.
pub(super) const MENU: FocusId = FocusId::new("calendar/menu");
/// How wide they are.
const WIDE: f32 = 300.0;

/// The calendar with what is laid over it.
pub(super) fn over<'a>(scene: Scene<'a>, page: &'a CalendarPage, under: Element<'a, Message>) -> Element<'a, Message> {
    let look = scene.look;
    match &page.layer {
        None => stack![under].width(Length::Fill).height(Length::Fill).into(),
        Some(Layer::Menu { menu, at }) => {
            let what = choices(scene, page, *menu, *at);
            let placed = container(pin(opaque(what)).x(width::CALENDAR_LEFT + space::S16).y(46.0))
                .width(Length::Fill)
                .height(Length::Fill);
            let beside = mouse_area(placed).on_press(Message::Do(CalendarInput::Menu(None)));
            stack![inert(under), opaque(beside)].width(Length::Fill).height(Length::Fill).into()
        }
        // Something may be typed: a click beside it must not put it away.
        Some(Layer::Cancel(sheet)) => modal(look, under, Some(cancel::view(scene, page, sheet)), None),
        Some(Layer::Closing(sheet)) => modal(look, under, Some(closing::view(scene, page, sheet)), None),
    }
}

const fn group_word(group: Group) -> Option<&'static str> {
    match group {
        Group::Day | Group::Sites => None,
        Group::Counters => Some("calendar-group-counters"),
        Group::Rooms => Some("calendar-group-rooms"),
        Group::Phone => Some("calendar-group-phone"),
        Group::Staff => Some("calendar-group-staff"),
        Group::Interpreters => Some("calendar-group-interpreters"),
        Group::Authorities => Some("calendar-group-authorities"),
    }
}

fn called(look: &Look<'_>, choice: &Choice) -> String {
    match &choice.called {
        Called::Whole => look.t("calendar-whole-site"),
        Called::Place(name) => pick(look.texts, name).to_owned(),
        Called::Name(name) => name.clone(),
    }
}

fn choices<'a>(scene: Scene<'a>, page: &CalendarPage, menu: Menu, at: usize) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut rows = Column::new();
    let mut group = None;
    for (n, choice) in page.choices(menu, &scene.desk.session).iter().enumerate() {
        if let Some(word) = group_word(choice.group).filter(|_| group != Some(choice.group)) {
            let head = look.colored(look.t(word), Type::LABEL, t.ink3);
            rows = rows.push(container(head).padding(iced::Padding { top: 6.0, right: 8.0, bottom: 1.0, left: 8.0 }));
        }
        group = Some(choice.group);
        let label = called(look, choice);
        let mark: Element<'a, Message> =
            if choice.chosen { icon(Icon::Check, 14.0, t.accent) } else { gap().width(14.0).height(14.0).into() };
        let inside = row![mark, ellipsis(label.clone(), Type::CELL_MEDIUM).color(t.ink).width(Length::Fill)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
        let state = if n == at { RowState::Selected } else { RowState::Rest };
        rows = rows.push(
            control(look, MENU.child(n), Role::MenuItem, label, inside)
                .padding([3.0, space::S8])
                .width(Length::Fill)
                .state(ControlState::new().selected(choice.chosen))
                .ring(Ring::Row(radius::TAG))
                .on_press(Message::MenuTakeAt(n))
                .style(move |status| row_ground(&t, state, status)),
        );
    }
    let list = scroll(look, MENU.child("scroll").widget(), rows.width(Length::Fill)).height(Length::Shrink);
    let face = container(list)
        .padding(space::S4)
        .width(WIDE)
        .max_height((look.height - 200.0).max(200.0))
        .style(move |_| raised(&t, t.edge, radius::PANEL));
    let name = look.t(match menu {
        Menu::Whose => "calendar-key-whose",
        Menu::Site => "calendar-key-site",
    });
    control(look, MENU, Role::Group, name, lift(look, radius::PANEL, face)).ring(Ring::Hidden).into()
}
