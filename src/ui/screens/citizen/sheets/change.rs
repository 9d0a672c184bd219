//! The sheet for a reported change: what changed, from when, in one line, and who hears of it. What lives here: how it looks and its keys. What
//! does not: what was typed and what comes of it (the desk's sheet).

use iced::widget::{Column, column, container, row, space as gap, text::Wrapping};
use iced::{Alignment, Length};
use skranke_api::changes::Touched;
use skranke_desk::citizen::{CitizenPage, Step};
use skranke_desk::session::Line;
use skranke_desk::sheets::change::{ChangeProblem, TEXT_CHARS};
use skranke_desk::sheets::{ChangeInput, ChangeSheet, SheetInput};
use skranke_desk::{Input, Load};
use skranke_domain::change::ChangeKind;

use super::{Begins, dated, facing, frame, input, row_style, tick};
use crate::focus::{ControlState, FocusId, Role};
use crate::i18n::Texts;
use crate::screens::words::pick;
use crate::screens::{Key, Scene, sentence};
use crate::theme::scale::{height, radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::control::{Ring, control};
use crate::widget::field::field_error;
use crate::widget::list::ruled;
use crate::widget::{Element, KeyGround, department, ellipsis, field, glyph, key_cap, link, normal, skeleton_line};

const KINDS: FocusId = FocusId::new("citizen/sheet/change/kinds");
const FROM: FocusId = FocusId::new("citizen/sheet/change/from");
const TEXT: FocusId = FocusId::new("citizen/sheet/change/text");
const TOUCHES: FocusId = FocusId::new("citizen/sheet/change/touches");

/// How wide the field of a day is, and how tall a line of what is touched, in logical pixels.
const DAY: f32 = 150.0;
const ROW: f32 = 46.0;

/// Where the keyboard begins: with the kinds, then in the line.
pub(super) const fn begins(sheet: &ChangeSheet) -> Begins {
    match sheet.kind {
        None => Begins(KINDS, Role::List),
        Some(_) => Begins(TEXT, Role::TextField),
    }
}

/// The row that the keys act on.
pub(super) fn active(sheet: &ChangeSheet) -> Option<FocusId> {
    match &sheet.kind {
        None => sheet.candidate.as_ref().map(|kind| KINDS.child(kind)),
        Some(_) => sheet.touched().get(sheet.at).map(|touched| TOUCHES.child(&touched.procedure)),
    }
}

/// Something for this sheet.
const fn to(what: ChangeInput) -> Input {
    input(SheetInput::Change(what))
}

/// Its own keys beside `Esc` and `Ctrl ↵`.
pub(super) fn keys(_page: &CitizenPage, sheet: &ChangeSheet, _texts: &Texts) -> Vec<Key<Input>> {
    let mut keys = vec![
        Key::in_place("↓", "sheet-key-down", to(ChangeInput::Step(Step::Next))),
        Key::in_place("↑", "sheet-key-up", to(ChangeInput::Step(Step::Previous))),
    ];
    if sheet.kind.is_none() {
        keys.push(Key::in_place("↵", "change-key-choose", to(ChangeInput::ChooseCandidate)));
    } else {
        keys.push(Key::in_place("Space", "change-key-toggle", to(ChangeInput::Toggle)));
        keys.push(Key::in_place("F5", "citizen-key-ask-again", to(ChangeInput::AskAgain)));
    }
    keys
}

/// The sheet.
pub(super) fn view<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a ChangeSheet) -> Element<'a, Input> {
    let look = scene.look;
    let facing = facing(scene, page);
    let Some(kind) = sheet.kind_in(&facing) else {
        let kinds = kinds(look, sheet, ChangeSheet::kinds(&facing));
        return frame(scene, page, look.t("change-which"), look.t("situation-verb-choose"), kinds);
    };
    let today = facing.acting.today();
    let of = |wanted: fn(ChangeProblem) -> bool| sheet.problem.filter(|problem| wanted(*problem));
    let from_problem = match sheet.problem {
        Some(ChangeProblem::From(problem)) => Some(dated::problem(look, problem)),
        _ => None,
    };
    let text_problem = of(|problem| matches!(problem, ChangeProblem::NoText | ChangeProblem::TextTooLong));
    let said: Element<'a, Input> = field(look, TEXT, look.t("change-text"), sheet.text.clone())
        .labelled()
        .hint(pick(look.texts, &kind.asks).to_owned())
        .error(text_problem.map(|problem| said_problem(look, problem)))
        .on_input(|text| to(ChangeInput::Text(text)))
        .build();
    let from: Element<'a, Input> = field(look, FROM, look.t("change-from"), sheet.from.clone())
        .labelled()
        .hint(look.texts.day_month(today))
        .width(DAY)
        .error(from_problem)
        .on_input(|text| to(ChangeInput::From(text)))
        .build();
    let other = link(look, "citizen/sheet/change/other", look.t("change-other"), Type::CELL)
        .on_press(to(ChangeInput::OtherKind));
    let day = row![
        from,
        dated::understood(look, sheet.day(today).ok(), today),
        gap().width(Length::Fill),
        dated::beside(other)
    ]
    .spacing(space::S10);
    let mut body = column![said, day, touches(scene, page, sheet)].spacing(space::S12);
    if let Some(problem) = of(|problem| {
        matches!(problem, ChangeProblem::TouchesUnknown | ChangeProblem::NobodyHears | ChangeProblem::NobodySignedIn)
    }) {
        body = body.push(field_error(look, said_problem(look, problem)));
    }
    let verb = match sheet.hearing() {
        0 => look.t("change-verb"),
        count => look.with("change-verb-count", &[("count", number(count))]),
    };
    frame(scene, page, pick(look.texts, &kind.title).to_owned(), verb, body)
}

