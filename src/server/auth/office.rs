//! An office's sign-in file: which provider, for whom its tokens are, and what its words mean here. What lives here: reading and checking it.
//! What does not: applying it to claims (`claims`), checking tokens (`oidc`).

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::{Map, Value};
use skranke_api::me::Me;
use skranke_domain::authority::Role;
use skranke_domain::catalogue::{Catalogue, Mistake};
use skranke_domain::{DepartmentId, SiteId, StaffId};
use toml::Spanned;

use super::citizen::{CitizenKey, Named};
use super::claims::{Grant, Machine, Mapping, Places, Unfit, Usual};
use super::keys::is_plain_loopback;
use super::{Hand, Person};
use crate::seal::fingerprint;

/// The clocks of provider and server may differ by this much where the file says nothing.
const USUAL_SKEW: u64 = 60;
/// And by this much at most: a longer time would make the end of a token meaningless.
const MOST_SKEW: u64 = 300;

/// What a provider's tokens mean at an office.
#[derive(Clone)]
pub struct OidcOffice(Arc<Inner>);

struct Inner {
    issuer: String,
    audience: Vec<String>,
    skew: SignedDuration,
    municipality: String,
    training: bool,
    mapping: Mapping,
    client: reqwest::Client,
}

impl std::fmt::Debug for OidcOffice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OidcOffice").field("issuer", &self.0.issuer).finish_non_exhaustive()
    }
}

/// Why a sign-in file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// It, or the certificate it names, cannot be read.
    #[error("{file} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// It has mistakes.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Mistakes(Vec<Mistake>),
    /// The certificate is none.
    #[error("{0} holds no certificate in PEM")]
    Certificate(String),
    /// No line can be opened from here.
    #[error("no HTTP client can be made on this machine: {0}")]
    Client(String),
}

/// Whether the office's citizens are invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Town {
    /// They are real.
    Real,
    /// It is a training municipality, with real sign-in.
    Training,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: Spanned<String>,
    audience: Spanned<Vec<String>>,
    skew_seconds: Option<Spanned<u64>>,
    ca: Option<String>,
    municipality: String,
    claims: Places,
    usual: Spanned<Usual>,
    #[serde(default)]
    roles: BTreeMap<String, Spanned<Vec<Role>>>,
    #[serde(default)]
    machines: BTreeMap<String, Machine>,
    #[serde(default)]
    authorities: BTreeMap<String, Vec<Spanned<Grant>>>,
    #[serde(default)]
    departments: BTreeMap<String, Spanned<DepartmentId>>,
    #[serde(default)]
    sites: BTreeMap<String, SiteId>,
}

/// Collects mistakes with their lines.
struct Checker<'a> {
    file: &'a str,
    text: &'a str,
    catalogue: &'a Catalogue,
    mistakes: Vec<Mistake>,
}

