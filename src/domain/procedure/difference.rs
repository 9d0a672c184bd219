//! What differs between two versions of a procedure's checklist. What lives here: the difference, item by item. What does not: what it means
//! for a case that goes over from one to the other (the server says that), the rest of a procedure.

use serde::{Deserialize, Serialize};

use super::ItemTemplate;
use crate::citizen::words;

words! {
    /// A part of an item that can read otherwise.
    ItemPart {
        /// What the clerk calls it.
        Label,
        /// What counts as evidence.
        Evidence,
        /// The condition under which it applies.
        When,
        /// When it must be settled.
        Due,
        /// Who supplies it.
        SuppliedBy,
        /// What the citizen reads.
        CitizenText,
    }
}

/// A difference between two checklists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference<'a> {
    /// An item is new.
    Added(&'a ItemTemplate),
    /// An item is gone.
    Removed(&'a ItemTemplate),
    /// An item reads otherwise.
    Changed {
        /// As it reads now.
        now: &'a ItemTemplate,
        /// What changed; never empty.
        parts: Vec<ItemPart>,
    },
}

impl ItemPart {
    /// Its name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Evidence => "evidence",
            Self::When => "when",
            Self::Due => "due",
            Self::SuppliedBy => "supplied_by",
            Self::CitizenText => "citizen_text",
        }
    }

    fn differs(self, old: &ItemTemplate, new: &ItemTemplate) -> bool {
        match self {
            Self::Label => old.label != new.label,
            Self::Evidence => old.evidence != new.evidence,
            Self::When => old.when != new.when,
            Self::Due => old.due != new.due,
            Self::SuppliedBy => old.supplied_by != new.supplied_by,
            Self::CitizenText => old.citizen_text != new.citizen_text,
        }
    }
}

/// What a newer checklist does otherwise than an older one: in the order of the newer, then what is gone in the order of the older. The
/// order of the items alone is no difference, and neither are group, kind of paper and source: nobody decides by them.
#[must_use]
pub fn difference<'a>(old: &'a [ItemTemplate], new: &'a [ItemTemplate]) -> Vec<Difference<'a>> {
    let of = |list: &'a [ItemTemplate], item: &ItemTemplate| list.iter().find(|other| other.id == item.id);
    let mut all: Vec<Difference<'a>> = Vec::new();
    for now in new {
        match of(old, now) {
            None => all.push(Difference::Added(now)),
            Some(before) => {
                let parts: Vec<ItemPart> = ItemPart::ALL.iter().copied().filter(|p| p.differs(before, now)).collect();
                if !parts.is_empty() {
                    all.push(Difference::Changed { now, parts });
                }
            }
        }
    }
    all.extend(old.iter().filter(|before| of(new, before).is_none()).map(Difference::Removed));
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::checklist::Due;
    use crate::procedure::{Certainty, Provenance, Supplier};
    use crate::{ItemId, Localized};

    fn item(id: &str) -> ItemTemplate {
        ItemTemplate {
            id: ItemId::parse(id).unwrap(),
            label: Localized::new(id, id),
            evidence: None,
            when: "always".to_owned(),
            supplied_by: Supplier::Citizen,
            due: Due::BeforeVisit,
            citizen_text: None,
            group: None,
            paper: None,
            provenance: Provenance { source: Vec::new(), year: None, certainty: Certainty::Invented, note: None },
        }
    }

    #[test]
    fn a_new_paper_a_gone_one_and_one_that_reads_otherwise_are_told_apart() {
        let old = [item("passport"), item("photo"), item("tenancy")];
        let mut new = [item("tenancy"), item("consent"), item("passport")];
        new[0].evidence = Some(Localized::new("Højst 6 måneder gammel", "At most 6 months old"));
        new[0].due = Due::AtVisit;
        assert_eq!(
            difference(&old, &new),
            [
                Difference::Changed { now: &new[0], parts: vec![ItemPart::Evidence, ItemPart::Due] },
                Difference::Added(&new[1]),
                Difference::Removed(&old[1]),
            ]
        );
    }

    #[test]
    fn another_order_or_source_is_no_difference() {
        let old = [item("passport"), item("photo")];
        let mut new = [item("photo"), item("passport")];
        new[0].provenance.year = Some(2027);
        assert_eq!(difference(&old, &new), []);
    }

    #[test]
    fn a_part_is_called_as_the_contract_calls_it() {
        for part in ItemPart::ALL {
            assert_eq!(serde_json::to_value(part).unwrap(), part.name());
        }
    }

    fn items() -> impl Strategy<Value = Vec<ItemTemplate>> {
        let one =
            (0_u8..8, 0_u8..3, prop::option::of(0_u8..2), any::<bool>(), any::<bool>(), prop::option::of(0_u8..2));
        prop::collection::vec(one, 0..8).prop_map(|list| {
            let built = list.into_iter().map(|(id, label, evidence, always, citizen, text)| {
                let words = |n: u8| Localized::new(format!("ord {n}"), format!("word {n}"));
                let mut item = item(&format!("item-{id}"));
                item.label = words(label);
                item.evidence = evidence.map(words);
                item.citizen_text = text.map(words);
                item.due = if always { Due::BeforeVisit } else { Due::AtVisit };
                item.supplied_by = if citizen { Supplier::Citizen } else { Supplier::Employer };
                item.when = if always { "always" } else { "person.has_cpr" }.to_owned();
                (item.id.clone(), item)
            });
            let by_id: BTreeMap<ItemId, ItemTemplate> = built.collect();
            by_id.into_values().collect()
        })
    }

    proptest! {
        #[test]
        fn a_version_does_not_differ_from_itself(list in items()) {
            prop_assert_eq!(difference(&list, &list), []);
        }

        #[test]
        fn who_follows_the_difference_arrives_at_the_newer_version(old in items(), new in items()) {
            let mut list: BTreeMap<ItemId, ItemTemplate> = old.iter().map(|i| (i.id.clone(), i.clone())).collect();
            for one in difference(&old, &new) {
                match one {
                    Difference::Added(item) => {
                        prop_assert!(list.insert(item.id.clone(), item.clone()).is_none());
                    }
                    Difference::Changed { now, parts } => {
                        prop_assert!(!parts.is_empty());
                        prop_assert!(list.insert(now.id.clone(), now.clone()).is_some());
                    }
                    Difference::Removed(item) => {
                        prop_assert!(list.remove(&item.id).is_some());
                    }
                }
            }
            let new: BTreeMap<ItemId, ItemTemplate> = new.into_iter().map(|i| (i.id.clone(), i)).collect();
            prop_assert_eq!(list, new);
        }
    }
}
