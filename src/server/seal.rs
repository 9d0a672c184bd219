//! Keys and seals. What lives here: the server's master key, what is derived from it, and the sealing of cursors, so that a cursor says
//! nothing and is worth nothing to another person or list. What does not: the audit chain's own rules (see `audit`).

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use skranke_domain::StaffId;

/// 32 secret bytes. `Debug` never shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why the key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error("the key file {path} cannot be used: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It does not hold 32 bytes.
    #[error("the key file {path} is damaged: 32 bytes were expected, {found} were found")]
    Length {
        /// The file.
        path: PathBuf,
        /// How many bytes it holds.
        found: usize,
    },
}

impl Secret {
    /// Fresh random bytes from the operating system.
    #[must_use]
    pub fn random() -> Self {
        Self(Key::generate().into())
    }

    /// The key in a file that only its owner can read; made on first use.
    ///
    /// # Errors
    /// [`KeyFileError`] when it cannot be read, written, or is damaged. A damaged key is never replaced: old seals hang on it.
    pub fn at(path: &Path) -> Result<Self, KeyFileError> {
        let io = |source| KeyFileError::Io { path: path.to_owned(), source };
        match std::fs::read(path) {
            Ok(bytes) => {
                let found = bytes.len();
                let key = bytes.try_into().map_err(|_| KeyFileError::Length { path: path.to_owned(), found })?;
                Ok(Self(key))
            }
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound => {
                let fresh = Self::random();
                write_private(path, &fresh.0).map_err(io)?;
                Ok(fresh)
            }
            Err(other) => Err(io(other)),
        }
    }

    /// The key in a file that must be there: whoever checks what it sealed makes no other one.
    ///
    /// # Errors
    /// [`KeyFileError`] when it is not there, cannot be read or is damaged.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let bytes = std::fs::read(path).map_err(|source| KeyFileError::Io { path: path.to_owned(), source })?;
        let found = bytes.len();
        let key = bytes.try_into().map_err(|_| KeyFileError::Length { path: path.to_owned(), found })?;
        Ok(Self(key))
    }

    /// A key for one use alone.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        Self(self.mac(&[b"skranke/", purpose.as_bytes()]))
    }

    /// HMAC-SHA-256 over parts.
    #[must_use]
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // invariant: HMAC takes a key of any length; the fallback is never reached.
        let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0) else { return [0; 32] };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}

/// Writes a file that only its owner can read; fails when it exists.
///
/// # Errors
/// Whatever the file system says.
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// SHA-256 over parts, each with its length, so that no two lists of parts look alike.
#[must_use]
pub fn fingerprint(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// Seals places in lists for one person and list.
#[derive(Clone)]
pub struct Sealer(XChaCha20Poly1305);

impl Sealer {
    /// A sealer with a key of its own.
    #[must_use]
    pub fn new(key: &Secret) -> Self {
        Self(XChaCha20Poly1305::new(&Key::from(key.derive("cursors").0)))
    }

    /// Seals a place. `list` names the list with everything that filters it.
    #[must_use]
    pub fn seal(&self, person: StaffId, list: &str, place: &[u8]) -> String {
        let nonce = XNonce::generate();
        let aad = aad(person, list);
        // invariant: encryption fails only for messages beyond 256 GB; the fallback is an empty, invalid cursor.
        let sealed = self.0.encrypt(&nonce, Payload { msg: place, aad: &aad }).unwrap_or_default();
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&sealed);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Opens a seal; none when it is of another person, list or server.
    #[must_use]
    pub fn open(&self, person: StaffId, list: &str, sealed: &str) -> Option<Vec<u8>> {
        if sealed.len() > 1024 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(24)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.0.decrypt(&nonce, Payload { msg: sealed, aad: &aad(person, list) }).ok()
    }
}

fn aad(person: StaffId, list: &str) -> [u8; 32] {
    fingerprint(&[person.0.as_bytes(), list.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_only_for_its_person_and_list() {
        let sealer = Sealer::new(&Secret::random());
        let (ida, mette) = (StaffId::new(), StaffId::new());
        let cursor = sealer.seal(ida, "cases", b"2026-06-18/17");
        assert_eq!(sealer.open(ida, "cases", &cursor).as_deref(), Some(&b"2026-06-18/17"[..]));
        assert_eq!(sealer.open(mette, "cases", &cursor), None);
        assert_eq!(sealer.open(ida, "contacts", &cursor), None);
        assert_eq!(Sealer::new(&Secret::random()).open(ida, "cases", &cursor), None);
        assert_eq!(sealer.open(ida, "cases", "rubbish"), None);
        assert!(!cursor.contains("2026"));
    }

    #[test]
    fn a_key_file_is_made_once_and_read_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("server.key");
        let first = Secret::at(&path).unwrap();
        assert_eq!(Secret::at(&path).unwrap(), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        std::fs::write(&path, b"short").unwrap();
        assert!(matches!(Secret::at(&path), Err(KeyFileError::Length { found: 5, .. })));
    }
}