fn number<'n>(count: usize) -> crate::i18n::Arg<'n> {
    i64::try_from(count).unwrap_or(i64::MAX).into()
}

fn said_problem(look: &Look<'_>, problem: ChangeProblem) -> String {
    match problem {
        ChangeProblem::From(problem) => dated::problem(look, problem),
        ChangeProblem::NoText => look.t("change-no-text"),
        ChangeProblem::TextTooLong => look.with("change-text-too-long", &[("count", number(TEXT_CHARS))]),
        ChangeProblem::TouchesUnknown => look.t("change-touches-unknown"),
        ChangeProblem::NobodyHears => look.t("change-nobody-hears"),
        ChangeProblem::NobodySignedIn => look.t("situation-not-known-yet"),
    }
}

/// The kinds of change, one stop.
fn kinds<'a>(look: &Look<'_>, sheet: &ChangeSheet, kinds: &[ChangeKind]) -> Element<'a, Input> {
    let t = look.tokens;
    if kinds.is_empty() {
        return look.colored(look.t("change-none-known"), Type::CELL, t.ink2).into();
    }
    let focused = look.focused(&KINDS);
    let is_candidate = |kind: &ChangeKind| sheet.candidate.as_ref() == Some(&kind.id);
    let rows = kinds.iter().map(|kind| {
        let candidate = is_candidate(kind);
        let title = pick(look.texts, &kind.title).to_owned();
        let asks = ellipsis(pick(look.texts, &kind.asks), Type::LABEL).color(t.ink2);
        let name = ellipsis(title.clone(), Type::TITLE).color(t.ink);
        let mut inside =
            row![container(column![name, asks]).width(Length::Fill)].spacing(space::S10).align_y(Alignment::Center);
        if candidate {
            inside = inside.push(key_cap(look, "↵", KeyGround::Paper));
        }
        control(look, KINDS.child(&kind.id), Role::ListItem, title, container(inside).center_y(Length::Fill))
            .padding([0.0, space::S8])
            .height(ROW)
            .width(Length::Fill)
            .ring(Ring::Row(radius::TAG))
            .ringed(focused && candidate)
            .state(ControlState::new().selected(candidate))
            .on_press(to(ChangeInput::Choose(kind.id.clone())))
            .style(row_style(t, candidate))
            .into()
    });
    let spoken = kinds.iter().find(|kind| is_candidate(kind)).map(|kind| pick(look.texts, &kind.title).to_owned());
    control(
        look,
        KINDS,
        Role::List,
        look.t("change-which"),
        container(Column::with_children(rows)).padding([stroke::FOCUS, 0.0]),
    )
    .ring(Ring::Hidden)
    .state(ControlState::new().active(spoken))
    .width(Length::Fill)
    .into()
}

