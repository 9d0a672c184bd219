//! The keys of a sign-in provider: fetched, kept, fetched anew when a token names one that is not known, and dropped when the provider drops
//! them. What lives here: discovery and the key set. What does not: what a token says (`oidc`).

use std::sync::{Arc, RwLock};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::seal::fingerprint;

/// A provider is asked at most this often.
const BETWEEN_FETCHES: SignedDuration = SignedDuration::from_secs(10);
/// Keys older than this are fetched again, so that a key that the provider dropped stops working.
const DUE_AFTER: SignedDuration = SignedDuration::from_mins(60);
/// A served service fetches by itself a little earlier, so that no request waits for it.
const AHEAD: SignedDuration = SignedDuration::from_mins(50);
/// For how long keys serve while the provider does not answer.
const LAST_FOR: SignedDuration = SignedDuration::from_hours(24);
/// How long the provider may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest answer of a provider, in bytes.
const MOST_BYTES: usize = 256 * 1024;
/// The most keys of a set that are read.
const MOST_KEYS: usize = 64;
/// The shortest modulus of an RSA key, in bytes; and the longest that the arithmetic takes.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=512;

/// The algorithms that are taken. None of them is one where the provider's public key could serve as a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// RSA, PKCS #1 v1.5, SHA-256.
    Rs256,
    /// ECDSA over P-256, SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Signing {
    /// By its name in a header or a key; none for any other algorithm.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "ES256" => Self::Es256,
            // RFC 9864 gave it a second name.
            "EdDSA" | "Ed25519" => Self::EdDsa,
            _ => return None,
        })
    }

    /// As the signature library calls it.
    #[must_use]
    pub const fn algorithm(self) -> Algorithm {
        match self {
            Self::Rs256 => Algorithm::RS256,
            Self::Es256 => Algorithm::ES256,
            Self::EdDsa => Algorithm::EdDSA,
        }
    }
}

/// A public key.
#[derive(Clone, Debug)]
pub struct Key {
    id: Option<String>,
    signing: Signing,
    print: [u8; 32],
    decoding: DecodingKey,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && self.signing == other.signing && self.print == other.print
    }
}

/// A key as a set lists it. What else a provider writes there does not matter here.
#[derive(Deserialize)]
struct Listed {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl Key {
    /// Reads a listed key; none where it is for something else or of a kind that is not taken.
    fn read(listed: serde_json::Value) -> Option<Self> {
        let listed: Listed = serde_json::from_value(listed).ok()?;
        let signs = listed.purpose.as_deref().is_none_or(|purpose| purpose == "sig")
            && listed.key_ops.as_ref().is_none_or(|ops| ops.iter().any(|op| op == "verify"));
        if !signs {
            return None;
        }
        let bytes = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_deref()?).ok();
        let (signing, parts) = match (listed.kty.as_str(), listed.crv.as_deref()) {
            ("RSA", _) => (Signing::Rs256, [bytes(&listed.n)?, bytes(&listed.e)?]),
            ("EC", Some("P-256")) => (Signing::Es256, [bytes(&listed.x)?, bytes(&listed.y)?]),
            ("OKP", Some("Ed25519")) => (Signing::EdDsa, [bytes(&listed.x)?, Vec::new()]),
            _ => return None,
        };
        if listed.alg.as_deref().is_some_and(|alg| Signing::of(alg) != Some(signing)) {
            return None;
        }
        let [first, second] = &parts;
        let fits = match signing {
            Signing::Rs256 => RSA_BYTES.contains(&first.len()) && first[0] != 0 && !second.is_empty(),
            Signing::Es256 => first.len() == 32 && second.len() == 32,
            Signing::EdDsa => first.len() == 32,
        };
        if !fits {
            return None;
        }
        let decoding = match signing {
            Signing::Rs256 => DecodingKey::from_rsa_raw_components(first, second),
            Signing::Es256 => DecodingKey::from_ec_der(&[&[4], first.as_slice(), second.as_slice()].concat()),
            Signing::EdDsa => DecodingKey::from_ed_der(first),
        };
        Some(Self { id: listed.kid, signing, print: fingerprint(&[first, second]), decoding })
    }

    /// Whether it made a signature over a message.
    #[must_use]
    pub fn made(&self, signature: &str, message: &str) -> bool {
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &self.decoding, self.signing.algorithm())
            .unwrap_or(false)
    }
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKey {
    /// The provider has none of that name.
    Unknown,
    /// The provider cannot be asked, so nobody knows.
    Unreachable,
}

