//! Where the case API is and how one gets in. What lives here: address and token, the [`Doorway`] that finds them, the fixed one of a
//! configured server. What does not: joining or starting a training municipality (the root package), requests (see [`crate::http`]).

use std::fmt;
use std::net::IpAddr;

use async_trait::async_trait;
use reqwest::Url;
use skranke_domain::authority::Role;

use crate::tls::{Trust, Untrusted};

/// A token. `Debug` never shows it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Wraps a token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The token itself, for the `Authorization` header or a file that only its user can read.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why an address does not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// Not an address.
    #[error("an address such as https://skranke.example.dk was expected")]
    NotAnAddress,
    /// Neither https nor http.
    #[error("the address must begin with https://")]
    Scheme,
    /// Plain http to another machine: token and data would travel in clear.
    #[error("plain http is only allowed to this machine itself; use https://")]
    PlainText,
    /// A user, a query or a fragment stands in the address.
    #[error("the address must not hold a user name, a query or a fragment")]
    Extras,
    /// The token holds characters that no header can carry.
    #[error("the token must be printable ASCII without spaces")]
    Token,
}

/// An address with the token that opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    base: Url,
    token: Secret,
}

impl Endpoint {
    /// Checks an address and its token. https anywhere; plain http only on loopback.
    ///
    /// # Errors
    /// [`EndpointError`] says what is wrong.
    pub fn new(base_url: &str, token: Secret) -> Result<Self, EndpointError> {
        let base = Url::parse(base_url.trim()).map_err(|_| EndpointError::NotAnAddress)?;
        if base.host_str().is_none_or(str::is_empty) {
            return Err(EndpointError::NotAnAddress);
        }
        match base.scheme() {
            "https" => {}
            "http" if is_loopback(&base) => {}
            "http" => return Err(EndpointError::PlainText),
            _ => return Err(EndpointError::Scheme),
        }
        let plain = base.username().is_empty() && base.password().is_none();
        if !plain || base.query().is_some() || base.fragment().is_some() {
            return Err(EndpointError::Extras);
        }
        if token.0.is_empty() || !token.0.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(EndpointError::Token);
        }
        Ok(Self { base, token })
    }

    /// The address.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.base.as_str()
    }

    /// The token.
    #[must_use]
    pub const fn token(&self) -> &Secret {
        &self.token
    }

    /// The server runs on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }

    /// The full address of a path of the contract.
    pub(crate) fn url(&self, path: &str, query: &[(&'static str, String)]) -> Url {
        let mut url = self.base.clone();
        let prefix = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{prefix}{path}"));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query.iter().map(|(name, value)| (*name, value.as_str())));
        }
        url
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => {
            let bare = host.trim_start_matches('[').trim_end_matches(']');
            bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        None => false,
    }
}

/// Why no server was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DoorwayError {
    /// Nobody serves at present and nothing could be started.
    #[error("no server was found")]
    NoServer,
    /// The person has no token (any more): sign in first.
    #[error("there is no token for this person")]
    SignedOut,
    /// The sign-in provider cannot prove who it is, so that nobody can be signed in.
    #[error("the sign-in provider's certificate is not trusted: {0}")]
    Certificate(Untrusted),
    /// Looking for the server failed on this machine.
    #[error("looking for the server failed: {0}")]
    Failed(String),
}

/// How one finds the server. The training doorway may start one, join one, or take over from one that ended.
#[async_trait]
pub trait Doorway: Send + Sync {
    /// The address and the token for a persona. Called when there is none yet, and again after [`Doorway::lost`].
    ///
    /// # Errors
    /// [`DoorwayError`] when there is no server or no token.
    async fn endpoint(&self, persona: Role) -> Result<Endpoint, DoorwayError>;

    /// The address and the token of a call display, which reads numbers and counters and nothing else.
    ///
    /// # Errors
    /// [`DoorwayError`] when there is no server or no token for a display.
    async fn display(&self) -> Result<Endpoint, DoorwayError> {
        Err(DoorwayError::SignedOut)
    }

    /// Nobody answers at an endpoint, or it refuses its token. Must not fail; the next [`Doorway::endpoint`] may give another.
    async fn lost(&self, seen: &Endpoint);

    /// The server refuses an endpoint's token. Must not fail; the next [`Doorway::endpoint`] may give another.
    async fn refused(&self, seen: &Endpoint) {
        self.lost(seen).await;
    }

    /// Whether an endpoint that was given is to be asked for again before it is used: its token ends soon, or there is another.
    fn is_stale(&self, _seen: &Endpoint) -> bool {
        false
    }

