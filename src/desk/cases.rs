//! The list of cases, page by page. What does not live here: a case's own page.

use jiff::Timestamp;
use skranke_api::overview::CaseRow;
use skranke_api::{Cursor, Page};
use skranke_client::ClientError;
use skranke_client::http::CaseQuery;
use skranke_domain::CaseId;
use skranke_domain::case::Column;

use crate::ask::{Question, Reply};
use crate::citizen::Step;
use crate::effect::{Effect, Room, Ticket};

/// Cases on one page.
pub const PAGE: u16 = 100;

/// The list of cases.
#[derive(Clone, Debug)]
pub struct CasesPage {
    /// The column that is shown; none shows all.
    pub column: Option<Column>,
    /// What has come so far.
    pub rows: Vec<CaseRow>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// A page is awaited.
    pub waiting: bool,
    /// Why the last page did not come.
    pub trouble: Option<ClientError>,
    /// The case that the keys act on.
    pub selected: Option<CaseId>,
    /// When the first page came.
    pub at: Option<Timestamp>,
    generation: u64,
}

/// What happens on the list.
#[derive(Clone, Debug)]
pub enum CasesInput {
    /// Ask again from the start.
    AskAgain,
    /// Another column.
    Column(Option<Column>),
    /// The end comes into sight: fetch more.
    More,
    /// A case was chosen.
    Select(CaseId),
    /// The next or previous case.
    Step(Step),
}

impl CasesPage {
    pub(crate) fn open(generation: u64) -> (Self, Vec<Effect>) {
        let mut page = Self {
            column: None,
            rows: Vec::new(),
            next: None,
            waiting: false,
            trouble: None,
            selected: None,
            at: None,
            generation,
        };
        let effects = page.ask_afresh();
        (page, effects)
    }

    fn ask_afresh(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.rows.clear();
        self.next = None;
        self.at = None;
        let mut effects = vec![Effect::Abandon(Room::Cases)];
        effects.extend(self.ask());
        effects
    }

    fn ask(&mut self) -> Vec<Effect> {
        self.waiting = true;
        let ticket = Ticket { room: Room::Cases, generation: self.generation, slot: 0 };
        let query = CaseQuery { column: self.column, limit: Some(PAGE), ..CaseQuery::default() };
        vec![Effect::Ask(ticket, Question::Cases(query, self.next.clone()))]
    }

    pub(crate) fn update(&mut self, input: CasesInput) -> Vec<Effect> {
        match input {
            CasesInput::AskAgain => self.ask_afresh(),
            CasesInput::Column(column) => {
                self.column = column;
                self.selected = None;
                self.ask_afresh()
            }
            CasesInput::More if self.next.is_some() && !self.waiting => self.ask(),
            CasesInput::More => Vec::new(),
            CasesInput::Select(id) => {
                self.selected = Some(id);
                Vec::new()
            }
            CasesInput::Step(step) => {
                let at = self.selected.and_then(|id| self.rows.iter().position(|r| r.id == id));
                let to = step.from(at, self.rows.len());
                self.selected = to.map(|to| self.rows[to].id);
                if to.is_some_and(|to| to + 20 > self.rows.len()) { self.update(CasesInput::More) } else { Vec::new() }
            }
        }
    }

    pub(crate) fn put_row(&mut self, row: &CaseRow) {
        if let Some(place) = self.rows.iter_mut().find(|r| r.id == row.id) {
            *place = row.clone();
        }
    }

    pub(crate) fn replied(&mut self, ticket: Ticket, reply: Reply, now: Timestamp) {
        let (true, Reply::Cases(answer)) = (ticket.generation == self.generation, reply) else { return };
        self.waiting = false;
        match answer {
            Ok(Page { items, next_cursor }) => {
                self.rows.extend(items);
                self.next = next_cursor;
                self.trouble = None;
                self.at = Some(now);
            }
            Err(error) => self.trouble = Some(error),
        }
    }
}
