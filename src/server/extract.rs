//! Reading requests, so that every wrong one gets a problem that names what is wrong. What lives here: extractors for body, query, path,
//! command id, version, purpose and person. What does not: what the routes do with them.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderName};
use serde::de::DeserializeOwned;
use skranke_api::headers::{ACKNOWLEDGED, IDEMPOTENCY_KEY, LEGAL_BASIS, PURPOSE, PURPOSE_NOTE};
use skranke_api::page::{DEFAULT_LIMIT, MAX_LIMIT};
use skranke_api::purpose::PurposeError;
use skranke_api::{ETag, Problem, ProblemKind, Purpose};
use skranke_domain::CommandId;
use uuid::Uuid;

use crate::App;
use crate::auth::Person;
use crate::problem::Refusal;

/// The largest delivery, in bytes: twenty photographs of a telephone, or four of the largest documents it may hold.
pub const DELIVERY_BYTES: usize = 24 << 20;

/// A JSON body, read and checked.
pub struct Json<T>(pub T);

/// A JSON body with documents inside it, read and checked: an intake's delivery.
pub struct Delivery<T>(pub T);

/// The query, each parameter at most once.
pub struct Params(Vec<(String, String)>);

/// The identifiers in the path; one that is no identifier names nothing.
pub struct Path<T>(pub T);

/// The command id.
pub struct CommandKey(pub CommandId);

/// The version that the client saw.
pub enum IfMatch {
    /// None was named.
    Missing,
    /// `*`: whatever is there. That is not a version somebody saw.
    Any,
    /// A version.
    Tag(ETag),
    /// Something that is no single strong tag.
    Unreadable,
}

/// The purpose from its headers.
pub struct Why(pub Purpose);

impl FromRequestParts<App> for Person {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| ProblemKind::Unauthenticated.into())
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        read_request(request, app.body_limit).await.map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<App> for Delivery<T> {
    type Rejection = Refusal;
    async fn from_request(request: Request, _: &App) -> Result<Self, Refusal> {
        read_request(request, DELIVERY_BYTES).await.map(Self)
    }
}

async fn read_request<T: DeserializeOwned>(request: Request, limit: usize) -> Result<T, Refusal> {
    if !is_json(request.headers()) {
        return Err(ProblemKind::UnsupportedMedia.into());
    }
    read_json(&body(request, limit).await?)
}

/// The bytes of a body.
///
/// # Errors
/// 413 when there are more, 400 when the body broke off.
pub async fn body(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    let too_large = || Refusal::new(ProblemKind::TooLarge).detail(format!("a body has at most {limit} bytes"));
    let declared = header(request.headers(), &CONTENT_LENGTH).and_then(|v| v.parse::<usize>().ok());
    if declared.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    axum::body::to_bytes(request.into_body(), limit).await.map_err(|error| {
        let mut cause: Option<&dyn std::error::Error> = Some(&error);
        while let Some(inner) = cause {
            if inner.to_string().contains("length limit exceeded") {
                return too_large();
            }
            cause = inner.source();
        }
        Refusal::new(ProblemKind::Malformed).detail("the body broke off")
    })
}

/// Reads a body: what is no JSON is malformed, what does not fit the fields is invalid.
pub(crate) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => wrong_field(pointer, &inner.to_string()),
            _ => Refusal::new(ProblemKind::Malformed).detail(format!(
                "the body is no JSON: line {}, column {}",
                inner.line(),
                inner.column()
            )),
        }
    })?;
    reader.end().map_err(|_| Refusal::new(ProblemKind::Malformed).detail("something follows the JSON value"))?;
    Ok(value)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |mut pointer, segment| {
        pointer.push('/');
        match segment {
            Segment::Seq { index } => pointer.push_str(&index.to_string()),
            Segment::Map { key } => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => pointer.push_str(variant),
            Segment::Unknown => pointer.push('?'),
        }
        pointer
    })
}

