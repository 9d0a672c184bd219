//! What is typed into the palette and sent to the search.
#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = skranke_desk::finder::read(text);
    skranke_server::fuzzing::query(text);
});
