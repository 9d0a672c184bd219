//! Cursors: what a server sealed it opens, and nothing else; not for another person, not for another list.
#![no_main]
use skranke_domain::StaffId;
use skranke_server::seal::{Sealer, Secret};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let sealer = Sealer::new(&Secret::random());
    let (one, other) = (StaffId::new(), StaffId::new());
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(sealer.open(one, "cases", &text), None, "nobody sealed this");
    let place = &bytes[..bytes.len().min(200)];
    let sealed = sealer.seal(one, "cases", place);
    assert_eq!(sealer.open(one, "cases", &sealed).as_deref(), Some(place));
    assert_eq!(sealer.open(other, "cases", &sealed), None);
    assert_eq!(sealer.open(one, "audit", &sealed), None);
    // One letter changed anywhere breaks it.
    if let Some(at) = bytes.first().map(|b| usize::from(*b) % sealed.len()) {
        let mut broken = sealed.into_bytes();
        broken[at] = if broken[at] == b'A' { b'B' } else { b'A' };
        let broken = String::from_utf8(broken).expect("letters alone");
        if let Some(found) = sealer.open(one, "cases", &broken) {
            // The last letter carries spare bits: the same bytes may be spelled twice.
            assert_eq!(found, place);
        }
    }
});
