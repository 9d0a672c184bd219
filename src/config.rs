//! The office's configuration (`skranke.toml`) and the person's settings (`settings.toml`): reading, and saying where a mistake is.
//! What does not live here: what the settings mean (see `skranke-desk`).

use std::path::{Path, PathBuf};

use serde::Deserialize;
use skranke_desk::settings::Settings;

/// The office's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// The server; none means the training municipality.
    pub server: Option<ServerAddress>,
    /// How people sign in there; none where its personas hold tokens.
    pub sign_in: Option<SignInAt>,
    /// The training municipality's size and seed.
    pub training: Training,
}

/// Where the case API is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerAddress {
    /// `https://…`; `http://` only on this machine.
    pub url: String,
    /// The persona tokens of a training server, as `skranke-server --persona-tokens FILE` wrote them; not where people sign in.
    #[serde(default)]
    pub persona_tokens: Option<PathBuf>,
    /// The authorities (PEM) that may sign the server's certificate, in place of those that the system trusts; beside this file.
    #[serde(default)]
    pub ca: Option<PathBuf>,
}

/// How people sign in: an OpenID Connect provider.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInAt {
    /// The provider, exactly as its own discovery document names it.
    pub issuer: String,
    /// This program's name there: a native client without a secret, with the redirect address `http://127.0.0.1/callback` at any port.
    pub client_id: String,
    /// What is asked for beside `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// Which server the access token is for, where the provider wants to hear it (RFC 8707).
    #[serde(default)]
    pub resource: Option<String>,
    /// Whether people are asked to agree: some providers hand out what signs them in again in no other way.
    #[serde(default)]
    pub consent: AskConsent,
    /// What becomes of what somebody saw on a machine when she signs out.
    #[serde(default)]
    pub at_sign_out: SeenAtSignOut,
    /// The authorities (PEM) that may sign the provider's certificate, in place of those that the system trusts; beside this file.
    #[serde(default)]
    pub ca: Option<PathBuf>,
}

/// What becomes of what somebody saw on a machine when she signs out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeenAtSignOut {
    /// It is wiped.
    #[default]
    Wipe,
    /// It stays on the machine, sealed, until she signs in again.
    Keep,
}

/// Whether people are asked to agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskConsent {
    /// As the provider likes.
    #[default]
    AsItLikes,
    /// Each time they sign in.
    EachTime,
}

fn usual_scopes() -> Vec<String> {
    ["profile", "offline_access"].map(str::to_owned).into()
}

/// The training municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Training {
    /// The seed: the same one makes the same people.
    pub seed: u64,
    /// How many citizens.
    pub citizens: u32,
}

impl Default for Training {
    fn default() -> Self {
        Self { seed: 2005, citizens: 5_000 }
    }
}

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{line}: {expected}", file.display())]
pub struct Mistake {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What was found and what was expected.
    pub expected: String,
}

/// Why a file does not serve.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// It holds a mistake.
    #[error(transparent)]
    Mistake(#[from] Mistake),
    /// It cannot be read.
    #[error("{} cannot be read: {source}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads the office's configuration; a file that is not there means the training municipality.
///
/// # Errors
/// [`ConfigError`] with file, line and what was expected.
pub fn office(file: &Path) -> Result<Office, ConfigError> {
    let Some(text) = read(file)? else { return Ok(Office::default()) };
    let mut office: Office = parse(file, &text)?;
    let at = |line: usize, expected: &str| Mistake { file: file.to_owned(), line, expected: expected.to_owned() };
    if let Some(server) = &office.server {
        let line = |key: &str| line_of(&text, "[server]", key);
        if !is_safe(&server.url) {
            return Err(at(line("url"), "`url` must begin with https:// (http:// only on this machine)").into());
        }
        match (&server.persona_tokens, &office.sign_in) {
            (None, None) => {
                let expected = "a section [sign_in] was expected (or `persona_tokens`, of a training server)";
                return Err(at(line("[server]"), expected).into());
            }
            (Some(_), Some(_)) => {
                let expected = "either [sign_in] or `persona_tokens` was expected: where people sign in, nobody holds persona tokens";
                return Err(at(line("persona_tokens"), expected).into());
            }
            _ => {}
        }
    }
    if let Some(sign_in) = &office.sign_in {
        let line = |key: &str| line_of(&text, "[sign_in]", key);
        if office.server.is_none() {
            return Err(at(line("[sign_in]"), "a section [server] with its `url` was expected beside [sign_in]").into());
        }
        if !is_safe(&sign_in.issuer) {
            return Err(at(line("issuer"), "`issuer` must begin with https:// (http:// only on this machine)").into());
        }
        if sign_in.client_id.trim().is_empty() {
            return Err(at(line("client_id"), "`client_id` must be this program's name at the provider").into());
        }
    }
    let beside = |path: &mut Option<PathBuf>| {
        if let (Some(path), Some(folder)) = (path, file.parent()) {
            *path = folder.join(&*path);
        }
    };
    if let Some(server) = &mut office.server {
        beside(&mut server.ca);
    }
    if let Some(sign_in) = &mut office.sign_in {
        beside(&mut sign_in.ca);
    }
    Ok(office)
}

/// https anywhere, http on this machine alone.
fn is_safe(address: &str) -> bool {
    let local = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([':', '/']);
    address.starts_with("https://") || local.iter().any(|l| address.strip_prefix(l).is_some_and(ends))
}

/// The line of a key in a section, or of the section's heading; the first line where neither stands so.
fn line_of(text: &str, section: &str, key: &str) -> usize {
    let lines = || text.lines().map(str::trim_start).enumerate();
    let Some((start, _)) = lines().find(|(_, line)| line.starts_with(section)) else { return 1 };
    let inside = lines().skip(start + 1).take_while(|(_, line)| !line.starts_with('['));
    let found = inside.filter(|(_, line)| line.starts_with(key)).map(|(at, _)| at).next();
    found.unwrap_or(start) + 1
}

/// Reads a person's settings; a file that is not there means the usual ones.
///
/// # Errors
/// [`ConfigError`] with file, line and what was expected.
pub fn settings(file: &Path) -> Result<Settings, ConfigError> {
    let Some(text) = read(file)? else { return Ok(Settings::default()) };
    parse::<Settings>(file, &text).map(Settings::within_bounds)
}

fn read(file: &Path) -> Result<Option<String>, ConfigError> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ConfigError::Unreadable { file: file.to_owned(), source }),
    }
}

