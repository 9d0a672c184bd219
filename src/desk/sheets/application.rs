//! The sheet that finishes an application which the citizen began in self-service and did not send: what she answered, what she sent along.
//! What does not live here: what is asked for afterwards (the case's checklist).

use skranke_api::intake::{ApplicationState, HalfFinished, IntakeKind, IntakeRequest};
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft, Place};
use skranke_domain::{CaseId, IntakeId};

use super::{Facing, Outcome};
use crate::ask::Reply;
use crate::effect::Effect;

/// The sheet while it is open.
#[derive(Clone, Debug)]
pub struct ApplicationSheet {
    /// The identifier that its case gets.
    pub case: CaseId,
    /// Why it cannot be sent.
    pub gone: bool,
}

/// What happens on it: nothing is typed.
#[derive(Clone, Copy, Debug)]
pub enum ApplicationInput {}

impl ApplicationSheet {
    pub(crate) fn open(case: CaseId, _facing: &Facing<'_>) -> (Self, Vec<Effect>) {
        (Self { case, gone: false }, Vec::new())
    }

    /// The application as it stands; none when she has sent it herself meanwhile.
    #[must_use]
    pub fn application<'a>(&self, page: &'a crate::citizen::CitizenPage) -> Option<&'a HalfFinished> {
        page.half_finished.value()?.iter().find(|one| one.case == self.case)
    }

    pub(crate) fn update(&mut self, input: ApplicationInput, _facing: &Facing<'_>) -> Vec<Effect> {
        match input {}
    }

    pub(crate) fn confirm(&mut self, facing: &Facing<'_>) -> Outcome {
        match self.draft(facing) {
            Some(draft) => Outcome::send([draft]),
            None => {
                self.gone = true;
                Outcome::not_yet()
            }
        }
    }

    fn draft(&self, facing: &Facing<'_>) -> Option<Draft> {
        let one = self.application(facing.page)?;
        let title = facing.acting.session.procedures.get(&one.procedure).map(|procedure| procedure.title.clone());
        let request = IntakeRequest {
            id: IntakeId::new(),
            citizen: facing.page.id,
            what: IntakeKind::Application {
                case: one.case,
                procedure: one.procedure.clone(),
                situation: None,
                facts: one.facts.clone(),
                state: ApplicationState::OnHerBehalf,
            },
            documents: Vec::new(),
        };
        let place = Place { resource: paths::case(one.case), posted_to: paths::INTAKE.to_owned() };
        let label = facing.label(Deed::ApplicationFinished, title, String::new());
        Draft::create(facing.author()?, place, &request, label).ok()
    }

    pub(crate) fn replied(&mut self, _slot: u8, _reply: Reply, _facing: &Facing<'_>) {}

    /// Nothing is typed here, so nothing can be lost.
    pub(crate) const fn is_worth_keeping(&self) -> bool {
        false
    }
}
