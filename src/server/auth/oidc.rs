//! Tokens of a sign-in provider: whether one is genuine, meant for this service and holds now. What does not live here: the provider's keys
//! (`keys`), what its claims mean in this house (`claims`), the office's file (`office`).

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use skranke_domain::{CitizenId, StaffId};

use super::Person;
use super::citizen::{Herself, Named};
use super::claims::Unfit;
use super::keys::{Key, KeyRing, NoKey, Signing};
use super::office::OidcOffice;
use crate::clock::from_micros;
use crate::seal::fingerprint;

/// The longest token that is looked at, in bytes.
const MOST_BYTES: usize = 16 * 1024;
/// The longest subject, in characters (OpenID Connect Core, section 2).
const SUBJECT_CHARS: usize = 255;
/// Tokens of which it is remembered that they were checked.
const REMEMBERED: usize = 2_048;

/// Why a token opens nothing. Outside all but the last three look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is longer than any token needs to be.
    TooLong,
    /// It is no signed token.
    Malformed,
    /// It is a token for something else: its type is none of an access token.
    Type,
    /// Its algorithm is none of those that are taken.
    Algorithm,
    /// No key of the provider has that name.
    UnknownKey,
    /// The key did not make the signature.
    Signature,
    /// Another issuer made it.
    Issuer,
    /// It is meant for somebody else.
    Audience,
    /// It holds no longer.
    Expired,
    /// It holds not yet.
    NotYet,
    /// It names nobody.
    Subject,
    /// The provider cannot be asked.
    Unreachable,
    /// It is good, and its claims give no role in this house.
    NoRole,
    /// It is good, and its claims give no name.
    NoName,
}

impl Fault {
    const ALL: [Self; 14] = [
        Self::TooLong,
        Self::Malformed,
        Self::Type,
        Self::Algorithm,
        Self::UnknownKey,
        Self::Signature,
        Self::Issuer,
        Self::Audience,
        Self::Expired,
        Self::NotYet,
        Self::Subject,
        Self::Unreachable,
        Self::NoRole,
        Self::NoName,
    ];
}

impl From<NoKey> for Fault {
    fn from(no: NoKey) -> Self {
        match no {
            NoKey::Unknown => Self::UnknownKey,
            NoKey::Unreachable => Self::Unreachable,
        }
    }
}

impl From<Unfit> for Fault {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NoRole => Self::NoRole,
            Unfit::NoName => Self::NoName,
        }
    }
}

/// Whoever a token signs in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person.
    pub person: Person,
    /// Which citizen she is, as far as it was looked for.
    pub herself: Herself,
}

/// A token that was checked: who it is, under which key.
#[derive(Clone, Debug)]
struct Checked {
    who: SignedIn,
    until: Timestamp,
    key: Arc<Key>,
}

/// The provider as this service knows it.
#[derive(Debug)]
pub struct Provider {
    office: OidcOffice,
    keys: KeyRing,
    checked: Mutex<HashMap<[u8; 32], Checked>>,
    remembered: Mutex<HashMap<StaffId, [u8; 32]>>,
    faults: [AtomicU64; Fault::ALL.len()],
    /// How often a claim should have named a citizen and was not understood.
    unread: AtomicU64,
}

/// A token's header. What else stands there does not matter, except what must be understood.
#[derive(Deserialize)]
struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    crit: Option<Value>,
}

impl Provider {
    /// Nothing is asked of it yet.
    #[must_use]
    pub fn new(office: &OidcOffice) -> Self {
        Self {
            office: office.clone(),
            keys: KeyRing::new(office.issuer(), office.client()),
            checked: Mutex::default(),
            remembered: Mutex::default(),
            faults: Default::default(),
            unread: AtomicU64::new(0),
        }
    }

    /// Fetches keys before anybody has to wait for them.
    pub async fn keep_fresh(&self, now: Timestamp) {
        self.keys.keep_fresh(now).await;
    }

    /// The person of a token.
    ///
    /// # Errors
    /// [`Fault`]; each is counted and told in the log, without anything of the token.
    pub async fn person(&self, token: &str, now: Timestamp) -> Result<SignedIn, Fault> {
        let found = self.look(token, now).await;
        if let Err(fault) = found {
            self.count(fault);
        }
        found
    }

