//! The sheet that says facts: each with the words to ask for it and what it may be. What does not live here: what was said (the desk's).

use iced::widget::{Column, Row, column, row, space as gap};
use iced::{Alignment, Length};
use skranke_desk::case::CasePage;
use skranke_desk::case::work::facts::FactRow;
use skranke_desk::case::work::{FactsInput, FactsSheet, WorkInput};
use skranke_desk::citizen::Step;
use skranke_domain::procedure::FactValue;
use skranke_domain::procedure::facts::FactKind;

use super::{Message, Parts, SHEET, of, stack};
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::words::pick;
use crate::screens::{Key, Scene};
use crate::theme::Type;
use crate::theme::scale::{radius, space};
use crate::widget::control::{Ring, Status, Style, control};
use crate::widget::{Element, KeyGround, field, key_cap, radio};

/// The list of facts: one stop, arrows move within.
pub(super) const LIST: FocusId = FocusId::new("case/sheet/facts");
const NUMBER: f32 = 120.0;

const fn say(input: FactsInput) -> Message {
    of(WorkInput::Facts(input))
}

pub(super) fn keys() -> Vec<Key<Message>> {
    const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let mut keys = vec![
        Key::in_place("↓", "work-key-fact", say(FactsInput::Step(Step::Next))),
        Key::in_place("↑", "work-key-fact", say(FactsInput::Step(Step::Previous))),
    ];
    keys.extend(
        DIGITS.iter().enumerate().map(|(at, key)| Key::in_place(key, "work-key-say", say(FactsInput::Digit(at)))),
    );
    keys
}

pub(super) fn view<'a>(scene: Scene<'a>, _page: &'a CasePage, sheet: &'a FactsSheet) -> Parts<'a> {
    let look = scene.look;
    let unknown = sheet.rows.iter().filter(|row| row.known.is_none()).count();
    let lead = if sheet.rows.is_empty() {
        look.t("work-facts-none")
    } else {
        look.with("work-facts-lead", &[("count", i64::try_from(unknown).unwrap_or(0).into())])
    };
    let rows = sheet.rows.iter().enumerate().map(|(at, row)| fact(scene, sheet, at, row));
    let active = sheet.rows.get(sheet.active).map(|row| pick(look.texts, &row.fact.title).to_owned());
    let list = control(look, LIST, Role::List, look.t("work-facts"), Column::with_children(rows).spacing(space::S2))
        .width(Length::Fill)
        .ring(Ring::Hidden)
        .state(ControlState::new().active(active));
    let parts = vec![look.second(lead).into(), list.into(), look.second(look.t("work-facts-then")).into()];
    (look.t("work-facts"), look.t("work-facts-verb"), stack(parts))
}

fn fact<'a>(scene: Scene<'a>, sheet: &'a FactsSheet, at: usize, row: &'a FactRow) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let name = row.fact.name.clone();
    let active = at == sheet.active;
    let title = pick(look.texts, &row.fact.title).to_owned();
    let asks = row.fact.question.as_ref().map(|question| pick(look.texts, question).to_owned());
    let value = sheet.value(row);
    let said = sheet.said.contains_key(&row.fact.name);
    let state = match (said, &row.known) {
        (true, _) => look.t("work-fact-said"),
        (false, Some(_)) => look.t("work-fact-known"),
        (false, None) => look.t("work-fact-unknown"),
    };
    let id = SHEET.child("fact").child(at);
    let word = |place: usize, word: String, value_of: FactValue| -> Element<'a, Message> {
        let on = value == Some(&value_of);
        let press = say(FactsInput::Say(name.clone(), value_of));
        let one = radio(look, id.child(place), word, on).on_press(press);
        let cap = active.then(|| key_cap(look, &(place + 1).to_string(), KeyGround::Paper));
        row![one].push(cap).spacing(space::S2).align_y(Alignment::Center).into()
    };
    let answers: Element<'a, Message> = match &row.fact.kind {
        FactKind::Flag => {
            let yes = word(0, look.t("work-yes"), FactValue::Flag(true));
            let no = word(1, look.t("work-no"), FactValue::Flag(false));
            row![yes, no].spacing(space::S12).into()
        }
        FactKind::Word { words } => Row::with_children(words.iter().enumerate().map(|(place, one)| {
            word(place, pick(look.texts, &one.title).to_owned(), FactValue::Word(one.word.clone()))
        }))
        .spacing(space::S12)
        .wrap()
        .into(),
        FactKind::Number => {
            let known = match &row.known {
                Some(FactValue::Number(number)) => number.to_string(),
                _ => String::new(),
            };
            let typed = sheet.typed.get(&row.fact.name).cloned().unwrap_or(known);
            let name = name.clone();
            field(look, id.child("number"), title.clone(), typed)
                .hint(look.t("work-whole-number"))
                .width(NUMBER)
                .on_input(move |text| say(FactsInput::Typed(name.clone(), text)))
                .build()
        }
    };
    let tone = if row.known.is_none() && !said { t.wait } else { t.ink3 };
    let head = row![
        look.colored(asks.clone().unwrap_or_else(|| title.clone()), Type::TITLE, t.ink),
        gap().width(Length::Fill),
        look.colored(state.clone(), Type::LABEL, tone),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    let mut face = column![head].spacing(space::S2).width(Length::Fill);
    if asks.is_some() {
        face = face.push(look.second(title.clone()));
    }
    let face = face.push(answers);
    control(look, LIST.child(&row.fact.name), Role::ListItem, format!("{title}, {state}"), face)
        .padding([space::S6, space::S10])
        .width(Length::Fill)
        .state(ControlState::new().selected(active))
        .ring(Ring::Row(radius::TAG))
        .ringed(active && look.focused(&LIST))
        .style(move |status| match (active, status) {
            (true, _) => Style::ground(t.accent_soft, radius::TAG),
            (false, Status::Hovered | Status::Pressed) => Style::ground(t.bg, radius::TAG),
            (false, _) => Style::bare(),
        })
        .into()
}
