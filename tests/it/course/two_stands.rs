//! Two citizens at once: what is done for one never reaches the other.

use skranke::api::purpose::PurposeKind;
use skranke::desk::StandId;
use skranke::desk::sheets::{Sheet, SheetKind};
use skranke::domain::authority::Role;
use skranke::domain::contact::Channel;

use crate::support::town::{Town, purpose};
use crate::support::window::{Clerk, english, launch, sit_down};
use crate::support::{PENSIONER, SHOWCASE};

const HALF_A_NOTE: &str = "Skal have brev om dagtilbud,";
const A_NOTE: &str = "Ringer igen torsdag om boligstøtte";

/// Somebody rings: found by her name, opened at the stand that is not in front.
fn answers_the_phone<P: iced::Program<State = skranke::ui::App> + 'static>(clerk: &mut Clerk<P>, name: &str) {
    clerk.find_citizen(name);
    for _ in 0..5 {
        if clerk.desk().finder.as_ref().is_some_and(|finder| finder.purpose == PurposeKind::Call) {
            break;
        }
        clerk.press(&["Alt+P"]);
    }
    clerk.press(&["Shift+Enter"]).whole_page(name);
}

#[test]
fn a_call_for_b_while_a_sits_there() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let notes = |name: &'static str| {
        town.run(async {
            let id = town.named(name).await;
            town.api(Role::Clerk).notes(id, &purpose()).await.unwrap().items
        })
    };
    let (hers, his) = (notes(SHOWCASE), notes(PENSIONER));
    ida.open_citizen(SHOWCASE).press(&["Down", "Down", "n"]).sheet_opens(SheetKind::Note).type_text(HALF_A_NOTE);
    let chosen = ida.desk().citizen().unwrap().selected;
    assert_eq!(ida.desk().stands.front(), StandId::A);

    // The phone rings in the middle of a word.
    answers_the_phone(&mut ida, PENSIONER);
    assert_eq!(ida.desk().stands.front(), StandId::B);
    assert_eq!(ida.desk().citizen().unwrap().purpose.kind, PurposeKind::Call);
    ida.read(PENSIONER);
    assert!(ida.desk().sheet().is_none(), "what is written of her is not shown with him");
    ida.press(&["n"]).sheet_opens(SheetKind::Note);
    let goes_to = ida.sentence("sheet-to", &[("stand", "B".into()), ("name", PENSIONER.into())]);
    ida.read(&goes_to).type_text(A_NOTE).press(&["Ctrl+Enter"]).sheet_closes();
    ida.arrives("his note", || notes(PENSIONER).len() > his.len());

    // She sits there as she sat there, in the middle of the word.
    ida.press(&["F6"]).until("she is in front", |desk| desk.stands.front() == StandId::A);
    ida.read(SHOWCASE);
    assert_eq!(ida.desk().citizen().unwrap().selected, chosen);
    match ida.desk().sheet() {
        Some(Sheet::Note(sheet)) => assert_eq!(sheet.text, HALF_A_NOTE),
        other => panic!("her note, not {:?}", other.map(Sheet::kind)),
    }
    assert!(!ida.everything().contains(A_NOTE));
    // She goes on in the same word.
    ida.type_text(" på polsk").press(&["Ctrl+Enter"]).sheet_closes();
    ida.arrives("her note", || notes(SHOWCASE).len() > hers.len());

    let written = |before: &[skranke::api::notes::NoteView], name| -> Vec<String> {
        let after = notes(name);
        after.into_iter().filter(|one| before.iter().all(|known| known.id != one.id)).map(|one| one.text).collect()
    };
    assert_eq!(written(&hers, SHOWCASE), [format!("{HALF_A_NOTE} på polsk")]);
    assert_eq!(written(&his, PENSIONER), [A_NOTE]);
}

#[test]
fn the_same_sheet_open_at_both_stands_takes_each_word_where_it_was_typed() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    let text = |ida: &Clerk<_>| match ida.desk().sheet() {
        Some(Sheet::Note(sheet)) => sheet.text.clone(),
        other => panic!("a note, not {:?}", other.map(Sheet::kind)),
    };
    ida.open_citizen(SHOWCASE).press(&["n"]).sheet_opens(SheetKind::Note).type_text("Hun");
    answers_the_phone(&mut ida, PENSIONER);
    ida.press(&["n"]).sheet_opens(SheetKind::Note).type_text("Han");
    for (stand, more, whole) in [
        (StandId::A, " flytter", "Hun flytter"),
        (StandId::B, " venter", "Han venter"),
        (StandId::A, " snart", "Hun flytter snart"),
    ] {
        ida.press(&["F6"]).until("the other stand", |desk| desk.stands.front() == stand);
        ida.type_text(more);
        assert_eq!(text(&ida), whole);
    }
    // What is written for her is sent for her, while his stays as it is.
    ida.press(&["Ctrl+Enter"]).sheet_closes().press(&["F6"]).sheet_opens(SheetKind::Note);
    assert_eq!(text(&ida), "Han venter");
    let notes = |name: &'static str| {
        town.run(async {
            let id = town.named(name).await;
            town.api(Role::Clerk).notes(id, &purpose()).await.unwrap().items
        })
    };
    ida.arrives("her note", || notes(SHOWCASE).iter().any(|one| one.text == "Hun flytter snart"));
    assert!(notes(PENSIONER).is_empty());
}

#[test]
fn finishing_the_call_leaves_her_who_sits_there() {
    let town = Town::quiet();
    let profile = tempfile::tempdir().unwrap();
    let mut ida = sit_down(launch(&town, profile.path(), Role::Clerk, english()));
    ida.open_citizen(SHOWCASE);
    let before = town.run(async { town.contacts_of(town.showcase().await, Role::Clerk).await });
    answers_the_phone(&mut ida, PENSIONER);
    ida.press(&["w"]).sheet_opens(SheetKind::WrapUp).press(&["1", "Ctrl+Enter"]);
    ida.until("he is gone", |desk| desk.stands.get(StandId::B).is_empty());
    ida.arrives("his call", || {
        let his = town.run(async { town.contacts_of(town.named(PENSIONER).await, Role::Clerk).await });
        his.iter().any(|one| one.by.as_deref() == Some("Ida Mellemgaard") && one.channel == Channel::Phone)
    });
    let after = town.run(async { town.contacts_of(town.showcase().await, Role::Clerk).await });
    assert_eq!(before, after, "his call is no contact of hers");
    if ida.desk().stands.front() == StandId::B {
        ida.press(&["F6"]);
    }
    ida.until("she still sits there", |desk| desk.citizen().is_some_and(|page| page.full_name() == SHOWCASE));
}
