//! What can happen on the board, and which of its lists it is about. What does not live here: what comes of it.

use std::ops::Range;

use skranke_api::board::{BoardFilter, BoardSort, DueFilter, MissingFilter, Scope};
use skranke_domain::{CaseId, DepartmentId, LifeSituationId, MunicipalityId, StaffId};

use super::layers;
use super::views::Layout;
use super::{COLLEAGUES, COLUMN, COLUMNS, TABLE};

/// One of the board's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// The table.
    Table,
    /// A column of the board, counted from 0.
    Column(usize),
}

impl List {
    pub(super) const fn index(self) -> usize {
        match self {
            Self::Table => 0,
            Self::Column(at) => 1 + if at < COLUMNS.len() { at } else { COLUMNS.len() - 1 },
        }
    }

    pub(super) fn slot(self) -> u8 {
        match self {
            Self::Table => TABLE,
            Self::Column(at) => COLUMN + u8::try_from(at.min(COLUMNS.len() - 1)).unwrap_or_default(),
        }
    }

    pub(super) fn of_slot(slot: u8) -> Option<Self> {
        match slot {
            TABLE => Some(Self::Table),
            at if (COLUMN..COLLEAGUES).contains(&at) => Some(Self::Column(usize::from(at - COLUMN))),
            _ => None,
        }
    }

    pub(super) const ALL: [Self; 5] = [Self::Table, Self::Column(0), Self::Column(1), Self::Column(2), Self::Column(3)];
}

/// A change of what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterChange {
    /// Whose cases.
    Scope(Scope),
    /// Of one life situation, or of all.
    Situation(Option<LifeSituationId>),
    /// At one department, or at all.
    Department(Option<DepartmentId>),
    /// With such a deadline, or any.
    Due(Option<DueFilter>),
    /// With such papers, or any.
    Missing(Option<MissingFilter>),
    /// Of one caseworker, or of all.
    Responsible(Option<StaffId>),
    /// Of one municipality, or of all.
    Municipality(Option<MunicipalityId>),
    /// In another order.
    Sort(BoardSort),
    /// Everything of this scope again, in the same order.
    Clear,
}

impl FilterChange {
    pub(super) fn make(self, filter: &mut BoardFilter) {
        match self {
            Self::Scope(scope) => filter.scope = scope,
            Self::Situation(situation) => filter.situation = situation,
            Self::Department(department) => filter.department = department,
            Self::Due(due) => filter.due = due,
            Self::Missing(missing) => filter.missing = missing,
            Self::Responsible(responsible) => filter.responsible = responsible,
            Self::Municipality(municipality) => filter.municipality = municipality,
            Self::Sort(sort) => filter.sort = sort,
            Self::Clear => {
                *filter = BoardFilter { scope: filter.scope, sort: filter.sort, ..BoardFilter::default() };
            }
        }
    }
}

/// What happens on the board.
#[derive(Clone, Debug)]
pub enum BoardInput {
    /// Ask again from the start.
    AskAgain,
    /// Other cases, or in another order.
    Filter(FilterChange),
    /// The list is narrowed to what holds these words.
    Narrow(String),
    /// Look through more cases for those words.
    LookFurther,
    /// Board or table.
    Layout(Layout),
    /// Another column of the board is the one that the keys act on.
    Column(usize),
    /// These rows of a list are in sight.
    Sight(List, Range<usize>),
    /// Fetch what did not come.
    More(List),
    /// A case was chosen.
    Select(CaseId),
    /// The chosen case is marked, or no longer.
    Mark,
    /// A case is marked, or no longer.
    MarkCase(CaseId),
    /// No case is marked any more.
    ClearMarks,
    /// A look at the chosen case without opening it, or no longer.
    Peek,
    /// What is laid over the board.
    Layer(layers::LayerInput),
    /// Give the marked cases to a colleague.
    Assign,
    /// Ask the citizens of the marked cases for what is missing.
    Ask,
    /// Take back what was assigned last.
    Undo,
    /// Choose a saved view, counted from 0.
    View(usize),
}
