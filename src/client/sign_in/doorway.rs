//! The way to a configured server for somebody who signed in. What lives here: the server's address with her token of the moment. What does not:
//! how she signs in (`oidc`).

use async_trait::async_trait;
use skranke_domain::authority::Role;

use super::SignInError;
use super::oidc::Oidc;
use crate::endpoint::{Doorway, DoorwayError, Endpoint, EndpointError, Secret};
use crate::tls::Trust;

/// The way to one server with the token of whoever is signed in. Her role is the server's to say.
#[derive(Clone, Debug)]
pub struct SignedInDoorway {
    url: String,
    trust: Trust,
    sign_in: Oidc,
}

impl SignedInDoorway {
    /// A way to a server.
    ///
    /// # Errors
    /// [`EndpointError`] when its address does not do.
    pub fn new(url: &str, trust: Trust, sign_in: Oidc) -> Result<Self, EndpointError> {
        // Any token serves to look at the address.
        Endpoint::new(url, Secret::new("-"))?;
        Ok(Self { url: url.to_owned(), trust, sign_in })
    }
}

#[async_trait]
impl Doorway for SignedInDoorway {
    async fn endpoint(&self, _persona: Role) -> Result<Endpoint, DoorwayError> {
        match self.sign_in.access().await {
            Ok(Some(access)) => {
                Endpoint::new(&self.url, access).map_err(|error| DoorwayError::Failed(error.to_string()))
            }
            Ok(None) | Err(SignInError::Refused) => Err(DoorwayError::SignedOut),
            // Without the provider there is no new token, and without one nobody who would answer.
            Err(SignInError::Offline) => Err(DoorwayError::NoServer),
            Err(SignInError::Certificate(reason)) => Err(DoorwayError::Certificate(reason)),
            Err(error) => Err(DoorwayError::Failed(error.to_string())),
        }
    }

    /// There is one server: that it does not answer is no reason to renew anything.
    async fn lost(&self, _seen: &Endpoint) {}

    async fn refused(&self, seen: &Endpoint) {
        self.sign_in.refused(seen.token());
    }

    fn is_stale(&self, seen: &Endpoint) -> bool {
        !self.sign_in.is_current(seen.token())
    }

    fn trust(&self) -> Trust {
        self.trust.clone()
    }
}
