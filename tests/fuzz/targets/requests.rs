//! Bodies, headers, tags and query strings, as the server reads them.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    skranke_server::fuzzing::request(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Some(tag) = skranke_api::ETag::from_header(text) {
            assert_eq!(skranke_api::ETag::from_header(&tag.quoted()), Some(tag));
        }
        let _ = skranke_api::Purpose::from_headers(Some("other"), Some(text));
    }
});