/// Names the field and what is wrong with it, in stable words. serde's sentence may quote the value, so it is not passed on whole.
fn wrong_field(mut pointer: String, sentence: &str) -> Refusal {
    let quoted = sentence.split('`').nth(1).unwrap_or_default().replace('~', "~0").replace('/', "~1");
    let last = pointer.rsplit('/').next().unwrap_or_default().to_owned();
    let mut point_at = |name: &str| {
        if last != name {
            pointer.push('/');
            pointer.push_str(name);
        }
    };
    let (code, detail) = if sentence.starts_with("unknown field") {
        point_at(&quoted);
        ("unknown", "there is no such field")
    } else if sentence.starts_with("missing field") {
        point_at(&quoted);
        ("missing", "this field is required")
    } else if sentence.starts_with("duplicate field") {
        point_at(&quoted);
        ("duplicate", "this field stands twice")
    } else if sentence.starts_with("unknown variant") {
        ("word", "this is none of the words that fit here")
    } else {
        ("type", "this value is not of the right kind")
    };
    Refusal::field(pointer, code, detail)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = header(headers, &CONTENT_TYPE) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

impl FromRequestParts<App> for Params {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

impl Params {
    /// Reads a query string.
    pub fn read(query: &str) -> Result<Self, Refusal> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|_| Refusal::new(ProblemKind::Malformed).detail("the query cannot be read"))?;
        for (at, (name, _)) in pairs.iter().enumerate() {
            if pairs[..at].iter().any(|(other, _)| other == name) {
                return Err(Refusal::field(format!("?{name}"), "duplicate", "this parameter stands twice"));
            }
        }
        Ok(Self(pairs))
    }

    /// Refuses parameters that a route does not know.
    pub fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(Refusal::field(format!("?{name}"), "unknown", "there is no such parameter")),
            None => Ok(()),
        }
    }

    /// A parameter as text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that may be missing.
    pub fn opt<T: FromStr>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(Refusal::field(format!("?{name}"), "type", "this value is not of the right kind")),
        }
    }

    /// A parameter that is one of the contract's words.
    pub fn word<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let Some(text) = self.text(name) else { return Ok(None) };
        serde_json::from_value(serde_json::Value::String(text.to_owned()))
            .map(Some)
            .map_err(|_| Refusal::field(format!("?{name}"), "word", "this is none of the words that fit here"))
    }

    /// A parameter that must be there.
    pub fn need<T: FromStr>(&self, name: &str) -> Result<T, Refusal> {
        self.opt(name)?.ok_or_else(|| Refusal::field(format!("?{name}"), "missing", "this parameter is required"))
    }

    /// A number within bounds.
    pub fn bounded(&self, name: &str, usual: u16, bounds: std::ops::RangeInclusive<u16>) -> Result<u16, Refusal> {
        let number = self.opt::<u16>(name)?.unwrap_or(usual);
        if bounds.contains(&number) {
            return Ok(number);
        }
        let detail = format!("{} to {}", bounds.start(), bounds.end());
        Err(Refusal::field(format!("?{name}"), "range", detail))
    }

    /// The page size.
    pub fn limit(&self) -> Result<u16, Refusal> {
        self.bounded("limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)
    }
}

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Path<T> {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        match axum::extract::Path::<T>::from_request_parts(parts, app).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(_) => Err(ProblemKind::NotFound.into()),
        }
    }
}

impl FromRequestParts<App> for CommandKey {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let wrong = || -> Refusal {
            Problem::new(ProblemKind::Malformed)
                .field(format!("header:{IDEMPOTENCY_KEY}"), "type", "the command id is one UUID of version 7")
                .into()
        };
        let mut values = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = values.next() else { return Err(ProblemKind::KeyMissing.into()) };
        if values.next().is_some() {
            return Err(wrong());
        }
        let text = value.to_str().map_err(|_| wrong())?;
        if text.is_empty() {
            return Err(ProblemKind::KeyMissing.into());
        }
        let id = Uuid::parse_str(text).map_err(|_| wrong())?;
        if text.len() != 36 || id.get_version_num() != 7 {
            return Err(wrong());
        }
        Ok(Self(CommandId(id)))
    }
}

