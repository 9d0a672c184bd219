//! The figures of a site, put together from what was counted and cut down to what may be shown. What does not live here: adding up
//! (`crate::store::statistics`), the arithmetic of hiding (`skranke_domain::figures`), the file that is exported (`csv`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use skranke_api::statistics::{
    Against, CauseFigures, ChannelFigures, ChannelRow, CountedDepartment, Gap, MeetingFigures, Quantiles,
    RebookFigures, ShareFigures, Statistics, WaitingFigures, WeekFigures, WeekState,
};
use skranke_domain::appointment::RebookCause;
use skranke_domain::catalogue::Catalogue;
use skranke_domain::contact::Channel;
use skranke_domain::figures::{Aims, Cell, Compared, FigureRules, Group, Minutes, Period, Sum, fold, monday, share};
use skranke_domain::{DepartmentId, SiteId};

use crate::clock::local;
use crate::store::statistics::Scope;
use crate::store::{Conn, Result};

pub mod csv;

/// Within how many days a new contact on the same matter says that it was not settled.
pub const FOLLOWED_DAYS: i64 = 14;
/// How many weeks of first contact are told of.
const WEEKS: i64 = 12;
/// The channels that are told of, in this order; e-mail and text messages are sent, not received.
const CHANNELS: &[Channel] =
    &[Channel::Counter, Channel::Phone, Channel::DigitalPost, Channel::SelfService, Channel::Letter];
/// What belongs to no other group.
const OTHER: &str = "other";

/// Whose figures, and of when.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The site.
    pub site: SiteId,
    /// One department alone.
    pub department: Option<DepartmentId>,
    /// The period.
    pub period: Period,
    /// What it is compared with.
    pub against: Option<Period>,
    /// Now.
    pub now: Timestamp,
}

/// What the office knows that counting needs.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The rules of the figures.
    pub rules: &'a FigureRules,
    /// The catalogue, for the names of departments.
    pub catalogue: &'a Catalogue,
}

/// The figures that were asked for.
pub async fn figures(conn: &mut Conn, known: Known<'_>, asked: &Asked) -> Result<Statistics> {
    let scope = |from: Date, to: Date| Scope { site: &asked.site, department: asked.department.as_ref(), from, to };
    let now = scope(asked.period.from(), asked.period.to());
    let begins = now.begins(conn).await?;
    let against = asked.against.map(|period| Against {
        from: period.from(),
        to: period.to(),
        complete: begins.is_some_and(|first| first <= period.from()),
    });
    let before = against.filter(|against| against.complete).map(|against| scope(against.from, against.to));
    let aims = known.rules.aims(&asked.site, asked.department.as_ref());
    let (visits, booked, stands) = now.shares(conn).await?;
    let shares_before = match &before {
        Some(before) => Some(before.shares(conn).await?),
        None => None,
    };
    let waits_before = match &before {
        Some(before) => Some(before.waits(conn).await?),
        None => None,
    };
    let groups = Groups::of(conn, known.rules, &now).await?;
    let (first, last) = weeks(asked.period, local(asked.now).date());
    let months = scope(first, last);
    let gaps = scope(earliest(&[Some(first), Some(now.from), before.map(|b| b.from)]), last.max(now.to));
    let gaps = gaps.gaps(conn).await?;
    let first_contact = first_contact(&months.settled(conn).await?, (first, last), &gaps, local(asked.now).date());
    let departments = now.departments(conn).await?;
    let rebooked = rebooked(
        &now.rebooked(conn).await?,
        match &before {
            Some(before) => Some(before.rebooked(conn).await?),
            None => None,
        },
    );
    let compared = |of: fn((u32, u32, u32)) -> u32| shares_before.map(of);
    let channels = groups.channels();
    Ok(Statistics {
        site: asked.site.clone(),
        department: asked.department.clone(),
        departments: departments.iter().map(|id| counted_department(known.catalogue, id)).collect(),
        from: now.from,
        to: now.to,
        against,
        counted: asked.now,
        begins,
        aims,
        visits: Compared { now: Cell::of(visits), before: compared(|(all, ..)| all).map(Cell::of) },
        calls: Sum::of(channels.rows.iter().filter_map(|row| row.cells.get(1).copied())),
        waiting: waiting(&now.waits(conn).await?, waits_before.as_ref(), aims),
        meetings: groups.meetings(&now.meetings(conn).await?),
        first_contact,
        rebooked,
        channels,
        booked: ShareFigures {
            percent: share(booked, visits),
            before: shares_before.and_then(|(all, booked, _)| share(booked, all)),
        },
        stands: ShareFigures {
            percent: share(stands, visits),
            before: shares_before.and_then(|(all, _, stands)| share(stands, all)),
        },
        stand_time: quantiles(&now.stand_times(conn).await?),
        gaps: gaps.into_iter().map(|gap| told(known.catalogue, gap)).collect(),
    })
}

