use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::catalogue::Catalogue;
use crate::paper::missing_once;
use crate::paper::tests::{june, open, papers};

const TODAY: Date = june(10);

/// Read once for all tests here.
fn builtin() -> &'static Catalogue {
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::builtin().unwrap());
    &CATALOGUE
}

/// What is shown, by the paper's slug with the rules that spoke for it.
fn shown(catalogue: &Catalogue, papers: &[OpenPaper]) -> Vec<(String, Vec<String>)> {
    settle_now(missing_once(papers), &catalogue.papers, &catalogue.settle_rules, TODAY)
        .into_iter()
        .map(|thing| {
            let because = thing.because.iter().map(|rule| rule.id.to_string()).collect();
            (thing.paper.first().paper.as_ref().unwrap().to_string(), because)
        })
        .collect()
}

fn names(shown: &[(String, Vec<String>)]) -> Vec<&str> {
    shown.iter().map(|(name, _)| name.as_str()).collect()
}

/// A paper for which no rule speaks: it takes three minutes, and nothing presses.
fn plain(case: u128) -> OpenPaper {
    open(case, "lease", Some("tenancy-contract"))
}

#[test]
fn each_rule_has_a_case_where_it_decides() {
    let catalogue = builtin();
    let due = |day| OpenPaper { deadline: Some(june(day)), ..plain(1) };
    let unlocking = |case| OpenPaper { unlocks: true, ..plain(case) };
    // The papers with which a rule speaks, and those nearest to them with which it does not.
    let cases: Vec<(&str, Vec<OpenPaper>, Vec<OpenPaper>)> = vec![
        ("past-deadline", vec![due(9)], vec![due(10)]),
        ("deadline-soon", vec![due(13)], vec![due(14)]),
        ("unlocks-several", vec![unlocking(1), unlocking(2)], vec![unlocking(1), plain(2)]),
        ("unlocks", vec![unlocking(1)], vec![plain(1)]),
        ("rejected", vec![OpenPaper { state: ItemState::Rejected, ..plain(1) }], vec![plain(1)]),
        ("serves-several", vec![plain(1), plain(2)], vec![plain(1)]),
        ("two-minutes", vec![open(1, "id", Some("identity-document"))], vec![plain(1)]),
        ("signature", vec![open(1, "signature", Some("payment-agreement"))], vec![plain(1)]),
        ("requested", vec![OpenPaper { state: ItemState::Requested, ..plain(1) }], vec![plain(1)]),
    ];
    let covered: BTreeSet<&str> = cases.iter().map(|(rule, ..)| *rule).collect();
    let rules: BTreeSet<&str> = catalogue.settle_rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(covered, rules, "a rule without a case, or a case without a rule");
    for (rule, with, without) in cases {
        let speaks = |papers: &[OpenPaper]| {
            shown(catalogue, papers).iter().any(|(_, because)| because.iter().any(|id| id == rule))
        };
        assert!(speaks(&with), "{rule} says nothing where it should");
        assert!(!speaks(&without), "{rule} speaks where it should not");

        // Beside the same thing without it, the rule decides who stands first.
        let rest: Vec<SettleRule> = catalogue.settle_rules.iter().filter(|r| r.id.as_str() != rule).cloned().collect();
        let points = |rules: &[SettleRule]| {
            settle_now(missing_once(&with), &catalogue.papers, rules, TODAY).first().map_or(0, |thing| thing.points)
        };
        assert!(points(&catalogue.settle_rules) > points(&rest), "{rule} changes nothing");
    }
}

