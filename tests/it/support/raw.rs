//! Plain HTTP, for what the real client never does: forgetting a header, sending nonsense, reading an answer to the letter.

use std::sync::Once;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method};
use serde_json::Value;
use skranke::api::{Problem, ProblemKind};

/// A person, or nobody, at a server.
#[derive(Clone)]
pub struct Raw {
    base_url: String,
    token: Option<String>,
    client: Client,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Got {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Raw {
    pub fn new(base_url: &str, token: Option<&str>) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only when the client under test was first, with the same one.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let client = Client::builder().no_proxy().tls_certs_only(std::iter::empty()).build().unwrap();
        Self { base_url: base_url.to_owned(), token: token.map(str::to_owned), client }
    }

    /// A request with the person's token and these headers.
    pub fn request(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> reqwest::RequestBuilder {
        let mut request = self.client.request(method, format!("{}{path}", self.base_url));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in headers {
            request = request.header(name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap());
        }
        request
    }

    /// Asks without saying why.
    pub async fn get(&self, path: &str) -> Got {
        self.get_with(path, &[]).await
    }

    /// Asks with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Got {
        read(self.request(Method::GET, path, headers)).await
    }

    /// Asks because somebody stands at the counter.
    pub async fn open(&self, path: &str) -> Got {
        self.get_with(path, &[("skranke-purpose", "ticket"), ("skranke-purpose-note", "K%20047")]).await
    }

    /// Sends a JSON body.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Got {
        self.send_text(method, path, headers, body.to_string()).await
    }

    /// Sends a body that says it is JSON.
    pub async fn send_text(&self, method: Method, path: &str, headers: &[(&str, &str)], body: String) -> Got {
        read(self.request(method, path, headers).header("content-type", "application/json").body(body)).await
    }
}

/// Sends a request and reads the answer to its end.
pub async fn read(request: reqwest::RequestBuilder) -> Got {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Got { status, headers, body: response.text().await.unwrap() }
}

impl Got {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    /// The answer is a refusal of this kind, in the shape that every refusal has.
    #[track_caller]
    pub fn refused(&self, kind: ProblemKind) -> Problem {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{} {}", self.status, self.body);
        let problem: Problem = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem.known(), Some(kind), "{problem:?}");
        assert_eq!((self.status, problem.status), (kind.status(), kind.status()), "{problem:?}");
        assert_eq!(problem.title, kind.title());
        problem
    }

    /// The answer is a refusal of this kind that names one field.
    #[track_caller]
    pub fn refused_field(&self, kind: ProblemKind, pointer: &str) -> Problem {
        let problem = self.refused(kind);
        let pointers: Vec<&str> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
        assert!(pointers.contains(&pointer), "{pointer} in {pointers:?}");
        problem
    }

    /// The answer is fine.
    #[track_caller]
    pub fn fine(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.body);
        self.json()
    }
}
