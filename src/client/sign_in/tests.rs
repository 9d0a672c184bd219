//! Signing in against a provider made here: what it may say wrong, and what is kept and given back. What does not live here: a real provider
//! and a real keyring (the root's tests).

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chacha20poly1305::Key;
use chacha20poly1305::aead::Generate;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use reqwest::Url;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use skranke_domain::authority::Role;

use super::*;
use crate::endpoint::{Doorway, DoorwayError, Endpoint};
use crate::keyring::{Item, Keyring, ProcessKeyring};
use crate::testing::{Loopback, Reply, Request, nobody, quick, soon};
use crate::tls::Trust;
use crate::{CaseApi, ClientError};

const CLIENT: &str = "skranke";
const IDA: &str = "staff-01";

/// A provider whose every answer can be bent.
#[derive(Clone)]
struct Desk(Arc<Mutex<Bent>>);

struct Bent {
    issuer: String,
    key: Arc<CoreEdDsaPrivateSigningKey>,
    named: JsonWebKeyId,
    /// Signs in the key's place.
    forger: Option<Arc<CoreEdDsaPrivateSigningKey>>,
    /// Who types her name in the browser.
    who: &'static str,
    /// How many seconds ago she did.
    typed: i64,
    lasts: u64,
    /// What the next proof says instead.
    claims: Value,
    /// The word with which tokens are refused.
    refusal: Option<&'static str>,
    /// What the browser did.
    question: HashMap<String, String>,
    /// What signs in again, and whom; spent once.
    refresh: HashMap<String, &'static str>,
    count: u32,
    given_back: Vec<String>,
    renewals: u32,
}

fn a_key(name: &str) -> (Arc<CoreEdDsaPrivateSigningKey>, JsonWebKeyId) {
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend_from_slice(&Key::generate());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    let name = JsonWebKeyId::new(name.to_owned());
    (Arc::new(CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(name.clone())).unwrap()), name)
}

impl Desk {
    async fn open() -> (Self, Loopback) {
        let (key, named) = a_key("k1");
        let bent = Bent {
            issuer: String::new(),
            key,
            named,
            forger: None,
            who: IDA,
            typed: 1,
            lasts: 3600,
            claims: json!({}),
            refusal: None,
            question: HashMap::new(),
            refresh: HashMap::new(),
            count: 0,
            given_back: Vec::new(),
            renewals: 0,
        };
        let desk = Self(Arc::new(Mutex::new(bent)));
        let serving = desk.clone();
        let server = Loopback::start(move |_, request| serving.answer(request)).await;
        desk.bend(|b| b.issuer.clone_from(&server.url));
        (desk, server)
    }

    fn bend<T>(&self, how: impl FnOnce(&mut Bent) -> T) -> T {
        how(&mut self.0.lock().unwrap())
    }

    fn answer(&self, request: &Request) -> Reply {
        self.bend(|bent| match request.target.split('?').next().unwrap_or_default() {
            "/.well-known/openid-configuration" => Reply::json(200, &bent.description()),
            "/jwks" => Reply::json(200, &json!({"keys": [bent.key.as_verification_key()]})),
            "/token" => bent.tokens(&fields(&request.body)),
            "/revoke" => {
                bent.given_back.push(fields(&request.body)["token"].clone());
                Reply::json(200, &json!({}))
            }
            "/v1/me" if request.header("authorization").is_some_and(|a| a.ends_with(&format!("-{}", bent.count))) => {
                Reply::json(
                    200,
                    &json!({"id": "01890000-0000-7000-8000-000000000001", "name": "Ida Mellemgaard", "initials": "IM",
                    "role": "clerk", "department": "kff", "authorities": [], "site": "norrebro", "counter": null,
                    "training": false, "municipality": "Prøvekøbing"}),
                )
            }
            "/v1/me" => Reply::problem(skranke_api::ProblemKind::Unauthenticated),
            other => panic!("{other}"),
        })
    }
}

fn fields(form: &str) -> HashMap<String, String> {
    openidconnect::url::form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}

