//! The board: four columns with their ages, and the cards in sight. What does not live here: which cases there are and which is chosen.

use iced::widget::{Column as Lines, Row, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::board::{BoardColumn, BoardRow};
use skranke_desk::board::{BoardInput, BoardPage, COLUMNS, List};
use skranke_domain::case::Column;

use super::words::{self, HEAT, Said};
use super::{CARD, CARD_GAP, CasesScreen, FIRST, Message, PITCH};
use crate::assets::Icon;
use crate::focus::{ControlState, Role};
use crate::screens::Scene;
use crate::screens::case::words::shown_column;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type, Weight};
use crate::widget::button::ButtonSize;
use crate::widget::list::unsent_mark;
use crate::widget::panel::surface;
use crate::widget::person::AvatarSize;
use crate::widget::{
    Element, Ring, Status, Style, avatar, control, department, ellipsis, glyph, icon, normal, scroll, skeleton_line,
    vline,
};

/// The room beside a column's cards; their ring is wider than they are.
const SIDE: f32 = 10.0;

pub(super) const fn column_word(column: Column) -> &'static str {
    match column {
        Column::InProgress => "cases-in-progress",
        Column::AwaitingCitizen => "cases-awaiting-citizen",
        Column::ReadyForAttendance => "cases-ready",
        Column::Closed => "cases-closed-week",
    }
}

/// The four columns, one stop of the keyboard.
pub(super) fn view<'a>(screen: &'a CasesScreen, scene: Scene<'a>, page: &'a BoardPage) -> Element<'a, Message> {
    let look = scene.look;
    let mut all = Row::new();
    for (at, kind) in COLUMNS.into_iter().enumerate() {
        let known = page.view.value().and_then(|view| view.columns.iter().find(|column| column.column == kind));
        let lines = column![head(look, kind, known), ages(look, known), cards(screen, scene, page, at),]
            .width(Length::Fill)
            .height(Length::Fill);
        all =
            all.push(vline(look, Length::Fill)).push(container(lines).padding(Padding { top: SIDE, ..Padding::ZERO }));
    }
    let active = page.active().map(|row| words::name(scene, row));
    let empty = active.is_none();
    control(
        look,
        FIRST,
        Role::List,
        look.t("cases-name"),
        container(all).padding(Padding { left: 4.0, ..Padding::ZERO }),
    )
    .state(ControlState::new().active(active))
    .width(Length::Fill)
    .height(Length::Fill)
    .ring(if empty { Ring::Around(radius::TAG) } else { Ring::Hidden })
    .into()
}

fn head<'a>(look: &Look<'_>, kind: Column, known: Option<&BoardColumn>) -> Element<'a, Message> {
    let t = look.tokens;
    let state = shown_column(kind);
    let mut line = row![
        glyph(state.glyph(), 16.0, state.tone().color(&t)),
        ellipsis(look.t(column_word(kind)), Type::SECTION).color(t.ink),
    ]
    .spacing(space::S8)
    .align_y(Alignment::Center);
    if let Some(known) = known {
        let count = look.texts.number(i64::from(known.count));
        line = line.push(look.colored(count, Type::SECTION.weight(Weight::Medium), t.ink3));
    }
    container(line).padding([0.0, SIDE + 2.0]).height(24.0).into()
}

/// How many cases of each age, as a bar of four shades.
fn ages<'a>(look: &Look<'_>, known: Option<&BoardColumn>) -> Element<'a, Message> {
    let t = look.tokens;
    let mut bar = Row::new().spacing(stroke::LINE);
    for (at, count) in known.map(|column| column.ages).unwrap_or_default().into_iter().enumerate() {
        if count == 0 {
            continue;
        }
        let heat = HEAT[at];
        let number = look.colored(look.texts.number(i64::from(count)), Type::LABEL_MEDIUM, t.on_heat(heat));
        let share = u16::try_from(count.min(60_000)).unwrap_or(u16::MAX);
        // A few old cases among very many must stay readable.
        let part = container(number.wrapping(iced::widget::text::Wrapping::None)).center_x(Length::Fill).clip(true);
        bar = bar.push(surface(t.heat[heat], part).width(Length::FillPortion(share.max(1))).height(18.0));
    }
    container(bar)
        .padding(Padding { top: space::S6, right: SIDE + 2.0, bottom: 0.0, left: SIDE + 2.0 })
        .height(18.0 + space::S6)
        .into()
}

