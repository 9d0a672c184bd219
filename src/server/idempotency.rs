//! Changes that are sent twice and done once. What lives here: recognising a command again, and keeping its answer in the same commit as
//! its effect. What does not: the effects.
//!
//! Order: the route first finds out whether the person may see the thing at all, then asks here, and only then looks at `If-Match`, so
//! that the replay of a change that succeeded gets its success and not a 412 against itself. Writes wait for each other, so the second
//! of two equal commands finds the first one's answer.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use skranke_api::headers::IDEMPOTENT_REPLAYED;
use skranke_api::{ETag, ProblemKind};
use skranke_domain::CommandId;

use crate::auth::Person;
use crate::problem::{Answer, Refusal, raw_json};
use crate::seal::fingerprint;
use crate::store::{Conn, StoreError, commands};

/// An answer that can be given again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stored {
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    body: serde_json::Value,
}

impl Stored {
    /// An answer with a version.
    pub fn new<T: Serialize>(status: StatusCode, body: &T, etag: &ETag) -> Answer<Self> {
        let body = serde_json::to_value(body).map_err(|_| Refusal::new(ProblemKind::Internal))?;
        Ok(Self { status: status.as_u16(), etag: Some(etag.quoted()), location: None, body })
    }

    /// An answer about something that has no version.
    pub fn plain<T: Serialize>(status: StatusCode, body: &T) -> Answer<Self> {
        let body = serde_json::to_value(body).map_err(|_| Refusal::new(ProblemKind::Internal))?;
        Ok(Self { status: status.as_u16(), etag: None, location: None, body })
    }

    /// With the path of what was made.
    #[must_use]
    pub fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }

    /// As a response.
    #[must_use]
    pub fn response(&self, freshness: Freshness) -> Response {
        let bytes = serde_json::to_vec(&self.body).unwrap_or_default();
        let mut response = raw_json(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK), bytes);
        let headers = response.headers_mut();
        for (name, value) in [(header::ETAG, &self.etag), (header::LOCATION, &self.location)] {
            if let Some(value) = value.as_deref().and_then(|v| HeaderValue::from_str(v).ok()) {
                headers.insert(name, value);
            }
        }
        if freshness == Freshness::Replayed {
            headers.insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Whether an answer is given for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// The change was done just now.
    Fresh,
    /// The change was done before.
    Replayed,
}

/// What is known of a command.
#[derive(Debug)]
pub enum Seen {
    /// Nothing: do it.
    Never,
    /// It was done; this was the answer.
    Done(Stored),
    /// It was done so long ago that the answer is gone: answer from the present state.
    Forgotten,
}

/// A command of a person.
#[derive(Debug)]
pub struct Command {
    /// Its identifier.
    pub id: CommandId,
    person: skranke_domain::StaffId,
    fingerprint: [u8; 32],
}

impl Command {
    /// A command: what is done to which thing, with which body.
    pub fn new<T: Serialize>(person: &Person, id: CommandId, method: &str, path: &str, body: &T) -> Answer<Self> {
        // The body as it was understood, so that spaces and the order of fields make no difference.
        let body = serde_json::to_value(body)
            .and_then(|v| serde_json::to_vec(&v))
            .map_err(|_| Refusal::new(ProblemKind::Internal))?;
        let fingerprint = fingerprint(&[method.as_bytes(), path.as_bytes(), &body]);
        Ok(Self { id, person: person.id(), fingerprint })
    }

    /// What is known of it.
    ///
    /// # Errors
    /// [`ProblemKind::KeyReused`] when the id belongs to another change.
    pub async fn seen(&self, conn: &mut Conn) -> Answer<Seen> {
        let Some(known) = commands::find(conn, self.person, self.id).await? else { return Ok(Seen::Never) };
        if known.fingerprint != self.fingerprint {
            return Err(ProblemKind::KeyReused.into());
        }
        match known.answer {
            None => Ok(Seen::Forgotten),
            Some(text) => Ok(Seen::Done(serde_json::from_str(&text).map_err(|_| StoreError::Value("answer"))?)),
        }
    }

    /// Keeps the answer, inside the write that does the change.
    pub async fn keep(&self, conn: &mut Conn, at: jiff::Timestamp, answer: &Stored) -> Answer<()> {
        let text = serde_json::to_string(answer).map_err(|_| Refusal::new(ProblemKind::Internal))?;
        commands::add(conn, (self.person, self.id), &self.fingerprint, at, &text).await?;
        Ok(())
    }
}