impl Bent {
    fn description(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.issuer);
        json!({"issuer": self.issuer, "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
            "jwks_uri": at("/jwks"), "revocation_endpoint": at("/revoke"), "end_session_endpoint": at("/leave"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"], "authorization_response_iss_parameter_supported": true})
    }

    fn tokens(&mut self, asked: &HashMap<String, String>) -> Reply {
        if let Some(word) = self.refusal {
            return Reply::json(400, &json!({"error": word, "error_description": "Ida Mellemgaard"}));
        }
        let who = match asked["grant_type"].as_str() {
            "authorization_code" => {
                let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&asked["code_verifier"]));
                assert_eq!(self.question["code_challenge"], challenge);
                assert_eq!(self.question["redirect_uri"], asked["redirect_uri"]);
                self.who
            }
            _ => {
                self.renewals += 1;
                match self.refresh.remove(&asked["refresh_token"]) {
                    Some(who) => who,
                    None => return Reply::json(400, &json!({"error": "invalid_grant"})),
                }
            }
        };
        self.count += 1;
        let refresh = format!("refresh-{}", self.count);
        self.refresh.insert(refresh.clone(), who);
        Reply::json(
            200,
            &json!({"access_token": format!("access-{}", self.count), "token_type": "Bearer", "expires_in": self.lasts,
                "refresh_token": refresh, "id_token": self.proof(who)}),
        )
    }

    fn proof(&self, who: &str) -> String {
        let now = jiff::Timestamp::now().as_second();
        let mut claims = json!({"iss": self.issuer, "sub": who, "aud": CLIENT, "iat": now, "exp": now + 600,
            "auth_time": now - self.typed, "name": "Ida Mellemgaard", "nonce": self.question.get("nonce")});
        for (name, value) in self.claims.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let head = json!({"alg": "EdDSA", "kid": self.named});
        let said = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let key = self.forger.as_ref().unwrap_or(&self.key);
        let signature = key.sign(&CoreJwsSigningAlgorithm::EdDsa, said.as_bytes()).unwrap();
        format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// What the browser does with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Does {
    /// She types her name, and it comes back.
    Comes,
    /// It comes back with a no.
    Refuses,
    /// There is none.
    Missing,
}

struct Scripted {
    desk: Desk,
    does: Mutex<Does>,
    opened: Mutex<Vec<String>>,
}

impl Browser for Scripted {
    fn open(&self, address: &str) -> io::Result<()> {
        let url = Url::parse(address).unwrap();
        self.opened.lock().unwrap().push(address.to_owned());
        let does = *self.does.lock().unwrap();
        if url.path() != "/auth" {
            return Ok(());
        }
        if does == Does::Missing {
            return Err(io::Error::other("nothing opens addresses"));
        }
        let back = come_back(&self.desk, &url, does);
        // As a browser does, in its own time.
        std::thread::spawn(move || visit(&back));
        Ok(())
    }
}

/// Where a browser goes after she typed her name.
fn come_back(desk: &Desk, question: &Url, does: Does) -> Url {
    let asked: HashMap<String, String> = question.query_pairs().into_owned().collect();
    assert_eq!((asked["code_challenge_method"].as_str(), asked["response_type"].as_str()), ("S256", "code"));
    let mut back = Url::parse(&asked["redirect_uri"]).unwrap();
    let issuer = desk.bend(|b| b.issuer.clone());
    back.query_pairs_mut().append_pair("state", &asked["state"]).append_pair("iss", &issuer);
    match does {
        Does::Refuses => back.query_pairs_mut().append_pair("error", "access_denied"),
        _ => back.query_pairs_mut().append_pair("code", "one"),
    };
    desk.bend(|b| b.question = asked);
    back
}

fn visit(url: &Url) -> String {
    use std::io::{Read, Write};
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut stream = std::net::TcpStream::connect(&host).unwrap();
    let target = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    page
}

/// An office: its provider, a machine's keyring, a browser.
struct Office {
    desk: Desk,
    server: Loopback,
    keyring: Arc<ProcessKeyring>,
    browser: Arc<Scripted>,
}

impl Office {
    async fn open() -> Self {
        let (desk, server) = Desk::open().await;
        let browser =
            Arc::new(Scripted { desk: desk.clone(), does: Mutex::new(Does::Comes), opened: Mutex::new(Vec::new()) });
        Self { desk, server, keyring: Arc::new(ProcessKeyring::default()), browser }
    }