impl FromRequestParts<App> for IfMatch {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let mut values = parts.headers.get_all(IF_MATCH).iter();
        let Some(value) = values.next() else { return Ok(Self::Missing) };
        Ok(match value.to_str().map(str::trim) {
            _ if values.next().is_some() => Self::Unreadable,
            Ok("*") => Self::Any,
            Ok(text) => ETag::from_header(text).map_or(Self::Unreadable, Self::Tag),
            Err(_) => Self::Unreadable,
        })
    }
}

impl IfMatch {
    /// Whether the version that was seen is the one that stands.
    ///
    /// # Errors
    /// 428 without a version, 400 for something else than one strong tag, 412 with what stands now.
    pub fn check<T: serde::Serialize>(&self, now: &ETag, current: impl FnOnce() -> T) -> Result<(), Refusal> {
        match self {
            Self::Missing | Self::Any => Err(ProblemKind::PreconditionRequired.into()),
            Self::Unreadable => Err(Problem::new(ProblemKind::Malformed)
                .field("header:if-match", "type", "one strong entity tag in quotes was expected")
                .into()),
            Self::Tag(seen) if seen == now => Ok(()),
            Self::Tag(_) => Err(Refusal::stale(&current(), now.clone())),
        }
    }
}

impl FromRequestParts<App> for Why {
    type Rejection = Refusal;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        purpose(&parts.headers).map(Self)
    }
}

/// Reads the purpose headers.
pub fn purpose(headers: &HeaderMap) -> Result<Purpose, Refusal> {
    let kind = header(headers, &HeaderName::from_static(PURPOSE));
    let note = match headers.get(PURPOSE_NOTE) {
        None => None,
        // As documented: what is not encoded is refused, not guessed at.
        Some(value) => match value.to_str() {
            Ok(text) if is_percent_encoded(text) => Some(text),
            _ => return Err(no_purpose(PurposeError::Note, "header:skranke-purpose")),
        },
    };
    let mut purpose = Purpose::from_headers(kind, note).map_err(|error| no_purpose(error, "header:skranke-purpose"))?;
    let text = |name: &'static str| header(headers, &HeaderName::from_static(name));
    if let Some(word) = text(LEGAL_BASIS) {
        let basis = serde_json::from_value(serde_json::Value::String(word.to_owned()))
            .map_err(|_| Refusal::field(format!("header:{LEGAL_BASIS}"), "word", "this is none of the legal bases"))?;
        purpose.basis = Some(basis);
    }
    purpose.acknowledged = text(ACKNOWLEDGED).is_some_and(|word| word == "yes");
    Ok(purpose)
}

/// Letters, digits, `-._~`, and `%` with two hexadecimal digits.
fn is_percent_encoded(text: &str) -> bool {
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return true,
            [b'%', a, b, more @ ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit() => more,
            [c, more @ ..] if c.is_ascii_alphanumeric() || b"-._~".contains(c) => more,
            _ => return false,
        }
    }
}

/// Reads the purpose headers where they are there.
pub fn optional_purpose(headers: &HeaderMap) -> Result<Option<Purpose>, Refusal> {
    if headers.contains_key(PURPOSE) || headers.contains_key(PURPOSE_NOTE) {
        purpose(headers).map(Some)
    } else {
        Ok(None)
    }
}

/// The refusal for a purpose that does not do.
pub fn no_purpose(error: PurposeError, pointer: &str) -> Refusal {
    let (part, code) = match error {
        PurposeError::Missing => (String::new(), "missing"),
        PurposeError::Unknown => (String::new(), "word"),
        PurposeError::NeedsNote | PurposeError::Note => {
            (if pointer.starts_with('/') { "/note".to_owned() } else { "-note".to_owned() }, "note")
        }
    };
    Problem::new(ProblemKind::PurposeRequired).field(format!("{pointer}{part}"), code, error.to_string()).into()
}

