//! The kinds of life situation: question trees and what follows from the answers. What does not live here: a citizen's own situations,
//! procedures.

use std::collections::{BTreeMap, BTreeSet};

use super::check::{Kind, Names};
use super::entries::provenance;
use super::reader::{Entry, File, Placed};
use crate::life_situation::{FollowOn, Given, Happening, LifeSituationKind, Question};
use crate::nearest::nearest;
use crate::{DepartmentId, FollowOnId, LifeSituationId, ProcedureId, QuestionId};

/// What each question of one kind is asked after, as the file says it.
type Tree = BTreeMap<QuestionId, Vec<Given>>;

/// A question as it was read, before the tree is known.
struct Asked {
    line: usize,
    question: Question,
    after: Vec<Placed<Given>>,
}

pub(super) fn life_situation(entry: &Entry<'_>, names: &Names) -> Option<LifeSituationKind> {
    let id = entry.id::<LifeSituationId>("id");
    let title = entry.localized("title");
    let icon = entry.text("icon");
    let happenings = entry.words::<Happening>("happenings");
    let tables = entry.tables("questions");
    let asked: Vec<Asked> = tables.iter().filter_map(question).collect();
    let questions = tree_of(asked, entry.file());
    let tree: Tree = questions.iter().map(|(_, question)| (question.id.clone(), question.after.clone())).collect();
    let mut seen = BTreeSet::new();
    let follows =
        entry.tables("follows").iter().filter_map(|table| follow_on(table, names, &tree, &mut seen)).collect();
    let provenance = provenance(entry, names);
    entry.finish();
    names.declare(Kind::LifeSituation, id.as_ref(), entry.file());
    if tables.is_empty() {
        entry.wrong("no `questions`", "what to ask the citizen first");
    }
    let questions = questions
        .into_iter()
        .map(|(line, question)| Question { after: closed(&question.after, &tree, line, entry.file()), ..question })
        .collect();
    Some(LifeSituationKind {
        id: id?.value,
        title: title?,
        icon: icon?.value,
        happenings,
        questions,
        follows,
        provenance: provenance?,
    })
}

fn question(entry: &Entry<'_>) -> Option<Asked> {
    let id = entry.id::<QuestionId>("id");
    let text = entry.localized("text");
    let after = entry.tables("after").iter().filter_map(given).collect();
    entry.finish();
    let id = id?;
    Some(Asked { line: id.line, question: Question { id: id.value, text: text?, after: Vec::new() }, after })
}

fn given(entry: &Entry<'_>) -> Option<Placed<Given>> {
    let question = entry.id::<QuestionId>("question");
    let answer = entry.word("answer");
    entry.finish();
    let question = question?;
    Some(Placed { line: question.line, value: Given { question: question.value, answer: answer?.value } })
}

/// The questions with what each is asked after, with their lines; what does not fit together is reported and left out.
fn tree_of(asked: Vec<Asked>, file: &File<'_>) -> Vec<(usize, Question)> {
    let ids: BTreeSet<QuestionId> = asked.iter().map(|one| one.question.id.clone()).collect();
    let mut seen = BTreeSet::new();
    let mut questions: Vec<(usize, Question)> = Vec::new();
    for Asked { line, mut question, after } in asked {
        if !seen.insert(question.id.clone()) {
            file.wrong(line, format!("question \"{}\" a second time", question.id), "another name within the kind");
            continue;
        }
        question.after = known(after, &ids, file);
        questions.push((line, question));
    }
    let tree: Tree = questions.iter().map(|(_, question)| (question.id.clone(), question.after.clone())).collect();
    for (line, question) in &mut questions {
        if leads_to_itself(&question.id, &tree) {
            let found = format!("question \"{}\" is asked only after itself", question.id);
            file.wrong(*line, found, "an `after` that leads back to a question asked at once");
            question.after.clear();
        }
    }
    questions
}

/// The answers to questions that the kind has; others are reported.
fn known(given: Vec<Placed<Given>>, ids: &BTreeSet<QuestionId>, file: &File<'_>) -> Vec<Given> {
    let (fitting, others): (Vec<_>, Vec<_>) = given.into_iter().partition(|one| ids.contains(&one.value.question));
    for Placed { value, line } in others {
        let typed = value.question.as_str();
        let hint = nearest(typed, ids.iter().map(QuestionId::as_str))
            .map_or(String::new(), |near| format!(" (did you mean {near}?)"));
        file.wrong(line, format!("unknown question \"{typed}\""), format!("a question of this kind{hint}"));
    }
    fitting.into_iter().map(|one| one.value).collect()
}

fn leads_to_itself(id: &QuestionId, tree: &Tree) -> bool {
    let before = |id: &QuestionId| tree.get(id).into_iter().flatten().map(|given| given.question.clone());
    let mut open: Vec<QuestionId> = before(id).collect();
    let mut seen = BTreeSet::new();
    while let Some(next) = open.pop() {
        if next == *id {
            return true;
        }
        if seen.insert(next.clone()) {
            open.extend(before(&next));
        }
    }
    false
}

/// Answers with those that their own questions are asked after, so that an answer given before its question fell away counts no more.
fn closed(given: &[Given], tree: &Tree, line: usize, file: &File<'_>) -> Vec<Given> {
    let mut all = Vec::new();
    given.iter().for_each(|one| add_closed(one, tree, &mut all));
    for (n, one) in all.iter().enumerate() {
        if all[..n].iter().any(|earlier| earlier.question == one.question) {
            let found = format!("two answers to \"{}\" at once", one.question);
            file.wrong(line, found, "one answer to each question, those of the questions before it included");
        }
    }
    all
}

fn add_closed(given: &Given, tree: &Tree, all: &mut Vec<Given>) {
    if all.contains(given) {
        return;
    }
    // Noted before its own conditions are looked at: a circle, which is reported elsewhere, ends here.
    let at = all.len();
    all.push(given.clone());
    tree.get(&given.question).into_iter().flatten().for_each(|before| add_closed(before, tree, all));
    all[at..].rotate_left(1);
}

fn follow_on(entry: &Entry<'_>, names: &Names, tree: &Tree, seen: &mut BTreeSet<FollowOnId>) -> Option<FollowOn> {
    let file = entry.file();
    let id = entry.id::<FollowOnId>("id");
    let title = entry.localized("title");
    let department = entry.id::<DepartmentId>("department");
    let procedure = entry.optional_id::<ProcedureId>("procedure");
    let when: Vec<Placed<Given>> = entry.tables("when").iter().filter_map(given).collect();
    entry.finish();
    department.iter().for_each(|id| names.refer(&[Kind::Department], id, file));
    procedure.iter().for_each(|id| names.refer(&[Kind::Procedure], id, file));
    if let Some(id) = &id
        && !seen.insert(id.value.clone())
    {
        file.wrong(id.line, format!("follow-on \"{}\" a second time", id.value), "another name within the kind");
    }
    let ids = tree.keys().cloned().collect();
    let when = known(when, &ids, file);
    Some(FollowOn {
        id: id?.value,
        title: title?,
        department: department?.value,
        procedure: procedure.map(|id| id.value),
        when: closed(&when, tree, entry.line, file),
    })
}
