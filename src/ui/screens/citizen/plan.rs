//! Where the panels and rows of the case list stand, so that only those in sight are built. Heights come from the density alone; what wraps
//! (suggestions, the band above) makes the plan a little wrong, and the spare rows make up for it. What does not live here: how a row looks.

use std::collections::BTreeMap;
use std::ops::Range;

use iced::widget::scrollable::Viewport;
use skranke_desk::citizen::{CitizenPage, Group, Row, Source};
use skranke_desk::settings::Density as Chosen;
use skranke_domain::{CaseId, CitizenId, DepartmentId};

use super::unknown::{self, ROW_WITH_BUTTON, Why};
use crate::theme::Density;
use crate::theme::scale::{height, space, stroke};

/// How far beyond what is in sight rows are built, in logical pixels.
const SPARE: f32 = 320.0;
/// The most that a wrong plan is made up for, in logical pixels.
const SLACK: f32 = 400.0;
/// Rows come and go in blocks, so that scrolling a little builds nothing new.
const BLOCK: usize = 4;
/// The height of the line of what is also affected, at least.
pub(super) const AFFECTED: f32 = 37.0;

/// What of the list is in sight, as the window told last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    of: Option<CitizenId>,
    offset: f32,
    height: f32,
    content: Option<f32>,
}

impl Default for Sight {
    /// Before the first layout, a generous guess.
    fn default() -> Self {
        Self { of: None, offset: 0.0, height: 1080.0, content: None }
    }
}

impl Sight {
    pub(super) fn new(of: CitizenId, viewport: Viewport) -> Self {
        Self {
            of: Some(of),
            offset: viewport.absolute_offset().y,
            height: viewport.bounds().height,
            content: Some(viewport.content_bounds().height),
        }
    }

    /// What is in sight of this citizen's list: of another one's nothing is known.
    pub(super) fn of(self, citizen: CitizenId) -> Self {
        if self.of == Some(citizen) { self } else { Self { height: self.height, ..Self::default() } }
    }

    /// How tall the part in sight is.
    pub(super) const fn height(self) -> f32 {
        self.height
    }
}

/// A line of a panel.
#[derive(Clone, Copy)]
pub(super) enum Line<'p> {
    /// A case, and the department that keeps it.
    Case(Row<'p>, &'p Source),
    /// A department of which nothing is known.
    Unknown(&'p Source, Why<'p>),
    /// The place that was kept for a department, which has no case here.
    Kept(&'p Source),
}

impl Line<'_> {
    /// How tall it is, with the rule above it.
    fn height(&self, density: Density) -> f32 {
        let row = density.row_height();
        stroke::LINE
            + match self {
                Line::Unknown(_, Why::Waiting) | Line::Case(..) | Line::Kept(_) => row,
                Line::Unknown(..) => row.max(ROW_WITH_BUTTON),
            }
    }
}

/// A panel.
pub(super) struct Part<'p> {
    /// Its life situation with its cases.
    pub group: Group<'p>,
    /// It is folded away.
    pub folded: bool,
    /// It takes the departments of which nothing is known.
    pub host: bool,
    /// Its lines; none while it is folded.
    pub lines: Vec<Line<'p>>,
    /// Where its first line stands.
    top: f32,
}

/// The whole list.
pub(super) struct Plan<'p> {
    /// Its panels.
    pub parts: Vec<Part<'p>>,
    density: Density,
    height: f32,
}

impl<'p> Plan<'p> {
    pub(super) fn of(page: &'p CitizenPage, density: Density) -> Self {
        let groups = page.groups();
        let host = groups.iter().position(|group| !page.is_folded(group));
        let mut top = space::S10;
        let mut parts = Vec::with_capacity(groups.len());
        for (at, group) in groups.into_iter().enumerate() {
            let folded = page.is_folded(&group);
            let host = host == Some(at);
            let lines = if folded { Vec::new() } else { lines(page, &group, host) };
            top += stroke::LINE + height::SITUATION;
            if host {
                top += height::TABLE_HEAD;
            }
            let first = top;
            top += lines.iter().map(|line| line.height(density)).sum::<f32>();
            if !folded && group.situation.is_some() {
                top += AFFECTED;
            }
            top += stroke::LINE + space::S8;
            parts.push(Part { group, folded, host, lines, top: first });
        }
        Self { parts, density, height: top }
    }

    /// Whether a panel takes the departments of which nothing is known.
    pub(super) fn has_host(&self) -> bool {
        self.parts.iter().any(|part| part.host)
    }

    /// The cases in the order in which they are shown, without those folded away.
    pub(super) fn order(&self) -> impl Iterator<Item = CaseId> {
        self.parts.iter().flat_map(|part| &part.lines).filter_map(|line| match line {
            Line::Case(row, _) => Some(row.case.id),
            Line::Unknown(..) | Line::Kept(_) => None,
        })
    }

