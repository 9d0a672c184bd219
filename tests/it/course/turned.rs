//! The screen that faces the citizen.

use skranke::desk::Desk;
use skranke::desk::turned::WRITTEN;
use skranke::domain::authority::Role;

use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};
use crate::support::{PATIENCE, PENSIONER, SHOWCASE, national_numbers};

/// Everything on her desk that is nobody's business but the office's: other people, notes, promises, contacts, staff, numbers.
fn secrets(desk: &Desk) -> Vec<String> {
    let page = desk.citizen().unwrap();
    let known = page.identity.value().unwrap();
    let mut all: Vec<String> = vec![known.surname.clone(), known.cpr_masked.clone()];
    all.extend(known.relations.iter().map(|one| one.given_name.clone()));
    all.extend(known.representations.iter().map(|one| one.name.clone()));
    all.extend(known.adviser.clone());
    all.extend(known.phone.clone());
    all.extend(known.email.clone());
    all.extend(page.notes.value().unwrap().iter().flat_map(|one| [one.text.clone(), one.by.clone()]));
    all.extend(page.promises.value().unwrap().iter().flat_map(|one| [one.text.clone(), one.by.clone()]));
    for contact in page.contacts.value().unwrap() {
        all.extend([contact.text.da.clone(), contact.text.en.clone()]);
        all.extend(contact.by.clone());
    }
    for handover in page.handovers.value().unwrap() {
        all.extend([handover.card.what.clone(), handover.receiver_name.clone(), handover.from_name.clone()]);
        all.extend(handover.reply.clone());
    }
    for row in page.rows() {
        all.push(row.case.number.clone());
        all.extend(row.case.responsible.clone());
    }
    // A word such as the name of an authority is no secret by itself.
    all.retain(|one| one.chars().count() > 3 && !["SIRI", "Skat"].contains(&one.as_str()));
    all.extend(["Leon", "Maja", "Danuta", "Mette Brunsgaard", "721190", "Ida Mellemgaard"].map(str::to_owned));
    all
}

#[test]
fn the_turned_screen_shows_no_other_person_no_number_no_note() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    // Somebody else stands at the other stand.
    ida.press(&["F6"]).open_citizen(PENSIONER).press(&["F6"]).open_citizen(SHOWCASE);
    let mut secrets = secrets(ida.desk());
    assert!(secrets.len() > 40, "{secrets:?}");
    secrets.extend(["Verner", "Thestrup", "Solbjerg"].map(str::to_owned));
    let find = ida.word("slab-find");
    secrets.push(find);
    let before = ida.everything();
    assert!(secrets.iter().filter(|secret| before.contains(secret.as_str())).count() > 10, "they stand on the page");

    ida.press(&["F8"]).until("it is turned", |desk| desk.turned.is_some());
    let mut seen = std::collections::BTreeSet::new();
    for _ in WRITTEN {
        let written = ida.desk().turned.as_ref().unwrap().written();
        seen.insert(written);
        let shown = ida.everything();
        assert!(shown.contains("Kalina"), "{written}: she is greeted by her first name: {shown}");
        for secret in &secrets {
            assert!(!shown.contains(secret.as_str()), "{written}: {secret} is on the turned screen:\n{shown}");
        }
        assert!(national_numbers(&shown).is_empty(), "{written}: {shown}");
        assert!(!ida.driver.title().contains("Kalina"));
        // What would show somebody else does nothing now.
        ida.press(&["Ctrl+K", "F6", "n", "v", "Ctrl+3", "?"]);
        let desk = ida.desk();
        assert!(desk.turned.is_some() && desk.finder.is_none() && desk.sheet().is_none(), "{written}");
        ida.press(&["t"]);
    }
    assert_eq!(seen.len(), WRITTEN.len(), "{seen:?}");
    ida.press(&["F8"]).until("it faces her again", |desk| desk.turned.is_none());
    ida.read("721190-••••").read(skranke::server::training::page::OVERDUE);
    ida.driver.wait_gone("Screen faces the citizen", PATIENCE).unwrap();
}