impl Checker<'_> {
    fn wrong(&mut self, span: Range<usize>, found: impl Into<String>, expected: impl Into<String>) {
        let line = self.text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1);
        let (found, expected) = (found.into(), expected.into());
        self.mistakes.push(Mistake { file: self.file.to_owned(), line, found, expected });
    }

    fn department(&mut self, span: Range<usize>, department: &DepartmentId) {
        if self.catalogue.department(department).is_none() {
            self.wrong(span, format!("department `{}`", department.as_str()), "a department of the catalogue");
        }
    }

    /// The claim that says which citizen somebody is has to be its own: what stands in another is shown or becomes part of what is shown.
    fn citizen(&mut self, claims: &Places) {
        let Some(place) = &claims.citizen else { return };
        let (claim, span) = (place.claim.get_ref(), place.claim.span());
        if claim.trim().is_empty() {
            self.wrong(span, "an empty claim", "where the CPR number or the identifier of the citizen stands");
        } else if claims.others().any(|other| other == claim) {
            self.wrong(
                span,
                format!("claim `{claim}` twice"),
                "a claim of its own: which citizen somebody is is never shown",
            );
        } else if place.kind == CitizenKey::Cpr && claim == "sub" {
            let expected = "another claim: of `sub` the identifier is made that colleagues see, and a CPR number can be guessed from it";
            self.wrong(span, "a CPR number in `sub`", expected);
        }
    }

    fn check(&mut self, file: &File) {
        let issuer = file.issuer.get_ref();
        if !(issuer.starts_with("https://") || is_plain_loopback(issuer)) {
            self.wrong(
                file.issuer.span(),
                format!("issuer `{issuer}`"),
                "an https:// address (http:// on this machine alone)",
            );
        }
        if issuer.parse::<http::Uri>().map_or(true, |uri| uri.query().is_some() || uri.host().is_none_or(str::is_empty))
            || issuer.contains('#')
        {
            self.wrong(
                file.issuer.span(),
                "the issuer",
                "an address without query and fragment, as the provider writes it",
            );
        }
        if file.audience.get_ref().is_empty() || file.audience.get_ref().iter().any(String::is_empty) {
            self.wrong(
                file.audience.span(),
                "an empty audience",
                "the name under which the provider knows this service",
            );
        }
        if let Some(skew) = file.skew_seconds.as_ref().filter(|skew| *skew.get_ref() > MOST_SKEW) {
            self.wrong(skew.span(), format!("{} seconds", skew.get_ref()), format!("at most {MOST_SKEW}"));
        }
        self.citizen(&file.claims);
        if file.roles.is_empty() {
            self.wrong(
                self.text.len()..self.text.len(),
                "no word that gives a role",
                "a table [roles] with at least one",
            );
        }
        for (word, roles) in &file.roles {
            if roles.get_ref().is_empty() {
                self.wrong(roles.span(), format!("no role for `{word}`"), "one at least");
            }
        }
        self.department(file.usual.span(), &file.usual.get_ref().department);
        for department in file.departments.values() {
            self.department(department.span(), department.get_ref());
        }
        for grant in file.authorities.values().flatten() {
            let (span, grant) = (grant.span(), grant.get_ref());
            self.department(span.clone(), &grant.department);
            for procedure in &grant.procedures {
                if self.catalogue.procedure(procedure).is_none_or(|known| known.department != grant.department) {
                    let found = format!("procedure `{}`", procedure.as_str());
                    self.wrong(
                        span.clone(),
                        found,
                        format!("a procedure of `{}` in the catalogue", grant.department.as_str()),
                    );
                }
            }
            if grant.from.zip(grant.until).is_some_and(|(from, until)| until < from) {
                self.wrong(span, "an authority that ends before it begins", "`until` on or after `from`");
            }
        }
    }
}

impl OidcOffice {
    /// Reads an office's file; the certificate it names stands beside it.
    ///
    /// # Errors
    /// [`OfficeError`], with every mistake's line.
    pub fn read(path: &Path, catalogue: &Catalogue, town: Town) -> Result<Self, OfficeError> {
        let unreadable = |path: &Path, source| OfficeError::Unreadable { file: path.display().to_string(), source };
        let text = std::fs::read_to_string(path).map_err(|source| unreadable(path, source))?;
        let file = Self::parse(&path.display().to_string(), &text, catalogue)?;
        let ca = match &file.ca {
            None => None,
            Some(ca) => {
                let ca = path.parent().unwrap_or(Path::new("")).join(ca);
                let pem = std::fs::read(&ca).map_err(|source| unreadable(&ca, source))?;
                let all = reqwest::Certificate::from_pem_bundle(&pem).ok().filter(|all| !all.is_empty());
                Some(all.ok_or_else(|| OfficeError::Certificate(ca.display().to_string()))?)
            }
        };
        let client = client(is_plain_loopback(file.issuer.get_ref()), ca)?;
        let unspanned = |all: Vec<Spanned<Grant>>| all.into_iter().map(Spanned::into_inner).collect();
        Ok(Self(Arc::new(Inner {
            issuer: file.issuer.into_inner(),
            audience: file.audience.into_inner(),
            skew: SignedDuration::from_secs(
                i64::try_from(file.skew_seconds.map_or(USUAL_SKEW, Spanned::into_inner)).unwrap_or_default(),
            ),
            municipality: file.municipality,
            training: town == Town::Training,
            mapping: Mapping {
                places: file.claims,
                usual: file.usual.into_inner(),
                roles: file.roles.into_iter().map(|(word, roles)| (word, roles.into_inner())).collect(),
                machines: file.machines,
                authorities: file.authorities.into_iter().map(|(word, all)| (word, unspanned(all))).collect(),
                departments: file.departments.into_iter().map(|(word, is)| (word, is.into_inner())).collect(),
                sites: file.sites,
                known: catalogue.departments.iter().map(|department| department.id.clone()).collect(),
            },
            client,
        })))
    }

