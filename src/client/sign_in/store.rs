//! What signs somebody in again, and where it is kept: the system's keyring, or this process alone. Never a file. What does not live here:
//! the keyring itself (see [`crate::keyring`]).

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Keeping, NoKeyring, SignedIn};
use crate::endpoint::Secret;
use crate::keyring::{Item, Keyring};

/// What is kept of somebody.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// Who she is.
    pub(super) who: SignedIn,
    /// What signs her in again.
    pub(super) refresh: Secret,
}

/// How it stands in the keyring.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    subject: String,
    name: String,
    refresh: String,
}

/// Where it is kept. Without a keyring it lives as long as this process.
pub struct TokenStore {
    keyring: Arc<dyn Keyring>,
    item: Item,
    state: Mutex<State>,
}

struct State {
    keeping: Keeping,
    memory: Option<Kept>,
}

impl TokenStore {
    /// A store in a keyring, or in memory for the reason that there is none. One place for each provider and client.
    #[must_use]
    pub fn new(keyring: Arc<dyn Keyring>, works: Result<(), NoKeyring>, issuer: &str, client_id: &str) -> Self {
        let keeping = works.map_or_else(Keeping::EachTime, |()| Keeping::Keyring);
        let item = Item::of(format!("sign-in {client_id} {issuer}"));
        Self { keyring, item, state: Mutex::new(State { keeping, memory: None }) }
    }

    /// Where it is kept just now.
    #[must_use]
    pub fn keeping(&self) -> Keeping {
        self.state().keeping
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who is remembered. Another window may have written it.
    pub(super) async fn read(self: &Arc<Self>) -> Option<Kept> {
        if self.keeping() != Keeping::Keyring {
            return self.state().memory.clone();
        }
        let read = self.at_the_keyring(|keyring, item| keyring.read(item)).await;
        match read {
            Ok(Some(text)) => parse(&text),
            Ok(None) => None,
            Err(why) => {
                self.without(why);
                self.state().memory.clone()
            }
        }
    }

    /// Remembers somebody.
    pub(super) async fn write(self: &Arc<Self>, kept: &Kept) {
        self.state().memory = Some(kept.clone());
        if self.keeping() != Keeping::Keyring {
            return;
        }
        let written = Written {
            subject: kept.who.subject.clone(),
            name: kept.who.name.clone(),
            refresh: kept.refresh.expose().to_owned(),
        };
        // invariant: three strings always have a JSON form.
        let text = Secret::new(serde_json::to_string(&written).unwrap_or_default());
        if let Err(why) = self.at_the_keyring(move |keyring, item| keyring.write(item, &text)).await {
            self.without(why);
        }
    }

    /// Forgets whoever is remembered.
    pub(super) async fn forget(self: &Arc<Self>) {
        self.state().memory = None;
        if self.keeping() != Keeping::Keyring {
            return;
        }
        if let Err(why) = self.at_the_keyring(|keyring, item| keyring.forget(item)).await {
            tracing::warn!(%why, "what signs somebody in again could not be taken out of the keyring");
        }
    }

    /// The keyring went away: from here on it is this process alone.
    fn without(&self, why: NoKeyring) {
        tracing::warn!(%why, "the keyring is gone; the next start asks for signing in");
        self.state().keeping = Keeping::EachTime(why);
    }

    async fn at_the_keyring<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&dyn Keyring, &Item) -> Result<T, NoKeyring> + Send + 'static,
    ) -> Result<T, NoKeyring> {
        let (keyring, item) = (Arc::clone(&self.keyring), self.item.clone());
        tokio::task::spawn_blocking(move || work(keyring.as_ref(), &item)).await.unwrap_or(Err(NoKeyring::Failed))
    }
}

fn parse(text: &Secret) -> Option<Kept> {
    let written: Written = serde_json::from_str(text.expose()).ok()?;
    let who = SignedIn { name: written.name, subject: written.subject };
    Some(Kept { who, refresh: Secret::new(written.refresh) })
}

impl fmt::Debug for TokenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenStore").field("keeping", &self.keeping()).finish_non_exhaustive()
    }
}