fn cards<'a>(screen: &'a CasesScreen, scene: Scene<'a>, page: &'a BoardPage, at: usize) -> Element<'a, Message> {
    let look = scene.look;
    let list = List::Column(at);
    let rows = page.rows(list);
    let count = page.count(list);
    if count == 0 && page.view.value().is_none_or(|_| page.view.is_waiting()) && !page.is_filtered() {
        return container(column((0..3).map(|_| waiting(look))).spacing(CARD_GAP)).padding([SIDE, SIDE]).into();
    }
    let scrolled = screen.scrolled(list, count);
    let sight = scrolled.rows(count, PITCH);
    let above = sight.start as f32 * PITCH;
    let below = (count - sight.end) as f32 * PITCH;
    let active = (page.column == at).then(|| page.place(list)).flatten();
    let mut all = Lines::new().push(gap().width(Length::Fill).height(above));
    for n in sight {
        let one = match page.row(list, n) {
            Some(row) => card(scene, page, row, active == Some(n)),
            None => waiting(look),
        };
        all = all.push(container(one).height(PITCH));
    }
    all = all.push(gap().width(Length::Fill).height(below)).push(tail(scene, page, list, rows.is_waiting()));
    let inside =
        container(all).padding(Padding { top: SIDE, right: SIDE, bottom: SIDE, left: SIDE }).width(Length::Fill);
    scroll(look, FIRST.child(format_args!("scroll/{}", 1 + at)).widget(), inside)
        .on_scroll(move |viewport| Message::Scrolled(list, viewport.into()))
        .into()
}

/// What stands beneath the last card: how many more there are, or why they did not come.
fn tail<'a>(scene: Scene<'a>, page: &BoardPage, list: List, waiting: bool) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let rows = page.rows(list);
    let List::Column(at) = list else { return gap().into() };
    if let Some(error) = &rows.trouble {
        return column![
            look.colored(sentence(look, error), Type::CELL, t.ink2),
            normal(look, FIRST.child(format_args!("more/{at}")), look.t("cases-more"))
                .size(ButtonSize::Small)
                .on_press(Message::Board(BoardInput::More(list)))
                .build(),
        ]
        .spacing(space::S6)
        .into();
    }
    if let Some(looked) = page.looked_through(list) {
        return looked_through(look, page, list, looked);
    }
    let all = page.view.value().and_then(|view| view.columns.get(at)).map_or(0, |column| column.count);
    let left = usize::try_from(all).unwrap_or(usize::MAX).saturating_sub(rows.len());
    if !rows.has_more() || left == 0 {
        let none = rows.is_empty() && !waiting;
        return if none { look.colored(look.t("cases-none-here"), Type::CELL, t.ink3).into() } else { gap().into() };
    }
    let words = look.with("cases-left", &[("count", i64::try_from(left).unwrap_or(i64::MAX).into())]);
    container(look.colored(words, Type::CELL, t.ink3)).padding([2.0, 2.0]).into()
}

/// While the list is narrowed: how much of it was looked through.
pub(super) fn looked_through<'a>(look: &Look<'_>, page: &BoardPage, list: List, looked: usize) -> Element<'a, Message> {
    let looked = [("count", i64::try_from(looked).unwrap_or(i64::MAX).into())];
    let words = look.colored(look.with("cases-looked-through", &looked), Type::CELL, look.tokens.ink2);
    let mut all = row![words].spacing(space::S8).align_y(Alignment::Center);
    if page.may_look_further() && page.active_list() == list {
        all = all.push(Element::from(
            normal(look, "cases/look-further", look.t("cases-look-further"))
                .size(ButtonSize::Small)
                .on_press(Message::Board(BoardInput::LookFurther))
                .build(),
        ));
    }
    all.wrap().into()
}