    fn settings(&self) -> Settings {
        Settings {
            issuer: self.desk.bend(|b| b.issuer.clone()),
            client_id: CLIENT.to_owned(),
            scopes: vec!["openid".to_owned(), "profile".to_owned(), "offline_access".to_owned()],
            resource: Some("https://sager.example.dk".to_owned()),
            consent: Consent::EachTime,
            trust: Trust::system(),
        }
    }

    /// A window that starts, on this machine's keyring.
    fn window(&self) -> Oidc {
        self.window_with(Ok(()))
    }

    fn window_with(&self, works: Result<(), NoKeyring>) -> Oidc {
        let settings = self.settings();
        let store = TokenStore::new(self.keyring.clone(), works, &settings.issuer, &settings.client_id);
        Oidc::new(settings, store, self.browser.clone()).unwrap()
    }

    fn kept(&self) -> Option<String> {
        let item = Item::of(format!("sign-in {CLIENT} {}", self.desk.bend(|b| b.issuer.clone())));
        self.keyring.read(&item).unwrap().map(|kept| kept.expose().to_owned())
    }

    fn doorway(&self, window: &Oidc) -> Arc<SignedInDoorway> {
        Arc::new(SignedInDoorway::new(&self.server.url, Trust::system(), window.clone()).unwrap())
    }
}

#[tokio::test]
async fn she_signs_in_once_and_the_next_morning_she_is_remembered() {
    let office = Office::open().await;
    let window = office.window();
    assert_eq!(window.resume().await, Ok(None), "nobody yet");
    let who = soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!((who.name.as_str(), who.subject.as_str()), ("Ida Mellemgaard", IDA));
    let asked = office.desk.bend(|b| b.question.clone());
    assert_eq!((asked["scope"].as_str(), asked["prompt"].as_str()), ("openid profile offline_access", "consent"));
    assert_eq!(asked["resource"], "https://sager.example.dk");
    assert!(asked["redirect_uri"].starts_with("http://127.0.0.1:") && asked["redirect_uri"].ends_with("/callback"));
    assert!(office.kept().unwrap().contains("refresh-1"));
    let next = office.window();
    assert_eq!(next.remembered().await.as_ref(), Some(&who));
    assert_eq!(next.resume().await, Ok(Some(who)));
    assert!(office.kept().unwrap().contains("refresh-2"), "what was spent is replaced");
    assert_eq!((next.keeping(), format!("{next:?}").contains("refresh")), (Keeping::Keyring, false));
}

#[tokio::test]
async fn a_token_that_ends_is_renewed_once_however_many_ask() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    office.desk.bend(|b| b.lasts = 0);
    let ended = office.window();
    ended.resume().await.unwrap();
    office.desk.bend(|b| b.lasts = 3600);
    let before = office.desk.bend(|b| b.renewals);
    let doorway = office.doorway(&ended);
    let api = CaseApi::with_limits(doorway.clone(), Role::Clerk, quick());
    let all = futures::future::join_all((0..8).map(|_| api.me())).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(office.desk.bend(|b| b.renewals), before + 1);
}

#[tokio::test]
async fn a_token_that_the_server_refuses_as_soon_as_it_came_is_not_renewed_again_and_again() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    // The server wants another one than the provider gives.
    office.desk.bend(|b| b.count = 70);
    let api = CaseApi::with_limits(office.doorway(&window), Role::Clerk, quick());
    for _ in 0..3 {
        assert_eq!(api.me().await.unwrap_err(), ClientError::SignedOut);
    }
    assert_eq!(office.desk.bend(|b| b.renewals), 0);
}

#[tokio::test]
async fn windows_of_one_person_spend_what_is_kept_one_after_the_other() {
    let office = Office::open().await;
    let folder = tempfile::tempdir().unwrap();
    let window = || {
        let settings = office.settings();
        let store = TokenStore::new(office.keyring.clone(), Ok(()), &settings.issuer, &settings.client_id);
        Oidc::taking_turns(settings, store, office.browser.clone(), folder.path().join("turn")).unwrap()
    };
    soon(window().sign_in(Asking::Anew)).await.unwrap();
    office.desk.bend(|b| b.lasts = 0);
    let windows: Vec<Oidc> = (0..4).map(|_| window()).collect();
    for round in 0..3 {
        let all = futures::future::join_all(windows.iter().map(|w| w.resume())).await;
        assert!(all.iter().all(|who| matches!(who, Ok(Some(_)))), "round {round}: {all:?}");
    }
    let spent = std::fs::read(folder.path().join("turn")).unwrap();
    assert!(spent.is_empty(), "nothing is written there");
}

