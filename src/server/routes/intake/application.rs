//! An application: kept while it is half finished, a case once it is sent, by the citizen or by a clerk for her. What does not live here:
//! starting a case (`acting`), its documents' bytes (`intake`).

use skranke_api::ProblemKind;
use skranke_api::cases::HistoryKind;
use skranke_api::documents::DocumentUse;
use skranke_api::intake::ApplicationState;
use skranke_api::paths;
use skranke_domain::authority::Level;
use skranke_domain::procedure::facts::FactError;
use skranke_domain::procedure::{Facts, Procedure};
use skranke_domain::{CaseId, ItemId, ProcedureId, SituationId};

use super::{Brought, Way, once};
use crate::problem::{Answer, Refusal};
use crate::routes::acting::{Start, not_elsewhere};
use crate::routes::cases::check_current;
use crate::routes::landing::Served;
use crate::store::cases::{self, Stored as Case};
use crate::store::intake::{self, Application};
use crate::store::{Tx, documents, situations};

/// An application as it was sent.
pub(super) struct Wanted<'a> {
    pub case: CaseId,
    pub procedure: &'a ProcedureId,
    pub situation: Option<SituationId>,
    pub facts: &'a Facts,
    pub state: ApplicationState,
}

impl Way<'_> {
    /// Keeps a half-finished application, or makes the case of one that is finished.
    pub(super) async fn application(&mut self, tx: &mut Tx, wanted: &Wanted<'_>) -> Answer<Vec<Case>> {
        let procedure = self.may_apply(wanted)?;
        if cases::one(tx, &self.act.app.procedures, wanted.case).await?.is_some() {
            return Err(ProblemKind::AlreadyExists.into());
        }
        let begun = intake::application(tx, wanted.case).await?;
        let other = |begun: &Application| begun.citizen != self.known.no || begun.procedure != *wanted.procedure;
        if begun.as_ref().is_some_and(other) {
            return Err(Refusal::field("/what/case", "conflict", "another application was begun with this identifier"));
        }
        check_uses(self.brought, wanted.case, procedure)?;
        // What she answered before stands, unless she answered it again.
        let mut facts = begun.as_ref().map(|begun| begun.facts.clone()).unwrap_or_default();
        facts.extend(wanted.facts.clone());
        let situation = wanted.situation.or(begun.as_ref().and_then(|begun| begun.situation));
        let found = self.situation(tx, situation).await?;
        let department = procedure.department.as_str();
        for document in self.brought {
            let uses = uses_of(document, wanted.case);
            self.bring(tx, (wanted.case, department), document, (self.source(), &uses)).await?;
        }
        if wanted.state == ApplicationState::HalfFinished {
            let one = Application {
                case: wanted.case,
                citizen: self.known.no,
                procedure: wanted.procedure.clone(),
                department: procedure.department.clone(),
                situation,
                facts,
                at: self.act.now,
            };
            intake::keep(tx, &one).await?;
            let subject = paths::half_finished(self.citizen);
            self.act.tell_of_citizen(tx, subject, None, self.citizen, Some(one.department)).await?;
            return Ok(Vec::new());
        }
        let start =
            Start { id: wanted.case, citizen: self.known, procedure: wanted.procedure, situation, said: &facts };
        let case = self.act.start(tx, &start).await?;
        if wanted.state == ApplicationState::OnHerBehalf {
            self.act.note(tx, case.no, HistoryKind::OnBehalf, None, None).await?;
        }
        intake::finished(tx, wanted.case).await?;
        let mut stand = vec![case.clone()];
        // Oldest first, so that the history tells them in the order in which they came.
        for stored in documents::at_home(tx, wanted.case).await?.into_iter().rev() {
            let items = stored.view.uses.iter().map(|one| one.item.clone()).collect();
            let served = [Served { case: case.clone(), items }];
            let document = Some((stored.view.id, &stored.view.etag));
            for case in self.act.land(tx, &served, HistoryKind::DocumentCame, document).await? {
                once(&mut stand, case);
            }
        }
        if let Some(situation) = found {
            self.act.follow(tx, &situation, None, &case).await?;
        }
        Ok(stand)
    }

    /// What may be applied for, by whom, with which answers.
    fn may_apply(&self, wanted: &Wanted<'_>) -> Answer<&Procedure> {
        let (app, person) = (self.act.app, self.act.person);
        if wanted.case.0.get_version_num() != 7 {
            return Err(Refusal::field("/what/case", "type", "a UUID of version 7 was expected"));
        }
        let procedure = app.catalogue.procedure(wanted.procedure);
        let procedure =
            procedure.ok_or_else(|| Refusal::field("/what/procedure", "unknown", "there is no such procedure"))?;
        not_elsewhere(person, &procedure.department, "/what/procedure")?;
        check_current(self.known)?;
        if wanted.state == ApplicationState::OnHerBehalf {
            if person.is_service() {
                return Err(Refusal::field("/what/state", "word", "nobody of the staff finished it"));
            }
            if !person.may(&procedure.department, Some(&procedure.id), Level::RuleBased, app.clock.today()) {
                let detail = "your authority in this department does not reach so far";
                return Err(Refusal::new(ProblemKind::Forbidden).detail(detail));
            }
        }
        app.catalogue.facts.check(wanted.facts).map_err(|error| {
            let (name, code) = match &error {
                FactError::Unknown { name } => (name, "unknown"),
                FactError::Mismatch { name, .. } => (name, "type"),
            };
            let name = name.replace('~', "~0").replace('/', "~1");
            Refusal::field(format!("/what/facts/{name}"), code, error.to_string())
        })?;
        Ok(procedure)
    }

    /// The situation that it belongs to; one that was closed meanwhile is left out, not refused: her application counts without it.
    async fn situation(&self, tx: &mut Tx, id: Option<SituationId>) -> Answer<Option<situations::Stored>> {
        let Some(id) = id else { return Ok(None) };
        let (app, person) = (self.act.app, self.act.person);
        let found = crate::routes::situations::visible(tx, app, person, (self.citizen, self.known.no), id).await?;
        found.map(Some).ok_or_else(|| Refusal::field("/what/situation", "unknown", "she has no such situation"))
    }
}

/// Documents of an application are for its own case and for papers that its procedure asks for.
fn check_uses(brought: &[Brought<'_>], case: CaseId, procedure: &Procedure) -> Answer<()> {
    let known = |item: &ItemId| procedure.items.iter().any(|template| template.id == *item);
    for (at, document) in brought.iter().enumerate() {
        for (place, one) in document.uses.iter().enumerate() {
            let field = |name: &str| format!("/documents/{at}/items/{place}/{name}");
            if one.case != case {
                return Err(Refusal::field(field("case"), "unknown", "there is no such case in this application"));
            }
            if !one.item.as_ref().is_none_or(known) {
                return Err(Refusal::field(field("item"), "unknown", "there is no such paper"));
            }
            if document.uses[..place].contains(one) {
                return Err(Refusal::field(format!("/documents/{at}/items/{place}"), "duplicate", "this stands twice"));
            }
        }
    }
    Ok(())
}

fn uses_of(document: &Brought<'_>, case: CaseId) -> Vec<DocumentUse> {
    if document.uses.is_empty() { vec![DocumentUse { case, item: None }] } else { document.uses.to_vec() }
}
