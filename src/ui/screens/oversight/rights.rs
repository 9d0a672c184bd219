//! Who may what as a table: what ends soon first, what ended in red. What does not live here: in which order (the desk's).

use iced::widget::row;
use iced::{Alignment, Length};
use skranke_desk::oversight::{OversightInput, OversightPage, RightLine, Tab};
use skranke_domain::authority::Authority;

use super::table::{Column, Line, Table, table as any_table, words as said};
use super::{FIRST, Message, OversightScreen, words};
use crate::screens::Scene;
use crate::screens::need::why::level_word;
use crate::screens::palette::role_word;
use crate::screens::words::pick;
use crate::theme::Type;
use crate::theme::scale::space;
use crate::widget::{Element, department, ellipsis, glyph};

const COLUMNS: [Column; 7] = [
    ("oversight-head-standing", Length::Fixed(204.0)),
    ("oversight-head-who", Length::FillPortion(3)),
    ("oversight-head-role", Length::FillPortion(2)),
    ("oversight-head-roles", Length::FillPortion(4)),
    ("oversight-head-department", Length::Fixed(52.0)),
    ("oversight-head-level", Length::FillPortion(3)),
    ("oversight-head-tasks", Length::FillPortion(5)),
];

pub(super) fn table<'a>(
    screen: &'a OversightScreen,
    scene: Scene<'a>,
    page: &'a OversightPage,
) -> Element<'a, Message> {
    let look = scene.look;
    let lines = page.right_lines(look.now.date());
    let shape = Table {
        tab: Tab::Rights,
        name: look.t("oversight-rights-name"),
        columns: &COLUMNS,
        count: lines.len(),
        chosen: lines.len().checked_sub(1).map(|last| page.right.min(last)),
        scrolled: screen.scrolled(Tab::Rights),
        empty: look.t("oversight-rights-none"),
    };
    any_table(look, shape, &page.rights, |n| lines.get(n).map(|one| line(scene, n, one)))
}

fn line<'a>(scene: Scene<'a>, n: usize, one: &RightLine<'a>) -> Line<'a> {
    let look = scene.look;
    let t = look.tokens;
    let staff = one.staff;
    let (standing, tone, shape) = words::standing(look, one.standing);
    let ink = tone.color(&t);
    let state = row![glyph(shape, 14.0, ink), ellipsis(standing.clone(), Type::CELL_MEDIUM).color(ink)]
        .spacing(space::S6)
        .align_y(Alignment::Center);
    let none = || said("–", t.ink3);
    let others = staff.roles.iter().filter(|role| **role != staff.role);
    let roles: Vec<String> = others.map(|role| look.t(role_word(*role))).collect();
    let roles: Element<'a, Message> = if roles.is_empty() { none() } else { said(roles.join(", "), t.ink) };
    let tag = one.authority.map(|authority| scene.desk.session.tag(&authority.department).to_owned());
    let args = [
        ("name", staff.name.clone().into()),
        ("department", tag.clone().unwrap_or_default().into()),
        ("standing", standing.into()),
    ];
    Line {
        id: FIRST.child(n),
        name: look.with("oversight-right-name", &args),
        cells: vec![
            state.into(),
            ellipsis(staff.name.clone(), Type::CELL_MEDIUM).color(t.ink).into(),
            said(look.t(role_word(staff.role)), t.ink2),
            roles,
            tag.map_or_else(none, |tag| department(look, tag)),
            one.authority.map_or_else(none, |authority| said(look.t(level_word(authority.level)), t.ink)),
            one.authority.map_or_else(none, |authority| tasks(scene, authority)),
        ],
        press: Message::Do(OversightInput::Right(n)),
        double: None,
    }
}

/// Which tasks it covers, by their names; all of them where none is named.
fn tasks<'a>(scene: Scene<'a>, authority: &Authority) -> Element<'a, Message> {
    let look = scene.look;
    if authority.procedures.is_empty() {
        return said(look.t("oversight-all-tasks"), look.tokens.ink2);
    }
    let named = authority.procedures.iter().map(|id| {
        let known = scene.desk.session.procedures.get(id);
        known.map_or_else(|| id.to_string(), |procedure| pick(look.texts, &procedure.title).to_owned())
    });
    said(named.collect::<Vec<_>>().join(", "), look.tokens.ink)
}
