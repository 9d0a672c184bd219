//! A procedure is revised while a case runs: the case keeps its version, the page says there is a newer one, and somebody lifts it.

use skranke::desk::case::work::WorkKind;
use skranke::domain::authority::Role;
use skranke::domain::catalogue::Catalogue;
use skranke::domain::checklist::ItemState;
use skranke::domain::{ItemId, Localized};

use super::{case_of, item, state_of};
use crate::support::town::{Town, own_catalogue};
use crate::support::window::{english, launch, sit_down};
use crate::support::{PATIENCE, SHOWCASE};

const PROCEDURE: &str = "cpr-eu-employee";
const NEW: &str = "stay-declaration";
const NEW_LABEL: &str = "Declaration of the length of stay";
const GONE: &str = "doctor-choice";

/// The catalogue after a revision: one paper more, one less.
fn revised() -> Catalogue {
    let mut catalogue = own_catalogue();
    let procedure = catalogue.procedures.iter_mut().find(|one| one.id.as_str() == PROCEDURE).unwrap();
    procedure.version += 1;
    let mut new = procedure.items.iter().find(|one| one.id.as_str() == "proof-of-address").unwrap().clone();
    new.id = ItemId::parse(NEW).unwrap();
    new.label = Localized::new("Erklæring om opholdets længde", NEW_LABEL);
    new.when = "stay.ground == eu_worker".to_owned();
    procedure.items.retain(|one| one.id.as_str() != GONE);
    procedure.items.push(new);
    catalogue
}

#[test]
fn a_running_case_keeps_its_checklist_until_it_is_lifted_to_the_newer_one() {
    let town = Town::under(revised());
    let case = town.run(town.registration());
    let before = case_of(&town, case, Role::Caseworker);
    assert_eq!((before.procedure_version, before.procedure_newest), (1, 2));
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    mette.opens(SHOWCASE, PROCEDURE);
    let items = mette.items();
    assert!(items.iter().any(|(id, _)| id.as_str() == GONE) && items.iter().all(|(id, _)| id.as_str() != NEW));

    // The page says that there is a newer one; what would differ is shown before anything changes.
    let newer = mette.sentence("case-newer-checklist", &[("version", 2.into())]);
    mette.read(&newer).driver.click_text(&newer).unwrap();
    mette.until("the sheet", |desk| {
        desk.case().and_then(|page| page.work.sheet.as_ref()).is_some_and(|sheet| sheet.kind() == WorkKind::Lift)
    });
    let gone = before.items.iter().find(|one| one.id.as_str() == GONE).unwrap().label.en.clone();
    mette.read(NEW_LABEL).read_word("work-lift-added").read(&gone).read_word("work-lift-removed");
    // Left, nothing has changed.
    mette.press(&["Escape"]).until("the sheet closes", |desk| desk.case().unwrap().work.sheet.is_none());
    assert_eq!(case_of(&town, case, Role::Caseworker).procedure_version, 1);

    mette.driver.click_text(&newer).unwrap();
    mette.read(NEW_LABEL).press(&["Ctrl+Enter"]);
    mette.item_becomes(&item(NEW), ItemState::Missing).everything_sent().read(NEW_LABEL);
    let after = case_of(&town, case, Role::Caseworker);
    assert_eq!((after.procedure_version, after.procedure_newest), (2, 2));
    assert!(after.items.iter().all(|one| one.id.as_str() != GONE));
    // What was approved stays so.
    for kept in ["id-document", "employment"] {
        assert_eq!(state_of(&after, kept), ItemState::Approved, "{kept}");
    }
    // Nothing newer is there any more.
    mette.driver.wait_gone(&newer, PATIENCE).unwrap();
}