    /// Where the part in sight begins, and how far round it rows are built. A list that became shorter is not scrolled past its end.
    fn reach(&self, sight: Sight) -> (f32, f32) {
        let slack = sight.content.map_or(SPARE / 2.0, |content| (content - self.height).abs()).min(SLACK);
        let last = (self.height + slack - sight.height).max(0.0);
        (sight.offset.clamp(0.0, last), SPARE + slack)
    }

    /// The lines of a panel that are built.
    pub(super) fn built(&self, part: &Part<'_>, sight: Sight) -> Range<usize> {
        let (offset, spare) = self.reach(sight);
        let (from, to) = (offset - spare, offset + sight.height + spare);
        let mut y = part.top;
        let mut first = None;
        let mut end = 0;
        for (at, line) in part.lines.iter().enumerate() {
            let tall = line.height(self.density);
            if y + tall > from && y < to {
                first.get_or_insert(at);
                end = at + 1;
            }
            y += tall;
        }
        let Some(first) = first else { return 0..0 };
        first - first % BLOCK..end.next_multiple_of(BLOCK).min(part.lines.len())
    }

    /// How tall some lines of a panel are together.
    pub(super) fn tall(&self, lines: &[Line<'_>]) -> f32 {
        lines.iter().map(|line| line.height(self.density)).sum()
    }

    /// Whether a case's row is built.
    pub(super) fn is_built(&self, case: CaseId, sight: Sight) -> bool {
        self.parts.iter().any(|part| {
            let built = self.built(part, sight);
            part.lines[built].iter().any(|line| matches!(line, Line::Case(row, _) if row.case.id == case))
        })
    }

    /// How far down to scroll so that a case stands in the middle of what is in sight; none when it has no place.
    pub(super) fn middle(&self, case: CaseId, sight: Sight) -> Option<f32> {
        self.parts.iter().find_map(|part| {
            let at = part.lines.iter().position(|line| matches!(line, Line::Case(row, _) if row.case.id == case))?;
            let y = part.top + self.tall(&part.lines[..at]);
            Some((y - (sight.height - self.density.row_height()) / 2.0).max(0.0))
        })
    }
}

/// The lines of a panel: department by department, in the order of the sources; in the first open panel with the departments of which
/// nothing is known, in their place.
fn lines<'p>(page: &'p CitizenPage, group: &Group<'p>, host: bool) -> Vec<Line<'p>> {
    let mut of: BTreeMap<&DepartmentId, Vec<Row<'p>>> = BTreeMap::new();
    for row in &group.rows {
        of.entry(&row.case.department).or_default().push(*row);
    }
    let mut lines = Vec::with_capacity(group.rows.len());
    for source in &page.sources {
        let before = lines.len();
        lines.extend(of.remove(&source.department).into_iter().flatten().map(|row| Line::Case(row, source)));
        lines.extend(unknown::why(source).filter(|_| host).map(|why| Line::Unknown(source, why)));
        if host && source.late && lines.len() == before {
            lines.push(Line::Kept(source));
        }
    }
    lines
}

/// The density of rows as the person chose it.
pub(super) const fn density(chosen: Chosen) -> Density {
    match chosen {
        Chosen::Calm => Density::Calm,
        Chosen::Standard => Density::Standard,
        Chosen::Dense => Density::Dense,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::tests::world;
    use super::*;

    fn heavy() -> skranke_desk::Desk {
        world::heavy(872)
    }

    #[test]
    fn of_872_cases_only_those_near_the_sight_are_built() {
        let desk = heavy();
        let page = desk.citizen().unwrap();
        let plan = Plan::of(page, Density::Standard);
        assert_eq!(plan.order().count(), 872);
        for offset in [0.0, 4_000.0, 20_000.0, 1e9] {
            let sight = Sight { of: Some(page.id), offset, height: 700.0, content: Some(plan.height) };
            let built: usize = plan.parts.iter().map(|part| plan.built(part, sight).len()).sum();
            assert!((8..60).contains(&built), "{built} rows at {offset}");
        }
    }

    #[test]
    fn the_rows_that_are_in_sight_are_among_those_built() {
        let desk = heavy();
        let page = desk.citizen().unwrap();
        let plan = Plan::of(page, Density::Dense);
        let all: Vec<CaseId> = plan.order().collect();
        for case in [all[0], all[300], all[871]] {
            let sight = Sight { of: Some(page.id), offset: 0.0, height: 700.0, content: Some(plan.height) };
            let offset = plan.middle(case, sight).unwrap();
            assert!(plan.is_built(case, Sight { offset, ..sight }));
        }
        let top = Sight { of: Some(page.id), offset: 0.0, height: 700.0, content: Some(plan.height) };
        assert!(!plan.is_built(all[871], top));
    }

    #[test]
    fn another_citizens_list_begins_at_its_top() {
        let desk = heavy();
        let page = desk.citizen().unwrap();
        let elsewhere = Sight { of: Some(CitizenId::new()), offset: 20_000.0, height: 700.0, content: Some(36_000.0) };
        let sight = elsewhere.of(page.id);
        assert_eq!((sight.offset, sight.height), (0.0, 700.0));
    }
}
