//! A child's passport: what the checklist asks follows from what is known of the family, and the other parent's consent comes from outside.

use serde_json::json;
use skranke::desk::case::work::CaseSheet;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::domain::procedure::Supplier;
use skranke::ui::App;

use super::{applies, case_of, delivered, item, paper, reply, state_of};
use crate::support::town::Town;
use crate::support::window::{Clerk, english, launch, sit_down};

/// Kalina's daughter of seven.
const CHILD: &str = "Maja Wrona";
const PROCEDURE: &str = "passport";
const CONSENT: &str = "consent";
const SOLE: &str = "sole-custody";
const YES: &str = "1";
const NO: &str = "2";

/// Says facts in the sheet, by keys.
#[track_caller]
fn says<P: iced::Program<State = App> + 'static>(clerk: &mut Clerk<P>, facts: &[(&str, &str)]) {
    let active = |clerk: &Clerk<P>| match clerk.desk().case().and_then(|page| page.work.sheet.as_ref()) {
        Some(CaseSheet::Facts(sheet)) => sheet.rows.get(sheet.active).map(|row| row.fact.name.clone()),
        _ => None,
    };
    clerk.press(&["f"]).until("the sheet for facts", |desk| {
        matches!(desk.case().and_then(|page| page.work.sheet.as_ref()), Some(CaseSheet::Facts(_)))
    });
    for (name, answer) in facts {
        for _ in 0..60 {
            if active(clerk).as_deref() == Some(*name) {
                break;
            }
            clerk.press(&["Up"]);
        }
        for _ in 0..60 {
            if active(clerk).as_deref() == Some(*name) {
                break;
            }
            clerk.press(&["Down"]);
        }
        assert_eq!(active(clerk).as_deref(), Some(*name), "the checklist asks for it");
        clerk.press(&[*answer]);
    }
    clerk.press(&["Ctrl+Enter"]).until("the sheet closes", |desk| desk.case().unwrap().work.sheet.is_none());
    clerk.everything_sent();
}

#[test]
fn a_childs_passport_asks_for_the_other_parents_consent_and_says_because_of_what() {
    let town = Town::quiet();
    let child = town.run(town.named(CHILD));
    let case = applies(&town, child, PROCEDURE, &json!({ "last_passport_shown": true }), |_| Vec::new());
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    mette.opens(CHILD, PROCEDURE);

    // Because of her age, and the page says so.
    mette.chooses(CONSENT);
    let because = |clerk: &Clerk<_>, slug: &str| {
        let item = clerk.case().items.iter().find(|one| one.id.as_str() == slug).unwrap();
        item.because_said.iter().map(|fact| (fact.name.clone(), fact.value.clone())).collect::<Vec<_>>()
    };
    let age = because(&mette, CONSENT);
    assert_eq!(age.len(), 1);
    assert_eq!((age[0].0.as_str(), age[0].1.as_ref().map(|said| said.en.as_str())), ("person.age", Some("7")));
    let title = mette.case().items.iter().find(|one| one.id.as_str() == CONSENT).unwrap().because_facts[0].en.clone();
    mette.offered(&title);
    let supplier = mette.word("supplier-other-parent");
    mette.offered(&supplier);
    assert_eq!(
        mette.case().items.iter().find(|one| one.id.as_str() == CONSENT).unwrap().supplied_by,
        Supplier::OtherParent
    );

    // One parent alone, and the register does not show it: its proof is asked for. Both have custody after all: it is not.
    says(&mut mette, &[("family.shared_custody", NO), ("custody_not_in_cpr", YES)]);
    mette.item_becomes(&item(SOLE), ItemState::Missing);
    mette.until("the page says which facts", |desk| {
        let view = desk.case().and_then(|page| page.view.value());
        let proof = view.and_then(|view| view.value.items.iter().find(|one| one.id.as_str() == SOLE));
        proof
            .is_some_and(|one| one.unknown_facts.is_empty() && one.because_said.iter().all(|fact| fact.value.is_some()))
    });
    says(&mut mette, &[("family.shared_custody", YES)]);
    mette.item_becomes(&item(SOLE), ItemState::NotApplicable);

    // The other parent consents.
    let request = mette.asks_for(CONSENT);
    delivered(&town, &reply(child, request, vec![paper("samtykke.pdf", &[(case, CONSENT)])]));
    mette.item_becomes(&item(CONSENT), ItemState::Received);
    mette.approves(CONSENT).everything_sent();
    let stands = case_of(&town, case, Role::Caseworker);
    assert_eq!((state_of(&stands, CONSENT), state_of(&stands, SOLE)), (ItemState::Approved, ItemState::NotApplicable));
}