fn earliest(days: &[Option<Date>]) -> Date {
    days.iter().flatten().min().copied().unwrap_or(Date::MAX)
}

fn counted_department(catalogue: &Catalogue, id: &DepartmentId) -> CountedDepartment {
    let known = catalogue.department(id);
    CountedDepartment {
        id: id.clone(),
        tag: known.map_or_else(|| id.to_string(), |d| d.tag.clone()),
        name: known.map_or_else(|| skranke_domain::Localized::new(id.to_string(), id.to_string()), |d| d.name.clone()),
    }
}

fn told(catalogue: &Catalogue, (department, from, to): (DepartmentId, Date, Date)) -> Gap {
    let tag = counted_department(catalogue, &department).tag;
    Gap { department, tag, from, to }
}

fn quantiles(minutes: &Minutes) -> Quantiles {
    Quantiles { tenth: minutes.shown(10), median: minutes.shown(50), ninetieth: minutes.shown(90) }
}

/// A share or count at an edge between two bars tells nothing that the bars do not; within a bar that was joined it would.
fn waiting(waits: &Minutes, before: Option<&Minutes>, aims: Aims) -> WaitingFigures {
    let bars = waits.bars();
    let is_edge = |minutes: u16| bars.iter().any(|bar| bar.from == minutes || bar.to == Some(minutes));
    WaitingFigures {
        count: Cell::of(waits.n()),
        minutes: quantiles(waits),
        within_percent: is_edge(aims.waiting_minutes)
            .then(|| share(waits.within(aims.waiting_minutes), waits.n()))
            .flatten(),
        long: is_edge(aims.long_minutes).then(|| waits.n() - waits.within(aims.long_minutes)),
        median_before: before.and_then(|before| before.shown(50)),
        bars,
    }
}

/// The weeks of first contact: twelve, up to the week after the period where that is over.
fn weeks(period: Period, today: Date) -> (Date, Date) {
    let back = |day: Date, weeks: i64| day.checked_sub(weeks.weeks()).unwrap_or(day);
    let after = monday(period.to().checked_add(1.week()).unwrap_or(period.to()));
    let last = after.min(back(monday(today), 1));
    (back(last, WEEKS - 1), last.checked_add(6.days()).unwrap_or(last))
}

fn first_contact(
    days: &[(Date, u32, u32)],
    (first, last): (Date, Date),
    gaps: &[(DepartmentId, Date, Date)],
    today: Date,
) -> Vec<WeekFigures> {
    let mut weeks = Vec::new();
    let mut begin = first;
    while begin <= last {
        let end = begin.checked_add(6.days()).unwrap_or(begin);
        let of_week = days.iter().filter(|(day, ..)| (begin..=end).contains(day));
        let (all, settled) = of_week.fold((0, 0), |(all, settled), (_, n, s)| (all + n, settled + s));
        let followed = end.checked_add(FOLLOWED_DAYS.days()).is_ok_and(|day| day < today);
        let percent = share(settled, all);
        let state = match percent {
            _ if gaps.iter().any(|(_, from, to)| *from <= end && begin <= *to) => WeekState::Gap,
            None => WeekState::Few,
            Some(_) if followed => WeekState::Counted,
            Some(_) => WeekState::Provisional,
        };
        weeks.push(WeekFigures { monday: begin, state, percent: percent.filter(|_| state != WeekState::Gap) });
        let Ok(next) = begin.checked_add(1.week()) else { break };
        begin = next;
    }
    weeks
}

