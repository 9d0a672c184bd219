//! The glasses that were broken as a table, those without a review first, and the chosen one beside it with the keys of its review. What does not
//! live here: the review (`over`).

use iced::Length;
use iced::widget::column;
use skranke_api::access::{BreakGlassView, Finding};
use skranke_desk::oversight::{OversightInput, OversightPage, Tab};

use super::log::{aside, fact_list};
use super::table::{Column, Line, Table, marked, table as any_table, words as said};
use super::{FIRST, Message, OversightScreen, words};
use crate::screens::Scene;
use crate::screens::need::basis_word;
use crate::theme::scale::space;
use crate::theme::{Look, Type};
use crate::widget::{Element, department, ellipsis, normal};

const COLUMNS: [Column; 8] = [
    ("oversight-head-review", Length::Fixed(146.0)),
    ("oversight-head-when", Length::Fixed(104.0)),
    ("oversight-head-who", Length::FillPortion(3)),
    ("oversight-head-citizen", Length::FillPortion(3)),
    ("oversight-head-department", Length::Fixed(52.0)),
    ("oversight-head-why", Length::FillPortion(6)),
    ("oversight-head-basis", Length::FillPortion(3)),
    ("oversight-head-looks", Length::Fixed(64.0)),
];

pub(super) fn table<'a>(
    screen: &'a OversightScreen,
    scene: Scene<'a>,
    page: &'a OversightPage,
) -> Element<'a, Message> {
    let look = scene.look;
    let all = page.glasses.value().map_or(&[][..], Vec::as_slice);
    let chosen = page.chosen_glass().and_then(|chosen| all.iter().position(|one| one.id == chosen.id));
    let shape = Table {
        tab: Tab::Emergencies,
        name: look.t("oversight-glasses-name"),
        columns: &COLUMNS,
        count: all.len(),
        chosen,
        scrolled: screen.scrolled(Tab::Emergencies),
        empty: look.t("oversight-glasses-none"),
    };
    any_table(look, shape, &page.glasses, |n| all.get(n).map(|one| line(scene, one)))
}

fn line<'a>(scene: Scene<'a>, one: &'a BreakGlassView) -> Line<'a> {
    let look = scene.look;
    let t = look.tokens;
    let when = words::moment(scene, one.at);
    let tag = scene.desk.session.tag(&one.department).to_owned();
    let args = [
        ("when", when.clone().into()),
        ("who", one.staff_name.clone().into()),
        ("department", tag.clone().into()),
        ("state", look.t(words::finding(one.review.as_ref().map(|review| review.finding)).0).into()),
    ];
    Line {
        id: FIRST.child(one.id),
        name: look.with("oversight-glass-name", &args),
        cells: vec![
            state(look, one),
            said(when, t.ink2),
            ellipsis(one.staff_name.clone(), Type::CELL_MEDIUM).color(t.ink).into(),
            said(one.citizen_name.clone(), t.ink),
            department(look, tag),
            said(one.reason.clone(), t.ink),
            said(look.t(basis_word(one.basis)), t.ink2),
            said(look.texts.number(i64::from(one.looks)), t.ink2),
        ],
        press: Message::Do(OversightInput::Glass(one.id)),
        double: None,
    }
}

fn state<'a>(look: &Look<'_>, one: &BreakGlassView) -> Element<'a, Message> {
    let (id, tone, shape) = words::finding(one.review.as_ref().map(|review| review.finding));
    marked(shape, look.t(id), tone.color(&look.tokens))
}

/// The chosen one with what was found.
pub(super) fn side<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Option<Element<'a, Message>> {
    let look = scene.look;
    let one = page.chosen_glass().filter(|_| look.is_wide())?;
    let t = look.tokens;
    let tag = scene.desk.session.tag(&one.department).to_owned();
    let span = [("from", words::moment(scene, one.at).into()), ("until", words::moment(scene, one.until).into())];
    let looks = look.with("oversight-looks", &[("count", i64::from(one.looks).into())]);
    let facts = vec![
        ("oversight-head-who", one.staff_name.clone()),
        ("oversight-head-citizen", one.citizen_name.clone()),
        ("oversight-glass-open", look.with("oversight-glass-span", &span)),
        ("oversight-head-why", one.reason.clone()),
        ("oversight-head-basis", look.t(basis_word(one.basis))),
        ("oversight-head-looks", looks),
    ];
    let title = look.section(look.with("oversight-glass-title", &[("department", tag.into())]));
    let mut inside = column![title, state(look, one), fact_list(look, facts)].spacing(space::S12);
    if let Some(review) = &one.review {
        let args =
            [("name", words::colleague(page, review.by).into()), ("time", words::moment(scene, review.at).into())];
        inside = inside.push(look.colored(look.with("oversight-reviewed-by", &args), Type::CELL, t.ink2));
        if let Some(note) = review.note.clone() {
            inside = inside.push(look.colored(note, Type::BODY, t.ink).width(Length::Fill));
        }
    }
    let button = |id: &'static str, key: &'static str, label: &str, finding: Finding| -> Element<'a, Message> {
        let button = normal(look, FIRST.child("review").child(id), look.t(label)).key(key).width(Length::Fill);
        button.on_press(Message::Do(OversightInput::Review(finding))).into()
    };
    let buttons = column![
        button("right", "J", "oversight-key-justified", Finding::Justified),
        button("talk", "D", "oversight-key-discussed", Finding::Discussed),
        button("wrong", "U", "oversight-key-unjustified", Finding::Unjustified),
    ]
    .spacing(space::S6);
    Some(aside(look, inside.push(buttons)))
}
