//! The condition language of the catalogue: `person.age >= 18 and stay.from_country_group in (eu, nordic)`. What lives here: the typed
//! expression, its printing and its three-valued evaluation. What does not: reading it (see `parse`), facts about real citizens.
//!
//! ```text
//! condition  = "always" | or
//! or         = and { "or" and }
//! and        = not { "and" not }
//! not        = "not" not | "(" or ")" | comparison
//! comparison = flag
//!            | fact ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) value
//!            | fact [ "not" ] "in" "(" value { "," value } ")"
//! ```

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::facts::FactTable;
use super::{FactValue, Facts};

mod parse;
#[cfg(test)]
mod tests;

/// A condition that was read and checked against the declared facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition(Node);

/// What a condition says about somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It holds.
    Applies {
        /// The facts that made it so, by name and in alphabetical order; none where it always applies.
        because: Vec<String>,
    },
    /// It does not hold.
    DoesNotApply {
        /// The facts that made it so, by name and in alphabetical order.
        because: Vec<String>,
    },
    /// It cannot be told: unknown is neither yes nor no.
    Unknown {
        /// The first fact that is missing.
        fact: String,
    },
}

impl Verdict {
    /// Whether it is known to hold.
    #[must_use]
    pub const fn applies(&self) -> bool {
        matches!(self, Self::Applies { .. })
    }
}

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}: {found}, expected {expected}")]
pub struct ConditionError {
    /// Where, in characters from 1.
    pub column: usize,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: String,
}

impl Condition {
    /// The condition that always holds.
    pub const ALWAYS: Self = Self(Node::Always);

    /// Reads a condition. Only declared facts are accepted, with the words and comparisons that fit them.
    ///
    /// # Errors
    /// [`ConditionError`] names the column, what stands there and what was expected.
    pub fn parse(text: &str, facts: &FactTable) -> Result<Self, ConditionError> {
        parse::parse(text, facts).map(Self)
    }

    /// What the condition says, given what is known. A fact of the wrong type counts as unknown.
    ///
    /// `and` and `or` are decided by whatever side decides them, also when the other is unknown.
    #[must_use]
    pub fn evaluate(&self, facts: &Facts) -> Verdict {
        let list = |names: BTreeSet<&str>| names.into_iter().map(str::to_owned).collect();
        match self.0.evaluate(facts) {
            Truth::Yes(because) => Verdict::Applies { because: list(because) },
            Truth::No(because) => Verdict::DoesNotApply { because: list(because) },
            Truth::Unknown(fact) => Verdict::Unknown { fact: fact.to_owned() },
        }
    }