fn rebooked(now: &[(RebookCause, u32)], before: Option<Vec<(RebookCause, u32)>>) -> RebookFigures {
    let of = |all: &[(RebookCause, u32)], cause| all.iter().find(|(c, _)| *c == cause).map_or(0, |(_, count)| *count);
    let count = |cause| Compared {
        now: Cell::of(of(now, cause)),
        before: before.as_ref().map(|before| Cell::of(of(before, cause))),
    };
    let happened = |cause: RebookCause| of(now, cause) > 0 || before.as_ref().is_some_and(|b| of(b, cause) > 0);
    let mut causes: Vec<CauseFigures> = RebookCause::ALL
        .iter()
        .filter(|cause| happened(**cause))
        .map(|cause| CauseFigures { cause: *cause, count: count(*cause) })
        .collect();
    // What is hidden stands behind what is shown, in the order of the words: its place tells nothing.
    causes.sort_by_key(|line| std::cmp::Reverse(line.count.now.count().filter(|count| *count > 0)));
    RebookFigures { all: Sum::of(causes.iter().map(|line| line.count.now)), causes }
}

/// Groups of matters with what was counted of them; those that are too few are told of together.
struct Groups<'a> {
    rules: &'a FigureRules,
    /// By channel and matter.
    counted: Vec<BTreeMap<String, u32>>,
    /// The slugs of the groups that are told of as "other".
    folded: Vec<&'a str>,
}

impl<'a> Groups<'a> {
    async fn of(conn: &mut Conn, rules: &'a FigureRules, scope: &Scope<'_>) -> Result<Self> {
        let mut counted = Vec::new();
        for channel in CHANNELS {
            counted.push(scope.inquiries(conn, *channel).await?.into_iter().collect());
        }
        let mut groups = Self { rules, counted, folded: Vec::new() };
        let visits: Vec<u32> = rules.groups.iter().map(|group| groups.count(0, group)).collect();
        let few = fold(&visits);
        let folded = rules.groups.iter().zip(few).filter(|(_, few)| *few).map(|(group, _)| group.id.as_str());
        groups.folded = folded.collect();
        Ok(groups)
    }

    /// What of a channel belongs to a group. What the rules no longer know belongs to "other".
    fn count(&self, channel: usize, group: &Group) -> u32 {
        let belongs = |matter: &str| match self.rules.group_of(matter) {
            Some(of) => of.id == group.id,
            None => group.id == OTHER,
        };
        self.counted[channel].iter().filter(|(matter, _)| belongs(matter)).map(|(_, count)| count).sum()
    }

    fn is_other(&self, group: &Group) -> bool {
        group.id == OTHER || self.folded.contains(&group.id.as_str())
    }

    fn channels(&self) -> ChannelFigures {
        let row = |group: &Group, counts: Vec<u32>| {
            let cells: Vec<Cell> = counts.into_iter().map(Cell::of).collect();
            ChannelRow {
                group: group.id.clone(),
                title: group.title.clone(),
                all: Sum::of(cells.iter().copied()),
                cells,
            }
        };
        let channels = 0..CHANNELS.len();
        let mut rows = Vec::new();
        for group in self.rules.groups.iter().filter(|group| !self.is_other(group)) {
            rows.push(row(group, channels.clone().map(|at| self.count(at, group)).collect()));
        }
        let others = || self.rules.groups.iter().filter(|group| self.is_other(group));
        if let Some(group) = self.rules.group(OTHER) {
            let of = |at: usize| others().map(|group| self.count(at, group)).sum();
            rows.push(row(group, channels.map(of).collect()));
        }
        rows.retain(|row| row.cells.iter().any(|cell| *cell != Cell::of(0)));
        ChannelFigures { channels: CHANNELS.to_vec(), rows }
    }

