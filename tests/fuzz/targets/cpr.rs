//! CPR numbers as people type them.
#![no_main]
use skranke_domain::cpr::Cpr;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(cpr) = Cpr::parse(text) {
        // However it was typed, it is one number, and its mask hides the end of it.
        let whole = cpr.reveal();
        assert_eq!(Cpr::parse(&whole).as_ref(), Ok(&cpr));
        assert_eq!(whole.len(), 11);
        for shown in [cpr.to_string(), format!("{cpr:?}")] {
            assert!(shown.ends_with("-••••"), "no log ever shows it");
            assert_eq!(shown.chars().filter(char::is_ascii_digit).count(), 6);
        }
    }
});
