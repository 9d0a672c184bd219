//! One file, one procedure with its checklist. What does not live here: the conditions' own grammar.

use std::collections::BTreeSet;

use super::check::{Context, Kind};
use super::decisions::decision;
use super::entries::provenance;
use super::reader::{Entry, Placed};
use crate::authority::Level;
use crate::checklist::Due;
use crate::procedure::condition::Condition;
use crate::procedure::{AttendanceRule, Deadline, Fee, ItemTemplate, Procedure};
use crate::{DepartmentId, ItemId, LifeSituationId, PaperId, ProcedureId};

pub(super) fn procedure(entry: &Entry<'_>, context: &Context) -> Option<Procedure> {
    let (file, names) = (entry.file(), &context.names);
    let id = entry.id::<ProcedureId>("id");
    let version = entry.number::<u32>("version", "a whole number from 1");
    let title = entry.localized("title");
    let citizen_title = entry.optional_citizen_text("citizen_title");
    let kle = entry.optional_text("kle");
    let department = entry.id::<DepartmentId>("department");
    let level = entry.word("level");
    let life_situations =
        names.refer_all(&[Kind::LifeSituation], entry.ids::<LifeSituationId>("life_situations"), file);
    let attendance = entry.table("attendance").and_then(|table| attendance(&table, context));
    let deadline = entry.optional_table("deadline").and_then(|table| deadline(&table, context));
    let fees = entry.tables("fee").iter().filter_map(|table| fee(table, context)).collect();
    let notes = entry.localized_list("notes");
    let steps = entry.localized_list("steps");
    let clerk_checks = entry.localized_list("clerk_checks");
    let items = items(entry, context);
    let consequences = names.refer_all(&[Kind::Procedure, Kind::Matter], entry.texts("consequences"), file);
    let decision = decision(entry, level.as_ref().map(|level: &Placed<Level>| level.value), names);
    let guide = entry.optional_table("guide").map(|table| super::guide::guide(&table));
    let provenance = provenance(entry, names);
    entry.finish();

    names.declare(Kind::Procedure, id.as_ref(), file);
    department.iter().for_each(|id| names.refer(&[Kind::Department], id, file));
    check_file_name(entry, id.as_ref());
    if version == Some(0) {
        entry.wrong("`version` is 0", "a whole number from 1");
    }
    if let Some(kle) = kle.as_ref().filter(|kle| !is_kle(&kle.value)) {
        file.wrong(kle.line, format!("`kle` is \"{}\"", kle.value), "a KLE number such as 23.05.12");
    }
    if life_situations.is_empty() {
        entry.wrong("no `life_situations`", "at least one");
    }
    if let Some(attendance) = &attendance {
        check_attendance(entry, attendance, &items);
    }
    Some(Procedure {
        id: id?.value,
        version: version?,
        title: title?,
        citizen_title,
        kle: kle.map(|kle| kle.value),
        department: department?.value,
        level: level?.value,
        life_situations,
        attendance: attendance?,
        deadline,
        fees,
        notes,
        steps,
        clerk_checks,
        items,
        consequences,
        decision,
        guide,
        provenance: provenance?,
    })
}

fn attendance(entry: &Entry<'_>, context: &Context) -> Option<AttendanceRule> {
    let required = entry.flag("required");
    let who = entry.optional_localized("who");
    let minutes = entry.number::<u16>("minutes", "a whole number of minutes");
    let provenance = provenance(entry, &context.names);
    entry.finish();
    if minutes.is_some_and(|minutes| minutes > 240 || (required && minutes < 5)) {
        entry.wrong("`minutes` out of bounds", "5 to 240 where somebody attends, 0 to 240 elsewhere");
    }
    if required && who.is_none() {
        entry.wrong("no `who`", "who attends");
    }
    Some(AttendanceRule { required, who, minutes: minutes?, provenance: provenance? })
}

fn deadline(entry: &Entry<'_>, context: &Context) -> Option<Deadline> {
    let text = entry.localized("text");
    let days = entry.optional_number::<u16>("days", "a whole number of days");
    let provenance = provenance(entry, &context.names);
    entry.finish();
    Some(Deadline { text: text?, days, provenance: provenance? })
}

