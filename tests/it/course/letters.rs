//! What is missing over all cases, asked for in one letter.

use std::collections::BTreeSet;

use skranke::desk::Desk;
use skranke::desk::sheets::{LetterSheet, Sheet, SheetKind};
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::domain::contact::Channel;

use crate::support::DIVORCED;
use crate::support::town::{Town, purpose};
use crate::support::window::{english, launch, sit_down};

fn sheet(desk: &Desk) -> &LetterSheet {
    match desk.sheet() {
        Some(Sheet::Letter(sheet)) => sheet,
        other => panic!("the letter, not {:?}", other.map(Sheet::kind)),
    }
}

#[test]
fn one_letter_asks_for_three_papers_over_two_departments() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let items: Vec<_> = town.run(async {
        let id = town.named(DIVORCED).await;
        let missing = town.api(Role::Clerk).missing(id, &purpose()).await.unwrap();
        let uses = missing.papers.iter().flat_map(|paper| &paper.uses);
        uses.map(|used| (used.paper.case, used.paper.item.clone())).collect()
    });
    assert_eq!(items.len(), 3, "{items:?}");
    ida.open_citizen(DIVORCED).press(&["l"]).sheet_opens(SheetKind::Letter);
    let letter = sheet(ida.desk());
    let asked: Vec<_> = letter.ticked().map(|paper| paper.asks.da.clone()).collect();
    assert_eq!(asked.len(), 3, "{asked:?}");
    for one in &asked {
        assert_eq!(letter.text.matches(one.as_str()).count(), 1, "each paper once: {one}\n{}", letter.text);
    }
    let departments: BTreeSet<String> =
        letter.ticked().flat_map(|paper| &paper.uses).map(|used| used.department.to_string()).collect();
    assert_eq!(departments, BTreeSet::from(["buf".to_owned(), "kff".to_owned()]));
    let text = letter.text.clone();
    assert!(crate::support::national_numbers(&text).is_empty() && !text.contains("Alma") && !text.contains("Villads"));

    let letters = || {
        let contacts = town.run(async { town.contacts_of(town.named(DIVORCED).await, Role::Clerk).await });
        contacts.into_iter().filter(|one| one.channel == Channel::DigitalPost).collect::<Vec<_>>()
    };
    ida.press(&["Ctrl+Enter"]).sheet_closes().arrives("the letter", || !letters().is_empty());
    // One letter, three papers, two cases: the server knows that each was asked for.
    town.run(async {
        let api = town.api(Role::Clerk);
        for (case, item) in &items {
            let view = api.case(*case, &purpose()).await.unwrap().value;
            let stands = view.items.iter().find(|one| one.id == *item).unwrap().state;
            assert_eq!(stands, ItemState::Requested, "{item}");
        }
        let id = town.named(DIVORCED).await;
        let missing = api.missing(id, &purpose()).await.unwrap();
        assert_eq!(missing.papers.len(), 3);
        let mut uses = missing.papers.iter().flat_map(|paper| &paper.uses);
        assert!(uses.all(|used| used.paper.state == ItemState::Requested));
    });
    let sent = letters();
    assert_eq!(sent.len(), 1, "one letter: {sent:?}");
    // It stands in the course, and nothing is left to ask for.
    let line = sent[0].text.en.clone();
    ida.until("the letter in the course", |desk| {
        let known = desk.citizen().unwrap().contacts.value();
        known.is_some_and(|known| known.iter().any(|one| one.id == sent[0].id))
    });
    ida.read(&line);
    ida.until("nobody is to be asked again", |desk| {
        let page = desk.citizen().unwrap();
        !page.open_papers(&desk.pending).is_to_ask(None)
    });
    ida.press(&["l"]).read_word("citizen-nothing-to-ask");
    assert!(ida.desk().sheet().is_none());
}
