//! What the departments say: their answers as they come in, the cases as rows and groups, the open papers, the benefits. *Unknown never looks
//! like none.* What does not live here: asking (the page's).

use std::collections::BTreeMap;

use jiff::Timestamp;
use skranke_api::appointments::Appointment;
use skranke_api::overview::{Answer, Benefit, CaseRow, OverviewLine, PaperView, Situation};
use skranke_api::situations::SituationView;
use skranke_client::ClientError;
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{CaseId, DepartmentId, SituationId};

use super::{CitizenPage, Group, Headed, LATE_MS, Row, Source};

fn headed(situation: &Situation) -> Headed<'_> {
    let Situation { id, kind, since, coordinator } = situation;
    Headed { id: *id, kind, since: *since, coordinator: coordinator.as_deref(), closed: false }
}

fn headed_by_us(view: &SituationView) -> Headed<'_> {
    let SituationView { id, kind, since, coordinator, closed, .. } = view;
    Headed { id: *id, kind, since: *since, coordinator: coordinator.as_deref(), closed: *closed }
}

impl CitizenPage {
    pub(super) fn overview_line(&mut self, line: Result<OverviewLine, ClientError>) {
        match line {
            Ok(OverviewLine::Departments { departments, .. }) => {
                let mut old: BTreeMap<DepartmentId, Source> =
                    std::mem::take(&mut self.sources).into_iter().map(|s| (s.department.clone(), s)).collect();
                self.sources = departments
                    .into_iter()
                    .map(|department| {
                        let known = old.remove(&department);
                        let late = known.as_ref().is_some_and(|s| s.late);
                        let section = known.and_then(|s| s.section);
                        Source { department, section, waiting: true, lost: false, late }
                    })
                    .collect();
            }
            Ok(OverviewLine::Section(section)) => {
                if let Some(source) = self.sources.iter_mut().find(|s| s.department == section.department) {
                    source.waiting = false;
                    source.lost = false;
                    source.late |= source.section.is_none() && section.took_ms > LATE_MS;
                    source.section = Some(section);
                }
                if !self.chosen {
                    self.selected = self.first_open_case();
                }
            }
            Ok(OverviewLine::End) => self.end_waiting(None),
            Err(error) => self.end_waiting(Some(error)),
        }
    }

    /// A line of the answer of one department that was asked again by itself.
    pub(super) fn one_department_line(&mut self, line: Result<OverviewLine, ClientError>) {
        match line {
            Ok(line @ OverviewLine::Section(_)) => self.overview_line(Ok(line)),
            // The list names that department alone; the page keeps all of them.
            Ok(OverviewLine::Departments { .. }) => {}
            Ok(OverviewLine::End) => self.end_waiting(None),
            Err(error) => self.end_waiting(Some(error)),
        }
    }

    pub(super) fn end_waiting(&mut self, trouble: Option<ClientError>) {
        for source in self.sources.iter_mut().filter(|s| s.waiting) {
            source.waiting = false;
            source.lost = true;
        }
        self.overview_trouble = trouble;
    }

    fn first_open_case(&self) -> Option<CaseId> {
        self.groups()
            .iter()
            .flat_map(|g| g.rows.iter())
            .find(|r| r.case.column != skranke_domain::case::Column::Closed)
            .map(|r| r.case.id)
    }

    /// A case changed: its row follows at once.
    pub(crate) fn put_row(&mut self, row: &CaseRow) {
        for source in &mut self.sources {
            let Some(section) = &mut source.section else { continue };
            let (Answer::Answered { cases, .. } | Answer::Stale { cases, .. }) = &mut section.answer else { continue };
            if let Some(place) = cases.iter_mut().find(|c| c.id == row.id) {
                *place = row.clone();
            }
        }
    }

