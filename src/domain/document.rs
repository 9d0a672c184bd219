//! Documents: what kind of file it is by its content, what its name may be, how large it may be. What does not live here: bytes on a disk,
//! drawing pages.

use serde::{Deserialize, Serialize};

use crate::citizen::words;

words! {
    /// What a file is, by its content and not by its name.
    FileKind {
        /// PDF.
        Pdf,
        /// JPEG.
        Jpeg,
        /// PNG.
        Png,
        /// WebP.
        WebP,
        /// TIFF, as scanners write it.
        Tiff,
    }
    /// How far a document's bytes have come.
    DocumentState {
        /// Some are missing: it stands on no checklist yet.
        Uploading,
        /// All are here and their sum is what was promised.
        Complete,
    }
    /// Where a document came from.
    DocumentSource {
        /// A clerk chose a file.
        Upload,
        /// The scanner at the counter.
        Scanner,
        /// The citizen sent it through self-service.
        SelfService,
        /// Another authority sent it.
        Authority,
        /// The office wrote it: a letter, a decision.
        Office,
    }
    /// Who may ever read a document or note (forvaltningsloven § 12, offentlighedsloven § 23).
    Openness {
        /// Part of the file: the citizen may see it when she asks.
        File,
        /// Internal: a working paper, exempt from access while it stays in the house.
        Internal,
    }
}

/// The largest document, in bytes.
pub const DOCUMENT_BYTES: u64 = 512 << 20;
/// The largest piece of an upload, in bytes.
pub const PIECE_BYTES: u64 = 4 << 20;
/// The longest file name, in characters.
pub const NAME_CHARS: usize = 120;
/// How many of the first bytes tell the kind.
pub const HEAD_BYTES: usize = 1024;

impl FileKind {
    /// What a file is, by its first bytes ([`HEAD_BYTES`] are enough); none is something that is not taken.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if head.len() >= 12 && head.starts_with(b"RIFF") && &head[8..12] == b"WEBP" {
            return Some(Self::WebP);
        }
        if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
            return Some(Self::Tiff);
        }
        // The header may stand behind some other bytes (ISO 32000-1, annex H, 3.4.1).
        let head = &head[..head.len().min(HEAD_BYTES)];
        head.windows(5).any(|five| five == b"%PDF-").then_some(Self::Pdf)
    }

    /// The ending of a file of this kind.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Tiff => "tif",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Tiff => "image/tiff",
        }
    }
}

/// A file name that is a name and nothing else: no path, no controls, no direction marks, no leading dots, not too long; never empty.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let direction =
        |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let forbidden = |c: char| c.is_control() || direction(c) || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let kept: String = last.chars().filter(|c| !forbidden(*c)).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    let kept: String = kept.chars().take(NAME_CHARS).collect();
    let kept = kept.trim_end_matches([' ', '.']);
    if kept.is_empty() { "document".to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        for (head, kind) in [
            (b"%PDF-1.7\n".as_slice(), Some(FileKind::Pdf)),
            (b"\xEF\xBB\xBF\n%PDF-1.4", Some(FileKind::Pdf)),
            (b"\xFF\xD8\xFF\xE0", Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(FileKind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(FileKind::WebP)),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"II*\0\x08\0\0\0", Some(FileKind::Tiff)),
            (b"MM\0*\0\0\0\x08", Some(FileKind::Tiff)),
            (b"MZ\x90\0", None),
            (b"<html>pas.pdf", None),
            (b"RIFF", None),
            (b"", None),
        ] {
            assert_eq!(FileKind::of(head), kind, "{head:?}");
        }
        let far = [vec![b' '; HEAD_BYTES], b"%PDF-1.4".to_vec()].concat();
        assert_eq!(FileKind::of(&far), None, "the header stands among the first bytes or nowhere");
    }

    #[test]
    fn a_file_name_is_a_name_and_nothing_else() {
        for (name, kept) in [
            ("Lejekontrakt 2. sal.pdf", "Lejekontrakt 2. sal.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ida\\pas.png", "pas.png"),
            (".hidden", "hidden"),
            ("a\u{0}b\nc.pdf", "abc.pdf"),
            ("fdp.\u{202E}gnp.pdf", "fdp.gnp.pdf"),
            ("what?.pdf...", "what.pdf"),
            ("..", "document"),
            ("pas/", "document"),
            ("", "document"),
        ] {
            assert_eq!(safe_name(name), kept, "{name:?}");
        }
    }

    /// The beginnings that are looked for, so that chance meets them.
    fn beginning() -> impl Strategy<Value = Vec<u8>> {
        let magic: Vec<&[u8]> = vec![
            b"",
            b"%PDF-",
            b"\xFF\xD8\xFF",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF",
            b"RIFF\0\0\0\0WEBP",
            b"II*\0",
            b"MM\0*",
            b"%PD",
        ];
        (prop::sample::select(magic), 0_usize..12, prop::collection::vec(any::<u8>(), 0..1200)).prop_map(
            |(magic, cut, rest)| {
                let begin = &magic[..magic.len().saturating_sub(cut.saturating_sub(8))];
                [begin, &rest].concat()
            },
        )
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_kind_or_none_and_what_follows_the_head_never_counts(bytes in beginning()) {
            let kind = FileKind::of(&bytes);
            prop_assert_eq!(kind, FileKind::of(&bytes[..bytes.len().min(HEAD_BYTES)]));
            if let Some(kind) = kind {
                prop_assert!(!kind.ending().is_empty() && kind.media_type().contains('/'));
            }
        }

        #[test]
        fn every_kind_is_told_by_its_first_bytes_whatever_follows(rest in prop::collection::vec(any::<u8>(), 0..64)) {
            for (magic, kind) in [
                (b"\xFF\xD8\xFF".as_slice(), FileKind::Jpeg),
                (b"\x89PNG\r\n\x1a\n", FileKind::Png),
                (b"RIFF\x10\x20\x30\x40WEBP", FileKind::WebP),
                (b"II*\0", FileKind::Tiff),
                (b"%PDF-", FileKind::Pdf),
            ] {
                prop_assert_eq!(FileKind::of(&[magic, &rest].concat()), Some(kind));
            }
        }

        #[test]
        fn a_safe_name_can_stand_in_any_folder(name in "\\PC*|(.|[\\\\/.\u{0}\u{7}\u{202E}\u{FEFF}:*?\"<>| ]){0,300}") {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.chars().count() <= NAME_CHARS);
            prop_assert!(!safe.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
            prop_assert!(!safe.chars().any(char::is_control));
            let turning = ['\u{202E}', '\u{202D}', '\u{2066}', '\u{200F}', '\u{FEFF}'];
            prop_assert!(!safe.contains(turning));
            prop_assert!(!safe.starts_with(['.', ' ']) && !safe.ends_with(['.', ' ']));
            prop_assert_eq!(safe_name(&safe), safe.clone(), "a safe name stays as it is");
        }
    }
}
