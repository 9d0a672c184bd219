//! What is too few to be shown, so that no count leads to a person. What does not live here: what is counted.

use serde::{Deserialize, Serialize};

/// The fewest that are shown as a number. Nobody at all is shown too: a zero leads to no person.
pub const FEWEST: u32 = 5;

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Cell {
    /// The count.
    Count {
        /// How many.
        count: u32,
    },
    /// Somebody, but fewer than five.
    Few,
}

impl Cell {
    /// A count as it may be shown.
    #[must_use]
    pub const fn of(count: u32) -> Self {
        if is_few(count) { Self::Few } else { Self::Count { count } }
    }

    /// The count, where it is shown.
    #[must_use]
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Count { count } => Some(count),
            Self::Few => None,
        }
    }
}

/// A sum as it may be shown: what stands in it and is hidden is not counted, and the sum says so ("903+").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sum {
    /// What is shown, added up.
    pub count: u32,
    /// Something hidden is missing in it.
    pub or_more: bool,
}

impl Sum {
    /// The sum of what is shown.
    #[must_use]
    pub fn of(cells: impl IntoIterator<Item = Cell>) -> Self {
        let nothing = Self { count: 0, or_more: false };
        cells.into_iter().fold(nothing, |sum, cell| match cell {
            Cell::Count { count } => Self { count: sum.count.saturating_add(count), ..sum },
            Cell::Few => Self { or_more: true, ..sum },
        })
    }
}

const fn is_few(count: u32) -> bool {
    count > 0 && count < FEWEST
}

/// A part of a whole in whole per cent. None where the whole is too few, or where the share would tell of a part or of a rest that is.
#[must_use]
pub fn share(part: u32, whole: u32) -> Option<u8> {
    let rest = whole.checked_sub(part)?;
    if whole < FEWEST || is_few(part) || is_few(rest) {
        return None;
    }
    let percent = (u64::from(part) * 200 + u64::from(whole)) / (u64::from(whole) * 2);
    u8::try_from(percent).ok()
}

/// What somebody knows of a count who knows which counts are few: the least and the most it can be.
fn known(count: u32, most: u32) -> (u32, u32) {
    if is_few(count) { (1, FEWEST - 1) } else { (count.min(FEWEST), if count == 0 { 0 } else { most }) }
}

/// Whether the sum of some counts leaves every few among them as open as if there was no sum. `most` is the most that a count can be which is
/// not few.
pub(super) fn is_safe(counts: &[u32], most: u32) -> bool {
    let total: u32 = counts.iter().sum();
    counts.iter().enumerate().filter(|(_, count)| is_few(**count)).all(|(at, _)| {
        let others = counts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, count)| known(*count, most));
        let (least, greatest) = others.fold((0_u32, 0_u32), |(least, greatest), (low, high)| {
            (least.saturating_add(low), greatest.saturating_add(high))
        });
        total.saturating_sub(greatest) <= 1 && total.saturating_sub(least) >= FEWEST - 1
    })
}

/// Which rows are not shown by themselves but together, as "other", when the sum of all rows is known: those that are few, and of the others
/// the smallest, until nobody can tell the few from what is left.
#[must_use]
pub fn fold(counts: &[u32]) -> Vec<bool> {
    let mut folded: Vec<bool> = counts.iter().map(|count| is_few(*count)).collect();
    loop {
        let shown = || (0..counts.len()).filter(|at| !folded[*at] && counts[*at] > 0);
        let smallest = shown().min_by_key(|at| counts[*at]);
        let Some(smallest) = smallest else { return folded };
        let together: Vec<u32> = counts.iter().zip(&folded).filter(|(_, f)| **f).map(|(count, _)| *count).collect();
        if is_safe(&together, counts[smallest]) {
            return folded;
        }
        folded[smallest] = true;
    }
}