    /// Every case that is known, with its department's staleness.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.sources.iter().filter_map(|s| s.section.as_ref()).flat_map(|section| {
            let (cases, stale_since): (&[CaseRow], _) = match &section.answer {
                Answer::Answered { cases, .. } => (cases, None),
                Answer::Stale { cases, .. } => (cases, section.as_of),
                Answer::Unavailable { .. } | Answer::Withheld => (&[], None),
            };
            cases.iter().map(move |case| Row { case, stale_since })
        })
    }

    /// The life situations with their cases, in the order of their days; those that only late departments report, and those without a
    /// case, stand behind, so that what is being read stays where it is; closed ones behind them. Cases without a situation come last.
    #[must_use]
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut found: Vec<(bool, Headed<'_>)> = Vec::new();
        let mut known: BTreeMap<SituationId, usize> = BTreeMap::new();
        for source in &self.sources {
            let Some(Answer::Answered { situations, .. } | Answer::Stale { situations, .. }) =
                source.section.as_ref().map(|section| &section.answer)
            else {
                continue;
            };
            for situation in situations {
                match known.get(&situation.id) {
                    Some(at) => found[*at].0 &= source.late,
                    None => {
                        known.insert(situation.id, found.len());
                        found.push((source.late, headed(situation)));
                    }
                }
            }
        }
        for view in self.situations.value().into_iter().flat_map(|list| &list.situations) {
            match known.get(&view.id) {
                Some(at) => found[*at].1.closed = view.closed,
                None => found.push((true, headed_by_us(view))),
            }
        }
        found.sort_by_key(|(behind, situation)| (situation.closed, *behind, situation.since, situation.id));
        let at: BTreeMap<SituationId, usize> = found.iter().enumerate().map(|(n, (_, s))| (s.id, n)).collect();
        let mut groups: Vec<Group<'_>> =
            found.into_iter().map(|(_, situation)| Group { situation: Some(situation), rows: Vec::new() }).collect();
        let mut loose = Group { situation: None, rows: Vec::new() };
        for row in self.rows() {
            let home = row.case.situation.and_then(|id| at.get(&id));
            match home {
                Some(at) => groups[*at].rows.push(row),
                None => loose.rows.push(row),
            }
        }
        if !loose.rows.is_empty() {
            groups.push(loose);
        }
        groups
    }

    /// The case that the keys act on.
    #[must_use]
    pub fn selected_row(&self) -> Option<Row<'_>> {
        let id = self.selected?;
        self.rows().find(|r| r.case.id == id)
    }

    /// Her next appointment that still counts.
    #[must_use]
    pub fn next_appointment(&self, now: Timestamp) -> Option<&Appointment> {
        self.appointments
            .value()?
            .items
            .iter()
            .filter(|a| matches!(a.status, AppointmentStatus::Booked | AppointmentStatus::Arrived) && a.end > now)
            .min_by_key(|a| a.start)
    }

    /// How many sources answered just now, and how many there are.
    #[must_use]
    pub fn live_sources(&self) -> (usize, usize) {
        let live = self
            .sources
            .iter()
            .filter(|s| !s.lost && matches!(s.section.as_ref().map(|s| &s.answer), Some(Answer::Answered { .. })))
            .count();
        (live, self.sources.len())
    }

    /// What a department said, where it said something.
    fn said(source: &Source) -> Option<(&[PaperView], &[Benefit])> {
        match &source.section.as_ref()?.answer {
            Answer::Answered { papers, benefits, .. } | Answer::Stale { papers, benefits, .. } => {
                Some((papers, benefits))
            }
            Answer::Unavailable { .. } | Answer::Withheld => None,
        }
    }

    /// The open papers of all her open cases, department by department.
    pub fn papers(&self) -> impl Iterator<Item = &PaperView> {
        self.sources.iter().filter_map(Self::said).flat_map(|(papers, _)| papers)
    }

    /// The benefits that departments report, each with its department.
    pub fn benefits(&self) -> impl Iterator<Item = (&DepartmentId, &Benefit)> {
        self.sources
            .iter()
            .filter_map(|source| Some((&source.department, Self::said(source)?.1)))
            .flat_map(|(department, benefits)| benefits.iter().map(move |benefit| (department, benefit)))
    }
}
