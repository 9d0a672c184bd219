//! What the fuzzers reach of this room. What does not live here: the fuzzers (`tests/fuzz`).

use http::{HeaderMap, HeaderName, HeaderValue};
use skranke_api::citizens::SearchRequest;
use skranke_api::headers::{LEGAL_BASIS, PURPOSE, PURPOSE_NOTE};

use crate::extract::{self, Params};
use crate::store::search::spelling;

/// Words as the search takes them apart.
pub fn query(text: &str) {
    let words = spelling::words(text);
    let key = spelling::key_text(&words);
    assert_eq!(spelling::key_text(&spelling::words(&key)), key, "a key is its own key");
    let _ = spelling::phone_end(&spelling::phone_digits(text));
    let _ = spelling::email_key(text);
    for pair in words.windows(2) {
        assert_eq!(spelling::cost(&pair[0], &pair[0]), Some(0));
        let (one, other): (Vec<char>, Vec<char>) = (pair[0].chars().collect(), pair[1].chars().collect());
        let (there, back) = (spelling::distance(&one, &other), spelling::distance(&other, &one));
        assert_eq!(there.whole, back.whole, "as far there as back");
        let _ = spelling::cost(&pair[0], &pair[1]);
        let _ = spelling::fold(&pair[0]);
    }
}

/// A body, headers and a query string.
pub fn request(bytes: &[u8]) {
    let _ = extract::read_json::<SearchRequest>(bytes);
    let _ = extract::read_json::<skranke_api::access::BreakGlassRequest>(bytes);
    let _ = extract::read_json::<skranke_api::cases::ItemChange>(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(params) = Params::read(text)
    {
        let _ = params.opt::<uuid::Uuid>("citizen");
        let _ = params.limit();
    }
    let mut headers = HeaderMap::new();
    for (at, name) in [PURPOSE, PURPOSE_NOTE, LEGAL_BASIS].into_iter().enumerate() {
        if let Some(part) = bytes.split(|b| *b == b'\n').nth(at)
            && let Ok(value) = HeaderValue::from_bytes(part)
        {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    let _ = extract::purpose(&headers);
}
