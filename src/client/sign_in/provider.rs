//! One OpenID provider, spoken to. What lives here: its description, what is asked in the browser, exchanging, renewing and giving back tokens,
//! who an ID token names. What does not: when that is done and what is kept (`oidc`).

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient,
    CoreClientAuthMethod, CoreErrorResponseType, CoreGrantType, CoreIdToken, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType, CoreTokenResponse,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalProviderMetadata, AuthorizationCode, ClaimsVerificationError, ClientId,
    CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IssuerUrl,
    Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl, RefreshToken,
    RequestTokenError, Scope, TokenResponse,
};
use reqwest::{Client, Url};
use serde::{Deserialize, Serialize};

use super::landing::NamesItself;
use super::{Asking, SignInError, SignedIn};
use crate::endpoint::{Secret, is_loopback};
use crate::tls::{Reach, Trust, Untrusted};

/// No answer of a provider is larger.
const ANSWER_BYTES: usize = 1 << 20;
/// How long an access token lasts whose provider does not say.
const USUAL_LIFE: Duration = Duration::from_secs(300);
const CONNECT: Duration = Duration::from_secs(5);
const REQUEST: Duration = Duration::from_secs(15);
/// The signatures that prove something to a program without a secret of its own.
const SIGNATURES: [CoreJwsSigningAlgorithm; 10] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EcdsaP521Sha512,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// How far a sign-in may lie before the question, for clocks that count in whole seconds.
const ROUNDING: i64 = 5;

/// How an office signs its people in.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The provider's name of itself, an address.
    pub issuer: String,
    /// This program's name there.
    pub client_id: String,
    /// What is asked for beside `openid`.
    pub scopes: Vec<String>,
    /// Which server the access token is for (RFC 8707), where the provider wants to hear it.
    pub resource: Option<String>,
    /// Whether the provider wants people to agree before it hands out what signs them in again.
    pub consent: Consent,
    /// Whose signature under the provider's certificate is believed.
    pub trust: Trust,
}

/// Whether people are asked to agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// As the provider likes.
    #[default]
    AsItLikes,
    /// Each time; some providers hand out refresh tokens in no other way.
    EachTime,
}

/// Why a provider's address does not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderAddressError {
    /// Not an address.
    #[error("an address such as https://login.example.dk was expected")]
    NotAnAddress,
    /// Neither https nor this machine.
    #[error("the address must begin with https:// (http:// only on this machine)")]
    PlainText,
    /// A query or a fragment stands in it.
    #[error("the address must hold neither a user name, a query nor a fragment")]
    Extras,
}

impl Settings {
    /// Looks at the provider's address: https anywhere, plain http on this machine alone.
    ///
    /// # Errors
    /// [`ProviderAddressError`] says what is wrong.
    pub fn check(&self) -> Result<(), ProviderAddressError> {
        let url = Url::parse(&self.issuer).map_err(|_| ProviderAddressError::NotAnAddress)?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(ProviderAddressError::NotAnAddress);
        }
        let plain = url.username().is_empty() && url.password().is_none();
        if !plain || url.query().is_some() || url.fragment().is_some() {
            return Err(ProviderAddressError::Extras);
        }
        if is_safe(&url, reach_of(&url)) { Ok(()) } else { Err(ProviderAddressError::PlainText) }
    }
}

/// A provider on this machine may have its parts on this machine; any other has them behind https.
fn reach_of(issuer: &Url) -> Reach {
    if issuer.scheme() == "http" && is_loopback(issuer) { Reach::ThisMachine } else { Reach::World }
}

fn is_safe(url: &Url, reach: Reach) -> bool {
    match reach {
        Reach::ThisMachine => url.scheme() == "http" && is_loopback(url),
        Reach::World => url.scheme() == "https",
    }
}

/// What carries questions to the provider.
#[derive(Clone, Debug)]
pub(super) struct Http {
    client: Client,
    reach: Reach,
}

/// Why one question has no answer. Names no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum HttpError {
    #[error("nobody answers")]
    Offline,
    #[error("the certificate is not trusted: {0}")]
    Certificate(Untrusted),
    #[error("one of its addresses is not safe")]
    Unsafe,
    #[error("the question cannot be asked")]
    Question,
    #[error("the answer is too large")]
    TooLarge,
}

impl From<HttpError> for SignInError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::Offline => Self::Offline,
            HttpError::Certificate(reason) => Self::Certificate(reason),
            HttpError::Unsafe => Self::Provider("one of its addresses does not begin with https://"),
            HttpError::Question => Self::Provider("one of its addresses cannot be asked"),
            HttpError::TooLarge => Self::Provider("it is too long"),
        }
    }
}

