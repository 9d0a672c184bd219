//! The board of cases and its table. What lives here: where the lists are scrolled to, what keys and clicks mean. What does not: which cases
//! there are, which are chosen and marked (the desk's board), how a case is drawn (see `board` and `table`).

mod bar;
mod beside;
mod board;
mod layers;
mod table;
#[cfg(test)]
mod tests;
mod words;

use iced::widget::{Column, container, operation, row, scrollable, space as gap, stack};
use iced::{Alignment, Length, Padding, Task};
use skranke_api::Purpose;
use skranke_api::board::BoardRow;
use skranke_api::purpose::PurposeKind;
use skranke_desk::board::layers::{Layer, LayerInput, Menu};
use skranke_desk::board::views::Layout;
use skranke_desk::board::{BoardInput, BoardPage, COLUMNS as BOARD_COLUMNS, List};
use skranke_desk::citizen::Step;
use skranke_desk::{Desk, Input};
use skranke_domain::CaseId;

use super::{Action, Key, Scene};
use crate::focus::{FocusId, Role};
use crate::i18n::Texts;
use crate::screens::sentence::failed;
use crate::theme::scale::{height, radius, space};
use crate::theme::{Look, Type};
use crate::widget::panel::plate;
use crate::widget::toast::{Toast, ToastSign, toast};
use crate::widget::virtual_list::Scrolled;
use crate::widget::{Element, KeyGround, Ring, Status, Style, control, key_cap, lift};

/// The cases: one stop of the keyboard, the arrows move within it.
pub const FIRST: FocusId = FocusId::new("cases/list");
/// The field that narrows what is shown.
pub const NARROW: FocusId = FocusId::new("cases/narrow");

const MENU: FocusId = FocusId::new("cases/menu");
const COLUMNS: FocusId = FocusId::new("cases/columns");
const WEATHER: FocusId = FocusId::new("cases/weather");
const ASSIGN: FocusId = FocusId::new("cases/assign");
const NAME: FocusId = FocusId::new("cases/name");

/// The height of a line of the table, its rule included, in logical pixels.
const ROW: f32 = height::TABLE;
/// The height of a card.
const CARD: f32 = 80.0;
const CARD_GAP: f32 = 6.0;
/// From one card to the next.
const PITCH: f32 = CARD + CARD_GAP;

/// The saved views by their keys.
const VIEW_KEYS: [&str; 9] = ["Alt 1", "Alt 2", "Alt 3", "Alt 4", "Alt 5", "Alt 6", "Alt 7", "Alt 8", "Alt 9"];

/// The screen's own state: where the lists are scrolled to, the table first.
#[derive(Clone, Copy, Debug, Default)]
pub struct CasesScreen {
    scrolled: [Scrolled; 5],
}

/// What happens on the screen.
#[derive(Clone, Debug)]
pub enum Message {
    /// Something for the board.
    Board(BoardInput),
    /// The next or previous case.
    Step(Step),
    /// The next or previous column of the board.
    Sideways(Step),
    /// So many windows full further down.
    Page(isize),
    /// The first case, or the last that has come.
    End(Step),
    /// Open a case.
    Open(CaseId),
    /// Open the case that the keys act on.
    OpenActive,
    /// Book a time for the first case at hand.
    Book,
    /// A list was scrolled.
    Scrolled(List, Scrolled),
    /// Nothing.
    Nothing,
}

const fn slot(list: List) -> usize {
    match list {
        List::Table => 0,
        List::Column(at) => 1 + if at < BOARD_COLUMNS.len() { at } else { BOARD_COLUMNS.len() - 1 },
    }
}

const fn tall(list: List) -> f32 {
    match list {
        List::Table => ROW,
        List::Column(_) => PITCH,
    }
}

/// The scrollable of a list.
fn scrolls(list: List) -> FocusId {
    match list {
        List::Table => FIRST.child("scroll"),
        List::Column(_) => FIRST.child(format_args!("scroll/{}", slot(list))),
    }
}

/// Where the keyboard goes while something is laid over the board.
#[must_use]
pub fn begins(desk: &Desk) -> Option<(FocusId, Role)> {
    layers::begins(desk.cases.as_ref().filter(|_| desk.place() == skranke_desk::Place::Cases)?)
}

