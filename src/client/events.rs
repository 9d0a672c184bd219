//! The live line: server-sent events with resume, a silent line noticed, a lost server looked for. What does not live here: what an event
//! means for what is on screen (`skranke-desk`).

mod parser;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt};
use skranke_api::events::{Event, EventKind};
use skranke_api::paths;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::error::ClientError;
use crate::http::{Call, CaseApi, Patience, backoff, broken, jitter, media_type};
use parser::{Frame, Parser};

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
    /// The line is gone still; it is tried again after so long, or at a knock ([`CaseApi::try_now`]).
    Waiting(Duration),
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
    let knocks = api.knocks();
    let line = Line {
        api,
        pace,
        last: None,
        source: None,
        ready: VecDeque::new(),
        tries: 0,
        known_lost: false,
        known_open: false,
        since: Instant::now(),
        pause: None,
        knocks,
    };
    stream::unfold(line, |mut line| async move {
        let said = line.next().await;
        Some((said, line))
    })
}

struct Source {
    bytes: BoxStream<'static, Result<Bytes, ClientError>>,
    parser: Parser,
}

struct Line {
    api: CaseApi,
    pace: LivePace,
    /// Where one stands: the last id that was told, to go on from.
    last: Option<String>,
    source: Option<Source>,
    /// What was read and not yet said.
    ready: VecDeque<Live>,
    /// Pauses since the line last proved itself.
    tries: u32,
    known_lost: bool,
    /// The line was open before.
    known_open: bool,
    /// When the line was opened.
    since: Instant,
    /// The pause that was told and is not over.
    pause: Option<Duration>,
    /// Somebody wants it tried at once.
    knocks: watch::Receiver<u64>,
}

impl Line {
    async fn next(&mut self) -> Live {
        loop {
            if let Some(said) = self.ready.pop_front() {
                return said;
            }
            let step = match &mut self.source {
                None if self.tries > 0 && self.pause.is_none() => {
                    let pause = jitter(backoff(self.pace.pause, self.tries - 1));
                    self.pause = Some(pause);
                    self.knocks.mark_unchanged();
                    return Live::Waiting(pause);
                }
                None => self.connect().await,
                Some(source) => {
                    let part = tokio::time::timeout(self.pace.silence, source.bytes.next()).await;
                    self.read(part.unwrap_or(Some(Err(ClientError::TimedOut))))
                }
            };
            if let Err(error) = step {
                self.lose(error);
            }
        }
    }

    async fn connect(&mut self) -> Result<(), ClientError> {
        if let Some(pause) = self.pause.take() {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = self.knocks.changed() => {}
            }
        }
        let call =
            Call::get(paths::EVENTS).header("last-event-id", self.last.clone()).accept(MEDIA, Patience::Beginning);
        let response = self.api.answer(&call).await?;
        if media_type(&response) != MEDIA {
            return Err(ClientError::Garbage { what: "event stream" });
        }
        let bytes = response.bytes_stream().map(|part| part.map_err(|error| broken(&error))).boxed();
        self.source = Some(Source { bytes, parser: Parser::new(self.pace.event_bytes) });
        self.since = Instant::now();
        self.known_lost = false;
        self.ready.push_back(Live::Connected);
        // Without a place to go on from, nobody knows what happened while the line was gone.
        if std::mem::replace(&mut self.known_open, true) && self.last.is_none() {
            self.ready.push_back(Live::Resync);
        }
        Ok(())
    }

    fn read(&mut self, part: Option<Result<Bytes, ClientError>>) -> Result<(), ClientError> {
        // An end is also how a server says good-bye: it stops, or the token did.
        let part = part.ok_or(ClientError::Truncated)??;
        let Some(source) = &mut self.source else { return Ok(()) };
        for frame in source.parser.feed(&part)? {
            match frame {
                Frame::Standing { id } => self.last = Some(id),
                Frame::Message { id, data } => {
                    self.tries = 0;
                    self.last = id.or(self.last.take());
                    self.ready.extend(meaning(&data));
                }
            }
        }
        Ok(())
    }

    fn lose(&mut self, error: ClientError) {
        // A line that held for a while proved itself; one that breaks at once must not be knocked at without pause.
        if self.source.take().is_some() && self.since.elapsed() > self.pace.pause.1 {
            self.tries = 0;
        }
        self.tries = self.tries.saturating_add(1);
        tracing::debug!(%error, tries = self.tries, "live line lost");
        if !std::mem::replace(&mut self.known_lost, true) {
            self.ready.push_back(Live::Lost { error });
        }
    }
}

fn meaning(data: &str) -> Option<Live> {
    match serde_json::from_str::<Event>(data) {
        Ok(event) if event.kind == EventKind::Resync => Some(Live::Resync),
        Ok(event) => Some(Live::Event(Box::new(event))),
        // A newer server may tell of things that this client does not know; anything else means that something was missed.
        Err(_) if is_of_unknown_kind(data) => None,
        Err(_) => {
            tracing::warn!("an event cannot be read");
            Some(Live::Resync)
        }
    }
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

/// What a stream tells that comes in pieces of so many bytes, ended by what it was refused for; for the fuzzers.
#[cfg(fuzzing)]
pub(crate) fn told(stream: &[u8], piece: usize) -> Vec<String> {
    let mut parser = Parser::new(64 << 10);
    let mut told = Vec::new();
    for part in stream.chunks(piece) {
        match parser.feed(part) {
            Ok(frames) => told.extend(frames.into_iter().map(|frame| match frame {
                Frame::Standing { id } => format!("standing {id:?}"),
                Frame::Message { id, data } => format!("{id:?} {:?}", meaning(&data).is_some()),
            })),
            // What came before in the same piece is lost with it.
            Err(error) => return vec![error.to_string()],
        }
    }
    told
}
