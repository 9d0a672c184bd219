//! The event stream, cut into pieces wherever the line likes: the pieces must not change what is read.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((cut, stream)) = bytes.split_first() else { return };
    let whole = skranke_client::fuzzing::events(stream, stream.len().max(1));
    let pieces = skranke_client::fuzzing::events(stream, usize::from(*cut).max(1));
    assert_eq!(whole, pieces);
});
