//! The sheet that relates a case to another of the same citizen, or parts them. What does not live here: which cases there are (the desk's).

use iced::widget::{Column, column, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::casework::Related;
use skranke_desk::case::work::{CaseFacing, RelateInput, RelateSheet, WorkInput};
use skranke_desk::citizen::Step;

use super::{Message, Parts, SHEET, of, stack};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::{radius, space, stroke};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, badge, department, ellipsis, field, panel, quiet, skeleton_line};

/// Its line.
pub(super) const QUERY: FocusId = FocusId::new("case/sheet/relate");
const LIST: FocusId = FocusId::new("case/sheet/relate/list");

const fn relate(input: RelateInput) -> Message {
    of(WorkInput::Relate(input))
}

pub(super) fn keys() -> Vec<Key<Message>> {
    vec![
        Key::in_place("↓", "work-key-case", relate(RelateInput::Step(Step::Next))),
        Key::in_place("↑", "work-key-case", relate(RelateInput::Step(Step::Previous))),
        Key::in_place("F5", "case-key-ask-again", relate(RelateInput::AskAgain)),
    ]
}

pub(super) fn view<'a>(scene: Scene<'a>, facing: CaseFacing<'a>, sheet: &'a RelateSheet) -> Parts<'a> {
    let look = scene.look;
    let t = look.tokens;
    let related = &facing.view.value.related;
    let line = field(look, QUERY, look.t("work-relate-find"), sheet.query.clone())
        .labelled()
        .hint(look.t("work-relate-hint"))
        .icon(Icon::Search)
        .on_input(|text| relate(RelateInput::Query(text)))
        .build();
    let mut parts: Vec<Element<'a, Message>> = vec![line];
    let rows = sheet.fitting().map(|case| {
        let active = sheet.chosen == Some(case.id);
        let together = related.iter().any(|one| one.id == case.id);
        let title = pick(look.texts, &case.title).to_owned();
        let name = format!("{title} {}", case.number);
        let mut face = row![
            department(look, scene.desk.session.tag(&case.department).to_owned()),
            column![ellipsis(title, Type::TITLE).color(t.ink), look.colored(case.number.clone(), Type::LABEL, t.ink2)],
            gap().width(Length::Fill),
        ]
        .spacing(space::S10)
        .align_y(Alignment::Center);
        if together {
            face = face.push(look.colored(look.t("work-relate-together"), Type::LABEL_MEDIUM, t.accent));
        }
        let face = face.push(badge(look, super::super::words::shown_column(case.column), None));
        let row = control(look, LIST.child(case.id), Role::ListItem, name, face)
            .padding([space::S4, space::S10])
            .width(Length::Fill)
            .state(ControlState::new().selected(active))
            .ring(Ring::Row(radius::TAG))
            .ringed(active && look.focused(&LIST))
            .on_press(relate(RelateInput::Choose(case.id)))
            .style(move |status| match (active, status) {
                (true, _) => Style::ground(t.accent_soft, radius::TAG),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
                (false, _) => Style::bare(),
            });
        Element::from(row)
    });
    let rows: Vec<Element<'a, Message>> = rows.collect();
    if rows.is_empty() {
        let nothing =
            if sheet.waiting { skeleton_line(look, 0.6, 12.0) } else { look.second(look.t("work-relate-none")).into() };
        parts.push(nothing);
    } else {
        let list = control(look, LIST, Role::List, look.t("work-relate"), Column::with_children(rows))
            .padding(stroke::FOCUS)
            .width(Length::Fill)
            .ring(Ring::Hidden);
        parts.push(panel(look, list).width(Length::Fill).into());
    }
    if sheet.partial {
        let again = quiet(look, SHEET.child("again"), look.t("case-key-ask-again"))
            .size(ButtonSize::Small)
            .key("F5")
            .on_press(relate(RelateInput::AskAgain));
        let line = row![look.colored(look.t("work-relate-partial"), Type::CELL, t.wait), Element::from(again)];
        parts.push(line.spacing(space::S8).align_y(Alignment::Center).into());
    }
    let verb = match sheet.becomes(&facing) {
        Some(Related::Apart) => "work-relate-apart-verb",
        Some(Related::Together) | None => "work-relate-verb",
    };
    (look.t("work-relate"), look.t(verb), stack(parts))
}
