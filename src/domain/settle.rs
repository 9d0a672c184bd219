//! "Settle now": the three most useful things that can be finished while she stands here. The rules are data of the catalogue; this is how
//! they add up. What does not live here: the rules themselves (`assets/catalogue/settle-now.toml`), the window's words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::checklist::ItemState;
use crate::paper::{AtCounter, MissingPaper, OpenPaper, PaperKind};
use crate::{Localized, SettleRuleId};

/// How many things are shown.
pub const SHOWN: usize = 3;

/// What a rule asks of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "test", content = "value", rename_all = "snake_case")]
pub enum SettleTest {
    /// The deadline is past.
    PastDeadline,
    /// The deadline is at most so many days away, today being 0, and not past.
    DeadlineWithin(u16),
    /// It is done at the counter in this way.
    AtCounter(AtCounter),
    /// It takes at most so many minutes.
    MinutesAtMost(u16),
    /// It is the last thing that holds back at least so many cases.
    UnlocksAtLeast(u16),
    /// It serves at least so many cases.
    ServesAtLeast(u16),
    /// She was asked for it.
    Requested,
    /// It was rejected once.
    Rejected,
}

/// A rule: a thing that passes all its tests gets its points and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SettleRule {
    /// Its slug.
    pub id: SettleRuleId,
    /// Its points.
    pub points: i32,
    /// What it asks, all of it.
    pub when: Vec<SettleTest>,
    /// The reason as the clerk reads it.
    pub because: Localized,
}

/// A thing to settle now.
#[derive(Clone, Debug)]
pub struct ToSettle<'a> {
    /// The paper, with every case it is for.
    pub paper: MissingPaper<'a>,
    /// What is done with it.
    pub how: AtCounter,
    /// How long it usually takes, in minutes.
    pub minutes: u16,
    /// The rules that spoke for it, most points first.
    pub because: Vec<&'a SettleRule>,
    /// Their points.
    pub points: i32,
}

/// The most useful things that can be finished at the counter, best first, [`SHOWN`] at most. What nobody can settle here (the landlord's
/// signature) is not among them.
#[must_use]
pub fn settle_now<'a>(
    missing: Vec<MissingPaper<'a>>,
    kinds: &'a [PaperKind],
    rules: &'a [SettleRule],
    today: Date,
) -> Vec<ToSettle<'a>> {
    let mut things: Vec<ToSettle<'a>> = missing
        .into_iter()
        .filter_map(|paper| {
            let kind = kind_of(paper.first(), kinds)?;
            let how = kind.at_counter?;
            let because: Vec<&SettleRule> =
                rules.iter().filter(|rule| rule.when.iter().all(|test| passes(test, &paper, kind, today))).collect();
            let points = because.iter().map(|rule| rule.points).sum();
            Some(ToSettle { paper, how, minutes: kind.minutes, because, points })
        })
        .filter(|thing| thing.points > 0)
        .collect();
    for thing in &mut things {
        thing.because.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.id.cmp(&b.id)));
    }
    things.sort_by_key(|thing| {
        let deadline = thing.paper.deadline().unwrap_or(Date::MAX);
        (std::cmp::Reverse(thing.points), deadline, thing.minutes, thing.paper.first().case)
    });
    things.truncate(SHOWN);
    things
}

fn kind_of<'a>(paper: &OpenPaper, kinds: &'a [PaperKind]) -> Option<&'a PaperKind> {
    let id = paper.paper.as_ref()?;
    kinds.iter().find(|kind| kind.id == *id)
}

fn passes(test: &SettleTest, paper: &MissingPaper<'_>, kind: &PaperKind, today: Date) -> bool {
    let days = |deadline: Date| today.until(deadline).map_or(i64::MAX, |span| i64::from(span.get_days()));
    let at_least = |count: usize, least: u16| count >= usize::from(least);
    match test {
        SettleTest::PastDeadline => paper.deadline().is_some_and(|deadline| deadline < today),
        SettleTest::DeadlineWithin(most) => {
            paper.deadline().is_some_and(|deadline| (0..=i64::from(*most)).contains(&days(deadline)))
        }
        SettleTest::AtCounter(how) => kind.at_counter == Some(*how),
        SettleTest::MinutesAtMost(most) => kind.minutes <= *most,
        SettleTest::UnlocksAtLeast(least) => at_least(paper.unlocked().count(), *least),
        SettleTest::ServesAtLeast(least) => at_least(paper.uses.len(), *least),
        SettleTest::Requested => paper.uses.iter().any(|used| used.state == ItemState::Requested),
        SettleTest::Rejected => paper.uses.iter().any(|used| used.state == ItemState::Rejected),
    }
}

#[cfg(test)]
mod tests;
