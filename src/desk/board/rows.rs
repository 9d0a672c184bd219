//! A list of cases that comes page by page and keeps only the pages near what is in sight. What lives here: which page is wanted, where a
//! case stands. What does not: whose list it is and what it is narrowed to (the board's page).

use std::collections::HashSet;
use std::ops::Range;

use skranke_api::board::BoardRow;
use skranke_api::overview::CaseRow;
use skranke_api::{Cursor, Page};
use skranke_client::ClientError;
use skranke_domain::CaseId;

/// So many rows before the end the next page is asked for.
const AHEAD: usize = 40;
/// So many pages are kept on either side of the one that came last; farther ones are fetched again when they come into sight.
const KEPT: usize = 30;

/// The rows of one list, in the server's order.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pages: Vec<Slab>,
    /// Where the page after the last one begins.
    next: Option<Cursor>,
    /// What stands there is the head that came with the board: the first page is still to be fetched.
    head_only: bool,
    waiting: Option<usize>,
    /// Why the last page did not come.
    pub trouble: Option<ClientError>,
}

/// A page: where it begins in the list and at the server, and its rows while they are kept.
#[derive(Clone, Debug)]
struct Slab {
    cursor: Option<Cursor>,
    start: usize,
    len: usize,
    rows: Vec<BoardRow>,
}

impl Rows {
    /// The head of a list that came with the board; `more` when the list goes on.
    #[must_use]
    pub fn head(rows: Vec<BoardRow>, more: bool) -> Self {
        let mut all = Self { head_only: more, ..Self::default() };
        all.pages.push(Slab { cursor: None, start: 0, len: rows.len(), rows });
        all
    }

    /// How many rows are known, whether they are kept or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.last().map_or(0, |page| page.start + page.len)
    }

    /// Whether no row is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the list goes on beyond what is known.
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.next.is_some() || self.head_only
    }

    /// Whether a page is awaited.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// How many rows lie in memory.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.pages.iter().map(|page| page.rows.len()).sum()
    }

    /// The row at a place; none where it is known but not kept.
    #[must_use]
    pub fn get(&self, n: usize) -> Option<&BoardRow> {
        let page = self.pages.get(self.pages.partition_point(|page| page.start + page.len <= n))?;
        page.rows.get(n.checked_sub(page.start)?)
    }

    /// The rows that are kept, with their places.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &BoardRow)> {
        self.pages.iter().flat_map(|page| page.rows.iter().enumerate().map(|(n, row)| (page.start + n, row)))
    }

    /// Where a case stands, if its row is kept.
    #[must_use]
    pub fn position(&self, id: CaseId) -> Option<usize> {
        self.iter().find(|(_, row)| row.case.id == id).map(|(n, _)| n)
    }

    /// The page that must be fetched so that these rows can be shown, and where it begins; none while one is under way.
    pub(crate) fn wanted(&self, sight: &Range<usize>) -> Option<(usize, Option<Cursor>)> {
        if self.waiting.is_some() {
            return None;
        }
        let near = sight.start.saturating_sub(AHEAD)..sight.end.saturating_add(AHEAD);
        let dropped = self.pages.iter().position(|page| {
            page.rows.is_empty() && page.len > 0 && page.start < near.end && page.start + page.len > near.start
        });
        if let Some(at) = dropped {
            return Some((at, self.pages[at].cursor.clone()));
        }
        if near.end <= self.len() {
            return None;
        }
        if self.head_only {
            return Some((0, None));
        }
        self.next.clone().map(|cursor| (self.pages.len(), Some(cursor)))
    }

    /// The first page, to begin with.
    pub(crate) const fn first_page() -> (usize, Option<Cursor>) {
        (0, None)
    }

    /// The page where a row stands, to be fetched anew in place.
    pub(crate) fn page_of(&self, n: usize) -> Option<(usize, Option<Cursor>)> {
        let at = self.pages.partition_point(|page| page.start + page.len <= n);
        self.pages.get(at).map(|page| (at, page.cursor.clone()))
    }

    pub(crate) fn asked(&mut self, page: usize) {
        self.waiting = Some(page);
        self.trouble = None;
    }

    /// Nobody waits any more: what was under way was abandoned.
    pub(crate) fn abandoned(&mut self) {
        self.waiting = None;
    }

    /// Takes the page that was asked for.
    pub(crate) fn answered(&mut self, answer: Result<Page<BoardRow>, ClientError>) {
        let Some(at) = self.waiting.take() else { return };
        let page = match answer {
            Ok(page) => page,
            Err(error) => {
                self.trouble = Some(error);
                return;
            }
        };
        self.trouble = None;
        self.head_only = false;
        // A case that moved between two fetches must not stand twice.
        let others: HashSet<CaseId> = self
            .pages
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != at)
            .flat_map(|(_, page)| page.rows.iter().map(|row| row.case.id))
            .collect();
        let rows: Vec<BoardRow> = page.items.into_iter().filter(|row| !others.contains(&row.case.id)).collect();
        let last = at + 1 >= self.pages.len();
        match self.pages.get_mut(at) {
            Some(slab) => {
                slab.len = rows.len();
                slab.rows = rows;
            }
            None => {
                let start = self.len();
                self.pages.push(Slab { cursor: self.next.take(), start, len: rows.len(), rows });
            }
        }
        if last {
            self.next = page.next_cursor;
        }
        let mut start = 0;
        for (n, slab) in self.pages.iter_mut().enumerate() {
            slab.start = start;
            start += slab.len;
            if n.abs_diff(at) > KEPT {
                slab.rows = Vec::new();
            }
        }
    }

    /// Changes the row of a case in place.
    pub(crate) fn edit(&mut self, id: CaseId, change: impl FnOnce(&mut BoardRow)) {
        let rows = self.pages.iter_mut().flat_map(|page| page.rows.iter_mut());
        if let Some(row) = rows.into_iter().find(|row| row.case.id == id) {
            change(row);
        }
    }

    /// A case as another page knows it: its row follows.
    pub(crate) fn put(&mut self, case: &CaseRow) {
        self.edit(case.id, |row| row.case = case.clone());
    }
}
