//! A photograph that will not do: rejected with a reason, asked for by name, sent anew as the next version, approved.

use serde_json::json;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;

use super::{SISTER, applies, case_of, delivered, item, photo, reply, state_of};
use crate::support::town::Town;
use crate::support::window::{english, launch, sit_down};

const PROCEDURE: &str = "passport";
const PHOTO: &str = "photo";
const WHY: &str = "Ansigtet ligger i skygge";

#[test]
fn a_rejected_photo_is_asked_for_by_name_and_comes_back_as_its_second_version() {
    let town = Town::quiet();
    let danuta = town.run(town.named(SISTER));
    let facts = json!({ "last_passport_shown": true, "new_danish_citizen": false, "passport_stolen": false });
    let case = applies(&town, danuta, PROCEDURE, &facts, |case| vec![photo(3, &[(case, PHOTO)])]);
    let first = case_of(&town, case, Role::Caseworker).documents[0].clone();
    let profile = tempfile::tempdir().unwrap();
    let mut mette = sit_down(launch(&town, profile.path(), Role::Caseworker, english()));
    mette.opens(SISTER, PROCEDURE);
    mette.chooses(PHOTO);
    mette.until("the photo stands beside", |desk| desk.case().unwrap().pane.document == Some(first.id));
    mette.press(&["x"]).read_word("reason-field").type_text(WHY).press(&["Ctrl+Enter"]);
    mette.item_becomes(&item(PHOTO), ItemState::Rejected).read(WHY).everything_sent();

    // The letter names it, in the words of the catalogue.
    let label = mette.case().items.iter().find(|one| one.id.as_str() == PHOTO).unwrap().label.en.clone();
    let named = mette.sentence("request-paper-rejected", &[("paper", label.into())]);
    mette.offered(&named);
    let asks = {
        let letter = mette.desk().case().unwrap().request.letter.as_ref().unwrap();
        letter.papers.iter().find(|paper| paper.item.as_str() == PHOTO).unwrap().asks.clone()
    };
    let request = mette.asks_for(PHOTO);
    let sent = case_of(&town, case, Role::Caseworker);
    let letter = &sent.requests[0];
    assert_eq!((letter.id, &letter.items), (request, &vec![item(PHOTO)]), "it alone: nothing else is missing");
    let words = asks.written_in(&letter.language.0).unwrap_or(&asks.en);
    assert!(letter.text.contains(words), "{words}\n{}", letter.text);

    // The new one comes, takes the place of the old, and the old one is still there to look at.
    delivered(&town, &reply(danuta, request, vec![photo(9, &[(case, PHOTO)])]));
    mette.item_becomes(&item(PHOTO), ItemState::Received);
    mette.until("the new photo stands beside", |desk| {
        let page = desk.case().unwrap();
        page.paper().is_some_and(|paper| paper.version == 2 && paper.replaces == Some(first.id))
    });
    assert_eq!(mette.desk().case().unwrap().versions().len(), 2);
    let versions = mette.sentence("pane-versions", &[("count", 2.into())]);
    mette.offered(&versions);
    mette.approves(PHOTO).everything_sent();
    let stands = case_of(&town, case, Role::Caseworker);
    assert_eq!(state_of(&stands, PHOTO), ItemState::Approved);
    assert!(
        stands.history.iter().any(|line| line.reason.as_deref() == Some(WHY)),
        "why the first would not do is still told"
    );
}
