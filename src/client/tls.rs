//! Whom one believes on the way to a server. What lives here: the office's own certificate authority, and what is wrong with a certificate.
//! What does not: sentences about it (the window's texts). There is no way to go on with a certificate that is not trusted.

#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder};
use rustls::CertificateError;

/// What is wrong with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Untrusted {
    /// Nobody whom this machine, or the office's configuration, trusts has signed it.
    #[error("it is signed by nobody who is trusted here")]
    UnknownIssuer,
    /// Its time is over.
    #[error("its time is over")]
    Expired,
    /// Its time has not come, or this machine's clock is behind.
    #[error("its time has not come")]
    NotYetValid,
    /// It belongs to a server of another name.
    #[error("it belongs to a server of another name")]
    WrongName,
    /// Something else.
    #[error("it cannot be used")]
    Other,
}

impl Untrusted {
    /// Every kind, in the order in which they are explained.
    pub const ALL: [Self; 5] = [Self::UnknownIssuer, Self::Expired, Self::NotYetValid, Self::WrongName, Self::Other];

    fn of(error: &rustls::Error) -> Option<Self> {
        match error {
            rustls::Error::InvalidCertificate(reason) => Some(match reason {
                // A signature that does not fit is that of somebody who only bears a trusted name.
                CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::UnknownIssuer,
                CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
                CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::WrongName,
                _ => Self::Other,
            }),
            rustls::Error::NoCertificatesPresented | rustls::Error::UnsupportedNameType => Some(Self::Other),
            _ => None,
        }
    }

    /// What is wrong with the certificate, where that is why an exchange failed.
    pub(crate) fn in_chain(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(found) = error.downcast_ref::<rustls::Error>() {
                return Self::of(found);
            }
            // An I/O error hides what it wraps: its source is the source of that.
            let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            next = match wrapped {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        None
    }
}

/// Whose signature under a server's certificate is believed.
#[derive(Clone, Default)]
pub struct Trust {
    /// None: whomever the system believes.
    own: Option<Arc<[Certificate]>>,
}

/// Why a file of certificates does not serve.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    File(#[source] io::Error),
    /// It holds none.
    #[error("certificates in PEM form were expected (-----BEGIN CERTIFICATE-----)")]
    NoCertificates,
}

impl Trust {
    /// Whomever the system believes.
    #[must_use]
    pub const fn system() -> Self {
        Self { own: None }
    }

    /// The authorities in a PEM file, and nobody else: an office that has its own needs none of the world's.
    ///
    /// # Errors
    /// [`TrustError`] when the file holds no certificates.
    pub fn from_file(file: &Path) -> Result<Self, TrustError> {
        let pem = std::fs::read(file).map_err(TrustError::File)?;
        Self::from_pem(&pem)
    }

    /// The same from the text of such a file.
    ///
    /// # Errors
    /// [`TrustError`] when it holds no certificates.
    pub fn from_pem(pem: &[u8]) -> Result<Self, TrustError> {
        let found = Certificate::from_pem_bundle(pem).map_err(|_| TrustError::NoCertificates)?;
        if found.is_empty() {
            return Err(TrustError::NoCertificates);
        }
        let trust = Self { own: Some(found.into()) };
        // What looks like certificates may still be none: tried here, so that the file is named and not the first request.
        trust.client(Duration::from_secs(1), Reach::World).build().map_err(|_| TrustError::NoCertificates)?;
        Ok(trust)
    }

    /// A client that believes these.
    pub(crate) fn client(&self, connect: Duration, reach: Reach) -> ClientBuilder {
        // Fails only when a provider stands already, and then that one serves.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .user_agent(concat!("skranke/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(connect)
            // A redirect could carry a token to somebody else.
            .redirect(reqwest::redirect::Policy::none());
        match (reach, &self.own) {
            // An office's proxy has no business between two processes of one machine; and no certificate is needed.
            (Reach::ThisMachine, _) => builder.no_proxy().tls_certs_only(std::iter::empty()),
            (Reach::World, Some(own)) => builder.tls_certs_only(own.iter().cloned()),
            (Reach::World, None) => builder,
        }
    }
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.own.is_some() { "Trust(own)" } else { "Trust(system)" })
    }
}

/// How far a client goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Plain http to a process beside it.
    ThisMachine,
    /// Anywhere, by TLS.
    World,
}
