//! Refusals as they leave the server. What lives here: a problem with its headers, and how store errors become one. What does not: the
//! kinds of problem (see `skranke_api::problem`).

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use skranke_api::headers::PROBLEM_JSON;
use skranke_api::{ETag, Problem, ProblemKind};

use crate::store::StoreError;

/// A refusal: a problem, and the `ETag` of what stands now where it is about a stale version.
#[derive(Debug)]
pub struct Refusal {
    problem: Box<Problem>,
    etag: Option<ETag>,
}

/// What a route answers.
pub type Answer<T> = Result<T, Refusal>;

impl Refusal {
    /// A refusal of a kind.
    #[must_use]
    pub fn new(kind: ProblemKind) -> Self {
        Problem::new(kind).into()
    }

    /// One wrong field.
    #[must_use]
    pub fn field(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Problem::new(ProblemKind::Invalid).field(pointer, code, detail).into()
    }

    /// With a sentence for developers.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.problem.detail = Some(detail.into());
        self
    }

    /// Somebody changed it meanwhile: this is how it stands.
    #[must_use]
    pub fn stale<T: Serialize>(current: &T, etag: ETag) -> Self {
        let mut problem = Problem::new(ProblemKind::Stale);
        problem.current = serde_json::to_value(current).ok();
        Self { problem: Box::new(problem), etag: Some(etag) }
    }

    /// The step is not possible now: this is how the thing stands, so that the client can go on from there.
    #[must_use]
    pub fn not_now<T: Serialize>(current: &T, detail: impl Into<String>) -> Self {
        let mut problem = Problem::new(ProblemKind::Transition).detail(detail);
        problem.current = serde_json::to_value(current).ok();
        problem.into()
    }

    /// The problem itself.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), etag: None }
    }
}

impl From<ProblemKind> for Refusal {
    fn from(kind: ProblemKind) -> Self {
        Self::new(kind)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        // The error may quote SQL, never a bound value: no citizen's data reaches the log.
        tracing::error!(%error, "the store failed");
        Self::new(if error.is_busy() { ProblemKind::Unavailable } else { ProblemKind::Internal })
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self.problem.known() {
            Some(ProblemKind::Unauthenticated) => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            Some(ProblemKind::Unavailable | ProblemKind::StillRunning) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        if let Some(etag) = self.etag.and_then(|e| HeaderValue::from_str(&e.quoted()).ok()) {
            headers.insert(header::ETAG, etag);
        }
        response
    }
}

/// A good answer in JSON.
pub fn json<T: Serialize>(body: &T) -> Answer<Response> {
    let bytes = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Refusal::new(ProblemKind::Internal)
    })?;
    Ok(raw_json(StatusCode::OK, bytes))
}

/// JSON that is written already.
pub fn raw_json(status: StatusCode, bytes: Vec<u8>) -> Response {
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A good answer in JSON with its version.
pub fn tagged<T: Serialize>(body: &T, etag: &ETag) -> Answer<Response> {
    let mut response = json(body)?;
    if let Ok(value) = HeaderValue::from_str(&etag.quoted()) {
        response.headers_mut().insert(header::ETAG, value);
    }
    Ok(response)
}
