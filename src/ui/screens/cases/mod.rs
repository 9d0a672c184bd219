//! The list of cases, dense: as many rows as fit, of as many as there are. What lives here: where it is scrolled to, what keys and clicks
//! mean. What does not: which cases there are and which is chosen (the desk's), a row's look (see `line`).

mod line;
#[cfg(test)]
mod tests;

use iced::widget::{Row, column, container, row, space as gap};
use iced::{Alignment, Length, Task};
use skranke_api::Purpose;
use skranke_api::overview::CaseRow;
use skranke_api::purpose::PurposeKind;
use skranke_desk::cases::{CasesInput, CasesPage};
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Input};
use skranke_domain::CaseId;
use skranke_domain::case::Column;

use super::{Action, Key, Scene};
use crate::assets::Icon;
use crate::focus::FocusId;
use crate::i18n::Texts;
use crate::screens::sentence::{failed, sentence};
use crate::screens::words::{moment, pick};
use crate::theme::scale::{height, space};
use crate::theme::{Look, Type};
use crate::widget::button::ButtonSize;
use crate::widget::chip::ChipState;
use crate::widget::panel::surface;
use crate::widget::virtual_list::Scrolled;
use crate::widget::{
    Element, KeyGround, VirtualList, chip, hline, icon, key_caps, normal, scroll_to_row, skeleton_line, virtual_list,
};

/// The list: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("cases/list");

/// The height of a row, in logical pixels, its line included.
const ROW: f32 = height::TABLE;
/// So many rows before the end the next page is asked for.
const AHEAD: usize = 40;
/// The filters, in the order in which a case goes through them; none shows all.
const COLUMNS: [Option<Column>; 5] = [
    None,
    Some(Column::InProgress),
    Some(Column::AwaitingCitizen),
    Some(Column::ReadyForAttendance),
    Some(Column::Closed),
];

/// The list's own state.
#[derive(Clone, Copy, Debug, Default)]
pub struct CasesScreen {
    scrolled: Scrolled,
}

/// What happens on the list's screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Ask again from the start.
    AskAgain,
    /// Fetch more.
    More,
    /// Only the cases of a column; none shows all.
    Column(Option<Column>),
    /// The filter so many places further on.
    Filter(isize),
    /// The next or previous case.
    Step(Step),
    /// So many windows full further down.
    Page(isize),
    /// The first case, or the last that has come.
    End(Step),
    /// A case was chosen.
    Select(CaseId),
    /// Open a case.
    Open(CaseId),
    /// Open the chosen case.
    OpenSelected,
    /// The list was scrolled.
    Scrolled(Scrolled),
}

/// Where the case stands that the keys act on: the chosen one, else the first.
fn place(page: &CasesPage) -> Option<usize> {
    let chosen = page.selected.and_then(|id| page.rows.iter().position(|row| row.id == id));
    chosen.or_else(|| (!page.rows.is_empty()).then_some(0))
}

fn column_word(column: Option<Column>) -> &'static str {
    match column {
        None => "cases-all",
        Some(Column::InProgress) => "cases-in-progress",
        Some(Column::AwaitingCitizen) => "cases-awaiting-citizen",
        Some(Column::ReadyForAttendance) => "cases-ready",
        Some(Column::Closed) => "cases-closed",
    }
}

