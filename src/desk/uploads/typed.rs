//! A path as people type and paste it: in quotes, with `file://`, with `~`. What does not live here: whether there is such a file.

use std::path::{Path, PathBuf};

/// The path that was typed; none where nothing was. `home` is what `~` stands for.
#[must_use]
pub fn typed_path(typed: &str, home: Option<&Path>) -> Option<PathBuf> {
    let mut text = typed.trim();
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            text = inside;
            break;
        }
    }
    if text.is_empty() {
        return None;
    }
    if let Some(address) = text.strip_prefix("file://") {
        // A host may stand before the path; only this machine's files can be read.
        let path = address.strip_prefix("localhost").unwrap_or(address);
        return path.starts_with('/').then(|| PathBuf::from(decoded(path)));
    }
    match (text.strip_prefix('~'), home) {
        (Some(""), Some(home)) => Some(home.to_owned()),
        (Some(rest), Some(home)) if rest.starts_with('/') => Some(home.join(rest.trim_start_matches('/'))),
        _ => Some(PathBuf::from(text)),
    }
}

/// An address's path as the file system has it (`%20` is a space). What is no such code stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let byte = code.and_then(|two| std::str::from_utf8(two).ok()).and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_as_it_was_copied() {
        let home = Path::new("/home/nina");
        let cases = [
            ("  /scans/a.pdf \n", "/scans/a.pdf"),
            ("\"/scans/a b.pdf\"", "/scans/a b.pdf"),
            ("'/scans/a b.pdf'", "/scans/a b.pdf"),
            ("file:///scans/l%C3%B8n%20maj.pdf", "/scans/løn maj.pdf"),
            ("file://localhost/scans/a.pdf", "/scans/a.pdf"),
            ("file:///scans/100%.pdf", "/scans/100%.pdf"),
            ("~/a.pdf", "/home/nina/a.pdf"),
            ("~", "/home/nina"),
            ("~nina/a.pdf", "~nina/a.pdf"),
            ("a.pdf", "a.pdf"),
        ];
        for (typed, path) in cases {
            assert_eq!(typed_path(typed, Some(home)), Some(PathBuf::from(path)), "{typed}");
        }
        for nothing in ["", "   ", "\"\"", "file://elsewhere/a.pdf"] {
            assert_eq!(typed_path(nothing, Some(home)), None, "{nothing}");
        }
    }
}