#[tokio::test]
async fn unlocking_asks_her_anew_and_lets_nobody_else_in() {
    let office = Office::open().await;
    let window = office.window();
    let ida = soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!(soon(window.sign_in(Asking::Again)).await, Ok(ida.clone()));
    let asked = office.desk.bend(|b| b.question.clone());
    assert_eq!((asked["prompt"].as_str(), asked["max_age"].as_str()), ("login consent", "0"));
    let kept = office.kept();
    office.desk.bend(|b| b.who = "staff-02");
    assert_eq!(soon(window.sign_in(Asking::Again)).await, Err(SignInError::SomebodyElse));
    assert_eq!(office.kept(), kept, "hers stays");
    assert_eq!(office.desk.bend(|b| b.given_back.clone()), ["refresh-3"], "the other's goes back");
    assert_eq!(window.remembered().await, Some(ida));
    // The provider remembered her and did not ask.
    office.desk.bend(|b| (b.who, b.typed) = (IDA, 3 * 3600));
    assert!(matches!(soon(window.sign_in(Asking::Again)).await, Err(SignInError::Provider(_))));
    assert_eq!(office.kept(), kept);
}

#[tokio::test]
async fn what_the_provider_refuses_for_good_is_forgotten_and_what_it_cannot_say_is_not() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    office.desk.bend(|b| b.refusal = Some("invalid_client"));
    assert!(matches!(office.window().resume().await, Err(SignInError::Provider(_))));
    assert!(office.kept().is_some(), "a mistake in its settings costs nobody her sign-in");
    office.desk.bend(|b| b.refusal = Some("invalid_grant"));
    let next = office.window();
    assert_eq!(next.resume().await, Ok(None));
    assert_eq!(office.kept(), None);
    let endpoint = office.doorway(&next).endpoint(Role::Clerk).await;
    assert_eq!(endpoint, Err(DoorwayError::SignedOut));
}

#[tokio::test]
async fn without_the_provider_she_is_remembered_and_nothing_is_forgotten() {
    let office = Office::open().await;
    let window = office.window();
    let ida = soon(window.sign_in(Asking::Anew)).await.unwrap();
    let gone = Settings { issuer: nobody().await, ..office.settings() };
    let store = TokenStore::new(office.keyring.clone(), Ok(()), &office.settings().issuer, CLIENT);
    let next = Oidc::new(gone, store, office.browser.clone()).unwrap();
    assert_eq!(next.resume().await, Err(SignInError::Offline));
    assert_eq!(next.remembered().await, Some(ida), "she is remembered for the PIN");
    assert!(office.kept().is_some());
}