impl CasesScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.cases else { return Action::None };
        let cases = |input| Action::Desk(Input::Cases(input));
        match message {
            Message::AskAgain => self.rewind(CasesInput::AskAgain),
            Message::More => cases(CasesInput::More),
            Message::Column(column) => self.rewind(CasesInput::Column(column)),
            Message::Filter(by) => {
                let at = COLUMNS.iter().position(|column| *column == page.column).unwrap_or(0);
                let to = at.saturating_add_signed(by).min(COLUMNS.len() - 1);
                if to == at { Action::None } else { self.rewind(CasesInput::Column(COLUMNS[to])) }
            }
            Message::Step(step) => match step.from(place(page), page.rows.len()) {
                Some(to) => self.choose(page, to),
                None => Action::None,
            },
            Message::Page(by) => {
                // A window full of rows is far fewer than the range holds.
                let rows = ((self.scrolled.height / ROW).floor() as isize - 1).max(1);
                self.choose(page, place(page).unwrap_or(0).saturating_add_signed(by.saturating_mul(rows)))
            }
            Message::End(Step::Next) => self.choose(page, usize::MAX),
            Message::End(Step::Previous) => self.choose(page, 0),
            Message::Select(id) => cases(CasesInput::Select(id)),
            Message::Open(id) => Action::Desk(Input::OpenCase(id, Purpose::plain(PurposeKind::Case))),
            Message::OpenSelected => match place(page).and_then(|at| page.rows.get(at)) {
                Some(case) => Action::Desk(Input::OpenCase(case.id, Purpose::plain(PurposeKind::Case))),
                None => Action::None,
            },
            Message::Scrolled(scrolled) => {
                self.scrolled = scrolled;
                self.more_if_near_the_end(page)
            }
        }
    }

    fn rewind(&mut self, input: CasesInput) -> Action<Message> {
        self.scrolled.offset = 0.0;
        let top = iced::widget::operation::snap_to(
            FIRST.child("scroll").widget(),
            iced::widget::scrollable::RelativeOffset::START,
        );
        Action::Both(Input::Cases(input), top)
    }

    fn choose(&mut self, page: &CasesPage, to: usize) -> Action<Message> {
        let Some(last) = page.rows.len().checked_sub(1) else { return Action::None };
        let to = to.min(last);
        Action::Both(Input::Cases(CasesInput::Select(page.rows[to].id)), self.show(to))
    }

    fn show(&self, row: usize) -> Task<Message> {
        scroll_to_row(&FIRST, self.scrolled, row, ROW)
    }

    fn more_if_near_the_end(&self, page: &CasesPage) -> Action<Message> {
        let seen = self.scrolled.rows(page.rows.len(), ROW).end;
        // After a failure nothing is asked for again until she says so.
        let can = page.next.is_some() && !page.waiting && page.trouble.is_none();
        if can && seen + AHEAD > page.rows.len() { Action::Desk(Input::Cases(CasesInput::More)) } else { Action::None }
    }

    /// The list between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let look = scene.look;
        let Some(page) = &scene.desk.cases else { return gap().into() };
        let body: Element<'a, Message> = match (page.rows.is_empty(), &page.trouble) {
            (false, _) => self.list(scene, page),
            (true, Some(error)) if !page.waiting => {
                let said = column![failed(look, error, Message::AskAgain)].max_width(560.0);
                container(said).padding(space::S24).center_x(Length::Fill).height(Length::Fill).into()
            }
            (true, _) if page.waiting || page.at.is_none() => placeholders(look),
            (true, _) => {
                let said = if page.column.is_none() { "cases-none" } else { "cases-none-in-column" };
                let said = look.colored(look.t(said), Type::BODY, look.tokens.ink2);
                container(said).padding(space::S24).center(Length::Fill).into()
            }
        };
        column![filters(look, page), hline(look), line::head(look), hline(look), body, hline(look), foot(scene, page)]
            .width(Length::Fill)
            .height(Length::Fill)
            .into()
    }

    fn list<'a>(&'a self, scene: Scene<'a>, page: &'a CasesPage) -> Element<'a, Message> {
        let look = scene.look;
        let tail = usize::from(page.next.is_some() || page.waiting || page.trouble.is_some());
        let active = place(page).and_then(|at| page.rows.get(at));
        let (active, acts_on) = (active.map(|case| line::name(scene, case)), active.map(|case| case.id));
        let list = VirtualList {
            id: FIRST,
            name: look.t("cases-name"),
            count: page.rows.len() + tail,
            row_height: ROW,
            scrolled: self.scrolled,
            active,
            on_scroll: Box::new(Message::Scrolled),
        };
        virtual_list(look, list, |n| match page.rows.get(n) {
            Some(case) => line::view(scene, case, acts_on == Some(case.id)),
            None => more(look, page),
        })
        .style(move |_| crate::widget::Style::ground(look.tokens.surface, 0.0))
        .into()
    }

    /// The list's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let Some(page) = &desk.cases else { return Vec::new() };
        let empty = page.rows.is_empty().then(|| texts.t("cases-no-rows"));
        vec![
            Key::bar("↑", "cases-key-up", Message::Step(Step::Previous)).disabled(empty.clone()),
            Key::bar("↓", "cases-key-down", Message::Step(Step::Next)).disabled(empty.clone()),
            Key::bar("↵", "cases-key-open", Message::OpenSelected).disabled(empty.clone()),
            Key::in_place("←", "cases-key-filter-before", Message::Filter(-1)),
            Key::in_place("→", "cases-key-filter-after", Message::Filter(1)),
            Key::in_place("PgUp", "cases-key-page-up", Message::Page(-1)).disabled(empty.clone()),
            Key::in_place("PgDn", "cases-key-page-down", Message::Page(1)).disabled(empty.clone()),
            Key::in_place("Home", "cases-key-first", Message::End(Step::Previous)).disabled(empty.clone()),
            Key::in_place("End", "cases-key-last", Message::End(Step::Next)).disabled(empty),
            Key::end("F5", "cases-key-ask-again", Message::AskAgain),
        ]
    }
}