    /// Whose signature under the server's certificate is believed.
    fn trust(&self) -> Trust {
        Trust::system()
    }
}

/// The way in of a call display: whoever asks gets the display's token and no other.
#[derive(Clone)]
pub struct OfDisplay(pub std::sync::Arc<dyn Doorway>);

#[async_trait]
impl Doorway for OfDisplay {
    async fn endpoint(&self, _persona: Role) -> Result<Endpoint, DoorwayError> {
        self.0.display().await
    }

    async fn lost(&self, seen: &Endpoint) {
        self.0.lost(seen).await;
    }

    async fn refused(&self, seen: &Endpoint) {
        self.0.refused(seen).await;
    }

    fn is_stale(&self, seen: &Endpoint) -> bool {
        self.0.is_stale(seen)
    }

    fn trust(&self) -> Trust {
        self.0.trust()
    }
}

/// A configured server: the same address and token for whoever asks.
#[derive(Clone, Debug)]
pub struct Fixed {
    endpoints: Vec<(Role, Endpoint)>,
    otherwise: Option<Endpoint>,
    display: Option<Endpoint>,
    trust: Trust,
}

impl Fixed {
    /// One endpoint for every persona.
    #[must_use]
    pub const fn new(endpoint: Endpoint) -> Self {
        Self { endpoints: Vec::new(), otherwise: Some(endpoint), display: None, trust: Trust::system() }
    }

    /// An endpoint a persona, as a training server's token file lists them; others are not signed in.
    #[must_use]
    pub const fn personas(endpoints: Vec<(Role, Endpoint)>) -> Self {
        Self { endpoints, otherwise: None, display: None, trust: Trust::system() }
    }

    /// The same, with the office's own certificate authority.
    #[must_use]
    pub fn trusting(mut self, trust: Trust) -> Self {
        self.trust = trust;
        self
    }

    /// The same, with an endpoint for call displays.
    #[must_use]
    pub fn with_display(mut self, endpoint: Endpoint) -> Self {
        self.display = Some(endpoint);
        self
    }
}

#[async_trait]
impl Doorway for Fixed {
    async fn endpoint(&self, persona: Role) -> Result<Endpoint, DoorwayError> {
        let own = self.endpoints.iter().find(|(role, _)| *role == persona).map(|(_, endpoint)| endpoint);
        own.or(self.otherwise.as_ref()).cloned().ok_or(DoorwayError::SignedOut)
    }

    async fn display(&self) -> Result<Endpoint, DoorwayError> {
        self.display.clone().ok_or(DoorwayError::SignedOut)
    }

    async fn lost(&self, _seen: &Endpoint) {}

    fn trust(&self) -> Trust {
        self.trust.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str) -> Result<Endpoint, EndpointError> {
        Endpoint::new(url, Secret::new("token"))
    }

    #[test]
    fn plain_http_reaches_this_machine_only() {
        for fine in ["http://127.0.0.1:81", "http://localhost:1", "http://[::1]:4", "https://skranke.example.dk/api/"] {
            assert!(at(fine).is_ok(), "{fine}");
        }
        assert_eq!(at("http://10.0.0.1").unwrap_err(), EndpointError::PlainText);
        assert_eq!(at("http://127.0.0.1.example.dk").unwrap_err(), EndpointError::PlainText);
        assert_eq!(at("ftp://127.0.0.1").unwrap_err(), EndpointError::Scheme);
        assert_eq!(at("skranke").unwrap_err(), EndpointError::NotAnAddress);
        assert_eq!(at("https://ida@example.dk").unwrap_err(), EndpointError::Extras);
        assert_eq!(at("https://example.dk?a=1").unwrap_err(), EndpointError::Extras);
    }

    #[test]
    fn a_token_never_shows_in_debug() {
        let endpoint = Endpoint::new("https://example.dk", Secret::new("hemmelig-nøgle".replace('ø', "o"))).unwrap();
        assert!(!format!("{endpoint:?} {:?}", endpoint.token()).contains("hemmelig"));
        assert_eq!(Endpoint::new("https://example.dk", Secret::new("a b")).unwrap_err(), EndpointError::Token);
    }

    #[test]
    fn a_path_follows_the_prefix_of_the_address() {
        let url = at("https://example.dk/skranke/").unwrap().url("/v1/me", &[("q", "å b".into())]);
        assert_eq!(url.as_str(), "https://example.dk/skranke/v1/me?q=%C3%A5+b");
    }
}