impl CasesScreen {
    /// Takes what happened and says what the parent is to do.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        let Some(page) = &desk.cases else { return Action::None };
        let list = page.active_list();
        let at = page.place(list);
        match message {
            Message::Board(input) => match &input {
                BoardInput::AskAgain | BoardInput::Filter(_) | BoardInput::Narrow(_) | BoardInput::View(_) => {
                    self.rewound(input)
                }
                // A choice of a menu shows other cases.
                BoardInput::Layer(LayerInput::Take | LayerInput::TakeAt(_))
                    if matches!(page.layer, Some(Layer::Menu { .. })) =>
                {
                    self.rewound(input)
                }
                _ => Action::Desk(Input::Cases(input)),
            },
            Message::Step(step) => match step.from(at, page.count(list)) {
                Some(to) => self.choose(page, list, to),
                None => Action::None,
            },
            Message::Sideways(step) => self.sideways(page, step),
            Message::Page(by) => {
                // A window full of rows is far fewer than the range holds.
                let rows = ((self.scrolled[slot(list)].height / tall(list)).floor() as isize - 1).max(1);
                self.choose(page, list, at.unwrap_or(0).saturating_add_signed(by.saturating_mul(rows)))
            }
            Message::End(Step::Next) => self.choose(page, list, usize::MAX),
            Message::End(Step::Previous) => self.choose(page, list, 0),
            Message::Open(id) => Action::Desk(open(id)),
            Message::OpenActive => match page.active() {
                Some(row) => Action::Desk(open(row.case.id)),
                None => Action::None,
            },
            Message::Book => Action::Desk(Input::BeginBooking),
            Message::Scrolled(list, scrolled) => {
                self.scrolled[slot(list)] = scrolled;
                Action::Desk(self.sight(page, list))
            }
            Message::Nothing => Action::None,
        }
    }

    /// Where a list is scrolled to; a list that became shorter cannot be scrolled beyond its end.
    fn scrolled(&self, list: List, count: usize) -> Scrolled {
        let scrolled = self.scrolled[slot(list)];
        let end = (count as f32 * tall(list) - scrolled.height).max(0.0);
        Scrolled { offset: scrolled.offset.min(end + tall(list)), ..scrolled }
    }

    /// Tells the board what is in sight.
    fn sight(&self, page: &BoardPage, list: List) -> Input {
        let rows = self.scrolled[slot(list)].rows(page.count(list).max(1), tall(list));
        Input::Cases(BoardInput::Sight(list, rows))
    }

    /// Other cases: from the top.
    fn rewound(&mut self, input: BoardInput) -> Action<Message> {
        let mut tasks = Vec::new();
        for list in [List::Table, List::Column(0), List::Column(1), List::Column(2), List::Column(3)] {
            self.scrolled[slot(list)].offset = 0.0;
            tasks.push(operation::snap_to(scrolls(list).widget(), scrollable::RelativeOffset::START));
        }
        Action::Both(Input::Cases(input), Task::batch(tasks))
    }

    /// The same height in the next column that has cases.
    fn sideways(&mut self, page: &BoardPage, step: Step) -> Action<Message> {
        if page.layout == Layout::Table {
            return Action::None;
        }
        let columns: Vec<usize> = match step {
            Step::Next => (page.column + 1..BOARD_COLUMNS.len()).collect(),
            Step::Previous => (0..page.column).rev().collect(),
        };
        let here = List::Column(page.column);
        let down = page.place(here).map_or(0.0, |at| at as f32 * PITCH - self.scrolled[slot(here)].offset);
        for column in columns {
            let list = List::Column(column);
            let count = page.count(list);
            if count > 0 {
                // The card beside it, where there is one.
                let to = ((down + self.scrolled[slot(list)].offset) / PITCH).round().max(0.0) as usize;
                return self.choose(page, list, to.min(count - 1));
            }
        }
        Action::None
    }

    fn choose(&mut self, page: &BoardPage, list: List, to: usize) -> Action<Message> {
        let Some(last) = page.count(list).checked_sub(1) else { return Action::None };
        let to = to.min(last);
        let task = match self.scrolled[slot(list)].reveal(to, tall(list)) {
            Some(y) => operation::scroll_to(scrolls(list).widget(), scrollable::AbsoluteOffset { x: None, y: Some(y) }),
            None => Task::none(),
        };
        match page.row(list, to) {
            Some(row) => Action::Both(Input::Cases(BoardInput::Select(row.case.id)), task),
            // It is being fetched again; it is in sight when it comes.
            None => Action::Run(task),
        }
    }

    /// The page between slab and bar.
    pub fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let Scene { look, desk } = scene;
        let Some(page) = &desk.cases else { return gap().into() };
        let body: Element<'a, Message> = match (page.is_known(), page.view.trouble()) {
            (false, Some(error)) => {
                let said =
                    iced::widget::column![failed(look, error, Message::Board(BoardInput::AskAgain))].max_width(560.0);
                container(said).padding(space::S24).center_x(Length::Fill).height(Length::Fill).into()
            }
            _ if page.layout == Layout::Board => board::view(self, scene, page),
            _ => table::view(self, scene, page),
        };
        let beside = match &page.layer {
            Some(Layer::Weather { at }) => Some(beside::weather(scene, page, *at)),
            _ => beside::peek(scene, page),
        };
        let mut middle = row![container(body).width(Length::Fill).height(Length::Fill)].height(Length::Fill);
        if let Some(beside) = beside {
            middle = middle.push(beside);
        }
        let mut all = Column::new().push(bar::view(scene, page));
        if page.layout == Layout::Board || calls(page) {
            all = all.push(bar::strip(scene, page));
        }
        let under: Element<'a, Message> = all.push(middle).width(Length::Fill).height(Length::Fill).into();
        layers::over(scene, page, self.above(look, page, under))
    }

    /// What lies at the foot of the page: what is marked and can be done with it, what can be taken back.
    fn above<'a>(&'a self, look: &Look<'_>, page: &'a BoardPage, under: Element<'a, Message>) -> Element<'a, Message> {
        let mut feet = Column::new().spacing(space::S8).align_x(Alignment::Center);
        if let Some(undo) = &page.undo {
            let args = [
                ("count", i64::try_from(undo.cases.len()).unwrap_or(i64::MAX).into()),
                ("name", undo.to.clone().unwrap_or_default().into()),
            ];
            let said = look.with(if undo.to.is_some() { "cases-assigned" } else { "cases-released" }, &args);
            let undo = Some(Message::Board(BoardInput::Undo));
            feet = feet.push(
                container(toast(look, "cases/undo", Toast { sign: ToastSign::Done, said, undo })).max_width(520.0),
            );
        }
        if !page.marked.is_empty() {
            feet = feet.push(selection(look, page));
        }
        let foot = container(feet)
            .width(Length::Fill)
            .height(Length::Fill)
            .align_x(Alignment::Center)
            .align_y(Alignment::End)
            .padding(Padding { bottom: if page.layout == Layout::Table { 48.0 } else { space::S16 }, ..Padding::ZERO });
        stack![under, foot].width(Length::Fill).height(Length::Fill).into()
    }

    /// The screen's keys.
    pub fn keys(&self, desk: &Desk, texts: &Texts) -> Vec<Key<Message>> {
        let Some(page) = &desk.cases else { return Vec::new() };
        if let Some(layer) = &page.layer {
            return layers::keys(layer);
        }
        let board = page.layout == Layout::Board;
        let active = page.active();
        let empty = active.is_none().then(|| texts.t("cases-no-rows"));
        let do_ = Message::Board;
        let on = |chord, label, message| Key::in_place(chord, label, message).disabled(empty.clone());
        let book = desk.booking_subject().is_none().then(|| texts.t("cases-nothing-to-book"));
        let ask = (page.subjects().iter().all(|row| row.case.column == skranke_domain::case::Column::Closed))
            .then(|| texts.t("cases-no-rows"));
        let mut keys = Vec::new();
        if board {
            keys.push(Key::bar("←", "cases-key-left", Message::Sideways(Step::Previous)).disabled(empty.clone()));
            keys.push(Key::bar("→", "cases-key-right", Message::Sideways(Step::Next)).disabled(empty.clone()));
        }
        keys.extend([
            Key::bar("↑", "cases-key-up", Message::Step(Step::Previous)).disabled(empty.clone()),
            Key::bar("↓", "cases-key-down", Message::Step(Step::Next)).disabled(empty.clone()),
            Key::bar("X", "cases-key-mark", do_(BoardInput::Mark)).disabled(empty.clone()),
            Key::bar("R", "cases-key-assign", do_(BoardInput::Assign)).disabled(empty.clone()),
            Key::bar("D", "cases-key-ask", do_(BoardInput::Ask)).disabled(ask),
            Key::bar("B", "cases-key-book", Message::Book).disabled(book),
            Key::bar("↵", "cases-key-open", Message::OpenActive).disabled(empty.clone()),
            Key::bar("Space", "cases-key-peek", do_(BoardInput::Peek)).disabled(empty.clone()),
            on("J", "cases-key-down", Message::Step(Step::Next)),
            on("K", "cases-key-up", Message::Step(Step::Previous)),
            on("PgUp", "cases-key-page-up", Message::Page(-1)),
            on("PgDn", "cases-key-page-down", Message::Page(1)),
            on("Home", "cases-key-first", Message::End(Step::Previous)),
            on("End", "cases-key-last", Message::End(Step::Next)),
            Key::in_place("F", "cases-key-weather", do_(BoardInput::Layer(LayerInput::Weather))),
            Key::in_place("O", "cases-key-sort", do_(BoardInput::Layer(LayerInput::Menu(Menu::Sort)))),
            Key::in_place("S", "cases-key-views", do_(BoardInput::Layer(LayerInput::Menu(Menu::Views)))),
            Key::in_place("Ctrl S", "cases-view-save", do_(BoardInput::Layer(LayerInput::SaveView))),
            Key::in_place("F5", "cases-key-ask-again", do_(BoardInput::AskAgain)),
            Key::end("V", "cases-key-layout", do_(BoardInput::Layout(page.layout.other()))),
        ]);
        if !board {
            keys.push(Key::in_place("C", "cases-key-columns", do_(BoardInput::Layer(LayerInput::Columns))));
        }
        for (at, key) in VIEW_KEYS.into_iter().enumerate().take(desk.settings.views.len()) {
            keys.push(Key::in_place(key, "cases-key-view", do_(BoardInput::View(at))));
        }
        if page.undo.is_some() {
            keys.push(Key::in_place("Ctrl Z", "cases-key-undo", do_(BoardInput::Undo)));
        }
        if page.peek {
            keys.push(Key::in_place("Esc", "key-close", do_(BoardInput::Peek)));
        } else if !page.marked.is_empty() {
            keys.push(Key::in_place("Esc", "cases-key-clear", do_(BoardInput::ClearMarks)));
        } else if !page.narrow.is_empty() {
            keys.push(Key::in_place("Esc", "cases-key-clear-narrow", do_(BoardInput::Narrow(String::new()))));
        }
        keys
    }
}

