//! How one request travels: building it, trying reads again, finding a lost server, reading a bounded answer. What does not live here:
//! which routes there are.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, ETAG, IF_MATCH, RETRY_AFTER};
use reqwest::{Client, Response, StatusCode};
use serde::de::DeserializeOwned;
use skranke_api::headers::{ACKNOWLEDGED, IDEMPOTENCY_KEY, LEGAL_BASIS, PROBLEM_JSON, PURPOSE, PURPOSE_NOTE};
use skranke_api::{ETag, Problem, ProblemKind, Purpose};
use skranke_domain::CommandId;

use super::CaseApi;
use crate::endpoint::Endpoint;
use crate::error::ClientError;
use crate::replica::Asked;
use crate::tls::{Reach, Trust, Untrusted};

/// Problems stay small even when they carry the thing as it stands.
const PROBLEM_BYTES: usize = 1 << 20;
const JSON: &str = "application/json";

/// The HTTP clients: one that never leaves this machine, one for the world.
pub(crate) struct Clients {
    connect: Duration,
    trust: Trust,
    loopback: OnceLock<Result<Client, ClientError>>,
    world: OnceLock<Result<Client, ClientError>>,
}

impl Clients {
    pub(crate) const fn new(connect: Duration, trust: Trust) -> Self {
        Self { connect, trust, loopback: OnceLock::new(), world: OnceLock::new() }
    }

    // Built when first needed: reading the system's certificates takes longer than a loopback window needs to start.
    fn get(&self, endpoint: &Endpoint) -> Result<Client, ClientError> {
        let plain = endpoint.is_loopback() && endpoint.base_url().starts_with("http:");
        let (cell, reach) = if plain { (&self.loopback, Reach::ThisMachine) } else { (&self.world, Reach::World) };
        cell.get_or_init(|| self.build(reach)).clone()
    }

    fn build(&self, reach: Reach) -> Result<Client, ClientError> {
        self.trust.client(self.connect, reach).build().map_err(|error| {
            tracing::error!(builder = error.is_builder(), "no HTTP client could be built");
            ClientError::Request { what: "no HTTP client could be built" }
        })
    }
}

/// What a request's time-out covers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// Everything up to the last byte.
    Whole,
    /// The beginning of the answer; whoever reads the rest watches it.
    Beginning,
}

/// One request.
pub(crate) struct Call<'a> {
    method: reqwest::Method,
    path: String,
    query: Vec<(&'static str, String)>,
    headers: Vec<(&'static str, String)>,
    accept: &'static str,
    content: &'static str,
    body: Option<bytes::Bytes>,
    purpose: Option<&'a Purpose>,
    command: Option<CommandId>,
    patience: Patience,
}

impl<'a> Call<'a> {
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self::of(reqwest::Method::GET, path.into())
    }

    /// A read whose question travels in the body, so that it stands in no address.
    pub(crate) fn ask(path: impl Into<String>, question: &impl serde::Serialize) -> Result<Self, ClientError> {
        let mut call = Self::of(reqwest::Method::POST, path.into());
        call.body = Some(encode(question)?.into());
        Ok(call)
    }

    /// A change: carries its command id, and the version it is based on.
    pub(crate) fn change(
        method: reqwest::Method,
        path: &str,
        body: &impl serde::Serialize,
        command: CommandId,
        if_match: Option<&ETag>,
    ) -> Result<Self, ClientError> {
        let mut call = Self::of(method, path.to_owned());
        call.body = Some(encode(body)?.into());
        call.command = Some(command);
        if let Some(etag) = if_match {
            call.headers.push((IF_MATCH.as_str(), etag.quoted()));
        }
        Ok(call)
    }

    /// A piece of an upload. It may be sent again: the server takes each place once.
    pub(crate) fn piece(path: String, bytes: bytes::Bytes) -> Self {
        let mut call = Self::of(reqwest::Method::PATCH, path);
        call.content = "application/octet-stream";
        call.body = Some(bytes);
        call
    }

    fn of(method: reqwest::Method, path: String) -> Self {
        Self {
            method,
            path,
            query: Vec::new(),
            headers: Vec::new(),
            accept: JSON,
            content: JSON,
            body: None,
            purpose: None,
            command: None,
            patience: Patience::Whole,
        }
    }

    pub(crate) fn query(mut self, name: &'static str, value: Option<String>) -> Self {
        if let Some(value) = value {
            self.query.push((name, value));
        }
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: Option<String>) -> Self {
        if let Some(value) = value {
            self.headers.push((name, value));
        }
        self
    }

    pub(crate) const fn because(mut self, purpose: Option<&'a Purpose>) -> Self {
        self.purpose = purpose;
        self
    }

    pub(crate) const fn accept(mut self, media: &'static str, patience: Patience) -> Self {
        self.accept = media;
        self.patience = patience;
        self
    }

    const fn is_change(&self) -> bool {
        self.command.is_some()
    }

    /// The question, where its answer is one that is kept.
    pub(super) fn asked(&self) -> Option<Asked> {
        if self.method == reqwest::Method::GET { Asked::of(&self.path, &self.query) } else { None }
    }

    pub(super) const fn purpose(&self) -> Option<&Purpose> {
        self.purpose
    }
}

