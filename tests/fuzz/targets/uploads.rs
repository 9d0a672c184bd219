//! What an uploaded file is, by its first bytes and never by its name.
#![no_main]
use skranke_domain::document::{FileKind, HEAD_BYTES};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let kind = FileKind::of(bytes);
    assert_eq!(kind, FileKind::of(&bytes[..bytes.len().min(HEAD_BYTES)]), "what comes after the head decides nothing");
});
