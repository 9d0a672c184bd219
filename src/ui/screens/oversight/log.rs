//! The log as a table, and all of the chosen record beside it. What does not live here: which records there are.

use iced::Length;
use iced::widget::{Column as Lines, column, container, row};
use skranke_api::audit::AuditRecord;
use skranke_desk::oversight::{OversightInput, OversightPage, Tab};

use super::table::{Column, Line, Table, marked, table as any_table, words as said};
use super::{FIRST, Message, OversightScreen, words};
use crate::screens::Scene;
use crate::screens::need::basis_word;
use crate::screens::palette::role_word;
use crate::theme::scale::{space, width};
use crate::theme::{Look, Type};
use crate::widget::panel::surface;
use crate::widget::{Element, ellipsis, hline, normal, scroll};

const WHEN: Column = ("oversight-head-when", Length::Fixed(104.0));
const WHO: Column = ("oversight-head-who", Length::FillPortion(4));
const WHAT: Column = ("oversight-head-what", Length::FillPortion(5));
const WHOM: Column = ("oversight-head-whom", Length::Fixed(92.0));
const WHY: Column = ("oversight-head-why", Length::FillPortion(6));
const BASIS: Column = ("oversight-head-basis", Length::FillPortion(4));
const BUSINESS: Column = ("oversight-head-business", Length::Fixed(118.0));
const PLACE: Column = ("oversight-head-place", Length::FillPortion(3));
const OUTCOME: Column = ("oversight-head-outcome", Length::Fixed(88.0));

/// The labels of the facts beside the table.
const LABEL: f32 = 92.0;

const WIDE: [Column; 9] = [WHEN, WHO, WHAT, WHOM, WHY, BASIS, BUSINESS, PLACE, OUTCOME];
/// Where there is less room, what says least goes to the record's own panel.
const LESS: [Column; 7] = [WHEN, WHO, WHAT, WHOM, WHY, BUSINESS, OUTCOME];

fn columns(look: &Look<'_>, page: &OversightPage) -> &'static [Column] {
    if look.is_wide() && !page.log.opened { &WIDE } else { &LESS }
}

pub(super) fn table<'a>(
    screen: &'a OversightScreen,
    scene: Scene<'a>,
    page: &'a OversightPage,
) -> Element<'a, Message> {
    let look = scene.look;
    let columns = columns(look, page);
    let records = page.log.records.value().map_or(&[][..], Vec::as_slice);
    let empty = if page.log.filter.narrows() { "oversight-log-none-such" } else { "oversight-log-none" };
    let all = Table {
        tab: Tab::Log,
        name: look.t("oversight-log-name"),
        columns,
        count: records.len(),
        chosen: page.log.place(),
        scrolled: screen.scrolled(Tab::Log),
        empty: look.t(empty),
    };
    any_table(look, all, &page.log.records, |n| records.get(n).map(|record| line(scene, page, record, columns)))
}

fn line<'a>(scene: Scene<'a>, page: &'a OversightPage, record: &'a AuditRecord, columns: &[Column]) -> Line<'a> {
    let look = scene.look;
    let t = look.tokens;
    let who = words::who(page, record);
    let what = look.t(words::action(record.action));
    let when = words::moment(scene, record.at);
    let cells = columns.iter().map(|(id, _)| -> Element<'a, Message> {
        match *id {
            "oversight-head-when" => said(when.clone(), t.ink2),
            "oversight-head-who" => ellipsis(who.clone(), Type::CELL_MEDIUM).color(t.ink).into(),
            "oversight-head-what" => said(what.clone(), t.ink),
            "oversight-head-whom" => match record.citizen {
                Some(id) => said(words::whom(scene, id), t.ink2),
                None => said("–", t.ink3),
            },
            "oversight-head-why" => {
                words::purpose(look, record).map_or_else(|| said("–", t.ink3), |why| said(why, t.ink))
            }
            "oversight-head-basis" => {
                record.basis.map_or_else(|| said("–", t.ink3), |basis| said(look.t(basis_word(basis)), t.ink2))
            }
            "oversight-head-business" => match words::business(look, record) {
                Some((words, Some(tone))) => ellipsis(words, Type::CELL_MEDIUM).color(tone.color(&t)).into(),
                Some((words, None)) => said(words, t.ink2),
                None => said("–", t.ink3),
            },
            "oversight-head-place" => {
                words::place(look, record).map_or_else(|| said("–", t.ink3), |place| said(place, t.ink2))
            }
            _ => outcome(look, record),
        }
    });
    let cells = cells.collect();
    let args = [("when", when.clone().into()), ("who", who.clone().into()), ("what", what.clone().into())];
    Line {
        id: FIRST.child(record.seq),
        name: look.with("oversight-record-name", &args),
        cells,
        press: Message::Do(OversightInput::Record(record.seq)),
        double: Some(Message::Do(OversightInput::Details)),
    }
}

