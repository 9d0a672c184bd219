//! Kinds of paper, the rules of "settle now", and the changes that a citizen reports. What does not live here: how they are put to use
//! (see [`crate::paper`], [`crate::settle`] and [`super::Catalogue::fan_out`]).

use std::collections::BTreeSet;

use super::check::{Context, Kind, Names};
use super::entries::provenance;
use super::procedures::condition;
use super::reader::Entry;
use crate::change::{ChangeKind, FanOut};
use crate::paper::{AtCounter, PaperKind};
use crate::settle::{SettleRule, SettleTest};
use crate::{ChangeId, LifeSituationId, PaperId, ProcedureId, SettleRuleId};

/// The tests that a rule may make, as the file writes them.
const TESTS: [&str; 8] = [
    "past_deadline",
    "deadline_within",
    "at_counter",
    "minutes_at_most",
    "unlocks_at_least",
    "serves_at_least",
    "requested",
    "rejected",
];
/// Longer than this nobody stands at a counter for one paper.
const MINUTES: u16 = 60;

pub(super) fn paper(entry: &Entry<'_>, names: &Names) -> Option<PaperKind> {
    let id = entry.id::<PaperId>("id");
    let title = entry.citizen_text("title");
    let asks = entry.citizen_text("asks");
    let at_counter = entry.optional_word::<AtCounter>("at_counter");
    let minutes = entry.number::<u16>("minutes", "a whole number of minutes");
    let provenance = provenance(entry, names);
    entry.finish();
    names.declare(Kind::Paper, id.as_ref(), entry.file());
    if minutes.is_some_and(|minutes| minutes > MINUTES || (at_counter.is_some() && minutes == 0)) {
        let expected = format!("1 to {MINUTES} where it is done at the counter, 0 to {MINUTES} elsewhere");
        entry.wrong("`minutes` out of bounds", expected);
    }
    Some(PaperKind {
        id: id?.value,
        title: title?,
        asks: asks?,
        at_counter: at_counter.map(|how| how.value),
        minutes: minutes?,
        provenance: provenance?,
    })
}

pub(super) fn settle_rule(entry: &Entry<'_>, names: &Names) -> Option<SettleRule> {
    let id = entry.id::<SettleRuleId>("id");
    let points = entry.number::<i32>("points", "a whole number");
    let tests = entry.tables("when");
    let when = tests.iter().filter_map(settle_test).collect();
    let because = entry.localized("because");
    entry.finish();
    names.declare(Kind::SettleRule, id.as_ref(), entry.file());
    if tests.is_empty() {
        entry.wrong("no `when`", "at least one test");
    }
    Some(SettleRule { id: id?.value, points: points?, when, because: because? })
}

fn settle_test(entry: &Entry<'_>) -> Option<SettleTest> {
    let test = entry.text("test")?;
    let number = || entry.number::<u16>("value", "a whole number from 0");
    let read = match test.value.as_str() {
        "past_deadline" => Some(SettleTest::PastDeadline),
        "deadline_within" => number().map(SettleTest::DeadlineWithin),
        "at_counter" => entry.word::<AtCounter>("value").map(|how| SettleTest::AtCounter(how.value)),
        "minutes_at_most" => number().map(SettleTest::MinutesAtMost),
        "unlocks_at_least" => number().map(SettleTest::UnlocksAtLeast),
        "serves_at_least" => number().map(SettleTest::ServesAtLeast),
        "requested" => Some(SettleTest::Requested),
        "rejected" => Some(SettleTest::Rejected),
        other => {
            let found = format!("`test` is \"{other}\"");
            entry.file().wrong(test.line, found, format!("one of {}", TESTS.join(", ")));
            return None;
        }
    };
    entry.finish();
    read
}

pub(super) fn change(entry: &Entry<'_>, context: &Context) -> Option<ChangeKind> {
    let (file, names) = (entry.file(), &context.names);
    let id = entry.id::<ChangeId>("id");
    let title = entry.localized("title");
    let asks = entry.localized("asks");
    let situation = entry.optional_id::<LifeSituationId>("situation");
    let tables = entry.tables("fans_out");
    let mut seen = BTreeSet::new();
    let fans_out = tables.iter().filter_map(|table| fan_out(table, context, &mut seen)).collect();
    let provenance = provenance(entry, names);
    entry.finish();
    names.declare(Kind::Change, id.as_ref(), file);
    situation.iter().for_each(|id| names.refer(&[Kind::LifeSituation], id, file));
    if tables.is_empty() {
        entry.wrong("no `fans_out`", "at least one procedure that must hear of it");
    }
    Some(ChangeKind {
        id: id?.value,
        title: title?,
        asks: asks?,
        situation: situation.map(|id| id.value),
        fans_out,
        provenance: provenance?,
    })
}

fn fan_out(entry: &Entry<'_>, context: &Context, seen: &mut BTreeSet<ProcedureId>) -> Option<FanOut> {
    let procedure = entry.id::<ProcedureId>("procedure");
    let when = entry.optional_text("when");
    let because = entry.localized("because");
    entry.finish();
    if let Some(id) = &procedure {
        context.names.refer(&[Kind::Procedure], id, entry.file());
        if !seen.insert(id.value.clone()) {
            let found = format!("procedure \"{}\" a second time", id.value);
            entry.file().wrong(id.line, found, "each procedure once in a change");
        }
    }
    if let Some(when) = &when {
        condition(entry, when, context);
    }
    Some(FanOut { procedure: procedure?.value, when: when.map(|when| when.value), because: because? })
}
