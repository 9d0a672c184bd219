//! The sheet that lifts a case to the newest version of its procedure: what differs is shown before. What does not live here: comparing (the
//! server).

use skranke_api::casework::{FactsChange, LiftView};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::procedure::Facts;

use super::{CaseFacing, Trouble, allowed};
use crate::ask::{Question, Reply};
use crate::effect::Effect;
use crate::load::Load;

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct LiftSheet {
    /// What would change.
    pub lift: Load<LiftView>,
}

impl LiftSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> (Self, Vec<Effect>) {
        let mut sheet = Self { lift: Load::Idle };
        let effects = sheet.seek(facing);
        (sheet, effects)
    }

    pub(super) fn seek(&mut self, facing: &CaseFacing<'_>) -> Vec<Effect> {
        self.lift.ask(facing.acting.now);
        vec![facing.ask(0, Question::Lift(facing.page.id, facing.page.purpose.clone()))]
    }

    pub(super) fn replied(&mut self, reply: Reply, facing: &CaseFacing<'_>) {
        if let Reply::Lift(answer) = reply {
            self.lift.answer(answer, facing.acting.now);
        }
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.work)?;
        let lift = self.lift.value().ok_or(Trouble::NotHereYet)?;
        if lift.to <= case.procedure_version {
            return Err(Trouble::NothingDiffers);
        }
        let change = FactsChange { facts: Facts::new(), procedure_version: Some(lift.to) };
        let label = facing.label(Deed::FactsSaid, Some(case.row.title.clone()), format!("{} → {}", lift.from, lift.to));
        facing.change((paths::facts(case.row.id), "version"), &case.versions.facts, &change, label)
    }
}
