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
    let direction = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let forbidden = |c: char| c.is_control() || direction(c) || matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let kept: String = last.chars().filter(|c| !forbidden(*c)).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    let kept: String = kept.chars().take(NAME_CHARS).collect();
    let kept = kept.trim_end_matches([' ', '.']);
    if kept.is_empty() { "document".to_owned() } else { kept.to_owned() }
}