fn waiting<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    let lines = column![skeleton_line(look, 0.6, 11.0), skeleton_line(look, 0.4, 10.0)].spacing(space::S10);
    container(lines)
        .padding([14.0, SIDE])
        .width(Length::Fill)
        .height(CARD)
        .style(move |_| crate::widget::panel::plate(t.surface, t.line, radius::CONTROL))
        .into()
}

/// A case as a card.
fn card<'a>(scene: Scene<'a>, page: &BoardPage, row: &BoardRow, active: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let id = row.case.id;
    let marked = page.is_marked(id);
    let days = look.with("cases-age", &[("days", words::age(look, row).into())]);
    let top = row![
        ellipsis(words::title(look.texts, row), Type::TITLE).color(t.ink).width(Length::Fill),
        look.colored(days, Type::LABEL, t.ink3),
    ];
    let mut middle = row![
        ellipsis(words::short_name(&row.citizen_name), Type { line: 17.0, ..Type::CELL })
            .color(t.ink2)
            .width(Length::Fill)
    ];
    if let Some(Said { words, tone, .. }) = words::when(scene, row) {
        let (style, color) = match tone {
            Some(tone) => (Type::LABEL_MEDIUM, tone.color(&t)),
            None => (Type::LABEL, t.ink2),
        };
        middle = middle.push(look.colored(words, style, color));
    }
    let state: Element<'a, Message> = if desk.pending.touches_case(id) {
        unsent_mark(look)
    } else {
        match words::line(scene, row) {
            Some(Said { words, tone, glyph: shape }) => {
                let color = tone.map_or(t.ink2, |tone| tone.color(&t));
                let mut line = row![].spacing(5.0).align_y(Alignment::Center);
                if let Some(shape) = shape {
                    line = line.push(glyph(shape, 13.0, color));
                }
                line.push(ellipsis(words, Type::LABEL_MEDIUM).color(color)).into()
            }
            None => gap().into(),
        }
    };
    let end: Element<'a, Message> = if marked {
        tick(look)
    } else {
        match &row.initials {
            Some(initials) => avatar(look, initials.clone(), AvatarSize::Page),
            None => gap().width(24.0).height(24.0).into(),
        }
    };
    let bottom =
        row![department(look, desk.session.tag(&row.case.department)), container(state).width(Length::Fill), end]
            .spacing(space::S6)
            .height(25.0)
            .align_y(Alignment::Center);
    let inside = column![top.spacing(space::S6), middle.spacing(space::S6), bottom];
    control(look, FIRST.child(id), Role::ListItem, words::name(scene, row), inside)
        .padding(Padding { top: 7.0, right: SIDE, bottom: 8.0, left: SIDE })
        .width(Length::Fill)
        .height(CARD)
        .ring(Ring::Around(radius::CONTROL))
        .state(ControlState::new().selected(active).checked(marked))
        .on_press(Message::Board(BoardInput::Select(id)))
        .on_double_press(Message::Open(id))
        .ringed(active && look.focused(&FIRST))
        .style(move |status| {
            if marked {
                Style::ground(t.accent_soft, radius::CONTROL).edge(t.accent)
            } else if active {
                Style::ground(t.surface, radius::CONTROL).edge(t.accent)
            } else if matches!(status, Status::Hovered | Status::Pressed) {
                Style::ground(t.surface, radius::CONTROL).edge(t.edge)
            } else {
                Style::ground(t.surface, radius::CONTROL).edge(t.line)
            }
        })
        .into()
}

/// The square that says a case is marked.
pub(super) fn tick<'a>(look: &Look<'_>) -> Element<'a, Message> {
    let t = look.tokens;
    container(icon(Icon::Check, 14.0, t.on_accent))
        .center(20.0)
        .style(move |_| crate::widget::panel::plate(t.accent, iced::Color::TRANSPARENT, radius::BADGE))
        .into()
}