fn encode(body: &impl serde::Serialize) -> Result<Vec<u8>, ClientError> {
    serde_json::to_vec(body).map_err(|_| ClientError::Request { what: "its body has no JSON form" })
}

/// Why one try gave nothing.
struct Failure {
    error: ClientError,
    /// What the server asked to wait.
    wait: Option<Duration>,
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self { error, wait: None }
    }
}

impl CaseApi {
    /// Sends a request until it has a successful answer's head, within the limits.
    pub(crate) async fn answer(&self, call: &Call<'_>) -> Result<Response, ClientError> {
        let answered = self.answered(call).await;
        if answered.as_ref().is_err_and(ClientError::is_signed_out) {
            self.inner.ended.send_modify(|n| *n += 1);
        }
        match &answered {
            // One answer that takes too long does not say that the line is broken.
            Err(ClientError::TimedOut) => {}
            Err(error) if super::offline::is_broken(error) => self.felt(false),
            Ok(_) | Err(_) => self.felt(true),
        }
        answered
    }

    async fn answered(&self, call: &Call<'_>) -> Result<Response, ClientError> {
        let limits = self.limits();
        let mut renewed = false;
        let mut tries = 0;
        loop {
            let endpoint = self.endpoint().await?;
            let failure = match self.once(&endpoint, call).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            // Nobody there, or the token is refused: the server may have moved. Neither says that a change was made, so that asking
            // again is safe for changes too.
            if matches!(failure.error, ClientError::Offline | ClientError::SignedOut) && !renewed {
                renewed = true;
                if self.renew(&endpoint, &failure.error).await? {
                    continue;
                }
            }
            if call.is_change() || tries >= limits.retries || !is_worth_another_try(&failure.error) {
                return Err(failure.error);
            }
            let pause = match failure.wait {
                Some(wait) if wait > limits.retry_after => return Err(failure.error),
                Some(wait) => wait,
                None => jitter(backoff(limits.pause, tries)),
            };
            tries += 1;
            tokio::time::sleep(pause).await;
        }
    }

    async fn once(&self, endpoint: &Endpoint, call: &Call<'_>) -> Result<Response, Failure> {
        let client = self.inner.clients.get(endpoint)?;
        let mut request = client
            .request(call.method.clone(), endpoint.url(&call.path, &call.query))
            .bearer_auth(endpoint.token().expose())
            .header(ACCEPT, call.accept);
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if let Some(purpose) = call.purpose {
            request = request.header(PURPOSE, purpose.kind.word());
            if let Some(note) = purpose.note_header() {
                request = request.header(PURPOSE_NOTE, note);
            }
            if let Some(basis) = purpose.basis {
                request = request.header(LEGAL_BASIS, basis.word());
            }
            if purpose.acknowledged {
                request = request.header(ACKNOWLEDGED, "yes");
            }
        }
        if let Some(command) = call.command {
            request = request.header(IDEMPOTENCY_KEY, command.to_string());
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, call.content).body(body.clone());
        }
        let patience = self.limits().request;
        let response = match call.patience {
            Patience::Whole => request.timeout(patience).send().await,
            Patience::Beginning => {
                tokio::time::timeout(patience, request.send()).await.map_err(|_| ClientError::TimedOut)?
            }
        }
        .map_err(|error| broken(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let wait = retry_after(&response);
        Err(Failure { error: self.refusal(response).await, wait })
    }

    /// Reads what an unsuccessful answer says.
    async fn refusal(&self, response: Response) -> ClientError {
        let status = response.status();
        let foreign = ClientError::Foreign { status: status.as_u16() };
        if media_type(&response) != PROBLEM_JSON {
            return if status == StatusCode::UNAUTHORIZED { ClientError::SignedOut } else { foreign };
        }
        let body = match self.body(response, PROBLEM_BYTES).await {
            Ok(body) => body,
            Err(error) => return error,
        };
        match serde_json::from_slice::<Problem>(&body) {
            _ if status == StatusCode::UNAUTHORIZED => ClientError::SignedOut,
            // The status line decides: a body that says otherwise is not of this contract.
            Ok(problem) if problem.status == status.as_u16() => ClientError::Problem(Box::new(problem)),
            Ok(_) | Err(_) => foreign,
        }
    }

    /// The whole answer, bounded.
    pub(crate) async fn body(&self, mut response: Response, limit: usize) -> Result<Vec<u8>, ClientError> {
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(ClientError::TooLarge { limit });
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| broken(&error))? {
            if bytes.len() + part.len() > limit {
                return Err(ClientError::TooLarge { limit });
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes)
    }

    /// Sends a request and reads its JSON answer; `what` names it for logs. Where the line is broken, whoever takes kept answers gets the
    /// kept one.
    pub(crate) async fn json<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        what: &'static str,
    ) -> Result<(T, Option<ETag>), ClientError> {
        if let Some(kept) = self.recall_at_once(call).await? {
            return Ok((decode(&kept.body, what)?, kept.etag));
        }
        match self.fetched(call, what).await {
            Ok(answer) => Ok(answer),
            Err(error) => {
                let kept = self.recall_after(call, error).await?;
                Ok((decode(&kept.body, what)?, kept.etag))
            }
        }
    }

