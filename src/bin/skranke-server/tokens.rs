//! The file of the personas' tokens. What does not live here: the tokens themselves (the server's `auth`).

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use skranke_server::PersonaTokens;

use crate::Failure;

/// The file that tells tools where to go and with which token.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenFile {
    /// Where the server answers.
    pub base_url: String,
    /// The tokens.
    pub tokens: PersonaTokens,
}

/// The tokens in a file; none when it is not there yet.
pub fn read_tokens(path: &Path) -> Result<Option<PersonaTokens>, Failure> {
    let wrong = |why: String| Failure::Use(format!("the token file {} cannot be used: {why}", path.display()));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(error.to_string())),
    };
    let file: TokenFile =
        serde_json::from_str(&text).map_err(|error| wrong(format!("line {}: {error}", error.line())))?;
    Ok(Some(file.tokens))
}

/// Writes the file beside its place and moves it there, so that nobody reads half of it.
pub fn write_tokens(path: &Path, file: &TokenFile) -> Result<(), Failure> {
    let wrong =
        |error: std::io::Error| Failure::Use(format!("the token file {} cannot be written: {error}", path.display()));
    let mut text = serde_json::to_vec_pretty(file).map_err(|error| wrong(error.into()))?;
    text.push(b'\n');
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let beside = PathBuf::from(beside);
    // What a run of the same number left half-written is no loss.
    let _ = std::fs::remove_file(&beside);
    skranke_server::seal::write_private(&beside, &text).map_err(wrong)?;
    std::fs::rename(&beside, path).map_err(wrong)
}
