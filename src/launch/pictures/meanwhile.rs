//! What others do in a picture's town, through the real server, so that a screen has something to show: a case that a colleague judged, an
//! emergency that waits for its review. What does not live here: the way to a screen.

use skranke_api::Purpose;
use skranke_api::access::BreakGlassRequest;
use skranke_api::cases::ItemChange;
use skranke_api::citizens::{QueryKind, SearchRequest};
use skranke_api::overview::Answer;
use skranke_api::purpose::PurposeKind;
use skranke_client::ClientError;
use skranke_client::http::CaseApi;
use skranke_desk::Desk;
use skranke_domain::access::LegalBasis;
use skranke_domain::authority::Role;
use skranke_domain::checklist::ItemAction;
use skranke_domain::{BreakGlassId, CommandId, SessionId};
use skranke_ui::headless::DriverError;

use crate::launch::Prepared;

/// Why the clerk could not wait.
pub(super) const WHY: &str = "Hun siger, at hun ikke har noget sted at sove";

fn outside(error: &ClientError) -> DriverError {
    DriverError::Outside(error.to_string())
}

impl Prepared {
    /// What a colleague does meanwhile: the team leader judges the item that this window has chosen.
    pub(super) fn colleague(&self, desk: &Desk) -> Result<(), DriverError> {
        let page = desk.case();
        let item = page.and_then(|page| page.selected_item());
        let (Some(runtime), Some(page), Some(item)) = (&self.runtime, page, item) else { return Ok(()) };
        let api = CaseApi::new(self.launch.doorway.clone(), Role::TeamLeader);
        let reason = Some("Lejekontrakten er ikke underskrevet".to_owned());
        let change = ItemChange { action: ItemAction::Reject, reason };
        let done = runtime.block_on(api.change_item(CommandId::new(), page.id, &item.id, &item.etag, &change));
        done.map(|_| ()).map_err(|error| outside(&error))
    }

    /// What a clerk did before: she opened what a department withholds about the citizen who is always there, and looked.
    pub(super) fn emergency(&self) -> Result<(), DriverError> {
        let Some(runtime) = &self.runtime else { return Ok(()) };
        let api = CaseApi::new(self.launch.doorway.clone(), Role::Clerk);
        runtime.block_on(opened_in_an_emergency(&api)).map_err(|error| outside(&error))
    }
}

async fn opened_in_an_emergency(api: &CaseApi) -> Result<(), ClientError> {
    let purpose = Purpose::noted(PurposeKind::Ticket, Some("K 047".to_owned()));
    let question = SearchRequest {
        kind: QueryKind::Name,
        query: "wrona kalina".to_owned(),
        purpose: purpose.clone(),
        session: SessionId::new(),
        limit: 1,
        born: None,
    };
    let Some(found) = api.search(&question).await?.hits.into_iter().next() else { return Ok(()) };
    let overview = api.overview(found.citizen, &purpose).await?;
    let withheld = overview.sections.into_iter().find(|section| matches!(section.answer, Answer::Withheld));
    let Some(withheld) = withheld else { return Ok(()) };
    let department = withheld.department;
    let request = BreakGlassRequest {
        id: BreakGlassId::new(),
        department,
        reason: WHY.to_owned(),
        basis: LegalBasis::VitalInterest,
    };
    api.break_glass(found.citizen, &request, CommandId::new()).await?;
    api.overview(found.citizen, &purpose).await.map(|_| ())
}
