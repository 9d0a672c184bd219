//! Signing in at an office: what the window asks for, whatever provider answers. What lives here: the [`SignIn`] trait and its words. What does
//! not: OpenID Connect itself (`oidc`), the screens.

use async_trait::async_trait;

/// How somebody signs in at a configured office. The training municipality has none: its personas hold tokens.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Goes on where she was, with what the system's keyring keeps. None: nobody is remembered, sign in.
    ///
    /// # Errors
    /// [`SignInError`].
    async fn resume(&self) -> Result<Option<SignedIn>, SignInError>;

    /// Opens the system's browser and waits until it comes back. Dropping the future gives it up.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoKeyring {
    /// The system has none that runs.
    Missing,
    /// It is locked, and nobody can unlock it.
    Locked,
    /// It refused.
    Failed,
}

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// The provider cannot be reached.
    #[error("the sign-in provider cannot be reached")]
    Offline,
    /// Its certificate is not trusted; the reason is the library's, without addresses.
    #[error("the sign-in provider's certificate is not trusted: {0}")]
    Certificate(String),
    /// It says something that is no answer of a provider.
    #[error("the sign-in provider's answer cannot be used: {0}")]
    Provider(&'static str),
    /// She, or the provider, said no.
    #[error("sign-in was refused")]
    Refused,
    /// The browser could not be opened; the address is shown to be opened by hand.
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
