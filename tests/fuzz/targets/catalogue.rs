//! The office's own catalogue: every mistake is told with file and line, none ends the program.
#![no_main]
use skranke_domain::catalogue::Catalogue;

const NAMES: [&str; 8] = [
    "departments.toml",
    "life-situations.toml",
    "tasks.toml",
    "papers.toml",
    "changes.toml",
    "facts.toml",
    "municipalities.toml",
    "procedures/one.toml",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((which, rest)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let name = NAMES[usize::from(*which) % NAMES.len()];
    if let Err(mistakes) = Catalogue::parse(&[(name, text)]) {
        assert!(!mistakes.is_empty(), "a refusal names what is wrong");
        for mistake in mistakes {
            let _ = mistake.to_string();
        }
    }
});