    /// The facts it asks for, in alphabetical order.
    #[must_use]
    pub fn facts(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        self.0.collect(&mut names);
        names
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.print(f, Place::Top)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Always,
    Flag(String),
    Compare { fact: String, by: Comparison, value: Literal },
    In { fact: String, among: Vec<Literal> },
    NotIn { fact: String, among: Vec<Literal> },
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Literal {
    Number(i64),
    Word(String),
}

/// A truth with the facts that made it so.
enum Truth<'a> {
    Yes(BTreeSet<&'a str>),
    No(BTreeSet<&'a str>),
    Unknown(&'a str),
}

impl<'a> Truth<'a> {
    fn of(holds: bool, fact: &'a str) -> Self {
        let because = BTreeSet::from([fact]);
        if holds { Self::Yes(because) } else { Self::No(because) }
    }

    fn negated(self) -> Self {
        match self {
            Self::Yes(because) => Self::No(because),
            Self::No(because) => Self::Yes(because),
            Self::Unknown(fact) => Self::Unknown(fact),
        }
    }
}

impl Node {
    fn evaluate<'a>(&'a self, facts: &Facts) -> Truth<'a> {
        match self {
            Self::Always => Truth::Yes(BTreeSet::new()),
            Self::Flag(fact) => match facts.get(fact) {
                Some(FactValue::Flag(holds)) => Truth::of(*holds, fact),
                _ => Truth::Unknown(fact),
            },
            Self::Compare { fact, by, value } => {
                value.order_of(facts.get(fact)).map_or(Truth::Unknown(fact), |order| Truth::of(by.holds(order), fact))
            }
            Self::In { fact, among } => is_among(fact, among, facts),
            Self::NotIn { fact, among } => is_among(fact, among, facts).negated(),
            Self::Not(inner) => inner.evaluate(facts).negated(),
            Self::And(parts) => all(parts.iter().map(|part| part.evaluate(facts))),
            // De Morgan: any holds unless all fail.
            Self::Or(parts) => all(parts.iter().map(|part| part.evaluate(facts).negated())).negated(),
        }
    }

    fn collect<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Always => {}
            Self::Flag(fact) | Self::Compare { fact, .. } | Self::In { fact, .. } | Self::NotIn { fact, .. } => {
                names.insert(fact);
            }
            Self::Not(inner) => inner.collect(names),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.collect(names)),
        }
    }

    fn print(&self, f: &mut fmt::Formatter<'_>, place: Place) -> fmt::Result {
        let bare = match self {
            Self::And(_) => matches!(place, Place::Top | Place::InOr),
            Self::Or(_) => place == Place::Top,
            _ => true,
        };
        if !bare {
            f.write_str("(")?;
        }
        match self {
            Self::Always => f.write_str("always")?,
            Self::Flag(fact) => f.write_str(fact)?,
            Self::Compare { fact, by, value } => write!(f, "{fact} {} {value}", by.sign())?,
            Self::In { fact, among } => write!(f, "{fact} in {}", Among(among))?,
            Self::NotIn { fact, among } => write!(f, "{fact} not in {}", Among(among))?,
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.print(f, Place::InNot)?;
            }
            Self::And(parts) => print_joined(parts, " and ", Place::InAnd, f)?,
            Self::Or(parts) => print_joined(parts, " or ", Place::InOr, f)?,
        }
        if bare { Ok(()) } else { f.write_str(")") }
    }
}

fn is_among<'a>(fact: &'a str, among: &[Literal], facts: &Facts) -> Truth<'a> {
    let mut hit = false;
    for literal in among {
        match literal.order_of(facts.get(fact)) {
            Some(order) => hit |= order.is_eq(),
            None => return Truth::Unknown(fact),
        }
    }
    Truth::of(hit, fact)
}

/// One that fails decides; else one that is unknown; else all hold.
fn all<'a>(parts: impl Iterator<Item = Truth<'a>>) -> Truth<'a> {
    let (mut yes, mut no, mut unknown) = (BTreeSet::new(), BTreeSet::new(), None);
    for part in parts {
        match part {
            Truth::Yes(because) => yes.extend(because),
            Truth::No(because) => no.extend(because),
            Truth::Unknown(fact) => unknown = unknown.or(Some(fact)),
        }
    }
    match unknown {
        _ if !no.is_empty() => Truth::No(no),
        Some(fact) => Truth::Unknown(fact),
        None => Truth::Yes(yes),
    }
}

/// Where a part is printed, which decides on its parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    InOr,
    InAnd,
    InNot,
}

fn print_joined(parts: &[Node], with: &str, place: Place, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(with)?;
        }
        part.print(f, place)?;
    }
    Ok(())
}

impl Comparison {
    const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    const fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl Literal {
    /// How a fact stands to this; none when it is not there or of another type.
    fn order_of(&self, fact: Option<&FactValue>) -> Option<std::cmp::Ordering> {
        match (self, fact?) {
            (Self::Number(right), FactValue::Number(left)) => Some(left.cmp(right)),
            (Self::Word(right), FactValue::Word(left)) => Some(left.cmp(right)),
            _ => None,
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n) => n.fmt(f),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// Values in parentheses.
struct Among<'a>(&'a [Literal]);

impl fmt::Display for Among<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for (n, literal) in self.0.iter().enumerate() {
            write!(f, "{}{literal}", if n > 0 { ", " } else { "" })?;
        }
        f.write_str(")")
    }
}
