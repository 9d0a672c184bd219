//! The entries of the catalogue's lists: departments, tasks, matters, facts, sources. What does not live here: procedures, life situations,
//! papers and changes, each in a file of its own.

use super::check::{Kind, Names};
use super::reader::Entry;
use super::{Source, guide};
use crate::department::Department;
use crate::procedure::facts::{FactDeclaration, FactKind, FactWord};
use crate::procedure::{Certainty, Matter, Provenance, Task};
use crate::{DepartmentId, LifeSituationId, ProcedureId, TaskId};

/// Longer titles do not fit the window's rows.
const TITLE_CHARS: usize = 90;

pub(super) fn source(entry: &Entry<'_>, names: &Names) -> Option<Source> {
    let code = entry.text("code");
    let title = entry.text("title");
    entry.finish();
    names.declare(Kind::Source, code.as_ref(), entry.file());
    Some(Source { code: code?.value, title: title?.value })
}

pub(super) fn department(entry: &Entry<'_>, names: &Names) -> Option<Department> {
    let id = entry.id::<DepartmentId>("id");
    let tag = entry.text("tag");
    let name = entry.localized("name");
    let keeper = entry.word("keeper");
    let asked = entry.flag("asked");
    let asks_before_handover = entry.localized_list("asks_before_handover");
    let reach = entry.optional_table("reach").map(|table| guide::reach(&table));
    entry.finish();
    names.declare(Kind::Department, id.as_ref(), entry.file());
    Some(Department {
        id: id?.value,
        tag: tag?.value,
        name: name?,
        keeper: keeper?.value,
        asked,
        asks_before_handover,
        reach,
    })
}

pub(super) fn matter(entry: &Entry<'_>, names: &Names) -> Option<Matter> {
    let id = entry.id::<ProcedureId>("id");
    let title = entry.localized("title");
    let department = entry.id::<DepartmentId>("department");
    entry.finish();
    names.declare(Kind::Matter, id.as_ref(), entry.file());
    department.iter().for_each(|id| names.refer(&[Kind::Department], id, entry.file()));
    Some(Matter { id: id?.value, title: title?, department: department?.value })
}

pub(super) fn task(entry: &Entry<'_>, names: &Names) -> Option<Task> {
    let file = entry.file();
    let id = entry.id::<TaskId>("id");
    let title = entry.localized("title");
    let department_2005 = entry.text("department_2005");
    let department = entry.optional_id::<DepartmentId>("department");
    let proposed_2005 = entry.flag("proposed_2005");
    let levels = entry.words("levels");
    let standing = entry.word("standing");
    let moved_to = entry.optional_localized("moved_to");
    let life_situations =
        names.refer_all(&[Kind::LifeSituation], entry.ids::<LifeSituationId>("life_situations"), file);
    let procedure = entry.optional_id::<ProcedureId>("procedure");
    let guide = entry.optional_table("guide").map(|table| guide::guide(&table));
    let provenance = provenance(entry, names);
    entry.finish();
    names.declare(Kind::Task, id.as_ref(), file);
    department.iter().for_each(|id| names.refer(&[Kind::Department], id, file));
    procedure.iter().for_each(|id| names.refer(&[Kind::Procedure], id, file));
    if levels.is_empty() {
        entry.wrong("no `levels`", "at least one level of authority");
    }
    let moved = standing.as_ref().is_some_and(|s| s.value == crate::procedure::Standing::MovedToState);
    if moved && moved_to.is_none() {
        entry.wrong("no `moved_to`", "who solves it now, since the state has taken it over");
    }
    if title.as_ref().is_some_and(|t| t.da.chars().count() > TITLE_CHARS || t.en.chars().count() > TITLE_CHARS) {
        entry.wrong("a long title", format!("at most {TITLE_CHARS} characters"));
    }
    Some(Task {
        guide,
        id: id?.value,
        title: title?,
        department_2005: department_2005?.value,
        department: department.map(|id| id.value),
        proposed_2005,
        levels,
        standing: standing?.value,
        moved_to,
        life_situations,
        procedure: procedure.map(|id| id.value),
        provenance: provenance?,
    })
}

pub(super) fn fact(entry: &Entry<'_>, names: &Names) -> Option<FactDeclaration> {
    let name = entry.text("name");
    let title = entry.localized("title");
    let question = entry.optional_localized("question");
    let kind = entry.text("kind");
    let words: Vec<FactWord> = entry.tables("words").iter().filter_map(fact_word).collect();
    entry.finish();
    names.declare(Kind::Fact, name.as_ref(), entry.file());
    let fits = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '.'))
    };
    for name in name.iter().map(|n| n.value.as_str()).chain(words.iter().map(|w| w.word.as_str())) {
        if !fits(name) || ["and", "or", "not", "in", "always"].contains(&name) {
            entry.wrong(
                format!("the name \"{name}\""),
                "lower-case letters, digits, `_` and `.`, and no word of the language itself",
            );
        }
    }
    let kind = kind?;
    let kind = match kind.value.as_str() {
        "flag" => FactKind::Flag,
        "number" => FactKind::Number,
        "word" if words.is_empty() => {
            entry.wrong("no `words`", "the words that this fact may be");
            return None;
        }
        "word" => FactKind::Word { words },
        other => {
            entry.file().wrong(kind.line, format!("`kind` is \"{other}\""), "one of `flag`, `number`, `word`");
            return None;
        }
    };
    Some(FactDeclaration { name: name?.value, title: title?, question, kind })
}

fn fact_word(entry: &Entry<'_>) -> Option<FactWord> {
    let (word, title) = (entry.text("word"), entry.localized("title"));
    entry.finish();
    Some(FactWord { word: word?.value, title: title? })
}

/// Where a fact comes from. What was invented says so in a note; everything else names a source, or a note says why there is none.
pub(super) fn provenance(entry: &Entry<'_>, names: &Names) -> Option<Provenance> {
    let table = entry.table("provenance")?;
    let source = names.refer_all(&[Kind::Source], table.texts("source"), table.file());
    let year = table.optional_number::<i16>("year", "a year");
    let certainty = table.word::<Certainty>("certainty");
    let note = table.optional_text("note");
    table.finish();
    let certainty = certainty?.value;
    if certainty == Certainty::Invented && note.is_none() {
        table.wrong("certainty \"invented\" without a `note`", "a note that says what was invented and why");
    }
    if certainty != Certainty::Invented && source.is_empty() && note.is_none() {
        table.wrong("no `source` and no `note`", "a source, or a note that says why there is none");
    }
    if year.is_some_and(|year| !(1849..=2100).contains(&year)) {
        table.wrong("a `year` outside 1849 to 2100", "the year in which this was true");
    }
    Some(Provenance { source, year, certainty, note: note.map(|note| note.value) })
}