impl Http {
    pub(super) fn new(settings: &Settings) -> Result<Self, SignInError> {
        let issuer = Url::parse(&settings.issuer).map_err(|_| SignInError::Provider("its address is none"))?;
        let reach = reach_of(&issuer);
        let client = settings.trust.client(CONNECT, reach).timeout(REQUEST).build().map_err(|error| {
            tracing::error!(builder = error.is_builder(), "no HTTP client could be built");
            SignInError::Machine("no HTTP client could be built".to_owned())
        })?;
        Ok(Self { client, reach })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(|_| HttpError::Question)?;
        if !is_safe(request.url(), self.reach) {
            return Err(HttpError::Unsafe);
        }
        let mut response = self.client.execute(request).await.map_err(|error| broken(&error))?;
        // A gateway without a provider behind it is as good as none; what it says must not cost anybody her tokens.
        if response.status().is_server_error() {
            return Err(HttpError::Offline);
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| broken(&error))? {
            if bytes.len() + part.len() > ANSWER_BYTES {
                return Err(HttpError::TooLarge);
            }
            bytes.extend_from_slice(&part);
        }
        let mut answer = HttpResponse::new(bytes);
        *answer.status_mut() = response.status();
        *answer.headers_mut() = response.headers().clone();
        Ok(answer)
    }
}

fn broken(error: &reqwest::Error) -> HttpError {
    Untrusted::in_chain(error).map_or(HttpError::Offline, HttpError::Certificate)
}

impl<'c> openidconnect::AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// What a provider says of itself beyond what the library reads.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct More {
    #[serde(default)]
    revocation_endpoint: Option<String>,
    #[serde(default)]
    end_session_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

type Description = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Asker =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A provider whose description was read, with the keys it signs with at that moment.
pub(super) struct Provider {
    settings: Arc<Settings>,
    http: Http,
    description: Description,
    asker: Asker,
}

/// What was asked in the browser, and what proves that the answer belongs to it.
pub(super) struct Asked {
    pub(super) address: Url,
    pub(super) state: Secret,
    nonce: Nonce,
    verifier: PkceCodeVerifier,
    redirect: RedirectUrl,
}

/// Tokens as they came; who they are for is not yet believed.
pub(super) struct Came {
    response: CoreTokenResponse,
    nonce: Option<Nonce>,
}

/// Whom an ID token names, by the provider's own clock.
pub(super) struct Named {
    pub(super) who: SignedIn,
    /// When it was issued, in seconds.
    pub(super) issued: i64,
    /// When she proved who she is, in seconds; not every provider says.
    pub(super) proved: Option<i64>,
}

impl Named {
    /// Whether she proved it during the last so many seconds before the token was issued; both by the provider's clock.
    pub(super) fn is_proved_within(&self, seconds: Duration) -> bool {
        let within = i64::try_from(seconds.as_secs()).unwrap_or(i64::MAX).saturating_add(ROUNDING);
        self.proved.is_some_and(|proved| self.issued.saturating_sub(proved) <= within)
    }
}

/// Why an ID token is not believed.
pub(super) enum Unproved {
    /// No key that is known signed it: the provider may have new ones.
    UnknownKey,
    /// Anything else.
    No(SignInError),
}

impl From<Unproved> for SignInError {
    fn from(unproved: Unproved) -> Self {
        match unproved {
            Unproved::UnknownKey => Self::Provider("its proof is signed with a key that it does not name"),
            Unproved::No(error) => error,
        }
    }
}

impl Came {
    pub(super) fn access(&self) -> Secret {
        Secret::new(self.response.access_token().secret().as_str())
    }

    pub(super) fn refresh(&self) -> Option<Secret> {
        self.response.refresh_token().map(|token| Secret::new(token.secret().as_str()))
    }

    pub(super) fn lasts(&self) -> Duration {
        self.response.expires_in().unwrap_or(USUAL_LIFE)
    }

    pub(super) fn has_name(&self) -> bool {
        self.response.id_token().is_some()
    }
}

impl Provider {
    /// Reads a provider's description and keys.
    pub(super) async fn discover(settings: Arc<Settings>, http: Http) -> Result<Self, SignInError> {
        let issuer =
            IssuerUrl::new(settings.issuer.clone()).map_err(|_| SignInError::Provider("its address is none"))?;
        let description = Description::discover_async(issuer, &http).await.map_err(|error| match error {
            DiscoveryError::Request(error) => error.into(),
            DiscoveryError::Response(..) => SignInError::Provider("there is no description of it at its address"),
            DiscoveryError::Validation(_) => SignInError::Provider("it calls itself by another address"),
            other => {
                tracing::warn!(%other, "the description of the sign-in provider cannot be read");
                SignInError::Provider("its description cannot be read")
            }
        })?;
        if !is_safe(description.authorization_endpoint().url(), http.reach) {
            return Err(HttpError::Unsafe.into());
        }
        let asker =
            CoreClient::from_provider_metadata(description.clone(), ClientId::new(settings.client_id.clone()), None);
        Ok(Self { settings, http, description, asker })
    }