    fn parse(name: &str, text: &str, catalogue: &Catalogue) -> Result<File, OfficeError> {
        let mut checker = Checker { file: name, text, catalogue, mistakes: Vec::new() };
        match toml::from_str::<File>(text) {
            Ok(file) => {
                checker.check(&file);
                if checker.mistakes.is_empty() { Ok(file) } else { Err(OfficeError::Mistakes(checker.mistakes)) }
            }
            Err(error) => {
                let message = error.message();
                let (found, expected) =
                    message.split_once(", expected ").unwrap_or((message, "what packaging/sign-in.toml shows"));
                checker.wrong(error.span().unwrap_or_default(), found, expected);
                Err(OfficeError::Mistakes(checker.mistakes))
            }
        }
    }

    /// The provider's name for itself.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// Whether a token for this audience is for this service.
    #[must_use]
    pub fn is_audience(&self, audience: &str) -> bool {
        self.0.audience.iter().any(|ours| ours == audience)
    }

    /// By how much the clocks may differ.
    #[must_use]
    pub fn skew(&self) -> SignedDuration {
        self.0.skew
    }

    /// The line to the provider.
    #[must_use]
    pub fn client(&self) -> reqwest::Client {
        self.0.client.clone()
    }

    /// The person whom the claims describe, and whom they name as the citizen she is. Her identifier follows from issuer and subject alone,
    /// so that it is the same everywhere and for good.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn person(&self, subject: &str, claims: &Map<String, Value>) -> Result<(Person, Named), Unfit> {
        let says = self.0.mapping.read(claims)?;
        let id = staff_id(&self.0.issuer, subject);
        let (usual_name, usual_role) = match says.hand {
            Hand::Service => ("Selvbetjening", Role::Caseworker),
            Hand::Staff | Hand::Display => ("Kaldetavle", Role::Guest),
        };
        let name = says.name.unwrap_or_else(|| usual_name.to_owned());
        let initials = says.initials.unwrap_or_else(|| initials(&name));
        let role = says.roles.first().copied().unwrap_or(usual_role);
        let roles = if says.roles.is_empty() { vec![role] } else { says.roles };
        let me = Me {
            id,
            name,
            initials,
            role,
            roles,
            department: says.department,
            authorities: says.authorities,
            site: says.site,
            counter: says.counter,
            training: self.0.training,
            municipality: self.0.municipality.clone(),
        };
        Ok((Person::new(me, says.hand), says.citizen))
    }
}

/// The identifier of a provider's subject: the first bytes of a hash, as a UUID of version 8.
#[must_use]
pub fn staff_id(issuer: &str, subject: &str) -> StaffId {
    let hash = fingerprint(&[b"staff", issuer.as_bytes(), subject.as_bytes()]);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    StaffId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Of the first and the last name, and of one between them where there are more: `KWT`.
fn initials(name: &str) -> String {
    name.split(' ').filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).take(3).collect()
}

