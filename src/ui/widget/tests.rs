//! Components that only make sense in a window of their own: the slab with the palette above a page, and the virtual list.

use std::path::Path;

use iced::widget::{column, container, space as gap};
use iced::{Length, Size};

use super::palette::{palette_heading, palette_results};
use super::*;
use crate::assets::Icon;
use crate::focus::Focus;
use crate::i18n::{Language, Texts};
use crate::testing::Bench;
use crate::theme::{Look, ThemeName, Tokens, Type};
use crate::widget::virtual_list::Scrolled;

fn noon() -> jiff::Zoned {
    "2026-06-09T10:06:00+02:00[Europe/Copenhagen]".parse().expect("a time")
}

fn slab_of<'a>(look: &Look<'_>) -> Element<'a, ()> {
    let nav =
        [("Queue", Some(7), false), ("Citizen", None, true), ("Cases", Some(23), false), ("Calendar", None, false)];
    let parts = SlabParts {
        nav: nav
            .map(|(label, count, open)| NavItem {
                id: label.into(),
                label: label.to_owned(),
                count,
                open,
                on_press: (),
            })
            .into_iter()
            .collect(),
        find: ("find".into(), ()),
        middle: vec![
            bar::slab_pill(look, "stand", "Stand A", true, look.text("A  Wrona  04:12", Type::CELL_MEDIUM)).into(),
        ],
        end: vec![bar::slab_person(look, "persona", "Ida Mark", "IM").into()],
    };
    slab(look, parts)
}

fn palette_of<'a>(look: &Look<'_>) -> Element<'a, ()> {
    let row = |n: usize, title: &str, second: &str, key: &str| {
        let found = Found {
            icon: Icon::User,
            title: title.into(),
            second: second.into(),
            side: "Arriving, 4 open".into(),
            key: Some(key.into()),
            active: n == 0,
        };
        palette_row(look, format!("row/{n}"), "wron 4", found).into()
    };
    let results = palette_results([
        palette_heading(look, "Citizens"),
        row(0, "Wrona, Kalina Testrup", "721190-•••• · address protected · ticket K 042", "↵"),
        row(1, "Wrona, Danuta", "640488-•••• · Tanglænken 4", "Alt 2"),
        palette_heading(look, "Cases"),
        row(2, "Registration of entry, Wrona", "KFF-2026-117940 · ready to attend", "Alt 3"),
    ]);
    let parts = PaletteParts {
        input: "palette/input".into(),
        query: "wron 4".into(),
        hint: look.t("slab-find"),
        tally: "8 found in 0.08 s".into(),
        results,
        preview: column![look.section("Kalina Testrup Wrona"), look.second("35 · speaks Polish")].into(),
        keys: (
            vec![(vec!["↑".into(), "↓".into()], "choose".into()), (vec!["↵".into()], "open".into())],
            vec![(vec!["#".into()], "case".into())],
        ),
        tall: 470.0,
        on_input: Box::new(|_| ()),
        on_submit: Some(()),
    };
    palette_frame(look, parts)
}

#[test]
fn the_palette_lies_above_a_dimmed_page_and_takes_the_keyboard_alone() {
    for theme in [ThemeName::Light, ThemeName::Dark] {
        let (texts, focus) = (Texts::new(Language::English), Focus::on("palette/input"));
        let look = Look::new(Tokens::of(theme), &texts, &focus, noon());
        let page = || column![slab_of(&look), surface(look.tokens.bg, gap().width(Length::Fill).height(Length::Fill))];
        let closed: Vec<String> = Bench::new(modal(&look, page(), None, None), Size::new(1440.0, 900.0))
            .controls()
            .iter()
            .map(|control| control.name.clone())
            .collect();
        assert_eq!(closed, ["Queue, 7", "Citizen", "Cases, 23", "Calendar", "Find", "Stand A", "Ida Mark"]);

        let mut open =
            Bench::new(modal_at(&look, page(), Some(palette_of(&look)), Lies::Top, Some(())), Size::new(1440.0, 900.0));
        let names: Vec<String> = open.controls().iter().map(|control| control.id.to_string()).collect();
        assert_eq!(names, ["palette", "palette/input", "row/0", "row/1", "row/2"]);
        let name = format!("frame-{}.png", if theme == ThemeName::Light { "light" } else { "dark" });
        open.draw(1.0, theme).save(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/pictures").join(name));
    }
}

#[test]
fn a_list_of_many_rows_is_one_stop_and_builds_only_what_is_in_sight() {
    const ROW: f32 = 40.0;
    let (texts, focus) = (Texts::new(Language::Danish), Focus::on("list"));
    let look = Look::new(Tokens::light(), &texts, &focus, noon());
    let mut built = 0;
    let list = VirtualList {
        id: "list".into(),
        name: "Sager".into(),
        count: 650_000,
        row_height: ROW,
        scrolled: Scrolled { offset: 0.0, height: 400.0 },
        active: Some("Sag 3".into()),
        on_scroll: Box::new(|_| ()),
    };
    let list = virtual_list(&look, list, |n| {
        built += 1;
        let name = format!("Sag {n}");
        list_row(&look, format!("list/{n}"), name.clone(), RowState::Rest, look.body(name)).ringed(n == 3).into()
    });
    let mut bench = Bench::new(container(list).height(400.0), Size::new(600.0, 400.0));
    let controls = bench.controls();
    assert_eq!(built, 14);
    assert_eq!(controls.iter().filter(|control| control.is_stop()).count(), 1);
    assert_eq!(controls[0].state.active.as_deref(), Some("Sag 3"));
    let fourth = controls.iter().find(|control| control.name == "Sag 3").expect("row 3 is in sight");
    // The list keeps room for its rows' rings above the first.
    assert_eq!((fourth.bounds.y, fourth.bounds.height), (crate::theme::scale::stroke::FOCUS + 3.0 * ROW, ROW));
    assert_eq!(fourth.stop().as_str(), "list");
}
