//! What is laid over the board: menus, the name of a view, the table's columns, the deadlines of the week. What does not live here: giving
//! cases away (see `assign`), asking citizens (see `asking`).

use std::str::FromStr;

use skranke_api::board::{BoardSort, DueFilter, Facet, MissingFilter};
use skranke_domain::{CaseId, DepartmentId, LifeSituationId, MunicipalityId, StaffId};

use super::asking::{AskSheet, LetterStep};
use super::assign::AssignSheet;
use super::views::{ColumnSetting, MAX_VIEW_NAME, MAX_VIEWS, SavedView, Shown};
use super::{BoardPage, FilterChange};
use crate::citizen::Step;

/// What is laid over the board.
#[derive(Clone, Debug)]
pub enum Layer {
    /// Choices.
    Menu {
        /// Of what.
        menu: Menu,
        /// The one that the keys act on.
        at: usize,
    },
    /// To whom the cases go.
    Assign(AssignSheet),
    /// What the citizens are asked for.
    Ask(Box<AskSheet>),
    /// What a view is called.
    Name(NameSheet),
    /// The table's columns.
    Columns {
        /// The one that the keys act on.
        at: usize,
    },
    /// What crosses a deadline this week.
    Weather {
        /// The one that the keys act on.
        at: usize,
    },
}

/// The menus of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Life situations.
    Situation,
    /// Departments.
    Department,
    /// Deadlines.
    Due,
    /// Papers.
    Missing,
    /// Caseworkers.
    Responsible,
    /// Municipalities.
    Municipality,
    /// Orders.
    Sort,
    /// Saved views.
    Views,
}

/// One choice of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A life situation, or any.
    Situation(Option<Facet>),
    /// A department, or any.
    Department(Option<Facet>),
    /// Such a deadline, or any.
    Due(Option<DueFilter>),
    /// Such papers, or any.
    Missing(Option<MissingFilter>),
    /// A caseworker, or any.
    Responsible(Option<Facet>),
    /// A municipality, or any.
    Municipality(Option<Facet>),
    /// An order.
    Sort(BoardSort),
    /// A saved view.
    View(usize),
    /// Save what is shown as a view.
    Save,
    /// Save what is shown in place of a view.
    Overwrite(usize),
    /// Call a view something else.
    Rename(usize),
    /// Throw a view away.
    Delete(usize),
}

impl Choice {
    /// The change of what is shown that it means; none for what it cannot mean.
    #[must_use]
    pub fn change(&self) -> Option<FilterChange> {
        fn value<T: FromStr>(facet: Option<&Facet>) -> Option<Option<T>> {
            facet.map(|facet| facet.value.parse().ok()).map_or(Some(None), |parsed| parsed.map(Some))
        }
        Some(match self {
            Self::Situation(facet) => FilterChange::Situation(value::<LifeSituationId>(facet.as_ref())?),
            Self::Department(facet) => FilterChange::Department(value::<DepartmentId>(facet.as_ref())?),
            Self::Responsible(facet) => FilterChange::Responsible(value::<StaffId>(facet.as_ref())?),
            Self::Municipality(facet) => FilterChange::Municipality(value::<MunicipalityId>(facet.as_ref())?),
            Self::Due(due) => FilterChange::Due(*due),
            Self::Missing(missing) => FilterChange::Missing(*missing),
            Self::Sort(sort) => FilterChange::Sort(*sort),
            Self::View(_) | Self::Save | Self::Overwrite(_) | Self::Rename(_) | Self::Delete(_) => return None,
        })
    }
}

/// What happens to what is laid over the board.
#[derive(Clone, Debug)]
pub enum LayerInput {
    /// A menu opens, or closes again.
    Menu(Menu),
    /// The table's columns, or no longer.
    Columns,
    /// The deadlines of the week, or no longer.
    Weather,
    /// Save what is shown as a view.
    SaveView,
    /// It goes.
    Close,
    /// The next or previous of its rows.
    Step(Step),
    /// The row that the keys act on is taken.
    Take,
    /// A row is taken.
    TakeAt(usize),
    /// Something was typed.
    Typed(String),
    /// The column that the keys act on goes a place further.
    MoveColumn(Step),
    /// The column that the keys act on becomes wider, or narrow again.
    WidenColumn,
    /// In what the citizens are asked for.
    Letter(LetterStep),
    /// It is done as it stands.
    Confirm,
}

/// The name of a view while it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSheet {
    /// What was typed.
    pub name: String,
    /// The view that is renamed; none saves a new one.
    pub renames: Option<usize>,
    /// Why it cannot be called that.
    pub problem: Option<NameProblem>,
}

/// Why a view cannot be called that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing was typed.
    Empty,
    /// It is too long.
    TooLong,
    /// Another view is called that.
    Taken,
    /// There are nine already.
    TooMany,
}

impl NameSheet {
    /// The name, if a view may be called that.
    pub(crate) fn checked(&self, views: &[SavedView]) -> Result<String, NameProblem> {
        let name = self.name.trim();
        let same = |(at, view): (usize, &SavedView)| {
            Some(at) != self.renames && view.name.to_lowercase() == name.to_lowercase()
        };
        if name.is_empty() {
            Err(NameProblem::Empty)
        } else if name.chars().count() > MAX_VIEW_NAME {
            Err(NameProblem::TooLong)
        } else if views.iter().enumerate().any(same) {
            Err(NameProblem::Taken)
        } else if self.renames.is_none() && views.len() >= MAX_VIEWS {
            Err(NameProblem::TooMany)
        } else {
            Ok(name.to_owned())
        }
    }
}

