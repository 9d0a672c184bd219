//! Minutes, many of them: the middle, the share within an aim, bars. What does not live here: what was measured.

use serde::{Deserialize, Serialize};

use super::hiding::{FEWEST, join};

/// How many minutes a bar covers.
pub const MINUTES_PER_BAR: u16 = 5;
/// From here on everything is one bar.
const LAST_BAR: u16 = 50;

/// How often each number of whole minutes was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Minutes(Vec<(u16, u32)>);

/// A bar: how many took from one number of minutes to less than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bar {
    /// From.
    pub from: u16,
    /// To less than; none in the last.
    pub to: Option<u16>,
    /// How many.
    pub count: u32,
}

impl FromIterator<(u16, u32)> for Minutes {
    fn from_iter<I: IntoIterator<Item = (u16, u32)>>(counts: I) -> Self {
        let mut all: Vec<(u16, u32)> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        all.sort_unstable();
        Self(all)
    }
}

impl Minutes {
    /// How many were measured.
    #[must_use]
    pub fn n(&self) -> u32 {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The nearest rank: the smallest number of minutes within which so many per cent lie. None where nothing was measured.
    #[must_use]
    pub fn rank(&self, percent: u32) -> Option<u16> {
        let n = u64::from(self.n());
        let wanted = (n * u64::from(percent)).div_ceil(100).max(1);
        let mut seen = 0_u64;
        self.0.iter().find_map(|(minutes, count)| {
            seen += u64::from(*count);
            (seen >= wanted).then_some(*minutes)
        })
    }

    /// The nearest rank, where at least five lie on either side of it: one person's minutes are not shown.
    #[must_use]
    pub fn shown(&self, percent: u32) -> Option<u16> {
        let side = u64::from(percent.min(100 - percent.min(100)));
        (u64::from(self.n()) * side >= u64::from(FEWEST) * 100).then(|| self.rank(percent)).flatten()
    }

    /// How many took less than so many minutes.
    #[must_use]
    pub fn within(&self, minutes: u16) -> u32 {
        self.0.iter().filter(|(took, _)| *took < minutes).map(|(_, count)| count).sum()
    }

    /// Bars of five minutes, the last one open. Bars that would be too few to be shown are joined with their neighbours; what is left is too
    /// few altogether: no bar.
    #[must_use]
    pub fn bars(&self) -> Vec<Bar> {
        if self.n() < FEWEST {
            return Vec::new();
        }
        let places = usize::from(LAST_BAR / MINUTES_PER_BAR) + 1;
        let mut counts = vec![0_u32; places];
        for (minutes, count) in &self.0 {
            counts[usize::from(minutes / MINUTES_PER_BAR).min(places - 1)] += count;
        }
        let edge = |at: usize| u16::try_from(at).unwrap_or(u16::MAX).saturating_mul(MINUTES_PER_BAR);
        let bar = |group: std::ops::Range<usize>| Bar {
            from: edge(group.start),
            to: (group.end < places).then(|| edge(group.end)),
            count: counts[group].iter().sum(),
        };
        join(&counts).into_iter().map(bar).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_middle_is_somebody_s_minutes_and_never_between_two() {
        let some: Minutes = [(4, 1), (9, 1), (20, 1), (31, 1)].into_iter().collect();
        assert_eq!((some.rank(50), some.rank(90), some.rank(10)), (Some(9), Some(31), Some(4)));
        assert_eq!(Minutes::default().rank(50), None);
        assert_eq!((some.within(20), some.within(21)), (2, 3));
    }

    #[test]
    fn the_minutes_of_one_person_are_not_shown_as_an_edge() {
        let ten: Minutes = [(5, 9), (90, 1)].into_iter().collect();
        assert_eq!((ten.shown(50), ten.shown(90)), (Some(5), None));
        let fifty: Minutes = [(5, 44), (90, 6)].into_iter().collect();
        assert_eq!(fifty.shown(90), Some(90));
    }

    #[test]
    fn long_waits_that_are_few_stand_in_one_bar_with_their_neighbours() {
        let waits: Minutes = [(2, 40), (7, 30), (12, 20), (18, 3), (44, 2)].into_iter().collect();
        let bars = waits.bars();
        assert_eq!(bars.iter().map(|b| b.count).sum::<u32>(), 95);
        assert!(bars.iter().all(|b| b.count == 0 || b.count >= FEWEST), "{bars:?}");
        assert_eq!(bars[0], Bar { from: 0, to: Some(5), count: 40 });
        assert_eq!(bars.last().map(|b| b.to), Some(None));
        let four: Minutes = [(3, 4)].into_iter().collect();
        assert!(four.bars().is_empty());
    }

    proptest! {
        #[test]
        fn ranks_are_found_as_in_the_sorted_list(mut all in prop::collection::vec(0_u16..120, 1..80), percent in 1_u32..=100) {
            let counted: Minutes = all.iter().map(|m| (*m, 1)).collect();
            all.sort_unstable();
            let rank = (all.len() * percent as usize).div_ceil(100).max(1);
            prop_assert_eq!(counted.rank(percent), Some(all[rank - 1]));
            prop_assert_eq!(counted.bars().iter().map(|b| b.count).sum::<u32>(), if all.len() < 5 { 0 } else { all.len() as u32 });
        }
    }
}