/// Which neighbours are shown together, as ranges of places: as fold, where the order is to be kept.
pub(super) fn join(counts: &[u32]) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = (0..counts.len()).map(|at| at..at + 1).collect();
    while groups.len() > 1 {
        let Some(at) = groups.iter().position(|group| !is_safe(&counts[group.clone()], u32::MAX / 64)) else { break };
        let first = at.min(groups.len() - 2);
        groups[first].end = groups[first + 1].end;
        groups.remove(first + 1);
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashMap};

    use proptest::prelude::*;

    use super::*;

    /// Every vector of counts up to a sum. The sum is always known, so that what looks like one of them can only be another of them.
    fn vectors(length: usize, sum: u32) -> Vec<Vec<u32>> {
        (0..length).fold(vec![Vec::new()], |all, _| {
            let longer = |v: &Vec<u32>, n| v.iter().copied().chain([n]).collect();
            let room = |v: &Vec<u32>| sum - v.iter().sum::<u32>();
            all.iter().flat_map(|v| (0..=room(v)).map(move |n| longer(v, n))).collect()
        })
    }

    /// What somebody can say of each hidden count who knows how counts are hidden and sees what is shown.
    fn nobody_is_found<Shown: std::hash::Hash + Eq>(all: &[Vec<u32>], show: impl Fn(&[u32]) -> Shown) {
        let mut by_shown: HashMap<Shown, Vec<&Vec<u32>>> = HashMap::new();
        for counts in all {
            by_shown.entry(show(counts)).or_default().push(counts);
        }
        for alike in by_shown.values() {
            for at in 0..alike[0].len() {
                let possible: BTreeSet<u32> = alike.iter().map(|counts| counts[at]).collect();
                let few = possible.iter().all(|count| is_few(*count));
                // Nothing but the whole is shown, and the whole is what it is: who knows that one person came knows that one did.
                let whole: u32 = alike[0].iter().sum();
                assert!(!few || possible.len() > 1 || whole < FEWEST, "{alike:?} at {at}");
            }
        }
    }

    #[test]
    fn nobody_finds_a_hidden_row_from_the_rows_and_the_total_that_are_shown() {
        nobody_is_found(&vectors(3, 40), |counts| {
            let folded = fold(counts);
            let shown: Vec<Option<u32>> = counts.iter().zip(&folded).map(|(c, f)| (!f).then_some(*c)).collect();
            (shown, counts.iter().sum::<u32>())
        });
        nobody_is_found(&vectors(4, 24), |counts| {
            let folded = fold(counts);
            let shown: Vec<Option<u32>> = counts.iter().zip(&folded).map(|(c, f)| (!f).then_some(*c)).collect();
            (shown, counts.iter().sum::<u32>())
        });
    }

    #[test]
    fn nobody_finds_a_hidden_bar_from_the_bars_that_are_shown() {
        nobody_is_found(&vectors(5, 17), |counts| {
            join(counts).into_iter().map(|g| (g.clone(), counts[g].iter().sum::<u32>())).collect::<Vec<_>>()
        });
    }

    #[test]
    fn nobody_finds_a_hidden_cell_from_its_neighbours_and_the_sum_of_its_row() {
        // The sum is not known here: every row of counts up to nine.
        let rows: Vec<Vec<u32>> = (0..1000).map(|n| vec![n / 100, n / 10 % 10, n % 10]).collect();
        nobody_is_found(&rows, |counts| {
            let cells: Vec<Cell> = counts.iter().map(|count| Cell::of(*count)).collect();
            let sum = Sum::of(cells.iter().copied());
            (cells.into_iter().map(Cell::count).collect::<Vec<_>>(), sum.count, sum.or_more)
        });
    }

    #[test]
    fn nobody_finds_a_hidden_part_or_rest_from_a_share() {
        for whole in 0..60 {
            for part in 0..=whole {
                if is_few(part) || is_few(whole - part) {
                    assert_eq!(share(part, whole), None, "{part} of {whole}");
                }
            }
        }
        assert_eq!(
            (share(0, 40), share(40, 40), share(20, 40), share(2450, 4112)),
            (Some(0), Some(100), Some(50), Some(60))
        );
    }

    #[test]
    fn a_sum_with_something_hidden_in_it_says_so() {
        let row = [318, 196, 88, 301, 3].map(Cell::of);
        assert_eq!(Sum::of(row), Sum { count: 903, or_more: true });
        assert_eq!(Sum::of([0, 12].map(Cell::of)), Sum { count: 12, or_more: false });
    }

    proptest! {
        #[test]
        fn rows_that_are_shown_are_never_few_and_the_sum_stays(counts in prop::collection::vec(0_u32..40, 1..12)) {
            let folded = fold(&counts);
            for (count, folded) in counts.iter().zip(&folded) {
                prop_assert!(*folded || !is_few(*count));
            }
            let joined = join(&counts);
            prop_assert_eq!(joined.first().map(|g| g.start), Some(0));
            prop_assert_eq!(joined.last().map(|g| g.end), Some(counts.len()));
            prop_assert!(joined.windows(2).all(|two| two[0].end == two[1].start));
            for group in &joined {
                let sum: u32 = counts[group.clone()].iter().sum();
                prop_assert!(!is_few(sum) || joined.len() == 1);
            }
        }
    }
}
