use std::collections::BTreeSet;

use super::*;
use crate::catalogue::Catalogue;

fn kinds() -> Vec<LifeSituationKind> {
    Catalogue::builtin().unwrap().life_situations
}

fn kind(id: &str) -> LifeSituationKind {
    kinds().into_iter().find(|kind| kind.id.as_str() == id).unwrap()
}

fn answers(given: &[(&str, Answer)]) -> Answers {
    given.iter().map(|(question, answer)| (question.parse().unwrap(), *answer)).collect()
}

fn asked(kind: &LifeSituationKind, answers: &Answers) -> Vec<String> {
    kind.asked(answers).map(|question| question.id.to_string()).collect()
}

fn fits(kind: &LifeSituationKind, answers: &Answers, wanted: Fit) -> BTreeSet<String> {
    kind.following(answers).filter(|(_, fit)| *fit == wanted).map(|(follow, _)| follow.id.to_string()).collect()
}

/// Every way a conversation may end, answering the question that comes next until there is none.
fn conversations(kind: &LifeSituationKind) -> Vec<Answers> {
    let mut open = vec![Answers::new()];
    let mut done = Vec::new();
    while let Some(answers) = open.pop() {
        match kind.next_question(&answers) {
            None => done.push(answers),
            Some(question) => {
                assert!(!answers.contains_key(&question.id), "{}: {} is asked twice", kind.id, question.id);
                for answer in Answer::ALL {
                    let mut more = answers.clone();
                    more.insert(question.id.clone(), *answer);
                    open.push(more);
                }
            }
        }
    }
    done
}

/// Every combination of yes, no, unsure and no answer, asked for or not.
fn combinations(kind: &LifeSituationKind) -> Vec<Answers> {
    let mut all = vec![Answers::new()];
    for question in &kind.questions {
        for at in 0..all.len() {
            for answer in Answer::ALL {
                let mut more = all[at].clone();
                more.insert(question.id.clone(), *answer);
                all.push(more);
            }
        }
    }
    all
}

#[test]
fn every_situation_has_two_to_five_questions_and_each_is_asked_in_some_conversation() {
    for kind in kinds() {
        assert!((2..=5).contains(&kind.questions.len()), "{}", kind.id);
        let reached: BTreeSet<QuestionId> = conversations(&kind).into_iter().flat_map(BTreeMap::into_keys).collect();
        for question in &kind.questions {
            assert!(reached.contains(&question.id), "{}: nobody is ever asked {}", kind.id, question.id);
            assert!(question.text.en.ends_with('?') && question.text.da.ends_with('?'), "{}: {}", kind.id, question.id);
        }
    }
}

#[test]
fn every_question_decides_something() {
    for kind in kinds() {
        for question in &kind.questions {
            let follows = kind.follows.iter().flat_map(|follow| &follow.when);
            let further = kind.questions.iter().flat_map(|other| &other.after);
            let decides = follows.chain(further).any(|given| given.question == question.id);
            assert!(decides, "{}: {} decides nothing", kind.id, question.id);
        }
    }
}

#[test]
fn every_consequence_follows_in_some_conversation_and_a_conditional_one_is_ruled_out_in_another() {
    for kind in kinds() {
        let ends = conversations(&kind);
        for follow in &kind.follows {
            let seen: Vec<Fit> = ends.iter().map(|answers| follow.fit(answers)).collect();
            assert!(seen.contains(&Fit::Follows), "{}: {} never follows", kind.id, follow.id);
            assert_eq!(seen.contains(&Fit::RuledOut), !follow.when.is_empty(), "{}: {}", kind.id, follow.id);
        }
    }
}

#[test]
fn whatever_is_answered_nothing_that_is_ruled_out_is_shown_and_the_next_question_is_a_fitting_one() {
    for kind in kinds() {
        for answers in combinations(&kind) {
            assert!(kind.following(&answers).all(|(_, fit)| fit != Fit::RuledOut));
            for question in kind.asked(&answers) {
                let given = |needed: &Given| answers.get(&needed.question) == Some(&needed.answer);
                assert!(question.after.iter().all(given), "{}: {} is asked too early", kind.id, question.id);
            }
            match kind.next_question(&answers) {
                Some(next) => assert!(!answers.contains_key(&next.id)),
                None => assert!(kind.asked(&answers).all(|question| answers.contains_key(&question.id))),
            }
        }
    }
}