    /// Meetings by matter; a group of which one matter is too few is told of as a whole.
    fn meetings(&self, took: &[(String, u16, u32)]) -> Vec<MeetingFigures> {
        let mut lines: Vec<MeetingFigures> = Vec::new();
        let minutes = |of: &dyn Fn(&str) -> bool| -> Minutes {
            took.iter().filter(|(matter, ..)| of(matter)).map(|(_, minutes, count)| (*minutes, *count)).collect()
        };
        let line = |matter: &str, title: &skranke_domain::Localized, minutes: &Minutes| MeetingFigures {
            matter: matter.to_owned(),
            title: title.clone(),
            count: Cell::of(minutes.n()),
            minutes: quantiles(minutes),
        };
        let in_group = |matter: &str, group: &Group| match self.rules.group_of(matter) {
            Some(of) => of.id == group.id,
            None => group.id == OTHER,
        };
        for group in self.rules.groups.iter().filter(|group| !self.is_other(group)) {
            let apart: Vec<(&skranke_domain::figures::Matter, Minutes)> =
                group.matters.iter().map(|matter| (matter, minutes(&|id| id == matter.id))).collect();
            if !apart.is_empty() && apart.iter().all(|(_, minutes)| Cell::of(minutes.n()) != Cell::Few) {
                lines.extend(apart.iter().map(|(matter, minutes)| line(&matter.id, &matter.title, minutes)));
            } else {
                lines.push(line(&group.id, &group.short, &minutes(&|id| in_group(id, group))));
            }
        }
        lines.sort_by_key(|line| (line.minutes.median.is_none(), line.minutes.median));
        if let Some(group) = self.rules.group(OTHER) {
            let others = |id: &str| self.rules.groups.iter().any(|group| self.is_other(group) && in_group(id, group));
            lines.push(line(&group.id, &group.short, &minutes(&others)));
        }
        lines.retain(|line| line.count != Cell::of(0));
        lines
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use skranke_domain::figures::PeriodKind;

    use super::*;

    fn bif() -> DepartmentId {
        DepartmentId::parse("bif").unwrap()
    }

    #[test]
    fn twelve_weeks_end_with_the_last_whole_one_after_the_period() {
        let may = Period::of(PeriodKind::Month, date(2026, 5, 1));
        assert_eq!(weeks(may, date(2026, 6, 9)), (date(2026, 3, 16), date(2026, 6, 7)));
        let march = Period::of(PeriodKind::Month, date(2026, 3, 1));
        assert_eq!(weeks(march, date(2026, 6, 9)).1, date(2026, 4, 12));
    }

    #[test]
    fn a_week_without_data_stays_open_and_one_that_is_not_over_says_so() {
        let days = [(date(2026, 5, 5), 100, 60), (date(2026, 5, 12), 100, 70), (date(2026, 6, 2), 100, 72)];
        let gap = [(bif(), date(2026, 5, 4), date(2026, 5, 10))];
        let weeks = first_contact(&days, (date(2026, 5, 4), date(2026, 6, 7)), &gap, date(2026, 6, 9));
        let told: Vec<_> = weeks.iter().map(|week| (week.state, week.percent)).collect();
        assert_eq!(
            told,
            [
                (WeekState::Gap, None),
                (WeekState::Counted, Some(70)),
                (WeekState::Few, None),
                (WeekState::Few, None),
                (WeekState::Provisional, Some(72)),
            ]
        );
    }

    #[test]
    fn a_cause_that_is_too_few_is_hidden_and_the_sum_says_so() {
        let told = rebooked(&[(RebookCause::OwnWish, 40), (RebookCause::WrongCounter, 2)], None);
        assert_eq!(told.all, Sum { count: 40, or_more: true });
        assert_eq!(told.causes[1].count.now, Cell::Few);
    }

    #[test]
    fn how_many_waited_long_is_not_told_where_its_edge_lies_inside_a_joined_bar() {
        let aims = Aims { waiting_minutes: 15, long_minutes: 20, booked_percent: 70, paper_missing: 0 };
        let plain: Minutes = [(2, 20), (12, 20), (17, 20), (22, 20)].into_iter().collect();
        assert_eq!(waiting(&plain, None, aims).long, Some(20));
        let joined: Minutes = [(2, 20), (12, 20), (17, 2), (22, 20)].into_iter().collect();
        assert_eq!(waiting(&joined, None, aims).long, None);
    }
}
