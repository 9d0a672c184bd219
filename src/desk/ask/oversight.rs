//! Questions about rights and the log, and the few changes that nobody keeps in an outbox: opening what is withheld, a review, a role for
//! the day, a lock. What does not live here: who asks (see `crate::oversight`, `crate::need`).

use skranke_api::access::{BreakGlassRequest, BreakGlassView, ReviewRequest, StaffRights};
use skranke_api::audit::AuditRecord;
use skranke_api::me::Me;
use skranke_api::{Cursor, ETag, Page};
use skranke_client::ClientError;
use skranke_client::http::{AuditQuery, CaseApi};
use skranke_domain::authority::Role;
use skranke_domain::{BreakGlassId, CitizenId, CommandId, StaffId};

use super::Reply;

/// A question about rights and the log.
#[derive(Clone, Debug)]
pub enum OversightQuestion {
    /// A page of the log.
    Log(Box<AuditQuery>, Option<Cursor>),
    /// The glasses that were broken.
    Glasses,
    /// Who may what.
    Rights,
    /// Review one of the glasses that were broken.
    Review {
        /// Which.
        id: BreakGlassId,
        /// What was found.
        request: ReviewRequest,
        /// Names the change.
        command: CommandId,
        /// The version that she saw.
        seen: ETag,
    },
    /// Lock somebody's windows.
    Lock(StaffId, CommandId),
    /// Open what a department withholds about a citizen.
    BreakGlass(CitizenId, Box<BreakGlassRequest>, CommandId),
    /// Take a role for the day.
    TakeRole(Role, CommandId),
}

/// The reply to such a question.
#[derive(Clone, Debug)]
pub enum OversightReply {
    /// To [`OversightQuestion::Log`].
    Log(Result<Page<AuditRecord>, ClientError>),
    /// To [`OversightQuestion::Glasses`].
    Glasses(Result<Vec<BreakGlassView>, ClientError>),
    /// To [`OversightQuestion::Rights`].
    Rights(Result<Vec<StaffRights>, ClientError>),
    /// To [`OversightQuestion::Review`].
    Reviewed(Box<Result<BreakGlassView, ClientError>>),
    /// To [`OversightQuestion::Lock`].
    Locked(StaffId, Result<(), ClientError>),
    /// To [`OversightQuestion::BreakGlass`].
    Opened(Box<Result<BreakGlassView, ClientError>>),
    /// To [`OversightQuestion::TakeRole`].
    Role(Box<Result<Me, ClientError>>),
}

/// Carries a question out.
pub(super) async fn answer(api: CaseApi, question: OversightQuestion) -> Reply {
    use {OversightQuestion as Q, OversightReply as R};
    Reply::Oversight(match question {
        Q::Log(query, cursor) => R::Log(api.audit(&query, cursor.as_ref()).await),
        Q::Glasses => R::Glasses(super::items(api.broken_glasses().await)),
        Q::Rights => R::Rights(super::items(api.rights().await)),
        Q::Review { id, request, command, seen } => {
            R::Reviewed(Box::new(api.review_glass(id, &request, (command, &seen)).await))
        }
        Q::Lock(staff, command) => R::Locked(staff, api.lock_windows(staff, command).await),
        Q::BreakGlass(citizen, request, command) => {
            R::Opened(Box::new(api.break_glass(citizen, &request, command).await))
        }
        Q::TakeRole(role, command) => R::Role(Box::new(api.take_role(role, command).await)),
    })
}