/// Why a provider's keys could not be fetched. It names no address beyond what the office configured.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The line to it.
    #[error("it does not answer: {0}")]
    Line(&'static str),
    /// It answered with another status than 200.
    #[error("it answered {0}")]
    Status(u16),
    /// The answer is too large or nothing that was expected.
    #[error("its answer is no {0}")]
    Answer(&'static str),
    /// The document is another provider's.
    #[error("it calls itself by another name than the configured issuer")]
    Issuer,
    /// The keys lie where they may not.
    #[error("its keys lie at an address without encryption")]
    Plain,
    /// There is no key that could be used.
    #[error("it lists no key for RS256, ES256 or EdDSA")]
    Empty,
}

/// What is known of a provider's keys.
#[derive(Debug, Default)]
struct Known {
    keys: Vec<Arc<Key>>,
    fetched: Option<Timestamp>,
    tried: Option<Timestamp>,
}

impl Known {
    fn matching(&self, id: Option<&str>, signing: Signing) -> Vec<Arc<Key>> {
        let named = |key: &&Arc<Key>| id.is_none_or(|id| key.id.as_deref() == Some(id));
        self.keys.iter().filter(|key| key.signing == signing).filter(named).cloned().collect()
    }

    fn older(&self, than: SignedDuration, now: Timestamp) -> bool {
        self.fetched.is_none_or(|at| now.duration_since(at) >= than)
    }

    /// Whether the last attempt brought nothing.
    fn failed(&self) -> bool {
        self.tried.is_some() && self.tried != self.fetched
    }
}

/// The keys of one provider.
#[derive(Debug)]
pub struct KeyRing {
    issuer: String,
    client: reqwest::Client,
    known: RwLock<Arc<Known>>,
    turn: Mutex<()>,
}

impl KeyRing {
    /// Nothing is fetched yet.
    #[must_use]
    pub fn new(issuer: &str, client: reqwest::Client) -> Self {
        Self { issuer: issuer.to_owned(), client, known: RwLock::default(), turn: Mutex::new(()) }
    }

    /// The keys that a token's header may mean: of that name, or all where it names none.
    ///
    /// # Errors
    /// [`NoKey`].
    pub async fn find(&self, id: Option<&str>, signing: Signing, now: Timestamp) -> Result<Vec<Arc<Key>>, NoKey> {
        let known = self.known();
        let found = known.matching(id, signing);
        if !found.is_empty() && !known.older(DUE_AFTER, now) {
            return Ok(found);
        }
        if found.is_empty() {
            let _turn = self.turn.lock().await;
            // Whoever had the turn before may have brought it.
            if self.known().matching(id, signing).is_empty() {
                self.fetch(now).await;
            }
        } else if let Ok(_turn) = self.turn.try_lock() {
            // One asks; whoever comes meanwhile goes on with what is known.
            self.fetch(now).await;
        }
        let known = self.known();
        if known.older(LAST_FOR, now) {
            return Err(NoKey::Unreachable);
        }
        let found = known.matching(id, signing);
        match (found.is_empty(), known.failed()) {
            (false, _) => Ok(found),
            (true, true) => Err(NoKey::Unreachable),
            (true, false) => Err(NoKey::Unknown),
        }
    }

    /// Fetches the keys again, where that may be done now: no key of those that are known made a signature that names none.
    pub async fn again(&self, now: Timestamp) {
        let _turn = self.turn.lock().await;
        self.fetch(now).await;
    }

    /// Fetches the keys before anybody has to wait for them.
    pub async fn keep_fresh(&self, now: Timestamp) {
        if self.known().older(AHEAD, now) {
            let _turn = self.turn.lock().await;
            if self.known().older(AHEAD, now) {
                self.fetch(now).await;
            }
        }
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Asks the provider, unless it was asked a moment ago. Called by whoever has the turn.
    async fn fetch(&self, now: Timestamp) {
        let before = self.known();
        if before.tried.is_some_and(|at| now.duration_since(at) < BETWEEN_FETCHES) {
            return;
        }
        let after = match self.ask().await {
            Ok(keys) => {
                let keys: Vec<_> = keys.into_iter().map(Arc::new).collect();
                tracing::info!(keys = keys.len(), "the sign-in provider's keys were fetched");
                Known { keys, fetched: Some(now), tried: Some(now) }
            }
            Err(error) => {
                tracing::warn!(%error, "the sign-in provider's keys cannot be fetched");
                Known { keys: before.keys.clone(), fetched: before.fetched, tried: Some(now) }
            }
        };
        *self.known.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(after);
    }

    async fn ask(&self) -> Result<Vec<Key>, FetchError> {
        #[derive(Deserialize)]
        struct Discovery {
            issuer: String,
            jwks_uri: String,
        }
        #[derive(Deserialize)]
        struct Set {
            keys: Vec<serde_json::Value>,
        }
        let place = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let discovery: Discovery =
            serde_json::from_slice(&self.get(&place).await?).map_err(|_| FetchError::Answer("discovery document"))?;
        if discovery.issuer != self.issuer {
            return Err(FetchError::Issuer);
        }
        let encrypted = discovery.jwks_uri.starts_with("https://");
        let on_this_machine = is_plain_loopback(&self.issuer) && is_plain_loopback(&discovery.jwks_uri);
        if !encrypted && !on_this_machine {
            return Err(FetchError::Plain);
        }
        let set: Set = serde_json::from_slice(&self.get(&discovery.jwks_uri).await?)
            .map_err(|_| FetchError::Answer("set of keys"))?;
        let keys: Vec<Key> = set.keys.into_iter().take(MOST_KEYS).filter_map(Key::read).collect();
        if keys.is_empty() { Err(FetchError::Empty) } else { Ok(keys) }
    }

    async fn get(&self, place: &str) -> Result<Vec<u8>, FetchError> {
        // The library's own sentence may quote addresses and what stands in them.
        let line = |error: reqwest::Error| {
            FetchError::Line(match (error.is_timeout(), error.is_connect()) {
                (true, _) => "time ran out",
                (_, true) => "no connection, or its certificate is not trusted",
                _ => "the line broke",
            })
        };
        let mut response = self.client.get(place).timeout(PATIENCE).send().await.map_err(line)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(FetchError::Status(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(line)? {
            if bytes.len() + chunk.len() > MOST_BYTES {
                return Err(FetchError::Answer("document of a sensible size"));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

/// Whether an address is this machine's own, without encryption.
#[must_use]
pub fn is_plain_loopback(address: &str) -> bool {
    let Ok(uri) = address.parse::<http::Uri>() else { return false };
    let host = uri.host().unwrap_or_default();
    uri.scheme_str() == Some("http") && matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn b64(byte: u8, length: usize) -> String {
        URL_SAFE_NO_PAD.encode(vec![byte; length])
    }

    #[test]
    fn only_public_keys_for_signatures_that_are_taken_are_read() {
        let rsa = json!({ "kty": "RSA", "kid": "a", "use": "sig", "alg": "RS256", "n": b64(7, 256), "e": "AQAB" });
        assert_eq!(Key::read(rsa.clone()).unwrap().signing, Signing::Rs256);
        let ed = json!({ "kty": "OKP", "crv": "Ed25519", "x": b64(3, 32) });
        assert_eq!(Key::read(ed.clone()).unwrap().signing, Signing::EdDsa);
        let mut others = vec![
            json!({ "kty": "oct", "k": b64(1, 32) }),
            json!({ "kty": "OKP", "crv": "Ed25519", "x": b64(3, 31) }),
            json!({ "kty": "OKP", "crv": "Ed448", "x": b64(3, 57) }),
            json!({ "kty": "EC", "crv": "P-384", "x": b64(3, 48), "y": b64(3, 48) }),
            json!({ "kty": "EC", "crv": "P-256", "x": b64(3, 32) }),
            json!({ "kty": "AKP", "pub": "x" }),
            json!("no key"),
        ];
        for (field, value) in [("use", json!("enc")), ("alg", json!("RS512")), ("n", json!(b64(7, 128)))] {
            let mut other = rsa.clone();
            other[field] = value;
            others.push(other);
        }
        let mut encrypts = ed;
        encrypts["key_ops"] = json!(["deriveKey"]);
        others.push(encrypts);
        for other in others {
            assert!(Key::read(other.clone()).is_none(), "{other}");
        }
    }

    #[test]
    fn an_address_without_encryption_is_this_machines_own() {
        for own in ["http://127.0.0.1:4000/oidc", "http://localhost", "http://[::1]:80/"] {
            assert!(is_plain_loopback(own), "{own}");
        }
        for other in
            ["http://127.0.0.1.example.dk", "http://localhost@example.dk/", "https://localhost", "ftp://localhost", ""]
        {
            assert!(!is_plain_loopback(other), "{other}");
        }
    }

    #[test]
    fn algorithms_with_a_shared_secret_or_none_are_no_algorithms() {
        for name in ["none", "None", "HS256", "HS512", "RS1", "PS256", "rs256", ""] {
            assert_eq!(Signing::of(name), None);
        }
    }
}
