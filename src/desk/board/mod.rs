//! The board: cases by column as cards, or as lines, in an order the server makes. What lives here: which cases are asked for, chosen and
//! marked, what is laid over the board. What does not: a case's own page; a drag that decides a case does not exist.

pub mod asking;
pub mod assign;
mod input;
pub mod layers;
pub mod rows;
pub(crate) mod steps;
pub mod views;

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::Duration;

use jiff::Timestamp;
use skranke_api::appointments::StaffRef;
use skranke_api::board::{BoardFilter, BoardRow, BoardView};
use skranke_api::overview::CaseRow;
use skranke_client::ClientError;
use skranke_domain::CaseId;
use skranke_domain::case::{Column, NextStep};

use crate::ask::{Question, Reply};
use crate::calendar::BookingFor;
use crate::effect::{Effect, Room, Ticket, Wake};
use crate::load::Load;
use crate::pending::Pending;
use crate::session::Session;

use assign::Undo;
pub use input::{BoardInput, FilterChange, List};
use layers::Layer;
use rows::Rows;
use views::{ColumnSetting, Layout};

/// How long the board waits for more news before it asks again.
pub const PAUSE: Duration = Duration::from_secs(2);
/// So many cases can be marked at once: what is done to them is done one by one.
pub const MAX_MARKED: usize = 200;
/// While the list is narrowed by typing, so many more cases are looked through by themselves; then she is asked.
pub const LOOKED_THROUGH: usize = 1_000;

/// So many rows fill a window, before it said how many it shows.
const FILLS: usize = 30;

const VIEW: u8 = 0;
const TABLE: u8 = 1;
const COLUMN: u8 = 2;
const COLLEAGUES: u8 = 6;
const PAPERS: u8 = 7;

/// The four columns, in the order in which a case goes through them.
pub const COLUMNS: [Column; 4] =
    [Column::InProgress, Column::AwaitingCitizen, Column::ReadyForAttendance, Column::Closed];

/// The board.
#[derive(Clone, Debug)]
pub struct BoardPage {
    /// Which cases, in which order.
    pub filter: BoardFilter,
    /// Counts, first cards, what one can filter by.
    pub view: Load<BoardView>,
    /// Cards or lines.
    pub layout: Layout,
    /// The table's columns, all of them, in their order.
    pub columns: Vec<ColumnSetting>,
    /// The column of the board that the keys act on.
    pub column: usize,
    /// The case that the keys act on.
    pub selected: Option<CaseId>,
    /// The cases that are marked, in the order in which they were.
    pub marked: Vec<BoardRow>,
    /// The words that the list is narrowed to.
    pub narrow: String,
    /// The chosen case is looked at.
    pub peek: bool,
    /// What is laid over the board.
    pub layer: Option<Layer>,
    /// What was assigned last and can be taken back.
    pub undo: Option<Undo>,
    /// How many cases no longer stand where they would: they move when she asks, not under her hand.
    pub moved: usize,
    /// The saved view that is in force, until something of it is changed.
    pub in_view: Option<usize>,
    /// The saved view that was chosen last: it can be renamed, written over or thrown away.
    pub last_view: Option<usize>,
    lists: [Rows; 5],
    found: [Option<Vec<usize>>; 5],
    sight: [Range<usize>; 5],
    looked: usize,
    changed: BTreeSet<CaseId>,
    news: bool,
    pausing: bool,
    /// The pages that came are news: rows stay where they are.
    in_place: [bool; 6],
    generation: u64,
}

impl BoardPage {
    pub(crate) fn open(columns: Vec<ColumnSetting>, generation: u64, now: Timestamp) -> (Self, Vec<Effect>) {
        let mut page = Self {
            filter: BoardFilter::default(),
            view: Load::Idle,
            layout: Layout::Board,
            columns,
            column: 0,
            selected: None,
            marked: Vec::new(),
            narrow: String::new(),
            peek: false,
            layer: None,
            undo: None,
            moved: 0,
            in_view: None,
            last_view: None,
            lists: Default::default(),
            found: Default::default(),
            sight: Default::default(),
            looked: 0,
            changed: BTreeSet::new(),
            news: false,
            pausing: false,
            in_place: [false; 6],
            generation,
        };
        let effects = page.ask_afresh(now);
        (page, effects)
    }

