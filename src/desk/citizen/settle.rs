//! The open papers of a citizen as they stand with what the clerk did a moment ago: what can be settled while she is here, what is missing.
//! What does not live here: the rules (the domain's `settle`), asking for what is missing (the letter's sheet).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use skranke_api::ETag;
use skranke_api::cases::ItemChanged;
use skranke_api::changes::OfficeRules;
use skranke_api::contacts::LetterItem;
use skranke_api::overview::{Answer, PaperView};
use skranke_client::outbox::{Deed, Entry, Label};
use skranke_domain::checklist::{Due, ItemState};
use skranke_domain::paper::{MissingPaper, OpenPaper, missing_once, open_once};
use skranke_domain::settle::{ToSettle, settle_now};
use skranke_domain::{CaseId, ItemId};

use super::CitizenPage;
use crate::pending::Pending;

/// The open papers of a citizen, her clerk's unconfirmed judgements and letters applied.
#[derive(Clone, Debug)]
pub struct OpenPapers<'p> {
    papers: Vec<Held<'p>>,
    unsent: HashSet<(CaseId, ItemId)>,
}

/// A paper, and whether its department answered just now.
#[derive(Clone, Debug)]
struct Held<'p> {
    view: Cow<'p, PaperView>,
    fresh: bool,
}

impl OpenPapers<'_> {
    /// The most useful things that can be finished at the counter, best first. Only what departments said just now counts: what is old may
    /// have been settled since.
    #[must_use]
    pub fn settle_now<'a>(&'a self, rules: &'a OfficeRules, today: Date) -> Vec<ToSettle<'a>> {
        let fresh = self.papers.iter().filter(|held| held.fresh).map(|held| &held.view.paper);
        settle_now(open_once(fresh), &rules.papers, &rules.settle, today)
    }

    /// What somebody outside still owes, each paper once, soonest deadline first.
    #[must_use]
    pub fn missing(&self) -> Vec<MissingPaper<'_>> {
        missing_once(self.papers.iter().map(|held| &held.view.paper))
    }

    /// Whether somebody has to be asked for something: of all her cases, or of one.
    #[must_use]
    pub fn is_to_ask(&self, case: Option<CaseId>) -> bool {
        self.papers.iter().map(|held| &held.view.paper).any(|paper| {
            is_to_ask(paper) && !paper.supplied_by.is_office() && case.is_none_or(|case| paper.case == case)
        })
    }

    /// The version of an item that was seen.
    pub(crate) fn version(&self, paper: &OpenPaper) -> Option<&ETag> {
        let same = |held: &&Held<'_>| held.view.paper.case == paper.case && held.view.paper.item == paper.item;
        self.papers.iter().find(same).map(|held| &held.view.etag)
    }

    /// Whether a paper stands as it does because of something that is not confirmed.
    #[must_use]
    pub fn is_unsent(&self, paper: &MissingPaper<'_>) -> bool {
        !self.unsent.is_empty() && paper.uses.iter().any(|used| self.unsent.contains(&(used.case, used.item.clone())))
    }
}

/// Whether nobody has asked for a paper, or what came was rejected.
pub(crate) const fn is_to_ask(paper: &OpenPaper) -> bool {
    matches!(paper.state, ItemState::Missing | ItemState::Rejected) && matches!(paper.due, Due::BeforeVisit)
}

