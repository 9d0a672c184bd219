//! Reading the condition language. What does not live here: what a condition means (see [`super::Condition::evaluate`]).

use super::{Comparison, ConditionError, Literal, Node};
use crate::nearest::nearest;
use crate::procedure::facts::{FactDeclaration, FactKind, FactTable};

/// Deeper nesting than any rule of an office needs; keeps a hostile file from exhausting the stack.
const DEEPEST: usize = 32;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Number(i64),
    Sign(&'static str),
    End,
}

struct Placed {
    token: Token,
    column: usize,
}

struct Reader<'a> {
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
    facts: &'a FactTable,
}

pub(super) fn parse(text: &str, facts: &FactTable) -> Result<Node, ConditionError> {
    let mut reader = Reader { tokens: tokens(text)?, at: 0, depth: 0, facts };
    if reader.take_word("always") {
        reader.end()?;
        return Ok(Node::Always);
    }
    let node = reader.or()?;
    reader.end()?;
    Ok(node)
}

fn tokens(text: &str) -> Result<Vec<Placed>, ConditionError> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let column = at + 1;
        let run = |fits: fn(&char) -> bool| -> String { chars[at..].iter().take_while(|c| fits(c)).collect() };
        let token = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c.is_ascii_lowercase() {
            let name = run(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.'));
            at += name.len();
            Token::Name(name)
        } else if c.is_ascii_digit() || (c == '-' && chars.get(at + 1).is_some_and(char::is_ascii_digit)) {
            let mut digits = String::from(c);
            digits.extend(chars[at + 1..].iter().take_while(|c| c.is_ascii_digit()));
            at += digits.len();
            let too_large =
                |_| ConditionError { column, found: digits.clone(), expected: "a smaller number".to_owned() };
            Token::Number(digits.parse().map_err(too_large)?)
        } else {
            let rest: String = chars[at..].iter().take(2).collect();
            let signs = ["==", "!=", "<=", ">=", "<", ">", "(", ")", ","];
            let Some(sign) = signs.into_iter().find(|sign| rest.starts_with(sign)) else {
                let expected = if c == '=' { "`==`" } else { "a fact, a value or one of == != < <= > >= ( ) ," };
                return Err(ConditionError { column, found: format!("`{c}`"), expected: expected.to_owned() });
            };
            at += sign.len();
            Token::Sign(sign)
        };
        found.push(Placed { token, column });
    }
    found.push(Placed { token: Token::End, column: chars.len() + 1 });
    Ok(found)
}

