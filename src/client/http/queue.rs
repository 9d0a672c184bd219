//! The routes of the queue, of who works at a site, of stands and of the call display. What they change is true now or not at all: it never
//! enters the outbox. What does not live here: how a request travels (`transport.rs`).

use skranke_api::tickets::{
    AtWorkList, AvailabilityRequest, CallNextRequest, Called, CheckInRequest, DisplayView, PointRequest, QueueView,
    StandView, Ticket, TicketChange, TicketRequest,
};
use skranke_api::{ETag, paths};
use skranke_domain::{CommandId, CounterId, SiteId, TicketId};

use super::{Call, CaseApi, Tagged};
use crate::error::ClientError;

impl CaseApi {
    /// The queue at a site.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn queue(&self, site: &SiteId) -> Result<QueueView, ClientError> {
        self.read(&Call::get(paths::TICKETS).query("site", Some(site.to_string())), "queue").await
    }

    /// One ticket.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn ticket(&self, id: TicketId) -> Result<Tagged<Ticket>, ClientError> {
        self.tagged(&Call::get(paths::ticket(id)), "ticket").await
    }

    /// Gives out a ticket.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn give_ticket(
        &self,
        command: CommandId,
        request: &TicketRequest,
    ) -> Result<Tagged<Ticket>, ClientError> {
        self.tagged(&Call::change(reqwest::Method::POST, paths::TICKETS, request, command, None)?, "ticket").await
    }

    /// Somebody with a booked time is here.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn check_in(&self, command: CommandId, request: &CheckInRequest) -> Result<Tagged<Ticket>, ClientError> {
        self.tagged(&Call::change(reqwest::Method::POST, paths::CHECK_IN, request, command, None)?, "ticket").await
    }

    /// Calls who is next.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn call_next(&self, command: CommandId, request: &CallNextRequest) -> Result<Called, ClientError> {
        self.read(&Call::change(reqwest::Method::POST, paths::CALL_NEXT, request, command, None)?, "ticket").await
    }

    /// Changes a ticket; `seen` is its version.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn change_ticket(
        &self,
        command: CommandId,
        id: TicketId,
        seen: &ETag,
        change: &TicketChange,
    ) -> Result<Tagged<Ticket>, ClientError> {
        let path = paths::ticket(id);
        self.tagged(&Call::change(reqwest::Method::PATCH, &path, change, command, Some(seen))?, "ticket").await
    }

    /// Says how one can be reached, and hears who works at the site.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn availability(&self, request: &AvailabilityRequest) -> Result<AtWorkList, ClientError> {
        self.read(&Call::ask(paths::AVAILABILITY, request)?, "availability").await
    }

    /// What goes on at a stand.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn stand(&self, counter: &CounterId) -> Result<StandView, ClientError> {
        self.read(&Call::get(paths::stand(counter)), "stand").await
    }

    /// Points at a field of a stand's form, or stops pointing.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn point(&self, counter: &CounterId, request: &PointRequest) -> Result<StandView, ClientError> {
        self.read(&Call::ask(paths::point(counter), request)?, "stand").await
    }

    /// What the call display shows.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn display(&self, site: &SiteId) -> Result<DisplayView, ClientError> {
        self.read(&Call::get(paths::DISPLAY).query("site", Some(site.to_string())), "display").await
    }
}