fn fee(entry: &Entry<'_>, context: &Context) -> Option<Fee> {
    let label = entry.optional_localized("label");
    let ore = entry.optional_number::<u32>("ore", "a whole number of øre");
    let provenance = provenance(entry, &context.names);
    entry.finish();
    if ore.is_some() && provenance.as_ref().is_some_and(|p| p.year.is_none()) {
        entry.wrong("a fee without a `year`", "the year in which the amount was true");
    }
    Some(Fee { label, ore, provenance: provenance? })
}

fn items(entry: &Entry<'_>, context: &Context) -> Vec<ItemTemplate> {
    let tables = entry.tables("item");
    if tables.is_empty() {
        entry.wrong("no `item`", "a checklist of at least one item");
    }
    let mut seen = Seen::default();
    tables.iter().filter_map(|table| item(table, context, &mut seen)).collect()
}

/// What stood on the checklist already.
#[derive(Default)]
struct Seen {
    items: BTreeSet<ItemId>,
    papers: BTreeSet<PaperId>,
}

fn item(entry: &Entry<'_>, context: &Context, seen: &mut Seen) -> Option<ItemTemplate> {
    let id = entry.id::<ItemId>("id");
    let label = entry.localized("label");
    let evidence = entry.optional_localized("evidence");
    let when = entry.text("when");
    let supplied_by = entry.word("supplied_by");
    let due = entry.word("due");
    let citizen_text = entry.optional_localized("citizen_text");
    let paper = entry.optional_id::<PaperId>("paper");
    let group = entry.optional_word("group");
    let provenance = provenance(entry, &context.names);
    entry.finish();
    if let Some(paper) = &paper {
        context.names.refer(&[Kind::Paper], paper, entry.file());
        if !seen.papers.insert(paper.value.clone()) {
            let found = format!("paper \"{}\" a second time", paper.value);
            entry.file().wrong(paper.line, found, "each paper once in a checklist");
        }
    }
    if let Some(id) = &id
        && !seen.items.insert(id.value.clone())
    {
        entry.file().wrong(id.line, format!("item \"{}\" a second time", id.value), "another name");
    }
    if let Some(when) = &when {
        condition(entry, when, context);
    }
    Some(ItemTemplate {
        id: id?.value,
        label: label?,
        evidence,
        when: when?.value,
        supplied_by: supplied_by?.value,
        due: due?.value,
        citizen_text,
        paper: paper.map(|paper| paper.value),
        group: group.map(|group| group.value),
        provenance: provenance?,
    })
}

/// Reads a condition and keeps it for evaluation.
pub(super) fn condition(entry: &Entry<'_>, when: &Placed<String>, context: &Context) {
    match Condition::parse(&when.value, &context.facts) {
        Ok(condition) => {
            context.conditions.borrow_mut().insert(when.value.clone(), condition);
        }
        Err(error) => {
            let found = format!("in `when` at column {}: {}", error.column, error.found);
            entry.file().wrong(when.line, found, error.expected);
        }
    }
}

/// A file is called after its procedure, so that whoever looks for one finds it.
fn check_file_name(entry: &Entry<'_>, id: Option<&Placed<ProcedureId>>) {
    let Some(id) = id else { return };
    let tail = entry.file().name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = tail.strip_suffix(".toml").unwrap_or(tail);
    if stem != id.value.as_str() && stem.strip_prefix("training-") != Some(id.value.as_str()) {
        entry.file().wrong(
            id.line,
            format!("procedure \"{}\" in {tail}", id.value),
            format!("a file called {}.toml", id.value),
        );
    }
}

/// Where nobody attends, nothing can be due at the visit; where somebody does, something must be.
fn check_attendance(entry: &Entry<'_>, attendance: &AttendanceRule, items: &[ItemTemplate]) {
    let at_visit = items.iter().any(|item| item.due == Due::AtVisit);
    if at_visit && !attendance.required {
        entry.wrong("an item that is due at the visit, but no attendance", "`due = \"before_visit\"`, or attendance");
    }
    if attendance.required && !at_visit && !items.is_empty() {
        entry.wrong("attendance, but no item that is due at the visit", "at least one item with `due = \"at_visit\"`");
    }
}

/// Groups of two digits, as in `23.05.12`; a main group alone is no subject.
fn is_kle(text: &str) -> bool {
    let groups: Vec<&str> = text.split('.').collect();
    groups.len() == 3 && groups.iter().all(|group| group.len() == 2 && group.bytes().all(|b| b.is_ascii_digit()))
}