impl Reader<'_> {
    fn or(&mut self) -> Result<Node, ConditionError> {
        let mut parts = vec![self.and()?];
        while self.take_word("or") {
            parts.push(self.and()?);
        }
        Ok(one_or(parts, Node::Or))
    }

    fn and(&mut self) -> Result<Node, ConditionError> {
        let mut parts = vec![self.not()?];
        while self.take_word("and") {
            parts.push(self.not()?);
        }
        Ok(one_or(parts, Node::And))
    }

    fn not(&mut self) -> Result<Node, ConditionError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong(&format!("at most {DEEPEST} levels of parentheses")));
        }
        let node = if self.take_word("not") {
            Node::Not(Box::new(self.not()?))
        } else if self.take_sign("(") {
            let inner = self.or()?;
            self.need_sign(")")?;
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(node)
    }

    fn comparison(&mut self) -> Result<Node, ConditionError> {
        let fact = self.fact()?;
        let name = fact.name.clone();
        if self.take_word("in") {
            return Ok(Node::In { fact: name, among: self.among(&fact)? });
        }
        if self.peek_word("not") {
            self.at += 1;
            if self.take_word("in") {
                return Ok(Node::NotIn { fact: name, among: self.among(&fact)? });
            }
            return Err(self.wrong("`in`"));
        }
        let Some(by) = self.comparison_sign() else {
            if fact.kind == FactKind::Flag {
                return Ok(Node::Flag(name));
            }
            return Err(self.wrong(&format!("a comparison, since {name} is {}", fact.kind.expected())));
        };
        match fact.kind {
            FactKind::Flag => Err(self.wrong(&format!("no comparison: {name} is yes or no and stands alone"))),
            FactKind::Word { .. } if !matches!(by, Comparison::Equal | Comparison::NotEqual) => {
                Err(self.wrong(&format!("== or !=, since {name} is a word")))
            }
            _ => {
                self.at += 1;
                let value = self.literal(&fact)?;
                Ok(Node::Compare { fact: name, by, value })
            }
        }
    }

    fn fact(&mut self) -> Result<FactDeclaration, ConditionError> {
        let Token::Name(name) = &self.here().token else { return Err(self.wrong("a fact")) };
        if ["and", "or", "not", "in", "always"].contains(&name.as_str()) {
            let expected = if name == "always" { "`always` to stand alone" } else { "a fact" };
            return Err(self.wrong(expected));
        }
        let Some(fact) = self.facts.get(name) else {
            let expected = match nearest(name, self.facts.names()) {
                Some(near) => format!("a declared fact (did you mean {near}?)"),
                None => format!("a declared fact: {}", self.facts.names().collect::<Vec<_>>().join(", ")),
            };
            return Err(self.wrong(&expected));
        };
        self.at += 1;
        Ok(fact.clone())
    }

    fn among(&mut self, fact: &FactDeclaration) -> Result<Vec<Literal>, ConditionError> {
        if fact.kind == FactKind::Flag {
            self.at -= 1;
            return Err(self.wrong(&format!("no list: {} is yes or no and stands alone", fact.name)));
        }
        self.need_sign("(")?;
        let mut values = vec![self.literal(fact)?];
        while self.take_sign(",") {
            values.push(self.literal(fact)?);
        }
        self.need_sign(")")?;
        Ok(values)
    }

    fn literal(&mut self, fact: &FactDeclaration) -> Result<Literal, ConditionError> {
        let literal = match (&self.here().token, &fact.kind) {
            (Token::Number(n), FactKind::Number) => Literal::Number(*n),
            (Token::Name(word), FactKind::Word { words }) => {
                let known = words.iter().map(|w| w.word.as_str());
                if !known.clone().any(|w| w == word) {
                    let hint = nearest(word, known).map_or(String::new(), |near| format!(" (did you mean {near}?)"));
                    return Err(self.wrong(&format!("{}{hint}", fact.kind.expected())));
                }
                Literal::Word(word.clone())
            }
            (_, kind) => return Err(self.wrong(&kind.expected())),
        };
        self.at += 1;
        Ok(literal)
    }

    fn comparison_sign(&self) -> Option<Comparison> {
        let Token::Sign(sign) = self.here().token else { return None };
        Some(match sign {
            "==" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        })
    }

    fn here(&self) -> &Placed {
        // invariant: the last token is `End`, and nothing steps over it.
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek_word(&self, word: &str) -> bool {
        matches!(&self.here().token, Token::Name(name) if name == word)
    }

    fn take_word(&mut self, word: &str) -> bool {
        let is = self.peek_word(word);
        self.at += usize::from(is);
        is
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let is = matches!(self.here().token, Token::Sign(s) if s == sign);
        self.at += usize::from(is);
        is
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), ConditionError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.wrong(&format!("`{sign}`"))) }
    }

    fn end(&self) -> Result<(), ConditionError> {
        if self.here().token == Token::End { Ok(()) } else { Err(self.wrong("`and`, `or` or the end")) }
    }

    fn wrong(&self, expected: &str) -> ConditionError {
        let here = self.here();
        let found = match &here.token {
            Token::Name(name) => format!("`{name}`"),
            Token::Number(n) => n.to_string(),
            Token::Sign(sign) => format!("`{sign}`"),
            Token::End => "the end".to_owned(),
        };
        ConditionError { column: here.column, found, expected: expected.to_owned() }
    }
}

fn one_or(mut parts: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}
