//! The stream of events over HTTP. What does not live here: what is in it (`crate::events`).

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use skranke_api::events::Event;

use crate::App;
use crate::auth::Person;
use crate::events::{Said, Source, Start, stream};
use crate::extract;
use crate::problem::Answer;

/// A silent line is told from a dead one by a comment this often.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What happens from now on, or from after `Last-Event-ID`, as server-sent events (CloudEvents 1.0 in JSON).
#[utoipa::path(get, path = "/v1/events", operation_id = "events", tag = "events",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last event that was seen; one that is unknown or too old is answered with a `resync` event")),
    responses((status = 200, description = "A stream that does not end by itself; each event's data is one object of this schema", content((Event = "text/event-stream")))))]
pub async fn events(State(app): State<App>, person: Person, headers: HeaderMap) -> Answer<Response> {
    let start = match extract::header(&headers, &HeaderName::from_static("last-event-id")) {
        None | Some("") => Start::Now,
        Some(id) => Start::After(id.to_owned()),
    };
    let source = Source {
        store: app.store.clone(),
        bell: app.bell.clone(),
        sealer: app.sealer.clone(),
        clock: app.clock.clone(),
        stop: app.stop.clone(),
    };
    // A stream that cannot read the table ends; the client comes back with the last event it saw.
    let lines = stream(source, person, start).take_while(|said| {
        if let Err(error) = said {
            tracing::error!(%error, "an event stream ends");
        }
        std::future::ready(said.is_ok())
    });
    let lines = lines.filter_map(|said| std::future::ready(said.ok().and_then(line))).map(Ok::<_, Infallible>);
    let mut response = Sse::new(lines).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn line(said: Said) -> Option<Line> {
    match said {
        Said::Standing(id) => Some(Line::default().id(id).comment("standing")),
        Said::Event(event) => Line::default().id(event.id.clone()).json_data(&*event).ok(),
    }
}
