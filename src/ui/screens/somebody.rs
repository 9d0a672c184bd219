//! Finding a colleague or a unit: the line that is typed in, who fits, who was chosen. What does not live here: the search itself (the
//! desk's), what is sent to them.

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::handovers::{Colleague, Receiver};
use skranke_desk::Load;
use skranke_desk::sheets::handover::Candidate;

use super::words::pick;
use super::{Scene, sentence};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::theme::Type;
use crate::theme::scale::{radius, space, stroke};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, KeyGround, department, ellipsis, field, key_cap, panel, quiet, skeleton_line};

/// The height of somebody who is offered.
const ROW: f32 = 36.0;

/// What is shown of a search for somebody, and what its parts give.
pub(super) struct Somebody<'a, Message> {
    /// The line, the list and the button that takes the choice back.
    pub ids: (FocusId, FocusId, FocusId),
    /// What somebody is looked for as: "Receiver".
    pub label: String,
    /// What stands in the line while it is empty.
    pub hint: String,
    /// The sentence that says what is wrong, if anything is.
    pub error: Option<String>,
    /// What was typed.
    pub query: &'a str,
    /// Who is offered, and which of them `↵` takes.
    pub offered: (&'a [Candidate], usize),
    /// Who was chosen.
    pub chosen: Option<&'a Candidate>,
    /// The colleagues that the server found.
    pub found: &'a Load<Vec<Colleague>>,
    /// What is said where the server does not answer and something is offered all the same.
    pub without: Option<String>,
    /// What typing gives.
    pub typed: fn(String) -> Message,
    /// What choosing one of those who are offered gives, by its place.
    pub take: fn(usize) -> Message,
    /// What taking the choice back gives.
    pub another: Message,
    /// What asking again gives.
    pub again: Message,
}

/// The line and who fits, or who was chosen.
pub(super) fn view<'a, Message: Clone + 'a>(scene: Scene<'a>, one: Somebody<'a, Message>) -> Element<'a, Message> {
    match one.chosen {
        Some(chosen) => taken(scene, chosen, one),
        None => offered(scene, one),
    }
}

/// A name with its unit's tag.
fn named<'a, Message: 'a>(scene: Scene<'_>, one: &Candidate) -> Element<'a, Message> {
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

fn taken<'a, Message: Clone + 'a>(
    scene: Scene<'a>,
    chosen: &Candidate,
    one: Somebody<'a, Message>,
) -> Element<'a, Message> {
    let look = scene.look;
    let another = quiet(look, one.ids.2, look.t("handover-key-another"))
        .size(ButtonSize::Small)
        .key("Ctrl R")
        .on_press(one.another);
    let line = row![container(named(scene, chosen)).width(Length::Fill), Element::from(another)]
        .spacing(space::S10)
        .align_y(Alignment::Center);
    column![look.label(one.label), line].spacing(space::S4).into()
}

fn offered<'a, Message: Clone + 'a>(scene: Scene<'a>, one: Somebody<'a, Message>) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let (query, list, _) = one.ids;
    let ((candidates, place), take) = (one.offered, one.take);
    let mut all = column![
        field(look, query, one.label.clone(), one.query)
            .labelled()
            .hint(one.hint)
            .icon(Icon::Search)
            .error(one.error)
            .on_input(one.typed)
            .build()
    ]
    .spacing(space::S6);
    let rows = candidates.iter().enumerate().map(|(at, candidate)| {
        let active = at == place;
        let name = pick(look.texts, &candidate.name).to_owned();
        let line = row![container(named(scene, candidate)).width(Length::Fill)]
            .push(active.then(|| key_cap(look, "↵", KeyGround::Paper)))
            .spacing(space::S10)
            .align_y(Alignment::Center);
        control(look, list.child(at), Role::ListItem, name, container(line).center_y(Length::Fill))
            .padding([0.0, space::S10])
            .height(ROW)
            .width(Length::Fill)
            .state(ControlState::new().selected(active))
            .ring(Ring::Row(radius::TAG))
            .ringed(active && look.focused(&list))
            .on_press(take(at))
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
        let active = candidates.get(place).map(|candidate| pick(look.texts, &candidate.name).to_owned());
        let list = control(look, list, Role::List, one.label, Column::with_children(rows))
            .padding(stroke::FOCUS)
            .width(Length::Fill)
            .ring(Ring::Hidden)
            .state(ControlState::new().active(active));
        all = all.push(panel(look, list).width(Length::Fill));
    }
    match one.found {
        Load::Failed { error, .. } => {
            all = all.extend(one.without.map(|words| look.second(words).into()));
            all = all.push(sentence::failed(look, error, one.again));
        }
        Load::Waiting { .. } if nobody => all = all.push(skeleton_line(look, 0.5, 12.0)),
        _ if nobody => all = all.push(look.second(look.t("handover-nobody-found"))),
        _ => {}
    }
    all.into()
}
