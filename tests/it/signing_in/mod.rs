//! Signing in as at an office: a real OpenID provider, the real server with its sign-in file, the real client, a real keyring. Where this
//! machine lacks one of them, the test says `skipped:` and why; `.ci/prepare.sh` installs them all.

mod keyring;
mod provider;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use skranke::client::endpoint::{Doorway, DoorwayError};
use skranke::client::keyring::{Item, Keyring, ProcessKeyring};
use skranke::client::sign_in::{
    Asking, Consent, NoKeyring, Oidc, Settings, SignIn, SignInError, SignedInDoorway, TokenStore,
};
use skranke::client::{CaseApi, ClientError, Trust};
use skranke::domain::authority::Role;

use self::provider::{Hands, Provider, modules};
use crate::support::process::{Running, server};
use crate::support::{CITIZENS, PATIENCE, SEED};

/// The server's name at the provider.
const AUDIENCE: &str = "https://skranke.example/";
const CLIENT: &str = "skranke-desk";

/// An office for a day: provider, server, browser.
struct Office {
    provider: Provider,
    url: String,
    hands: Hands,
    folder: tempfile::TempDir,
    _server: Running,
}

impl Office {
    /// None: this machine lacks something, which was said.
    fn open() -> Option<Self> {
        let modules = match modules() {
            Ok(modules) => modules,
            Err(reason) => {
                println!("skipped: {reason}");
                return None;
            }
        };
        let provider = Provider::start(&modules, AUDIENCE);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sign-in.toml");
        std::fs::write(&file, sign_in_file(&provider.issuer)).unwrap();
        let mut command = server();
        command
            .args(["--listen", "127.0.0.1:0", "--training", "--no-faults", "--database", "sqlite::memory:"])
            .args(["--seed", &SEED.to_string(), "--citizens", &CITIZENS.to_string()])
            .arg("--sign-in")
            .arg(&file);
        let mut server = Running::start(&mut command);
        let line = server.says("listening on ");
        let url = line.trim_start_matches("listening on ").trim().to_owned();
        Some(Self { provider, url, hands: Hands::new("ida"), folder, _server: server })
    }

    /// A window that starts at this office.
    fn window(&self, keyring: &Arc<dyn Keyring>, works: Result<(), NoKeyring>) -> Window {
        let settings = Settings {
            issuer: self.provider.issuer.clone(),
            client_id: CLIENT.to_owned(),
            scopes: vec!["profile".to_owned(), "offline_access".to_owned()],
            resource: Some(AUDIENCE.to_owned()),
            consent: Consent::EachTime,
            trust: Trust::system(),
        };
        let store = TokenStore::new(Arc::clone(keyring), works, &settings.issuer, &settings.client_id);
        let turn = self.folder.path().join("turn");
        let oidc = Oidc::taking_turns(settings, store, Arc::new(self.hands.clone()), turn).unwrap();
        let doorway = Arc::new(SignedInDoorway::new(&self.url, Trust::system(), oidc.clone()).unwrap());
        let api = CaseApi::new(doorway.clone(), Role::Guest);
        Window { oidc, doorway, api }
    }

    /// What the keyring holds of whoever signed in here.
    fn kept(&self, keyring: &Arc<dyn Keyring>) -> Option<serde_json::Value> {
        let item = Item::of(format!("sign-in {CLIENT} {}", self.provider.issuer));
        keyring.read(&item).unwrap().map(|kept| serde_json::from_str(kept.expose()).unwrap())
    }
}

struct Window {
    oidc: Oidc,
    doorway: Arc<SignedInDoorway>,
    api: CaseApi,
}

impl Window {
    async fn sign_in(&self, how: Asking) -> Result<String, SignInError> {
        let signed_in = tokio::time::timeout(PATIENCE, self.oidc.sign_in(how)).await.unwrap();
        self.api.sign_in_again().await;
        signed_in.map(|who| who.name)
    }

