//! The stream of events. What lives here: waking the streams, reading what is new from the table, and deciding who hears of what. What
//! does not: making events (the routes do, within their writes).

use std::sync::Arc;
use std::time::Duration;

use futures::Stream;
use jiff::Timestamp;
use jiff::civil::Date;
use skranke_api::events::{Event, EventKind};
use skranke_domain::DepartmentId;
use skranke_domain::authority::Role;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::auth::{Hand, Person};
use crate::clock::Ticker;
use crate::policy;
use crate::seal::Sealer;
use crate::store::events::{Audience, Kept};
use crate::store::{self, Store};

/// The list name of event cursors.
const LIST: &str = "events";
/// Events of one look into the table.
const PAGE: u16 = 100;
/// How often a stream looks whether its person's sign-in still holds: at least, and at most.
const LATER: Duration = Duration::from_secs(30);
const SOON: Duration = Duration::from_millis(10);

/// Wakes the streams after each commit.
#[derive(Clone, Debug)]
pub struct Bell(Arc<watch::Sender<u64>>);

impl Default for Bell {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl Bell {
    /// Something was committed.
    pub fn ring(&self) {
        self.0.send_modify(|n| *n = n.wrapping_add(1));
    }
}

/// Where a stream begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// With what happens from now on.
    Now,
    /// After an event that the client has seen: its `Last-Event-ID`.
    After(String),
}

/// What a stream says.
#[derive(Clone, Debug)]
pub enum Said {
    /// It stands, and this is where it stands.
    Standing(String),
    /// Something happened.
    Event(Box<Event>),
}

/// What a stream needs.
#[derive(Clone)]
pub struct Source {
    /// The store.
    pub store: Store,
    /// The bell.
    pub bell: Bell,
    /// Seals places.
    pub sealer: Sealer,
    /// The clock, for the event that says that history is gone.
    pub clock: Arc<Ticker>,
    /// Ends all streams.
    pub stop: CancellationToken,
}

/// Whether somebody hears of an event: a withheld department's events do not exist, a host hears of appointments and the queue alone, a
/// call display of tickets alone, and what is between a few is heard by these alone. `open` are the departments that a broken glass shows her
/// of the event's citizen.
#[must_use]
pub fn hears(person: &Person, kept: &Kept, open: &[DepartmentId]) -> bool {
    let (role, news) = (person.role(), &kept.news);
    if person.hand == Hand::Display {
        return news.kind == EventKind::TicketChanged;
    }
    let among = |few: &Audience| few.has(person.id(), &person.me.department);
    match news.kind {
        // About herself, whatever her role.
        EventKind::LockDemanded | EventKind::RightsChanged => return kept.audience.as_ref().is_some_and(among),
        EventKind::BreakGlassChanged => {
            return role == Role::TeamLeader || kept.audience.as_ref().is_some_and(among);
        }
        _ => {}
    }
    let of_the_house = matches!(
        news.kind,
        EventKind::AppointmentBooked
            | EventKind::AppointmentChanged
            | EventKind::TicketChanged
            | EventKind::AvailabilityChanged
            | EventKind::OpeningChanged
    );
    let withheld = news.department.as_ref().is_some_and(|d| policy::is_withheld(role, d.as_str()) && !open.contains(d));
    !withheld && kept.audience.as_ref().is_none_or(among) && (of_the_house || policy::sees_cases(role))
}