#[tokio::test]
async fn a_proof_that_is_not_for_this_question_signs_nobody_in() {
    let office = Office::open().await;
    let window = office.window();
    for bent in [
        json!({"nonce": "another"}),
        json!({"aud": "another-program"}),
        json!({"iss": "https://another.example"}),
        json!({"exp": 1_700_000_000}),
        json!({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    ] {
        office.desk.bend(|b| b.claims = bent.clone());
        let refused = soon(window.sign_in(Asking::Anew)).await;
        assert!(matches!(refused, Err(SignInError::Provider(_) | SignInError::Machine(_))), "{bent}: {refused:?}");
        assert_eq!((office.kept(), window.remembered().await), (None, None));
    }
    // Signed by somebody who only says the key's name.
    office.desk.bend(|b| (b.claims, b.forger) = (json!({}), Some(a_key("k1").0)));
    assert!(matches!(soon(window.sign_in(Asking::Anew)).await, Err(SignInError::Provider(_))));
    office.desk.bend(|b| b.forger = None);
    assert!(soon(window.sign_in(Asking::Anew)).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_changes_its_keys_is_asked_for_the_new_ones() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    office.desk.bend(|b| b.lasts = 0);
    window.resume().await.unwrap();
    office.desk.bend(|b| {
        (b.key, b.named) = a_key("k2");
        b.lasts = 3600;
    });
    // It read the provider's keys before they changed, and what comes now is signed with a new one.
    assert!(matches!(window.resume().await, Ok(Some(_))));
    let (key, named) = a_key("k3");
    office.desk.bend(|b| (b.key, b.named) = (key, named));
    assert!(soon(window.sign_in(Asking::Again)).await.is_ok());
}

#[tokio::test]
async fn signing_out_gives_everything_back_and_the_next_one_types_her_name() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!(window.sign_out().await, Ok(()));
    assert_eq!(office.desk.bend(|b| b.given_back.clone()), ["refresh-1", "access-1"]);
    assert_eq!((office.kept(), window.remembered().await), (None, None));
    let left = office.browser.opened.lock().unwrap().last().unwrap().clone();
    assert!(left.ends_with("/leave?client_id=skranke"), "{left}");
    let doorway = office.doorway(&window);
    assert_eq!(doorway.endpoint(Role::Clerk).await, Err(DoorwayError::SignedOut));
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!(office.desk.bend(|b| b.question["prompt"].clone()), "login consent");
}

#[tokio::test]
async fn she_is_signed_out_here_even_where_the_provider_cannot_be_told() {
    let office = Office::open().await;
    soon(office.window().sign_in(Asking::Anew)).await.unwrap();
    let gone = Settings { issuer: nobody().await, ..office.settings() };
    let store = TokenStore::new(office.keyring.clone(), Ok(()), &office.settings().issuer, CLIENT);
    let window = Oidc::new(gone, store, office.browser.clone()).unwrap();
    assert_eq!(window.sign_out().await, Err(SignInError::Offline));
    assert_eq!((office.kept(), window.remembered().await), (None, None));
}

#[tokio::test]
async fn without_a_keyring_she_signs_in_each_time_and_is_told_why() {
    let office = Office::open().await;
    let window = office.window_with(Err(NoKeyring::Missing));
    assert_eq!(window.keeping(), Keeping::EachTime(NoKeyring::Missing));
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!(office.kept(), None);
    assert!(matches!(window.resume().await, Ok(Some(_))), "as long as the window stays");
    assert_eq!(office.window_with(Err(NoKeyring::Missing)).resume().await, Ok(None));
    let window = office.window();
    office.keyring.refuse(Some(NoKeyring::Locked));
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    assert_eq!(window.keeping(), Keeping::EachTime(NoKeyring::Locked), "it was locked while she worked");
}

#[tokio::test]
async fn a_no_in_the_browser_is_told_and_an_address_is_shown_where_no_browser_opens() {
    let office = Office::open().await;
    let window = office.window();
    *office.browser.does.lock().unwrap() = Does::Refuses;
    assert_eq!(soon(window.sign_in(Asking::Anew)).await, Err(SignInError::Refused));
    *office.browser.does.lock().unwrap() = Does::Missing;
    let mut by_hand = window.by_hand();
    let other = window.clone();
    let waiting = tokio::spawn(async move { other.sign_in(Asking::Anew).await });
    let address = soon(by_hand.wait_for(Option::is_some)).await.unwrap().clone().unwrap();
    let back = come_back(&office.desk, &Url::parse(&address).unwrap(), Does::Comes);
    let mut wrong = back.clone();
    wrong.set_path("/favicon.ico");
    let page = tokio::task::spawn_blocking(move || (visit(&wrong), visit(&back))).await.unwrap();
    assert!(page.0.starts_with("HTTP/1.1 404") && page.1.starts_with("HTTP/1.1 200"), "{page:?}");
    assert!(soon(waiting).await.unwrap().is_ok());
    assert_eq!(*by_hand.borrow_and_update(), None, "the address is gone with the question");
}

#[tokio::test]
async fn a_sign_in_that_nobody_waits_for_leaves_no_port_open() {
    let office = Office::open().await;
    let window = office.window();
    *office.browser.does.lock().unwrap() = Does::Missing;
    let mut by_hand = window.by_hand();
    let other = window.clone();
    let waiting = tokio::spawn(async move { other.sign_in(Asking::Anew).await });
    let address = soon(by_hand.wait_for(Option::is_some)).await.unwrap().clone().unwrap();
    waiting.abort();
    soon(by_hand.wait_for(Option::is_none)).await.unwrap();
    assert!(waiting.await.unwrap_err().is_cancelled());
    let back = come_back(&office.desk, &Url::parse(&address).unwrap(), Does::Comes);
    let host = (back.host_str().unwrap().to_owned(), back.port().unwrap());
    assert!(tokio::net::TcpStream::connect(host).await.is_err());
}

#[tokio::test]
async fn a_server_that_does_not_answer_costs_no_renewal() {
    let office = Office::open().await;
    let window = office.window();
    soon(window.sign_in(Asking::Anew)).await.unwrap();
    let doorway = Arc::new(SignedInDoorway::new(&nobody().await, Trust::system(), window.clone()).unwrap());
    let before: Endpoint = doorway.endpoint(Role::Clerk).await.unwrap();
    let api = CaseApi::with_limits(doorway.clone(), Role::Clerk, quick());
    assert_eq!(api.me().await.unwrap_err(), ClientError::Offline);
    assert_eq!(doorway.endpoint(Role::Clerk).await.unwrap(), before);
    assert_eq!(office.desk.bend(|b| b.renewals), 0);
}

#[tokio::test]
async fn who_was_let_in_without_the_provider_is_renewed_before_anything_is_sent() {
    let office = Office::open().await;
    let ida = soon(office.window().sign_in(Asking::Anew)).await.unwrap();
    // The provider is gone when the next window starts: nobody is signed out for it.
    let gone = Settings { issuer: nobody().await, ..office.settings() };
    let store = || TokenStore::new(office.keyring.clone(), Ok(()), &office.settings().issuer, CLIENT);
    let next = Oidc::new(gone, store(), office.browser.clone()).unwrap();
    assert_eq!(next.answers().await, Err(SignInError::Offline));
    assert!(
        matches!(office.doorway(&next).endpoint(Role::Clerk).await, Err(DoorwayError::SignedOut)),
        "not let in yet"
    );
    next.let_in(&ida);
    let doorway = office.doorway(&next);
    assert!(matches!(doorway.endpoint(Role::Clerk).await, Err(DoorwayError::NoServer)), "the line is why");
    assert!(office.kept().is_some());
    // It answers: what is kept is spent before the server hears anything.
    let next = office.window();
    next.let_in(&ida);
    assert_eq!(next.answers().await, Ok(()));
    assert_eq!(office.desk.bend(|b| b.renewals), 0, "asking whether it is there spends nothing");
    let api = CaseApi::with_limits(office.doorway(&next), Role::Clerk, quick());
    assert_eq!(api.me().await.unwrap().name, "Ida Mellemgaard");
    assert_eq!(office.desk.bend(|b| b.renewals), 1);
}

#[tokio::test]
async fn who_was_let_in_and_is_refused_signs_in_again_and_nobody_else_takes_her_place() {
    let office = Office::open().await;
    let ida = soon(office.window().sign_in(Asking::Anew)).await.unwrap();
    let next = office.window();
    next.let_in(&ida);
    office.desk.bend(|b| b.refusal = Some("invalid_grant"));
    let doorway = office.doorway(&next);
    assert!(matches!(doorway.endpoint(Role::Clerk).await, Err(DoorwayError::SignedOut)));
    assert_eq!(office.kept(), None);
    office.desk.bend(|b| (b.refusal, b.who) = (None, "staff-02"));
    assert_eq!(soon(next.sign_in(Asking::Again)).await, Err(SignInError::SomebodyElse));
    office.desk.bend(|b| b.who = IDA);
    assert_eq!(soon(next.sign_in(Asking::Again)).await, Ok(ida.clone()));
    assert!(doorway.endpoint(Role::Clerk).await.is_ok());
    // Without a keyring nothing is kept that could be asked with: she signs in as soon as somebody can be asked, and not before.
    let without = office.window_with(Err(NoKeyring::Missing));
    without.let_in(&ida);
    assert!(matches!(office.doorway(&without).endpoint(Role::Clerk).await, Err(DoorwayError::SignedOut)));
    let gone = Settings { issuer: nobody().await, ..office.settings() };
    let store = TokenStore::new(office.keyring.clone(), Err(NoKeyring::Missing), &gone.issuer, CLIENT);
    let without = Oidc::new(gone, store, office.browser.clone()).unwrap();
    without.let_in(&ida);
    assert!(matches!(office.doorway(&without).endpoint(Role::Clerk).await, Err(DoorwayError::NoServer)));
}
