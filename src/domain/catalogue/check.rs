//! From files to a catalogue: who reads what, and whether every name that is used is declared somewhere. What does not live here: the
//! entries' own keys (see `entries`, `situations`, `papers` and `procedures`).

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use super::reader::{Entry, File, Log, Placed};
use super::{Catalogue, Mistake, entries, municipalities, papers, procedures, situations};
use crate::nearest::nearest;
use crate::procedure::condition::Condition;
use crate::procedure::facts::FactTable;

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Department,
    LifeSituation,
    Task,
    Procedure,
    Matter,
    Source,
    Fact,
    Paper,
    SettleRule,
    Change,
    Municipality,
}

impl Kind {
    const fn title(self) -> &'static str {
        match self {
            Self::Department => "department",
            Self::LifeSituation => "life situation",
            Self::Task => "task",
            Self::Procedure => "procedure",
            Self::Matter => "matter",
            Self::Source => "source",
            Self::Fact => "fact",
            Self::Paper => "paper",
            Self::SettleRule => "rule",
            Self::Change => "change",
            Self::Municipality => "municipality",
        }
    }
}

struct Use {
    kinds: &'static [Kind],
    name: String,
    file: String,
    line: usize,
}

/// Names with the file and line that declare them.
type Places = BTreeMap<String, (String, usize)>;

/// Names declared and used, with where.
#[derive(Default)]
pub(super) struct Names {
    declared: RefCell<BTreeMap<Kind, Places>>,
    used: RefCell<Vec<Use>>,
}

impl Names {
    /// Declares a name; a second time is a mistake.
    pub(super) fn declare<T: ToString>(&self, kind: Kind, name: Option<&Placed<T>>, file: &File<'_>) {
        let Some(placed) = name else { return };
        let name = placed.value.to_string();
        let mut declared = self.declared.borrow_mut();
        let names = declared.entry(kind).or_default();
        if let Some((first, line)) = names.get(&name) {
            let found = format!("{} \"{name}\" a second time", kind.title());
            file.wrong(placed.line, found, format!("another name: it stands in {first}:{line} already"));
        } else {
            names.insert(name, (file.name.to_owned(), placed.line));
        }
    }

    /// Notes that a name is used and must be declared as one of the kinds.
    pub(super) fn refer<T: ToString>(&self, kinds: &'static [Kind], placed: &Placed<T>, file: &File<'_>) {
        let used = Use { kinds, name: placed.value.to_string(), file: file.name.to_owned(), line: placed.line };
        self.used.borrow_mut().push(used);
    }

    /// Notes that names are used, and hands them on.
    pub(super) fn refer_all<T: ToString>(
        &self,
        kinds: &'static [Kind],
        placed: Vec<Placed<T>>,
        file: &File<'_>,
    ) -> Vec<T> {
        placed.iter().for_each(|one| self.refer(kinds, one, file));
        placed.into_iter().map(|one| one.value).collect()
    }

    fn report_undeclared(&self, log: &Log) {
        let declared = self.declared.borrow();
        for one in self.used.borrow().iter() {
            let known =
                || one.kinds.iter().filter_map(|kind| declared.get(kind)).flat_map(BTreeMap::keys).map(String::as_str);
            if known().any(|name| name == one.name) {
                continue;
            }
            let kinds = one.kinds.iter().map(|kind| kind.title()).collect::<Vec<_>>().join(" or ");
            let hint = nearest(&one.name, known()).map_or(String::new(), |near| format!(" (did you mean {near}?)"));
            log.push(
                &one.file,
                one.line,
                format!("unknown {kinds} \"{}\"", one.name),
                format!("a declared {kinds}{hint}"),
            );
        }
    }
}

/// What readers need besides their entry.
pub(super) struct Context {
    pub(super) names: Names,
    pub(super) facts: FactTable,
    pub(super) conditions: RefCell<HashMap<String, Condition>>,
}

const SINGLE: [&str; 10] = [
    "sources.toml",
    "facts.toml",
    "departments.toml",
    "life-situations.toml",
    "matters.toml",
    "tasks.toml",
    "papers.toml",
    "settle-now.toml",
    "changes.toml",
    "municipalities.toml",
];

pub(super) fn parse(files: &[(&str, &str)]) -> Result<Catalogue, Vec<Mistake>> {
    let log = Log::default();
    let mut context = Context { names: Names::default(), facts: FactTable::default(), conditions: RefCell::default() };
    let tail = |name: &str| name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
    let is_procedure = |name: &str| name.ends_with(".toml") && name.rsplit(['/', '\\']).nth(1) == Some("procedures");
    for (n, (name, _)) in files.iter().enumerate() {
        if !is_procedure(name) && !SINGLE.contains(&tail(name).as_str()) {
            log.push(
                name,
                1,
                "a file that the catalogue does not know",
                format!("{} or procedures/*.toml", SINGLE.join(", ")),
            );
        } else if files[..n].iter().any(|(earlier, _)| tail(earlier) == tail(name)) {
            log.push(name, 1, "a file of this name a second time", "each file once");
        }
    }
    let single = |wanted: &'static str| {
        let found = files.iter().find(|(name, _)| tail(name) == wanted && !is_procedure(name));
        if found.is_none() {
            log.push(wanted, 1, "no such file", "it among the catalogue's files");
        }
        let (name, text) = found.copied().unwrap_or((wanted, ""));
        File::new(name, text, &log)
    };

    let [sources, facts, departments, situations, matters, tasks, papers, settle_now, changes, municipalities] =
        SINGLE.map(single);
    let sources = each(&sources, "source", |entry| entries::source(entry, &context.names));
    let facts = each(&facts, "fact", |entry| entries::fact(entry, &context.names));
    context.facts = FactTable::from_iter(facts);
    let departments = each(&departments, "department", |entry| entries::department(entry, &context.names));
    let life_situations =
        each(&situations, "life_situation", |entry| situations::life_situation(entry, &context.names));
    let matters = each(&matters, "matter", |entry| entries::matter(entry, &context.names));
    let tasks = each(&tasks, "task", |entry| entries::task(entry, &context.names));
    let papers = each(&papers, "paper", |entry| papers::paper(entry, &context.names));
    let settle_rules = each(&settle_now, "rule", |entry| papers::settle_rule(entry, &context.names));
    let changes = each(&changes, "change", |entry| papers::change(entry, &context));
    let municipalities =
        each(&municipalities, "municipality", |entry| municipalities::municipality(entry, &context.names));
    let mut list = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| is_procedure(name)) {
        let file = File::new(name, text, &log);
        let table = file.read();
        list.extend(procedures::procedure(&file.root(&table), &context));
    }
    context.names.report_undeclared(&log);

    let mistakes = log.into_sorted();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Catalogue {
        departments,
        life_situations,
        tasks,
        procedures: list,
        matters,
        papers,
        settle_rules,
        changes,
        municipalities,
        sources: sources.into_iter().map(|source| (source.code.clone(), source)).collect(),
        facts: context.facts,
        conditions: context.conditions.into_inner(),
    })
}

/// Reads the one list that a file consists of.
fn each<T>(file: &File<'_>, key: &'static str, read: impl Fn(&Entry<'_>) -> Option<T>) -> Vec<T> {
    let table = file.read();
    let root = file.root(&table);
    let list = root.tables(key).iter().filter_map(read).collect();
    root.finish();
    list
}
