//! The routes of work on cases beside their checklists, and of the board. What does not live here: documents (`documents.rs`), how a request
//! travels (`transport.rs`).

use skranke_api::board::{BoardFilter, BoardRow, BoardView};
use skranke_api::casework::{AskView, LiftView, PresenceRequest, Presences};
use skranke_api::intake::HalfFinished;
use skranke_api::{Cursor, Page, Purpose, paths};
use skranke_domain::procedure::Procedure;
use skranke_domain::{CaseId, CitizenId, ProcedureId};

use super::routes::word;
use super::{Call, CaseApi};
use crate::error::ClientError;

impl CaseApi {
    /// The board at a glance, by a filter.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn board(&self, filter: &BoardFilter) -> Result<BoardView, ClientError> {
        self.read(&filtered(Call::get(paths::BOARD), filter), "board").await
    }

    /// A page of the board's cases, by a filter and in its order.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn board_cases(
        &self,
        filter: &BoardFilter,
        limit: u16,
        cursor: Option<&Cursor>,
    ) -> Result<Page<BoardRow>, ClientError> {
        let call = filtered(Call::get(paths::BOARD_CASES), filter)
            .query("limit", Some(limit.to_string()))
            .query("cursor", cursor.map(|c| c.0.clone()));
        self.read(&call, "board").await
    }

    /// Questions that colleagues asked this person or her unit, and those she asked; open ones first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn asks(&self) -> Result<Page<AskView>, ClientError> {
        self.read(&Call::get(paths::ASKS), "questions").await
    }

    /// What a newer version of its procedure would change for a case.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn lift(&self, case: CaseId, purpose: &Purpose) -> Result<LiftView, ClientError> {
        self.read(&Call::get(paths::lift(case)).because(Some(purpose)), "versions").await
    }

    /// Applications that a citizen began and did not send.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn half_finished(&self, id: CitizenId, purpose: &Purpose) -> Result<Page<HalfFinished>, ClientError> {
        self.read(&Call::get(paths::half_finished(id)).because(Some(purpose)), "applications").await
    }

    /// One version of a procedure.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn procedure_version(&self, id: &ProcedureId, version: u32) -> Result<Procedure, ClientError> {
        self.read(&Call::get(paths::procedure_version(id, version)), "procedure").await
    }

    /// Says what one does on a case, and hears who else is there. It is never repeated by itself and never enters the outbox: it is true
    /// now or not at all.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn presence(&self, case: CaseId, request: &PresenceRequest) -> Result<Presences, ClientError> {
        self.read(&Call::ask(paths::presence(case), request)?, "presence").await
    }
}

fn filtered<'a>(call: Call<'a>, filter: &BoardFilter) -> Call<'a> {
    call.query("scope", word(&filter.scope))
        .query("column", filter.column.as_ref().and_then(word))
        .query("situation", filter.situation.as_ref().map(ToString::to_string))
        .query("department", filter.department.as_ref().map(ToString::to_string))
        .query("procedure", filter.procedure.as_ref().map(ToString::to_string))
        .query("due", filter.due.as_ref().and_then(word))
        .query("missing", filter.missing.as_ref().and_then(word))
        .query("responsible", filter.responsible.map(|id| id.to_string()))
        .query("municipality", filter.municipality.as_ref().map(ToString::to_string))
        .query("sort", word(&filter.sort))
}
