//! The table: cases as dense lines, in the columns that a person arranged. What does not live here: which cases there are.

use iced::widget::text::Wrapping;
use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Length, Padding};
use skranke_api::board::{BoardRow, BoardSort};
use skranke_desk::board::views::{ColumnSetting, ColumnWidth, Shown, TableColumn};
use skranke_desk::board::{BoardInput, BoardPage, FilterChange, List};
use skranke_domain::case::Column;

use super::words::{self, Said};
use super::{CasesScreen, FIRST, Message, ROW};
use crate::assets::Icon;
use crate::focus::{ControlState, FocusId, Role};
use crate::screens::Scene;
use crate::screens::sentence::sentence;
use crate::theme::scale::{radius, space, stroke};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::list::{RowState, unsent_mark};
use crate::widget::panel::surface;
use crate::widget::virtual_list::VirtualList;
use crate::widget::{
    Element, Ring, Style, cell, control, department, ellipsis, hline, icon, lead_tail, normal, row_ground,
    skeleton_line, status, virtual_list,
};

/// The room between two columns, and at the sides.
const BETWEEN: f32 = space::S12;
const SIDE: f32 = 13.0;

pub(super) const fn column_word(column: TableColumn) -> &'static str {
    match column {
        TableColumn::Status => "cases-head-status",
        TableColumn::Department => "cases-head-department",
        TableColumn::Case => "cases-head-case",
        TableColumn::Number => "cases-head-number",
        TableColumn::Citizen => "cases-head-citizen",
        TableColumn::Situation => "cases-head-situation",
        TableColumn::Age => "cases-head-age",
        TableColumn::Deadline => "cases-head-deadline",
        TableColumn::Missing => "cases-head-missing",
        TableColumn::NextStep => "cases-head-step",
        TableColumn::Responsible => "cases-head-responsible",
        TableColumn::Municipality => "cases-head-municipality",
    }
}

/// How wide a column is: of its own, or a share of what is left.
fn width(column: ColumnSetting) -> Length {
    let factor = match column.width {
        ColumnWidth::Narrow => 0.75,
        ColumnWidth::Usual => 1.0,
        ColumnWidth::Wide => 1.4,
    };
    let share = match column.width {
        ColumnWidth::Narrow => 3,
        ColumnWidth::Usual => 4,
        ColumnWidth::Wide => 6,
    };
    match column.column {
        TableColumn::Status => Length::Fixed(146.0 * factor),
        TableColumn::Department => Length::Fixed(44.0),
        TableColumn::Number => Length::Fixed(124.0 * factor),
        TableColumn::Age => Length::Fixed(58.0 * factor),
        TableColumn::Deadline => Length::Fixed(112.0 * factor),
        TableColumn::Responsible => Length::Fixed(44.0),
        TableColumn::Case => Length::FillPortion(share * 5),
        TableColumn::Citizen | TableColumn::Missing | TableColumn::NextStep => Length::FillPortion(share * 4),
        TableColumn::Situation | TableColumn::Municipality => Length::FillPortion(share * 2),
    }
}

/// The columns in sight: where there is little room, those that say least go first.
fn shown<'p>(look: &Look<'_>, page: &'p BoardPage) -> impl Iterator<Item = ColumnSetting> + use<'p> {
    let wide = look.is_wide();
    page.columns.iter().copied().filter(move |column| {
        column.shown == Shown::Yes
            && (wide || !matches!(column.column, TableColumn::Situation | TableColumn::Municipality))
    })
}

const fn to_the_right(column: TableColumn) -> bool {
    matches!(column, TableColumn::Age | TableColumn::Deadline)
}

/// Head and lines.
pub(super) fn view<'a>(screen: &'a CasesScreen, scene: Scene<'a>, page: &'a BoardPage) -> Element<'a, Message> {
    let look = scene.look;
    column![head(look, page), hline(look), body(screen, scene, page), hline(look), foot(look, page)]
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// The head; age and deadline order the lines.
fn head<'a>(look: &Look<'_>, page: &BoardPage) -> Element<'a, Message> {
    let t = look.tokens;
    let cells = shown(look, page).map(|setting| -> Element<'a, Message> {
        let label = look.t(column_word(setting.column));
        let word = ellipsis(label.clone(), Type::LABEL).color(t.ink3);
        let (now, arrow) = match (setting.column, page.filter.sort) {
            (TableColumn::Age, BoardSort::Oldest) => (BoardSort::Newest, Some(Icon::ArrowDown)),
            (TableColumn::Age, BoardSort::Newest) => (BoardSort::Oldest, Some(Icon::ArrowUp)),
            (TableColumn::Age, _) => (BoardSort::Oldest, None),
            (TableColumn::Deadline, BoardSort::Deadline) => (BoardSort::LatestDeadline, Some(Icon::ArrowUp)),
            (TableColumn::Deadline, BoardSort::LatestDeadline) => (BoardSort::Deadline, Some(Icon::ArrowDown)),
            (TableColumn::Deadline, _) => (BoardSort::Deadline, None),
            _ => return container(word).width(width(setting)).into(),
        };
        let mut inside = row![word].spacing(space::S2).align_y(Alignment::Center);
        if let Some(arrow) = arrow {
            inside = inside.push(icon(arrow, 12.0, t.ink3));
        }
        let id = FocusId::new("cases/head").child(column_word(setting.column));
        let name = look.with("cases-sort-by", &[("column", label.into())]);
        let face = control(look, id, Role::Button, name, inside)
            .ring(Ring::Around(radius::TAG))
            .on_press(Message::Board(BoardInput::Filter(FilterChange::Sort(now))));
        container(Element::from(face)).width(width(setting)).align_x(Alignment::End).into()
    });
    let inside = container(Row::with_children(cells).spacing(BETWEEN).align_y(Alignment::Center))
        .padding([0.0, SIDE + stroke::FOCUS])
        .center_y(30.0);
    surface(t.bg, inside).width(Length::Fill).into()
}