#[test]
fn what_is_not_answered_or_not_known_rules_nothing_out() {
    for kind in kinds() {
        assert_eq!(kind.following(&Answers::new()).count(), kind.follows.len(), "{}", kind.id);
        for answers in combinations(&kind) {
            let shown: BTreeSet<&FollowOnId> = kind.following(&answers).map(|(follow, _)| &follow.id).collect();
            for question in answers.keys() {
                let mut without = answers.clone();
                without.remove(question);
                let mut unsure = answers.clone();
                unsure.insert(question.clone(), Answer::Unsure);
                for less in [without, unsure] {
                    let still: BTreeSet<&FollowOnId> = kind.following(&less).map(|(follow, _)| &follow.id).collect();
                    assert!(still.is_superset(&shown), "{}: taking back {question} hides something", kind.id);
                }
            }
        }
    }
}

#[test]
fn a_divorced_mother_with_a_child_in_day_care_is_led_from_the_register_to_maintenance() {
    let divorce = kind("divorce");
    let none = Answers::new();
    assert_eq!(
        asked(&divorce, &none),
        ["moves", "children", "new-name"],
        "no question on the children before she has any"
    );
    let told = answers(&[
        ("moves", Answer::Yes),
        ("children", Answer::Yes),
        ("children-here", Answer::Yes),
        ("day-care", Answer::Yes),
        ("new-name", Answer::No),
    ]);
    let procedures: Vec<&str> = divorce
        .following(&told)
        .filter(|(_, fit)| *fit == Fit::Follows)
        .filter_map(|(follow, _)| follow.procedure.as_ref().map(ProcedureId::as_str))
        .collect();
    assert_eq!(
        procedures,
        [
            "separation-divorce",
            "move-domestic",
            "housing-benefit",
            "deposit-loan",
            "daycare-place",
            "fee-reduction",
            "school",
            "tax-card",
            "child-allowance",
            "child-maintenance",
        ]
    );
    assert!(fits(&divorce, &told, Fit::Perhaps).is_empty());
    assert!(divorce.next_question(&told).is_none());
}

#[test]
fn a_divorce_without_children_asks_nothing_more_about_them_not_even_after_a_slip() {
    let divorce = kind("divorce");
    let alone = answers(&[("moves", Answer::No), ("children", Answer::No)]);
    assert_eq!(divorce.next_question(&alone).unwrap().id.as_str(), "new-name");
    let shown = fits(&divorce, &alone, Fit::Follows);
    assert_eq!(shown, ["divorce", "housing-benefit", "tax-card"].map(str::to_owned).into());
    assert_eq!(fits(&divorce, &alone, Fit::Perhaps), ["name".to_owned()].into());

    // "Yes, they live with me" was noted before "no children" was put right.
    let slip = answers(&[("moves", Answer::No), ("children", Answer::No), ("children-here", Answer::Yes)]);
    assert_eq!(fits(&divorce, &slip, Fit::Follows), shown);
}

#[test]
fn who_moves_with_children_is_asked_about_day_care_and_school() {
    let moving = kind("moving");
    assert_eq!(moving.questions[0].text.en, "Do children move with you?");
    assert_eq!(moving.next_question(&Answers::new()).unwrap().id.as_str(), "children");
    let with = answers(&[("children", Answer::Yes)]);
    assert_eq!(asked(&moving, &with), ["children", "day-care", "school", "rented", "protected"]);
    let perhaps = fits(&moving, &with, Fit::Perhaps);
    assert!(perhaps.contains("daycare") && perhaps.contains("school"));

    let without = answers(&[("children", Answer::No)]);
    assert_eq!(asked(&moving, &without), ["children", "rented", "protected"]);
    let left: BTreeSet<String> = moving.following(&without).map(|(follow, _)| follow.id.to_string()).collect();
    assert!(!left.contains("daycare") && !left.contains("school") && left.contains("housing-benefit"));

    let unsure = answers(&[("children", Answer::Unsure), ("rented", Answer::No)]);
    assert!(fits(&moving, &unsure, Fit::Perhaps).contains("daycare"), "she does not know yet: it stays possible");
    assert!(!moving.following(&unsure).any(|(follow, _)| follow.id.as_str() == "deposit-loan"));
}
