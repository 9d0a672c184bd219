//! The server as a client meets it: requests through the whole router, over a small training municipality. What lives here: the harness.
//! What does not: the contract tests with the real client (the root package's `tests/it`).

use std::sync::{Arc, LazyLock};

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};
use skranke_domain::authority::Role;
use skranke_domain::catalogue::Catalogue;
use tower::ServiceExt;
use uuid::Uuid;

use crate::training::{Plan, generate};
use crate::{Clock, Config, Database, PersonaTokens, Service, TrainingFaults, open};

mod asking;
mod board;
mod booking;
mod break_glass;
mod calendar;
mod casework;
mod contacts;
mod conventions;
mod decisions;
mod documents;
mod generation;
mod handovers;
mod intake;
mod letters;
mod lifting;
mod log;
mod mail;
mod matrix;
mod morning;
mod need;
mod notes;
mod queue;
mod reading;
mod requests;
mod retention;
mod rights;
mod searching;
mod sign_in;
mod situations;
mod starting;
mod statistics;
mod stream;
mod verification;
mod visits;
mod withheld;

/// A Tuesday at six minutes past ten, Danish time.
const NOW: &str = "2026-06-09T08:06:00Z";

static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| Arc::new(Catalogue::builtin().unwrap()));

/// A service with a small training municipality, and the personas' tokens.
struct Office {
    service: Service,
    tokens: PersonaTokens,
    /// The service's router, made once: describing every route takes longer than most requests.
    router: axum::Router,
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }

    fn kind(&self) -> String {
        assert_eq!(self.headers["content-type"], "application/problem+json", "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        problem["type"].as_str().unwrap().trim_start_matches("urn:skranke:problem:").to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("{name} in {:?}", self.headers)).to_str().unwrap()
    }
}

/// A request under way.
struct Ask<'a> {
    office: &'a Office,
    role: Option<Role>,
    request: http::request::Builder,
    body: Body,
}

fn config(database: Database, tokens: PersonaTokens) -> Config {
    Config {
        clock: Clock::Fixed(NOW.parse::<Timestamp>().unwrap()),
        faults: TrainingFaults::none(),
        ..Config::training(database, Arc::clone(&CATALOGUE), tokens)
    }
}

impl Office {
    async fn open() -> Self {
        Self::open_with(|config| config).await
    }

    async fn open_with(change: impl FnOnce(Config) -> Config) -> Self {
        let tokens = PersonaTokens::random();
        let service = open(change(config(Database::Memory, tokens.clone()))).await.unwrap();
        let plan = Plan { seed: 7, citizens: 200, today: "2026-06-09".parse().unwrap() };
        generate(&service, plan, |_| {}).await.unwrap();
        Self::of(service, tokens)
    }

    /// An office of a service that is open.
    fn of(service: Service, tokens: PersonaTokens) -> Self {
        Self { router: service.router(), service, tokens }
    }

    fn ask(&self, method: Method, path: &str) -> Ask<'_> {
        Ask {
            office: self,
            role: Some(Role::Clerk),
            request: Request::builder().method(method).uri(path),
            body: Body::empty(),
        }
    }

    fn get(&self, path: &str) -> Ask<'_> {
        self.ask(Method::GET, path)
    }

    /// Opens with a purpose and the number of her ticket, which says enough of somebody who is protected.
    fn look(&self, path: &str) -> Ask<'_> {
        self.get(path).header("skranke-purpose", "call").header("skranke-purpose-note", "K%20047")
    }

    async fn search(&self, role: Role, kind: &str, query: &str) -> Value {
        let body = json!({ "kind": kind, "query": query, "purpose": { "kind": "call" }, "session": Uuid::now_v7() });
        let reply = self.ask(Method::POST, "/v1/citizens/search").role(role).json(&body).send().await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// The showcase citizen's identifier.
    async fn kalina(&self) -> String {
        let found = self.search(Role::Clerk, "name", "wrona kalina testrup").await;
        found["hits"][0]["citizen"].as_str().unwrap().to_owned()
    }

    /// The showcase citizen's case of a procedure, as a list shows it to a team leader.
    async fn case_of_kalina(&self, procedure: &str) -> Value {
        let path = format!("/v1/cases?citizen={}&procedure={procedure}", self.kalina().await);
        let page = self.look(&path).role(Role::TeamLeader).send().await.json();
        page["items"][0].clone()
    }

    async fn case(&self, id: &str) -> Value {
        self.look(&format!("/v1/cases/{id}")).send().await.json()
    }
}

impl Ask<'_> {
    fn role(mut self, role: Role) -> Self {
        self.role = Some(role);
        self
    }

    fn nobody(mut self) -> Self {
        self.role = None;
        self
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    fn key(self, key: Uuid) -> Self {
        self.header("idempotency-key", &key.to_string())
    }

    fn seen(self, etag: &Value) -> Self {
        let quoted = format!("\"{}\"", etag.as_str().unwrap());
        self.header("if-match", &quoted)
    }

    fn json(mut self, body: &Value) -> Self {
        self.body = Body::from(body.to_string());
        self.header("content-type", "application/json")
    }

    fn text(mut self, kind: &str, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self.header("content-type", kind)
    }

    async fn stream(self) -> http::Response<Body> {
        let mut request = self.request;
        if let Some(role) = self.role {
            request = request.header("authorization", format!("Bearer {}", self.office.tokens.of(role)));
        }
        self.office.router.clone().oneshot(request.body(self.body).unwrap()).await.unwrap()
    }

    async fn send(self) -> Reply {
        let response = self.stream().await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }
}