    /// Whether it always says who it is in what it sends back.
    pub(super) fn names_itself(&self) -> NamesItself {
        match self.description.additional_metadata().authorization_response_iss_parameter_supported {
            true => NamesItself::Always,
            false => NamesItself::Perhaps,
        }
    }

    /// What is asked in the browser. `prove`: she types who she is even where the browser remembers her.
    pub(super) fn ask(&self, redirect: String, how: Asking, prove: Prove) -> Result<Asked, SignInError> {
        let redirect = RedirectUrl::new(redirect).map_err(|error| SignInError::Machine(error.to_string()))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut question = self
            .asker
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(self.settings.scopes.iter().filter(|s| *s != "openid").cloned().map(Scope::new))
            .set_pkce_challenge(challenge)
            .set_redirect_uri(std::borrow::Cow::Borrowed(&redirect));
        if let Some(resource) = &self.settings.resource {
            question = question.add_extra_param("resource", resource.clone());
        }
        if how == Asking::Again {
            question = question.set_max_age(Duration::ZERO);
        }
        if how == Asking::Again || prove == Prove::Anew {
            question = question.add_prompt(CoreAuthPrompt::Login);
        }
        if self.settings.consent == Consent::EachTime {
            question = question.add_prompt(CoreAuthPrompt::Consent);
        }
        let (address, state, nonce) = question.url();
        Ok(Asked { address, state: Secret::new(state.into_secret()), nonce, verifier, redirect })
    }

    /// Gives the code for tokens.
    pub(super) async fn exchange(&self, code: &Secret, asked: Asked) -> Result<Came, SignInError> {
        let mut question = self
            .asker
            .exchange_code(AuthorizationCode::new(code.expose().to_owned()))
            .map_err(|_| SignInError::Provider("it names no place that gives tokens"))?
            .set_pkce_verifier(asked.verifier)
            .set_redirect_uri(std::borrow::Cow::Borrowed(&asked.redirect));
        if let Some(resource) = &self.settings.resource {
            question = question.add_extra_param("resource", resource.clone());
        }
        let response = question.request_async(&self.http).await.map_err(refusal)?;
        Ok(Came { response, nonce: Some(asked.nonce) })
    }

    /// Gives what was kept for new tokens. `Refused`: it is spent, taken back, or too old.
    pub(super) async fn renew(&self, kept: &Secret) -> Result<Came, SignInError> {
        let kept = RefreshToken::new(kept.expose().to_owned());
        let mut question = self
            .asker
            .exchange_refresh_token(&kept)
            .map_err(|_| SignInError::Provider("it names no place that gives tokens"))?;
        if let Some(resource) = &self.settings.resource {
            question = question.add_extra_param("resource", resource.clone());
        }
        let response = question.request_async(&self.http).await.map_err(refusal)?;
        Ok(Came { response, nonce: None })
    }

    /// Whom the tokens are for, proved by the provider's signature.
    pub(super) fn named(&self, came: &Came) -> Result<Named, Unproved> {
        let no = |what: &'static str| Unproved::No(SignInError::Provider(what));
        let token: &CoreIdToken = came.response.id_token().ok_or_else(|| no("it does not say who signed in"))?;
        // Signed with a key that only the provider has, whatever else it offers.
        let verifier = self.asker.id_token_verifier().set_allowed_algs(SIGNATURES);
        let claims = match &came.nonce {
            Some(nonce) => token.claims(&verifier, nonce),
            None => token.claims(&verifier, |_: Option<&Nonce>| Ok(())),
        }
        .map_err(|error| disbelieved(&error))?;
        if let Some(expected) = claims.access_token_hash() {
            let access: &AccessToken = came.response.access_token();
            let alg = token.signing_alg().map_err(|_| no("its proof is not signed"))?;
            let key = token.signing_key(&verifier).map_err(|_| Unproved::UnknownKey)?;
            let found = AccessTokenHash::from_token(access, alg, key).map_err(|_| no("its proof cannot be checked"))?;
            if found != *expected {
                return Err(no("its tokens do not belong together"));
            }
        }
        let subject = claims.subject().to_string();
        let name = claims.name().and_then(|name| name.get(None)).map(|name| name.to_string());
        let name = name.or_else(|| claims.preferred_username().map(|name| name.to_string()));
        let who = SignedIn { name: name.unwrap_or_else(|| subject.clone()), subject };
        Ok(Named { who, issued: claims.issue_time().timestamp(), proved: claims.auth_time().map(|at| at.timestamp()) })
    }

