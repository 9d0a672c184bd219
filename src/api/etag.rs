//! Strong entity tags: each thing that two people can change apart has its own.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A strong ETag, kept without its quotes. Opaque to clients.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ETag(String);

impl ETag {
    /// The tag of a thing's version (a counter that rises by one with each change).
    #[must_use]
    pub fn of_version(version: i64) -> Self {
        Self(format!("v{version}"))
    }

    /// The version inside, where the tag is one of ours.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.0.strip_prefix('v')?.parse().ok()
    }

    /// As it stands in a header: in quotes.
    #[must_use]
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.0)
    }

    /// Reads a header value; weak tags and lists are refused.
    #[must_use]
    pub fn from_header(value: &str) -> Option<Self> {
        let inner = value.trim().strip_prefix('"')?.strip_suffix('"')?;
        let fits = (1..=64).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
        fits.then(|| Self(inner.to_owned()))
    }
}

impl fmt::Display for ETag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_survives_the_header() {
        let tag = ETag::of_version(7);
        assert_eq!(ETag::from_header(&tag.quoted()), Some(tag.clone()));
        assert_eq!(tag.version(), Some(7));
        assert_eq!(ETag::from_header("W/\"v7\""), None);
        assert_eq!(ETag::from_header("*"), None);
    }
}