impl CitizenPage {
    /// Her open papers, of departments that said something, with what is not confirmed yet applied: what she just approved is gone, and what
    /// was refused is back.
    #[must_use]
    pub fn open_papers<'p>(&'p self, pending: &Pending) -> OpenPapers<'p> {
        let changes = self.unconfirmed(pending);
        let mut unsent = HashSet::new();
        let mut settled = HashSet::new();
        let mut papers = Vec::new();
        for source in &self.sources {
            let Some(Answer::Answered { papers: said, .. } | Answer::Stale { papers: said, .. }) =
                source.section.as_ref().map(|section| &section.answer)
            else {
                continue;
            };
            let answered = matches!(source.section.as_ref().map(|s| &s.answer), Some(Answer::Answered { .. }));
            let fresh = answered && !source.lost;
            for view in said {
                let paper = &view.paper;
                let changed = if changes.is_empty() { None } else { changes.get(&(paper.case, paper.item.clone())) };
                let view = match changed {
                    Some(state) if state.is_settled() => {
                        settled.insert(paper.case);
                        continue;
                    }
                    Some(state) if *state != paper.state => {
                        unsent.insert((paper.case, paper.item.clone()));
                        let mut view = view.clone();
                        view.paper.state = *state;
                        view.paper.requested = None;
                        Cow::Owned(view)
                    }
                    _ => Cow::Borrowed(view),
                };
                papers.push(Held { view, fresh });
            }
        }
        for case in settled {
            unlock(&mut papers, case);
        }
        OpenPapers { papers, unsent }
    }

    /// What the clerk's changes that are on their way make of items. A refused one changes nothing, nor does one that waits behind it.
    fn unconfirmed(&self, pending: &Pending) -> HashMap<(CaseId, ItemId), ItemState> {
        let mut changes = HashMap::new();
        let mine = pending.entries.iter().filter(|e| e.draft.subject.citizen == Some(self.id) && e.is_on_its_way());
        for entry in mine {
            match (&entry.draft.label, entry.draft.subject.case) {
                (Label::Item { item_id, action, .. }, Some(case)) => {
                    changes.insert((case, item_id.clone()), action.target());
                }
                _ => changes.extend(
                    asked_by(entry).into_iter().flatten().map(|one| ((one.case, one.item), ItemState::Requested)),
                ),
            }
        }
        changes
    }

    /// A judgement was confirmed: what the departments said of it follows at once, since they are only asked again from now on.
    pub(crate) fn item_confirmed(&mut self, changed: &ItemChanged) {
        let item = &changed.item;
        self.of_department(|papers| {
            for view in papers.iter_mut().filter(|v| v.paper.case == changed.case.id && v.paper.item == item.id) {
                view.paper.state = item.state;
                view.paper.requested = None;
                view.etag = item.etag.clone();
            }
            papers.retain(|view| !view.paper.state.is_settled());
        });
    }

    /// A letter was confirmed: what it asked for is asked for.
    pub(crate) fn papers_asked(&mut self, items: &[LetterItem], today: Date) {
        self.of_department(|papers| {
            for view in papers {
                let paper = &mut view.paper;
                if is_to_ask(paper) && items.iter().any(|one| one.case == paper.case && one.item == paper.item) {
                    paper.state = ItemState::Requested;
                    paper.requested = Some(today);
                }
            }
        });
    }

    fn of_department(&mut self, mut change: impl FnMut(&mut Vec<PaperView>)) {
        for source in &mut self.sources {
            if let Some(Answer::Answered { papers, .. } | Answer::Stale { papers, .. }) =
                source.section.as_mut().map(|section| &mut section.answer)
            {
                change(papers);
            }
        }
    }
}

/// The papers that a letter in the outbox asks for, where it is one.
pub(crate) fn asked_by(entry: &Entry) -> Option<Vec<LetterItem>> {
    let Label::Deed { deed: Deed::PapersAsked, .. } = &entry.draft.label else { return None };
    serde_json::from_value(entry.draft.body.get("items")?.clone()).ok()
}

/// Which paper a case waits for before the visit may be another one now that one is gone: the only one that is open, as the departments
/// themselves count it.
fn unlock(papers: &mut [Held<'_>], case: CaseId) {
    let open = |held: &Held<'_>| held.view.paper.case == case;
    let before = |held: &Held<'_>| open(held) && held.view.paper.due == Due::BeforeVisit;
    let only = match papers.iter().filter(|held| before(held)).count() {
        0 if papers.iter().filter(|held| open(held)).count() == 1 => papers.iter().position(open),
        1 => papers.iter().position(before),
        _ => None,
    };
    if let Some(at) = only {
        papers[at].view.to_mut().paper.unlocks = true;
    }
}