    /// Gives a token back, so that nobody uses it any more (RFC 7009). A provider that takes none back is no error.
    pub(super) async fn give_back(&self, token: &Secret, kind: &'static str) -> Result<(), SignInError> {
        let Some(place) = &self.description.additional_metadata().revocation_endpoint else { return Ok(()) };
        let fields =
            [("token", token.expose()), ("token_type_hint", kind), ("client_id", self.settings.client_id.as_str())];
        let request = openidconnect::http::Request::post(place.as_str())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form(&fields).into_bytes())
            .map_err(|_| HttpError::Question)?;
        let answer = self.http.send(request).await?;
        match answer.status().is_success() {
            true => Ok(()),
            false => Err(SignInError::Provider("it did not take the tokens back")),
        }
    }

    /// Where a browser signs out at the provider. The ID token is not sent along: it names her, and addresses are remembered.
    pub(super) fn leaving(&self) -> Option<Url> {
        let place = self.description.additional_metadata().end_session_endpoint.as_deref()?;
        let mut url = Url::parse(place).ok().filter(|url| is_safe(url, self.http.reach))?;
        url.query_pairs_mut().append_pair("client_id", &self.settings.client_id);
        Some(url)
    }
}

/// Whether somebody proves anew who she is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prove {
    /// Where the browser remembers her, that is enough.
    Remembered,
    /// She types it.
    Anew,
}

fn form(fields: &[(&str, &str)]) -> String {
    openidconnect::url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

type TokenError = RequestTokenError<HttpError, openidconnect::StandardErrorResponse<CoreErrorResponseType>>;

fn refusal(error: TokenError) -> SignInError {
    match error {
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::ServerResponse(said) => match said.error() {
            CoreErrorResponseType::InvalidGrant => SignInError::Refused,
            // What it writes beside its word may name somebody; the word alone does not.
            other => {
                tracing::warn!(word = other.as_ref(), "the sign-in provider gives no tokens");
                SignInError::Provider("it gives no tokens to this program: see its own log")
            }
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            SignInError::Provider("its tokens cannot be read")
        }
    }
}

fn disbelieved(error: &ClaimsVerificationError) -> Unproved {
    tracing::warn!(kind = kind_of(error), "the sign-in provider's proof is not believed");
    match error {
        ClaimsVerificationError::SignatureVerification(_) => Unproved::UnknownKey,
        ClaimsVerificationError::Expired(_) => {
            Unproved::No(SignInError::Machine("its clock and the provider's are too far apart".to_owned()))
        }
        _ => Unproved::No(SignInError::Provider("its proof of who signed in is not for this program or this question")),
    }
}

/// What a log may say: the texts beside it name whom it is about.
fn kind_of(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(issuer: &str) -> Result<(), ProviderAddressError> {
        let settings = Settings {
            issuer: issuer.to_owned(),
            client_id: "skranke".to_owned(),
            scopes: Vec::new(),
            resource: None,
            consent: Consent::AsItLikes,
            trust: Trust::system(),
        };
        settings.check()
    }

    #[test]
    fn a_provider_elsewhere_must_be_https() {
        for fine in ["https://login.example.dk", "https://login.example.dk/realms/office", "http://127.0.0.1:4711"] {
            assert_eq!(at(fine), Ok(()), "{fine}");
        }
        assert_eq!(at("http://login.example.dk"), Err(ProviderAddressError::PlainText));
        assert_eq!(at("http://127.0.0.1.example.dk"), Err(ProviderAddressError::PlainText));
        assert_eq!(at("login.example.dk"), Err(ProviderAddressError::NotAnAddress));
        assert_eq!(at("https://login.example.dk?x=1"), Err(ProviderAddressError::Extras));
    }

    #[test]
    fn what_a_remote_provider_points_at_must_be_https_too() {
        let world = Url::parse("https://login.example.dk").unwrap();
        assert!(!is_safe(&Url::parse("http://127.0.0.1/token").unwrap(), reach_of(&world)));
        assert!(is_safe(&Url::parse("https://other.example.dk/token").unwrap(), reach_of(&world)));
        let here = Url::parse("http://127.0.0.1:1").unwrap();
        assert!(!is_safe(&Url::parse("http://login.example.dk/token").unwrap(), reach_of(&here)));
    }

    #[test]
    fn a_proof_from_this_morning_does_not_open_the_lock_at_noon() {
        let named = |proved| Named {
            who: SignedIn { name: String::new(), subject: String::new() },
            issued: 1_780_000_000,
            proved,
        };
        let asked = Duration::from_secs(40);
        assert!(named(Some(1_780_000_000 - 30)).is_proved_within(asked));
        assert!(!named(Some(1_780_000_000 - 3 * 3600)).is_proved_within(asked));
        assert!(!named(None).is_proved_within(asked), "a provider that does not say cannot unlock");
    }
}
