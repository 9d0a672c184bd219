//! The left column: readiness as a meter with its sentence, and the checklist, grouped by when its items are due.

use iced::Length;
use iced::widget::{Column, column, container, row, space as gap};
use jiff::Timestamp;
use skranke_desk::case::{CasePage, ItemShown};
use skranke_domain::checklist::{Due, ItemState};

use super::{CHECKLIST, Message, item_id, words};
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::list::RowState;
use crate::widget::{ChecklistItem, Element, Ring, checklist_item, control, hline, readiness_meter, scroll};

pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CasePage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let items = page.items(&desk.pending);
    let sum = page.readiness(&desk.pending).unwrap_or_default();
    let (title, color) = if sum.ready_for_decision() {
        ("case-ready-decision", t.ok)
    } else if sum.ready_for_attendance() {
        ("case-ready", t.ok)
    } else {
        ("case-not-ready", t.ink)
    };
    let count = look
        .with("case-settled", &[("settled", i64::from(sum.settled).into()), ("all", i64::from(sum.applicable).into())]);
    let states = items
        .iter()
        .filter(|i| i.state != ItemState::NotApplicable)
        .map(|i| words::shown_item(i.state))
        .collect::<Vec<_>>();
    let explain = if sum.ready_for_decision() {
        look.t("case-ready-decision-why")
    } else if sum.ready_for_attendance() {
        look.with("case-ready-why", &[("left", i64::from(sum.open_at_visit).into())])
    } else {
        look.with("case-not-ready-why", &[("open", i64::from(sum.open_before_visit).into())])
    };
    let head = column![
        row![
            look.colored(look.t(title), Type::SECTION, color).width(Length::Fill),
            look.colored(count.clone(), Type::CELL, t.ink)
        ]
        .align_y(iced::Alignment::Center),
        readiness_meter(look, "case/meter", count, states),
        look.colored(explain, Type::CELL, t.ink2),
    ]
    .spacing(space::S8);
    let today = look.now.date();
    let mut list = Column::new();
    for due in [Due::BeforeVisit, Due::AtVisit] {
        list = group(list, scene, page, &items, due, today);
    }
    let active = page.selected_item().map(|item| words::say(look.texts, &item.label).to_owned());
    let list = control(look, CHECKLIST, Role::List, look.t("case-checklist"), list.width(Length::Fill))
        .state(ControlState::new().active(active))
        .width(Length::Fill)
        .ring(Ring::Hidden);
    column![
        container(head).padding(space::S16),
        hline(look),
        scroll(look, "case/checklist/scroll", container(list).padding([space::S4, space::S8])),
    ]
    .into()
}

fn group<'a>(
    mut list: Column<'a, Message>,
    scene: Scene<'a>,
    page: &'a CasePage,
    items: &[ItemShown<'a>],
    due: Due,
    today: jiff::civil::Date,
) -> Column<'a, Message> {
    let look = scene.look;
    let mine: Vec<&ItemShown<'a>> = items.iter().filter(|i| i.item.due == due).collect();
    if mine.is_empty() {
        return list;
    }
    let counted = mine.iter().filter(|i| i.state != ItemState::NotApplicable);
    let (settled, all) =
        counted.fold((0_i64, 0_i64), |(settled, all), i| (settled + i64::from(i.state.is_settled()), all + 1));
    let word = match due {
        Due::BeforeVisit => "case-due-before",
        Due::AtVisit => "case-due-at",
    };
    let heading = row![
        look.strong(look.t(word)),
        look.label(look.with("case-of", &[("settled", settled.into()), ("all", all.into())])),
        gap().width(Length::Fill)
    ]
    .spacing(space::S8)
    .align_y(iced::Alignment::Center);
    list = list.push(container(heading).padding(iced::Padding {
        top: space::S10,
        left: space::S10,
        bottom: space::S4,
        right: space::S10,
    }));
    for shown in mine {
        let selected = page.selected.as_ref() == Some(&shown.item.id);
        let id = item_id(&shown.item.id);
        let row = ChecklistItem {
            title: words::say(look.texts, &shown.item.label).to_owned(),
            state: words::shown_item(shown.state),
            word: None,
            second: second_line(look, scene, shown, today),
            unsent: shown.pending.as_ref().is_some_and(|p| !p.is_refused()),
            row: if selected { RowState::Selected } else { RowState::Rest },
        };
        let mut built = checklist_item(look, id, row).on_press(Message::Select(shown.item.id.clone()));
        if selected && look.focused(&CHECKLIST) {
            built = built.shown_focused();
        }
        list = list.push(built);
    }
    list
}

/// Who, when and why, or what the item waits for.
fn second_line(look: &Look<'_>, scene: Scene<'_>, shown: &ItemShown<'_>, today: jiff::civil::Date) -> Option<String> {
    if let Some(pending) = &shown.pending {
        let id = if pending.is_refused() { "case-item-refused" } else { "case-item-unsent" };
        return Some(look.t(id));
    }
    if let Some(reason) = shown.reason.filter(|r| !r.is_empty()) {
        return Some(reason.to_owned());
    }
    match (&shown.item.changed_by, shown.item.changed_at) {
        (Some(by), Some(at)) => Some(format!("{by} · {}", when(look, scene, at, today))),
        _ => match shown.state {
            ItemState::NotApplicable => shown.item.because.as_ref().map(|_| look.t("case-item-condition-not-met")),
            ItemState::Missing | ItemState::Requested => Some(
                look.with("case-item-supplier", &[("who", look.t(words::supplier(shown.item.supplied_by)).into())]),
            ),
            _ => shown.item.changed_at.map(|at| when(look, scene, at, today)),
        },
    }
}

pub(super) fn when(look: &Look<'_>, scene: Scene<'_>, at: Timestamp, today: jiff::civil::Date) -> String {
    let local = at.to_zoned(scene.desk.tz().clone());
    if local.date() == today { look.texts.time(local.time()) } else { look.texts.near_day(local.date(), today) }
}