impl BoardPage {
    /// The choices of a menu, in their order.
    #[must_use]
    pub fn choices(&self, menu: Menu, views: &[SavedView]) -> Vec<Choice> {
        let facets = self.view.value().map(|view| &view.facets);
        let any = |make: fn(Option<Facet>) -> Choice, of: Option<&Vec<Facet>>| {
            std::iter::once(make(None)).chain(of.into_iter().flatten().cloned().map(Some).map(make)).collect()
        };
        match menu {
            Menu::Situation => any(Choice::Situation, facets.map(|f| &f.situations)),
            Menu::Department => any(Choice::Department, facets.map(|f| &f.departments)),
            Menu::Responsible => any(Choice::Responsible, facets.map(|f| &f.responsible)),
            Menu::Municipality => any(Choice::Municipality, facets.map(|f| &f.municipalities)),
            Menu::Due => {
                [None, Some(DueFilter::Past), Some(DueFilter::Today), Some(DueFilter::Week), Some(DueFilter::None)]
                    .map(Choice::Due)
                    .to_vec()
            }
            Menu::Missing => [
                None,
                Some(MissingFilter::Something),
                Some(MissingFilter::Waited),
                Some(MissingFilter::ToCheck),
                Some(MissingFilter::Nothing),
            ]
            .map(Choice::Missing)
            .to_vec(),
            Menu::Sort => [BoardSort::Oldest, BoardSort::Newest, BoardSort::Deadline, BoardSort::LatestDeadline]
                .map(Choice::Sort)
                .to_vec(),
            Menu::Views => {
                let mut all: Vec<Choice> = (0..views.len()).map(Choice::View).collect();
                all.push(Choice::Save);
                if let Some(at) = self.last_view.filter(|at| *at < views.len()) {
                    all.extend([Choice::Overwrite(at), Choice::Rename(at), Choice::Delete(at)]);
                }
                all
            }
        }
    }

    /// Whether a choice is in force.
    #[must_use]
    pub fn is_chosen(&self, choice: &Choice) -> bool {
        fn same<T: ToString>(chosen: Option<&T>, facet: Option<&Facet>) -> bool {
            chosen.map(ToString::to_string) == facet.map(|facet| facet.value.clone())
        }
        match choice {
            Choice::Situation(facet) => same(self.filter.situation.as_ref(), facet.as_ref()),
            Choice::Department(facet) => same(self.filter.department.as_ref(), facet.as_ref()),
            Choice::Responsible(facet) => same(self.filter.responsible.as_ref(), facet.as_ref()),
            Choice::Municipality(facet) => same(self.filter.municipality.as_ref(), facet.as_ref()),
            Choice::Due(due) => self.filter.due == *due,
            Choice::Missing(missing) => self.filter.missing == *missing,
            Choice::Sort(sort) => self.filter.sort == *sort,
            Choice::View(at) => self.in_view == Some(*at),
            Choice::Save | Choice::Overwrite(_) | Choice::Rename(_) | Choice::Delete(_) => false,
        }
    }

    /// How many rows what is laid over the board has.
    pub(crate) fn layer_rows(&self, views: &[SavedView]) -> usize {
        match &self.layer {
            Some(Layer::Menu { menu, .. }) => self.choices(*menu, views).len(),
            Some(Layer::Assign(sheet)) => sheet.found().len(),
            Some(Layer::Columns { .. }) => self.columns.len(),
            Some(Layer::Weather { .. }) => self.view.value().map_or(0, |view| view.weather.lines.len()),
            Some(Layer::Ask(_) | Layer::Name(_)) | None => 0,
        }
    }

    /// The row that the keys act on, to be moved.
    pub(crate) const fn layer_at(&mut self) -> Option<&mut usize> {
        match &mut self.layer {
            Some(Layer::Menu { at, .. } | Layer::Columns { at } | Layer::Weather { at }) => Some(at),
            Some(Layer::Assign(sheet)) => Some(&mut sheet.at),
            Some(Layer::Ask(_) | Layer::Name(_)) | None => None,
        }
    }

    /// The case of the deadline that the keys act on.
    #[must_use]
    pub fn weather_case(&self) -> Option<CaseId> {
        match &self.layer {
            Some(Layer::Weather { at }) => Some(self.view.value()?.weather.lines.get(*at)?.case),
            _ => None,
        }
    }

    /// Shows or hides the column that the keys act on; the last one in sight stays.
    pub(crate) fn toggle_column(&mut self, at: usize) {
        let shown = self.columns.iter().filter(|column| column.shown == Shown::Yes).count();
        if let Some(column) = self.columns.get_mut(at) {
            column.shown = match column.shown {
                Shown::Yes if shown > 1 => Shown::No,
                Shown::Yes | Shown::No => Shown::Yes,
            };
        }
    }

    /// Moves a column a place further; says where it stands then.
    pub(crate) fn move_column(&mut self, at: usize, step: Step) -> usize {
        let to = step.from(Some(at), self.columns.len()).unwrap_or(at);
        if at < self.columns.len() {
            let column: ColumnSetting = self.columns.remove(at);
            self.columns.insert(to, column);
        }
        to
    }
}
