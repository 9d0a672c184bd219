//! A case that is left: what was typed there waits until it is opened again, and outlives the window. What does not live here: what the
//! pages do while they are open.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use skranke_api::Purpose;
use skranke_domain::{CaseId, Localized};

use super::request::RequestPanel;
use super::work::{CaseSheet, Laid, Work};
use super::{CasePage, ReasonDialog};
use crate::acting::acting;
use crate::citizen::Step;
use crate::desk::{Desk, Input, Place};
use crate::effect::Effect;
use crate::stands::StandId;

/// What was typed on a case that is closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseAside {
    /// Which case.
    pub case: CaseId,
    /// Why it was opened.
    pub purpose: Purpose,
    /// Its name, once it was known.
    pub title: Option<Localized>,
    /// The citizen's name, once it was known.
    pub name: String,
    pub(crate) request: RequestPanel,
    pub(crate) work: Work,
    reasons: Vec<ReasonDialog>,
    /// The last of the reasons was being written.
    #[serde(default)]
    writing_reason: bool,
}

impl CaseAside {
    /// Whether anything was typed.
    pub(crate) fn is_worth_keeping(&self) -> bool {
        self.request.is_typed() || self.work.typed().next().is_some() || !self.reasons.is_empty()
    }

    /// Reasons of judgements that were typed.
    pub fn reasons(&self) -> &[ReasonDialog] {
        &self.reasons
    }

    /// The same, with what was typed last laid open.
    pub(crate) fn laid(mut self) -> Self {
        let open = self.writing_reason || self.work.sheet.is_some();
        if !open && !self.work.lay_last() {
            self.writing_reason = !self.reasons.is_empty();
        }
        self
    }

    /// A sheet that was open alone: what goes to the outbox.
    pub(crate) fn only(self, sheet: Option<CaseSheet>, reason: Option<ReasonDialog>) -> Self {
        let work = Work::of_sheet(sheet);
        let writing_reason = reason.is_some();
        let (request, reasons) = (RequestPanel::default(), reason.into_iter().collect());
        Self { request, work, reasons, writing_reason, ..self }
    }
}

impl CasePage {
    /// What is typed on the page as it is kept on disk.
    pub(crate) fn aside(&self) -> CaseAside {
        let typed = |d: &&ReasonDialog| !d.text.trim().is_empty();
        let open = self.dialog.as_ref().filter(typed);
        let view = self.view.value().map(|view| &view.value);
        CaseAside {
            case: self.id,
            purpose: self.purpose.clone(),
            title: view.map(|view| view.row.title.clone()),
            name: view.map(|view| view.citizen_name.clone()).unwrap_or_default(),
            request: self.request.clone(),
            work: self.work.for_disk(),
            reasons: self.drafts.iter().filter(typed).chain(open).cloned().collect(),
            writing_reason: open.is_some(),
        }
    }

    fn left(self) -> CaseAside {
        let mut aside = self.aside();
        // The page may be gone before the outbox has what was sent: it comes back from here should it not be kept.
        aside.work = self.work;
        aside.writing_reason = false;
        aside
    }

    fn take_up(&mut self, aside: CaseAside) {
        self.request = aside.request;
        self.work = aside.work;
        self.drafts = aside.reasons;
    }

    /// What was typed before the window ended, or what could not be kept: it is laid again as it was.
    pub(crate) fn put_back(&mut self, aside: CaseAside) {
        if !self.request.is_worth_keeping() && aside.request.is_typed() {
            self.request = aside.request;
        }
        let open = aside.work.sheet.as_ref().map(CaseSheet::kind);
        let known = self.view.value().is_some();
        self.work.put_back(aside.work);
        let writing = aside.reasons.last().filter(|_| aside.writing_reason).map(|d| (d.item.clone(), d.action));
        for reason in aside.reasons {
            let same =
                |d: &ReasonDialog| (&d.item, d.action, d.replaces) == (&reason.item, reason.action, reason.replaces);
            if !self.drafts.iter().chain(&self.dialog).any(same) {
                self.drafts.push(reason);
            }
        }
        match (writing, open) {
            (Some((item, action)), _) if known => self.lay_reason(&item, action),
            (Some((item, action)), _) => self.work.lays = Some(Laid::Reason(item, action)),
            (None, Some(kind)) if !known => self.work.lays = Some(Laid::Sheet(kind)),
            (None, _) => {}
        }
    }
}

impl Desk {
    /// The case at a stand goes: what was typed is kept, and others hear that she left. To be done after the room was abandoned, which would
    /// take the farewell back.
    pub(crate) fn put_case_aside(&mut self, at: StandId) -> Vec<Effect> {
        let Some(page) = self.stands.get_mut(at).case.take() else { return Vec::new() };
        let farewell = page.leaving();
        self.cases_aside.retain(|kept| kept.case != page.id);
        self.cases_aside.push(page.left());
        farewell.into_iter().collect()
    }

    /// What was typed on a case before it was closed, or before the window ended.
    pub(crate) fn take_up_case(&mut self, page: &mut CasePage) {
        if let Some(at) = self.cases_aside.iter().position(|kept| kept.case == page.id) {
            page.take_up(self.cases_aside.remove(at));
        }
        for aside in self.half_written.of_case(page.id) {
            page.put_back(aside);
        }
    }

    /// The next or previous case of the list that the open one was opened from.
    pub(crate) fn step_case(&mut self, step: Step, now: Timestamp) -> Vec<Effect> {
        let Some(page) = self.case().filter(|_| self.place() == Place::Case) else { return Vec::new() };
        let Some(next) = page.neighbours.beside(page.id, step) else { return Vec::new() };
        let purpose = page.purpose.clone();
        self.update(Input::OpenCase(next, purpose), now)
    }

    /// After whatever happened: the panels of the open cases follow what is known and unsent, and others hear what she does.
    pub(crate) fn cases_follow(&mut self, now: Timestamp) -> Vec<Effect> {
        let shown = (self.place() == Place::Case && self.lock.locked().is_none()).then(|| self.stands.front());
        let acting = acting!(self, now);
        let mut effects = Vec::new();
        for at in StandId::BOTH {
            if let Some(page) = &mut self.stands.get_mut(at).case {
                page.follow(acting);
                page.meet(acting, shown == Some(at));
                effects.extend(page.ask_seconds(acting));
                effects.extend(page.presence_follows(shown == Some(at), now));
            }
        }
        effects
    }
}
