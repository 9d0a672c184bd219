//! A sign-in provider of the tests' own: keys made here, a discovery document, a set of keys, and tokens that are right or wrong.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::pkcs8::EncodePrivateKey;
use rsa::rand_core::{OsRng, RngCore};
use rsa::traits::PublicKeyParts;

use super::super::*;
use crate::auth::{Auth, OidcOffice, Town};

pub(super) const AUDIENCE: &str = "https://skranke.example/";

pub(super) fn b64(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key pair of a provider.
#[derive(Clone)]
pub(super) struct Pair {
    pub(super) id: &'static str,
    pub(super) algorithm: Algorithm,
    pub(super) private: EncodingKey,
    pub(super) public: Value,
}

impl Pair {
    pub(super) fn ed(id: &'static str) -> Self {
        let mut secret = [0; 32];
        OsRng.fill_bytes(&mut secret);
        let key = ed25519_dalek::SigningKey::from_bytes(&secret);
        let der = key.to_pkcs8_der().unwrap();
        Self {
            id,
            algorithm: Algorithm::EdDSA,
            private: EncodingKey::from_ed_der(der.as_bytes()),
            public: json!({ "kty": "OKP", "crv": "Ed25519", "kid": id, "use": "sig", "alg": "EdDSA", "x": b64(key.verifying_key()) }),
        }
    }

    pub(super) fn es(id: &'static str) -> Self {
        let key = p256::SecretKey::random(&mut OsRng);
        let point = key.public_key().to_encoded_point(false);
        Self {
            id,
            algorithm: Algorithm::ES256,
            private: EncodingKey::from_ec_der(key.to_pkcs8_der().unwrap().as_bytes()),
            public: json!({ "kty": "EC", "crv": "P-256", "kid": id, "x": b64(point.x().unwrap()), "y": b64(point.y().unwrap()) }),
        }
    }

    pub(super) fn rsa(id: &'static str) -> Self {
        let key = rsa::RsaPrivateKey::new(&mut OsRng, 2048).unwrap();
        Self {
            id,
            algorithm: Algorithm::RS256,
            private: EncodingKey::from_rsa_der(key.to_pkcs1_der().unwrap().as_bytes()),
            public: json!({ "kty": "RSA", "kid": id, "use": "sig", "n": b64(key.n().to_bytes_be()), "e": b64(key.e().to_bytes_be()) }),
        }
    }

    pub(super) fn header(&self) -> Value {
        let name = match self.algorithm {
            Algorithm::RS256 => "RS256",
            Algorithm::ES256 => "ES256",
            _ => "EdDSA",
        };
        json!({ "alg": name, "typ": "at+jwt", "kid": self.id })
    }

    pub(super) fn sign(&self, claims: &Value) -> String {
        self.sign_under(&self.header(), claims)
    }

    pub(super) fn sign_under(&self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", b64(header.to_string()), b64(claims.to_string()));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.private, self.algorithm).unwrap();
        format!("{message}.{signature}")
    }
}

/// What a provider says when it is asked.
#[derive(Default)]
pub(super) struct Says {
    pub(super) keys: Mutex<Vec<Value>>,
    /// A discovery document other than the usual one.
    pub(super) discovery: Mutex<Option<Value>>,
    pub(super) down: std::sync::atomic::AtomicBool,
    /// How often the keys were fetched.
    pub(super) fetched: AtomicUsize,
}

impl Says {
    /// A provider with one key.
    pub(super) fn of(pair: &Pair) -> Arc<Self> {
        Arc::new(Self { keys: Mutex::new(vec![pair.public.clone()]), ..Self::default() })
    }

    /// Its answers, under the name it has.
    pub(super) fn router(self: &Arc<Self>, issuer: &str) -> axum::Router {
        let (at, asked, named) = (format!("{issuer}/keys"), Arc::clone(self), issuer.to_owned());
        let answer = |says: &Self, document: Value| {
            if says.down.load(Ordering::Relaxed) { Err(StatusCode::BAD_GATEWAY) } else { Ok(axum::Json(document)) }
        };
        let also = Arc::clone(self);
        let discovery = move || async move {
            let usual = || json!({ "issuer": named, "jwks_uri": at, "scopes_supported": ["openid"] });
            let document = asked.discovery.lock().unwrap().clone().unwrap_or_else(usual);
            answer(&asked, document)
        };
        let keys = move || async move {
            also.fetched.fetch_add(1, Ordering::Relaxed);
            let keys = also.keys.lock().unwrap().clone();
            answer(&also, json!({ "keys": keys }))
        };
        axum::Router::new()
            .route("/oidc/.well-known/openid-configuration", axum::routing::get(discovery))
            .route("/oidc/keys", axum::routing::get(keys))
    }
}

/// An office that trusts a provider; its authority's certificate, where it has one of its own, lies beside its file.
pub(super) async fn office(issuer: &str, ca: Option<&str>) -> Office {
    office_that_asks(issuer, ca, "").await
}

/// An office whose file has more than the usual claims.
pub(super) async fn office_that_asks(issuer: &str, ca: Option<&str>, claims: &str) -> Office {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sign-in.toml");
    let named = ca.map_or("", |_| r#"ca = "ca.pem""#);
    let file = format!(
        r#"
        issuer = "{issuer}"
        audience = ["{AUDIENCE}"]
        municipality = "Øvelse Kommune"
        {named}
        [claims]
        roles = "groups"
        department = "department"
        authorities = "authorities"
        {claims}
        [usual]
        department = "kff"
        site = "norrebro"
        [roles]
        clerks = ["clerk", "host"]
        leaders = ["team_leader", "clerk"]
        guests = ["guest"]
        [machines]
        displays = "display"
        services = "service"
        [authorities]
        deep = [{{ department = "kff", level = "judgement", until = 2026-06-08 }}, {{ department = "kff", level = 2, from = 2026-06-09 }}]
        "#
    );
    std::fs::write(&path, file).unwrap();
    if let Some(ca) = ca {
        std::fs::write(folder.path().join("ca.pem"), ca).unwrap();
    }
    let oidc = OidcOffice::read(&path, &CATALOGUE, Town::Training).unwrap();
    let tokens = PersonaTokens::random();
    let config = Config { auth: Auth::Oidc(oidc), ..config(Database::Memory, tokens.clone()) };
    Office::of(open(config).await.unwrap(), tokens)
}

/// A provider, and an office that trusts it.
pub(super) struct House {
    pub(super) office: Office,
    pub(super) says: Arc<Says>,
    pub(super) issuer: String,
    pub(super) pair: Pair,
}

pub(super) fn start() -> i64 {
    NOW.parse::<Timestamp>().unwrap().as_second()
}

impl House {
    pub(super) async fn open() -> Self {
        Self::with(Pair::ed("first")).await
    }

    pub(super) async fn with(pair: Pair) -> Self {
        Self::that_asks(pair, "").await
    }

    /// A house whose file has more than the usual claims.
    pub(super) async fn that_asks(pair: Pair, claims: &str) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/oidc", listener.local_addr().unwrap());
        let says = Says::of(&pair);
        let router = says.router(&issuer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { office: office_that_asks(&issuer, None, claims).await, says, issuer, pair }
    }

    /// Ada's claims: a clerk, for an hour.
    pub(super) fn ada(&self) -> Value {
        json!({
            "iss": self.issuer, "aud": AUDIENCE, "sub": "ada-7", "iat": start(), "exp": start() + 3600,
            "name": "Ada Prøvensen", "groups": ["everybody", "clerks"]
        })
    }

    pub(super) fn ada_but(&self, change: Value) -> Value {
        let mut claims = self.ada();
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        claims
    }

    pub(super) fn ada_without(&self, name: &str) -> Value {
        let mut claims = self.ada();
        claims.as_object_mut().unwrap().remove(name);
        claims
    }

    pub(super) async fn get(&self, path: &str, token: &str) -> Reply {
        self.office.get(path).nobody().header("authorization", &format!("Bearer {token}")).send().await
    }

    pub(super) async fn me(&self, token: &str) -> Reply {
        self.get("/v1/me", token).await
    }

    pub(super) async fn status(&self, claims: &Value) -> u16 {
        self.me(&self.pair.sign(claims)).await.status.as_u16()
    }

    pub(super) fn later(&self, seconds: i64) {
        self.office.service.move_clock(Timestamp::from_second(start() + seconds).unwrap());
    }

    pub(super) fn fetched(&self) -> usize {
        self.says.fetched.load(Ordering::Relaxed)
    }

    pub(super) fn lists(&self, keys: &[&Pair]) {
        *self.says.keys.lock().unwrap() = keys.iter().map(|pair| pair.public.clone()).collect();
    }

    pub(super) fn is_down(&self, down: bool) {
        self.says.down.store(down, Ordering::Relaxed);
    }
}
