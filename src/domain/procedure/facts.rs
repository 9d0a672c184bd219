//! The facts that conditions may ask for: names, types, words. What does not live here: the facts of a citizen ([`super::Facts`]).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FactValue, Facts};
use crate::Localized;

/// What kind of answer a fact is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FactKind {
    /// Yes or no.
    Flag,
    /// A whole number: years of age, months of stay.
    Number,
    /// One of a few words.
    Word {
        /// The words, in the order of declaration.
        words: Vec<FactWord>,
    },
}

/// A word that a fact may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FactWord {
    /// As conditions write it: `eu_worker`.
    pub word: String,
    /// As people read it.
    pub title: Localized,
}

/// A declared fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FactDeclaration {
    /// As conditions write it: `person.age`.
    pub name: String,
    /// As people read it: "Age".
    pub title: Localized,
    /// What to ask the citizen where it is unknown.
    #[serde(default)]
    pub question: Option<Localized>,
    /// The kind of answer.
    #[serde(flatten)]
    pub kind: FactKind,
}

/// All declared facts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactTable(BTreeMap<String, FactDeclaration>);

/// A fact of a citizen that does not fit its declaration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// No such fact is declared.
    #[error("no fact is called {name}")]
    Unknown {
        /// The name that was given.
        name: String,
    },
    /// The answer is of another kind, or a word that the fact does not know.
    #[error("{name} was expected to be {expected}")]
    Mismatch {
        /// The fact.
        name: String,
        /// What it may be.
        expected: String,
    },
}

impl FactKind {
    /// What an answer may be, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Flag => "yes or no".to_owned(),
            Self::Number => "a whole number".to_owned(),
            Self::Word { words } => {
                let words: Vec<&str> = words.iter().map(|w| w.word.as_str()).collect();
                format!("one of {}", words.join(", "))
            }
        }
    }

    /// Whether an answer fits.
    #[must_use]
    pub fn fits(&self, value: &FactValue) -> bool {
        match (self, value) {
            (Self::Flag, FactValue::Flag(_)) | (Self::Number, FactValue::Number(_)) => true,
            (Self::Word { words }, FactValue::Word(word)) => words.iter().any(|w| w.word == *word),
            _ => false,
        }
    }
}

impl FactTable {
    /// The fact of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&FactDeclaration> {
        self.0.get(name)
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = &FactDeclaration> {
        self.0.values()
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Checks that every fact of a citizen is declared and of its kind.
    ///
    /// # Errors
    /// [`FactError`] names the first that does not fit.
    pub fn check(&self, facts: &Facts) -> Result<(), FactError> {
        for (name, value) in facts {
            let declared = self.get(name).ok_or_else(|| FactError::Unknown { name: name.clone() })?;
            if !declared.kind.fits(value) {
                return Err(FactError::Mismatch { name: name.clone(), expected: declared.kind.expected() });
            }
        }
        Ok(())
    }
}

impl FromIterator<FactDeclaration> for FactTable {
    fn from_iter<T: IntoIterator<Item = FactDeclaration>>(facts: T) -> Self {
        Self(facts.into_iter().map(|fact| (fact.name.clone(), fact)).collect())
    }
}
