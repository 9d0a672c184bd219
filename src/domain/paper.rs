//! Papers: one kind of paper may stand on many checklists. What lives here: the kinds, an open paper of a case, and each paper once over all
//! cases. What does not: the checklist's states (see [`crate::checklist`]).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::checklist::{Due, ItemState};
use crate::citizen::words;
use crate::procedure::{Provenance, Supplier};
use crate::{CaseId, CitizenText, DepartmentId, ItemId, Localized, PaperId};

words! {
    /// What is done with a paper while the citizen stands at the counter.
    AtCounter {
        /// She shows it and it is scanned.
        Scan,
        /// She signs.
        Sign,
        /// She chooses (a doctor).
        Choose,
        /// She answers a question.
        Answer,
        /// The clerk looks it up or writes it.
        LookUp,
    }
}

/// A kind of paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PaperKind {
    /// Its slug.
    pub id: PaperId,
    /// What the citizen calls it: "Your tenancy contract".
    pub title: CitizenText,
    /// What the letter asks for.
    pub asks: CitizenText,
    /// What can be done with it at the counter; none when it must come from elsewhere.
    #[serde(default)]
    pub at_counter: Option<AtCounter>,
    /// How long that usually takes, in minutes.
    pub minutes: u16,
    /// Source, year, certainty.
    pub provenance: Provenance,
}

/// An open item of a case that is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpenPaper {
    /// The case that waits for it.
    pub case: CaseId,
    /// The case's name.
    pub case_title: Localized,
    /// The department that keeps the case.
    pub department: DepartmentId,
    /// The item of its checklist.
    pub item: ItemId,
    /// What kind of paper it is; none is a paper of this checklist alone.
    pub paper: Option<PaperId>,
    /// What the clerk calls it.
    pub label: Localized,
    /// What the citizen reads.
    pub citizen_text: Option<Localized>,
    /// Its state: missing, requested, received or rejected.
    pub state: ItemState,
    /// When it must be settled.
    pub due: Due,
    /// Who supplies it.
    pub supplied_by: Supplier,
    /// The day it was asked for.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub requested: Option<Date>,
    /// The case's deadline, the day itself included.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = Date))]
    pub deadline: Option<Date>,
    /// It is the last open item of its case before the visit: settling it unlocks the case.
    pub unlocks: bool,
}

/// A paper that is missing, once, with every case it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingPaper<'a> {
    /// Its items, soonest deadline first; never empty.
    pub uses: Vec<&'a OpenPaper>,
}

impl<'a> MissingPaper<'a> {
    /// The item it is named after: the one with the soonest deadline.
    #[must_use]
    pub fn first(&self) -> &'a OpenPaper {
        self.uses[0]
    }

    /// The soonest deadline of its cases.
    #[must_use]
    pub fn deadline(&self) -> Option<Date> {
        self.uses.iter().filter_map(|paper| paper.deadline).min()
    }

    /// The cases that it unlocks.
    pub fn unlocked(&self) -> impl Iterator<Item = &'a OpenPaper> {
        self.uses.iter().copied().filter(|paper| paper.unlocks)
    }

    /// Whether somebody has to be asked for it: it is missing or was rejected somewhere.
    #[must_use]
    pub fn is_to_ask_for(&self) -> bool {
        self.uses.iter().any(|paper| matches!(paper.state, ItemState::Missing | ItemState::Rejected))
    }
}

/// What the citizen or somebody else outside still owes before the visit, each paper once: soonest deadline first, then by name. Papers that
/// lie here and await a look are not missing, nor is what happens at the visit itself (originals, attendance in person).
pub fn missing_once<'a>(papers: impl IntoIterator<Item = &'a OpenPaper>) -> Vec<MissingPaper<'a>> {
    open_once(papers.into_iter().filter(|paper| paper.due == Due::BeforeVisit))
}

/// The same with what happens at the visit: while she stands at the counter, that can be done too.
pub fn open_once<'a>(papers: impl IntoIterator<Item = &'a OpenPaper>) -> Vec<MissingPaper<'a>> {
    let mut all: Vec<MissingPaper<'a>> = Vec::new();
    // Somebody may have hundreds of cases, and this is asked while a page is drawn.
    let mut known: HashMap<Same<'a>, usize> = HashMap::new();
    for paper in papers {
        if !paper.state.awaits_citizen() || paper.supplied_by.is_office() {
            continue;
        }
        let same = match &paper.paper {
            Some(kind) => Same::Kind(kind),
            None => Same::Own(paper.case, &paper.item),
        };
        match known.entry(same) {
            Entry::Occupied(at) => all[*at.get()].uses.push(paper),
            Entry::Vacant(free) => {
                free.insert(all.len());
                all.push(MissingPaper { uses: vec![paper] });
            }
        }
    }
    let soonest = |paper: &OpenPaper| paper.deadline.unwrap_or(Date::MAX);
    for paper in &mut all {
        paper.uses.sort_by_key(|used| (soonest(used), used.case));
    }
    all.sort_by(|a, b| {
        let deadlines = a.deadline().unwrap_or(Date::MAX).cmp(&b.deadline().unwrap_or(Date::MAX));
        deadlines.then_with(|| a.first().label.da.cmp(&b.first().label.da))
    });
    all
}

/// By what two items are the same paper.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    /// They are of one kind.
    Kind(&'a PaperId),
    /// It is one checklist's own.
    Own(CaseId, &'a ItemId),
}

#[cfg(test)]
pub(crate) mod tests;