/// Who hears of it: known, awaited, or not to be had.
fn touches<'a>(scene: Scene<'a>, page: &'a CitizenPage, sheet: &'a ChangeSheet) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let count = match sheet.touches.value() {
        Some(_) => {
            look.with("change-hearing", &[("count", number(sheet.hearing())), ("all", number(sheet.touched().len()))])
        }
        None => String::new(),
    };
    let heading = row![
        look.strong(look.t("change-touches")).wrapping(Wrapping::None),
        gap().width(Length::Fill),
        look.colored(count, Type::CELL, t.ink2).wrapping(Wrapping::None)
    ]
    .align_y(Alignment::Center);
    let inside: Element<'a, Input> = match &sheet.touches {
        Load::Idle | Load::Waiting { .. } if matches!(desk.session.line, Line::Down { .. }) => {
            not_to_be_had(look, look.t("change-touches-offline"))
        }
        Load::Idle | Load::Waiting { .. } => {
            let bar = |share: f32| container(skeleton_line(look, share, 10.0)).center_y(ROW).into();
            Column::with_children([0.6, 0.45, 0.7].map(bar)).into()
        }
        Load::Failed { error, .. } => {
            not_to_be_had(look, format!("{} {}", look.t("change-touches-unknown"), sentence::sentence(look, error)))
        }
        Load::Known { value, .. } if value.touches.is_empty() => {
            look.colored(look.t("change-touches-nothing"), Type::CELL, t.ink2).into()
        }
        Load::Known { value, trouble, .. } => {
            let focused = look.focused(&TOUCHES);
            let rows = value.touches.iter().enumerate().map(|(n, touched)| {
                let active = sheet.at == n;
                touched_row(
                    scene,
                    page,
                    touched,
                    Stands { hears: sheet.hears(touched), active, focused: active && focused },
                )
            });
            let spoken = value.touches.get(sheet.at).map(|touched| title(scene, touched));
            let mut inside = column![ruled(look, rows)];
            inside = inside.extend(trouble.as_ref().map(|error| field_error(look, sentence::sentence(look, error))));
            control(
                look,
                TOUCHES,
                Role::List,
                look.t("change-touches"),
                container(inside).padding([stroke::FOCUS, 0.0]),
            )
            .ring(Ring::Hidden)
            .state(ControlState::new().active(spoken))
            .width(Length::Fill)
            .into()
        }
    };
    column![heading, inside].spacing(space::S4).into()
}

fn not_to_be_had<'a>(look: &'a Look<'_>, words: String) -> Element<'a, Input> {
    let t = look.tokens;
    let again = normal(look, TOUCHES.child("again"), look.t("citizen-key-ask-again"))
        .size(ButtonSize::Small)
        .key("F5")
        .on_press(to(ChangeInput::AskAgain));
    row![
        glyph(crate::assets::Glyph::NotAnswering, 14.0, t.wait),
        container(look.colored(words, Type::CELL, t.ink)).width(Length::Fill),
        Element::from(again)
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center)
    .into()
}

#[derive(Clone, Copy)]
struct Stands {
    hears: bool,
    active: bool,
    focused: bool,
}

fn title(scene: Scene<'_>, touched: &Touched) -> String {
    let known = scene.desk.session.procedures.get(&touched.procedure);
    known.map_or_else(|| touched.procedure.to_string(), |p| pick(scene.look.texts, &p.title).to_owned())
}

fn touched_row<'a>(scene: Scene<'_>, page: &CitizenPage, touched: &Touched, stands: Stands) -> Element<'a, Input> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let title = title(scene, touched);
    let tag = desk.session.procedures.get(&touched.procedure).map(|p| desk.session.tag(&p.department).to_owned());
    let because = pick(look.texts, &touched.because).to_owned();
    let because = if touched.certain { because } else { look.with("change-perhaps", &[("because", because.into())]) };
    let number =
        touched.case.and_then(|id| page.rows().find(|row| row.case.id == id)).map(|row| row.case.number.clone());
    let (becomes, ink) = match (stands.hears, touched.case, number) {
        (false, ..) => (look.t("change-left-out"), t.ink3),
        (true, Some(_), Some(number)) => (look.with("change-to-case", &[("number", number.into())]), t.ink2),
        (true, Some(_), None) => (look.t("change-to-open-case"), t.ink2),
        (true, None, _) => (look.t("change-starts-case"), t.accent),
    };
    let press = || to(ChangeInput::ToggleOf(touched.procedure.clone()));
    let square = tick(look, TOUCHES.child("tick").child(&touched.procedure), title.clone(), stands.hears, press());
    let words = column![
        ellipsis(title.clone(), Type::TITLE).color(if stands.hears { t.ink } else { t.ink2 }),
        ellipsis(because.clone(), Type::LABEL).color(t.ink2)
    ];
    let cells = row![
        container(square).center_x(20.0),
        department(look, tag.unwrap_or_default()),
        container(words).width(Length::FillPortion(5)),
        container(ellipsis(becomes.clone(), Type::CELL).color(ink))
            .width(Length::FillPortion(2))
            .align_x(Alignment::End)
    ]
    .spacing(space::S10)
    .align_y(Alignment::Center);
    let name = format!("{title}, {because}, {becomes}");
    control(look, TOUCHES.child(&touched.procedure), Role::ListItem, name, container(cells).center_y(Length::Fill))
        .padding([0.0, space::S8])
        .height(ROW.max(height::CONTROL))
        .width(Length::Fill)
        .ring(Ring::Row(radius::TAG))
        .ringed(stands.focused)
        .state(ControlState::new().checked(stands.hears))
        .on_press(press())
        .style(row_style(t, stands.active))
        .into()
}
