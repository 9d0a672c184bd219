use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;

use super::*;

/// An open item of a case, by the case's number.
pub(crate) fn open(case: u128, item: &str, paper: Option<&str>) -> OpenPaper {
    OpenPaper {
        case: CaseId(Uuid::from_u128(case)),
        case_title: Localized::new(format!("Sag {case}"), format!("Case {case}")),
        department: "kff".parse().unwrap(),
        item: item.parse().unwrap(),
        paper: paper.map(|paper| paper.parse().unwrap()),
        label: Localized::new(item, item),
        citizen_text: None,
        state: ItemState::Missing,
        due: Due::BeforeVisit,
        supplied_by: Supplier::Citizen,
        requested: None,
        deadline: None,
        unlocks: false,
    }
}

/// Days of June 2026.
pub(crate) const fn june(day: i8) -> Date {
    Date::constant(2026, 6, day)
}

#[test]
fn the_tenancy_contract_is_asked_for_once_and_names_both_cases_it_unlocks() {
    let papers = [
        OpenPaper { deadline: Some(june(20)), unlocks: true, ..open(1, "proof-of-address", Some("tenancy-contract")) },
        OpenPaper { deadline: Some(june(9)), unlocks: true, ..open(2, "lease", Some("tenancy-contract")) },
        OpenPaper { deadline: Some(june(15)), ..open(3, "lease", Some("tenancy-contract")) },
        OpenPaper { deadline: Some(june(12)), ..open(3, "income", Some("income-statement")) },
    ];
    let missing = missing_once(&papers);
    assert_eq!(missing.len(), 2);
    assert_eq!(missing[0].first().item.as_str(), "lease");
    assert_eq!(missing[0].deadline(), Some(june(9)), "the soonest deadline of its cases");
    assert_eq!(missing[0].uses.len(), 3);
    let unlocked: Vec<CaseId> = missing[0].unlocked().map(|used| used.case).collect();
    assert_eq!(unlocked, [papers[1].case, papers[0].case]);
    assert!(missing[1].unlocked().next().is_none());
}

#[test]
fn applications_of_two_cases_are_two_papers_though_they_are_called_the_same() {
    let papers = [open(1, "application", None), open(2, "application", None), open(2, "payment", None)];
    assert_eq!(missing_once(&papers).len(), 3);
}

#[test]
fn a_paper_that_lies_here_or_that_the_office_looks_up_is_not_missing() {
    let papers = [
        OpenPaper { state: ItemState::Received, ..open(1, "lease", Some("tenancy-contract")) },
        OpenPaper { supplied_by: Supplier::Cpr, ..open(1, "registered-move", None) },
        OpenPaper { supplied_by: Supplier::Clerk, ..open(1, "originals", None) },
    ];
    assert!(missing_once(&papers).is_empty());
}

#[test]
fn a_paper_that_was_asked_for_everywhere_needs_no_second_letter() {
    let asked = OpenPaper { state: ItemState::Requested, ..open(1, "lease", Some("tenancy-contract")) };
    let rejected = OpenPaper { state: ItemState::Rejected, ..open(2, "lease", Some("tenancy-contract")) };
    assert!(!missing_once([&asked])[0].is_to_ask_for());
    assert!(missing_once([&asked, &rejected])[0].is_to_ask_for());
}

/// Open papers of a few cases, as a citizen may have them.
pub(crate) fn papers() -> impl Strategy<Value = Vec<OpenPaper>> {
    let kinds = ["identity-document", "tenancy-contract", "choice-of-doctor", "custody-consent", "payment-agreement"];
    let one = (
        0_u128..5,
        0_usize..7,
        prop::sample::select(ItemState::ALL.to_vec()),
        prop::sample::select(Supplier::ALL.to_vec()),
        prop::option::of(1_i8..30),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..14).prop_map(move |all| {
        let paper = |(case, at, state, supplied_by, day, unlocks): (_, usize, _, _, Option<i8>, _)| OpenPaper {
            state,
            supplied_by,
            deadline: day.map(june),
            unlocks,
            ..open(case, &format!("item-{at}"), kinds.get(at).copied())
        };
        // A checklist has each item once.
        let mut seen = BTreeSet::new();
        all.into_iter().map(paper).filter(|paper| seen.insert((paper.case, paper.item.clone()))).collect()
    })
}

proptest! {
    #[test]
    fn every_paper_stands_once_with_every_case_that_waits_for_it(papers in papers()) {
        let missing = missing_once(&papers);
        let waiting = |p: &&OpenPaper| p.state.awaits_citizen() && !p.supplied_by.is_office();
        let listed: BTreeMap<(CaseId, ItemId), usize> =
            missing.iter().flat_map(|m| &m.uses).fold(BTreeMap::new(), |mut counts, used| {
                *counts.entry((used.case, used.item.clone())).or_default() += 1;
                counts
            });
        let expected: BTreeSet<(CaseId, ItemId)> =
            papers.iter().filter(waiting).map(|p| (p.case, p.item.clone())).collect();
        prop_assert!(listed.values().all(|times| *times == 1));
        prop_assert_eq!(listed.into_keys().collect::<BTreeSet<_>>(), expected);

        let kinds: Vec<&PaperId> = missing.iter().filter_map(|m| m.first().paper.as_ref()).collect();
        prop_assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len(), "a paper stands twice");
        for one in &missing {
            prop_assert!(one.uses.iter().all(|used| used.paper == one.first().paper));
            prop_assert_eq!(one.unlocked().count(), one.uses.iter().filter(|used| used.unlocks).count());
            prop_assert_eq!(one.first().deadline, one.deadline(), "it is named after the soonest deadline");
        }
        let deadlines: Vec<Date> = missing.iter().map(|m| m.deadline().unwrap_or(Date::MAX)).collect();
        prop_assert!(deadlines.is_sorted());
    }
}