#[test]
fn a_paper_past_its_deadline_stands_before_one_due_soon_and_that_before_a_quick_one() {
    let catalogue = builtin();
    let papers = [
        open(1, "id", Some("identity-document")),
        OpenPaper { deadline: Some(june(12)), ..open(2, "lease", Some("tenancy-contract")) },
        OpenPaper { deadline: Some(june(8)), ..open(3, "certificate", Some("marriage-certificate")) },
        open(4, "doctor", Some("choice-of-doctor")),
    ];
    let all = shown(catalogue, &papers);
    assert_eq!(names(&all), ["marriage-certificate", "tenancy-contract", "identity-document"]);
    assert_eq!(all[0].1, ["past-deadline"]);
}

#[test]
fn the_strongest_reason_is_told_first() {
    let catalogue = builtin();
    let last = OpenPaper {
        unlocks: true,
        state: ItemState::Requested,
        deadline: Some(TODAY),
        ..open(1, "doctor", Some("choice-of-doctor"))
    };
    assert_eq!(shown(catalogue, &[last])[0].1, ["deadline-soon", "unlocks", "two-minutes", "requested"]);
}

#[test]
fn equal_things_stand_by_deadline_then_minutes_then_case() {
    let catalogue = builtin();
    let day = |day: i8, paper: OpenPaper| OpenPaper { deadline: Some(june(day)), ..paper };
    let by_deadline = [
        day(29, open(1, "a", Some("identity-document"))),
        day(28, open(2, "b", Some("choice-of-doctor"))),
        open(3, "c", Some("photo")),
    ];
    assert_eq!(names(&shown(catalogue, &by_deadline)), ["choice-of-doctor", "identity-document"]);

    let by_minutes = [open(1, "a", Some("identity-document")), open(2, "b", Some("last-passport"))];
    assert_eq!(names(&shown(catalogue, &by_minutes)), ["last-passport", "identity-document"]);

    let by_case = [open(2, "a", Some("identity-document")), open(1, "b", Some("choice-of-doctor"))];
    assert_eq!(names(&shown(catalogue, &by_case)), ["choice-of-doctor", "identity-document"]);
}

#[test]
fn the_landlords_declaration_cannot_be_settled_here_however_much_it_presses() {
    let catalogue = builtin();
    let pressing = OpenPaper {
        deadline: Some(june(1)),
        unlocks: true,
        state: ItemState::Rejected,
        ..open(1, "host-declaration", Some("host-declaration"))
    };
    let unnamed = OpenPaper { paper: None, ..pressing.clone() };
    assert!(shown(catalogue, &[pressing, unnamed]).is_empty());
}

#[test]
fn what_nothing_speaks_for_is_not_shown() {
    assert!(shown(builtin(), &[plain(1)]).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_best_three_are_shown_each_with_its_reasons(papers in papers()) {
        let catalogue = builtin();
        let settle = |missing| settle_now(missing, &catalogue.papers, &catalogue.settle_rules, TODAY);
        let missing = missing_once(&papers);
        // What each would get if it stood alone.
        let mut alone: Vec<i32> =
            missing.iter().filter_map(|one| settle(vec![one.clone()]).first().map(|thing| thing.points)).collect();
        alone.sort_unstable_by(|a, b| b.cmp(a));
        alone.truncate(SHOWN);

        let things = settle(missing);
        prop_assert!(things.len() <= 3);
        prop_assert_eq!(things.iter().map(|thing| thing.points).collect::<Vec<_>>(), alone);
        for thing in &things {
            let kind = catalogue.paper(thing.paper.first().paper.as_ref().unwrap()).unwrap();
            prop_assert_eq!(kind.at_counter, Some(thing.how));
            prop_assert_eq!(kind.minutes, thing.minutes);
            prop_assert!(!thing.because.is_empty());
            prop_assert!(thing.because.iter().map(|rule| -rule.points).is_sorted());
            prop_assert_eq!(thing.points, thing.because.iter().map(|rule| rule.points).sum::<i32>());
        }
        let papers: Vec<_> = things.iter().map(|thing| thing.paper.first().paper.clone()).collect();
        prop_assert_eq!(papers.iter().collect::<BTreeSet<_>>().len(), papers.len());
    }
}
