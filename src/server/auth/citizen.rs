//! Which citizen a member of staff is herself, as a sign-in names her. What lives here: the office's key for it, reading the claim, what is
//! kept of it while a token holds. What does not: the citizen as stored (`crate::store::rights`), what follows (`crate::policy`).
//!
//! The number is needed until the citizen was looked for, and no longer; neither it nor whom it found is ever shown, not even to a log.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use skranke_domain::CitizenId;
use skranke_domain::cpr::Cpr;
use toml::Spanned;

use crate::store::{self, Conn, rights};

/// The longest claim that is looked at, in bytes: a number or an identifier is far shorter, however it is written.
const MOST_BYTES: usize = 64;

/// Where the claims say which citizen the person is, and how.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitizenPlace {
    /// The claim, as a dotted path.
    pub claim: Spanned<String>,
    /// What stands there.
    pub kind: CitizenKey,
}

/// By what a claim names a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CitizenKey {
    /// Her CPR number, with or without a hyphen.
    Cpr,
    /// The identifier she has in this house.
    Id,
}

/// Whom the claims name as the citizen that the person is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// Nobody: no claim is asked for, or there is none.
    Nobody,
    /// There is a claim, and it is no number or identifier.
    Unread,
    /// Whoever has this number.
    Cpr(Cpr),
    /// Whoever has this identifier.
    Id(CitizenId),
}

impl Named {
    /// Looks for her among the citizens of this house.
    pub(crate) async fn find(self, conn: &mut Conn) -> store::Result<Option<CitizenId>> {
        match self {
            Self::Nobody | Self::Unread => Ok(None),
            Self::Cpr(cpr) => rights::citizen_by_cpr(conn, cpr).await,
            Self::Id(id) => rights::citizen_by_id(conn, id).await,
        }
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Named(…)")
    }
}

impl CitizenKey {
    /// Reads a claim; anything but a text is not understood: a number would have lost its leading nought.
    #[must_use]
    pub fn read(self, claim: Option<&Value>) -> Named {
        let text = match claim {
            None | Some(Value::Null) => return Named::Nobody,
            Some(Value::String(text)) if text.len() <= MOST_BYTES => text.trim(),
            Some(_) => return Named::Unread,
        };
        if text.is_empty() {
            return Named::Nobody;
        }
        match self {
            Self::Cpr => Cpr::parse(text).map_or(Named::Unread, Named::Cpr),
            Self::Id => text.parse().map_or(Named::Unread, Named::Id),
        }
    }
}

/// Which citizen the person of a token is, as far as it was looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Herself {
    /// Not looked for yet.
    Asked(Named),
    /// Looked for: the citizen, or that she is none here.
    Known(Option<CitizenId>),
}

impl fmt::Debug for Herself {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Herself(…)")
    }
}

impl From<Named> for Herself {
    fn from(named: Named) -> Self {
        match named {
            Named::Nobody | Named::Unread => Self::Known(None),
            Named::Cpr(_) | Named::Id(_) => Self::Asked(named),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_is_read_with_and_without_a_hyphen() {
        let number = Cpr::parse("6107624321").unwrap();
        for text in ["6107624321", "610762-4321", " 610762-4321 "] {
            assert!(CitizenKey::Cpr.read(Some(&json!(text))) == Named::Cpr(number), "{text}");
        }
        let id = CitizenId::new();
        assert!(CitizenKey::Id.read(Some(&json!(id.to_string()))) == Named::Id(id));
    }

    #[test]
    fn what_is_missing_names_nobody_and_what_is_no_number_is_told_apart() {
        for key in [CitizenKey::Cpr, CitizenKey::Id] {
            for claim in [None, Some(json!(null)), Some(json!("")), Some(json!(" "))] {
                assert!(key.read(claim.as_ref()) == Named::Nobody, "{key:?} {claim:?}");
            }
            let long = format!("610762{}4321", " ".repeat(100));
            for claim in
                [json!(6_107_624_321_i64), json!(["6107624321"]), json!("ida"), json!("999999-9999"), json!(long)]
            {
                assert!(key.read(Some(&claim)) == Named::Unread, "{key:?} {claim}");
            }
        }
        assert!(CitizenKey::Id.read(Some(&json!("6107624321"))) == Named::Unread);
        assert!(CitizenKey::Cpr.read(Some(&json!(CitizenId::new().to_string()))) == Named::Unread);
    }

    #[test]
    fn no_debug_text_tells_anything_of_her() {
        let number = Named::Cpr(Cpr::parse("6107624321").unwrap());
        let texts = [
            format!("{number:?}"),
            format!("{:?}", Herself::from(number)),
            format!("{:?}", Herself::Known(Some(CitizenId::new()))),
            format!("{:?}", Herself::Known(None)),
        ];
        assert_eq!(texts, ["Named(…)", "Herself(…)", "Herself(…)", "Herself(…)"]);
    }
}
