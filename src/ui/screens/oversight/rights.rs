//! Who may what as a table: what ends soon first, what ended in red. What does not live here: in which order (the desk's).

use iced::Length;
use skranke_desk::oversight::{OversightInput, OversightPage, RightLine, Tab};
use skranke_domain::authority::Authority;

use super::table::{Column, Line, Table, marked, table as any_table, words as said};
use super::{FIRST, Message, OversightScreen, words};
use crate::screens::Scene;
use crate::screens::need::why::level_word;
use crate::screens::palette::role_word;
use crate::screens::words::pick;
use crate::theme::Type;
use crate::widget::{Element, department, ellipsis};

/// Every role and every level is read whole in both languages, in a narrow window too.
const ROLE: f32 = 152.0;
const LEVEL: f32 = 152.0;

const COLUMNS: [Column; 7] = [
    ("oversight-head-standing", Length::Fixed(204.0)),
    ("oversight-head-who", Length::FillPortion(4)),
    ("oversight-head-role", Length::Fixed(ROLE)),
    ("oversight-head-roles", Length::FillPortion(3)),
    ("oversight-head-department", Length::Fixed(52.0)),
    ("oversight-head-level", Length::Fixed(LEVEL)),
    ("oversight-head-tasks", Length::FillPortion(4)),
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
    let none = || said("–", t.ink3);
    let others = staff.roles.iter().filter(|role| **role != staff.role);
    let roles: Vec<String> = others.map(|role| look.t(role_word(*role))).collect();
    let roles: Element<'a, Message> = if roles.is_empty() { none() } else { said(roles.join(", "), t.ink) };
    let tag = one.authority.map(|authority| scene.desk.session.tag(&authority.department).to_owned());
    let args = [
        ("name", staff.name.clone().into()),
        ("department", tag.clone().unwrap_or_default().into()),
        ("standing", standing.clone().into()),
    ];
    Line {
        id: FIRST.child(n),
        name: look.with("oversight-right-name", &args),
        cells: vec![
            marked(shape, standing, tone.color(&t)),
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

#[cfg(test)]
mod tests {
    use skranke_domain::authority::{Level, Role};

    use super::*;
    use crate::i18n::{Language, Texts};
    use crate::widget::ellipsis::text_width;

    #[test]
    fn no_role_and_no_level_is_cut() {
        for language in Language::ALL {
            let texts = Texts::of(language);
            let whole = |id: &str, room: f32| {
                let words = texts.t(id);
                let wide = text_width(&words, Type::CELL);
                assert!(wide <= room, "{words} is {wide} wide, its column {room}");
            };
            Role::ALL.iter().for_each(|role| whole(role_word(*role), ROLE));
            Level::ALL.iter().for_each(|level| whole(level_word(*level), LEVEL));
        }
    }
}
