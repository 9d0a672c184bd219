//! The routes of rights and the log: who may what, what was looked at, opening what is withheld. What does not live here: how a request
//! travels (`transport.rs`).

use serde::Serialize;
use skranke_api::access::{BreakGlassRequest, BreakGlassView, ReviewRequest, RoleOfDay, StaffRights};
use skranke_api::audit::{AccessLog, AuditRecord, OfflineLooks};
use skranke_api::me::Me;
use skranke_api::{Cursor, ETag, Page, paths};
use skranke_domain::authority::Role;
use skranke_domain::{BreakGlassId, CitizenId, CommandId, StaffId};

use super::{AuditQuery, Call, CaseApi, Patience, media_type};
use crate::error::ClientError;

/// How a contract's word stands in a query.
fn said(word: Option<impl Serialize>) -> Option<String> {
    serde_json::to_value(word?).ok()?.as_str().map(str::to_owned)
}

impl CaseApi {
    /// A page of the audit log, newest first; for team leaders.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn audit(&self, query: &AuditQuery, cursor: Option<&Cursor>) -> Result<Page<AuditRecord>, ClientError> {
        let call = Call::get(paths::AUDIT)
            .query("citizen", query.citizen.map(|id| id.to_string()))
            .query("staff", query.staff.map(|id| id.to_string()))
            .query("action", said(query.action))
            .query("outcome", said(query.outcome))
            .query("context", said(query.context))
            .query("from", query.from.map(|day| day.to_string()))
            .query("to", query.to.map(|day| day.to_string()))
            .query("limit", query.limit.map(|n| n.to_string()))
            .query("cursor", cursor.map(|c| c.0.clone()));
        self.read(&call, "audit").await
    }

    /// The look-ups about a citizen, without names of the staff.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn access_log(&self, citizen: CitizenId) -> Result<AccessLog, ClientError> {
        self.read(&Call::get(paths::access_log(citizen)), "access log").await
    }

    /// The same as a page that she can be given.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn access_log_pdf(&self, citizen: CitizenId, language: &str) -> Result<Vec<u8>, ClientError> {
        let call = Call::get(paths::access_log(citizen))
            .query("language", Some(language.to_owned()))
            .accept("application/pdf", Patience::Whole);
        let response = self.answer(&call).await?;
        if media_type(&response) != "application/pdf" {
            return Err(ClientError::Garbage { what: "access log" });
        }
        self.body(response, self.limits().answer_bytes).await
    }

    /// Who may what, and until when; for team leaders.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn rights(&self) -> Result<Page<StaffRights>, ClientError> {
        self.read(&Call::get(paths::RIGHTS), "rights").await
    }

    /// Takes a role for the rest of the day; gives who one is then.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn take_role(&self, role: Role, command: CommandId) -> Result<Me, ClientError> {
        let call = Call::change(reqwest::Method::POST, paths::ROLE, &RoleOfDay { role }, command, None)?;
        self.json(&call, "role of the day").await.map(|(me, _)| me)
    }

    /// Opens what a department withholds about a citizen, in an emergency.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn break_glass(
        &self,
        citizen: CitizenId,
        request: &BreakGlassRequest,
        command: CommandId,
    ) -> Result<BreakGlassView, ClientError> {
        let path = paths::break_glass_of(citizen);
        let call = Call::change(reqwest::Method::POST, &path, request, command, None)?;
        self.json(&call, "break glass").await.map(|(view, _)| view)
    }

    /// The glasses that were broken, those without a review first; for team leaders.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn broken_glasses(&self) -> Result<Page<BreakGlassView>, ClientError> {
        self.read(&Call::get(paths::BREAK_GLASS), "break glass").await
    }

    /// Reviews one of them.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn review_glass(
        &self,
        id: BreakGlassId,
        request: &ReviewRequest,
        (command, seen): (CommandId, &ETag),
    ) -> Result<BreakGlassView, ClientError> {
        let path = paths::break_glass(id);
        let call = Call::change(reqwest::Method::PATCH, &path, request, command, Some(seen))?;
        self.json(&call, "break glass").await.map(|(view, _)| view)
    }

    /// Locks somebody's windows; for team leaders.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn lock_windows(&self, staff: StaffId, command: CommandId) -> Result<(), ClientError> {
        let empty = serde_json::Map::new();
        let call = Call::change(reqwest::Method::POST, &paths::lock(staff), &empty, command, None)?;
        self.answer(&call).await.map(|_| ())
    }

    /// Tells the log what was looked at without a line.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn tell_offline_looks(&self, looks: &OfflineLooks, command: CommandId) -> Result<(), ClientError> {
        let call = Call::change(reqwest::Method::POST, paths::OFFLINE_LOOKS, looks, command, None)?;
        self.answer(&call).await.map(|_| ())
    }
}