fn filters<'a>(look: &Look<'_>, page: &CasesPage) -> Element<'a, Message> {
    let t = look.tokens;
    let chips = COLUMNS.into_iter().enumerate().map(|(n, column)| {
        let state = if column == page.column { ChipState::On } else { ChipState::Off };
        chip(look, FocusId::new("cases/column").child(n), look.t(column_word(column)), state)
            .on_press(Message::Column(column))
            .into()
    });
    let inside = Row::with_children(chips)
        .push(gap().width(space::S4))
        .push(key_caps(look, &["←", "→"], KeyGround::Paper))
        .push(gap().width(Length::Fill))
        .spacing(space::S6)
        .align_y(Alignment::Center);
    surface(t.surface, container(inside).padding([0.0, space::S16]).center_y(46.0)).width(Length::Fill).into()
}

/// The row beneath the last that has come: more is on its way, or why it is not.
fn more<'a>(look: &Look<'_>, page: &CasesPage) -> Element<'a, Message> {
    let t = look.tokens;
    let inside: Element<'a, Message> = match &page.trouble {
        Some(error) if !page.waiting => row![
            icon(Icon::TriangleAlert, 14.0, t.wait),
            crate::widget::ellipsis(sentence(look, error), Type::CELL).color(t.ink).width(Length::Fill),
            normal(look, "cases/more", look.t("cases-more")).size(ButtonSize::Small).on_press(Message::More),
        ]
        .spacing(space::S8)
        .align_y(Alignment::Center)
        .into(),
        _ => skeleton_line(look, 0.4, 10.0),
    };
    container(inside).padding([0.0, space::S12]).center_y(ROW).width(Length::Fill).into()
}

fn placeholders<'a>(look: &Look<'_>) -> Element<'a, Message> {
    const LENGTHS: [f32; 4] = [0.62, 0.48, 0.7, 0.55];
    let line = |n: usize| -> Element<'a, Message> {
        let bar = container(skeleton_line(look, LENGTHS[n % LENGTHS.len()], 10.0))
            .padding([0.0, space::S16])
            .center_y(ROW - 1.0);
        column![bar, hline(look)].into()
    };
    surface(look.tokens.surface, column((0..32).map(line))).width(Length::Fill).height(Length::Fill).clip(true).into()
}

/// How many there are and how old that is.
fn foot<'a>(scene: Scene<'a>, page: &CasesPage) -> Element<'a, Message> {
    let Scene { look, desk } = scene;
    let t = look.tokens;
    let count = i64::try_from(page.rows.len()).unwrap_or(i64::MAX);
    let words = if page.rows.is_empty() {
        String::new()
    } else if page.next.is_some() {
        look.with("cases-count-more", &[("count", count.into())])
    } else {
        look.with("cases-count", &[("count", count.into())])
    };
    let mut inside =
        row![look.colored(words, Type::CELL, t.ink2), gap().width(Length::Fill)].align_y(Alignment::Center);
    if let Some(at) = page.at {
        let at = moment(look.texts, at, desk.tz(), look.now.date());
        inside = inside.push(look.label(look.with("cases-as-at", &[("time", at.into())])));
    }
    surface(t.bg, container(inside).padding([0.0, space::S16]).center_y(34.0)).width(Length::Fill).into()
}

/// The title of a case in the person's language.
fn title<'c>(texts: &Texts, case: &'c CaseRow) -> &'c str {
    pick(texts, &case.title)
}
