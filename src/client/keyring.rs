//! The system's keyring. What lives here: reading, writing and forgetting one secret, and why that does not work. What does not: what is kept
//! there (the key of local data in [`crate::keys`], what signs somebody in again in [`crate::sign_in`]).

use std::collections::HashMap;
use std::fmt;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use keyring_core::CredentialStore;

use crate::endpoint::Secret;
use crate::sign_in::NoKeyring;

/// The name under which everything of this program stands in a keyring.
pub const SERVICE: &str = "dk.skranke.Skranke";

/// How long somebody may take to unlock her keyring when it asks her.
const PATIENCE: Duration = Duration::from_secs(120);

/// One secret's place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Item {
    /// The program: [`SERVICE`].
    pub service: String,
    /// Which of its secrets.
    pub account: String,
}

impl Item {
    /// A secret of this program.
    #[must_use]
    pub fn of(account: impl Into<String>) -> Self {
        Self { service: SERVICE.to_owned(), account: account.into() }
    }
}

/// A keyring. Its calls block: a person may be asked to unlock it.
pub trait Keyring: Send + Sync + fmt::Debug {
    /// What stands at a place; none where nothing does.
    ///
    /// # Errors
    /// [`NoKeyring`] when it cannot be asked.
    fn read(&self, item: &Item) -> Result<Option<Secret>, NoKeyring>;

    /// Keeps a secret there, in place of what stood.
    ///
    /// # Errors
    /// [`NoKeyring`] when it is not kept.
    fn write(&self, item: &Item, secret: &Secret) -> Result<(), NoKeyring>;

    /// Takes away what stands there; nothing there is as good.
    ///
    /// # Errors
    /// [`NoKeyring`] when it still stands.
    fn forget(&self, item: &Item) -> Result<(), NoKeyring>;
}

/// Whether the system's keyring keeps what it is given: something is written, read and taken away again. Blocks; a locked one may ask its
/// owner to unlock it.
///
/// # Errors
/// [`NoKeyring`] says why not.
pub fn works(keyring: &dyn Keyring) -> Result<(), NoKeyring> {
    // A place of its own: windows that start together do not take each other's away.
    let item = Item::of(format!("trial {}", uuid::Uuid::now_v7().simple()));
    let written = Secret::new("trial");
    keyring.write(&item, &written)?;
    let read = keyring.read(&item)?;
    keyring.forget(&item)?;
    if read.as_ref() == Some(&written) { Ok(()) } else { Err(NoKeyring::Failed) }
}

/// The keyring of this system: the Secret Service on Linux. Elsewhere there is none yet.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeyring;

impl SystemKeyring {
    fn with<T: Send + 'static>(
        work: impl FnOnce(&CredentialStore) -> Result<T, keyring_core::Error> + Send + 'static,
    ) -> Result<T, NoKeyring> {
        // A thread of its own: the store runs an event loop inside its calls, which a thread of the async runtime must not, and one that
        // waits for an owner who left her desk is given up.
        let (tell, told) = mpsc::sync_channel(1);
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                let done = store().and_then(|store| work(store.as_ref()).map_err(|error| why(&error)));
                let _ = tell.send(done);
            })
            .map_err(|_| NoKeyring::Failed)?;
        match told.recv_timeout(PATIENCE) {
            Ok(done) => done,
            Err(RecvTimeoutError::Timeout) => Err(NoKeyring::Locked),
            Err(RecvTimeoutError::Disconnected) => Err(NoKeyring::Failed),
        }
    }
}

impl Keyring for SystemKeyring {
    fn read(&self, item: &Item) -> Result<Option<Secret>, NoKeyring> {
        let item = item.clone();
        Self::with(move |store| {
            match store.build(&item.service, &item.account, None).and_then(|entry| entry.get_password()) {
                Ok(password) => Ok(Some(Secret::new(password))),
                Err(keyring_core::Error::NoEntry) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    fn write(&self, item: &Item, secret: &Secret) -> Result<(), NoKeyring> {
        let (item, secret) = (item.clone(), secret.clone());
        Self::with(move |store| {
            store.build(&item.service, &item.account, None).and_then(|entry| entry.set_password(secret.expose()))
        })
    }

    fn forget(&self, item: &Item) -> Result<(), NoKeyring> {
        let item = item.clone();
        Self::with(move |store| {
            match store.build(&item.service, &item.account, None).and_then(|entry| entry.delete_credential()) {
                Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
                Err(error) => Err(error),
            }
        })
    }
}

/// The store, found once; while there is none it is looked for again, since a desktop may start its keyring after its programs.
fn store() -> Result<Arc<CredentialStore>, NoKeyring> {
    static FOUND: OnceLock<Arc<CredentialStore>> = OnceLock::new();
    if let Some(store) = FOUND.get() {
        return Ok(Arc::clone(store));
    }
    let store = open()?;
    Ok(Arc::clone(FOUND.get_or_init(|| store)))
}

#[cfg(target_os = "linux")]
fn open() -> Result<Arc<CredentialStore>, NoKeyring> {
    match zbus_secret_service_keyring_store::Store::new() {
        Ok(store) => Ok(store),
        Err(error) => {
            tracing::info!(%error, "no keyring answers");
            Err(NoKeyring::Missing)
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn open() -> Result<Arc<CredentialStore>, NoKeyring> {
    Err(NoKeyring::Missing)
}

/// What the store's error means. Its texts name no secrets.
fn why(error: &keyring_core::Error) -> NoKeyring {
    tracing::info!(%error, "the keyring does not serve");
    match error {
        keyring_core::Error::NoDefaultStore => NoKeyring::Missing,
        keyring_core::Error::NoStorageAccess(_) => NoKeyring::Locked,
        _ => NoKeyring::Failed,
    }
}

/// A keyring of this process alone: what it keeps ends with it. For tests, and for who must not leave anything behind.
#[derive(Default)]
pub struct ProcessKeyring {
    kept: Mutex<HashMap<Item, Secret>>,
    broken: Mutex<Option<NoKeyring>>,
}

impl ProcessKeyring {
    /// From now on it refuses, or serves again.
    pub fn refuse(&self, why: Option<NoKeyring>) {
        *self.broken.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    fn kept(&self) -> Result<std::sync::MutexGuard<'_, HashMap<Item, Secret>>, NoKeyring> {
        match *self.broken.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(why) => Err(why),
            None => Ok(self.kept.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }
}

impl fmt::Debug for ProcessKeyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProcessKeyring(…)")
    }
}

impl Keyring for ProcessKeyring {
    fn read(&self, item: &Item) -> Result<Option<Secret>, NoKeyring> {
        Ok(self.kept()?.get(item).cloned())
    }

    fn write(&self, item: &Item, secret: &Secret) -> Result<(), NoKeyring> {
        self.kept()?.insert(item.clone(), secret.clone());
        Ok(())
    }

    fn forget(&self, item: &Item) -> Result<(), NoKeyring> {
        self.kept()?.remove(item);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyring_that_keeps_nothing_is_told_from_one_that_does() {
        let keyring = ProcessKeyring::default();
        assert_eq!(works(&keyring), Ok(()));
        assert!(keyring.kept().unwrap().is_empty(), "nothing stays behind");
        keyring.refuse(Some(NoKeyring::Locked));
        assert_eq!(works(&keyring), Err(NoKeyring::Locked));
    }
}