/// Whether a filter of the strip is in force, or news waits: then the table shows it too.
fn calls(page: &BoardPage) -> bool {
    page.moved > 0 || page.is_filtered()
}

fn open(id: CaseId) -> Input {
    Input::OpenCase(id, Purpose::plain(PurposeKind::Case))
}

/// How many are marked, and what can be done with them.
fn selection<'a>(look: &Look<'_>, page: &BoardPage) -> Element<'a, Message> {
    let t = look.tokens;
    let count = i64::try_from(page.marked.len()).unwrap_or(i64::MAX);
    let people: std::collections::HashSet<_> = page.marked.iter().map(|row: &BoardRow| row.case.citizen).collect();
    let args = [("count", count.into()), ("citizens", i64::try_from(people.len()).unwrap_or(i64::MAX).into())];
    let said = look.colored(look.with("cases-marked", &args), Type::STRONG, t.slab_ink);
    let mut line = row![container(said).padding(Padding { right: space::S8, ..Padding::ZERO })]
        .spacing(space::S4)
        .align_y(Alignment::Center);
    let act = |part: &str, word: &str, key: &str, message: Message| -> Element<'a, Message> {
        let label = look.t(word);
        let inside = row![look.text(label.clone(), Type::TITLE), key_cap(look, key, KeyGround::Slab)]
            .spacing(space::S8)
            .align_y(Alignment::Center);
        control(
            look,
            FocusId::new("cases/marked").child(part),
            Role::Button,
            label,
            container(inside).center_y(Length::Fill),
        )
        .height(28.0)
        .padding([0.0, space::S8])
        .ring(Ring::Around(radius::BADGE))
        .on_press(message)
        .style(move |status| match status {
            Status::Hovered | Status::Pressed => Style::ground(t.slab_field, radius::BADGE).ink(t.slab_ink),
            _ => Style::bare().ink(t.slab_ink),
        })
        .into()
    };
    line = line
        .push(act("ask", "cases-key-ask", "D", Message::Board(BoardInput::Ask)))
        .push(act("assign", "cases-key-assign", "R", Message::Board(BoardInput::Assign)))
        .push(act("book", "cases-key-book", "B", Message::Book))
        .push(act("clear", "cases-key-clear", "Esc", Message::Board(BoardInput::ClearMarks)));
    let face = container(line)
        .padding(Padding { top: 4.0, right: space::S8, bottom: 4.0, left: space::S16 })
        .style(move |_| plate(t.slab, iced::Color::TRANSPARENT, radius::PANEL));
    lift(look, radius::PANEL, face).into()
}
