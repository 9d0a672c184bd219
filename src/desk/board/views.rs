//! How a person arranged the board for herself: layout, the table's columns, views she saved. What does not live here: writing the
//! settings file, what the board shows.

use serde::{Deserialize, Serialize};
use skranke_api::board::BoardFilter;

/// So many views can be saved: each has a key.
pub const MAX_VIEWS: usize = 9;
/// The longest name of a view, in characters.
pub const MAX_VIEW_NAME: usize = 40;

/// Cards in columns, or lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Cards in columns.
    #[default]
    Board,
    /// Lines.
    Table,
}

impl Layout {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Board => Self::Table,
            Self::Table => Self::Board,
        }
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableColumn {
    /// Its state.
    Status,
    /// The department.
    Department,
    /// What it is called.
    Case,
    /// Its number.
    Number,
    /// The citizen.
    Citizen,
    /// The life situation.
    Situation,
    /// Its age in days.
    Age,
    /// The deadline.
    Deadline,
    /// What is missing.
    Missing,
    /// What happens next.
    NextStep,
    /// The caseworker's initials.
    Responsible,
    /// The citizen's municipality.
    Municipality,
}

impl TableColumn {
    /// All of them, in the order in which they stand when nobody said otherwise.
    pub const ALL: [Self; 12] = [
        Self::Status,
        Self::Department,
        Self::Case,
        Self::Number,
        Self::Citizen,
        Self::Situation,
        Self::Age,
        Self::Deadline,
        Self::Missing,
        Self::NextStep,
        Self::Responsible,
        Self::Municipality,
    ];

    /// Whether it stands there when nobody said otherwise.
    const fn is_usual(self) -> bool {
        !matches!(self, Self::Number | Self::Municipality)
    }
}

/// How wide a column is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnWidth {
    /// Less than usual.
    Narrow,
    /// As usual.
    #[default]
    Usual,
    /// More than usual.
    Wide,
}

impl ColumnWidth {
    /// The next one round.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Narrow => Self::Usual,
            Self::Usual => Self::Wide,
            Self::Wide => Self::Narrow,
        }
    }
}

/// Whether a column is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// It is.
    #[default]
    Yes,
    /// It is not.
    No,
}

/// A column as the person arranged it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSetting {
    /// Which.
    pub column: TableColumn,
    /// How wide.
    #[serde(default)]
    pub width: ColumnWidth,
    /// Whether it is in sight.
    #[serde(default)]
    pub shown: Shown,
}

/// The columns as a person arranged them: each stands once, and those she never heard of stand at the end, out of sight.
#[must_use]
pub fn whole(columns: &[ColumnSetting]) -> Vec<ColumnSetting> {
    let nothing_said = columns.is_empty();
    let mut all: Vec<ColumnSetting> = Vec::with_capacity(TableColumn::ALL.len());
    for column in columns {
        if all.iter().all(|known| known.column != column.column) {
            all.push(*column);
        }
    }
    for column in TableColumn::ALL {
        if all.iter().all(|known| known.column != column) {
            let shown = if nothing_said && column.is_usual() { Shown::Yes } else { Shown::No };
            all.push(ColumnSetting { column, width: ColumnWidth::Usual, shown });
        }
    }
    // A table of nothing cannot be read: the case's name stays.
    if all.iter().all(|column| column.shown == Shown::No) {
        all.iter_mut().filter(|column| column.column == TableColumn::Case).for_each(|column| column.shown = Shown::Yes);
    }
    all
}

/// A view that was saved: what is shown, in which order, how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedView {
    /// What she calls it.
    pub name: String,
    /// Cards or lines.
    #[serde(default)]
    pub layout: Layout,
    /// Which cases, in which order.
    #[serde(default)]
    pub filter: BoardFilter,
    /// The table's columns in their order; none leaves them as usual.
    #[serde(default)]
    pub columns: Vec<ColumnSetting>,
}

/// Keeps what stands in a hand-edited file within its bounds: nine views, each with a name.
#[must_use]
pub fn within_bounds(views: Vec<SavedView>) -> Vec<SavedView> {
    views
        .into_iter()
        .filter(|view| !view.name.trim().is_empty())
        .map(|mut view| {
            view.name = view.name.trim().chars().take(MAX_VIEW_NAME).collect();
            view
        })
        .take(MAX_VIEWS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_is_named_twice_in_the_file_stands_once_and_a_new_one_is_out_of_sight() {
        let said = |column| ColumnSetting { column, width: ColumnWidth::Wide, shown: Shown::Yes };
        let all = whole(&[said(TableColumn::Age), said(TableColumn::Case), said(TableColumn::Age)]);
        assert_eq!(all.len(), TableColumn::ALL.len());
        let shown: Vec<_> = all.iter().filter(|c| c.shown == Shown::Yes).map(|c| c.column).collect();
        assert_eq!(shown, [TableColumn::Age, TableColumn::Case]);
    }

    #[test]
    fn a_table_without_columns_still_names_the_cases() {
        let hidden: Vec<_> = TableColumn::ALL
            .into_iter()
            .map(|column| ColumnSetting { column, width: ColumnWidth::Usual, shown: Shown::No })
            .collect();
        let all = whole(&hidden);
        let shown: Vec<_> = all.iter().filter(|c| c.shown == Shown::Yes).map(|c| c.column).collect();
        assert_eq!(shown, [TableColumn::Case]);
    }
}
