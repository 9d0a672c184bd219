//! A case that is left: what was typed there waits until it is opened again. What does not live here: what the pages do while they are open.

use skranke_domain::CaseId;

use super::request::RequestPanel;
use super::work::Work;
use super::{CasePage, ReasonDialog};
use crate::acting::acting;
use crate::citizen::Step;
use crate::desk::{Desk, Input, Place};
use crate::effect::Effect;
use crate::stands::StandId;
use jiff::Timestamp;

/// What was typed on a case that is closed.
#[derive(Clone, Debug)]
pub struct CaseAside {
    case: CaseId,
    request: RequestPanel,
    work: Work,
    reasons: Vec<ReasonDialog>,
}

impl CasePage {
    fn aside(self) -> CaseAside {
        let reasons = self.drafts.into_iter().chain(self.dialog).filter(|d| !d.text.trim().is_empty()).collect();
        CaseAside { case: self.id, request: self.request, work: self.work, reasons }
    }

    fn take_up(&mut self, aside: CaseAside) {
        self.request = aside.request;
        self.work = aside.work;
        self.drafts = aside.reasons;
    }
}

impl Desk {
    /// The case at a stand goes: what was typed is kept, and others hear that she left. To be done after the room was abandoned, which would
    /// take the farewell back.
    pub(crate) fn put_case_aside(&mut self, at: StandId) -> Vec<Effect> {
        let Some(page) = self.stands.get_mut(at).case.take() else { return Vec::new() };
        let farewell = page.leaving();
        self.cases_aside.retain(|kept| kept.case != page.id);
        self.cases_aside.push(page.aside());
        farewell.into_iter().collect()
    }

    /// What was typed on a case before it was closed.
    pub(crate) fn take_up_case(&mut self, page: &mut CasePage) {
        if let Some(at) = self.cases_aside.iter().position(|kept| kept.case == page.id) {
            page.take_up(self.cases_aside.remove(at));
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