fn client(plain: bool, ca: Option<Vec<reqwest::Certificate>>) -> Result<reqwest::Client, OfficeError> {
    // Fails only when a provider of cryptography stands already, and then that one serves.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("skranke-server/", env!("CARGO_PKG_VERSION")))
        // The keys are where the issuer says, and nowhere else.
        .redirect(reqwest::redirect::Policy::none());
    if plain {
        builder = builder.no_proxy();
    }
    builder = match ca {
        // An office that names its authority trusts no other for this.
        Some(ca) => builder.tls_certs_only(ca),
        None if plain => builder.tls_certs_only(std::iter::empty()),
        None => builder,
    };
    builder.build().map_err(|error| OfficeError::Client(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../packaging/sign-in.toml");

    fn mistakes(text: &str) -> Vec<String> {
        match OidcOffice::parse("sign-in.toml", text, &Catalogue::builtin().unwrap()) {
            Ok(_) => Vec::new(),
            Err(OfficeError::Mistakes(all)) => all.iter().map(ToString::to_string).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    fn line_of(text: &str, part: &str) -> usize {
        text[..text.find(part).unwrap_or_else(|| panic!("{part}"))].matches('\n').count() + 1
    }

    #[test]
    fn the_example_that_is_shipped_is_read() {
        assert_eq!(mistakes(EXAMPLE), Vec::<String>::new());
    }

    #[test]
    fn each_mistake_is_told_with_its_line_and_what_was_expected() {
        for (from, to, line, expected) in [
            ("issuer = \"https:", "issuer = \"http:", "issuer =", "expected an https:// address"),
            ("audience = [\"", "audience = [\"\", \"", "audience =", "expected the name under which"),
            ("skew_seconds = 60", "skew_seconds = 900", "skew_seconds =", "expected at most 300"),
            ("skew_seconds = 60", "skew = 60", "skew = 60", "unknown field `skew`"),
            ("[\"team_leader\"", "[\"leader\"", "[\"leader\"", "unknown variant `leader`"),
            (
                "level = \"judgement\"",
                "level = 4",
                "level = 4",
                "expected guidance, rule_based or judgement, or 1, 2 or 3",
            ),
            ("until = 2026-12-31", "until = 2019-12-31", "until = 2019", "expected `until` on or after `from`"),
            ("until = 2026-12-31", "until = \"soon\"", "until = \"soon\"", "expected a day, as 2026-12-31"),
            (
                "department = \"buf\"",
                "department = \"bif2\"",
                "department = \"bif2\"",
                "expected a department of the catalogue",
            ),
            ("procedures = [\"", "procedures = [\"nothing\", \"", "procedures = [", "expected a procedure of"),
            ("claim = \"cpr\"", "claim = \" \"", "claim = \" \"", "expected where the CPR number or the identifier"),
            ("claim = \"cpr\"", "claim = \"initials\"", "claim = \"initials\"", "expected a claim of its own"),
            ("claim = \"cpr\"", "claim = \"name\"", "claim = \"name\"", "claim `name` twice"),
            ("claim = \"cpr\"", "claim = \"sub\"", "claim = \"sub\"", "a CPR number in `sub`, expected another claim"),
            ("claim = \"cpr\"", "claim = 7", "claim = 7", "expected a string"),
            ("kind = \"cpr\"", "kind = \"number\"", "kind = \"number\"", "expected `cpr` or `id`"),
            ("kind = \"cpr\"", "", "[claims.citizen]", "missing field `kind`"),
            ("claim = \"cpr\"", "", "[claims.citizen]", "missing field `claim`"),
            ("kind = \"cpr\"", "kind = \"cpr\"\nshow = true", "show = true", "unknown field `show`"),
        ] {
            assert!(EXAMPLE.contains(from), "{from}");
            let text = EXAMPLE.replacen(from, to, 1);
            let told = mistakes(&text);
            let start = format!("sign-in.toml:{}: ", line_of(&text, line));
            assert!(told.iter().any(|one| one.starts_with(&start) && one.contains(expected)), "{to}: {told:?}");
        }
    }

    #[test]
    fn a_file_without_a_claim_for_the_citizen_is_as_good_and_an_identifier_may_be_the_subject() {
        let (start, end) = (EXAMPLE.find("[claims.citizen]").unwrap(), EXAMPLE.find("kind = \"cpr\"").unwrap());
        let without = format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..].replacen("kind = \"cpr\"", "", 1));
        assert_eq!(mistakes(&without), Vec::<String>::new());
        let inside = "[claims.citizen]\nclaim = \"sub\"\nkind = \"id\"\n";
        assert_eq!(mistakes(&without.replacen("[usual]", &format!("{inside}[usual]"), 1)), Vec::<String>::new());
    }

    #[test]
    fn a_file_without_roles_or_a_provider_is_refused() {
        let without = EXAMPLE.lines().filter(|line| !line.starts_with("issuer")).collect::<Vec<_>>().join("\n");
        assert!(mistakes(&without)[0].contains("missing field `issuer`"), "{:?}", mistakes(&without));
        assert!(!mistakes("").is_empty());
    }

    #[test]
    fn a_person_has_the_same_identifier_for_good_and_nobody_elses() {
        let ada = staff_id("https://login.example.dk", "248289761001");
        assert_eq!(ada, staff_id("https://login.example.dk", "248289761001"));
        assert_eq!(ada.0.get_version_num(), 8);
        assert_ne!(ada, staff_id("https://login.example.dk", "248289761002"));
        assert_ne!(ada, staff_id("https://login.example.dk2", "48289761001"));
    }
}
