//! Questions about the queue, who works at a site, and the stands. What they change is true now or not at all, so it does not go through the
//! outbox; the same command id may be asked again when the line broke.

use skranke_api::ETag;
use skranke_api::tickets::{
    AtWorkList, AvailabilityRequest, CallNextRequest, Called, CheckInRequest, PointRequest, QueueView, StandView,
    Ticket, TicketChange, TicketRequest,
};
use skranke_client::ClientError;
use skranke_client::http::{CaseApi, Tagged};
use skranke_domain::{CommandId, CounterId, SiteId, TicketId};

use super::Reply;

/// A question about the queue.
#[derive(Clone, Debug)]
pub enum QueueQuestion {
    /// The queue at a site.
    Queue(SiteId),
    /// One ticket.
    Ticket(TicketId),
    /// Give out a ticket.
    Give(CommandId, TicketRequest),
    /// Somebody with a booked time is here.
    CheckIn(CommandId, CheckInRequest),
    /// Call who is next.
    CallNext(CommandId, CallNextRequest),
    /// Change a ticket, on the version that was seen.
    Change(CommandId, TicketId, ETag, TicketChange),
    /// Say how one can be reached, ask for help, come to help.
    Availability(AvailabilityRequest),
    /// What goes on at a stand.
    Stand(CounterId),
    /// Point at a field of a stand's form.
    Point(CounterId, PointRequest),
}

/// The reply to a question about the queue.
#[derive(Clone, Debug)]
pub enum QueueReply {
    /// To [`QueueQuestion::Queue`].
    Queue(Box<Result<QueueView, ClientError>>),
    /// To [`QueueQuestion::Ticket`], [`QueueQuestion::Give`], [`QueueQuestion::CheckIn`] and [`QueueQuestion::Change`].
    Ticket(TicketId, Box<Result<Tagged<Ticket>, ClientError>>),
    /// To [`QueueQuestion::CallNext`].
    Called(Box<Result<Called, ClientError>>),
    /// To [`QueueQuestion::Availability`].
    AtWork(Result<AtWorkList, ClientError>),
    /// To [`QueueQuestion::Stand`] and [`QueueQuestion::Point`].
    Stand(CounterId, Box<Result<StandView, ClientError>>),
}

/// Carries a question out.
pub(super) async fn answer(api: CaseApi, question: QueueQuestion) -> Reply {
    use QueueQuestion as Q;
    use QueueReply as R;
    Reply::Queue(match question {
        Q::Queue(site) => R::Queue(Box::new(api.queue(&site).await)),
        Q::Ticket(id) => R::Ticket(id, Box::new(api.ticket(id).await)),
        Q::Give(command, request) => R::Ticket(request.id, Box::new(api.give_ticket(command, &request).await)),
        Q::CheckIn(command, request) => R::Ticket(request.id, Box::new(api.check_in(command, &request).await)),
        Q::CallNext(command, request) => R::Called(Box::new(api.call_next(command, &request).await)),
        Q::Change(command, id, seen, change) => {
            R::Ticket(id, Box::new(api.change_ticket(command, id, &seen, &change).await))
        }
        Q::Availability(request) => R::AtWork(api.availability(&request).await),
        Q::Stand(counter) => R::Stand(counter.clone(), Box::new(api.stand(&counter).await)),
        Q::Point(counter, request) => R::Stand(counter.clone(), Box::new(api.point(&counter, &request).await)),
    })
}