fn body<'a>(screen: &'a CasesScreen, scene: Scene<'a>, page: &'a BoardPage) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let rows = page.rows(List::Table);
    let count = page.count(List::Table);
    if count == 0 && rows.trouble.is_none() && page.looked_through(List::Table).is_none() {
        if rows.is_waiting() || !page.is_known() {
            let lines = (0..28).map(|n| waiting(look, n));
            return surface(t.surface, column(lines)).width(Length::Fill).height(Length::Fill).clip(true).into();
        }
        let said = if page.is_filtered() || !page.narrow.is_empty() { "cases-none-filtered" } else { "cases-none" };
        let said = look.colored(look.t(said), Type::BODY, t.ink2);
        return control(look, FIRST, Role::List, look.t("cases-name"), container(said).center(Length::Fill))
            .width(Length::Fill)
            .height(Length::Fill)
            .into();
    }
    let more = rows.has_more() || rows.is_waiting() || rows.trouble.is_some();
    let place = page.place(List::Table);
    let active = place.and_then(|at| page.row(List::Table, at)).map(|row| words::name(scene, row));
    let list = VirtualList {
        id: FIRST,
        name: look.t("cases-name"),
        count: count + usize::from(more),
        row_height: ROW,
        scrolled: screen.scrolled(List::Table, count),
        active,
        on_scroll: Box::new(|scrolled| Message::Scrolled(List::Table, scrolled)),
    };
    virtual_list(look, list, |n| match page.row(List::Table, n) {
        Some(row) => line(scene, page, row, place == Some(n)),
        None if n >= count => tail(look, page),
        None => waiting(look, n),
    })
    .style(move |_| Style::ground(t.bg, 0.0))
    .into()
}

fn waiting<'a>(look: &Look<'_>, n: usize) -> Element<'a, Message> {
    const LENGTHS: [f32; 4] = [0.62, 0.48, 0.7, 0.55];
    let bar = container(skeleton_line(look, LENGTHS[n % LENGTHS.len()], 10.0))
        .padding([0.0, space::S16])
        .center_y(ROW - stroke::LINE)
        .width(Length::Fill);
    column![surface(look.tokens.surface, bar), hline(look)].into()
}

/// The line beneath the last that has come.
fn tail<'a>(look: &Look<'_>, page: &BoardPage) -> Element<'a, Message> {
    let t = look.tokens;
    let rows = page.rows(List::Table);
    let inside: Element<'a, Message> = match (&rows.trouble, page.looked_through(List::Table)) {
        (Some(error), _) => row![
            icon(Icon::TriangleAlert, 14.0, t.wait),
            ellipsis(sentence(look, error), Type::CELL).color(t.ink).width(Length::Fill),
            normal(look, "cases/more", look.t("cases-more"))
                .size(ButtonSize::Small)
                .on_press(Message::Board(BoardInput::More(List::Table)))
                .build(),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into(),
        (None, Some(looked)) => super::board::looked_through(look, page, List::Table, looked),
        (None, None) => skeleton_line(look, 0.4, 10.0),
    };
    container(inside).padding([0.0, space::S12]).center_y(ROW).width(Length::Fill).into()
}

/// A case as a line.
fn line<'a>(scene: Scene<'a>, page: &BoardPage, row: &BoardRow, active: bool) -> Element<'a, Message> {
    let look = scene.look;
    let t = look.tokens;
    let id = row.case.id;
    let marked = page.is_marked(id);
    let cells = shown(look, page).map(|setting| {
        let inside = content(scene, setting.column, row, marked);
        let side = if to_the_right(setting.column) { Alignment::End } else { Alignment::Start };
        container(inside).width(width(setting)).align_x(side).into()
    });
    let inside = container(Row::with_children(cells).spacing(BETWEEN).align_y(Alignment::Center))
        .center_y(Length::Fill)
        .width(Length::Fill);
    let standing = if active || marked { RowState::Selected } else { RowState::Rest };
    let built = control(look, FIRST.child(id), Role::ListItem, words::name(scene, row), inside)
        .padding([0.0, SIDE])
        .width(Length::Fill)
        .height(ROW - stroke::LINE)
        .ring(Ring::Row(radius::TAG))
        .state(ControlState::new().selected(active).checked(marked))
        .on_press(Message::Board(BoardInput::Select(id)))
        .on_double_press(Message::Open(id))
        .ringed(active && look.focused(&FIRST))
        .style(move |status| match (standing, row_ground(&t, standing, status)) {
            (RowState::Rest, style) if style.background.is_none() => Style::ground(t.surface, 0.0),
            (_, style) => style,
        });
    column![built, hline(look)].into()
}

