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
    /// The training municipality's size and seed.
    pub training: Training,
}

/// Where the case API is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerAddress {
    /// `https://…`; `http://` only on this machine.
    pub url: String,
    /// The persona tokens of a training server, as `skranke-server --persona-tokens FILE` wrote them.
    pub persona_tokens: PathBuf,
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
    let office: Office = parse(file, &text)?;
    if let Some(server) = &office.server {
        let local = ["http://127.0.0.1", "http://[::1]", "http://localhost"];
        if !server.url.starts_with("https://") && !local.iter().any(|l| server.url.starts_with(l)) {
            let line = text.lines().position(|l| l.trim_start().starts_with("url")).map_or(1, |at| at + 1);
            let expected = "`url` must begin with https:// (http:// only on this machine)".to_owned();
            return Err(Mistake { file: file.to_owned(), line, expected }.into());
        }
    }
    Ok(office)
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
    }
}
