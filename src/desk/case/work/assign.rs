//! The sheet that makes somebody responsible for a case, or nobody. What does not live here: finding her (see `seek`).

use skranke_api::casework::ResponsibleChange;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};

use super::seek::Among;
use super::{CaseFacing, Seeker, Trouble, allowed};
use crate::effect::Effect;

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct AssignSheet {
    /// Who.
    pub seeker: Seeker,
    /// Nobody is to be responsible.
    pub release: bool,
}

/// What happens on it.
#[derive(Clone, Copy, Debug)]
pub enum AssignInput {
    /// Nobody is to be responsible, or somebody after all.
    Release,
}

impl AssignSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> (Self, Vec<Effect>) {
        let (seeker, effects) = Seeker::open(Among::People, facing);
        (Self { seeker, release: false }, effects)
    }

    pub(super) fn update(&mut self, input: AssignInput, facing: &CaseFacing<'_>) {
        match input {
            AssignInput::Release => self.release = !self.release && facing.view.value.responsible_id.is_some(),
        }
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.steer)?;
        let (to, about) = match (self.release, self.seeker.colleague()) {
            (true, _) => (None, None),
            (false, Some((id, name))) => (Some(id), Some(name.clone())),
            (false, None) => return Err(Trouble::NoReceiver),
        };
        if to.is_some() && to == case.responsible_id {
            return Err(Trouble::AlreadyHers);
        }
        let path = paths::responsible(case.row.id);
        let label = facing.label(Deed::CaseAssigned, about, "");
        facing.change((path, "responsible"), &case.versions.responsible, &ResponsibleChange { to }, label)
    }
}
