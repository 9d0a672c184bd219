//! Keys and seals of the replica: three keys out of the profile's one, so that what is kept, by which name and what is told to the log never
//! share a key with the outbox. What does not live here: files.

use chacha20poly1305::aead::{Aead, Generate, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use skranke_domain::StaffId;

const NONCE_BYTES: usize = 24;

/// The name of a record: it tells nothing of whose and what it is.
pub(super) type Name = [u8; 32];

/// What seals and names.
pub(super) struct Seal {
    cipher: XChaCha20Poly1305,
    names: Name,
}

impl Seal {
    /// The replica's keys out of the profile's key.
    pub(super) fn of(key: &Key) -> Self {
        let cipher = XChaCha20Poly1305::new(&Key::from(mac(key, &[b"skranke replica seal 1"])));
        Self { cipher, names: mac(key, &[b"skranke replica names 1"]) }
    }

    /// The name of a person's record.
    pub(super) fn name(&self, person: StaffId, identity: &str) -> Name {
        mac(&self.names, &[person.0.as_bytes(), identity.as_bytes()])
    }

    /// Seals a value to its place: at another place it does not open.
    pub(super) fn seal(&self, place: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let nonce = XNonce::generate();
        let sealed = self.cipher.encrypt(&nonce, Payload { msg: plain, aad: place }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed to a place.
    pub(super) fn unseal(&self, place: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce = XNonce::try_from(nonce).ok()?;
        self.cipher.decrypt(&nonce, Payload { msg: sealed, aad: place }).ok()
    }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Name {
    // invariant: HMAC takes a key of any length.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