/// The events for a person from a start, until the service stops or her sign-in is over. Nothing is lost between the table and the bell:
/// the bell only says "look again".
pub fn stream(
    source: Source,
    person: Person,
    start: Start,
) -> impl Stream<Item = store::Result<Said>> + Send + 'static {
    let bell = source.bell.0.subscribe();
    let (day, ready) = (source.clock.today(), std::collections::VecDeque::new());
    let state = State { source, person, day, over: false, bell, place: None, start: Some(start), ready };
    futures::stream::unfold(Some(state), |state| async move {
        let mut state = state?;
        match state.next().await {
            Ok(Some(said)) => Some((Ok(said), Some(state))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    })
}

/// Waits until a sign-in may be over; for ever where it has no end. Whoever moves a clock that stands still rings the bell.
async fn end(until: Option<Timestamp>, clock: &Ticker) {
    let Some(until) = until.filter(|_| clock.runs()) else { return std::future::pending().await };
    // In pieces: a machine that slept has lost more time than a timer counts.
    let left = Duration::try_from(until.duration_since(clock.now())).unwrap_or_default().clamp(SOON, LATER);
    tokio::time::sleep(left).await;
}

struct State {
    source: Source,
    person: Person,
    /// The day for which she is who she is.
    day: Date,
    /// Who she is has changed: she comes back with the place she has and is known anew.
    over: bool,
    bell: watch::Receiver<u64>,
    place: Option<i64>,
    start: Option<Start>,
    ready: std::collections::VecDeque<Said>,
}

impl State {
    async fn next(&mut self) -> store::Result<Option<Said>> {
        if let Some(start) = self.start.take() {
            self.begin(start).await?;
        }
        loop {
            if let Some(said) = self.ready.pop_front() {
                return Ok(Some(said));
            }
            // A role of the day ends with it.
            if self.over
                || self.is_signed_out()
                || (self.person.looked.rotated && self.source.clock.today() != self.day)
            {
                return Ok(None);
            }
            self.bell.mark_unchanged();
            let place = self.place.unwrap_or(0);
            let page = store::events::after(&mut *self.source.store.read().await?, place, PAGE).await?;
            if let Some(last) = page.last() {
                self.place = Some(last.seq);
                for kept in page {
                    let open = self.open_about(&kept).await?;
                    let heard = hears(&self.person, &kept, &open);
                    self.over |= heard && kept.news.kind == EventKind::RightsChanged;
                    if heard {
                        let said = Said::Event(Box::new(self.event(kept)));
                        self.ready.push_back(said);
                    }
                    if self.over {
                        break;
                    }
                }
                continue;
            }
            tokio::select! {
                () = self.source.stop.cancelled() => return Ok(None),
                () = end(self.person.until, &self.source.clock) => {}
                changed = self.bell.changed() => if changed.is_err() { return Ok(None) },
            }
        }
    }

    /// Which departments are open to her about an event's citizen; nobody asks where nothing is withheld.
    async fn open_about(&self, kept: &Kept) -> store::Result<Vec<DepartmentId>> {
        let Some(citizen) = kept.news.citizen else { return Ok(Vec::new()) };
        let role = self.person.role();
        if !policy::sees_cases(role) || policy::withheld(role).is_empty() {
            return Ok(Vec::new());
        }
        let mut conn = self.source.store.read().await?;
        let open = store::break_glass::open(&mut conn, self.person.id(), self.source.clock.now()).await?;
        Ok(open.into_iter().filter(|glass| glass.citizen == citizen).map(|glass| glass.department).collect())
    }

    /// Whether the person's sign-in holds no longer: a stream ends with it, and the client comes back with a new token.
    fn is_signed_out(&self) -> bool {
        self.person.until.is_some_and(|until| self.source.clock.now() >= until)
    }

    async fn begin(&mut self, start: Start) -> store::Result<()> {
        let ends = store::events::ends(&mut *self.source.store.read().await?).await?;
        let head = ends.map_or(0, |(_, last)| last);
        let seen = match &start {
            Start::Now => Some(head),
            Start::After(id) => {
                self.open(id).filter(|seen| *seen <= head && ends.is_none_or(|(first, _)| seen + 1 >= first))
            }
        };
        self.place = Some(seen.unwrap_or(head));
        let id = self.seal(seen.unwrap_or(head));
        self.ready.push_back(match seen {
            Some(_) => Said::Standing(id),
            None => Said::Event(Box::new(self.resync(id))),
        });
        Ok(())
    }

    fn seal(&self, seq: i64) -> String {
        self.source.sealer.seal(self.person.id(), LIST, &seq.to_le_bytes())
    }

    fn open(&self, id: &str) -> Option<i64> {
        let bytes = self.source.sealer.open(self.person.id(), LIST, id)?;
        Some(i64::from_le_bytes(bytes.try_into().ok()?))
    }

    fn event(&self, kept: Kept) -> Event {
        let Kept { seq, at, news, audience: _ } = kept;
        let (actor, actorname) = news.actor.unzip();
        let sees_cases = policy::sees_cases(self.person.role());
        // A hall full of windows hears of every ticket, so that says no more than it must; and a display never learns who called.
        let told = news.kind != EventKind::TicketChanged;
        let (actor, actorname) = (actor.filter(|_| told), actorname.filter(|_| told));
        Event {
            specversion: "1.0".to_owned(),
            id: self.seal(seq),
            source: "/v1".to_owned(),
            kind: news.kind,
            subject: news.subject,
            time: at,
            etag: news.etag,
            actor,
            actorname,
            commandid: news.command,
            citizenid: news.citizen,
            caseid: news.case.filter(|_| sees_cases),
        }
    }

    fn resync(&self, id: String) -> Event {
        Event {
            specversion: "1.0".to_owned(),
            id,
            source: "/v1".to_owned(),
            kind: EventKind::Resync,
            subject: "/v1/events".to_owned(),
            time: self.source.clock.now(),
            etag: None,
            actor: None,
            actorname: None,
            commandid: None,
            citizenid: None,
            caseid: None,
        }
    }
}