fn parse<T: serde::de::DeserializeOwned>(file: &Path, text: &str) -> Result<T, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start).min(text.len());
        let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
        let expected = error.message().lines().collect::<Vec<_>>().join(" ");
        Mistake { file: file.to_owned(), line, expected }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> Mistake {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("skranke.toml");
        std::fs::write(&file, text).expect("written");
        match office(&file) {
            Err(ConfigError::Mistake(mistake)) => mistake,
            other => panic!("a mistake was expected, got {other:?}"),
        }
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line_and_what_was_expected() {
        let found = mistake("[training]\nseed = 1\ncitizen = 5\n");
        assert_eq!(found.line, 3);
        assert!(found.expected.contains("citizens"), "{}", found.expected);
    }

    #[test]
    fn a_word_where_a_number_belongs_is_named_with_its_line() {
        assert_eq!(mistake("[training]\nseed = \"many\"\n").line, 2);
    }

    #[test]
    fn a_server_elsewhere_must_be_https() {
        let found = mistake("[server]\nurl = \"http://sager.example.dk\"\npersona_tokens = \"x\"\n");
        assert_eq!(found.line, 2);
        let found = mistake("[server]\nurl = \"http://127.0.0.1.example.dk\"\npersona_tokens = \"x\"\n");
        assert_eq!(found.line, 2, "it only begins like this machine");
    }

    #[test]
    fn an_office_where_people_sign_in_says_where_and_nobody_holds_tokens() {
        let server = "[server]\nurl = \"https://sager.example.dk\"\n";
        let sign_in = "[sign_in]\nissuer = \"https://login.example.dk\"\nclient_id = \"skranke\"\n";
        assert_eq!(mistake(server).line, 1);
        assert_eq!(mistake(sign_in).line, 1);
        assert_eq!(mistake(&format!("{server}persona_tokens = \"x\"\n{sign_in}")).line, 3);
        let plain = sign_in.replace("https", "http");
        assert_eq!(mistake(&format!("{server}\n{plain}")).line, 5);
        assert!(mistake(&format!("{server}{sign_in}secret = \"x\"\n")).expected.contains("scopes"));
    }

    #[test]
    fn the_example_for_offices_holds_no_mistake_and_names_every_key() {
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/skranke.toml");
        let found = office(&example).expect("no mistakes");
        assert_eq!(found.sign_in.map(|s| s.client_id), Some("skranke-desk".to_owned()));
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("skranke.toml");
        let text = std::fs::read_to_string(&example).expect("readable").replace("\n# ca =", "\nca =");
        let text = text.replace("\n# resource =", "\nresource =").replace("\n# consent =", "\nconsent =");
        let text = text.replace("\n# at_sign_out =", "\nat_sign_out =");
        std::fs::write(&file, text).expect("written");
        let all = office(&file).expect("no mistakes").sign_in.expect("they sign in");
        assert_eq!((all.consent, all.resource.is_some(), all.ca.is_some()), (AskConsent::EachTime, true, true));
        assert_eq!(all.at_sign_out, SeenAtSignOut::Keep);
    }

    #[test]
    fn what_was_seen_is_wiped_at_sign_out_where_the_office_says_nothing_else() {
        let text = "[server]\nurl = \"https://sager.example.dk\"\n\
                    [sign_in]\nissuer = \"https://login.example.dk\"\nclient_id = \"skranke\"\n";
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("skranke.toml");
        let said = |more: &str| {
            std::fs::write(&file, format!("{text}{more}")).expect("written");
            office(&file).expect("no mistakes").sign_in.expect("they sign in").at_sign_out
        };
        assert_eq!((said(""), said("at_sign_out = \"keep\"\n")), (SeenAtSignOut::Wipe, SeenAtSignOut::Keep));
        assert_eq!(said("at_sign_out = \"wipe\"\n"), SeenAtSignOut::Wipe);
        let found = mistake(&format!("{text}at_sign_out = \"never\"\n"));
        assert_eq!(found.line, 6);
        assert!(found.expected.contains("wipe") && found.expected.contains("keep"), "{}", found.expected);
    }

    #[test]
    fn an_authority_is_looked_for_beside_the_file_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("skranke.toml");
        let text = "[server]\nurl = \"https://sager.example.dk\"\nca = \"ours.pem\"\n\
                    [sign_in]\nissuer = \"https://login.example.dk\"\nclient_id = \"skranke\"\nca = \"/etc/ours.pem\"\n";
        std::fs::write(&file, text).expect("written");
        let office = office(&file).expect("no mistakes");
        assert_eq!(office.server.and_then(|s| s.ca), Some(folder.path().join("ours.pem")));
        let sign_in = office.sign_in.expect("they sign in");
        assert_eq!(sign_in.ca, Some(PathBuf::from("/etc/ours.pem")));
        assert_eq!((sign_in.scopes, sign_in.consent), (usual_scopes(), AskConsent::AsItLikes));
    }
}
