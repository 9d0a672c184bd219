//! The list that a case was opened from: its next and previous case. What does not live here: the list itself.

use std::sync::Arc;

use skranke_domain::CaseId;

use crate::board::BoardPage;
use crate::citizen::Step;
use crate::desk::{Desk, Place};

/// The cases of the list that a case was opened from, in the order in which they stood there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbours(Arc<[CaseId]>);

impl Neighbours {
    /// The cases of a list.
    #[must_use]
    pub fn of(cases: impl IntoIterator<Item = CaseId>) -> Self {
        Self(cases.into_iter().collect())
    }

    /// The case beside one of them; none at the end of the list, and none where it does not stand in it.
    #[must_use]
    pub fn beside(&self, case: CaseId, step: Step) -> Option<CaseId> {
        let at = self.0.iter().position(|id| *id == case)?;
        let to = match step {
            Step::Next => at.checked_add(1)?,
            Step::Previous => at.checked_sub(1)?,
        };
        self.0.get(to).copied()
    }

    /// Where a case stands in the list, from 1, and how many there are.
    #[must_use]
    pub fn place(&self, case: CaseId) -> Option<(usize, usize)> {
        Some((self.0.iter().position(|id| *id == case)? + 1, self.0.len()))
    }
}

/// So many cases to either side of the chosen one go along: nobody steps through a hundred thousand.
const BESIDE: usize = 500;

fn of_board(page: &BoardPage) -> Neighbours {
    let list = page.active_list();
    let at = page.place(list).unwrap_or_default();
    let around = at.saturating_sub(BESIDE)..page.count(list).min(at + BESIDE);
    Neighbours::of(around.filter_map(|n| page.row(list, n)).map(|row| row.case.id))
}

impl Desk {
    /// The list that is on the screen, of which a case is about to be opened.
    pub(crate) fn neighbours(&self, case: CaseId) -> Neighbours {
        let list = match self.place() {
            Place::Cases => self.cases.as_ref().map(of_board),
            Place::Citizen => self.citizen().map(|page| Neighbours::of(page.rows().map(|row| row.case.id))),
            // From one case to another that belongs to it: the list stays the one she came from.
            Place::Case => self.case().map(|page| page.neighbours.clone()),
            _ => None,
        };
        list.filter(|list| list.place(case).is_some()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_case_of_a_list_has_no_next_one() {
        let cases: Vec<CaseId> = (0..3).map(|_| CaseId::new()).collect();
        let list = Neighbours::of(cases.iter().copied());
        assert_eq!(list.beside(cases[0], Step::Next), Some(cases[1]));
        assert_eq!(list.beside(cases[0], Step::Previous), None);
        assert_eq!(list.beside(cases[2], Step::Next), None);
        assert_eq!(list.beside(CaseId::new(), Step::Next), None);
        assert_eq!(list.place(cases[2]), Some((3, 3)));
    }
}