fn outcome<'a>(look: &Look<'_>, record: &AuditRecord) -> Element<'a, Message> {
    let t = look.tokens;
    match words::outcome(record.outcome) {
        (id, Some((tone, shape))) => marked(shape, look.t(id), tone.color(&t)),
        (id, None) => said(look.t(id), t.ink2),
    }
}

/// All of the chosen record.
pub(super) fn side<'a>(scene: Scene<'a>, page: &'a OversightPage) -> Option<Element<'a, Message>> {
    let record = page.log.record().filter(|_| page.log.opened)?;
    let look = scene.look;
    let none = || "–".to_owned();
    let of = |id: Option<String>| id.map_or_else(none, words::short);
    let mut facts = vec![
        ("oversight-head-when", words::moment(scene, record.at)),
        ("oversight-head-who", words::who(page, record)),
        ("oversight-role", look.t(role_word(record.role))),
        ("oversight-head-what", look.t(words::action(record.action))),
        ("oversight-head-whom", record.citizen.map_or_else(none, |id| words::whom(scene, id))),
        ("oversight-case", of(record.case.map(|id| id.to_string()))),
        ("oversight-head-why", words::purpose(look, record).unwrap_or_else(none)),
        ("oversight-head-basis", record.basis.map_or_else(none, |basis| look.t(basis_word(basis)))),
        ("oversight-head-business", words::business(look, record).map_or_else(none, |(words, _)| words)),
        ("oversight-head-place", words::place(look, record).unwrap_or_else(none)),
        ("oversight-head-outcome", look.t(words::outcome(record.outcome).0)),
        ("oversight-seq", look.texts.number(record.seq)),
    ];
    if let Some(note) = &record.note {
        facts.push(("oversight-note", words::more(look, note)));
    }
    let mut inside = column![look.section(look.t("oversight-record"))].spacing(space::S12).push(fact_list(look, facts));
    if let Some(citizen) = record.citizen {
        let open = normal(look, "oversight/open", look.t("oversight-key-open")).key("O");
        inside = inside.push(Element::from(open.on_press(Message::OpenCitizen(citizen))));
    }
    Some(aside(look, inside))
}

/// Labels with what they say beside them.
pub(super) fn fact_list<'a>(look: &Look<'_>, facts: Vec<(&'static str, String)>) -> Element<'a, Message> {
    let t = look.tokens;
    let lines = facts.into_iter().map(|(label, value)| {
        let label = container(look.label(look.t(label))).width(LABEL).padding([2.0, 0.0]);
        row![label, look.colored(value, Type::BODY, t.ink).width(Length::Fill)].spacing(space::S8).into()
    });
    Lines::with_children(lines).spacing(space::S8).into()
}

/// The column beside a table.
pub(super) fn aside<'a>(look: &Look<'_>, inside: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let inside = container(inside).padding(space::S16).width(Length::Fill);
    let inside = column![scroll(look, "oversight/side", inside).height(Length::Fill), hline(look)];
    surface(look.tokens.surface, inside).width(width::CITIZEN_SIDE).height(Length::Fill).into()
}
