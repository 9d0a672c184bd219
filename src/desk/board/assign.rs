//! Giving cases to a colleague, many at once, and taking it back. What lives here: who was found, what stood before, the changes that follow.
//! What does not: whether she may (the server's), the outbox.

use std::time::Duration;

use skranke_api::board::BoardRow;
use skranke_api::casework::ResponsibleChange;
use skranke_api::handovers::Colleague;
use skranke_api::{ETag, paths};
use skranke_client::outbox::{Deed, Draft, FieldKey, Label};
use skranke_domain::{CaseId, CitizenId, Localized, StaffId};

use crate::acting::Acting;
use crate::load::Load;

/// How long it can be taken back by one key.
pub const UNDO_FOR: Duration = Duration::from_secs(8);

/// To whom the cases go, while it is chosen.
#[derive(Clone, Debug)]
pub struct AssignSheet {
    /// What was typed.
    pub words: String,
    /// The colleagues who were found so far.
    pub colleagues: Load<Vec<Colleague>>,
    /// The one that the keys act on.
    pub at: usize,
    /// The cases.
    pub cases: Vec<BoardRow>,
    me: Option<StaffId>,
}

/// Whom one can give cases to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// Oneself or a colleague.
    Person(Colleague),
    /// Nobody: whoever takes it next.
    Nobody,
}

impl AssignSheet {
    pub(crate) const fn new(cases: Vec<BoardRow>, me: Option<StaffId>) -> Self {
        Self { words: String::new(), colleagues: Load::Idle, at: 0, cases, me }
    }

    /// Those who hold what was typed: oneself first, nobody last.
    #[must_use]
    pub fn found(&self) -> Vec<Candidate> {
        let words: Vec<String> = self.words.split_whitespace().map(str::to_lowercase).collect();
        let holds = |one: &&Colleague| {
            let text = format!("{} {} {}", one.name, one.initials, one.department).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let known = self.colleagues.value().map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<Colleague> = known.iter().filter(holds).cloned().collect();
        found.sort_by_key(|one| Some(one.id) != self.me);
        // Before anybody is known, a fast Enter must not release what was meant for a colleague.
        let nobody = (words.is_empty() && self.colleagues.value().is_some()).then_some(Candidate::Nobody);
        found.into_iter().map(Candidate::Person).chain(nobody).collect()
    }

    /// Colleagues that the server found join those known: the order of the answers does not matter.
    pub(crate) fn take(&mut self, answer: Result<Vec<Colleague>, skranke_client::ClientError>, now: jiff::Timestamp) {
        let mut known = self.colleagues.value().cloned().unwrap_or_default();
        let answer = answer.map(|found| {
            for one in found {
                if known.iter().all(|other| other.id != one.id) {
                    known.push(one);
                }
            }
            known
        });
        self.colleagues.answer(answer, now);
    }
}

/// What was assigned and can be taken back.
#[derive(Clone, Debug)]
pub struct Undo {
    /// To whom, by name; none was nobody.
    pub to: Option<String>,
    /// The cases with what stood before.
    pub cases: Vec<Assigning>,
    pub(crate) number: u64,
}

/// A case that was given to somebody.
#[derive(Clone, Debug)]
pub struct Assigning {
    /// The case.
    pub case: CaseId,
    citizen: CitizenId,
    citizen_name: String,
    title: Localized,
    pub(crate) to: Option<StaffId>,
    pub(crate) etag: ETag,
    pub(crate) before: Holder,
}

/// Who has a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) id: Option<StaffId>,
    pub(crate) name: Option<String>,
    pub(crate) initials: Option<String>,
}

impl Holder {
    pub(crate) fn of(row: &BoardRow) -> Self {
        Self { id: row.responsible_id, name: row.case.responsible.clone(), initials: row.initials.clone() }
    }

    pub(crate) fn put(&self, row: &mut BoardRow) {
        row.responsible_id = self.id;
        row.case.responsible.clone_from(&self.name);
        row.initials.clone_from(&self.initials);
    }
}

impl From<&Candidate> for Holder {
    fn from(candidate: &Candidate) -> Self {
        match candidate {
            Candidate::Person(one) => {
                Self { id: Some(one.id), name: Some(one.name.clone()), initials: Some(one.initials.clone()) }
            }
            Candidate::Nobody => Self::default(),
        }
    }
}

impl Assigning {
    pub(crate) fn new(row: &BoardRow, to: Option<StaffId>) -> Self {
        Self {
            case: row.case.id,
            citizen: row.case.citizen,
            citizen_name: row.citizen_name.clone(),
            title: row.case.title.clone(),
            to,
            etag: row.responsible_etag.clone(),
            before: Holder::of(row),
        }
    }

    /// The change that gives the case to somebody.
    pub(crate) fn draft(&self, to: &Holder, acting: &Acting<'_>) -> Option<Draft> {
        let path = paths::responsible(self.case);
        let basis = acting.pending.basis(&path, Some(&self.etag))?;
        let label = Label::Deed {
            citizen_name: self.citizen_name.clone(),
            deed: Deed::CaseAssigned,
            about: Some(self.title.clone()),
            text: to.name.clone().unwrap_or_default(),
        };
        let author = acting.author(self.citizen)?;
        let change = ResponsibleChange { to: to.id };
        let draft = Draft::change(author, (path, FieldKey::new("responsible")), basis, &change, label).ok()?;
        Some(draft.of_case(self.case))
    }
}
