//! The way to a configured server: a training server elsewhere with the tokens it wrote, or an office whose people sign in. What does not live
//! here: reading the office's file (`config`), what signing in does (`skranke-client`).

use std::path::Path;
use std::sync::Arc;

use skranke_client::endpoint::{Endpoint, EndpointError, Fixed, Secret};
use skranke_client::keyring::{Keyring, works};
use skranke_client::sign_in::{Consent, Oidc, Settings, SignIn, SignedInDoorway, SystemBrowser, TokenStore};
use skranke_client::{Doorway, KeyPlace, Trust};
use skranke_domain::authority::Role;
use skranke_ui::launch::Startup;
use tokio::sync::watch;

use super::{StartError, Way, training_key};
use crate::config::{AskConsent, Office, ServerAddress, SignInAt};
use crate::folders::Folders;

/// The way to the server that an office's file names.
pub(super) fn way(
    office: &Office,
    server: &ServerAddress,
    folders: &Folders,
    keyring: Arc<dyn Keyring>,
) -> Result<Way, StartError> {
    // The sender is dropped: nothing follows "ready".
    let (_, startup) = watch::channel(Startup::Ready);
    let name: String = server.url.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let trust = trust(server.ca.as_deref())?;
    match (&office.sign_in, &server.persona_tokens) {
        (Some(at), _) => signed_in(server, at, folders, keyring, (name, trust, startup)),
        (None, Some(file)) => {
            let doorway: Arc<dyn Doorway> = Arc::new(personas(&server.url, file)?.trusting(trust));
            Ok(Way { doorway, startup, server: name, sign_in: None, keys: training_key(folders) })
        }
        (None, None) => Err(StartError::NoServer(folders.office_config())),
    }
}

fn trust(file: Option<&Path>) -> Result<Trust, StartError> {
    let Some(file) = file else { return Ok(Trust::system()) };
    Trust::from_file(file).map_err(|source| StartError::Authority { file: file.to_owned(), source })
}

/// An office whose people sign in: nothing that opens anything lies in a file.
fn signed_in(
    server: &ServerAddress,
    at: &SignInAt,
    folders: &Folders,
    keyring: Arc<dyn Keyring>,
    (name, to_server, startup): (String, Trust, watch::Receiver<Startup>),
) -> Result<Way, StartError> {
    let settings = Settings {
        issuer: at.issuer.clone(),
        client_id: at.client_id.clone(),
        scopes: at.scopes.clone(),
        resource: at.resource.clone(),
        consent: match at.consent {
            AskConsent::AsItLikes => Consent::AsItLikes,
            AskConsent::EachTime => Consent::EachTime,
        },
        trust: trust(at.ca.as_deref())?,
    };
    settings.check().map_err(StartError::Provider)?;
    let works = works(keyring.as_ref());
    let keys = match works {
        Ok(()) => KeyPlace::keyring(&name),
        // Until somebody gives a passphrase; without one nothing is written.
        Err(_) => KeyPlace::Memory,
    };
    let store = TokenStore::new(keyring, works, &settings.issuer, &settings.client_id);
    let turn = folders.data.join("sign-in.turn");
    let oidc = Oidc::taking_turns(settings, store, Arc::new(SystemBrowser), turn).map_err(StartError::SignIn)?;
    let doorway: Arc<dyn Doorway> = Arc::new(SignedInDoorway::new(&server.url, to_server, oidc.clone())?);
    let sign_in: Option<Arc<dyn SignIn>> = Some(Arc::new(oidc));
    Ok(Way { doorway, startup, server: name, sign_in, keys })
}

/// A training server elsewhere, with the tokens it wrote.
fn personas(url: &str, file: &Path) -> Result<Fixed, StartError> {
    let wrong = |expected: String| StartError::Tokens { file: file.to_owned(), expected };
    let text = std::fs::read_to_string(file).map_err(|e| wrong(format!("cannot be read: {e}")))?;
    let found: TokenFile = serde_json::from_str(&text).map_err(|e| {
        wrong(format!("line {}: expected the file that skranke-server --persona-tokens wrote ({e})", e.line()))
    })?;
    let tokens = &found.tokens;
    let personas = [
        (Role::Host, &tokens.host),
        (Role::Clerk, &tokens.clerk),
        (Role::Caseworker, &tokens.caseworker),
        (Role::TeamLeader, &tokens.team_leader),
        (Role::Guest, &tokens.guest),
    ];
    let endpoints = personas
        .into_iter()
        .map(|(role, token)| Ok((role, Endpoint::new(url, Secret::new(token.clone()))?)))
        .collect::<Result<Vec<_>, EndpointError>>()?;
    let personas = Fixed::personas(endpoints);
    Ok(match &tokens.display {
        Some(token) => personas.with_display(Endpoint::new(url, Secret::new(token.clone()))?),
        None => personas,
    })
}

#[derive(serde::Deserialize)]
struct TokenFile {
    tokens: Tokens,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tokens {
    host: String,
    clerk: String,
    caseworker: String,
    team_leader: String,
    guest: String,
    #[serde(default)]
    display: Option<String>,
}

#[cfg(test)]
mod tests {
    use skranke_client::keyring::ProcessKeyring;
    use skranke_client::sign_in::{Keeping, NoKeyring};

    use super::*;

    #[test]
    fn where_people_sign_in_no_key_and_no_token_lies_in_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let folders = Folders::inside(folder.path());
        folders.make().expect("folders");
        let text = "[server]\nurl = \"https://sager.example.dk\"\n[sign_in]\nissuer = \"https://login.example.dk\"\nclient_id = \"skranke\"\n";
        std::fs::write(folders.office_config(), text).expect("written");
        let office = crate::config::office(&folders.office_config()).expect("no mistakes");
        let server = office.server.clone().expect("a server");
        let keyring = Arc::new(ProcessKeyring::default());
        let with = way(&office, &server, &folders, keyring.clone()).expect("a way");
        assert!(with.sign_in.is_some() && matches!(with.keys, KeyPlace::Keyring { .. }), "{:?}", with.keys);
        keyring.refuse(Some(NoKeyring::Missing));
        let without = way(&office, &server, &folders, keyring).expect("a way");
        assert_eq!(without.keys, KeyPlace::Memory);
        let keeping = without.sign_in.expect("they sign in").keeping();
        assert_eq!(keeping, Keeping::EachTime(NoKeyring::Missing));
        let left: Vec<_> = std::fs::read_dir(&folders.data).expect("readable").collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