    async fn fetched<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        what: &'static str,
    ) -> Result<(T, Option<ETag>), ClientError> {
        let response = self.answer(call).await?;
        let etag = etag_of(&response);
        if media_type(&response) != JSON {
            return Err(ClientError::Garbage { what });
        }
        let bytes = self.body(response, self.limits().answer_bytes).await?;
        let value = decode(&bytes, what)?;
        self.keep(call, etag.as_ref(), bytes);
        Ok((value, etag))
    }

    pub(super) async fn endpoint(&self) -> Result<Endpoint, ClientError> {
        let mut current = self.inner.current.lock().await;
        let seen = match current.as_ref() {
            Some(endpoint) if !self.inner.doorway.is_stale(endpoint) => return Ok(endpoint.clone()),
            seen => seen.cloned(),
        };
        let endpoint = self.inner.doorway.endpoint(self.persona()).await?;
        *current = Some(endpoint.clone());
        if seen.is_some_and(|seen| seen != endpoint) {
            self.inner.renewed.send_modify(|n| *n += 1);
        }
        Ok(endpoint)
    }

    /// Asks the doorway for another endpoint, for the reason that this one failed; says whether there is one.
    pub(crate) async fn renew(&self, seen: &Endpoint, why: &ClientError) -> Result<bool, ClientError> {
        let mut current = self.inner.current.lock().await;
        if current.as_ref().is_some_and(|now| now != seen) {
            return Ok(true);
        }
        *current = None;
        match why {
            ClientError::SignedOut => self.inner.doorway.refused(seen).await,
            _ => self.inner.doorway.lost(seen).await,
        }
        let endpoint = self.inner.doorway.endpoint(self.persona()).await?;
        let another = endpoint != *seen;
        *current = Some(endpoint);
        if another {
            self.inner.renewed.send_modify(|n| *n += 1);
        }
        Ok(another)
    }
}

/// Reads JSON. A failure is logged by place, never by content.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8], what: &'static str) -> Result<T, ClientError> {
    serde_json::from_slice(bytes).map_err(|error| {
        tracing::warn!(what, line = error.line(), column = error.column(), kind = ?error.classify(), "an answer cannot be read");
        ClientError::Garbage { what }
    })
}

/// The answer's version, where it carries a strong one.
pub(crate) fn etag_of(response: &Response) -> Option<ETag> {
    response.headers().get(ETAG)?.to_str().ok().and_then(ETag::from_header)
}

/// The media type without its parameters, in lower case.
pub(crate) fn media_type(response: &Response) -> String {
    let value = response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// What a broken exchange means. The library's own text would name the address.
pub(crate) fn broken(error: &reqwest::Error) -> ClientError {
    if error.is_builder() {
        ClientError::Request { what: "its address or a header" }
    } else if let Some(reason) = Untrusted::in_chain(error) {
        ClientError::Certificate(reason)
    } else if error.is_connect() {
        ClientError::Offline
    } else if error.is_timeout() {
        ClientError::TimedOut
    } else {
        ClientError::Truncated
    }
}

/// A read may be repeated when the line was at fault or a gateway asks for it; not when departments were asked and did not answer, which
/// took their time already and is itself the news.
fn is_worth_another_try(error: &ClientError) -> bool {
    match error {
        ClientError::Offline | ClientError::Truncated => true,
        ClientError::Foreign { status } => matches!(status, 502 | 503),
        ClientError::Problem(problem) => problem.known() == Some(ProblemKind::Unavailable),
        _ => false,
    }
}

/// A pause that doubles with each try, from the first of `pause` up to the second.
pub(crate) fn backoff(pause: (Duration, Duration), tries: u32) -> Duration {
    pause.0.saturating_mul(1_u32 << tries.min(16)).min(pause.1)
}

/// Something between half and the whole of a pause, so that many clients do not come back in step.
pub(crate) fn jitter(pause: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1024;
    let half = pause / 2;
    half + half.mul_f64(f64::from(u16::try_from(random).unwrap_or_default()) / 1024.0)
}
