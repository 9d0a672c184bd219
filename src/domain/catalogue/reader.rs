//! Reading TOML with a line for every mistake, and all mistakes at once. What does not live here: what the catalogue's entries are.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{Error as _, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Mistake;
use crate::nearest::nearest;
use crate::{CitizenText, Localized};

/// All mistakes found so far.
#[derive(Default)]
pub(super) struct Log(RefCell<Vec<Mistake>>);

impl Log {
    pub(super) fn push(&self, file: &str, line: usize, found: impl Into<String>, expected: impl Into<String>) {
        self.0.borrow_mut().push(Mistake {
            file: file.to_owned(),
            line,
            found: found.into(),
            expected: expected.into(),
        });
    }

    pub(super) fn into_sorted(self) -> Vec<Mistake> {
        let mut mistakes = self.0.into_inner();
        mistakes.sort();
        mistakes.dedup();
        mistakes
    }
}

/// A file of the catalogue.
pub(super) struct File<'a> {
    pub(super) name: &'a str,
    text: &'a str,
    /// Where each line ends, so that a line is found without counting from the top.
    line_ends: Vec<usize>,
    log: &'a Log,
}

/// A value with the line it stands on.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// One table of a file, read key by key; [`Entry::finish`] reports keys that nobody asked for.
pub(super) struct Entry<'a> {
    file: &'a File<'a>,
    table: &'a DeTable<'a>,
    pub(super) line: usize,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> File<'a> {
    pub(super) fn new(name: &'a str, text: &'a str, log: &'a Log) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
        Self { name, text, line_ends, log }
    }

    /// The file's whole table; what could not be read is reported and left out.
    pub(super) fn read(&self) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(1, |span| self.line(&span));
            let (found, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), "TOML"));
            self.log.push(self.name, line, found, expected);
        }
        table
    }

    pub(super) fn root(&'a self, table: &'a Spanned<DeTable<'a>>) -> Entry<'a> {
        Entry { file: self, table: table.get_ref(), line: 1, asked: RefCell::default() }
    }

    pub(super) fn wrong(&self, line: usize, found: impl Into<String>, expected: impl Into<String>) {
        self.log.push(self.name, line, found, expected);
    }

    fn line(&self, span: &Range<usize>) -> usize {
        1 + self.line_ends.partition_point(|end| *end < span.start)
    }
}

impl<'a> Entry<'a> {
    pub(super) const fn file(&self) -> &'a File<'a> {
        self.file
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.need(key, "a text")?;
        self.as_text(key, value)
    }

