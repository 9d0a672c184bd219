//! Two caseworkers on one case: whoever saves second sees both versions and chooses; on two things they never meet.

use std::sync::Arc;

use skranke::desk::case::conflict::Side;
use skranke::domain::authority::Role;
use skranke::domain::checklist::ItemState;
use skranke::domain::{CaseId, ItemId};
use skranke::ui::{App, Launch};

use super::{case_of, item, state_of};
use crate::support::SHOWCASE;
use crate::support::line::{Fate, Line};
use crate::support::town::Town;
use crate::support::window::{Clerk, english, launch, sit_down};

const PROCEDURE: &str = "cpr-eu-employee";
const ADDRESS: &str = "proof-of-address";
const HERS: &str = "Perioden fremgår ikke";

/// Karen approves what Mette, whose line brings no news, rejects a moment later; Mette's window meets the conflict.
fn met(town: &Town, mette: &mut Clerk<impl iced::Program<State = App> + 'static>) -> CaseId {
    let case = town.run(town.registration());
    mette.opens(SHOWCASE, PROCEDURE).chooses(ADDRESS);
    let profile = tempfile::tempdir().unwrap();
    let mut karen = sit_down(launch(town, profile.path(), Role::TeamLeader, english()));
    karen.opens(SHOWCASE, PROCEDURE).approves(ADDRESS).everything_sent();
    mette.press(&["x"]).read_word("reason-field").type_text(HERS).press(&["Ctrl+Enter"]);
    mette.until("the dialog with both versions", |desk| desk.case().unwrap().conflict.is_some());
    assert_eq!(mette.desk().pending.entries.len(), 1, "the judgement alone: no letter went along with it");
    case
}

fn stands(town: &Town, case: CaseId) -> ItemState {
    state_of(&case_of(town, case, Role::Caseworker), ADDRESS)
}

#[test]
fn the_second_to_save_sees_both_versions_with_nothing_chosen_and_her_own_is_saved_when_she_says_so() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    line.will(Fate::NoNews);
    let profile = tempfile::tempdir().unwrap();
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut mette = sit_down(Launch { doorway, ..launch(&town, profile.path(), Role::Caseworker, english()) });
    let case = met(&town, &mut mette);

    let title = mette.sentence("conflict-title", &[("name", "Karen Ravnkjær".into())]);
    mette.read(&title).read_word("conflict-lead").offered(HERS);
    let dialog = mette.desk().case().unwrap().conflict.as_ref().unwrap();
    assert!(dialog.picks.is_empty(), "nothing is chosen for her");
    assert_eq!(stands(&town, case), ItemState::Approved, "what was saved stands until she decides");
    // Nothing is saved before she has chosen.
    let choose = mette.sentence("conflict-unchosen", &[("count", 1.into())]);
    mette.press(&["Ctrl+Enter"]).read(&choose);
    assert_eq!(stands(&town, case), ItemState::Approved);

    mette.press(&["Left"]).until("hers is chosen", |desk| {
        let dialog = desk.case().and_then(|page| page.conflict.as_ref());
        dialog.is_some_and(|dialog| dialog.picks.values().eq([&Side::Mine]))
    });
    mette.press(&["Ctrl+Enter"]).until("it is settled", |desk| desk.case().unwrap().conflict.is_none());
    mette.item_becomes(&item(ADDRESS), ItemState::Rejected).everything_sent();
    let after = case_of(&town, case, Role::Caseworker);
    let address = after.items.iter().find(|one| one.id.as_str() == ADDRESS).unwrap();
    assert_eq!((address.state, address.reason.as_deref()), (ItemState::Rejected, Some(HERS)));
    // Both versions stand in the history.
    let told: Vec<(Option<&str>, Option<ItemState>)> =
        after.history.iter().take(2).map(|line| (line.by.as_deref(), line.state)).collect();
    assert_eq!(
        told,
        [(Some("Mette Brunsgaard"), Some(ItemState::Rejected)), (Some("Karen Ravnkjær"), Some(ItemState::Approved))]
    );
}

#[test]
fn what_she_gives_up_is_kept_as_a_note_on_the_case() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    line.will(Fate::NoNews);
    let profile = tempfile::tempdir().unwrap();
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut mette = sit_down(Launch { doorway, ..launch(&town, profile.path(), Role::Caseworker, english()) });
    let case = met(&town, &mut mette);
    // She leaves it for later first: it waits, and comes back on her word.
    mette.press(&["Escape"]).until("it is put off", |desk| desk.case().unwrap().conflict.is_none());
    let waits = mette.sentence("conflict-waits", &[("count", 1.into())]);
    mette.read(&waits);
    let settle = mette.word("conflict-settle");
    mette.driver.click_text(&settle).unwrap();
    mette.until("the dialog is back", |desk| desk.case().unwrap().conflict.is_some());
    mette.press(&["Right", "Ctrl+Enter"]).until("it is settled", |desk| desk.case().unwrap().conflict.is_none());
    mette.item_becomes(&item(ADDRESS), ItemState::Approved);
    mette.arrives("the note", || !case_of(&town, case, Role::Caseworker).notes.is_empty());
    let after = case_of(&town, case, Role::Caseworker);
    assert_eq!(state_of(&after, ADDRESS), ItemState::Approved);
    let note = &after.notes[0];
    assert!(note.text.contains(HERS), "her words are kept: {}", note.text);
    assert_eq!(note.by, "Mette Brunsgaard");
}

#[test]
fn two_people_on_two_papers_of_one_case_never_meet() {
    let town = Town::quiet();
    let line = Line::to(&town.base_url);
    line.will(Fate::NoNews);
    let (hers, others) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let doorway = Arc::new(town.doorway_at(&line.url));
    let mut mette = sit_down(Launch { doorway, ..launch(&town, hers.path(), Role::Caseworker, english()) });
    let case = town.run(town.registration());
    mette.opens(SHOWCASE, PROCEDURE);
    let mut karen = sit_down(launch(&town, others.path(), Role::TeamLeader, english()));
    karen.opens(SHOWCASE, PROCEDURE).approves("translation").everything_sent();
    mette.approves(ADDRESS).everything_sent();
    assert_eq!(mette.desk().pending.refused(), 0);
    assert!(mette.desk().case().unwrap().conflict.is_none());
    let after = case_of(&town, case, Role::Caseworker);
    let of = |id: &ItemId| after.items.iter().find(|one| one.id == *id).unwrap();
    let judged: Vec<(ItemState, Option<&str>)> =
        [item(ADDRESS), item("translation")].iter().map(|id| (of(id).state, of(id).changed_by.as_deref())).collect();
    assert_eq!(
        judged,
        [(ItemState::Approved, Some("Mette Brunsgaard")), (ItemState::Approved, Some("Karen Ravnkjær"))]
    );
}