    /// Tells of the first of a kind, the second, the fourth …: a flood of bad tokens is no flood in the log.
    fn count(&self, fault: Fault) {
        let Some(at) = Fault::ALL.iter().position(|one| *one == fault) else { return };
        let count = self.faults[at].fetch_add(1, Ordering::Relaxed) + 1;
        if count.is_power_of_two() {
            tracing::info!(reason = ?fault, count, "a token was refused");
        }
    }

    async fn look(&self, token: &str, now: Timestamp) -> Result<SignedIn, Fault> {
        if token.len() > MOST_BYTES {
            return Err(Fault::TooLong);
        }
        let print = fingerprint(&[token.as_bytes()]);
        let known = lock(&self.checked).get(&print).cloned();
        let (header, parts) = read(token)?;
        let signing = Signing::of(&header.alg).ok_or(Fault::Algorithm)?;
        let keys = self.keys.find(header.kid.as_deref(), signing, now).await?;
        if let Some(known) = known.filter(|known| keys.contains(&known.key)) {
            // It cannot become good again, so that it held once is all that must be looked at anew.
            return if now < known.until { Ok(known.who) } else { Err(Fault::Expired) };
        }
        let made = |keys: Vec<Arc<Key>>| keys.into_iter().find(|key| key.made(parts.signature, parts.message));
        let key = match made(keys) {
            Some(key) => key,
            // Without a name a new key cannot be told from a wrong signature before it was asked for.
            None if header.kid.is_none() => {
                self.keys.again(now).await;
                made(self.keys.find(None, signing, now).await?).ok_or(Fault::Signature)?
            }
            None => return Err(Fault::Signature),
        };
        let claims = object(parts.claims).ok_or(Fault::Malformed)?;
        let until = self.holds(&claims, now)?;
        let subject = claims.get("sub").and_then(Value::as_str).ok_or(Fault::Subject)?;
        if subject.is_empty() || subject.chars().count() > SUBJECT_CHARS {
            return Err(Fault::Subject);
        }
        let (mut person, named) = self.office.person(subject, &claims)?;
        person.until = Some(until);
        if named == Named::Unread {
            self.count_unread();
        }
        let who = SignedIn { person, herself: named.into() };
        let mut checked = lock(&self.checked);
        if checked.len() >= REMEMBERED {
            checked.retain(|_, one| now < one.until);
        }
        if checked.len() >= REMEMBERED {
            checked.clear();
        }
        checked.insert(print, Checked { who: who.clone(), until, key });
        Ok(who)
    }

    /// Whether the claims are this issuer's for this service, and hold now; gives until when.
    fn holds(&self, claims: &Map<String, Value>, now: Timestamp) -> Result<Timestamp, Fault> {
        if claims.get("iss").and_then(Value::as_str) != Some(self.office.issuer()) {
            return Err(Fault::Issuer);
        }
        let ours = |one: &Value| one.as_str().is_some_and(|one| self.office.is_audience(one));
        let meant = match claims.get("aud") {
            Some(Value::Array(all)) => all.iter().any(ours),
            Some(one) => ours(one),
            None => false,
        };
        if !meant {
            return Err(Fault::Audience);
        }
        // What tells a client who signed in opens nothing here.
        if ["nonce", "at_hash", "c_hash"].iter().any(|name| claims.contains_key(*name)) {
            return Err(Fault::Type);
        }
        let skew = self.office.skew();
        let at = |name: &str| claims.get(name).map(|value| moment(value).ok_or(Fault::Malformed)).transpose();
        let ends = at("exp")?.ok_or(Fault::Malformed)?;
        let until = ends.saturating_add(skew).unwrap_or(Timestamp::MAX);
        if now >= until {
            return Err(Fault::Expired);
        }
        for begins in [at("nbf")?, at("iat")?].into_iter().flatten() {
            if begins.saturating_sub(skew).unwrap_or(Timestamp::MIN) > now {
                return Err(Fault::NotYet);
            }
        }
        Ok(until)
    }

    /// A provider that names citizens otherwise than the office's file says would take every warning away in silence.
    fn count_unread(&self) {
        let count = self.unread.fetch_add(1, Ordering::Relaxed) + 1;
        if count.is_power_of_two() {
            tracing::warn!(count, "the claim that says which citizen somebody is was not understood");
        }
    }

