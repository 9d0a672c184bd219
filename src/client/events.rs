//! The live line: server-sent events with resume, a silent line noticed, a lost server looked for. What does not live here: what an event
//! means for what is on screen (`skranke-desk`).

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use eventsource_stream::{EventStream, EventStreamError, Eventsource};
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt};
use reqwest::Response;
use skranke_api::events::{Event, EventKind};
use skranke_api::paths;
use tokio::time::Instant;

use crate::error::ClientError;
use crate::http::{Call, CaseApi, Patience, backoff, broken, jitter, media_type};

const MEDIA: &str = "text/event-stream";

/// What the live line says.
#[derive(Clone, Debug, PartialEq)]
pub enum Live {
    /// The line is open. What was missed follows as events, or as [`Live::Resync`].
    Connected,
    /// Something happened.
    Event(Box<Event>),
    /// The line is gone; it comes back by itself. Said once a loss.
    Lost {
        /// Why.
        error: ClientError,
    },
    /// What happened in between is not known: ask for everything on screen again.
    Resync,
}

/// How patient the live line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivePace {
    /// The first and the longest pause before connecting again.
    pub pause: (Duration, Duration),
    /// A line that says nothing for so long, not even that it is alive, is dead.
    pub silence: Duration,
    /// The largest event, in bytes.
    pub event_bytes: usize,
}

impl Default for LivePace {
    fn default() -> Self {
        Self {
            pause: (Duration::from_millis(250), Duration::from_secs(10)),
            silence: Duration::from_secs(45),
            event_bytes: 256 << 10,
        }
    }
}

/// The live line of a persona. It never ends; drop it to close it.
pub fn events(api: CaseApi) -> impl Stream<Item = Live> + Send + 'static {
    events_at(LivePace::default(), api)
}

/// As [`events`], at another pace.
pub fn events_at(pace: LivePace, api: CaseApi) -> impl Stream<Item = Live> + Send + 'static {
    let line = Line { api, pace, last: None, source: None, tries: 0, known_lost: false, since: Instant::now() };
    stream::unfold(line, |mut line| async move {
        let said = line.next().await;
        Some((said, line))
    })
}

type Source = EventStream<BoxStream<'static, Result<Bytes, ClientError>>>;

struct Line {
    api: CaseApi,
    pace: LivePace,
    /// The last event's id, to go on from.
    last: Option<String>,
    source: Option<Source>,
    /// Pauses since the line last proved itself.
    tries: u32,
    known_lost: bool,
    /// When the line was opened.
    since: Instant,
}

impl Line {
    async fn next(&mut self) -> Live {
        loop {
            let step = match &mut self.source {
                None => self.connect().await.map(|()| Some(Live::Connected)),
                Some(source) => {
                    let item = source.next().await;
                    self.read(item)
                }
            };
            match step {
                Ok(Some(said)) => return said,
                Ok(None) => {}
                Err(error) => {
                    if let Some(said) = self.lose(error) {
                        return said;
                    }
                }
            }
        }
    }

    async fn connect(&mut self) -> Result<(), ClientError> {
        if self.tries > 0 {
            tokio::time::sleep(jitter(backoff(self.pace.pause, self.tries - 1))).await;
        }
        let call =
            Call::get(paths::EVENTS).header("last-event-id", self.last.clone()).accept(MEDIA, Patience::Beginning);
        let response = self.api.answer(&call).await?;
        if media_type(&response) != MEDIA {
            return Err(ClientError::Garbage { what: "event stream" });
        }
        self.source = Some(watched(response, &self.pace).eventsource());
        self.since = Instant::now();
        self.known_lost = false;
        Ok(())
    }

    fn read(
        &mut self,
        item: Option<Result<eventsource_stream::Event, EventStreamError<ClientError>>>,
    ) -> Result<Option<Live>, ClientError> {
        let event = match item {
            // Also how a server says good-bye: it ends, or the token did.
            None => return Err(ClientError::Truncated),
            Some(Err(EventStreamError::Transport(error))) => return Err(error),
            Some(Err(_)) => return Err(ClientError::Garbage { what: "event stream" }),
            Some(Ok(event)) => event,
        };
        self.tries = 0;
        if !event.id.is_empty() {
            self.last = Some(event.id);
        }
        match serde_json::from_str::<Event>(&event.data) {
            Ok(event) if event.kind == EventKind::Resync => Ok(Some(Live::Resync)),
            Ok(event) => Ok(Some(Live::Event(Box::new(event)))),
            // A newer server may tell of things that this client does not know; anything else means that something was missed.
            Err(_) if is_of_unknown_kind(&event.data) => Ok(None),
            Err(_) => {
                tracing::warn!("an event cannot be read");
                Ok(Some(Live::Resync))
            }
        }
    }

    fn lose(&mut self, error: ClientError) -> Option<Live> {
        // A line that held for a while proved itself; one that breaks at once must not be knocked at without pause.
        if self.source.take().is_some() && self.since.elapsed() > self.pace.pause.1 {
            self.tries = 0;
        }
        self.tries = self.tries.saturating_add(1);
        let news = !std::mem::replace(&mut self.known_lost, true);
        tracing::debug!(%error, tries = self.tries, "live line lost");
        news.then_some(Live::Lost { error })
    }
}

/// The bytes of the line, with a watch on silence and on events without end.
fn watched(response: Response, pace: &LivePace) -> BoxStream<'static, Result<Bytes, ClientError>> {
    let silence = pace.silence;
    let limit = pace.event_bytes;
    let bytes = response.bytes_stream().map(|part| part.map_err(|error| broken(&error))).boxed();
    let open = Arc::new(AtomicUsize::new(0));
    stream::unfold((bytes, open, false), move |(mut bytes, open, over)| async move {
        if over {
            return None;
        }
        let part = match tokio::time::timeout(silence, bytes.next()).await {
            Err(_) => Err(ClientError::TimedOut),
            Ok(None) => return None,
            Ok(Some(part)) => part.and_then(|part| within(&part, &open, limit).map(|()| part)),
        };
        let over = part.is_err();
        Some((part, (bytes, open, over)))
    })
    .boxed()
}

/// Counts the bytes since the last empty line, which ends an event.
fn within(part: &[u8], open: &AtomicUsize, limit: usize) -> Result<(), ClientError> {
    let ends = part.windows(2).rposition(|pair| pair == b"\n\n").map(|at| at + 2);
    let now = match ends {
        Some(at) => part.len() - at,
        None => open.load(Ordering::Relaxed) + part.len(),
    };
    open.store(now, Ordering::Relaxed);
    if now > limit { Err(ClientError::TooLarge { limit }) } else { Ok(()) }
}

fn is_of_unknown_kind(data: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(rename = "type")]
        kind: serde_json::Value,
    }
    serde_json::from_str::<Head>(data)
        .is_ok_and(|head| head.kind.is_string() && serde_json::from_value::<EventKind>(head.kind).is_err())
}
