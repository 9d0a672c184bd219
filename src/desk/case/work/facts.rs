//! The sheet that says facts: those the checklist asks and nobody knows come first. What does not live here: what follows from them (the
//! server's checklist).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use skranke_api::casework::FactsChange;
use skranke_api::paths;
use skranke_client::outbox::{Deed, Draft};
use skranke_domain::procedure::facts::{FactDeclaration, FactKind};
use skranke_domain::procedure::{FactValue, Facts};

use super::{CaseFacing, Trouble, allowed};
use crate::citizen::Step;

/// A fact that may be said.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactRow {
    /// What it is, and how to ask for it.
    pub fact: FactDeclaration,
    /// What is known.
    pub known: Option<FactValue>,
    /// The item that asks it, by its place.
    pub asked: bool,
}

/// The sheet while it is open.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactsSheet {
    /// The facts, unknown ones first.
    pub rows: Vec<FactRow>,
    /// The one that the keys act on.
    pub active: usize,
    /// What was said here.
    pub said: BTreeMap<String, FactValue>,
    /// Numbers as they were typed.
    pub typed: BTreeMap<String, String>,
}

/// What happens on it.
#[derive(Clone, Debug)]
pub enum FactsInput {
    /// The fact below or above.
    Step(Step),
    /// A key with a number: yes and no, or a word by its place.
    Digit(usize),
    /// This fact is so.
    Say(String, FactValue),
    /// A number was typed.
    Typed(String, String),
}

impl FactsSheet {
    pub(super) fn open(facing: &CaseFacing<'_>) -> Self {
        let case = &facing.view.value;
        let declared = &facing.acting.session.rules.facts;
        let mut names: Vec<&str> = Vec::new();
        let asked = case.items.iter().flat_map(|item| &item.because_said);
        for said in asked {
            if !names.contains(&said.name.as_str()) {
                names.push(&said.name);
            }
        }
        let mut rows: Vec<FactRow> = names
            .into_iter()
            .filter_map(|name| declared.iter().find(|fact| fact.name == name))
            .map(|fact| FactRow { fact: fact.clone(), known: case.facts.get(&fact.name).cloned(), asked: true })
            .collect();
        rows.sort_by_key(|row| row.known.is_some());
        let more = declared.iter().filter(|fact| case.facts.contains_key(&fact.name));
        for fact in more {
            if !rows.iter().any(|row| row.fact.name == fact.name) {
                let known = case.facts.get(&fact.name).cloned();
                rows.push(FactRow { fact: fact.clone(), known, asked: false });
            }
        }
        Self { rows, active: 0, said: BTreeMap::new(), typed: BTreeMap::new() }
    }

    pub(super) fn is_touched(&self) -> bool {
        !self.said.is_empty() || self.typed.values().any(|typed| !typed.trim().is_empty())
    }

    pub(super) fn update(&mut self, input: FactsInput) {
        match input {
            FactsInput::Step(step) => {
                self.active = step.from(Some(self.active), self.rows.len()).unwrap_or(0);
            }
            FactsInput::Digit(at) => {
                let Some(row) = self.rows.get(self.active) else { return };
                let value = match (&row.fact.kind, at) {
                    (FactKind::Flag, 0) => Some(FactValue::Flag(true)),
                    (FactKind::Flag, 1) => Some(FactValue::Flag(false)),
                    (FactKind::Word { words }, at) => words.get(at).map(|one| FactValue::Word(one.word.clone())),
                    _ => None,
                };
                if let Some(value) = value {
                    let name = row.fact.name.clone();
                    self.say(name, value);
                    self.active = (self.active + 1).min(self.rows.len().saturating_sub(1));
                }
            }
            FactsInput::Say(name, value) => {
                self.active = self.rows.iter().position(|row| row.fact.name == name).unwrap_or(self.active);
                self.say(name, value);
            }
            FactsInput::Typed(name, text) => {
                self.active = self.rows.iter().position(|row| row.fact.name == name).unwrap_or(self.active);
                self.typed.insert(name, text);
            }
        }
    }

    /// What is said again as it is known is not said at all.
    fn say(&mut self, name: String, value: FactValue) {
        let known = self.rows.iter().find(|row| row.fact.name == name).and_then(|row| row.known.as_ref());
        if known == Some(&value) || self.said.get(&name) == Some(&value) {
            self.said.remove(&name);
        } else {
            self.said.insert(name, value);
        }
    }

    /// What a row shows: what was said here, else what is known.
    #[must_use]
    pub fn value<'a>(&'a self, row: &'a FactRow) -> Option<&'a FactValue> {
        self.said.get(&row.fact.name).or(row.known.as_ref())
    }

    pub(super) fn draft(&self, facing: &CaseFacing<'_>) -> Result<Draft, Trouble> {
        let case = &facing.view.value;
        allowed(case.may.work)?;
        let mut facts: Facts = self.said.clone();
        for (name, text) in self.typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let number = text.trim().parse::<i64>().map_err(|_| Trouble::NotANumber)?;
            if case.facts.get(name) != Some(&FactValue::Number(number)) {
                facts.insert(name.clone(), FactValue::Number(number));
            }
        }
        if facts.is_empty() {
            return Err(Trouble::NothingChosen);
        }
        // Facts said one after another must not swallow each other: which they are is part of what is set.
        let field = facts.keys().cloned().collect::<Vec<_>>().join("+");
        let titles = self.rows.iter().filter(|row| facts.contains_key(&row.fact.name));
        let titles: Vec<&str> = titles.map(|row| facing.acting.pick(&row.fact.title)).collect();
        let label = facing.label(Deed::FactsSaid, None, titles.join(", "));
        let change = FactsChange { facts, procedure_version: None };
        facing.change((paths::facts(case.row.id), &field), &case.versions.facts, &change, label)
    }
}
