//! The routes of the calendar beside appointments themselves: a site's day, free times, holds, what a visit needs, the waiting list,
//! closures and load. What does not live here: the queue (`queue.rs`), how a request travels (`transport.rs`).

use jiff::civil::Date;
use skranke_api::appointments::{Appointment, Calendar, HoldRequest, NewTime, Slot, SlotQuery};
use skranke_api::opening::{BlockChange, BlockConflicts, BlockRequest, BlockView, LoadView};
use skranke_api::visits::{Feed, Fit, PlanRequest, VisitPlan, WaitingView};
use skranke_api::{ETag, Page, Purpose, paths};
use skranke_domain::{BlockId, CitizenId, CommandId, InterpreterId, SiteId, StaffId};

use super::{Call, CaseApi, Tagged};
use crate::error::ClientError;

/// Whose calendar, beside a counter's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarOf {
    /// A whole site's.
    Site(SiteId),
    /// A caseworker's, wherever she sits.
    Staff(StaffId),
    /// An interpreter's.
    Interpreter(InterpreterId),
}

/// Whose wishes for an earlier time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitingOf {
    /// Everybody's at a site.
    Site(SiteId),
    /// A citizen's.
    Citizen(CitizenId, Purpose),
}

impl CaseApi {
    /// The calendar of a site, a caseworker or an interpreter, both days included.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn calendar_of(&self, whose: &CalendarOf, from: Date, to: Date) -> Result<Calendar, ClientError> {
        let (name, value) = match whose {
            CalendarOf::Site(id) => ("site", id.to_string()),
            CalendarOf::Staff(id) => ("staff", id.to_string()),
            CalendarOf::Interpreter(id) => ("interpreter", id.to_string()),
        };
        let call = Call::get(paths::APPOINTMENTS)
            .query(name, Some(value))
            .query("from", Some(from.to_string()))
            .query("to", Some(to.to_string()));
        self.read(&call, "calendar").await
    }

    /// The earliest free times, over several sites, with everything that they must have.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn free_times(&self, query: &SlotQuery) -> Result<Vec<Slot>, ClientError> {
        let joined = |sites: &[SiteId]| sites.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let call = Call::get(paths::SLOTS)
            .query("counter", query.counter.as_ref().map(ToString::to_string))
            .query("sites", (!query.sites.is_empty()).then(|| joined(&query.sites)))
            .query("procedure", query.procedure.as_ref().map(ToString::to_string))
            .query("minutes", query.minutes.map(|minutes| minutes.to_string()))
            .query("people", query.people.map(|people| people.to_string()))
            .query("language", query.language.as_ref().map(|language| language.0.clone()))
            .query("stepFree", query.step_free.then(|| "true".to_owned()))
            .query("beforeWork", query.before_work.then(|| "true".to_owned()))
            .query("with", query.with.map(|staff| staff.to_string()))
            .query("from", query.from.map(|from| from.to_string()))
            .query("until", query.until.map(|until| until.to_string()))
            .query("limit", query.limit.map(|limit| limit.to_string()));
        Ok(self.read::<Page<Slot>>(&call, "slots").await?.items)
    }

    /// Keeps a free time while the clerk writes. It never enters the outbox: it is kept now or not at all.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn hold(&self, command: CommandId, hold: &HoldRequest) -> Result<Tagged<Appointment>, ClientError> {
        self.tagged(&Call::change(reqwest::Method::POST, paths::HOLD, hold, command, None)?, "appointment").await
    }

    /// What a visit would need, and whom it would tell.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn plan(&self, request: &PlanRequest) -> Result<VisitPlan, ClientError> {
        self.read(&Call::ask(paths::PLAN, request)?, "plan").await
    }

    /// Who waits for an earlier time.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn waiting_list(&self, whose: &WaitingOf) -> Result<Vec<WaitingView>, ClientError> {
        let call = match whose {
            WaitingOf::Site(site) => Call::get(paths::WAITING_LIST).query("site", Some(site.to_string())),
            WaitingOf::Citizen(id, purpose) => {
                Call::get(paths::WAITING_LIST).query("citizen", Some(id.to_string())).because(Some(purpose))
            }
        };
        Ok(self.read::<Page<WaitingView>>(&call, "waiting list").await?.items)
    }

    /// Who fits a time that became free, best first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn fits(&self, free: &NewTime) -> Result<Vec<Fit>, ClientError> {
        let call = Call::get(paths::WAITING_FITS)
            .query("counter", Some(free.counter.to_string()))
            .query("start", Some(free.start.to_string()))
            .query("minutes", Some(free.minutes.to_string()));
        Ok(self.read::<Page<Fit>>(&call, "waiting list").await?.items)
    }

    /// What a closure would meet.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn block_conflicts(&self, request: &BlockRequest) -> Result<BlockConflicts, ClientError> {
        self.read(&Call::ask(paths::BLOCK_CONFLICTS, request)?, "conflicts").await
    }

    /// Closes time at counters. It never enters the outbox: what it meets must be seen first.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn close_time(
        &self,
        command: CommandId,
        request: &BlockRequest,
    ) -> Result<Tagged<BlockView>, ClientError> {
        self.tagged(&Call::change(reqwest::Method::POST, paths::BLOCKS, request, command, None)?, "closure").await
    }

    /// Opens closed time again; `seen` is its version.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn open_time(
        &self,
        command: CommandId,
        id: BlockId,
        seen: &ETag,
        change: &BlockChange,
    ) -> Result<Tagged<BlockView>, ClientError> {
        let path = paths::block(id);
        self.tagged(&Call::change(reqwest::Method::PATCH, &path, change, command, Some(seen))?, "closure").await
    }

    /// How full the days of a site are, both days included.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn load(&self, site: &SiteId, from: Date, to: Date) -> Result<LoadView, ClientError> {
        let call = Call::get(paths::LOAD)
            .query("site", Some(site.to_string()))
            .query("from", Some(from.to_string()))
            .query("to", Some(to.to_string()));
        self.read(&call, "load").await
    }

    /// Makes a calendar feed for who is signed in; the one before becomes void. Its path comes back as the whole address, as a calendar
    /// program wants it.
    ///
    /// # Errors
    /// [`ClientError`].
    pub async fn make_feed(&self, command: CommandId) -> Result<Feed, ClientError> {
        let nothing = serde_json::Map::new();
        let feed: Feed =
            self.read(&Call::change(reqwest::Method::POST, paths::FEEDS, &nothing, command, None)?, "feed").await?;
        let address = self.endpoint().await?.url(&feed.path, &[]);
        Ok(Feed { path: address.into(), ..feed })
    }
}
