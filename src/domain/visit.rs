//! What a visit needs: what she brings, what she is spared, whether it would be wasted. What does not live here: the words in which she
//! reads it (`message`), free times, who is told when (the server).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::appointment;
use crate::case::Phase;
use crate::checklist::{Due, ItemGroup, ItemState};
use crate::citizen::words;
use crate::procedure::{ItemTemplate, Procedure};
use crate::{CaseId, DepartmentId, PaperId};

pub mod message;
mod texts;

words! {
    /// What runs out and is reminded of a month before.
    ExpiryKind {
        /// A driving licence.
        DrivingLicence,
        /// A passport.
        Passport,
        /// A protection of name and address.
        NameProtection,
        /// A residence permit.
        ResidencePermit,
    }
}

/// How many days before something runs out she is reminded. Own knowledge: a month is enough for a new one.
pub const EXPIRY_DAYS: i64 = 30;

/// How long an approved paper stands for the same paper of another case, in days. Own knowledge: half a year, as other centres do with
/// residence documents.
pub const HOLDS_DAYS: i64 = 183;

/// A line of the checklist of a case that she comes for.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The case.
    pub case: CaseId,
    /// Whose case it is.
    pub department: &'a DepartmentId,
    /// The line as the procedure's version has it.
    pub template: &'a ItemTemplate,
    /// How it stands.
    pub state: ItemState,
    /// The day of the last judgement.
    pub changed: Option<Date>,
}

/// A paper that was approved for another case of hers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub paper: PaperId,
    /// When.
    pub approved: Date,
}

/// Something to bring, once, for every case that asks for it.
#[derive(Clone, Debug)]
pub struct Need<'a> {
    /// The line that it is named after: one that blocks, where one does.
    pub line: &'a Line<'a>,
    /// Without it nothing can be settled.
    pub blocking: bool,
}

/// Something she need not bring.
#[derive(Clone, Debug)]
pub struct Spared<'a> {
    /// The line.
    pub template: &'a ItemTemplate,
    /// Since when it is approved, where that is known.
    pub approved: Option<Date>,
}

/// What a visit needs.
#[derive(Clone, Debug, Default)]
pub struct Needs<'a> {
    /// What she must bring, what blocks first.
    pub bring: Vec<Need<'a>>,
    /// What she need not bring.
    pub need_not: Vec<Spared<'a>>,
}

impl Needs<'_> {
    /// Whether something without which nothing can be settled is not there yet.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.bring.iter().any(|need| need.blocking)
    }
}

/// Whether nothing can be settled without a line: it says who she is or why she is here, and is due before she comes. The rest can follow.
#[must_use]
pub fn blocks(template: &ItemTemplate) -> bool {
    template.due == Due::BeforeVisit
        && !template.supplied_by.is_office()
        && matches!(template.group, Some(ItemGroup::Identity | ItemGroup::Ground))
}

/// Whether an open line is hers to bring. What the office looks up is not, save what she must have with her for it (her originals).
fn is_hers(template: &ItemTemplate) -> bool {
    !template.supplied_by.is_office() || (template.due == Due::AtVisit && template.citizen_text.is_some())
}

/// What is to be brought on a day: open lines over all cases, each paper once, minus what is held and still holds.
#[must_use]
pub fn needs<'a>(lines: &'a [Line<'a>], held: &[Held], on: Date) -> Needs<'a> {
    let mut needs = Needs::default();
    // A paper that one of these cases approved counts for the others like one of another case.
    let mut known: HashMap<&PaperId, Date> = HashMap::new();
    let here = lines.iter().filter(|line| line.state == ItemState::Approved);
    let here = here.filter_map(|line| Some((line.template.paper.as_ref()?, line.changed?)));
    for (paper, approved) in held.iter().map(|held| (&held.paper, held.approved)).chain(here) {
        let last = known.entry(paper).or_insert(approved);
        *last = approved.max(*last);
    }
    let mut asked: HashMap<Same<'a>, usize> = HashMap::new();
    let mut spared: HashMap<Same<'a>, usize> = HashMap::new();
    for line in lines {
        let same = line.template.paper.as_ref().map_or(Same::Own(line.case, line.template.id.as_str()), Same::Kind);
        let holds = line.template.paper.as_ref().and_then(|paper| known.get(paper)).copied();
        let holds = holds.filter(|_| line.template.due == Due::BeforeVisit && line.state != ItemState::Rejected);
        let holds = holds.filter(|approved| still_holds(*approved, on));
        let is_open = line.state.awaits_citizen() && is_hers(line.template);
        if is_open && holds.is_none() {
            let blocking = blocks(line.template);
            match asked.entry(same) {
                Entry::Vacant(free) => {
                    free.insert(needs.bring.len());
                    needs.bring.push(Need { line, blocking });
                }
                Entry::Occupied(at) => {
                    let need = &mut needs.bring[*at.get()];
                    if blocking && !need.blocking {
                        *need = Need { line, blocking };
                    }
                }
            }
        } else if (line.state == ItemState::Approved || is_open)
            && line.template.due == Due::BeforeVisit
            && !line.template.supplied_by.is_office()
        {
            let approved = if line.state == ItemState::Approved { line.changed } else { holds };
            if let Entry::Vacant(free) = spared.entry(same) {
                free.insert(needs.need_not.len());
                needs.need_not.push(Spared { template: line.template, approved });
            }
        }
    }
    // A paper that one case still asks for is brought, whatever another one says.
    let mut place = 0;
    let mut asked_too: Vec<usize> =
        spared.iter().filter(|(same, _)| asked.contains_key(same)).map(|(_, at)| *at).collect();
    asked_too.sort_unstable();
    needs.need_not.retain(|_| {
        place += 1;
        asked_too.binary_search(&(place - 1)).is_err()
    });
    needs.bring.sort_by_key(|need| (!need.blocking, need.line.template.due == Due::AtVisit));
    needs
}

/// By what two lines ask for the same paper.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    /// They are of one kind.
    Kind(&'a PaperId),
    /// It is one checklist's own.
    Own(CaseId, &'a str),
}

/// Whether a paper that was approved on a day still stands for another case on another day.
#[must_use]
pub fn still_holds(approved: Date, on: Date) -> bool {
    approved.until(on).is_ok_and(|span| i64::from(span.get_days()) <= HOLDS_DAYS)
}

/// Whether nobody has to come for a case: it is decided, or nothing in it is done in person.
#[must_use]
pub fn is_needless(phase: Phase, procedure: &Procedure, lines: &[Line<'_>]) -> bool {
    match phase {
        Phase::Decided | Phase::Executed | Phase::Closed => true,
        Phase::Received | Phase::Informed => {
            let at_visit = |line: &Line<'_>| {
                line.template.due == Due::AtVisit && !line.state.is_settled() && line.state != ItemState::NotApplicable
            };
            !procedure.attendance.required && !lines.iter().any(at_visit)
        }
    }
}

/// How long a visit takes: of the longest procedure, for so many people, in minutes.
#[must_use]
pub fn minutes<'a>(procedures: impl IntoIterator<Item = &'a Procedure>, people: u16) -> u16 {
    let longest = procedures.into_iter().map(|procedure| procedure.attendance.minutes).max().unwrap_or_default();
    appointment::length(longest, people)
}

/// Whether two days lie in the same week, Monday to Sunday.
#[must_use]
pub fn same_week(a: Date, b: Date) -> bool {
    let (a, b) = (a.iso_week_date(), b.iso_week_date());
    (a.year(), a.week()) == (b.year(), b.week())
}

#[cfg(test)]
mod tests;