    /// A text that may be left out.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        self.as_text(key, value)
    }

    /// Texts that may be left out.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Placed<String>> {
        self.list(key, "a list of texts").iter().filter_map(|value| self.as_text(key, value)).collect()
    }

    /// A text in both languages that must be there.
    pub(super) fn localized(&self, key: &'static str) -> Option<Localized> {
        let value = self.need(key, "{ da = \"…\", en = \"…\" }")?;
        self.as_localized(key, value)
    }

    /// A text in both languages that may be left out.
    pub(super) fn optional_localized(&self, key: &'static str) -> Option<Localized> {
        let value = self.get(key)?;
        self.as_localized(key, value)
    }

    /// A text that citizens read, which must be there: Danish and English always, German and Polish where somebody wrote them.
    pub(super) fn citizen_text(&self, key: &'static str) -> Option<CitizenText> {
        let value = self.need(key, "{ da = \"…\", en = \"…\", de = \"…\", pl = \"…\" }")?;
        self.as_citizen_text(key, value)
    }

    /// A text that citizens read and that may be left out.
    pub(super) fn optional_citizen_text(&self, key: &'static str) -> Option<CitizenText> {
        let value = self.get(key)?;
        self.as_citizen_text(key, value)
    }

    /// Texts in both languages that may be left out.
    pub(super) fn localized_list(&self, key: &'static str) -> Vec<Localized> {
        self.list(key, "a list of { da = \"…\", en = \"…\" }")
            .iter()
            .filter_map(|value| self.as_localized(key, value))
            .collect()
    }

    /// An identifier that must be there.
    pub(super) fn id<T: FromStr<Err: std::fmt::Display>>(&self, key: &'static str) -> Option<Placed<T>> {
        let text = self.text(key)?;
        self.as_id(key, &text)
    }

    /// An identifier that may be left out.
    pub(super) fn optional_id<T: FromStr<Err: std::fmt::Display>>(&self, key: &'static str) -> Option<Placed<T>> {
        let text = self.optional_text(key)?;
        self.as_id(key, &text)
    }

    /// Identifiers that may be left out.
    pub(super) fn ids<T: FromStr<Err: std::fmt::Display>>(&self, key: &'static str) -> Vec<Placed<T>> {
        self.texts(key).iter().filter_map(|text| self.as_id(key, text)).collect()
    }

    /// One of the words of an enumeration.
    pub(super) fn word<T: DeserializeOwned>(&self, key: &'static str) -> Option<Placed<T>> {
        let text = self.text(key)?;
        self.as_word(key, &text)
    }

    /// One of the words of an enumeration, which may be left out.
    pub(super) fn optional_word<T: DeserializeOwned>(&self, key: &'static str) -> Option<Placed<T>> {
        let text = self.optional_text(key)?;
        self.as_word(key, &text)
    }

    /// Words of an enumeration; none when the key is missing.
    pub(super) fn words<T: DeserializeOwned>(&self, key: &'static str) -> Vec<T> {
        self.texts(key).iter().filter_map(|text| Some(self.as_word(key, text)?.value)).collect()
    }

    /// A whole number that must be there.
    pub(super) fn number<T: TryFrom<i64>>(&self, key: &'static str, expected: &str) -> Option<T> {
        let value = self.need(key, expected)?;
        self.as_number(key, value, expected)
    }

    /// A whole number that may be left out.
    pub(super) fn optional_number<T: TryFrom<i64>>(&self, key: &'static str, expected: &str) -> Option<T> {
        let value = self.get(key)?;
        self.as_number(key, value, expected)
    }

    /// Yes or no; no when the key is missing.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        match self.get(key) {
            None => false,
            Some(value) => match value.get_ref() {
                DeValue::Boolean(flag) => *flag,
                _ => {
                    self.wrong_value(key, value, "true or false");
                    false
                }
            },
        }
    }

    /// A table that must be there.
    pub(super) fn table(&self, key: &'static str) -> Option<Entry<'a>> {
        let value = self.need(key, "a table")?;
        self.as_table(key, value)
    }

    /// A table that may be left out.
    pub(super) fn optional_table(&self, key: &'static str) -> Option<Entry<'a>> {
        let value = self.get(key)?;
        self.as_table(key, value)
    }

    /// Tables; none when the key is missing.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Entry<'a>> {
        self.list(key, "a list of tables").iter().filter_map(|value| self.as_table(key, value)).collect()
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if asked.contains(name) {
                continue;
            }
            let known = || asked.iter().copied();
            let expected = nearest(name, known()).map_or_else(
                || format!("one of {}", known().collect::<Vec<_>>().join(", ")),
                |near| format!("`{near}`"),
            );
            self.file.wrong(self.file.line(&key.span()), format!("unknown key `{name}`"), expected);
        }
    }

    /// Reports a mistake at the line where this table begins.
    pub(super) fn wrong(&self, found: impl Into<String>, expected: impl Into<String>) {
        self.file.wrong(self.line, found, expected);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn need(&self, key: &'static str, expected: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = self.get(key);
        if value.is_none() {
            self.wrong(format!("no `{key}`"), expected);
        }
        value
    }

    fn list(&self, key: &'static str, expected: &str) -> &'a [Spanned<DeValue<'a>>] {
        match self.get(key) {
            None => &[],
            Some(value) => match value.get_ref() {
                DeValue::Array(list) => list,
                _ => {
                    self.wrong_value(key, value, expected);
                    &[]
                }
            },
        }
    }

    fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
        let line = self.file.line(&value.span());
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_value(key, value, "a text");
            return None;
        };
        if text.trim().is_empty() {
            self.file.wrong(line, format!("`{key}` is empty"), "a text");
            return None;
        }
        if text.trim() != text {
            self.file.wrong(line, format!("`{key}` begins or ends with a space"), "none there");
        }
        Some(Placed { value: text.clone().into_owned(), line })
    }

    fn as_localized(&self, key: &'static str, value: &'a Spanned<DeValue<'a>>) -> Option<Localized> {
        let table = self.as_table(key, value)?;
        let (da, en) = (table.text("da"), table.text("en"));
        table.finish();
        Some(Localized { da: da?.value, en: en?.value })
    }

    fn as_citizen_text(&self, key: &'static str, value: &'a Spanned<DeValue<'a>>) -> Option<CitizenText> {
        let table = self.as_table(key, value)?;
        let (da, en) = (table.text("da"), table.text("en"));
        let (de, pl) = (table.optional_text("de"), table.optional_text("pl"));
        table.finish();
        Some(CitizenText { da: da?.value, en: en?.value, de: de.map(|t| t.value), pl: pl.map(|t| t.value) })
    }

    fn as_id<T: FromStr<Err: std::fmt::Display>>(&self, key: &str, text: &Placed<String>) -> Option<Placed<T>> {
        match text.value.parse() {
            Ok(value) => Some(Placed { value, line: text.line }),
            Err(error) => {
                let error = T::Err::to_string(&error);
                let expected = error.strip_suffix(" was expected").unwrap_or(&error);
                self.file.wrong(text.line, format!("`{key}` is \"{}\"", text.value), expected);
                None
            }
        }
    }

    fn as_word<T: DeserializeOwned>(&self, key: &str, text: &Placed<String>) -> Option<Placed<T>> {
        let reader: StrDeserializer<'_, WordError> = text.value.as_str().into_deserializer();
        match T::deserialize(reader) {
            Ok(value) => Some(Placed { value, line: text.line }),
            Err(error) => {
                let error = error.to_string();
                let expected = error.split_once("expected ").map_or(error.as_str(), |(_, expected)| expected);
                self.file.wrong(text.line, format!("`{key}` is \"{}\"", text.value), expected);
                None
            }
        }
    }

    fn as_number<T: TryFrom<i64>>(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) -> Option<T> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).map_err(WordError::custom).ok()
            }
            _ => None,
        };
        let fitting = number.and_then(|number| T::try_from(number).ok());
        if fitting.is_none() {
            self.wrong_value(key, value, expected);
        }
        fitting
    }

    fn as_table(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Entry<'a>> {
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Entry { file: self.file, table, line: self.file.line(&value.span()), asked: RefCell::default() })
            }
            _ => {
                self.wrong_value(key, value, "a table");
                None
            }
        }
    }

    fn wrong_value(&self, key: &str, value: &Spanned<DeValue<'_>>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("the text \"{text}\""),
            DeValue::Integer(number) => format!("the number {number}"),
            DeValue::Float(number) => format!("the number {number}"),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(when) => format!("the date {when}"),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        };
        self.file.wrong(self.file.line(&value.span()), format!("`{key}` is {found}"), expected);
    }
}