/// A header as text, where it stands once and is readable.
pub fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Which of a route's media types the client takes, the best liked first; none when it takes none.
#[must_use]
pub fn accepted(headers: &HeaderMap, offers: &[&'static str]) -> Option<&'static str> {
    let mut wishes = Vec::new();
    for value in headers.get_all(http::header::ACCEPT) {
        let Ok(text) = value.to_str() else { continue };
        wishes.extend(text.split(',').map(str::trim).filter(|w| !w.is_empty()));
    }
    if wishes.is_empty() {
        return offers.first().copied();
    }
    let quality = |offer: &str| {
        let (family, _) = offer.split_once('/').unwrap_or((offer, ""));
        let mut best: Option<(u8, f32)> = None;
        for wish in &wishes {
            let mut parts = wish.split(';').map(str::trim);
            let range = parts.next().unwrap_or_default().to_ascii_lowercase();
            let exactness = match range.as_str() {
                r if r == offer => 3,
                r if r.strip_suffix("/*") == Some(family) && r != "*/*" => 2,
                "*/*" => 1,
                _ => continue,
            };
            let q = parts.find_map(|p| p.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0_f32);
            if best.is_none_or(|(known, _)| exactness > known) {
                best = Some((exactness, q));
            }
        }
        best.map_or(0.0, |(_, q)| q)
    };
    let mut choice: Option<(&'static str, f32)> = None;
    for offer in offers {
        let q = quality(offer);
        if q > 0.0 && choice.is_none_or(|(_, known)| q > known) {
            choice = Some((offer, q));
        }
    }
    choice.map(|(offer, _)| offer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(text: &'static str, offers: &[&'static str]) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::ACCEPT, http::HeaderValue::from_static(text));
        accepted(&headers, offers)
    }

    #[test]
    fn the_client_gets_the_form_it_asks_for() {
        let both: &[&'static str] = &["application/json", "application/x-ndjson"];
        assert_eq!(accept("application/x-ndjson", both), Some("application/x-ndjson"));
        assert_eq!(accept("*/*", both), Some("application/json"));
        assert_eq!(accept("application/json;q=0.1, application/x-ndjson", both), Some("application/x-ndjson"));
        assert_eq!(accept("text/html", both), None);
        assert_eq!(accept("text/html, */*;q=0.1", both), Some("application/json"));
        assert_eq!(accept("application/json;q=0, */*", &["application/json"]), None);
        assert_eq!(accepted(&HeaderMap::new(), both), Some("application/json"));
    }

    #[test]
    fn a_wrong_field_is_named() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Body {
            #[allow(dead_code)]
            minutes: u16,
            #[allow(dead_code)]
            cases: Vec<Uuid>,
        }
        let pointer = |text: &str| {
            let refusal = read_json::<Body>(text.as_bytes()).unwrap_err();
            let problem = refusal.problem().clone();
            (problem.status, problem.errors.first().map(|e| (e.pointer.clone(), e.code.clone())))
        };
        let field = |p: &str, c: &str| Some((p.to_owned(), c.to_owned()));
        assert_eq!(pointer(r#"{"minutes":"x","cases":[]}"#), (422, field("/minutes", "type")));
        assert_eq!(pointer(r#"{"minutes":5,"cases":["x"]}"#), (422, field("/cases/0", "type")));
        assert_eq!(pointer(r#"{"minutes":5,"cases":[],"more":1}"#), (422, field("/more", "unknown")));
        assert_eq!(pointer(r#"{"minutes":5}"#), (422, field("/cases", "missing")));
        assert_eq!(pointer(r#"{"minutes":5"#), (400, None));
        assert_eq!(pointer("rubbish"), (400, None));
    }

    #[test]
    fn a_parameter_stands_once_and_is_known() {
        assert!(Params::read("limit=5&limit=6").is_err());
        let params = Params::read("limit=5&cursor=a%20b").unwrap();
        assert!(params.only(&["limit"]).is_err());
        assert_eq!(params.text("cursor"), Some("a b"));
        assert_eq!(params.limit().unwrap(), 5);
        assert!(Params::read("limit=0").unwrap().limit().is_err());
        assert!(Params::read("limit=201").unwrap().limit().is_err());
    }
}