    /// It was looked for which citizen the person of a token is: from here on the number is not needed.
    pub fn found(&self, token: &str, citizen: Option<CitizenId>) {
        if let Some(known) = lock(&self.checked).get_mut(&fingerprint(&[token.as_bytes()])) {
            known.who.herself = Herself::Known(citizen);
        }
    }

    /// Whether the house knows everything about a person that her claims say.
    #[must_use]
    pub fn is_remembered(&self, person: &Person, citizen: Option<CitizenId>) -> bool {
        lock(&self.remembered).get(&person.id()) == Some(&print_of(person, citizen))
    }

    /// The house knows it now.
    pub fn remembered(&self, person: &Person, citizen: Option<CitizenId>) {
        lock(&self.remembered).insert(person.id(), print_of(person, citizen));
    }
}

/// Everything that her claims say about her.
fn print_of(person: &Person, citizen: Option<CitizenId>) -> [u8; 32] {
    let herself = citizen.map_or([0; 16], |citizen| citizen.0.into_bytes());
    fingerprint(&[&serde_json::to_vec(&*person.me).unwrap_or_default(), &herself])
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Nothing is left half-done in it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The parts of a token.
struct Parts<'a> {
    /// Header and claims as they were signed.
    message: &'a str,
    claims: &'a str,
    signature: &'a str,
}

fn read(token: &str) -> Result<(Header, Parts<'_>), Fault> {
    let (message, signature) = token.rsplit_once('.').ok_or(Fault::Malformed)?;
    let (header, claims) = message.split_once('.').ok_or(Fault::Malformed)?;
    if claims.contains('.') {
        return Err(Fault::Malformed);
    }
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| Fault::Malformed)?;
    let header: Header = serde_json::from_slice(&header).map_err(|_| Fault::Malformed)?;
    // RFC 7515, section 4.1.11: what must be understood and is not ends it here.
    if header.crit.is_some() {
        return Err(Fault::Malformed);
    }
    let kind = header.typ.as_deref().unwrap_or_default().to_ascii_lowercase();
    if !matches!(kind.strip_prefix("application/").unwrap_or(&kind), "at+jwt" | "jwt") {
        return Err(Fault::Type);
    }
    Ok((header, Parts { message, claims, signature }))
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// Seconds since 1970, whole or not (RFC 7519, section 2).
fn moment(value: &Value) -> Option<Timestamp> {
    if let Some(seconds) = value.as_i64() {
        return Some(from_micros(seconds.saturating_mul(1_000_000)));
    }
    let seconds = value.as_f64().filter(|seconds| seconds.is_finite())?;
    // Far beyond the calendar it becomes its nearest end.
    #[allow(clippy::cast_possible_truncation)]
    let micros = (seconds * 1_000_000.0) as i64;
    Some(from_micros(micros))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_moment_is_a_number_of_seconds_whole_or_not_and_never_beyond_the_calendar() {
        assert_eq!(moment(&json!(1_780_992_360)).unwrap().to_string(), "2026-06-09T08:06:00Z");
        assert_eq!(moment(&json!(1_780_992_360.5)).unwrap().to_string(), "2026-06-09T08:06:00.5Z");
        assert_eq!(moment(&json!(i64::MAX)), Some(Timestamp::MAX));
        assert_eq!(moment(&json!(u64::MAX)), Some(Timestamp::MAX));
        assert_eq!(moment(&json!(-1e300)), Some(Timestamp::MIN));
        for other in [json!("1780992360"), json!(null), json!([1]), json!(true)] {
            assert_eq!(moment(&other), None);
        }
    }

    proptest! {
        #[test]
        fn no_text_of_any_kind_is_more_than_refused(text in any::<String>(), header in any::<Vec<u8>>(), claims in any::<Vec<u8>>()) {
            let _ = read(&text);
            let token = format!("{}.{}.x", URL_SAFE_NO_PAD.encode(&header), URL_SAFE_NO_PAD.encode(&claims));
            let _ = read(&token);
            let _ = object(&text);
            let _ = object(&URL_SAFE_NO_PAD.encode(&claims));
        }
    }
}