    /// Whether the first answer came.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        self.view.value().is_some()
    }

    /// The rows of a list as the server ordered them.
    #[must_use]
    pub const fn rows(&self, list: List) -> &Rows {
        &self.lists[list.index()]
    }

    /// How many rows of a list are shown: those known, or those that hold the words.
    #[must_use]
    pub fn count(&self, list: List) -> usize {
        self.found[list.index()].as_ref().map_or_else(|| self.rows(list).len(), Vec::len)
    }

    /// The row that is shown at a place; none where it is being fetched again.
    #[must_use]
    pub fn row(&self, list: List, n: usize) -> Option<&BoardRow> {
        let n = match &self.found[list.index()] {
            Some(found) => *found.get(n)?,
            None => n,
        };
        self.rows(list).get(n)
    }

    /// The list that the keys act on.
    #[must_use]
    pub const fn active_list(&self) -> List {
        match self.layout {
            Layout::Table => List::Table,
            Layout::Board => List::Column(self.column),
        }
    }

    /// Where a list's case stands that the keys act on: the chosen one, else the first.
    #[must_use]
    pub fn place(&self, list: List) -> Option<usize> {
        let rows = self.rows(list);
        let chosen = self.selected.and_then(|id| rows.position(id)).and_then(|at| match &self.found[list.index()] {
            Some(found) => found.iter().position(|n| *n == at),
            None => Some(at),
        });
        chosen.or_else(|| (self.count(list) > 0).then_some(0))
    }

    /// The case that the keys act on.
    #[must_use]
    pub fn active(&self) -> Option<&BoardRow> {
        let list = self.active_list();
        self.row(list, self.place(list)?)
    }

    /// Whether a case is marked.
    #[must_use]
    pub fn is_marked(&self, id: CaseId) -> bool {
        self.marked.iter().any(|row| row.case.id == id)
    }

    /// What assign, ask and book act on: the marked cases, else the chosen one.
    #[must_use]
    pub fn subjects(&self) -> Vec<BoardRow> {
        if self.marked.is_empty() { self.active().cloned().into_iter().collect() } else { self.marked.clone() }
    }

    /// Whether anything beside the scope narrows what is shown.
    #[must_use]
    pub fn is_filtered(&self) -> bool {
        let plain = BoardFilter { scope: self.filter.scope, sort: self.filter.sort, ..BoardFilter::default() };
        self.filter != plain
    }

    /// While it is narrowed: how many of a list's cases were looked through, where the list goes on.
    #[must_use]
    pub fn looked_through(&self, list: List) -> Option<usize> {
        let rows = self.rows(list);
        (self.found[list.index()].is_some() && rows.has_more()).then(|| rows.len())
    }

    /// Whether it waits to be told to look through more.
    #[must_use]
    pub const fn may_look_further(&self) -> bool {
        self.looked >= LOOKED_THROUGH
    }

    fn ticket(&self, slot: u8) -> Ticket {
        Ticket { room: Room::Cases, generation: self.generation, slot }
    }

    pub(crate) const fn generation(&self) -> u64 {
        self.generation
    }

    /// Asks for everything anew; what is in sight stays until the answers come.
    pub(crate) fn ask_afresh(&mut self, now: Timestamp) -> Vec<Effect> {
        self.generation += 1;
        self.moved = 0;
        self.looked = 0;
        self.changed.clear();
        self.news = false;
        self.in_place = [false; 6];
        for list in &mut self.lists {
            list.abandoned();
        }
        self.view.ask(now);
        let mut effects =
            vec![Effect::Abandon(Room::Cases), Effect::Ask(self.ticket(VIEW), Question::Board(self.filter.clone()))];
        self.lists[0] = Rows::default();
        self.found[0] = None;
        if self.layout == Layout::Table {
            effects.extend(self.fetch(List::Table, Some(Rows::first_page())));
        }
        effects
    }

    fn filter_of(&self, list: List) -> BoardFilter {
        let column = match list {
            List::Table => self.filter.column,
            List::Column(at) => COLUMNS.get(at).copied(),
        };
        BoardFilter { column, ..self.filter.clone() }
    }

    fn fetch(&mut self, list: List, page: Option<(usize, Option<skranke_api::Cursor>)>) -> Vec<Effect> {
        let Some((at, cursor)) = page else { return Vec::new() };
        self.lists[list.index()].asked(at);
        vec![Effect::Ask(self.ticket(list.slot()), Question::BoardCases(self.filter_of(list), cursor))]
    }

    /// Fetches what is in sight, or will be soon.
    fn fetch_sight(&mut self, list: List) -> Vec<Effect> {
        let rows = self.rows(list);
        if rows.trouble.is_some() {
            return Vec::new();
        }
        let sight = &self.sight[list.index()];
        let wanted = match &self.found[list.index()] {
            None => rows.wanted(sight),
            // While it is narrowed the rows in sight stand anywhere: more is looked through until they fill the window.
            Some(found) if found.len() < sight.end.max(FILLS) && self.looked < LOOKED_THROUGH => {
                rows.wanted(&(rows.len()..rows.len() + 1)).filter(|_| rows.has_more())
            }
            Some(_) => None,
        };
        self.fetch(list, wanted)
    }

    /// A change of what is shown: the board is asked for anew, from its top.
    pub(crate) fn show(&mut self, filter: BoardFilter, now: Timestamp) -> Vec<Effect> {
        if filter == self.filter && self.is_known() {
            return Vec::new();
        }
        let same_cases = BoardFilter { sort: self.filter.sort, ..filter.clone() } == self.filter;
        self.filter = filter;
        self.in_view = None;
        if !same_cases {
            self.selected = None;
            // What is marked must be in sight somewhere: other cases, other marks.
            self.marked.clear();
            self.lists = Default::default();
            self.find_all();
        }
        self.ask_afresh(now)
    }

    pub(crate) fn set_layout(&mut self, layout: Layout) -> Vec<Effect> {
        self.layout = layout;
        match layout {
            Layout::Table if self.rows(List::Table).is_empty() && !self.rows(List::Table).is_waiting() => {
                self.fetch(List::Table, Some(Rows::first_page()))
            }
            Layout::Table => Vec::new(),
            Layout::Board => {
                let at =
                    self.selected.and_then(|id| (0..4).find(|n| self.rows(List::Column(*n)).position(id).is_some()));
                self.column = at.unwrap_or(self.column);
                Vec::new()
            }
        }
    }

    fn narrow_to(&mut self, words: String) -> Vec<Effect> {
        self.narrow = words;
        self.looked = 0;
        self.find_all();
        let lists = if self.layout == Layout::Table { &List::ALL[..1] } else { &List::ALL[1..] };
        lists.iter().flat_map(|list| self.fetch_sight(*list)).collect()
    }

    fn find_all(&mut self) {
        for list in List::ALL {
            self.find(list);
        }
    }

    fn find(&mut self, list: List) {
        let words: Vec<String> = self.narrow.split_whitespace().map(str::to_lowercase).collect();
        self.found[list.index()] = (!words.is_empty())
            .then(|| self.rows(list).iter().filter(|(_, row)| holds(row, &words)).map(|(n, _)| n).collect());
    }

    pub(crate) fn update(&mut self, input: BoardInput, now: Timestamp) -> Vec<Effect> {
        match input {
            BoardInput::AskAgain => self.ask_afresh(now),
            BoardInput::Filter(change) => {
                let mut filter = self.filter.clone();
                change.make(&mut filter);
                self.show(filter, now)
            }
            BoardInput::Narrow(words) => self.narrow_to(words),
            BoardInput::LookFurther => {
                self.looked = 0;
                let list = self.active_list();
                self.fetch_sight(list)
            }
            BoardInput::Layout(layout) => {
                self.in_view = None;
                self.set_layout(layout)
            }
            BoardInput::Column(at) => {
                self.column = at.min(COLUMNS.len() - 1);
                let list = List::Column(self.column);
                self.selected = self.row(list, 0).map(|row| row.case.id);
                Vec::new()
            }
            BoardInput::Sight(list, rows) => {
                self.sight[list.index()] = rows;
                self.fetch_sight(list)
            }
            BoardInput::More(list) => {
                self.lists[list.index()].trouble = None;
                if self.rows(list).is_empty() {
                    return self.fetch(list, Some(Rows::first_page()));
                }
                let end = self.rows(list).len();
                let wanted = self.rows(list).wanted(&(end..end + 1));
                self.fetch(list, wanted)
            }
            BoardInput::Select(id) => {
                self.selected = Some(id);
                if let Some(at) = (0..4).find(|n| self.rows(List::Column(*n)).position(id).is_some()) {
                    self.column = at;
                }
                Vec::new()
            }
            BoardInput::Mark => {
                if let Some(row) = self.active().cloned() {
                    self.mark(row);
                }
                Vec::new()
            }
            BoardInput::MarkCase(id) => {
                self.selected = Some(id);
                let row = List::ALL.into_iter().find_map(|list| {
                    let rows = self.rows(list);
                    rows.get(rows.position(id)?)
                });
                if let Some(row) = row.cloned() {
                    self.mark(row);
                }
                Vec::new()
            }
            BoardInput::ClearMarks => {
                self.marked.clear();
                Vec::new()
            }
            BoardInput::Peek => {
                self.peek = !self.peek && self.active().is_some();
                Vec::new()
            }
            // The desk does these: they need more than the board knows.
            BoardInput::Layer(_) | BoardInput::Assign | BoardInput::Ask | BoardInput::Undo | BoardInput::View(_) => {
                Vec::new()
            }
        }
    }

    fn mark(&mut self, row: BoardRow) {
        let before = self.marked.len();
        self.marked.retain(|marked| marked.case.id != row.case.id);
        if self.marked.len() == before && before < MAX_MARKED {
            self.marked.push(row);
        }
    }

    /// A case as another page knows it: its row follows where it stands.
    pub(crate) fn put_row(&mut self, case: &CaseRow) {
        for list in &mut self.lists {
            list.put(case);
        }
        if let Some(row) = self.marked.iter_mut().find(|row| row.case.id == case.id) {
            row.case = case.clone();
        }
    }

    pub(crate) fn edit_row(&mut self, id: CaseId, change: impl Fn(&mut BoardRow)) {
        for list in &mut self.lists {
            list.edit(id, &change);
        }
        if let Some(row) = self.marked.iter_mut().find(|row| row.case.id == id) {
            change(row);
        }
    }

    /// Something happened to a case: the board asks again after a pause, so that a busy minute is one question.
    pub(crate) fn heard(&mut self, case: Option<CaseId>) -> Vec<Effect> {
        self.news = true;
        self.changed.extend(case.filter(|id| self.rows(List::Table).position(*id).is_some()));
        if self.pausing {
            return Vec::new();
        }
        self.pausing = true;
        vec![Effect::Wake(PAUSE, Wake::Board)]
    }

    /// The pause is over; `in_sight` says whether the board fills the window.
    pub(crate) fn woken(&mut self, in_sight: bool, now: Timestamp) -> Vec<Effect> {
        self.pausing = false;
        if in_sight { self.ask_in_place(now) } else { Vec::new() }
    }

    /// Asks for what is news; rows stay where they are.
    pub(crate) fn ask_in_place(&mut self, now: Timestamp) -> Vec<Effect> {
        if !std::mem::take(&mut self.news) || self.view.is_waiting() {
            return Vec::new();
        }
        self.view.ask(now);
        self.in_place[usize::from(VIEW)] = true;
        let mut effects = vec![Effect::Ask(self.ticket(VIEW), Question::Board(self.filter.clone()))];
        let changed = std::mem::take(&mut self.changed);
        let rows = self.rows(List::Table);
        if self.layout == Layout::Table && !rows.is_waiting() {
            let page = changed.iter().find_map(|id| rows.page_of(rows.position(*id)?));
            if page.is_some() {
                self.in_place[usize::from(TABLE)] = true;
                effects.extend(self.fetch(List::Table, page));
            }
        }
        effects
    }

    /// The answer to a question was kept on this machine.
    pub(crate) fn aged(&mut self, slot: u8, as_of: Timestamp, why: &ClientError) {
        if slot == VIEW {
            self.view.aged(as_of, why);
        }
    }

    /// Takes an answer for the lists; those for what is laid over the board are the layer's.
    pub(crate) fn replied(&mut self, slot: u8, reply: Reply, now: Timestamp) -> Vec<Effect> {
        match (List::of_slot(slot), reply) {
            (None, Reply::Board(answer)) if slot == VIEW => {
                let in_place = std::mem::take(&mut self.in_place[usize::from(VIEW)]);
                self.view.answer(*answer, now);
                self.take_cards(in_place);
                // News that came while the answer was under way.
                if self.news { self.heard(None) } else { Vec::new() }
            }
            (Some(list), Reply::BoardCases(answer)) => {
                let in_place = std::mem::take(&mut self.in_place[list.index()]);
                let before = self.rows(list).len();
                match answer {
                    Ok(page) if in_place => {
                        self.lists[list.index()].abandoned();
                        for row in &page.items {
                            self.edit_row(row.case.id, |old| *old = row.clone());
                        }
                    }
                    answer => self.lists[list.index()].answered(answer),
                }
                self.looked += self.rows(list).len().saturating_sub(before);
                self.find(list);
                self.fetch_sight(list)
            }
            _ => Vec::new(),
        }
    }

    fn take_cards(&mut self, in_place: bool) {
        if self.view.trouble().is_some() {
            return;
        }
        let Some(view) = self.view.value() else { return };
        let cards: Vec<(usize, Vec<BoardRow>, bool)> = view
            .columns
            .iter()
            .filter_map(|column| {
                let at = COLUMNS.iter().position(|known| *known == column.column)?;
                let more = usize::try_from(column.count).unwrap_or(usize::MAX) > column.cards.len();
                Some((at, column.cards.clone(), more))
            })
            .collect();
        for (at, rows, more) in cards {
            let list = List::Column(at);
            if in_place && !self.rows(list).is_empty() {
                let stood = self.rows(list);
                let is_new = |row: &BoardRow| rows.iter().all(|new| new.case.id != row.case.id);
                let gone = stood.iter().take(rows.len()).filter(|(_, row)| is_new(row)).count();
                let came = rows.iter().filter(|row| stood.position(row.case.id).is_none()).count();
                self.moved += gone.max(came);
                for row in &rows {
                    self.edit_row(row.case.id, |old| *old = row.clone());
                }
            } else {
                self.lists[list.index()] = Rows::head(rows, more);
            }
            self.find(list);
        }
        // The keys begin where there is something to act on.
        if !in_place && self.selected.is_none() && self.count(List::Column(self.column)) == 0 {
            self.column = (0..4).find(|n| self.count(List::Column(*n)) > 0).unwrap_or(self.column);
        }
    }

    /// What a booking would be for: the first case at hand that somebody attends and that has no time yet.
    pub(crate) fn booking_subject(&self, session: &Session, pending: &Pending) -> Option<BookingFor> {
        let booked = |id: CaseId| pending.bookings().any(|booking| booking.entry.draft.subject.case == Some(id));
        let subjects = self.subjects();
        let row = subjects.iter().find(|row| {
            row.case.column != Column::Closed
                && row.case.attendance.is_none()
                && row.case.next_step != NextStep::None
                && !booked(row.case.id)
                && session.procedures.get(&row.case.procedure).is_some_and(|p| p.attendance.required)
        })?;
        let own = row.responsible_id.zip(row.case.responsible.clone());
        Some(BookingFor {
            cases: vec![row.case.id],
            title: Some(row.case.title.clone()),
            procedure: Some(row.case.procedure.clone()),
            open_papers: row.case.missing.clone(),
            minutes: session.procedures.get(&row.case.procedure)?.attendance.minutes,
            with: own.map(|(id, name)| StaffRef { id, name }),
            ..BookingFor::of(row.case.citizen, row.citizen_name.clone())
        })
    }

    /// The board as a test or a figure needs it: an answer, without a server.
    #[cfg(any(test, feature = "testing"))]
    pub fn set_up(&mut self, view: BoardView, table: Vec<BoardRow>, now: Timestamp) {
        self.view.answer(Ok(view), now);
        self.take_cards(false);
        self.lists[List::Table.index()] = Rows::head(table, false);
        self.find_all();
    }
}

/// Whether a row holds all the words somewhere that is in sight.
fn holds(row: &BoardRow, words: &[String]) -> bool {
    let case = &row.case;
    let mut text = format!(
        "{} {} {} {} {} {}",
        case.title.da,
        case.title.en,
        row.citizen_name,
        case.number,
        case.responsible.as_deref().unwrap_or_default(),
        row.initials.as_deref().unwrap_or_default()
    );
    for paper in &case.missing {
        text.push(' ');
        text.push_str(&paper.da);
        text.push(' ');
        text.push_str(&paper.en);
    }
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}
