//! Questions about the calendar beside a counter's week: free times, holds, what a visit needs, the waiting list, closures, load.

use jiff::civil::Date;
use skranke_api::appointments::{Appointment, AppointmentChange, HoldRequest, NewTime, SlotQuery};
use skranke_api::opening::{BlockChange, BlockConflicts, BlockRequest, BlockView, LoadView};
use skranke_api::visits::{Feed, Fit, PlanRequest, VisitPlan, WaitingView};
use skranke_api::{ETag, Purpose};
use skranke_client::ClientError;
use skranke_client::http::{CalendarOf, CaseApi, Tagged, WaitingOf};
use skranke_domain::appointment::AppointmentStatus;
use skranke_domain::{AppointmentId, BlockId, CommandId, SiteId};

use super::Reply;

/// A question about visits. What it changes is true now or not at all, so it does not go through the outbox.
#[derive(Clone, Debug)]
pub enum VisitQuestion {
    /// The calendar of a site, a caseworker or an interpreter, both days included.
    Calendar(CalendarOf, Date, Date),
    /// Free times with everything that they must have.
    Free(SlotQuery),
    /// Keep a free time for a while.
    Hold(CommandId, HoldRequest),
    /// Give a kept time back.
    Release(CommandId, AppointmentId, ETag),
    /// What a visit would need.
    Plan(PlanRequest),
    /// An appointment in full: whom it told.
    Appointment(AppointmentId, Purpose),
    /// Who waits for an earlier time.
    Waiting(WaitingOf),
    /// Who fits a time that became free.
    Fits(NewTime),
    /// What a closure would meet.
    Conflicts(BlockRequest),
    /// Close time.
    Close(CommandId, BlockRequest),
    /// Open closed time again.
    Open(CommandId, BlockId, ETag, BlockChange),
    /// How full the days of a site are.
    Load(SiteId, Date, Date),
    /// Make a calendar feed.
    Feed(CommandId),
}

/// The reply to a question about visits.
#[derive(Clone, Debug)]
pub enum VisitReply {
    /// To [`VisitQuestion::Hold`] and [`VisitQuestion::Release`].
    Held(Box<Result<Tagged<Appointment>, ClientError>>),
    /// To [`VisitQuestion::Plan`].
    Plan(Box<Result<VisitPlan, ClientError>>),
    /// To [`VisitQuestion::Appointment`].
    Appointment(Box<Result<Tagged<Appointment>, ClientError>>),
    /// To [`VisitQuestion::Waiting`].
    Waiting(Result<Vec<WaitingView>, ClientError>),
    /// To [`VisitQuestion::Fits`].
    Fits(Result<Vec<Fit>, ClientError>),
    /// To [`VisitQuestion::Conflicts`].
    Conflicts(Result<BlockConflicts, ClientError>),
    /// To [`VisitQuestion::Close`] and [`VisitQuestion::Open`].
    Closed(Box<Result<Tagged<BlockView>, ClientError>>),
    /// To [`VisitQuestion::Load`].
    Load(Result<LoadView, ClientError>),
    /// To [`VisitQuestion::Feed`].
    Feed(Result<Feed, ClientError>),
}

/// Carries a question out.
pub(super) async fn answer(api: CaseApi, question: VisitQuestion) -> Reply {
    use VisitQuestion as Q;
    use VisitReply as R;
    Reply::Visit(match question {
        Q::Calendar(whose, from, to) => return Reply::Calendar(api.calendar_of(&whose, from, to).await),
        Q::Free(query) => return Reply::Slots(api.free_times(&query).await),
        Q::Hold(command, hold) => R::Held(Box::new(api.hold(command, &hold).await)),
        Q::Release(command, id, seen) => {
            let change = AppointmentChange::status(AppointmentStatus::Cancelled, None);
            R::Held(Box::new(api.change_appointment(command, id, &seen, &change).await))
        }
        Q::Plan(request) => R::Plan(Box::new(api.plan(&request).await)),
        Q::Appointment(id, purpose) => R::Appointment(Box::new(api.appointment(id, &purpose).await)),
        Q::Waiting(whose) => R::Waiting(api.waiting_list(&whose).await),
        Q::Fits(free) => R::Fits(api.fits(&free).await),
        Q::Conflicts(request) => R::Conflicts(api.block_conflicts(&request).await),
        Q::Close(command, request) => R::Closed(Box::new(api.close_time(command, &request).await)),
        Q::Open(command, id, seen, change) => R::Closed(Box::new(api.open_time(command, id, &seen, &change).await)),
        Q::Load(site, from, to) => R::Load(api.load(&site, from, to).await),
        Q::Feed(command) => R::Feed(api.make_feed(command).await),
    })
}
