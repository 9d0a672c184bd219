//! Finding a colleague or a unit on a sheet of the case page: the line, who fits, who was chosen. What does not live here: the search itself.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::handovers::Receiver;
use skranke_desk::Load;
use skranke_desk::case::work::{SeekInput, Seeker, WorkInput};
use skranke_desk::citizen::Step;
use skranke_desk::sheets::handover::Candidate;

use super::{Message, SHEET, of};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene, sentence};
use crate::theme::Type;
use crate::theme::scale::{radius, space, stroke};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, KeyGround, department, ellipsis, field, key_cap, panel, quiet, skeleton_line};

const QUERY: FocusId = FocusId::new("case/sheet/who");
const LIST: FocusId = FocusId::new("case/sheet/who/list");
const ROW: f32 = 36.0;

const fn seek(input: SeekInput) -> Message {
    of(WorkInput::Seek(input))
}

/// The line while nobody was chosen, and what comes next afterwards.
pub(super) fn begins(seeker: &Seeker, next: FocusId) -> (FocusId, Role) {
    match seeker.chosen {
        None => (QUERY, Role::TextField),
        Some(_) => (next, Role::Button),
    }
}

pub(super) fn keys(seeker: &Seeker) -> Vec<Key<Message>> {
    if seeker.chosen.is_some() {
        return vec![Key::in_place("Ctrl R", "handover-key-another", seek(SeekInput::Another))];
    }
    vec![
        Key::in_place("↓", "handover-key-down", seek(SeekInput::Step(Step::Next))),
        Key::in_place("↑", "handover-key-up", seek(SeekInput::Step(Step::Previous))),
        Key::in_place("↵", "handover-key-take", seek(SeekInput::Take)),
        Key::in_place("F5", "citizen-key-ask-again", seek(SeekInput::AskAgain)),
    ]
}

pub(super) fn view<'a>(
    scene: Scene<'a>,
    seeker: &'a Seeker,
    label: &str,
    error: Option<String>,
) -> Element<'a, Message> {
    match &seeker.chosen {
        Some(chosen) => taken(scene, chosen, label),
        None => offered(scene, seeker, label, error),
    }
}

fn named<'a>(scene: Scene<'_>, one: &Candidate) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let me = scene.desk.person().is_some_and(|me| one.receiver == Receiver::Colleague { id: me });
    let second = match one.receiver {
        _ if me => look.t("work-you"),
        Receiver::Unit { .. } => look.t("handover-whoever-is-there"),
        Receiver::Colleague { .. } => {
            let unit = scene.desk.session.departments.get(&one.department);
            unit.map_or_else(String::new, |unit| pick(look.texts, &unit.department.name).to_owned())
        }
    };
    row![
        department(look, scene.desk.session.tag(&one.department).to_owned()),
        ellipsis(pick(look.texts, &one.name).to_owned(), Type::TITLE).color(t.ink),
        gap().width(Length::Fill),
        look.colored(second, Type::LABEL, t.ink3),
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center)
    .into()
}

fn taken<'a>(scene: Scene<'a>, one: &Candidate, label: &str) -> Element<'a, Message> {
    let look = scene.look;
    let another = quiet(look, SHEET.child("another"), look.t("handover-key-another"))
        .size(ButtonSize::Small)
        .key("Ctrl R")
        .on_press(seek(SeekInput::Another));
    let line = row![container(named(scene, one)).width(Length::Fill), Element::from(another)]
        .spacing(space::S10)
        .align_y(Alignment::Center);
    column![look.label(look.t(label)), line].spacing(space::S4).into()
}

fn offered<'a>(scene: Scene<'a>, seeker: &'a Seeker, label: &str, error: Option<String>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let mut all = column![
        field(look, QUERY, look.t(label), seeker.query.clone())
            .labelled()
            .hint(look.t("work-who-hint"))
            .icon(Icon::Search)
            .error(error)
            .on_input(|text| seek(SeekInput::Query(text)))
            .build()
    ]
    .spacing(space::S6);
    let rows = seeker.candidates.iter().enumerate().map(|(at, one)| {
        let active = at == seeker.active;
        let name = pick(look.texts, &one.name).to_owned();
        let line = row![container(named(scene, one)).width(Length::Fill)]
            .push(active.then(|| key_cap(look, "↵", KeyGround::Paper)))
            .spacing(space::S10)
            .align_y(Alignment::Center);
        control(look, LIST.child(at), Role::ListItem, name, container(line).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .height(ROW)
            .width(Length::Fill)
            .state(ControlState::new().selected(active))
            .ring(Ring::Row(radius::TAG))
            .ringed(active && look.focused(&LIST))
            .on_press(seek(SeekInput::TakeAt(at)))
            .style(move |status| match (active, status) {
                (true, _) => Style::ground(t.accent_soft, radius::TAG),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
                (false, _) => Style::bare(),
            })
            .into()
    });
    let rows: Vec<Element<'a, Message>> = rows.collect();
    let nobody = rows.is_empty();
    if !nobody {
        let active = seeker.candidates.get(seeker.active).map(|one| pick(look.texts, &one.name).to_owned());
        let list = control(look, LIST, Role::List, look.t(label), Column::with_children(rows))
            .padding(stroke::FOCUS)
            .width(Length::Fill)
            .ring(Ring::Hidden)
            .state(ControlState::new().active(active));
        all = all.push(panel(look, list).width(Length::Fill));
    }
    match &seeker.found {
        Load::Failed { error, .. } => all = all.push(sentence::failed(look, error, seek(SeekInput::AskAgain))),
        Load::Waiting { .. } if nobody => all = all.push(skeleton_line(look, 0.5, 12.0)),
        _ if nobody => all = all.push(look.second(look.t("handover-nobody-found"))),
        _ => {}
    }
    all.into()
}
