//! How long KLE advises to keep cases of a subject. What lives here: the advice (`assets/kle.toml`) and finding it. What does not:
//! deleting.

use serde::Deserialize;
use skranke_domain::Localized;

const BUILTIN: &str = include_str!("../../../assets/kle.toml");

/// The archive mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Archive {
    /// Discarded.
    K,
    /// Kept for the archives.
    B,
}

/// How sure the advice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Not read.
    Low,
    /// Partly read.
    Medium,
    /// Read.
    High,
}

/// The advice for a subject.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// The number, or the beginning of several.
    pub number: String,
    /// What it is about.
    pub subject: Localized,
    /// For how many years after it was closed a case is kept; none: nobody said.
    #[serde(default)]
    pub years: Option<i16>,
    /// The archive mark; none: nobody said.
    #[serde(default)]
    pub archive: Option<Archive>,
    /// Where it is from.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Advice {
    /// After how many years a case is deleted; none: it is kept.
    #[must_use]
    pub fn deleted_after(&self) -> Option<i16> {
        self.years.filter(|_| self.archive == Some(Archive::K))
    }
}

/// Why the advice cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KleError {
    /// The file is not what it should be.
    #[error("the deletion advice cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// An entry makes no sense.
    #[error("the deletion advice of {number} {why}")]
    Entry {
        /// Which.
        number: String,
        /// What is wrong.
        why: &'static str,
    },
}

/// All advice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kle {
    advice: Vec<Advice>,
}

impl Kle {
    /// The advice that comes with the program.
    ///
    /// # Errors
    /// See [`Kle::parse`]; a test keeps the file free of mistakes.
    pub fn builtin() -> Result<Self, KleError> {
        Self::parse(BUILTIN)
    }

    /// Reads and checks advice.
    ///
    /// # Errors
    /// [`KleError`] names the first entry that is wrong.
    pub fn parse(text: &str) -> Result<Self, KleError> {
        let read: Self = toml::from_str(text)?;
        for (at, one) in read.advice.iter().enumerate() {
            let why = if !is_number(&one.number) {
                "is no KLE number such as 23.05.12, or its beginning"
            } else if one.years.is_some_and(|years| !(1..=100).contains(&years)) {
                "is not between 1 and 100 years"
            } else if read.advice[..at].iter().any(|other| other.number == one.number) {
                "stands twice"
            } else {
                continue;
            };
            return Err(KleError::Entry { number: one.number.clone(), why });
        }
        Ok(read)
    }

    /// The advice for a number: the longest beginning of it that is known.
    #[must_use]
    pub fn advice(&self, number: &str) -> Option<&Advice> {
        let begins = |one: &&Advice| {
            number.strip_prefix(one.number.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.advice.iter().filter(begins).max_by_key(|one| one.number.len())
    }
}

fn is_number(text: &str) -> bool {
    let groups: Vec<&str> = text.split('.').collect();
    (1..=3).contains(&groups.len()) && groups.iter().all(|g| g.len() == 2 && g.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_that_comes_with_the_program_is_whole() {
        let kle = Kle::builtin().unwrap();
        let after = |number: &str| kle.advice(number).and_then(Advice::deleted_after);
        assert_eq!(after("23.01.02"), Some(10));
        assert_eq!(after("23.05.12"), Some(5));
        assert_eq!(after("23.15.25"), Some(6));
        assert_eq!(after("23.19.05"), Some(5), "a beginning stands for all that begin with it");
        assert_eq!(after("29.03.04"), None, "what was not read is kept");
        assert_eq!(kle.advice("28.09.00"), None, "what nobody named is kept");
        assert_eq!(kle.advice("23.190.00"), None, "a beginning ends at a full stop");
    }

    #[test]
    fn mistakes_in_the_advice_are_named() {
        let entry = |number: &str, years: &str| {
            format!(
                "[[advice]]\nnumber = \"{number}\"\nsubject = {{ da = \"x\", en = \"x\" }}\n{years}\nsource = \"s\"\ncertainty = \"low\"\n"
            )
        };
        assert!(Kle::parse(&entry("23.5", "")).unwrap_err().to_string().contains("23.5"));
        assert!(Kle::parse(&entry("23.05.12", "years = 0")).unwrap_err().to_string().contains("years"));
        let twice = entry("23.05.12", "").repeat(2);
        assert!(Kle::parse(&twice).unwrap_err().to_string().contains("twice"));
        assert!(Kle::parse("[[advice]]\nnumbr = \"x\"").is_err());
    }

    #[test]
    fn what_goes_to_the_archives_is_never_deleted() {
        let text = "[[advice]]\nnumber = \"23.05.12\"\nsubject = { da = \"x\", en = \"x\" }\nyears = 5\narchive = \"B\"\nsource = \"s\"\n\
                    certainty = \"high\"\n";
        let kle = Kle::parse(text).unwrap();
        assert_eq!(kle.advice("23.05.12").unwrap().deleted_after(), None);
    }
}