fn content<'a>(scene: Scene<'a>, column: TableColumn, row: &BoardRow, marked: bool) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let closed = row.case.column == Column::Closed;
    let said = |words: Option<String>, ink| match words {
        Some(words) => cell(words, ink, Length::Fill),
        None => cell("–", t.ink3, Length::Fill),
    };
    match column {
        TableColumn::Status if marked => row![super::board::tick(look), status(look, words::state(look, row), None)]
            .spacing(space::S6)
            .align_y(Alignment::Center)
            .into(),
        TableColumn::Status => status(look, words::state(look, row), None),
        TableColumn::Department => department(look, desk.session.tag(&row.case.department)),
        TableColumn::Case => {
            let title =
                ellipsis(words::title(look.texts, row), Type::CELL_MEDIUM).color(if closed { t.ink2 } else { t.ink });
            if desk.pending.touches_case(row.case.id) {
                lead_tail(title, unsent_mark(look), space::S8).into()
            } else {
                title.into()
            }
        }
        TableColumn::Number => cell(row.case.number.clone(), t.ink3, Length::Fill),
        TableColumn::Citizen => cell(row.citizen_name.clone(), t.ink, Length::Fill),
        TableColumn::Situation => said(words::situation(scene, row), t.ink2),
        TableColumn::Age => look.colored(look.texts.number(words::age(look, row)), Type::CELL, t.ink).into(),
        TableColumn::Deadline => match words::deadline(scene, row) {
            Some(Said { words, tone: Some(tone), .. }) => {
                ellipsis(words, Type::CELL_MEDIUM).color(tone.color(&t)).into()
            }
            Some(Said { words, .. }) => ellipsis(words, Type::CELL).color(if closed { t.ink3 } else { t.ink }).into(),
            None => ellipsis("–", Type::CELL).color(t.ink3).into(),
        },
        TableColumn::Missing => match words::missing(look, row) {
            None => cell("–", t.ink3, Length::Fill),
            Some((first, None)) => cell(first, t.ink, Length::Fill),
            Some((first, Some(more))) => {
                let more = look.colored(more, Type::CELL, t.ink).wrapping(Wrapping::None);
                lead_tail(ellipsis(first, Type::CELL).color(t.ink), more, 0.0).into()
            }
        },
        TableColumn::NextStep => said(words::step(scene, row), t.ink2),
        TableColumn::Responsible => said(row.initials.clone(), t.ink2),
        TableColumn::Municipality => said(super::bar::municipality(scene, row), t.ink2),
    }
}

/// How many there are of each, and how old they are.
fn foot<'a>(look: &Look<'_>, page: &BoardPage) -> Element<'a, Message> {
    let t = look.tokens;
    let mut inside = Row::new().spacing(18.0).align_y(Alignment::Center);
    let strong = |number: String, words: String| -> Element<'a, Message> {
        row![look.colored(number, Type::CELL_STRONG, t.ink), look.colored(words, Type::CELL, t.ink2)]
            .spacing(4.0)
            .into()
    };
    if let Some(view) = page.view.value() {
        let all: u32 = view.columns.iter().map(|column| column.count).sum();
        let shown = i64::try_from(page.count(List::Table)).unwrap_or(i64::MAX);
        let args = [("shown", shown.into()), ("all", i64::from(all).into())];
        inside = inside.push(look.colored(look.with("cases-shown", &args), Type::CELL, t.ink2));
        for column in &view.columns {
            let word = match column.column {
                Column::InProgress => "cases-foot-in-progress",
                Column::AwaitingCitizen => "cases-foot-awaiting",
                Column::ReadyForAttendance => "cases-foot-ready",
                Column::Closed => "cases-foot-closed",
            };
            inside = inside.push(strong(look.texts.number(i64::from(column.count)), look.t(word)));
        }
        if let Some(median) = view.median_age {
            let days = look.with("cases-age", &[("days", i64::from(median).into())]);
            inside = inside.push(
                row![
                    look.colored(look.t("cases-foot-median"), Type::CELL, t.ink2),
                    look.colored(days, Type::CELL_STRONG, t.ink)
                ]
                .spacing(4.0),
            );
        }
    }
    let inside = container(inside).padding(Padding::from([0.0, space::S16])).center_y(36.0).clip(true);
    surface(t.bg, row![inside, gap().width(Length::Fill)]).width(Length::Fill).into()
}