    /// Waits until the server knows her by a token other than the one given.
    async fn is_renewed(&self, before: &str) -> String {
        let renewed = async {
            loop {
                let now = self.doorway.endpoint(Role::Guest).await.unwrap().token().expose().to_owned();
                if now != before && self.api.me().await.is_ok() {
                    return now;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE, renewed).await.unwrap()
    }
}

/// What the provider's words mean at this office.
fn sign_in_file(issuer: &str) -> String {
    format!(
        r#"issuer = "{issuer}"
audience = ["{AUDIENCE}"]
municipality = "Prøvekøbing"

[claims]
name = "name"
initials = "initials"
roles = "roles"
authorities = "authorities"

[usual]
department = "kff"
site = "norrebro"

[roles]
"skranke" = ["clerk", "host"]
"leder" = ["team_leader", "clerk"]

[authorities]
"kff-skoen" = [{{ department = "kff", level = "judgement" }}]
"#
    )
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// A day with a keyring: everything that signing in is for.
async fn a_day(mut office: Office, keyring: Arc<dyn Keyring>) {
    let window = office.window(&keyring, Ok(()));
    assert_eq!(window.oidc.resume().await.unwrap(), None, "nobody was here before");
    assert_eq!(window.api.me().await.unwrap_err(), ClientError::Doorway(DoorwayError::SignedOut));

    // In the morning. What the server knows of her comes from the provider's words.
    assert_eq!(window.sign_in(Asking::Anew).await.as_deref(), Ok("Ida Mellemgaard"));
    assert_eq!(office.hands.typed(), ["login", "consent"]);
    let me = window.api.me().await.unwrap();
    assert_eq!((me.name.as_str(), me.initials.as_str(), me.role), ("Ida Mellemgaard", "IM", Role::Clerk));
    assert_eq!(me.roles, [Role::Clerk, Role::Host]);

    // The window is closed and opened again: she goes on, and no browser opens.
    let first = office.kept(&keyring).unwrap();
    let window = office.window(&keyring, Ok(()));
    assert_eq!(window.oidc.resume().await.unwrap().unwrap().name, "Ida Mellemgaard");
    assert_eq!(window.api.me().await.unwrap().id, me.id);
    assert!(office.hands.typed().is_empty());
    let second = office.kept(&keyring).unwrap();
    assert_ne!(first["refresh"], second["refresh"], "the provider gives each one out for one use");
    assert!(!office.provider.takes(first["refresh"].as_str().unwrap()));

    // Tokens end within seconds and nobody notices, although the provider changes its keys meanwhile.
    office.provider.tokens_last(2);
    window.sign_in(Asking::Again).await.unwrap();
    let before = window.doorway.endpoint(Role::Guest).await.unwrap().token().expose().to_owned();
    office.provider.rotate();
    let after = window.is_renewed(&before).await;
    office.provider.tokens_last(600);
    window.is_renewed(&after).await;
    assert_eq!(window.api.me().await.unwrap().id, me.id);
    office.hands.typed();

    // She unlocks: the provider asks again although its own session stands, and it must be her.
    assert_eq!(window.sign_in(Asking::Again).await.as_deref(), Ok("Ida Mellemgaard"));
    assert!(office.hands.typed().contains(&"login"), "she typed her password");
    let hers = office.kept(&keyring);
    office.hands.become_somebody("bo");
    assert_eq!(window.sign_in(Asking::Again).await, Err(SignInError::SomebodyElse));
    assert_eq!(office.kept(&keyring), hers, "what is hers stays");
    assert_eq!(window.api.me().await.unwrap().id, me.id);

    // She goes home.
    let kept = office.kept(&keyring).unwrap();
    let refresh = kept["refresh"].as_str().unwrap();
    assert!(office.provider.takes(refresh));
    office.hands.typed();
    window.oidc.sign_out().await.unwrap();
    assert!(!office.provider.takes(refresh), "given back");
    assert_eq!(office.kept(&keyring), None);
    assert_eq!(window.api.me().await.unwrap_err(), ClientError::Doorway(DoorwayError::SignedOut));

    // A colleague sits down in the same window, and is herself.
    assert_eq!(window.sign_in(Asking::Anew).await.as_deref(), Ok("Bo Terkelskov"));
    assert!(office.hands.typed().contains(&"login"));
    let colleague = window.api.me().await.unwrap();
    assert_eq!(colleague.role, Role::TeamLeader);
    assert_ne!(colleague.id, me.id);
    window.oidc.sign_out().await.unwrap();
}

#[test]
fn a_day_at_a_real_provider() {
    let Some(office) = Office::open() else { return };
    let keyring: Arc<dyn Keyring> = Arc::new(ProcessKeyring::default());
    runtime().block_on(a_day(office, keyring));
}

#[test]
fn whoever_has_no_role_here_and_whoever_comes_without_a_keyring() {
    let Some(office) = Office::open() else { return };
    runtime().block_on(async {
        let keyring: Arc<dyn Keyring> = Arc::new(ProcessKeyring::default());
        // The provider knows him; nothing that it says gives him a role here.
        office.hands.become_somebody("niels");
        let window = office.window(&keyring, Err(NoKeyring::Missing));
        assert_eq!(window.sign_in(Asking::Anew).await.as_deref(), Ok("Niels Uvedkommende"));
        let error = window.api.me().await.unwrap_err();
        assert!(!error.is_line_down() && error.problem().is_some_and(|p| p.status == 403), "{error:?}");
        // Nothing of it survives the window.
        assert_eq!(office.kept(&keyring), None);
        assert_eq!(office.window(&keyring, Err(NoKeyring::Missing)).oidc.resume().await.unwrap(), None);
    });
}

#[test]
fn the_offices_own_lock_file_names_no_place_on_the_net() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/signing_in/package-lock.json");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("\"integrity\"") && !text.contains("\"resolved\"") && !text.contains("://"));
}
