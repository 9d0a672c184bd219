//! The sheet for a warm hand-over. What lives here: how it looks and its keys. What does not: the card and what comes of it (the desk's sheet).

use iced::widget::{Column, column, container, row, space as gap};
use iced::{Alignment, Length};
use skranke_api::handovers::Receiver;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::sheets::handover::{Asked, Candidate, Trouble};
use skranke_desk::sheets::{HandoverInput, HandoverSheet, SheetInput};
use skranke_desk::{Input, Load};

use super::wrap_up::verified_word;
use super::{Begins, frame, input};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::screens::{Key, Scene, sentence};
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::field::field_error;
use crate::widget::{
    Element, KeyGround, check_box, department, ellipsis, field, hline, icon, key_cap, panel, quiet, skeleton_line,
};

const QUERY: FocusId = FocusId::new("citizen/sheet/handover/query");
const WHAT: FocusId = FocusId::new("citizen/sheet/handover/text");
const LIST: FocusId = FocusId::new("citizen/sheet/handover/list");
const PLACE: FocusId = FocusId::new("citizen/sheet/handover");

/// The height of a receiver.
const ROW: f32 = 36.0;

/// Where the keyboard begins: at the receiver, and at what it is about once there is one.
pub(super) const fn begins(sheet: &HandoverSheet) -> Begins {
    match sheet.receiver {
        None => Begins(QUERY, Role::TextField),
        Some(_) => Begins(WHAT, Role::TextField),
    }
}

const fn of(one: HandoverInput) -> Input {
    input(SheetInput::Handover(one))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &HandoverSheet, texts: &Texts) -> Vec<Key<Input>> {
    let not_known = of(HandoverInput::NotKnown(texts.t("handover-not-known-answer")));
    if sheet.receiver.is_some() {
        let open = sheet.asked.iter().any(|one| one.answer.trim().is_empty());
        return vec![
            Key::in_place("Ctrl R", "handover-key-another", of(HandoverInput::Another)),
            Key::in_place("Ctrl U", "handover-key-not-known", not_known)
                .disabled((!open).then(|| texts.t("handover-all-answered"))),
        ];
    }
    vec![
        Key::in_place("↓", "handover-key-down", of(HandoverInput::Step(Step::Next))),
        Key::in_place("↑", "handover-key-up", of(HandoverInput::Step(Step::Previous))),
        Key::in_place("↵", "handover-key-take", of(HandoverInput::Take)),
        Key::in_place("F5", "citizen-key-ask-again", of(HandoverInput::AskAgain)),
    ]
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a HandoverSheet) -> Element<'a, Input> {
    let look = scene.look;
    let mut body = Column::new().spacing(space::S12).width(Length::Fill);
    body = body.push(match &sheet.receiver {
        Some(to) => chosen(scene, to),
        None => receivers(scene, sheet),
    });
    let what_error = match sheet.trouble {
        Some(Trouble::NothingSaid) => Some(look.t("handover-nothing-said")),
        Some(Trouble::TooLong) => Some(look.t("handover-too-long")),
        _ => None,
    };
    body = body.push(
        field(look, WHAT, look.t("handover-what"), sheet.what.clone())
            .labelled()
            .hint(look.t("handover-what-hint"))
            .error(what_error)
            .on_input(|text| of(HandoverInput::What(text)))
            .build(),
    );
    body = body.extend(sheet.asked.iter().enumerate().map(|(at, one)| question(look, at, one, sheet.trouble)));
    if sheet.asked.iter().any(|one| one.answer.trim().is_empty()) {
        let words = of(HandoverInput::NotKnown(look.t("handover-not-known-answer")));
        let button = quiet(look, PLACE.child("not-known"), look.t("handover-key-not-known"))
            .size(ButtonSize::Small)
            .key("Ctrl U")
            .on_press(words);
        body = body.push(Element::from(button));
    }
    body = body.push(
        field(look, PLACE.child("promised"), look.t("handover-promised"), sheet.promised.clone())
            .labelled()
            .hint(look.t("handover-promised-hint"))
            .on_input(|text| of(HandoverInput::Promised(text)))
            .build(),
    );
    body = body.push(goes_along(look, sheet));
    if let Some(trouble @ (Trouble::NobodySignedIn | Trouble::NotKept)) = sheet.trouble {
        let word = if trouble == Trouble::NotKept { "sheet-not-kept" } else { "sheet-nobody-signed-in" };
        body = body.push(field_error(look, look.t(word)));
    }
    frame(scene, page, look.t("sheet-handover"), look.t("sheet-handover-verb"), body)
}

