//! Signing in at an office: what the window asks for, whatever provider answers. What lives here: the [`SignIn`] trait and its words. What does
//! not: OpenID Connect itself (`oidc`, `provider`), the browser's way back (`landing`), the screens.

mod browser;
mod doorway;
mod landing;
pub mod last;
mod oidc;
mod provider;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use tokio::sync::watch;

pub use browser::{Browser, SystemBrowser};
pub use doorway::SignedInDoorway;
pub use oidc::Oidc;
pub use provider::{Consent, ProviderAddressError, Settings};
pub use store::TokenStore;

use crate::tls::Untrusted;

/// How long a sign-in waits for the browser to come back.
pub const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// How somebody signs in at a configured office. The training municipality has none: its personas hold tokens.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Goes on where she was, with what the system's keyring keeps. None: nobody is remembered, sign in.
    ///
    /// # Errors
    /// [`SignInError`].
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError>;

    /// Opens the system's browser and waits until it comes back, [`PATIENCE`] at most. Dropping the future gives it up. Where no browser opens
    /// it waits all the same, and [`SignIn::by_hand`] says which address she opens herself.
    ///
    /// # Errors
    /// [`SignInError`].
    async fn sign_in(&self, how: Asking) -> Result<SignedIn, SignInError>;

    /// Signs out here and at the provider: tokens are given back and forgotten, wherever they were kept.
    ///
    /// # Errors
    /// [`SignInError`]; what is kept here is forgotten all the same.
    async fn sign_out(&self) -> Result<(), SignInError>;

    /// Where what signs her in again is kept.
    fn keeping(&self) -> Keeping;

    /// Whom this machine remembers, without asking the provider: for the lock of a window that starts without a line.
    async fn remembered(&self) -> Option<SignedIn> {
        None
    }

    /// Whether the provider answers at all. Asked without spending anything.
    ///
    /// # Errors
    /// [`SignInError`]; [`SignInError::Offline`] where it cannot be reached.
    async fn answers(&self) -> Result<(), SignInError> {
        Ok(())
    }

    /// She was let in while nobody could be asked. Her sign-in is renewed as soon as the provider answers, and before anything is sent; where
    /// it refuses, or nothing is kept that it could be asked with, she signs in again.
    fn let_in(&self, _who: &SignedIn) {}

    /// The address that she opens by hand while a sign-in waits and no browser could be opened; none at any other time. The sign-in goes on
    /// waiting meanwhile.
    fn by_hand(&self) -> watch::Receiver<Option<String>> {
        watch::channel(None).1
    }
}

/// Why somebody is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// She signs in.
    Anew,
    /// She unlocks: the provider asks again who she is, and it must be the same person.
    Again,
}

/// Who signed in, as the provider says.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Her name, for the lock and the menu.
    pub name: String,
    /// The provider's opaque identifier of her.
    pub subject: String,
}

impl SignedIn {
    /// A name for what is hers alone on this machine. It tells nobody who she is.
    #[must_use]
    pub fn folder(&self) -> String {
        let digest = Sha256::new().chain_update(b"skranke own folder 1").chain_update(&self.subject).finalize();
        let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("own-{short}")
    }
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignedIn(…)")
    }
}

/// Where what signs somebody in again is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// In the system's keyring.
    Keyring,
    /// Nowhere: she signs in each time.
    EachTime(NoKeyring),
}

/// Why there is no keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoKeyring {
    /// The system has none that runs.
    #[error("there is none that runs")]
    Missing,
    /// It is locked, and nobody can unlock it.
    #[error("it is locked")]
    Locked,
    /// It refused.
    #[error("it refused")]
    Failed,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The provider cannot be reached.
    #[error("the sign-in provider cannot be reached")]
    Offline,
    /// Its certificate is not trusted, and there is no way on in spite of it.
    #[error("the sign-in provider's certificate is not trusted: {0}")]
    Certificate(Untrusted),
    /// It says something that is no answer of a provider.
    #[error("the sign-in provider's answer cannot be used: {0}")]
    Provider(&'static str),
    /// She, or the provider, said no.
    #[error("sign-in was refused")]
    Refused,
    /// The browser could not be opened, and there is no address that could be opened by hand.
    #[error("the browser could not be opened")]
    Browser,
    /// Somebody else signed in than the person whose window is locked.
    #[error("somebody else signed in")]
    SomebodyElse,
    /// Nobody came back in time.
    #[error("nobody came back from the browser in time")]
    TimedOut,
    /// This machine is in the way.
    #[error("this machine is in the way: {0}")]
    Machine(String),
}
