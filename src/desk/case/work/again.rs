//! Sheets that come back: from disk, from a change that could not be kept, from the outbox to be worded anew. What does not live here: the
//! sheets, what of the page is kept on disk (see [`crate::case::CaseAside`]).

use skranke_client::outbox::Entry;
use skranke_domain::ItemId;
use skranke_domain::checklist::ItemAction;

use super::{CaseFacing, CaseNoteSheet, CaseSheet, Work, WorkKind};
use crate::acting::Acting;
use crate::case::CasePage;
use crate::effect::Effect;

/// What is laid over the page again.
#[derive(Clone, Debug)]
pub(in crate::case) enum Laid {
    Sheet(WorkKind),
    Reason(ItemId, ItemAction),
    /// What the outbox holds is worded anew.
    Edit(Box<Entry>),
}

impl Work {
    /// What was typed in the sheets, the open one last.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &CaseSheet> {
        self.kept.iter().chain(self.sheet.iter().filter(|sheet| sheet.is_worth_keeping()))
    }

    /// Sheets with what was typed, from disk or from a change that could not be kept: nothing that is typed here meanwhile goes.
    pub(in crate::case) fn put_back(&mut self, before: Self) {
        for sheet in before.kept {
            self.put_sheet_back(sheet);
        }
        let Some(open) = before.sheet else { return };
        if self.sheet.is_none() {
            self.sheet = Some(open);
        } else {
            self.put_sheet_back(open);
        }
    }

    /// The sheet that was left last is the open one; says whether there is one.
    pub(in crate::case) fn lay_last(&mut self) -> bool {
        self.sheet = self.kept.pop();
        self.sheet.is_some()
    }

    fn put_sheet_back(&mut self, sheet: CaseSheet) {
        let mut known = self.kept.iter().chain(&self.sheet);
        if !known.any(|one| one.kind() == sheet.kind() && one.replaces() == sheet.replaces()) {
            self.kept.push(sheet);
        }
    }

    /// One sheet alone, as it was open.
    pub(in crate::case) fn of_sheet(sheet: Option<CaseSheet>) -> Self {
        Self { sheet, ..Self::default() }
    }

    /// The same, without what only stands in memory.
    pub(in crate::case) fn for_disk(&self) -> Self {
        let open = self.sheet.as_ref().filter(|sheet| sheet.is_worth_keeping()).cloned();
        Self { sheet: open, kept: self.kept.clone(), ..Self::default() }
    }
}

impl CasePage {
    /// What was open when the window ended is laid again, and what is to be worded anew.
    pub(in crate::case) fn lay_again(&mut self, acting: Acting<'_>) -> Vec<Effect> {
        let Some(view) = self.view.value() else { return Vec::new() };
        let mut work = std::mem::take(&mut self.work);
        let facing = CaseFacing { page: self, view, acting };
        let mut effects = Vec::new();
        match work.lays.take() {
            Some(Laid::Sheet(kind)) => effects = work.open(kind, &facing),
            Some(Laid::Edit(entry)) => {
                work.leave();
                let kept = work.kept.iter().position(|sheet| sheet.replaces() == Some(entry.id));
                work.sheet = match kept {
                    Some(at) => Some(work.kept.remove(at)),
                    None => CaseNoteSheet::of_entry(&entry).map(CaseSheet::Note),
                };
            }
            Some(Laid::Reason(item, action)) => {
                self.work = work;
                self.lay_reason(&item, action);
                return effects;
            }
            None => {}
        }
        self.work = work;
        effects
    }
}