/// A name with its unit's tag.
fn named<'a>(scene: Scene<'_>, one: &Candidate) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let second = match one.receiver {
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

fn chosen<'a>(scene: Scene<'a>, to: &Candidate) -> Element<'a, Input> {
    let look = scene.look;
    let another = quiet(look, PLACE.child("another"), look.t("handover-key-another"))
        .size(ButtonSize::Small)
        .key("Ctrl R")
        .on_press(of(HandoverInput::Another));
    let line = row![container(named(scene, to)).width(Length::Fill), Element::from(another)]
        .spacing(space::S10)
        .align_y(Alignment::Center);
    column![look.label(look.t("handover-to")), line].spacing(space::S4).into()
}

/// The line to find a receiver with, and who fits.
fn receivers<'a>(scene: Scene<'a>, sheet: &'a HandoverSheet) -> Element<'a, Input> {
    let look = scene.look;
    let t = look.tokens;
    let error = (sheet.trouble == Some(Trouble::NoReceiver)).then(|| look.t("handover-no-receiver"));
    let mut all = column![
        field(look, QUERY, look.t("handover-to"), sheet.query.clone())
            .labelled()
            .hint(look.t("handover-to-hint"))
            .icon(Icon::Search)
            .error(error)
            .on_input(|text| of(HandoverInput::Query(text)))
            .build()
    ]
    .spacing(space::S6);
    let rows = sheet.candidates.iter().enumerate().map(|(at, one)| {
        let active = at == sheet.active;
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
            .on_press(of(HandoverInput::TakeAt(at)))
            .style(move |status| match (active, status) {
                (true, _) => Style::ground(t.accent_soft, radius::TAG),
                (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
                (false, _) => Style::bare(),
            })
            .into()
    });
    let rows: Vec<Element<'a, Input>> = rows.collect();
    let nobody = rows.is_empty();
    if !nobody {
        let active = sheet.candidates.get(sheet.active).map(|one| pick(look.texts, &one.name).to_owned());
        let list = control(look, LIST, Role::List, look.t("handover-to"), Column::with_children(rows))
            .padding(stroke::FOCUS)
            .width(Length::Fill)
            .ring(Ring::Hidden)
            .state(ControlState::new().active(active));
        all = all.push(panel(look, list).width(Length::Fill));
    }
    match &sheet.colleagues {
        Load::Failed { error, .. } => {
            all = all.push(look.second(look.t("handover-units-only")));
            all = all.push(sentence::failed(look, error, of(HandoverInput::AskAgain)));
        }
        Load::Waiting { .. } if nobody => all = all.push(skeleton_line(look, 0.5, 12.0)),
        _ if nobody => all = all.push(look.second(look.t("handover-nobody-found"))),
        _ => {}
    }
    all.into()
}

/// A question of the receiving unit.
fn question<'a>(look: &'a Look<'a>, at: usize, one: &Asked, trouble: Option<Trouble>) -> Element<'a, Input> {
    let open = one.answer.trim().is_empty() && trouble == Some(Trouble::Unanswered);
    field(look, PLACE.child("answer").child(at), pick(look.texts, &one.question).to_owned(), one.answer.clone())
        .labelled()
        .hint(look.t("handover-answer-hint"))
        .error(open.then(|| look.t("handover-unanswered")))
        .on_input(move |text| of(HandoverInput::Answer(at, text)))
        .build()
}

/// What else the card carries.
fn goes_along<'a>(look: &Look<'_>, sheet: &HandoverSheet) -> Element<'a, Input> {
    let t = look.tokens;
    let verified = look.with("handover-verified", &[("how", look.t(verified_word(sheet.verified)).into())]);
    let mut all = column![
        hline(look),
        look.label(look.t("handover-goes-along")),
        row![icon(Icon::IdCard, 16.0, t.ink3), look.colored(verified, Type::CELL, t.ink)]
            .spacing(space::S8)
            .padding([space::S2, space::S4])
            .align_y(Alignment::Center),
    ]
    .spacing(space::S4);
    if !sheet.cases.is_empty() {
        let numbers: Vec<&str> = sheet.cases.iter().map(|(_, number)| number.as_str()).collect();
        let args =
            [("count", i64::try_from(numbers.len()).unwrap_or(0).into()), ("numbers", numbers.join(", ").into())];
        let label = look.with("handover-cases", &args);
        all =
            all.push(check_box(look, PLACE.child("cases"), label, sheet.with_cases).on_press(of(HandoverInput::Cases)));
    }
    if !sheet.missing.is_empty() {
        let names: Vec<&str> = sheet.missing.iter().map(|label| pick(look.texts, label)).collect();
        let args = [("count", i64::try_from(names.len()).unwrap_or(0).into()), ("papers", names.join(", ").into())];
        let label = look.with("handover-missing", &args);
        all = all.push(
            check_box(look, PLACE.child("missing"), label, sheet.with_missing).on_press(of(HandoverInput::Missing)),
        );
    }
    all.into()
}
